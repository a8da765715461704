//! `build` and `check`: exit codes, streams, what is written and what is not.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::folder::{Folder, Said, said};

impl Folder {
    /// A dossier of one source that has nothing wrong with it.
    pub fn with_a_dossier() -> Folder {
        let folder = Folder::new();
        folder.write("casebook.toml", "format = 1\n");
        folder.write("seeds/a.txt", "A source of a few words.\n");
        folder
    }

    /// Adds an error: a file that is too large to be read. It takes no room on the disk.
    pub fn add_an_error(&self) {
        let file = fs::File::create(self.path().join("seeds/large.txt")).expect("writable");
        file.set_len(casebook::model::limit::FILE_LIMIT + 1)
            .expect("a sparse file");
    }

    /// Adds a warning: a link, which is not followed.
    pub fn add_a_warning(&self) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.txt", self.path().join("seeds/link.txt")).expect("links are possible");
    }

    /// Every file below a folder with its bytes, by path.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path().join(folder);
        let mut files = BTreeMap::new();
        let mut open = vec![root.clone()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(&next).into_iter().flatten() {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path
                        .strip_prefix(&root)
                        .expect("below")
                        .to_string_lossy()
                        .into_owned();
                    files.insert(name, fs::read(&path).expect("readable"));
                }
            }
        }
        files
    }
}

