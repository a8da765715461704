//! Every quotation of the dossier, looked for in the source that it names.
//!
//! Quotations are gathered first and then looked for source by source, so that a source's text is made ready
//! once however many quote it, and sources are searched in parallel. The outcome of a quotation depends on
//! its words and the sources' texts alone.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::LinkCache;
use super::lost::Lost;
use super::slip;
use super::sources::Draft;
use crate::anchor::furniture::furniture;
use crate::anchor::vocabulary::{Needed, Register, Vocabulary};
use crate::anchor::{self, Found, Haystack, Wanted};
use crate::config::Drifted;
use crate::inputs::Hash;
use crate::inputs::cache::Cache;
use crate::model::figure::mentions::numbers_in;
use crate::model::figure::unit::Unit;
use crate::model::path::InputPath;
use crate::model::quote::{Anchor, Difference, Occurrence, Quotation, Quote, Verdict, Weight, Words};
use crate::model::roles::Roles;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::{Diagnostic, Severity};
use crate::report::mistakes::markdown::{attribution_misplaced, attribution_without_source};
use crate::report::mistakes::quotes::{self as mistakes, Shown};

/// A quotation and where to look for it.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Which source, by its place in the list that `check` gets.
    pub source: usize,
    pub path: &'a InputPath,
    pub quotation: &'a Quotation,
    pub occurrence: Option<&'a Spanned<Occurrence>>,
    /// Whether `occurrence` may choose between places: in a note with one passage.
    pub countable: bool,
    /// Whether it names no source and is no passage of a note: it may as well be words of the writer's own.
    pub unattributed: bool,
    /// Whether pages show it: what stands in a private note frees no word.
    pub shown: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub source: usize,
    pub found: Arc<Found>,
    /// Other sources in which the words stand word for word, where they do not in the one that was named.
    pub moved: Vec<(usize, Anchor)>,
}

impl Outcome {
    pub fn verdict(&self) -> Verdict {
        match () {
            () if !self.moved.is_empty() => Verdict::Moved,
            // The count is the writer's word for which place is meant; while it is wrong, none is.
            () if self.found.miscounted => Verdict::Ambiguous,
            () => self.found.verdict,
        }
    }

    /// The places that may be published.
    pub fn anchors(&self) -> &[Anchor] {
        if self.verdict().holds() { &self.found.anchors } else { &[] }
    }
}

/// Looks for all quotations; the outcomes are in the order of the jobs.
pub fn check(jobs: &[Job], sources: &[Draft], cache: &mut LinkCache) -> Vec<Outcome> {
    let asked: Vec<Asked> = jobs.iter().map(Asked::of).collect();
    let found = look_up(&asked, sources, &mut cache.found);
    let lost: Vec<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, found)| may_stand_elsewhere(found))
        .map(|(number, _)| number)
        .collect();
    let mut moved = elsewhere(jobs, &lost, sources, cache);
    let outcome = |(number, found): (usize, Arc<Found>)| Outcome {
        source: jobs[number].source,
        found,
        moved: moved.remove(&number).unwrap_or_default(),
    };
    found.into_iter().enumerate().map(outcome).collect()
}

/// Words, and the source in which they are looked for.
pub struct Asked<'a> {
    pub source: usize,
    pub quote: &'a Quote,
    pub occurrence: Option<Occurrence>,
    /// Whether it is enough to know that they stand: then nothing is told of what comes near.
    pub only_whether: bool,
}

