//! The one space of names: which thing an id, a title or an alias means.
//!
//! Names are compared as slugs, so `[[To Lam]]`, `[[Tô Lâm]]` and `[[to-lam]]` are one. Everything that the
//! dossier has is registered, what is not published too: a link to it must be told apart from a link to
//! nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::alike::Alike;
use crate::inputs::Hash;
use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::model::span::{Place, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::names::{self as mistakes, Named};

/// How many nearest names a message offers.
const OFFERED: usize = 3;

/// How many of the things that share a name a message lists.
const LISTED: usize = 8;

/// The kinds of things that have names, as messages call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThingKind {
    Source,
    Topic,
    Claim,
    Page,
}

impl ThingKind {
    fn word(self) -> &'static str {
        match self {
            ThingKind::Source => "source",
            ThingKind::Topic => "topic",
            ThingKind::Claim => "claim",
            ThingKind::Page => "page",
        }
    }
}

/// A thing by its kind and its place in the list that it was read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingRef {
    pub sort: ThingKind,
    pub index: usize,
}

/// What the register knows of a thing.
#[derive(Clone, Debug)]
pub struct Entry {
    pub entity: ThingRef,
    pub id: Slug,
    /// Where it is declared: what messages show.
    pub place: Place,
    /// Whether it is of the view that is compiled.
    pub published: bool,
}

impl Entry {
    pub fn named(&self) -> Named {
        Named {
            what: format!("the {} `{}`", self.entity.sort.word(), self.id),
            place: Some(self.place.clone()),
        }
    }
}

/// All names of a dossier.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    /// Indexes of `entries`, each once a name.
    by_name: HashMap<Slug, Vec<usize>>,
    by_path: HashMap<InputPath, usize>,
    by_id: HashMap<Slug, usize>,
    by_entity: HashMap<ThingRef, usize>,
    /// A hash of all that was entered, in order.
    entered: blake3::Hasher,
    /// By kind: the names of what is published, made ready when the first slip is looked at.
    alike: OnceLock<BTreeMap<ThingKind, Alike>>,
}

