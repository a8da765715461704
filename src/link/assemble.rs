//! The linked dossier, put together from what was found: every name a thing, every quotation a passage, and
//! who refers to whom.
//!
//! What the view does not show is left out before anything is ordered or counted; of it only the register of
//! names knows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::alike::Alike;
use super::loops::Loops;
use super::names::{Meaning, Names, ThingKind, ThingRef, likeness, several};
use super::quotes::{Job, Outcome};
use super::sources::{Draft, Gathered, in_order};
use super::view::View;
use super::written::{NoteDraft, ProseDraft, Written, start_of};
use crate::config::Config;
use crate::inputs::Inputs;
use crate::model::body::{Body, Name, NameKind};
use crate::model::dossier::{
    About, Citation, Claim, ClaimIx, Dossier, Hidden, Note, NoteIx, Origin, Page, PageIx, Passage, Prose,
    Relation, Source, SourceIx, Thing, Topic, TopicIx, TopicKind,
};
use crate::model::path::InputPath;
use crate::model::quote::{Quotation, Verdict};
use crate::model::rights::{Evidence, Rights};
use crate::model::slug::Slug;
use crate::model::span::{Place, Spanned};
use crate::parse::annotation::{AnnotationFile, RawNote};
use crate::parse::facts::Given;
use crate::parse::files::{Files, PICTURES, Read};
use crate::parse::prose::RawTopic;
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::names as mistakes;
use crate::report::mistakes::reason::event_in_head;

/// Everything that the assembly looks at.
pub struct Material<'a> {
    pub inputs: &'a Inputs,
    pub config: &'a Config,
    pub view: View,
    pub files: &'a Files,
    pub gathered: &'a Gathered,
    pub written: &'a Written<'a>,
    pub jobs: &'a [Job<'a>],
    pub outcomes: &'a [Outcome],
}

/// Where things come to stand: by their places in the lists that were read, their places in the dossier, if
/// they are in it.
#[derive(Default)]
struct Order {
    sources: Vec<Option<SourceIx>>,
    topics: Vec<Option<TopicIx>>,
    claims: Vec<Option<ClaimIx>>,
    pages: Vec<Option<Thing>>,
    notes: Vec<Option<NoteIx>>,
}

/// Puts the dossier together.
pub fn assemble(material: &Material, found: &mut Vec<Diagnostic>) -> Dossier {
    let resolver = Resolver::new(material);
    let mut dossier = Dossier { about: about(material), ..Dossier::default() };
    dossier.sources = resolver.sources(found).into_iter().map(Arc::new).collect();
    dossier.notes = resolver.notes(found).into_iter().collect();
    dossier.topics = resolver.topics(found).into();
    dossier.claims = resolver.claims(found).into();
    let (pages, home) = resolver.pages(found);
    (dossier.pages, dossier.home) = (pages.into(), home);
    resolver.tell_of_duplicate_notes(found);
    resolver.tell_of_former_ids(found);
    gather_under_sources(&mut dossier);
    gather_under_topics(&mut dossier);
    resolver.tell_of_events_in_heads(&mut dossier, found);
    gather_under_claims(&mut dossier);
    cite(&mut dossier);
    link_back(&mut dossier);
    resolver.tell_of_unused_topics(&dossier, found);
    dossier
}

/// A dossier's own words on itself.
fn about(material: &Material) -> About {
    let said = &material.config.dossier;
    let home = material
        .written
        .pages
        .iter()
        .find(|page| page.id.as_str() == "home" && material.view.shows(page.hidden));
    let title = said
        .title
        .clone()
        .or_else(|| home.map(|page| page.title.clone()).filter(|title| title != "home"));
    About {
        // Not the folder's name: the same files give the same bytes wherever they lie.
        title: title.unwrap_or_else(|| "Dossier".to_string()),
        description: said.description.clone(),
        language: said.language.clone(),
        authors: said.authors.clone(),
        rights: said.rights.clone(),
        base_url: said.base_url.as_ref().map(|url| url.value.clone()),
        cite: material.config.cite,
        dollar: material.config.dollar,
    }
}

/// The material, with what is looked up in it again and again.
struct Resolver<'a> {
    material: &'a Material<'a>,
    names: &'a Names,
    order: Order,
    /// Which outcome is whose: by the quotation itself, which its job and the text that it stands in share.
    outcomes: HashMap<usize, usize>,
    /// By source: its notes by id, in the lists that were read.
    by_id: Vec<BTreeMap<String, usize>>,
    /// By source: the ids of its notes, made ready when the first slip is looked at.
    alike: Vec<OnceLock<Alike>>,
    /// Topics by the names that notes give them, letter for letter: those that are published and that no
    /// other thing goes by. Notes name few topics very often.
    topics: BTreeMap<&'a str, Option<TopicIx>>,
    /// By the address of a body: its headings, gathered when the first link into it is followed.
    headings: Mutex<HashMap<usize, Arc<Headings>>>,
}

/// The headings of a text, to be found by their ids and words.
struct Headings {
    ids: Vec<String>,
    /// Which of them is the first that goes by an id, and by the slug of its words.
    by_id: HashMap<String, usize>,
    by_words: HashMap<Slug, usize>,
}

/// A text whose names are resolved. `source`: what a bare `[[#note]]` in it is about.
struct Text<'t> {
    path: &'t InputPath,
    body: &'t Body,
    source: Option<usize>,
    hidden: Option<Hidden>,
}

/// An event in the head of a file of notes, and the notes that it is on for that alone.
struct InHead<'a> {
    name: &'a Spanned<String>,
    topic: TopicIx,
    notes: Vec<NoteIx>,
}

