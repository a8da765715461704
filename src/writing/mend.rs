//! Corrections applied: which of a report's fixes are taken, and the texts that come of them.
//!
//! The edits of a fix are applied together or not at all, and of two fixes that touch the same words only the
//! first is. The other is looked at again once the text is compiled anew.

use std::collections::BTreeMap;

use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::report::diagnostic::{Diagnostic, Edit, Fix};
use crate::report::mistakes::quotes::{QUOTE_ABSENT, QUOTE_DRIFTED};

/// Decoded texts by path.
pub type Texts = BTreeMap<InputPath, String>;

/// Which fixes are applied unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Those that are safe.
    Safe,
    /// Also a quotation that differs from the one passage that is meant by slips of the pen. What may change
    /// its sense is left to a person.
    Drift,
}

impl Taken {
    pub fn takes(self, mistake: &Diagnostic) -> bool {
        // Absent words have a correction where the source was revised and the difference says what they have
        // become.
        let drifted =
            (mistake.code == &QUOTE_DRIFTED || mistake.code == &QUOTE_ABSENT) && self == Taken::Drift;
        mistake
            .fix
            .as_ref()
            .is_some_and(|fix| fix.safe || drifted && fix.keeps_sense)
    }
}

/// Texts with fixes applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Those that changed.
    pub texts: Texts,
    /// How many fixes were applied, and how many were not since they touch one that was.
    pub applied: usize,
    pub skipped: usize,
}

/// Applies fixes to the texts that they speak of. One that speaks of a text that is not among them is left
/// alone.
pub fn mended<'a>(texts: &Texts, fixes: impl Iterator<Item = &'a Fix>) -> Mended {
    let mut edits: BTreeMap<&InputPath, Vec<&Edit>> = BTreeMap::new();
    let mut mended = Mended::default();
    for fix in fixes.filter(|fix| fits(texts, fix)) {
        let is_free = |edit: &Edit| {
            edits
                .get(&edit.place.path)
                .is_none_or(|taken| taken.iter().all(|other| !touch(other, edit)))
        };
        if !fix.edits.iter().all(is_free) {
            mended.skipped += 1;
            continue;
        }
        mended.applied += 1;
        fix.edits
            .iter()
            .for_each(|edit| edits.entry(&edit.place.path).or_default().push(edit));
    }
    for (path, edits) in edits {
        if let Some(text) = texts.get(path) {
            mended.texts.insert(path.clone(), edited(text, edits));
        }
    }
    mended
}

/// Whether all its places are there, and it changes something.
fn fits(texts: &Texts, fix: &Fix) -> bool {
    let old = |edit: &Edit| {
        texts
            .get(&edit.place.path)?
            .get(edit.place.span.range())
            .map(ToString::to_string)
    };
    fix.edits.iter().all(|edit| old(edit).is_some())
        && fix
            .edits
            .iter()
            .any(|edit| old(edit).as_deref() != Some(&edit.replacement))
}

/// Two insertions at one place touch too: which would come first?
fn touch(one: &Edit, other: &Edit) -> bool {
    let (Span { start, end }, Span { start: from, end: to }) = (one.place.span, other.place.span);
    (start < to && from < end)
        || (start == from)
        || (end == from && (start == end || from == to))
        || (to == start && (start == end || from == to))
}

/// The text with edits that do not overlap, in the text's own line ends.
fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    edits.sort_by_key(|edit| edit.place.span);
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.place.span.range();
        new.push_str(text.get(from..range.start).unwrap_or_default());
        new.push_str(&edit.replacement.replace("\r\n", "\n").replace('\n', end));
        from = range.end;
    }
    new.push_str(text.get(from..).unwrap_or_default());
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Place;

    /// Applies fixes, each some edits `start-end replacement`, to one text.
    fn check(text: &str, fixes: &[&[(u32, u32, &str)]]) -> String {
        let path = InputPath::new("annotations/a.md").expect("a path");
        let edit = |&(start, end, replacement): &(u32, u32, &str)| Edit {
            place: Place { path: path.clone(), span: Span { start, end } },
            replacement: replacement.to_string(),
        };
        let fixes: Vec<Fix> = fixes
            .iter()
            .map(|edits| Fix {
                title: "mend".to_string(),
                edits: edits.iter().map(edit).collect(),
                safe: true,
                keeps_sense: false,
            })
            .collect();
        let texts = Texts::from([(path.clone(), text.to_string())]);
        let Mended { texts, applied, skipped } = mended(&texts, fixes.iter());
        format!("{applied} {skipped} {:?}", texts.get(&path).map_or("", String::as_str))
    }

    #[test]
    fn edits_are_applied_together_or_not_at_all() {
        assert_eq!(check("one two three", &[&[(8, 13, "3")], &[(0, 3, "1"), (4, 7, "2")]]), "2 0 \"1 2 3\"");
        assert_eq!(
            check("one two three", &[&[(0, 3, "1")], &[(2, 5, "-"), (8, 13, "3")]]),
            "1 1 \"1 two three\""
        );
        assert_eq!(check("one", &[&[(0, 0, "a")], &[(0, 0, "b")]]), "1 1 \"aone\"");
        assert_eq!(check("one", &[&[(0, 3, "1")], &[(3, 3, "!")]]), "1 1 \"1\"");
        assert_eq!(check("onetwo", &[&[(0, 3, "1")], &[(3, 6, "2")]]), "2 0 \"12\"");
    }

    #[test]
    fn what_is_not_there_or_changes_nothing_is_left_alone() {
        assert_eq!(check("é", &[&[(1, 2, "x")], &[(0, 9, "x")], &[(0, 2, "é")]]), "0 0 \"\"");
    }

    #[test]
    fn line_ends_stay_as_the_file_has_them() {
        assert_eq!(check("a\r\nb\r\n", &[&[(0, 1, "x\ny")]]), "1 0 \"x\\r\\ny\\r\\nb\\r\\n\"");
    }
}
