//! Claims: the page of one, with what supports it beside what disputes it, and the matrix of all claims
//! against all sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::dossier::{ClaimIx, NoteIx, Relation, SourceIx, Thing, TopicIx};
use crate::model::path::SitePath;
use crate::reason::claims::{Consistency, EvidenceRow, Flag, Rivalry, Weighed};
use crate::reason::evidence::{Evidence, speaks_for};

use super::context::{Made, RenderContext, relation_sign};
use super::note::{digest, words};
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
    /// What a reader should know before believing it: keys of `words.flag`.
    flags: Vec<&'static str>,
    /// Claims that exclude it and are confirmed.
    excluded_by: Vec<view::Claim>,
    against: Vec<view::Claim>,
    topics: Vec<view::Link>,
    backlinks: Vec<view::Link>,
    previous: Option<view::Claim>,
    next: Option<view::Claim>,
}

pub fn claim_page(context: &RenderContext<'_>, here: &SitePath, ix: ClaimIx) -> Made<ClaimPage> {
    let claim = context.dossier.claim(ix);
    let weighed = &context.reasoned.claims[ix.at()]; // `reason` weighs every claim
    let side = |relation: Relation, evidence: &Evidence| -> Made<Option<view::Side>> {
        let passages = evidence
            .notes
            .iter()
            .map(|note| digest(context, *note))
            .collect::<Made<Vec<_>>>()?;
        let side = view::Side {
            sign: relation_sign(relation),
            independent: evidence.origins,
            sources: Vec::new(),
            passages,
            quotes: Vec::new(),
        };
        Ok((!evidence.is_empty()).then_some(side))
    };
    let sources: BTreeSet<SourceIx> = claim
        .notes
        .iter()
        .map(|(_, note)| speaks_for(context.dossier.note(*note)))
        .collect();
    let topics: BTreeSet<TopicIx> = claim
        .notes
        .iter()
        .flat_map(|(_, note)| &context.dossier.note(*note).topics)
        .copied()
        .collect();
    let beside = |step: isize| {
        let at = ix
            .at()
            .checked_add_signed(step)
            .filter(|at| *at < context.dossier.claims.len())?;
        Some(context.claim(here, ClaimIx(u32::try_from(at).ok()?)))
    };
    Ok(ClaimPage {
        claim: context.claim(here, ix),
        text: context.prose(here, &claim.text, Some(2), "c")?,
        sources: sources.len(),
        sides: [
            side(Relation::Supports, &weighed.supporting)?,
            side(Relation::Disputes, &weighed.disputing)?,
        ]
        .into_iter()
        .flatten()
        .collect(),
        mentions: weighed
            .mentioning
            .notes
            .iter()
            .map(|note| digest(context, *note))
            .collect::<Made<Vec<_>>>()?,
        flags: flags(weighed),
        excluded_by: excluding(weighed).map(|other| context.claim(here, other)).collect(),
        against: weighed
            .rivals
            .iter()
            .map(|other| context.claim(here, *other))
            .collect(),
        topics: topics
            .into_iter()
            .map(|topic| context.link(here, &Thing::Topic(topic)))
            .collect(),
        backlinks: context.origins(here, &claim.backlinks),
        previous: beside(-1),
        next: beside(1),
    })
}

/// The flags that a reader cannot see from the page itself, by the keys of their words.
fn flags(weighed: &Weighed) -> Vec<&'static str> {
    let key = |flag: &Flag| match flag {
        Flag::SingleSource => Some("single-source"),
        Flag::OneOrigin => Some("one-origin"),
        Flag::OnlyDisputed => Some("only-disputed"),
        Flag::NoPassage => Some("no-passage"),
        Flag::NoEvidence | Flag::Disputed | Flag::Excluded(_) => None,
    };
    weighed.flags.iter().filter_map(key).collect()
}

/// A nutshell holds so many passages a side; the claim's own page has them all.
const QUOTES: usize = 4;

