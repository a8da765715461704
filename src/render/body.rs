//! A body becomes HTML, with marks over it or without.
//!
//! Nothing here is passed through: the tree has no place for HTML of a source's own, every text is escaped,
//! every address is one of ours or was checked when it became a `Target`. Marks are nested `<mark>`s that
//! never cross a tag: a node that lies wholly under a note stands inside its mark, one that lies partly under
//! it is opened and descended into, a block is never wrapped.
//!
//! Everything is written into one string, once. Bodies nest at most as deep as the parsers let them, so
//! recursion is shallow.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::body::{Align, Block, Body, Cell, Heading, Inline, Item, Row, Table, Target, Text};

use super::marks::{Mark, Regions};
use super::typeset::Marks;
use super::unseen::{self, Part};

/// What surrounds a body on its page: what its names and quotations mean there.
pub trait LinkResolver {
    /// Where the i-th of the body's names leads from this page.
    fn name(&self, index: usize) -> LinkTarget;

    /// Writes the i-th of the body's quotations; false where it was found in no source.
    fn quotation(&self, index: usize, out: &mut String) -> bool {
        let _ = (index, out);
        false
    }
}

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Link {
        href: String,
        title: String,
    },
    Picture {
        src: String,
    },
    /// To nothing: its words are shown as text.
    Nowhere,
}

/// How a body is written.
#[derive(Clone, Debug)]
pub struct WriteOptions<'a> {
    /// Whether these are words of a source, in which a block quotation is one; in what people write it is a
    /// remark of their own.
    pub evidence: bool,
    /// The level of the outermost headings; `None` shows them as bold lines, for comments that stand in
    /// several outlines.
    pub headings: Option<u8>,
    /// Set before the ids of footnotes, so that several bodies share a page.
    pub prefix: &'a str,
    pub labels: &'a Labels,
    /// Whether each line finds its own direction: where some letter runs from right to left.
    pub both_ways: bool,
    /// How quotation marks are set that were typed straight; nothing in words of a source.
    pub marks: Option<Marks>,
    /// Whether nothing but words is shown: of a text that may only be quoted, no address and no description
    /// of a picture.
    pub bare: bool,
}

/// The few words that the markup itself says, in the page's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Read aloud before the number of a reference: "note".
    pub note: String,
    /// Names a region that scrolls: "table".
    pub table: String,
    pub code: String,
    /// Stands for a picture that is not shown: "picture".
    pub picture: String,
    /// Read aloud at a footnote's number: "back to the text".
    pub back: String,
    /// Stands above what is typed as a quotation and is none: "the writer's own words".
    pub own: String,
}

/// Writes a body, block by block, into a string.
pub struct Writer<'a> {
    pub out: String,
    /// The marks whose first reference was written since this was last taken, in that order: after a block,
    /// the notes due.
    pub due: Vec<usize>,
    /// The headings written since this was last emptied, each with how deep it lies in the outline.
    pub passed: Vec<(usize, Heading)>,
    body: &'a Body,
    setting: &'a dyn LinkResolver,
    manner: WriteOptions<'a>,
    marks: &'a [Mark],
    regions: &'a Regions,
    /// Extents whose `<mark>` is open, and how many of them an enclosing element holds open.
    open: Vec<usize>,
    held: usize,
    in_link: bool,
    /// Which marks have had their first piece, and which their first number.
    begun: Vec<bool>,
    numbered: Vec<bool>,
    next_reference: usize,
    /// Only text within this range of the reading text is written.
    clip: Range<usize>,
    /// Up to where the text has been walked over.
    position: usize,
    headings: std::vec::IntoIter<Heading>,
    outline: Vec<u8>,
    footnotes: BTreeSet<u32>,
}

