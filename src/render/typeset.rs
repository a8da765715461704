//! Quotation marks and apostrophes as a printer sets them, where the people of a dossier have typed the
//! straight ones of a keyboard.
//!
//! Only their own words are touched: comments, leads, essays, titles. What a source says stands as it stands
//! there, code stands as it was typed, and so do titles in the data. Which marks a quotation takes is a
//! matter of language; an apostrophe is the same in all.

use std::borrow::Cow;
use std::ops::Range;

/// How a language sets its quotations, by default; spaces that belong to the marks do not break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Opening and closing; none where the language is not known here.
    double: Option<(&'static str, &'static str)>,
    single: Option<(&'static str, &'static str)>,
}

const STRAIGHT: [char; 2] = ['"', '\''];
const APOSTROPHE: &str = "’";
/// No more marks than this stand together at one place.
const TOGETHER: usize = 4;

impl Marks {
    /// By the first part of a BCP 47 tag. After the delimiters of the Unicode CLDR.
    pub fn of(language: &str) -> Marks {
        let primary = language
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let (double, single) = match primary.as_str() {
            "en" | "vi" | "pt" | "nl" | "tr" | "id" | "ms" | "af" | "ga" | "cy" | "sw" => {
                (("“", "”"), ("‘", "’"))
            }
            "de" | "cs" | "sk" | "sl" | "is" | "et" | "lt" | "bg" => (("„", "“"), ("‚", "‘")),
            "pl" | "ro" | "hu" => (("„", "”"), ("‚", "’")),
            "sv" | "fi" => (("”", "”"), ("’", "’")),
            "fr" => (("«\u{202f}", "\u{202f}»"), ("‘", "’")),
            "es" | "it" | "ca" | "el" | "no" | "nb" | "nn" => (("«", "»"), ("‘", "’")),
            "ru" | "uk" | "be" => (("«", "»"), ("„", "“")),
            _ => return Marks::default(),
        };
        Marks { double: Some(double), single: Some(single) }
    }

    /// A text of its own, as a title is.
    pub fn title(&self, text: String) -> String {
        match self.set(&text, 0..text.len()) {
            Cow::Borrowed(_) => text,
            Cow::Owned(set) => set,
        }
    }

    /// A piece of a text, whose neighbours tell on which side of a word a mark stands. `range` lies at
    /// borders of characters.
    pub fn set<'t>(&self, text: &'t str, range: Range<usize>) -> Cow<'t, str> {
        let piece = &text[range.clone()];
        if !piece.contains(STRAIGHT) {
            return Cow::Borrowed(piece);
        }
        // Marks that stand together open or close together, so what counts is what stands before all of them.
        let mut before = text[..range.start]
            .chars()
            .rev()
            .take(TOGETHER)
            .find(|c| !STRAIGHT.contains(c));
        let mut rest = text[range.start..].chars();
        let mut out = String::with_capacity(piece.len() + 8);
        for letter in piece.chars() {
            rest.next();
            match letter {
                '"' => out.push_str(side(self.double, before).unwrap_or("\"")),
                '\'' => out.push_str(self.single(before, rest.clone().next()).unwrap_or("'")),
                _ => out.push(letter),
            }
            if !STRAIGHT.contains(&letter) {
                before = Some(letter);
            }
        }
        Cow::Owned(out)
    }

    /// Between letters (don't) and before a year ('90s) it is an apostrophe in every language.
    fn single(&self, before: Option<char>, after: Option<char>) -> Option<&'static str> {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let apostrophe =
            letter(before) && letter(after) || after.is_some_and(char::is_numeric) && !letter(before);
        if apostrophe { Some(APOSTROPHE) } else { side(self.single, before) }
    }
}

/// A mark opens at the beginning of a word, and closes elsewhere.
fn side(marks: Option<(&'static str, &'static str)>, before: Option<char>) -> Option<&'static str> {
    let opens = before.is_none_or(|c| c.is_whitespace() || "([{‹«<„“‘—–-/".contains(c));
    marks.map(|(opening, closing)| if opens { opening } else { closing })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &str) {
        assert_eq!(Marks::of(language).title(text.to_string()), expected, "{language}");
    }

    #[test]
    fn quotations_are_set_as_their_language_does() {
        let typed = "He said \"no, 'never'\" (\"so\" it says).";
        check("en", typed, "He said “no, ‘never’” (“so” it says).");
        check("vi-VN", typed, "He said “no, ‘never’” (“so” it says).");
        check("de", typed, "He said „no, ‚never‘“ („so“ it says).");
        check("fr", "Il dit \"non\".", "Il dit «\u{202f}non\u{202f}».");
    }

    #[test]
    fn an_apostrophe_is_one_in_every_language() {
        check(
            "en",
            "Hanoi's books, the texts' own, the '90s, rock 'n' roll",
            "Hanoi’s books, the texts’ own, the ’90s, rock ‘n’ roll",
        );
        check("fr", "l'aveu d'hier", "l’aveu d’hier");
        check("haw", "Hawai'i \"as it is\"", "Hawai’i \"as it is\"");
    }

    #[test]
    fn a_piece_looks_at_its_neighbours() {
        let text = "the \"word\" of it";
        assert_eq!(Marks::of("en").set(text, 4..5), "“");
        assert_eq!(Marks::of("en").set(text, 9..10), "”");
        assert_eq!(Marks::of("en").set(text, 0..4), Cow::Borrowed("the "));
    }

    #[test]
    fn what_is_set_already_stays() {
        check("en", "“Hanoi’s” own", "“Hanoi’s” own");
    }
}
