//! What templates may see: plain values, named as `docs/templates.md` tells template writers. Every link is
//! ready to be written, every word of a person is text to be escaped, and what is HTML already (`Html`) was
//! made by `body`.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::tally::Tally;

/// HTML that is safe to write as it is; a cheap handle, so that a note's comment is made once and shared by
/// all pages.
pub type Html = Value;

/// What every page has: `frame`.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// For the window: the page's title and the dossier's.
    pub title: String,
    /// The page's alone, for those who show links to it.
    pub own_title: String,
    pub description: String,
    /// BCP 47, for `<html lang>`.
    pub language: String,
    /// `ltr` or `rtl`, for `<html dir>`.
    pub direction: &'static str,
    /// The Content-Security-Policy of the page.
    pub policy: String,
    pub stylesheet: String,
    pub icon: String,
    /// The addresses of the theme's files, by their names: `margin.js`.
    pub assets: BTreeMap<String, String>,
    pub home: String,
    /// Whether this is the front page.
    pub at_home: bool,
    pub dossier: String,
    pub rights: Option<String>,
    pub nav: Vec<Nav>,
    /// Pages about the dossier itself, for the foot.
    pub about: Vec<Nav>,
    /// The feed, where there is one.
    pub feed: Option<String>,
    /// Absolute address of the page, where the dossier says where it is published.
    pub canonical: Option<String>,
    /// `draft` or `private`, where the page is one that readers will not see.
    pub hidden: Option<&'static str>,
    /// The quotations of the page, where it has some.
    pub quotations: Option<Tally>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Nav {
    pub href: String,
    pub title: String,
    /// `page` on the page itself, `true` on those below it.
    pub current: Option<&'static str>,
}

/// Something of the dossier, to be linked to.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub href: String,
    pub title: String,
    /// The letter of the source, and the number of the note on it, where it is one of these.
    pub siglum: Option<String>,
    pub number: Option<String>,
    /// How often, where that is told.
    pub count: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Date {
    pub words: String,
    /// For `<time datetime>`, where HTML has a way of saying it.
    pub machine: Option<String>,
}

/// A source, wherever one is named.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    pub id: String,
    pub href: String,
    pub siglum: String,
    pub title: String,
    pub language: Option<String>,
    /// All of them, joined by commas.
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Date>,
    pub form: &'static str,
    pub rights: &'static str,
    pub notes: usize,
    pub hidden: Option<&'static str>,
}

/// The head of a source's page.
#[derive(Clone, Debug, Serialize)]
pub struct Facts {
    pub captured: Option<Date>,
    pub url: Option<Outside>,
    pub archive: Option<Outside>,
    pub sha256: String,
    pub size: String,
    /// How to cite the source.
    pub cite: String,
    pub derives_from: Vec<Source>,
    pub repeated_in: Vec<Source>,
}

/// An address outside the site; `href` only where it is one that may be a link.
#[derive(Clone, Debug, Serialize)]
pub struct Outside {
    pub href: Option<String>,
    /// Without its scheme.
    pub shown: String,
}

/// A kind of note (or relation, or status): its word's key, and its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sign {
    pub kind: &'static str,
    pub sign: &'static str,
    /// The class that gives it colour and line: a kind of note.
    pub class: &'static str,
}

/// Words of a source, as the source has them.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// `shown`; `review` where they no longer stand in the source; `withheld` where the source's rights
    /// forbid it.
    pub state: &'static str,
    /// Paragraphs; only where shown.
    pub html: Option<Html>,
    /// Whether they begin with a quotation mark of the source's own.
    pub has_marks: bool,
    /// A `Source`, made once and shared.
    pub source: Value,
    /// The passage in its source.
    pub href: String,
    /// What its writer put round the source's name: "p. 4 of".
    pub before: String,
    pub after: String,
    /// In how many places these words stand, where a note means all of them.
    pub places: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub measure: String,
    pub period: Option<Date>,
    pub shown: String,
}

