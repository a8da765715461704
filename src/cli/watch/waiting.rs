//! The part of a state's site that is not in the output yet, as the thread that decides keeps it: when it is
//! brought, and whether that is under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::generation::rest::Call;
use super::news::News;
use crate::model::path::SitePath;
use crate::world::publish::site::Changes;

/// How long no build may have run before lists and data are brought: a pause between two keystrokes is
/// shorter, one between two thoughts longer.
const PAUSE: Duration = Duration::from_millis(250);

/// In a large dossier they wait for a longer one: so many times what they took the last time, at most
/// `LONGEST`. Who saves every few seconds does not pay for them with every save.
const TIMES: u32 = 4;
const LONGEST: Duration = Duration::from_secs(10);

/// Lists and data of the last sound state.
pub struct Waiting {
    files: Vec<SitePath>,
    pause: Duration,
    due: Instant,
    /// To the generation that can make them.
    call: Sender<Call>,
    /// While they are being brought: what calls it off.
    under_way: Option<(Arc<AtomicBool>, Instant)>,
    /// Where nothing else changed: what caused it and when, which is told once it is there.
    untold: Option<(String, Instant)>,
}

impl Waiting {
    /// None where all of the site is there. `took`: what they took the last time.
    pub fn of(
        changes: &Changes,
        took: Duration,
        call: Sender<Call>,
        cause: &str,
        began: Instant,
    ) -> Option<Waiting> {
        let untold = (changes.count() == 0).then(|| (cause.to_owned(), began));
        let files = changes.waiting.clone();
        let pause = (took * TIMES).clamp(PAUSE, LONGEST);
        (!files.is_empty()).then(|| Waiting {
            files,
            pause,
            due: Instant::now() + pause,
            call,
            under_way: None,
            untold,
        })
    }

    /// When to bring it; none while that is under way.
    pub fn due(&self) -> Option<Instant> {
        self.under_way.is_none().then_some(self.due)
    }

    /// Has it brought, unless that is under way. False where nobody can: a generation whose thread failed
    /// brings nothing, and the next one does.
    pub fn bring(&mut self, tell: &Sender<News>) -> bool {
        if self.under_way.is_some() {
            return true;
        }
        let is_off = Arc::new(AtomicBool::new(false));
        self.under_way = Some((Arc::clone(&is_off), Instant::now()));
        self.call
            .send(Call { files: self.files.clone(), is_off, tell: tell.clone() })
            .is_ok()
    }

    /// A build begins: what nobody waits for is called off, and waits for the next pause.
    pub fn put_off(&mut self) {
        self.under_way
            .iter()
            .for_each(|(is_off, _)| is_off.store(true, Ordering::Relaxed));
        self.due = Instant::now() + self.pause;
    }

    /// Whether it is this call that brings it.
    pub fn is_brought_by(&self, call: &Arc<AtomicBool>) -> bool {
        self.under_way
            .as_ref()
            .is_some_and(|(ours, _)| Arc::ptr_eq(ours, call))
    }

    /// The call was called off: it waits again.
    pub fn come_back(&mut self) {
        self.under_way = None;
    }

    /// What bringing it took so far.
    pub fn took(&self) -> Duration {
        self.under_way
            .as_ref()
            .map_or(Duration::ZERO, |(_, since)| since.elapsed())
    }

    /// What is to be told once it is there.
    pub fn untold(self) -> Option<(String, Instant)> {
        self.untold
    }
}
