//! The typed tree that every text becomes, whatever format it arrived in: of a source, a comment, an essay.
//!
//! After Pandoc's document model, as small as the formats that are read allow. What the tree cannot express
//! cannot reach a page: there is no raw HTML, no class, no style, no id, no script address. Pages are safe by
//! construction.
//!
//! All text of a body lies in one string, its *reading text*: what a person reads, with syntax projected
//! away. A leaf of the tree is a range of it, and knows, where the format has one, the bytes of the file that
//! it came from. Reading text is written in document order: leaves of one block follow each other, a soft
//! line end is one space, `Break` a line feed, cells of a table are parted by a tab, blocks by a line feed.
//! List marks, heading marks, task boxes, footnote numbers and ruby are no part of it (`roles` tells where
//! they are shown); the text of a footnote stands where the footnote is defined.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::known_by::KnownBy;
pub use super::leaf::Text;
use super::leaf::file_position;
use super::quote::Quotation;
use super::slug::Slug;
use super::span::{Span, Spanned};

/// A parsed text.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Body {
    /// What a person reads; every `Text` is a range of it.
    pub reading: String,
    pub blocks: Vec<Block>,
    /// The names that links of this body speak of, in document order; `Target::Name(i)` is the i-th.
    pub names: Vec<Name>,
    /// The block quotations that may be words of a source, in document order; `Block::Quotation(i)` and
    /// `Block::Unattributed` know which is theirs. Always empty in a source.
    pub quotations: Vec<Quotation>,
    pub known_by: KnownBy,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// Level 1 to 6, as written.
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    List {
        /// Whether its items hold no paragraphs of their own.
        tight: bool,
        items: Vec<Item>,
    },
    /// In what people write: a remark of the writer's own (`> [!aside]`). In a source: a quotation of its
    /// own.
    Quote(Vec<Block>),
    /// A block quotation that ends with an attribution to a source: the i-th of `Body::quotations`.
    Quotation(usize),
    /// A block quotation that names no source, in what people write: the i-th of `Body::quotations`. Where it
    /// was found, the page shows the source's words; else `blocks`, which are the writer's own.
    Unattributed {
        quotation: usize,
        blocks: Vec<Block>,
    },
    /// Code or other preformatted text, line feeds kept. Never coloured, never run.
    Code(Vec<Text>),
    Table(Table),
    Rule,
    /// The definition of a footnote; `label` is its number on the page, from 1, in the order of the first
    /// references.
    Footnote {
        number: u32,
        blocks: Vec<Block>,
    },
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Item {
    /// The number or sign that a page shows before it (`12.`, `(iii)`), no part of the reading text; `None`
    /// where that is a mark that says nothing, or none.
    pub label: Option<String>,
    /// The box of a task list, checked or not.
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Table {
    pub caption: Vec<Inline>,
    pub head: Vec<Row>,
    pub rows: Vec<Row>,
    /// One a column; a missing one is `Start`.
    pub align: Vec<Align>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Row {
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Cell {
    pub header: bool,
    /// How many columns and rows the cell takes; 1 and 1 in Markdown, at most 1,000 in HTML as browsers have
    /// it.
    pub columns: u16,
    pub rows: u16,
    pub content: Vec<Inline>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    #[default]
    Start,
    Centre,
    End,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Inline {
    Text(Text),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    Superscript(Vec<Inline>),
    Subscript(Vec<Inline>),
    Code(Text),
    Link {
        target: Target,
        content: Vec<Inline>,
    },
    Image {
        target: Target,
        alt: String,
    },
    /// A hard line break; one line feed of the reading text.
    Break,
    /// A reference to the footnote of that number.
    FootnoteRef(u32),
    /// A reference to a note of the source's own, or the number at the note itself: no part of the reading
    /// text.
    Reference {
        /// As the page shows it: `1`, `[3]`, `*`.
        label: String,
        raised: bool,
    },
    /// A number that a page sets before words by itself, as before an item: no part of the reading text.
    Number(String),
    /// Signs with their reading above them, which is no part of the reading text.
    Ruby {
        base: Vec<Inline>,
        reading: String,
    },
    /// A sign of layout that is typed in the file: words of the reading text that a passage may lack.
    Sign(Text),
    /// A border between two elements of a page, in a run of letters: nothing is shown. See `Role::Edge`.
    Edge,
}

/// Where a link leads. There is no way to write an address of another scheme.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An absolute address whose scheme is `http`, `https` or `mailto`, checked by `Address::new`.
    Address(Address),
    /// The i-th of `Body::names`: something of this dossier, resolved by `link`.
    Name(usize),
    /// An address that leads nowhere from here: of another scheme, or relative to a site that the source came
    /// from.
    Nowhere,
}

/// An absolute address that may stand in a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// `None` for every scheme but http, https and mailto, read as browsers read it: without the white space
    /// and control characters that they drop.
    pub fn new(address: &str) -> Option<Address> {
        let clean: String = address.trim().chars().filter(|c| !c.is_control()).collect();
        let (scheme, rest) = clean.split_once(':')?;
        let known = ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        (known && !rest.is_empty()).then_some(Address(clean))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name written in a link, not yet resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    pub kind: NameKind,
    /// What stands before `#` and `|`, as typed: an id, title or alias, or the path of a file; empty in
    /// `[[#note]]`.
    pub text: Spanned<String>,
    /// What stands behind `#`, without it.
    pub fragment: Option<Spanned<String>>,
    /// Whether the writer gave a label of their own (`[[id|label]]`); without one the page shows the thing's
    /// title.
    pub labelled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// `[[name]]`
    Wiki,
    /// `[text](../seeds/x.md)`: a relative path to a file of the dossier, percent-decoded.
    File,
    /// `![alt](picture.png)`: a picture that lies in the dossier, percent-decoded.
    Picture,
}

impl Body {
    /// The words of a leaf.
    pub fn text(&self, text: Text) -> &str {
        &self.reading[text.reading.range()]
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// A heading of a body: where a link may lead, and what a table of contents says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// As written; a page shifts it into its own outline.
    pub level: u8,
    /// The fragment of its address: `h-` and its words as a slug, numbered where two are alike (`h-trade`,
    /// `h-trade-2`).
    pub id: String,
    pub words: String,
}

impl Body {
    /// Every heading, in document order. The one place where headings get their ids.
    pub fn headings(&self) -> Vec<Heading> {
        let mut headings = Vec::new();
        let mut taken = BTreeSet::new();
        let mut next: BTreeMap<String, u32> = BTreeMap::new();
        each_heading(&self.blocks, &mut |level, content| {
            let words = self.words(content);
            let stem = Slug::of(&words).map_or_else(|| "h-section".to_string(), |slug| format!("h-{slug}"));
            let number = next.entry(stem.clone()).or_insert(0);
            let id = loop {
                *number += 1;
                let id = if *number == 1 { stem.clone() } else { format!("{stem}-{number}") };
                if taken.insert(id.clone()) {
                    break id;
                }
            };
            headings.push(Heading { level, id, words });
        });
        headings
    }

    /// The bytes of the file that a stretch of the reading text came from, as finely as its leaves know;
    /// `None` where they know nothing.
    pub fn file_span(&self, reading: Range<usize>) -> Option<Span> {
        let (mut start, mut end) = (None, None);
        each_leaf_of_blocks(&self.blocks, &mut |leaf| {
            let (from, to) = (leaf.reading.start as usize, leaf.reading.end as usize);
            if from < reading.end && reading.start < to {
                start = start.or_else(|| file_position(leaf, reading.start.max(from)));
                end = file_position(leaf, reading.end.min(to)).or(end);
            }
        });
        Some(Span::new(start?..end?.max(start?)))
    }

    /// What a person reads, without the unattributed quotations of which `is_sources` says that they are
    /// words of a source.
    pub fn reading_without(&self, is_sources: &dyn Fn(usize) -> bool) -> String {
        let mut left_out = Vec::new();
        stretches(&self.blocks, is_sources, &mut left_out);
        let mut words = String::with_capacity(self.reading.len());
        let mut from = 0;
        for stretch in left_out {
            words.push_str(&self.reading[from..stretch.start]);
            from = stretch.end;
        }
        words.push_str(&self.reading[from..]);
        words
    }

    /// How many blocks the pages show as the writer's own words although they are typed as a quotation: those
    /// of which `is_sources` says no, and asides. What stands within another counts with it.
    pub fn own_blocks(&self, is_sources: &dyn Fn(usize) -> bool) -> usize {
        own_blocks(&self.blocks, is_sources)
    }

    /// The words of a run of inlines, a line break read as a space.
    pub fn words(&self, content: &[Inline]) -> String {
        let mut words = String::new();
        self.add_words(content, &mut words);
        words.trim().to_string()
    }

    fn add_words(&self, content: &[Inline], words: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => {
                    words.push_str(self.text(*text))
                }
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                    self.add_words(content, words)
                }
                Inline::Superscript(content) | Inline::Subscript(content) | Inline::Link { content, .. } => {
                    self.add_words(content, words)
                }
                Inline::Ruby { base, .. } => self.add_words(base, words),
                Inline::Break => words.push(' '),
                Inline::Image { .. }
                | Inline::FootnoteRef(_)
                | Inline::Reference { .. }
                | Inline::Number(_)
                | Inline::Edge => {}
            }
        }
    }
}

/// Where the outermost unattributed quotations lie that are words of a source.
fn stretches(blocks: &[Block], is_sources: &dyn Fn(usize) -> bool, found: &mut Vec<Range<usize>>) {
    for block in blocks {
        match block {
            Block::Unattributed { quotation, blocks } if is_sources(*quotation) => {
                let mut stretch: Option<Range<usize>> = None;
                each_leaf_of_blocks(blocks, &mut |leaf| {
                    let start = stretch
                        .as_ref()
                        .map_or(leaf.reading.start as usize, |stretch| stretch.start);
                    stretch = Some(start..leaf.reading.end as usize);
                });
                found.extend(stretch);
            }
            Block::List { items, .. } => items
                .iter()
                .for_each(|item| stretches(&item.blocks, is_sources, found)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                stretches(blocks, is_sources, found);
            }
            Block::Paragraph(_)
            | Block::Heading { .. }
            | Block::Quotation(_)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Rule => {}
        }
    }
}

fn own_blocks(blocks: &[Block], is_sources: &dyn Fn(usize) -> bool) -> usize {
    let own = |block: &Block| match block {
        Block::Quote(_) => 1,
        Block::Unattributed { quotation, .. } => usize::from(!is_sources(*quotation)),
        Block::List { items, .. } => items.iter().map(|item| own_blocks(&item.blocks, is_sources)).sum(),
        Block::Footnote { blocks, .. } => own_blocks(blocks, is_sources),
        Block::Paragraph(_)
        | Block::Heading { .. }
        | Block::Quotation(_)
        | Block::Code(_)
        | Block::Table(_)
        | Block::Rule => 0,
    };
    blocks.iter().map(own).sum()
}

/// Walks over the headings; nesting is capped by the parsers.
fn each_heading<'a>(blocks: &'a [Block], act: &mut dyn FnMut(u8, &'a [Inline])) {
    for block in blocks {
        match block {
            Block::Heading { level, content } => act(*level, content),
            Block::List { items, .. } => items.iter().for_each(|item| each_heading(&item.blocks, act)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                each_heading(blocks, act)
            }
            Block::Paragraph(_) | Block::Quotation(_) | Block::Code(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}

/// Walks over the leaves in document order. Parsers cap how deep a tree may nest, so this recursion is
/// shallow.
pub fn each_leaf_of_blocks(blocks: &[Block], act: &mut dyn FnMut(Text)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => each_leaf(content, act),
            Block::List { items, .. } => items.iter().for_each(|item| each_leaf_of_blocks(&item.blocks, act)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                each_leaf_of_blocks(blocks, act)
            }
            Block::Code(texts) => texts.iter().copied().for_each(&mut *act),
            Block::Table(table) => {
                each_leaf(&table.caption, act);
                table
                    .head
                    .iter()
                    .chain(&table.rows)
                    .flat_map(|row| &row.cells)
                    .for_each(|cell| each_leaf(&cell.content, act));
            }
            Block::Quotation(_) | Block::Rule => {}
        }
    }
}

fn each_leaf(content: &[Inline], act: &mut dyn FnMut(Text)) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => act(*text),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                each_leaf(content, act)
            }
            Inline::Superscript(content) | Inline::Subscript(content) | Inline::Link { content, .. } => {
                each_leaf(content, act)
            }
            Inline::Ruby { base, .. } => each_leaf(base, act),
            Inline::Image { .. }
            | Inline::Break
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_)
            | Inline::Edge => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_schemes_are_addresses() {
        for good in [
            "https://example.org/a?b#c",
            "HTTP://example.org",
            "mailto:desk@example.org",
            " https://example.org ",
        ] {
            assert!(Address::new(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "ftp://x",
            "x",
            "//x",
            "http:",
            "\u{1}javascript:x",
            "vbscript:x",
        ] {
            assert!(Address::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn headings_alike_are_numbered() {
        let mut body = Body::default();
        for words in ["Trade", "Trade", "***"] {
            let start = body.reading.len();
            body.reading.push_str(words);
            let text = Text { reading: Span::new(start..body.reading.len()), file: None };
            body.blocks
                .push(Block::Heading { level: 2, content: vec![Inline::Text(text)] });
        }
        let ids: Vec<String> = body.headings().into_iter().map(|heading| heading.id).collect();
        assert_eq!(ids, ["h-trade", "h-trade-2", "h-section"]);
    }
}
