//! What a figure is once it is read: how sure it is said to be, its value and what it counts; and the one
//! way in which it is written.

use std::fmt;

use super::decimal::Decimal;
use super::number;
use super::unit::{Currency, Unit};
use crate::model::date::Date;

/// What a `figure:` line says.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub measure: String,
    pub period: Option<Date>,
    pub amount: Amount,
    /// The right-hand side as typed, for the page.
    pub shown: String,
}

/// A value, how sure it is, and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    pub comparator: Comparator,
    pub value: Value,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    #[default]
    Exactly,
    /// `~`
    About,
    /// `<`
    Below,
    /// `>`
    Above,
    /// `≤`
    AtMost,
    /// `≥`
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    One(Number),
    /// `a–b`, both included.
    Range(Number, Number),
}

/// A number and the power of ten of its scale: `1.5 million` is 1.5 and 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// As typed, with the zeros that say how finely it is given.
    pub typed: Decimal,
    pub scale: u8,
}

/// Why a line is no figure; `reason` is the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFigure {
    pub reason: String,
    /// Whole lines that are figures, best first.
    pub repairs: Vec<String>,
}

impl Amount {
    /// The same with `$` read as a certain dollar (`[numbers] dollar`).
    pub fn with_dollar(&self, dollar: Currency) -> Amount {
        let unit = match &self.unit {
            Unit::Money(currency, of) => Unit::Money(currency.resolved(dollar), of.clone()),
            other => other.clone(),
        };
        Amount { unit, ..self.clone() }
    }
}

impl Comparator {
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::Exactly => "",
            Comparator::About => "~",
            Comparator::Below => "<",
            Comparator::Above => ">",
            Comparator::AtMost => "≤",
            Comparator::AtLeast => "≥",
        }
    }
}

impl Number {
    /// What it is worth: the scale counted in.
    pub fn worth(self) -> Decimal {
        self.typed.shifted(i32::from(self.scale))
    }
}

/// In the one way that is read as the same figure, whatever was typed.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.measure)?;
        if let Some(period) = &self.period {
            write!(f, ", {period}")?;
        }
        write!(f, " = {}", self.amount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.comparator.sign())?;
        match self.value {
            Value::One(number) if self.unit == Unit::Rank => {
                write!(f, "{}{}", number.typed, ordinal(number.typed))
            }
            Value::One(number) => write!(f, "{number}{}", self.unit),
            Value::Range(from, to) if from.scale == to.scale => write!(f, "{}–{to}{}", from.typed, self.unit),
            Value::Range(from, to) => write!(f, "{from}–{to}{}", self.unit),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.typed)?;
        number::scale_words(self.scale)
            .iter()
            .try_for_each(|word| write!(f, " {word}"))
    }
}

/// `st`, `nd`, `rd`, `th`.
fn ordinal(place: Decimal) -> &'static str {
    match (place.mantissa % 100, place.mantissa % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}
