//! Words in quotation marks that stand right beside the name of the source that they are from: `“…” ([[a]])`,
//! `“…” — [[a]], p. 3`, `[[a]] says: “…”`, `“…”[^1]` with the source in the note, `“…” (Title of a, p. 3)`.
//!
//! They are looked for in that source. Where they stand nothing is told; else it is a warning, since a reader
//! takes them for its words. A link that stands beside them for another reason (`“…”, which [[a]] does not
//! say`) cites nothing: only where signs, a page and words like "see" part both are they taken together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::cache::LinkCache;
use super::citing::{
    CITING, DASHES, MOST_PARTS, OPENING, TELLING, TELLING_WORDS, TRANSLATING, cites, cites_in_note,
    ends_sentence, from_end, introduces, is_citing, is_head_of_mail, is_joining, is_listed, is_no_citation,
    named_behind, up_to_end, words,
};
use super::in_marks::Cited;
use super::names::{Meaning, Names, ThingKind};
use super::quotes::{Asked, look_up, shown};
use super::sources::{Draft, Gathered};
use super::spoken::{inside, length, marked, place, quote};
use super::tongue::Tongue;
use crate::anchor::words::is_number;
use crate::anchor::{Found, Remark};
use crate::inputs::Hash;
use crate::model::body::{Block, Body, Cell, Inline, NameKind, Table, Target, Text};
use crate::model::path::InputPath;
use crate::model::quote::Verdict;
use crate::model::span::{Place, Span};
use crate::parse::annotation::{AnnotationFile, RawNote};
use crate::parse::files::{Files, Read};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes::quote_in_text;
use crate::report::mistakes::remarks::elision_hides;

/// Whether words in quotation marks say something, and are not only spoken of: a few do with a figure.
fn is_telling(inner: &str) -> bool {
    let length = length(inner);
    let counts = || words(inner).any(|word| is_number(&word));
    length >= TELLING || length > 1 && counts()
}

/// A file's texts, and the hash of all that its words in quotation marks follow from.
struct Texts<'a> {
    key: Hash,
    path: &'a InputPath,
    /// Each with whether its writer looked at what elisions leave out.
    bodies: Vec<(&'a Body, bool)>,
}

impl<'a> Texts<'a> {
    /// The same bytes are read in one way in each folder.
    fn of<T>(
        folder: &str,
        names: &Hash,
        file: &'a Read<T>,
        bodies: impl IntoIterator<Item = (&'a Body, bool)>,
    ) -> Texts<'a> {
        let mut key = blake3::Hasher::new();
        key.update(names)
            .update(&file.content)
            .update(folder.as_bytes())
            .update(&[0])
            .update(file.path.as_str().as_bytes());
        Texts { key: *key.finalize().as_bytes(), path: &file.path, bodies: bodies.into_iter().collect() }
    }
}

/// All of them, file by file. `names`: of all things there are.
pub fn cited(files: &Files, gathered: &Gathered, names: &Names, cache: &mut LinkCache) -> Vec<Arc<[Cited]>> {
    if gathered.sources.is_empty() {
        return Vec::new();
    }
    let Files { seeds: _, sidecars: _, notes, topics, claims, pages, mistakes: _ } = files;
    let sum = names.sum();
    let of_note = |note: &'_ RawNote| note.checked.is_some();
    let of_notes = notes.iter().zip(&gathered.about).map(|(file, about)| {
        let AnnotationFile { remark, notes, .. } = &*file.value;
        // Notes on no source are no notes of the dossier.
        let (folder, notes) =
            if about.is_some() { ("notes", notes.as_slice()) } else { ("lost", [].as_slice()) };
        let comments = notes.iter().map(|note| (&*note.comment, of_note(note)));
        Texts::of(folder, &sum, file, std::iter::once((&**remark, false)).chain(comments))
    });
    let of_topics = topics
        .iter()
        .map(|file| Texts::of("topics", &sum, file, [(&*file.value.body, false)]));
    let of_claims = claims
        .iter()
        .map(|file| Texts::of("claims", &sum, file, [(&*file.value.body, false)]));
    let of_pages = pages
        .iter()
        .map(|file| Texts::of("pages", &sum, file, [(&*file.value.body, false)]));
    let texts: Vec<Texts> = of_notes.chain(of_topics).chain(of_claims).chain(of_pages).collect();
    let cited = |texts: &Texts| {
        let mut found = Vec::new();
        for &(body, looked) in &texts.bodies {
            Writing::of(texts.path, body, names, looked).blocks(&body.blocks, &mut found);
        }
        found.into()
    };
    cache.citations.all(&texts, |texts| texts.key, cited)
}

