//! The person's browser, asked to open an address. Where none can be opened nothing is said: the address
//! stands in the terminal.

use std::process::{Command, Stdio};

/// Opens an address by what `BROWSER` names, else as the system opens addresses.
pub fn open(address: &str) {
    let chosen = std::env::var_os("BROWSER").filter(|name| !name.is_empty());
    let mut command = match chosen {
        Some(name) => Command::new(name),
        None => system(),
    };
    let started = command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = started {
        // Waited for beside, so that no dead process is left
        std::thread::spawn(move || child.wait());
    }
}

/// Whether a machine runs this, which has no use for a browser.
pub fn is_unattended() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

#[cfg(target_os = "macos")]
fn system() -> Command {
    Command::new("open")
}

#[cfg(windows)]
fn system() -> Command {
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler");
    command
}

#[cfg(not(any(target_os = "macos", windows)))]
fn system() -> Command {
    Command::new("xdg-open")
}
