//! The gate before a source's text: what its rights let a reader see of it.
//!
//! `Evidence` keeps the parsed text to itself. Whoever shows words of a source asks `Source::shown`, and gets
//! a text only where some of it may be shown. Whoever compares with a source, and shows nothing, asks
//! `Source::evidence`.

use std::sync::Arc;

use super::body::Body;

/// How much of a source's text may be published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rights {
    #[default]
    Full,
    /// Only quoted passages, each with at most its sentence or 200 characters either side, whichever is
    /// shorter.
    Excerpts,
    /// No word of the text.
    None,
}

/// The reading text of the part of a source that counts, and its tree, whatever may be shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence(Arc<Body>);

impl Evidence {
    pub fn new(body: Arc<Body>) -> Evidence {
        Evidence(body)
    }

    /// What rights let readers see of it.
    pub(super) fn shown(&self, rights: Rights) -> Shown<'_> {
        match rights {
            Rights::Full => Shown::Whole(&self.0),
            Rights::Excerpts => Shown::Excerpts(&self.0),
            Rights::None => Shown::Nothing,
        }
    }

    /// All of it, to compare with.
    pub(super) fn whole(&self) -> &Body {
        &self.0
    }
}

/// What may be shown of a source's text.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    Whole(&'a Body),
    /// Quoted passages, with at most their sentence round them.
    Excerpts(&'a Body),
    Nothing,
}

impl<'a> Shown<'a> {
    /// The text that quoted passages are copied from, where they may be.
    pub fn quotable(self) -> Option<&'a Body> {
        match self {
            Shown::Whole(body) | Shown::Excerpts(body) => Some(body),
            Shown::Nothing => None,
        }
    }

    /// The text, where all of it may be shown.
    pub fn whole(self) -> Option<&'a Body> {
        match self {
            Shown::Whole(body) => Some(body),
            Shown::Excerpts(_) | Shown::Nothing => None,
        }
    }

    pub fn is_nothing(self) -> bool {
        matches!(self, Shown::Nothing)
    }
}
