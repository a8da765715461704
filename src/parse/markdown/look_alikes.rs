//! Lines that look like quotations where they are typed, and are none: they begin with another sign than `>`,
//! with a blank or a character that only a program knows before it, behind the box of a task, in a table, or
//! so far from the margin that Markdown takes them for code; or they open a quotation as other programs have
//! it (`fences`). Nothing compares such words, so that it must be said.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fences::fence;
use super::quotation::{first_leaf, leaves_of};
use crate::model::body::{Block, Body, Text};
use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::parse::lines::{Line, lines};
use crate::parse::look::is_invisible;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes::{
    behind_a_blank, behind_a_box, indented_quotation, other_sign, quotation_within,
};

/// What people type, or paste, for `>`.
const SIGNS: [&str; 11] = ["＞", "﹥", "&gt;", "&#62;", "&GT;", "&#x3e;", "&#x3E;", "❯", "〉", "⟩", "▌"];

/// A sign with which a line may be meant to begin a quotation.
struct Sign {
    /// Where it stands in the line, and where the first blank before it that is no plain space does.
    at: usize,
    blank: Option<usize>,
    length: usize,
    because: Because,
}

/// Why it begins none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Because {
    /// It is not `>`.
    Other,
    /// It stands so far from the margin that the line is code.
    Far,
    /// A no-break space, a zero-width space or the like stands before it.
    Blank,
    /// It stands behind the box of a task.
    Box,
    /// It stands behind the `:` of a definition.
    Definition,
    /// It is how another program begins a quotation: a line of words, or the fence of code.
    Fence,
}

/// Tells of such lines in a part of a file; of lines that follow each other, the first.
pub fn look_alikes(path: &InputPath, text: &str, part: Range<usize>, body: &Body) -> Vec<Diagnostic> {
    let Some(typed) = text.get(..part.end) else { return Vec::new() };
    let mut mistakes = Vec::new();
    in_tables(path, body, &body.blocks, &mut mistakes);
    let candidate = |line: &Line| sign(line).is_some();
    if !lines(typed, part.start).any(|line| candidate(&line)) {
        return mistakes;
    }
    let places = Places::of(body);
    let mut goes_on = false;
    for line in lines(typed, part.start) {
        let found = sign(&line).and_then(|sign| places.mistake(path, &line, sign));
        let begins = found.is_some() && !goes_on;
        goes_on = found.is_some();
        mistakes.extend(found.filter(|_| begins));
    }
    mistakes
}

/// The sign that a line begins with, where it may be meant to begin a quotation.
fn sign(line: &Line) -> Option<Sign> {
    let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
    let marked = list_mark(line);
    let boxed = ["[ ]", "[x]", "[X]"]
        .into_iter()
        .find_map(|box_| line.text[marked..].strip_prefix(box_))
        .filter(|_| marked > 0);
    let words = boxed.unwrap_or(&line.text[marked..]).trim_start_matches(is_blank);
    let at = line.text.len() - words.len();
    let lead = line.text[..at].trim_end_matches(is_blank).len();
    let blank = line.text[lead..at]
        .find(|c| !matches!(c, ' ' | '\t'))
        .map(|within| lead + within);
    let far = line.text.starts_with('\t') || line.indent() >= 4;
    let other = SIGNS.into_iter().find(|sign| words.starts_with(sign));
    let fence = fence(words);
    let defined = words
        .strip_prefix(':')
        .filter(|rest| rest.starts_with([' ', '\t']))
        .is_some_and(|rest| rest.trim_start().starts_with('>'));
    let because = match other {
        Some(_) => Because::Other,
        None if fence.is_some() => Because::Fence,
        None if defined => Because::Definition,
        None if !words.starts_with('>') => return None,
        None if boxed.is_some() => Because::Box,
        None if blank.is_some() => Because::Blank,
        None if far && line.text.trim_start().starts_with('>') => Because::Far,
        None => return None,
    };
    let length = fence.or(other.map(str::len)).unwrap_or(1);
    Some(Sign { at, blank, length, because })
}

/// How much of a line stands before its words: white space and the mark of an item.
pub(super) fn list_mark(line: &Line) -> usize {
    let words = line.text.trim_start();
    let behind_number = words
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .strip_prefix(['.', ')']);
    let numbered = behind_number.filter(|_| words.starts_with(|c: char| c.is_ascii_digit()));
    let item = words
        .strip_prefix(['-', '*', '+'])
        .or(numbered)
        .filter(|rest| rest.starts_with([' ', '\t']));
    line.text.len() - item.unwrap_or(words).trim_start().len()
}

