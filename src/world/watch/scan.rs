//! The dossier's folder, looked at again and again: what is known of a file is taken again where nothing
//! about it has changed.
//!
//! A file is known by its size and its times, on Unix also by its number and by when these last changed,
//! which no program can set back. Two changes within one tick of a clock look alike, so what was changed
//! shortly before it was read is read anew until its time lies well in the past, as git does with its index.
//! In the end the hash of the content decides.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use rayon::prelude::*;

use crate::inputs::{Inputs, Refused};
use crate::model::path::InputPath;
use crate::world::disk::{self, Content, Listing, Place, Reading};
use crate::world::stop::Stop;

/// The coarsest clock that a disk keeps its times with (FAT), and so how long after a change another one may
/// look the same.
const TICK: Duration = Duration::from_secs(2);

/// A file that is gone or empty is given this long to come back before it counts.
pub const GRACE: Duration = Duration::from_millis(50);

/// How many times as long is waited at most, where one file after the other is half done.
const LONGEST: u32 = 4;

/// What is known of the folder.
#[derive(Default)]
pub struct Scan {
    known: BTreeMap<InputPath, Known>,
    /// What the last look or glance gave.
    inputs: Inputs,
    /// What was changed so shortly before it was read that another change may have been missed.
    fresh: BTreeSet<InputPath>,
    /// Which of the folders that are read were there: of others, named nearly so, it is told.
    there: Vec<bool>,
}

/// What a look at the folder showed.
pub struct Seen {
    pub inputs: Inputs,
    /// The folders that were looked into, each with what tells it from another one of its name; none after a
    /// glance.
    pub folders: Option<BTreeMap<PathBuf, Option<Stamp>>>,
    /// Whether something was changed so shortly ago that another change of it may have been missed.
    pub is_fresh: bool,
}

/// A file as it was read.
struct Known {
    stamp: Option<Stamp>,
    content: Content,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// The device, the file's number, and when anything about it changed; zero where the system has no such
    /// thing.
    unix: (u64, u64, i64, i64),
}

