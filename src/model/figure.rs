//! A number that a source gives: `measure, period = [~<>≤≥] value [unit]`.

use super::date::Date;

/// What a `figure:` line says.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub measure: String,
    pub period: Option<Date>,
    /// The right-hand side as typed, for the page.
    pub shown: String,
}

/// Why a line is no figure; `reason` is the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFigure {
    pub reason: String,
    pub repairs: Vec<String>,
}

impl Figure {
    pub fn parse(text: &str) -> Result<Figure, NoFigure> {
        let (left, right) = text.split_once('=').unwrap_or((text, ""));
        Ok(Figure { measure: left.trim().to_string(), period: None, shown: right.trim().to_string() })
    }
}
