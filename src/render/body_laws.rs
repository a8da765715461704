//! The laws of marks, tried on random trees with random, overlapping ranges; and small texts that show what
//! they come to.

use std::fmt::Write;
use std::ops::Range;

use proptest::prelude::*;

use super::super::marks::{Extent, Mark, Reference, Regions};
use super::{Labels, LinkResolver, LinkTarget, WriteOptions, Writer};
use crate::model::body::{Address, Align};
use crate::model::body::{Block, Body, Cell, Inline, Item, Row, Table, Target, Text, each_leaf_of_blocks};
use crate::model::span::Span;

/// A setting without names and quotations.
struct Bare;

impl LinkResolver for Bare {
    fn name(&self, _: usize) -> LinkTarget {
        LinkTarget::Nowhere
    }
}

/// A sketch of an inline: text, an element of a kind round others, or something without text.
#[derive(Clone, Debug)]
enum Sketch {
    Text(String),
    Around(u8, Vec<Sketch>),
    Empty(u8),
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let text = prop_oneof!["[a-z ]{1,8}", "e\u{301}{1,2}[<&x]", "[中文字]{1,3}", " "].prop_map(Sketch::Text);
    let leaf = prop_oneof![6 => text, 1 => (0..3u8).prop_map(Sketch::Empty)];
    let inline = leaf.prop_recursive(3, 24, 4, |inner| {
        (0..7u8, prop::collection::vec(inner, 0..4)).prop_map(|(kind, inner)| Sketch::Around(kind, inner))
    });
    prop::collection::vec(inline, 0..5)
}

/// Grows a body as a parser would: leaves one after the other, blocks parted by line feeds.
#[derive(Default)]
struct Grower {
    body: Body,
}

impl Grower {
    fn text(&mut self, words: &str) -> Text {
        let start = self.body.reading.len();
        self.body.reading.push_str(words);
        Text { reading: Span::new(start..self.body.reading.len()), file: None }
    }

    fn inlines(&mut self, sketches: &[Sketch]) -> Vec<Inline> {
        sketches.iter().map(|sketch| self.inline(sketch)).collect()
    }

    fn inline(&mut self, sketch: &Sketch) -> Inline {
        match sketch {
            Sketch::Text(words) => Inline::Text(self.text(words)),
            Sketch::Around(0, inner) => Inline::Emphasis(self.inlines(inner)),
            Sketch::Around(1, inner) => Inline::Strong(self.inlines(inner)),
            Sketch::Around(2, inner) => Inline::Superscript(self.inlines(inner)),
            Sketch::Around(3 | 4, inner) => {
                let target =
                    Address::new("https://example.org/?a&b").map_or(Target::Nowhere, Target::Address);
                Inline::Link { target, content: self.inlines(inner) }
            }
            Sketch::Around(_, _) => Inline::Code(self.text("code")),
            Sketch::Empty(0) => {
                self.body.reading.push('\n');
                Inline::Break
            }
            Sketch::Empty(1) => Inline::Image { target: Target::Nowhere, alt: "a <picture>".to_string() },
            Sketch::Empty(_) => Inline::FootnoteRef(1),
        }
    }

    fn block(&mut self, kind: u8, sketches: &[Sketch]) -> Block {
        let block = match kind {
            0 => Block::Heading { level: 2, content: self.inlines(sketches) },
            1 => {
                let first = self.inlines(sketches);
                self.body.reading.push('\n');
                let second = self.inlines(sketches);
                let items = [first, second].map(|content| Item {
                    label: None,
                    task: None,
                    blocks: vec![Block::Paragraph(content)],
                });
                Block::List { tight: true, items: items.into() }
            }
            2 => {
                let first = self.inlines(sketches);
                self.body.reading.push('\t');
                let second = self.inlines(sketches);
                let cells =
                    [first, second].map(|content| Cell { header: false, columns: 1, rows: 1, content });
                Block::Table(Table {
                    caption: vec![],
                    head: vec![],
                    rows: vec![Row { cells: cells.into() }],
                    align: vec![Align::End],
                })
            }
            3 => Block::Code(vec![self.text("fn main() {\n"), self.text("}\n")]),
            4 => Block::Quote(vec![Block::Paragraph(self.inlines(sketches))]),
            _ => Block::Paragraph(self.inlines(sketches)),
        };
        self.body.reading.push('\n');
        block
    }
}

fn bodies() -> impl Strategy<Value = Body> {
    prop::collection::vec((0..9u8, sketches()), 1..4).prop_map(|blocks| {
        let mut grower = Grower::default();
        for (kind, sketches) in blocks {
            let block = grower.block(kind, &sketches);
            grower.body.blocks.push(block);
        }
        grower.body
    })
}

