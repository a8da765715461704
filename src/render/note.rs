//! What becomes of a note: the entry in the margin of its source, and the passage with its comment in the
//! digests of topics and claims.

use crate::model::dossier::{Confidence, Note, NoteIx, Passage, Relation, Thing};
use crate::model::path::SitePath;

use super::numbers::marked;
use super::press::{Made, Press, Show, hidden, kind_sign, relation_sign};
use super::view::{self, Html};

/// The entry of a note on its source's page.
pub fn margin(press: &Press<'_>, here: &SitePath, ix: NoteIx, hook: usize) -> Made<view::Note> {
    let note = press.dossier.note(ix);
    let withheld = press.dossier.source(note.source).shown().is_nothing();
    // What is marked in the text is not told again; what cannot be shown is said.
    let told = |passage: &&Passage| passage.source != note.source || !passage.verdict.holds() || withheld;
    let quotes = note
        .passages
        .iter()
        .filter(told)
        .map(|passage| press.quote(here, passage, note.kind.word(), Show::Words, None));
    let quotes = quotes.collect();
    view_of(press, here, ix, hook, quotes)
}

/// How many topics and claims of a note are listed in a digest. The note stands on the pages of all of them,
/// and tells all of them on its source's page.
const LISTED: usize = 40;

/// A note as the digests show it, made once for all of them: every page that holds a digest lies one folder
/// deep.
pub fn digest(press: &Press<'_>, ix: NoteIx) -> Made<Html> {
    let make = || {
        let here = &press.anywhere;
        let note = press.dossier.note(ix);
        let quotes = note.passages.iter().map(|passage| {
            press.quote(here, passage, note.kind.word(), Show::Context, fragment(press, ix, passage))
        });
        let quotes = quotes.collect();
        let mut view = view_of(press, here, ix, 0, quotes)?;
        view.leave_out(LISTED);
        press.piece("components/passage.html", "note", &view, &format!("note {}", note.id))
    };
    press.stock.pieces(ix).digest.get_or_init(make).clone()
}

/// Where a note's own passage is marked on its source's page.
fn fragment(press: &Press<'_>, ix: NoteIx, passage: &Passage) -> Option<String> {
    let note = press.dossier.note(ix);
    (passage.source == note.source && !marked(press.dossier, note.source, ix).is_empty())
        .then(|| mark_id(note))
}

/// The bare words that a note rests on, for comparisons; those of its first passage.
pub fn words(press: &Press<'_>, here: &SitePath, ix: NoteIx) -> Option<view::Quote> {
    let note = press.dossier.note(ix);
    let passage = note.passages.first()?;
    Some(press.quote(here, passage, note.kind.word(), Show::Words, fragment(press, ix, passage)))
}

/// The id of the first piece of a note's mark.
pub fn mark_id(note: &Note) -> String {
    format!("m-{}", note.id)
}

fn view_of(
    press: &Press<'_>,
    here: &SitePath,
    ix: NoteIx,
    hook: usize,
    quotes: Vec<view::Quote>,
) -> Made<view::Note> {
    let note = press.dossier.note(ix);
    let sign = kind_sign(note.kind);
    Ok(view::Note {
        id: note.id.clone(),
        href: press.href(here, &Thing::Note(ix)),
        number: press.number(ix),
        hook,
        kind: sign.kind,
        sign: sign.sign,
        title: press.title(&Thing::Note(ix)),
        language: note
            .language
            .clone()
            .filter(|language| *language != press.dossier.about.language),
        comment: comment(press, ix)?,
        quotes,
        topics: note
            .topics
            .iter()
            .map(|topic| press.shared_link(here, &Thing::Topic(*topic)))
            .collect(),
        claims: note
            .claims
            .iter()
            .map(|(relation, claim)| bearing(press, here, *relation, &Thing::Claim(*claim)))
            .collect(),
        figures: note
            .figures
            .iter()
            .map(|figure| view_of_figure(press, &figure.value))
            .collect(),
        date: note.date.as_ref().map(|date| press.date(date)),
        said: note.said.as_ref().map(|date| press.date(date)),
        made: note.made.as_ref().map(|date| press.date(date)),
        page: note.page.clone(),
        by: (!note.by.is_empty()).then(|| note.by.join(", ")),
        confidence: note.confidence.map(Confidence::word),
        backlinks: press.origins(here, &note.backlinks),
        hidden: note.hidden.map(hidden),
        more: 0,
        source: press.shared_source(here, note.source),
    })
}

fn bearing(press: &Press<'_>, here: &SitePath, relation: Relation, claim: &Thing) -> view::Bearing {
    let sign = relation_sign(relation);
    view::Bearing { relation: sign.kind, class: sign.class, claim: press.shared_link(here, claim) }
}

fn view_of_figure(press: &Press<'_>, figure: &crate::model::figure::Figure) -> view::Figure {
    view::Figure {
        measure: press.set(&figure.measure),
        period: figure.period.as_ref().map(|period| press.date(period)),
        shown: figure.shown.clone(),
    }
}

/// A note's comment, made once: its links hold on every page one folder deep.
pub fn comment(press: &Press<'_>, ix: NoteIx) -> Made<Html> {
    let note = press.dossier.note(ix);
    let make = || {
        let prefix = format!("{}.{}-", press.dossier.source(note.source).id, note.id);
        press.comment(ix, &prefix)
    };
    press.stock.pieces(ix).comment.get_or_init(make).clone()
}
