//! What of an older text is still there in a newer one: the difference between two states of a source, word
//! by word.
//!
//! Patience: runs of words that stand once in either text, in the same order in both, hold the texts
//! together; between them the same is done with shorter runs; small gaps are compared outright. What moved
//! past its neighbours is not found: words found in place are meant here.

use std::ops::Range;

use super::haystack::Haystack;
use super::index::Word;
use super::patience::anchors;

/// Where each word of the old text stands in the new one.
#[derive(Debug)]
pub struct Revision {
    /// One a word of the old text.
    kept: Vec<Option<usize>>,
    /// How many words the new text has.
    words: usize,
}

/// How often gaps are split before they are given up; a text needs a handful.
const DEEPEST: usize = 40;
/// Gaps of at most this many pairs of words are compared outright.
const SMALL: usize = 1 << 14;
/// Lengths of the runs that hold texts together.
const RUNS: [usize; 3] = [4, 2, 1];

impl Revision {
    pub fn between(before: &Haystack, now: &Haystack) -> Revision {
        let (old, new) = (&before.index().words, &now.index().words);
        let mut revision = Revision { kept: vec![None; old.len()], words: new.len() };
        let mut gaps = vec![(0..old.len(), 0..new.len(), 0)];
        while let Some((left, right, depth)) = gaps.pop() {
            let (left, right) = revision.trim(old, new, left, right);
            if left.is_empty() || right.is_empty() {
                continue;
            }
            if left.len() * right.len() <= SMALL {
                revision.compare(old, new, left, right);
                continue;
            }
            let anchors = RUNS
                .into_iter()
                .map(|run| anchors(old, new, &left, &right, run))
                .find(|anchors| !anchors.is_empty());
            if let Some(anchors) = anchors.filter(|_| depth < DEEPEST) {
                gaps.extend(
                    revision
                        .between_anchors(&anchors, left, right)
                        .map(|(left, right)| (left, right, depth + 1)),
                );
            }
        }
        revision
    }

    /// Takes what both begin and end with; returns what is left.
    fn trim(
        &mut self,
        old: &[Word],
        new: &[Word],
        mut left: Range<usize>,
        mut right: Range<usize>,
    ) -> (Range<usize>, Range<usize>) {
        while !left.is_empty() && !right.is_empty() && old[left.start].key == new[right.start].key {
            self.kept[left.start] = Some(right.start);
            (left.start, right.start) = (left.start + 1, right.start + 1);
        }
        while !left.is_empty() && !right.is_empty() && old[left.end - 1].key == new[right.end - 1].key {
            (left.end, right.end) = (left.end - 1, right.end - 1);
            self.kept[left.end] = Some(right.end);
        }
        (left, right)
    }

    /// The longest common subsequence, by the book.
    fn compare(&mut self, old: &[Word], new: &[Word], left: Range<usize>, right: Range<usize>) {
        let width = right.len() + 1;
        let mut best = vec![0_u32; (left.len() + 1) * width];
        for i in (0..left.len()).rev() {
            for j in (0..right.len()).rev() {
                let same = old[left.start + i].key == new[right.start + j].key;
                let without = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                best[i * width + j] = if same { best[(i + 1) * width + j + 1] + 1 } else { without };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < left.len() && j < right.len() {
            if old[left.start + i].key == new[right.start + j].key {
                self.kept[left.start + i] = Some(right.start + j);
                (i, j) = (i + 1, j + 1);
            } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// Takes the anchors; returns the gaps between them.
    fn between_anchors(
        &mut self,
        anchors: &[(usize, usize)],
        left: Range<usize>,
        right: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + use<> {
        let mut gaps = Vec::with_capacity(anchors.len() + 1);
        let (mut i, mut j) = (left.start, right.start);
        for &(at_old, at_new) in anchors {
            self.kept[at_old] = Some(at_new);
            gaps.push((i..at_old, j..at_new));
            (i, j) = (at_old + 1, at_new + 1);
        }
        gaps.push((i..left.end, j..right.end));
        gaps.into_iter()
    }

    /// As `place`, for bytes of the old reading text.
    pub fn place_of(&self, text: &Haystack, old: Range<usize>) -> Option<Place> {
        let (start, end) = (text.folded.folded(old.start), text.folded.folded(old.end));
        let words = &text.index().words;
        self.place(
            words.partition_point(|word| word.range.end <= start)
                ..words.partition_point(|word| word.range.start < end),
        )
    }

    /// Where the words `old` of the old text would stand: between the new places of what is still there
    /// before and behind them. `None` where nothing near them is left.
    fn place(&self, old: Range<usize>) -> Option<Place> {
        let before = old.start.saturating_sub(REACH)..old.start.min(self.kept.len());
        let after = old.end.min(self.kept.len())..(old.end + REACH).min(self.kept.len());
        let left = before.rev().find_map(|i| Some((old.start - i, self.kept[i]?)));
        let right = after.clone().find_map(|i| Some((i - old.end, self.kept[i]?)));
        let inside = self
            .kept
            .get(old.start..old.end.min(self.kept.len()))?
            .iter()
            .flatten()
            .count();
        if left.is_none() && right.is_none() && inside == 0 {
            return None;
        }
        let start = if old.start == 0 { Some(0) } else { left.map(|(_, at)| at + 1) };
        let end = if old.end >= self.kept.len() { Some(self.words) } else { right.map(|(_, at)| at) };
        Some(Place {
            start,
            end,
            close: left.is_some_and(|left| left.0 <= 3) || right.is_some_and(|right| right.0 < 3),
        })
    }
}

/// How far from a passage its neighbours are looked for, in words.
const REACH: usize = 12;

/// Words of the new text between which a passage of the old text would stand, if they are still there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// Whether one of its next neighbours is still there.
    pub close: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::roles::Roles;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let (old, new) = (Haystack::new(old, &Roles::default()), Haystack::new(new, &Roles::default()));
        let revision = Revision::between(&old, &new);
        let shown = old.index().words.iter().zip(&revision.kept).map(|(word, kept)| {
            let word = &old.folded.text[word.range.clone()];
            kept.map_or(format!("({word})"), |at| format!("{word}{at}"))
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_is_kept_is_found_in_place() {
        check("a b c d e", "a b x d e f", "a0 b1 (c) d3 e4");
        check("a b", "", "(a) (b)");
        check("a b c", "c a b", "a1 b2 (c)");
    }

    proptest! {
        #[test]
        fn kept_words_are_the_same_and_in_order(old in "[abc ]{0,300}", new in "[abc ]{0,300}") {
            let (old, new) = (Haystack::new(&old, &Roles::default()), Haystack::new(&new, &Roles::default()));
            let revision = Revision::between(&old, &new);
            let kept: Vec<(usize, usize)> = revision.kept.iter().enumerate()
                .filter_map(|(i, at)| Some((i, (*at)?))).collect();
            prop_assert!(kept.windows(2).all(|pair| pair[0].1 < pair[1].1));
            prop_assert!(kept.iter().all(|&(i, at)| old.index().words[i].key == new.index().words[at].key));
        }
    }
}
