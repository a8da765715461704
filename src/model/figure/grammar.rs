//! The grammar of a `figure:` line, read strictly: `measure, period = [~<>≤≥] value [unit]`.
//!
//! What is nearly a figure is refused with the line that was plainly meant: words for signs ("about", "more
//! than"), digits grouped in other ways, number words, a comparator on the wrong side.

use super::amount::{Amount, Comparator, Figure, NoFigure, Number, Value};
use super::decimal::Decimal;
use super::mentions;
use super::number::{
    Digits, cardinal_word, digits_at, letter_scale, ordinal_word, pounds, scale_at, shillings_and_pence,
    vietnamese_words, word_at,
};
use super::unit::{Currency, Unit, money_before};
use crate::model::date::Date;

/// Longer lines are no figures.
const LONGEST: usize = 400;

pub fn figure(text: &str) -> Result<Figure, NoFigure> {
    let no = |reason: String| NoFigure { reason, repairs: Vec::new() };
    if text.len() > LONGEST {
        return Err(no(format!("`{}…` is too long for a figure", text.chars().take(40).collect::<String>())));
    }
    let Some((left, shown)) = text.split_once('=') else { return Err(without_equals(text)) };
    let (left, shown) = (left.trim(), shown.trim());
    if let Some((left, sign)) = comparator_behind(left) {
        let repairs = vec![format!("{left} = {}{shown}", sign.sign())]
            .into_iter()
            .filter(|line| figure(line).is_ok())
            .collect();
        return Err(NoFigure {
            reason: "`=` comes first, then `~`, `<`, `>`, `≤` or `≥`, then the value".to_string(),
            repairs,
        });
    }
    let (measure, period) = measured(left, shown)?;
    let amount = amount(shown).map_err(|reason| NoFigure { reason, repairs: repairs(left, shown) })?;
    Ok(Figure { measure, period, amount, shown: shown.to_string() })
}

/// `deficit, 2024: 123 billion USD` and the like.
fn without_equals(text: &str) -> NoFigure {
    let repairs = text
        .split_once(':')
        .map(|(left, right)| format!("{} = {}", left.trim(), right.trim()));
    NoFigure {
        reason: "there is no `=` between what is measured and its value".to_string(),
        repairs: repairs.into_iter().filter(|line| figure(line).is_ok()).collect(),
    }
}

fn comparator_behind(left: &str) -> Option<(&str, Comparator)> {
    // `2024~ =` is a period; ` ~=` is not.
    let signs = [
        ("<", Comparator::AtMost),
        (">", Comparator::AtLeast),
        (" ~", Comparator::About),
        ("≈", Comparator::About),
    ];
    signs
        .iter()
        .find_map(|(sign, comparator)| left.strip_suffix(sign).map(|left| (left.trim(), *comparator)))
}

/// The measure and, behind the last comma, the period. Words behind it that have nothing of a date belong to
/// the measure.
fn measured(left: &str, shown: &str) -> Result<(String, Option<Date>), NoFigure> {
    let named = |measure: &str, period| {
        let measure = measure.split_whitespace().collect::<Vec<_>>().join(" ");
        let missing = NoFigure {
            reason: "there is nothing before `=` that says what is measured".to_string(),
            repairs: Vec::new(),
        };
        if measure.is_empty() { Err(missing) } else { Ok((measure, period)) }
    };
    let Some((measure, period)) = left.rsplit_once(',') else { return named(left, None) };
    let (measure, period) = (measure.trim(), period.trim());
    match Date::parse(period) {
        Ok(period) => named(measure, Some(period)),
        Err(wrong)
            if wrong.repairs.is_empty()
                && !period.contains(|c: char| c.is_ascii_digit())
                && !period.is_empty() =>
        {
            named(left, None)
        }
        Err(wrong) => {
            let lines = wrong
                .repairs
                .iter()
                .map(|period| format!("{measure}, {period} = {shown}"));
            Err(NoFigure {
                reason: format!("{}: the last comma before `=` stands before the period", wrong.reason),
                repairs: lines.collect(),
            })
        }
    }
}

