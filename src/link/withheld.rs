//! Words that rights withhold, repeated by what people write: a title, a comment, an essay would publish what
//! the source may not.
//!
//! Every eight words in a row of a withheld text are known by a hash; what is written passes once over them.
//! Words are compared by their letters alone (`spelled`), so that no sign hides them. What a source that is
//! published whole says too is no secret.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::assemble::of_file as file_hides;
use super::quotes::{Job, Outcome};
use super::sources::{Draft, Gathered};
use super::spelled::{Eight, Figures, Letters, WINDOW, Wanted, eights};
use super::written::{ProseDraft, Written};
use crate::config::Config;
use crate::model::body::{Block, Body, Inline, Target};
use crate::model::dossier::TopicKind;
use crate::model::path::InputPath;
use crate::model::quote::{Attribution, Quotation};
use crate::model::rights::Rights;
use crate::model::sentence::{sentence_end, sentence_start};
use crate::model::span::{Span, Spanned, union};
use crate::parse::annotation::AnnotationFile;
use crate::parse::facts::{Given, SourceFacts};
use crate::parse::files::{Files, Read};
use crate::parse::links::percent_decoded;
use crate::parse::source::seed_of_sidecar;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::quotes as mistakes;

/// Everything written that repeats withheld words; each run of them is told once.
pub fn repeated(
    files: &Files,
    config: &Config,
    gathered: &Gathered,
    written: &Written,
    jobs: &[Job],
    outcomes: &[Outcome],
) -> Vec<Diagnostic> {
    let sources = &gathered.sources;
    let mut wanted = withheld(sources, jobs, outcomes);
    if wanted.is_empty() {
        return Vec::new();
    }
    let settings = InputPath::new("casebook.toml").expect("a plain name is a path");
    let texts = texts(files, config, &settings, gathered, written);
    let free = Free { quoted: quoted(jobs, outcomes), names: names(written) };
    let told = |wanted: &Wanted<Stretch>| {
        texts
            .iter()
            .flat_map(|text| text.repeats(wanted, sources, &free))
            .collect::<Vec<_>>()
    };
    let found = told(&wanted);
    if found.is_empty() {
        return found;
    }
    let open = sources
        .iter()
        .filter(|source| source.facts.rights == Rights::Full && source.hidden.is_none());
    let public: HashSet<u64> = open
        .flat_map(|source| eights(&source.body.reading))
        .map(|eight| eight.whole)
        .collect();
    wanted.retain(|whole| !public.contains(&whole));
    told(&wanted)
}

/// By file: the quotations that name no source and stand in the one that the file is about. Its rights decide
/// what is shown of them.
fn quoted<'a>(jobs: &[Job<'a>], outcomes: &[Outcome]) -> BTreeMap<&'a InputPath, Vec<Span>> {
    let mut quoted: BTreeMap<&InputPath, Vec<Span>> = BTreeMap::new();
    let found = jobs
        .iter()
        .zip(outcomes)
        .filter(|(job, outcome)| job.unattributed && outcome.verdict().holds());
    found.for_each(|(job, _)| quoted.entry(job.path).or_default().push(job.quotation.span));
    quoted
}

/// What may be repeated: quotations, whose rights decide, and names.
struct Free<'a> {
    quoted: BTreeMap<&'a InputPath, Vec<Span>>,
    names: Vec<Row>,
}

/// The letters of a run or a name, and how many words it has.
struct Row {
    letters: String,
    words: usize,
}

/// Long names that are declared: of organisations, places and people. A letterhead is no quotation.
fn names(written: &Written) -> Vec<Row> {
    let is_name =
        |kind: TopicKind| matches!(kind, TopicKind::Organisation | TopicKind::Place | TopicKind::Person);
    let topics = written.topics.iter().filter(|draft| {
        let kind = draft.raw.kind.as_ref().map(|kind| kind.value);
        draft.hidden.is_none() && kind.is_some_and(is_name)
    });
    topics
        .flat_map(|draft| draft.raw.title.iter().chain(&draft.raw.aliases))
        .map(|name| Row::of(&name.value))
        .filter(|name| name.words >= WINDOW - BESIDE)
        .collect()
}

/// So many words beside a name are none of a quotation: "the Ministry of …".
const BESIDE: usize = 2;

impl Row {
    fn of(text: &str) -> Row {
        Row { letters: Letters::spelled(text), words: text.unicode_words().count() }
    }

    /// Whether a run is the name, or a part of it, with a word or two beside it.
    fn is_named(&self, name: &Row) -> bool {
        let is_short = self.words <= name.words + BESIDE;
        is_short && (name.letters.contains(&self.letters) || self.letters.contains(&name.letters))
    }
}

