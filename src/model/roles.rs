//! What a reading text holds that is no plain word of it, and what a page shows beside it.
//!
//! All of it follows from the tree. What is *inside* is bytes of the reading text that mean something else
//! than their letters: a raised figure, struck words. What is *beside* is no part of the reading text, and a
//! page shows it all the same: the number of a list item, the reference to a note, the reading above Japanese
//! signs. Who looks for words in a text needs both.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::body::{Block, Body, Inline, Item, Text};

/// The roles of a reading text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Roles {
    /// In the order of the text; no two share a byte.
    pub inside: Vec<Inside>,
    /// In the order in which a page shows them.
    pub beside: Vec<Beside>,
}

/// A part of the reading text that is no plain words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Inside {
    /// Bytes of the reading text.
    pub range: Range<usize>,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Its digits are no digits of the number beside it.
    Raised,
    Lowered,
    /// Struck through: it stands only when it is quoted alone.
    Struck,
    /// A sign of layout that is typed in the file (the `>` of a quoted mail, a list mark in plain text): a
    /// passage has it or lacks it.
    Optional,
    /// A border between elements of a page that no white space marks, with a capital behind it: an empty
    /// range. A passage may begin or end here within a run of letters.
    Edge,
}

/// What a page shows beside the reading text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Beside {
    /// Where in the reading text it is shown: before the byte at this place.
    pub at: usize,
    pub text: String,
    pub kind: BesideKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BesideKind {
    /// The number or sign of a list item or a heading, as the page shows it: `12.`, `(iii)`.
    Number,
    /// The reference to a note, or the note's own number: `1`, `[3]`, `*`.
    Reference,
    /// How the signs before it are read: ruby.
    Reading,
}

/// All of a body that words are looked for in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legible {
    pub reading: String,
    pub roles: Roles,
}

impl Body {
    pub fn roles(&self) -> Roles {
        let mut walk = Walk::default();
        walk.blocks(&self.blocks);
        walk.settle(self.reading.len());
        walk.roles
    }

    pub fn legible(&self) -> Legible {
        Legible { reading: self.reading.clone(), roles: self.roles() }
    }
}

/// Goes through a tree in the order of the text. Parsers cap how deep a tree may nest, so it may call itself.
#[derive(Default)]
struct Walk {
    roles: Roles,
    /// Where the last words ended.
    at: usize,
    /// Whether this line has had words: what stands beside is shown behind them, else before those to come.
    on_line: bool,
    /// How many of the last of `beside` are shown before the words to come.
    waiting: usize,
    /// What the words stand in, and a number for each element that gave it: within one, words are one part.
    role: Option<Role>,
    element: usize,
    last_element: usize,
}

