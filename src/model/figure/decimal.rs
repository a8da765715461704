//! Numbers as they are typed: exact, in tens, with the zeros that say how finely they were given. No binary
//! fractions.

use std::cmp::Ordering;
use std::fmt;

/// `mantissa × 10^exponent`. `1.50` is 150 × 10⁻²: two of the same value may differ in how finely they are
/// given, and are then not `==`; `same` and `cmp_value` compare what they are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    pub mantissa: i128,
    pub exponent: i32,
}

/// Digits that are kept where a result would have more than fit: far more than any source gives.
const KEPT: u32 = 18;

impl Decimal {
    pub const ZERO: Decimal = Decimal { mantissa: 0, exponent: 0 };

    pub const fn new(mantissa: i128, exponent: i32) -> Decimal {
        Decimal { mantissa, exponent }
    }

    /// From digits with at most one decimal point; `None` for anything else and for more than 24 digits.
    pub fn of(digits: &str) -> Option<Decimal> {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        let fits = (1..=24).contains(&all.len()) && all.bytes().all(|b| b.is_ascii_digit());
        let mantissa = fits.then(|| all.parse().ok()).flatten()?;
        Some(Decimal { mantissa, exponent: -(fraction.len() as i32) })
    }

    pub fn negated(self) -> Decimal {
        Decimal { mantissa: -self.mantissa, ..self }
    }

    pub fn abs(self) -> Decimal {
        Decimal { mantissa: self.mantissa.abs(), ..self }
    }

    /// Times a power of ten.
    pub fn shifted(self, power: i32) -> Decimal {
        Decimal { exponent: self.exponent + power, ..self }
    }

    /// Without zeros at the end: the one way of writing a value.
    pub fn normal(self) -> Decimal {
        if self.mantissa == 0 {
            return Decimal::ZERO;
        }
        let mut normal = self;
        while normal.mantissa % 10 == 0 {
            normal = Decimal { mantissa: normal.mantissa / 10, exponent: normal.exponent + 1 };
        }
        normal
    }

    pub fn times(self, other: Decimal) -> Decimal {
        let (a, b) = (self.normal(), other.normal());
        let exact = a
            .mantissa
            .checked_mul(b.mantissa)
            .map(|mantissa| Decimal { mantissa, exponent: a.exponent + b.exponent });
        exact.unwrap_or_else(|| {
            let (a, b) = (a.rounded(KEPT), b.rounded(KEPT));
            Decimal { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent }
        })
    }

    pub fn plus(self, other: Decimal) -> Decimal {
        if let Some((a, b, exponent)) = aligned(self.normal(), other.normal())
            && let Some(mantissa) = a.checked_add(b)
        {
            return Decimal { mantissa, exponent };
        }
        let (large, small) =
            if self.magnitude() >= other.magnitude() { (self, other) } else { (other, self) };
        let large = large.normal().rounded(KEPT);
        let small = small
            .normal()
            .at(large.exponent.min(0).max(large.exponent - KEPT as i32));
        aligned(large, small)
            .map_or(large, |(a, b, exponent)| Decimal { mantissa: a.saturating_add(b), exponent })
    }

    pub fn minus(self, other: Decimal) -> Decimal {
        self.plus(other.negated())
    }

    pub fn cmp_value(self, other: Decimal) -> Ordering {
        let (a, b) = (self.normal(), other.normal());
        let by_sign = a.mantissa.signum().cmp(&b.mantissa.signum());
        let by_size = || {
            if a.mantissa < 0 { b.magnitude().cmp(&a.magnitude()) } else { a.magnitude().cmp(&b.magnitude()) }
        };
        by_sign.then_with(by_size).then_with(|| {
            // As large as each other, so the one with the lower exponent has room for the other's digits.
            aligned(a, b).map_or(Ordering::Equal, |(a, b, _)| a.cmp(&b))
        })
    }

    pub fn same(self, other: Decimal) -> bool {
        self.normal() == other.normal()
    }

    pub fn larger(self, other: Decimal) -> Decimal {
        if self.cmp_value(other).is_ge() { self } else { other }
    }

    pub fn smaller(self, other: Decimal) -> Decimal {
        if self.cmp_value(other).is_le() { self } else { other }
    }

    /// Half of the last place that was given: how far the value meant may lie from the value said.
    pub fn half_step(self) -> Decimal {
        Decimal { mantissa: 5, exponent: self.exponent - 1 }
    }

    /// This as percent of another, to one decimal place, halves upwards; `None` of nothing.
    pub fn percent_of(self, whole: Decimal) -> Option<Decimal> {
        let (part, whole) = (self.abs().normal().rounded(KEPT), whole.abs().normal().rounded(KEPT));
        if whole.mantissa == 0 {
            return None;
        }
        let shift = part.exponent - whole.exponent + 4; // tenths of a percent, and one more place to round by
        let (dividend, divisor) = if shift >= 0 {
            (
                part.mantissa
                    .checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?,
                whole.mantissa,
            )
        } else {
            let room = 10_i128
                .checked_pow(shift.unsigned_abs())
                .and_then(|ten| whole.mantissa.checked_mul(ten));
            (part.mantissa, room.unwrap_or(i128::MAX))
        };
        Some(Decimal { mantissa: (dividend / divisor + 5) / 10, exponent: -1 }.normal())
    }

