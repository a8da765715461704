//! Mistakes in casebook.toml. Those that are errors end a run before it begins.

use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[&CONFIG_KEY, &CONFIG_VALUE, &CONFIG_VERSION];

pub static CONFIG_KEY: Code = Code {
    name: "config-key",
    severity: Severity::Warning,
    summary: "a key of casebook.toml that means nothing there",
};
pub static CONFIG_VALUE: Code = Code {
    name: "config-value",
    severity: Severity::Error,
    summary: "a value of casebook.toml that its key cannot have",
};
pub static CONFIG_VERSION: Code = Code {
    name: "config-version",
    severity: Severity::Error,
    summary: "a dossier that is written in a newer format than this program reads",
};

/// `elsewhere` is the section and key that is more like it than any here, `nearest` the key of this section
/// that was perhaps meant.
pub fn config_key(
    path: &InputPath,
    key: &Spanned<String>,
    section: &str,
    elsewhere: Option<(&str, &str)>,
    nearest: Option<&str>,
) -> Diagnostic {
    let name = &key.value;
    let place =
        if section.is_empty() { "at the top of the file".to_string() } else { format!("of `[{section}]`") };
    let diagnostic = Diagnostic::new(&CONFIG_KEY, path, key.span, format!("`{name}` is no key {place}"));
    match (elsewhere, nearest) {
        (Some((section, key)), _) if key == name => diagnostic.help(format!("write it below `[{section}]`")),
        (Some((section, key)), _) => {
            diagnostic.help(format!("write `{}` below `[{section}]`", key.replace('-', "_")))
        }
        (None, Some(nearest)) => {
            let nearest = nearest.replace('-', "_");
            let help = format!("write `{nearest}`");
            diagnostic.help(help.clone()).fix(help, key.span, nearest, false)
        }
        (None, None) => diagnostic.help("delete it"),
    }
}

/// A setting that is meant to keep the dossier at home, which no setting does.
pub fn holds_nothing_back(path: &InputPath, key: &str, span: Span) -> Diagnostic {
    let message = format!("`{key}` reads as if nothing were to be published, and no setting does that");
    Diagnostic::new(&CONFIG_VALUE, path, span, message).help(
        "delete it, and build on your own machine only: `casebook watch`; or write `draft: true` in the \
            head of each file that is to be held back",
    )
}

/// `what` follows the key: "cannot be `x`".
pub fn config_value(path: &InputPath, key: &str, span: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&CONFIG_VALUE, path, span, format!("`{key}` {what}")).help(help)
}

pub fn config_version(path: &InputPath, span: Span, version: u64, ours: u64) -> Diagnostic {
    let message =
        format!("this dossier is written in format {version}, and this program reads format {ours}");
    Diagnostic::new(&CONFIG_VERSION, path, span, message).help("get a newer casebook")
}
