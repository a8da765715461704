//! Where a part of a quotation may begin: a run of its letters is looked for, in a text without what a
//! passage may leave out.
//!
//! Letters and the single spaces between them are the same on both sides, whatever else may stand there or be
//! missing: signs, numbers, references, hyphens at line ends. From where such a run stands the beginning is
//! not far, and `walk` does the rest.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{Folded, is_unspaced};
use super::haystack::Haystack;
use super::pattern::Pattern;

/// A run of letters this long needs no longer one: what matters is that the beginning is near.
const LONG_ENOUGH: usize = 12;
/// Where letters outside brackets are so few, those within them are looked for too.
const FEW: usize = 4;
/// Hyphens that a source may have more than the quotation before its first run of letters.
const SLACK: usize = 8;

/// The places of the folded text at which a part may begin, each once, in order.
pub fn starts(pattern: &Pattern, part: usize, hay: &Haystack) -> impl Iterator<Item = usize> {
    let range = pattern.parts[part].clone();
    let mut starts = BTreeSet::new();
    if let Some(seed) = seed(pattern, range.clone()) {
        let before = visible(&pattern.folded.text[range.start..seed.start]) + SLACK;
        let bare = hay.bare();
        let mut from = 0;
        let words = &pattern.folded.text[seed];
        for hit in bare.found(words).unwrap_or_else(|| hay.found(words)) {
            let at = bare.folded(hit.start);
            add_starts(&hay.folded, at, from, before, &mut starts);
            from = at;
        }
    }
    starts.into_iter()
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| *c != ' ').count()
}

/// The characters before a place, as many as are given, and the one at it. What may be left out does not
/// count.
fn add_starts(folded: &Folded, at: usize, from: usize, mut many: usize, starts: &mut BTreeSet<usize>) {
    starts.insert(at);
    let mut optional = folded.optional.partition_point(|range| range.start < at);
    for (before, c) in folded.text[from.min(at)..at].char_indices().rev() {
        let before = from.min(at) + before;
        if c != ' ' {
            starts.insert(before);
            while optional > 0 && folded.optional[optional - 1].start > before {
                optional -= 1;
            }
            let left_out = optional
                .checked_sub(1)
                .is_some_and(|last| folded.optional[last].contains(&before));
            many -= usize::from(!left_out);
        }
        if many == 0 {
            break;
        }
    }
}

/// The first run of letters that is long enough, or else the longest; where there are none, the longest run
/// of digits. Nothing of it stands in the head of a line or in brackets, and its first letter is not the
/// part's, whose case may differ.
fn seed(pattern: &Pattern, part: Range<usize>) -> Option<Range<usize>> {
    let mut letters = runs(pattern, part.clone(), false, Class::of);
    if letters.iter().all(|run| run.len() < FEW) {
        letters = runs(pattern, part.clone(), true, Class::of);
    }
    let long = letters.iter().find(|run| run.len() >= LONG_ENOUGH);
    let longest = || {
        letters
            .iter()
            .max_by_key(|run| (run.len(), std::cmp::Reverse(run.start)))
    };
    let digits = || {
        runs(pattern, part, true, |c| c.is_ascii_digit().then_some(Class::Digit))
            .into_iter()
            .max_by_key(|run| run.len())
    };
    long.or_else(longest).cloned().or_else(digits)
}

/// Characters of which a run consists.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Spaced,
    Unspaced,
    Digit,
}

impl Class {
    fn of(c: char) -> Option<Class> {
        match () {
            () if is_unspaced(c) => Some(Class::Unspaced),
            () if c.is_alphabetic() || is_combining_mark(c) => Some(Class::Spaced),
            () => None,
        }
    }
}

fn runs(
    pattern: &Pattern,
    part: Range<usize>,
    in_brackets: bool,
    class: impl Fn(char) -> Option<Class>,
) -> Vec<Range<usize>> {
    let text = &pattern.folded.text;
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut run: Option<(Range<usize>, Class)> = None;
    let (mut first, mut brackets, mut heads) = (true, 0_usize, pattern.heads.iter().peekable());
    for (at, c) in text[part.clone()].char_indices().map(|(at, c)| (part.start + at, c)) {
        while heads.next_if(|head| head.range.end <= at).is_some() {}
        let in_head = heads.peek().is_some_and(|head| head.range.contains(&at));
        brackets = match c {
            '[' | '(' if !in_brackets => brackets + 1,
            ']' | ')' => brackets.saturating_sub(1),
            _ => brackets,
        };
        let leads = first && c.is_alphanumeric();
        first = first && !leads;
        let kind = class(c).filter(|_| !in_head && brackets == 0 && !leads);
        if pattern.lines.binary_search(&at).is_ok() {
            runs.extend(run.take().map(|(range, _)| range)); // a letter may number the line
        }
        run = match (run.take(), kind) {
            (Some((range, of)), Some(kind)) if of == kind => Some((range.start..at + c.len_utf8(), of)),
            (Some((range, Class::Spaced)), None)
                if c == ' ' && range.end == at && !in_head && brackets == 0 =>
            {
                Some((range, Class::Spaced))
            }
            (before, kind) => {
                runs.extend(before.map(|(range, _)| range));
                kind.map(|kind| (at..at + c.len_utf8(), kind))
            }
        };
    }
    runs.extend(run.map(|(range, _)| range));
    runs
}
