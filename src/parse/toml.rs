//! TOML as people type it, for casebook.toml and sidecars: a table, and everything that is wrong with it in
//! one run.
//!
//! The parser recovers from every mistake; its words, which speak of literals and tokens, are put in ours,
//! one a line.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::front_matter::{colon_key, quoted, unquoted};
use super::lines::{Line, lines};
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::facts::{self as mistakes, Trouble};

/// What a TOML file holds.
#[derive(Debug, Default)]
pub struct Toml {
    /// In the order of the file.
    pub pairs: Vec<Pair>,
    /// Lines `key: value`, which is YAML.
    pub foreign: Foreign,
    pub mistakes: Vec<Diagnostic>,
}

#[derive(Debug)]
pub struct Pair {
    pub key: Spanned<String>,
    pub value: Node,
    /// The value as typed, its quotation marks included.
    pub span: Span,
}

#[derive(Debug)]
pub enum Node {
    /// The words between quotation marks.
    Quoted(Spanned<String>),
    /// A number, a date, `true` or `false`, as typed.
    Bare(Spanned<String>),
    /// Each with its span as typed.
    List(Vec<(Node, Span)>),
    Table(Vec<Pair>),
}

/// Reads a TOML file as far as it can be read.
pub fn toml(path: &InputPath, text: &str) -> Toml {
    let (blanked, mut errors) = without_wrong_lines(text);
    let (table, others) = DeTable::parse_recoverable(&blanked);
    errors.extend(others);
    let (mistakes, foreign) = translate(path, text, &table, &errors);
    Toml { pairs: pairs(&blanked, table.get_ref()), foreign, mistakes }
}

/// The parser caps nesting at 80, so this may call itself.
fn pairs(text: &str, table: &DeTable) -> Vec<Pair> {
    let pair = |(key, value): (&toml::Spanned<toml::de::DeString>, &toml::Spanned<DeValue>)| Pair {
        key: Spanned::new(key.get_ref().to_string(), Span::new(key.span())),
        value: node(text, value),
        span: Span::new(value.span()),
    };
    let mut pairs: Vec<Pair> = table.iter().map(pair).collect();
    pairs.sort_by_key(|pair| pair.key.span);
    pairs
}

fn node(text: &str, value: &toml::Spanned<DeValue>) -> Node {
    let span = value.span();
    let typed = text.get(span.clone()).unwrap_or_default();
    match value.get_ref() {
        DeValue::String(words) => {
            Node::Quoted(Spanned::new(words.trim().to_string(), Span::new(within_quotes(typed, span))))
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Node::Bare(Spanned::new(typed.to_string(), Span::new(span)))
        }
        DeValue::Array(items) => Node::List(
            items
                .iter()
                .map(|item| (node(text, item), Span::new(item.span())))
                .collect(),
        ),
        DeValue::Table(table) => Node::Table(pairs(text, table)),
    }
}

fn within_quotes(typed: &str, span: Range<usize>) -> Range<usize> {
    let closed =
        |marks: &&str| typed.len() >= 2 * marks.len() && typed.starts_with(*marks) && typed.ends_with(*marks);
    let length = ["\"\"\"", "'''", "\"", "'"]
        .iter()
        .find(|marks| closed(marks))
        .map_or(0, |marks| marks.len());
    span.start + length..span.end - length
}

/// How often a file is parsed anew without the lines that are not `key = value`.
const ATTEMPTS: usize = 8;

/// The parser recovers from a line without a key by passing over the next one too. So such lines are found
/// first, and blanked out of what is then read.
fn without_wrong_lines(text: &str) -> (String, Vec<Error>) {
    let mut text = with_line_feeds(text);
    let mut found = Vec::new();
    for _ in 0..ATTEMPTS {
        let (_, mut errors) = DeTable::parse_recoverable(&text);
        errors.retain(is_wrong_line);
        if errors.is_empty() {
            break;
        }
        text = blanked(&text, &errors);
        found.extend(errors);
    }
    (text, found)
}

/// TOML knows no lone carriage return, which ends a line elsewhere in a dossier.
fn with_line_feeds(text: &str) -> String {
    let end =
        |line: &Line| if &text[line.end()..line.next] == "\r" { "\n" } else { &text[line.end()..line.next] };
    lines(text, 0).flat_map(|line| [line.text, end(&line)]).collect()
}

