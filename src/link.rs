//! Names become things: which source a file of notes is about, where a quotation stands, what a link leads
//! to.
//!
//! The order of the data: sources are gathered with all that is said of them (`sources`), what people wrote
//! is taken stock of and every name registered (`written`, `names`), every quotation is looked for in the
//! source that it names (`quotes`), and the dossier is put together (`assemble`). Mistakes of what is not
//! published are hints.

mod alike;
mod assemble;
pub mod cache;
pub mod cited;
mod citing;
mod in_marks;
mod loops;
pub mod lost;
pub mod names;
mod quotes;
mod remarks;
pub mod sigla;
pub mod since;
mod slip;
mod slips;
pub mod source_index;
mod sources;
mod spelled;
pub mod spoken;
mod titles;
mod tongue;
pub mod view;
mod withheld;
mod written;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::config::Config;
use crate::inputs::Inputs;
use crate::model::dossier::{Dossier, Hidden};
use crate::model::path::InputPath;
use crate::model::quote::{Occurrence, Quotation};
use crate::model::span::{Place, Span, Spanned};
use crate::parse::facts::SourceFacts;
use crate::parse::files::{Files, Read};
use crate::parse::source::{RawSource, seed_of_sidecar};
use crate::report::diagnostic::{Diagnostic, Severity};
use crate::report::mistakes::facts::{
    HELD_BY_PAGE, LOOKS_LIKE_KEY, MARKED_PAGE, MISPLACED_RIGHTS, NO_RIGHTS, NO_TRUTH, PRIVATE_SOURCE,
    SAYS_UNPUBLISHED, SWALLOWED_KEY,
};
use crate::report::mistakes::fields::MISPLACED_PRIVATE;
use crate::report::mistakes::names::{SOURCE_STILL_PUBLISHED, link_to_unpublished};

use assemble::{Material, assemble, of_file};
use cache::LinkCache;
use lost::Lost;
use names::ThingKind;
use quotes::{Job, check};
use slips::Stray;
use sources::{Gathered, gather};
use view::View;
use written::{Written, written};

/// Links what was parsed: the dossier of a view, and all that its writer should know. `cache` saves time.
pub fn link(
    files: &Files,
    inputs: &Inputs,
    config: &Config,
    view: View,
    cache: &mut LinkCache,
) -> (Dossier, Vec<Diagnostic>, Vec<Lost>) {
    let mut found = mistakes_of_files(files);
    let gathered = gather(files, inputs, config.build.seeds.value.as_str(), view, cache, &mut found);
    let written = written(files, &gathered, view, &mut found);
    let (jobs, strays) = jobs(files, &gathered, &written, view, &mut found);
    let sources = &gathered.sources;
    let outcomes = check(&jobs, sources, cache);
    found.extend(quotes::by_source(&jobs, &outcomes, sources, |job, outcome, text| {
        slips::slip(job, outcome, text).or_else(|| match job.unattributed {
            true => slips::unattributed(job, outcome, sources),
            false => quotes::mistake(job, outcome, sources, text, config.drifted),
        })
    }));
    found.extend(slips::strays(&strays, sources, cache));
    let cited = cited::cited(files, &gathered, &written.names, cache);
    found.extend(cited::told(&cited, sources, cache));
    let compared = cited
        .iter()
        .flat_map(|cited| cited.iter())
        .map(|cited| (&cited.place.path, cited.place.span))
        .collect();
    found.extend(spoken::unmarked(files, &gathered, &compared, cache));
    found.extend(titles::linked(files, inputs, config, &gathered, &written, view));
    found.extend(withheld::repeated(files, config, &gathered, &written, &jobs, &outcomes));
    let looked = looked(&written);
    found.extend(jobs.iter().zip(&outcomes).flat_map(|(job, outcome)| {
        let looked = looked.contains(&std::ptr::from_ref(job.quotation));
        remarks::told(job, outcome, &gathered.sources, looked)
    }));
    let references = remarks::References::of(&gathered.sources);
    let other = jobs.iter().zip(&outcomes);
    found.extend(
        other.filter_map(|(job, outcome)| {
            remarks::other_reference(job, outcome, &gathered.sources, &references)
        }),
    );
    let lost = quotes::lost(&jobs, &outcomes, &gathered.sources);
    let material = Material {
        inputs,
        config,
        view,
        files,
        gathered: &gathered,
        written: &written,
        jobs: &jobs,
        outcomes: &outcomes,
    };
    let mut dossier = assemble(&material, &mut found);
    let unpublished = Unpublished::of(files, &gathered, &written);
    dossier.holds_back = !unpublished.stretches.is_empty();
    quieten(&mut found, &unpublished);
    (dossier, found, lost)
}

