//! Two figures held against each other: do they say the same?
//!
//! Each amount is taken as what its writer can have meant: a number as anything that rounds to it, `~` as a
//! little more than that, a bound as everything beyond it, a range as what lies inside. Two that can be true
//! together agree; two that cannot differ by a sum that can be named. The order of the two never matters.

use super::amount::{Amount, Comparator, Number, Value};
use super::decimal::Decimal;
use super::unit::Unit;

/// How two amounts compare, from best to worst.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// The same value, as sure as each other.
    Same,
    /// One is the other, rounded: 124 and 124.3, ~150 and 149.6.
    Rounding,
    /// A bound or a range, and a value that keeps to it: >110 and 123.
    Bounds,
    Conflict(Box<Difference>),
    /// Units that do not convert into each other: nothing can be said.
    Incomparable,
}

/// How far apart two amounts are.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In the unit of the two and the larger of their scales; of measures in different units, in the base
    /// unit.
    pub amount: Amount,
    /// Of the larger of the two; not for percent and places in an order, where it would mislead.
    pub percent: Option<Decimal>,
    /// Whether it may be more: one of the two is a bound or a range.
    pub at_least: bool,
}

/// Largest share of a number by which "about" may be off, in percent.
const ABOUT: i128 = 5;

pub fn compare(a: &Amount, b: &Amount) -> Comparison {
    if !a.unit.converts(&b.unit) {
        return Comparison::Incomparable;
    }
    let (reach_a, reach_b) = (Reach::of(a), Reach::of(b));
    if a.comparator == b.comparator && reach_a.says_the_same(&reach_b) {
        return Comparison::Same;
    }
    if !reach_a.meets(&reach_b) {
        return Comparison::Conflict(Box::new(difference(a, b, &reach_a, &reach_b)));
    }
    if reach_a.is_wide || reach_b.is_wide { Comparison::Bounds } else { Comparison::Rounding }
}

/// The values that an amount allows, in its base unit.
struct Reach {
    /// As said: the ends without allowance for rounding. `None` is without end.
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// How far beyond the ends the value may lie.
    slack: Decimal,
    /// Whether the ends themselves are left out (`<`, `>`).
    is_strict: bool,
    /// A bound or a range.
    is_wide: bool,
}

impl Reach {
    fn of(amount: &Amount) -> Reach {
        let factor = amount.unit.factor();
        let worth = |number: Number| number.worth().times(factor);
        let slack = |number: Number| slack(number, amount).times(factor);
        match amount.value {
            Value::Range(from, to) => {
                let slack = slack(from).larger(slack(to));
                Reach {
                    low: Some(worth(from)),
                    high: Some(worth(to)),
                    slack,
                    is_strict: false,
                    is_wide: true,
                }
            }
            Value::One(number) => {
                let end = Some(worth(number));
                let (low, high) = match amount.comparator {
                    Comparator::Exactly | Comparator::About => (end, end),
                    Comparator::Below | Comparator::AtMost => (None, end),
                    Comparator::Above | Comparator::AtLeast => (end, None),
                };
                let is_wide = low.is_none() || high.is_none();
                let is_strict = matches!(amount.comparator, Comparator::Below | Comparator::Above);
                Reach {
                    low,
                    high,
                    slack: if is_wide { Decimal::ZERO } else { slack(number) },
                    is_strict,
                    is_wide,
                }
            }
        }
    }

