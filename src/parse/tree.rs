//! Builds a body from openings and closings, in document order, whatever order they come in.
//!
//! Knows the tree and its reading text, and nothing of Markdown or HTML. It forgives: what is closed and was
//! never opened is ignored, what stays open is closed at the end, a block where only words can stand gives
//! its words. Nesting is capped, so that whoever walks a body may call itself.

use std::ops::Range;

use crate::model::body::{Align, Block, Body, Cell, Inline, Item, Name, Row, Table, Target, Text};
use crate::model::span::Span;

/// How deep a body may nest. What is deeper keeps its words and loses its form: nobody writes a hundred
/// levels, and a page, a thread's stack and a reader have no use for them.
pub const DEPTH: usize = 100;

/// What may be opened.
#[derive(Debug, PartialEq)]
pub enum Node {
    Paragraph,
    Heading(u8),
    List,
    Item {
        /// What a page shows before it: see `model::body::Item`.
        label: Option<String>,
    },
    Quote,
    /// The i-th of the body's quotations, which names no source.
    Unattributed(usize),
    Code,
    Footnote(u32),
    Table {
        align: Vec<Align>,
    },
    /// The words above or below a table.
    Caption,
    /// `head` rows come first on the page, wherever they stand.
    Row {
        head: bool,
    },
    Cell {
        header: bool,
        columns: u16,
        rows: u16,
    },
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    InlineCode,
    /// Signs with their reading, which is given once they are known.
    Ruby {
        reading: String,
    },
    Link(Target),
}

/// A body in the making.
pub struct Tree {
    reading: String,
    /// A separator that is written before the next words, so that none stands at the end or doubled.
    pending: Option<char>,
    names: Vec<Name>,
    /// What is open, outermost first; the first is the body itself.
    open: Vec<Frame>,
    /// What would be open if it were not too deep.
    deeper: Vec<Shadow>,
    quotations: usize,
}

struct Frame {
    /// `None` for the body itself.
    node: Option<Node>,
    /// The tag that opened it, where it was raw HTML: only its like closes it.
    tag: Option<String>,
    /// The reading text when it was opened: how long it was, and what waited to be written.
    start: usize,
    waited: Option<char>,
    /// In a container of blocks: words that wait to become a paragraph.
    inlines: Vec<Inline>,
    blocks: Vec<Block>,
    items: Vec<Item>,
    caption: Vec<Inline>,
    head: Vec<Row>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    code: Vec<Text>,
    task: Option<bool>,
    /// Whether a list's items hold no paragraphs of their own.
    tight: bool,
}

struct Shadow {
    block: bool,
    tag: Option<String>,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree::new()
    }
}

/// How much is told of the line before a node, in bytes: a word or a figure. A line may be as long as the
/// text.
const BEFORE: usize = 200;

impl Tree {
    pub fn new() -> Tree {
        Tree {
            reading: String::new(),
            pending: None,
            names: Vec::new(),
            open: vec![Frame::new(None, None)],
            deeper: Vec::new(),
            quotations: 0,
        }
    }

    /// Opens a node that `close` will close.
    pub fn open(&mut self, node: Node) {
        self.open_as(node, None);
    }

    /// Opens a node that a tag of raw HTML asks for; `close_tag` closes it, or what closes around it.
    pub fn open_tag(&mut self, node: Node, tag: &str) {
        self.open_as(node, Some(tag.to_string()));
    }

    fn open_as(&mut self, node: Node, tag: Option<String>) {
        if node.is_block() {
            self.separate();
        }
        let levels_that_must_follow = match node {
            Node::Table { .. } => 3,
            Node::List | Node::Row { .. } => 2,
            _ => 1,
        };
        if !self.deeper.is_empty() || self.open.len() + levels_that_must_follow > DEPTH {
            self.deeper.push(Shadow { block: node.is_block(), tag });
            return;
        }
        match &node {
            Node::Paragraph => self.loosen(),
            Node::Cell { .. } if !self.top().cells.is_empty() => self.tab(),
            _ => {}
        }
        let (start, waited) = (self.reading.len(), self.pending);
        self.open.push(Frame { start, waited, ..Frame::new(Some(node), tag) });
    }

