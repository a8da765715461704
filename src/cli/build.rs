//! `build` and `check`: read, compile, say what is wrong, and publish what has nothing wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use crate::cache::CompileCache;
use crate::config::{Config, base_url, config};
use crate::inputs::{Hash, Inputs};
use crate::link::{LOUD, since};
use crate::model::dossier::SourceIx;
use crate::model::path::{InputPath, SitePath};
use crate::model::roles::Legible;
use crate::model::slug::Slug;
use crate::model::span::{Span, Spanned};
use crate::parse::Parsed;
use crate::parse::decode::decode;
use crate::parse::files;
use crate::report::diagnostic::{Diagnostic, Report, Severity};
use crate::report::json;
use crate::world::cache_dir::{self, CacheDir};
use crate::world::checked::{self, Current};
use crate::world::disk::{self, Reading};
use crate::world::off_limits::OffLimits;
use crate::world::program;
use crate::world::progress::Progress;
use crate::world::publish::file_ops::Disk;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::last::Said;
use crate::world::publish::site::{Changes, Outcome, Site, try_every_page};
use crate::world::publish::{REPLACED, last, place, publish, recover, rehearse};
use crate::world::stop::Stop;
use crate::world::terminal::{Talk, Terminal};
use crate::world::zip;
use crate::{Compiled, Edition, View, compile, input_hash};

#[derive(Debug, Args)]
pub struct Build {
    /// The dossier [default: the current folder, else the nearest parent with a casebook.toml]
    pub dir: Option<PathBuf>,

    /// The output folder, relative to the current folder [default: what casebook.toml says, else `public` in
    /// the dossier]
    #[arg(short, long)]
    pub out: Option<PathBuf>,

    /// Fail on warnings
    #[arg(long)]
    pub strict: bool,

    /// Where the site will be published; for the feed, the site map and exported addresses only
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// List what would be added, changed and deleted, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Write the site into a zip archive too
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub zip: Option<PathBuf>,

    /// Print how long each part took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The dossier [default: the current folder, else the nearest parent with a casebook.toml]
    pub dir: Option<PathBuf>,

    /// Fail on warnings
    #[arg(long)]
    pub strict: bool,

    /// Show hints too
    #[arg(long)]
    pub hints: bool,
}

/// Exit codes of the contract that a dossier brings about.
pub(super) const HAS_ERRORS: u8 = 1;
pub(super) const SETTINGS_WRONG: u8 = 2;
const HAS_WARNINGS: u8 = 3;

/// What was found out, in the dossier's memory.
const MEMO: &str = "found";

