//! Promise 4: a build that is killed, or runs out of disk, leaves no torn file; the next one leaves exactly
//! what a clean build would. And: never a file is touched that is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use casebook::inputs::Hash;
use casebook::model::path::SitePath;
use casebook::report::diagnostic::{Code, Diagnostic, Severity};
use casebook::world::cache_dir::CacheDir;
use casebook::world::publish::file_ops::{Disk, FileOps};
use casebook::world::publish::folder::OutFolder;
use casebook::world::publish::site::{Changes, Outcome, Site, try_every_page};
use casebook::world::publish::standing::Standing;
use casebook::world::publish::{place, publish, publish_again, recover, rehearse};
use casebook::world::stop::Stop;
use tempfile::TempDir;

/// Files of a folder and their contents, by path. `.casebook.json` is left out; everything else that we might
/// leave behind is not.
type Tree = BTreeMap<String, String>;

static TEMPLATE: Code = Code { name: "template", severity: Severity::Error, summary: "a template fails" };

/// The text of a page whose template fails.
const UNMADE: &str = "cannot be made";

struct Pages {
    files: Tree,
    rendered: AtomicUsize,
    /// Whether fingerprints are offered: here simply the hash of the bytes.
    remembers: bool,
    /// Whether the index may wait.
    waits: bool,
}

impl Pages {
    fn of(files: &[(&str, &str)]) -> Pages {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        Pages { files, rendered: AtomicUsize::new(0), remembers: false, waits: false }
    }
}

impl Site for Pages {
    fn files(&self) -> Vec<SitePath> {
        self.files
            .keys()
            .map(|path| SitePath::new(path).expect("a test's path stays inside"))
            .collect()
    }

    fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.rendered.fetch_add(1, Ordering::Relaxed);
        match self.files[path.as_str()].as_str() {
            UNMADE => Err(Box::new(Diagnostic::nowhere(&TEMPLATE, "a template fails"))),
            text => Ok(text.as_bytes().to_vec()),
        }
    }

    fn fingerprint(&self, path: &SitePath) -> Option<Hash> {
        self.remembers
            .then(|| *blake3::hash(self.files[path.as_str()].as_bytes()).as_bytes())
    }

    /// Half of it says which files there are.
    fn state(&self) -> Option<Hash> {
        let hash = |text: String| *blake3::hash(text.as_bytes()).as_bytes();
        let (names, all) = (hash(format!("{:?}", self.files.keys())), hash(format!("{:?}", self.files)));
        self.remembers
            .then(|| std::array::from_fn(|at| if at < 16 { names[at] } else { all[at] }))
    }

    fn since(&self, earlier: &Hash) -> Option<Vec<SitePath>> {
        self.state()
            .filter(|state| state[..16] == earlier[..16])
            .map(|_| self.files())
    }

    fn may_wait(&self, path: &SitePath) -> bool {
        self.waits && path.as_str() == "index.html"
    }
}

/// A dossier with an output folder, for one test.
struct Dossier(TempDir);

impl Dossier {
    fn new() -> Dossier {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("seeds")).expect("writable");
        Dossier(folder)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn place(&self, out: &str) -> Result<OutFolder, Stop> {
        let inputs = ["seeds", "annotations", "templates"].map(|folder| self.root().join(folder));
        place::check(&self.root().join(out), out.to_owned(), self.root(), &inputs, None)
    }

    fn publish_with(&self, site: &Pages, file_ops: &dyn FileOps) -> Result<Changes, Stop> {
        publish(site, &self.place("public")?, &CacheDir::of(self.root()), file_ops, &|| ()).map(changes)
    }

    /// Publishes as who does it again and again.
    fn touch_with(
        &self,
        site: &Pages,
        standing: &mut Option<Standing>,
        file_ops: &dyn FileOps,
    ) -> Result<Changes, Stop> {
        publish_again(site, &self.place("public")?, &CacheDir::of(self.root()), file_ops, standing, &|| ())
            .map(changes)
    }

    fn touch(&self, site: &Pages, standing: &mut Option<Standing>) -> Changes {
        self.touch_with(site, standing, &Disk).expect("nothing is in the way")
    }

    fn record(&self) -> String {
        fs::read_to_string(self.public().join(".casebook.json")).expect("there")
    }

    fn rehearse(&self, site: &Pages) -> Changes {
        changes(
            rehearse(site, &self.place("public").expect("free"), &CacheDir::of(self.root()))
                .expect("nothing is in the way"),
        )
    }

    fn publish(&self, site: &Pages) -> Changes {
        self.publish_with(site, &Disk).expect("nothing is in the way")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn tree(&self) -> Tree {
        tree(&self.public())
    }
}

fn changes(outcome: Outcome) -> Changes {
    match outcome {
        Outcome::Done(changes) => changes,
        Outcome::Mistakes(mistakes) => panic!("a page could not be made: {mistakes:?}"),
    }
}

fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        let mut empty = true;
        for entry in entries {
            let path = entry.expect("readable").path();
            empty = false;
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != ".casebook.json") {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned());
            }
        }
        if empty && next != folder {
            files.insert(
                format!("{}/", next.strip_prefix(folder).expect("below").display()),
                "an empty folder".to_owned(),
            );
        }
    }
    files
}

fn names(paths: &[SitePath]) -> Vec<&str> {
    paths.iter().map(SitePath::as_str).collect()
}

const OLD: &[(&str, &str)] = &[
    (".nojekyll", ""),
    ("assets/style.css", "old style"),
    ("claims.html", "stays"),
    ("index.html", "old index"),
    ("sources/a.html", "old a"),
    ("sources/b.html", "old b"),
    ("topics/gone.html", "old topic"),
    ("x", "a file where a folder will be"),
    ("y/z.html", "a folder where a file will be"),
];

const NEW: &[(&str, &str)] = &[
    (".nojekyll", ""),
    ("assets/style.css", "new style"),
    ("claims.html", "stays"),
    ("index.html", "new index"),
    ("sources/a.html", "new a"),
    ("sources/c.html", "new c"),
    ("timeline/2025.html", "new"),
    ("x/deep/page.html", "new"),
    ("y", "new"),
];

