//! A folded text without what a passage may leave out: signs, numbers, hyphens at line ends.
//!
//! Letters and the single spaces between them stand there as they do in a quotation, so that runs of them can
//! be looked for.

use std::ops::Range;

use super::finder::Finder;
use super::fold::Folded;

/// A folded text without what a passage may leave out, and the way back.
#[derive(Debug, Default)]
pub struct Bare {
    /// `None` where nothing may be left out: then it is the folded text itself.
    text: Option<String>,
    /// Where in `text` something was left out, and how far behind it lags from there on.
    cuts: Vec<(usize, usize)>,
    finder: Finder,
}

impl Bare {
    pub fn of(folded: &Folded) -> Bare {
        let hyphens = folded.breaks.iter().map(|&at| at..at + 1);
        let mut out: Vec<Range<usize>> = folded.optional.iter().cloned().chain(hyphens).collect();
        out.sort_by_key(|range| range.start);
        if out.is_empty() {
            return Bare::default();
        }
        let mut bare = Bare::default();
        let (mut text, mut at) = (String::with_capacity(folded.text.len()), 0);
        for range in out {
            if range.start < at {
                continue;
            }
            text.push_str(&folded.text[at..range.start]);
            at = range.end;
            if text.ends_with(' ') && folded.text[at..].starts_with(' ') {
                at += 1;
            }
            bare.cuts.push((text.len(), at - text.len()));
        }
        text.push_str(&folded.text[at..]);
        Bare { text: Some(text), ..bare }
    }

    /// Every place of words in it; `None` where it is the folded text itself.
    pub fn found(&self, words: &str) -> Option<Vec<Range<usize>>> {
        let text = self.text.as_deref()?;
        Some(self.finder.found(text, words))
    }

    /// Where in the folded text a byte stands.
    pub fn folded(&self, at: usize) -> usize {
        let cut = self.cuts.partition_point(|cut| cut.0 <= at).checked_sub(1);
        at + cut.map_or(0, |cut| self.cuts[cut].1)
    }
}
