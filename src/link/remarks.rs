//! What is told of quotations that stand: marks that the source has not, words that are struck, signs that
//! nobody sees, references to other notes, what an elision hides and what stands right beside a passage.

use std::cell::OnceCell;

use super::quotes::{Job, Outcome, shown};
use super::sources::Draft;
use crate::anchor::Remark;
use crate::anchor::edges::bound;
use crate::anchor::elision::{denied_beside, hidden, hidden_beside};
use crate::model::quote::{Difference, Weight};
use crate::model::roles::{Beside, BesideKind};
use crate::model::span::Place;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes::figure_differs;
use crate::report::mistakes::remarks as mistakes;

/// What a page shows beside the words of each source, made when it is first asked for.
pub struct Besides(Vec<OnceCell<Vec<Beside>>>);

impl Besides {
    pub fn of(sources: &[Draft]) -> Besides {
        Besides(sources.iter().map(|_| OnceCell::new()).collect())
    }

    fn get(&self, index: usize, source: &Draft) -> &[Beside] {
        self.0
            .get(index)
            .map_or(&[], |cell| cell.get_or_init(|| source.body.roles().beside))
    }
}

/// A `[^7]` in a quotation of words to which the source has another reference: `[^1]`. A quotation of a
/// source in Markdown has that source's own labels, of which its pages show the numbers only.
pub fn other_reference(
    job: &Job,
    outcome: &Outcome,
    sources: &[Draft],
    besides: &Besides,
) -> Option<Diagnostic> {
    let source = &sources[outcome.source];
    let typed = labels(&job.quotation.quote.typed.text);
    if typed.is_empty() || source.seed.extension() == "md" {
        return None;
    }
    let extent = outcome.anchors().first()?.extent();
    let beside = besides.get(outcome.source, source);
    let first = beside.partition_point(|beside| beside.at < extent.start);
    let shown_there: Vec<&str> = beside[first..]
        .iter()
        .take_while(|beside| beside.at <= extent.end)
        .filter(|beside| beside.kind == BesideKind::Reference)
        .map(|beside| beside.text.trim_matches(['[', ']', '(', ')', '^']))
        .collect();
    let other = typed.iter().find(|label| !shown_there.contains(label))?;
    let difference = Difference {
        quoted: format!("[^{other}]"),
        source: format!("[{}]", shown_there.first()?),
        weight: Weight::Figure,
    };
    let at = Place { path: job.path.clone(), span: job.quotation.span };
    Some(figure_differs(&at, &shown(source, extent), &[difference]))
}

/// The labels of the references to notes that a quotation has: `7` of `[^7]`.
fn labels(typed: &str) -> Vec<&str> {
    let behind = typed.split("[^").skip(1);
    behind
        .filter_map(|rest| rest.split_once(']'))
        .map(|(label, _)| label)
        .collect()
}

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
        let denied = || {
            let mut anchors = outcome.anchors().iter();
            anchors.find_map(|anchor| denied_beside(reading, anchor.extent()))
        };
        if hidden.is_none() && bound.is_none() {
            let denied = denied();
            told.extend(
                denied.map(|denied| {
                    mistakes::denial_beside(&at, &denied.word, &shown(source, denied.sentence))
                }),
            );
        }
        told.extend(
            bound.map(|bound| mistakes::bound_left_out(&at, &bound.word, &shown(source, bound.sentence))),
        );
        told.extend(
            hidden.map(|hidden| mistakes::elision_hides(&at, &hidden.word, &shown(source, hidden.sentence))),
        );
    }
    told
}
