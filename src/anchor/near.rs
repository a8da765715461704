//! What comes near a quotation that does not stand in the text word for word, or stands there several times.
//!
//! Ways that lead to candidates: words that quotation and text share, each with its place in the quotation,
//! agree on where it would begin, the rarer the louder; every local minimum of the edit distance between
//! characters; and where an older text is known, the place between what is left of the passage's neighbours.
//! What stood before and after the quotation takes part in all of them, so that the gap between its
//! surroundings is a candidate even where every word of it changed. Each candidate is then laid against the
//! quotation word by word.

use std::collections::BTreeSet;
use std::ops::Range;

use super::align::{Line, Stretch};
use super::haystack::{Haystack, lower};
use super::index::Index;
use super::measure::{Candidate, measure};
use super::myers::{Near, Search};
use super::query::Query;
use super::revision;

/// Candidates of each kind that are compared word against word.
const MOST_COMPARED: usize = 12;
/// Of a line with more words than this, places that have less than a quarter of the best one's votes are not
/// compared.
const LONG: usize = 200;
/// A word with more places than this in the text says nothing about where the quotation may be.
const MOST_PLACES: usize = 100;

/// The candidates, the best first. `exact` are places where the words stand as quoted; `place` is where an
/// older text puts the passage.
pub fn candidates(
    query: &Query,
    hay: &Haystack,
    exact: &[Range<usize>],
    place: Option<revision::Place>,
) -> Vec<Candidate> {
    let line = query.line(hay.index());
    if line.quote.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    if let Some(place) = place {
        let candidate = measure(query, &line, between(&line, place, hay), hay);
        found.extend(
            candidate.map(|candidate| Candidate {
                in_place: place.close && candidate.lies_in(place),
                ..candidate
            }),
        );
    }
    let at_exact = exact
        .iter()
        .take(MOST_PLACES)
        .map(|exact| word_at(hay, exact.start) as isize - line.quote.start as isize);
    for begin in at_exact.chain(begins_by_words(&line, hay.index())) {
        found.extend(candidate(query, &line, begin, hay, &found));
    }
    if found.iter().all(|candidate| candidate.likeness() < LIKE_ENOUGH) {
        for begin in begins_by_characters(&line, query, hay) {
            found.extend(candidate(query, &line, begin, hay, &found));
        }
    }
    found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score()), candidate.range.start));
    found
}

/// All that stands in a range of the folded text, as the passage; `None` where it has nothing in common with
/// the quotation, or is far longer.
pub fn all_of(query: &Query, range: Range<usize>, hay: &Haystack) -> Option<Candidate> {
    let index = hay.index();
    let words = word_at(hay, range.start)..index.words.partition_point(|word| word.range.start < range.end);
    let line = query.line(index);
    if line.quote.is_empty() || words.is_empty() || words.len() > most_words(&line) {
        return None;
    }
    let stretch = Stretch { folded: &hay.folded.text, index, from: words.start, to: words.end };
    let candidate = measure(query, &line, stretch, hay)?;
    let paired: BTreeSet<usize> = candidate
        .pairs
        .iter()
        .filter_map(|(_, laid)| laid.map(|(at, _)| at))
        .collect();
    let inserted = words
        .clone()
        .filter(|at| !paired.contains(at))
        .map(|at| index.weight(index.words[at].key))
        .sum();
    let range = index.words[words.start].range.start..index.words[words.end - 1].range.end;
    Some(Candidate { range, words, inserted, ..candidate })
}

/// The candidate that begins about there, if it is none that was found already. A better place close by may
/// draw the words to it: then this one is looked at by itself.
fn candidate(
    query: &Query,
    line: &Line,
    begin: isize,
    hay: &Haystack,
    found: &[Candidate],
) -> Option<Candidate> {
    let new = |candidate: &Candidate| found.iter().all(|other| other.range != candidate.range);
    let around = |slack: isize| measure(query, line, stretch(line, begin, slack, hay), hay).filter(new);
    around(slack(line)).or_else(|| around(NARROW))
}

/// What shares so much of its words with the quotation, in thousandths, needs no search by characters.
const LIKE_ENOUGH: i64 = 700;

fn word_at(hay: &Haystack, byte: usize) -> usize {
    hay.index().words.partition_point(|word| word.range.end <= byte)
}

