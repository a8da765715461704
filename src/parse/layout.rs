//! Signs of layout that people type into a plain text: a passage may have them or leave them out.
//!
//! Marks of quoted mail (`> `), list marks (`- `, `12. ` where a list counts on), emphasis (`_so_`, `*so*`,
//! `=so=`, `/so/`) at the borders of words, a hyphen with a space before it at a line's end, and numbers of
//! notes: in square brackets, or stuck to a word or its full stop where notes with such numbers follow or the
//! numbers run on. Whatever is not clearly one of these is words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::hanging::hangs;
use super::line_numbers;
use super::lines::{Line, lines};

/// All of them, sorted and disjoint, as bytes of the text.
pub fn signs(text: &str) -> Vec<Range<usize>> {
    let mut found = heads(text);
    found.extend(notes(text));
    found.extend(emphasis(text));
    found.extend(hyphens(text));
    found.extend(line_numbers::ranges(&lines(text, 0).collect::<Vec<_>>()));
    disjoint(found)
}

/// Marks of mail and of lists at the heads of lines, sorted and disjoint.
pub fn heads(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    let all: Vec<Line> = lines(text, 0).collect();
    let bounds = bounds(&all);
    for (i, line) in all.iter().enumerate() {
        let mut at = line.start + line.indent();
        let mail = mail_mark(&text[at..line.end()]);
        if mail > 0 && !bounds[i] {
            found.push(at..at + mail);
            at += mail;
        }
        let before = i.checked_sub(1).map_or("", |before| all[before].text);
        let rest = &text[at..line.end()];
        match mark(rest) {
            Some((length, None)) => found.push(at..at + length),
            Some((length, Some(number))) => marks.push(Mark { range: at..at + length, number, before }),
            None => {}
        }
    }
    let lists = marks
        .chunk_by(|before, here| here.follows(before))
        .filter(|list| is_list(list));
    found.extend(lists.flatten().map(|mark| mark.range.clone()));
    found.extend(lettered(&all));
    disjoint(found)
}

/// Whether a line begins something, seen from the line before it: that one is empty or ends a sentence, or a
/// piece of one.
fn begins(before: &str) -> bool {
    let words = before
        .trim_end()
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    words.is_empty() || words.ends_with(['.', '!', '?', ':', ';', ',', '。', '：', '；', '-', '–', '—'])
}

/// Whether numbers that follow each other are those of a list, and not days and kings with which lines of a
/// paragraph begin by chance (`on the | 12. May until | 13. May`, `Charles | V. and Charles | VI.`).
fn is_list(marks: &[Mark]) -> bool {
    let (Some(first), true) = (marks.first(), marks.len() > 1) else { return false };
    let others = marks[1..].iter().filter(|mark| begins(mark.before)).count();
    begins(first.before) || 2 * others >= marks.len() || first.number.is_first() && !hangs(first.before)
}

fn disjoint(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let free = range.start >= end && !range.is_empty();
        end = end.max(range.end);
        free
    });
    ranges
}

/// How many bytes at the start of a line are marks of quoted mail: `> > `.
fn mail_mark(line: &str) -> usize {
    let rest = line.trim_start_matches(['>', ' ', '\t']);
    let marks = &line[..line.len() - rest.len()];
    if marks.starts_with('>') { marks.len() } else { 0 }
}

/// For each line whether its `>` says "more than": lines that all go on with a figure, in the middle of a
/// paragraph whose lines happen to break before it; or figures that stand alone behind it (`Limit:`, `> 5
/// mg`), in a text that marks no other lines so.
fn bounds(lines: &[Line]) -> Vec<bool> {
    let mut bounds = vec![false; lines.len()];
    let is_marked = |line: &Line| line.text.trim_start().starts_with('>');
    let is_bound = |line: &Line| {
        let rest = line.text.trim_start().trim_start_matches(['>', ' ', '\t']);
        // `> 1. It fell.` is an item of a mail.
        let is_item = mark(rest).is_some_and(|(_, number)| number.is_some());
        rest.starts_with(|c: char| c.is_numeric() || matches!(c, '$' | '€' | '£')) && !is_item
    };
    // What ends as a sentence does is one of a mail.
    let is_alone = |line: &Line| {
        let is_sentence = line.text.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '»']);
        !is_sentence && line.text.split_whitespace().count() <= MOST_OF_A_BOUND
    };
    let no_mail = lines
        .iter()
        .filter(|line| is_marked(line))
        .all(|line| is_bound(line) && is_alone(line));
    let mut at = 0_usize;
    for block in lines.chunk_by(|before, here| is_marked(before) == is_marked(here)) {
        let before = at.checked_sub(1).map_or("", |before| lines[before].text).trim();
        let goes_on = !before.is_empty() && !before.ends_with(':');
        if (goes_on || no_mail && !speaks(before)) && is_marked(&block[0]) && block.iter().all(is_bound) {
            bounds[at..at + block.len()].fill(true);
        }
        at += block.len();
    }
    bounds
}

