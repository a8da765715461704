//! Walks the tree of a page in document order and says what of it a person reads, and in what form.
//!
//! Read is what a browser shows without running scripts: words, also those of navigation, which `begin` and `end` cut off; not what
//! is `hidden` or has `display: none`, and nothing of scripts, of lists to choose from, of embedded pages and players. White space
//! collapses as in CSS. Elements that the body has a form for take it, all others begin a line or nothing. The reading of a ruby text
//! stands in parentheses behind its base, and a `<q>` in quotation marks, since that is what is seen.

use std::collections::BTreeMap;
use std::ops::Range;

use super::arena::{Arena, Data, Id, Node as Element, Words};
use crate::model::body::{Name, NameKind, Target};
use crate::model::span::{Span, Spanned};
use crate::parse::links::{Lead, lead};
use crate::parse::tree::{Node, Tree};

/// The body of a page, as far as the parser read it.
pub fn read(arena: &Arena) -> Tree {
    let mut reader = Reader::new(arena);
    let mut steps = vec![Step::Enter(0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(leave) => reader.leave(leave),
            Step::Each(id) => {
                steps.extend(arena.nodes[id].next.map(Step::Each));
                steps.push(Step::Enter(id));
            }
            Step::Enter(id) => {
                if let Some(leave) = reader.enter(id) {
                    steps.push(Step::Leave(leave));
                    steps.extend(arena.nodes[id].first_child.map(Step::Each));
                }
            }
        }
    }
    reader.close_formats();
    reader.tree
}

/// What is to be done next; a list of them takes the place of recursion, since pages nest as deep as they like.
enum Step {
    Enter(Id),
    /// The node, then its later siblings.
    Each(Id),
    Leave(Leave),
}

/// What is to be done behind an element.
enum Leave {
    Nothing,
    Line,
    /// What `Tree::open` opened.
    Container,
    /// Whether it only places things on the page.
    Table {
        layout: bool,
    },
    Head,
    Format,
    /// The term of a definition, whose letters are strong.
    Term {
        formatted: bool,
    },
    /// A sign that a browser shows behind the element.
    Sign(&'static str),
}

/// Formatting of words. It goes on over the borders of blocks: `<a><div>..</div></a>`.
#[derive(Clone, Debug)]
enum Format {
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Code,
    Link(Target),
    /// A link to a name that is not yet among the body's: without words there is no link.
    LinkTo(Name),
}

impl Format {
    fn kind(&self) -> usize {
        match self {
            Format::Emphasis => 0,
            Format::Strong => 1,
            Format::Strike => 2,
            Format::Superscript => 3,
            Format::Subscript => 4,
            Format::Code => 5,
            Format::Link(_) | Format::LinkTo(_) => 6,
        }
    }
}

/// What the words that are read now stand in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Container {
    /// Holds blocks: the page, a quotation, an item.
    Blocks,
    /// Holds words only: a heading, a cell, a caption. Lines in it are parted by breaks.
    Words,
    /// Preformatted: white space stays.
    Code,
    /// A list, a table, a row: white space between its parts is nothing.
    Parts,
}

/// A space that is written if words follow on its line, and where it was typed.
struct Space {
    file: Range<usize>,
    exact: bool,
}

struct OpenTable {
    layout: bool,
    /// Whether a row of it was read, and whether one of its body was.
    has_rows: bool,
    has_body: bool,
}

struct Reader<'a> {
    arena: &'a Arena,
    tree: Tree,
    containers: Vec<Container>,
    /// The formats of the words to come, at most one of a kind, and how many of them are open in the tree.
    formats: Vec<Format>,
    opened: usize,
    space: Option<Space>,
    /// Line ends that become something if words follow.
    breaks: usize,
    /// Whether words stand on this line.
    on_line: bool,
    /// Where in the file the last words ended.
    at: usize,
    layout_tables: Vec<bool>,
    tables: Vec<OpenTable>,
    heads: usize,
    /// By ordered list: the number of its next item.
    numbers: BTreeMap<Id, u64>,
    /// Whether relative addresses are relative to somewhere else (`<base href>`).
    has_base: bool,
}