    /// The place of the first digit: 3 for 1,234 and for 9,999.
    fn magnitude(self) -> i32 {
        if self.mantissa == 0 {
            i32::MIN
        } else {
            self.mantissa.unsigned_abs().ilog10() as i32 + self.exponent
        }
    }

    /// With at most so many digits, the rest cut off.
    fn rounded(self, digits: u32) -> Decimal {
        let length = if self.mantissa == 0 { 1 } else { self.mantissa.unsigned_abs().ilog10() + 1 };
        let cut = length.saturating_sub(digits);
        Decimal { mantissa: self.mantissa / 10_i128.pow(cut), exponent: self.exponent + cut as i32 }
    }

    /// With nothing below a place, the rest cut off.
    fn at(self, exponent: i32) -> Decimal {
        let cut = (exponent - self.exponent).max(0).unsigned_abs();
        let mantissa = 10_i128.checked_pow(cut).map_or(0, |ten| self.mantissa / ten);
        Decimal { mantissa, exponent: self.exponent + cut as i32 }
    }
}

/// Two mantissas of one exponent, where they fit.
fn aligned(a: Decimal, b: Decimal) -> Option<(i128, i128, i32)> {
    if a.mantissa == 0 || b.mantissa == 0 {
        let exponent = if a.mantissa == 0 { b.exponent } else { a.exponent };
        return Some((a.mantissa, b.mantissa, exponent));
    }
    let exponent = a.exponent.min(b.exponent);
    let lift = |d: Decimal| {
        d.mantissa
            .checked_mul(10_i128.checked_pow((d.exponent - exponent).unsigned_abs())?)
    };
    Some((lift(a)?, lift(b)?, exponent))
}

/// In digits, as typed, with commas by threes from a thousand on: `1,650`, `-0.50`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let zeros = "0".repeat(self.exponent.clamp(0, 60).unsigned_abs() as usize);
        let places = self.exponent.clamp(-60, 0).unsigned_abs() as usize;
        let digits = format!("{digits:0>width$}{zeros}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{fraction}", by_threes(whole))
    }
}

fn by_threes(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let decimal = Decimal::of(digits).expect("a test's own number");
        Decimal { mantissa: sign * decimal.mantissa, ..decimal }
    }

    #[test]
    fn what_is_typed_is_kept() {
        for text in ["0", "0.50", "1,650", "123", "1,234,567.89", "-5", "0.005"] {
            assert_eq!(decimal(&text.replace(',', "")).to_string(), text);
        }
        assert!(decimal("1.50").same(decimal("1.5")) && decimal("1.50") != decimal("1.5"));
        for bad in ["", ".", "1.2.3", "-", "1e5", "1234567890123456789012345"] {
            assert_eq!(Decimal::of(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_in_percent() {
        for (part, whole, expected) in [
            ("36", "159", "22.6"),
            ("7.4", "11.8", "62.7"),
            ("1", "3", "33.3"),
            ("2", "3", "66.7"),
            ("5", "5", "100"),
            ("0", "5", "0"),
        ] {
            assert_eq!(
                decimal(part)
                    .percent_of(decimal(whole))
                    .map(|percent| percent.to_string())
                    .as_deref(),
                Some(expected)
            );
        }
        assert_eq!(decimal("1").percent_of(Decimal::ZERO), None);
    }

    fn any() -> impl Strategy<Value = Decimal> {
        (-999_999_999_999_999_999_999_999_i128..999_999_999_999_999_999_999_999, -30..30_i32)
            .prop_map(|(m, e)| Decimal::new(m, e))
    }

    proptest! {
        #[test]
        fn order_is_total_and_agrees_with_difference(a in any(), b in any(), c in any()) {
            prop_assert_eq!(a.cmp_value(b), b.cmp_value(a).reverse());
            prop_assert_eq!(a.cmp_value(b).is_eq(), a.same(b));
            prop_assert_eq!(a.minus(b).mantissa.signum(), a.cmp_value(b) as i128);
            if a.cmp_value(b).is_le() && b.cmp_value(c).is_le() {
                prop_assert!(a.cmp_value(c).is_le());
            }
        }

        #[test]
        fn small_numbers_count_exactly(a in -1_000_000_i128..1_000_000, b in -1_000_000_i128..1_000_000,
            e in -6..6_i32, f in -6..6_i32) {
            let (a, b) = (Decimal::new(a, e), Decimal::new(b, f));
            prop_assert!(a.plus(b).minus(b).same(a));
            prop_assert!(a.times(b).same(b.times(a)));
            prop_assert!(a.plus(b).same(b.plus(a)));
        }

        #[test]
        fn nothing_overflows(a in any(), b in any()) {
            let _ = (a.times(b).times(a), a.plus(b), a.minus(b), a.percent_of(b), a.to_string(),
                a.half_step());
        }

        #[test]
        fn printed_and_read(a in 0..999_999_999_999_999_999_i128, e in -9..1_i32) {
            let decimal = Decimal::new(a, e.min(0));
            prop_assert_eq!(Decimal::of(&decimal.to_string().replace(',', "")).map(Decimal::normal),
                Some(decimal.normal()));
        }
    }
}
