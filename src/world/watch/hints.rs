//! What the system tells of changes in the dossier's folder, taken as a hint to look and never as more: what
//! happened to a file is left to the scan, and which files these are is asked of the whole folder too, soon
//! after those that were named.
//!
//! The dossier's own folder is listened to by itself, so that one of those within it that is removed and made
//! again is seen; seeds, annotations and templates with all that is in them. A watch dies with the folder
//! that it was set on, so after each look at the whole the folders are compared with those that were being
//! listened to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::event::EventKind;
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::mounts;
use super::scan::{Stamp, identity};

/// What is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something changed, or may have: what lies at these paths, or anything where it is not said.
    Hint(Option<Vec<PathBuf>>),
    /// Nothing will be heard from now on, and why.
    Deaf(String),
}

/// An ear at the dossier's folder.
pub struct Hints {
    watcher: RecommendedWatcher,
    root: PathBuf,
    /// What is listened to with all that is in it, and what it was then.
    folders: Vec<PathBuf>,
    known: BTreeMap<PathBuf, Option<Stamp>>,
}

impl Hints {
    /// Listens. `folders`: those that are read, in `root`; `ours`: what we write to ourselves. `Err`: why
    /// nothing can be heard.
    pub fn start(
        root: &Path,
        folders: Vec<PathBuf>,
        ours: Vec<PathBuf>,
        tell: impl Fn(Heard) + Send + 'static,
    ) -> Result<Hints, String> {
        let root = root.canonicalize().map_err(|cause| cause.to_string())?;
        if let Some(why) = std::fs::read_to_string("/proc/self/mountinfo")
            .ok()
            .and_then(|mounts| mounts::deaf(&mounts, &root))
        {
            return Err(format!("changes in {why} are not announced"));
        }
        let told = move |event: notify::Result<Event>| match event {
            Ok(event) if is_hint(&event, &ours) => tell(Heard::Hint(named(event))),
            Ok(_) => {}
            Err(error) => tell(heard(&error)),
        };
        // A link that is followed would give what it leads to a second name, and only the last one is told.
        let manner = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(told, manner).map_err(|error| why(&error))?;
        let mut hints = Hints { watcher, root, folders, known: BTreeMap::new() };
        hints.listen()?;
        Ok(hints)
    }

    /// Listens to what came since, and to what is another folder of the same name now. Whether anything was:
    /// then changes in it may have been missed, and it has to be looked at once more.
    pub fn follow(&mut self, seen: &BTreeMap<PathBuf, Option<Stamp>>) -> Result<bool, String> {
        let mut now = seen.clone();
        now.insert(self.root.clone(), identity(&self.root));
        if now == self.known {
            return Ok(false);
        }
        let is_first = self.known.is_empty();
        self.known = now;
        self.listen()?;
        Ok(!is_first)
    }

    fn listen(&mut self) -> Result<(), String> {
        let folders = self.folders.iter().map(|folder| (folder, RecursiveMode::Recursive));
        for (folder, mode) in [(&self.root, RecursiveMode::NonRecursive)].into_iter().chain(folders) {
            let _ = self.watcher.unwatch(folder); // not listened to yet, or gone
            if !folder.is_dir() {
                continue; // its making is heard in the folder above
            }
            match self.watcher.watch(folder, mode) {
                // Removed between the two lines
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                Err(error) => return Err(why(&error)),
                Ok(()) => {}
            }
        }
        Ok(())
    }
}

/// Whether an event is worth a look. Reading a file is told too, and would wake us for ever; kinds are not
/// looked at otherwise, since editors and systems have found every way to save a file.
fn is_hint(event: &Event, ours: &[PathBuf]) -> bool {
    let is_foreign = |path: &PathBuf| !ours.iter().any(|folder| path != folder && path.starts_with(folder));
    event.need_rescan()
        || (!matches!(event.kind, EventKind::Access(_))
            && (event.paths.is_empty() || event.paths.iter().any(is_foreign)))
}

/// What an event says it is about.
fn named(event: Event) -> Option<Vec<PathBuf>> {
    (!event.need_rescan() && !event.paths.is_empty()).then_some(event.paths)
}

