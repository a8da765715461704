//! Mistakes in annotation files: titles, fields and their values, and what is held back from publication.

use crate::model::figure::NoFigure;
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &BAD_OCCURRENCE,
    &BAD_FIGURE,
    &MISPLACED_PRIVATE,
    &STRAY_FIELD,
    &UNKNOWN_FIELD,
    &OCCURRENCE_WITHOUT_PASSAGE,
    &UNTITLED_NOTE,
    &TOO_MANY_NOTES,
    &SWALLOWED_TITLE,
    &HEADING_IN_COMMENT,
    &NO_NOTE_BEGINS,
    &BAD_ORDER,
];

pub static BAD_OCCURRENCE: Code = Code {
    name: "bad-occurrence",
    severity: Severity::Error,
    summary: "an `occurrence` that counts nothing",
};
pub static BAD_FIGURE: Code =
    Code { name: "bad-figure", severity: Severity::Error, summary: "a figure that cannot be read" };
pub static MISPLACED_PRIVATE: Code = Code {
    name: "misplaced-private",
    severity: Severity::Error,
    summary: "a `private` outside the place of fields",
};
pub static STRAY_FIELD: Code = Code {
    name: "stray-field",
    severity: Severity::Warning,
    summary: "a field in a comment, where it is text",
};
pub static UNKNOWN_FIELD: Code = Code {
    name: "unknown-field",
    severity: Severity::Hint,
    summary: "a line below fields that looks like one and is none",
};
pub static OCCURRENCE_WITHOUT_PASSAGE: Code = Code {
    name: "occurrence-without-passage",
    severity: Severity::Error,
    summary: "`occurrence` in a note that does not have exactly one passage",
};
pub static UNTITLED_NOTE: Code =
    Code { name: "untitled-note", severity: Severity::Error, summary: "a note without a title" };
pub static TOO_MANY_NOTES: Code = Code {
    name: "too-many-notes",
    severity: Severity::Error,
    summary: "a file of more notes than one file may hold",
};
pub static SWALLOWED_TITLE: Code = Code {
    name: "swallowed-title",
    severity: Severity::Warning,
    summary: "a note's title within code, HTML or a comment",
};
pub static HEADING_IN_COMMENT: Code = Code {
    name: "heading-in-comment",
    severity: Severity::Warning,
    summary: "a heading that looks like a title and is none",
};

pub static NO_NOTE_BEGINS: Code = Code {
    name: "no-note-begins",
    severity: Severity::Warning,
    summary: "a quotation where a note is expected and none begins",
};
pub static BAD_ORDER: Code =
    Code { name: "bad-order", severity: Severity::Error, summary: "an `order` that is no whole number" };

pub fn bad_order(path: &InputPath, typed: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&BAD_ORDER, path, typed.span, format!("`{}` is no whole number", shortened(&typed.value)))
        .help("write a number such as `1` or `20`; pages are shown from the lowest to the highest")
}

pub fn bad_occurrence(path: &InputPath, typed: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &BAD_OCCURRENCE,
        path,
        typed.span,
        format!("`occurrence` cannot be `{}`", shortened(&typed.value)),
    )
    .help("write which of the equal places is meant, as in `2` or `2 of 3`, or `all`")
}

pub fn bad_figure(path: &InputPath, span: Span, none: &NoFigure) -> Diagnostic {
    let diagnostic = Diagnostic::new(&BAD_FIGURE, path, span, none.reason.clone());
    with_repairs(diagnostic, span, &none.repairs)
        .help("write `measure, period = value unit`, as in `US goods deficit, 2024 = 123 billion USD`")
}

/// `what` is hidden: "the note", "the whole file".
pub fn misplaced_private(path: &InputPath, span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        &MISPLACED_PRIVATE,
        path,
        span,
        format!("this is only text here, but it reads as `private`: {what} is hidden, to be safe"),
    )
    .help("to hide a note, write `private: true` below its title or its passages, before the comment")
    .help("to hide a whole file, write it at the head of the file")
    .help("if the words are meant as text, make a sentence of them: `The school is private.`")
}

/// The same in a topic, a claim or a page, which have no fields.
pub fn misplaced_private_in_prose(path: &InputPath, span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        &MISPLACED_PRIVATE,
        path,
        span,
        format!("this is only text here, but it reads as `private`: {what} is hidden, to be safe"),
    )
    .help("write `private: true` at the head of the file")
    .help("if the words are meant as text, make a sentence of them: `The school is private.`")
}

pub fn stray_field(path: &InputPath, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &STRAY_FIELD,
        path,
        key.span,
        format!("`{}` stands in the comment, so it is text and no field", key.value),
    )
    .help("move the line above the comment; if it is meant as text, put a word before it")
}

pub fn unknown_field(path: &InputPath, key: &Spanned<String>, known: &[&str]) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_FIELD,
        path,
        key.span,
        format!("`{}` is no field, so the comment begins here", key.value),
    )
    .help(format!(
        "fields are {}",
        known
            .iter()
            .map(|key| format!("`{key}`"))
            .collect::<Vec<_>>()
            .join(", ")
    ))
}

/// `topics = a`. `typed`: the key and the sign.
pub fn field_with_equals(path: &InputPath, typed: Span, key: &str) -> Diagnostic {
    let message =
        format!("this is no field, so the comment begins here: behind `{key}` stands `=` and not `:`");
    let mistake = Diagnostic::new(&UNKNOWN_FIELD, path, typed, message);
    let fixed = Diagnostic { severity: Severity::Warning, ..mistake };
    fixed
        .help(format!("write `{key}: …`"))
        .fix(format!("write `{key}:`"), typed, format!("{key}:"), false)
}

