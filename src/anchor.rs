//! Where the words of a quotation stand in a source, and how they compare: the verdict.
//!
//! format.md, "What a quotation owes", is the contract. A quotation is looked for as it reads and, where that
//! does not find it letter for letter, as it was typed; the better verdict counts. `fold` makes both texts
//! comparable, `pattern` takes the quotation apart, `place` finds every place where it stands whole. Here the
//! places become a verdict. Nothing is claimed that is not so: words that stand in several places are
//! ambiguous, and words that do not stand there are shown with what comes nearest.
//!
//! All ranges are bytes of the source's reading text, at character borders.

mod align;
mod alteration;
mod border;
mod buckets;
mod differences;
mod drift;
pub mod edges;
pub mod elision;
mod figures;
mod finder;
pub mod fold;
pub mod furniture;
mod glued;
mod index;
mod joined;
mod label;
mod measure;
mod myers;
mod near;
mod numbering;
mod pattern;
mod place;
mod retraction;
mod revision;
mod rough;
mod seeds;
mod spelled;
mod struck;
mod unseen;
pub mod vocabulary;
mod walk;
mod whole;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use self::drift::{Drift, Nearest};
use self::pattern::{Gap, Pattern};
pub use self::place::Haystack;
use self::place::{Care, Place, places, ways};
pub use self::revision::Revision;
use self::walk::Walked;
use crate::model::quote::{Anchor, Difference, Occurrence, Quote, Verdict, Weight, Words};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub quote: &'a Quote,
    pub occurrence: Option<Occurrence>,
    /// What is known of the place beyond the words. A build knows nothing, so that its verdicts depend on
    /// quotation and source alone.
    pub around: Option<Around<'a>>,
}

impl<'a> Wanted<'a> {
    pub fn new(quote: &'a Quote, occurrence: Option<Occurrence>) -> Wanted<'a> {
        Wanted { quote, occurrence, around: None }
    }
}

/// What is known of where a passage stood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// What stood before and after it, as much as is known.
    pub before: &'a str,
    pub after: &'a str,
    /// About where it begins: only where all else is equal it decides.
    pub start: Option<usize>,
    pub old: Option<Old<'a>>,
}

/// An older text in which the passage stood.
#[derive(Clone, Copy, Debug)]
pub struct Old<'a> {
    pub text: &'a Haystack<'a>,
    /// What became of it.
    pub revision: &'a Revision,
    /// The first and last byte of the passage there.
    pub start: usize,
    pub end: usize,
}

/// How much of an older text is taken as what stood around a passage, in characters.
const SURROUNDINGS: usize = 128;

