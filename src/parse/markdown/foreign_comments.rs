//! Comments as other tools write them, which are words here: `[//]: # (…)` where Markdown takes it for none,
//! `// …`, `/* … */`, `////`, `{# …` that nothing closes, `::: comment`, `#+BEGIN_COMMENT`; and what is left
//! of a comment within a comment, which ends at the first `-->`.
//!
//! Whoever writes so believes that nobody reads it. It is published until it is mended, so it is an error.

use std::ops::Range;

use super::fences::hiding_fence;
use super::look_alikes::{Places, list_mark};
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::parse::lines::{Line, lines};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::markdown::{comment_look_alike, lone_close};

/// Tells of such comments in a part of a file.
pub fn foreign_comments(path: &InputPath, text: &str, part: Range<usize>, body: &Body) -> Vec<Diagnostic> {
    let Some(typed) = text.get(..part.end) else { return Vec::new() };
    let all = || lines(typed, part.start);
    let closes = lone_closes(typed, part.start);
    let mut above_is_blank = true;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for line in all() {
        found.extend(sign(&line, above_is_blank).map(|(at, length)| (line.start + at, length)));
        above_is_blank = line.is_blank();
    }
    if found.is_empty() && closes.is_empty() {
        return Vec::new();
    }
    let places = Places::of(body);
    let is_shown = |at: usize, length: usize| {
        let is_fence = text[at..].starts_with(['`', '~']);
        if is_fence { !places.is_code(at) } else { places.is_words(at + length - 1) }
    };
    let told = found
        .into_iter()
        .filter(|(at, length)| is_shown(*at, *length))
        .map(|(at, length)| comment_look_alike(path, Span::new(at..at + length), &text[at..at + length]));
    let lone = closes
        .into_iter()
        .filter(|at| places.is_words(*at))
        .map(|at| lone_close(path, Span::new(at..at + "-->".len())));
    told.chain(lone).collect()
}

/// Where a comment of another tool begins in a line, and how long its sign is.
fn sign(line: &Line, above_is_blank: bool) -> Option<(usize, usize)> {
    let at = list_mark(line);
    let words = &line.text[at..];
    let at_start = |length: usize| (length > 0).then_some((at, length));
    let typed = words.trim_end();
    let fence = hiding_fence(words).unwrap_or(0);
    let rule = if typed.len() > 3 && typed.chars().all(|c| c == '/') { typed.len() } else { 0 };
    let slashes = if above_is_blank && words.starts_with("// ") { 2 } else { 0 };
    at_start(fence)
        .or_else(|| at_start(definition(words).unwrap_or(0)))
        .or_else(|| at_start(rule))
        .or_else(|| at_start(slashes))
        .or_else(|| starred(line.text))
        .or_else(|| open_brace(line.text))
}

/// `[//]: # (…)`, `[comment]: <> (…)`: an address that leads nowhere.
fn definition(words: &str) -> Option<usize> {
    let (label, rest) = words.strip_prefix('[')?.split_once("]:")?;
    let address = rest.trim_start();
    let leads_nowhere = address == "#" || address.starts_with("# ") || address.starts_with("<>");
    let is_idiom = matches!(label, "//" | "comment" | "_") || leads_nowhere;
    (is_idiom && label.len() < 40).then_some(1 + label.len() + "]:".len())
}

/// `/*X*/`, whose stars Markdown takes for emphasis.
fn starred(text: &str) -> Option<(usize, usize)> {
    let at = text.find("/*")?;
    let is_apart = text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let inner = &text[at + "/*".len()..];
    let is_tight = !inner.starts_with(char::is_whitespace) && inner.contains("*/");
    (is_apart && (is_tight || text[..at].trim().is_empty() && !inner.contains("*/"))).then_some((at, 1))
}

/// `{# …` that nothing closes.
fn open_brace(text: &str) -> Option<(usize, usize)> {
    let at = text.find("{# ")?;
    (!text[at..].contains('}')).then_some((at, "{#".len()))
}

/// Where `-->` follows a comment that holds the beginning of another one.
fn lone_closes(typed: &str, from: usize) -> Vec<usize> {
    let mut closes = Vec::new();
    let (mut open, mut is_nested) = (0, false);
    let signs = memchr::memmem::find_iter(typed.as_bytes(), b"--")
        .filter(|&at| at >= from)
        .filter_map(|at| {
            let opens = at >= from + 2 && typed.as_bytes()[..at].ends_with(b"<!");
            let ends = typed.as_bytes()[at + 2..].starts_with(b">");
            (opens || ends).then_some((at, opens))
        });
    for (at, opens) in signs {
        match (opens, open) {
            (true, _) => open += 1,
            (false, 0) => {
                closes.extend(is_nested.then_some(at));
                is_nested = false;
            }
            (false, count) => {
                is_nested = count > 1;
                open = 0;
            }
        }
    }
    closes
}
