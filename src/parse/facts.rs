//! What front matter, a sidecar or a page's head says about a source: typed, each fact with its place.
//!
//! Facts stand in up to three layers, and later ones win: the source's own, its sidecar, the front matter of
//! annotation files about it. Names (`id`, `aliases`, `derives-from`) stay as typed; `link` resolves them.

use super::front_matter::{Entry, FrontMatter, Value};
use super::keys::{self, Match, folded, known};
use crate::model::body::Address;
use crate::model::date::Date;
use crate::model::dossier::Form;
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts as mistakes;

/// The keys of facts about a source. Annotation files have more; see `parse::annotation`.
pub const KEYS: &[&str] = &[
    "id",
    "aliases",
    "siglum",
    "title",
    "author",
    "publisher",
    "published",
    "captured",
    "url",
    "archive",
    "language",
    "form",
    "rights",
    "derives-from",
    "begin",
    "end",
    "draft",
    "former-ids",
];

/// Those whose values add up where the key stands twice.
pub const LISTS: &[&str] = &["aliases", "author", "derives-from", "former-ids"];

/// A fact and the place that gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given<T> {
    pub value: T,
    pub place: Place,
}

/// What is said about a source, by one file or by all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceFacts {
    pub id: Option<Given<String>>,
    pub aliases: Vec<Given<String>>,
    pub siglum: Option<Given<String>>,
    pub title: Option<Given<String>>,
    pub author: Vec<Given<String>>,
    pub publisher: Option<Given<String>>,
    pub published: Option<Given<Date>>,
    pub captured: Option<Given<Date>>,
    /// http or https.
    pub url: Option<Given<String>>,
    pub archive: Option<Given<String>>,
    /// A BCP 47 tag.
    pub language: Option<Given<String>>,
    pub form: Option<Given<Form>>,
    pub rights: Option<Given<Rights>>,
    pub derives_from: Vec<Given<String>>,
    pub begin: Option<Given<String>>,
    pub end: Option<Given<String>>,
    pub former_ids: Vec<Given<String>>,
    pub draft: Option<Given<bool>>,
}

/// Where facts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// In the seed itself.
    Own,
    Sidecar,
    /// In an annotation file, whose `draft` and `private` are about its notes.
    Annotation,
}

/// Reads the facts of one file. Its keys are right ones: see `FrontMatter::with_known_keys`. What is no fact
/// is passed over.
pub fn facts(path: &InputPath, layer: Layer, front: &FrontMatter) -> (SourceFacts, Vec<Diagnostic>) {
    let mut facts = SourceFacts::default();
    let mut reader = Reader { path, found: Vec::new() };
    for entry in &front.entries {
        reader.entry(&mut facts, layer, entry);
    }
    (facts, reader.found)
}