impl<'a> Reader<'a> {
    fn new(arena: &'a Arena) -> Reader<'a> {
        let is_base = |id: Id| arena.is_html(id, "base") && arena.nodes[id].attribute("href").is_some();
        Reader {
            arena,
            tree: Tree::new(),
            containers: vec![Container::Blocks],
            formats: Vec::new(),
            opened: 0,
            space: None,
            breaks: 0,
            on_line: false,
            at: 0,
            layout_tables: layout_tables(arena),
            tables: Vec::new(),
            heads: 0,
            numbers: BTreeMap::new(),
            has_base: arena.all().any(is_base),
        }
    }

    /// Begins a node; `None` where there is nothing behind it to do and nothing in it to read.
    fn enter(&mut self, id: Id) -> Option<Leave> {
        let node = &self.arena.nodes[id];
        match &node.data {
            Data::Document => Some(Leave::Nothing),
            Data::Silent => None,
            Data::Text(words) => {
                self.words(words);
                None
            }
            Data::Element { .. } if is_hidden(node) => None,
            Data::Element { name, .. } => match (&*name.ns, &*name.local) {
                ("http://www.w3.org/2000/svg", name) => self.drawing(name),
                ("http://www.w3.org/1998/Math/MathML", "annotation" | "annotation-xml") => None,
                ("http://www.w3.org/1998/Math/MathML", _) => Some(Leave::Nothing),
                (_, name) if UNREAD.contains(&name) || (name == "dialog" && node.attribute("open").is_none()) => None,
                (_, name) => self.element(id, node, name),
            },
        }
    }

    /// Of a drawing, its words are read.
    fn drawing(&mut self, name: &str) -> Option<Leave> {
        match name {
            "text" => Some(self.begin_line()),
            "title" | "desc" | "metadata" | "style" | "script" | "defs" | "symbol" => None,
            _ => Some(Leave::Nothing),
        }
    }

    fn element(&mut self, id: Id, node: &Element, name: &str) -> Option<Leave> {
        match name {
            "br" => self.line_break(),
            "hr" => self.rule(),
            "img" => self.picture(node),
            "rp" => {} // its parentheses are ours
            _ => return Some(self.holder(id, node, name)),
        }
        None
    }

    /// An element that holds others.
    fn holder(&mut self, id: Id, node: &Element, name: &str) -> Leave {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.bytes().last().map_or(1, |digit| digit - b'0');
                self.open(Node::Heading(level), Container::Words)
            }
            "ul" | "menu" | "dir" => self.open(Node::List, Container::Parts),
            "ol" => self.open(Node::List, Container::Parts),
            "li" if self.container() == Container::Parts => {
                let label = self.label(id);
                self.open(Node::Item { label }, Container::Blocks)
            }
            "blockquote" => self.open(Node::Quote, Container::Blocks),
            "pre" | "listing" | "xmp" | "plaintext" => self.open(Node::Code, Container::Code),
            "table" => self.table(id),
            "thead" => {
                self.heads += 1;
                Leave::Head
            }
            "tr" | "td" | "th" | "caption" => self.part_of_table(node, name),
            "dt" => {
                self.line();
                Leave::Term { formatted: self.format(Format::Strong) }
            }
            "q" => {
                self.sign("“");
                Leave::Sign("”")
            }
            "rt" => {
                self.sign("(");
                Leave::Sign(")")
            }
            name if LINES.contains(&name) => self.begin_line(),
            name => match self.format_of(node, name) {
                Some(format) if self.format(format.clone()) => Leave::Format,
                _ => Leave::Nothing,
            },
        }
    }

    /// The number of a list's item.
    fn label(&mut self, id: Id) -> Option<String> {
        let list = self.arena.parent(id).filter(|&list| self.arena.is_html(list, "ol"))?;
        let first = self.arena.nodes[list].number("start").unwrap_or(1);
        let next = self.numbers.entry(list).or_insert(first);
        let label = format!("{next}.");
        *next = next.saturating_add(1);
        Some(label)
    }

    fn leave(&mut self, leave: Leave) {
        match leave {
            Leave::Nothing => {}
            Leave::Line => self.line(),
            Leave::Container => self.close(),
            Leave::Table { layout } => {
                self.tables.pop();
                if layout { self.line() } else { self.close() }
            }
            Leave::Head => self.heads -= 1,
            Leave::Format => self.end_format(),
            Leave::Term { formatted } => {
                if formatted {
                    self.end_format();
                }
                self.line();
            }
            Leave::Sign(sign) => self.sign(sign),
        }
    }

    fn container(&self) -> Container {
        self.containers.last().copied().unwrap_or(Container::Blocks)
    }

    /// Opens a node of the tree, where blocks may stand; elsewhere its words stand on lines of their own.
    fn open(&mut self, node: Node, container: Container) -> Leave {
        if matches!(self.container(), Container::Words | Container::Code) {
            return self.begin_line();
        }
        self.line();
        self.begin(node, container);
        Leave::Container
    }

    fn begin(&mut self, node: Node, container: Container) {
        self.close_formats();
        self.tree.open(node);
        self.containers.push(container);
    }

    fn close(&mut self) {
        self.close_formats();
        self.tree.close();
        self.containers.pop();
        (self.space, self.breaks, self.on_line) = (None, 0, false);
    }

    fn table(&mut self, id: Id) -> Leave {
        let layout = self.layout_tables[id] || matches!(self.container(), Container::Words | Container::Code);
        self.line();
        if !layout {
            self.begin(Node::Table { align: Vec::new() }, Container::Parts);
        }
        self.tables.push(OpenTable { layout, has_rows: false, has_body: false });
        Leave::Table { layout }
    }

    fn part_of_table(&mut self, node: &Element, name: &str) -> Leave {
        let Some(table) = self.tables.last_mut().filter(|table| !table.layout) else { return self.begin_line() };
        let span = |key: &str| node.number(key).and_then(|n| u16::try_from(n).ok()).unwrap_or(1).clamp(1, LARGEST_SPAN);
        match name {
            "caption" => self.begin(Node::Caption, Container::Words),
            "tr" => {
                let head = !table.has_body && (self.heads > 0 || (!table.has_rows && self.arena.is_row_of_heads(node)));
                (table.has_rows, table.has_body) = (true, table.has_body || !head);
                self.begin(Node::Row { head }, Container::Parts);
            }
            _ => {
                let cell = Node::Cell { header: name == "th", columns: span("colspan"), rows: span("rowspan") };
                self.begin(cell, Container::Words);
            }
        }
        (self.space, self.breaks, self.on_line) = (None, 0, false);
        Leave::Container
    }

    fn begin_line(&mut self) -> Leave {
        self.line();
        Leave::Line
    }

    /// What follows begins a line.
    fn line(&mut self) {
        self.space = None;
        match self.container() {
            Container::Blocks => {
                self.close_formats();
                self.tree.end_line();
                self.breaks = 0;
            }
            Container::Words | Container::Code => self.breaks = self.breaks.max(usize::from(self.on_line)),
            Container::Parts => {}
        }
        self.on_line = false;
    }

    /// `<br>`: one ends a line, two end a paragraph, as people have long typed it; none begins one.
    fn line_break(&mut self) {
        self.space = None;
        if (self.on_line || self.breaks > 0) && self.container() != Container::Parts {
            self.breaks += 1;
        }
        self.on_line = false;
    }

    fn rule(&mut self) {
        self.line();
        if self.container() == Container::Blocks {
            self.tree.rule();
        }
    }

    /// Adds a format to the words to come; false where they have one of its kind.
    fn format(&mut self, format: Format) -> bool {
        let new = self.formats.iter().all(|known| known.kind() != format.kind());
        if new {
            self.formats.push(format);
        }
        new
    }

    fn end_format(&mut self) {
        self.formats.pop();
        if self.opened > self.formats.len() {
            self.tree.close();
            self.opened -= 1;
        }
    }

    fn close_formats(&mut self) {
        for _ in 0..self.opened {
            self.tree.close();
        }
        self.opened = 0;
    }

    fn open_formats(&mut self) {
        if self.container() == Container::Code {
            return;
        }
        for format in &mut self.formats[self.opened..] {
            if let Format::LinkTo(name) = format {
                *format = Format::Link(self.tree.name(name.clone()));
            }
            self.tree.open(match format {
                Format::Emphasis => Node::Emphasis,
                Format::Strong => Node::Strong,
                Format::Strike => Node::Strike,
                Format::Superscript => Node::Superscript,
                Format::Subscript => Node::Subscript,
                Format::Code => Node::InlineCode,
                Format::Link(target) => Node::Link(target.clone()),
                Format::LinkTo(_) => Node::Link(Target::Nowhere),
            });
        }
        self.opened = self.formats.len();
    }

    fn format_of(&self, node: &Element, name: &str) -> Option<Format> {
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => Some(Format::Emphasis),
            "b" if node.has_style("font-weight:normal") => None, // what a well-known editor wraps whole documents in
            "strong" | "b" => Some(Format::Strong),
            "del" | "s" | "strike" => Some(Format::Strike),
            "sup" => Some(Format::Superscript),
            "sub" => Some(Format::Subscript),
            "code" | "kbd" | "samp" | "tt" => Some(Format::Code),
            "a" => Some(self.link(node.attribute("href")?, NameKind::File, node)),
            _ => None,
        }
    }

    /// Where an address leads. One within the page, or relative to the site that the page came from, leads nowhere from here.
    fn link(&self, address: &str, kind: NameKind, node: &Element) -> Format {
        match lead(address) {
            Lead::Address(address) => Format::Link(Target::Address(address)),
            Lead::File { path, fragment } if !path.is_empty() && !path.starts_with('/') && !path.contains('?') && !self.has_base => {
                let span = Span::new(node.span.clone());
                let fragment = fragment.map(|fragment| Spanned::new(fragment, span));
                Format::LinkTo(Name { kind, text: Spanned::new(path, span), fragment, labelled: true })
            }
            Lead::File { .. } | Lead::Unsafe | Lead::Empty => Format::Link(Target::Nowhere),
        }
    }

    fn picture(&mut self, node: &Element) {
        let alt = node.attribute("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let source = node.attribute("src").map_or(Format::Link(Target::Nowhere), |source| self.link(source, NameKind::Picture, node));
        let is_dot = ["width", "height"].iter().any(|side| node.number(side).is_some_and(|pixels| pixels <= 1)); // it counts readers
        let is_nothing = alt.is_empty() && matches!(source, Format::Link(Target::Nowhere));
        if is_dot || is_nothing || !matches!(self.container(), Container::Blocks | Container::Words) {
            return;
        }
        let target = match source {
            Format::Link(target) => target,
            Format::LinkTo(name) => self.tree.name(name),
            _ => Target::Nowhere,
        };
        self.before_words();
        self.tree.image(target, alt);
        self.on_line = true;
    }

    /// A sign that stands on the page and not in the file.
    fn sign(&mut self, sign: &str) {
        self.before_words();
        self.tree.text(sign, self.at..self.at, false);
        self.on_line = true;
    }

    fn words(&mut self, words: &Words) {
        if self.container() == Container::Code {
            self.typed(words);
        } else {
            self.collapsed(words);
        }
    }

    fn typed(&mut self, words: &Words) {
        self.before_words();
        self.tree.text(&words.text, words.file.clone(), words.exact);
        self.at = words.file.end;
        self.on_line = !words.text.ends_with('\n');
    }

    /// Words as CSS shows them: a run of white space is one space, at the ends of a line it is none.
    fn collapsed(&mut self, words: &Words) {
        let text = &*words.text;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            if spaces > 0 {
                if self.on_line && self.space.is_none() {
                    let one = spaces == 1 && rest.starts_with(' ');
                    let (file, exact) = words.part(at..at + spaces);
                    self.space = Some(if one { Space { file, exact } } else { Space { file: file.start..file.start, exact: false } });
                }
                at += spaces;
                continue;
            }
            let length = run(rest);
            let (file, exact) = words.part(at..at + length);
            self.before_words();
            self.at = file.end;
            self.tree.text(&rest[..length], file, exact);
            self.on_line = true;
            at += length;
        }
    }

    /// Writes what waited for words to follow: breaks, a space, the formats that begin here.
    fn before_words(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        match self.container() {
            Container::Blocks if breaks > 1 => {
                self.close_formats();
                self.tree.end_line();
            }
            Container::Code => (0..breaks).for_each(|_| self.tree.text("\n", self.at..self.at, false)),
            Container::Blocks | Container::Words if breaks > 0 => self.tree.hard_break(),
            Container::Blocks | Container::Words | Container::Parts => {}
        }
        if let Some(Space { file, exact }) = self.space.take().filter(|_| self.on_line) {
            self.tree.text(" ", file, exact);
        }
        self.open_formats();
    }
}

