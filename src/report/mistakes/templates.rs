//! Mistakes in a dossier's own templates and interface words.

use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] =
    &[&TEMPLATE_ERROR, &TEMPLATE_FAILED, &TEMPLATE_ENCODING, &TEMPLATE_NAME, &WORDS_ERROR, &NO_WORDS];

pub static TEMPLATE_ERROR: Code = Code {
    name: "template-error",
    severity: Severity::Error,
    summary: "a template that cannot be read as one",
};
pub static TEMPLATE_FAILED: Code = Code {
    name: "template-failed",
    severity: Severity::Error,
    summary: "a template that asks a page for what it does not have",
};
pub static TEMPLATE_ENCODING: Code = Code {
    name: "template-encoding",
    severity: Severity::Error,
    summary: "a template or file of words that is not UTF-8",
};
pub static TEMPLATE_NAME: Code = Code {
    name: "template-name",
    severity: Severity::Warning,
    summary: "a template whose name is one letter beside that of a built-in one",
};
pub static WORDS_ERROR: Code = Code {
    name: "words-error",
    severity: Severity::Error,
    summary: "a file of interface words with a mistake",
};
pub static NO_WORDS: Code = Code {
    name: "no-words",
    severity: Severity::Hint,
    summary: "a language for which there are no words of the interface",
};

/// A mistake in one of the dossier's templates; `words` are the template engine's own.
pub fn template_error(path: &InputPath, span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_ERROR, path, span, format!("template: {}", lower(words))).help(format!(
        "correct it, or take `{}` out of the folder of templates: the built-in one is used then",
        path.file_name()
    ))
}

/// A mistake among templates that no single place stands for.
pub fn templates_disagree(words: &str) -> Diagnostic {
    Diagnostic::nowhere(&TEMPLATE_ERROR, format!("the templates do not fit together: {}", lower(words))).help(
        "look for a block, component or file that a template of yours uses and that its name no longer fits",
    )
}

/// A template that failed while a page was made with it.
pub fn template_failed(path: &InputPath, span: Span, words: &str, page: &str) -> Diagnostic {
    Diagnostic::new(
        &TEMPLATE_FAILED,
        path,
        span,
        format!("template: {} (while making `{page}`)", lower(words)),
    )
    .help("docs/templates.md lists what each page has; `x or \"\"` and `x?.y` ask for what may be missing")
}

/// The same in a built-in template: a template of the dossier gives it what it does not expect, or the
/// program is at fault.
pub fn built_in_template_failed(name: &str, words: &str, page: &str) -> Diagnostic {
    Diagnostic::nowhere(
        &TEMPLATE_FAILED,
        format!("the built-in template `{name}` failed: {} (while making `{page}`)", lower(words)),
    )
    .help("take your own templates away one by one to see which of them it does not get along with")
}

pub fn template_encoding(path: &InputPath) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_ENCODING, path, Span::default(), "this file is not UTF-8")
        .help("save it as UTF-8")
}

pub fn template_name(path: &InputPath, nearest: &str) -> Diagnostic {
    Diagnostic::new(
        &TEMPLATE_NAME,
        path,
        Span::default(),
        format!("no page is made with `{}`", path.file_name()),
    )
    .help(format!("call it `{nearest}` if it is to replace that one"))
}

/// `words` are the TOML reader's own.
pub fn words_error(path: &InputPath, span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(&WORDS_ERROR, path, span, lower(words.trim()))
        .help("`templates/words/en.toml` of the program shows every key")
}

pub fn words_unknown(path: &InputPath, span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(
        &WORDS_ERROR,
        path,
        span,
        format!("no page uses the words `{key}`, or they are text where a table is due"),
    )
    .help("`templates/words/en.toml` of the program shows every key; take this one out")
}

pub fn no_words(language: &str, languages: &[&str]) -> Diagnostic {
    let known: Vec<String> = languages.iter().map(|language| format!("`{language}`")).collect();
    Diagnostic::nowhere(
        &NO_WORDS,
        format!("the menus and headings of pages are not there in `{language}`: they are in English"),
    )
    .help(format!(
        "the program knows {}; for another language add `templates/words/{language}.toml`",
        known.join(" and ")
    ))
}

/// The engine's sentences begin with a capital and end with a full stop; ours do neither.
fn lower(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let mut rest = words.chars();
    match (rest.next(), words.chars().nth(1)) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => words.to_string(),
    }
}