#[test]
fn only_what_differs_is_written_and_what_is_not_listed_any_more_is_deleted() {
    let dossier = Dossier::new();
    assert_eq!(dossier.publish(&Pages::of(OLD)).added.len(), OLD.len());
    let times = |path: &str| {
        fs::metadata(dossier.public().join(path))
            .and_then(|found| found.modified())
            .expect("there")
    };
    let before = times("claims.html");
    let changes = dossier.publish(&Pages::of(NEW));
    assert_eq!(names(&changes.added), ["sources/c.html", "timeline/2025.html", "x/deep/page.html", "y"]);
    assert_eq!(names(&changes.changed), ["assets/style.css", "index.html", "sources/a.html"]);
    assert_eq!(names(&changes.deleted), ["sources/b.html", "topics/gone.html", "x", "y/z.html"]);
    assert_eq!(names(&changes.kept), [".nojekyll", "claims.html"]);
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
    assert_eq!(times("claims.html"), before);
}

#[test]
fn a_second_run_writes_nothing_and_needs_no_page_made_where_fingerprints_are_known() {
    let dossier = Dossier::new();
    let site = Pages { remembers: true, ..Pages::of(NEW) };
    dossier.publish(&site);
    let manifest = fs::metadata(dossier.public().join(".casebook.json"))
        .and_then(|found| found.modified())
        .expect("there");
    site.rendered.store(0, Ordering::Relaxed);
    let changes = dossier.publish(&site);
    assert_eq!((changes.count(), changes.kept.len()), (0, NEW.len()));
    assert_eq!(site.rendered.load(Ordering::Relaxed), 0);
    let after = fs::metadata(dossier.public().join(".casebook.json"))
        .and_then(|found| found.modified())
        .expect("there");
    assert_eq!(manifest, after, "the manifest is not written again either");
}

#[test]
fn a_file_that_may_wait_stays_as_it_is_until_a_run_that_does_not_wait() {
    let page = |waits: bool, index: &str, page: &str| Pages {
        remembers: true,
        waits,
        ..Pages::of(&[("assets/style.css", "style"), ("index.html", index), ("sources/a.html", page)])
    };
    let dossier = Dossier::new();
    assert_eq!(dossier.publish(&page(true, "1", "1")).added.len(), 3, "what is not there cannot wait");
    let changes = dossier.publish(&page(true, "2", "2"));
    assert_eq!(
        (names(&changes.changed), names(&changes.waiting)),
        (vec!["sources/a.html"], vec!["index.html"])
    );
    assert_eq!(dossier.tree(), page(true, "1", "2").files);
    // Nothing else differs, and it still waits: that it is old is not forgotten.
    let changes = dossier.publish(&page(true, "2", "2"));
    assert_eq!((changes.count(), names(&changes.waiting)), (0, vec!["index.html"]));
    let changes = dossier.publish(&page(false, "2", "2"));
    assert_eq!(names(&changes.changed), ["index.html"]);
    assert_eq!(dossier.tree(), page(false, "2", "2").files);
    assert!(dossier.publish(&page(true, "2", "2")).waiting.is_empty());
    // One that somebody changed is not what an earlier run left: it is written at once.
    dossier.write("public/index.html", "mine");
    assert_eq!(names(&dossier.publish(&page(true, "2", "2")).changed), ["index.html"]);
}

/// A site of four files, of which the index may wait.
fn touched(waits: bool, index: &str, a: &str, b: &str) -> Pages {
    let files =
        [("assets/style.css", "style"), ("index.html", index), ("sources/a.html", a), ("sources/b.html", b)];
    Pages { remembers: true, waits, ..Pages::of(&files) }
}

#[test]
fn who_publishes_again_brings_what_differs_and_looks_at_nothing_else() {
    let dossier = Dossier::new();
    let mut standing = None;
    dossier.touch(&touched(true, "1", "1", "1"), &mut standing);
    let record = dossier.record();
    dossier.write("public/sources/b.html", "somebody's");
    let site = touched(true, "2", "2", "1");
    let changes = dossier.touch(&site, &mut standing);
    assert_eq!(
        (names(&changes.changed), names(&changes.waiting)),
        (vec!["sources/a.html"], vec!["index.html"])
    );
    assert!(changes.kept.is_empty());
    assert_eq!(site.rendered.load(Ordering::Relaxed), 1);
    assert_eq!(dossier.tree(), touched(true, "1", "2", "somebody's").files);
    assert_eq!(dossier.record(), record, "the whole run that follows writes it");
    let changes = dossier.touch(&touched(false, "2", "2", "1"), &mut standing);
    assert_eq!(names(&changes.changed), ["index.html", "sources/b.html"]);
    // The same as of one run, and known as such to the next.
    let (clean, site) = (Dossier::new(), touched(false, "2", "2", "1"));
    clean.publish(&site);
    assert_eq!((dossier.tree(), dossier.record()), (clean.tree(), clean.record()));
    site.rendered.store(0, Ordering::Relaxed);
    assert_eq!((dossier.publish(&site).count(), site.rendered.load(Ordering::Relaxed)), (0, 0));
}

#[test]
fn a_record_that_is_old_is_brought_although_no_file_differs() {
    let dossier = Dossier::new();
    let mut standing = None;
    dossier.touch(&touched(true, "1", "1", "1"), &mut standing);
    dossier.touch(&touched(true, "2", "2", "1"), &mut standing);
    // The index turns out to be the same after all.
    dossier.touch(&touched(false, "1", "2", "1"), &mut standing);
    let clean = Dossier::new();
    clean.publish(&touched(false, "1", "2", "1"));
    assert_eq!((dossier.tree(), dossier.record()), (clean.tree(), clean.record()));
}

#[test]
fn what_is_known_of_the_output_counts_only_while_nobody_else_publishes_there() {
    let dossier = Dossier::new();
    let mut standing = None;
    dossier.touch(&touched(true, "1", "1", "1"), &mut standing);
    dossier.publish(&touched(false, "9", "9", "9"));
    dossier.touch(&touched(true, "1", "2", "1"), &mut standing);
    assert_eq!(dossier.tree(), touched(true, "9", "2", "1").files, "b.html was not known to differ");
    // Pages that somebody touched, that come, that go, and a site of which nothing waits, take a whole run.
    dossier.write("public/sources/a.html", "somebody's");
    let whole = touched(true, "3", "3", "2");
    dossier.touch(&whole, &mut standing);
    assert_eq!(dossier.tree(), touched(true, "9", "3", "2").files);
    let more = Pages { remembers: true, waits: true, ..Pages::of(NEW) };
    dossier.touch(&more, &mut standing);
    assert_eq!(dossier.tree(), more.files);
    dossier.touch(&whole, &mut standing);
    assert_eq!(dossier.tree(), whole.files);
    fs::remove_dir_all(dossier.public()).expect("there");
    dossier.touch(&touched(true, "4", "4", "4"), &mut standing);
    assert_eq!(dossier.tree(), touched(true, "4", "4", "4").files);
}

