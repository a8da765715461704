//! A text in which everything raised, lowered or shown beside a number is glued to it, and the way back to
//! the source: what the digits of `36,400¹` come to where they are read as one number.

use std::ops::Range;

use super::figures;
use super::fold::{Folded, fold};
use crate::model::quote::{Difference, Weight, Words};
use crate::model::roles::BesideKind;

/// The way back from a text with its numbers glued.
#[derive(Debug)]
pub struct Glued {
    /// Bytes of the glued text with the byte of the source that each stands for, one wherever the distance
    /// changes.
    steps: Vec<(usize, usize)>,
    pub joints: Vec<Joint>,
}

/// Where digits were glued to a number.
#[derive(Debug)]
pub struct Joint {
    /// Before which byte of the glued text, and of the source.
    pub at: usize,
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
    /// The text, glued, and the way back; `None` where nothing in it could be glued to a number.
    pub fn of(raw: &str, folded: &Folded) -> Option<(String, Glued)> {
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
        (!joints.is_empty()).then_some((text, Glued { steps, joints }))
    }

    /// The bytes of the source that a range of the glued text stands for.
    pub fn raw(&self, range: &Range<usize>, source: &str) -> Range<usize> {
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

impl Glued {
    /// What was typed, and the number of the source with the digits that are set apart from it. `text` is the
    /// glued one.
    pub fn difference(&self, joint: &Joint, text: &str, words: &Words, source: &str) -> Difference {
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