impl<'a> Resolver<'a> {
    fn new(material: &'a Material<'a>) -> Resolver<'a> {
        let jobs = material.jobs.iter().enumerate();
        let outcomes = jobs.map(|(number, job)| (address(job.quotation), number)).collect();
        let mut by_id = vec![BTreeMap::new(); material.gathered.sources.len()];
        for (number, draft) in material.written.notes.iter().enumerate() {
            // Of two notes with one id the one that is shown is meant; that there are two is told of.
            let id = draft.id();
            let known = by_id[draft.source]
                .get(&id)
                .map(|&other: &usize| &material.written.notes[other]);
            if known
                .is_none_or(|known| material.view.shows(draft.hidden) && !material.view.shows(known.hidden))
            {
                by_id[draft.source].insert(id, number);
            }
        }
        let topics = BTreeMap::new();
        let (names, order) = (&material.written.names, Order::default());
        let alike = by_id.iter().map(|_| OnceLock::new()).collect();
        let mut resolver =
            Resolver { material, names, order, outcomes, by_id, alike, topics, headings: Mutex::default() };
        resolver.order = resolver.settle();
        resolver.topics = resolver.spelled();
        resolver
    }

    fn spelled(&self) -> BTreeMap<&'a str, Option<TopicIx>> {
        let notes = &self.material.written.notes;
        let names: BTreeSet<&'a str> = notes
            .iter()
            .flat_map(|draft| draft.file.topics(draft.note))
            .map(|name| name.value.as_str())
            .collect();
        let topic = |name: &'a str| match self.names.meaning(name, &[ThingKind::Topic]) {
            Meaning::One(entry) if entry.published => Some((name, self.order.topics[entry.entity.index])),
            Meaning::One(_) | Meaning::Several(_) | Meaning::Nothing => None,
        };
        names.into_iter().filter_map(topic).collect()
    }

    fn settle(&self) -> Order {
        let Material { view, gathered, written, .. } = self.material;
        let mut order = Order {
            sources: places(
                gathered.sources.len(),
                |i| view.shows(gathered.sources[i].hidden),
                |i| in_order(&gathered.sources[i]),
            ),
            ..Order::default()
        };
        let topic = |i: usize| match written.topics.get(i) {
            Some(topic) => (view.shows(topic.hidden), by_title(&topic.title, &topic.id)),
            None => {
                let topic = &written.undeclared[i - written.topics.len()];
                (true, by_title(&topic.title, &topic.id))
            }
        };
        let topics = written.topics.len() + written.undeclared.len();
        order.topics = numbered(places_by(topics, topic), TopicIx);
        let claim = |i: usize| {
            (view.shows(written.claims[i].hidden), by_title(&written.claims[i].title, &written.claims[i].id))
        };
        order.claims = numbered(places_by(written.claims.len(), claim), ClaimIx);
        order.pages = self.settle_pages();
        order.notes = self.settle_notes(&order);
        order
    }

    fn settle_pages(&self) -> Vec<Option<Thing>> {
        let pages = &self.material.written.pages;
        let is_home = |i: usize| pages[i].id.as_str() == "home";
        let key = |i: usize| {
            let order = pages[i].raw.order.as_ref().map(|order| order.value);
            let shown = self.material.view.shows(pages[i].hidden) && !is_home(i);
            (shown, (order.is_none(), order, by_title(&pages[i].title, &pages[i].id)))
        };
        let mut things: Vec<Option<Thing>> = numbered(places_by(pages.len(), key), PageIx)
            .into_iter()
            .map(|ix| ix.map(Thing::Page))
            .collect();
        for (i, thing) in things.iter_mut().enumerate() {
            if is_home(i) && self.material.view.shows(pages[i].hidden) {
                *thing = Some(Thing::Home);
            }
        }
        things
    }

    /// By source, then by place in it, remarks on the whole first, then by file and line.
    fn settle_notes(&self, order: &Order) -> Vec<Option<NoteIx>> {
        let notes = &self.material.written.notes;
        let key = |i: usize| {
            let draft = &notes[i];
            let passages = self.passages_of(draft.note);
            let starts = passages.iter().filter_map(|quotation| self.outcome(quotation));
            let own = starts.filter(|outcome| outcome.source == draft.source);
            let first = own
                .filter_map(|outcome| outcome.anchors().first().map(|anchor| anchor.extent().start))
                .min();
            let remark = passages.is_empty();
            let shown = self.material.view.shows(draft.hidden) && order.sources[draft.source].is_some();
            (shown, (order.sources[draft.source], !remark, first, draft.path, draft.note.span.start))
        };
        numbered(places_by(notes.len(), key), NoteIx)
    }

    fn outcome(&self, quotation: &Quotation) -> Option<&Outcome> {
        self.outcomes
            .get(&address(quotation))
            .map(|&number| &self.material.outcomes[number])
    }

    /// The passages of a note. Where it has none before its comment, the first quotation in there that names
    /// no source is one, if it stands in the source of the note.
    fn passages_of<'n>(&self, note: &'n RawNote) -> Vec<&'n Quotation> {
        let stands = |quotation: &&Quotation| {
            self.outcome(quotation)
                .is_some_and(|outcome| outcome.verdict().holds())
        };
        note.passages
            .iter()
            .chain(note.passages_in_comment().find(stands))
            .collect()
    }

    fn shows(&self, hidden: Option<Hidden>) -> bool {
        self.material.view.shows(hidden)
    }

    /// A thing's place in the dossier; `None` for what is not shown.
    fn thing(&self, entity: ThingRef) -> Option<Thing> {
        match entity.sort {
            ThingKind::Source => self.order.sources[entity.index].map(Thing::Source),
            ThingKind::Topic => self.order.topics[entity.index].map(Thing::Topic),
            ThingKind::Claim => self.order.claims[entity.index].map(Thing::Claim),
            ThingKind::Page => self.order.pages[entity.index].clone(),
        }
    }

    fn sources(&self, found: &mut Vec<Diagnostic>) -> Vec<Source> {
        let mut sources = Vec::new();
        for (index, draft) in self.material.gathered.sources.iter().enumerate() {
            let Some(place) = self.order.sources[index] else { continue };
            let said = (place, self.source(index, draft, found));
            sources.push(said);
        }
        in_place(sources, |ix| ix.0)
    }

    fn source(&self, index: usize, draft: &Draft, found: &mut Vec<Diagnostic>) -> Source {
        let about = self.material.gathered.files[index]
            .iter()
            .map(|&number| &self.material.files.notes[number]);
        let remarks = about.filter(|file| !file.value.remark.is_empty() && self.shows(of_file(&file.value)));
        Source {
            id: draft.id.clone(),
            seed: draft.seed.clone(),
            sha256: draft.sha256.clone(),
            size: draft.size,
            facts: draft.facts.clone(),
            siglum: draft.siglum.clone(),
            names: draft
                .body
                .names
                .iter()
                .map(|name| self.name_in_seed(draft, name, found))
                .collect(),
            body: Evidence::new(draft.body.clone()),
            text: draft.text,
            former_ids: slugs(draft.said.former_ids.iter()),
            hidden: draft.hidden,
            remarks: remarks
                .map(|file| self.remark(file, index, draft.hidden, found))
                .collect(),
            notes: Vec::new(),
            derives_from: self.derives_from(index, draft, found),
            quoted_in: Vec::new(),
            backlinks: Vec::new(),
        }
    }

    fn remark(
        &self,
        file: &Read<AnnotationFile>,
        source: usize,
        hidden: Option<Hidden>,
        found: &mut Vec<Diagnostic>,
    ) -> Prose {
        self.prose(&file.path, file.value.remark.clone(), Some(source), hidden, found)
    }

    fn derives_from(&self, index: usize, draft: &Draft, found: &mut Vec<Diagnostic>) -> Vec<SourceIx> {
        let given = draft.said.derives_from.iter();
        let names: Vec<(&InputPath, Spanned<String>)> = given
            .map(|given| (&given.place.path, Spanned::new(given.value.clone(), given.place.span)))
            .collect();
        let names = names.iter().map(|(path, name)| (*path, name));
        let own = Own { sort: ThingKind::Source, index, hidden: draft.hidden, key: "derives-from" };
        self.others(names, own, &self.order.sources, found)
    }

    /// The things of its own sort that something names, each once; naming itself is told of.
    fn others<'n, Ix: Copy + Ord>(
        &self,
        names: impl Iterator<Item = (&'n InputPath, &'n Spanned<String>)>,
        own: Own,
        order: &[Option<Ix>],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Ix> {
        let mut others = Vec::new();
        for (path, name) in names {
            match self.names.find(path, name, own.sort, self.is_public(own.hidden)) {
                Ok(entry) if entry.entity.index == own.index => {
                    found.push(mistakes::self_reference(path, name, own.key))
                }
                Ok(entry) => others.extend(order[entry.entity.index]),
                Err(mistake) => found.push(*mistake),
            }
        }
        others.sort();
        others.dedup();
        others
    }

    /// Whether what is hidden may not be named: something published speaks.
    fn is_public(&self, hidden: Option<Hidden>) -> bool {
        hidden.is_none() && self.material.view == View::Published
    }

    /// A seed is evidence: its links are what they are, and only a picture that is missing is told of.
    fn name_in_seed(&self, draft: &Draft, name: &Name, found: &mut Vec<Diagnostic>) -> Option<Thing> {
        let path = draft.seed.join(&name.text.value);
        match name.kind {
            NameKind::Wiki => None,
            NameKind::File => path
                .and_then(|path| self.names.by_path(&path))
                .and_then(|entry| self.thing(entry.entity)),
            NameKind::Picture => {
                let picture = self.picture(path);
                if picture.is_none() {
                    found.push(mistakes::unknown_picture(&draft.seed, &name.text));
                }
                picture.filter(|_| draft.facts.rights == Rights::Full)
            }
        }
    }

    fn picture(&self, path: Option<InputPath>) -> Option<Thing> {
        let path = path.filter(|path| PICTURES.contains(&path.extension().to_ascii_lowercase().as_str()))?;
        self.material.inputs.get(&path).map(|_| Thing::Picture(path))
    }

    /// Prose with its names and quotations resolved. `source`: what a bare `[[#note]]` is about.
    fn prose(
        &self,
        path: &InputPath,
        body: Arc<Body>,
        source: Option<usize>,
        hidden: Option<Hidden>,
        found: &mut Vec<Diagnostic>,
    ) -> Prose {
        let text = Text { path, body: &body, source, hidden };
        let names = body
            .names
            .iter()
            .map(|name| self.resolve(&text, name, found))
            .collect();
        let quotations = body.quotations.iter().map(|quotation| {
            let passage = self.passage(path, quotation, None, hidden, found)?;
            // Words that name no source are a source's only where they stand in one.
            (quotation.attribution.is_some() || passage.verdict.holds()).then_some(passage)
        });
        let quotations = quotations.collect();
        Prose { path: Some(path.clone()), names, quotations, body }
    }

    /// A passage as far as it was found. `own`: the source of the note, for one whose attribution leads
    /// nowhere.
    fn passage(
        &self,
        path: &InputPath,
        quotation: &Quotation,
        own: Option<SourceIx>,
        hidden: Option<Hidden>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Passage> {
        let outcome = self.outcome(quotation);
        if let Some((fragment, outcome)) = quotation
            .attribution
            .as_ref()
            .and_then(|line| line.note.as_ref())
            .zip(outcome)
        {
            // Where a line such as "— [[source#note]]" leads is the passage itself; that there is such a note
            // is checked all the same.
            self.fragment(
                path,
                ThingRef { sort: ThingKind::Source, index: outcome.source },
                fragment,
                hidden,
                found,
            );
        }
        let source = outcome.and_then(|outcome| self.order.sources[outcome.source]);
        Some(Passage {
            source: source.or(own)?,
            verdict: outcome.map_or(Verdict::Absent, Outcome::verdict),
            anchors: source
                .and(outcome)
                .map(|outcome| outcome.anchors().to_vec())
                .unwrap_or_default(),
            span: quotation.span,
            attribution: quotation
                .attribution
                .as_ref()
                .map(|line| (line.before.clone(), line.after.clone())),
        })
    }

    fn resolve(&self, text: &Text, name: &Name, found: &mut Vec<Diagnostic>) -> Option<Thing> {
        let Text { path, hidden, .. } = *text;
        held::hold(found);
        if name.kind == NameKind::Picture {
            let picture = self.picture(path.join(&name.text.value));
            if picture.is_none() {
                let told = self.hidden_embed(text, name);
                found.push(told.unwrap_or_else(|| mistakes::unknown_picture(path, &name.text)));
            }
            return picture;
        }
        if name.text.value.trim().is_empty() {
            return self.resolve_here(text, name, found);
        }
        let entity = self.entity(path, name, hidden, found)?;
        match &name.fragment {
            Some(fragment) => self.fragment(path, entity, fragment, hidden, found),
            None => self.thing(entity),
        }
    }

    /// `![[note]]`, where a picture is called so by nobody: that something has the name and is held back.
    fn hidden_embed(&self, text: &Text, name: &Name) -> Option<Diagnostic> {
        [NameKind::Wiki, NameKind::File].into_iter().find_map(|kind| {
            let mut told = Vec::new();
            self.resolve(text, &Name { kind, ..name.clone() }, &mut told);
            told.into_iter()
                .find(|mistake| mistake.code.name == mistakes::LINK_TO_UNPUBLISHED.name)
        })
    }

    /// `[[#note]]`: a note on the same source, or a heading of the same text.
    fn resolve_here(&self, text: &Text, name: &Name, found: &mut Vec<Diagnostic>) -> Option<Thing> {
        let Text { path, body, source, hidden } = *text;
        let fragment = name.fragment.as_ref()?;
        let entity = match source {
            Some(index) => Some(ThingRef { sort: ThingKind::Source, index }),
            None => self.names.by_path(path).map(|entry| entry.entity),
        };
        let here = entity.filter(|_| source.is_some() || self.heading(body, &fragment.value).is_some());
        match here {
            Some(entity) => self.fragment(path, entity, fragment, hidden, found),
            None => {
                found.push(mistakes::unknown_note(path, fragment, "this text", &[]));
                None
            }
        }
    }

    fn entity(
        &self,
        path: &InputPath,
        name: &Name,
        hidden: Option<Hidden>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<ThingRef> {
        const ALL: &[ThingKind] = &[ThingKind::Source, ThingKind::Topic, ThingKind::Claim, ThingKind::Page];
        let by_path = path.join(&name.text.value).and_then(|file| self.names.by_path(&file));
        let entry = match (name.kind, by_path) {
            (NameKind::File, Some(entry)) => entry,
            (NameKind::File, None) => {
                found.push(mistakes::unknown_file(
                    path,
                    &name.text,
                    &self.names.nearest(file_stem(&name.text.value), ALL),
                ));
                return None;
            }
            (NameKind::Wiki | NameKind::Picture, _) => match self.names.meaning(&name.text.value, ALL) {
                Meaning::One(entry) => entry,
                Meaning::Several(entries) => {
                    found.push(several(path, &name.text, &entries));
                    return None;
                }
                Meaning::Nothing => {
                    found.push(mistakes::unknown_name(
                        path,
                        &name.text,
                        &self.names.nearest(&name.text.value, ALL),
                    ));
                    return None;
                }
            },
        };
        if !entry.published && self.is_public(hidden) {
            found.push(mistakes::link_to_unpublished(path, &name.text, entry.named()));
            return None;
        }
        Some(entry.entity)
    }

    /// A note on a source, else a heading of a text.
    fn fragment(
        &self,
        path: &InputPath,
        entity: ThingRef,
        fragment: &Spanned<String>,
        hidden: Option<Hidden>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Thing> {
        let written = self.material.written;
        if entity.sort == ThingKind::Source
            && let Some(number) = self.note_called(entity.index, &fragment.value)
        {
            let draft = &written.notes[number];
            if self.order.notes[number].is_none() && self.is_public(hidden) {
                let named = mistakes::Named {
                    what: format!("the note `{}`", draft.id()),
                    place: Some(place_of(draft)),
                };
                found.push(mistakes::link_to_unpublished(path, fragment, named));
            }
            return self.order.notes[number].map(Thing::Note);
        }
        let body = match entity.sort {
            ThingKind::Source => Some(&self.material.gathered.sources[entity.index].body as &Body),
            ThingKind::Topic => written.topics.get(entity.index).map(|topic| &*topic.raw.body),
            ThingKind::Claim => written.claims.get(entity.index).map(|claim| &*claim.raw.body),
            ThingKind::Page => written.pages.get(entity.index).map(|page| &*page.raw.body),
        };
        match body.and_then(|body| self.heading(body, &fragment.value)) {
            // The headings of a text that is not shown whole are on no page: the link leads to the source.
            Some(_)
                if entity.sort == ThingKind::Source
                    && self.material.gathered.sources[entity.index].facts.rights != Rights::Full =>
            {
                self.thing(entity)
            }
            Some(id) => self.thing(entity).map(|thing| Thing::Heading(Box::new(thing), id)),
            None => {
                let what = self
                    .names
                    .entry(entity)
                    .map_or_else(|| "it".to_string(), |entry| entry.named().what);
                found.push(mistakes::unknown_note(
                    path,
                    fragment,
                    &what,
                    &self.nearest_notes(entity, &fragment.value),
                ));
                None
            }
        }
    }

    /// The heading of a text that a link names.
    fn heading(&self, body: &Body, fragment: &str) -> Option<String> {
        let address = std::ptr::from_ref(body).addr();
        // A thread that failed while it gathered has left nothing half made.
        let known = || {
            self.headings
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get(&address)
                .cloned()
        };
        let headings = known().unwrap_or_else(|| {
            let new = Arc::new(Headings::of(body));
            self.headings
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(address, Arc::clone(&new));
            new
        });
        headings.meant(fragment)
    }

    /// By the id as it is written, else compared as names are.
    fn note_called(&self, source: usize, name: &str) -> Option<usize> {
        let notes = &self.by_id[source];
        let plain = name
            .strip_prefix("n-")
            .filter(|id| notes.contains_key(*id))
            .unwrap_or(name);
        let slug = || Slug::of(name).and_then(|slug| notes.get(slug.as_str()));
        notes.get(plain).or_else(slug).copied()
    }

    fn nearest_notes(&self, entity: ThingRef, name: &str) -> Vec<String> {
        let wanted = Slug::of(name);
        let Some(wanted) = wanted.filter(|_| entity.sort == ThingKind::Source) else { return Vec::new() };
        let alike = self.alike[entity.index].get_or_init(|| {
            let shown = self.by_id[entity.index]
                .iter()
                .filter(|(_, number)| self.order.notes[**number].is_some());
            Alike::of(shown.map(|(id, _)| id.as_str()))
        });
        let candidates = alike.candidates(wanted.as_str());
        let mut near: Vec<(usize, &str)> = candidates
            .filter_map(|id| Some((likeness(wanted.as_str(), id)?, id)))
            .collect();
        near.sort_unstable();
        near.into_iter().take(3).map(|(_, id)| id.to_string()).collect()
    }

    fn notes(&self, found: &mut Vec<Diagnostic>) -> Vec<Arc<Note>> {
        let drafts = &self.material.written.notes;
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_unstable_by_key(|&number| {
            let place = self.order.notes[number];
            (place.is_none(), place, number)
        });
        // Notes that are not shown are resolved too: their mistakes are worth a hint. Each note by itself, by
        // all threads.
        let resolve = |&number: &usize| {
            let mut mistakes = Vec::new();
            let note = self
                .note(&drafts[number], &mut mistakes)
                .filter(|_| self.order.notes[number].is_some());
            (note.map(Arc::new), mistakes)
        };
        let resolved: Vec<(Option<Arc<Note>>, Vec<Diagnostic>)> = order.par_iter().map(resolve).collect();
        let mut notes = Vec::with_capacity(resolved.len());
        for (note, mistakes) in resolved {
            notes.extend(note);
            held::hold(found);
            found.extend(mistakes);
        }
        notes
    }

    fn note(&self, draft: &NoteDraft, found: &mut Vec<Diagnostic>) -> Option<Note> {
        let NoteDraft { path, file, note, hidden, .. } = *draft;
        let topics = self.topics_of(draft, found);
        let claims = self.claims_of(draft, found);
        let comment = self.prose(path, note.comment.clone(), Some(draft.source), hidden, found);
        let source = self.order.sources[draft.source];
        let passages = self.passages_of(note);
        let passages = passages
            .into_iter()
            .filter_map(|quotation| self.passage(path, quotation, source, hidden, found))
            .collect();
        let source = source?;
        Some(Note {
            source,
            id: draft.id(),
            title: note.title.value.clone(),
            place: place_of(draft),
            passages,
            kind: file.kind(note),
            topics,
            date: note.date.as_ref().map(|date| date.value.clone()),
            said: note.said.as_ref().map(|date| date.value.clone()),
            figures: note.figures.clone(),
            claims,
            page: note.page.as_ref().map(|page| page.value.clone()),
            by: file.by(note).iter().map(|by| by.value.clone()).collect(),
            made: file.made(note).map(|made| made.value.clone()),
            confidence: note.confidence.as_ref().map(|confidence| confidence.value),
            language: note.language.as_ref().map(|language| language.value.clone()),
            reference: note.reference.as_ref().map(|reference| reference.value.clone()),
            comment,
            hidden,
            backlinks: Vec::new(),
        })
    }

    fn topics_of(&self, draft: &NoteDraft, found: &mut Vec<Diagnostic>) -> Vec<TopicIx> {
        let mut topics = Vec::new();
        for name in draft.file.topics(draft.note) {
            if let Some(topic) = self.topics.get(name.value.as_str()) {
                topics.extend(*topic);
                continue;
            }
            match self
                .names
                .find(draft.path, name, ThingKind::Topic, self.is_public(draft.hidden))
            {
                Ok(entry) => topics.extend(self.order.topics[entry.entity.index]),
                // A topic that only hidden notes name is declared nowhere, and that is all right.
                Err(mistake)
                    if !self.shows(draft.hidden) && mistake.code.name == mistakes::UNKNOWN_NAME.name => {}
                Err(mistake) => found.push(*mistake),
            }
        }
        let mut seen = BTreeSet::new();
        topics.retain(|topic| seen.insert(*topic));
        topics
    }

    fn claims_of(&self, draft: &NoteDraft, found: &mut Vec<Diagnostic>) -> Vec<(Relation, ClaimIx)> {
        let note = draft.note;
        let named = [
            (Relation::Supports, &note.supports),
            (Relation::Disputes, &note.disputes),
            (Relation::Mentions, &note.mentions),
        ];
        let mut claims = Vec::new();
        for (relation, names) in named {
            for name in names {
                match self
                    .names
                    .find(draft.path, name, ThingKind::Claim, self.is_public(draft.hidden))
                {
                    Ok(entry) => {
                        claims.extend(self.order.claims[entry.entity.index].map(|claim| (relation, claim)))
                    }
                    Err(mistake) => found.push(*mistake),
                }
            }
        }
        claims.sort();
        claims.dedup();
        claims
    }

    fn topics(&self, found: &mut Vec<Diagnostic>) -> Vec<Topic> {
        let written = self.material.written;
        let mut topics = Vec::new();
        for (index, draft) in written.topics.iter().enumerate() {
            let topic = self.topic(index, draft, found);
            topics.extend(self.order.topics[index].map(|ix| (ix, topic)));
        }
        for (index, named) in (written.topics.len()..).zip(&written.undeclared) {
            let (path, name) = named.first;
            held::hold(found);
            found.push(mistakes::undeclared_topic(path, name, named.uses));
            let topic = empty_topic(named.id.clone(), named.title.clone());
            topics.extend(self.order.topics[index].map(|ix| (ix, topic)));
        }
        let mut topics = in_place(topics, |ix: TopicIx| ix.0);
        self.part_loops(&mut topics, found);
        for ix in 0..topics.len() {
            for broader in topics[ix].broader.clone() {
                topics[broader.at()]
                    .narrower
                    .push(TopicIx(u32::try_from(ix).unwrap_or(u32::MAX)));
            }
        }
        topics
    }

    fn topic(&self, index: usize, draft: &ProseDraft<RawTopic>, found: &mut Vec<Diagnostic>) -> Topic {
        let raw = draft.raw;
        let names = raw.broader.iter().map(|name| (draft.path, name));
        let own = Own { sort: ThingKind::Topic, index, hidden: draft.hidden, key: "broader" };
        let broader = self.others(names, own, &self.order.topics, found);
        Topic {
            aliases: raw.aliases.iter().map(|alias| alias.value.clone()).collect(),
            kind: raw.kind.as_ref().map(|kind| kind.value).unwrap_or_default(),
            declared: Some(start_of(draft.path)),
            date: raw.date.as_ref().map(|date| date.value.clone()),
            same_as: raw.same_as.iter().map(|address| address.value.clone()).collect(),
            broader,
            lead: self.prose(draft.path, raw.body.clone(), None, draft.hidden, found),
            former_ids: spanned_slugs(&raw.former_ids),
            hidden: draft.hidden,
            ..empty_topic(draft.id.clone(), draft.title.clone())
        }
    }

    /// Every loop in the hierarchy is told of once and cut open, so that whoever walks it comes to an end.
    fn part_loops(&self, topics: &mut [Topic], found: &mut Vec<Diagnostic>) {
        let broader = topics
            .iter()
            .map(|topic| topic.broader.iter().map(|ix| ix.at()).collect());
        let mut loops = Loops::of(broader.collect());
        while let Some(way) = loops.cut_next() {
            let titles: Vec<String> = way.iter().map(|&ix| topics[ix].id.to_string()).collect();
            let through: Vec<Place> = way
                .iter()
                .enumerate()
                .filter_map(|(i, &ix)| self.broader_place(topics, ix, way[(i + 1) % way.len()]))
                .collect();
            held::hold(found);
            found.extend(mistakes::topic_loop(&titles, &through));
            let (last, first) = (way[way.len() - 1], way[0]);
            topics[last].broader.retain(|broader| broader.at() != first);
        }
    }

    /// Where a topic names its broader one.
    fn broader_place(&self, topics: &[Topic], ix: usize, broader: usize) -> Option<Place> {
        let declared = self
            .names
            .by_id(&topics[ix].id)
            .filter(|entry| entry.entity.sort == ThingKind::Topic)?;
        let draft = self.material.written.topics.get(declared.entity.index)?;
        let names = |name: &&Spanned<String>| match self.names.meaning(&name.value, &[ThingKind::Topic]) {
            Meaning::One(entry) => entry.id == topics[broader].id,
            Meaning::Nothing | Meaning::Several(_) => false,
        };
        let name = draft.raw.broader.iter().find(names)?;
        Some(Place { path: draft.path.clone(), span: name.span })
    }

    fn claims(&self, found: &mut Vec<Diagnostic>) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (index, draft) in self.material.written.claims.iter().enumerate() {
            let names = draft.raw.against.iter().map(|name| (draft.path, name));
            let own = Own { sort: ThingKind::Claim, index, hidden: draft.hidden, key: "against" };
            let against = self.others(names, own, &self.order.claims, found);
            let claim = Claim {
                id: draft.id.clone(),
                title: draft.title.clone(),
                aliases: draft.raw.aliases.iter().map(|alias| alias.value.clone()).collect(),
                status: draft
                    .raw
                    .status
                    .as_ref()
                    .map(|status| status.value)
                    .unwrap_or_default(),
                declared: start_of(draft.path),
                against,
                text: self.prose(draft.path, draft.raw.body.clone(), None, draft.hidden, found),
                notes: Vec::new(),
                former_ids: spanned_slugs(&draft.raw.former_ids),
                backlinks: Vec::new(),
                hidden: draft.hidden,
            };
            claims.extend(self.order.claims[index].map(|ix| (ix, claim)));
        }
        in_place(claims, |ix| ix.0)
    }

    fn pages(&self, found: &mut Vec<Diagnostic>) -> (Vec<Page>, Option<Page>) {
        let mut pages = Vec::new();
        let mut home = None;
        for (index, draft) in self.material.written.pages.iter().enumerate() {
            let page = Page {
                id: draft.id.clone(),
                title: draft.title.clone(),
                order: draft.raw.order.as_ref().map(|order| order.value),
                declared: start_of(draft.path),
                text: self.prose(draft.path, draft.raw.body.clone(), None, draft.hidden, found),
                former_ids: spanned_slugs(&draft.raw.former_ids),
                backlinks: Vec::new(),
                hidden: draft.hidden,
            };
            match self.order.pages[index] {
                Some(Thing::Page(ix)) => pages.push((ix, page)),
                Some(_) => home = Some(page),
                None => {}
            }
        }
        (in_place(pages, |ix| ix.0), home)
    }

    fn tell_of_duplicate_notes(&self, found: &mut Vec<Diagnostic>) {
        if self.by_id.iter().map(BTreeMap::len).sum::<usize>() == self.material.written.notes.len() {
            return; // as many ids as notes
        }
        let mut first: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let notes = &self.material.written.notes;
        for (number, draft) in notes.iter().enumerate().filter(|(_, draft)| self.shows(draft.hidden)) {
            if let Some(&other) = first.get(&(draft.source, draft.id())) {
                let source = self.material.gathered.sources[draft.source].id.as_str();
                let span = draft.note.id.as_ref().map_or(draft.note.title.span, |id| id.span);
                found.push(mistakes::duplicate_note(
                    draft.path,
                    &Spanned::new(draft.id(), span),
                    source,
                    &place_of(&notes[other]),
                ));
            } else {
                first.insert((draft.source, draft.id()), number);
            }
        }
    }

    /// A former id must not be the id of something that has a page of the same kind today.
    fn tell_of_former_ids(&self, found: &mut Vec<Diagnostic>) {
        let written = self.material.written;
        let of_sources = self.material.gathered.sources.iter().flat_map(|source| {
            source
                .said
                .former_ids
                .iter()
                .map(|given| (ThingKind::Source, given.value.clone(), given.place.clone()))
        });
        let of = |sort, path: &InputPath, ids: &[Spanned<String>]| -> Vec<(ThingKind, String, Place)> {
            ids.iter()
                .map(|id| (sort, id.value.clone(), Place { path: path.clone(), span: id.span }))
                .collect()
        };
        let of_topics = written
            .topics
            .iter()
            .flat_map(|draft| of(ThingKind::Topic, draft.path, &draft.raw.former_ids));
        let of_claims = written
            .claims
            .iter()
            .flat_map(|draft| of(ThingKind::Claim, draft.path, &draft.raw.former_ids));
        let of_pages = written
            .pages
            .iter()
            .flat_map(|draft| of(ThingKind::Page, draft.path, &draft.raw.former_ids));
        let mut first: BTreeMap<(ThingKind, Slug), Place> = BTreeMap::new();
        for (sort, id, place) in of_sources.chain(of_topics).chain(of_claims).chain(of_pages) {
            let Some(slug) = Slug::of(&id) else {
                found.push(mistakes::no_id(&place, &id));
                continue;
            };
            if let Some(entry) = self.names.by_id(&slug).filter(|entry| entry.entity.sort == sort) {
                found.push(mistakes::former_id_in_use(slug.as_str(), &place, entry.named()));
            }
            match first.entry((sort, slug)) {
                Entry::Occupied(other) => {
                    found.push(mistakes::former_id_twice(other.key().1.as_str(), &place, other.get()))
                }
                Entry::Vacant(free) => {
                    free.insert(place);
                }
            }
        }
    }

    /// An event that the head of a file names is on every note of the file, whatever the note tells of.
    fn tell_of_events_in_heads(&self, dossier: &mut Dossier, found: &mut Vec<Diagnostic>) {
        let mut coarse: BTreeMap<(&InputPath, usize), InHead> = BTreeMap::new();
        let drafts = self
            .material
            .written
            .notes
            .iter()
            .enumerate()
            .filter(|(_, draft)| draft.file.notes.len() > 1);
        for (number, draft) in drafts {
            let Some(note) = self.order.notes[number] else { continue };
            for (place, name) in draft.file.defaults.topics.iter().enumerate() {
                let event = self.event(&name.value).filter(|topic| {
                    !draft
                        .note
                        .topics
                        .iter()
                        .any(|own| self.event(&own.value) == Some(*topic))
                });
                if let Some(topic) = event {
                    let in_head = coarse.entry((draft.path, place));
                    in_head
                        .or_insert_with(|| InHead { name, topic, notes: Vec::new() })
                        .notes
                        .push(note);
                }
            }
        }
        for ((path, _), InHead { name, topic, notes }) in coarse {
            found.push(event_in_head(path, name, notes.len()));
            dossier.topics[topic.at()].by_head.extend(notes);
        }
        dossier.topics.iter_mut().for_each(|topic| topic.by_head.sort());
    }

    /// The event that a name means, if it is one.
    fn event(&self, name: &str) -> Option<TopicIx> {
        let Meaning::One(entry) = self.names.meaning(name, &[ThingKind::Topic]) else { return None };
        let declared = self
            .material
            .written
            .topics
            .get(entry.entity.index)
            .filter(|_| entry.entity.sort == ThingKind::Topic)?;
        let is_event = declared
            .raw
            .kind
            .as_ref()
            .is_some_and(|kind| kind.value == TopicKind::Event);
        self.order.topics[entry.entity.index].filter(|_| is_event)
    }

    fn tell_of_unused_topics(&self, dossier: &Dossier, found: &mut Vec<Diagnostic>) {
        // A topic whose narrower ones are used, or that is linked to, is not empty: its page leads to them.
        let is_unused = |topic: &&Topic| {
            topic.notes.is_empty() && topic.narrower.is_empty() && topic.backlinks.is_empty()
        };
        for topic in dossier.topics.iter().filter(is_unused) {
            if let Some(place) = &topic.declared {
                found.push(mistakes::unused_topic(&place.path, &topic.title));
            }
        }
    }
}

/// What a quotation is known by while the files that it stands in are held.
fn address(quotation: &Quotation) -> usize {
    std::ptr::from_ref(quotation).addr()
}

/// What an annotation file's front matter says of all that stands in it.
pub fn of_file(file: &AnnotationFile) -> Option<Hidden> {
    super::view::hidden(file.defaults.private, file.defaults.draft)
}

fn place_of(draft: &NoteDraft) -> Place {
    Place { path: draft.path.clone(), span: draft.note.title.span }
}

impl Headings {
    fn of(body: &Body) -> Headings {
        let (mut ids, mut by_id, mut by_words) = (Vec::new(), HashMap::new(), HashMap::new());
        for (number, heading) in body.headings().into_iter().enumerate() {
            by_id.entry(heading.id.clone()).or_insert(number);
            if let Some(words) = Slug::of(&heading.words) {
                by_words.entry(words).or_insert(number);
            }
            ids.push(heading.id);
        }
        Headings { ids, by_id, by_words }
    }

    /// The id of the first heading that a fragment may mean.
    fn meant(&self, fragment: &str) -> Option<String> {
        let wanted = Slug::of(fragment)?;
        let found = [self.by_id.get(fragment), self.by_words.get(&wanted)];
        found
            .into_iter()
            .flatten()
            .min()
            .map(|&number| self.ids[number].clone())
    }
}

/// `../seeds/report.txt` → `report`: what a wrong path may have meant.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn slugs<'g>(given: impl Iterator<Item = &'g Given<String>>) -> Vec<Slug> {
    given.filter_map(|id| Slug::of(&id.value)).collect()
}

