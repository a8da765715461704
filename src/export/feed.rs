//! `feed.xml`, for feed readers (Atom, RFC 4287): the sources by the day on which something last came to
//! them, with the titles of their notes.
//!
//! No date of now: a feed is as old as the latest date that the dossier gives, of a source's publication or
//! capture or a note's making. What events are about is no news, and may lie in the future.

use crate::model::date::{Date, Day};
use crate::model::dossier::{Source, SourceIx, Thing};
use crate::render::context::RenderContext;

use super::address;
use super::xml::{element, text};

/// How many entries a feed has: readers fetch it again and again.
const ENTRIES: usize = 40;

pub fn feed(context: &RenderContext<'_>) -> String {
    let about = &context.dossier.about;
    let base = about.base_url.as_deref().unwrap_or_default();
    let mut dated: Vec<(Day, SourceIx)> = context
        .dossier
        .sources
        .iter()
        .zip(0..)
        .filter_map(|(source, i)| Some((newest(context, source)?, SourceIx(i))))
        .collect();
    dated.sort_by_key(|&(day, ix)| (std::cmp::Reverse(day), ix));
    let updated = dated.first().map(|(day, _)| moment(*day)).unwrap_or_default();
    let authors =
        if about.authors.is_empty() { std::slice::from_ref(&about.title) } else { &about.authors[..] };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        text(&about.language)
    ));
    out.push_str(&element("title", &about.title));
    out.push_str(&element("subtitle", about.description.as_deref().unwrap_or_default()));
    out.push_str(&element("id", &address::ascii(base)));
    out.push_str(&link("alternate", "text/html", &address::ascii(base)));
    out.push_str(&link("self", "application/atom+xml", &address::ascii(&format!("{base}feed.xml"))));
    out.push_str(&element("updated", &updated));
    out.extend(authors.iter().map(|author| person(author)));
    out.push_str(&element("rights", about.rights.as_deref().unwrap_or_default()));
    out.extend(
        dated
            .iter()
            .take(ENTRIES)
            .map(|&(day, ix)| entry(context, base, ix, day)),
    );
    out + "</feed>\n"
}

fn entry(context: &RenderContext<'_>, base: &str, ix: SourceIx, day: Day) -> String {
    let source = context.dossier.source(ix);
    let facts = &source.facts;
    let words = &context.theme.words;
    let address = address::of_thing(context, base, &Thing::Source(ix));
    let published = facts.published.as_ref();
    let summary = [
        facts.publisher.clone(),
        published.map(|date| words.date(date)),
        Some(words.count("note", source.notes.len() as u64)),
    ];
    let mut out = String::from("<entry>\n");
    out.push_str(&element("title", &facts.title));
    out.push_str(&element("id", &address));
    out.push_str(&link("alternate", "text/html", &address));
    out.push_str(&element("published", &published.and_then(first_day).map(moment).unwrap_or_default()));
    out.push_str(&element("updated", &moment(day)));
    out.extend(facts.author.iter().map(|author| person(author)));
    out.push_str(&element("summary", &summary.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
    if !source.notes.is_empty() {
        out.push_str(&format!("<content type=\"html\">{}</content>\n", text(&notes(context, base, source))));
    }
    out + "</entry>\n"
}

/// The titles of a source's notes, as HTML.
fn notes(context: &RenderContext<'_>, base: &str, source: &Source) -> String {
    let item = |note: &_| {
        let address = address::of_thing(context, base, &Thing::Note(*note));
        format!("<li><a href=\"{}\">{}</a></li>", text(&address), text(&context.dossier.note(*note).title))
    };
    format!("<ul>{}</ul>", source.notes.iter().map(item).collect::<String>())
}

fn person(name: &str) -> String {
    format!("<author>{}</author>\n", element("name", name).trim_end())
}

fn link(relation: &str, kind: &str, address: &str) -> String {
    format!("<link rel=\"{relation}\" type=\"{kind}\" href=\"{}\"/>\n", text(address))
}

/// When something last came to a source.
fn newest(context: &RenderContext<'_>, source: &Source) -> Option<Day> {
    let made = source
        .notes
        .iter()
        .filter_map(|note| context.dossier.note(*note).made.as_ref());
    made.chain(&source.facts.published)
        .chain(&source.facts.captured)
        .filter_map(first_day)
        .max()
}

/// A month or a year began on its first day; a day that may not have come yet would be a lie.
fn first_day(date: &Date) -> Option<Day> {
    date.earliest()
        .or(date.latest())
        .filter(|day| (0..=9999).contains(&day.civil().0))
}

/// RFC 3339 wants a time of day.
fn moment(day: Day) -> String {
    let (year, month, day) = day.civil();
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}
