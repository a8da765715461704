//! The words of a passage, as exports may hold them: those that the pages show, with no more round them than the source's rights allow.

use std::ops::Range;

use serde_json::{Value, json};

use crate::model::dossier::{Passage, Rights, Source};
use crate::model::quote::Anchor;
use crate::reason::evidence::stands;
use crate::render::excerpt::windows;
use crate::render::press::{Press, surroundings};

/// How many characters before and after a quotation tell it from others like it, after the practice of the Web Annotation model.
const CONTEXT: usize = 32;

/// The state of a passage: `shown`, `review` where its words no longer stand in the source, `withheld` where its rights forbid them.
pub fn state(press: &Press<'_>, passage: &Passage) -> &'static str {
    match press.dossier.source(passage.source).facts.rights {
        _ if !stands(passage) => "review",
        Rights::None => "withheld",
        Rights::Full | Rights::Excerpts => "shown",
    }
}

/// A W3C `TextQuoteSelector` for each stretch of words that a passage means; none where they are not shown.
pub fn selectors(press: &Press<'_>, passage: &Passage) -> Vec<Value> {
    if state(press, passage) != "shown" {
        return Vec::new();
    }
    let anchors = passage.anchors.iter();
    anchors.flat_map(|anchor| anchor.targets.iter().map(move |target| selector(press, passage, anchor, target))).collect()
}

/// The whole words of a passage as one text, `[…]` between its parts; empty where they are not shown.
pub fn words(press: &Press<'_>, passage: &Passage) -> String {
    let source = press.dossier.source(passage.source);
    let anchor = passage.anchors.first().filter(|_| state(press, passage) == "shown");
    let parts = anchor.into_iter().flat_map(|anchor| &anchor.parts);
    parts.map(|part| plain(&source.body.reading, part.clone())).collect::<Vec<_>>().join(" […] ")
}

fn selector(press: &Press<'_>, passage: &Passage, anchor: &Anchor, target: &Range<usize>) -> Value {
    let source = press.dossier.source(passage.source);
    let reading = &source.body.reading;
    let border = border(press, source, passage, anchor, target);
    let start = reading[border.start..target.start].char_indices().rev().nth(CONTEXT - 1).map_or(border.start, |(at, _)| border.start + at);
    let end = reading[target.end..border.end].char_indices().nth(CONTEXT).map_or(border.end, |(at, _)| target.end + at);
    json!({
        "type": "TextQuoteSelector",
        "exact": plain(reading, target.clone()),
        "prefix": spaced(&reading[start..target.start]),
        "suffix": spaced(&reading[target.end..end]),
    })
}

/// What may be shown round some words: the whole text, or what an excerpt of it holds.
fn border(press: &Press<'_>, source: &Source, passage: &Passage, anchor: &Anchor, target: &Range<usize>) -> Range<usize> {
    match source.facts.rights {
        Rights::Full => 0..source.body.reading.len(),
        Rights::Excerpts | Rights::None => {
            let text = press.text(passage.source);
            let shown = windows(&source.body, &text.lines, &anchor.parts, surroundings(source.facts.rights));
            let window = shown.into_iter().map(|window| window.range).find(|range| range.start <= target.start && target.end <= range.end);
            window.unwrap_or_else(|| target.clone())
        }
    }
}

/// White space of any length is one space, as readers see it.
fn plain(reading: &str, range: Range<usize>) -> String {
    reading.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same, with a space kept at an end that has one.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !c.is_whitespace() => spaced.push(c),
            _ if spaced.ends_with(' ') => {}
            _ => spaced.push(' '),
        }
    }
    spaced
}
