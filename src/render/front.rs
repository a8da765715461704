//! The front page, the essays, and the lists: sources by date, topics as a tree, names.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::body::Block;
use crate::model::dossier::{ClaimIx, PageIx, SourceIx, Status, Thing, TopicIx, TopicKind};
use crate::model::path::SitePath;
use crate::model::slug::Slug;
use crate::reason::contradictions::About;
use crate::reason::names::{Named, See};

use super::claim::contest;
use super::context::{Made, RenderContext, html, status_sign};
use super::topic::tree;
use super::view::{self, Html};

/// For the template `home.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    title: String,
    /// The home page's own title, where it has one beside the dossier's.
    kicker: Option<String>,
    /// Its first paragraph, and the rest.
    lede: Html,
    text: Html,
    notes: usize,
    passages: usize,
    /// How many of them no longer stand in their source as quoted.
    reviewed: usize,
    /// How many claims have which status.
    states: Vec<State>,
    /// Claims over which independent sources contradict each other, as the notes tell.
    contested: Vec<view::Contest>,
    /// Figures and dates that do so.
    conflicts: Vec<view::Conflict>,
    dates: Vec<DateClash>,
    /// Claims over which a source contradicts itself.
    within: Vec<view::Contest>,
    /// Claims that their writers have not settled, and no source contradicts.
    open: Vec<view::Contest>,
    topics: Vec<view::Topic>,
    names: usize,
    sources: Vec<view::Source>,
    pages: Vec<view::Link>,
}

/// An event that two sources date differently.
#[derive(Clone, Debug, Serialize)]
struct DateClash {
    event: view::Link,
    one: view::Date,
    one_by: view::Link,
    other: view::Date,
    other_by: view::Link,
    days: i64,
}

#[derive(Clone, Debug, Serialize)]
struct State {
    sign: view::Sign,
    count: usize,
}

pub fn home_page(context: &RenderContext<'_>, here: &SitePath) -> Made<HomePage> {
    let dossier = context.dossier;
    let (lede, text) = match &dossier.home {
        Some(home) => {
            let opens_with_words = matches!(home.text.body.blocks.first(), Some(Block::Paragraph(_)));
            context.prose_in_two(here, &home.text, Some(2), "h", usize::from(opens_with_words))?
        }
        None => (String::new(), String::new()),
    };
    let states = [Status::Disputed, Status::Open, Status::Confirmed, Status::Refuted].map(|status| State {
        sign: status_sign(status),
        count: dossier.claims.iter().filter(|claim| claim.status == status).count(),
    });
    let home_title = dossier.home.as_ref().map(|home| home.title.clone());
    Ok(HomePage {
        title: context.title(&Thing::Home),
        kicker: home_title
            .filter(|title| *title != dossier.about.title)
            .map(|title| context.set(&title)),
        lede: html(&lede),
        text: html(&text),
        notes: dossier.notes.len(),
        passages: dossier.notes.iter().map(|note| note.passages.len()).sum(),
        reviewed: dossier
            .notes
            .iter()
            .flat_map(|note| &note.passages)
            .filter(|passage| !passage.verdict.holds())
            .count(),
        states: states.into_iter().filter(|state| state.count > 0).collect(),
        contested: contests(context, here, contradicted(context, Some(true))),
        conflicts: context
            .reasoned
            .figures
            .contested()
            .map(|(measure, row)| context.conflict(here, measure, row))
            .collect(),
        dates: context
            .reasoned
            .contradictions
            .iter()
            .filter_map(|found| date_clash(context, here, found.about))
            .collect(),
        within: contests(context, here, contradicted(context, Some(false))),
        open: contests(context, here, unsettled(context)),
        topics: topics(context, here, |kind| !kind.is_name()),
        names: dossier.topics.iter().filter(|topic| topic.kind.is_name()).count(),
        sources: sources(context, here),
        pages: pages(context, here),
    })
}

fn contests(context: &RenderContext<'_>, here: &SitePath, claims: Vec<ClaimIx>) -> Vec<view::Contest> {
    claims
        .into_iter()
        .map(|claim| contest(context, here, claim))
        .collect()
}

/// The claims that sources contradict each other over, or a source itself; without a word on which, both.
fn contradicted(context: &RenderContext<'_>, between_sources: Option<bool>) -> Vec<ClaimIx> {
    let found = context
        .reasoned
        .contradictions
        .iter()
        .filter(|found| between_sources.is_none_or(|wanted| found.between_sources == wanted));
    found
        .filter_map(|found| if let About::Claim(claim) = found.about { Some(claim) } else { None })
        .collect()
}

fn unsettled(context: &RenderContext<'_>) -> Vec<ClaimIx> {
    let found: BTreeSet<ClaimIx> = contradicted(context, None).into_iter().collect();
    context.contested(
        each(context.dossier.claims.len())
            .map(ClaimIx)
            .filter(|claim| !found.contains(claim)),
    )
}

fn date_clash(context: &RenderContext<'_>, here: &SitePath, about: About) -> Option<DateClash> {
    let About::Event { topic, one, other, days } = about else { return None };
    let date = |note| {
        context
            .dossier
            .note(note)
            .date
            .as_ref()
            .map(|date| context.date(date))
    };
    Some(DateClash {
        event: context.link(here, &Thing::Topic(topic)),
        one: date(one)?,
        one_by: context.link(here, &Thing::Note(one)),
        other: date(other)?,
        other_by: context.link(here, &Thing::Note(other)),
        days,
    })
}

