//! A dossier's folder becomes `Inputs`: which folder it is, which of its files are read, and what is said of
//! the others.
//!
//! Links are never followed, so no input lies outside the dossier. What exists and cannot be taken is named
//! in `Inputs::refused`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::inputs::{File, Inputs, Refusal, Refused};
use crate::model::limit::Limit;
use crate::model::path::InputPath;
use crate::parse::files::would_hold_back;
use crate::parse::keys::{Match, known};
use crate::parse::source::{broken_limit, limit};
use crate::world::stop::{Stop, failed};

/// The folders by which a dossier is known that has no settings.
const FOLDERS: [&str; 2] = ["seeds", "annotations"];

/// The dossier's settings, at its top.
const SETTINGS: &str = "casebook.toml";

/// Which files of a dossier are read, besides its settings.
pub struct Reading<'a> {
    /// The dossier's folder.
    pub root: &'a Path,
    /// Seeds, annotations, templates: relative to the dossier, `/` between parts.
    pub folders: &'a [&'a str],
    /// The output, wherever it lies: never an input.
    pub out: &'a Path,
    /// Whether a path is left out by the settings.
    pub is_excluded: &'a dyn Fn(&InputPath) -> bool,
}

/// The dossier's folder: the one that was asked for, else the current one, else the nearest parent with
/// settings.
pub fn find(asked: Option<&Path>, current: &Path) -> Result<PathBuf, Stop> {
    if let Some(asked) = asked {
        return match current.join(asked) {
            folder if is_dossier(&folder) => Ok(folder),
            folder if folder.is_dir() => Err(no_dossier(asked)),
            _ => Err(Stop::refused(
                format!("there is no folder `{}`", asked.display()),
                "check its name, or make a dossier with `casebook init`",
            )),
        };
    }
    if is_dossier(current) {
        return Ok(current.to_owned());
    }
    let above = || current.ancestors().skip(1);
    let with_settings = above().find(|folder| folder.join(SETTINGS).is_file());
    // Without settings a dossier is known by its folders, and only from within them.
    let is_inside = |folder: &&Path| {
        FOLDERS
            .iter()
            .any(|inside| current.starts_with(folder.join(inside)) && folder.join(inside).is_dir())
    };
    with_settings
        .or_else(|| above().find(is_inside))
        .map(Path::to_owned)
        .ok_or_else(|| no_dossier(current))
}

/// The settings' name among the inputs.
pub fn settings_path() -> InputPath {
    InputPath::new(SETTINGS).expect("a plain name is a path within the dossier")
}

/// The settings' bytes; `None` where the dossier has none.
pub fn settings(root: &Path) -> Result<Option<Vec<u8>>, Stop> {
    let path = root.join(SETTINGS);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(failed("read", &path)(cause)),
    }
}

/// Reads every input, many files at once.
pub fn read(reading: &Reading<'_>) -> Result<Inputs, Stop> {
    let Listing { files, refused, folders: _ } = list(reading)?;
    let settings = settings(reading.root)?;
    let contents: Vec<(InputPath, Content)> = files
        .into_par_iter()
        .map(|path| content(reading.root, &path).map(|content| (path, content)))
        .collect::<Result<_, Stop>>()?;
    Ok(inputs(settings, contents, refused))
}

/// What lies in the folders that are read, before any of it is opened.
#[derive(Debug, Default)]
pub struct Listing {
    pub files: Vec<InputPath>,
    pub refused: Vec<Refused>,
    /// The folders themselves.
    pub folders: Vec<PathBuf>,
}

/// Lists every input but the settings.
pub fn list(reading: &Reading<'_>) -> Result<Listing, Stop> {
    let mut listing = Listing::default();
    for folder in reading.folders {
        walk(reading, folder, &mut listing)?;
    }
    listing.refused.extend(passed_over(reading, &listing.folders));
    listing.refused.extend(stray_folders(reading));
    Ok(listing)
}

