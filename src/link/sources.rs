//! Seeds become sources: which file of notes is about which, what is known of each, which part of its text
//! counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::cache::{Cut, LinkCache};
use super::names::{Entry, Meaning, Names, ThingKind, ThingRef, several};
use super::sigla::{Wish, is_siglum, sigla};
use super::view::{View, hidden};
use crate::anchor::{self, Haystack, Wanted};
use crate::inputs::{Hash, Inputs};
use crate::model::body::Body;
use crate::model::dossier::{Facts, Hidden};
use crate::model::path::InputPath;
use crate::model::quote::{Quote, Words};
use crate::model::rights::Rights;
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::parse::annotation::AnnotationFile;
use crate::parse::cut::cut;
use crate::parse::facts::{Given, Layer, SourceFacts, merge};
use crate::parse::files::{Files, Read};
use crate::parse::source::{Format, RawSource, format, seed_of_sidecar};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::holds_nothing_back;
use crate::report::mistakes::names::{self as mistakes, Named};

/// A source before it has its place in the dossier.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: Slug,
    pub seed: InputPath,
    pub sha256: String,
    pub size: u64,
    pub said: SourceFacts,
    pub facts: Facts,
    pub siglum: String,
    pub body: Arc<Body>,
    /// Of all that the text follows from.
    pub text: Hash,
    /// Whether the encoding of its file is a guess.
    pub guessed: bool,
    pub hidden: Option<Hidden>,
}

/// What this stage finds out.
pub struct Gathered {
    /// In the order of their seeds.
    pub sources: Vec<Draft>,
    /// By file of notes: the source that it is about, if there is one.
    pub about: Vec<Option<usize>>,
    /// By source: the files of notes about it, in the order of their paths.
    pub files: Vec<Vec<usize>>,
    /// The folder that the seeds lie in: what an id leaves out of their paths.
    pub folder: String,
}

/// Settles what the sources are. `folder` is where the seeds lie; `view` decides whether facts that only
/// unpublished files tell count.
pub fn gather(
    files: &Files,
    inputs: &Inputs,
    folder: &str,
    view: View,
    cache: &mut LinkCache,
    found: &mut Vec<Diagnostic>,
) -> Gathered {
    let sidecars = sidecars(files, found);
    let about = subjects(files, provisional(files, &sidecars, folder), view, found);
    let mut of_source: Vec<Vec<usize>> = vec![Vec::new(); files.seeds.len()];
    for (number, source) in about.iter().enumerate() {
        if let Some(source) = *source {
            of_source[source].push(number);
        }
    }
    let settle = |(seed, notes): (&Read<RawSource>, &Vec<usize>)| {
        let mut layers = vec![(Layer::Own, seed.value.facts.clone())];
        layers.extend(
            sidecars
                .get(&seed.path)
                .map(|facts| (Layer::Sidecar, (*facts).clone())),
        );
        let rights = layers
            .iter()
            .rev()
            .find_map(|(_, facts)| facts.rights.as_ref())
            .map(|rights| rights.value)
            .unwrap_or_default();
        layers.extend(
            notes
                .iter()
                .map(|&number| (Layer::Annotation, told(&files.notes[number].value, rights, view))),
        );
        let (said, told) = merge(&layers);
        (without_withheld_names(&seed.path, said), told)
    };
    let settled: Vec<(SourceFacts, Vec<Diagnostic>)> =
        files.seeds.par_iter().zip(&of_source).map(settle).collect();
    for ((seed, notes), (said, _)) in files.seeds.iter().zip(&of_source).zip(&settled) {
        found.extend(still_published(seed, notes.iter().map(|&number| &files.notes[number]), said));
    }
    let seeds: Vec<Seed> = files
        .seeds
        .iter()
        .zip(&settled)
        .map(|(read, (said, _))| Seed::of(read, said, inputs))
        .collect();
    // Hashing and cutting are the dearest things here.
    let sums = cache.sums.all(&seeds, |seed| seed.hash, |seed| sum(seed.bytes));
    let cuts = cache.cuts.all(&seeds, |seed| seed.text, counted);
    let mut sources = Vec::with_capacity(seeds.len());
    for ((seed, sha256), cut) in seeds.iter().zip(sums).zip(cuts) {
        sources.push(draft(seed, sha256, cut, folder, found));
    }
    found.extend(settled.into_iter().flat_map(|(_, told)| told));
    give_sigla(&mut sources, found);
    Gathered { sources, about, files: of_source, folder: folder.to_string() }
}

