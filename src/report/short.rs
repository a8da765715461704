//! One line a mistake, as compilers write them and editors read them: `file:line:col: severity[code]: message`.

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
            let _ = write!(out, "{}:{}:{}: ", on_one_line(label.place.path.as_str()), start.line, start.column);
        }
        let _ = writeln!(out, "{}[{}]: {}", diagnostic.severity.word(), diagnostic.code.name, on_one_line(&diagnostic.message));
    }
    out
}
