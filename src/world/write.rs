//! Files of the dossier that a command writes for a person: made where nothing is, or put in place of what
//! was read, whole or not at all.
//!
//! A file is written beside its place and renamed. Links are never followed, so nothing is written outside
//! the dossier.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::model::path::InputPath;
use crate::world::marks;
use crate::world::publish::file_ops::again;
use crate::world::stop::{Stop, failed};

/// Makes a file; false where something lies at its place already, which stays as it is.
pub fn create(root: &Path, path: &InputPath, bytes: &[u8]) -> Result<bool, Stop> {
    let target = place(root, path)?;
    if target.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let beside = beside(&target);
    let made = write(&beside, bytes).and_then(|()| link(&beside, &target, bytes));
    let _ = fs::remove_file(&beside);
    match made {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(cause) => Err(failed("write", &target)(cause)),
    }
}

/// Why a file is not written to although it is there: a person made it so, or another name would be left
/// behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    NoFile,
    ReadOnly,
    OtherNames,
    /// Its owner or its attributes could not be kept.
    Marked,
}

impl Kept {
    pub fn reason(self) -> &'static str {
        match self {
            Kept::NoFile => "it is no plain file",
            Kept::ReadOnly => "it is read-only",
            Kept::OtherNames => {
                "it has a second name on this disk (a hard link), which would keep the old text"
            }
            Kept::Marked => "its owner or its attributes cannot be kept",
        }
    }

    pub fn help(self) -> &'static str {
        match self {
            Kept::NoFile => "put the file itself in its place",
            Kept::ReadOnly => "allow writing to it first",
            Kept::OtherNames => "correct it in your editor, or put a copy of the file in its place first",
            Kept::Marked => "correct it in your editor",
        }
    }
}

/// Why a file is not replaced, if it is not.
pub fn kept(root: &Path, path: &InputPath) -> Option<Kept> {
    kept_at(&root.join(path.as_str()))
}

fn kept_at(target: &Path) -> Option<Kept> {
    let Ok(found) = target.symlink_metadata() else { return Some(Kept::NoFile) };
    if !found.is_file() {
        Some(Kept::NoFile)
    } else if found.permissions().readonly() || !marks::may_be_written(target) {
        Some(Kept::ReadOnly)
    } else if marks::has_other_names(&found) {
        Some(Kept::OtherNames)
    } else {
        None
    }
}

/// Puts new bytes in place of those that were read; false where the file is no longer what was read, and is
/// left as it is. It keeps its rights, its owner and its attributes.
pub fn replace(root: &Path, path: &InputPath, read: &[u8], bytes: &[u8]) -> Result<bool, Stop> {
    let target = place(root, path)?;
    let refused =
        |kept: Kept| Stop::refused(format!("`{path}` stays as it is: {}", kept.reason()), kept.help());
    if let Some(kept) = kept_at(&target) {
        return Err(refused(kept));
    }
    let beside = beside(&target);
    let laid = write(&beside, bytes).and_then(|()| marks::copy(&target, &beside));
    if let Ok(false) = laid {
        let _ = fs::remove_file(&beside);
        return Err(refused(Kept::Marked));
    }
    let done = laid.and_then(|_| match fs::read(&target)? == read {
        true => again(|| fs::rename(&beside, &target)).map(|()| true),
        false => Ok(false),
    });
    if !matches!(done, Ok(true)) {
        let _ = fs::remove_file(&beside);
    }
    done.map_err(failed("write", &target))
}

/// Where a file of the dossier lies. Its folders are made; one that is a link is refused.
fn place(root: &Path, path: &InputPath) -> Result<PathBuf, Stop> {
    let mut folder = root.to_owned();
    for name in path.folder().split('/').filter(|name| !name.is_empty()) {
        folder.push(name);
        match folder.symlink_metadata() {
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                return Err(Stop::refused(
                    format!("`{}` is no plain folder", folder.display()),
                    "put the folder itself in its place",
                ));
            }
            Err(_) => fs::create_dir(&folder).map_err(failed("make", &folder))?,
        }
    }
    Ok(folder.join(path.file_name()))
}

/// A name that no reader of the dossier takes for a file of it.
pub fn beside(target: &Path) -> PathBuf {
    let name = target
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    target.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A second name for the file, unless the name is taken: a rename would overwrite. Disks without such links
/// write the file itself.
fn link(beside: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::hard_link(beside, target) {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => write(target, bytes),
        done => done,
    }
}
