//! Seeds against what others test with: pages on which people made annotations, strings that broke other
//! programs.

use std::path::PathBuf;

use casebook::model::body::Body;
use casebook::model::path::InputPath;
use casebook::parse::decode::decode;
use casebook::parse::source::{RawSource, source};

/// A file of the corpora, which stand beside a checkout and are no part of it; `None`, said aloud, where they
/// are absent.
fn corpus(name: &str) -> Option<Vec<u8>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let path = std::env::var_os("CASEBOOK_CORPORA")
        .map_or_else(beside, PathBuf::from)
        .join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: there is no {}", path.display());
    }
    bytes
}

fn read(name: &str, bytes: &[u8]) -> RawSource {
    let path = InputPath::new(name).expect("a test names files inside the dossier");
    let text = decode(&path, bytes).value.expect("the file is text").text;
    source(&path, &text).value
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_people_marked_in_a_page_stands_in_its_reading_text() {
    for name in ["wikipedia-regression-testing", "minimal"] {
        let Some(page) = corpus(&format!("hypothesis-baselines/{name}.html")) else { return };
        let Some(notes) = corpus(&format!("hypothesis-baselines/{name}.json")) else { return };
        let reading = folded(&read("seeds/page.html", &page).body.reading);
        let notes: serde_json::Value = serde_json::from_slice(&notes).expect("the corpus is JSON");
        let selectors = notes["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|row| row["target"][0]["selector"].as_array().into_iter().flatten());
        let quotes: Vec<&str> = selectors.filter_map(|selector| selector["exact"].as_str()).collect();
        assert!(!quotes.is_empty(), "{name}");
        for quote in quotes {
            assert!(reading.contains(&folded(quote)), "{name}: {quote}");
        }
    }
}

#[test]
fn no_hostile_string_breaks_a_reader_or_leaves_a_place_outside_the_file() {
    for name in ["dompurify", "owasp-filter-evasion", "markdown-it-xss", "blns"] {
        let Some(lines) = corpus(&format!("hostile/{name}.jsonl")) else { return };
        let lines = String::from_utf8(lines).expect("the corpus is UTF-8");
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of the corpus is JSON");
            let payload = line["payload"].as_str().expect("a line of the corpus has a payload");
            for (seed, text) in [
                ("seeds/a.html", payload.to_string()),
                ("seeds/a.html", format!("<p title=\"{payload}\">{payload}</p><a href=\"{payload}\">x</a>")),
                ("seeds/a.md", payload.to_string()),
                ("seeds/a.md", format!("---\ntitle: {payload}\nprivate: true\n---\n[x]({payload})\n")),
                ("seeds/a.txt", payload.to_string()),
            ] {
                let path = InputPath::new(seed).expect("relative");
                let parsed = source(&path, &text);
                assert_places(&parsed.value.body, &text);
                if text.contains("\nprivate: true\n") && !payload.contains(['\n', '\r']) {
                    assert!(
                        parsed.value.facts.draft.as_ref().is_some_and(|draft| draft.value),
                        "held back whatever stands above: {text:?}"
                    );
                }
                let places = parsed
                    .mistakes
                    .iter()
                    .flat_map(|mistake| mistake.place.iter().chain(&mistake.related));
                for label in places {
                    assert!(text.get(label.place.span.range()).is_some(), "{label:?} in {text:?}");
                }
            }
        }
    }
}

/// Leaves are shown by the debug form of the tree: whatever holds them, each names its place.
fn assert_places(body: &Body, text: &str) {
    let shown = format!("{:?}", body.blocks);
    for part in shown.split("file: Some(Span { start: ").skip(1) {
        let numbers: Vec<usize> = part
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
            .take(2)
            .flat_map(str::parse)
            .collect();
        assert!(text.get(numbers[0]..numbers[1]).is_some(), "{numbers:?} in {text:?}");
    }
}
