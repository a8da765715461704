//! Which file of `src` uses which, read from their text: from paths that begin at `crate`, `super` or `self`,
//! at a module that the file declares, or at one that it has imported.
//!
//! A `use` may branch and take any number of rows. Comments, words in quotes and whatever is built for tests
//! only are left out, and so is a file that is only built for tests.

use std::collections::{BTreeMap, BTreeSet};

/// The code of every file by its module (`render::body`); files of tests are not among them.
pub fn code(texts: &BTreeMap<String, String>) -> BTreeMap<String, File> {
    let mut files: BTreeMap<String, File> = texts
        .iter()
        .map(|(module, text)| (module.clone(), File::of(module, text)))
        .collect();
    let tests: Vec<String> = files.values().flat_map(|file| file.tests.clone()).collect();
    let is_within = |module: &str, test: &str| {
        let rest = module.strip_prefix(test);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    files.retain(|module, _| !tests.iter().any(|test| is_within(module, test)));
    files
}

/// By file, the files that it uses.
pub fn arrows(files: &BTreeMap<String, File>) -> BTreeMap<&str, BTreeSet<String>> {
    let all: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    files
        .iter()
        .map(|(module, file)| (module.as_str(), used(module, file, &all)))
        .collect()
}

/// A file's code without its tests, in tokens.
pub struct File {
    pub tokens: Vec<String>,
    /// The modules that it declares, and the files of tests among them.
    children: BTreeSet<String>,
    tests: BTreeSet<String>,
}

impl File {
    fn of(module: &str, text: &str) -> File {
        let all: Vec<String> = tokens(text).map(|(_, token)| token.to_string()).collect();
        let mut file = File { tokens: Vec::new(), children: BTreeSet::new(), tests: BTreeSet::new() };
        let mut at = 0;
        while at < all.len() {
            let start = at;
            while all[at] == "#" && all.get(at + 1).is_some_and(|token| token == "[") {
                at = closed(&all, at + 1);
            }
            let attributes = &all[start..at];
            if is_for_tests(attributes) {
                let end = end_of_item(&all, at);
                file.tests
                    .extend(declared(&all[at..end]).map(|name| place(module, attributes, name)));
                at = end;
                continue;
            }
            file.tokens.extend_from_slice(attributes);
            if at < all.len() {
                file.children.extend(declared(&all[at..]).map(str::to_string));
                file.tokens.push(all[at].clone());
                at += 1;
            }
        }
        file
    }
}

/// `#[cfg(test)]` among others.
fn is_for_tests(attributes: &[String]) -> bool {
    attributes.windows(3).any(|three| three == ["cfg", "(", "test"])
}

/// The name in `mod name;`.
fn declared(tokens: &[String]) -> impl Iterator<Item = &str> {
    let name = match tokens {
        [word, name, end, ..] if word == "mod" && end == ";" => Some(name.as_str()),
        _ => None,
    };
    name.into_iter()
}

/// Where a declared file stands: beside its parent where `#[path]` names it, else below it.
fn place(module: &str, attributes: &[String], name: &str) -> String {
    let named = attributes
        .windows(3)
        .find(|three| three[0] == "path" && three[1] == "=");
    match named {
        Some(three) => join(parent(module), three[2].trim_matches('"').trim_end_matches(".rs")),
        None => join(root(module), name),
    }
}

/// Behind the bracket that the one at `open` is closed by.
fn closed(tokens: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Behind the item or statement that begins at `start`: its semicolon, or the block that it is.
fn end_of_item(tokens: &[String], start: usize) -> usize {
    let ends_in_a_block = !tokens[start..]
        .iter()
        .take_while(|token| *token != "{")
        .any(|token| matches!(token.as_str(), "use" | "const" | "static" | "let" | "type"));
    let mut at = start;
    while at < tokens.len() {
        match tokens[at].as_str() {
            ";" => return at + 1,
            "{" if ends_in_a_block => return closed(tokens, at),
            "(" | "[" | "{" => at = closed(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// The tokens of a text with the bytes at which they begin: words, `::`, and every other sign on its own; a
/// literal in quotes is one token.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let all = std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let start = at;
        at += length(rest, first);
        Some((start, &text[start..at]))
    });
    all.filter(|(_, token)| {
        !(token.starts_with(char::is_whitespace) || token.starts_with("//") || token.starts_with("/*"))
    })
}

/// Whether a token is a literal in which a row cannot be broken.
pub fn is_raw(token: &str) -> bool {
    ["r\"", "r#", "br\"", "br#"]
        .iter()
        .any(|start| token.starts_with(start))
        && token.ends_with(['"', '#'])
}

/// How many bytes the next token takes.
fn length(rest: &str, first: char) -> usize {
    let until =
        |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let word = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len());
    let hashes = rest[word..].bytes().take_while(|byte| *byte == b'#').count();
    if matches!(&rest[..word], "r" | "br") && rest[word + hashes..].starts_with('"') {
        return until(&format!("\"{}", "#".repeat(hashes)), word + hashes + 1);
    }
    match first {
        '/' if rest.starts_with("//") => until("\n", 0),
        '/' if rest.starts_with("/*") => until("*/", 2),
        '"' => quoted(rest),
        '\'' if is_character(rest) => quoted(rest),
        ':' if rest.starts_with("::") => 2,
        _ if word > 0 => word,
        _ => first.len_utf8(),
    }
}

/// Whether an apostrophe begins a character, and not the name of a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

/// Up to the sign that a literal begins with.
fn quoted(rest: &str) -> usize {
    let mut signs = rest.char_indices();
    let open = signs.next().map(|(_, sign)| sign);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => drop(signs.next()),
            _ if Some(sign) == open => return at + sign.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The files that a file names.
fn used(module: &str, file: &File, files: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut names = Names { known: BTreeMap::new(), found: Vec::new() };
    for child in &file.children {
        names.known.insert(child.clone(), join(root(module), child));
    }
    names.known.insert("crate".to_string(), String::new());
    names.known.insert("self".to_string(), root(module).to_string());
    for (within, tokens) in by_module(&file.tokens) {
        // Within a module of the file's own, `super` is the file.
        let up = if within { root(module) } else { parent(module) };
        names.known.insert("super".to_string(), up.to_string());
        names.read(tokens, files);
    }
    let mut used: BTreeSet<String> = names.found.iter().map(|path| nearest(path, files)).collect();
    used.remove(module);
    used
}

/// The stretches of a file's code, and whether each stands within a module of the file's own.
fn by_module(tokens: &[String]) -> Vec<(bool, &[String])> {
    let mut stretches = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < tokens.len() {
        if tokens[at] == "mod" && tokens.get(at + 2).is_some_and(|token| token == "{") {
            stretches.push((false, &tokens[from..at]));
            from = closed(tokens, at + 2);
            stretches.push((true, &tokens[at..from]));
            at = from;
        } else {
            at += 1;
        }
    }
    stretches.push((false, &tokens[from..]));
    stretches
}

/// What the first word of a path stands for, and the paths that were found.
struct Names {
    known: BTreeMap<String, String>,
    found: Vec<String>,
}

impl Names {
    fn read(&mut self, tokens: &[String], files: &BTreeSet<&str>) {
        let mut imported = false;
        for (at, token) in tokens.iter().enumerate() {
            imported = token == "use" || imported && token != ";";
            let begins = at == 0 || tokens[at - 1] != "::";
            let goes_on = tokens.get(at + 1).is_some_and(|next| next == "::");
            let Some(start) = self.known.get(token).filter(|_| begins && goes_on) else { continue };
            let mut ends = Vec::new();
            tree(tokens, at + 2, start.clone(), &mut ends);
            for (path, name) in ends {
                if imported && files.contains(path.as_str()) {
                    self.known.entry(name).or_insert_with(|| path.clone());
                }
                self.found.push(path);
            }
        }
    }
}

/// The paths of a tree of names from `at` on, each with the name that it is known by; returns where the tree
/// ends.
fn tree(tokens: &[String], mut at: usize, mut path: String, ends: &mut Vec<(String, String)>) -> usize {
    let mut name = String::new();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    let next = tree(tokens, at, path.clone(), ends);
                    at = next + usize::from(tokens.get(next).is_some_and(|token| token == ",") || next == at);
                }
                return at + 1;
            }
            Some("super") => path = parent(&path).to_string(),
            Some("self") => name = path.rsplit("::").next().unwrap_or_default().to_string(),
            Some(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                path = join(&path, word);
                name = word.to_string();
            }
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token == "as") {
            name = tokens.get(at + 1).cloned().unwrap_or_default();
            at += 2;
        }
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    ends.push((path, name));
    at
}

/// The file that a path leads to or through.
fn nearest(path: &str, files: &BTreeSet<&str>) -> String {
    let mut path = path;
    while !path.is_empty() && !files.contains(path) {
        path = parent(path);
    }
    if path.is_empty() { "lib".to_string() } else { path.to_string() }
}

/// The module that stands for a file in paths: the crate's root has no name.
fn root(module: &str) -> &str {
    if matches!(module, "lib" | "main") { "" } else { module }
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_string() } else { format!("{module}::{name}") }
}