fn marks_over(body: &Body, ranges: &[(prop::sample::Index, prop::sample::Index)]) -> Vec<Mark> {
    let borders: Vec<usize> = (0..=body.reading.len())
        .filter(|&at| body.reading.is_char_boundary(at))
        .collect();
    let ranges = ranges.iter().map(|(a, b)| {
        let [a, b] = [*a.get(&borders), *b.get(&borders)];
        a.min(b)..a.max(b)
    });
    ranges
        .enumerate()
        .map(|(i, range)| mark(i + 1, vec![vec![range]]))
        .collect()
}

fn mark(number: usize, passages: Vec<Vec<Range<usize>>>) -> Mark {
    let reference = Some(Reference { label: number.to_string(), href: format!("#n-{number}") });
    Mark { class: "fact", id: Some(format!("m-{number}")), reference, passages }
}

fn html(body: &Body, marks: &[Mark]) -> String {
    let labels = Labels { note: "note".to_string(), table: "table".to_string(), ..Labels::default() };
    let manner = WriteOptions {
        evidence: true,
        headings: Some(2),
        prefix: "",
        labels: &labels,
        both_ways: false,
        marks: None,
        bare: false,
    };
    let regions = Regions::of(body, marks);
    let mut writer = Writer::new(body, &Bare, manner, marks, &regions);
    writer.blocks(&body.blocks);
    writer.out
}