/// The closing line without the time that it names.
fn closing(said: &Said) -> String {
    let line = said.stderr.lines().last().unwrap_or_default();
    let words: Vec<&str> = line.split(' ').collect();
    let is_time = |i: usize| i > 0 && words[i - 1] == "in" && words[i].parse::<f64>().is_ok();
    words
        .iter()
        .enumerate()
        .map(|(i, word)| if is_time(i) { "N" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_site_is_built_and_then_nothing_is_left_to_do() {
    let folder = Folder::with_a_dossier();
    let first = folder.run(&["build"]);
    assert_eq!((first.code, first.stdout.as_str()), (0, ""), "{}", first.stderr);
    assert_eq!(first.stderr.lines().count(), 1, "{}", first.stderr);
    assert!(closing(&first).starts_with("built 1 source"), "{}", first.stderr);
    assert!(closing(&first).ends_with(" files changed"), "{}", first.stderr);
    assert!(folder.tree("public").contains_key("sources/a.html"));
    assert!(folder.tree("public").contains_key("index.html"));
    let before = folder.tree("public");
    let second = folder.run(&["build"]);
    assert!(closing(&second).ends_with(" in N ms; 0 files changed"), "{}", second.stderr);
    assert_eq!(folder.tree("public"), before);
}

#[test]
fn an_error_ends_with_1_and_nothing_is_written() {
    let folder = Folder::with_a_dossier();
    assert_eq!(folder.run(&["build"]).code, 0);
    let before = folder.tree("public");
    folder.write("seeds/b.txt", "A second source.\n");
    folder.add_an_error();
    for options in [&["build"][..], &["build", "--dry-run"], &["build", "--strict"], &["check"]] {
        let said = folder.run(options);
        assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{}", said.stderr);
        assert!(
            said.stderr
                .starts_with("error[file-too-large]: `seeds/large.txt` is not read"),
            "{}",
            said.stderr
        );
        assert_eq!(folder.tree("public"), before);
    }
    assert_eq!(closing(&folder.run(&["build"])), "1 error in N ms; nothing was written");
    assert!(closing(&folder.run(&["check"])).ends_with(" in N ms: 1 error"));
}

#[cfg(unix)]
#[test]
fn a_warning_is_shown_and_fails_a_strict_build_with_3() {
    let folder = Folder::with_a_dossier();
    folder.add_a_warning();
    for options in [&["build", "--strict"][..], &["check", "--strict"], &["build", "--strict", "--dry-run"]] {
        let said = folder.run(options);
        assert_eq!((said.code, said.stdout.as_str()), (3, ""), "{}", said.stderr);
        assert!(
            said.stderr
                .starts_with("warning[link-not-followed]: `seeds/link.txt` is not read"),
            "{}",
            said.stderr
        );
    }
    assert_eq!(closing(&folder.run(&["build", "--strict"])), "1 warning in N ms; nothing was written");
    assert!(!folder.path().join("public").exists());
    folder.write("casebook.toml", "[build]\nstrict = true\n");
    assert_eq!(folder.run(&["build"]).code, 3);
    folder.write("casebook.toml", "");
    let built = folder.run(&["build"]);
    assert_eq!(built.code, 0);
    assert!(closing(&built).starts_with("1 warning; built 1 source"), "{}", built.stderr);
    assert_eq!(folder.run(&["check"]).code, 0);
}

#[test]
fn errors_come_before_warnings_and_a_refused_folder_before_both() {
    let folder = Folder::with_a_dossier();
    folder.add_an_error();
    folder.add_a_warning();
    assert_eq!(folder.run(&["build", "--strict"]).code, 1);
    folder.write("mine/notes.txt", "mine");
    let said = folder.run(&["build", "--strict", "-o", "mine"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("error[file-too-large]"), "all is told in one run: {}", said.stderr);
    assert!(
        said.stderr
            .contains("error: the site cannot be written to `mine`: it holds files that are not ours, such as `notes.txt`\n  = help: ")
    );
    assert_eq!(folder.tree("mine").len(), 1);
}

#[test]
fn a_folder_that_is_no_dossier_ends_with_2() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("empty")).expect("writable");
    for command in ["build", "check"] {
        let said = folder.run(&[command, "empty"]);
        assert_eq!((said.code, said.stdout.as_str()), (2, ""));
        let expected = "error: `empty` is no dossier: it has neither `casebook.toml` nor a folder `seeds` or `annotations`\n  = help: ";
        assert!(said.stderr.starts_with(expected), "{}", said.stderr);
        assert!(
            folder
                .run(&[command, "nowhere"])
                .stderr
                .starts_with("error: there is no folder `nowhere`\n")
        );
        assert_eq!(folder.run(&[command]).code, 2);
        assert_eq!(folder.run(&[command, "-C", "empty"]).code, 2);
    }
    assert_eq!(folder.tree("").len(), 0);
}

#[test]
fn the_dossier_is_found_from_within_and_by_name() {
    let folder = Folder::new();
    folder.write("d/casebook.toml", "");
    folder.write("d/seeds/a.txt", "A source of a few words.\n");
    let mut within = folder.command(&["build"]);
    assert_eq!(
        said(
            within
                .current_dir(folder.path().join("d/seeds"))
                .output()
                .expect("the program starts")
        )
        .code,
        0
    );
    assert!(folder.tree("d/public").contains_key("index.html"));
    for arguments in [
        &["build", "d"][..],
        &["build", "-C", "d"],
        &["-C", "d", "build"],
        &["-C", "d", "build", "d"],
        &["build", "./d/../d"],
    ] {
        let said = folder.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.stderr);
        assert!(closing(&said).ends_with("; 0 files changed"), "{arguments:?}: {}", said.stderr);
    }
    fs::remove_file(folder.path().join("d/casebook.toml")).expect("there");
    let mut within = folder.command(&["build"]);
    let said = said(
        within
            .current_dir(folder.path().join("d/seeds"))
            .output()
            .expect("the program starts"),
    );
    assert_eq!(said.code, 0, "from within its folders a dossier is found without settings: {}", said.stderr);
    folder.write("d/other/a.txt", "Something else.\n");
    let mut beside = folder.command(&["build"]);
    let output = beside
        .current_dir(folder.path().join("d/other"))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "only settings make any parent the dossier");
}

#[test]
fn the_output_is_relative_to_whoever_names_it() {
    let folder = Folder::new();
    folder.write("d/casebook.toml", "[build]\nout = \"../from-settings\"\n");
    folder.write("d/seeds/a.txt", "A source of a few words.\n");
    assert_eq!(folder.run(&["build", "d"]).code, 0);
    assert!(folder.tree("from-settings").contains_key("index.html"));
    assert_eq!(folder.run(&["build", "d", "-o", "from/option"]).code, 0);
    assert_eq!(folder.tree("from/option"), folder.tree("from-settings"));
}

