//! What a line states behind other words: `NB private: true`, `isDraft: yes`, `Entwurf: ja`, `publish: no`,
//! `note to self: private`.
//!
//! At every colon and equals sign it asks what stands behind it: a plain yes, a plain no, or the word itself.
//! Only then the few words before it are looked at. So honest prose, whose colons are followed by sentences,
//! costs one look and holds nothing back.

use std::ops::Range;

use super::held::{Ground, Held, strict_rights};
use super::statement::{Glyph, Key, LONGEST_HEAD, Reading};
use super::words::{self, Meaning};
use crate::parse::look::Look;

/// What a sign stands between.
struct Stated {
    /// The words before it, first to last.
    words: Vec<Range<usize>>,
    /// Whether nothing stands before them but the signs that a line begins with.
    at_start: bool,
    /// What follows, up to the next border, and whether that ends the line.
    answer: String,
    at_end: bool,
}

/// The first of the line's statements that holds something back.
pub fn stated(reading: &Reading, ground: Ground) -> Option<Held> {
    let parts = |at: &usize| matches!(reading.glyphs[*at].look, Look::Colon | Look::Equals);
    let signs = (0..reading.glyphs.len()).filter(parts);
    signs
        .filter_map(|sign| Stated::at(reading, sign))
        .find_map(|said| said.holds(reading, ground))
}

impl Stated {
    fn at(reading: &Reading, sign: usize) -> Option<Stated> {
        let (answer, at_end) = answer(reading, sign + 1)?;
        let means_something = words::is_yes(&answer)
            || words::is_no(&answer)
            || strict_rights(&answer).is_some()
            || words::meaning(&answer).is_some();
        if !means_something {
            return None;
        }
        let from = head_start(reading, sign);
        let words = words_of(reading, from..sign);
        let is_word = |glyph: &&Glyph| matches!(glyph.look, Look::Letter(_) | Look::Other(_));
        // Behind a number, `a)` and the like too.
        let at_start = reading.glyphs[..from].iter().filter(is_word).take(2).count() < 2;
        (!words.is_empty()).then_some(Stated { words, at_start, answer, at_end })
    }

    fn holds(&self, reading: &Reading, ground: Ground) -> Option<Held> {
        let held = |key: Key, words: Range<usize>| Some(Held { key, place: reading.place(&words) });
        let whole = self.words[0].start..self.words[self.words.len() - 1].end;
        if let Some((key, place)) = self.key(reading, ground).filter(|(key, _)| self.affirms(*key)) {
            return held(key, place);
        }
        // `publish: no`. In running text that is an answer like others.
        if ground == Ground::Fields && words::is_no(&self.answer) && self.means(reading, Meaning::Public) {
            return held(Key::Draft, whole);
        }
        let is_memo = self.at_end && self.words.len() <= words::LONGEST && self.means(reading, Meaning::Memo);
        let key = words::meaning(&self.answer).and_then(key_of).filter(|_| is_memo)?;
        held(key, whole)
    }

    fn affirms(&self, key: Key) -> bool {
        match key {
            Key::Rights => strict_rights(&self.answer).is_some(),
            Key::Private | Key::Draft => words::is_yes(&self.answer),
        }
    }

    /// The key that the words before the sign name. In running text they are few and the key is the first or
    /// the last of them.
    fn key(&self, reading: &Reading, ground: Ground) -> Option<(Key, Range<usize>)> {
        const MOST: usize = 3;
        let count = self.words.len();
        let single = count == 1 && self.at_start && (ground == Ground::Fields || self.at_end);
        let jumbled = || single.then(|| Some((reading.jumbled(&self.words[0])?, self.words[0].clone())))?;
        let free = ground == Ground::Fields || self.at_end && count <= MOST;
        // "Private eye: yes" has another word behind it, which makes another thing of it.
        let is_key = |at: usize| at + 1 == count || joins(reading, &self.words[at], &self.words[at + 1]);
        let is_end = |at: usize| (ground == Ground::Fields || at == 0 || at + 1 == count) && is_key(at);
        let affirmed = |(key, _): &(Key, Range<usize>)| self.affirms(*key);
        let own = || {
            (0..count)
                .filter(|&at| is_end(at))
                .find_map(|at| own_key(reading, &self.words[at], count).filter(affirmed))
        };
        let other = || self.table_key(reading, ground).filter(affirmed);
        let (key, place) =
            if free { own().or_else(other).or_else(jumbled)? } else { self.behind_sign(reading)? };
        (key != Key::Rights || ground == Ground::Fields).then_some((key, place))
    }

