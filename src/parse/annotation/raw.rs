//! A note as it is written, and what became of each line of a file of notes.

use std::sync::Arc;

use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::{Confidence, Kind};
use crate::model::figure::Figure;
use crate::model::quote::{Occurrence, Quotation};
use crate::model::slug::Slug;
use crate::model::span::{Span, Spanned};
use crate::parse::fields::Checked;

/// A note as it is written: names are not resolved, quotations not looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct RawNote {
    /// As it reads, without its `{#id}`.
    pub title: Spanned<String>,
    /// The `{#id}` that its writer gave.
    pub id: Option<Spanned<String>>,
    /// The whole note, from `##` to its last word.
    pub span: Span,
    /// The block quotations before the comment.
    pub passages: Vec<Quotation>,
    pub topics: Vec<Spanned<String>>,
    pub kind: Option<Spanned<Kind>>,
    pub date: Option<Spanned<Date>>,
    pub said: Option<Spanned<Date>>,
    pub figures: Vec<Spanned<Figure>>,
    pub supports: Vec<Spanned<String>>,
    pub disputes: Vec<Spanned<String>>,
    pub mentions: Vec<Spanned<String>>,
    pub occurrence: Option<Spanned<Occurrence>>,
    pub checked: Option<Spanned<Checked>>,
    pub page: Option<Spanned<String>>,
    pub by: Vec<Spanned<String>>,
    pub made: Option<Spanned<Date>>,
    pub confidence: Option<Spanned<Confidence>>,
    pub language: Option<Spanned<String>>,
    pub reference: Option<Spanned<String>>,
    /// Its own word, else the file's; hidden too where that word is misspelt, misplaced or unclear.
    pub private: bool,
    /// Shared, since the dossier keeps it as it is.
    pub comment: Arc<Body>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    Blank,
    FrontMatter,
    /// `# …`
    FileTitle,
    /// `## …`
    Title,
    Passage,
    Field,
    /// Of a note, or the remark before the first one.
    Comment,
    /// Within `%%…%%` or `<!-- … -->`: never published.
    Hidden,
    /// Of a note beyond those that one file may hold: told, and nothing is published.
    Unread,
}

impl RawNote {
    /// The id by which links know the note: what its writer gave, else its title's slug. `None` where no
    /// letter of it can stand in an address.
    pub fn id(&self) -> Option<String> {
        match &self.id {
            Some(id) => Some(id.value.clone()),
            None => Slug::of(&self.title.value).map(|slug| slug.as_str().to_string()),
        }
    }

    /// The quotations of the comment that name no source, in a note that has no passage: one may turn out to
    /// be its passage.
    pub fn passages_in_comment(&self) -> impl Iterator<Item = &Quotation> {
        let unattributed = |quotation: &&Quotation| {
            quotation.attribution.is_none() && !quotation.nested && self.passages.is_empty()
        };
        self.comment.quotations.iter().filter(unattributed)
    }

    /// The one such quotation, where there is one: between its places `occurrence` may choose.
    pub fn only_quotation_of_the_comment(&self) -> Option<&Quotation> {
        let mut quotations = self.passages_in_comment();
        quotations.next().filter(|_| quotations.next().is_none())
    }
}