/// Whether a line says that somebody wrote what follows: it ends with a verb and a colon, or has an address.
fn speaks(line: &str) -> bool {
    let verb = line
        .strip_suffix(':')
        .and_then(|line| line.rsplit(char::is_whitespace).next());
    let said = |verb: &str| WRITING.split_whitespace().any(|one| one == verb);
    line.contains('@') || verb.is_some_and(said)
}

const WRITING: &str = "wrote writes said says schrieb schreibt geschrieben sagte sagt écrit écrivait dit \
    escribió dijo scrisse scrive ha escreveu \
    disse skrev skriver schreef написал написала пишет viết";

/// `> 5 mg / l`: a bound that stands alone in its line has no more parts.
const MOST_OF_A_BOUND: usize = 5;

/// A mark that counts.
struct Mark<'t> {
    range: Range<usize>,
    number: Number,
    /// The line before it.
    before: &'t str,
}

#[derive(PartialEq)]
struct Number {
    /// What surrounds the number: `(`, `.`
    open: bool,
    close: char,
    /// What it may count as: a figure, a letter, a Roman number.
    values: [Option<u32>; 3],
    /// Whether it is set in capitals, as the numbers of kings are.
    capital: bool,
}

impl Number {
    /// Whether a list begins with it wherever it stands.
    fn is_first(&self) -> bool {
        !self.capital && self.values.contains(&Some(1))
    }
}

impl Mark<'_> {
    /// Whether it is the next of the same list.
    fn follows(&self, before: &Mark<'_>) -> bool {
        let (here, there) = (&self.number, &before.number);
        let same = here.open == there.open && here.close == there.close && here.capital == there.capital;
        let next = |i: usize| {
            here.values[i]
                .zip(there.values[i])
                .is_some_and(|(here, there)| here == there + 1)
        };
        same && (0..3).any(next)
    }
}

/// The mark at the start of a line, with the white space behind it, and its number if it counts.
fn mark(line: &str) -> Option<(usize, Option<Number>)> {
    let first = line.chars().next()?;
    if is_bullet(first) {
        return Some((first.len_utf8() + space(&line[first.len_utf8()..])?, None));
    }
    let open = usize::from(first == '(');
    let word = &line[open..];
    let length = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
    let close = word[length..]
        .chars()
        .next()
        .filter(|&close| close == ')' || close == '.' && open == 0)?;
    let end = open + length + 1;
    let values = values(&word[..length])?;
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    Some((end + space(&line[end..])?, Some(Number { open: open > 0, close, values, capital })))
}

