//! The numbers that stand in a running text, with scale and unit, so that a figure can be held against its
//! passage.
//!
//! Found are digits (`1,650`, `$1.7 billion`, `20%`, `US$111bn`), ranks (`11th`, "third-largest") and number
//! words ("nearly half a billion", "twenty-five"). Where a number may be read in two ways, as `1.650` may be
//! in a Vietnamese text, both readings are given. Text is read once from left to right.

use std::ops::Range;

use super::amount::{Amount, Comparator, Number, Value};
use super::compare::{Comparison, compare};
use super::decimal::Decimal;
use super::number::{
    Digits, cardinal_word, continental, digits_at, letter_scale, ordinal_word, pounds, scale_at,
    shillings_and_pence, vietnamese_words, word_at,
};
use super::unit::{Currency, Unit, money_before};

/// A number and where it stands: bytes of the text, from its currency sign to its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub range: Range<usize>,
    pub amount: Amount,
}

/// Every number of a text, in order; two readings of one number follow each other with one range.
pub fn numbers_in(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = number_at(rest);
        let length = match &found {
            Some((amounts, length)) => {
                mentions.extend(
                    amounts
                        .iter()
                        .map(|amount| Mention { range: at..at + length, amount: amount.clone() }),
                );
                *length
            }
            None => passed_over(rest),
        };
        at += length;
    }
    shared_by_ranges(text, &mut mentions);
    mentions
}

/// Whether a figure's number, or both numbers of its range, are among those of a text, whatever scale and
/// unit it is written in. `~` allows for rounding; a bound asks for its number; a unit that the text does not
/// name is no hindrance.
pub fn stands_among(amount: &Amount, mentions: &[Mention], dollar: Currency) -> bool {
    let stands = |number: Number| {
        let sought =
            Amount { comparator: Comparator::Exactly, value: Value::One(number), unit: amount.unit.clone() }
                .with_dollar(dollar);
        mentions.iter().any(|mention| {
            is_meant(&sought, &mention.amount.with_dollar(dollar), amount.comparator == Comparator::About)
        })
    };
    match amount.value {
        Value::One(number) => stands(number),
        Value::Range(from, to) => stands(from) && stands(to),
    }
}

fn is_meant(sought: &Amount, found: &Amount, about: bool) -> bool {
    let without_unit = found.unit == Unit::Bare || matches!(sought.unit, Unit::Bare | Unit::Things(_));
    let unit = if without_unit { sought.unit.clone() } else { found.unit.clone() };
    let sought =
        Amount { comparator: if about { Comparator::About } else { Comparator::Exactly }, ..sought.clone() };
    match compare(&sought, &Amount { unit, ..found.clone() }) {
        Comparison::Same => true,
        Comparison::Rounding => about,
        Comparison::Bounds | Comparison::Conflict(_) | Comparison::Incomparable => false,
    }
}

/// How much is left out where no number begins: a whole word, so that `G7` and `Covid19` are none, or one
/// character.
fn passed_over(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let first = text.chars().next().map_or(1, char::len_utf8);
    word.max(first)
}

fn number_at(text: &str) -> Option<(Vec<Amount>, usize)> {
    in_digits(text).or_else(|| in_words(text))
}

fn in_digits(text: &str) -> Option<(Vec<Amount>, usize)> {
    let (sign, unsigned) = text.strip_prefix('−').map_or((1, text), |rest| (-1, rest));
    let (money, begin) = money_before(unsigned).map_or((None, 0), |(money, length)| (Some(money), length));
    let spaces = unsigned
        .get(begin..)?
        .chars()
        .take_while(|c| matches!(c, ' ' | '\u{a0}'))
        .map(char::len_utf8)
        .sum::<usize>();
    let begin = if money.is_some() { begin + spaces } else { begin };
    let digits = unsigned.get(begin..)?;
    let (plain, length) = match digits_at(digits)? {
        Digits::Number(number, length) => (Some(number), length),
        Digits::Malformed(length) => (None, length),
    };
    let other = continental(digits.get(..length)?);
    let behind = digits.get(length..)?;
    if let (Some(pence), Some(whole)) =
        (shillings_and_pence(behind).filter(|_| money == Currency::of("GBP")), plain)
        && let Some(sum) = pounds(whole, pence.0)
    {
        let unit = (Unit::Money(Currency::of("GBP")?, String::new()), Decimal::new(1, 0));
        return Some((vec![amount(sum, 0, &unit)], text.len() - unsigned.len() + begin + length + pence.1));
    }
    let (scale, unit, more) =
        if plain.is_some_and(|number| number.exponent == 0) && is_ordinal(word_at(behind)) && money.is_none()
        {
            (0, (Unit::Rank, Decimal::new(1, 0)), word_at(behind).len())
        } else {
            scale_and_unit(behind, money)
        };
    let amounts = plain
        .into_iter()
        .chain(other)
        .map(|number| amount(Decimal { mantissa: sign * number.mantissa, ..number }, scale, &unit))
        .collect();
    Some((amounts, text.len() - unsigned.len() + begin + length + more))
}

fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "º" | "ª")
}

fn amount(number: Decimal, scale: u8, (unit, factor): &(Unit, Decimal)) -> Amount {
    Amount {
        comparator: Comparator::Exactly,
        value: Value::One(Number { typed: number.shifted(factor.exponent), scale }),
        unit: unit.clone(),
    }
}

/// What follows a number: ` billion USD`, `-billion-dollar`, `bn`, ` %`; and how many bytes it takes.
fn scale_and_unit(behind: &str, money: Option<Currency>) -> (u8, (Unit, Decimal), usize) {
    let joined = joint(behind);
    let words = behind.get(joined..).unwrap_or_default();
    let letter = word_at(words);
    let lettered = letter_scale(letter, money.is_some())
        .filter(|_| joined == 0)
        .map(|power| (power, letter.len()));
    let (scale, length) = scale_at(words, false)
        .or(lettered)
        .map_or((0, 0), |(power, length)| (power, joined + length));
    let rest = behind.get(length..).unwrap_or_default();
    let joined = joint(rest);
    let (unit, unit_length) = Unit::at(rest.get(joined..).unwrap_or_default());
    match (money, unit) {
        (Some(Currency::DOLLAR), Some((Unit::Money(said, _), factor))) if said.is_dollar() => {
            (scale, (Unit::Money(said, String::new()), factor), length + joined + unit_length)
        }
        (Some(money), _) => (scale, (Unit::Money(money, String::new()), Decimal::new(1, 0)), length),
        (None, Some(unit)) => (scale, unit, length + joined + unit_length),
        (None, None) => (scale, (Unit::Bare, Decimal::new(1, 0)), length),
    }
}

/// One space or hyphen between a number and what belongs to it.
fn joint(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\n' | '-' | '‑'))
        .map_or(0, char::len_utf8)
}

/// "twenty-five million", "half a billion", "a dozen", "third".
fn in_words(text: &str) -> Option<(Vec<Amount>, usize)> {
    let word = word_at(text);
    if word.is_empty() || word.len() > "seventeenth".len() {
        return None;
    }
    if let Some(place) = ordinal_word(word) {
        return Some((
            vec![amount(Decimal::new(place, 0), 0, &(Unit::Rank, Decimal::new(1, 0)))],
            word.len(),
        ));
    }
    let (number, length) = worded(text, word)?;
    let (scale, unit, more) = scale_and_unit(text.get(length..)?, None);
    let needs_scale = cardinal_word(word).is_none() && vietnamese_words(text).is_none();
    (!needs_scale || scale > 0).then(|| (vec![amount(number, scale, &unit)], length + more))
}

/// The number of a few words. "a" and "half a" count only before a scale.
pub(super) fn worded(text: &str, word: &str) -> Option<(Decimal, usize)> {
    if let Some(number) = cardinal_word(word) {
        let behind = text.get(word.len()..)?;
        let second = behind.strip_prefix(['-', '‑', ' ']).map(word_at).unwrap_or_default();
        let ones = cardinal_word(second).filter(|ones| (1..=9).contains(ones) && (20..=90).contains(&number));
        return Some(match ones {
            Some(ones) => (
                Decimal::new(number + ones, 0),
                word.len() + (behind.len() - behind.trim_start_matches(['-', '‑', ' ']).len()) + second.len(),
            ),
            None => (Decimal::new(number, 0), word.len()),
        });
    }
    if let Some((number, length)) = vietnamese_words(text) {
        return Some((Decimal::new(number, 0), length));
    }
    let lower = text.get(..text.floor_char_boundary(16))?.to_lowercase();
    let half = ["half a", "half-a", "nửa"]
        .iter()
        .find(|half| lower.starts_with(**half));
    if let Some(half) = half {
        return Some((Decimal::new(5, -1), half.len()));
    }
    matches!(word, "a" | "A" | "an" | "one").then_some((Decimal::new(1, 0), word.len()))
}

/// "20–30 million USD": the first number has the scale and unit of the second, unless it has its own.
fn shared_by_ranges(text: &str, mentions: &mut [Mention]) {
    for i in (1..mentions.len()).rev() {
        let (before, after) = mentions.split_at_mut(i);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let between = text.get(first.range.end..second.range.start).unwrap_or("?").trim();
        if !matches!(between, "–" | "-" | "to" | "—" | "đến" | "and") {
            continue;
        }
        let (Value::One(number), Value::One(scaled)) = (first.amount.value, second.amount.value) else {
            continue;
        };
        if number.scale == 0 && scaled.scale > 0 && between != "and" {
            first.amount.value = Value::One(Number { scale: scaled.scale, ..number });
        }
        if first.amount.unit == Unit::Bare && second.amount.unit != Unit::Rank {
            first.amount.unit = second.amount.unit.clone();
        }
    }
}
