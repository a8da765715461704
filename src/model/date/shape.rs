//! What a date is once it is read: points of some precision and intervals between them, each with the days
//! that it may mean.

use super::calendar::{self, day_number, days_in_month};

/// A day of the proleptic Gregorian calendar, by its number: 0 is 1 January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// How sure a date is: `?` uncertain, `~` approximate, `%` both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualification {
    pub uncertain: bool,
    pub approximate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Point(Point),
    Interval(End, End),
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Nothing stands there: it is not known.
    Unknown,
    /// `..`: there is none.
    Open,
    At(Point),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    pub when: When,
    pub qualification: Qualification,
}

/// What a date names, by its precision. Years count astronomically: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    Year(i64),
    /// `201X`, `20XX`: from one year to another.
    Years(i64, i64),
    Season(i64, u8),
    Month(i64, u8),
    /// `2004-XX`: one of the year's months.
    SomeMonth(i64),
    Day(i64, u8, u8),
    /// `1985-04-XX`: one of the month's days.
    SomeDayOfMonth(i64, u8),
    /// `1985-XX-XX`: one of the year's days.
    SomeDay(i64),
    Moment(i64, u8, u8, Time),
}

/// A time of day, as its clock shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// Thousandths of a second; what is finer is not kept.
    pub milli: u16,
    pub zone: Option<Zone>,
}

/// Minutes that the clock is ahead of UTC; `Z` is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(pub i16);

impl Day {
    /// Year (0 is 1 BC), month, day of the month.
    pub fn civil(self) -> (i64, u8, u8) {
        calendar::civil(self.0)
    }

    /// The day of a civil date; a month or day that does not exist is taken as the nearest that does.
    pub fn of(year: i64, month: u8, day: u8) -> Day {
        let month = month.clamp(1, 12);
        Day(day_number(year, month, day.clamp(1, days_in_month(year, month))))
    }
}

impl Qualification {
    pub fn is_sure(self) -> bool {
        !self.uncertain && !self.approximate
    }

    pub fn or(self, other: Qualification) -> Qualification {
        Qualification {
            uncertain: self.uncertain || other.uncertain,
            approximate: self.approximate || other.approximate,
        }
    }
}

impl End {
    pub fn point(self) -> Option<Point> {
        match self {
            End::At(point) => Some(point),
            End::Unknown | End::Open => None,
        }
    }

    pub fn qualification(self) -> Qualification {
        self.point().map(|point| point.qualification).unwrap_or_default()
    }
}

impl When {
    pub fn first(self) -> Day {
        let (year, month, day) = match self {
            When::Year(year) | When::Years(year, _) | When::SomeMonth(year) | When::SomeDay(year) => {
                (year, 1, 1)
            }
            When::Season(year, season) => (year, season_begins(season), 1),
            When::Month(year, month) | When::SomeDayOfMonth(year, month) => (year, month, 1),
            When::Day(year, month, day) | When::Moment(year, month, day, _) => (year, month, day),
        };
        Day(day_number(year, month, day))
    }

    pub fn last(self) -> Day {
        let (year, month) = match self {
            When::Year(year) | When::Years(_, year) | When::SomeMonth(year) | When::SomeDay(year) => {
                (year, 12)
            }
            When::Season(year, 24) => (year + 1, 2),
            When::Season(year, season) => (year, season_begins(season) + 2),
            When::Month(year, month) | When::SomeDayOfMonth(year, month) => (year, month),
            When::Day(year, month, day) | When::Moment(year, month, day, _) => {
                return Day(day_number(year, month, day));
            }
        };
        Day(day_number(year, month, days_in_month(year, month)))
    }

    pub fn machine(self) -> Option<String> {
        match self {
            When::Year(year) => Some(format!("{year:04}")),
            When::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            When::Day(year, month, day) => Some(format!("{year:04}-{month:02}-{day:02}")),
            When::Moment(year, month, day, time) => Some(moment(day_number(year, month, day), time)),
            When::Years(..)
            | When::Season(..)
            | When::SomeMonth(_)
            | When::SomeDayOfMonth(..)
            | When::SomeDay(_) => None,
        }
    }
}

/// The first month of a season, 21 (spring) to 24 (winter).
fn season_begins(season: u8) -> u8 {
    match season {
        21 => 3,
        22 => 6,
        23 => 9,
        _ => 12,
    }
}

/// HTML has no hour 24: midnight at a day's end is the beginning of the next.
fn moment(day: i64, time: Time) -> String {
    let (day, hour) = if time.hour == 24 { (day + 1, 0) } else { (day, time.hour) };
    let (year, month, day) = calendar::civil(day);
    let milli = if time.milli == 0 { String::new() } else { format!(".{:03}", time.milli) };
    let zone = match time.zone {
        None => String::new(),
        Some(Zone(0)) => "Z".to_string(),
        Some(Zone(minutes)) => format!(
            "{}{:02}:{:02}",
            if minutes < 0 { '-' } else { '+' },
            minutes.abs() / 60,
            minutes.abs() % 60
        ),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{:02}:{:02}{milli}{zone}", time.minute, time.second)
}
