//! What is told of quotations that were not typed as quotations are: those that name no source, and those
//! that swallow what follows them.
//!
//! In a file of notes an unattributed quotation is looked for in the source that the file is about; where it
//! does not stand there, its words are shown as the writer's own. In a topic, a claim or a page there is no
//! such source: it is only said where the words stand.

use super::cache::LinkCache;
use super::quotes::{Job, Outcome, Searched, Sought, shown, standing};
use super::sources::Draft;
use crate::anchor;
use crate::model::path::InputPath;
use crate::model::quote::{Anchor, Quotation, Verdict};
use crate::model::span::Place;
use crate::parse::markdown::outside::only_a_link;
use crate::report::diagnostic::{Diagnostic, Severity};
use crate::report::held::hold;
use crate::report::mistakes::quotes::{self as mistakes, Shown};

/// A quotation that names no source, in a file that is about none.
#[derive(Clone, Copy)]
pub struct Stray<'a> {
    pub path: &'a InputPath,
    pub quotation: &'a Quotation,
}

/// What is told of a quotation that does not stand, where the way in which it is typed explains it.
pub fn slip(job: &Job, outcome: &Outcome, text: &Searched) -> Option<Diagnostic> {
    if outcome.verdict().holds() || is_empty(job.quotation) {
        return None;
    }
    let at = place(job.path, job.quotation);
    let told = match is_attribution(job.quotation) {
        true => Some(mistakes::attribution_without_words(&at)),
        false => swallowed(job, &at, text),
    }?;
    let severity = if job.unattributed { Severity::Warning } else { Severity::Error };
    Some(Diagnostic { severity, ..told })
}

/// The lines with a mark stand in the source, and it is those without one that do not.
fn swallowed(job: &Job, at: &Place, text: &Searched) -> Option<Diagnostic> {
    let lazy = job.quotation.lazy.as_ref()?;
    anchor::stands(&lazy.before, text.hay())?;
    Some(mistakes::swallowed_by_quotation(at, lazy.line, text.source.id.as_str()))
}

/// What is told of a quotation that names no source and does not stand in that of its file.
pub fn unattributed(job: &Job, outcome: &Outcome, sources: &[Draft]) -> Option<Diagnostic> {
    if job.quotation.nested || is_empty(job.quotation) {
        return None;
    }
    let source = &sources[outcome.source];
    let own = source.id.as_str();
    let at = place(job.path, job.quotation);
    let passages = || {
        outcome
            .found
            .anchors
            .iter()
            .map(|anchor| shown(source, anchor.extent()))
    };
    match outcome.verdict() {
        Verdict::Exact | Verdict::Typographic => None,
        Verdict::Ambiguous => {
            let places: Vec<Shown> = passages().collect();
            let count = outcome.found.occurrences.max(places.len());
            Some(mistakes::unattributed_ambiguous(&at, own, &places, count, job.countable))
        }
        Verdict::Drifted | Verdict::FigureDiffers => {
            let near = passages()
                .next()
                .map(|passage| (passage, outcome.found.differences.as_slice()));
            Some(mistakes::quote_unattributed(&at, Some(own), near, &[]))
        }
        Verdict::Moved | Verdict::Absent => {
            let there: Vec<(&str, Shown)> = outcome
                .moved
                .iter()
                .map(|(index, anchor)| {
                    (sources[*index].id.as_str(), shown(&sources[*index], anchor.extent()))
                })
                .collect();
            Some(mistakes::quote_unattributed(&at, Some(own), None, &there))
        }
    }
}

/// What is told of quotations that name no source, in files that are about none.
pub fn strays(strays: &[Stray], sources: &[Draft], cache: &mut LinkCache) -> Vec<Diagnostic> {
    let told: Vec<&Stray> = strays
        .iter()
        .filter(|stray| !stray.quotation.nested && !is_empty(stray.quotation))
        .collect();
    let sought = told.iter().enumerate().map(|(number, stray)| Sought {
        number,
        quote: &stray.quotation.quote,
        not_in: None,
    });
    let stands = standing(sought.collect(), sources, cache);
    let mut mistakes = Vec::new();
    for (number, stray) in told.iter().enumerate() {
        hold(&mut mistakes);
        mistakes.push(unnamed(stray, stands.get(&number).map_or(&[], Vec::as_slice), sources));
    }
    mistakes
}

/// What is told of one of them; `stands` are the sources in which its words stand.
fn unnamed(stray: &Stray, stands: &[(usize, Anchor)], sources: &[Draft]) -> Diagnostic {
    let at = place(stray.path, stray.quotation);
    if is_attribution(stray.quotation) {
        return mistakes::attribution_without_words(&at);
    }
    let shown = |(index, anchor): &(usize, Anchor)| {
        (sources[*index].id.as_str(), shown(&sources[*index], anchor.extent()))
    };
    let there: Vec<(&str, Shown)> = stands.iter().map(shown).collect();
    mistakes::quote_unattributed(&at, None, None, &there)
}

fn place(path: &InputPath, quotation: &Quotation) -> Place {
    Place { path: path.clone(), span: quotation.span }
}

fn is_empty(quotation: &Quotation) -> bool {
    quotation.quote.typed.text.trim().is_empty()
}

/// `> — [[source]]` alone: no words, but the line that would say where words are from.
fn is_attribution(quotation: &Quotation) -> bool {
    only_a_link(quotation.quote.typed.text.trim(), 0).is_some()
}
