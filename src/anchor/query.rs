//! A quotation with what stood around it, as a line of words that is laid along a text.

use std::ops::Range;

use super::align::Line;
use super::fold::{Folded, fold};
use super::index::{Index, words_of};

/// A quotation with what stood around it, on its way to what comes near.
pub struct Query {
    /// What stood before, the quotation, and what stood after, as one text: a word that was cut by a border
    /// is whole again.
    raw: String,
    pub folded: Folded,
    /// Bytes of `folded` that are the quotation.
    pub quote: Range<usize>,
}

impl Query {
    pub fn new(before: &str, quote: &str, after: &str) -> Query {
        let (before, after) = (ending(before), beginning(after));
        let raw = format!("{before}{quote}{after}");
        let folded = fold(&raw);
        let (start, end) = (folded.folded(before.len()), folded.folded(before.len() + quote.len()));
        let part = &folded.text[start..end.max(start)];
        let start = start + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        Query { raw, folded, quote: start..end }
    }

    /// Words as they were given.
    pub fn raw(&self, folded: Range<usize>) -> &str {
        &self.raw[self.folded.raw(folded)]
    }

    pub fn line(&self, index: &Index) -> Line<'_> {
        let mut words = words_of(&self.folded.text);
        let first = words.partition_point(|word| word.range.end <= self.quote.start);
        let end = words.partition_point(|word| word.range.start < self.quote.end);
        words.truncate(MOST_WORDS.max(end.min(first + MOST_WORDS)));
        let end = end.min(words.len());
        let weights = words.iter().map(|word| index.weight(word.key)).collect();
        Line {
            folded: &self.folded.text,
            words,
            weights,
            quote: first.min(end)..end,
            crosses: self.raw(self.quote.clone()).contains('\n'),
        }
    }
}

/// More of the surroundings than this, in bytes, says nothing more.
const MOST_AROUND: usize = 2000;

fn ending(before: &str) -> &str {
    &before[before.ceil_char_boundary(before.len().saturating_sub(MOST_AROUND))..]
}

fn beginning(after: &str) -> &str {
    &after[..after.floor_char_boundary(MOST_AROUND)]
}

/// Words of a quotation that are compared; a longer one is judged by its beginning.
const MOST_WORDS: usize = 2000;