/// The right-hand side.
pub fn amount(shown: &str) -> Result<Amount, String> {
    if shown.is_empty() {
        return Err("there is no value behind `=`".to_string());
    }
    if shown.contains('=') && !shown.starts_with(['<', '>']) || shown.matches('=').count() > 1 {
        return Err(format!("`{shown}` has another `=`"));
    }
    let (comparator, rest) = comparator(shown);
    let rest = rest.trim_start();
    let first = end(rest, shown)?;
    match range_behind(first.rest) {
        None => one(comparator, first, shown),
        Some(behind) => range(comparator, first, end(behind.trim_start(), shown)?, shown),
    }
}

fn comparator(shown: &str) -> (Comparator, &str) {
    let signs = [
        ("<=", Comparator::AtMost),
        (">=", Comparator::AtLeast),
        ("≤", Comparator::AtMost),
        ("≥", Comparator::AtLeast),
        ("<", Comparator::Below),
        (">", Comparator::Above),
        ("~", Comparator::About),
        ("≈", Comparator::About),
    ];
    let found = signs
        .iter()
        .find_map(|(sign, comparator)| shown.strip_prefix(sign).map(|rest| (*comparator, rest)));
    found.unwrap_or((Comparator::Exactly, shown))
}

/// A number with what is attached to it, and what follows.
struct EndOfRange<'a> {
    number: Decimal,
    is_rank: bool,
    money: Option<Currency>,
    /// A scale or percent sign right behind the digits, or a scale word before a dash.
    scale: Option<u8>,
    is_percent: bool,
    rest: &'a str,
}

fn end<'a>(text: &'a str, shown: &str) -> Result<EndOfRange<'a>, String> {
    let (sign, text) = sign(text);
    let (money, text) =
        money_before(text).map_or((None, text), |(money, length)| (Some(money), text[length..].trim_start()));
    let (second, text) = if sign == 1 { self::sign(text) } else { (1, text) };
    if let Some(place) = ordinal_word(word_at(text)) {
        let rest = &text[word_at(text).len()..];
        return Ok(EndOfRange {
            number: Decimal::new(place, 0),
            is_rank: true,
            money: None,
            scale: None,
            is_percent: false,
            rest,
        });
    }
    if let Some((number, length)) = in_words(text) {
        return Ok(attached(
            Decimal { mantissa: number.mantissa * sign * second, ..number },
            money,
            &text[length..],
        ));
    }
    let (number, length) = match digits_at(text) {
        Some(Digits::Number(number, length)) => (number, length),
        Some(Digits::Malformed(length)) => return Err(malformed(&text[..length])),
        None if text.starts_with('.') => {
            return Err(format!("`{shown}` begins with a decimal point: write `0{text}`"));
        }
        None => return Err(format!("`{shown}` has no number where the value belongs")),
    };
    let rest = &text[length..];
    let old = shillings_and_pence(rest).filter(|_| money == Currency::of("GBP"));
    let (number, rest) = match old.and_then(|(pence, length)| Some((pounds(number, pence)?, &rest[length..])))
    {
        Some(sum) => sum,
        None => (number, rest),
    };
    let number = Decimal { mantissa: number.mantissa * sign * second, ..number };
    if let Some(rest) = ordinal_suffix(rest, number) {
        return Ok(EndOfRange { number, is_rank: true, money: None, scale: None, is_percent: false, rest });
    }
    if rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("`{shown}` has a space inside its number"));
    }
    Ok(attached(number, money, rest))
}

/// A number in words up to a hundred; "a" and "half a" are none by themselves.
fn in_words(text: &str) -> Option<(Decimal, usize)> {
    let word = word_at(text);
    let is_number = cardinal_word(word).is_some()
        || vietnamese_words(text).is_some()
        || matches!(word, "a" | "A" | "one");
    let (number, length) = mentions::worded(text, word).filter(|_| is_number)?;
    let alone = matches!(word, "a" | "A");
    (!alone || scale_at(text[length..].trim_start(), false).is_some()).then_some((number, length))
}

fn malformed(digits: &str) -> String {
    let digits_only = digits.bytes().filter(u8::is_ascii_digit).count();
    if digits_only > 24 {
        format!("`{digits}` has more digits than a figure")
    } else {
        format!(
            "`{digits}` groups its digits in no way that is read: by threes with commas, one decimal point"
        )
    }
}

