//! Which source a note speaks for, and whether its words were found there.

use std::collections::BTreeSet;

use super::origins::origins;
use crate::model::dossier::{Dossier, Note, NoteIx, Passage, SourceIx};

/// The sources that notes speak for, each once, and how many of them are independent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub notes: Vec<NoteIx>,
    /// In the order of the dossier.
    pub sources: Vec<SourceIx>,
    /// Sources that repeat each other, or one that they both repeat, counted once.
    pub origins: usize,
}

impl Evidence {
    pub fn of(dossier: &Dossier, notes: Vec<NoteIx>) -> Evidence {
        let sources: BTreeSet<SourceIx> = notes.iter().map(|&note| speaks_for(dossier.note(note))).collect();
        let sources: Vec<SourceIx> = sources.into_iter().collect();
        Evidence { origins: origins(dossier, &sources), notes, sources }
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

/// The source whose words a note quotes: its own, unless all its passages come from one other.
pub fn speaks_for(note: &Note) -> SourceIx {
    let mut quoted = note.passages.iter().map(|passage| passage.source);
    let first = quoted.next().unwrap_or(note.source);
    if quoted.all(|source| source == first) { first } else { note.source }
}

/// Whether words of the passage were found, so that it may be shown.
pub fn stands(passage: &Passage) -> bool {
    passage.verdict.holds() && !passage.anchors.is_empty()
}

pub fn has_passage(note: &Note) -> bool {
    note.passages.iter().any(stands)
}
