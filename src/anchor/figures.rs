//! Digits that stand raised, lowered or in a fraction, and signs that group digits: as they are set, and as
//! people type them.
//!
//! A digit that stands raised or lowered is no digit of the number beside it: 10⁹ is not 109. Here is how it
//! is told, in Unicode and in the forms that are typed for it (`10^9`, `10**9`, `10<sup>9</sup>`, `H_2O`);
//! `fold` decides what becomes of it.

use std::ops::Range;

pub const PLAIN: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
pub const RAISED: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
pub const LOWERED: [&str; 10] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"];

/// The value of a digit, raised, lowered or plain.
pub fn digit(c: char) -> Option<usize> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' | '⁴'..='⁹' => u32::from(c) - u32::from('⁰'),
        '₀'..='₉' => u32::from(c) - u32::from('₀'),
        _ => return None,
    };
    usize::try_from(value).ok()
}

pub fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁺' | '⁻')
}

pub fn is_lowered(c: char) -> bool {
    matches!(c, '₀'..='₉' | '₊' | '₋')
}

pub fn is_moved(c: char) -> bool {
    is_raised(c) || is_lowered(c)
}

pub fn is_stroke(text: &str) -> bool {
    matches!(text.trim(), "/" | "⁄" | "∕")
}

/// How many bytes at the start of a text are digits of a kind, with a sign before them, and how many of these
/// the sign takes.
pub fn run(text: &str, is_digit: impl Fn(char) -> bool) -> (usize, usize) {
    let sign = text
        .chars()
        .next()
        .filter(|c| matches!(c, '+' | '-' | '−' | '⁺' | '⁻' | '₊' | '₋'));
    let sign = sign.map_or(0, char::len_utf8);
    let digits = text[sign..]
        .chars()
        .take_while(|&c| digit(c).is_some() && is_digit(c));
    (sign + digits.map(char::len_utf8).sum::<usize>(), sign)
}

/// A vulgar fraction in plain digits: `½`.
pub fn vulgar(c: char) -> Option<&'static str> {
    Some(match c {
        '¼' => "1/4",
        '½' => "1/2",
        '¾' => "3/4",
        '⅐' => "1/7",
        '⅑' => "1/9",
        '⅒' => "1/10",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        '↉' => "0/3",
        _ => return None,
    })
}

/// Digits that were typed as raised or lowered.
pub struct Raised {
    /// The digits, with their sign.
    pub digits: Range<usize>,
    /// Where the whole form ends.
    pub end: usize,
    pub raised: bool,
}

/// How a raised or lowered figure is opened, and how it is closed.
const FORMS: [(&str, &str, bool); 11] = [
    ("^{", "}", true),
    ("^(", ")", true),
    ("^", "", true),
    ("**{", "}", true),
    ("**(", ")", true),
    ("**", "", true),
    ("<sup>", "</sup>", true),
    ("<sub>", "</sub>", false),
    ("_{", "}", false),
    ("_(", ")", false),
    ("_", "", false),
];

/// More digits than this are no power and no index.
const MOST_DIGITS: usize = 6;

/// The figure whose typed form begins at a place, right behind what it belongs to.
pub fn typed(text: &str, at: usize) -> Option<Raised> {
    let (before, rest) = (&text[..at], &text[at..]);
    FORMS.iter().find_map(|&(open, close, raised)| {
        let inner = rest.strip_prefix(open)?;
        let (length, sign) = run(inner, |c| c.is_ascii_digit());
        let digits = length - sign;
        let closed = inner[length..].strip_prefix(close)?;
        let goes_on = |c: char| {
            if raised {
                c.is_alphanumeric() || c == '*'
            } else {
                c.is_lowercase() || c.is_numeric() || c == '_'
            }
        };
        let apart = !close.is_empty() || !closed.starts_with(goes_on);
        let fits = (1..=MOST_DIGITS).contains(&digits) && apart && may_carry(before, open);
        let start = at + open.len();
        fits.then(|| Raised { digits: start..start + length, end: start + length + close.len(), raised })
    })
}

/// Whether a figure may stand raised or lowered behind this. `file_2` is a word, `H_2` is not; `**` is
/// emphasis as a rule.
fn may_carry(before: &str, open: &str) -> bool {
    let letters = before.chars().rev().take(4).take_while(|c| c.is_alphabetic()).count();
    let Some(last) = before.chars().next_back() else { return false };
    let closes = matches!(last, ')' | ']' | '}');
    match open.as_bytes()[0] {
        b'_' => closes || (1..=2).contains(&letters) && !before.ends_with('_'),
        b'*' => closes || last.is_ascii_digit() || letters == 1,
        _ => closes || last.is_alphanumeric(),
    }
}