/// What a note says of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Bearing {
    pub relation: &'static str,
    pub class: &'static str,
    /// A `Link`, made once and shared.
    pub claim: Value,
}

/// A note, in a margin or in a digest.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// Unique on its source's page, where its fragment is `n-ID` and its passage's `m-ID`.
    pub id: String,
    /// Its address, from this page.
    pub href: String,
    /// Its number on its source's page; none where it has no passage there.
    pub number: Option<String>,
    /// Which reference of its paragraph it hangs from, from 1.
    pub hook: usize,
    pub kind: &'static str,
    pub sign: &'static str,
    pub title: String,
    pub language: Option<String>,
    pub comment: Html,
    /// In a margin only those that do not stand marked beside it; in a digest all.
    pub quotes: Vec<Quote>,
    /// Each a `Link`, made once and shared.
    pub topics: Vec<Value>,
    pub claims: Vec<Bearing>,
    pub figures: Vec<Figure>,
    pub date: Option<Date>,
    pub said: Option<Date>,
    pub made: Option<Date>,
    pub page: Option<String>,
    pub by: Option<String>,
    pub confidence: Option<&'static str>,
    pub backlinks: Vec<Link>,
    pub hidden: Option<&'static str>,
    /// How many of its topics and claims are not listed here.
    pub more: usize,
    /// A `Source`, made once and shared.
    pub source: Value,
}

impl Note {
    /// Lists no more than so many of its topics, and of its claims, and counts the others.
    pub fn leave_out(&mut self, most: usize) {
        self.more = self.topics.len().saturating_sub(most) + self.claims.len().saturating_sub(most);
        self.topics.truncate(most);
        self.claims.truncate(most);
    }
}

/// One or more blocks of a source's text, and the notes that hang from them.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    pub html: Html,
    pub notes: Vec<Note>,
}

/// A heading of a source, with the signs of the notes below it.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub href: String,
    pub title: String,
    pub depth: usize,
    pub signs: Vec<Sign>,
}

/// A thing that notes of a source bear on, and their numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Touched {
    pub thing: Link,
    pub sign: Option<Sign>,
    pub notes: Vec<Link>,
}

/// A passage that others quote, and who they are.
#[derive(Clone, Debug, Serialize)]
pub struct QuotedIn {
    pub id: String,
    pub letter: String,
    /// The passage on this page.
    pub href: String,
    pub origins: Vec<Link>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    pub href: String,
    pub title: String,
    pub kind: &'static str,
    pub aliases: Vec<String>,
    pub date: Option<Date>,
    pub notes: usize,
    pub narrower: Vec<Topic>,
    pub hidden: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    pub href: String,
    pub title: String,
    pub status: Sign,
    pub supports: usize,
    pub disputes: usize,
    pub mentions: usize,
    pub hidden: Option<&'static str>,
}

/// A claim whose sides are shown one beside the other.
#[derive(Clone, Debug, Serialize)]
pub struct Contest {
    pub claim: Claim,
    pub sides: Vec<Side>,
}

/// All that supports a claim, or all that disputes it.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    pub sign: Sign,
    /// How many sources that do not repeat each other.
    pub independent: usize,
    /// The sources that take it, each once, with the way to the first passage.
    pub sources: Vec<Link>,
    pub passages: Vec<Html>,
    pub quotes: Vec<Quote>,
}

/// Figures for one measure and period that cannot be true together.
#[derive(Clone, Debug, Serialize)]
pub struct Conflict {
    pub measure: String,
    pub period: Option<Date>,
    pub cells: Vec<FigureCell>,
    /// How far the two that are furthest apart differ; `at_least` where one of them is a bound.
    pub percent: Option<String>,
    pub at_least: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct FigureCell {
    pub note: Link,
    pub siglum: String,
    /// As its writer typed it.
    pub shown: String,
}

/// The passages of one year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    pub year: Option<String>,
    /// A list of `Html`.
    pub passages: Value,
}

/// What a source says of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    pub siglum: String,
    pub signs: Vec<CellSign>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CellSign {
    pub sign: Sign,
    pub href: String,
}
