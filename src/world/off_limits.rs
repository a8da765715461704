//! Places that are never written to because somebody named them on the command line: what people wrote, what
//! the program remembers, what version control keeps. A path is judged by where it leads: through links,
//! `..`, other capitals, and other names of one file.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::config::config;
use crate::world::cache_dir;
use crate::world::disk;
use crate::world::marks;
use crate::world::stop::{Stop, failed};

/// Folders of version control, whatever they lie in.
const VERSION_CONTROL: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// Places of a dossier that no path may be, lie in or hold.
#[derive(Debug, Default)]
pub struct OffLimits(Vec<Place>);

#[derive(Debug)]
struct Place {
    path: PathBuf,
    /// As it is called in messages.
    name: String,
    why: &'static str,
}

const NEVER_WRITTEN: &str = "which is never written to";
const THE_SITE: &str = "which holds the site and nothing else";

impl OffLimits {
    /// Those of a dossier: `inputs` are the folders that are read in it.
    pub fn of(root: &Path, inputs: &[PathBuf]) -> Result<OffLimits, Stop> {
        let whole = absolute(root)?;
        let own = [root.join(cache_dir::FOLDER), root.join(disk::settings_path().as_str())];
        let place = |path: PathBuf| {
            let path = absolute(&path)?;
            let name = path.strip_prefix(&whole).unwrap_or(&path).display().to_string();
            Ok(Place { path, name, why: NEVER_WRITTEN })
        };
        inputs
            .iter()
            .cloned()
            .chain(own)
            .map(place)
            .collect::<Result<_, Stop>>()
            .map(OffLimits)
    }

    /// The site itself too, for what is no site.
    pub fn and_site(mut self, path: &Path, name: &str) -> OffLimits {
        self.0
            .push(Place { path: path.to_owned(), name: name.to_owned(), why: THE_SITE });
        self
    }

    /// Those of every dossier that a place lies in; `with_sites`: and where each publishes.
    fn around(path: &Path, with_sites: bool) -> Result<OffLimits, Stop> {
        let mut all = OffLimits::default();
        for root in path
            .ancestors()
            .skip(1)
            .filter(|folder| folder.join(disk::settings_path().as_str()).is_file())
        {
            let text = disk::settings(root)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let build = config(&disk::settings_path(), text.as_deref()).0.build;
            let inputs = [&build.seeds, &build.annotations, &build.templates]
                .map(|folder| root.join(folder.value.as_str()));
            let mut own = OffLimits::of(root, &inputs)?;
            if with_sites {
                own = own.and_site(&absolute(&root.join(&build.out.value))?, &build.out.value);
            }
            all.0.extend(own.0);
        }
        Ok(all)
    }

    /// Why nothing may be written to a place, if nothing may: "it lies in `seeds`, which is never written
    /// to".
    pub fn reason(&self, path: &Path) -> Result<Option<String>, Stop> {
        let path = absolute(path)?;
        if let Some(folder) = path
            .iter()
            .filter_map(OsStr::to_str)
            .find(|part| VERSION_CONTROL.contains(&part.to_lowercase().as_str()))
        {
            return Ok(Some(format!("it lies in `{folder}`, where version control keeps what it knows")));
        }
        let around = OffLimits::around(&path, false)?;
        Ok(self.0.iter().chain(&around.0).find_map(|place| place.forbids(&path)))
    }

    /// The file of these places that a file is another name of.
    pub fn other_name(&self, file: &Path) -> Option<String> {
        let found = file.symlink_metadata().ok().filter(marks::has_other_names)?;
        let all = self.0.iter().flat_map(|place| {
            WalkDir::new(&place.path)
                .into_iter()
                .flatten()
                .map(move |entry| (place, entry))
        });
        let is_plain = |entry: &walkdir::DirEntry| {
            entry.file_type().is_file() && entry.metadata().is_ok_and(|other| other.len() == found.len())
        };
        let same = all
            .filter(|(_, entry)| is_plain(entry))
            .find(|(_, entry)| marks::are_one(file, entry.path()));
        same.map(|(place, entry)| {
            let inside = entry.path().strip_prefix(&place.path).unwrap_or(entry.path());
            // A file is its own place, and has nothing inside.
            if inside.as_os_str().is_empty() {
                place.name.clone()
            } else {
                Path::new(&place.name).join(inside).display().to_string()
            }
        })
    }
}

impl Place {
    fn forbids(&self, path: &Path) -> Option<String> {
        let Place { path: place, name, why } = self;
        relation(path, place).map(|relation| format!("it {relation} `{name}`, {why}"))
    }
}

/// How a path stands to a place: "is", "lies in", "holds".
fn relation(path: &Path, place: &Path) -> Option<&'static str> {
    match (is_or_lies_in(path, place), is_or_lies_in(place, path)) {
        (true, true) => Some("is"),
        (true, false) => Some("lies in"),
        (false, true) => Some("holds"),
        (false, false) => None,
    }
}

/// Both by name and by number: a disk may know one folder by names in other capitals, or at two places. A
/// folder that is not there yet has no number: then capitals do not count.
fn is_or_lies_in(path: &Path, place: &Path) -> bool {
    if path.starts_with(place) {
        return true;
    }
    if place.symlink_metadata().is_err() {
        let small = |path: &Path| PathBuf::from(path.to_string_lossy().to_lowercase());
        return small(path).starts_with(small(place));
    }
    path.ancestors().any(|folder| marks::are_one(folder, place))
}

/// For a command that has no dossier: refuses a place that is off limits.
pub fn refuse(path: &Path, what: &str, help: &str) -> Result<(), Stop> {
    let around = OffLimits::around(&absolute(path)?, true)?;
    match around.reason(path)? {
        Some(reason) => {
            Err(Stop::refused(format!("{what} cannot be written to `{}`: {reason}", path.display()), help))
        }
        None => Ok(()),
    }
}

/// More links one behind the other than any system follows.
const MOST_LINKS: usize = 40;

/// The whole path with links resolved, as far as it exists: neither `..` nor a link nor other capitals may
/// hide where it leads.
pub fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    let full = std::path::absolute(path).map_err(failed("read", path))?;
    Ok(resolved(&full, MOST_LINKS))
}

fn resolved(full: &Path, links: usize) -> PathBuf {
    let mut rest: Vec<OsString> = Vec::new();
    let mut above = full;
    loop {
        let whole = |folder: PathBuf| rest.iter().rev().fold(folder, |path, part| joined(path, part));
        if let Ok(real) = above.canonicalize() {
            return whole(real);
        }
        // A link to what is not there yet: a file would be made where it leads.
        if let (Ok(to), Some(folder), true) = (fs::read_link(above), above.parent(), links > 0) {
            return whole(resolved(&folder.join(to), links - 1));
        }
        let (Some(parent), Some(name)) = (above.parent(), above.components().next_back()) else {
            return full.to_owned();
        };
        rest.push(name.as_os_str().to_owned());
        above = parent;
    }
}

/// `..` behind a folder that does not exist yet takes back the part before it.
fn joined(path: PathBuf, part: &OsStr) -> PathBuf {
    if part == ".." { path.parent().map(Path::to_owned).unwrap_or(path) } else { path.join(part) }
}
