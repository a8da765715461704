//! Stamps: the word that people set before or behind a text to hold it back. `[PRIVATE] The source …`,
//! `CONFIDENTIAL – the source …`, `Do not publish: …`, `The source is my neighbour. (private)`, `Entwurf:
//! Ferry`.
//!
//! A stamp stands at the edge of a paragraph or a title, apart from its sentence: in brackets, in capitals,
//! or before a colon or a dash. "Private: the sector that grew" goes on as a sentence, and "the (private)
//! school" has the word within one: neither is a stamp. What stands in brackets and leads somewhere is a
//! link.

use std::ops::Range;

use super::instruction::{VERBS, instruction};
use super::statement::{BRACKETS, Glyph, Key, Reading};
use super::words::{self, ARTICLES, Meaning, is_loud, without_version};
use crate::parse::keys::{folded, truth};
use crate::parse::look::Look;

/// A stamp is no longer, in letters and signs.
const LONGEST: usize = 64;

/// A title, or a paragraph of running text: in a title a word counts that in a sentence might be part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Title,
    Text,
}

/// The stamp before a text.
pub fn before(reading: &Reading, kind: Kind) -> Option<Range<usize>> {
    let start = first(reading)?;
    match bracket(reading, start) {
        Some(pair) => pair.before(reading),
        None => worded_before(reading, start, kind)
            .or_else(|| loud_in_bracket(reading, start))
            .or_else(|| lock(reading)),
    }
}

/// A stamp in capitals, or of several words, that is a paragraph of its own.
pub fn alone(reading: &Reading) -> Option<Range<usize>> {
    let all = first(reading)?..reading.glyphs.len();
    let typed = Some(reading.typed(&all)).filter(|typed| typed.len() <= 4 * LONGEST)?;
    let meaning = stamp(typed)?;
    let is_phrase = meaning == Meaning::Private && typed.split_whitespace().nth(1).is_some();
    (is_loud(typed) || is_phrase).then(|| reading.place(&all))
}

/// The stamp behind a text; `ends`: whether its paragraph ends with the line.
pub fn behind(reading: &Reading, ends: bool, kind: Kind) -> Option<Range<usize>> {
    let start = first(reading)?;
    let bracketed = (start + 1..reading.glyphs.len())
        .filter_map(|at| bracket(reading, at))
        .find_map(|pair| pair.behind(reading, start, ends));
    bracketed.or_else(|| worded_behind(reading, start, kind).filter(|_| ends))
}

/// Where a text begins, behind the signs of a list, a heading and emphasis. `None` in a quotation, a table
/// and code: these are somebody's words.
fn first(reading: &Reading) -> Option<usize> {
    let looks = |at: usize| reading.glyphs.get(at).map(|glyph| glyph.look);
    let mut at = 0;
    loop {
        match looks(at)? {
            Look::Sign('>' | '|' | '`') => return None,
            Look::Sign('[') if looks(at + 2) == Some(Look::Sign(']')) => at += 3,
            Look::Sign(sign) if opens(sign) => return Some(at),
            Look::Digit(_) => {
                let digits = reading.glyphs[at..]
                    .iter()
                    .take_while(|glyph| matches!(glyph.look, Look::Digit(_)))
                    .count();
                let is_number = matches!(looks(at + digits), Some(Look::Sign('.' | ')')));
                if !is_number || looks(at + digits + 1) != Some(Look::Space) {
                    return Some(at);
                }
                at += digits + 2;
            }
            Look::Letter(_) | Look::Other(_) => return Some(at),
            Look::Space | Look::Dash | Look::Colon | Look::Equals | Look::Sign(_) => at += 1,
        }
    }
}

fn opens(sign: char) -> bool {
    sign != '<' && BRACKETS.iter().any(|(open, _)| *open == sign)
}

/// A pair of brackets with a stamp in it.
struct Bracketed {
    opening: char,
    open: usize,
    close: usize,
    inner: Range<usize>,
    meaning: Meaning,
}

