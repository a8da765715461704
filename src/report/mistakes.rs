//! The only place where messages are written: one constructor a code, gathered by subject.
//!
//! A message is lower case, holds names in backticks and no full stop, and shows every place it speaks of;
//! its remedy is an imperative. Write it as you would say it to a reporter at two in the morning.
//!
//! Each subject lists its codes in `CODES`; `tests/tidy` holds every code to a section of
//! `docs/diagnostics.d` and to a golden case.

pub mod config;
pub mod facts;
pub mod fields;
pub mod files;
pub mod markdown;
pub mod names;
pub mod quotes;
pub mod reason;
pub mod remarks;
pub mod templates;
pub mod world;

use super::diagnostic::Code;

/// Every code there is, in the order of the subjects.
pub fn codes() -> Vec<&'static Code> {
    let subjects: &[&[&'static Code]] = &[
        config::CODES,
        facts::CODES,
        fields::CODES,
        files::CODES,
        markdown::CODES,
        names::CODES,
        quotes::CODES,
        remarks::CODES,
        reason::CODES,
        templates::CODES,
        world::CODES,
    ];
    subjects.concat()
}