/// As browsers have it.
const LARGEST_SPAN: u16 = 1000;

/// The white space that collapses; a no-break space is none of it.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// How long the text is that stands in the file as it reads: words with single spaces between them.
fn run(text: &str) -> usize {
    let mut at = 0;
    loop {
        at += text[at..].find(is_space).unwrap_or(text.len() - at);
        let goes_on = text[at..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c| !is_space(c)));
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

impl Words {
    /// Where a part of the text stands; of a text that is other bytes in the file, only that it is there.
    fn part(&self, part: Range<usize>) -> (Range<usize>, bool) {
        if self.exact {
            (self.file.start + part.start..self.file.start + part.end, true)
        } else if part.len() == self.text.len() {
            (self.file.clone(), false)
        } else {
            (self.file.start..self.file.start, false)
        }
    }
}

/// Elements that nobody reads, with all that is in them.
const UNREAD: &[&str] = &[
    "applet", "area", "audio", "base", "canvas", "col", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link", "map",
    "meta", "meter", "noembed", "noframes", "noscript", "object", "param", "progress", "script", "select", "source", "style", "template",
    "textarea", "title", "track", "video",
];

/// Elements that begin and end a line.
pub const LINES: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "optgroup",
    "option",
    "p",
    "search",
    "section",
    "summary",
    "tbody",
    "tfoot",
];