impl<'a> Asked<'a> {
    fn of(job: &Job<'a>) -> Asked<'a> {
        let occurrence = job.occurrence.map(|occurrence| occurrence.value);
        Asked { source: job.source, quote: &job.quotation.quote, occurrence, only_whether: false }
    }
}

/// Looks for all words of which it is not known what comes of them, source by source; what comes of each, in
/// their order.
pub fn look_up(asked: &[Asked], sources: &[Draft], cache: &mut Cache<Arc<Found>>) -> Vec<Arc<Found>> {
    let keys: Vec<Hash> = asked
        .par_iter()
        .map(|asked| key(asked, &sources[asked.source]))
        .collect();
    let mut found = cache.take(&keys);
    let mut by_source: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
    for (number, _) in found.iter().enumerate().filter(|(_, found)| found.is_none()) {
        by_source[asked[number].source].push(number);
    }
    let new: Vec<Vec<(usize, Found)>> = by_source
        .par_iter()
        .zip(sources)
        .map(|(numbers, source)| in_one(asked, numbers, source))
        .collect();
    for (number, new) in new.into_iter().flatten() {
        let new = Arc::new(new);
        cache.put(keys[number], new.clone());
        found[number] = Some(new);
    }
    found.into_iter().flatten().collect() // each was known or has been looked for
}

/// What comes of it follows from the source's text and from the words, as they read and as they are typed.
fn key(asked: &Asked, source: &Draft) -> Hash {
    let mut key = blake3::Hasher::new();
    key.update(&source.text);
    let Quote { read, typed } = asked.quote;
    for Words { text, marks, struck } in [read, typed] {
        key.update(&(text.len() as u64).to_le_bytes());
        key.update(text.as_bytes());
        key.update(&(marks.len() as u64).to_le_bytes());
        key.update(&(struck.len() as u64).to_le_bytes());
        for mark in marks.iter().chain(struck) {
            key.update(&(mark.start as u64).to_le_bytes());
            key.update(&(mark.end as u64).to_le_bytes());
        }
    }
    match asked.occurrence {
        None => key.update(&[0]),
        Some(Occurrence::All) => key.update(&[1]),
        Some(Occurrence::Nth { nth, of }) => key.update(format!("{nth} {of:?}").as_bytes()),
    };
    if asked.only_whether {
        key.update(b"only whether");
    }
    *key.finalize().as_bytes()
}

fn in_one(asked: &[Asked], numbers: &[usize], source: &Draft) -> Vec<(usize, Found)> {
    if numbers.is_empty() {
        return Vec::new();
    }
    let hay = Haystack::new(&source.body.reading, &source.body.roles());
    let found = |&number: &usize| (number, found(&asked[number], &hay));
    // A source that many quote is searched by all threads.
    if numbers.len() > 64 {
        numbers.par_iter().map(found).collect()
    } else {
        numbers.iter().map(found).collect()
    }
}

/// Of the places of an ambiguous quotation no more are looked at for what it leaves out there.
const FEW_PLACES: usize = 16;

fn found(asked: &Asked, hay: &Haystack) -> Found {
    if !asked.only_whether {
        let mut found = anchor::find(&Wanted::new(asked.quote, asked.occurrence), hay);
        let places = match found.verdict {
            verdict if verdict.holds() => found.anchors.len(),
            Verdict::Ambiguous => found.anchors.len().min(FEW_PLACES),
            _ => 0,
        };
        let left = anchor::left_out(&hay.raw, &asked.quote.typed.text, &found.anchors[..places]);
        found.remarks.extend(left);
        return found;
    }
    match anchor::stands(asked.quote, hay) {
        Some(anchor) => Found { anchors: vec![anchor], ..Found::new(Verdict::Typographic) },
        None => Found::new(Verdict::Absent),
    }
}

/// Words that differ from their passage may be another source's, word for word; words that stand here are
/// this one's.
fn may_stand_elsewhere(found: &Found) -> bool {
    matches!(found.verdict, Verdict::Absent | Verdict::Drifted | Verdict::FigureDiffers)
}

/// A few words stand in many texts: fewer than these in another source say nothing where this one has a
/// passage that is near.
const TELLING_WORDS: usize = 5;

fn elsewhere(
    jobs: &[Job],
    lost: &[usize],
    sources: &[Draft],
    cache: &mut LinkCache,
) -> BTreeMap<usize, Vec<(usize, Anchor)>> {
    let sought = lost.iter().map(|&number| {
        let Job { source, quotation, .. } = jobs[number];
        Sought { number, quote: &quotation.quote, not_in: Some(source) }
    });
    standing(sought.collect(), sources, cache)
}

/// Words that are looked for in every source but one.
pub struct Sought<'a> {
    pub number: usize,
    pub quote: &'a Quote,
    pub not_in: Option<usize>,
}

