//! What follows from the notes: figures compared, claims weighed, a timeline, a register of names, what is
//! covered and what is not.
//!
//! Everything here is a pure function of the linked dossier, and holds nothing but references into it and
//! what was computed: what the dossier does not hold (drafts, private notes) cannot come out. No wording for
//! pages is made here. Nothing is decided for the reader either: sources that disagree are shown to disagree,
//! and by how much.

pub mod claims;
pub mod contradictions;
pub mod coverage;
mod ends;
pub mod evidence;
pub mod figures;
pub mod names;
mod origins;
pub mod time;

#[cfg(test)]
mod sketch;

use crate::model::dossier::Dossier;
use crate::report::diagnostic::Diagnostic;

/// All that follows from a dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasoned {
    pub figures: figures::FigureTable,
    /// One a claim, in the order of the dossier.
    pub claims: Vec<claims::Weighed>,
    /// Claims that exclude each other, with the notes that tell between them.
    pub rivalries: Vec<claims::Rivalry>,
    pub timeline: time::Timeline,
    pub names: names::Register,
    pub coverage: coverage::Coverage,
    /// Where sources contradict each other, and themselves.
    pub contradictions: Vec<contradictions::Contradiction>,
}

/// What follows, and what its writers should know about it.
pub fn reason(dossier: &Dossier) -> (Reasoned, Vec<Diagnostic>) {
    let (figures, of_figures) = figures::compare_figures(dossier);
    let (claims, rivalries, of_claims) = claims::weigh_claims(dossier);
    let (timeline, of_time) = time::timeline(dossier);
    let (names, of_names) = names::register(dossier);
    let coverage = coverage::coverage(dossier, &names);
    let contradictions = contradictions::contradictions(dossier, &claims, &figures, &timeline);
    let reasoned = Reasoned { figures, claims, rivalries, timeline, names, coverage, contradictions };
    (reasoned, [of_figures, of_claims, of_time, of_names].concat())
}
