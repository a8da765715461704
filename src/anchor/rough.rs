//! Where a long text may come near a quotation, letter by letter: only there the edits are counted.
//!
//! Of every letter of the text it is known which five letters begin there. Each run of five that the
//! quotation has as well votes for the place where the quotation would begin, and the stretches with most
//! votes are searched. A short text is searched as a whole. What is done follows from the text and the
//! quotation alone, however many others there are.

use std::ops::Range;

use super::buckets::Buckets;

/// The runs of a text's letters, and where its letters stand.
#[derive(Debug)]
pub struct Rough {
    /// `None` where the text is short.
    runs: Option<Buckets>,
    /// The bytes with which every so many letters begin.
    bytes: Vec<usize>,
}

/// Letters of a run.
const RUN: usize = 5;
/// Letters of a text that is searched as a whole.
const SHORT: usize = 8 << 10;
/// A run that stands at more places tells nothing.
const MOST_PLACES: usize = 64;
/// So many stretches are searched.
const MOST_STRETCHES: usize = 24;
/// Of so many letters one has its byte kept.
const EVERY: usize = 64;

impl Rough {
    pub fn of(text: &str, letters: &[char]) -> Rough {
        let runs = || Buckets::of(letters.windows(RUN).map(hash));
        let bytes = text.char_indices().step_by(EVERY).map(|(byte, _)| byte);
        Rough { runs: (letters.len() > SHORT).then(runs), bytes: bytes.collect() }
    }

    /// The stretches of the letters in which `wanted` is looked for, in order and apart.
    pub fn stretches(&self, letters: &[char], wanted: &[char]) -> Vec<Range<usize>> {
        let Some(runs) = &self.runs else { return std::iter::once(0..letters.len()).collect() };
        let begins = voted(&votes(runs, letters, wanted), 1 + wanted.len() / 4);
        let around = 1 + wanted.len() / 2;
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for begin in begins {
            let (from, to) =
                (begin.saturating_sub(around), (begin + wanted.len() + around).min(letters.len()));
            match stretches.last_mut() {
                Some(last) if last.end >= from => last.end = to.max(last.end),
                _ => stretches.push(from..to),
            }
        }
        stretches
    }

    /// The byte of the text with which a letter begins.
    pub fn byte(&self, text: &str, letter: usize) -> usize {
        let Some(&from) = self.bytes.get(letter / EVERY) else { return text.len() };
        text[from..]
            .char_indices()
            .nth(letter % EVERY)
            .map_or(text.len(), |(byte, _)| from + byte)
    }
}

/// For each run that both have: the letter at which the quotation would begin. Sorted.
fn votes(runs: &Buckets, letters: &[char], wanted: &[char]) -> Vec<usize> {
    let mut votes = Vec::new();
    for (offset, run) in wanted.windows(RUN).enumerate() {
        let places = runs.places(hash(run));
        if places.len() <= MOST_PLACES {
            let places = places.iter().map(|&place| place as usize);
            let same = places.filter(|&place| letters[place..].starts_with(run));
            votes.extend(same.map(|place| place.saturating_sub(offset)));
        }
    }
    votes.sort_unstable();
    votes
}

/// The middles of the closest crowds of votes, in order.
fn voted(votes: &[usize], reach: usize) -> Vec<usize> {
    let mut crowds: Vec<(usize, usize)> = Vec::with_capacity(votes.len());
    let mut from = 0;
    for to in 0..votes.len() {
        while votes[to] - votes[from] > reach {
            from += 1;
        }
        crowds.push((to + 1 - from, votes[from].midpoint(votes[to])));
    }
    crowds.sort_unstable_by_key(|&(count, begin)| (std::cmp::Reverse(count), begin));
    let mut begins: Vec<usize> = Vec::new();
    for (_, begin) in crowds {
        if begins.iter().all(|other| other.abs_diff(begin) > reach) {
            begins.push(begin);
        }
        if begins.len() == MOST_STRETCHES {
            break;
        }
    }
    begins.sort_unstable();
    begins
}

fn hash(run: &[char]) -> u64 {
    run.iter()
        .fold(0, |hash: u64, &c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: usize) -> Vec<char> {
        let word = |number: usize| {
            format!("{}{} ", ["ferry", "sound", "winter", "captain"][number * 31 % 4], number * 7919 % 1009)
        };
        (0..words).map(word).collect::<String>().chars().collect()
    }

    #[test]
    fn a_short_text_is_searched_as_a_whole() {
        let letters = text(100);
        let rough = Rough::of(&letters.iter().collect::<String>(), &letters);
        assert_eq!(rough.stretches(&letters, &letters[5..40]), vec![0..letters.len(); 1]);
    }

    #[test]
    fn of_a_long_text_the_stretch_is_searched_where_misspelt_words_come_from() {
        let letters = text(9000);
        let rough = Rough::of(&letters.iter().collect::<String>(), &letters);
        for from in (0..letters.len() - 200).step_by(997) {
            let misspelt = |(at, &c): (usize, &char)| if at % 6 == 5 { '#' } else { c };
            let wanted: Vec<char> = letters[from..from + 120].iter().enumerate().map(misspelt).collect();
            let stretches = rough.stretches(&letters, &wanted);
            assert!(
                stretches
                    .iter()
                    .any(|stretch| stretch.start <= from && from + 120 <= stretch.end),
                "{from}"
            );
            assert!(stretches.windows(2).all(|pair| pair[0].end < pair[1].start));
            assert!(stretches.iter().map(ExactSizeIterator::len).sum::<usize>() < 60 * wanted.len());
        }
    }

    #[test]
    fn a_letter_has_its_byte() {
        let text = "aé漢 ".repeat(100);
        let letters: Vec<char> = text.chars().collect();
        let rough = Rough::of(&text, &letters);
        for (letter, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(rough.byte(&text, letter), byte);
        }
        assert_eq!(rough.byte(&text, letters.len()), text.len());
    }
}
