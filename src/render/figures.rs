//! The table of figures: measure by measure, period by period, a column a source; what they come to when held
//! against each other.

use serde::Serialize;

use crate::model::dossier::SourceIx;
use crate::model::figure::compare::Difference;
use crate::model::path::SitePath;
use crate::reason::figures::{Agreement, Cell, Conflict, Measure, Row};

use super::context::RenderContext;
use super::view;

/// For the template `figures.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct FiguresPage {
    /// How many figures there are.
    count: usize,
    /// The columns; empty where they are too many to stand side by side, and each figure names its source
    /// instead.
    sources: Vec<view::Source>,
    conflicts: Vec<view::Conflict>,
    measures: Vec<MeasureView>,
}

#[derive(Clone, Debug, Serialize)]
struct MeasureView {
    id: String,
    title: String,
    rows: Vec<RowView>,
}

#[derive(Clone, Debug, Serialize)]
struct RowView {
    id: String,
    period: Option<view::Date>,
    /// One a column; where there are no columns, one for all.
    cells: Vec<CellView>,
    /// What the row says: a key of `words.reading`, or nothing where one source stands alone.
    reading: Option<&'static str>,
    /// Whether its sources, being several, go back to one.
    one_origin: bool,
    differences: Vec<Gap>,
    /// Longer periods that this one is a part of, with what is said of them.
    within: Vec<Within>,
}

#[derive(Clone, Debug, Serialize)]
struct CellView {
    siglum: Option<String>,
    figures: Vec<view::FigureCell>,
}

/// How far two figures are apart.
#[derive(Clone, Debug, Serialize)]
struct Gap {
    one: String,
    other: String,
    amount: String,
    percent: Option<String>,
    at_least: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Within {
    href: String,
    period: Option<view::Date>,
    figures: Vec<view::FigureCell>,
}

/// So many columns stand side by side on a page.
const COLUMNS: usize = 10;

/// So many differences of one row are told one by one, the widest first.
const GAPS: usize = 4;

pub fn figures_page(context: &RenderContext<'_>, here: &SitePath) -> FiguresPage {
    let table = &context.reasoned.figures;
    let columns: &[SourceIx] = if table.sources.len() > COLUMNS { &[] } else { &table.sources };
    FiguresPage {
        count: table
            .measures
            .iter()
            .flat_map(|measure| &measure.rows)
            .map(|row| row.cells.len())
            .sum(),
        sources: columns.iter().map(|source| context.source(here, *source)).collect(),
        conflicts: table
            .contested()
            .map(|(measure, row)| context.conflict(here, measure, row))
            .collect(),
        measures: table
            .measures
            .iter()
            .map(|measure| view_of(context, here, measure, columns))
            .collect(),
    }
}

fn view_of(
    context: &RenderContext<'_>,
    here: &SitePath,
    measure: &Measure,
    columns: &[SourceIx],
) -> MeasureView {
    let rows = measure.rows.iter().map(|row| RowView {
        id: id(measure, row),
        period: row.period.as_ref().map(|period| context.date(period)),
        cells: cells(context, here, row, columns),
        reading: reading(row),
        one_origin: row.reading.origins == 1
            && row
                .cells
                .iter()
                .any(|cell| Some(cell.source) != row.cells.first().map(|first| first.source)),
        differences: gaps(context, row),
        within: row
            .within
            .iter()
            .filter_map(|at| measure.rows.get(*at))
            .map(|longer| within(context, here, measure, longer))
            .collect(),
    });
    MeasureView {
        id: format!("f-{}", measure.slug),
        title: context.set(&measure.title),
        rows: rows.collect(),
    }
}

/// A slug holds no colon, so that no measure's id meets another's period.
fn id(measure: &Measure, row: &Row) -> String {
    format!("f-{}:{}", measure.slug, row.period.as_ref().map_or("", |period| period.as_str()))
}

fn cells(context: &RenderContext<'_>, here: &SitePath, row: &Row, columns: &[SourceIx]) -> Vec<CellView> {
    if columns.is_empty() {
        return vec![CellView {
            siglum: None,
            figures: row.cells.iter().map(|cell| context.figure(here, cell)).collect(),
        }];
    }
    let column = |source: &SourceIx| CellView {
        siglum: Some(context.dossier.source(*source).siglum.clone()),
        figures: row
            .cells
            .iter()
            .filter(|cell| cell.source == *source)
            .map(|cell| context.figure(here, cell))
            .collect(),
    };
    columns.iter().map(column).collect()
}

/// One source alone says nothing that could agree.
fn reading(row: &Row) -> Option<&'static str> {
    Some(row.reading.agreement)
        .filter(|agreement| *agreement != Agreement::Alone)
        .map(Agreement::word)
}

fn gaps(context: &RenderContext<'_>, row: &Row) -> Vec<Gap> {
    let order = |one: &Difference, other: &Difference| match (one.percent, other.percent) {
        (Some(one), Some(other)) => other.cmp_value(one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    };
    // A row may hold very many conflicts, of which a few are shown.
    let mut widest: Vec<(Conflict, Difference)> = Vec::new();
    for &conflict in &row.reading.conflicts {
        let Some(difference) = row.difference(context.dossier, conflict) else { continue };
        let place = widest.partition_point(|(_, wider)| order(wider, &difference).is_le());
        if place < GAPS {
            widest.insert(place, (conflict, difference));
            widest.truncate(GAPS);
        }
    }
    let siglum = |at: usize| {
        row.cells
            .get(at)
            .map(|cell: &Cell| context.dossier.source(cell.source).siglum.clone())
            .unwrap_or_default()
    };
    let gap = |(conflict, difference): (Conflict, Difference)| Gap {
        one: siglum(conflict.first()),
        other: siglum(conflict.second()),
        amount: difference.amount.to_string(),
        percent: difference.percent.map(|percent| percent.to_string()),
        at_least: difference.at_least,
    };
    widest.into_iter().map(gap).collect()
}

fn within(context: &RenderContext<'_>, here: &SitePath, measure: &Measure, longer: &Row) -> Within {
    Within {
        href: here.link_to(here, Some(&id(measure, longer))),
        period: longer.period.as_ref().map(|period| context.date(period)),
        figures: longer.cells.iter().map(|cell| context.figure(here, cell)).collect(),
    }
}
