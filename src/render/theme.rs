//! The look: built-in templates, stylesheet and words, with the dossier's own laid over them file by file.
//!
//! Everything is escaped: autoescape is on for every template, whatever its name. A mistake in a dossier's
//! template is reported with its place, and the built-in templates stand in, so that `watch` still has pages
//! to show it on.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::inputs::Inputs;
use crate::model::path::{InputPath, SitePath};
use crate::model::span::Span;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::templates as mistakes;

use super::fuel::{self, Metered};
use super::words::{BUILT_IN as LANGUAGES, Words, fill, primary};

macro_rules! files {
    ($include:ident: $($name:literal)*) => { &[$(($name, $include!(concat!("../../templates/", $name)))),*] };
}

/// A page or a piece of one; else the mistake of the template that it needs.
pub type Made<T> = Result<T, Box<Diagnostic>>;

/// Templates by name; a test holds the list against the folder.
const TEMPLATES: &[(&str, &str)] = files! { include_str:
    "base.html" "claim.html" "claims.html" "former.html" "coverage.html" "figures.html" "home.html"
    "names.html" "not-found.html" "not-found-plain.html" "page.html" "provenance.html" "source.html"
    "sources.html" "timeline.html" "topic.html" "topics.html" "components/lists.html"
    "components/note.html" "components/passage.html" "components/quotation.html" "components/sigla.html"
};

const ASSETS: &[(&str, &[u8])] = files! { include_bytes:
    "assets/casebook.css" "assets/favicon.svg" "assets/filter.js" "assets/keys.js" "assets/margin.js"
    "assets/preview.js"
};

/// What pages are made with.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    pub words: Arc<Words>,
    assets: BTreeMap<String, Asset>,
    /// The dossier's own templates, for the places of mistakes: their names in the engine and their files.
    own: BTreeMap<String, InputPath>,
    /// All templates as they were metered; none where all are built in.
    metered: BTreeMap<String, Metered>,
}

#[derive(Clone, Debug)]
struct Asset {
    path: SitePath,
    bytes: Cow<'static, [u8]>,
}

impl Theme {
    /// Reads the theme of a dossier: `folder` is its folder of templates (`templates`), `language` the
    /// dossier's.
    pub fn of(inputs: &Inputs, folder: &str, language: &str) -> (Theme, Vec<Diagnostic>) {
        let mut report = Vec::new();
        let words = Arc::new(read_words(inputs, folder, language, &mut report));
        let (own, texts) = own_templates(inputs, folder, &mut report);
        let (tera, is_sound) = match engine(&words, &texts) {
            Ok(tera) => (tera, true),
            Err(error) => {
                report.extend(load_mistakes(&error, &own, &texts));
                (engine(&words, &BTreeMap::new()).unwrap_or_default(), false)
            }
        };
        let assets = read_assets(inputs, folder);
        let plain = Theme { tera, words, assets, own, metered: BTreeMap::new() };
        (if is_sound && !texts.is_empty() { plain.with_meters(&texts) } else { plain }, report)
    }

    /// The same with meters on every template: ours call theirs and the other way round. Where the engine
    /// does not take a template with meters, none has any.
    fn with_meters(self, texts: &BTreeMap<String, String>) -> Theme {
        let mut metered = BTreeMap::new();
        let mut components = 0;
        for (name, text) in all_templates(texts) {
            let template = fuel::metered(&text, components);
            components += template.components.len();
            metered.insert(name, template);
        }
        let with_meters = metered
            .iter()
            .map(|(name, template)| (name.clone(), template.text.clone()))
            .collect();
        match engine_of(&self.words, with_meters) {
            Ok(tera) => Theme { tera, metered, ..self },
            Err(_) => self,
        }
    }

    /// The files of the theme, each with its place in the site: for `Site::plan`.
    pub fn assets(&self) -> BTreeMap<String, SitePath> {
        self.assets
            .iter()
            .map(|(name, asset)| (name.clone(), asset.path.clone()))
            .collect()
    }

