//! What the open page shows of the report: the objects that the terminal shows, each with a link that opens
//! the place in the writer's editor and, where a note is meant, with its place on the page. Texts stay texts:
//! the page makes text nodes of them, never markup.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::path::InputPath;
use crate::model::span::Place;
use crate::report::diagnostic::{Report, Severity};
use crate::report::json::values;
use crate::world::stop::Stop;

/// Nobody mends more at once, and the terminal has them all.
const MOST: usize = 100;

/// How places are opened: `[watch] editor` of the settings, and the dossier's folder.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    pub address: &'a str,
    pub root: &'a Path,
}

/// The report as one JSON object. `is_held`: whether the pages that are served are older than the dossier
/// because of it. `shown_at`: the address of the note that a place lies in, from the top of the site.
pub fn overlay(
    report: &Report,
    is_held: bool,
    editor: Editor<'_>,
    text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>,
    shown_at: &dyn Fn(&Place) -> Option<String>,
) -> String {
    let mut first: Vec<_> = report.diagnostics.clone();
    first.sort_by_key(|diagnostic| diagnostic.severity); // stable: by file and place within each
    let more = first.len().saturating_sub(MOST);
    first.truncate(MOST);
    let shown = Report { diagnostics: first };
    let mut mistakes = values(&shown, text_of);
    for (value, diagnostic) in mistakes.iter_mut().zip(&shown.diagnostics) {
        let page = diagnostic.place.as_ref().and_then(|label| shown_at(&label.place));
        open_in_editor(&mut value["place"], editor);
        if let Some(related) = value["related"].as_array_mut() {
            related.iter_mut().for_each(|place| open_in_editor(place, editor));
        }
        value["page"] = json!(page);
    }
    let count = |severity| report.count(severity);
    let counts = json!({ "error": count(Severity::Error), "warning": count(Severity::Warning),
        "hint": count(Severity::Hint) });
    json!({ "held": is_held, "counts": counts, "mistakes": mistakes, "more": more }).to_string()
}

/// The same for what is no mistake in the dossier: a disk that is full, a folder that is gone.
pub fn failure(stop: &Stop) -> String {
    let (message, help) = match stop {
        Stop::Refused { message, help } => (message.clone(), help.clone()),
        Stop::Failed(_) => (stop.to_string(), Vec::new()),
    };
    let mistake = json!({
        "code": null, "severity": "error", "message": message, "place": null, "related": [], "help": help,
            "fix": null, "page": null,
    });
    json!({ "held": true, "counts": { "error": 1, "warning": 0, "hint": 0 }, "mistakes": [mistake],
        "more": 0 })
    .to_string()
}

fn open_in_editor(place: &mut Value, editor: Editor<'_>) {
    let (Some(path), Some(line), Some(column)) =
        (place["path"].as_str(), place["line"].as_u64(), place["column"].as_u64())
    else {
        return;
    };
    let href = link(editor, path, line, column);
    place["href"] = json!(href);
}

/// `vscode://file/{path}:{line}:{column}` with its places filled in. Where a `/` stands before `{path}`
/// already, the path's own is left out.
fn link(editor: Editor<'_>, path: &str, line: u64, column: u64) -> String {
    let whole = editor.root.join(path).to_string_lossy().replace('\\', "/");
    let encoded = encoded(&whole);
    let bare = encoded.trim_start_matches('/');
    let address = editor
        .address
        .replace("/{path}", &format!("/{bare}"))
        .replace("{path}", &encoded);
    address
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}

/// All but what a path in an address holds unencoded (RFC 3986); the drive's colon stays too, since editors
/// take it so.
fn encoded(path: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(byte);
    path.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;
    use crate::report::diagnostic::{Code, Diagnostic};

    static DRIFTED: Code = Code { name: "drifted", severity: Severity::Error, summary: "the words differ" };

    const VSCODE: &str = "vscode://file/{path}:{line}:{column}";

    #[test]
    fn a_mistake_is_the_terminals_with_links() {
        let path = InputPath::new("annotations/a.md").expect("relative");
        let report = Report {
            diagnostics: vec![
                Diagnostic::nowhere(&DRIFTED, "later").as_hint(),
                Diagnostic::new(&DRIFTED, &path, Span::new(2..3), "<b>").help("mend it"),
            ],
        };
        let editor = Editor { address: VSCODE, root: Path::new("/home/x y") };
        let told =
            overlay(&report, true, editor, &|_| Some("a\nb".into()), &|_| Some("sources/a.html#n-b".into()));
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(told["counts"], json!({ "error": 1, "warning": 0, "hint": 1 }));
        let first = &told["mistakes"][0];
        assert_eq!(first["message"], "<b>", "a text, for a text node");
        assert_eq!(first["place"]["href"], "vscode://file/home/x%20y/annotations/a.md:2:1");
        assert_eq!(first["page"], "sources/a.html#n-b");
        assert_eq!(told["mistakes"][1]["place"], Value::Null);
    }

    #[test]
    fn of_thousands_the_gravest_are_shown() {
        let hints = (0..500).map(|i| Diagnostic::nowhere(&DRIFTED, format!("{i}")).as_hint());
        let report = Report { diagnostics: hints.chain([Diagnostic::nowhere(&DRIFTED, "grave")]).collect() };
        let told =
            overlay(&report, false, Editor { address: VSCODE, root: Path::new("/") }, &|_| None, &|_| None);
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(
            (told["mistakes"][0]["message"].as_str(), told["more"].as_u64()),
            (Some("grave"), Some(401))
        );
    }

    #[test]
    fn editors_are_addressed_in_their_own_way() {
        let check = |address: &str, root: &str| {
            link(Editor { address, root: Path::new(root) }, "seeds/Tô #1?.md", 3, 7)
        };
        assert_eq!(check(VSCODE, "/d"), "vscode://file/d/seeds/T%C3%B4%20%231%3F.md:3:7");
        assert_eq!(
            check("idea://open?file={path}&line={line}", "/d"),
            "idea://open?file=/d/seeds/T%C3%B4%20%231%3F.md&line=3"
        );
        assert_eq!(check("zed://file{path}:{line}", "/d"), "zed://file/d/seeds/T%C3%B4%20%231%3F.md:3");
    }
}
