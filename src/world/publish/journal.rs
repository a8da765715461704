//! What is to be done with the files that lie ready, written down before the first of them is moved: so that
//! a run that dies in the middle is completed by the next one, and the output is never half of one site and
//! half of another for longer than that.
//!
//! `.casebook.new/` in the output holds the new files by number, the new manifest, and last, by a rename, the
//! journal. Without a journal the folder is rubbish. Every step may be done twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::inputs::{from_hex, hex};
use crate::model::path::SitePath;
use crate::world::publish::compare::{Comparison, Verdict, folders};
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::manifest::{self, Manifest, Written};
use crate::world::publish::staging;
use crate::world::publish::trial::{no_link_leads_out, try_places};
use crate::world::publish::undo::{Before, Done};
use crate::world::stop::{Stop, failed};

/// The new manifest's name while it lies ready.
const MANIFEST: &str = "manifest";

/// Moves, then deletions, in their order.
#[derive(Debug, PartialEq, Eq)]
pub struct Journal {
    moves: Vec<Move>,
    deletions: Vec<SitePath>,
}

#[derive(Debug, PartialEq, Eq)]
struct Move {
    number: usize,
    path: SitePath,
    written: Written,
    /// Old files of ours that must go first: a file where a folder is needed, or one of the same name in
    /// other capitals.
    first: Vec<SitePath>,
}

#[derive(Serialize, Deserialize)]
struct JournalView {
    moves: Vec<MoveView>,
    deletions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct MoveView {
    number: usize,
    path: String,
    size: u64,
    blake3: String,
    first: Vec<String>,
}

/// Whether a journal is carried out by the run that wrote it, or by a later one that cannot know how far the
/// first came.
#[derive(Debug)]
pub enum Occasion {
    /// With what the way back needs.
    FirstTime(Before),
    Recovery,
}

/// Whether a run died here that was one of ours.
pub fn is_there(out: &OutFolder) -> bool {
    staging::is_there(out) && Journal::read(out).is_some()
}

/// Completes what a run that died left behind: the move if there is a journal, else the cleaning up.
pub fn complete(out: &OutFolder, file_ops: &dyn FileOps) -> Result<(), Stop> {
    let folder = staging::folder(out);
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    if !staging::is_there(out) {
        return Err(Stop::refused(format!("`{}` is no folder of ours", folder.display()), "remove it"));
    }
    match Journal::read(out) {
        Some(journal) => journal.carry_out(out, &Occasion::Recovery, file_ops),
        None => file_ops.remove_folder(&folder).map_err(failed("remove", &folder)),
    }
}

impl Journal {
    /// The moves in the order assets, pages, indexes: a page never names a stylesheet that is not there yet,
    /// nor an index a page.
    pub fn of(comparison: &Comparison) -> Journal {
        let deletions = comparison.changes.deleted.clone();
        let going = Going(
            deletions
                .iter()
                .map(|path| (path.as_str().to_lowercase(), path))
                .collect(),
        );
        let mut moves: Vec<Move> = comparison
            .files
            .iter()
            .filter_map(|(path, file)| match file.verdict {
                Verdict::Staged(number) => Some(Move {
                    number,
                    path: path.clone(),
                    written: file.written,
                    first: going.in_the_way_of(path),
                }),
                Verdict::Kept(_) | Verdict::Waits(_) | Verdict::Differs => None,
            })
            .collect();
        moves.sort_by(|a, b| (rank(&a.path), &a.path).cmp(&(rank(&b.path), &b.path)));
        Journal { moves, deletions }
    }

    /// Tries every place, then writes the new manifest and the journal, the journal last. From its rename on
    /// the new site is certain, unless the move fails and can be taken back.
    pub fn write(&self, out: &OutFolder, new: &Manifest, file_ops: &dyn FileOps) -> Result<Before, Stop> {
        staging::make(out, file_ops)?;
        try_places(out, self.places(), file_ops)?;
        let folder = staging::folder(out);
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            file_ops
                .write_new(&path, bytes)
                .and_then(|()| file_ops.sync(&path))
                .map_err(failed("write", &path))
                .map(|()| path)
        };
        write(MANIFEST, &new.to_bytes())?;
        let written = write("journal.part", &self.to_bytes())?;
        let mut before = Before::keep(out, self.places(), file_ops);
        let journal = staging::journal(out);
        before
            .make(self.missing_folders(out), file_ops)
            .and_then(|()| file_ops.rename(&written, &journal).map_err(failed("write", &journal)))
            .inspect_err(|_| before.unmake(file_ops))?;
        // That it is certain after a power cut too is worth a sync, but not a failure: everything is in place
        // to be moved.
        let _ = file_ops.sync(&folder);
        Ok(before)
    }

