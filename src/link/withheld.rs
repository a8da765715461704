//! Words that rights withhold, repeated by what people write: a title, a comment, an essay would publish what the source may not.
//!
//! Every eight words in a row of a withheld text are known by a hash; what is written passes once over them. Words are compared without
//! case, accents and signs, so that a comma more hides nothing. What a source that is published whole says too is no secret.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::quotes::{Job, Outcome};
use super::sources::Draft;
use super::written::{ProseDraft, Written};
use crate::model::body::Body;
use crate::model::dossier::Rights;
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::parse::files::Files;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes as mistakes;

/// So many words in a row are a quotation.
const WINDOW: usize = 8;

/// Everything written that repeats withheld words; each run of them is told once.
pub fn repeated(files: &Files, written: &Written, sources: &[Draft], jobs: &[Job], outcomes: &[Outcome]) -> Vec<Diagnostic> {
    let mut windows = withheld(sources, jobs, outcomes);
    if windows.is_empty() {
        return Vec::new();
    }
    let texts = texts(files, written);
    let quoted = quoted(jobs, outcomes);
    let told = |windows: &Windows| texts.iter().flat_map(|text| text.repeats(windows, sources, &quoted)).collect::<Vec<_>>();
    let found = told(&windows);
    if found.is_empty() {
        return found;
    }
    let open = sources.iter().filter(|source| source.facts.rights == Rights::Full && source.hidden.is_none());
    let public: HashSet<u64> = open.flat_map(|source| hashes(&source.body.reading).into_iter().map(|(hash, _)| hash)).collect();
    windows.retain(|hash, _| !public.contains(hash));
    told(&windows)
}

/// By file: the quotations that name no source and stand in the one that the file is about. Its rights decide what is shown of them.
fn quoted<'a>(jobs: &[Job<'a>], outcomes: &[Outcome]) -> BTreeMap<&'a InputPath, Vec<Span>> {
    let mut quoted: BTreeMap<&InputPath, Vec<Span>> = BTreeMap::new();
    let found = jobs.iter().zip(outcomes).filter(|(job, outcome)| job.unattributed && outcome.verdict().holds());
    found.for_each(|(job, _)| quoted.entry(job.path).or_default().push(job.quotation.span));
    quoted
}

/// By the hash of eight words: a source and the range of its reading text that they take up.
type Windows = HashMap<u64, Stretch>;

/// A source, and a range of its reading text.
type Stretch = (usize, Range<usize>);

fn withheld(sources: &[Draft], jobs: &[Job], outcomes: &[Outcome]) -> Windows {
    let mut shown: Vec<Vec<Range<usize>>> = vec![Vec::new(); sources.len()];
    for outcome in jobs.iter().zip(outcomes).map(|(_, outcome)| outcome) {
        let anchors = outcome.anchors().iter().map(|anchor| anchor.extent());
        shown[outcome.source].extend(anchors.map(|extent| surroundings(&sources[outcome.source].body.reading, extent)));
    }
    let mut windows = Windows::new();
    for (number, source) in sources.iter().enumerate() {
        let shown = match source.facts.rights {
            Rights::Full => continue,
            Rights::Excerpts => joined(std::mem::take(&mut shown[number])),
            Rights::None => Vec::new(),
        };
        for (hash, range) in hashes(&source.body.reading) {
            let next = shown.partition_point(|shown| shown.end <= range.start);
            let is_shown = shown.get(next).is_some_and(|shown| shown.start < range.end);
            if !is_shown {
                windows.entry(hash).or_insert((number, range));
            }
        }
    }
    windows
}

/// An excerpt's sentence lies within its line and so many characters on either side.
fn surroundings(reading: &str, extent: Range<usize>) -> Range<usize> {
    const LIMIT: usize = 200;
    let before = &reading[..extent.start];
    let behind = &reading[extent.end..];
    let floor = before.char_indices().rev().take(LIMIT).take_while(|&(_, c)| c != '\n').last().map_or(extent.start, |(at, _)| at);
    let length = behind.char_indices().take(LIMIT).take_while(|&(_, c)| c != '\n').last().map_or(0, |(at, c)| at + c.len_utf8());
    floor..extent.end + length
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The hash of every eight words in a row, and the range that they take up.
fn hashes(text: &str) -> Vec<(u64, Range<usize>)> {
    let words: Vec<(u64, Range<usize>)> = text.unicode_word_indices().map(|(at, word)| (hash_of(word), at..at + word.len())).collect();
    let whole = |words: &[(u64, Range<usize>)]| words.iter().fold(0, |hash, (word, _)| mixed(hash, *word));
    words.windows(WINDOW).map(|words| (whole(words), words[0].1.start..words[WINDOW - 1].1.end)).collect()
}

/// FNV-1a of the letters, without case and accents: it is the same on every machine.
fn hash_of(word: &str) -> u64 {
    let letters = word.nfkd().filter(|&c| c.is_alphanumeric() && !is_combining_mark(c)).flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| mixed(hash, u64::from(u32::from(c))))
}