impl Scan {
    /// Looks at the whole folder, and reads what is new or may be. `settings`: the bytes of those that the
    /// look follows.
    pub fn look(
        &mut self,
        reading: &Reading<'_>,
        settings: Option<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Seen, Stop> {
        self.there = there(reading);
        let Listing { files, refused, folders } = disk::list(reading)?;
        let looked: Vec<(InputPath, Known)> = files
            .into_par_iter()
            .map(|path| {
                let known = file(reading.root, &path, self.known.get(&path), now)?;
                Ok((path, known))
            })
            .collect::<Result<_, Stop>>()?;
        let contents = looked
            .iter()
            .map(|(path, known)| (path.clone(), known.content.clone()))
            .collect();
        self.known = looked.into_iter().collect();
        self.fresh = self
            .known
            .iter()
            .filter(|(_, known)| known.stamp.is_none())
            .map(|(path, _)| path.clone())
            .collect();
        self.inputs = disk::inputs(settings, contents, refused).sharing(&self.inputs);
        Ok(Seen {
            inputs: self.inputs.clone(),
            folders: Some(
                folders
                    .into_iter()
                    .map(|folder| (folder.clone(), identity(&folder)))
                    .collect(),
            ),
            is_fresh: !self.fresh.is_empty(),
        })
    }

    /// Where that lies which is to be looked at once more.
    pub fn fresh<'s>(&'s self, root: &'s Path) -> impl Iterator<Item = PathBuf> + 's {
        self.fresh.iter().map(|path| root.join(path.as_str()))
    }

    /// Looks at what is said to have changed, and at nothing else: in a large folder a hundredth of the work.
    /// None where it takes a look at the whole to know: where something came or went, or is no plain file.
    pub fn scan_paths(
        &mut self,
        reading: &Reading<'_>,
        named: &BTreeSet<PathBuf>,
        now: SystemTime,
    ) -> Result<Option<Seen>, Stop> {
        if self.there != there(reading) {
            return Ok(None);
        }
        let mut looked = Vec::new();
        for place in named {
            match self.at(reading, place) {
                At::File(path) => looked.push((file(reading.root, &path, self.known.get(&path), now)?, path)),
                At::Nothing => {}
                At::More => return Ok(None),
            }
        }
        for (known, path) in looked {
            let Content::File(file) = &known.content else { return Ok(None) };
            self.inputs.insert_file(path.clone(), file.clone());
            match known.stamp {
                None => self.fresh.insert(path.clone()),
                Some(_) => self.fresh.remove(&path),
            };
            self.known.insert(path, known);
        }
        Ok(Some(Seen { inputs: self.inputs.clone(), folders: None, is_fresh: !self.fresh.is_empty() }))
    }

    fn at(&self, reading: &Reading<'_>, place: &Path) -> At {
        let path = match disk::place(reading, place) {
            Place::Read(path) => path,
            Place::Passing => return At::Nothing,
            Place::Weighty => return At::More,
        };
        let known = self.known.get(&path);
        let is_known = known.is_some_and(|known| matches!(known.content, Content::File(_)));
        // What a browser saved beside a page is read when the page is gone.
        let may_hide = matches!(path.extension(), "html" | "htm");
        match fs::symlink_metadata(place) {
            Ok(found) if found.is_file() && is_known => At::File(path),
            Err(cause)
                if cause.kind() == ErrorKind::NotFound
                    && known.is_none()
                    && !may_hide
                    && !self.knows_below(&path) =>
            {
                At::Nothing
            }
            Ok(_) | Err(_) => At::More,
        }
    }

    /// Whether anything is known that lies in such a folder, or could not be taken.
    fn knows_below(&self, path: &InputPath) -> bool {
        let inside = |other: &InputPath| {
            other
                .as_str()
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut behind = self
            .known
            .range(path.clone()..)
            .map(|(other, _)| other)
            .take_while(|other| other.as_str().starts_with(path.as_str()));
        behind.any(inside) || self.inputs.refused.iter().any(|refused| inside(&refused.path))
    }
}

/// Which of the folders that are read are there.
fn there(reading: &Reading<'_>) -> Vec<bool> {
    reading
        .folders
        .iter()
        .map(|folder| reading.root.join(folder).is_dir())
        .collect()
}

/// What lies at a place of which something was heard.
enum At {
    /// A file that was there before, and is.
    File(InputPath),
    /// What came and went, and what is never read.
    Nothing,
    /// What only a look at the whole tells.
    More,
}

/// What is known of a file, if it is the same; else what is read now. A stamp is kept only where it cannot be
/// that of two states.
fn file(root: &Path, path: &InputPath, known: Option<&Known>, now: SystemTime) -> Result<Known, Stop> {
    let place = root.join(path.as_str());
    let before = fs::symlink_metadata(&place).ok().as_ref().map(Stamp::of);
    if let (Some(known), Some(before)) = (known, before)
        && known.stamp == Some(before)
    {
        return Ok(Known { stamp: known.stamp, content: known.content.clone() });
    }
    let content = disk::content(root, path)?;
    let after = fs::symlink_metadata(&place).ok().as_ref().map(Stamp::of);
    Ok(Known { stamp: after.filter(|after| before == Some(*after) && after.is_settled(now)), content })
}

/// What tells a folder from another one of the same name: its number, which may be given again, and when it
/// was made. Its other times change with what lies in it.
pub fn identity(folder: &Path) -> Option<Stamp> {
    let found = fs::symlink_metadata(folder).ok()?;
    let (device, number, ..) = unix(&found);
    Some(Stamp { size: 0, modified: found.created().ok(), unix: (device, number, 0, 0) })
}

impl Stamp {
    fn of(found: &Metadata) -> Stamp {
        Stamp { size: found.len(), modified: found.modified().ok(), unix: unix(found) }
    }

    /// Whether the last change lies so far in the past that another one would show. A time in the future
    /// never does.
    fn is_settled(&self, now: SystemTime) -> bool {
        let (.., seconds, nanoseconds) = self.unix;
        let changed = u64::try_from(seconds)
            .ok()
            .map(|seconds| SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds as u32));
        [self.modified, changed]
            .into_iter()
            .flatten()
            .all(|time| now.duration_since(time).is_ok_and(|age| age > TICK))
    }
}

#[cfg(unix)]
fn unix(found: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn unix(_: &Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}

/// How two states of a dossier differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub added: Vec<InputPath>,
    pub changed: Vec<InputPath>,
    pub deleted: Vec<InputPath>,
}

impl Differences {
    pub fn between(old: &Inputs, new: &Inputs) -> Differences {
        let mut differences = match new.changed_since(old) {
            Some(changed) => Differences {
                changed: changed.into_iter().map(|(path, ..)| path.clone()).collect(),
                ..Differences::default()
            },
            None => Differences::of_files(old, new),
        };
        let only_in = |these: &[Refused], others: &[Refused]| -> Vec<InputPath> {
            these
                .iter()
                .filter(|refused| !others.contains(refused))
                .map(|refused| refused.path.clone())
                .collect()
        };
        differences.added.extend(only_in(&new.refused, &old.refused));
        differences.deleted.extend(only_in(&old.refused, &new.refused));
        differences
    }

