//! The command line as it is promised: every command, option and default, and nothing that does not exist
//! yet.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::cli::build::{Build, Check};
use crate::cli::fix::Fix;
use crate::cli::locate::Locate;
use crate::cli::new::New;
use crate::cli::watch::Watch;
use crate::world::terminal::{Colour, Format, Talk};

/// What `--version` says behind the program's name: its own version and that of the file format, the contract
/// with the writer.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (format 1)");

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing wrong (warnings and hints may have been shown)
  1  the dossier has errors, templates included; nothing was written. fix: some are left. locate: not found \
  or ambiguous. new: nothing was made
  2  wrong usage, settings that cannot be read, no dossier here, or an output folder that is refused
  3  warnings, and --strict; nothing was written
  4  the machine failed (disk, permission, port); cause and path are named";

/// Under its own heading, so that a command's help begins with what is its own.
const EVERYWHERE: &str = "Options of every command";

/// Publishes annotated sources as a site, and checks every quotation on the way.
#[derive(Debug, Parser)]
#[command(name = "casebook", version = VERSION, after_help = EXIT_CODES, disable_help_subcommand = false,
    max_term_width = 120)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The dossier [default: the current folder, else the nearest parent with a casebook.toml]
    #[arg(short = 'C', value_name = "DIR", global = true, help_heading = EVERYWHERE)]
    pub dossier: Option<PathBuf>,

    /// Say errors and the closing line only
    #[arg(short, long, global = true, help_heading = EVERYWHERE, conflicts_with = "verbose")]
    quiet: bool,

    /// Say also what was read, kept and written, and show every mistake
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    verbose: bool,

    /// How diagnostics are written: for people on stderr, else on stdout
    #[arg(long, value_name = "FORMAT", default_value = "human", global = true, help_heading = EVERYWHERE)]
    format: FormatName,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, help_heading = EVERYWHERE)]
    color: ColourName,

    /// How many threads to use [default: all]
    #[arg(short = 'j', value_name = "N", global = true, help_heading = EVERYWHERE)]
    pub threads: Option<NonZeroUsize>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Publish: report every mistake, and bring the site up to date
    Build(Build),
    /// Annotate: build on every save, and serve the site to the browser beside the editor
    Watch(Watch),
    /// Build without writing
    Check(Check),
    /// Apply safe corrections, and show the rest as a diff
    Fix(Fix),
    /// Tell where words stand in the sources
    Locate(Locate),
    /// Begin a note, a topic or a claim; overwrites nothing
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Make a small dossier to begin with; asks nothing, overwrites nothing
    Init {
        /// The folder [default: the current one]
        dir: Option<PathBuf>,
    },
    /// Tell what a code of a diagnostic means and how to mend it; without CODE, list all
    Explain {
        /// As it stands in brackets behind `error`, `warning` or `hint`
        code: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for every command into a folder
    Man {
        /// The folder [default: standard output]
        out: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    Human,
    Short,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColourName {
    Auto,
    Always,
    Never,
}

impl Common {
    pub fn format(&self) -> Format {
        match self.format {
            FormatName::Human => Format::Human,
            FormatName::Short => Format::Short,
            FormatName::Json => Format::Json,
            FormatName::Sarif => Format::Sarif,
        }
    }

    pub fn colour(&self) -> Colour {
        match self.color {
            ColourName::Auto => Colour::Auto,
            ColourName::Always => Colour::Always,
            ColourName::Never => Colour::Never,
        }
    }

    pub fn talk(&self) -> Talk {
        match (self.quiet, self.verbose) {
            (true, _) => Talk::Quiet,
            (false, false) => Talk::Normal,
            (false, true) => Talk::Verbose,
        }
    }
}
