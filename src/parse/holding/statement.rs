//! A line as a person reads it: what is seen of it, and what it states, as `key: value` or in another way.

use std::ops::Range;

use crate::parse::keys::{Match, folded, known};
use crate::parse::look::{Look, looks, plain};

/// The keys that hold something back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Private,
    Draft,
    Rights,
}

impl Key {
    const ALL: [Key; 3] = [Key::Private, Key::Draft, Key::Rights];

    pub fn word(self) -> &'static str {
        match self {
            Key::Private => "private",
            Key::Draft => "draft",
            Key::Rights => "rights",
        }
    }

    /// Whether some letters read as the key: exactly, or nearly.
    fn reads(self, letters: &[Look]) -> Option<bool> {
        let word = self.word();
        if letters.len().abs_diff(word.len()) > 2 || is_another_word(letters, word) {
            return None;
        }
        let guessed = letters.iter().filter(|look| !matches!(look, Look::Letter(_))).count();
        // Of what is taken for no Latin letter (a figure, a sign of another script) nearly half may stand in
        // for one.
        if letters.len() == word.len()
            && guessed * 2 < word.len()
            && letters.iter().zip(word.chars()).all(|(look, c)| is_like(*look, c))
        {
            return Some(true);
        }
        if guessed * 3 > word.len() {
            return None;
        }
        let typed: String = letters
            .iter()
            .zip(word.chars().chain(std::iter::repeat('?')))
            .map(|(look, c)| letter(*look, c))
            .collect();
        let near = known(&typed, &[word]) != Match::Unknown;
        // With its first letter wrong too, unless that is another word.
        let near = near || strsim::osa_distance(&typed, word) <= 1;
        (near && !OTHER_WORDS.contains(&typed.as_str())).then_some(false)
    }
}

/// Whether some letters have so many that are not in a word that they cannot be meant for it: of all slips
/// that are forgiven none changes more than two. It spares nearly every word of a text the comparison letter
/// by letter.
fn is_another_word(letters: &[Look], word: &str) -> bool {
    let is_strange = |look: &&Look| matches!(look, Look::Letter(c) if !word.contains(*c));
    letters.iter().filter(is_strange).nth(2).is_some()
}

/// English words that are spelt nearly like a key.
const OTHER_WORDS: &[&str] = &[
    "craft",
    "graft",
    "kraft",
    "raft",
    "drift",
    "lights",
    "nights",
    "fights",
    "sights",
    "tights",
    "eights",
    "heights",
    "knights",
    "right",
    "pirate",
    "primate",
    "prorate",
    "prorated",
    "prelate",
    "privet",
    "privately",
    "privacy",
    "primates",
    "pirates",
    "riots",
    "dart",
    "darts",
    "trad",
];

/// Whether some letters are those of a word in disorder, with one at most missing or too many: `drfta`,
/// `rdat`, `rpivae`.
fn is_jumbled(letters: &str, word: &str) -> bool {
    let count = |text: &str, c: char| text.matches(c).count();
    let wrong: usize = ('a'..='z').map(|c| count(letters, c).abs_diff(count(word, c))).sum();
    let is_near = wrong <= 1 && letters.len() >= 4 && strsim::osa_distance(letters, word) <= 3;
    is_near && letters.bytes().all(|b| b.is_ascii_lowercase()) && !OTHER_WORDS.contains(&letters)
}

fn is_like(look: Look, c: char) -> bool {
    letter(look, c) == c
}

/// The letter that is seen; what may stand for any letter stands for the wanted one.
fn letter(look: Look, wanted: char) -> char {
    match look {
        Look::Letter(c) => c,
        _ => wanted,
    }
}

/// What a person sees, and the bytes of the line that show it.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    at: usize,
    end: usize,
    pub look: Look,
}

impl Glyph {
    /// Whether it is part of a word.
    pub fn is_letter(&self) -> bool {
        matches!(self.look, Look::Letter(_) | Look::Digit(_) | Look::Other(_))
    }
}

/// A line, or a part of one, in the order in which it is read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    line: &'a str,
    pub glyphs: Vec<Glyph>,
}

/// Ranges of the glyphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub head: Range<usize>,
    pub value: Range<usize>,
    /// Whether a colon or an equals sign parts them.
    pub sign: bool,
}

