//! Mistakes in running text: links, footnotes, comments, the last lines of quotations.

use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &UNSAFE_ADDRESS,
    &LOST_ADDRESS,
    &EMPTY_LINK,
    &BROKEN_LINK,
    &UNUSED_DEFINITION,
    &UNDEFINED_FOOTNOTE,
    &OPEN_COMMENT,
    &ATTRIBUTION_WITHOUT_SOURCE,
    &ATTRIBUTION_UNCLEAR,
    &TOO_MANY_SIGNS,
];

pub static UNSAFE_ADDRESS: Code = Code {
    name: "unsafe-address",
    severity: Severity::Error,
    summary: "a link to an address that no page may lead to",
};
pub static LOST_ADDRESS: Code = Code {
    name: "lost-address",
    severity: Severity::Hint,
    summary: "links of a source whose addresses no page may lead to",
};
pub static EMPTY_LINK: Code =
    Code { name: "empty-link", severity: Severity::Warning, summary: "a link without an address" };
pub static BROKEN_LINK: Code =
    Code { name: "broken-link", severity: Severity::Warning, summary: "`[[` that begins no link" };
pub static UNUSED_DEFINITION: Code = Code {
    name: "unused-definition",
    severity: Severity::Warning,
    summary: "an address given for links that no link uses",
};
pub static UNDEFINED_FOOTNOTE: Code = Code {
    name: "undefined-footnote",
    severity: Severity::Warning,
    summary: "a footnote number without a footnote",
};
pub static OPEN_COMMENT: Code =
    Code { name: "open-comment", severity: Severity::Error, summary: "a comment that nothing closes" };
pub static ATTRIBUTION_WITHOUT_SOURCE: Code = Code {
    name: "attribution-without-source",
    severity: Severity::Error,
    summary: "a quotation whose last line begins with a dash and names no source",
};
pub static ATTRIBUTION_UNCLEAR: Code = Code {
    name: "attribution-unclear",
    severity: Severity::Error,
    summary: "a quotation whose last line names several things where one source is needed",
};

pub static TOO_MANY_SIGNS: Code = Code {
    name: "too-many-signs",
    severity: Severity::Error,
    summary: "a text with more signs of Markdown than anybody writes",
};

pub fn unsafe_address(path: &InputPath, span: Span, address: &str) -> Diagnostic {
    Diagnostic::new(&UNSAFE_ADDRESS, path, span, format!("no page may lead to `{}`", shortened(address)))
        .help(
            "write an address that begins with `https:`, `http:` or `mailto:`, or the path of a file of \
            the dossier",
        )
}

pub fn lost_addresses(path: &InputPath, first: Span, count: usize) -> Diagnostic {
    let (message, label, words) = match count {
        1 => (
            "a link of this source loses its address on the page".to_string(),
            "this one",
            "its words are shown as text",
        ),
        _ => (
            format!("{count} links of this source lose their address on the page"),
            "the first one",
            "their words are shown as text",
        ),
    };
    Diagnostic::new(&LOST_ADDRESS, path, first, message)
        .label(label)
        .help(format!(
            "nothing needs mending: only `https:`, `http:` and `mailto:` may be followed, so {words}"
        ))
}

pub fn empty_link(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(&EMPTY_LINK, path, span, "this link has no address")
        .help("write the address between the parentheses, or take the brackets away")
}

pub fn broken_link(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(&BROKEN_LINK, path, span, "`[[` begins no link")
        .help("close it with `]]` on the same line; in a table, write `\\|` before the label")
        .help("if the brackets are meant as they stand, write `\\[[`")
}

/// In a list of names, `topics: “Ferry” ([[ferry]])`.
pub fn link_within_name(path: &InputPath, name: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no name: a link stands within other words", name.value);
    Diagnostic::new(&BROKEN_LINK, path, name.span, message)
        .help("write the name alone, `ferry`, or nothing but its link, `[[ferry]]`")
}

pub fn unused_definition(path: &InputPath, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_DEFINITION,
        path,
        span,
        format!("no link uses `[{label}]:`, so this line is on no page"),
    )
    .help(format!("use it, as in `[words][{label}]`; if the line is meant as text, write `\\[{label}]:`"))
}

