//! Mistakes in what lies in the dossier's folder: files that exist and are not read.

use crate::model::limit::Limit;
use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[&FILE_TOO_LARGE, &LINK_NOT_FOLLOWED, &SPECIAL_FILE, &UNREADABLE_NAME];

pub static FILE_TOO_LARGE: Code = Code {
    name: "file-too-large",
    severity: Severity::Error,
    summary: "a file that is larger than what is read",
};
pub static LINK_NOT_FOLLOWED: Code = Code {
    name: "link-not-followed",
    severity: Severity::Warning,
    summary: "a symbolic link, which is never followed",
};
pub static SPECIAL_FILE: Code = Code {
    name: "special-file",
    severity: Severity::Warning,
    summary: "something that is no file and no folder, such as a pipe",
};
pub static UNREADABLE_NAME: Code = Code {
    name: "unreadable-name",
    severity: Severity::Warning,
    summary: "a file whose name cannot be written in a link",
};

pub fn file_too_large(path: &InputPath, limit: Limit) -> Diagnostic {
    let why = larger_than(limit);
    at(&FILE_TOO_LARGE, path, format!("`{path}` is not read: {why}"))
        .help("keep the part that you annotate, or move the file out of the dossier")
}

/// "it is larger than 16 MiB"
pub fn larger_than(limit: Limit) -> String {
    let megabytes = limit.bytes() / (1024 * 1024);
    match limit {
        Limit::File => format!("it is larger than {megabytes} MiB"),
        Limit::Page => {
            format!("it is larger than {megabytes} MiB, the limit of a page with its pictures and fonts")
        }
        Limit::PageWithoutPictures => {
            format!("without its pictures and fonts the page is larger than {megabytes} MiB")
        }
    }
}

pub fn link_not_followed(path: &InputPath) -> Diagnostic {
    at(
        &LINK_NOT_FOLLOWED,
        path,
        format!(
            "`{path}` is not read: it is a symbolic link, and what it points at may lie outside the dossier"
        ),
    )
    .help("put the file itself in its place")
}

pub fn special_file(path: &InputPath) -> Diagnostic {
    at(&SPECIAL_FILE, path, format!("`{path}` is not read: it is neither a file nor a folder"))
        .help("move it out of the dossier")
}

pub fn unreadable_name(path: &InputPath) -> Diagnostic {
    at(
        &UNREADABLE_NAME,
        path,
        format!(
            "`{path}` is not read: its name holds a backslash, a control character or letters that are \
            not UTF-8"
        ),
    )
    .help("rename the file")
}

/// A mistake in a file as a whole.
fn at(code: &'static Code, path: &InputPath, message: String) -> Diagnostic {
    Diagnostic::new(code, path, Span::default(), message)
}
