//! Words in quotation marks within comments that stand in the source of their note: `>` was forgotten, or
//! left out on purpose.
//!
//! They are no quotations, so nothing is compared on their account and no build fails by them. Where five
//! words or more stand in the source as they are typed, a hint says how to have them checked. Words that a
//! quotation of the same note holds, or that name their source (`cited`), are checked already.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::cache::LinkCache;
use super::in_marks::{OfNote, Spoken};
use super::quotes::{Asked, look_up};
use super::sources::Gathered;
use crate::anchor::fold::is_unspaced;
use crate::model::body::{Block, Body, Inline, Text};
use crate::model::leaf::file_position;
use crate::model::path::InputPath;
use crate::model::quote::{Quote, Words};
use crate::model::span::{Place, Span};
use crate::parse::annotation::{AnnotationFile, RawNote};
use crate::parse::files::Files;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes::{in_quotation_marks, unmarked_quotation};

/// Fewer words than these are words that are spoken of, or stand in any text.
const TELLING: usize = 5;

/// In one note no more are looked for: each is compared with all that the note quotes.
const MOST: usize = 100;

/// A hint for each stretch of words in quotation marks that stands in the source of its note.
/// `compared`: where words name their source, and are compared already.
pub fn unmarked(
    files: &Files,
    gathered: &Gathered,
    compared: &BTreeSet<(&InputPath, Span)>,
    cache: &mut LinkCache,
) -> Vec<Diagnostic> {
    let sources = &gathered.sources;
    let of_files = cache
        .in_marks
        .all(&files.notes, |file| file.content, |file| of_file(&file.value));
    let mut spoken: Vec<(usize, Place, bool, Quote)> = Vec::new();
    for ((file, about), of_file) in files.notes.iter().zip(&gathered.about).zip(&of_files) {
        let Some(source) = *about else { continue };
        let unchecked = of_file
            .iter()
            .filter(|of_note| !compared.contains(&(&file.path, of_note.spoken.place)));
        spoken.extend(unchecked.map(|OfNote { note, spoken }| {
            let place = Place { path: file.path.clone(), span: spoken.place };
            let alone = file.value.notes[*note].passages.is_empty();
            (source, place, alone && spoken.alone, quote(spoken.words.clone()))
        }));
    }
    let asked = spoken.iter().map(|(source, _, _, quote)| Asked {
        source: *source,
        quote,
        occurrence: None,
        only_whether: true,
    });
    let found = look_up(&asked.collect::<Vec<_>>(), sources, &mut cache.spoken);
    let stand = spoken.iter().zip(found).filter(|(_, found)| found.verdict.holds());
    let told = stand.map(|((source, place, alone, _), _)| match alone {
        true => unmarked_quotation(place, sources[*source].id.as_str()),
        false => in_quotation_marks(place, sources[*source].id.as_str()),
    });
    told.collect()
}

/// Of each note, those that none of its quotations holds.
fn of_file(file: &AnnotationFile) -> Arc<[OfNote]> {
    let of_note = |(note, raw): (usize, &RawNote)| {
        let spoken = in_marks(&raw.comment);
        let quoted = if spoken.is_empty() { String::new() } else { quoted(raw) };
        let unquoted = spoken
            .into_iter()
            .take(MOST)
            .filter(|spoken| !quoted.contains(&plain(&spoken.words)));
        unquoted.map(|spoken| OfNote { note, spoken }).collect::<Vec<_>>()
    };
    file.notes.iter().enumerate().flat_map(of_note).collect()
}

pub(super) fn quote(words: String) -> Quote {
    let words = Words { text: words, ..Words::default() };
    Quote { read: words.clone(), typed: words }
}

