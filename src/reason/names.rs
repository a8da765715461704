//! The register of names: people, organisations and places, where they are mentioned, who is mentioned
//! together, what else they are called; and where the dossier's own prose names one of them without leading
//! there.
//!
//! Names are looked for word by word, as `fold` makes them: without diacritics, so that `To Lam` finds `Tô
//! Lâm`, but with their capitals, so that `US` does not find `us`. Of names that begin at one word the
//! longest is meant. A text is read once, whatever the number of names. Of a source whose text is not
//! published only the quoted passages are read, or nothing.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::body::{Block, Body, Inline, Text};
use crate::model::dossier::{Dossier, NoteIx, Origin, Prose, SourceIx, Thing, TopicIx};
use crate::model::leaf::file_position;
use crate::model::path::InputPath;
use crate::model::rights::Shown;
use crate::model::slug::Slug;
use crate::model::span::union;
use crate::model::span::{Place, Span};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// By title, folded.
    pub names: Vec<Named>,
    /// Other names that lead to one of them, folded and sorted likewise.
    pub see: Vec<See>,
}

/// A person, an organisation or a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub topic: TopicIx,
    /// By source, then by place: the first and the last are the first and last mention.
    pub mentions: Vec<Mention>,
    /// Others that are named in the same paragraphs, and in how many; the most frequent first.
    pub together: Vec<(TopicIx, usize)>,
}

/// A place in the reading text of a source where a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub source: SourceIx,
    pub range: Range<usize>,
}

/// "Lam, To: see Tô Lâm".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    pub alias: String,
    pub topic: TopicIx,
}

impl Named {
    /// The sources that mention it, in the order of the dossier.
    pub fn sources(&self) -> Vec<SourceIx> {
        let sources: BTreeSet<SourceIx> = self.mentions.iter().map(|mention| mention.source).collect();
        sources.into_iter().collect()
    }
}

pub fn register(dossier: &Dossier) -> (Register, Vec<Diagnostic>) {
    let index = Index::of(dossier);
    let mut found = Found::default();
    for (i, source) in dossier.sources.iter().enumerate() {
        let Some(reading) = source.shown().quotable().map(|body| &body.reading) else { continue };
        for paragraph in shown(dossier, SourceIx(i as u32)) {
            found.add(SourceIx(i as u32), &index, reading, paragraph);
        }
    }
    let mut names: Vec<Named> = named_topics(dossier).map(|topic| found.named(topic)).collect();
    names.sort_by_key(|named| (folded(&dossier.topic(named.topic).title), named.topic));
    let proses = if index.by_first.is_empty() { Vec::new() } else { dossier.each_prose() };
    let mistakes = proses
        .par_iter()
        .flat_map_iter(|(origin, _, prose)| unlinked(dossier, &index, *origin, prose))
        .collect();
    (Register { names, see: see(dossier) }, mistakes)
}

/// What `register` tells the writers of these files, which hold these notes.
pub fn unlinked_in(dossier: &Dossier, paths: &BTreeSet<&InputPath>, notes: &[NoteIx]) -> Vec<Diagnostic> {
    let index = Index::of(dossier);
    if index.by_first.is_empty() {
        return Vec::new();
    }
    let remarks = (0..)
        .map(SourceIx)
        .zip(&dossier.sources)
        .flat_map(|(ix, source)| source.remarks.iter().map(move |remark| (Origin::Source(ix), remark)));
    let of_files =
        remarks.filter(|(_, remark)| remark.path.as_ref().is_some_and(|path| paths.contains(path)));
    let comments = notes
        .iter()
        .map(|&note| (Origin::Note(note), &dossier.note(note).comment));
    of_files
        .chain(comments)
        .flat_map(|(origin, prose)| unlinked(dossier, &index, origin, prose))
        .collect()
}

fn named_topics(dossier: &Dossier) -> impl Iterator<Item = TopicIx> + '_ {
    dossier
        .topics
        .iter()
        .enumerate()
        .filter(|(_, topic)| topic.kind.is_name())
        .map(|(i, _)| TopicIx(i as u32))
}

fn folded(title: &str) -> Option<Slug> {
    Slug::of(title)
}