/// Signs that begin an item wherever they stand. The last ones are those that word processors set by fonts of
/// signs.
fn is_bullet(c: char) -> bool {
    let typed = matches!(c, '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '·' | '–' | '—');
    let drawn = matches!(
        c,
        '●' | '○'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '❖'
            | '⁃'
            | '∙'
            | '◆'
            | '◇'
    );
    typed || drawn || matches!(c, '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' | '\u{F076}')
}

/// Letters that stand for such signs where their font is lost.
fn bullet_letter(line: &str) -> Option<(char, usize)> {
    let first = line.chars().next().filter(|c| matches!(c, 'o' | '§' | 'Ø' | 'ü'))?;
    let space = space(&line[first.len_utf8()..])?;
    let length = first.len_utf8() + space;
    line[length..]
        .starts_with(char::is_alphabetic)
        .then_some((first, length))
}

/// Items that begin with such a letter: two lines and more that do, below an empty line or one that ends with
/// a colon or a sentence.
fn lettered(lines: &[Line]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let letter = |line: &Line| bullet_letter(line.text.trim_start());
    let mut at = 0_usize;
    for block in lines.chunk_by(|before, here| {
        letter(before).map(|(letter, _)| letter) == letter(here).map(|(letter, _)| letter)
    }) {
        let before = at.checked_sub(1).map_or("", |before| lines[before].text);
        at += block.len();
        if block.len() > 1 && begins(before) {
            let mark = |line: &Line| {
                let (start, (_, length)) = (line.start + line.indent(), letter(line)?);
                Some(start..start + length)
            };
            found.extend(block.iter().filter_map(mark));
        }
    }
    found
}

fn space(rest: &str) -> Option<usize> {
    let words = rest.trim_start_matches([' ', '\t', '\u{A0}']);
    (words.len() < rest.len() && !words.is_empty()).then_some(rest.len() - words.len())
}

/// A number of a list is no longer than this.
const LONGEST: usize = 8;

fn values(word: &str) -> Option<[Option<u32>; 3]> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let figure = word
        .parse()
        .ok()
        .filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
    let letter = match word.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(u32::from(byte.to_ascii_lowercase() - b'a') + 1),
        _ => None,
    };
    let values = [figure, letter, roman(word)];
    values.iter().any(Option::is_some).then_some(values)
}

fn roman(word: &str) -> Option<u32> {
    let value = |byte: u8| match byte.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let values: Vec<u32> = word.bytes().map(value).collect::<Option<_>>()?;
    let lower = |i: usize| values.get(i + 1).is_some_and(|next| values[i] < *next);
    let (mut sum, mut less) = (0, 0);
    for (i, value) in values.iter().enumerate() {
        if lower(i) { less += value } else { sum += value }
    }
    u32::checked_sub(sum, less)
}

// Numbers of notes.

/// A number that may refer to a note.
struct Candidate {
    range: Range<usize>,
    value: u32,
    hangs_on: On,
}

#[derive(Clone, Copy, PartialEq)]
enum On {
    /// A full stop or another sign behind a word.
    Sign,
    /// As that, but it may be an abbreviation, or something goes on behind it: `Fig.1 shows`.
    Doubtful,
    Word,
}

/// Notes have no more digits.
const MOST_DIGITS: usize = 3;

fn notes(text: &str) -> Vec<Range<usize>> {
    let mut found = bracketed(text);
    let candidates = candidates(text);
    let last_notes = last_notes(text);
    let run = runs(&candidates);
    let noted = |candidate: &&Candidate| {
        last_notes
            .get(&candidate.value)
            .is_some_and(|&at| at >= candidate.range.end)
    };
    let evidence = Evidence::of(text, candidates.iter().filter(noted));
    for (i, candidate) in candidates.iter().enumerate() {
        let refers = match candidate.hangs_on {
            On::Sign => noted(&candidate) || run[i],
            On::Doubtful | On::Word => noted(&candidate) && evidence.is_for(text, candidate),
        };
        if refers {
            found.push(candidate.range.clone());
        }
    }
    found
}

/// What else tells that a number stuck to a word refers to a note. `apollo11` is a name although a line
/// begins with 11.
struct Evidence<'t> {
    /// The numbers that notes have and words bear.
    values: BTreeSet<u32>,
    /// Each word that bears one, how often it bears one in the text, and how often it stands alone.
    words: BTreeMap<&'t str, (usize, usize)>,
}

impl<'t> Evidence<'t> {
    fn of<'c>(text: &'t str, noted: impl Iterator<Item = &'c Candidate>) -> Evidence<'t> {
        let mut evidence = Evidence { values: BTreeSet::new(), words: BTreeMap::new() };
        for candidate in noted {
            evidence.values.insert(candidate.value);
            if candidate.hangs_on != On::Sign {
                evidence
                    .words
                    .insert(word_before(text, candidate.range.start), (0, 0));
            }
        }
        if !evidence.words.is_empty() {
            for (at, word) in words_of(text) {
                let rest = &text[at + word.len()..];
                let bears = rest
                    .trim_start_matches('.')
                    .starts_with(|c: char| c.is_ascii_digit() || raised(c).is_some());
                if let Some(counts) = evidence.words.get_mut(word) {
                    if bears { counts.0 += 1 } else { counts.1 += 1 }
                }
            }
        }
        evidence
    }

