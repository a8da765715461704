//! Markdown becomes a body: the Markdown seeds, and everything that people write.
//!
//! CommonMark with tables, footnotes, `~~strikethrough~~`, task lists and, where people write,
//! `[[wikilinks]]`; no other extension. In the order of the data: `scan` finds comments and marks, `mask`
//! hides them from Markdown without moving a byte, `reader` turns Markdown's events into the openings and
//! closings that `parse::tree` builds a body from, `raw_html` and `parse::links` say what tags and addresses
//! mean, `attribution`, `outside` and `quotation` read block quotations as words of a source.

pub mod attribution;
mod fences;
mod foreign_comments;
mod look_alikes;
pub mod mask;
pub mod outside;
pub mod quotation;
mod raw_html;
mod reader;
pub mod scan;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::body::{Block, Body, Inline, Text};
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::parse::Parsed;
use crate::parse::said::{SIGNS as OF_COMMENTS, look_alike};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::markdown as mistakes;

use attribution::LastLine;
use mask::Mask;
use reader::{Dialect, Reading, Reports, Request};

/// Whose Markdown it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// A seed: `[[x]]`, `%%` and `==` are its own signs, a block quotation is a quotation of its own, raw
    /// HTML is read as far as the tree reaches. Nobody may change it, so little is reported.
    Source,
    /// A topic, a claim, a page: names are links, attributed block quotations are verified, comments are not
    /// published.
    Prose,
    /// The comment of a note, and the remark before the first one: as prose, and a line of `-` or `=` under
    /// text is no heading.
    Note,
}

/// What the parts of one file share: the addresses that `[words][label]` may mean, wherever the file gives
/// them.
#[derive(Default)]
pub struct Shared {
    addresses: BTreeMap<String, String>,
    given: Vec<Spanned<String>>,
    used: BTreeSet<String>,
}

/// What of a part is no words of it, as ranges of the file.
#[derive(Default)]
pub struct Cuts {
    /// Comments, sorted and disjoint.
    pub hidden: Vec<Range<usize>>,
    /// Whole lines, taken as blank: a title that is shown elsewhere.
    pub blank: Vec<Range<usize>>,
}

/// Reads a part of a file that is the only one with running text. Places in the body and in mistakes are
/// those of the file.
pub fn markdown(path: &InputPath, text: &str, part: Range<usize>, flavour: Flavour) -> Parsed<Body> {
    let typed = text.get(part.clone()).unwrap_or_default();
    let hidden = if flavour == Flavour::Source { Vec::new() } else { comments(typed, part.start) };
    let mut shared = Shared::default();
    let mut parsed =
        markdown_part(path, text, part, flavour, Cuts { hidden, blank: Vec::new() }, &mut shared);
    if flavour != Flavour::Source {
        parsed.mistakes.extend(shared.unused(path));
    }
    parsed
}

/// So many signs may stand in a text that is read as Markdown: each may become a node of its own, here and in
/// the body, of some hundred bytes.
const MOST_SIGNS: usize = 250_000;

/// Whether a text has more signs than anybody writes.
pub fn is_overloaded(text: &str) -> bool {
    overload(text).is_some()
}

/// Where the first sign stands that is one too many.
pub fn overload(text: &str) -> Option<usize> {
    let is_sign = |byte: u8| b"[]*_`<>&\\~|#-+\n\r".contains(&byte);
    let mut signs = text.bytes().enumerate().filter(|(_, byte)| is_sign(*byte));
    signs
        .nth(MOST_SIGNS)
        .map(|(at, _)| at)
        .filter(|_| text.len() > MOST_SIGNS)
}

/// The comments of a text that begins at `offset` of its file, as ranges of the file.
pub fn comments(typed: &str, offset: usize) -> Vec<Range<usize>> {
    scan::scan(typed)
        .comments
        .into_iter()
        .map(|comment| comment.start + offset..comment.end + offset)
        .collect()
}

