//! Which passage is meant, where the words do not stand as quoted: one is chosen, or none.
//!
//! Truth before comfort: a place is claimed only where enough of the quotation agrees to tell it from every
//! other place of the text, and no other place comes as near. What stood around the quotation may make up for
//! words that changed, never for all of them.

use std::ops::Range;

use super::differences::{differences, differences_of_a_part};
use super::found::Near;
use super::haystack::Haystack;
use super::label;
use super::measure::Candidate;
use super::near::{all_of, candidates};
use super::pattern::{self, Pattern};
use super::query::Query;
use super::wanted::Around;
use crate::model::quote::{Difference, Words};

/// The passage that is meant.
pub struct Drift {
    /// Bytes of the folded text, one range a part of the quotation.
    pub parts: Vec<Range<usize>>,
    pub differences: Vec<Difference>,
    /// In thousandths.
    pub likeness: i64,
    /// Which of the places is meant where the words stand as quoted.
    pub exact: Option<usize>,
}

/// What came of the search.
pub enum Nearest {
    One(Drift),
    /// None is clearly meant: what comes nearest, the best first.
    None(Vec<Near>),
}

/// How many passages are shown of those that come near.
const SHOWN: usize = 3;
/// What has less in common than this, in thousandths, is not near.
const FAR: i64 = 150;

/// Chooses among all places. `exact` are those where the words stand as quoted.
pub fn nearest(words: &Words, around: Option<&Around>, exact: &[Range<usize>], hay: &Haystack) -> Nearest {
    let bare = pattern::bare(words);
    let Some(pattern) = pattern::literal(&bare) else { return Nearest::None(Vec::new()) };
    // Where it is known what stood around the words, they were taken from a text, and so was a `[...]` among
    // them.
    if pattern.parts.len() > 1
        && around.is_none_or(Around::is_bare)
        && exact.is_empty()
        && let Some(drift) = in_parts(&pattern, hay)
    {
        return Nearest::One(drift);
    }
    let (before, after) = around.map_or(("", ""), |around| (around.before, around.after));
    let query = Query::new(before, &bare.text, after);
    let place = around.and_then(|around| around.place());
    let found = candidates(&query, hay, exact, place);
    let labelled = around.and_then(|around| behind_label(&query, around, hay));
    let chosen = chosen(&found, around, hay, &query);
    match labelled
        .as_ref()
        .filter(|labelled| chosen.is_none_or(|chosen| gives_way(chosen, labelled)))
        .or(chosen)
    {
        Some(candidate) => Nearest::One(drift(&query, candidate, exact, hay)),
        None => Nearest::None(shown(&found, hay)),
    }
}

/// So many of a passage's words must still stand behind its label, in thousandths; a number in the place of a
/// number counts as half.
const UNDER_LABEL: i64 = 300;

/// What stands behind the passage's own label now.
fn behind_label(query: &Query, around: &Around, hay: &Haystack) -> Option<Candidate> {
    let candidate = all_of(query, label::block_behind(around, hay)?, hay)?;
    (candidate.words_in_place(hay) >= UNDER_LABEL).then_some(candidate)
}

/// Whether what was chosen stands elsewhere and not word for word: then it is what stands behind another
/// label.
fn gives_way(chosen: &Candidate, labelled: &Candidate) -> bool {
    let apart = chosen.range.end <= labelled.range.start || labelled.range.end <= chosen.range.start;
    apart && !chosen.is_whole()
}

fn drift(query: &Query, candidate: &Candidate, exact: &[Range<usize>], hay: &Haystack) -> Drift {
    let shared = |place: &Range<usize>| {
        candidate
            .range
            .end
            .min(place.end)
            .saturating_sub(candidate.range.start.max(place.start))
    };
    let whole = |i: &usize| candidate.total == candidate.agreed && 2 * shared(&exact[*i]) > exact[*i].len();
    let exact = (0..exact.len())
        .filter(whole)
        .max_by_key(|&i| (shared(&exact[i]), std::cmp::Reverse(i)));
    Drift {
        parts: vec![candidate.range.clone()],
        differences: if exact.is_some() { Vec::new() } else { differences(query, candidate, hay) },
        likeness: candidate.likeness().clamp(0, 1000),
        exact,
    }
}

fn shown(found: &[Candidate], hay: &Haystack) -> Vec<Near> {
    let mut by_likeness: Vec<&Candidate> =
        found.iter().filter(|candidate| candidate.likeness() >= FAR).collect();
    by_likeness.sort_by_key(|candidate| (std::cmp::Reverse(candidate.likeness()), candidate.range.start));
    let mut nearest: Vec<&Candidate> = Vec::new();
    for candidate in by_likeness {
        let apart = |other: &&Candidate| {
            other.range.end <= candidate.range.start || candidate.range.end <= other.range.start
        };
        if nearest.len() < SHOWN && nearest.iter().all(apart) {
            nearest.push(candidate);
        }
    }
    let near = |candidate: &&Candidate| Near {
        range: hay.folded.raw(candidate.range.clone()),
        likeness: candidate.likeness(),
    };
    nearest.iter().map(near).collect()
}