/// What a name was found to mean.
pub enum Meaning<'a> {
    One(&'a Entry),
    Nothing,
    Several(Vec<&'a Entry>),
}

impl Names {
    /// Takes a thing in under its id. Two things with one id are an error that names both; both stay in.
    pub fn add(&mut self, entry: Entry) -> Option<Diagnostic> {
        let clash = self.by_id(&entry.id).map(|other| {
            let what = entry
                .named()
                .what
                .replace(&format!(" `{}`", entry.id), &format!(" in `{}`", entry.place.path));
            let clash = mistakes::duplicate_id(entry.id.as_str(), &entry.place, &what, other.named());
            // Only one of the two is published: no address is torn yet.
            if entry.published && other.published { clash } else { clash.as_hint() }
        });
        self.lies(&entry.place.path, self.entries.len());
        self.add_unfiled(entry);
        clash
    }

    /// Takes in a thing that no file declares: its place is that of the first who names it.
    pub fn add_unfiled(&mut self, entry: Entry) {
        let kind = if entry.published { "published" } else { "held back" };
        self.enter(kind, entry.entity.sort.word(), entry.entity.index);
        self.by_id.entry(entry.id.clone()).or_insert(self.entries.len());
        self.by_entity.insert(entry.entity, self.entries.len());
        self.name(entry.id.clone(), self.entries.len());
        self.entries.push(entry);
    }

    /// Lets the thing that was added last go by another name too.
    pub fn also(&mut self, name: &str) {
        if let (Some(slug), Some(last)) = (Slug::of(name), self.entries.len().checked_sub(1)) {
            self.name(slug, last);
        }
    }

    /// Lets a thing that was added go by another name too.
    pub fn call(&mut self, entity: ThingRef, name: &str) {
        if let (Some(slug), Some(&entry)) = (Slug::of(name), self.by_entity.get(&entity)) {
            self.name(slug, entry);
        }
    }

    /// Lets a file stand for the thing that was added last: what a plain Markdown link to the file means.
    pub fn file(&mut self, path: &InputPath) {
        if let Some(last) = self.entries.len().checked_sub(1) {
            self.lies(path, last);
        }
    }

    fn lies(&mut self, path: &InputPath, entry: usize) {
        self.enter("path", path.as_str(), entry);
        self.by_path.entry(path.clone()).or_insert(entry);
    }

    fn enter(&mut self, what: &str, name: &str, entry: usize) {
        for text in [what, name] {
            self.entered.update(&text.len().to_le_bytes());
            self.entered.update(text.as_bytes());
        }
        self.entered.update(&entry.to_le_bytes());
    }

    /// A hash of all that was entered: what a name means follows from it.
    pub fn sum(&self) -> Hash {
        *self.entered.finalize().as_bytes()
    }

    fn name(&mut self, slug: Slug, entry: usize) {
        self.enter("name", slug.as_str(), entry);
        self.alike = OnceLock::new();
        let entries = self.by_name.entry(slug).or_default();
        // Numbers rise but where a thing is called by one name more: only then is the list looked through.
        if entries.last().is_none_or(|&last| last < entry) || !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// What the name means among the kinds that fit its place: all of them in a link, topics in `topics:`.
    pub fn meaning(&self, name: &str, fitting: &[ThingKind]) -> Meaning<'_> {
        let Some(slug) = Slug::of(name) else { return Meaning::Nothing };
        let found: Vec<&Entry> = self
            .going_by(&slug)
            .filter(|entry| fitting.contains(&entry.entity.sort))
            .collect();
        // An id is one thing's own: it means that thing though others go by it as a title or alias. Else a
        // message could not say "write the id".
        let mut own = found.iter().filter(|entry| entry.id == slug);
        match (found.as_slice(), own.next(), own.next()) {
            ([], ..) => Meaning::Nothing,
            ([one], ..) | (_, Some(one), None) => Meaning::One(one),
            _ => Meaning::Several(found),
        }
    }

    /// What a file of the dossier stands for.
    pub fn by_path(&self, path: &InputPath) -> Option<&Entry> {
        self.by_path.get(path).map(|&index| &self.entries[index])
    }

    pub fn by_id(&self, id: &Slug) -> Option<&Entry> {
        self.by_id.get(id).map(|&index| &self.entries[index])
    }

    pub fn entry(&self, entity: ThingRef) -> Option<&Entry> {
        self.by_entity.get(&entity).map(|&index| &self.entries[index])
    }

    /// Finds the one thing of a kind that a writer named, or says why there is none. What is not published is
    /// a mistake when something published names it.
    pub fn find(
        &self,
        path: &InputPath,
        name: &Spanned<String>,
        sort: ThingKind,
        from_published: bool,
    ) -> Result<&Entry, Box<Diagnostic>> {
        match self.meaning(&name.value, &[sort]) {
            Meaning::One(entry) if from_published && !entry.published => {
                Err(Box::new(mistakes::link_to_unpublished(path, name, entry.named())))
            }
            Meaning::One(entry) => Ok(entry),
            Meaning::Several(entries) => Err(Box::new(several(path, name, &entries))),
            Meaning::Nothing => Err(Box::new(self.nothing(path, name, sort))),
        }
    }

    /// The message for a name that means nothing of the kind that is needed.
    fn nothing(&self, path: &InputPath, name: &Spanned<String>, sort: ThingKind) -> Diagnostic {
        if let Some(other) = Slug::of(&name.value).and_then(|slug| self.going_by(&slug).next()) {
            return mistakes::wrong_kind(path, name, &format!("a {}", sort.word()), other.named());
        }
        let nearest = self.nearest(&name.value, &[sort]);
        match sort {
            ThingKind::Source => mistakes::unknown_source(path, name, &nearest),
            ThingKind::Claim => mistakes::unknown_claim(path, name, &nearest),
            ThingKind::Topic | ThingKind::Page => mistakes::unknown_name(path, name, &nearest),
        }
    }

    /// The ids whose names are like the one that was written, best first: what a slip of the finger may have
    /// meant.
    pub fn nearest(&self, name: &str, fitting: &[ThingKind]) -> Vec<String> {
        let Some(wanted) = Slug::of(name) else { return Vec::new() };
        let alike = self.alike.get_or_init(|| self.by_kind());
        let names: BTreeSet<&str> = fitting
            .iter()
            .filter_map(|sort| alike.get(sort))
            .flat_map(|names| names.candidates(wanted.as_str()))
            .collect();
        let mut near: Vec<(usize, &Slug)> = Vec::new();
        for name in names {
            let Some(distance) = likeness(wanted.as_str(), name) else { continue };
            let mut entries = self
                .by_name
                .get(name)
                .into_iter()
                .flatten()
                .map(|&index| &self.entries[index]);
            let fits = entries.find(|entry| fitting.contains(&entry.entity.sort) && entry.published);
            near.extend(fits.map(|entry| (distance, &entry.id)));
        }
        near.sort();
        let mut ids: Vec<String> = Vec::new();
        for (_, id) in near {
            if !ids.iter().any(|taken| taken == id.as_str()) {
                ids.push(id.to_string());
            }
        }
        ids.truncate(OFFERED);
        ids
    }

    /// The names of each kind of thing that is published.
    fn by_kind(&self) -> BTreeMap<ThingKind, Alike> {
        let mut names: BTreeMap<ThingKind, BTreeSet<&str>> = BTreeMap::new();
        for (slug, entries) in &self.by_name {
            for entry in entries
                .iter()
                .map(|&index| &self.entries[index])
                .filter(|entry| entry.published)
            {
                names.entry(entry.entity.sort).or_default().insert(slug.as_str());
            }
        }
        names
            .into_iter()
            .map(|(sort, names)| (sort, Alike::of(names.into_iter())))
            .collect()
    }

    fn going_by(&self, slug: &Slug) -> impl Iterator<Item = &Entry> {
        let found = self.by_name.get(slug).into_iter().flatten();
        found.map(|&index| &self.entries[index])
    }
}

/// The message for a name that several things share.
pub fn several(path: &InputPath, name: &Spanned<String>, entries: &[&Entry]) -> Diagnostic {
    let things: Vec<Named> = entries.iter().take(LISTED).map(|entry| entry.named()).collect();
    mistakes::ambiguous_name(path, name, &things, entries.len() - things.len())
}

/// The distance of two names where they are alike enough to be offered: a third of the letters may differ,
/// or, less near, one holds the other (`rubio` in `2025-01-rubio-call`).
pub fn likeness(wanted: &str, name: &str) -> Option<usize> {
    let letters = wanted.chars().count();
    let allowed = (letters / 3).max(1);
    // Lengths bound the distance from below: no matrix for names that cannot be near.
    let close = letters.abs_diff(name.chars().count()) <= allowed;
    let distance = close
        .then(|| strsim::osa_distance(wanted, name))
        .filter(|&distance| distance <= allowed);
    distance.or_else(|| (letters >= 4 && name.contains(wanted)).then_some(allowed + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;

    fn names(things: &[(&str, ThingKind, &[&str])]) -> Names {
        let mut names = Names::default();
        for (index, &(id, sort, others)) in things.iter().enumerate() {
            let path = InputPath::new(&format!("{id}.md")).expect("relative");
            let id = Slug::of(id).expect("a slug");
            let place = Place { path, span: Span::default() };
            names.add(Entry { entity: ThingRef { sort, index }, id, place, published: true });
            others.iter().for_each(|name| names.also(name));
        }
        names
    }

    fn found(names: &Names, name: &str) -> String {
        match names.meaning(name, &[ThingKind::Source, ThingKind::Topic, ThingKind::Claim, ThingKind::Page]) {
            Meaning::One(entry) => entry.id.to_string(),
            Meaning::Nothing => {
                format!(
                    "nothing; near: {}",
                    names.nearest(name, &[ThingKind::Topic, ThingKind::Source]).join(", ")
                )
            }
            Meaning::Several(entries) => entries
                .iter()
                .map(|entry| entry.id.as_str())
                .collect::<Vec<_>>()
                .join(" or "),
        }
    }

    #[test]
    fn names_are_compared_as_slugs() {
        let names = names(&[
            ("to-lam", ThingKind::Topic, &["Tô Lâm"]),
            ("trade", ThingKind::Topic, &["Commerce"]),
            ("2025-01-rubio-call", ThingKind::Source, &["Commerce"]),
        ]);
        assert_eq!(found(&names, "TO LAM"), "to-lam");
        assert_eq!(found(&names, "Tô Lâm"), "to-lam");
        assert_eq!(found(&names, "commerce"), "trade or 2025-01-rubio-call");
        assert_eq!(found(&names, "trad"), "nothing; near: trade");
        assert_eq!(found(&names, "rubio"), "nothing; near: 2025-01-rubio-call");
        assert_eq!(found(&names, "weather"), "nothing; near: ");
    }
}
