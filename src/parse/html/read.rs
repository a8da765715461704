//! Walks the tree of a page in document order and says what of it a person reads, and in what form.
//!
//! Read is what a browser shows without running scripts: words, also those of navigation, which `begin` and
//! `end` cut off; not what the page or its own style sheets hide (`seen`), and nothing of scripts, of
//! embedded pages and players. Elements that the body has a form for take it; what begins a line on the page,
//! by its name or by its style, begins one here. What a browser shows and is no word of the text stands
//! beside it: numbers of lists and counters, references to notes (`notes`), the reading of ruby.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::arena::{Arena, Data, Id, Node as Element};
use super::counters::Counters;
use super::css::Generated;
use super::declared::{Content, Declared, Display, Raised};
use super::flow::{Container, Flow, Format};
use super::notes::{self, References};
use super::presentation;
use super::seen::{Formulas, Look, formulas, is_unseen};
use super::style::Styles;
use crate::model::body::{Name, NameKind, Target};
use crate::model::span::Spanned;
use crate::parse::elements::{self, Element as Kind};
use crate::parse::links::{Lead, lead};
use crate::parse::numbering::{self, Marker};
use crate::parse::tree::{Node, Tree};

/// The body of a page, as far as the parser read it.
pub fn read(arena: &Arena, styles: &Styles) -> Tree {
    let mut reader = Reader::new(arena, styles);
    let mut steps = vec![Step::Enter(0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(leave) => reader.leave(leave),
            Step::Each(id) => {
                steps.extend(arena.nodes[id].next().map(Step::Each));
                steps.push(Step::Enter(id));
            }
            Step::Enter(id) => {
                if let Some(leave) = reader.enter(id) {
                    steps.push(Step::Leave(leave));
                    steps.extend(arena.nodes[id].first_child().map(Step::Each));
                }
            }
        }
    }
    reader.flow.finish()
}

/// What is to be done next; a list of them takes the place of recursion, since pages nest as deep as they
/// like.
enum Step {
    Enter(Id),
    /// The node, then its later siblings.
    Each(Id),
    Leave(Leave),
}

/// What is to be done behind an element.
#[derive(Default)]
struct Leave {
    id: Id,
    /// What of it was opened.
    opened: Opened,
    /// How many formats it added.
    formats: usize,
    /// Whether a line ends with it, or it stands apart within its line.
    line: bool,
    apart: bool,
    /// A sign that a browser shows behind it.
    sign: Option<String>,
}

#[derive(Default)]
enum Opened {
    #[default]
    Nothing,
    /// What `Tree::open` opened.
    Container,
    /// Whether it only places things on the page.
    Table {
        layout: bool,
    },
    TableHead,
    /// Preformatted words that are read line by line.
    Lines,
}

struct OpenTable {
    layout: bool,
    /// Whether a row of it was read, and whether one of its body was.
    has_rows: bool,
    has_body: bool,
}

struct Reader<'a> {
    arena: &'a Arena,
    styles: &'a Styles<'a>,
    flow: Flow,
    /// What is declared for the elements that were not yet entered.
    declared: BTreeMap<Id, Rc<Declared>>,
    references: References,
    formulas: Formulas,
    /// Of the elements that are open, outermost first.
    looks: Vec<Look>,
    counters: Counters,
    layout_tables: Vec<bool>,
    tables: Vec<OpenTable>,
    heads: usize,
    /// Whether relative addresses are relative to somewhere else (`<base href>`).
    has_base: bool,
}

