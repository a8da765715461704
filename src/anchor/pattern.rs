//! A quotation as something to look for: its parts, and what may stand between them.
//!
//! One quotation can be read in several ways; they are tried in turn until one is found in the source. First
//! as it stands. Then without quotation marks round the whole. In each of these, square brackets may be the
//! writer's alterations, and bare dots elisions. A reading is a `Pattern`. What stands at the heads of its
//! lines (list marks, numbers) is told to `walk`, which compares it with the source's.

use std::ops::Range;

use super::alteration;
use super::fold::{Folded, fold_with};
use super::gap::Gap;
use crate::model::quote::Words;
use crate::model::roles::{Inside, Role, Roles};

/// One reading of a quotation.
pub struct Pattern {
    /// The words as this reading takes them.
    pub words: Words,
    pub folded: Folded,
    /// Byte ranges of the folded text, in order; at least one, none empty.
    pub parts: Vec<Range<usize>>,
    /// What stands before the first part, between each two, and after the last: one more than parts.
    pub gaps: Vec<Gap>,
    /// Whether nothing of the quotation was left off but elisions.
    pub whole: bool,
    /// Whether brackets were taken as the writer's alterations.
    pub altered: bool,
    /// The marks at the heads of its lines, in order.
    pub heads: Vec<Head>,
    /// The bytes of the folded text with which its lines begin, behind their heads too. Sorted.
    pub lines: Vec<usize>,
}

/// List marks, heading marks, task boxes and footnote numbers at the start of a line: `12. `, `- [x] `, `² `.
#[derive(Clone, Debug)]
pub struct Head {
    /// Bytes of the folded text, the white space behind it included.
    pub range: Range<usize>,
    pub text: String,
}

/// More parts than this are no quotation; the bound keeps a hostile one from costing more than its length.
const MOST_PARTS: usize = 200;

/// The words as they stand: the reading that nearly every quotation is found by.
pub fn literal(words: &Words) -> Option<Pattern> {
    Reading { whole: true, ..Reading::of(words.clone()) }.pattern(false, false)
}

/// The words without anything that a writer may have put round, before or into them.
pub fn bare(words: &Words) -> Words {
    let unstruck = without(words, &words.struck);
    let mut reading = Reading::of(without_line_marks(&unstruck).unwrap_or(unstruck));
    reading = reading.unquoted().unwrap_or(reading);
    reading.unbracketed().unwrap_or(reading).words
}

/// Every other reading, the most literal first.
pub fn others(words: &Words) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for reading in variants(words) {
        let unbracketed = reading.unbracketed();
        for dots in [false, true] {
            if dots && !reading.has(Kind::Dots) {
                continue;
            }
            patterns.extend(reading.pattern(dots, false));
            if let Some(unbracketed) = &unbracketed {
                patterns.extend(unbracketed.pattern(dots, false));
                patterns.extend(reading.pattern(dots, true));
            }
        }
    }
    patterns
}

fn variants(words: &Words) -> Vec<Reading> {
    let base = Reading { whole: true, ..Reading::of(words.clone()) };
    let unquoted = base.unquoted();
    std::iter::once(base).chain(unquoted).collect()
}

/// Words on their way to a pattern.
struct Reading {
    words: Words,
    folded: Folded,
    pauses: Vec<Pause>,
    whole: bool,
    altered: bool,
}

struct Pause {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Elision,
    Dots,
    Bracket,
}

impl Reading {
    fn of(words: Words) -> Reading {
        let struck = words
            .struck
            .iter()
            .map(|range| Inside { range: range.clone(), role: Role::Struck });
        let folded = fold_with(&words.text, &Roles { inside: struck.collect(), beside: Vec::new() });
        let pauses = pauses(&folded.text);
        Reading { words, folded, pauses, whole: false, altered: false }
    }

    fn has(&self, kind: Kind) -> bool {
        self.pauses.iter().any(|pause| pause.kind == kind)
    }