impl Walk {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => self.line(content),
            Block::List { items, .. } => items.iter().for_each(|item| self.item(item)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } => self.blocks(blocks),
            Block::Code(texts) => {
                self.on_line = false;
                texts.iter().for_each(|text| self.text(*text));
            }
            Block::Table(table) => {
                self.line(&table.caption);
                let rows = table.head.iter().chain(&table.rows);
                rows.flat_map(|row| &row.cells)
                    .for_each(|cell| self.line(&cell.content));
            }
            Block::Footnote { number, blocks } => {
                self.on_line = false;
                self.beside(format!("[{number}]"), BesideKind::Reference);
                self.blocks(blocks);
            }
            Block::Quotation(_) | Block::Rule => {}
        }
    }

    fn item(&mut self, item: &Item) {
        let Item { label, task: _, blocks } = item;
        self.on_line = false;
        if let Some(label) = label {
            self.beside(label.clone(), BesideKind::Number);
        }
        self.blocks(blocks);
    }

    fn line(&mut self, content: &[Inline]) {
        self.on_line = false;
        self.inlines(content);
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(*text),
                Inline::Sign(text) => self.within(Role::Optional, |walk| walk.text(*text)),
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                    self.inlines(content)
                }
                Inline::Strike(content) => self.within(Role::Struck, |walk| walk.inlines(content)),
                Inline::Superscript(content) => self.within(Role::Raised, |walk| walk.inlines(content)),
                Inline::Subscript(content) => self.within(Role::Lowered, |walk| walk.inlines(content)),
                Inline::Ruby { base, reading } => {
                    self.inlines(base);
                    self.beside(reading.clone(), BesideKind::Reading);
                }
                Inline::Reference { label, .. } => self.beside(label.clone(), BesideKind::Reference),
                Inline::FootnoteRef(number) => self.beside(format!("[{number}]"), BesideKind::Reference),
                Inline::Number(label) => self.beside(label.clone(), BesideKind::Number),
                Inline::Edge => self
                    .roles
                    .inside
                    .push(Inside { range: self.at..self.at, role: Role::Edge }),
                Inline::Break => self.on_line = false,
                Inline::Image { .. } => {}
            }
        }
    }

    /// What is struck is struck whatever else it is.
    fn within(&mut self, role: Role, inner: impl FnOnce(&mut Walk)) {
        if self.role == Some(Role::Struck) {
            return inner(self);
        }
        let outer = self.role.replace(role);
        self.element += 1;
        inner(self);
        self.role = outer;
        self.element += 1;
    }

    fn text(&mut self, text: Text) {
        let range = text.reading.range();
        if range.is_empty() {
            return;
        }
        self.settle(range.start);
        if let Some(role) = self.role {
            self.inside(range.clone(), role);
        }
        self.at = range.end;
        self.on_line = true;
    }

    fn inside(&mut self, range: Range<usize>, role: Role) {
        let same_element = std::mem::replace(&mut self.last_element, self.element) == self.element;
        match self.roles.inside.last_mut() {
            Some(last) if last.role == role && (same_element || last.range.end == range.start) => {
                last.range.end = range.end
            }
            _ => self.roles.inside.push(Inside { range, role }),
        }
    }

    fn beside(&mut self, text: String, kind: BesideKind) {
        self.waiting = if self.on_line { 0 } else { self.waiting + 1 };
        self.roles.beside.push(Beside { at: self.at, text, kind });
    }

    /// Words begin here: what waits for them is shown before them.
    fn settle(&mut self, at: usize) {
        let first = self.roles.beside.len() - self.waiting.min(self.roles.beside.len());
        self.roles.beside[first..]
            .iter_mut()
            .for_each(|beside| beside.at = at);
        self.waiting = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;

    #[test]
    fn what_stands_beside_is_placed_before_its_words_and_what_is_inside_is_joined() {
        let leaf = |range| Inline::Text(Text { reading: Span::new(range), file: None });
        let reference = |label: &str| Inline::Reference { label: label.to_string(), raised: true };
        let struck = Inline::Strike(vec![leaf(3..4), Inline::Break, Inline::Superscript(vec![leaf(5..6)])]);
        let words =
            vec![leaf(0..2), reference("1"), leaf(2..3), struck, Inline::Superscript(vec![leaf(6..7)])];
        let item = Item { label: Some("2.".to_string()), task: None, blocks: vec![Block::Paragraph(words)] };
        let note = Block::Paragraph(vec![reference("*"), Inline::Emphasis(vec![leaf(8..9)]), reference("b")]);
        let list = Block::List { tight: true, items: vec![item] };
        let body =
            Body { reading: "abcd\nefg".to_string() + "\nh", blocks: vec![list, note], ..Body::default() };
        let body = Body { reading: "abcd\nef\nh".to_string(), ..body };
        let Roles { inside, beside } = body.roles();
        let shown: Vec<_> = beside
            .iter()
            .map(|beside| (beside.at, beside.text.as_str()))
            .collect();
        assert_eq!(shown, [(0, "2."), (2, "1"), (8, "*"), (9, "b")]);
        let inside: Vec<_> = inside.into_iter().map(|inside| (inside.range, inside.role)).collect();
        assert_eq!(inside, [(3..6, Role::Struck), (6..7, Role::Raised)]);
    }
}
