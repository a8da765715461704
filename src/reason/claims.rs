//! Claims weighed: what supports and what disputes them, from how many independent sources, and what is
//! missing.
//!
//! Weighing counts and points out; it passes no judgement. Claims that exclude each other (`against`) are set
//! side by side as in an analysis of competing hypotheses: evidence in rows, claims in columns, and evidence
//! that says the same of every claim marked as telling nothing (Heuer, Psychology of Intelligence Analysis,
//! chapter 8).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::dossier::{ClaimIx, Dossier, NoteIx, Relation, Status};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes;

use super::evidence::{Evidence, has_passage};

/// A claim and what bears on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    pub claim: ClaimIx,
    pub supporting: Evidence,
    pub disputing: Evidence,
    pub mentioning: Evidence,
    /// In the order of `Flag`.
    pub flags: Vec<Flag>,
    /// Claims that it excludes or is excluded by.
    pub rivals: Vec<ClaimIx>,
}

/// What a reader should know before believing a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// No note bears on it.
    NoEvidence,
    /// It is supported by one source.
    SingleSource,
    /// It is supported by several sources that repeat one.
    OneOrigin,
    /// Sources support it and sources dispute it.
    Disputed,
    /// It is disputed and nothing supports it.
    OnlyDisputed,
    /// What supports or disputes it quotes no words of a source.
    NoPassage,
    /// A claim that excludes it is confirmed, and this one is not refuted.
    Excluded(ClaimIx),
}

/// Claims of which at most one can be true.
#[derive(Clone, Debug, PartialEq)]
pub struct Rivalry {
    /// The columns.
    pub claims: Vec<ClaimIx>,
    pub rows: Vec<EvidenceRow>,
    /// For each claim how many rows are inconsistent with it: the fewer, the better it stands. None where
    /// nothing supports or disputes it: it has stood no test, and is not ranked.
    pub inconsistencies: Vec<Option<usize>>,
}

/// What one note says of each rival claim.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    pub note: NoteIx,
    /// One a claim.
    pub says: Vec<Consistency>,
    /// Whether it tells between the claims: it does not say the same of all.
    pub tells: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consistency {
    Consistent,
    Inconsistent,
    /// Mentioned, or not spoken of.
    Neutral,
}

pub fn weigh_claims(dossier: &Dossier) -> (Vec<Weighed>, Vec<Rivalry>, Vec<Diagnostic>) {
    let rivals = rivals(dossier);
    let all = (0..dossier.claims.len()).map(|i| ClaimIx(i as u32));
    let weighed: Vec<Weighed> = all.map(|claim| weigh(dossier, claim, &rivals)).collect();
    let rivalries = rivalries(dossier, &rivals);
    let mistakes = exclusive_and_confirmed(dossier, &rivals);
    (weighed, rivalries, mistakes)
}

type Rivals = BTreeMap<ClaimIx, BTreeSet<ClaimIx>>;

/// `against` holds both ways, whoever wrote it.
fn rivals(dossier: &Dossier) -> Rivals {
    let mut rivals: Rivals = BTreeMap::new();
    for (i, claim) in dossier.claims.iter().enumerate() {
        let this = ClaimIx(i as u32);
        for &other in claim.against.iter().filter(|&&other| other != this) {
            rivals.entry(this).or_default().insert(other);
            rivals.entry(other).or_default().insert(this);
        }
    }
    rivals
}

fn weigh(dossier: &Dossier, claim: ClaimIx, rivals: &Rivals) -> Weighed {
    let of = |relation| {
        let notes = dossier
            .claim(claim)
            .notes
            .iter()
            .filter(|(kind, _)| *kind == relation)
            .map(|(_, note)| *note);
        Evidence::of(dossier, notes.collect())
    };
    let rivals: Vec<ClaimIx> = rivals.get(&claim).into_iter().flatten().copied().collect();
    let mut weighed = Weighed {
        claim,
        supporting: of(Relation::Supports),
        disputing: of(Relation::Disputes),
        mentioning: of(Relation::Mentions),
        flags: Vec::new(),
        rivals,
    };
    weighed.flags = flags(dossier, &weighed);
    weighed
}

fn flags(dossier: &Dossier, weighed: &Weighed) -> Vec<Flag> {
    let Weighed { claim, supporting, disputing, mentioning, rivals, .. } = weighed;
    let bearing: Vec<NoteIx> = [&supporting.notes[..], &disputing.notes[..]].concat();
    let quotes_nothing = !bearing.is_empty() && !bearing.iter().any(|&note| has_passage(dossier.note(note)));
    let flagged = [
        (bearing.is_empty() && mentioning.is_empty(), Flag::NoEvidence),
        (supporting.sources.len() == 1, Flag::SingleSource),
        (supporting.sources.len() > 1 && supporting.origins == 1, Flag::OneOrigin),
        (!supporting.is_empty() && !disputing.is_empty(), Flag::Disputed),
        (supporting.is_empty() && !disputing.is_empty(), Flag::OnlyDisputed),
        (quotes_nothing, Flag::NoPassage),
    ];
    let excluding = rivals.iter().filter(|&&rival| {
        dossier.claim(rival).status == Status::Confirmed && dossier.claim(*claim).status != Status::Refuted
    });
    let flags = flagged.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag);
    flags.chain(excluding.map(|&rival| Flag::Excluded(rival))).collect()
}

