//! `.casebook.json` in the output: every file that we wrote there, with its size and hash. It is published, and says nothing of inputs
//! or of the machine. A folder without it is not ours.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use serde::{Deserialize, Serialize};

use crate::inputs::{Hash, from_hex, hex};
use crate::model::path::SitePath;
use crate::world::publish::folder::{OutFolder, Record};
use crate::world::publish::times::{is_told_finely, stamp};
use crate::world::stop::{Stop, failed};

/// The manifest's name.
pub const NAME: &str = ".casebook.json";

/// The version of the manifest. A higher one is a later program's, and its files are not ours to judge.
const VERSION: u32 = 1;

/// What we wrote, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<SitePath, Written>);

/// A file that we wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub size: u64,
    /// BLAKE3.
    pub hash: Hash,
}

#[derive(Serialize, Deserialize)]
struct ManifestView {
    casebook: u32,
    files: Vec<FileView>,
}

#[derive(Serialize, Deserialize)]
struct FileView {
    path: String,
    size: u64,
    blake3: String,
}

/// Whether the folder holds a manifest of ours.
pub fn is_there(out: &OutFolder) -> bool {
    matches!(Manifest::read(out), Ok(Some(_)))
}

/// What tells the manifest that lies there from another one; None where there is none, or where the disk cannot tell one writing of it from the next.
pub fn record(out: &OutFolder) -> Option<Record> {
    let found = fs::symlink_metadata(out.path().join(NAME)).ok()?;
    stamp(&found).filter(|_| found.is_file() && is_told_finely(&found)).map(Record)
}

impl Manifest {
    /// `None` where there is none, or something else of that name.
    pub fn read(out: &OutFolder) -> Result<Option<Manifest>, Stop> {
        let path = out.path().join(NAME);
        match fs::read(&path) {
            Ok(bytes) => Ok(Manifest::parse(&bytes)),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(failed("read", &path)(cause)),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let ManifestView { casebook, files } = serde_json::from_slice(bytes).ok()?;
        let file = |FileView { path, size, blake3 }: FileView| {
            let path = SitePath::new(&path).filter(is_ours)?;
            Some((path, Written { size, hash: from_hex(&blake3)? }))
        };
        // One line that is not ours makes the whole suspect: what it lists may be overwritten and deleted.
        (casebook == VERSION).then(|| files.into_iter().map(file).collect::<Option<_>>()).flatten().map(Manifest)
    }

    /// One file a line, so that a site under version control shows what changed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let line = |(path, written): (&SitePath, &Written)| {
            let Written { size, hash } = *written;
            let view = FileView { path: path.to_string(), size, blake3: hex(&hash) };
            serde_json::to_string(&view).unwrap_or_default() // a struct of texts and numbers is always JSON
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        format!("{{\"casebook\":{VERSION},\"files\":[\n{}\n]}}\n", lines.join(",\n")).into_bytes()
    }
}

/// Nothing hidden is ours but the one empty file that hosts ask for: a manifest from elsewhere must not lead to `.git`.
fn is_ours(path: &SitePath) -> bool {
    path.as_str() == ".nojekyll" || path.as_str().split('/').all(|part| !part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(files: &str) -> Option<Manifest> {
        Manifest::parse(format!("{{\"casebook\":1,\"files\":[{files}]}}").as_bytes())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let written = Written { size: 3, hash: [7; 32] };
        let manifest = Manifest(["a/\"b\".html", ".nojekyll", "z.css"].map(|path| (SitePath::new(path).expect("inside"), written)).into());
        assert_eq!(Manifest::parse(&manifest.to_bytes()), Some(manifest));
        assert_eq!(Manifest::parse(&Manifest::default().to_bytes()), Some(Manifest::default()));
    }

    #[test]
    fn a_manifest_that_lists_what_is_not_ours_is_none() {
        let file = |path: &str| format!("{{\"path\":\"{path}\",\"size\":0,\"blake3\":\"{}\"}}", "0".repeat(64));
        assert!(parse(&file("a.html")).is_some());
        for path in ["../a.html", "/etc/passwd", ".git/config", "a/.git/config", ""] {
            assert_eq!(parse(&file(path)), None, "{path}");
        }
        assert_eq!(Manifest::parse(b"{\"casebook\":2,\"files\":[]}"), None);
        assert_eq!(Manifest::parse(b"{"), None);
    }
}
