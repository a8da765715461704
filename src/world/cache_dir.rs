//! `.casebook/` in the dossier: what makes the next run quicker. Never needed, safe to delete, kept out of
//! version control by a `.gitignore` of its own. What cannot be read is not there; what cannot be written is
//! not kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder's name, in the dossier's folder.
pub const FOLDER: &str = ".casebook";

/// The memory of one dossier.
pub struct CacheDir {
    folder: PathBuf,
}

impl CacheDir {
    pub fn of(dossier: &Path) -> CacheDir {
        CacheDir { folder: dossier.join(FOLDER) }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder, if it is not there.
    pub fn make(&self) -> io::Result<()> {
        if !self.folder.exists() {
            fs::create_dir(&self.folder)?;
            fs::write(self.folder.join(".gitignore"), "*\n")?;
        }
        match self.is_plain() {
            true => Ok(()),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// A remembered file, if it is there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.is_plain()
            .then(|| fs::read(self.folder.join(name)).ok())
            .flatten()
    }

    /// Remembers a file. It is written beside and renamed, so that a reader finds the old one or the new one
    /// whole.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        // On a read-only or full disk the next run takes longer, that is all: nobody has to be told.
        let _ = self.try_write(name, bytes);
    }

    /// The same, unless that is what is remembered already.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        if self.read(name).as_deref() != Some(bytes) {
            self.write(name, bytes);
        }
    }

    /// The same in a folder of its own, for a file of the output.
    pub fn write_inside(&self, folder: &str, path: &str, bytes: &[u8]) {
        // a copy that cannot be kept is not kept
        let _ = self.try_write_inside(&self.folder.join(folder).join(path), bytes);
    }

    /// What is kept within a folder of the memory.
    pub fn read_inside(&self, folder: &str, path: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(folder).join(path)).ok()
    }

    fn try_write_inside(&self, place: &Path, bytes: &[u8]) -> io::Result<()> {
        self.make()?;
        let folder = place.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        if !folder.canonicalize()?.starts_with(self.folder.canonicalize()?) {
            return Err(io::ErrorKind::NotADirectory.into()); // a link leads out
        }
        let beside = folder.join(format!(".{}", std::process::id()));
        let written = fs::File::options()
            .write(true)
            .create_new(true)
            .open(&beside)
            .and_then(|mut file| file.write_all(bytes));
        written.and_then(|()| fs::rename(&beside, place)).inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
    }

    /// Forgets a file that was remembered.
    pub fn forget(&self, name: &str) {
        if self.is_plain() {
            let _ = fs::remove_file(self.folder.join(name)); // what stays takes room, that is all
        }
    }

    fn try_write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.make()?;
        let beside = self.folder.join(format!("{name}.{}", std::process::id()));
        let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, self.folder.join(name)));
        written.inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
    }

    /// A link could lead anywhere, and a dossier may come from a stranger.
    pub fn is_plain(&self) -> bool {
        self.folder.symlink_metadata().is_ok_and(|found| found.is_dir())
    }
}
