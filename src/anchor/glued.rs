//! Digits that a source sets apart and that a writer typed as one number: `36,4001` for 36,400¹, `1012` for
//! 10¹².
//!
//! Such words do not stand. So that a message can say which number is wrong, they are looked for in a text in
//! which everything raised, lowered or shown beside a number is glued to it.

use std::ops::Range;

use super::found::Found;
use super::haystack::Haystack;
use super::passage::anchor;
use super::pattern;
use super::place::{Care, places, ways};
use crate::model::quote::{Anchor, Difference, Quote, Verdict};

/// Where a quotation stands but for a number that is two in the source: in one place, or nowhere.
pub fn found(quote: &Quote, hay: &Haystack) -> Option<Found> {
    let (glued, text) = hay.glued()?;
    let words = if quote.read.text.trim().is_empty() { &quote.typed } else { &quote.read };
    let pattern = pattern::literal(words)?;
    let places = places(&pattern, text, Care::Lenient);
    let [place] = places.as_slice() else { return None };
    let ways = ways(&pattern, place, text, Care::Lenient);
    let there = anchor(&pattern, place, &ways, text);
    let first = glued.joints.partition_point(|joint| joint.at < there.extent().start);
    let inside = glued.joints[first..]
        .iter()
        .take_while(|joint| joint.at < there.extent().end);
    let differences: Vec<Difference> = inside
        .map(|joint| glued.difference(joint, &text.raw, words, &hay.raw))
        .collect();
    let raw = |ranges: &[Range<usize>]| ranges.iter().map(|range| glued.raw(range, &hay.raw)).collect();
    let anchors = vec![Anchor { targets: raw(&there.targets), parts: raw(&there.parts) }];
    (!differences.is_empty()).then(|| Found { anchors, differences, ..Found::new(Verdict::FigureDiffers) })
}
