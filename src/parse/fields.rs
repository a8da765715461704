//! A note's fields: lines `key: value`, read as typed, before Markdown sees them.
//!
//! A key is read as people see it (`look`): bullets, case, emphasis and quotation marks round it, invisible
//! and full-width letters and the kind of colon do not matter, `-` and `_` in a key are one. Only known keys
//! are fields; a near miss is read as the key that was meant, with a warning. Which lines of a note stand in
//! the field place is decided in `annotation`; here are the lines themselves and what their values mean.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::facts::is_language_tag;
use super::holding;
use super::keys::{self, Match, folded, truth};
use super::look::{Look, is_invisible, looks};
use super::said::said;
use crate::model::date::Date;
use crate::model::dossier::{Confidence, Kind};
use crate::model::figure::Figure;
use crate::model::path::InputPath;
use crate::model::quote::Occurrence;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::markdown::{comment_in_text, link_within_name};
use crate::report::mistakes::{facts, fields as mistakes};

/// The keys of the format's table, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Topics,
    Kind,
    Date,
    Said,
    Figure,
    Supports,
    Disputes,
    Mentions,
    Occurrence,
    Checked,
    Page,
    By,
    Made,
    Confidence,
    Language,
    Ref,
    Private,
}

/// What the fields of a note say; what is wrong in them is reported and left out.
#[derive(Debug, Default)]
pub struct Fields {
    pub topics: Vec<Spanned<String>>,
    pub kind: Option<Spanned<Kind>>,
    pub date: Option<Spanned<Date>>,
    pub said: Option<Spanned<Date>>,
    pub figures: Vec<Spanned<Figure>>,
    pub supports: Vec<Spanned<String>>,
    pub disputes: Vec<Spanned<String>>,
    pub mentions: Vec<Spanned<String>>,
    pub occurrence: Option<Spanned<Occurrence>>,
    pub checked: Option<Spanned<Checked>>,
    pub page: Option<Spanned<String>>,
    pub by: Vec<Spanned<String>>,
    pub made: Option<Spanned<Date>>,
    pub confidence: Option<Spanned<Confidence>>,
    pub language: Option<Spanned<String>>,
    pub reference: Option<Spanned<String>>,
    /// What the note says of itself; `None` where it says nothing. A value that is unclear hides.
    pub private: Option<bool>,
    /// Where each key stands first.
    first: BTreeMap<Key, Span>,
}

/// What a writer has looked at, so that nothing more is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checked {
    /// What `[...]` leaves out.
    Elision,
}

impl Checked {
    fn word(self) -> &'static str {
        match self {
            Checked::Elision => "elision",
        }
    }
}

/// A field line and those that continue it.
#[derive(Debug)]
pub struct Field {
    pub key: Key,
    /// As typed.
    pub name: Spanned<String>,
    /// The name is a near miss.
    near: bool,
    /// The value; of a key that takes several, the first is what stands on the key's own line and each other
    /// a bullet below it.
    values: Vec<Typed>,
}

/// Words and where they stand: of a line, or of several.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub text: String,
    /// Where stretches of `text` begin, there and in the file.
    places: Vec<(usize, usize)>,
}

impl Key {
    /// Every field, with its name as writers type it.
    const TABLE: [(Key, &'static str); 17] = [
        (Key::Topics, "topics"),
        (Key::Kind, "kind"),
        (Key::Date, "date"),
        (Key::Said, "said"),
        (Key::Figure, "figure"),
        (Key::Supports, "supports"),
        (Key::Disputes, "disputes"),
        (Key::Mentions, "mentions"),
        (Key::Occurrence, "occurrence"),
        (Key::Checked, "checked"),
        (Key::Page, "page"),
        (Key::By, "by"),
        (Key::Made, "made"),
        (Key::Confidence, "confidence"),
        (Key::Language, "language"),
        (Key::Ref, "ref"),
        (Key::Private, "private"),
    ];

    pub const ALL: [Key; Key::TABLE.len()] = {
        let mut keys = [Key::Topics; Key::TABLE.len()];
        let mut at = 0;
        while at < keys.len() {
            keys[at] = Key::TABLE[at].0;
            at += 1;
        }
        keys
    };

    const NAMES: [&'static str; Key::TABLE.len()] = {
        let mut names = [""; Key::TABLE.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Key::TABLE[at].1;
            at += 1;
        }
        names
    };

    /// As writers type it.
    pub fn name(self) -> &'static str {
        Key::TABLE
            .iter()
            .find(|(key, _)| *key == self)
            .map_or("", |(_, name)| name)
    }

