//! The part of a state's site that is not in the output yet, as the thread that decides keeps it: when it is brought, and whether that is under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::News;
use super::generation::rest::Call;
use crate::model::path::SitePath;
use crate::world::publish::site::Changes;

/// How long no build may have run before lists and data are brought: a pause between two keystrokes is shorter, one between two thoughts longer.
const PAUSE: Duration = Duration::from_millis(250);

/// Lists and data of the last sound state.
pub struct Waiting {
    files: Vec<SitePath>,
    due: Instant,
    /// To the generation that can make them.
    call: Sender<Call>,
    /// While they are being brought: what calls it off.
    under_way: Option<Arc<AtomicBool>>,
    /// Where nothing else changed: what caused it and when, which is told once it is there.
    untold: Option<(String, Instant)>,
}

impl Waiting {
    /// None where all of the site is there.
    pub fn of(changes: &Changes, call: Sender<Call>, cause: &str, began: Instant) -> Option<Waiting> {
        let untold = (changes.count() == 0).then(|| (cause.to_owned(), began));
        let files = changes.waiting.clone();
        (!files.is_empty()).then(|| Waiting { files, due: Instant::now() + PAUSE, call, under_way: None, untold })
    }

    /// When to bring it; none while that is under way.
    pub fn due(&self) -> Option<Instant> {
        self.under_way.is_none().then_some(self.due)
    }

    /// Has it brought, unless that is under way. False where nobody can: a generation whose thread failed brings nothing, and the next one does.
    pub fn bring(&mut self, tell: &Sender<News>) -> bool {
        if self.under_way.is_some() {
            return true;
        }
        let is_off = Arc::new(AtomicBool::new(false));
        self.under_way = Some(Arc::clone(&is_off));
        self.call.send(Call { files: self.files.clone(), is_off, tell: tell.clone() }).is_ok()
    }

    /// A build begins: what nobody waits for is called off, and waits for the next pause.
    pub fn put_off(&mut self) {
        self.under_way.iter().for_each(|is_off| is_off.store(true, Ordering::Relaxed));
        self.due = Instant::now() + PAUSE;
    }

    /// Whether it is this call that brings it.
    pub fn is_brought_by(&self, call: &Arc<AtomicBool>) -> bool {
        self.under_way.as_ref().is_some_and(|ours| Arc::ptr_eq(ours, call))
    }

    /// The call was called off: it waits again.
    pub fn come_back(&mut self) {
        self.under_way = None;
    }

    /// What is to be told once it is there.
    pub fn untold(self) -> Option<(String, Instant)> {
        self.untold
    }
}