    /// Closes the innermost node that was opened by `open`, and all raw HTML in it.
    pub fn close(&mut self) {
        while let Some(shadow) = self.deeper.pop() {
            self.end_shadow(shadow.block);
            if shadow.tag.is_none() {
                return;
            }
        }
        while self.open.len() > 1 && self.top().tag.is_some() {
            self.close_top();
        }
        if self.open.len() > 1 {
            self.close_top();
        }
    }

    /// Closes the innermost raw HTML of this name and all in it; false where none is open within the node
    /// that Markdown opened.
    pub fn close_tag(&mut self, tag: &str) -> bool {
        if let Some(at) = self
            .deeper
            .iter()
            .rposition(|shadow| shadow.tag.as_deref() == Some(tag))
        {
            if self.deeper[at..].iter().any(|shadow| shadow.tag.is_none()) {
                return false;
            }
            let block = self.deeper[at].block;
            self.deeper.truncate(at);
            self.end_shadow(block);
            return true;
        }
        let Some(at) = self.open_tags().position(|open| open == tag) else { return false };
        for _ in 0..=at {
            self.close_top();
        }
        true
    }

    /// Closes raw HTML from within, as long as its names are such.
    pub fn close_tags_while(&mut self, such: impl Fn(&str) -> bool) {
        while self
            .deeper
            .last()
            .is_some_and(|shadow| shadow.tag.as_deref().is_some_and(&such))
        {
            if let Some(shadow) = self.deeper.pop() {
                self.end_shadow(shadow.block);
            }
        }
        while self.deeper.is_empty() && self.top().tag.as_deref().is_some_and(&such) {
            self.close_top();
        }
    }

    /// The raw HTML that is open within the node that Markdown opened last, innermost first.
    fn open_tags(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().map_while(|frame| frame.tag.as_deref())
    }

    /// Whether raw HTML of a name is open within the node that Markdown opened last.
    pub fn has_open(&self, tag: &str) -> bool {
        self.deeper.is_empty() && self.open_tags().any(|open| open == tag)
    }