struct Reader<'a> {
    path: &'a InputPath,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn entry(&mut self, facts: &mut SourceFacts, layer: Layer, entry: &Entry) {
        let key = entry.key.value.as_str();
        if entry.value == Value::Empty && KEYS.contains(&key) && !matches!(key, "draft" | "rights") {
            self.found.push(mistakes::empty_value(self.path, &entry.key));
            return;
        }
        match key {
            "id" => set(&mut facts.id, self.one(entry)),
            "siglum" => set(&mut facts.siglum, self.one(entry)),
            "title" => set(&mut facts.title, self.one(entry)),
            "publisher" => set(&mut facts.publisher, self.one(entry)),
            "begin" => set(&mut facts.begin, self.one(entry)),
            "end" => set(&mut facts.end, self.one(entry)),
            "published" => set(&mut facts.published, self.date(entry)),
            "captured" => set(&mut facts.captured, self.date(entry)),
            "url" => set(&mut facts.url, self.address(entry)),
            "archive" => set(&mut facts.archive, self.address(entry)),
            "language" => set(&mut facts.language, self.language(entry)),
            "form" => set(&mut facts.form, self.form(entry)),
            "rights" => strictest(&mut facts.rights, self.rights(entry)),
            "author" => facts.author.extend(self.list(entry, false)),
            "aliases" => facts.aliases.extend(self.list(entry, true)),
            "derives-from" => facts.derives_from.extend(self.list(entry, true)),
            "former-ids" => facts.former_ids.extend(self.list(entry, true)),
            "draft" | "private" if layer != Layer::Annotation => self.hide(facts, entry),
            _ => {}
        }
    }

    fn given<T>(&self, value: T, text: &Spanned<String>) -> Given<T> {
        Given { value, place: Place { path: self.path.clone(), span: text.span } }
    }

    /// The one text of a value that is no list.
    fn text<'e>(&mut self, entry: &'e Entry) -> Option<&'e Spanned<String>> {
        let texts = entry.value.texts();
        if let [_, second, ..] = texts {
            self.found
                .push(mistakes::one_value(self.path, &entry.key, second.span));
        }
        texts.first()
    }

    fn one(&mut self, entry: &Entry) -> Option<Given<String>> {
        self.text(entry).map(|text| self.given(text.value.clone(), text))
    }

    /// The texts of a list; of a text with commas, where a name holds none, too.
    fn list(&self, entry: &Entry, by_commas: bool) -> Vec<Given<String>> {
        match &entry.value {
            Value::Text(text) if by_commas => parts(text)
                .iter()
                .map(|part| self.given(part.value.clone(), part))
                .collect(),
            value => value
                .texts()
                .iter()
                .map(|text| self.given(text.value.clone(), text))
                .collect(),
        }
    }

    fn date(&mut self, entry: &Entry) -> Option<Given<Date>> {
        let text = self.text(entry)?;
        match Date::parse(&text.value) {
            Ok(date) => Some(self.given(date, text)),
            Err(no_date) => {
                self.found.push(mistakes::bad_date(
                    self.path,
                    &entry.key.value,
                    text.span,
                    &no_date.reason,
                    &no_date.repairs,
                ));
                None
            }
        }
    }

    fn address(&mut self, entry: &Entry) -> Option<Given<String>> {
        let text = self.text(entry)?;
        match web_address(&text.value) {
            Some(address) => Some(self.given(address, text)),
            None => {
                self.found
                    .push(mistakes::bad_address(self.path, &entry.key.value, text));
                None
            }
        }
    }

    fn language(&mut self, entry: &Entry) -> Option<Given<String>> {
        let text = self.text(entry)?;
        if !is_language_tag(&text.value) {
            self.found.push(mistakes::bad_language(self.path, text));
            return None;
        }
        Some(self.given(text.value.clone(), text))
    }

    fn form(&mut self, entry: &Entry) -> Option<Given<Form>> {
        let text = self.text(entry)?;
        let words: Vec<&str> = Form::ALL.iter().map(|form| form.word()).collect();
        let form = self.word(entry, text, &words).and_then(Form::of)?;
        Some(self.given(form, text))
    }

    /// What is none of the three words, nothing or a word misspelt, publishes nothing until it is right; of
    /// several the strictest holds.
    fn rights(&mut self, entry: &Entry) -> Option<Given<Rights>> {
        self.text(entry);
        let words: Vec<&str> = Rights::ALL.iter().map(|rights| rights.word()).collect();
        let mut strict = None;
        for text in entry.value.texts() {
            let exact = words.contains(&folded(&text.value).as_str());
            let word = self.word(entry, text, &words).filter(|_| exact);
            strictest(&mut strict, Some(self.given(word.and_then(Rights::of).unwrap_or(Rights::None), text)));
        }
        Some(strict.unwrap_or_else(|| {
            self.found.push(mistakes::no_rights(self.path, &entry.key));
            Given { value: Rights::None, place: Place { path: self.path.clone(), span: entry.key.span } }
        }))
    }

    /// Which of some words a text is, or is near to; the latter, and any other, is reported.
    fn word<'w>(&mut self, entry: &Entry, text: &Spanned<String>, words: &[&'w str]) -> Option<&'w str> {
        let typed = folded(&text.value);
        if let Some(word) = words.iter().find(|word| **word == typed) {
            return Some(word);
        }
        let near = if let Match::Near(word) = known(&typed, words) { Some(word) } else { None };
        self.found
            .push(mistakes::unknown_value(self.path, &entry.key.value, text, words, near));
        near
    }

    fn hide(&mut self, facts: &mut SourceFacts, entry: &Entry) {
        let (hidden, mistake) = truth(self.path, entry);
        self.found.extend(mistake);
        if entry.key.value == "private" {
            self.found.push(mistakes::private_source(self.path, &entry.key));
        }
        let earlier = facts.draft.as_ref().is_some_and(|draft| draft.value);
        let place = Place { path: self.path.clone(), span: entry.key.span };
        facts.draft = Some(Given { value: hidden || earlier, place });
    }
}