fn sign(text: &str) -> (i128, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn ordinal_suffix(text: &str, number: Decimal) -> Option<&str> {
    let word = word_at(text);
    let is_rank =
        matches!(word.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "º" | "ª") && number.exponent == 0;
    // The ordinal sign is typed for that of a degree
    let degrees = word_at(text[word.len()..].trim_start());
    (is_rank && !(word == "º" && matches!(degrees, "C" | "F" | "N" | "S" | "E" | "W")))
        .then(|| &text[word.len()..])
}

/// Words that follow a unit, not a scale: in "5 m of road", `m` is the metre.
const QUALIFIERS: &[&str] = &[
    "of", "per", "a", "an", "each", "high", "long", "wide", "deep", "tall", "thick", "above", "below", "away",
];

/// `5m`, `5%`, `5 million–7 million`: scales and percent of the first of two ends, or of the only one.
fn attached(number: Decimal, money: Option<Currency>, rest: &str) -> EndOfRange<'_> {
    let plain = EndOfRange { number, is_rank: false, money, scale: None, is_percent: false, rest };
    if let Some(rest) = rest.strip_prefix('%') {
        return EndOfRange { is_percent: true, rest, ..plain };
    }
    let words = rest.trim_start();
    let letter = word_at(words);
    let behind = &words[letter.len()..];
    let next = word_at(behind.trim_start());
    let counts = money.is_some()
        || (!next.is_empty() && !QUALIFIERS.contains(&next) && !letter.eq_ignore_ascii_case("t"));
    if let Some(power) =
        letter_scale(letter, counts).filter(|_| counts || rest.len() == words.len() || letter == "k")
    {
        return EndOfRange { scale: Some(power), rest: behind, ..plain };
    }
    match scale_at(words, false) {
        Some((power, length)) => EndOfRange { scale: Some(power), rest: &words[length..], ..plain },
        None => plain,
    }
}

/// What follows the dash of a range: an en dash, with or without spaces, or a hyphen between digits.
fn range_behind(rest: &str) -> Option<&str> {
    let trimmed = rest.trim_start();
    let dash = trimmed
        .chars()
        .next()
        .filter(|c| matches!(c, '–' | '—' | '-' | '‒' | '‑'))?;
    let behind = &trimmed[dash.len_utf8()..];
    let number = behind.trim_start().trim_start_matches(['-', '−', '+']);
    let begins = number.starts_with(|c: char| c.is_ascii_digit()) || money_before(number).is_some();
    begins.then_some(behind)
}

fn one(comparator: Comparator, end: EndOfRange<'_>, shown: &str) -> Result<Amount, String> {
    let (unit, factor) = unit(&[&end], end.rest, shown)?;
    if end.is_rank {
        let number = Number { typed: end.number, scale: 0 };
        return if unit == Unit::Bare {
            Ok(Amount { comparator, value: Value::One(number), unit: Unit::Rank })
        } else {
            Err(format!("`{shown}` is a place in an order, which has no unit"))
        };
    }
    Ok(Amount { comparator, value: Value::One(number(&end, end.scale, factor)), unit })
}

fn range(
    comparator: Comparator,
    from: EndOfRange<'_>,
    to: EndOfRange<'_>,
    shown: &str,
) -> Result<Amount, String> {
    if from.is_rank || to.is_rank {
        return Err(format!("`{shown}` is a range of places in an order"));
    }
    if !matches!(comparator, Comparator::Exactly | Comparator::About) {
        return Err(format!(
            "`{shown}` is a range with `{}`, which says two things at once",
            comparator.sign()
        ));
    }
    let (unit, factor) = unit(&[&from, &to], to.rest, shown)?;
    let (a, b) = (number(&from, from.scale.or(to.scale), factor), number(&to, to.scale, factor));
    if a.worth().cmp_value(b.worth()).is_gt() {
        return Err(format!("`{shown}` is a range that begins above its end"));
    }
    Ok(Amount { comparator, value: Value::Range(a, b), unit })
}

fn number(end: &EndOfRange<'_>, scale: Option<u8>, factor: Decimal) -> Number {
    let typed = if factor == Decimal::new(1, 0) { end.number } else { end.number.shifted(factor.exponent) };
    Number { typed, scale: scale.unwrap_or(0) }
}