    /// The words of the innermost node, and the last ones before it on its line; `tag` is the raw HTML that
    /// it must be, if any.
    pub fn innermost(&self, tag: Option<&str>) -> Option<(&str, &str)> {
        let top = self.top();
        if !self.deeper.is_empty()
            || top.tag.as_deref() != tag
            || top.node.as_ref().is_none_or(Node::is_block)
        {
            return None;
        }
        let (before, inside) = self.reading.split_at_checked(top.start)?;
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(BEFORE))..];
        Some((before.rsplit(['\n', '\t']).next().unwrap_or_default(), inside))
    }

    /// How long the reading text is.
    pub fn length(&self) -> usize {
        self.reading.len()
    }

    /// Where in the reading text the innermost node began.
    pub fn innermost_start(&self) -> usize {
        self.top().start
    }

    /// Closes the innermost node and takes its words out of the reading text: they are none of it.
    pub fn withdraw(&mut self) {
        if self.open.len() > 1
            && let Some(Frame { start, waited, .. }) = self.open.pop()
        {
            self.reading.truncate(start);
            self.pending = waited;
        }
    }

    /// Whether words would be put straight into a block, so that blocks may open here.
    pub fn among_blocks(&self) -> bool {
        self.deeper.is_empty() && self.top().holds_blocks()
    }

    /// Whether words may stand here: between the rows of a table they may not.
    pub fn takes_words(&self) -> bool {
        !matches!(self.top().node, Some(Node::List | Node::Table { .. } | Node::Row { .. }))
    }

    pub fn in_code(&self) -> bool {
        matches!(self.top().node, Some(Node::Code))
    }

    /// Words. `file` is where they stand; `exact` says that the same bytes stand there.
    pub fn text(&mut self, words: &str, file: Range<usize>, exact: bool) {
        if words.is_empty() {
            return;
        }
        let text = self.leaf(words, file, exact);
        let top = self.top_mut();
        match (&top.node, top.inlines.last_mut()) {
            (Some(Node::Code), _) => match top.code.last_mut() {
                Some(last) if follows(*last, text) => join(last, text),
                _ => top.code.push(text),
            },
            (_, Some(Inline::Text(last))) if follows(*last, text) => join(last, text),
            _ => self.inline(Inline::Text(text)),
        }
    }

    /// Inline code.
    pub fn code(&mut self, words: &str, file: Range<usize>, exact: bool) {
        if !words.is_empty() {
            let text = self.leaf(words, file, exact);
            self.inline(Inline::Code(text));
        }
    }

    /// A line end that means a space.
    pub fn soft_break(&mut self, file: usize) {
        let after_words =
            self.pending.is_none() && !self.reading.is_empty() && !self.reading.ends_with([' ', '\n', '\t']);
        if after_words {
            let start = self.reading.len();
            self.reading.push(' ');
            // An empty range of the file: one byte there is another byte here.
            let text = Text { reading: Span::new(start..start + 1), file: Some(Span::new(file..file)) };
            self.inline(Inline::Text(text));
        }
    }

    pub fn hard_break(&mut self) {
        self.flush();
        self.reading.push('\n');
        self.inline(Inline::Break);
    }

    pub fn footnote_ref(&mut self, number: u32) {
        self.inline(Inline::FootnoteRef(number));
    }

    /// A reference to a note, which is no part of the words.
    pub fn reference(&mut self, label: String, raised: bool) {
        self.inline(Inline::Reference { label, raised });
    }

    /// A number that a page sets before words.
    pub fn number(&mut self, label: String) {
        self.inline(Inline::Number(label));
    }

    /// A border between elements, in a run of letters.
    pub fn edge(&mut self) {
        self.inline(Inline::Edge);
    }

    /// Adds to the reading of the ruby that is open.
    pub fn reading(&mut self, more: &str) {
        let ruby = self.open.iter_mut().rev().find_map(|frame| {
            if let Some(Node::Ruby { reading }) = &mut frame.node { Some(reading) } else { None }
        });
        if let Some(reading) = ruby {
            reading.push_str(more);
        }
    }

    pub fn image(&mut self, target: Target, alt: String) {
        self.inline(Inline::Image { target, alt });
    }

    pub fn rule(&mut self) {
        self.separate();
        self.block(Block::Rule);
    }

    /// A quotation that is read apart; gives its number.
    pub fn quotation(&mut self) -> usize {
        self.separate();
        let number = self.next_quotation();
        self.block(Block::Quotation(number));
        number
    }

    /// Opens a quotation that names no source; gives its number.
    pub fn open_unattributed(&mut self) -> usize {
        let number = self.next_quotation();
        self.open(Node::Unattributed(number));
        number
    }

    fn next_quotation(&mut self) -> usize {
        self.quotations += 1;
        self.quotations - 1
    }

    pub fn task(&mut self, done: bool) {
        if let Some(item) = self
            .open
            .iter_mut()
            .rev()
            .find(|frame| matches!(frame.node, Some(Node::Item { .. })))
        {
            item.task = Some(done);
        }
    }

    pub fn name(&mut self, name: Name) -> Target {
        self.names.push(name);
        Target::Name(self.names.len() - 1)
    }

    /// Ends a paragraph that stands in no node of its own: the words of a tight item, or between two tags.
    pub fn end_line(&mut self) {
        self.trim();
        self.separate();
        let top = self.top_mut();
        if top.holds_blocks() {
            top.flush();
        } else if matches!(top.node, Some(Node::Cell { .. }))
            && !matches!(top.inlines.last(), None | Some(Inline::Break))
        {
            top.inlines.push(Inline::Break);
        }
    }

    /// What was read last, so that what follows can be fitted to it.
    pub fn ends_with_space(&self) -> bool {
        self.pending.is_some() || self.reading.is_empty() || self.reading.ends_with([' ', '\n', '\t'])
    }

    /// The body, without its quotations: they are read apart.
    pub fn finish(mut self) -> Body {
        self.deeper.clear();
        while self.open.len() > 1 {
            self.close_top();
        }
        let mut root = self.open.pop().unwrap_or_else(|| Frame::new(None, None));
        root.flush();
        root.shrink();
        self.reading.shrink_to_fit();
        Body { reading: self.reading, blocks: root.blocks, names: self.names, ..Body::default() }
    }

    fn top(&self) -> &Frame {
        self.open
            .last()
            .expect("the body itself is never closed before the end")
    }

    fn top_mut(&mut self) -> &mut Frame {
        self.open
            .last_mut()
            .expect("the body itself is never closed before the end")
    }

    fn leaf(&mut self, words: &str, file: Range<usize>, exact: bool) -> Text {
        self.flush();
        let start = self.reading.len();
        self.reading.push_str(words);
        let same_length = file.len() == words.len();
        // Equal lengths promise equal bytes; where that is not so, the place is kept and the length is not.
        let file = if exact || !same_length { file } else { file.start..file.start };
        Text { reading: Span::new(start..self.reading.len()), file: Some(Span::new(file)) }
    }

    fn flush(&mut self) {
        if let Some(separator) = self.pending.take()
            && !self.reading.is_empty()
        {
            self.reading.push(separator);
        }
    }

    fn separate(&mut self) {
        self.pending = Some('\n');
    }

    /// Between two cells, empty ones too, so that columns can be told.
    fn tab(&mut self) {
        self.flush();
        self.reading.push('\t');
    }

    /// A paragraph of its own in an item makes its list a loose one.
    fn loosen(&mut self) {
        let in_item = matches!(self.top().node, Some(Node::Item { .. }));
        let list = self.open.len().checked_sub(2).and_then(|at| self.open.get_mut(at));
        if let (true, Some(list)) = (in_item, list) {
            list.tight = false;
        }
    }

    fn end_shadow(&mut self, block: bool) {
        if block {
            self.end_line();
        }
    }

    /// Takes away a space that stands for a line end and that no words follow, and the last line end of code.
    fn trim(&mut self) {
        let end = self.reading.len();
        let Some(top) = self.open.last_mut() else { return };
        let last = match (&top.node, top.inlines.last(), top.code.last_mut()) {
            (Some(Node::Code), _, Some(leaf))
                if self.reading.ends_with('\n') && leaf.reading.end as usize == end =>
            {
                let exact = leaf.file.is_some_and(|file| file.len() == leaf.reading.len());
                leaf.reading.end -= 1;
                match &mut leaf.file {
                    Some(file) if exact => file.end -= 1,
                    Some(file) if file.len() == leaf.reading.len() => file.end = file.start,
                    _ => {}
                }
                top.code.pop_if(|leaf| leaf.reading.is_empty());
                true
            }
            (_, Some(Inline::Text(leaf)), _)
                if leaf.file.is_some_and(Span::is_empty) && self.reading.ends_with(' ') =>
            {
                let last = leaf.reading.end as usize == end && leaf.reading.len() == 1;
                top.inlines.pop_if(|_| last).is_some()
            }
            _ => false,
        };
        if last {
            self.reading.pop();
        }
    }

    fn close_top(&mut self) {
        self.trim();
        let Some(frame) = self.open.pop() else { return };
        if frame.node.as_ref().is_some_and(Node::is_block) {
            self.separate();
        }
        match frame.finish() {
            Piece::Nothing => {}
            Piece::Block(block) => self.block(block),
            Piece::Inline(inline) => self.inline(inline),
            Piece::Inlines(inlines) => inlines.into_iter().for_each(|inline| self.inline(inline)),
            Piece::Item(item) => self.item(item),
            Piece::Caption(words) => self.caption(words),
            Piece::Row(row, head) => self.row(row, head),
            Piece::Cell(cell) => self.cell(cell),
        }
    }

    fn block(&mut self, block: Block) {
        let top = self.top_mut();
        if top.holds_blocks() {
            top.flush();
            top.blocks.push(block);
        } else if matches!(top.node, Some(Node::List)) {
            self.item(Item { label: None, task: None, blocks: vec![block] });
        } else {
            let mut words = Vec::new();
            flatten(block, &mut words);
            words.into_iter().for_each(|inline| self.inline(inline));
        }
    }

    fn inline(&mut self, inline: Inline) {
        let top = self.top_mut();
        match &top.node {
            Some(Node::List) => {
                self.item(Item { label: None, task: None, blocks: vec![Block::Paragraph(vec![inline])] })
            }
            Some(Node::Table { .. }) => {
                let cell = Cell { header: false, columns: 1, rows: 1, content: vec![inline] };
                self.row(Row { cells: vec![cell] }, false);
            }
            Some(Node::Row { .. }) => {
                self.cell(Cell { header: false, columns: 1, rows: 1, content: vec![inline] })
            }
            _ => top.inlines.push(inline),
        }
    }

    fn item(&mut self, item: Item) {
        let top = self.top_mut();
        match &top.node {
            Some(Node::List) => top.items.push(item),
            _ => item.blocks.into_iter().for_each(|block| self.block(block)),
        }
    }

    fn caption(&mut self, words: Vec<Inline>) {
        let top = self.top_mut();
        match &top.node {
            Some(Node::Table { .. }) => top.caption.extend(words),
            _ => words.into_iter().for_each(|inline| self.inline(inline)),
        }
    }

    fn row(&mut self, row: Row, head: bool) {
        let top = self.top_mut();
        match &top.node {
            Some(Node::Table { .. }) if head => top.head.push(row),
            Some(Node::Table { .. }) => top.rows.push(row),
            _ => row.cells.into_iter().for_each(|cell| self.cell(cell)),
        }
    }

    fn cell(&mut self, cell: Cell) {
        let top = self.top_mut();
        match &top.node {
            Some(Node::Row { .. }) => top.cells.push(cell),
            Some(Node::Table { .. }) => top.rows.push(Row { cells: vec![cell] }),
            _ => cell.content.into_iter().for_each(|inline| self.inline(inline)),
        }
    }
}

