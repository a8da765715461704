//! Pictures that the build draws: the span of a timeline, and which source speaks of which topic.
//!
//! They are SVG in the page, so that they take the page's colours, by day and by night, and their places are
//! links. No style stands in them: geometry is attributes, looks are classes. Places across are percent, so
//! that lettering keeps its size however wide the page is. Whatever they show stands in the page in words as
//! well, so that they are hidden from those who listen, and from the tab key.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Day;

use super::body::escaped;

/// Something on a line of time.
pub struct Span {
    pub lane: usize,
    pub from: Day,
    pub to: Day,
    /// Whether both its ends are known and certain.
    pub is_sure: bool,
    pub href: String,
    pub title: String,
}

/// Heights, in pixels: a lane with its name above the line, and the years below all lanes.
const LANE: usize = 46;
const YEARS: usize = 26;

/// Places across are counted in hundredths of a percent.
const ACROSS: i64 = 10_000;

/// Marks nearer to each other than this are one.
const NEAR: i64 = 60;

/// Up to so many years with something in them stand side by side, each as wide as the others; more are drawn
/// to scale.
const COLUMNS: usize = 40;

/// So many years are named below the lanes.
const NAMED: usize = 12;

/// The lanes of a timeline, by their names; nothing where there is nothing to see. `year_name` says the year
/// of a day.
pub fn timeline(lanes: &[String], spans: Vec<Span>, year_name: &dyn Fn(Day) -> String) -> Option<String> {
    let scale = Scale::of(&spans)?;
    let used: Vec<usize> = (0..lanes.len())
        .filter(|lane| spans.iter().any(|span| span.lane == *lane))
        .collect();
    let height = used.len() * LANE + YEARS;
    let mut out = format!(
        "<svg class=\"span\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">\n"
    );
    scale.draw_years(height, year_name, &mut out);
    for (place, &lane) in used.iter().enumerate() {
        let line = place * LANE + 32;
        out.push_str(&format!(
            "<text class=\"lane\" x=\"0\" y=\"{}\">{}</text>",
            line - 16,
            escaped(&lanes[lane])
        )); // `used` counts lanes
        out.push_str(&format!("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{line}\" y2=\"{line}\"/>\n"));
        draw_lane(&scale, &spans, lane, line, &mut out);
    }
    out.push_str("</svg>");
    Some(out)
}

/// Marks of one lane that fall in one place become one, which leads to the first and names the first few.
fn draw_lane(scale: &Scale, spans: &[Span], lane: usize, line: usize, out: &mut String) {
    let mut places: BTreeMap<(i64, i64), Vec<&Span>> = BTreeMap::new();
    for span in spans.iter().filter(|span| span.lane == lane) {
        let (from, to) = (scale.place(span.from), scale.place(span.to));
        let width = if to - from <= NEAR * 2 { 0 } else { (to - from) / NEAR * NEAR };
        places.entry((from / NEAR * NEAR, width)).or_default().push(span);
    }
    // long ones first, so that short ones lie on top and can be reached
    let mut places: Vec<_> = places.into_iter().collect();
    places.sort_by_key(|((from, width), _)| (std::cmp::Reverse(*width), *from));
    for ((from, width), here) in places {
        let Some(first) = here.first() else { continue };
        let unsure = if here.iter().all(|span| !span.is_sure) { " unsure" } else { "" };
        out.push_str(&format!(
            "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>",
            escaped(&first.href),
            escaped(&titles(&here))
        ));
        if width > 0 {
            let (x, wide) = (percent(from), percent(width));
            out.push_str(&format!(
                "<rect class=\"stretch{unsure}\" x=\"{x}\" y=\"{}\" width=\"{wide}\" height=\"6\" rx=\"3\"/>",
                line - 3
            ));
        } else {
            let radius = if here.len() > 1 { 7 } else { 5 };
            out.push_str(&format!(
                "<circle class=\"dot l{lane}{unsure}\" cx=\"{}\" cy=\"{line}\" r=\"{radius}\"/>",
                percent(from)
            ));
        }
        out.push_str("</a>\n");
    }
}

/// The first few of some titles, and how many more there are.
fn titles(spans: &[&Span]) -> String {
    const TOLD: usize = 6;
    let mut titles: Vec<String> = spans.iter().take(TOLD).map(|span| span.title.clone()).collect();
    if spans.len() > TOLD {
        titles.push(format!("+ {}", spans.len() - TOLD));
    }
    titles.join("\n")
}