/// Files that are not read for their names, and say that a source is to be held back.
fn passed_over(reading: &Reading<'_>, folders: &[PathBuf]) -> Vec<Refused> {
    const LARGEST: u64 = 64 * 1024;
    let entries = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .filter_map(Result::ok);
    let small = |entry: &fs::DirEntry| {
        entry
            .metadata()
            .is_ok_and(|data| data.is_file() && data.len() <= LARGEST)
    };
    let refused = entries.filter_map(|entry| {
        let name = entry
            .file_name()
            .to_str()
            .filter(|name| may_hold_back(name))?
            .to_string();
        let path = input_path(reading.root, &entry.path())
            .ok()
            .filter(|path| !(reading.is_excluded)(path))?;
        let text = Some(())
            .filter(|()| small(&entry))
            .and_then(|()| fs::read_to_string(entry.path()).ok())?;
        let span = would_hold_back(&name, &text)?;
        Some(Refused { path, reason: Refusal::PassedOver(span.start, span.end) })
    });
    let mut refused: Vec<Refused> = refused.collect();
    refused.sort_by(|a, b| a.path.cmp(&b.path));
    refused
}

/// Other words for the folders that are read, in the order in which `Reading::folders` has these, and the
/// endings of what is read there.
const OTHER_WORDS: [(&[&str], &[&str]); 3] = [
    (&["seeds", "seed", "sources", "source"], &["md", "txt", "html", "htm"]),
    (&["annotations", "annotation", "notes", "note"], &["md"]),
    (&["templates", "template"], &["html", "css"]),
];

/// A folder that is read and that another one is named nearly as.
struct Near<'a> {
    meant: &'a str,
    /// Whether the name is another word, so that somebody may have such a folder on purpose.
    is_other_word: bool,
    endings: &'static [&'static str],
}

/// The folder that is read whose name a name is nearly: a letter is wrong, a capital, or it is another word
/// for the same.
fn near<'a>(reading: &Reading<'a>, name: &str) -> Option<Near<'a>> {
    let lower = name.to_lowercase();
    let is_read = |folder: &&&str| first_part(folder) == name;
    if is_never_read(name) || reading.folders.iter().any(|folder| is_read(&folder)) {
        return None;
    }
    let by_kind = reading.folders.iter().zip(OTHER_WORDS);
    by_kind
        .filter(|(folder, _)| !folder.contains('/'))
        .find_map(|(meant, (words, endings))| {
            let is_slip = known(&lower, &[meant.to_lowercase().as_str()]) != Match::Unknown;
            (is_slip || words.contains(&lower.as_str())).then_some(Near {
                meant,
                is_other_word: !is_slip,
                endings,
            })
        })
}

/// Folders beside those that are read, and named nearly as they are.
fn stray_folders(reading: &Reading<'_>) -> Vec<Refused> {
    let beside: Vec<DirEntry> = WalkDir::new(reading.root)
        .min_depth(1)
        .max_depth(1)
        .into_iter()
        .filter_map(Result::ok)
        .collect();
    let names: BTreeSet<&str> = beside.iter().filter_map(|entry| entry.file_name().to_str()).collect();
    let stray = |entry: &DirEntry| {
        let name = entry
            .file_name()
            .to_str()
            .filter(|_| entry.file_type().is_dir() && entry.path() != reading.out)?;
        let Near { meant, is_other_word, endings } = near(reading, name)?;
        let is_there = reading.root.join(meant).is_dir();
        // Where the disk knows no capitals, `Seeds` is the folder itself.
        let is_itself = is_there && !names.contains(meant) && name.to_lowercase() == meant.to_lowercase();
        let path = InputPath::new(name).filter(|path| !(reading.is_excluded)(path) && !is_itself)?;
        let is_meant = !is_there || !is_other_word || holds_one_of(entry.path(), endings);
        is_meant.then(|| Refused { path, reason: Refusal::Folder { meant: meant.to_owned(), is_there } })
    };
    beside.iter().filter_map(stray).collect()
}

