//! `locate --json`: one request a line, one answer a line. Where do these words stand in that text?
//!
//! A request is `{"id", "text", "quote", "prefix"?, "suffix"?, "old"?, "start"?}`: `text` is the path of a
//! plain text, `prefix` and `suffix` are what stood before and after the quotation, `old` the path of an
//! older text in which it stood, `start` where it began (there, or about where it begins here). An answer is
//! `{"id", "verdict", "spans": [{"start", "end"}], "score"}`, with `figures` where numbers differ; offsets
//! count Unicode scalar values. `spans` holds the one place that is meant; it is empty where none is:
//! `places` then lists those between which the words do not decide, `nearest` what comes near. A line that
//! cannot be answered gets `{"error"}`.
//!
//! Nothing here reads a file: the caller lends a function that does.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::anchor::{Around, Found, Haystack, Old, Revision, Wanted, find};
use crate::model::path::InputPath;
use crate::model::quote::{Difference, Quote, Verdict, Weight, Words};
use crate::model::roles::Roles;
use crate::parse::markdown::attribution::LastLine;
use crate::parse::markdown::quotation::quotation;

/// Reads the text at a path, or says why it cannot.
pub type Read<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// Answers requests, and keeps the texts that they name.
#[derive(Debug, Default)]
pub struct Locator {
    texts: BTreeMap<String, Haystack<'static>>,
    revisions: BTreeMap<(String, String), Revision>,
    bytes: usize,
}

/// Texts are kept up to this size together; then all are forgotten. Requests mostly come text by text.
const MOST_BYTES: usize = 64 << 20;

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    text: String,
    quote: String,
    prefix: Option<String>,
    suffix: Option<String>,
    old: Option<String>,
    start: Option<usize>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    verdict: &'static str,
    spans: Vec<Span>,
    /// How much of the quotation is there, from 0 to 1.
    score: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<Figure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<Likeness>,
}

#[derive(Serialize)]
struct Failed {
    #[serde(skip_serializing_if = "Value::is_null")]
    id: Value,
    error: String,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Figure {
    quoted: String,
    source: String,
}

#[derive(Serialize)]
struct Likeness {
    start: usize,
    end: usize,
    score: f64,
}

impl Locator {
    /// Answers one line with one line, without a line feed.
    pub fn answer(&mut self, line: &str, read: Read) -> String {
        let answer = match serde_json::from_str::<Request>(line) {
            Ok(request) => match self.located(&request, read) {
                Ok(answer) => serde_json::to_string(&answer),
                Err(error) => serde_json::to_string(&Failed { id: request.id, error }),
            },
            Err(error) => {
                let id = serde_json::from_str::<Value>(line)
                    .ok()
                    .and_then(|value| value.get("id").cloned())
                    .unwrap_or(Value::Null);
                serde_json::to_string(&Failed { id, error: format!("not a request: {error}") })
            }
        };
        // strings, numbers and ids always serialise
        answer.unwrap_or_else(|error| format!("{{\"error\":{:?}}}", error.to_string()))
    }

    fn located(&mut self, request: &Request, read: Read) -> Result<Answer, String> {
        self.load(&request.text, read)?;
        if let Some(old) = &request.old {
            self.load(old, read)?;
        }
        let missing = || "the text is not there".to_string();
        let text = self.texts.get(&request.text).ok_or_else(missing)?;
        let quote = quote(&request.quote);
        let old = match &request.old {
            Some(path) => self.texts.get(path).map(|old| (path, old)),
            None => None,
        };
        let stood = old.and_then(|(path, old)| Some((path, old, stood(request, &quote, old)?)));
        if let Some((path, old, _)) = &stood {
            let pair = ((*path).clone(), request.text.clone());
            self.revisions
                .entry(pair)
                .or_insert_with(|| Revision::between(old, text));
        }
        let revision = stood
            .as_ref()
            .and_then(|(path, ..)| self.revisions.get(&((*path).clone(), request.text.clone())));
        let old = stood.as_ref().zip(revision).map(|((_, text, range), revision)| Old {
            text,
            revision,
            start: range.start,
            end: range.end,
        });
        let around = around(request, old, text);
        let found = find(&Wanted { quote: &quote, occurrence: None, around }, text);
        Ok(answer(request, &told(found, around.is_some()), &text.raw))
    }

