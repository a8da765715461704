//! Claims: the page of one, with what supports it beside what disputes it, and the matrix of all claims against all sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::dossier::{ClaimIx, NoteIx, Relation, SourceIx, Thing, TopicIx};
use crate::model::path::SitePath;

use super::note::{digest, words};
use super::press::{Made, Press, relation_sign};
use super::view::{self, Html};

/// For the template `claim.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimPage {
    claim: view::Claim,
    text: Html,
    sources: usize,
    /// Supporting and disputing, in this order; a side that nothing takes is left out.
    sides: Vec<view::Side>,
    /// Passages that mention it and take no side.
    mentions: Vec<Html>,
    against: Vec<view::Claim>,
    topics: Vec<view::Link>,
    backlinks: Vec<view::Link>,
    previous: Option<view::Claim>,
    next: Option<view::Claim>,
}

pub fn claim_page(press: &Press<'_>, here: &SitePath, ix: ClaimIx) -> Made<ClaimPage> {
    let claim = press.dossier.claim(ix);
    let side = |relation: Relation| -> Made<Option<view::Side>> {
        let notes = notes_of(press, ix, relation);
        let passages = notes.iter().map(|note| digest(press, *note)).collect::<Made<Vec<_>>>()?;
        let side = view::Side {
            sign: relation_sign(relation),
            independent: independent(press, &notes),
            sources: Vec::new(),
            passages,
            quotes: Vec::new(),
        };
        Ok((!notes.is_empty()).then_some(side))
    };
    let sources: BTreeSet<SourceIx> = claim.notes.iter().map(|(_, note)| press.dossier.note(*note).source).collect();
    let topics: BTreeSet<TopicIx> = claim.notes.iter().flat_map(|(_, note)| &press.dossier.note(*note).topics).copied().collect();
    let against: BTreeSet<ClaimIx> = claim.against.iter().copied().chain(excluding(press, ix)).collect();
    let beside = |step: isize| {
        let at = ix.at().checked_add_signed(step).filter(|at| *at < press.dossier.claims.len())?;
        Some(press.claim(here, ClaimIx(u32::try_from(at).ok()?)))
    };
    Ok(ClaimPage {
        claim: press.claim(here, ix),
        text: press.prose(here, &claim.text, Some(2), "c")?,
        sources: sources.len(),
        sides: [side(Relation::Supports)?, side(Relation::Disputes)?].into_iter().flatten().collect(),
        mentions: notes_of(press, ix, Relation::Mentions).iter().map(|note| digest(press, *note)).collect::<Made<Vec<_>>>()?,
        against: against.into_iter().map(|other| press.claim(here, other)).collect(),
        topics: topics.into_iter().map(|topic| press.link(here, &Thing::Topic(topic))).collect(),
        backlinks: press.origins(here, &claim.backlinks),
        previous: beside(-1),
        next: beside(1),
    })
}

fn notes_of(press: &Press<'_>, ix: ClaimIx, wanted: Relation) -> Vec<NoteIx> {
    press.dossier.claim(ix).notes.iter().filter(|(relation, _)| *relation == wanted).map(|(_, note)| *note).collect()
}

/// Claims that say of themselves that they exclude this one.
fn excluding<'p>(press: &'p Press<'_>, ix: ClaimIx) -> impl Iterator<Item = ClaimIx> + 'p {
    let claims = press.dossier.claims.iter().zip(0..);
    claims.filter(move |(other, _)| other.against.contains(&ix)).map(|(_, other)| ClaimIx(other))
}

/// How many sources speak that do not repeat one another: a wire story and its reprints count once.
fn independent(press: &Press<'_>, notes: &[NoteIx]) -> usize {
    let sources = notes.iter().map(|note| press.dossier.note(*note).source);
    sources.map(|source| origin_of(press, source)).collect::<BTreeSet<_>>().len()
}

/// What a source goes back to, by the first source that it says it repeats.
fn origin_of(press: &Press<'_>, source: SourceIx) -> SourceIx {
    let mut origin = source;
    for _ in 0..press.dossier.sources.len() {
        match press.dossier.source(origin).derives_from.first() {
            Some(&earlier) if earlier != source => origin = earlier,
            _ => break,
        }
    }
    origin
}

/// A claim with the bare words of both sides, for pages that put it in a nutshell.
pub fn contest(press: &Press<'_>, here: &SitePath, ix: ClaimIx) -> view::Contest {
    let side = |relation: Relation| {
        let notes = notes_of(press, ix, relation);
        let quotes: Vec<view::Quote> = notes.iter().filter_map(|note| words(press, here, *note)).collect();
        let sources = sources(press, here, &notes);
        view::Side { sign: relation_sign(relation), independent: independent(press, &notes), sources, passages: Vec::new(), quotes }
    };
    let sides = [side(Relation::Supports), side(Relation::Disputes)].into_iter().filter(|side| !side.quotes.is_empty());
    view::Contest { claim: press.claim(here, ix), sides: sides.collect() }
}

/// The sources of some notes, each once; its link leads to the first of its notes.
fn sources(press: &Press<'_>, here: &SitePath, notes: &[NoteIx]) -> Vec<view::Link> {
    let mut first: BTreeMap<SourceIx, NoteIx> = BTreeMap::new();
    for &note in notes {
        first.entry(press.dossier.note(note).source).or_insert(note);
    }
    let link = |(source, note)| view::Link { href: press.href(here, &Thing::Note(note)), ..press.link(here, &Thing::Source(source)) };
    first.into_iter().map(link).collect()
}

/// For the template `claims.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimsPage {
    sources: Vec<view::Source>,
    rows: Vec<view::Row>,
}

/// Every claim against every source that bears on one. What is disputed stands first.
pub fn claims_page(press: &Press<'_>, here: &SitePath) -> ClaimsPage {
    let bearing: BTreeSet<SourceIx> =
        press.dossier.claims.iter().flat_map(|claim| &claim.notes).map(|(_, note)| press.dossier.note(*note).source).collect();
    let all = (0..press.dossier.claims.len()).filter_map(|at| u32::try_from(at).ok()).map(ClaimIx);
    let contested = press.contested(all.clone());
    let settled = all.filter(|ix| !contested.contains(ix));
    let rows = contested
        .iter()
        .copied()
        .chain(settled)
        .map(|ix| view::Row { claim: press.claim(here, ix), cells: bearing.iter().map(|source| cell(press, here, ix, *source)).collect() });
    ClaimsPage { rows: rows.collect(), sources: bearing.iter().map(|source| press.source(here, *source)).collect() }
}

fn cell(press: &Press<'_>, here: &SitePath, ix: ClaimIx, source: SourceIx) -> view::Cell {
    let notes = press.dossier.claim(ix).notes.iter().filter(|(_, note)| press.dossier.note(*note).source == source);
    let mut signs: Vec<view::CellSign> = Vec::new();
    for (relation, note) in notes {
        let sign = relation_sign(*relation);
        if signs.iter().all(|other| other.sign != sign) {
            signs.push(view::CellSign { sign, href: press.href(here, &Thing::Note(*note)) });
        }
    }
    view::Cell { siglum: press.dossier.source(source).siglum.clone(), signs }
}
