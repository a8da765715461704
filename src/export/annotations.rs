//! `data/annotations.jsonld`: every note as a W3C Web Annotation (2017), for whatever reads those.
//!
//! A note's targets are its passages, by quotation; its bodies are its comment, as HTML, and its topics. What
//! it says of claims is told in the terms of CiTO, the Citation Typing Ontology. Addresses are full ones
//! where the dossier knows its own, else relative to the file.

use serde::Serialize;
use serde_json::Value;

use crate::model::body::Address;
use crate::model::dossier::{Form, Kind, Note, NoteIx, Passage, Relation, Thing};
use crate::render::context::RenderContext;
use crate::render::note::comment;

use super::address;
use super::pieces::{line, write_notes};
use super::quoted::{Selector, selectors};

/// Keys stand in the order of letters, so that two editions of a dossier can be compared line by line.
#[derive(Serialize)]
struct Annotation<'a> {
    body: Vec<Body<'a>>,
    #[serde(rename = "cito:discusses", skip_serializing_if = "Vec::is_empty")]
    discusses: Vec<Named>,
    #[serde(rename = "cito:disputes", skip_serializing_if = "Vec::is_empty")]
    disputes: Vec<Named>,
    #[serde(rename = "cito:supports", skip_serializing_if = "Vec::is_empty")]
    supports: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<Person<'a>>,
    #[serde(rename = "dc:title")]
    title: &'a str,
    #[serde(rename = "dcterms:created", skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    id: String,
    motivation: &'static str,
    target: Vec<Target>,
    r#type: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Comment { format: &'static str, language: &'a str, r#type: &'static str, value: Written },
    Topic { id: String, purpose: &'static str, r#type: &'static str, value: &'a str },
}

/// HTML that was made already, and is copied from where it stands.
struct Written(tera::Value);

impl Serialize for Written {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str().unwrap_or_default())
    }
}

#[derive(Serialize)]
struct Named {
    id: String,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    r#type: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target {
    /// A note without a passage is about its source as a whole.
    Whole(String),
    Passage {
        scope: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        selector: Vec<Selector>,
        source: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<TimeState>,
        r#type: &'static str,
    },
}

#[derive(Serialize)]
struct TimeState {
    cached: String,
    r#type: &'static str,
}

pub fn annotations(context: &RenderContext<'_>) -> String {
    let label = Value::String(context.dossier.about.title.clone());
    let id = Value::String(format!("{}data/annotations.jsonld", address::ascii(address::base(context))));
    let vocabulary = "[\"http://www.w3.org/ns/anno.jsonld\", {\"cito\": \"http://purl.org/spar/cito/\"}]";
    let total = context.dossier.notes.len();
    let mut text = format!(
        "{{\n\"@context\": {vocabulary},\n\"id\": {id},\n\"type\": \"AnnotationCollection\",\n\
         \"label\": {label},\n\"total\": {total},\n\
         \"first\": {{\"type\": \"AnnotationPage\", \"startIndex\": 0, \"items\": [\n"
    );
    // One annotation a line, so that two editions of a dossier can be compared line by line.
    write_notes(&mut text, context, |note, ix| line(&annotation(context, note, ix)));
    text.push_str("\n]}\n}\n");
    text
}

fn annotation<'a>(context: &'a RenderContext<'_>, note: &'a Note, ix: NoteIx) -> Annotation<'a> {
    let base = address::base(context);
    let claims = |wanted: Relation| {
        let claims = note.claims.iter().filter(|(relation, _)| *relation == wanted);
        claims
            .map(|(_, claim)| Named { id: address::of_thing(context, base, &Thing::Claim(*claim)) })
            .collect()
    };
    Annotation {
        body: bodies(context, note, ix),
        discusses: claims(Relation::Mentions),
        disputes: claims(Relation::Disputes),
        supports: claims(Relation::Supports),
        creator: note.by.iter().map(|name| Person { name, r#type: "Person" }).collect(),
        title: &note.title,
        created: note.made.as_ref().map(|made| made.as_str()),
        id: address::of_thing(context, base, &Thing::Note(ix)),
        motivation: motivation(note),
        target: targets(context, note),
        r#type: "Annotation",
    }
}

fn motivation(note: &Note) -> &'static str {
    match note.kind {
        Kind::Comment | Kind::Context if note.comment.body.is_empty() => "highlighting",
        Kind::Comment | Kind::Context => "commenting",
        Kind::Fact => "describing",
        Kind::Question | Kind::Doubt => "questioning",
        Kind::Correction => "editing",
        Kind::Translation => "linking",
    }
}

/// The comment, and each topic once: a tag by its title, with the address of the page that it leads to.
fn bodies<'a>(context: &'a RenderContext<'_>, note: &'a Note, ix: NoteIx) -> Vec<Body<'a>> {
    // A template of the dossier's own may fail; the build then fails on the page that shows the note, and
    // says so there.
    let html = comment(context, ix)
        .ok()
        .filter(|html| html.as_str().is_some_and(|html| !html.is_empty()));
    let language = note.language.as_ref().unwrap_or(&context.dossier.about.language);
    let comment = html.map(|html| Body::Comment {
        format: "text/html",
        language,
        r#type: "TextualBody",
        value: Written(html),
    });
    let topics = note.topics.iter().map(|&topic| {
        let named = context.dossier.topic(topic);
        Body::Topic {
            id: address::of_thing(context, address::base(context), &Thing::Topic(topic)),
            purpose: if named.kind.is_name() { "identifying" } else { "tagging" },
            r#type: "TextualBody",
            value: &named.title,
        }
    });
    comment.into_iter().chain(topics).collect()
}

fn targets(context: &RenderContext<'_>, note: &Note) -> Vec<Target> {
    if note.passages.is_empty() {
        let page = address::of_thing(context, address::base(context), &Thing::Source(note.source));
        return vec![Target::Whole(page)];
    }
    note.passages.iter().map(|passage| target(context, passage)).collect()
}

/// The source is the original where it is on the web and what was quoted are its own words; the scope is our
/// page of it.
fn target(context: &RenderContext<'_>, passage: &Passage) -> Target {
    let facts = &context.dossier.source(passage.source).facts;
    let scope = address::of_thing(context, address::base(context), &Thing::Source(passage.source));
    let original = facts
        .url
        .as_deref()
        .and_then(Address::new)
        .filter(|_| facts.form != Form::Digest);
    let archive = facts.archive.as_deref().and_then(Address::new);
    Target::Passage {
        source: original.map_or_else(|| scope.clone(), |url| url.as_str().to_string()),
        scope,
        selector: selectors(context, passage),
        state: archive.map(|archive| TimeState { cached: archive.as_str().to_string(), r#type: "TimeState" }),
        r#type: "SpecificResource",
    }
}