/// For the template `page.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct EssayPage {
    title: String,
    text: Html,
    hidden: Option<&'static str>,
    backlinks: Vec<view::Link>,
    pages: Vec<view::Link>,
}

pub fn essay_page(context: &RenderContext<'_>, here: &SitePath, ix: PageIx) -> Made<EssayPage> {
    let page = context.dossier.page(ix);
    Ok(EssayPage {
        title: context.set(&page.title),
        text: context.prose(here, &page.text, Some(2), "p")?,
        hidden: page.hidden.map(super::context::hidden),
        backlinks: context.origins(here, &page.backlinks),
        pages: pages(context, here),
    })
}

/// For the template `sources.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct SourcesPage {
    sources: Vec<view::Source>,
}

pub fn sources_page(context: &RenderContext<'_>, here: &SitePath) -> SourcesPage {
    SourcesPage { sources: sources(context, here) }
}

/// For the template `topics.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsPage {
    topics: Vec<view::Topic>,
}

pub fn topics_page(context: &RenderContext<'_>, here: &SitePath) -> TopicsPage {
    TopicsPage { topics: topics(context, here, |kind| !kind.is_name()) }
}

/// For the template `names.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct NamesPage {
    groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize)]
struct Group {
    kind: &'static str,
    names: Vec<Name>,
}

/// An entry of the register: a name, or another name that leads to one.
#[derive(Clone, Debug, Serialize)]
struct Name {
    /// What it is listed under.
    title: String,
    name: view::Topic,
    /// Whether this is another name of it, and leads there.
    see: bool,
    /// The sources whose text names it, by date: the first and the last mention stand in the first and the
    /// last.
    sources: Vec<view::Source>,
    source_count: usize,
    mentions: usize,
    /// Who is named in the same paragraphs, and in how many.
    together: Vec<view::Link>,
}

pub fn names_page(context: &RenderContext<'_>, here: &SitePath) -> NamesPage {
    let register = &context.reasoned.names;
    let groups = [TopicKind::Person, TopicKind::Organisation, TopicKind::Place].map(|wanted| {
        let of_kind = |ix: TopicIx| context.dossier.topic(ix).kind == wanted;
        let names = register
            .names
            .iter()
            .filter(|named| of_kind(named.topic))
            .map(|named| name(context, here, named));
        let others = register
            .see
            .iter()
            .filter(|see| of_kind(see.topic))
            .map(|see| other_name(context, here, see));
        let mut names: Vec<Name> = names.chain(others).collect();
        names.sort_by_cached_key(|name| (Slug::of(&name.title), name.see, name.title.clone()));
        Group { kind: wanted.word(), names }
    });
    NamesPage { groups: groups.into_iter().filter(|group| !group.names.is_empty()).collect() }
}

fn name(context: &RenderContext<'_>, here: &SitePath, named: &Named) -> Name {
    let sources = named.sources();
    // where they are many, the first and the last are told
    let told: Vec<SourceIx> = match sources.as_slice() {
        [first, .., last] if sources.len() > LISTED => vec![*first, *last],
        few => few.to_vec(),
    };
    let together = named.together.iter().take(TOGETHER);
    Name {
        title: context.set(&context.dossier.topic(named.topic).title),
        name: context.topic(here, named.topic),
        see: false,
        sources: told.into_iter().map(|source| context.source(here, source)).collect(),
        source_count: sources.len(),
        mentions: named.mentions.len(),
        together: together
            .map(|(other, count)| view::Link {
                count: Some(*count),
                ..context.link(here, &Thing::Topic(*other))
            })
            .collect(),
    }
}

fn other_name(context: &RenderContext<'_>, here: &SitePath, see: &See) -> Name {
    // A thing of a thousand names is listed under each: they are told once, with itself.
    let name = context.topic_alone(here, see.topic);
    Name {
        title: context.set(&see.alias),
        name,
        see: true,
        sources: Vec::new(),
        source_count: 0,
        mentions: 0,
        together: Vec::new(),
    }
}

/// Up to how many sources are listed behind a name, and others that are named with it.
const LISTED: usize = 12;
const TOGETHER: usize = 4;

fn each(length: usize) -> impl Iterator<Item = u32> + Clone {
    0..u32::try_from(length).unwrap_or(u32::MAX)
}

/// Deep enough for any hierarchy that a reader can follow on one page.
const DEPTH: usize = 6;

/// The topics of some kinds that stand under none of these kinds, with all below them.
fn topics(context: &RenderContext<'_>, here: &SitePath, wanted: fn(TopicKind) -> bool) -> Vec<view::Topic> {
    let of_kind = |ix: &TopicIx| wanted(context.dossier.topic(*ix).kind);
    let roots = each(context.dossier.topics.len()).map(TopicIx).filter(of_kind);
    let roots: BTreeSet<TopicIx> = roots
        .filter(|ix| !context.dossier.topic(*ix).broader.iter().any(of_kind))
        .collect();
    roots.into_iter().map(|ix| tree(context, here, ix, DEPTH)).collect()
}

fn sources(context: &RenderContext<'_>, here: &SitePath) -> Vec<view::Source> {
    each(context.dossier.sources.len())
        .map(|ix| context.source(here, SourceIx(ix)))
        .collect()
}

fn pages(context: &RenderContext<'_>, here: &SitePath) -> Vec<view::Link> {
    each(context.dossier.pages.len())
        .map(|ix| context.link(here, &Thing::Page(PageIx(ix))))
        .collect()
}
