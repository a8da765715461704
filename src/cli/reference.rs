//! What the program says about itself: codes, completions, manual pages.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::report::explain;
use crate::report::mistakes::codes;
use crate::world::off_limits;
use crate::world::stop::{Stop, failed};
use crate::world::terminal::Terminal;

/// The longer story of a code, or every code in a line.
pub fn explain(code: Option<&str>, terminal: &Terminal) -> Result<u8, Stop> {
    let Some(code) = code else {
        terminal.answer(&explain::list());
        return Ok(0);
    };
    let story = explain::explain(code).ok_or_else(|| no_such_code(code))?;
    terminal.answer(&story);
    Ok(0)
}

fn no_such_code(code: &str) -> Stop {
    let nearest = codes()
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(known.name, code), known.name))
        .min();
    let help = match nearest {
        Some((distance, name)) if distance <= code.len().div_ceil(3) => format!("did you mean `{name}`?"),
        _ => "list all with `casebook explain`".to_owned(),
    };
    Stop::refused(format!("there is no code `{code}`"), help)
}

/// Completions for a shell, to be put where it looks for them.
pub fn completions(shell: Shell, terminal: &Terminal) -> Result<u8, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "casebook", &mut script);
    terminal.answer(&String::from_utf8_lossy(&script));
    Ok(0)
}

/// The manual page of the program, or those of all commands as files.
pub fn man(out: Option<&Path>, terminal: &Terminal) -> Result<u8, Stop> {
    let command = Arguments::command();
    let Some(out) = out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut page)
            .map_err(failed("make", Path::new("the manual page")))?;
        terminal.answer(&String::from_utf8_lossy(&page));
        return Ok(0);
    };
    off_limits::refuse(out, "the manual pages", "name a folder of their own")?;
    std::fs::create_dir_all(out).map_err(failed("make", out))?;
    clap_mangen::generate_to(command, out).map_err(failed("write", out))?;
    terminal.close(&format!("wrote the manual pages to `{}`", out.display()));
    Ok(0)
}
