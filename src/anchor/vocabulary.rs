//! Which words and numbers a text has, so that a quotation need not be looked for where one of its own is
//! missing.
//!
//! Only words and numbers are asked after that a quotation keeps however it is read: letters or digits
//! between spaces, outside brackets, and not at the head of a line. A vocabulary may say that a text could
//! hold a quotation that it does not hold, never the reverse. A `Register` tells of many texts which may hold
//! a quotation, without asking each.

use std::collections::HashSet;
use std::ops::Range;

use super::figures;
use super::fold::{Folded, Shown, fold_with, is_unspaced};
use super::haystack::lower;
use super::pattern;
use crate::model::quote::{Quote, Words};
use crate::model::roles::Roles;
use crate::parse::layout;

/// The words and numbers of a text, as sorted hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    known: Vec<u32>,
    /// Whether the text has digits that may be put together in so many ways that any number may be one of
    /// them.
    any_number: bool,
}

/// The words and numbers of a quotation that a text must have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    words: Vec<u32>,
    numbers: Vec<u32>,
}

/// Shorter words are in every text.
const LONG_ENOUGH: usize = 4;
/// A word that is parted by hyphens may be whole in the quotation; so many parts are put together. So many
/// parts of a number, too.
const PARTS: usize = 4;

impl Vocabulary {
    pub fn of(reading: &str, roles: &Roles) -> Vocabulary {
        let folded = fold_with(reading, roles).with_optional(&layout::heads(reading));
        let mut known = Vec::new();
        let shown = folded.beside.iter().map(|beside| beside.text.as_str());
        for text in std::iter::once(folded.text.as_str()).chain(shown) {
            add_words(text, &mut known);
        }
        for shown in &folded.beside {
            known.extend(digits(&shown.text).map(|run| hash(&shown.text[run])));
        }
        let any_number = add_numbers(&folded, &mut known).is_none();
        known.sort_unstable();
        known.dedup();
        known.shrink_to_fit();
        Vocabulary { known, any_number }
    }

    /// Whether a quotation may stand in the text.
    pub fn may_hold(&self, needed: &Needed) -> bool {
        let has = |hash: &u32| self.known.binary_search(hash).is_ok();
        needed.words.iter().all(has) && (self.any_number || needed.numbers.iter().all(has))
    }
}

fn add_words(text: &str, known: &mut Vec<u32>) {
    for chain in text.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        let parts: Vec<&str> = chain.split('-').collect();
        for from in 0..parts.len() {
            let mut word = String::new();
            for part in parts.iter().skip(from).take(PARTS) {
                word.push_str(part);
                known.extend(is_plain(&word).then(|| hash(&word)));
            }
        }
    }
}

/// Runs of digits, in every way in which a passage may have them: those that stand raised with those before
/// them or without, and without what it may leave out. `None` where these ways are too many.
fn add_numbers(folded: &Folded, known: &mut Vec<u32>) -> Option<()> {
    let Folded { text, optional, beside, .. } = folded;
    let digit = |c: char| figures::digit(c).filter(|_| !figures::is_lowered(c)).is_some();
    let ends = |at: usize| text[..at].ends_with(digit);
    let mut borders: Vec<usize> = optional.iter().flat_map(|range| [range.start, range.end]).collect();
    borders.extend(beside.iter().map(|beside| beside.at));
    borders.sort_unstable();
    let joined = |(at, behind): (usize, usize)| ends(at) && text[behind..].starts_with(digit);
    let taken = |Shown { at, text, .. }: &Shown| ends(*at) && text.starts_with(|c: char| c.is_ascii_digit());
    let hyphen = |at: &usize| {
        ends(*at)
            && text[*at..]
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(digit))
    };
    if left_out(optional).any(joined) || beside.iter().any(taken) || folded.breaks.iter().any(hyphen) {
        return None;
    }
    let mut borders = borders.into_iter().peekable();
    for run in runs(text, digit) {
        while borders.next_if(|&border| border <= run.start).is_some() {}
        let mut cuts = vec![run.start];
        for (at, c) in text[run.clone()]
            .char_indices()
            .skip(1)
            .map(|(at, c)| (run.start + at, c))
        {
            let before = text[..at].chars().next_back().is_some_and(figures::is_raised);
            let mut cut = before != figures::is_raised(c);
            while borders.next_if(|&border| border <= at).is_some() {
                cut = true;
            }
            cuts.extend(cut.then_some(at));
        }
        cuts.push(run.end);
        if cuts.len() > PARTS + 1 {
            return None;
        }
        for (number, &from) in cuts.iter().enumerate() {
            let plain = |to: &usize| {
                text[from..*to]
                    .chars()
                    .filter_map(figures::digit)
                    .map(|digit| figures::PLAIN[digit])
                    .collect()
            };
            known.extend(
                cuts[number + 1..]
                    .iter()
                    .map(plain)
                    .map(|number: String| hash(&number)),
            );
        }
    }
    Some(())
}