/// The words of all quotations of a note: a build compares them as it is.
fn quoted(note: &RawNote) -> String {
    let quotations = note.passages.iter().chain(&note.comment.quotations);
    quotations
        .map(|quotation| plain(&quotation.quote.read.text))
        .collect::<Vec<_>>()
        .join("\n")
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words between quotation marks in paragraphs of a comment, in document order.
pub fn in_marks(body: &Body) -> Vec<Spoken> {
    let mut found = Vec::new();
    paragraphs(&body.blocks, &mut |content| in_paragraph(body, content, &mut found));
    found
}

/// Paragraphs in which a writer speaks: in lists and footnotes too, and not in quotations.
fn paragraphs<'b>(blocks: &'b [Block], each: &mut dyn FnMut(&'b [Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => each(content),
            Block::List { items, .. } => items.iter().for_each(|item| paragraphs(&item.blocks, each)),
            Block::Footnote { blocks, .. } => paragraphs(blocks, each),
            Block::Heading { .. } | Block::Quote(_) | Block::Quotation(_) | Block::Unattributed { .. } => {}
            Block::Code(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}

fn in_paragraph(body: &Body, content: &[Inline], found: &mut Vec<Spoken>) {
    let mut leaves = Vec::new();
    leaves_of(content, &mut leaves);
    let (Some(first), Some(last)) = (leaves.first(), leaves.last()) else { return };
    let (start, end) = (first.reading.start as usize, last.reading.end as usize);
    let words = &body.reading[start..end];
    for marked in marked(words) {
        let alone = words[..marked.start].trim().is_empty()
            && words[marked.end..].trim_matches(['.', ',', ' ']).is_empty();
        let inner = inside(&words[marked.clone()]);
        let place = place(&leaves, start + marked.start..start + marked.end);
        if let Some(place) = place.filter(|_| length(inner) >= TELLING) {
            found.push(Spoken { place, words: inner.to_string(), alone });
        }
    }
}

/// The text of a run of inlines, leaf by leaf. Code is no speech, but a mark may stand on either side of it.
fn leaves_of(content: &[Inline], leaves: &mut Vec<Text>) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => leaves.push(*text),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                leaves_of(content, leaves)
            }
            Inline::Superscript(content) | Inline::Subscript(content) => leaves_of(content, leaves),
            Inline::Link { content, .. } | Inline::Ruby { base: content, .. } => leaves_of(content, leaves),
            Inline::Image { .. } | Inline::Break | Inline::Edge | Inline::FootnoteRef(_) => {}
            Inline::Reference { .. } | Inline::Number(_) => {}
        }
    }
}

/// Where a stretch of the reading text stands in the file. Leaves follow each other in the reading text.
pub(super) fn place(leaves: &[Text], reading: Range<usize>) -> Option<Span> {
    let first = leaves.partition_point(|leaf| leaf.reading.end as usize <= reading.start);
    let last = leaves.partition_point(|leaf| (leaf.reading.end as usize) < reading.end);
    let start = file_position(*leaves.get(first)?, reading.start)?;
    let end = file_position(*leaves.get(last)?, reading.end)?;
    (start < end).then(|| Span::new(start..end))
}

/// The marks that open a quotation and those that close it, as writers of many languages type them.
const MARKS: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('”', &['”']),
    ('"', &['"']),
    ('＂', &['＂']),
    ('`', &[]),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('\'', &['\'']),
    ('’', &['’']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

/// The stretches between quotation marks, marks included: the outermost ones. One pass: where a mark is not
/// closed, no later one of its kind is.
pub(super) fn marked(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut unclosed: Vec<char> = Vec::new();
    let mut from = 0;
    for (at, c) in words.char_indices() {
        let Some((open, closing)) = MARKS.iter().find(|(open, _)| *open == c) else { continue };
        if c == '`' && !words[at..].starts_with("``") {
            continue;
        }
        if at < from || unclosed.contains(open) || !opens(words, at, c) {
            continue;
        }
        let end = match c {
            '`' => words[at..]
                .strip_prefix("``")
                .and_then(|said| Some(at + 2 + said.find("''")? + 2)),
            _ => closes(words, at + c.len_utf8(), closing),
        };
        match end {
            Some(end) => {
                found.push(at..end);
                from = end;
            }
            None => unclosed.push(c),
        }
    }
    found
}

/// Whether a mark stands where words begin. Marks that also close, or part letters, open behind a space, a
/// bracket or a dash only.
fn opens(words: &str, at: usize, mark: char) -> bool {
    let is_plain = !matches!(mark, '"' | '\'' | '’' | '”' | '»' | '›' | '‘');
    let before = words[..at].chars().next_back();
    is_plain || before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | ':'))
}