#[test]
fn a_touch_that_fails_at_any_step_leaves_whole_files_and_the_next_run_a_clean_site() {
    at_every_step(|failing, step| {
        let dossier = Dossier::new();
        let mut standing = None;
        let (old, new) = (touched(true, "1", "1", "1"), touched(true, "2", "2", "2"));
        dossier.touch(&old, &mut standing);
        let failed = dossier.touch_with(&new, &mut standing, &failing);
        let found = dossier.tree();
        for (path, text) in old.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            assert!(found[path] == *text || found[path] == new.files[path], "step {step}: {path}");
        }
        // The same run, or another one that knows nothing of it.
        let last = touched(step % 2 == 0, "2", "3", "2");
        match step % 2 {
            0 => dossier.touch(&last, &mut standing),
            _ => dossier.publish(&last),
        };
        dossier.publish(&touched(false, "2", "3", "2"));
        let mut found = dossier.tree();
        found.remove(".casebook.lock");
        assert_eq!(found, last.files, "step {step}");
        failed.is_err()
    });
}

#[test]
fn where_pages_come_or_go_nothing_waits() {
    let site = |files: &[(&str, &str)]| Pages { remembers: true, waits: true, ..Pages::of(files) };
    let dossier = Dossier::new();
    dossier.publish(&site(&[("index.html", "a"), ("sources/a.html", "a")]));
    let changes =
        dossier.publish(&site(&[("index.html", "a b"), ("sources/a.html", "a"), ("sources/b.html", "b")]));
    assert_eq!(
        (names(&changes.added), names(&changes.changed)),
        (vec!["sources/b.html"], vec!["index.html"])
    );
    let changes = dossier.publish(&site(&[("index.html", "b"), ("sources/b.html", "b")]));
    assert_eq!(
        (names(&changes.deleted), names(&changes.changed)),
        (vec!["sources/a.html"], vec!["index.html"])
    );
}

#[test]
fn the_output_is_the_same_with_and_without_the_memory_and_says_nothing_of_the_machine() {
    let (with, without) = (Dossier::new(), Dossier::new());
    for site in [OLD, NEW] {
        with.publish(&Pages::of(site));
        let _ = fs::remove_dir_all(without.root().join(".casebook")); // not there the first time
        without.publish(&Pages::of(site));
    }
    let manifest =
        |dossier: &Dossier| fs::read_to_string(dossier.public().join(".casebook.json")).expect("there");
    assert_eq!(manifest(&with), manifest(&without));
    assert!(!manifest(&with).contains(&*with.root().to_string_lossy()));
    assert_eq!(without.tree(), with.tree());
}

#[test]
fn a_file_that_somebody_changed_is_written_again() {
    let dossier = Dossier::new();
    let site = Pages { remembers: true, ..Pages::of(OLD) };
    dossier.publish(&site);
    dossier.write("public/sources/a.html", "edited by hand");
    dossier.write("public/sources/b.html", "dlo b"); // the same size
    fs::remove_file(dossier.public().join("index.html")).expect("there");
    let changes = dossier.publish(&site);
    assert_eq!(names(&changes.changed), ["index.html", "sources/a.html", "sources/b.html"]);
    assert_eq!(dossier.tree(), site.files);
}

#[test]
fn a_touched_file_with_the_same_bytes_is_left_as_it_is() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/sources/a.html", "old a");
    assert_eq!(dossier.publish(&Pages::of(OLD)).count(), 0);
}

#[test]
fn a_rehearsal_says_what_would_be_done_and_does_nothing() {
    let dossier = Dossier::new();
    assert_eq!(dossier.rehearse(&Pages::of(OLD)).added.len(), OLD.len());
    assert!(!dossier.public().exists() && !dossier.root().join(".casebook").exists());
    dossier.publish(&Pages::of(OLD));
    let told = dossier.rehearse(&Pages::of(NEW));
    assert_eq!(dossier.tree(), Pages::of(OLD).files);
    assert_eq!(dossier.publish(&Pages::of(NEW)), told);
}

#[test]
fn pages_that_cannot_be_made_are_told_once_and_nothing_is_written() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let mut broken = Pages::of(NEW);
    broken.files.insert("index.html".to_owned(), UNMADE.to_owned());
    broken.files.insert("sources/c.html".to_owned(), UNMADE.to_owned());
    let mistakes = vec![Diagnostic::nowhere(&TEMPLATE, "a template fails")];
    let out = dossier.place("public").expect("ours");
    let outcome =
        publish(&broken, &out, &CacheDir::of(dossier.root()), &Disk, &|| ()).expect("the disk is well");
    assert_eq!(outcome, Outcome::Mistakes(mistakes.clone()));
    assert_eq!(
        rehearse(&broken, &out, &CacheDir::of(dossier.root())).expect("the disk is well"),
        Outcome::Mistakes(mistakes.clone())
    );
    assert_eq!(try_every_page(&broken), mistakes);
    assert_eq!(dossier.tree(), Pages::of(OLD).files);
}

#[test]
fn foreign_files_are_never_touched() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let foreign = [
        "public/CNAME",
        "public/topics/mine.html",
        "public/.git/config",
        "public/.htaccess",
        "public/empty/.keep",
    ];
    for path in foreign {
        dossier.write(path, "mine");
    }
    dossier.publish(&Pages::of(NEW));
    let mut expected = Pages::of(NEW).files;
    expected.extend(foreign.map(|path| (path.trim_start_matches("public/").to_owned(), "mine".to_owned())));
    assert_eq!(dossier.tree(), expected);
}

#[test]
fn a_foreign_file_where_a_page_must_go_is_refused_and_nothing_is_written() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/sources/c.html", "mine");
    dossier.write("public/timeline", "mine");
    let before = dossier.tree();
    let stop = dossier
        .publish_with(&Pages::of(NEW), &Disk)
        .expect_err("a file is in the way");
    assert_eq!(stop.code(), 2);
    assert!(
        stop.to_string()
            .contains("public/timeline` is in the way of the site, and is not ours"),
        "{stop}"
    );
    fs::remove_file(dossier.public().join("timeline")).expect("there");
    let stop = dossier
        .publish_with(&Pages::of(NEW), &Disk)
        .expect_err("a file is in the way")
        .to_string();
    assert!(stop.contains("public/sources/c.html` is in the way"), "{stop}");
    dossier.write("public/timeline", "mine");
    assert_eq!(dossier.tree(), before);
}

