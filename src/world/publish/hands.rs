//! The few things that publishing does to a disk, so that a test can make each of them fail, one after the other.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Changes to a disk. Reading is done without it.
pub trait Hands: Sync {
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
}

/// The disk.
pub struct Disk;

impl Hands for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = fs::File::options().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        readable_by_everybody(&file)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        match fs::File::open(path).and_then(|file| file.sync_all()) {
            // Not every system opens folders, and some disks cannot sync them.
            Err(_) if path.is_dir() => Ok(()),
            done => done,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        missing_is_well(fs::remove_file(path))
    }

    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        match missing_is_well(fs::remove_dir(path)) {
            Err(cause) if cause.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
            done => done,
        }
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        missing_is_well(fs::remove_dir_all(path))
    }
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
