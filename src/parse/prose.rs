//! Topics, claims and pages: front matter, then Markdown. They have no fields and no notes; their file's name
//! is their id.
//!
//! A first heading `# Title` gives the title where the front matter gives none, and is then no part of the
//! body, which is shown below the title.

use std::ops::Range;
use std::sync::Arc;

use super::Parsed;
use super::facts::{self, web_address};
use super::fields::{self, Typed};
use super::front_matter::{Entry, FrontMatter, Value, front_matter};
use super::holding::{self, Around, Ground};
use super::keys::{Match, known};
use super::lines::{Line, lines};
use super::markdown::{Cuts, Flavour, Shared, comments, markdown_part};
use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::{Status, TopicKind};
use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::{bad_address, empty_value, one_value, rights_in_prose};
use crate::report::mistakes::fields as mistakes;
use crate::report::mistakes::markdown::link_within_name;

/// A file under `annotations/topics`. Names are as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawTopic {
    /// Of the front matter, else of the first heading; else the file's name will have to do.
    pub title: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub former_ids: Vec<Spanned<String>>,
    pub draft: bool,
    pub private: bool,
    pub kind: Option<Spanned<TopicKind>>,
    pub broader: Vec<Spanned<String>>,
    pub date: Option<Spanned<Date>>,
    /// Addresses of the web.
    pub same_as: Vec<Spanned<String>>,
    pub body: Arc<Body>,
}

/// A file under `annotations/claims`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawClaim {
    /// The statement.
    pub title: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub former_ids: Vec<Spanned<String>>,
    pub draft: bool,
    pub private: bool,
    pub status: Option<Spanned<Status>>,
    /// Claims that cannot be true with it.
    pub against: Vec<Spanned<String>>,
    pub body: Arc<Body>,
}

/// A file under `annotations/pages`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawPage {
    pub title: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub former_ids: Vec<Spanned<String>>,
    pub draft: bool,
    pub private: bool,
    pub order: Option<Spanned<i64>>,
    pub body: Arc<Body>,
}

pub fn topic(path: &InputPath, text: &str) -> Parsed<RawTopic> {
    let mut reader =
        Reader::new(path, text, "a topic", &["kind", "broader", "date", "same-as"], &["broader", "same-as"]);
    let kind = reader.word("kind", TopicKind::ALL, TopicKind::word);
    let broader = reader.names("broader");
    let date = reader.date("date");
    let same_as = reader.addresses("same-as");
    let Read { title, aliases, former_ids, draft, private, body, mistakes } = reader.finish("the topic");
    Parsed {
        value: RawTopic { title, aliases, former_ids, draft, private, kind, broader, date, same_as, body },
        mistakes,
    }
}

pub fn claim(path: &InputPath, text: &str) -> Parsed<RawClaim> {
    let mut reader = Reader::new(path, text, "a claim", &["status", "against"], &["against"]);
    let status = reader.word("status", Status::ALL, Status::word);
    let against = reader.names("against");
    let Read { title, aliases, former_ids, draft, private, body, mistakes } = reader.finish("the claim");
    Parsed { value: RawClaim { title, aliases, former_ids, draft, private, status, against, body }, mistakes }
}

pub fn page(path: &InputPath, text: &str) -> Parsed<RawPage> {
    let mut reader = Reader::new(path, text, "a page", &["order"], &[]);
    let order = reader.number("order");
    let Read { title, aliases, former_ids, draft, private, body, mistakes } = reader.finish("the page");
    Parsed { value: RawPage { title, aliases, former_ids, draft, private, order, body }, mistakes }
}

/// What every file of prose may say.
const COMMON: &[&str] = &["title", "aliases", "former-ids", "draft", "private"];
const COMMON_LISTS: &[&str] = &["aliases", "former-ids"];

/// A file's front matter, asked key by key.
struct Reader<'a> {
    path: &'a InputPath,
    text: &'a str,
    front: FrontMatter,
    body: usize,
    found: Vec<Diagnostic>,
}

