//! The walk along a quotation and a source, side by side: whether the words stand there, whatever else may
//! stand between them.
//!
//! Letter for letter both must be the same. Beside that, the source may have what a passage leaves out
//! (`Folded::optional`), a page may show beside the words what a passage takes along (`Folded::beside`), a
//! hyphen at a line's end may be missing on either side, and white space counts between words only. A number
//! at the head of a quoted line is compared with the number that the source has there. Wherever a piece may
//! be taken or left, it is taken first and left if that leads nowhere; no place is tried twice.

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use super::fold::{Folded, Shown, is_currency, is_unspaced};
use super::found::Remark;
use super::haystack::{Haystack, lower};
use super::pattern::{Head, Pattern};
use super::{border, figures, numbering};
use crate::model::roles::BesideKind;

/// A part of a quotation, on its way along a text.
pub struct Walk<'a> {
    here: &'a Folded,
    there: &'a Folded,
    /// The source as it stands.
    raw: &'a str,
    heads: &'a [Head],
    lines: &'a [usize],
    start: usize,
    end: usize,
    /// Where the part begins and ends with the white space beside it: words that are struck may stand there.
    around: (usize, usize),
    /// Whether the case of the first letter may differ.
    lenient: bool,
    /// Whether another number at the head of a line is noted down instead of the end of it.
    diagnosing: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Walked {
    /// Where the words end in the source's folded text.
    pub end: usize,
    /// Bytes of the quotation with the byte of the source that each has come to stand at, one wherever the
    /// distance changes.
    pub steps: Vec<(usize, usize)>,
    pub remarks: Vec<Remark>,
}

impl Walked {
    /// Where a byte of the quotation has come to stand.
    pub fn aligned(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|step| step.0 <= at).checked_sub(1);
        let next = self
            .steps
            .get(step.map_or(0, |step| step + 1))
            .map_or(self.end, |next| next.1);
        step.map_or(next, |step| {
            (self.steps[step].1 + at - self.steps[step].0).min(next.max(self.steps[step].1))
        })
    }
}

#[derive(Clone, Copy)]
struct State {
    /// The next byte of quotation and source.
    i: usize,
    j: usize,
    /// The last character that both have, and whether white space was passed since on either side.
    last: Option<char>,
    spaced: (bool, bool),
    /// Where that character ends in the quotation and in the source.
    behind: usize,
    end: usize,
    /// The next of what may be left out, and of what stands beside.
    optional: usize,
    beside: usize,
    /// Whether the head of the line that begins at `i` was asked after, and the head that was passed over.
    asked: bool,
    head: Option<usize>,
    /// What numbers the source's line and was passed over.
    number: Option<Number>,
    /// Whether the first letter is still to come.
    first: bool,
    /// Whether the digits to come may be typed plain where the source has raised ones: `$11.99`, `said.²`
    cents: bool,
    steps: usize,
    remarks: usize,
}

/// A number of a line.
#[derive(Clone, Copy)]
enum Number {
    Typed(usize),
    Beside(usize),
}

enum Step {
    On,
    Done,
    Stuck,
}

/// More steps than this for each byte of a quotation are not taken from one place.
const PATIENCE: usize = 16;

/// The steps that all walks of one search may take together, so that a text made to mislead costs no more
/// than its length.
#[derive(Debug)]
pub struct Budget(Cell<usize>);

#[cfg(test)]
thread_local! {
    /// All steps that were taken, for the trial of time by size.
    pub static STEPS: Cell<usize> = const { Cell::new(0) };
}

impl Budget {
    /// Steps for each byte of the source and of the quotation; an honest text takes fewer than one.
    const STEPS: usize = 64;
    const LEAST: usize = 100_000;

    pub fn of(quoted: usize, source: usize) -> Budget {
        Budget(Cell::new(Budget::STEPS * (quoted + source) + Budget::LEAST))
    }

    fn take(&self) -> Option<()> {
        #[cfg(test)]
        STEPS.set(STEPS.get() + 1);
        self.0.set(self.0.get().checked_sub(1)?);
        Some(())
    }

