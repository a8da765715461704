//! Where a passage may begin and end: at a word border (UAX #29), and never inside a number.
//!
//! `110` does not stand in `1,110`, `10` not in `10:30`, `30` not in `30 %`, `5` not in `-5`: `whole` tells.
//! Scripts that set no space between words have no word borders either: there a passage begins and ends
//! between any two characters that are not one on the page. What a passage may leave out (`Folded::optional`)
//! does not stand between two words.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::fold::{Folded, is_currency, is_unspaced};
use super::{spelled, whole};

/// How far to either side of a border its context is looked at, in characters. No rule of UAX #29 that tells
/// words apart looks further than a word; a longer one has no border in its middle anyway.
const CONTEXT: usize = 40;

/// Whether words may begin at this place of the folded text. `raw` is what was folded.
pub fn may_begin(raw: &str, folded: &Folded, at: usize) -> bool {
    if is_behind_minus(raw, folded, at) {
        return false;
    }
    let before = before_optional(folded, at);
    if before < at {
        return !are_one_word(raw, folded, before, at);
    }
    let border = is_border(&folded.text, at) || folded.edges.binary_search(&at).is_ok();
    let inside = begins_inside_number(&folded.text, at) || begins_behind_hyphen(raw, folded, at);
    border && !inside && (begins_at_scale(&folded.text, at) || !whole::is_inside(raw, folded, at))
}

/// `million tons` behind a figure: without its digits nobody reads it as another figure.
fn begins_at_scale(text: &str, at: usize) -> bool {
    let digits = text[..at]
        .strip_suffix(' ')
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    digits && spelled::begins_number(&text[at..])
}

/// Whether words may end at this place of the folded text.
pub fn may_end(raw: &str, folded: &Folded, at: usize) -> bool {
    let after = after_optional(folded, at);
    if after > at {
        return !are_one_word(raw, folded, at, after);
    }
    let rest = &folded.text[at..];
    let marks = rest.len() - rest.trim_start_matches(['.', '!', '?', '"', '\'', ')', ']']).len();
    let border = is_border(&folded.text, at) || folded.edges.binary_search(&(at + marks)).is_ok();
    border && !is_before_figure(raw, folded, at) && !whole::is_inside(raw, folded, at)
}

/// A minus (U+2212) is the sign of the number behind it, spaces or not, and however a line begins with it.
fn is_behind_minus(raw: &str, folded: &Folded, at: usize) -> bool {
    let number = folded.text[at..]
        .trim_start_matches(is_currency)
        .starts_with(char::is_numeric);
    number
        && raw[..folded.raw(at..at).start]
            .trim_end_matches([' ', '\u{A0}', '\u{2009}', '\u{202F}'])
            .ends_with('−')
}

/// A number behind a word and a hyphen: `Under-18`, `post-1990`, `Covid-19`. Alone it would be another
/// number, and with the hyphen one that is less than nothing.
fn begins_behind_hyphen(raw: &str, folded: &Folded, at: usize) -> bool {
    let text = &folded.text;
    let number = |text: &str| text.starts_with(char::is_numeric) || spelled::begins_number(text);
    let signed = text[at..]
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(char::is_numeric));
    signed && whole::is_hyphen(raw, folded, at)
        || text[..at].ends_with('-') && number(&text[at..]) && whole::is_hyphen(raw, folded, at - 1)
}

/// Between a hyphen and its number nothing ends either.
fn is_before_figure(raw: &str, folded: &Folded, at: usize) -> bool {
    let text = &folded.text;
    text[..at].ends_with('-')
        && text[at..].starts_with(char::is_numeric)
        && whole::is_hyphen(raw, folded, at - 1)
}

/// Where what stands before a place begins, if a passage may leave it out.
fn before_optional(folded: &Folded, mut at: usize) -> usize {
    let mut next = folded.optional.partition_point(|range| range.end <= at);
    while let Some(range) = next
        .checked_sub(1)
        .map(|last| &folded.optional[last])
        .filter(|range| range.end == at)
    {
        (at, next) = (range.start, next - 1);
    }
    at
}

/// Where what stands behind a place ends, if a passage may leave it out.
fn after_optional(folded: &Folded, mut at: usize) -> usize {
    let next = folded.optional.partition_point(|range| range.start < at);
    for range in &folded.optional[next..] {
        if range.start != at {
            break;
        }
        at = range.end;
    }
    at
}

