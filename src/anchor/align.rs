//! Word against word: the best way to lay a few words, with what stands before and after them, along a
//! stretch of text.
//!
//! A global alignment of the words within a stretch whose ends are free (Needleman and Wunsch), with a cheap
//! second word of an insertion (Gotoh), so that a clause that was put in costs little more than a word. A
//! pair of equal words is worth what the word weighs.
//!
//! It costs the words of one side times those of the other. So a long line is parted first, where runs of
//! words stand once on both sides: only what lies between them is laid out so, and the whole costs no more
//! than its length.

use std::ops::Range;

use super::index::{BIT, Index, Word};
use super::patience::anchors;

/// Words that are looked for.
pub struct Line<'a> {
    pub folded: &'a str,
    pub words: Vec<Word>,
    /// What each weighs in the text that is searched.
    pub weights: Vec<i64>,
    /// Which of the words are the quotation; the others are its surroundings.
    pub quote: Range<usize>,
    /// Whether the quotation itself goes over the border of two blocks.
    pub crosses: bool,
}

/// The text, and the stretch of its words that is compared.
#[derive(Clone, Copy)]
pub struct Stretch<'a> {
    pub folded: &'a str,
    pub index: &'a Index,
    pub from: usize,
    pub to: usize,
}

/// How two words that are laid against each other compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pair {
    Same,
    /// In another case only.
    Case,
    /// Misspelt, inflected, or cut: how alike, in sixteenths.
    Alike(i64),
    /// A number that differs by one digit: a slip as likely as not, and another number all the same.
    Digit,
    /// Another word, or another number.
    Other,
}

/// The word of the text that a word was laid against, if any.
pub type Laid = Option<(usize, Pair)>;

/// A word of the quotation that has no counterpart, and the first word that was put in.
const DROPPED: i64 = 2 * BIT;
pub const INSERTED: i64 = 3 * BIT;
/// Each further word of an insertion.
pub const INSERTED_MORE: i64 = BIT;
/// A word of the surroundings without counterpart: they may have changed altogether.
const DROPPED_AROUND: i64 = 0;
/// Another word in a word's place is likelier than a word dropped and another put in; a number for a word is
/// not.
const OTHER_WORD: i64 = -BIT;
const OTHER_NUMBER: i64 = -BIT;
const OTHER_KIND: i64 = -5 * BIT;

/// For each word of the line, the word of the text that it was laid against.
pub fn align(line: &Line, stretch: Stretch) -> Vec<Laid> {
    let mut pairs: Vec<Laid> = vec![None; line.words.len()];
    let mut parts = vec![(0..line.words.len(), stretch.from..stretch.to, 0)];
    while let Some((words, there, depth)) = parts.pop() {
        if words.len() * there.len() <= OUTRIGHT {
            lay_outright(line, words, Stretch { from: there.start, to: there.end, ..stretch }, &mut pairs);
            continue;
        }
        let held = if depth < DEEPEST { held_together(line, &words, stretch, &there) } else { Vec::new() };
        if held.is_empty() {
            parts.extend(in_pieces(words, there).map(|(words, there)| (words, there, DEEPEST)));
            continue;
        }
        let (mut i, mut j) = (words.start, there.start);
        for (here, at) in held.into_iter().chain([(words.end, there.end)]) {
            parts.push((i..here, j..at, depth + 1));
            if here < words.end {
                let pair = compare(line.folded, &line.words[here], stretch.folded, &stretch.index.words[at]);
                pairs[here] = Some((at, pair));
            }
            (i, j) = (here + 1, at + 1);
        }
    }
    pairs
}

/// So many pairs of words are compared outright.
const OUTRIGHT: usize = 1 << 15;
/// How often what lies between two runs is parted again.
const DEEPEST: usize = 12;
/// How long the runs are that hold line and text together.
const RUNS: [usize; 3] = [4, 2, 1];

