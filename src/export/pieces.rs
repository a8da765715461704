//! What files for programs are made of: the notes, one after the other, and JSON.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::dossier::{Note, NoteIx};
use crate::render::press::Press;

/// Every note, to be written by all processors: there are many, and each is turned into text before the next
/// one is begun.
pub fn notes<'p>(press: &'p Press<'_>) -> impl IndexedParallelIterator<Item = (NoteIx, &'p Note)> {
    let numbers = 0..u32::try_from(press.dossier.notes.len()).unwrap_or(u32::MAX);
    numbers
        .into_par_iter()
        .map(|at| (NoteIx(at), press.dossier.note(NoteIx(at))))
}

/// As JSON that people can read too.
pub fn json(value: &impl Serialize) -> String {
    // What is exported are texts, numbers and lists of them; nothing of that can fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// As JSON in one line.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