/// Names that a text gives itself are words of it: where no word may be published, its address is not made of
/// them.
fn without_withheld_names(seed: &InputPath, mut said: SourceFacts) -> SourceFacts {
    if !said
        .rights
        .as_ref()
        .is_some_and(|rights| rights.value == Rights::None && rights.place.path != *seed)
    {
        return said;
    }
    let outside = |given: &Given<String>| given.place.path != *seed;
    said.id = said.id.filter(outside);
    said.siglum = said.siglum.filter(outside);
    said.former_ids.retain(outside);
    said
}

/// All notes on a source are held back, and nothing says whether the source is meant to be published without
/// them.
fn still_published<'a>(
    seed: &Read<RawSource>,
    mut notes: impl Iterator<Item = &'a Read<AnnotationFile>> + Clone,
    said: &SourceFacts,
) -> Option<Diagnostic> {
    let first = notes.clone().next()?;
    let is_hidden = |file: &Read<AnnotationFile>| {
        hidden(file.value.defaults.private, file.value.defaults.draft).is_some()
    };
    let open = said.draft.is_none() && notes.all(is_hidden);
    let hiding = first
        .value
        .front
        .entries
        .iter()
        .find(|entry| matches!(entry.key.value.as_str(), "draft" | "private"));
    let span = hiding.map(|entry| entry.key.span).unwrap_or_default();
    open.then(|| mistakes::source_still_published(&first.path, span, &seed.path))
}

/// The facts of an annotation file that may be published. What a draft or a private file says of its source
/// stays with it, except what keeps words back: what cuts the text, and rights that are narrower than those
/// that others give.
fn told(file: &AnnotationFile, rights: Rights, view: View) -> SourceFacts {
    let hidden = hidden(file.defaults.private, file.defaults.draft);
    if view.shows(hidden) {
        return file.facts.clone();
    }
    let SourceFacts { rights: said, begin, end, .. } = file.facts.clone();
    SourceFacts {
        rights: said.filter(|said| width(said.value) < width(rights)),
        begin,
        end,
        ..SourceFacts::default()
    }
}

/// How much of a text may be published.
fn width(rights: Rights) -> u8 {
    match rights {
        Rights::None => 0,
        Rights::Excerpts => 1,
        Rights::Full => 2,
    }
}

fn sidecars<'a>(files: &'a Files, found: &mut Vec<Diagnostic>) -> BTreeMap<InputPath, &'a SourceFacts> {
    let seeds: BTreeSet<&InputPath> = files.seeds.iter().map(|file| &file.path).collect();
    let mut sidecars = BTreeMap::new();
    let mut others = Vec::new();
    for sidecar in &files.sidecars {
        match seed_of_sidecar(&sidecar.path).filter(|seed| seeds.contains(seed)) {
            Some(seed) => {
                sidecars.insert(seed, &*sidecar.value);
            }
            None => others.push(sidecar),
        }
    }
    if others.is_empty() {
        return sidecars;
    }
    // A name that another system wrote in another case or form
    let alike: BTreeMap<String, &InputPath> = seeds.iter().map(|seed| (same_name(seed), *seed)).collect();
    for sidecar in others {
        let seed = seed_of_sidecar(&sidecar.path).and_then(|seed| alike.get(&same_name(&seed)));
        match seed.filter(|seed| !sidecars.contains_key(**seed)) {
            Some(seed) => {
                sidecars.insert((*seed).clone(), &*sidecar.value);
            }
            None => found.push(alone(sidecar)),
        }
    }
    sidecars
}

/// A path as every system reads it: case and the form of accents aside.
fn same_name(path: &InputPath) -> String {
    path.as_str().nfc().collect::<String>().to_lowercase().nfc().collect()
}

/// A file of facts without its source; what it would hold back must not be published by the slip.
fn alone(sidecar: &Read<SourceFacts>) -> Diagnostic {
    let SourceFacts { draft, rights, .. } = &*sidecar.value;
    let draft = draft
        .as_ref()
        .filter(|draft| draft.value)
        .map(|draft| draft.place.span);
    let rights = rights
        .as_ref()
        .filter(|rights| rights.value != Rights::Full)
        .map(|rights| rights.place.span);
    match draft.or(rights) {
        Some(said) => holds_nothing_back(&sidecar.path, said),
        None => mistakes::sidecar_alone(&sidecar.path),
    }
}