    fn says_the_same(&self, other: &Reach) -> bool {
        let same = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
            (Some(a), Some(b)) => a.same(b),
            (None, None) => true,
            _ => false,
        };
        same(self.low, other.low) && same(self.high, other.high)
    }

    /// Whether one value may be both. Of two rounded numbers the coarser says how far apart they may be; two
    /// that are given as finely as each other round to different values as soon as they differ.
    fn meets(&self, other: &Reach) -> bool {
        let slack = self.slack.larger(other.slack);
        self.begins_before_end_of(other, slack) && other.begins_before_end_of(self, slack)
    }

    fn begins_before_end_of(&self, other: &Reach, slack: Decimal) -> bool {
        let (Some(low), Some(high)) = (self.low, other.high) else { return true };
        let reached = low.cmp_value(high.plus(slack));
        if self.is_strict || other.is_strict { reached.is_lt() } else { reached.is_le() }
    }

    /// The distance between the nearest ends, and the larger of them in size.
    fn gap(&self, other: &Reach) -> (Decimal, Decimal) {
        let apart = |low: Option<Decimal>, high: Option<Decimal>| {
            low.zip(high)
                .map(|(low, high)| (low.minus(high), low.abs().larger(high.abs())))
        };
        let gaps = [apart(self.low, other.high), apart(other.low, self.high)];
        let widest = gaps
            .into_iter()
            .flatten()
            .reduce(|a, b| if a.0.cmp_value(b.0).is_ge() { a } else { b });
        widest.unwrap_or((Decimal::ZERO, Decimal::ZERO))
    }
}

/// How far the value meant may lie from the value said.
fn slack(number: Number, amount: &Amount) -> Decimal {
    if amount.unit == Unit::Rank {
        return Decimal::ZERO;
    }
    let scaled = |decimal: Decimal| decimal.shifted(i32::from(number.scale));
    let typed = number.typed.half_step();
    let share = |percent: i128| number.typed.abs().times(Decimal::new(percent, -2));
    let round = number.typed.normal().half_step();
    let allowed = match amount.comparator {
        Comparator::About => typed.larger(round.smaller(share(ABOUT))),
        _ => typed.larger(zero_groups(number.typed).half_step()),
    };
    // A number of few digits that ends in groups of zeros is as likely exact: its zeros are taken as rounding
    // only where that makes no more than one percent.
    let is_slight = amount.comparator == Comparator::About || allowed.cmp_value(share(1)).is_le();
    scaled(if is_slight { allowed } else { typed })
}

/// `150,000` is 150 thousand: zeros in whole groups of three are read as a scale.
fn zero_groups(typed: Decimal) -> Decimal {
    let mut grouped = typed;
    while grouped.exponent >= 0 && grouped.mantissa != 0 && grouped.mantissa % 1000 == 0 {
        grouped = Decimal { mantissa: grouped.mantissa / 1000, exponent: grouped.exponent + 3 };
    }
    grouped
}

fn difference(a: &Amount, b: &Amount, reach_a: &Reach, reach_b: &Reach) -> Difference {
    let (gap, larger) = reach_a.gap(reach_b);
    let unit = a.unit.of_difference(&b.unit);
    let scale = scale_of(a).max(scale_of(b));
    let in_unit = if a.unit == b.unit { scale_back(gap, a, b) } else { gap };
    let number = Number { typed: in_unit.shifted(-i32::from(scale)).normal(), scale };
    let number =
        if number.typed.exponent > 0 { Number { typed: whole(number.typed), scale } } else { number };
    let is_share = matches!(a.unit, Unit::Percent(_) | Unit::Points | Unit::Rank) || b.unit == Unit::Rank;
    Difference {
        amount: Amount { comparator: Comparator::Exactly, value: Value::One(number), unit },
        percent: if is_share { None } else { gap.percent_of(larger) },
        at_least: reach_a.is_wide || reach_b.is_wide,
    }
}

/// The gap between two numbers of one measured unit, in that unit: taken from the numbers as typed, since
/// factors do not divide.
fn scale_back(gap: Decimal, a: &Amount, b: &Amount) -> Decimal {
    if a.unit.factor() == Decimal::new(1, 0) {
        return gap;
    }
    let in_things = |amount: &Amount| Reach::of(&Amount { unit: Unit::Bare, ..amount.clone() });
    in_things(a).gap(&in_things(b)).0
}

fn scale_of(amount: &Amount) -> u8 {
    match amount.value {
        Value::One(number) => number.scale,
        Value::Range(from, to) => from.scale.max(to.scale),
    }
}

/// With its zeros written out, as far as that is sensible.
fn whole(decimal: Decimal) -> Decimal {
    let zeros = 10_i128
        .checked_pow(decimal.exponent.unsigned_abs())
        .and_then(|ten| decimal.mantissa.checked_mul(ten));
    zeros.map_or(decimal, |mantissa| Decimal { mantissa, exponent: 0 })
}
