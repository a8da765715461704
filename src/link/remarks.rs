//! What is told of quotations that stand: marks that the source has not, words that are struck, signs that
//! nobody sees, and what an elision hides.

use super::quotes::{Job, Outcome, shown};
use super::sources::Draft;
use crate::anchor::Remark;
use crate::anchor::edges::bound;
use crate::anchor::elision::{hidden, hidden_beside};
use crate::model::span::Place;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::remarks as mistakes;

/// `looked`: whether the writer says that what the elisions leave out was looked at.
pub fn told(job: &Job, outcome: &Outcome, sources: &[Draft], looked: bool) -> Vec<Diagnostic> {
    let (source, at) = (&sources[outcome.source], Place { path: job.path.clone(), span: job.quotation.span });
    let Some(passage) = outcome.anchors().first().map(|anchor| shown(source, anchor.extent())) else {
        return Vec::new();
    };
    let remark = |remark: &Remark| match remark {
        Remark::NotNumbered(mark) => Some(mistakes::mark_not_in_source(&at, mark, &passage)),
        Remark::Struck => Some(mistakes::quote_struck(&at, &passage)),
        Remark::Invisible(signs) => Some(mistakes::unseen_characters(&at, signs, &passage)),
        Remark::Turned(signs) => Some(mistakes::digits_turned(&at, signs, &passage)),
        Remark::OldLetters(letters) => Some(mistakes::old_letters(&at, letters, &passage)),
        Remark::OtherNumber { .. } => None, // such words do not stand
    };
    let mut told: Vec<Diagnostic> = outcome.found.remarks.iter().filter_map(remark).collect();
    if !looked {
        let reading = &source.body.reading;
        let typed = &job.quotation.quote.typed.text;
        let beside = || {
            outcome
                .anchors()
                .iter()
                .find_map(|anchor| hidden_beside(reading, typed, anchor))
        };
        let hidden = outcome
            .anchors()
            .iter()
            .find_map(|anchor| hidden(reading, anchor))
            .or_else(beside);
        let bound = outcome
            .anchors()
            .iter()
            .find_map(|anchor| bound(reading, anchor.extent()));
        told.extend(
            bound.map(|bound| mistakes::bound_left_out(&at, &bound.word, &shown(source, bound.sentence))),
        );
        told.extend(
            hidden.map(|hidden| mistakes::elision_hides(&at, &hidden.word, &shown(source, hidden.sentence))),
        );
    }
    told
}
