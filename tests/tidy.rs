//! The house rules that a compiler does not hold: layers, no circles, short rows, opening words, every code
//! told of.
//!
//! Each test fails with a sentence that says what to do.

#[path = "tidy/arrows.rs"]
mod arrows;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room may use those on lower floors, and those that `NEIGHBOURS` allow on
/// its own.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["report"],
    &["inputs"],
    &["parse"],
    &["config"],
    &["anchor"],
    &["locate", "writing"],
    &["link"],
    &["reason"],
    &["site"],
    &["render", "export"],
    &["state"],
    &["reworded"],
    &["cache"],
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
        panic!(
            "the room `{room}` stands on no floor: add it to `FLOORS` in tests/tidy.rs, as low as what it uses \
             allows"
        )
    })
}

/// The texts of all files by their modules.
fn texts() -> BTreeMap<String, String> {
    sources()
        .into_iter()
        .map(|(path, text)| (module(&path), text))
        .collect()
}

#[test]
fn rooms_use_only_what_lies_below() {
    for (here, used) in arrows::arrows(&arrows::code(&texts())) {
        for there in used {
            let (from, to) = (room(here), room(&there));
            let allowed = from == to
                || floor(from) > floor(to)
                || NEIGHBOURS.iter().any(|&(a, b, _)| a == from && b == to);
            assert!(
                allowed,
                "`{here}` uses `{there}`, which lies above or beside it: move what is needed down, or pass it \
                 as an argument"
            );
        }
    }
}

#[test]
fn no_circle_of_files() {
    let files = arrows::code(&texts());
    let arrows = arrows::arrows(&files);
    for start in arrows.keys() {
        let mut from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut next = vec![*start];
        while let Some(here) = next.pop() {
            for there in &arrows[here] {
                assert!(there != start, "{}", told(start, here, &from));
                if !from.contains_key(there.as_str()) {
                    from.insert(there, here);
                    next.push(there);
                }
            }
        }
    }
}

/// The circle that ends with the step from `last` to `start`.
fn told(start: &str, last: &str, from: &BTreeMap<&str, &str>) -> String {
    let mut circle = vec![start, last];
    while let Some(before) = circle.last().and_then(|here| from.get(here)) {
        circle.push(before);
    }
    circle.reverse();
    format!(
        "files use each other in a circle: {}. Move what they share to a file of its own, below both",
        circle.join(" → ")
    )
}

/// Paths of every shape are seen, and nothing of tests.
#[test]
fn arrows_are_read_from_every_shape_of_a_path() {
    let texts = [
        ("lib", "mod a; mod b; #[cfg(test)] mod t; mod d;"),
        ("a", "mod x; mod y; use self::x::{X, deep::{self as far, More}};\nfn f() { far::g(y::z) }"),
        (
            "a::x",
            "pub mod deep; #[cfg(test)] mod tests { use super::super::y; } fn f() { super::super::d::e() }",
        ),
        ("a::x::deep", "#[cfg(test)]\nuse crate::b;\nuse crate::{\n  a::{y as why},\n  d,\n};"),
        ("a::y", "/* crate::b */ fn f<'a>() { let _ = (\"crate::b\", '\"'); } // crate::d\n"),
        (
            "b",
            "mod inner { use super::super::d::D; use super::local; } #[cfg(test)] #[path = \"laws.rs\"] mod l;",
        ),
        ("d", ""),
        ("laws", "use crate::b;"),
        ("t", "use crate::a;"),
        ("t::more", "use crate::a;"),
    ];
    let texts = texts
        .into_iter()
        .map(|(module, text)| (module.to_string(), text.to_string()))
        .collect();
    let files = arrows::code(&texts);
    let seen: Vec<String> = arrows::arrows(&files)
        .into_iter()
        .map(|(module, used)| format!("{module}: {}", used.into_iter().collect::<Vec<_>>().join(" ")))
        .collect();
    let expected =
        ["a: a::x a::x::deep a::y", "a::x: d", "a::x::deep: a::y d", "a::y: ", "b: d", "d: ", "lib: "];
    assert_eq!(seen, expected);
}

/// The longest row; a literal without escapes cannot be broken and is left alone.
const LONGEST_ROW: usize = 110;

#[test]
fn no_row_is_long() {
    for (path, text) in sources() {
        let raw: BTreeSet<usize> = arrows::tokens(&text)
            .filter(|(_, token)| arrows::is_raw(token))
            .flat_map(|(at, token)| {
                let first = text[..at].matches('\n').count();
                first..=first + token.matches('\n').count()
            })
            .collect();
        for (number, row) in text.lines().enumerate() {
            assert!(
                row.chars().count() <= LONGEST_ROW || raw.contains(&number),
                "{}:{}: the row has more than {LONGEST_ROW} characters: break it; a word list goes on behind `\\`",
                path.display(),
                number + 1
            );
        }
    }
}

/// `Source::shown` gives what rights let readers see; `Source::evidence` gives the whole text.
#[test]
fn what_is_shown_passes_the_gate_of_rights() {
    for (module, file) in arrows::code(&texts()) {
        let shows = matches!(room(&module), "render" | "export" | "site");
        let asks = file.tokens.windows(4).any(|four| four == [".", "evidence", "(", ")"]);
        assert!(!shows || !asks, "`{module}` shows words of a source: ask `Source::shown` for them");
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