/// Where each stretch begins and ends that may be left out as a whole: those that touch each other are one.
fn left_out(optional: &[Range<usize>]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut rest = optional;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let touching = rest
            .windows(2)
            .take_while(|pair| pair[0].end == pair[1].start)
            .count();
        let end = rest[touching].end;
        rest = &rest[touching + 1..];
        Some((first.start, end))
    })
}

fn runs(text: &str, of: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(of)?;
        at = start + text[start..].find(|c| !of(c)).unwrap_or(text.len() - start);
        Some(start..at)
    })
}

fn digits(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs(text, |c| c.is_ascii_digit())
}

impl Needed {
    pub fn by(quote: &Quote) -> Needed {
        let Some((mut read, typed)) = Kept::of(&quote.read).zip(Kept::of(&quote.typed)) else {
            return Needed::default();
        };
        let words: HashSet<&str> = runs(&typed.text, char::is_alphabetic)
            .map(|run| &typed.text[run])
            .collect();
        let numbers: HashSet<&str> = typed.numbers.iter().map(String::as_str).collect();
        read.words.retain(|word| words.contains(word.as_str()));
        read.numbers.retain(|number| numbers.contains(number.as_str()));
        Needed { words: hashes(&read.words), numbers: hashes(&read.numbers) }
    }
}

/// The words and numbers of one form of a quotation that it keeps however it is read.
#[derive(Default)]
struct Kept {
    text: String,
    words: Vec<String>,
    numbers: Vec<String>,
}

impl Kept {
    fn of(words: &Words) -> Option<Kept> {
        let pattern = pattern::literal(words)?;
        let mut heads = pattern.heads.iter().peekable();
        let (mut kept, mut at, mut depth, mut opens) = (Kept::default(), 0, 0, true);
        for token in pattern.folded.text.split(' ') {
            while heads.next_if(|head| head.range.end <= at).is_some() {}
            let in_head = heads.peek().is_some_and(|head| head.range.contains(&at));
            let bracketed = token.contains(['[', ']', '(', ')']);
            if depth == 0 && !bracketed && !in_head && !opens {
                kept.add(token);
            }
            depth = token.chars().fold(depth, nested);
            // The first word of a part may be a piece of one.
            opens = bracketed || token.ends_with("...");
            at += token.len() + 1;
        }
        Some(Kept { text: pattern.folded.text, ..kept })
    }

    fn add(&mut self, token: &str) {
        let word = token.trim_end_matches([',', ';', ':', '!', '?']);
        self.words.extend(is_plain(word).then(|| word.to_string()));
        let number = word
            .trim_start_matches(['"', '\'', '$', '€', '£'])
            .trim_end_matches(['"', '\'', '.', '%', ',']);
        let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        if number.chars().all(plain) {
            self.numbers.extend(digits(number).map(|run| number[run].to_string()));
        }
    }
}

fn nested(depth: usize, c: char) -> usize {
    match c {
        '[' | '(' => depth + 1,
        ']' | ')' => depth.saturating_sub(1),
        _ => depth,
    }
}

