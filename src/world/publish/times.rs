//! When each file of the output was written, in the dossier's memory: what has the size and the time that we
//! left it with need not be read again. It also keeps what each page followed from, so that a page need not
//! be made to find that it is the same.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use crate::inputs::{Hash, from_hex, hex};
use crate::model::path::SitePath;
use crate::world::cache_dir::CacheDir;
use crate::world::publish::folder::OutFolder;

const NAME: &str = "published";

/// What was known of the output when it was last written. Empty where that is not known, or was another
/// folder, or another version of this program.
#[derive(Default)]
pub struct Times {
    head: String,
    files: BTreeMap<SitePath, Seen>,
}

/// A file as we left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub hash: Hash,
    pub size: u64,
    /// Nanoseconds since 1970.
    pub time: u128,
    pub fingerprint: Option<Hash>,
}

impl Times {
    pub fn read(cache_dir: &CacheDir, out: &OutFolder) -> Times {
        let head = head(out);
        let text = cache_dir
            .read(NAME)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let mut lines = text.lines();
        let ours = lines.next() == Some(&head);
        let files =
            if ours { lines.map(parse).collect::<Option<_>>().unwrap_or_default() } else { BTreeMap::new() };
        Times { head, files }
    }

    /// The times of an output that was just brought up to date.
    pub fn of(out: &OutFolder, files: BTreeMap<SitePath, Seen>) -> Times {
        Times { head: head(out), files }
    }

    /// What is known of a file, if it has not been touched since.
    pub fn untouched(&self, path: &SitePath, found: &Metadata) -> Option<&Seen> {
        self.files
            .get(path)
            .filter(|seen| stamp(found) == Some((seen.size, seen.time)))
    }

    /// What a file followed from.
    pub fn fingerprint(&self, path: &SitePath) -> Option<Hash> {
        self.files.get(path)?.fingerprint
    }

    /// A file was written.
    pub fn set(&mut self, path: &SitePath, seen: Seen) {
        self.files.insert(path.clone(), seen);
    }

    /// A file is the same, though it follows from something else now.
    pub fn follow(&mut self, path: &SitePath, fingerprint: Option<Hash>) {
        if let Some(seen) = self.files.get_mut(path) {
            seen.fingerprint = fingerprint;
        }
    }

    pub fn forget(&mut self, path: &SitePath) {
        self.files.remove(path);
    }

    pub fn write(&self, cache_dir: &CacheDir) {
        let mut text = format!("{}\n", self.head);
        for (path, Seen { hash, size, time, fingerprint }) in &self.files {
            let fingerprint = fingerprint.as_ref().map_or("-".to_owned(), hex);
            text.push_str(&format!("{} {size} {time} {fingerprint} {path}\n", hex(hash)));
        }
        cache_dir.keep(NAME, text.as_bytes());
    }
}

/// The first line: whose record this is. The folder stands there as a hash, since a path is nobody's
/// business.
fn head(out: &OutFolder) -> String {
    format!(
        "casebook {} {}",
        env!("CARGO_PKG_VERSION"),
        hex(blake3::hash(out.path().as_os_str().as_encoded_bytes()).as_bytes())
    )
}

fn parse(line: &str) -> Option<(SitePath, Seen)> {
    let mut parts = line.splitn(5, ' ');
    let content = from_hex(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    let time = parts.next()?.parse().ok()?;
    let fingerprint = match parts.next()? {
        "-" => None,
        digits => Some(from_hex(digits)?),
    };
    Some((SitePath::new(parts.next()?)?, Seen { hash: content, size, time, fingerprint }))
}

/// Size and time, by which a file is known again.
pub fn stamp(found: &Metadata) -> Option<(u64, u128)> {
    let time = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((found.len(), time.as_nanos()))
}

/// Whether the disk keeps times finer than by the second: on one that does not, two states written one after
/// the other may look the same.
pub fn is_told_finely(found: &Metadata) -> bool {
    stamp(found).is_some_and(|(_, time)| time % 1_000_000_000 != 0)
}
