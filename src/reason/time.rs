//! The timeline: what happened, what was said, what was published, by date.
//!
//! What happened or was said is shown with the words that say so, hence only where a passage stands; a
//! source's publication is shown by the source itself. An event topic with a date is one entry together with
//! the notes that give it a passage. Dates that cannot be in order (said after it was published) and dates of
//! one event that exclude each other are pointed out.

use std::collections::BTreeSet;

use crate::model::date::Date;
use crate::model::dossier::{Dossier, NoteIx, SourceIx, Topic, TopicIx, TopicKind};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes;

use super::ends::End;
use super::evidence::{has_passage, stands};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// By date, then published before said before happened, then in the order of the dossier.
    pub entries: Vec<Entry>,
    pub conflicts: Vec<DateConflict>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub date: Date,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Published(SourceIx),
    /// A note whose words were said then.
    Said(NoteIx),
    /// An event of the dossier, and the notes on it that say so with a passage: those without a date or with
    /// one that fits.
    Event(TopicIx, Vec<NoteIx>),
    /// A note on what happened then.
    Happened(NoteIx),
}

/// Two dates that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateConflict {
    /// Words that were said after the source that has them was published.
    SaidAfterPublished { note: NoteIx, source: SourceIx },
    /// A copy that was taken before there was anything to copy.
    CapturedBeforePublished(SourceIx),
    /// Notes on one event, or a note and the event itself, whose dates share no day. `days` lie between them.
    EventDates { topic: TopicIx, one: Dated, other: Dated, days: i64 },
}

/// Who gives a date for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    Topic,
    Note(NoteIx),
}

/// With how many that follow it a date of an event is compared: all, in any dossier that people make.
const NEIGHBOURS: usize = 200;

/// So many dates that say from when to when are held against the others.
const SPANS: usize = 20;

pub fn timeline(dossier: &Dossier) -> (Timeline, Vec<Diagnostic>) {
    let events = events(dossier);
    let told: BTreeSet<NoteIx> = events.iter().flat_map(|event| event.dated.iter().copied()).collect();
    let entries = published(dossier)
        .chain(of_notes(dossier, &told))
        .chain(events.iter().map(Event::entry));
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.what.cmp(&b.what)));
    let conflicts = conflicts(dossier);
    let mistakes = without_passage(dossier)
        .chain(impossible(dossier, &conflicts))
        .collect();
    (Timeline { entries, conflicts }, mistakes)
}

fn published(dossier: &Dossier) -> impl Iterator<Item = Entry> {
    dossier.sources.iter().enumerate().filter_map(|(i, source)| {
        let date = source.facts.published.clone()?;
        Some(Entry { date, what: What::Published(SourceIx(i as u32)) })
    })
}

/// What notes say happened or was said; those that an event tells already are left to it.
fn of_notes<'a>(dossier: &'a Dossier, told: &'a BTreeSet<NoteIx>) -> impl Iterator<Item = Entry> + 'a {
    let shown = dossier.notes.iter().enumerate().filter(|(_, note)| has_passage(note));
    shown.flat_map(move |(i, note)| {
        let ix = NoteIx(i as u32);
        let happened = note
            .date
            .clone()
            .filter(|_| !told.contains(&ix))
            .map(|date| Entry { date, what: What::Happened(ix) });
        let said = note.said.clone().map(|date| Entry { date, what: What::Said(ix) });
        happened.into_iter().chain(said)
    })
}

/// An event topic that may be shown.
struct Event {
    date: Date,
    topic: TopicIx,
    notes: Vec<NoteIx>,
    /// Those of its notes whose own date is the event's.
    dated: Vec<NoteIx>,
}

impl Event {
    fn entry(&self) -> Entry {
        Entry { date: self.date.clone(), what: What::Event(self.topic, self.notes.clone()) }
    }
}

fn events(dossier: &Dossier) -> Vec<Event> {
    let topics = dossier
        .topics
        .iter()
        .enumerate()
        .map(|(i, topic)| (TopicIx(i as u32), topic));
    topics.filter_map(|(ix, topic)| event(dossier, ix, topic)).collect()
}

fn event(dossier: &Dossier, ix: TopicIx, topic: &Topic) -> Option<Event> {
    let date = dated_event(topic)?.clone();
    let fits = |note: &&NoteIx| {
        let named = topic.by_head.binary_search(note).is_err();
        named
            && has_passage(dossier.note(**note))
            && dossier
                .note(**note)
                .date
                .as_ref()
                .is_none_or(|own| own.overlaps(&date))
    };
    let notes: Vec<NoteIx> = topic.notes.iter().filter(fits).copied().collect();
    let dated = notes
        .iter()
        .filter(|&&note| dossier.note(note).date.is_some())
        .copied()
        .collect();
    (!notes.is_empty() || quotes(topic)).then_some(Event { date, topic: ix, notes, dated })
}

