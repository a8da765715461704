//! What is published, as publishing sees it, and what came of it.

use crate::inputs::Hash;
use crate::model::path::SitePath;

/// A site that can be written: which files there are, and the bytes of each, made when asked for and by any thread.
pub trait Site: Sync {
    fn files(&self) -> Vec<SitePath>;

    fn render(&self, path: &SitePath) -> Vec<u8>;

    /// A hash of all that the file's bytes follow from, where that costs less than the bytes: equal hashes must mean equal bytes.
    fn fingerprint(&self, _path: &SitePath) -> Option<Hash> {
        None
    }
}

/// What a run did to the output, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<SitePath>,
    pub changed: Vec<SitePath>,
    pub deleted: Vec<SitePath>,
    /// What stays as it is.
    pub kept: Vec<SitePath>,
}

impl Changes {
    pub fn count(&self) -> usize {
        self.added.len() + self.changed.len() + self.deleted.len()
    }
}
