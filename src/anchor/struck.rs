//! Words that are struck through in a source: they stand only where they are quoted alone.

use super::fold::fold;
use super::found::{Found, Remark};
use super::haystack::Haystack;
use super::pattern;
use super::place::{Care, places};
use super::wanted::Wanted;
use crate::model::quote::{Anchor, Verdict, Words};

/// Where a quotation stands within what is struck, in one place.
pub fn found(wanted: &Wanted, hay: &Haystack) -> Option<Found> {
    let struck = &hay.folded.struck;
    if struck.is_empty() {
        return None;
    }
    let quoted = |words: &Words| {
        let unstruck = Words { struck: Vec::new(), ..words.clone() };
        let literal = pattern::literal(&unstruck)?;
        (!fold(&words.text).text.is_empty()).then_some(literal)
    };
    let typed = wanted.quote.typed.text.trim();
    let inner = typed
        .strip_prefix("~~")
        .and_then(|typed| typed.strip_suffix("~~"))
        .unwrap_or(typed);
    let typed = Words { text: inner.to_string(), ..Words::default() };
    let pattern = quoted(&wanted.quote.read).or_else(|| quoted(&typed))?;
    let mut anchors = Vec::new();
    for (text, struck) in hay.struck().iter().zip(struck) {
        for place in places(&pattern, text, Care::Strict) {
            let moved =
                |range: std::ops::Range<usize>| range.start + struck.raw.start..range.end + struck.raw.start;
            let parts: Vec<_> = place
                .parts
                .into_iter()
                .map(|part| moved(text.folded.raw(part)))
                .collect();
            anchors.push(Anchor { targets: parts.clone(), parts });
        }
    }
    let occurrences = anchors.len();
    let verdict = if occurrences == 1 { Verdict::Typographic } else { Verdict::Ambiguous };
    (occurrences > 0).then(|| Found {
        anchors,
        occurrences,
        remarks: vec![Remark::Struck],
        ..Found::new(verdict)
    })
}
