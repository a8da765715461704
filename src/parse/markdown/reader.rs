//! From Markdown's events to the tree.
//!
//! Structure comes from the masked copy of the text, words from the text itself, so that a leaf that reads as
//! it is typed says so. A block quotation that is attributed to a source is left to the caller, who reads it
//! as a quotation and not as prose.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::attribution::{self, LastLine};
use super::mask::{Mask, Masked, mask};
use super::outside::{self, Behind};
use super::raw_html::{self, Meaning, Piece};
use crate::model::body::{Address, Align, Body, Name, NameKind, Target};
use crate::model::path::InputPath;
use crate::model::quote::Attribution;
use crate::model::span::{Span, Spanned};
use crate::parse::lines::lines;
use crate::parse::links::{self, Lead};
use crate::parse::notes::{self, Evidence};
use crate::parse::numbering::{self, Marker, NoWays};
use crate::parse::tree::{Node, Tree};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::markdown as mistakes;
use crate::report::mistakes::quotes::quotation_tag;

/// What is asked for.
pub struct Request<'a> {
    pub path: &'a InputPath,
    /// The file's whole text and the part of it that is read.
    pub text: &'a str,
    pub part: Range<usize>,
    pub mask: Mask,
    pub dialect: Dialect,
    /// Addresses of reference links that are given elsewhere in the file, by label.
    pub definitions: &'a BTreeMap<String, String>,
}

/// The switches in which a source, a passage and prose differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// `[[name]]` is a link; without it, the source's own text.
    pub wikilinks: bool,
    /// Raw HTML is read as far as the tree reaches; without it, only the few tags that people write in prose.
    pub wide_html: bool,
    /// Block quotations may be attributed, and what is wrong in them is said.
    pub quotations: bool,
    /// Whom to tell what: the people who wrote this, or those who received it.
    pub reports: Reports,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    Nothing,
    /// Once a file, as a warning: nobody may change a source.
    Source,
    /// Each mistake at its place.
    Writer,
}

/// A body, the quotations in it that are yet to be read, and what is wrong.
pub struct Reading {
    pub body: Body,
    pub quotations: Vec<Quoted>,
    /// The labels of reference links, and where the part gives addresses to labels.
    pub labels: BTreeSet<String>,
    pub definitions: Vec<Spanned<String>>,
    pub mistakes: Vec<Diagnostic>,
}

/// A block quotation that may be words of a source: `Block::Quotation(i)` or `Block::Unattributed` is the
/// i-th.
pub struct Quoted {
    /// Of the file, from the first mark.
    pub span: Range<usize>,
    /// How many marks its lines begin with.
    pub depth: usize,
    /// Whether it stands within another that names no source.
    pub nested: bool,
    /// The attribution that stands behind it.
    pub behind: Option<Attribution>,
}

/// What a block quotation is that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// A source's words in a source; else a remark of the writer's own, and all in it.
    Remark,
    /// It may be a source's words.
    Unattributed,
    /// It holds nothing but other quotations (`> > words`).
    Wrapping,
}

/// What a quotation's last line is worth.
enum Ending {
    Source,
    /// It was meant to name a source, and does not; that is told.
    Unclear,
    Words,
}

/// Quotations in quotations are read as a source's words up to this depth; nobody quotes deeper.
const NESTED: usize = 8;

