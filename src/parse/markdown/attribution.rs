//! The last line of a block quotation: the words of a source still, or the line that says which source they
//! are from.
//!
//! The rule of `docs/annotations.md`, written down in full:
//!
//! * A quotation of more than one line whose last line begins with a dash (`—`, `–`, `―`, `--` or `-`) and
//!   holds exactly one link to something of the dossier (`[[source]]`, or an ordinary link to a file) is
//!   attributed to that.
//! * With two such links it is unclear which one is meant: a mistake.
//! * A line without a link is words, whatever it begins with: dialogue and lists begin with a dash. Where the
//!   words above stand in the source and this line does not, `link::quotes` says that it names no source.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::mask::{Mask, mask};
use super::scan::scan;
use crate::model::body::{Name, NameKind};
use crate::model::quote::Attribution;
use crate::model::span::{Span, Spanned};
use crate::parse::lines::lines;
use crate::parse::links::{self, Lead};

/// What the last line of a quotation is.
#[derive(Debug, PartialEq)]
pub enum LastLine {
    Words,
    Attribution(Attribution),
    /// It names several things.
    Unclear(Span, Vec<Span>),
}

/// The lines of a block quotation without its marks, as ranges of the text: those of `depth` quotations,
/// since a quotation may stand in others. The first line begins at the mark of the innermost one. Lines that
/// Markdown takes in without a mark are whole.
pub fn content_lines(text: &str, span: Range<usize>, depth: usize) -> Vec<Range<usize>> {
    let block = text.get(span.clone()).unwrap_or_default();
    lines(block, 0)
        .enumerate()
        .map(|(number, line)| {
            let marks = if number == 0 { 1 } else { depth };
            span.start + line.start + mark_length(line.text, marks)..span.start + line.end()
        })
        .collect()
}

fn mark_length(line: &str, marks: usize) -> usize {
    let mut rest = line;
    for _ in 0..marks {
        let Some(behind) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') else { break };
        rest = behind;
    }
    let behind = if rest.len() < line.len() {
        rest.strip_prefix(' ').unwrap_or(rest)
    } else {
        rest.trim_start_matches([' ', '\t'])
    };
    line.len() - behind.len()
}

/// The mark by which some editors tell kinds of quotations (`[!note]`), at the start of the first line.
pub struct Callout {
    pub range: Range<usize>,
    /// `[!quote]`, `[!cite]`: the words are somebody's. Any other is the writer's own remark.
    pub quotes: bool,
}

pub fn callout(text: &str, lines: &[Range<usize>]) -> Option<Callout> {
    let line = lines.first()?;
    let typed = text[line.clone()].trim_start();
    let word = typed.strip_prefix("[!")?.split(']').next()?;
    let named = word.starts_with(|c: char| c.is_alphabetic())
        && word.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c));
    let behind = typed.get(word.len() + 3..)?;
    let behind = behind.strip_prefix(['+', '-']).unwrap_or(behind);
    let start = line.end - typed.len();
    named.then(|| Callout { range: start..line.end - behind.len(), quotes: names_a_quotation(word) })
}

/// What people call a quotation where a program wants a word for it, in the languages that they write in.
const NAMES: &str = "quote quotes quotation blockquote cite citation epigraph zitat zitate cita citazione \
    citação citat sitat citaat цитата \
    引用 引用文 引文 인용";

/// Whether a word is a name of quotations: `[!cite]`, `class="blockquote"`, `pull-quote`.
pub fn names_a_quotation(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("quote") || NAMES.split_whitespace().any(|name| name == word)
}

/// Reads the last line that is not blank; gives its place among the lines.
pub fn last_line(text: &str, lines: &[Range<usize>]) -> (usize, LastLine) {
    let words = |line: &Range<usize>| text[line.clone()].trim();
    let Some(last) = lines.iter().rposition(|line| !words(line).is_empty()) else {
        return (0, LastLine::Words);
    };
    let alone = lines[..last].iter().map(words).all(str::is_empty);
    (last, if alone { LastLine::Words } else { read(text, &lines[last]) })
}