/// What a closed node gives to the one around it.
enum Piece {
    Nothing,
    Block(Block),
    Inline(Inline),
    Inlines(Vec<Inline>),
    Item(Item),
    Caption(Vec<Inline>),
    Row(Row, bool),
    Cell(Cell),
}

impl Frame {
    fn new(node: Option<Node>, tag: Option<String>) -> Frame {
        Frame {
            node,
            tag,
            start: 0,
            waited: None,
            inlines: Vec::new(),
            blocks: Vec::new(),
            items: Vec::new(),
            caption: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            code: Vec::new(),
            task: None,
            tight: true,
        }
    }

    fn holds_blocks(&self) -> bool {
        matches!(
            self.node,
            None | Some(Node::Quote | Node::Unattributed(_) | Node::Item { .. } | Node::Footnote(_))
        )
    }

    /// Words that wait become a paragraph.
    fn flush(&mut self) {
        if !self.inlines.is_empty() {
            let mut words = std::mem::take(&mut self.inlines);
            words.shrink_to_fit();
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// A list that grew has room for four at least, and most lists hold one.
    fn shrink(&mut self) {
        self.inlines.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.items.shrink_to_fit();
        self.cells.shrink_to_fit();
        self.rows.shrink_to_fit();
        self.code.shrink_to_fit();
    }

    fn finish(mut self) -> Piece {
        if self.holds_blocks() {
            self.flush();
        }
        self.shrink();
        let some = |inlines: Vec<Inline>, make: fn(Vec<Inline>) -> Inline| {
            if inlines.is_empty() { Piece::Nothing } else { Piece::Inline(make(inlines)) }
        };
        match self.node {
            None => Piece::Nothing,
            Some(Node::Paragraph) if self.inlines.is_empty() => Piece::Nothing,
            Some(Node::Paragraph) => Piece::Block(Block::Paragraph(self.inlines)),
            Some(Node::Heading(_)) if self.inlines.is_empty() => Piece::Nothing,
            Some(Node::Heading(level)) => Piece::Block(Block::Heading { level, content: self.inlines }),
            Some(Node::List) if self.items.is_empty() => Piece::Nothing,
            Some(Node::List) => Piece::Block(Block::List { tight: self.tight, items: self.items }),
            Some(Node::Item { label }) => Piece::Item(Item { label, task: self.task, blocks: self.blocks }),
            Some(Node::Quote | Node::Unattributed(_)) if self.blocks.is_empty() => Piece::Nothing,
            Some(Node::Quote) => Piece::Block(Block::Quote(self.blocks)),
            Some(Node::Unattributed(quotation)) => {
                Piece::Block(Block::Unattributed { quotation, blocks: self.blocks })
            }
            Some(Node::Code) if self.code.is_empty() => Piece::Nothing,
            Some(Node::Code) => Piece::Block(Block::Code(self.code)),
            Some(Node::Footnote(number)) => Piece::Block(Block::Footnote { number, blocks: self.blocks }),
            Some(Node::Table { .. })
                if self.head.is_empty() && self.rows.is_empty() && self.caption.is_empty() =>
            {
                Piece::Nothing
            }
            Some(Node::Table { align }) => Piece::Block(Block::Table(Table {
                caption: self.caption,
                head: self.head,
                rows: self.rows,
                align,
            })),
            Some(Node::Caption) => Piece::Caption(self.inlines),
            Some(Node::Row { .. }) if self.cells.is_empty() => Piece::Nothing,
            Some(Node::Row { head }) => Piece::Row(Row { cells: self.cells }, head),
            Some(Node::Cell { header, columns, rows }) => {
                self.inlines.pop_if(|last| matches!(last, Inline::Break));
                Piece::Cell(Cell { header, columns, rows, content: self.inlines })
            }
            Some(Node::Emphasis) => some(self.inlines, Inline::Emphasis),
            Some(Node::Strong) => some(self.inlines, Inline::Strong),
            Some(Node::Strike) => some(self.inlines, Inline::Strike),
            Some(Node::Superscript) => some(self.inlines, Inline::Superscript),
            Some(Node::Subscript) => some(self.inlines, Inline::Subscript),
            // A tag may hold more than words; code of the tree is one leaf. What is more stands as it is.
            Some(Node::InlineCode) => match self.inlines.as_slice() {
                [Inline::Text(text)] => Piece::Inline(Inline::Code(*text)),
                [] => Piece::Nothing,
                _ => Piece::Inlines(self.inlines),
            },
            Some(Node::Ruby { reading }) => match self.inlines.is_empty() || reading.is_empty() {
                true => Piece::Inlines(self.inlines),
                false => Piece::Inline(Inline::Ruby { base: self.inlines, reading }),
            },
            Some(Node::Link(target)) => match self.inlines.is_empty() {
                true => Piece::Nothing,
                false => Piece::Inline(Inline::Link { target, content: self.inlines }),
            },
        }
    }
}

impl Node {
    pub fn is_block(&self) -> bool {
        match self {
            Node::Paragraph
            | Node::Heading(_)
            | Node::List
            | Node::Item { .. }
            | Node::Quote
            | Node::Unattributed(_)
            | Node::Code
            | Node::Footnote(_)
            | Node::Table { .. }
            | Node::Caption
            | Node::Row { .. } => true,
            Node::Cell { .. }
            | Node::Emphasis
            | Node::Strong
            | Node::Strike
            | Node::Superscript
            | Node::Subscript
            | Node::InlineCode
            | Node::Ruby { .. }
            | Node::Link(_) => false,
        }
    }
}

/// Whether two leaves lie side by side in the reading text and in the file, byte for byte, so that they are
/// one.
fn follows(last: Text, next: Text) -> bool {
    let exact = |text: Text| text.file.filter(|file| file.len() == text.reading.len());
    match (exact(last), exact(next)) {
        (Some(a), Some(b)) => a.end == b.start && last.reading.end == next.reading.start,
        _ => false,
    }
}

fn join(last: &mut Text, next: Text) {
    last.reading.end = next.reading.end;
    if let (Some(file), Some(more)) = (&mut last.file, next.file) {
        file.end = more.end;
    }
}

/// The words of a block that stands where only words can: in a cell, a heading, a link.
/// Calls itself as deep as bodies nest, which is capped.
fn flatten(block: Block, words: &mut Vec<Inline>) {
    let part = |words: &mut Vec<Inline>| {
        if !matches!(words.last(), None | Some(Inline::Number(_))) {
            words.push(Inline::Break);
        }
    };
    match block {
        Block::Paragraph(inlines) | Block::Heading { content: inlines, .. } => {
            part(words);
            words.extend(inlines);
        }
        Block::List { items, .. } => {
            for Item { label, task: _, blocks } in items {
                if let Some(label) = label {
                    part(words);
                    words.push(Inline::Number(label));
                }
                blocks.into_iter().for_each(|block| flatten(block, words));
            }
        }
        Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
            blocks.into_iter().for_each(|block| flatten(block, words));
        }
        Block::Code(leaves) => {
            part(words);
            words.extend(leaves.into_iter().map(Inline::Code));
        }
        Block::Table(table) => {
            if !table.caption.is_empty() {
                part(words);
                words.extend(table.caption);
            }
            for cell in table.head.into_iter().chain(table.rows).flat_map(|row| row.cells) {
                part(words);
                words.extend(cell.content);
            }
        }
        Block::Quotation(_) | Block::Rule => {}
    }
}
