//! `new`: a note, a topic or a claim, begun for a person. Nothing is overwritten, and nothing is written that
//! would be a mistake.
//!
//! What would be written is compiled first, as if it stood there: what a build would say of it is said now,
//! in the same words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cache::CompileCache;
use crate::cli::build::{Dossier, HAS_ERRORS, SETTINGS_WRONG, text_of};
use crate::inputs::Inputs;
use crate::link::source_index::{Listed, NoSource, SourceIndex, source_index};
use crate::model::path::InputPath;
use crate::model::rights::Rights;
use crate::model::slug::Slug;
use crate::model::span::Span;
use crate::parse::decode::decode;
use crate::report::diagnostic::{Diagnostic, Report, Severity};
use crate::report::mistakes::quotes::{QUOTE_ALTERED, QUOTE_UNATTRIBUTED};
use crate::report::mistakes::{names, quotes};
use crate::world::stop::Stop;
use crate::world::terminal::Terminal;
use crate::world::write;
use crate::writing::declaration::declaration;
use crate::writing::note::{Appended, appended, begun, note, stands};
use crate::{View, compile};

#[derive(Debug, Subcommand)]
pub enum New {
    /// Append a note to the annotations on a source, with words of the source as its passage
    Note {
        /// The source's id, title, alias or file
        source: String,
        /// Words as they stand in the source; `==some of them==` are the target
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Make a file that declares a topic
    Topic {
        /// What the topic is called
        #[arg(required = true)]
        title: Vec<String>,
    },
    /// Make a file that declares a claim
    Claim {
        /// The name by which notes speak of it [default: made from the statement]
        #[arg(long)]
        id: Option<String>,
        /// The statement
        #[arg(required = true)]
        title: Vec<String>,
    },
}

/// A UTF-8 byte order mark, as some editors put it at the beginning of a file.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes what was asked for and answers where it stands; the exit code.
pub fn new(what: &New, asked: Option<&Path>, current: &Path, terminal: &Terminal) -> Result<u8, Stop> {
    let Some(dossier) = Dossier::open(asked, current, terminal)? else { return Ok(SETTINGS_WRONG) };
    dossier.complete(terminal)?;
    let inputs = dossier.read(terminal)?;
    match what {
        New::Note { source, words } => new_note(source, &words.join(" "), &dossier, inputs, terminal),
        New::Topic { title } => new_file("topics", &title.join(" "), None, &dossier, inputs, terminal),
        New::Claim { id, title } => {
            new_file("claims", &title.join(" "), id.as_deref(), &dossier, inputs, terminal)
        }
    }
}

fn new_note(
    name: &str,
    words: &str,
    dossier: &Dossier,
    inputs: Inputs,
    terminal: &Terminal,
) -> Result<u8, Stop> {
    if words.trim().is_empty() {
        return Err(Stop::refused("there are no words to quote", "copy them from the source"));
    }
    let listed = source_index(&inputs, &dossier.config);
    let index = found(&listed, name, dossier)?;
    let source = &listed.sources[index];
    let path = file_of_notes(&listed, index, dossier)?;
    let (old, before, mark) = match inputs.get(&path) {
        None => (None, begun(&source.id), false),
        Some(file) => match plain_text(&path, &file.bytes) {
            Some(text) => (Some(file.bytes.clone()), text, file.bytes.starts_with(MARK)),
            None => return Ok(refuse(&not_plain(&path), terminal)),
        },
    };
    let after = appended(&before, &note(words, &ids(&listed, index, &inputs), source.rights == Rights::Full));
    if !stands(&path, &before, &after) {
        return Ok(refuse(&swallowed(&path), terminal));
    }
    let bytes = [if mark { MARK } else { &[] }, after.text.as_bytes()].concat();
    if let Some(mistakes) = mistakes_of(&path, after.start, &bytes, dossier, inputs, terminal) {
        return Ok(mistakes);
    }
    let written = match &old {
        Some(old) => write::replace(&dossier.root, &path, old, &bytes)?,
        None => write::create(&dossier.root, &path, &bytes)?,
    };
    match written {
        true => Ok(answer(&path, &after, dossier, terminal)),
        false => Ok(refuse(&changed(&path), terminal)),
    }
}

fn new_file(
    folder: &str,
    title: &str,
    id: Option<&str>,
    dossier: &Dossier,
    inputs: Inputs,
    terminal: &Terminal,
) -> Result<u8, Stop> {
    let named = id.unwrap_or(title);
    let name = Slug::of(named)
        .map(|slug| slug.as_str().trim_start_matches(['_', '-', '.']).to_string())
        .filter(|name| !name.is_empty());
    let path = name.and_then(|name| {
        InputPath::new(&format!("{}/{folder}/{name}.md", dossier.config.build.annotations.value))
    });
    let Some(path) = path else {
        return Ok(refuse(
            &Stop::refused(
                format!("no address can be made from `{named}`"),
                "use at least one letter or digit",
            ),
            terminal,
        ));
    };
    let text = declaration(&path, title);
    if inputs.get(&path).is_some() {
        return Ok(refuse(&exists(&path), terminal));
    }
    if let Some(mistakes) = mistakes_of(&path, 0, text.as_bytes(), dossier, inputs, terminal) {
        return Ok(mistakes);
    }
    if !write::create(&dossier.root, &path, text.as_bytes())? {
        return Ok(refuse(&exists(&path), terminal));
    }
    let line = text.lines().count();
    Ok(answer(&path, &Appended { start: text.len(), line, text }, dossier, terminal))
}

/// The source that a name means: as it is known in the dossier, or its file as seen from the current folder.
pub fn found(listed: &SourceIndex, name: &str, dossier: &Dossier) -> Result<usize, Stop> {
    let from_here = || {
        let path = dossier.current.join(name).canonicalize().ok()?;
        let inside = path
            .strip_prefix(dossier.root.canonicalize().ok()?)
            .ok()?
            .to_str()?
            .replace('\\', "/");
        listed.find(&inside).ok()
    };
    listed
        .find(name)
        .or_else(|reason| from_here().ok_or(reason))
        .map_err(|reason| match reason {
            NoSource::Unknown(nearest) if nearest.is_empty() => Stop::refused(
                format!("no source is called `{name}`"),
                "put its file under `seeds`, or name one by its id, title or file",
            ),
            NoSource::Unknown(nearest) => Stop::refused(
                format!("no source is called `{name}`"),
                format!("did you mean `{}`?", nearest.join("` or `")),
            ),
            NoSource::Shared(ids) => Stop::refused(
                format!("`{name}` may mean the source `{}`", ids.join("` or the source `")),
                "name the one you mean by its id",
            ),
        })
}

/// The file for notes on a source: the one that has its id, else the first that is about it, else a new one.
fn file_of_notes(listed: &SourceIndex, index: usize, dossier: &Dossier) -> Result<InputPath, Stop> {
    let Listed { id, .. } = &listed.sources[index];
    let folder = dossier.config.build.annotations.value.as_str();
    let about: Vec<&InputPath> = listed
        .about
        .iter()
        .filter(|(_, about)| *about == index)
        .map(|(path, _)| path)
        .collect();
    let own = about
        .iter()
        .find(|path| path.file_name().strip_suffix(".md") == Some(id.as_str()));
    if let Some(path) = own.or_else(|| about.first()) {
        return Ok((*path).clone());
    }
    // Names that begin with `_` are not read
    let stem = id.as_str().trim_start_matches('_');
    let names =
        std::iter::once(stem.to_string()).chain((2..100).map(|number| format!("{stem}-notes-{number}")));
    let paths = names.filter_map(|name| InputPath::new(&format!("{folder}/{name}.md")));
    let is_free = |path: &InputPath| {
        !dossier.config.build.exclude.matches(path)
            && dossier.root.join(path.as_str()).symlink_metadata().is_err()
    };
    let free = paths.into_iter().find(is_free);
    free.ok_or_else(|| {
        Stop::refused(
            format!("no file for notes on `{id}` can be made in `{folder}`"),
            "make one, with `source:` in its first lines",
        )
    })
}

/// The ids that notes on a source have, in whichever file.
fn ids(listed: &SourceIndex, index: usize, inputs: &Inputs) -> BTreeSet<String> {
    let paths = listed
        .about
        .iter()
        .filter(|(_, about)| *about == index)
        .map(|(path, _)| path);
    let texts = paths.filter_map(|path| Some((path, decode(path, &inputs.get(path)?.bytes).value?.text)));
    let notes = texts.flat_map(|(path, text)| crate::parse::annotation::annotation(path, &text).value.notes);
    notes
        .map(|note| note.id().unwrap_or_else(|| "note".to_string()))
        .collect()
}

/// The text of a file that may be written again: UTF-8 throughout.
pub fn plain_text(path: &InputPath, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes.strip_prefix(MARK).unwrap_or(bytes)).ok()?;
    decode(path, bytes)
        .value
        .filter(|decoded| decoded.text == text)
        .map(|decoded| decoded.text)
}

