//! What a page says about itself: its `<head>`, its JSON-LD, its language. The lowest layer of facts, and a
//! hostile one: whatever is not as it should be is passed over without a word.

use std::ops::Range;

use serde_json::Value;

use super::arena::{Arena, Data, Id};
use crate::model::date::Date;
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::span::{Place, Span};
use crate::parse::facts::{Given, SourceFacts, is_language_tag, web_address};
use crate::parse::holding::{self, Key};
use crate::parse::keys::folded;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::{held_by_page, marked_page};

/// The facts that a page gives. Of several that say the same, the one that is written for machines with most
/// care goes first: JSON-LD, then the tags for libraries, for social networks, and the title last.
pub fn facts(path: &InputPath, arena: &Arena, found: &mut Vec<Diagnostic>) -> SourceFacts {
    let page = Page { path, says: says(arena) };
    found.extend(page.told());
    SourceFacts {
        title: page.one(&[
            "ld:headline",
            "citation_title",
            "dc.title",
            "dcterms.title",
            "og:title",
            "twitter:title",
            "title",
        ]),
        author: page.authors(),
        publisher: page.one(&[
            "ld:publisher",
            "citation_publisher",
            "dc.publisher",
            "dcterms.publisher",
            "og:site_name",
        ]),
        published: page.date(&[
            "ld:datePublished",
            "citation_publication_date",
            "citation_date",
            "article:published_time",
            "dc.date",
            "dcterms.date",
            "dc.date.issued",
            "dcterms.issued",
            "date",
            "pubdate",
            "parsely-pub-date",
        ]),
        url: page.address(&["canonical", "ld:url", "og:url"]),
        language: page.one(&["lang"]).filter(|given| is_language_tag(&given.value)),
        draft: page.held_back(),
        rights: page.rights(),
        ..SourceFacts::default()
    }
}

/// Longer is no title and no name.
const LONGEST: usize = 500;

/// What is said, by whom in the page, and where.
struct Said {
    key: String,
    value: String,
    span: Range<usize>,
}

struct Page<'a> {
    path: &'a InputPath,
    says: Vec<Said>,
}

impl Page<'_> {
    /// Everything that is said under the first of the keys that says anything.
    fn all(&self, keys: &[&str]) -> Vec<Given<String>> {
        let of = |key: &str| -> Vec<Given<String>> {
            self.says
                .iter()
                .filter(|said| said.key == key)
                .map(|said| self.given(said))
                .collect()
        };
        keys.iter()
            .map(|key| of(key))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn given(&self, said: &Said) -> Given<String> {
        Given {
            value: said.value.clone(),
            place: Place { path: self.path.clone(), span: Span::new(said.span.clone()) },
        }
    }

    fn one(&self, keys: &[&str]) -> Option<Given<String>> {
        self.all(keys).into_iter().next()
    }

    /// Names of people; pages also put their addresses there.
    fn authors(&self) -> Vec<Given<String>> {
        let keys = [
            "ld:author",
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "author",
            "article:author",
            "parsely-author",
        ];
        let is_name = |given: &Given<String>| !given.value.contains("://") && !given.value.starts_with('@');
        let named = |key: &&str| self.all(&[key]).into_iter().filter(is_name).collect::<Vec<_>>();
        let mut authors: Vec<Given<String>> = keys
            .iter()
            .map(named)
            .find(|names| !names.is_empty())
            .unwrap_or_default();
        let mut seen = Vec::new();
        authors.retain(|author| {
            let new = !seen.contains(&author.value) && seen.len() < 50;
            seen.push(author.value.clone());
            new
        });
        authors
    }

    fn date(&self, keys: &[&str]) -> Option<Given<Date>> {
        let found = keys.iter().flat_map(|key| self.all(&[key]));
        found
            .filter_map(|given| Some(Given { value: date(&given.value)?, place: given.place }))
            .next()
    }

    /// That the page's own head holds it back, which nobody sees in a browser.
    fn told(&self) -> impl Iterator<Item = Diagnostic> {
        const MARKS: usize = 5;
        let rights = self.rights().map(|given| (given.place.span, "rights"));
        let given = self
            .held_back()
            .map(|given| (given.place.span, "draft"))
            .into_iter()
            .chain(rights);
        let held: Vec<(Span, &str)> = given.collect();
        let is_new = |said: &&Said| !held.iter().any(|(span, _)| *span == Span::new(said.span.clone()));
        let marks = self
            .says
            .iter()
            .filter(|said| holding::marks_page(&said.key, &said.value))
            .filter(is_new)
            .take(MARKS)
            .map(|said| marked_page(self.path, Span::new(said.span.clone()), &said.key, &said.value))
            .collect::<Vec<_>>();
        held.into_iter()
            .map(|(span, key)| held_by_page(self.path, span, key))
            .chain(marks)
    }

    /// `<meta name="draft" content="true">`
    fn held_back(&self) -> Option<Given<bool>> {
        let hides = |said: &&Said| match folded(&said.key).as_str() {
            key @ ("status" | "visibility" | "published" | "publish") => {
                holding::says_unpublished(key, &said.value)
            }
            // `Privat: …` is what programs set before the title of a page that is not for everybody.
            "title" | "og:title" | "twitter:title" | "ld:headline" => {
                title_of_page(&said.value).is_some_and(|title| holding::says_unpublished("title", title))
            }
            key => {
                matches!(holding::in_meta(&said.key, &said.value), Some(Key::Private | Key::Draft))
                    || holding::says_when(&format!(
                        "{}: {}",
                        key.rsplit(['.', ':']).next().unwrap_or(key),
                        said.value
                    ))
            }
        };
        let given = self.says.iter().find(hides).map(|said| self.given(said))?;
        Some(Given { value: true, place: given.place })
    }

    /// `<meta name="rights" content="none">`; what else pages say of rights is for lawyers.
    fn rights(&self) -> Option<Given<Rights>> {
        let narrow = |said: &Said| {
            holding::in_meta(&said.key, &said.value).filter(|key| *key == Key::Rights)?;
            let given = Rights::of(&folded(&said.value)).filter(|rights| *rights != Rights::Full);
            Some(given.unwrap_or(Rights::None))
        };
        let (value, said) = self.says.iter().find_map(|said| Some((narrow(said)?, said)))?;
        Some(Given { value, place: self.given(said).place })
    }

    fn address(&self, keys: &[&str]) -> Option<Given<String>> {
        let found = keys.iter().flat_map(|key| self.all(&[key]));
        found
            .filter_map(|given| Some(Given { value: web_address(&given.value)?, place: given.place }))
            .next()
    }
}

