//! A dossier small enough to read, with one of everything that a page may show: for the tests of this room.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::inputs::Inputs;
use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::{
    About, Citation, Claim, ClaimIx, Dossier, Facts, Kind, Note, NoteIx, Origin, Page, Passage, Prose,
    Relation, Source, SourceIx, Status, Thing, Topic, TopicIx, TopicKind,
};
use crate::model::figure::Figure;
use crate::model::path::InputPath;
use crate::model::quote::{Anchor, Verdict};
use crate::model::rights::{Evidence, Rights};
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::parse::markdown::{Flavour, markdown};
use crate::reason::reason;
use crate::site::Site;

use super::context::RenderContext;
use super::fragments::SharedFragments;
use super::theme::Theme;

/// Words that stand in the text of the specimen's second source, behind its last quoted passage.
pub const CANARY: &str = "kanarienvogel";

/// The dossier; its second source has the given rights.
pub fn dossier(rights: Rights) -> Dossier {
    let mut dossier = Dossier {
        about: About {
            title: "Trade & <b>claims</b>".to_string(),
            language: "en".to_string(),
            ..About::default()
        },
        sources: [
            source(
                "first",
                "A",
                "# Overview\n\nTrade <grew>. The deficit was *123 billion* dollars.\n\n## Later\n\nIt \
                    fell.\n\n| a | b |\n|---|---|\n| c | d |",
                Rights::Full,
            ),
            source(
                "second",
                "B",
                &format!(
                    "# {CANARY} heading\n\nThe deficit passed 110 billion. A {CANARY} \
                    sang.\n\nSaid aloud."
                ),
                rights,
            ),
        ]
        .map(Arc::new)
        .into_iter()
        .collect(),
        topics: vec![
            topic("deficit", TopicKind::Concept),
            topic("someone", TopicKind::Person),
            topic("trade", TopicKind::Concept),
        ]
        .into(),
        claims: vec![claim("large", Status::Disputed), claim("small", Status::Confirmed)].into(),
        pages: vec![page("essay", "## A heading\n\nSee the [[first]] and the [[large]].")].into(),
        home: Some(page("home", "The question.\n\nThe rest, with [[trade]].")),
        holds_back: false,
        ..Dossier::default()
    };
    dossier.topics[0].broader = vec![TopicIx(2)];
    dossier.topics[2].narrower = vec![TopicIx(0)];
    dossier.claims[0].former_ids = Slug::of("formerly").into_iter().collect();
    add_note(&mut dossier, 0, "grew", Kind::Fact, &["Trade <grew>"]);
    add_note(&mut dossier, 0, "both", Kind::Doubt, &["The deficit was 123 billion", "fell"]);
    add_note(&mut dossier, 0, "inner", Kind::Context, &["123 billion dollars"]);
    add_note(&mut dossier, 0, "whole", Kind::Question, &[]);
    add_note(&mut dossier, 1, "grew", Kind::Correction, &["passed 110 billion"]);
    dossier.note_mut(NoteIx(2)).figures = Figure::parse("deficit, 2024 = 123 billion USD")
        .into_iter()
        .map(|figure| Spanned::new(figure, Span::default()))
        .collect();
    for (note, relation) in [(1, Relation::Supports), (4, Relation::Disputes), (3, Relation::Mentions)] {
        Arc::make_mut(&mut dossier.notes[note]).claims = vec![(relation, ClaimIx(0))];
        dossier.claims[0]
            .notes
            .push((relation, NoteIx(u32::try_from(note).expect("few notes"))));
    }
    quote_in_essay(&mut dossier);
    resolve(&mut dossier);
    dossier
}

/// Lets the essay quote the first source.
fn quote_in_essay(dossier: &mut Dossier) {
    let body = prose("As it says:\n\n> It fell.\n> — p. 4 of [[first]]\n");
    let passage = passage(&dossier.sources[0], SourceIx(0), "It fell.");
    let extent = passage.anchors[0].extent();
    dossier.pages[0].text = Prose {
        body,
        quotations: vec![Some(Passage {
            attribution: Some(("p. 4 of ".to_string(), String::new())),
            ..passage
        })],
        ..Prose::default()
    };
    dossier.source_mut(SourceIx(0)).quoted_in.push(Citation {
        origin: Origin::Page(crate::model::dossier::PageIx(0)),
        number: 0,
        extent,
    });
}

fn source(id: &str, siglum: &str, text: &str, rights: Rights) -> Source {
    let path = path(&format!("seeds/{id}.md"));
    let facts = Facts {
        title: format!("The {id} source"),
        published: Date::parse("2024-11-12").ok(),
        url: Some("https://example.org/a?b&c".to_string()),
        archive: Some("javascript:alert(1)".to_string()),
        rights,
        ..Facts::default()
    };
    Source {
        id: slug(id),
        body: Evidence::new(Arc::new(markdown(&path, text, 0..text.len(), Flavour::Source).value)),
        seed: path,
        text: *blake3::hash(text.as_bytes()).as_bytes(),
        sha256: "0123456789abcdef".repeat(4),
        size: text.len() as u64,
        facts,
        siglum: siglum.to_string(),
        names: Vec::new(),
        former_ids: Vec::new(),
        hidden: None,
        remarks: vec![Prose { body: prose("A remark."), ..Prose::default() }],
        notes: Vec::new(),
        derives_from: Vec::new(),
        quoted_in: Vec::new(),
        backlinks: Vec::new(),
    }
}

