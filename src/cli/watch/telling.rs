//! What is said of a build: which file caused it, what changed, how long it took; nothing where nothing did.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::generation::{Built, End};
use super::{WORKS_AGAIN, Watching};
use crate::cli::build::{Tense, counted, detail, files, preface, tell_of_edits, text_of};
use crate::model::path::SitePath;
use crate::report::diagnostic::{Report, Severity};
use crate::world::publish::folder::OutFolder;
use crate::world::publish::site::Changes;

impl Watching<'_, '_> {
    /// What came of a build, after the mistakes that were not told before.
    pub(super) fn say_built(
        &mut self,
        built: &Built,
        is_first: bool,
        works_again: bool,
        began: Instant,
        cause: &str,
        out: &OutFolder,
    ) {
        let Built { report, summary, end, took: (compiling, publishing), .. } = built;
        let shown = report
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity != Severity::Hint)
            .cloned()
            .collect();
        let shown = Report { diagnostics: shown };
        let is_news = shown != self.said;
        if is_news && let Some(inputs) = &self.inputs {
            self.terminal.report(&shown, false, &|path| text_of(inputs, path));
            self.said.clone_from(&shown);
        }
        let time = in_words(began.elapsed());
        let because = because(cause);
        match end {
            End::Stopped(_) => {}
            End::Held => self.terminal.say(&format!(
                "{because}{} in {time}; `{}` stays as it was",
                counted(report),
                out.name()
            )),
            End::Published(changes) if is_first => {
                tell_of_edits(changes, out, Tense::Was, self.terminal);
                detail(changes, out, self.terminal);
                self.terminal.say(&format!(
                    "{}built {summary} in {time}; {} changed",
                    preface(report),
                    files(changes.count())
                ));
            }
            End::Published(changes) => {
                tell_of_edits(changes, out, Tense::Was, self.terminal);
                detail(changes, out, self.terminal);
                self.terminal.detail(&format!(
                    "compiled in {}, published in {}",
                    in_words(*compiling),
                    in_words(*publishing)
                ));
                if changes.count() > 0 || is_news || works_again {
                    let is_mended =
                        is_news && report.count(Severity::Error) + report.count(Severity::Warning) == 0;
                    let mended = match (works_again, is_mended) {
                        (true, _) => WORKS_AGAIN,
                        (false, true) => "no mistakes any more; ",
                        (false, false) => "",
                    };
                    let (preface, which) = (preface(report), named(changes));
                    let count =
                        if changes.count() == 0 { "no file".to_owned() } else { files(changes.count()) };
                    self.terminal
                        .say(&format!("{because}{preface}{mended}{count} changed in {time}{which}"));
                }
            }
        }
    }

    /// Says that lists and data changed, and nothing else did.
    pub(super) fn say_changed(&self, changes: &Changes, cause: &str, works_again: &str, began: Instant) {
        if changes.count() > 0 || !works_again.is_empty() {
            let time = in_words(began.elapsed());
            self.terminal.say(&format!(
                "{}{works_again}{} changed in {time}{}",
                because(cause),
                files(changes.count()),
                named(changes)
            ));
        }
    }
}

/// What comes before what is told of a build: what caused it, where that is known.
fn because(cause: &str) -> String {
    if cause.is_empty() { String::new() } else { format!("{cause}: ") }
}

/// Which files changed, the first few of them: " (sources/a.html, topics/b.html and 3 more)"
pub(super) fn named(changes: &Changes) -> String {
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

pub(super) fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
