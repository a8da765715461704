//! The block of facts at the head of a file (`---`, YAML) or beside it (a sidecar, TOML): keys with texts or
//! lists of texts.
//!
//! Values are read as text, never through an untyped value: `003`, `no` and `1984` stay what they are.
//!
//! The block is parted into entries by its lines, and only a value is YAML: so a line that YAML cannot read
//! costs that line and no other, every mistake of a block is found in one run, and `private: true` is seen
//! whatever stands above it. What a value cannot be (a map, an alias, a tag, a list of lists) is said, and
//! the value then read as it was typed.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::holding::{self, Held, Key as Holds};
use super::keys::{Match, called_elsewhere, folded, is_nearly_truth, known};
use super::lines::{Line, lines};
use super::look::{Look, is_invisible, looks};
use super::said::{Said, said};
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::facts::{self as mistakes, Slip, Trouble};
use crate::report::mistakes::markdown::comment_in_text;

/// Keys and values in the order of the file; keys lower-case with `-` for `_`, so that both spellings are
/// one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub entries: Vec<Entry>,
    /// The whole block with its fences; empty where the file has none.
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Spanned<String>,
    pub value: Value,
    /// The value as typed, its quotation marks included; a place behind the colon where there is none.
    pub value_span: Span,
}

/// The span of a text lies within its quotation marks, so that a better word can be put in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `key:` with nothing behind it.
    Empty,
    Text(Spanned<String>),
    List(Vec<Spanned<String>>),
}

impl Value {
    /// The texts of the value: none, one, or those of the list.
    pub fn texts(&self) -> &[Spanned<String>] {
        match self {
            Value::Empty => &[],
            Value::Text(text) => std::slice::from_ref(text),
            Value::List(texts) => texts,
        }
    }
}

impl FrontMatter {
    /// The entries of a key, in the order of the file.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.key.value == key)
    }

    /// With the right key for each that is a near miss of one of `keys`, and a warning; an error where the
    /// key holds something back. Other keys stay as they are.
    pub fn with_known_keys(mut self, path: &InputPath, keys: &[&str]) -> (FrontMatter, Vec<Diagnostic>) {
        let mut found = Vec::new();
        for entry in &mut self.entries {
            held::hold(&mut found);
            let Match::Near(right) = known(&entry.key.value, keys) else { continue };
            found.push(match right {
                "private" | "draft" | "rights" => mistakes::looks_like_key(path, &entry.key, right),
                _ => mistakes::misspelt_key(path, &entry.key, right),
            });
            if right == "rights" {
                entry.value = Value::Text(Spanned::new("none".to_string(), entry.value_span));
            }
            entry.key.value = right.to_string();
        }
        (self, found)
    }

    /// Keys that mean nothing in a file of its kind (`of`: "a file of notes"): neither one of `keys` or
    /// nearly one, nor what holds something back in other words. Those of `fields` belong below the title of
    /// a note.
    pub fn unknown_keys(
        &self,
        path: &InputPath,
        of: &str,
        keys: &[&str],
        fields: &[&str],
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for entry in &self.entries {
            held::hold(&mut found);
            let key = entry.key.value.as_str();
            if known(key, keys) != Match::Unknown || unpublished(entry).is_some() {
                continue;
            }
            found.push(match called_elsewhere(key, keys) {
                _ if fields.contains(&key) => mistakes::field_in_head(path, &entry.key, of),
                Some(right) => mistakes::key_of_elsewhere(path, &entry.key, of, right),
                None => mistakes::unknown_key(path, &entry.key, of),
            });
        }
        found
    }

    /// Lists of names that stand in brackets which are none of YAML's: `(a, b)`, or `a, b]` where the first
    /// bracket was lost.
    pub fn lone_brackets(&self, path: &InputPath, lists: &[&str]) -> Vec<Diagnostic> {
        let of_lists = self
            .entries
            .iter()
            .filter(|entry| lists.contains(&entry.key.value.as_str()));
        let lone = |entry: &Entry| {
            let Value::Text(text) = &entry.value else { return None };
            let typed = text.value.trim();
            let round = typed.starts_with('(') && typed.ends_with(')') && typed.contains(',');
            let unopened = typed.ends_with(']') && !typed.contains('[');
            let plain = typed.trim_matches(['(', ')', ']']).trim();
            (round || unopened)
                .then(|| mistakes::lone_brackets(path, &entry.key.value, round, entry.value_span, plain))
        };
        of_lists.filter_map(lone).collect()
    }

    /// Keys that stand twice: a mistake that names both places, except for `lists`, whose values add up.
    pub fn repeated(&self, path: &InputPath, lists: &[&str]) -> Vec<Diagnostic> {
        let mut first: BTreeMap<&str, &Entry> = BTreeMap::new();
        let mut found = Vec::new();
        for entry in self
            .entries
            .iter()
            .filter(|entry| !lists.contains(&entry.key.value.as_str()))
        {
            held::hold(&mut found);
            match first.get(entry.key.value.as_str()) {
                Some(earlier) => found.push(mistakes::repeated_key(path, &entry.key, earlier.key.span)),
                None => {
                    first.insert(&entry.key.value, entry);
                }
            }
        }
        found
    }
}

/// The facts at the head of a file, and the byte at which its body begins. `text` is decoded, without a byte
/// order mark.
pub fn front_matter(path: &InputPath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let Some(block) = block(text) else { return (FrontMatter::default(), 0, Vec::new()) };
    let mut found = Vec::new();
    let fence = Span::new(block.fence.range());
    if block.fence.start > 0 {
        found.push(mistakes::front_matter_not_first(path, fence, Span::new(0..block.fence.start)));
    }
    if block.fence.text.trim_end() != "---" {
        found.push(mistakes::front_matter_fence(path, fence, block.fence.text.trim_end()));
    }
    if !block.closed {
        found.push(mistakes::front_matter_unclosed(
            path,
            fence,
            block.body,
            text[..block.body].ends_with(['\n', '\r']),
        ));
    }
    let mut entries = entries(path, text, block.inner.clone(), &mut found);
    entries
        .iter_mut()
        .for_each(|entry| without_comments(path, entry, &mut found));
    also_held(path, text, block.inner.clone(), &mut entries, &mut found);
    (FrontMatter { entries, span: Span::new(block.fence.start..block.body) }, block.body, found)
}