fn is_plain(word: &str) -> bool {
    word.chars().count() >= LONG_ENOUGH && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

fn hashes(words: &[String]) -> Vec<u32> {
    words.iter().map(|word| hash(word)).collect()
}

/// FNV-1a of the letters, case aside. Two words that share a hash only cost a look more.
fn hash(word: &str) -> u32 {
    word.chars()
        .map(lower)
        .fold(0x811C_9DC5, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// The words and numbers of many texts, each with the texts that have it.
#[derive(Debug)]
pub struct Register<'a> {
    vocabularies: Vec<&'a Vocabulary>,
    /// Hashes and texts, sorted.
    holders: Vec<(u32, u32)>,
    /// The texts that may have any number.
    of_any_number: Vec<u32>,
}

impl<'a> Register<'a> {
    pub fn of(vocabularies: Vec<&'a Vocabulary>) -> Register<'a> {
        let numbered = || vocabularies.iter().zip(0_u32..);
        let mut holders: Vec<(u32, u32)> = numbered()
            .flat_map(|(vocabulary, text)| vocabulary.known.iter().map(move |&hash| (hash, text)))
            .collect();
        holders.sort_unstable();
        let of_any_number = numbered()
            .filter(|(vocabulary, _)| vocabulary.any_number)
            .map(|(_, text)| text)
            .collect();
        Register { vocabularies, holders, of_any_number }
    }

    /// The texts in which a quotation may stand, by their numbers: those that have the rarest of its words,
    /// as far as they have the others.
    pub fn may_hold(&self, needed: &Needed) -> Vec<usize> {
        let words = needed.words.iter().map(|&word| (self.holders(word), [].as_slice()));
        let numbers = needed
            .numbers
            .iter()
            .map(|&number| (self.holders(number), self.of_any_number.as_slice()));
        let rarest = words
            .chain(numbers)
            .min_by_key(|(holders, others)| holders.len() + others.len());
        let mut texts: Vec<usize> = match rarest {
            Some((holders, others)) => holders
                .iter()
                .map(|holder| holder.1)
                .chain(others.iter().copied())
                .map(|text| text as usize)
                .collect(),
            None => (0..self.vocabularies.len()).collect(),
        };
        texts.retain(|&text| self.vocabularies[text].may_hold(needed));
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    fn holders(&self, hash: u32) -> &[(u32, u32)] {
        let start = self.holders.partition_point(|holder| holder.0 < hash);
        let end = start + self.holders[start..].partition_point(|holder| holder.0 == hash);
        &self.holders[start..end]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn needed(quoted: &str) -> Needed {
        let words = Words { text: quoted.to_string(), ..Words::default() };
        Needed::by(&Quote { read: words.clone(), typed: words })
    }

    fn held_by(texts: &[String], quoted: &str) -> Vec<usize> {
        let vocabularies: Vec<Vocabulary> = texts
            .iter()
            .map(|text| Vocabulary::of(text, &Roles::default()))
            .collect();
        Register::of(vocabularies.iter().collect()).may_hold(&needed(quoted))
    }

    #[test]
    fn texts_of_the_same_words_are_told_apart_by_their_numbers() {
        let texts: Vec<String> = (0..50)
            .map(|number| format!("In {} the ferry carried {} men.", 1900 + number, 300 + number))
            .collect();
        assert_eq!(held_by(&texts, "In May 1907 the ferry carried 307 men."), [7]);
        assert_eq!(held_by(&texts, "In May 1907 the ferry carried 308 men.").len(), 0);
        assert_eq!(held_by(&texts, "the ferry [of 1906] carried 349 men"), [49]);
        assert_eq!(held_by(&texts, "the ferry carried").len(), 50);
    }

    #[test]
    fn letters_of_other_scripts_make_words() {
        let texts = ["Паром перевёз людей.".to_string(), "Паром вернулся домой.".to_string()];
        assert_eq!(held_by(&texts, "Этот паром вернулся"), [1]);
    }

    #[test]
    fn a_number_may_be_a_part_of_what_is_set_beside_it() {
        for (text, quoted) in [
            ("It cost $11⁹⁹ then.", "It cost $11.99 then."),
            ("In May 1914¹² they met.", "In May 1914 they met."),
            ("They said so.²3 men left.", "They said so.23 men left."),
        ] {
            assert_eq!(held_by(&[text.to_string()], quoted), [0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_register_tells_what_every_text_tells(
            texts in prop::collection::vec("(ferry |harbour |winter |[0-9]{1,2} \
                |[0-9][⁰-⁹]{0,2} ){0,8}", 0..8),
            quoted in "the (ferry |harbour |[0-9]{1,2} |\\[so\\] ){0,4}",
        ) {
            let needed = needed(&quoted);
            let holds = |text: &String| Vocabulary::of(text, &Roles::default()).may_hold(&needed);
            let each: Vec<usize> = (0..texts.len()).filter(|&text| holds(&texts[text])).collect();
            prop_assert_eq!(held_by(&texts, &quoted), each);
        }
    }
}
