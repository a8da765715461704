//! The block of facts at the head of a file (`---`, YAML) or beside it (a sidecar, TOML): keys with texts or lists of texts.
//!
//! Values are read as text, never through an untyped value: `003`, `no` and `1984` stay what they are.

use crate::model::span::{Span, Spanned};

/// Keys and values in the order of the file; keys lower-case with `-` for `_`, so that both spellings are one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub entries: Vec<Entry>,
    /// The whole block with its fences; empty where the file has none.
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Spanned<String>,
    pub value: Value,
    pub value_span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `key:` with nothing behind it.
    Empty,
    Text(Spanned<String>),
    List(Vec<Spanned<String>>),
}
