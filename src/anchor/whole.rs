//! What is one number, although signs or spaces stand in it: a passage neither begins nor ends inside.
//!
//! Times (`10:30`), ratios, dates (`12/05/2021`), ranges (`1914–18`), numbers of cases (`C-131/12`), of telephones and accounts; a number
//! and its sign (`-5`, `±5`), its currency, its percent or degree; powers and fractions. Whoever needs a part of one quotes it whole and
//! marks the part with `==`. A range is one number where no space stands beside its dash, and with spaces where it rises (`5 – 7`).

use super::figures;
use super::fold::{Folded, is_currency};

/// Whether a place of the folded text lies inside a number. `raw` is what was folded.
pub fn is_inside(raw: &str, folded: &Folded, at: usize) -> bool {
    let text = &folded.text;
    let (left, right) = (Side::before(text, at), Side::after(text, at));
    let (Some(a), Some(b)) = (left.char, right.char) else { return false };
    let near =
        |c: char| c.is_numeric() || figures::is_moved(c) || is_sign(c) || is_currency(c) || matches!(c, 'e' | 'E') || c.is_uppercase();
    if !near(a) && !near(b) {
        return false;
    }
    let gap = gap(raw, folded, left.end, right.start);
    gap != Gap::Wide && has_inside(raw, folded, &left, &right, gap, (a, b))
}

/// What stands between two characters on the page.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    /// One space.
    Space,
    /// More white space, or a border of cells or blocks.
    Wide,
}

/// The text on one side of a place, without the white space there.
struct Side<'a> {
    text: &'a str,
    /// Where it ends, or begins, at the place.
    start: usize,
    end: usize,
    /// The character nearest to the place.
    char: Option<char>,
}

