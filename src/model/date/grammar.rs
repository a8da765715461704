//! The grammar of EDTF, levels 0 and 1, read from the left; what does not fit is named with what is wrong
//! about it.
//!
//! Level 2 (sets, parts that are qualified or unspecified by themselves, exponents, significant digits,
//! seasons beyond 24) is recognised so far as to say that it is level 2.

use super::calendar::days_in_month;
use super::shape::{End, Point, Qualification, Shape, Time, When, Zone};

/// Longer texts are no dates; nobody is helped by seeing them whole.
const LONGEST: usize = 120;

/// Digits of a `Y` year: with more, its days could not be counted in 64 bits.
const YEAR_DIGITS: usize = 15;

/// How far clocks on Earth are from UTC, in minutes: Baker Island to Kiribati.
const ZONES: std::ops::RangeInclusive<i16> = -12 * 60..=14 * 60;

pub fn shape(text: &str) -> Result<Shape, String> {
    if text.len() > LONGEST {
        return Err(format!("`{}…` is too long for a date", text.chars().take(40).collect::<String>()));
    }
    if text.trim().is_empty() {
        return Err("a date is missing".to_string());
    }
    if text.contains(char::is_whitespace) && whole(&text.split_whitespace().collect::<String>()).is_ok() {
        return Err(format!("`{text}` has white space, which no date has"));
    }
    whole(text).map_err(|wrong| {
        wrong.unwrap_or_else(|| {
            level_2(text).unwrap_or_else(|| {
                format!("`{text}` is not written as dates are here: year, month and day, as in `2024-01-05`")
            })
        })
    })
}

/// What is wrong, where that can be said at the place; else `None`, and the text as a whole is judged.
type Wrong = Option<String>;

fn whole(text: &str) -> Result<Shape, Wrong> {
    match text.split('/').collect::<Vec<_>>()[..] {
        [point] => {
            let point = self::point(point)?;
            match point.when {
                When::Season(..) if !point.qualification.is_sure() => {
                    Err(Some(format!("`{text}` qualifies a season, which is not read here")))
                }
                _ => Ok(Shape::Point(point)),
            }
        }
        [from, to] => interval(text, end(from)?, end(to)?),
        _ => Err(None),
    }
}

fn interval(text: &str, from: End, to: End) -> Result<Shape, Wrong> {
    if let (Some(first), Some(last)) = (from.point(), to.point())
        && last.when.first() < first.when.first()
    {
        return Err(Some(format!("`{text}` ends before it begins")));
    }
    Ok(Shape::Interval(from, to))
}

fn end(text: &str) -> Result<End, Wrong> {
    match text {
        "" => return Ok(End::Unknown),
        ".." => return Ok(End::Open),
        _ => {}
    }
    let point = point(text)?;
    match point.when {
        When::Year(_) if text.starts_with('Y') => {
            Err(Some(format!("`{text}` is a year with `Y`, which is no end of an interval")))
        }
        When::Moment(..) => {
            Err(Some(format!("`{text}` has a time of day, and the ends of an interval have none")))
        }
        When::Years(..) | When::SomeMonth(_) | When::SomeDay(_) | When::SomeDayOfMonth(..) => {
            Err(Some(format!("`{text}` leaves digits open inside an interval, which is not read here")))
        }
        When::Year(_) | When::Season(..) | When::Month(..) | When::Day(..) => Ok(End::At(point)),
    }
}

fn point(text: &str) -> Result<Point, Wrong> {
    let (text, qualification) = qualified(text);
    let when = if text.starts_with('Y') { long_year(text)? } else { calendar_date(text)? };
    if matches!(when, When::Moment(..)) && !qualification.is_sure() {
        return Err(Some(format!("`{text}` has a time of day, which takes no `?`, `~` or `%`")));
    }
    Ok(Point { when, qualification })
}

fn qualified(text: &str) -> (&str, Qualification) {
    let sign = |uncertain, approximate| Qualification { uncertain, approximate };
    for (mark, qualification) in [('?', sign(true, false)), ('~', sign(false, true)), ('%', sign(true, true))]
    {
        if let Some(rest) = text.strip_suffix(mark) {
            return (rest, qualification);
        }
    }
    (text, Qualification::default())
}

/// `Y170000002`: `Y` says that the year has more than four digits.
fn long_year(text: &str) -> Result<When, Wrong> {
    let number = text.strip_prefix('Y').unwrap_or(text);
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(None);
    }
    if digits.len() < 5 || digits.starts_with('0') {
        return Err(Some(format!(
            "`{text}` begins with `Y`, which stands before years of more than four digits only"
        )));
    }
    if digits.len() > YEAR_DIGITS {
        return Err(Some(format!("`{text}` is a year of more than {YEAR_DIGITS} digits")));
    }
    number.parse().map(When::Year).map_err(|_| None)
}

fn calendar_date(text: &str) -> Result<When, Wrong> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (Some(year), Some(rest)) = (digits.get(..4), digits.get(4..)) else { return Err(short_year(text)) };
    if year.contains('X') {
        return if rest.is_empty() { years(sign, year) } else { Err(None) };
    }
    let year = number(year, 4).ok_or(None)?;
    if sign < 0 && year == 0 {
        return Err(Some(format!("`{text}` has a year `-0000`, which does not exist")));
    }
    within_year(text, sign * year, rest)
}

