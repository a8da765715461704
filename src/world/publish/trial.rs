//! Every place is tried before anything is moved: a folder that may not be written to, one on another disk, a
//! file that may not be replaced, a link that leads out. What is found here leaves the old site as it was;
//! what only shows in the move is taken back (`undo`).

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::path::SitePath;
use crate::world::publish::compare::folders;
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::{manifest, staging};
use crate::world::stop::{Stop, failed};

/// Tries every place where something is to be put or deleted, and that of the manifest; the folder of what
/// lies ready must be there.
pub fn try_places<'a>(
    out: &OutFolder,
    places: impl Iterator<Item = &'a SitePath>,
    file_ops: &dyn FileOps,
) -> Result<(), Stop> {
    let mut changed: BTreeSet<PathBuf> = BTreeSet::from([out.path().to_owned()]);
    try_file(&out.path().join(manifest::NAME), file_ops)?;
    for path in places {
        no_link_leads_out(out, path)?;
        try_file(&out.path().join(path.as_str()), file_ops)?;
        let inside = folders(path).map(|folder| out.path().join(folder));
        changed.extend(inside.chain([out.path().to_owned()]).find(|folder| folder.is_dir()));
    }
    changed
        .iter()
        .try_for_each(|folder| try_folder(out, folder, file_ops))
}

/// A file that is there; a folder of ours that goes is none.
fn try_file(file: &Path, file_ops: &dyn FileOps) -> Result<(), Stop> {
    match file.symlink_metadata() {
        Ok(found) if found.is_file() => file_ops.try_file(file).map_err(failed("replace", file)),
        _ => Ok(()),
    }
}

fn try_folder(out: &OutFolder, folder: &Path, file_ops: &dyn FileOps) -> Result<(), Stop> {
    file_ops.try_folder(folder).map_err(failed("write to", folder))?;
    match is_on_one_disk(folder, &staging::folder(out)) {
        true => Ok(()),
        false => Err(failed("move files to", folder)(io::ErrorKind::CrossesDevices.into())),
    }
}

#[cfg(unix)]
fn is_on_one_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| path.metadata().map(|found| found.dev()).ok();
    disk(one) == disk(other)
}

/// Elsewhere the move finds out.
#[cfg(not(unix))]
fn is_on_one_disk(_: &Path, _: &Path) -> bool {
    true
}

/// No folder between the output and the file is a link: what is written or deleted lies in the output.
pub fn no_link_leads_out(out: &OutFolder, path: &SitePath) -> Result<(), Stop> {
    let link = folders(path)
        .map(|folder| out.path().join(folder))
        .find(|folder| folder.is_symlink());
    match link {
        None => Ok(()),
        Some(link) => Err(Stop::refused(
            format!("`{}` is a symbolic link, and leads out of the site", link.display()),
            "remove it",
        )),
    }
}