/// Whether a folder holds a file with one of these endings.
fn holds_one_of(folder: &Path, endings: &[&str]) -> bool {
    let files = WalkDir::new(folder)
        .max_depth(2)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let ending = |entry: DirEntry| {
        entry
            .path()
            .extension()
            .and_then(|ending| ending.to_str())
            .map(str::to_ascii_lowercase)
    };
    files
        .filter_map(ending)
        .any(|ending| endings.contains(&ending.as_str()))
}

/// The inputs, from what was read of each.
pub fn inputs(
    settings: Option<Vec<u8>>,
    contents: Vec<(InputPath, Content)>,
    mut refused: Vec<Refused>,
) -> Inputs {
    let mut files: BTreeMap<InputPath, File> = settings
        .map(|settings| (settings_path(), File::new(settings)))
        .into_iter()
        .collect();
    for (path, content) in contents {
        match content {
            Content::File(file) => drop(files.insert(path, file)),
            Content::TooLarge(limit) => refused.push(Refused { path, reason: Refusal::TooLarge(limit) }),
            Content::Gone => {}
        }
    }
    refused.sort_by(|a, b| a.path.cmp(&b.path));
    Inputs::of(files, refused)
}

/// Whether a folder has anything by which it is a dossier.
pub fn is_dossier(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file() || FOLDERS.iter().any(|inside| folder.join(inside).is_dir())
}

fn no_dossier(folder: &Path) -> Stop {
    Stop::refused(
        format!(
            "`{}` is no dossier: it has neither `{SETTINGS}` nor a folder `seeds` or `annotations`",
            folder.display()
        ),
        "go into the dossier's folder, or name it with `-C DIR`; `casebook init DIR` makes a new one",
    )
}

/// Adds the files under one folder to those found, and to the refused what is there and no file.
fn walk(reading: &Reading<'_>, folder: &str, listing: &mut Listing) -> Result<(), Stop> {
    let start = reading.root.join(folder);
    let walk = WalkDir::new(&start)
        .follow_links(false)
        .follow_root_links(false)
        .into_iter();
    for entry in walk.filter_entry(|entry| is_read(reading, entry)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => match gone_or_stop(error, &start) {
                Some(stop) => return Err(stop),
                None => continue,
            },
        };
        let kind = entry.file_type();
        let reason = match input_path(reading.root, entry.path()) {
            Ok(_) if kind.is_dir() => {
                listing.folders.push(entry.into_path());
                continue;
            }
            Ok(path) if kind.is_file() => {
                listing.files.push(path);
                continue;
            }
            Ok(path) if kind.is_symlink() => Refused { path, reason: Refusal::Link },
            Ok(path) => Refused { path, reason: Refusal::Special },
            Err(Some(path)) => Refused { path, reason: Refusal::Name },
            Err(None) => continue,
        };
        listing.refused.push(reason);
    }
    Ok(())
}

/// What a place on the disk is to a dossier, as far as its name tells.
pub enum Place {
    /// It may be a file that is read, or a folder of such.
    Read(InputPath),
    /// Nothing there is ever read.
    Passing,
    /// The settings, a folder that holds what is read, or a name that cannot be judged.
    Weighty,
}

/// What a place is by its name.
pub fn place(reading: &Reading<'_>, place: &Path) -> Place {
    let Some(path) = place
        .strip_prefix(reading.root)
        .ok()
        .and_then(|_| input_path(reading.root, place).ok())
    else {
        return Place::Weighty;
    };
    let Some(inside) = reading
        .folders
        .iter()
        .find_map(|folder| path.as_str().strip_prefix(folder)?.strip_prefix('/'))
    else {
        let first = first_part(path.as_str());
        let is_apart = |other: &&str| are_apart(first, first_part(other));
        // Of a folder that is named nearly as one that is read, it is told that it is not.
        let is_passing =
            near(reading, first).is_none() && reading.folders.iter().chain(&[SETTINGS]).all(is_apart);
        return if is_passing { Place::Passing } else { Place::Weighty };
    };
    // What a browser saved beside a page is read when the page is gone, though the page is not.
    let whole = (!matches!(path.extension(), "html" | "htm")).then_some(path.as_str().len());
    let mut ends = inside
        .match_indices('/')
        .map(|(at, _)| path.as_str().len() - inside.len() + at)
        .chain(whole);
    let is_excluded =
        |end: usize| InputPath::new(&path.as_str()[..end]).is_some_and(|part| (reading.is_excluded)(&part));
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    // Of a file that is not read for its name it is told if it would hold a source back.
    if may_hold_back(name) && !folders.split('/').any(is_never_read) && !ends.clone().any(is_excluded) {
        return Place::Weighty;
    }
    let is_passing = inside.split('/').any(is_never_read) || ends.any(is_excluded);
    if is_passing { Place::Passing } else { Place::Read(path) }
}