#[test]
fn an_output_folder_that_is_not_ours_is_refused_with_the_reason() {
    let dossier = Dossier::new();
    for folder in ["seeds", "annotations", "full", "hidden/.git", "nested/.git", "nested/a/b"] {
        fs::create_dir_all(dossier.root().join(folder)).expect("writable");
    }
    dossier.write("full/notes.txt", "mine");
    dossier.write("nested/a/b/c.txt", "mine");
    dossier.write("hidden/.gitkeep", "");
    dossier.write("file", "mine");
    let reason = |out: &str| {
        let stop = dossier.place(out).expect_err("refused");
        assert_eq!(stop.code(), 2);
        let text = stop.to_string();
        let reason = text
            .lines()
            .next()
            .and_then(|line| line.split_once("`: "))
            .map(|(_, reason)| reason.to_owned());
        reason.unwrap_or(text)
    };
    assert_eq!(reason("."), "it holds the dossier itself");
    assert_eq!(reason(".."), "it holds the dossier itself");
    assert_eq!(reason("/"), "it holds the dossier itself");
    assert_eq!(reason("seeds"), "it is `seeds`, which is never written to");
    assert_eq!(reason("seeds/../seeds/site"), "it lies in `seeds`, which is never written to");
    assert_eq!(reason("annotations/x/y"), "it lies in `annotations`, which is never written to");
    assert_eq!(reason("templates"), "it is `templates`, which is never written to");
    assert_eq!(reason(".casebook/out"), "it lies in `.casebook`, which is never written to");
    assert_eq!(reason("full"), "it holds files that are not ours, such as `notes.txt`");
    assert_eq!(reason("nested"), "it holds files that are not ours, such as `a/b/c.txt`");
    assert_eq!(reason("file"), "it is a file");
    assert!(dossier.place("hidden").is_ok());
    assert!(dossier.place("not/there/yet").is_ok());
}

#[test]
fn without_its_manifest_the_folder_is_foreign() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    fs::remove_file(dossier.public().join(".casebook.json")).expect("there");
    assert!(dossier.place("public").is_err());
    dossier.write("public/.casebook.json", "{\"name\": \"somebody else's\"}");
    assert!(dossier.place("public").is_err());
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_output() {
    use std::os::unix::fs::symlink;
    let dossier = Dossier::new();
    dossier.write("elsewhere/a.html", "mine");
    symlink(dossier.root().join("elsewhere"), dossier.public()).expect("links are possible");
    let stop = dossier.place("public").expect_err("a link").to_string();
    assert!(stop.contains("it is a symbolic link"), "{stop}");
    fs::remove_file(dossier.public()).expect("there");

    dossier.publish(&Pages::of(OLD));
    fs::rename(dossier.public().join("sources"), dossier.root().join("moved")).expect("movable");
    symlink(dossier.root().join("moved"), dossier.public().join("sources")).expect("links are possible");
    let stop = dossier
        .publish_with(&Pages::of(NEW), &Disk)
        .expect_err("a link is in the way")
        .to_string();
    assert!(stop.contains("public/sources` is in the way"), "{stop}");
    let stop = dossier
        .publish_with(&Pages::of(&[("index.html", "alone")]), &Disk)
        .expect_err("deleting would lead out")
        .to_string();
    assert!(stop.contains("public/sources` is a symbolic link"), "{stop}");
    assert_eq!(tree(&dossier.root().join("moved")).len(), 2);
    assert_eq!(tree(&dossier.root().join("elsewhere")).len(), 1);
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_touch_out_of_the_output() {
    let dossier = Dossier::new();
    let mut standing = None;
    dossier.touch(&touched(true, "1", "1", "1"), &mut standing);
    fs::rename(dossier.public().join("sources"), dossier.root().join("moved")).expect("movable");
    std::os::unix::fs::symlink(dossier.root().join("moved"), dossier.public().join("sources"))
        .expect("links are possible");
    let stop = dossier
        .touch_with(&touched(true, "2", "2", "1"), &mut standing, &Disk)
        .expect_err("a link")
        .to_string();
    assert!(stop.contains("public/sources` is in the way"), "{stop}");
    assert_eq!(tree(&dossier.root().join("moved"))["a.html"], "1");
}

#[test]
fn two_paths_that_a_disk_may_take_for_one_are_refused() {
    let dossier = Dossier::new();
    let stop = dossier
        .publish_with(&Pages::of(&[("a/Index.html", "1"), ("a/index.html", "2")]), &Disk)
        .expect_err("one file on many disks");
    assert!(stop.to_string().contains("`a/Index.html` and `a/index.html`"), "{stop}");
    let stop = dossier
        .publish_with(&Pages::of(&[("a", "1"), ("A/b.html", "2")]), &Disk)
        .expect_err("a file and a folder");
    assert!(stop.to_string().contains("as a file, and as a folder"), "{stop}");
}

#[test]
fn a_change_of_capitals_leaves_the_new_name_alone() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(&[("media/A.png", "1"), ("index.html", "1")]));
    dossier.publish(&Pages::of(&[("media/a.png", "1"), ("index.html", "1")]));
    assert_eq!(dossier.tree(), Pages::of(&[("media/a.png", "1"), ("index.html", "1")]).files);
}

/// The disk, until its n-th change: then it fails, once or for good. A write that fails leaves half a file.
struct Failing {
    left: AtomicUsize,
    for_good: bool,
    exchanges: bool,
}

impl Failing {
    fn at(step: usize, for_good: bool, exchanges: bool) -> Failing {
        Failing { left: AtomicUsize::new(step), for_good, exchanges }
    }

    fn step(&self) -> io::Result<()> {
        let left = self.left.load(Ordering::Relaxed);
        let next = if left == 0 && !self.for_good { usize::MAX } else { left.saturating_sub(1) };
        self.left.store(next, Ordering::Relaxed);
        if left == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl FileOps for Failing {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.create_folder(path))
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let done = self.step();
        Disk.write_new(path, if done.is_ok() { bytes } else { &bytes[..bytes.len() / 2] })
            .and(done)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.sync(path))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.rename(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove_file(path))
    }
    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove_empty_folder(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove_folder(path))
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.link(from, to))
    }
    fn try_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.try_folder(path))
    }
    fn try_file(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.try_file(path))
    }
    fn exchanges(&self) -> bool {
        self.exchanges && Disk.exchanges()
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.exchange(one, other))
    }
}

