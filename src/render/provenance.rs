//! Where every source came from: its file's hash and size, its dates, its origin, its rights, what it
//! repeats; and the data of the dossier to take away.

use serde::Serialize;

use crate::model::dossier::{SourceIx, Thing};
use crate::model::path::SitePath;

use super::cite::citation;
use super::press::{Press, outside};
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

pub fn provenance_page(press: &Press<'_>, here: &SitePath) -> ProvenancePage {
    let all = (0..press.dossier.sources.len())
        .filter_map(|at| u32::try_from(at).ok())
        .map(SourceIx);
    ProvenancePage { sources: all.map(|ix| origin(press, here, ix)).collect(), data: data(press, here) }
}

fn origin(press: &Press<'_>, here: &SitePath, ix: SourceIx) -> Origin {
    let source = press.dossier.source(ix);
    let facts = &source.facts;
    Origin {
        source: press.source(here, ix),
        file: source.seed.file_name().to_string(),
        size: press.theme.words.count("byte", source.size),
        sha256: source.sha256.clone(),
        captured: facts.captured.as_ref().map(|date| press.date(date)),
        url: facts.url.as_deref().map(outside),
        archive: facts.archive.as_deref().map(outside),
        derives_from: source
            .derives_from
            .iter()
            .map(|other| press.link(here, &Thing::Source(*other)))
            .collect(),
        cite: citation(&press.theme.words, press.dossier.about.cite, facts),
    }
}

fn data(press: &Press<'_>, here: &SitePath) -> Vec<DataFile> {
    let file = |(path, about): (&SitePath, &'static str)| DataFile {
        href: here.link_to(path, None),
        name: path.as_str().to_string(),
        about,
    };
    press.site.data().map(file).collect()
}
