//! Annotation files: what people write about a source, taken apart into notes.
//!
//! The order of the data: front matter is cut off; `layout` finds the titles, and with them the notes; each
//! note is read by `note`: passages and fields in any order, then the comment. What stands before the first
//! note is a remark on the source as a whole.
//!
//! The law that this file is held to: every line that is not blank ends in a title, a passage, a field, a
//! comment or a mistake that is told. `AnnotationFile::lines` says which.

mod headings;
mod layout;
mod note;
mod raw;
pub mod write;

use std::ops::Range;
use std::sync::Arc;

use super::Parsed;
use super::facts::{self, Given, Layer, SourceFacts};
use super::fields::{self, Key};
use super::front_matter::{Entry, FrontMatter, Value, front_matter};
use super::holding::{self, Ground};
use super::lines::{Line, lines};
use super::markdown::{Cuts, Flavour, Shared, markdown_part, overload};
use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::Kind;
use crate::model::path::InputPath;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::{empty_value, misplaced_rights, one_value, rights_in_title};
use crate::report::mistakes::fields as mistakes;
use crate::report::mistakes::markdown::{link_within_name, notes_of_too_many_signs};

use headings::{report_headings, report_untitled};
use layout::Layout;
pub use raw::{LineRole, RawNote};

/// A file of notes on a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnnotationFile {
    pub front: FrontMatter,
    /// `source`: an id, a file name, a path, or the name in a `[[link]]`.
    pub source: Option<Spanned<String>>,
    /// What the front matter says of the source.
    pub facts: SourceFacts,
    pub defaults: Defaults,
    /// The file's own title (`# …`), as it reads.
    pub title: Option<Spanned<String>>,
    /// What stands before the first note: a remark on the source as a whole.
    pub remark: Arc<Body>,
    pub notes: Vec<RawNote>,
    /// What became of each line, first to last.
    pub lines: Vec<LineRole>,
}

/// What the front matter says of every note of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    pub topics: Vec<Spanned<String>>,
    pub by: Vec<Spanned<String>>,
    pub made: Option<Spanned<Date>>,
    pub kind: Option<Spanned<Kind>>,
    pub private: bool,
    /// Holds back this file's notes and its remark, not the source.
    pub draft: bool,
}

/// So many notes of one file are read. Nobody writes more on one source, and each takes some thousand bytes
/// of memory, however short it is.
pub const MOST_NOTES: usize = 10_000;

impl AnnotationFile {
    /// A note's topics: the file's, which hold for every note of it, and the note's own.
    pub fn topics<'a>(&'a self, note: &'a RawNote) -> impl Iterator<Item = &'a Spanned<String>> {
        self.defaults.topics.iter().chain(&note.topics)
    }

    /// Who wrote a note: its own `by`, else the file's.
    pub fn by<'a>(&'a self, note: &'a RawNote) -> &'a [Spanned<String>] {
        if note.by.is_empty() { &self.defaults.by } else { &note.by }
    }

    pub fn made<'a>(&'a self, note: &'a RawNote) -> Option<&'a Spanned<Date>> {
        note.made.as_ref().or(self.defaults.made.as_ref())
    }

    pub fn kind(&self, note: &RawNote) -> Kind {
        note.kind
            .as_ref()
            .or(self.defaults.kind.as_ref())
            .map(|kind| kind.value)
            .unwrap_or_default()
    }
}

