//! What the last run published and told, in the dossier's memory: a run that finds the same files, and its
//! output as it was left, need not compile.

use std::fs;

use crate::inputs::{Hash, hex};
use crate::model::path::SitePath;
use crate::report::diagnostic::Report;
use crate::report::kept;
use crate::world::cache_dir::CacheDir;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::lock;
use crate::world::publish::manifest::{self, Manifest};
use crate::world::publish::times::Times;

const NAME: &str = "last";

/// What was said of a state of the dossier: what it holds, and its mistakes.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// One line.
    pub summary: String,
    pub report: Report,
}

/// More bytes than these of mistakes are not kept: the dossier is compiled again.
const MOST: usize = 4 << 20;

/// Remembers that the output is what a state of the dossier makes, and what was said of it.
pub fn remember(cache_dir: &CacheDir, out: &OutFolder, state: &Hash, said: &Said) {
    let report = kept::to_line(&said.report).filter(|line| line.len() <= MOST);
    let Some((manifest, report)) = manifest_of(out).zip(report) else { return };
    let head = format!("{} {}\n{}\n{report}\n", hex(state), hex(&manifest), said.summary);
    cache_dir.write(NAME, format!("{head}{}\n", hex(blake3::hash(head.as_bytes()).as_bytes())).as_bytes());
}

/// What was said when this state of the dossier was published, if it was the last one, and every file of it
/// lies in the output as it was left.
pub fn said(cache_dir: &CacheDir, out: &OutFolder, state: &Hash) -> Option<Said> {
    let text = String::from_utf8(cache_dir.read(NAME)?).ok()?;
    let mut lines = text.lines();
    let (states, summary, report, check) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
    let whole = format!("{states}\n{summary}\n{report}\n");
    let expected = format!("{} {}", hex(state), hex(&manifest_of(out)?));
    let is_so = states == expected && check == hex(blake3::hash(whole.as_bytes()).as_bytes());
    let report = kept::from_line(report).filter(|_| is_so && is_untouched(cache_dir, out))?;
    Some(Said { summary: summary.to_owned(), report })
}

fn is_untouched(cache_dir: &CacheDir, out: &OutFolder) -> bool {
    // Who publishes now may change it; a killed run's lock goes with the next run that takes it.
    if lock::is_there(out) {
        return false;
    }
    let Ok(Some(manifest)) = Manifest::read(out) else { return false };
    let times = Times::read(cache_dir, out);
    let as_left = |path: &SitePath, hash: &Hash| {
        let found = out.path().join(path.as_str()).symlink_metadata().ok()?;
        times
            .untouched(path, &found)
            .filter(|seen| found.is_file() && seen.hash == *hash)
    };
    manifest
        .0
        .iter()
        .all(|(path, written)| as_left(path, &written.hash).is_some())
}

fn manifest_of(out: &OutFolder) -> Option<Hash> {
    Some(*blake3::hash(&fs::read(out.path().join(manifest::NAME)).ok()?).as_bytes())
}
