//! A file becomes a value: `(path, text) → Parsed<T>`. Parsing never fails; what is wrong is said beside the
//! value.
//!
//! A parsed value holds ranges within its own file only, so it depends on path and bytes alone and can be
//! remembered by their hash. Names that people wrote stay as typed; `link` resolves them.

pub mod annotation;
pub mod cut;
pub mod decode;
pub mod elements;
pub mod facts;
pub mod fields;
pub mod files;
pub mod front_matter;
mod hanging;
pub mod holding;
pub mod html;
pub mod keys;
pub mod layout;
pub mod line_numbers;
pub mod lines;
pub mod links;
pub mod look;
pub mod markdown;
pub mod notes;
pub mod numbering;
pub mod prose;
pub mod said;
pub mod sidecar;
pub mod source;
pub mod text;
pub mod toml;
pub mod tree;

use crate::report::diagnostic::Diagnostic;

/// What a file was read as, and what its writer should know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed<T> {
    pub value: T,
    pub mistakes: Vec<Diagnostic>,
}