/// Reads one of several parts of a file, whose comments are known.
pub fn markdown_part(
    path: &InputPath,
    text: &str,
    part: Range<usize>,
    flavour: Flavour,
    cuts: Cuts,
    shared: &mut Shared,
) -> Parsed<Body> {
    let typed = text.get(part.clone()).unwrap_or_default();
    let people = flavour != Flavour::Source;
    if people && is_overloaded(typed) {
        return Parsed { value: Body::default(), mistakes: vec![mistakes::too_many_signs(path, part.start)] };
    }
    let dialect = Dialect {
        wikilinks: people,
        wide_html: !people,
        quotations: people,
        reports: if people { Reports::Writer } else { Reports::Source },
    };
    let mask = Mask {
        hidden: within(cuts.hidden, &part),
        blank: within(cuts.blank, &part),
        no_underlines: flavour == Flavour::Note,
    };
    let request = Request { path, text, part: part.clone(), mask, dialect, definitions: &shared.addresses };
    let Reading { mut body, quotations, labels, definitions, mut mistakes } = reader::read(request);
    body.quotations = quotations.into_iter().map(|quoted| quoted.read(path, text)).collect();
    if people
        && SIGNS
            .iter()
            .any(|sign| memchr::memmem::find(typed.as_bytes(), sign.as_bytes()).is_some())
    {
        body.blocks
            .iter()
            .for_each(|block| look_for_signs(path, text, &body, block, &mut mistakes));
    }
    if people {
        mistakes.extend(foreign_comments::foreign_comments(path, text, part.clone(), &body));
        mistakes.extend(look_alikes::look_alikes(path, text, part, &body));
    }
    shared.used.extend(labels);
    shared.given.extend(definitions);
    Parsed { value: body, mistakes }
}

/// Ranges of the file as ranges of a part of it, cut at its ends.
fn within(ranges: Vec<Range<usize>>, part: &Range<usize>) -> Vec<Range<usize>> {
    let cut = |at: usize| at.clamp(part.start, part.end.max(part.start)) - part.start;
    ranges
        .into_iter()
        .map(|range| cut(range.start)..cut(range.end))
        .filter(|range| !range.is_empty())
        .collect()
}

impl Shared {
    /// Finds the addresses that a file gives to labels, before its parts are read.
    pub fn of(text: &str, part: Range<usize>, hidden: Vec<Range<usize>>) -> Shared {
        let typed = text.get(part.clone()).unwrap_or_default();
        if memchr::memmem::find(typed.as_bytes(), b"]:").is_none() {
            return Shared::default();
        }
        let masked = mask::mask(typed, Mask { hidden: within(hidden, &part), ..Mask::default() });
        let parser = pulldown_cmark::Parser::new_ext(&masked.text, pulldown_cmark::Options::ENABLE_FOOTNOTES);
        let given = parser
            .reference_definitions()
            .iter()
            .map(|(label, link)| (reader::label(label), link.dest.to_string()));
        Shared { addresses: given.collect(), ..Shared::default() }
    }

    /// Whether what stands in a line is the label of a link: `[private]`, where the file gives it an address.
    pub fn is_link(&self, line: &str, place: &Range<usize>) -> bool {
        let in_brackets = line[..place.start].ends_with('[') && line[place.end..].starts_with(']');
        let leads = |address: &String| address.contains(['/', '#', '.']);
        in_brackets
            && self
                .addresses
                .get(&reader::label(&line[place.clone()]))
                .is_some_and(leads)
    }

    /// The addresses that no link of any part uses: lines that are on no page.
    pub fn unused(&self, path: &InputPath) -> Vec<Diagnostic> {
        let unused = self
            .given
            .iter()
            .filter(|given| !self.used.contains(&reader::label(&given.value)));
        unused
            .map(|given| mistakes::unused_definition(path, given.span, &given.value))
            .collect()
    }
}

/// What a block quotation's last line is worth saying, where it was meant to name a source.
pub fn report_last_line(path: &InputPath, last_line: &LastLine) -> Option<Diagnostic> {
    match last_line {
        LastLine::Words | LastLine::Attribution(_) => None,
        LastLine::Unclear(span, names) => Some(mistakes::attribution_unclear(path, *span, names)),
    }
}

/// Signs that are left among the words where they were meant as more.
const SIGNS: [&str; 19] = [
    "%%",
    "<!--",
    "[^",
    "[[",
    "％％",
    "<!",
    "‹!",
    "< !",
    "＜!",
    "＜！",
    "％%",
    "%％",
    CODED,
    "{",
    "<%",
    "\\begin",
    "\\iffalse",
    "[comment]",
    "/* ",
];

