//! Every file of a dossier, parsed: which folder a file lies in says what it is.
//!
//! Files are read side by side; the order of the result is that of their paths. What could not be taken is
//! told of, never left out in silence. A file that was read before is not read again: what it was read as
//! follows from its path and its bytes.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::Parsed;
use super::annotation::{AnnotationFile, annotation};
use super::decode::{Decoded, decode, decode_as};
use super::facts::{Given, SourceFacts};
use super::holding::{self, Held};
use super::lines::{Line, lines};
use super::prose::{RawClaim, RawPage, RawTopic, claim, page, topic};
use super::source::{Format, RawSource, encoding_in_sidecar, format, seed_of_sidecar, sidecar_facts, source};
use crate::inputs::cache::Cache;
use crate::inputs::{File, Hash, Inputs, Refusal, Refused};
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::facts::{holds_nothing_back, link_may_hold_back};
use crate::report::mistakes::files as mistakes;

/// The kinds of picture that are published; an svg may hold a program.
pub const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif"];

/// A file and what it was read as.
#[derive(Clone, Debug)]
pub struct Read<T> {
    pub path: InputPath,
    /// Of its bytes.
    pub content: Hash,
    pub value: Arc<T>,
    pub mistakes: Vec<Diagnostic>,
}

/// A dossier's files, each list in the order of paths.
#[derive(Clone, Debug, Default)]
pub struct Files {
    pub seeds: Vec<Read<RawSource>>,
    pub sidecars: Vec<Read<SourceFacts>>,
    pub notes: Vec<Read<AnnotationFile>>,
    pub topics: Vec<Read<RawTopic>>,
    pub claims: Vec<Read<RawClaim>>,
    pub pages: Vec<Read<RawPage>>,
    /// What was found beside them and is not read.
    pub mistakes: Vec<Diagnostic>,
}

/// What one file was read as.
#[derive(Clone, Debug)]
pub enum ParsedFile {
    Seed(Read<RawSource>),
    Sidecar(Read<SourceFacts>),
    Notes(Read<AnnotationFile>),
    Topic(Read<RawTopic>),
    Claim(Read<RawClaim>),
    Page(Read<RawPage>),
    Unread(Vec<Diagnostic>),
}

/// Parses all that lies in the folders of the seeds and of the annotations and is not `known`.
pub fn files(inputs: &Inputs, seeds: &str, annotations: &str, known: &mut Cache<ParsedFile>) -> Files {
    let found: Vec<(&InputPath, &File)> = inputs.under(seeds).chain(inputs.under(annotations)).collect();
    let is_seed = |path: &InputPath| inside(path, seeds).is_some();
    let parcels = known.all(
        &found,
        |(path, file)| match is_seed(path) {
            true => seed_key(path, &file.hash, seeds, said_encoding(inputs, path)),
            false => key(path, &file.hash, annotations, false),
        },
        |(path, file)| {
            if is_seed(path) {
                seed(path, file, said_encoding(inputs, path))
            } else {
                written(path, file, annotations)
            }
        },
    );
    let mut files = Files {
        mistakes: inputs
            .refused
            .iter()
            .map(|refused| refusal(refused, annotations))
            .collect(),
        ..Files::default()
    };
    for parcel in parcels {
        match parcel {
            ParsedFile::Seed(read) => files.seeds.push(read),
            ParsedFile::Sidecar(read) => files.sidecars.push(read),
            ParsedFile::Notes(read) => files.notes.push(read),
            ParsedFile::Topic(read) => files.topics.push(read),
            ParsedFile::Claim(read) => files.claims.push(read),
            ParsedFile::Page(read) => files.pages.push(read),
            ParsedFile::Unread(mistakes) => files.mistakes.extend(mistakes),
        }
    }
    files
}

/// How a file that is not read is told. A link may hold a source back that is named as a file beside a source
/// or as notes.
fn refusal(refused: &Refused, annotations: &str) -> Diagnostic {
    let path = &refused.path;
    let lower = InputPath::new(&path.as_str().to_lowercase());
    let is_beside = || lower.is_some_and(|lower| seed_of_sidecar(&lower).is_some());
    let is_notes = || inside(path, annotations).is_some() && path.extension().eq_ignore_ascii_case("md");
    match refused.reason {
        Refusal::Link if is_beside() || is_notes() => link_may_hold_back(path),
        _ => refused.mistake(),
    }
}

/// Parses one file of notes anew, whose content was another: the others are as they were. None where it is
/// none now.
pub fn notes_again(
    path: &InputPath,
    before: &Hash,
    file: &File,
    annotations: &str,
    known: &mut Cache<ParsedFile>,
) -> Option<Read<AnnotationFile>> {
    let key = |content: &Hash| key(path, content, annotations, false);
    match known.exchange(&key(before), key(&file.hash), || written(path, file, annotations)) {
        ParsedFile::Notes(read) => Some(read),
        _ => None,
    }
}

