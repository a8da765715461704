//! What the last run published, in the dossier's memory: a run that finds the same files, and its output as
//! it was left, need not compile.

use std::fs;

use crate::inputs::{Hash, hex};
use crate::model::path::SitePath;
use crate::world::cache_dir::CacheDir;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::lock;
use crate::world::publish::manifest::{self, Manifest};
use crate::world::publish::times::Times;

const NAME: &str = "last";

/// Remembers that the output is what a state of the dossier makes, and what was said of it.
pub fn remember(cache_dir: &CacheDir, out: &OutFolder, state: &Hash, said: &str) {
    let Some(manifest) = manifest_of(out) else { return };
    let head = format!("{} {}\n{said}\n", hex(state), hex(&manifest));
    cache_dir.write(NAME, format!("{head}{}\n", hex(blake3::hash(head.as_bytes()).as_bytes())).as_bytes());
}

/// What was said when this state of the dossier was published, if it was the last one, and every file of it
/// lies in the output as it was left.
pub fn said(cache_dir: &CacheDir, out: &OutFolder, state: &Hash) -> Option<String> {
    let text = String::from_utf8(cache_dir.read(NAME)?).ok()?;
    let mut lines = text.lines();
    let (states, said, check) = (lines.next()?, lines.next()?, lines.next()?);
    let whole = format!("{states}\n{said}\n");
    let expected = format!("{} {}", hex(state), hex(&manifest_of(out)?));
    let is_so = states == expected && check == hex(blake3::hash(whole.as_bytes()).as_bytes());
    (is_so && is_untouched(cache_dir, out)).then(|| said.to_owned())
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
