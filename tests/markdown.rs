//! Markdown against corpora that others made: the reading text of CommonMark's and GFM's examples, and
//! payloads that browsers were once harmed with. The corpora lie beside the repository; without them the
//! tests say that they were skipped.

use std::path::PathBuf;

use casebook::model::body::Body;
use casebook::model::path::InputPath;
use casebook::parse::annotation::annotation;
use casebook::parse::markdown::quotation::leaves_of;
use casebook::parse::markdown::{Flavour, markdown};
use casebook::parse::prose::page;

fn corpus(file: &str) -> Vec<serde_json::Value> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let path = std::env::var_os("CASEBOOK_CORPORA")
        .map_or_else(beside, PathBuf::from)
        .join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => text
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of the corpus is JSON"))
            .collect(),
        Err(_) => {
            println!("skipped: no corpus {file}");
            Vec::new()
        }
    }
}

fn seed() -> InputPath {
    InputPath::new("seeds/a.md").expect("a path of the dossier")
}

/// The tags that the examples of both specifications give, raw HTML aside.
const BLOCKS: &str = "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr br table thead tbody tr th td input";
const WITHIN: &str = "em strong code a del";

/// What a page shows, tags taken out; `None` where it holds raw HTML or a picture.
fn shown(html: &str) -> Option<String> {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        let (tag, after) = behind.split_once('>')?;
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        words.push_str(before);
        if BLOCKS.split(' ').any(|block| block == name) {
            words.push(' ');
        } else if !WITHIN.split(' ').any(|within| within == name) {
            return None;
        }
        rest = after;
    }
    words.push_str(rest);
    let words = words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    Some(folded(&words))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_reading_text_is_what_the_specifications_show() {
    for file in ["markdown/commonmark-spec.jsonl", "markdown/gfm-spec.jsonl"] {
        let mut held = 0;
        for example in corpus(file) {
            let text = example["markdown"].as_str().expect("an example has Markdown");
            let html = example["html"].as_str().expect("an example has HTML");
            let others =
                ["HTML blocks", "Raw HTML", "Disallowed Raw HTML (extension)", "Autolinks (extension)"];
            let expected = shown(html).filter(|_| {
                !text.contains("<bar") && !others.contains(&example["section"].as_str().unwrap_or_default())
            });
            if let Some(expected) = expected {
                let body = markdown(&seed(), text, 0..text.len(), Flavour::Source).value;
                assert_eq!(folded(&body.reading), expected, "{}: {text:?}", example["id"]);
                held += 1;
            }
        }
        println!("{held} examples of {file}");
        assert!(held == 0 || held > 500, "most examples are held to their text");
    }
}

#[test]
fn hostile_texts_are_read_and_every_leaf_has_its_place() {
    let files = ["blns", "dompurify", "markdown-it-xss", "owasp-filter-evasion"]
        .map(|name| format!("hostile/{name}.jsonl"));
    for example in files
        .iter()
        .flat_map(|file| corpus(file))
        .chain(corpus("markdown/commonmark-spec.jsonl"))
    {
        let text = example["payload"]
            .as_str()
            .or(example["markdown"].as_str())
            .expect("an example has a text");
        for flavour in [Flavour::Source, Flavour::Prose, Flavour::Note] {
            holds(&markdown(&seed(), text, 0..text.len(), flavour).value, text);
        }
        let note = format!("## {}\n\n{text}\n", text.replace(['\n', '\r'], " "));
        annotation(&seed(), &note)
            .value
            .notes
            .iter()
            .for_each(|read| holds(&read.comment, &note));
        let quoted: String = text.lines().map(|line| format!("> {line}\n")).collect();
        annotation(&seed(), &format!("## a\n\n{quoted}"));
        holds(&page(&seed(), text).value.body, text);
    }
}

fn holds(body: &Body, text: &str) {
    let mut leaves = Vec::new();
    leaves_of(body, &mut leaves);
    for leaf in leaves {
        let typed = &text[leaf.file.expect("Markdown keeps places").range()];
        let words = body.text(leaf);
        assert_eq!(words.len() == typed.len(), words == typed, "{words:?} {typed:?}");
    }
}