/// A source, and a range of its reading text.
type Stretch = (usize, Range<usize>);

fn withheld(sources: &[Draft], jobs: &[Job], outcomes: &[Outcome]) -> Wanted<Stretch> {
    let mut shown: Vec<Vec<Range<usize>>> = vec![Vec::new(); sources.len()];
    for outcome in jobs
        .iter()
        .zip(outcomes)
        .filter(|(job, _)| job.shown)
        .map(|(_, outcome)| outcome)
        .filter(|outcome| sources[outcome.source].facts.rights == Rights::Excerpts)
    {
        let parts = outcome.anchors().iter().flat_map(|anchor| &anchor.parts);
        shown[outcome.source]
            .extend(parts.map(|part| surroundings(&sources[outcome.source].body.reading, part.clone())));
    }
    let mut wanted = Wanted::default();
    for (number, source) in sources.iter().enumerate() {
        let shown = match source.facts.rights {
            // Of a source that is not published no word is.
            _ if source.hidden.is_some() => Vec::new(),
            Rights::Full => continue,
            Rights::Excerpts => union(std::mem::take(&mut shown[number])),
            Rights::None => Vec::new(),
        };
        let is_shown = |Eight { range, .. }: &Eight| {
            let next = shown.partition_point(|shown| shown.end < range.end);
            shown.get(next).is_some_and(|shown| shown.start <= range.start)
        };
        let hidden = eights(&source.body.reading)
            .into_iter()
            .filter(|eight| !is_shown(eight));
        hidden.for_each(|eight| wanted.add(&eight, (number, eight.range.clone())));
    }
    wanted
}

/// What pages show of an excerpt: its sentence, within its line, and no more than so many characters on
/// either side.
fn surroundings(reading: &str, passage: Range<usize>) -> Range<usize> {
    const LIMIT: usize = 200;
    let start = reading[..passage.start].rfind(['\n', '\t']).map_or(0, |at| at + 1);
    let end = reading[passage.end..]
        .find(['\n', '\t'])
        .map_or(reading.len(), |at| passage.end + at);
    let (from, _) = sentence_start(reading, &(start..end), passage.start, LIMIT);
    let (to, _) = sentence_end(reading, &(start..end), passage.end, LIMIT);
    from.min(passage.start)..to.max(passage.end)
}

/// A text that is published, and where it stands.
struct Text<'a> {
    path: &'a InputPath,
    words: Cow<'a, str>,
    place: Place<'a>,
    /// Whether it is held back itself: then it may repeat what is in a draft.
    hidden: bool,
}

enum Place<'a> {
    Whole(Span),
    /// Each letter of it has its own.
    Of(&'a Body),
}

impl<'a> Text<'a> {
    fn whole(path: &'a InputPath, words: impl Into<Cow<'a, str>>, span: Span) -> Text<'a> {
        Text { path, words: words.into(), place: Place::Whole(span), hidden: false }
    }

    fn spanned(path: &'a InputPath, words: &'a Spanned<String>) -> Text<'a> {
        Text::whole(path, words.value.as_str(), words.span)
    }

    fn given(given: &'a Given<String>) -> Text<'a> {
        Text::whole(&given.place.path, given.value.as_str(), given.place.span)
    }

    /// What an address says whose letters are coded: `the%20keeper`.
    fn decoded(&self) -> Option<Text<'a>> {
        let Place::Whole(span) = self.place else { return None };
        let words = percent_decoded(&self.words);
        (words != *self.words).then_some(Text {
            path: self.path,
            words: words.into(),
            place: Place::Whole(span),
            hidden: self.hidden,
        })
    }

    fn body(path: &'a InputPath, body: &'a Body) -> Text<'a> {
        Text { path, words: body.reading.as_str().into(), place: Place::Of(body), hidden: false }
    }

    /// A mistake for each run of words that stands in a withheld text.
    fn repeats(&self, wanted: &Wanted<Stretch>, sources: &[Draft], free: &Free) -> Vec<Diagnostic> {
        let runs = [Figures::Count, Figures::Skipped]
            .into_iter()
            .map(|figures| self.runs(wanted, figures))
            .find(|runs| !runs.is_empty())
            .unwrap_or_default();
        let quoted = free.quoted.get(self.path).map_or(&[][..], Vec::as_slice);
        let is_quoted = |span: Span| {
            quoted
                .iter()
                .any(|quotation| quotation.start <= span.start && span.end <= quotation.end)
        };
        let is_name = |run: &Range<usize>| {
            let row = (!free.names.is_empty()).then(|| Row::of(&self.words[run.clone()]));
            row.is_some_and(|row| free.names.iter().any(|name| row.is_named(name)))
        };
        let placed = runs
            .into_iter()
            .filter(|(run, _)| !is_name(run))
            .map(|(run, found)| (self.span(&run), run, found));
        let is_free = |source: usize| self.hidden && sources[source].hidden.is_some();
        placed
            .filter(|(span, _, (source, _))| !is_quoted(*span) && !is_free(*source))
            .map(|(span, run, found)| self.told(span, run, found, sources))
            .collect()
    }

    fn runs<'w>(&self, wanted: &'w Wanted<Stretch>, figures: Figures) -> Vec<(Range<usize>, &'w Stretch)> {
        let mut runs = wanted.runs(&Letters::of(&self.words, figures));
        if let (true, Place::Of(body)) = (runs.is_empty(), &self.place) {
            runs = wanted.runs(&Letters::woven(body, figures));
            // What a picture says is a text of its own.
            runs.retain(|(run, _)| !run.is_empty());
        }
        runs
    }

    fn span(&self, run: &Range<usize>) -> Span {
        match self.place {
            Place::Whole(span) => span,
            Place::Of(body) => body.file_span(run.clone()).unwrap_or_default(),
        }
    }

    fn told(
        &self,
        span: Span,
        run: Range<usize>,
        (source, range): &Stretch,
        sources: &[Draft],
    ) -> Diagnostic {
        let Draft { seed, body, facts, hidden, .. } = &sources[*source];
        let there = body.file_span(range.clone());
        mistakes::withheld_words(
            self.path,
            span,
            &self.words[run],
            hidden.is_none().then(|| facts.rights.word()),
            seed,
            there,
        )
    }
}