    /// `He said so. private: true, as ever`: within a sentence the key stands alone behind a sign.
    fn behind_sign(&self, reading: &Reading) -> Option<(Key, Range<usize>)> {
        let last = self.words.last()?;
        let blanks = reading.glyphs[..last.start]
            .iter()
            .rev()
            .take_while(|glyph| glyph.look == Look::Space)
            .count();
        let apart = self.words.len() == 1
            || blanks > 1
            || reading.glyphs[..last.start - blanks]
                .last()
                .is_some_and(|glyph| !glyph.is_letter());
        reading
            .key_of(last)
            .filter(|(_, exact)| *exact && apart)
            .map(|(key, _)| (key, last.clone()))
    }

    /// A key of another language or program: the words just before the sign, or all of them.
    fn table_key(&self, reading: &Reading, ground: Ground) -> Option<(Key, Range<usize>)> {
        let count = self.words.len();
        (1..=count.min(words::LONGEST)).rev().find_map(|length| {
            let place = self.words[count - length].start..self.words[count - 1].end;
            let meaning = words::meaning(reading.typed(&place))?;
            let is_state = meaning == Meaning::State || meaning == Meaning::Until;
            let key = key_of(meaning).or_else(|| {
                (is_state && self.is_typed_as_a_key(reading, &place, ground)).then_some(Key::Draft)
            })?;
            Some((key, place))
        })
    }

    /// "Secret: yes" in a comment speaks of a ballot; `secret: true` is what a program reads.
    fn is_typed_as_a_key(&self, reading: &Reading, place: &Range<usize>, ground: Ground) -> bool {
        let begins_sentence = reading.typed(place).starts_with(char::is_uppercase);
        ground == Ground::Fields && self.at_start || !begins_sentence || self.answer == "true"
    }

    /// Whether the words, or the last of them, mean this: `is_public`, `dg-publish`, `note to self`.
    fn means(&self, reading: &Reading, wanted: Meaning) -> bool {
        let last = &self.words[self.words.len() - 1];
        let whole = self.words[0].start..last.end;
        let bare = without_affix(reading, last);
        [whole, last.clone(), bare]
            .iter()
            .any(|words| words::meaning(reading.typed(words)) == Some(wanted))
    }
}

/// Whether the word behind a key makes no other thing of it: `private note`, `private and draft`,
/// `draft/private`.
fn joins(reading: &Reading, key: &Range<usize>, next: &Range<usize>) -> bool {
    let has_sign = reading.glyphs[key.end..next.start]
        .iter()
        .any(|glyph| glyph.look != Look::Space);
    has_sign || reading.key_of(next).is_some() || goes_on(&reading.words(next.clone()))
}

/// Whether a word behind a key leaves it what it is: `private note`, `private until June`. Another one makes
/// another thing of it: `private company`.
pub fn goes_on(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "and", "or", "und", "et", "y", "e", "is", "mode", "flag", "status", "please", "only", "for", "until",
        "till", "bis", "not", "do", "don", "yet", "v1", "v2", "version", "still", "but", "since", "because",
    ];
    const THINGS: &[&str] =
        &["note", "notes", "page", "post", "file", "text", "source", "entry", "true", "yes", "now"];
    let word = word.to_lowercase();
    WORDS.iter().chain(THINGS).any(|known| *known == word)
}

