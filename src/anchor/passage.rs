//! The place where a pattern stands, as the source's own bytes: its parts, and what is marked of them.

use std::ops::Range;

use super::gap::Gap;
use super::haystack::Haystack;
use super::pattern::Pattern;
use super::place::Place;
use super::walk::Walked;
use crate::model::quote::Anchor;

/// The bytes of the source where a pattern stands, and which of them are marked.
pub fn anchor(pattern: &Pattern, place: &Place, ways: &[Walked], hay: &Haystack) -> Anchor {
    let parts: Vec<_> = joined(pattern, place)
        .into_iter()
        .map(|part| hay.folded.raw(part))
        .collect();
    let marked: Vec<_> = pattern
        .words
        .marks
        .iter()
        .flat_map(|mark| targets(pattern, ways, hay, mark))
        .map(|mark| hay.folded.raw(mark))
        .collect();
    let targets = if marked.is_empty() { parts.clone() } else { marked };
    Anchor { parts, targets }
}

/// The parts of a place, in the source's own words: what an alteration stands for belongs to the part.
fn joined(pattern: &Pattern, place: &Place) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (i, part) in place.parts.iter().enumerate() {
        match parts.last_mut() {
            Some(last) if pattern.gaps[i] != Gap::Elision => last.end = part.end,
            _ => parts.push(part.clone()),
        }
    }
    if let Some(first) = parts.first_mut() {
        first.start = place.extent.start;
    }
    if let Some(last) = parts.last_mut() {
        last.end = place.extent.end;
    }
    parts
}

/// The stretches of the source's folded text that a mark of the quotation covers: one a part that it touches,
/// joined over alterations.
fn targets(pattern: &Pattern, ways: &[Walked], hay: &Haystack, mark: &Range<usize>) -> Vec<Range<usize>> {
    let (start, end) = (pattern.folded.folded(mark.start), pattern.folded.folded(mark.end));
    let text = &hay.folded.text;
    let mut targets: Vec<(usize, Range<usize>)> = Vec::new();
    for (i, part) in pattern.parts.iter().enumerate() {
        let (from, to) = (start.max(part.start), end.min(part.end));
        if from >= to {
            continue;
        }
        let target = ways[i].aligned(from)..ways[i].aligned(to);
        match targets.last_mut() {
            Some((last, range)) if *last + 1 == i && pattern.gaps[i] != Gap::Elision => {
                (*last, range.end) = (i, target.end)
            }
            _ => targets.push((i, target)),
        }
    }
    targets
        .into_iter()
        .filter_map(|(_, range)| trimmed(text, range))
        .collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let target = text.get(range.clone())?;
    let start = range.start + (target.len() - target.trim_start().len());
    let end = start + target.trim().len();
    (start < end).then_some(start..end)
}