fn mixed(hash: u64, more: u64) -> u64 {
    (hash ^ more).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}

/// A text that is published, and where it stands.
struct Text<'a> {
    path: &'a InputPath,
    words: &'a str,
    place: Place<'a>,
}

enum Place<'a> {
    Whole(Span),
    /// Each letter of it has its own.
    Of(&'a Body),
}

impl<'a> Text<'a> {
    fn spanned(path: &'a InputPath, words: &'a Spanned<String>) -> Text<'a> {
        Text { path, words: &words.value, place: Place::Whole(words.span) }
    }

    fn body(path: &'a InputPath, body: &'a Body) -> Text<'a> {
        Text { path, words: &body.reading, place: Place::Of(body) }
    }

    /// A mistake for each run of words that stands in a withheld text.
    fn repeats(&self, windows: &Windows, sources: &[Draft], quoted: &BTreeMap<&InputPath, Vec<Span>>) -> Vec<Diagnostic> {
        let mut runs: Vec<(Range<usize>, &Stretch)> = Vec::new();
        for (hash, range) in hashes(self.words) {
            let Some(found) = windows.get(&hash) else { continue };
            match runs.last_mut() {
                Some((run, _)) if range.start < run.end => run.end = range.end,
                _ => runs.push((range, found)),
            }
        }
        let quoted = quoted.get(self.path).map_or(&[][..], Vec::as_slice);
        let is_quoted = |span: Span| quoted.iter().any(|quotation| quotation.start <= span.start && span.end <= quotation.end);
        let placed = runs.into_iter().map(|(run, found)| (self.span(&run), run, found));
        placed.filter(|(span, ..)| !is_quoted(*span)).map(|(span, run, found)| self.told(span, run, found, sources)).collect()
    }

    fn span(&self, run: &Range<usize>) -> Span {
        match self.place {
            Place::Whole(span) => span,
            Place::Of(body) => body.file_span(run.clone()).unwrap_or_default(),
        }
    }

    fn told(&self, span: Span, run: Range<usize>, (source, range): &Stretch, sources: &[Draft]) -> Diagnostic {
        let Draft { seed, body, facts, .. } = &sources[*source];
        let there = body.file_span(range.clone());
        mistakes::withheld_words(self.path, span, &self.words[run], facts.rights.word(), seed, there)
    }
}

/// All that people write and pages show, quotations with a source aside: what is shown of these their rights decide.
fn texts<'a>(files: &'a Files, written: &'a Written) -> Vec<Text<'a>> {
    let mut texts: Vec<Text> = files.notes.iter().map(|file| Text::body(&file.path, &file.value.remark)).collect();
    for draft in &written.notes {
        texts.push(Text::spanned(draft.path, &draft.note.title));
        texts.push(Text::body(draft.path, &draft.note.comment));
        let figures = draft.note.figures.iter();
        texts.extend(figures.map(|figure| Text { path: draft.path, words: &figure.value.measure, place: Place::Whole(figure.span) }));
    }
    texts.extend(written.topics.iter().flat_map(|draft| prose(draft, draft.raw.title.as_ref(), &draft.raw.body)));
    texts.extend(written.claims.iter().flat_map(|draft| prose(draft, draft.raw.title.as_ref(), &draft.raw.body)));
    texts.extend(written.pages.iter().flat_map(|draft| prose(draft, draft.raw.title.as_ref(), &draft.raw.body)));
    texts
}

fn prose<'a, T>(draft: &'a ProseDraft<T>, title: Option<&'a Spanned<String>>, body: &'a Body) -> impl Iterator<Item = Text<'a>> {
    let title = title.map(|title| Text::spanned(draft.path, title));
    title.into_iter().chain([Text::body(draft.path, body)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_without_case_accents_and_signs() {
        let hash = |text: &str| hashes(text).into_iter().map(|(hash, _)| hash).collect::<Vec<_>>();
        let plain = hash("the mayor of port merrow was not there then");
        assert_eq!(plain.len(), 2);
        assert_eq!(hash("The Mayor — of “Pórt Mérrow”, was NOT\nthere; then!"), plain);
        assert_ne!(hash("the mayor of port merrow was there then too"), plain);
        assert!(hash("seven words in a row are none").is_empty());
    }

    #[test]
    fn an_excerpt_shows_its_line_and_no_more() {
        let reading = "One.\nTwo three four.\nFive.";
        assert_eq!(surroundings(reading, 9..14), 5..20);
    }
}