/// What a word of the table holds back where it stands for itself.
pub fn key_of(meaning: Meaning) -> Option<Key> {
    match meaning {
        Meaning::Private => Some(Key::Private),
        Meaning::Draft => Some(Key::Draft),
        Meaning::State | Meaning::Public | Meaning::Memo | Meaning::Status | Meaning::Until => None,
    }
}

/// Our own keys: of several words exactly, with what programs put before and behind (`isPrivate`,
/// `private_note`).
fn own_key(reading: &Reading, word: &Range<usize>, count: usize) -> Option<(Key, Range<usize>)> {
    let bare = without_affix(reading, word);
    let read = |place: &Range<usize>| {
        reading
            .key_of(place)
            .filter(|(_, exact)| *exact || count == 1)
            .map(|(key, _)| (key, place.clone()))
    };
    read(word).or_else(|| read(&bare))
}

/// `isPrivate` → `Private`: without a word that is joined to it.
fn without_affix(reading: &Reading, word: &Range<usize>) -> Range<usize> {
    const BEFORE: &[&str] = &["is", "dg", "set", "keep", "mark", "note", "page", "post", "file", "text"];
    const BEHIND: &[&str] = &["note", "notes", "page", "post", "only", "flag", "mode", "file", "text"];
    let letter = |glyph: &Glyph| if let Look::Letter(c) = glyph.look { c } else { '?' };
    let letters: String = reading.glyphs[word.clone()].iter().map(letter).collect();
    if letters.chars().count() != word.len() {
        return word.clone();
    }
    let before = BEFORE
        .iter()
        .find(|affix| letters.starts_with(**affix))
        .map_or(0, |affix| affix.len());
    let behind = BEHIND
        .iter()
        .find(|affix| letters[before..].ends_with(**affix))
        .map_or(0, |affix| affix.len());
    if before + behind < word.len() { word.start + before..word.end - behind } else { word.clone() }
}

/// What stands behind a sign, and whether nothing follows it. `None` where it is longer than an answer.
fn answer(reading: &Reading, from: usize) -> Option<(String, bool)> {
    const LONGEST: usize = 40;
    let border = |glyph: &Glyph| matches!(glyph.look, Look::Sign(',' | ';' | '}' | ')' | ']' | '|' | '.'));
    let rest = &reading.glyphs[from..];
    // Signs round the answer belong to it: `: “true”.`
    let first = rest.iter().take(LONGEST).position(Glyph::is_letter).unwrap_or(0);
    let length = rest[first..]
        .iter()
        .take(LONGEST + 1)
        .position(border)
        .map_or(rest.len(), |at| first + at);
    let at_end = rest[length..].iter().take(LONGEST).all(|glyph| !glyph.is_letter());
    (length <= first + LONGEST).then(|| (reading.words(from..from + length), at_end))
}

/// Where the words before a sign begin: behind the last border before it.
fn head_start(reading: &Reading, sign: usize) -> usize {
    let floor = sign.saturating_sub(LONGEST_HEAD);
    let looks = |at: usize| reading.glyphs.get(at).map(|glyph| glyph.look);
    let is_border = |at: &usize| match reading.glyphs[*at].look {
        Look::Colon | Look::Equals => true,
        // `N.B.` has no border in it.
        Look::Sign('.') => looks(at + 1) == Some(Look::Space),
        Look::Sign(sign) => ",;|(){}[]!?<>".contains(sign) && looks(at + 1) != Some(Look::Colon),
        Look::Letter(_) | Look::Digit(_) | Look::Other(_) | Look::Space | Look::Dash => false,
    };
    let closes = |at: usize| reading.glyphs[at..sign].iter().all(|glyph| !glyph.is_letter());
    (floor..sign)
        .rev()
        .filter(|at| !closes(*at))
        .find(is_border)
        .map_or(floor, |at| at + 1)
}

/// The words in a range: letters without a sign between them. Numbers are none.
fn words_of(reading: &Reading, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for at in range.filter(|&at| reading.glyphs[at].is_letter()) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words.retain(|word| {
        reading.glyphs[word.clone()]
            .iter()
            .any(|glyph| !matches!(glyph.look, Look::Digit(_)))
    });
    words
}