/// A claim with the bare words of both sides, for pages that put it in a nutshell.
pub fn contest(context: &RenderContext<'_>, here: &SitePath, ix: ClaimIx) -> view::Contest {
    let weighed = &context.reasoned.claims[ix.at()]; // `reason` weighs every claim
    let side = |relation: Relation, evidence: &Evidence| {
        let quotes: Vec<view::Quote> = evidence
            .notes
            .iter()
            .filter_map(|note| words(context, here, *note))
            .take(QUOTES)
            .collect();
        let sources = sources(context, here, &evidence.notes);
        view::Side {
            sign: relation_sign(relation),
            independent: evidence.origins,
            sources,
            passages: Vec::new(),
            quotes,
        }
    };
    let sides = [side(Relation::Supports, &weighed.supporting), side(Relation::Disputes, &weighed.disputing)];
    view::Contest {
        claim: context.claim(here, ix),
        sides: sides.into_iter().filter(|side| !side.sources.is_empty()).collect(),
    }
}

/// The sources of some notes, each once; its link leads to the first of its notes.
fn sources(context: &RenderContext<'_>, here: &SitePath, notes: &[NoteIx]) -> Vec<view::Link> {
    let mut first: BTreeMap<SourceIx, NoteIx> = BTreeMap::new();
    for &note in notes {
        first.entry(speaks_for(context.dossier.note(note))).or_insert(note);
    }
    let link = |(source, note)| view::Link {
        href: context.href(here, &Thing::Note(note)),
        ..context.link(here, &Thing::Source(source))
    };
    first.into_iter().map(link).collect()
}

/// For the template `claims.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimsPage {
    /// The columns; empty where they are too many to stand side by side, and each sign names its source
    /// instead.
    sources: Vec<view::Source>,
    rows: Vec<Weight>,
    /// Claims that exclude each other, with the evidence that tells between them.
    rivalries: Vec<RivalryView>,
}

/// A row of the matrix: a claim, what each source says of it, and what a reader should know before believing
/// it.
#[derive(Clone, Debug, Serialize)]
struct Weight {
    claim: view::Claim,
    /// One a column; where there are no columns, one for all.
    cells: Vec<view::Cell>,
    /// How many independent sources support and dispute it.
    supporting: usize,
    disputing: usize,
    flags: Vec<&'static str>,
    excluded_by: Vec<view::Claim>,
}

/// An analysis of competing hypotheses: evidence in rows, claims in columns.
#[derive(Clone, Debug, Serialize)]
struct RivalryView {
    claims: Vec<Rival>,
    /// What tells between the claims first.
    rows: Vec<EvidenceView>,
}

#[derive(Clone, Debug, Serialize)]
struct Rival {
    claim: view::Claim,
    /// Whether anything bears on it; a claim that stood no test is not ranked.
    ranked: bool,
    /// How many rows are inconsistent with it.
    inconsistencies: usize,
}

#[derive(Clone, Debug, Serialize)]
struct EvidenceView {
    note: view::Link,
    /// One a claim: a key of `words.consistency`, with its sign.
    says: Vec<view::Sign>,
    /// Whether it does not say the same of all.
    tells: bool,
}

/// So many columns stand side by side on a page.
const COLUMNS: usize = 16;

/// Every claim against every source that bears on one. What is disputed stands first.
pub fn claims_page(context: &RenderContext<'_>, here: &SitePath) -> ClaimsPage {
    let bearing: BTreeSet<SourceIx> = context
        .dossier
        .claims
        .iter()
        .flat_map(|claim| &claim.notes)
        .map(|(_, note)| speaks_for(context.dossier.note(*note)))
        .collect();
    let all = (0..context.dossier.claims.len())
        .filter_map(|at| u32::try_from(at).ok())
        .map(ClaimIx);
    let contested = context.contested(all.clone());
    let settled = all.filter(|ix| !contested.contains(ix));
    let columns: Vec<SourceIx> =
        if bearing.len() > COLUMNS { Vec::new() } else { bearing.into_iter().collect() };
    let rows = contested
        .iter()
        .copied()
        .chain(settled)
        .map(|ix| weight(context, here, ix, &columns));
    ClaimsPage {
        rows: rows.collect(),
        sources: columns.iter().map(|source| context.source(here, *source)).collect(),
        rivalries: context
            .reasoned
            .rivalries
            .iter()
            .map(|rivalry| rivals(context, here, rivalry))
            .collect(),
    }
}

