//! Where the words of a quotation stand in a source, and how they compare: the verdict.
//!
//! `docs/annotations.md` tells writers what a quotation owes. A quotation is looked for as it reads and,
//! where that does not find it letter for letter, as it was typed; the better verdict counts. `fold` makes
//! both texts comparable, `pattern` takes the quotation apart, `place` finds every place where it stands
//! whole. Here the places become a verdict. Nothing is claimed that is not so: words that stand in several
//! places are ambiguous, and words that do not stand there are shown with what comes nearest.
//!
//! All ranges are bytes of the source's reading text, at character borders.

mod align;
mod alteration;
mod bare;
mod border;
mod buckets;
mod denial;
mod differences;
mod drift;
mod edges;
mod elision;
mod figures;
mod finder;
pub mod fold;
mod found;
pub mod furniture;
mod gap;
mod glue;
mod glued;
mod haystack;
mod index;
mod joined;
mod label;
mod left_out;
mod measure;
mod myers;
mod near;
mod numbering;
mod opposites;
mod passage;
mod patience;
mod pattern;
mod place;
mod query;
mod retraction;
mod revision;
mod rough;
mod seeds;
mod spelled;
mod struck;
mod unseen;
pub mod vocabulary;
mod walk;
mod wanted;
mod whole;
pub mod words;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use self::drift::{Drift, Nearest};
pub use self::found::{Found, LeftOut, Near, Remark};
pub use self::haystack::Haystack;
pub use self::left_out::left_out;
use self::passage::anchor;
use self::pattern::Pattern;
use self::place::{Care, Place, places, ways};
pub use self::revision::Revision;
use self::walk::Walked;
pub use self::wanted::{Around, Old, Wanted};
use crate::model::quote::{Anchor, Difference, Occurrence, Quote, Verdict, Weight, Words};

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

#[cfg(test)]
mod honesty;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
