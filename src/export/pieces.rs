//! What files for programs are made of: the notes, one a line, and JSON.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::dossier::{Note, NoteIx};
use crate::render::context::RenderContext;

/// How many notes are written at once: all of them would take more room than the file.
const AT_ONCE: usize = 1024;

/// Writes every note, one a line, made by all threads.
pub fn write_notes(
    text: &mut String,
    context: &RenderContext<'_>,
    line: impl Fn(&Note, NoteIx) -> String + Sync,
) {
    let notes = &context.dossier.notes;
    let of = |at: usize| line(&notes[at], NoteIx(u32::try_from(at).unwrap_or(u32::MAX)));
    for start in (0..notes.len()).step_by(AT_ONCE) {
        let end = notes.len().min(start + AT_ONCE);
        let lines: Vec<String> = (start..end).into_par_iter().map(of).collect();
        for (at, line) in (start..).zip(lines) {
            text.push_str(if at > 0 { ",\n" } else { "" });
            text.push_str(&line);
        }
    }
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