fn read(text: &str, line: &Range<usize>) -> LastLine {
    let typed = text[line.clone()].trim();
    let start = line.start + (text[line.clone()].len() - text[line.clone()].trim_start().len());
    let span = Span::new(start..start + typed.len());
    let (typed, start) =
        without_emphasis(typed).map_or((typed, start), |(inner, marks)| (inner, start + marks));
    let Some((dash, rest)) = split_dash(typed) else { return LastLine::Words };
    let parts = parts(rest, start + dash.len());
    match parts.names.as_slice() {
        [] => LastLine::Words,
        [name] => LastLine::Attribution(Attribution {
            span,
            source: name.text.clone(),
            is_path: name.kind == NameKind::File,
            note: name.fragment.clone(),
            before: parts.before.trim().to_string(),
            label: name.labelled.then(|| parts.label.trim().to_string()),
            after: parts.after.trim().to_string(),
        }),
        several => LastLine::Unclear(span, several.iter().map(|name| name.text.span).collect()),
    }
}

/// `*— [[source]]*`, as some set such lines: what is within, and how long the mark before it is.
pub(super) fn without_emphasis(line: &str) -> Option<(&str, usize)> {
    let marks = line.len() - line.trim_start_matches(['*', '_']).len();
    let inner = line.strip_suffix(&line[..marks])?.get(marks..)?;
    ((1..=3).contains(&marks) && !inner.starts_with(' ')).then_some((inner, marks))
}

pub(super) fn split_dash(line: &str) -> Option<(&str, &str)> {
    let length = ["—", "–", "―", "--", "-"]
        .iter()
        .find(|dash| line.starts_with(**dash))?
        .len();
    let (dash, rest) = line.split_at(length);
    // A line of hyphens alone is a rule.
    (!rest.trim().is_empty() && !rest.starts_with('-')).then_some((dash, rest))
}

/// A line's links to things of the dossier, and its words before, within and after the first.
#[derive(Default)]
pub(super) struct Parts {
    pub names: Vec<Name>,
    pub before: String,
    pub label: String,
    pub after: String,
}

const DASH: &str = "—";

pub(super) fn parts(rest: &str, offset: usize) -> Parts {
    let comments = scan(rest).comments;
    let masked = mask(rest, Mask { hidden: comments, ..Mask::default() });
    let mut parts = Parts::default();
    let mut within = false;
    // Behind a dash nothing begins a list, a heading or an HTML block: the line is words
    let line = format!("{DASH}{}", masked.text);
    let parser = Parser::new_ext(&line, Options::ENABLE_WIKILINKS | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        let range = range.start.saturating_sub(DASH.len())..range.end.saturating_sub(DASH.len());
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                if let Some(name) = name(link_type, &dest_url, rest, range, offset) {
                    within = parts.names.is_empty();
                    parts.names.push(name);
                }
            }
            Event::End(TagEnd::Link) => within = false,
            Event::Text(words) | Event::InlineHtml(words) => {
                let words = words.strip_prefix(DASH).unwrap_or(&words);
                for piece in masked.visible(range.clone()) {
                    // An entity's words are not the bytes that stand there
                    let typed =
                        if masked.text.get(range.clone()) == Some(words) { &rest[piece] } else { words };
                    parts.words(within).push_str(typed);
                }
            }
            Event::Code(words) => parts.words(within).push_str(&words),
            Event::SoftBreak | Event::HardBreak => parts.words(within).push(' '),
            _ => {}
        }
    }
    parts
}

impl Parts {
    fn words(&mut self, within: bool) -> &mut String {
        match (self.names.is_empty(), within) {
            (true, _) => &mut self.before,
            (false, true) => &mut self.label,
            (false, false) => &mut self.after,
        }
    }
}

/// What a link of the line names; `None` for an address of the web and for a place within the same file.
fn name(link: LinkType, destination: &str, line: &str, range: Range<usize>, offset: usize) -> Option<Name> {
    let typed = line.get(range.clone())?;
    let name = match link {
        LinkType::WikiLink { .. } => links::wiki(typed, offset + range.start, NameKind::Wiki),
        _ => match links::lead(destination) {
            Lead::File { path, fragment } => {
                let span = Span::new(offset + range.start..offset + range.end);
                let fragment = fragment.map(|fragment| Spanned::new(fragment, span));
                Name { kind: NameKind::File, text: Spanned::new(path, span), fragment, labelled: true }
            }
            Lead::Address(_) | Lead::Unsafe | Lead::Empty => return None,
        },
    };
    (!name.text.value.is_empty()).then_some(name)
}
