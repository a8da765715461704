//! The page of a topic: a digest of the evidence. What is contested comes first, then every passage in the
//! order of dates, then what stands beside.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::Value;

use crate::model::dossier::{ClaimIx, Note, NoteIx, SourceIx, Thing, Topic, TopicIx};
use crate::model::path::SitePath;

use super::claim::contest;
use super::context::{Made, RenderContext, outside};
use super::fragments::TopicFragment;
use super::note::digest;
use super::theme::{list, value};
use super::view::{self, Html};

/// For the template `topic.html`: `page`, without its `years`.
#[derive(Clone, Debug, Serialize)]
struct TopicFragmentView {
    topic: view::Topic,
    /// The topics above it, outermost first.
    crumbs: Vec<view::Link>,
    /// Broader topics that the crumbs do not pass through.
    broader: Vec<view::Link>,
    lead: Html,
    same_as: Vec<view::Outside>,
    /// A list of `Source`.
    sources: Value,
    sigla: Html,
    passages: usize,
    contested: Vec<view::Contest>,
    conflicts: Vec<view::Conflict>,
    together: Vec<view::Link>,
    /// The sources whose text names it, where it is a name.
    named_in: Vec<view::Source>,
    /// Sources that say nothing on it; where they are many, only their number is told.
    silent: Vec<view::Source>,
    silent_count: usize,
    of: usize,
    backlinks: Vec<view::Link>,
}

/// How many topics that occur together are listed.
const TOGETHER: usize = 12;

/// Topics of a note with more than so many are not counted as occurring together.
pub const MOST_OF_A_NOTE: usize = 100;

/// Up to how many sources are listed one by one beside a topic.
pub const LISTED: usize = 24;

/// How many topics above one are shown; a hierarchy without loops is never deeper than it has topics.
const CRUMBS: usize = 12;

/// For the template `topic.html`: `page`, and about how many bytes that makes.
pub fn topic_page(context: &RenderContext<'_>, here: &SitePath, ix: TopicIx) -> Made<(Value, usize)> {
    let passages = context
        .dossier
        .topic(ix)
        .notes
        .iter()
        .map(|note| digest(context, *note))
        .collect::<Made<Vec<_>>>()?;
    let bulk = passages.iter().filter_map(Value::as_str).map(str::len).sum();
    let beside = context.fragments.beside(ix, || beside(context, here, ix))?;
    let mut passages = passages.into_iter();
    let year = |(year, count): &(Option<String>, usize)| {
        let passages = list(passages.by_ref().take(*count).collect());
        view::Year { year: year.clone(), passages }
    };
    let years: Vec<view::Year> = beside.years.iter().map(year).collect();
    let mut page = beside.view.clone().into_map().unwrap_or_default();
    page.insert("years".into(), value(&years));
    Ok((Value::from(page), bulk))
}

fn beside(context: &RenderContext<'_>, here: &SitePath, ix: TopicIx) -> Made<TopicFragment> {
    let topic = context.dossier.topic(ix);
    let mut speaking: Vec<SourceIx> = topic
        .notes
        .iter()
        .flat_map(|note| sources_of(context.dossier.note(*note)))
        .collect();
    speaking.sort_unstable();
    speaking.dedup();
    let sources = list(
        speaking
            .into_iter()
            .map(|source| context.shared_source(here, source))
            .collect(),
    );
    let voices = &context.reasoned.coverage.voices[ix.at()];
    let crumbs = crumbs(context, ix);
    let also = topic.broader.iter().filter(|broader| !crumbs.contains(broader));
    let view = TopicFragmentView {
        topic: tree(context, here, ix, 1),
        broader: also
            .map(|broader| context.link(here, &Thing::Topic(*broader)))
            .collect(),
        lead: context.prose(here, &topic.lead, Some(2), "l")?,
        same_as: topic.same_as.iter().map(|url| outside(url)).collect(),
        passages: topic
            .notes
            .iter()
            .map(|note| context.dossier.note(*note).passages.len())
            .sum(),
        contested: contested(context, here, topic),
        conflicts: context.conflicts(here, ix),
        together: together(context, here, ix),
        named_in: context
            .fragments
            .named_in
            .get(&ix)
            .into_iter()
            .flatten()
            .take(LISTED)
            .map(|source| context.source(here, *source))
            .collect(),
        sigla: context.piece("components/sigla.html", "sources", &sources, here.as_str())?,
        sources,
        silent_count: voices.count_silent(),
        silent: voices
            .silent(LISTED)
            .into_iter()
            .map(|source| context.source(here, source))
            .collect(),
        of: context.dossier.sources.len(),
        backlinks: context.origins(here, &topic.backlinks),
        crumbs: crumbs
            .into_iter()
            .map(|above| context.link(here, &Thing::Topic(above)))
            .collect(),
    };
    Ok(TopicFragment { view: value(&view), years: years(context, &topic.notes) })
}