    fn load(&mut self, path: &str, read: Read) -> Result<(), String> {
        if self.texts.contains_key(path) {
            return Ok(());
        }
        let text = read(path)?;
        if self.bytes + text.len() > MOST_BYTES {
            self.texts.clear();
            self.revisions.clear();
            self.bytes = 0;
        }
        self.bytes += text.len();
        self.texts
            .insert(path.to_string(), Haystack::new(text, &Roles::default()));
        Ok(())
    }
}

/// The words as they are typed, and as they read if they are Markdown.
fn quote(typed: &str) -> Quote {
    let words = |text: &str| Words { text: text.to_string(), ..Words::default() };
    let block: String = typed.split('\n').map(|line| format!("> {line}\n")).collect();
    let read = InputPath::new("quotation.md").map(|path| quotation(&path, &block, 0..block.len(), 1));
    let whole = read.filter(|read| matches!(read.last_line, LastLine::Words) && !read.remark);
    Quote {
        read: whole
            .map_or_else(|| words(typed), |read| Words { marks: Vec::new(), ..read.quotation.quote.read }),
        typed: words(typed),
    }
}

/// Where the quotation stood in the old text: at `start` if it stands there, else where its words and
/// surroundings say.
fn stood(request: &Request, quote: &Quote, old: &Haystack) -> Option<Range<usize>> {
    let at_start = request.start.map(|start| byte(&old.raw, start)).and_then(|start| {
        let end = byte(&old.raw[start..], request.quote.chars().count()) + start;
        (old.raw[start..end] == request.quote).then_some(start..end)
    });
    at_start.or_else(|| {
        let around = around(request, None, old);
        let found = find(&Wanted { quote, occurrence: None, around }, old);
        found
            .verdict
            .holds()
            .then(|| found.anchors.first().map(crate::model::quote::Anchor::extent))
            .flatten()
    })
}

fn around<'a>(request: &'a Request, old: Option<Old<'a>>, text: &Haystack) -> Option<Around<'a>> {
    let is_known = request.prefix.is_some() || request.suffix.is_some() || request.start.is_some();
    let as_asked = || Around {
        before: request.prefix.as_deref().unwrap_or_default(),
        after: request.suffix.as_deref().unwrap_or_default(),
        start: request.start.map(|start| byte(&text.raw, start)),
        old: None,
    };
    old.map(Around::in_older).or_else(|| is_known.then(as_asked))
}

fn byte(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// What is answered. Where nothing but the words is known, and they speak of someone or something else by
/// name, no place is claimed: the like is said of many.
fn told(found: Found, around: bool) -> Found {
    let renamed =
        !around && found.verdict == Verdict::Drifted && found.differences.iter().any(is_another_name);
    if renamed { Found { verdict: Verdict::Absent, anchors: Vec::new(), ..found } } else { found }
}

fn is_another_name(difference: &Difference) -> bool {
    let (quoted, source) = (&difference.quoted, &difference.source);
    difference.weight == Weight::Name
        && !quoted.is_empty()
        && strsim::normalized_damerau_levenshtein(&quoted.to_lowercase(), &source.to_lowercase()) < 0.5
}

fn answer(request: &Request, found: &Found, text: &str) -> Answer {
    let (id, quote) = (request.id.clone(), request.quote.as_str());
    let counted = Counted::of(text, found);
    let span = |range: Range<usize>| Span { start: counted.at(range.start), end: counted.at(range.end) };
    let extents = || {
        found
            .anchors
            .iter()
            .map(|anchor| span(anchor.extent()))
            .collect::<Vec<_>>()
    };
    let ambiguous = found.verdict == Verdict::Ambiguous;
    let said = |of: &dyn Fn(&Difference) -> bool| {
        let chosen = found.differences.iter().filter(|difference| of(difference));
        chosen
            .map(|difference| Figure { quoted: difference.quoted.clone(), source: difference.source.clone() })
            .collect()
    };
    let mut figures: Vec<Figure> = said(&|difference| difference.weight == Weight::Figure);
    if let (true, Some(anchor)) = (figures.is_empty(), found.anchors.first().filter(|_| !ambiguous)) {
        figures = respelt(quote, &text[anchor.extent()]);
    }
    let near = |near: &crate::anchor::Near| {
        let Span { start, end } = span(near.range.clone());
        Likeness { start, end, score: share(near.likeness) }
    };
    Answer {
        id,
        verdict: found.verdict.name(),
        spans: if ambiguous { Vec::new() } else { extents() },
        score: share(found.likeness),
        figures,
        differences: said(&|_| true),
        places: if ambiguous { extents() } else { Vec::new() },
        nearest: found.nearest.iter().map(near).collect(),
    }
}

/// Numbers that are the same and spelt otherwise (`1650`, `1,650`): whoever compares figures wants to know.
fn respelt(quote: &str, source: &str) -> Vec<Figure> {
    let (quoted, there) = (numbers(quote), numbers(source));
    let pairs = quoted
        .iter()
        .zip(&there)
        .filter(|(quoted, there)| quoted.len() != there.len() && plain(quoted) == plain(there));
    pairs
        .map(|(quoted, there)| Figure { quoted: (*quoted).to_string(), source: (*there).to_string() })
        .collect()
}

fn numbers(text: &str) -> Vec<&str> {
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{A0}' | '\u{2009}' | '\u{202F}');
    let pieces = text
        .split(|c: char| !inside(c))
        .map(|piece| piece.trim_matches(|c: char| !c.is_ascii_digit()));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn plain(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

fn share(thousandths: i64) -> f64 {
    thousandths.clamp(0, 1000) as f64 / 1000.0
}

/// Characters before each byte that an answer speaks of, counted in one pass.
struct Counted(BTreeMap<usize, usize>);

impl Counted {
    fn of(text: &str, found: &Found) -> Counted {
        let extents = found.anchors.iter().map(crate::model::quote::Anchor::extent);
        let ranges = extents.chain(found.nearest.iter().map(|near| near.range.clone()));
        let mut bytes: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
        bytes.sort_unstable();
        let (mut at, mut chars) = (0, 0);
        let count = |&byte: &usize| {
            chars += text[at..byte.max(at)].chars().count();
            at = byte.max(at);
            (byte, chars)
        };
        Counted(bytes.iter().map(count).collect())
    }

    fn at(&self, byte: usize) -> usize {
        self.0.get(&byte).copied().unwrap_or(0)
    }
}
