//! One JSON object a line and mistake, for programs: every place with lines, columns and bytes, the help and
//! the fix.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; `start` and `end` are bytes of the
//! file's decoded text (UTF-8, without a byte order mark). A key is always there; what does not apply is
//! `null` or empty.

use std::sync::Arc;

use serde::Serialize;

use super::diagnostic::{Code, Diagnostic, Edit, Fix, Label, Report};
use super::texts::{Located, Position, Texts};
use super::visible::escaped_in_json;
use crate::model::path::InputPath;
use crate::model::span::Place;

/// The longest line text that is repeated in the output. A scraped page may be one line of a megabyte with a
/// thousand mistakes in it.
const LONGEST_LINE: usize = 2000;

/// The report as JSON lines.
pub fn render(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) -> String {
    let texts = Texts::of(report, text_of);
    let located = texts.located();
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        out.push_str(&line(&diagnostic_view(diagnostic, &located)));
    }
    out
}

/// The same objects one by one, for whoever adds to them.
pub fn values(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) -> Vec<serde_json::Value> {
    let texts = Texts::of(report, text_of);
    let located = texts.located();
    // Fails as little as `line` does.
    report
        .diagnostics
        .iter()
        .map(|diagnostic| serde_json::to_value(diagnostic_view(diagnostic, &located)).unwrap_or_default())
        .collect()
}

/// Any value as one line of JSON that is safe to show in a terminal.
pub fn line(value: &impl Serialize) -> String {
    // Our views are structs of strings and numbers; only maps with keys that are no strings make serde_json
    // fail.
    let mut json = escaped_in_json(serde_json::to_string(value).unwrap_or_default());
    json.push('\n');
    json
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    place: Option<PlaceView<'a>>,
    related: Vec<PlaceView<'a>>,
    help: &'a [String],
    fix: Option<FixView<'a>>,
    /// How many more of this kind the file has, that are not listed.
    more: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlaceView<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
    /// The line on which the place begins, without its end; cut with `…` where it is very long.
    text: String,
    label: &'a str,
}

#[derive(Serialize)]
struct FixView<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditView<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
    replacement: &'a str,
}

fn diagnostic_view<'a>(diagnostic: &'a Diagnostic, located: &Located<'_>) -> DiagnosticView<'a> {
    let Diagnostic { code, severity, message, place, related, help, fix, more } = diagnostic;
    let Code { name, severity: _, summary: _ } = code;
    DiagnosticView {
        code: name,
        severity: severity.word(),
        message,
        place: place.as_ref().map(|label| place_view(label, located)),
        related: related.iter().map(|label| place_view(label, located)).collect(),
        help,
        fix: fix
            .as_ref()
            .map(|Fix { title, edits, safe, keeps_sense: _ }| FixView {
                title,
                safe: *safe,
                edits: edits.iter().map(|edit| edit_view(edit, located)).collect(),
            }),
        more: *more,
    }
}

fn place_view<'a>(label: &'a Label, located: &Located<'_>) -> PlaceView<'a> {
    let Label { place, text: label } = label;
    let Position { start, end } = located.position(place);
    let Place { path, span } = place;
    let text = located
        .lines(path)
        .map_or(String::new(), |lines| cut(lines.line(start.line), start.column));
    PlaceView {
        path: path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: span.start,
        end: span.end,
        text,
        label,
    }
}

fn edit_view<'a>(edit: &'a Edit, located: &Located<'_>) -> EditView<'a> {
    let Edit { place, replacement } = edit;
    let Position { start, end } = located.position(place);
    EditView {
        path: place.path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: place.span.start,
        end: place.span.end,
        replacement,
    }
}

/// A line, or the stretch of it round a column where it is longer than anybody reads.
fn cut(line: &str, column: usize) -> String {
    if line.len() <= LONGEST_LINE {
        return line.to_owned();
    }
    let skip = column.saturating_sub(LONGEST_LINE / 2);
    let mut rest = line.chars().skip(skip);
    let stretch: String = rest.by_ref().take(LONGEST_LINE).collect();
    let before = if skip > 0 { "…" } else { "" };
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{stretch}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;
    use crate::report::diagnostic::Severity;

    static DRIFTED: Code = Code { name: "drifted", severity: Severity::Error, summary: "the words differ" };

    #[test]
    fn a_mistake_is_one_line_with_every_key() {
        let path = InputPath::new("a.md").expect("a relative path");
        let diagnostic = Diagnostic::new(&DRIFTED, &path, Span::new(1..3), "a \u{9b}")
            .label("here")
            .also(&path, Span::new(4..6), "and here")
            .help("mend it")
            .fix("write `x`", Span::new(1..3), "x", true);
        let report = Report { diagnostics: vec![diagnostic, Diagnostic::nowhere(&DRIFTED, "b")] };
        let expected = concat!(
            r#"{"code":"drifted","severity":"error","message":"a \u009b","#,
            r#""place":{"path":"a.md","line":2,"column":1,"endLine":2,"endColumn":2,"start":1,"end":3,"text":"é","label":"here"},"#,
            r#""related":[{"path":"a.md","line":3,"column":1,"endLine":3,"endColumn":3,"start":4,"end":6,"text":"bc","label":"and here"}],"#,
            r#""help":["mend it"],"#,
            r#""fix":{"title":"write `x`","safe":true,"edits":[{"path":"a.md","line":2,"column":1,"endLine":2,"endColumn":2,"start":1,"end":3,"#,
            r#""replacement":"x"}]},"more":0}"#,
            "\n",
            r#"{"code":"drifted","severity":"error","message":"b","place":null,"related":[],"help":[],"fix":null,"more":0}"#,
            "\n",
        );
        assert_eq!(render(&report, &|_| Some("\né\nbc".into())), expected);
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_round_the_column() {
        let line = "a".repeat(5000) + "b" + &"c".repeat(5000);
        let shown = cut(&line, 5001);
        assert_eq!(shown.chars().count(), LONGEST_LINE + 2);
        assert!(shown.starts_with("…a") && shown.contains("ab") && shown.ends_with("c…"));
    }
}
