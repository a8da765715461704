//! The report as one SARIF 2.1.0 document, as code hosts and editors take it. A hint is a `note` there.
//!
//! Regions count lines and columns from 1 in Unicode code points (`columnKind`). Byte offsets are left out:
//! SARIF means bytes of the file as it lies on the disk, ours are of its decoded text.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::diagnostic::{Code, Diagnostic, Fix, Label, Report, Severity};
use super::texts::{Located, Position, Texts};
use super::visible::escaped_in_json;
use crate::model::path::InputPath;
use crate::model::span::Place;

/// The report as one document, with every rule that it names.
pub fn render(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) -> String {
    let texts = Texts::of(report, text_of);
    let located = texts.located();
    let rules: BTreeMap<&str, &Code> = report.diagnostics.iter().map(|d| (d.code.name, d.code)).collect();
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, name)| (*name, i)).collect();
    let results: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|d| result(d, places.get(d.code.name).copied(), &located))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "casebook",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = escaped_in_json(format!("{document:#}"));
    text.push('\n');
    text
}

fn rule(code: &Code) -> Value {
    let Code { name, severity, summary } = code;
    json!({ "id": name, "shortDescription": { "text": summary },
        "defaultConfiguration": { "level": level(*severity) } })
}

fn result(diagnostic: &Diagnostic, rule: Option<usize>, located: &Located<'_>) -> Value {
    let Diagnostic { code, severity, message, place, related, help, fix, more: _ } = diagnostic;
    let text = std::iter::once(message)
        .chain(help)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    let mut result = json!({ "ruleId": code.name, "level": level(*severity), "message": { "text": text } });
    result["ruleIndex"] = json!(rule);
    if let Some(label) = place {
        result["locations"] = json!([location(label, located)]);
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.iter().map(|label| location(label, located)).collect();
    }
    if let Some(fix) = fix {
        result["fixes"] = json!([fix_view(fix, located)]);
    }
    result
}

fn location(label: &Label, located: &Located<'_>) -> Value {
    let Label { place, text } = label;
    let mut location = json!(
        { "physicalLocation": { "artifactLocation": artifact(&place.path),
            "region": region(place, located) } });
    if !text.is_empty() {
        location["message"] = json!({ "text": text });
    }
    location
}

fn fix_view(fix: &Fix, located: &Located<'_>) -> Value {
    let Fix { title, edits, safe: _, keeps_sense: _ } = fix;
    let mut by_file: BTreeMap<&InputPath, Vec<Value>> = BTreeMap::new();
    for edit in edits {
        let replacement = json!({ "deletedRegion": region(&edit.place, located),
            "insertedContent": { "text": edit.replacement } });
        by_file.entry(&edit.place.path).or_default().push(replacement);
    }
    let change = |(path, replacements)| {
        json!({ "artifactLocation": artifact(path),
        "replacements": Value::Array(replacements) })
    };
    json!({ "description": { "text": title }, "artifactChanges": by_file.into_iter()
        .map(change).collect::<Vec<_>>() })
}

/// RFC 3986 wants ASCII only, unlike the addresses in our pages, which people read.
fn artifact(path: &InputPath) -> Value {
    let mut uri = String::new();
    for byte in path.as_str().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({ "uri": uri })
}

fn region(place: &Place, located: &Located<'_>) -> Value {
    let Position { start, end } = located.position(place);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line,
        "endColumn": end.column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;

    static DRIFTED: Code = Code { name: "drifted", severity: Severity::Error, summary: "the words differ" };

    #[test]
    fn a_document_names_its_rules_and_a_hint_is_a_note() {
        let path = InputPath::new("seeds/é a.md").expect("a relative path");
        let hint = Diagnostic::new(&DRIFTED, &path, Span::new(1..3), "differs")
            .help("mend it")
            .fix("do", Span::new(1..3), "x", true)
            .as_hint();
        let report = Report { diagnostics: vec![hint] };
        let document: Value = serde_json::from_str(&render(&report, &|_| Some("\né".into()))).expect("JSON");
        let region = json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2 });
        let artifact = json!({ "uri": "seeds/%C3%A9%20a.md" });
        let expected = json!([{
            "ruleId": "drifted",
            "ruleIndex": 0,
            "level": "note",
            "message": { "text": "differs\nmend it" },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region } }],
            "fixes": [{
                "description": { "text": "do" },
                "artifactChanges": [{
                    "artifactLocation": artifact,
                    "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "x" } }],
                }],
            }],
        }]);
        assert_eq!(document["runs"][0]["results"], expected);
        assert_eq!(document["runs"][0]["tool"]["driver"]["rules"][0]["id"], "drifted");
        assert_eq!(document["version"], "2.1.0");
    }

    #[test]
    fn nothing_to_say_is_a_document_too() {
        let document: Value = serde_json::from_str(&render(&Report::default(), &|_| None)).expect("JSON");
        assert_eq!(document["runs"][0]["results"], json!([]));
    }
}
