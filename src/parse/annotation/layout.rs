//! Which lines of an annotation file begin what: the notes by their titles, the file's own title, and what is
//! hidden.
//!
//! A title stands at the margin. Whether a line at the margin belongs to code or to an HTML block instead,
//! only Markdown can say; so where a file holds a fence or a line that begins with `<`, Markdown is asked,
//! and else no line needs to be looked at twice.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::parse::fields::Typed;
use crate::parse::lines::{Line, lines};
use crate::parse::markdown::comments;
use crate::parse::markdown::mask::{Mask, mask};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::fields::{swallowed_title, title_without_space};

/// A file's lines below its front matter.
pub struct Layout<'a> {
    pub text: &'a str,
    pub lines: Vec<Line<'a>>,
    /// Comments (`%%…%%`, `<!-- … -->`), which are never published.
    pub hidden: Vec<Range<usize>>,
    /// The lines that begin a note, by their place in `lines`.
    pub titles: Vec<usize>,
    /// The first line `# …` before the notes.
    pub file_title: Option<usize>,
}

pub fn layout<'a>(path: &InputPath, text: &'a str, from: usize, found: &mut Vec<Diagnostic>) -> Layout<'a> {
    let hidden = comments(&text[from..], from);
    let lines: Vec<Line> = lines(text, from).collect();
    let mut layout = Layout { text, lines, hidden, titles: Vec::new(), file_title: None };
    let swallowed = layout.swallowed(from);
    for (number, line) in layout.lines.iter().enumerate() {
        held::hold(found);
        let Some(level) = title_level(line.text) else {
            if is_crammed(line.text) && swallowed.by(line.start).is_none() {
                found.push(title_without_space(path, Span::new(line.start..line.start + 2)));
            }
            continue;
        };
        if let Some(by) = swallowed.by(line.start) {
            if level == 2 {
                found.push(swallowed_title(
                    path,
                    Span::new(line.range()),
                    by.name,
                    Span::new(by.range.start..by.range.start + by.sign),
                ));
            }
        } else if level == 2 {
            layout.titles.push(number);
        } else if layout.titles.is_empty() && layout.file_title.is_none() {
            layout.file_title = Some(number);
        }
    }
    layout
}

/// 1 for `# …`, 2 for `## …`, at the margin.
fn title_level(line: &str) -> Option<usize> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((1..=2).contains(&level) && (words.is_empty() || words.starts_with([' ', '\t']))).then_some(level)
}

/// `##Title`: Markdown takes it for text, and whoever typed it did not mean that.
fn is_crammed(line: &str) -> bool {
    line.strip_prefix("##")
        .is_some_and(|words| words.starts_with(char::is_alphanumeric))
}

/// What keeps lines from being read.
#[derive(Default)]
struct Swallowed {
    blocks: Vec<Swallower>,
}

struct Swallower {
    name: &'static str,
    range: Range<usize>,
    /// How much of its beginning a message shows.
    sign: usize,
}

impl Swallowed {
    fn by(&self, at: usize) -> Option<&Swallower> {
        let before = self.blocks.partition_point(|block| block.range.start <= at);
        self.blocks[..before].last().filter(|block| at < block.range.end)
    }
}

impl<'a> Layout<'a> {
    fn swallowed(&self, from: usize) -> Swallowed {
        let comments =
            self.hidden
                .iter()
                .map(|range| Swallower { name: "a comment", range: range.clone(), sign: 2 });
        let mut blocks: Vec<Swallower> = comments.collect();
        let tricky = |line: &Line| {
            let words = line.text.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
            words.starts_with(['<', '`', '~'])
        };
        if self.lines.iter().any(tricky) {
            blocks.extend(self.blocks_of_markdown(from));
            blocks.sort_by_key(|block| block.range.start);
        }
        Swallowed { blocks }
    }

    /// The code and HTML blocks that Markdown sees at the margin.
    fn blocks_of_markdown(&self, from: usize) -> Vec<Swallower> {
        let hidden = self
            .hidden
            .iter()
            .map(|range| range.start - from..range.end - from)
            .collect();
        let masked = mask(&self.text[from..], Mask { hidden, no_underlines: true, ..Mask::default() });
        let mut found = Vec::new();
        for (event, range) in
            Parser::new_ext(&masked.text, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES)
                .into_offset_iter()
        {
            let name = match event {
                Event::Start(Tag::CodeBlock(_)) => "a code block",
                Event::Start(Tag::HtmlBlock) => "an HTML block",
                _ => continue,
            };
            let sign = masked.text[range.clone()].lines().next().map_or(0, str::len);
            found.push(Swallower { name, range: range.start + from..range.end + from, sign });
        }
        found
    }

