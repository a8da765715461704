//! What came of looking for a quotation: the verdict, the places, and what is told of them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::quote::{Anchor, Difference, Verdict};

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub verdict: Verdict,
    /// Where the words stand: one place; several for `occurrence: all`; all that fit where the verdict is
    /// ambiguous; the passage that is meant where they drifted; none where they are absent.
    pub anchors: Vec<Anchor>,
    /// In how many places the words fit, before `occurrence` chose.
    pub occurrences: usize,
    /// Whether `occurrence` names a place that there is not, or counts the places wrongly. The verdict is
    /// then no reason to publish.
    pub miscounted: bool,
    /// Whether square brackets were taken as the writer's alterations: the page shows the source's own words.
    pub altered: bool,
    /// What is told of words that stand.
    pub remarks: Vec<Remark>,
    /// Where quotation and passage part, if they drifted.
    pub differences: Vec<Difference>,
    /// What comes nearest to words that are absent, up to three passages, the nearest first.
    pub nearest: Vec<Near>,
    /// How much of the quotation is in the source, in thousandths.
    pub likeness: i64,
}

/// What is told of a quotation although its words stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Remark {
    /// A line of it begins with a number or sign, and that line of the source has none.
    NotNumbered(String),
    /// A number at the head of a line is another one in the source. Such words do not stand.
    OtherNumber { quoted: String, source: String },
    /// The words are struck through in the source.
    Struck,
    /// The passage holds characters that nobody sees.
    Invisible(Vec<char>),
    /// The passage holds characters that turn the order of its digits round.
    Turned(Vec<char>),
    /// The passage is set in letters of old prints.
    OldLetters(Vec<char>),
    /// `[...]` leaves out a word that turns the sentence round.
    Hides(LeftOut),
    /// A word that bounds the passage's first or last number stands beside it: `at least | 40`.
    BoundBeside(LeftOut),
    /// A word that denies the passage stands right beside it: `not | in force`.
    DeniedBeside(LeftOut),
}

/// A word of the source that a quotation leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LeftOut {
    pub word: String,
    /// From the sentence's beginning to its end, as bytes of the reading text.
    pub sentence: Range<usize>,
}

/// A passage that has something in common with a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub range: Range<usize>,
    /// In thousandths.
    pub likeness: i64,
}

impl Found {
    /// Nothing but a verdict.
    pub fn new(verdict: Verdict) -> Found {
        Found {
            verdict,
            anchors: Vec::new(),
            occurrences: 0,
            miscounted: false,
            altered: false,
            remarks: Vec::new(),
            differences: Vec::new(),
            nearest: Vec::new(),
            likeness: if verdict == Verdict::Absent { 0 } else { 1000 },
        }
    }
}