/// The names by which files of notes find their source: those that seeds and sidecars give, and the files'
/// own.
fn provisional(files: &Files, sidecars: &BTreeMap<InputPath, &SourceFacts>, folder: &str) -> Names {
    let mut names = Names::default();
    for (index, seed) in files.seeds.iter().enumerate() {
        let layers = [Some(&seed.value.facts), sidecars.get(&seed.path).copied()];
        let layers: Vec<&SourceFacts> = layers.into_iter().flatten().collect();
        let given = layers
            .iter()
            .rev()
            .find_map(|facts| facts.id.as_ref())
            .and_then(|id| Slug::of(&id.value));
        let Some(id) = given.or_else(|| Slug::of(stem(&seed.path, folder))) else { continue };
        // An id that two share is told of once all ids are known.
        names.add(Entry {
            entity: ThingRef { sort: ThingKind::Source, index },
            id,
            place: at_start(&seed.path),
            published: true,
        });
        file_names(&mut names, &seed.path, folder);
        for facts in layers {
            facts
                .title
                .iter()
                .chain(&facts.aliases)
                .for_each(|name| names.also(&name.value));
        }
    }
    names
}

/// `a/b.txt` under the seeds → `a/b`: what an id is made from.
fn stem<'a>(seed: &'a InputPath, folder: &str) -> &'a str {
    under(seed.without_extension(), folder)
}

fn under<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(path)
}

/// A source goes by its file's name, with and without extension, and by its path.
pub fn file_names(names: &mut Names, seed: &InputPath, folder: &str) {
    let name = seed
        .file_name()
        .strip_suffix(seed.extension())
        .unwrap_or(seed.file_name())
        .trim_end_matches('.');
    let all = [seed.file_name(), name, stem(seed, folder), under(seed.as_str(), folder), seed.as_str()];
    for (i, name) in all.into_iter().enumerate() {
        // Most seeds lie at the top of their folder, where a name and a path are one.
        if !all[..i].contains(&name) {
            names.also(name);
        }
    }
}

fn at_start(path: &InputPath) -> Place {
    Place { path: path.clone(), span: Span::default() }
}

/// By file of notes: which source it is about. The names that a file gives its source hold for other files
/// too, so those that find theirs by no other name are asked last.
fn subjects(files: &Files, mut names: Names, view: View, found: &mut Vec<Diagnostic>) -> Vec<Option<usize>> {
    let first: Vec<Option<usize>> = files
        .notes
        .iter()
        .map(|file| subject(file, &names, &mut Vec::new()))
        .collect();
    for (file, source) in files.notes.iter().zip(&first) {
        if let Some(source) = *source
            && view.shows(hidden(file.value.defaults.private, file.value.defaults.draft))
        {
            let SourceFacts { id, title, aliases, .. } = &file.value.facts;
            let entity = ThingRef { sort: ThingKind::Source, index: source };
            id.iter()
                .chain(title)
                .chain(aliases)
                .for_each(|name| names.call(entity, &name.value));
        }
    }
    files
        .notes
        .iter()
        .zip(first)
        .map(|(file, source)| source.or_else(|| subject(file, &names, found)))
        .collect()
}

/// Which source a file of notes is about.
fn subject(file: &Read<AnnotationFile>, names: &Names, found: &mut Vec<Diagnostic>) -> Option<usize> {
    let Some(source) = &file.value.source else {
        return by_own_name(file, names, found);
    };
    let by_path = file
        .path
        .join(&source.value)
        .and_then(|path| names.by_path(&path))
        .or_else(|| InputPath::new(&source.value).and_then(|path| names.by_path(&path)));
    if let Some(entry) = by_path {
        return Some(entry.entity.index);
    }
    match names.find(&file.path, source, ThingKind::Source, false) {
        Ok(entry) => Some(entry.entity.index),
        Err(mistake) => {
            found.push(*mistake);
            None
        }
    }
}

fn by_own_name(file: &Read<AnnotationFile>, names: &Names, found: &mut Vec<Diagnostic>) -> Option<usize> {
    let name = file.path.file_name();
    let name = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".MD"))
        .unwrap_or(name);
    match names.meaning(name, &[ThingKind::Source]) {
        Meaning::One(entry) => Some(entry.entity.index),
        Meaning::Several(entries) => {
            found.push(several(&file.path, &Spanned::new(name.to_string(), Span::default()), &entries));
            None
        }
        // A file without a note or a word (a README, an empty file) is about nothing.
        Meaning::Nothing
            if file.value.notes.is_empty() && file.value.source.is_none() && file.value.remark.is_empty() =>
        {
            None
        }
        Meaning::Nothing => {
            found.push(mistakes::no_source(&file.path, name, &names.nearest(name, &[ThingKind::Source])));
            None
        }
    }
}

/// A seed with all that is said of it.
struct Seed<'a> {
    read: &'a Read<RawSource>,
    said: &'a SourceFacts,
    bytes: &'a [u8],
    hash: Hash,
    text: Hash,
}

