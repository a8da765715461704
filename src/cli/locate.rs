//! `locate`: where words stand, for a person who asks in a dossier and for a program that asks of any text.

use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::path::Path;

use clap::Args;
use rayon::prelude::*;

use crate::anchor::{Found, Haystack, Wanted, find};
use crate::cli::build::{Dossier, SETTINGS_WRONG};
use crate::cli::new::found;
use crate::inputs::Inputs;
use crate::link::source_index::{Listed, source_index};
use crate::locate::Locator;
use crate::model::limit::Limit;
use crate::model::path::InputPath;
use crate::model::quote::{Quote, Verdict, Words};
use crate::parse::decode::decode;
use crate::parse::files::text_of;
use crate::parse::source::{broken_limit, limit};
use crate::report::json;
use crate::report::lines::Lines;
use crate::report::mistakes::world::larger_than;
use crate::report::visible::on_one_line;
use crate::world::stop::{Stop, failed};
use crate::world::terminal::Terminal;

#[derive(Debug, Args)]
pub struct Locate {
    /// The words, as they may stand in a source
    #[arg(required_unless_present = "json", conflicts_with = "json")]
    words: Vec<String>,

    /// Look in one source only, named by its id, title, alias or file
    #[arg(long = "in", value_name = "SOURCE", conflicts_with = "json")]
    source: Option<String>,

    /// Answer requests on standard input, one JSON object a line, about any texts
    #[arg(long)]
    json: bool,
}

/// The words stand nowhere, or in several places.
const NOT_FOUND: u8 = 1;

/// How many characters of the source are shown on either side of the words.
const CONTEXT: usize = 40;
/// Words that are shown are cut in the middle at this many characters.
const LONGEST: usize = 160;

/// Answers; the exit code.
pub fn locate(
    options: &Locate,
    asked: Option<&Path>,
    current: &Path,
    terminal: &Terminal,
) -> Result<u8, Stop> {
    if options.json {
        return answer_lines(current);
    }
    let words = options.words.join(" ");
    if words.trim().is_empty() {
        return Err(Stop::refused("there are no words to look for", "copy them from a source"));
    }
    let Some(dossier) = Dossier::open(asked, current, terminal)? else { return Ok(SETTINGS_WRONG) };
    dossier.complete(terminal)?;
    let inputs = dossier.read(terminal)?;
    let listed = source_index(&inputs, &dossier.config);
    let sources: Vec<&Listed> = match &options.source {
        Some(name) => vec![&listed.sources[found(&listed, name, &dossier)?]],
        None => listed.sources.iter().collect(),
    };
    let places = places(&words, &sources, &inputs);
    let text: String = places.iter().map(Place::in_words).collect();
    let lines: String = places.iter().map(Place::in_json).collect();
    terminal.answer_beside_diagnostics(&text, &lines);
    match places.as_slice() {
        [one] if one.verdict.holds() => Ok(0),
        places => {
            terminal.say(&why_not(places));
            Ok(NOT_FOUND)
        }
    }
}

/// Answers each line as it comes, whatever it holds, until there are no more or nobody reads the answers.
fn answer_lines(current: &Path) -> Result<u8, Stop> {
    let mut locator = Locator::default();
    let mut requests = io::stdin().lock();
    let mut answers = io::stdout().lock();
    let mut line = Vec::new();
    while requests
        .read_until(b'\n', &mut line)
        .map_err(failed("read", Path::new("standard input")))?
        > 0
    {
        let answer = match std::str::from_utf8(&line) {
            Ok(line) => locator.answer(line.trim_end_matches(['\n', '\r']), &|path| text_at(current, path)),
            Err(_) => "{\"error\":\"not UTF-8\"}".to_string(),
        };
        match writeln!(answers, "{answer}").and_then(|()| answers.flush()) {
            Err(cause) if cause.kind() == ErrorKind::BrokenPipe => break,
            done => done.map_err(failed("write to", Path::new("standard output")))?,
        }
        line.clear();
    }
    Ok(0)
}

/// The text of a file that a request names, from the current folder.
#[allow(
    clippy::disallowed_types,
    reason = "a request names any file, in a dossier or not; it is read up to the limit and no further"
)]
fn text_at(current: &Path, path: &str) -> Result<String, String> {
    let full = current.join(path);
    let cannot = |cause: io::Error| format!("cannot read `{path}`: {cause}");
    if !full.metadata().map_err(cannot)?.is_file() {
        return Err(format!("`{path}` is no file"));
    }
    let name = full
        .file_name()
        .and_then(|name| InputPath::new(&name.to_string_lossy()));
    let most = name.as_ref().map_or(Limit::File, limit).bytes();
    let mut bytes = Vec::new();
    std::fs::File::open(&full)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(cannot)?;
    let broken = match &name {
        Some(name) => broken_limit(name, &bytes),
        None => (bytes.len() as u64 > most).then_some(Limit::File),
    };
    if let Some(limit) = broken {
        return Err(format!("`{path}` is not read: {}", larger_than(limit)));
    }
    let decoded = name.and_then(|name| decode(&name, &bytes).value);
    decoded
        .map(|decoded| decoded.text)
        .ok_or_else(|| format!("`{path}` is no text"))
}

