//! How near a stretch of text comes to a quotation: what agrees, what was put in, how the surroundings agree.
//! All in weights of words.

use std::ops::Range;

use super::align::{INSERTED, INSERTED_MORE, Laid, Line, Pair, Stretch, align};
use super::haystack::Haystack;
use super::index::{BIT, Index};
use super::query::Query;
use super::revision;

/// A stretch of the text that comes near, and how near.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// The words of the text in `range`.
    pub words: Range<usize>,
    /// Each word of the quotation, as bytes of the query's folded text, with the word of the text that it was
    /// laid against.
    pub pairs: Vec<(Range<usize>, Laid)>,
    /// Weight of the quotation's words.
    pub total: i64,
    /// Of it, what agrees with the text.
    pub agreed: i64,
    /// Of it, numbers in whose place the text has other numbers.
    pub renumbered: i64,
    /// Of these, numbers that differ by one digit.
    pub slipped: i64,
    /// Weight of the words that the text has in between and the quotation has not.
    pub inserted: i64,
    /// What agrees before and after it.
    pub before: Agreement,
    pub after: Agreement,
    /// Whether it lies where an older text puts the passage.
    pub in_place: bool,
}

/// How what stood on one side agrees with what stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Weight of what agrees, from the edge outwards, as far as it is worth its breaks.
    pub agreed: i64,
    /// Share of what agrees, in thousandths, where the nearer words count for more.
    pub share: i64,
}

/// No more than this weight of surroundings says anything: five or six rare words to a side.
const MOST_AROUND: i64 = 64 * BIT;

/// What it says for a place that nothing at all differs there.
const WHOLE: i64 = 8 * BIT;

impl Candidate {
    /// What speaks for this place rather than another.
    pub fn score(&self) -> i64 {
        let against = (self.total - self.agreed + self.inserted + self.renumbered) / 4;
        let whole = if self.is_whole() { WHOLE } else { 0 };
        self.agreed + whole - against
            + self.before.agreed.min(MOST_AROUND)
            + self.after.agreed.min(MOST_AROUND)
    }

    /// Whether the words are those of the quotation, one after the other.
    pub fn is_whole(&self) -> bool {
        self.agreed == self.total && self.inserted == 0
    }

    /// How much of the quotation is here, in thousandths.
    pub fn likeness(&self) -> i64 {
        ((self.agreed - self.inserted / 4) * 1000)
            .checked_div(self.total)
            .unwrap_or(0)
    }

    /// As `likeness`, with a number that differs by one digit as half agreed.
    pub fn likeness_but_for_slips(&self) -> i64 {
        ((self.agreed + self.slipped / 2 - self.inserted / 4) * 1000)
            .checked_div(self.total)
            .unwrap_or(0)
    }

    /// As `likeness`, with a number in the place of a number as half agreed: in a table, or an entry that is
    /// kept up to date, the figures change and the passage stays.
    pub fn kinship(&self) -> i64 {
        ((self.agreed + self.renumbered / 2 - self.inserted / 4) * 1000)
            .checked_div(self.total)
            .unwrap_or(0)
    }

    /// How many of the quotation's words have their like, numbers in the place of numbers as half, in
    /// thousandths.
    pub fn words_in_place(&self, hay: &Haystack) -> i64 {
        let index = hay.index();
        let halves = self.pairs.iter().map(|(_, laid)| match laid {
            Some((_, Pair::Same | Pair::Case | Pair::Alike(_))) => 2,
            Some((_, Pair::Digit)) => 1,
            Some((at, Pair::Other)) if self.renumbered > 0 && index.words[*at].number => 1,
            Some((_, Pair::Other)) | None => 0,
        });
        (halves.sum::<i64>() * 500)
            .checked_div(self.pairs.len() as i64)
            .unwrap_or(0)
    }

    pub fn lies_in(&self, place: revision::Place) -> bool {
        place.start.is_none_or(|start| self.words.start >= start)
            && place.end.is_none_or(|end| self.words.end <= end)
    }
}

