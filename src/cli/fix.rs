//! `fix`: safe corrections applied, and the rest shown as a diff for a person to decide.
//!
//! Corrections are applied in memory, and the dossier is compiled anew after each round, since one mistake
//! may hide another. Then each file that changed is written whole. Nothing outside the annotations and the
//! settings is ever written: what a seed says is evidence.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::cache::CompileCache;
use crate::cli::build::{Dossier, HAS_ERRORS, SETTINGS_WRONG, counted, text_of};
use crate::cli::new::plain_text;
use crate::config::config;
use crate::inputs::Inputs;
use crate::model::path::InputPath;
use crate::parse::decode::decode;
use crate::report::diagnostic::{Diagnostic, Fix as Correction, Report, Severity};
use crate::report::json;
use crate::world::disk;
use crate::world::stop::Stop;
use crate::world::terminal::Terminal;
use crate::world::write;
use crate::writing::mend::{Mended, Taken, Texts, mended};
use crate::writing::patch::patch;
use crate::{View, compile};

#[derive(Debug, Args)]
pub struct Fix {
    /// The dossier [default: the current folder, else the nearest parent with a casebook.toml]
    pub dir: Option<PathBuf>,

    /// Also correct quotations whose words drifted, where one passage is meant and no figure, name, currency
    /// or negation differs
    #[arg(long)]
    pub drift: bool,

    /// Show every correction as a diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A correction may bring another mistake to light, and that another; a dossier that is not settled after so
/// many rounds never is.
const MOST_ROUNDS: usize = 8;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Corrects; the exit code.
pub fn fix(options: &Fix, asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<u8, Stop> {
    let taken = if options.drift { Taken::Drift } else { Taken::Safe };
    let root = disk::find(asked, current)?;
    let path = disk::settings_path();
    let settings = disk::settings(&root)?;
    let (mended_settings, in_settings) = match settings.as_ref().and_then(|_| write::kept(&root, &path)) {
        None => mend_settings(&path, settings.as_deref(), taken),
        Some(kept) => {
            if mend_settings(&path, settings.as_deref(), taken).1 > 0 {
                say_skipped(&path, kept.reason(), kept.help(), terminal);
            }
            (settings, 0)
        }
    };
    let Some(dossier) = Dossier::with_settings(root, current, mended_settings.as_deref(), terminal) else {
        return Ok(SETTINGS_WRONG);
    };
    dossier.complete(terminal)?;
    let read = dossier.read(terminal)?;
    let mut now = read.clone();
    if let Some(bytes) = mended_settings.filter(|_| in_settings > 0) {
        now.insert(path, bytes);
    }
    let (report, applied) = settle(&dossier, &mut now, taken);
    let changed: Vec<&InputPath> = now
        .files()
        .filter(|(path, file)| read.get(path).is_none_or(|old| old.hash != file.hash))
        .map(|(path, _)| path)
        .collect();
    let rest = rest(&report, &now);
    // Each change is shown, made or not, but to those who asked for quiet.
    let mut diffs =
        if options.dry_run || !terminal.is_quiet() { diffs(&read, &now, true) } else { Vec::new() };
    diffs.extend(left(&rest, &now));
    show(&diffs, terminal);
    for (path, reason, help) in skipped(&report, &now, &dossier, taken) {
        say_skipped(path, reason, help, terminal);
    }
    if !options.dry_run {
        for path in &changed {
            bring(path, &read, &now, &dossier)?;
            terminal.detail(&format!("written {path}"));
        }
        terminal.report(&report, false, &|path| text_of(&now, path));
    }
    terminal.close(&closing(options.dry_run, applied + in_settings, changed.len(), rest.applied, &report));
    Ok(if report.count(Severity::Error) > 0 { HAS_ERRORS } else { 0 })
}

/// The settings with safe corrections applied, and how many there were: a dossier whose settings are wrong
/// cannot be read at all.
fn mend_settings(path: &InputPath, bytes: Option<&[u8]>, taken: Taken) -> (Option<Vec<u8>>, usize) {
    let Some(bytes) = bytes else { return (None, 0) };
    let Some(mut text) = plain_text(path, bytes) else { return (Some(bytes.to_vec()), 0) };
    let mut applied = 0;
    for _ in 0..MOST_ROUNDS {
        let (_, warnings, fatal) = config(path, Some(&text));
        let texts = Texts::from([(path.clone(), text.clone())]);
        let round = mended(
            &texts,
            warnings
                .iter()
                .chain(&fatal)
                .filter(|mistake| taken.takes(mistake))
                .filter_map(|mistake| mistake.fix.as_ref()),
        );
        let Some(new) = round.texts.into_values().next() else { break };
        text = new;
        applied += round.applied;
    }
    (Some(with_mark(bytes, &text)), applied)
}

/// Applies corrections until none is left: what a build then says, and how many were applied.
fn settle(dossier: &Dossier, inputs: &mut Inputs, taken: Taken) -> (Report, usize) {
    let mut applied = 0;
    for _ in 0..MOST_ROUNDS {
        let report = compiled(dossier, inputs);
        let round =
            mended(&editable(&report, inputs, dossier), fixes(&report, |mistake| taken.takes(mistake)));
        if round.applied == 0 {
            return (report, applied);
        }
        applied += round.applied;
        take(round, inputs);
    }
    (compiled(dossier, inputs), applied)
}

fn compiled(dossier: &Dossier, inputs: &Inputs) -> Report {
    dossier.report(&compile(inputs, &dossier.config, View::Published, &mut CompileCache::default()))
}

fn fixes<'a>(
    report: &'a Report,
    takes: impl Fn(&Diagnostic) -> bool + 'a,
) -> impl Iterator<Item = &'a Correction> {
    report
        .diagnostics
        .iter()
        .filter(move |mistake| takes(mistake))
        .filter_map(|mistake| mistake.fix.as_ref())
}

