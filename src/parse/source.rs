//! A seed becomes its body and the facts that it gives about itself, whatever format it is in; a sidecar,
//! facts alone.
//!
//! This is where a new input format is added: one arm of `format`, one of `source`, a file that builds a
//! body.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::Parsed;
use super::decode::encoding_called;
use super::facts::{self, Given, Layer, SourceFacts};
use super::front_matter::{FrontMatter, front_matter};
use super::holding::{self, Ground, Held, Key};
use super::html::embedded::text_length;
use super::html::{Page, html};
use super::lines::{Line, lines};
use super::look::is_invisible;
use super::markdown::{Flavour, is_overloaded, markdown};
use super::sidecar::sidecar;
use super::text::{as_typed, text as plain_text};
use crate::model::body::Body;
use crate::model::limit::Limit;
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::{looks_like_key, marked_text};
use crate::report::mistakes::files as mistakes;

/// What is in a seed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawSource {
    /// Shared, since the dossier keeps it as it is.
    pub body: Arc<Body>,
    pub facts: SourceFacts,
    /// The encoding that its file was read in, and whether that is a guess: then nothing is corrected by what
    /// it seems to say.
    pub encoding: &'static str,
    pub guessed: bool,
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Text,
    Html,
}

/// The format of a seed, by its extension; `None` where it is in none that is read.
pub fn format(path: &InputPath) -> Option<Format> {
    match path.extension().to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Format::Markdown),
        "txt" | "text" => Some(Format::Text),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        _ => None,
    }
}

/// How large a file may be, whatever it holds: a page may have pictures within itself.
pub fn limit(path: &InputPath) -> Limit {
    if format(path) == Some(Format::Html) { Limit::Page } else { Limit::File }
}

/// What a file is larger than, if it is too large to be read.
pub fn broken_limit(path: &InputPath, bytes: &[u8]) -> Option<Limit> {
    let (length, limit) = (bytes.len() as u64, limit(path));
    if length > limit.bytes() {
        return Some(limit);
    }
    let text = || text_length(&String::from_utf8_lossy(bytes)) as u64;
    let within = Limit::PageWithoutPictures;
    (length > within.bytes() && text() > within.bytes()).then_some(within)
}

/// The seed that a sidecar is about: `seeds/a.txt.toml` → `seeds/a.txt`; `None` where the path is no
/// sidecar's.
pub fn seed_of_sidecar(path: &InputPath) -> Option<InputPath> {
    let named = path.extension().eq_ignore_ascii_case("toml");
    InputPath::new(path.without_extension()).filter(|seed| named && format(seed).is_some())
}

/// Reads a seed, decoded. A file in no format that is read is taken as plain text.
pub fn source(path: &InputPath, text: &str) -> Parsed<RawSource> {
    let (body, facts, mut found) = match format(path) {
        Some(Format::Markdown) => {
            let (front, start, mut found) = front_matter(path, text);
            let Parsed { value: facts, mistakes } = read_facts(path, Layer::Own, front);
            found.extend(mistakes);
            let facts = without_fences(path, text, start, facts, &mut found);
            if is_overloaded(&text[start..]) {
                found.push(mistakes::tangled_markdown(path));
                return Parsed {
                    value: RawSource { body: Arc::new(as_typed(text)), facts, ..RawSource::default() },
                    mistakes: found,
                };
            }
            let Parsed { value: body, mistakes: more } =
                markdown(path, text, start..text.len(), Flavour::Source);
            found.extend(more);
            (body, facts, found)
        }
        Some(Format::Html) => {
            let Parsed { value: Page { body, facts }, mut mistakes } = html(path, text);
            let begins_with_text = !text.trim_start().starts_with('<');
            let mut facts =
                if begins_with_text { without_fences(path, text, 0, facts, &mut mistakes) } else { facts };
            in_page_comments(path, text, &mut facts, &mut mistakes);
            (body, facts, mistakes)
        }
        Some(Format::Text) | None => {
            let mut found = Vec::new();
            let facts = without_fences(path, text, 0, SourceFacts::default(), &mut found);
            (plain_text(text), facts, found)
        }
    };
    if body.reading.trim().is_empty() {
        found.push(mistakes::empty_source(path));
    }
    Parsed { value: RawSource { body: Arc::new(body), facts, ..RawSource::default() }, mistakes: found }
}

