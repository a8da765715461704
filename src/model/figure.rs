//! A number that a source gives: `measure, period = [~<>≤≥] value [unit]`.
//!
//! A figure keeps what was typed, for the page, and what it is worth, for comparison: how sure it is said to
//! be, an exact number or a range, its scale (`billion`) and its unit. Two figures are held against each
//! other in `compare`; the numbers that stand in a passage are found by `mentions`. Nothing here is a
//! floating-point number.

mod amount;
pub mod compare;
pub mod decimal;
mod grammar;
pub mod mentions;
mod number;
pub mod unit;

pub use amount::{Amount, Comparator, Figure, NoFigure, Number, Value};

impl Figure {
    /// Reads what stands behind `figure:`.
    pub fn parse(text: &str) -> Result<Figure, NoFigure> {
        grammar::figure(text)
    }

    /// As typed, for the page: `~150 billion USD`.
    pub fn figure_shown(&self) -> &str {
        &self.shown
    }
}

#[cfg(test)]
mod tests;
