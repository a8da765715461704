//! `.casebook.json` in the output: every file that we wrote there, with its size and hash. It is published,
//! and says nothing of inputs or of the machine. A folder without it is not ours.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

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

/// Why a manifest cannot be used.
#[derive(Debug, PartialEq, Eq)]
enum Damage {
    /// From this line on it is no manifest.
    Unreadable(usize),
    /// It lists what this program never writes, or not as it does.
    Foreign(String),
    /// A later version of this program wrote it.
    Later,
}

impl Damage {
    fn told(&self, place: &Path) -> Stop {
        let (place, folder) = (place.display(), place.parent().unwrap_or(place).display());
        let reason = match self {
            Damage::Later => {
                let message = format!(
                    "`{place}`, the list of what Casebook wrote there, is of a later version of Casebook"
                );
                return Stop::refused(
                    message,
                    "install that version, or name another output folder with `-o`",
                );
            }
            Damage::Unreadable(0 | 1) => "it cannot be read as one".to_owned(),
            Damage::Unreadable(line) => format!("it cannot be read from line {line} on"),
            Damage::Foreign(path) => format!("it lists `{path}`, which Casebook never writes so"),
        };
        Stop::Refused {
            message: format!(
                "`{place}`, the list of what Casebook wrote there, is damaged: {reason}; nothing was changed"
            ),
            help: vec![
                "bring the file back, from version control or a copy".to_owned(),
                format!(
                    "or move what is yours out of `{folder}`, delete the folder and build again: the rest is \
                        made from your dossier"
                ),
            ],
        }
    }
}

#[derive(Deserialize)]
struct VersionView {
    casebook: u32,
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

/// What tells the manifest that lies there from another one; None where there is none, or where the disk
/// cannot tell one writing of it from the next.
pub fn record(out: &OutFolder) -> Option<Record> {
    let found = fs::symlink_metadata(out.path().join(NAME)).ok()?;
    stamp(&found)
        .filter(|_| found.is_file() && is_told_finely(&found))
        .map(Record)
}

impl Manifest {
    /// `None` where there is none. One that cannot be understood ends the run: without it nobody knows which
    /// files are ours.
    pub fn read(out: &OutFolder) -> Result<Option<Manifest>, Stop> {
        let place = Path::new(out.name()).join(NAME);
        match Manifest::bytes(out.path())? {
            Some(bytes) => Manifest::parse(&bytes)
                .map(Some)
                .map_err(|damage| damage.told(&place)),
            None => Ok(None),
        }
    }

    /// The same in any folder; nothing where it is damaged.
    pub fn read_in(folder: &Path) -> Manifest {
        let bytes = Manifest::bytes(folder).ok().flatten();
        bytes
            .and_then(|bytes| Manifest::parse(&bytes).ok())
            .unwrap_or_default()
    }

    fn bytes(folder: &Path) -> Result<Option<Vec<u8>>, Stop> {
        let path = folder.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(cause) => Err(failed("read", &path)(cause)),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Manifest, Damage> {
        let version = serde_json::from_slice::<VersionView>(bytes)
            .map_err(|cause| Damage::Unreadable(cause.line()))?
            .casebook;
        if version > VERSION {
            return Err(Damage::Later);
        }
        let ManifestView { casebook: _, files } =
            serde_json::from_slice(bytes).map_err(|cause| Damage::Unreadable(cause.line()))?;
        let file = |FileView { path, size, blake3 }: FileView| {
            let written = from_hex(&blake3).map(|hash| Written { size, hash });
            let ours = SitePath::new(&path).filter(is_ours);
            ours.zip(written).ok_or(Damage::Foreign(path))
        };
        // One line that is not ours makes the whole suspect: what it lists may be overwritten and deleted.
        files.into_iter().map(file).collect::<Result<_, _>>().map(Manifest)
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

/// Nothing hidden is ours but the one empty file that hosts ask for: a manifest from elsewhere must not lead
/// to `.git`.
fn is_ours(path: &SitePath) -> bool {
    path.as_str() == ".nojekyll" || path.as_str().split('/').all(|part| !part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(files: &str) -> Result<Manifest, Damage> {
        Manifest::parse(format!("{{\"casebook\":1,\"files\":[{files}]}}").as_bytes())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let written = Written { size: 3, hash: [7; 32] };
        let manifest = Manifest(
            ["a/\"b\".html", ".nojekyll", "z.css"]
                .map(|path| (SitePath::new(path).expect("inside"), written))
                .into(),
        );
        assert_eq!(Manifest::parse(&manifest.to_bytes()), Ok(manifest));
        assert_eq!(Manifest::parse(&Manifest::default().to_bytes()), Ok(Manifest::default()));
    }

    #[test]
    fn a_manifest_that_lists_what_is_not_ours_is_damaged() {
        let file =
            |path: &str| format!("{{\"path\":\"{path}\",\"size\":0,\"blake3\":\"{}\"}}", "0".repeat(64));
        assert!(parse(&file("a.html")).is_ok());
        for path in ["../a.html", "/etc/passwd", ".git/config", "a/.git/config", ""] {
            assert_eq!(parse(&file(path)), Err(Damage::Foreign(path.to_owned())), "{path}");
        }
        assert_eq!(Manifest::parse(b"{\"casebook\":2,\"files\":{}}"), Err(Damage::Later));
        assert_eq!(Manifest::parse(b"{"), Err(Damage::Unreadable(1)));
        let torn = &Manifest(BTreeMap::new()).to_bytes()[..20];
        assert_eq!(Manifest::parse(torn), Err(Damage::Unreadable(1)));
    }
}
