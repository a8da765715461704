//! Small sources, and what quotations of them owe: every file of `tests/cases/` is one kind of text that
//! people really have.
//!
//! A case is a source and the quotations that are made of it:
//!
//! ```text
//! === bridge.html                              a source, `seeds/bridge.html`; its text follows
//! <p>It holds 10<sup>9</sup> grains.</p>
//! stands | It holds 10⁹ grains.                each quotation is compiled as a note of its own
//! fails figure-differs | It holds 109 grains.
//! told | A first quoted line
//!      | and a second; a `|` alone parts paragraphs
//!      + checked: elision                      a field of the note
//! ```
//!
//! `stands`: no error and no warning. `hint`: the same, and a hint. `told`: a warning or an error. `fails`:
//! an error. `kept`: told, and `fix --drift` leaves the words alone. `offers`: an error that offers `[...]`.
//! A word behind it is the code that is owed. `=== name bytes` writes bytes as `\xA7` and letters that nobody
//! sees as `\u{200b}`, in the quotations too.
//!
//! `+++ annotations/topics/a.md` gives the dossier another file. What is told at a line of such a file is
//! owed by `error CODE at | the line`, `warning at`, `hint at`, `told at`, `said at` (anything), `silent at`
//! (no error, no warning), `stands at` (the quotation there was compared and stands), `agrees at` and
//! `disagrees at` (the note that begins there contradicts no other in the date of an event, or does).
//!
//! `owed.txt` lists what does not hold yet. It only shrinks: what holds must leave it, and nothing joins it
//! but with a new case. `CASEBOOK_CASES=mend` takes off what holds.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use casebook::config::Config;
use casebook::inputs::Inputs;
use casebook::model::dossier::{NoteIx, Passage, Prose};
use casebook::model::path::InputPath;
use casebook::reason::contradictions::About;
use casebook::report::diagnostic::{Diagnostic, Severity};
use casebook::writing::mend::Taken;
use casebook::{Compiled, View, compile};

/// One source with what is owed.
#[derive(Default)]
struct Case {
    /// The file's name without its ending.
    kind: String,
    source: String,
    files: Vec<(String, Vec<u8>)>,
    debts: Vec<Debt>,
}

/// One line that owes a verdict.
struct Debt {
    /// `fails figure-differs`
    owes: String,
    at: bool,
    lines: Vec<String>,
    fields: Vec<String>,
}

#[test]
fn every_quotation_owes_its_verdict() {
    let cases: Vec<Case> = kinds().iter().flat_map(|(kind, text)| read(kind, text)).collect();
    let owed = owed();
    let (mut held, mut differing) = (BTreeSet::new(), BTreeMap::new());
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in &cases {
        for (debt, found) in case.debts.iter().zip(judged(case)) {
            let name = debt.name(case);
            let counts = table.entry(&case.kind).or_default();
            match found {
                None => (counts.0, _) = (counts.0 + 1, held.insert(name)),
                Some(found) => (counts.1, _) = (counts.1 + 1, differing.insert(name, found)),
            }
        }
    }
    show(&table);
    let paid: Vec<&String> = owed.iter().filter(|name| !differing.contains_key(*name)).collect();
    if std::env::var_os("CASEBOOK_CASES").is_some_and(|value| value == "mend") {
        keep(|name| differing.contains_key(name));
    } else {
        assert!(
            paid.is_empty(),
            "take off tests/cases/owed.txt what holds now (CASEBOOK_CASES=mend does):\n{}",
            joined(paid)
        );
    }
    let new = differing.iter().filter(|(name, _)| !owed.contains(*name));
    let new: Vec<String> = new.map(|(name, found)| format!("{name}\n    {found}")).collect();
    assert!(new.is_empty(), "{} quotations have another verdict than they owe:\n{}", new.len(), joined(&new));
}

fn joined(lines: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    lines
        .into_iter()
        .map(|line| line.as_ref().to_string() + "\n")
        .collect()
}

fn show(table: &BTreeMap<&str, (usize, usize)>) {
    for (kind, (right, wrong)) in table {
        println!("{kind:28} {right:4} right {wrong:4} wrong");
    }
    let (right, wrong) = table
        .values()
        .fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    println!("{:28} {right:4} right {wrong:4} wrong", "all");
}

// The list of what is owed.

