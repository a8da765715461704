//! What people wrote, before it is linked: notes, topics, claims and pages with their ids and whether they
//! are shown, and every name that the dossier's things go by.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::{Entry, Meaning, Names, ThingKind, ThingRef};
use super::sources::{Gathered, file_names};
use super::view::{View, hidden};
use crate::model::dossier::Hidden;
use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::parse::annotation::{AnnotationFile, RawNote};
use crate::parse::files::{Files, Read};
use crate::parse::prose::{RawClaim, RawPage, RawTopic};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::names as mistakes;

/// Ids that no thing may have: the pages' own names. (`home` is the front page's and may be used by it
/// alone.)
const RESERVED: [&str; 3] = ["home", "index", "404"];

/// A note and the file that it stands in.
#[derive(Clone, Copy)]
pub struct NoteDraft<'a> {
    pub path: &'a InputPath,
    pub file: &'a AnnotationFile,
    pub note: &'a RawNote,
    pub source: usize,
    pub hidden: Option<Hidden>,
}

impl NoteDraft<'_> {
    pub fn id(&self) -> String {
        self.note.id().unwrap_or_else(|| "note".to_string())
    }
}

/// A topic, claim or page and its file.
pub struct ProseDraft<'a, T> {
    pub path: &'a InputPath,
    pub raw: &'a Arc<T>,
    pub id: Slug,
    pub title: String,
    pub hidden: Option<Hidden>,
}

/// A topic that notes name and no file declares.
pub struct Undeclared<'a> {
    pub id: Slug,
    pub title: String,
    pub first: (&'a InputPath, &'a Spanned<String>),
    pub uses: usize,
}

/// All of it.
pub struct Written<'a> {
    pub notes: Vec<NoteDraft<'a>>,
    pub topics: Vec<ProseDraft<'a, RawTopic>>,
    pub claims: Vec<ProseDraft<'a, RawClaim>>,
    pub pages: Vec<ProseDraft<'a, RawPage>>,
    /// Their entities follow those of `topics`.
    pub undeclared: Vec<Undeclared<'a>>,
    pub names: Names,
}

/// Takes stock of what people wrote, and enters every name in one register.
pub fn written<'a>(
    files: &'a Files,
    gathered: &Gathered,
    view: View,
    found: &mut Vec<Diagnostic>,
) -> Written<'a> {
    let notes = notes(files, gathered);
    let topics = drafts(&files.topics, |raw| (raw.title.as_ref(), raw.private, raw.draft), found);
    let claims = drafts(&files.claims, |raw| (raw.title.as_ref(), raw.private, raw.draft), found);
    let pages = drafts(&files.pages, |raw| (raw.title.as_ref(), raw.private, raw.draft), found);
    let mut names = Names::default();
    register_sources(&mut names, gathered, view, found);
    register(&mut names, ThingKind::Topic, &topics, |raw| &raw.aliases, view, found);
    register(&mut names, ThingKind::Claim, &claims, |raw| &raw.aliases, view, found);
    register(&mut names, ThingKind::Page, &pages, |raw| &raw.aliases, view, found);
    let undeclared = undeclared(&notes, &names, view, found);
    for (index, topic) in (topics.len()..).zip(&undeclared) {
        let place = Place { path: topic.first.0.clone(), span: topic.first.1.span };
        names.add_unfiled(Entry {
            entity: ThingRef { sort: ThingKind::Topic, index },
            id: topic.id.clone(),
            place,
            published: true,
        });
        names.also(&topic.title);
    }
    Written { notes, topics, claims, pages, undeclared, names }
}

fn notes<'a>(files: &'a Files, gathered: &Gathered) -> Vec<NoteDraft<'a>> {
    let mut notes = Vec::new();
    for (file, about) in files.notes.iter().zip(&gathered.about) {
        let Some(source) = *about else { continue };
        for note in &file.value.notes {
            let of_file = hidden(file.value.defaults.private || note.private, file.value.defaults.draft);
            let hidden = of_file.or(gathered.sources[source].hidden);
            notes.push(NoteDraft { path: &file.path, file: &file.value, note, source, hidden });
        }
    }
    notes
}