#[test]
fn settings_that_cannot_be_used_end_with_2() {
    let folder = Folder::with_a_dossier();
    folder.write("casebook.toml", "format = 2\n");
    for command in ["build", "check"] {
        let said = folder.run(&[command]);
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{}", said.stderr);
        assert!(said.stderr.contains(" --> casebook.toml:1:10\n"), "{}", said.stderr);
        assert_eq!(said.stderr.lines().last(), Some("1 error in `casebook.toml`; nothing was written"));
    }
    fs::write(folder.path().join("casebook.toml"), [0x50, 0x4b, 3, 4, 0, 0]).expect("writable");
    assert_eq!(folder.run(&["build"]).code, 2);
}

#[test]
fn an_output_folder_where_inputs_lie_is_refused() {
    let folder = Folder::with_a_dossier();
    for (out, reason) in [
        ("seeds", "it is `seeds`"),
        (".", "it holds the dossier itself"),
        ("templates/x", "it lies in `templates`"),
    ] {
        let said = folder.run(&["build", "-o", out]);
        assert_eq!(said.code, 2);
        assert!(
            said.stderr
                .starts_with(&format!("error: the site cannot be written to `{out}`: {reason}")),
            "{}",
            said.stderr
        );
    }
}

#[test]
fn a_foreign_file_in_the_way_is_refused() {
    let folder = Folder::with_a_dossier();
    assert_eq!(folder.run(&["build"]).code, 0);
    folder.write("seeds/b.txt", "A second source.\n");
    folder.write("public/sources/b.html", "mine");
    let said = folder.run(&["build"]);
    assert_eq!(said.code, 2);
    assert!(
        said.stderr
            .starts_with("error: `public/sources/b.html` is in the way of the site, and is not ours\n"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_disk_that_fails_ends_with_4_and_says_what_stands() {
    let folder = Folder::with_a_dossier();
    folder.write("file", "");
    let said = folder.run(&["build", "-o", "file/site"]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.starts_with("error: cannot make `"), "{}", said.stderr);
}

#[test]
fn diagnostics_for_programs_are_on_stdout() {
    let folder = Folder::with_a_dossier();
    folder.add_an_error();
    let short = folder.run(&["check", "--format", "short"]);
    assert_eq!(
        short.stdout,
        "seeds/large.txt:1:1: error[file-too-large]: `seeds/large.txt` is not read: it is larger than 16 MiB\n"
    );
    assert_eq!(short.stderr.lines().count(), 1, "{}", short.stderr);
    let lines = folder.run(&["check", "--format", "json"]).stdout;
    let object: Value = serde_json::from_str(lines.trim_end()).expect("one object in one line");
    assert_eq!(
        (&object["code"], &object["place"]["path"]),
        (&"file-too-large".into(), &"seeds/large.txt".into())
    );
    let document: Value =
        serde_json::from_str(&folder.run(&["build", "--format", "sarif"]).stdout).expect("one document");
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "file-too-large");
    fs::remove_file(folder.path().join("seeds/large.txt")).expect("there");
    assert_eq!(folder.run(&["check", "--format", "json"]).stdout, "");
    let document: Value =
        serde_json::from_str(&folder.run(&["check", "--format", "sarif"]).stdout).expect("one document");
    assert_eq!(document["runs"][0]["results"], Value::Array(Vec::new()));
}

#[cfg(unix)]
#[test]
fn quiet_says_errors_and_the_closing_line_and_verbose_every_file() {
    let folder = Folder::with_a_dossier();
    folder.add_a_warning();
    let quiet = folder.run(&["build", "-q"]);
    assert_eq!(quiet.stderr.lines().count(), 1, "{}", quiet.stderr);
    folder.write("seeds/a.txt", "Other words.\n");
    folder.write("seeds/b.txt", "A second source.\n");
    let verbose = folder.run(&["build", "-v"]);
    for line in [
        "read    seeds/a.txt",
        "written public/sources/a.html",
        "written public/sources/b.html",
        "kept    public/.nojekyll",
    ] {
        assert!(verbose.stderr.lines().any(|found| found == line), "{line}: {}", verbose.stderr);
    }
    fs::remove_file(folder.path().join("seeds/b.txt")).expect("there");
    assert!(
        folder
            .run(&["build", "-v"])
            .stderr
            .contains("deleted public/sources/b.html\n")
    );
}

#[test]
fn a_dry_run_lists_what_would_change_and_changes_nothing() {
    let folder = Folder::with_a_dossier();
    let first = folder.run(&["build", "--dry-run"]);
    assert_eq!(first.code, 0);
    assert!(first.stdout.contains("added   sources/a.html\n"), "{}", first.stdout);
    assert!(closing(&first).starts_with("would change "), "{}", first.stderr);
    assert!(!folder.path().join("public").exists());
    assert_eq!(folder.run(&["build"]).code, 0);
    fs::remove_file(folder.path().join("seeds/a.txt")).expect("there");
    folder.write("seeds/b.txt", "A second source.\n");
    let before = folder.tree("public");
    let second = folder.run(&["build", "--dry-run"]).stdout;
    assert!(
        second.contains("deleted sources/a.html\n") && second.contains("added   sources/b.html\n"),
        "{second}"
    );
    assert!(!second.contains(".nojekyll"), "what stays is not listed: {second}");
    let lines = folder.run(&["build", "--dry-run", "--format", "json"]).stdout;
    let changes: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    assert!(
        changes
            .iter()
            .any(|change| change["change"] == "deleted" && change["path"] == "sources/a.html"),
        "{lines}"
    );
    assert_eq!(folder.tree("public"), before);
}

#[test]
fn timings_are_an_answer() {
    let folder = Folder::with_a_dossier();
    let said = folder.run(&["build", "--timings"]);
    let parts: Vec<&str> = said
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(parts, ["read", "compile", "publish"]);
}

#[test]
#[cfg(unix)]
fn what_was_told_is_told_again_although_nothing_is_compiled() {
    let folder = Folder::with_a_dossier();
    folder.add_a_warning();
    let first = folder.run(&["build", "--timings"]);
    let second = folder.run(&["build", "--timings"]);
    assert_eq!((first.code, second.code), (0, 0), "{}", second.stderr);
    let parts = |said: &Said| -> Vec<String> {
        let lines = said.stdout.lines();
        lines
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .collect()
    };
    assert_eq!(parts(&second), ["read", "compare"]);
    let told = |said: &Said| -> Vec<String> {
        let lines: Vec<String> = said.stderr.lines().map(str::to_owned).collect();
        lines[..lines.len() - 1].to_vec()
    };
    assert_eq!(told(&first), told(&second));
    assert!(second.stderr.contains("1 warning; built 1 source") && second.stderr.contains("0 files changed"));
    // Who asks for no warnings is refused as before.
    assert_eq!(folder.run(&["build", "--strict"]).code, 3);
    folder.write("seeds/a.txt", "A source of other words.\n");
    assert_eq!(parts(&folder.run(&["build", "--timings"])), ["read", "compile", "publish"]);
}

#[test]
fn the_archive_holds_the_site_and_is_the_same_for_the_same_site() {
    let folder = Folder::with_a_dossier();
    assert_eq!(folder.run(&["build", "--zip", "one.zip"]).code, 0);
    assert_eq!(
        folder
            .run(&["build", "--zip", "two.zip", "-o", "elsewhere", "-j", "1"])
            .code,
        0
    );
    let archive = fs::read(folder.path().join("one.zip")).expect("written");
    assert_eq!(Ok(&archive), fs::read(folder.path().join("two.zip")).as_ref().map_err(|_| ()));
    let holds = |bytes: &[u8]| archive.windows(bytes.len().max(1)).any(|window| window == bytes);
    for (path, bytes) in folder.tree("public") {
        let listed = path != ".casebook.json";
        assert_eq!(holds(path.as_bytes()), listed, "{path}");
        assert!(!listed || bytes.is_empty() || holds(&bytes), "{path}");
    }
    assert_eq!(folder.run(&["build", "--zip", "one.zip"]).code, 0, "an archive is replaced");
    let said = folder.run(&["build", "--zip", "seeds/a.txt"]);
    assert_eq!(
        (said.code, said.stderr.lines().next()),
        (
            2,
            Some(
                "error: the archive cannot be written to `seeds/a.txt`: it lies in `seeds`, which is never written to"
            )
        )
    );
    folder.write("notes.txt", "mine");
    let said = folder.run(&["build", "--zip", "notes.txt"]);
    assert_eq!(
        (said.code, said.stderr.lines().next()),
        (2, Some("error: `notes.txt` is there and is no zip archive"))
    );
    assert_eq!(folder.read("seeds/a.txt"), "A source of a few words.\n");
    assert_eq!(folder.run(&["build", "--zip", "x.zip", "--dry-run"]).code, 2);
}

/// An archive of somebody else is his, and what cannot be written is told before anything is.
#[test]
fn the_archive_replaces_nobody_elses_and_is_tried_first() {
    let folder = Folder::with_a_dossier();
    let foreign = [b"PK\x03\x04".as_slice(), &[7; 40]].concat();
    fs::write(folder.path().join("mine.zip"), &foreign).expect("writable");
    let said = folder.run(&["build", "--zip", "mine.zip"]);
    assert_eq!(
        (said.code, said.stderr.lines().next()),
        (2, Some("error: `mine.zip` is there, and this program did not make it"))
    );
    assert_eq!(fs::read(folder.path().join("mine.zip")).expect("kept"), foreign);
    assert_eq!(folder.run(&["build", "--zip", "new/x.zip"]).code, 4);
    assert!(!folder.path().join("public").exists(), "nothing is written before");
}

#[test]
fn an_address_that_is_none_is_wrong_usage() {
    let folder = Folder::with_a_dossier();
    let said = folder.run(&["build", "--base-url", "javascript:alert(1)"]);
    assert_eq!(
        (said.code, said.stderr.lines().next()),
        (2, Some("error: `--base-url` cannot be `javascript:alert(1)`"))
    );
    assert_eq!(folder.run(&["build", "--base-url", "https://example.org/d"]).code, 0);
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let folder = Folder::with_a_dossier();
    let mut child = folder
        .command(&["build", "--dry-run"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(said(child.wait_with_output().expect("it ends")).code, 0);
}

#[test]
fn the_first_dossier_builds_without_a_word() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["init", "first"]).code, 0);
    let checked = folder.run(&["check", "--strict", "--hints", "first"]);
    assert_eq!((checked.code, checked.stderr.lines().count()), (0, 1), "{}", checked.stderr);
    assert!(closing(&checked).ends_with(": no mistakes"), "{}", checked.stderr);
    assert_eq!(folder.run(&["build", "--strict", "first"]).code, 0);
}

#[test]
fn every_place_is_told_and_the_first_few_are_shown() {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    folder.write("seeds/report.txt", &"The motion was carried.\n\n".repeat(10));
    folder.write("annotations/report.md", "## A note\n\n> The motion was carried\n");
    let few = folder.run(&["check"]).stderr;
    assert_eq!(few.matches("note: place").count(), 6, "{few}");
    assert!(
        few.contains("these words stand in 10 places")
            && few.contains("and 4 more places: `-v` shows them all"),
        "{few}"
    );
    let all = folder.run(&["check", "-v"]).stderr;
    assert_eq!(all.matches("note: place").count(), 10, "{all}");
    let json = folder.run(&["check", "--format", "json"]).stdout;
    assert_eq!(json.matches("\"place 1").count(), 2, "place 1 and place 10: {json}");
}

/// Every place that is not for it, by every way that leads there.
#[cfg(unix)]
#[test]
fn nothing_is_written_to_a_place_that_is_not_for_it() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("casebook.toml", "");
    folder.write("seeds/a.txt", "words\n");
    folder.write("annotations/a.md", "");
    folder.write("templates/assets/kept.zip", "PK\u{5}\u{6}");
    folder.write(".git/config", "mine");
    folder.write("apart/kept", "");
    assert_eq!(folder.run(&["build", "--zip", "fine.zip"]).code, 0);
    let at = |path: &str| folder.path().join(path);
    fs::copy(at("fine.zip"), at("seeds/archive.zip")).expect("writable");
    fs::hard_link(at("seeds/archive.zip"), at("other-name.zip")).expect("this disk has links");
    symlink(at("seeds"), at("to-seeds")).expect("links are possible");
    symlink("seeds/new.zip", at("to-nothing.zip")).expect("links are possible");
    symlink("seeds/archive.zip", at("to-archive.zip")).expect("links are possible");
    let trees =
        || ["seeds", "annotations", "templates", ".git", "apart", "public"].map(|name| folder.tree(name));
    let files =
        || ["casebook.toml", "fine.zip", "other-name.zip"].map(|name| fs::read(at(name)).expect("there"));
    let before = (trees(), files());
    let refused = |arguments: &[&str], reason: &str| {
        let said = folder.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {}", said.stderr);
        assert!(
            said.stderr.contains(reason) && said.stderr.contains("= help: "),
            "{arguments:?}: {}",
            said.stderr
        );
        assert_eq!((trees(), files()), before, "{arguments:?}");
    };
    for (zip, reason) in [
        ("seeds/new.zip", "lies in `seeds`"),
        ("seeds/archive.zip", "lies in `seeds`"),
        ("seeds", "is `seeds`"),
        ("to-seeds/new.zip", "lies in `seeds`"),
        ("apart/../seeds/new.zip", "lies in `seeds`"),
        ("to-nothing.zip", "is a link to what is not there"),
        ("to-archive.zip", "lies in `seeds`"),
        ("other-name.zip", "is another name of `seeds/archive.zip`"),
        ("annotations/new.zip", "lies in `annotations`"),
        ("templates/assets/kept.zip", "lies in `templates`"),
        ("public/site.zip", "lies in `public`, which holds the site"),
        ("public/index.html", "lies in `public`, which holds the site"),
        ("public", "is `public`, which holds the site"),
        (".casebook/found", "lies in `.casebook`"),
        (".git/site.zip", "lies in `.git`, where version control"),
        ("apart/.GIT/site.zip", "version control"),
        ("casebook.toml", "is `casebook.toml`"),
        ("apart", "it is no file"),
    ] {
        refused(&["build", "--zip", zip], reason);
    }
    for (out, reason) in [
        ("seeds/site", "lies in `seeds`"),
        ("to-seeds/site", "lies in `seeds`"),
        ("annotations", "is `annotations`"),
        ("templates/assets", "lies in `templates`"),
        (".casebook/site", "lies in `.casebook`"),
        (".git/site", "lies in `.git`, where version control"),
        ("casebook.toml", "is `casebook.toml`"),
        ("fine.zip", "it is a file"),
        (".", "holds the dossier itself"),
    ] {
        refused(&["build", "-o", out], reason);
        refused(&["watch", "--no-serve", "-o", out], reason);
    }
    for place in ["seeds/man", "annotations", "public", ".git/hooks", ".casebook", "to-seeds/x"] {
        refused(&["man", place], "cannot be written to");
        refused(&["init", place], "cannot be written to");
    }
}

