//! Mistakes in files as a whole: what is no text, how it is encoded, what cannot be read.

use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &NOT_TEXT,
    &GUESSED_ENCODING,
    &REPLACED_CHARACTERS,
    &DOUBTFUL_ENCODING,
    &UNKNOWN_ENCODING,
    &UNREAD_FORM,
    &STRAY_FOLDER,
    &EMPTY_SOURCE,
    &TANGLED_PAGE,
];

pub static NOT_TEXT: Code = Code {
    name: "not-text",
    severity: Severity::Error,
    summary: "a file that should be text and is something else",
};
pub static GUESSED_ENCODING: Code = Code {
    name: "guessed-encoding",
    severity: Severity::Warning,
    summary: "a file whose encoding had to be guessed",
};
pub static REPLACED_CHARACTERS: Code = Code {
    name: "replaced-characters",
    severity: Severity::Warning,
    summary: "a file with bytes that its encoding does not have",
};
pub static DOUBTFUL_ENCODING: Code = Code {
    name: "doubtful-encoding",
    severity: Severity::Warning,
    summary: "a page that declares another encoding and is UTF-8",
};
pub static UNKNOWN_ENCODING: Code =
    Code { name: "unknown-encoding", severity: Severity::Error, summary: "an `encoding` that there is not" };
pub static UNREAD_FORM: Code = Code {
    name: "unread-form",
    severity: Severity::Warning,
    summary: "a file among the seeds in a form that is not read",
};
pub static STRAY_FOLDER: Code = Code {
    name: "stray-folder",
    severity: Severity::Warning,
    summary: "a folder that is named almost as one that is read",
};
pub static EMPTY_SOURCE: Code = Code {
    name: "empty-source",
    severity: Severity::Error,
    summary: "a seed in which there is nothing to read",
};

pub static TANGLED_PAGE: Code = Code {
    name: "tangled-page",
    severity: Severity::Warning,
    summary: "a page so tangled that the form of its words was given up",
};

/// `kind`: "a PDF"
pub fn not_text(path: &InputPath, kind: &str) -> Diagnostic {
    whole(&NOT_TEXT, path, format!("`{path}` is {kind}, not text")).help(
        "save the words as a text, Markdown or HTML file beside it, or move the file out of the dossier",
    )
}

pub fn nul_bytes(path: &InputPath) -> Diagnostic {
    whole(&NOT_TEXT, path, format!("`{path}` holds NUL bytes, which no text does")).help(
        "save the words as a text, Markdown or HTML file beside it, or move the file out of the dossier",
    )
}

pub fn guessed_encoding(path: &InputPath, encoding: &str, replaced: usize) -> Diagnostic {
    let guess = format!("`{path}` does not say how its letters are encoded; it is read as {encoding}");
    let message = if replaced == 0 { guess } else { format!("{guess}, and {}", lost(replaced, encoding)) };
    whole(&GUESSED_ENCODING, path, message)
        .help("look at its accents, signs and quotation marks on the page")
        .help(beside(path, "if they are wrong"))
}

/// Where a person says how a file is encoded. Evidence itself stays as it is.
fn beside(path: &InputPath, when: &str) -> String {
    format!(
        "{when}, say in `{path}.toml` how the file is encoded, for instance `encoding = \"windows-1252\"`; a \
            file of your own save as UTF-8"
    )
}

/// `typed`: the value of `encoding` in a sidecar.
pub fn unknown_encoding(path: &InputPath, typed: &Spanned<String>) -> Diagnostic {
    let message = format!("no encoding is called `{}`, so this line is passed over", typed.value);
    Diagnostic::new(&UNKNOWN_ENCODING, path, typed.span, message).help(
        "write a name that browsers know, such as `utf-8`, `windows-1252`, `windows-1250`, `windows-1251`, \
            `gbk`, `big5` or `shift_jis`",
    )
}

