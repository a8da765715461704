//! What is published, as publishing sees it, and what came of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::inputs::Hash;
use crate::model::path::SitePath;
use crate::report::diagnostic::Diagnostic;

/// A site that can be written: which files there are, and the bytes of each, made when asked for and by any
/// thread.
pub trait Site: Sync {
    fn files(&self) -> Vec<SitePath>;

    /// Fails by a mistake in one of the dossier's own templates.
    fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>>;

    /// A hash of all that the file's bytes follow from, where that costs less than the bytes: equal hashes
    /// must mean equal bytes.
    fn fingerprint(&self, _path: &SitePath) -> Option<Hash> {
        None
    }

    /// What this state of the site is known by when the next one asks what differs from it.
    fn state(&self) -> Option<Hash> {
        None
    }

    /// The files that may differ from those of an earlier state, and are otherwise the same ones; None where
    /// that takes a look at each.
    fn since(&self, _earlier: &Hash) -> Option<Vec<SitePath>> {
        None
    }

    /// Whether the file may stay as it is for now, although it differs: where a second run follows that
    /// brings it.
    fn may_wait(&self, _path: &SitePath) -> bool {
        false
    }
}

/// What came of it, where the machine did not fail.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Done(Changes),
    /// Pages that could not be made: nothing was written.
    Mistakes(Vec<Diagnostic>),
}

/// What a run did to the output, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<SitePath>,
    pub changed: Vec<SitePath>,
    pub deleted: Vec<SitePath>,
    /// What stays as it is, where each file was looked at.
    pub kept: Vec<SitePath>,
    /// What stays as it is for now.
    pub waiting: Vec<SitePath>,
    /// Of what changed: files that are not as we left them, so that somebody's words in them go.
    pub replaced: Vec<SitePath>,
    /// Of what is deleted: files that are not as we left them. They may hold what is private now, so they do
    /// not stay; a copy is kept aside first.
    pub left: Vec<SitePath>,
}

impl Changes {
    pub fn count(&self) -> usize {
        self.added.len() + self.changed.len() + self.deleted.len()
    }
}

/// Makes every page and keeps none: the mistakes that only show when a page is made.
pub fn try_every_page(site: &dyn Site) -> Vec<Diagnostic> {
    each_once(
        site.files()
            .par_iter()
            .filter_map(|path| site.render(path).err())
            .collect(),
    )
}

/// One mistake in a template fails many pages. The first page in their order speaks for all.
pub fn each_once(mistakes: Vec<Box<Diagnostic>>) -> Vec<Diagnostic> {
    let mut by_place = BTreeMap::new();
    for mistake in mistakes {
        let place = mistake.place.as_ref().map(|label| label.place.clone());
        by_place.entry((mistake.code.name, place)).or_insert(*mistake);
    }
    by_place.into_values().collect()
}
