//! A block quotation as words claimed to stand in a source: as they read, as they are typed, and what of them
//! is marked.
//!
//! The block's `>` marks, its attribution, a `[!quote]` before it and its comments are no words of it. `==`
//! marks are taken out where they come in pairs: the first before a word, the second behind one, in the same
//! quotation; all others are the source's own signs.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::{LastLine, callout, content_lines, last_line};
use super::mask::Mask;
use super::outside::in_brackets;
use super::reader::{Dialect, Quoted, Reports, Request, read};
use super::scan::scan;
use super::wording;
use crate::model::body::{Block, Body, Inline, Text};
use crate::model::path::InputPath;
use crate::model::quote::{Lazy, Quotation, Quote, Words};
use crate::model::span::Span;

/// A quoted text is read as sources are, whatever stands around it: its brackets and tags are theirs.
const DIALECT: Dialect =
    Dialect { wikilinks: false, wide_html: true, quotations: false, reports: Reports::Nothing };

/// A quotation, and its last line where that was meant to name a source and does not name one.
pub struct Read {
    pub quotation: Quotation,
    pub last_line: LastLine,
    /// It begins with `[!word]`, and the word is not `quote`: it is the writer's own remark.
    pub remark: bool,
}

/// Reads the block quotation that begins at the first mark in `span`, within `depth - 1` others.
pub fn quotation(path: &InputPath, text: &str, span: Range<usize>, depth: usize) -> Read {
    let lines = content_lines(text, span.clone(), depth);
    let callout = callout(text, &lines);
    let (words, last_line) = words(text, lines);
    let attribution = match &last_line {
        LastLine::Attribution(attribution) => Some(attribution.clone()),
        LastLine::Words | LastLine::Unclear(..) => None,
    };
    let remark = callout.as_ref().is_some_and(|callout| !callout.quotes);
    let callout = callout.map(|callout| callout.range);
    let lazy = first_lazy(text, &words).filter(|_| depth == 1).map(|line| {
        let before = quote(path, text, span.start, &words[..line], callout.clone());
        Box::new(Lazy { line: Span::new(words[line].clone()), before })
    });
    let quote = quote(path, text, span.start, &words, callout);
    let end = span.start + text.get(span.clone()).unwrap_or_default().trim_end().len();
    let quotation = Quotation { span: Span::new(span.start..end), quote, attribution, nested: false, lazy };
    Read { quotation, last_line, remark }
}

impl Quoted {
    pub fn read(self, path: &InputPath, text: &str) -> Quotation {
        let Quoted { span, depth, nested, behind } = self;
        let quotation = quotation(path, text, span, depth).quotation;
        Quotation { attribution: quotation.attribution.or(behind), nested, ..quotation }
    }
}

/// The lines of a quotation that are words, and what it says of where they are from.
fn words(text: &str, mut lines: Vec<Range<usize>>) -> (Vec<Range<usize>>, LastLine) {
    let (last, last_line) = last_line(text, &lines);
    if last_line != LastLine::Words {
        lines.truncate(last);
        return (lines, last_line);
    }
    match in_brackets(text, &lines) {
        Some(bracketed) => (bracketed.words, LastLine::Attribution(bracketed.attribution)),
        None => (lines, LastLine::Words),
    }
}

/// The first line with words and without a mark: the quotation's first line has one, and those below begin at
/// the margin of the text.
fn first_lazy(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let is_lazy = |line: &Range<usize>| {
        let before = text[..line.start].trim_end_matches([' ', '\t']);
        !before.ends_with('>') && !text[line.clone()].trim().is_empty()
    };
    lines.iter().skip(1).position(is_lazy).map(|at| at + 1)
}

fn quote(
    path: &InputPath,
    text: &str,
    start: usize,
    lines: &[Range<usize>],
    callout: Option<Range<usize>>,
) -> Quote {
    if let Some(words) = plain_words(text, lines) {
        let read = Words { text: words, ..Words::default() };
        return Quote { read, typed: as_typed(text, start, lines, &[], &[]) };
    }
    let end = lines.last().map_or(start, |line| line.end);
    let part = &text[start..end];
    let found = scan(part);
    let marks = pairs(part, &found.marks);
    let signs = marks
        .iter()
        .flat_map(|mark| [mark.start - 2..mark.start, mark.end..mark.end + 2]);
    let callout = callout.map(|range| range.start - start..range.end - start);
    let mut unspoken: Vec<Range<usize>> = signs.chain(callout).collect();
    unspoken.sort_by_key(|range| range.start);
    let mut hidden: Vec<Range<usize>> = unspoken
        .iter()
        .cloned()
        .chain(found.comments)
        .chain(footnote_refs(part))
        .collect();
    hidden.sort_by_key(|range| range.start);
    hidden.dedup_by(|next, last| next.start < last.end);
    Quote {
        read: as_read(path, text, start..end, lines, hidden, &marks),
        typed: as_typed(text, start, lines, &unspoken, &marks),
    }
}

