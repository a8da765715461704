//! `casebook.toml`: the settings of a dossier. Every key is optional, the file itself too.
//!
//! All that is wrong with the file is told in one run. An unknown key is a warning; a value that cannot be
//! what it should is fatal, since a build with other settings than those that were asked for would publish
//! something else.

use std::collections::HashMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::model::body::Address;
use crate::model::dossier::CiteStyle;
use crate::model::figure::unit::Currency;
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::parse::facts::is_language_tag;
use crate::parse::holding;
use crate::parse::keys::folded;
use crate::parse::said::{Said, said};
use crate::parse::toml::{Node, Pair, Toml, toml};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::config as mistakes;
use crate::report::mistakes::facts::repeated_key;

/// The version of the contract that this program keeps: `format = 1`.
pub const FORMAT: u64 = 1;

/// The port that `watch` listens on where none is asked for; then the next free one will do.
pub const DEFAULT_PORT: u16 = 4321;

/// The settings of a dossier. A value that the file does not give has an empty span.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub dossier: Dossier,
    pub build: Build,
    pub drifted: Drifted,
    pub cite: CiteStyle,
    /// Which dollar `$` means.
    pub dollar: Currency,
    pub watch: Watch,
}

/// `[dossier]`
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    pub title: Option<String>,
    pub description: Option<String>,
    /// A BCP 47 tag.
    pub language: String,
    pub authors: Vec<String>,
    pub rights: Option<String>,
    /// Absolute, http or https, ends in `/`.
    pub base_url: Option<Spanned<String>>,
    /// All the words that pages show, each with its place.
    pub words: Vec<Spanned<String>>,
}

/// `[build]`
#[derive(Clone, Debug, PartialEq)]
pub struct Build {
    /// Folders of the dossier: none lies in another.
    pub seeds: Spanned<InputPath>,
    pub annotations: Spanned<InputPath>,
    pub templates: Spanned<InputPath>,
    /// Relative to the dossier, and may leave it; absolute, it is elsewhere on the machine.
    pub out: Spanned<String>,
    pub strict: bool,
    pub exclude: Exclude,
}

/// Files that are not read, by glob.
#[derive(Clone, Debug, Default)]
pub struct Exclude {
    patterns: Vec<String>,
    globs: GlobSet,
}

/// `[quotes] drifted`: what a passage whose words differ from its source does to a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drifted {
    #[default]
    Error,
    /// The note is published without a mark, its passage replaced by "quotation under review".
    Warning,
}

/// `[watch]`
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// `None`: the default, or the next free one.
    pub port: Option<u16>,
    /// The address that opens a file in the writer's editor: `{path}`, `{line}` and `{column}` are filled in.
    pub editor: String,
}

impl Exclude {
    pub fn matches(&self, path: &InputPath) -> bool {
        self.globs.is_match(path.as_str())
    }
}

impl PartialEq for Exclude {
    fn eq(&self, other: &Exclude) -> bool {
        self.patterns == other.patterns
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            dossier: Dossier {
                title: None,
                description: None,
                language: "en".to_string(),
                authors: Vec::new(),
                rights: None,
                base_url: None,
                words: Vec::new(),
            },
            build: Build {
                seeds: folder("seeds"),
                annotations: folder("annotations"),
                templates: folder("templates"),
                out: Spanned::new("public".to_string(), Span::default()),
                strict: false,
                exclude: Exclude::default(),
            },
            drifted: Drifted::Error,
            cite: CiteStyle::Apa,
            dollar: Currency::USD,
            watch: Watch { port: None, editor: "vscode://file/{path}:{line}:{column}".to_string() },
        }
    }
}

/// `[cite] style`
const CITE_STYLES: [(&str, CiteStyle); 3] =
    [("apa", CiteStyle::Apa), ("chicago", CiteStyle::Chicago), ("mla", CiteStyle::Mla)];

fn folder(name: &str) -> Spanned<InputPath> {
    Spanned::new(InputPath::new(name).expect("the default folders are plain names"), Span::default())
}

