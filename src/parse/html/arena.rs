//! The tree that html5ever builds for us: nodes in one list, linked by number, so that no depth of nesting
//! reaches the stack.
//!
//! Every text knows where in the file it stands: the file is fed piece by piece (see `pieces`), and what the
//! parser says while it reads a piece comes from there. A page that is made to keep the parser busy is given
//! up: see `Work`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::NonZeroU32;
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::embedded::without_data;
use super::pieces::{Kind, Piece, is_overloaded, pieces};
use crate::model::span::Span;

/// A node's place in `Arena::nodes`; the document is the first.
pub type Id = usize;

/// A node as its neighbours know it, in half the room of an `Id`: a page may be made of nothing but small
/// elements. There are never so many of them that the number does not fit (`MOST_NODES`).
#[derive(Clone, Copy)]
struct Link(NonZeroU32);

impl Link {
    fn to(id: Id) -> Option<Link> {
        u32::try_from(id + 1).ok().and_then(NonZeroU32::new).map(Link)
    }

    fn id(self) -> Id {
        self.0.get() as Id - 1
    }
}

pub struct Arena {
    pub nodes: Vec<Node>,
    /// Where the parser was stopped, if it was: the rest of the file is not in the tree.
    pub stopped: Option<usize>,
    /// Without a doctype of today: classes, ids and lengths are read as in the old days.
    pub quirks: bool,
    /// The templates that hold a shadow tree, and where its nodes hang.
    pub shadows: Vec<(Id, Id)>,
}

pub struct Node {
    pub data: Data,
    /// The tag that opened an element.
    pub span: Span,
    parent: Option<Link>,
    previous: Option<Link>,
    next: Option<Link>,
    first_child: Option<Link>,
    last_child: Option<Link>,
}

pub enum Data {
    Document,
    Element {
        name: Rc<QualName>,
        attributes: Vec<Attribute>,
    },
    Text(Words),
    /// A comment, an instruction, the content of a template.
    Silent,
}

/// A text and where it stands in the file; `exact` where the same bytes stand there.
#[derive(Clone, Debug)]
pub struct Words {
    pub text: StrTendril,
    pub file: Span,
    pub exact: bool,
}

impl Node {
    pub fn parent(&self) -> Option<Id> {
        self.parent.map(Link::id)
    }

    fn previous(&self) -> Option<Id> {
        self.previous.map(Link::id)
    }

    pub fn next(&self) -> Option<Id> {
        self.next.map(Link::id)
    }

    pub fn first_child(&self) -> Option<Id> {
        self.first_child.map(Link::id)
    }

    pub fn attribute(&self, key: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = &self.data else { return None };
        attributes
            .iter()
            .find(|attribute| &*attribute.name.local == key)
            .map(|attribute| &*attribute.value)
    }
}