/// Publishes; the exit code.
pub fn build(options: &Build, asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<u8, Stop> {
    let mut clock = Clock::start();
    let Some(mut dossier) = Dossier::open(asked, current, terminal)? else { return Ok(SETTINGS_WRONG) };
    if let Some(url) = &options.base_url {
        dossier.config.dossier.base_url = Some(Spanned::new(checked_base_url(url)?, Span::default()));
    }
    // What is wrong with the output is said after what is wrong with the dossier: all is reported in one run.
    let out = dossier.out(options.out.as_deref());
    let archive = match &options.zip {
        Some(file) => Some(zip::check(file, current, &dossier.off_limits(out.as_ref().ok())?)?),
        None => None,
    };
    if let Some(file) = archive.as_ref().filter(|_| !options.dry_run) {
        zip::try_place(file)?;
    }
    if let Ok(out) = &out {
        recover(out, &CacheDir::of(&dossier.root), &Disk, &|| waiting(out, terminal))?;
    }
    let inputs = dossier.read(terminal)?;
    clock.lap("read");
    let cache_dir = CacheDir::of(&dossier.root);
    let state = dossier.state(&inputs);
    let asks_for_more = options.zip.is_some() || options.dry_run || terminal.talk == Talk::Verbose;
    let strict = options.strict || dossier.config.build.strict;
    if let (Ok(out), Some(state), false) = (&out, &state, asks_for_more)
        && let Some(Said { summary, report }) = last::said(&cache_dir, out, state)
        && verdict(&report, strict).is_none()
    {
        clock.lap("compare");
        terminal.report(&report, false, &|path| text_of(&inputs, path));
        clock.show_if(options.timings, terminal);
        let preface = preface(&report);
        terminal.close(&format!("{preface}built {summary} in {}; {} changed", clock.total(), files(0)));
        return Ok(0);
    }
    let mut cache = dossier.cache();
    let compiled = compile(&inputs, &dossier.config, View::Published, &mut cache);
    if !options.dry_run {
        dossier.keep(&cache);
    }
    drop(cache); // pages are made of the dossier alone, and the files as they were read take as much room
    clock.lap("compile");
    let mut report = dossier.report(&compiled);
    if !options.dry_run {
        dossier.keep_texts(&compiled);
    }
    let pages = Pages::of(&compiled, terminal);
    let earlier = out
        .as_ref()
        .ok()
        .filter(|out| out.is_published())
        .map(|out| out.name().to_string());
    let outcome = out.and_then(|out| match verdict(&report, strict) {
        Some(_) => Ok(None),
        None => bring(&pages, &out, options.dry_run, &dossier, terminal).map(|outcome| Some((out, outcome))),
    });
    drop(pages);
    clock.lap("publish");
    if let Ok(Some((_, Outcome::Mistakes(mistakes)))) = &outcome {
        report.extend(mistakes.iter().cloned());
        report.sort();
    }
    terminal.report(&report, false, &|path| text_of(&inputs, path));
    let Some((out, Outcome::Done(changes))) = outcome? else {
        let holds = report
            .diagnostics
            .iter()
            .any(|mistake| LOUD.contains(&mistake.code.name));
        let still = earlier.filter(|_| holds).map(|name| {
            format!(
                "; `{name}` is still what the last build wrote, with the words that are held back only \
                now: mend the errors and build"
            )
        });
        terminal.close(&format!(
            "{} in {}; nothing was written{}",
            counted(&report),
            clock.total(),
            still.unwrap_or_default()
        ));
        return Ok(verdict(&report, strict).unwrap_or(HAS_ERRORS));
    };
    if options.dry_run {
        tell_of_edits(&changes, &out, Tense::WouldBe, terminal);
        list(&changes, terminal);
        let (count, edits) = (files(changes.count()), edits(&changes, Tense::WouldBe));
        terminal.close(&format!("{}would change {count} in {}{edits}", preface(&report), clock.total()));
        return Ok(0);
    }
    tell_of_edits(&changes, &out, Tense::Was, terminal);
    detail(&changes, &out, terminal);
    if let Some(file) = &archive {
        zip::write(&out, &compiled.files().cloned().collect::<Vec<_>>(), file)?;
        clock.lap("zip");
    }
    if let Some(state) = &state {
        let said = Said { summary: compiled.summary().to_string(), report: report.clone() };
        last::remember(&cache_dir, &out, state, &said);
    }
    clock.show_if(options.timings, terminal);
    let changed = format!("{} changed{}", files(changes.count()), edits(&changes, Tense::Was));
    terminal.close(&format!(
        "{}built {} in {}; {changed}",
        preface(&report),
        compiled.summary(),
        clock.total()
    ));
    Ok(0)
}

/// Brings the output up to date, or finds out what that would change.
fn bring(
    pages: &Pages<'_>,
    out: &OutFolder,
    is_rehearsal: bool,
    dossier: &Dossier,
    terminal: &Terminal,
) -> Result<Outcome, Stop> {
    let cache_dir = CacheDir::of(&dossier.root);
    match is_rehearsal {
        true => rehearse(pages, out, &cache_dir),
        false => publish(pages, out, &cache_dir, &Disk, &|| waiting(out, terminal)),
    }
}

/// Builds without writing; the exit code.
pub fn check(options: &Check, asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<u8, Stop> {
    let clock = Clock::start();
    let Some(dossier) = Dossier::open(asked, current, terminal)? else { return Ok(SETTINGS_WRONG) };
    dossier.complete(terminal)?;
    let inputs = dossier.read(terminal)?;
    let compiled = compile(&inputs, &dossier.config, View::Published, &mut dossier.cache());
    let mut report = dossier.report(&compiled);
    if report.count(Severity::Error) == 0 {
        report.extend(try_every_page(&Pages::of(&compiled, terminal)));
        report.sort();
    }
    terminal.report(&report, options.hints, &|path| text_of(&inputs, path));
    let (counts, hints) = (counted(&report), hidden_hints(&report, options.hints));
    terminal.close(&format!("checked {} in {}: {counts}{hints}", compiled.summary(), clock.total()));
    Ok(verdict(&report, options.strict || dossier.config.build.strict).unwrap_or(0))
}

/// A dossier whose settings are known.
pub(super) struct Dossier {
    pub root: PathBuf,
    pub current: PathBuf,
    pub config: Config,
    warnings: Vec<Diagnostic>,
}

/// Settings that are wrong, and how.
pub(super) struct Unsettled {
    pub report: Report,
    pub text: Option<Arc<str>>,
}

impl Dossier {
    /// `None` where the settings are wrong, which was said.
    pub fn open(asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<Option<Dossier>, Stop> {
        let root = disk::find(asked, current)?;
        let settings = disk::settings(&root)?;
        Ok(Dossier::with_settings(root, current, settings.as_deref(), terminal))
    }

    /// The same with settings that are known already.
    pub fn with_settings(
        root: PathBuf,
        current: &Path,
        settings: Option<&[u8]>,
        terminal: &Terminal,
    ) -> Option<Dossier> {
        match Dossier::of(root, current, settings) {
            Ok(dossier) => Some(dossier),
            Err(Unsettled { report, text }) => {
                terminal.report(&report, false, &|_| text.clone());
                terminal.close(&format!(
                    "{} in `{}`; nothing was written",
                    counted(&report),
                    disk::settings_path()
                ));
                None
            }
        }
    }

    /// The same, with nothing said.
    pub fn of(root: PathBuf, current: &Path, settings: Option<&[u8]>) -> Result<Dossier, Unsettled> {
        let path = disk::settings_path();
        let Parsed { value: decoded, mistakes } = match settings {
            Some(bytes) => decode(&path, bytes),
            None => Parsed { value: None, mistakes: Vec::new() },
        };
        let text: Option<Arc<str>> = decoded.map(|decoded| decoded.text.into());
        let (config, mut warnings, mut fatal) = config(&path, text.as_deref());
        if text.is_some() {
            warnings.extend(mistakes)
        } else {
            fatal.extend(mistakes)
        }
        if fatal.is_empty() {
            return Ok(Dossier { root, current: current.to_owned(), config, warnings });
        }
        let mut report = Report { diagnostics: fatal };
        report.extend(warnings);
        report.sort();
        Err(Unsettled { report, text })
    }

    /// The output folder that was asked for, else the one that the settings name, if it may be written to.
    pub fn out(&self, asked: Option<&Path>) -> Result<OutFolder, Stop> {
        self.out_again(asked, None)
    }

    /// The same, for who checks it again and again.
    pub fn out_again(&self, asked: Option<&Path>, before: Option<&OutFolder>) -> Result<OutFolder, Stop> {
        let out = match asked {
            Some(asked) => self.current.join(asked),
            None => self.root.join(&self.config.build.out.value),
        };
        let name = asked
            .unwrap_or_else(|| out.strip_prefix(&self.current).unwrap_or(&out))
            .display()
            .to_string();
        place::check(&out, name, &self.root, &self.places(), before)
    }

    /// Where nothing is written that somebody names: the dossier's own places, and the site.
    fn off_limits(&self, out: Option<&OutFolder>) -> Result<OffLimits, Stop> {
        let own = OffLimits::of(&self.root, &self.places())?;
        Ok(out
            .into_iter()
            .fold(own, |own, out| own.and_site(out.path(), out.name())))
    }

    /// Where seeds, annotations and templates lie.
    fn places(&self) -> [PathBuf; 3] {
        self.folders().map(|folder| self.root.join(folder))
    }

    /// Completes what an earlier run was stopped at while it moved files into place, as every command does
    /// first.
    pub fn complete(&self, terminal: &Terminal) -> Result<(), Stop> {
        match self.out(None) {
            Ok(out) => recover(&out, &CacheDir::of(&self.root), &Disk, &|| waiting(&out, terminal)),
            // The folder is refused by the command that writes to it
            Err(_) => Ok(()),
        }
    }

    /// Seeds, annotations, templates.
    pub fn folders(&self) -> [&str; 3] {
        let build = &self.config.build;
        [&build.seeds, &build.annotations, &build.templates].map(|folder| folder.value.as_str())
    }

    pub fn read(&self, terminal: &Terminal) -> Result<Inputs, Stop> {
        let out = self.root.join(&self.config.build.out.value);
        let is_excluded = |path: &InputPath| self.config.build.exclude.matches(path);
        let inputs = disk::read(&Reading {
            root: &self.root,
            folders: &self.folders(),
            out: &out,
            is_excluded: &is_excluded,
        })?;
        if terminal.talk == Talk::Verbose {
            inputs
                .files()
                .for_each(|(path, _)| terminal.detail(&format!("read    {path}")));
        }
        Ok(inputs)
    }

    /// What earlier runs of this program found out.
    pub fn cache(&self) -> CompileCache {
        let known = program::identity().zip(CacheDir::of(&self.root).read(MEMO));
        known
            .and_then(|(program, bytes)| CompileCache::from_bytes(&bytes, &program))
            .unwrap_or_default()
    }

    /// The texts that the notes were checked against now, for the day when a source is revised.
    pub fn keep_texts(&self, compiled: &Compiled) {
        let lost: BTreeSet<&Slug> = compiled.lost.iter().map(|lost| &lost.source).collect();
        let notes = compiled
            .dossier
            .notes
            .iter()
            .flat_map(|note| &note.passages)
            .map(|passage| passage.source);
        let quoted: BTreeSet<SourceIx> = notes.collect();
        let sources = (0..).map(SourceIx).zip(&compiled.dossier.sources);
        let quoted = sources.filter(|(ix, source)| {
            quoted.contains(ix) || !source.quoted_in.is_empty() || lost.contains(&source.id)
        });
        let current = quoted.map(|(_, source)| Current {
            id: &source.id,
            text: &source.text,
            body: source.evidence(),
            has_lost: lost.contains(&source.id),
        });
        checked::remember(&CacheDir::of(&self.root), current);
    }

    pub fn keep(&self, cache: &CompileCache) {
        if let Some(program) = program::identity() {
            CacheDir::of(&self.root).keep(MEMO, &cache.to_bytes(&program));
        }
    }

    /// All that a run of this program follows from. `None` where that cannot be told.
    fn state(&self, inputs: &Inputs) -> Option<Hash> {
        let input_hash = input_hash(inputs, &self.config, View::Published);
        let settings = disk::settings(&self.root).ok()?.unwrap_or_default();
        let settings = *blake3::hash(&settings).as_bytes();
        Some(*blake3::hash(&[program::identity()?, input_hash, settings].concat()).as_bytes())
    }

    /// What the compilation says, and the settings' own warnings.
    pub fn report(&self, compiled: &Compiled) -> Report {
        self.report_with(compiled, &self.before(compiled))
    }

    /// By source of a quotation that does not stand: the text that it was last checked against, where that
    /// was another one.
    pub fn before(&self, compiled: &Compiled) -> BTreeMap<Slug, Legible> {
        let lost: BTreeMap<&Slug, &Hash> =
            compiled.lost.iter().map(|lost| (&lost.source, &lost.text)).collect();
        checked::before(&CacheDir::of(&self.root), &lost.into_iter().collect::<Vec<_>>())
    }

    /// The same, for who knows the texts from before.
    pub fn report_with(&self, compiled: &Compiled, before: &BTreeMap<Slug, Legible>) -> Report {
        let mut report = Report::clone(&compiled.report);
        since::tell(&mut report, &compiled.lost, before);
        report.extend(self.warnings.iter().cloned());
        report.sort();
        report
    }
}

/// The compiled dossier as publishing sees it, with a word on how far it is.
pub(super) struct Pages<'a> {
    compiled: &'a Compiled<'a>,
    pub edition: Edition<'a>,
    progress: Progress,
    program: Option<Hash>,
}

impl<'a> Pages<'a> {
    pub fn of(compiled: &'a Compiled<'a>, terminal: &Terminal) -> Pages<'a> {
        let progress = Progress::new("page", compiled.site().size(), terminal.is_watched());
        Pages { compiled, edition: compiled.edition(), progress, program: program::identity() }
    }
}

impl Site for Pages<'_> {
    fn files(&self) -> Vec<SitePath> {
        self.compiled.files().cloned().collect()
    }

    fn render(&self, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let made = self.edition.render(path);
        self.progress.step();
        made
    }

    /// Only the same program makes the same bytes of the same things.
    fn fingerprint(&self, path: &SitePath) -> Option<Hash> {
        let (program, key) = (self.program?, self.edition.key(path)?);
        // Both are hashes: so are the two laid over each other.
        Some(std::array::from_fn(|at| program[at] ^ key[at]))
    }

    fn state(&self) -> Option<Hash> {
        Some(self.edition.whole())
    }

    fn since(&self, earlier: &Hash) -> Option<Vec<SitePath>> {
        self.edition.since(earlier)
    }
}

