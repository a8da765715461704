//! What is said of a build: which file caused it, what changed, how long it took; nothing where nothing did.

use std::time::Instant;

use super::Watching;
use super::generation::{Built, End};
use super::phrases::{WORKS_AGAIN, because, in_words, named};
use crate::cli::build::{Tense, counted, detail, files, preface, tell_of_edits, text_of};
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