/// Whether the letters on either side of what may be left out would be one word without it.
fn are_one_word(raw: &str, folded: &Folded, before: usize, after: usize) -> bool {
    let wordy = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    let text = &folded.text;
    if !text[..before].ends_with(wordy) || !text[after..].starts_with(wordy) {
        return false;
    }
    let between = folded.raw(before - 1..before).end..folded.raw(after..after + 1).start;
    !raw.get(between)
        .is_some_and(|between| between.contains(char::is_whitespace))
}

/// The nearest word border at or before a place.
pub fn border_before(text: &str, at: usize) -> usize {
    let borders = text[..at].char_indices().rev().map(|(i, _)| i);
    std::iter::once(at)
        .chain(borders)
        .take(CONTEXT)
        .find(|&i| is_border(text, i))
        .unwrap_or(at)
}

/// The nearest word border at or after a place.
pub fn border_after(text: &str, at: usize) -> usize {
    let borders = text[at..].char_indices().map(|(i, c)| at + i + c.len_utf8());
    std::iter::once(at)
        .chain(borders)
        .take(CONTEXT)
        .find(|&i| is_border(text, i))
        .unwrap_or(at)
}

fn is_border(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
        return true;
    };
    if before.is_ascii() && after.is_ascii() {
        let (wordy_before, wordy_after) = (before.is_ascii_alphanumeric(), after.is_ascii_alphanumeric());
        if wordy_before && wordy_after {
            return false;
        }
        if before == ' ' || after == ' ' {
            return true;
        }
    }
    if is_unspaced(before) || is_unspaced(after) {
        return !is_combining_mark(after);
    }
    if after.is_whitespace() {
        return true; // the tables are asked for words alone, and here a word has ended
    }
    is_border_by_tables(text, at)
}

fn is_border_by_tables(text: &str, at: usize) -> bool {
    let context = context(text, at);
    let start = context.start;
    text[context].split_word_bound_indices().any(|(i, _)| start + i == at)
}

/// The words on either side of a place, without what white space parts from it.
fn context(text: &str, at: usize) -> Range<usize> {
    let near = |c: &char| !c.is_whitespace();
    let before: usize = text[..at]
        .chars()
        .rev()
        .take(CONTEXT)
        .take_while(near)
        .map(char::len_utf8)
        .sum();
    let after: usize = text[at..]
        .chars()
        .take(CONTEXT)
        .take_while(near)
        .map(char::len_utf8)
        .sum();
    at - before..at + after
}

/// `A$5`, and a point that opens a number: `of .5`.
fn begins_inside_number(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let (Some(first), Some(last)) = (text[at..].chars().next(), before.next()) else { return false };
    let point = || last == '.' && before.clone().next().is_none_or(opens_number);
    first.is_numeric() && point() || is_currency(first) && last.is_alphabetic()
}

fn opens_number(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '-' | '+') || is_currency(before)
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    /// `|` marks the one place that is asked about.
    #[track_caller]
    fn check(begin: bool, end: bool, text: &str) {
        let at = text.find('|').expect("the place is marked");
        let raw = text.replace('|', "");
        let folded = fold(&raw);
        let at = folded.folded(at);
        assert_eq!((may_begin(&raw, &folded, at), may_end(&raw, &folded, at)), (begin, end), "{text}");
    }

    #[test]
    fn words_end_where_readers_say() {
        check(true, true, "goods| trade");
        check(true, true, "(|goods)");
        check(true, true, "multi|-seat");
        check(false, false, "go|ods");
        check(false, false, "don|'t");
        check(false, false, "Lâ|m");
        check(true, true, "|Lâm");
        check(true, true, "a été fermé| ; la préfète");
        check(true, true, "điện đàm với |ông Trump");
        check(true, true, "Hà Nội 🇻🇳| và");
    }

    #[test]
    fn numbers_are_whole() {
        check(false, false, "1,|110");
        check(false, false, "123|.5");
        check(false, false, "Covid-|19"); // 19 alone is another number
        check(false, true, "Covid|-19"); // and so is -19
        check(false, false, "Under-|18 players");
        check(false, false, "Shift-Control-|2.");
        check(false, true, "Under-|eighteen players");
        check(false, false, "Covid-\n|19");
        check(true, true, "ships—|5 of them");
        check(true, true, "ships —|5 of them");
        check(false, true, "A|$5");
        check(false, false, "1|½");
        check(false, true, "of .|5");
        check(true, true, "the end.| 5");
    }

    #[test]
    fn scripts_without_spaces_have_borders_everywhere() {
        check(true, true, "北京|市");
        check(true, true, "สวัส|ดี");
        check(false, false, "ส|ั");
    }
}
