//! Which pages exist, and where. After this stage no one invents an address.
//!
//! Addresses follow from ids alone, so an address does not change while an id does not. Everything ends in a
//! real file name and lies at most one folder deep, so that one output works at a domain's root, under a
//! sub-path and from a disk.

use std::collections::BTreeMap;

use crate::model::dossier::{ClaimIx, Dossier, PageIx, SourceIx, Thing, TopicIx};
use crate::model::path::{InputPath, SitePath};
use crate::model::slug::Slug;
use crate::reason::Reasoned;

/// What a file of the site is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    Home,
    /// What there is of one kind of thing, or what is told of the dossier as a whole.
    List(List),
    Source(SourceIx),
    Topic(TopicIx),
    Claim(ClaimIx),
    Page(PageIx),
    NotFound,
    /// A small page under a former id that leads on.
    Former(Thing),
    /// A stylesheet, script or picture of the theme, by its name there.
    Asset(String),
    /// A picture of the dossier.
    Media(InputPath),
    /// An empty file that tells a host to publish files as they are.
    NoJekyll,
    /// What programs read: `export` makes it.
    Export(Export),
}

/// A page that lists what there is. Its file, its template and the words that name it go by one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    Sources,
    Topics,
    Names,
    Claims,
    Figures,
    Timeline,
    Coverage,
    Provenance,
}

/// From where pages lead to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    Masthead,
    Foot,
}

impl List {
    /// All of them in the order in which pages lead to them.
    pub const ALL: [(List, &'static str, Leads); 8] = [
        (List::Sources, "sources", Leads::Masthead),
        (List::Topics, "topics", Leads::Masthead),
        (List::Names, "names", Leads::Masthead),
        (List::Claims, "claims", Leads::Masthead),
        (List::Figures, "figures", Leads::Masthead),
        (List::Timeline, "timeline", Leads::Masthead),
        (List::Coverage, "coverage", Leads::Foot),
        (List::Provenance, "provenance", Leads::Foot),
    ];

    /// Of its file, its template and the words that name it.
    pub fn word(self) -> &'static str {
        let found = List::ALL.iter().find(|(list, ..)| *list == self);
        found.map_or("", |(_, word, _)| word)
    }

    /// The name of its file and of its template.
    pub fn file(self) -> String {
        format!("{}.html", self.word())
    }

    /// Whether it has something to list, so that its page is no orphan.
    fn is_full(self, dossier: &Dossier, reasoned: &Reasoned) -> bool {
        match self {
            List::Sources | List::Provenance => !dossier.sources.is_empty(),
            List::Topics => dossier.topics.iter().any(|topic| !topic.kind.is_name()),
            List::Names => dossier.topics.iter().any(|topic| topic.kind.is_name()),
            List::Claims => !dossier.claims.is_empty(),
            List::Figures => !reasoned.figures.measures.is_empty(),
            // One date is no line.
            List::Timeline => reasoned.timeline.entries.len() > 1,
            List::Coverage => !dossier.sources.is_empty() && !dossier.notes.is_empty(),
        }
    }
}

impl PageKind {
    /// Pages that list what there is: they change with almost every word that anybody writes.
    pub fn is_list(&self) -> bool {
        matches!(self, PageKind::Home | PageKind::List(_))
    }

    /// What programs read of the whole dossier: made of everything, whatever changed.
    pub fn is_of_everything(&self) -> bool {
        matches!(self, PageKind::Export(Export::Feed | Export::Sitemap | Export::Data(_)))
    }
}

/// Files of the site that are no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Export {
    Feed,
    Sitemap,
    Data(Data),
    /// The notes of a source in brief, for the script that shows where links lead.
    Previews(SourceIx),
}

/// What the dossier holds, for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// Everything, as JSON.
    Whole,
    /// The notes as W3C Web Annotations.
    Annotations,
    /// The register of sources.
    Sources,
    Bibtex,
    Csl,
    SourceTable,
    NoteTable,
    ClaimTable,
    FigureTable,
    DateTable,
}

impl Data {
    /// Each with its name in the site and the key of the words that say what it is.
    pub const ALL: [(&'static str, Data, &'static str); 10] = [
        ("data/dossier.json", Data::Whole, "dossier"),
        ("data/annotations.jsonld", Data::Annotations, "annotations"),
        ("data/sources.json", Data::Sources, "sources"),
        ("data/sources.bib", Data::Bibtex, "bibtex"),
        ("data/sources.csl.json", Data::Csl, "csl"),
        ("data/sources.csv", Data::SourceTable, "table"),
        ("data/notes.csv", Data::NoteTable, "table"),
        ("data/claims.csv", Data::ClaimTable, "table"),
        ("data/figures.csv", Data::FigureTable, "table"),
        ("data/timeline.csv", Data::DateTable, "table"),
    ];