/// Where a body has words in quotation marks that may name their source: what is told of these follows from
/// all that stands round them.
pub fn spoken_at(body: &Body) -> Vec<Span> {
    let mut found = Vec::new();
    let mut rest: Vec<&Block> = body.blocks.iter().collect();
    while let Some(block) = rest.pop() {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                spoken_in(body, content, &mut found)
            }
            Block::List { items, .. } => rest.extend(items.iter().flat_map(|item| &item.blocks)),
            Block::Quote(blocks) | Block::Footnote { blocks, .. } => rest.extend(blocks),
            Block::Table(table) => {
                let cells = table.head.iter().chain(&table.rows).flat_map(|row| &row.cells);
                cells.for_each(|cell| spoken_in(body, &cell.content, &mut found));
            }
            Block::Quotation(_) | Block::Unattributed { .. } | Block::Code(_) | Block::Rule => {}
        }
    }
    found
}

fn spoken_in(body: &Body, content: &[Inline], found: &mut Vec<Span>) {
    let run = Run::of(content);
    let Some(own) = run.reading(0) else { return };
    let words = &body.reading[own.clone()];
    let telling = marked(words)
        .into_iter()
        .filter(|range| is_telling(inside(&words[range.clone()])));
    found.extend(
        telling.filter_map(|range| place(&run.leaves, own.start + range.start..own.start + range.end)),
    );
}

/// What is told of those that stand in none of their sources.
pub fn told(cited: &[Arc<[Cited]>], sources: &[Draft], cache: &mut LinkCache) -> Vec<Diagnostic> {
    let cited: Vec<&Cited> = cited.iter().flat_map(|cited| cited.iter()).collect();
    let asked = cited.iter().flat_map(|cited| {
        let of = |source: &usize| Asked {
            source: *source,
            quote: &cited.quote,
            occurrence: None,
            only_whether: false,
        };
        cited.sources.iter().map(of)
    });
    let mut found = look_up(&asked.collect::<Vec<_>>(), sources, &mut cache.cited).into_iter();
    let found: Vec<(&Cited, Vec<Arc<Found>>)> = cited
        .into_iter()
        .map(|cited| (cited, found.by_ref().take(cited.sources.len()).collect()))
        .collect();
    let stands = |verdict: Verdict| verdict.holds() || verdict == Verdict::Ambiguous;
    let lost = found
        .iter()
        .filter(|(_, found)| !found.iter().any(|found| stands(found.verdict)));
    let of_lost: BTreeSet<usize> = lost.flat_map(|(cited, _)| cited.sources.iter().copied()).collect();
    let tongues = tongues(of_lost.into_iter().collect(), sources, cache);
    let mut told = Vec::new();
    for (cited, found) in found {
        let (Some(first), Some(&source)) = (found.first(), cited.sources.first()) else { continue };
        if let Some(at) = found.iter().position(|found| stands(found.verdict)) {
            told.extend(hides(cited, &found[at], &sources[cited.sources[at]]));
            continue;
        }
        let words = Tongue::of(&cited.quote.read.text);
        let is_foreign = |source: &usize| {
            tongues
                .get(source)
                .is_some_and(|tongue| words.is_another_than(tongue))
        };
        let near = found.iter().any(|found| !found.anchors.is_empty());
        if !near && cited.sources.iter().all(is_foreign) {
            continue;
        }
        let words = cited.quote.read.text.as_str();
        let is_part = |source: &usize| is_part(&sources[*source].body.reading, words);
        if length(words) < TELLING && cited.sources.iter().any(is_part) {
            continue;
        }
        let source = &sources[source];
        let near = first.anchors.first().map(|anchor| shown(source, anchor.extent()));
        let near = near.map(|near| (near, first.differences.as_slice()));
        told.push(quote_in_text(&cited.place, source.id.as_str(), near));
    }
    told
}