    /// Without the brackets themselves: `[their] capital` where the source has just these words.
    fn unbracketed(&self) -> Option<Reading> {
        let brackets = self.pauses.iter().filter(|pause| pause.kind == Kind::Bracket);
        let signs = brackets.flat_map(|pause| {
            [pause.range.start..pause.range.start + 1, pause.range.end - 1..pause.range.end]
        });
        let signs: Vec<_> = signs.map(|sign| self.folded.raw(sign)).collect();
        let reading = || Reading { altered: true, ..Reading::of(without(&self.words, &signs)) };
        (!signs.is_empty()).then(reading)
    }

    /// Without the quotation marks round the whole.
    fn unquoted(&self) -> Option<Reading> {
        let text = &self.folded.text;
        let quoted = text.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let inner = quoted.strip_prefix(mark)?.strip_suffix(mark)?;
        if inner.is_empty() || (mark == '"' && inner.contains(mark) && !are_nested(inner)) {
            return None;
        }
        let close = quoted.len() - 1;
        let marks = [self.folded.raw(0..1), self.folded.raw(close..close + 1)];
        Some(Reading::of(without(&self.words, &marks)))
    }

    /// The pattern, with bare dots and brackets taken as pauses or as words.
    fn pattern(&self, dots: bool, brackets: bool) -> Option<Pattern> {
        let text = &self.folded.text;
        let taken = |pause: &&Pause| match pause.kind {
            Kind::Elision => true,
            Kind::Dots => dots,
            Kind::Bracket => brackets,
        };
        let (heads, lines) = self.heads();
        let (mut parts, mut gaps, mut gap, mut at) = (Vec::new(), Vec::new(), Gap::Edge, 0);
        for pause in self.pauses.iter().filter(taken) {
            if let Some(part) = trimmed(text, at..pause.range.start) {
                parts.push(part);
                gaps.push(std::mem::replace(&mut gap, Gap::Edge));
            }
            let next = pause.gap(text);
            // Beside an elision nothing tells what a bracket stands for.
            if gap.hides(next, text) {
                return None;
            }
            gap = gap.and(next);
            at = pause.range.end;
        }
        if let Some(part) = trimmed(text, at..text.len()) {
            parts.push(part);
            gaps.push(std::mem::replace(&mut gap, Gap::Edge));
        }
        gaps.push(gap);
        for edge in [0, gaps.len() - 1] {
            if gaps[edge] == Gap::Elision {
                gaps[edge] = Gap::Edge;
            }
        }
        let pattern = || Pattern {
            words: self.words.clone(),
            folded: self.folded.clone(),
            parts: parts.clone(),
            gaps,
            whole: self.whole && !brackets,
            altered: self.altered || brackets,
            heads,
            lines,
        };
        (1..=MOST_PARTS).contains(&parts.len()).then(pattern)
    }

    /// The marks at the heads of the lines, and where lines begin.
    fn heads(&self) -> (Vec<Head>, Vec<usize>) {
        let mut heads = Vec::new();
        let mut lines = Vec::new();
        for mark in line_heads(&self.words.text) {
            let range = self.folded.folded(mark.start)..self.folded.folded(mark.end);
            lines.push(range.start);
            if !range.is_empty() {
                lines.push(range.end);
                heads.push(Head { range, text: self.words.text[mark].to_string() });
            }
        }
        lines.sort_unstable();
        (heads, lines)
    }
}

impl Pause {
    fn gap(&self, text: &str) -> Gap {
        match self.kind {
            Kind::Elision | Kind::Dots => Gap::Elision,
            Kind::Bracket => Gap::Alteration {
                brackets: 1,
                start: self.range.start,
                end: self.range.end,
                glued_left: text[..self.range.start].ends_with(char::is_alphanumeric),
                glued_right: text[self.range.end..].starts_with(char::is_alphanumeric),
            },
        }
    }
}

impl Gap {
    /// Whether a bracket beside an elision says what must be the source's.
    fn hides(self, next: Gap, text: &str) -> bool {
        match (self, next) {
            (Gap::Alteration { start, end, .. }, Gap::Elision)
            | (Gap::Elision, Gap::Alteration { start, end, .. }) => {
                alteration::says_what_is_the_sources(&text[start..end])
            }
            _ => false,
        }
    }
}

