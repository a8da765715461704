//! Dates as a person says them: a pure function over a table of words, one table a language.
//!
//! The table holds all that differs between languages, as short texts with names in braces, so that it may as
//! well come from a file of interface words.

use super::shape::{End, Point, Qualification, Shape, Time, When, Zone};

/// What a language says about dates. `{date}`, `{year}` … stand for the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    pub months: [&'a str; 12],
    /// Spring, summer, autumn, winter.
    pub seasons: [&'a str; 4],
    pub year: &'a str,
    /// A year before 1, counted back from 1; takes the place of `{year}` everywhere.
    pub before_our_era: &'a str,
    pub season: &'a str,
    pub month: &'a str,
    pub day: &'a str,
    /// A day of a year that is said elsewhere.
    pub day_of_year: &'a str,
    /// `2004-XX`, and `1985-XX-XX` or `1985-04-XX`.
    pub some_month: &'a str,
    pub some_day: &'a str,
    /// Ten years whose name is their own (`201X`), and others (`200X`, `20XX`).
    pub decade: &'a str,
    pub years: &'a str,
    pub moment: &'a str,
    pub uncertain: &'a str,
    pub approximate: &'a str,
    pub uncertain_and_approximate: &'a str,
    pub interval: &'a str,
    /// Intervals whose ends share their month or their year, which is then said once.
    pub days_of_month: &'a str,
    pub parts_of_year: &'a str,
    /// `../2019`; `to_day` where the end is a day.
    pub to: &'a str,
    pub to_day: &'a str,
    /// `2019/..`
    pub from: &'a str,
    /// `/2019` and `2019/`
    pub to_from_unknown: &'a str,
    pub from_to_unknown: &'a str,
    /// `../..` and the like.
    pub unknown: &'a str,
}

pub const ENGLISH: Words<'static> = Words {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    seasons: ["spring", "summer", "autumn", "winter"],
    year: "{year}",
    before_our_era: "{year} BC",
    season: "{season} {year}",
    month: "{month} {year}",
    day: "{day} {month} {year}",
    day_of_year: "{day} {month}",
    some_month: "a month in {date}",
    some_day: "a day in {date}",
    decade: "the {year}s",
    years: "between {from} and {to}",
    moment: "{date}, {time}",
    uncertain: "perhaps {date}",
    approximate: "about {date}",
    uncertain_and_approximate: "perhaps about {date}",
    interval: "{from} to {to}",
    days_of_month: "{from} to {to} {month} {year}",
    parts_of_year: "{from} to {to} {year}",
    to: "in or before {date}",
    to_day: "on or before {date}",
    from: "since {date}",
    to_from_unknown: "until {date}, beginning unknown",
    from_to_unknown: "from {date}, end unknown",
    unknown: "date unknown",
};

pub const VIETNAMESE: Words<'static> = Words {
    months: [
        "tháng 1",
        "tháng 2",
        "tháng 3",
        "tháng 4",
        "tháng 5",
        "tháng 6",
        "tháng 7",
        "tháng 8",
        "tháng 9",
        "tháng 10",
        "tháng 11",
        "tháng 12",
    ],
    seasons: ["mùa xuân", "mùa hè", "mùa thu", "mùa đông"],
    year: "năm {year}",
    before_our_era: "{year} trước Công nguyên",
    season: "{season} năm {year}",
    month: "{month} năm {year}",
    day: "ngày {day} {month} năm {year}",
    day_of_year: "ngày {day} {month}",
    some_month: "một tháng trong {date}",
    some_day: "một ngày trong {date}",
    decade: "thập niên {year}",
    years: "từ năm {from} đến năm {to}",
    moment: "{time} {date}",
    uncertain: "có lẽ {date}",
    approximate: "khoảng {date}",
    uncertain_and_approximate: "có lẽ khoảng {date}",
    interval: "từ {from} đến {to}",
    days_of_month: "từ ngày {from} đến ngày {to} {month} năm {year}",
    parts_of_year: "từ {from} đến {to} năm {year}",
    to: "trong hoặc trước {date}",
    to_day: "vào hoặc trước {date}",
    from: "kể từ {date}",
    to_from_unknown: "đến {date}, không rõ bắt đầu khi nào",
    from_to_unknown: "từ {date}, không rõ kết thúc khi nào",
    unknown: "không rõ ngày",
};

impl Words<'static> {
    /// The words of a language by its BCP 47 tag; English where there are none.
    pub fn of(tag: &str) -> &'static Words<'static> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("vi") { &VIETNAMESE } else { &ENGLISH }
    }
}

pub(super) fn say(shape: &Shape, words: &Words<'_>) -> String {
    match *shape {
        Shape::Point(point) => say_point(point, words),
        Shape::Interval(End::At(from), End::At(to)) => say_interval(from, to, words),
        Shape::Interval(End::At(from), End::Open) => fill(words.from, &[("date", &say_point(from, words))]),
        Shape::Interval(End::At(from), End::Unknown) => {
            fill(words.from_to_unknown, &[("date", &say_point(from, words))])
        }
        Shape::Interval(End::Open, End::At(to)) => {
            let pattern = if matches!(to.when, When::Day(..)) { words.to_day } else { words.to };
            fill(pattern, &[("date", &say_point(to, words))])
        }
        Shape::Interval(End::Unknown, End::At(to)) => {
            fill(words.to_from_unknown, &[("date", &say_point(to, words))])
        }
        Shape::Interval(End::Open | End::Unknown, End::Open | End::Unknown) => words.unknown.to_string(),
    }
}