pub fn read(request: Request<'_>) -> Reading {
    let part = request.text.get(request.part.clone()).unwrap_or_default();
    let masked = mask(part, request.mask);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let options = if request.dialect.wikilinks { options | Options::ENABLE_WIKILINKS } else { options };
    let mut reader = Reader {
        path: request.path,
        part,
        offset: request.part.start,
        masked: &masked,
        dialect: request.dialect,
        tree: Tree::new(),
        footnotes: Footnotes::of(&masked.text, options),
        quotes: Vec::new(),
        lists: Vec::new(),
        skipped: 0,
        behind: None,
        tildes: Vec::new(),
        image: None,
        html: None,
        unread: None,
        links: Vec::new(),
        last_fragment: None,
        html_lists: Vec::new(),
        noted: noted(part),
        silent_until: 0,
        quotations: Vec::new(),
        mistakes: Vec::new(),
        lost: Vec::new(),
        labels: BTreeSet::new(),
    };
    let elsewhere = |broken: BrokenLink<'_>| {
        let address = request.definitions.get(&label(&broken.reference))?;
        Some((CowStr::from(address.clone()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(&masked.text, options, Some(elsewhere));
    let given = parser.reference_definitions().iter();
    let given =
        given.map(|(label, link)| Spanned::new(label.to_string(), Span::new(reader.file(link.span.clone()))));
    let mut definitions: Vec<Spanned<String>> = given.collect();
    definitions.sort_by_key(|definition| definition.span);
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish(definitions)
}

/// A label of a reference link, as labels are compared.
pub fn label(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Reader<'a> {
    path: &'a InputPath,
    part: &'a str,
    /// Where the part begins in the file.
    offset: usize,
    masked: &'a Masked<'a>,
    dialect: Dialect,
    tree: Tree,
    footnotes: Footnotes,
    /// The block quotations that are open, outermost first.
    quotes: Vec<Open>,
    /// The lists that are open, innermost last; those with numbers count.
    lists: Vec<Option<Numbering>>,
    /// Within what is no part of the tree: how many nodes are open in it.
    skipped: usize,
    /// The line behind a quotation that says where it is from.
    behind: Option<Range<usize>>,
    /// For each open strike, whether it was typed with a single tilde, which is text.
    tildes: Vec<bool>,
    image: Option<Image>,
    /// The lines of an HTML block, as they come.
    html: Option<Vec<Range<usize>>>,
    /// The element whose content nobody reads, and how many of its name are open.
    unread: Option<(String, usize)>,
    /// For each open link, whether it leads to a place in the text; and where in the reading text the last
    /// such link began.
    links: Vec<bool>,
    last_fragment: Option<usize>,
    /// The lists of raw HTML that are open: how their items are marked, and the next number.
    html_lists: Vec<Option<(Marker, i64)>>,
    /// The raised numbers and letters that lines begin with: notes.
    noted: BTreeSet<String>,
    /// The end of a callout's mark (`[!note]`), which is no words.
    silent_until: usize,
    quotations: Vec<Quoted>,
    mistakes: Vec<Diagnostic>,
    /// Links of a source that lost their address.
    lost: Vec<Span>,
    /// The labels of reference links.
    labels: BTreeSet<String>,
}

/// How the items of a list are numbered. A source has the numbers that are typed in it, unless one number is
/// typed again and again, which asks Markdown to count; what people write here is counted, as Markdown does.
#[derive(Debug)]
struct Numbering {
    next: u64,
    /// What was typed before the last item.
    typed: Option<u64>,
}

impl From<u64> for Numbering {
    fn from(first: u64) -> Numbering {
        Numbering { next: first, typed: None }
    }
}

impl Numbering {
    fn next(&mut self, typed: Option<u64>) -> u64 {
        let again = self.typed == typed;
        self.typed = typed;
        let number = typed.filter(|_| !again).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        number
    }
}

struct Image {
    target: Target,
    alt: String,
    /// Pictures in the description of pictures.
    nested: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        held::hold(&mut self.mistakes);
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
        } else if self.image.is_some() {
            self.describe(event, range);
        } else {
            match event {
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag, range),
                Event::Text(words) => self.words(&words, range),
                Event::Code(words) => self.code(&words, range),
                Event::Html(_) => {
                    if let Some(lines) = &mut self.html {
                        lines.push(range);
                    }
                }
                Event::InlineHtml(_) => self.inline_html(range),
                Event::FootnoteReference(label) => {
                    let number = self.footnotes.number(&label);
                    self.tree.footnote_ref(number);
                }
                Event::SoftBreak => self.tree.soft_break(self.offset + range.start),
                Event::HardBreak => self.tree.hard_break(),
                Event::Rule => self.tree.rule(),
                Event::TaskListMarker(done) => self.tree.task(done),
                // Mathematics is not among the options
                Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, range),
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.behind.take_if(|line| line.contains(&range.start)).is_some() {
            self.skipped = 1;
            return;
        }
        match tag {
            Tag::Paragraph => self.tree.open(Node::Paragraph),
            Tag::Heading { level, .. } => self.tree.open(Node::Heading(level as u8)),
            Tag::BlockQuote(_) => self.quote(range),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => self.tree.open(Node::Code),
            Tag::HtmlBlock => self.html = Some(Vec::new()),
            Tag::List(start) => {
                self.lists.push(start.map(Numbering::from));
                self.tree.open(Node::List);
            }
            Tag::Item => {
                let label = self.label(&range);
                self.tree.open(Node::Item { label });
            }
            Tag::FootnoteDefinition(label) => {
                let number = self.footnotes.definition(&label);
                self.tree.open(Node::Footnote(number));
            }
            Tag::Table(columns) => self
                .tree
                .open(Node::Table { align: columns.iter().map(align).collect() }),
            Tag::TableHead => self.tree.open(Node::Row { head: true }),
            Tag::TableRow => self.tree.open(Node::Row { head: false }),
            Tag::TableCell => self.tree.open(Node::Cell { header: false, columns: 1, rows: 1 }),
            Tag::Emphasis => self.tree.open(Node::Emphasis),
            Tag::Strong => self.tree.open(Node::Strong),
            Tag::Strikethrough => self.strike(range),
            Tag::Link { link_type, dest_url, id, .. } => {
                self.labels.insert(label(&id));
                let target = self.target(link_type, &dest_url, range, false);
                self.begin_link(dest_url.starts_with('#'));
                self.tree.open(Node::Link(target));
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.labels.insert(label(&id));
                let target = self.target(link_type, &dest_url, range, true);
                self.image = Some(Image { target, alt: String::new(), nested: 0 });
            }
            // Not among the options: the words stay, the form goes
            Tag::Superscript => self.tree.open(Node::Superscript),
            Tag::Subscript => self.tree.open(Node::Subscript),
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.tree.open(Node::Paragraph)
            }
            Tag::MetadataBlock(_) => self.tree.open(Node::Code),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => {
                if let Some(lines) = self.html.take() {
                    self.html_block(&lines);
                }
            }
            TagEnd::Strikethrough => match self.tildes.pop() {
                Some(true) => self.typed(range.end - 1..range.end),
                _ => self.tree.close(),
            },
            TagEnd::Link => {
                if !self.ends_reference(None) {
                    self.tree.close();
                }
                self.links.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.tree.close();
            }
            TagEnd::BlockQuote(_) => {
                if self.quotes.pop() != Some(Open::Wrapping) {
                    self.tree.close();
                }
            }
            TagEnd::Paragraph => {
                self.unread = None;
                self.tree.close();
            }
            _ => self.tree.close(),
        }
    }

    /// The number of an item that begins a range, as it is typed; nothing in a list of marks.
    fn label(&mut self, range: &Range<usize>) -> Option<String> {
        let numbering = self.lists.last_mut()?.as_mut()?;
        let item = self.masked.text[range.clone()].trim_start();
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        let typed = item[..digits].parse().ok();
        let delimiter = if item[digits..].starts_with(')') { ')' } else { '.' };
        Some(format!("{}{delimiter}", numbering.next(typed.filter(|_| !self.dialect.quotations))))
    }

    /// `~~struck~~` is struck; with a single tilde it is text (a writer's "about": `~5 to ~6`).
    fn strike(&mut self, range: Range<usize>) {
        let single = !self.part[range.clone()].starts_with("~~");
        self.tildes.push(single);
        if single {
            self.typed(range.start..range.start + 1);
        } else {
            self.tree.open(Node::Strike);
        }
    }

    /// A block quotation: the writer's aside, or somebody's words.
    fn quote(&mut self, range: Range<usize>) {
        if !self.dialect.quotations || self.quotes.len() > NESTED {
            return self.open_quote(Open::Remark);
        }
        let depth = self.quotes.len() + 1;
        let lines = attribution::content_lines(self.part, range.clone(), depth);
        let callout = attribution::callout(self.part, &lines);
        if let Some(callout) = &callout {
            self.silent_until = callout.range.end;
        }
        let remark = callout.is_some_and(|callout| !callout.quotes);
        match self.ending(&lines, remark) {
            Ending::Source => return self.attributed(range, None),
            Ending::Unclear => return self.open_quote(Open::Remark),
            Ending::Words => {}
        }
        if remark || self.quotes.contains(&Open::Remark) {
            return self.open_quote(Open::Remark);
        }
        if self.quotes.len() < NESTED && self.wraps(&lines) {
            return self.quotes.push(Open::Wrapping);
        }
        match self.attribution_behind(&range, depth) {
            Some(Behind { line, attribution }) => {
                self.attributed(range, Some(attribution));
                self.behind = Some(line);
            }
            None => {
                self.note_quotation(range, None);
                self.quotes.push(Open::Unattributed);
                self.tree.open_unattributed();
            }
        }
    }

    fn open_quote(&mut self, open: Open) {
        self.quotes.push(open);
        self.tree.open(Node::Quote);
    }

    /// A quotation that names its source: it is read as words of that, and not as prose.
    fn attributed(&mut self, range: Range<usize>, behind: Option<Attribution>) {
        self.note_quotation(range, behind);
        self.tree.quotation();
        self.skipped = 1;
    }

    fn note_quotation(&mut self, range: Range<usize>, behind: Option<Attribution>) {
        let nested = self.quotes.contains(&Open::Unattributed);
        self.quotations
            .push(Quoted { span: self.file(range), depth: self.quotes.len() + 1, nested, behind });
    }

    /// What the lines of a quotation end with. What is wrong with a name that was meant to be a source's is
    /// told.
    fn ending(&mut self, lines: &[Range<usize>], remark: bool) -> Ending {
        let shift = |span: Span| span.shifted(self.offset);
        match attribution::last_line(self.part, lines).1 {
            LastLine::Attribution(_) => Ending::Source,
            _ if remark => Ending::Words,
            LastLine::Unclear(span, names) => {
                let names: Vec<Span> = names.into_iter().map(shift).collect();
                self.mistakes
                    .push(mistakes::attribution_unclear(self.path, shift(span), &names));
                Ending::Unclear
            }
            LastLine::Words if outside::in_brackets(self.part, lines).is_some() => Ending::Source,
            LastLine::Words => Ending::Words,
        }
    }

    /// Whether all lines of a quotation belong to another one in it.
    fn wraps(&self, lines: &[Range<usize>]) -> bool {
        let mut words = lines
            .iter()
            .map(|line| self.part[line.clone()].trim_start())
            .filter(|words| !words.is_empty())
            .peekable();
        words.peek().is_some() && words.all(|words| words.starts_with('>'))
    }

    fn attribution_behind(&self, range: &Range<usize>, depth: usize) -> Option<Behind> {
        let end = range.start + self.part[range.clone()].trim_end().len();
        let from = lines(self.part, end).next()?.next;
        let behind = outside::behind(self.part, from, depth, |_| false)?;
        Some(Behind { attribution: behind.attribution.shifted(self.offset), ..behind })
    }

    /// Words as Markdown gives them. Where the same bytes stand in the text, each visible part of them is a
    /// leaf.
    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.unread.is_some() {
            return;
        }
        if self.masked.text.get(range.clone()) != Some(words) {
            let exact = self.part.get(range.clone()) == Some(words);
            self.tree.text(words, self.file(range), exact);
            return;
        }
        for piece in self.masked.visible(range.clone()) {
            let start = piece.start.max(self.silent_until.min(piece.end));
            // White space on both sides of something hidden is one space
            let parted =
                start > range.start || start == self.silent_until || self.masked.hides_just_before(start);
            let text = &self.part[start..piece.end];
            let blank =
                if parted && self.tree.ends_with_space() { text.len() - text.trim_start().len() } else { 0 };
            self.typed(start + blank..piece.end);
        }
    }

    /// A range of the text as it stands there.
    fn typed(&mut self, range: Range<usize>) {
        let text = &self.part[range.clone()];
        if text.contains('\r') {
            let words = text.replace("\r\n", "\n").replace('\r', "\n");
            self.tree.text(&words, self.file(range), false);
        } else {
            self.tree.text(text, self.file(range), true);
        }
    }

    /// Inline code: the range holds the back-ticks, the words may have lost a space at either end.
    fn code(&mut self, words: &CowStr<'_>, range: Range<usize>) {
        if self.unread.is_some() {
            return;
        }
        let ticks = self.part[range.clone()]
            .bytes()
            .take_while(|&byte| byte == b'`')
            .count();
        let inner = range.start + ticks..(range.end - ticks).max(range.start + ticks);
        let typed = self.part.get(inner.clone()).unwrap_or_default();
        let trimmed = typed.strip_prefix(' ').and_then(|typed| typed.strip_suffix(' '));
        if typed == &**words {
            self.tree.code(words, self.file(inner), true);
        } else if trimmed == Some(words) {
            self.tree.code(words, self.file(inner.start + 1..inner.end - 1), true);
        } else {
            self.tree.code(words, self.file(inner), false);
        }
    }

    /// What happens within a picture's description: its words, without form.
    fn describe(&mut self, event: Event<'_>, range: Range<usize>) {
        let typed = self
            .masked
            .text
            .get(range.clone())
            .zip(Some(self.visible_text(range)));
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(words) => image.alt.push_str(
                typed
                    .as_ref()
                    .filter(|(masked, _)| *masked == &*words)
                    .map_or(&*words, |(_, typed)| typed.as_str()),
            ),
            Event::Code(words) => image.alt.push_str(&words),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(Tag::Image { .. }) => image.nested += 1,
            Event::End(TagEnd::Image) if image.nested > 0 => image.nested -= 1,
            Event::End(TagEnd::Image) => {
                if let Some(image) = self.image.take() {
                    self.tree.image(image.target, image.alt);
                }
            }
            _ => {}
        }
    }

    fn target(&mut self, link: LinkType, destination: &str, range: Range<usize>, picture: bool) -> Target {
        if let LinkType::WikiLink { .. } = link {
            let kind = if picture { NameKind::Picture } else { NameKind::Wiki };
            let typed = self.visible_text(range.clone());
            return self.tree.name(links::wiki(&typed, self.offset + range.start, kind));
        }
        if link == LinkType::Email {
            return Address::new(&format!("mailto:{destination}")).map_or(Target::Nowhere, Target::Address);
        }
        let place = self.place_of(destination, &range);
        self.lead(destination, place, picture)
    }

    fn lead(&mut self, destination: &str, place: Range<usize>, picture: bool) -> Target {
        let span = Span::new(self.file(place));
        match links::lead(destination) {
            Lead::Address(address) => Target::Address(address),
            // A place within a source has no address on its page
            Lead::File { path, .. } if path.is_empty() && !self.dialect.wikilinks => Target::Nowhere,
            Lead::File { path, fragment } => {
                let kind = if picture { NameKind::Picture } else { NameKind::File };
                let fragment = fragment.map(|fragment| Spanned::new(fragment, span));
                self.tree
                    .name(Name { kind, text: Spanned::new(path, span), fragment, labelled: true })
            }
            Lead::Unsafe => {
                match self.dialect.reports {
                    Reports::Writer => {
                        self.mistakes
                            .push(mistakes::unsafe_address(self.path, span, destination))
                    }
                    Reports::Source => self.lost.push(span),
                    Reports::Nothing => {}
                }
                Target::Nowhere
            }
            Lead::Empty => {
                if self.dialect.reports == Reports::Writer {
                    self.mistakes.push(mistakes::empty_link(self.path, span));
                }
                Target::Nowhere
            }
        }
    }

    /// Where a link's destination is typed; the whole link where it is typed otherwise (with escapes, or
    /// elsewhere).
    fn place_of(&self, destination: &str, range: &Range<usize>) -> Range<usize> {
        let typed = &self.part[range.clone()];
        match typed.rfind(destination).filter(|_| !destination.is_empty()) {
            Some(at) => range.start + at..range.start + at + destination.len(),
            None => range.clone(),
        }
    }

    /// The text of a range without what is hidden in it.
    fn visible_text(&self, range: Range<usize>) -> String {
        self.masked.visible(range).map(|piece| &self.part[piece]).collect()
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let html = &self.masked.text[range.clone()];
        match raw_html::Tag::read(html) {
            Some((tag, _)) => self.tag(tag, range, true),
            // A comment or a declaration: a source's reader does not see it. What people hide is masked by
            // now; anything else that they write so is words, and where it looks like a comment it is told
            None if self.dialect.wide_html => {}
            None => self.words(html, range),
        }
    }

    /// An HTML block: its lines, without the marks of the containers that it stands in.
    fn html_block(&mut self, lines: &[Range<usize>]) {
        let mut html = String::new();
        let mut starts = Vec::new();
        for line in lines {
            starts.push((html.len(), line.start));
            html.push_str(&self.masked.text[line.clone()]);
        }
        let place = |at: usize| {
            let line = starts.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            starts.get(line).map_or(0, |&(start, file)| file + at - start)
        };
        for piece in raw_html::pieces(&html) {
            match piece {
                Piece::Silent(_) if self.dialect.wide_html => {}
                Piece::Text(range) | Piece::Silent(range) => {
                    let mut from = range.start;
                    // A line at a time, since the file may hold marks between lines
                    for line in html[range.clone()].split_inclusive('\n') {
                        let start = place(from);
                        self.html_words(line, start..start + line.len());
                        from += line.len();
                    }
                }
                Piece::Tag(range, tag) => {
                    let end = place(range.end.saturating_sub(1)) + 1;
                    self.tag(tag, place(range.start)..end, false);
                }
            }
        }
        self.unread = None;
        self.leave_line();
        self.tree.end_line();
    }

    /// Text between the tags of an HTML block: white space is one space, entities are what they stand for.
    fn html_words(&mut self, line: &str, range: Range<usize>) {
        if self.unread.is_some() {
            return;
        }
        if self.tree.in_code() {
            self.typed(range);
            return;
        }
        let words = line.trim_end_matches(['\n', '\r']);
        if words.trim().is_empty() && !self.tree.takes_words() {
            return;
        }
        let indent = if self.tree.ends_with_space() { words.len() - words.trim_start().len() } else { 0 };
        let start = range.start + indent;
        for (piece, meant) in raw_html::entities(&words[indent..]) {
            let place = start + piece.start..start + piece.end;
            match meant {
                Some(meant) => self.tree.text(&meant, self.file(place), false),
                None => self.words(&words[indent..][piece], place),
            }
        }
        if words.len() < line.len() && self.tree.takes_words() {
            self.tree.soft_break(self.offset + range.end - 1);
        }
    }

    /// A tag of raw HTML; `inline` where it stands in a line of Markdown, which holds no blocks.
    fn tag(&mut self, tag: raw_html::Tag, range: Range<usize>, inline: bool) {
        if let Some((unread, open)) = &mut self.unread {
            if tag.name == *unread {
                *open = if tag.closes { *open - 1 } else { *open + 1 };
            }
            self.unread.take_if(|(_, open)| *open == 0);
            return;
        }
        if self.dialect.wide_html && tag.is_hidden() {
            self.unread = Some((tag.name, 1));
            return;
        }
        if tag.closes && matches!(tag.name.as_str(), "sup" | "a") && self.ends_reference(Some(&tag.name)) {
            if tag.name == "a" {
                self.links.pop();
            }
            return;
        }
        if self.dialect.wide_html && self.ruby(&tag) {
            return;
        }
        match raw_html::meaning(&tag, self.dialect.wide_html) {
            Meaning::Text => {
                if tag.quotes() && self.dialect.reports == Reports::Writer {
                    let span = Span::new(self.file(range.clone()));
                    self.mistakes.push(quotation_tag(self.path, span, &tag.name));
                }
                self.as_typed(range);
            }
            Meaning::Nothing => {}
            Meaning::Break => self.tree.hard_break(),
            Meaning::Rule if !inline => {
                self.leave_line();
                self.tree.rule();
            }
            Meaning::Line if !inline => {
                self.leave_line();
                self.tree.end_line();
            }
            Meaning::Rule | Meaning::Line => {}
            Meaning::Open(node) if node.is_block() || matches!(node, Node::Cell { .. }) => {
                if !inline {
                    let node = self.numbered(node, &tag);
                    self.open_block(node, &tag.name);
                }
            }
            Meaning::Open(node) => self.tree.open_tag(node, &tag.name),
            Meaning::Close => {
                let closed = self.tree.close_tag(&tag.name);
                match tag.name.as_str() {
                    "ol" | "ul" | "menu" if closed => drop(self.html_lists.pop()),
                    "a" if closed => drop(self.links.pop()),
                    _ => {}
                }
                if !closed && !self.dialect.wide_html {
                    self.as_typed(range);
                }
            }
            Meaning::Link(destination) => {
                let place = self.place_of(&destination, &range);
                let target = self.lead(&destination, place, false);
                self.begin_link(destination.starts_with('#') || tag.attribute("role") == Some("doc-noteref"));
                self.tree.open_tag(Node::Link(target), "a");
            }
            Meaning::Image { source, alt } => {
                let place = self.place_of(&source, &range);
                let target = self.lead(&source, place, true);
                self.tree.image(target, alt);
            }
            Meaning::Unread if inline => self.as_typed(range),
            Meaning::Unread if tag.closes => {}
            Meaning::Unread => self.unread = Some((tag.name, 1)),
        }
    }

    /// Signs with their readings: `<ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby>`. Whether the tag is one of
    /// theirs.
    fn ruby(&mut self, tag: &raw_html::Tag) -> bool {
        let name = tag.name.as_str();
        let begins = name == "ruby" && !tag.closes;
        let in_ruby = matches!(name, "ruby" | "rb" | "rt" | "rtc" | "rp") && self.tree.has_open("ruby");
        if !begins && !in_ruby {
            return false;
        }
        self.end_reading();
        match (name, tag.closes) {
            ("ruby", true) => drop(self.tree.close_tag("ruby")),
            ("ruby", false) => self.tree.open_tag(Node::Ruby { reading: String::new() }, "ruby"),
            // Taken out again where they end
            ("rt", false) => self.tree.open_tag(Node::Superscript, "rt"),
            ("rp", false) => self.tree.open_tag(Node::Superscript, "rp"),
            _ => {}
        }
        true
    }

    /// Ends a reading that is open, or the parentheses around it; signs to come have another one.
    fn end_reading(&mut self) {
        if self.tree.has_open("rt") || self.tree.has_open("rp") {
            self.tree.close_tags_while(|tag| !matches!(tag, "rt" | "rp"));
        }
        if self.tree.innermost(Some("rp")).is_some() {
            self.tree.withdraw();
        } else if let Some((_, reading)) = self.tree.innermost(Some("rt")) {
            let reading = reading.trim().to_string();
            self.tree.withdraw();
            self.tree.reading(&reading);
            self.tree.close_tag("ruby");
            self.tree.open_tag(Node::Ruby { reading: String::new() }, "ruby");
        }
    }

    fn begin_link(&mut self, to_fragment: bool) {
        self.links.push(to_fragment);
        if to_fragment {
            self.last_fragment = Some(self.tree.length());
        }
    }

    /// Ends what is raised or a link, if it is the reference to a note: then it is no part of the words.
    fn ends_reference(&mut self, tag: Option<&str>) -> bool {
        if self.dialect.reports != Reports::Source {
            return false;
        }
        let Some((before, inside)) = self.tree.innermost(tag) else { return false };
        let label = inside.trim().to_string();
        let Some(sign) = notes::sign(&label) else { return false };
        let is_raised = tag == Some("sup");
        let holds_link = self.last_fragment.is_some_and(|at| at >= self.tree.innermost_start());
        let linked = self.links.iter().any(|to_fragment| *to_fragment) || holds_link;
        let evidence = match () {
            () if linked && (is_raised || label.starts_with('[')) => Evidence::Certain,
            () if self.noted.contains(&label) => Evidence::Strong,
            () => Evidence::Nothing,
        };
        let refers = if is_raised {
            notes::refers(&sign, notes::behind(before), evidence)
        } else {
            evidence == Evidence::Certain
        };
        if refers {
            self.tree.withdraw();
            self.tree.reference(label, is_raised);
        }
        refers
    }

    /// Gives an item of raw HTML its number.
    fn numbered(&mut self, node: Node, tag: &raw_html::Tag) -> Node {
        let number = |key: &str| tag.attribute(key).and_then(|value| value.trim().parse::<i64>().ok());
        match (node, tag.name.as_str()) {
            (Node::List, name) => {
                let marker = tag
                    .attribute("type")
                    .and_then(Marker::of_type)
                    .unwrap_or_else(|| Marker::Named("decimal".to_string()));
                self.html_lists
                    .push((name == "ol").then(|| (marker, number("start").unwrap_or(1))));
                Node::List
            }
            (Node::Item { .. }, _) => {
                let list = self.html_lists.last_mut().and_then(Option::as_mut);
                let label = list.and_then(|(marker, next)| {
                    let value = number("value").unwrap_or(*next);
                    *next = value.saturating_add(1);
                    numbering::label(marker, value, &NoWays)
                });
                Node::Item { label }
            }
            (node, _) => node,
        }
    }

    fn as_typed(&mut self, range: Range<usize>) {
        for piece in self.masked.visible(range) {
            self.typed(piece);
        }
    }

    /// Ends what raw HTML opened within a line.
    fn leave_line(&mut self) {
        self.tree.close_tags_while(|tag| !raw_html::holds_blocks(tag));
    }

    /// HTML closes some elements where their like begins, closing tag or not.
    fn open_block(&mut self, node: Node, name: &str) {
        self.leave_line();
        let like: &[&str] = match name {
            "li" => &["li"],
            "tr" => &["td", "th", "tr"],
            "td" | "th" => &["td", "th"],
            _ => &[],
        };
        self.tree.close_tags_while(|open| like.contains(&open));
        if self.tree.among_blocks() {
            self.tree.end_line();
        }
        self.tree.open_tag(node, name);
    }

    fn file(&self, range: Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }

    fn finish(mut self, definitions: Vec<Spanned<String>>) -> Reading {
        if let Some(&first) = self.lost.first() {
            self.mistakes
                .push(mistakes::lost_addresses(self.path, first, self.lost.len()));
        }
        Reading {
            body: self.tree.finish(),
            quotations: self.quotations,
            labels: self.labels,
            definitions,
            mistakes: self.mistakes,
        }
    }
}

