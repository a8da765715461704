//! What publishing asks of a system beyond the usual: whether a place may be written to, whether a file may
//! be replaced, and two names exchanged at one stroke. Where a system cannot tell beforehand, the place
//! counts as free.

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Whether two names can be exchanged at one stroke, and it can be told who holds a folder open.
pub const EXCHANGES: bool = cfg!(target_os = "linux");

/// Exchanges what two names stand for. Nobody ever finds only one of the two done.
#[cfg(target_os = "linux")]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether files may come to a folder and go from it.
#[cfg(unix)]
pub fn may_write_to(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    use rustix::io::Errno;
    match accessat(CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS) {
        Err(Errno::NOSYS | Errno::INVAL) => Ok(()), // the system cannot tell
        told => Ok(told?),
    }
    .and_then(|()| is_changeable(folder))
}

#[cfg(not(unix))]
pub fn may_write_to(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a file may be replaced or deleted in a folder that may be written to.
#[cfg(unix)]
pub fn may_replace(file: &Path, found: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    let folder = file.parent().map(Path::metadata).transpose()?;
    let me = rustix::process::geteuid().as_raw();
    let is_others = |folder: &Metadata| {
        folder.mode() & STICKY != 0 && me != 0 && ![found.uid(), folder.uid()].contains(&me)
    };
    if folder.as_ref().is_some_and(is_others) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    is_changeable(file)
}

/// Elsewhere the mark of a file that is only to be read keeps it from being replaced.
#[cfg(not(unix))]
pub fn may_replace(_: &Path, found: &Metadata) -> io::Result<()> {
    match found.permissions().readonly() {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// Whether a file is free of the mark that keeps everybody from changing it (`chattr +i`, `+a`).
#[cfg(target_os = "linux")]
fn is_changeable(path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let fixed = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
    match statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty()) {
        Ok(found) if found.stx_attributes.intersects(fixed) => Err(io::ErrorKind::PermissionDenied.into()),
        _ => Ok(()),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_changeable(_: &Path) -> io::Result<()> {
    Ok(())
}
