//! The numbers that notes have on the page of their source, and which of their passages are marked there.

use crate::model::dossier::{Dossier, NoteIx, SourceIx};
use crate::model::quote::Anchor;

/// Notes are numbered as their numbers follow each other in the text of their source: by where the first
/// passage ends.
pub(super) fn number_notes(dossier: &Dossier) -> Vec<Option<usize>> {
    let mut numbers = vec![None; dossier.notes.len()];
    for (source, ix) in dossier.sources.iter().zip(0..) {
        let end = |note: NoteIx| {
            marked(dossier, SourceIx(ix), note)
                .iter()
                .filter_map(|anchor| anchor.targets.iter().map(|target| target.end).max())
                .min()
        };
        let mut marked: Vec<(usize, NoteIx)> = source
            .notes
            .iter()
            .filter_map(|note| Some((end(*note)?, *note)))
            .collect();
        marked.sort_by_key(|(end, _)| *end);
        for ((_, note), number) in marked.into_iter().zip(1..) {
            numbers[note.at()] = Some(number);
        }
    }
    numbers
}

/// The anchors of a note that are marked on a source's page.
pub fn marked(dossier: &Dossier, source: SourceIx, note: NoteIx) -> Vec<&Anchor> {
    if dossier.source(source).shown().is_nothing() {
        return Vec::new();
    }
    let here = dossier
        .note(note)
        .passages
        .iter()
        .filter(|passage| passage.source == source && passage.verdict.holds());
    here.flat_map(|passage| &passage.anchors).collect()
}
