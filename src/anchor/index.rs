//! The words of a text with their places and their weight: a rare word says more about where one is than a
//! common one.

use std::ops::Range;

use super::words;

/// A word of a folded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// Of its letters, case aside; equal words have equal keys.
    pub key: u64,
    /// Of its letters as they stand.
    pub exact: u64,
    pub number: bool,
    /// One bit a letter: words that share few letters are not compared any further.
    pub letters: u32,
    /// Characters.
    pub len: u32,
}

/// The words of a text, and where each stands.
#[derive(Debug)]
pub struct Index {
    pub words: Vec<Word>,
    /// Keys and places, sorted.
    places: Vec<(u64, u32)>,
}

/// Weights count sixteenths of a bit: whole numbers, so that they are the same on every machine.
pub const BIT: i64 = 16;

impl Index {
    pub fn of(folded: &str) -> Index {
        let words: Vec<Word> = words_of(folded);
        let mut places: Vec<_> = words.iter().zip(0..).map(|(word, i)| (word.key, i)).collect();
        places.sort_unstable();
        Index { words, places }
    }

    /// The places of a word, in order.
    pub fn places(&self, key: u64) -> impl ExactSizeIterator<Item = usize> + '_ {
        let start = self.places.partition_point(|place| place.0 < key);
        let end = start + self.places[start..].partition_point(|place| place.0 == key);
        self.places[start..end].iter().map(|place| place.1 as usize)
    }

    /// How much it says that a word stands somewhere: the logarithm of how rare it is here.
    pub fn weight(&self, key: u64) -> i64 {
        let total = 2 * self.words.len() as u64 + 2;
        let often = 2 * self.places(key).len() as u64 + 1;
        (log2(total) - log2(often)).max(BIT / 2)
    }

    /// What it takes to single out one place of this text.
    pub fn weight_of_a_place(&self) -> i64 {
        log2(self.words.len() as u64 + 2)
    }
}

pub fn words_of(folded: &str) -> Vec<Word> {
    // Counted first: a list that grows takes three times its memory, and this one is the largest that is made
    // of a text.
    let mut found = Vec::with_capacity(words::words(folded).count());
    found.extend(words::words(folded).map(|range| word(folded, range)));
    found
}

fn word(folded: &str, range: Range<usize>) -> Word {
    let text = &folded[range.clone()];
    let mut word = Word { range, key: SEED, exact: SEED, number: words::is_number(text), letters: 0, len: 0 };
    for c in text.chars() {
        word.exact = mixed(word.exact, c);
        for c in c.to_lowercase() {
            word.key = mixed(word.key, c);
            word.letters |= 1 << (u32::from(c) % 32);
        }
        word.len += 1;
    }
    word
}

/// FNV-1a, the simplest hash that serves: a collision could only make two words look alike in an approximate
/// comparison.
const SEED: u64 = 0xCBF2_9CE4_8422_2325;

fn mixed(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3)
}

/// Sixteen times the binary logarithm of a positive number, rounded down; without floating point, whose last
/// digit depends on the machine.
fn log2(n: u64) -> i64 {
    let whole = i64::from(63 - n.max(1).leading_zeros());
    let mut fraction = (u128::from(n.max(1)) << 32) >> whole;
    let mut log = whole;
    for _ in 0..4 {
        fraction = (fraction * fraction) >> 32;
        log *= 2;
        if fraction >= 2 << 32 {
            fraction >>= 1;
            log += 1;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_close() {
        for n in [1_u64, 2, 3, 5, 7, 100, 12_345, 1 << 40] {
            let exact = (n as f64).log2() * 16.0;
            assert!((log2(n) as f64 - exact).abs() <= 1.0, "{n}: {} {exact}", log2(n));
        }
    }

    #[test]
    fn a_rare_word_weighs_more() {
        let index = Index::of("the dam and the river and the deficit");
        let weight = |word: &str| index.weight(words_of(word)[0].key);
        assert!(
            weight("the") < weight("and")
                && weight("and") < weight("Dam")
                && weight("Dam") < weight("unseen")
        );
        assert_eq!(index.places(words_of("The")[0].key).collect::<Vec<_>>(), [0, 3, 6]);
    }
}