pub(super) fn text_of(inputs: &Inputs, path: &InputPath) -> Option<Arc<str>> {
    Some(files::text_of(inputs, path)?.text.into())
}

fn checked_base_url(url: &str) -> Result<String, Stop> {
    base_url(url).ok_or_else(|| {
        Stop::refused(
            format!("`--base-url` cannot be `{url}`"),
            "write where the site will be, such as `https://example.org/dossier/`, without `?` and `#`",
        )
    })
}

/// The exit code of a dossier that is not published, if it is not.
pub(super) fn verdict(report: &Report, strict: bool) -> Option<u8> {
    let has = |severity| report.count(severity) > 0;
    match (has(Severity::Error), has(Severity::Warning) && strict) {
        (true, _) => Some(HAS_ERRORS),
        (false, true) => Some(HAS_WARNINGS),
        (false, false) => None,
    }
}

/// "2 errors, 1 warning"
pub(super) fn counted(report: &Report) -> String {
    let count = |severity| match report.count(severity) {
        0 => None,
        1 => Some(format!("1 {}", severity.word())),
        more => Some(format!("{more} {}s", severity.word())),
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(count)
        .collect();
    if counts.is_empty() { "no mistakes".to_owned() } else { counts.join(", ") }
}

/// Hints are shown on request only, so it is said that there are some.
fn hidden_hints(report: &Report, shown: bool) -> String {
    match report.count(Severity::Hint) {
        0 => String::new(),
        _ if shown => String::new(),
        1 => "; 1 hint (`--hints` shows it)".to_owned(),
        more => format!("; {more} hints (`--hints` shows them)"),
    }
}

/// What comes before the closing words of a site that was published in spite of warnings.
pub(super) fn preface(report: &Report) -> String {
    match report.count(Severity::Warning) {
        0 => String::new(),
        _ => format!("{}; ", counted(report)),
    }
}

pub(super) fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

pub(super) fn waiting(out: &OutFolder, terminal: &Terminal) {
    terminal.say(&format!("waiting for another run that is writing to `{}`", out.name()));
}

/// What a rehearsal found, by path.
fn list(changes: &Changes, terminal: &Terminal) {
    let kinds = [("added", &changes.added), ("changed", &changes.changed), ("deleted", &changes.deleted)];
    let mut all: Vec<(&SitePath, &str)> = kinds
        .iter()
        .flat_map(|(kind, paths)| paths.iter().map(move |path| (path, *kind)))
        .collect();
    all.sort();
    let text: String = all.iter().map(|(path, kind)| format!("{kind:7} {path}\n")).collect();
    let lines: String = all
        .iter()
        .map(|(path, kind)| json::line(&serde_json::json!({ "change": kind, "path": path.as_str() })))
        .collect();
    terminal.answer_beside_diagnostics(&text, &lines);
}

/// More pages that somebody changed are counted.
const MOST_EDITS_TOLD: usize = 5;

/// Whether something was done, or would be done by a build that is no rehearsal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Was,
    WouldBe,
}

