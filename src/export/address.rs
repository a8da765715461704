//! Full addresses, as programs want them: with the dossier's `base_url`, and in ASCII.

use crate::model::dossier::Thing;
use crate::model::path::SitePath;
use crate::render::context::RenderContext;
use crate::site::SiteAddress;

/// The address of a file of the site.
pub fn of_path(base: &str, path: &SitePath) -> String {
    ascii(&format!("{base}{}", path.url_path()))
}

/// The address of a thing of the dossier.
pub fn of_thing(context: &RenderContext<'_>, base: &str, thing: &Thing) -> String {
    let SiteAddress { path, fragment } = context.site.address(thing, context.dossier);
    if *thing == Thing::Home {
        return ascii(base);
    }
    // the one function that writes fragments is `link_to`; from a path to itself it writes nothing else
    let fragment = fragment
        .map(|fragment| path.link_to(&path, Some(&fragment)))
        .unwrap_or_default();
    ascii(&format!("{base}{}{fragment}", path.url_path()))
}

/// Letters of every script are good in a page's links, and refused by readers of maps and feeds (RFC 3986).
pub fn ascii(url: &str) -> String {
    let mut ascii = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    ascii
}

/// Where the site will be; where that is not known, addresses are relative to the folder `data`.
pub fn base<'a>(context: &'a RenderContext<'_>) -> &'a str {
    context.dossier.about.base_url.as_deref().unwrap_or("../")
}