/// The sources in which words stand, word for word, by the numbers of the words.
pub fn standing(
    sought: Vec<Sought>,
    sources: &[Draft],
    cache: &mut LinkCache,
) -> BTreeMap<usize, Vec<(usize, Anchor)>> {
    let telling = sought.into_iter().filter(|sought| is_telling(sought.quote));
    let sought: Vec<(Sought, Needed)> = telling
        .map(|sought| {
            let needed = Needed::by(sought.quote);
            (sought, needed)
        })
        .collect();
    if sought.is_empty() {
        return BTreeMap::new();
    }
    let vocabulary = |source: &Draft| Arc::new(Vocabulary::of(&source.body.reading, &source.body.roles()));
    let vocabularies = cache.vocabularies.all(sources, |source| source.text, vocabulary);
    let register = Register::of(vocabularies.iter().map(AsRef::as_ref).collect());
    let mut of_source: Vec<Vec<&Sought>> = vec![Vec::new(); sources.len()];
    let tried: Vec<Vec<usize>> = sought
        .par_iter()
        .map(|(_, needed)| register.may_hold(needed))
        .collect();
    for ((sought, _), tried) in sought.iter().zip(tried) {
        tried
            .into_iter()
            .filter(|&index| sought.not_in != Some(index))
            .for_each(|index| of_source[index].push(sought));
    }
    let stands: Vec<Vec<(usize, usize, Anchor)>> = sources
        .par_iter()
        .zip(of_source)
        .enumerate()
        .map(|(index, (source, sought))| {
            if sought.is_empty() {
                return Vec::new();
            }
            let hay = Haystack::new(&source.body.reading, &source.body.roles());
            let stands = |sought: &Sought| {
                anchor::stands(sought.quote, &hay).map(|anchor| (sought.number, index, anchor))
            };
            sought.into_iter().filter_map(stands).collect()
        })
        .collect();
    let mut moved: BTreeMap<usize, Vec<(usize, Anchor)>> = BTreeMap::new();
    for (number, index, anchor) in stands.into_iter().flatten() {
        moved.entry(number).or_default().push((index, anchor));
    }
    moved
}

fn is_telling(quote: &Quote) -> bool {
    let words = quote.read.text.split_whitespace().count();
    words >= TELLING_WORDS || quote.read.text.chars().count() >= 4 * TELLING_WORDS
}

/// The quotations that do not stand.
pub fn lost(jobs: &[Job], outcomes: &[Outcome], sources: &[Draft]) -> Vec<Lost> {
    let lost = jobs
        .iter()
        .zip(outcomes)
        .filter(|(job, outcome)| !job.unattributed && !outcome.verdict().holds());
    lost.map(|(job, outcome)| {
        let Draft { id, seed, body, text, guessed, .. } = &sources[outcome.source];
        Lost {
            source: id.clone(),
            seed: seed.clone(),
            body: body.clone(),
            text: *text,
            guessed: *guessed,
            at: Place { path: job.path.clone(), span: job.quotation.span },
            quotation: job.quotation.clone(),
            occurrence: job.occurrence.map(|occurrence| occurrence.value),
        }
    })
    .collect()
}

/// A source's text, made ready to be searched when that is first asked for.
pub struct Searched<'a> {
    pub source: &'a Draft,
    hay: OnceCell<Haystack<'a>>,
}

impl<'a> Searched<'a> {
    pub fn new(source: &'a Draft) -> Searched<'a> {
        Searched { source, hay: OnceCell::new() }
    }

    pub fn hay(&self) -> &Haystack<'a> {
        let Draft { body, .. } = self.source;
        self.hay.get_or_init(|| Haystack::new(&body.reading, &body.roles()))
    }
}

/// Asks `tell` of every quotation, source by source, so that a text is made ready once however many of its
/// quotations are lost. The answers are in the order of the jobs.
pub fn by_source<'a>(
    jobs: &[Job],
    outcomes: &[Outcome],
    sources: &'a [Draft],
    tell: impl Fn(&Job, &Outcome, &Searched<'a>) -> Option<Diagnostic> + Sync,
) -> Vec<Diagnostic> {
    let mut of_source: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
    outcomes
        .iter()
        .enumerate()
        .for_each(|(number, outcome)| of_source[outcome.source].push(number));
    let asked = of_source.par_iter().zip(sources).map(|(numbers, source)| {
        let text = Searched::new(source);
        let answer = |&number: &usize| Some((number, tell(&jobs[number], &outcomes[number], &text)?));
        numbers.iter().filter_map(answer).collect::<Vec<_>>()
    });
    let mut told: Vec<(usize, Diagnostic)> = asked.flatten().collect();
    told.sort_by_key(|(number, _)| *number);
    told.into_iter().map(|(_, told)| told).collect()
}

/// What the writer is told of a quotation that does not simply stand.
pub fn mistake(
    job: &Job,
    outcome: &Outcome,
    sources: &[Draft],
    text: &Searched,
    drifted: Drifted,
) -> Option<Diagnostic> {
    let source = text.source;
    let at = Place { path: job.path.clone(), span: job.quotation.span };
    let shown = |range: Range<usize>| shown(source, range);
    let places = || -> Vec<Shown> {
        outcome
            .found
            .anchors
            .iter()
            .map(|anchor| shown(anchor.extent()))
            .collect()
    };
    if let Some(occurrence) = job.occurrence.filter(|_| outcome.found.miscounted) {
        let at = Place { path: job.path.clone(), span: occurrence.span };
        return Some(mistakes::wrong_occurrence(&at, occurrence.value, &places(), outcome.found.occurrences));
    }
    if job.quotation.quote.read.text.trim().is_empty() && job.quotation.quote.typed.text.trim().is_empty() {
        return Some(mistakes::quote_empty(&at));
    }
    if let Some((end, own_line)) = unnamed_end(job, outcome, text) {
        let told = if own_line { attribution_without_source } else { attribution_misplaced };
        return Some(told(job.path, end));
    }
    let told = told(job, outcome, sources, drifted, &at);
    told.map(|told| with_furniture(told, job, outcome, source))
}

