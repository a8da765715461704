//! Runs of words that stand once in either of two texts, in the same order in both: what holds the texts
//! together where they are compared (patience, after Bram Cohen).

use std::ops::Range;

use super::index::Word;

/// Pairs of words that begin a run which stands once in either stretch, as many as are in the same order in
/// both.
pub fn anchors(
    old: &[Word],
    new: &[Word],
    left: &Range<usize>,
    right: &Range<usize>,
    run: usize,
) -> Vec<(usize, usize)> {
    let (here, there) = (once(old, left, run), once(new, right, run));
    let mut pairs = Vec::new();
    let mut j = 0;
    for &(key, at) in &here {
        while j < there.len() && there[j].0 < key {
            j += 1;
        }
        if j < there.len() && there[j].0 == key {
            pairs.push((at, there[j].1));
        }
    }
    pairs.sort_unstable();
    rising(&pairs)
}

/// The runs that stand once in a stretch, by their key.
fn once(words: &[Word], stretch: &Range<usize>, run: usize) -> Vec<(u64, usize)> {
    let words = &words[stretch.clone()];
    let mut runs: Vec<(u64, usize)> = words
        .windows(run)
        .zip(stretch.start..)
        .map(|(run, at)| (key(run), at))
        .collect();
    runs.sort_unstable();
    let alone = |i: usize| {
        (i == 0 || runs[i - 1].0 != runs[i].0) && runs.get(i + 1).is_none_or(|next| next.0 != runs[i].0)
    };
    (0..runs.len()).filter(|&i| alone(i)).map(|i| runs[i]).collect()
}

fn key(run: &[Word]) -> u64 {
    run.iter()
        .fold(0, |key: u64, word| key.rotate_left(17).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word.key)
}

/// The longest rising subsequence by the second number (Schensted); the first numbers rise already.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new(); // of the best sequence of each length, the pair that it ends with
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(i);
        } else {
            ends[length] = i;
        }
    }
    let mut chain: Vec<_> = std::iter::successors(ends.last().copied(), |&i| before[i])
        .map(|i| pairs[i])
        .collect();
    chain.reverse();
    chain
}