    fn of(name: &str) -> Option<Key> {
        Key::TABLE
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(key, _)| *key)
    }

    /// Whether its values add up where it stands several times.
    fn is_list(self) -> bool {
        matches!(self, Key::Topics | Key::Figure | Key::Supports | Key::Disputes | Key::Mentions | Key::By)
    }

    /// Whether any words will do as its value, so that a sentence may look like a field.
    fn takes_any_words(self) -> bool {
        self.is_list() && self != Key::Figure || matches!(self, Key::Page | Key::Ref | Key::Language)
    }
}

/// The key of a line that may be a field.
pub struct Head {
    pub key: Key,
    pub near: bool,
    /// Where the name stands in the line, and where the value does.
    pub name: Range<usize>,
    pub value: Range<usize>,
}

/// Reads the start of a line as `key:`.
pub fn head(line: &str) -> Option<Head> {
    let (name, behind) = name(line)?;
    // French types a narrow space before a colon
    let value = line[behind..].trim_start().strip_prefix(is_colon)?;
    // `**key:** value` closes the emphasis behind the colon; some editors' own fields are typed `key:: value`
    let value = value.strip_prefix(is_colon).unwrap_or(value);
    let words = value.trim_start_matches(is_emphasis);
    let value = without_end_of_emphasis(&line[..name.start], &line[name.end..behind], value, words);
    let folded = folded(&line[name.clone()]);
    let (key, near) = match keys::known(&folded, &Key::NAMES) {
        Match::Exact => (Key::of(&folded)?, false),
        Match::Near(right) => (Key::of(right)?, true),
        Match::Unknown => return None,
    };
    if key == Key::Private && holding::is_prose(line) {
        return None;
    }
    let start = line.len() - words.len();
    Some(Head { key, near, name, value: start..start + value })
}

/// The length of the value: without the emphasis that begins before the key (`**key: value**`) and was not
/// closed behind it.
fn without_end_of_emphasis(before: &str, behind: &str, value: &str, words: &str) -> usize {
    let marks = &before[before.trim_end_matches(['*', '_']).len()..];
    let closed = !behind.trim().is_empty() || words.len() < value.len();
    let end = words.trim_end();
    match end.strip_suffix(marks) {
        Some(inner) if !closed && !marks.is_empty() => inner.len(),
        _ => end.len(),
    }
}

/// The first word of a line behind bullets and emphasis, and where what follows it begins.
pub fn name(line: &str) -> Option<(Range<usize>, usize)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let words = if indent <= 3 { &line[indent..] } else { return None };
    let words = without_bullet(words)
        .unwrap_or(words)
        .trim_start_matches(is_round_a_key);
    let start = line.len() - words.len();
    let is_part = |c: char| {
        c.is_alphabetic() || c == '-' || c == '_' || is_letter(c) || is_invisible(c) || is_combining_mark(c)
    };
    let length = words.find(|c: char| !is_part(c)).unwrap_or(words.len());
    let word = words[..length].trim_end_matches(|c| c == '_' || is_invisible(c));
    let behind = words[word.len()..].trim_start_matches(is_round_a_key);
    let name = start..start + word.len();
    (!word.is_empty()).then_some((name, line.len() - behind.len()))
}

/// Emphasis, and what nobody sees.
fn is_emphasis(c: char) -> bool {
    matches!(c, '*' | '_') || is_invisible(c)
}

/// What may stand round a key without being part of it. A backslash makes text of it, as in Markdown.
fn is_round_a_key(c: char) -> bool {
    is_emphasis(c) || "`\"'“”„‟«»‘’‚‹›「」『』〝〞＂＇".contains(c)
}

fn is_colon(c: char) -> bool {
    looks(c).any(|look| look == Look::Colon)
}

fn is_letter(c: char) -> bool {
    looks(c).any(|look| matches!(look, Look::Letter(_)))
}

/// `- words` → `words`
fn without_bullet(words: &str) -> Option<&str> {
    words
        .strip_prefix(['-', '*', '+', '•', '–'])?
        .strip_prefix([' ', '\t'])
        .map(|words| words.trim_start_matches([' ', '\t']))
}