fn see(dossier: &Dossier) -> Vec<See> {
    let mut see = Vec::new();
    for topic in named_topics(dossier) {
        let title = &dossier.topic(topic).title;
        // One that differs from the title in accents alone stands there as it is written.
        let others = dossier
            .topic(topic)
            .aliases
            .iter()
            .filter(|alias| alias.trim() != title.trim());
        see.extend(others.map(|alias| See { alias: alias.clone(), topic }));
    }
    see.sort_by(|a, b| (folded(&a.alias), &a.alias, a.topic).cmp(&(folded(&b.alias), &b.alias, b.topic)));
    see
}

/// The paragraphs of a source that a reader can see, as ranges of its reading text.
fn shown(dossier: &Dossier, ix: SourceIx) -> Vec<Range<usize>> {
    match dossier.source(ix).shown() {
        Shown::Whole(body) => lines(&body.reading),
        // Those that touch are one, so that no mention is counted twice.
        Shown::Excerpts(_) => union(dossier.quoted(ix)),
        Shown::Nothing => Vec::new(),
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        let range = at..at + line.len();
        at = range.end;
        range
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A paragraph that names more than these is a list, and brings none of them nearer to another.
const MOST_TOGETHER: usize = 50;

/// What was found so far.
#[derive(Default)]
struct Found {
    mentions: BTreeMap<TopicIx, Vec<Mention>>,
    together: BTreeMap<TopicIx, BTreeMap<TopicIx, usize>>,
}

impl Found {
    fn add(&mut self, source: SourceIx, index: &Index, reading: &str, paragraph: Range<usize>) {
        let Some(text) = reading.get(paragraph.clone()) else { return };
        let mut here = BTreeSet::new();
        for (range, topic) in index.mentions(text) {
            let range = paragraph.start + range.start..paragraph.start + range.end;
            self.mentions
                .entry(topic)
                .or_default()
                .push(Mention { source, range });
            here.insert(topic);
        }
        if here.len() > MOST_TOGETHER {
            return;
        }
        for &one in &here {
            for &other in here.iter().filter(|&&other| other != one) {
                *self.together.entry(one).or_default().entry(other).or_default() += 1;
            }
        }
    }

    fn named(&mut self, topic: TopicIx) -> Named {
        let mut together: Vec<(TopicIx, usize)> =
            self.together.remove(&topic).into_iter().flatten().collect();
        together.sort_by_key(|&(other, count)| (std::cmp::Reverse(count), other));
        Named { topic, mentions: self.mentions.remove(&topic).unwrap_or_default(), together }
    }
}

/// The names by their first word, then by how many words they have, the longest first.
struct Index {
    /// Whether a name begins with a small letter or has none; else only words with a capital need to be
    /// looked at.
    has_small: bool,
    by_first: BTreeMap<String, BTreeMap<Reverse<usize>, Alike>>,
}

/// Names of as many words, by these words as they are compared; each with what its capitals say.
type Alike = BTreeMap<Vec<String>, Vec<(Vec<Capital>, TopicIx)>>;

/// The words of a text, each folded when it is first compared.
struct Words<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
    folded: Vec<OnceCell<Word>>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Words<'t> {
        let ranges: Vec<Range<usize>> = words(text).collect();
        Words { text, folded: vec![OnceCell::new(); ranges.len()], ranges }
    }

    fn at(&self, at: usize) -> &Word {
        self.folded[at].get_or_init(|| Word::of(self.text.get(self.ranges[at].clone()).unwrap_or_default()))
    }

    /// So many words from one on, where no more stands between them than joins a name.
    fn joined(&self, at: usize, count: usize) -> Option<Vec<&Word>> {
        let here = self.ranges.get(at..at + count)?;
        let joined = here
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if self.text.get(a.end..b.start).is_some_and(joins)));
        joined.then(|| (at..at + count).map(|at| self.at(at)).collect())
    }
}

/// A word as it is compared, and what its capitals say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    folded: String,
    capital: Capital,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Capital {
    /// `and`, and every script without capitals.
    None,
    /// `Lam`
    First,
    /// `US`
    All,
}