fn first_part(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Whether two names are not those of one file on any disk, also on one that knows no capitals, or spells
/// accents its own way.
fn are_apart(one: &str, other: &str) -> bool {
    one.is_ascii() && other.is_ascii() && !one.eq_ignore_ascii_case(other)
}

/// Whether a file or a folder has a name that is never read.
fn is_never_read(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

/// Whether a file that is never read is looked at all the same: `_letter.txt.toml`. What editors leave beside
/// a file for a moment (`.#letter.md`) is not.
fn may_hold_back(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_text = [".md", ".toml", ".yaml", ".yml"]
        .iter()
        .any(|ending| name.ends_with(ending));
    is_text && is_never_read(&name) && !name.starts_with(".#")
}

/// Whether a file is read, or a folder entered.
fn is_read(reading: &Reading<'_>, entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true; // the folder that the settings name, whatever it is called
    }
    let name = entry.file_name().to_string_lossy();
    let left_out = is_never_read(&name)
        || entry.path() == reading.out
        || input_path(reading.root, entry.path()).is_ok_and(|path| (reading.is_excluded)(&path))
        || (entry.file_type().is_dir() && is_saved_with_a_page(entry.path(), &name));
    !left_out
}

/// A browser saves `NAME.html` with its pictures and scripts in `NAME_files`.
fn is_saved_with_a_page(folder: &Path, name: &str) -> bool {
    let Some(page) = name.strip_suffix("_files") else { return false };
    ["html", "htm"]
        .iter()
        .any(|extension| folder.with_file_name(format!("{page}.{extension}")).exists())
}

/// A file that goes away while the folder is walked was an editor's, and is not missed; everything else is a
/// failure.
fn gone_or_stop(error: walkdir::Error, start: &Path) -> Option<Stop> {
    let path = error.path().unwrap_or(start).to_owned();
    let cause = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("the folders form a circle"));
    (cause.kind() != ErrorKind::NotFound).then(|| failed("read", &path)(cause))
}

/// A path below the root as the dossier names it; where its name cannot be one, what can be shown of it.
fn input_path(root: &Path, path: &Path) -> Result<InputPath, Option<InputPath>> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let is_odd = |c: char| c == '\\' || c.is_control();
    // Almost every name, where a disk's paths are written as ours: nothing is taken apart.
    if std::path::MAIN_SEPARATOR == '/'
        && let Some(plain) = relative.to_str().filter(|path| !path.contains(is_odd))
    {
        return InputPath::new(plain).ok_or(None);
    }
    let mut parts = Vec::new();
    let mut plain = true;
    for part in relative {
        let shown = part.to_string_lossy();
        plain &= part.to_str().is_some() && !shown.contains(is_odd);
        parts.push(shown.replace(is_odd, "\u{fffd}"));
    }
    let shown = InputPath::new(&parts.join("/"));
    match shown {
        Some(path) if plain => Ok(path),
        shown => Err(shown),
    }
}

/// What was read of a file that was listed.
#[derive(Clone, Debug)]
pub enum Content {
    File(File),
    TooLarge(Limit),
    /// Removed since the folder was walked.
    Gone,
}