/// An error while listening: a hint where it concerns one path, which a look finds out about; else the end of
/// hearing.
fn heard(error: &notify::Error) -> Heard {
    match error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::Generic(_) => Heard::Hint(None),
        ErrorKind::Io(ref cause) if cause.kind() == std::io::ErrorKind::NotFound => Heard::Hint(None),
        ErrorKind::Io(_) | ErrorKind::MaxFilesWatch | ErrorKind::InvalidConfig(_) => Heard::Deaf(why(error)),
    }
}

/// Why nothing can be heard, with the remedy where there is one.
fn why(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (raise `fs.inotify.max_user_watches`)"
                .to_owned()
        }
        // EMFILE: the number of watchers of one user
        ErrorKind::Io(cause) if cause.raw_os_error() == Some(24) => {
            "the system's limit of watchers is reached (raise `fs.inotify.max_user_instances`)".to_owned()
        }
        ErrorKind::Io(cause) => format!("the system does not announce changes here: {cause}"),
        _ => format!("the system does not announce changes here: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, Flag, ModifyKind};

    #[test]
    fn reading_and_our_own_writing_are_no_hints() {
        let ours = [PathBuf::from("/d/public"), PathBuf::from("/d/.casebook")];
        let event = |kind: EventKind, path: &str| Event::new(kind).add_path(path.into());
        assert!(is_hint(&event(EventKind::Create(CreateKind::File), "/d/seeds/a.txt"), &ours));
        assert!(is_hint(&event(EventKind::Modify(ModifyKind::Any), "/d/casebook.toml"), &ours));
        assert!(is_hint(&event(EventKind::Other, "/d/seeds"), &ours));
        assert!(is_hint(&event(EventKind::Any, "/d/publications"), &ours));
        assert!(is_hint(&event(EventKind::Any, "/d/public"), &ours), "the output is gone");
        assert!(!is_hint(&event(EventKind::Access(AccessKind::Any), "/d/seeds/a.txt"), &ours));
        assert!(!is_hint(&event(EventKind::Create(CreateKind::File), "/d/public/index.html"), &ours));
        assert!(!is_hint(&event(EventKind::Modify(ModifyKind::Any), "/d/.casebook/published"), &ours));
    }

    #[test]
    fn a_full_queue_is_a_hint_whatever_it_names() {
        let full = Event::new(EventKind::Other)
            .set_flag(Flag::Rescan)
            .add_path("/d/seeds/a.txt".into());
        assert!(is_hint(&full, &[]));
        assert_eq!(named(full), None);
    }

    #[test]
    fn limits_end_hearing_and_say_what_to_raise() {
        let deaf = heard(&notify::Error::new(ErrorKind::MaxFilesWatch));
        assert!(matches!(deaf, Heard::Deaf(why) if why.contains("fs.inotify.max_user_watches")));
        assert_eq!(heard(&notify::Error::path_not_found()), Heard::Hint(None));
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_that_is_linked_to_is_told_of_by_its_own_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("there");
        let [seeds, annotations] = ["seeds", "annotations"].map(|name| root.join(name));
        for folder in [&seeds, &annotations] {
            std::fs::create_dir(folder).expect("writable");
        }
        std::os::unix::fs::symlink("../seeds", annotations.join("_seeds")).expect("links can be made");
        let (tell, heard) = std::sync::mpsc::channel();
        let hints = Hints::start(&root, vec![seeds.clone(), annotations], Vec::new(), move |heard| {
            drop(tell.send(heard))
        });
        let Ok(_hints) = hints else { return }; // where nothing is announced, nothing is named
        std::fs::write(seeds.join("a.txt"), "a").expect("writable");
        let named = heard.iter().find_map(|heard| match heard {
            Heard::Hint(Some(paths)) => paths.into_iter().find(|path| path.ends_with("a.txt")),
            Heard::Hint(None) | Heard::Deaf(_) => None,
        });
        assert_eq!(named, Some(seeds.join("a.txt")));
    }
}