/// A place where words stand, or a passage that comes near.
struct Place {
    source: String,
    path: String,
    /// Line and column; none where the format keeps no offsets.
    at: Option<(usize, usize)>,
    verdict: Verdict,
    /// In percent.
    likeness: i64,
    before: String,
    words: String,
    after: String,
}

/// Every place where the words stand; where they stand nowhere, the passages that differ from them; else what
/// comes near.
fn places(words: &str, sources: &[&Listed], inputs: &Inputs) -> Vec<Place> {
    let typed = Words { text: words.to_string(), ..Words::default() };
    let quote = Quote { read: typed.clone(), typed };
    let looked: Vec<(&Listed, Found)> = sources
        .par_iter()
        .map(|&source| {
            (
                source,
                find(&Wanted::new(&quote, None), &Haystack::new(&source.body.reading, &source.body.roles())),
            )
        })
        .collect();
    let stands = |found: &Found| found.verdict.holds() || found.verdict == Verdict::Ambiguous;
    let is_any = looked.iter().any(|(_, found)| stands(found));
    let chosen = looked
        .iter()
        .filter(|(_, found)| if is_any { stands(found) } else { true });
    let mut places: Vec<Place> = chosen
        .flat_map(|(source, found)| of_source(source, found, inputs))
        .collect();
    if !is_any {
        places.sort_by_key(|place| std::cmp::Reverse(place.likeness));
        let differ = places.iter().filter(|place| place.verdict != Verdict::Absent).count();
        places.truncate(if differ > 0 { differ } else { 3 });
    }
    places
}

fn of_source(source: &Listed, found: &Found, inputs: &Inputs) -> Vec<Place> {
    let file = text_of(inputs, &source.seed);
    let lines = file.as_ref().map(|file| Lines::new(&file.text));
    let stand = found.anchors.iter().map(|anchor| (anchor.extent(), found.likeness));
    let near = found.nearest.iter().map(|near| (near.range.clone(), near.likeness));
    let place = |(range, likeness): (std::ops::Range<usize>, i64)| {
        let reading = &source.body.reading;
        let at = lines
            .as_ref()
            .zip(source.body.file_span(range.clone()))
            .map(|(lines, span)| lines.at(span.start as usize));
        Place {
            source: source.id.to_string(),
            path: source.seed.to_string(),
            at: at.map(|at| (at.line, at.column)),
            verdict: found.verdict,
            likeness: likeness.clamp(0, 1000) / 10,
            before: tail(reading.get(..range.start).unwrap_or_default()),
            words: cut(reading.get(range.clone()).unwrap_or_default()),
            after: head(reading.get(range.end..).unwrap_or_default()),
        }
    };
    stand.chain(near).map(place).collect()
}

impl Place {
    /// `seeds/report.txt:3:12 exact "… before [the words] after …"`
    fn in_words(&self) -> String {
        let at = self
            .at
            .map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let verdict = match self.verdict {
            Verdict::Exact | Verdict::Typographic | Verdict::Ambiguous => self.verdict.name().to_string(),
            Verdict::Drifted | Verdict::FigureDiffers | Verdict::Moved | Verdict::Absent => {
                format!("{} ({} % alike)", self.verdict.name(), self.likeness)
            }
        };
        let context = format!("{}[{}]{}", self.before, self.words, self.after);
        format!("{}{at} {verdict} \"{}\"\n", on_one_line(&self.path), on_one_line(&context))
    }

    fn in_json(&self) -> String {
        let Place { source, path, at, verdict, likeness, before, words, after } = self;
        json::line(&serde_json::json!({
            "source": source, "path": path, "line": at.map(|at| at.0), "column": at.map(|at| at.1),
                "verdict": verdict.name(),
            "score": *likeness as f64 / 100.0, "before": before, "words": words, "after": after,
        }))
    }
}

fn why_not(places: &[Place]) -> String {
    let stand = places
        .iter()
        .filter(|place| place.verdict.holds() || place.verdict == Verdict::Ambiguous)
        .count();
    match (stand, places.iter().any(|place| place.verdict != Verdict::Absent)) {
        (0, true) => "these words do not stand in the dossier; a passage that differs is shown".to_string(),
        (0, false) if places.is_empty() => "these words do not stand in the dossier".to_string(),
        (0, false) => "these words do not stand in the dossier; what comes nearest is shown".to_string(),
        (count, _) => {
            format!("these words stand in {count} places; look for a few words more, or with `--in SOURCE`")
        }
    }
}

/// The last characters of a text on one line, from the beginning of a word.
fn tail(text: &str) -> String {
    let start = text.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
    let end = &text[start..];
    match (start, end.split_once(char::is_whitespace)) {
        (0, _) => one_line(end),
        (_, Some((_, words))) => one_line(&format!("… {words}")),
        (_, None) => one_line(&format!("…{end}")),
    }
}

fn head(text: &str) -> String {
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    match (end == text.len(), start.rsplit_once(char::is_whitespace)) {
        (true, _) => one_line(start.trim_end()),
        (false, Some((words, _))) => one_line(&format!("{words} …")),
        (false, None) => one_line(&format!("{start}…")),
    }
}

fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return one_line(text);
    }
    let first: String = text.chars().take(LONGEST / 2).collect();
    let last: String = text.chars().skip(count - LONGEST / 2).collect();
    one_line(&format!("{} … {}", first.trim_end(), last.trim_start()))
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}
