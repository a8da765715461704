//! The new site at one stroke: a whole folder is made beside, out of the new files and second names of all
//! that stays, and exchanged with the output. Whoever dies when, a reader finds the old site or the new one.
//!
//! The folder lies in the dossier's memory: it must be one disk. Nothing is risked for the stroke: where a
//! folder of somebody else's lies in the output (it would be another one afterwards), where somebody holds
//! the output open (`holders`), where owner or attributes could not be kept, or anything fails, files are
//! moved one by one as everywhere (`journal`).
//!
//! What is left of a run that died is told apart by the number of the new folder, which is written down
//! before: if the output has it, the exchange is done, and what lies in the memory is the old site. It goes,
//! but for what came into it in the last moment and is not ours.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::inputs::hex;
use crate::model::path::SitePath;
use crate::world::cache_dir::CacheDir;
use crate::world::marks;
use crate::world::publish::compare::{Comparison, Verdict, folders};
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::holders;
use crate::world::publish::lock;
use crate::world::publish::manifest::{self, Manifest};
use crate::world::publish::staging;

/// Fewer files are moved sooner than a folder is made.
const FEW: usize = 4;

/// For each file that changes, as many that stay get a second name and lose it again: in about the time that
/// making a page takes.
const STAY: usize = 100;

/// The place beside the output.
struct Beside(PathBuf);

impl Beside {
    fn of(cache_dir: &CacheDir, out: &OutFolder) -> Beside {
        let name = hex(blake3::hash(out.path().as_os_str().as_encoded_bytes()).as_bytes());
        Beside(cache_dir.folder().join(format!("beside-{}", &name[..16])))
    }

    /// The new site, until it is exchanged; then the old one.
    fn site(&self) -> PathBuf {
        self.0.join("site")
    }

    /// The number of the new site's folder.
    fn number(&self) -> PathBuf {
        self.0.join("number")
    }

    fn is_there(&self) -> bool {
        self.0.symlink_metadata().is_ok()
    }
}

/// Whether a run that brought a site so has left something.
pub fn is_there(out: &OutFolder, cache_dir: &CacheDir) -> bool {
    cache_dir.is_plain() && Beside::of(cache_dir, out).is_there()
}

/// Brings the new site; false where that is to be done file by file, and nothing was changed.
pub fn bring(
    comparison: &Comparison,
    new: &Manifest,
    out: &OutFolder,
    cache_dir: &CacheDir,
    file_ops: &dyn FileOps,
) -> bool {
    if !file_ops.exchanges() || !is_worth_it(comparison) || cache_dir.make().is_err() {
        return false;
    }
    let beside = Beside::of(cache_dir, out);
    let is_done = try_to_bring(comparison, new, out, &beside, file_ops).unwrap_or(false);
    if is_done {
        clear(out, cache_dir, file_ops);
    } else {
        let _ = file_ops.remove_folder(&beside.0); // what stays is cleared by the next run
    }
    is_done
}

fn is_worth_it(comparison: &Comparison) -> bool {
    let changing = comparison.changes.count();
    let staying = comparison.changes.kept.len();
    changing >= FEW && comparison.changes.waiting.is_empty() && staying <= changing * STAY
}

/// An error is a reason to go the other way, no more: until the exchange nobody sees any of it.
fn try_to_bring(
    comparison: &Comparison,
    new: &Manifest,
    out: &OutFolder,
    beside: &Beside,
    file_ops: &dyn FileOps,
) -> io::Result<bool> {
    let Some(old) = Old::of(comparison, out)? else { return Ok(false) };
    file_ops.create_folder(&beside.0)?;
    if marks::number(&beside.0)?.0 != marks::number(out.path())?.0 {
        return Ok(false);
    }
    let site = beside.site();
    if !make_folders(&old.needed(comparison), out, &site, file_ops)? {
        return Ok(false);
    }
    fill(comparison, &old, out, &site, file_ops)?;
    let record = site.join(manifest::NAME);
    file_ops.write_new(&record, &new.to_bytes())?;
    file_ops.sync(&record)?;
    file_ops.link(&lock::place(out), &site.join(lock::NAME))?;
    file_ops.write_new(&beside.number(), number_of(&site)?.as_bytes())?;
    file_ops.sync(&site)?;
    let numbers = old
        .folders
        .iter()
        .map(|folder| marks::number(&out.path().join(folder)))
        .collect::<io::Result<_>>()?;
    if holders::are_any(out.path(), &numbers) {
        return Ok(false);
    }
    file_ops.exchange(&site, out.path()).map(|()| true)
}

/// What lies in the output.
struct Old {
    /// Relative to the output, the outer ones first; the output itself is the empty path.
    folders: Vec<PathBuf>,
    /// What is not ours, and stays.
    foreign: Vec<PathBuf>,
}

