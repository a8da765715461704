//! How far a long run is, on one line that is written over. Only where somebody watches, and only once it
//! takes long enough to wonder.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Nobody wonders before this.
const PATIENCE: Duration = Duration::from_millis(700);

/// How often the line is written at most.
const PACE: Duration = Duration::from_millis(100);

/// A count of what is done, by any thread. The line is wiped when the count is dropped.
pub struct Progress {
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    /// When the line is due next; `None` where nobody watches.
    due: Option<Mutex<Instant>>,
    shown: AtomicUsize,
}

impl Progress {
    pub fn new(what: &'static str, total: usize, is_watched: bool) -> Progress {
        let due = is_watched.then(|| Mutex::new(Instant::now() + PATIENCE));
        Progress { what, total, done: AtomicUsize::new(0), due, shown: AtomicUsize::new(0) }
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Whoever finds the line being written leaves it to the other.
        let Some(mut due) = self.due.as_ref().and_then(|due| due.try_lock().ok()) else { return };
        if Instant::now() >= *due {
            *due = Instant::now() + PACE;
            let line = format!("{} {done} of {}", self.what, self.total);
            self.shown.fetch_max(line.len(), Ordering::Relaxed);
            write(&format!("\r{line}"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let _last = self
            .due
            .as_ref()
            .map(|due| due.lock().unwrap_or_else(PoisonError::into_inner));
        match self.shown.load(Ordering::Relaxed) {
            0 => {}
            columns => write(&format!("\r{}\r", " ".repeat(columns))),
        }
    }
}

fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
