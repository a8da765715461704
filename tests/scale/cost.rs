//! What the program takes to build a dossier: processor time, and memory at its peak.
//!
//! The kernel counts as memory of a process also what the one held that started it. So whoever measures small
//! dossiers must never have held large ones.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait4::Wait4;

use super::shapes::Files;

/// Bytes of memory for a byte of the dossier, and what any run may take.
pub const MOST_BYTES_A_BYTE: u64 = 60;
pub const ANY_RUN: u64 = 100 << 20;

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub time: Duration,
    pub memory: u64,
    pub bytes: u64,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { time, memory, bytes } = self;
        write!(f, "{:>9} B {:>6} ms {:>5} MiB", bytes, time.as_millis(), memory >> 20)
    }
}

pub fn run(files: &Files) -> Cost {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut bytes = 0;
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("a temporary folder is writable");
        bytes += text.len() as u64;
        std::fs::write(path, text).expect("a temporary folder is writable");
    }
    let (time, memory) = built(folder.path());
    Cost { time, memory, bytes }
}

/// Builds the site of a folder, and tells what the kernel counted.
fn built(folder: &Path) -> (Duration, u64) {
    let program =
        std::env::var_os("CASEBOOK_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_casebook").into());
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .arg("build")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let usage = command
        .spawn()
        .expect("the program starts")
        .wait4()
        .expect("the program ends");
    assert!(matches!(usage.status.code(), Some(0..=2)), "it ended with {:?}", usage.status);
    (usage.rusage.utime, usage.rusage.maxrss)
}

/// Whether the slow trials run: `./test --all`. All shapes take many minutes.
pub fn is_slow() -> bool {
    std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty())
}
