//! The site against the folder: what is there already, what is to be written, what is to be deleted, and what
//! stands in the way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::ErrorKind;

use rayon::prelude::*;

use crate::inputs::Hash;
use crate::model::path::SitePath;
use crate::report::diagnostic::Diagnostic;
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::manifest::{Manifest, Written};
use crate::world::publish::site::{Changes, Site, each_once};
use crate::world::publish::staging;
use crate::world::publish::times::{Seen, Times, stamp};
use crate::world::stop::{Stop, failed};

/// Every file of the site with its verdict, and what goes.
pub struct Comparison {
    pub files: BTreeMap<SitePath, File>,
    pub changes: Changes,
}

/// A file of the site.
pub struct File {
    pub written: Written,
    pub fingerprint: Option<Hash>,
    pub verdict: Verdict,
    /// Whether what lies there is not what we left there.
    pub is_edited: bool,
}

/// How a file of the site compares with the folder.
pub enum Verdict {
    /// It lies there, byte for byte.
    Kept(Metadata),
    /// It lies there as it was, and a later run brings what differs.
    Waits(Metadata),
    /// It lies beside, under this number, to be moved into place.
    Staged(usize),
    /// It would be written, were this no rehearsal.
    Differs,
}

/// What is known of the output before anything is done.
pub struct Known<'a> {
    pub out: &'a OutFolder,
    pub manifest: &'a Manifest,
    pub times: &'a Times,
    /// Whether the manifest tells of every file what we left there; not while pages were moved without it.
    pub is_exact: bool,
}

