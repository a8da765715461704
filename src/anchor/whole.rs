//! What is one number, although signs or spaces stand in it: a passage neither begins nor ends inside.
//!
//! Times (`10:30`), ratios, dates (`12/05/2021`), ranges (`1914–18`), numbers of cases (`C-131/12`), of
//! telephones and accounts; a number and its sign (`-5`, `±5`), its bound (`≥8`), its currency, its percent
//! or degree, its scale (`3 million`), the whole of its unit (`12 km/h`); powers and fractions. Whoever needs
//! a part of one quotes it whole and marks the part with `==`. A range is one number where no space stands
//! beside its dash, and with spaces where it rises (`5 – 7`). Numbers in words: `spelled`; what words join:
//! `joined`.

use super::fold::{Folded, is_currency};
use super::{figures, joined, spelled};

/// Whether a place of the folded text lies inside a number. `raw` is what was folded.
pub fn is_inside(raw: &str, folded: &Folded, at: usize) -> bool {
    let text = &folded.text;
    let (left, right) = (Side::before(text, at), Side::after(text, at));
    let (Some(a), Some(b)) = (left.char, right.char) else { return false };
    if a.is_whitespace() || b.is_whitespace() {
        return false;
    }
    let gap = gap(raw, folded, left.end, right.start);
    if gap == Gap::Wide {
        return is_line_end(raw, folded, left.end, right.start) && joined::goes_on(left.text, right.text);
    }
    let tight = gap == Gap::None;
    has_inside(raw, folded, &left, &right, gap, (a, b))
        || !is_layout(folded, left.end) && is_beside_bound(left.text, right.text, tight)
        || is_within_measure(left.text, right.text, tight)
        || joined::is_inside(left.text, right.text, tight)
        || tight && (is_within_joints(left.text, right.text) || is_within_clause(left.text, right.text))
        || !is_punctuation(raw, folded, at) && spelled::is_inside(left.text, right.text, tight)
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
    // `thirty-\nfive`
    let drawn_together = end == start && between.matches('\n').count() <= 1 && !between.contains('\t');
    if drawn_together {
        return Gap::None;
    }
    let line_end = folded.edges.binary_search(&end).is_ok(); // of a line that was wrapped
    let mut spaces = between.chars().filter(|c| c.is_whitespace());
    match (spaces.next(), spaces.next()) {
        (None, _) => Gap::None,
        (Some(_), _) if line_end => Gap::Wide,
        (Some('\t' | '\n' | '\r' | '\u{B}' | '\u{C}'), _) | (Some(_), Some(_)) => Gap::Wide,
        (Some(_), None) => Gap::Space,
    }
}

/// Whether no more than one line's end stands between two places.
fn is_line_end(raw: &str, folded: &Folded, end: usize, start: usize) -> bool {
    let between = folded.raw(end.saturating_sub(1)..end).end..folded.raw(start..start + 1).start;
    raw.get(between)
        .is_some_and(|between| between.matches('\n').count() == 1 && !between.contains('\t'))
}