/// All that people write and pages show, quotations with a source aside: what is shown of these their rights
/// decide.
fn texts<'a>(
    files: &'a Files,
    config: &'a Config,
    settings: &'a InputPath,
    gathered: &'a Gathered,
    written: &'a Written,
) -> Vec<Text<'a>> {
    let hides = |about: &Option<usize>| about.is_some_and(|source| gathered.sources[source].hidden.is_some());
    let of_files = files.notes.iter().zip(&gathered.about);
    let of_files = of_files
        .flat_map(|(file, about)| marked(of_file(file), file_hides(&file.value).is_some() || hides(about)));
    let mut texts: Vec<Text> = of_files.collect();
    let of_draft = |path: &InputPath| {
        gathered
            .sources
            .iter()
            .any(|source| source.hidden.is_some() && Some(&source.seed) == seed_of_sidecar(path).as_ref())
    };
    texts.extend(
        files
            .sidecars
            .iter()
            .flat_map(|file| marked(of_source(&file.value), of_draft(&file.path))),
    );
    for source in gathered.sources.iter().filter(|source| source.hidden.is_none()) {
        texts.extend(
            [source.id.as_str(), source.seed.as_str()]
                .map(|words| Text::whole(&source.seed, words, Span::default())),
        );
    }
    for draft in &written.notes {
        let (path, note) = (draft.path, draft.note);
        let before = texts.len();
        add_body(path, &note.comment, &mut texts);
        add_attributions(path, &note.passages, &mut texts);
        let words = [&note.title]
            .into_iter()
            .chain(&note.id)
            .chain(&note.topics)
            .chain(&note.by);
        texts.extend(
            words
                .chain(&note.page)
                .chain(&note.reference)
                .map(|words| Text::spanned(path, words)),
        );
        for figure in &note.figures {
            texts.push(Text::whole(path, figure.value.measure.as_str(), figure.span));
            texts.push(Text::whole(path, figure.value.shown.as_str(), figure.span));
        }
        texts[before..]
            .iter_mut()
            .for_each(|text| text.hidden = draft.hidden.is_some());
    }
    for draft in &written.topics {
        prose(
            draft,
            draft
                .raw
                .title
                .iter()
                .chain(&draft.raw.aliases)
                .chain(&draft.raw.former_ids)
                .chain(&draft.raw.same_as),
            &draft.raw.body,
            &mut texts,
        );
    }
    for draft in &written.claims {
        prose(
            draft,
            draft
                .raw
                .title
                .iter()
                .chain(&draft.raw.aliases)
                .chain(&draft.raw.former_ids),
            &draft.raw.body,
            &mut texts,
        );
    }
    for draft in &written.pages {
        prose(
            draft,
            draft
                .raw
                .title
                .iter()
                .chain(&draft.raw.aliases)
                .chain(&draft.raw.former_ids),
            &draft.raw.body,
            &mut texts,
        );
    }
    let dossier = &config.dossier;
    texts.extend(dossier.words.iter().map(|words| Text::spanned(settings, words)));
    let coded: Vec<Text> = texts.iter().filter_map(Text::decoded).collect();
    texts.extend(coded);
    texts
}