/// Without surroundings, so much of a quotation must be there as it stands, in thousandths of its weight, and
/// a little more for each doubling of the text: the longer it is, the more in it is like anything ...
const LIKE_ALONE: i64 = 720;
const LIKE_ALONE_A_BIT: i64 = 9;
/// ... it must weigh so much more than it takes to single out a place of the text ...
const MARGIN: i64 = 8 * super::index::BIT;
/// ... and so much more than the next best place.
const LEAD: i64 = 4 * super::index::BIT;

/// With surroundings, so many of its words must be in place, so much of its weight must be kin ...
const WORDS_IN_PLACE: i64 = 600;
/// (fewer where what stood on either side agrees so much, in thousandths: then it is the passage between
/// them, reworded)
const WORDS_BETWEEN: i64 = 500;
const BOTH_SIDES: i64 = 850;
const KIN: i64 = 250;
/// ... and so much together with three tenths of what agrees on either side.
const KIN_AND_AROUND: i64 = 800;

/// Places whose scores differ by no more are as good as each other.
const TIED: i64 = super::index::BIT / 2;

fn chosen<'a>(
    found: &'a [Candidate],
    around: Option<&Around>,
    hay: &Haystack,
    query: &Query,
) -> Option<&'a Candidate> {
    let Some(around) = around.filter(|around| !around.is_bare()) else { return alone(found, around, hay) };
    let is_of_its_row =
        |candidate: &&Candidate| !label::is_another_row(around.before, hay, candidate.range.start);
    let of_its_row = found.iter().filter(is_of_its_row);
    let acceptable: Vec<&Candidate> = of_its_row.filter(|candidate| is_acceptable(candidate, hay)).collect();
    let best = acceptable
        .iter()
        .copied()
        .max_by_key(|candidate| (ranked(candidate), std::cmp::Reverse(candidate.range.start)));
    let Some(best) = best else { return outstanding(found).filter(is_of_its_row) };
    let tied = acceptable
        .into_iter()
        .filter(|candidate| ranked(best) - ranked(candidate) <= TIED);
    tied.min_by_key(|candidate| {
        let distance = around
            .start
            .map_or(0, |start| hay.folded.raw(candidate.range.clone()).start.abs_diff(start));
        let touching = std::cmp::Reverse(touching(query, candidate, hay));
        (touching, distance, estranged(query, candidate, hay), candidate.range.start)
    })
}

/// So much of a quotation is in the passage that comes nearest, and so much less in the next one, where the
/// passage is taken as edited though its surroundings say nothing for it. In thousandths.
const NEAR: i64 = 650;
const AHEAD: i64 = 300;

/// The passage that comes far nearer than any other.
fn outstanding(found: &[Candidate]) -> Option<&Candidate> {
    let best = found
        .iter()
        .max_by_key(|candidate| (candidate.likeness(), std::cmp::Reverse(candidate.range.start)))?;
    let apart =
        |other: &&Candidate| other.range.end <= best.range.start || best.range.end <= other.range.start;
    let next = found.iter().filter(apart).map(Candidate::likeness).max().unwrap_or(0);
    (best.likeness() >= NEAR && best.likeness() - next >= AHEAD).then_some(best)
}

/// How many characters beside the quotation are the same beside the candidate, marks included, before the
/// first that is not.
fn touching(query: &Query, candidate: &Candidate, hay: &Haystack) -> usize {
    let (here, there) = (&query.folded.text, &hay.folded.text);
    let before = here[..query.quote.start]
        .chars()
        .rev()
        .zip(there[..candidate.range.start].chars().rev());
    let after = here[query.quote.end..]
        .chars()
        .zip(there[candidate.range.end..].chars());
    before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
}

/// What lies between neighbours that are still there is the passage rather than its like elsewhere.
const IN_PLACE: i64 = 24 * super::index::BIT;

fn ranked(candidate: &Candidate) -> i64 {
    candidate.score() + if candidate.in_place { IN_PLACE } else { 0 }
}

fn is_acceptable(candidate: &Candidate, hay: &Haystack) -> bool {
    let around = (candidate.before.share + candidate.after.share) * 3 / 10;
    let enough = candidate.kinship() >= KIN && candidate.kinship() + around >= KIN_AND_AROUND;
    let between = candidate.before.share.min(candidate.after.share) >= BOTH_SIDES;
    enough && candidate.words_in_place(hay) >= if between { WORDS_BETWEEN } else { WORDS_IN_PLACE }
}