/// Every key there is, by section; the first section is the top of the file.
const SECTIONS: &[(&str, &[&str])] = &[
    ("", &["format", "dossier", "build", "quotes", "cite", "numbers", "watch"]),
    ("dossier", &["title", "description", "language", "authors", "rights", "base-url"]),
    ("build", &["seeds", "annotations", "templates", "out", "strict", "exclude"]),
    ("quotes", &["drifted"]),
    ("cite", &["style"]),
    ("numbers", &["dollar"]),
    ("watch", &["port", "editor"]),
];

/// The settings of a file, what its writer should know, and what keeps them from being used. `None` where
/// there is no file.
pub fn config(path: &InputPath, text: Option<&str>) -> (Config, Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut config = Config::default();
    let Some(text) = text else { return (config, Vec::new(), Vec::new()) };
    let Toml { pairs, foreign: _, mistakes } = toml(path, text);
    let mut told = Told { path, warnings: Vec::new(), fatal: mistakes };
    let mut top = Section::new("", pairs, &mut told);
    version(&mut top, &mut told);
    for &(name, _) in &SECTIONS[1..] {
        let mut section = top.section(name, &mut told);
        match name {
            "dossier" => dossier(&mut config.dossier, &mut section, &mut told),
            "build" => build(&mut config.build, &mut section, &mut told),
            "quotes" => section.choose(
                "drifted",
                &[("error", Drifted::Error), ("warning", Drifted::Warning)],
                &mut config.drifted,
                &mut told,
            ),
            "cite" => section.choose("style", &CITE_STYLES, &mut config.cite, &mut told),
            "numbers" => dollar(&mut config.dollar, &mut section, &mut told),
            _ => watch(&mut config.watch, &mut section, &mut told),
        }
        section.finish(&mut told);
    }
    top.finish(&mut told);
    (config, told.warnings, told.fatal)
}

struct Told<'a> {
    path: &'a InputPath,
    warnings: Vec<Diagnostic>,
    fatal: Vec<Diagnostic>,
}

impl Told<'_> {
    fn wrong(&mut self, key: &str, span: Span, what: &str, help: &str) {
        self.fatal
            .push(mistakes::config_value(self.path, key, span, what, help));
    }
}

/// A table of the file: keys are taken out as they are read, what is left is unknown.
struct Section {
    name: &'static str,
    pairs: Vec<Pair>,
}

impl Section {
    fn new(name: &'static str, pairs: Vec<Pair>, told: &mut Told) -> Section {
        let mut kept: Vec<Pair> = Vec::new();
        let mut seen: HashMap<String, Span> = HashMap::new();
        for mut pair in pairs {
            pair.key.value = folded(&pair.key.value);
            match seen.get(&pair.key.value) {
                Some(earlier) => told.fatal.push(repeated_key(told.path, &pair.key, *earlier)),
                None => {
                    seen.insert(pair.key.value.clone(), pair.key.span);
                    kept.push(pair);
                }
            }
        }
        Section { name, pairs: kept }
    }

    fn take(&mut self, key: &str) -> Option<Pair> {
        let at = self.pairs.iter().position(|pair| pair.key.value == key)?;
        Some(self.pairs.remove(at))
    }

    /// A table within this one; empty where there is none.
    fn section(&mut self, name: &'static str, told: &mut Told) -> Section {
        match self.take(name) {
            Some(Pair { value: Node::Table(pairs), .. }) => Section::new(name, pairs, told),
            Some(pair) => {
                let first = SECTIONS
                    .iter()
                    .find(|(section, _)| *section == name)
                    .and_then(|(_, keys)| keys.first())
                    .unwrap_or(&"");
                told.wrong(
                    name,
                    pair.span,
                    "is a section",
                    &format!("write `[{name}]` on a line of its own and `{first} = ...` below it"),
                );
                Section { name, pairs: Vec::new() }
            }
            None => Section { name, pairs: Vec::new() },
        }
    }

