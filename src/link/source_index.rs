//! What a command asks of a dossier that it does not build: its sources by name, and which file of notes is
//! about which of them.
//!
//! Mistakes found on the way are not told here: whoever asks checks the dossier too, or wants an answer in
//! spite of them.

use std::sync::Arc;

use super::cache::LinkCache;
use super::names::{Meaning, Names, ThingKind};
use super::sources::gather;
use super::view::View;
use super::written::register_sources;
use crate::config::Config;
use crate::inputs::Inputs;
use crate::inputs::cache::Cache;
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::slug::Slug;
use crate::parse::files::files;

/// Every source of a dossier, drafts too.
pub struct SourceIndex {
    /// In the order of their seeds.
    pub sources: Vec<Listed>,
    /// Files of notes, in the order of their paths, each with its source's place among `sources`.
    pub about: Vec<(InputPath, usize)>,
    names: Names,
}

/// A source as it is listed.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Slug,
    pub seed: InputPath,
    pub body: Arc<Body>,
    pub rights: Rights,
}

/// Why a name is no source's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSource {
    /// With the ids that come nearest.
    Unknown(Vec<String>),
    /// With the ids of those that share it.
    Shared(Vec<String>),
}

pub fn source_index(inputs: &Inputs, config: &Config) -> SourceIndex {
    let build = &config.build;
    let files =
        files(inputs, build.seeds.value.as_str(), build.annotations.value.as_str(), &mut Cache::default());
    let mut mistakes = Vec::new();
    let gathered = gather(
        &files,
        inputs,
        config.build.seeds.value.as_str(),
        View::Everything,
        &mut LinkCache::default(),
        &mut mistakes,
    );
    let mut names = Names::default();
    register_sources(&mut names, &gathered, View::Everything, &mut mistakes);
    let about = files
        .notes
        .iter()
        .zip(&gathered.about)
        .filter_map(|(file, about)| Some((file.path.clone(), (*about)?)))
        .collect();
    let listed = gathered.sources.into_iter().map(|source| Listed {
        rights: source.facts.rights,
        id: source.id,
        seed: source.seed,
        body: source.body,
    });
    SourceIndex { sources: listed.collect(), about, names }
}

impl SourceIndex {
    /// The place among `sources` of the one that goes by an id, a title, an alias, a file's name or its path.
    pub fn find(&self, name: &str) -> Result<usize, NoSource> {
        let by_path = InputPath::new(name).and_then(|path| self.names.by_path(&path));
        if let Some(entry) = by_path {
            return Ok(entry.entity.index);
        }
        match self.names.meaning(name, &[ThingKind::Source]) {
            Meaning::One(entry) => Ok(entry.entity.index),
            Meaning::Nothing => Err(NoSource::Unknown(self.names.nearest(name, &[ThingKind::Source]))),
            Meaning::Several(entries) => {
                Err(NoSource::Shared(entries.iter().map(|entry| entry.id.to_string()).collect()))
            }
        }
    }
}