    /// Whether a dossier has something to put there.
    fn is_full(self, dossier: &Dossier, reasoned: &Reasoned) -> bool {
        match self {
            Data::Whole | Data::Sources | Data::Bibtex | Data::Csl | Data::SourceTable => {
                !dossier.sources.is_empty()
            }
            Data::Annotations | Data::NoteTable => !dossier.notes.is_empty(),
            Data::ClaimTable => !dossier.claims.is_empty(),
            Data::FigureTable => !reasoned.figures.measures.is_empty(),
            Data::DateTable => !reasoned.timeline.entries.is_empty(),
        }
    }
}

/// The plan of the site: every file of it, and the address of every thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    files: BTreeMap<SitePath, PageKind>,
    /// Lists, and what programs read: of each kind there is one file at most.
    lone: BTreeMap<PageKind, SitePath>,
    sources: Vec<SitePath>,
    topics: Vec<SitePath>,
    claims: Vec<SitePath>,
    pages: Vec<SitePath>,
    assets: BTreeMap<String, SitePath>,
    media: BTreeMap<InputPath, SitePath>,
}

/// A page and a place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteAddress {
    pub path: SitePath,
    pub fragment: Option<String>,
}

/// The pages that every dossier has, with their names.
const FIXED: [(&str, PageKind); 3] =
    [("index.html", PageKind::Home), ("404.html", PageKind::NotFound), (".nojekyll", PageKind::NoJekyll)];

/// A feed and a map of the site name pages by their full addresses, which only a `base_url` gives. A feed is
/// news by date: where nothing has a date there is none.
fn exports(dossier: &Dossier, reasoned: &Reasoned) -> Vec<(&'static str, Export)> {
    let addressed = dossier.about.base_url.is_some();
    let dated = dossier
        .sources
        .iter()
        .any(|source| source.facts.published.is_some() || source.facts.captured.is_some())
        || dossier.notes.iter().any(|note| note.made.is_some());
    let all = [("feed.xml", Export::Feed, addressed && dated), ("sitemap.xml", Export::Sitemap, addressed)];
    let data = Data::ALL
        .into_iter()
        .map(|(name, data, _)| (name, Export::Data(data), data.is_full(dossier, reasoned)));
    all.into_iter()
        .chain(data)
        .filter(|(.., there)| *there)
        .map(|(name, export, _)| (name, export))
        .collect()
}

impl Site {
    /// Plans the site of a linked dossier.
    ///
    /// `assets`: the theme's files, each with the name it gets in the site (`casebook.css` →
    /// `assets/casebook.1f2e3d4c.css`). `media`: the pictures that published texts show, each with the name
    /// it gets.
    pub fn plan(
        dossier: &Dossier,
        reasoned: &Reasoned,
        assets: &BTreeMap<String, SitePath>,
        media: &BTreeMap<InputPath, SitePath>,
    ) -> Site {
        let mut site = Site { assets: assets.clone(), media: media.clone(), ..Site::default() };
        for (name, kind) in FIXED {
            site.put(named(name), kind);
        }
        let lists = List::ALL.into_iter().map(|(list, ..)| list);
        for list in lists.filter(|list| list.is_full(dossier, reasoned)) {
            site.put(named(&list.file()), PageKind::List(list));
        }
        for (i, source) in (0..).zip(&dossier.sources) {
            let path = site.page("sources", &source.id, PageKind::Source(SourceIx(i)));
            site.sources.push(path);
            if !source.notes.is_empty() {
                site.put(
                    named(&format!("previews/{}.js", source.id)),
                    PageKind::Export(Export::Previews(SourceIx(i))),
                );
            }
        }
        for (i, topic) in (0..).zip(&dossier.topics) {
            let path = site.page("topics", &topic.id, PageKind::Topic(TopicIx(i)));
            site.topics.push(path);
        }
        for (i, claim) in (0..).zip(&dossier.claims) {
            let path = site.page("claims", &claim.id, PageKind::Claim(ClaimIx(i)));
            site.claims.push(path);
        }
        for (i, page) in (0..).zip(&dossier.pages) {
            let path = site.page("pages", &page.id, PageKind::Page(PageIx(i)));
            site.pages.push(path);
        }
        site.plan_former(dossier);
        for (name, export) in exports(dossier, reasoned) {
            site.put(named(name), PageKind::Export(export));
        }
        for (name, path) in assets {
            site.put(path.clone(), PageKind::Asset(name.clone()));
        }
        for (picture, path) in media {
            site.put(path.clone(), PageKind::Media(picture.clone()));
        }
        site
    }