    /// A text; a number or date counts as one. An empty one is as good as none.
    fn text(&mut self, key: &str, told: &mut Told) -> Option<Spanned<String>> {
        let pair = self.take(key)?;
        match pair.value {
            Node::Quoted(words) | Node::Bare(words) => Some(words).filter(|words| !words.value.is_empty()),
            Node::List(_) | Node::Table(_) => {
                told.wrong(key, pair.span, "takes one text", "write it between quotation marks");
                None
            }
        }
    }

    fn texts(&mut self, key: &str, told: &mut Told) -> Vec<Spanned<String>> {
        let Some(pair) = self.take(key) else { return Vec::new() };
        let items = match pair.value {
            Node::List(items) => items,
            value => vec![(value, pair.span)],
        };
        let mut texts = Vec::new();
        for (item, span) in items {
            match item {
                Node::Quoted(words) | Node::Bare(words) if words.value.is_empty() => {}
                Node::Quoted(words) | Node::Bare(words) => texts.push(words),
                Node::List(_) | Node::Table(_) => {
                    told.wrong(key, span, "is a list of texts", "write `[\"a\", \"b\"]`")
                }
            }
        }
        texts
    }

    /// One of a few words.
    fn choose<T: Copy>(&mut self, key: &str, words: &[(&str, T)], setting: &mut T, told: &mut Told) {
        let Some(typed) = self.text(key, told) else { return };
        match words.iter().find(|(word, _)| typed.value.eq_ignore_ascii_case(word)) {
            Some(&(_, value)) => *setting = value,
            None => {
                let all: Vec<String> = words.iter().map(|(word, _)| format!("`\"{word}\"`")).collect();
                told.wrong(
                    key,
                    typed.span,
                    &format!("cannot be `{}`", typed.value),
                    &format!("write {}", all.join(" or ")),
                );
            }
        }
    }

    fn finish(self, told: &mut Told) {
        for pair in self.pairs {
            let key = pair.key.value.as_str();
            if holds_back(&pair) {
                told.fatal
                    .push(mistakes::holds_nothing_back(told.path, key, pair.key.span));
                continue;
            }
            let here: &[&str] = SECTIONS
                .iter()
                .find(|(section, _)| *section == self.name)
                .map_or(&[], |&(_, keys)| keys);
            let near = nearest(key, here);
            let least = near.map_or(usize::MAX, |near| strsim::osa_distance(key, near));
            let others = SECTIONS[1..]
                .iter()
                .filter_map(|&(section, keys)| Some((section, nearest(key, keys)?)));
            let elsewhere = others.filter(|(_, other)| strsim::osa_distance(key, other) < least);
            let elsewhere = elsewhere.min_by_key(|(_, other)| strsim::osa_distance(key, other));
            told.warnings
                .push(mistakes::config_key(told.path, &pair.key, self.name, elsewhere, near));
        }
    }
}

/// Whether somebody believes that a key keeps the whole dossier at home: `private = true`.
fn holds_back(pair: &Pair) -> bool {
    let (Node::Quoted(words) | Node::Bare(words)) = &pair.value else { return false };
    !holding::in_head(&format!("{}: {}", pair.key.value, words.value)).is_empty()
        || holding::says_unpublished(&pair.key.value, &words.value)
}

/// The key that is most like one that is not known, however little.
fn nearest<'a>(key: &str, keys: &[&'a str]) -> Option<&'a str> {
    let near = |candidate: &&&str| strsim::osa_distance(key, candidate) * 2 <= candidate.chars().count();
    keys.iter()
        .filter(near)
        .min_by_key(|candidate| strsim::osa_distance(key, candidate))
        .copied()
}

fn version(top: &mut Section, told: &mut Told) {
    let Some(pair) = top.take("format") else { return };
    let typed = match &pair.value {
        Node::Bare(words) | Node::Quoted(words) => words.value.parse::<u64>().ok(),
        Node::List(_) | Node::Table(_) => None,
    };
    match typed {
        Some(FORMAT) => {}
        Some(version) if version > FORMAT => told
            .fatal
            .push(mistakes::config_version(told.path, pair.span, version, FORMAT)),
        _ => told.wrong(
            "format",
            pair.span,
            "must be a whole number: the version of the format",
            &format!("write `format = {FORMAT}`"),
        ),
    }
}

