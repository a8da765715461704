//! The few things that publishing does to a disk, so that a test can make each of them fail, one after the
//! other.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::world::publish::system;

/// Changes to a disk, and whether they would be allowed. Other reading is done without it.
pub trait FileOps: Sync {
    /// With those above it; one that is there is well.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// A file that must not exist yet, readable by everybody: a web server runs as another user.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Waits until a file or folder is on the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// In place of what is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// One that is not there is well.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// One that is not there, or not empty, is well.
    fn remove_empty_folder(&self, path: &Path) -> io::Result<()>;

    /// With all that is in it; one that is not there is well.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// A second name for a file.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Whether files may come to a folder and go from it; nothing is changed.
    fn try_folder(&self, path: &Path) -> io::Result<()>;

    /// Whether a file that is there may be replaced or deleted; nothing is changed.
    fn try_file(&self, path: &Path) -> io::Result<()>;

    /// Whether `exchange` can be tried.
    fn exchanges(&self) -> bool;

    /// What two names stand for, at one stroke.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
}

/// The disk.
pub struct Disk;

impl FileOps for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        again(|| fs::create_dir_all(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = again(|| fs::File::options().write(true).create_new(true).open(path))?;
        file.write_all(bytes)?; // which tries again by itself
        again(|| readable_by_everybody(&file))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        match again(|| fs::File::open(path).and_then(|file| file.sync_all())) {
            // Not every system opens folders, and some disks cannot sync them.
            Err(_) if path.is_dir() => Ok(()),
            done => done,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        again(|| fs::rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        missing_is_well(again(|| fs::remove_file(path)))
    }

    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        match missing_is_well(again(|| fs::remove_dir(path))) {
            Err(cause) if cause.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
            done => done,
        }
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        missing_is_well(again(|| fs::remove_dir_all(path)))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        again(|| fs::hard_link(from, to))
    }

    fn try_folder(&self, path: &Path) -> io::Result<()> {
        again(|| system::may_write_to(path))
    }

    fn try_file(&self, path: &Path) -> io::Result<()> {
        again(|| system::may_replace(path, &path.symlink_metadata()?))
    }

    fn exchanges(&self) -> bool {
        system::EXCHANGES
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        again(|| system::exchange(one, other))
    }
}

/// How often a call is tried that the system breaks off: on a disk that always does, a run still ends.
const MOST_TRIES: usize = 1000;

/// A signal that comes while the system works (a window that changes its size) breaks some calls off, on
/// network disks above all. Nothing was done then.
pub fn again<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..MOST_TRIES {
        match call() {
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
    call()
}

fn missing_is_well(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(unix)]
fn readable_by_everybody(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_everybody(_: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_is_broken_off_is_tried_again_and_one_that_always_is_ends() {
        let mut tries = 0;
        let done = again(|| {
            tries += 1;
            if tries < 5 { Err(ErrorKind::Interrupted.into()) } else { Ok("done") }
        });
        assert_eq!((done.expect("at the fifth try"), tries), ("done", 5));
        let never = again(|| Err::<(), _>(ErrorKind::Interrupted.into()));
        assert_eq!(never.expect_err("never done").kind(), ErrorKind::Interrupted);
        let mut tries = 0;
        let failed = again(|| {
            tries += 1;
            Err::<(), _>(ErrorKind::StorageFull.into())
        });
        assert_eq!((failed.expect_err("a full disk").kind(), tries), (ErrorKind::StorageFull, 1));
    }
}