/// So much of a line is read at its start and at its end: a line of ten megabytes is not read whole.
const LONGEST: usize = 400;
/// A key is short, whatever stands round it.
pub const LONGEST_HEAD: usize = 64;

/// Brackets that may stand round a word.
pub const BRACKETS: &[(char, char)] =
    &[('{', '}'), ('[', ']'), ('(', ')'), ('<', '>'), ('【', '】'), ('「', '」')];

/// The ways in which a line is read: the lines that the eye sees in it, and what a sign that turns letters
/// round makes of them.
pub fn readings(line: &str) -> impl Iterator<Item = Reading<'_>> {
    let turned = line.contains('\u{202e}');
    sublines(line).flat_map(move |part| {
        let reading = Reading { line, glyphs: glyphs(line, part) };
        let mut backwards = turned.then(|| reading.clone());
        backwards.iter_mut().for_each(|reading| reading.glyphs.reverse());
        std::iter::once(reading).chain(backwards)
    })
}

/// The end of a long line, which `readings` do not reach.
pub fn tail(line: &str) -> Option<Reading<'_>> {
    let (start, _) = line
        .char_indices()
        .rev()
        .nth(LONGEST / 2)
        .filter(|&(start, _)| start > LONGEST)?;
    Some(Reading { line, glyphs: glyphs(line, start..line.len()) })
}

/// A line ends for the eye at more signs than `lines` knows.
fn sublines(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_end = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\x0b' | '\x0c');
    let mut from = 0;
    let ends = line
        .char_indices()
        .filter(move |&(_, c)| is_end(c))
        .map(|(at, c)| (at, at + c.len_utf8()));
    ends.chain([(line.len(), line.len())])
        .map(move |(end, next)| std::mem::replace(&mut from, next)..end)
}

fn glyphs(line: &str, part: Range<usize>) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(part.len().min(LONGEST));
    let mut skip_to = 0;
    for (at, c) in line[part.clone()].char_indices().map(|(at, c)| (part.start + at, c)) {
        if glyphs.len() >= LONGEST {
            break;
        }
        if at < skip_to {
            continue;
        }
        if matches!(c, '<' | '&')
            && let Some(length) = markup(&line[at..part.end])
        {
            skip_to = at + length;
            continue;
        }
        let end = at + c.len_utf8();
        if c.is_ascii() {
            glyphs.extend(plain(c).map(|look| Glyph { at, end, look }));
        } else {
            glyphs.extend(looks(c).map(|look| Glyph { at, end, look }));
        }
    }
    glyphs
}

/// The length of a tag or an entity that begins here: nobody reads them. `<private>` is read.
fn markup(rest: &str) -> Option<usize> {
    const LONGEST: usize = 48;
    let inner = rest.strip_prefix(['<', '&'])?;
    let closing = if rest.starts_with('<') { '>' } else { ';' };
    let (end, _) = inner
        .char_indices()
        .take(LONGEST)
        .find(|&(_, c)| matches!(c, '<' | '&') || c == closing)?;
    let name = &inner[..end];
    let plain = name.trim_start_matches(['/', '#']);
    let is_key = !name.starts_with('/') && Key::ALL.iter().any(|key| folded(plain).starts_with(key.word()));
    let is_one = inner[end..].starts_with(closing) && plain.starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_one && !is_key && (closing == '>' || !name.contains(' '))).then_some(1 + end + 1)
}