/// What a file is read as follows from its bytes, its path and what its folder is for.
fn key(path: &InputPath, content: &Hash, folder: &str, is_seed: bool) -> Hash {
    let mut key = blake3::Hasher::new();
    key.update(content);
    key.update(&[u8::from(is_seed)]);
    key.update(&(folder.len() as u64).to_le_bytes());
    key.update(path.as_str().as_bytes());
    *key.finalize().as_bytes()
}

/// A seed is read in the encoding that its sidecar says.
fn seed_key(path: &InputPath, content: &Hash, folder: &str, said: Option<&'static Encoding>) -> Hash {
    let key = key(path, content, folder, true);
    let Some(encoding) = said else { return key };
    let mut both = blake3::Hasher::new();
    both.update(&key);
    both.update(encoding.name().as_bytes());
    *both.finalize().as_bytes()
}

/// The encoding that stands beside a seed, in `NAME.EXT.toml`.
fn said_encoding(inputs: &Inputs, seed: &InputPath) -> Option<&'static Encoding> {
    format(seed)?;
    let path = InputPath::new(&format!("{seed}.toml"))?;
    let sidecar = decode(&path, &inputs.get(&path)?.bytes).value?;
    encoding_in_sidecar(&path, &sidecar.text)
}

/// The text of a file of a dossier, as it is read when the dossier is compiled.
pub fn text_of(inputs: &Inputs, path: &InputPath) -> Option<Decoded> {
    decode_as(path, &inputs.get(path)?.bytes, said_encoding(inputs, path)).value
}

/// What a path is called within a folder, if it lies there.
fn inside<'a>(path: &'a InputPath, folder: &str) -> Option<&'a str> {
    path.as_str().strip_prefix(folder)?.strip_prefix('/')
}

fn seed(path: &InputPath, file: &File, said: Option<&'static Encoding>) -> ParsedFile {
    if seed_of_sidecar(path).is_some() {
        return match read(path, file, sidecar_facts, ParsedFile::Sidecar) {
            ParsedFile::Unread(mistakes) => ParsedFile::Sidecar(unreadable(path, file, mistakes)),
            parcel => parcel,
        };
    }
    if format(path).is_some() {
        return read_seed(path, file, said);
    }
    let is_picture = PICTURES.contains(&path.extension().to_ascii_lowercase().as_str());
    let told = || holding_back(path, file).unwrap_or_else(|| mistakes::unread_form(path));
    ParsedFile::Unread(if is_picture { Vec::new() } else { vec![told()] })
}

/// The endings of files in which people write.
const WRITINGS: &[&str] = &[
    "", "txt", "text", "markdown", "mdown", "mkd", "mdx", "mdwn", "qmd", "rmd", "html", "htm", "rtf", "doc",
    "docx", "odt",
];

/// Where a file that is passed over for its name would hold a source back. Notes that are passed over are
/// held back already.
pub fn would_hold_back(name: &str, text: &str) -> Option<Span> {
    let extension = name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
        .to_ascii_lowercase();
    let is_notes = extension == "md";
    let counts = |key: holding::Key| !is_notes || key == holding::Key::Rights;
    let held = |line: Line| {
        let held = holding::in_head(line.text)
            .into_iter()
            .find(|held| counts(held.key))?;
        Some(Span::new(line.start + held.place.start..line.start + held.place.end))
    };
    let is_facts = matches!(extension.as_str(), "toml" | "yaml" | "yml");
    (is_notes || is_facts)
        .then(|| lines(text, 0).take(200).find_map(held))
        .flatten()
}

/// A file of facts under a name by which it is not read, and that would hold something back.
fn holding_back(path: &InputPath, file: &File) -> Option<Diagnostic> {
    const FACTS: &[&str] = &["toml", "yaml", "yml", "json", "bak"];
    const LINES: usize = 2000;
    let extension = path.extension().to_ascii_lowercase();
    // `letter.txt.tolm`: what stands behind the name of a text is meant to say something of it
    let is_beside =
        InputPath::new(path.without_extension()).is_some_and(|seed| format(&seed) == Some(Format::Text));
    // `letter.txt.toml.orig`, `letter.txt-toml`
    let is_copy = path
        .as_str()
        .to_ascii_lowercase()
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains("toml"));
    let is_facts = FACTS.contains(&extension.trim_matches([' ', '~'])) || is_beside || is_copy;
    // Notes that are not read hold nothing back but by their rights
    let is_writing = WRITINGS.contains(&extension.as_str()) || extension.starts_with("md");
    if !is_facts && !is_writing {
        return None;
    }
    let text = std::str::from_utf8(&file.bytes).ok()?;
    let counts = |held: &Held| is_facts || held.key == holding::Key::Rights;
    let held = |line: Line| Some((line.start, holding::in_head(line.text).into_iter().find(counts)?.place));
    let (start, word) = lines(text, 0).take(LINES).find_map(held)?;
    Some(holds_nothing_back(path, Span::new(start + word.start..start + word.end)))
}