fn spanned_slugs(ids: &[Spanned<String>]) -> Vec<Slug> {
    ids.iter().filter_map(|id| Slug::of(&id.value)).collect()
}

fn empty_topic(id: Slug, title: String) -> Topic {
    Topic {
        id,
        title,
        aliases: Vec::new(),
        kind: TopicKind::Concept,
        declared: None,
        date: None,
        same_as: Vec::new(),
        broader: Vec::new(),
        narrower: Vec::new(),
        lead: Prose::default(),
        notes: Vec::new(),
        by_head: Vec::new(),
        former_ids: Vec::new(),
        backlinks: Vec::new(),
        hidden: None,
    }
}

/// Titles in the order of their folded words; ties by id.
fn by_title(title: &str, id: &Slug) -> (Option<Slug>, Slug) {
    (Slug::of(title), id.clone())
}

/// The places of those that are shown, in the order of their keys.
fn places<K: Ord>(
    count: usize,
    shown: impl Fn(usize) -> bool,
    key: impl Fn(usize) -> K,
) -> Vec<Option<SourceIx>> {
    numbered(places_by(count, |i| (shown(i), key(i))), SourceIx)
}

fn places_by<K: Ord>(count: usize, key: impl Fn(usize) -> (bool, K)) -> Vec<Option<u32>> {
    let mut shown: Vec<(K, usize)> = Vec::new();
    for i in 0..count {
        let (is_shown, key) = key(i);
        if is_shown {
            shown.push((key, i));
        }
    }
    shown.sort_unstable(); // no two are equal: their numbers differ
    let mut places = vec![None; count];
    for (place, (_, i)) in (0..).zip(shown) {
        places[i] = Some(place);
    }
    places
}