    /// The numbers of several notes run on, or it is the first one and the word is known without it; and no
    /// other number hangs on the word.
    fn is_for(&self, text: &str, candidate: &Candidate) -> bool {
        let beside = [candidate.value.checked_sub(1), candidate.value.checked_add(1)];
        let runs_on = beside.into_iter().flatten().any(|value| self.values.contains(&value));
        let (bearing, alone) = self
            .words
            .get(word_before(text, candidate.range.start))
            .copied()
            .unwrap_or_default();
        let known = candidate.hangs_on == On::Word && candidate.value == 1 && alone > 0;
        let is_raised = text[candidate.range.clone()].starts_with(|c| raised(c).is_some());
        is_raised || bearing <= 1 && (runs_on || known)
    }
}

/// The word that a number hangs on, signs between them aside.
fn word_before(text: &str, at: usize) -> &str {
    let word = text[..at].trim_end_matches(|c: char| !c.is_alphabetic());
    let from = word.trim_end_matches(char::is_alphabetic).len();
    &word[from..]
}

/// Every run of letters, with its place.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|c: char| !c.is_alphabetic())
        .filter_map(move |piece| {
            let (start, word) = (at, piece.trim_end_matches(|c: char| !c.is_alphabetic()));
            at += piece.len();
            (!word.is_empty()).then_some((start, word))
        })
}

/// `[53]`, `[4, 5]`, `[6–8]`
fn bracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let inner = &text[at + 1..];
        let length = inner
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | ';' | ' ' | '-' | '–')))
            .unwrap_or(inner.len());
        let numbers = inner[..length]
            .split([',', ';', ' ', '-', '–'])
            .filter(|number| !number.is_empty());
        let short = numbers.clone().all(|number| number.len() <= MOST_DIGITS) && numbers.count() > 0;
        if short && inner[length..].starts_with(']') {
            found.push(at..at + length + 2);
        }
    }
    found
}

/// For each number with which a line begins, where the last such line begins.
fn last_notes(text: &str) -> BTreeMap<u32, usize> {
    let mut notes = BTreeMap::new();
    for line in lines(text, 0) {
        let words = line.text.trim_start().trim_start_matches(['[', '(']);
        let (value, length) = number(words);
        let rest = &words[length..];
        let parted = rest.starts_with([' ', '\t', '.', ')', ']']) && rest.len() > 1;
        if let Some(value) = value.filter(|_| parted) {
            notes.insert(value, line.start);
        }
    }
    notes
}

/// The number with which a text begins, plain or raised, and its length.
fn number(text: &str) -> (Option<u32>, usize) {
    let raised = text.starts_with(|c| raised(c).is_some());
    let value = |c: char| if raised { self::raised(c) } else { c.to_digit(10) };
    let digits: Vec<(usize, u32)> = text
        .chars()
        .map_while(|c| Some((c.len_utf8(), value(c)?)))
        .take(MOST_DIGITS + 1)
        .collect();
    let length = digits.iter().map(|digit| digit.0).sum();
    let fits = (1..=MOST_DIGITS).contains(&digits.len());
    (fits.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + digit.1)), length)
}

fn raised(c: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹"
        .chars()
        .zip(0..)
        .find(|(digit, _)| *digit == c)
        .map(|(_, value)| value)
}

fn candidates(text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(|c: char| c.is_ascii_digit() || raised(c).is_some()) {
        let start = at + next;
        let (value, length) = number(&text[start..]);
        let is_raised = raised(text[start..].chars().next().unwrap_or(' ')).is_some();
        let goes_on = |c: char| if is_raised { raised(c).is_some() } else { c.is_ascii_digit() };
        let more = text[start + length..]
            .find(|c: char| !goes_on(c))
            .unwrap_or(text.len() - start - length);
        at = start + length + more;
        let range = start..start + length;
        if let Some(value) = value.filter(|_| more == 0)
            && let Some(hangs_on) = hangs_on(text, &range)
        {
            found.push(Candidate { range, value, hangs_on });
        }
    }
    found
}