/// Where a file's front matter stands.
struct Block<'a> {
    fence: Line<'a>,
    inner: Range<usize>,
    closed: bool,
    body: usize,
}

/// The front matter, if the file begins with one. A file that begins with a rule has none: there is no `key:`
/// below it.
fn block(text: &str) -> Option<Block<'_>> {
    let fence = lines(text, 0)
        .find(|line| !line.is_blank())
        .filter(|line| opens(text, line))?;
    let mut head = lines(text, fence.next).take_while(|line| !is_body(line));
    let block = match head.find(|line| closes(&fence, line)) {
        Some(line) => Block { fence, inner: fence.next..line.start, closed: true, body: line.next },
        None => {
            let end = end_of_unclosed(text, fence.next);
            Block { fence, inner: fence.next..end, closed: false, body: end }
        }
    };
    let inner = &text[block.inner.clone()];
    let is_entry = |line: Line| {
        strict_key(line.text).is_some() || equals_key(line.text) || !holding::in_head(line.text).is_empty()
    };
    let has_key = lines(inner, 0).any(is_entry);
    (has_key || (block.closed && inner.trim().is_empty())).then_some(block)
}

/// `---`; also what an editor's typography or another tool makes of it (`—`, `+++`), where an entry follows
/// at once: such a file is meant to have front matter, and a `private` in it must not turn into text.
fn opens(text: &str, line: &Line) -> bool {
    let fence = seen(line.text);
    let dashes = !fence.is_empty() && fence.chars().flat_map(looks).all(|look| look == Look::Dash);
    let looks_like_one = fence == "+++" || (dashes && fence != "-" && fence != "--");
    let follows = |next: Line| {
        strict_key(next.text).is_some() || equals_key(next.text) || !holding::in_head(next.text).is_empty()
    };
    fence == "---" || (looks_like_one && lines(text, line.next).next().is_some_and(follows))
}

/// A line without what nobody sees.
fn seen(line: &str) -> String {
    line.chars()
        .filter(|&c| !is_invisible(c))
        .collect::<String>()
        .trim_end()
        .to_string()
}

fn closes(fence: &Line, line: &Line) -> bool {
    let text = seen(line.text);
    text == "---" || text == "..." || text == seen(fence.text)
}

/// A line that stands in no front matter: from here on a `---` is a rule of the body, not the fence that was
/// forgotten.
fn is_body(line: &Line) -> bool {
    line.text.starts_with("## ") || line.text.starts_with('>')
}

/// Where front matter without an end ends: before the first line that cannot be part of it.
fn end_of_unclosed(text: &str, from: usize) -> usize {
    let mut after_blank = false;
    let mut end = from;
    for line in lines(text, from) {
        if is_body(&line) || (after_blank && !may_be_entry(&line)) {
            break;
        }
        after_blank = line.is_blank();
        if !after_blank {
            end = line.next;
        }
    }
    end
}

fn may_be_entry(line: &Line) -> bool {
    line.is_blank() || line.text.starts_with([' ', '\t', '-', ']', '}']) || strict_key(line.text).is_some()
}

/// The head of a line that begins an entry; bytes of the line.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    /// Where the name stands, without quotation marks, and where the value begins.
    pub(super) start: usize,
    pub(super) value: usize,
    slip: Option<Slip>,
}

/// A line `key: value` whose key is a word or three of letters: what decides whether there is front matter at
/// all.
fn strict_key(line: &str) -> Option<Key<'_>> {
    let plain = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
    let is_plain = |name: &str| name.starts_with(char::is_alphabetic) && name.chars().all(plain);
    colon_key(line).filter(|key| {
        is_plain(key.name) || is_plain(&folded(key.name)) && !key.name.contains(['#', '>', '|'])
    })
}

fn equals_key(line: &str) -> bool {
    other_key(line).is_some_and(|key| key.slip == Some(Slip::Equals))
}

/// More is a sentence that happens to hold a colon.
const WORDS_OF_A_KEY: usize = 3;

/// `key:` or `key: value`, the key in quotation marks or not.
pub(super) fn colon_key(line: &str) -> Option<Key<'_>> {
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    let Some(quote @ ('"' | '\'')) = rest.chars().next() else {
        let colon = rest
            .match_indices(':')
            .map(|(at, _)| at)
            .find(|&at| is_open(&rest[at + 1..]))?;
        let name = rest[..colon].trim_end();
        return is_name(name).then_some(Key { name, start, value: start + colon + 1, slip: None });
    };
    let (name, after) = rest[1..].split_once(quote)?;
    let after = after
        .trim_start_matches(' ')
        .strip_prefix(':')
        .filter(|after| is_open(after))?;
    Some(Key { name, start: start + 1, value: line.len() - after.len(), slip: None })
}

fn is_open(after_colon: &str) -> bool {
    after_colon.is_empty() || after_colon.starts_with([' ', '\t'])
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['#', '-', '[', ']', '{', '}', '&', '*', '!', '?'])
        && name.split_whitespace().count() <= WORDS_OF_A_KEY
}

/// What people type for a colon and a space. It is read all the same, and reported.
fn other_key(line: &str) -> Option<Key<'_>> {
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    let parts = |c: char| looks(c).find(|look| matches!(look, Look::Colon | Look::Equals));
    let (at, sign, look) = rest.char_indices().find_map(|(at, c)| Some((at, c, parts(c)?)))?;
    let slip = match look {
        Look::Equals => Slip::Equals,
        _ if sign == ':' => Slip::NoSpace,
        _ => Slip::FullWidth,
    };
    let name = rest[..at].trim_end();
    let word = folded(name);
    let plain =
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let address = rest[at..].starts_with("://");
    (plain && !address).then_some(Key { name, start, value: start + at + sign.len_utf8(), slip: Some(slip) })
}

