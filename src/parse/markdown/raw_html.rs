//! Raw HTML inside Markdown: what a tag asks of the tree, and which text lies between tags.
//!
//! No tag passes as such. What has a place in the tree takes it. In a source the other elements of HTML are
//! syntax that a reader does not see, and vanish; what is no element of HTML (`vector<T>`) is text. In what
//! people write here, every tag beyond the few for emphasis, line breaks and small letters is text as typed.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::attribution::names_a_quotation;
use super::scan::Finder;
use crate::parse::elements::{Element, element};
use crate::parse::html;
use crate::parse::tree::Node;

/// What a tag asks for.
#[derive(Debug, PartialEq)]
pub enum Meaning {
    /// Not a tag that we know: it is text.
    Text,
    /// Syntax without a place in the tree.
    Nothing,
    Break,
    Rule,
    /// What follows begins a line of its own.
    Line,
    Open(Node),
    Close,
    Link(String),
    Image {
        source: String,
        alt: String,
    },
    /// An element whose content nobody reads: a script, a style sheet.
    Unread,
}

/// A tag, its name in lower case.
#[derive(Debug, PartialEq)]
pub struct Tag {
    pub name: String,
    pub closes: bool,
    pub attributes: Vec<(String, String)>,
}

/// A piece of an HTML block.
#[derive(Debug, PartialEq)]
pub enum Piece {
    Text(Range<usize>),
    Tag(Range<usize>, Tag),
    /// A comment, a declaration, an instruction.
    Silent(Range<usize>),
}

/// What a tag means in a source (`wide`) or in what people write.
pub fn meaning(tag: &Tag, wide: bool) -> Meaning {
    let name = tag.name.as_str();
    let node = match name {
        "br" => return Meaning::Break,
        "sup" => Some(Node::Superscript),
        "sub" => Some(Node::Subscript),
        "em" | "i" => Some(Node::Emphasis),
        "strong" | "b" => Some(Node::Strong),
        "del" | "s" | "strike" => Some(Node::Strike),
        _ if wide => wide_node(tag),
        _ => None,
    };
    match (node, wide) {
        (Some(_), _) if tag.closes => Meaning::Close,
        (Some(node), _) => Meaning::Open(node),
        (None, false) => Meaning::Text,
        (None, true) => wide_meaning(tag),
    }
}

fn wide_node(tag: &Tag) -> Option<Node> {
    let span = |key: &str| {
        tag.attribute(key)
            .and_then(|value| value.trim().parse().ok())
            .filter(|&n| n <= 1000)
            .unwrap_or(1u16)
            .max(1)
    };
    let node = match tag.name.as_str() {
        "code" | "kbd" | "samp" | "tt" => Node::InlineCode,
        "h1" => Node::Heading(1),
        "h2" => Node::Heading(2),
        "h3" => Node::Heading(3),
        "h4" => Node::Heading(4),
        "h5" => Node::Heading(5),
        "h6" => Node::Heading(6),
        "ul" | "menu" | "ol" => Node::List,
        "li" => Node::Item { label: None },
        "blockquote" => Node::Quote,
        "pre" | "listing" | "xmp" => Node::Code,
        "table" => Node::Table { align: Vec::new() },
        "tr" => Node::Row { head: false },
        "td" => Node::Cell { header: false, columns: span("colspan"), rows: span("rowspan") },
        "th" => Node::Cell { header: true, columns: span("colspan"), rows: span("rowspan") },
        _ => return None,
    };
    Some(node)
}

fn wide_meaning(tag: &Tag) -> Meaning {
    let text = |key: &str| tag.attribute(key).unwrap_or_default().to_string();
    match element(&tag.name) {
        Some(Element::Link) if tag.closes => Meaning::Close,
        Some(Element::Link) if tag.attribute("href").is_some() => Meaning::Link(text("href")),
        Some(Element::Picture) => Meaning::Image { source: text("src"), alt: text("alt") },
        Some(Element::Rule) => Meaning::Rule,
        Some(Element::Unread) if has_no_end(&tag.name) => Meaning::Nothing,
        Some(Element::Unread | Element::Choice | Element::Parenthesis) => Meaning::Unread,
        Some(element) if element.has_lines() => Meaning::Line,
        Some(_) => Meaning::Nothing,
        None if matches!(tag.name.as_str(), "svg" | "math") => Meaning::Unread,
        None => Meaning::Text,
    }
}

/// Elements that are never closed.
fn is_void(name: &str) -> bool {
    has_no_end(name) || matches!(name, "br" | "hr" | "img" | "wbr")
}

/// Elements that nobody reads and that are never closed.
fn has_no_end(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "col"
            | "colgroup"
            | "embed"
            | "frame"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
    )
}

