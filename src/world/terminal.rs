//! What people and programs read while a command runs: answers on stdout, everything else on stderr.
//!
//! A closed pipe is no error: whoever closed it has read enough. Colour and width follow `--color`, then
//! `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb` and `COLUMNS`; nothing else of the environment is read.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};

use crate::model::path::InputPath;
use crate::report::diagnostic::{Report, Severity};
use crate::report::{human, json, sarif, short};
use crate::world::stop::{Stop, failed};

/// Columns where nobody says how many there are: a log, a pipe.
const WIDTH: usize = 100;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Human,
    Short,
    Json,
    Sarif,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// How much is said on stderr.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// Errors and the closing line.
    Quiet,
    #[default]
    Normal,
    /// Also what was read, kept and written.
    Verbose,
}

/// The two streams, and how they are used.
pub struct Terminal {
    pub format: Format,
    pub talk: Talk,
    colour: bool,
    width: usize,
    /// How stdout failed, if otherwise than by being closed: a full disk behind a redirection.
    broken: Mutex<Option<io::Error>>,
}

impl Terminal {
    pub fn new(format: Format, talk: Talk, colour: Colour) -> Terminal {
        Terminal {
            format,
            talk,
            colour: uses_colour(colour, io::stderr().is_terminal()),
            width: width(),
            broken: Mutex::new(None),
        }
    }

    /// What was asked for.
    pub fn answer(&self, text: &str) {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
                *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(cause)
            }
            _ => {}
        }
    }

    /// An answer behind diagnostics that are meant for a program: as JSON lines where they are, beside them
    /// where they are one document.
    pub fn answer_beside_diagnostics(&self, text: &str, json: &str) {
        match self.format {
            Format::Human | Format::Short => self.answer(text),
            Format::Json => self.answer(json),
            Format::Sarif => self.tell(text),
        }
    }

    pub fn is_quiet(&self) -> bool {
        self.talk == Talk::Quiet
    }

    /// A line for people, unless they asked for quiet.
    pub fn say(&self, text: &str) {
        if self.talk > Talk::Quiet {
            self.tell(&format!("{text}\n"));
        }
    }

    /// Whether somebody asked for every detail.
    pub fn is_talkative(&self) -> bool {
        self.talk == Talk::Verbose
    }

    /// A line for people who asked for every detail.
    pub fn detail(&self, text: &str) {
        if self.is_talkative() {
            self.tell(&format!("{text}\n"));
        }
    }

    /// The one line that is said in any case.
    pub fn close(&self, text: &str) {
        self.tell(&format!("{text}\n"));
    }

    /// Why the command ends without what was asked for.
    pub fn stop(&self, stop: &Stop) {
        let (red, off) = if self.colour { ("\x1b[1;91m", "\x1b[0m") } else { ("", "") };
        self.tell(&format!("{red}error{off}: {}\n", crate::report::visible::visible(&stop.to_string())));
    }

    /// The diagnostics: for people on stderr, for programs on stdout. Hints only where they were asked for.
    pub fn report(&self, report: &Report, hints: bool, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>) {
        let quiet = self.talk == Talk::Quiet && self.format == Format::Human;
        let heard = |severity: Severity| match severity {
            Severity::Error => true,
            Severity::Warning => !quiet,
            Severity::Hint => hints && !quiet,
        };
        let diagnostics = report
            .diagnostics
            .iter()
            .filter(|diagnostic| heard(diagnostic.severity))
            .cloned()
            .collect();
        let report = Report { diagnostics };
        match self.format {
            Format::Human => {
                let look =
                    human::Look { colour: self.colour, width: self.width, all: self.talk == Talk::Verbose };
                self.tell(&human::render(&report, text_of, look));
            }
            Format::Short => self.answer(&short::render(&report, text_of)),
            Format::Json => self.answer(&json::render(&report, text_of)),
            Format::Sarif => self.answer(&sarif::render(&report, text_of)),
        }
    }

    /// Whether all answers arrived, or nobody wanted them.
    pub fn finish(&self) -> Result<(), Stop> {
        match self.broken.lock().unwrap_or_else(PoisonError::into_inner).take() {
            None => Ok(()),
            Some(cause) => Err(failed("write to", "standard output".as_ref())(cause)),
        }
    }

    /// Whether somebody watches the lines come, so that they may be written over.
    pub fn is_watched(&self) -> bool {
        self.talk > Talk::Quiet && io::stderr().is_terminal() && !is_dumb()
    }

    fn tell(&self, text: &str) {
        let choice = if self.colour { ColorChoice::Always } else { ColorChoice::Never };
        let mut stderr = AutoStream::new(io::stderr().lock(), choice);
        // There is nobody left to tell that telling failed.
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }
}

/// Whether a stream gets colours.
pub fn uses_colour(asked: Colour, is_terminal: bool) -> bool {
    match asked {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_set("NO_COLOR") => false,
        Colour::Auto if is_set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").as_deref() != Some("0") => {
            true
        }
        Colour::Auto => is_terminal && !is_dumb(),
    }
}

/// Columns of the terminal: as `COLUMNS` says, else as the terminal does.
pub fn width() -> usize {
    let said = variable("COLUMNS")
        .and_then(|columns| columns.trim().parse().ok())
        .filter(|&columns| columns > 0);
    said.or_else(|| terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0)))
        .unwrap_or(WIDTH)
}

fn is_dumb() -> bool {
    variable("TERM").as_deref() == Some("dumb")
}

fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| !value.is_empty())
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