/// Lays the line along the stretch; `None` where nothing of the quotation agrees.
pub fn measure(query: &Query, line: &Line, stretch: Stretch, hay: &Haystack) -> Option<Candidate> {
    let index = hay.index();
    let mut pairs = align(line, stretch);
    trim(line, hay, &mut pairs);
    let words = covered(line, hay, &pairs)?;
    let quoted = || {
        line.quote
            .clone()
            .filter_map(|i| pairs[i].map(|(at, pair)| (i, at, pair)))
    };
    let paired: Vec<usize> = quoted().map(|(_, at, _)| at).collect();
    let between = words.clone().filter(|at| paired.binary_search(at).is_err());
    let crossed = if line.crosses { 0 } else { hay.blocks_between(words.start, words.end - 1) as i64 };
    Some(Candidate {
        range: extent(query, words.clone(), hay),
        total: line.quote.clone().map(|i| line.weights[i]).sum(),
        agreed: quoted().map(|(i, _, pair)| value(line, i, pair)).sum(),
        renumbered: quoted()
            .filter(|&(i, at, pair)| is_renumbered(line, index, i, at, pair))
            .map(|(i, _, _)| line.weights[i])
            .sum(),
        slipped: quoted()
            .filter(|(_, _, pair)| *pair == Pair::Digit)
            .map(|(i, _, _)| line.weights[i])
            .sum(),
        inserted: between.map(|at| index.weight(index.words[at].key)).sum::<i64>() + 4 * crossed * CROSSED,
        before: beside(line, index, &pairs, Side::Before, words.start),
        after: beside(line, index, &pairs, Side::After, words.end),
        pairs: line
            .quote
            .clone()
            .map(|i| (line.words[i].range.clone(), pairs[i]))
            .collect(),
        words,
        in_place: false,
    })
}

fn value(line: &Line, i: usize, pair: Pair) -> i64 {
    let share = match pair {
        Pair::Same => 16,
        Pair::Case => 15,
        Pair::Alike(share) => share,
        Pair::Digit | Pair::Other => 0,
    };
    line.weights[i] * share / 16
}

fn is_renumbered(line: &Line, index: &Index, i: usize, at: usize, pair: Pair) -> bool {
    matches!(pair, Pair::Digit | Pair::Other) && line.words[i].number && index.words[at].number
}

/// Whatever was put in says no more than this against what stands on its two sides, however long it is.
const MOST_BETWEEN: i64 = 12 * BIT;

/// A passage within one block does not come to reach over the border of two: what lies beyond it is not the
/// passage's.
const CROSSED: i64 = 1000 * BIT;

/// Keeps the run of pairs that is worth most when what lies between them is deducted, and unpairs what stands
/// farther off.
fn trim(line: &Line, hay: &Haystack, pairs: &mut [Laid]) {
    let index = hay.index();
    let paired: Vec<(usize, usize, i64)> = pairs
        .iter()
        .enumerate()
        .filter_map(|(i, pair)| pair.map(|(at, pair)| (i, at, value(line, i, pair))))
        .collect();
    let between = |before: &(usize, usize, i64), after: &(usize, usize, i64)| {
        let weight: i64 = (before.1 + 1..after.1)
            .map(|at| index.weight(index.words[at].key))
            .sum();
        let quoted = line.quote.contains(&before.0) && line.quote.contains(&after.0) && !line.crosses;
        let crossed = if quoted { hay.blocks_between(before.1, after.1) as i64 } else { 0 };
        (weight / 4).min(MOST_BETWEEN) + crossed * CROSSED
    };
    let (mut best, mut run) = (0, 0..0);
    let (mut sum, mut start) = (0, 0);
    for (k, pair @ &(_, _, value)) in paired.iter().enumerate() {
        if k > 0 {
            sum -= between(&paired[k - 1], pair);
        }
        if sum < 0 {
            (sum, start) = (0, k);
        }
        sum += value;
        if sum > best || (sum == best && run.start == start) {
            (best, run) = (sum, start..k + 1);
        }
    }
    for (k, &(i, _, value)) in paired.iter().enumerate() {
        // another word right beside the run may stand for one of the quotation's
        let beside = k + 1 == run.start || k == run.end;
        if !run.contains(&k) && (value > 0 || !beside) {
            pairs[i] = None;
        }
    }
}

/// The words of the text that the quotation's words were laid along; `None` where none of them agrees. Where
/// a word at its edge has no like, what stood before or after it says where it begins or ends.
fn covered(line: &Line, hay: &Haystack, pairs: &[Laid]) -> Option<Range<usize>> {
    let at = |i: usize| pairs[i].map(|pair| pair.0);
    let alike = |i: &usize| pairs[*i].is_some_and(|pair| !matches!(pair.1, Pair::Digit | Pair::Other));
    let same = |i: usize| {
        pairs
            .get(i)?
            .filter(|pair| matches!(pair.1, Pair::Same | Pair::Case))
            .map(|pair| pair.0)
    };
    let quote = line.quote.clone();
    if !quote.clone().any(|i| alike(&i)) && !quote.clone().any(|i| at(i).is_some()) {
        return None;
    }
    let (first, last) = (quote.clone().find_map(at)?, quote.clone().rev().find_map(at)?);
    let unlike_before = quote.clone().take_while(|i| !alike(i)).count();
    let unlike_after = quote.clone().rev().take_while(|i| !alike(i)).count();
    let edge_before = quote
        .start
        .checked_sub(1)
        .and_then(same)
        .map_or(first, |before| before + 1);
    let edge_after = same(quote.end).unwrap_or(last + 1);
    let start = if unlike_before > 0 && edge_before < first && first - edge_before <= unlike_before + 2 {
        edge_before
    } else {
        first
    };
    let end = if unlike_after > 0 && edge_after > last + 1 && edge_after - last - 1 <= unlike_after + 2 {
        edge_after
    } else {
        last + 1
    };
    let mut core = quote.clone().filter(alike).filter_map(at);
    let (inner, outer) = (core.clone().next().unwrap_or(first), core.next_back().unwrap_or(last));
    Some(if line.crosses { start..end } else { within_block(hay, start..end, inner..outer) })
}

