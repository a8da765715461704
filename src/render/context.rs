//! What all pages share: addresses, dates, quotations, and what is made once and used by many.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Value};

use crate::model::body::{Address, Body, Heading};
use crate::model::date::Date;
use crate::model::dossier::{
    Claim, ClaimIx, Dossier, Hidden, Kind, NoteIx, Origin, Passage, Prose, Relation, SourceIx, Status, Thing,
    Topic, TopicIx,
};
use crate::model::path::SitePath;
use crate::model::quote::Anchor;
use crate::model::rights::Shown;
use crate::reason::Reasoned;
use crate::reason::figures::{Cell, Measure, Row};
use crate::report::diagnostic::Diagnostic;
use crate::site::{Export, Leads, List, PageKind, Site};

use super::body::{Labels, LinkResolver, LinkTarget, WriteOptions, Writer};
use super::excerpt::{Line, Surroundings, lines, runs_both_ways, windows, write};
use super::fragments::SharedFragments;
use super::marks::{Mark, Regions, leaves};
pub use super::theme::Made;
use super::theme::{Theme, value};
use super::typeset::Marks;
use super::view::{self, Html, Sign};

/// A dossier about to be printed. Borrowed from what is printed, so that what is made once can refer to it.
pub struct RenderContext<'a> {
    pub dossier: &'a Dossier,
    pub reasoned: &'a Reasoned,
    pub site: &'a Site,
    pub theme: &'a Theme,
    pub labels: Labels,
    /// How the dossier's language sets quotation marks.
    quotes: Marks,
    /// By topic: the figures of its notes that contradict each other.
    conflicts: BTreeMap<TopicIx, Vec<(&'a Measure, &'a Row)>>,
    pub fragments: &'a SharedFragments,
    texts: Vec<OnceLock<Option<Box<SourceText<'a>>>>>,
    /// The lists that have something in them: the key of their word, what they are, where they are.
    pub lists: Vec<(&'static str, PageKind, SitePath)>,
    /// The pages about the dossier itself, likewise.
    pub registers: Vec<(&'static str, PageKind, SitePath)>,
    /// The feed, where there is one.
    pub feed: Option<SitePath>,
    /// A place one folder deep that is no page: links from it hold on every page one folder deep.
    pub anywhere: SitePath,
}

/// A source's text, as far as its rights let pages show it, with what is found out once about it.
pub struct SourceText<'a> {
    pub body: &'a Body,
    /// How much may stand round a quotation.
    pub surroundings: Surroundings,
    /// Whether nothing but the words of quotations is shown: no address, no word for a picture.
    pub bare: bool,
    pub lines: Vec<Line<'a>>,
    pub leaves: Vec<Range<usize>>,
    pub both_ways: bool,
}

/// The policy of every page: nothing from elsewhere, nothing inline.
pub const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src \
    'self'; base-uri 'none'; form-action 'none'";

