//! What pages share, made once: found out of the whole dossier, or printed again and again on pages one
//! folder deep. A state takes over what the state before has made: all of it where only the words of some
//! notes differ, else the pieces of those notes that show the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use tera::Value;

use super::numbers::number_notes;
use super::theme::Made;
use super::view::Html;
use crate::model::dossier::{Citation, ClaimIx, Dossier, NoteIx, SourceIx, TopicIx};
use crate::model::path::InputPath;
use crate::reason::Reasoned;
use crate::reason::contradictions::About;

/// What was found out and made for a state, and the pieces of those notes that say something else in this
/// one.
pub struct SharedFragments {
    shared: Arc<Fragments>,
    reworded: BTreeMap<NoteIx, Arc<NoteFragments>>,
}

/// Lists go by the places of things in the dossier.
pub struct Fragments {
    /// The number of each note on its source's page; none where no passage of it is marked there.
    pub numbers: Vec<Option<usize>>,
    /// By source: where quotations elsewhere have found their words.
    pub cited: Vec<BTreeSet<(usize, usize)>>,
    /// By source: those that repeat it.
    pub repeated_in: Vec<Vec<SourceIx>>,
    /// By source: the people, organisations and places that its published text names.
    pub named: Vec<Vec<TopicIx>>,
    /// By topic: the sources that name it, where it is a name.
    pub named_in: BTreeMap<TopicIx, Vec<SourceIx>>,
    /// The claims that are contradicted, each with its place among all contradictions.
    pub contradicted: BTreeMap<ClaimIx, usize>,
    notes: Vec<OnceLock<Arc<NoteFragments>>>,
    /// By file of notes: those that it holds, in the order of the dossier.
    by_file: HashMap<InputPath, Vec<NoteIx>>,
    /// What notes name again and again.
    pub(super) sources: Vec<OnceLock<Value>>,
    pub(super) topic_links: Vec<OnceLock<Value>>,
    pub(super) claim_links: Vec<OnceLock<Value>>,
    /// By topic, where its page is made again and again.
    besides: Vec<OnceLock<Made<Arc<TopicFragment>>>>,
}

/// The page of a topic but for the words of comments, which stand in its passages alone.
#[derive(Debug)]
pub(super) struct TopicFragment {
    /// All that its template sees, without the `years`.
    pub view: Value,
    /// The years of its passages, each with how many of these it has.
    pub years: Vec<(Option<String>, usize)>,
}

/// Of a note, each made when it is first asked for.
#[derive(Default)]
pub(super) struct NoteFragments {
    pub comment: OnceLock<Made<Html>>,
    pub digest: OnceLock<Made<Html>>,
}

impl SharedFragments {
    pub fn of(dossier: &Dossier, reasoned: &Reasoned) -> SharedFragments {
        let Dossier { sources, notes, topics, claims, .. } = dossier;
        let named_in: BTreeMap<TopicIx, Vec<SourceIx>> = reasoned
            .names
            .names
            .iter()
            .map(|name| (name.topic, name.sources()))
            .collect();
        let mut named = vec![Vec::new(); sources.len()];
        for (topic, of_topic) in &named_in {
            of_topic.iter().for_each(|source| named[source.at()].push(*topic));
        }
        let shared = Fragments {
            numbers: number_notes(dossier),
            cited: sources
                .iter()
                .map(|source| source.quoted_in.iter().map(extent).collect())
                .collect(),
            repeated_in: repeated_in(dossier),
            named,
            named_in,
            contradicted: contradicted(reasoned),
            notes: cells(notes.len()),
            by_file: by_file(dossier),
            sources: cells(sources.len()),
            topic_links: cells(topics.len()),
            claim_links: cells(claims.len()),
            besides: cells(topics.len()),
        };
        SharedFragments { shared: Arc::new(shared), reworded: BTreeMap::new() }
    }

    /// The same but for the words of these notes.
    pub fn without(&self, reworded: &[NoteIx]) -> SharedFragments {
        let mut own = self.reworded.clone();
        own.extend(reworded.iter().map(|note| (*note, Arc::default())));
        SharedFragments { shared: Arc::clone(&self.shared), reworded: own }
    }

    /// The notes that a file holds.
    pub fn notes_of(&self, file: &InputPath) -> &[NoteIx] {
        self.by_file.get(file).map(Vec::as_slice).unwrap_or_default()
    }

    /// A topic's page but for its passages: kept once some state differs from another in nothing but words,
    /// since its page will be made again.
    pub(super) fn beside(
        &self,
        topic: TopicIx,
        make: impl FnOnce() -> Made<TopicFragment>,
    ) -> Made<Arc<TopicFragment>> {
        let make = || make().map(Arc::new);
        if self.reworded.is_empty() { make() } else { self.besides[topic.at()].get_or_init(make).clone() }
    }

    pub(super) fn pieces(&self, note: NoteIx) -> &NoteFragments {
        let own = self.reworded.get(&note);
        own.unwrap_or_else(|| self.shared.notes[note.at()].get_or_init(Arc::default))
    }

    /// Takes over what an earlier state has made of notes that show the same: `same` pairs them, with this
    /// state's first.
    pub fn take_over(&self, earlier: &SharedFragments, same: &[(NoteIx, NoteIx)]) {
        for &(note, then) in same {
            let made = earlier
                .reworded
                .get(&then)
                .or_else(|| earlier.shared.notes[then.at()].get());
            if let Some(made) = made {
                // What was asked for already is made, and equal.
                let _ = self.shared.notes[note.at()].set(Arc::clone(made));
            }
        }
    }
}

fn repeated_in(dossier: &Dossier) -> Vec<Vec<SourceIx>> {
    let mut repeated_in: Vec<Vec<SourceIx>> = vec![Vec::new(); dossier.sources.len()];
    for (ix, source) in (0..).map(SourceIx).zip(&dossier.sources) {
        source
            .derives_from
            .iter()
            .for_each(|original| repeated_in[original.at()].push(ix));
    }
    repeated_in
}

fn contradicted(reasoned: &Reasoned) -> BTreeMap<ClaimIx, usize> {
    let all = reasoned.contradictions.iter().enumerate();
    all.filter_map(
        |(place, found)| if let About::Claim(claim) = found.about { Some((claim, place)) } else { None },
    )
    .collect()
}

impl Deref for SharedFragments {
    type Target = Fragments;

    fn deref(&self) -> &Fragments {
        &self.shared
    }
}

fn by_file(dossier: &Dossier) -> HashMap<InputPath, Vec<NoteIx>> {
    let mut by_file: HashMap<InputPath, Vec<NoteIx>> = HashMap::new();
    for (ix, note) in (0..).map(NoteIx).zip(&dossier.notes) {
        match by_file.get_mut(&note.place.path) {
            Some(notes) => notes.push(ix),
            None => drop(by_file.insert(note.place.path.clone(), vec![ix])),
        }
    }
    by_file
}

fn extent(citation: &Citation) -> (usize, usize) {
    (citation.extent.start, citation.extent.end)
}

fn cells<T>(n: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(n).collect()
}
