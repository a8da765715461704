//! `data/annotations.jsonld`: every note as a W3C Web Annotation (2017), for whatever reads those.
//!
//! A note's targets are its passages, by quotation; its bodies are its comment, as HTML, and its topics. What
//! it says of claims is told in the terms of CiTO, the Citation Typing Ontology. Addresses are full ones
//! where the dossier knows its own, else relative to the file.

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::model::body::Address;
use crate::model::dossier::{Form, Kind, Note, NoteIx, Passage, Relation, Thing};
use crate::render::note::comment;
use crate::render::press::Press;

use super::address;
use super::pieces::notes;
use super::quoted::selectors;

pub fn annotations(press: &Press<'_>) -> String {
    let items: Vec<String> = notes(press)
        .map(|(ix, note)| annotation(press, note, ix).to_string())
        .collect();
    let label = Value::String(press.dossier.about.title.clone());
    // One annotation a line, so that two editions of a dossier can be compared line by line.
    format!(
        "{{\n\"@context\": [\"http://www.w3.org/ns/anno.jsonld\", {{\"cito\": \
            \"http://purl.org/spar/cito/\"}}],\n\"id\": {},\n\
         \"type\": \"AnnotationCollection\",\n\"label\": {label},\n\"total\": {},\n\"first\": {{\"type\": \
         \"AnnotationPage\", \"startIndex\": 0, \"items\": [\n{}\n]}}\n}}\n",
        Value::String(format!("{}data/annotations.jsonld", address::ascii(address::base(press)))),
        items.len(),
        items.join(",\n"),
    )
}

fn annotation(press: &Press<'_>, note: &Note, ix: NoteIx) -> Value {
    let base = address::base(press);
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| item.insert(key.to_string(), value);
    put("id", json!(address::of_thing(press, base, &Thing::Note(ix))));
    put("type", json!("Annotation"));
    put("motivation", json!(motivation(note)));
    put("dc:title", json!(note.title));
    put("body", json!(bodies(press, note, ix)));
    put("target", json!(targets(press, note)));
    if !note.by.is_empty() {
        put(
            "creator",
            json!(
                note.by
                    .iter()
                    .map(|name| json!({"type": "Person", "name": name}))
                    .collect::<Vec<_>>()
            ),
        );
    }
    if let Some(made) = &note.made {
        put("dcterms:created", json!(made.as_str()));
    }
    for (relation, term) in [
        (Relation::Supports, "cito:supports"),
        (Relation::Disputes, "cito:disputes"),
        (Relation::Mentions, "cito:discusses"),
    ] {
        let claims = note.claims.iter().filter(|(other, _)| *other == relation);
        let ids: Vec<Value> = claims
            .map(|(_, claim)| json!({"id": address::of_thing(press, base, &Thing::Claim(*claim))}))
            .collect();
        if !ids.is_empty() {
            put(term, json!(ids));
        }
    }
    Value::Object(item)
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

fn bodies(press: &Press<'_>, note: &Note, ix: NoteIx) -> Vec<Value> {
    let base = address::base(press);
    let mut bodies = Vec::new();
    // A template of the dossier's own may fail; the build then fails on the page that shows the note, and
    // says so there.
    let html = comment(press, ix)
        .ok()
        .and_then(|html| html.as_str().map(str::to_string))
        .unwrap_or_default();
    if !html.is_empty() {
        let language = note.language.as_ref().unwrap_or(&press.dossier.about.language);
        bodies
            .push(json!({"type": "TextualBody", "format": "text/html", "language": language, "value": html}));
    }
    for &topic in &note.topics {
        let named = press.dossier.topic(topic);
        bodies.push(json!({"type": "TextualBody", "purpose": "tagging", "value": named.title}));
        let purpose = if named.kind.is_name() { "identifying" } else { "classifying" };
        bodies.push(json!({"type": "SpecificResource", "purpose": purpose,
                "source": address::of_thing(press, base, &Thing::Topic(topic))}));
    }
    bodies
}

/// A note without a passage is about its source as a whole.
fn targets(press: &Press<'_>, note: &Note) -> Vec<Value> {
    if note.passages.is_empty() {
        return vec![json!(address::of_thing(press, address::base(press), &Thing::Source(note.source)))];
    }
    note.passages.iter().map(|passage| target(press, passage)).collect()
}

/// The source is the original where it is on the web and what was quoted are its own words; the scope is our
/// page of it.
fn target(press: &Press<'_>, passage: &Passage) -> Value {
    let facts = &press.dossier.source(passage.source).facts;
    let page = address::of_thing(press, address::base(press), &Thing::Source(passage.source));
    let original = facts
        .url
        .as_deref()
        .and_then(Address::new)
        .filter(|_| facts.form != Form::Digest);
    let mut target = json!({"type": "SpecificResource",
        "source": original.map_or_else(|| page.clone(), |url| url.as_str().to_string()), "scope": page});
    let selectors = selectors(press, passage);
    if let Some(target) = target.as_object_mut() {
        if !selectors.is_empty() {
            target.insert("selector".to_string(), json!(selectors));
        }
        if let Some(archive) = facts.archive.as_deref().and_then(Address::new) {
            target.insert("state".to_string(), json!({"type": "TimeState", "cached": archive.as_str()}));
        }
    }
    target
}
