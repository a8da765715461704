//! The linked dossier: what the pages speak of. Every name in it is resolved; what could not be resolved is
//! in the report.
//!
//! Things refer to each other by index into the dossier's lists (`SourceIx` …), so that the whole is one
//! plain value that can be compared, walked and shown. Lists are in the order in which pages show them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::date::Date;
use super::figure::Figure;
use super::figure::unit::Currency;
use super::path::InputPath;
use super::quote::{Anchor, Verdict};
use super::rights::{Evidence, Rights, Shown};
use super::shared_vec::SharedVec;
use super::slug::Slug;
use super::span::{Place, Span, Spanned};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// A source's place in `Dossier::sources`.
    SourceIx
    /// A note's place in `Dossier::notes`.
    NoteIx
    /// A topic's place in `Dossier::topics`.
    TopicIx
    /// A claim's place in `Dossier::claims`.
    ClaimIx
    /// A page's place in `Dossier::pages`.
    PageIx
}

/// The whole dossier, linked. What is private, draft or otherwise not of the chosen view is not in it at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    pub about: About,
    /// By date of publication (undated last), then by id. Shared, as notes are: a dossier in which little
    /// differs is made from the one before.
    pub sources: SharedVec<Arc<Source>>,
    /// By source, then by place in the source (remarks on the whole source first), then by file and line.
    pub notes: SharedVec<Arc<Note>>,
    /// By title, folded; ties by id. Declared ones and those that only notes name.
    pub topics: SharedVec<Topic>,
    pub claims: SharedVec<Claim>,
    /// By `order`, then title; the home page is not among them.
    pub pages: SharedVec<Page>,
    pub home: Option<Page>,
    /// Whether its writer has more than is published: drafts, private notes. So `watch` knows that a second
    /// view is worth a link.
    pub holds_back: bool,
}

/// `[dossier]` of casebook.toml, with its defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The `title`, else the home page's title, else “Dossier”.
    pub title: String,
    pub description: Option<String>,
    /// A BCP 47 tag; `en` by default.
    pub language: String,
    pub authors: Vec<String>,
    pub rights: Option<String>,
    /// Ends in `/`.
    pub base_url: Option<String>,
    /// `[cite] style`: how sources are cited.
    pub cite: CiteStyle,
    /// `[numbers] dollar`: which dollar a `$` is; the American by default.
    pub dollar: Currency,
}

/// How a source is cited: after the manuals of the American Psychological Association (7), of the University
/// of Chicago Press (18, notes and bibliography), of the Modern Language Association (9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CiteStyle {
    #[default]
    Apa,
    Chicago,
    Mla,
}

/// A document that notes speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub id: Slug,
    pub seed: InputPath,
    /// SHA-256 of the seed's bytes, lower-case hexadecimal, and their number.
    pub sha256: String,
    pub size: u64,
    pub facts: Facts,
    /// One to three letters by which margins and tables call it; unique.
    pub siglum: String,
    /// Its text, behind its rights.
    pub body: Evidence,
    /// Hash of all that the body follows from: it is the same where this is.
    pub text: [u8; 32],
    /// What `body.names[i]` means: a picture, another source; `None` where a link of the seed leads nowhere
    /// from here.
    pub names: Vec<Option<Thing>>,
    pub former_ids: Vec<Slug>,
    /// Only in the second view of `watch`, where drafts are shown and marked.
    pub hidden: Option<Hidden>,
    /// The remarks on the source as a whole: what stands before the first note of its annotation files.
    pub remarks: Vec<Prose>,
    /// Its notes, in the order of the page.
    pub notes: Vec<NoteIx>,
    /// Sources that this one repeats (`derives-from`).
    pub derives_from: Vec<SourceIx>,
    /// Quotations elsewhere (in notes on other sources, topics, claims, pages) whose words stand in this
    /// source.
    pub quoted_in: Vec<Citation>,
    /// Who links here.
    pub backlinks: Vec<Origin>,
}

/// Bibliographic facts, as text; what is missing is not known.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Facts {
    pub title: String,
    pub aliases: Vec<String>,
    pub author: Vec<String>,
    pub publisher: Option<String>,
    pub published: Option<Date>,
    pub captured: Option<Date>,
    pub url: Option<String>,
    pub archive: Option<String>,
    /// A BCP 47 tag; the dossier's where the source has none.
    pub language: Option<String>,
    pub form: Form,
    pub rights: Rights,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    #[default]
    Full,
    Excerpt,
    Digest,
}