/// What stands in `%% … %%` or `<!-- … -->` is for the writer alone, here too.
fn without_comments(key: &str, text: Spanned<String>, told: &mut Told) -> String {
    let Some(Said { words, open }) = said(&text.value) else { return text.value };
    if let Some(sign) = open {
        let what = format!("holds `{sign}`, which begins a comment that nothing closes");
        told.wrong(key, text.span, &what, "close it with `%%` or `-->`, or delete it");
    }
    words
}

fn dossier(dossier: &mut Dossier, section: &mut Section, told: &mut Told) {
    let mut words = Vec::new();
    let mut said = |key: &str, text: Spanned<String>, told: &mut Told| {
        let span = text.span;
        let text = without_comments(key, text, told);
        words.push(Spanned::new(text.clone(), span));
        text
    };
    dossier.title = section.text("title", told).map(|text| said("title", text, told));
    dossier.description = section
        .text("description", told)
        .map(|text| said("description", text, told));
    dossier.rights = section.text("rights", told).map(|text| said("rights", text, told));
    dossier.authors = section
        .texts("authors", told)
        .into_iter()
        .map(|text| said("authors", text, told))
        .collect();
    if let Some((title, words)) = dossier.title.as_ref().zip(words.first())
        && holding::hides_in_title(title).is_some()
    {
        told.fatal
            .push(mistakes::holds_nothing_back(told.path, "title", words.span));
    }
    dossier.words = words;
    if let Some(tag) = section.text("language", told) {
        match is_language_tag(&tag.value) {
            true => dossier.language = tag.value,
            false => told.wrong(
                "language",
                tag.span,
                &format!("cannot be `{}`", tag.value),
                "write a tag such as `\"en\"`, `\"vi\"` or `\"pt-BR\"`",
            ),
        }
    }
    if let Some(url) = section.text("base-url", told) {
        match base_url(&url.value) {
            Some(address) => {
                dossier.words.push(Spanned::new(address.clone(), url.span));
                dossier.base_url = Some(Spanned::new(address, url.span));
            }
            None => told.wrong(
                "base_url",
                url.span,
                &format!("cannot be `{}`", url.value),
                "write where the site will be, such as `\"https://example.org/dossier/\"`, without \
                    `?` and `#`",
            ),
        }
    }
}

/// The address where a site is published, with a `/` at its end; `None` where it is no address of the web, or
/// more than one.
pub fn base_url(typed: &str) -> Option<String> {
    let address = Address::new(typed)?;
    let text = address.as_str();
    let (scheme, rest) = text.split_once("://")?;
    let on_the_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let plain =
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ', '"', '<', '>', '\\']);
    (on_the_web && plain).then(|| format!("{}/", text.trim_end_matches('/')))
}

fn build(build: &mut Build, section: &mut Section, told: &mut Told) {
    for (key, setting) in [
        ("seeds", &mut build.seeds),
        ("annotations", &mut build.annotations),
        ("templates", &mut build.templates),
    ] {
        let Some(typed) = section.text(key, told) else { continue };
        match inside(&typed.value) {
            Some(path) => *setting = Spanned::new(path, typed.span),
            None => told.wrong(
                key,
                typed.span,
                &format!("cannot be `{}`: it is no folder within the dossier", typed.value),
                "write a path relative to casebook.toml, such as `\"sources\"`",
            ),
        }
    }
    apart(build, told);
    if let Some(out) = section.text("out", told) {
        match out.value.contains('\0') {
            true => told.wrong("out", out.span, "holds a NUL", "write the path of a folder"),
            false => build.out = out,
        }
    }
    flag("strict", &mut build.strict, section, told);
    build.exclude = exclude(section.texts("exclude", told), told);
}

/// A folder of the dossier: `./a//b/` is `a/b`.
fn inside(typed: &str) -> Option<InputPath> {
    let drive = typed.chars().nth(1) == Some(':');
    let parts: Vec<&str> = typed
        .split('/')
        .filter(|part| *part != "." && !part.is_empty())
        .collect();
    if typed.starts_with('/') || drive { None } else { InputPath::new(&parts.join("/")) }
}

