//! A report as it is kept from one run to the next: each code by its name.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::diagnostic::{Code, Diagnostic, Fix, Label, Report, Severity};
use super::mistakes::codes;

/// A mistake on the disk.
#[derive(Serialize, Deserialize)]
struct Kept {
    code: String,
    severity: Severity,
    message: String,
    place: Option<Label>,
    related: Vec<Label>,
    help: Vec<String>,
    fix: Option<Fix>,
    more: usize,
}

/// One line of JSON; `None` where that cannot be written.
pub fn to_line(report: &Report) -> Option<String> {
    let kept: Vec<Kept> = report.diagnostics.iter().map(Kept::of).collect();
    serde_json::to_string(&kept).ok()
}

/// `None` where the line is no report, or one with a code that this program does not have.
pub fn from_line(line: &str) -> Option<Report> {
    let kept: Vec<Kept> = serde_json::from_str(line).ok()?;
    let known: HashMap<&str, &'static Code> = codes().into_iter().map(|code| (code.name, code)).collect();
    let diagnostics = kept
        .into_iter()
        .map(|kept| kept.diagnostic(&known))
        .collect::<Option<_>>()?;
    Some(Report { diagnostics })
}

impl Kept {
    fn of(mistake: &Diagnostic) -> Kept {
        let Diagnostic { code, severity, message, place, related, help, fix, more } = mistake.clone();
        Kept { code: code.name.to_owned(), severity, message, place, related, help, fix, more }
    }

    fn diagnostic(self, known: &HashMap<&str, &'static Code>) -> Option<Diagnostic> {
        let Kept { code, severity, message, place, related, help, fix, more } = self;
        let code = known.get(code.as_str()).copied()?;
        Some(Diagnostic { code, severity, message, place, related, help, fix, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::InputPath;
    use crate::model::span::Span;
    use crate::report::mistakes::reason::UNLINKED_NAME;

    #[test]
    fn a_report_comes_back_as_it_was() {
        let path = InputPath::new("annotations/a b.md").expect("relative");
        let whole = Diagnostic::new(&UNLINKED_NAME, &path, Span { start: 3, end: 9 }, "a “name”\nis no link")
            .label("here")
            .also(&path, Span { start: 0, end: 1 }, "and there")
            .help("link it")
            .fix("link it", Span { start: 3, end: 9 }, "[[name]]", true)
            .as_hint();
        let report = Report { diagnostics: vec![whole, Diagnostic::nowhere(&UNLINKED_NAME, "nowhere")] };
        let line = to_line(&report).expect("texts and numbers are always JSON");
        assert!(!line.contains('\n'));
        assert_eq!(from_line(&line), Some(report));
        assert_eq!(from_line(&line.replace("unlinked-name", "no-such-code")), None);
        assert_eq!(from_line(&line.replace("annotations/", "../")), None);
    }
}