/// Whether an element may stay open from one block of Markdown to the next.
pub fn holds_blocks(tag: &str) -> bool {
    matches!(tag, "ul" | "ol" | "menu" | "li" | "blockquote" | "table" | "tr" | "td" | "th")
}

impl Tag {
    /// Whether it opens an element whose content nobody sees.
    pub fn is_hidden(&self) -> bool {
        let by_style = || self.attribute("style").is_some_and(html::hides);
        !self.closes
            && !is_void(&self.name)
            && element(&self.name).is_some()
            && (self.attribute("hidden").is_some() || by_style())
    }

    /// Whether it opens what is meant as a quotation: by its name, or by its class.
    pub fn quotes(&self) -> bool {
        let by_class = || {
            let mut classes = self.attribute("class").unwrap_or_default().split_whitespace();
            classes.any(names_a_quotation)
        };
        !self.closes && (matches!(self.name.as_str(), "blockquote" | "q" | "quote") || by_class())
    }

    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// Reads a tag at the start of a text, and how long it is.
    pub fn read(html: &str) -> Option<(Tag, usize)> {
        let rest = html.strip_prefix('<')?;
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            .count();
        let name = rest
            .get(..length)
            .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?
            .to_ascii_lowercase();
        let mut rest = &rest[length..];
        if !rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>') {
            return None;
        }
        let mut attributes = Vec::new();
        loop {
            let trimmed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = trimmed.strip_prefix('>') {
                return Some((Tag { name, closes, attributes }, html.len() - after.len()));
            }
            let (attribute, after) = attribute(trimmed)?;
            attributes.push(attribute);
            rest = after;
        }
    }
}

/// `key`, `key=value`, `key='value'`, `key="value"`: the attribute and what follows it.
fn attribute(text: &str) -> Option<((String, String), &str)> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || "=/><\"'".contains(c))?;
    let name = text[..end].to_ascii_lowercase();
    if name.is_empty() {
        return None;
    }
    let Some(value) = text[end..].trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some(((name, String::new()), &text[end..]));
    };
    let (value, rest) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
    };
    Some(((name, decoded(value)), rest))
}

/// The pieces of an HTML block, in order. `<` that begins nothing is text.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut ends =
        Ends { tag: Finder::new(b">"), comment: Finder::new(b"-->"), instruction: Finder::new(b"?>") };
    let mut text_from = 0;
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let start = at + next;
        let Some((piece, end)) = ends.piece(html, start) else {
            at = start + 1;
            continue;
        };
        if text_from < start {
            pieces.push(Piece::Text(text_from..start));
        }
        pieces.push(piece);
        at = end;
        text_from = end;
    }
    if text_from < html.len() {
        pieces.push(Piece::Text(text_from..html.len()));
    }
    pieces
}

/// What may end a piece, so that a text full of beginnings costs one look ahead.
struct Ends {
    tag: Finder,
    comment: Finder,
    instruction: Finder,
}

impl Ends {
    fn piece(&mut self, html: &str, start: usize) -> Option<(Piece, usize)> {
        let rest = &html[start..];
        let nearest = self.tag.after(html, start)?;
        if rest.starts_with("<!-->")
            || rest.starts_with("<!--->")
            || rest.starts_with("<!") && !rest.starts_with("<!--")
        {
            return Some((Piece::Silent(start..nearest + 1), nearest + 1));
        }
        if rest.starts_with("<!--") {
            let end = self.comment.after(html, start + 4)? + 3;
            return Some((Piece::Silent(start..end), end));
        }
        if rest.starts_with("<?") {
            let end = self.instruction.after(html, start + 2)? + 2;
            return Some((Piece::Silent(start..end), end));
        }
        let (tag, length) = Tag::read(rest)?;
        Some((Piece::Tag(start..start + length, tag), start + length))
    }
}

/// Entities become what they stand for; Markdown knows the same ones, so its parser is asked.
pub fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    let mut words = String::with_capacity(text.len());
    for (piece, meant) in entities(text) {
        words.push_str(meant.as_deref().unwrap_or(&text[piece]));
    }
    words
}

/// The text in pieces, each with what it stands for where it is an entity.
pub fn entities(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        // The longest name has 33 characters
        let Some(length) = text.as_bytes()[at..].iter().take(40).position(|&byte| byte == b';') else {
            continue;
        };
        let typed = &text[at..at + length + 1];
        let words = Parser::new(typed).filter_map(|event| {
            if let Event::Text(words) = event { Some(words.into_string()) } else { None }
        });
        let words: String = words.collect();
        if words != typed && !words.is_empty() {
            if from < at {
                pieces.push((from..at, None));
            }
            from = at + length + 1;
            pieces.push((at..from, Some(words)));
        }
    }
    if from < text.len() {
        pieces.push((from..text.len(), None));
    }
    pieces
}