/// What somebody wrote into pages of ours, and what becomes of it.
pub(super) fn tell_of_edits(changes: &Changes, out: &OutFolder, tense: Tense, terminal: &Terminal) {
    let (made, kept) = match tense {
        Tense::Was => ("was made anew", "is kept"),
        Tense::WouldBe => ("would be made anew", "would be kept"),
    };
    for path in changes.replaced.iter().take(MOST_EDITS_TOLD) {
        let place = Path::new(cache_dir::FOLDER).join(REPLACED).join(path.as_str());
        terminal.say(&format!(
            "warning: `{}` was changed since the last build and {made}; what lay there {kept} in the dossier \
                as `{}`\n  \
             = help: write what the page should say into the dossier: every build makes the page from it",
            out.shown(path),
            place.display()
        ));
    }
    let moved = if tense == Tense::Was { "was moved" } else { "would be moved" };
    for path in changes.left.iter().take(MOST_EDITS_TOLD) {
        let place = Path::new(cache_dir::FOLDER).join(REPLACED).join(path.as_str());
        terminal.say(&format!(
            "warning: `{}` is no page of the site any more, and was changed since the last build: \
                it {moved} to `{}`\n  \
             = help: it may hold what is held back now; delete it there if nobody needs it",
            out.shown(path),
            place.display()
        ));
    }
    let told = |paths: &[SitePath]| paths.len().saturating_sub(MOST_EDITS_TOLD);
    match told(&changes.replaced) + told(&changes.left) {
        0 => {}
        more => terminal.say(&format!("warning: the same holds for {} more", files(more))),
    }
}