    /// Whether some place was not looked at to its end: then nothing is known of the others either.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

impl<'a> Walk<'a> {
    pub fn new(pattern: &'a Pattern, part: usize, hay: &'a Haystack<'a>) -> Walk<'a> {
        let range = &pattern.parts[part];
        Walk {
            here: &pattern.folded,
            there: &hay.folded,
            raw: &hay.raw,
            heads: &pattern.heads,
            lines: &pattern.lines,
            start: range.start,
            end: range.end,
            around: widened(&pattern.folded.text, range),
            lenient: false,
            diagnosing: false,
        }
    }

    /// Up to an earlier end, and whatever the case of the first letter.
    pub fn leniently(self, end: usize) -> Walk<'a> {
        Walk { end, lenient: true, ..self }
    }

    pub fn diagnosing(self) -> Walk<'a> {
        Walk { diagnosing: true, ..self }
    }

    /// Walks from a place of the source's folded text; `None` where the words do not stand there.
    pub fn from(&self, start: usize, budget: &Budget) -> Option<Walked> {
        let mut walked = Walked::default();
        let mut ways = vec![State {
            i: self.start,
            j: start,
            last: None,
            spaced: (false, false),
            behind: self.start,
            end: start,
            optional: self.there.optional.partition_point(|range| range.start < start),
            beside: self.there.beside.partition_point(|beside| beside.at < start),
            asked: false,
            head: None,
            number: None,
            first: true,
            cents: false,
            steps: 0,
            remarks: 0,
        }];
        let mut seen = HashSet::new();
        let mut patience = PATIENCE * (self.end - self.start) + 256;
        while let Some(mut state) = ways.pop() {
            walked.steps.truncate(state.steps);
            walked.remarks.truncate(state.remarks);
            loop {
                patience = patience.checked_sub(1)?;
                budget.take()?;
                match self.step(&mut state, &mut ways, &mut walked, &mut seen) {
                    Step::On => {}
                    Step::Done => {
                        walked.end = state.end;
                        return (state.end > start).then_some(walked);
                    }
                    Step::Stuck => break,
                }
            }
        }
        None
    }

    fn step(
        &self,
        state: &mut State,
        ways: &mut Vec<State>,
        walked: &mut Walked,
        seen: &mut HashSet<(usize, usize)>,
    ) -> Step {
        self.pass_spaces(state);
        if state.i >= self.end {
            return if self.is_struck_alike(state) { Step::Done } else { Step::Stuck };
        }
        if let Some(range) = self
            .there
            .optional
            .get(state.optional)
            .filter(|range| range.start <= state.j)
        {
            let (start, end, number) = (range.start, range.end, state.optional);
            state.optional += 1;
            if start == state.j && state.last.is_some() {
                let parted = self.there.text[..start]
                    .chars()
                    .next_back()
                    .is_none_or(char::is_whitespace);
                let spaced = (state.spaced.0, state.spaced.1 || self.is_parted(start, end));
                let numbers = parted && numbering::Mark::of(self.sign(number)).is_some();
                let left = State {
                    j: end,
                    number: if numbers { Some(Number::Typed(number)) } else { state.number },
                    spaced,
                    ..*state
                };
                fork(ways, left, seen);
            }
            return Step::On;
        }
        if let Some(beside) = self
            .there
            .beside
            .get(state.beside)
            .filter(|beside| beside.at <= state.j)
        {
            return self.beside(state, beside, ways, walked, seen);
        }
        if !state.asked
            && let Ok(head) = self.heads.binary_search_by_key(&state.i, |head| head.range.start)
        {
            state.asked = true;
            if self.heads[head].range.end < self.end {
                let spaced = (true, state.spaced.1); // a line of its own
                fork(ways, State { i: self.heads[head].range.end, head: Some(head), spaced, ..*state }, seen);
            }
            return Step::On;
        }
        self.letter(state, walked)
    }

    /// Whether white space stands beside what may be left out, although folding has drawn it to its
    /// neighbours.
    fn is_parted(&self, start: usize, end: usize) -> bool {
        let sign = self.there.raw(start..end);
        self.raw[..sign.start].ends_with(char::is_whitespace)
            || self.raw[sign.end..].starts_with(char::is_whitespace)
    }

