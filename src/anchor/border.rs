//! Where a passage may begin and end: at a word border (UAX #29), and never inside a number.
//!
//! `110` does not stand in `1,110`, `123` not in `123.5`, `5` not in `-5`, `$5` not in `A$5`. Scripts that set no space between words
//! have no word borders either: there a passage begins and ends between any two characters that are not one on the page.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::fold::{Folded, is_currency, is_dash, is_unspaced};

/// How far to either side of a border its context is looked at, in characters. No rule of UAX #29 that tells words apart looks
/// further than a word; a longer one has no border in its middle anyway.
const CONTEXT: usize = 40;

/// Whether words may begin at this place of the folded text. `raw` is what was folded.
pub fn may_begin(raw: &str, folded: &Folded, at: usize) -> bool {
    is_border(&folded.text, at) && !begins_inside_number(raw, folded, at)
}

/// Whether words may end at this place of the folded text.
pub fn may_end(folded: &Folded, at: usize) -> bool {
    is_border(&folded.text, at) && !ends_inside_number(&folded.text, at)
}

/// The nearest word border at or before a place.
pub fn border_before(text: &str, at: usize) -> usize {
    let borders = text[..at].char_indices().rev().map(|(i, _)| i);
    std::iter::once(at).chain(borders).take(CONTEXT).find(|&i| is_border(text, i)).unwrap_or(at)
}

/// The nearest word border at or after a place.
pub fn border_after(text: &str, at: usize) -> usize {
    let borders = text[at..].char_indices().map(|(i, c)| at + i + c.len_utf8());
    std::iter::once(at).chain(borders).take(CONTEXT).find(|&i| is_border(text, i)).unwrap_or(at)
}

fn is_border(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { return true };
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
    let before: usize = text[..at].chars().rev().take(CONTEXT).take_while(near).map(char::len_utf8).sum();
    let after: usize = text[at..].chars().take(CONTEXT).take_while(near).map(char::len_utf8).sum();
    at - before..at + after
}

fn begins_inside_number(raw: &str, folded: &Folded, at: usize) -> bool {
    let text = &folded.text;
    let mut after = text[at..].chars();
    let mut before = text[..at].chars().rev();
    let (Some(first), Some(last)) = (after.next(), before.next()) else { return false };
    let second = after.next();
    let last_but_one = before.next();
    if first.is_numeric() {
        return is_sign(raw, folded, at) || is_fraction(first) && last.is_numeric() || last == '.' && last_but_one.is_none_or(opens_number);
    }
    let signed = is_dash(first) && second.is_some_and(char::is_numeric);
    let currency = is_currency(first);
    (signed && last.is_alphanumeric()) || (currency && last.is_alphabetic())
}

fn ends_inside_number(text: &str, at: usize) -> bool {
    let last = text[..at].chars().next_back();
    let next = text[at..].chars().next();
    last.is_some_and(char::is_numeric) && next.is_some_and(is_fraction)
}

/// Whether the character before a number is its sign. A dash after a letter or digit is a hyphen or a range (`Covid-19`,
/// `2023–2026`), a long dash is punctuation.
fn is_sign(raw: &str, folded: &Folded, at: usize) -> bool {
    if !folded.text[..at].ends_with(['-', '+']) {
        return false;
    }
    let sign = folded.raw(at - 1..at);
    let before = raw[..sign.start].chars().next_back();
    matches!(&raw[sign], "-" | "+" | "−" | "‐" | "–" | "﹣" | "－" | "＋") && !before.is_some_and(char::is_alphanumeric)
}

fn opens_number(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '-' | '+') || is_currency(before)
}

/// `½`: part of the number before it.
fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '\u{2150}'..='\u{215F}' | '\u{2189}')
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
        assert_eq!((may_begin(&raw, &folded, at), may_end(&folded, at)), (begin, end), "{text}");
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
        check(false, true, "fell -|5");
        check(false, true, "fell −|5");
        check(false, true, "grew +|5");
        check(true, true, "2023–|2026");
        check(false, true, "2023|–2026");
        check(true, true, "Covid-|19");
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