impl Old {
    /// None where something lies there that cannot be in two folders at once: a folder that is not ours, a
    /// link, a pipe.
    fn of(comparison: &Comparison, out: &OutFolder) -> io::Result<Option<Old>> {
        let going: BTreeSet<&SitePath> = comparison.changes.deleted.iter().collect();
        let ours: BTreeSet<&str> = comparison
            .files
            .keys()
            .chain(going.iter().copied())
            .flat_map(folders)
            .collect();
        let mut old = Old { folders: vec![PathBuf::new()], foreign: Vec::new() };
        let mut next = 0;
        while let Some(folder) = old.folders.get(next).cloned() {
            next += 1;
            for entry in fs::read_dir(out.path().join(&folder))? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                let kind = entry.file_type()?;
                let site_path = path.to_str().and_then(SitePath::new);
                if folder.as_os_str().is_empty() && is_of_publishing(&path) {
                    continue;
                }
                let is_ours = site_path
                    .as_ref()
                    .is_some_and(|path| comparison.files.contains_key(path) || going.contains(path));
                match (kind.is_dir(), kind.is_file()) {
                    (true, _) if path.to_str().is_some_and(|path| ours.contains(path)) => {
                        old.folders.push(path)
                    }
                    (_, true) if is_ours => {}
                    (_, true) => old.foreign.push(path),
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(old))
    }

    /// The folders that the new site needs of these: those of its files, and those of what stays.
    fn needed(&self, comparison: &Comparison) -> BTreeSet<PathBuf> {
        let planned = comparison.files.keys().flat_map(folders).map(PathBuf::from);
        let stay = self
            .foreign
            .iter()
            .flat_map(|path| path.ancestors().skip(1))
            .map(Path::to_owned);
        planned.chain(stay).chain([PathBuf::new()]).collect()
    }
}

/// Makes the folders of the new site, each like the one that it stands for; false where one cannot be like
/// it.
fn make_folders(
    needed: &BTreeSet<PathBuf>,
    out: &OutFolder,
    site: &Path,
    file_ops: &dyn FileOps,
) -> io::Result<bool> {
    // In their order the outer ones come first.
    for folder in needed {
        let (old, new) = (out.path().join(folder), site.join(folder));
        file_ops.create_folder(&new)?;
        if old.is_dir() && !marks::copy(&old, &new)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives every file of the new site, and all that stays, its name there.
fn fill(
    comparison: &Comparison,
    old: &Old,
    out: &OutFolder,
    site: &Path,
    file_ops: &dyn FileOps,
) -> io::Result<()> {
    let ours = comparison.files.par_iter().map(|(path, file)| {
        let from = match file.verdict {
            Verdict::Staged(number) => staging::file(out, number),
            Verdict::Kept(_) | Verdict::Waits(_) | Verdict::Differs => out.path().join(path.as_str()),
        };
        file_ops.link(&from, &site.join(path.as_str()))
    });
    let stay = old
        .foreign
        .par_iter()
        .map(|path| file_ops.link(&out.path().join(path), &site.join(path)));
    ours.chain(stay).collect()
}

/// Files of publishing itself, at the top of the output.
fn is_of_publishing(path: &Path) -> bool {
    [staging::NAME, lock::NAME, manifest::NAME]
        .iter()
        .any(|name| path == Path::new(name))
}

/// Takes away what lies beside: a site that was not brought, or the old one.
pub fn clear(out: &OutFolder, cache_dir: &CacheDir, file_ops: &dyn FileOps) {
    let beside = Beside::of(cache_dir, out);
    if !is_there(out, cache_dir) {
        return;
    }
    let is_old = fs::read_to_string(beside.number())
        .is_ok_and(|number| number_of(out.path()).is_ok_and(|now| now == number));
    // Where something of somebody else's cannot be brought over, the old site stays; nothing is lost.
    if !is_old || bring_over(&beside.site(), out, file_ops).is_ok() {
        let _ = file_ops.remove_folder(&beside.0);
    }
}

/// Brings what is not ours, and came into the old site after it was looked at, to where it would lie now.
fn bring_over(site: &Path, out: &OutFolder, file_ops: &dyn FileOps) -> io::Result<()> {
    let manifests = [site, out.path()].map(Manifest::read_in);
    let is_ours = |path: &Path| {
        path.to_str()
            .and_then(SitePath::new)
            .is_some_and(|path| manifests.iter().any(|known| known.0.contains_key(&path)))
    };
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(site.join(&folder)) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue, // an earlier run got as far
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let (old, new) = (entry.path(), out.path().join(&path));
            if (folder.as_os_str().is_empty() && is_of_publishing(&path))
                || is_ours(&path)
                || marks::are_one(&old, &new)
            {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(path);
                continue;
            }
            if let Some(folder) = new.parent() {
                file_ops.create_folder(folder)?;
            }
            file_ops.rename(&old, &new)?;
        }
    }
    Ok(())
}

fn number_of(folder: &Path) -> io::Result<String> {
    marks::number(folder).map(|(disk, number)| format!("{disk} {number}"))
}
