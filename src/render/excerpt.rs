//! A passage with as much of its surroundings as it needs to be understood, and no more than the source's
//! rights allow.
//!
//! The surroundings of a passage are the rest of its sentence: sentences are those of UAX #29 within one line
//! of text (a paragraph, heading, item, cell), except that no sentence ends behind an initial or a title
//! ("U.S.", "Mr."). A line without sentences is cut at a word.

use std::ops::Range;

use crate::model::body::{Block, Body, Inline, Text};
use crate::model::sentence::{sentence_end, sentence_start};

use super::body::{Writer, extent};
use crate::model::body::each_leaf_of_blocks;

/// A line of text: what a block that holds text directly holds.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Bytes of the reading text.
    pub extent: Range<usize>,
    content: Content<'a>,
    /// Of a cell: the number of the first line of its row.
    row: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Content<'a> {
    Inlines(&'a [Inline]),
    Code(&'a [Text]),
}

/// How much is shown round a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surroundings {
    /// The passage alone.
    None,
    /// Its sentence, or so many characters either side, whichever is shorter.
    Sentence { limit: usize },
}

impl Surroundings {
    /// For sources whose text may be published as a whole: only what is no sentence at all is cut.
    pub const FREE: Surroundings = Surroundings::Sentence { limit: 600 };
    /// The bound of `rights: excerpts` (`docs/annotations.md`).
    pub const EXCERPT: Surroundings = Surroundings::Sentence { limit: 200 };
}

/// A stretch of text that is shown, and whether a sentence was cut at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    pub range: Range<usize>,
    pub cut_before: bool,
    pub cut_after: bool,
}

/// The lines of a body that hold text, in order.
pub fn lines(body: &Body) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    add_lines(&body.blocks, &mut lines);
    lines
}

fn add_lines<'a>(blocks: &'a [Block], lines: &mut Vec<Line<'a>>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => add_line(content, None, lines),
            Block::List { items, .. } => items.iter().for_each(|item| add_lines(&item.blocks, lines)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                add_lines(blocks, lines)
            }
            Block::Code(texts) => {
                let full = || texts.iter().filter(|text| !text.reading.is_empty());
                if let (Some(first), Some(last)) = (full().next(), full().next_back()) {
                    lines.push(Line {
                        extent: first.reading.range().start..last.reading.range().end,
                        content: Content::Code(texts),
                        row: None,
                    });
                }
            }
            Block::Table(table) => {
                add_line(&table.caption, None, lines);
                for row in table.head.iter().chain(&table.rows) {
                    let first = Some(lines.len());
                    row.cells
                        .iter()
                        .for_each(|cell| add_line(&cell.content, first, lines));
                }
            }
            Block::Quotation(_) | Block::Rule => {}
        }
    }
}

fn add_line<'a>(content: &'a [Inline], row: Option<usize>, lines: &mut Vec<Line<'a>>) {
    if let Some(extent) = extent(content) {
        lines.push(Line { extent, content: Content::Inlines(content), row });
    }
}

/// What is shown of some parts of a text: sorted, disjoint, joined where they touch.
pub fn windows(
    body: &Body,
    lines: &[Line<'_>],
    parts: &[Range<usize>],
    surroundings: Surroundings,
) -> Vec<Window> {
    let mut windows: Vec<Window> = parts
        .iter()
        .map(|part| window(body, lines, part, surroundings))
        .collect();
    windows.sort_by_key(|window| (window.range.start, window.range.end));
    let mut joined: Vec<Window> = Vec::with_capacity(windows.len());
    for window in windows {
        match joined.last_mut() {
            Some(last) if window.range.start <= last.range.end || nothing_between(body, last, &window) => {
                if window.range.end > last.range.end {
                    (last.range.end, last.cut_after) = (window.range.end, window.cut_after);
                }
            }
            _ => joined.push(window),
        }
    }
    joined
}

/// Sentences that follow each other in one line are shown as they stand, without a sign that something was
/// left out.
fn nothing_between(body: &Body, last: &Window, next: &Window) -> bool {
    let gap = body.reading.get(last.range.end..next.range.start);
    !last.cut_after
        && !next.cut_before
        && gap.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() && c != '\n' && c != '\t'))
}

fn window(body: &Body, lines: &[Line<'_>], part: &Range<usize>, surroundings: Surroundings) -> Window {
    let Surroundings::Sentence { limit } = surroundings else {
        return Window { range: part.clone(), cut_before: false, cut_after: false };
    };
    let first = lines.get(lines.partition_point(|line| line.extent.end <= part.start));
    let last = lines
        .partition_point(|line| line.extent.start < part.end)
        .checked_sub(1)
        .and_then(|at| lines.get(at));
    let (start, cut_before) = first
        .map_or((part.start, false), |line| sentence_start(&body.reading, &line.extent, part.start, limit));
    let (end, cut_after) =
        last.map_or((part.end, false), |line| sentence_end(&body.reading, &line.extent, part.end, limit));
    Window { range: start.min(part.start)..end.max(part.end), cut_before, cut_after }
}

/// What parts the cells of a row: an em space.
const BETWEEN_CELLS: &str = "\u{2003}";

/// Writes windows as paragraphs, one a line of the text or a row of a table, with `[…]` for what is left out
/// between them and `…` where a sentence is cut.
pub fn write(writer: &mut Writer<'_>, lines: &[Line<'_>], windows: &[Window], paragraph: &str) {
    let mut current: Option<usize> = None;
    for (number, window) in windows.iter().enumerate() {
        let first = lines.partition_point(|line| line.extent.end <= window.range.start);
        let touched = lines
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, line)| line.extent.start < window.range.end);
        for (place, (index, line)) in touched.enumerate() {
            match current {
                Some(open) if open == index => writer.out.push_str(" […] "),
                Some(open) if place > 0 && line.row.is_some() && lines[open].row == line.row => {
                    writer.out.push_str(BETWEEN_CELLS)
                }
                _ => {
                    if current.is_some() {
                        writer.out.push_str("</p>\n");
                    }
                    writer.out.push_str(paragraph);
                    if place == 0 && number > 0 {
                        writer.out.push_str("[…] ");
                    }
                }
            }
            current = Some(index);
            if place == 0 && window.cut_before {
                writer.out.push_str("… ");
            }
            write_line(writer, line, window.range.clone());
        }
        if current.is_some() && window.cut_after {
            writer.out.push_str(" …");
        }
    }
    if current.is_some() {
        writer.out.push_str("</p>\n");
    }
}