/// Pairs of words that begin a run which stands once on both sides.
fn held_together(
    line: &Line,
    words: &Range<usize>,
    stretch: Stretch,
    there: &Range<usize>,
) -> Vec<(usize, usize)> {
    let pairs = RUNS
        .into_iter()
        .map(|run| anchors(&line.words, &stretch.index.words, words, there, run));
    pairs.into_iter().find(|pairs| !pairs.is_empty()).unwrap_or_default()
}

/// Nothing holds the two together: a piece of the one is laid along the like piece of the other.
fn in_pieces(words: Range<usize>, there: Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    // So many that a piece of both sides can be compared outright: its pairs are these divided by the square
    // of the number.
    let pieces = (words.len() * there.len() / OUTRIGHT).isqrt() + 1;
    let cut = move |range: &Range<usize>, i: usize| range.start + range.len() * i / pieces;
    (0..pieces).map(move |i| (cut(&words, i)..cut(&words, i + 1), cut(&there, i)..cut(&there, i + 1)))
}

/// The best way to lay some words of the line along a stretch of the text.
fn lay_outright(line: &Line, range: Range<usize>, stretch: Stretch, pairs: &mut [Laid]) {
    let words = &stretch.index.words[stretch.from..stretch.to];
    let width = words.len() + 1;
    let mut steps = vec![Step::Start as u8; (range.len() + 1) * width];
    // The best score that ends here in a pair or a dropped word, and the best that ends inside an insertion.
    let mut above: Vec<(i64, i64)> = vec![(0, WORST); width];
    for (row, i) in range.clone().enumerate() {
        let word = &line.words[i];
        let dropped = if line.quote.contains(&i) { DROPPED } else { DROPPED_AROUND };
        let mut here: Vec<(i64, i64)> = Vec::with_capacity(width);
        here.push((above[0].0 - dropped, WORST));
        steps[(row + 1) * width] = Step::Dropped as u8;
        for (j, other) in words.iter().enumerate() {
            let pair = compare(line.folded, word, stretch.folded, other);
            let (left, up, diagonal) = (here[j], above[j + 1], above[j]);
            let paired = diagonal.0.max(diagonal.1) + worth(pair, line.weights[i], word, other);
            let skipped = up.0.max(up.1) - dropped;
            let (opened, extended) = (left.0 - INSERTED, left.1 - INSERTED_MORE);
            let mut step = if paired >= skipped { Step::Paired as u8 } else { Step::Dropped as u8 };
            if extended > opened {
                step |= EXTENDED;
            }
            let from = if paired >= skipped { diagonal } else { up };
            if from.1 > from.0 {
                step |= FROM_INSERTION;
            }
            steps[(row + 1) * width + j + 1] = step;
            here.push((paired.max(skipped), opened.max(extended)));
        }
        above = here;
    }
    follow_back(line, range, stretch, &steps, best_end(&above), pairs);
}

const WORST: i64 = i64::MIN / 4;

#[derive(Clone, Copy)]
enum Step {
    Start = 0,
    Paired = 1,
    Dropped = 2,
}

/// The cell's insertion continues the insertion to its left.
const EXTENDED: u8 = 4;
/// The cell's pair or dropped word follows an insertion.
const FROM_INSERTION: u8 = 8;

/// Where the last word was laid; what follows it in the stretch is free.
fn best_end(row: &[(i64, i64)]) -> usize {
    let best = row
        .iter()
        .enumerate()
        .map(|(j, cell)| (cell.0, std::cmp::Reverse(j)))
        .max();
    best.map_or(0, |(_, std::cmp::Reverse(j))| j)
}

fn follow_back(
    line: &Line,
    range: Range<usize>,
    stretch: Stretch,
    steps: &[u8],
    end: usize,
    pairs: &mut [Laid],
) {
    let width = stretch.to - stretch.from + 1;
    let (mut row, mut j, mut inserting) = (range.len(), end, false);
    while row > 0 {
        let step = steps[row * width + j];
        if inserting {
            inserting = step & EXTENDED != 0;
            j -= 1;
            continue;
        }
        row -= 1;
        if step & 3 == Step::Paired as u8 {
            j -= 1;
            let (i, at) = (range.start + row, stretch.from + j);
            let pair = compare(line.folded, &line.words[i], stretch.folded, &stretch.index.words[at]);
            pairs[i] = Some((at, pair));
        }
        inserting = step & FROM_INSERTION != 0;
    }
}

