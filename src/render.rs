//! The plan of the site becomes bytes: any page, on its own, whenever it is wanted.
//!
//! A page is a *view* (plain values, `view`) and a template (`theme`). Texts become HTML in `body`, with the
//! `marks` over them. What many pages share (a note's comment, a passage in the digests) is made once, by the
//! `context`.

pub mod body;
pub mod cite;
mod claim;
pub mod context;
mod coverage;
mod drawing;
pub mod excerpt;
mod figures;
pub mod fragments;
mod front;
mod fuel;
pub mod keys;
pub mod marks;
pub mod note;
mod numbers;
#[cfg(test)]
mod page_laws;
mod provenance;
mod source;
mod tally;
#[cfg(test)]
mod test_dossier;
pub mod theme;
mod timeline;
mod topic;
pub mod typeset;
mod unseen;
mod view;
pub mod words;

use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::Value;

use crate::inputs::Inputs;
use crate::model::dossier::{Hidden, Thing};
use crate::model::path::SitePath;
use crate::site::{List, PageKind};

use claim::{claim_page, claims_page};
use context::{Made, POLICY, RenderContext, hidden};
use coverage::coverage_page;
use figures::figures_page;
use front::{essay_page, home_page, names_page, sources_page, topics_page};
use provenance::provenance_page;
use source::source_page;
use tally::tally;
use theme::value;
use timeline::timeline_page;
use topic::topic_page;

/// The bytes of a file of the site; nothing where the plan has no such file.
///
/// Fails only by a mistake in one of the dossier's own templates.
pub fn page(context: &RenderContext<'_>, inputs: &Inputs, path: &SitePath) -> Made<Vec<u8>> {
    let Some(kind) = context.site.kind(path) else { return Ok(Vec::new()) };
    match kind {
        PageKind::Home => whole(context, path, kind, "home.html", &home_page(context, path)?),
        PageKind::List(list) => {
            let page = list_page(context, path, *list);
            large(context, path, kind, &list.file(), page, 0)
        }
        PageKind::Source(ix) => whole(context, path, kind, "source.html", &source_page(context, path, *ix)?),
        PageKind::Topic(ix) => {
            let (page, bulk) = topic_page(context, path, *ix)?;
            large(context, path, kind, "topic.html", page, bulk)
        }
        PageKind::Claim(ix) => whole(context, path, kind, "claim.html", &claim_page(context, path, *ix)?),
        PageKind::Page(ix) => whole(context, path, kind, "page.html", &essay_page(context, path, *ix)?),
        PageKind::Former(thing) => whole(context, path, kind, "former.html", &context.link(path, thing)),
        PageKind::NotFound => not_found(context, path, kind),
        PageKind::Asset(name) => Ok(context.theme.asset(name).unwrap_or_default().to_vec()),
        PageKind::Media(picture) => Ok(inputs
            .get(picture)
            .map(|file| file.bytes.to_vec())
            .unwrap_or_default()),
        PageKind::NoJekyll => Ok(Vec::new()),
        // `export` makes these; whoever asks for a file asks it first.
        PageKind::Export(_) => Ok(Vec::new()),
    }
}

/// What the template of a list sees.
fn list_page(context: &RenderContext<'_>, path: &SitePath, list: List) -> Value {
    match list {
        List::Sources => value(&sources_page(context, path)),
        List::Topics => value(&topics_page(context, path)),
        List::Names => value(&names_page(context, path)),
        List::Claims => value(&claims_page(context, path)),
        List::Figures => value(&figures_page(context, path)),
        List::Timeline => value(&timeline_page(context, path)),
        List::Coverage => value(&coverage_page(context, path)),
        List::Provenance => value(&provenance_page(context, path)),
    }
}

/// A page with its frame: the masthead, the links to the lists, the policy.
fn whole(
    context: &RenderContext<'_>,
    here: &SitePath,
    kind: &PageKind,
    template: &str,
    view: &impl Serialize,
) -> Made<Vec<u8>> {
    large(context, here, kind, template, value(view), 0)
}