/// Two or three digits: a century or a decade in ISO 8601, an early year to most people, and none of them in
/// EDTF.
fn short_year(text: &str) -> Wrong {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("`{text}` is not a year of four digits"))
}

/// `201X`, `20XX`; a negative year counts backwards.
fn years(sign: i64, year: &str) -> Result<When, Wrong> {
    let known = year.trim_end_matches('X');
    let first = (known.len() >= 2)
        .then(|| number(known, known.len()))
        .flatten()
        .ok_or(None)?;
    let length = if known.len() == 3 { 10 } else { 100 };
    let (first, last) = (first * length, first * length + length - 1);
    Ok(if sign < 0 { When::Years(-last, -first) } else { When::Years(first, last) })
}

fn within_year(text: &str, year: i64, rest: &str) -> Result<When, Wrong> {
    if rest.is_empty() {
        return Ok(When::Year(year));
    }
    let (month, rest) = component(rest)?;
    match (month, rest) {
        ("XX", "") => Ok(When::SomeMonth(year)),
        ("XX", "-XX") => Ok(When::SomeDay(year)),
        _ => within_month(text, year, number(month, 2).ok_or(None)?, rest),
    }
}

fn within_month(text: &str, year: i64, month: i64, rest: &str) -> Result<When, Wrong> {
    let month = match month {
        1..=12 => month as u8,
        21..=24 if rest.is_empty() => return Ok(When::Season(year, month as u8)),
        25..=41 if rest.is_empty() => {
            return Err(Some(format!("`{text}` is a part of a year by number, which is not read here")));
        }
        _ if !rest.is_empty() && !rest.starts_with('-') => return Err(None),
        _ => return Err(Some(format!("`{text}` has no month {month}"))),
    };
    match rest {
        "" => Ok(When::Month(year, month)),
        "-XX" => Ok(When::SomeDayOfMonth(year, month)),
        _ => within_day(text, year, month, rest),
    }
}

fn within_day(text: &str, year: i64, month: u8, rest: &str) -> Result<When, Wrong> {
    let (day, rest) = component(rest)?;
    let day = number(day, 2).ok_or(None)?;
    let length = days_in_month(year, month);
    if !(1..=i64::from(length)).contains(&day) {
        return Err(Some(format!("`{text}` has no day {day}: that month has {length}")));
    }
    match rest.strip_prefix('T') {
        None if rest.is_empty() => Ok(When::Day(year, month, day as u8)),
        None => Err(None),
        Some(clock) => {
            let time = time(clock).ok_or_else(|| {
                Some(format!(
                    "`{text}` has no time of day behind `T`: `hh:mm:ss`, then nothing, `Z` or `+hh:mm`"
                ))
            })?;
            Ok(When::Moment(year, month, day as u8, time))
        }
    }
}

/// `-NN` and what follows.
fn component(text: &str) -> Result<(&str, &str), Wrong> {
    let rest = text.strip_prefix('-').ok_or(None)?;
    rest.get(..2).zip(rest.get(2..)).ok_or(None)
}

/// A number of exactly so many ASCII digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let right = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok()).flatten()
}

/// `23:20:30`, with decimals, with a zone. Leap seconds are refused: no clock that people quote shows them.
pub(super) fn time(text: &str) -> Option<Time> {
    let (clock, rest) = text.get(..8).zip(text.get(8..))?;
    let [hour, minute, second] = clock.split(':').collect::<Vec<_>>()[..] else { return None };
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    let (milli, rest) = decimals(rest)?;
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    if !(hour < 24 || midnight) || minute > 59 || second > 59 {
        return None;
    }
    let zone = if rest.is_empty() { None } else { Some(zone(rest)?) };
    Some(Time { hour: hour as u8, minute: minute as u8, second: second as u8, milli, zone })
}

fn decimals(text: &str) -> Option<(u16, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at(length);
    let padded: String = digits.chars().chain("00".chars()).take(3).collect();
    let milli = (length > 0).then(|| padded.parse().ok()).flatten()?;
    Some((milli, rest))
}

/// `Z`, `+07`, `+07:00`, `+0700`.
fn zone(text: &str) -> Option<Zone> {
    if text == "Z" {
        return Some(Zone(0));
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hour, minute) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at_checked(2)?,
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
    let minutes = sign * (hour * 60 + minute) as i16;
    let is_one = minute < 60 && ZONES.contains(&minutes) && !(sign < 0 && minutes == 0);
    is_one.then_some(Zone(minutes))
}

/// What of level 2 a text seems to be.
fn level_2(text: &str) -> Option<String> {
    let like_a_date = text
        .chars()
        .all(|c| c.is_ascii_digit() || "-?~%XYES[]{},./ ".contains(c));
    let feature = if !like_a_date || !text.contains(|c: char| c.is_ascii_digit() || c == 'X') {
        return None;
    } else if text.starts_with(['[', '{']) {
        "is a set of dates"
    } else if text.contains(['S', 'E']) {
        "gives a year by its exponent or its significant digits"
    } else if qualified(text).0.contains(['?', '~', '%']) {
        "qualifies a part of a date, not the whole"
    } else if text.contains('X') {
        "leaves other digits open than the last ones of the year, the month or the day"
    } else {
        return None;
    };
    Some(format!("`{text}` {feature}, which is not read here"))
}
