//! Whether a folder may take the site: not where the inputs lie, not behind a link, not where somebody else's
//! files are.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::world::off_limits::{OffLimits, absolute};
use crate::world::publish::folder::OutFolder;
use crate::world::publish::journal;
use crate::world::publish::manifest::{self, Manifest};
use crate::world::stop::{Stop, failed};

/// The folder, if it may be written to; else the reason. `name` is what the person called it; `root` and
/// `inputs` are the dossier's folder and those that are read in it. `before`: the folder as it was checked
/// before; while it has the same manifest, it is not looked through again.
pub fn check(
    out: &Path,
    name: String,
    root: &Path,
    inputs: &[PathBuf],
    before: Option<&OutFolder>,
) -> Result<OutFolder, Stop> {
    if out.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
        return Err(refused(&name, "it is a symbolic link", "name the folder itself"));
    }
    let path = absolute(out)?;
    let root = absolute(root)?;
    if root.starts_with(&path) {
        return Err(refused(
            &name,
            "it holds the dossier itself",
            "name a folder of its own, such as `public`",
        ));
    }
    if let Some(reason) = OffLimits::of(&root, inputs)?.reason(&path)? {
        return Err(refused(&name, &reason, "name a folder of its own, such as `public`"));
    }
    if path.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
        return Err(refused(&name, "it is a file", "name a folder"));
    }
    let mut out = OutFolder::checked(path, name, None);
    let record = manifest::record(&out);
    if record.is_some() && before.is_some_and(|before| before.path() == out.path() && before.record == record)
    {
        out.record = record;
        return Ok(out);
    }
    // A move that was broken off brings a whole one.
    if !journal::is_there(&out) && Manifest::read(&out)?.is_some() {
        out.record = record;
        return Ok(out);
    }
    match first_foreign(&out)? {
        Some(file) => {
            let reason = format!("it holds files that are not ours, such as `{}`", file.display());
            let help = "name an empty folder, or empty this one: only what its `.casebook.json` lists is \
                ever replaced";
            Err(refused(out.name(), &reason, help))
        }
        None => Ok(out),
    }
}

/// A file in a folder without a manifest, and where no run of ours died before it wrote one. Names that begin
/// with `.` are the version control's or the system's and do not count.
fn first_foreign(out: &OutFolder) -> Result<Option<PathBuf>, Stop> {
    if journal::is_there(out) {
        return Ok(None);
    }
    let mut folders = vec![out.path().to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            entries => entries.map_err(failed("read", &folder))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &folder))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => {
                    return Ok(Some(
                        entry
                            .path()
                            .strip_prefix(out.path())
                            .map(Path::to_owned)
                            .unwrap_or(entry.path()),
                    ));
                }
            }
        }
    }
    Ok(None)
}

fn refused(name: &str, reason: &str, help: &str) -> Stop {
    Stop::refused(format!("the site cannot be written to `{name}`: {reason}"), help)
}
