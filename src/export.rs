//! What is not HTML: files for feed readers, search engines and other programs.
//!
//! Everything here is made from the linked dossier, which holds nothing that is not published; of a source's words an export holds what the
//! pages show and no more (`render::excerpt` draws the border). Nothing here can fail: no template has a part in it.

mod address;
mod feed;
mod sitemap;
mod xml;

use crate::model::path::SitePath;
use crate::render::press::Press;
use crate::site::Export;

/// The bytes of a file for programs.
pub fn file(press: &Press<'_>, _path: &SitePath, export: Export) -> Vec<u8> {
    match export {
        Export::Feed => feed::feed(press),
        Export::Sitemap => sitemap::sitemap(press),
    }
    .into_bytes()
}