/// What ends the quotation and was meant to say where it is from, where the words before it stand without it:
/// a last line that begins with a dash, `(a)` or `– [[a]]` behind the words. And whether it is a line of its
/// own.
fn unnamed_end(job: &Job, outcome: &Outcome, text: &Searched) -> Option<(Span, bool)> {
    let Quotation { span, quote, attribution, .. } = job.quotation;
    let lost = matches!(outcome.verdict(), Verdict::Absent | Verdict::Drifted | Verdict::FigureDiffers);
    if !lost || attribution.is_some() {
        return None;
    }
    let typed = quote.typed.text.trim_end();
    let line = typed
        .rsplit_once('\n')
        .filter(|(_, line)| line.trim_start().starts_with(DASHES));
    let own_line = line.is_some();
    let (above, line) = line.or_else(|| behind_words(typed, text.source))?;
    if above.trim().is_empty() {
        return None;
    }
    let words = Words { text: above.trim_end().to_string(), ..Words::default() };
    let stands = anchor::stands(&Quote { read: words.clone(), typed: words }, text.hay()).is_some();
    let start = (span.end as usize).checked_sub(line.trim().len())?;
    stands.then(|| (Span::new(start..span.end as usize), own_line))
}

const DASHES: [char; 4] = ['-', '–', '—', '―'];

/// The words, and what stands behind them as a source's name does: its name in brackets, or a dash with a
/// link or its name.
fn behind_words<'a>(typed: &'a str, source: &Draft) -> Option<(&'a str, &'a str)> {
    let last = typed.rfind('\n').map_or(0, |end| end + 1);
    let bracket = typed
        .strip_suffix(')')
        .and_then(|_| typed.rfind('('))
        .filter(|&at| is_name(&typed[at + 1..typed.len() - 1], source));
    let dash = || {
        let at = typed.rfind([' ', '\t']).and_then(|_| typed.rfind(DASHES))?;
        let behind = typed[at..].trim_start_matches(DASHES).trim();
        let parted = typed[..at].ends_with(char::is_whitespace);
        (parted && (behind.starts_with("[[") && behind.ends_with("]]") || is_name(behind, source)))
            .then_some(at)
    };
    let linked = || {
        typed
            .strip_suffix("]]")
            .and_then(|_| typed.rfind("[["))
            .and_then(|open| {
                let before = typed[..open].trim_end();
                let words = before.trim_end_matches(DASHES);
                (words.len() < before.len() && words.ends_with(char::is_whitespace)).then_some(words.len())
            })
    };
    let at = bracket.or_else(linked).or_else(dash).filter(|&at| at > last)?;
    Some((&typed[..at], &typed[at..]))
}

fn is_name(words: &str, source: &Draft) -> bool {
    let words = words.trim().trim_matches(['[', ']']);
    !words.is_empty()
        && (words == source.id.as_str() || words == source.siglum || words == source.seed.as_str())
}

/// What stands between the quoted words, where the passage has them all and a page's furniture between them.
fn with_furniture(told: Diagnostic, job: &Job, outcome: &Outcome, source: &Draft) -> Diagnostic {
    let passage = match outcome.verdict() {
        Verdict::Drifted | Verdict::FigureDiffers => outcome.found.anchors.first().map(Anchor::extent),
        Verdict::Absent => outcome.found.nearest.first().map(|near| near.range.clone()),
        Verdict::Exact | Verdict::Typographic | Verdict::Ambiguous | Verdict::Moved => None,
    };
    let Some(passage) = passage else { return told };
    let reading = &source.body.reading;
    let from = reading.floor_char_boundary(passage.start.saturating_sub(BESIDE));
    let to = reading.ceil_char_boundary(passage.end.saturating_add(BESIDE).min(reading.len()));
    let hay = Haystack::new(&reading[from..to], &Roles::default());
    match furniture(&job.quotation.quote, passage.start - from..passage.end - from, &hay) {
        Some(found) => {
            let between: Vec<&str> = found.between.iter().map(|range| &hay.raw[range.clone()]).collect();
            mistakes::with_furniture(told, &between, &found.elided)
        }
        None => told,
    }
}