/// The words of lines that hold no sign of Markdown, as most quotations do: Markdown need not be asked how
/// they read.
fn plain_words(text: &str, lines: &[Range<usize>]) -> Option<String> {
    let mut words = String::new();
    let mut parted = false;
    for line in lines {
        let typed = &text[line.clone()];
        let trimmed = typed.trim_matches([' ', '\t']);
        if !is_plain(typed, trimmed) {
            return None;
        }
        if trimmed.is_empty() {
            parted = true;
            continue;
        }
        if !words.is_empty() {
            words.push(if parted { '\n' } else { ' ' });
        }
        parted = false;
        words.push_str(trimmed);
    }
    Some(words)
}

/// Whether a line is words to Markdown wherever it stands: no sign in it, none at its start, no indent that
/// is code, no break at its end.
fn is_plain(typed: &str, trimmed: &str) -> bool {
    let sign = |byte: u8| b"\\`*_[]<>&~|#=%!\t\0\x0b\x0c".contains(&byte);
    let behind_digits = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = behind_digits.len() < trimmed.len() && behind_digits.starts_with(['.', ')']);
    let begins = typed.starts_with("    ") || numbered || trimmed.starts_with(['-', '+']);
    !(begins || typed.ends_with("  ") || typed.bytes().any(sign))
}

/// The ranges between marks that come in pairs.
fn pairs(text: &str, marks: &[usize]) -> Vec<Range<usize>> {
    let mut pairs = Vec::new();
    let mut open = None;
    for &at in marks {
        let before_word = text[at + 2..].starts_with(|c: char| !c.is_whitespace());
        let behind_word = text[..at].ends_with(|c: char| !c.is_whitespace());
        match open {
            None if before_word => open = Some(at + 2),
            Some(start) if behind_word && at > start => {
                pairs.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    pairs
}

/// `[^1]`: copied from a source in Markdown, whose footnote numbers are no part of what it reads.
fn footnote_refs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let escaped = |at: &usize| text[..*at].ends_with('\\');
    for at in memchr::memmem::find_iter(text.as_bytes(), b"[^").filter(|at| !escaped(at)) {
        let label = text[at + 2..]
            .bytes()
            .take(40)
            .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-' && byte != b'_');
        if let Some(length) = label.filter(|&length| length > 0 && text[at + 2 + length..].starts_with(']')) {
            found.push(at..at + length + 3);
        }
    }
    found
}

fn as_read(
    path: &InputPath,
    text: &str,
    part: Range<usize>,
    lines: &[Range<usize>],
    hidden: Vec<Range<usize>>,
    marks: &[Range<usize>],
) -> Words {
    let mask = Mask { hidden, no_underlines: true, ..Mask::default() };
    let definitions = BTreeMap::new();
    let body =
        read(Request { path, text, part: part.clone(), mask, dialect: DIALECT, definitions: &definitions })
            .body;
    let mut leaves = Vec::new();
    leaves_of(&body, &mut leaves);
    let reading = |mark: &Range<usize>| {
        let start = reading_start(&leaves, part.start + mark.start).unwrap_or(body.reading.len());
        let end = reading_end(&leaves, part.start + mark.end).unwrap_or(0);
        start..end
    };
    let marks = marks
        .iter()
        .map(reading)
        .filter(|mark| mark.start < mark.end)
        .collect();
    wording::words(&body, &leaves, text, lines, marks)
}

/// Where in the reading text the words begin that stand at a place of the file or behind it.
fn reading_start(leaves: &[Text], file: usize) -> Option<usize> {
    let at = leaves.partition_point(|leaf| leaf.file.is_some_and(|span| span.end as usize <= file));
    let leaf = leaves.get(at)?;
    let span = leaf.file?;
    let inside = file.saturating_sub(span.start as usize);
    let exact = span.len() == leaf.reading.len();
    Some(leaf.reading.start as usize + if exact { inside } else { 0 })
}

/// Where in the reading text the words end that stand before a place of the file.
fn reading_end(leaves: &[Text], file: usize) -> Option<usize> {
    let at = leaves.partition_point(|leaf| leaf.file.is_some_and(|span| (span.start as usize) < file));
    let leaf = leaves.get(at.checked_sub(1)?)?;
    let span = leaf.file?;
    let behind = (span.end as usize).saturating_sub(file);
    let exact = span.len() == leaf.reading.len();
    Some(leaf.reading.end as usize - if exact { behind.min(leaf.reading.len()) } else { 0 })
}

/// The words without `>` and paired `==`, a line feed between lines, everything else kept.
fn as_typed(
    text: &str,
    start: usize,
    lines: &[Range<usize>],
    unspoken: &[Range<usize>],
    marks: &[Range<usize>],
) -> Words {
    let mut words = Words::default();
    let mut borders = marks
        .iter()
        .flat_map(|mark| [mark.start, mark.end])
        .map(|at| start + at)
        .peekable();
    let mut places = Vec::new();
    let mut cuts = unspoken
        .iter()
        .map(|range| start + range.start..start + range.end)
        .peekable();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            words.text.push('\n');
        }
        let mut from = line.start;
        loop {
            let cut = cuts.next_if(|cut| cut.start < line.end);
            let to = cut.as_ref().map_or(line.end, |cut| cut.start.max(from));
            while let Some(border) = borders.next_if(|&border| border <= to) {
                places.push(words.text.len() + border.saturating_sub(from));
            }
            words.text.push_str(&text[from..to]);
            match cut {
                Some(cut) => from = cut.end.min(line.end),
                None => break,
            }
        }
    }
    let trimmed = words.text.trim_start().len();
    let lead = words.text.len() - trimmed;
    words.text = words.text.trim().to_string();
    let place = |at: usize| at.saturating_sub(lead).min(words.text.len());
    words.marks = places
        .chunks_exact(2)
        .map(|pair| place(pair[0])..place(pair[1]))
        .filter(|mark| mark.start < mark.end)
        .collect();
    words
}