impl Arena {
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = self.nodes[id].first_child();
        std::iter::from_fn(move || {
            let child = next?;
            next = self.nodes[child].next();
            Some(child)
        })
    }

    /// Every node in document order. No recursion: pages nest as deep as they like.
    pub fn all(&self) -> impl Iterator<Item = Id> {
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let id = next?;
            let mut up = id;
            next = self.nodes[id].first_child().or_else(|| {
                loop {
                    match (self.nodes[up].next(), self.nodes[up].parent()) {
                        (Some(sibling), _) => return Some(sibling),
                        (None, Some(parent)) => up = parent,
                        (None, None) => return None,
                    }
                }
            });
            Some(id)
        })
    }

    pub fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent()
    }

    /// The element before a node, and the one behind it, among its siblings.
    pub fn before(&self, id: Id) -> Option<Id> {
        let mut earlier = std::iter::successors(self.nodes[id].previous(), |&id| self.nodes[id].previous());
        earlier.find(|&id| matches!(self.nodes[id].data, Data::Element { .. }))
    }

    pub fn behind(&self, id: Id) -> Option<Id> {
        let mut later = std::iter::successors(self.nodes[id].next(), |&id| self.nodes[id].next());
        later.find(|&id| matches!(self.nodes[id].data, Data::Element { .. }))
    }

    /// Whether a node is an element of that name, of HTML or of what may stand in it.
    pub fn is_named(&self, id: Id, local: &str) -> bool {
        matches!(&self.nodes[id].data, Data::Element { name, .. } if &*name.local == local)
    }

    pub fn text(&self, id: Id) -> Option<&str> {
        if let Data::Text(words) = &self.nodes[id].data { Some(&words.text) } else { None }
    }

    /// Every node below one, in document order.
    pub fn below(&self, top: Id) -> impl Iterator<Item = Id> {
        let mut next = self.nodes[top].first_child();
        std::iter::from_fn(move || {
            let id = next?;
            let mut up = id;
            next = self.nodes[id].first_child().or_else(|| {
                loop {
                    match (self.nodes[up].next(), self.nodes[up].parent()) {
                        (Some(sibling), _) => return Some(sibling),
                        (None, Some(parent)) if parent != top => up = parent,
                        _ => return None,
                    }
                }
            });
            Some(id)
        })
    }

    /// Hangs a node under another one, behind what is there.
    pub fn hang(&mut self, parent: Id, child: Id) {
        append(&mut self.nodes, parent, child);
    }

    /// Takes a node out of the tree.
    pub fn take_out(&mut self, id: Id) {
        detach(&mut self.nodes, id);
    }

    /// Whether a node is the element of HTML with that name.
    pub fn is_html(&self, id: Id, local: &str) -> bool {
        matches!(&self.nodes[id].data, Data::Element { name, .. } if &*name.local == local
            && &*name.ns == "http://www.w3.org/1999/xhtml")
    }

    /// Puts the parts of tables in the order in which they are seen: captions, the head, the body, the foot,
    /// wherever they were typed.
    fn order_tables(&mut self) {
        let tables: Vec<Id> = self.all().filter(|&id| self.is_html(id, "table")).collect();
        for table in tables {
            let parts: Vec<Id> = self.children(table).collect();
            let mut ordered = parts.clone();
            ordered.sort_by_key(|&id| {
                match ["caption", "thead", "tfoot"]
                    .iter()
                    .position(|name| self.is_html(id, name))
                {
                    Some(0) => 0,
                    Some(1) => 1,
                    Some(_) => 3,
                    None => 2,
                }
            });
            if ordered != parts {
                ordered
                    .into_iter()
                    .for_each(|part| append(&mut self.nodes, table, part));
            }
        }
    }
}

/// Builds the tree of a page as browsers do.
pub fn arena(text: &str) -> Arena {
    let options = ParseOpts {
        tokenizer: TokenizerOpts::default(),
        tree_builder: TreeBuilderOpts {
            scripting_enabled: true,
            drop_doctype: true,
            ..TreeBuilderOpts::default()
        },
    };
    let mut parser = parse_document(Sink::new(text), options);
    let mut work = Work::new(text.len());
    let mut stopped = None;
    for piece in pieces(text, 0) {
        if work.is_too_much(&parser.tokenizer.sink.sink, &text[piece.range.clone()]) {
            stopped = Some(piece.range.start);
            break;
        }
        parser.tokenizer.sink.sink.begin(&piece);
        parser.process(fed(text, &piece));
        parser.tokenizer.sink.sink.end(&piece);
    }
    let mut arena = parser.finish();
    arena.stopped = stopped;
    arena.order_tables();
    arena
}

/// A piece as the tokenizer gets it.
fn fed(text: &str, piece: &Piece) -> StrTendril {
    let typed = &text[piece.range.clone()];
    if piece.kind == Kind::Tag && is_overloaded(typed) {
        let name = typed
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '"' | '\'' | '='))
            .unwrap_or(typed.len());
        return StrTendril::from(format!("{}>", &typed[..name]));
    }
    match piece.kind {
        Kind::Tag | Kind::Silent => StrTendril::from(&*without_data(typed)),
        Kind::Text | Kind::Reference => StrTendril::from(typed),
    }
}

/// What the parser may do, in steps. Its rules look through all that is open at every tag, and open again at
/// every paragraph what was not closed; pages made for it cost the square of their length. Real ones need
/// about one step a byte.
struct Work {
    limit: usize,
    /// Formatting that may be open: each new one is compared with them.
    formatting: usize,
    spent: usize,
}

const STEPS_A_BYTE: usize = 20;
const STEPS_AT_LEAST: usize = 1_000_000;
/// What holds more elements and texts than this is no page that people read; each takes some hundred bytes
/// here and in the body.
const MOST_NODES: usize = 350_000;
/// What a new element costs, in steps.
const ELEMENT: usize = 20;

/// Elements that the parser opens again where they were not closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

impl Work {
    fn new(length: usize) -> Work {
        Work { limit: STEPS_AT_LEAST + STEPS_A_BYTE * length, formatting: 0, spent: 0 }
    }