    /// Every place where something is to be put or deleted.
    fn places(&self) -> impl Iterator<Item = &SitePath> {
        let moved = self
            .moves
            .iter()
            .flat_map(|step| iter::once(&step.path).chain(&step.first));
        let places: BTreeSet<&SitePath> = moved.chain(&self.deletions).collect();
        places.into_iter()
    }

    /// The folders that the new files need: made while a full disk does no harm. Where an old file of ours is
    /// in the way, later.
    fn missing_folders(&self, out: &OutFolder) -> Vec<PathBuf> {
        let needed: BTreeSet<&str> = self
            .moves
            .iter()
            .filter(|step| step.first.is_empty())
            .flat_map(|step| folders(&step.path))
            .collect();
        needed
            .into_iter()
            .map(|folder| out.path().join(folder))
            .filter(|folder| !folder.exists())
            .collect()
    }

    /// Moves, deletes, puts the manifest in place and cleans up. What fails is taken back, if it can be.
    pub fn carry_out(
        &self,
        out: &OutFolder,
        occasion: &Occasion,
        file_ops: &dyn FileOps,
    ) -> Result<(), Stop> {
        let mut done = Vec::new();
        let moved = self.move_all(out, occasion, file_ops, &mut done);
        let folder = staging::folder(out);
        match (moved, occasion) {
            (Ok(()), _) => {
                let stays = || {
                    format!(
                        "`{}` is the new site; the next run takes away what is left of the move",
                        out.name()
                    )
                };
                file_ops
                    .remove_folder(&folder)
                    .map_err(|cause| failed("remove", &folder)(cause).leaving(stays()))
            }
            (Err(stop), Occasion::FirstTime(before)) if before.restore(out, &done, file_ops) => {
                // Without its journal the rest is rubbish.
                match file_ops.remove_file(&staging::journal(out)) {
                    Ok(()) => {
                        staging::discard(out, file_ops);
                        Err(stop.leaving(out.as_it_was()))
                    }
                    Err(_) => {
                        Err(stop.leaving(format!("{}; the next run brings the new site", out.as_it_was())))
                    }
                }
            }
            (Err(stop), _) => Err(stop.leaving(out.half_way())),
        }
    }

    /// In a recovery steps that were done before are found done.
    fn move_all(
        &self,
        out: &OutFolder,
        occasion: &Occasion,
        file_ops: &dyn FileOps,
        done: &mut Vec<Done>,
    ) -> Result<(), Stop> {
        for step in &self.moves {
            let from = staging::file(out, step.number);
            let is_recovery = matches!(occasion, Occasion::Recovery);
            // In a recovery a file that does not lie ready was moved before, and what had to go first went
            // before that.
            if is_recovery && !from.exists() {
                continue;
            }
            for path in &step.first {
                delete(out, path, file_ops, done)?;
                remove_if_empty(out, folders(path), file_ops)?;
            }
            if !is_recovery || is_whole(&from, step.written) {
                make_folders(out, &step.path, file_ops, done)?;
                put(out, &from, &step.path, file_ops)?;
                done.push(Done::Moved(step.number, step.path.clone()));
            }
        }
        let gone: BTreeSet<&SitePath> = self.moves.iter().flat_map(|step| &step.first).collect();
        self.deletions
            .iter()
            .filter(|path| !gone.contains(path))
            .try_for_each(|path| delete(out, path, file_ops, done))?;
        let left: BTreeSet<&str> = self.deletions.iter().flat_map(folders).collect();
        remove_if_empty(out, left.into_iter().rev(), file_ops)?;
        let (from, to) = (staging::folder(out).join(MANIFEST), out.path().join(manifest::NAME));
        if from.exists() {
            file_ops.sync(out.path()).map_err(failed("write", out.path()))?;
            file_ops.rename(&from, &to).map_err(failed("write", &to))?;
        }
        Ok(())
    }

