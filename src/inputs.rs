//! All that a build may know: the bytes of the dossier's files, by path. Nothing in here reads a disk; the
//! world fills it.

pub mod cache;
pub mod sum;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::limit::Limit;
use crate::model::path::InputPath;
use crate::model::shared_vec::SharedVec;
use crate::model::span::Span;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::passed_over;
use crate::report::mistakes::files::{folder_beside, stray_folder};
use crate::report::mistakes::world;

/// A hash of content, for comparison by the machine (BLAKE3). People get SHA-256.
pub type Hash = [u8; 32];

/// A hash as 64 hexadecimal digits.
pub fn hex(hash: &Hash) -> String {
    blake3::Hash::from_bytes(*hash).to_hex().to_string()
}

/// The hash that 64 hexadecimal digits tell.
pub fn from_hex(digits: &str) -> Option<Hash> {
    Some(*blake3::Hash::from_hex(digits).ok()?.as_bytes())
}

/// The files of a dossier as they were found.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// In the order of their paths.
    files: SharedVec<Entry>,
    /// What was found and could not be taken: reported by `compile`, so that nothing is left out in silence.
    pub refused: Vec<Refused>,
}

/// A file under its path.
#[derive(Clone, Debug)]
struct Entry {
    path: InputPath,
    file: File,
    /// A hash of both: that of all files is made of these without a look at any path.
    sum: Hash,
}

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    pub bytes: Arc<[u8]>,
    pub hash: Hash,
}

/// A file that exists and is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub path: InputPath,
    pub reason: Refusal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLarge(Limit),
    /// A symbolic link; links are never followed.
    Link,
    /// A socket, pipe or device.
    Special,
    /// The name is no UTF-8, or holds a control character or a backslash.
    Name,
    /// The name begins with `_` or `.`, and the file would hold a source back: where the word stands.
    PassedOver(u32, u32),
    /// A folder that is named nearly as this one, which is read.
    Folder {
        meant: String,
        is_there: bool,
    },
}

impl Refused {
    /// How the writer is told.
    pub fn mistake(&self) -> Diagnostic {
        match &self.reason {
            Refusal::TooLarge(limit) => world::file_too_large(&self.path, *limit),
            Refusal::Link => world::link_not_followed(&self.path),
            Refusal::Special => world::special_file(&self.path),
            Refusal::Name => world::unreadable_name(&self.path),
            Refusal::PassedOver(start, end) => passed_over(&self.path, Span { start: *start, end: *end }),
            Refusal::Folder { meant, is_there: false } => stray_folder(&self.path, meant),
            Refusal::Folder { meant, is_there: true } => folder_beside(&self.path, meant),
        }
    }
}

impl Entry {
    fn new(path: InputPath, file: File) -> Entry {
        let mut sum = blake3::Hasher::new();
        sum.update(&file.hash).update(path.as_str().as_bytes());
        Entry { path, file, sum: *sum.finalize().as_bytes() }
    }
}

impl File {
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> File {
        let bytes = bytes.into();
        let hash = *blake3::hash(&bytes).as_bytes();
        File { bytes, hash }
    }
}

impl Inputs {
    pub fn of(files: BTreeMap<InputPath, File>, refused: Vec<Refused>) -> Inputs {
        Inputs { files: files.into_iter().map(|(path, file)| Entry::new(path, file)).collect(), refused }
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: InputPath, bytes: impl Into<Arc<[u8]>>) {
        self.insert_file(path, File::new(bytes));
    }

    /// The same for a file that was hashed elsewhere. One that replaces another costs little, one that is new
    /// a copy of the list.
    pub fn insert_file(&mut self, path: InputPath, file: File) {
        match self.place(&path) {
            Ok(at) => self.files[at] = Entry::new(path, file),
            Err(at) => {
                let (before, behind) =
                    (self.files.iter().take(at).cloned(), self.files.iter().skip(at).cloned());
                self.files = before.chain([Entry::new(path, file)]).chain(behind).collect();
            }
        }
    }

    pub fn get(&self, path: &InputPath) -> Option<&File> {
        self.place(path).ok().map(|at| &self.files[at].file)
    }

    fn place(&self, path: &InputPath) -> Result<usize, usize> {
        self.files.search(|entry| entry.path.cmp(path))
    }

    /// Every file, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&InputPath, &File)> {
        self.files.iter().map(|entry| (&entry.path, &entry.file))
    }

    /// A hash of all files and their paths.
    pub fn sum(&self) -> Hash {
        // Gathered first: one long text is hashed much faster than many short ones.
        let mut sums = Vec::with_capacity(self.files.len() * size_of::<Hash>());
        self.files.iter().for_each(|entry| sums.extend_from_slice(&entry.sum));
        *blake3::hash(&sums).as_bytes()
    }

    /// The same, sharing with earlier inputs what is the same in both.
    pub fn sharing(self, before: &Inputs) -> Inputs {
        let mut shared = before.clone();
        match self.changed_since(before) {
            Some(changed) => changed
                .into_iter()
                .for_each(|(path, _, file)| shared.insert_file(path.clone(), file.clone())),
            None => return self,
        }
        Inputs { refused: self.refused, ..shared }
    }

    /// The files whose content differs from what it was, each as it was and as it is; None where another file
    /// is there, or one is not there any more.
    pub fn changed_since<'a>(
        &'a self,
        before: &'a Inputs,
    ) -> Option<Vec<(&'a InputPath, &'a File, &'a File)>> {
        let mut changed = Vec::new();
        for (old, new) in before
            .files
            .unshared(&self.files)?
            .filter(|(old, new)| old.sum != new.sum)
        {
            if old.path != new.path {
                return None;
            }
            changed.push((&new.path, &old.file, &new.file));
        }
        Some(changed)
    }

    /// The files under a folder (`seeds`, without a final `/`), in the order of their paths.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a InputPath, &'a File)> {
        self.files().filter(move |(path, _)| {
            path.as_str()
                .strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

impl<P: AsRef<str>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for Inputs {
    /// For tests: panics on a path that leaves the dossier, since a test's author wrote it.
    fn from_iter<T: IntoIterator<Item = (P, B)>>(files: T) -> Inputs {
        let inside = |path: &str| InputPath::new(path).expect("a test names files inside the dossier");
        Inputs::of(
            files
                .into_iter()
                .map(|(path, bytes)| (inside(path.as_ref()), File::new(bytes)))
                .collect(),
            Vec::new(),
        )
    }
}