/// The leaves of a body in document order. Calls itself as deep as bodies nest, which is capped.
pub fn leaves_of(body: &Body, leaves: &mut Vec<Text>) {
    body.blocks.iter().for_each(|block| block_leaves(block, leaves));
}

fn block_leaves(block: &Block, leaves: &mut Vec<Text>) {
    match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => inline_leaves(content, leaves),
        Block::List { items, .. } => items
            .iter()
            .flat_map(|item| &item.blocks)
            .for_each(|block| block_leaves(block, leaves)),
        Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
            blocks.iter().for_each(|block| block_leaves(block, leaves));
        }
        Block::Code(texts) => leaves.extend(texts),
        Block::Table(table) => {
            inline_leaves(&table.caption, leaves);
            let cells = table.head.iter().chain(&table.rows).flat_map(|row| &row.cells);
            cells.for_each(|cell| inline_leaves(&cell.content, leaves));
        }
        Block::Quotation(_) | Block::Rule => {}
    }
}

/// The first leaf of a run of inlines.
pub fn first_leaf(inlines: &[Inline]) -> Option<Text> {
    let mut leaves = Vec::new();
    inline_leaves(inlines.get(..1)?, &mut leaves);
    leaves.first().copied()
}

fn inline_leaves(inlines: &[Inline], leaves: &mut Vec<Text>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => leaves.push(*text),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Ruby { base: content, .. } => inline_leaves(content, leaves),
            Inline::Image { .. }
            | Inline::Break
            | Inline::Edge
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None,
            ..ProptestConfig::default() })]

        #[test]
        fn plain_words_read_as_markdown_reads_them(lines in prop::collection::vec("( ?[a-zé1-9.,;:()'$+-]\
            {0,3}){0,5} {0,2}", 1..6)) {
            let text: String = lines.iter().map(|line| format!("> {line}\n")).collect();
            let span = 0..text.len();
            let content = content_lines(&text, span.clone(), 1);
            let path = InputPath::new("annotations/a.md").expect("a path of the dossier");
            if let Some(words) = plain_words(&text, &content) {
                prop_assert_eq!(words, as_read(&path, &text, span, &content, Vec::new(), &[]).text);
            }
        }
    }
}