    fn read(out: &OutFolder) -> Option<Journal> {
        let bytes = fs::read(staging::journal(out)).ok()?;
        let JournalView { moves, deletions } = serde_json::from_slice(&bytes).ok()?;
        let paths = |paths: Vec<String>| {
            paths
                .iter()
                .map(|path| SitePath::new(path))
                .collect::<Option<Vec<_>>>()
        };
        let step = |MoveView { number, path, size, blake3, first }: MoveView| {
            let written = Written { size, hash: from_hex(&blake3)? };
            Some(Move { number, path: SitePath::new(&path)?, written, first: paths(first)? })
        };
        Some(Journal {
            moves: moves.into_iter().map(step).collect::<Option<_>>()?,
            deletions: paths(deletions)?,
        })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let Journal { moves, deletions } = self;
        let texts = |paths: &[SitePath]| paths.iter().map(SitePath::to_string).collect();
        let step = |Move { number, path, written: Written { size, hash }, first }: &Move| MoveView {
            number: *number,
            path: path.to_string(),
            size: *size,
            blake3: hex(hash),
            first: texts(first),
        };
        let view = JournalView { moves: moves.iter().map(step).collect(), deletions: texts(deletions) };
        serde_json::to_vec(&view).unwrap_or_default() // a struct of texts and numbers is always JSON
    }
}

/// Assets, pages, indexes.
pub(super) fn rank(path: &SitePath) -> u8 {
    let is_page = [".html", ".xml"]
        .iter()
        .any(|extension| path.as_str().ends_with(extension));
    match (is_page, path.depth()) {
        (false, _) => 0,
        (true, 0) => 2,
        (true, _) => 1,
    }
}

/// Old files that go, by their name in small letters.
struct Going<'a>(BTreeMap<String, &'a SitePath>);

impl Going<'_> {
    /// Those that a new file cannot lie beside: one where it needs a folder, those in a folder of its name,
    /// and its like in other capitals, which on some disks is itself. That one must go before the new one
    /// comes, since afterwards it *is* the new one.
    fn in_the_way_of(&self, path: &SitePath) -> Vec<SitePath> {
        let name = path.as_str().to_lowercase();
        let inside = format!("{name}/");
        let below = self
            .0
            .range(inside.clone()..)
            .take_while(|(old, _)| old.starts_with(&inside))
            .map(|(_, path)| *path);
        let above = folders(path).filter_map(|folder| self.0.get(&folder.to_lowercase()).copied());
        self.0
            .get(&name)
            .copied()
            .into_iter()
            .chain(above)
            .chain(below)
            .cloned()
            .collect()
    }
}

/// Whether a file lies ready, and as it was written: after a power cut its name may be there and its content
/// not. Then the old one stays, and this run or the next sees that it is not what the manifest says.
fn is_whole(path: &Path, written: Written) -> bool {
    fs::read(path).is_ok_and(|bytes| {
        bytes.len() as u64 == written.size && *blake3::hash(&bytes).as_bytes() == written.hash
    })
}

pub(super) fn put(out: &OutFolder, from: &Path, path: &SitePath, file_ops: &dyn FileOps) -> Result<(), Stop> {
    let to = out.path().join(path.as_str());
    no_link_leads_out(out, path)?;
    file_ops.rename(from, &to).map_err(failed("write", &to))
}

/// The folders that a file needs and that are not there, the outer ones first.
fn make_folders(
    out: &OutFolder,
    path: &SitePath,
    file_ops: &dyn FileOps,
    done: &mut Vec<Done>,
) -> Result<(), Stop> {
    no_link_leads_out(out, path)?;
    let needed: Vec<PathBuf> = folders(path)
        .map(|folder| out.path().join(folder))
        .take_while(|folder| !folder.exists())
        .collect();
    for folder in needed.into_iter().rev() {
        file_ops.create_folder(&folder).map_err(failed("make", &folder))?;
        done.push(Done::FolderMade(folder));
    }
    Ok(())
}

/// Deletes a file of ours. What is no plain file any more is somebody else's.
fn delete(
    out: &OutFolder,
    path: &SitePath,
    file_ops: &dyn FileOps,
    done: &mut Vec<Done>,
) -> Result<(), Stop> {
    no_link_leads_out(out, path)?;
    let file = out.path().join(path.as_str());
    if file.symlink_metadata().is_ok_and(|found| found.is_file()) {
        file_ops.remove_file(&file).map_err(failed("delete", &file))?;
        done.push(Done::Deleted(path.clone()));
    }
    Ok(())
}

/// Folders that files of ours left, the inner ones first: an empty one goes, one with anything in it stays.
fn remove_if_empty<'a>(
    out: &OutFolder,
    left: impl Iterator<Item = &'a str>,
    file_ops: &dyn FileOps,
) -> Result<(), Stop> {
    for folder in left
        .map(|folder| out.path().join(folder))
        .filter(|folder| folder.is_dir())
    {
        file_ops
            .remove_empty_folder(&folder)
            .map_err(failed("delete", &folder))?;
    }
    Ok(())
}