/// The first one stays: that the key stands twice is reported by `FrontMatter::repeated`.
fn set<T>(fact: &mut Option<T>, given: Option<T>) {
    if fact.is_none() {
        *fact = given;
    }
}

/// Of two, the one that publishes less.
pub fn strictest(fact: &mut Option<Given<Rights>>, given: Option<Given<Rights>>) {
    let strictness = |given: &Option<Given<Rights>>| {
        given
            .as_ref()
            .map(|given| Rights::ALL.iter().position(|rights| *rights == given.value))
    };
    if strictness(&given) > strictness(fact) {
        *fact = given;
    }
}

/// The parts of a text between commas; a comma within `[[ ]]` parts nothing.
pub fn parts(text: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut parts = Vec::new();
    let (mut start, mut in_link) = (0, false);
    let typed = text.value.as_str();
    let ends = typed.char_indices().filter(|&(at, c)| {
        in_link = (in_link || typed[at..].starts_with("[[")) && !typed[at..].starts_with("]]");
        c == ',' && !in_link
    });
    for end in ends
        .map(|(at, _)| at)
        .collect::<Vec<_>>()
        .into_iter()
        .chain([typed.len()])
    {
        let part = &typed[start..end];
        let at = start + part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            parts.push(Spanned::new(part.trim().to_string(), place_of_part(text, at, part.trim().len())));
        }
        start = end + 1;
    }
    parts
}

/// A part's own place where the value stands in the file as it reads; the whole value's else.
fn place_of_part(text: &Spanned<String>, at: usize, length: usize) -> Span {
    let start = text.span.range().start + at;
    if text.span.len() == text.value.len() { Span::new(start..start + length) } else { text.span }
}

/// Whether an entry such as `draft` or `private` hides what it is about. Anything but a plain no does, and
/// what is neither yes nor no is reported: a misspelt word must not publish what was to be kept back.
pub fn truth(path: &InputPath, entry: &Entry) -> (bool, Option<Diagnostic>) {
    let word = match &entry.value {
        Value::Text(text) => &text.value,
        Value::Empty | Value::List(_) => {
            return (true, Some(mistakes::no_truth(path, &entry.key, entry.value_span)));
        }
    };
    match keys::truth(word) {
        Some(truth) => (truth, None),
        None => (true, Some(mistakes::no_truth(path, &entry.key, entry.value_span))),
    }
}

/// An address that a reader may be led to: http or https, and a host.
pub fn web_address(typed: &str) -> Option<String> {
    let address = Address::new(typed)?;
    let (scheme, rest) = address.as_str().split_once("://")?;
    let on_the_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let has_host = !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace);
    (on_the_web && has_host).then(|| address.as_str().to_string())
}

/// Whether a text may stand as `lang`: the shape of a BCP 47 tag.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    primary
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// All facts about a source, from what its files say: in order, the source's own, its sidecar, annotation
/// files by path. Later ones win; names by which it is found add up; two annotation files that differ are
/// told of.
pub fn merge(layers: &[(Layer, SourceFacts)]) -> (SourceFacts, Vec<Diagnostic>) {
    let mut merged = Merged::default();
    layers.iter().for_each(|(layer, facts)| merged.add(*layer, facts));
    (merged.facts, merged.found)
}