/// The elisions, bare dots and other brackets of a folded text, in order.
fn pauses(text: &str) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['[', '(', '.']) {
        let start = at + found;
        let pause = if text[start..].starts_with('.') { dots(text, start) } else { bracket(text, start) };
        at = pause.as_ref().map_or(start + 1, |pause| pause.range.end);
        pauses.extend(pause);
    }
    pauses
}

fn dots(text: &str, start: usize) -> Option<Pause> {
    let count = text[start..].bytes().take_while(|&byte| byte == b'.').count();
    (count >= 3).then_some(Pause { range: start..start + count, kind: Kind::Dots })
}

fn bracket(text: &str, start: usize) -> Option<Pause> {
    let square = text[start..].starts_with('[');
    let close = start + 1 + text[start + 1..].find(['[', ']', '(', ')'])?;
    let closed = text[close..].starts_with(if square { ']' } else { ')' });
    let inner = text[start + 1..close].trim();
    let range = start..close + 1;
    let elision = inner.len() >= if square { 2 } else { 3 } && inner.bytes().all(|byte| byte == b'.');
    // A reference to a note (`[3]`) is never the writer's word for something else; a year may be.
    let reference = inner
        .split([',', ';', ' ', '-'])
        .all(|number| number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit()));
    match () {
        () if closed && elision => Some(Pause { range, kind: Kind::Elision }),
        () if closed && square && !inner.is_empty() && !reference => {
            Some(Pause { range, kind: Kind::Bracket })
        }
        () => None,
    }
}

/// Whether the marks within a text open and close in turn, so that those round it are none of theirs: `the
/// clerk said "so" and left`.
fn are_nested(inner: &str) -> bool {
    let mut open = false;
    for (at, _) in inner.match_indices('"') {
        let opens = inner[..at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-'));
        if opens == open {
            return false;
        }
        open = opens;
    }
    !open
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    (start < end).then_some(start..end)
}

/// The words without some bytes of their text, sorted; marks move along.
fn without(words: &Words, ranges: &[Range<usize>]) -> Words {
    let moved = |at: usize| {
        at - ranges
            .iter()
            .map(|range| at.clamp(range.start, range.end) - range.start)
            .sum::<usize>()
    };
    let mut text = String::with_capacity(words.text.len());
    let mut at = 0;
    for range in ranges {
        text.push_str(&words.text[at..range.start]);
        at = range.end;
    }
    text.push_str(&words.text[at..]);
    let all_moved = |ranges: &[Range<usize>]| {
        let moved = ranges.iter().map(|range| moved(range.start)..moved(range.end));
        moved.filter(|range| !range.is_empty()).collect()
    };
    Words { text, marks: all_moved(&words.marks), struck: all_moved(&words.struck) }
}

/// Without list marks, heading marks, task boxes and footnote numbers at the starts of lines.
fn without_line_marks(words: &Words) -> Option<Words> {
    let marks: Vec<_> = line_heads(&words.text).filter(|mark| !mark.is_empty()).collect();
    (!marks.is_empty()).then(|| without(words, &marks))
}

/// For each line that is not blank, the bytes of the marks at its head, if it has any.
fn line_heads(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let words = line.trim_start();
        let start = at + line.len() - words.len();
        at += line.len();
        (!words.is_empty()).then(|| start..start + line_marks(words))
    })
}

/// How many bytes at the start of a line are marks: `- [x] `, `1. `, `## `, `[^2]: `.
fn line_marks(line: &str) -> usize {
    let mut rest = line;
    for _ in 0..3 {
        let after = line_mark(rest).unwrap_or(rest).trim_start_matches([' ', '\t']);
        if after.is_empty() || after.len() == rest.len() {
            break;
        }
        rest = after;
    }
    line.len() - rest.len()
}

