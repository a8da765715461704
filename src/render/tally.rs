//! How many quotations a page shows, and what came of comparing them: the line at its foot.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::dossier::{Dossier, Note, Passage, Prose};
use crate::model::span::Span;
use crate::site::PageKind;

/// For templates: `frame.quotations`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Quotations that stand in their source.
    compared: usize,
    /// What is typed as a quotation, and is shown as the writer's own words.
    own: usize,
    /// Quotations that no longer stand, and are not shown.
    review: usize,
}

/// The quotations of a page that shows notes or prose; none where it has no quotations.
pub fn tally(dossier: &Dossier, kind: &PageKind) -> Option<Tally> {
    let mut tally = Tally::default();
    match kind {
        PageKind::Home => dossier.home.iter().for_each(|home| tally.prose(&home.text)),
        PageKind::Page(ix) => tally.prose(&dossier.page(*ix).text),
        PageKind::Source(ix) => {
            let source = dossier.source(*ix);
            source.remarks.iter().for_each(|remark| tally.prose(remark));
            source.notes.iter().for_each(|note| tally.note(dossier.note(*note)));
        }
        PageKind::Topic(ix) => {
            let topic = dossier.topic(*ix);
            tally.prose(&topic.lead);
            topic.notes.iter().for_each(|note| tally.note(dossier.note(*note)));
        }
        PageKind::Claim(ix) => {
            let claim = dossier.claim(*ix);
            tally.prose(&claim.text);
            let notes: BTreeSet<_> = claim.notes.iter().map(|(_, note)| *note).collect();
            notes.into_iter().for_each(|note| tally.note(dossier.note(note)));
        }
        PageKind::List(_)
        | PageKind::Former(_)
        | PageKind::NotFound
        | PageKind::Asset(_)
        | PageKind::Media(_)
        | PageKind::NoJekyll
        | PageKind::Export(_) => {}
    }
    (tally != Tally::default()).then_some(tally)
}

impl Tally {
    /// A passage that stands in the comment is one quotation.
    fn note(&mut self, note: &Note) {
        let passages: BTreeSet<Span> = note.passages.iter().map(|passage| passage.span).collect();
        note.passages.iter().for_each(|passage| self.passage(passage));
        let others = note
            .comment
            .quotations
            .iter()
            .flatten()
            .filter(|passage| !passages.contains(&passage.span));
        others.for_each(|passage| self.passage(passage));
        self.own_words(&note.comment);
    }

    fn prose(&mut self, prose: &Prose) {
        prose
            .quotations
            .iter()
            .flatten()
            .for_each(|passage| self.passage(passage));
        self.own_words(prose);
    }

    fn passage(&mut self, passage: &Passage) {
        match passage.verdict.holds() {
            true => self.compared += 1,
            false => self.review += 1,
        }
    }

    fn own_words(&mut self, prose: &Prose) {
        self.own += prose.body.own_blocks(&|quotation| prose.stands(quotation));
    }
}