/// Leaves off what lies beyond the borders of the blocks in which the core begins and ends.
fn within_block(hay: &Haystack, words: Range<usize>, core: Range<usize>) -> Range<usize> {
    let start = (words.start..=core.start)
        .find(|&start| hay.blocks_between(start, core.start) == 0)
        .unwrap_or(core.start);
    let end = (core.end..words.end)
        .rev()
        .find(|&last| hay.blocks_between(core.end, last) == 0)
        .unwrap_or(core.end);
    start..end + 1
}

/// The bytes of these words, with the marks around them that the quotation has too.
fn extent(query: &Query, words: Range<usize>, hay: &Haystack) -> Range<usize> {
    let (index, text) = (hay.index(), &hay.folded.text);
    let (start, end) = (index.words[words.start].range.start, index.words[words.end - 1].range.end);
    let quote = &query.folded.text[query.quote.clone()];
    let is_mark = |c: char| !c.is_alphanumeric();
    let lead = &quote[..quote.len() - quote.trim_start_matches(is_mark).len()];
    let trail = &quote[quote.trim_end_matches(is_mark).len()..];
    let shared = |(a, b): &(char, char)| a == b;
    let before = lead
        .chars()
        .rev()
        .zip(text[..start].chars().rev())
        .take_while(shared)
        .map(|(c, _)| c.len_utf8());
    let after = trail
        .chars()
        .zip(text[end..].chars())
        .take_while(shared)
        .map(|(c, _)| c.len_utf8());
    start - before.sum::<usize>()..end + after.sum::<usize>()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Before,
    After,
}

/// What agrees beside the quotation, from its edge outwards, as far as that is worth its breaks. A label
/// whose number is another one speaks against the place.
fn beside(line: &Line, index: &Index, pairs: &[Laid], side: Side, edge: usize) -> Agreement {
    let around: Vec<usize> = match side {
        Side::Before => (0..line.quote.start).rev().collect(),
        Side::After => (line.quote.end..line.words.len()).collect(),
    };
    let (mut far, mut near, mut edge) = (Sum::default(), Sum::default(), edge);
    let (mut nearness, mut mislabelled, mut mislabelled_near) = (1 << 16, 0, 0);
    for i in around {
        let (mut worth, mut breaks) = (0, 0);
        let next = if side == Side::Before { edge.checked_sub(1) } else { Some(edge) };
        if let Some((at, pair)) = pairs[i].or_else(|| mislaid(line, index, pairs, i, next)) {
            let skipped =
                if side == Side::Before { edge.saturating_sub(at + 1) } else { at.saturating_sub(edge) };
            breaks = if skipped > 0 { INSERTED + skipped as i64 * INSERTED_MORE } else { 0 };
            worth = value(line, i, pair);
            if is_renumbered(line, index, i, at, pair) {
                (mislabelled, mislabelled_near) =
                    (mislabelled + line.weights[i], mislabelled_near + ((line.weights[i] * nearness) >> 16));
            }
            edge = if side == Side::Before { at } else { at + 1 };
        }
        far.add(worth - breaks, line.weights[i]);
        near.add(((worth - breaks) * nearness) >> 16, (line.weights[i] * nearness) >> 16);
        nearness = nearness * NEARER.0 / NEARER.1;
    }
    let share = ((near.best - mislabelled_near / 2) * 1000)
        .checked_div(near.total)
        .unwrap_or(0);
    Agreement { agreed: far.best - mislabelled / 2, share }
}

/// A number beside the quotation where the text has another number: no pair for the alignment, but a label of
/// something else.
fn mislaid(line: &Line, index: &Index, pairs: &[Laid], i: usize, next: Option<usize>) -> Laid {
    let at = next.filter(|&at| index.words.get(at).is_some_and(|word| word.number))?;
    let free = !pairs.iter().flatten().any(|pair| pair.0 == at);
    (line.words[i].number && free).then_some((at, Pair::Other))
}

/// By how much each word farther off counts for less.
const NEARER: (i64, i64) = (13, 16);

/// What words are worth, added up outwards, and the best that it came to.
#[derive(Default)]
struct Sum {
    sum: i64,
    best: i64,
    total: i64,
}

impl Sum {
    fn add(&mut self, worth: i64, weight: i64) {
        self.sum += worth;
        self.total += weight;
        self.best = self.best.max(self.sum);
    }
}