impl<'a> RenderContext<'a> {
    pub fn new(
        dossier: &'a Dossier,
        reasoned: &'a Reasoned,
        site: &'a Site,
        theme: &'a Theme,
        fragments: &'a SharedFragments,
    ) -> RenderContext<'a> {
        let words = &theme.words;
        let labels = Labels {
            note: words.get("note").to_string(),
            table: words.get("table").to_string(),
            code: words.get("code").to_string(),
            picture: words.get("picture").to_string(),
            back: words.get("back-to-text").to_string(),
            own: words.get("own-words").to_string(),
        };
        RenderContext {
            dossier,
            reasoned,
            site,
            theme,
            labels,
            quotes: Marks::of(&dossier.about.language),
            conflicts: conflicts(dossier, reasoned),
            fragments,
            texts: std::iter::repeat_with(OnceLock::new)
                .take(dossier.sources.len())
                .collect(),
            lists: planned(site, Leads::Masthead),
            registers: planned(site, Leads::Foot),
            feed: site.exported(Export::Feed).cloned(),
            anywhere: SitePath::new("-/-").unwrap_or_else(|| unreachable!("`-/-` is a path of the site")),
        }
    }

    /// The text of a source that quotations of it are copied from; `None` where its rights let nothing be
    /// shown.
    pub fn text(&self, source: SourceIx) -> Option<&SourceText<'a>> {
        self.texts[source.at()]
            .get_or_init(|| SourceText::of(self.dossier.source(source).shown()).map(Box::new))
            .as_deref()
    }

    /// The number of a note on its source's page.
    pub fn number(&self, note: NoteIx) -> Option<String> {
        self.place(note).map(|number| number.to_string())
    }

    /// The same, to sort by.
    pub fn place(&self, note: NoteIx) -> Option<usize> {
        self.fragments.numbers.get(note.at()).copied().flatten()
    }

    // Addresses

    pub fn href(&self, here: &SitePath, thing: &Thing) -> String {
        let address = self.site.address(thing, self.dossier);
        here.link_to(&address.path, address.fragment.as_deref())
    }

    /// A place on a source's page, by its fragment.
    pub fn href_in(&self, here: &SitePath, source: SourceIx, fragment: &str) -> String {
        let address = self.site.address(&Thing::Source(source), self.dossier);
        here.link_to(&address.path, Some(fragment))
    }

    pub fn title(&self, thing: &Thing) -> String {
        match thing {
            Thing::Source(ix) => self.dossier.source(*ix).facts.title.clone(),
            Thing::Note(ix) => self.of_note(*ix).title(self.dossier.note(*ix).title.clone()),
            Thing::Topic(ix) => self.set(&self.dossier.topic(*ix).title),
            Thing::Claim(ix) => self.set(&self.dossier.claim(*ix).title),
            Thing::Page(ix) => self.set(&self.dossier.page(*ix).title),
            Thing::Home => self.set(&self.dossier.about.title),
            Thing::Heading(thing, id) => match (self.heading(thing, id), &**thing) {
                (Some(heading), Thing::Source(_)) => heading.words,
                (Some(heading), _) => self.set(&heading.words),
                (None, thing) => self.title(thing),
            },
            Thing::Picture(path) => path.file_name().to_string(),
        }
    }

    /// Words of the dossier's own, with its language's quotation marks.
    pub fn set(&self, words: &str) -> String {
        self.quotes.title(words.to_string())
    }

    /// How a note's language sets them.
    pub fn of_note(&self, ix: NoteIx) -> Marks {
        self.dossier
            .note(ix)
            .language
            .as_deref()
            .map_or(self.quotes, Marks::of)
    }

    fn heading(&self, thing: &Thing, id: &str) -> Option<Heading> {
        let body: &Body = match thing {
            // A heading of a source is a piece of its text.
            Thing::Source(ix) => self.dossier.source(*ix).shown().whole()?,
            Thing::Topic(ix) => &self.dossier.topic(*ix).lead.body,
            Thing::Claim(ix) => &self.dossier.claim(*ix).text.body,
            Thing::Page(ix) => &self.dossier.page(*ix).text.body,
            Thing::Home => &self.dossier.home.as_ref()?.text.body,
            Thing::Note(_) | Thing::Heading(..) | Thing::Picture(_) => return None,
        };
        body.headings().into_iter().find(|heading| heading.id == id)
    }

    pub fn link(&self, here: &SitePath, thing: &Thing) -> view::Link {
        let (siglum, number) = match thing {
            Thing::Source(ix) => (Some(self.dossier.source(*ix).siglum.clone()), None),
            Thing::Note(ix) => {
                (Some(self.dossier.source(self.dossier.note(*ix).source).siglum.clone()), self.number(*ix))
            }
            _ => (None, None),
        };
        view::Link { href: self.href(here, thing), title: self.title(thing), siglum, number, count: None }
    }

    /// Links to those who speak of a thing, each once, in the order of their kinds.
    pub fn origins<'o>(
        &self,
        here: &SitePath,
        origins: impl IntoIterator<Item = &'o Origin>,
    ) -> Vec<view::Link> {
        let each: BTreeSet<Origin> = origins.into_iter().copied().collect();
        each.into_iter()
            .map(|origin| self.link(here, &thing_of(origin)))
            .collect()
    }

    // Things in brief

    pub fn date(&self, date: &Date) -> view::Date {
        view::Date { words: self.theme.words.date(date), machine: date.machine() }
    }

    pub fn source(&self, here: &SitePath, ix: SourceIx) -> view::Source {
        let source = self.dossier.source(ix);
        let facts = &source.facts;
        view::Source {
            id: source.id.to_string(),
            href: self.href(here, &Thing::Source(ix)),
            siglum: source.siglum.clone(),
            title: facts.title.clone(),
            language: facts
                .language
                .clone()
                .filter(|language| *language != self.dossier.about.language),
            author: (!facts.author.is_empty()).then(|| facts.author.join(", ")),
            publisher: facts.publisher.clone(),
            published: facts.published.as_ref().map(|date| self.date(date)),
            form: facts.form.word(),
            rights: facts.rights.word(),
            notes: source.notes.len(),
            hidden: source.hidden.map(hidden),
        }
    }

    /// A source for notes and quotations, which name few sources many times.
    pub fn shared_source(&self, here: &SitePath, ix: SourceIx) -> Value {
        self.shared(here, &self.fragments.sources[ix.at()], |here| value(&self.source(here, ix)))
    }

    pub fn shared_link(&self, here: &SitePath, thing: &Thing) -> Value {
        let make = |here: &SitePath| value(&self.link(here, thing));
        match thing {
            Thing::Topic(ix) => self.shared(here, &self.fragments.topic_links[ix.at()], make),
            Thing::Claim(ix) => self.shared(here, &self.fragments.claim_links[ix.at()], make),
            _ => make(here),
        }
    }

    /// Pages one folder deep share what they link to; the few others make their own.
    fn shared(&self, here: &SitePath, cell: &OnceLock<Value>, make: impl Fn(&SitePath) -> Value) -> Value {
        if here.depth() == self.anywhere.depth() {
            cell.get_or_init(|| make(&self.anywhere)).clone()
        } else {
            make(here)
        }
    }

    /// A topic with its other names; who lists it as a tree adds what is narrower.
    pub fn topic(&self, here: &SitePath, ix: TopicIx) -> view::Topic {
        let aliases = self
            .dossier
            .topic(ix)
            .aliases
            .iter()
            .map(|alias| self.set(alias))
            .collect();
        view::Topic { aliases, ..self.topic_alone(here, ix) }
    }

    /// A topic without its other names.
    pub fn topic_alone(&self, here: &SitePath, ix: TopicIx) -> view::Topic {
        let topic: &Topic = self.dossier.topic(ix);
        view::Topic {
            href: self.href(here, &Thing::Topic(ix)),
            title: self.set(&topic.title),
            kind: topic.kind.word(),
            aliases: Vec::new(),
            date: topic.date.as_ref().map(|date| self.date(date)),
            notes: topic.notes.len(),
            narrower: Vec::new(),
            hidden: topic.hidden.map(hidden),
        }
    }

    pub fn claim(&self, here: &SitePath, ix: ClaimIx) -> view::Claim {
        let claim: &Claim = self.dossier.claim(ix);
        let count = |wanted: Relation| claim.notes.iter().filter(|(relation, _)| *relation == wanted).count();
        view::Claim {
            href: self.href(here, &Thing::Claim(ix)),
            title: self.set(&claim.title),
            status: status_sign(claim.status),
            supports: count(Relation::Supports),
            disputes: count(Relation::Disputes),
            mentions: count(Relation::Mentions),
            hidden: claim.hidden.map(hidden),
        }
    }

    /// Claims that are not settled, the disputed ones first.
    pub fn contested(&self, claims: impl IntoIterator<Item = ClaimIx>) -> Vec<ClaimIx> {
        let unsettled =
            |ix: &ClaimIx| matches!(self.dossier.claim(*ix).status, Status::Disputed | Status::Open);
        let mut contested: Vec<ClaimIx> = claims.into_iter().filter(unsettled).collect();
        contested.sort_by_key(|&ix| (self.dossier.claim(ix).status != Status::Disputed, ix));
        contested
    }

    /// The figures of a topic's notes that contradict each other.
    pub fn conflicts(&self, here: &SitePath, topic: TopicIx) -> Vec<view::Conflict> {
        self.conflicts
            .get(&topic)
            .into_iter()
            .flatten()
            .map(|(measure, row)| self.conflict(here, measure, row))
            .collect()
    }

    pub fn figure(&self, here: &SitePath, cell: &Cell) -> view::FigureCell {
        view::FigureCell {
            note: self.link(here, &Thing::Note(cell.note)),
            siglum: self.dossier.source(cell.source).siglum.clone(),
            shown: cell.figure(self.dossier).shown.clone(),
        }
    }

    /// What sources give for one measure and period, and how far they are apart.
    pub fn conflict(&self, here: &SitePath, measure: &Measure, row: &Row) -> view::Conflict {
        let cells = row.cells.iter().map(|cell| self.figure(here, cell));
        let widest = row
            .reading
            .conflicts
            .iter()
            .filter_map(|&conflict| row.difference(self.dossier, conflict))
            .max_by(|a, b| match (a.percent, b.percent) {
                (Some(a), Some(b)) => a.cmp_value(b),
                (a, b) => a.is_some().cmp(&b.is_some()),
            });
        view::Conflict {
            measure: self.set(&measure.title),
            period: row.period.as_ref().map(|period| self.date(period)),
            cells: cells.collect(),
            percent: widest
                .as_ref()
                .and_then(|difference| difference.percent)
                .map(|percent| percent.to_string()),
            at_least: widest.is_some_and(|difference| difference.at_least),
        }
    }

    // Prose and quotations

    /// What a person of the dossier wrote, from a page; headings begin at a level, or are bold lines.
    pub fn prose(&self, here: &SitePath, prose: &Prose, headings: Option<u8>, prefix: &str) -> Made<Html> {
        Ok(html(&self.prose_in_two(here, prose, headings, prefix, 0)?.1))
    }

    /// A note's comment, in its own language.
    pub fn comment(&self, ix: NoteIx, prefix: &str) -> Made<Html> {
        Ok(html(
            &self
                .written(&self.anywhere, &self.dossier.note(ix).comment, None, prefix, 0, self.of_note(ix))?
                .1,
        ))
    }

    /// The same, with its first blocks apart.
    pub fn prose_in_two(
        &self,
        here: &SitePath,
        prose: &Prose,
        headings: Option<u8>,
        prefix: &str,
        first: usize,
    ) -> Made<(String, String)> {
        self.written(here, prose, headings, prefix, first, self.quotes)
    }

    fn written(
        &self,
        here: &SitePath,
        prose: &Prose,
        headings: Option<u8>,
        prefix: &str,
        first: usize,
        marks: Marks,
    ) -> Made<(String, String)> {
        let setting = Written { context: self, here, prose, failed: RefCell::new(None) };
        let manner = WriteOptions {
            evidence: false,
            headings,
            prefix,
            labels: &self.labels,
            both_ways: runs_both_ways(&prose.body),
            marks: Some(marks),
            bare: false,
        };
        let regions = Regions::default();
        let mut writer = Writer::new(&prose.body, &setting, manner, &[], &regions);
        let (head, rest) = prose.body.blocks.split_at(first.min(prose.body.blocks.len()));
        writer.blocks(head);
        let head = std::mem::take(&mut writer.out);
        writer.blocks(rest);
        let rest = writer.out;
        setting.failed.into_inner().map_or(Ok((head, rest)), Err)
    }

    /// A passage as a page shows it away from its source.
    pub fn quote(
        &self,
        here: &SitePath,
        passage: &Passage,
        class: &'static str,
        show: Show,
        fragment: Option<String>,
    ) -> view::Quote {
        let anchor = passage.anchors.first().filter(|_| passage.verdict.holds());
        let shown = anchor.and_then(|anchor| Some((anchor, self.text(passage.source)?)));
        let state = match (anchor, shown) {
            (None, _) => "review",
            (Some(_), None) => "withheld",
            (Some(_), Some(_)) => "shown",
        };
        let href = match fragment
            .or_else(|| shown.and_then(|(anchor, _)| self.cited_at(passage.source, &anchor.extent())))
        {
            Some(fragment) => self.href_in(here, passage.source, &fragment),
            None => self.href(here, &Thing::Source(passage.source)),
        };
        let (before, after) = passage.attribution.clone().unwrap_or_default();
        let words = shown.map(|(anchor, text)| self.words(passage.source, text, anchor, class, show));
        view::Quote {
            state,
            has_marks: words.as_deref().is_some_and(begins_with_a_mark),
            html: words.map(|words| html(&words)),
            source: self.shared_source(here, passage.source),
            href,
            before: self.set(before.trim().trim_start_matches(['—', '–', '-']).trim()),
            after: self.set(after.trim()),
            places: passage.anchors.len(),
        }
    }

    /// The fragment of the mark that a quotation elsewhere has on its source's page.
    fn cited_at(&self, source: SourceIx, extent: &Range<usize>) -> Option<String> {
        self.fragments.cited[source.at()]
            .contains(&(extent.start, extent.end))
            .then(|| cited_id(extent))
    }

    /// The words of a passage as its source has them, as paragraphs.
    fn words(
        &self,
        ix: SourceIx,
        text: &SourceText<'_>,
        anchor: &Anchor,
        class: &'static str,
        show: Show,
    ) -> String {
        let surroundings = match show {
            Show::Words => Surroundings::None,
            Show::Context => text.surroundings,
        };
        let marks = if show == Show::Words && anchor.targets == anchor.parts {
            Vec::new()
        } else {
            vec![Mark { class, passages: vec![anchor.targets.clone()], ..Mark::default() }]
        };
        let regions = Regions::over(&text.body.reading, &text.leaves, &marks);
        let setting = Seed { context: self, here: &self.anywhere, source: ix };
        let manner = text.manner(&self.labels, None, "");
        let mut writer = Writer::new(text.body, &setting, manner, &marks, &regions);
        let shown = windows(text.body, &text.lines, &anchor.parts, surroundings);
        write(&mut writer, &text.lines, &shown, if text.both_ways { "<p dir=\"auto\">" } else { "<p>" });
        writer.out
    }

    /// Makes a page or piece with a template: `view` under its name, and the frame where it is a page.
    pub fn make(&self, template: &str, page: &str, views: &[(&'static str, Value)]) -> Made<Vec<u8>> {
        self.make_large(template, page, views, 0)
    }

    /// The same, of about so many bytes.
    pub fn make_large(
        &self,
        template: &str,
        page: &str,
        views: &[(&'static str, Value)],
        bulk: usize,
    ) -> Made<Vec<u8>> {
        let mut values = Context::new();
        for (name, value) in views {
            values.insert_value(*name, value.clone());
        }
        self.theme.render(template, &values, page, bulk)
    }

    /// A piece of a page.
    pub fn piece(&self, template: &str, name: &'static str, view: &impl Serialize, page: &str) -> Made<Html> {
        let bytes = self.make(template, page, &[(name, value(view))])?;
        Ok(html(std::str::from_utf8(&bytes).unwrap_or_default()))
    }
}

/// Whether the first letter of paragraphs is a quotation mark of the source's own.
fn begins_with_a_mark(paragraphs: &str) -> bool {
    let mut within_tag = false;
    let first = paragraphs.chars().find(|&c| {
        let is_text = !within_tag && c != '<' && !c.is_whitespace();
        within_tag = c == '<' || within_tag && c != '>';
        is_text
    });
    first.is_some_and(|c| "\"'“”„‟«»‘’‚‹›「『".contains(c))
}

fn conflicts<'a>(
    dossier: &Dossier,
    reasoned: &'a Reasoned,
) -> BTreeMap<TopicIx, Vec<(&'a Measure, &'a Row)>> {
    let mut by_topic: BTreeMap<TopicIx, Vec<(&Measure, &Row)>> = BTreeMap::new();
    for (measure, row) in reasoned.figures.contested() {
        let topics: BTreeSet<TopicIx> = row
            .cells
            .iter()
            .flat_map(|cell| &dossier.note(cell.note).topics)
            .copied()
            .collect();
        for topic in topics {
            by_topic.entry(topic).or_default().push((measure, row));
        }
    }
    by_topic
}

/// The lists that pages lead to from there, as far as the site has them.
fn planned(site: &Site, from: Leads) -> Vec<(&'static str, PageKind, SitePath)> {
    let lists = List::ALL.into_iter().filter(|(.., leads)| *leads == from);
    lists
        .filter_map(|(list, word, _)| {
            let kind = PageKind::List(list);
            let path = site.list(&kind)?.clone();
            Some((word, kind, path))
        })
        .collect()
}

/// How much of a passage is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Its own words.
    Words,
    /// With its sentence, its target marked.
    Context,
}

impl<'a> SourceText<'a> {
    fn of(shown: Shown<'a>) -> Option<SourceText<'a>> {
        let (body, surroundings, bare) = match shown {
            Shown::Whole(body) => (body, Surroundings::FREE, false),
            Shown::Excerpts(body) => (body, Surroundings::EXCERPT, true),
            Shown::Nothing => return None,
        };
        Some(SourceText {
            body,
            surroundings,
            bare,
            lines: lines(body),
            leaves: leaves(body),
            both_ways: runs_both_ways(body),
        })
    }

    /// How its words are written: as evidence, with headings from a level down or none.
    pub fn manner<'m>(&self, labels: &'m Labels, headings: Option<u8>, prefix: &'m str) -> WriteOptions<'m> {
        WriteOptions {
            evidence: true,
            headings,
            prefix,
            labels,
            both_ways: self.both_ways,
            marks: None,
            bare: self.bare,
        }
    }
}

/// The id of the mark over words that are quoted elsewhere: by where they stand, since a seed does not
/// change.
pub fn cited_id(extent: &Range<usize>) -> String {
    format!("q-{}-{}", extent.start, extent.end)
}

/// Only an address with a scheme that may be followed becomes a link; others are shown.
pub fn outside(url: &str) -> view::Outside {
    let href = Address::new(url).map(|address| address.as_str().to_string());
    let shown = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .trim_end_matches('/');
    view::Outside { href, shown: shown.to_string() }
}

pub fn html(text: &str) -> Html {
    Value::safe_string(text)
}

pub fn thing_of(origin: Origin) -> Thing {
    match origin {
        Origin::Home => Thing::Home,
        Origin::Page(ix) => Thing::Page(ix),
        Origin::Claim(ix) => Thing::Claim(ix),
        Origin::Topic(ix) => Thing::Topic(ix),
        Origin::Source(ix) => Thing::Source(ix),
        Origin::Note(ix) => Thing::Note(ix),
    }
}

pub fn hidden(hidden: Hidden) -> &'static str {
    match hidden {
        Hidden::Draft => "draft",
        Hidden::Private => "private",
    }
}

/// Signs stand where colour cannot be seen: on paper, in forced colours, for those who do not see it.
pub fn kind_sign(kind: Kind) -> Sign {
    let sign = match kind {
        Kind::Comment => "¶",
        Kind::Fact => "=",
        Kind::Context => "+",
        Kind::Question => "?",
        Kind::Correction => "≠",
        Kind::Doubt => "≈",
        Kind::Translation => "»",
    };
    Sign { kind: kind.word(), sign, class: kind.word() }
}

pub fn relation_sign(relation: Relation) -> Sign {
    let (sign, class) = match relation {
        Relation::Supports => ("=", "fact"),
        Relation::Disputes => ("≠", "correction"),
        Relation::Mentions => ("·", "comment"),
    };
    Sign { kind: relation.word(), sign, class }
}

pub fn status_sign(status: Status) -> Sign {
    let (sign, class) = match status {
        Status::Open => ("?", "question"),
        Status::Confirmed => ("=", "fact"),
        Status::Refuted => ("×", "correction"),
        Status::Disputed => ("≠", "correction"),
    };
    Sign { kind: status.word(), sign, class }
}

/// Prose of the dossier on a page.
struct Written<'p, 'a> {
    context: &'p RenderContext<'a>,
    here: &'p SitePath,
    prose: &'p Prose,
    failed: RefCell<Option<Box<Diagnostic>>>,
}

impl LinkResolver for Written<'_, '_> {
    fn name(&self, index: usize) -> LinkTarget {
        lead(self.context, self.here, self.prose.names.get(index).and_then(Option::as_ref))
    }

    fn quotation(&self, index: usize, out: &mut String) -> bool {
        let Some(Some(passage)) = self.prose.quotations.get(index) else { return false };
        let quote = self.context.quote(self.here, passage, "quoted", Show::Words, None);
        match self
            .context
            .piece("components/quotation.html", "quote", &quote, self.here.as_str())
        {
            Ok(html) => out.push_str(html.as_str().unwrap_or_default()),
            Err(mistake) => *self.failed.borrow_mut() = Some(mistake),
        }
        true
    }
}

/// A source's own text on a page.
pub struct Seed<'p, 'a> {
    pub context: &'p RenderContext<'a>,
    pub here: &'p SitePath,
    pub source: SourceIx,
}

impl LinkResolver for Seed<'_, '_> {
    fn name(&self, index: usize) -> LinkTarget {
        let names = &self.context.dossier.source(self.source).names;
        lead(self.context, self.here, names.get(index).and_then(Option::as_ref))
    }
}

fn lead(context: &RenderContext<'_>, here: &SitePath, thing: Option<&Thing>) -> LinkTarget {
    match thing {
        Some(Thing::Picture(path)) => match context.site.picture(path) {
            Some(picture) => LinkTarget::Picture { src: here.link_to(picture, None) },
            None => LinkTarget::Nowhere,
        },
        Some(thing) => LinkTarget::Link { href: context.href(here, thing), title: context.title(thing) },
        None => LinkTarget::Nowhere,
    }
}