impl<'a> Seed<'a> {
    fn of(read: &'a Read<RawSource>, said: &'a SourceFacts, inputs: &'a Inputs) -> Seed<'a> {
        let file = inputs.get(&read.path);
        let hash = file.map(|file| file.hash).unwrap_or_default();
        Seed { read, said, bytes: file.map_or(&[], |file| &file.bytes), hash, text: text(&hash, read, said) }
    }
}

/// The text follows from the file (by its name too: that tells the format), from its encoding and from the
/// words that cut it, which messages show with their places.
fn text(file: &Hash, read: &Read<RawSource>, said: &SourceFacts) -> Hash {
    let mut key = blake3::Hasher::new();
    key.update(file);
    key.update(read.path.as_str().as_bytes());
    key.update(&[0]);
    key.update(read.value.encoding.as_bytes());
    for words in [&said.begin, &said.end] {
        key.update(&[0]);
        if let Some(Given { value, place }) = words {
            key.update(format!("{} {value:?} {place:?}", value.len()).as_bytes());
        }
    }
    *key.finalize().as_bytes()
}

/// What people compare: as `sha256sum` prints it.
fn sum(bytes: &[u8]) -> Arc<str> {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>()
        .into()
}

fn draft(seed: &Seed, sha256: Arc<str>, cut: Cut, folder: &str, found: &mut Vec<Diagnostic>) -> Draft {
    let Seed { read, said, bytes, .. } = seed;
    found.extend(cut.mistakes);
    Draft {
        id: id(&read.path, folder, said, found),
        seed: read.path.clone(),
        sha256: sha256.to_string(),
        size: bytes.len() as u64,
        hidden: hidden(false, said.draft.as_ref().is_some_and(|draft| draft.value)),
        facts: facts(&read.path, said, &cut.body),
        said: (*said).clone(),
        siglum: String::new(),
        text: seed.text,
        guessed: read.value.guessed,
        body: cut.body,
    }
}

fn id(seed: &InputPath, folder: &str, said: &SourceFacts, found: &mut Vec<Diagnostic>) -> Slug {
    if let Some(given) = &said.id {
        match Slug::of(&given.value) {
            Some(id) => return id,
            None => found.push(mistakes::no_id(&given.place, &given.value)),
        }
    }
    Slug::of(stem(seed, folder)).unwrap_or_else(|| {
        found.push(mistakes::no_id(&at_start(seed), seed.file_name()));
        Slug::of("source").unwrap_or_else(|| unreachable!("`source` is a slug"))
    })
}

/// The part of the text that counts: from the words of `begin` to those of `end`, both included.
fn counted(seed: &Seed) -> Cut {
    let Seed { read, said, .. } = seed;
    let body = &read.value.body;
    if said.begin.is_none() && said.end.is_none() {
        // The body is shared with what was parsed: nothing is copied.
        return Cut { body: body.clone(), mistakes: Vec::new() };
    }
    let mut mistakes = Vec::new();
    let hay = Haystack::new(&body.reading, &body.roles());
    let places = |words: &Given<String>| {
        let words = Words { text: words.value.clone(), ..Words::default() };
        let quote = Quote { read: words.clone(), typed: words };
        let result = anchor::find(&Wanted::new(&quote, None), &hay);
        let stands = result.verdict.holds() || result.verdict == crate::model::quote::Verdict::Ambiguous;
        if stands { result.anchors } else { Vec::new() }
    };
    let mut start = 0;
    let mut end = body.reading.len();
    if let Some(words) = &said.begin {
        match places(words).first() {
            Some(anchor) => start = anchor.extent().start,
            None => mistakes.push(no_such_cut(words, "begin", &read.path)),
        }
    }
    if let Some(words) = &said.end {
        match places(words).iter().find(|anchor| anchor.extent().start >= start) {
            Some(anchor) => end = anchor.extent().end,
            None => mistakes.push(no_such_cut(words, "end", &read.path)),
        }
    }
    // One final mark folds in a quotation; here it belongs to the text.
    end += body.reading[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '!' | '?' | '…' | '。'))
        .map_or(0, char::len_utf8);
    Cut { body: Arc::new(cut(Body::clone(body), start..end)), mistakes }
}

fn no_such_cut(words: &Given<String>, key: &str, seed: &InputPath) -> Diagnostic {
    mistakes::no_such_cut(&words.place.path, &Spanned::new(words.value.clone(), words.place.span), key, seed)
}

