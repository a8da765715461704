//! The same dossier gives the same bytes: on a second run, in another folder, zone, language, with one
//! thread, however its files happen to lie on the disk. And a run that has nothing to change writes nothing.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use support::dossier::{Site, all, copy, copy_backwards, golden, publish, publish_in, shipped};

/// A few dossiers that differ in kind; every one of them builds.
fn dossiers() -> Vec<(String, PathBuf)> {
    let mut dossiers = vec![("the shipped dossier".to_string(), shipped())];
    dossiers.extend(
        ["first-steps", "marks", "unicode", "formats", "private"]
            .map(|name| (name.to_string(), golden(name))),
    );
    dossiers
}

fn assert_same(name: &str, what: &str, one: &Site, other: &Site) {
    assert_eq!(one.code, 0, "{name}: {}", one.said);
    assert_eq!(other.code, 0, "{name}, {what}: {}", other.said);
    let paths = |site: &Site| site.files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other), "{name}: other files {what}");
    let differing: Vec<_> = one
        .files
        .iter()
        .filter(|(path, bytes)| other.files.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(differing.is_empty(), "{name}: other bytes {what}: {differing:?}");
}

#[test]
fn environment_threads_and_folder_change_no_byte() {
    let here: &[(&str, &str)] = &[("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C")];
    let there: &[(&str, &str)] = &[
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("COLUMNS", "17"),
        ("SOURCE_DATE_EPOCH", "86400"),
        ("HOME", "/nonexistent"),
        ("USER", "somebody-else"),
        ("CLICOLOR_FORCE", "1"),
    ];
    for (name, dossier) in dossiers() {
        let first = publish_in(&dossier, here, &[]);
        assert_same(&name, "elsewhere", &first, &publish_in(&dossier, there, &[]));
        assert_same(&name, "with one thread", &first, &publish_in(&dossier, here, &["-j", "1"]));
        assert_same(&name, "with seven threads", &first, &publish_in(&dossier, here, &["-j", "7"]));
        assert_same(&name, "when verbose", &first, &publish_in(&dossier, here, &["-v"]));
    }
}

#[test]
fn the_order_of_files_on_the_disk_changes_no_byte() {
    for (name, dossier) in dossiers() {
        let other = tempfile::Builder::new()
            .prefix("ein ganz anderer Ordner – ")
            .tempdir()
            .expect("a temporary folder");
        copy_backwards(&dossier, other.path());
        assert_same(
            &name,
            "with files made in another order",
            &publish(&dossier, &[]),
            &publish(other.path(), &[]),
        );
    }
}

#[test]
fn a_second_run_writes_nothing() {
    for (name, dossier) in dossiers() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&dossier, folder.path());
        let first = support::dossier::run(folder.path(), &[], &["build"]);
        assert_eq!(first.code, 0, "{name}: {}", first.said);
        let before = times(&folder.path().join("public"));
        assert!(!before.is_empty(), "{name}: nothing was written");
        let second = support::dossier::run(folder.path(), &[], &["build"]);
        assert_eq!(second.code, 0, "{name}: {}", second.said);
        let after = times(&folder.path().join("public"));
        let touched: Vec<_> = after
            .iter()
            .filter(|(path, time)| before.get(*path) != Some(time))
            .map(|(path, _)| path)
            .collect();
        assert!(touched.is_empty(), "{name}: a second run wrote {touched:?}");
        assert_eq!(before.len(), after.len(), "{name}: a second run removed files");
    }
}

#[test]
fn what_the_memory_holds_changes_no_byte() {
    for (name, dossier) in dossiers() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&dossier, folder.path());
        let run = |args: &[&str]| {
            let site = support::dossier::run(folder.path(), &[], args);
            assert_eq!(site.code, 0, "{name}: {}", site.said);
            support::dossier::read(&folder.path().join("public"))
        };
        let cold = run(&["build"]);
        // a note more, and the same note less: the memory has seen both
        let more = folder.path().join("annotations/zz-more.md");
        let source = cold
            .keys()
            .find_map(|path| path.strip_prefix("sources/")?.strip_suffix(".html"))
            .expect("a source")
            .to_string();
        fs::create_dir_all(folder.path().join("annotations")).expect("writable");
        fs::write(&more, format!("---\nsource: {source}\n---\n\n## Passing through\n\nA remark.\n"))
            .expect("writable");
        let between = run(&["build"]);
        assert_ne!(between, cold, "{name}: a new note changes the site");
        fs::remove_file(&more).expect("it was just written");
        let warm = run(&["build"]);
        let differing: Vec<_> = cold
            .iter()
            .filter(|(path, bytes)| warm.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(
            differing.is_empty() && cold.len() == warm.len(),
            "{name}: warm and cold differ in {differing:?}"
        );
        // a memory of nonsense is no memory
        for file in all(&folder.path().join(".casebook")) {
            fs::write(&file, b"\0nonsense").expect("writable");
        }
        assert_eq!(run(&["build"]), cold, "{name}: a damaged memory changes the site");
    }
}

#[test]
fn what_was_published_is_published_again_where_it_was_touched() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&golden("first-steps"), folder.path());
    let run = || {
        let site = support::dossier::run(folder.path(), &[], &["build"]);
        assert_eq!(site.code, 0, "{}", site.said);
        (support::dossier::read(&folder.path().join("public")), site.said)
    };
    let (clean, _) = run();
    let (again, said) = run();
    assert!(again == clean && said.contains("; 0 files changed"), "{said}");
    let page = folder.path().join("public/index.html");
    fs::remove_file(&page).expect("it was written");
    assert_eq!(run().0, clean, "a page that was deleted");
    fs::write(&page, "somebody else's words").expect("writable");
    assert_eq!(run().0, clean, "a page that was overwritten");
    // another state in between, which warns and so is told of each time
    let topic = folder.path().join("annotations/topics/unused.md");
    fs::create_dir_all(topic.parent().expect("a folder")).expect("writable");
    fs::write(&topic, "---\ntitle: Unused\n---\n").expect("writable");
    let (other, warned) = run();
    assert!(other != clean && warned.contains("warning"), "{warned}");
    assert!(run().1.contains("warning"), "a warning is told again");
    fs::remove_file(&topic).expect("it was just written");
    assert_eq!(run().0, clean, "back to what was published before the last run");
    fs::write(folder.path().join("casebook.toml"), "[dossier]\ntitle = \"Another\"\ncolour = \"red\"\n")
        .expect("writable");
    let (renamed, warned) = run();
    assert!(renamed != clean && warned.contains("1 warning"), "{warned}");
}

fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let time = |path: &PathBuf| {
        fs::metadata(path)
            .and_then(|data| data.modified())
            .expect("the file was just listed")
    };
    all(folder)
        .into_iter()
        .map(|path| (path.clone(), time(&path)))
        .collect()
}
