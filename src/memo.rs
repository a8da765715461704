//! What earlier runs found out, by the hash of what it follows from. Forgetting it costs time and nothing else.
//!
//! Nothing is remembered yet: every run parses and looks for everything anew. The type stands in `compile`'s signature, so that
//! what is remembered can grow without a caller changing.

/// The memory that a run is given and hands on to the next.
#[derive(Debug, Default)]
pub struct Memo {}