fn marked(mut texts: Vec<Text<'_>>, hidden: bool) -> Vec<Text<'_>> {
    texts.iter_mut().for_each(|text| text.hidden |= hidden);
    texts
}

/// What a file of notes says of its source and of all its notes.
fn of_file(file: &Read<AnnotationFile>) -> Vec<Text<'_>> {
    let mut texts = of_source(&file.value.facts);
    add_body(&file.path, &file.value.remark, &mut texts);
    let defaults = &file.value.defaults;
    texts.extend(
        defaults
            .topics
            .iter()
            .chain(&defaults.by)
            .map(|words| Text::spanned(&file.path, words)),
    );
    texts
}

/// What is said of a source, outside it.
fn of_source(facts: &SourceFacts) -> Vec<Text<'_>> {
    let single = [&facts.id, &facts.siglum, &facts.title, &facts.publisher, &facts.url, &facts.archive]
        .into_iter()
        .flatten();
    single
        .chain(&facts.aliases)
        .chain(&facts.author)
        .chain(&facts.former_ids)
        .map(Text::given)
        .collect()
}

fn prose<'a, T>(
    draft: &'a ProseDraft<T>,
    words: impl Iterator<Item = &'a Spanned<String>>,
    body: &'a Body,
    texts: &mut Vec<Text<'a>>,
) {
    let before = texts.len();
    texts.push(Text::whole(draft.path, draft.id.as_str(), Span::default()));
    texts.extend(words.map(|words| Text::spanned(draft.path, words)));
    add_body(draft.path, body, texts);
    texts[before..]
        .iter_mut()
        .for_each(|text| text.hidden = draft.hidden.is_some());
}

/// The words of a body, what its pictures say and where its links lead.
fn add_body<'a>(path: &'a InputPath, body: &'a Body, texts: &mut Vec<Text<'a>>) {
    texts.push(Text::body(path, body));
    add_attributions(path, &body.quotations, texts);
    let mut add = |words: &'a str| texts.push(Text::whole(path, words, Span::default()));
    each_address(&body.blocks, &mut add);
}

/// What stands round the links to sources. The quoted words themselves have their source's rights.
fn add_attributions<'a>(path: &'a InputPath, quotations: &'a [Quotation], texts: &mut Vec<Text<'a>>) {
    for attribution in quotations
        .iter()
        .filter_map(|quotation| quotation.attribution.as_ref())
    {
        let Attribution { before, label, after, span, .. } = attribution;
        let words = [before.as_str(), label.as_deref().unwrap_or_default(), after.as_str()].join(" ");
        texts.push(Text::whole(path, words, *span));
    }
}

/// Parsers cap how deep a tree may nest, so this recursion is shallow.
fn each_address<'a>(blocks: &'a [Block], add: &mut dyn FnMut(&'a str)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => of_inlines(content, add),
            Block::List { items, .. } => items.iter().for_each(|item| each_address(&item.blocks, add)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                each_address(blocks, add)
            }
            Block::Table(table) => {
                of_inlines(&table.caption, add);
                table
                    .head
                    .iter()
                    .chain(&table.rows)
                    .flat_map(|row| &row.cells)
                    .for_each(|cell| of_inlines(&cell.content, add));
            }
            Block::Quotation(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}

fn of_inlines<'a>(content: &'a [Inline], add: &mut dyn FnMut(&'a str)) {
    for inline in content {
        match inline {
            Inline::Link { target, content } => {
                address(target).into_iter().for_each(&mut *add);
                of_inlines(content, add);
            }
            Inline::Image { target, alt } => [Some(alt.as_str()), address(target)]
                .into_iter()
                .flatten()
                .for_each(&mut *add),
            Inline::Ruby { base, reading } => {
                add(reading);
                of_inlines(base, add);
            }
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                of_inlines(content, add)
            }
            Inline::Superscript(content) | Inline::Subscript(content) => of_inlines(content, add),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Break
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. } => {}
            Inline::Number(_) | Inline::Sign(_) | Inline::Edge => {}
        }
    }
}

fn address(target: &Target) -> Option<&str> {
    match target {
        Target::Address(address) => Some(address.as_str()),
        Target::Name(_) | Target::Nowhere => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_its_sentence_and_no_more() {
        let reading = "One.\nTwo three four. And five.\nSix.";
        assert_eq!(surroundings(reading, 9..14), 5..20);
    }
}
