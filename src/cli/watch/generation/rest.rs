//! The second step of publishing: lists and data, made while nobody waits for them.
//!
//! They are made in memory first, one after the other, so that a save in the meantime can call them off;
//! writing them takes moments. Until they are there, what lies in the output is as an earlier state left it,
//! and the output's record says so: a run that comes in between brings them too.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use super::order::Order;
use crate::cli::build::Pages;
use crate::cli::watch::news::{News, Rest};
use crate::inputs::Hash;
use crate::model::path::SitePath;
use crate::report::diagnostic::Diagnostic;
use crate::world::publish::site::Site;

/// The word to bring the rest.
pub struct Call {
    /// The files that differ.
    pub files: Vec<SitePath>,
    /// Set when somebody calls it off; also what tells one call from another.
    pub is_off: Arc<AtomicBool>,
    pub tell: Sender<News>,
}

/// Makes and publishes the rest, and tells what came of it.
pub(super) fn bring(order: &Order<'_>, pages: &Pages<'_>, call: &Call) {
    let is_off = || call.is_off.load(Ordering::Relaxed);
    let wanted = call.files.iter().take_while(|_| !is_off());
    let made = wanted.map(|path| (path, pages.edition.render(path))).collect();
    let rest = match order.publish(&Whole { pages, made }, &is_off) {
        Some(Ok(outcome)) => Rest::Brought(outcome),
        Some(Err(stop)) => Rest::Stopped(stop),
        None => Rest::CalledOff,
    };
    // nobody listens any more where the run ends
    let _ = call.tell.send(News::Rest(Arc::clone(&call.is_off), rest));
}

/// The site, of which some files may come later.
pub(super) struct AtOnce<'a, 'p>(pub &'a Pages<'p>);

impl Site for AtOnce<'_, '_> {
    fn files(&self) -> Vec<SitePath> {
        self.0.files()
    }

    fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.render(path)
    }

    fn fingerprint(&self, path: &SitePath) -> Option<Hash> {
        self.0.fingerprint(path)
    }

    fn state(&self) -> Option<Hash> {
        self.0.state()
    }

    fn since(&self, earlier: &Hash) -> Option<Vec<SitePath>> {
        self.0.since(earlier)
    }

    fn may_wait(&self, path: &SitePath) -> bool {
        self.0.edition.may_wait(path)
    }
}

/// All of the site, some of it made already.
struct Whole<'a, 'p> {
    pages: &'a Pages<'p>,
    made: BTreeMap<&'a SitePath, Result<Vec<u8>, Box<Diagnostic>>>,
}

impl Site for Whole<'_, '_> {
    fn files(&self) -> Vec<SitePath> {
        self.pages.files()
    }

    fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.made
            .get(path)
            .cloned()
            .unwrap_or_else(|| self.pages.edition.render(path))
    }

    fn fingerprint(&self, path: &SitePath) -> Option<Hash> {
        self.pages.fingerprint(path)
    }

    fn state(&self) -> Option<Hash> {
        self.pages.state()
    }
}
