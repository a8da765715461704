//! `init`: a small dossier to begin with. It is real: it builds, and its quotations are checked like any
//! other. Nothing is overwritten.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::world::stop::{Stop, failed};

macro_rules! files {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("init/", $path)))),*] };
}

/// The files of the dossier, by their path in it. Their texts are our own.
const FILES: &[(&str, &str)] = files! {
    "casebook.toml"
    "seeds/how-a-quotation-is-checked.md"
    "seeds/what-a-check-does-not-say.txt"
    "seeds/what-a-check-does-not-say.txt.toml"
    "annotations/how-a-quotation-is-checked.md"
    "annotations/what-a-check-does-not-say.md"
    "annotations/topics/limits.md"
    "annotations/topics/quotations.md"
    "annotations/claims/a-checked-quotation-is-true.md"
    "annotations/claims/quotations-are-genuine.md"
    "annotations/pages/home.md"
};

/// What was done with each file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub written: Vec<&'static str>,
    /// What was there before, and stays as it is.
    pub kept: Vec<&'static str>,
}

/// Makes the folder, and in it every file that is not there yet.
pub fn init(folder: &Path) -> Result<Made, Stop> {
    let mut made = Made::default();
    for &(name, text) in FILES {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(failed("make", parent))?;
        match write_new(&path, text) {
            Ok(()) => made.written.push(name),
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => made.kept.push(name),
            Err(cause) => return Err(failed("write", &path)(cause)),
        }
    }
    Ok(made)
}

/// Whatever lies at the path already, a link that leads nowhere included, is kept.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::File::options()
        .write(true)
        .create_new(true)
        .open(path)?
        .write_all(text.as_bytes())
}