/// A file must be a seed, an annotation or a template, so none of the folders may lie in another.
fn apart(build: &Build, told: &mut Told) {
    let folders =
        [("seeds", &build.seeds), ("annotations", &build.annotations), ("templates", &build.templates)];
    for (i, (name, folder)) in folders.iter().enumerate() {
        for (other_name, other) in &folders[i + 1..] {
            let (a, b) = (folder.value.as_str(), other.value.as_str());
            if a == b || holds(a, b) || holds(b, a) {
                let span = if other.span.is_empty() { folder.span } else { other.span };
                told.wrong(
                    other_name,
                    span,
                    &format!("and `{name}` share a folder (`{a}`, `{b}`)"),
                    "give each a folder of its own",
                );
            }
        }
    }
}

fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

fn flag(key: &str, setting: &mut bool, section: &mut Section, told: &mut Told) {
    let Some(pair) = section.take(key) else { return };
    match &pair.value {
        Node::Bare(word) if word.value == "true" => *setting = true,
        Node::Bare(word) if word.value == "false" => *setting = false,
        _ => told.wrong(
            key,
            pair.span,
            "must be `true` or `false`",
            "write one of the two, without quotation marks",
        ),
    }
}

/// Patterns as in `.gitignore`: without a `/` they fit a name in any folder, and what fits a folder fits what
/// is in it.
fn exclude(patterns: Vec<Spanned<String>>, told: &mut Told) -> Exclude {
    let mut globs = GlobSetBuilder::new();
    for pattern in &patterns {
        let plain = pattern.value.trim_start_matches("./").trim_end_matches('/');
        let anywhere = if plain.contains('/') { plain.to_string() } else { format!("**/{plain}") };
        for glob in [anywhere.clone(), format!("{anywhere}/**")] {
            match GlobBuilder::new(&glob)
                .literal_separator(true)
                .backslash_escape(true)
                .build()
            {
                Ok(glob) => {
                    globs.add(glob);
                }
                Err(error) => {
                    let what = format!(
                        "holds the pattern `{}`, which cannot be read: {}",
                        pattern.value,
                        error.kind()
                    );
                    told.wrong(
                        "exclude",
                        pattern.span,
                        &what,
                        "write a name or a path in which `*` stands for any letters and `**` for any folders",
                    );
                    break;
                }
            }
        }
    }
    let patterns: Vec<String> = patterns.into_iter().map(|pattern| pattern.value).collect();
    match globs.build() {
        Ok(globs) => Exclude { patterns, globs },
        Err(error) => {
            told.wrong(
                "exclude",
                Span::default(),
                &format!("cannot be used: {}", error.kind()),
                "write fewer or simpler patterns",
            );
            Exclude::default()
        }
    }
}

fn dollar(dollar: &mut Currency, section: &mut Section, told: &mut Told) {
    let Some(code) = section.text("dollar", told) else { return };
    match Currency::of(&code.value.to_ascii_uppercase()).filter(|currency| currency.is_dollar()) {
        Some(currency) => *dollar = currency,
        None => told.wrong(
            "dollar",
            code.span,
            &format!("cannot be `{}`", code.value),
            "write the code of a dollar, such as `\"USD\"`, `\"CAD\"` or `\"AUD\"`",
        ),
    }
}

