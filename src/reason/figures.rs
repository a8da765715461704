//! Figures side by side: measure by measure, period by period, a column a source; do they agree, and if not,
//! by how much?
//!
//! Measures are one where their slugs are, periods where they mean the same days. Every pair of figures for
//! one measure and one period is compared; the reading of a row is what its worst pair says. Also here:
//! whether the number of a figure stands in the passage of its note.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::model::date::Date;
use crate::model::dossier::{Dossier, Note, NoteIx, SourceIx};
use crate::model::figure::Figure;
use crate::model::figure::compare::{Comparison, Difference, compare};
use crate::model::figure::mentions::{numbers_in, stands_among};
use crate::model::slug::Slug;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes;

use super::evidence::{speaks_for, stands};
use super::origins::origins;

/// All figures of a dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureTable {
    /// The sources that give figures: the columns.
    pub sources: Vec<SourceIx>,
    /// By slug.
    pub measures: Vec<Measure>,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub slug: Slug,
    /// As the first note spells it.
    pub title: String,
    /// By period, those without one last.
    pub rows: Vec<Row>,
}

/// The figures for one measure and one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub period: Option<Date>,
    /// By source, then in the order of the notes.
    pub cells: Vec<Cell>,
    pub reading: Reading,
    /// Longer periods of the same measure that this one lies in (January to November in its year), as places
    /// in `Measure::rows`.
    pub within: Vec<usize>,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whose figure it is: the source of the note's passage.
    pub source: SourceIx,
    pub note: NoteIx,
    /// Its place in `Note::figures`.
    pub figure: usize,
}

/// What a row says when its figures are held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub agreement: Agreement,
    /// How many of the row's sources are independent.
    pub origins: usize,
    /// Every pair that cannot be true together, as places in `Row::cells`.
    pub conflicts: Vec<Conflict>,
}

/// From the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// One figure only.
    Alone,
    Same,
    /// Rounding apart.
    Rounded,
    /// Bounds and ranges are kept to.
    Bounded,
    /// In units that do not convert.
    Incomparable,
    Conflict,
}

impl Agreement {
    /// For pages' templates and for other programs: never changes.
    pub fn word(self) -> &'static str {
        match self {
            Agreement::Alone => "alone",
            Agreement::Same => "same",
            Agreement::Rounded => "rounded",
            Agreement::Bounded => "bounded",
            Agreement::Incomparable => "incomparable",
            Agreement::Conflict => "conflict",
        }
    }
}

/// Two figures of a row that cannot be true together. By how much they differ is worked out where it is shown
/// (`Row::difference`): there may be many for each figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    first: u32,
    second: u32,
}

impl Conflict {
    fn new(first: usize, second: usize) -> Conflict {
        Conflict { first: first as u32, second: second as u32 }
    }

    pub fn first(self) -> usize {
        self.first as usize
    }

    pub fn second(self) -> usize {
        self.second as usize
    }
}

impl Row {
    /// How far apart the two figures of a conflict are.
    pub fn difference(&self, dossier: &Dossier, conflict: Conflict) -> Option<Difference> {
        let amount = |cell: usize| {
            let cell = self.cells.get(cell)?;
            Some(cell.figure(dossier).amount.with_dollar(dossier.about.dollar))
        };
        match compare(&amount(conflict.first())?, &amount(conflict.second())?) {
            Comparison::Conflict(difference) => Some(*difference),
            _ => None,
        }
    }
}

/// With how many that follow it a figure of a row is compared: all, in any dossier that people make.
const NEIGHBOURS: usize = 32;