pub fn replaced_characters(path: &InputPath, encoding: &str, replaced: usize) -> Diagnostic {
    let be = if replaced == 1 { "is" } else { "are" };
    whole(
        &REPLACED_CHARACTERS,
        path,
        format!("{} of `{path}` {be} not valid {encoding} and {be} read as `\u{FFFD}`", characters(replaced)),
    )
    .help("get the file again, or save it as UTF-8")
}

fn lost(replaced: usize, encoding: &str) -> String {
    let be = if replaced == 1 { "is" } else { "are" };
    format!("{} that {encoding} does not have {be} read as `\u{FFFD}`", characters(replaced))
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_string() } else { format!("{count} characters") }
}

pub fn doubtful_encoding(path: &InputPath, encoding: &str) -> Diagnostic {
    whole(
        &DOUBTFUL_ENCODING,
        path,
        format!(
            "`{path}` says that it is {encoding}, and is UTF-8: it is read \
        as UTF-8"
        ),
    )
    .help(
        "look at its letters on the page: whatever saved the file changed them, and not the line that \
            names the encoding",
    )
    .help(beside(path, "if they are wrong"))
}

pub fn unread_form(path: &InputPath) -> Diagnostic {
    whole(&UNREAD_FORM, path, format!("`{path}` is not read: a source is a `.md`, `.txt` or `.html` file"))
        .help(format!(
            "save its words in one of these forms, or leave it out: `exclude = [\"{path}\"]` under \
            `[build]` in casebook.toml"
        ))
}

/// A file among the annotations in which somebody wrote, and that does not end in `.md`.
pub fn unread_notes(path: &InputPath) -> Diagnostic {
    whole(
        &UNREAD_FORM,
        path,
        format!("`{path}` is not read: what you write stands in files that end in `.md`"),
    )
    .help("if it holds notes, give its name the ending `.md`")
    .help(format!("if not, leave it out: `exclude = [\"{path}\"]` under `[build]` in casebook.toml"))
}

/// A folder whose name is nearly that of one that there is not: `annotations` or `seeds`.
pub fn stray_folder(folder: &InputPath, meant: &str) -> Diagnostic {
    whole(
        &STRAY_FOLDER,
        folder,
        format!("the folder `{folder}` is not read, and there is no folder `{meant}`"),
    )
    .help(format!("rename it `{meant}`, or write `{meant} = \"{folder}\"` under `[build]` in casebook.toml"))
}

/// The same where the folder that is read is there too.
pub fn folder_beside(folder: &InputPath, meant: &str) -> Diagnostic {
    whole(
        &STRAY_FOLDER,
        folder,
        format!("nothing in the folder `{folder}` is read: the folder that is read is `{meant}`"),
    )
    .help(format!("move its files into `{meant}`"))
    .help(format!(
        "if they are to stay out, write `exclude = [\"{folder}\"]` under `[build]` in casebook.toml"
    ))
}

pub fn empty_source(path: &InputPath) -> Diagnostic {
    whole(&EMPTY_SOURCE, path, format!("there is nothing to read in `{path}`"))
        .help("save the words of the document in it; a scan or a page that a script fills holds none")
}

pub fn tangled_page(path: &InputPath, from: Span) -> Diagnostic {
    Diagnostic::new(
        &TANGLED_PAGE,
        path,
        from,
        format!(
            "`{path}` has too many elements, or opens far more than it closes: from here on its words \
            are read, and nothing else"
        ),
    )
    .help("save the page anew, or save its words as text")
}

pub fn tangled_markdown(path: &InputPath) -> Diagnostic {
    whole(
        &TANGLED_PAGE,
        path,
        format!("`{path}` has more than 250,000 signs of Markdown: it is read as plain text"),
    )
    .help("keep the text that you quote as a file of its own; data that a machine made needs no Markdown")
}

fn whole(code: &'static Code, path: &InputPath, message: String) -> Diagnostic {
    Diagnostic::new(code, path, Span::default(), message)
}
