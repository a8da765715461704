//! What is told of quotations that stand: marks that the source has not, words that are struck, signs that
//! nobody sees, references to other notes, what an elision hides and what stands right beside a passage.

use std::cell::OnceCell;

use super::quotes::{Job, Outcome, shown};
use super::sources::Draft;
use crate::anchor::{LeftOut, Remark};
use crate::model::body::Body;
use crate::model::quote::{Difference, Weight};
use crate::model::roles::{BesideKind, Role, Roles};
use crate::model::span::Place;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes::figure_differs;
use crate::report::mistakes::remarks as mistakes;

/// The references to notes of each source, found when they are first asked for.
pub struct References(Vec<OnceCell<Vec<Reference>>>);

/// Where a reference stands in the reading text, or beside it, and the number or letter that it shows.
struct Reference {
    at: usize,
    label: String,
}

impl References {
    pub fn of(sources: &[Draft]) -> References {
        References(sources.iter().map(|_| OnceCell::new()).collect())
    }

    fn get(&self, index: usize, source: &Draft) -> &[Reference] {
        self.0
            .get(index)
            .map_or(&[], |cell| cell.get_or_init(|| references(&source.body)))
    }
}

/// A page shows them beside the text; in a plain text they are signs that a passage may leave out.
fn references(body: &Body) -> Vec<Reference> {
    let Roles { inside, beside } = body.roles();
    let label = |text: &str| text.trim().trim_matches(['[', ']', '(', ')', '^']).to_string();
    let shown = beside
        .iter()
        .filter(|beside| beside.kind == BesideKind::Reference)
        .map(|beside| Reference { at: beside.at, label: label(&beside.text) });
    let typed = inside
        .iter()
        .filter(|inside| inside.role == Role::Optional)
        .map(|inside| Reference { at: inside.range.start, label: label(&body.reading[inside.range.clone()]) })
        .filter(|typed| !typed.label.is_empty() && typed.label.bytes().all(|byte| byte.is_ascii_digit()));
    let mut all: Vec<Reference> = shown.chain(typed).collect();
    all.sort_by_key(|reference| reference.at);
    all
}

/// A `[^7]` in a quotation of words to which the source has another reference: `[^1]`. A quotation of a
/// source in Markdown has that source's own labels, of which its pages show the numbers only.
pub fn other_reference(
    job: &Job,
    outcome: &Outcome,
    sources: &[Draft],
    references: &References,
) -> Option<Diagnostic> {
    let source = &sources[outcome.source];
    let typed = labels(&job.quotation.quote.typed.text);
    if typed.is_empty() || source.seed.extension() == "md" {
        return None;
    }
    let extent = outcome.anchors().first()?.extent();
    let all = references.get(outcome.source, source);
    let first = all.partition_point(|reference| reference.at < extent.start);
    let shown_there: Vec<&str> = all[first..]
        .iter()
        .take_while(|reference| reference.at <= extent.end)
        .map(|reference| reference.label.as_str())
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
    let sentence = |left: &LeftOut| shown(source, left.sentence.clone());
    let remark = |remark: &Remark| match remark {
        Remark::NotNumbered(mark) => Some(mistakes::mark_not_in_source(&at, mark, &passage)),
        Remark::Struck => Some(mistakes::quote_struck(&at, &passage)),
        Remark::Invisible(signs) => Some(mistakes::unseen_characters(&at, signs, &passage)),
        Remark::Turned(signs) => Some(mistakes::digits_turned(&at, signs, &passage)),
        Remark::OldLetters(letters) => Some(mistakes::old_letters(&at, letters, &passage)),
        Remark::OtherNumber { .. } => None, // such words do not stand
        Remark::Hides(_) | Remark::BoundBeside(_) | Remark::DeniedBeside(_) if looked => None,
        Remark::Hides(left) => Some(mistakes::elision_hides(&at, &left.word, &sentence(left))),
        Remark::BoundBeside(left) => Some(mistakes::bound_left_out(&at, &left.word, &sentence(left))),
        Remark::DeniedBeside(left) => Some(mistakes::denial_beside(&at, &left.word, &sentence(left))),
    };
    outcome.found.remarks.iter().filter_map(remark).collect()
}
