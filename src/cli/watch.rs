//! `watch`: build on every save, and serve what was built, until somebody ends it.
//!
//! One thread looks at the folder and decides; a build runs in another, one at a time; the server has its
//! own. What happens while a build runs is seen by the look after it, so that the newest state wins. No
//! mistake in the dossier ends it, and after its start no failure of the machine: what cannot be done now is
//! said once and tried again.

mod generation;
mod news;
mod phrases;
mod telling;
mod waiting;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, PoisonError};
use std::thread::{self, Scope};
use std::time::{Duration, Instant, SystemTime};

use clap::Args;

use crate::cli::build::{
    Dossier, SETTINGS_WRONG, Tense, Unsettled, counted, detail, files, tell_of_edits, waiting,
};
use crate::config::DEFAULT_PORT;
use crate::inputs::Inputs;
use crate::model::path::InputPath;
use crate::report::diagnostic::Report;
use crate::site::Site;
use crate::world::cache_dir;
use crate::world::cache_dir::CacheDir;
use crate::world::disk::{self, Reading};
use crate::world::publish::file_ops::Disk;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::recover;
use crate::world::publish::site::Outcome;
use crate::world::serve::overlay::{Editor, failure, overlay};
use crate::world::serve::{Port, Server};
use crate::world::stop::{Failure, Stop};
use crate::world::terminal::{Format, Terminal};
use crate::world::watch::hints::{Heard, Hints};
use crate::world::watch::pace::ScanSchedule;
use crate::world::watch::scan::{Differences, GRACE, PartialSaves, Scan, Seen};
use crate::world::{browser, signals};
use generation::{End, Order, Shared};
use news::{News, Rest};
use phrases::{WORKS_AGAIN, in_words, named};
use waiting::Waiting;

#[derive(Debug, Args)]
pub struct Watch {
    /// The dossier [default: the current folder, else the nearest parent with a casebook.toml]
    pub dir: Option<PathBuf>,

    /// The output folder, relative to the current folder [default: what casebook.toml says, else `public` in
    /// the dossier]
    #[arg(short, long)]
    pub out: Option<PathBuf>,

    /// The port to serve on, 0 for any free one [default: what casebook.toml says, else 4321 or the next free
    /// one]
    #[arg(short, long)]
    pub port: Option<u16>,

    /// Open the site in a browser [default: in a terminal]
    #[arg(long, conflicts_with_all = ["no_open", "no_serve"])]
    pub open: bool,

    /// Open no browser
    #[arg(long)]
    pub no_open: bool,

    /// Serve nothing: build only
    #[arg(long, conflicts_with = "port")]
    pub no_serve: bool,

    /// Look at the folder again and again, where the system does not announce changes
    #[arg(long)]
    pub poll: bool,
}

/// After what the system could have announced a change that was found without it.
const LATE: Duration = Duration::from_secs(1);

/// When to try again what the machine failed at.
const AGAIN: Duration = Duration::from_secs(2);

/// So many files are read faster by a look at the whole, which all processors take part in.
const MANY: usize = 32;