/// The texts of the files that corrections speak of and that may be written: annotations in UTF-8 that nobody
/// keeps as they are. The settings are mended before.
fn editable(report: &Report, inputs: &Inputs, dossier: &Dossier) -> Texts {
    let own = places(report, |_| true)
        .into_iter()
        .filter(|path| is_ours(path, dossier) && write::kept(&dossier.root, path).is_none());
    own.filter_map(|path| Some((path.clone(), plain_text(path, &inputs.get(path)?.bytes)?)))
        .collect()
}

/// The files that some mistakes' corrections speak of.
fn places(report: &Report, takes: impl Fn(&Diagnostic) -> bool) -> BTreeSet<&InputPath> {
    let mistakes = report.diagnostics.iter().filter(|mistake| takes(mistake));
    mistakes
        .flat_map(|mistake| &mistake.fix)
        .flat_map(|fix| &fix.edits)
        .map(|edit| &edit.place.path)
        .collect()
}

fn is_ours(path: &InputPath, dossier: &Dossier) -> bool {
    let inside = |folder: &InputPath| {
        path.as_str()
            .strip_prefix(folder.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
    };
    inside(&dossier.config.build.annotations.value) && !inside(&dossier.config.build.seeds.value)
}

fn take(round: Mended, inputs: &mut Inputs) {
    for (path, text) in round.texts {
        let old = inputs
            .get(&path)
            .map(|file| file.bytes.clone())
            .unwrap_or_else(|| Arc::from([]));
        inputs.insert(path, with_mark(&old, &text));
    }
}

/// A text as bytes, with the byte order mark that the file had.
fn with_mark(old: &[u8], text: &str) -> Vec<u8> {
    [if old.starts_with(MARK) { MARK } else { &[] }, text.as_bytes()].concat()
}

/// What would come of the corrections that are not applied: a proposal, in any file.
fn rest(report: &Report, inputs: &Inputs) -> Mended {
    let texts = places(report, |_| true).into_iter();
    let texts = texts
        .filter_map(|path| Some((path.clone(), plain_text(path, &inputs.get(path)?.bytes)?)))
        .collect();
    mended(&texts, fixes(report, |_| true))
}

/// A file's change, and whether it is one that `fix` makes itself.
struct Diff {
    path: InputPath,
    text: String,
    applied: bool,
}

fn diffs(old: &Inputs, new: &Inputs, applied: bool) -> Vec<Diff> {
    let text = |inputs: &Inputs, path: &InputPath| {
        inputs
            .get(path)
            .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
            .unwrap_or_default()
    };
    let changes = new.files().map(|(path, _)| Diff {
        path: path.clone(),
        text: patch(path.as_str(), &text(old, path), &text(new, path)),
        applied,
    });
    changes.filter(|diff| !diff.text.is_empty()).collect()
}

fn left(rest: &Mended, inputs: &Inputs) -> Vec<Diff> {
    let mut proposed = Inputs::default();
    let mut now = Inputs::default();
    for (path, text) in &rest.texts {
        if let Some(file) = inputs.get(path) {
            now.insert(path.clone(), file.bytes.clone());
            proposed.insert(path.clone(), with_mark(&file.bytes, text));
        }
    }
    diffs(&now, &proposed, false)
}

/// Words before a file's diff are skipped by `patch`, so that the whole can still be applied.
fn show(diffs: &[Diff], terminal: &Terminal) {
    let mut text = String::new();
    for (applied, words) in [
        (true, "# what `casebook fix` corrects"),
        (false, "# yours to decide: not applied by `casebook fix`"),
    ] {
        let part: String = diffs
            .iter()
            .filter(|diff| diff.applied == applied)
            .map(|diff| diff.text.as_str())
            .collect();
        if !part.is_empty() {
            text.push_str(&format!("{words}\n{part}"));
        }
    }
    let line = |diff: &Diff| {
        json::line(
            &serde_json::json!({ "path": diff.path.as_str(), "applied": diff.applied, "diff": diff.text }),
        )
    };
    let lines: String = diffs.iter().map(line).collect();
    if !diffs.is_empty() {
        terminal.answer_beside_diagnostics(&text, &lines);
    }
}

/// Files with corrections that are not written, with the reason and the remedy.
fn skipped<'r>(
    report: &'r Report,
    inputs: &Inputs,
    dossier: &Dossier,
    taken: Taken,
) -> Vec<(&'r InputPath, &'static str, &'static str)> {
    let paths = places(report, |mistake| taken.takes(mistake))
        .into_iter()
        .filter(|path| is_ours(path, dossier));
    let why = |path: &InputPath| match write::kept(&dossier.root, path) {
        Some(kept) => Some((kept.reason(), kept.help())),
        None => is_in_another_encoding(path, inputs).then_some(("it is no UTF-8 text", "save it as UTF-8")),
    };
    paths
        .filter_map(|path| why(path).map(|(reason, help)| (path, reason, help)))
        .collect()
}

