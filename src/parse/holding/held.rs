//! What a line holds back, and where such a line may stand.

use std::ops::Range;

use super::statement::Key;
use crate::model::rights::Rights;
use crate::parse::keys::{Match, known};

/// What a line holds back, and where its word stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub key: Key,
    pub place: Range<usize>,
}

/// Where a line of running text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Where fields are expected: above the comment.
    Fields,
    Comment,
}

/// `none`, `excerpts`, or nearly so.
pub fn strict_rights(value: &str) -> Option<Rights> {
    match known(value, &["none", "excerpts"]) {
        Match::Exact => Rights::of(value),
        Match::Near(word) => Rights::of(word),
        Match::Unknown => None,
    }
}