    /// Where files come or go.
    fn of_files(old: &Inputs, new: &Inputs) -> Differences {
        let mut differences = Differences::default();
        let (mut olds, mut news) = (old.files().peekable(), new.files().peekable());
        // Both in the order of their paths
        loop {
            match (olds.peek(), news.peek()) {
                (None, None) => break,
                (Some((before, _)), Some((now, _))) if before == now => {
                    if let (Some((_, before)), Some((path, now))) = (olds.next(), news.next())
                        && before.hash != now.hash
                    {
                        differences.changed.push(path.clone());
                    }
                }
                (before, Some((now, _))) if before.is_none_or(|(before, _)| now < before) => {
                    differences.added.push((*now).clone());
                    news.next();
                }
                (_, _) => differences
                    .deleted
                    .extend(olds.next().map(|(before, _)| before.clone())),
            }
        }
        differences
    }

    pub fn is_empty(&self) -> bool {
        self.paths().next().is_none()
    }

    /// Every path, deleted ones last.
    pub fn paths(&self) -> impl Iterator<Item = &InputPath> {
        self.added.iter().chain(&self.changed).chain(&self.deleted)
    }

    /// Whether all that differs is what editors and downloads leave beside a file for a moment. `folders`:
    /// seeds and annotations, where such names are never read; among templates any name may be.
    pub fn is_passing(&self, folders: &[&str]) -> bool {
        self.paths()
            .all(|path| is_temporary(path) && folders.iter().any(|folder| lies_in(path, folder)))
    }

    /// The files that are gone, or there and empty: half of a save, more often than what was meant.
    pub fn half_done<'a>(&'a self, new: &'a Inputs) -> impl Iterator<Item = &'a InputPath> {
        let is_empty = |path: &&InputPath| new.get(path).is_some_and(|file| file.bytes.is_empty());
        self.deleted
            .iter()
            .chain(self.added.iter().chain(&self.changed).filter(is_empty))
    }

    /// "`annotations/a.md` and 2 more", without what editors leave beside.
    pub fn in_words(&self) -> String {
        let mut paths = self.paths().filter(|path| !is_temporary(path));
        match (paths.next(), paths.count()) {
            (None, _) => String::new(),
            (Some(only), 0) => format!("`{only}`"),
            (Some(first), more) => format!("`{first}` and {more} more"),
        }
    }
}

/// Since when files have been half done.
#[derive(Default)]
pub struct PartialSaves {
    since: BTreeMap<InputPath, Instant>,
    /// Since when anything has been waited for.
    waiting: Option<Instant>,
}

impl PartialSaves {
    /// Whether the last look found something to wait for.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Until when to wait for what is half done now; `None` where all of it had its time, or others took it.
    pub fn wait<'a>(
        &mut self,
        now_half: impl Iterator<Item = &'a InputPath>,
        now: Instant,
    ) -> Option<Instant> {
        self.since = now_half
            .map(|path| (path.clone(), self.since.get(path).copied().unwrap_or(now)))
            .collect();
        let until = self
            .since
            .values()
            .map(|since| *since + GRACE)
            .filter(|until| *until > now)
            .min();
        let waiting = *self.waiting.get_or_insert(now);
        let until = until.filter(|_| now < waiting + GRACE * LONGEST);
        if until.is_none() {
            self.waiting = None;
        }
        until
    }
}