/// Whether a few words stand letter for letter, the unit or the scale of their figure left out:
/// `“beyond 110”` of `beyond 110 billion`.
fn is_part(text: &str, words: &str) -> bool {
    let is_apart = |at: usize| {
        let (before, behind) = (&text[..at], &text[at + words.len()..]);
        let within = |c: char| c.is_alphanumeric();
        let goes_on = behind.starts_with(['.', ',', '-', '–', '/', ':'])
            && behind.chars().nth(1).is_some_and(char::is_numeric);
        let began = before.ends_with(['.', ',', '-', '–', '−', '/', ':']);
        !before.ends_with(within) && !began && !behind.starts_with(within) && !goes_on
    };
    text.match_indices(words).any(|(at, _)| is_apart(at))
}

/// The languages of sources, by their numbers.
fn tongues(of: Vec<usize>, sources: &[Draft], cache: &mut LinkCache) -> BTreeMap<usize, Arc<Tongue>> {
    let tongue = |source: &usize| Arc::new(Tongue::of(&sources[*source].body.reading));
    let found = cache.tongues.all(&of, |source| sources[*source].text, tongue);
    of.into_iter().zip(found).collect()
}

/// What `[...]` leaves out of words that stand. What stands beside them is no mistake here: in running text
/// the writer says it.
fn hides<'f>(cited: &Cited, found: &'f Found, source: &Draft) -> Option<Diagnostic> {
    let hides = |remark: &'f Remark| match remark {
        Remark::Hides(left) => Some(left),
        _ => None,
    };
    let left = found.remarks.iter().filter(|_| !cited.looked).find_map(hides)?;
    Some(elision_hides(&cited.place, &left.word, &shown(source, left.sentence.clone())))
}

const ALL: [ThingKind; 4] = [ThingKind::Source, ThingKind::Topic, ThingKind::Claim, ThingKind::Page];

/// A body, and what its links and notes name.
struct Writing<'a> {
    path: &'a InputPath,
    body: &'a Body,
    names: &'a Names,
    /// The blocks of each footnote.
    notes: BTreeMap<u32, &'a [Block]>,
    /// The source that each of the body's names means, if it means one.
    named: Vec<Option<usize>>,
    looked: bool,
}

fn named(path: &InputPath, body: &Body, names: &Names) -> Vec<Option<usize>> {
    let source = |name: &crate::model::body::Name| {
        let entry = match name.kind {
            NameKind::Wiki => match names.meaning(&name.text.value, &ALL) {
                Meaning::One(entry) => Some(entry),
                Meaning::Nothing | Meaning::Several(_) => None,
            },
            NameKind::File => path.join(&name.text.value).and_then(|file| names.by_path(&file)),
            NameKind::Picture => None,
        };
        entry
            .filter(|entry| entry.entity.sort == ThingKind::Source)
            .map(|entry| entry.entity.index)
    };
    body.names.iter().map(source).collect()
}

/// The footnotes of a body. They stand at its top level or in lists and quotations: all are looked through.
fn notes(body: &Body) -> BTreeMap<u32, &[Block]> {
    let mut notes = BTreeMap::new();
    let mut rest: Vec<&Block> = body.blocks.iter().collect();
    while let Some(block) = rest.pop() {
        match block {
            Block::Footnote { number, blocks } => drop(notes.insert(*number, blocks.as_slice())),
            Block::List { items, .. } => rest.extend(items.iter().flat_map(|item| &item.blocks)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } => rest.extend(blocks),
            Block::Paragraph(_) | Block::Heading { .. } | Block::Table(_) => {}
            Block::Quotation(_) | Block::Code(_) | Block::Rule => {}
        }
    }
    notes
}