fn weight(context: &RenderContext<'_>, here: &SitePath, ix: ClaimIx, columns: &[SourceIx]) -> Weight {
    let weighed = &context.reasoned.claims[ix.at()]; // `reason` weighs every claim
    let none = weighed.flags.contains(&Flag::NoEvidence).then_some("no-evidence");
    Weight {
        claim: context.claim(here, ix),
        cells: if columns.is_empty() {
            each_cell(context, here, ix)
        } else {
            columns
                .iter()
                .map(|source| cell(context, here, ix, *source))
                .collect()
        },
        supporting: weighed.supporting.origins,
        disputing: weighed.disputing.origins,
        flags: none.into_iter().chain(flags(weighed)).collect(),
        excluded_by: excluding(weighed).map(|other| context.claim(here, other)).collect(),
    }
}

/// Claims that exclude this one and are confirmed.
fn excluding(weighed: &Weighed) -> impl Iterator<Item = ClaimIx> + '_ {
    weighed
        .flags
        .iter()
        .filter_map(|flag| if let Flag::Excluded(by) = flag { Some(*by) } else { None })
}

fn rivals(context: &RenderContext<'_>, here: &SitePath, rivalry: &Rivalry) -> RivalryView {
    let claims = rivalry.claims.iter().zip(&rivalry.inconsistencies);
    let mut rows: Vec<&EvidenceRow> = rivalry.rows.iter().collect();
    rows.sort_by_key(|row| !row.tells);
    let row = |row: &EvidenceRow| EvidenceView {
        note: context.link(here, &Thing::Note(row.note)),
        says: row.says.iter().map(|says| consistency_sign(*says)).collect(),
        tells: row.tells,
    };
    RivalryView {
        claims: claims
            .map(|(claim, against)| Rival {
                claim: context.claim(here, *claim),
                ranked: against.is_some(),
                inconsistencies: against.unwrap_or(0),
            })
            .collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn consistency_sign(says: Consistency) -> view::Sign {
    let (kind, sign, class) = match says {
        Consistency::Consistent => ("consistent", "=", "fact"),
        Consistency::Inconsistent => ("inconsistent", "≠", "correction"),
        Consistency::Neutral => ("neutral", "·", "comment"),
    };
    view::Sign { kind, sign, class }
}

/// What each source that bears on a claim says, one cell a source.
fn each_cell(context: &RenderContext<'_>, here: &SitePath, ix: ClaimIx) -> Vec<view::Cell> {
    let sources: BTreeSet<SourceIx> = context
        .dossier
        .claim(ix)
        .notes
        .iter()
        .map(|(_, note)| speaks_for(context.dossier.note(*note)))
        .collect();
    sources
        .into_iter()
        .map(|source| cell(context, here, ix, source))
        .collect()
}

fn cell(context: &RenderContext<'_>, here: &SitePath, ix: ClaimIx, source: SourceIx) -> view::Cell {
    let notes = context
        .dossier
        .claim(ix)
        .notes
        .iter()
        .filter(|(_, note)| speaks_for(context.dossier.note(*note)) == source);
    let mut signs: Vec<view::CellSign> = Vec::new();
    for (relation, note) in notes {
        let sign = relation_sign(*relation);
        if signs.iter().all(|other| other.sign != sign) {
            signs.push(view::CellSign { sign, href: context.href(here, &Thing::Note(*note)) });
        }
    }
    view::Cell { siglum: context.dossier.source(source).siglum.clone(), signs }
}