    /// Whether all templates are built in: then no page can fail.
    pub fn is_ours(&self) -> bool {
        self.own.is_empty()
    }

    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.assets.get(name).map(|asset| &*asset.bytes)
    }

    /// Makes a page, or says which template failed and where. `bulk`: about how many bytes it will have
    /// beside its frame.
    pub(super) fn render(
        &self,
        template: &str,
        context: &tera::Context,
        page: &str,
        bulk: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut html = Vec::with_capacity(16 * 1024 + bulk + bulk / 8);
        fuel::begin(bulk);
        match self.tera.render_to(template, context, &mut html) {
            Ok(()) => Ok(html),
            Err(error) => Err(Box::new(self.failure(&error, template, page))),
        }
    }

    /// Where it failed, in the file that the person wrote: there, or where that file calls the built-in one
    /// that failed.
    fn failure(&self, error: &tera::Error, template: &str, page: &str) -> Diagnostic {
        let (name, words, place) = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => (
                report.filename(),
                report.message().to_owned(),
                Some(self.original(report.filename(), &report.span().range)),
            ),
            _ => match self.called_last() {
                Some((name, span)) => {
                    (name, format!("a component calls itself again and again: {error}"), Some(span))
                }
                None => (template, error.to_string(), None),
            },
        };
        let place = match (self.own.get(name), place) {
            (Some(path), span) => Some((path, span.unwrap_or_default())),
            (None, _) => self
                .caller(&error.to_string())
                .or_else(|| self.own.get(template).map(|path| (path, Span::default()))),
        };
        // Where one file alone is the person's, it is that one.
        let only = || {
            self.own
                .values()
                .next()
                .filter(|_| self.own.len() == 1)
                .map(|path| (path, Span::default()))
        };
        match place.or_else(only) {
            Some((path, span)) => mistakes::template_failed(path, span, &words, page),
            None => mistakes::built_in_template_failed(name, &words, page),
        }
    }

    fn original(&self, name: &str, range: &std::ops::Range<usize>) -> Span {
        self.metered
            .get(name)
            .map_or_else(|| Span::new(range.clone()), |metered| metered.original(range))
    }

    /// Where the component that was called last begins.
    fn called_last(&self) -> Option<(&str, Span)> {
        let mut number = usize::try_from(fuel::called_last()?).ok()?;
        for (name, metered) in &self.metered {
            match metered.components.get(number) {
                Some(span) => return Some((name, *span)),
                None => number -= metered.components.len(),
            }
        }
        None
    }

    /// The innermost own template among those that the engine names as callers: `note: called from
    /// FILE:LINE:COLUMN`.
    fn caller(&self, told: &str) -> Option<(&InputPath, Span)> {
        told.lines()
            .filter_map(|line| line.strip_prefix("note: called from "))
            .find_map(|place| {
                let mut parts = place.rsplitn(3, ':');
                let (column, line, name) =
                    (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
                let path = self.own.get(name)?;
                let text = &self.metered.get(name)?.text;
                let span = span_at(text, line, column, 1);
                Some((path, self.original(name, &span.range())))
            })
    }
}

/// The words of the dossier's language: the built-in ones, under a file of the dossier's if there is one.
fn read_words(inputs: &Inputs, folder: &str, language: &str, report: &mut Vec<Diagnostic>) -> Words {
    let mut words = Words::of(language);
    let wanted = primary(language);
    let name = [language, wanted].into_iter().find_map(|tag| {
        InputPath::new(&format!("{folder}/words/{tag}.toml")).filter(|path| inputs.get(path).is_some())
    });
    match name {
        Some(path) => {
            if let Some(text) = text_of(inputs, &path, report) {
                match text.parse() {
                    Ok(table) => {
                        let unknown = words.overlay(language, table);
                        report.extend(
                            unknown
                                .iter()
                                .map(|key| mistakes::words_unknown(&path, place_of_key(text, key), key)),
                        );
                    }
                    Err(error) => report.push(words_mistake(&path, &error)),
                }
            }
        }
        None if !words.language.eq_ignore_ascii_case(wanted) => {
            let known: Vec<&str> = LANGUAGES.iter().map(|(tag, _)| *tag).collect();
            report.push(mistakes::no_words(language, &known));
        }
        None => {}
    }
    words
}

fn words_mistake(path: &InputPath, error: &toml::de::Error) -> Diagnostic {
    mistakes::words_error(path, error.span().map(Span::new).unwrap_or_default(), error.message())
}