/// Word places of the text where the line may begin; they may lie before the text's beginning. Each shared
/// word votes, with its weight, and neighbouring votes are counted together.
fn begins_by_words(line: &Line, index: &Index) -> Vec<isize> {
    let mut votes: Vec<(isize, i64)> = Vec::new();
    for (i, word) in line.words.iter().enumerate() {
        let places = index.places(word.key);
        if places.len() <= MOST_PLACES {
            votes.extend(places.map(|place| (place as isize - i as isize, line.weights[i])));
        }
    }
    votes.sort_unstable();
    let reach = 4 + line.words.len() / 8;
    let mut sums: Vec<(i64, isize)> = Vec::with_capacity(votes.len());
    let (mut sum, mut from) = (0, 0);
    for to in 0..votes.len() {
        sum += votes[to].1;
        while votes[to].0.abs_diff(votes[from].0) > reach {
            sum -= votes[from].1;
            from += 1;
        }
        sums.push((sum, (votes[from].0 + votes[to].0) / 2));
    }
    sums.sort_by_key(|&(sum, begin)| (std::cmp::Reverse(sum), begin));
    let mut begins: Vec<isize> = Vec::new();
    let least = if line.words.len() > LONG { sums.first().map_or(0, |most| most.0 / 4) } else { 0 };
    for (_, begin) in sums.into_iter().take_while(|&(sum, _)| sum >= least) {
        if begins.iter().all(|other| other.abs_diff(begin) > reach) {
            begins.push(begin);
        }
        if begins.len() == MOST_COMPARED {
            break;
        }
    }
    begins
}

/// The share of characters that may differ, and the longest quotation that is searched for by its characters:
/// a longer one shares words with what comes near it.
const MOST_EDITS: (usize, usize) = (2, 5);
const LONGEST: usize = 256;

fn begins_by_characters(line: &Line, query: &Query, hay: &Haystack) -> Vec<isize> {
    let wanted: Vec<char> = query.folded.text[query.quote.clone()]
        .chars()
        .map(lower)
        .take(LONGEST)
        .collect();
    let Some(search) = Search::new(&wanted) else { return Vec::new() };
    let (text, letters, rough) = (&hay.folded.text, hay.letters(), hay.rough());
    let budget = wanted.len() * MOST_EDITS.0 / MOST_EDITS.1;
    let in_one = |stretch: Range<usize>| {
        let minima = search.minima(letters[stretch.clone()].iter().copied(), budget);
        minima
            .into_iter()
            .map(move |near| Near { end: stretch.start + near.end, ..near })
    };
    let mut minima: Vec<Near> = rough
        .stretches(letters, &wanted)
        .into_iter()
        .flat_map(in_one)
        .collect();
    minima.sort_by_key(|near| (near.edits, near.end));
    minima.truncate(MOST_COMPARED);
    let mut starts: Vec<usize> = minima
        .iter()
        .map(|near| near.end.saturating_sub(wanted.len()))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let begin = |start: usize| word_at(hay, rough.byte(text, start)) as isize - line.quote.start as isize;
    starts.into_iter().map(begin).collect()
}

/// How many words more, at either end of a stretch, are looked at for words that were put in.
fn slack(line: &Line) -> isize {
    (12 + line.quote.len() / 2).min(200) as isize
}

const NARROW: isize = 3;

/// The words of the text along which a line that may begin there is laid: some more at either end.
fn stretch<'a>(line: &Line, begin: isize, slack: isize, hay: &'a Haystack) -> Stretch<'a> {
    let index = hay.index();
    let clamp = |at: isize| usize::try_from(at).unwrap_or(0).min(index.words.len());
    let from = clamp(begin - slack);
    let to = clamp(begin + line.words.len() as isize + slack);
    Stretch { folded: &hay.folded.text, index, from, to: to.max(from) }
}

/// A passage does not grow to more words than these.
fn most_words(line: &Line) -> usize {
    2 * line.quote.len() + 100
}

/// The words between what is left of a passage's neighbours, and as many more as stood around it.
fn between<'a>(line: &Line, place: revision::Place, hay: &'a Haystack) -> Stretch<'a> {
    let index = hay.index();
    let most = most_words(line);
    let start = place
        .start
        .or(place.end.map(|end| end.saturating_sub(most)))
        .unwrap_or(0);
    let end = place
        .end
        .unwrap_or(start + most)
        .min(start + most)
        .min(index.words.len());
    let from = start.saturating_sub(line.quote.start);
    let to = (end + line.words.len() - line.quote.end).min(index.words.len());
    Stretch { folded: &hay.folded.text, index, from, to: to.max(from) }
}