impl<'a> Side<'a> {
    fn before(text: &'a str, at: usize) -> Side<'a> {
        let text = text[..at].trim_end();
        Side { text, start: 0, end: text.len(), char: text.chars().next_back() }
    }

    fn after(whole: &'a str, at: usize) -> Side<'a> {
        let text = whole[at..].trim_start();
        Side { text, start: whole.len() - text.len(), end: whole.len(), char: text.chars().next() }
    }
}

fn gap(raw: &str, folded: &Folded, end: usize, start: usize) -> Gap {
    let from = folded.raw(end.saturating_sub(1)..end).end;
    let to = folded.raw(start..start + 1).start;
    let between = raw.get(from..to.max(from)).unwrap_or_default();
    let line_end = folded.edges.binary_search(&end).is_ok(); // of a line that was wrapped
    let mut spaces = between.chars().filter(|c| c.is_whitespace());
    match (spaces.next(), spaces.next()) {
        (None, _) => Gap::None,
        (Some(_), _) if line_end => Gap::Wide,
        (Some('\t' | '\n' | '\r' | '\u{B}' | '\u{C}'), _) | (Some(_), Some(_)) => Gap::Wide,
        (Some(_), None) => Gap::Space,
    }
}

fn has_inside(raw: &str, folded: &Folded, left: &Side, right: &Side, gap: Gap, (a, b): (char, char)) -> bool {
    let after = |text: &str| text.chars().nth(1);
    let second = after(right.text);
    let last_but_one = left.text.chars().rev().nth(1);
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let tight = gap == Gap::None;
    match () {
        // 10⁹, 1½, 1 650, +84 24 3942 5710
        () if a.is_numeric() && b.is_numeric() => tight || is_grouped(raw, folded, left, right) || is_fraction(left.text, right.text),
        // 10:30, 12/05, 2.1, 17-1234
        () if tight && a.is_numeric() && is_joint(b) && digit(second) => true,
        () if tight && is_joint(a) && b.is_numeric() && digit(last_but_one) => true,
        // 5 – 7
        () if a.is_numeric() && b == '-' && is_range(raw, folded, left.text.len(), right.start) => true,
        () if b.is_numeric() && a == '-' && is_range_before(raw, folded, left) => true,
        // -5, ±5
        () if (b.is_numeric() || is_currency(b) && digit(second)) && tight && is_sign(a) && is_sign_of_number(raw, folded, left) => true,
        () if a.is_numeric() && tight && b == '±' => true,
        // $5, 5 €, 30 %, 20 °C
        () if is_currency(a) && b.is_numeric() => true,
        () if a.is_numeric() && is_currency(b) => !digit(second),
        () if a.is_numeric() && matches!(b, '%' | '‰' | '°') => true,
        () if tight && a == '°' && matches!(b, 'C' | 'F' | 'K') => true,
        // 1.2e-6
        () if tight && matches!(a, 'e' | 'E') && digit(last_but_one) && matches!(b, '-' | '+') => digit(second),
        () if tight && matches!(a, '-' | '+') && b.is_numeric() && is_exponent(left.text) => true,
        // 3 × 10⁹
        () if a.is_numeric() && b == '×' => digit(right.text['×'.len_utf8()..].trim_start().chars().next()),
        () if a == '×' && b.is_numeric() => digit(left.text[..left.text.len() - '×'.len_utf8()].trim_end().chars().next_back()),
        // C-131/12, A/55
        () if tight && matches!(b, '-' | '/') && digit(second) => is_mark_of_a_case(left.text),
        () if tight && matches!(a, '-' | '/') && b.is_numeric() => is_mark_of_a_case(&left.text[..left.text.len() - 1]),
        // ISBN 3-16-148410-X
        () if tight && a.is_numeric() && b == '-' => ends_number(&right.text[1..]),
        () => tight && a == '-' && digit(last_but_one) && ends_number(right.text),
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, ':' | '/' | '-' | '.' | ',' | '\'' | '^' | '±')
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '±' | '×' | '°' | '%' | '‰' | ':' | '/' | '.' | ',' | '\'' | '^')
}

fn digits_before(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

fn digits_after(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
}

/// Groups of digits that single spaces part: by threes, or three groups and more, as telephones and accounts have them.
fn is_grouped(raw: &str, folded: &Folded, left: &Side, right: &Side) -> bool {
    let (before, after) = (digits_before(left.text), digits_after(right.text));
    if before.is_empty() || after.is_empty() {
        return false;
    }
    let (rest, behind) = (&left.text[..left.text.len() - before.len()], &right.text[after.len()..]);
    let opens = rest.chars().next_back();
    let closes = behind.chars().next();
    let by_threes = before.len() <= 3 && after.len() == 3 && !opens.is_some_and(char::is_alphanumeric);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let more_before = rest.ends_with(' ')
        && digit(rest.trim_end().chars().next_back())
        && gap(raw, folded, rest.trim_end().len(), rest.len()) == Gap::Space;
    let next = right.start + after.len() + 1;
    let more_after =
        behind.starts_with(' ') && digit(behind[1..].chars().next()) && gap(raw, folded, right.start + after.len(), next) == Gap::Space;
    (by_threes && !closes.is_some_and(char::is_alphanumeric)) || more_before || more_after || rest.ends_with('+')
}

/// `1 1/2`: how `1½` is folded.
fn is_fraction(left: &str, right: &str) -> bool {
    let (whole, above) = (digits_before(left), digits_after(right));
    let below = right[above.len()..].strip_prefix('/').map_or("", digits_after);
    let short = |digits: &str, most: usize| (1..=most).contains(&digits.len());
    short(whole, 3) && short(above, 2) && short(below, 2)
}

/// Whether the dash between two numbers makes a range of them. `end` is where the first ends, `dash` where the dash stands.
fn is_range(raw: &str, folded: &Folded, end: usize, dash: usize) -> bool {
    let text = &folded.text;
    let behind = text[dash + 1..].trim_start();
    let (first, second) = (digits_before(&text[..end]), digits_after(behind));
    let (before, after) = (gap(raw, folded, end, dash), gap(raw, folded, dash + 1, text.len() - behind.len()));
    if first.is_empty() || second.is_empty() || before == Gap::Wide || after == Gap::Wide || before != after {
        return false;
    }
    after == Gap::None || rises(first, second)
}

fn is_range_before(raw: &str, folded: &Folded, left: &Side) -> bool {
    let dash = left.text.len() - 1;
    is_range(raw, folded, left.text[..dash].trim_end().len(), dash)
}

/// `5`, `7` and `1914`, `18` rise; `2019`, `12` do not.
fn rises(first: &str, second: &str) -> bool {
    let short = first.len().saturating_sub(second.len());
    let abbreviated = second.len() >= 2 && second.len() < first.len();
    let first = if abbreviated { &first[short..] } else { first };
    (first.len(), first) < (second.len(), second)
}

/// Whether the character before a number is its sign. A dash after a letter or digit is a hyphen (`Covid-19`), a long dash is punctuation.
fn is_sign_of_number(raw: &str, folded: &Folded, left: &Side) -> bool {
    let at = left.text.len();
    let sign = left.text.chars().next_back().map_or(0, char::len_utf8);
    let sign = folded.raw(at - sign..at);
    let before = raw[..sign.start].chars().next_back();
    matches!(&raw[sign], "-" | "+" | "±" | "−" | "‐" | "–" | "﹣" | "－" | "＋") && !before.is_some_and(char::is_alphanumeric)
}

fn is_exponent(left: &str) -> bool {
    let mut before = left.chars().rev().skip(1);
    matches!(before.next(), Some('e' | 'E')) && before.next().is_some_and(char::is_numeric)
}

/// Capitals, at most three, that are a word: `C-131/12`, `A/55`.
fn is_mark_of_a_case(left: &str) -> bool {
    let mut before = left.chars().rev();
    let capitals = before.by_ref().take(4).take_while(|c| c.is_uppercase()).count();
    let opens = left.chars().rev().nth(capitals);
    (1..=3).contains(&capitals) && !opens.is_some_and(|c| c.is_alphanumeric() || c == '-')
}

/// A capital that ends a number: the `X` of an ISBN.
fn ends_number(right: &str) -> bool {
    let mut chars = right.chars();
    chars.next().is_some_and(char::is_uppercase) && !chars.next().is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '\'')
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    /// `|` marks the one place that is asked about.
    #[track_caller]
    fn check(inside: bool, texts: &[&str]) {
        for text in texts {
            let at = text.find('|').expect("the place is marked");
            let raw = text.replace('|', "");
            let folded = fold(&raw);
            assert_eq!(is_inside(&raw, &folded, folded.folded(at)), inside, "{text}");
        }
    }

    #[test]
    fn times_ratios_dates_and_versions() {
        check(true, &["at 10|:30", "at 10:|30", "1|:2:3", "1:2|:3", "12/05|/2021", "2021-|05-12", "2021-05|-12", "12|.05.2021", "2|.1.3"]);
        check(true, &["John 3|:16", "24|/7", "192.168|.1.2"]);
        check(false, &["at 10|: so", "on 12| May", "in 2021|. So", "in 2021|, 5 of", "(2021)| 5", "10:30| then"]);
    }

    #[test]
    fn ranges() {
        check(true, &["1914|-18", "1914-|18", "2023|–2026", "2023–|2026", "5 |– 7 men", "5 – |7 men", "1914| – 18", "5-|7"]);
        check(false, &["In 2019| – 12 years later", "In 2019 – |12 years", "of 5|\n- 7 of tin", "of 5\n- |7 of tin", "ships — |5 of them"]);
    }

    #[test]
    fn numbers_of_cases_telephones_and_accounts() {
        check(true, &["17|-1234", "C-|131/12", "C|-131/12", "C-131|/12", "A/|55/305", "B-|52", "978-3-16|-148410-0", "148410|-X"]);
        check(true, &["+84| 24 3942 5710", "+84 24| 3942", "DE89 3704| 0044 0532", "0044 |0532 0130", "1| 650 km"]);
        check(false, &["Covid-|19", "in 2019| 650 ships", "12|\t650", "12|\n650", "1952 1650\n1954| 2400\n1955 1", "and-|5", "Covid|-19"]);
    }

    #[test]
    fn signs_currencies_and_units() {
        check(
            true,
            &["$|5", "5| €", "5|€", "€ |5", "30| %", "30|%", "3|‰", "20| °C", "20 °|C", "±|5", "5|±1", "-|5", "fell −|5", "grew +|5"],
        );
        check(true, &["-|$5"]);
        check(false, &["for 5| $3 each", "30%| of", "|$5", "A |$5", "Cash $|\t1,500", "30 |percent", "x+|y"]);
    }

    #[test]
    fn powers_fractions_and_exponents() {
        check(true, &["10|⁹", "1|½", "1| ½", "1| 1/2", "1 1|/2", "1.2e|-6", "1.2e-|6", "3| × 10⁹", "3 ×| 10"]);
        check(false, &["in 1999| 1/2 of", "3| × so"]);
    }
}