/// The disk, and in which order it was changed: `->` and the last part of where a file was moved to, `-` and
/// what was deleted, `sync` and what was synced.
struct Recording(Mutex<Vec<String>>);

impl Recording {
    fn note(&self, what: &str, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.0
            .lock()
            .expect("no test panics while it notes")
            .push(format!("{what} {name}"));
    }
}

impl FileOps for Recording {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        Disk.create_folder(path)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write_new(path, bytes)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.note("sync", path);
        Disk.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.note("->", to);
        Disk.rename(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.note("-", path);
        Disk.remove_file(path)
    }
    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        Disk.remove_empty_folder(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.note("-", path);
        Disk.remove_folder(path)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.link(from, to)
    }
    fn try_folder(&self, path: &Path) -> io::Result<()> {
        Disk.try_folder(path)
    }
    fn try_file(&self, path: &Path) -> io::Result<()> {
        Disk.try_file(path)
    }
    fn exchanges(&self) -> bool {
        false
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        Disk.exchange(one, other)
    }
}

#[test]
fn the_journal_is_on_the_disk_before_the_first_move_and_no_page_comes_before_what_it_needs() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let recording = Recording(Mutex::default());
    dossier
        .publish_with(&Pages::of(NEW), &recording)
        .expect("nothing is in the way");
    let steps = recording.0.into_inner().expect("no test panics while it notes");
    let expected = [
        "sync manifest",
        "sync journal.part",
        "-> journal",
        "sync .casebook.new",
        // assets; `y` is no page, and the old folder of its name goes first
        "-> style.css",
        "- z.html",
        "-> y",
        // pages; the old file `x` makes room
        "-> a.html",
        "-> c.html",
        "-> 2025.html",
        "- x",
        "-> page.html",
        // indexes
        "-> index.html",
        // what is not listed any more
        "- b.html",
        "- gone.html",
        "sync public",
        "-> .casebook.json",
        "- .casebook.new",
        "- .casebook.lock",
    ];
    assert_eq!(steps, expected);
}

/// Runs `try_it` with the disk failing at its first change, its second, and so on until a run has none.
fn at_every_step(mut try_it: impl FnMut(Failing, usize) -> bool) {
    for (for_good, exchanges) in [(true, false), (false, false), (true, true), (false, true)] {
        let steps = (0..1000)
            .take_while(|&step| try_it(Failing::at(step, for_good, exchanges), step))
            .count();
        assert!(steps < 1000, "it fails although the disk does not");
        assert!(steps >= 8, "only {steps} changes were made to fail: does the test still reach the disk?");
    }
}

/// What a reader may find after a failure: of every file the old bytes or the new ones, whole.
fn assert_whole(found: &Tree, step: usize) {
    let (old, new) = (Pages::of(OLD).files, Pages::of(NEW).files);
    for (path, text) in found
        .iter()
        .filter(|(path, _)| !path.starts_with(".casebook") && !path.ends_with('/'))
    {
        assert!(
            old.get(path) == Some(text) || new.get(path) == Some(text),
            "step {step}: `{path}` is torn: {text:?}"
        );
    }
    let gone: BTreeSet<_> = old
        .keys()
        .filter(|path| new.contains_key(*path) && !found.contains_key(*path))
        .collect();
    assert!(gone.is_empty(), "step {step}: gone although both sites have them: {gone:?}");
}

#[test]
fn a_failure_at_any_step_leaves_whole_files_and_the_next_run_a_clean_site() {
    at_every_step(|failing, step| {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        dossier.write("public/CNAME", "mine");
        let failed = dossier.publish_with(&Pages::of(NEW), &failing);
        let mut found = dossier.tree();
        assert_eq!(found.remove("CNAME").as_deref(), Some("mine"));
        assert_whole(&found, step);
        if let Err(stop) = &failed {
            assert_eq!(stop.code(), 4);
            let text = stop.to_string();
            assert!(text.starts_with("cannot "), "{text}");
            if text.contains("is as it was") && !failing.for_good {
                assert_eq!(found, Pages::of(OLD).files, "step {step}: the old site, and nothing left behind");
            }
        }
        dossier.publish(&Pages::of(NEW));
        let mut after = dossier.tree();
        after.remove("CNAME");
        assert_eq!(after, Pages::of(NEW).files, "step {step}");
        assert_eq!(dossier.publish(&Pages::of(NEW)).count(), 0, "step {step}");
        failed.is_err()
    });
}

#[test]
fn a_first_build_that_dies_at_any_step_does_not_make_the_folder_foreign() {
    at_every_step(|failing, step| {
        let dossier = Dossier::new();
        let failed = dossier.publish_with(&Pages::of(NEW), &failing);
        assert_whole_or_absent(&dossier.tree(), step);
        dossier.publish(&Pages::of(NEW));
        assert_eq!(dossier.tree(), Pages::of(NEW).files, "step {step}");
        failed.is_err()
    });
}

fn assert_whole_or_absent(found: &Tree, step: usize) {
    let new = Pages::of(NEW).files;
    for (path, text) in found
        .iter()
        .filter(|(path, _)| !path.starts_with(".casebook") && !path.ends_with('/'))
    {
        assert_eq!(new.get(path), Some(text), "step {step}: `{path}`");
    }
}

#[test]
fn whatever_the_next_run_is_it_completes_the_move_or_leaves_the_old_site() {
    at_every_step(|failing, step| {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        let failed = dossier.publish_with(&Pages::of(NEW), &failing);
        let out = dossier.place("public").expect("ours at every step");
        recover(&out, &CacheDir::of(dossier.root()), &Disk, &|| ()).expect("the disk is well again");
        let mut found = dossier.tree();
        found.remove(".casebook.lock"); // of a run that died: the next that publishes takes it over
        found.retain(|path, _| !path.ends_with('/'));
        assert!([OLD, NEW].iter().any(|site| found == Pages::of(site).files), "step {step}: {found:#?}");
        failed.is_err()
    });
}

/// A dossier whose second build died at its n-th change.
fn died_at(step: usize) -> Dossier {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier
        .publish_with(&Pages::of(NEW), &Failing::at(step, true, false))
        .expect_err("it dies");
    dossier
}