impl<'a> Around<'a> {
    /// All that an older text tells: what stood around the passage there, and what became of it.
    pub fn in_older(old: Old<'a>) -> Around<'a> {
        let (before, after) = (&old.text.raw[..old.start], &old.text.raw[old.end..]);
        let first = before
            .char_indices()
            .rev()
            .take(SURROUNDINGS)
            .last()
            .map_or(before.len(), |(at, _)| at);
        let end = after
            .char_indices()
            .nth(SURROUNDINGS)
            .map_or(after.len(), |(at, _)| at);
        Around { before: &before[first..], after: &after[..end], start: None, old: Some(old) }
    }

    /// Whether nothing is known but about where it begins.
    pub fn is_bare(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.old.is_none()
    }

    fn place(&self) -> Option<revision::Place> {
        self.old
            .and_then(|old| old.revision.place_of(old.text, old.start..old.end))
    }
}

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

/// Looks for a quotation in a text.
pub fn find(wanted: &Wanted, hay: &Haystack) -> Found {
    let fits = fits(wanted.quote, hay);
    let lost = |found: Found| match found.verdict {
        Verdict::Drifted | Verdict::FigureDiffers | Verdict::Absent => {
            let other = struck::found(wanted, hay).or_else(|| renumbered(wanted.quote, hay));
            other.or_else(|| glued::found(wanted.quote, hay)).unwrap_or(found)
        }
        Verdict::Exact | Verdict::Typographic | Verdict::Ambiguous | Verdict::Moved => found,
    };
    lost(match (fits, &wanted.around) {
        (Some(fits), None) => fits.found(wanted.occurrence),
        (Some(fits), Some(_)) if wanted.occurrence.is_some() => fits.found(wanted.occurrence),
        (fits, around) => meant(wanted.quote, around.as_ref(), fits, hay),
    })
}

/// Where the words stand but for the number at the head of a line: in one place, or nowhere.
fn renumbered(quote: &Quote, hay: &Haystack) -> Option<Found> {
    [&quote.read, &quote.typed].into_iter().find_map(|words| {
        let pattern = pattern::literal(words)?;
        let places = places(&pattern, hay, Care::Renumbered);
        let [place] = places.as_slice() else { return None };
        let ways = ways(&pattern, place, hay, Care::Renumbered);
        let differs = |remark: &Remark| match remark {
            Remark::OtherNumber { quoted, source } => {
                Some(Difference { quoted: quoted.clone(), source: source.clone(), weight: Weight::Figure })
            }
            _ => None,
        };
        let differences: Vec<_> = ways.iter().flat_map(|way| &way.remarks).filter_map(differs).collect();
        let anchors = vec![anchor(&pattern, place, &ways, hay)];
        (!differences.is_empty()).then(|| Found {
            anchors,
            differences,
            ..Found::new(Verdict::FigureDiffers)
        })
    })
}

/// Where a quotation stands in a text as quoted, in one place or more: the first. For words that were sought
/// elsewhere in vain.
pub fn stands(quote: &Quote, hay: &Haystack) -> Option<Anchor> {
    fits(quote, hay)?.anchors.into_iter().next()
}

/// Where the words stand as quoted, in the better of the two readings.
fn fits(quote: &Quote, hay: &Haystack) -> Option<Fits> {
    let read = stand(&quote.read, hay);
    if quote.typed.text == quote.read.text || read.as_ref().is_some_and(Fits::is_exact) {
        return read;
    }
    // Of two readings that stand alike, that counts of which there is less to tell.
    let standing = [read, stand(&quote.typed, hay)].into_iter().flatten();
    standing.min_by_key(|fits| (fits.verdict(), fits.remarks.iter().flatten().count()))
}

/// Which of the places is meant, or which passage that differs.
fn meant(quote: &Quote, around: Option<&Around>, fits: Option<Fits>, hay: &Haystack) -> Found {
    let exact: Vec<Range<usize>> = fits.iter().flat_map(|fits| &fits.places).cloned().collect();
    let words = if quote.read.text.trim().is_empty() { &quote.typed } else { &quote.read };
    match (drift::nearest(words, around, &exact, hay), fits) {
        (Nearest::One(Drift { exact: Some(i), .. }), Some(fits)) => fits.only(i),
        (Nearest::One(drift), _) => drifted(drift, hay),
        (Nearest::None(_), Some(fits)) => fits.found(None),
        (Nearest::None(nearest), None) => {
            let likeness = nearest.first().map_or(0, |near| near.likeness);
            Found { nearest, likeness, ..Found::new(Verdict::Absent) }
        }
    }
}

fn drifted(drift: Drift, hay: &Haystack) -> Found {
    let figures = drift
        .differences
        .iter()
        .any(|difference| difference.weight == Weight::Figure);
    let parts: Vec<_> = drift.parts.into_iter().map(|part| hay.folded.raw(part)).collect();
    Found {
        anchors: vec![Anchor { targets: parts.clone(), parts }],
        differences: drift.differences,
        likeness: drift.likeness,
        ..Found::new(if figures { Verdict::FigureDiffers } else { Verdict::Drifted })
    }
}

/// The places where one reading of a quotation stands.
struct Fits {
    /// Bytes of the folded text, from first to last.
    places: Vec<Range<usize>>,
    /// The same as the caller wants them.
    anchors: Vec<Anchor>,
    /// One an anchor: equal letter for letter, or after folding.
    verdicts: Vec<Verdict>,
    altered: bool,
    /// One list an anchor.
    remarks: Vec<Vec<Remark>>,
}

/// Tries one reading after the other, each first with care and then leniently, until one stands in the text.
fn stand(words: &Words, hay: &Haystack) -> Option<Fits> {
    let tried = |pattern: &Pattern| {
        Care::STANDS.into_iter().find_map(|care| {
            let places = places(pattern, hay, care);
            (!places.is_empty()).then(|| Fits::of(pattern, &places, care, hay))
        })
    };
    let literal = pattern::literal(words)?;
    tried(&literal).or_else(|| pattern::others(words).iter().find_map(tried))
}

impl Fits {
    fn of(pattern: &Pattern, places: &[Place], care: Care, hay: &Haystack) -> Fits {
        let as_it_stands = pattern.whole && care != Care::Lenient;
        let ways: Vec<Vec<Walked>> = places.iter().map(|place| ways(pattern, place, hay, care)).collect();
        let anchors: Vec<Anchor> = places
            .iter()
            .zip(&ways)
            .map(|(place, ways)| anchor(pattern, place, ways, hay))
            .collect();
        let told = |(ways, anchor): (&Vec<Walked>, &Anchor)| -> Vec<Remark> {
            let seen = unseen::remarks(&hay.raw, anchor.extent(), &pattern.words.text);
            ways.iter()
                .flat_map(|way| &way.remarks)
                .cloned()
                .chain(seen)
                .collect()
        };
        let remarks: Vec<Vec<Remark>> = ways.iter().zip(&anchors).map(told).collect();
        let verdict = |(place, remarks): (&Place, &Vec<Remark>)| {
            let exact = as_it_stands && remarks.is_empty() && same_letters(pattern, place, hay);
            if exact { Verdict::Exact } else { Verdict::Typographic }
        };
        Fits {
            verdicts: places.iter().zip(&remarks).map(verdict).collect(),
            places: places.iter().map(|place| place.extent.clone()).collect(),
            anchors,
            altered: pattern.altered,
            remarks,
        }
    }

    fn is_exact(&self) -> bool {
        self.verdict() == Verdict::Exact
    }