/// What all three kinds have.
struct Read {
    title: Option<Spanned<String>>,
    aliases: Vec<Spanned<String>>,
    former_ids: Vec<Spanned<String>>,
    draft: bool,
    private: bool,
    body: Arc<Body>,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// `of`: what kind of file it is, "a topic".
    fn new(path: &'a InputPath, text: &'a str, of: &str, own: &[&str], lists: &[&str]) -> Reader<'a> {
        let (front, body, mut found) = front_matter(path, text);
        let keys: Vec<&str> = COMMON.iter().chain(own).copied().collect();
        let lists: Vec<&str> = COMMON_LISTS.iter().chain(lists).copied().collect();
        let (front, misspelt) = front.with_known_keys(path, &keys);
        found.extend(misspelt);
        found.extend(front.repeated(path, &lists));
        found.extend(front.lone_brackets(path, &lists));
        found.extend(front.unknown_keys(path, of, &keys, &[]));
        let empty = |entry: &&Entry| {
            let key = entry.key.value.as_str();
            entry.value == Value::Empty && keys.contains(&key) && !matches!(key, "draft" | "private")
        };
        found.extend(
            front
                .entries
                .iter()
                .filter(empty)
                .map(|entry| empty_value(path, &entry.key)),
        );
        Reader { path, text, front, body, found }
    }

    /// The one text of a key: the first one where it stands twice.
    fn one(&mut self, key: &str) -> Option<Spanned<String>> {
        let entry = self.front.all(key).find(|entry| entry.value != Value::Empty)?;
        let texts = entry.value.texts();
        self.found.extend(
            texts
                .get(1)
                .map(|second| one_value(self.path, &entry.key, second.span)),
        );
        texts.first().cloned()
    }

    fn list(&self, key: &str) -> Vec<Spanned<String>> {
        let texts = |entry: &Entry| match &entry.value {
            Value::Text(text) => facts::parts(text),
            value => value.texts().to_vec(),
        };
        self.front.all(key).flat_map(texts).collect()
    }

    fn names(&mut self, key: &str) -> Vec<Spanned<String>> {
        let names = self.list(key).into_iter().map(fields::name_of);
        let (links, names): (Vec<_>, Vec<_>) = names.partition(fields::is_link_within);
        self.found
            .extend(links.iter().map(|name| link_within_name(self.path, name)));
        names
    }

    fn addresses(&mut self, key: &str) -> Vec<Spanned<String>> {
        let mut addresses = Vec::new();
        for typed in self.list(key) {
            match web_address(&typed.value) {
                Some(address) => addresses.push(Spanned::new(address, typed.span)),
                None => self.found.push(bad_address(self.path, key, &typed)),
            }
        }
        addresses
    }

    fn word<T: Copy>(&mut self, key: &str, all: &[T], word: fn(T) -> &'static str) -> Option<Spanned<T>> {
        let typed = self.one(key)?;
        fields::word(self.path, key, &typed, all, word, &mut self.found)
    }

    fn date(&mut self, key: &str) -> Option<Spanned<Date>> {
        let typed = self.one(key)?;
        fields::date(self.path, key, &typed, &mut self.found)
    }

    fn number(&mut self, key: &str) -> Option<Spanned<i64>> {
        let typed = self.one(key)?;
        match typed.value.trim().parse() {
            Ok(number) => Some(Spanned::new(number, typed.span)),
            Err(_) => {
                self.found.push(mistakes::bad_order(self.path, &typed));
                None
            }
        }
    }

    /// Of several answers the one that hides.
    fn hides(&mut self, key: &str) -> bool {
        let mut hides = false;
        for entry in self.front.all(key) {
            let (says_so, unclear) = facts::truth(self.path, entry);
            self.found.extend(unclear);
            hides |= says_so;
        }
        hides
    }

    /// `rights: none`, which is about sources: whoever writes it here does not want this to be read.
    fn narrows(&mut self, what: &str) -> bool {
        let narrow = |entry: &&Entry| {
            known(&entry.key.value, &["rights"]) != Match::Unknown
                && (entry.value == Value::Empty
                    || entry
                        .value
                        .texts()
                        .iter()
                        .any(|text| holding::narrows_rights(&text.value)))
        };
        let spans: Vec<Span> = self
            .front
            .entries
            .iter()
            .filter(narrow)
            .map(|entry| entry.key.span)
            .collect();
        self.found
            .extend(spans.iter().map(|span| rights_in_prose(self.path, *span, what)));
        !spans.is_empty()
    }

    /// Reads what is common to all, and the body. `what` names the thing in messages.
    fn finish(mut self, what: &str) -> Read {
        let given = self.one("title");
        let aliases = self.list("aliases");
        let former_ids = self.list("former-ids");
        let (draft, mut private) = (self.hides("draft"), self.hides("private") | self.narrows(what));
        let hidden = comments(&self.text[self.body..], self.body);
        let links = Shared::of(self.text, self.body..self.text.len(), hidden.clone());
        let is_hidden = |line: &Line| {
            let before = hidden.partition_point(|comment| comment.start <= line.start);
            hidden[..before]
                .last()
                .is_some_and(|comment| comment.end >= line.end())
        };
        let all: Vec<Line> = lines(self.text, self.body).collect();
        let text_at = |number: Option<usize>| {
            let line = number.and_then(|number| all.get(number));
            line.filter(|line| !is_hidden(line)).map_or("", |line| line.text)
        };
        let mut ground = Ground::Fields;
        for (number, line) in all.iter().enumerate() {
            // Until a line is no `key: value` it may be a head that has no fences, or stands below the title.
            let is_of_head =
                holding::has_sign(line.text) || holding::is_fence(line.text) || line.text.starts_with("# ");
            if !line.is_blank() && !is_of_head {
                ground = Ground::Comment;
            }
            let below = all[number + 1..].iter().map(|line| line.text);
            let around = Around { above: text_at(number.checked_sub(1)), below: text_at(Some(number + 1)) };
            let word = holding::hides(line.text, ground)
                .or_else(|| holding::heads_a_table(line.text, below))
                .or_else(|| holding::is_stamped(line.text, around, Ground::Comment));
            if let Some(word) = word.filter(|word| !links.is_link(line.text, word)) {
                let span = Span::new(line.start + word.start..line.start + word.end);
                self.found
                    .push(mistakes::misplaced_private_in_prose(self.path, span, what));
                private = true;
            }
        }
        let heading = heading(self.path, self.text, self.body, &hidden);
        let repeats = |heading: &Spanned<String>| {
            given
                .as_ref()
                .is_none_or(|given| Slug::of(&given.value) == Slug::of(&heading.value))
        };
        let shown_above = heading.filter(|(_, heading)| repeats(heading));
        let blank: Vec<Range<usize>> = shown_above.iter().map(|(line, _)| line.clone()).collect();
        let mut shared = Shared::default();
        let cuts = Cuts { hidden, blank };
        let parsed = markdown_part(
            self.path,
            self.text,
            self.body..self.text.len(),
            Flavour::Prose,
            cuts,
            &mut shared,
        );
        self.found.extend(parsed.mistakes);
        self.found.extend(shared.unused(self.path));
        let title = given
            .or(shown_above.map(|(_, heading)| heading))
            .filter(|title| !title.value.trim().is_empty());
        Read {
            title,
            aliases,
            former_ids,
            draft,
            private,
            body: Arc::new(parsed.value),
            mistakes: self.found,
        }
    }
}

