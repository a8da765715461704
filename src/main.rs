//! The program's door: see `cli`.

use std::panic;
use std::process::ExitCode;

use casebook::cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A failure of the machine: what a failure of this program is to whoever runs it.
const FAILED: u8 = 4;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|panic| cli::ask_for_a_report(&panic.to_string())));
    ExitCode::from(panic::catch_unwind(|| cli::run(std::env::args_os())).unwrap_or(FAILED))
}