/// The line that a key stands on; keys are few, and the reader gives no places for those it could read.
fn place_of_key(text: &str, key: &str) -> Span {
    let last = key.rsplit('.').next().unwrap_or(key);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let name = line.trim_start_matches(['[', ' ', '\t']);
        if name
            .strip_prefix(last)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
        {
            return Span::new(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    Span::default()
}

/// The dossier's templates: their files and their texts, both by their name in the engine.
fn own_templates(
    inputs: &Inputs,
    folder: &str,
    report: &mut Vec<Diagnostic>,
) -> (BTreeMap<String, InputPath>, BTreeMap<String, String>) {
    let mut own = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for (path, _) in inputs.under(folder).filter(|(path, _)| path.extension() == "html") {
        let name = inside(path, folder);
        if let Some(text) = text_of(inputs, path, report) {
            texts.insert(name.to_string(), text.to_string());
            own.insert(name.to_string(), path.clone());
        }
        if let Some(nearest) = nearly_built_in(name) {
            report.push(mistakes::template_name(path, nearest));
        }
    }
    (own, texts)
}

fn inside<'a>(path: &'a InputPath, folder: &str) -> &'a str {
    path.as_str()
        .strip_prefix(folder)
        .unwrap_or(path.as_str())
        .trim_start_matches('/')
}

fn text_of<'a>(inputs: &'a Inputs, path: &InputPath, report: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let text = std::str::from_utf8(&inputs.get(path)?.bytes);
    if text.is_err() {
        report.push(mistakes::template_encoding(path));
    }
    text.ok().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The built-in template that a name of no template is a slip for.
fn nearly_built_in(name: &str) -> Option<&'static str> {
    let known = || TEMPLATES.iter().map(|(built_in, _)| *built_in);
    if known().any(|built_in| built_in == name) {
        return None;
    }
    known().find(|built_in| built_in.eq_ignore_ascii_case(name) || strsim::osa_distance(built_in, name) == 1)
}

/// The engine with the built-in templates and the dossier's over them, all added at once, since they name
/// each other.
fn engine(words: &Arc<Words>, own: &BTreeMap<String, String>) -> Result<Tera, tera::Error> {
    engine_of(words, all_templates(own))
}

/// The dossier's templates, and the built-in ones that it does not replace.
fn all_templates(own: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let built_in = TEMPLATES.iter().filter(|(name, _)| !own.contains_key(*name));
    let built_in = built_in.map(|(name, text)| ((*name).to_string(), (*text).to_string()));
    let mut all: Vec<_> = built_in
        .chain(own.iter().map(|(name, text)| (name.clone(), text.clone())))
        .collect();
    all.sort();
    all
}

fn engine_of(words: &Arc<Words>, templates: Vec<(String, String)>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    // The end of every name: nothing is left to an ending that somebody forgets.
    tera.autoescape_on([""]);
    register_functions(&mut tera, words);
    fuel::register(&mut tera);
    tera.global_context().insert_value("words", words.value());
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

fn register_functions(tera: &mut Tera, words: &Arc<Words>) {
    let counting = Arc::clone(words);
    tera.register_function("count", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(counting.count(kwargs.must_get::<&str>("of")?, kwargs.must_get::<u64>("n")?))
    });
    tera.register_function("fill", |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let text = kwargs.must_get::<&str>("text")?;
        let values: Vec<(String, String)> = kwargs
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        Ok(fill(text, &values))
    });
}

/// What is wrong with the dossier's templates. Mistakes of grammar come with their place; what is found out
/// when all are there (an unknown filter, component, block) comes as finished text, one piece a mistake, and
/// is read back.
fn load_mistakes(
    error: &tera::Error,
    own: &BTreeMap<String, InputPath>,
    texts: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            match own.get(report.filename()) {
                Some(path) => vec![mistakes::template_error(
                    path,
                    Span::new(report.span().range.clone()),
                    report.message(),
                )],
                None => vec![blamed(report.message(), own)],
            }
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let words = format!("templates that hold each other have no end: {}", chain.join(" → "));
            let path = std::iter::once(tpl).chain(chain).find_map(|name| own.get(name));
            vec![path.map_or_else(
                || blamed(&words, own),
                |path| mistakes::template_error(path, Span::default(), &words),
            )]
        }
        ErrorKind::MissingParent { current, parent } => {
            let words = format!("there is no template `{parent}` to extend");
            vec![own.get(current).map_or_else(
                || mistakes::templates_disagree(&words),
                |path| mistakes::template_error(path, Span::default(), &words),
            )]
        }
        ErrorKind::Msg(text) => text
            .split("\n\n")
            .filter_map(|piece| finished_mistake(piece, own, texts))
            .collect(),
        kind => vec![mistakes::templates_disagree(&kind.to_string())],
    }
}