fn dated_event(topic: &Topic) -> Option<&Date> {
    topic.date.as_ref().filter(|_| topic.kind == TopicKind::Event)
}

/// Whether the event's own text quotes a source.
fn quotes(topic: &Topic) -> bool {
    topic.lead.quotations.iter().flatten().any(stands)
}

fn conflicts(dossier: &Dossier) -> Vec<DateConflict> {
    said_after_published(dossier)
        .chain(captured_before_published(dossier))
        .chain(event_dates(dossier))
        .collect()
}

fn said_after_published(dossier: &Dossier) -> impl Iterator<Item = DateConflict> {
    dossier.notes.iter().enumerate().filter_map(|(i, note)| {
        let source = super::evidence::speaks_for(note);
        let published = dossier.source(source).facts.published.as_ref()?;
        begins_after(note.said.as_ref()?, published)
            .then_some(DateConflict::SaidAfterPublished { note: NoteIx(i as u32), source })
    })
}

fn captured_before_published(dossier: &Dossier) -> impl Iterator<Item = DateConflict> {
    dossier.sources.iter().enumerate().filter_map(|(i, source)| {
        let (captured, published) = (source.facts.captured.as_ref()?, source.facts.published.as_ref()?);
        begins_after(published, captured).then_some(DateConflict::CapturedBeforePublished(SourceIx(i as u32)))
    })
}

/// Whether every day of one date lies after every day of the other. Clocks of the world are up to a day
/// apart, and a date that is not sure proves nothing.
fn begins_after(one: &Date, other: &Date) -> bool {
    let sure = one.qualification().is_sure() && other.qualification().is_sure();
    let apart = one
        .earliest()
        .zip(other.latest())
        .map(|(first, last)| first.0 - last.0);
    sure && apart.is_some_and(|days| days > 1)
}

/// Dates that are given for one event, and share no day. A note on an event may well speak of another time,
/// so that this is a matter for the reader, and no mistake.
fn event_dates(dossier: &Dossier) -> impl Iterator<Item = DateConflict> {
    let events = dossier
        .topics
        .iter()
        .enumerate()
        .filter(|(_, topic)| topic.kind == TopicKind::Event);
    events.flat_map(move |(i, topic)| {
        let own = topic.date.as_ref().map(|date| (Dated::Topic, date));
        let named = topic
            .notes
            .iter()
            .filter(|note| topic.by_head.binary_search(note).is_err());
        let notes =
            named.filter_map(|&note| dossier.note(note).date.as_ref().map(|date| (Dated::Note(note), date)));
        let dates: Vec<(Dated, &Date)> = own.into_iter().chain(notes).collect();
        pairs_apart(dossier, TopicIx(i as u32), &dates)
    })
}

fn pairs_apart(dossier: &Dossier, topic: TopicIx, dates: &[(Dated, &Date)]) -> Vec<DateConflict> {
    let spans = spans(dates);
    let ends: Vec<Option<End>> = dates.iter().map(|(by, _)| end(dossier, *by)).collect();
    let mut conflicts = Vec::new();
    for (i, (one, a)) in dates.iter().enumerate() {
        for (j, (other, b)) in dates.iter().enumerate().skip(i + 1).take(NEIGHBOURS) {
            let gap = |from: &Date, to: &Date| {
                to.earliest().zip(from.latest()).map(|(first, last)| first.0 - last.0)
            };
            let (forth, back) = (gap(a, b).unwrap_or(0), gap(b, a).unwrap_or(0));
            let days = forth.max(back);
            let in_order = if forth > 0 { (ends[i], ends[j]) } else { (ends[j], ends[i]) };
            let began_and_ended = in_order == (Some(End::Beginning), Some(End::End));
            if days > 0 && !began_and_ended && !spans.iter().any(|span| span.overlaps(a) && span.overlaps(b))
            {
                conflicts.push(DateConflict::EventDates { topic, one: *one, other: *other, days });
            }
        }
    }
    conflicts
}

/// How long the event lasted, as far as anybody says: its own date, and the first dates that say from when to
/// when.
fn spans<'a>(dates: &[(Dated, &'a Date)]) -> Vec<&'a Date> {
    let says_so = |(by, date): &&(Dated, &Date)| *by == Dated::Topic || date.as_str().contains('/');
    dates
        .iter()
        .filter(says_so)
        .map(|(_, date)| *date)
        .take(SPANS)
        .collect()
}