/// What a person wrote about a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub source: SourceIx,
    /// Unique among the notes on its source; the fragment of its address is `n-ID`.
    pub id: String,
    pub title: String,
    pub place: Place,
    pub passages: Vec<Passage>,
    pub kind: Kind,
    pub topics: Vec<TopicIx>,
    pub date: Option<Date>,
    pub said: Option<Date>,
    pub figures: Vec<Spanned<Figure>>,
    pub claims: Vec<(Relation, ClaimIx)>,
    pub page: Option<String>,
    pub by: Vec<String>,
    pub made: Option<Date>,
    pub confidence: Option<Confidence>,
    pub language: Option<String>,
    pub reference: Option<String>,
    pub comment: Prose,
    /// Only in the second view of `watch`, where such notes are shown and marked.
    pub hidden: Option<Hidden>,
    pub backlinks: Vec<Origin>,
}

/// Why a thing is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hidden {
    Draft,
    Private,
}

/// A passage of a note, found.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    pub source: SourceIx,
    pub verdict: Verdict,
    /// One; several with `occurrence: all`; none where the verdict does not hold and it is shown as "under
    /// review".
    pub anchors: Vec<Anchor>,
    /// The block quotation in the annotation file.
    pub span: Span,
    /// The line under a quotation from another source: words before and after the link, as they read.
    pub attribution: Option<(String, String)>,
}

/// Prose that people write, with its names and quotations resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    pub path: Option<InputPath>,
    pub body: Arc<Body>,
    /// What `body.names[i]` means; `None` where it means nothing (reported) and its words are shown as text.
    pub names: Vec<Option<Thing>>,
    /// What `body.quotations[i]` was found to be; `None` where it names no source of the dossier (reported),
    /// or names none and stands nowhere.
    pub quotations: Vec<Option<Passage>>,
}

/// A thing of the dossier that a link may lead to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Source(SourceIx),
    Note(NoteIx),
    Topic(TopicIx),
    Claim(ClaimIx),
    Page(PageIx),
    Home,
    /// A heading of a page, topic or claim: the thing and the heading's id.
    Heading(Box<Thing>, String),
    /// A picture of the dossier, copied to `media/`.
    Picture(InputPath),
}

/// Who says something: the place that a back-link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    Home,
    Page(PageIx),
    Claim(ClaimIx),
    Topic(TopicIx),
    /// A remark on a source as a whole.
    Source(SourceIx),
    Note(NoteIx),
}

/// A quotation of a source made elsewhere: who makes it, and where its words stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    pub origin: Origin,
    /// Its number among the passages of the note, or among the quotations of the prose, from 0.
    pub number: usize,
    pub extent: Range<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    #[default]
    Comment,
    Fact,
    Context,
    Question,
    Correction,
    Doubt,
    Translation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Supports,
    Disputes,
    Mentions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    High,
    Moderate,
    Low,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    pub id: Slug,
    pub title: String,
    pub aliases: Vec<String>,
    pub kind: TopicKind,
    /// `None` where only notes name it.
    pub declared: Option<Place>,
    pub date: Option<Date>,
    pub same_as: Vec<String>,
    pub broader: Vec<TopicIx>,
    pub narrower: Vec<TopicIx>,
    pub lead: Prose,
    /// Notes that name this topic, in date order of their sources, then in the order of the page.
    pub notes: Vec<NoteIx>,
    /// Those of them that have it from the head of their file alone, where that holds several notes: nobody
    /// said of each that it tells of an event.
    pub by_head: Vec<NoteIx>,
    pub former_ids: Vec<Slug>,
    pub backlinks: Vec<Origin>,
    pub hidden: Option<Hidden>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicKind {
    #[default]
    Concept,
    Person,
    Organisation,
    Place,
    Event,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: Slug,
    /// The statement.
    pub title: String,
    pub aliases: Vec<String>,
    pub status: Status,
    pub declared: Place,
    pub against: Vec<ClaimIx>,
    pub text: Prose,
    /// Notes that bear on it, by relation, in date order.
    pub notes: Vec<(Relation, NoteIx)>,
    pub former_ids: Vec<Slug>,
    pub backlinks: Vec<Origin>,
    pub hidden: Option<Hidden>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    Open,
    Confirmed,
    Refuted,
    Disputed,
}

/// The dossier's own prose: an essay, or the home page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub id: Slug,
    pub title: String,
    pub order: Option<i64>,
    pub declared: Place,
    pub text: Prose,
    pub former_ids: Vec<Slug>,
    pub backlinks: Vec<Origin>,
    pub hidden: Option<Hidden>,
}

impl Dossier {
    pub fn source(&self, ix: SourceIx) -> &Source {
        &self.sources[ix.at()]
    }

    pub fn note(&self, ix: NoteIx) -> &Note {
        &self.notes[ix.at()]
    }

