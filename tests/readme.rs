//! README says what the program does: its commands are run, its dossier is built, its table of exit codes is
//! the program's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use casebook::model::path::InputPath;
use casebook::parse::annotation::annotation;
use tempfile::TempDir;

const SHIPPED: &str = "$ cargo run --release -- build\n";
const OWN: &str = "$ casebook build my-dossier\n";

fn readme() -> String {
    fs::read_to_string("README.md").expect("README is there")
}

/// The blocks of one kind, in the order of the document.
fn blocks(document: &str, kind: &str) -> Vec<String> {
    let opening = format!("\n```{kind}\n");
    document
        .split(&opening)
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .map(|block| format!("{block}\n"))
        .collect()
}

/// What README shows below a command, each time it stands there.
fn shown(command: &str) -> Vec<String> {
    blocks(&readme(), "console")
        .iter()
        .filter_map(|block| block.strip_prefix(command))
        .map(without_times)
        .collect()
}

/// The dossier of the three steps, and what its note says.
struct Steps {
    folder: TempDir,
    note: String,
}

impl Steps {
    fn taken() -> Steps {
        let readme = readme();
        let folder = tempfile::tempdir().expect("a folder for the test");
        let steps = Steps { folder, note: blocks(&readme, "markdown")[0].clone() };
        steps.write("seeds/minutes.txt", &blocks(&readme, "text")[0]);
        steps.write("annotations/minutes.md", &steps.note);
        steps
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.dossier().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn dossier(&self) -> PathBuf {
        self.folder.path().join("my-dossier")
    }

    /// What is said, and how the run ends.
    fn run(&self, command: &str) -> (String, Option<i32>) {
        let output = casebook(&[command, "my-dossier"], self.folder.path());
        (said(&output), output.status.code())
    }
}

fn casebook(arguments: &[&str], current: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command
        .args(arguments)
        .current_dir(current)
        .env_remove("CLICOLOR_FORCE")
        .env("COLUMNS", "120");
    command.output().expect("the program runs")
}

fn said(output: &Output) -> String {
    without_times(String::from_utf8_lossy(&output.stderr))
}

/// `in 12 ms` and `in 1.2 s` depend on the day; everything else is promised.
fn without_times(text: impl AsRef<str>) -> String {
    let mut words: Vec<&str> = text.as_ref().split(' ').collect();
    for i in 2..words.len() {
        if words[i - 2] == "in" && words[i - 1].parse::<f64>().is_ok() {
            words[i - 1] = "N";
            words[i] = if words[i] == "s;" { "ms;" } else { words[i] };
        }
    }
    words.join(" ")
}

#[test]
fn three_steps_make_a_site() {
    let steps = Steps::taken();
    assert_eq!(steps.run("build"), (shown(OWN)[0].clone(), Some(0)));
    assert!(steps.dossier().join("public/sources/minutes.html").is_file());
}

#[test]
fn a_wrong_figure_is_told_as_readme_shows_it() {
    let steps = Steps::taken();
    steps.write("annotations/minutes.md", &steps.note.replace("41,200", "42,100"));
    assert_eq!(steps.run("build"), (shown(OWN)[1].clone(), Some(1)));
    assert!(!steps.dossier().join("public/index.html").exists(), "nothing was written");
}

#[test]
fn the_format_on_one_screen_has_no_mistakes() {
    let example = &blocks(&readme(), "markdown")[1];
    let parsed = annotation(&InputPath::new("annotations/minutes.md").expect("a path"), example);
    assert_eq!(parsed.mistakes, []);
    let steps = Steps::taken();
    steps.write("annotations/minutes.md", example);
    steps.write("annotations/claims/ferry-in-decline.md", "---\ntitle: The ferry is in decline\n---\n");
    let (said, code) = steps.run("check");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 source, 1 note, 1 topic, 1 claim") && said.contains("no mistakes"), "{said}");
}

/// How many notes the dossier has changes with every one that is added to it, and README need not: the words
/// are held here, the rest is of the day on which it was written.
#[test]
fn the_dossier_that_ships_is_built_as_readme_shows_it() {
    let out = tempfile::tempdir().expect("a folder for the test");
    let output = casebook(&["build", "-o", &out.path().join("site").to_string_lossy()], Path::new("."));
    assert_eq!(without_numbers(&said(&output)), without_numbers(&shown(SHIPPED)[0]));
}

fn without_numbers(text: &str) -> String {
    text.split(' ')
        .map(|word| if word.parse::<u32>().is_ok() { "N" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn exit_codes_are_the_programs_own() {
    let help = String::from_utf8(casebook(&["--help"], Path::new(".")).stdout).expect("help is UTF-8");
    let help = help
        .split("Exit codes:\n")
        .nth(1)
        .expect("help ends with the exit codes");
    let mut promised: Vec<(String, String)> = Vec::new();
    for line in help.lines().filter(|line| !line.trim().is_empty()) {
        match (line.trim().split_once("  "), promised.last_mut()) {
            (Some((code, meaning)), _) => promised.push((code.into(), meaning.into())),
            // A long line is broken where a terminal ends.
            (None, Some((_, meaning))) => *meaning += &format!(" {}", line.trim()),
            (None, None) => panic!("no exit code stands before `{line}`"),
        }
    }
    let readme = readme();
    let table = readme
        .split("| code | meaning |\n| --- | --- |\n")
        .nth(1)
        .expect("README has the table");
    let told: Vec<(String, String)> = table.lines().map_while(row).collect();
    assert_eq!(told, promised);
    assert_eq!(told.len(), 5);
}

fn row(line: &str) -> Option<(String, String)> {
    let (first, second) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
    Some((first.into(), second.into()))
}

/// A document that speaks of a command which is not there sends its reader into a wall.
#[test]
fn every_command_that_is_named_exists() {
    let help = String::from_utf8(casebook(&["--help"], Path::new(".")).stdout).expect("help is UTF-8");
    let list = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("help lists the commands");
    let commands: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("documents are UTF-8");
        let named = text
            .split("`casebook ")
            .skip(1)
            .chain(text.split("$ casebook ").skip(1));
        for word in named.filter_map(|rest| rest.split([' ', '`', '\n']).next()) {
            assert!(
                commands.contains(word),
                "{} speaks of `casebook {word}`, which is no command",
                document.display()
            );
        }
    }
}

#[test]
fn every_link_leads_to_a_file() {
    for document in documents() {
        let folder = document.parent().expect("a file lies in a folder");
        let text = fs::read_to_string(&document).expect("documents are UTF-8");
        let prose: String = text.split("```").step_by(2).collect();
        for link in prose
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next())
        {
            let is_here = link.is_empty(); // a place in the same file
            let is_example =
                is_here || link.starts_with("../seeds/") || document.ends_with("diagnostics.d/markdown.md");
            assert!(
                is_example || link.contains("://") || folder.join(link).is_file(),
                "{}: {link}",
                document.display()
            );
        }
    }
}

/// A reader on a slow line sees the pictures too.
#[test]
fn pictures_are_small() {
    for entry in fs::read_dir("docs/pictures").expect("the pictures are there") {
        let entry = entry.expect("readable");
        assert!(entry.metadata().expect("readable").len() < 300_000, "{}", entry.path().display());
    }
}

/// README and what writers read.
fn documents() -> Vec<PathBuf> {
    let mut all = vec![PathBuf::from("README.md")];
    for folder in ["docs", "docs/diagnostics.d"] {
        let entries = fs::read_dir(folder)
            .expect("the documents are there")
            .map(|entry| entry.expect("readable").path());
        all.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    all.sort();
    all
}