/// A piece of HTML: a tag, or text.
fn pieces(html: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// The page without marks and numbers, and what lies under each mark; fails where tags cross or links nest.
fn take_apart(html: &str, marks: usize) -> (String, Vec<String>) {
    let mut stripped = String::new();
    let mut under = vec![String::new(); marks + 1];
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(html) {
        let in_reference = open.iter().any(|tag| tag.starts_with("<a class=\"ref"));
        if let Some(name) = piece.strip_prefix("</").and_then(|rest| rest.strip_suffix('>')) {
            let tag = open.pop().expect("a closing tag closes something");
            assert_eq!(
                tag.trim_start_matches('<').split([' ', '>']).next(),
                Some(name),
                "tags cross in {html}"
            );
            if name != "mark" && !in_reference {
                stripped.push_str(piece);
            }
        } else if piece.starts_with('<') {
            assert!(
                !(piece.starts_with("<a ") && open.iter().any(|tag| tag.starts_with("<a "))),
                "links nest in {html}"
            );
            if !["<br>", "<hr>"].contains(&piece) {
                open.push(piece);
            }
            if !piece.starts_with("<mark") && !in_reference && !piece.starts_with("<a class=\"ref") {
                stripped.push_str(piece);
            }
        } else if !in_reference {
            stripped.push_str(piece);
            let decoration = open
                .iter()
                .any(|tag| tag.starts_with("<a class=\"fn") || tag.starts_with("<span class=\"picture"));
            for tag in open.iter().filter(|tag| tag.starts_with("<mark") && !decoration) {
                let number = tag
                    .split("data-n=\"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .expect("every mark has a number");
                let text = piece
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
                under[number.parse::<usize>().expect("a number")].push_str(&text);
            }
        }
    }
    assert!(open.is_empty(), "left open in {html}");
    (stripped, under)
}

/// What a mark should cover: the letters of all leaves that its snapped ranges touch.
fn covered(body: &Body, regions: &Regions, number: usize) -> String {
    let mut text = String::new();
    each_leaf_of_blocks(&body.blocks, &mut |leaf| {
        for extent in regions.extents.iter().filter(|extent| extent.mark == number) {
            let leaf = leaf.reading.range();
            let range = leaf.start.max(extent.start)..leaf.end.min(extent.end);
            text.push_str(body.reading.get(range).unwrap_or_default());
        }
    });
    text
}

/// Whether every letter that a mark was asked to cover lies under it.
fn holds_all(body: &Body, regions: &Regions, number: usize, asked: &Range<usize>) -> bool {
    let mut holds = true;
    each_leaf_of_blocks(&body.blocks, &mut |leaf| {
        let leaf = leaf.reading.range();
        let due = leaf.start.max(asked.start)..leaf.end.min(asked.end);
        let inside =
            |extent: &&Extent| extent.mark == number && extent.start <= due.start && extent.end >= due.end;
        holds &= due.is_empty() || regions.extents.iter().any(|extent| inside(&extent));
    });
    holds
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_well_nested_and_change_nothing(body in bodies(),
        ranges in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..7)) {
        let marks = marks_over(&body, &ranges);
        let regions = Regions::of(&body, &marks);
        let marked = html(&body, &marks);
        let (stripped, under) = take_apart(&marked, marks.len());
        prop_assert_eq!(&stripped, &html(&body, &[]), "from {}", marked);
        for (number, mark) in marks.iter().enumerate() {
            let covered = covered(&body, &regions, number);
            prop_assert_eq!(&under[number + 1], &covered, "mark {} in {}", number + 1, marked);
            prop_assert!(holds_all(&body, &regions, number, &mark.passages[0][0]),
                "mark {} falls short in {}", number + 1, marked);
            let ids = marked.matches(&format!("id=\"m-{}\"", number + 1)).count();
            let numbers = marked.matches(&format!("href=\"#n-{}\"", number + 1)).count();
            prop_assert_eq!([ids, numbers], if covered.is_empty() { [0, 0] } else { [1, 1] }, "in {}",
                marked);
        }
    }
}

/// The HTML of one paragraph, `*` round emphasis and `_` round a link, with marks over the given words.
fn check(text: &str, passages: &[&str]) -> String {
    let mut grower = Grower::default();
    let mut content = Vec::new();
    for (i, piece) in text.split('*').enumerate() {
        let mut inner: Vec<Sketch> = Vec::new();
        for (j, piece) in piece.split('_').enumerate() {
            let text = Sketch::Text(piece.to_string());
            inner.push(if j % 2 == 1 { Sketch::Around(3, vec![text]) } else { text });
        }
        content.push(if i % 2 == 1 { Sketch::Around(0, inner) } else { Sketch::Around(9, inner) });
    }
    let mut inlines = Vec::new();
    for sketch in &content {
        match sketch {
            Sketch::Around(9, inner) => inlines.extend(grower.inlines(inner)),
            sketch => inlines.push(grower.inline(sketch)),
        }
    }
    let body = Body { blocks: vec![Block::Paragraph(inlines)], ..grower.body };
    let find = |words: &str| {
        let start = body.reading.find(words).expect("the test's words stand in its text");
        start..start + words.len()
    };
    let marks: Vec<Mark> = passages
        .iter()
        .enumerate()
        .map(|(i, words)| mark(i + 1, vec![vec![find(words)]]))
        .collect();
    let mut short = html(&body, &marks).replace(" rel=\"noopener noreferrer\"", "");
    for n in 1..=marks.len() {
        short = short
            .replace(&format!(" class=\"fact\" id=\"m-{n}\" data-n=\"{n}\""), &format!(" {n}"))
            .replace(&format!(" class=\"fact\" data-n=\"{n}\""), &format!(" {n}"));
        short = short
            .replace(&format!(" class=\"fact l2\" id=\"m-{n}\" data-n=\"{n}\""), &format!(" {n} l2"))
            .replace(&format!(" class=\"fact l2\" data-n=\"{n}\""), &format!(" {n} l2"));
        for hook in 1..=marks.len() {
            let mut reference = String::new();
            write!(
                reference,
                "<a class=\"ref fact i{hook}\" href=\"#n-{n}\" role=\"doc-noteref\" data-n=\"{n}\"><span \
                    class=\"vh\">note </span>{n}</a>"
            )
            .expect("a string takes it");
            short = short.replace(&reference, &format!("[{n}]"));
        }
    }
    short.trim_end().to_string()
}

#[test]
fn a_mark_and_its_number() {
    assert_eq!(
        check("trade in goods tripled", &["goods"]),
        "<p>trade in <mark 1>goods</mark>[1] tripled</p>"
    );
}

#[test]
fn nodes_under_one_note_share_a_mark() {
    assert_eq!(
        check("the *large* deficit", &["the large deficit"]),
        "<p><mark 1>the <em>large</em> deficit</mark>[1]</p>"
    );
}

#[test]
fn a_node_partly_inside_is_opened() {
    assert_eq!(
        check("the *large deficit* grew", &["the large"]),
        "<p><mark 1>the </mark><em><mark 1>large</mark>[1] deficit</em> grew</p>"
    );
}

#[test]
fn passages_that_cross_are_both_drawn() {
    assert_eq!(
        check("one two three", &["one two", "two three"]),
        "<p><mark 1>one <mark 2 l2>two</mark></mark>[1]<mark 2 l2> three</mark>[2]</p>"
    );
    assert_eq!(
        check("one two three", &["two", "one two three"]),
        "<p><mark 2>one <mark 1 l2>two</mark>[1] three</mark>[2]</p>"
    );
}

#[test]
fn a_number_waits_for_the_end_of_a_link() {
    assert_eq!(
        check("see _the full report_ here", &["full"]),
        "<p>see <a href=\"https://example.org/?a&amp;b\">the <mark 1>full</mark> report</a>[1] here</p>"
    );
}

#[test]
fn each_passage_of_a_note_has_the_number() {
    let mut grower = Grower::default();
    let text = grower.text("one two three");
    let body = Body { blocks: vec![Block::Paragraph(vec![Inline::Text(text)])], ..grower.body };
    let html = html(&body, &[mark(1, vec![vec![0..3], vec![8..13]])]);
    assert_eq!(html.matches("role=\"doc-noteref\"").count(), 2);
    assert_eq!(html.matches("i1\"").count(), 1, "the note hangs from the first");
}

#[test]
fn text_is_text() {
    assert_eq!(
        check("<b onclick=\"x\">&'", &["<b"]),
        "<p><mark 1>&lt;b</mark>[1] onclick=&quot;x&quot;&gt;&amp;&#39;</p>"
    );
}