fn lies_in(path: &InputPath, folder: &str) -> bool {
    path.as_str()
        .strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// Names that are somebody's scratch: vim's backups and its `4913`, Emacs' backups and auto-saves,
/// JetBrains', browsers' half downloads. Those that begin with a dot are never listed.
fn is_temporary(path: &InputPath) -> bool {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let ends = [
        "~",
        ".swp",
        ".swo",
        ".swx",
        ".tmp",
        ".temp",
        ".bak",
        ".bck",
        ".part",
        ".crdownload",
        "___jb_tmp___",
        "___jb_old___",
    ];
    name == "4913"
        || (name.starts_with('#') && name.ends_with('#'))
        || ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FOLDERS: &[&str] = &["seeds", "annotations", "templates"];

    /// A folder, and a scan of it at a time.
    struct Trial {
        folder: tempfile::TempDir,
        scan: Scan,
        last: Inputs,
    }

    impl Trial {
        fn new() -> Trial {
            Trial {
                folder: tempfile::tempdir().expect("a temporary folder"),
                scan: Scan::default(),
                last: Inputs::default(),
            }
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }

        /// What differs since the last look, and `*` behind it where it was changed so shortly ago that it is
        /// read again.
        fn look(&mut self, now: SystemTime) -> String {
            let root = self.folder.path();
            let out = root.join("public");
            let reading = reading(root, &out);
            let settings = disk::settings(root).expect("readable");
            let seen = self.scan.look(&reading, settings, now).expect("readable");
            let Differences { added, changed, deleted } = Differences::between(&self.last, &seen.inputs);
            self.last = seen.inputs;
            let each = |sign: &str, paths: Vec<InputPath>| {
                paths.iter().map(|path| format!("{sign}{path} ")).collect::<String>()
            };
            format!(
                "{}{}{}{}",
                each("+", added),
                each("~", changed),
                each("-", deleted),
                if seen.is_fresh { "*" } else { "" }
            )
        }
    }

    /// What somebody does in a folder; each names the places that a system would name.
    #[derive(Clone, Debug)]
    enum Act {
        Write(usize, u8),
        Remove(usize),
        Rename(usize, usize),
        MoveFolder(usize, usize),
    }

    const PLACES: &[&str] = &[
        "seeds/a.txt",
        "seeds/in/a.txt",
        "seeds/in/b.txt",
        "seeds/.a.swp",
        "seeds/a.txt~",
        "annotations/a.md",
        "seeds/in",
        "x.txt",
        "seeds/_no/a.txt",
        "seeds/left/a.txt",
        "seeds/left",
        "seed",
        "Seeds/in/a.txt",
        "notes/a.md",
        "anotations/b.md",
    ];
    const MOVABLE: &[&str] = &[
        "seeds/in",
        "seeds/into",
        "_aside",
        "annotations",
        "seeds/left",
        "seeds/_no",
        "seeds",
        "notes",
        "seed",
    ];

    fn reading<'a>(root: &'a Path, out: &'a Path) -> Reading<'a> {
        Reading { root, folders: FOLDERS, out, is_excluded: &|path| path.as_str() == "seeds/left" }
    }

    fn act(root: &Path, act: &Act) -> Vec<PathBuf> {
        let place = |number: usize| root.join(PLACES[number]);
        match *act {
            Act::Write(number, content) => {
                let place = place(number);
                let _ = place.parent().map(fs::create_dir_all);
                let _ = fs::write(&place, [b'a' + content]);
                vec![place]
            }
            Act::Remove(number) => {
                let _ = fs::remove_file(place(number));
                vec![place(number)]
            }
            Act::Rename(from, to) => {
                let _ = fs::rename(place(from), place(to));
                vec![place(from), place(to)]
            }
            Act::MoveFolder(from, to) => {
                let _ = fs::rename(root.join(MOVABLE[from]), root.join(MOVABLE[to]));
                vec![root.join(MOVABLE[from]), root.join(MOVABLE[to])]
            }
        }
    }

    fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
        let (place, folder) = (0..PLACES.len(), 0..MOVABLE.len());
        let act = prop_oneof![
            4 => (place.clone(), 0..3_u8).prop_map(|(number, content)| Act::Write(number, content)),
            1 => place.clone().prop_map(Act::Remove),
            2 => (place.clone(), place).prop_map(|(from, to)| Act::Rename(from, to)),
            1 => (folder.clone(), folder).prop_map(|(from, to)| Act::MoveFolder(from, to)),
        ];
        prop::collection::vec(prop::collection::vec(act, 1..4), 1..12)
    }

    fn shown(inputs: &Inputs) -> String {
        let files = inputs
            .files()
            .map(|(path, file)| format!("{path} {}\n", crate::inputs::hex(&file.hash)))
            .collect::<String>();
        format!("{files}{:?}", inputs.refused)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None,
            ..ProptestConfig::default() })]

        #[test]
        fn a_glance_at_what_is_named_shows_what_a_look_at_the_whole_does(rounds in acts()) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let root = folder.path();
            let out = root.join("public");
            let reading = reading(root, &out);
            for first in 0..PLACES.len() - 2 {
                act(root, &Act::Write(first, 0));
            }
            let mut scan = Scan::default();
            scan.look(&reading, None, SystemTime::now()).expect("readable");
            for round in rounds {
                let named: BTreeSet<PathBuf> = round.iter().flat_map(|step| act(root, step)).collect();
                let scan_paths = scan.scan_paths(&reading, &named, SystemTime::now()).expect("readable");
                let whole = Scan::default().look(&reading, None, SystemTime::now()).expect("readable");
                let seen = scan_paths.unwrap_or_else(|| scan.look(&reading, None, SystemTime::now())
                    .expect("readable"));
                prop_assert_eq!(shown(&seen.inputs), shown(&whole.inputs));
            }
        }
    }

    #[test]
    fn a_glance_knows_what_was_too_large_and_what_a_page_hid() {
        let trial = Trial::new();
        trial.write("seeds/a.txt", "a");
        trial.write("seeds/page.html", "a page that is left out");
        trial.write("seeds/page_files/b.txt", "b");
        let root = trial.folder.path();
        let (large, page) = (root.join("seeds/a.txt"), root.join("seeds/page.html"));
        fs::File::options()
            .write(true)
            .open(&large)
            .and_then(|file| file.set_len(crate::model::limit::FILE_LIMIT + 1))
            .expect("writable");
        let is_excluded = |path: &InputPath| path.as_str() == "seeds/page.html";
        let reading =
            Reading { root, folders: FOLDERS, out: &root.join("public"), is_excluded: &is_excluded };
        let mut scan = Scan::default();
        let seen = scan.look(&reading, None, SystemTime::now()).expect("readable");
        assert_eq!((seen.inputs.files().count(), seen.inputs.refused.len()), (0, 1));
        let mut scan_paths = |place: &Path| {
            scan.scan_paths(&reading, &BTreeSet::from([place.to_owned()]), SystemTime::now())
                .expect("readable")
        };
        fs::write(&large, "small now").expect("writable");
        assert!(scan_paths(&large).is_none());
        fs::remove_file(&page).expect("there");
        assert!(scan_paths(&page).is_none());
    }

    #[test]
    fn a_save_takes_a_glance_and_what_comes_or_goes_a_look() {
        let mut trial = Trial::new();
        trial.write("seeds/a.txt", "a");
        trial.write("seeds/in/b.txt", "b");
        trial.look(later());
        let mut scan_paths = |path: &str| {
            let root = trial.folder.path();
            let out = root.join("public");
            let reading = reading(root, &out);
            let seen = trial
                .scan
                .scan_paths(&reading, &BTreeSet::from([root.join(path)]), SystemTime::now())
                .expect("readable");
            seen.map(|seen| seen.inputs.files().count())
        };
        assert_eq!(scan_paths("seeds/a.txt"), Some(2));
        assert_eq!(scan_paths("seeds/.a.txt.swp"), Some(2), "never read");
        assert_eq!(scan_paths("seeds/4913"), Some(2), "came and went");
        assert_eq!(scan_paths("seeds/left/a.txt"), Some(2), "left out");
        assert_eq!(scan_paths("serve.log"), Some(2), "beside what is read");
        assert_eq!(scan_paths("seeds/in"), None, "a folder");
        assert_eq!(scan_paths("seeds"), None);
        assert_eq!(scan_paths("Seeds/a.txt"), None, "the same on a disk that knows no capitals");
        assert_eq!(scan_paths("casebook.toml"), None);
        assert_eq!(scan_paths("../elsewhere"), None);
    }

    fn later() -> SystemTime {
        SystemTime::now() + Duration::from_secs(60)
    }

    #[test]
    fn what_is_added_changed_and_deleted_is_seen() {
        let mut trial = Trial::new();
        trial.write("seeds/a.txt", "a");
        trial.write("annotations/a.md", "b");
        assert_eq!(trial.look(later()), "+annotations/a.md +seeds/a.txt ");
        assert_eq!(trial.look(later()), "");
        trial.write("seeds/a.txt", "aa");
        trial.write("casebook.toml", "");
        fs::remove_dir_all(trial.folder.path().join("annotations")).expect("removable");
        assert_eq!(trial.look(later()), "+casebook.toml ~seeds/a.txt -annotations/a.md ");
    }

    #[test]
    fn a_touched_file_has_not_changed() {
        let mut trial = Trial::new();
        trial.write("seeds/a.txt", "a");
        trial.look(later());
        trial.write("seeds/a.txt", "a");
        assert_eq!(trial.look(later()), "");
    }

    #[test]
    fn another_content_of_the_same_size_and_time_is_seen() {
        let mut trial = Trial::new();
        trial.write("seeds/a.txt", "one");
        let path = trial.folder.path().join("seeds/a.txt");
        let time = fs::metadata(&path)
            .and_then(|found| found.modified())
            .expect("a time");
        trial.look(later());
        trial.write("seeds/a.txt", "two");
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(time))
            .expect("a time can be set");
        // On Unix by when its numbers changed; elsewhere only while it is fresh.
        if cfg!(unix) {
            assert_eq!(trial.look(later()), "~seeds/a.txt ");
        }
    }

    #[test]
    fn what_was_changed_just_now_is_read_again_until_its_time_has_passed() {
        let mut trial = Trial::new();
        trial.write("seeds/a.txt", "one");
        assert_eq!(trial.look(SystemTime::now()), "+seeds/a.txt *");
        assert_eq!(trial.look(SystemTime::now()), "*");
        assert_eq!(trial.look(later()), "");
        assert_eq!(trial.look(later()), "");
    }

    #[test]
    fn what_differs_is_told_shortly() {
        let inputs =
            |paths: &[&str]| -> Inputs { paths.iter().map(|path| (*path, path.as_bytes())).collect() };
        let words = |old: &[&str], new: &[&str]| Differences::between(&inputs(old), &inputs(new)).in_words();
        assert_eq!(words(&[], &["seeds/a.txt"]), "`seeds/a.txt`");
        assert_eq!(words(&["seeds/b.txt~"], &["seeds/b.txt", "seeds/#b.txt#"]), "`seeds/b.txt`");
        assert_eq!(words(&["seeds/b.txt"], &["seeds/a.txt", "seeds/c.txt"]), "`seeds/a.txt` and 2 more");
    }

    #[test]
    fn scratch_files_beside_what_is_read_pass() {
        let is_passing = |paths: &[&str]| {
            let added = paths.iter().filter_map(|path| InputPath::new(path)).collect();
            Differences { added, ..Differences::default() }.is_passing(&["seeds", "annotations"])
        };
        for path in [
            "seeds/4913",
            "annotations/a.md~",
            "annotations/#a.md#",
            "seeds/x/a.txt___jb_tmp___",
            "seeds/a.html.crdownload",
        ] {
            assert!(is_passing(&[path]), "{path}");
        }
        for path in
            ["seeds/a.txt", "annotations/a.md", "templates/assets/x.tmp", "seeds/a.tmp.md", "casebook.toml"]
        {
            assert!(!is_passing(&[path, "seeds/a.txt~"]), "{path}");
        }
    }

    #[test]
    fn a_file_that_is_gone_or_empty_may_be_half_of_a_save() {
        let inputs = |text: &str| -> Inputs { [("seeds/a.txt", text.as_bytes())].into_iter().collect() };
        let half_done = |old: &Inputs, new: &Inputs| Differences::between(old, new).half_done(new).count();
        assert_eq!(half_done(&inputs("a"), &Inputs::default()), 1);
        assert_eq!(half_done(&inputs("a"), &inputs("")), 1);
        assert_eq!(half_done(&Inputs::default(), &inputs("")), 1);
        assert_eq!(half_done(&inputs("a"), &inputs("b")), 0);
        assert_eq!(half_done(&Inputs::default(), &inputs("a")), 0);
    }

    #[test]
    fn each_half_of_a_save_is_given_its_own_time_and_all_together_not_for_ever() {
        let paths: Vec<InputPath> = ["a", "b", "c"]
            .iter()
            .filter_map(|path| InputPath::new(path))
            .collect();
        let start = Instant::now();
        let at = |tenths: u32| start + GRACE * tenths / 10;
        let mut halves = PartialSaves::default();
        assert_eq!(halves.wait(paths[..1].iter(), at(0)), Some(at(10)));
        assert_eq!(halves.wait(paths[..2].iter(), at(9)), Some(at(10)));
        assert_eq!(halves.wait(paths[..2].iter(), at(11)), Some(at(19)));
        assert_eq!(halves.wait(paths[..2].iter(), at(20)), None);
        // One that came back begins anew
        assert_eq!(halves.wait(paths[..0].iter(), at(21)), None);
        assert_eq!(halves.wait(paths[..1].iter(), at(22)), Some(at(32)));
        // Others follow and follow
        let mut tenths = 22;
        while halves
            .wait(paths[(tenths % 3) as usize..][..1].iter(), at(tenths))
            .is_some()
        {
            tenths += 5;
        }
        assert!((62..=72).contains(&tenths), "{tenths}");
    }
}
