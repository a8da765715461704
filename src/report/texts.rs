//! The texts that a report speaks of, each scanned for its lines once however many mistakes it holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::{Diagnostic, Report};
use super::lines::{LineColumn, Lines};
use crate::model::path::InputPath;
use crate::model::span::Place;

/// The decoded text of every file that a report names; without those that have none (a file that could not be
/// read).
pub struct Texts(BTreeMap<InputPath, Arc<str>>);

/// The same, with their lines.
pub struct Located<'a>(BTreeMap<&'a InputPath, (&'a str, Lines<'a>)>);

/// A place as people count. Where the text is not known, all is the file's first character.
pub struct Position {
    pub start: LineColumn,
    pub end: LineColumn,
}

impl Texts {
    pub fn of(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) -> Texts {
        let mut texts = BTreeMap::new();
        for place in report.diagnostics.iter().flat_map(places) {
            if !texts.contains_key(&place.path)
                && let Some(text) = text_of(&place.path)
            {
                texts.insert(place.path.clone(), text);
            }
        }
        Texts(texts)
    }

    pub fn located(&self) -> Located<'_> {
        Located(
            self.0
                .iter()
                .map(|(path, text)| (path, (&**text, Lines::new(text))))
                .collect(),
        )
    }
}

impl<'a> Located<'a> {
    pub fn lines(&self, path: &InputPath) -> Option<&Lines<'a>> {
        self.0.get(path).map(|(_, lines)| lines)
    }

    pub fn position(&self, place: &Place) -> Position {
        let (start, end) = match self.lines(&place.path) {
            Some(lines) => lines.span(place.span),
            None => (LineColumn { line: 1, column: 1 }, LineColumn { line: 1, column: 1 }),
        };
        Position { start, end }
    }
}

/// Every place that a mistake speaks of, those of its fix too.
fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = &Place> {
    let labels = diagnostic
        .place
        .iter()
        .chain(&diagnostic.related)
        .map(|label| &label.place);
    labels.chain(
        diagnostic
            .fix
            .iter()
            .flat_map(|fix| &fix.edits)
            .map(|edit| &edit.place),
    )
}
