//! What is not HTML: files for feed readers, search engines and other programs.
//!
//! Everything here is made from the linked dossier, which holds nothing that is not published; of a source's
//! words an export holds what the pages show and no more (`render::excerpt` draws the border). Nothing here
//! can fail: no template has a part in it.

mod address;
mod annotations;
mod bibliography;
mod feed;
mod pieces;
mod previews;
mod quoted;
mod register;
mod sitemap;
mod tables;
mod whole;
mod xml;

use crate::render::context::RenderContext;
use crate::site::{Data, Export};

/// The bytes of a file for programs.
pub fn file(context: &RenderContext<'_>, export: Export) -> Vec<u8> {
    match export {
        Export::Feed => feed::feed(context),
        Export::Sitemap => sitemap::sitemap(context),
        Export::Data(data) => of_data(context, data),
        Export::Previews(source) => previews::previews(context, source),
    }
    .into_bytes()
}

fn of_data(context: &RenderContext<'_>, data: Data) -> String {
    match data {
        Data::Whole => whole::whole(context),
        Data::Annotations => annotations::annotations(context),
        Data::Sources => register::register(context),
        Data::Bibtex => bibliography::bibtex(context),
        Data::Csl => bibliography::csl(context),
        Data::SourceTable => tables::sources(context),
        Data::NoteTable => tables::notes(context),
        Data::ClaimTable => tables::claims(context),
        Data::FigureTable => tables::figures(context),
        Data::DateTable => tables::timeline(context),
    }
}
