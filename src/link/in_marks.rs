//! Words between quotation marks in running text, as `spoken` and `cited` find them in a file.

use crate::model::quote::Quote;
use crate::model::span::{Place, Span};

/// Words between quotation marks.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Where they stand, with their marks.
    pub place: Span,
    pub words: String,
    /// Whether they are a paragraph of their own.
    pub alone: bool,
}

/// Such words in a note of a file.
#[derive(Clone, Debug)]
pub struct OfNote {
    /// Among the notes of the file.
    pub note: usize,
    pub spoken: Spoken,
}

/// Words in quotation marks, and the sources that are named for them: one is enough in which they stand.
#[derive(Clone, Debug)]
pub struct Cited {
    pub place: Place,
    pub quote: Quote,
    pub sources: Vec<usize>,
    /// Whether their writer looked at what an elision leaves out.
    pub looked: bool,
}