/// So many lines of a text are looked through for a head that is not where it should be.
const DEPTH: usize = 60;

/// A head that has no fences, has other ones, or does not stand first, is part of the text; but what it holds
/// back is held back.
fn without_fences(
    path: &InputPath,
    text: &str,
    from: usize,
    mut facts: SourceFacts,
    found: &mut Vec<Diagnostic>,
) -> SourceFacts {
    let top: Vec<Line> = lines(text, from).take(DEPTH).collect();
    let is_blank = |line: &Line| line.text.chars().all(|c| c.is_whitespace() || is_invisible(c));
    let is_code = |line: &Line| line.text.trim_start().starts_with(['`', '~']);
    let bare = |line: &Line| {
        holding::is_bare_word(line.text).then_some(Held { key: Key::Draft, place: 0..line.text.len() })
    };
    let first = top
        .iter()
        .find(|line| !is_blank(line))
        .filter(|line| holding::is_stamp(line.text));
    found.extend(first.map(|line| marked_text(path, Span::new(line.range()), line.text)));
    let mut begun = false;
    let mut above_text = true;
    let mut at = 0;
    while let Some(line) = top.get(at) {
        let fenced = || block(&top[at + 1..]).filter(|_| above_text || !is_code(line));
        if let Some(length) = holding::is_fence(line.text).then(fenced).flatten() {
            let inner = &top[at + 1..at + 1 + length];
            (0..length).for_each(|number| {
                let held = in_lines(inner, number).or_else(|| bare(&inner[number]));
                obey(path, text, &inner[number], held, &mut facts, found)
            });
            at += length;
        } else if let Some(length) = comment(&top[at..]).filter(|_| above_text) {
            let inner = &top[at..at + length];
            let held = |number: usize| in_lines(inner, number).or_else(|| bare(&inner[number]));
            (0..length).for_each(|number| obey(path, text, &inner[number], held(number), &mut facts, found));
            at += length - 1;
        } else if above_text && (is_entry(line) || line.text.trim_start().starts_with('{')) {
            begun = true;
            let held = holding::says_yes(line.text).or_else(|| holding::says_so_elsewhere(line.text));
            obey(path, text, line, held, &mut facts, found);
        } else if !holding::is_fence(line.text)
            && !is_blank(line)
            && !is_tag(line)
            && (begun || !line.text.starts_with("# "))
        {
            above_text = false;
        }
        at += 1;
    }
    facts
}

/// `<pre>`, in which a program set a head.
fn is_tag(line: &Line) -> bool {
    matches!(line.text.trim(), "<pre>" | "<code>" | "<pre><code>" | "<p>" | "<div>")
}

fn is_entry(line: &Line) -> bool {
    holding::has_sign(line.text)
}

/// What a line of a head holds back: for itself, or as a part of the value of the key above it.
fn in_lines(head: &[Line], number: usize) -> Option<Held> {
    let line = &head[number];
    holding::in_block(line.text).or_else(|| {
        let above = head[..number]
            .iter()
            .rev()
            .take_while(|above| !above.is_blank())
            .find(|above| is_entry(above))?;
        let (key, value) = above.text.split_once([':', '='])?;
        let is_part = line.indent() > 0 || line.text.starts_with(['-', ']']);
        let is_open = !value.contains(char::is_alphanumeric);
        let part = line.text.trim_start_matches(['-', ' ', '\t']);
        let held =
            holding::in_block(&format!("{key}: {part}")).filter(|_| is_part && is_open && !is_entry(line))?;
        Some(Held { key: held.key, place: line.indent()..line.text.trim_end().len() })
    })
}

/// How many lines a comment at the head of a text has, if it has several.
fn comment(lines: &[Line]) -> Option<usize> {
    const SIGNS: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("/*", "*/"),
        ("%%", "%%"),
        ("{#", "#}"),
        ("{{!", "}}"),
        ("<#", "#>"),
        ("[//]:", "\n"),
    ];
    let first = lines
        .first()?
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let (sign, end) = SIGNS.iter().find(|(sign, _)| first.starts_with(sign))?;
    if first[sign.len()..].contains(end) || *end == "\n" {
        return Some(1);
    }
    Some(lines.iter().skip(1).position(|line| line.text.contains(end))? + 2)
}

