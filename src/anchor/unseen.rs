//! What a passage holds that nobody sees or that nobody writes today: it is folded away, and told.

use std::ops::Range;

use super::found::Remark;
use crate::parse::look;

/// What is told of a passage. `quoted` is how its writer quotes it: old letters that are quoted as they stand
/// need no word.
pub fn remarks(raw: &str, passage: Range<usize>, quoted: &str) -> Vec<Remark> {
    let words = &raw[passage.clone()];
    let is_plain = words
        .bytes()
        .all(|byte| byte.is_ascii() && (!byte.is_ascii_control() || byte.is_ascii_whitespace()));
    if is_plain && !is_turned_from_outside(raw, passage.start) {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    let turning = turning(raw, passage.clone());
    let ends_it = |c: char| closes(c) && !turning.is_empty();
    let mut invisible = distinct(words, |c| is_told(c) && !turning.contains(&c) && !ends_it(c));
    invisible.extend(within_numbers(words));
    let old: Vec<char> = distinct(words, |c| matches!(c, 'ſ' | 'ꝛ' | 'ﬅ'))
        .into_iter()
        .filter(|&c| !quoted.contains(c))
        .collect();
    remarks.extend((!turning.is_empty()).then_some(Remark::Turned(turning)));
    remarks.extend((!invisible.is_empty()).then_some(Remark::Invisible(invisible)));
    remarks.extend((!old.is_empty()).then_some(Remark::OldLetters(old)));
    remarks
}

fn distinct(words: &str, of: impl Fn(char) -> bool) -> Vec<char> {
    let mut found: Vec<char> = words.chars().filter(|&c| of(c)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Invisible characters that are no matter of setting or spelling.
fn is_told(c: char) -> bool {
    look::is_invisible(c) && !look::is_of_setting(c) && !look::is_tag(c)
}

/// Within a number nothing unseen is a matter of setting. (The flags of Scotland and Wales are made of tags.)
fn within_numbers(words: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let mut last = None;
    for c in words.chars() {
        if look::is_invisible(c) {
            run.push(c);
            continue;
        }
        let is_within = last.is_some_and(is_of_number) && is_of_number(c);
        found.extend(run.drain(..).filter(|&c| is_within && !is_told(c)));
        last = Some(c);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn is_of_number(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',')
}

/// Characters that make what follows them run the other way, up to their end.
fn opens(c: char) -> bool {
    matches!(c, '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' | '\u{2066}'..='\u{2068}')
}

fn closes(c: char) -> bool {
    matches!(c, '\u{202C}' | '\u{2069}')
}

/// How far before a passage its line is looked at for what turns it.
const REACH: usize = 4096;

/// What is open where a passage begins, in its own line.
fn open_before(raw: &str, start: usize) -> Vec<char> {
    let from = raw.floor_char_boundary(start.saturating_sub(REACH));
    let before = &raw[from..start];
    let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    let mut open = Vec::new();
    for c in line.chars().filter(|&c| opens(c) || closes(c)) {
        if opens(c) {
            open.push(c);
        } else {
            open.pop();
        }
    }
    open
}

fn is_turned_from_outside(raw: &str, start: usize) -> bool {
    !open_before(raw, start).is_empty()
}

/// The characters under whose reach digits of the passage stand.
fn turning(raw: &str, passage: Range<usize>) -> Vec<char> {
    let mut open = open_before(raw, passage.start);
    let mut turning = Vec::new();
    for c in raw[passage].chars() {
        match c {
            '\n' => open.clear(),
            _ if opens(c) => open.push(c),
            _ if closes(c) => {
                open.pop();
            }
            _ if c.is_numeric() && open.iter().any(|open| !turning.contains(open)) => turning.extend(&open),
            _ => {}
        }
    }
    turning.sort_unstable();
    turning.dedup();
    turning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_digits_round_is_told_even_from_before() {
        let raw = "on \u{202E}12 May\u{202C} and 13 June";
        assert_eq!(remarks(raw, 3..raw.len(), ""), [Remark::Turned(vec!['\u{202E}'])]);
        assert_eq!(remarks(raw, 6..8, ""), [Remark::Turned(vec!['\u{202E}'])]);
        let from = raw.find("13").unwrap_or_default();
        assert_eq!(remarks(raw, from..raw.len(), ""), []);
    }

    #[test]
    fn old_letters_and_what_nobody_sees() {
        assert_eq!(remarks("the laſt", 0..9, "the last"), [Remark::OldLetters(vec!['ſ'])]);
        assert_eq!(remarks("the laſt", 0..9, "the laſt"), []);
        assert_eq!(remarks("a\u{200B}b", 0..5, "ab"), [Remark::Invisible(vec!['\u{200B}'])]);
        for c in [
            '\u{8}',
            '\u{7F}',
            '\u{90}',
            '\u{AD}',
            '\u{34F}',
            '\u{600}',
            '\u{2800}',
            '\u{3164}',
            '\u{FE0F}',
            '\u{FFF9}',
            '\u{1D173}',
            '\u{E0031}',
        ] {
            let raw = format!("41,2{c}00");
            assert_eq!(remarks(&raw, 0..raw.len(), ""), [Remark::Invisible(vec![c])], "{c:?}");
        }
        assert_eq!(remarks("co\u{AD}op 🏳\u{FE0F}", 0..14, ""), []);
    }
}