fn has_inside(raw: &str, folded: &Folded, left: &Side, right: &Side, gap: Gap, (a, b): (char, char)) -> bool {
    let after = |text: &str| text.chars().nth(1);
    let second = after(right.text);
    let last_but_one = left.text.chars().rev().nth(1);
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let tight = gap == Gap::None;
    match () {
        // 10⁹, 1½, 1 650, +84 24 3942 5710
        () if a.is_numeric() && b.is_numeric() => {
            tight || is_grouped(raw, folded, left, right) || is_fraction(left.text, right.text)
        }
        // 10:30, 12/05, 2.1, 17-1234
        () if tight && a.is_numeric() && is_joint(b) && digit(second) => true,
        () if tight && is_joint(a) && b.is_numeric() && digit(last_but_one) => true,
        // 8. – 9. Juni
        () if tight && a.is_numeric() && b == '.' => {
            let rest = right.text[1..].trim_start();
            rest.starts_with('-') && is_range(raw, folded, right.start + 1, folded.text.len() - rest.len())
        }
        // 5 – 7
        () if (a.is_numeric() || a == '.')
            && b == '-'
            && is_range(raw, folded, left.text.len(), right.start) =>
        {
            true
        }
        () if b.is_numeric() && a == '-' && is_range_before(raw, folded, left) => true,
        // -5, ±5
        () if (b.is_numeric() || is_currency(b) && digit(second))
            && tight
            && is_sign(a)
            && is_sign_of_number(raw, folded, left) =>
        {
            true
        }
        () if a.is_numeric() && tight && b == '±' => true,
        // $5, 5 €, 30 %, 20 °C
        () if is_currency(a) && b.is_numeric() => true,
        () if a.is_numeric() && is_currency(b) => !digit(second),
        () if a.is_numeric() && (matches!(b, '%' | '‰' | '°') || is_percent(right.text)) => true,
        () if tight && a == '°' && matches!(b, 'C' | 'F' | 'K') => true,
        // 1.2e-6
        () if tight && matches!(a, 'e' | 'E') && digit(last_but_one) && matches!(b, '-' | '+') => {
            digit(second)
        }
        () if tight && matches!(a, '-' | '+') && b.is_numeric() && is_exponent(left.text) => true,
        // 3 × 10⁹
        () if a.is_numeric() && b == '×' => digit(right.text['×'.len_utf8()..].trim_start().chars().next()),
        () if a == '×' && b.is_numeric() => digit(
            left.text[..left.text.len() - '×'.len_utf8()]
                .trim_end()
                .chars()
                .next_back(),
        ),
        // C-131/12, A/55
        () if tight && matches!(b, '-' | '/') && digit(second) => is_mark_of_a_case(left.text),
        () if tight && matches!(a, '-' | '/') && b.is_numeric() => {
            is_mark_of_a_case(&left.text[..left.text.len() - 1])
        }
        // ISBN 3-16-148410-X
        () if tight && a.is_numeric() && b == '-' => ends_number(&right.text[1..]),
        () => tight && a == '-' && digit(last_but_one) && ends_number(right.text),
    }
}

/// Whether a dash beside a place is no hyphen on the page: it parts what it stands between.
fn is_punctuation(raw: &str, folded: &Folded, at: usize) -> bool {
    let dash = |from: usize| folded.text[from..].starts_with('-') && !is_hyphen(raw, folded, from);
    dash(at) || folded.text[..at].ends_with('-') && dash(at - 1)
}

/// Whether the dash at a place of the folded text is a hyphen on the page, with no space beside it but a
/// line's end.
pub fn is_hyphen(raw: &str, folded: &Folded, at: usize) -> bool {
    let sign = folded.raw(at..at + 1);
    let before = raw[..sign.start].chars().next_back();
    matches!(&raw[sign], "-" | "\u{2010}" | "\u{2011}") && before.is_some_and(char::is_alphanumeric)
}

/// Whether what ends at a place of the folded text is a sign of layout: the `>` of a quoted mail bounds no
/// number.
fn is_layout(folded: &Folded, end: usize) -> bool {
    let next = folded.optional.partition_point(|range| range.end < end);
    folded
        .optional
        .get(next)
        .is_some_and(|range| range.start < end && end <= range.end)
}