    fn is_too_much(&mut self, sink: &Sink<'_>, piece: &str) -> bool {
        let name = |tag: &str| {
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            FORMATTING.iter().any(|name| tag[..end].eq_ignore_ascii_case(name))
        };
        if piece.strip_prefix("</").is_some_and(name) {
            self.formatting = self.formatting.saturating_sub(1);
        } else if piece.strip_prefix('<').is_some_and(name) {
            self.formatting += 1;
            self.spent += self.formatting * (1 + piece.len() / 16); // attributes are compared too
        }
        sink.steps.get() + self.spent > self.limit || sink.nodes.borrow().len() > MOST_NODES
    }
}

/// What html5ever calls to build the tree.
struct Sink<'t> {
    text: &'t str,
    nodes: RefCell<Vec<Node>>,
    steps: Cell<usize>,
    place: RefCell<Place>,
    nameless: Rc<QualName>,
    /// Every name that was seen, once: a page has few, and each again and again.
    names: RefCell<HashMap<QualName, Rc<QualName>>>,
    shadows: RefCell<BTreeMap<Id, Id>>,
    quirks: Cell<bool>,
}

/// Where the parser is in the file.
#[derive(Default)]
struct Place {
    /// The piece that it reads.
    piece: Range<usize>,
    /// Texts that it was given and has not yet put into the tree: those in tables wait for the next tag.
    waiting: VecDeque<Waiting>,
}

struct Waiting {
    range: Range<usize>,
    is_reference: bool,
}

#[derive(Clone)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

impl<'t> Sink<'t> {
    fn new(text: &'t str) -> Sink<'t> {
        let nameless = Rc::new(QualName::new(None, Namespace::from(""), LocalName::from("")));
        Sink {
            quirks: Cell::new(false),
            text,
            nodes: RefCell::new(vec![Node::new(Data::Document, Span::default())]),
            steps: Cell::new(0),
            place: RefCell::default(),
            nameless,
            names: RefCell::default(),
            shadows: RefCell::default(),
        }
    }

    fn begin(&self, piece: &Piece) {
        let mut place = self.place.borrow_mut();
        place.piece = piece.range.clone();
        if matches!(piece.kind, Kind::Text | Kind::Reference) {
            place.waiting.push_back(Waiting {
                range: piece.range.clone(),
                is_reference: piece.kind == Kind::Reference,
            });
        }
    }

    fn end(&self, piece: &Piece) {
        if piece.kind == Kind::Tag {
            self.place.borrow_mut().waiting.clear(); // what waited for this tag is in the tree now
        }
    }

    fn step(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps);
    }

    fn add(&self, data: Data) -> Id {
        self.step(ELEMENT);
        let span = Span::new(self.place.borrow().piece.clone());
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data, span));
        nodes.len() - 1
    }

    fn shared(&self, name: QualName) -> Rc<QualName> {
        let mut names = self.names.borrow_mut();
        names
            .entry(name)
            .or_insert_with_key(|name| Rc::new(name.clone()))
            .clone()
    }

    fn silent(&self) -> Handle {
        Handle { id: self.add(Data::Silent), name: self.nameless.clone() }
    }

    /// The node for what is to be put into the tree.
    fn node(&self, child: NodeOrText<Handle>) -> Id {
        match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                let (file, exact) = self.place.borrow_mut().locate(self.text, &text);
                self.add(Data::Text(Words { text, file: Span::new(file), exact }))
            }
        }
    }
}

impl Place {
    /// Where a text that the parser puts into the tree was typed, and whether the same bytes stand there.
    fn locate(&mut self, file: &str, text: &str) -> (Range<usize>, bool) {
        while let Some(front) = self.waiting.front_mut() {
            if let Some((range, exact)) = front.take(file, text) {
                return (range, exact);
            }
            let Some(Waiting { range, is_reference }) = self.waiting.pop_front() else { break };
            if is_reference {
                return (range, false);
            }
        }
        (self.piece.start..self.piece.start, false)
    }
}