/// What a number hangs on, if it hangs on something as the number of a note does.
fn hangs_on(text: &str, range: &Range<usize>) -> Option<On> {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let raised = text[range.clone()].starts_with(|c| raised(c).is_some());
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '"' | '”' | '»' | '’' | '—' | '–');
    let ends = |c: char| ends(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?');
    if !after.chars().next().is_none_or(ends) {
        return None;
    }
    let last = before.chars().next_back()?;
    let word = |text: &str| text.chars().rev().take(4).take_while(|c| c.is_alphabetic()).count();
    match last {
        '.' | ',' | ';' | '!' | '?' | '”' | '"' | '»' | '’' | '\'' | ')' | '…' => {
            let inner = before.trim_end_matches([
                '.', ',', ';', '!', '?', '”', '"', '»', '’', '\'', ')', '…', '\u{A0}', '\u{202F}',
            ]);
            let inner = if before[inner.len()..].contains('»') { inner.trim_end() } else { inner }; // « so ».
            let behind = inner.chars().next_back()?;
            let free = !behind.is_numeric()
                && !behind.is_whitespace()
                && (last == '»' || inner.len() + 8 > before.len());
            let short = last == '.' && (1..4).contains(&word(inner)) && behind.is_alphabetic();
            let goes_on = last == '.' && after.trim_start().starts_with(char::is_lowercase);
            free.then_some(if short || goes_on { On::Doubtful } else { On::Sign })
        }
        _ if last.is_alphabetic() => {
            let lower = last.is_lowercase() || !last.is_uppercase();
            (word(before) >= if raised { 3 } else { 2 } && lower).then_some(if raised {
                On::Sign
            } else {
                On::Word
            })
        }
        _ if last.is_numeric() && raised => Some(On::Word),
        _ => None,
    }
}

/// Which candidates are of a run: 1, 2, 3 …, or at least two that follow each other.
fn runs(candidates: &[Candidate]) -> Vec<bool> {
    let signs: Vec<usize> = (0..candidates.len())
        .filter(|&i| candidates[i].hangs_on == On::Sign)
        .collect();
    let mut run = vec![false; candidates.len()];
    let value = |i: usize| candidates[signs[i]].value;
    for i in 0..signs.len() {
        let before = i > 0 && value(i) == value(i - 1) + 1;
        let after = i + 1 < signs.len() && value(i) + 1 == value(i + 1);
        run[signs[i]] = before || after || value(i) == 1;
    }
    run
}

// Emphasis.

/// Emphasis is not longer than this.
const LONGEST_EMPHASIS: usize = 1000;

fn emphasis(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: BTreeMap<(char, usize), Range<usize>> = BTreeMap::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['_', '*', '=', '/', '\n', '\r']) {
        let start = at + next;
        let sign = text[start..].chars().next().unwrap_or('\n'); // it was found
        let length = text[start..].len() - text[start..].trim_start_matches(sign).len();
        at = start + length;
        if matches!(sign, '\n' | '\r') {
            let blank = text[at..].lines().next().is_none_or(|line| line.trim().is_empty());
            if blank || length > 1 && sign == '\n' {
                open.clear();
            }
            continue;
        }
        let range = start..at;
        let (closes, opens) = (closes(text, sign, &range), opens(text, sign, &range));
        match open
            .remove(&(sign, length))
            .filter(|before| closes && start - before.end <= LONGEST_EMPHASIS)
        {
            Some(before) => found.extend([before, range]),
            None if opens && length <= 3 => {
                open.insert((sign, length), range);
            }
            None => {}
        }
    }
    found
}

fn opens(text: &str, sign: char, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let Some(after) = text[range.end..].chars().next() else { return false };
    let behind_digit = before.is_some_and(char::is_numeric) && sign != '/' && sign != '=';
    let free = before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '(' | '[' | '"' | '“' | '„' | '«' | '‘' | '\'' | '—' | '–' | '-' | '>')
    });
    let word = after.is_alphabetic()
        || sign != '/'
            && (after.is_numeric() || matches!(after, '"' | '“' | '„' | '«' | '‘' | '\'' | '(' | '_' | '*'));
    free && word || behind_digit && after.is_alphabetic()
}

fn closes(text: &str, sign: char, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let inner = before.is_some_and(|c| !c.is_whitespace() && (sign != '/' || !c.is_numeric()));
    inner && after.is_none_or(|c| !c.is_alphanumeric() && c != sign)
}