    fn pass_spaces(&self, state: &mut State) {
        let white = |text: &str| text.len() - text.trim_start().len();
        let here = white(&self.here.text[state.i..self.end]);
        let there = white(&self.there.text[state.j..]);
        state.spaced = (state.spaced.0 || here > 0, state.spaced.1 || there > 0);
        (state.i, state.j) = (state.i + here, state.j + there);
    }

    /// What a page shows here beside the words: taken along where the quotation has it.
    fn beside(
        &self,
        state: &mut State,
        beside: &Shown,
        ways: &mut Vec<State>,
        walked: &mut Walked,
        seen: &mut HashSet<(usize, usize)>,
    ) -> Step {
        let rest = &self.here.text[state.i..self.end];
        let number = state.beside;
        state.beside += 1;
        if beside.at < state.end
            || (beside.at == state.end && state.last.is_none() && beside.kind != BesideKind::Number)
        {
            return Step::On; // before the first word
        }
        let glued = if state.spaced.0 { None } else { state.last };
        let taken = match beside.kind {
            BesideKind::Number => numbering::number(rest, &beside.text),
            BesideKind::Reference => numbering::reference(rest, &beside.text, glued),
            BesideKind::Reading => numbering::ruby(rest, &beside.text),
        };
        let left = match beside.kind {
            BesideKind::Number => State { number: Some(Number::Beside(number)), ..*state },
            BesideKind::Reference | BesideKind::Reading => *state,
        };
        match taken {
            Some(length) => {
                fork(ways, left, seen);
                state.i += length;
                state.asked = false;
                walked.steps.push((state.i, state.j));
                state.steps = walked.steps.len();
                if beside.kind == BesideKind::Number {
                    state.last = Some('.');
                }
                let found = (state.spaced.0, state.spaced.1 || beside.kind == BesideKind::Number);
                state.spaced = found;
            }
            None => *state = left,
        }
        Step::On
    }

    /// The next letter or sign, the same on both sides.
    fn letter(&self, state: &mut State, walked: &mut Walked) -> Step {
        let (here, there) = (&self.here.text[state.i..self.end], &self.there.text[state.j..]);
        let (Some(c), d) = (here.chars().next(), there.chars().next()) else { return Step::Stuck };
        if d.is_some_and(|d| self.same(state, c, d))
            && self.may_follow(state, c)
            && self.is_struck_alike(state)
        {
            return self.take(state, c, walked);
        }
        if c == '-' && self.here.breaks.binary_search(&state.i).is_ok() {
            state.i += 1;
            return Step::On;
        }
        if d == Some('-') && self.there.breaks.binary_search(&state.j).is_ok() {
            state.j += 1;
            return Step::On;
        }
        if c == '|' && self.is_border_of_cells(state) {
            (state.i, state.spaced.0) = (state.i + 1, true);
            return Step::On;
        }
        if c == '.' && d.is_some_and(figures::is_raised) && self.is_price(state) {
            (state.i, state.cents) = (state.i + 1, true);
            return Step::On;
        }
        Step::Stuck
    }

    /// Whether a bar that the writer typed stands where the source parts two cells, or two rows.
    fn is_border_of_cells(&self, state: &State) -> bool {
        let alone = self.here.text[..state.i]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        if state.last.is_none() || !alone {
            return state.last.is_none();
        }
        let from = self.there.raw(state.end.saturating_sub(1)..state.end).end;
        let rest = &self.raw[from.min(self.raw.len())..];
        let white = &rest[..rest.len() - rest.trim_start().len()];
        rest.trim_start().is_empty() || white.contains(['\t', '\n'])
    }

    fn same(&self, state: &State, c: char, d: char) -> bool {
        let case = || self.lenient && state.first && lower(c) == lower(d) && c.len_utf8() == d.len_utf8();
        let typed_plain = state.cents || state.last.is_some_and(|last| !last.is_alphanumeric());
        let plain = || {
            typed_plain
                && figures::is_raised(d)
                && c.is_ascii_digit()
                && figures::digit(c) == figures::digit(d)
        };
        c == d || case() || plain() || self.are_marks(state, c, d)
    }

