//! Where every source came from: its file's hash and size, its dates, its origin, its rights, what it
//! repeats; and the data of the dossier to take away.

use serde::Serialize;

use crate::model::dossier::{SourceIx, Thing};
use crate::model::path::SitePath;

use super::cite::citation;
use super::context::{RenderContext, outside};
use super::view;

/// For the template `provenance.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct ProvenancePage {
    sources: Vec<Origin>,
    /// Files for programs.
    data: Vec<DataFile>,
}

#[derive(Clone, Debug, Serialize)]
struct Origin {
    source: view::Source,
    file: String,
    size: String,
    sha256: String,
    captured: Option<view::Date>,
    url: Option<view::Outside>,
    archive: Option<view::Outside>,
    derives_from: Vec<view::Link>,
    cite: String,
}

#[derive(Clone, Debug, Serialize)]
struct DataFile {
    href: String,
    name: String,
    /// A key of `words.data`.
    about: &'static str,
}

pub fn provenance_page(context: &RenderContext<'_>, here: &SitePath) -> ProvenancePage {
    let all = (0..context.dossier.sources.len())
        .filter_map(|at| u32::try_from(at).ok())
        .map(SourceIx);
    ProvenancePage { sources: all.map(|ix| origin(context, here, ix)).collect(), data: data(context, here) }
}

fn origin(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> Origin {
    let source = context.dossier.source(ix);
    let facts = &source.facts;
    Origin {
        source: context.source(here, ix),
        file: source.seed.file_name().to_string(),
        size: context.theme.words.count("byte", source.size),
        sha256: source.sha256.clone(),
        captured: facts.captured.as_ref().map(|date| context.date(date)),
        url: facts.url.as_deref().map(outside),
        archive: facts.archive.as_deref().map(outside),
        derives_from: source
            .derives_from
            .iter()
            .map(|other| context.link(here, &Thing::Source(*other)))
            .collect(),
        cite: citation(&context.theme.words, context.dossier.about.cite, facts),
    }
}

fn data(context: &RenderContext<'_>, here: &SitePath) -> Vec<DataFile> {
    let file = |(path, about): (&SitePath, &'static str)| DataFile {
        href: here.link_to(path, None),
        name: path.as_str().to_string(),
        about,
    };
    context.site.data().map(file).collect()
}