/// Reads `error: MESSAGE`, `--> FILE:LINE:COLUMN` and the line of carets back into a diagnostic.
fn finished_mistake(
    piece: &str,
    own: &BTreeMap<String, InputPath>,
    texts: &BTreeMap<String, String>,
) -> Option<Diagnostic> {
    let message = piece
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("error: "));
    let Some(message) = message else {
        return (!piece.trim_start().starts_with("note:"))
            .then(|| mistakes::templates_disagree(piece.lines().next().unwrap_or_default()));
    };
    let place = piece.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let found = place.and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let (column, line, file) =
            (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
        let width = piece
            .lines()
            .last()
            .map_or(1, |line| line.matches('^').count().max(1));
        Some(mistakes::template_error(
            own.get(file)?,
            span_at(texts.get(file)?, line, column, width),
            message,
        ))
    });
    Some(found.unwrap_or_else(|| blamed(message, own)))
}

/// A mistake that the engine finds in a built-in template, which has none: it uses what a template of the
/// dossier took away, or the one template that the dossier has is at fault.
fn blamed(message: &str, own: &BTreeMap<String, InputPath>) -> Diagnostic {
    let took = |name: &str| {
        let text = TEMPLATES.iter().find(|(built_in, _)| *built_in == name)?.1;
        let mut gone = message.split('`').skip(1).step_by(2);
        gone.find(|thing| {
            text.contains(&format!("component {thing}(")) || text.contains(&format!("block {thing} "))
        })
    };
    match own.iter().find(|(name, _)| took(name).is_some()) {
        Some((_, path)) => {
            let words = format!("{message}; the built-in file of this name has it, and others use it");
            Some(mistakes::template_error(path, Span::default(), &words))
        }
        None if own.len() == 1 => own
            .values()
            .next()
            .map(|path| mistakes::template_error(path, Span::default(), message)),
        None => None,
    }
    .unwrap_or_else(|| mistakes::templates_disagree(message))
}

/// The bytes of a line and column, both from 1, columns in characters.
fn span_at(text: &str, line: usize, column: usize, width: usize) -> Span {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let byte = |n: usize| rest.char_indices().nth(n).map_or(rest.len(), |(at, _)| at);
    let from = column.saturating_sub(1);
    Span::new(start + byte(from)..start + byte(from + width))
}

/// The stylesheet, scripts and pictures: those of the dossier over the built-in ones, each under a name that
/// changes with its bytes, so that browsers may keep them for ever.
fn read_assets(inputs: &Inputs, folder: &str) -> BTreeMap<String, Asset> {
    let mut files: BTreeMap<String, Cow<'static, [u8]>> = BTreeMap::new();
    for (name, bytes) in ASSETS {
        files.insert(name.trim_start_matches("assets/").to_string(), Cow::Borrowed(*bytes));
    }
    let own = format!("{folder}/assets");
    for (path, file) in inputs.under(&own) {
        files.insert(inside(path, &own).to_string(), Cow::Owned(file.bytes.to_vec()));
    }
    let placed = files.into_iter().filter_map(|(name, bytes)| {
        Some((name.clone(), Asset { path: fingerprinted(&name, &bytes)?, bytes }))
    });
    placed.collect()
}

/// `casebook.css` → `assets/casebook.1f2e3d4c.css`. Folders are flattened: the site is one folder deep.
fn fingerprinted(name: &str, bytes: &[u8]) -> Option<SitePath> {
    let hash = &blake3::hash(bytes).to_hex()[..8];
    let flat = name.replace('/', "-");
    let path = match flat.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("assets/{stem}.{hash}.{extension}"),
        _ => format!("assets/{flat}.{hash}"),
    };
    SitePath::new(&path)
}