/// The lines of one entry, from its key down to where the next one begins; bytes of the file.
struct Chunk<'a> {
    key: Key<'a>,
    line: Line<'a>,
    value: Range<usize>,
    /// The first character of the value, and whether it stands on the line of the key.
    lead: Option<char>,
    beside: bool,
    /// How many brackets, or quotation marks, are open.
    open: i64,
}

impl<'a> Chunk<'a> {
    fn new(key: Key<'a>, line: Line<'a>) -> Chunk<'a> {
        let at = line.start + key.value;
        let typed = &line.text[key.value..];
        let mut chunk = Chunk { key, line, value: at..at, lead: None, beside: false, open: 0 };
        chunk.take(typed, line.end());
        chunk.beside = chunk.lead.is_some();
        chunk
    }

    fn extend(&mut self, line: &Line) {
        if !line.is_blank() {
            self.take(line.text, line.end());
        }
    }

    fn take(&mut self, typed: &str, end: usize) {
        self.value.end = end;
        self.lead = self
            .lead
            .or_else(|| typed.trim_start().chars().next().filter(|&c| c != '#'));
        self.open += match self.lead {
            Some('[' | '{') => depth(typed),
            Some(quote @ ('"' | '\'')) => quotes(typed, quote),
            _ => 0,
        };
    }

    /// Whether a line at the margin goes on with this entry: an item under an empty value, or anything within
    /// brackets or quotation marks that are still open.
    fn goes_on(&self, line: &Line) -> bool {
        match self.lead {
            None | Some('-') => {
                !self.beside && (line.text.trim_start().starts_with("- ") || line.text.trim() == "-")
            }
            Some('[' | '{') => self.open > 0,
            Some('"' | '\'') => self.open % 2 == 1,
            Some(_) => false,
        }
    }

    /// Whether nothing but plain text stands on the key's line, so that a `key:` indented below cannot be
    /// meant as part of it.
    fn is_complete(&self) -> bool {
        self.beside && !matches!(self.lead, Some('|' | '>' | '"' | '\'' | '[' | '{'))
    }
}

fn depth(typed: &str) -> i64 {
    typed
        .bytes()
        .map(|b| i64::from(matches!(b, b'[' | b'{')) - i64::from(matches!(b, b']' | b'}')))
        .sum()
}

fn quotes(typed: &str, quote: char) -> i64 {
    let escaped = if quote == '"' { typed.matches("\\\"").count() } else { 0 };
    (typed.matches(quote).count() - escaped) as i64
}

/// Parts the block into entries by its lines, and reads each on its own.
fn entries(path: &InputPath, text: &str, block: Range<usize>, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let inner = &text[..block.end];
    let margin = lines(inner, block.start)
        .find(|line| !line.is_blank() && !is_comment(line))
        .map_or(0, |line| line.indent());
    let mut entries = Vec::new();
    let mut above: Option<Chunk> = None;
    for line in lines(inner, block.start) {
        held::hold(found);
        let continues = line.indent() > margin || line.is_blank() || is_comment(&line);
        match (begins(&line, margin, above.as_ref()), &mut above) {
            (Some(key), above) => {
                let finished = above.replace(Chunk::new(key, line));
                entries.extend(finished.into_iter().flat_map(|chunk| read(path, text, &chunk, found)));
            }
            (None, Some(above)) if continues || above.goes_on(&line) => above.extend(&line),
            (None, None) if line.is_blank() || is_comment(&line) => {}
            (None, _) => {
                found.push(mistakes::front_matter_line(path, Span::new(line.range())));
                entries.extend(hiding_word(&line));
            }
        }
    }
    entries.extend(above.into_iter().flat_map(|chunk| read(path, text, &chunk, found)));
    entries.sort_by_key(|entry| entry.key.span);
    entries
}

fn is_comment(line: &Line) -> bool {
    line.text.trim_start().starts_with('#')
}

/// The key of a line that begins an entry.
fn begins<'a>(line: &Line<'a>, margin: usize, above: Option<&Chunk>) -> Option<Key<'a>> {
    if is_comment(line) {
        return None;
    }
    if line.indent() > margin {
        let key = strict_key(line.text).filter(|_| above.is_some_and(Chunk::is_complete))?;
        return Some(Key { slip: Some(Slip::Indented), ..key });
    }
    match above {
        Some(above) if above.goes_on(line) => strict_key(line.text),
        _ => colon_key(line.text).or_else(|| other_key(line.text)),
    }
}

/// Keys whose values pages show as they are typed.
const SHOWN: &[&str] = &["title", "author", "publisher", "by", "topics", "aliases", "siglum", "broader"];

/// What stands in a comment within a value is for the writer alone, as it is in running text.
pub(super) fn without_comments(path: &InputPath, entry: &mut Entry, found: &mut Vec<Diagnostic>) {
    if !SHOWN.contains(&entry.key.value.as_str()) {
        return;
    }
    let texts = match &mut entry.value {
        Value::Empty => &mut [],
        Value::Text(text) => std::slice::from_mut(text),
        Value::List(texts) => texts.as_mut_slice(),
    };
    for text in texts {
        let Some(Said { words, open }) = said(&text.value) else { continue };
        found.extend(open.map(|sign| comment_in_text(path, text.span, sign)));
        text.value = words;
    }
}

/// `private` or `private true`, without a colon: a line that means nothing, and is obeyed.
fn hiding_word(line: &Line) -> Option<Entry> {
    let word = line.text.split_whitespace().next()?;
    hides(word).then(|| hiding_entry(word, line))
}

/// What the lines of a head hold back and its entries do not: told, and obeyed.
fn also_held(
    path: &InputPath,
    text: &str,
    block: Range<usize>,
    entries: &mut Vec<Entry>,
    found: &mut Vec<Diagnostic>,
) {
    let stated: Vec<Entry> = entries.iter().filter_map(unpublished).collect();
    found.extend(
        stated
            .iter()
            .map(|entry| mistakes::says_unpublished(path, entry.key.span)),
    );
    let net = held_lines(path, &text[..block.end], block.start, entries, found);
    entries.extend(stated.into_iter().chain(net));
    entries.sort_by_key(|entry| entry.key.span);
}