/// A sign that bounds a number: `≥8`, `< 5`, `~ 5`, and `5+`.
fn is_beside_bound(left: &str, right: &str, tight: bool) -> bool {
    let digit = |text: &str| text.starts_with(|c: char| c.is_numeric() || is_currency(c));
    if tight && right.starts_with('+') && left.ends_with(char::is_numeric) {
        return true;
    }
    let Some(sign) = left.chars().next_back().filter(|_| digit(right)) else { return false };
    let before = &left[..left.len() - sign.len_utf8()];
    if sign == '-' && before.ends_with("+/") {
        return true;
    }
    match sign {
        '≥' | '≤' | '≧' | '≦' | '≈' | '±' | '∓' | '≲' | '≳' | '≪' | '≫' | '≮' | '≯' | '⩽' | '⩾' | '⪅'
        | '⪆' | '∼' | '≃' => true,
        '<' => true,
        '=' => before.ends_with(['<', '>']),
        '~' => !before.ends_with('~'),
        '>' => !before.ends_with(['-', '=', '>']) && !is_in_tag(before),
        _ => false,
    }
}

/// Whether an angle was opened in the same word: `<b>5</b>`.
fn is_in_tag(before: &str) -> bool {
    before
        .chars()
        .rev()
        .take(40)
        .take_while(|c| !c.is_whitespace())
        .any(|c| c == '<')
}

/// What joins digits, one sign or several: `5...7`, `3.-5.`, `5~7`, `1·5`.
fn is_within_joints(left: &str, right: &str) -> bool {
    let joint = |c: char| matches!(c, '.' | '-' | '/' | '~' | '〜' | '·' | '⋅' | '∶' | '°');
    let (before, after) = (left.trim_end_matches(joint), right.trim_start_matches(joint));
    let (first, second) = (&left[before.len()..], &right[..right.len() - after.len()]);
    let joints = format!("{}{}", &first[..first.len().min(12)], &second[..second.len().min(12)]);
    let joined = matches!(
        joints.as_str(),
        "." | "-" | ".." | "..." | ".-" | "./" | "~" | "〜" | "·" | "⋅" | "∶" | "°"
    );
    joined && before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric)
}

/// A clause of a number (`5(a)`, `2758(XXVI)`), and what makes another version of it (`2.0-beta`).
fn is_within_clause(left: &str, right: &str) -> bool {
    let clause = |text: &str| {
        let inner = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
        (1..=6).contains(&inner) && text[inner..].starts_with(')')
    };
    if let Some(inner) = right.strip_prefix('(') {
        return left.ends_with(|c: char| c.is_numeric() || c == ')') && clause(inner);
    }
    if let Some(number) = left.strip_suffix('(') {
        return number.ends_with(char::is_numeric) && clause(right);
    }
    let version = |text: &str| {
        let word = spelled::first_word(text).to_ascii_lowercase();
        matches!(word.as_str(), "alpha" | "beta" | "rc" | "pre" | "preview" | "dev" | "snapshot" | "nightly")
    };
    let ends = |text: &str| text.ends_with(char::is_numeric);
    right.strip_prefix('-').is_some_and(version) && ends(left)
        || left.strip_suffix('-').is_some_and(ends) && version(right)
}

/// The unit of a number, whole (`12 km/h`, `5 m⁻²`, `20 kg m⁻³`, `5/day`), and the smaller units behind it
/// (`£5 10s`, `5 ft 10 in`).
fn is_within_measure(left: &str, right: &str, tight: bool) -> bool {
    let alphabetic = |text: &str| text.starts_with(char::is_alphabetic);
    if tight && right.starts_with(figures::is_moved) {
        return left.ends_with(|c: char| c.is_alphanumeric() || figures::is_moved(c) || c == ')');
    }
    if tight && left.ends_with(figures::is_moved) && right.starts_with(char::is_numeric) {
        return true;
    }
    match (left.strip_suffix('/'), right.strip_prefix('/')) {
        (Some(left), _) if tight => is_measured(left) && alphabetic(right),
        (_, Some(behind)) if tight => is_measured(left) && alphabetic(behind),
        _ => is_factor(left, right) || !tight && is_smaller_unit(left, right),
    }
}

