//! The proleptic Gregorian calendar, with a year 0, as ISO 8601 counts: days from numbers and numbers from
//! days.

/// Days in 400 years, after which the calendar repeats itself.
const CYCLE: i64 = 146_097;

/// The days of a common year that lie before each month.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Days from 1 January of the year 0 to a civil date. The month is 1 to 12; years keep far from the ends of
/// `i64` (see `grammar`).
pub fn day_number(year: i64, month: u8, day: u8) -> i64 {
    let leap_day = i64::from(month > 2 && is_leap(year));
    days_before(year) + BEFORE[usize::from((month - 1) % 12)] + leap_day + i64::from(day) - 1
}

/// The civil date of a day number: year, month, day.
pub fn civil(day: i64) -> (i64, u8, u8) {
    let year = year_of(day);
    let mut left = day - days_before(year);
    for month in 1..=12 {
        let length = i64::from(days_in_month(year, month));
        if left < length {
            return (year, month, left as u8 + 1);
        }
        left -= length;
    }
    (year, 12, 31) // not reached: `year_of` leaves less than a year
}

pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day of the week, 1 is Monday. 3 January of the year 0 was one.
pub fn weekday(day: i64) -> i64 {
    (day - 2).rem_euclid(7) + 1
}

fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// Days from the beginning of the year 0 to that of another: 365 a year and one for each leap year between.
fn days_before(year: i64) -> i64 {
    365 * year + (year + 3).div_euclid(4) - (year + 99).div_euclid(100) + (year + 399).div_euclid(400)
}

/// The mean year gives it up to one, since no year lies more than two days from where the mean puts it.
fn year_of(day: i64) -> i64 {
    let guess = (i128::from(day) * 400).div_euclid(i128::from(CYCLE)) as i64;
    if days_before(guess) > day {
        guess - 1
    } else if days_before(guess + 1) <= day {
        guess + 1
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(day_number(0, 1, 1), 0);
        assert_eq!(day_number(1970, 1, 1), 719_528);
        assert_eq!(day_number(2000, 3, 1) - day_number(2000, 2, 28), 2);
        assert_eq!(day_number(1900, 3, 1) - day_number(1900, 2, 28), 1);
        assert_eq!(day_number(0, 1, 1) - day_number(-1, 1, 1), 365);
        assert_eq!(weekday(day_number(2026, 1, 29)), 4);
        assert_eq!(weekday(day_number(1970, 1, 1)), 4);
        assert_eq!(civil(-1), (-1, 12, 31));
    }

    #[test]
    fn every_day_of_a_cycle_and_more_follows_the_last() {
        let mut before = civil(-CYCLE - 400);
        for day in -CYCLE - 399..CYCLE + 400 {
            let date = civil(day);
            assert!(date > before, "{date:?} after {before:?}");
            assert_eq!(day_number(date.0, date.1, date.2), day);
            before = date;
        }
    }

    proptest::proptest! {
        #[test]
        fn days_and_dates_are_one(day in -400_000_000_000_000_000_i64..400_000_000_000_000_000) {
            let (year, month, of_month) = civil(day);
            proptest::prop_assert_eq!(day_number(year, month, of_month), day);
            proptest::prop_assert!((1..=12).contains(&month)
                && (1..=days_in_month(year, month)).contains(&of_month));
        }
    }
}