/// Groups of claims that are connected by `against`, each with the notes that bear on any of them.
fn rivalries(dossier: &Dossier, rivals: &Rivals) -> Vec<Rivalry> {
    let mut seen: BTreeSet<ClaimIx> = BTreeSet::new();
    let mut groups = Vec::new();
    for &claim in rivals.keys() {
        if !seen.insert(claim) {
            continue;
        }
        let mut group = BTreeSet::from([claim]);
        let mut open = vec![claim];
        while let Some(next) = open.pop() {
            let fresh: Vec<ClaimIx> = rivals
                .get(&next)
                .into_iter()
                .flatten()
                .copied()
                .filter(|&rival| group.insert(rival))
                .collect();
            seen.extend(&fresh);
            open.extend(fresh);
        }
        groups.push(rivalry(dossier, group.into_iter().collect()));
    }
    groups
}

fn rivalry(dossier: &Dossier, claims: Vec<ClaimIx>) -> Rivalry {
    let mut said: BTreeMap<NoteIx, Vec<Consistency>> = BTreeMap::new();
    for (column, &claim) in claims.iter().enumerate() {
        for &(relation, note) in &dossier.claim(claim).notes {
            let says = said
                .entry(note)
                .or_insert_with(|| vec![Consistency::Neutral; claims.len()]);
            says[column] = consistency(relation); // one a claim, as just made
        }
    }
    let rows: Vec<EvidenceRow> = said
        .into_iter()
        .map(|(note, says)| EvidenceRow { note, tells: tells(&says), says })
        .collect();
    let said = |column: usize, what: Consistency| {
        rows.iter().filter(|row| row.says.get(column) == Some(&what)).count()
    };
    let against = |column: usize| {
        let inconsistent = said(column, Consistency::Inconsistent);
        (inconsistent + said(column, Consistency::Consistent) > 0).then_some(inconsistent)
    };
    let inconsistencies = (0..claims.len()).map(against).collect();
    Rivalry { claims, rows, inconsistencies }
}

/// A note that supports one of several exclusive claims speaks against none of the others by that alone: a
/// column holds only what its writer said.
fn consistency(relation: Relation) -> Consistency {
    match relation {
        Relation::Supports => Consistency::Consistent,
        Relation::Disputes => Consistency::Inconsistent,
        Relation::Mentions => Consistency::Neutral,
    }
}

fn tells(says: &[Consistency]) -> bool {
    says.iter().any(|one| Some(one) != says.first())
}