fn folder() -> PathBuf {
    support::dossier::root().join("tests/cases")
}

fn list() -> String {
    fs::read_to_string(folder().join("owed.txt")).expect("tests/cases/owed.txt is there")
}

fn owed() -> BTreeSet<String> {
    list()
        .lines()
        .filter(|line| is_entry(line))
        .map(str::to_string)
        .collect()
}

fn is_entry(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

fn keep(wanted: impl Fn(&str) -> bool) {
    let list = list();
    let rest = joined(list.lines().filter(|line| !is_entry(line) || wanted(line)));
    if rest != list {
        fs::write(folder().join("owed.txt"), rest).expect("tests/cases/owed.txt can be written");
    }
}

// Reading cases.

/// The files of cases: name without ending, and text.
fn kinds() -> Vec<(String, String)> {
    let files = support::dossier::all(&folder())
        .into_iter()
        .filter(|path| !path.ends_with("owed.txt"));
    files
        .map(|path| (stem(&path), fs::read_to_string(&path).expect("a file of cases is UTF-8")))
        .collect()
}

fn stem(path: &std::path::Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Where the lines of a file of cases go.
enum Into {
    Opening,
    Source,
    File,
}

fn read(kind: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut into, mut escaped) = (Into::Opening, false);
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
            (into, escaped) = (Into::Source, rest == "bytes");
            let files = vec![(format!("seeds/{name}"), Vec::new())];
            cases.push(Case { kind: kind.to_string(), source: name.to_string(), files, debts: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(path) = line.strip_prefix("+++ ") {
            into = Into::File;
            case.files.push((path.to_string(), Vec::new()));
        } else if let Some(debt) = debt(line) {
            into = Into::Opening;
            case.debts.push(debt);
        } else if let Some((sign, more)) = continued(line).filter(|_| matches!(into, Into::Opening)) {
            let debt = case
                .debts
                .last_mut()
                .expect("a line that goes on follows one that begins");
            let lines = if sign == '|' { &mut debt.lines } else { &mut debt.fields };
            lines.push(more.to_string());
        } else if !matches!(into, Into::Opening) {
            let (_, bytes) = case.files.last_mut().expect("a case begins with its source");
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        } else {
            assert!(line.trim().is_empty(), "{kind}: a line that is no source and owes nothing: {line:?}");
        }
        if escaped && matches!(into, Into::Opening) {
            let debt = case.debts.last_mut().expect("only debts are read like this");
            let last = debt.lines.last_mut().expect("a debt has a line");
            *last = String::from_utf8(unescaped(last)).expect("what is quoted is text");
        }
    }
    for case in &mut cases {
        finish(case, text);
    }
    let names: BTreeSet<&str> = cases.iter().map(|case| case.source.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "{kind}: two cases have one source's name");
    cases
}

/// The empty lines before what is owed are no part of the source; escapes become what they stand for.
fn finish(case: &mut Case, text: &str) {
    let escaped = text.contains(&format!("=== {} bytes\n", case.source));
    for (at, (_, bytes)) in case.files.iter_mut().enumerate() {
        while bytes.ends_with(b"\n\n") {
            bytes.pop();
        }
        if at == 0 && escaped {
            *bytes = unescaped(&String::from_utf8_lossy(bytes));
        }
    }
}

const VERDICTS: &[&str] = &[
    "stands",
    "fails",
    "told",
    "hint",
    "kept",
    "error",
    "warning",
    "silent",
    "offers",
    "agrees",
    "disagrees",
    "said",
];

fn debt(line: &str) -> Option<Debt> {
    let (head, words) = line.split_once('|')?;
    let mut parts = head.split_whitespace();
    let verdict = parts
        .next()
        .filter(|verdict| VERDICTS.contains(verdict) && !line.starts_with(' '))?;
    let rest: Vec<&str> = parts.collect();
    let at = rest.last() == Some(&"at");
    let codes = &rest[..rest.len() - usize::from(at)];
    let code = match codes {
        [] => "",
        [code] => code,
        [_, _, ..] => return None,
    };
    let owes = format!("{verdict} {code}").trim().to_string();
    Some(Debt { owes, at, lines: vec![spaceless(words)], fields: Vec::new() })
}

/// `     | words`, `     + key: value`
fn continued(line: &str) -> Option<(char, String)> {
    let rest = line.trim_start();
    let sign = rest
        .chars()
        .next()
        .filter(|sign| line.starts_with(' ') && "|+".contains(*sign))?;
    Some((sign, spaceless(&rest[1..])))
}

fn spaceless(words: &str) -> String {
    words.strip_prefix(' ').unwrap_or(words).to_string()
}

/// `\xA7` becomes the byte, `\u{200b}` the letter.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let escape = byte(after).or_else(|| letter(after));
        match escape {
            Some((escape, length)) => {
                bytes.extend(escape);
                rest = &after[length..];
            }
            None => {
                bytes.push(b'\\');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

fn byte(after: &str) -> Option<(Vec<u8>, usize)> {
    let digits = after.strip_prefix('x')?.get(..2)?;
    Some((vec![u8::from_str_radix(digits, 16).ok()?], 3))
}

fn letter(after: &str) -> Option<(Vec<u8>, usize)> {
    let (digits, _) = after.strip_prefix("u{")?.split_once('}')?;
    let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((letter.to_string().into_bytes(), digits.len() + 3))
}

// Judging them.

const NOTES: &str = "annotations/quotations.md";

/// For each debt, what was found instead.
fn judged(case: &Case) -> Vec<Option<String>> {
    let (notes, lines) = notes(case);
    let own = (NOTES.to_string(), notes.into_bytes());
    let has_notes = case.debts.iter().any(|debt| !debt.at);
    let files: Vec<(String, Vec<u8>)> = case
        .files
        .iter()
        .cloned()
        .chain(Some(own).filter(|_| has_notes))
        .collect();
    let inputs: Inputs = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect();
    let compiled = compile(&inputs, &Config::default(), View::Published, &mut Default::default());
    let look = Look { case, inputs: &inputs, compiled: &compiled };
    case.debts
        .iter()
        .zip(lines)
        .map(|(debt, lines)| look.judge(debt, lines))
        .collect()
}

/// A file with a note for each quotation, and the lines of it that belong to each debt, from 1.
fn notes(case: &Case) -> (String, Vec<std::ops::Range<usize>>) {
    let mut text = format!("---\nsource: {}\n---\n\n", case.source);
    let mut ranges = Vec::new();
    for (at, debt) in case.debts.iter().enumerate() {
        let from = text.lines().count() + 1;
        if !debt.at {
            let quoted: String = debt
                .lines
                .iter()
                .map(|line| format!("> {line}").trim_end().to_string() + "\n")
                .collect();
            let fields = joined(&debt.fields);
            text.push_str(&format!("## Quotation {at}\n\n{quoted}\n{fields}\nA comment.\n\n"));
        }
        ranges.push(from..text.lines().count() + 1);
    }
    (text, ranges)
}

struct Look<'c> {
    case: &'c Case,
    inputs: &'c Inputs,
    compiled: &'c Compiled<'c>,
}

impl Look<'_> {
    /// What was found instead of what is owed.
    fn judge(&self, debt: &Debt, lines: std::ops::Range<usize>) -> Option<String> {
        let (path, lines) = if debt.at { self.line(&debt.lines[0]) } else { (NOTES.to_string(), lines) };
        let told: Vec<&Diagnostic> = self.told(&path, &lines);
        let (verdict, code) = debt.owes.split_once(' ').unwrap_or((&debt.owes, ""));
        let is = |severity: Severity| {
            told.iter()
                .any(|d| d.severity == severity && (code.is_empty() || d.code.name == code))
        };
        let quiet = told.iter().all(|d| d.severity == Severity::Hint);
        let holds = match verdict {
            "stands" => quiet && (!debt.at || self.compared(&path, &lines)),
            "silent" => quiet,
            "said" => !told.is_empty(),
            "hint" if debt.at => is(Severity::Hint),
            "hint" => quiet && is(Severity::Hint),
            "told" => is(Severity::Error) || is(Severity::Warning),
            "kept" => !quiet && !told.iter().any(|d| Taken::Drift.takes(d)),
            "warning" => is(Severity::Warning),
            "offers" => is(Severity::Error) && told.iter().any(|d| offers_a_gap(d)),
            "agrees" => !self.disagrees(&path, &lines),
            "disagrees" => self.disagrees(&path, &lines),
            _ => is(Severity::Error),
        };
        let said = |d: &&Diagnostic| format!("{}[{}] {}", d.severity.word(), d.code.name, d.message);
        let found = || {
            if told.is_empty() {
                "nothing is told".to_string()
            } else {
                told.iter().map(said).collect::<Vec<_>>().join("; ")
            }
        };
        (!holds).then(found)
    }

    /// The first line of the case's further files that holds the words.
    fn line(&self, words: &str) -> (String, std::ops::Range<usize>) {
        let further = self
            .case
            .files
            .iter()
            .skip(1)
            .map(|(path, bytes)| (path, String::from_utf8_lossy(bytes)));
        let mut lines = further.filter_map(|(path, text)| {
            Some((path.clone(), text.lines().position(|line| line.contains(words))? + 1))
        });
        let (path, line) = lines
            .next()
            .unwrap_or_else(|| panic!("{}: no further file has the line {words:?}", self.case.kind));
        (path, line..line + 1)
    }

    fn told(&self, path: &str, lines: &std::ops::Range<usize>) -> Vec<&Diagnostic> {
        let here = |diagnostic: &&Diagnostic| {
            let place = diagnostic.place.as_ref().map(|label| &label.place);
            place.is_some_and(|place| {
                place.path.as_str() == path && lines.contains(&self.line_of(path, place.span.range().start))
            })
        };
        self.compiled.report.diagnostics.iter().filter(here).collect()
    }

    /// Whether a quotation that touches these lines was compared and found.
    fn compared(&self, path: &str, lines: &std::ops::Range<usize>) -> bool {
        let dossier = &self.compiled.dossier;
        let of_notes = dossier.notes.iter().flat_map(|note| {
            note.passages
                .iter()
                .map(|passage| (note.place.path.as_str(), passage))
        });
        let mut prose: Vec<&Prose> = dossier.notes.iter().map(|note| &note.comment).collect();
        prose.extend(dossier.topics.iter().map(|topic| &topic.lead));
        prose.extend(dossier.claims.iter().map(|claim| &claim.text));
        prose.extend(dossier.pages.iter().chain(&dossier.home).map(|page| &page.text));
        prose.extend(dossier.sources.iter().flat_map(|source| &source.remarks));
        let of_prose = prose.into_iter().flat_map(|prose| {
            let path = prose.path.as_ref().map_or("", InputPath::as_str);
            prose.quotations.iter().flatten().map(move |passage| (path, passage))
        });
        let touches = |passage: &Passage| {
            let (from, to) = (
                self.line_of(path, passage.span.range().start),
                self.line_of(path, passage.span.range().end),
            );
            from < lines.end && lines.start <= to
        };
        of_notes
            .chain(of_prose)
            .any(|(of, passage)| of == path && passage.verdict.holds() && touches(passage))
    }

    /// Whether a note that begins here dates an event otherwise than another does.
    fn disagrees(&self, path: &str, lines: &std::ops::Range<usize>) -> bool {
        let begins_here = |ix: NoteIx| {
            let place = &self.compiled.dossier.note(ix).place;
            place.path.as_str() == path && lines.contains(&self.line_of(path, place.span.range().start))
        };
        self.compiled
            .reasoned
            .contradictions
            .iter()
            .any(|contradiction| match contradiction.about {
                About::Event { one, other, .. } => begins_here(one) || begins_here(other),
                About::Claim(_) | About::Figure { .. } => false,
            })
    }

    fn line_of(&self, path: &str, byte: usize) -> usize {
        let file = InputPath::new(path)
            .and_then(|path| self.inputs.get(&path))
            .expect("a file of the case");
        file.bytes.iter().take(byte).filter(|&&byte| byte == b'\n').count() + 1
    }
}

fn offers_a_gap(diagnostic: &Diagnostic) -> bool {
    let edits = diagnostic
        .fix
        .iter()
        .flat_map(|fix| &fix.edits)
        .map(|edit| &edit.replacement);
    diagnostic
        .help
        .iter()
        .chain(edits)
        .any(|words| words.contains("[...]") || words.contains("[…]"))
}

impl Debt {
    /// As `owed.txt` lists it.
    fn name(&self, case: &Case) -> String {
        let at = if self.at { " at" } else { "" };
        format!("{}: {}: {}{at} | {}", case.kind, case.source, self.owes, self.lines.join(" / "))
    }
}