/// The quotations of notes whose writers looked at what the elisions leave out.
fn looked(written: &Written) -> HashSet<*const Quotation> {
    let notes = written
        .notes
        .iter()
        .map(|draft| draft.note)
        .filter(|note| note.checked.is_some());
    notes
        .flat_map(|note| note.passages.iter().chain(&note.comment.quotations))
        .map(std::ptr::from_ref)
        .collect()
}

/// What a text that is evidence seems to say of itself.
const OF_EVIDENCE: &[&str] =
    &[LOOKS_LIKE_KEY.name, HELD_BY_PAGE.name, MARKED_PAGE.name, SAYS_UNPUBLISHED.name];

fn mistakes_of_files(files: &Files) -> Vec<Diagnostic> {
    let Files { seeds, sidecars, notes, topics, claims, pages, mistakes } = files;
    let mut found = mistakes.clone();
    // What a file says of itself need not be told where its owner decided beside it: evidence is not changed.
    let decides = |facts: &SourceFacts| facts.draft.is_some() || facts.rights.is_some();
    let decided: BTreeSet<InputPath> = sidecars
        .iter()
        .filter(|file| decides(&file.value))
        .filter_map(|file| seed_of_sidecar(&file.path))
        .collect();
    let is_told = |path: &InputPath, code: &str| !(decided.contains(path) && OF_EVIDENCE.contains(&code));
    let of_seed = |file: &Read<RawSource>| {
        file.mistakes
            .iter()
            .filter(|mistake| is_told(&file.path, mistake.code.name))
            .cloned()
            .collect::<Vec<_>>()
    };
    found.extend(seeds.iter().flat_map(of_seed));
    found.extend(sidecars.iter().flat_map(|file| &file.mistakes).cloned());
    found.extend(notes.iter().flat_map(|file| &file.mistakes).cloned());
    found.extend(topics.iter().flat_map(|file| &file.mistakes).cloned());
    found.extend(claims.iter().flat_map(|file| &file.mistakes).cloned());
    found.extend(pages.iter().flat_map(|file| &file.mistakes).cloned());
    found
}

/// Every quotation with the source that it names, or that its file is about. One that names none that there
/// is, is told of here and looked for nowhere. Apart from them those that have no source to be looked for in.
fn jobs<'a>(
    files: &'a Files,
    gathered: &Gathered,
    written: &Written<'a>,
    view: View,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Job<'a>>, Vec<Stray<'a>>) {
    let mut jobs = Vec::new();
    let mut strays = Vec::new();
    let mut add = |path: &'a InputPath,
                   quotation: &'a Quotation,
                   own: Option<usize>,
                   hidden: Option<Hidden>,
                   counted: Option<Option<&'a Spanned<Occurrence>>>,
                   passage: bool| {
        let unattributed = !passage && quotation.attribution.is_none();
        match named(path, quotation, own, written, hidden.is_none() && view == View::Published, found) {
            Some(source) => {
                let shown = view.shows(hidden);
                let occurrence = counted.flatten();
                jobs.push(Job {
                    source,
                    path,
                    quotation,
                    occurrence,
                    countable: counted.is_some(),
                    unattributed,
                    shown,
                });
            }
            None if unattributed => strays.push(Stray { path, quotation }),
            None => {}
        }
    };
    for draft in &written.notes {
        // `occurrence` chooses in a note with one passage alone
        let counted = (draft.note.passages.len() == 1).then_some(draft.note.occurrence.as_ref());
        draft.note.passages.iter().for_each(|quotation| {
            add(draft.path, quotation, Some(draft.source), draft.hidden, counted, true)
        });
        let only = draft.note.only_quotation_of_the_comment();
        for quotation in &draft.note.comment.quotations {
            let counted = only
                .filter(|only| std::ptr::eq(*only, quotation))
                .map(|_| draft.note.occurrence.as_ref());
            add(draft.path, quotation, Some(draft.source), draft.hidden, counted, false);
        }
    }
    for (file, about) in files.notes.iter().zip(&gathered.about) {
        let Some(source) = *about else { continue };
        let hidden = of_file(&file.value).or(gathered.sources[source].hidden);
        file.value
            .remark
            .quotations
            .iter()
            .for_each(|quotation| add(&file.path, quotation, Some(source), hidden, None, false));
    }
    for draft in &written.topics {
        draft
            .raw
            .body
            .quotations
            .iter()
            .for_each(|quotation| add(draft.path, quotation, None, draft.hidden, None, false));
    }
    for draft in &written.claims {
        draft
            .raw
            .body
            .quotations
            .iter()
            .for_each(|quotation| add(draft.path, quotation, None, draft.hidden, None, false));
    }
    for draft in &written.pages {
        draft
            .raw
            .body
            .quotations
            .iter()
            .for_each(|quotation| add(draft.path, quotation, None, draft.hidden, None, false));
    }
    (jobs, strays)
}

