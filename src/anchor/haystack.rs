//! A source's reading text, made ready once for any number of quotations: folded, and with what is found out
//! of it when it is first asked for.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::bare::Bare;
use super::finder::Finder;
use super::fold::{Folded, Struck, fold_with};
use super::glue::Glued;
use super::index::Index;
use super::rough::Rough;
use crate::model::roles::Roles;
use crate::parse::layout;

/// A text made ready once for any number of quotations.
#[derive(Debug)]
pub struct Haystack<'a> {
    /// The reading text as it stands.
    pub raw: Cow<'a, str>,
    pub folded: Folded,
    bare: OnceLock<Bare>,
    struck: OnceLock<Vec<Haystack<'static>>>,
    glued: OnceLock<Option<Box<(Glued, Haystack<'static>)>>>,
    index: OnceLock<Index>,
    blocks: OnceLock<Vec<usize>>,
    letters: OnceLock<Vec<char>>,
    rough: OnceLock<Rough>,
    finder: Finder,
}

impl<'a> Haystack<'a> {
    pub fn new(raw: impl Into<Cow<'a, str>>, roles: &Roles) -> Haystack<'a> {
        let raw = raw.into();
        Haystack {
            folded: fold_with(&raw, roles).with_optional(&layout::heads(&raw)),
            raw,
            bare: OnceLock::new(),
            struck: OnceLock::new(),
            glued: OnceLock::new(),
            index: OnceLock::new(),
            blocks: OnceLock::new(),
            letters: OnceLock::new(),
            rough: OnceLock::new(),
            finder: Finder::default(),
        }
    }

    /// The words of the folded text. Made when first asked for: most texts hold all that is quoted from them.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.folded.text))
    }

    /// The characters of the folded text, in lower case.
    pub fn letters(&self) -> &[char] {
        self.letters
            .get_or_init(|| self.folded.text.chars().map(lower).collect())
    }

    /// Where its letters may come near others.
    pub fn rough(&self) -> &Rough {
        self.rough
            .get_or_init(|| Rough::of(&self.folded.text, self.letters()))
    }

    /// Every occurrence of words in the folded text, overlapping ones too.
    pub fn found(&self, words: &str) -> Vec<Range<usize>> {
        self.finder.found(&self.folded.text, words)
    }

    /// How many blocks (paragraphs, cells, lines of a list) begin after the word `from` and not after the
    /// word `to`.
    pub fn blocks_between(&self, from: usize, to: usize) -> usize {
        let blocks = self
            .blocks
            .get_or_init(|| block_starts(&self.raw, &self.folded, self.index()));
        blocks
            .partition_point(|&start| start <= to)
            .saturating_sub(blocks.partition_point(|&start| start <= from))
    }

    /// The texts that are struck through, each on its own. Made when a quotation is first lost.
    pub fn struck(&self) -> &[Haystack<'static>] {
        self.struck.get_or_init(|| {
            let text =
                |struck: &Struck| Haystack::new(self.raw[struck.raw.clone()].to_string(), &Roles::default());
            self.folded.struck.iter().map(text).collect()
        })
    }

    /// The text with raised digits and numbers of notes glued to the numbers beside them. Made when a
    /// quotation is first lost.
    pub fn glued(&self) -> Option<(&Glued, &Haystack<'static>)> {
        let (glued, text) = self
            .glued
            .get_or_init(|| {
                let (text, glued) = Glued::of(&self.raw, &self.folded)?;
                Some(Box::new((glued, Haystack::new(text, &Roles::default()))))
            })
            .as_deref()?;
        Some((glued, text))
    }

    /// The folded text without what a passage may leave out.
    pub fn bare(&self) -> &Bare {
        self.bare.get_or_init(|| Bare::of(&self.folded))
    }
}

/// A character in lower case; the first one, where that takes several.
pub fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// The words that begin a block. A line feed parts blocks, unless the text has empty lines for that.
fn block_starts(raw: &str, folded: &Folded, index: &Index) -> Vec<usize> {
    let border = if raw.contains("\n\n") { "\n\n" } else { "\n" };
    // A line of a quoted mail is no block: the mail's own lines go on over it.
    let goes_on = |at: usize| raw[at + border.len()..].starts_with('>');
    let borders = raw
        .match_indices(border)
        .filter(|&(at, _)| !goes_on(at))
        .map(|(at, _)| folded.folded(at));
    let mut starts: Vec<usize> = borders
        .map(|at| index.words.partition_point(|word| word.range.start < at))
        .collect();
    starts.dedup();
    starts
}