/// Reads a file.
pub fn content(root: &Path, input: &InputPath) -> Result<Content, Stop> {
    let path = root.join(input.as_str());
    let limit = limit(input);
    let most = limit.bytes();
    let mut bytes = Vec::new();
    let read = fs::File::open(&path).and_then(|file| {
        let size = file.metadata()?.len();
        if size > most {
            return Ok(Some(limit));
        }
        bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
        // One byte more than the limit tells a file that grew in the meantime, or that does not know its
        // size.
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map(|_| broken_limit(input, &bytes))
    });
    match read {
        Ok(Some(limit)) => Ok(Content::TooLarge(limit)),
        Ok(None) => Ok(Content::File(File::new(bytes))),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Content::Gone),
        Err(cause) => Err(failed("read", &path)(cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::limit::{FILE_LIMIT, PAGE_LIMIT};

    /// A dossier of empty files, and what is read of it: `refused` ones behind `!`.
    fn check(files: &[&str], make: impl Fn(&Path)) -> String {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("writable");
            fs::write(path, "").expect("writable");
        }
        make(folder.path());
        let is_excluded = |path: &InputPath| path.extension() == "bak";
        let out = folder.path().join("annotations/out");
        let inputs = read(&Reading {
            root: folder.path(),
            folders: &["seeds", "annotations", "templates"],
            out: &out,
            is_excluded: &is_excluded,
        })
        .expect("read");
        let mut seen: Vec<String> = inputs.files().map(|(path, _)| path.to_string()).collect();
        seen.extend(
            inputs
                .refused
                .iter()
                .map(|refused| format!("!{} {:?}", refused.path, refused.reason)),
        );
        seen.join("\n")
    }

    #[test]
    fn only_the_three_folders_and_the_settings_are_read() {
        let files = [
            "casebook.toml",
            "README.md",
            "seeds/a.txt",
            "annotations/topics/b.md",
            "templates/base.html",
            "target/x",
            "public/i.html",
        ];
        assert_eq!(
            check(&files, |_| ()),
            "annotations/topics/b.md\ncasebook.toml\nseeds/a.txt\ntemplates/base.html"
        );
    }

    #[test]
    fn a_folder_named_nearly_as_one_that_is_read_is_told_of() {
        let told = |files: &[&str]| {
            let said = check(files, |_| ());
            let lines: Vec<&str> = said.lines().filter(|line| line.starts_with('!')).collect();
            lines
                .iter()
                .map(|line| line.split(' ').next().unwrap_or_default())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let with = |stray: &str| told(&["seeds/a.txt", "annotations/a.md", stray]);
        for stray in ["annotation", "anotations", "Annotation", "annotatons", "notes", "Note"] {
            assert_eq!(with(&format!("{stray}/b.md")), format!("!{stray}"));
            assert_eq!(told(&["seeds/a.txt", &format!("{stray}/b.md")]), format!("!{stray}"));
        }
        for stray in ["seed", "Sources", "source", "seedz"] {
            assert_eq!(with(&format!("{stray}/b.txt")), format!("!{stray}"));
        }
        // A misspelt name alone says enough; another word may be a folder of somebody's own.
        assert_eq!(with("seed/picture.png"), "!seed");
        for stray in [
            "notes/picture.png",
            "sources/x.rs",
            "public/a.md",
            ".notes/a.md",
            "_seeds/a.txt",
            "docs/a.md",
            "notes.md",
            "seeds/seed/a.txt",
        ] {
            assert_eq!(with(stray), "", "{stray}");
        }
    }

    #[test]
    fn hidden_excluded_saved_and_written_files_are_left_out() {
        let files = [
            "seeds/.git/x",
            "seeds/.DS_Store",
            "seeds/_scans/a.txt",
            "seeds/_b.txt",
            "seeds/c.txt.bak",
            "seeds/d.html",
            "seeds/d_files/script.js",
            "seeds/e_files/f.txt",
            "annotations/out/index.html",
        ];
        assert_eq!(check(&files, |_| ()), "seeds/d.html\nseeds/e_files/f.txt");
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_odd_names_are_refused_by_name() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let seen = check(&["seeds/a.txt", "seeds/b\\c.txt", "outside/x.txt"], |root| {
            fs::write(root.join("seeds").join(OsStr::from_bytes(b"d\xff.txt")), "")
                .expect("this file system takes any name");
            std::os::unix::fs::symlink(root.join("outside"), root.join("seeds/out"))
                .expect("links are possible");
            std::os::unix::fs::symlink(root.join("outside"), root.join("annotations"))
                .expect("links are possible");
            std::os::unix::net::UnixListener::bind(root.join("seeds/s")).expect("sockets are possible");
        });
        let expected = "seeds/a.txt\n!annotations Link\n!seeds/b\u{fffd}c.txt Name\n!seeds/d\u{fffd}.txt \
            Name\n!seeds/out Link\n!seeds/s Special";
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_file_over_the_limit_is_refused_without_being_read() {
        let seen = check(&["seeds/a.txt"], |root| {
            fs::File::create(root.join("seeds/b.txt"))
                .and_then(|file| file.set_len(FILE_LIMIT + 1))
                .expect("a sparse file");
            fs::File::create(root.join("seeds/c.txt"))
                .and_then(|file| file.set_len(1))
                .expect("a sparse file");
        });
        assert_eq!(seen, "seeds/a.txt\nseeds/c.txt\n!seeds/b.txt TooLarge(File)");
    }

    #[test]
    fn the_pictures_within_a_page_do_not_count() {
        let limit = usize::try_from(FILE_LIMIT).expect("the limit is a size");
        let picture =
            format!("<p>A map.</p><img src='data:image/png;base64,{}'>", "iVBORw0K".repeat(limit / 8));
        let seen = check(&[], |root| {
            let write =
                |name: &str, text: &str| fs::write(root.join("seeds").join(name), text).expect("writable");
            fs::create_dir_all(root.join("seeds")).expect("writable");
            write("map.html", &picture);
            write("map.txt", &picture);
            write("words.html", &format!("{picture}{}", "word ".repeat(limit / 5)));
            fs::File::create(root.join("seeds/atlas.html"))
                .and_then(|file| file.set_len(PAGE_LIMIT + 1))
                .expect("a sparse file");
        });
        assert_eq!(
            seen,
            "seeds/map.html\n!seeds/atlas.html TooLarge(Page)\n!seeds/map.txt TooLarge(File)\n\
             !seeds/words.html TooLarge(PageWithoutPictures)"
        );
    }

    #[test]
    fn the_dossier_is_what_was_asked_for_or_the_current_folder_or_a_parent_with_settings() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        fs::create_dir_all(root.join("d/annotations/topics")).expect("writable");
        fs::create_dir_all(root.join("empty")).expect("writable");
        assert_eq!(find(Some(Path::new("d")), root).ok(), Some(root.join("d")));
        assert_eq!(find(None, &root.join("d")).ok(), Some(root.join("d")));
        assert_eq!(
            find(None, &root.join("d/annotations/topics")).ok(),
            Some(root.join("d")),
            "known by its folder"
        );
        assert!(
            find(None, &root.join("empty")).is_err(),
            "no parent has settings, and it lies in no folder of a dossier"
        );
        fs::create_dir_all(root.join("d/other")).expect("writable");
        assert!(find(None, &root.join("d/other")).is_err());
        fs::write(root.join("d/casebook.toml"), "").expect("writable");
        assert_eq!(find(None, &root.join("d/annotations/topics")).ok(), Some(root.join("d")));
        let words = |asked: &str| {
            find(Some(Path::new(asked)), root)
                .expect_err("no dossier")
                .to_string()
        };
        assert!(
            words("empty").starts_with("`empty` is no dossier: it has neither `casebook.toml` nor"),
            "{}",
            words("empty")
        );
        assert!(words("nowhere").starts_with("there is no folder `nowhere`"), "{}", words("nowhere"));
    }
}