    /// All that people of the dossier wrote, with where it is shown and the source that it is about.
    pub fn each_prose(&self) -> Vec<(Origin, Option<SourceIx>, &Prose)> {
        let mut all = Vec::new();
        all.extend(self.home.iter().map(|page| (Origin::Home, None, &page.text)));
        all.extend(
            (0..)
                .zip(&self.pages)
                .map(|(ix, page)| (Origin::Page(PageIx(ix)), None, &page.text)),
        );
        all.extend(
            (0..)
                .zip(&self.claims)
                .map(|(ix, claim)| (Origin::Claim(ClaimIx(ix)), None, &claim.text)),
        );
        all.extend(
            (0..)
                .zip(&self.topics)
                .map(|(ix, topic)| (Origin::Topic(TopicIx(ix)), None, &topic.lead)),
        );
        for (ix, source) in (0..).map(SourceIx).zip(&self.sources) {
            all.extend(
                source
                    .remarks
                    .iter()
                    .map(|remark| (Origin::Source(ix), Some(ix), remark)),
            );
        }
        all.extend(
            (0..)
                .zip(&self.notes)
                .map(|(ix, note)| (Origin::Note(NoteIx(ix)), Some(note.source), &note.comment)),
        );
        all
    }

    /// The source, to be changed in this dossier alone.
    pub fn source_mut(&mut self, ix: SourceIx) -> &mut Source {
        Arc::make_mut(&mut self.sources[ix.at()])
    }

    /// The note, to be changed in this dossier alone.
    pub fn note_mut(&mut self, ix: NoteIx) -> &mut Note {
        Arc::make_mut(&mut self.notes[ix.at()])
    }

    pub fn topic(&self, ix: TopicIx) -> &Topic {
        &self.topics[ix.at()]
    }

    pub fn claim(&self, ix: ClaimIx) -> &Claim {
        &self.claims[ix.at()]
    }

    pub fn page(&self, ix: PageIx) -> &Page {
        &self.pages[ix.at()]
    }

    /// The ranges of a source's reading text that somebody quotes, each once, in the order of the text: by
    /// its own notes and from elsewhere.
    pub fn quoted(&self, ix: SourceIx) -> Vec<Range<usize>> {
        let source = self.source(ix);
        let own = source.notes.iter().flat_map(|&note| &self.note(note).passages);
        let held = own.filter(|passage| passage.source == ix && passage.verdict.holds());
        let parts = held
            .flat_map(|passage| &passage.anchors)
            .flat_map(|anchor| &anchor.parts);
        let ranges = parts.chain(source.quoted_in.iter().map(|citation| &citation.extent));
        let each: BTreeSet<(usize, usize)> = ranges.map(|range| (range.start, range.end)).collect();
        each.into_iter().map(|(start, end)| start..end).collect()
    }
}

impl Source {
    /// What may be shown of its text.
    pub fn shown(&self) -> Shown<'_> {
        self.body.shown(self.facts.rights)
    }

    /// The text to compare with. No word of it goes to a page or an export: that is what `shown` is for.
    pub fn evidence(&self) -> &Body {
        self.body.whole()
    }
}

impl Prose {
    /// Whether the i-th quotation is shown as words of a source.
    pub fn stands(&self, quotation: usize) -> bool {
        self.quotations.get(quotation).is_some_and(Option::is_some)
    }
}

impl TopicKind {
    /// Whether a topic of this kind stands among the names: people, organisations, places.
    pub fn is_name(self) -> bool {
        match self {
            TopicKind::Person | TopicKind::Organisation | TopicKind::Place => true,
            TopicKind::Concept | TopicKind::Event => false,
        }
    }
}

macro_rules! words {
    ($($name:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl $name {
            /// Every value, in the order of the format's tables.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that people write and exports carry.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The value of a word, case aside.
            pub fn of(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.word().eq_ignore_ascii_case(word.trim()))
            }
        }
    )*};
}

words! {
    Kind { Comment = "comment", Fact = "fact", Context = "context", Question = "question",
        Correction = "correction", Doubt = "doubt", Translation = "translation" }
    Relation { Supports = "supports", Disputes = "disputes", Mentions = "mentions" }
    Confidence { High = "high", Moderate = "moderate", Low = "low" }
    TopicKind { Concept = "concept", Person = "person", Organisation = "organisation", Place = "place",
        Event = "event" }
    Status { Open = "open", Confirmed = "confirmed", Refuted = "refuted", Disputed = "disputed" }
    Form { Full = "full", Excerpt = "excerpt", Digest = "digest" }
    Rights { Full = "full", Excerpts = "excerpts", None = "none" }
}