/// Whether a text ends with a number, or a number and a word, or a unit of percent.
fn is_measured(left: &str) -> bool {
    let number = left
        .trim_end_matches(['²', '³', '2', '3'])
        .trim_end_matches(char::is_alphabetic);
    let unit = left.len() > number.len();
    let left = if unit { number.trim_end() } else { left };
    left.ends_with(|c: char| c.is_numeric() || matches!(c, '%' | '‰' | '°'))
}

/// A unit that divides: `kg | m⁻³`.
fn is_factor(left: &str, right: &str) -> bool {
    let unit = spelled::first_word(right);
    (1..=3).contains(&unit.chars().count()) && right[unit.len()..].starts_with('⁻') && is_measured(left)
}

/// Each unit with those that go on with what is left of it.
const SMALLER_UNITS: &[(&str, &str)] = &[
    ("s", "d"),
    ("ft", "in"),
    ("feet", "in inch inches"),
    ("foot", "in inch inches"),
    ("st", "lb lbs"),
    ("stone", "lb lbs pounds"),
    ("lb", "oz"),
    ("lbs", "oz"),
    ("pounds", "oz ounces shillings"),
    ("h", "m min"),
    ("hr", "min"),
    ("hrs", "min mins"),
    ("hour", "minutes minute"),
    ("hours", "minutes minute"),
    ("m", "s"),
    ("min", "s sec"),
    ("minutes", "seconds"),
    ("shillings", "pence"),
];

fn is_smaller_unit(left: &str, right: &str) -> bool {
    let digits = digits_after(right);
    let smaller = spelled::first_word(right[digits.len()..].trim_start());
    if digits.is_empty() || smaller.is_empty() {
        return false;
    }
    let larger = spelled::last_word(left);
    let number = left[..left.len() - larger.len()].trim_end();
    let before = number[..number.len() - digits_before(number).len()].trim_end();
    let pounds = larger.is_empty() && number.len() > before.len() && before.ends_with('£');
    let follows = |&(unit, smaller_ones): &(&str, &str)| {
        unit == larger && smaller_ones.split(' ').any(|one| one == smaller)
    };
    pounds && matches!(smaller, "s" | "d")
        || number.ends_with(char::is_numeric) && SMALLER_UNITS.iter().any(follows)
}

fn is_joint(c: char) -> bool {
    matches!(c, ':' | '/' | '-' | '.' | ',' | '\'' | '^' | '±')
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '±' | '×' | '°' | '%' | '‰' | ':' | '/' | '.' | ',' | '\'' | '^')
}

/// Percent in words.
fn is_percent(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "percent",
        "per cent",
        "per mille",
        "per mil",
        "Prozent",
        "Promille",
        "pour cent",
        "por ciento",
        "por cento",
        "per cento",
        "процент",
        "phần trăm",
    ];
    WORDS.iter().any(|word| text.starts_with(word)) && !text.starts_with("percentage")
}

fn digits_before(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

fn digits_after(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
}

/// Groups of digits that single spaces part: by threes, or three groups and more, as telephones and accounts
/// have them.
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
    let more_after = behind.starts_with(' ')
        && digit(behind[1..].chars().next())
        && gap(raw, folded, right.start + after.len(), next) == Gap::Space;
    (by_threes && !closes.is_some_and(char::is_alphanumeric))
        || more_before
        || more_after
        || rest.ends_with('+')
}

/// `1 1/2`: how `1½` is folded.
fn is_fraction(left: &str, right: &str) -> bool {
    let (whole, above) = (digits_before(left), digits_after(right));
    let below = right[above.len()..].strip_prefix('/').map_or("", digits_after);
    let short = |digits: &str, most: usize| (1..=most).contains(&digits.len());
    short(whole, 3) && short(above, 2) && short(below, 2)
}