/// Which end of its event a note dates, if it says so. The event's own date is that of the whole.
fn end(dossier: &Dossier, by: Dated) -> Option<End> {
    match by {
        Dated::Topic => None,
        Dated::Note(note) => End::of(dossier, dossier.note(note)),
    }
}

/// Dates that no passage bears out: they are not shown, and their writer is told.
fn without_passage(dossier: &Dossier) -> impl Iterator<Item = Diagnostic> {
    let of_topics = dossier.topics.iter().enumerate().filter_map(|(i, topic)| {
        let shown = event(dossier, TopicIx(i as u32), topic).is_some();
        // Where notes have it from the head of their file, that is told.
        let unshown = dated_event(topic).filter(|_| !shown && topic.by_head.is_empty())?;
        mistakes::reason::event_without_passage(topic, unshown)
    });
    let of_notes = dossier
        .notes
        .iter()
        .filter(|note| note.passages.is_empty() && (note.date.is_some() || note.said.is_some()));
    of_topics.chain(of_notes.map(|note| mistakes::reason::date_without_passage(note)))
}

fn impossible(dossier: &Dossier, conflicts: &[DateConflict]) -> impl Iterator<Item = Diagnostic> {
    conflicts.iter().filter_map(|conflict| match conflict {
        DateConflict::SaidAfterPublished { note, source } => {
            Some(mistakes::reason::said_after_published(dossier.note(*note), dossier.source(*source)))
        }
        DateConflict::CapturedBeforePublished(source) => {
            Some(mistakes::reason::captured_before_published(dossier.source(*source)))
        }
        DateConflict::EventDates { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Timeline, What, timeline};
    use crate::model::dossier::{Dossier, TopicKind};
    use crate::reason::sketch::{Sketch, date, told};

    fn lines(dossier: &Dossier, timeline: &Timeline) -> String {
        let line = |entry: &super::Entry| {
            let what = match &entry.what {
                What::Published(source) => format!("{} published", dossier.source(*source).id),
                What::Said(note) => format!("{} said", dossier.note(*note).id),
                What::Happened(note) => format!("{} happened", dossier.note(*note).id),
                What::Event(topic, notes) => {
                    let notes: Vec<&str> = notes.iter().map(|&note| dossier.note(note).id.as_str()).collect();
                    format!("{} [{}]", dossier.topic(*topic).id, notes.join(" "))
                }
            };
            format!("{} {what}", entry.date)
        };
        timeline.entries.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn by_date_published_said_happened() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024-11-12", "words");
        let b = sketch.source("b", "2026-01", "words");
        sketch
            .note(a, "call")
            .passage("words")
            .date("2024-11-11")
            .said("2024-11-12");
        sketch.note(b, "goal").passage("words").date("2045");
        sketch.note(b, "roots").passage("words").date("../1995");
        let (timeline, mistakes) = timeline(&sketch.dossier);
        assert_eq!(
            lines(&sketch.dossier, &timeline),
            "\
../1995 roots happened
2024-11-11 call happened
2024-11-12 a published
2024-11-12 call said
2026-01 b published
2045 goal happened"
        );
        assert_eq!((told(&mistakes), timeline.conflicts), (String::new(), vec![]));
    }

    #[test]
    fn an_event_is_told_once_with_its_notes() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "words");
        let topic = sketch.topic("upgrade", TopicKind::Event);
        sketch.dossier.topics[topic.at()].date = Some(date("2023-09-10"));
        sketch.note(a, "fits").passage("words").date("2023-09").topic(topic);
        sketch.note(a, "undated").passage("words").topic(topic);
        sketch.note(a, "later").passage("words").date("2023-12").topic(topic);
        sketch.note(a, "bare").topic(topic);
        let (timeline, _) = timeline(&sketch.dossier);
        assert_eq!(
            lines(&sketch.dossier, &timeline),
            "2023-09-10 upgrade [fits undated]\n2023-12 later happened\n2024 a published"
        );
        let days: Vec<i64> = timeline
            .conflicts
            .iter()
            .map(
                |conflict| {
                    if let super::DateConflict::EventDates { days, .. } = conflict { *days } else { -1 }
                },
            )
            .collect();
        assert_eq!(days, [82, 62], "the later note lies apart from the event and from the note that fits it");
    }

    /// How many days lie between the dates that contradict each other; of an event with a date, by what notes
    /// say of it.
    fn apart(own: Option<&str>, notes: &[(&str, &str)]) -> Vec<i64> {
        let mut sketch = Sketch::new();
        let topic = sketch.topic("strike", TopicKind::Event);
        sketch.dossier.topics[topic.at()].date = own.map(date);
        for (i, (title, when)) in notes.iter().enumerate() {
            let source = sketch.source(&format!("s{i}"), "2025", "The strike. It began then. It ended then.");
            let words = if title.contains("strike") { "The strike" } else { title };
            sketch.note(source, title).passage(words).date(when).topic(topic);
        }
        let days = |conflict: &super::DateConflict| {
            if let super::DateConflict::EventDates { days, .. } = conflict { *days } else { -1 }
        };
        timeline(&sketch.dossier).0.conflicts.iter().map(days).collect()
    }

    const NONE: [i64; 0] = [];

    #[test]
    fn dates_within_the_span_of_an_event_contradict_nothing() {
        let two = [("one of the strike", "2024-03-02"), ("two of the strike", "2024-03-09")];
        assert_eq!(apart(None, &two), [7]);
        assert_eq!(apart(Some("2024-03-01/2024-03-10"), &two), NONE);
        assert_eq!(apart(Some("2024-03"), &two), NONE);
        assert_eq!(apart(Some("2024-03-01/.."), &two), NONE);
        assert_eq!(apart(Some("2024-03-02"), &two), [7, 7]);
        assert_eq!(apart(None, &[two[0], two[1], ("the whole strike", "2024-03-01/2024-03-10")]), NONE);
        assert_eq!(
            apart(Some("2024-03-01/2024-03-10"), &[two[0], ("late in the strike", "2024-04")]),
            [22, 30]
        );
    }

    #[test]
    fn when_an_event_began_and_when_it_ended_are_two_things() {
        assert_eq!(apart(None, &[("It began", "2024-03-02"), ("It ended", "2024-03-09")]), NONE);
        assert_eq!(
            apart(None, &[("The strike ends", "2024-03-09"), ("The strike starts", "2024-03-02")]),
            NONE
        );
        assert_eq!(apart(None, &[("Khai mạc strike", "2024-03-02"), ("Bế mạc strike", "2024-03-09")]), NONE);
        assert_eq!(
            apart(None, &[("Beginn des strike", "2024-03-02"), ("Ende des strike", "2024-03-09")]),
            NONE
        );
        assert_eq!(
            apart(None, &[("The strike ended", "2024-03-02"), ("The strike began", "2024-03-09")]),
            [7]
        );
        assert_eq!(
            apart(None, &[("The strike began", "2024-03-02"), ("The strike begins", "2024-03-09")]),
            [7]
        );
        assert_eq!(
            apart(None, &[("The strike began and ended", "2024-03-02"), ("The strike ended", "2024-03-09")]),
            [7]
        );
    }

    #[test]
    fn an_event_from_the_head_of_a_file_fills_no_timeline() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "words");
        let topic = sketch.topic("upgrade", TopicKind::Event);
        sketch.dossier.topics[topic.at()].date = Some(date("2023-09-10"));
        sketch.note(a, "n1").passage("words").topic(topic);
        sketch.note(a, "n2").passage("words").date("2020").topic(topic);
        sketch.dossier.topics[topic.at()].by_head = sketch.dossier.topics[topic.at()].notes.clone();
        let (timeline, mistakes) = timeline(&sketch.dossier);
        assert_eq!(lines(&sketch.dossier, &timeline), "2020 n2 happened\n2024 a published");
        assert_eq!((told(&mistakes), timeline.conflicts), (String::new(), vec![]));
    }

    #[test]
    fn what_no_passage_bears_out_is_not_shown() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "words");
        let topic = sketch.topic("upgrade", TopicKind::Event);
        sketch.dossier.topics[topic.at()].date = Some(date("2023-09-10"));
        sketch.note(a, "bare").date("2023").topic(topic);
        let (timeline, mistakes) = timeline(&sketch.dossier);
        assert_eq!(lines(&sketch.dossier, &timeline), "2024 a published");
        assert_eq!(
            told(&mistakes),
            "\
warning event-without-passage: the event `upgrade` has the date `2023-09-10` and no passage that says so
hint date-without-passage: the note `bare` has a date and no passage that says so"
        );
    }

    #[test]
    fn dates_that_cannot_be_in_order() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024-05-01", "words");
        sketch.dossier.source_mut(a).facts.captured = Some(date("2024-04-01"));
        sketch.note(a, "n").passage("words").said("2024-06");
        sketch.note(a, "next-day-there").passage("words").said("2024-05-02");
        sketch.note(a, "unsure").passage("words").said("2024-06~");
        let (_, mistakes) = timeline(&sketch.dossier);
        assert_eq!(
            told(&mistakes),
            "\
warning said-after-published: these words were said on `2024-06`, after `a` was published (`2024-05-01`)
warning captured-before-published: `a` was captured on `2024-04-01`, before it was published (`2024-05-01`)"
        );
    }
}