/// A dossier whose second build died some changes after its journal was in place.
fn dead_in_the_move(changes: usize) -> Dossier {
    static FIRST: OnceLock<usize> = OnceLock::new();
    let has_journal = |dossier: &Dossier| dossier.public().join(".casebook.new/journal").exists();
    let find = || {
        (0..1000)
            .find(|&step| has_journal(&died_at(step)))
            .expect("a build that changes something writes a journal")
    };
    let dossier = died_at(FIRST.get_or_init(find) + changes);
    assert!(has_journal(&dossier), "the move was over");
    dossier
}

#[test]
fn a_recovery_that_fails_at_any_step_can_be_recovered_from() {
    at_every_step(|failing, step| {
        let dossier = dead_in_the_move(4);
        let out = dossier.place("public").expect("ours");
        let failed = recover(&out, &CacheDir::of(dossier.root()), &failing, &|| ());
        assert_whole(&dossier.tree(), step);
        dossier.publish(&Pages::of(NEW));
        assert_eq!(dossier.tree(), Pages::of(NEW).files, "step {step}");
        failed.is_err()
    });
}

#[test]
fn a_file_whose_content_was_lost_in_a_power_cut_is_written_again() {
    let dossier = dead_in_the_move(1);
    let ready = dossier.public().join(".casebook.new");
    for entry in fs::read_dir(&ready).expect("the journal is written") {
        let path = entry.expect("readable").path();
        if path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().chars().all(|c| c.is_ascii_digit()))
        {
            fs::write(path, "").expect("writable");
        }
    }
    recover(&dossier.place("public").expect("ours"), &CacheDir::of(dossier.root()), &Disk, &|| ())
        .expect("the disk is well again");
    assert_whole(&dossier.tree(), 0);
    dossier.publish(&Pages::of(NEW));
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let mode = fs::metadata(dossier.public().join("index.html"))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o644);
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let dossier = Dossier::new();
    let sites: Vec<Pages> = (0..8)
        .map(|number| Pages::of(&[("index.html", ["even", "odd"][number % 2]), ("a.html", "same")]))
        .collect();
    std::thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| {
                for _ in 0..20 {
                    dossier.publish(site);
                }
            });
        }
    });
    let tree = dossier.tree();
    assert!(tree == sites[0].files || tree == sites[1].files, "{tree:#?}");
}

#[test]
fn a_run_that_waits_says_so_and_a_dead_owner_needs_no_cleaning_up() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let path = dossier.public().join(".casebook.lock");
    let owner = fs::File::create(&path).expect("writable");
    owner.lock().expect("this disk has locks");
    let out = dossier.place("public").expect("ours");
    let said = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            publish(&Pages::of(NEW), &out, &CacheDir::of(dossier.root()), &Disk, &|| {
                said.fetch_add(1, Ordering::Relaxed);
            })
        });
        while said.load(Ordering::Relaxed) == 0 {
            std::thread::yield_now();
        }
        assert_eq!(dossier.tree().get("index.html").map(String::as_str), Some("old index"));
        drop(owner);
        waiting.join().expect("no panic").expect("published");
    });
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
    assert_eq!(said.into_inner(), 1);
}

/// The disk, with one thing that it does otherwise.
struct Odd<'a> {
    /// Whether whole folders are exchanged.
    exchanges: bool,
    /// What is done before something is done to a path, by its kind: `rename`, `try`, `exchange`.
    before: &'a (dyn Fn(&str, &Path) -> io::Result<()> + Sync),
}

impl FileOps for Odd<'_> {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        Disk.create_folder(path)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write_new(path, bytes)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        Disk.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.before)("rename", to).and_then(|()| Disk.rename(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        (self.before)("remove", path).and_then(|()| Disk.remove_file(path))
    }
    fn remove_empty_folder(&self, path: &Path) -> io::Result<()> {
        Disk.remove_empty_folder(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        Disk.remove_folder(path)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.before)("link", to).and_then(|()| Disk.link(from, to))
    }
    fn try_folder(&self, path: &Path) -> io::Result<()> {
        (self.before)("try", path).and_then(|()| Disk.try_folder(path))
    }
    fn try_file(&self, path: &Path) -> io::Result<()> {
        (self.before)("try", path).and_then(|()| Disk.try_file(path))
    }
    fn exchanges(&self) -> bool {
        self.exchanges && Disk.exchanges()
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        (self.before)("exchange", other).and_then(|()| Disk.exchange(one, other))
    }
}

/// What a system says when something cannot be done, of the kinds that meet a site.
const FAULTS: [io::ErrorKind; 5] = [
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::StorageFull,
    io::ErrorKind::CrossesDevices,
    io::ErrorKind::ResourceBusy,
];

#[test]
fn a_place_that_cannot_be_written_to_is_found_before_anything_is_moved() {
    for place in ["public", "sources", "index.html", "x", "b.html", ".casebook.json"] {
        for fault in FAULTS {
            let dossier = Dossier::new();
            dossier.publish(&Pages::of(OLD));
            let before = |what: &str, path: &Path| match what {
                "try" if path.ends_with(place) => Err(fault.into()),
                "rename" | "remove" if !path.ends_with(".casebook.lock") => {
                    panic!("`{}` was touched", path.display())
                }
                _ => Ok(()),
            };
            let stop = dossier
                .publish_with(&Pages::of(NEW), &Odd { exchanges: false, before: &before })
                .expect_err("it cannot be written");
            assert_eq!(stop.code(), 4);
            let text = stop.to_string();
            assert!(text.contains(place) && text.ends_with("note: `public` is as it was"), "{text}");
            assert_eq!(dossier.tree(), Pages::of(OLD).files);
        }
    }
}