/// The sources that a note's passages stand in; its own where it has none.
fn sources_of(note: &Note) -> impl Iterator<Item = SourceIx> {
    let own = note.passages.is_empty().then_some(note.source);
    note.passages.iter().map(|passage| passage.source).chain(own)
}

/// A topic with what is narrower, to a depth.
pub fn tree(context: &RenderContext<'_>, here: &SitePath, ix: TopicIx, depth: usize) -> view::Topic {
    let mut view = context.topic(here, ix);
    if depth > 0 {
        view.narrower = context
            .dossier
            .topic(ix)
            .narrower
            .iter()
            .map(|narrower| tree(context, here, *narrower, depth - 1))
            .collect();
    }
    view
}

/// The way up by the first of the broader topics, outermost first.
fn crumbs(context: &RenderContext<'_>, ix: TopicIx) -> Vec<TopicIx> {
    let mut way = Vec::new();
    let mut next = context.dossier.topic(ix).broader.first();
    while let Some(&above) = next {
        if above == ix || way.contains(&above) || way.len() == CRUMBS {
            break;
        }
        way.push(above);
        next = context.dossier.topic(above).broader.first();
    }
    way.reverse();
    way
}

/// The claims that its notes bear on and that sources contradict each other or themselves over.
fn contested(context: &RenderContext<'_>, here: &SitePath, topic: &Topic) -> Vec<view::Contest> {
    let claims: BTreeSet<ClaimIx> = topic
        .notes
        .iter()
        .flat_map(|note| &context.dossier.note(*note).claims)
        .map(|(_, claim)| *claim)
        .collect();
    // In the order in which all that is contradicted comes.
    let found: BTreeMap<usize, ClaimIx> = claims
        .into_iter()
        .filter_map(|claim| Some((*context.fragments.contradicted.get(&claim)?, claim)))
        .collect();
    found
        .into_values()
        .map(|claim| contest(context, here, claim))
        .collect()
}

/// The years in which the sources of notes were published, each with how many notes follow each other in it;
/// they come in the order of dates, undated ones last.
fn years(context: &RenderContext<'_>, notes: &[NoteIx]) -> Vec<(Option<String>, usize)> {
    let mut years: Vec<(Option<String>, usize)> = Vec::new();
    for &note in notes {
        let source = context.dossier.source(context.dossier.note(note).source);
        let year = source.facts.published.as_ref().map(|date| year_of(date.as_str()));
        match years.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => years.push((year, 1)),
        }
    }
    years
}

/// The year that an EDTF date begins with, without its qualification.
fn year_of(date: &str) -> String {
    let year: String = date
        .chars()
        .enumerate()
        .take_while(|(i, c)| c.is_alphanumeric() || (*i == 0 && *c == '-'))
        .map(|(_, c)| c)
        .collect();
    year
}

/// Topics that share notes with this one, the closest first.
fn together(context: &RenderContext<'_>, here: &SitePath, ix: TopicIx) -> Vec<view::Link> {
    let mut shared: BTreeMap<TopicIx, usize> = BTreeMap::new();
    // A note on very many topics brings none of them nearer to another, and would be counted by each of them
    // for each.
    let notes = context
        .dossier
        .topic(ix)
        .notes
        .iter()
        .map(|note| context.dossier.note(*note));
    for note in notes.filter(|note| note.topics.len() <= MOST_OF_A_NOTE) {
        for &other in note.topics.iter().filter(|other| **other != ix) {
            *shared.entry(other).or_default() += 1;
        }
    }
    let mut shared: Vec<(TopicIx, usize)> = shared.into_iter().collect();
    shared.sort_by_key(|&(other, count)| (std::cmp::Reverse(count), other));
    shared.truncate(TOGETHER);
    shared
        .into_iter()
        .map(|(other, count)| view::Link { count: Some(count), ..context.link(here, &Thing::Topic(other)) })
        .collect()
}