/// A paragraph as a run of leaves, with what stands in it.
#[derive(Default)]
struct Run {
    leaves: Vec<Text>,
    /// Words that a link is made of, as bytes of the reading text, and its name.
    links: Vec<(Range<usize>, usize)>,
    /// Where references to footnotes stand.
    notes: Vec<(usize, u32)>,
    code: Vec<Range<usize>>,
}

impl Run {
    fn of(content: &[Inline]) -> Run {
        let mut run = Run::default();
        run.extend(content);
        run
    }

    /// Calls itself as deep as bodies nest, which is capped.
    fn extend(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Sign(text) => self.leaves.push(*text),
                Inline::Code(text) => {
                    self.code.push(text.reading.range());
                    self.leaves.push(*text);
                }
                Inline::Link { target, content } => {
                    let first = self.leaves.len();
                    self.extend(content);
                    if let (Target::Name(name), Some(range)) = (target, self.reading(first)) {
                        self.links.push((range, *name));
                    }
                }
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                    self.extend(content)
                }
                Inline::Superscript(content) | Inline::Subscript(content) => self.extend(content),
                Inline::Ruby { base, .. } => self.extend(base),
                Inline::FootnoteRef(number) => {
                    let at = self.leaves.last().map_or(0, |leaf| leaf.reading.end as usize);
                    self.notes.push((at, *number));
                }
                Inline::Image { .. } | Inline::Break | Inline::Edge => {}
                Inline::Reference { .. } | Inline::Number(_) => {}
            }
        }
    }

    /// The reading text from a leaf on.
    fn reading(&self, first: usize) -> Option<Range<usize>> {
        let (first, last) = (self.leaves.get(first)?, self.leaves.last()?);
        Some(first.reading.start as usize..last.reading.end as usize)
    }
}

/// The sources of a stretch, the nearest first.
struct Taken {
    sources: Vec<usize>,
    /// Where what names them ends, or the stretch.
    end: usize,
    way: Way,
}

/// On which side of a stretch its source is named.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Around,
    Before,
    Behind,
}

impl Taken {
    fn nothing(stretch: &Range<usize>) -> Taken {
        Taken { sources: Vec::new(), end: stretch.end, way: Way::Around }
    }
}