pub fn compare_figures(dossier: &Dossier) -> (FigureTable, Vec<Diagnostic>) {
    let mut measures: BTreeMap<Slug, Vec<Cell>> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (i, note) in dossier.notes.iter().enumerate() {
        let source = speaks_for(note);
        for (figure, given) in note.figures.iter().enumerate() {
            if let Some(slug) = Slug::of(&given.value.measure) {
                measures
                    .entry(slug)
                    .or_default()
                    .push(Cell { source, note: NoteIx(i as u32), figure });
            }
        }
        mistakes.extend(not_in_passage(dossier, note));
    }
    let mut sources: Vec<SourceIx> = measures.values().flatten().map(|cell| cell.source).collect();
    sources.sort();
    sources.dedup();
    let measures = measures
        .into_iter()
        .map(|(slug, cells)| measure(dossier, slug, cells))
        .collect();
    (FigureTable { sources, measures }, mistakes)
}

impl Cell {
    pub fn figure<'a>(&self, dossier: &'a Dossier) -> &'a Figure {
        &dossier.note(self.note).figures[self.figure].value // `compare_figures` counted this note's figures
    }
}

impl FigureTable {
    /// The rows in which sources contradict each other, each with its measure.
    pub fn contested(&self) -> impl Iterator<Item = (&Measure, &Row)> {
        let rows = self
            .measures
            .iter()
            .flat_map(|measure| measure.rows.iter().map(move |row| (measure, row)));
        rows.filter(|(_, row)| row.reading.agreement == Agreement::Conflict)
    }
}

fn measure(dossier: &Dossier, slug: Slug, cells: Vec<Cell>) -> Measure {
    let title = cells
        .first()
        .map(|cell| cell.figure(dossier).measure.clone())
        .unwrap_or_default();
    let mut periods: BTreeMap<_, (Option<Date>, Vec<Cell>)> = BTreeMap::new();
    for cell in cells {
        let period = cell.figure(dossier).period.clone();
        let extent = period.as_ref().map(Date::extent);
        periods
            .entry((extent.is_none(), extent))
            .or_insert((period, Vec::new()))
            .1
            .push(cell);
    }
    let mut rows: Vec<Row> = periods
        .into_values()
        .map(|(period, cells)| row(dossier, period, cells))
        .collect();
    rows.sort_by(|a, b| {
        a.period
            .is_none()
            .cmp(&b.period.is_none())
            .then_with(|| a.period.cmp(&b.period))
    });
    for (place, longer) in longer(&rows) {
        rows[place].within = longer;
    }
    Measure { slug, title, rows }
}

/// With how many longer periods one is held together: all, in any dossier that people make.
const LONGER: usize = 64;

/// The rows whose periods lie in longer ones of the same measure, with the places of these. Periods are gone
/// through as they begin; those that have not ended by then may hold the next.
fn longer(rows: &[Row]) -> Vec<(usize, Vec<usize>)> {
    let extent = |period: &Date| {
        (period.earliest().map_or(i64::MIN, |day| day.0), period.latest().map_or(i64::MAX, |day| day.0))
    };
    let mut dated: Vec<((i64, i64), usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((extent(row.period.as_ref()?), place)))
        .collect();
    dated.sort_by_key(|&((first, last), place)| (first, Reverse(last), place));
    let holds = |longer: usize, shorter: usize| match (&rows[longer].period, &rows[shorter].period) {
        (Some(longer), Some(period)) => longer.contains(period) && !period.contains(longer),
        _ => false,
    };
    let mut open: Vec<(i64, usize)> = Vec::new();
    let mut found = Vec::new();
    for ((first, last), place) in dated {
        while open.last().is_some_and(|(end, _)| *end < first) {
            open.pop();
        }
        let begun = open
            .iter()
            .rev()
            .take(LONGER)
            .filter(|(end, _)| *end >= last)
            .map(|(_, place)| *place);
        let mut longer: Vec<usize> = begun.filter(|&longer| holds(longer, place)).collect();
        longer.sort_unstable();
        found.push((place, longer));
        open.push((last, place));
    }
    found
}