/// Builds until it is ended; the exit code.
pub fn watch(options: &Watch, asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<u8, Stop> {
    if terminal.format == Format::Sarif {
        return Err(Stop::refused(
            "`watch` has no end at which a SARIF document could be written",
            "use `--format json`, or `casebook check --format sarif`",
        ));
    }
    let Some(dossier) = Dossier::open(asked, current, terminal)? else { return Ok(SETTINGS_WRONG) };
    let out = dossier.out(options.out.as_deref())?;
    recover(&out, &CacheDir::of(&dossier.root), &Disk, &|| waiting(&out, terminal))?;
    let (tell, news) = mpsc::channel();
    let end = tell.clone();
    signals::listen(move || drop(end.send(News::End)))?;
    let server = if options.no_serve { None } else { Some(Server::start(port(options, &dossier))?) };
    let shared = Shared::new(dossier.cache());
    let settings = disk::settings(&dossier.root)?;
    thread::scope(|scope| {
        let mut watching = Watching {
            options,
            terminal,
            tell,
            dossier: Arc::new(dossier),
            settings,
            scan: Scan::default(),
            pace: ScanSchedule::new(true),
            named: None,
            hints: None,
            server,
            shared: &shared,
            scope,
            out,
            inputs: None,
            sound: None,
            is_held: false,
            said: Report::default(),
            trouble: None,
            is_due: true,
            halves: PartialSaves::default(),
            suspect: None,
            rest: None,
            rest_took: Duration::ZERO,
        };
        let done = watching.run(&news);
        watching.finish(&news);
        watching.server.iter().for_each(Server::stop);
        watching
            .dossier
            .keep(&shared.cache.lock().unwrap_or_else(PoisonError::into_inner));
        done
    })
}

fn port(options: &Watch, dossier: &Dossier) -> Port {
    options
        .port
        .or(dossier.config.watch.port)
        .map_or(Port::From(DEFAULT_PORT), Port::Asked)
}

/// A state of the dossier that was published.
struct Sound {
    dossier: Arc<Dossier>,
    inputs: Arc<Inputs>,
    out: OutFolder,
    /// What lay in the output then.
    site: Arc<Site>,
}

/// Everything that one look leaves for the next.
struct Watching<'scope, 'env> {
    options: &'env Watch,
    terminal: &'env Terminal,
    tell: Sender<News>,
    dossier: Arc<Dossier>,
    /// The bytes that the dossier's settings were read from.
    settings: Option<Vec<u8>>,
    scan: Scan,
    pace: ScanSchedule,
    /// What was said to have changed since the last look; none where anything may have.
    named: Option<BTreeSet<PathBuf>>,
    hints: Option<Hints>,
    server: Option<Server>,
    shared: &'env Shared,
    scope: &'scope Scope<'scope, 'env>,
    /// Where the site goes, as the settings said when it was last built.
    out: OutFolder,
    /// What was compiled last.
    inputs: Option<Arc<Inputs>>,
    /// The last state that could be published.
    sound: Option<Sound>,
    /// Whether what was compiled last has mistakes, so that the output is older than it.
    is_held: bool,
    /// The errors and warnings that were last shown.
    said: Report,
    /// What cannot be done now, so that it is known again.
    trouble: Option<String>,
    /// Whether to build although nothing differs: the first time, and after trouble.
    is_due: bool,
    /// What is gone or empty, and may be half of a save.
    halves: PartialSaves,
    /// Until when what was found without a hint may still be announced.
    suspect: Option<Instant>,
    /// What of the last sound state is not in the output yet.
    rest: Option<Waiting>,
    /// What it took to bring that the last time.
    rest_took: Duration,
}

impl Watching<'_, '_> {
    fn run(&mut self, news: &Receiver<News>) -> Result<u8, Stop> {
        self.listen();
        self.look()?;
        if let Some(server) = &self.server {
            let address = server.address();
            self.terminal.close(&format!("serving {address} (Ctrl-C ends)"));
            if self.opens() {
                browser::open(&address);
            }
        }
        loop {
            let wait = self.next().saturating_duration_since(Instant::now());
            match news.recv_timeout(wait) {
                Ok(News::End) => return Ok(0),
                Ok(News::Folder(heard)) => self.hear(heard),
                Ok(News::Rest(call, rest)) => self.note_rest(&call, rest),
                Err(RecvTimeoutError::Timeout) => {}
                // Cannot be: `self.tell` lives
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
            self.judge_silence();
            self.bring_rest();
            if self.pace.due(Instant::now()) > Instant::now() {
                continue;
            }
            for heard in news.try_iter() {
                match heard {
                    News::End => return Ok(0),
                    News::Folder(heard) => self.hear(heard),
                    News::Rest(call, rest) => self.note_rest(&call, rest),
                }
            }
            if let Err(stop) = self.look() {
                self.fail(&stop);
            }
        }
    }

    fn next(&self) -> Instant {
        let due = self.pace.due(Instant::now());
        let rest = self.rest.as_ref().and_then(Waiting::due);
        self.suspect.into_iter().chain(rest).fold(due, Instant::min)
    }

    /// Has lists and data brought when their time has come.
    fn bring_rest(&mut self) {
        let is_due = |rest: &Waiting| rest.due().is_some_and(|due| due <= Instant::now());
        if let Some(rest) = self.rest.as_mut().filter(|rest| is_due(rest))
            && !rest.bring(&self.tell)
        {
            self.rest = None;
        }
    }

    fn note_rest(&mut self, call: &Arc<AtomicBool>, rest: Rest) {
        if !self.rest.as_ref().is_some_and(|rest| rest.is_brought_by(call)) {
            return; // of a state that another one has followed
        }
        match rest {
            Rest::Brought(Outcome::Done(changes)) => {
                self.rest_took = self.rest.as_ref().map_or(Duration::ZERO, Waiting::took);
                let untold = self.rest.take().and_then(Waiting::untold);
                tell_of_edits(&changes, &self.out, Tense::Was, self.terminal);
                detail(&changes, &self.out, self.terminal);
                let works_again = if self.trouble.take().is_some() { WORKS_AGAIN } else { "" };
                match untold {
                    Some((cause, began)) => self.say_changed(&changes, &cause, works_again, began),
                    None if !works_again.is_empty() => self.terminal.say("it works again"),
                    None if changes.count() > 0 => {
                        self.terminal.detail(&format!(
                            "then {} changed{}",
                            files(changes.count()),
                            named(&changes)
                        ));
                    }
                    None => {}
                }
            }
            // No page of ours fails, and others do not wait; were it so, a whole build would say it.
            Rest::Brought(Outcome::Mistakes(_)) => self.rest = None,
            Rest::CalledOff => self.rest.iter_mut().for_each(Waiting::come_back),
            Rest::Stopped(stop) => {
                self.rest = None;
                self.fail(&stop);
            }
        }
    }

    /// The output is left whole.
    fn finish(&mut self, news: &Receiver<News>) {
        while let Some(rest) = &mut self.rest {
            if !rest.bring(&self.tell) {
                return;
            }
            match news.recv() {
                Ok(News::Rest(call, rest)) => self.note_rest(&call, rest),
                Ok(News::Folder(_) | News::End) => {}
                Err(_) => return,
            }
        }
    }

    fn opens(&self) -> bool {
        self.options.open
            || (!self.options.no_open
                && std::io::IsTerminal::is_terminal(&std::io::stderr())
                && !browser::is_unattended())
    }

    /// Begins to listen to what the system announces, and says what is watched and how.
    fn listen(&mut self) {
        let dossier = &self.dossier;
        let folders: Vec<PathBuf> = dossier
            .folders()
            .iter()
            .map(|folder| dossier.root.join(folder))
            .collect();
        let ours = dossier
            .out(self.options.out.as_deref())
            .map(|out| out.path().to_owned())
            .into_iter();
        let ours = ours
            .chain([".git", cache_dir::FOLDER].map(|folder| dossier.root.join(folder)))
            .collect();
        let tell = self.tell.clone();
        let hints = match self.options.poll {
            true => Err("as you asked".to_owned()),
            false => {
                Hints::start(&dossier.root, folders, ours, move |heard| drop(tell.send(News::Folder(heard))))
            }
        };
        let shown = dossier
            .root
            .strip_prefix(&dossier.current)
            .unwrap_or(&dossier.root)
            .display()
            .to_string();
        self.terminal.say(&if shown.is_empty() {
            "watching this folder".to_owned()
        } else {
            format!("watching `{shown}`")
        });
        match hints {
            Ok(hints) => {
                self.hints = Some(hints);
                self.pace = ScanSchedule::new(false);
            }
            Err(why) => self.go_deaf(&why),
        }
    }

    /// From now on the folder is looked at again and again.
    fn go_deaf(&mut self, why: &str) {
        self.hints = None;
        self.suspect = None;
        self.pace.poll();
        self.terminal
            .say(&format!("looking for changes several times a second: {why}"));
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Hint(named) => {
                self.suspect = None;
                self.named = self.named.take().zip(named).map(|(mut known, named)| {
                    known.extend(named);
                    known
                });
                self.pace.hint(Instant::now());
            }
            Heard::Deaf(why) if self.hints.is_some() => self.go_deaf(&why),
            Heard::Deaf(_) => {}
        }
    }

    /// A change that was found without a word of the system's, then or soon after: it does not announce all
    /// of them here.
    fn judge_silence(&mut self) {
        if self.hints.is_some() && self.suspect.is_some_and(|suspect| suspect <= Instant::now()) {
            self.go_deaf("the system did not announce a change");
        }
    }

    /// Looks at the folder, and builds what differs. `Err`: it could not; the next look tries again.
    fn look(&mut self) -> Result<(), Stop> {
        let began = Instant::now();
        let by_itself = !self.pace.is_hinted();
        let is_once_more = self.pace.is_promised_once_more(began);
        let mut named = self.named.replace(BTreeSet::new());
        if is_once_more && let Some(named) = &mut named {
            named.extend(self.scan.fresh(&self.dossier.root));
        }
        let may_glance = (!by_itself || is_once_more) && !self.pace.is_promised(began) && !self.is_due;
        let looked = self.see(named.filter(|_| may_glance));
        if looked.as_ref().is_err() {
            self.named = None;
        }
        let is_glance = matches!(&looked, Ok(Some(Seen { folders: None, .. })));
        self.note_look(is_glance, began, began.elapsed());
        // Where the whole was looked at although nothing was heard, so is the output.
        let is_thorough = by_itself && !is_glance;
        let Some(seen) = looked? else {
            self.restore(is_thorough);
            return Ok(());
        };
        let took = began.elapsed();
        let differences = match &self.inputs {
            Some(inputs) => Differences::between(inputs, &seen.inputs),
            None => Differences::default(),
        };
        self.follow(
            &seen,
            by_itself && self.inputs.is_some() && !differences.is_empty() && !self.halves.is_waiting(),
        );
        if self.inputs.is_some()
            && let Some(until) = self.halves.wait(differences.half_done(&seen.inputs), Instant::now())
        {
            let halves = differences
                .half_done(&seen.inputs)
                .map(|path| self.dossier.root.join(path.as_str()));
            match &mut self.named {
                // What a look at the whole found gone it has promised to look for
                Some(named) if is_glance => {
                    named.extend(halves);
                    self.pace.promise_glance(until);
                }
                _ => self.pace.promise(until),
            }
            return Ok(());
        }
        let [seeds, annotations, _] = self.dossier.folders();
        let is_passing = differences.is_passing(&[seeds, annotations]);
        if is_passing && !self.is_due && self.is_held {
            self.restore(is_thorough);
            return Ok(());
        }
        let is_lost = is_passing && self.is_lost(is_thorough);
        if is_passing && !self.is_due && !is_lost {
            return Ok(());
        }
        let cause = if is_lost { format!("`{}`", self.out.name()) } else { differences.in_words() };
        let built = self.build(seen.inputs, began, &cause);
        self.note_look(is_glance, began, took);
        built
    }

    fn note_look(&mut self, is_glance: bool, began: Instant, took: Duration) {
        match is_glance {
            true => self.pace.glanced(began, Instant::now()),
            false => self.pace.looked(began, took, Instant::now()),
        }
    }

    /// The folder as it is, with its settings understood: looked at as a whole, unless only what was `named`
    /// may have changed. `None`: the settings are wrong, which was said, or half saved, which is waited for.
    fn see(&mut self, mut named: Option<BTreeSet<PathBuf>>) -> Result<Option<Seen>, Stop> {
        let root = self.dossier.root.clone();
        if !disk::is_dossier(&root) {
            return Err(Stop::refused(
                format!("`{}` is no dossier any more", root.display()),
                "put its files back: the site stays as it is until then",
            ));
        }
        let settings = disk::settings(&root)?;
        if settings != self.settings {
            named = None;
            if let Some(until) = self.until_settings(settings.as_deref()) {
                self.named = None;
                self.pace.promise(until);
                return Ok(None);
            }
            match Dossier::of(root, &self.dossier.current.clone(), settings.as_deref()) {
                Ok(dossier) => self.settle(dossier, settings.clone()),
                Err(unsettled) => {
                    self.say_unsettled(unsettled);
                    return Ok(None);
                }
            }
        }
        let dossier = &self.dossier;
        let written = dossier.root.join(&dossier.config.build.out.value);
        let is_excluded = |path: &InputPath| dossier.config.build.exclude.matches(path);
        let reading = Reading {
            root: &dossier.root,
            folders: &dossier.folders(),
            out: &written,
            is_excluded: &is_excluded,
        };
        if let Some(named) = named.filter(|named| (1..=MANY).contains(&named.len()))
            && let Some(seen) = self.scan.scan_paths(&reading, &named, SystemTime::now())?
        {
            return Ok(Some(seen));
        }
        self.scan.look(&reading, settings, SystemTime::now()).map(Some)
    }

    /// Until when to wait for settings that are gone or empty, and may be half of a save: without them what
    /// they exclude would be published.
    fn until_settings(&mut self, settings: Option<&[u8]>) -> Option<Instant> {
        let is_gone = settings.is_none_or(|bytes| bytes.trim_ascii().is_empty());
        let path = Some(disk::settings_path()).filter(|_| is_gone && self.settings.is_some())?;
        self.halves.wait(std::iter::once(&path), Instant::now())
    }

    /// Takes new settings. Other folders may be read now.
    fn settle(&mut self, dossier: Dossier, settings: Option<Vec<u8>>) {
        let is_elsewhere = dossier.folders() != self.dossier.folders();
        self.dossier = Arc::new(dossier);
        self.settings = settings;
        self.is_due = true;
        if is_elsewhere {
            self.scan = Scan::default();
            self.listen();
        }
    }

    /// Settings that cannot be read do not end the run: the last good ones hold until they are mended.
    fn say_unsettled(&mut self, Unsettled { report, text }: Unsettled) {
        self.is_due = true;
        if report == self.said {
            return;
        }
        self.terminal.report(&report, false, &|_| text.clone());
        self.terminal.say(&format!(
            "{} in `{}`; the settings from before hold",
            counted(&report),
            disk::settings_path()
        ));
        if let Some(server) = &self.server {
            let editor = Editor { address: &self.dossier.config.watch.editor, root: &self.dossier.root };
            server.report(&overlay(&report, true, editor, &|_| text.clone(), &|_| None));
        }
        self.said = report;
    }

    /// Listens to folders that are new, and looks again where a change may have been missed.
    fn follow(&mut self, seen: &Seen, is_suspicious: bool) {
        if seen.is_fresh {
            self.pace.promise_once_more(Instant::now());
        }
        let Some(hints) = &mut self.hints else { return };
        // A glance sees no folder
        match seen
            .folders
            .as_ref()
            .map_or(Ok(false), |folders| hints.follow(folders))
        {
            Ok(false) if is_suspicious => self.suspect = Some(Instant::now() + LATE),
            Ok(false) => {}
            Ok(true) => self.pace.promise(Instant::now() + GRACE),
            Err(why) => self.go_deaf(&why),
        }
    }

    /// Whether somebody took the output away, or a file of it. The whole of it is looked through only where
    /// nothing was heard.
    fn is_lost(&self, by_itself: bool) -> bool {
        let Some(Sound { site, out, .. }) = &self.sound else { return false };
        match by_itself {
            true => !out.holds_all(site.files().map(|(path, _)| path)),
            false => site
                .files()
                .next()
                .is_some_and(|(first, _)| out.path().join(first.as_str()).symlink_metadata().is_err()),
        }
    }

    /// Where mistakes hold back the dossier as it is, and the output was taken away: the last sound state is
    /// published once more.
    fn restore(&mut self, by_itself: bool) {
        let began = Instant::now();
        let is_here = |sound: &&Sound| sound.out.path() == self.out.path();
        let is_lost = self.is_lost(by_itself);
        let Some(Sound { dossier, inputs, out, site: _ }) =
            self.sound.as_ref().filter(is_here).filter(|_| is_lost)
        else {
            return;
        };
        let (dossier, inputs) = (Arc::clone(dossier), Arc::clone(inputs));
        match generation::again(&Order {
            dossier,
            inputs,
            out: out.clone(),
            shared: self.shared,
            terminal: self.terminal,
        }) {
            End::Published(changes) => {
                let (count, time) = (files(changes.count()), in_words(began.elapsed()));
                let works_again = if self.trouble.take().is_some() { WORKS_AGAIN } else { "" };
                self.terminal.say(&format!(
                    "{works_again}`{}`: the last good site is back; {count} changed in {time}",
                    out.name()
                ));
            }
            // Cannot be: this state was published before
            End::Held => self.sound = None,
            // Somebody may still be taking it away, or something else took its place. Open pages go on
            // showing the mistakes.
            End::Stopped(stop) => {
                self.say_trouble(&stop);
            }
        }
    }

    /// Builds one state of the dossier, and says what came of it.
    fn build(&mut self, inputs: Inputs, began: Instant, cause: &str) -> Result<(), Stop> {
        let out = self.dossier.out_again(self.options.out.as_deref(), Some(&self.out))?;
        self.rest.iter_mut().for_each(Waiting::put_off);
        self.out.clone_from(&out);
        let inputs = Arc::new(inputs);
        let order = Order {
            dossier: Arc::clone(&self.dossier),
            inputs: Arc::clone(&inputs),
            out: out.clone(),
            shared: self.shared,
            terminal: self.terminal,
        };
        let (press, asks) = mpsc::channel();
        let (done, built) = mpsc::channel();
        let (call, calls) = mpsc::channel();
        self.scope.spawn(move || generation::run(&order, &done, &asks, calls));
        // Nothing comes where the program itself failed; the next change may be kinder.
        let Ok(built) = built.recv() else { return Ok(()) };
        let is_first = self.inputs.is_none();
        self.inputs = Some(Arc::clone(&inputs));
        self.is_due = false;
        if let Some(server) = &self.server {
            server.report(&built.overlay);
            if !matches!(built.end, End::Held) {
                server.show(press);
            }
        }
        let works_again = match &built.end {
            End::Stopped(_) => false,
            // Nothing was written yet
            End::Published(changes) if changes.count() == 0 && !changes.waiting.is_empty() => false,
            End::Published(_) | End::Held => self.trouble.take().is_some(),
        };
        self.say_built(&built, is_first, works_again, began, cause, &out);
        match built.end {
            End::Published(changes) => {
                self.rest = Waiting::of(&changes, self.rest_took, call, cause, began);
                self.sound =
                    Some(Sound { dossier: Arc::clone(&self.dossier), inputs, out, site: built.site });
                self.is_held = false;
                Ok(())
            }
            End::Held => {
                self.is_held = true;
                Ok(())
            }
            End::Stopped(stop) => Err(stop),
        }
    }

    /// What could not be built is built when that can be.
    fn fail(&mut self, stop: &Stop) {
        self.is_due = true;
        if self.say_trouble(stop)
            && let Some(server) = &self.server
        {
            server.report(&failure(stop));
        }
    }

    /// Says once what cannot be done now, and tries again soon. Whether it was not said before.
    fn say_trouble(&mut self, stop: &Stop) -> bool {
        self.pace.promise(Instant::now() + AGAIN);
        let what = match stop {
            Stop::Refused { message, help: _ } => message.clone(),
            // A full disk meets whichever file comes first
            Stop::Failed(Failure { doing, path, cause, state: _ }) => {
                let path = if path.starts_with(self.out.path()) { self.out.path() } else { path };
                format!("{doing} {}: {cause}", path.display())
            }
        };
        let is_new = self.trouble.as_ref() != Some(&what);
        if is_new {
            self.terminal.stop(stop);
            self.trouble = Some(what);
        }
        is_new
    }
}