impl Index {
    fn of(dossier: &Dossier) -> Index {
        let mut has_small = false;
        let mut by_words: BTreeMap<Vec<Word>, BTreeSet<TopicIx>> = BTreeMap::new();
        for topic in named_topics(dossier) {
            let named = dossier.topic(topic);
            for name in std::iter::once(&named.title).chain(&named.aliases) {
                let words: Vec<Word> = words(name)
                    .map(|at| Word::of(name.get(at).unwrap_or_default()))
                    .collect();
                if !words.is_empty() {
                    has_small = has_small
                        || !name
                            .trim_start_matches(|c: char| !c.is_alphanumeric())
                            .starts_with(char::is_uppercase);
                    by_words.entry(words).or_default().insert(topic);
                }
            }
        }
        let mut by_first: BTreeMap<String, BTreeMap<Reverse<usize>, Alike>> = BTreeMap::new();
        for (words, topics) in by_words {
            // A name that two things share says nothing about which is meant.
            let (Some(first), [topic]) = (words.first(), &topics.iter().copied().collect::<Vec<_>>()[..])
            else {
                continue;
            };
            let alike = by_first
                .entry(first.folded.clone())
                .or_default()
                .entry(Reverse(words.len()))
                .or_default();
            let capitals = words.iter().map(|word| word.capital).collect();
            alike
                .entry(words.into_iter().map(|word| word.folded).collect())
                .or_default()
                .push((capitals, *topic));
        }
        Index { has_small, by_first }
    }

    /// Every name in a text, in order, not overlapping.
    fn mentions(&self, text: &str) -> Vec<(Range<usize>, TopicIx)> {
        if self.by_first.is_empty() {
            return Vec::new();
        }
        let words = Words::of(text);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(first) = words.ranges.get(at) {
            at += match self.name_at(&words, at) {
                Some((length, topic)) => {
                    let end = words.ranges.get(at + length - 1).map_or(first.end, |last| last.end);
                    found.push((first.start..end, topic));
                    length
                }
                None => 1,
            };
        }
        found
    }

    /// The longest name that begins at a word, in words. Most words of a text are passed over by their first
    /// letter.
    fn name_at(&self, words: &Words, at: usize) -> Option<(usize, TopicIx)> {
        let first = words.text.get(words.ranges.get(at)?.clone())?;
        if !self.has_small && !first.starts_with(char::is_uppercase) {
            return None;
        }
        let names = self.by_first.get(&words.at(at).folded)?;
        names.iter().find_map(|(Reverse(length), alike)| {
            let here = words.joined(at, *length)?;
            let folded: Vec<String> = here.iter().map(|word| word.folded.clone()).collect();
            let has = |capitals: &[Capital]| {
                here.iter()
                    .zip(capitals)
                    .all(|(word, wanted)| word.capital >= *wanted)
            };
            alike
                .get(&folded)?
                .iter()
                .find(|(capitals, _)| has(capitals))
                .map(|(_, topic)| (*length, *topic))
        })
    }
}

fn joins(between: &str) -> bool {
    between.len() <= 4
        && between
            .chars()
            .all(|c| matches!(c, ' ' | '\u{a0}' | '.' | '-' | '‐' | '‑' | '·' | '\'' | '’'))
}

/// The words of a text. In scripts without spaces each character is one.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some(&(i, c)) = rest.peek() {
            let more =
                is_combining_mark(c) || (c.is_alphanumeric() && !is_unspaced(first) && !is_unspaced(c));
            if !more {
                break;
            }
            end = i + c.len_utf8();
            rest.next();
        }
        Some(start..end)
    })
}

impl Word {
    fn of(text: &str) -> Word {
        let lower = text
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase);
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        let capital = match (letters.next(), letters.next()) {
            (Some(first), Some(second))
                if first.is_uppercase() && second.is_uppercase() && letters.all(char::is_uppercase) =>
            {
                Capital::All
            }
            (Some(first), _) if first.is_uppercase() => Capital::First,
            _ => Capital::None,
        };
        Word { folded: lower.map(|c| if c == 'đ' { 'd' } else { c }).collect(), capital }
    }
}

/// Han, Kana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}')
}

