//! The folder in which new files lie ready until they are moved: `.casebook.new` in the output, where a
//! rename never leads to another disk. What lies in it without a journal is rubbish.

use std::path::PathBuf;

use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::stop::{Stop, failed};

/// The name of that folder.
pub const NAME: &str = ".casebook.new";

/// Where files lie ready.
pub fn folder(out: &OutFolder) -> PathBuf {
    out.path().join(NAME)
}

/// The name of the journal, whose presence makes the rest count.
pub fn journal(out: &OutFolder) -> PathBuf {
    folder(out).join("journal")
}

/// A file by its number.
pub fn file(out: &OutFolder, number: usize) -> PathBuf {
    folder(out).join(number.to_string())
}

/// The second name of an old file, by its number.
pub fn old_file(out: &OutFolder, number: usize) -> PathBuf {
    folder(out).join(format!("old-{number}"))
}

/// Whether the folder is there, and is none of somebody else's making.
pub fn is_there(out: &OutFolder) -> bool {
    folder(out).symlink_metadata().is_ok_and(|found| found.is_dir())
}

/// Lays a file ready.
pub fn stage(out: &OutFolder, number: usize, bytes: &[u8], file_ops: &dyn FileOps) -> Result<(), Stop> {
    make(out, file_ops)?;
    let path = file(out, number);
    file_ops.write_new(&path, bytes).map_err(failed("write", &path))
}

pub fn make(out: &OutFolder, file_ops: &dyn FileOps) -> Result<(), Stop> {
    let folder = folder(out);
    file_ops.create_folder(&folder).map_err(failed("make", &folder))
}

/// Removes what lies ready, after a failure; a journal is kept. What cannot be removed now is removed by the
/// next run.
pub fn discard(out: &OutFolder, file_ops: &dyn FileOps) {
    if !journal(out).exists() {
        let _ = file_ops.remove_folder(&folder(out));
    }
}
