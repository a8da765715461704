//! What is looked for: a quotation, and what is known of where it stood.

use super::haystack::Haystack;
use super::revision::{Place, Revision};
use crate::model::quote::{Occurrence, Quote};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub quote: &'a Quote,
    pub occurrence: Option<Occurrence>,
    /// What is known of the place beyond the words. A build knows nothing, so that its verdicts depend on
    /// quotation and source alone.
    pub around: Option<Around<'a>>,
}

impl<'a> Wanted<'a> {
    pub fn new(quote: &'a Quote, occurrence: Option<Occurrence>) -> Wanted<'a> {
        Wanted { quote, occurrence, around: None }
    }
}

/// What is known of where a passage stood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// What stood before and after it, as much as is known.
    pub before: &'a str,
    pub after: &'a str,
    /// About where it begins: only where all else is equal it decides.
    pub start: Option<usize>,
    pub old: Option<Old<'a>>,
}

/// An older text in which the passage stood.
#[derive(Clone, Copy, Debug)]
pub struct Old<'a> {
    pub text: &'a Haystack<'a>,
    /// What became of it.
    pub revision: &'a Revision,
    /// The first and last byte of the passage there.
    pub start: usize,
    pub end: usize,
}

/// How much of an older text is taken as what stood around a passage, in characters.
const SURROUNDINGS: usize = 128;

impl<'a> Around<'a> {
    /// All that an older text tells: what stood around the passage there, and what became of it.
    pub fn in_older(old: Old<'a>) -> Around<'a> {
        let (before, after) = (&old.text.raw[..old.start], &old.text.raw[old.end..]);
        let first = before
            .char_indices()
            .rev()
            .take(SURROUNDINGS)
            .last()
            .map_or(before.len(), |(at, _)| at);
        let end = after
            .char_indices()
            .nth(SURROUNDINGS)
            .map_or(after.len(), |(at, _)| at);
        Around { before: &before[first..], after: &after[..end], start: None, old: Some(old) }
    }

    /// Whether nothing is known but about where it begins.
    pub fn is_bare(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.old.is_none()
    }

    pub(super) fn place(&self) -> Option<Place> {
        self.old
            .and_then(|old| old.revision.place_of(old.text, old.start..old.end))
    }
}