// Hyphens.

/// `evalu -` at a line's end: the hyphen and the white space around it.
fn hyphens(text: &str) -> Vec<Range<usize>> {
    let all: Vec<Line> = lines(text, 0).collect();
    let mut found = Vec::new();
    for pair in all.windows(2) {
        let line = pair[0].text.trim_end();
        let Some(word) = line.strip_suffix(['-', '‐', '\u{2011}']) else { continue };
        let parted = word.ends_with(' ') && word.trim_end().ends_with(char::is_alphabetic);
        let goes_on = pair[1].text.trim_start().starts_with(char::is_lowercase);
        if parted && goes_on {
            found.push(pair[0].start + word.trim_end().len()..pair[1].start + pair[1].indent());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = signs(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_mail_and_lists() {
        check("> We carried\n> > The board\nAB> so 12 > 9", &[">", "> >"]);
        check("- one\n• two\n– three\n-5", &["-", "•", "–"]);
        check("it must be\n> 5 mg at noon\nand no more", &[]);
        check("she wrote:\n> 5 mg at noon", &[">"]);
        check("It fell.\n> 5 mg\n> at noon", &[">", ">"]);
        check("it must be\n> 5 mg\n> 7 mg at noon", &[]);
        check("1. one\n2. two\n\n7. seven", &["1.", "2."]);
        check("(i) no\n(ii) so\na) rope\nb) sail\niv. x\nA. Berg", &["(i)", "(ii)", "a)", "b)"]);
        check("between 0 and\n1. Great job\n12. Mai 1921", &[]);
        check("am\n12. Mai bis zum\n13. Mai", &[]);
        check("Charles\nV. und Karl\nVI. nach Wien", &[]);
        check("Charles\nI. und Karl\nII. nach Wien", &[]);
        check("paid on\n1. March and on\n2. April", &[]);
        check("Duties\n1. rope\n2. sail", &["1.", "2."]);
        check("Duties\n12. rope.\n13. sail.\n14. oar.", &["12.", "13.", "14."]);
    }

    #[test]
    fn numbers_of_notes() {
        check("a decision.1 The appeal", &["1"]);
        check(
            "Saline [53] gave.[12] It [4, 5] and [6–8] so [1986] [a]",
            &["[53]", "[12]", "[4, 5]", "[6–8]"],
        );
        check("of 2023.4 tons, v2.1 and 41,2001 barrels", &[]);
        check("Area51 lies far from B12, MP3 by group77.", &[]);
        check("vota « sans débat ».12 La séance.13 On", &["12", "13"]);
        check("see Fig.1 and no.1 there", &[]);
        check("The steamer4 left 5 m² of\n\n4 Log.\n", &[]);
        check("The steamer1 left. No steamer came.\n\n1 Log.\n", &["1"]);
        check("The steamer4 left with a pilot5 aboard\n\n4 Log.\n5 Hull.\n", &["4", "5"]);
        check("In apollo11 and apollo12 the crew slept.\n\n11 A note.\n12 A note.\n", &[]);
        check("By sec.11 of it, sec.12 ends\n\n11 A note.\n12 A note.\n", &[]);
        check("carried 41,200¹ men in m²\n\n¹ Book.", &["¹"]);
        check("It was so,\" he said \"5 ships", &[]);
    }

    #[test]
    fn emphasis_at_the_borders_of_words() {
        check("_The ship_ on a =cold= day", &["_", "_", "=", "="]);
        check("10_s._ 6_d._ and *no* __one__", &["_", "_", "_", "_", "*", "*", "__", "__"]);
        check("log_book_1911 and 2*3*4, 3 * 4, x=5, a/b/c, /usr/bin", &[]);
        check("_a\nb_ so _c\n\nd_ /Mermaid/'s", &["_", "_", "/", "/"]);
    }

    #[test]
    fn hyphens_with_a_space_before_them() {
        check("an evalu -\nation of -\nIt", &["-"]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        for piece in ["_a", "*", "[1", "a.1 ", "> ", "1. x\n", "a -\n", "\n", "»", "=a ", "9"] {
            let start = std::time::Instant::now();
            signs(&piece.repeat(200_000));
            assert!(start.elapsed().as_secs() < 20, "{piece}");
        }
    }
}