fn numbered<T>(places: Vec<Option<u32>>, ix: impl Fn(u32) -> T) -> Vec<Option<T>> {
    places.into_iter().map(|place| place.map(&ix)).collect()
}

/// Things in the order of their places.
fn in_place<I: Copy, T>(mut things: Vec<(I, T)>, number: impl Fn(I) -> u32) -> Vec<T> {
    things.sort_by_key(|(ix, _)| number(*ix));
    things.into_iter().map(|(_, thing)| thing).collect()
}

/// A thing that names others of its sort, and the key under which it does.
#[derive(Clone, Copy)]
struct Own {
    sort: ThingKind,
    index: usize,
    hidden: Option<Hidden>,
    key: &'static str,
}

fn each_note(dossier: &Dossier) -> impl Iterator<Item = (NoteIx, &Note)> {
    (0..).map(NoteIx).zip(dossier.notes.iter().map(|note| &**note))
}

fn gather_under_sources(dossier: &mut Dossier) {
    let under: Vec<(SourceIx, NoteIx)> = each_note(dossier).map(|(ix, note)| (note.source, ix)).collect();
    for (source, note) in under {
        dossier.source_mut(source).notes.push(note);
    }
}

/// Notes are in the order of their sources' dates already.
fn gather_under_topics(dossier: &mut Dossier) {
    let under: Vec<(TopicIx, NoteIx)> = each_note(dossier)
        .flat_map(|(ix, note)| note.topics.iter().map(move |topic| (*topic, ix)))
        .collect();
    for (topic, note) in under {
        dossier.topics[topic.at()].notes.push(note);
    }
}