fn is_wrong_line(error: &Error) -> bool {
    ["key with no value", "invalid unquoted key"]
        .iter()
        .any(|start| error.message().starts_with(start))
}

/// The text with comments of the same length for the lines of some errors.
fn blanked(text: &str, errors: &[Error]) -> String {
    let at: BTreeSet<usize> = errors.iter().filter_map(|error| Some(error.span()?.start)).collect();
    let mut blanked = String::with_capacity(text.len());
    for line in lines(text, 0) {
        let wrong = at.range(line.start..=line.end()).next().is_some();
        match (wrong, line.text.len()) {
            (true, 1..) => {
                blanked.extend(std::iter::once('#').chain(std::iter::repeat_n(' ', line.text.len() - 1)))
            }
            _ => blanked.push_str(line.text),
        }
        blanked.push_str(&text[line.end()..line.next]);
    }
    blanked
}

/// Lines `key: value`: the key and the value.
pub type Foreign = Vec<(Spanned<String>, Spanned<String>)>;

/// The parser's errors in our words, the first of each line; and the lines that are YAML.
fn translate(
    path: &InputPath,
    text: &str,
    table: &toml::Spanned<DeTable>,
    errors: &[Error],
) -> (Vec<Diagnostic>, Foreign) {
    if errors.is_empty() {
        return Default::default();
    }
    let lines: Vec<Line> = lines(text, 0).collect();
    let line_at = |at: usize| {
        lines
            .partition_point(|line| line.start <= at)
            .checked_sub(1)
            .and_then(|number| lines.get(number))
    };
    let places = Places::of(table);
    let open: BTreeMap<usize, usize> = errors
        .iter()
        .filter_map(|error| places.open_list(error))
        .map(|list| (list.start, list.end))
        .collect();
    // Which are told is settled first, and their words are put together in the order of the file: so no
    // more of them are held than are told.
    let mut told = BTreeMap::new();
    let mut foreign = Vec::new();
    for (&start, &end) in &open {
        told.insert(start, Told::OpenList { end });
    }
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let within_open_list = open
            .range(..=span.start)
            .next_back()
            .is_some_and(|(_, &end)| span.start <= end);
        let Some(line) = line_at(span.start).filter(|_| !within_open_list) else { continue };
        // each unquoted item of a list has its own fix; of all else the first mistake of a line is enough
        let at = if is_unquoted(error) { span.start } else { line.start };
        if !told.contains_key(&at) && !told.contains_key(&line.start) {
            told.insert(at, Told::Error(error));
            foreign.extend(foreign_pair(line).filter(|_| is_wrong_line(error)));
        }
    }
    let mut mistakes = Vec::new();
    for (start, what) in told {
        held::hold(&mut mistakes);
        let line = match what {
            Told::OpenList { .. } => line_at(start),
            Told::Error(error) => line_at(error.span().map_or(0, |span| span.start)),
        };
        let Some(line) = line else { continue };
        mistakes.push(match what {
            Told::OpenList { end } => {
                let place = Span::new(start..end.min(line.end()).max(start));
                mistakes::toml_value(path, key_of(line), Trouble::Unclosed('['), place, None)
            }
            Told::Error(error) => in_our_words(path, text, line, error, &places),
        });
    }
    (mistakes, foreign)
}

/// What is told of a place.
enum Told<'e> {
    OpenList { end: usize },
    Error(&'e Error),
}

fn is_unquoted(error: &Error) -> bool {
    error.message().starts_with("string values must be quoted")
        && error.span().is_some_and(|span| !span.is_empty())
}