    /// The line without what is hidden in it.
    pub fn visible(&self, line: &Line) -> Typed {
        let range = line.range();
        let first = self.hidden.partition_point(|hidden| hidden.end <= range.start);
        let mut typed = Typed::default();
        let mut from = range.start;
        for hidden in self.hidden[first..]
            .iter()
            .take_while(|hidden| hidden.start < range.end)
        {
            if from < hidden.start {
                typed.push(&self.text[from..hidden.start], from);
            }
            from = hidden.end;
        }
        if from < range.end {
            typed.push(&self.text[from..range.end], from);
        }
        typed
    }

    /// Whether all that the line holds is hidden.
    pub fn is_hidden(&self, line: &Line) -> bool {
        !line.is_blank() && self.visible(line).text.trim().is_empty()
    }

    /// What is hidden in a part of the file.
    pub fn hidden_in(&self, part: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.hidden.partition_point(|hidden| hidden.end <= part.start);
        self.hidden[first..]
            .iter()
            .take_while(|hidden| hidden.start < part.end)
            .cloned()
            .collect()
    }

    /// The signs of a heading of Markdown (`###`), and how many they are.
    pub fn heading(&self, number: usize) -> Option<(Span, usize)> {
        let line = self.lines.get(number)?;
        let words = line.text.trim_start_matches(' ');
        let level = words.len() - words.trim_start_matches('#').len();
        let rest = &words[level..];
        let is_heading = (1..=6).contains(&level)
            && line.text.len() - words.len() <= 3
            && (rest.is_empty() || rest.starts_with([' ', '\t']));
        let start = line.end() - words.len();
        is_heading.then(|| (Span::new(start..start + level), level))
    }

    /// The number of the line that a byte stands in.
    pub fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.next <= at)
    }

    /// Where a line begins; the end of the text where there is no such line.
    pub fn start(&self, line: usize) -> usize {
        self.lines.get(line).map_or(self.text.len(), |line| line.start)
    }

    /// The lines of each note, its title first.
    pub fn notes(&self) -> Vec<Range<usize>> {
        let ends = self
            .titles
            .iter()
            .skip(1)
            .copied()
            .chain(std::iter::once(self.lines.len()));
        self.titles
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| start..end)
            .collect()
    }

    /// The lines before the first note.
    pub fn preamble(&self) -> Range<usize> {
        0..self.titles.first().copied().unwrap_or(self.lines.len())
    }
}

/// The lines `from` on that make up the block quotation that begins there, and end before `until`.
///
/// A line without a mark still belongs to it where Markdown takes it for more of the paragraph above; but a
/// field never does.
pub fn quotation_end(
    layout: &Layout<'_>,
    from: usize,
    until: usize,
    is_field: impl Fn(&Line) -> bool,
) -> usize {
    let marked = |line: &Line| is_marked(line.text);
    let run = |from: usize, belongs: &dyn Fn(&Line) -> bool| {
        layout.lines[from..until]
            .iter()
            .take_while(|line| belongs(line))
            .count()
            + from
    };
    let mut start = from;
    loop {
        let marked_end = run(start, &marked);
        let without =
            |line: &Line| !marked(line) && !line.is_blank() && !is_field(line) && !layout.is_hidden(line);
        let lazy_end = run(marked_end, &without);
        if lazy_end == marked_end {
            return marked_end;
        }
        let taken = taken_in(layout, start..lazy_end).max(marked_end);
        let goes_on = taken == lazy_end && layout.lines[..until].get(lazy_end).is_some_and(marked);
        if !goes_on {
            return taken;
        }
        start = lazy_end;
    }
}

/// Whether a line begins with `>`, indented by three spaces at most.
pub fn is_marked(line: &str) -> bool {
    let words = line.trim_start_matches(' ');
    words.starts_with('>') && line.len() - words.len() <= 3
}

/// How far the quotation reaches that these lines begin with, as Markdown has it.
fn taken_in(layout: &Layout<'_>, lines: Range<usize>) -> usize {
    let start = layout.start(lines.start);
    let end = layout.lines[lines.end - 1].next;
    let part = mask(&layout.text[start..end], Mask::default());
    let first = Parser::new_ext(&part.text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES)
        .into_offset_iter()
        .next();
    let length = first
        .filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))))
        .map_or(0, |(_, range)| range.end);
    layout.lines[lines.clone()]
        .iter()
        .take_while(|line| line.start < start + length)
        .count()
        + lines.start
}

/// A part of a file by its lines.
pub fn part(layout: &Layout<'_>, lines: Range<usize>) -> Range<usize> {
    layout.start(lines.start)..layout.start(lines.end)
}