/// What both ends share is said once: "11 to 13 November 2024", "March to May 2024".
fn say_interval(from: Point, to: Point, words: &Words<'_>) -> String {
    let sure = from.qualification.is_sure() && to.qualification.is_sure();
    match (from.when, to.when) {
        (When::Day(y1, m1, d1), When::Day(y2, m2, d2)) if sure && (y1, m1) == (y2, m2) && d1 < d2 => {
            let (from, to, year) = (d1.to_string(), d2.to_string(), bare_year(y1, words));
            fill(
                words.days_of_month,
                &[("from", &from), ("to", &to), ("month", month_name(m1, words)), ("year", &year)],
            )
        }
        (a, b) if sure && a != b => match (part_of_year(a, words), part_of_year(b, words)) {
            (Some((y1, from)), Some((y2, to))) if y1 == y2 => {
                fill(words.parts_of_year, &[("from", &from), ("to", &to), ("year", &bare_year(y1, words))])
            }
            _ => say_ends(from, to, words),
        },
        _ => say_ends(from, to, words),
    }
}

fn say_ends(from: Point, to: Point, words: &Words<'_>) -> String {
    fill(words.interval, &[("from", &say_point(from, words)), ("to", &say_point(to, words))])
}

/// A month or day without its year, and the year.
fn part_of_year(when: When, words: &Words<'_>) -> Option<(i64, String)> {
    match when {
        When::Month(year, month) => Some((year, month_name(month, words).to_string())),
        When::Day(year, month, day) => Some((
            year,
            fill(words.day_of_year, &[("day", &day.to_string()), ("month", month_name(month, words))]),
        )),
        _ => None,
    }
}

fn say_point(point: Point, words: &Words<'_>) -> String {
    let date = say_when(point.when, words);
    match point.qualification {
        Qualification { uncertain: false, approximate: false } => date,
        Qualification { uncertain: true, approximate: false } => fill(words.uncertain, &[("date", &date)]),
        Qualification { uncertain: false, approximate: true } => fill(words.approximate, &[("date", &date)]),
        Qualification { uncertain: true, approximate: true } => {
            fill(words.uncertain_and_approximate, &[("date", &date)])
        }
    }
}

fn say_when(when: When, words: &Words<'_>) -> String {
    match when {
        When::Year(year) => say_year(year, words),
        When::Years(from, to) => say_years(from, to, words),
        When::Season(year, season) => {
            let name = words.seasons[usize::from(season.saturating_sub(21) % 4)];
            fill(words.season, &[("season", name), ("year", &bare_year(year, words))])
        }
        When::Month(year, month) => say_month(year, month, words),
        When::SomeMonth(year) => fill(words.some_month, &[("date", &say_year(year, words))]),
        When::Day(year, month, day) => say_day(year, month, day, words),
        When::SomeDay(year) => fill(words.some_day, &[("date", &say_year(year, words))]),
        When::SomeDayOfMonth(year, month) => {
            fill(words.some_day, &[("date", &say_month(year, month, words))])
        }
        When::Moment(year, month, day, time) => say_moment(year, month, day, time, words),
    }
}

fn say_year(year: i64, words: &Words<'_>) -> String {
    fill(words.year, &[("year", &bare_year(year, words))])
}

fn bare_year(year: i64, words: &Words<'_>) -> String {
    if year > 0 { year.to_string() } else { fill(words.before_our_era, &[("year", &(1 - year).to_string())]) }
}

/// "the 2010s" is clear; "the 2000s" may be a decade or a century, and is said by its ends.
fn say_years(from: i64, to: i64, words: &Words<'_>) -> String {
    if to - from == 9 && from > 0 && from % 100 != 0 {
        return fill(words.decade, &[("year", &from.to_string())]);
    }
    fill(words.years, &[("from", &bare_year(from, words)), ("to", &bare_year(to, words))])
}

fn say_month(year: i64, month: u8, words: &Words<'_>) -> String {
    fill(words.month, &[("month", month_name(month, words)), ("year", &bare_year(year, words))])
}

fn say_day(year: i64, month: u8, day: u8, words: &Words<'_>) -> String {
    fill(
        words.day,
        &[("day", &day.to_string()), ("month", month_name(month, words)), ("year", &bare_year(year, words))],
    )
}

fn say_moment(year: i64, month: u8, day: u8, time: Time, words: &Words<'_>) -> String {
    let date = say_day(year, month, day, words);
    fill(words.moment, &[("date", &date), ("time", &say_time(time))])
}

/// Hours and minutes, seconds where there are any, and how far the clock is from UTC.
fn say_time(time: Time) -> String {
    let seconds = if time.second == 0 { String::new() } else { format!(":{:02}", time.second) };
    let zone = match time.zone {
        None => String::new(),
        Some(Zone(0)) => " UTC".to_string(),
        Some(Zone(minutes)) => say_zone(minutes),
    };
    format!("{:02}:{:02}{seconds}{zone}", time.hour, time.minute)
}

fn say_zone(minutes: i16) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    if minutes == 0 { format!(" UTC{sign}{hours}") } else { format!(" UTC{sign}{hours}:{minutes:02}") }
}

fn month_name<'a>(month: u8, words: &Words<'a>) -> &'a str {
    words.months[usize::from(month.saturating_sub(1) % 12)]
}

/// A pattern with its `{names}` replaced, in one pass: what is filled in is not read again.
fn fill(pattern: &str, parts: &[(&str, &str)]) -> String {
    let mut said = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        said.push_str(before);
        said.push_str(
            parts
                .iter()
                .find(|(part, _)| *part == name)
                .map_or("", |(_, text)| text),
        );
        rest = after;
    }
    said.push_str(rest);
    said
}
