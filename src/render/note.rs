//! What becomes of a note: the entry in the margin of its source, and the passage with its comment in the
//! digests of topics and claims.

use crate::model::dossier::{Confidence, Note, NoteIx, Passage, Relation, Thing};
use crate::model::path::SitePath;

use super::context::{Made, RenderContext, Show, hidden, kind_sign, relation_sign};
use super::numbers::marked;
use super::view::{self, Html};

/// The entry of a note on its source's page.
pub fn margin(context: &RenderContext<'_>, here: &SitePath, ix: NoteIx, hook: usize) -> Made<view::Note> {
    let note = context.dossier.note(ix);
    let withheld = context.dossier.source(note.source).shown().is_nothing();
    // What is marked in the text is not told again; what cannot be shown is said.
    let told = |passage: &&Passage| passage.source != note.source || !passage.verdict.holds() || withheld;
    let quotes = note
        .passages
        .iter()
        .filter(told)
        .map(|passage| context.quote(here, passage, note.kind.word(), Show::Words, None));
    let quotes = quotes.collect();
    view_of(context, here, ix, hook, quotes)
}

/// How many topics and claims of a note are listed in a digest. The note stands on the pages of all of them,
/// and tells all of them on its source's page.
const LISTED: usize = 40;

/// A note as the digests show it, made once for all of them: every page that holds a digest lies one folder
/// deep.
pub fn digest(context: &RenderContext<'_>, ix: NoteIx) -> Made<Html> {
    let make = || {
        let here = &context.anywhere;
        let note = context.dossier.note(ix);
        let quotes = note.passages.iter().map(|passage| {
            context.quote(here, passage, note.kind.word(), Show::Context, fragment(context, ix, passage))
        });
        let quotes = quotes.collect();
        let mut view = view_of(context, here, ix, 0, quotes)?;
        view.leave_out(LISTED);
        context.piece("components/passage.html", "note", &view, &format!("note {}", note.id))
    };
    context.fragments.pieces(ix).digest.get_or_init(make).clone()
}

/// Where a note's own passage is marked on its source's page.
fn fragment(context: &RenderContext<'_>, ix: NoteIx, passage: &Passage) -> Option<String> {
    let note = context.dossier.note(ix);
    (passage.source == note.source && !marked(context.dossier, note.source, ix).is_empty())
        .then(|| mark_id(note))
}

/// The bare words that a note rests on, for comparisons; those of its first passage.
pub fn words(context: &RenderContext<'_>, here: &SitePath, ix: NoteIx) -> Option<view::Quote> {
    let note = context.dossier.note(ix);
    let passage = note.passages.first()?;
    Some(context.quote(here, passage, note.kind.word(), Show::Words, fragment(context, ix, passage)))
}

/// The id of the first piece of a note's mark.
pub fn mark_id(note: &Note) -> String {
    format!("m-{}", note.id)
}

fn view_of(
    context: &RenderContext<'_>,
    here: &SitePath,
    ix: NoteIx,
    hook: usize,
    quotes: Vec<view::Quote>,
) -> Made<view::Note> {
    let note = context.dossier.note(ix);
    let sign = kind_sign(note.kind);
    Ok(view::Note {
        id: note.id.clone(),
        href: context.href(here, &Thing::Note(ix)),
        number: context.number(ix),
        hook,
        kind: sign.kind,
        sign: sign.sign,
        title: context.title(&Thing::Note(ix)),
        language: note
            .language
            .clone()
            .filter(|language| *language != context.dossier.about.language),
        comment: comment(context, ix)?,
        quotes,
        topics: note
            .topics
            .iter()
            .map(|topic| context.shared_link(here, &Thing::Topic(*topic)))
            .collect(),
        claims: note
            .claims
            .iter()
            .map(|(relation, claim)| bearing(context, here, *relation, &Thing::Claim(*claim)))
            .collect(),
        figures: note
            .figures
            .iter()
            .map(|figure| view_of_figure(context, &figure.value))
            .collect(),
        date: note.date.as_ref().map(|date| context.date(date)),
        said: note.said.as_ref().map(|date| context.date(date)),
        made: note.made.as_ref().map(|date| context.date(date)),
        page: note.page.clone(),
        by: (!note.by.is_empty()).then(|| note.by.join(", ")),
        confidence: note.confidence.map(Confidence::word),
        backlinks: context.origins(here, &note.backlinks),
        hidden: note.hidden.map(hidden),
        more: 0,
        source: context.shared_source(here, note.source),
    })
}

fn bearing(context: &RenderContext<'_>, here: &SitePath, relation: Relation, claim: &Thing) -> view::Bearing {
    let sign = relation_sign(relation);
    view::Bearing { relation: sign.kind, class: sign.class, claim: context.shared_link(here, claim) }
}

fn view_of_figure(context: &RenderContext<'_>, figure: &crate::model::figure::Figure) -> view::Figure {
    view::Figure {
        measure: context.set(&figure.measure),
        period: figure.period.as_ref().map(|period| context.date(period)),
        shown: figure.shown.clone(),
    }
}

/// A note's comment, made once: its links hold on every page one folder deep.
pub fn comment(context: &RenderContext<'_>, ix: NoteIx) -> Made<Html> {
    let note = context.dossier.note(ix);
    let make = || {
        let prefix = format!("{}.{}-", context.dossier.source(note.source).id, note.id);
        context.comment(ix, &prefix)
    };
    context.fragments.pieces(ix).comment.get_or_init(make).clone()
}
