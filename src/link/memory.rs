//! What linking remembers from one run to the next. All of it follows from the files alone, so that it may be forgotten at any time.

use std::sync::Arc;

use crate::anchor::Found;
use crate::inputs::shelf::Shelf;
use crate::model::body::Body;
use crate::report::diagnostic::Diagnostic;

/// By what each follows from.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// By the hash of a seed's bytes: their SHA-256.
    pub(super) sums: Shelf<Arc<str>>,
    /// By the text of a source as it stands and the words that cut it: the part that counts.
    pub(super) cuts: Shelf<Cut>,
    /// By the text of a source and a quotation: what came of looking for it.
    pub(super) found: Shelf<Arc<Found>>,
}

/// The part of a text that counts.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub body: Arc<Body>,
    pub mistakes: Vec<Diagnostic>,
}
