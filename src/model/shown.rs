//! The gate before a source's text: what its rights let a reader see of it.
//!
//! `Evidence` keeps the parsed text to itself. Whoever shows words of a source asks `Source::shown`, and gets a text only where some of
//! it may be shown. Whoever compares with a source, and shows nothing, asks `Source::evidence`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::dossier::{Dossier, Rights, Source, SourceIx};

/// The reading text of the part of a source that counts, and its tree, whatever may be shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence(Arc<Body>);

impl Evidence {
    pub fn new(body: Arc<Body>) -> Evidence {
        Evidence(body)
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

impl Source {
    pub fn shown(&self) -> Shown<'_> {
        let Evidence(body) = &self.body;
        match self.facts.rights {
            Rights::Full => Shown::Whole(body),
            Rights::Excerpts => Shown::Excerpts(body),
            Rights::None => Shown::Nothing,
        }
    }

    /// The text to compare with. No word of it goes to a page or an export: that is what `shown` is for.
    pub fn evidence(&self) -> &Body {
        let Evidence(body) = &self.body;
        body
    }
}

impl Dossier {
    /// The ranges of a source's reading text that somebody quotes, each once, in the order of the text: by its own notes and from elsewhere.
    pub fn quoted(&self, ix: SourceIx) -> Vec<Range<usize>> {
        let source = self.source(ix);
        let own = source.notes.iter().flat_map(|&note| &self.note(note).passages);
        let held = own.filter(|passage| passage.source == ix && passage.verdict.holds());
        let parts = held.flat_map(|passage| &passage.anchors).flat_map(|anchor| &anchor.parts);
        let ranges = parts.chain(source.quoted_in.iter().map(|citation| &citation.extent));
        let each: BTreeSet<(usize, usize)> = ranges.map(|range| (range.start, range.end)).collect();
        each.into_iter().map(|(start, end)| start..end).collect()
    }
}
