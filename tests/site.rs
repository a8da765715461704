//! Sites as a reader's browser finds them: built by the program, read back as files, crawled.
//!
//! The shipped dossier and every golden without errors must pass: every link and fragment resolves, ids are
//! unique, nothing is asked of another site, nothing runs or styles but what the policy names, every page can
//! be walked to.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use support::dom::Document;
use support::dossier::{Site, goldens, publish, shipped};
use support::judge::{self, Files};

/// The folders and fixed pages of a site; with the shipped dossier each has to be there.
const KINDS: &[&str] = &[
    "index.html",
    "sources.html",
    "topics.html",
    "claims.html",
    "names.html",
    "404.html",
    ".nojekyll",
    "sources/",
    "topics/",
    "claims/",
    "pages/",
    "assets/",
];

#[test]
fn the_shipped_dossier_is_a_sound_site() {
    let site = publish(&shipped(), &[]);
    assert_eq!(site.code, 0, "the shipped dossier does not build:\n{}", site.said);
    assert_sound("the shipped dossier", &site.files);
    for kind in KINDS {
        assert!(
            site.files
                .keys()
                .any(|path| path == kind || (kind.ends_with('/') && path.starts_with(kind))),
            "no page of the kind `{kind}`"
        );
    }
}

#[test]
fn every_golden_without_errors_is_a_sound_site() {
    let mut built = 0;
    for (name, dossier) in goldens() {
        let site = publish(&dossier, &[]);
        if site.code == 0 {
            assert_sound(&name, &site.files);
            built += 1;
        } else {
            assert!(
                site.files.is_empty(),
                "`{name}` has mistakes, and yet something was written: {:?}",
                site.files.keys()
            );
        }
    }
    assert!(built >= 9, "only {built} of the goldens build");
}

#[test]
fn with_a_base_url_too() {
    let dossier = tempfile::tempdir().expect("a temporary folder");
    support::dossier::copy(&shipped(), dossier.path());
    let settings = dossier.path().join("casebook.toml");
    let text = fs::read_to_string(&settings).expect("the shipped dossier has settings");
    fs::write(
        &settings,
        text.replace("[dossier]", "[dossier]\nbase_url = \"https://example.org/sub/path/\""),
    )
    .expect("writable");
    let site = publish(dossier.path(), &[]);
    assert_eq!(site.code, 0, "{}", site.said);
    let lost = site
        .files
        .get("404.html")
        .map(|page| String::from_utf8_lossy(page).into_owned())
        .unwrap_or_default();
    assert!(lost.contains("=\"/sub/path/"), "with `base_url` the links of 404.html begin with its path");
    let rest: Files = site
        .files
        .into_iter()
        .filter(|(path, _)| path != "404.html")
        .collect();
    assert_sound("the shipped dossier with a base_url", &rest);
}

/// Ids made by the program begin with a letter and `-`; an address that was published is never lost.
#[test]
fn every_address_of_the_shipped_dossier_is_pinned() {
    let site = publish(&shipped(), &[]);
    let now = addresses(&site);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/addresses.txt");
    let pinned = fs::read_to_string(&file).unwrap_or_default();
    let (now, then): (BTreeSet<&str>, BTreeSet<&str>) = (now.lines().collect(), pinned.lines().collect());
    if now != then {
        let new = file.with_file_name("addresses.snap.new");
        let text: String = now.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&new, text).expect("tests/golden is writable");
        let lost: Vec<_> = then.difference(&now).collect();
        let more: Vec<_> = now.difference(&then).collect();
        panic!(
            "addresses lost (links to them break; leave `former-ids` behind): {lost:#?}\nnew addresses (pin them): {more:#?}\n\
             if this is meant: mv tests/golden/addresses.snap.new tests/golden/addresses.txt"
        );
    }
}

/// Every page, and every note in it. Assets and media carry hashes, and previews are for the pages alone: no
/// addresses that people keep.
fn addresses(site: &Site) -> String {
    let mut lines = BTreeSet::new();
    for (path, bytes) in &site.files {
        if ["assets/", "media/", "previews/"]
            .iter()
            .any(|folder| path.starts_with(folder))
        {
            continue;
        }
        lines.insert(path.clone());
        if path.starts_with("sources/") {
            let document = Document::parse(bytes);
            let ids = document.elements().filter_map(|node| document.attribute(node, "id"));
            lines.extend(ids.filter(|id| id.starts_with("n-")).map(|id| format!("{path}#{id}")));
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn assert_sound(name: &str, files: &Files) {
    let mut complaints = judge::loose_ends(files);
    complaints.extend(judge::outside_requests(files));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        complaints.extend(judge::unsafe_parts(path, bytes));
        complaints.extend(judge::comments(path, bytes));
    }
    complaints.extend(odd_names(files));
    assert!(complaints.is_empty(), "{name}: {} complaints\n{}", complaints.len(), grouped(&complaints));
}

/// Files are named so that every system can hold them, whatever it thinks of case and composed letters.
fn odd_names(files: &Files) -> Vec<String> {
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    let mut complaints = Vec::new();
    for path in files.keys() {
        if let Some(other) = folded.insert(path.to_lowercase(), path) {
            complaints.push(format!("`{path}` and `{other}` are one file on some systems"));
        }
        if path.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
            || path
                .split('/')
                .any(|part| part.ends_with(['.', ' ']) || part.len() > 240)
        {
            complaints.push(format!("`{path}` is no name of a file on some systems"));
        }
    }
    complaints
}

/// The first few hundred; the same complaint on many pages is told once.
fn grouped(complaints: &[String]) -> String {
    let mut groups: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for complaint in complaints {
        let (page, words) = complaint.split_once(": ").unwrap_or(("", complaint));
        groups.entry(words).or_insert((0, page)).0 += 1;
    }
    groups
        .iter()
        .take(200)
        .map(|(words, (times, page))| format!("  {times}× {words}   ({page})\n"))
        .collect()
}
