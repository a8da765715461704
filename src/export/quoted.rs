//! The words of a passage, as exports may hold them: those that the pages show, with no more round them than
//! the source's rights allow.

use std::ops::Range;

use serde::Serialize;

use crate::model::dossier::Passage;
use crate::model::quote::Anchor;
use crate::model::rights::Shown;
use crate::reason::evidence::stands;
use crate::render::context::{RenderContext, SourceText};
use crate::render::excerpt::windows;

/// How many characters before and after a quotation tell it from others like it, after the practice of the
/// Web Annotation model.
const CONTEXT: usize = 32;

/// A W3C `TextQuoteSelector`.
#[derive(Serialize)]
pub struct Selector {
    exact: String,
    prefix: String,
    suffix: String,
    r#type: &'static str,
}

/// The state of a passage: `shown`, `review` where its words no longer stand in the source, `withheld` where
/// its rights forbid them.
pub fn state(context: &RenderContext<'_>, passage: &Passage) -> &'static str {
    match context.dossier.source(passage.source).shown() {
        _ if !stands(passage) => "review",
        Shown::Nothing => "withheld",
        Shown::Whole(_) | Shown::Excerpts(_) => "shown",
    }
}

/// A selector for each stretch of words that a passage means; none where they are not shown.
pub fn selectors(context: &RenderContext<'_>, passage: &Passage) -> Vec<Selector> {
    let Some(text) = context.text(passage.source).filter(|_| stands(passage)) else { return Vec::new() };
    let whole = context.dossier.source(passage.source).shown().whole().is_some();
    let border = |anchor: &Anchor, target: &Range<usize>| {
        if whole { 0..text.body.reading.len() } else { excerpt(text, anchor, target) }
    };
    let anchors = passage.anchors.iter();
    anchors
        .flat_map(|anchor| {
            anchor
                .targets
                .iter()
                .map(move |target| selector(&text.body.reading, target, &border(anchor, target)))
        })
        .collect()
}

/// The words of each stretch that a passage means; none where they are not shown.
pub fn stretches(context: &RenderContext<'_>, passage: &Passage) -> Vec<String> {
    let Some(text) = context.text(passage.source).filter(|_| stands(passage)) else { return Vec::new() };
    let targets = passage.anchors.iter().flat_map(|anchor| &anchor.targets);
    targets
        .map(|target| plain(&text.body.reading, target.clone()))
        .collect()
}

/// The whole words of a passage as one text, `[…]` between its parts; empty where they are not shown.
pub fn words(context: &RenderContext<'_>, passage: &Passage) -> String {
    let Some(text) = context.text(passage.source).filter(|_| stands(passage)) else { return String::new() };
    let parts = passage.anchors.first().into_iter().flat_map(|anchor| &anchor.parts);
    parts
        .map(|part| plain(&text.body.reading, part.clone()))
        .collect::<Vec<_>>()
        .join(" […] ")
}

/// The selector of some words, with what stands round them within a border.
fn selector(reading: &str, target: &Range<usize>, border: &Range<usize>) -> Selector {
    let start = reading[border.start..target.start]
        .char_indices()
        .rev()
        .nth(CONTEXT - 1)
        .map_or(border.start, |(at, _)| border.start + at);
    let end = reading[target.end..border.end]
        .char_indices()
        .nth(CONTEXT)
        .map_or(border.end, |(at, _)| target.end + at);
    Selector {
        exact: plain(reading, target.clone()),
        prefix: spaced(&reading[start..target.start]),
        suffix: spaced(&reading[target.end..end]),
        r#type: "TextQuoteSelector",
    }
}

/// What an excerpt shows of the text round some words of a passage.
fn excerpt(text: &SourceText<'_>, anchor: &Anchor, target: &Range<usize>) -> Range<usize> {
    let shown = windows(text.body, &text.lines, &anchor.parts, text.surroundings);
    let window = shown
        .into_iter()
        .map(|window| window.range)
        .find(|range| range.start <= target.start && target.end <= range.end);
    window.unwrap_or_else(|| target.clone())
}

/// White space of any length is one space, as readers see it.
fn plain(reading: &str, range: Range<usize>) -> String {
    let typed = reading.get(range).unwrap_or_default();
    let mut plain = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
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
