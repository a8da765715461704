//! Arguments → command → exit code. What a command does is a few calls of `world` and of the library; what it
//! says and how it ends is decided here.
#![allow(
    clippy::disallowed_methods,
    reason = "arguments, the current folder and how long a build took are read here"
)]

mod arguments;
mod build;
mod fix;
mod locate;
mod new;
mod reference;
mod watch;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, FromArgMatches};

use crate::world::init;
use crate::world::off_limits;
use crate::world::stop::{Stop, failed};
use crate::world::terminal::{self, Colour, Format, Talk, Terminal};
use arguments::{Arguments, Command};

/// Runs the command that the arguments name, the program's own name first; the exit code of the contract.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match parse(arguments.into_iter().collect()) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let terminal =
        Terminal::new(arguments.common.format(), arguments.common.talk(), arguments.common.colour());
    let done = command(arguments, &terminal).and_then(|code| terminal.finish().map(|()| code));
    done.unwrap_or_else(|stop| {
        terminal.stop(&stop);
        stop.code()
    })
}

/// Wrong usage ends with 2, and a question for help or the version with 0; both are said here.
fn parse(arguments: Vec<OsString>) -> Result<Arguments, u8> {
    let command = definition(asks_for_colour(&arguments));
    command
        .try_get_matches_from(arguments)
        .and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches))
        .map_err(|error| {
            let _ = error.print(); // a closed pipe is no error
            u8::try_from(error.exit_code()).unwrap_or(2)
        })
}

/// The whole command line, with the width and the colours of this terminal.
fn definition(colour: Colour) -> clap::Command {
    let colour = match terminal::uses_colour(colour, std::io::IsTerminal::is_terminal(&std::io::stderr())) {
        true => clap::ColorChoice::Always,
        false => clap::ColorChoice::Never,
    };
    Arguments::command()
        .color(colour)
        .term_width(terminal::width().min(120))
}

/// `--color` counts for what is said about the arguments too, before they are understood.
fn asks_for_colour(arguments: &[OsString]) -> Colour {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let says = |word: &str| {
        texts.iter().any(|text| **text == format!("--color={word}"))
            || texts.windows(2).any(|pair| pair[0] == "--color" && pair[1] == word)
    };
    match (says("always"), says("never")) {
        (true, false) => Colour::Always,
        (_, true) => Colour::Never,
        (false, false) => Colour::Auto,
    }
}

fn command(arguments: Arguments, terminal: &Terminal) -> Result<u8, Stop> {
    let Arguments { common, command } = arguments;
    if let Some(threads) = common.threads {
        // Fails only where the threads were started before, and nothing before this line starts any.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global();
    }
    match command {
        Command::Build(options) => build::build(
            &options,
            dossier(common.dossier, options.dir.clone())?.as_deref(),
            &current()?,
            terminal,
        ),
        Command::Watch(options) => watch::watch(
            &options,
            dossier(common.dossier, options.dir.clone())?.as_deref(),
            &current()?,
            terminal,
        ),
        Command::Check(options) => build::check(
            &options,
            dossier(common.dossier, options.dir.clone())?.as_deref(),
            &current()?,
            terminal,
        ),
        Command::Fix(options) => fix::fix(
            &options,
            dossier(common.dossier, options.dir.clone())?.as_deref(),
            &current()?,
            terminal,
        ),
        Command::Locate(options) => {
            locate::locate(&options, common.dossier.as_deref(), &current()?, terminal)
        }
        Command::New { what } => new::new(&what, common.dossier.as_deref(), &current()?, terminal),
        Command::Init { dir } => make_dossier(dossier(common.dossier, dir)?, terminal),
        Command::Explain { code } => reference::explain(code.as_deref(), terminal),
        Command::Completions { shell } => reference::completions(shell, terminal),
        Command::Man { out } => reference::man(out.as_deref(), terminal),
    }
}

/// The folder that `-C` or the argument names. Two that differ are a mistake of whoever typed them.
fn dossier(option: Option<PathBuf>, argument: Option<PathBuf>) -> Result<Option<PathBuf>, Stop> {
    match (option, argument) {
        (Some(option), Some(argument)) if option != argument => {
            let message =
                format!("two dossiers are named: `-C {}` and `{}`", option.display(), argument.display());
            Err(Stop::refused(message, "name one"))
        }
        (option, argument) => Ok(argument.or(option)),
    }
}

fn make_dossier(folder: Option<PathBuf>, terminal: &Terminal) -> Result<u8, Stop> {
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    off_limits::refuse(&folder, "a dossier", "name a folder of its own")?;
    let made = init::init(&folder)?;
    for name in &made.kept {
        terminal.say(&format!("kept    {}", folder.join(name).display()));
    }
    for name in &made.written {
        terminal.detail(&format!("written {}", folder.join(name).display()));
    }
    let build = if folder == Path::new(".") {
        "casebook build".to_owned()
    } else {
        format!("casebook build {}", folder.display())
    };
    let folder = folder.display();
    terminal.close(&match (made.written.len(), made.kept.len()) {
        (0, _) => format!("`{folder}` has every file of a first dossier already; next: `{build}`"),
        (written, 0) => format!("made a dossier of {written} files in `{folder}`; next: `{build}`"),
        (written, kept) => {
            format!("made {written} files in `{folder}`, {kept} stay as they were; next: `{build}`")
        }
    });
    Ok(0)
}

/// The current folder, from which relative paths are meant.
fn current() -> Result<PathBuf, Stop> {
    std::env::current_dir().map_err(failed("find", Path::new("the current folder")))
}

/// What is said when the program itself is wrong. The output is safe: it is either not touched yet, or the
/// next run completes it.
pub fn ask_for_a_report(panic: &str) {
    Terminal::new(Format::Human, Talk::Normal, Colour::Auto).close(&format!(
        "casebook has a defect, and stopped. Nothing in the dossier is to blame, and nothing of it was \
            changed.\n\
         Please report it with the lines below, and with the file that brought it about if you may share \
         it.\n\n\
         casebook {}: {panic}",
        env!("CARGO_PKG_VERSION"),
    ));
}