    /// Whether both are quotation marks: within other marks, double ones are set as single ones. An
    /// apostrophe and a prime are none.
    fn are_marks(&self, state: &State, c: char, d: char) -> bool {
        if !matches!((c, d), ('"', '\'') | ('\'', '"')) || state.last.is_some_and(char::is_numeric) {
            return false;
        }
        let single = if c == '\'' { &self.here.text[state.i..] } else { &self.there.text[state.j..] };
        let apart = if c == '\'' { state.spaced.0 } else { state.spaced.1 };
        let opens = apart || !state.last.is_some_and(char::is_alphanumeric);
        opens || !single[1..].starts_with(char::is_alphanumeric)
    }

    /// Whether white space beside this character is the same, where it counts.
    fn may_follow(&self, state: &State, c: char) -> bool {
        let Some(last) = state.last else { return true };
        let wordy = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        let follows = |text: &str| text.chars().nth(1).is_some_and(|c| c.is_numeric());
        let point = |c: char| matches!(c, '.' | ',');
        let counts = wordy(last) && wordy(c)
            || point(last) && c.is_numeric()
            || last.is_numeric() && point(c) && follows(&self.here.text[state.i..self.end]);
        if counts {
            return state.spaced.0 == state.spaced.1;
        }
        if last == '-' && c.is_numeric() && state.spaced.0 != state.spaced.1 {
            // `- 7` of a list is not `-7`
            let (text, end) =
                if state.spaced.0 { (&self.there.text, state.end) } else { (&self.here.text, state.behind) };
            return text[..end - 1].ends_with(char::is_alphanumeric);
        }
        if c == '-' && last.is_numeric() {
            let minus = |spaced: bool, text: &str| spaced && follows(text);
            return minus(state.spaced.0, &self.here.text[state.i..])
                == minus(state.spaced.1, &self.there.text[state.j..]);
        }
        true
    }

    /// Words that the writer struck are struck in the source too, the same in the same place.
    fn is_struck_alike(&self, state: &State) -> bool {
        if self.here.struck.is_empty() {
            return true;
        }
        let opens = state.last.is_none();
        let behind = if opens { self.around.0 } else { state.behind };
        let up_to = if state.i >= self.end { self.around.1 } else { state.i };
        let end = if opens { self.there.text[..state.end].trim_end().len() } else { state.end };
        let first = self.here.struck.partition_point(|struck| struck.at < behind);
        let mut wanted = self.here.struck[first..]
            .iter()
            .take_while(|struck| struck.at <= up_to);
        let from = self.there.struck.partition_point(|struck| struck.at < end);
        let mut there = self.there.struck[from..]
            .iter()
            .take_while(|struck| struck.at <= state.j);
        wanted.all(|struck| there.any(|other| struck.words == other.words))
    }

    fn is_price(&self, state: &State) -> bool {
        let before = self.there.text[..state.j]
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end();
        let cents = self.there.text[state.j..]
            .chars()
            .take_while(|&c| figures::is_raised(c))
            .count();
        let typed = self.here.text[state.i + 1..self.end]
            .chars()
            .take_while(char::is_ascii_digit)
            .count();
        before.ends_with(is_currency) && cents == 2 && typed == 2
    }

    fn take(&self, state: &mut State, c: char, walked: &mut Walked) -> Step {
        if !self.numbers_agree(state, walked) {
            return Step::Stuck;
        }
        let distance = |(i, j): &(usize, usize)| j.wrapping_sub(*i);
        if walked.steps.last().map(distance) != Some(distance(&(state.i, state.j))) {
            walked.steps.push((state.i, state.j));
        }
        let next = self.there.text[state.j..].chars().next();
        let raised = next.is_some_and(figures::is_raised) && c.is_ascii_digit();
        let there = next.map_or(0, char::len_utf8);
        (state.i, state.j) = (state.i + c.len_utf8(), state.j + there);
        *state = State {
            last: Some(c),
            spaced: (false, false),
            behind: state.i,
            end: state.j,
            asked: false,
            head: None,
            number: None,
            first: state.first && !c.is_alphanumeric(),
            cents: (state.cents || raised) && c.is_ascii_digit(),
            steps: walked.steps.len(),
            remarks: walked.remarks.len(),
            ..*state
        };
        Step::On
    }