fn in_our_words(path: &InputPath, text: &str, line: &Line, error: &Error, places: &Places) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let whole_line = Span::new(line.words());
    if error.message().starts_with("duplicate key") {
        let key = Spanned::new(text[span.clone()].to_string(), Span::new(span.clone()));
        return mistakes::repeated_key(path, &key, Span::new(places.earlier(&text[span.clone()], span)));
    }
    if let (true, Some((key, value))) = (is_wrong_line(error), foreign_pair(line)) {
        let typed = &text[value.span.range()];
        let right = if DeValue::parse(typed).is_ok() { typed.to_string() } else { quoted(&value.value) };
        return mistakes::toml_colon(path, &key, whole_line, &format!("{} = {right}", key.value));
    }
    let Some(value) = value_of(line).filter(|_| !is_wrong_line(error)) else {
        return mistakes::toml_line(path, whole_line);
    };
    let in_list = text[value.clone()].starts_with('[');
    let place = if is_unquoted(error) && in_list { span } else { value };
    let typed = &text[place.clone()];
    let mended = (!in_list || is_unquoted(error)).then(|| quoted(&unquoted(typed.trim_matches(['“', '”']))));
    match trouble(typed, error.message()) {
        None => mistakes::toml_empty(path, key_of(line), whole_line),
        Some(trouble) => mistakes::toml_value(path, key_of(line), trouble, Span::new(place), mended),
    }
}

/// What is the matter with a value; `None` where there is none.
fn trouble(typed: &str, message: &str) -> Option<Trouble> {
    let lead = typed.chars().next()?;
    Some(match lead {
        '"' | '\'' if !typed[1..].contains(lead) => Trouble::Unclosed(lead),
        '"' | '\'' if message.starts_with("unexpected key or value") => Trouble::BehindQuote(lead),
        '"' if typed.contains('\\') => Trouble::Escape,
        '"' | '\'' | '[' | '{' => Trouble::Unread,
        _ => Trouble::Unquoted,
    })
}

/// The key and the value of a line `key: value`.
fn foreign_pair(line: &Line) -> Option<(Spanned<String>, Spanned<String>)> {
    let key = colon_key(line.text)?;
    let start = line.start + key.start;
    let typed = line.text[key.value..].trim();
    let at = line.end() - line.text[key.value..].trim_start().len();
    let name = Spanned::new(key.name.to_string(), Span::new(start..start + key.name.len()));
    Some((name, Spanned::new(unquoted(typed), Span::new(at..at + typed.len()))))
}

fn key_of<'a>(line: &Line<'a>) -> &'a str {
    line.text.split('=').next().unwrap_or_default().trim()
}

/// Where the value of a line `key = value` stands, without a comment.
fn value_of(line: &Line) -> Option<Range<usize>> {
    let (key, value) = line.text.split_once('=')?;
    let value = value.split(" # ").next().unwrap_or(value);
    let start = line.start + key.len() + 1 + value.len() - value.trim_start().len();
    Some(start..start + value.trim().len())
}

/// Where the keys and lists of a table stand.
struct Places {
    keys: Vec<(String, Range<usize>)>,
    /// The outermost lists, in order.
    lists: Vec<Range<usize>>,
}

impl Places {
    /// The parser caps nesting; tables are walked without recursion all the same.
    fn of(table: &toml::Spanned<DeTable>) -> Places {
        let mut places = Places { keys: Vec::new(), lists: Vec::new() };
        let mut tables = vec![table.get_ref()];
        while let Some(table) = tables.pop() {
            for (key, value) in table.iter() {
                places.keys.push((key.get_ref().to_string(), key.span()));
                match value.get_ref() {
                    DeValue::Table(table) => tables.push(table),
                    DeValue::Array(_) => places.lists.push(value.span()),
                    _ => {}
                }
            }
        }
        places.keys.sort_by_key(|(_, span)| span.start);
        places.lists.sort_by_key(|list| list.start);
        places
    }

    /// The list that an error is about where it swallowed what stands below it.
    fn open_list(&self, error: &Error) -> Option<Range<usize>> {
        let about_lists = ["unclosed array", "missing comma between array", "unexpected `=` in array"];
        let at = error
            .span()
            .filter(|_| about_lists.iter().any(|start| error.message().starts_with(start)))?
            .start;
        let before = self.lists.partition_point(|list| list.start <= at).checked_sub(1)?;
        self.lists.get(before).filter(|list| at <= list.end).cloned()
    }

    /// Where a key that stands twice stands first; the place itself where that is not known.
    fn earlier(&self, key: &str, span: Range<usize>) -> Range<usize> {
        let earlier = self
            .keys
            .iter()
            .rev()
            .find(|(name, place)| name == key && place.start < span.start);
        earlier.map_or(span, |(_, place)| place.clone())
    }
}
