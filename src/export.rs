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

use crate::render::press::Press;
use crate::site::{Data, Export};

/// The bytes of a file for programs.
pub fn file(press: &Press<'_>, export: Export) -> Vec<u8> {
    match export {
        Export::Feed => feed::feed(press),
        Export::Sitemap => sitemap::sitemap(press),
        Export::Data(data) => of_data(press, data),
        Export::Previews(source) => previews::previews(press, source),
    }
    .into_bytes()
}

fn of_data(press: &Press<'_>, data: Data) -> String {
    match data {
        Data::Whole => whole::whole(press),
        Data::Annotations => annotations::annotations(press),
        Data::Sources => register::register(press),
        Data::Bibtex => bibliography::bibtex(press),
        Data::Csl => bibliography::csl(press),
        Data::SourceTable => tables::sources(press),
        Data::NoteTable => tables::notes(press),
        Data::ClaimTable => tables::claims(press),
        Data::FigureTable => tables::figures(press),
        Data::DateTable => tables::timeline(press),
    }
}