/// The pair that begins with a glyph, if a stamp stands in it.
fn bracket(reading: &Reading, open: usize) -> Option<Bracketed> {
    let looks = |at: usize| reading.glyphs.get(at).map(|glyph| glyph.look);
    let Some(Look::Sign(opening)) = looks(open) else { return None };
    let (_, closing) = BRACKETS.iter().find(|(sign, _)| *sign == opening && opens(opening))?;
    let length = reading.glyphs[open..]
        .iter()
        .take(LONGEST)
        .position(|glyph| glyph.look == Look::Sign(*closing))?;
    let close = open + length;
    let inner = open + 1..close;
    let is_link = matches!(looks(close + 1), Some(Look::Sign('(' | '[') | Look::Colon)) && opening == '['
        || open > 0 && matches!(looks(open - 1), Some(Look::Sign('[' | ']' | '!')));
    // `[^private]`, `{#private}`, `[@private]`
    let is_label = matches!(looks(open + 1), Some(Look::Sign('^' | '#' | '@' | '!' | '[')));
    let has_letters = reading.glyphs[inner.clone()].iter().any(Glyph::is_letter);
    if is_link || is_label || !has_letters {
        return None;
    }
    let meaning = meaning_within(reading, &inner, opening)?;
    Some(Bracketed { opening, open, close, inner, meaning })
}

/// In round brackets the stamp stands alone; in others something may follow it: `[PRIVATE – not yet]`.
fn meaning_within(reading: &Reading, inner: &Range<usize>, opening: char) -> Option<Meaning> {
    let typed = reading.typed(inner);
    let ours = || {
        let (key, exact) = reading.key_of(inner)?;
        let near = key == Key::Private && opening != '(' && !typed.contains(char::is_whitespace);
        (key != Key::Rights && (exact || near)).then_some(meaning_of(key))
    };
    let told = || instruction(typed).map(meaning_of);
    stamp(typed).or_else(ours).or_else(told).or_else(|| {
        let first = typed.split(|c: char| !c.is_alphanumeric() && c != ' ' && c != '\'' && c != '’');
        let first = first.take(1).next().filter(|first| first.len() < typed.len())?;
        // `{private: false}`
        let value = typed[first.len()..].strip_prefix([':', '=']);
        let says_no = value.is_some_and(words::is_no);
        stamp(first.trim()).filter(|_| opening != '(' && !says_no)
    })
}

fn meaning_of(key: Key) -> Meaning {
    if key == Key::Draft { Meaning::Draft } else { Meaning::Private }
}

/// What a word says as a stamp: one that is said of other things as well only in capitals.
fn stamp(typed: &str) -> Option<Meaning> {
    match words::meaning(without_version(typed.trim()))? {
        meaning @ (Meaning::Private | Meaning::Draft) => Some(meaning),
        Meaning::State => is_loud(typed).then_some(Meaning::Private),
        Meaning::Public | Meaning::Memo | Meaning::Status | Meaning::Until => None,
    }
}

/// `🔒` before a text, or alone.
pub fn lock(reading: &Reading) -> Option<Range<usize>> {
    let is_lead = |c: char| c.is_whitespace() || matches!(c, '#' | '-' | '*' | '+' | '_');
    let typed = reading.rest(0).trim_start_matches(is_lead);
    let locked = typed.strip_prefix(['🔒', '🔐', '🔏'])?;
    let next: String = locked
        .trim_start_matches('\u{fe0f}')
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphabetic())
        .collect();
    let is_sentence = matches!(next.as_str(), "is" | "was" | "means" | "stands");
    let end = reading.glyphs.len();
    let start = reading.first_letter(0).min(end.saturating_sub(1));
    (!is_sentence).then(|| reading.bytes(start..end))
}

/// Whether a script has small letters and this begins with one.
fn is_small(typed: &str) -> bool {
    typed
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase)
}

impl Bracketed {
    /// "(Private) schools were closed" has the word within its sentence.
    fn before(&self, reading: &Reading) -> Option<Range<usize>> {
        let typed = reading.typed(&self.inner);
        let rest = reading.typed(&(self.close + 1..reading.glyphs.len()));
        let apart = self.opening != '(' || is_loud(typed) || is_small(typed) || !is_small(rest);
        apart.then(|| reading.place(&self.inner))
    }