fn is_in_another_encoding(path: &InputPath, inputs: &Inputs) -> bool {
    inputs.get(path).is_some_and(|file| {
        plain_text(path, &file.bytes).is_none() && decode(path, &file.bytes).value.is_some()
    })
}

fn say_skipped(path: &InputPath, reason: &str, help: &str, terminal: &Terminal) {
    terminal.say(&format!("skipped {path}: {reason}; {help} and run `casebook fix` again"));
}

fn bring(path: &InputPath, read: &Inputs, now: &Inputs, dossier: &Dossier) -> Result<(), Stop> {
    let (Some(old), Some(new)) = (read.get(path), now.get(path)) else { return Ok(()) };
    match write::replace(&dossier.root, path, &old.bytes, &new.bytes)? {
        true => Ok(()),
        false => Err(Stop::refused(
            format!("`{path}` was changed in the meantime, and stays as it is"),
            "run the command again",
        )),
    }
}

fn closing(dry: bool, applied: usize, files: usize, left: usize, report: &Report) -> String {
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let done = match (applied, dry) {
        (0, _) => "nothing to correct".to_string(),
        (_, true) => format!("would make {} in {}", count(applied, "correction"), count(files, "file")),
        (_, false) => format!("made {} in {}", count(applied, "correction"), count(files, "file")),
    };
    let rest = match left {
        0 => String::new(),
        _ => format!("; {} left to you, see the diff", count(left, "correction")),
    };
    let stay = if dry { "would stay" } else { "left" };
    format!(
        "{done}{rest}; {}{}",
        counted(report),
        if counted(report) == "no mistakes" { String::new() } else { format!(" {stay}") }
    )
}
