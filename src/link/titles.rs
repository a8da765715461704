//! Links in titles and in fields that pages show as they are typed (`by`, `page`, `ref`): the name of
//! something held back that is linked in one would be published.
//!
//! Where a title reads otherwise than it is typed, or has brackets, its file is looked at again; titles are
//! short and such ones rare.

use super::assemble::of_file;
use super::names::{Meaning, ThingKind};
use super::sources::Gathered;
use super::view::View;
use super::written::Written;
use crate::config::Config;
use crate::inputs::Inputs;
use crate::model::body::NameKind;
use crate::model::dossier::Hidden;
use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::parse::facts::{Given, SourceFacts};
use crate::parse::files::{Files, text_of};
use crate::parse::links::wiki;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::names::{Named, link_to_unpublished};

/// Every link to something held back in a title that is published.
pub fn linked(
    files: &Files,
    inputs: &Inputs,
    config: &Config,
    gathered: &Gathered,
    written: &Written,
    view: View,
) -> Vec<Diagnostic> {
    let settings = InputPath::new("casebook.toml").expect("a plain name is a path");
    let of_dossier = config.dossier.title.iter().chain(&config.dossier.description);
    let of_dossier =
        of_dossier.map(|words| Title { path: &settings, words, span: Span::default(), hidden: None });
    let titles = titles(files, gathered, written)
        .into_iter()
        .chain(of_dossier)
        .filter(|title| view.shows(title.hidden));
    let mut texts = Texts { inputs, last: None };
    titles
        .flat_map(|title| title.told(&mut texts, gathered, written, view))
        .collect()
}

/// The texts of files as they are typed. Titles of one file follow each other, so that the last is kept.
struct Texts<'a> {
    inputs: &'a Inputs,
    last: Option<(&'a InputPath, String)>,
}

impl<'a> Texts<'a> {
    fn of(&mut self, path: &'a InputPath) -> &str {
        let last = self.last.take().filter(|(last, _)| *last == path);
        let read = || {
            (
                path,
                text_of(self.inputs, path)
                    .map(|decoded| decoded.text)
                    .unwrap_or_default(),
            )
        };
        &self.last.insert(last.unwrap_or_else(read)).1
    }
}

struct Title<'a> {
    path: &'a InputPath,
    words: &'a str,
    span: Span,
    hidden: Option<Hidden>,
}

fn titles<'a>(files: &'a Files, gathered: &Gathered, written: &'a Written) -> Vec<Title<'a>> {
    let mut titles = Vec::new();
    for draft in &written.notes {
        let note = draft.note;
        let fields = note.by.iter().chain(&note.page).chain(&note.reference);
        let shown = [&note.title].into_iter().chain(fields);
        titles.extend(shown.map(|words| Title::of(draft.path, words, draft.hidden)));
        let figures = note.figures.iter().map(|figure| Title {
            path: draft.path,
            words: figure.value.shown.as_str(),
            span: figure.span,
            hidden: draft.hidden,
        });
        titles.extend(figures);
    }
    let topics = written
        .topics
        .iter()
        .map(|draft| (draft.path, draft.raw.title.as_ref(), draft.hidden));
    let claims = written
        .claims
        .iter()
        .map(|draft| (draft.path, draft.raw.title.as_ref(), draft.hidden));
    let pages = written
        .pages
        .iter()
        .map(|draft| (draft.path, draft.raw.title.as_ref(), draft.hidden));
    let prose = topics
        .chain(claims)
        .chain(pages)
        .filter_map(|(path, title, hidden)| Some(Title::of(path, title?, hidden)));
    titles.extend(prose);
    for (file, about) in files.notes.iter().zip(&gathered.about) {
        let hidden = of_file(&file.value).or(about.and_then(|source| gathered.sources[source].hidden));
        titles.extend(of_source(&file.value.facts, hidden));
        titles.extend(
            file.value
                .defaults
                .by
                .iter()
                .map(|by| Title::of(&file.path, by, hidden)),
        );
    }
    titles.extend(files.sidecars.iter().flat_map(|file| of_source(&file.value, None)));
    titles
}

fn of_source(facts: &SourceFacts, hidden: Option<Hidden>) -> impl Iterator<Item = Title<'_>> {
    let given = facts
        .title
        .iter()
        .chain(&facts.publisher)
        .chain(&facts.author)
        .chain(&facts.siglum);
    given.map(move |Given { value, place: Place { path, span } }| Title {
        path,
        words: value,
        span: *span,
        hidden,
    })
}

impl<'a> Title<'a> {
    fn of(path: &'a InputPath, title: &'a Spanned<String>, hidden: Option<Hidden>) -> Title<'a> {
        Title { path, words: &title.value, span: title.span, hidden }
    }

    fn told<'t>(
        &'t self,
        texts: &'t mut Texts<'a>,
        gathered: &Gathered,
        written: &Written,
        view: View,
    ) -> Vec<Diagnostic> {
        let may_link = self.words.contains("[[") || self.span.len() != self.words.len();
        let typed = match (may_link, self.span.is_empty()) {
            (false, _) => return Vec::new(),
            // Of the settings no place is kept.
            (true, true) => self.words,
            (true, false) => texts.of(self.path).get(self.span.range()).unwrap_or_default(),
        };
        let mut told = Vec::new();
        let mut from = 0;
        while let Some(open) = typed[from..].find("[[").map(|at| from + at) {
            let Some(close) = typed[open..].find("]]").map(|at| open + at + 2) else { break };
            let name = wiki(&typed[open..close], self.span.start as usize + open, NameKind::Wiki);
            let fragment = name.fragment.as_ref();
            told.extend(self.mistake(&name.text, fragment, gathered, written, view));
            from = close;
        }
        told
    }

    fn mistake(
        &self,
        name: &Spanned<String>,
        fragment: Option<&Spanned<String>>,
        gathered: &Gathered,
        written: &Written,
        view: View,
    ) -> Option<Diagnostic> {
        const ALL: &[ThingKind] = &[ThingKind::Source, ThingKind::Topic, ThingKind::Claim, ThingKind::Page];
        let Meaning::One(entry) = written.names.meaning(&name.value, ALL) else { return None };
        if !entry.published {
            return Some(link_to_unpublished(self.path, name, entry.named()));
        }
        let fragment = fragment.filter(|_| {
            entry.entity.sort == ThingKind::Source && entry.entity.index < gathered.sources.len()
        })?;
        let slug = Slug::of(&fragment.value);
        let is_meant =
            |id: &str| fragment.value == id || slug.as_ref().is_some_and(|slug| slug.as_str() == id);
        let mut notes = written
            .notes
            .iter()
            .filter(|draft| draft.source == entry.entity.index);
        let note = notes
            .find(|draft| is_meant(&draft.id()))
            .filter(|draft| !view.shows(draft.hidden))?;
        let place = Place { path: note.path.clone(), span: note.note.title.span };
        Some(link_to_unpublished(
            self.path,
            fragment,
            Named { what: format!("the note `{}`", note.id()), place: Some(place) },
        ))
    }
}