#[derive(Default)]
struct Merged {
    facts: SourceFacts,
    /// What annotation files have said so far.
    annotated: SourceFacts,
    found: Vec<Diagnostic>,
}

impl Merged {
    fn add(&mut self, layer: Layer, said: &SourceFacts) {
        let SourceFacts {
            id,
            aliases,
            siglum,
            title,
            author,
            publisher,
            published,
            captured,
            url,
            archive,
            language,
            form,
            rights,
            derives_from,
            begin,
            end,
            former_ids,
            draft,
        } = said;
        let Merged { facts, annotated, found } = self;
        let mut told = Told { by_annotation: layer == Layer::Annotation, found };
        told.one("id", &mut facts.id, &mut annotated.id, id);
        told.one("siglum", &mut facts.siglum, &mut annotated.siglum, siglum);
        told.one("title", &mut facts.title, &mut annotated.title, title);
        told.one("publisher", &mut facts.publisher, &mut annotated.publisher, publisher);
        told.one("published", &mut facts.published, &mut annotated.published, published);
        told.one("captured", &mut facts.captured, &mut annotated.captured, captured);
        told.one("url", &mut facts.url, &mut annotated.url, url);
        told.one("archive", &mut facts.archive, &mut annotated.archive, archive);
        told.one("language", &mut facts.language, &mut annotated.language, language);
        told.one("form", &mut facts.form, &mut annotated.form, form);
        if told.by_annotation && annotated.rights.is_some() {
            strictest(&mut facts.rights, rights.clone());
        }
        told.one("rights", &mut facts.rights, &mut annotated.rights, rights);
        told.one("begin", &mut facts.begin, &mut annotated.begin, begin);
        told.one("end", &mut facts.end, &mut annotated.end, end);
        told.one("draft", &mut facts.draft, &mut annotated.draft, draft);
        told.list("author", &mut facts.author, &mut annotated.author, author);
        told.list("derives-from", &mut facts.derives_from, &mut annotated.derives_from, derives_from);
        facts.aliases.extend(aliases.iter().cloned());
        facts.former_ids.extend(former_ids.iter().cloned());
    }
}

