//! A move that fails in the middle is taken back: what lay in the output keeps a second name beside it until
//! the move is done.
//!
//! Each step back restores exactly what was there before the step, and lays the new file ready again: should
//! the way back end in the middle too, the journal is still true, and the next run completes the move. On a
//! disk that knows no second names nothing is at hand, and the next run completes it likewise.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::path::SitePath;
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::staging;
use crate::world::stop::{Stop, failed};

/// What a move began with.
#[derive(Debug, Default)]
pub struct Before {
    /// The old files, with their second names; none where the disk gave none.
    old: BTreeMap<SitePath, Option<PathBuf>>,
    /// Folders that were made for the new files.
    made: Vec<PathBuf>,
}

/// A step of a move that was done.
#[derive(Debug)]
pub enum Done {
    FolderMade(PathBuf),
    /// The file that lay ready under this number is in place.
    Moved(usize, SitePath),
    Deleted(SitePath),
}

impl Before {
    /// Gives every file that is to be replaced or deleted its second name.
    pub fn keep<'a>(
        out: &OutFolder,
        paths: impl Iterator<Item = &'a SitePath>,
        file_ops: &dyn FileOps,
    ) -> Before {
        let mut old = BTreeMap::new();
        for (number, path) in paths.enumerate() {
            let place = out.path().join(path.as_str());
            if place.symlink_metadata().is_ok_and(|found| found.is_file()) {
                let beside = staging::old_file(out, number);
                old.insert(path.clone(), file_ops.link(&place, &beside).ok().map(|()| beside));
            }
        }
        Before { old, made: Vec::new() }
    }

    /// Makes the folders that new files need, the outer ones first.
    pub fn make(&mut self, missing: Vec<PathBuf>, file_ops: &dyn FileOps) -> Result<(), Stop> {
        for folder in missing {
            file_ops.create_folder(&folder).map_err(failed("make", &folder))?;
            self.made.push(folder);
        }
        Ok(())
    }

    /// Takes away the folders that were made. One that is not empty stays, and does no harm.
    pub fn unmake(&self, file_ops: &dyn FileOps) {
        for folder in self.made.iter().rev() {
            let _ = file_ops.remove_empty_folder(folder);
        }
    }

    /// Takes back the steps that were done, the last one first; false where one cannot be, after which none
    /// is tried.
    pub fn restore(&self, out: &OutFolder, done: &[Done], file_ops: &dyn FileOps) -> bool {
        let is_back = done
            .iter()
            .rev()
            .all(|step| self.take_back(out, step, file_ops).is_some());
        if is_back {
            self.unmake(file_ops);
        }
        is_back
    }

    fn take_back(&self, out: &OutFolder, step: &Done, file_ops: &dyn FileOps) -> Option<()> {
        match step {
            Done::FolderMade(folder) => file_ops.remove_empty_folder(folder).ok(),
            Done::Moved(number, path) => {
                let (place, ready) = (out.path().join(path.as_str()), staging::file(out, *number));
                let Some(old) = self.old.get(path) else { return file_ops.rename(&place, &ready).ok() };
                let old = old.as_ref()?;
                file_ops.link(&place, &ready).ok()?;
                file_ops.rename(old, &place).ok()
            }
            Done::Deleted(path) => {
                let place = out.path().join(path.as_str());
                let old = self.old.get(path)?.as_ref()?;
                file_ops.create_folder(place.parent()?).ok()?;
                file_ops.rename(old, &place).ok()
            }
        }
    }
}
