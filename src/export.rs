//! What is not HTML: files for feed readers, search engines and other programs.
//!
//! Everything here is made from the linked dossier, which holds nothing that is not published; of a source's
//! words an export holds what the pages show and no more (`render::excerpt` draws the border). Nothing here
//! can fail: no template has a part in it.

mod address;
mod annotations;
mod bibliography;
mod feed;
mod previews;
mod quoted;
mod register;
mod sitemap;
mod tables;
mod whole;
mod xml;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::dossier::{Note, NoteIx};
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

/// Every note, to be written by all processors: there are many, and each is turned into text before the next
/// one is begun.
fn notes<'p>(press: &'p Press<'_>) -> impl IndexedParallelIterator<Item = (NoteIx, &'p Note)> {
    let numbers = 0..u32::try_from(press.dossier.notes.len()).unwrap_or(u32::MAX);
    numbers
        .into_par_iter()
        .map(|at| (NoteIx(at), press.dossier.note(NoteIx(at))))
}

/// As JSON that people can read too.
fn json(value: &impl Serialize) -> String {
    // What is exported are texts, numbers and lists of them; nothing of that can fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
