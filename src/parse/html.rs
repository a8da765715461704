//! HTML becomes a body: a page as it was saved, navigation and all, read as a person reads it.
//!
//! In the order of the data: `pieces` parts the file so that places are known, `embedded` takes out pictures,
//! `arena` holds the tree that html5ever builds of it as browsers do, `read` walks that tree and builds the
//! body, `head` takes the facts that the page gives about itself, `flat` saves the words of a page that is
//! made to keep a parser busy. No element, attribute, class or style of the page is in what comes out.

mod arena;
mod counters;
pub mod css;
mod declared;
pub mod embedded;
mod flat;
mod flow;
mod head;
mod motion;
mod notes;
mod pieces;
mod presentation;
mod read;
mod seen;
mod shadow;
mod style;
#[cfg(test)]
mod tests;
pub mod tokens;
mod values;

use super::Parsed;
use super::facts::SourceFacts;
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::report::mistakes::files as mistakes;

/// A page: what is read in it, and what it says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub body: Body,
    pub facts: SourceFacts,
}

/// Whether an attribute `style` hides what is in its element.
pub fn hides(style: &str) -> bool {
    let mut declared = declared::Declared::default();
    for declaration in css::declarations(&tokens::pieces(style)) {
        if let Some(value) = values::read(&declaration.name, &declaration.value, false) {
            declared.take(&declaration.name, &value);
        }
    }
    declared.hides(false)
}

/// Reads a page, decoded.
pub fn html(path: &InputPath, text: &str) -> Parsed<Page> {
    let mut arena = arena::arena(text);
    let mut found = Vec::new();
    let facts = head::facts(path, &arena, &mut found);
    let scopes = shadow::unfold(&mut arena);
    let styles = style::Styles::of(&arena, &scopes, text.len());
    let mut tree = read::read(&arena, &styles);
    if let Some(from) = arena.stopped {
        flat::flat(text, from, &mut tree);
        found.push(mistakes::tangled_page(path, Span::new(from..from)));
    }
    Parsed { value: Page { body: tree.finish(), facts }, mistakes: found }
}
