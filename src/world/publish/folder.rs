//! The output folder, once it is known that it may be written to.

use std::collections::{BTreeMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::model::path::SitePath;

/// A folder that may take the site: it is ours, or holds nothing, or is yet to be made. Only `place::check`
/// makes one.
#[derive(Clone, Debug)]
pub struct OutFolder {
    path: PathBuf,
    name: String,
    /// The manifest by which it was found to be ours.
    pub(super) record: Option<Record>,
}

/// By what the manifest of an output is known again: its size and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record(pub(super) (u64, u128));

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

    /// Whether a site of ours lies there.
    pub fn is_published(&self) -> bool {
        self.record.is_some()
    }

    /// What is said after a failure that changed nothing.
    pub fn as_it_was(&self) -> String {
        format!("`{}` is as it was", self.name)
    }

    /// What is said after a failure in the middle of a move that could not be taken back.
    pub fn half_way(&self) -> String {
        format!("`{}` holds whole files, some old and some new: the next run completes the move", self.name)
    }

    /// Whether all of some files are there. Folders are read, since that is cheaper than a question for each
    /// file.
    pub fn holds_all<'a>(&self, files: impl Iterator<Item = &'a SitePath>) -> bool {
        let mut folders: BTreeMap<&str, HashSet<OsString>> = BTreeMap::new();
        files
            .map(|path| path.as_str().rsplit_once('/').unwrap_or(("", path.as_str())))
            .all(|(folder, name)| {
                let names = folders
                    .entry(folder)
                    .or_insert_with(|| names_in(&self.path.join(folder)));
                // A disk may spell a name its own way.
                names.contains(OsStr::new(name)) || self.holds(folder, name)
            })
    }

    fn holds(&self, folder: &str, name: &str) -> bool {
        self.path.join(folder).join(name).symlink_metadata().is_ok()
    }

    /// A file of the site, for messages: `public/sources/a.html`.
    pub fn shown(&self, path: &SitePath) -> String {
        Path::new(&self.name).join(path.as_str()).display().to_string()
    }
}

/// What lies in a folder; nothing where there is none, or where it cannot be read.
fn names_in(folder: &Path) -> HashSet<OsString> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect()
}