fn row(dossier: &Dossier, period: Option<Date>, mut cells: Vec<Cell>) -> Row {
    cells.sort_by_key(|cell| (cell.source, cell.note, cell.figure));
    let reading = reading(dossier, &cells);
    Row { period, cells, reading, within: Vec::new() }
}

fn reading(dossier: &Dossier, cells: &[Cell]) -> Reading {
    let dollar = dossier.about.dollar;
    let amounts: Vec<_> = cells
        .iter()
        .map(|cell| cell.figure(dossier).amount.with_dollar(dollar))
        .collect();
    let mut agreement = Agreement::Alone;
    let mut conflicts = Vec::new();
    for (first, a) in amounts.iter().enumerate() {
        for (second, b) in amounts.iter().enumerate().skip(first + 1).take(NEIGHBOURS) {
            let said = match compare(a, b) {
                Comparison::Same => Agreement::Same,
                Comparison::Rounding => Agreement::Rounded,
                Comparison::Bounds => Agreement::Bounded,
                Comparison::Incomparable => Agreement::Incomparable,
                Comparison::Conflict(_) => {
                    conflicts.push(Conflict::new(first, second));
                    Agreement::Conflict
                }
            };
            agreement = agreement.max(said);
        }
    }
    let mut sources: Vec<SourceIx> = cells.iter().map(|cell| cell.source).collect();
    sources.dedup();
    Reading { agreement, origins: origins(dossier, &sources), conflicts }
}