    /// Behind a sentence that has ended, or at the very end of what it is said of.
    fn behind(&self, reading: &Reading, start: usize, ends: bool) -> Option<Range<usize>> {
        let before = reading.glyphs[start..self.open]
            .iter()
            .rev()
            .find(|glyph| !matches!(glyph.look, Look::Space | Look::Sign('*') | Look::Dash))?;
        let rest = &reading.glyphs[self.close + 1..];
        let is_last = !rest.iter().any(Glyph::is_letter);
        let next = reading.typed(&(self.close + 1..reading.glyphs.len()));
        let behind_sentence = ends_sentence(before.look) && (is_last || !is_small(next));
        let is_bare = rest
            .iter()
            .all(|glyph| matches!(glyph.look, Look::Space | Look::Sign('*' | '#')));
        let at_end = is_last && ends && (self.meaning == Meaning::Private || is_bare);
        (behind_sentence || at_end).then(|| reading.place(&self.inner))
    }
}

fn ends_sentence(look: Look) -> bool {
    matches!(look, Look::Sign('.' | '!' | '?' | '…' | '。' | '！' | '？' | '"' | '”' | '»' | '“'))
}

/// `CONFIDENTIAL – the source …`, `Do not publish: …`, `PRIVATE The source …`
fn worded_before(reading: &Reading, start: usize, kind: Kind) -> Option<Range<usize>> {
    let reach = reading.glyphs.len().min(start + LONGEST);
    let sign = (start..reach).find(|&at| parts(reading, at).is_some());
    let Some(sign) = sign else { return loud_before(reading, start) };
    let head = start..sign;
    let typed = reading.typed(&head);
    let rest = reading.typed(&(sign + 1..reading.glyphs.len()));
    let ours = || {
        let (key, exact) = reading.key_of(&head)?;
        (exact && key != Key::Rights).then_some(meaning_of(key))
    };
    // "Embargo: the EU banned arms."
    let is_told = is_loud(typed) || typed.split_whitespace().nth(1).is_some();
    let told = || instruction(typed).map(meaning_of).filter(|_| is_told);
    let Some(meaning) = stamp(typed).or_else(ours).or_else(told) else { return loud_before(reading, start) };
    let is_phrase =
        typed.split_whitespace().nth(1).is_some() && (meaning == Meaning::Private || stamp(typed).is_none());
    let meant = match parts(reading, sign)? {
        Parting::Comma => is_phrase && !is_told_of(rest, SPEECH),
        Parting::Stop if reading.char(sign) == '!' => !is_small(rest),
        Parting::Stop => is_loud(typed) || is_phrase,
        Parting::Colon if is_loud(typed) || is_phrase => true,
        Parting::Colon => !goes_on(typed, rest),
        Parting::Dash if is_loud(typed) || is_phrase => true,
        Parting::Dash if kind == Kind::Text => !is_small(rest) || is_small(typed),
        Parting::Dash => !goes_on(typed, rest),
    };
    (meant && rest.contains(char::is_alphabetic)).then(|| reading.place(&head))
}

/// What a sentence begins with where a stamp in capitals stands before it, that no stamp is said of.
const DETERMINERS: &[&str] =
    &["the", "this", "that", "my", "our", "his", "her", "their", "he", "she", "they", "it", "we"];

const SPEECH: &[&str] =
    &["said", "says", "wrote", "writes", "read", "reads", "told", "added", "replied", "asked"];

/// "Not for publication, he said": words that are told of, and no stamp.
fn is_told_of(rest: &str, verbs: &[&str]) -> bool {
    let first = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(4);
    first
        .into_iter()
        .any(|word| verbs.contains(&word.to_lowercase().as_str()))
}

/// `[PRIVATE The source …]`
fn loud_in_bracket(reading: &Reading, start: usize) -> Option<Range<usize>> {
    if reading.glyphs[start].look != Look::Sign('[') {
        return None;
    }
    let close = reading.glyphs[start..]
        .iter()
        .position(|glyph| glyph.look == Look::Sign(']'));
    let behind = close
        .and_then(|close| reading.glyphs.get(start + close + 1))
        .map(|glyph| glyph.look);
    let leads = matches!(behind, Some(Look::Sign('(' | '[') | Look::Colon));
    (!leads).then(|| loud_before(reading, start + 1)).flatten()
}

/// `PRIVATE The source …`: capitals, and then a sentence that begins as one.
fn loud_before(reading: &Reading, start: usize) -> Option<Range<usize>> {
    let mut ends = (start..reading.glyphs.len().min(start + LONGEST))
        .filter(|&at| reading.glyphs[at].look == Look::Space)
        .take(words::LONGEST);
    ends.find_map(|end| {
        let head = start..end;
        let typed = reading.typed(&head);
        let next = reading.typed(&(end..reading.glyphs.len()));
        let word: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        let is_phrase = typed.split_whitespace().nth(1).is_some() && !is_told_of(next, VERBS);
        let begins_sentence = word.starts_with(char::is_uppercase) && next.contains(char::is_lowercase)
            || is_phrase
            || DETERMINERS.contains(&word.as_str());
        let meant = is_loud(typed) && begins_sentence && !is_loud(&word) && stamp(typed).is_some();
        meant.then(|| reading.place(&head))
    })
}

