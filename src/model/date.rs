//! Dates as historians write them: Extended Date/Time Format (EDTF, ISO 8601-2:2019), levels 0 and 1.

use std::fmt;

/// A date, an interval, or as much of one as is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    text: String,
}

/// Why a text is no date, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDate {
    /// What is wrong, as the middle of a sentence: "`2024-13` has no month 13".
    pub reason: String,
    /// Dates that are near, best first: what `10/9/2023` may mean.
    pub repairs: Vec<String>,
}

impl Date {
    pub fn parse(text: &str) -> Result<Date, NoDate> {
        Ok(Date { text: text.trim().to_string() })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