pub fn undefined_footnote(path: &InputPath, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(&UNDEFINED_FOOTNOTE, path, span, format!("`{label}` has no footnote here"))
        .help(format!("write it under the text, in the same note: `{label}: its words`"))
}

pub fn open_comment(path: &InputPath, span: Span, sign: &str) -> Diagnostic {
    let end = if sign == "%%" { "%%" } else { "-->" };
    Diagnostic::new(
        &OPEN_COMMENT,
        path,
        span,
        format!("`{sign}` begins a comment that nothing closes; is the rest to be published?"),
    )
    .help(format!(
        "close the comment with `{end}` in the same paragraph, or begin a line with `{sign}` to hide several"
    ))
    .help(format!("if the signs are meant as they stand, write `\\{sign}`"))
}

/// What is left of a comment within a comment.
pub fn lone_close(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(
        &OPEN_COMMENT,
        path,
        span,
        "`-->` closes nothing: the comment before it ended at the first `-->`, so what stands between \
            them would be published",
    )
    .help("take the inner `<!--` and `-->` out, or put `%%` before and behind the whole")
    .help("if the signs are meant as they stand, put them in backticks")
}

/// In a title, a name or another value of a head.
pub fn comment_in_text(path: &InputPath, span: Span, sign: &str) -> Diagnostic {
    Diagnostic::new(
        &OPEN_COMMENT,
        path,
        span,
        format!("`{sign}` begins a comment that nothing closes; it is left out to be safe"),
    )
    .help("close it with the sign that belongs to it, `%% … %%` or `<!-- … -->`, or delete it")
}

/// `<!—` and the like, in running text.
pub fn comment_look_alike(path: &InputPath, span: Span, sign: &str) -> Diagnostic {
    Diagnostic::new(
        &OPEN_COMMENT,
        path,
        span,
        format!(
            "`{sign}` begins no comment, so what follows would be \
        published"
        ),
    )
    .help(
        "type `%%` before and behind what is for you alone, or `<!--` and `-->`, and turn smart \
            punctuation off in the editor",
    )
    .help("if the signs are meant as they stand, put them in backticks")
}

pub fn attribution_without_source(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(
        &ATTRIBUTION_WITHOUT_SOURCE,
        path,
        span,
        "say where these words are from: this line names no source",
    )
    .help("name the source in a link, as in `> — p. 4 of [[its-id]]`")
    .help("if the line is part of the quoted words, put it on one line with those before it")
}

/// It stands behind the quoted words on their line.
pub fn attribution_misplaced(path: &InputPath, span: Span) -> Diagnostic {
    Diagnostic::new(
        &ATTRIBUTION_WITHOUT_SOURCE,
        path,
        span,
        "this seems to say where the words are from, and is read as one of them",
    )
    .help("write a link in brackets behind the words, as in `> … on Monday. ([[its-id]])`")
    .help("or give it a line of its own below them, as in `> — p. 4 of [[its-id]]`")
}

pub fn attribution_unclear(path: &InputPath, span: Span, names: &[Span]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&ATTRIBUTION_UNCLEAR, path, span, "which of these is the source of the words above?");
    names
        .iter()
        .fold(diagnostic, |diagnostic, &name| diagnostic.also(path, name, "this one?"))
        .help("leave one link in the line, the one to the source; write other names without brackets")
}

/// `start` is where the text begins that is not read.
pub fn too_many_signs(path: &InputPath, start: usize) -> Diagnostic {
    let place = Span::new(start..start);
    Diagnostic::new(
        &TOO_MANY_SIGNS,
        path,
        place,
        "this text is not read: it has more than 250,000 signs of \
        Markdown",
    )
    .help(
        "take out what a program has put here; data that people only look up can lie in `seeds` as a \
            text file",
    )
}

/// `title` is that of the first note that is not read.
pub fn notes_of_too_many_signs(path: &InputPath, title: Span) -> Diagnostic {
    let message =
        "this note and those below it are not read: the file has more than 250,000 signs of Markdown";
    Diagnostic::new(&TOO_MANY_SIGNS, path, title, message).help(
        "move them into a file of their own with the same `source`, or take out what a program has put here",
    )
}

/// Enough of an address to know it by.
fn shortened(address: &str) -> String {
    let clean: String = address
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match clean.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}