/// How a sign parts a stamp from what follows.
enum Parting {
    Colon,
    Dash,
    Stop,
    Comma,
}

fn parts(reading: &Reading, at: usize) -> Option<Parting> {
    let looks = |at: usize| reading.glyphs.get(at).map(|glyph| glyph.look);
    let is_space = |at: Option<usize>| at.and_then(looks) == Some(Look::Space);
    match looks(at)? {
        Look::Colon | Look::Equals => Some(Parting::Colon),
        Look::Dash => (is_space(at.checked_sub(1)) || reading.char(at) == '—').then_some(Parting::Dash),
        Look::Sign('|' | '/' | '•' | '·') => is_space(at.checked_sub(1)).then_some(Parting::Dash),
        Look::Sign('.' | '!') => is_space(Some(at + 1)).then_some(Parting::Stop),
        Look::Sign(',') => is_space(Some(at + 1)).then_some(Parting::Comma),
        Look::Letter(_) | Look::Digit(_) | Look::Other(_) | Look::Space | Look::Sign(_) => None,
    }
}

/// Whether a word with a capital begins a sentence, a list or a figure: "Private: the sector that grew",
/// "Private – public", "Draft: 40 pages".
fn goes_on(typed: &str, rest: &str) -> bool {
    let mut following = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = following.next().unwrap_or_default();
    let is_capital = typed.starts_with(char::is_uppercase);
    let is_count = first.bytes().all(|byte| byte.is_ascii_digit()) && first.len() != 4;
    let answers = truth(first).is_some() || words::meaning(first) == Some(Meaning::Public);
    let begins_sentence = ARTICLES.contains(&first) && following.next().is_some();
    answers || is_count || is_capital && begins_sentence || folded(first) == "public"
}

/// `The source is my neighbour. DO NOT PUBLISH`, `Ferry – Entwurf`
fn worded_behind(reading: &Reading, start: usize, kind: Kind) -> Option<Range<usize>> {
    let glyphs = &reading.glyphs;
    let end = glyphs.iter().rposition(Glyph::is_letter)? + 1;
    let floor = end.saturating_sub(LONGEST).max(start + 1);
    let sign = (floor..end)
        .rev()
        .find(|&at| matches!(parts(reading, at), Some(Parting::Dash | Parting::Stop)))?;
    let tail = sign + 1..end;
    let typed = reading.typed(&tail);
    let meaning = stamp(typed)?;
    let is_phrase = meaning == Meaning::Private && typed.split_whitespace().nth(1).is_some();
    let has_text = glyphs[start..sign].iter().any(Glyph::is_letter);
    let in_title = kind == Kind::Title && matches!(parts(reading, sign), Some(Parting::Dash));
    let apart = || kind == Kind::Text && meaning == Meaning::Private && is_apart(reading, start, sign, typed);
    (has_text && (is_loud(typed) || is_phrase || in_title || apart())).then(|| reading.place(&tail))
}

/// Whether a word is set behind a text as a stamp: "The source is my neighbour. Private.", "… – private". A
/// question is answered by it, and a list has more dashes, or says what is public.
fn is_apart(reading: &Reading, start: usize, sign: usize, typed: &str) -> bool {
    const LEAST: usize = 3;
    let before = reading.typed(&(start..sign));
    let sentence = before.rsplit(['.', '?', '!']).next().unwrap_or_default();
    let is_long = sentence.split_whitespace().nth(LEAST - 1).is_some();
    let is_list = (start..sign).any(|at| matches!(parts(reading, at), Some(Parting::Dash)));
    let names_both = before
        .split_whitespace()
        .any(|word| words::meaning(word) == Some(Meaning::Public));
    let is_word = match parts(reading, sign) {
        Some(Parting::Stop) => typed.starts_with(char::is_uppercase) || !typed.contains(char::is_lowercase),
        _ => true,
    };
    is_long && is_word && !is_list && !names_both
}