/// A page's title without the program that made it; `None` where it is a word that a work of reference
/// explains: `Draft - Wikipedia`.
fn title_of_page(title: &str) -> Option<&str> {
    const PROGRAMS: &[&str] = &[
        "google docs",
        "google sheets",
        "google slides",
        "google drive",
        "microsoft word",
        "word",
        "libreoffice",
        "notion",
        "sharepoint",
        "confluence",
        "onedrive",
        "dropbox",
        "dropbox paper",
        "wordpress",
    ];
    const REFERENCE: &[&str] = &[
        "wikipedia",
        "wiktionary",
        "wikidata",
        "dictionary",
        "merriam-webster",
        "thesaurus",
        "britannica",
        "duden",
        "dwds",
        "larousse",
        "wörterbuch",
        "lexikon",
        "encyclop",
        "enzyklop",
        "glossar",
        "dictionnaire",
        "diccionario",
        "dizionario",
        "từ điển",
        "словарь",
    ];
    const MOST_WORDS: usize = 3;
    let parts = [" - ", " – ", " — ", " | ", " · "]
        .iter()
        .filter_map(|sign| title.rsplit_once(sign));
    let Some((before, site)) = parts.min_by_key(|(_, site)| site.len()) else { return Some(title) };
    let site = site.trim().to_lowercase();
    let is_word = before.split_whitespace().nth(MOST_WORDS).is_none();
    if is_word && REFERENCE.iter().any(|work| site.contains(work)) {
        return None;
    }
    Some(if PROGRAMS.contains(&site.as_str()) { before } else { title })
}

/// The day of `2026-01-29T10:00:00+07:00`, `2026/01/29`, `20260129`.
fn date(typed: &str) -> Option<Date> {
    let day = typed.split(['T', ' ']).next().unwrap_or_default().replace('/', "-");
    let digits = day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit());
    let day = if digits { format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]) } else { day };
    let plain = day.len() >= 4 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if plain { Date::parse(&day).ok() } else { None }
}

fn says(arena: &Arena) -> Vec<Said> {
    let mut says = Vec::new();
    for id in arena.all() {
        let node = &arena.nodes[id];
        let Data::Element { name, .. } = &node.data else { continue };
        let attribute = |key: &str| node.attribute(key).unwrap_or_default();
        let mut say = |key: &str, value: &str| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let holds = || holding::in_meta(key, "").is_some();
            if value.len() <= LONGEST && (!value.is_empty() || holds()) {
                says.push(Said { key: key.to_string(), value, span: node.span.range() });
            }
        };
        match &*name.local {
            "html" => say("lang", attribute("lang")),
            "title" if arena.is_html(id, "title") => say("title", &content(arena, id)),
            "meta" => {
                let key = [attribute("property"), attribute("name"), attribute("itemprop")]
                    .into_iter()
                    .find(|key| !key.is_empty());
                say(&key.unwrap_or_default().to_ascii_lowercase(), attribute("content"));
            }
            "link"
                if attribute("rel")
                    .split_whitespace()
                    .any(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                say("canonical", attribute("href"))
            }
            "script" if attribute("type").trim().eq_ignore_ascii_case("application/ld+json") => {
                linked_data(&content(arena, id), |key, value| say(key, value));
            }
            _ => {}
        }
    }
    says
}

/// The text in an element of raw text.
fn content(arena: &Arena, id: Id) -> String {
    let text = |id: Id| {
        if let Data::Text(words) = &arena.nodes[id].data { words.text.to_string() } else { String::new() }
    };
    arena.children(id).map(text).collect()
}

/// What the first thing with a headline says of itself; `serde_json` caps nesting.
fn linked_data(text: &str, mut say: impl FnMut(&str, &str)) {
    let Ok(data) = serde_json::from_str::<Value>(text.trim()) else { return };
    let mut things = vec![&data];
    while let Some(thing) = things.pop() {
        match thing {
            Value::Array(more) => things.extend(more.iter().rev()),
            Value::Object(object) if object.contains_key("headline") => {
                for (key, name) in
                    [("headline", "ld:headline"), ("datePublished", "ld:datePublished"), ("url", "ld:url")]
                {
                    object
                        .get(key)
                        .and_then(Value::as_str)
                        .into_iter()
                        .for_each(|value| say(name, value));
                }
                for (key, name) in [("author", "ld:author"), ("publisher", "ld:publisher")] {
                    object
                        .get(key)
                        .map(names)
                        .unwrap_or_default()
                        .iter()
                        .for_each(|value| say(name, value));
                }
                return;
            }
            Value::Object(object) => things.extend(object.get("@graph")),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// `"A"`, `{"name": "A"}` or a list of these.
fn names(value: &Value) -> Vec<String> {
    let one = |value: &Value| {
        value
            .as_str()
            .or_else(|| value.get("name")?.as_str())
            .map(str::to_string)
    };
    match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}