    /// Former ids leave a page behind; where a thing of today has that id, `link` has reported it and today
    /// wins.
    fn plan_former(&mut self, dossier: &Dossier) {
        let sources = (0..)
            .zip(&dossier.sources)
            .map(|(i, source)| ("sources", &source.former_ids, Thing::Source(SourceIx(i))));
        let topics = (0..)
            .zip(&dossier.topics)
            .map(|(i, topic)| ("topics", &topic.former_ids, Thing::Topic(TopicIx(i))));
        let claims = (0..)
            .zip(&dossier.claims)
            .map(|(i, claim)| ("claims", &claim.former_ids, Thing::Claim(ClaimIx(i))));
        let pages = (0..)
            .zip(&dossier.pages)
            .map(|(i, page)| ("pages", &page.former_ids, Thing::Page(PageIx(i))));
        let former: Vec<(&str, &Vec<Slug>, Thing)> =
            sources.chain(topics).chain(claims).chain(pages).collect();
        for (folder, ids, thing) in former {
            for id in ids {
                self.page(folder, id, PageKind::Former(thing.clone()));
            }
        }
    }

    fn page(&mut self, folder: &str, id: &Slug, kind: PageKind) -> SitePath {
        let path = named(&format!("{folder}/{id}.html"));
        self.put(path.clone(), kind);
        path
    }

    fn put(&mut self, path: SitePath, kind: PageKind) {
        if kind.is_list() || matches!(kind, PageKind::Export(_)) {
            self.lone.entry(kind.clone()).or_insert_with(|| path.clone());
        }
        self.files.entry(path).or_insert(kind);
    }

    /// Every file of the site, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &PageKind)> {
        self.files.iter()
    }

    pub fn kind(&self, path: &SitePath) -> Option<&PageKind> {
        self.files.get(path)
    }

    /// The pages under former ids, each with what it leads on to.
    pub fn former(&self) -> impl Iterator<Item = (&SitePath, &Thing)> {
        self.files.iter().filter_map(|(path, kind)| {
            if let PageKind::Former(thing) = kind { Some((path, thing)) } else { None }
        })
    }

    /// Where a thing is shown.
    pub fn address(&self, thing: &Thing, dossier: &Dossier) -> SiteAddress {
        let whole = |path: &SitePath| SiteAddress { path: path.clone(), fragment: None };
        match thing {
            Thing::Home => whole(&named("index.html")),
            Thing::Source(ix) => whole(&self.sources[ix.at()]),
            Thing::Topic(ix) => whole(&self.topics[ix.at()]),
            Thing::Claim(ix) => whole(&self.claims[ix.at()]),
            Thing::Page(ix) => whole(&self.pages[ix.at()]),
            Thing::Picture(picture) => whole(self.media.get(picture).unwrap_or(&named("index.html"))),
            Thing::Note(ix) => {
                let note = dossier.note(*ix);
                SiteAddress {
                    path: self.sources[note.source.at()].clone(),
                    fragment: Some(format!("n-{}", note.id)),
                }
            }
            Thing::Heading(thing, id) => {
                SiteAddress { fragment: Some(id.clone()), ..self.address(thing, dossier) }
            }
        }
    }

    /// How many files there are.
    pub fn size(&self) -> usize {
        self.files.len()
    }

    /// Where a list is, if there is one.
    pub fn list(&self, kind: &PageKind) -> Option<&SitePath> {
        self.lone.get(kind)
    }

    /// Where a file for programs is, if there is one.
    pub fn exported(&self, export: Export) -> Option<&SitePath> {
        self.lone.get(&PageKind::Export(export))
    }

    /// The files that gather from the whole dossier.
    pub fn of_everything(&self) -> impl Iterator<Item = &SitePath> {
        self.lone
            .iter()
            .filter(|(kind, _)| kind.is_list() || kind.is_of_everything())
            .map(|(_, path)| path)
    }

    /// The data of the dossier, each file with the key of the words that say what it is.
    pub fn data(&self) -> impl Iterator<Item = (&SitePath, &'static str)> {
        Data::ALL
            .iter()
            .filter_map(|(_, data, about)| Some((self.exported(Export::Data(*data))?, *about)))
    }

    /// Where a file of the theme went.
    pub fn asset(&self, name: &str) -> Option<&SitePath> {
        self.assets.get(name)
    }

    /// The theme's files by their names there, each with its place in the site.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        self.assets.iter().map(|(name, path)| (name.as_str(), path))
    }

    /// Where a picture of the dossier went.
    pub fn picture(&self, path: &InputPath) -> Option<&SitePath> {
        self.media.get(path)
    }
}

/// A path of ours. Slugs hold no `/`, are never empty, `.` or `..`, so a page's path is always one.
fn named(path: &str) -> SitePath {
    SitePath::new(path).unwrap_or_else(|| unreachable!("`{path}` is made of fixed words and slugs"))
}