impl<'a> Writing<'a> {
    fn of(path: &'a InputPath, body: &'a Body, names: &'a Names, looked: bool) -> Writing<'a> {
        Writing { path, body, names, notes: notes(body), named: named(path, body, names), looked }
    }

    /// Calls itself as deep as bodies nest, which is capped.
    fn blocks(&self, blocks: &'a [Block], found: &mut Vec<Cited>) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(content) => self.paragraph(content, blocks.get(at + 1), &[], found),
                Block::Heading { content, .. } => self.paragraph(content, None, &[], found),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks, found)),
                Block::Quote(blocks) | Block::Footnote { blocks, .. } => self.blocks(blocks, found),
                Block::Table(table) => self.table(table, found),
                Block::Quotation(_) | Block::Unattributed { .. } | Block::Code(_) | Block::Rule => {}
            }
        }
    }

    /// The cells of a table. Words in one may be from the source that another cell of their row names and
    /// says nothing else, or the head of their column.
    fn table(&self, table: &'a Table, found: &mut Vec<Cited>) {
        let heads: Vec<Option<Vec<usize>>> = table
            .head
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| self.column(cell))
            .collect();
        for row in table.head.iter().chain(&table.rows) {
            let of_row: BTreeSet<usize> =
                row.cells.iter().filter_map(|cell| self.only_source(cell)).collect();
            for (column, cell) in row.cells.iter().enumerate() {
                let beside = match heads.get(column) {
                    Some(None) => Vec::new(),
                    Some(Some(of_column)) if !of_column.is_empty() => of_column.clone(),
                    _ => of_row.iter().copied().collect(),
                };
                self.paragraph(&cell.content, None, &beside, found);
            }
        }
    }

    /// The source that the head of a column is, if it is one; nothing where it says that what stands below is
    /// nobody's word for word.
    fn column(&self, head: &Cell) -> Option<Vec<usize>> {
        let whole = Run::of(&head.content).reading(0);
        let says = whole.map_or("", |whole| &self.body.reading[whole]);
        let source = self.only_source(head);
        (source.is_some() || !is_no_citation(says)).then(|| source.into_iter().collect())
    }

    /// The source that a cell names, if it holds nothing but the link and a page.
    fn only_source(&self, cell: &Cell) -> Option<usize> {
        let run = Run::of(&cell.content);
        let whole = run.reading(0)?;
        let mut links = self.links(&run);
        let (range, source) = links.next()?;
        let reading = &self.body.reading;
        let around = [&reading[whole.start..range.start], &reading[range.end..whole.end]];
        (links.next().is_none() && around.into_iter().all(is_citing)).then_some(source)
    }

    /// `next`: what stands below, which may be a line of its own that names the source; `beside`: the sources
    /// of words that name none.
    fn paragraph(&self, content: &[Inline], next: Option<&Block>, beside: &[usize], found: &mut Vec<Cited>) {
        let mut run = Run::of(content);
        let Some(own) = run.reading(0) else { return };
        let reading = &self.body.reading;
        let stretches: Vec<Range<usize>> = marked(&reading[own.clone()])
            .into_iter()
            .map(|range| own.start + range.start..own.start + range.end)
            .filter(|range| !run.code.iter().any(|code| code.contains(&range.start)))
            .collect();
        if stretches.is_empty() {
            return;
        }
        if let Some(Block::Paragraph(next)) = next {
            let below = Run::of(next).reading(0);
            if below.is_some_and(|below| reading[below].starts_with(DASHES)) {
                run.extend(next);
            }
        }
        let whole = run.reading(0).unwrap_or(own.clone());
        let mut from = own.start;
        let mut taken = Vec::new();
        for (i, stretch) in stretches.iter().enumerate() {
            let room = from..stretches.get(i + 1).map_or(whole.end, |next| next.start);
            let sources = match self.is_name(inside(&reading[stretch.clone()])) {
                true => Taken::nothing(stretch),
                false => self.sources(&run, &room, stretch),
            };
            from = sources.end.max(stretch.end);
            taken.push(sources);
        }
        self.share(&stretches, &mut taken);
        for (i, (stretch, taken)) in stretches.iter().zip(taken).enumerate() {
            let inner = inside(&reading[stretch.clone()]);
            let before = i.checked_sub(1).map(|before| &stretches[before]);
            let sources = if taken.sources.is_empty() { beside.to_vec() } else { taken.sources };
            if sources.is_empty()
                || !is_telling(inner)
                || self.is_name(inner)
                || is_head_of_mail(inner)
                || before.is_some_and(|before| self.translates(before, stretch))
            {
                continue;
            }
            found.extend(place(&run.leaves, stretch.clone()).map(|span| Cited {
                place: Place { path: self.path.clone(), span },
                quote: quote(inner.to_string()),
                sources,
                looked: self.looked,
            }));
        }
    }

    /// One source that is named for several quotations, which only "and" or who speaks parts: `“…” and “…”
    /// ([[a]])`, `[[a]] says “…” and “…”`.
    fn share(&self, stretches: &[Range<usize>], taken: &mut [Taken]) {
        let joined = |first: usize| {
            let between = &self.body.reading[stretches[first].end..stretches[first + 1].start];
            is_joining(between) && !self.is_name(inside(&self.body.reading[stretches[first].clone()]))
        };
        for first in (0..stretches.len().saturating_sub(1)).rev() {
            let next = &taken[first + 1];
            if taken[first].sources.is_empty() && next.way == Way::Behind && joined(first) {
                taken[first] = Taken { sources: next.sources.clone(), ..*next };
            }
        }
        for first in 0..stretches.len().saturating_sub(1) {
            let before = &taken[first];
            if taken[first + 1].sources.is_empty() && before.way == Way::Before && joined(first) {
                taken[first + 1] = Taken { sources: before.sources.clone(), ..*before };
            }
        }
    }

    /// Whether words in quotation marks are the title of a source.
    fn is_name(&self, words: &str) -> bool {
        matches!(self.names.meaning(words, &[ThingKind::Source]), Meaning::One(_))
    }

    /// Whether words in brackets say again, in another language, what stands in quotation marks before them.
    fn translates(&self, before: &Range<usize>, stretch: &Range<usize>) -> bool {
        let reading = &self.body.reading;
        let said = |range: &Range<usize>| Tongue::of(&reading[range.clone()]);
        let between = reading[before.end..stretch.start].trim();
        between
            .strip_prefix(OPENING)
            .is_some_and(|lead| lead.trim_matches(['=', ' ']).is_empty())
            && said(stretch).is_another_than(&said(before))
    }

    /// The links of a run that lead to sources.
    fn links<'r>(&'r self, run: &'r Run) -> impl DoubleEndedIterator<Item = (&'r Range<usize>, usize)> + 'r {
        let source = |name: usize| self.named.get(name).copied().flatten();
        run.links
            .iter()
            .filter_map(move |(range, name)| Some((range, source(*name)?)))
    }

    /// The sources that are named for a stretch, the nearest first, and where those behind it end. `room`
    /// reaches from what the stretch before takes to the next.
    fn sources(&self, run: &Run, room: &Range<usize>, stretch: &Range<usize>) -> Taken {
        let around = self
            .links(run)
            .find(|(range, _)| range.start < stretch.end && stretch.start < range.end);
        if let Some((_, source)) = around {
            return Taken { sources: vec![source], ..Taken::nothing(stretch) };
        }
        let of_note = self.of_note(run, stretch);
        if !of_note.is_empty() {
            return Taken { sources: of_note, end: stretch.end, way: Way::Behind };
        }
        let reading = &self.body.reading;
        let mut behind = self.links(run);
        if let Some((range, _)) =
            behind.find(|(range, _)| range.start >= stretch.end && range.end <= room.end)
        {
            let (between, tail) = (&reading[stretch.end..range.start], &reading[range.end..room.end]);
            return match cites(between, tail) {
                true => self.with_others(run, room, stretch, range),
                false => self.before(run, room, stretch),
            };
        }
        let by_title = self.titled(named_behind(&reading[stretch.end..room.end]));
        let taken = |source| Taken { sources: vec![source], end: stretch.end, way: Way::Behind };
        by_title.map_or_else(|| self.before(run, room, stretch), taken)
    }

    /// The last source that is named before a stretch, if it is said to say so.
    fn before(&self, run: &Run, room: &Range<usize>, stretch: &Range<usize>) -> Taken {
        let reading = &self.body.reading;
        let mut links = self.links(run);
        let last = links.rfind(|(range, _)| range.start >= room.start && range.end <= stretch.start);
        let says = |range: &Range<usize>| {
            introduces(&reading[room.start..range.start], &reading[range.end..stretch.start])
        };
        match last.filter(|(range, _)| says(range)) {
            Some((range, _)) => self.with_others(run, room, stretch, range),
            None => {
                let sources = self
                    .heading(&reading[room.start..stretch.start])
                    .into_iter()
                    .collect();
                Taken { sources, end: stretch.end, way: Way::Before }
            }
        }
    }

    /// The source whose title leads to a quotation by a colon: `Report on the mill, p. 3: “…”`.
    fn heading(&self, before: &str) -> Option<usize> {
        let named = from_end(before.trim_end().strip_suffix([':', '：'])?).trim();
        let verb = named
            .rfind(' ')
            .filter(|&at| is_listed(TELLING_WORDS, &named[at + 1..]));
        let named = named[..verb.unwrap_or(named.len())].trim();
        let title = named
            .match_indices(',')
            .map(|(at, _)| at)
            .chain([named.len()])
            .take(MOST_PARTS);
        let mut titles = title
            .filter(|&end| is_citing(&named[end..]))
            .map(|end| named[..end].trim());
        titles.find_map(|title| match self.names.meaning(title, &[ThingKind::Source]) {
            Meaning::One(entry) if title.contains(' ') => Some(entry.entity.index),
            Meaning::One(_) | Meaning::Nothing | Meaning::Several(_) => None,
        })
    }

    /// The source that is taken for a stretch, and the others that its sentence names beside it: the words
    /// may be theirs.
    fn with_others(
        &self,
        run: &Run,
        room: &Range<usize>,
        stretch: &Range<usize>,
        taken: &Range<usize>,
    ) -> Taken {
        let reading = &self.body.reading;
        let is_beside = |range: &Range<usize>| {
            let between = match range.start >= stretch.end {
                true => stretch.end..range.start,
                false => range.end..stretch.start,
            };
            let between = reading[between].replace([';', '；'], ",");
            let clause = up_to_end(&reading[range.end..room.end]);
            !ends_sentence(&between) && !is_no_citation(&between) && !is_no_citation(clause)
        };
        let in_room = |range: &Range<usize>| range.start >= room.start && range.end <= room.end;
        let (mut sources, mut others) = (Vec::new(), Vec::new());
        let mut end = stretch.end;
        for (range, source) in self.links(run).filter(|(range, _)| in_room(range)) {
            match range == taken {
                true => sources.push(source),
                false if is_beside(range) => others.push(source),
                false => continue,
            }
            end = end.max(range.end);
        }
        sources.extend(others);
        let way = if taken.start >= stretch.end { Way::Behind } else { Way::Before };
        Taken { sources, end, way }
    }

    /// The sources that the footnote right behind a stretch names.
    fn of_note(&self, run: &Run, stretch: &Range<usize>) -> Vec<usize> {
        let reading = &self.body.reading;
        let is_beside = |at: usize| {
            reading
                .get(stretch.end..at)
                .is_some_and(|between| between.trim().trim_matches(['.', ',', ';']).is_empty())
        };
        let mut named = BTreeSet::new();
        let notes = run.notes.iter().filter(|(at, _)| is_beside(*at));
        let blocks = notes.filter_map(|(_, number)| self.notes.get(number));
        for block in blocks.flat_map(|blocks| blocks.iter()) {
            let Block::Paragraph(content) = block else { continue };
            let run = Run::of(content);
            let Some(whole) = run.reading(0) else { continue };
            if words(&reading[whole.clone()]).any(|word| is_listed(TRANSLATING, &word)) {
                continue;
            }
            let mut first = true;
            for (range, source) in self.links(&run) {
                let (before, tail) = (&reading[whole.start..range.start], &reading[range.end..whole.end]);
                if cites_in_note(before, tail, first) {
                    named.insert(source);
                    first = false;
                }
            }
            let linked = self.links(&run).next().is_some();
            if !linked && !is_no_citation(&reading[whole.clone()]) {
                named.extend(self.titled(Some(&reading[whole])));
            }
        }
        named.into_iter().collect()
    }

    /// The source that words name by its id, title or another name of it, a page beside it or not.
    fn titled(&self, words: Option<&str>) -> Option<usize> {
        let words = words?.trim().trim_end_matches(['.', ' ']);
        if is_no_citation(words) {
            return None;
        }
        let borders: Vec<usize> = words
            .match_indices([',', ';', ':', '，'])
            .map(|(at, _)| at)
            .take(MOST_PARTS)
            .collect();
        let starts = std::iter::once(0).chain(borders.iter().map(|at| at + 1));
        let ends: Vec<usize> = borders.iter().copied().chain([words.len()]).collect();
        let parts = starts.flat_map(|start| ends.iter().rev().map(move |end| (start, *end)));
        let meant = |(start, end): (usize, usize)| {
            let name = words.get(start..end)?.trim();
            let name = CITING
                .split_whitespace()
                .find_map(|word| name.strip_prefix(word)?.strip_prefix(' '))
                .unwrap_or(name);
            match self.names.meaning(name.trim(), &[ThingKind::Source]) {
                Meaning::One(entry) if !name.is_empty() => Some(entry.entity.index),
                Meaning::One(_) | Meaning::Nothing | Meaning::Several(_) => None,
            }
        };
        parts.filter(|(start, end)| start < end).find_map(meant)
    }
}
