//! The timeline: what happened, what was said, what was published, by date, with the passages that say so;
//! and a picture of the whole span.

use serde::Serialize;

use crate::model::date::{Date, Day};
use crate::model::dossier::{NoteIx, SourceIx, Thing};
use crate::model::path::SitePath;
use crate::reason::evidence::speaks_for;
use crate::reason::time::{DateConflict, Dated, Entry, What};

use super::context::{RenderContext, html};
use super::drawing::{Span, timeline};
use super::note::words;
use super::view::{self, Html};

/// For the template `timeline.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct TimelinePage {
    /// How many entries happened, were said, were published.
    counts: Vec<Count>,
    picture: Option<Html>,
    years: Vec<Year>,
    /// Dates that cannot be in order, or that differ for one event.
    conflicts: Vec<Clash>,
}

#[derive(Clone, Debug, Serialize)]
struct Count {
    kind: &'static str,
    count: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Year {
    /// In the words of the interface; none where a date has neither beginning nor end.
    year: Option<String>,
    entries: Vec<Told>,
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
struct Told {
    id: String,
    date: view::Date,
    /// `happened`, `said` or `published`.
    kind: &'static str,
    /// Whether it is an event of the dossier.
    event: bool,
    thing: view::Link,
    quotes: Vec<view::Quote>,
    /// The notes that an event is told by beyond those quoted.
    more: Vec<view::Link>,
}

/// Two dates that do not fit: a key of `words.clash`, the thing, and who gives which date.
#[derive(Clone, Debug, Serialize)]
struct Clash {
    kind: &'static str,
    thing: view::Link,
    one: view::Date,
    one_by: Option<view::Link>,
    other: view::Date,
    other_by: Option<view::Link>,
    days: Option<i64>,
}

/// So many passages tell of one event here; its own page has them all.
const QUOTES: usize = 3;

pub fn timeline_page(context: &RenderContext<'_>, here: &SitePath) -> TimelinePage {
    let entries = &context.reasoned.timeline.entries;
    let told: Vec<Told> = entries.iter().map(|entry| tell(context, here, entry)).collect();
    let count =
        |kind: &'static str| Count { kind, count: told.iter().filter(|entry| entry.kind == kind).count() };
    let counts = ["happened", "said", "published"]
        .map(count)
        .into_iter()
        .filter(|count| count.count > 0)
        .collect();
    let conflicts = context
        .reasoned
        .timeline
        .conflicts
        .iter()
        .filter_map(|conflict| clash(context, here, conflict))
        .collect();
    TimelinePage {
        counts,
        picture: picture(context, entries, &told),
        years: years(context, entries, told),
        conflicts,
    }
}

fn tell(context: &RenderContext<'_>, here: &SitePath, entry: &Entry) -> Told {
    let of_note = |kind: &'static str, letter: char, ix: NoteIx| {
        let note = context.dossier.note(ix);
        Told {
            id: format!("t-{letter}:{}:{}", context.dossier.source(note.source).id, note.id),
            date: context.date(&entry.date),
            kind,
            event: false,
            thing: context.link(here, &Thing::Note(ix)),
            quotes: words(context, here, ix).into_iter().collect(),
            more: Vec::new(),
        }
    };
    match &entry.what {
        What::Happened(note) => of_note("happened", 'h', *note),
        What::Said(note) => of_note("said", 's', *note),
        What::Published(source) => Told {
            id: format!("t-p:{}", context.dossier.source(*source).id),
            date: context.date(&entry.date),
            kind: "published",
            event: false,
            thing: context.link(here, &Thing::Source(*source)),
            quotes: Vec::new(),
            more: Vec::new(),
        },
        What::Event(topic, notes) => {
            let (quoted, rest) = notes.split_at(notes.len().min(QUOTES));
            Told {
                id: format!("t-e:{}", context.dossier.topic(*topic).id),
                date: context.date(&entry.date),
                kind: "happened",
                event: true,
                thing: context.link(here, &Thing::Topic(*topic)),
                quotes: quoted.iter().filter_map(|note| words(context, here, *note)).collect(),
                more: rest
                    .iter()
                    .map(|note| context.link(here, &Thing::Note(*note)))
                    .collect(),
            }
        }
    }
}

/// Entries by the year that they stand under; they come in the order of dates.
fn years(context: &RenderContext<'_>, entries: &[Entry], told: Vec<Told>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (entry, told) in entries.iter().zip(told) {
        let year = stands_at(&entry.date).map(|day| year_in_words(context, day));
        if years.last().is_none_or(|last| last.year != year) {
            years.push(Year { year, entries: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.entries.push(told);
        }
    }
    years
}

/// The day that a date is sorted by: its beginning, else its end.
fn stands_at(date: &Date) -> Option<Day> {
    date.earliest().or(date.latest())
}

fn year_in_words(context: &RenderContext<'_>, day: Day) -> String {
    let (year, ..) = day.civil();
    let written = if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") };
    Date::parse(&written).map_or_else(|_| year.to_string(), |date| context.theme.words.date(&date))
}

fn clash(context: &RenderContext<'_>, here: &SitePath, conflict: &DateConflict) -> Option<Clash> {
    let dossier = context.dossier;
    let by = |source: SourceIx| context.link(here, &Thing::Source(source));
    match conflict {
        DateConflict::SaidAfterPublished { note, source } => Some(Clash {
            kind: "said-after-published",
            thing: context.link(here, &Thing::Note(*note)),
            one: context.date(dossier.note(*note).said.as_ref()?),
            one_by: None,
            other: context.date(dossier.source(*source).facts.published.as_ref()?),
            other_by: Some(by(*source)),
            days: None,
        }),
        DateConflict::CapturedBeforePublished(source) => Some(Clash {
            kind: "captured-before-published",
            thing: by(*source),
            one: context.date(dossier.source(*source).facts.captured.as_ref()?),
            one_by: None,
            other: context.date(dossier.source(*source).facts.published.as_ref()?),
            other_by: None,
            days: None,
        }),
        DateConflict::EventDates { topic, one, other, days } => {
            let date = |dated: &Dated| match dated {
                Dated::Topic => dossier.topic(*topic).date.as_ref(),
                Dated::Note(note) => dossier.note(*note).date.as_ref(),
            };
            let by = |dated: &Dated| match dated {
                Dated::Topic => None,
                Dated::Note(note) => Some(context.link(here, &Thing::Note(*note))),
            };
            Some(Clash {
                kind: "event-dates",
                thing: context.link(here, &Thing::Topic(*topic)),
                one: context.date(date(one)?),
                one_by: by(one),
                other: context.date(date(other)?),
                other_by: by(other),
                days: Some(*days),
            })
        }
    }
}

/// The whole span at a glance, a lane for each kind. Everything in it stands in the list as well.
fn picture(context: &RenderContext<'_>, entries: &[Entry], told: &[Told]) -> Option<Html> {
    let lanes = ["happened", "said", "published"];
    let spans = entries.iter().zip(told).filter_map(|(entry, told)| {
        Some(Span {
            lane: lanes.iter().position(|lane| *lane == told.kind)?,
            from: stands_at(&entry.date)?,
            to: entry.date.latest().or(entry.date.earliest())?,
            is_sure: entry.date.qualification().is_sure()
                && entry.date.earliest().is_some()
                && entry.date.latest().is_some(),
            href: format!("#{}", told.id),
            title: format!("{} · {}", told.date.words, label(context, entry, told)),
        })
    });
    let spans: Vec<Span> = spans.collect();
    let names = lanes.map(|lane| context.theme.words.get(&format!("lane.{lane}")).to_string());
    timeline(&names, spans, &|day| year_in_words(context, day)).map(|svg| html(&svg))
}

fn label(context: &RenderContext<'_>, entry: &Entry, told: &Told) -> String {
    let siglum = |source: SourceIx| context.dossier.source(source).siglum.clone();
    match &entry.what {
        What::Happened(note) | What::Said(note) => {
            format!("{}: {}", siglum(speaks_for(context.dossier.note(*note))), told.thing.title)
        }
        What::Published(_) | What::Event(..) => told.thing.title.clone(),
    }
}