impl Field {
    /// The field that a line begins.
    pub fn of(line: &Typed) -> Option<Field> {
        let head = head(&line.text)?;
        let name = Spanned::new(line.text[head.name.clone()].to_string(), line.span(head.name));
        let value = line.slice(head.value);
        Some(Field { key: head.key, name, near: head.near, values: vec![value] })
    }

    /// Takes in an indented line below it.
    pub fn go_on(&mut self, line: &Typed) {
        let indent = line.text.len() - line.text.trim_start().len();
        let words = &line.text[indent..];
        let bullet = without_bullet(words).filter(|_| self.key.is_list());
        let start = line.text.len() - bullet.unwrap_or(words).len();
        let words = line.slice(start..line.text.len());
        match (bullet, self.values.last_mut()) {
            (None, Some(last)) => last.append(&words),
            _ => self.values.push(words),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|value| value.text.trim().is_empty())
    }

    /// Whether a line of a comment would be this field if it stood above, and was hardly meant as a sentence.
    pub fn is_plausible(&self) -> bool {
        let text = self.text();
        let words = text.text.split_whitespace().count();
        let sentence = text.text.trim_end().ends_with(['.', '!', '?', '。', ';']) || words > 12;
        !self.is_empty() && !(self.key.takes_any_words() && (self.near || sentence)) && {
            let mut found = Vec::new();
            // The path names nothing: what is found here is not reported
            let nowhere = InputPath::new("line");
            nowhere.is_some_and(|path| {
                Fields::default().read(&path, self, &mut found);
                found.is_empty()
            })
        }
    }

    /// Its value as one text.
    fn text(&self) -> Typed {
        let mut text = Typed::default();
        self.values.iter().for_each(|value| text.append(value));
        text
    }
}

impl Typed {
    /// A stretch of a file.
    pub fn of(text: &str, start: usize) -> Typed {
        Typed { text: text.to_string(), places: vec![(0, start)] }
    }

    /// Adds a stretch of the same line that stands elsewhere: behind something hidden.
    pub fn push(&mut self, words: &str, start: usize) {
        self.places.push((self.text.len(), start));
        self.text.push_str(words);
    }

    fn append(&mut self, other: &Typed) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let shift = self.text.len();
        self.places
            .extend(other.places.iter().map(|&(here, file)| (here + shift, file)));
        self.text.push_str(&other.text);
    }

    fn slice(&self, range: Range<usize>) -> Typed {
        let words = &self.text[range.clone()];
        let trimmed = words.trim_start();
        let start = range.start + words.len() - trimmed.len();
        let trimmed = trimmed.trim_end();
        let inner = self
            .places
            .iter()
            .filter(|&&(here, _)| here > start && here < start + trimmed.len());
        let places =
            std::iter::once((0, self.place(start))).chain(inner.map(|&(here, file)| (here - start, file)));
        Typed { text: trimmed.to_string(), places: places.collect() }
    }

    fn place(&self, at: usize) -> usize {
        let stretch = self.places.partition_point(|&(here, _)| here <= at).saturating_sub(1);
        self.places
            .get(stretch)
            .map_or(0, |&(here, file)| file + at.saturating_sub(here))
    }

    /// Where a range of the text stands in the file, from its first character to its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let last = self.text[range.clone()].char_indices().last();
        let end = last.map_or(self.place(range.start), |(at, c)| self.place(range.start + at) + c.len_utf8());
        Span::new(self.place(range.start)..end)
    }

    fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    fn spanned(&self, range: Range<usize>) -> Spanned<String> {
        let words = &self.text[range.clone()];
        let start = range.start + words.len() - words.trim_start().len();
        Spanned::new(words.trim().to_string(), self.span(start..start + words.trim().len()))
    }
}

impl Fields {
    /// Takes a field in, or says what is wrong with it.
    pub fn take(&mut self, path: &InputPath, field: &Field, found: &mut Vec<Diagnostic>) {
        match field.key {
            Key::Private if field.near => {
                found.push(facts::looks_like_key(path, &field.name, field.key.name()))
            }
            _ if field.near => found.push(facts::misspelt_key(path, &field.name, field.key.name())),
            _ => {}
        }
        match self.first.get(&field.key) {
            Some(&first) if !field.key.is_list() => {
                found.push(facts::repeated_key(path, &field.name, first));
                if field.key == Key::Private {
                    // Of two answers the safe one
                    self.private =
                        Some(self.private == Some(true) || truth(&field.text().text) != Some(false));
                }
            }
            _ => {
                self.first.insert(field.key, field.name.span);
                self.read(path, field, found);
            }
        }
    }