/// Compares, many files at once. With hands, what differs is written beside; without, nothing is written.
/// `Err` within: pages that could not be made.
pub fn compare(
    site: &dyn Site,
    known: &Known<'_>,
    file_ops: Option<&dyn FileOps>,
) -> Result<Result<Comparison, Vec<Diagnostic>>, Stop> {
    let planned: BTreeSet<SitePath> = site.files().into_iter().collect();
    no_two_are_one_file(&planned)?;
    // Pages that come and go, come and go with the lists that lead to them.
    let may_wait = planned.len() == known.manifest.0.len()
        && planned.iter().all(|path| known.manifest.0.contains_key(path));
    let left = left(known, &planned);
    let found = look(known.out, &planned, known.manifest)?;
    let compared: Vec<Result<(SitePath, File), Box<Diagnostic>>> = found
        .into_par_iter()
        .enumerate()
        .map(|(number, (path, found))| {
            let waits = may_wait && site.may_wait(&path);
            Ok(compare_file(site, known, file_ops, number, &path, found, waits)?.map(|file| (path, file)))
        })
        .collect::<Result<_, Stop>>()?;
    let mut files = Vec::with_capacity(compared.len());
    let mut mistakes = Vec::new();
    for file in compared {
        match file {
            Ok(file) => files.push(file),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if !mistakes.is_empty() {
        return Ok(Err(each_once(mistakes)));
    }
    Ok(Ok(Comparison {
        changes: changes(&files, known.manifest, &planned, left),
        files: files.into_iter().collect(),
    }))
}

impl Comparison {
    /// The manifest of the new site.
    pub fn manifest(&self) -> Manifest {
        Manifest(
            self.files
                .iter()
                .map(|(path, file)| (path.clone(), file.written))
                .collect(),
        )
    }

    /// The times of the output, once it is the new site.
    pub fn times(&self, out: &OutFolder) -> Times {
        let seen = self.files.par_iter().filter_map(|(path, file)| {
            let (size, time) = match &file.verdict {
                Verdict::Kept(found) | Verdict::Waits(found) => stamp(found)?,
                Verdict::Staged(_) | Verdict::Differs => {
                    stamp(&out.path().join(path.as_str()).symlink_metadata().ok()?)?
                }
            };
            Some((path.clone(), Seen { hash: file.written.hash, size, time, fingerprint: file.fingerprint }))
        });
        Times::of(out, seen.collect())
    }
}

/// On a disk that knows no capitals, two paths that differ in nothing else are one file. Slugs cannot get
/// here so; a template's assets might. A file where another path needs a folder is the same mistake.
fn no_two_are_one_file(planned: &BTreeSet<SitePath>) -> Result<(), Stop> {
    let mut seen: BTreeMap<String, &SitePath> = BTreeMap::new();
    for path in planned {
        if let Some(other) = seen.insert(path.as_str().to_lowercase(), path) {
            let message =
                format!("the site has two files that many disks cannot tell apart: `{other}` and `{path}`");
            return Err(Stop::refused(message, "rename one of the two that they are made from"));
        }
    }
    for path in planned {
        if let Some(other) = folders(path).find_map(|folder| seen.get(&folder.to_lowercase())) {
            let message = format!("the site needs `{other}` as a file, and as a folder for `{path}`");
            return Err(Stop::refused(message, "rename one of the two that they are made from"));
        }
    }
    Ok(())
}

/// The folders that a path lies in, the innermost first.
pub fn folders(path: &SitePath) -> impl Iterator<Item = &str> {
    let text = path.as_str();
    text.rmatch_indices('/').map(move |(at, _)| &text[..at])
}

/// What lies at each path now. All that is foreign and in the way is named at once.
fn look(
    out: &OutFolder,
    planned: &BTreeSet<SitePath>,
    manifest: &Manifest,
) -> Result<Vec<(SitePath, Option<Metadata>)>, Stop> {
    let mut foreign: BTreeSet<String> = BTreeSet::new();
    let needed: BTreeSet<&str> = planned.iter().flat_map(folders).collect();
    let is_ours = |path: &str| SitePath::new(path).is_some_and(|path| manifest.0.contains_key(&path));
    for folder in needed {
        let in_the_way = metadata(out, folder)?
            .is_some_and(|found| !(found.is_dir() || (found.is_file() && is_ours(folder))));
        foreign.extend(in_the_way.then(|| folder.to_owned()));
    }
    if foreign.is_empty() {
        let look = |path: &SitePath| Ok((path.clone(), metadata(out, path.as_str())?));
        let found: Vec<(SitePath, Option<Metadata>)> =
            planned.par_iter().map(look).collect::<Result<_, Stop>>()?;
        foreign.extend(
            found
                .iter()
                .filter(|(path, found)| is_foreign(out, path, found.as_ref(), manifest))
                .map(|(path, _)| path.to_string()),
        );
        if foreign.is_empty() {
            return Ok(found);
        }
    }
    let first = foreign
        .first()
        .and_then(|path| SitePath::new(path))
        .map(|path| out.shown(&path))
        .unwrap_or_default();
    let message = match foreign.len() {
        1 => format!("`{first}` is in the way of the site, and is not ours"),
        more => format!(
            "`{first}` and {} more are in the way of the site, and are not ours: {}",
            more - 1,
            list(&foreign)
        ),
    };
    Err(Stop::refused(message, "move it elsewhere, or give another output folder with `-o`"))
}

fn list(paths: &BTreeSet<String>) -> String {
    paths
        .iter()
        .skip(1)
        .map(|path| format!("`{path}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn metadata(out: &OutFolder, path: &str) -> Result<Option<Metadata>, Stop> {
    let path = out.path().join(path);
    match path.symlink_metadata() {
        Ok(found) => Ok(Some(found)),
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(cause) => Err(failed("read", &path)(cause)),
    }
}

/// Whether what lies at a path is not ours to replace. A folder is in the way unless all that we put into it
/// goes.
fn is_foreign(out: &OutFolder, path: &SitePath, found: Option<&Metadata>, manifest: &Manifest) -> bool {
    let Some(found) = found else { return false };
    match found.file_type() {
        // People put an empty `.nojekyll` there before the first build, as their host told them.
        kind if kind.is_file() => {
            !(manifest.0.contains_key(path) || (path.as_str() == ".nojekyll" && found.len() == 0))
        }
        kind if kind.is_dir() => !only_ours(&out.path().join(path.as_str()), path.as_str(), manifest),
        _ => true,
    }
}

/// Whether a folder holds nothing but files of ours.
fn only_ours(folder: &std::path::Path, name: &str, manifest: &Manifest) -> bool {
    let mut open = vec![(folder.to_owned(), name.to_owned())];
    while let Some((folder, name)) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { return false };
        for entry in entries {
            let Ok(entry) = entry else { return false };
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push((entry.path(), name)),
                Ok(kind)
                    if kind.is_file()
                        && SitePath::new(&name).is_some_and(|path| manifest.0.contains_key(&path)) => {}
                _ => return false,
            }
        }
    }
    true
}

fn compare_file(
    site: &dyn Site,
    known: &Known<'_>,
    file_ops: Option<&dyn FileOps>,
    number: usize,
    path: &SitePath,
    found: Option<Metadata>,
    may_wait: bool,
) -> Result<Result<File, Box<Diagnostic>>, Stop> {
    let fingerprint = site.fingerprint(path);
    let untouched = found.as_ref().and_then(|found| known.times.untouched(path, found));
    let listed = known.manifest.0.get(path);
    if let (Some(seen), Some(listed), Some(found)) = (untouched, listed, &found)
        && (seen.hash, seen.size) == (listed.hash, listed.size)
    {
        if fingerprint.is_some() && seen.fingerprint == fingerprint {
            return Ok(Ok(File {
                written: *listed,
                fingerprint,
                verdict: Verdict::Kept(found.clone()),
                is_edited: false,
            }));
        }
        if may_wait {
            return Ok(Ok(File {
                written: *listed,
                fingerprint: seen.fingerprint,
                verdict: Verdict::Waits(found.clone()),
                is_edited: false,
            }));
        }
    }
    let bytes = match site.render(path) {
        Ok(bytes) => bytes,
        Err(mistake) => return Ok(Err(mistake)),
    };
    let written = Written { size: bytes.len() as u64, hash: *blake3::hash(&bytes).as_bytes() };
    let there = match (&found, untouched) {
        (Some(found), None) if found.is_file() => fs::read(known.out.path().join(path.as_str())).ok(),
        _ => None,
    };
    let same = match (&found, untouched) {
        (Some(found), _) if !found.is_file() || found.len() != written.size => false,
        (Some(_), Some(seen)) => seen.hash == written.hash,
        (Some(_), None) => there.as_ref() == Some(&bytes),
        (None, _) => false,
    };
    let is_edited = !same && known.is_edited(path, there.as_deref());
    let verdict = match (found, file_ops) {
        (Some(found), _) if same => Verdict::Kept(found),
        (_, Some(file_ops)) => {
            staging::stage(known.out, number, &bytes, file_ops)?;
            Verdict::Staged(number)
        }
        (_, None) => Verdict::Differs,
    };
    Ok(Ok(File { written, fingerprint, verdict, is_edited }))
}

impl Known<'_> {
    /// Whether what lies at a path of ours is neither what we left there nor the nothing that a power cut
    /// leaves.
    fn is_edited(&self, path: &SitePath, there: Option<&[u8]>) -> bool {
        let (Some(there), Some(listed)) = (there, self.manifest.0.get(path)) else { return false };
        self.is_exact && !there.is_empty() && *blake3::hash(there).as_bytes() != listed.hash
    }
}

/// Files of ours that the new site lacks, and that somebody edited.
fn left(known: &Known<'_>, planned: &BTreeSet<SitePath>) -> Vec<SitePath> {
    let going: Vec<&SitePath> = known
        .manifest
        .0
        .keys()
        .filter(|path| !planned.contains(*path))
        .collect();
    let is_edited = |path: &&SitePath| {
        let place = known.out.path().join(path.as_str());
        let found = place.symlink_metadata().ok().filter(Metadata::is_file);
        let suspect = found.filter(|found| known.times.untouched(path, found).is_none());
        suspect.is_some_and(|_| known.is_edited(path, fs::read(&place).ok().as_deref()))
    };
    going.into_par_iter().filter(is_edited).cloned().collect()
}

/// `ours` is what we wrote; `left` is what of it goes and was edited.
fn changes(
    compared: &[(SitePath, File)],
    ours: &Manifest,
    planned: &BTreeSet<SitePath>,
    left: Vec<SitePath>,
) -> Changes {
    let mut changes = Changes { left, ..Changes::default() };
    for (path, file) in compared {
        match file.verdict {
            Verdict::Kept(_) => changes.kept.push(path.clone()),
            Verdict::Waits(_) => changes.waiting.push(path.clone()),
            Verdict::Staged(_) | Verdict::Differs if ours.0.contains_key(path) => {
                changes.changed.push(path.clone())
            }
            Verdict::Staged(_) | Verdict::Differs => changes.added.push(path.clone()),
        }
        changes.replaced.extend(file.is_edited.then(|| path.clone()));
    }
    changes.deleted = ours
        .0
        .keys()
        .filter(|path| !planned.contains(path))
        .cloned()
        .collect();
    changes
}