/// The same for a page of which it is known about how long it will be: a buffer that grows is copied again
/// and again.
fn large(
    context: &RenderContext<'_>,
    here: &SitePath,
    kind: &PageKind,
    template: &str,
    page: Value,
    bulk: usize,
) -> Made<Vec<u8>> {
    let frame = frame(context, here, kind);
    context.make_large(template, here.as_str(), &[("page", page), ("frame", value(&frame))], bulk)
}

fn frame(context: &RenderContext<'_>, here: &SitePath, kind: &PageKind) -> view::Frame {
    let about = &context.dossier.about;
    let own = title(context, kind);
    let asset = |name: &str| {
        context
            .site
            .asset(name)
            .map(|path| here.link_to(path, None))
            .unwrap_or_default()
    };
    view::Frame {
        title: if own.is_empty() {
            context.title(&Thing::Home)
        } else {
            format!("{own} · {}", context.title(&Thing::Home))
        },
        own_title: if own.is_empty() { context.title(&Thing::Home) } else { own },
        description: description(context, kind),
        language: about.language.clone(),
        direction: direction(&about.language),
        policy: POLICY.to_string(),
        stylesheet: asset("casebook.css"),
        icon: asset("favicon.svg"),
        assets: context
            .site
            .assets()
            .map(|(name, path)| (name.to_string(), here.link_to(path, None)))
            .collect(),
        home: context.href(here, &Thing::Home),
        at_home: *kind == PageKind::Home,
        dossier: context.title(&Thing::Home),
        rights: about.rights.clone(),
        nav: nav(context, here, kind, &context.lists),
        about: nav(context, here, kind, &context.registers),
        feed: context.feed.as_ref().map(|path| here.link_to(path, None)),
        canonical: about.base_url.as_ref().map(|base| {
            format!("{base}{}", if *kind == PageKind::Home { String::new() } else { here.url_path() })
        }),
        hidden: hidden_of(context, kind),
        quotations: tally(context.dossier, kind),
    }
}

/// By the scripts that languages are commonly written in, or the script that a tag names.
fn direction(language: &str) -> &'static str {
    let tag = language.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    let by_script = parts
        .find(|part| part.len() == 4)
        .map(|script| ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm"].contains(&script));
    let by_language =
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"].contains(&primary);
    if by_script.unwrap_or(by_language) { "rtl" } else { "ltr" }
}

/// What the page is about, without the dossier's title; empty on the front page.
fn title(context: &RenderContext<'_>, kind: &PageKind) -> String {
    let word = |key: &str| context.theme.words.get(key).to_string();
    match kind {
        PageKind::List(list) => word(list.word()),
        PageKind::NotFound => word("not-found"),
        PageKind::Source(ix) => context.title(&Thing::Source(*ix)),
        PageKind::Topic(ix) => context.title(&Thing::Topic(*ix)),
        PageKind::Claim(ix) => context.title(&Thing::Claim(*ix)),
        PageKind::Page(ix) => context.title(&Thing::Page(*ix)),
        PageKind::Former(thing) => context.title(thing),
        PageKind::Home
        | PageKind::Asset(_)
        | PageKind::Media(_)
        | PageKind::NoJekyll
        | PageKind::Export(_) => String::new(),
    }
}