/// Calls itself as deep as bodies nest, which is capped.
fn look_for_signs(path: &InputPath, text: &str, body: &Body, block: &Block, mistakes: &mut Vec<Diagnostic>) {
    let mut blocks = |blocks: &[Block]| {
        blocks
            .iter()
            .for_each(|block| look_for_signs(path, text, body, block, mistakes))
    };
    match block {
        Block::Quote(content)
        | Block::Unattributed { blocks: content, .. }
        | Block::Footnote { blocks: content, .. } => blocks(content),
        Block::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks)),
        Block::Paragraph(content) | Block::Heading { content, .. } => {
            look_within(path, text, body, content, mistakes)
        }
        Block::Table(table) => {
            let cells = table.head.iter().chain(&table.rows).flat_map(|row| &row.cells);
            cells.for_each(|cell| look_within(path, text, body, &cell.content, mistakes));
        }
        Block::Quotation(_) | Block::Code(_) | Block::Rule => {}
    }
}

fn look_within(
    path: &InputPath,
    text: &str,
    body: &Body,
    inlines: &[Inline],
    mistakes: &mut Vec<Diagnostic>,
) {
    for inline in inlines {
        match inline {
            Inline::Text(leaf) => look_at(path, text, body, *leaf, mistakes),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Ruby { base: content, .. } => look_within(path, text, body, content, mistakes),
            Inline::Code(_) | Inline::Sign(_) | Inline::Image { .. } | Inline::Break | Inline::Edge => {}
            Inline::FootnoteRef(_) | Inline::Reference { .. } | Inline::Number(_) => {}
        }
    }
}

/// How the signs of a comment look where a program coded them.
const CODED: &str = "&lt;!--";

/// Where such signs stand in a leaf, or begin in it.
fn coded_comment(text: &str, leaf: Span) -> Option<Span> {
    let from = leaf.start as usize;
    let end = text.len().min(leaf.end as usize + CODED.len() - "&lt;".len());
    let at = from + memchr::memmem::find(&text.as_bytes()[from..end], CODED.as_bytes())?;
    ((at + "&lt;".len()) <= leaf.end as usize).then(|| Span::new(at..at + CODED.len()))
}

fn look_at(path: &InputPath, text: &str, body: &Body, leaf: Text, mistakes: &mut Vec<Diagnostic>) {
    let words = body.text(leaf);
    if let Some(span) = leaf.file.and_then(|file| coded_comment(text, file)) {
        mistakes.push(mistakes::comment_look_alike(path, span, CODED));
    }
    let Some(file) = leaf.file.filter(|file| file.len() == words.len()) else { return };
    // Behind a backslash a sign is meant as it stands
    let escaped = text[..file.start as usize].ends_with('\\');
    let mut from = if escaped { words.chars().next().map_or(0, char::len_utf8) } else { 0 };
    while let Some(at) = words[from..]
        .find(|c| c == '[' || OF_COMMENTS.contains(&c))
        .map(|at| from + at)
    {
        held::hold(mistakes);
        let place = |length: usize| Span::new(at..at + length).shifted(file.start as usize);
        let rest = &words[at..];
        let (length, mistake) = if rest.starts_with("%%") {
            (2, Some(mistakes::open_comment(path, place(2), "%%")))
        } else if rest.starts_with("<!--") {
            (4, Some(mistakes::open_comment(path, place(4), "<!--")))
        } else if rest.starts_with("[[") {
            (2, Some(mistakes::broken_link(path, place(2))))
        } else if let Some(length) = footnote_label(rest) {
            (length, Some(mistakes::undefined_footnote(path, place(length), &rest[..length])))
        } else if let Some(sign) = look_alike(rest) {
            (sign.len(), Some(mistakes::comment_look_alike(path, place(sign.len()), sign)))
        } else {
            (rest.chars().next().map_or(1, char::len_utf8), None)
        };
        mistakes.extend(mistake);
        from = at + length;
    }
}

/// The length of `[^label]` at the start of a text.
fn footnote_label(words: &str) -> Option<usize> {
    let label = words.strip_prefix("[^")?;
    let length = label
        .bytes()
        .take(100)
        .position(|byte| byte == b']')
        .filter(|&length| length > 0)?;
    (!label[..length].contains(char::is_whitespace)).then_some(length + 3)
}

#[cfg(test)]
mod tests;