impl<'a> Writer<'a> {
    pub fn new(
        body: &'a Body,
        setting: &'a dyn LinkResolver,
        manner: WriteOptions<'a>,
        marks: &'a [Mark],
        regions: &'a Regions,
    ) -> Writer<'a> {
        let headings = if manner.headings.is_some() { body.headings() } else { Vec::new() };
        Writer {
            out: String::new(),
            due: Vec::new(),
            passed: Vec::new(),
            body,
            setting,
            manner,
            marks,
            regions,
            open: Vec::new(),
            held: 0,
            in_link: false,
            begun: vec![false; marks.len()],
            numbered: vec![false; marks.len()],
            next_reference: 0,
            clip: 0..usize::MAX,
            position: 0,
            headings: headings.into_iter(),
            outline: Vec::new(),
            footnotes: BTreeSet::new(),
        }
    }

    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.leaf(&format!("<p{}>", self.direction()), content, "</p>\n"),
            Block::Heading { level, content } => self.heading(*level, content),
            Block::List { tight, items } => self.list(*tight, items),
            Block::Quote(blocks) if self.manner.evidence => {
                let start = format!("<blockquote{}>\n", self.direction());
                self.container(&start, blocks, "</blockquote>\n");
            }
            Block::Quote(blocks) => self.own_words(blocks),
            Block::Quotation(index) => {
                self.setting.quotation(*index, &mut self.out);
            }
            Block::Unattributed { quotation, blocks } => {
                if !self.setting.quotation(*quotation, &mut self.out) {
                    self.own_words(blocks);
                }
            }
            Block::Code(texts) => self.code(texts),
            Block::Table(table) => self.table(table),
            Block::Rule => self.out.push_str("<hr>\n"),
            Block::Footnote { number, blocks } => self.footnote(*number, blocks),
        }
    }

    /// Writes the part of a run of inlines that lies in a range of the reading text: for excerpts.
    pub fn clipped(&mut self, content: &[Inline], clip: Range<usize>) {
        self.position = clip.start;
        self.clip = clip;
        self.inlines(content);
        self.close_to(0);
        self.clip = 0..usize::MAX;
    }

    /// The same for preformatted text.
    pub fn clipped_code(&mut self, texts: &[Text], clip: Range<usize>) {
        self.position = clip.start;
        self.clip = clip;
        texts.iter().for_each(|text| self.text(*text, None));
        self.close_to(0);
        self.clip = 0..usize::MAX;
    }

    /// Where letters run both ways, every block finds its direction from its own first letter.
    fn direction(&self) -> &'static str {
        if self.manner.both_ways { " dir=\"auto\"" } else { "" }
    }

    /// A block that holds text directly. Marks begin anew in it and end with it.
    fn leaf(&mut self, start: &str, content: &[Inline], end: &str) {
        self.out.push_str(start);
        self.inlines(content);
        self.close_to(0);
        self.out.push_str(end);
    }

    fn container(&mut self, start: &str, blocks: &[Block], end: &str) {
        self.out.push_str(start);
        self.blocks(blocks);
        self.out.push_str(end);
    }

    /// What is typed as a quotation and is none must not look like one: it has a frame, and says whose words
    /// it holds.
    fn own_words(&mut self, blocks: &[Block]) {
        self.out
            .push_str("<div class=\"own-words\">\n<p class=\"own-words-head\">");
        escape(&self.manner.labels.own, &mut self.out);
        self.out.push_str("</p>\n");
        self.blocks(blocks);
        self.out.push_str("</div>\n");
    }

    /// Levels follow how headings nest, not the numbers that their writer chose: a page's outline has no
    /// gaps.
    fn heading(&mut self, level: u8, content: &[Inline]) {
        let Some(base) = self.manner.headings else {
            return self.leaf("<p class=\"subhead\">", content, "</p>\n");
        };
        while self.outline.last().is_some_and(|&outer| outer >= level) {
            self.outline.pop();
        }
        let depth = u8::try_from(self.outline.len()).unwrap_or(6);
        self.outline.push(level);
        let shown = base.saturating_add(depth).clamp(1, 6);
        self.out.push_str(&format!("<h{shown}{} id=\"", self.direction()));
        if let Some(heading) = self.headings.next() {
            escape(&heading.id, &mut self.out);
            self.passed.push((usize::from(depth), heading));
        }
        self.leaf("\">", content, &format!("</h{shown}>\n"));
    }

    fn list(&mut self, tight: bool, items: &[Item]) {
        let labels = Labelling::of(items);
        let direction = self.direction();
        let (opening, closing) = match labels {
            Labelling::None => (format!("<ul{direction}>\n"), "</ul>\n"),
            Labelling::From(1) => (format!("<ol{direction}>\n"), "</ol>\n"),
            Labelling::From(first) => (format!("<ol{direction} start=\"{first}\">\n"), "</ol>\n"),
            Labelling::Own => (format!("<ol{direction} class=\"own\">\n"), "</ol>\n"),
        };
        self.out.push_str(&opening);
        for item in items {
            self.out.push_str("<li>");
            if let (Labelling::Own, Some(label)) = (labels, &item.label) {
                self.number(label);
            }
            if let Some(done) = item.task {
                self.out.push_str(if done {
                    "<span class=\"task\">☑</span> "
                } else {
                    "<span class=\"task\">☐</span> "
                });
            }
            for block in &item.blocks {
                match block {
                    Block::Paragraph(content) if tight => self.leaf("", content, "\n"),
                    block => self.block(block),
                }
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(closing);
    }

    fn code(&mut self, texts: &[Text]) {
        self.out.push_str("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&self.manner.labels.code, &mut self.out);
        self.out.push_str("\"><code>");
        texts.iter().for_each(|text| self.text(*text, None));
        self.close_to(0);
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, table: &Table) {
        self.out
            .push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&self.manner.labels.table, &mut self.out);
        self.out.push_str(&format!("\"><table{}>\n", self.direction()));
        if !table.caption.is_empty() {
            self.leaf("<caption>", &table.caption, "</caption>\n");
        }
        self.rows("thead", &table.head, &table.align);
        self.rows("tbody", &table.rows, &table.align);
        self.out.push_str("</table></div>\n");
    }

    fn rows(&mut self, group: &str, rows: &[Row], align: &[Align]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str(&format!("<{group}>\n"));
        for row in rows {
            self.out.push_str("<tr>");
            let mut column = 0;
            for cell in &row.cells {
                self.cell(cell, align.get(column).copied().unwrap_or_default(), group == "thead");
                column += usize::from(cell.columns.max(1));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str(&format!("</{group}>\n"));
    }

    fn cell(&mut self, cell: &Cell, align: Align, head: bool) {
        let header = cell.header || head;
        let name = if header { "th" } else { "td" };
        let mut start = format!("<{name}");
        if header && !cell.content.is_empty() {
            start.push_str(if head { " scope=\"col\"" } else { " scope=\"row\"" });
        }
        if cell.columns > 1 {
            start.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if cell.rows > 1 {
            start.push_str(&format!(" rowspan=\"{}\"", cell.rows));
        }
        start.push_str(match align {
            Align::Start => ">",
            Align::Centre => " class=\"centre\">",
            Align::End => " class=\"end\">",
        });
        self.leaf(&start, &cell.content, &format!("</{name}>"));
    }

    fn footnote(&mut self, number: u32, blocks: &[Block]) {
        let prefix = escaped(self.manner.prefix);
        let back = escaped(&self.manner.labels.back);
        self.out
            .push_str(&format!("<div class=\"footnote\" id=\"f-{prefix}{number}\" role=\"note\">"));
        if self.footnotes.contains(&number) {
            self.out.push_str(&format!(
                "<a class=\"fn\" href=\"#fr-{prefix}{number}\"><span \
                class=\"vh\">{back} </span>[{number}]</a> "
            ));
        } else {
            self.out.push_str(&format!("<span class=\"fn\">[{number}]</span> "));
        }
        self.out.push('\n');
        self.container("", blocks, "</div>\n");
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Sign(text) => self.text(*text, self.manner.marks),
                Inline::Code(text) => {
                    self.element("<code>", "</code>", Some(text.reading.range()), |writer| {
                        writer.text(*text, None)
                    })
                }
                Inline::Emphasis(content) => self.span("<em>", content, "</em>"),
                Inline::Strong(content) => self.span("<strong>", content, "</strong>"),
                Inline::Strike(content) => self.span("<s>", content, "</s>"),
                Inline::Superscript(content) => self.span("<sup>", content, "</sup>"),
                Inline::Subscript(content) => self.span("<sub>", content, "</sub>"),
                Inline::Link { target, content } => self.link(target, content),
                Inline::Image { target, alt } => self.image(target, alt),
                Inline::Break => self.line_break(),
                Inline::FootnoteRef(number) => self.footnote_reference(*number),
                Inline::Reference { label, raised } => self.reference_of_source(label, *raised),
                Inline::Number(label) => self.number(label),
                Inline::Ruby { base, reading } => self.ruby(base, reading),
                Inline::Edge => {}
            }
        }
    }

    /// A leaf, cut at the borders of the marks over it.
    fn text(&mut self, text: Text, quotes: Option<Marks>) {
        let range = text.reading.range();
        let mut at = range.start.max(self.clip.start);
        let end = range.end.min(self.clip.end);
        while at < end {
            let (set, border) = self.regions.at(at);
            let until = border.min(end);
            // An excerpt, which stands in several outlines, shows what people quote
            let quoted = !set.is_empty() || self.manner.headings.is_none();
            self.open_for(set, until);
            match quotes {
                Some(quotes) => escape(&quotes.set(&self.body.reading, at..until), &mut self.out),
                None if self.manner.evidence => self.evidence(at..until, quoted),
                None => escape(&self.body.reading[at..until], &mut self.out),
            }
            at = until;
            self.settle(at);
        }
        self.position = range.end;
    }

    /// Words of a source: what nobody sees in them is shown as a sign, and acts no more.
    fn evidence(&mut self, range: Range<usize>, quoted: bool) {
        for part in unseen::parts(&self.body.reading[range], quoted) {
            match part {
                Part::Text(text) => escape(text, &mut self.out),
                Part::Sign(sign) => {
                    self.out.push_str("<i class=\"unseen\" role=\"img\" aria-label=\"");
                    escape(&sign, &mut self.out);
                    self.out.push_str("\" data-sign=\"");
                    escape(&sign, &mut self.out);
                    self.out.push_str("\"></i>");
                }
            }
        }
    }

    fn span(&mut self, start: &str, content: &[Inline], end: &str) {
        self.element(start, end, extent(content), |writer| writer.inlines(content));
    }

    /// An element among text. The marks that cover all of it stay open round it; those that cover a part
    /// begin anew inside.
    fn element(
        &mut self,
        start: &str,
        end: &str,
        extent: Option<Range<usize>>,
        inner: impl FnOnce(&mut Self),
    ) {
        match &extent {
            Some(extent) if extent.end <= self.clip.start || extent.start >= self.clip.end => {
                self.position = extent.end;
                return;
            }
            Some(extent) => {
                let (set, _) = self.regions.at(extent.start.max(self.clip.start));
                self.open_for(set, extent.end.min(self.clip.end));
            }
            None if !self.within_clip() => return,
            None => {}
        }
        self.out.push_str(start);
        let held = std::mem::replace(&mut self.held, self.open.len());
        inner(self);
        self.close_to(self.held);
        self.held = held;
        self.out.push_str(end);
        if let Some(extent) = extent {
            self.settle(extent.end.min(self.clip.end));
        }
    }

    /// Links do not nest, whatever a source's file says.
    fn link(&mut self, target: &Target, content: &[Inline]) {
        if self.manner.bare {
            return self.inlines(content);
        }
        let (start, own_title) = match self.href(target) {
            _ if self.in_link => (None, None),
            Some((href, Outside(true), title)) => {
                (Some(format!("<a href=\"{}\" rel=\"noopener noreferrer\">", escaped(&href))), title)
            }
            Some((href, Outside(false), title)) => (Some(format!("<a href=\"{}\">", escaped(&href))), title),
            None => (None, None),
        };
        let Some(start) = start else { return self.inlines(content) };
        let extent = extent(content);
        self.element(&start, "</a>", extent, |writer| {
            writer.in_link = true;
            match own_title {
                Some(title) => escape(&title, &mut writer.out),
                None => writer.inlines(content),
            }
            writer.in_link = false;
        });
    }

    /// Where a target leads, whether out of the site, and the words shown for it where its writer gave none.
    fn href(&self, target: &Target) -> Option<(String, Outside, Option<String>)> {
        match target {
            Target::Address(address) => Some((address.as_str().to_string(), Outside(true), None)),
            Target::Name(index) => match self.setting.name(*index) {
                LinkTarget::Link { href, title } => {
                    let labelled = self.body.names.get(*index).is_none_or(|name| name.labelled);
                    Some((href, Outside(false), (!labelled).then_some(title)))
                }
                LinkTarget::Picture { src } => Some((src, Outside(false), None)),
                LinkTarget::Nowhere => None,
            },
            Target::Nowhere => None,
        }
    }

    /// Pictures of the dossier are shown; those elsewhere are links, so that no page asks another site for
    /// anything.
    fn image(&mut self, target: &Target, alt: &str) {
        if !self.within_clip() {
            return;
        }
        if self.manner.bare {
            self.out.push_str(&format!(
                "<span class=\"picture\">{}</span>",
                escaped(&self.manner.labels.picture)
            ));
            return;
        }
        let picture = match target {
            Target::Name(index) => match self.setting.name(*index) {
                LinkTarget::Picture { src } => Some(src),
                LinkTarget::Link { .. } | LinkTarget::Nowhere => None,
            },
            Target::Address(_) | Target::Nowhere => None,
        };
        if let Some(src) = picture {
            self.out.push_str(&format!(
                "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">",
                escaped(&src),
                escaped(alt)
            ));
            return;
        }
        let words = if alt.is_empty() { &self.manner.labels.picture } else { alt };
        let words = format!("<span class=\"picture\">{}</span>", escaped(words));
        match self.href(target) {
            Some((href, Outside(true), _)) if !self.in_link => {
                self.out.push_str(&format!(
                    "<a href=\"{}\" rel=\"noopener noreferrer\">{words}</a>",
                    escaped(&href)
                ));
            }
            _ => self.out.push_str(&words),
        }
    }

    fn line_break(&mut self) {
        if self.within_clip() {
            self.out.push_str("<br>");
        }
    }

    /// A reference of the source's own leads nowhere: what it led to stands on the same page.
    fn reference_of_source(&mut self, label: &str, raised: bool) {
        if self.within_clip() {
            let (start, end) = if raised {
                ("<sup class=\"noteref\">", "</sup>")
            } else {
                ("<span class=\"noteref\">", "</span>")
            };
            self.out.push_str(&format!("{start}{}{end}", escaped(label)));
        }
    }

    fn number(&mut self, label: &str) {
        if self.within_clip() {
            self.out
                .push_str(&format!("<span class=\"label\">{}</span> ", escaped(label)));
        }
    }

    fn ruby(&mut self, base: &[Inline], reading: &str) {
        let end = format!("<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>", escaped(reading));
        self.span("<ruby>", base, &end);
    }

    fn footnote_reference(&mut self, number: u32) {
        if self.clip != (0..usize::MAX) || self.in_link {
            return;
        }
        let prefix = escaped(self.manner.prefix);
        let id = if self.footnotes.insert(number) {
            format!(" id=\"fr-{prefix}{number}\"")
        } else {
            String::new()
        };
        self.out.push_str(&format!(
            "<a class=\"fn\" href=\"#f-{prefix}{number}\"{id} role=\"doc-noteref\">[{number}]</a>"
        ));
    }

    /// Whether what has no text of its own (a break, a picture) lies within what is written.
    fn within_clip(&self) -> bool {
        self.clip == (0..usize::MAX) || (self.position > self.clip.start && self.position < self.clip.end)
    }

    /// Closes the marks that do not cover the next node up to its end and opens those that do, the earlier
    /// outside.
    fn open_for(&mut self, set: &[usize], end: usize) {
        let covers = |&extent: &usize| self.regions.extents[extent].end >= end;
        let wanted: Vec<usize> = set
            .iter()
            .copied()
            .filter(|extent| covers(extent) && !self.open[..self.held].contains(extent))
            .collect();
        let shared = self.open[self.held..]
            .iter()
            .zip(&wanted)
            .take_while(|(a, b)| a == b)
            .count();
        self.close_to(self.held + shared);
        for &extent in &wanted[shared..] {
            self.open_mark(extent);
        }
    }

    fn open_mark(&mut self, extent: usize) {
        let drawn = self.regions.extents[extent];
        let mark = &self.marks[drawn.mark];
        self.out.push_str("<mark class=\"");
        self.out.push_str(mark.class);
        match drawn.level {
            0 => {}
            1 => self.out.push_str(" l2"),
            _ => self.out.push_str(" l3"),
        }
        self.out.push('"');
        let first = !std::mem::replace(&mut self.begun[drawn.mark], true);
        if let Some(id) = mark.id.as_ref().filter(|_| first) {
            self.out.push_str(" id=\"");
            escape(id, &mut self.out);
            self.out.push('"');
        }
        if let Some(reference) = &mark.reference {
            self.out.push_str(" data-n=\"");
            escape(&reference.label, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        self.open.push(extent);
    }

    fn close_to(&mut self, length: usize) {
        for _ in length..self.open.len() {
            self.out.push_str("</mark>");
        }
        self.open.truncate(length);
    }

    /// After text up to `position`: closes the marks that end there and writes the numbers due. A number
    /// waits for the end of a link (links do not nest) and of an element that stands inside its mark.
    fn settle(&mut self, position: usize) {
        let ended = |extent: &usize| self.regions.extents[*extent].end <= position;
        if let Some(first) = self.open[self.held..].iter().position(ended) {
            self.close_to(self.held + first);
        }
        if self.in_link || self.open[..self.held].iter().any(ended) {
            return;
        }
        while let Some(&(after, mark)) = self.regions.references.get(self.next_reference)
            && after <= position
        {
            self.next_reference += 1;
            self.reference(mark);
        }
    }

    fn reference(&mut self, number: usize) {
        let mark = &self.marks[number];
        let Some(reference) = &mark.reference else { return };
        let mut class = format!("ref {}", mark.class);
        if !std::mem::replace(&mut self.numbered[number], true) {
            self.due.push(number);
            class.push_str(&format!(" i{}", self.due.len().min(LAST_HOOK)));
        }
        self.out.push_str(&format!(
            "<a class=\"{class}\" href=\"{}\" role=\"doc-noteref\"",
            escaped(&reference.href)
        ));
        let first = !std::mem::replace(&mut self.begun[number], true);
        if let Some(id) = mark.id.as_ref().filter(|_| first) {
            self.out.push_str(&format!(" id=\"{}\"", escaped(id)));
        }
        let (spoken, label) = (escaped(&self.manner.labels.note), escaped(&reference.label));
        self.out
            .push_str(&format!(" data-n=\"{label}\"><span class=\"vh\">{spoken} </span>{label}</a>"));
    }
}

/// Whether an address leads out of the site.
struct Outside(bool);

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labelling {
    /// Nothing that says anything.
    None,
    /// The numbers that a browser sets by itself, from this one on: `3.`, `4.`.
    From(i32),
    /// Anything else: written as the source shows it.
    Own,
}

impl Labelling {
    fn of(items: &[Item]) -> Labelling {
        let number = |item: &Item| item.label.as_deref()?.strip_suffix('.')?.parse::<i32>().ok();
        if items.iter().all(|item| item.label.is_none()) {
            return Labelling::None;
        }
        let Some(first) = items.first().and_then(number) else { return Labelling::Own };
        let expected = (i64::from(first)..).map(|number| format!("{number}."));
        let runs_on = items
            .iter()
            .zip(expected)
            .all(|(item, expected)| item.label.as_ref() == Some(&expected));
        if runs_on { Labelling::From(first) } else { Labelling::Own }
    }
}

/// The stylesheet hangs notes from references `i1` to this one; later ones in the same block share the last.
pub const LAST_HOOK: usize = 12;

/// From the first letter of a run of inlines to its last; `None` where it has no text.
pub fn extent(content: &[Inline]) -> Option<Range<usize>> {
    Some(first_byte(content)?..last_byte(content)?)
}

/// Two functions and not one for both ends, which would visit a tree of depth n as often as 2^n times.
fn first_byte(content: &[Inline]) -> Option<usize> {
    content.iter().find_map(|inline| match parts(inline) {
        Parts::Leaf(text) => (!text.reading.is_empty()).then(|| text.reading.range().start),
        Parts::Inner(content) => first_byte(content),
    })
}

fn last_byte(content: &[Inline]) -> Option<usize> {
    content.iter().rev().find_map(|inline| match parts(inline) {
        Parts::Leaf(text) => (!text.reading.is_empty()).then(|| text.reading.range().end),
        Parts::Inner(content) => last_byte(content),
    })
}

/// What an inline is made of, for those who look for text only.
enum Parts<'a> {
    Leaf(Text),
    Inner(&'a [Inline]),
}

fn parts(inline: &Inline) -> Parts<'_> {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => Parts::Leaf(*text),
        Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
            Parts::Inner(content)
        }
        Inline::Superscript(content) | Inline::Subscript(content) | Inline::Link { content, .. } => {
            Parts::Inner(content)
        }
        Inline::Ruby { base, .. } => Parts::Inner(base),
        Inline::Image { .. }
        | Inline::Break
        | Inline::Edge
        | Inline::FootnoteRef(_)
        | Inline::Reference { .. }
        | Inline::Number(_) => Parts::Inner(&[]),
    }
}

/// Appends text so that it is text in HTML, between tags and in quoted attributes. Control characters, which
/// HTML forbids, are dropped.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            0..=8 | 11 | 12 | 14..=31 | 127 => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

#[cfg(test)]
#[path = "body_laws.rs"]
mod laws;