/// A sidecar that is no text may have said that its source is a draft: until it is read, it did.
fn unreadable(path: &InputPath, file: &File, mistakes: Vec<Diagnostic>) -> Read<SourceFacts> {
    let place = Place { path: path.clone(), span: Span::default() };
    let facts = SourceFacts { draft: Some(Given { value: true, place }), ..SourceFacts::default() };
    Read { path: path.clone(), content: file.hash, value: Arc::new(facts), mistakes }
}

/// A file of notes that is no text may have narrowed the rights of its source: until it is read, it did. It
/// has no notes.
fn unreadable_notes(path: &InputPath, file: &File, mistakes: Vec<Diagnostic>) -> Read<AnnotationFile> {
    const HEAD: usize = 64 * 1024;
    let head = &file.bytes[..file.bytes.len().min(HEAD)];
    let text = String::from_utf8_lossy(head).replace('\0', "");
    let AnnotationFile { source, .. } = annotation(path, &text).value;
    let place = Place { path: path.clone(), span: Span::default() };
    let facts = SourceFacts { rights: Some(Given { value: Rights::None, place }), ..SourceFacts::default() };
    let value = AnnotationFile {
        source: source.map(|source| Spanned::new(source.value, Span::default())),
        facts,
        ..AnnotationFile::default()
    };
    Read { path: path.clone(), content: file.hash, value: Arc::new(value), mistakes }
}

/// What people wrote: Markdown, sorted by folder. Other files are pictures and the like, and nobody's
/// mistake.
fn written(path: &InputPath, file: &File, annotations: &str) -> ParsedFile {
    let extension = path.extension().to_ascii_lowercase();
    if extension != "md" {
        let unread = || {
            WRITINGS
                .contains(&extension.as_str())
                .then(|| mistakes::unread_notes(path))
        };
        let told = holding_back(path, file).or_else(unread);
        return ParsedFile::Unread(told.into_iter().collect());
    }
    match inside(path, annotations)
        .and_then(|name| name.split_once('/'))
        .map(|(folder, _)| folder)
    {
        Some("topics") => read(path, file, topic, ParsedFile::Topic),
        Some("claims") => read(path, file, claim, ParsedFile::Claim),
        Some("pages") => read(path, file, page, ParsedFile::Page),
        _ => match read(path, file, annotation, ParsedFile::Notes) {
            ParsedFile::Unread(mistakes) => ParsedFile::Notes(unreadable_notes(path, file, mistakes)),
            parcel => parcel,
        },
    }
}

fn read_seed(path: &InputPath, file: &File, said: Option<&'static Encoding>) -> ParsedFile {
    let Parsed { value, mut mistakes } = decode_as(path, &file.bytes, said);
    let Some(Decoded { text, encoding, guessed }) = value else { return ParsedFile::Unread(mistakes) };
    let parsed = source(path, &text);
    mistakes.extend(parsed.mistakes);
    held::curb(&mut mistakes);
    mistakes.shrink_to_fit();
    let value = RawSource { encoding, guessed, ..parsed.value };
    ParsedFile::Seed(Read { path: path.clone(), content: file.hash, value: Arc::new(value), mistakes })
}

fn read<T>(
    path: &InputPath,
    file: &File,
    parse: fn(&InputPath, &str) -> Parsed<T>,
    parcel: fn(Read<T>) -> ParsedFile,
) -> ParsedFile {
    let Parsed { value, mistakes: mut found } = decode(path, &file.bytes);
    let Some(decoded) = value else { return ParsedFile::Unread(found) };
    // A guess that NULs lead to turns a head into letters of nowhere, and what it holds back with it.
    if decoded.guessed && file.bytes.contains(&0) {
        return ParsedFile::Unread(vec![mistakes::nul_bytes(path)]);
    }
    let parsed = parse(path, &decoded.text);
    found.extend(parsed.mistakes);
    held::curb(&mut found);
    found.shrink_to_fit();
    let value = Arc::new(parsed.value);
    parcel(Read { path: path.clone(), content: file.hash, value, mistakes: found })
}