impl<'a> Reading<'a> {
    /// The same up to a glyph.
    pub fn cut(&self, end: usize) -> Reading<'a> {
        Reading { line: self.line, glyphs: self.glyphs[..end].to_vec() }
    }

    /// Where the first letter stands from a glyph on; the end where there is none.
    pub fn first_letter(&self, from: usize) -> usize {
        self.glyphs[from..]
            .iter()
            .position(Glyph::is_letter)
            .map_or(self.glyphs.len(), |at| from + at)
    }

    pub fn begins_with(&self, sign: char) -> bool {
        self.glyphs
            .iter()
            .find(|glyph| glyph.look != Look::Space)
            .is_some_and(|glyph| glyph.look == Look::Sign(sign))
    }

    /// What is stated from a glyph on; `None` where no word stands there.
    pub fn statement(&self, from: usize) -> Option<Statement> {
        let start = self.first_letter(self.behind_bullets(from));
        let glyphs = &self.glyphs;
        let word = glyphs.get(start).filter(|glyph| glyph.is_letter()).map(|_| start)?;
        let reach = glyphs.len().min(start + LONGEST_HEAD);
        let sign = (start..reach).find(|&at| matches!(glyphs[at].look, Look::Colon | Look::Equals));
        let with_sign =
            sign.map(|sign| Statement { head: word..sign, value: sign + 1..glyphs.len(), sign: true });
        if let Some(said) = with_sign.filter(|said| self.key(said).is_some()) {
            return Some(said);
        }
        let is_end =
            |at: &usize| matches!(glyphs[*at].look, Look::Space | Look::Dash | Look::Colon | Look::Equals);
        let end = (start..reach).find(is_end).unwrap_or(reach);
        let bare = Statement { head: word..end, value: end..glyphs.len(), sign: false };
        match (self.key(&bare), sign) {
            (None, Some(sign)) => {
                Some(Statement { head: word..sign, value: sign + 1..glyphs.len(), sign: true })
            }
            _ => Some(bare),
        }
    }

    /// Behind what a line of a list begins with: `1.`, `[x]`.
    fn behind_bullets(&self, from: usize) -> usize {
        let looks = |at: usize| self.glyphs.get(at).map(|glyph| glyph.look);
        let mut at = self.first_letter(from);
        let digits = self.glyphs[at..]
            .iter()
            .take_while(|glyph| matches!(glyph.look, Look::Digit(_)))
            .count();
        if digits > 0
            && matches!(looks(at + digits), Some(Look::Sign('.' | ')')))
            && looks(at + digits + 1) == Some(Look::Space)
        {
            at += digits + 2;
        }
        let first = self.first_letter(at);
        let boxed = first > 0
            && looks(first - 1) == Some(Look::Sign('['))
            && looks(first + 1) == Some(Look::Sign(']'));
        if boxed { first + 2 } else { at }
    }

    /// Which key a statement speaks of, and whether it reads exactly so.
    pub fn key(&self, said: &Statement) -> Option<(Key, bool)> {
        self.key_of(&said.head)
    }

    pub fn key_of(&self, head: &Range<usize>) -> Option<(Key, bool)> {
        // More letters than the longest key may have with slips.
        let mut letters = [Look::Space; 11];
        let mut count = 0;
        let typed = self.glyphs[head.clone()].iter().filter(|glyph| glyph.is_letter());
        for (place, glyph) in letters.iter_mut().zip(typed) {
            *place = glyph.look;
            count += 1;
        }
        let letters = &letters[..count];
        let readings = || Key::ALL.iter().filter_map(|key| Some((*key, key.reads(letters)?)));
        readings().find(|(_, exact)| *exact).or_else(|| readings().next())
    }

    /// The key whose letters a word has in disorder.
    pub fn jumbled(&self, head: &Range<usize>) -> Option<Key> {
        let glyphs = self.glyphs[head.clone()]
            .iter()
            .filter(|glyph| glyph.is_letter())
            .take(Key::Private.word().len() + 2);
        let letter = |glyph: &Glyph| if let Look::Letter(c) = glyph.look { c } else { '?' };
        let letters: String = glyphs.map(letter).collect();
        Key::ALL.iter().copied().find(|key| is_jumbled(&letters, key.word()))
    }

    /// The bytes of the line that some glyphs show.
    pub fn typed(&self, head: &Range<usize>) -> &'a str {
        &self.line[self.place(head)]
    }

    /// The bytes of the line from a glyph on, with the signs behind the last word.
    pub fn rest(&self, from: usize) -> &'a str {
        &self.line[self.bytes(from..self.glyphs.len())]
    }

    /// The bytes of the line that some glyphs are typed with.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let glyphs = self.glyphs.get(range).unwrap_or_default();
        let start = glyphs.iter().map(|glyph| glyph.at).min().unwrap_or(0);
        start..glyphs.iter().map(|glyph| glyph.end).max().unwrap_or(start)
    }

    /// The first character that a glyph is typed with.
    pub fn char(&self, at: usize) -> char {
        self.line[self.glyphs[at].at..].chars().next().unwrap_or(' ')
    }

    /// Whether the word is typed in plain letters, upper or lower case.
    pub fn is_plain(&self, said: &Statement, key: Key) -> bool {
        self.line[self.place(&said.head)].eq_ignore_ascii_case(key.word())
    }

    /// The bytes of the line from the first letter of some glyphs to the last.
    pub fn place(&self, head: &Range<usize>) -> Range<usize> {
        let letters = || self.glyphs[head.clone()].iter().filter(|glyph| glyph.is_letter());
        let start = letters().map(|glyph| glyph.at).min().unwrap_or(0);
        start..letters().map(|glyph| glyph.end).max().unwrap_or(start)
    }

    /// The words of a value or a key as they are read, without what stands round them and without a comment
    /// behind them.
    pub fn words(&self, range: Range<usize>) -> String {
        let mut words = String::new();
        let mut above = Look::Space;
        for glyph in &self.glyphs[range] {
            match glyph.look {
                Look::Sign('#') if above == Look::Space && !words.trim().is_empty() => break,
                Look::Letter(c) | Look::Digit(c) | Look::Other(c) => words.push(c),
                Look::Sign(c @ ('✓' | '✔' | '☑' | '✅' | '✗' | '✘' | '❌' | '🚫')) => {
                    words.push(c)
                }
                Look::Sign(_) | Look::Space | Look::Colon | Look::Equals => words.push(' '),
                Look::Dash => words.push('-'),
            }
            above = glyph.look;
        }
        let words: Vec<&str> = words
            .split(' ')
            .map(|word| word.trim_matches('-'))
            .filter(|word| !word.is_empty())
            .collect();
        words.join(" ")
    }

    /// Where pieces of the line begin: at its start, and behind each of some signs.
    pub fn pieces(&self, signs: &str) -> Vec<usize> {
        self.pieces_from(0, signs)
    }

    pub fn pieces_from(&self, from: usize, signs: &str) -> Vec<usize> {
        let parts = |look: Look| match look {
            Look::Sign(sign) => signs.contains(sign),
            Look::Space => signs.contains(' '),
            _ => false,
        };
        let is_last = |at: usize| self.glyphs.get(at + 1).is_some_and(|next| !parts(next.look));
        let behind = (from..self.glyphs.len())
            .filter(|&at| parts(self.glyphs[at].look) && is_last(at))
            .map(|at| at + 1);
        std::iter::once(from).chain(behind).collect()
    }

    /// The value of a statement as far as the next comma or bracket.
    pub fn up_to_border(&self, said: &Statement) -> Range<usize> {
        let border =
            |glyph: &Glyph| matches!(glyph.look, Look::Sign(',' | ';' | '}' | ')' | ']' | '|' | '.'));
        let length = self.glyphs[said.value.clone()]
            .iter()
            .position(border)
            .unwrap_or(said.value.len());
        said.value.start..said.value.start + length
    }

    /// The items of a value between commas, as they are read and as they are typed.
    pub fn items(&self, said: &Statement) -> Vec<(String, &'a str)> {
        let is_comma = |glyph: &Glyph| matches!(glyph.look, Look::Sign(',' | ';'));
        let mut items = Vec::new();
        let mut from = said.value.start;
        let ends = said
            .value
            .clone()
            .filter(|&at| is_comma(&self.glyphs[at]))
            .chain([said.value.end]);
        for end in ends {
            items.push((self.words(from..end), self.typed(&(from..end))));
            from = (end + 1).min(said.value.end);
        }
        items
    }

    /// Whether a statement stands in a quotation, a table, code or struck words: these may be somebody's
    /// words. What such signs enclose before the colon is a word with signs round it.
    pub fn is_quoted(&self, said: &Statement) -> bool {
        let has = |range: &[Glyph], signs: &str| {
            range
                .iter()
                .any(|glyph| matches!(glyph.look, Look::Sign(sign) if signs.contains(sign)))
        };
        let lead = &self.glyphs[..said.head.start];
        let word = &self.glyphs[said.head.clone()];
        let last = word.iter().rposition(Glyph::is_letter).unwrap_or(0);
        let is_closed = said.sign && has(&word[last..], "|`~");
        let indented = self.line.starts_with("    ") || self.line.starts_with('\t');
        has(lead, ">") || has(lead, "|`~") && !is_closed || indented
    }
}
