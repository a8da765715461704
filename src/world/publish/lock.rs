//! One run at a time publishes to a folder. The lock is the system's, on an empty file in the output: it goes
//! with its owner, however that dies, and the file goes when the run is done.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::stop::{Stop, failed};

/// The name of the lock.
pub const NAME: &str = ".casebook.lock";

/// The right to publish to a folder, as long as it lives.
pub struct Lock {
    path: PathBuf,
    _file: fs::File,
    /// The output folder, where this run made it.
    made: Option<PathBuf>,
}

/// Where the lock of an output lies.
pub fn place(out: &OutFolder) -> PathBuf {
    out.path().join(NAME)
}

/// Whether a run publishes now, or was killed while it did.
pub fn is_there(out: &OutFolder) -> bool {
    place(out).symlink_metadata().is_ok()
}

/// Waits for the folder, and says so once.
pub fn take(out: &OutFolder, file_ops: &dyn FileOps, waiting: &dyn Fn()) -> Result<Lock, Stop> {
    let path = place(out);
    let made = (!out.path().exists()).then(|| out.path().to_owned());
    let mut said = false;
    loop {
        file_ops
            .create_folder(out.path())
            .map_err(failed("make", out.path()))?;
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            return Err(Stop::refused(format!("`{}` is no file of ours", path.display()), "remove it"));
        }
        let file = fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed("write", &path))?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => {
                if !said {
                    waiting();
                    said = true;
                }
                file.lock().map_err(failed("lock", &path))?;
            }
            // A disk without locks (some network shares): better to publish than to refuse.
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
        // The owner before us may have removed the file between our opening and our locking it: then ours
        // locks nobody out.
        if is_still_there(&file, &path).unwrap_or(false) {
            return Ok(Lock { path, _file: file, made });
        }
    }
}

impl Lock {
    /// Removes the file while it is still locked, and the folder if this run made it and nothing came into
    /// it. What cannot be removed does no harm.
    pub fn release(self, file_ops: &dyn FileOps) {
        let _ = file_ops.remove_file(&self.path);
        if let Some(folder) = &self.made {
            let _ = file_ops.remove_empty_folder(folder);
        }
    }
}

#[cfg(unix)]
fn is_still_there(file: &fs::File, path: &std::path::Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (ours, there) = (file.metadata()?, path.symlink_metadata()?);
    Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino()))
}

/// Elsewhere a file that is open cannot be removed, so it is the same.
#[cfg(not(unix))]
fn is_still_there(_: &fs::File, path: &std::path::Path) -> io::Result<bool> {
    Ok(path.exists())
}
