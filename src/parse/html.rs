//! HTML becomes a body: a page as it was saved, navigation and all, read as a person reads it.
//!
//! In the order of the data: `pieces` parts the file so that places are known, `arena` holds the tree that html5ever builds of it as
//! browsers do, `read` walks that tree and builds the body, `head` takes the facts that the page gives about itself, `flat` saves the
//! words of a page that is made to keep a parser busy. No element, attribute, class or style of the page is in what comes out.

mod arena;
mod flat;
mod head;
mod pieces;
mod read;
#[cfg(test)]
mod tests;

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

/// Reads a page, decoded.
pub fn html(path: &InputPath, text: &str) -> Parsed<Page> {
    let arena = arena::arena(text);
    let facts = head::facts(path, &arena);
    let mut tree = read::read(&arena);
    let mut found = Vec::new();
    if let Some(from) = arena.stopped {
        flat::flat(text, from, &mut tree);
        found.push(mistakes::tangled_page(path, Span::new(from..from)));
    }
    Parsed { value: Page { body: tree.finish(), facts }, mistakes: found }
}