/// `draft`, where an entry says in other words that something is not for the public.
pub(super) fn unpublished(entry: &Entry) -> Option<Entry> {
    let one_text = matches!(entry.value, Value::Text(_));
    let says_so = |text: &&Spanned<String>| {
        let whole = |words: &str| holding::says_unpublished(&entry.key.value, words);
        // The items of a list have blanks of their own.
        whole(&text.value) && (one_text || !text.value.contains(' ') || whole(&text.value.replace(' ', "-")))
    };
    let text = entry.value.texts().iter().find(says_so)?;
    let key = Spanned::new(Holds::Draft.word().to_string(), entry.key.span);
    let value = Value::Text(Spanned::new("true".to_string(), text.span));
    Some(Entry { key, value, value_span: text.span })
}

/// Entries for what lines from a byte on hold back, where no entry was read that says so.
pub(super) fn held_lines(
    path: &InputPath,
    text: &str,
    from: usize,
    entries: &[Entry],
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut net: Vec<Entry> = Vec::new();
    for line in lines(text, from) {
        for Held { key, place } in holding::in_head(line.text) {
            let span = Span::new(line.start + place.start..line.start + place.end);
            let read = |entry: &Entry| {
                let touches = entry.key.span.start < span.end && span.start < entry.key.span.end;
                let is_stated = || key != Holds::Rights && unpublished(entry).is_some();
                touches && (known(&entry.key.value, &[key.word()]) != Match::Unknown || is_stated())
            };
            // Entries stand in the order of the file, and a key is no longer than its line.
            let near = entries.partition_point(|entry| (entry.key.span.end as usize) < line.start);
            let mut around = entries[near..]
                .iter()
                .take_while(|entry| (entry.key.span.start as usize) <= line.end());
            if !around.any(read) && !net.iter().rev().take(4).any(read) {
                let typed = Spanned::new(text[span.range()].to_string(), span);
                found.push(mistakes::looks_like_key(path, &typed, key.word()));
                let word = if key == Holds::Rights { "none" } else { "true" };
                let value = Value::Text(Spanned::new(word.to_string(), span));
                net.push(Entry { key: Spanned::new(key.word().to_string(), span), value, value_span: span });
            }
        }
    }
    net
}

pub(super) fn hides(key: &str) -> bool {
    known(&folded(key), HIDING) != Match::Unknown
}

/// The keys that hold something back. Their lines are obeyed wherever they stand.
const HIDING: &[&str] = &["private", "draft"];

/// An entry of a line that was not meant to be one by YAML's rules; its empty value is taken as the safe one.
fn hiding_entry(word: &str, line: &Line) -> Entry {
    let start = line.start + line.indent();
    let key = Spanned::new(folded(word), Span::new(start..start + word.len()));
    Entry { key, value: Value::Empty, value_span: Span::new(line.end()..line.end()) }
}

/// The entry of some lines; several where a line that hides something was swallowed by the value above it.
fn read(path: &InputPath, text: &str, chunk: &Chunk, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let start = chunk.line.start + chunk.key.start;
    let key = Spanned::new(folded(chunk.key.name), Span::new(start..start + chunk.key.name.len()));
    if let Some(slip) = chunk.key.slip {
        let margin = Span::new(chunk.line.start..chunk.line.start + chunk.line.indent());
        let sign = Span::new(
            key.span.end as usize
                ..chunk.value.start + chunk.line.text[chunk.key.value..].len()
                    - chunk.line.text[chunk.key.value..].trim_start().len(),
        );
        found.push(mistakes::front_matter_key(
            path,
            &key,
            slip,
            if slip == Slip::Indented { margin } else { sign },
        ));
    }
    let value_span = trimmed(text, chunk.value.clone());
    let value = value(text, chunk.value.clone()).unwrap_or_else(|fault| {
        found.push(fault.told(path, &key.value));
        as_typed(path, text, chunk, &key.value, found)
    });
    if let Some(lost) = comment_in_value(text, &value, chunk) {
        found.push(mistakes::comment_in_value(
            path,
            &key.value,
            lost,
            &quoted(text[value_span.range()].trim_end()),
            value_span,
        ));
    }
    let swallowed = swallowed(path, text, chunk, &key.value, found);
    std::iter::once(Entry { key, value, value_span })
        .chain(swallowed)
        .collect()
}

/// Lines of a value that spans several which would hide something if they stood for themselves.
fn swallowed(
    path: &InputPath,
    text: &str,
    chunk: &Chunk,
    above: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let entries: Vec<Entry> = swallowed_lines(text, chunk.line.next..chunk.value.end).collect();
    found.extend(
        entries
            .iter()
            .map(|entry| mistakes::swallowed_key(path, &entry.key.value, entry.key.span, above)),
    );
    entries
}

/// The lines of a range whose key hides something, each read for itself. `Draft: a plan for the ferry` is
/// prose.
pub(super) fn swallowed_lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Entry> {
    lines(&text[..range.end], range.start).filter_map(move |line| {
        let key = strict_key(line.text)
            .or_else(|| other_key(line.text))
            .filter(|key| hides(key.name))?;
        let start = line.start + key.start;
        let name = Spanned::new(folded(key.name), Span::new(start..start + key.name.len()));
        let range = line.start + key.value..line.end();
        let value_span = trimmed(text, range.clone());
        let word = &text[value_span.range()];
        let is_meant = word.is_empty() || is_nearly_truth(word);
        is_meant.then(|| Entry { key: name, value: value(text, range).unwrap_or(Value::Empty), value_span })
    })
}

/// ` #` begins a comment in YAML; `#1` was hardly meant as one.
fn comment_in_value(text: &str, value: &Value, chunk: &Chunk) -> Option<Span> {
    let Value::Text(value) = value else { return None };
    let line = value.span.end as usize..chunk.line.end();
    let rest = text.get(line.clone())?;
    let comment = rest.trim_start();
    let glued = comment
        .strip_prefix('#')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    glued.then(|| trimmed(text, line))
}

