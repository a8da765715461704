//! What the notes cover: how much of each source, who is silent on what, and what nobody uses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::dossier::{NoteIx, SourceIx, Thing, TopicIx};
use crate::model::path::SitePath;
use crate::reason::coverage::Voices;

use super::context::{RenderContext, html};
use super::drawing::{SourceColumn, Speaks, TopicRow, bar, coverage};
use super::view::{self, Html};

/// For the template `coverage.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct CoveragePage {
    sources: Vec<Covered>,
    /// Sources across, topics down; only where that fits a page.
    picture: Option<Html>,
    topics: Vec<Spoken>,
    /// Without a note, a quotation, or anything that bears on them.
    unused_sources: Vec<view::Link>,
    unused_topics: Vec<view::Link>,
    unused_claims: Vec<view::Link>,
}

#[derive(Clone, Debug, Serialize)]
struct Covered {
    source: view::Source,
    notes: usize,
    passages: usize,
    /// The share of its text that is quoted, in whole percent, and as a bar; none where its text is not
    /// published.
    percent: Option<usize>,
    bar: Option<Html>,
    /// On how many of the topics it is silent.
    silent: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Spoken {
    topic: view::Link,
    notes: usize,
    /// Sources that say nothing on it; where they are many, only their number is told.
    silent: Vec<view::Link>,
    silent_count: usize,
}

/// The picture is drawn for up to so many sources and topics.
const ACROSS: usize = 24;
const DOWN: usize = 120;

/// Up to how many silent sources are named one by one.
const LISTED: usize = 12;

pub fn coverage_page(context: &RenderContext<'_>, here: &SitePath) -> CoveragePage {
    let found = &context.reasoned.coverage;
    let topics: Vec<TopicIx> = spoken_of(context);
    let mut spoken_by: BTreeMap<SourceIx, usize> = BTreeMap::new();
    for source in topics.iter().flat_map(|topic| voices(context, *topic).speaking()) {
        *spoken_by.entry(*source).or_default() += 1;
    }
    let sources = found.sources.iter().map(|covered| {
        // how much of a text is quoted says something of its length, which its hash and size tell anyway
        let percent =
            (!context.dossier.source(covered.source).shown().is_nothing()).then(|| covered.percent());
        Covered {
            source: context.source(here, covered.source),
            notes: covered.notes,
            passages: covered.passages,
            percent,
            bar: percent.map(|percent| html(&bar(percent))),
            silent: topics.len() - spoken_by.get(&covered.source).copied().unwrap_or(0),
        }
    });
    let links = |things: Vec<Thing>| things.iter().map(|thing| context.link(here, thing)).collect();
    CoveragePage {
        sources: sources.collect(),
        picture: picture(context, here, &topics),
        topics: topics.iter().map(|topic| spoken(context, here, *topic)).collect(),
        unused_sources: links(found.unused.sources.iter().copied().map(Thing::Source).collect()),
        unused_topics: links(found.unused.topics.iter().copied().map(Thing::Topic).collect()),
        unused_claims: links(found.unused.claims.iter().copied().map(Thing::Claim).collect()),
    }
}

/// The topics that notes name, those with the most notes first.
fn spoken_of(context: &RenderContext<'_>) -> Vec<TopicIx> {
    let all = context
        .dossier
        .topics
        .iter()
        .zip(0..)
        .filter(|(topic, _)| !topic.notes.is_empty());
    let mut topics: Vec<TopicIx> = all.map(|(_, i)| TopicIx(i)).collect();
    topics.sort_by_key(|ix| (std::cmp::Reverse(context.dossier.topic(*ix).notes.len()), *ix));
    topics
}

fn voices<'a>(context: &'a RenderContext<'_>, topic: TopicIx) -> &'a Voices {
    &context.reasoned.coverage.voices[topic.at()]
}

fn spoken(context: &RenderContext<'_>, here: &SitePath, topic: TopicIx) -> Spoken {
    let voices = voices(context, topic);
    Spoken {
        topic: context.link(here, &Thing::Topic(topic)),
        notes: context.dossier.topic(topic).notes.len(),
        silent: voices
            .silent(LISTED)
            .into_iter()
            .map(|source| context.link(here, &Thing::Source(source)))
            .collect(),
        silent_count: voices.count_silent(),
    }
}

fn picture(context: &RenderContext<'_>, here: &SitePath, topics: &[TopicIx]) -> Option<Html> {
    let count = context.dossier.sources.len();
    if topics.is_empty() || topics.len() > DOWN || count > ACROSS {
        return None;
    }
    let columns: Vec<SourceColumn> = (0..)
        .map(SourceIx)
        .take(count)
        .map(|ix| column(context, here, ix))
        .collect();
    let rows: Vec<TopicRow> = topics.iter().map(|topic| row(context, here, *topic)).collect();
    Some(html(&coverage(&columns, &rows)))
}

fn column(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> SourceColumn {
    let thing = Thing::Source(ix);
    SourceColumn {
        siglum: context.dossier.source(ix).siglum.clone(),
        href: context.href(here, &thing),
        title: context.title(&thing),
    }
}

fn row(context: &RenderContext<'_>, here: &SitePath, ix: TopicIx) -> TopicRow {
    let topic = context.dossier.topic(ix);
    let mut notes: BTreeMap<SourceIx, Vec<NoteIx>> = BTreeMap::new();
    for &note in &topic.notes {
        let told = context.dossier.note(note);
        let mut sources: Vec<SourceIx> = told
            .passages
            .iter()
            .map(|passage| passage.source)
            .chain([told.source])
            .collect();
        sources.sort();
        sources.dedup();
        for source in sources {
            notes.entry(source).or_default().push(note);
        }
    }
    let voices = voices(context, ix);
    let cell = |source: SourceIx| {
        let here_notes = notes.get(&source).map(Vec::as_slice).unwrap_or_default();
        let count = here_notes.len();
        let thing = here_notes
            .first()
            .map_or(Thing::Source(source), |note| Thing::Note(*note));
        let siglum = &context.dossier.source(source).siglum;
        let words = if count == 0 {
            context.theme.words.get("only-named").to_string()
        } else {
            context.theme.words.count("note", count as u64)
        };
        (count > 0 || !voices.is_silent(source)).then(|| Speaks {
            notes: count,
            href: context.href(here, &thing),
            title: format!("{siglum} · {}: {words}", topic.title),
        })
    };
    let cells = (0..)
        .map(SourceIx)
        .take(context.dossier.sources.len())
        .map(cell)
        .collect();
    TopicRow { title: context.set(&topic.title), href: context.href(here, &Thing::Topic(ix)), cells }
}
