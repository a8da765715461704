//! Casebook turns a folder of sources and annotations into a cross-linked site, and checks every quotation on
//! the way.
//!
//! The program is two functions. `compile` takes the bytes of the dossier's files and gives the linked
//! dossier, the plan of its site and a report of every mistake in it. `Edition::render` makes any file of the
//! site, on its own, whenever it is wanted. Neither reads a disk, a clock or the environment: `world` does,
//! and `cli` starts both.
//!
//! In the order of the data:
//!
//! 1. `parse::files`: every file becomes a value, on its own. What people wrote wrongly is told beside it.
//! 2. `link`: names become things, and every quotation is looked for in the source that it names (`anchor`).
//! 3. `reason`: what follows from the notes; figures that contradict each other, claims that stand on one
//!    leg.
//! 4. `site`: which pages there are, and where. After it no one invents an address.
//! 5. `render` and `export`: a page becomes bytes, for people and for programs.
//!
//! Where nothing but the words of comments differs from the `state` before, steps 2 to 4 are taken over from
//! it (`reworded`).

// Values in, values out: only `world` and `cli` may touch the world, and nobody prints past a closed pipe.
// See clippy.toml.
#![cfg_attr(
    not(test),
    warn(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, clippy::print_stderr)
)]

pub mod anchor;
pub mod cache;
pub mod cli;
pub mod config;
pub mod export;
pub mod inputs;
pub mod link;
pub mod locate;
pub mod model;
pub mod parse;
pub mod reason;
pub mod render;
pub mod report;
mod reworded;
pub mod site;
pub mod state;
pub mod world;
pub mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::cache::CompileCache;
use crate::config::{Build, Config};
use crate::inputs::{Hash, Inputs, hex};
pub use crate::link::view::View;
use crate::model::dossier::{Dossier, Thing};
use crate::model::path::{InputPath, SitePath};
use crate::render::context::RenderContext;
use crate::render::fragments::SharedFragments;
use crate::render::theme::Theme;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::held;
use crate::reworded::Last;
use crate::site::{PageKind, Site};
use crate::state::{MadeKeys, State};

/// A dossier, compiled, and what it was compiled from.
pub struct Compiled<'i> {
    state: State,
    inputs: &'i Inputs,
}

/// Compiles a dossier. The result follows from inputs, settings and view alone; `cache` saves time.
pub fn compile<'i>(
    inputs: &'i Inputs,
    config: &Config,
    view: View,
    cache: &mut CompileCache,
) -> Compiled<'i> {
    let settings = settings(config, view);
    let whole = input_hash(inputs, config, view);
    let annotations = config.build.annotations.value.as_str();
    if let Some(state) = cache.reworded(view, settings, inputs, annotations, whole) {
        return Compiled { state, inputs };
    }
    let files = parse::files::files(inputs, config.build.seeds.value.as_str(), annotations, &mut cache.files);
    let (dossier, mistakes, lost) = link::link(&files, inputs, config, view, cache.link(view));
    let (reasoned, thoughts) = reason::reason(&dossier);
    let look = look(inputs, config.build.templates.value.as_str(), &dossier.about.language);
    let (theme, slips) = cache
        .theme(look, || Theme::of(inputs, config.build.templates.value.as_str(), &dossier.about.language));
    let site = Site::plan(&dossier, &reasoned, &theme.assets(), &media(&dossier, inputs));
    let mut report = Report { diagnostics: [mistakes, thoughts, slips].concat() };
    report.sort();
    held::curb(&mut report.diagnostics);
    let fragments = SharedFragments::of(&dossier, &reasoned);
    let state = State {
        dossier: Arc::new(dossier),
        reasoned: Arc::new(reasoned),
        report: Arc::new(report),
        lost: lost.into(),
        site: Arc::new(site),
        theme,
        whole,
        look,
        keys: Arc::new(MadeKeys::borrowing(cache.lend(view))),
        fragments: Arc::new(fragments),
        steps: Vec::new(),
    };
    cache.remember(view, Last::new(settings, inputs, files, state.clone()));
    Compiled { state, inputs }
}

impl Deref for Compiled<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl<'i> Compiled<'i> {
    /// Every file of the site, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &SitePath> {
        self.site.files().map(|(path, _)| path)
    }

    /// The plan of the site: what each file is, and where each thing is shown.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The dossier about to be printed. Pages of one edition share what is made once.
    pub fn edition(&self) -> Edition<'_> {
        let context =
            RenderContext::new(&self.dossier, &self.reasoned, &self.site, &self.theme, &self.fragments);
        Edition { context, state: &self.state, inputs: self.inputs }
    }

    /// What the dossier holds, for the closing line.
    pub fn summary(&self) -> Summary {
        let Dossier { sources, notes, topics, claims, .. } = &*self.dossier;
        Summary { sources: sources.len(), notes: notes.len(), topics: topics.len(), claims: claims.len() }
    }
}