/// Why a value is not what it should be, and where.
struct Fault {
    trouble: Trouble,
    span: Span,
    /// The value as it should be typed, where there is no doubt of it.
    mended: Option<String>,
}

impl Fault {
    fn told(self, path: &InputPath, key: &str) -> Diagnostic {
        mistakes::yaml_value(path, key, self.trouble, self.span, self.mended)
    }
}

/// A value as YAML has it, where it is a text or a list of texts.
fn value(text: &str, range: Range<usize>) -> Result<Value, Fault> {
    if let Some(links) = links(text, range.clone()) {
        return Ok(Value::Text(links));
    }
    let typed = &text[range.clone()];
    let places = Places::new(typed, range.start);
    let mut list: Option<Vec<Spanned<String>>> = None;
    let mut single = Value::Empty;
    let mut skip_to = 0;
    let fault = |at: usize| Err(fault(text, range.clone(), at));
    for event in Parser::new_from_str(typed) {
        let Ok((event, span)) = event else { return fault(range.end) };
        let (start, end) = (places.byte(span.start.index()), places.byte(span.end.index()));
        if start < skip_to {
            continue; // within a link, whose brackets YAML takes for lists
        }
        match event {
            Event::Scalar(_, _, anchor, tag) if anchor > 0 || tag.is_some() => return fault(start),
            Event::Scalar(value, style, ..) => {
                let value = scalar(text, &value, style, start..end);
                match &mut list {
                    Some(list) => list.extend(value),
                    None => single = value.map_or(Value::Empty, Value::Text),
                }
            }
            Event::SequenceStart(..) => match (link(text, start, range.end), &mut list) {
                (Some(link), list) => {
                    skip_to = link.span.end as usize;
                    match list {
                        Some(list) => list.push(link),
                        None => single = Value::Text(link),
                    }
                }
                (None, Some(_)) => return fault(start),
                (None, None) => list = Some(Vec::new()),
            },
            Event::MappingStart(..) | Event::Alias(_) => return fault(start),
            _ => {}
        }
    }
    Ok(list.map_or(single, Value::List))
}

/// `[[a]]` or `[[a]], [[b]]`: links, though YAML sees lists of lists.
fn links(text: &str, range: Range<usize>) -> Option<Spanned<String>> {
    let span = trimmed(text, range);
    let typed = without_comment(&text[span.range()]);
    let inside = typed.strip_prefix("[[").filter(|inside| !inside.starts_with('['))?;
    let close = inside.find(']')?;
    let whole = inside[close..].starts_with("]]") && typed.ends_with("]]") && !typed.contains(['\n', '\r']);
    whole.then(|| {
        Spanned::new(typed.to_string(), Span::new(span.range().start..span.range().start + typed.len()))
    })
}

/// A link that begins at a byte and ends on its line.
fn link(text: &str, start: usize, end: usize) -> Option<Spanned<String>> {
    let inside = text
        .get(start..end)?
        .strip_prefix("[[")
        .filter(|inside| !inside.starts_with('['))?;
    let close = inside.find([']', '\n', '\r', '['])?;
    let length = close + 4;
    inside[close..]
        .starts_with("]]")
        .then(|| Spanned::new(text[start..start + length].to_string(), Span::new(start..start + length)))
}

/// A scalar's text and its place within its quotation marks; `None` where there is nothing (`~` is YAML's own
/// nothing).
fn scalar(text: &str, value: &str, style: ScalarStyle, range: Range<usize>) -> Option<Spanned<String>> {
    let span = trimmed(text, range);
    let span = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if span.len() >= 2 => {
            Span { start: span.start + 1, end: span.end - 1 }
        }
        _ => span,
    };
    let value = value.trim();
    let nothing = value.is_empty() || (value == "~" && style == ScalarStyle::Plain);
    (!nothing).then(|| Spanned::new(value.to_string(), span))
}

/// The parser counts characters; we count bytes.
struct Places {
    start: usize,
    /// The byte of each character; empty where every character is one byte.
    bytes: Vec<u32>,
    length: usize,
}

impl Places {
    fn new(typed: &str, start: usize) -> Places {
        let bytes = if typed.is_ascii() {
            Vec::new()
        } else {
            typed.char_indices().map(|(at, _)| at as u32).collect()
        };
        Places { start, bytes, length: typed.len() }
    }

    fn byte(&self, index: usize) -> usize {
        let byte = if self.bytes.is_empty() {
            index
        } else {
            self.bytes.get(index).map_or(self.length, |&at| at as usize)
        };
        self.start + byte.min(self.length)
    }
}

/// What is the matter with a value, found by looking at it: the parser's own words speak of tokens and
/// contexts.
fn fault(text: &str, range: Range<usize>, at: usize) -> Fault {
    let span = trimmed(text, range.clone());
    let typed = &text[span.range()];
    let beside = !text[range.start..span.range().start].contains(['\n', '\r']);
    let single_line = !typed.contains(['\n', '\r']);
    let lead = typed.chars().next().unwrap_or(' ');
    let trouble = match lead {
        '"' | '\'' if !typed[1..].contains(lead) => Trouble::Unclosed(lead),
        '"' | '\'' => Trouble::BehindQuote(lead),
        '[' if depth(typed) > 0 => Trouble::Unclosed(lead),
        '[' if beside && depth(typed) == 0 && typed.ends_with(']') => Trouble::Nested,
        '{' if beside && depth(typed) == 0 && typed.ends_with('}') => Trouble::Map,
        '-' if beside && typed.starts_with("- ") => Trouble::Sign(lead),
        '[' | ']' | '{' | '}' | '&' | '*' | '!' | '%' | '@' | '`' | '|' | '>' | '?' | ',' if beside => {
            Trouble::Sign(lead)
        }
        _ if beside && single_line && (typed.contains(": ") || typed.ends_with(':')) => Trouble::Colon,
        _ if text[range.start..span.range().end].contains("\n\t") => Trouble::Tab,
        '-' if text[..at].ends_with("- ") => Trouble::Nested,
        _ if colon_key(typed.lines().next().unwrap_or_default()).is_some() => Trouble::Map,
        _ => Trouble::Unread,
    };
    let mendable = single_line && beside && !matches!(trouble, Trouble::Nested | Trouble::Map);
    let typed = without_comment(typed);
    let span = Span::new(span.range().start..span.range().start + typed.len());
    let mended =
        || if trouble == Trouble::Unclosed('[') { format!("{typed}]") } else { quoted(&unquoted(typed)) };
    Fault { trouble, span, mended: mendable.then(mended) }
}