/// How far beside a passage that comes near its words are looked for: bytes.
const BESIDE: usize = 2000;

fn told(job: &Job, outcome: &Outcome, sources: &[Draft], drifted: Drifted, at: &Place) -> Option<Diagnostic> {
    let source = &sources[outcome.source];
    let shown = |range: Range<usize>| shown(source, range);
    let places = || -> Vec<Shown> {
        outcome
            .found
            .anchors
            .iter()
            .map(|anchor| shown(anchor.extent()))
            .collect()
    };
    let passage = || outcome.found.anchors.first().map(|anchor| shown(anchor.extent()));
    match outcome.verdict() {
        Verdict::Exact | Verdict::Typographic if outcome.found.altered => {
            passage().map(|passage| mistakes::quote_altered(at, &passage))
        }
        Verdict::Exact | Verdict::Typographic => None,
        Verdict::Drifted => {
            let severity = match drifted {
                Drifted::Error => Severity::Error,
                Drifted::Warning => Severity::Warning,
            };
            let passage = passage()?;
            let fixed = correction(job.quotation, &outcome.found, passage.words).filter(|_| !source.guessed);
            let keeps = slip::keeps_sense(&job.quotation.quote.typed.text, passage.words);
            let told = mistakes::quote_drifted(at, &passage, &outcome.found.differences, severity, fixed);
            Some(told.keeping_sense(keeps))
        }
        Verdict::FigureDiffers => Some(mistakes::figure_differs(at, &passage()?, &outcome.found.differences)),
        Verdict::Ambiguous => {
            let count = outcome.found.occurrences.max(outcome.found.anchors.len());
            Some(mistakes::quote_ambiguous(at, &places(), count, job.countable))
        }
        Verdict::Moved => {
            let there: Vec<(&str, Shown)> = outcome
                .moved
                .iter()
                .map(|(index, anchor)| {
                    (sources[*index].id.as_str(), self::shown(&sources[*index], anchor.extent()))
                })
                .collect();
            Some(mistakes::quote_moved(at, source.id.as_str(), &there))
        }
        Verdict::Absent => {
            let percent = |likeness: i64| u32::try_from(likeness / 10).unwrap_or(0);
            let nearest: Vec<(Shown, u32)> = outcome
                .found
                .nearest
                .iter()
                .map(|near| (shown(near.range.clone()), percent(near.likeness)))
                .collect();
            Some(mistakes::quote_absent(at, source.id.as_str(), &nearest))
        }
    }
}

/// A stretch of a source as messages show it.
pub fn shown(source: &Draft, range: Range<usize>) -> Shown<'_> {
    let words = source.body.reading.get(range.clone()).unwrap_or_default();
    Shown { path: &source.seed, span: source.body.file_span(range), words }
}

/// Whether a difference may be mended unasked: no words go, and none of those that change is a number, an
/// ordinal or a unit.
fn is_harmless(difference: &Difference) -> bool {
    let Difference { quoted, source, weight } = difference;
    let measures = |words: &str| !numbers_in(words).is_empty() || words.split_whitespace().any(is_unit);
    *weight == Weight::Words && !source.trim().is_empty() && !measures(quoted) && !measures(source)
}

/// Whether a word is a unit, a sign or name of money included. "in" is an inch too rarely to count as one.
fn is_unit(word: &str) -> bool {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '$' && c != '%');
    let measured =
        matches!(Unit::of(word).0, Unit::Measured(..) | Unit::Money(..) | Unit::Percent(_) | Unit::Points);
    measured && word != "in"
}

/// The quotation as it should stand, where only plain words differ and it is one plain paragraph: what `fix`
/// may write. What says less than was quoted is left to a person: nobody knows whether the words that would
/// go are the ones that matter.
pub fn correction(quotation: &Quotation, found: &Found, passage: &str) -> Option<(Span, String)> {
    let words = &quotation.quote.typed;
    let count = |text: &str| text.split_whitespace().count();
    let plain = found.differences.iter().all(is_harmless) && count(passage) >= count(&words.text);
    let simple = quotation.attribution.is_none()
        && words.marks.is_empty()
        && !words.text.contains("[")
        && !passage.contains('\n');
    let safe = !passage.contains(['*', '_', '`', '[', ']', '<', '>', '\\', '&', '=', '|', '~', '%']);
    (plain && simple && safe && !passage.trim().is_empty())
        .then(|| (quotation.span, format!("> {}", passage.trim())))
}