/// `Tags: a`: a field by a name that it has in other programs.
pub fn field_of_another_name(path: &InputPath, typed: &Spanned<String>, key: &str) -> Diagnostic {
    let message =
        format!("`{}` is no field, so the comment begins here: it may be `{key}` that is meant", typed.value);
    let mistake = Diagnostic::new(&UNKNOWN_FIELD, path, typed.span, message);
    Diagnostic { severity: Severity::Warning, ..mistake }
        .help(format!("write `{key}: …`; if it is the comment that begins, put a word before it"))
        .fix(format!("write `{key}`"), typed.span, key, false)
}

pub fn occurrence_without_passage(path: &InputPath, occurrence: Span, passages: &[Span]) -> Diagnostic {
    let message = match passages.len() {
        0 => "`occurrence` chooses between the places of a passage, and this note has none".to_string(),
        number => {
            format!("`occurrence` chooses between the places of one passage, and this note has {number}")
        }
    };
    let diagnostic = Diagnostic::new(&OCCURRENCE_WITHOUT_PASSAGE, path, occurrence, message);
    let shown = passages
        .iter()
        .take(4)
        .fold(diagnostic, |diagnostic, &passage| diagnostic.also(path, passage, "a passage"));
    match passages.is_empty() {
        true => shown.help("quote the passage, or delete the line"),
        false => shown.help(
            "give each passage a note of its own, or mark the words in more context: `> \
            before ==these words== after`",
        ),
    }
}

pub fn untitled_note(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(&UNTITLED_NOTE, path, span, "this note has no title")
        .help("write one behind `##`; it is the note's name on the page")
}

/// `first` is the title of the first one that is not read.
pub fn too_many_notes(path: &InputPath, first: Span, count: usize) -> Diagnostic {
    let message = format!(
        "this note and those below it are not read: a file may hold 10,000 notes, and this one has {count}"
    );
    Diagnostic::new(&TOO_MANY_NOTES, path, first, message)
        .help("move them into a file of their own with the same `source`")
}

/// `by` is what swallows: "a code block", "an HTML block", "a comment".
pub fn swallowed_title(path: &InputPath, title: Span, by: &str, begins: Span) -> Diagnostic {
    Diagnostic::new(&SWALLOWED_TITLE, path, title, format!("no note begins here: the line is part of {by}"))
        .also(path, begins, "which begins here")
        .help("if a note should begin, close what stands above it; if not, put a space before `##`")
}

pub fn heading_in_comment(path: &InputPath, span: Span, level: u8) -> Diagnostic {
    let diagnostic = match level {
        1 => Diagnostic::new(
            &HEADING_IN_COMMENT,
            path,
            span,
            "`#` is the title of the whole file, and stands once, before the notes",
        ),
        _ => Diagnostic::new(
            &HEADING_IN_COMMENT,
            path,
            span,
            "this looks like a note's title and is none, since it is indented",
        ),
    };
    match level {
        1 => diagnostic.help("write `##` to begin a note, `###` for a heading in a comment"),
        _ => diagnostic
            .help("delete the space before `##` to begin a note, or write `###` for a heading in a comment"),
    }
}

/// A file of notes with quotations and without a note. `heading`: the signs of one that may have been meant
/// as a title.
pub fn no_note_begins(path: &InputPath, quotation: Span, heading: Option<Span>) -> Diagnostic {
    let message = "no note begins in this file, so its quotations belong to no note";
    let mistake = Diagnostic::new(&NO_NOTE_BEGINS, path, heading.unwrap_or(quotation), message);
    match heading {
        Some(signs) => mistake
            .label("a note's title begins with `##`")
            .also(path, quotation, "a quotation")
            .help("begin each note with a line `## Title`, and write its passage below")
            .fix("begin the note with `##`", signs, "##", false),
        None => mistake.help("begin each note with a line `## Title`, and write its passage below"),
    }
}

/// A heading with other signs than `##` where a passage follows, as below a note's title.
pub fn heading_above_quotation(path: &InputPath, signs: Span, level: usize, quotation: Span) -> Diagnostic {
    let typed = "#".repeat(level);
    Diagnostic::new(
        &NO_NOTE_BEGINS,
        path,
        signs,
        format!("no note begins here: its title would begin with `##`, and this line begins with `{typed}`"),
    )
    .also(path, quotation, "so these words belong to no note of their own")
    .help(
        "write `## Title` to begin a note; if none should begin, end the quotation with the line `> — \
        [[source]]`",
    )
    .fix("begin the note with `##`", signs, "##", false)
}

/// `signs`: the `##`.
pub fn title_without_space(path: &InputPath, signs: Span) -> Diagnostic {
    let behind = Span { start: signs.end, end: signs.end };
    Diagnostic::new(
        &HEADING_IN_COMMENT,
        path,
        signs,
        "this looks like a note's title and is none: no space stands behind `##`",
    )
    .help("put a space behind `##` to begin a note, or one before it if it is text")
    .fix("put a space behind `##`", behind, " ", false)
}

fn with_repairs(diagnostic: Diagnostic, span: Span, repairs: &[String]) -> Diagnostic {
    let list = repairs
        .iter()
        .take(4)
        .map(|repair| format!("`{repair}`"))
        .collect::<Vec<_>>();
    match (list.split_last(), repairs.first()) {
        (Some((last, [])), Some(repair)) => diagnostic.help(format!("did you mean {last}?")).fix(
            format!("write `{repair}`"),
            span,
            repair.as_str(),
            false,
        ),
        (Some((last, others)), _) => {
            diagnostic.help(format!("did you mean {} or {last}?", others.join(", ")))
        }
        (None, _) => diagnostic,
    }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
