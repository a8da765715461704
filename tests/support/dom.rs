//! A page as a browser reads it: html5ever's tree, kept as a plain list of nodes.
//!
//! Tests judge pages by this tree and not by their bytes, since what a page may do is decided by how it is
//! parsed.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

pub type NodeId = usize;

/// The document is node 0.
#[derive(Debug, Default)]
pub struct Document {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    children: Vec<NodeId>,
    data: Data,
}

#[derive(Debug)]
pub enum Data {
    Document,
    Text(String),
    Comment(String),
    Element {
        /// Lower case; `svg script` and the like for elements of other namespaces.
        name: String,
        /// In the order of the page.
        attributes: Vec<(String, String)>,
    },
}

impl Document {
    pub fn parse(page: &[u8]) -> Document {
        html5ever::parse_document(Sink::default(), html5ever::ParseOpts::default())
            .from_utf8()
            .one(page)
    }

    pub fn data(&self, node: NodeId) -> &Data {
        &self.nodes[node].data
    }

    pub fn children(&self, node: NodeId) -> &[NodeId] {
        &self.nodes[node].children
    }

    /// The name of an element; empty for anything else.
    pub fn name(&self, node: NodeId) -> &str {
        match self.data(node) {
            Data::Element { name, .. } => name,
            Data::Document | Data::Text(_) | Data::Comment(_) => "",
        }
    }

    pub fn attributes(&self, node: NodeId) -> &[(String, String)] {
        match self.data(node) {
            Data::Element { attributes, .. } => attributes,
            Data::Document | Data::Text(_) | Data::Comment(_) => &[],
        }
    }

    pub fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node)
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every node, in document order.
    pub fn walk(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        let mut next = vec![0];
        while let Some(node) = next.pop() {
            nodes.push(node);
            next.extend(self.children(node).iter().rev());
        }
        nodes
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = NodeId> {
        self.walk().into_iter().filter(|&node| !self.name(node).is_empty())
    }

    pub fn first(&self, name: &str) -> Option<NodeId> {
        self.elements().find(|&node| self.name(node) == name)
    }

    /// The words in a node, white space as it stands.
    pub fn text(&self, node: NodeId) -> String {
        self.text_without(node, |_| false)
    }

    /// The words in a node, without those of some elements in it.
    pub fn text_without(&self, node: NodeId, left_out: impl Fn(NodeId) -> bool) -> String {
        let mut text = String::new();
        let mut next = vec![node];
        while let Some(node) = next.pop() {
            if left_out(node) {
                continue;
            }
            if let Data::Text(words) = self.data(node) {
                text.push_str(words);
            }
            next.extend(self.children(node).iter().rev());
        }
        text
    }
}

/// Builds the list while html5ever parses.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    names: RefCell<Vec<QualName>>,
}

impl Default for Sink {
    fn default() -> Sink {
        let sink = Sink { nodes: RefCell::default(), names: RefCell::default() };
        sink.add(Data::Document, nowhere());
        sink
    }
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

fn nowhere() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

impl Sink {
    fn add(&self, data: Data, name: QualName) -> NodeId {
        self.nodes
            .borrow_mut()
            .push(Node { parent: None, children: Vec::new(), data });
        self.names.borrow_mut().push(name);
        self.nodes.borrow().len() - 1
    }

    fn detach(&self, node: NodeId) -> Option<NodeId> {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes[node].parent.take()?;
        nodes[parent].children.retain(|&child| child != node);
        Some(parent)
    }

    fn insert(&self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendText(text) => {
                let before = at
                    .checked_sub(1)
                    .and_then(|at| self.nodes.borrow()[parent].children.get(at).copied());
                if before.is_some_and(|before| self.join(before, &text)) {
                    return;
                }
                self.add(Data::Text(text.to_string()), nowhere())
            }
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, child);
    }

    fn join(&self, node: NodeId, more: &str) -> bool {
        match &mut self.nodes.borrow_mut()[node].data {
            Data::Text(text) => {
                text.push_str(more);
                true
            }
            Data::Document | Data::Comment(_) | Data::Element { .. } => false,
        }
    }
}

fn pairs(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    attributes
        .into_iter()
        .map(|attribute| {
            let local = attribute.name.local.to_string();
            let key = attribute
                .name
                .prefix
                .map_or(local.clone(), |prefix| format!("{prefix}:{local}"));
            (key, attribute.value.to_string())
        })
        .collect()
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Name;

    fn finish(self) -> Document {
        Document { nodes: self.nodes.into_inner() }
    }

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name(&self, node: &NodeId) -> Name {
        Name(self.names.borrow()[*node].clone())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let local = name.local.to_string();
        let shown = match name.ns {
            ns!(html) => local,
            ns!(svg) => format!("svg {local}"),
            _ => format!("math {local}"),
        };
        self.add(Data::Element { name: shown, attributes: pairs(attributes) }, name)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Data::Comment(text.to_string()), nowhere())
    }

    fn create_pi(&self, _: StrTendril, text: StrTendril) -> NodeId {
        self.add(Data::Comment(text.to_string()), nowhere())
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(*node);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.and_then(|parent| {
                Some((parent, nodes[parent].children.iter().position(|node| node == sibling)?))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn remove_from_parent(&self, node: &NodeId) {
        self.detach(*node);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        let children = self.nodes.borrow()[*node].children.clone();
        for child in children {
            self.append(parent, NodeOrText::AppendNode(child));
        }
    }

    /// What stands in a template is judged like everything else: it is kept as its children.
    fn get_template_contents(&self, node: &NodeId) -> NodeId {
        *node
    }

    fn add_attrs_if_missing(&self, node: &NodeId, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*node].data {
            for (key, value) in pairs(more) {
                if !attributes.iter().any(|(known, _)| *known == key) {
                    attributes.push((key, value));
                }
            }
        }
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}
}