#[test]
fn a_move_that_fails_in_the_middle_is_taken_back() {
    for exchanges in [false, true] {
        for place in [
            "style.css",
            "a.html",
            "c.html",
            "page.html",
            "y",
            "index.html",
            ".casebook.json",
            "b.html",
            "gone.html",
            "z.html",
            "x",
        ] {
            let dossier = Dossier::new();
            dossier.publish(&Pages::of(OLD));
            dossier.write("public/CNAME", "mine");
            dossier.write("public/mine/own.html", "mine");
            let (before, times) = (dossier.tree(), || {
                let time = |path: &str| {
                    fs::metadata(dossier.public().join(path))
                        .and_then(|found| found.modified())
                        .expect("there")
                };
                OLD.iter().map(|(path, _)| time(path)).collect::<Vec<_>>()
            });
            let then = times();
            let fails = |what: &str, path: &Path| match what {
                "rename" | "remove"
                    if path.ends_with(place) && !path.to_string_lossy().contains(".casebook.new") =>
                {
                    Err(io::ErrorKind::ResourceBusy.into())
                }
                _ => Ok(()),
            };
            let once = AtomicUsize::new(0);
            let fails_once = |what: &str, path: &Path| {
                fails(what, path).or_else(|cause| {
                    if once.fetch_add(1, Ordering::Relaxed) == 0 { Err(cause) } else { Ok(()) }
                })
            };
            let stop = dossier
                .publish_with(&Pages::of(NEW), &Odd { exchanges, before: &fails_once })
                .expect_err("busy");
            assert!(stop.to_string().ends_with("note: `public` is as it was"), "{place}: {stop}");
            assert_eq!((dossier.tree(), times()), (before, then), "{place}");
            dossier.publish(&Pages::of(NEW));
            assert_eq!(dossier.tree().len(), NEW.len() + 2);
        }
    }
}

#[test]
fn without_second_names_the_next_run_completes_what_failed_in_the_middle() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    let fails = |what: &str, path: &Path| match what {
        "link" => Err(io::ErrorKind::Unsupported.into()),
        "rename" if path.ends_with("public/index.html") => Err(io::ErrorKind::ResourceBusy.into()),
        _ => Ok(()),
    };
    let stop = dossier
        .publish_with(&Pages::of(NEW), &Odd { exchanges: true, before: &fails })
        .expect_err("busy")
        .to_string();
    assert!(stop.ends_with("the next run completes the move"), "{stop}");
    recover(&dossier.place("public").expect("ours"), &CacheDir::of(dossier.root()), &Disk, &|| ())
        .expect("well again");
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
}

/// Publishes a second site; whether it came by an exchange.
fn is_exchanged(dossier: &Dossier, site: &Pages) -> bool {
    let exchanges = AtomicUsize::new(0);
    let before = |what: &str, _: &Path| {
        exchanges.fetch_add(usize::from(what == "exchange"), Ordering::Relaxed);
        Ok(())
    };
    dossier
        .publish_with(site, &Odd { exchanges: true, before: &before })
        .expect("nothing is in the way");
    assert!(
        !dossier
            .root()
            .join(".casebook")
            .read_dir()
            .expect("there")
            .flatten()
            .any(|entry| entry.path().is_dir()),
        "something is left"
    );
    exchanges.into_inner() > 0
}

#[cfg(target_os = "linux")]
#[test]
fn a_whole_folder_is_exchanged_and_what_stays_is_the_same_file() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    for path in ["public/CNAME", "public/.htaccess", "public/sources/mine.html"] {
        dossier.write(path, "mine");
    }
    let stays = ["CNAME", ".htaccess", "sources/mine.html", "claims.html", ".nojekyll"];
    let numbers = || {
        stays.map(|path| {
            fs::metadata(dossier.public().join(path))
                .map(|found| (found.ino(), found.mtime_nsec()))
                .expect("there")
        })
    };
    let mode = |path: &str| {
        fs::metadata(dossier.public().join(path))
            .expect("there")
            .permissions()
            .mode()
    };
    fs::set_permissions(dossier.public(), fs::Permissions::from_mode(0o751)).expect("ours");
    fs::set_permissions(dossier.public().join("sources"), fs::Permissions::from_mode(0o2775)).expect("ours");
    let (before, modes) = (numbers(), (mode("."), mode("sources")));
    assert!(is_exchanged(&dossier, &Pages::of(NEW)));
    assert_eq!((numbers(), (mode("."), mode("sources"))), (before, modes));
    let mut expected = Pages::of(NEW).files;
    expected
        .extend(["CNAME", ".htaccess", "sources/mine.html"].map(|path| (path.to_owned(), "mine".to_owned())));
    assert_eq!(dossier.tree(), expected);
    assert_eq!(dossier.publish(&Pages::of(NEW)).count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_somebody_elses_keeps_its_place() {
    use std::os::unix::fs::{MetadataExt, symlink};
    for foreign in ["public/.git/config", "public/photos/a.png", "public/sources/drafts/b.html"] {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        dossier.write(foreign, "mine");
        let number = || {
            fs::metadata(dossier.root().join(foreign).parent().expect("a folder"))
                .expect("there")
                .ino()
        };
        let before = number();
        assert!(!is_exchanged(&dossier, &Pages::of(NEW)), "{foreign}");
        assert_eq!(number(), before);
    }
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    symlink("/nowhere", dossier.public().join("link")).expect("links are possible");
    assert!(!is_exchanged(&dossier, &Pages::of(NEW)));
    assert!(dossier.public().join("link").is_symlink());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_somebody_is_in_keeps_its_place() {
    use std::os::unix::fs::MetadataExt;
    use std::process::{Command, Stdio};
    for folder in ["public", "public/sources"] {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        let number = || fs::metadata(dossier.public()).expect("there").ino();
        let before = number();
        let mut server = Command::new("cat")
            .current_dir(dossier.root().join(folder))
            .stdin(Stdio::piped())
            .spawn()
            .expect("`cat` is there");
        assert!(!is_exchanged(&dossier, &Pages::of(NEW)), "{folder}");
        assert_eq!((number(), dossier.tree()), (before, Pages::of(NEW).files));
        drop(server.stdin.take());
        server.wait().expect("it ends with its input");
        assert!(is_exchanged(&dossier, &Pages::of(OLD)), "{folder}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_comes_into_the_output_in_the_last_moment_is_not_lost() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/CNAME", "old");
    let before = |what: &str, _: &Path| {
        if what == "exchange" {
            dossier.write("public/notes/new.txt", "mine");
            // As editors save: another file of the same name.
            dossier.write("public/CNAME~", "new");
            fs::rename(dossier.public().join("CNAME~"), dossier.public().join("CNAME")).expect("writable");
        }
        Ok(())
    };
    dossier
        .publish_with(&Pages::of(NEW), &Odd { exchanges: true, before: &before })
        .expect("nothing is in the way");
    let mut expected = Pages::of(NEW).files;
    expected.extend(
        [("CNAME", "new"), ("notes/new.txt", "mine")].map(|(path, text)| (path.to_owned(), text.to_owned())),
    );
    assert_eq!(dossier.tree(), expected);
}

/// A run that dies right before the exchange, or right after it.
#[cfg(target_os = "linux")]
#[test]
fn what_a_run_that_died_left_beside_goes_and_brings_nothing_back() {
    for is_done in [false, true] {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        dossier.write("public/CNAME", "old");
        let dies = |what: &str, path: &Path| {
            if what == "exchange" {
                if is_done {
                    Disk.exchange(&path.join("../.casebook").join(beside(&dossier)).join("site"), path)?;
                }
                panic!("the run dies");
            }
            Ok(())
        };
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = dossier.publish_with(&Pages::of(NEW), &Odd { exchanges: true, before: &dies });
        }));
        assert!(run.is_err());
        fs::remove_file(dossier.public().join("CNAME")).expect("there");
        recover(&dossier.place("public").expect("ours"), &CacheDir::of(dossier.root()), &Disk, &|| ())
            .expect("well");
        let mut found = dossier.tree();
        found.remove(".casebook.lock");
        found.remove("CNAME"); // of two files of that name the old one came back at worst
        assert_eq!(found, Pages::of(if is_done { NEW } else { OLD }).files);
        assert!(
            dossier
                .root()
                .join(".casebook")
                .read_dir()
                .expect("there")
                .flatten()
                .all(|entry| !entry.path().is_dir())
        );
    }
}

