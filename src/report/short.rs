//! One line a mistake, as compilers write them and editors read them: `file:line:col: severity[code]:
//! message`.

use std::fmt::Write;
use std::sync::Arc;

use super::diagnostic::Report;
use super::texts::Texts;
use super::visible::on_one_line;
use crate::model::path::InputPath;

/// The report as lines. A mistake that stands in no file has no place in front.
pub fn render(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) -> String {
    let texts = Texts::of(report, text_of);
    let located = texts.located();
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        if let Some(label) = &diagnostic.place {
            let start = located.position(&label.place).start;
            let _ =
                write!(out, "{}:{}:{}: ", on_one_line(label.place.path.as_str()), start.line, start.column);
        }
        let _ = writeln!(
            out,
            "{}[{}]: {}",
            diagnostic.severity.word(),
            diagnostic.code.name,
            on_one_line(&diagnostic.message)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;
    use crate::report::diagnostic::{Code, Diagnostic, Severity};

    static DRIFTED: Code = Code { name: "drifted", severity: Severity::Error, summary: "the words differ" };

    #[test]
    fn a_line_a_mistake() {
        let path = InputPath::new("a\x1b.md").expect("a name that a disk may hold");
        let report = Report {
            diagnostics: vec![
                Diagnostic::new(&DRIFTED, &path, Span::new(4..5), "`é\nfg` differs").help("mend it"),
                Diagnostic::nowhere(&DRIFTED, "nothing is here").as_hint(),
            ],
        };
        let lines = render(&report, &|_| Some("\né b".into()));
        assert_eq!(lines, "a␛.md:2:3: error[drifted]: `é fg` differs\nhint[drifted]: nothing is here\n");
    }
}
