//! The house rules that a compiler does not hold: layers, no circles, opening words, every code told of.
//!
//! Each test fails with a sentence that says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room may use those on lower floors, and those that `NEIGHBOURS` allow on
/// its own.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["report"],
    &["inputs"],
    &["parse", "reading"],
    &["config"],
    &["anchor"],
    &["locate", "writing"],
    &["link"],
    &["reason"],
    &["site"],
    &["render", "export"],
    &["state"],
    &["reworded"],
    &["memo"],
    &["lib"],
    &["world"],
    &["cli"],
    &["main"],
];

/// Who may use a room on the same floor, and why.
const NEIGHBOURS: &[(&str, &str, &str)] =
    &[("export", "render", "an export holds the HTML of a note as the pages show it")];

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("`src` can be read") {
            let path = entry.expect("`src` can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// `src/render/body.rs` → `render::body`; `src/render.rs` → `render`.
fn module(path: &Path) -> String {
    let path = path.with_extension("");
    let parts: Vec<_> = path
        .iter()
        .skip(1)
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("::")
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| {
        panic!("the room `{room}` stands on no floor: add it to `FLOORS` in tests/tidy.rs, as low as what it uses allows")
    })
}

/// The modules that a file's code names after `crate::`, tests aside.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut modules = BTreeSet::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            let path: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                .collect();
            let names: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
            // `crate::link::{a, b}` names the room; `crate::report::mistakes::names::x` the file and those
            // above it
            modules.extend((1..=names.len()).map(|length| names[..length].join("::")));
        }
    }
    modules
}

#[test]
fn rooms_use_only_what_lies_below() {
    for (path, text) in sources() {
        let here = module(&path);
        for there in used(&text) {
            let (from, to) = (room(&here), room(&there));
            if from == to || !Path::new("src").join(format!("{to}.rs")).exists() {
                continue;
            }
            let allowed = floor(from) > floor(to) || NEIGHBOURS.iter().any(|&(a, b, _)| a == from && b == to);
            assert!(
                allowed,
                "{} uses `{to}`, which lies above or beside it: move what is needed down, or pass it as an argument",
                path.display()
            );
        }
    }
}

#[test]
fn no_circle_of_files() {
    let files: BTreeMap<String, String> = sources()
        .into_iter()
        .map(|(path, text)| (module(&path), text))
        .collect();
    let arrows: BTreeMap<&str, Vec<&str>> = files
        .iter()
        .map(|(here, text)| {
            let there = used(text);
            let targets = files
                .keys()
                .filter(|file| *file != here && file.contains("::") && there.contains(*file))
                .map(String::as_str);
            (here.as_str(), targets.collect())
        })
        .collect();
    for start in files.keys() {
        let mut seen = BTreeSet::new();
        let mut next = arrows[start.as_str()].clone();
        while let Some(file) = next.pop() {
            assert!(
                file != start,
                "`{start}` uses itself by way of other files: part the shared piece from one of them"
            );
            if seen.insert(file) {
                next.extend(&arrows[file]);
            }
        }
    }
}

/// `Source::shown` gives what rights let readers see; `Source::evidence` gives the whole text.
#[test]
fn what_is_shown_passes_the_gate_of_rights() {
    for (path, text) in sources() {
        // The specimen is a dossier of tests.
        let shows = matches!(room(&module(&path)), "render" | "export" | "site")
            && !path.ends_with("render/specimen.rs");
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        assert!(
            !shows || !code.contains(".evidence()"),
            "{} shows words of a source: ask `Source::shown` for them",
            path.display()
        );
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not open with `//!` and what it is for", path.display());
    }
}

#[test]
fn every_code_has_a_section_in_the_docs() {
    let docs = diagnostics_docs();
    let sections: BTreeSet<&str> = docs
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|title| title.trim_matches('`'))
        .collect();
    let codes: BTreeSet<&str> = casebook::report::mistakes::codes()
        .iter()
        .map(|code| code.name)
        .collect();
    let missing: Vec<_> = codes.difference(&sections).collect();
    let stale: Vec<_> = sections.difference(&codes).collect();
    assert!(missing.is_empty(), "codes without a section `## code` under docs/diagnostics.d: {missing:?}");
    assert!(stale.is_empty(), "sections under docs/diagnostics.d without a code: {stale:?}");
}

#[test]
fn a_code_is_a_name_of_its_own() {
    let codes = casebook::report::mistakes::codes();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len(), "two codes have one name");
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "`{name}` is not kebab case");
    }
}

fn diagnostics_docs() -> String {
    let folder = fs::read_dir("docs/diagnostics.d").expect("docs/diagnostics.d is there");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
        .iter()
        .map(|path| fs::read_to_string(path).expect("docs are UTF-8"))
        .collect::<Vec<_>>()
        .join("\n")
}