fn watch(watch: &mut Watch, section: &mut Section, told: &mut Told) {
    if let Some(pair) = section.take("port") {
        match &pair.value {
            Node::Bare(number) if number.value.parse::<u16>().is_ok() => {
                watch.port = number.value.parse().ok()
            }
            _ => told.wrong(
                "port",
                pair.span,
                "is a number from 0 to 65535",
                &format!("write `port = {DEFAULT_PORT}`, or 0 for any free one"),
            ),
        }
    }
    if let Some(editor) = section.text("editor", told) {
        match editor.value.contains("{path}")
            && editor.value.contains(':')
            && !editor.value.to_ascii_lowercase().starts_with("javascript:")
        {
            true => watch.editor = editor.value,
            false => told.wrong(
                "editor",
                editor.span,
                &format!("cannot be `{}`", editor.value),
                "write an address that your editor opens, with `{path}`, `{line}` and `{column}` in it",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lines::Lines;

    fn read(text: &str) -> Config {
        let path = InputPath::new("casebook.toml").expect("relative");
        let (config, warnings, fatal) = config(&path, Some(text));
        assert_eq!((warnings, fatal), (Vec::new(), Vec::new()));
        config
    }

    /// What is told, warnings first.
    fn check(text: &str) -> String {
        let path = InputPath::new("casebook.toml").expect("relative");
        let (_, warnings, fatal) = config(&path, Some(text));
        let shown = |kind: &str, mistake: &Diagnostic| {
            let at =
                Lines::new(text).at(mistake.place.as_ref().expect("in the file").place.span.start as usize);
            format!(
                "{kind} {}:{} {}: {} ({})",
                at.line,
                at.column,
                mistake.code.name,
                mistake.message,
                mistake.help.join("; ")
            )
        };
        let warnings = warnings.iter().map(|mistake| shown("warning", mistake));
        warnings
            .chain(fatal.iter().map(|mistake| shown("fatal", mistake)))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn every_key_is_optional_and_the_file_too() {
        let path = InputPath::new("casebook.toml").expect("relative");
        assert_eq!(config(&path, None), (Config::default(), Vec::new(), Vec::new()));
        assert_eq!(read(""), Config::default());
    }

    #[test]
    fn every_key_is_read() {
        let config = read(
            "format = 1\n[dossier]\ntitle = \"T\"\ndescription = \"D\"\nlanguage = \"vi\"\nauthors = [\"A\", \
                \"B\"]\nrights = \"R\"\nbase-url = \"https://example.org/a\"\n\
             [build]\nseeds = \"./sources/\"\nannotations = \"n\"\ntemplates = \"t\"\nout = \
             \"../site\"\nstrict = true\nexclude = [\"*.pdf\"]\n\
             [quotes]\ndrifted = \"warning\"\n[cite]\nstyle = \"apa\"\n[numbers]\ndollar = \
             \"CAD\"\n[watch]\nport = 0\neditor = \"zed://file/{path}:{line}\"\n",
        );
        let about = config.dossier;
        assert_eq!(
            (about.title.as_deref(), about.description.as_deref(), about.rights.as_deref()),
            (Some("T"), Some("D"), Some("R"))
        );
        assert_eq!(
            (about.language.as_str(), about.authors, about.base_url.map(|url| url.value).as_deref()),
            ("vi", vec!["A".to_string(), "B".to_string()], Some("https://example.org/a/"))
        );
        assert_eq!(
            (config.build.seeds.value.as_str(), config.build.out.value.as_str(), config.build.strict),
            ("sources", "../site", true)
        );
        assert_eq!(
            (config.drifted, config.dollar.code(), config.watch.port),
            (Drifted::Warning, "CAD", Some(0))
        );
        assert_eq!(config.watch.editor, "zed://file/{path}:{line}");
    }

    #[test]
    fn an_unknown_key_is_a_warning_that_knows_better() {
        assert_eq!(
            check(
                "title = \"T\"\nformt = 1\n[dossier]\ntilte = \"T\"\nbase_ulr = \"x\"\nport = \
                    1\n[bild]\n[watch]\nzoom = 1\n"
            ),
            "warning 4:1 config-key: `tilte` is no key of `[dossier]` (write `title`)\n\
             warning 5:1 config-key: `base-ulr` is no key of `[dossier]` (write `base_url`)\n\
             warning 6:1 config-key: `port` is no key of `[dossier]` (write it below `[watch]`)\n\
             warning 9:1 config-key: `zoom` is no key of `[watch]` (delete it)\n\
             warning 1:1 config-key: `title` is no key at the top of the file (write it below `[dossier]`)\n\
             warning 2:1 config-key: `formt` is no key at the top of the file (write `format`)\n\
             warning 7:2 config-key: `bild` is no key at the top of the file (write `build`)"
        );
    }

    #[test]
    fn a_wrong_value_is_fatal_and_all_are_told_at_once() {
        assert_eq!(
            check(
                "format = 2\nquotes = \"warning\"\n[dossier]\nlanguage = \"English!\"\nbase_url = \
                    \"javascript:x\"\ntitle = [1]\n[build]\nstrict = \"yes\"\nseeds = \
                    \"../x\"\n[watch]\nport = 70000\neditor = \"vim\"\n[numbers]\ndollar = \
                    \"EUR\"\n[cite]\nstyle = \"ieee\"\n"
            ),
            "fatal 1:10 config-version: this dossier is written in format 2, and this program reads format 1 \
                (get a newer casebook)\n\
             fatal 6:9 config-value: `title` takes one text (write it between quotation marks)\n\
             fatal 4:13 config-value: `language` cannot be `English!` (write a tag such as `\"en\"`, \
             `\"vi\"` or `\"pt-BR\"`)\n\
             fatal 5:13 config-value: `base_url` cannot be `javascript:x` (write where the site will be, \
             such as `\"https://example.org/dossier/\"`, without `?` and `#`)\n\
             fatal 9:10 config-value: `seeds` cannot be `../x`: it is no folder within the dossier (write a \
             path relative to casebook.toml, such as `\"sources\"`)\n\
             fatal 8:10 config-value: `strict` must be `true` or `false` (write one of the two, without \
             quotation marks)\n\
             fatal 2:10 config-value: `quotes` is a section (write `[quotes]` on a line of its own and \
             `drifted = ...` below it)\n\
             fatal 16:10 config-value: `style` cannot be `ieee` (write `\"apa\"` or `\"chicago\"` or \
             `\"mla\"`)\n\
             fatal 14:11 config-value: `dollar` cannot be `EUR` (write the code of a dollar, such as \
             `\"USD\"`, `\"CAD\"` or `\"AUD\"`)\n\
             fatal 11:8 config-value: `port` is a number from 0 to 65535 (write `port = 4321`, or 0 for any \
             free one)\n\
             fatal 12:11 config-value: `editor` cannot be `vim` (write an address that your editor opens, \
             with `{path}`, `{line}` and `{column}` in it)"
        );
        assert_eq!(
            check("[dossier]\ntitle = Trade: x\n[build]\nannotations = \"seeds/notes\"\n"),
            "fatal 2:9 toml-value: the value of `title` is not in quotes (put the value in quotes)\n\
             fatal 4:16 config-value: `annotations` and `seeds` share a folder (`seeds`, `seeds/notes`) \
             (give each a folder of its own)"
        );
    }

    #[test]
    fn patterns_fit_as_in_gitignore() {
        let config = read("[build]\nexclude = [\"*.pdf\", \"seeds/old/\", \"seeds/*.html\"]\n");
        let excluded = |path: &str| config.build.exclude.matches(&InputPath::new(path).expect("relative"));
        for path in
            ["seeds/a.pdf", "a.pdf", "seeds/x/y.pdf", "seeds/old/a.txt", "seeds/old/x/a.txt", "seeds/a.html"]
        {
            assert!(excluded(path), "{path}");
        }
        for path in ["seeds/a.txt", "seeds/older/a.txt", "seeds/x/a.html", "a.pdf.txt"] {
            assert!(!excluded(path), "{path}");
        }
        assert!(
            check("[build]\nexclude = [\"[\"]\n").starts_with(
                "fatal 2:13 config-value: `exclude` holds the pattern `[`, which cannot be read"
            )
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(\\[dossier\\]\n|\\[build\\]\n|\\[watch\\]|title|seeds|exclude|port|=|\"\
            |\n|\\[|\\]|1|a|\\*|\\.\\.|/|é){0,30}") {
            let path = InputPath::new("casebook.toml").expect("relative");
            let (_, warnings, fatal) = config(&path, Some(&text));
            for mistake in warnings.iter().chain(&fatal) {
                for label in mistake.place.iter().chain(&mistake.related) {
                    proptest::prop_assert!(text.get(label.place.span.range()).is_some(), "{:?}", mistake);
                }
            }
        }
    }
}