fn topic(id: &str, kind: TopicKind) -> Topic {
    Topic {
        id: slug(id),
        title: format!("{id} \"x\""),
        aliases: vec![format!("alias of {id}")],
        kind,
        declared: None,
        date: None,
        same_as: vec!["https://example.org/same".to_string()],
        broader: Vec::new(),
        narrower: Vec::new(),
        lead: Prose { body: prose("The lead."), ..Prose::default() },
        notes: Vec::new(),
        by_head: Vec::new(),
        former_ids: Vec::new(),
        backlinks: Vec::new(),
        hidden: None,
    }
}

fn claim(id: &str, status: Status) -> Claim {
    Claim {
        id: slug(id),
        title: format!("It is {id}"),
        aliases: Vec::new(),
        status,
        declared: place(),
        against: Vec::new(),
        text: Prose::default(),
        notes: Vec::new(),
        former_ids: Vec::new(),
        backlinks: Vec::new(),
        hidden: None,
    }
}

fn page(id: &str, text: &str) -> Page {
    Page {
        id: slug(id),
        title: format!("Page {id}"),
        order: None,
        declared: place(),
        text: Prose { body: prose(text), ..Prose::default() },
        former_ids: Vec::new(),
        backlinks: Vec::new(),
        hidden: None,
    }
}

fn add_note(dossier: &mut Dossier, source: usize, id: &str, kind: Kind, quotes: &[&str]) {
    let number = u32::try_from(dossier.notes.len()).expect("few notes");
    let ix = SourceIx(u32::try_from(source).expect("few sources"));
    let passages = quotes
        .iter()
        .map(|words| passage(&dossier.sources[source], ix, words))
        .collect();
    let topics = vec![TopicIx(0), TopicIx(1)];
    for topic in &topics {
        dossier.topics[topic.at()].notes.push(NoteIx(number));
    }
    dossier.source_mut(ix).notes.push(NoteIx(number));
    dossier.notes.push(Arc::new(Note {
        source: ix,
        id: id.to_string(),
        title: format!("Note <{id}>"),
        place: place(),
        passages,
        kind,
        topics,
        date: Date::parse("2024~").ok(),
        said: None,
        figures: Vec::new(),
        claims: Vec::new(),
        page: Some("4".to_string()),
        by: vec!["Someone".to_string()],
        made: None,
        confidence: None,
        language: None,
        reference: None,
        comment: Prose {
            body: prose("A comment.[^1]\n\n### Heading\n\nSee [[first#both]].\n\n[^1]: A footnote.\n"),
            ..Prose::default()
        },
        hidden: None,
        backlinks: Vec::new(),
    }));
}

pub fn passage(source: &Source, ix: SourceIx, words: &str) -> Passage {
    let start = source
        .evidence()
        .reading
        .find(words)
        .expect("the specimen's quotations stand in its sources");
    let extent = Range { start, end: start + words.len() };
    let anchor = Anchor { parts: vec![extent.clone()], targets: vec![extent] };
    Passage {
        source: ix,
        verdict: Verdict::Exact,
        anchors: vec![anchor],
        span: Span::default(),
        attribution: None,
    }
}

/// Gives every name the meaning that the specimen needs.
fn resolve(dossier: &mut Dossier) {
    let meaning = |body: &Body| {
        let things = body
            .names
            .iter()
            .map(|name| match (name.text.value.as_str(), &name.fragment) {
                ("first", None) => Some(Thing::Source(SourceIx(0))),
                ("first", Some(_)) => Some(Thing::Note(NoteIx(1))),
                ("large", _) => Some(Thing::Claim(ClaimIx(0))),
                ("trade", _) => Some(Thing::Topic(TopicIx(2))),
                _ => None,
            });
        things.collect()
    };
    let notes = dossier.notes.iter_mut().map(|note| &mut Arc::make_mut(note).comment);
    let pages = dossier
        .pages
        .iter_mut()
        .chain(&mut dossier.home)
        .map(|page| &mut page.text);
    for prose in notes.chain(pages) {
        prose.names = meaning(&prose.body);
    }
    dossier.note_mut(NoteIx(1)).backlinks = vec![Origin::Note(NoteIx(0)), Origin::Home];
    dossier.topics[2].backlinks = vec![Origin::Home];
}

fn prose(text: &str) -> Arc<Body> {
    Arc::new(markdown(&path("annotations/x.md"), text, 0..text.len(), Flavour::Prose).value)
}

fn slug(id: &str) -> Slug {
    Slug::of(id).expect("the specimen's ids are slugs")
}

fn path(path: &str) -> InputPath {
    InputPath::new(path).expect("the specimen's paths stay inside")
}

fn place() -> Place {
    Place { path: path("annotations/x.md"), span: Span::default() }
}

/// Every page of a dossier, by its path.
pub fn print(dossier: &Dossier, inputs: &Inputs) -> BTreeMap<String, String> {
    let (theme, _) = Theme::of(inputs, "templates", &dossier.about.language);
    let (reasoned, _) = reason(dossier);
    let site = Site::plan(dossier, &reasoned, &theme.assets(), &BTreeMap::new());
    let fragments = SharedFragments::of(dossier, &reasoned);
    let context = RenderContext::new(dossier, &reasoned, &site, &theme, &fragments);
    let pages = site.files().map(|(path, _)| {
        let bytes = super::page(&context, inputs, path)
            .unwrap_or_else(|mistake| panic!("{path}: {}", mistake.message));
        (path.to_string(), String::from_utf8_lossy(&bytes).into_owned())
    });
    pages.collect()
}