fn gather_under_claims(dossier: &mut Dossier) {
    let under: Vec<(ClaimIx, Relation, NoteIx)> = each_note(dossier)
        .flat_map(|(ix, note)| {
            note.claims
                .iter()
                .map(move |(relation, claim)| (*claim, *relation, ix))
        })
        .collect();
    for (claim, relation, note) in under {
        dossier.claims[claim.at()].notes.push((relation, note));
    }
    dossier.claims.iter_mut().for_each(|claim| claim.notes.sort());
}

/// Quotations whose words stand in a source that they are not a note on.
fn cite(dossier: &mut Dossier) {
    let mut citations: Vec<(SourceIx, Citation)> = Vec::new();
    let mut add = |origin: Origin, number: usize, passage: &Passage| {
        for anchor in &passage.anchors {
            citations.push((passage.source, Citation { origin, number, extent: anchor.extent() }));
        }
    };
    for (ix, note) in each_note(dossier) {
        let elsewhere = note
            .passages
            .iter()
            .enumerate()
            .filter(|(_, passage)| passage.source != note.source);
        elsewhere.for_each(|(number, passage)| add(Origin::Note(ix), number, passage));
    }
    for (origin, own, prose) in dossier.each_prose() {
        // In a note, quotations of the comment are counted on from its passages.
        let before = if let Origin::Note(ix) = origin { dossier.note(ix).passages.len() } else { 0 };
        let found = prose
            .quotations
            .iter()
            .enumerate()
            .filter_map(|(number, passage)| Some((number, passage.as_ref()?)));
        found
            .filter(|(_, passage)| own != Some(passage.source))
            .for_each(|(number, passage)| add(origin, before + number, passage));
    }
    for (source, citation) in citations {
        dossier.source_mut(source).quoted_in.push(citation);
    }
    for source in dossier.sources.iter_mut() {
        Arc::make_mut(source).quoted_in.sort_by_key(|citation| {
            (citation.extent.start, citation.extent.end, citation.origin, citation.number)
        });
    }
}

