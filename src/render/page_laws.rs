//! What holds for every page of every dossier: nothing inline, nothing from elsewhere, every link leads
//! somewhere, every id stands once, and no word of a source that may not be published.

use std::collections::{BTreeMap, BTreeSet};

use super::test_dossier::{CANARY, dossier, passage, print};
use crate::inputs::Inputs;
use crate::model::dossier::{Dossier, NoteIx, SourceIx};
use crate::model::quote::Verdict;
use crate::model::rights::Rights;

fn pages(dossier: &Dossier) -> BTreeMap<String, String> {
    print(dossier, &Inputs::default())
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .collect()
}

/// The values of an attribute on a page.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_kind_of_page_is_made() {
    let pages = pages(&dossier(Rights::Full));
    let expected = [
        "404.html",
        "claims.html",
        "claims/formerly.html",
        "claims/large.html",
        "claims/small.html",
        "coverage.html",
        "figures.html",
        "index.html",
        "names.html",
        "pages/essay.html",
        "provenance.html",
        "sources.html",
        "sources/first.html",
        "sources/second.html",
        "timeline.html",
        "topics.html",
        "topics/deficit.html",
        "topics/someone.html",
        "topics/trade.html",
    ];
    assert_eq!(pages.keys().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (path, html) in pages(&dossier(Rights::Full)) {
        assert!(
            html.contains(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;"
            ),
            "{path}"
        );
        assert!(!html.contains(" style=\"") && !html.contains("javascript:\""), "{path}");
        for script in html.split("<script").skip(1) {
            assert!(
                script.starts_with(" src=\"") && script.contains("></script>"),
                "{path} holds a script of its own: {script:.60}"
            );
        }
        assert!(path == "404.html" || !html.contains("<style"), "{path}");
        for src in attributes(&html, "src") {
            assert!(!src.contains(':'), "{path} takes {src} from elsewhere");
        }
        assert!(!html.contains("<b>claims</b>") && !html.contains("<grew>"), "{path} does not escape");
    }
}

#[test]
fn an_address_of_another_scheme_is_no_link() {
    let html = &pages(&dossier(Rights::Full))["sources/first.html"];
    assert!(html.contains("javascript:alert(1)") && !html.contains("href=\"javascript:"), "{html}");
    assert!(html.contains("href=\"https://example.org/a?b&amp;c\" rel=\"noopener noreferrer\""));
}

#[test]
fn every_link_leads_to_a_page_and_a_place_on_it() {
    for rights in [Rights::Full, Rights::Excerpts, Rights::None] {
        let dossier = dossier(rights);
        let files = print(&dossier, &Inputs::default());
        let ids: BTreeMap<&str, BTreeSet<&str>> = files
            .iter()
            .map(|(path, html)| (path.as_str(), attributes(html, "id").into_iter().collect()))
            .collect();
        for (path, html) in &files {
            for href in attributes(html, "href")
                .into_iter()
                .filter(|href| !href.contains(':'))
            {
                let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
                let target = if file.is_empty() { path.clone() } else { resolved(path, file) };
                let ids = ids
                    .get(target.as_str())
                    .unwrap_or_else(|| panic!("{path} links to {href}, which is not there"));
                assert!(
                    fragment.is_empty() || ids.contains(fragment),
                    "{path} links to {href}, which has no such place ({rights:?})"
                );
            }
        }
    }
}

fn resolved(from: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_id_stands_once_and_begins_with_a_letter_and_a_dash() {
    for (path, html) in pages(&dossier(Rights::Full)) {
        let ids = attributes(&html, "id");
        let once: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{path} has an id twice: {ids:?}");
        for id in ids {
            let ours = id
                .split_once('-')
                .is_some_and(|(letters, _)| (1..=2).contains(&letters.len()));
            assert!(ours, "{path} has the id {id}, which a person could have written");
        }
    }
}

#[test]
fn tags_close_in_order() {
    const VOID: [&str; 8] = ["meta", "link", "br", "hr", "img", "input", "wbr", "!doctype"];
    for (path, html) in pages(&dossier(Rights::Full)) {
        let mut open: Vec<&str> = Vec::new();
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag
                .trim_start_matches('/')
                .split([' ', '\n'])
                .next()
                .unwrap_or_default();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "{path}");
            } else if !VOID.contains(&name) && !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{path} leaves open {open:?}");
    }
}

#[test]
fn the_notes_hang_from_their_paragraph() {
    let html = &pages(&dossier(Rights::Full))["sources/first.html"];
    let order = [
        "id=\"n-whole\"",
        "id=\"m-grew\"",
        "id=\"m-both\"",
        "id=\"n-grew\"",
        "id=\"n-both\"",
        "id=\"n-inner\"",
        "id=\"h-later\"",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|mark| html.find(mark).unwrap_or_else(|| panic!("no {mark} in {html}")))
        .collect();
    assert!(places.is_sorted(), "{places:?} in {html}");
}

#[test]
fn a_source_without_rights_shows_no_word_of_its_text() {
    for (path, html) in pages(&dossier(Rights::None)) {
        for word in [CANARY, "passed 110 billion", "Said aloud"] {
            assert!(!html.contains(word), "{path} shows {word}");
        }
    }
    assert!(pages(&dossier(Rights::None))["topics/deficit.html"].contains("Passage checked, not published."));
}

