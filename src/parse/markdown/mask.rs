//! A copy of a text in which Markdown finds nothing that is not meant for it, byte for byte as long, so that
//! every place stays.
//!
//! Leaves are taken from the text itself; the copy only decides the structure, and which bytes no leaf may
//! hold.

use std::borrow::Cow;
use std::ops::Range;

use crate::parse::lines::lines;

/// Stands for hidden bytes: punctuation, as a comment's own borders are, and without meaning to Markdown
/// anywhere in a line.
const FILLER: u8 = b'%';

/// A text as Markdown may see it.
pub struct Masked<'a> {
    pub text: Cow<'a, str>,
    /// What no leaf may hold: sorted, disjoint byte ranges.
    pub hidden: Vec<Range<usize>>,
}

/// What is to be kept from Markdown. Ranges lie at character borders.
#[derive(Default)]
pub struct Mask {
    /// Comments and marks: they vanish from the line they stand in. Sorted and disjoint.
    pub hidden: Vec<Range<usize>>,
    /// Whole lines: as if they were blank.
    pub blank: Vec<Range<usize>>,
    /// Whether a line of `-` or `=` under text is a rule or text, as it is where people annotate, and not a
    /// heading.
    pub no_underlines: bool,
}

pub fn mask(text: &str, mask: Mask) -> Masked<'_> {
    let text = unix_lines(text);
    let hidden = mask.hidden.iter().map(|range| (range.clone(), FILLER));
    let blank = mask.blank.iter().map(|range| (range.clone(), b' '));
    let text = overwrite(text, hidden.chain(blank).collect());
    let underlines = if mask.no_underlines { underlines(&text) } else { Vec::new() };
    Masked { text: overwrite(text, underlines), hidden: mask.hidden }
}

/// A lone CR ends a line for people's editors; as LF it does so for Markdown everywhere.
fn unix_lines(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let returns: Vec<_> = memchr::memchr_iter(b'\r', bytes)
        .filter(lone)
        .map(|at| (at..at + 1, b'\n'))
        .collect();
    overwrite(Cow::Borrowed(text), returns)
}

/// Each range filled with its byte, line ends aside where the byte is a space.
fn overwrite(text: Cow<'_, str>, ranges: Vec<(Range<usize>, u8)>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return text;
    }
    let mut bytes = text.clone().into_owned().into_bytes();
    for (range, with) in ranges {
        for byte in bytes.get_mut(range).unwrap_or_default() {
            let keeps_line = with == b' ' && (*byte == b'\n' || *byte == b'\r');
            *byte = if keeps_line { *byte } else { with };
        }
    }
    // Ranges lie at character borders and ASCII replaced what lay in them; if that were ever wrong, the text
    // stays as it was.
    String::from_utf8(bytes).map_or(text, Cow::Owned)
}

/// The lines that Markdown would take for the underline of a heading. Three hyphens become asterisks, which
/// are a rule anywhere; of a shorter line the first sign becomes a word's.
fn underlines(text: &str) -> Vec<(Range<usize>, u8)> {
    let mut found = Vec::new();
    let mut above = "";
    for line in lines(text, 0) {
        let typed = line.text.trim_end();
        let signs = typed.trim_start_matches([' ', '\t', '>']);
        let start = line.start + typed.len() - signs.len();
        let only = |sign: char| !signs.is_empty() && signs.chars().all(|c| c == sign);
        // `- a` and below it `-`, both at the margin: the second item of a list, still empty
        let next_item = signs == "-" && typed == signs && above.starts_with("- ");
        if above.is_empty() || next_item {
        } else if only('-') && signs.len() >= 3 {
            found.push((start..start + signs.len(), b'*'));
        } else if only('-') || only('=') {
            found.push((start..start + 1, FILLER));
        }
        above = signs;
    }
    found
}

impl Masked<'_> {
    pub fn hides_just_before(&self, at: usize) -> bool {
        let before = self.hidden.partition_point(|hidden| hidden.end <= at);
        self.hidden[..before].last().is_some_and(|hidden| hidden.end == at)
    }

    /// The parts of a range that are not hidden.
    pub fn visible(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let first = self.hidden.partition_point(|hidden| hidden.end <= range.start);
        let mut from = range.start;
        let borders = self.hidden[first..]
            .iter()
            .take_while(move |hidden| hidden.start < range.end);
        let borders = borders
            .map(|hidden| (hidden.start, hidden.end))
            .chain(std::iter::once((range.end, range.end)));
        borders.filter_map(move |(end, next)| {
            let piece = from..end.max(from);
            from = next;
            (!piece.is_empty()).then_some(piece)
        })
    }
}
