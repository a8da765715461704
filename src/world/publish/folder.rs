//! The output folder, once it is known that it may be written to.

use std::path::{Path, PathBuf};

use crate::model::path::SitePath;
use crate::world::publish::manifest::Record;

/// A folder that may take the site: it is ours, or holds nothing, or is yet to be made. Only `place::check` makes one.
#[derive(Clone, Debug)]
pub struct OutFolder {
    path: PathBuf,
    name: String,
    /// The manifest by which it was found to be ours.
    pub(super) record: Option<Record>,
}

impl OutFolder {
    pub(super) fn checked(path: PathBuf, name: String, record: Option<Record>) -> OutFolder {
        OutFolder { path, name, record }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// As the person wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A file of the site, for messages: `public/sources/a.html`.
    pub fn shown(&self, path: &SitePath) -> String {
        Path::new(&self.name).join(path.as_str()).display().to_string()
    }
}
