//! The pieces that numbers are written with: digits in threes, scales, ordinals, number words. Shared by the
//! grammar of figures, which is strict, and the search for numbers in running text, which is not.

use super::decimal::Decimal;

/// Scales as people write them, lower case. `m` is not among them: alone it is the metre (see
/// `letter_scale`).
static SCALES: &[(&str, u8)] = &[
    ("hundred", 2),
    ("thousand", 3),
    ("lakh", 5),
    ("million", 6),
    ("crore", 7),
    ("billion", 9),
    ("trillion", 12),
    ("hundreds", 2),
    ("thousands", 3),
    ("millions", 6),
    ("billions", 9),
    ("trillions", 12),
    ("mn", 6),
    ("mln", 6),
    ("mio", 6),
    ("bn", 9),
    ("bln", 9),
    ("tn", 12),
    ("trn", 12),
    ("trăm", 2),
    ("nghìn", 3),
    ("ngàn", 3),
    ("triệu", 6),
    ("tỷ", 9),
    ("tỉ", 9),
];

/// Letters that are scales only where they cannot be units: behind money, before another unit, or (`k`)
/// anywhere.
static LETTERS: &[(&str, u8)] =
    &[("k", 3), ("K", 3), ("m", 6), ("M", 6), ("b", 9), ("B", 9), ("t", 12), ("T", 12)];

/// More powers of ten than these are no scale that a source uses.
const HIGHEST: u8 = 18;

/// What stood where digits were looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// A number, and how many bytes it takes.
    Number(Decimal, usize),
    /// Digits that are grouped or pointed in no known way, and how many bytes they take.
    Malformed(usize),
}

/// The number that a text begins with: digits, with commas, thin or no-break spaces by threes, and one
/// decimal point.
pub fn digits_at(text: &str) -> Option<Digits> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let length = extent(text);
    let typed = text.get(..length)?;
    let (whole, fraction) = typed
        .split_once('.')
        .map_or((typed, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_grouped = grouped(whole);
    let is_pointed =
        fraction.is_none_or(|fraction| !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()));
    let plain: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let number = (is_grouped && is_pointed).then(|| Decimal::of(&plain)).flatten();
    Some(number.map_or(Digits::Malformed(length), |number| Digits::Number(number, length)))
}

/// How far digits and the separators between them go; one at the end belongs to the sentence.
fn extent(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let between = is_separator(c) && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !c.is_ascii_digit() && !between {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.') || is_narrow_space(c)
}

/// The spaces that group digits: thin, narrow no-break, no-break, figure space.
fn is_narrow_space(c: char) -> bool {
    matches!(c, '\u{2009}' | '\u{202f}' | '\u{a0}' | '\u{2007}')
}

/// Digits alone, or one to three and then threes, all parted by one and the same mark.
fn grouped(whole: &str) -> bool {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else { return true };
    let mut groups = whole.split(|c: char| c == mark || (is_narrow_space(mark) && is_narrow_space(c)));
    let first = groups.next().unwrap_or_default();
    mark != '.'
        && (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// `1.650,5` and `1.650`, as Vietnamese and most of Europe write them: points by threes, a decimal comma.
pub fn continental(typed: &str) -> Option<Decimal> {
    let (whole, fraction) = typed.split_once(',').unwrap_or((typed, ""));
    let points = whole.contains('.');
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let is_grouped = !points || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    let is_other = points || (typed.contains(',') && fraction.len() != 3);
    let plain = format!("{}{}{fraction}", whole.replace('.', ""), if fraction.is_empty() { "" } else { "." });
    (is_grouped && is_other).then(|| Decimal::of(&plain)).flatten()
}

/// The scale that a text begins with (`million`, `nghìn tỷ`), and its length. Letters count where `letters`
/// says so.
pub fn scale_at(text: &str, letters: bool) -> Option<(u8, usize)> {
    let mut scale = 0;
    let mut length = 0;
    let mut rest = text;
    while let Some((power, end)) =
        one_scale(rest, letters && length == 0).filter(|(power, _)| scale + power <= HIGHEST)
    {
        scale += power;
        length = text.len() - rest.len() + end;
        let behind = text.get(length..).unwrap_or_default();
        rest = behind.strip_prefix([' ', '\u{a0}']).unwrap_or(behind);
    }
    (length > 0).then_some((scale, length))
}

fn one_scale(text: &str, letters: bool) -> Option<(u8, usize)> {
    let word = word_at(text);
    if letters && let Some((_, power)) = LETTERS.iter().find(|(letter, _)| *letter == word) {
        return Some((*power, word.len()));
    }
    if word.len() > "thousands".len() {
        return None;
    }
    let lower = word.to_lowercase();
    SCALES
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, power)| (*power, word.len()))
}

/// `k` is a thousand wherever it stands; the other letters are scales only where something else says what is
/// counted.
pub fn letter_scale(word: &str, counts_something: bool) -> Option<u8> {
    let (_, power) = LETTERS.iter().find(|(letter, _)| *letter == word)?;
    (counts_something || word == "k").then_some(*power)
}

/// The letters that a text begins with.
pub fn word_at(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphabetic() && !unicode_normalization::char::is_combining_mark(c))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// A scale in words that are read as it.
pub fn scale_words(scale: u8) -> Vec<&'static str> {
    let mut words = Vec::new();
    let mut left = scale;
    for (word, power) in [
        ("trillion", 12),
        ("billion", 9),
        ("crore", 7),
        ("million", 6),
        ("lakh", 5),
        ("thousand", 3),
        ("hundred", 2),
    ] {
        let fits = left == power || (left > power && left - power >= 2);
        if fits {
            words.insert(0, word);
            left -= power;
        }
    }
    words
}

static ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The place that an ordinal word names.
pub fn ordinal_word(word: &str) -> Option<i128> {
    let lower = word.to_lowercase();
    ORDINALS
        .iter()
        .position(|ordinal| *ordinal == lower)
        .map(|place| place as i128 + 1)
}

static CARDINALS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

static TENS: &[(&str, i128)] = &[
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
];

/// What remains of old money behind whole pounds: `3s. 6d.`, in pence, and how long it is. Twelve pence make
/// a shilling, twenty shillings a pound.
pub fn shillings_and_pence(text: &str) -> Option<(i128, usize)> {
    let shillings = coins(text, 's', 20);
    let behind = shillings.map_or(0, |(_, length)| length);
    let pence = coins(&text[behind..], 'd', 12);
    let length = behind + pence.map_or(0, |(_, length)| length);
    let worth = shillings.map_or(0, |(number, _)| number * 12) + pence.map_or(0, |(number, _)| number);
    (length > 0).then_some((worth, length))
}

/// `3s.`: fewer coins of a kind than make the next, behind a point, a comma or space.
fn coins(text: &str, sign: char, fewer_than: i128) -> Option<(i128, usize)> {
    let start = text.len() - text.trim_start_matches([' ', '\u{a0}', '.', ',']).len();
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let number: i128 = text.get(start..start + digits)?.parse().ok()?;
    let behind = text[start + digits..].trim_start_matches([' ', '\u{a0}']);
    let rest = behind.strip_prefix(sign)?;
    let is_word = rest.starts_with(char::is_alphanumeric);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    (number < fewer_than && !is_word).then_some((number, text.len() - rest.len()))
}

/// Pounds and pence as pounds. A third of a penny of a pound has no end in tens; so many digits tell all sums
/// of old money apart.
pub fn pounds(whole: Decimal, pence: i128) -> Option<Decimal> {
    const FINE: i128 = 1_000_000;
    let whole = if whole.exponent == 0 { whole.mantissa } else { return None };
    let sum = whole.checked_mul(240)?.checked_add(pence)?.checked_mul(FINE)?;
    let (mut mantissa, mut exponent) = ((sum + 120) / 240, -6);
    while mantissa % 10 == 0 && exponent < 0 {
        (mantissa, exponent) = (mantissa / 10, exponent + 1);
    }
    Some(Decimal::new(mantissa, exponent))
}

/// Vietnamese numbers below ten; some read otherwise behind tens (`mốt`, `tư`, `lăm`).
static VIETNAMESE: &[(&str, i128)] = &[
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
];

/// A Vietnamese number in words below a hundred (`hai mươi lăm`), and how long it is. `năm` before digits is
/// a year.
pub fn vietnamese_words(text: &str) -> Option<(i128, usize)> {
    let below_ten = |word: &str| {
        VIETNAMESE
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, number)| *number)
    };
    let after_tens = |word: &str| match word {
        "mốt" => Some(1),
        "tư" => Some(4),
        "lăm" | "nhăm" => Some(5),
        other => below_ten(other),
    };
    let next = |at: usize| -> (String, usize) {
        let rest = text.get(at..).unwrap_or_default();
        let space = if at == 0 { 0 } else { rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len() };
        let word = if at > 0 && space == 0 { "" } else { word_at(&rest[space..]) };
        (word.to_lowercase(), at + space + word.len())
    };
    let (first, end) = next(0);
    let (second, behind) = next(end);
    let (tens, end) = match (first.as_str(), below_ten(&first)) {
        ("mười", _) => (10, end),
        (_, Some(number)) if matches!(second.as_str(), "mươi" | "chục") => (number * 10, behind),
        (_, Some(number)) => {
            let is_year =
                first == "năm" && text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
            return (!is_year).then_some((number, end));
        }
        (_, None) => return None,
    };
    let (ones, behind) = next(end);
    Some(after_tens(&ones).map_or((tens, end), |ones| (tens + ones, behind)))
}

/// The number that a word names.
pub fn cardinal_word(word: &str) -> Option<i128> {
    let lower = word.to_lowercase();
    let small = CARDINALS
        .iter()
        .position(|cardinal| *cardinal == lower)
        .map(|number| number as i128);
    small.or_else(|| {
        TENS.iter()
            .find(|(name, _)| *name == lower)
            .map(|(_, number)| *number)
    })
}