/// Whoever links to a thing is listed with it, once; a thing's links to itself are not.
fn link_back(dossier: &mut Dossier) {
    let mut links: Vec<(Thing, Origin)> = Vec::new();
    for (origin, _, prose) in dossier.each_prose() {
        for thing in prose.names.iter().flatten() {
            let thing = match thing {
                Thing::Heading(thing, _) => (**thing).clone(),
                thing => thing.clone(),
            };
            links.push((thing, origin));
        }
    }
    links.sort_unstable();
    links.dedup();
    for (thing, origin) in links {
        let (backlinks, own) = match thing {
            Thing::Source(ix) => (&mut dossier.source_mut(ix).backlinks, Origin::Source(ix)),
            Thing::Note(ix) => (&mut dossier.note_mut(ix).backlinks, Origin::Note(ix)),
            Thing::Topic(ix) => (&mut dossier.topics[ix.at()].backlinks, Origin::Topic(ix)),
            Thing::Claim(ix) => (&mut dossier.claims[ix.at()].backlinks, Origin::Claim(ix)),
            Thing::Page(ix) => (&mut dossier.pages[ix.at()].backlinks, Origin::Page(ix)),
            Thing::Home | Thing::Heading(..) | Thing::Picture(_) => continue,
        };
        if origin != own {
            backlinks.push(origin);
        }
    }
}
