//! The label that a passage stands under: the heading above its block, or the name of its row (`Population:
//! `).
//!
//! A text that is kept up to date changes what stands behind a label and keeps the label itself. A label that
//! differs by as much as a number is the label of something else.

use std::ops::Range;

use super::haystack::Haystack;
use super::wanted::Around;

/// The block of the text that stands behind the same label, as bytes of the folded text, where the passage
/// was all that stood behind its label, and the text has the label once.
pub fn block_behind(around: &Around, hay: &Haystack) -> Option<Range<usize>> {
    let label = label(around.before)?;
    let raw = hay.raw.as_bytes();
    let begins_line = |at: &usize| at.checked_sub(1).is_none_or(|before| raw[before] == b'\n');
    let mut places = memchr::memmem::find_iter(raw, label).filter(begins_line);
    let start = places.next()? + label.len();
    if places.next().is_some() || !around.after.starts_with('\n') {
        return None;
    }
    let end = memchr::memchr(b'\n', &raw[start..]).map_or(raw.len(), |length| start + length);
    let block = hay.folded.folded(start)..hay.folded.folded(end);
    (block.start < block.end).then_some(block)
}

/// Whether a passage that begins there stands in another row than the quotation did: both lines begin with a
/// label, and the numbers in the two labels differ.
pub fn is_another_row(before: &str, hay: &Haystack, at: usize) -> bool {
    let there = hay.folded.raw(at..at).start;
    match (row(before, false), row(&hay.raw[..there], true)) {
        (Some(here), Some(there)) => numbers(here).ne(numbers(there)),
        _ => false,
    }
}

/// The label that the line begins with which a text ends in; `None` where the line has none, or does not
/// begin in the text.
fn row(text: &str, whole: bool) -> Option<&str> {
    let start = text.rfind('\n').map(|end| end + 1).or(whole.then_some(0))?;
    let line = &text[start..];
    line.find(": ")
        .filter(|length| *length <= LONGEST)
        .map(|length| &line[..length])
}

/// A longer beginning of a line, in bytes, is a sentence and no label.
const LONGEST: usize = 80;

fn numbers(label: &str) -> impl Iterator<Item = &str> {
    label
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
}

/// What stands before a passage up to the line's beginning and says what the passage is, with the space
/// behind it; the line above where the passage begins its own. `None` where no line begins in what is known,
/// or where the words before are no label.
fn label(before: &str) -> Option<&str> {
    let words = before.trim_end();
    let is_label = words.len() < before.len() && (before.ends_with('\n') || words.ends_with(':'));
    let start = words.rfind('\n')? + 1;
    (is_label && start < words.len()).then_some(&before[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::roles::Roles;

    /// The block that is found behind the label.
    #[track_caller]
    fn check(before: &str, after: &str, text: &str, expected: Option<&str>) {
        let hay = Haystack::new(text, &Roles::default());
        let around = Around { before, after, ..Around::default() };
        assert_eq!(block_behind(&around, &hay).map(|block| hay.folded.text[block].trim()), expected);
    }

    #[test]
    fn a_label_that_stands_once_tells_its_block() {
        let text = "## Ships\n\nsix, four at sea\n\nCrew 2019: 40\n\nCrew 2020: 50\n\nthe end";
        check("old\n## Ships\n\n", "\n\nnext", text, Some("six, four at sea"));
        check("x\n\nCrew 2019: ", "\n", text, Some("40"));
        check("x\n\nCrew 2018: ", "\n", text, None);
        check("x\n\nCrew 2019: ", " men", text, None);
        check("Crew 2019: ", "\n", text, None);
        check("x\nwho are of the Crew ", "\n", text, None);
        check("x\nA: ", "\n", "A: 1\nA: 2", None);
    }

    #[test]
    fn a_label_with_another_number_is_another_row() {
        let hay = Haystack::new("2021: five ships\nboats: five ships", &Roles::default());
        let another = |before: &str, at: &str| {
            is_another_row(before, &hay, hay.folded.text.find(at).map_or(0, |at| at + 7))
        };
        assert!(another("x\n2022: ", "2021: "));
        assert!(!another("x\n2021: ", "2021: "));
        assert!(!another("2022: ", "2021: "), "it is not known where the line begins");
        assert!(
            !another("x\nships: ", "boats: "),
            "words of a label are written anew, and the row is the same"
        );
    }
}