/// The raised numbers and letters that lines of a text begin with.
fn noted(text: &str) -> BTreeSet<String> {
    let begins = |line: &str| {
        Some(
            line.trim_start()
                .strip_prefix("<sup>")?
                .split_once("</sup>")?
                .0
                .trim()
                .to_string(),
        )
    };
    if memchr::memmem::find(text.as_bytes(), b"<sup>").is_none() {
        BTreeSet::new()
    } else {
        text.lines().filter_map(begins).collect()
    }
}

fn align(alignment: &Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::End,
    }
}

/// Numbers footnotes in the order in which the text first refers to them; definitions may stand anywhere.
#[derive(Default)]
struct Footnotes {
    numbers: BTreeMap<String, u32>,
    defined: BTreeSet<u32>,
    last: u32,
}

impl Footnotes {
    fn of(text: &str, options: Options) -> Footnotes {
        let mut footnotes = Footnotes::default();
        if memchr::memmem::find(text.as_bytes(), b"[^").is_some() {
            for event in Parser::new_ext(text, options) {
                if let Event::FootnoteReference(label) = event {
                    footnotes.number(&label);
                }
            }
        }
        footnotes
    }

    fn number(&mut self, label: &str) -> u32 {
        let last = &mut self.last;
        *self.numbers.entry(label.to_lowercase()).or_insert_with(|| {
            *last += 1;
            *last
        })
    }

    /// A second definition of one label is a footnote of its own, so that its words are not lost.
    fn definition(&mut self, label: &str) -> u32 {
        let number = self.number(label);
        if self.defined.insert(number) {
            return number;
        }
        self.last += 1;
        self.defined.insert(self.last);
        self.last
    }
}
