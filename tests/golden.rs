//! Whole dossiers, each with one reviewed snapshot: what the program says of it, and what every page says.
//!
//! A golden is a folder under `tests/golden`: a dossier, and its `overview.snap`. The snapshot holds the
//! report as a person reads it and, where the dossier is published, each page as words, links and marks (see
//! `support::overview`). The `broken*` ones hold every mistake there is. Read a changed snapshot before you
//! accept it: `cargo insta review`, or `INSTA_UPDATE=always`.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use casebook::model::limit::{FILE_LIMIT, PAGE_LIMIT};
use casebook::parse::annotation::MOST_NOTES;
use support::dossier::{golden, goldens, publish, run};
use support::overview::{frame, overview, unhashed};

#[test]
fn dossiers() {
    let mut failed = Vec::new();
    for (name, _) in goldens() {
        let snapshot = snapshot(&name);
        let matches = std::panic::catch_unwind(|| {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(golden(&name));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!("overview", snapshot));
        });
        if matches.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "these goldens changed: {}", failed.join(", "));
}

fn snapshot(name: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dossier = folder.path().join(name);
    support::dossier::copy(&golden(name), &dossier);
    let check = run(&dossier, &[], &["check", "--hints"]);
    assert_eq!(check.stdout, "", "`check` for people keeps standard output clean");
    let mut out = format!("$ casebook check --hints\n{}exit {}\n", timeless(&check.said), check.code);
    let site = publish(&dossier, &[]);
    assert_eq!(site.code, check.code, "`build` and `check` judge alike:\n{}\n{}", check.said, site.said);
    let whole = WHOLE.contains(&name);
    if let Some(front) = site.files.get("index.html").filter(|_| whole) {
        out.push_str(&format!("\n════ the frame of index.html\n{}", frame(front)));
    }
    for (path, bytes) in site.files.iter().filter(|(path, _)| whole || says_something(path)) {
        match path.ends_with(".html") {
            true => out.push_str(&format!("\n════ {path}\n{}", overview(bytes))),
            false => out.push_str(&format!("\n════ {}\n", unhashed(path))),
        }
    }
    out
}

/// The goldens that show every file, and what stands round the pages. The others leave out what is the same
/// in all.
const WHOLE: &[&str] = &["first-steps", "hostile", "private"];

fn says_something(path: &str) -> bool {
    path.ends_with(".html") && path != "404.html" && path != "sources.html"
}

/// The closing line tells how long it took, which is no part of what is published: `in 12 ms: …` becomes `in
/// TIME: …`.
fn timeless(said: &str) -> String {
    said.lines()
        .map(|line| timeless_line(line).unwrap_or_else(|| line.to_string()) + "\n")
        .collect()
}

fn timeless_line(line: &str) -> Option<String> {
    let (before, after) = line.split_once(" in ")?;
    let (time, rest) = after.split_once(':')?;
    let (number, unit) = time.split_once(' ')?;
    number
        .parse::<f64>()
        .ok()
        .filter(|_| matches!(unit, "ms" | "s" | "µs"))?;
    Some(format!("{before} in TIME:{rest}"))
}