    fn verdict(&self) -> Verdict {
        match self.verdicts.as_slice() {
            [one] => *one,
            _ => Verdict::Ambiguous,
        }
    }

    /// The place that something beyond the words has chosen.
    fn only(self, i: usize) -> Found {
        let occurrences = self.anchors.len();
        let anchors = self.anchors.into_iter().skip(i).take(1).collect();
        let remarks = self.remarks.into_iter().skip(i).take(1).flatten().collect();
        Found { anchors, occurrences, altered: self.altered, remarks, ..Found::new(self.verdicts[i]) }
    }

    /// Lets `occurrence` choose; without it, one place is the answer and several are none.
    fn found(self, occurrence: Option<Occurrence>) -> Found {
        let occurrences = self.anchors.len();
        let all = Found {
            anchors: self.anchors,
            occurrences,
            altered: self.altered,
            ..Found::new(Verdict::Ambiguous)
        };
        let worst = self.verdicts.iter().copied().max().unwrap_or(Verdict::Absent);
        let mut told: Vec<Remark> = self.remarks.iter().flatten().cloned().collect();
        told.dedup();
        match occurrence {
            Some(Occurrence::All) => Found { verdict: worst, remarks: told, ..all },
            Some(Occurrence::Nth { nth, of }) => {
                let counted = of.is_none_or(|of| of == occurrences);
                match nth.checked_sub(1).filter(|&i| counted && i < occurrences) {
                    Some(i) => {
                        let (anchors, remarks) = (vec![all.anchors[i].clone()], self.remarks[i].clone());
                        Found { verdict: self.verdicts[i], anchors, remarks, ..all }
                    }
                    None => Found { miscounted: true, ..all },
                }
            }
            None if occurrences == 1 => Found { verdict: worst, remarks: told, ..all },
            None => all,
        }
    }
}

/// Whether every part is the same in both texts, white space and composition of characters aside.
fn same_letters(pattern: &Pattern, place: &Place, hay: &Haystack) -> bool {
    pattern.parts.iter().zip(&place.parts).all(|(here, there)| {
        let (here, there) =
            (&pattern.words.text[pattern.folded.raw(here.clone())], &hay.raw[hay.folded.raw(there.clone())]);
        here == there || letters(here).eq(letters(there))
    })
}

/// The characters of a text, composed, with white space as single spaces and none where scripts set none.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = text.nfc().peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        let c = chars.next()?;
        if !c.is_whitespace() {
            before = c;
            return Some(c);
        }
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        match chars.peek() {
            Some(&next) if fold::is_unspaced(before) && fold::is_unspaced(next) => {
                chars.next().inspect(|&c| before = c)
            }
            _ => Some(' '),
        }
    })
}

fn anchor(pattern: &Pattern, place: &Place, ways: &[Walked], hay: &Haystack) -> Anchor {
    let parts: Vec<_> = joined(pattern, place)
        .into_iter()
        .map(|part| hay.folded.raw(part))
        .collect();
    let marked: Vec<_> = pattern
        .words
        .marks
        .iter()
        .flat_map(|mark| targets(pattern, ways, hay, mark))
        .map(|mark| hay.folded.raw(mark))
        .collect();
    let targets = if marked.is_empty() { parts.clone() } else { marked };
    Anchor { parts, targets }
}

/// The parts of a place, in the source's own words: what an alteration stands for belongs to the part.
fn joined(pattern: &Pattern, place: &Place) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (i, part) in place.parts.iter().enumerate() {
        match parts.last_mut() {
            Some(last) if pattern.gaps[i] != Gap::Elision => last.end = part.end,
            _ => parts.push(part.clone()),
        }
    }
    if let Some(first) = parts.first_mut() {
        first.start = place.extent.start;
    }
    if let Some(last) = parts.last_mut() {
        last.end = place.extent.end;
    }
    parts
}

/// The stretches of the source's folded text that a mark of the quotation covers: one a part that it touches,
/// joined over alterations.
fn targets(pattern: &Pattern, ways: &[Walked], hay: &Haystack, mark: &Range<usize>) -> Vec<Range<usize>> {
    let (start, end) = (pattern.folded.folded(mark.start), pattern.folded.folded(mark.end));
    let text = &hay.folded.text;
    let mut targets: Vec<(usize, Range<usize>)> = Vec::new();
    for (i, part) in pattern.parts.iter().enumerate() {
        let (from, to) = (start.max(part.start), end.min(part.end));
        if from >= to {
            continue;
        }
        let target = ways[i].aligned(from)..ways[i].aligned(to);
        match targets.last_mut() {
            Some((last, range)) if *last + 1 == i && pattern.gaps[i] != Gap::Elision => {
                (*last, range.end) = (i, target.end)
            }
            _ => targets.push((i, target)),
        }
    }
    targets
        .into_iter()
        .filter_map(|(_, range)| trimmed(text, range))
        .collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let target = text.get(range.clone())?;
    let start = range.start + (target.len() - target.trim_start().len());
    let end = start + target.trim().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod honesty;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
