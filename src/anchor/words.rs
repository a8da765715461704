//! The words of a folded text, and which of them no one may change: numbers, negations, currencies, names.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{is_currency, is_dash, is_unspaced};

/// The words of a text in order, as byte ranges: letters and digits that belong together, `'` within a word and separators within a
/// number included, each character of a script without spaces on its own. Signs of currency and percent are words too.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_alphanumeric() || is_symbol(c))?;
        at = start + word_len(&text[start..]);
        Some(start..at)
    })
}

fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    let alone = is_unspaced(first) || is_symbol(first);
    let mut before = first;
    while let Some(&(at, c)) = chars.peek() {
        let next = text[at + c.len_utf8()..].chars().next();
        let belongs = is_combining_mark(c) || !alone && (c.is_alphanumeric() && !is_unspaced(c) || joins(before, c, next));
        if !belongs {
            return at;
        }
        before = c;
        chars.next();
    }
    text.len()
}

fn joins(before: char, c: char, next: Option<char>) -> bool {
    let both = |of: fn(char) -> bool| of(before) && next.is_some_and(of);
    match c {
        '\'' => both(char::is_alphabetic),
        '.' | ',' => both(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn is_symbol(c: char) -> bool {
    is_currency(c) || matches!(c, '%' | '‰' | '°')
}

/// Whether a word is a number: it holds a digit, or is a number in words.
pub fn is_number(word: &str) -> bool {
    has_digit(word) || listed(NUMBER_WORDS, &word.to_lowercase())
}

pub fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Whether a word turns a statement round.
pub fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase();
    listed(NEGATIONS, &word) || word.ends_with("n't") || word == "cannot"
}

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Number words that are always numbers ("one" and "second" mostly are not), in languages whose dossiers we know of.
const NUMBER_WORDS: &str = "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions \
    billion billions trillion trillions dozen dozens half twice double triple third fourth fifth quarter triệu tỷ nghìn \
    milliard milliards milliarden millionen";

/// The words that negate, in the languages that sources are likely to be in. A word missing here is still a changed word.
const NEGATIONS: &str = "not no never none nor neither nothing nobody nowhere without không chưa chẳng đừng chớ ne pas jamais non aucun aucune \
    sans ni nicht nichts kein keine keinen keiner keinem nie niemals ohne weder nunca jamás ningún ninguna não nem niet geen \
    nooit inte ikke aldrig ingen не нет никогда 不 没 沒 無 无 非 未 ไม่";

/// A number as the text has it, its sign and its currency or percent sign with it: `-5`, `$123`, `45%`.
#[allow(dead_code)] // the comparison of figures comes with the approximate search
pub fn with_sign(text: &str, number: Range<usize>) -> Range<usize> {
    let mut start = number.start;
    let mut before = text[..start].chars().rev().peekable();
    while let Some(&c) = before.peek() {
        if !is_currency(c) && !is_dash(c) && c != '+' {
            break;
        }
        before.next();
        if (is_dash(c) || c == '+') && before.peek().is_some_and(|&c| c.is_alphanumeric()) {
            break; // a hyphen or a range
        }
        start -= c.len_utf8();
    }
    start..number.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text).map(|range| &text[range]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_of_a_text() {
        check("It's $1.5 billion (45%), isn't it?", &["It's", "$", "1.5", "billion", "45", "%", "isn't", "it"]);
        check("Tô Lâm, 2023-2026", &["Tô", "Lâm", "2023", "2026"]);
        check("北京 city", &["北", "京", "city"]);
        check("...", &[]);
    }

    #[test]
    fn what_nobody_may_change() {
        assert!(is_number("2,5") && is_number("B52") && is_number("Million") && !is_number("one"));
        assert!(is_negation("Not") && is_negation("isn't") && is_negation("không") && !is_negation("note"));
    }

    #[test]
    fn a_number_has_a_sign() {
        let signed = |text: &'static str, number: &str| &text[with_sign(text, text.find(number).map_or(0..0, |at| at..at + number.len()))];
        assert_eq!(signed("fell -5 to", "5"), "-5");
        assert_eq!(signed("2023-26", "26"), "26");
        assert_eq!(signed("of -$5", "5"), "-$5");
    }
}