/// Names in a prose that nothing in it, nor the topics of its note, leads to; each once, at its first place.
fn unlinked(dossier: &Dossier, index: &Index, origin: Origin, prose: &Prose) -> Vec<Diagnostic> {
    let Some(path) = &prose.path else { return Vec::new() };
    let mut known: BTreeSet<TopicIx> = prose.names.iter().flatten().filter_map(topic_of).collect();
    match origin {
        Origin::Topic(topic) => known.extend([topic]),
        Origin::Note(note) => known.extend(&dossier.note(note).topics),
        Origin::Home | Origin::Page(_) | Origin::Claim(_) | Origin::Source(_) => {}
    }
    let leaves = own_words(&prose.body);
    let mut hints = Vec::new();
    for leaf in leaves {
        for (range, topic) in index.mentions(prose.body.text(leaf)) {
            let start = file_position(leaf, leaf.reading.start as usize + range.start);
            if let Some(start) = start.filter(|_| known.insert(topic)) {
                let place = Place { path: path.clone(), span: Span::new(start..start + range.len()) };
                hints.push(mistakes::reason::unlinked_name(&place, dossier.topic(topic)));
            }
        }
    }
    hints
}

fn topic_of(thing: &Thing) -> Option<TopicIx> {
    match thing {
        Thing::Topic(topic) => Some(*topic),
        Thing::Heading(inside, _) => match **inside {
            Thing::Topic(topic) => Some(topic),
            _ => None,
        },
        Thing::Source(_)
        | Thing::Note(_)
        | Thing::Claim(_)
        | Thing::Page(_)
        | Thing::Home
        | Thing::Picture(_) => None,
    }
}

/// The leaves of a body that are its writer's own words and could become links: not quotations, code,
/// headings or links. The tree is no deeper than its parser allows.
fn own_words(body: &Body) -> Vec<Text> {
    let mut leaves = Vec::new();
    let mut open: Vec<&Block> = body.blocks.iter().rev().collect();
    while let Some(block) = open.pop() {
        match block {
            Block::Paragraph(content) => words_of(content, &mut leaves),
            Block::List { items, .. } => {
                open.extend(items.iter().rev().flat_map(|item| item.blocks.iter().rev()))
            }
            Block::Footnote { blocks, .. } => open.extend(blocks.iter().rev()),
            Block::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .for_each(|cell| words_of(&cell.content, &mut leaves)),
            Block::Heading { .. } | Block::Code(_) | Block::Rule => {}
            Block::Quote(_) | Block::Quotation(_) | Block::Unattributed { .. } => {}
        }
    }
    leaves
}