fn line_mark(line: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).take(10).count();
    let number = digits(line);
    let rest = match line.chars().next()? {
        c @ ('-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '·' | '–' | '—') => &line[c.len_utf8()..],
        '#' => line.trim_start_matches('#'),
        '(' => {
            let close = line.find(')')?;
            (close > 1 && digits(&line[1..close]) == close - 1).then_some(&line[close + 1..])?
        }
        '[' => {
            let close = line.find(']')?;
            let inner = &line[1..close];
            let footnote = !inner.is_empty() && (inner.starts_with('^') || digits(inner) == inner.len());
            let task = matches!(inner, " " | "x" | "X");
            (footnote || task).then_some(line[close + 1..].trim_start_matches(':'))?
        }
        '¹' | '²' | '³' | '⁴'..='⁹' => {
            line.trim_start_matches(['¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
        }
        _ if (1..=9).contains(&number) => line[number..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    rest.starts_with([' ', '\t']).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words { text: text.into(), ..Words::default() }
    }

    fn shown(pattern: &Pattern) -> String {
        let text = &pattern.folded.text;
        let mut shown = String::new();
        for (i, gap) in pattern.gaps.iter().enumerate() {
            shown += match gap {
                Gap::Edge => "",
                Gap::Elision => " … ",
                Gap::Alteration { .. } => " ± ",
            };
            shown += pattern.parts.get(i).map_or("", |part| &text[part.clone()]);
        }
        shown
    }

    #[track_caller]
    fn check(text: &str, first: &str, others_expected: &[&str]) {
        let words = words(text);
        assert_eq!(literal(&words).map_or(String::new(), |pattern| shown(&pattern)), first);
        let others: Vec<String> = others(&words)
            .iter()
            .map(shown)
            .filter(|other| other != first)
            .collect();
        assert_eq!(others, others_expected);
    }

    #[test]
    fn elisions_part_and_mean_nothing_at_the_ends() {
        check(
            "one [...] two […] three [. . .] four (…) five (...) six",
            "one … two … three … four … five … six",
            &[],
        );
        check("[...] one two (…)", "one two", &[]);
        check("[...]", "", &[]);
    }

    #[test]
    fn bare_dots_are_words_first() {
        check("one ... two", "one ... two", &["one … two"]);
        check("…one two. . .", "...one two...", &["one two"]);
    }

    #[test]
    fn brackets_are_words_first() {
        check(
            "[T]he council of [its] city",
            "[T]he council of [its] city",
            &["The council of its city", " ± he council of ± city"],
        );
        check(
            "only [sic] the [...] first",
            "only [sic] the … first",
            &["only sic the … first", "only ± the … first"],
        );
    }

    #[test]
    fn marks_round_and_before_the_words_may_be_left_off() {
        check("\"one two.\"", "\"one two.\"", &["one two."]);
        check("“one” and “two”", "\"one\" and \"two\"", &[]);
    }

    #[test]
    fn marks_at_the_heads_of_lines_are_known() {
        let heads = |text: &str| {
            let pattern = literal(&words(text)).expect("there are words");
            pattern
                .heads
                .iter()
                .map(|head| head.text.trim().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(heads("- one\n2. [x] two\n## three\nfour"), ["-", "2. [x]", "##"]);
        assert_eq!(heads("1. 5 ships"), ["1."]);
        assert_eq!(heads("[54] one\n² two\n(3) three\n14) four\n+ 5"), ["[54]", "²", "(3)", "14)", "+"]);
    }

    #[test]
    fn references_are_no_alterations() {
        check("of it.[3] The", "of it.[3] The", &[]);
        check("in [1986] the", "in [1986] the", &["in 1986 the", "in ± the"]);
    }

    #[test]
    fn digits_parted_by_plain_spaces_may_belong_together() {
        check("some 1 650 km", "some 1650 km", &[]);
        check("in 2019 650 km", "in 2019 650 km", &[]);
    }

    #[test]
    fn marks_move_with_the_words() {
        let words =
            Words { text: "\"one two\"".into(), marks: std::iter::once(5..8).collect(), ..Words::default() };
        let pattern = others(&words).pop().expect("the words without quotation marks");
        assert_eq!(&pattern.words.text[pattern.words.marks[0].clone()], "two");
    }
}
