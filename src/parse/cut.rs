//! `begin` and `end`: a body without what stands before and behind the words that a writer wants of it.
//!
//! Where the words stand is for `anchor` to find; here the tree is cut along a range of its reading text. The
//! file is not touched, and every leaf that stays still knows its bytes in it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::body::{Block, Body, Cell, Inline, Item, Name, Row, Table, Target, Text};
use crate::model::span::Span;

/// What lies in `keep`, a range of the reading text; white space at its ends is left out. Ranges are counted
/// anew.
pub fn cut(body: Body, keep: Range<usize>) -> Body {
    let keep = without_space(&body.reading, keep);
    let whole = keep.start == 0 && keep.end == body.reading.len();
    if whole || keep.is_empty() {
        return if whole { body } else { Body::default() };
    }
    let to_the_end = keep.end == body.reading.len();
    let reading = body.reading[keep.clone()].to_string();
    let mut knife = Knife { keep, to_the_end, at: 0, old_names: body.names, names: Vec::new() };
    let mut blocks = knife.blocks(body.blocks);
    let mut notes = BTreeSet::new();
    footnotes(&blocks, &mut notes);
    drop_references(&mut blocks, &notes);
    Body { reading, blocks, names: knife.names, quotations: body.quotations, ..Body::default() }
}

fn without_space(reading: &str, keep: Range<usize>) -> Range<usize> {
    let start = reading.floor_char_boundary(keep.start);
    let end = reading.ceil_char_boundary(keep.end.min(reading.len()));
    let Some(kept) = reading.get(start..end) else { return 0..0 };
    let start = start + kept.len() - kept.trim_start().len();
    start..start + kept.trim().len()
}

/// Goes through a tree in the order of the text. Trees are at most `tree::DEPTH` deep, so it may call itself.
struct Knife {
    keep: Range<usize>,
    /// Whether what stands behind the last words is kept with them.
    to_the_end: bool,
    /// How much of the reading text has been passed.
    at: usize,
    old_names: Vec<Name>,
    names: Vec<Name>,
}

impl Knife {
    /// Whether something that has no words of its own stands where we are among what is kept.
    fn keeps_here(&self) -> bool {
        self.keep.start <= self.at && (self.at < self.keep.end || self.to_the_end)
    }

    fn blocks(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        blocks.into_iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: Block) -> Option<Block> {
        match block {
            Block::Paragraph(words) => some(self.inlines(words)).map(Block::Paragraph),
            Block::Heading { level, content } => {
                some(self.inlines(content)).map(|content| Block::Heading { level, content })
            }
            Block::List { tight, items } => self.list(tight, items),
            Block::Quote(blocks) => some(self.blocks(blocks)).map(Block::Quote),
            Block::Quotation(number) => self.keeps_here().then_some(Block::Quotation(number)),
            Block::Unattributed { quotation, blocks } => {
                some(self.blocks(blocks)).map(|blocks| Block::Unattributed { quotation, blocks })
            }
            Block::Code(lines) => {
                some(lines.into_iter().filter_map(|line| self.text(line)).collect()).map(Block::Code)
            }
            Block::Table(table) => self.table(table),
            Block::Rule => self.keeps_here().then_some(Block::Rule),
            Block::Footnote { number, blocks } => {
                some(self.blocks(blocks)).map(|blocks| Block::Footnote { number, blocks })
            }
        }
    }

    fn list(&mut self, tight: bool, items: Vec<Item>) -> Option<Block> {
        let items = items
            .into_iter()
            .map(|item| Item { blocks: self.blocks(item.blocks), ..item });
        let kept: Vec<Item> = items.filter(|item| !item.blocks.is_empty()).collect();
        some(kept).map(|items| Block::List { tight, items })
    }

    fn table(&mut self, table: Table) -> Option<Block> {
        let Table { caption, head, rows, align } = table;
        let caption = self.inlines(caption);
        let head: Vec<Row> = head.into_iter().filter_map(|row| self.row(row)).collect();
        let rows: Vec<Row> = rows.into_iter().filter_map(|row| self.row(row)).collect();
        let is_empty = caption.is_empty() && head.is_empty() && rows.is_empty();
        (!is_empty).then_some(Block::Table(Table { caption, head, rows, align }))
    }

    /// A row of which something stays keeps all its cells, so that its columns stay where they are.
    fn row(&mut self, row: Row) -> Option<Row> {
        let was_empty = row.cells.iter().all(|cell| cell.content.is_empty());
        let cut = |cell: Cell| Cell { content: self.inlines(cell.content), ..cell };
        let cells: Vec<Cell> = row.cells.into_iter().map(cut).collect();
        let is_empty = cells.iter().all(|cell| cell.content.is_empty());
        let stays = if was_empty { self.keeps_here() } else { !is_empty };
        stays.then_some(Row { cells })
    }