/// Compiles the dossier with the file as it would be. The exit code where that brings about what a person
/// must know first; it is said.
fn mistakes_of(
    path: &InputPath,
    start: usize,
    bytes: &[u8],
    dossier: &Dossier,
    mut inputs: Inputs,
    terminal: &Terminal,
) -> Option<u8> {
    let before = compile(&inputs, &dossier.config, View::Published, &mut CompileCache::default())
        .report
        .clone();
    inputs.insert(path.clone(), bytes);
    let after = Report::clone(
        &compile(&inputs, &dossier.config, View::Published, &mut CompileCache::default()).report,
    );
    let is_here = |mistake: &Diagnostic| {
        mistake.place.as_ref().is_some_and(|label| {
            label.place.path == *path && label.place.span.start >= Span::new(start..start).start
        })
    };
    // In a draft all mistakes are hints, and words that do not stand in the source are not appended there
    // either
    let is_quotation = |mistake: &Diagnostic| {
        quotes::CODES.contains(&mistake.code)
            && mistake.code != &QUOTE_ALTERED
            && mistake.code != &QUOTE_UNATTRIBUTED
            && is_here(mistake)
    };
    let is_new = |mistake: &Diagnostic| {
        let weighs = mistake.severity == Severity::Error
            || is_quotation(mistake)
            || (mistake.code == &names::DUPLICATE_NOTE && is_here(mistake));
        // What was wrong at a place before is not new there, though the message may name something else as
        // near by now.
        let stood = before
            .diagnostics
            .iter()
            .any(|old| old.code == mistake.code && old.place == mistake.place);
        weighs && !stood
    };
    let said = |mistake: Diagnostic| Diagnostic { severity: Severity::Error, ..mistake };
    let diagnostics: Vec<Diagnostic> = after.diagnostics.into_iter().filter(is_new).map(said).collect();
    if diagnostics.is_empty() {
        return None;
    }
    terminal.report(&Report { diagnostics }, false, &|path| text_of(&inputs, path));
    terminal.close("nothing was written");
    Some(HAS_ERRORS)
}