/// The same in the closing line: "; 1 edited page kept aside; 1 edited page moved out of the site".
fn edits(changes: &Changes, tense: Tense) -> String {
    let pages =
        |count: usize| if count == 1 { "1 edited page".to_owned() } else { format!("{count} edited pages") };
    let would = if tense == Tense::WouldBe { "would be " } else { "" };
    let replaced = (!changes.replaced.is_empty())
        .then(|| format!("; {} {would}kept aside", pages(changes.replaced.len())));
    let left = (!changes.left.is_empty())
        .then(|| format!("; {} {would}moved out of the site", pages(changes.left.len())));
    replaced.into_iter().chain(left).collect()
}

pub(super) fn detail(changes: &Changes, out: &OutFolder, terminal: &Terminal) {
    if !terminal.is_talkative() {
        return;
    }
    let Changes { added, changed, deleted, kept, waiting: _, replaced: _, left: _ } = changes;
    for (word, paths) in [("kept   ", kept), ("written", added), ("written", changed), ("deleted", deleted)] {
        paths
            .iter()
            .for_each(|path| terminal.detail(&format!("{word} {}", out.shown(path))));
    }
}

/// How long each part of a run took.
struct Clock {
    start: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Clock {
        let now = Instant::now();
        Clock { start: now, last: now, laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    fn total(&self) -> String {
        match self.start.elapsed() {
            short if short < Duration::from_secs(1) => format!("{} ms", short.as_millis()),
            long => format!("{:.1} s", long.as_secs_f64()),
        }
    }

    fn show_if(&self, wanted: bool, terminal: &Terminal) {
        if !wanted {
            return;
        }
        let milliseconds = |lap: &Duration| lap.as_secs_f64() * 1000.0;
        let text: String = self
            .laps
            .iter()
            .map(|(name, lap)| format!("{name:8} {:9.1} ms\n", milliseconds(lap)))
            .collect();
        let line = |(name, lap): &(&str, Duration)| {
            json::line(&serde_json::json!({ "timing": name, "milliseconds": milliseconds(lap) }))
        };
        let lines: String = self.laps.iter().map(line).collect();
        terminal.answer_beside_diagnostics(&text, &lines);
    }
}
