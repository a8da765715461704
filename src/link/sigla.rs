//! Sigla: the one to three letters by which margins, tables and matrices call a source, as critical editions
//! do.
//!
//! A source that was given one keeps it. The others get theirs from the publisher, the author or the title,
//! in the order of their dates and ids, so that a source that is added later takes nothing from those that
//! are there.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most letters that a siglum has.
pub const LONGEST: usize = 3;

/// What a siglum is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    pub given: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub author: Option<&'a str>,
    pub title: &'a str,
}

/// One siglum a wish, in their order, all different where those given are.
pub fn sigla(wishes: &[Wish]) -> Vec<String> {
    let mut taken: BTreeSet<String> = wishes
        .iter()
        .filter_map(|wish| wish.given)
        .map(str::to_string)
        .collect();
    // What was taken stays taken, so nobody has to begin again at `A`.
    let mut numbered = numbered();
    wishes
        .iter()
        .map(|wish| match wish.given {
            Some(given) => given.to_string(),
            None => {
                let free = |candidate: &String| !taken.contains(candidate);
                let siglum = candidates(wish)
                    .find(free)
                    .or_else(|| numbered.find(free))
                    .unwrap_or_default();
                taken.insert(siglum.clone());
                siglum
            }
        })
        .collect()
}

/// Whether the letters that a person gave can stand as a siglum.
pub fn is_siglum(text: &str) -> bool {
    let letters = text.nfc().count();
    (1..=LONGEST).contains(&letters) && text.chars().all(char::is_alphanumeric)
}

/// From the best to the worst: initials of the name, its first letter, its first two and three.
fn candidates<'a>(wish: &Wish<'a>) -> impl Iterator<Item = String> + 'a {
    let surname = wish.author.map(|author| {
        author
            .split_once(',')
            .map_or_else(|| author.rsplit(' ').next().unwrap_or(author), |(last, _)| last)
    });
    [wish.publisher, surname, Some(wish.title)]
        .into_iter()
        .flatten()
        .flat_map(|name| {
            let words: Vec<String> = name
                .split(|c: char| !c.is_alphanumeric())
                .map(plain)
                .filter(|word| counts(word))
                .collect();
            let initials: String = words
                .iter()
                .filter_map(|word| word.chars().next())
                .take(LONGEST)
                .collect();
            let first = words.first().cloned().unwrap_or_default();
            let heads =
                (1..=LONGEST.min(first.chars().count())).map(move |n| first.chars().take(n).collect());
            std::iter::once(initials)
                .filter(|initials| !initials.is_empty())
                .chain(heads)
        })
}

/// Where every letter of the names is taken: A, B, …, AA, AB, … ZZZ.
fn numbered() -> impl Iterator<Item = String> {
    let letters = || ('A'..='Z').map(String::from);
    let two = letters().flat_map(move |a| letters().map(move |b| format!("{a}{b}")));
    let three = letters().flat_map(move |a| {
        letters().flat_map(move |b| {
            letters().map({
                let a = a.clone();
                move |c| format!("{a}{b}{c}")
            })
        })
    });
    letters().chain(two).chain(three)
}

/// Upper case, without accents: `Điện` → `ĐIEN`.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_uppercase();
    }
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_uppercase)
        .nfc()
        .collect()
}

/// Words that name nothing, and numbers, give no letter.
fn counts(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with(|c: char| c.is_numeric())
        && !matches!(
            word,
            "THE" | "A" | "AN" | "OF" | "AND" | "FOR" | "IN" | "ON" | "TO" | "DE" | "LA" | "LE"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(publisher: &'static str, title: &'static str) -> Wish<'static> {
        Wish { publisher: Some(publisher).filter(|name| !name.is_empty()), title, ..Wish::default() }
    }

    #[test]
    fn made_from_publisher_then_title_and_all_different() {
        let wishes = [
            of("Congressional Research Service", "x"),
            of("Congressional Research Service", "y"),
            of("The Hanoi Times", "z"),
            of("", "Việt Nam và thế giới"),
            Wish { given: Some("C"), ..Wish::default() },
            of("", "!"),
            of("", "越南"),
        ];
        assert_eq!(sigla(&wishes), ["CRS", "CO", "HT", "VNV", "C", "A", "越"]);
    }

    #[test]
    fn an_added_source_takes_nothing_from_those_before_it() {
        let old = [of("Alpha Beta", "x"), of("Alpha Beta", "y")];
        let new = [old[0], old[1], of("Alpha Beta", "z")];
        assert_eq!(sigla(&old), sigla(&new)[..2]);
    }
}
