//! What people set round a part of a text so that it is not shown: `<!-- begin private -->`, `%% private %%`,
//! `<private>…</private>`, `<div class="private">`, `::: private`.
//!
//! Only a whole note is held back or published, so that one such sign holds all of it.

use std::ops::Range;

use super::instruction::instruction;
use super::stated::key_of;
use super::words;

/// Where a line begins or ends such a part.
pub fn marks(line: &str) -> Option<Range<usize>> {
    if !line.contains(['%', '<', ':', '`', '~', '[']) {
        return None;
    }
    in_comment(line).or_else(|| in_tag(line)).or_else(|| fence(line))
}

/// Where a part of a text stands in it.
pub fn place(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - whole.as_ptr() as usize;
    start..start + part.len()
}

pub fn holds(word: &str) -> bool {
    words::meaning(word).and_then(key_of).is_some()
}

/// A comment that is an instruction and nothing else.
pub fn in_comment(line: &str) -> Option<Range<usize>> {
    [("%%", "%%"), ("<!--", "-->")].iter().find_map(|(open, close)| {
        let inner = line.split_once(open)?.1.split_once(close)?.0;
        instruction(inner).map(|_| place(line, inner))
    })
}

/// `<private>`, `<div class="private">`
fn in_tag(line: &str) -> Option<Range<usize>> {
    const MOST: usize = 20;
    line.match_indices('<').take(MOST).find_map(|(at, _)| {
        let inner = line[at + 1..].split('>').next()?.trim_start_matches('/');
        let is_code = line[..at].matches('`').count() % 2 == 1;
        let name = inner.split(|c: char| c.is_whitespace()).next()?;
        let class = || {
            inner
                .split_once("class=")
                .map(|(_, class)| class.trim_matches(['"', '\'', '/']))
        };
        let word = Some(name).filter(|name| holds(name)).or_else(|| {
            class()?
                .split_whitespace()
                .map(|word| word.trim_matches(['"', '\'']))
                .find(|word| holds(word))
        });
        word.filter(|word| !is_code && !word.is_empty())
            .map(|word| place(line, word))
    })
}

/// ``` ```private ```, `~~~ {.private}`, `::: private`
fn fence(line: &str) -> Option<Range<usize>> {
    let typed = line.trim();
    let sign = ["```", "~~~", ":::"].iter().find(|sign| typed.starts_with(**sign))?;
    let info = typed
        .trim_start_matches(&sign[..1])
        .trim_matches(['{', '}', '.', ' ', '[', ']']);
    (!info.is_empty() && instruction(info).is_some()).then(|| place(line, info))
}