/// For templates: the value of anything that can be serialised; nothing where it cannot, which our own views
/// always can.
pub(super) fn value(view: &impl serde::Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

/// A list of what was made already: taken as it is, not item by item.
pub(super) fn list(items: Vec<Value>) -> Value {
    Value::from(items)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::rights::Rights;
    use crate::render::test_dossier;

    /// What is said of the templates of a dossier: `code path:bytes message`, one a line.
    fn check(files: &[(&str, &str)]) -> String {
        let inputs: Inputs = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        let (_, report) = Theme::of(&inputs, "templates", "en");
        report.iter().map(shown).collect::<Vec<_>>().join("\n")
    }

    fn shown(diagnostic: &Diagnostic) -> String {
        let place = diagnostic.place.as_ref().map(|label| {
            format!(" {}:{}..{}", label.place.path, label.place.span.start, label.place.span.end)
        });
        format!("{}{}: {}", diagnostic.code.name, place.unwrap_or_default(), diagnostic.message)
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_table() {
        let mut found = Vec::new();
        let mut folders = vec![std::path::PathBuf::from("templates")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("`templates` can be read") {
                let path = entry.expect("`templates` can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(
                        path.strip_prefix("templates")
                            .expect("it lies there")
                            .to_string_lossy()
                            .replace('\\', "/"),
                    );
                }
            }
        }
        found.sort();
        let words = LANGUAGES.iter().map(|(language, _)| format!("words/{language}.toml"));
        let names = TEMPLATES
            .iter()
            .map(|(name, _)| (*name).to_string())
            .chain(ASSETS.iter().map(|(name, _)| (*name).to_string()));
        let mut table: Vec<String> = names.chain(words).collect();
        table.sort();
        assert_eq!(table, found);
    }

    #[test]
    fn the_built_in_theme_has_no_mistakes() {
        assert_eq!(check(&[]), "");
        let words = Arc::new(Words::of("en"));
        assert!(engine(&words, &BTreeMap::new()).is_ok());
    }

    #[test]
    fn a_mistake_of_grammar_has_its_place() {
        assert_eq!(
            check(&[("templates/page.html", "<h1>{{ page.title </h1>")]),
            "template-error templates/page.html:18..20: template: found `</` but expected }}"
        );
    }

    #[test]
    fn what_does_not_exist_is_found_at_once_and_each_with_its_place() {
        let text = "a\n{{ page.title | shout }}\n{{ <frown of={page} /> }}";
        assert_eq!(
            check(&[("templates/page.html", text)]),
            "template-error templates/page.html:18..23: template: unknown filter `shout`\n\
             template-error templates/page.html:30..49: template: unknown component `frown`"
        );
    }

    #[test]
    fn a_parent_that_is_not_there() {
        assert_eq!(
            check(&[("templates/page.html", "{% extends \"bass.html\" %}")]),
            "template-error templates/page.html:0..0: template: there is no template `bass.html` to extend"
        );
    }

    #[test]
    fn a_slip_in_a_name() {
        assert_eq!(
            check(&[("templates/sorce.html", "x"), ("templates/extra.html", "x")]),
            "template-name templates/sorce.html:0..0: no page is made with `sorce.html`"
        );
    }

    #[test]
    fn words_of_a_dossier_are_checked() {
        assert_eq!(
            check(&[("templates/words/en.toml", "sources = \"Documents\"\nsorces = \"x\"")]),
            "words-error templates/words/en.toml:22..34: no page uses the words `sorces`, or they are text \
                where a table is due"
        );
        assert!(
            check(&[("templates/words/en.toml", "sources = ")])
                .starts_with("words-error templates/words/en.toml:")
        );
    }

    #[test]
    fn a_language_without_words_is_said() {
        let (theme, report) = Theme::of(&Inputs::default(), "templates", "fr");
        assert_eq!(
            report.iter().map(shown).collect::<Vec<_>>(),
            ["no-words: the menus and headings of pages are not there in `fr`: they are in English"]
        );
        assert_eq!(theme.words.get("sources"), "Sources");
    }

    #[test]
    fn a_template_that_fails_says_where() {
        let files = [("templates/page.html", "{{ page.titel }}".as_bytes())];
        let inputs: Inputs = files.into_iter().collect();
        let dossier = test_dossier::dossier(Rights::Full);
        let (theme, report) = Theme::of(&inputs, "templates", "en");
        assert_eq!(report, []);
        let (reasoned, _) = crate::reason::reason(&dossier);
        let site = crate::site::Site::plan(&dossier, &reasoned, &theme.assets(), &BTreeMap::new());
        let fragments = crate::render::fragments::SharedFragments::of(&dossier, &reasoned);
        let context =
            crate::render::context::RenderContext::new(&dossier, &reasoned, &site, &theme, &fragments);
        let path = SitePath::new("pages/essay.html").expect("a path");
        let mistake = crate::render::page(&context, &inputs, &path).expect_err("it fails");
        assert_eq!(
            shown(&mistake),
            "template-failed templates/page.html:8..13: template: field `titel` is not defined. \
             Available fields: backlinks, hidden, pages, text, title (while making `pages/essay.html`)"
        );
    }

    /// What is said of a page that is made with a dossier's templates.
    fn failure(files: &[(&str, &str)]) -> String {
        let inputs: Inputs = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        let dossier = test_dossier::dossier(Rights::Full);
        let (theme, report) = Theme::of(&inputs, "templates", "en");
        assert_eq!(report, []);
        let (reasoned, _) = crate::reason::reason(&dossier);
        let site = crate::site::Site::plan(&dossier, &reasoned, &theme.assets(), &BTreeMap::new());
        let fragments = crate::render::fragments::SharedFragments::of(&dossier, &reasoned);
        let context =
            crate::render::context::RenderContext::new(&dossier, &reasoned, &site, &theme, &fragments);
        let path = SitePath::new("pages/essay.html").expect("a path");
        shown(&crate::render::page(&context, &inputs, &path).expect_err("it fails"))
    }

    #[test]
    fn what_goes_on_and_on_is_ended_with_its_place() {
        let nested = "{% set r = range(end=100000) %}x\n{% for a in r %}{% for b in r %}{% for c in r %}\
            {% endfor %}{% endfor %}{% endfor %}";
        let printing = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{{ a }}{{ page.title \
            }}{% endfor %}{% endfor %}";
        let growing =
            "{% set_global s = \"ab\" %}{% for a in range(end=100) %}{% set_global s = s ~ s %}{% endfor %}";
        let twice = "{% component again(n) %}{% if n > 0 %}{{ <again n={n - 1} /> }}{{ <again n={n - 1} /> }}\
                     {{ <again n={n - 1} /> }}{{ <again n={n - 1} /> }}{% endif %}{% endcomponent again %}{{ \
                     <again n={18} /> }}";
        let itself = "{% component again() %}{{ <again /> }}{% endcomponent again %}{{ <again /> }}";
        for (text, words) in [
            (nested, "goes on and on"),
            (printing, "goes on and on"),
            (growing, "grows and grows"),
            (twice, "goes on and on"),
            (itself, "again and again"),
        ] {
            let told = failure(&[("templates/page.html", text)]);
            assert!(
                told.starts_with("template-failed templates/page.html:") && told.contains(words),
                "{told}"
            );
            assert!(!told.starts_with("template-failed templates/page.html:0..0"), "{told}");
        }
    }

    #[test]
    fn a_mistake_names_the_file_that_the_person_wrote() {
        let part = ("templates/part.html", "a\n{{ page.titel }}");
        assert!(
            failure(&[("templates/page.html", "{% include \"part.html\" %}"), part])
                .starts_with("template-failed templates/part.html:10..15: ")
        );
        let gone = check(&[("templates/components/lists.html", "nothing of it")]);
        assert!(
            !gone.is_empty()
                && gone
                    .lines()
                    .all(|line| line.starts_with("template-error templates/components/lists.html:0..0: ")),
            "{gone}"
        );
        let circle = check(&[
            ("templates/a.html", "{% include \"b.html\" %}"),
            ("templates/b.html", "{% include \"a.html\" %}"),
        ]);
        assert_eq!(
            circle,
            "template-error templates/a.html:0..0: template: templates that hold each other have no end: \
                a.html → b.html → a.html"
        );
        let circle = check(&[("templates/base.html", "{% extends \"page.html\" %}")]);
        assert!(circle.starts_with("template-error templates/base.html:0..0: "), "{circle}");
    }

    #[test]
    fn a_dossier_replaces_files_one_by_one() {
        let files = [
            ("templates/assets/casebook.css", "body{}".as_bytes()),
            ("templates/page.html", "<p>{{ page.title }}</p>".as_bytes()),
        ];
        let pages = test_dossier::print(&test_dossier::dossier(Rights::Full), &files.into_iter().collect());
        assert_eq!(pages["pages/essay.html"], "<p>Page essay</p>");
        let own = format!("assets/casebook.{}.css", &blake3::hash(b"body{}").to_hex()[..8]);
        assert_eq!(pages[&own], "body{}");
        assert!(pages["index.html"].contains(&own));
    }

    #[test]
    fn everything_is_escaped_whatever_the_name() {
        let files = [
            ("templates/page.html", "{% include \"part.html\" %}".as_bytes()),
            ("templates/part.html", "{{ frame.dossier }}".as_bytes()),
        ];
        let pages = test_dossier::print(&test_dossier::dossier(Rights::Full), &files.into_iter().collect());
        assert_eq!(pages["pages/essay.html"], "Trade &amp; &lt;b&gt;claims&lt;/b&gt;");
    }
}
