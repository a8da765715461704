//! Small dossiers made by hand, for the tests of this stage. A sketch is as `link` would have made it:
//! whatever refers to a thing is also found from it.

use std::sync::Arc;

use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::*;
use crate::model::figure::Figure;
use crate::model::path::InputPath;
use crate::model::quote::{Anchor, Verdict};
use crate::model::rights::Evidence;
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::{Diagnostic, Severity};

#[derive(Default)]
pub struct Sketch {
    pub dossier: Dossier,
}

/// The note that was added last, to be given its parts.
pub struct Last<'a> {
    dossier: &'a mut Dossier,
    note: NoteIx,
}

pub fn date(text: &str) -> Date {
    Date::parse(text).expect("a test's own date")
}

/// Severity, code and message, a line each.
pub fn told(mistakes: &[Diagnostic]) -> String {
    let severity = |mistake: &Diagnostic| match mistake.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    mistakes
        .iter()
        .map(|mistake| format!("{} {}: {}", severity(mistake), mistake.code.name, mistake.message))
        .collect::<Vec<_>>()
        .join("\n")
}

fn slug(name: &str) -> Slug {
    Slug::of(name).expect("a test's own name")
}

fn place(path: String) -> Place {
    Place { path: InputPath::new(&path).expect("a test's own path"), span: Span::new(0..1) }
}

impl Sketch {
    pub fn new() -> Sketch {
        Sketch::default()
    }

    /// A source by its id; the one that is there already where there is one.
    pub fn source(&mut self, id: &str, published: &str, text: &str) -> SourceIx {
        if let Some(known) = self
            .dossier
            .sources
            .iter()
            .position(|source| source.id.as_str() == id)
        {
            return SourceIx(known as u32);
        }
        self.dossier.sources.push(Arc::new(Source {
            id: slug(id),
            seed: InputPath::new(&format!("seeds/{id}.txt")).expect("a test's own path"),
            sha256: String::new(),
            size: text.len() as u64,
            facts: Facts { title: id.to_string(), published: Some(date(published)), ..Facts::default() },
            siglum: id.to_uppercase(),
            body: Evidence::new(Arc::new(Body { reading: text.to_string(), ..Body::default() })),
            text: [0; 32],
            names: Vec::new(),
            former_ids: Vec::new(),
            hidden: None,
            remarks: Vec::new(),
            notes: Vec::new(),
            derives_from: Vec::new(),
            quoted_in: Vec::new(),
            backlinks: Vec::new(),
        }));
        SourceIx(self.dossier.sources.len() as u32 - 1)
    }

    pub fn topic(&mut self, id: &str, kind: TopicKind) -> TopicIx {
        self.dossier.topics.push(Topic {
            id: slug(id),
            title: id.to_string(),
            aliases: Vec::new(),
            kind,
            declared: Some(place(format!("annotations/topics/{}.md", slug(id)))),
            date: None,
            same_as: Vec::new(),
            broader: Vec::new(),
            narrower: Vec::new(),
            lead: Prose::default(),
            notes: Vec::new(),
            by_head: Vec::new(),
            former_ids: Vec::new(),
            backlinks: Vec::new(),
            hidden: None,
        });
        TopicIx(self.dossier.topics.len() as u32 - 1)
    }

    pub fn claim(&mut self, id: &str) -> ClaimIx {
        self.dossier.claims.push(Claim {
            id: slug(id),
            title: id.to_string(),
            aliases: Vec::new(),
            status: Status::Open,
            declared: place(format!("annotations/claims/{}.md", slug(id))),
            against: Vec::new(),
            text: Prose::default(),
            notes: Vec::new(),
            former_ids: Vec::new(),
            backlinks: Vec::new(),
            hidden: None,
        });
        ClaimIx(self.dossier.claims.len() as u32 - 1)
    }

    pub fn note(&mut self, source: SourceIx, id: &str) -> Last<'_> {
        let file = format!("annotations/{}.md", self.dossier.source(source).id);
        self.dossier.notes.push(Arc::new(Note {
            source,
            id: id.to_string(),
            title: id.to_string(),
            place: place(file),
            passages: Vec::new(),
            kind: Kind::default(),
            topics: Vec::new(),
            date: None,
            said: None,
            figures: Vec::new(),
            claims: Vec::new(),
            page: None,
            by: Vec::new(),
            made: None,
            confidence: None,
            language: None,
            reference: None,
            comment: Prose::default(),
            hidden: None,
            backlinks: Vec::new(),
        }));
        let note = NoteIx(self.dossier.notes.len() as u32 - 1);
        self.dossier.source_mut(source).notes.push(note);
        Last { dossier: &mut self.dossier, note }
    }
}

impl Last<'_> {
    fn note(&mut self) -> &mut Note {
        self.dossier.note_mut(self.note)
    }

    /// Words of the note's own source.
    pub fn passage(self, words: &str) -> Self {
        let source = self.dossier.note(self.note).source;
        self.passage_of(source, words)
    }

    pub fn passage_of(mut self, source: SourceIx, words: &str) -> Self {
        let start = self
            .dossier
            .source(source)
            .evidence()
            .reading
            .find(words)
            .expect("a test quotes what is there");
        let part = start..start + words.len();
        let anchor = Anchor { parts: vec![part.clone()], targets: vec![part] };
        let passage = Passage {
            source,
            verdict: Verdict::Exact,
            anchors: vec![anchor],
            span: Span::new(0..1),
            attribution: None,
        };
        self.note().passages.push(passage);
        self
    }

    pub fn figure(mut self, text: &str) -> Self {
        let figure = Figure::parse(text).expect("a test's own figure");
        self.note()
            .figures
            .push(Spanned::new(figure, Span::new(0..text.len())));
        self
    }

    pub fn date(mut self, text: &str) -> Self {
        self.note().date = Some(date(text));
        self
    }

    pub fn said(mut self, text: &str) -> Self {
        self.note().said = Some(date(text));
        self
    }

    pub fn topic(mut self, topic: TopicIx) -> Self {
        self.note().topics.push(topic);
        self.dossier.topics[topic.at()].notes.push(self.note);
        self
    }

    pub fn bears(mut self, relation: Relation, claim: ClaimIx) -> Self {
        self.note().claims.push((relation, claim));
        self.dossier.claims[claim.at()].notes.push((relation, self.note));
        self
    }
}