/// What no repository can hold: a file too large, a link, a socket, a name with a control character, a page
/// that is one long knot, more notes than one file may hold.
#[cfg(unix)]
#[test]
fn a_dossier_that_only_a_disk_can_hold() {
    let (folder, _socket) = on_disk();
    let check = run(folder.path(), &[], &["check", "--hints"]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(support::dossier::root().join("tests/golden"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let snapshot = format!("$ casebook check --hints\n{}exit {}\n", timeless(&check.said), check.code);
    settings.bind(|| insta::assert_snapshot!("broken-on-disk", snapshot));
}

#[cfg(unix)]
fn on_disk() -> (tempfile::TempDir, std::os::unix::net::UnixListener) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let seeds = folder.path().join("seeds");
    fs::create_dir(&seeds).expect("writable");
    fs::create_dir(folder.path().join("Notes")).expect("writable");
    let write = |name: &str, bytes: &str| fs::write(seeds.join(name), bytes).expect("writable");
    write("report.txt", "The harbour is deep.\n");
    write("tangled.html", &("<div>".repeat(40_000) + "The rope is in a knot.\n"));
    write("knots.md", &"[".repeat(900_000));
    let pages = folder.path().join("annotations/pages");
    fs::create_dir_all(&pages).expect("writable");
    fs::write(pages.join("knot.md"), format!("---\ntitle: A knot\n---\n\n{}", "[".repeat(900_000)))
        .expect("writable");
    write("a name\nof two lines.txt", "The pier is old.\n");
    let notes: String = (0..=MOST_NOTES)
        .map(|i| format!("## Note {i}\n\nA remark.\n\n"))
        .collect();
    fs::write(folder.path().join("annotations/report.md"), notes).expect("writable");
    for (name, limit) in [("large.txt", FILE_LIMIT), ("large.html", PAGE_LIMIT)] {
        let large = fs::File::create(seeds.join(name)).expect("writable");
        large.set_len(limit + 1).expect("a file with a hole takes no room");
    }
    std::os::unix::fs::symlink("report.txt", seeds.join("link.txt")).expect("this system has links");
    let socket =
        std::os::unix::net::UnixListener::bind(seeds.join("socket.txt")).expect("this system has sockets");
    (folder, socket)
}

/// The codes that a dossier's report holds.
fn codes_of(dossier: &Path) -> BTreeSet<String> {
    let check = run(dossier, &[], &["check", "--hints", "--format", "json"]);
    let code = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line)
            .unwrap_or_else(|error| panic!("{}: {error}: {line}", dossier.display()));
        value.get("code").and_then(|code| code.as_str()).map(str::to_string)
    };
    check.stdout.lines().filter_map(code).collect()
}

#[cfg(unix)]
#[test]
fn every_mistake_there_is_stands_in_a_broken_golden() {
    let mut reported = codes_of(on_disk().0.path());
    for (_, dossier) in goldens().into_iter().filter(|(name, _)| name.starts_with("broken")) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        support::dossier::copy(&dossier, folder.path());
        reported.extend(codes_of(folder.path()));
    }
    let codes = casebook::report::mistakes::codes();
    let missing: Vec<&str> = codes
        .iter()
        .map(|code| code.name)
        .filter(|name| !reported.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no golden under tests/golden/broken* reports: {}", missing.join(", "));
}

/// The notation of overviews, on one page with everything.
#[test]
fn an_overview_holds_words_and_no_looks() {
    let page = "<!DOCTYPE html><html lang=en><head><title>A  page</title></head><body><header>never</header><main class=x>
        <h1 id=top>One <em>two</em></h1><div class=wrapper><p>Words\u{a0}with <a href=\"a.html#n-x\" class=y>a link</a>, <mark id=m-x class=z>a mark</mark>
        and <mark>more</mark><sup>1</sup>.</p></div><ul><li>first<ul><li>inner</li></ul></li><li><p>second</p><p>more</p></li></ul>
        <aside id=n-x aria-label=\"Note 1\"><h2>Title</h2><blockquote><p>said</p></blockquote></aside>
        <table><tr><th>a</th><td>b <b>c</b></td></tr></table><pre><code>x  y\n z</code></pre></main></body></html>";
    let shown = overview(page.as_bytes());
    assert_eq!(
        shown,
        "title: A page\n# One *two* {#top}\nWords⟨00A0⟩with [a link](a.html#n-x), ⟦#m-x a mark⟧ and ⟦more⟧^(1).\n- first\n  - inner\n- second\n  more\n\
         <aside {#n-x} aria-label=Note 1>\n  ## Title\n  > said\n| a | b **c** |\n```\nx  y\n z\n```\n"
    );
}
