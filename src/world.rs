//! The only files that may touch the world: the dossier's folder, the output folder, the terminal.
//!
//! Everything in here hands values to the library and values of the library to the world. A failure of the
//! machine is a `Stop`, never a diagnostic; a writer's mistake is a diagnostic, never a `Stop`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the rim: files and clocks are its work"
)]

pub mod browser;
pub mod cache_dir;
pub mod checked;
pub mod disk;
pub mod init;
pub mod marks;
pub mod off_limits;
pub mod program;
pub mod progress;
pub mod publish;
pub mod serve;
pub mod signals;
pub mod stop;
pub mod terminal;
pub mod watch;
pub mod write;
pub mod zip;