struct Told<'a> {
    by_annotation: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl Told<'_> {
    fn one<T: Clone + PartialEq>(
        &mut self,
        key: &str,
        fact: &mut Option<Given<T>>,
        annotated: &mut Option<Given<T>>,
        said: &Option<Given<T>>,
    ) {
        let Some(given) = said else { return };
        match annotated {
            Some(earlier) if earlier.value != given.value => {
                self.found
                    .push(mistakes::conflicting_facts(key, &given.place, &earlier.place))
            }
            Some(_) => {}
            None => {
                *fact = Some(given.clone());
                *annotated = said.clone().filter(|_| self.by_annotation);
            }
        }
    }

    fn list<T: Clone + PartialEq>(
        &mut self,
        key: &str,
        fact: &mut Vec<Given<T>>,
        annotated: &mut Vec<Given<T>>,
        said: &[Given<T>],
    ) {
        let Some(given) = said.first() else { return };
        match annotated.first() {
            Some(earlier)
                if !annotated
                    .iter()
                    .map(|given| &given.value)
                    .eq(said.iter().map(|given| &given.value)) =>
            {
                self.found
                    .push(mistakes::conflicting_facts(key, &given.place, &earlier.place));
            }
            Some(_) => {}
            None => {
                *fact = said.to_vec();
                *annotated = if self.by_annotation { said.to_vec() } else { Vec::new() };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::front_matter::front_matter;

    fn read(name: &str, layer: Layer, yaml: &str) -> (SourceFacts, Vec<Diagnostic>) {
        let path = InputPath::new(name).expect("relative");
        let (front, _, mut found) = front_matter(&path, &format!("---\n{yaml}\n---\n"));
        let (front, near) = front.with_known_keys(&path, KEYS);
        found.extend(near);
        found.extend(front.repeated(&path, LISTS));
        let (facts, mistakes) = facts(&path, layer, &front);
        found.extend(mistakes);
        (facts, found)
    }

    fn told(found: &[Diagnostic]) -> String {
        let shown = |mistake: &Diagnostic| {
            let fix = mistake
                .fix
                .as_ref()
                .map_or(String::new(), |fix| format!(" → `{}`", fix.edits[0].replacement));
            format!("{}: {} ({}){fix}", mistake.code.name, mistake.message, mistake.help.join("; "))
        };
        found.iter().map(shown).collect::<Vec<_>>().join("\n")
    }

    fn check(yaml: &str) -> String {
        told(&read("seeds/a.md", Layer::Own, yaml).1)
    }

    fn values(given: &[Given<String>]) -> Vec<&str> {
        given.iter().map(|given| given.value.as_str()).collect()
    }

    #[test]
    fn every_fact_is_typed() {
        let (facts, found) = read(
            "seeds/a.md",
            Layer::Own,
            "id: 003\naliases: [A, \"B, C\"]\nsiglum: C\ntitle: T\nauthor: Smith, John\npublisher: \
                P\npublished: 2026-01-29\ncaptured: 2026~\n\
             url: https://example.org\narchive: http://a.org/x\nlanguage: vi\nform: digest\nrights: \
             Excerpts\nderives_from: a, [[b, c]]\nbegin: The\nend: end.\nformer-ids:\n- x\nformer-ids: \
             y\ndraft: no\nunknown: z",
        );
        assert_eq!(told(&found), "");
        let text =
            |fact: &Option<Given<String>>| fact.as_ref().map(|given| given.value.clone()).unwrap_or_default();
        assert_eq!(
            [&facts.id, &facts.siglum, &facts.title, &facts.publisher].map(text),
            ["003", "C", "T", "P"]
        );
        assert_eq!(
            [&facts.url, &facts.archive, &facts.language, &facts.begin, &facts.end].map(text),
            ["https://example.org", "http://a.org/x", "vi", "The", "end."]
        );
        assert_eq!((values(&facts.aliases), values(&facts.author)), (vec!["A", "B, C"], vec!["Smith, John"]));
        assert_eq!(
            (values(&facts.derives_from), values(&facts.former_ids)),
            (vec!["a", "[[b, c]]"], vec!["x", "y"])
        );
        assert_eq!(facts.form.map(|given| given.value), Some(Form::Digest));
        assert_eq!(facts.rights.map(|given| given.value), Some(Rights::Excerpts));
        assert_eq!(facts.published.map(|given| given.value.to_string()).as_deref(), Some("2026-01-29"));
        assert_eq!(facts.draft.map(|given| given.value), Some(false));
    }

    #[test]
    fn a_near_miss_of_a_key_is_read_as_the_right_one() {
        let (facts, found) = read("seeds/a.md", Layer::Own, "tilte: T\nauthors: A\ndratf: true\nstatus: x");
        assert_eq!(facts.title.map(|given| given.value).as_deref(), Some("T"));
        assert_eq!(values(&facts.author), ["A"]);
        assert_eq!(facts.draft.map(|given| given.value), Some(true));
        assert_eq!(
            told(&found),
            "misspelt-key: `tilte` is read as `title` (write `title`) → `title`\n\
             misspelt-key: `authors` is read as `author` (write `author`) → `author`\n\
             looks-like-key: `dratf` reads as `draft` and holds back what it stands in, to be safe \
             (type `draft` anew, in plain letters, as a line of its own at the margin; if another word is \
             meant, reword it) → `draft`"
        );
    }

    #[test]
    fn a_value_that_its_key_cannot_have_is_told() {
        assert_eq!(
            check(
                "form: excerp\nrights: exerpts\nlanguage: English\nurl: example.org\narchive: \
                    javascript:x\ntitle: [a, b]\nid:"
            ),
            "unknown-value: `form` cannot be `excerp` (write `excerpt`; `form` is `full`, `excerpt` or \
                `digest`) → `excerpt`\n\
             unknown-value: `rights` cannot be `exerpts` (write `excerpts`; `rights` is `full`, `excerpts` \
             or `none`) → `excerpts`\n\
             bad-language: `English` is no language tag (write a tag such as `en`, `vi` or `pt-BR`) → `en`\n\
             bad-address: the value of `url` is no address of the web (write it in full, with `https://`) → \
             `https://example.org`\n\
             bad-address: the value of `archive` is no address of the web (write it in full, with \
             `https://`)\n\
             one-value: `title` takes one value (keep one of them)\n\
             empty-value: `id` has no value (give it one, or delete the line)"
        );
        assert_eq!(
            check("form: summary"),
            "unknown-value: `form` cannot be `summary` (`form` is `full`, `excerpt` or `digest`)"
        );
    }

    #[test]
    fn a_date_that_is_none_is_told_with_what_may_be_meant() {
        let told = check("published: 29.01.2026");
        assert!(told.starts_with("bad-date: ") && told.contains("2026-01-29"), "{told}");
    }

    #[test]
    fn what_may_be_meant_to_hide_hides() {
        for (yaml, hidden) in [
            ("draft: true", true),
            ("draft: yes", true),
            ("draft: ture", true),
            ("draft: flase", true),
            ("draft:", true),
            ("draft: [no]", true),
            ("draft: false", false),
            ("draft: No", false),
            ("draft: true\ndraft: false", true),
            ("draft: false\ndraft: true", true),
            ("private: true", true),
            ("title: a", false),
        ] {
            let path = InputPath::new("seeds/a.md").expect("relative");
            let (front, ..) = front_matter(&path, &format!("---\n{yaml}\n---\n"));
            assert_eq!(
                facts(&path, Layer::Own, &front)
                    .0
                    .draft
                    .is_some_and(|draft| draft.value),
                hidden,
                "{yaml}"
            );
            assert_eq!(facts(&path, Layer::Annotation, &front).0.draft, None);
        }
        assert_eq!(
            check("draft: ture"),
            "no-truth: `draft` is neither `true` nor `false`, and is taken as `true` to be safe (write \
                `true` or `false`)"
        );
        let (facts, _) = read("seeds/a.md", Layer::Own, "rights: nothing");
        assert_eq!(facts.rights.map(|given| given.value), Some(Rights::None));
    }

    #[test]
    fn later_layers_win_and_names_add_up() {
        let (own, _) =
            read("seeds/a.md", Layer::Own, "title: Own\nurl: https://own.org\naliases: A\nauthor: [X, Y]");
        let (beside, _) = read("seeds/a.md.toml", Layer::Sidecar, "title: Beside\naliases: B\nauthor: Z");
        let (note, _) = read("annotations/a.md", Layer::Annotation, "title: Note");
        let (facts, found) = merge(&[(Layer::Own, own), (Layer::Sidecar, beside), (Layer::Annotation, note)]);
        assert_eq!(found, []);
        assert_eq!(facts.title.map(|given| given.value).as_deref(), Some("Note"));
        assert_eq!(facts.url.map(|given| given.value).as_deref(), Some("https://own.org"));
        assert_eq!((values(&facts.aliases), values(&facts.author)), (vec!["A", "B"], vec!["Z"]));
    }

    #[test]
    fn two_annotation_files_that_differ_are_both_named() {
        let (one, _) =
            read("annotations/a.md", Layer::Annotation, "title: One\nurl: https://x.org\nauthor: X");
        let (two, _) =
            read("annotations/b.md", Layer::Annotation, "title: Two\nurl: https://x.org\nauthor: Y");
        let (facts, found) = merge(&[(Layer::Annotation, one), (Layer::Annotation, two)]);
        assert_eq!(facts.title.map(|given| given.value).as_deref(), Some("One"));
        assert_eq!(
            told(&found),
            "conflicting-facts: two annotation files give different values for `title` (keep one of them, or \
                make them the same)\n\
             conflicting-facts: two annotation files give different values for `author` (keep one of them, \
             or make them the same)"
        );
        assert_eq!(found[0].related[0].place.path.as_str(), "annotations/a.md");
    }
}
