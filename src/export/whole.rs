//! `data/dossier.json`: everything that is published, and what follows from it, in one file.
//!
//! Keys are the words of the format; dates are EDTF; texts that people wrote are HTML as the pages show it.
//! Names of things are their ids, so that the file can be read as a set of tables.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::dossier::{
    Claim, Dossier, Note, NoteIx, Page, Passage, Prose, Relation, Source, Thing, Topic, TopicIx,
};
use crate::model::figure::Figure;
use crate::reason::claims::Weighed;
use crate::reason::contradictions::{About, Contradiction};
use crate::reason::figures::Row;
use crate::render::context::RenderContext;

use super::address;
use super::pieces::{line, write_notes};
use super::quoted::{state, stretches};
use super::register::{Entry, entries};

pub fn whole(context: &RenderContext<'_>) -> String {
    let Dossier { about, sources, topics, claims, pages, home, .. } = context.dossier;
    let head = json!({
        "format": 1, "title": about.title, "description": about.description, "language": about.language,
        "authors": about.authors, "rights": about.rights, "base_url": about.base_url,
    });
    let told = |item: Value| line(&without_nothing(item));
    let mut whole = Whole { text: format!("{{\n\"dossier\": {}", told(head)) };
    let entries = sources.iter().zip(entries(context));
    whole.list("sources", entries.map(|(source, entry)| told(of_source(context, source, &entry))));
    whole.begin("notes");
    write_notes(&mut whole.text, context, |note, ix| line(&of_note(context, note, ix)));
    whole.end();
    whole.list("topics", topics.iter().map(|topic| told(of_topic(context, topic))));
    let weighed = claims.iter().zip(&context.reasoned.claims);
    whole.list("claims", weighed.map(|(claim, weighed)| told(of_claim(context, claim, weighed))));
    whole.list("pages", home.iter().chain(pages).map(|page| told(of_page(context, page))));
    whole.list("figures", figures(context).into_iter().map(told));
    let contradictions = context.reasoned.contradictions.iter();
    whole.list("contradictions", contradictions.map(|found| told(contradiction(context, found))));
    whole.text.push_str("\n}\n");
    whole.text
}

/// The file as far as it is written: in a large dossier it takes as much room as all notes, and stands in
/// memory once.
struct Whole {
    text: String,
}

impl Whole {
    /// A list of things, one a line.
    fn list(&mut self, name: &str, lines: impl Iterator<Item = String>) {
        self.begin(name);
        for (number, line) in lines.enumerate() {
            self.text.push_str(if number > 0 { ",\n" } else { "" });
            self.text.push_str(&line);
        }
        self.end();
    }

    fn begin(&mut self, name: &str) {
        self.text.push_str(&format!(",\n\"{name}\": [\n"));
    }

    fn end(&mut self) {
        self.text.push_str("\n]");
    }
}

/// What is not known is left out.
fn without_nothing(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    value
}

/// What a person wrote, as HTML; a template of the dossier's own may fail, and the page that shows the text
/// says so.
fn prose(context: &RenderContext<'_>, prose: &Prose, prefix: &str) -> Option<String> {
    let html = context.prose(&context.anywhere, prose, Some(2), prefix).ok()?;
    html.as_str().filter(|html| !html.is_empty()).map(str::to_string)
}

fn of_source(context: &RenderContext<'_>, source: &Source, entry: &Entry<'_>) -> Value {
    let mut told = json!(entry);
    let remarks: Vec<String> = source
        .remarks
        .iter()
        .filter_map(|remark| prose(context, remark, "r"))
        .collect();
    if !remarks.is_empty() {
        told["remarks"] = json!(remarks);
    }
    told
}

fn of_page(context: &RenderContext<'_>, page: &Page) -> Value {
    json!({"id": page.id.as_str(), "title": page.title, "text": prose(context, &page.text, "p")})
}

/// A note as others follow from it. Its comment, and what stands round its passages, is in
/// `annotations.jsonld`, where its `address` is the `id`. Keys stand in the order of letters.
#[derive(Serialize)]
struct NoteEntry<'a> {
    address: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    by: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    disputes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<FigureEntry<'a>>,
    id: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passages: Vec<PassageEntry<'a>>,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<&'a str>,
    source: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    supports: Vec<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<&'a str>,
}

#[derive(Serialize)]
struct PassageEntry<'a> {
    /// The words of each stretch that it means.
    quotes: Vec<String>,
    source: &'a str,
    state: &'static str,
    verdict: &'static str,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    measure: &'a str,
    period: Option<&'a str>,
    value: &'a str,
}