/// Where the words end that begin at a byte: behind the first mark that closes them. An apostrophe parts
/// letters and closes nothing.
fn closes(words: &str, from: usize, closing: &[char]) -> Option<usize> {
    let mut rest = words[from..].char_indices().peekable();
    let mut within = false; // straight marks within bent ones: “he said "yes" twice”
    while let Some((at, c)) = rest.next() {
        let within_word =
            matches!(c, '’' | '\'') && rest.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if closing.contains(&c) && !within_word {
            return Some(from + at + c.len_utf8());
        }
        if c == '"' && matches!(closing, ['”', '“'] | ['“', '”']) {
            let closes = stands_alone(words, from + at);
            if closes && !within {
                return Some(from + at + 1);
            }
            within = !closes;
        }
    }
    None
}

/// Whether a straight mark closes what a bent one opened: it stands right behind a word and opens nothing.
fn stands_alone(words: &str, at: usize) -> bool {
    let closes = |text: &str| {
        let before = text.chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–'))
    };
    let next = words[at + 1..].chars().next();
    closes(&words[..at]) && next.is_none_or(|c| !c.is_alphanumeric())
}

/// The words within their marks, without the comma or full stop that American printers put there.
pub(super) fn inside(marked: &str) -> &str {
    let mut inner = marked.chars();
    inner.next();
    inner.next_back();
    let inner = match marked.starts_with("``") {
        true => inner.as_str().trim_matches(['`', '\'']),
        false => inner.as_str(),
    };
    inner.trim().trim_end_matches([',', '.', ';'])
}

/// How many words there are; two signs of a script without spaces count as one.
pub(super) fn length(words: &str) -> usize {
    let unspaced = words.chars().filter(|&c| is_unspaced(c)).count();
    let spaced = words
        .split_whitespace()
        .filter(|word| !word.contains(is_unspaced))
        .count();
    spaced + unspaced / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(words: &str) -> Vec<&str> {
        marked(words)
            .into_iter()
            .map(|marked| inside(&words[marked]))
            .collect()
    }

    #[test]
    fn marks_of_every_country() {
        for text in [
            "x “a b” y",
            "x \"a b\" y",
            "x « a b » y",
            "x „a b“ y",
            "x „a b” y",
            "x ‘a b’ y",
            "x ‚a b‘ y",
            "x »a b« y",
            "x ”a b” y",
        ] {
            assert_eq!(stretches(text), ["a b"], "{text}");
        }
        assert_eq!(stretches("他说「甲乙」。『丙丁』"), ["甲乙", "丙丁"]);
        assert_eq!(stretches("‘the clerk’s own words’, he said"), ["the clerk’s own words"]);
        assert_eq!(stretches("'the clerk's own words', he said"), ["the clerk's own words"]);
        assert_eq!(stretches("He said, “a b,” and “c d.”"), ["a b", "c d"]);
        assert_eq!(stretches("“a ‘b’ c” d"), ["a ‘b’ c"]);
    }

    #[test]
    fn what_is_no_mark() {
        for text in [
            "a 6\" pipe and a 5\" one",
            "the clerks’ words, the mayors’ words",
            "it's a dog's life",
            "“a b",
            "a b”",
            "",
        ] {
            assert_eq!(stretches(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn words_are_counted_as_each_script_has_them() {
        assert_eq!(length("two more pumps before the winter"), 6);
        assert_eq!(length("渡轮于二零二三年载客"), 5);
    }
}