/// `1234` → `12.34%`
fn percent(place: i64) -> String {
    format!("{}.{:02}%", place / 100, place % 100)
}

/// Where a day stands.
enum Scale {
    /// The years in which something begins or ends, each as wide as the others: what is long ago or far ahead
    /// takes no room from the rest.
    Years(Vec<i64>),
    /// From one day to another.
    Days(Day, Day),
}

impl Scale {
    fn of(spans: &[Span]) -> Option<Scale> {
        let ends = || spans.iter().flat_map(|span| [span.from, span.to]);
        let years: BTreeSet<i64> = ends().map(|day| day.civil().0).collect();
        if years.len() <= COLUMNS {
            return (!years.is_empty()).then(|| Scale::Years(years.into_iter().collect()));
        }
        Some(Scale::Days(ends().min()?, ends().max()?))
    }

    /// In hundredths of a percent, with room at both ends for a mark.
    fn place(&self, day: Day) -> i64 {
        let (num, of) = match self {
            Scale::Years(years) => {
                let (year, ..) = day.civil();
                let column = years.partition_point(|other| *other < year) as i64;
                let within = (day.0 - Day::of(year, 1, 1).0).clamp(0, 365);
                (column * 366 + within, years.len() as i64 * 366)
            }
            Scale::Days(first, last) => (day.0 - first.0, (last.0 - first.0).max(1)),
        };
        100 + i64::try_from(i128::from(num) * i128::from(ACROSS - 200) / i128::from(of.max(1))).unwrap_or(0)
    }

    /// Where years begin: a line, and the names of as many as fit. Where years are left out the line is
    /// broken.
    fn draw_years(&self, height: usize, year_name: &dyn Fn(Day) -> String, out: &mut String) {
        let years: Vec<i64> = match self {
            Scale::Years(years) => years.clone(),
            Scale::Days(first, last) => {
                let (first, last) = (first.civil().0, last.civil().0);
                let step = usize::try_from(((last - first) / NAMED as i64).max(1)).unwrap_or(usize::MAX);
                (first + 1..=last).step_by(step).collect()
            }
        };
        let every = years.len().div_ceil(NAMED).max(1);
        for (at, &year) in years.iter().enumerate() {
            let begins = Day::of(year, 1, 1);
            let x = percent(self.place(begins));
            let broken = matches!(self, Scale::Years(_))
                && at > 0
                && years.get(at - 1).is_some_and(|before| before + 1 < year);
            let class = if broken { "tick broken" } else { "tick" };
            out.push_str(&format!(
                "<line class=\"{class}\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{}\"/>",
                height - YEARS
            ));
            if at % every == 0 {
                let crowded = if years.len().div_ceil(every) > 6 && (at / every) % 2 == 1 {
                    " class=\"roomy\""
                } else {
                    ""
                };
                out.push_str(&format!(
                    "<text{crowded} x=\"{x}\" y=\"{}\">{}</text>\n",
                    height - 8,
                    escaped(&year_name(begins))
                ));
            }
        }
    }
}

/// A row of the picture of coverage: a topic, and by source how many notes it has and where the first is.
pub struct TopicRow {
    pub title: String,
    pub href: String,
    pub cells: Vec<Option<Speaks>>,
}

/// What a source has on a topic.
pub struct Speaks {
    /// None where the text names it and no note does.
    pub notes: usize,
    pub href: String,
    pub title: String,
}

/// A column of it: a source.
pub struct SourceColumn {
    pub siglum: String,
    pub href: String,
    pub title: String,
}

/// Sizes of the picture of coverage, in pixels.
const ROW: usize = 26;
const COLUMN: usize = 32;
const HEAD: usize = 30;

/// A letter of a title is about so wide, in hundredths of a pixel; titles longer than `LONGEST` are cut.
const LETTER: usize = 700;
const LONGEST: usize = 36;