pub fn worth(pair: Pair, weight: i64, word: &Word, other: &Word) -> i64 {
    match pair {
        Pair::Same => weight,
        Pair::Case => weight * 15 / 16,
        Pair::Alike(share) => weight * share / 16,
        Pair::Digit => 0,
        Pair::Other if word.number && other.number => OTHER_NUMBER,
        Pair::Other if word.number || other.number => OTHER_KIND,
        Pair::Other => OTHER_WORD,
    }
}

/// How alike two words are.
pub fn compare(folded: &str, word: &Word, other_folded: &str, other: &Word) -> Pair {
    if word.exact == other.exact {
        return Pair::Same;
    }
    if word.key == other.key {
        return Pair::Case;
    }
    let (shortest, longest) = (word.len.min(other.len), word.len.max(other.len));
    if word.number && other.number && shortest > 1 && word.len.abs_diff(other.len) <= 1 {
        let distance = strsim::osa_distance(&folded[word.range.clone()], &other_folded[other.range.clone()]);
        return if distance == 1 { Pair::Digit } else { Pair::Other };
    }
    if word.number || other.number || shortest < 3 {
        return Pair::Other;
    }
    let (most, unlike) = (longest / 3, (word.letters ^ other.letters).count_ones());
    let lower = |folded: &str, word: &Word| folded[word.range.clone()].to_lowercase();
    if unlike <= 2 * most && longest - shortest <= most && longest > 3 {
        let distance = strsim::osa_distance(&lower(folded, word), &lower(other_folded, other)) as i64;
        if distance <= i64::from(most) {
            return Pair::Alike((i64::from(longest) - distance) * 14 / i64::from(longest));
        }
    }
    let (short, long) = if word.len <= other.len { (word, other) } else { (other, word) };
    if short.letters & !long.letters != 0 {
        return Pair::Other; // a letter of the one is not in the other
    }
    let (word, other) = (lower(folded, word), lower(other_folded, other));
    let cut = [(&word, &other), (&other, &word)]
        .into_iter()
        .any(|(long, short)| long.starts_with(short) || long.ends_with(short));
    if cut { Pair::Alike(i64::from(shortest) * 14 / i64::from(longest)) } else { Pair::Other }
}

#[cfg(test)]
mod tests {
    use super::super::index::words_of;
    use super::*;

    /// Each word looked for with the word that it was laid against.
    #[track_caller]
    fn check(text: &str, quote: &str, expected: &str) {
        let index = Index::of(text);
        let words = words_of(quote);
        let weights = words.iter().map(|word| index.weight(word.key)).collect();
        let line = Line { folded: quote, quote: 0..words.len(), words, weights, crosses: false };
        let aligned = align(&line, Stretch { folded: text, index: &index, from: 0, to: index.words.len() });
        let shown = line.words.iter().zip(&aligned).map(|(word, pair)| {
            let word = &quote[word.range.clone()];
            match pair {
                None => format!("{word}-"),
                Some((_, Pair::Same)) => word.to_string(),
                Some((at, _)) => format!("{word}/{}", &text[index.words[*at].range.clone()]),
            }
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn words_are_laid_against_their_likes() {
        let text =
            "of the north. The council of Hanoi met twice in 2023, and the council of Hue met once in 2024.";
        check(text, "council of Hue met once", "council of Hue met once");
        check(text, "council of Hue met often in 2025", "council of Hue met often/once in 2025/2024");
        check(text, "the cuoncil of Hanoi met in 2023", "the/The cuoncil/council of Hanoi met in 2023");
        check(text, "Hanoi never met twice", "Hanoi never- met twice");
    }
}