/// What a value that YAML cannot read was meant to be: the items of a list one by one, else the words as
/// typed.
fn as_typed(path: &InputPath, text: &str, chunk: &Chunk, key: &str, found: &mut Vec<Diagnostic>) -> Value {
    let span = trimmed(text, chunk.value.clone());
    let typed = &text[span.range()];
    if !chunk.beside && typed.starts_with('-') {
        found.pop(); // the items tell it better, each at its own place
        return Value::List(items(path, text, span.range(), key, found));
    }
    let typed = without_comment(typed);
    if let Some(inside) = typed
        .strip_prefix('[')
        .filter(|inside| typed.ends_with(']') || !inside.contains(']'))
    {
        let inside = inside.strip_suffix(']').unwrap_or(inside);
        return Value::List(parts(text, span.range().start + 1, inside));
    }
    let words = unquoted(typed);
    let start = span.range().start + usize::from(typed.starts_with(['"', '\'']));
    let place = Span::new(start..start + words.len().min(span.range().end - start));
    Value::Text(Spanned::new(words.lines().map(str::trim).collect::<Vec<_>>().join(" "), place))
}

/// `- item` by `- item`, those that YAML cannot read as typed.
fn items(
    path: &InputPath,
    text: &str,
    range: Range<usize>,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Spanned<String>> {
    let mut items = Vec::new();
    for line in lines(&text[..range.end], range.start).filter(|line| !line.is_blank() && !is_comment(line)) {
        let dash = line.indent() + usize::from(line.text.trim_start().starts_with('-'));
        let range = line.start + dash..line.end();
        match value(text, range.clone()) {
            Ok(value) => items.extend(value.texts().iter().cloned()),
            Err(fault) => {
                found.push(fault.told(path, key));
                let span = trimmed(text, range);
                items.push(Spanned::new(unquoted(without_comment(&text[span.range()])), span));
            }
        }
    }
    items
}

/// The parts of a bracketed list whose brackets are not right.
fn parts(text: &str, start: usize, inside: &str) -> Vec<Spanned<String>> {
    let mut at = start;
    let mut parts = Vec::new();
    for part in inside.split(',') {
        let span = trimmed(text, at..at + part.len());
        let words = unquoted(text[span.range()].trim_matches(['[', ']']));
        at += part.len() + 1;
        if !words.is_empty() {
            parts.push(Spanned::new(words, span));
        }
    }
    parts
}

/// Without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Span {
    let typed = &text[range.clone()];
    let start = range.start + typed.len() - typed.trim_start().len();
    Span::new(start..start + typed.trim().len())
}

/// Without a comment, which has a space on either side of its `#`.
fn without_comment(typed: &str) -> &str {
    if typed.contains(['\n', '\r']) { typed } else { typed.split(" # ").next().unwrap_or(typed).trim_end() }
}

/// The words between quotation marks, or behind one that is not closed.
pub(super) fn unquoted(typed: &str) -> String {
    for quote in ['"', '\''] {
        let Some(inside) = typed.strip_prefix(quote) else { continue };
        match inside.strip_suffix(quote) {
            Some(inside) => return inside.to_string(),
            None if !inside.contains(quote) => return inside.to_string(),
            None => {}
        }
    }
    typed.to_string()
}