fn alone<'a>(found: &'a [Candidate], around: Option<&Around>, hay: &Haystack) -> Option<&'a Candidate> {
    let best = found.first()?;
    if let Some(start) = around.and_then(|around| around.start) {
        let tied = found
            .iter()
            .filter(|candidate| best.agreed == best.total && candidate.agreed == candidate.total);
        let nearest =
            tied.min_by_key(|candidate| hay.folded.raw(candidate.range.clone()).start.abs_diff(start));
        if nearest.is_some() {
            return nearest;
        }
    }
    let apart =
        |other: &&Candidate| other.range.end <= best.range.start || best.range.end <= other.range.start;
    let next = found[1..].iter().filter(apart).map(Candidate::score).max();
    let enough = best.likeness_but_for_slips() >= like_alone(hay)
        && best.agreed >= hay.index().weight_of_a_place() + MARGIN;
    (enough && next.is_none_or(|next| best.score() - next >= LEAD)).then_some(best)
}

fn like_alone(hay: &Haystack) -> i64 {
    LIKE_ALONE + LIKE_ALONE_A_BIT * hay.index().weight_of_a_place() / super::index::BIT
}

/// How far the numbers of a passage have moved from the quotation's: of two places that are alike in all
/// else, that is the likelier whose figures changed less. In thousandths.
fn estranged(query: &Query, candidate: &Candidate, hay: &Haystack) -> i64 {
    let value = |text: &str| text.replace(',', "").parse::<f64>().ok();
    let apart = candidate.pairs.iter().filter_map(|(range, pair)| {
        let (at, _) = (*pair)?;
        let (here, there) = (
            value(&query.folded.text[range.clone()])?,
            value(&hay.folded.text[hay.index().words[at].range.clone()])?,
        );
        Some(((here - there).abs() / (here.abs() + there.abs()).max(f64::MIN_POSITIVE) * 1000.0) as i64)
    });
    apart.sum()
}

/// Candidates of each part that are tried together.
const TRIED: usize = 6;
/// A part of an elided quotation is like its passage by at least this.
const LIKE_PART: i64 = 600;

/// Each part of an elided quotation on its own, the parts in order.
fn in_parts(pattern: &Pattern, hay: &Haystack) -> Option<Drift> {
    let queries: Vec<Query> = pattern
        .parts
        .iter()
        .map(|part| Query::new("", &pattern.words.text[pattern.folded.raw(part.clone())], ""))
        .collect();
    let mut chains: Vec<(i64, Vec<Candidate>)> = vec![(0, Vec::new())];
    for query in &queries {
        let mut tried = candidates(query, hay, &[], None);
        tried.retain(|candidate| candidate.likeness() >= LIKE_PART);
        tried.truncate(TRIED);
        let mut longer: Vec<(i64, Vec<Candidate>)> = Vec::new();
        for candidate in tried {
            let follows = |chain: &&(i64, Vec<Candidate>)| {
                chain
                    .1
                    .last()
                    .is_none_or(|last| last.range.end <= candidate.range.start)
            };
            let before = chains.iter().filter(follows).max_by_key(|chain| {
                (chain.0, std::cmp::Reverse(chain.1.first().map_or(0, |c| c.range.start)))
            });
            if let Some((sum, parts)) = before {
                longer.push((sum + candidate.score(), parts.iter().cloned().chain([candidate]).collect()));
            }
        }
        chains = longer;
    }
    let (_, parts) = chains.into_iter().max_by_key(|chain| chain.0)?;
    let (agreed, total) = parts
        .iter()
        .fold((0, 0), |(agreed, total), part| (agreed + part.agreed - part.inserted / 4, total + part.total));
    let likeness = (agreed * 1000).checked_div(total)?;
    let enough = likeness >= like_alone(hay) && agreed >= hay.index().weight_of_a_place() + MARGIN;
    // Where every part agrees and the whole does not stand there, it is told with all its words: a message
    // without a difference helps nobody.
    let each = || queries.iter().zip(&parts);
    let mut unlike: Vec<Difference> = each()
        .flat_map(|(query, part)| differences_of_a_part(query, part, hay))
        .collect();
    if unlike.is_empty() {
        unlike = each()
            .flat_map(|(query, part)| differences(query, part, hay))
            .collect();
    }
    enough.then(|| Drift {
        differences: unlike,
        parts: parts.into_iter().map(|part| part.range).collect(),
        likeness: likeness.clamp(0, 1000),
        exact: None,
    })
}
