//! Approximate search, character by character: where a text comes near a short one, and by how many edits.
//!
//! Myers' bit-parallel algorithm (J. ACM 46(3), 1999) in Hyyrö's block form: sixty-four rows of the edit
//! matrix at a time, so that a search costs the length of the text times the number of such blocks, whatever
//! the texts are.

/// A place where the text comes near: the character after its last one, and the edits that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub end: usize,
    pub edits: usize,
}

/// A text to be looked for, made ready.
pub struct Search {
    /// Its distinct characters, sorted, and for each and each block the rows where it stands.
    alphabet: Vec<char>,
    rows: Vec<u64>,
    /// Where the ASCII characters are in the alphabet.
    ascii: [u16; 128],
    blocks: usize,
    len: usize,
}

impl Search {
    /// `None` where there is nothing to look for.
    pub fn new(wanted: &[char]) -> Option<Search> {
        let blocks = wanted.len().div_ceil(64);
        let mut alphabet = wanted.to_vec();
        alphabet.sort_unstable();
        alphabet.dedup();
        // the last character is every other one: it stands nowhere
        let mut rows = vec![0; (alphabet.len() + 1) * blocks];
        for (row, c) in wanted.iter().enumerate() {
            let letter = alphabet.binary_search(c).ok()?;
            rows[letter * blocks + row / 64] |= 1 << (row % 64);
        }
        let mut ascii = [u16::try_from(alphabet.len()).ok()?; 128];
        for (letter, c) in alphabet.iter().enumerate().filter(|(_, c)| c.is_ascii()) {
            ascii[*c as usize] = u16::try_from(letter).ok()?;
        }
        (blocks > 0).then_some(Search { ascii, alphabet, rows, blocks, len: wanted.len() })
    }

    /// Every local minimum of the distance that is at most `budget`, in the order of the text.
    pub fn minima(&self, text: impl Iterator<Item = char>, budget: usize) -> Vec<Near> {
        let mut minima: Vec<Near> = Vec::new();
        let mut descending = true;
        let mut before = Near { end: 0, edits: self.len };
        let mut columns = Columns { plus: vec![u64::MAX; self.blocks], minus: vec![0; self.blocks] };
        for (at, c) in text.enumerate() {
            let change = columns.step(self, c);
            let edits = before.edits.saturating_add_signed(change);
            if edits > before.edits {
                if descending && before.edits <= budget {
                    minima.push(before);
                }
                descending = false;
            } else if edits < before.edits {
                descending = true;
            }
            before =
                Near { end: if edits == before.edits && !descending { before.end } else { at + 1 }, edits };
        }
        if descending && before.edits <= budget {
            minima.push(before);
        }
        minima
    }

    fn rows(&self, c: char) -> &[u64] {
        let letter = match self.ascii.get(c as usize) {
            Some(&letter) => usize::from(letter),
            None => self.alphabet.binary_search(&c).unwrap_or(self.alphabet.len()),
        };
        &self.rows[letter * self.blocks..(letter + 1) * self.blocks]
    }
}

/// One column of the matrix, as the differences between its rows.
struct Columns {
    plus: Vec<u64>,
    minus: Vec<u64>,
}

impl Columns {
    /// Goes on by a character; returns by how much the distance at the last row changes.
    fn step(&mut self, search: &Search, c: char) -> isize {
        let rows = search.rows(c);
        let last_bit = 1_u64 << ((search.len - 1) % 64);
        let mut carry = 0_isize; // what comes in from the block above: the first row is free, so nothing
        for (block, &equal) in rows.iter().enumerate() {
            let high = if block + 1 == search.blocks { last_bit } else { 1 << 63 };
            carry = self.step_block(block, equal, carry, high);
        }
        carry
    }

    fn step_block(&mut self, block: usize, mut equal: u64, carry: isize, high: u64) -> isize {
        let (plus, minus) = (self.plus[block], self.minus[block]);
        let across = equal | minus;
        if carry < 0 {
            equal |= 1;
        }
        let down = (((equal & plus).wrapping_add(plus)) ^ plus) | equal;
        let mut up_plus = minus | !(down | plus);
        let mut up_minus = plus & down;
        let out = if up_plus & high != 0 {
            1
        } else if up_minus & high != 0 {
            -1
        } else {
            0
        };
        up_plus <<= 1;
        up_minus <<= 1;
        match carry {
            1 => up_plus |= 1,
            -1 => up_minus |= 1,
            _ => {}
        }
        self.plus[block] = up_minus | !(across | up_plus);
        self.minus[block] = up_plus & across;
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distance of the nearest stretch that ends after each character, by the book (Sellers 1980).
    fn distances(wanted: &[char], text: &[char]) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=wanted.len()).collect();
        let mut last = vec![wanted.len()];
        for &c in text {
            let mut diagonal = column[0];
            for row in 0..wanted.len() {
                let cost = diagonal + usize::from(wanted[row] != c);
                diagonal = column[row + 1];
                column[row + 1] = cost.min(diagonal + 1).min(column[row] + 1);
            }
            last.push(column[wanted.len()]);
        }
        last
    }

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn near_places_are_found() {
        let minima = |wanted: &str, text: &str, budget| {
            Search::new(&chars(wanted)).map_or(vec![], |s| s.minima(text.chars(), budget))
        };
        assert_eq!(minima("abc", "xxabcxxabxc", 1), [Near { end: 5, edits: 0 }, Near { end: 11, edits: 1 }]);
        assert_eq!(minima("abc", "", 1), []);
    }

    proptest! {
        #[test]
        fn minima_are_those_of_the_book(wanted in "[ab]{1,12}|[a-d]{60,140}", text in "[abc]{0,200}",
            budget in 0_usize..60) {
            let (wanted, text) = (chars(&wanted), chars(&text));
            let by_the_book = distances(&wanted, &text);
            let minima = Search::new(&wanted).expect("not empty").minima(text.iter().copied(), budget);
            for near in &minima {
                prop_assert_eq!(by_the_book[near.end], near.edits);
            }
            let best = by_the_book[1..].iter().copied().min().filter(|&best| best <= budget);
            prop_assert!(best.is_none_or(|best| best == wanted.len()
                || minima.iter().any(|near| near.edits == best)));
        }
    }
}