/// A text of one line as a YAML value that no sign in it can spoil.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lines::Lines;

    /// The entries as read, then every mistake with its place and what its fix makes of the line.
    fn check(text: &str) -> String {
        let path = InputPath::new("annotations/a.md").expect("relative");
        let (facts, body, found) = front_matter(&path, text);
        let mut shown = String::new();
        for entry in &facts.entries {
            let value = match &entry.value {
                Value::Empty => String::new(),
                Value::Text(text) => text.value.clone(),
                Value::List(texts) => {
                    format!("{:?}", texts.iter().map(|text| &text.value).collect::<Vec<_>>())
                }
            };
            shown += &format!("{} = {value}\n", entry.key.value);
        }
        for mistake in found {
            let place = &mistake.place.as_ref().expect("in a file").place;
            let at = Lines::new(text).at(place.span.start as usize);
            shown += &format!("{}:{} {}: {}\n", at.line, at.column, mistake.code.name, mistake.message);
            if let Some(fix) = &mistake.fix {
                let edit = &fix.edits[0];
                let range = edit.place.span.range();
                let mended = format!("{}{}{}", &text[..range.start], edit.replacement, &text[range.end..]);
                let line = Lines::new(&mended).at(range.start).line;
                shown += &format!("  → {}\n", Lines::new(&mended).line(line));
                assert!(mended != text, "a fix changes something");
            }
        }
        shown + &format!("body: {:?}", &text[body..])
    }

    fn facts(yaml: &str) -> String {
        let shown = check(&format!("---\n{yaml}\n---\n"));
        shown.strip_suffix("\nbody: \"\"").unwrap_or(&shown).to_string()
    }

    #[test]
    fn values_are_text_or_lists_of_text_and_stay_what_they_are() {
        assert_eq!(
            facts(
                "id: 003\nTitle: 'It''s'\nderives_from: [a, \"b, c\"]\ntopics:\n- x\n-  no # yes\nyear: 1984 \
                    # a novel\nempty:\nnull: ~\nlong: |\n  two\n  lines\nfolded: >-\n  one\n  line"
            ),
            "id = 003\ntitle = It's\nderives-from = [\"a\", \"b, c\"]\ntopics = [\"x\", \"no\"]\nyear = \
                1984\nempty = \nnull = \nlong = two\nlines\nfolded = one line"
        );
        assert_eq!(facts("\"title\": a\n'id' : b"), "title = a\nid = b");
        assert_eq!(
            facts("title: a\n  b\n\n# a comment\nurl: https://example.org/a:b#c"),
            "title = a b\nurl = https://example.org/a:b#c"
        );
        assert_eq!(facts("topics: [\na,\nb\n]\nid: c"), "topics = [\"a\", \"b\"]\nid = c");
    }

    #[test]
    fn links_are_text_though_yaml_sees_lists() {
        assert_eq!(facts("source: [[To Lam: a life]]"), "source = [[To Lam: a life]]");
        assert_eq!(facts("topics: [[a]], [[b|c]]"), "topics = [[a]], [[b|c]]");
        assert_eq!(
            facts("topics: [ [[a, b]], c ]\nx:\n  - [[d#e]]\n  - f"),
            "topics = [\"[[a, b]]\", \"c\"]\nx = [\"[[d#e]]\", \"f\"]"
        );
    }

    #[test]
    fn a_value_that_yaml_cannot_read_costs_no_other_line_and_is_read_as_typed() {
        assert_eq!(
            facts("title: Trade: the deficit\nprivate: true"),
            "title = Trade: the deficit\nprivate = true\n\
             2:8 yaml-value: the value of `title` holds a colon and a space, which would begin another \
             key\n  → title: \"Trade: the deficit\""
        );
        assert_eq!(
            facts("title: \"Trade\nprivate: true"),
            "title = Trade\nprivate = true\n\
             2:8 yaml-value: the value of `title` begins with a quotation mark (`\"`) that is not closed\n  \
             → title: \"Trade\""
        );
        assert_eq!(
            facts("title: \"Trade\" and war # c\nid: a"),
            "title = \"Trade\" and war\nid = a\n\
             2:8 yaml-value: words of the value of `title` stand outside its quotation marks (`\"`)\n  → \
             title: '\"Trade\" and war' # c"
        );
        assert_eq!(
            facts("title: *bold* words\nid: @b\nx: [a] b\ny: 100%\nz: % of"),
            "title = *bold* words\nid = @b\nx = [a] b\ny = 100%\nz = % of\n\
             2:8 yaml-value: the value of `title` begins with `*`, which means something else at the start \
             of a value\n  → title: \"*bold* words\"\n\
             3:5 yaml-value: the value of `id` begins with `@`, which means something else at the start of a \
             value\n  → id: \"@b\"\n\
             4:4 yaml-value: the value of `x` begins with `[`, which means something else at the start of a \
             value\n  → x: \"[a] b\"\n\
             6:4 yaml-value: the value of `z` begins with `%`, which means something else at the start of a \
             value\n  → z: \"% of\""
        );
        assert_eq!(
            facts("aliases:\n  - a\n  - Trade: the deficit\n  - b"),
            "aliases = [\"a\", \"Trade: the deficit\", \"b\"]\n\
             4:5 yaml-value: the value of `aliases` holds a colon and a space, which would begin another \
             key\n  →   - \"Trade: the deficit\""
        );
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_closed() {
        assert_eq!(
            facts("topics: [a, b\nprivate: true"),
            "topics = [\"a\", \"b\"]\nprivate = true\n\
             2:9 yaml-value: the value of `topics` begins with a bracket (`[`) that is not closed\n  → \
             topics: [a, b]"
        );
    }

    #[test]
    fn what_is_neither_text_nor_a_list_of_texts_is_said() {
        assert_eq!(facts("a: {b: c}"), "a = {b: c}\n2:4 yaml-value: the value of `a` has keys of its own");
        assert_eq!(
            facts("a:\n  b: c\n  d: e"),
            "a = b: c d: e\n3:3 yaml-value: the value of `a` has keys of its own"
        );
        assert_eq!(
            facts("a: [b, [c, d]]"),
            "a = [\"b\", \"c\", \"d\"]\n2:4 yaml-value: the value of `a` is a list that holds another \
                list or keys"
        );
        assert_eq!(
            facts("a: &x b\nc: !!str d"),
            "a = &x b\nc = !!str d\n\
             2:4 yaml-value: the value of `a` begins with `&`, which means something else at the start of a \
             value\n  → a: \"&x b\"\n\
             3:4 yaml-value: the value of `c` begins with `!`, which means something else at the start of a \
             value\n  → c: \"!!str d\""
        );
    }

    #[test]
    fn a_line_that_hides_something_is_obeyed_however_it_is_typed() {
        assert_eq!(
            facts("title: a\nprivate:true"),
            "title = a\nprivate = true\n3:1 front-matter-key: `private:` has no space behind the colon\n  → \
                private: true"
        );
        assert_eq!(
            facts("private：true\ndraft = true"),
            "private = true\ndraft = true\n\
             2:1 front-matter-key: `private` is followed by a full-width colon\n  → private: true\n\
             3:1 front-matter-key: `draft` is followed by an equals sign\n  → draft: true"
        );
        assert_eq!(
            facts("title: a\n  private: true"),
            "title = a\nprivate = true\n\
             3:3 front-matter-key: `private` is indented, as if it belonged to the value above it\n  → \
             private: true"
        );
        assert_eq!(
            facts("title: |\n  a\n  privat: true"),
            "title = a\nprivat: true\nprivat = true\n\
             4:3 swallowed-key: `privat` stands within the value of `title`, and is obeyed to be safe"
        );
        assert_eq!(facts("title: >\n  Draft: a plan for the ferry"), "title = Draft: a plan for the ferry");
        assert_eq!(
            facts("title: a\nprivate"),
            "title = a\nprivate = \n3:1 front-matter-line: this line at the head of the file is not \
                `key: value`"
        );
    }

    #[test]
    fn words_behind_a_number_sign_are_not_lost_in_silence() {
        assert_eq!(
            facts("title: Viet Nam is #1 in Asia"),
            "title = Viet Nam is\n\
             2:20 comment-in-value: ` #` begins a comment, so the value of `title` ends before it\n  → \
             title: \"Viet Nam is #1 in Asia\""
        );
        assert_eq!(facts("title: C# # a language"), "title = C#");
    }

    #[test]
    fn front_matter_lies_between_two_fences_at_the_head() {
        assert_eq!(check("---\nid: a\n---\ntext\n"), "id = a\nbody: \"text\\n\"");
        assert_eq!(check("---\r\nid: a\r\nb: c\r\n...\r\ntext"), "id = a\nb = c\nbody: \"text\"");
        assert_eq!(check("---\rid: a\r---\rtext"), "id = a\nbody: \"text\"");
        assert_eq!(check("---\n---\ntext"), "body: \"text\"");
        assert_eq!(check("text\n---\nid: a\n---\n"), "body: \"text\\n---\\nid: a\\n---\\n\"");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\n\nA text that begins with a rule.\n",
            "---\ntext\n\n---\n",
            "---",
            "---\n- a list\n---\n",
            "***\na: b\n***\n",
            "----\n\na: b\n",
        ] {
            assert_eq!(check(text), format!("body: {text:?}"));
        }
    }

    #[test]
    fn a_fence_that_is_forgotten_or_spoilt_hides_nothing() {
        assert_eq!(
            check("---\nid: a\nprivate: true\n\n## Note\n\n---\nb: c\n"),
            "id = a\nprivate = true\n1:1 front-matter-unclosed: the head of the file has no end\n  → \
                ---\nbody: \"\\n## Note\\n\\n---\\nb: c\\n\""
        );
        assert_eq!(
            check("---\nid: a"),
            "id = a\n1:1 front-matter-unclosed: the head of the file has no end\n  → id: a\nbody: \"\""
        );
        assert_eq!(
            check("---\nid: a\n\nThe text begins.\n"),
            "id = a\n1:1 front-matter-unclosed: the head of the file has no end\n  → ---\nbody: \"\\nThe \
                text begins.\\n\""
        );
        assert_eq!(
            check("—\nprivate: true\n—\ntext"),
            "private = true\n1:1 front-matter-fence: the head of a file stands between two lines `---`, not \
                `—`\nbody: \"text\""
        );
        assert_eq!(
            check("\n\n---\nprivate: true\n---\ntext"),
            "private = true\n3:1 front-matter-not-first: the head of the file does not begin on its first \
                line\n  → ---\nbody: \"text\""
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_reported_unless_its_values_add_up() {
        let path = InputPath::new("a.md").expect("relative");
        let (facts, ..) = front_matter(&path, "---\nid: a\ntopics: b\nID: c\ntopics: d\n---\n");
        let found = facts.repeated(&path, &["topics"]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].message.as_str(), found[0].related[0].place.span),
            ("`id` stands twice", Span::new(4..6))
        );
    }

    #[test]
    fn hostile_blocks_are_read_to_their_end() {
        let n = 50_000;
        let path = InputPath::new("a.md").expect("relative");
        for inner in [
            "a: ".to_string() + &"[".repeat(n),
            "a: [\n".to_string() + &"b,\n".repeat(n),
            "a: \"\n".to_string() + &"b\n".repeat(n),
            "a:\n".to_string() + &"- b: c\n".repeat(n / 10),
            "a: b\n".repeat(n / 10),
            "a: é: b\n".repeat(n / 10),
            "\n".repeat(n),
            "- ".repeat(n),
            "a: ".to_string() + &"{b: ".repeat(n),
            "a:\n".to_string() + &" private: b\n".repeat(n / 10),
            "a".repeat(n * 10),
            ":".repeat(n),
            "private ".repeat(n),
        ] {
            let text = format!("---\nx: y\n{inner}\n---\n");
            let (facts, ..) = front_matter(&path, &text);
            assert_eq!(facts.all("x").count(), 1, "{}", &inner[..20]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_every_span_lies_in_it(inner in "([a-z]{1,3}|private|: |:|\n|\r\n|---|- |  \
            |\t|\"|'|#| #|\\[|\\]|\\[\\[|\\]\\]|\\{|\\}|,|&|\\*|!|\\||>|%|é|漢|=|\\.\\.\\.|~|\\\
            \\){0,40}", close in proptest::bool::ANY) {
            let text = format!("---\n{inner}{}", if close { "\n---\n" } else { "" });
            let path = InputPath::new("a.md").expect("relative");
            let (facts, body, found) = front_matter(&path, &text);
            proptest::prop_assert!(text.is_char_boundary(body));
            for entry in &facts.entries {
                let typed = folded(text.get(entry.key.span.range()).expect("within"));
                // What holds something back need not be typed right
                let holds = matches!(entry.key.value.as_str(), "private" | "draft" | "rights");
                proptest::prop_assert!(holds || typed == entry.key.value);
                proptest::prop_assert!(text.get(entry.value_span.range()).is_some());
                for value in entry.value.texts() {
                    proptest::prop_assert!(text.get(value.span.range()).is_some(), "{:?} {:?}", value, text);
                }
            }
            for mistake in found {
                let spans = mistake.place.iter().chain(&mistake.related).map(|label| label.place.span);
                for span in spans.chain(mistake.fix.iter()
                    .flat_map(|fix| fix.edits.iter().map(|edit| edit.place.span))) {
                    proptest::prop_assert!(text.get(span.range()).is_some(), "{:?}", mistake);
                }
            }
        }

        #[test]
        fn a_private_line_at_the_margin_is_never_lost(above in "(title: |a|\"|'|\\[|\\\
            {|\n|: | |\\||- ){0,12}") {
            let text = format!("---\n{above}\nprivate: true\n---\n");
            let path = InputPath::new("a.md").expect("relative");
            let (facts, ..) = front_matter(&path, &text);
            proptest::prop_assert!(facts.all("private")
                .any(|entry| entry.value.texts().iter().all(|text| text.value == "true")), "{:?}", facts);
        }
    }
}