/// How many lines stand between two fences, where all of them may be those of a head.
fn block(below: &[Line]) -> Option<usize> {
    let length = below
        .iter()
        .position(|line| holding::is_fence(line.text) || line.text.trim() == "...")?;
    let is_first_indented = below.first().is_some_and(|line| line.indent() > 0);
    let hangs = |line: &Line| line.indent() > 0 && !is_first_indented;
    let is_sign = |line: &Line| line.text.trim_start().starts_with(['-', '#', '{', '}', '"', ']']);
    let says = |line: &Line| is_entry(line) || holding::is_bare_word(line.text);
    let may_be = |line: &Line| says(line) || line.is_blank() || hangs(line) || is_sign(line);
    let inner = &below[..length];
    (inner.iter().all(may_be) && inner.iter().any(says)).then_some(length)
}

/// Holds back what a line says, and tells of it.
fn obey(
    path: &InputPath,
    text: &str,
    line: &Line,
    held: Option<Held>,
    facts: &mut SourceFacts,
    found: &mut Vec<Diagnostic>,
) {
    let narrowed = holding::narrows(line.text, Ground::Fields);
    let held = match (held, narrowed) {
        (Some(Held { key, place }), None) => (key, place, Rights::None),
        (_, Some((place, rights))) => (Key::Rights, place, rights),
        (None, None) => return,
    };
    let (key, word, rights) = held;
    let span = Span::new(line.start + word.start..line.start + word.end);
    found.push(looks_like_key(path, &Spanned::new(text[span.range()].to_string(), span), key.word()));
    let place = Place { path: path.clone(), span };
    match key {
        Key::Rights => facts::strictest(&mut facts.rights, Some(Given { value: rights, place })),
        Key::Private | Key::Draft => facts.draft = Some(Given { value: true, place }),
    }
}

/// What the comments of a page hold back: `<!-- private: true -->`.
fn in_page_comments(path: &InputPath, text: &str, facts: &mut SourceFacts, found: &mut Vec<Diagnostic>) {
    const LONGEST: usize = 300;
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], b"<!--").map(|at| from + at + 4) {
        let Some(end) = memchr::memmem::find(&text.as_bytes()[start..], b"-->").map(|at| start + at) else {
            return;
        };
        from = end;
        if end - start > LONGEST {
            continue;
        }
        for line in lines(&text[..end], start) {
            let bare = || {
                (holding::is_bare_word(line.text) || holding::says_when(line.text))
                    .then_some(Held { key: Key::Draft, place: 0..line.text.len() })
            };
            obey(path, text, &line, holding::says_yes(line.text).or_else(bare), facts, found);
        }
    }
}

/// Reads the facts of a sidecar, decoded.
pub fn sidecar_facts(path: &InputPath, text: &str) -> Parsed<SourceFacts> {
    let (front, mut found) = sidecar(path, text);
    found.extend(
        said_encoding(&front)
            .filter(|said| encoding_called(&said.value).is_none())
            .map(|said| mistakes::unknown_encoding(path, said)),
    );
    let known: Vec<&str> = facts::KEYS.iter().chain(&["encoding", "private"]).copied().collect();
    found.extend(front.unknown_keys(path, "a file beside a source", &known, &[]));
    let Parsed { value, mistakes } = read_facts(path, Layer::Sidecar, front);
    found.extend(mistakes);
    Parsed { value, mistakes: found }
}

/// The encoding that a sidecar gives its seed.
pub fn encoding_in_sidecar(path: &InputPath, text: &str) -> Option<&'static Encoding> {
    said_encoding(&sidecar(path, text).0).and_then(|said| encoding_called(&said.value))
}

fn said_encoding(front: &FrontMatter) -> Option<&Spanned<String>> {
    front.all("encoding").find_map(|entry| entry.value.texts().first())
}

fn read_facts(path: &InputPath, layer: Layer, front: FrontMatter) -> Parsed<SourceFacts> {
    let more: &[&str] = if layer == Layer::Sidecar { &["private", "encoding"] } else { &["private"] };
    let keys: Vec<&str> = facts::KEYS.iter().chain(more).copied().collect();
    let (front, mut found): (FrontMatter, Vec<Diagnostic>) = front.with_known_keys(path, &keys);
    found.extend(
        front
            .repeated(path, facts::LISTS)
            .into_iter()
            .filter(|mistake| knows(&keys, mistake, &front)),
    );
    let (facts, mistakes) = facts::facts(path, layer, &front);
    found.extend(mistakes);
    Parsed { value: facts, mistakes: found }
}