/// The unit, said before the number, behind it, or in both places alike.
fn unit(ends: &[&EndOfRange<'_>], words: &str, shown: &str) -> Result<(Unit, Decimal), String> {
    let wrongly = |text: &str, signs: &str| {
        text.trim_start()
            .chars()
            .next()
            .is_some_and(|c| !c.is_alphabetic() && !signs.contains(c))
    };
    let no_unit = || format!("`{shown}` has `{}` behind its number, which is no unit", words.trim());
    if wrongly(words, "%‰°′″(€£¥₫₩₹฿₽₱₺₴₦₪$'\"“#<[{") {
        return Err(no_unit());
    }
    let another = ["to ", "and ", "or ", "through "]
        .iter()
        .find_map(|word| words.trim_start().strip_prefix(word));
    if another.is_some_and(|text| text.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        return Err(format!("`{shown}` is a number with another behind it"));
    }
    let (unit, factor) = Unit::of(words);
    let money = ends.iter().find_map(|end| end.money);
    let unit = combined(ends.iter().any(|end| end.is_percent), money, unit, shown)?;
    if let Unit::Percent(of) | Unit::Money(_, of) | Unit::Measured(_, of) = &unit
        && wrongly(of, "('\"“#<[{")
    {
        return Err(no_unit());
    }
    if let Unit::Money(money, of) = &unit
        && let (Some((Unit::Money(other, _), _)), _) = Unit::at(of)
    {
        return Err(format!("`{shown}` is both {} and {}", money.code(), other.code()));
    }
    Ok((unit, factor))
}

fn combined(percent: bool, money: Option<Currency>, unit: Unit, shown: &str) -> Result<Unit, String> {
    match (percent, money, unit) {
        (true, Some(_), _) => Err(format!("`{shown}` is both money and percent")),
        (true, None, Unit::Bare) => Ok(Unit::Percent(String::new())),
        (true, None, Unit::Percent(of) | Unit::Things(of)) => Ok(Unit::Percent(of)),
        (true, None, Unit::Points | Unit::Rank | Unit::Money(..) | Unit::Measured(..)) => {
            Err(format!("`{shown}` has percent and another unit"))
        }
        (false, None, unit) => Ok(unit),
        (false, Some(money), Unit::Bare) => Ok(Unit::Money(money, String::new())),
        (false, Some(money), Unit::Things(of)) => Ok(Unit::Money(money, of)),
        (false, Some(money), Unit::Money(other, of)) if money == other => Ok(Unit::Money(money, of)),
        (false, Some(Currency::DOLLAR), Unit::Money(other, of)) if other.is_dollar() => {
            Ok(Unit::Money(other, of))
        }
        (false, Some(money), Unit::Money(other, _)) => {
            Err(format!("`{shown}` is both {} and {}", money.code(), other.code()))
        }
        (false, Some(money), Unit::Measured(symbol, of)) => {
            Ok(Unit::Money(money, format!("{symbol} {of}").trim().to_string()))
        }
        (false, Some(_), Unit::Percent(_) | Unit::Points | Unit::Rank) => {
            Err(format!("`{shown}` is both money and percent"))
        }
    }
}

/// Words that mean a comparator, longest first where one begins another.
static WORDS: &[(&str, Comparator)] = &[
    ("approximately ", Comparator::About),
    ("about ", Comparator::About),
    ("around ", Comparator::About),
    ("some ", Comparator::About),
    ("roughly ", Comparator::About),
    ("nearly ", Comparator::About),
    ("almost ", Comparator::About),
    ("circa ", Comparator::About),
    ("ca. ", Comparator::About),
    ("c. ", Comparator::About),
    ("khoảng ", Comparator::About),
    ("gần ", Comparator::About),
    ("more than ", Comparator::Above),
    ("over ", Comparator::Above),
    ("above ", Comparator::Above),
    ("exceeding ", Comparator::Above),
    ("hơn ", Comparator::Above),
    ("trên ", Comparator::Above),
    ("less than ", Comparator::Below),
    ("fewer than ", Comparator::Below),
    ("under ", Comparator::Below),
    ("below ", Comparator::Below),
    ("dưới ", Comparator::Below),
    ("at least ", Comparator::AtLeast),
    ("no less than ", Comparator::AtLeast),
    ("ít nhất ", Comparator::AtLeast),
    ("at most ", Comparator::AtMost),
    ("up to ", Comparator::AtMost),
    ("no more than ", Comparator::AtMost),
    ("nhiều nhất ", Comparator::AtMost),
];

/// The line with its right-hand side as it must have been meant.
fn repairs(left: &str, shown: &str) -> Vec<String> {
    if shown.matches('=').count() > 1 || (shown.contains('=') && !shown.starts_with(['<', '>'])) {
        return Vec::new();
    }
    let lower = shown.to_lowercase();
    let worded = WORDS.iter().find_map(|(word, comparator)| {
        lower
            .strip_prefix(word)
            .map(|rest| (*comparator, shown.len() - rest.len()))
    });
    let (comparator, rest) = match worded {
        Some((comparator, length)) if lower.len() == shown.len() => {
            (comparator, shown.get(length..).unwrap_or(shown))
        }
        _ => comparator(shown),
    };
    let sign = comparator.sign();
    let candidates = [
        format!("{sign}{}", rest.trim()),
        format!("{sign}{}", grouped_anew(rest)),
        format!(
            "{sign}{}",
            rest.replace(" to ", "–")
                .replace(" and ", "–")
                .replace("between ", "")
                .replace("from ", "")
        ),
    ];
    let mut lines: Vec<String> = Vec::new();
    for candidate in candidates {
        let line = format!("{left} = {candidate}");
        if candidate != shown && amount(&candidate).is_ok() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        let mention = first_mention(rest)
            .map(|value| format!("{sign}{value}"))
            .filter(|value| amount(value).is_ok());
        lines.extend(mention.map(|value| format!("{left} = {value}")));
    }
    lines
}

/// Digits that are grouped by points, apostrophes or common spaces, or in Indian twos, grouped by commas; a
/// decimal comma as a point.
fn grouped_anew(text: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(begin) = text.find(is_digit) else { return text.to_string() };
    let (before, rest) = text.split_at(begin);
    let before = before
        .strip_suffix('.')
        .map_or(before.to_string(), |before| format!("{before}0."));
    let chars: Vec<char> = rest.chars().collect();
    let inside = |i: usize| {
        is_digit(chars[i]) || (",.'’_ ".contains(chars[i]) && chars.get(i + 1).copied().is_some_and(is_digit))
    };
    let length = (0..chars.len()).take_while(|&i| inside(i)).count();
    let (number, behind): (String, String) =
        (chars[..length].iter().collect(), chars[length..].iter().collect());
    let parts: Vec<&str> = number.split([',', '.', '\'', '’', '_', ' ']).collect();
    let pointed = parts
        .last()
        .is_some_and(|last| number[..number.len() - last.len()].ends_with([',', '.']));
    if !are_groups(&parts, pointed) {
        return text.to_string();
    }
    let last = parts.last().copied().unwrap_or_default();
    let is_decimal = parts.len() > 1 && last.len() != 3 && number.contains([',', '.']);
    let (whole, fraction) = if is_decimal {
        (parts[..parts.len() - 1].concat(), format!(".{last}"))
    } else {
        (parts.concat(), String::new())
    };
    let whole = Decimal::of(&whole).map_or(whole.clone(), |whole| whole.to_string());
    format!("{before}{whole}{fraction}{behind}")
}

/// Whether digits are parted as people part a number: by threes, or in Indian twos, what stands behind a
/// decimal point or comma (`pointed`) left aside. A date, a sum of several coins or a list are no number that
/// could be put together.
fn are_groups(parts: &[&str], pointed: bool) -> bool {
    let [first, rest @ ..] = parts else { return true };
    let by = |groups: &[&str], length: usize| groups.iter().all(|group| group.len() == length);
    let whole = |groups: &[&str]| match groups {
        [] => true,
        [twos @ .., three] => {
            first.len() <= 3 && (by(groups, 3) || first.len() <= 2 && by(twos, 2) && three.len() == 3)
        }
    };
    whole(rest) || pointed && rest.split_last().is_some_and(|(_, groups)| whole(groups))
}

/// "half a billion dollars", "twenty ships".
fn first_mention(text: &str) -> Option<String> {
    let text = text.trim();
    let mention = mentions::numbers_in(text)
        .into_iter()
        .next()
        .filter(|mention| mention.range.start == 0)?;
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if has_digit(text) {
        // What holds digits and is no figure says more than one number
        return None;
    }
    let behind = text.get(mention.range.end..)?.trim();
    Some(format!("{} {behind}", mention.amount).trim().to_string())
}