    /// Where a key stands, if it does.
    pub fn place_of(&self, key: Key) -> Option<Span> {
        self.first.get(&key).copied()
    }

    fn read(&mut self, path: &InputPath, field: &Field, found: &mut Vec<Diagnostic>) {
        let text = field.text();
        let span = text.whole();
        let open = |text: &str| said(text).and_then(|said| said.open);
        if let Some(sign) = field
            .values
            .iter()
            .find_map(|value| open(&value.text))
            .filter(|_| field.key != Key::Private)
        {
            found.push(comment_in_text(path, span, sign));
            return;
        }
        if field.is_empty() && field.key != Key::Private {
            found.push(facts::empty_value(path, &field.name));
            return;
        }
        if matches!(field.key, Key::Topics | Key::Supports | Key::Disputes | Key::Mentions) {
            let all = field.values.iter().flat_map(names);
            found.extend(all.filter(is_link_within).map(|name| link_within_name(path, &name)));
        }
        let names = |typed: &Typed| {
            names(typed)
                .into_iter()
                .filter(|name| !is_link_within(name))
                .collect::<Vec<_>>()
        };
        let whole = || Spanned::new(text.text.clone(), span);
        match field.key {
            Key::Topics => self.topics.extend(field.values.iter().flat_map(names)),
            Key::Supports => self.supports.extend(field.values.iter().flat_map(names)),
            Key::Disputes => self.disputes.extend(field.values.iter().flat_map(names)),
            Key::Mentions => self.mentions.extend(field.values.iter().flat_map(names)),
            Key::By => self.by.extend(field.values.iter().flat_map(items)),
            Key::Figure => self
                .figures
                .extend(field.values.iter().filter_map(|value| figure(path, value, found))),
            Key::Kind => self.kind = word(path, field.key.name(), &whole(), Kind::ALL, Kind::word, found),
            Key::Confidence => {
                self.confidence =
                    word(path, field.key.name(), &whole(), Confidence::ALL, Confidence::word, found);
            }
            Key::Date => self.date = date(path, field.key.name(), &whole(), found),
            Key::Said => self.said = date(path, field.key.name(), &whole(), found),
            Key::Made => self.made = date(path, field.key.name(), &whole(), found),
            Key::Occurrence => match occurrence(&text.text) {
                Some(occurrence) => self.occurrence = Some(Spanned::new(occurrence, span)),
                None => found.push(mistakes::bad_occurrence(path, &whole())),
            },
            Key::Checked => {
                self.checked =
                    word(path, field.key.name(), &whole(), &[Checked::Elision], Checked::word, found)
            }
            Key::Language if is_language_tag(&text.text) => self.language = Some(whole()),
            Key::Language => found.push(facts::bad_language(path, &whole())),
            Key::Page => self.page = Some(whole()),
            Key::Ref => self.reference = Some(whole()),
            Key::Private => {
                let truth = truth(&text.text);
                if truth.is_none() {
                    found.push(facts::no_truth(path, &field.name, span));
                }
                self.private = Some(truth.unwrap_or(true));
            }
        }
    }
}