/// The heading `# …` that the text begins with, comments aside: its line, and its words as they read.
fn heading(
    path: &InputPath,
    text: &str,
    from: usize,
    hidden: &[Range<usize>],
) -> Option<(Range<usize>, Spanned<String>)> {
    let is_hidden = |line: &Line| {
        let words = line.start + line.indent()..line.start + line.text.trim_end().len();
        let before = hidden.partition_point(|range| range.start <= words.start);
        hidden[..before].last().is_some_and(|range| range.end >= words.end)
    };
    let line = lines(text, from).find(|line| !line.is_blank() && !is_hidden(line))?;
    let words = line.text.strip_prefix('#')?;
    if !words.starts_with([' ', '\t']) {
        return None;
    }
    let cuts = Cuts { hidden: hidden.to_vec(), blank: Vec::new() };
    let reading = markdown_part(path, text, line.range(), Flavour::Prose, cuts, &mut Shared::default())
        .value
        .reading;
    let typed = Typed::of(words, line.start + 1);
    let span = typed.span(
        words.len() - words.trim_start().len()
            ..words.trim_end().len().max(words.len() - words.trim_start().len()),
    );
    Some((line.range(), Spanned::new(reading.split_whitespace().collect::<Vec<_>>().join(" "), span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> InputPath {
        InputPath::new("annotations/topics/a.md").expect("a path of the dossier")
    }

    fn codes(mistakes: &[Diagnostic]) -> String {
        mistakes
            .iter()
            .map(|mistake| mistake.code.name)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn words(list: &[Spanned<String>]) -> Vec<&str> {
        list.iter().map(|name| name.value.as_str()).collect()
    }

    #[test]
    fn a_topic() {
        let text = "---\ntitle: Tô Lâm\nkind: person\naliases: [To Lam, the general secretary]\nbroader: \
            politics, [[Viet Nam]]\ndate: 1957\nsame-as: https://www.wikidata.org/wiki/Q1\nformer-ids: \
            lam\n---\n\nHe *led* [[party]].\n";
        let parsed = topic(&path(), text);
        let topic = parsed.value;
        assert_eq!(codes(&parsed.mistakes), "");
        assert_eq!(topic.title.map(|title| title.value).as_deref(), Some("Tô Lâm"));
        assert_eq!(topic.kind.map(|kind| kind.value), Some(TopicKind::Person));
        assert_eq!(words(&topic.aliases), ["To Lam", "the general secretary"]);
        assert_eq!(words(&topic.broader), ["politics", "Viet Nam"]);
        assert_eq!(words(&topic.same_as), ["https://www.wikidata.org/wiki/Q1"]);
        assert_eq!(words(&topic.former_ids), ["lam"]);
        assert_eq!(topic.date.map(|date| date.value.to_string()).as_deref(), Some("1957"));
        assert_eq!(topic.body.reading, "He led party.");
    }

    #[test]
    fn a_claim_and_a_page() {
        let claim =
            claim(&path(), "---\nstatus: disputed\nagainst: [[other]]\n---\n# It *was* so\n\nText.\n").value;
        assert_eq!(claim.title.map(|title| title.value).as_deref(), Some("It was so"));
        assert_eq!(claim.status.map(|status| status.value), Some(Status::Disputed));
        assert_eq!(words(&claim.against), ["other"]);
        assert_eq!(claim.body.reading, "Text.");
        let page = page(&path(), "---\ntitle: A\norder: -3\ndraft: yes\n---\n# a!\n\n# B\n\nc\n---\n").value;
        assert_eq!(page.title.map(|title| title.value).as_deref(), Some("A"));
        assert_eq!((page.order.map(|order| order.value), page.draft, page.private), (Some(-3), true, false));
        assert_eq!(page.body.reading, "B\nc");
    }

    #[test]
    fn the_first_heading_is_the_title_where_there_is_none() {
        let check = |text: &str| {
            let page = page(&path(), text).value;
            format!("{} | {}", page.title.map_or(String::new(), |title| title.value), page.body.reading)
        };
        assert_eq!(check("# A [[b|c]] %%d%%\nE"), "A c | E");
        assert_eq!(check("<!-- x -->\n\n# A\n\nB"), "A | B");
        assert_eq!(check("B\n\n# A"), " | B\nA");
        assert_eq!(check("## A"), " | A");
        assert_eq!(check("---\ntitle: C\n---\n# A"), "C | A");
        assert_eq!(check(""), " | ");
    }

    #[test]
    fn what_is_wrong_is_told_as_in_every_front_matter() {
        let told = |text: &str| codes(&page(&path(), text).mistakes);
        assert_eq!(
            told("---\ntitel: A\norder: one\ntitle:\n---\n"),
            "misspelt-key repeated-key empty-value bad-order"
        );
        assert_eq!(
            codes(&claim(&path(), "---\nstatus: opne\nagainst:\n---\n").mistakes),
            "empty-value unknown-value"
        );
        assert_eq!(
            codes(&topic(&path(), "---\nkind: thing\ndate: soon\nsame-as: www\n---\n").mistakes),
            "unknown-value bad-date bad-address"
        );
    }

    #[test]
    fn private_hides_wherever_it_stands() {
        for text in [
            "---\nprivate: true\n---\n",
            "---\nprivat: yes\n---\n",
            "---\nprivate:\n---\n",
            "text\n\nprivate: true\n",
            "---\ntitle: A\n---\nPrivate - yes",
        ] {
            assert!(page(&path(), text).value.private, "{text:?}");
        }
        assert!(
            !page(&path(), "---\nprivate: false\n---\nPrivate schools")
                .value
                .private
        );
    }
}