/// One sentence for those who show links to the page: the dossier's own, or what kind of page this is.
fn description(context: &RenderContext<'_>, kind: &PageKind) -> String {
    let words = &context.theme.words;
    let count = |n: usize| words.count("note", n as u64);
    match kind {
        PageKind::Source(ix) => {
            let source = context.dossier.source(*ix);
            let date = source.facts.published.as_ref().map(|date| words.date(date));
            let parts = [source.facts.publisher.clone(), date, Some(count(source.notes.len()))];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        PageKind::Topic(ix) => count(context.dossier.topic(*ix).notes.len()),
        PageKind::Claim(ix) => count(context.dossier.claim(*ix).notes.len()),
        PageKind::Home
        | PageKind::List(_)
        | PageKind::Page(_)
        | PageKind::NotFound
        | PageKind::Former(_)
        | PageKind::Asset(_)
        | PageKind::Media(_)
        | PageKind::NoJekyll
        | PageKind::Export(_) => context.dossier.about.description.clone().unwrap_or_default(),
    }
}

fn hidden_of(context: &RenderContext<'_>, kind: &PageKind) -> Option<&'static str> {
    let found: Option<Hidden> = match kind {
        PageKind::Source(ix) => context.dossier.source(*ix).hidden,
        PageKind::Topic(ix) => context.dossier.topic(*ix).hidden,
        PageKind::Claim(ix) => context.dossier.claim(*ix).hidden,
        PageKind::Page(ix) => context.dossier.page(*ix).hidden,
        PageKind::Home => context.dossier.home.as_ref().and_then(|home| home.hidden),
        PageKind::List(_)
        | PageKind::NotFound
        | PageKind::Former(_)
        | PageKind::Asset(_)
        | PageKind::Media(_)
        | PageKind::NoJekyll
        | PageKind::Export(_) => None,
    };
    found.map(hidden)
}

/// The lists that have something in them.
fn nav(
    context: &RenderContext<'_>,
    here: &SitePath,
    kind: &PageKind,
    lists: &[(&'static str, PageKind, SitePath)],
) -> Vec<view::Nav> {
    let below = match kind {
        PageKind::Source(_) => Some("sources"),
        PageKind::Topic(ix) => {
            Some(if context.dossier.topic(*ix).kind.is_name() { "names" } else { "topics" })
        }
        PageKind::Claim(_) => Some("claims"),
        _ => None,
    };
    let links = lists.iter().map(|(word, list, path)| {
        let current = if kind == list { Some("page") } else { (below == Some(*word)).then_some("true") };
        view::Nav {
            href: here.link_to(path, None),
            title: context.theme.words.get(word).to_string(),
            current,
        }
    });
    links.collect()
}

/// The page that hosts show at any address that there is not, however deep: relative links would lead
/// anywhere. With a base URL everything on it begins with that path; without one it is a single sentence that
/// carries its own style.
fn not_found(context: &RenderContext<'_>, here: &SitePath, kind: &PageKind) -> Made<Vec<u8>> {
    let mut frame = frame(context, here, kind);
    frame.canonical = None;
    frame.feed = None;
    let Some(base) = context.dossier.about.base_url.as_deref().and_then(base_path) else {
        frame.policy =
            format!("default-src 'none'; style-src 'sha256-{}'", base64(&Sha256::digest(PLAIN_STYLE)));
        let views = [("frame", value(&frame)), ("style", Value::safe_string(PLAIN_STYLE))];
        return context.make("not-found-plain.html", here.as_str(), &views);
    };
    let lists = frame.nav.iter_mut().chain(&mut frame.about).map(|nav| &mut nav.href);
    let links = lists.chain(frame.assets.values_mut()).chain([
        &mut frame.stylesheet,
        &mut frame.icon,
        &mut frame.home,
    ]);
    for link in links.filter(|link| !link.is_empty()) {
        link.insert_str(0, &base);
    }
    context.make("not-found.html", here.as_str(), &[("frame", value(&frame))])
}

/// `https://example.org/a/b/` → `/a/b/`
fn base_path(base: &str) -> Option<String> {
    let (_, rest) = base.split_once("://")?;
    Some(
        rest.find('/')
            .map_or_else(|| "/".to_string(), |at| rest[at..].to_string()),
    )
}

/// The one style that stands in a page; its hash stands in that page's policy.
const PLAIN_STYLE: &str = ":root{color-scheme:light dark}body{background:Canvas;color:CanvasText;font:1.25rem\
    /1.5 Palatino,\"Palatino Linotype\",P052,serif;max-width:32rem;margin:20vh auto 0;padding:0 \
    1.25rem}a{color:inherit}";

/// RFC 4648, with padding; a policy wants its hashes so.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, &byte| (group << 8) | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_others_write_it() {
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }

    #[test]
    fn the_path_of_a_base_url() {
        assert_eq!(base_path("https://example.org/a/b/").as_deref(), Some("/a/b/"));
        assert_eq!(base_path("https://example.org").as_deref(), Some("/"));
    }
}