impl Waiting {
    /// Takes a text from the front of what waits, past white space that the parser left out.
    fn take(&mut self, file: &str, text: &str) -> Option<(Range<usize>, bool)> {
        let typed = &file[self.range.clone()];
        if self.is_reference && text == "&" && (typed.starts_with("&amp") || typed.starts_with("&#")) {
            return None; // the sign it stands for, not the sign it begins with
        }
        let skipped = if typed.starts_with(text) { 0 } else { typed.len() - typed.trim_start().len() };
        if !text.is_empty() && typed[skipped..].starts_with(text) {
            let start = self.range.start + skipped;
            self.range.start = start + text.len();
            return Some((start..start + text.len(), true));
        }
        // the parser makes a line feed of every line end
        let length = if typed.starts_with("\r\n") { 2 } else { usize::from(typed.starts_with('\r')) };
        if text != "\n" || length == 0 {
            return None;
        }
        self.range.start += length;
        let end = self.range.start;
        Some(if length == 2 { (end - 1..end, true) } else { (end - 1..end - 1, false) })
    }
}

impl Node {
    fn new(data: Data, span: Span) -> Node {
        Node { data, span, parent: None, previous: None, next: None, first_child: None, last_child: None }
    }
}

/// Whether a template declares a shadow tree, as browsers have it or once had it.
fn is_shadow(template: &Node) -> bool {
    let mode = template
        .attribute("shadowrootmode")
        .or_else(|| template.attribute("shadowroot"));
    mode.is_some_and(|mode| mode.eq_ignore_ascii_case("open") || mode.eq_ignore_ascii_case("closed"))
}

fn detach(nodes: &mut [Node], id: Id) {
    let (parent, previous, next) =
        (nodes[id].parent.take(), nodes[id].previous.take(), nodes[id].next.take());
    match (previous, parent) {
        (Some(previous), _) => nodes[previous.id()].next = next,
        (None, Some(parent)) => nodes[parent.id()].first_child = next,
        (None, None) => {}
    }
    match (next, parent) {
        (Some(next), _) => nodes[next.id()].previous = previous,
        (None, Some(parent)) => nodes[parent.id()].last_child = previous,
        (None, None) => {}
    }
}

fn append(nodes: &mut [Node], parent: Id, child: Id) {
    detach(nodes, child);
    let (last, link) = (nodes[parent].last_child, Link::to(child));
    nodes[child].parent = Link::to(parent);
    nodes[child].previous = last;
    nodes[parent].last_child = link;
    match last {
        Some(last) => nodes[last.id()].next = link,
        None => nodes[parent].first_child = link,
    }
}

fn insert_before(nodes: &mut [Node], sibling: Id, child: Id) {
    detach(nodes, child);
    let Some(parent) = nodes[sibling].parent else { return };
    let (previous, link) = (nodes[sibling].previous, Link::to(child));
    nodes[child].parent = Some(parent);
    nodes[child].previous = previous;
    nodes[child].next = Link::to(sibling);
    nodes[sibling].previous = link;
    match previous {
        Some(previous) => nodes[previous.id()].next = link,
        None => nodes[parent.id()].first_child = link,
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Handle;
    type Output = Arena;
    type ElemName<'a>
        = ExpandedName<'a>
    where
        Self: 'a;

    fn finish(self) -> Arena {
        let shadows = self.shadows.into_inner().into_iter().collect();
        Arena { nodes: self.nodes.into_inner(), stopped: None, quirks: self.quirks.get(), shadows }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: self.nameless.clone() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.step(1);
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = self.shared(name);
        attributes.shrink_to_fit();
        Handle { id: self.add(Data::Element { name: name.clone(), attributes }), name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.silent()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.silent()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.node(child);
        append(&mut self.nodes.borrow_mut(), parent.id, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let child = self.node(child);
        let nodes = &mut self.nodes.borrow_mut();
        match nodes[element.id].parent {
            Some(_) => insert_before(nodes, element.id, child),
            None => append(nodes, previous.id, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is read by no one: it hangs on nothing. A shadow tree is kept, since browsers
    /// show it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        if !is_shadow(&self.nodes.borrow()[target.id]) {
            return self.silent();
        }
        if let Some(&id) = self.shadows.borrow().get(&target.id) {
            return Handle { id, name: self.nameless.clone() };
        }
        let contents = self.silent();
        self.shadows.borrow_mut().insert(target.id, contents.id);
        contents
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        self.step(1);
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.quirks.set(mode == QuirksMode::Quirks);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.node(child);
        insert_before(&mut self.nodes.borrow_mut(), sibling.id, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[target.id].data {
            for attribute in more {
                self.step(attributes.len());
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        detach(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let nodes = &mut self.nodes.borrow_mut();
        while let Some(child) = nodes[node.id].first_child() {
            self.step(1);
            append(nodes, parent.id, child);
        }
    }
}
