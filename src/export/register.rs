//! `data/sources.json`: the register of sources, by which others can tell whether they hold the same files.

use serde::Serialize;

use crate::model::dossier::{Facts, Source, SourceIx, Thing};
use crate::render::cite::citation;
use crate::render::context::RenderContext;

use super::address;
use super::pieces::json;

/// One source. What is not known is left out.
#[derive(Serialize)]
pub struct Entry<'a> {
    id: &'a str,
    /// Its page: a full address where the dossier knows its own, else relative to this file.
    page: String,
    siglum: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    author: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a str>,
    form: &'static str,
    rights: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derives_from: Vec<&'a str>,
    file: &'a str,
    size: u64,
    sha256: &'a str,
    citation: String,
}

pub fn register(context: &RenderContext<'_>) -> String {
    json(&entries(context))
}

pub fn entries<'a>(context: &'a RenderContext<'_>) -> Vec<Entry<'a>> {
    context
        .dossier
        .sources
        .iter()
        .zip(0..)
        .map(|(source, ix)| entry(context, source, SourceIx(ix)))
        .collect()
}

fn entry<'a>(context: &'a RenderContext<'_>, source: &'a Source, ix: SourceIx) -> Entry<'a> {
    let Facts {
        title,
        aliases: _,
        author,
        publisher,
        published,
        captured,
        url,
        archive,
        language,
        form,
        rights,
    } = &source.facts;
    Entry {
        id: source.id.as_str(),
        page: address::of_thing(context, address::base(context), &Thing::Source(ix)),
        siglum: &source.siglum,
        title,
        author,
        publisher: publisher.as_deref(),
        language: language.as_deref(),
        published: published.as_ref().map(|date| date.as_str()),
        captured: captured.as_ref().map(|date| date.as_str()),
        url: url.as_deref(),
        archive: archive.as_deref(),
        form: form.word(),
        rights: rights.word(),
        derives_from: source
            .derives_from
            .iter()
            .map(|other| context.dossier.source(*other).id.as_str())
            .collect(),
        file: source.seed.file_name(),
        size: source.size,
        sha256: &source.sha256,
        citation: citation(&context.theme.words, context.dossier.about.cite, &source.facts),
    }
}
