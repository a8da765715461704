//! Words claimed to stand in a source, and what came of looking for them.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::span::{Span, Spanned};

/// A block quotation as its writer typed it, taken apart as far as its own file allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The whole block in its file, `>` marks included.
    pub span: Span,
    pub quote: Quote,
    /// Which source is meant: the last line, where it begins with a dash and holds exactly one link to
    /// something; else a link in brackets at the end, or the line behind the quotation that is only a dash
    /// and a link.
    pub attribution: Option<Attribution>,
    /// Whether it stands within another quotation that names no source. Then that one is told of.
    pub nested: bool,
    /// Set where lines without a mark end it.
    pub lazy: Option<Box<Lazy>>,
}

/// Lines without `>` at the end of a quotation: Markdown takes them in where no blank line stands before
/// them.
#[derive(Clone, Debug, PartialEq)]
pub struct Lazy {
    /// The first of them.
    pub line: Span,
    /// The words before them.
    pub before: Quote,
}

/// The words of a quotation, in the two ways they are compared (`docs/annotations.md`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quote {
    /// As it reads: Markdown projected away, `>` marks and `==` taken out.
    pub read: Words,
    /// As it is typed: `>` marks and `==` taken out, everything else kept.
    pub typed: Words,
}

/// Words and the parts of them that the writer marked as the target with `==`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words {
    pub text: String,
    /// Sorted, disjoint byte ranges of `text`; empty where everything is the target.
    pub marks: Vec<Range<usize>>,
    /// What the writer struck through (`~~…~~`): sorted, disjoint byte ranges of `text`.
    pub struck: Vec<Range<usize>>,
}

/// `— p. 4 of [[other-source]]`
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The whole line in the file.
    pub span: Span,
    /// The source's name, as typed; `path` where the link is an ordinary Markdown link to a file.
    pub source: Spanned<String>,
    pub is_path: bool,
    /// The link's fragment: a note on that source.
    pub note: Option<Spanned<String>>,
    /// The words of the line around the link, as they read ("p. 4 of"), and the link's own label if it has
    /// one.
    pub before: String,
    pub label: Option<String>,
    pub after: String,
}

/// By what it says, as `Spanned` is.
impl Hash for Quotation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Quotation { span: _, quote, attribution, nested, lazy } = self;
        (quote, attribution, nested, lazy.as_ref().map(|lazy| &lazy.before)).hash(state);
    }
}

impl Attribution {
    /// The same, read from a part of the file that begins at `offset`.
    pub fn shifted(mut self, offset: usize) -> Attribution {
        self.span = self.span.shifted(offset);
        self.source.span = self.source.span.shifted(offset);
        if let Some(note) = &mut self.note {
            note.span = note.span.shifted(offset);
        }
        self
    }
}

/// By what it says, as `Spanned` is.
impl Hash for Attribution {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Attribution { span: _, source, is_path, note, before, label, after } = self;
        (source, is_path, note, before, label, after).hash(state);
    }
}

/// How words compare with a source. The order is from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Equal, character for character (white space aside).
    Exact,
    /// Equal after folding: other quotation marks, dashes, ligatures, spaces.
    Typographic,
    /// One passage is clearly meant, and its words differ.
    Drifted,
    /// As drifted, but a number changed. Never published.
    FigureDiffers,
    /// Several places fit.
    Ambiguous,
    /// Found word for word, in another source.
    Moved,
    /// Nothing is near.
    Absent,
}

impl Verdict {
    /// Whether the words stand in the source as quoted, so that they may be published.
    pub fn holds(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::Typographic)
    }

    /// The name in reports, exports and answers of `locate`.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Typographic => "typographic",
            Verdict::Drifted => "drifted",
            Verdict::FigureDiffers => "figure-differs",
            Verdict::Ambiguous => "ambiguous",
            Verdict::Moved => "moved",
            Verdict::Absent => "absent",
        }
    }
}

/// Where a passage stands in its source: byte ranges of the source's reading text, at character borders.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// The parts of the passage, in order; more than one where it has elisions.
    pub parts: Vec<Range<usize>>,
    /// What is marked on the page: the `==marked==` words, or all parts.
    pub targets: Vec<Range<usize>>,
}

impl Anchor {
    /// From the first word to the last.
    pub fn extent(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |part| part.start);
        let end = self.parts.last().map_or(start, |part| part.end);
        start..end
    }
}

/// Where the words of a quotation and its passage part: the words of each; either may be none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Difference {
    pub quoted: String,
    pub source: String,
    pub weight: Weight,
}

/// How grave a difference is. The order is from least to gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Ordinary words.
    Words,
    /// A name.
    Name,
    /// A negation: the statement may have turned round.
    Negation,
    /// A currency or a unit such as percent.
    Currency,
    /// A number.
    Figure,
}

/// Which of several equal passages a note means: `occurrence: 2`, `2 of 3`, `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    Nth { nth: usize, of: Option<usize> },
    All,
}
