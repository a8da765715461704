//! What ends a run that is no mistake in the dossier: a request that must be refused, or a machine that
//! failed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run ends without what was asked for.
#[derive(Debug)]
pub enum Stop {
    /// Wrong usage, no dossier, an output folder that is not ours. Said like a diagnostic: what is wrong,
    /// what to do.
    Refused {
        message: String,
        help: Vec<String>,
    },
    Failed(Failure),
}

/// The machine failed: disk, permission, port.
#[derive(Debug)]
pub struct Failure {
    /// In the infinitive: "read", "write".
    pub doing: &'static str,
    pub path: PathBuf,
    pub cause: io::Error,
    /// What stands in the output now, where that is in question.
    pub state: Option<String>,
}

impl Stop {
    pub fn refused(message: impl Into<String>, help: impl Into<String>) -> Stop {
        Stop::Refused { message: message.into(), help: vec![help.into()] }
    }

    /// The exit code of the command line's contract.
    pub fn code(&self) -> u8 {
        match self {
            Stop::Refused { .. } => 2,
            Stop::Failed(_) => 4,
        }
    }

    /// The same with a word on what stands in the output; a refusal never touched it.
    pub fn leaving(self, state: impl Into<String>) -> Stop {
        match self {
            Stop::Failed(failure) => Stop::Failed(Failure { state: Some(state.into()), ..failure }),
            refused => refused,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Refused { message, help } => {
                f.write_str(message)?;
                help.iter().try_for_each(|help| write!(f, "\n  = help: {help}"))
            }
            Stop::Failed(Failure { doing, path, cause, state }) => {
                write!(f, "cannot {doing} `{}`: {}", path.display(), in_words(cause))?;
                state.iter().try_for_each(|state| write!(f, "\n  = note: {state}"))
            }
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(failure)
    }
}

/// For `map_err`: says what was being done to which path.
pub fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Stop {
    move |cause| Stop::Failed(Failure { doing, path: path.to_owned(), cause, state: None })
}

/// The system's words without its number: "No space left on device (os error 28)" → "no space left on
/// device".
fn in_words(cause: &io::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
