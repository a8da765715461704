//! What commands write into a dossier for a person: a note, a topic, a claim, corrections; and how a change
//! is shown.
//!
//! Texts come in and texts go out; nothing here reads or writes a file. What is written is read again by the
//! parsers before anyone relies on it.

pub mod declaration;
pub mod mend;
pub mod note;
pub mod patch;