impl<'a> Reader<'a> {
    fn new(arena: &'a Arena, styles: &'a Styles<'a>) -> Reader<'a> {
        let is_base = |id: Id| arena.is_html(id, "base") && arena.nodes[id].attribute("href").is_some();
        let declared = styles.all();
        Reader {
            arena,
            styles,
            flow: Flow::new(),
            references: notes::references(arena, &declared),
            declared,
            formulas: formulas(arena),
            looks: vec![Look::of_page()],
            counters: Counters::default(),
            layout_tables: layout_tables(arena),
            tables: Vec::new(),
            heads: 0,
            has_base: arena.all().any(is_base),
        }
    }

    fn look(&self) -> &Look {
        self.looks.last().expect("the look of the page is never taken away")
    }

    /// Begins a node; `None` where there is nothing behind it to do and nothing in it to read.
    fn enter(&mut self, id: Id) -> Option<Leave> {
        let arena = self.arena;
        let node = &arena.nodes[id];
        match &node.data {
            Data::Document => {
                self.looks.push(Look::of_page());
                Some(Leave { id, ..Leave::default() })
            }
            Data::Silent => None,
            Data::Text(words) if self.look().shows() => {
                let controls = self.look().direction.controls(&words.text);
                controls.iter().for_each(|(opens, _)| self.flow.sign(opens));
                self.flow.words(words);
                controls.iter().for_each(|(_, closes)| self.flow.sign(closes));
                None
            }
            Data::Text(words) => {
                if self.look().leaves_room() && !words.text.trim().is_empty() {
                    self.flow.gap();
                }
                None
            }
            Data::Element { name, .. } => {
                let kind = match (&*name.ns, &*name.local) {
                    ("http://www.w3.org/2000/svg", name) => of_drawing(name),
                    ("http://www.w3.org/1998/Math/MathML", name) => of_formula(name),
                    (_, name) => elements::element(name).unwrap_or(Kind::Within),
                };
                self.element(id, node, kind, &name.local)
            }
        }
    }

    fn element(&mut self, id: Id, node: &Element, kind: Kind, name: &str) -> Option<Leave> {
        let declared = self.declared.remove(&id).map(Rc::unwrap_or_clone).unwrap_or_default();
        let forced = self.formulas.read.contains(&id);
        if kind == Kind::Unread || self.formulas.dropped.contains(&id) {
            return None;
        }
        let is_part = matches!(kind, Kind::Row | Kind::Cell { .. } | Kind::TableHead);
        let is_box = (kind.has_lines() && !is_part)
            || kind == Kind::Control
            || self.look().flex
            || presentation::is_box(self.arena, id);
        if !forced && is_unseen(node, is_box, &declared, self.styles) {
            if declared.leaves_room() {
                self.flow.gap();
            }
            return None;
        }
        let mut look = self.look().within(&declared, kind.has_lines());
        look.direction = look.direction.within(name, node.attribute("dir"), &declared);
        let look = if forced { look.forced() } else { look };
        if let Some((label, raised)) = self.references.remove(&id) {
            if look.shows() {
                self.flow.reference(&label, raised);
            }
            return None;
        }
        match kind {
            Kind::Break => {
                self.flow.line_break();
                return None;
            }
            Kind::Rule => {
                self.flow.rule();
                return None;
            }
            Kind::Picture => {
                self.picture(node);
                return None;
            }
            // Its parentheses are for browsers that know no ruby.
            Kind::Parenthesis => return None,
            Kind::Reading if self.arena.below(id).nth(LONGEST_READING).is_none() => {
                if look.shows() {
                    self.flow.reading(&self.text_of(id));
                }
                return None;
            }
            // What is chosen is no text of the page.
            Kind::Choice => {
                self.flow.gap();
                return None;
            }
            _ => {}
        }
        Some(self.begin(id, node, kind, name, declared, look))
    }

    /// Begins an element whose children are read.
    fn begin(
        &mut self,
        id: Id,
        node: &Element,
        kind: Kind,
        name: &str,
        declared: Declared,
        mut look: Look,
    ) -> Leave {
        let mut leave = Leave { id, ..Leave::default() };
        self.flow.border();
        if let Kind::List { numbered } = kind
            && declared.marker.is_none()
        {
            let typed = node.attribute("type").filter(|_| numbered).and_then(Marker::of_type);
            look.marker = Rc::new(
                typed.unwrap_or_else(|| Marker::Named(if numbered { "decimal" } else { "disc" }.to_string())),
            );
        }
        if let Some(typed) = node
            .attribute("type")
            .filter(|_| kind == Kind::Item && declared.marker.is_none())
            .and_then(Marker::of_type)
        {
            look.marker = Rc::new(typed);
        }
        let is_item =
            kind == Kind::Item && declared.display.is_none() || declared.display == Some(Display::ListItem);
        self.count(node, kind, is_item, &declared);
        let label = if is_item { self.marker(id, &look.marker) } else { None };
        leave.line = self.has_lines(id, kind, &declared);
        leave.apart = kind == Kind::Control;
        if leave.line {
            self.flow.line();
        }
        if leave.apart || is_parted(node, name) {
            self.flow.gap();
        }
        leave.formats = self.formats(id, node, kind, name, &declared);
        self.looks.push(look);
        let before = self.generated(id, Generated::Before);
        let (label, shown) = match (label, before) {
            (None, Made::Number(number)) => (Some(number), Made::Nothing),
            (Some(label), Made::Number(number)) => (Some(format!("{label} {number}")), Made::Nothing),
            (label, before) => (label, before),
        };
        let label = self.open(id, node, kind, label, &mut leave);
        if let Some(label) = label {
            self.flow.number(label);
        }
        match (kind, shown) {
            (Kind::Quoted, Made::Nothing) => {
                self.flow.sign("“");
                leave.sign = Some("”".to_string());
            }
            (_, made) => self.show(made),
        }
        leave
    }

    /// Opens what the body has a form for; gives back a number that found no place in it.
    fn open(
        &mut self,
        id: Id,
        node: &Element,
        kind: Kind,
        label: Option<String>,
        leave: &mut Leave,
    ) -> Option<String> {
        let (opened, label) = match kind {
            Kind::Heading(level) => (self.container_of(Node::Heading(level), Container::Words), label),
            Kind::List { .. } => (self.container_of(Node::List, Container::Parts), label),
            Kind::Item if self.flow.container() == Container::Parts => {
                (self.container_of(Node::Item { label }, Container::Blocks), None)
            }
            Kind::Quote => (self.container_of(Node::Quote, Container::Blocks), label),
            Kind::Code if self.flow.takes_blocks() && self.has_forms(id) => {
                self.flow.keeps_lines = true;
                (Opened::Lines, label)
            }
            Kind::Code => (self.container_of(Node::Code, Container::Code), label),
            Kind::Table => (self.table(id), label),
            Kind::TableHead => {
                self.heads += 1;
                (Opened::TableHead, label)
            }
            Kind::Row | Kind::Cell { .. } | Kind::Caption => (self.part_of_table(node, kind), label),
            _ => (Opened::Nothing, label),
        };
        leave.opened = opened;
        label
    }

    fn leave(&mut self, leave: Leave) {
        let Leave { id, opened, formats, line, apart, sign } = leave;
        let after = self.generated(id, Generated::After);
        match sign {
            Some(sign) => self.flow.sign(&sign),
            None => self.show(after),
        }
        self.flow.border();
        if self.looks.len() > 1 {
            self.looks.pop();
        }
        self.counters.leave(self.looks.len());
        match opened {
            Opened::Nothing => {}
            Opened::Container => self.flow.close(),
            Opened::Table { layout } => {
                self.tables.pop();
                if layout { self.flow.line() } else { self.flow.close() }
            }
            Opened::TableHead => self.heads -= 1,
            Opened::Lines => self.flow.keeps_lines = false,
        }
        (0..formats).for_each(|_| self.flow.end_format());
        if line {
            self.flow.line();
        }
        if apart {
            self.flow.gap();
        }
    }

    /// Whether an element has lines of its own, by its name and its style.
    fn has_lines(&self, id: Id, kind: Kind, declared: &Declared) -> bool {
        let taken_out = declared.placed == Some(true) || declared.floats == Some(true);
        match declared.display {
            Some(Display::Block { .. } | Display::ListItem | Display::Cell) => true,
            Some(Display::Contents) => false,
            Some(Display::Inline) if !taken_out => {
                kind.has_lines() && kind != Kind::Line && kind != Kind::Term
            }
            _ if kind.has_lines() || self.look().flex => true,
            _ => taken_out && (declared.placed == Some(true) || !self.is_initial(id)),
        }
    }

    /// Whether an element is the large first letter of the word behind it.
    fn is_initial(&self, id: Id) -> bool {
        let letters = self.text_of(id);
        let next = self.arena.nodes[id].next().and_then(|next| {
            std::iter::successors(Some(next), |&id| self.arena.nodes[id].first_child())
                .take(8)
                .find_map(|id| self.arena.text(id))
        });
        letters.trim().chars().count() <= 2 && next.is_some_and(|next| next.starts_with(char::is_alphabetic))
    }

    /// The formats of the words in an element; how many there are.
    fn formats(&mut self, id: Id, node: &Element, kind: Kind, name: &str, declared: &Declared) -> usize {
        let own = match kind {
            Kind::Emphasis => Some(Format::Emphasis),
            // what a well-known editor wraps whole documents in
            Kind::Strong if node.has_style("font-weight:normal") => None,
            Kind::Strong | Kind::Term => Some(Format::Strong),
            // What is deleted stays so, however a page marks it
            Kind::Struck if declared.struck == Some(false) && name != "del" => None,
            Kind::Struck => Some(Format::Strike),
            Kind::Raised | Kind::Lowered if declared.is_on_line() => None,
            Kind::Raised => Some(Format::Superscript),
            Kind::Lowered => Some(Format::Subscript),
            Kind::InlineCode => Some(Format::Code),
            Kind::Ruby => Some(Format::Ruby),
            Kind::Link => node
                .attribute("href")
                .map(|address| self.link(address, NameKind::File, node)),
            _ => self.script_of_formula(id, name),
        };
        let struck = (declared.struck == Some(true) || node.is_deleted()).then_some(Format::Strike);
        let shift = declared
            .shift()
            .filter(|_| !kind.has_lines() && declared.placed != Some(true));
        let shifted = shift.and_then(|shift| match shift {
            Raised::Above => Some(Format::Superscript),
            Raised::Below => Some(Format::Subscript),
            Raised::On => None,
        });
        let drawn = (name == "tspan" && node.attribute("x").is_none())
            .then(|| node.attribute("dy"))
            .flatten();
        let drawn = drawn
            .filter(|dy| dy.trim().starts_with('-'))
            .map(|_| Format::Superscript);
        [own, struck, shifted, drawn]
            .into_iter()
            .flatten()
            .filter(|format| self.flow.format(format.clone()))
            .count()
    }

    /// Which parts of a formula stand above and below the line, by their place.
    fn script_of_formula(&mut self, id: Id, name: &str) -> Option<Format> {
        let parent = self.arena.parent(id)?;
        let Data::Element { name: above, .. } = &self.arena.nodes[parent].data else { return None };
        if matches!(name, "msqrt" | "mroot") {
            self.flow.sign("√");
        }
        if !above.local.starts_with('m') {
            return None;
        }
        let place = std::iter::successors(self.arena.before(id), |&id| self.arena.before(id))
            .take(64)
            .count();
        match (&*above.local, place) {
            ("mfrac", 0) | ("msup", 1) | ("mroot", 1) | ("msubsup", 2) | ("mover", 1) | ("munderover", 2) => {
                Some(Format::Superscript)
            }
            ("mfrac", 1) => {
                self.flow.sign("⁄");
                Some(Format::Subscript)
            }
            ("msub", 1) | ("msubsup", 1) | ("munder", 1) | ("munderover", 1) => Some(Format::Subscript),
            ("mmultiscripts", place) if place > 0 => {
                Some(if place % 2 == 1 { Format::Subscript } else { Format::Superscript })
            }
            _ => None,
        }
    }

    /// Counts as CSS and lists ask.
    fn count(&mut self, node: &Element, kind: Kind, is_item: bool, declared: &Declared) {
        let depth = self.looks.len();
        if let Kind::List { numbered } = kind {
            let reversed = numbered && node.attribute("reversed").is_some();
            let start = node.integer("start").filter(|_| numbered);
            let start = start.unwrap_or_else(|| if reversed { self.items(node) } else { 1 });
            self.counters.reset(
                ITEMS,
                if reversed { start.saturating_add(1) } else { start.saturating_sub(1) },
                depth,
            );
        }
        declared
            .resets
            .iter()
            .for_each(|(name, value)| self.counters.reset(name, *value, depth));
        let counts_itself = declared.increments.iter().any(|(name, _)| name == ITEMS);
        if is_item && !counts_itself {
            let by = if self.is_in_reversed(node) { -1 } else { 1 };
            self.counters.add(ITEMS, by, depth);
        }
        declared
            .increments
            .iter()
            .for_each(|(name, by)| self.counters.add(name, *by, depth));
        if let Some(value) = node.integer("value").filter(|_| kind == Kind::Item) {
            self.counters.set(ITEMS, value, depth);
        }
        declared
            .sets
            .iter()
            .for_each(|(name, value)| self.counters.set(name, *value, depth));
    }

    fn items(&self, list: &Element) -> i64 {
        let items = std::iter::successors(list.first_child(), |&id| self.arena.nodes[id].next());
        i64::try_from(items.filter(|&id| self.arena.is_html(id, "li")).count()).unwrap_or(0)
    }

    fn is_in_reversed(&self, item: &Element) -> bool {
        item.parent().is_some_and(|list| {
            self.arena.is_html(list, "ol") && self.arena.nodes[list].attribute("reversed").is_some()
        })
    }

    /// What a browser sets before an item.
    fn marker(&self, id: Id, marker: &Marker) -> Option<String> {
        match self
            .styles
            .generated(id, Generated::Marker)
            .and_then(|declared| declared.content)
        {
            Some(content) => {
                let label = self.evaluated(&content);
                numbering::says_something(&label).then(|| label.trim().to_string())
            }
            None => numbering::label(marker, self.counters.value(ITEMS), &self.styles.counting),
        }
    }

    /// What a browser makes before or behind what is in an element.
    fn generated(&mut self, id: Id, part: Generated) -> Made {
        let Some(declared) = self.styles.generated(id, part) else { return Made::Nothing };
        let depth = self.looks.len();
        let content = declared.content.clone().unwrap_or_default();
        if declared.is_unseen(false) || !self.look().shows() {
            return Made::Hidden;
        }
        declared
            .resets
            .iter()
            .for_each(|(name, value)| self.counters.reset(name, *value, depth));
        declared
            .increments
            .iter()
            .for_each(|(name, by)| self.counters.add(name, *by, depth));
        declared
            .sets
            .iter()
            .for_each(|(name, value)| self.counters.set(name, *value, depth));
        let text = self.evaluated(&content);
        let counts = content.iter().any(|part| matches!(part, Content::Counter { .. }));
        let is_block =
            matches!(declared.display, Some(Display::Block { .. } | Display::ListItem | Display::Cell));
        let is_seen = text
            .chars()
            .any(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}'))
            || content.contains(&Content::Other);
        match () {
            () if counts && numbering::says_something(text.trim()) => Made::Number(text.trim().to_string()),
            () if text.contains('\n') || (is_block && declared.placed != Some(true)) => Made::Line,
            () if is_seen && declared.placed != Some(true) => Made::Gap,
            () => Made::Hidden,
        }
    }

    fn show(&mut self, made: Made) {
        match made {
            Made::Nothing | Made::Hidden => {}
            Made::Number(number) => self.flow.number(number),
            Made::Line => self.flow.line(),
            Made::Gap => self.flow.gap(),
        }
    }

    fn evaluated(&self, content: &[Content]) -> String {
        let mut text = String::new();
        for part in content {
            match part {
                Content::Text(more) => text.push_str(more),
                Content::Counter { name, between: None, marker } => {
                    text.push_str(&numbering::number(
                        marker,
                        self.counters.value(name),
                        &self.styles.counting,
                    ));
                }
                Content::Counter { name, between: Some(between), marker } => {
                    let all = self.counters.all(name);
                    let all = all
                        .iter()
                        .map(|value| numbering::number(marker, *value, &self.styles.counting));
                    text.push_str(&all.collect::<Vec<_>>().join(between));
                }
                Content::Other => {}
            }
        }
        text
    }

    /// Opens a node of the tree, where blocks may stand; elsewhere its words stand on lines of their own.
    fn container_of(&mut self, node: Node, container: Container) -> Opened {
        if !self.flow.takes_blocks() {
            return Opened::Nothing;
        }
        self.flow.begin(node, container);
        Opened::Container
    }

    fn table(&mut self, id: Id) -> Opened {
        let layout = self.layout_tables[id] || !self.flow.takes_blocks();
        if !layout {
            self.flow.begin(Node::Table { align: Vec::new() }, Container::Parts);
        }
        self.tables
            .push(OpenTable { layout, has_rows: false, has_body: false });
        Opened::Table { layout }
    }

    fn part_of_table(&mut self, node: &Element, kind: Kind) -> Opened {
        let Some(table) = self.tables.last_mut().filter(|table| !table.layout) else {
            return Opened::Nothing;
        };
        let span = |key: &str| {
            node.integer(key)
                .and_then(|n| u16::try_from(n).ok())
                .unwrap_or(1)
                .clamp(1, LARGEST_SPAN)
        };
        let (part, container) = match kind {
            Kind::Caption => (Node::Caption, Container::Words),
            Kind::Cell { header } => {
                (Node::Cell { header, columns: span("colspan"), rows: span("rowspan") }, Container::Words)
            }
            _ => {
                let head = !table.has_body
                    && (self.heads > 0 || (!table.has_rows && self.arena.is_row_of_heads(node)));
                (table.has_rows, table.has_body) = (true, table.has_body || !head);
                (Node::Row { head }, Container::Parts)
            }
        };
        self.flow.begin(part, container);
        Opened::Container
    }

    /// The words of an element, as long as those of a reading or an initial are.
    fn text_of(&self, id: Id) -> String {
        let texts = self
            .arena
            .below(id)
            .take(LONGEST_READING)
            .filter_map(|id| self.arena.text(id));
        texts
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether preformatted words have a form that would be lost: what is raised, struck or refers to a note.
    fn has_forms(&self, id: Id) -> bool {
        self.arena.below(id).any(|id| {
            let Data::Element { name, .. } = &self.arena.nodes[id].data else { return false };
            let by_name = matches!(
                elements::element(&name.local),
                Some(Kind::Raised | Kind::Lowered | Kind::Struck | Kind::Ruby | Kind::Item)
            );
            let by_style = self
                .declared
                .get(&id)
                .is_some_and(|declared| declared.struck == Some(true) || declared.shift().is_some());
            by_name || by_style || self.arena.nodes[id].is_deleted() || self.references.contains_key(&id)
        })
    }

    /// Where an address leads. One within the page, or relative to the site that the page came from, leads
    /// nowhere from here.
    fn link(&self, address: &str, kind: NameKind, node: &Element) -> Format {
        match lead(address) {
            Lead::Address(address) => Format::Link(Target::Address(address)),
            Lead::File { path, fragment }
                if !path.is_empty() && !path.starts_with('/') && !path.contains('?') && !self.has_base =>
            {
                let span = node.span;
                let fragment = fragment.map(|fragment| Spanned::new(fragment, span));
                Format::LinkTo(Name { kind, text: Spanned::new(path, span), fragment, labelled: true })
            }
            Lead::File { .. } | Lead::Unsafe | Lead::Empty => Format::Link(Target::Nowhere),
        }
    }

    fn picture(&mut self, node: &Element) {
        let alt = node
            .attribute("alt")
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let source = node
            .attribute("src")
            .map_or(Format::Link(Target::Nowhere), |source| self.link(source, NameKind::Picture, node));
        let is_dot = ["width", "height"]
            .iter()
            // it counts readers
            .any(|side| node.integer(side).is_some_and(|pixels| (0..=1).contains(&pixels)));
        let is_nothing = alt.is_empty() && matches!(source, Format::Link(Target::Nowhere));
        if is_dot || is_nothing || !matches!(self.flow.container(), Container::Blocks | Container::Words) {
            return;
        }
        let target = match source {
            Format::Link(target) => target,
            Format::LinkTo(name) => self.flow.tree.name(name),
            _ => Target::Nowhere,
        };
        self.flow.picture(target, alt);
    }
}

/// What a browser makes beside the words of an element.
enum Made {
    Nothing,
    /// Something that shows nothing, or nothing that matters.
    Hidden,
    Number(String),
    /// Words or signs that nobody can quote: what stands on either side does not touch.
    Gap,
    Line,
}

/// Of more nodes than this no reading of a sign is made.
const LONGEST_READING: usize = 64;

/// The counter of the items of lists.
const ITEMS: &str = "list-item";

/// As browsers have it.
const LARGEST_SPAN: u16 = 1000;

/// Of a drawing, its words are read.
fn of_drawing(name: &str) -> Kind {
    match name {
        "text" => Kind::Line,
        "title" | "desc" | "metadata" | "style" | "script" | "defs" | "symbol" | "clipPath" | "mask"
        | "pattern" | "marker" => Kind::Unread,
        _ => Kind::Within,
    }
}

fn of_formula(name: &str) -> Kind {
    match name {
        "annotation" | "annotation-xml" | "mphantom" | "mprescripts" | "none" => Kind::Unread,
        _ => Kind::Within,
    }
}

/// Whether an element of a drawing or a formula stands apart from what was before it.
fn is_parted(node: &Element, name: &str) -> bool {
    let moved = |key: &str| node.attribute(key).is_some();
    let dy = node.attribute("dy").is_some_and(|dy| !dy.trim().starts_with('-'));
    match name {
        "tspan" => moved("x") || moved("y") || dy,
        "mtd" | "mtr" | "mspace" => true,
        _ => false,
    }
}

impl Element {
    fn has_style(&self, rule: &str) -> bool {
        self.attribute("style").is_some_and(|style| {
            let bare: String = style
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| c.to_ascii_lowercase())
                .collect();
            bare.contains(rule)
        })
    }

    /// Whether it says that its words are taken out, as `<del>` does.
    fn is_deleted(&self) -> bool {
        let role = self
            .attribute("role")
            .and_then(|roles| roles.split_ascii_whitespace().next());
        role.is_some_and(|role| role.eq_ignore_ascii_case("deletion"))
    }

    /// The number that an attribute begins with, as browsers read it.
    fn integer(&self, key: &str) -> Option<i64> {
        let value = self.attribute(key)?.trim();
        let signs = usize::from(value.starts_with(['-', '+']));
        let digits = value[signs..].bytes().take_while(u8::is_ascii_digit).count();
        value[..signs + digits].parse().ok()
    }
}

impl Arena {
    fn is_row_of_heads(&self, row: &Element) -> bool {
        let mut cells = 0;
        let mut next = row.first_child();
        while let Some(id) = next {
            if self.is_html(id, "td") {
                return false;
            }
            cells += usize::from(self.is_html(id, "th"));
            next = self.nodes[id].next();
        }
        cells > 0
    }
}

/// For each node, whether it is a table that only places things on the page: it says so, or it holds what no
/// table of data does.
fn layout_tables(arena: &Arena) -> Vec<bool> {
    let mut layout = vec![false; arena.nodes.len()];
    let mut around: Vec<Option<Id>> = vec![None; arena.nodes.len()];
    for id in arena.all() {
        let node = &arena.nodes[id];
        let table = arena
            .parent(id)
            .and_then(|parent| if arena.is_html(parent, "table") { Some(parent) } else { around[parent] });
        around[id] = table;
        if arena.is_html(id, "table")
            && node
                .attribute("role")
                .is_some_and(|role| role == "presentation" || role == "none")
        {
            layout[id] = true;
        }
        let is_no_data = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main", "hr"]
            .iter()
            .any(|name| arena.is_html(id, name));
        if let Some(table) = table.filter(|_| is_no_data) {
            layout[table] = true;
        }
    }
    layout
}