    /// Whether what numbers this line on one side and was passed over there is right to be missing on the
    /// other.
    fn numbers_agree(&self, state: &State, walked: &mut Walked) -> bool {
        match (state.head.map(|head| &self.heads[head]), state.number) {
            (None, None) => true,
            (None, Some(number)) => self.may_leave_out(state, number, walked),
            (Some(head), number) => self.may_be_dropped(state, head, number, walked),
        }
    }

    /// The number of a line may be left out, but where it is the only one of its kind and stands within a
    /// sentence: then it may be a figure that a line began with by chance. So may a sign before a digit.
    fn may_leave_out(&self, state: &State, number: Number, walked: &mut Walked) -> bool {
        let text = self.number(number);
        let listed = match number {
            Number::Typed(_) => !numbering::is_sign_of(text, &self.there.text[state.j..]),
            Number::Beside(i) => self.is_listed(i),
        };
        let free = listed || state.last.is_none() || self.lines.binary_search(&state.i).is_ok();
        free || numbering::ends_sentence(&self.there.text[..state.end]) || self.noted(walked, "", text)
    }

    /// Whether a page numbers other lines beside this one.
    fn is_listed(&self, number: usize) -> bool {
        let numbers = |beside: &Shown| beside.kind == BesideKind::Number;
        let before = self.there.beside[..number].iter().next_back().is_some_and(numbers);
        before || self.there.beside.get(number + 1).is_some_and(numbers)
    }

    /// What the writer put at the head of a line, and the source's words do not have.
    fn may_be_dropped(
        &self,
        state: &State,
        head: &Head,
        number: Option<Number>,
        walked: &mut Walked,
    ) -> bool {
        let before = &self.there.text[..state.j];
        if state.last.is_none()
            && let Some(cut) = self.cut_number(before, head)
        {
            return self.noted(walked, &head.text, cut);
        }
        let there = match number {
            Some(number) => Some(self.number(number)),
            None if state.last.is_none() => numbering::mark_before(before),
            None => None,
        };
        let behind = &self.there.text[state.j..];
        match numbering::compared(&head.text, there, behind) {
            numbering::Compared::Same => true,
            numbering::Compared::Other => self.noted(walked, &head.text, there.unwrap_or_default()),
            numbering::Compared::Missing => {
                walked.remarks.push(Remark::NotNumbered(head.text.trim().to_string()));
                true
            }
        }
    }

    /// What the number before a passage is a part of: `5.` is no number of a line in `3.-5. Mai`.
    fn cut_number(&self, before: &'a str, head: &Head) -> Option<&'a str> {
        let before = before.trim_end();
        let start = numbering::start_of(before, &head.text)?;
        let token = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        (!border::may_begin(self.raw, self.there, start)).then(|| &before[token.min(start)..])
    }

    fn number(&self, number: Number) -> &'a str {
        match number {
            Number::Typed(i) => self.sign(i),
            Number::Beside(i) => &self.there.beside[i].text,
        }
    }

    /// A sign of layout, without the `>` of a quoted mail before it.
    fn sign(&self, optional: usize) -> &'a str {
        self.there.text[self.there.optional[optional].clone()].trim_start_matches(['>', ' '])
    }

    fn noted(&self, walked: &mut Walked, quoted: &str, source: &str) -> bool {
        if self.diagnosing {
            walked.remarks.push(Remark::OtherNumber {
                quoted: quoted.trim().to_string(),
                source: source.trim().to_string(),
            });
        }
        self.diagnosing
    }
}

/// Another way, to be gone if this one leads nowhere.
fn fork(ways: &mut Vec<State>, way: State, seen: &mut HashSet<(usize, usize)>) {
    if seen.insert((way.i, way.j)) {
        ways.push(way);
    }
}

/// A range with the white space beside it.
pub fn widened(text: &str, range: &Range<usize>) -> (usize, usize) {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    (before.trim_end().len(), range.end + behind.len() - behind.trim_start().len())
}