fn is_hidden(node: &Element) -> bool {
    node.attribute("hidden").is_some() || node.has_style("display:none") || node.has_style("visibility:hidden")
}

impl Element {
    fn has_style(&self, rule: &str) -> bool {
        self.attribute("style").is_some_and(|style| {
            let bare: String = style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
            bare.contains(rule)
        })
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.attribute(key)?.trim().parse().ok()
    }
}

impl Arena {
    fn is_row_of_heads(&self, row: &Element) -> bool {
        let mut cells = 0;
        let mut next = row.first_child;
        while let Some(id) = next {
            if self.is_html(id, "td") {
                return false;
            }
            cells += usize::from(self.is_html(id, "th"));
            next = self.nodes[id].next;
        }
        cells > 0
    }
}

/// For each node, whether it is a table that only places things on the page: it says so, or it holds what no table of data does.
fn layout_tables(arena: &Arena) -> Vec<bool> {
    let mut layout = vec![false; arena.nodes.len()];
    let mut around: Vec<Option<Id>> = vec![None; arena.nodes.len()];
    for id in arena.all() {
        let node = &arena.nodes[id];
        let table = arena.parent(id).and_then(|parent| if arena.is_html(parent, "table") { Some(parent) } else { around[parent] });
        around[id] = table;
        if arena.is_html(id, "table") && node.attribute("role").is_some_and(|role| role == "presentation" || role == "none") {
            layout[id] = true;
        }
        let is_no_data =
            ["table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main", "hr"].iter().any(|name| arena.is_html(id, name));
        if let Some(table) = table.filter(|_| is_no_data) {
            layout[table] = true;
        }
    }
    layout
}
