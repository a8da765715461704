//! Five published texts, with notes made for the run: each tenth sentence quoted word for word has to be
//! found.
//!
//! The texts are others' copyright. They lie beside the repository (`../shared/seeds`, or `$CASEBOOK_SEEDS`)
//! and nothing of them stands in it, so what is expected is worked out from the files themselves by rules
//! simpler than the program's.

mod support;

use std::fs;

use support::dom::Document;
use support::dossier::{beside, publish};

struct Text {
    id: String,
    bytes: Vec<u8>,
    /// Every line of these texts is a paragraph.
    paragraphs: Vec<String>,
}

fn texts() -> Option<Vec<Text>> {
    let folder = beside("CASEBOOK_SEEDS", "../shared/seeds")?;
    let mut texts = Vec::new();
    for path in support::dossier::all(&folder) {
        let bytes = fs::read(&path).expect("listed a moment ago");
        let paragraphs = String::from_utf8_lossy(&bytes)
            .lines()
            .map(spaced)
            .filter(|line| !line.is_empty())
            .collect();
        texts.push(Text {
            id: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            bytes,
            paragraphs,
        });
    }
    assert_eq!(texts.len(), 5, "five texts were there when this was written");
    Some(texts)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What lies between full stops, question and exclamation marks that white space follows; short pieces are
/// left out.
fn sentences(paragraphs: &[String]) -> Vec<String> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        let ends = paragraph.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
        let mut start = 0;
        for end in ends.filter(|&end| paragraph[end..].is_empty() || paragraph[end..].starts_with(' ')) {
            let sentence = paragraph[start..end].trim();
            if sentence.len() > 40 {
                sentences.push(sentence.to_string());
            }
            start = end;
        }
    }
    sentences
}

/// The third text is a scraped page: two lines of navigation before its headline, and reactions and related
/// news behind.
fn cut(text: &Text) -> Option<(usize, usize)> {
    let end = text.paragraphs.iter().position(|line| line == "Reactions:")?;
    Some((2, end))
}

fn notes(text: &Text) -> (String, Vec<String>) {
    let (from, to) = cut(text).unwrap_or((0, text.paragraphs.len()));
    let body = &text.paragraphs[from..to];
    let mut out = format!("---\nsource: {}\n", text.id);
    if cut(text).is_some() {
        let last: Vec<&str> = body[body.len() - 1].split(' ').collect();
        out.push_str(&format!("begin: {:?}\nend: {:?}\n", body[0], last[last.len() - 8..].join(" ")));
    }
    out.push_str("---\n");
    let quoted: Vec<String> = sentences(body).into_iter().step_by(10).collect();
    for (number, sentence) in quoted.iter().enumerate() {
        out.push_str(&format!("\n## Sentence {number}\n\n> {sentence}\n\ntopics: everything\n"));
    }
    (out, quoted)
}

#[test]
fn published_texts_build_with_notes_on_each_tenth_sentence() {
    let Some(texts) = texts() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    };
    for text in &texts {
        write(&format!("seeds/{}.txt", text.id), &text.bytes);
        write(&format!("annotations/{}.md", text.id), notes(text).0.as_bytes());
    }
    let site = publish(folder.path(), &[]);
    assert_eq!(site.code, 0, "{}", site.said);
    for text in &texts {
        let page = site
            .files
            .get(&format!("sources/{}.html", support::dossier::slug(&text.id)))
            .expect("a page for each text");
        assert_paragraphs(text, &Document::parse(page));
        assert_marks(text, &Document::parse(page));
    }
}

/// The page holds the text's paragraphs one by one and in order, and none of what was cut off.
fn assert_paragraphs(text: &Text, page: &Document) {
    let (from, to) = cut(text).unwrap_or((0, text.paragraphs.len()));
    let blocks = page.elements().filter(|&node| {
        matches!(page.name(node), "p" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote")
    });
    let shown: Vec<String> = blocks
        .map(|node| spaced(&page.text_without(node, |inner| is_reference(page, inner))))
        .collect();
    let mut at = 0;
    for (number, paragraph) in text.paragraphs[from..to].iter().enumerate() {
        let found = shown[at..].iter().position(|block| block == paragraph);
        let Some(place) = found else {
            panic!("{}: paragraph {number} of {} is no paragraph of the page", text.id, to - from)
        };
        at += place + 1;
    }
    let kept = &text.paragraphs[from..to];
    let gone = text.paragraphs[..from]
        .iter()
        .chain(&text.paragraphs[to..])
        .filter(|line| line.len() > 30 && !kept.contains(line));
    let whole = spaced(&page.text(0));
    for line in gone {
        assert!(!whole.contains(line.as_str()), "{}: a line of the navigation is still there", text.id);
    }
}

/// The number behind a mark, which is ours.
fn is_reference(page: &Document, node: usize) -> bool {
    page.attribute(node, "class")
        .is_some_and(|class| class.split(' ').any(|word| word == "ref"))
}

/// Every quoted sentence is marked, whole.
fn assert_marks(text: &Text, page: &Document) {
    let quoted = notes(text).1;
    assert!(!quoted.is_empty(), "{}: no sentence to quote", text.id);
    let marks: Vec<String> = page
        .elements()
        .filter(|&node| page.name(node) == "mark")
        .map(|node| spaced(&page.text(node)))
        .collect();
    for (number, sentence) in quoted.iter().enumerate() {
        assert!(
            marks
                .iter()
                .any(|mark| mark == sentence.trim_end_matches(['.', '?', '!']) || mark == sentence),
            "{}: sentence {number} has no mark",
            text.id
        );
    }
}
