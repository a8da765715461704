//! The output folder, once it is known that it may be written to.

use std::path::{Path, PathBuf};

use crate::model::path::SitePath;

/// A folder that may take the site: it is ours, or holds nothing, or is yet to be made. Only `place::check` makes one.
#[derive(Clone, Debug)]
pub struct OutFolder {
    path: PathBuf,
    name: String,
}

impl OutFolder {
    pub(super) fn checked(path: PathBuf, name: String) -> OutFolder {
        OutFolder { path, name }
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