/// Topics, claims and pages take their files' names.
fn drafts<'a, T>(
    files: &'a [Read<T>],
    head: impl Fn(&T) -> (Option<&Spanned<String>>, bool, bool),
    found: &mut Vec<Diagnostic>,
) -> Vec<ProseDraft<'a, T>> {
    let mut drafts = Vec::new();
    for file in files {
        let (title, private, draft) = head(&file.value);
        let name = file.path.file_name();
        let name = &name[..name.len() - file.path.extension().len()];
        let name = name.trim_end_matches('.');
        let Some(id) = Slug::of(name) else {
            found.push(mistakes::no_id(&start_of(&file.path), name));
            continue;
        };
        let title = title.map_or_else(|| name.to_string(), |title| title.value.clone());
        drafts.push(ProseDraft {
            path: &file.path,
            raw: &file.value,
            id,
            title,
            hidden: hidden(private, draft),
        });
    }
    drafts
}

pub fn start_of(path: &InputPath) -> Place {
    Place { path: path.clone(), span: Span::default() }
}

pub fn register_sources(names: &mut Names, gathered: &Gathered, view: View, found: &mut Vec<Diagnostic>) {
    for (index, source) in gathered.sources.iter().enumerate() {
        let place = source
            .said
            .id
            .as_ref()
            .map_or_else(|| start_of(&source.seed), |id| id.place.clone());
        reserved(&source.id, &place, true, found);
        let entry = Entry {
            entity: ThingRef { sort: ThingKind::Source, index },
            id: source.id.clone(),
            place,
            published: view.shows(source.hidden),
        };
        found.extend(names.add(entry));
        names.file(&source.seed);
        names.also(&source.facts.title);
        source.facts.aliases.iter().for_each(|alias| names.also(alias));
        file_names(names, &source.seed, &gathered.folder);
    }
}

fn register<T>(
    names: &mut Names,
    sort: ThingKind,
    drafts: &[ProseDraft<T>],
    aliases: impl Fn(&T) -> &Vec<Spanned<String>>,
    view: View,
    found: &mut Vec<Diagnostic>,
) {
    for (index, draft) in drafts.iter().enumerate() {
        let place = start_of(draft.path);
        let is_home = sort == ThingKind::Page && draft.id.as_str() == "home";
        if !is_home {
            reserved(&draft.id, &place, false, found);
        }
        let entry = Entry {
            entity: ThingRef { sort, index },
            id: draft.id.clone(),
            place,
            published: view.shows(draft.hidden),
        };
        found.extend(names.add(entry));
        names.also(&draft.title);
        aliases(draft.raw).iter().for_each(|alias| names.also(&alias.value));
    }
}

fn reserved(id: &Slug, place: &Place, source: bool, found: &mut Vec<Diagnostic>) {
    if RESERVED.contains(&id.as_str()) {
        found.push(mistakes::reserved_id(place, id.as_str(), source));
    }
}

/// Topics that shown notes name and nothing declares, each once, by the first note that names it.
fn undeclared<'a>(
    notes: &[NoteDraft<'a>],
    names: &Names,
    view: View,
    found: &mut Vec<Diagnostic>,
) -> Vec<Undeclared<'a>> {
    let mut topics: Vec<Undeclared> = Vec::new();
    let mut known: BTreeMap<Slug, usize> = BTreeMap::new();
    // Notes name few topics very often: each spelling is looked up once.
    let mut meant: BTreeSet<&str> = BTreeSet::new();
    for draft in notes.iter().filter(|draft| view.shows(draft.hidden)) {
        let mut of_note: BTreeSet<Slug> = BTreeSet::new();
        for name in draft.file.topics(draft.note) {
            let all = [ThingKind::Source, ThingKind::Topic, ThingKind::Claim, ThingKind::Page];
            if meant.contains(name.value.as_str()) {
                continue;
            }
            let Meaning::Nothing = names.meaning(&name.value, &all) else {
                meant.insert(&name.value);
                continue;
            };
            let Some(id) = Slug::of(&name.value) else {
                found
                    .push(mistakes::no_id(&Place { path: draft.path.clone(), span: name.span }, &name.value));
                continue;
            };
            if !of_note.insert(id.clone()) {
                continue;
            }
            let index = *known.entry(id.clone()).or_insert(topics.len());
            match topics.get_mut(index) {
                Some(topic) => topic.uses += 1,
                None => {
                    reserved(&id, &Place { path: draft.path.clone(), span: name.span }, false, found);
                    topics.push(Undeclared {
                        id,
                        title: name.value.clone(),
                        first: (draft.path, name),
                        uses: 1,
                    });
                }
            }
        }
    }
    topics
}