    fn inlines(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        inlines.into_iter().filter_map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: Inline) -> Option<Inline> {
        match inline {
            Inline::Text(text) => self.text(text).map(Inline::Text),
            Inline::Code(text) => self.text(text).map(Inline::Code),
            Inline::Sign(text) => self.text(text).map(Inline::Sign),
            Inline::Emphasis(words) => some(self.inlines(words)).map(Inline::Emphasis),
            Inline::Strong(words) => some(self.inlines(words)).map(Inline::Strong),
            Inline::Strike(words) => some(self.inlines(words)).map(Inline::Strike),
            Inline::Superscript(words) => some(self.inlines(words)).map(Inline::Superscript),
            Inline::Subscript(words) => some(self.inlines(words)).map(Inline::Subscript),
            Inline::Link { target, content } => {
                let content = some(self.inlines(content))?;
                Some(Inline::Link { target: self.target(target), content })
            }
            Inline::Image { target, alt } => self
                .keeps_here()
                .then(|| Inline::Image { target: self.target(target), alt }),
            Inline::Ruby { base, reading } => {
                some(self.inlines(base)).map(|base| Inline::Ruby { base, reading })
            }
            Inline::Break
            | Inline::Edge
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_) => self.keeps_here().then_some(inline),
        }
    }

    /// Names that nothing speaks of any more are gone, so that nobody is told of a broken link that is not
    /// shown.
    fn target(&mut self, target: Target) -> Target {
        match target {
            Target::Address(_) | Target::Nowhere => target,
            Target::Name(at) => match self.old_names.get(at) {
                Some(name) => {
                    self.names.push(name.clone());
                    Target::Name(self.names.len() - 1)
                }
                None => Target::Nowhere,
            },
        }
    }

    fn text(&mut self, text: Text) -> Option<Text> {
        let range = text.reading.range();
        self.at = range.end;
        let kept = range.start.max(self.keep.start)..range.end.min(self.keep.end);
        let file = text.file.map(|file| part(file, &range, &kept));
        (!kept.is_empty()).then(|| Text {
            reading: Span::new(kept.start - self.keep.start..kept.end - self.keep.start),
            file,
        })
    }
}

