//! The front page, the essays, and the lists: sources by date, topics as a tree, names.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::body::Block;
use crate::model::dossier::{ClaimIx, PageIx, SourceIx, Status, Thing, TopicIx, TopicKind};
use crate::model::path::SitePath;

use super::claim::contest;
use super::press::{Made, Press, html, status_sign};
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
    contested: Vec<view::Contest>,
    conflicts: Vec<view::Conflict>,
    topics: Vec<view::Topic>,
    names: usize,
    sources: Vec<view::Source>,
    pages: Vec<view::Link>,
}

#[derive(Clone, Debug, Serialize)]
struct State {
    sign: view::Sign,
    count: usize,
}

pub fn home_page(press: &Press<'_>, here: &SitePath) -> Made<HomePage> {
    let dossier = press.dossier;
    let (lede, text) = match &dossier.home {
        Some(home) => {
            let opens_with_words = matches!(home.text.body.blocks.first(), Some(Block::Paragraph(_)));
            press.prose_in_two(here, &home.text, Some(2), "h", usize::from(opens_with_words))?
        }
        None => (String::new(), String::new()),
    };
    let states = [Status::Disputed, Status::Open, Status::Confirmed, Status::Refuted]
        .map(|status| State { sign: status_sign(status), count: dossier.claims.iter().filter(|claim| claim.status == status).count() });
    let home_title = dossier.home.as_ref().map(|home| home.title.clone());
    Ok(HomePage {
        title: dossier.about.title.clone(),
        kicker: home_title.filter(|title| *title != dossier.about.title),
        lede: html(&lede),
        text: html(&text),
        notes: dossier.notes.len(),
        passages: dossier.notes.iter().map(|note| note.passages.len()).sum(),
        reviewed: dossier.notes.iter().flat_map(|note| &note.passages).filter(|passage| !passage.verdict.holds()).count(),
        states: states.into_iter().filter(|state| state.count > 0).collect(),
        contested: press.contested(each(dossier.claims.len()).map(ClaimIx)).into_iter().map(|claim| contest(press, here, claim)).collect(),
        conflicts: press.reasoned.figures.contested().map(|(measure, row)| press.conflict(here, measure, row)).collect(),
        topics: topics(press, here, |kind| !kind.is_name()),
        names: dossier.topics.iter().filter(|topic| topic.kind.is_name()).count(),
        sources: sources(press, here),
        pages: pages(press, here),
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

pub fn essay_page(press: &Press<'_>, here: &SitePath, ix: PageIx) -> Made<EssayPage> {
    let page = press.dossier.page(ix);
    Ok(EssayPage {
        title: page.title.clone(),
        text: press.prose(here, &page.text, Some(2), "p")?,
        hidden: page.hidden.map(super::press::hidden),
        backlinks: press.origins(here, &page.backlinks),
        pages: pages(press, here),
    })
}

/// For the template `sources.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct SourcesPage {
    sources: Vec<view::Source>,
}

pub fn sources_page(press: &Press<'_>, here: &SitePath) -> SourcesPage {
    SourcesPage { sources: sources(press, here) }
}

/// For the template `topics.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsPage {
    topics: Vec<view::Topic>,
}

pub fn topics_page(press: &Press<'_>, here: &SitePath) -> TopicsPage {
    TopicsPage { topics: topics(press, here, |kind| !kind.is_name()) }
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

#[derive(Clone, Debug, Serialize)]
struct Name {
    name: view::Topic,
    /// The sources whose text names it.
    sources: Vec<view::Link>,
}

pub fn names_page(press: &Press<'_>, here: &SitePath) -> NamesPage {
    let groups = [TopicKind::Person, TopicKind::Organisation, TopicKind::Place].map(|wanted| {
        let names = each(press.dossier.topics.len()).map(TopicIx).filter(|ix| press.dossier.topic(*ix).kind == wanted);
        Group { kind: wanted.word(), names: names.map(|ix| name(press, here, ix)).collect() }
    });
    NamesPage { groups: groups.into_iter().filter(|group| !group.names.is_empty()).collect() }
}

fn name(press: &Press<'_>, here: &SitePath, ix: TopicIx) -> Name {
    let sources = press.named_in.get(&ix).into_iter().flatten();
    Name { name: press.topic(here, ix), sources: sources.take(LISTED).map(|source| press.link(here, &Thing::Source(*source))).collect() }
}

/// Up to how many sources are listed behind a name.
const LISTED: usize = 24;

fn each(length: usize) -> impl Iterator<Item = u32> + Clone {
    0..u32::try_from(length).unwrap_or(u32::MAX)
}

/// Deep enough for any hierarchy that a reader can follow on one page.
const DEPTH: usize = 6;

/// The topics of some kinds that stand under none of these kinds, with all below them.
fn topics(press: &Press<'_>, here: &SitePath, wanted: fn(TopicKind) -> bool) -> Vec<view::Topic> {
    let of_kind = |ix: &TopicIx| wanted(press.dossier.topic(*ix).kind);
    let roots = each(press.dossier.topics.len()).map(TopicIx).filter(of_kind);
    let roots: BTreeSet<TopicIx> = roots.filter(|ix| !press.dossier.topic(*ix).broader.iter().any(of_kind)).collect();
    roots.into_iter().map(|ix| tree(press, here, ix, DEPTH)).collect()
}

fn sources(press: &Press<'_>, here: &SitePath) -> Vec<view::Source> {
    each(press.dossier.sources.len()).map(|ix| press.source(here, SourceIx(ix))).collect()
}

fn pages(press: &Press<'_>, here: &SitePath) -> Vec<view::Link> {
    each(press.dossier.pages.len()).map(|ix| press.link(here, &Thing::Page(PageIx(ix)))).collect()
}