/// Groups of digits longer than this in all are no number.
const LONGEST: usize = 48;

/// Where the groups of digits end of which a sign (`at..end`, behind a digit) parts the first two; `None`
/// where it parts two numbers.
pub fn grouped(text: &str, at: usize, end: usize) -> Option<usize> {
    let sign = &text[at..end];
    let lead = text[..at]
        .bytes()
        .rev()
        .take(4)
        .take_while(u8::is_ascii_digit)
        .count();
    let before = text[..at - lead].chars().next_back();
    if !(1..=3).contains(&lead) || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) {
        return None;
    }
    let spaced = sign == " ";
    if spaced && (text[at - lead..].starts_with('0') || is_within_digits(&text[..at - lead])) {
        return None; // a telephone, an account
    }
    let mut groups = Vec::new();
    let mut next = end;
    loop {
        let digits = text[next..].bytes().take(4).take_while(u8::is_ascii_digit).count();
        groups.push(digits);
        next += digits;
        match text[next..].strip_prefix(sign) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) && next - end < LONGEST => {
                next += sign.len()
            }
            _ => break,
        }
    }
    let (last, inner) = groups.split_last()?;
    let thousands = inner.iter().all(|&digits| digits == 3);
    let lakhs = sign == "," && lead <= 2 && !inner.is_empty() && inner.iter().all(|&digits| digits == 2);
    // One dot may as well be a decimal point, unless a comma is that.
    let enough = !inner.is_empty() || sign != "." || has_decimals(&text[next..]);
    let apart =
        !spaced || !text[next..].starts_with(char::is_alphanumeric) && !is_followed_by_digits(&text[next..]);
    (*last == 3 && enough && apart && (thousands || lakhs)).then_some(next)
}

/// A comma and decimals. Behind a dot that parted three digits it cannot group: nobody groups with both.
fn has_decimals(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(',') else { return false };
    let digits = rest.bytes().take(LONGEST).take_while(u8::is_ascii_digit).count();
    let ends =
        |rest: &str| !rest.starts_with([',', '.']) || !rest[1..].starts_with(|c: char| c.is_ascii_digit());
    digits > 0 && ends(&rest[digits..])
}

fn is_within_digits(before: &str) -> bool {
    before.ends_with('+')
        || before
            .strip_suffix(' ')
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

fn is_followed_by_digits(behind: &str) -> bool {
    behind
        .strip_prefix(' ')
        .is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn typed_in(text: &str) -> Option<&str> {
        let at = text.find(['^', '*', '_', '<'])?;
        typed(text, at).map(|figure| &text[figure.digits])
    }

    #[test]
    fn typed_figures() {
        for text in [
            "10^9 grains",
            "10**9",
            "10^{9}",
            "10<sup>9</sup> grains",
            "m^9",
            "(a + b)^9",
            "H_9O",
            "x_{9}",
            "10^9.",
        ] {
            assert_eq!(typed_in(text), Some("9"), "{text}");
        }
        assert_eq!(typed_in("10^-9"), Some("-9"));
        for text in ["file_9", "[^9]", "10**9**", "10^9a", "so **9", "10^1234567", "^9", "a *9*"] {
            assert_eq!(typed_in(text), None, "{text}");
        }
    }

    #[test]
    fn groups_of_digits() {
        let ends = |text: &str| {
            let at = text.find(['.', ',', '’', '\'', ' ']).expect("a sign");
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            grouped(text, at, end).map(|end| &text[..end]).map(str::to_string)
        };
        for text in
            ["1’650", "12,34,567", "1.234.567", "12’345’678", "1,234,567", "3 750 000", "1 650", "40 000"]
        {
            assert_eq!(ends(text).as_deref(), Some(text));
        }
        for text in [
            "1.234",
            "1’65",
            "2.1.3",
            "192.168.100.2",
            "1,23",
            "1234.567.890",
            "1,2345",
            "1 6500",
            "2019 650",
            "2019 650 000",
            "020 794",
        ] {
            assert_eq!(ends(text), None, "{text}");
        }
    }
}