/// Where a part of a leaf stands in the file. A leaf that is other bytes there is known as a whole only: its
/// part keeps the place and no length, since equal lengths would promise equal bytes.
fn part(file: Span, range: &Range<usize>, kept: &Range<usize>) -> Span {
    let start = file.range().start;
    if kept == range {
        file
    } else if file.len() == range.len() {
        Span::new(start + kept.start - range.start..start + kept.end - range.start)
    } else {
        Span::new(start..start)
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// The numbers of the footnotes that are defined.
fn footnotes(blocks: &[Block], numbers: &mut BTreeSet<u32>) {
    for block in blocks {
        match block {
            Block::Footnote { number, blocks } => {
                numbers.insert(*number);
                footnotes(blocks, numbers);
            }
            Block::List { items, .. } => items.iter().for_each(|item| footnotes(&item.blocks, numbers)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } => footnotes(blocks, numbers),
            Block::Paragraph(_)
            | Block::Heading { .. }
            | Block::Quotation(_)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Rule => {}
        }
    }
}

/// A reference whose footnote was cut off would lead nowhere.
fn drop_references(blocks: &mut [Block], numbers: &BTreeSet<u32>) {
    for block in blocks {
        match block {
            Block::Paragraph(words) | Block::Heading { content: words, .. } => {
                drop_references_of(words, numbers)
            }
            Block::List { items, .. } => items
                .iter_mut()
                .for_each(|item| drop_references(&mut item.blocks, numbers)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                drop_references(blocks, numbers)
            }
            Block::Table(table) => {
                drop_references_of(&mut table.caption, numbers);
                let rows = table.head.iter_mut().chain(&mut table.rows);
                rows.flat_map(|row| &mut row.cells)
                    .for_each(|cell| drop_references_of(&mut cell.content, numbers));
            }
            Block::Quotation(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}

fn drop_references_of(words: &mut Vec<Inline>, numbers: &BTreeSet<u32>) {
    words.retain(|inline| !matches!(inline, Inline::FootnoteRef(number) if !numbers.contains(number)));
    for inline in words {
        match inline {
            Inline::Emphasis(words)
            | Inline::Strong(words)
            | Inline::Strike(words)
            | Inline::Superscript(words)
            | Inline::Subscript(words)
            | Inline::Link { content: words, .. }
            | Inline::Ruby { base: words, .. } => drop_references_of(words, numbers),
            Inline::Text(_) | Inline::Code(_) | Inline::Sign(_) | Inline::Image { .. } => {}
            Inline::Break
            | Inline::Edge
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::text::text;

    /// The body of a plain text cut from the first to the last of some words; paragraphs parted by ` / `.
    fn check(input: &str, from: &str, to: &str) -> String {
        let body = text(input);
        let start = body.reading.find(from).expect("the words stand there");
        let end = body.reading.rfind(to).expect("the words stand there") + to.len();
        shown(&cut(body, start..end), input)
    }

    fn shown(body: &Body, input: &str) -> String {
        let mut paragraphs = Vec::new();
        for block in &body.blocks {
            let Block::Paragraph(words) = block else { panic!("plain text holds paragraphs only") };
            let mut line = String::new();
            for inline in words {
                // A mark that two lines begin with is a sign: `o`, as word processors write it.
                let (Inline::Text(leaf) | Inline::Sign(leaf)) = inline else {
                    panic!("plain text holds text only")
                };
                let file = leaf.file.expect("plain text knows its bytes");
                if file.len() == leaf.reading.len() {
                    assert_eq!(&input[file.range()], body.text(*leaf));
                }
                line += body.text(*leaf);
            }
            paragraphs.push(line);
        }
        assert_eq!(paragraphs.join("\n"), body.reading);
        paragraphs.join(" / ")
    }

    #[test]
    fn what_stands_before_and_behind_is_gone() {
        assert_eq!(
            check(
                "Menu\n\nThe text begins. And\n\nends here. More\n\nRelated news\n",
                "The text",
                "ends here."
            ),
            "The text begins. And / ends here."
        );
        assert_eq!(check("one two three", "two", "two"), "two");
        assert_eq!(check("one\n\ntwo", "one", "two"), "one / two");
        assert_eq!(check("o one a\no two", "one", "two"), "one a / o two");
    }

    #[test]
    fn items_keep_their_numbers_and_names_that_are_not_shown_are_forgotten() {
        let leaf = |range| Inline::Text(Text { reading: Span::new(range), file: None });
        let link = |name, range| Inline::Link { target: Target::Name(name), content: vec![leaf(range)] };
        let item = |label: &str, inline| Item {
            label: Some(label.to_string()),
            task: None,
            blocks: vec![Block::Paragraph(vec![inline])],
        };
        let name = |text: &str| Name {
            kind: crate::model::body::NameKind::File,
            text: crate::model::span::Spanned::new(text.to_string(), Span::default()),
            fragment: None,
            labelled: true,
        };
        let items = vec![item("3.", link(0, 0..1)), item("4.", link(1, 2..3)), item("5.", leaf(4..5))];
        let blocks = vec![Block::List { tight: true, items }, Block::Rule];
        let body = Body {
            reading: "a\nb\nc".to_string(),
            blocks,
            names: vec![name("x"), name("y")],
            ..Body::default()
        };
        let kept = cut(body.clone(), 2..5);
        assert_eq!(kept.names, [name("y")]);
        let items = vec![item("4.", link(0, 0..1)), item("5.", leaf(2..3))];
        assert_eq!(kept.blocks, [Block::List { tight: true, items }, Block::Rule]);
        assert_eq!(cut(body.clone(), 0..5), body);
        assert_eq!(cut(body.clone(), 0..3).blocks.len(), 1, "the rule stands behind what is kept");
        assert_eq!(cut(body, 1..2), Body::default());
    }

    #[test]
    fn a_part_of_what_is_typed_otherwise_keeps_its_place_and_no_length() {
        // `&amp;&lt;` reads `&<`: the file is longer than the words
        let leaf = Text { reading: Span::new(0..2), file: Some(Span::new(10..19)) };
        let body =
            Body { reading: "&<".to_string(), blocks: vec![Block::Code(vec![leaf])], ..Body::default() };
        let part = Text { reading: Span::new(0..1), file: Some(Span::new(10..10)) };
        assert_eq!(cut(body, 1..2).blocks, [Block::Code(vec![part])]);
    }

    #[test]
    fn a_reference_goes_with_its_footnote() {
        let leaf = |range| Inline::Text(Text { reading: Span::new(range), file: None });
        let note =
            |number, range| Block::Footnote { number, blocks: vec![Block::Paragraph(vec![leaf(range)])] };
        let words = vec![
            leaf(0..1),
            Inline::FootnoteRef(1),
            leaf(1..2),
            Inline::Strong(vec![Inline::FootnoteRef(2), leaf(2..3)]),
        ];
        let blocks = vec![Block::Paragraph(words), note(1, 4..5), note(2, 6..7)];
        let body = Body { reading: "abc\nx\ny".to_string(), blocks, ..Body::default() };
        let words = vec![leaf(0..1), Inline::FootnoteRef(1), leaf(1..2), Inline::Strong(vec![leaf(2..3)])];
        assert_eq!(cut(body, 0..5).blocks, [Block::Paragraph(words), note(1, 4..5)]);
    }

    proptest::proptest! {
        #[test]
        fn any_cut_is_that_part_of_the_reading_text(input in "([a-zé中 ]{1,20}|\n|\n\
            \n){0,12}", start in 0usize..120, length in 0usize..120) {
            let body = text(&input);
            let range = without_space(&body.reading, start..start + length);
            let expected = body.reading[range].to_string();
            let kept = cut(body, start..start + length);
            proptest::prop_assert_eq!(&kept.reading, &expected);
            shown(&kept, &input);
        }
    }
}
