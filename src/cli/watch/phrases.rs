//! The pieces that a line about a build is made of: its cause, the files that changed, how long it took.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::model::path::SitePath;
use crate::world::publish::site::Changes;

/// Said once something could be written, or read, that could not be before.
pub const WORKS_AGAIN: &str = "it works again; ";

/// What comes before what is told of a build: what caused it, where that is known.
pub fn because(cause: &str) -> String {
    if cause.is_empty() { String::new() } else { format!("{cause}: ") }
}

/// Which files changed, the first few of them: " (sources/a.html, topics/b.html and 3 more)"
pub fn named(changes: &Changes) -> String {
    const SHOWN: usize = 3;
    let all: BTreeSet<&SitePath> = changes
        .added
        .iter()
        .chain(&changes.changed)
        .chain(&changes.deleted)
        .collect();
    let first: Vec<String> = all.iter().take(SHOWN).map(ToString::to_string).collect();
    match all.len() {
        0 => String::new(),
        count if count <= SHOWN => format!(" ({})", first.join(", ")),
        count => format!(" ({} and {} more)", first.join(", "), count - SHOWN),
    }
}

pub fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