/// Sources across, topics down; the more notes, the larger the dot. A ring: named in the text, and no note.
pub fn coverage(columns: &[SourceColumn], rows: &[TopicRow]) -> String {
    let longest = rows
        .iter()
        .map(|row| row.title.chars().count().min(LONGEST))
        .max()
        .unwrap_or(0);
    let label = longest * LETTER / 100 + 16;
    let (width, height) = (label + columns.len() * COLUMN, HEAD + rows.len() * ROW);
    let mut out = format!(
        "<svg class=\"grid\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
            aria-hidden=\"true\" focusable=\"false\">\n"
    );
    let x = |column: usize| label + column * COLUMN + COLUMN / 2;
    for (at, column) in columns.iter().enumerate() {
        let text = format!(
            "<text class=\"head\" x=\"{}\" y=\"18\" text-anchor=\"middle\">{}</text>",
            x(at),
            escaped(&column.siglum)
        );
        out.push_str(&linked(&column.href, &column.title, &text));
    }
    for (at, row) in rows.iter().enumerate() {
        let y = HEAD + at * ROW + ROW / 2;
        out.push_str(&format!(
            "<line class=\"axis\" x1=\"0\" x2=\"{width}\" y1=\"{0}\" y2=\"{0}\"/>",
            y - ROW / 2
        ));
        let text = format!("<text x=\"0\" y=\"{}\">{}</text>", y + 5, escaped(&cut(&row.title)));
        out.push_str(&linked(&row.href, &row.title, &text));
        for (column, speaks) in row.cells.iter().enumerate() {
            if let Some(Speaks { notes, href, title }) = speaks {
                let (class, radius) =
                    if *notes == 0 { ("named", 3) } else { ("dot", 3 + (notes - 1).min(6)) };
                let dot =
                    format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{y}\" r=\"{radius}\"/>", x(column));
                out.push_str(&linked(href, title, &dot));
            }
        }
    }
    out.push_str("</svg>");
    out
}

/// A bar that is so many percent full.
pub fn bar(filled: usize) -> String {
    let filled = filled.min(100);
    format!(
        "<svg class=\"bar\" width=\"100\" height=\"8\" aria-hidden=\"true\" focusable=\"false\"><rect \
            class=\"all\" width=\"100\" height=\"8\"/>\
         <rect class=\"part\" width=\"{filled}\" height=\"8\"/></svg>"
    )
}

fn linked(href: &str, title: &str, inner: &str) -> String {
    format!("<a href=\"{}\" tabindex=\"-1\"><title>{}</title>{inner}</a>\n", escaped(href), escaped(title))
}

fn cut(title: &str) -> String {
    if title.chars().count() <= LONGEST {
        title.to_string()
    } else {
        title.chars().take(LONGEST - 1).collect::<String>() + "…"
    }
}

#[cfg(test)]
mod tests {
    use super::{Scale, Span, bar, percent, timeline};
    use crate::model::date::Day;

    fn span(from: (i64, u8, u8), to: (i64, u8, u8)) -> Span {
        let day = |(year, month, day)| Day::of(year, month, day);
        Span {
            lane: 0,
            from: day(from),
            to: day(to),
            is_sure: true,
            href: "#t".to_string(),
            title: "<T>".to_string(),
        }
    }

    #[test]
    fn years_with_something_in_them_are_as_wide_as_each_other() {
        let spans = [span((1995, 1, 1), (2024, 1, 1)), span((2025, 7, 2), (2025, 7, 2))];
        let scale = Scale::of(&spans).expect("two spans");
        let places: Vec<String> = [(1995, 1, 1), (2024, 1, 1), (2025, 1, 1), (2025, 7, 2)]
            .map(|(y, m, d)| percent(scale.place(Day::of(y, m, d))))
            .into();
        assert_eq!(places, ["1.00%", "33.66%", "66.33%", "82.57%"]);
    }

    #[test]
    fn a_picture_holds_links_and_titles_and_no_style() {
        let svg = timeline(
            &["Lane & co".to_string()],
            vec![span((2024, 1, 1), (2024, 12, 31)), span((2024, 5, 1), (2024, 5, 1))],
            &|day| day.civil().0.to_string(),
        )
        .expect("something to draw");
        assert!(svg.contains("<title>&lt;T&gt;</title><rect class=\"stretch\""), "{svg}");
        assert!(svg.contains("Lane &amp; co") && svg.contains("<circle") && !svg.contains("style"), "{svg}");
        assert_eq!(timeline(&[], Vec::new(), &|_| String::new()), None);
    }

    #[test]
    fn days_that_nobody_can_draw_do_no_harm() {
        let far: Vec<Span> = (0..60)
            .map(|i| span((i * 1_000_000 - 9_999_999, 1, 1), (i64::from(i32::MAX), 12, 31)))
            .collect();
        let svg =
            timeline(&["L".to_string()], far, &|day| day.civil().0.to_string()).expect("something to draw");
        assert!(svg.len() < 100_000, "{}", svg.len());
        assert!(bar(300).contains("width=\"100\" height=\"8\"/></svg>"));
    }
}