/// Two claims that exclude each other cannot both be confirmed.
fn exclusive_and_confirmed(dossier: &Dossier, rivals: &Rivals) -> Vec<Diagnostic> {
    let confirmed = |claim: &ClaimIx| dossier.claim(*claim).status == Status::Confirmed;
    let pairs = rivals
        .iter()
        .filter(|(claim, _)| confirmed(claim))
        .flat_map(|(claim, others)| others.iter().map(move |other| (claim, other)));
    let both = pairs.filter(|(claim, other)| claim < other && confirmed(other));
    both.map(|(&claim, &other)| mistakes::reason::both_confirmed(dossier.claim(claim), dossier.claim(other)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::weigh_claims;
    use crate::model::dossier::{ClaimIx, Relation, SourceIx, Status};
    use crate::reason::sketch::{Sketch, told};

    fn sketch() -> (Sketch, [SourceIx; 4]) {
        let mut sketch = Sketch::new();
        let sources = ["a", "b", "c", "d"].map(|id| sketch.source(id, "2024", "words of the source"));
        (sketch, sources)
    }

    /// The claims, one a line: supporting sources and origins, disputing ones, flags.
    fn weighed(sketch: &Sketch) -> String {
        let (weighed, _, _) = weigh_claims(&sketch.dossier);
        let line = |claim: &super::Weighed| {
            let flags: Vec<String> = claim.flags.iter().map(|flag| format!("{flag:?}")).collect();
            let (yes, no) = (&claim.supporting, &claim.disputing);
            format!(
                "{}: +{}/{} -{}/{} {}",
                sketch.dossier.claim(claim.claim).id,
                yes.sources.len(),
                yes.origins,
                no.sources.len(),
                no.origins,
                flags.join(" ")
            )
        };
        weighed.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_bears_on_a_claim() {
        let (mut sketch, [a, b, c, d]) = sketch();
        let claims = ["bare", "one", "two", "wire", "split", "denied", "loose"].map(|id| sketch.claim(id));
        let [_, one, two, wire, split, denied, loose] = claims;
        sketch.dossier.source_mut(c).derives_from = vec![b];
        sketch
            .note(a, "n1")
            .passage("words")
            .bears(Relation::Supports, one)
            .bears(Relation::Supports, two)
            .bears(Relation::Supports, split);
        sketch
            .note(b, "n2")
            .passage("words")
            .bears(Relation::Supports, two)
            .bears(Relation::Supports, wire);
        sketch
            .note(c, "n3")
            .passage("words")
            .bears(Relation::Supports, wire)
            .bears(Relation::Disputes, denied);
        sketch
            .note(d, "n4")
            .passage("words")
            .bears(Relation::Disputes, split)
            .bears(Relation::Mentions, one);
        sketch.note(d, "n5").bears(Relation::Supports, loose);
        assert_eq!(
            weighed(&sketch),
            "\
bare: +0/0 -0/0 NoEvidence
one: +1/1 -0/0 SingleSource
two: +2/2 -0/0 
wire: +2/1 -0/0 OneOrigin
split: +1/1 -1/1 SingleSource Disputed
denied: +0/0 -1/1 OnlyDisputed
loose: +1/1 -0/0 SingleSource NoPassage"
        );
    }

    #[test]
    fn a_note_speaks_for_the_source_it_quotes() {
        let (mut sketch, [a, b, ..]) = sketch();
        let claim = sketch.claim("claim");
        sketch.note(a, "n1").passage("words").bears(Relation::Supports, claim);
        sketch
            .note(a, "n2")
            .passage_of(b, "words")
            .bears(Relation::Supports, claim);
        assert_eq!(weighed(&sketch), "claim: +2/2 -0/0 ");
    }

    #[test]
    fn claims_that_exclude_each_other() {
        let (mut sketch, [a, b, c, _]) = sketch();
        let [july, october, never] = ["july", "october", "never"].map(|id| sketch.claim(id));
        sketch.dossier.claims[july.at()].against = vec![october];
        sketch.dossier.claims[never.at()].against = vec![july, october];
        sketch.dossier.claims[october.at()].status = Status::Confirmed;
        sketch
            .note(a, "n1")
            .passage("words")
            .bears(Relation::Supports, july)
            .bears(Relation::Disputes, never);
        sketch
            .note(b, "n2")
            .passage("words")
            .bears(Relation::Supports, october)
            .bears(Relation::Disputes, july)
            .bears(Relation::Disputes, never);
        sketch
            .note(c, "n3")
            .passage("words")
            .bears(Relation::Disputes, july)
            .bears(Relation::Disputes, october)
            .bears(Relation::Disputes, never);
        let (weighed, rivalries, mistakes) = weigh_claims(&sketch.dossier);
        assert_eq!(mistakes, []);
        assert_eq!(weighed[july.at()].rivals, [october, never]);
        assert_eq!(weighed[july.at()].flags.last(), Some(&super::Flag::Excluded(october)));
        let [rivalry] = &rivalries[..] else { panic!("one group of rivals, not {}", rivalries.len()) };
        assert_eq!(rivalry.claims, [july, october, never]);
        assert_eq!(rivalry.inconsistencies, [Some(2), Some(1), Some(3)]);
        assert_eq!(rivalry.rows.iter().map(|row| row.tells).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn a_claim_that_nothing_bears_on_is_not_ranked_among_rivals() {
        let (mut sketch, [a, b, ..]) = sketch();
        let claims = ["bare", "mentioned", "supported", "disputed", "both"].map(|id| sketch.claim(id));
        let [bare, mentioned, supported, disputed, both] = claims;
        sketch.dossier.claims[bare.at()].against = claims[1..].to_vec();
        sketch
            .note(a, "n1")
            .passage("words")
            .bears(Relation::Supports, supported)
            .bears(Relation::Disputes, both);
        sketch
            .note(b, "n2")
            .bears(Relation::Mentions, mentioned)
            .bears(Relation::Disputes, disputed)
            .bears(Relation::Supports, both);
        let (_, rivalries, _) = weigh_claims(&sketch.dossier);
        assert_eq!(rivalries[0].inconsistencies, [None, None, Some(0), Some(1), Some(1)]);
    }

    #[test]
    fn two_rivals_cannot_both_be_confirmed() {
        let (mut sketch, _) = sketch();
        let [a, b] = ["july", "october"].map(|id| sketch.claim(id));
        sketch.dossier.claims[a.at()].against = vec![b, ClaimIx(0)];
        for claim in sketch.dossier.claims.iter_mut() {
            claim.status = Status::Confirmed;
        }
        let (_, _, mistakes) = weigh_claims(&sketch.dossier);
        assert_eq!(
            told(&mistakes),
            "warning both-confirmed: `july` and `october` exclude each other, and both are confirmed"
        );
    }
}
