//! Dates as historians write them: Extended Date/Time Format (EDTF), levels 0 and 1 of ISO 8601-2:2019 and of
//! the Library of Congress' specification of 2019.
//!
//! A date is read once and kept with the text it came from. It knows the first and the last day that it may
//! mean, so that dates of every precision sort, overlap and contain each other; it says itself in words, and
//! in HTML's own notation where that notation can say it. Texts that are no date are refused with a reason
//! and with the dates that may have been meant; what is read is never guessed.
//!
//! Three decisions that the standard leaves open. Seasons are the meteorological ones of the northern
//! hemisphere, winter being that which begins in the year. An interval may not begin after the first day of
//! its end. Decimals of a second and zones without a colon, which pages on the web carry in their metadata,
//! are read.

mod calendar;
mod grammar;
mod repair;
mod shape;
pub mod words;

use std::cmp::{Ordering, Reverse};
use std::fmt;

use calendar::day_number;
pub use shape::{Day, Qualification};
use shape::{End, Point, Shape, Time, When};
use words::Words;

/// A date, an interval, or as much of one as is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    text: String,
    shape: Shape,
}

/// Why a text is no date, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDate {
    /// What is wrong, as the middle of a sentence: "`2024-13` has no month 13".
    pub reason: String,
    /// Dates that are near, best first: what `10/9/2023` may mean. Each of them is a date. One alone was
    /// plainly meant; where it would lose something of the text, a coarser one stands behind it.
    pub repairs: Vec<String>,
}

impl Date {
    /// Reads an EDTF text of level 0 or 1, exactly as typed: white space around it is none of it.
    pub fn parse(text: &str) -> Result<Date, NoDate> {
        match grammar::shape(text) {
            Ok(shape) => Ok(Date { text: text.to_string(), shape }),
            Err(reason) => Err(NoDate { reason, repairs: repair::near(text) }),
        }
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day that is meant; `None` where the beginning is open or unknown.
    pub fn earliest(&self) -> Option<Day> {
        match self.shape {
            Shape::Point(point) => Some(point.when.first()),
            Shape::Interval(from, _) => from.point().map(|point| point.when.first()),
        }
    }

    /// The last day that is meant; `None` where the end is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        match self.shape {
            Shape::Point(point) => Some(point.when.last()),
            Shape::Interval(_, to) => to.point().map(|point| point.when.last()),
        }
    }

    /// Whether there is a day that both may mean. A qualifier widens nothing: `2024~` ends with 2024.
    pub fn overlaps(&self, other: &Date) -> bool {
        let (a, b) = (self.extent(), other.extent());
        a.0 <= b.1 && b.0 <= a.1
    }

    /// Whether every day that the other may mean is one of this one's.
    pub fn contains(&self, other: &Date) -> bool {
        let (a, b) = (self.extent(), other.extent());
        a.0 <= b.0 && b.1 <= a.1
    }

    /// First and last day with open and unknown ends at infinity: equal for two dates that mean the same
    /// days, such as `2024` and `2024-01/2024-12`.
    pub fn extent(&self) -> (Day, Day) {
        (self.earliest().unwrap_or(Day(i64::MIN)), self.latest().unwrap_or(Day(i64::MAX)))
    }

    /// How sure it is; for an interval, whatever holds of either end.
    pub fn qualification(&self) -> Qualification {
        match self.shape {
            Shape::Point(point) => point.qualification,
            Shape::Interval(from, to) => from.qualification().or(to.qualification()),
        }
    }

    /// As a person says it: "29 January 2026", "about March 2024".
    pub fn in_words(&self, words: &Words<'_>) -> String {
        words::say(&self.shape, words)
    }

    /// For `<time datetime>` (HTML Living Standard, "Dates and times"): a year, month, day or moment. `None`
    /// where HTML has no way of saying it without claiming more than is known: seasons, intervals, qualified
    /// and incomplete dates, years before 1.
    pub fn machine(&self) -> Option<String> {
        let Shape::Point(Point { when, qualification }) = self.shape else { return None };
        let said = if qualification.is_sure() { when.machine() } else { None };
        said.filter(|_| when.first() >= Day(day_number(1, 1, 1)))
    }

    /// Where the date stands among others. With an open beginning it stands at its end, before what begins
    /// there.
    fn sort_key(&self) -> impl Ord {
        let (first, begins) = match (self.earliest(), self.shape) {
            (Some(first), _) => (first, true),
            (None, Shape::Interval(_, End::At(point))) => (point.when.first(), false),
            (None, _) => (Day(i64::MAX), false),
        };
        (first, begins, Reverse(self.extent().1), self.time())
    }

    fn time(&self) -> Option<Time> {
        match self.shape {
            Shape::Point(Point { when: When::Moment(.., time), .. }) => Some(time),
            Shape::Point(_) | Shape::Interval(..) => None,
        }
    }
}

/// By the first day, then the longer before the shorter (`2024`, `2024-01`, `2024-01-01`), then by the
/// clock's own time, then by text. What has no known beginning stands where it ends, before what begins
/// there; what has neither comes last.
impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        self.sort_key()
            .cmp(&other.sort_key())
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