/// Whether the dash between two numbers makes a range of them. `end` is where the first ends, `dash` where
/// the dash stands.
fn is_range(raw: &str, folded: &Folded, end: usize, dash: usize) -> bool {
    let text = &folded.text;
    let behind = text[dash + 1..].trim_start();
    let second = digits_after(behind);
    let ordinal = behind[second.len()..].starts_with('.'); // 3. – 5. Mai
    let first = text[..end]
        .strip_suffix('.')
        .filter(|_| ordinal)
        .unwrap_or(&text[..end]);
    let first = digits_before(first);
    let (before, after) =
        (gap(raw, folded, end, dash), gap(raw, folded, dash + 1, text.len() - behind.len()));
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

/// Whether the character before a number is its sign. A dash after a letter or digit is a hyphen
/// (`Covid-19`), a long dash is punctuation.
fn is_sign_of_number(raw: &str, folded: &Folded, left: &Side) -> bool {
    let at = left.text.len();
    let sign = left.text.chars().next_back().map_or(0, char::len_utf8);
    let sign = folded.raw(at - sign..at);
    let before = raw[..sign.start].chars().next_back();
    matches!(&raw[sign], "-" | "+" | "±" | "−" | "‐" | "–" | "﹣" | "－" | "＋")
        && !before.is_some_and(char::is_alphanumeric)
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
    chars.next().is_some_and(char::is_uppercase)
        && !chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '\'')
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
        check(
            true,
            &[
                "at 10|:30",
                "at 10:|30",
                "1|:2:3",
                "1:2|:3",
                "12/05|/2021",
                "2021-|05-12",
                "2021-05|-12",
                "12|.05.2021",
                "2|.1.3",
            ],
        );
        check(true, &["John 3|:16", "24|/7", "192.168|.1.2"]);
        check(
            false,
            &["at 10|: so", "on 12| May", "in 2021|. So", "in 2021|, 5 of", "(2021)| 5", "10:30| then"],
        );
    }

    #[test]
    fn ranges() {
        check(
            true,
            &[
                "1914|-18",
                "1914-|18",
                "2023|–2026",
                "2023–|2026",
                "5 |– 7 men",
                "5 – |7 men",
                "1914| – 18",
                "5-|7",
            ],
        );
        check(
            false,
            &[
                "In 2019| – 12 years later",
                "In 2019 – |12 years",
                "of 5|\n- 7 of tin",
                "of 5\n- |7 of tin",
                "ships — |5 of them",
            ],
        );
    }

    #[test]
    fn numbers_of_cases_telephones_and_accounts() {
        check(
            true,
            &[
                "17|-1234",
                "C-|131/12",
                "C|-131/12",
                "C-131|/12",
                "A/|55/305",
                "B-|52",
                "978-3-16|-148410-0",
                "148410|-X",
            ],
        );
        check(
            true,
            &["+84| 24 3942 5710", "+84 24| 3942", "DE89 3704| 0044 0532", "0044 |0532 0130", "1| 650 km"],
        );
        check(
            false,
            &["in 2019| 650 ships", "12|\t650", "12|\n650", "1952 1650\n1954| 2400\n1955 1", "Covid|-19"],
        );
    }

    #[test]
    fn signs_currencies_and_units() {
        check(
            true,
            &[
                "$|5",
                "5| €",
                "5|€",
                "€ |5",
                "30| %",
                "30|%",
                "3|‰",
                "20| °C",
                "20 °|C",
                "±|5",
                "5|±1",
                "-|5",
                "fell −|5",
                "grew +|5",
            ],
        );
        check(true, &["-|$5"]);
        check(
            false,
            &["for 5| $3 each", "30%| of", "|$5", "A |$5", "Cash $|\t1,500", "30 percent| of", "x+|y"],
        );
    }

    #[test]
    fn scales_of_a_number() {
        check(
            true,
            &[
                "USD 3| million",
                "USD 3 |million",
                "$7| billion",
                "2| bn",
                "1,2| Mio.",
                "2| Mrd. Euro",
                "2| triệu",
                "2| tỷ",
                "3|-million",
            ],
        );
        check(
            true,
            &[
                "5|万",
                "5|億",
                "5|千人",
                "5万|5千人",
                "5만| 5천",
                "12| lakh",
                "3| dozen",
                "$5| m",
                "€ 5| k",
                "5| тыс. руб",
                "30| percent",
            ],
        );
        check(
            false,
            &[
                "3 million| crowns",
                "5万|人",
                "$5 |men",
                "5| m",
                "in 2019| men",
                "30| percentage points",
                "the |million",
            ],
        );
    }

    #[test]
    fn numbers_in_words() {
        check(
            true,
            &[
                "thirty-|five men",
                "thirty|-five men",
                "hundred and |twenty",
                "hundred| and twenty",
                "thirty-\n|five",
            ],
        );
        check(
            true,
            &[
                "three thousand two |hundred dogs",
                "half a |million",
                "half |a million",
                "several |hundred",
                "hundreds of |thousands",
            ],
        );
        check(
            true,
            &[
                "三千|五百人",
                "二十|三名",
                "三|千",
                "十|多人",
                "dix-|huit",
                "treinta y |cinco",
                "fünfunddreißig |Millionen",
                "hai |trăm",
            ],
        );
        check(true, &["two| and a half tons", "nineteen |ninety", "quatre-|vingt", "vingt et |un"]);
        check(
            false,
            &[
                "five |men",
                "hundred |dogs",
                "of the two, |three",
                "five |three-year-olds",
                "thirty—|five of them",
                "men and |five",
            ],
        );
        check(
            false,
            &[
                "twenty-|, thirty-year-olds",
                "between five and |ten",
                "a |million",
                "五百|人",
                "one |man",
                "ten |two-ton trucks",
            ],
        );
    }

    #[test]
    fn bounds_units_and_clauses() {
        check(
            true,
            &[
                "≥|8 mg",
                "≤ |8",
                "<|5 mg",
                "used > |7 mg",
                "5|+ mg",
                "<=|5",
                "~ |5",
                "p < |0.05",
                "a +/- |3 margin",
            ],
        );
        check(
            true,
            &[
                "12 km|/h",
                "5 kg|/m³",
                "5 kg/|m³",
                "100 mg|/dL",
                "5 kWh|/day",
                "5 m|⁻²",
                "5 kg| m⁻³",
                "5|/day",
                "20 m³|/s",
            ],
        );
        check(
            true,
            &[
                "£5| 10s",
                "£5 10s| 6d",
                "5 ft| 10 in",
                "v2.0|-beta",
                "5|(a)",
                "2758|(XXVI)",
                "5(a)|(ii)",
                "5(|3)",
            ],
        );
        check(
            true,
            &[
                "5|...7 mm",
                "5...|7",
                "5…|7",
                "5..|7",
                "5~|7",
                "5〜|7",
                "5～|7",
                "3|.–5. Mai",
                "3.|–5. Mai",
                "3. –| 5. Mai",
                "1|·5",
                "12./|13. Juni",
                "12|./13. Juni",
            ],
        );
        check(
            false,
            &[
                "<b>|5</b>",
                "-> |5 boats",
                "5 men| / 6",
                "12 km/h| then",
                "and/|or",
                "in 5| (a few)",
                "2.0|-litre",
                "5 ft| tall",
            ],
        );
        check(false, &["so ...| 7", "in 2019...| Then", "word|(s)", "~~|5~~"]);
    }

    #[test]
    fn powers_fractions_and_exponents() {
        check(
            true,
            &[
                "10|⁻³",
                "10|^-3",
                "10⁻|³",
                "10|<sup>-3</sup>",
                "10|⁹",
                "1|½",
                "1| ½",
                "1| 1/2",
                "1 1|/2",
                "1.2e|-6",
                "1.2e-|6",
                "3| × 10⁹",
                "3 ×| 10",
            ],
        );
        check(false, &["in 1999| 1/2 of", "3| × so"]);
    }
}