#[test]
fn an_archive_spoils_no_file_that_lies_beside_it() {
    let folder = Folder::new();
    folder.write("seeds/a.txt", "words\n");
    folder.write("site.zip.part", "mine");
    assert_eq!(folder.run(&["build", "--zip", "site.zip"]).code, 0);
    assert_eq!(folder.read("site.zip.part"), "mine");
}

/// What was published, then edited by somebody, and is held back now: no file of the output keeps a word of it.
#[test]
fn what_becomes_private_leaves_no_word_in_the_output() {
    let folder = Folder::new();
    folder.write("casebook.toml", "[dossier]\nbase-url = \"https://example.org/\"\n");
    folder.write("seeds/a.txt", "The gate was open. Nobody came.\n");
    let notes = |line: &str| {
        format!(
            "---\nsource: a\n---\n\n## Gate\n\n> The gate was open\n\n{line}\ntopics: Zyxwvutzq\n\nZyxwvutzq words.\n"
        )
    };
    let page = |line: &str| format!("---\ntitle: On Zyxwvutzq\n{line}\n---\n\nZyxwvutzq words.\n");
    folder.write("annotations/a.md", &notes(""));
    folder.write("annotations/pages/essay.md", &page("order: 1"));
    let said = folder.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let holding = || -> Vec<String> {
        let files = walkdir::WalkDir::new(folder.path().join("public"))
            .into_iter()
            .flatten();
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("zyxwvutzq");
        files
            .filter(|file| file.file_type().is_file())
            .filter(|file| holds(&fs::read(file.path()).expect("there")))
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert!(!holding().is_empty(), "the words are published first");
    folder.write("public/pages/essay.html", "edited, and Zyxwvutzq");
    folder.write("annotations/a.md", &notes("private: true"));
    folder.write("annotations/pages/essay.md", &page("private: true"));
    let said = folder.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(holding(), Vec::<String>::new());
    assert!(said.stderr.contains("it was moved to `.casebook/replaced/"), "{}", said.stderr);
}

#[test]
fn an_archive_is_not_written_through_a_link() {
    let folder = Folder::new();
    folder.write("seeds/a.txt", "words\n");
    #[cfg(unix)]
    {
        let elsewhere = Folder::new();
        let target = elsewhere.path().join("not-there.zip");
        std::os::unix::fs::symlink(&target, folder.path().join("site.zip")).expect("links can be made");
        let said = folder.run(&["build", "--zip", "site.zip"]);
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(said.stderr.contains("it is a link"), "{}", said.stderr);
        assert!(!target.exists());
    }
}

#[test]
fn an_edited_page_is_told_of_and_kept() {
    let folder = Folder::new();
    folder.write("casebook.toml", "");
    folder.write("seeds/a.txt", "words\n");
    folder.write("seeds/b.txt", "more words\n");
    assert_eq!(folder.run(&["build"]).code, 0);
    folder.write("public/sources/a.html", "edited");
    folder.write("public/sources/b.html", "edited too");
    fs::remove_file(folder.path().join("seeds/b.txt")).expect("there");
    let said = folder.run(&["build", "--dry-run"]);
    for words in [
        "warning: `public/sources/a.html` was changed since the last build and would be made anew; what lay there would be kept in the dossier as `.casebook/replaced/sources/a.html`",
        "warning: `public/sources/b.html` is no page of the site any more, and was changed since the last build: it would be moved to `.casebook/replaced/sources/b.html`",
        "; 1 edited page would be kept aside; 1 edited page would be moved out of the site",
    ] {
        assert!(said.stderr.contains(words), "{}", said.stderr);
    }
    assert_eq!(folder.read("public/sources/a.html"), "edited");
    let said = folder.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for words in [
        "warning: `public/sources/a.html` was changed since the last build and was made anew; what lay there is kept in the dossier as `.casebook/replaced/sources/a.html`",
        "warning: `public/sources/b.html` is no page of the site any more, and was changed since the last build: it was moved to `.casebook/replaced/sources/b.html`",
        "; 1 edited page kept aside; 1 edited page moved out of the site",
    ] {
        assert!(said.stderr.contains(words), "{}", said.stderr);
    }
    assert_eq!(folder.read(".casebook/replaced/sources/a.html"), "edited");
    assert_eq!(folder.read(".casebook/replaced/sources/b.html"), "edited too");
    assert!(!folder.path().join("public/sources/b.html").exists());
    assert!(folder.read("public/sources/a.html").contains("words"));
}