/// A figure whose number its own passages do not give. A note without a passage that stands promises nothing.
fn not_in_passage(dossier: &Dossier, note: &Note) -> Vec<Diagnostic> {
    if note.figures.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = note
        .passages
        .iter()
        .filter(|passage| stands(passage))
        .flat_map(|passage| {
            let reading = &dossier.source(passage.source).evidence().reading;
            passage
                .anchors
                .iter()
                .flat_map(|anchor| &anchor.parts)
                .filter_map(|part| reading.get(part.clone()))
        })
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let words: String = words.join(" … ").nfc().collect(); // `tỷ` may be spelt in decomposed letters
    let said = numbers_in(&words);
    let missing = note
        .figures
        .iter()
        .filter(|figure| !stands_among(&figure.value.amount, &said, dossier.about.dollar));
    missing
        .map(|figure| {
            mistakes::reason::figure_not_in_passage(
                &note.place.path,
                figure,
                note.passages.iter().map(|passage| passage.span),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Agreement, compare_figures};
    use crate::reason::sketch::{Sketch, told};

    /// Lines `source: figure`; the table as text.
    fn check(lines: &[&str]) -> String {
        let mut sketch = Sketch::new();
        for line in lines {
            let (source, figure) = line.split_once(": ").expect("a source and a figure");
            let source = sketch.source(source, "2024", "");
            sketch.note(source, "n").figure(figure);
        }
        let (table, mistakes) = compare_figures(&sketch.dossier);
        assert_eq!(mistakes, []);
        let mut said = Vec::new();
        for measure in &table.measures {
            for row in &measure.rows {
                let cells: Vec<String> = row
                    .cells
                    .iter()
                    .map(|cell| {
                        format!(
                            "{} {}",
                            sketch.dossier.source(cell.source).id,
                            cell.figure(&sketch.dossier).shown
                        )
                    })
                    .collect();
                let period = row.period.as_ref().map_or("—", |period| period.as_str());
                let conflicts: Vec<String> = row
                    .reading
                    .conflicts
                    .iter()
                    .map(|&conflict| {
                        let difference = row
                            .difference(&sketch.dossier, conflict)
                            .expect("what is told of as a conflict is one");
                        let percent = difference
                            .percent
                            .map_or(String::new(), |percent| format!(", {percent}%"));
                        let more = if difference.at_least { " or more" } else { "" };
                        format!(
                            " {}≠{} by {}{percent}{more}",
                            conflict.first, conflict.second, difference.amount
                        )
                    })
                    .collect();
                let within: Vec<String> = row.within.iter().map(|row| format!(" within {row}")).collect();
                said.push(format!(
                    "{}, {period}: {} | {:?} {}{}{}",
                    measure.title,
                    cells.join("; "),
                    row.reading.agreement,
                    row.reading.origins,
                    conflicts.concat(),
                    within.concat()
                ));
            }
        }
        said.join("\n")
    }

    #[test]
    fn figures_that_agree() {
        assert_eq!(
            check(&[
                "c: Trade, 2024 = 150 billion USD",
                "v: trade, 2024 = ~$150 billion",
                "h: trade, 2024-01/2024-10 = ~111 billion USD",
                "v: trade, 2023 = 124 billion USD",
                "c: trade, 2023 = 124.3 billion USD"
            ]),
            "\
Trade, 2023: c 124.3 billion USD; v 124 billion USD | Rounded 2
Trade, 2024: c 150 billion USD; v ~$150 billion | Rounded 2
Trade, 2024-01/2024-10: h ~111 billion USD | Alone 1 within 1"
        );
    }

    #[test]
    fn figures_that_do_not() {
        assert_eq!(
            check(&[
                "v: investment, 2024 = >11.8 billion USD",
                "c: investment, 2024-01/2024-12 = $4.4 billion",
                "a: rank = 8th",
                "b: rank = 8",
                "a: fee = 5 USD",
                "b: fee = 5 EUR"
            ]),
            "\
fee, —: a 5 USD; b 5 EUR | Incomparable 2
investment, 2024: v >11.8 billion USD; c $4.4 billion | Conflict 2 0≠1 by 7.4 billion USD, 62.7% or more
rank, —: a 8th; b 8 | Same 2"
        );
    }

    #[test]
    fn a_source_may_contradict_itself() {
        let said = check(&["a: ships, 2024 = 14", "a: ships, 2024 = 22"]);
        assert_eq!(said, "ships, 2024: a 14; a 22 | Conflict 1 0≠1 by 8, 36.4%");
    }

    #[test]
    fn a_dollar_is_what_the_dossier_says() {
        let mut sketch = Sketch::new();
        let source = sketch.source("a", "2024", "");
        sketch.note(source, "n").figure("fee = $5").figure("fee = 5 AUD");
        let agreement = |sketch: &Sketch| {
            compare_figures(&sketch.dossier).0.measures[0].rows[0]
                .reading
                .agreement
        };
        assert_eq!(agreement(&sketch), Agreement::Incomparable);
        sketch.dossier.about.dollar = crate::model::figure::unit::Currency::of("AUD").expect("a code");
        assert_eq!(agreement(&sketch), Agreement::Same);
    }

    #[test]
    fn a_figure_that_its_passage_does_not_give() {
        let mut sketch = Sketch::new();
        let source =
            sketch.source("crs", "2026", "The deficit in 2024 was ($123 billion), the third-largest.");
        sketch
            .note(source, "n")
            .passage("2024 was ($123 billion)")
            .figure("deficit, 2024 = 123 billion USD")
            .figure("deficit, 2024 = 124 billion USD");
        sketch.note(source, "m").figure("deficit, 2023 = 100 billion USD");
        let (_, mistakes) = compare_figures(&sketch.dossier);
        assert_eq!(
            told(&mistakes),
            "warning figure-not-in-passage: `124 billion USD` stands in no passage of this note"
        );
    }

    #[test]
    fn a_number_word_in_decomposed_letters() {
        let mut sketch = Sketch::new();
        let source = sketch.source("vov", "2024", "\u{111}a\u{323}t 111 ty\u{309} \u{111}o\u{302} la.");
        sketch
            .note(source, "n")
            .passage("111 ty\u{309} \u{111}o\u{302} la")
            .figure("trade, 2024 = 111 billion USD");
        let (_, mistakes) = compare_figures(&sketch.dossier);
        assert_eq!(told(&mistakes), "");
    }
}