/// The folder in the memory.
#[cfg(target_os = "linux")]
fn beside(dossier: &Dossier) -> PathBuf {
    let entries = dossier.root().join(".casebook").read_dir().expect("there").flatten();
    entries
        .map(|entry| PathBuf::from(entry.file_name()))
        .find(|name| name.to_string_lossy().starts_with("beside-"))
        .expect("there")
}

#[test]
fn a_page_that_somebody_edited_is_moved_aside_with_its_source() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/sources/b.html", "edited by hand");
    dossier.write("public/topics/gone.html", ""); // what a power cut leaves is nobody's work
    let told = dossier.rehearse(&Pages::of(NEW));
    let changes = dossier.publish(&Pages::of(NEW));
    assert_eq!(
        (names(&changes.left), names(&changes.deleted)),
        (vec!["sources/b.html"], vec!["sources/b.html", "topics/gone.html", "x", "y/z.html"])
    );
    assert_eq!(told, changes);
    // It may hold what is private now, so no word of it stays in the output.
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
    let kept = dossier.root().join(".casebook/replaced/sources/b.html");
    assert_eq!(fs::read_to_string(kept).expect("kept"), "edited by hand");
    assert_eq!(dossier.publish(&Pages::of(NEW)).left, []);
    assert_eq!(dossier.publish(&Pages::of(OLD)).left, []);
}

/// Where no copy can be kept, nothing changes.
#[test]
fn an_edited_page_that_cannot_be_kept_stops_the_build() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/sources/b.html", "edited by hand");
    dossier.write(".casebook/replaced", "no folder");
    let before = dossier.tree();
    let stop = dossier.publish_with(&Pages::of(NEW), &Disk).expect_err("no copy");
    assert_eq!(stop.code(), 2, "{stop}");
    assert_eq!(dossier.tree(), before);
}

#[test]
fn an_edited_page_in_the_way_of_a_new_one_is_moved_aside_too() {
    for (edited, text) in [("public/x", "edited"), ("public/y/z.html", "edited")] {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        dossier.write(edited, text);
        dossier.publish(&Pages::of(NEW));
        assert_eq!(dossier.tree(), Pages::of(NEW).files);
        let kept = dossier.root().join(edited.replace("public", ".casebook/replaced"));
        assert_eq!(fs::read_to_string(kept).expect("kept"), text);
    }
}

#[test]
fn an_edited_page_that_is_made_anew_is_told_and_kept_aside() {
    let dossier = Dossier::new();
    dossier.publish(&Pages::of(OLD));
    dossier.write("public/sources/a.html", "edited by hand");
    let changes = dossier.publish(&Pages::of(NEW));
    assert_eq!(names(&changes.replaced), ["sources/a.html"]);
    assert_eq!(
        fs::read_to_string(dossier.root().join(".casebook/replaced/sources/a.html")).expect("kept"),
        "edited by hand"
    );
    assert_eq!(dossier.tree(), Pages::of(NEW).files);
    assert_eq!(dossier.publish(&Pages::of(OLD)).replaced, []);
}

#[test]
fn pages_that_a_dead_touch_left_are_nobodys_edits() {
    let dossier = Dossier::new();
    let mut standing = None;
    dossier.touch(&touched(true, "1", "1", "1"), &mut standing);
    dossier.touch(&touched(true, "2", "2", "1"), &mut standing);
    let without_a = Pages {
        remembers: true,
        ..Pages::of(&[("assets/style.css", "style"), ("index.html", "2"), ("sources/b.html", "1")])
    };
    let changes = dossier.publish(&without_a);
    assert_eq!((names(&changes.deleted), changes.left.len()), (vec!["sources/a.html"], 0));
    assert_eq!(dossier.tree(), without_a.files);
}

#[test]
fn a_damaged_manifest_is_called_that_and_nothing_is_lost() {
    let damages: [(&str, &str); 6] = [
        ("", "is damaged"),
        (
            "{\"casebook\":1,\"files\":[\n{\"path\":\"index.html\",\"si",
            "is damaged: it cannot be read from line 2 on",
        ),
        ("<<<<<<< HEAD\n{\"casebook\":1,\"files\":[]}\n", "is damaged"),
        ("{\"name\": \"somebody else's\"}", "is damaged"),
        (
            "{\"casebook\":1,\"files\":[{\"path\":\".git/config\",\"size\":1,\"blake3\":\"0\"}]}",
            "it lists `.git/config`",
        ),
        ("{\"casebook\":9,\"pages\":{}}", "is of a later version of Casebook"),
    ];
    for (text, said) in damages {
        let dossier = Dossier::new();
        dossier.publish(&Pages::of(OLD));
        dossier.write("public/.casebook.json", text);
        let stop = dossier.place("public").expect_err("damaged");
        assert_eq!(stop.code(), 2);
        let told = stop.to_string();
        assert!(
            told.starts_with("`public/.casebook.json`, the list of what Casebook wrote there, ")
                && told.contains(said),
            "{told}"
        );
        assert_eq!(dossier.tree(), Pages::of(OLD).files);
    }
}
