//! A few lines of a file with the places in them that a mistake speaks of, cut to what fits on a screen.
//!
//! Prose has lines of a thousand characters and scraped pages have lines of a megabyte, so a line is cut
//! round the place, and a place that goes on for pages is shown by its beginning. What is hidden in the text
//! is made visible first, so spans are moved along.

use std::ops::Range;

use super::lines::{LineColumn, Lines};
use super::visible::visible;
use crate::model::span::Span;

/// The most lines of one excerpt: enough for a passage, and the rest is in the file.
const MOST_LINES: usize = 8;

/// Lines of a file, ready to be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Where the first place begins in the file.
    pub origin: LineColumn,
    /// The number of the first line.
    pub first_line: usize,
    /// The lines, made visible and cut.
    pub text: String,
    /// The places as ranges of `text`, in the order given.
    pub marks: Vec<Range<usize>>,
    /// Whether every place is there from end to end.
    pub whole: bool,
}

/// The lines that hold some places, each at most `room` columns wide. The first place decides what is kept of
/// a long line.
pub fn excerpt(lines: &Lines<'_>, spans: &[Span], room: usize) -> Excerpt {
    let first_line = spans
        .iter()
        .map(|span| lines.at(span.start as usize).line)
        .min()
        .unwrap_or(1);
    let wanted = spans
        .iter()
        .map(|&span| last_line(lines, span))
        .max()
        .unwrap_or(first_line);
    let last_line = wanted.min(first_line + MOST_LINES - 1);
    let mut excerpt = Excerpt {
        origin: lines.at(spans.first().map_or(0, |span| span.start as usize)),
        first_line,
        text: String::new(),
        marks: Vec::new(),
        whole: wanted == last_line,
    };
    let cuts: Vec<Cut> = (first_line..=last_line)
        .map(|number| cut(lines, number, spans, room, &mut excerpt.text))
        .collect();
    for span in spans {
        let start = find(lines, &cuts, span.start as usize);
        let end = find(lines, &cuts, span.end as usize);
        excerpt.whole &= start.1 && end.1;
        excerpt.marks.push(start.0..end.0.max(start.0));
    }
    excerpt
}

/// Whether several places are best shown in one excerpt: near each other, in lines that need no cut.
pub fn belong_together(lines: &Lines<'_>, spans: &[Span], room: usize) -> bool {
    let first = spans
        .iter()
        .map(|span| lines.at(span.start as usize).line)
        .min()
        .unwrap_or(1);
    let last = spans
        .iter()
        .map(|&span| last_line(lines, span))
        .max()
        .unwrap_or(first);
    last - first < MOST_LINES && (first..=last).all(|number| fits(lines.line(number), room))
}

/// What was kept of a line: its bytes in the file, and where they begin in the excerpt.
struct Cut {
    kept: Range<usize>,
    /// The last byte that counts as kept: behind the line's end where nothing was cut off there.
    reach: usize,
    at: usize,
}

/// Adds a line to the excerpt, as much of it as there is room for.
fn cut(lines: &Lines<'_>, number: usize, spans: &[Span], room: usize, text: &mut String) -> Cut {
    let line = lines.line(number);
    let start = lines.range(number).start;
    let kept = if fits(line, room) {
        0..line.len()
    } else {
        stretch(line, focus(start..start + line.len(), spans), room)
    };
    let (before, after) =
        (if kept.start > 0 { "…" } else { "" }, if kept.end < line.len() { "…" } else { "" });
    text.push_str(before);
    let at = text.len();
    text.push_str(&visible(&line[kept.clone()]));
    text.push_str(after);
    text.push('\n');
    let reach = if after.is_empty() { lines.range(number).end } else { start + kept.end };
    Cut { kept: start + kept.start..start + kept.end, reach, at }
}

/// Where in a line its reader should look: the beginning of the first place in it, from the line's own start.
fn focus(line: Range<usize>, spans: &[Span]) -> usize {
    let begins = |span: &&Span| line.contains(&(span.start as usize));
    spans
        .iter()
        .find(begins)
        .map_or(0, |span| span.start as usize - line.start)
}

/// The bytes of a long line that are kept: a quarter of the room goes to what stands before the focus.
fn stretch(line: &str, focus: usize, room: usize) -> Range<usize> {
    let room = room.saturating_sub(2).max(8); // the signs for what is left out
    let focus = line.floor_char_boundary(focus);
    let start = grow(line[..focus].char_indices().rev(), room / 4).map_or(focus, |(i, _)| i);
    let end = grow(line[start..].char_indices(), room).map_or(start, |(i, c)| start + i + c.len_utf8());
    start..end
}

/// The last character that still fits.
fn grow(characters: impl Iterator<Item = (usize, char)>, room: usize) -> Option<(usize, char)> {
    let mut taken = 0;
    characters
        .take_while(|&(_, c)| {
            taken += width(c);
            taken <= room
        })
        .last()
}

/// Where a byte of the file stands in the excerpt, and whether it was kept.
fn find(lines: &Lines<'_>, cuts: &[Cut], byte: usize) -> (usize, bool) {
    let Some(cut) = cuts.iter().rfind(|cut| cut.kept.start <= byte).or(cuts.first()) else {
        return (0, false);
    };
    let inside = lines
        .text()
        .floor_char_boundary(byte.clamp(cut.kept.start, cut.kept.end));
    let before = visible(&lines.text()[cut.kept.start..inside]).len();
    (cut.at + before, (cut.kept.start..=cut.reach).contains(&byte))
}

/// The line on which a span ends; one that ends at a line's very start ends on the line before.
fn last_line(lines: &Lines<'_>, span: Span) -> usize {
    let end = if span.is_empty() { span.start } else { span.end - 1 };
    lines.at(end as usize).line
}

fn fits(line: &str, room: usize) -> bool {
    line.len() <= room || (line.len() <= room * 4 && line.chars().map(width).sum::<usize>() <= room)
}

/// Columns that a terminal gives a character: two for the scripts of East Asia and for pictures. A guess is
/// enough, it only decides where a line is cut.
fn width(c: char) -> usize {
    match u32::from(c) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0x1f300..=0x3ffff => 2,
        _ => 1,
    }
}