fn words_of(content: &[Inline], leaves: &mut Vec<Text>) {
    let mut open: Vec<&Inline> = content.iter().rev().collect();
    while let Some(inline) = open.pop() {
        match inline {
            Inline::Text(text) => leaves.push(*text),
            Inline::Emphasis(inside) | Inline::Strong(inside) | Inline::Ruby { base: inside, .. } => {
                open.extend(inside.iter().rev())
            }
            Inline::Strike(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Code(_)
            | Inline::Link { .. }
            | Inline::Image { .. } => {}
            Inline::Break
            | Inline::Edge
            | Inline::Sign(_)
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::register;
    use crate::model::body::{Block, Body, Inline, Text};
    use crate::model::dossier::{Dossier, NoteIx, Prose, Thing, TopicKind};
    use crate::model::path::InputPath;
    use crate::model::rights::Rights;
    use crate::model::span::Span;
    use crate::reason::sketch::{Sketch, told};

    /// Names with their mentions, a line each.
    fn mentioned(dossier: &Dossier) -> String {
        let (register, _) = register(dossier);
        let line = |named: &super::Named| {
            let mentions: Vec<&str> = named
                .mentions
                .iter()
                .map(|mention| &dossier.source(mention.source).evidence().reading[mention.range.clone()])
                .collect();
            let together: Vec<String> = named
                .together
                .iter()
                .map(|(topic, count)| format!("{} {count}", dossier.topic(*topic).title))
                .collect();
            format!("{}: {} | {}", dossier.topic(named.topic).title, mentions.join(", "), together.join(", "))
        };
        register.names.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn names_are_found_without_diacritics_and_with_capitals() {
        let mut sketch = Sketch::new();
        sketch.source(
            "a",
            "2024",
            "To Lam met Trump. Tô Lâm told us, and the US: to lam is no name.\nThe US Navy said so to Trump.",
        );
        sketch.source("b", "2025", "越南政府 said; U.S. Navy ships; Lamb; Nguyen Van Trump.");
        for (name, kind) in [
            ("Tô Lâm", TopicKind::Person),
            ("Donald Trump", TopicKind::Person),
            ("US", TopicKind::Place),
            ("US Navy", TopicKind::Organisation),
            ("Vietnam", TopicKind::Place),
        ] {
            sketch.topic(name, kind);
        }
        sketch.dossier.topics[1].aliases = vec!["Trump".to_string()];
        sketch.dossier.topics[2].aliases = vec!["U.S.".to_string()];
        sketch.dossier.topics[4].aliases = vec!["越南".to_string()];
        assert_eq!(
            mentioned(&sketch.dossier),
            "\
Donald Trump: Trump, Trump, Trump | US 2, Tô Lâm 1, US Navy 1, Vietnam 1
Tô Lâm: To Lam, Tô Lâm | Donald Trump 1, US 1
US: US, U.S | Donald Trump 2, Tô Lâm 1, Vietnam 1
US Navy: US Navy | Donald Trump 1
Vietnam: 越南 | Donald Trump 1, US 1"
        );
    }

    #[test]
    fn of_a_text_that_is_not_published_nothing_is_said() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "Lam spoke. Lam left.");
        sketch.topic("Lam", TopicKind::Person);
        sketch.note(a, "n").passage("Lam left");
        let mut count = |rights| {
            sketch.dossier.source_mut(a).facts.rights = rights;
            register(&sketch.dossier).0.names[0].mentions.len()
        };
        assert_eq!([count(Rights::Full), count(Rights::Excerpts), count(Rights::None)], [2, 1, 0]);
    }

    #[test]
    fn other_names_lead_to_the_title() {
        let mut sketch = Sketch::new();
        let topic = sketch.topic("Tô Lâm", TopicKind::Person);
        sketch.dossier.topics[topic.at()].aliases =
            ["To Lam", "President Lam", "Lam"].map(String::from).to_vec();
        sketch.topic("trade", TopicKind::Concept);
        let (register, _) = register(&sketch.dossier);
        assert_eq!(
            register.see.iter().map(|see| see.alias.as_str()).collect::<Vec<_>>(),
            ["Lam", "President Lam", "To Lam"]
        );
        assert_eq!(register.names.len(), 1);
    }

    #[test]
    fn a_name_that_two_share_is_neither() {
        let mut sketch = Sketch::new();
        sketch.source("a", "2024", "Washington spoke.");
        let [place, person] = [
            sketch.topic("Washington", TopicKind::Place),
            sketch.topic("George Washington", TopicKind::Person),
        ];
        sketch.dossier.topics[person.at()].aliases = vec!["Washington".to_string()];
        let (register, _) = register(&sketch.dossier);
        assert!(register.names.iter().all(|named| named.mentions.is_empty()));
        assert_eq!(register.names[1].topic, place);
    }

    /// A comment of one paragraph, as if its file held nothing else.
    fn comment(text: &str) -> Prose {
        let span = Span::new(0..text.len());
        let leaf = Text { reading: span, file: Some(span) };
        let body = Body {
            reading: text.to_string(),
            blocks: vec![Block::Paragraph(vec![Inline::Text(leaf)])],
            ..Body::default()
        };
        Prose { path: InputPath::new("annotations/a.md"), body: Arc::new(body), ..Prose::default() }
    }

    #[test]
    fn a_name_without_a_link_is_hinted_at_once() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "words");
        let topic = sketch.topic("Lam", TopicKind::Person);
        sketch.note(a, "n").passage("words");
        sketch.dossier.note_mut(NoteIx(0)).comment = comment("Then Lam, again Lam.");
        let told_of = |sketch: &Sketch| told(&register(&sketch.dossier).1);
        assert_eq!(told_of(&sketch), "hint unlinked-name: `Lam` is named here and not linked");
        sketch.dossier.note_mut(NoteIx(0)).comment.names = vec![Some(Thing::Topic(topic))];
        assert_eq!(told_of(&sketch), "");
        sketch.dossier.note_mut(NoteIx(0)).comment.names = Vec::new();
        sketch.dossier.note_mut(NoteIx(0)).topics = vec![topic];
        assert_eq!(told_of(&sketch), "");
    }
}
