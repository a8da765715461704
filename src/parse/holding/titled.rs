//! What people set within a title so that it is not shown: capitals behind it, a comment, a word behind its
//! id, a box, a padlock.
//!
//! `Ferry PRIVATE`, `Ferry %% private %%`, `Ferry {#ferry} private`, `Ferry {publish: no}`, `[x] private
//! Ferry`, `PRIVATE/Ferry`, `**private** Ferry`, `P R I V A T E Ferry`.

use std::ops::Range;

use super::instruction::instruction;
use super::pair;
use super::region::{holds, in_comment, place};
use super::stamp;
use super::statement::Reading;
use super::words::{LONGEST, is_loud};

/// Where a title holds back what it is the title of.
pub fn hides(reading: &Reading) -> Option<Range<usize>> {
    let typed = reading.rest(0);
    let found = in_comment(typed)
        .or_else(|| behind_braces(typed))
        .or_else(|| in_braces(typed))
        .or_else(|| loud_at_end(typed))
        .or_else(|| before_slash(typed))
        .or_else(|| behind_box(typed))
        .or_else(|| in_small_emphasis(typed))
        .or_else(|| spaced(typed));
    let offset = reading.bytes(0..reading.glyphs.len()).start;
    found
        .map(|place| place.start + offset..place.end + offset)
        .or_else(|| stamp::lock(reading))
}

/// `Ferry {#ferry} private`
fn behind_braces(typed: &str) -> Option<Range<usize>> {
    let behind = typed.rsplit_once('}')?.1.trim();
    (!behind.is_empty() && instruction(behind).is_some()).then(|| place(typed, behind))
}

/// `Ferry {publish: no}`, `Ferry {#ferry visibility=private}`
fn in_braces(typed: &str) -> Option<Range<usize>> {
    let inner = typed.split_once('{')?.1.split_once('}')?.0;
    let parts = inner.split([',', ';']).chain(inner.split_whitespace());
    let mut pairs = parts.filter(|part| pair::says_so(part));
    pairs.next().map(|part| place(typed, part))
}

/// `Ferry DO NOT PUBLISH`: the last words in capitals, where the others are not.
fn loud_at_end(typed: &str) -> Option<Range<usize>> {
    let starts = typed
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .take(LONGEST);
    let mut tails = starts.map(|(at, c)| (&typed[..at], &typed[at + c.len_utf8()..]));
    tails.find_map(|(before, tail)| {
        let tail = tail.trim_end_matches(['#', ' ']);
        let meant = is_loud(tail) && before.contains(char::is_lowercase) && instruction(tail).is_some();
        meant.then(|| place(typed, tail))
    })
}

/// `PRIVATE/Ferry`
fn before_slash(typed: &str) -> Option<Range<usize>> {
    let (before, behind) = typed.split_once('/')?;
    let word = before.trim_start_matches(['#', ' ']).trim();
    let meant = is_loud(word) && holds(word) && behind.contains(char::is_lowercase);
    meant.then(|| place(typed, word))
}

/// `[x] private Ferry`, `☐ private Ferry`
fn behind_box(typed: &str) -> Option<Range<usize>> {
    let title = typed.trim_start_matches(['#', ' ']);
    let boxes = ["[x]", "[X]", "[ ]", "☐", "☑", "☒", "✅", "✓", "✔"];
    let behind = boxes.iter().find_map(|sign| title.strip_prefix(sign))?.trim_start();
    let word = behind.split_whitespace().next()?;
    (holds(word) && word.starts_with(char::is_lowercase)).then(|| place(typed, word))
}

/// `**private** Ferry`: a small letter does not begin a title.
fn in_small_emphasis(typed: &str) -> Option<Range<usize>> {
    let title = typed.trim_start_matches(['#', ' ']);
    let inner = title.trim_start_matches(['*', '_', '=', '~', '`']);
    let end = inner
        .find(['*', '_', '=', '~', '`'])
        .filter(|_| inner.len() < title.len())?;
    let (word, rest) = (&inner[..end], &inner[end..]);
    let next = rest.chars().find(|c| c.is_alphanumeric());
    let is_own = word.starts_with(char::is_lowercase) && next.is_none_or(|c| !c.is_lowercase());
    (is_own && holds(word)).then(|| place(typed, word))
}

/// `P R I V A T E Ferry`
fn spaced(typed: &str) -> Option<Range<usize>> {
    let title = typed.trim_start_matches(['#', ' ']);
    let letters: Vec<&str> = title
        .split_whitespace()
        .take_while(|word| word.chars().count() == 1)
        .take(20)
        .collect();
    let last = letters.last()?;
    (letters.len() > 3 && holds(&letters.concat())).then(|| place(typed, title).start..place(typed, last).end)
}