/// The source that a quotation names, else the one that its note is on.
fn named(
    path: &InputPath,
    quotation: &Quotation,
    own: Option<usize>,
    written: &Written,
    from_published: bool,
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Some(line) = &quotation.attribution else { return own };
    if line.is_path
        && let Some(entry) = path
            .join(&line.source.value)
            .and_then(|file| written.names.by_path(&file))
        && entry.entity.sort == ThingKind::Source
    {
        if entry.published || !from_published {
            return Some(entry.entity.index);
        }
        found.push(link_to_unpublished(path, &line.source, entry.named()));
        return None;
    }
    match written
        .names
        .find(path, &line.source, ThingKind::Source, from_published)
    {
        Ok(entry) => Some(entry.entity.index),
        Err(mistake) => {
            found.push(*mistake);
            None
        }
    }
}

/// The stretches of files that are not published: a mistake there is a hint.
struct Unpublished {
    /// By file, in order; each reaches as far as any before it.
    stretches: BTreeMap<InputPath, Vec<Span>>,
}

const WHOLE: Span = Span { start: 0, end: u32::MAX };

impl Unpublished {
    fn of(files: &Files, gathered: &Gathered, written: &Written) -> Unpublished {
        let mut stretches: BTreeMap<InputPath, Vec<Span>> = BTreeMap::new();
        let mut add = |path: &InputPath, span: Span| stretches.entry(path.clone()).or_default().push(span);
        let seeds: BTreeSet<&InputPath> = gathered
            .sources
            .iter()
            .filter(|source| source.hidden.is_some())
            .map(|source| &source.seed)
            .collect();
        seeds.iter().for_each(|seed| add(seed, WHOLE));
        // A sidecar and notes go with what they are about.
        let beside = |path: &InputPath| seed_of_sidecar(path).is_some_and(|seed| seeds.contains(&seed));
        files
            .sidecars
            .iter()
            .filter(|file| beside(&file.path))
            .for_each(|file| add(&file.path, WHOLE));
        let on_hidden =
            |about: &Option<usize>| about.is_some_and(|source| gathered.sources[source].hidden.is_some());
        let notes = files
            .notes
            .iter()
            .zip(&gathered.about)
            .filter(|(file, about)| of_file(&file.value).is_some() || on_hidden(about));
        notes.for_each(|(file, _)| add(&file.path, WHOLE));
        written
            .notes
            .iter()
            .filter(|draft| draft.hidden.is_some())
            .for_each(|draft| add(draft.path, draft.note.span));
        written
            .topics
            .iter()
            .filter(|draft| draft.hidden.is_some())
            .for_each(|draft| add(draft.path, WHOLE));
        written
            .claims
            .iter()
            .filter(|draft| draft.hidden.is_some())
            .for_each(|draft| add(draft.path, WHOLE));
        written
            .pages
            .iter()
            .filter(|draft| draft.hidden.is_some())
            .for_each(|draft| add(draft.path, WHOLE));
        stretches.values_mut().for_each(reach_on);
        Unpublished { stretches }
    }

    fn holds(&self, place: &Place) -> bool {
        let Some(spans) = self.stretches.get(&place.path) else { return false };
        let before = &spans[..spans.partition_point(|span| span.start <= place.span.start)];
        before.last().is_some_and(|span| place.span.start <= span.end)
    }
}

/// Puts stretches in order, and lets each reach as far as those before it: then one look tells whether a
/// place lies in any.
fn reach_on(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut end = 0;
    for span in spans {
        end = span.end.max(end);
        span.end = end;
    }
}

/// Mistakes about hiding itself, which hide what they stand in: they must be seen.
pub const LOUD: &[&str] = &[
    MISPLACED_PRIVATE.name,
    NO_TRUTH.name,
    PRIVATE_SOURCE.name,
    SWALLOWED_KEY.name,
    LOOKS_LIKE_KEY.name,
    HELD_BY_PAGE.name,
    SAYS_UNPUBLISHED.name,
    NO_RIGHTS.name,
    MISPLACED_RIGHTS.name,
    SOURCE_STILL_PUBLISHED.name,
];

fn quieten(found: &mut [Diagnostic], unpublished: &Unpublished) {
    for mistake in found {
        let hidden = mistake
            .place
            .as_ref()
            .is_some_and(|label| unpublished.holds(&label.place));
        if hidden && !LOUD.contains(&mistake.code.name) {
            mistake.severity = Severity::Hint;
        }
    }
}
