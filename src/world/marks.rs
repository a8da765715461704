//! What a file or folder has besides its name and its bytes: a number by which it is known, rights, an owner,
//! attributes.

use std::fs;
use std::io;
use std::path::Path;

/// The number of a file or folder, behind that of its disk: two names of one file have the same.
#[cfg(unix)]
pub fn number(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.symlink_metadata().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
pub fn number(_: &Path) -> io::Result<(u64, u64)> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether two names stand for one file.
pub fn are_one(one: &Path, other: &Path) -> bool {
    matches!((number(one), number(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether a file has other names too.
#[cfg(unix)]
pub fn has_other_names(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.is_file() && found.nlink() > 1
}

#[cfg(not(unix))]
pub fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// Whether we may write to a file.
#[cfg(unix)]
pub fn may_be_written(path: &Path) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS).is_ok()
}

#[cfg(not(unix))]
pub fn may_be_written(path: &Path) -> bool {
    fs::File::options().append(true).open(path).is_ok()
}

/// Gives a new file or folder the rights, the owner and the attributes of another; false where it cannot have
/// them all.
pub fn copy(from: &Path, to: &Path) -> io::Result<bool> {
    let found = from.metadata()?;
    if !take_owner(&found, to)? || !take_attributes(from, to)? {
        return Ok(false);
    }
    fs::set_permissions(to, found.permissions())?;
    Ok(true)
}

#[cfg(unix)]
fn take_owner(found: &fs::Metadata, to: &Path) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, lchown};
    let owner = |found: &fs::Metadata| (found.uid(), found.gid());
    if owner(&to.symlink_metadata()?) != owner(found) {
        let _ = lchown(to, Some(found.uid()), Some(found.gid())); // whether that worked is seen below
    }
    Ok(owner(&to.symlink_metadata()?) == owner(found))
}

#[cfg(not(unix))]
fn take_owner(_: &fs::Metadata, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Attributes hold access lists, labels of the system, and what people note on files.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn take_attributes(from: &Path, to: &Path) -> io::Result<bool> {
    use rustix::fs::{XattrFlags, lsetxattr};
    let wanted = attributes(from)?;
    if attributes(to)? != wanted {
        for (name, value) in &wanted {
            // whether that worked is seen below
            let _ = lsetxattr(to, name.as_slice(), value, XattrFlags::empty());
        }
    }
    Ok(attributes(to)? == wanted)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn take_attributes(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// All attributes, by name. A disk without attributes has none.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn attributes(path: &Path) -> io::Result<std::collections::BTreeMap<Vec<u8>, Vec<u8>>> {
    use rustix::fs::{lgetxattr, llistxattr};
    /// More than a system allows for all names, or for one value.
    const MOST: usize = 64 * 1024;
    let mut names = vec![0; MOST];
    let length = match llistxattr(path, names.as_mut_slice()) {
        Err(rustix::io::Errno::NOTSUP) => 0,
        told => told?,
    };
    let mut found = std::collections::BTreeMap::new();
    for name in names[..length]
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
    {
        let mut value = vec![0; MOST];
        let length = lgetxattr(path, name, value.as_mut_slice())?;
        value.truncate(length);
        found.insert(name.to_owned(), value);
    }
    Ok(found)
}
