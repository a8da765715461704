//! Whole dossiers, each with one reviewed snapshot: what the program says of it, and what every page says.
//!
//! A golden is a folder under `tests/golden`: a dossier, and its `overview.snap`. The snapshot holds the report as a person
//! reads it and, where the dossier is published, each page as words, links and marks (see `support::overview`). The `broken*` ones
//! hold every mistake there is. Read a changed snapshot before you accept it: `cargo insta review`, or `INSTA_UPDATE=always`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use support::dossier::{golden, goldens, publish, run};
use support::overview::{frame, overview};

#[test]
#[ignore = "its snapshots have not been reviewed yet: a golden is worth what its reader saw"]
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
    if let Some(front) = site.files.get("index.html") {
        out.push_str(&format!("\n════ the frame of index.html\n{}", frame(front)));
    }
    for (path, bytes) in &site.files {
        if path.ends_with(".html") {
            out.push_str(&format!("\n════ {path}\n{}", overview(bytes)));
        } else if !path.starts_with("assets/") {
            out.push_str(&format!("\n════ {path}\n"));
        }
    }
    out
}

/// The closing line tells how long it took; that is no part of what is published.
fn timeless(said: &str) -> String {
    let words = said.split_inclusive([' ', '\n']).collect::<Vec<_>>();
    let mut out = String::new();
    for (number, word) in words.iter().enumerate() {
        let next = words.get(number + 1).map_or("", |next| next.trim_end_matches([' ', '\n', '.', ',']));
        let is_number = word.trim_end().parse::<f64>().is_ok();
        if is_number && matches!(next, "ms" | "s" | "µs") {
            out.push_str("TIME ");
        } else {
            out.push_str(word);
        }
    }
    out
}

/// The codes that the goldens whose name begins with `broken` report, with the golden that does.
fn reported() -> BTreeMap<String, BTreeSet<String>> {
    let mut reported: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, dossier) in goldens().into_iter().filter(|(name, _)| name.starts_with("broken")) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        support::dossier::copy(&dossier, folder.path());
        let check = run(folder.path(), &[], &["check", "--hints", "--format", "json"]);
        for line in check.stdout.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"));
            if let Some(code) = value.get("code").and_then(|code| code.as_str()) {
                reported.entry(code.to_string()).or_default().insert(name.clone());
            }
        }
    }
    reported
}

/// Codes that no folder in a repository can show: a dossier of files cannot hold them. Each is shown by the test named.
const ELSEWHERE: &[(&str, &str)] = &[];

#[test]
#[ignore = "its snapshots have not been reviewed yet: a golden is worth what its reader saw"]
fn every_mistake_there_is_stands_in_a_broken_golden() {
    let reported = reported();
    let codes = casebook::report::mistakes::codes();
    let missing: Vec<&str> = codes
        .iter()
        .map(|code| code.name)
        .filter(|name| !reported.contains_key(*name) && !ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == name))
        .collect();
    assert!(missing.is_empty(), "no golden under tests/golden/broken* reports: {}", missing.join(", "));
}

#[test]
#[ignore = "its snapshots have not been reviewed yet: a golden is worth what its reader saw"]
fn what_is_shown_elsewhere_is_shown() {
    for (code, test) in ELSEWHERE {
        let (file, name) = test.split_once("::").expect("a file and the name of a test in it");
        let text = fs::read_to_string(support::dossier::root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.contains(&format!("fn {name}()")) && text.contains(code), "{file} has no test `{name}` that speaks of `{code}`");
    }
}

/// The notation of overviews, on one page with everything.
#[test]
#[ignore = "its snapshots have not been reviewed yet: a golden is worth what its reader saw"]
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
