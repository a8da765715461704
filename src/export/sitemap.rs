//! `sitemap.xml`, for search engines (sitemaps.org, 0.9): every page that is meant to be found.
//!
//! No dates of change stand in it: a build does not know when a page changed, and a guess would be believed.

use crate::render::context::RenderContext;
use crate::site::PageKind;

use super::address;
use super::xml;

/// How many addresses one map may hold, after the protocol.
const MOST: usize = 50_000;

pub fn sitemap(context: &RenderContext<'_>) -> String {
    let base = context.dossier.about.base_url.as_deref().unwrap_or_default();
    let pages = context.site.files().filter(|(_, kind)| is_found(kind)).take(MOST);
    let addresses =
        pages.map(
            |(path, kind)| {
                if *kind == PageKind::Home { address::ascii(base) } else { address::of_path(base, path) }
            },
        );
    let entries: String = addresses
        .map(|address| format!("<url><loc>{}</loc></url>\n", xml::text(&address)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset \
            xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n"
    )
}

fn is_found(kind: &PageKind) -> bool {
    match kind {
        PageKind::Home
        | PageKind::List(_)
        | PageKind::Source(_)
        | PageKind::Topic(_)
        | PageKind::Claim(_)
        | PageKind::Page(_) => true,
        PageKind::NotFound
        | PageKind::Former(_)
        | PageKind::Asset(_)
        | PageKind::Media(_)
        | PageKind::NoJekyll
        | PageKind::Export(_) => false,
    }
}
