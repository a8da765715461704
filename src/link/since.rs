//! What a source had when its notes were last checked, told beside what it has now.
//!
//! A quotation that stood and stands no longer is most often not its writer's slip: the source was revised.
//! With the text that it was last checked against, the difference old → new (`anchor::Revision`) says what
//! became of the passage. This words messages and puts the place of the old passage first among those that
//! come near; the verdict never depends on it, since the older text may not be there.

use std::collections::{BTreeMap, BTreeSet};

use super::lost::Lost;
use super::quotes::correction;
use crate::anchor::{Around, Haystack, Old, Revision, Wanted, find};
use crate::model::quote::Verdict;
use crate::model::roles::Legible;
use crate::model::slug::Slug;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::mistakes::quotes::{QUOTE_ABSENT, Shown, is_of_a_lost_quotation, since};

/// Tells of each lost quotation what became of its passage. `before`: by the id of a source, the reading text
/// that its notes were last checked against, where that is another one than now.
pub fn tell(report: &mut Report, lost: &[Lost], before: &BTreeMap<Slug, Legible>) {
    let sources: BTreeSet<&Slug> = lost.iter().map(|lost| &lost.source).collect();
    for (source, before) in sources
        .into_iter()
        .filter_map(|source| Some((source, before.get(source)?)))
    {
        let of_this: Vec<&Lost> = lost.iter().filter(|lost| lost.source == *source).collect();
        let Some(first) = of_this.first() else { continue };
        let (old, now) = (
            Haystack::new(before.reading.as_str(), &before.roles),
            Haystack::new(&first.body.reading, &first.body.roles()),
        );
        let revision = Revision::between(&old, &now);
        for lost in of_this {
            let mistake = report.diagnostics.iter_mut().find(|mistake| is_about(mistake, lost));
            if let Some(mistake) = mistake
                && let Some(told) = told(mistake, lost, &old, &now, &revision)
            {
                *mistake = told;
            }
        }
    }
}

fn is_about(mistake: &Diagnostic, lost: &Lost) -> bool {
    is_of_a_lost_quotation(mistake.code) && mistake.place.as_ref().is_some_and(|label| label.place == lost.at)
}

/// `None` where the quotation did not stand in the old text either: then nothing was taken from it.
fn told(
    mistake: &Diagnostic,
    lost: &Lost,
    old: &Haystack,
    now: &Haystack,
    revision: &Revision,
) -> Option<Diagnostic> {
    let quote = &lost.quotation.quote;
    let stood = find(&Wanted::new(quote, lost.occurrence), old);
    let [anchor] = stood.anchors.as_slice() else { return None };
    if !stood.verdict.holds() || stood.miscounted {
        return None;
    }
    let extent = anchor.extent();
    let around = Around::in_older(Old { text: old, revision, start: extent.start, end: extent.end });
    let found = find(&Wanted { quote, occurrence: None, around: Some(around) }, now);
    let place = found.anchors.first().map(|anchor| anchor.extent());
    let shown = place.and_then(|range| {
        let words = lost.body.reading.get(range.clone())?;
        Some(Shown { path: &lost.seed, span: lost.body.file_span(range), words })
    });
    // What the difference singles out where the words alone did not: `fix --drift` may write it.
    let is_new = !lost.guessed
        && mistake.fix.is_none()
        && mistake.code == &QUOTE_ABSENT
        && found.verdict == Verdict::Drifted;
    let fixed = shown
        .as_ref()
        .filter(|_| is_new)
        .and_then(|shown| correction(&lost.quotation, &found, shown.words));
    let told = since(mistake.clone(), &old.raw[extent], shown.as_ref(), fixed);
    Some(if is_new { told.keeping_sense(true) } else { told })
}