/// Reads an annotation file: decoded text, without a byte order mark.
pub fn annotation(path: &InputPath, text: &str) -> Parsed<AnnotationFile> {
    let (front, body, mut found) = front_matter(path, text);
    let mut file = AnnotationFile { lines: front_roles(text, body), ..AnnotationFile::default() };
    file.take_front(path, front, &mut found);
    let layout = layout::layout(path, text, body, &mut found);
    let mut shared = Shared::of(text, body..text.len(), layout.hidden.clone());
    file.read_preamble(path, &layout, &mut shared, &mut found);
    let notes = layout.notes();
    let overload = overload(&text[body..]).map_or(text.len(), |at| body + at);
    let fits = |lines: &&Range<usize>| layout.start(lines.end) <= overload;
    for lines in notes.iter().take(MOST_NOTES).take_while(fits).cloned() {
        let read = note::note(path, &layout, lines, file.defaults.private, &mut shared, &mut found);
        file.lines.extend(read.roles);
        file.notes.push(read.note);
    }
    if let Some(first) = notes.get(file.notes.len()) {
        let title = Span::new(layout.lines[first.start].range());
        found.push(match file.notes.len() {
            MOST_NOTES => mistakes::too_many_notes(path, title, notes.len()),
            _ => notes_of_too_many_signs(path, title),
        });
        file.leave_unread(&layout.lines[first.start..]);
    }
    file.narrow_rights(path, &layout, &mut found);
    found.extend(shared.unused(path));
    Parsed { value: file, mistakes: found }
}

fn front_roles(text: &str, body: usize) -> Vec<LineRole> {
    let role = |line: Line| if line.is_blank() { LineRole::Blank } else { LineRole::FrontMatter };
    lines(&text[..body], 0).map(role).collect()
}

/// The keys of front matter that say something of the file; all others are facts about the source.
const OWN: &[&str] = &["source", "topics", "by", "made", "kind", "private", "draft"];

impl AnnotationFile {
    fn take_front(&mut self, path: &InputPath, front: FrontMatter, found: &mut Vec<Diagnostic>) {
        let keys: Vec<&str> = OWN.iter().chain(facts::KEYS).copied().collect();
        let lists: Vec<&str> = ["topics", "by"].iter().chain(facts::LISTS).copied().collect();
        let (front, misspelt) = front.with_known_keys(path, &keys);
        found.extend(misspelt);
        found.extend(front.repeated(path, &lists));
        found.extend(front.lone_brackets(path, &lists));
        let fields: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
        found.extend(front.unknown_keys(path, "a file of notes", &keys, &fields));
        for entry in &front.entries {
            self.take_entry(path, entry, found);
        }
        let (facts, wrong) = facts::facts(path, Layer::Annotation, &front);
        found.extend(wrong);
        self.facts = facts;
        self.front = front;
    }

    /// An entry about the file itself. Of two values the first stays, and of two that may hide the one that
    /// does.
    fn take_entry(&mut self, path: &InputPath, entry: &Entry, found: &mut Vec<Diagnostic>) {
        let key = entry.key.value.as_str();
        let hides = matches!(key, "private" | "draft");
        if OWN.contains(&key) && !hides && entry.value == Value::Empty {
            found.push(empty_value(path, &entry.key));
            return;
        }
        let defaults = &mut self.defaults;
        match key {
            "source" if self.source.is_none() => {
                self.source = one(path, entry, found).cloned().map(fields::name_of)
            }
            "topics" => {
                let names = list(&entry.value).into_iter().map(fields::name_of);
                let (links, names): (Vec<_>, Vec<_>) = names.partition(fields::is_link_within);
                found.extend(links.iter().map(|name| link_within_name(path, name)));
                defaults.topics.extend(names);
            }
            "by" => defaults.by.extend(list(&entry.value)),
            "made" if defaults.made.is_none() => {
                defaults.made =
                    one(path, entry, found).and_then(|typed| fields::date(path, key, typed, found));
            }
            "kind" if defaults.kind.is_none() => {
                defaults.kind = one(path, entry, found)
                    .and_then(|typed| fields::word(path, key, typed, Kind::ALL, Kind::word, found));
            }
            "private" => defaults.private |= truth(path, entry, found),
            "draft" => defaults.draft |= truth(path, entry, found),
            _ => {}
        }
    }

    fn leave_unread(&mut self, lines: &[Line]) {
        let role = |line: &Line| if line.is_blank() { LineRole::Blank } else { LineRole::Unread };
        self.lines.extend(lines.iter().map(role));
    }