/// One of the words that a key can have; a near miss is read as the word that was meant.
pub fn word<T: Copy>(
    path: &InputPath,
    key: &str,
    typed: &Spanned<String>,
    all: &[T],
    word: fn(T) -> &'static str,
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<T>> {
    let words: Vec<&str> = all.iter().map(|&value| word(value)).collect();
    let of = |name: &str| all.iter().copied().find(|&value| word(value) == name);
    let read = folded(typed.value.trim_matches(['`', '*', '_', '"', '.', ' ']));
    let value = match keys::known(&read, &words) {
        Match::Exact => of(&read),
        Match::Near(right) => {
            found.push(facts::unknown_value(path, key, typed, &words, Some(right)));
            of(right)
        }
        Match::Unknown => {
            found.push(facts::unknown_value(path, key, typed, &words, None));
            None
        }
    };
    value.map(|value| Spanned::new(value, typed.span))
}

/// What is no date is reported.
pub fn date(
    path: &InputPath,
    key: &str,
    typed: &Spanned<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<Date>> {
    match Date::parse(&typed.value) {
        Ok(date) => Some(Spanned::new(date, typed.span)),
        Err(none) => {
            found.push(facts::bad_date(path, key, typed.span, &none.reason, &none.repairs));
            None
        }
    }
}

fn figure(path: &InputPath, typed: &Typed, found: &mut Vec<Diagnostic>) -> Option<Spanned<Figure>> {
    if typed.text.is_empty() {
        return None;
    }
    let span = typed.whole();
    match Figure::parse(&typed.text) {
        Ok(figure) => Some(Spanned::new(figure, span)),
        Err(none) => {
            found.push(mistakes::bad_figure(path, span, &none));
            None
        }
    }
}

/// `2`, `2 of 3`, `2/3`, `2nd`, `all`
fn occurrence(text: &str) -> Option<Occurrence> {
    let text = text.trim().to_lowercase();
    if text == "all" {
        return Some(Occurrence::All);
    }
    let number = |text: &str| {
        let typed = text.trim();
        let ending = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| typed.strip_suffix(ending));
        ending
            .unwrap_or(typed)
            .parse()
            .ok()
            .filter(|&number: &usize| number > 0)
    };
    match text.split_once("of").or_else(|| text.split_once('/')) {
        Some((nth, of)) => {
            let (nth, of) = (number(nth)?, number(of)?);
            (nth <= of).then_some(Occurrence::Nth { nth, of: Some(of) })
        }
        None => Some(Occurrence::Nth { nth: number(&text)?, of: None }),
    }
}

/// The items of a list: parted by commas, except within `[[…]]` and quotation marks. Brackets round the whole
/// list, as front matter has them, and quotation marks round an item are no part of it.
pub fn items(typed: &Typed) -> Vec<Spanned<String>> {
    let text = typed.text.as_str();
    let bracketed = text.starts_with('[') && !text.starts_with("[[") && text.ends_with(']');
    let list = if bracketed { 1..text.len() - 1 } else { 0..text.len() };
    let mut items = Vec::new();
    let mut from = list.start;
    let mut links = 0;
    let mut quoted = false;
    for (at, c) in text[list.clone()].char_indices().map(|(at, c)| (list.start + at, c)) {
        match c {
            '[' => links += 1,
            ']' => links -= 1,
            '"' => quoted = !quoted,
            ',' | '，' | '、' if links <= 0 && !quoted => {
                items.push(from..at);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    items.push(from..list.end);
    let items = items.into_iter().map(|item| typed.spanned(unquoted(text, item)));
    items.filter(|item| !item.value.is_empty()).collect()
}

fn unquoted(text: &str, item: Range<usize>) -> Range<usize> {
    let words = text[item.clone()].trim();
    let quoted = words.len() >= 2 && words.starts_with('"') && words.ends_with('"');
    let start = item.end - text[item.clone()].trim_start().len();
    if quoted { start + 1..start + words.len() - 1 } else { start..start + words.len() }
}

/// The names of a list: as its items, and of `[[name#fragment|label]]` the name alone.
pub fn names(typed: &Typed) -> Vec<Spanned<String>> {
    items(typed)
        .into_iter()
        .map(name_of)
        .filter(|name| !name.value.is_empty())
        .collect()
}

/// Whether a name holds a link within other words: `[x](topics/a.md)`, `“A” ([[a]])`.
pub fn is_link_within(name: &Spanned<String>) -> bool {
    name.value.contains("[[") || name.value.contains("](")
}

/// `[[name|label]]` → `name`; `#name` → `name`
pub fn name_of(item: Spanned<String>) -> Spanned<String> {
    let start = item.span.start as usize;
    let text = item.value.as_str();
    let link = text
        .strip_prefix("[[")
        .and_then(|inner| inner.strip_suffix("]]"))
        .filter(|inner| !inner.contains("]]"));
    let (offset, inner) = match link {
        Some(inner) => (2, inner.split(['|', '#']).next().unwrap_or(inner)),
        None => text.strip_prefix('#').map_or((0, text), |name| (1, name)),
    };
    let from = start + offset + (inner.len() - inner.trim_start().len());
    // Where something hidden stands within the item the place is that of the whole
    let exact = item.span.len() == text.len();
    let name = inner.trim().to_string();
    let span = if exact { Span::new(from..from + name.len()) } else { item.span };
    Spanned::new(name, span)
}