/// The pages of a compiled dossier, made when asked for, by any number of threads.
pub struct Edition<'c> {
    context: RenderContext<'c>,
    state: &'c State,
    inputs: &'c Inputs,
}

impl Edition<'_> {
    /// The bytes of a file of the site; empty where the plan has no such file. Fails only by a mistake in one
    /// of the dossier's own templates.
    pub fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        match self.context.site.kind(path) {
            Some(PageKind::Export(export)) => Ok(export::file(&self.context, *export)),
            _ => render::page(&self.context, self.inputs, path),
        }
    }
}

impl Edition<'_> {
    /// Whether a file gathers so much that it differs after every edit, and nobody waits for it: lists, and
    /// what programs read. Lists only where they are of our own templates, so that no mistake is found late.
    pub fn may_wait(&self, path: &SitePath) -> bool {
        let kind = self.context.site.kind(path);
        kind.is_some_and(|kind| kind.is_of_everything() || kind.is_list() && self.context.theme.is_ours())
    }

    /// A hash of all that the edition follows from.
    pub fn whole(&self) -> Hash {
        self.state.whole
    }

    /// The files that may differ from those of an earlier edition of the same dossier, which had this hash;
    /// `None` where any file may differ. Compare their keys to find those that do.
    pub fn since(&self, earlier: &Hash) -> Option<Vec<SitePath>> {
        if *earlier == self.state.whole {
            return Some(Vec::new());
        }
        Some(render::keys::reached(&self.context, &self.state.reworded_since(earlier)?))
    }

    /// What a file of the site follows from: where the key is that of an earlier edition, made by the same
    /// program, the bytes are the same too. It costs far less than the bytes. None where the plan has no such
    /// file.
    pub fn key(&self, path: &SitePath) -> Option<Hash> {
        self.state.keys(&self.context).key(&self.context, self.inputs, path)
    }
}

/// A hash of the settings, as far as a site and its report follow from them.
fn settings(config: &Config, view: View) -> Hash {
    let Config { dossier, build, drifted, cite, dollar, watch: _ } = config;
    // Where the site goes, what fails a build and which files are not among the inputs changes no page.
    let Build { seeds, annotations, templates, out: _, strict: _, exclude: _ } = build;
    let said = format!(
        "{dossier:?} {seeds:?} {annotations:?} {templates:?} {drifted:?} {cite:?} {dollar:?} {view:?}"
    );
    *blake3::hash(said.as_bytes()).as_bytes()
}

/// A hash of all that a dossier's site and report follow from.
pub fn input_hash(inputs: &Inputs, config: &Config, view: View) -> Hash {
    let mut whole = settings(config, view).to_vec();
    whole.extend_from_slice(&inputs.sum());
    whole.extend_from_slice(format!("{:?}", inputs.refused).as_bytes());
    *blake3::hash(&whole).as_bytes()
}

/// All that the theme follows from.
fn look(inputs: &Inputs, templates: &str, language: &str) -> Hash {
    let mut look = blake3::Hasher::new();
    look.update(format!("{templates:?} {language:?}").as_bytes());
    for (path, file) in inputs.under(templates) {
        look.update(path.as_str().as_bytes());
        look.update(&[0]);
        look.update(&file.hash);
    }
    *look.finalize().as_bytes()
}

/// "5 sources, 63 notes, 18 topics, 6 claims"
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    pub sources: usize,
    pub notes: usize,
    pub topics: usize,
    pub claims: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted =
            |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        let Summary { sources, notes, topics, claims } = *self;
        write!(
            f,
            "{}, {}, {}, {}",
            counted(sources, "source"),
            counted(notes, "note"),
            counted(topics, "topic"),
            counted(claims, "claim")
        )
    }
}

/// The pictures that the dossier shows, each with its place in the site: named after its bytes, so that what
/// two files hold is there once.
fn media(dossier: &Dossier, inputs: &Inputs) -> BTreeMap<InputPath, SitePath> {
    let of_sources = dossier.sources.iter().flat_map(|source| &source.names);
    let of_prose = dossier
        .each_prose()
        .into_iter()
        .flat_map(|(_, _, prose)| &prose.names);
    let pictures: BTreeSet<&InputPath> = of_sources
        .chain(of_prose)
        .flatten()
        .filter_map(|thing| if let Thing::Picture(path) = thing { Some(path) } else { None })
        .collect();
    let place = |path: &&InputPath| Some(((*path).clone(), picture_path(path, &inputs.get(path)?.hash)?));
    pictures.iter().filter_map(place).collect()
}

fn picture_path(path: &InputPath, hash: &Hash) -> Option<SitePath> {
    let digits = hex(hash);
    SitePath::new(&format!("media/{}.{}", &digits[..16], path.extension().to_ascii_lowercase()))
}
