//! Digits that a source sets apart and that a writer typed as one number: `36,4001` for 36,400¹, `1012` for
//! 10¹².
//!
//! Such words do not stand. So that a message can say which number is wrong, they are looked for in a text in
//! which everything raised, lowered or shown beside a number is glued to it.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::{Found, Haystack, anchor, figures, pattern};
use crate::model::quote::{Difference, Quote, Verdict, Weight, Words};
use crate::model::roles::{BesideKind, Roles};

/// A text with its numbers glued, and the way back.
#[derive(Debug)]
pub struct Glued {
    hay: Haystack<'static>,
    /// Bytes of the glued text with the byte of the source that each stands for, one wherever the distance
    /// changes.
    steps: Vec<(usize, usize)>,
    joints: Vec<Joint>,
}

/// Where digits were glued to a number.
#[derive(Debug)]
struct Joint {
    /// Before which byte of the glued text, and of the source.
    at: usize,
    raw: usize,
    /// The digits, raised.
    raised: String,
}

/// What takes the place of a part of the source.
struct Edit {
    raw: Range<usize>,
    digits: String,
}

impl Glued {
    /// `None` where nothing in the text could be glued to a number.
    pub fn of(raw: &str, folded: &Folded) -> Option<Glued> {
        let mut edits: Vec<Edit> = moved(folded).chain(references(folded)).collect();
        edits.extend(
            folded
                .struck
                .iter()
                .map(|struck| Edit { raw: struck.raw.clone(), digits: String::new() }),
        );
        edits.sort_by_key(|edit| edit.raw.start);
        let mut writer = Writer::default();
        for edit in edits {
            writer.copy(raw, edit.raw.start);
            writer.put(&edit);
        }
        writer.copy(raw, raw.len());
        let Writer { text, steps, joints, .. } = writer;
        (!joints.is_empty()).then(|| Glued { hay: Haystack::new(text, &Roles::default()), steps, joints })
    }

    /// The bytes of the source that a range of the glued text stands for.
    fn raw(&self, range: &Range<usize>, source: &str) -> Range<usize> {
        let place = |at: usize| {
            let step = self
                .steps
                .partition_point(|step| step.0 <= at)
                .checked_sub(1)
                .map(|step| self.steps[step]);
            step.map_or(at, |(glued, raw)| raw + (at - glued)).min(source.len())
        };
        let (start, end) = (place(range.start), place(range.end));
        source.floor_char_boundary(start)..source.ceil_char_boundary(end.max(start))
    }
}

/// Digits that stand raised or lowered, with the signs that say so.
fn moved(folded: &Folded) -> impl Iterator<Item = Edit> + '_ {
    folded.text.char_indices().filter_map(|(at, c)| {
        let digit = figures::digit(c).filter(|_| figures::is_moved(c))?;
        let here = folded.raw(at..at + c.len_utf8());
        let before = folded.text[..at]
            .chars()
            .next_back()
            .map_or(here.start, |c| folded.raw(at - c.len_utf8()..at).end);
        Some(Edit { raw: before.min(here.start)..here.end, digits: figures::PLAIN[digit].to_string() })
    })
}

/// References to notes that are numbers.
fn references(folded: &Folded) -> impl Iterator<Item = Edit> + '_ {
    folded
        .beside
        .iter()
        .filter(|beside| beside.kind == BesideKind::Reference)
        .filter_map(|beside| {
            let number = beside.text.trim_matches(|c: char| !c.is_ascii_digit());
            let is_number =
                (1..=LONGEST).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            let before = folded.text[..beside.at]
                .chars()
                .next_back()
                .filter(char::is_ascii_digit)?;
            let at = folded.raw(beside.at - before.len_utf8()..beside.at).end;
            is_number.then(|| Edit { raw: at..at, digits: number.to_string() })
        })
}

#[derive(Default)]
struct Writer {
    text: String,
    steps: Vec<(usize, usize)>,
    joints: Vec<Joint>,
    /// Up to where the source was read, and whether what was written last was glued.
    at: usize,
    glued: bool,
}

impl Writer {
    fn copy(&mut self, raw: &str, to: usize) {
        if to > self.at {
            self.steps.push((self.text.len(), self.at));
            self.text.push_str(&raw[self.at..to]);
            (self.at, self.glued) = (to, false);
        }
    }

    fn put(&mut self, edit: &Edit) {
        let raised: String = edit
            .digits
            .chars()
            .filter_map(figures::digit)
            .map(|digit| figures::RAISED[digit])
            .collect();
        match self.joints.last_mut().filter(|_| self.glued) {
            Some(joint) => joint.raised.push_str(&raised),
            None if !raised.is_empty() && self.text.ends_with(|c: char| c.is_ascii_digit()) => {
                self.joints
                    .push(Joint { at: self.text.len(), raw: edit.raw.start, raised });
                self.glued = true;
            }
            None => {}
        }
        self.steps.push((self.text.len(), edit.raw.start));
        self.text.push_str(&edit.digits);
        self.at = self.at.max(edit.raw.end);
    }
}

/// A number of a note is no longer than this.
const LONGEST: usize = 4;

/// Where a quotation stands but for a number that is two in the source: in one place, or nowhere.
pub fn found(quote: &Quote, hay: &Haystack) -> Option<Found> {
    let glued = hay.glued()?;
    let words = if quote.read.text.trim().is_empty() { &quote.typed } else { &quote.read };
    let pattern = pattern::literal(words)?;
    let places = super::places(&pattern, &glued.hay, super::Care::Lenient);
    let [place] = places.as_slice() else { return None };
    let ways = super::ways(&pattern, place, &glued.hay, super::Care::Lenient);
    let there = anchor(&pattern, place, &ways, &glued.hay);
    let first = glued.joints.partition_point(|joint| joint.at < there.extent().start);
    let inside = glued.joints[first..]
        .iter()
        .take_while(|joint| joint.at < there.extent().end);
    let differences: Vec<Difference> = inside.map(|joint| glued.difference(joint, words, &hay.raw)).collect();
    let raw = |ranges: &[Range<usize>]| ranges.iter().map(|range| glued.raw(range, &hay.raw)).collect();
    let anchors =
        vec![crate::model::quote::Anchor { targets: raw(&there.targets), parts: raw(&there.parts) }];
    (!differences.is_empty()).then(|| Found { anchors, differences, ..Found::new(Verdict::FigureDiffers) })
}

impl Glued {
    fn difference(&self, joint: &Joint, words: &Words, source: &str) -> Difference {
        let text = &self.hay.raw;
        let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let start = text[..joint.at].trim_end_matches(of_number).len();
        let rest = &text[joint.at..];
        let number = text[start..joint.at + rest.len() - rest.trim_start_matches(of_number).len()]
            .trim_end_matches(['.', ',']);
        let mut typed = words
            .text
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let quoted = typed
            .find(|word| fold(word).text == fold(number).text)
            .unwrap_or(number);
        let before = self.raw(&(start..joint.at), source).start..joint.raw;
        let before = source.get(before).unwrap_or_default();
        Difference {
            quoted: quoted.to_string(),
            source: format!("{before}{}", joint.raised),
            weight: Weight::Figure,
        }
    }
}
