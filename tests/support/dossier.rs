//! Dossiers for tests: those of the repository, those made for one test, and what the program makes of them.
//!
//! `publish` runs the real program on a copy and reads its output back as files; `build` calls the library on
//! files in memory and renders the site whatever mistakes were found, for tests of what must hold even then.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use casebook::cache::CompileCache;
use casebook::config::config;
use casebook::inputs::Inputs;
use casebook::model::path::{InputPath, SitePath};
use casebook::report::diagnostic::Report;
use casebook::{View, compile};

use super::judge::Files;

/// What a run of the program came to.
pub struct Site {
    pub code: i32,
    /// Standard error, for people.
    pub said: String,
    pub stdout: String,
    /// The output folder, by path; empty where nothing was written.
    pub files: Files,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The dossier that the repository ships.
pub fn shipped() -> PathBuf {
    root()
}

pub fn golden(name: &str) -> PathBuf {
    root().join("tests/golden").join(name)
}

/// Every golden dossier, by name.
pub fn goldens() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("tests/golden")).expect("tests/golden is there");
    let folders = entries
        .map(|entry| entry.expect("tests/golden can be read").path())
        .filter(|path| path.is_dir());
    let mut goldens: Vec<(String, PathBuf)> = folders
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path))
        .collect();
    goldens.sort();
    goldens
}

/// Publishes a copy of a dossier: the copy, since a build leaves its memory in the folder.
pub fn publish(dossier: &Path, args: &[&str]) -> Site {
    publish_in(dossier, &[], args)
}

pub fn publish_in(dossier: &Path, environment: &[(&str, &str)], args: &[&str]) -> Site {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copied = folder.path().join("dossier");
    copy(dossier, &copied);
    let out = folder.path().join("site");
    let out_text = out.to_string_lossy().into_owned();
    let mut site = run(&copied, environment, &[&["build", "-o", &out_text], args].concat());
    site.files = read(&out);
    site
}

/// Runs the program in a folder.
pub fn run(folder: &Path, environment: &[(&str, &str)], args: &[&str]) -> Site {
    let mut command = Command::cargo_bin("casebook").expect("the program was built for this test");
    command
        .current_dir(folder)
        .args(args)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.env("COLUMNS", "120").envs(environment.iter().copied());
    let output = command.output().expect("the program starts");
    Site {
        code: output.status.code().unwrap_or(-1),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        files: Files::new(),
    }
}

/// Copies what a dossier is made of, and nothing that was made of it.
pub fn copy(dossier: &Path, to: &Path) {
    copy_all(parts(dossier), dossier, to);
}

/// The same, the last file first: a folder lists its files in the order of their making on some systems.
pub fn copy_backwards(dossier: &Path, to: &Path) {
    copy_all(parts(dossier).into_iter().rev().collect(), dossier, to);
}

fn parts(dossier: &Path) -> Vec<PathBuf> {
    let folders =
        ["seeds", "annotations", "annotation", "seed", "sources", "templates"].map(|name| dossier.join(name));
    let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| all(folder)).collect();
    files.extend(Some(dossier.join("casebook.toml")).filter(|path| path.is_file()));
    // the repository's own templates are those that are built in
    if dossier == root() {
        files.retain(|path| !path.starts_with(dossier.join("templates")));
    }
    files
}

fn copy_all(files: Vec<PathBuf>, from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder is writable");
    for file in files {
        let target = to.join(file.strip_prefix(from).expect("listed under this folder"));
        fs::create_dir_all(target.parent().unwrap_or(to)).expect("a temporary folder is writable");
        fs::copy(&file, &target).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// Every file under a folder, in the order of their paths; none where there is no folder.
pub fn all(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    walk.into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// The files under a folder by their path in it, `/` between parts.
pub fn read(folder: &Path) -> Files {
    let named = |path: PathBuf| {
        let parts: Vec<String> = path
            .strip_prefix(folder)
            .expect("listed under this folder")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        (parts.join("/"), fs::read(&path).expect("a file that was just written can be read"))
    };
    all(folder).into_iter().map(named).collect()
}

/// A file of the corpora, which lie beside the repository and not in it. Says so where they do not.
pub fn corpus(file: &str) -> Option<String> {
    beside("CASEBOOK_CORPORA", "../shared/corpora")
        .and_then(|folder| fs::read_to_string(folder.join(file)).ok())
}

/// A folder that the environment names, else one relative to the repository.
pub fn beside(variable: &str, relative: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map_or(root().join(relative), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no {relative} here (name another folder in {variable})");
    None
}

/// The id that a file's name becomes.
pub fn slug(name: &str) -> String {
    casebook::model::slug::Slug::of(name)
        .map(|slug| slug.to_string())
        .unwrap_or_default()
}

/// A site that the library made of files in memory, whatever mistakes it found in them.
pub struct Built {
    pub report: Report,
    pub files: Files,
}

/// The site that `build` would publish, made even where mistakes forbid it.
pub fn build(files: &[(String, Vec<u8>)]) -> Built {
    compiled(files, View::Published)
}

/// The second view of `watch`, with what is held back.
pub fn build_hidden(files: &[(String, Vec<u8>)]) -> Built {
    compiled(files, View::Everything)
}

fn compiled(files: &[(String, Vec<u8>)], view: View) -> Built {
    let inputs: Inputs = files
        .iter()
        .filter_map(|(path, bytes)| Some((InputPath::new(path)?.as_str().to_string(), bytes.clone())))
        .collect();
    let settings = InputPath::new("casebook.toml").expect("a plain name");
    let text = inputs
        .get(&settings)
        .map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let (config, ..) = config(&settings, text.as_deref());
    let mut cache = CompileCache::default();
    let compiled = compile(&inputs, &config, view, &mut cache);
    let edition = compiled.edition();
    let page = |path: &SitePath| {
        let bytes = edition
            .render(path)
            .unwrap_or_else(|mistake| panic!("{path}: {}", mistake.message));
        (path.as_str().to_string(), bytes)
    };
    let files = compiled.files().map(page).collect();
    Built { report: Report::clone(&compiled.report), files }
}