/// Writes the part of a line that lies in a range.
pub fn write_line(writer: &mut Writer<'_>, line: &Line<'_>, range: Range<usize>) {
    match line.content {
        Content::Inlines(content) => writer.clipped(content, range),
        Content::Code(texts) => writer.clipped_code(texts, range),
    }
}

/// Whether any letter of a body is written from right to left, so that its lines must find their own
/// direction.
pub fn runs_both_ways(body: &Body) -> bool {
    if body.reading.is_ascii() {
        return false;
    }
    let mut found = false;
    each_leaf_of_blocks(&body.blocks, &mut |leaf| {
        found = found || body.text(leaf).chars().any(is_right_to_left)
    });
    found
}

/// Hebrew to Arabic Extended-A, the Arabic presentation forms, and the right-to-left scripts of plane 1.
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF
        | 0x1E800..=0x1EFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;

    fn body(paragraphs: &[&str]) -> Body {
        let mut body = Body::default();
        for words in paragraphs {
            let start = body.reading.len();
            body.reading.push_str(words);
            let leaf = Text { reading: Span::new(start..body.reading.len()), file: None };
            body.blocks.push(Block::Paragraph(vec![Inline::Text(leaf)]));
            body.reading.push('\n');
        }
        body
    }

    /// The words of some windows as plain text, `[…]` between them.
    fn plain(body: &Body, windows: &[Window]) -> String {
        let pieces = windows.iter().map(|window| {
            let words: Vec<&str> = body
                .reading
                .get(window.range.clone())
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            let (before, after) =
                (if window.cut_before { "… " } else { "" }, if window.cut_after { " …" } else { "" });
            format!("{before}{}{after}", words.join(" "))
        });
        pieces.collect::<Vec<_>>().join(" […] ")
    }

    /// What is shown of the given words of some paragraphs.
    fn check(paragraphs: &[&str], words: &[&str], surroundings: Surroundings) -> String {
        let body = body(paragraphs);
        let find = |words: &&str| {
            let start = body.reading.find(*words).expect("the test's words stand in its text");
            start..start + words.len()
        };
        let parts: Vec<_> = words.iter().map(find).collect();
        plain(&body, &windows(&body, &lines(&body), &parts, surroundings))
    }

    #[test]
    fn a_passage_is_shown_with_its_sentence() {
        let text = "Trade grew. The deficit was 123 billion dollars. Nobody minded.";
        assert_eq!(
            check(&[text], &["123 billion"], Surroundings::FREE),
            "The deficit was 123 billion dollars."
        );
        assert_eq!(check(&[text], &["Trade"], Surroundings::FREE), "Trade grew.");
        assert_eq!(check(&[text], &["Nobody minded."], Surroundings::FREE), "Nobody minded.");
        assert_eq!(check(&[text], &["123 billion"], Surroundings::None), "123 billion");
    }

    #[test]
    fn a_passage_that_ends_a_sentence_takes_none_of_the_next() {
        assert_eq!(check(&["It grew. It fell."], &["grew."], Surroundings::FREE), "It grew.");
    }

    #[test]
    fn initials_and_titles_end_no_sentence() {
        let text = "He left. A U.S. Senate panel heard Mr. Knapper on trade. It rose.";
        assert_eq!(
            check(&[text], &["panel"], Surroundings::FREE),
            "A U.S. Senate panel heard Mr. Knapper on trade."
        );
    }

    #[test]
    fn parts_of_one_sentence_are_joined_and_those_of_two_are_not() {
        let text = "One two three. Four. Five six seven.";
        assert_eq!(check(&[text], &["One", "three"], Surroundings::FREE), "One two three.");
        assert_eq!(check(&[text], &["two", "six"], Surroundings::FREE), "One two three. […] Five six seven.");
        assert_eq!(check(&[text], &["two", "Four"], Surroundings::FREE), "One two three. Four.");
    }

    #[test]
    fn sentences_do_not_leave_their_line() {
        assert_eq!(
            check(&["A heading", "its text here", "more"], &["text"], Surroundings::FREE),
            "its text here"
        );
        assert_eq!(
            check(&["one two", "three four", "five"], &["two\nthree"], Surroundings::FREE),
            "one two three four"
        );
    }

    #[test]
    fn what_has_no_end_is_cut_at_a_word() {
        let text = format!("{}middle{}", "word ".repeat(100), " word".repeat(100));
        let shown = check(&[&text], &["middle"], Surroundings::EXCERPT);
        assert!(shown.starts_with("… word") && shown.ends_with("word …"), "{shown}");
        let [before, after]: [&str; 2] = shown
            .split("middle")
            .collect::<Vec<_>>()
            .try_into()
            .expect("one middle");
        assert!(before.chars().count() <= 202 && after.chars().count() <= 202, "{shown}");
    }
}