/// Where in the file words begin, and where the lines of code do.
pub(super) struct Places {
    words: Vec<(usize, usize)>,
    code: BTreeSet<usize>,
}

impl Places {
    pub(super) fn of(body: &Body) -> Places {
        let mut code = Vec::new();
        code_of(&body.blocks, &mut code);
        let mut all = Vec::new();
        leaves_of(body, &mut all);
        let span = |leaf: &Text| leaf.file.map(|file| (file.start as usize, file.end as usize));
        let code: BTreeSet<usize> = code.iter().filter_map(span).map(|(start, _)| start).collect();
        let mut words: Vec<(usize, usize)> = all
            .iter()
            .filter_map(span)
            .filter(|(start, _)| !code.contains(start))
            .collect();
        words.sort();
        Places { words, code }
    }

    /// Whether a line begins within code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code.contains(&at)
    }

    fn mistake(&self, path: &InputPath, line: &Line, sign: Sign) -> Option<Diagnostic> {
        let at = line.start + sign.at;
        let span = Span::new(at..at + sign.length);
        let typed = &line.text[sign.at..sign.at + sign.length];
        let is_words = || self.is_words(span.range().end - 1);
        match sign.because {
            // A line within a fence begins at the margin of the fence.
            Because::Far => self.code.contains(&at).then(|| indented_quotation(path, span)),
            Because::Other => is_words().then(|| other_sign(path, span, typed)),
            Because::Fence if typed.starts_with(['`', '~']) => {
                (!self.code.contains(&line.start)).then(|| other_sign(path, span, typed))
            }
            Because::Fence => is_words().then(|| other_sign(path, span, typed)),
            Because::Definition => is_words().then(|| quotation_within(path, span, "a definition")),
            Because::Blank => {
                let lead = Span::new(line.start + sign.blank.unwrap_or(sign.at)..span.range().end);
                self.is_words(at).then(|| behind_a_blank(path, lead, span))
            }
            Because::Box => self.is_words(at).then(|| behind_a_box(path, span)),
        }
    }

    pub(super) fn is_words(&self, at: usize) -> bool {
        let before = self.words.partition_point(|(start, _)| *start <= at);
        before > 0 && at < self.words[before - 1].1
    }
}

/// Cells that begin with `>`, in every table. A figure behind it makes it "more than". Calls itself as deep
/// as bodies nest, which is capped.
fn in_tables(path: &InputPath, body: &Body, blocks: &[Block], mistakes: &mut Vec<Diagnostic>) {
    for block in blocks {
        match block {
            Block::Table(table) => {
                let cells = table.head.iter().chain(&table.rows).flat_map(|row| &row.cells);
                let signs = cells.filter_map(|cell| sign_of_cell(body, first_leaf(&cell.content)?));
                mistakes.extend(signs.map(|span| quotation_within(path, span, "a table")));
            }
            Block::List { items, .. } => {
                items
                    .iter()
                    .for_each(|item| in_tables(path, body, &item.blocks, mistakes));
            }
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                in_tables(path, body, blocks, mistakes)
            }
            Block::Paragraph(_) | Block::Heading { .. } | Block::Code(_) => {}
            Block::Quotation(_) | Block::Rule => {}
        }
    }
}

/// Where the `>` stands with which a cell begins that is no figure's.
fn sign_of_cell(body: &Body, first: Text) -> Option<Span> {
    let words = body.text(first).strip_prefix(['>', '＞', '﹥'])?.trim_start();
    let is_quoted = words.starts_with(|c: char| c.is_alphabetic() || "“„«»‘\"'[(".contains(c));
    first.file.filter(|_| is_quoted || words.is_empty())
}

/// The leaves of preformatted text. Calls itself as deep as bodies nest, which is capped.
fn code_of(blocks: &[Block], leaves: &mut Vec<Text>) {
    for block in blocks {
        match block {
            Block::Code(texts) => leaves.extend(texts),
            Block::List { items, .. } => items.iter().for_each(|item| code_of(&item.blocks, leaves)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                code_of(blocks, leaves)
            }
            Block::Paragraph(_)
            | Block::Heading { .. }
            | Block::Quotation(_)
            | Block::Table(_)
            | Block::Rule => {}
        }
    }
}
