//! Where words stand in a text that is searched again and again: a few places are tried instead of all.
//!
//! Of every second byte of the text it is known which six bytes begin there. Words of seven bytes hold two
//! such runs, one of which begins at such a byte wherever the words stand: the rarest of each kind tells all
//! places to try. A text that is short, or searched a few times only, is searched outright; so are words
//! whose runs stand everywhere. Either way the places are the same.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem;

use super::buckets::Buckets;

/// A text's runs, made when it has been searched a few times.
#[derive(Debug, Default)]
pub struct Finder {
    searches: AtomicUsize,
    runs: OnceLock<Buckets>,
}

/// Bytes of a run.
const RUN: usize = 6;
/// Every so many bytes a run begins that is kept.
const STEP: usize = 2;

/// Shorter texts are searched faster than their runs are looked up.
const SHORT: usize = 4 << 10;
/// So many searches take as long as to make the table.
const FEW: usize = 8;
/// So many runs of the words are looked at for a rare one.
const LOOKED_AT: usize = 64;
/// Where a rare run stands at more places than one in so many bytes, the text is searched outright.
const RARE: usize = 64;

impl Finder {
    /// Every occurrence in the text, which is always the same one; overlapping ones too.
    pub fn found(&self, text: &str, words: &str) -> Vec<Range<usize>> {
        let is_short = text.len() < SHORT || words.len() < RUN + STEP - 1;
        if is_short || self.searches.fetch_add(1, Ordering::Relaxed) < FEW {
            return found_in(text, words);
        }
        let runs = self
            .runs
            .get_or_init(|| Buckets::of(text.as_bytes().windows(RUN).step_by(STEP).map(hash)));
        found_by(runs, text, words).unwrap_or_else(|| found_in(text, words))
    }
}

/// `None` where there are too many places to try.
fn found_by(runs: &Buckets, text: &str, words: &str) -> Option<Vec<Range<usize>>> {
    let most = text.len() / RARE;
    let mut found = Vec::new();
    for first in 0..STEP {
        let offsets = (first..=words.len() - RUN).step_by(STEP).take(LOOKED_AT);
        let places =
            offsets.map(|offset| (runs.places(hash(&words.as_bytes()[offset..offset + RUN])), offset));
        let (places, offset) = places.min_by_key(|(places, _)| places.len())?;
        if places.len() > most {
            return None;
        }
        let starts = places
            .iter()
            .filter_map(|&place| (STEP * place as usize).checked_sub(offset));
        let stands = |start: &usize| text.as_bytes()[*start..].starts_with(words.as_bytes());
        found.extend(starts.filter(stands).map(|start| start..start + words.len()));
    }
    found.sort_unstable_by_key(|hit| hit.start);
    (found.len() < OVERLAPPING).then_some(found)
}

/// Of six bytes: as a number.
fn hash(run: &[u8]) -> u64 {
    run.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// More hits than this are told apart no more: past it, hits may not overlap, so that `aaaa…` stays linear.
const OVERLAPPING: usize = 1000;

/// Every occurrence, overlapping ones too.
fn found_in(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let finder = memmem::Finder::new(words);
    let step = text_step(words);
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(hit) = text.as_bytes().get(at..).and_then(|rest| finder.find(rest)) {
        let start = at + hit;
        hits.push(start..start + words.len());
        at = start + if hits.len() < OVERLAPPING { step } else { words.len() };
    }
    hits
}

fn text_step(words: &str) -> usize {
    words.chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_places_are_those_of_a_search_outright(text in "[abcé ]{0,400}|[ab]{0,60}",
            from in 0_usize..400, len in 7_usize..30, other in "[ab ]{7,9}") {
            let runs = Buckets::of(text.as_bytes().windows(RUN).step_by(STEP).map(hash));
            let from = text.floor_char_boundary(from);
            let inside = &text[from..text.floor_char_boundary(from + len)];
            for words in [inside, &other] {
                if words.len() > RUN {
                    prop_assert!(found_by(&runs, &text, words)
                        .is_none_or(|found| found == found_in(&text, words)));
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_searched_often_tells_the_same() {
        let text: String = (0..2000)
            .map(|number| format!("{} ferry {}, ", number * 7919 % 1000, number % 10))
            .collect();
        let finder = Finder::default();
        for number in 0..200 {
            let words = format!("{number} ferry {}", number % 10);
            assert_eq!(finder.found(&text, &words), found_in(&text, &words));
        }
        assert!(finder.runs.get().is_some());
    }
}