    /// `rights: none` below the head: a source is not published because its owner wrote a line too low.
    fn narrow_rights(&mut self, path: &InputPath, layout: &Layout<'_>, found: &mut Vec<Diagnostic>) {
        let below_head = layout.preamble();
        for (number, line) in layout.lines.iter().enumerate() {
            let ground = if below_head.contains(&number) { Ground::Fields } else { Ground::Comment };
            let Some((word, value)) = holding::narrows(line.text, ground) else { continue };
            let span = Span::new(line.start + word.start..line.start + word.end);
            if layout.titles.contains(&number) {
                found.push(rights_in_title(path, span));
                continue;
            }
            found.push(misplaced_rights(path, span, value.word()));
            facts::strictest(
                &mut self.facts.rights,
                Some(Given { value, place: Place { path: path.clone(), span } }),
            );
        }
    }

    /// The file's title and the remark on the source as a whole.
    fn read_preamble(
        &mut self,
        path: &InputPath,
        layout: &Layout<'_>,
        shared: &mut Shared,
        found: &mut Vec<Diagnostic>,
    ) {
        let range = layout.preamble();
        let title = layout.file_title.map(|number| layout.lines[number]);
        self.title = title.map(|line| note::title(path, layout, &line, line.range()));
        for (number, line) in range.clone().zip(&layout.lines[range.clone()]) {
            self.lines.push(match layout.file_title == Some(number) {
                true => LineRole::FileTitle,
                false => note::role_of_text(layout, line),
            });
            let below = layout.lines[number..range.end].iter().skip(1).map(|line| line.text);
            let stamp =
                || holding::is_stamped(line.text, note::around(layout, number, &range), Ground::Comment);
            let word = holding::hides(line.text, Ground::Fields)
                .or_else(|| holding::heads_a_table(line.text, below))
                .or_else(stamp);
            if let Some(word) = word.filter(|word| !shared.is_link(line.text, word)) {
                let span = Span::new(line.start + word.start..line.start + word.end);
                found.push(mistakes::misplaced_private(path, span, "the whole file"));
                self.defaults.private = true;
            }
        }
        let part = layout.start(range.start)..layout.start(range.end);
        let cuts = Cuts { hidden: layout.hidden_in(&part), blank: title.iter().map(Line::range).collect() };
        let parsed = markdown_part(path, layout.text, part, Flavour::Note, cuts, shared);
        self.remark = Arc::new(parsed.value);
        found.extend(parsed.mistakes);
        report_headings(path, &self.remark, found);
        note::report_stray_fields(path, layout, range.clone(), found);
        match layout.titles.is_empty() && !self.remark.quotations.is_empty() {
            true => found.push(note_begins(path, layout, range, &self.remark)),
            false => report_untitled(path, layout, range, &self.remark, found),
        }
    }
}

/// The one text of a value that is no list.
fn one<'a>(path: &InputPath, entry: &'a Entry, found: &mut Vec<Diagnostic>) -> Option<&'a Spanned<String>> {
    let texts = entry.value.texts();
    found.extend(texts.get(1).map(|second| one_value(path, &entry.key, second.span)));
    texts.first()
}

/// The texts of a list; in a text, commas part them, as in a field.
fn list(value: &Value) -> Vec<Spanned<String>> {
    match value {
        Value::Text(text) => facts::parts(text),
        Value::Empty | Value::List(_) => value.texts().to_vec(),
    }
}

fn truth(path: &InputPath, entry: &Entry, found: &mut Vec<Diagnostic>) -> bool {
    let (hides, unclear) = facts::truth(path, entry);
    found.extend(unclear);
    hides
}

/// A file without a note, and with quotations: it is told at the heading that may have been meant as a title,
/// else at the first quotation.
fn note_begins(path: &InputPath, layout: &Layout<'_>, lines: Range<usize>, body: &Body) -> Diagnostic {
    let heading = lines.filter_map(|number| layout.heading(number)).next();
    let first = body
        .quotations
        .first()
        .map_or(Span::default(), |quotation| quotation.span);
    mistakes::no_note_begins(path, first, heading.map(|(signs, _)| signs))
}

#[cfg(test)]
mod tests;