fn of_note<'a>(context: &'a RenderContext<'_>, note: &'a Note, ix: NoteIx) -> NoteEntry<'a> {
    let Note {
        source,
        id,
        title,
        place: _,
        passages,
        kind,
        topics,
        date,
        said,
        figures,
        claims,
        page,
        by,
        made,
        confidence,
        language,
        reference,
        comment: _,
        hidden: _,
        backlinks: _,
    } = note;
    let dossier = context.dossier;
    let claims = |wanted: Relation| -> Vec<&str> {
        claims
            .iter()
            .filter(|(relation, _)| *relation == wanted)
            .map(|(_, claim)| dossier.claim(*claim).id.as_str())
            .collect()
    };
    let topics = topics.iter().map(|topic| dossier.topic(*topic).id.as_str());
    NoteEntry {
        address: address::of_thing(context, address::base(context), &Thing::Note(ix)),
        by,
        confidence: confidence.map(|confidence| confidence.word()),
        date: date.as_ref().map(|date| date.as_str()),
        disputes: claims(Relation::Disputes),
        figures: figures.iter().map(|figure| of_figure(&figure.value)).collect(),
        id,
        kind: kind.word(),
        language: language.as_deref(),
        made: made.as_ref().map(|date| date.as_str()),
        mentions: claims(Relation::Mentions),
        number: context.number(ix),
        page: page.as_deref(),
        passages: passages.iter().map(|passage| of_passage(context, passage)).collect(),
        reference: reference.as_deref(),
        said: said.as_ref().map(|date| date.as_str()),
        source: dossier.source(*source).id.as_str(),
        supports: claims(Relation::Supports),
        title,
        topics: topics.collect(),
    }
}

fn of_passage<'a>(context: &'a RenderContext<'_>, passage: &Passage) -> PassageEntry<'a> {
    PassageEntry {
        quotes: stretches(context, passage),
        source: context.dossier.source(passage.source).id.as_str(),
        state: state(context, passage),
        verdict: passage.verdict.name(),
    }
}

fn of_figure(figure: &Figure) -> FigureEntry<'_> {
    let period = figure.period.as_ref().map(|period| period.as_str());
    FigureEntry { measure: &figure.measure, period, value: &figure.shown }
}

fn of_topic(context: &RenderContext<'_>, topic: &Topic) -> Value {
    let id = |ix: &TopicIx| context.dossier.topic(*ix).id.to_string();
    json!({
        "id": topic.id.as_str(), "title": topic.title, "kind": topic.kind.word(), "aliases": topic.aliases,
        "date": topic.date.as_ref().map(|date| date.as_str()), "same_as": topic.same_as,
        "broader": topic.broader.iter().map(id).collect::<Vec<_>>(), "notes": topic.notes.len(),
        "text": prose(context, &topic.lead, "l"),
    })
}

fn of_claim(context: &RenderContext<'_>, claim: &Claim, weighed: &Weighed) -> Value {
    json!({
        "id": claim.id.as_str(), "title": claim.title, "status": claim.status.word(),
            "aliases": claim.aliases,
        "against": claim.against.iter()
            .map(|other| context.dossier.claim(*other).id.as_str()).collect::<Vec<_>>(),
        "independent": {"supports": weighed.supporting.origins, "disputes": weighed.disputing.origins},
        "text": prose(context, &claim.text, "c"),
    })
}

fn figures(context: &RenderContext<'_>) -> Vec<Value> {
    let measures = context.reasoned.figures.measures.iter();
    measures
        .flat_map(|measure| {
            measure
                .rows
                .iter()
                .map(move |row| of_row(context.dossier, &measure.title, row))
        })
        .collect()
}

fn of_row(dossier: &Dossier, measure: &str, row: &Row) -> Value {
    let figures = row.cells.iter().map(|cell| {
        json!({"source": dossier.source(cell.source).id.as_str(), "note": dossier.note(cell.note).id,
            "value": cell.figure(dossier).shown})
    });
    json!({
        "measure": measure, "period": row.period.as_ref().map(|period| period.as_str()),
            "figures": figures.collect::<Vec<_>>(),
        "agreement": row.reading.agreement.word(), "independent": row.reading.origins,
    })
}

fn contradiction(context: &RenderContext<'_>, found: &Contradiction) -> Value {
    let dossier = context.dossier;
    let note = |ix: NoteIx| format!("{}#{}", dossier.source(dossier.note(ix).source).id, dossier.note(ix).id);
    let mut told = match found.about {
        About::Claim(claim) => json!({"kind": "claim", "claim": dossier.claim(claim).id.as_str()}),
        About::Figure { measure, row } => {
            let measure = context.reasoned.figures.measures.get(measure);
            let row = measure.and_then(|measure| measure.rows.get(row));
            let period = row.and_then(|row| row.period.as_ref()).map(|period| period.as_str());
            json!({"kind": "figure", "measure": measure.map(|measure| measure.title.as_str()),
                "period": period})
        }
        About::Event { topic, one, other, days } => {
            json!({"kind": "event", "topic": dossier.topic(topic).id.as_str(),
                "notes": [note(one), note(other)], "days": days})
        }
    };
    told["between_sources"] = json!(found.between_sources);
    told
}