#[test]
fn a_source_with_excerpts_shows_sentences_that_are_quoted() {
    let pages = pages(&dossier(Rights::Excerpts));
    assert!(pages["sources/second.html"].contains("The deficit <mark"), "{}", pages["sources/second.html"]);
    for (path, html) in &pages {
        for word in [CANARY, "Said aloud"] {
            assert!(!html.contains(word), "{path} shows {word}");
        }
    }
    assert!(
        super::test_dossier::print(&dossier(Rights::Full), &Inputs::default())["sources/second.html"]
            .contains(CANARY),
        "the test can fail"
    );
}

#[test]
fn a_passage_under_review_shows_no_words() {
    let mut dossier = dossier(Rights::Full);
    dossier.note_mut(NoteIx(4)).passages[0].verdict = Verdict::Drifted;
    dossier.note_mut(NoteIx(4)).passages[0].anchors.clear();
    let pages = pages(&dossier);
    assert!(!pages["topics/deficit.html"].contains("passed 110 billion"));
    assert!(pages["topics/deficit.html"].contains("Quotation under review"));
    let source = &pages["sources/second.html"];
    assert!(
        source.contains("id=\"n-grew\"")
            && !source.contains("id=\"m-grew\"")
            && source.contains("1 passage is under review"),
        "{source}"
    );
}

#[test]
fn a_passage_from_another_source_stands_in_the_note() {
    let mut dossier = dossier(Rights::Full);
    let elsewhere = passage(&dossier.sources[1], SourceIx(1), "Said aloud.");
    dossier.note_mut(NoteIx(0)).passages.push(elsewhere);
    let html = &pages(&dossier)["sources/first.html"];
    let note = html
        .split("id=\"n-grew\"")
        .nth(1)
        .and_then(|rest| rest.split("</aside>").next())
        .expect("the note is there");
    assert!(
        note.contains("Said aloud.") && note.contains("The second source") && !note.contains("Trade"),
        "{note}"
    );
}

#[test]
fn words_follow_the_language_of_the_dossier() {
    let mut dossier = dossier(Rights::Full);
    dossier.about.language = "vi".to_string();
    let html = &pages(&dossier)["sources/first.html"];
    assert!(
        html.contains("<html lang=\"vi\"")
            && html.contains("Nguồn 1 trên 2")
            && html.contains("ngày 12 tháng 11 năm 2024"),
        "{html}"
    );
}

#[test]
fn the_page_for_what_is_not_there_needs_no_folder() {
    let mut dossier = dossier(Rights::Full);
    assert!(pages(&dossier)["404.html"].contains("style-src &#39;sha256-"));
    dossier.about.base_url = Some("https://example.org/sub/".to_string());
    let html = &pages(&dossier)["404.html"];
    assert!(
        html.contains("href=\"/sub/assets/casebook.") && html.contains("href=\"/sub/index.html\""),
        "{html}"
    );
}

#[test]
fn a_former_address_leads_on() {
    let html = &pages(&dossier(Rights::Full))["claims/formerly.html"];
    assert!(
        html.contains("content=\"0; url=large.html\"") && html.contains("<a href=\"large.html\">"),
        "{html}"
    );
}

/// The fields of every struct of a file that templates may see.
fn fields(code: &str) -> Vec<&str> {
    let structs = code
        .split("Serialize)]\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("{\n")?.1.split_once("\n}").map(|(body, _)| body));
    let lines = structs
        .flat_map(str::lines)
        .map(str::trim)
        .filter(|line| !line.starts_with("//"));
    lines
        .filter_map(|line| line.trim_start_matches("pub ").split_once(": ").map(|(name, _)| name))
        .collect()
}

#[test]
fn template_writers_are_told_of_every_field() {
    let docs = include_str!("../../docs/templates.md");
    let files = [
        include_str!("view.rs"),
        include_str!("source.rs"),
        include_str!("topic.rs"),
        include_str!("claim.rs"),
        include_str!("front.rs"),
        include_str!("figures.rs"),
        include_str!("timeline.rs"),
        include_str!("coverage.rs"),
        include_str!("provenance.rs"),
    ];
    for file in files {
        let fields = fields(file);
        assert!(fields.len() > 3, "{fields:?}");
        for field in fields {
            assert!(
                docs.contains(&format!("`{field}`")) || docs.contains(&format!("frame.{field}`")),
                "docs/templates.md does not speak of `{field}`"
            );
        }
    }
}

#[test]
fn what_those_are_told_who_show_links_to_a_page() {
    let mut dossier = dossier(Rights::Full);
    dossier.about.base_url = Some("https://example.org/site/".to_string());
    dossier.about.title = "Two letters".to_string();
    let pages = pages(&dossier);
    let told = |path: &str| -> Vec<String> {
        let properties = pages[path].split("<meta property=\"og:").skip(1);
        properties
            .filter_map(|rest| rest.split("\">").next())
            .map(|rest| rest.replace("\" content=\"", ": "))
            .collect()
    };
    let title = &dossier.about.title;
    assert_eq!(
        told("index.html")[..4],
        [
            "url: https://example.org/site/".to_string(),
            format!("title: {title}"),
            "type: website".into(),
            format!("site_name: {title}")
        ]
    );
    let claim = told("claims/large.html");
    assert!(
        claim.contains(&"url: https://example.org/site/claims/large.html".to_string())
            && claim.contains(&"type: article".to_string()),
        "{claim:?}"
    );
    assert!(
        !claim
            .iter()
            .any(|line| line.starts_with("title: ") && line.contains(title)),
        "the page's title alone: {claim:?}"
    );
    for path in ["sources/first.html", "topics/trade.html", "claims/large.html"] {
        assert!(
            told(path).iter().any(|line| line.starts_with("description: ")),
            "{path} says what it is about"
        );
    }
}