fn answer(path: &InputPath, after: &Appended, dossier: &Dossier, terminal: &Terminal) -> u8 {
    let full: PathBuf = dossier.root.join(path.as_str());
    let shown = full
        .strip_prefix(&dossier.current)
        .unwrap_or(&full)
        .display()
        .to_string();
    let line = serde_json::json!({ "path": shown, "line": after.line });
    terminal
        .answer_beside_diagnostics(&format!("{shown}:{}\n", after.line), &crate::report::json::line(&line));
    0
}

/// Says why nothing is written. The dossier is in the way and not the command line, so it is no wrong usage.
fn refuse(why: &Stop, terminal: &Terminal) -> u8 {
    terminal.stop(why);
    HAS_ERRORS
}

fn exists(path: &InputPath) -> Stop {
    Stop::refused(
        format!("`{path}` exists already, and stays as it is"),
        "write into it, or choose another title",
    )
}

fn changed(path: &InputPath) -> Stop {
    Stop::refused(
        format!("`{path}` was changed in the meantime, and stays as it is"),
        "run the command again",
    )
}

fn not_plain(path: &InputPath) -> Stop {
    Stop::refused(
        format!("nothing can be added to `{path}`: it is no UTF-8 text"),
        "save the file as UTF-8, then run the command again",
    )
}

fn swallowed(path: &InputPath) -> Stop {
    Stop::refused(
        format!("a note at the end of `{path}` would not be read as one: something before it is not closed"),
        "close the code block or the comment that the file ends in; `casebook check` says where it begins",
    )
}