/// What a source is published with. Words that stand in a withheld text are not among it, be they its title
/// or its author's name.
fn facts(seed: &InputPath, said: &SourceFacts, body: &Body) -> Facts {
    let shown = Shown::of(seed, said, body);
    let text = |given: &Option<Given<String>>| {
        given
            .as_ref()
            .filter(|given| shown.may(given))
            .map(|given| given.value.clone())
    };
    let list = |given: &[Given<String>]| {
        given
            .iter()
            .filter(|given| shown.may(given))
            .map(|given| given.value.clone())
            .collect()
    };
    let heading = || {
        shown
            .headings
            .iter()
            .find(|words| !words.is_empty())
            .cloned()
            .filter(|_| shown.rights == Rights::Full)
    };
    Facts {
        title: text(&said.title)
            .or_else(heading)
            .unwrap_or_else(|| seed.file_name().to_string()),
        aliases: list(&said.aliases),
        author: list(&said.author),
        publisher: text(&said.publisher),
        published: said.published.as_ref().map(|date| date.value.clone()),
        captured: said.captured.as_ref().map(|date| date.value.clone()),
        url: text(&said.url),
        archive: text(&said.archive),
        language: text(&said.language),
        form: said.form.as_ref().map(|form| form.value).unwrap_or_default(),
        rights: shown.rights,
    }
}

/// What may be published of the facts that a source tells of itself.
struct Shown<'a> {
    seed: &'a InputPath,
    rights: Rights,
    /// Whether its head is its editor's, who says there what may be published of it; else it is part of what
    /// was withheld.
    by_editor: bool,
    headings: Vec<String>,
}

impl<'a> Shown<'a> {
    fn of(seed: &'a InputPath, said: &SourceFacts, body: &Body) -> Shown<'a> {
        let rights = said.rights.as_ref().map(|rights| rights.value).unwrap_or_default();
        let is_page = format(seed) == Some(Format::Html);
        let by_editor = !is_page && said.rights.as_ref().is_some_and(|rights| rights.place.path == *seed);
        let headings = body.headings().into_iter().map(|heading| heading.words).collect();
        Shown { seed, rights, by_editor, headings }
    }

    fn may(&self, given: &Given<String>) -> bool {
        let outside = given.place.path != *self.seed || self.by_editor;
        match self.rights {
            Rights::Full => true,
            // A page's `<title>` says most often what its first heading says.
            Rights::Excerpts => outside || !self.headings.iter().any(|heading| alike(heading, &given.value)),
            Rights::None => outside,
        }
    }
}

/// Whether one of two texts repeats the other, case and signs aside.
fn alike(heading: &str, words: &str) -> bool {
    let plain = |text: &str| {
        Slug::of(text)
            .map(|slug| slug.as_str().to_string())
            .unwrap_or_default()
    };
    let (heading, words) = (plain(heading), plain(words));
    !heading.is_empty() && !words.is_empty() && (words.contains(&heading) || heading.contains(&words))
}

/// In the order of dates and ids, so that a source that is added later takes nothing from those that are
/// there; and what is not published takes nothing from what is.
fn give_sigla(sources: &mut [Draft], found: &mut Vec<Diagnostic>) {
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_cached_key(|&index| (sources[index].hidden.is_some(), in_order(&sources[index])));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut given: Vec<Option<String>> = vec![None; sources.len()];
    for &index in &order {
        let Some(siglum) = &sources[index].said.siglum else { continue };
        let typed = Spanned::new(siglum.value.clone(), siglum.place.span);
        if !is_siglum(&siglum.value) {
            found.push(mistakes::no_siglum(&siglum.place.path, &typed));
        } else if let Some(&other) = taken.get(&siglum.value) {
            let other = &sources[other];
            let named = Named {
                what: format!("the source `{}`", other.id),
                place: other.said.siglum.as_ref().map(|siglum| siglum.place.clone()),
            };
            found.push(mistakes::duplicate_siglum(&siglum.place.path, &typed, named));
        } else {
            taken.insert(siglum.value.clone(), index);
            given[index] = Some(siglum.value.clone());
        }
    }
    let wishes: Vec<Wish> = order
        .iter()
        .map(|&index| {
            let facts = &sources[index].facts;
            Wish {
                given: given[index].as_deref(),
                publisher: facts.publisher.as_deref(),
                author: facts.author.first().map(String::as_str),
                title: &facts.title,
            }
        })
        .collect();
    let made = sigla(&wishes);
    for (&index, siglum) in order.iter().zip(made) {
        sources[index].siglum = siglum;
    }
}

/// By date of publication, undated last, then by id.
pub fn in_order(source: &Draft) -> (bool, Option<crate::model::date::Date>, Slug) {
    (source.facts.published.is_none(), source.facts.published.clone(), source.id.clone())
}