/// Whether a repeated key is one that means something here; what else stands in a seed's head is its own
/// affair.
fn knows(keys: &[&str], mistake: &Diagnostic, front: &FrontMatter) -> bool {
    let span = mistake.place.as_ref().map(|label| label.place.span);
    front
        .entries
        .iter()
        .any(|entry| Some(entry.key.span) == span && keys.contains(&entry.key.value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> (RawSource, Vec<String>) {
        let path = InputPath::new(name).expect("relative");
        let Parsed { value, mistakes } = source(&path, text);
        (
            value,
            mistakes
                .iter()
                .map(|mistake| format!("{}: {}", mistake.code.name, mistake.message))
                .collect(),
        )
    }

    #[test]
    fn the_same_words_in_every_format_read_the_same() {
        let reading = "Trade & tariffs\nThe deficit grew to $123 billion in 2024.\nIt fell.";
        for (name, text) in [
            (
                "seeds/a.md",
                "---\ntitle: T\n---\n# Trade & tariffs\n\nThe *deficit* grew to\n$123 billion in \
                    2024.\n\nIt fell.\n",
            ),
            ("seeds/a.txt", "Trade & tariffs\n\nThe deficit grew to $123 billion in 2024.\n\nIt fell.\n"),
            (
                "seeds/a.HTML",
                "<title>T</title><h1>Trade &amp; tariffs</h1>\n<p>The <em>deficit</em> grew to\n $123 \
                    billion in 2024.<p>It fell.",
            ),
        ] {
            let (source, told) = read(name, text);
            assert_eq!((source.body.reading.as_str(), told), (reading, vec![]), "{name}");
        }
    }

    #[test]
    fn a_seed_gives_facts_about_itself() {
        assert_eq!(
            read("seeds/a.md", "---\ntitle: T\ndraft: true\n---\nx")
                .0
                .facts
                .title
                .map(|given| given.value)
                .as_deref(),
            Some("T")
        );
        assert_eq!(
            read("seeds/a.html", "<title>T</title>x")
                .0
                .facts
                .title
                .map(|given| given.value)
                .as_deref(),
            Some("T")
        );
        assert_eq!(read("seeds/a.txt", "---\ntitle: T\n---\n").0.facts, SourceFacts::default());
        let (source, told) = read(
            "seeds/a.md",
            "---\nprivat: true\nlayout: a\nlayout: b\nurl: https://a.org\nurl: https://b.org\n---\nx",
        );
        assert_eq!(source.facts.draft.map(|given| given.value), Some(true));
        assert_eq!(
            told,
            [
                "looks-like-key: `privat` reads as `private` and holds back what it stands in, to be safe",
                "repeated-key: `url` stands twice",
                "private-source: `private` is about notes; this source is held back as a draft to be safe"
            ]
        );
    }

    #[test]
    fn a_sidecar_gives_facts_about_a_seed() {
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let Parsed { value, mistakes } =
            sidecar_facts(&path, "title = \"T\"\nauthr = [\"A\"]\ndraft = false\n");
        assert_eq!(
            (value.title.map(|given| given.value).as_deref(), value.author.len(), mistakes.len()),
            (Some("T"), 1, 1)
        );
        assert_eq!(value.draft.map(|given| given.value), Some(false));
        assert_eq!(seed_of_sidecar(&path), InputPath::new("seeds/a.txt"));
        for other in ["seeds/a.toml", "seeds/a.txt", "seeds/a.pdf.toml"] {
            assert_eq!(seed_of_sidecar(&InputPath::new(other).expect("relative")), None, "{other}");
        }
    }

    #[test]
    fn a_seed_without_words_is_told() {
        for (name, text) in [
            ("seeds/a.txt", " \n"),
            ("seeds/a.html", "<title>T</title><script>x</script>"),
            ("seeds/a.md", "---\nid: a\n---\n\n"),
        ] {
            assert_eq!(read(name, text).1, [format!("empty-source: there is nothing to read in `{name}`")]);
        }
    }
}
