//! Where something stands in a file.
//!
//! A span counts bytes of the file's *decoded* text (UTF-8, without the byte order mark), so that it means
//! the same for every encoding a seed may arrive in. Lines and columns are derived from it only when a
//! person is to read them: see `report::lines`.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::path::InputPath;

/// Ranges in order, joined where they overlap or touch.
pub fn union(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// A half-open range of bytes within one file's decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Files are limited to far less than 4 GiB (see `limit::FILE_LIMIT`),
    /// so a range of one always fits; a larger number is cut at the limit.
    pub fn new(range: Range<usize>) -> Span {
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: fit(range.start), end: fit(range.end) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn len(self) -> usize {
        self.range().len()
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The same span, counted from `offset` bytes earlier: a block's span inside its file.
    pub fn shifted(self, offset: usize) -> Span {
        Span::new(self.start as usize + offset..self.end as usize + offset)
    }
}

/// A value and where its writer put it. The file is known from the context: a parsed file holds spans of
/// itself only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// By what it says, wherever it stands: a page whose words moved in their file is the same page.
impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Spanned { value, span: _ } = self;
        value.hash(state);
    }
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// A span together with its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub path: InputPath,
    pub span: Span,
}
