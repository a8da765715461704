//! Files of the dossier that a command writes for a person: made where nothing is, or put in place of what was read, whole or not at all.
//!
//! A file is written beside its place and renamed. Links are never followed, so nothing is written outside the dossier.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::model::path::InputPath;
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

/// Puts new bytes in place of those that were read; false where the file is no longer what was read, and is left as it is.
pub fn replace(root: &Path, path: &InputPath, read: &[u8], bytes: &[u8]) -> Result<bool, Stop> {
    let target = place(root, path)?;
    let found = target.symlink_metadata().map_err(failed("read", &target))?;
    if !found.is_file() {
        return Err(Stop::refused(format!("`{path}` is no plain file"), "put the file itself in its place"));
    }
    let beside = beside(&target);
    let laid = write(&beside, bytes).and_then(|()| fs::set_permissions(&beside, found.permissions()));
    let done = laid.and_then(|()| match fs::read(&target)? == read {
        true => fs::rename(&beside, &target).map(|()| true),
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
            Ok(_) => return Err(Stop::refused(format!("`{}` is no plain folder", folder.display()), "put the folder itself in its place")),
            Err(_) => fs::create_dir(&folder).map_err(failed("make", &folder))?,
        }
    }
    Ok(folder.join(path.file_name()))
}

/// A name that no reader of the dossier takes for a file of it.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    target.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A second name for the file, unless the name is taken: a rename would overwrite. Disks without such links write the file itself.
fn link(beside: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::hard_link(beside, target) {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => write(target, bytes),
        done => done,
    }
}
