//! A quotation that does not stand in the source that it names, with all that `since` needs to follow it.

use std::sync::Arc;

use crate::inputs::Hash;
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::model::quote::{Occurrence, Quotation};
use crate::model::slug::Slug;
use crate::model::span::Place;

/// A quotation that does not stand in the source that it names.
#[derive(Clone, Debug)]
pub struct Lost {
    /// The id of the source, its file and its text.
    pub source: Slug,
    pub seed: InputPath,
    pub body: Arc<Body>,
    /// Of all that the text follows from.
    pub text: Hash,
    /// Whether the encoding of the file is a guess.
    pub guessed: bool,
    /// Where it is quoted.
    pub at: Place,
    pub quotation: Quotation,
    pub occurrence: Option<Occurrence>,
}
