//! Where sources contradict each other, found by comparing what notes say they say.
//!
//! Three kinds: a claim that one source supports and another disputes, figures for one measure and period
//! that cannot be true together, and dates for one event that share no day. Sources that repeat each other
//! are one voice, and one voice against itself is told apart from two. What is found is shown, and nothing is
//! decided: a writer's `status` has no part in it.

use crate::model::dossier::{ClaimIx, Dossier, NoteIx, SourceIx, TopicIx};

use super::claims::Weighed;
use super::evidence::speaks_for;
use super::figures::{FigureTable, Row};
use super::origins::origins;
use super::time::{DateConflict, Dated, Timeline};

/// Something that cannot all be true, and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    pub about: About,
    /// Whether independent sources stand against each other; else a source, or what repeats it, stands
    /// against itself.
    pub between_sources: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Supported and disputed.
    Claim(ClaimIx),
    /// Places in `FigureTable::measures` and `Measure::rows`.
    Figure { measure: usize, row: usize },
    /// Two notes that date one event.
    Event { topic: TopicIx, one: NoteIx, other: NoteIx, days: i64 },
}

/// Those between sources first; then claims, figures and events in the order of the dossier.
pub fn contradictions(
    dossier: &Dossier,
    claims: &[Weighed],
    figures: &FigureTable,
    timeline: &Timeline,
) -> Vec<Contradiction> {
    let mut found: Vec<Contradiction> = of_claims(dossier, claims)
        .chain(of_figures(dossier, figures))
        .chain(of_events(dossier, timeline))
        .collect();
    found.sort_by_key(|contradiction| (!contradiction.between_sources, contradiction.about));
    found
}

fn of_claims<'a>(dossier: &'a Dossier, claims: &'a [Weighed]) -> impl Iterator<Item = Contradiction> + 'a {
    let opposed = claims
        .iter()
        .filter(|weighed| !weighed.supporting.is_empty() && !weighed.disputing.is_empty());
    opposed.map(|weighed| Contradiction {
        about: About::Claim(weighed.claim),
        between_sources: any_apart(dossier, &weighed.supporting.sources, &weighed.disputing.sources),
    })
}

fn of_figures<'a>(
    dossier: &'a Dossier,
    figures: &'a FigureTable,
) -> impl Iterator<Item = Contradiction> + 'a {
    let rows = figures
        .measures
        .iter()
        .enumerate()
        .flat_map(|(measure, all)| all.rows.iter().enumerate().map(move |(at, row)| (measure, at, row)));
    rows.filter(|(_, _, row)| !row.reading.conflicts.is_empty())
        .map(move |(measure, at, row)| Contradiction {
            about: About::Figure { measure, row: at },
            between_sources: figures_apart(dossier, row),
        })
}

fn figures_apart(dossier: &Dossier, row: &Row) -> bool {
    let source = |cell: usize| row.cells.get(cell).map(|cell| cell.source);
    let pairs = row
        .reading
        .conflicts
        .iter()
        .filter_map(|conflict| source(conflict.first()).zip(source(conflict.second())));
    pairs.into_iter().any(|(one, other)| apart(dossier, one, other))
}

/// A note may speak of an event and date something else, and the event's own date is its writer's. So only
/// notes of independent sources whose dates are sure are held against each other.
fn of_events<'a>(dossier: &'a Dossier, timeline: &'a Timeline) -> impl Iterator<Item = Contradiction> + 'a {
    timeline.conflicts.iter().filter_map(|conflict| {
        let DateConflict::EventDates { topic, one: Dated::Note(one), other: Dated::Note(other), days } =
            *conflict
        else {
            return None;
        };
        let sure = |note: NoteIx| {
            dossier
                .note(note)
                .date
                .as_ref()
                .is_some_and(|date| date.qualification().is_sure())
        };
        let between_sources = apart(dossier, speaks_for(dossier.note(one)), speaks_for(dossier.note(other)));
        (sure(one) && sure(other) && between_sources)
            .then_some(Contradiction { about: About::Event { topic, one, other, days }, between_sources })
    })
}

fn any_apart(dossier: &Dossier, some: &[SourceIx], others: &[SourceIx]) -> bool {
    some.iter()
        .any(|&one| others.iter().any(|&other| apart(dossier, one, other)))
}

/// Whether two sources are independent.
fn apart(dossier: &Dossier, one: SourceIx, other: SourceIx) -> bool {
    one != other && origins(dossier, &[one, other]) == 2
}

#[cfg(test)]
mod tests {
    use super::{About, contradictions};
    use crate::model::dossier::{Relation, TopicKind};
    use crate::reason::sketch::Sketch;
    use crate::reason::{claims, figures, time};

    /// What is found, a line each: `+` between sources, `-` within one.
    fn found(sketch: &Sketch) -> String {
        let dossier = &sketch.dossier;
        let (weighed, ..) = claims::weigh_claims(dossier);
        let (figures, _) = figures::compare_figures(dossier);
        let (timeline, _) = time::timeline(dossier);
        let line = |found: &super::Contradiction| {
            let what = match found.about {
                About::Claim(claim) => dossier.claim(claim).id.to_string(),
                About::Figure { measure, row } => format!("{} {row}", figures.measures[measure].title),
                About::Event { topic, days, .. } => format!("{} {days} days", dossier.topic(topic).id),
            };
            format!("{} {what}", if found.between_sources { '+' } else { '-' })
        };
        contradictions(dossier, &weighed, &figures, &timeline)
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn two_voices_against_each_other_come_before_one_against_itself() {
        let mut sketch = Sketch::new();
        let [a, b, c] = ["a", "b", "c"].map(|id| sketch.source(id, "2024", "words"));
        sketch.dossier.source_mut(c).derives_from = vec![a];
        let [itself, reprint, open, between] =
            ["itself", "reprint", "open", "between"].map(|id| sketch.claim(id));
        sketch
            .note(a, "n1")
            .passage("words")
            .bears(Relation::Supports, itself)
            .bears(Relation::Supports, between)
            .bears(Relation::Supports, open);
        sketch
            .note(a, "n2")
            .passage("words")
            .bears(Relation::Disputes, itself)
            .bears(Relation::Supports, reprint);
        sketch
            .note(b, "n3")
            .passage("words")
            .bears(Relation::Disputes, between)
            .bears(Relation::Mentions, open);
        sketch
            .note(c, "n4")
            .passage("words")
            .bears(Relation::Disputes, reprint);
        assert_eq!(found(&sketch), "+ between\n- itself\n- reprint");
    }

    #[test]
    fn figures_and_dates() {
        let mut sketch = Sketch::new();
        let [a, b] = ["a", "b"].map(|id| sketch.source(id, "2025", "words"));
        let event = sketch.topic("event", TopicKind::Event);
        sketch
            .note(a, "n1")
            .passage("words")
            .figure("ships, 2023 = 5")
            .date("2023-01")
            .topic(event);
        sketch
            .note(b, "n2")
            .passage("words")
            .figure("ships, 2023 = 7")
            .date("2023-03")
            .topic(event);
        sketch
            .note(b, "n3")
            .passage("words")
            .figure("ships, 2024 = 7")
            .date("2023-06~")
            .topic(event);
        sketch.note(b, "n4").passage("words").figure("ships, 2024 = 8");
        assert_eq!(found(&sketch), "+ ships 0\n+ event 29 days\n- ships 1");
    }
}
