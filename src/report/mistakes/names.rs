//! Mistakes in names: what resolves to nothing, to two things, or to something that is not published.

use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &UNKNOWN_NAME,
    &UNKNOWN_NOTE,
    &UNKNOWN_SOURCE,
    &UNKNOWN_CLAIM,
    &UNKNOWN_PICTURE,
    &NO_SOURCE,
    &AMBIGUOUS_NAME,
    &WRONG_KIND,
    &LINK_TO_UNPUBLISHED,
    &DUPLICATE_ID,
    &DUPLICATE_NOTE,
    &DUPLICATE_SIGLUM,
    &RESERVED_ID,
    &NO_ID,
    &UNDECLARED_TOPIC,
    &UNUSED_TOPIC,
    &TOPIC_LOOP,
    &SELF_REFERENCE,
    &SIDECAR_ALONE,
    &SOURCE_STILL_PUBLISHED,
    &NO_SUCH_CUT,
];

pub static UNKNOWN_NAME: Code = Code {
    name: "unknown-name",
    severity: Severity::Error,
    summary: "a link to something that is not in the dossier",
};
pub static UNKNOWN_NOTE: Code = Code {
    name: "unknown-note",
    severity: Severity::Error,
    summary: "a link to a note or heading that does not exist",
};
pub static UNKNOWN_SOURCE: Code = Code {
    name: "unknown-source",
    severity: Severity::Error,
    summary: "notes, a quotation or a key name a source that is not in the dossier",
};
pub static UNKNOWN_CLAIM: Code = Code {
    name: "unknown-claim",
    severity: Severity::Error,
    summary: "a note bears on a claim that is declared nowhere",
};
pub static UNKNOWN_PICTURE: Code = Code {
    name: "unknown-picture",
    severity: Severity::Warning,
    summary: "a picture that is not in the dossier or cannot be published",
};
pub static NO_SOURCE: Code = Code {
    name: "no-source",
    severity: Severity::Error,
    summary: "an annotation file that does not say which source it is about",
};
pub static AMBIGUOUS_NAME: Code = Code {
    name: "ambiguous-name",
    severity: Severity::Error,
    summary: "a name that two things of the dossier share",
};
pub static WRONG_KIND: Code = Code {
    name: "wrong-kind",
    severity: Severity::Error,
    summary: "a name of one kind of thing where another kind is needed",
};
pub static LINK_TO_UNPUBLISHED: Code = Code {
    name: "link-to-unpublished",
    severity: Severity::Error,
    summary: "a published text links to a draft or something private",
};
pub static DUPLICATE_ID: Code =
    Code { name: "duplicate-id", severity: Severity::Error, summary: "two things with one id" };
pub static DUPLICATE_NOTE: Code = Code {
    name: "duplicate-note",
    severity: Severity::Error,
    summary: "two notes on one source with one id",
};
pub static DUPLICATE_SIGLUM: Code = Code {
    name: "duplicate-siglum",
    severity: Severity::Error,
    summary: "two sources with one siglum, or a siglum that is none",
};
pub static RESERVED_ID: Code =
    Code { name: "reserved-id", severity: Severity::Error, summary: "an id that the site needs for itself" };
pub static NO_ID: Code =
    Code { name: "no-id", severity: Severity::Error, summary: "a name from which no address can be made" };
pub static UNDECLARED_TOPIC: Code = Code {
    name: "undeclared-topic",
    severity: Severity::Hint,
    summary: "a topic that notes name and no file declares",
};
pub static UNUSED_TOPIC: Code = Code {
    name: "unused-topic",
    severity: Severity::Warning,
    summary: "a declared topic that no published note names",
};
pub static TOPIC_LOOP: Code = Code {
    name: "topic-loop",
    severity: Severity::Error,
    summary: "topics that lead round in a circle by `broader`",
};
pub static SELF_REFERENCE: Code = Code {
    name: "self-reference",
    severity: Severity::Error,
    summary: "a thing that names itself where another is needed",
};
pub static SOURCE_STILL_PUBLISHED: Code = Code {
    name: "source-still-published",
    severity: Severity::Warning,
    summary: "all notes on a source are held back, and the source itself is published",
};
pub static SIDECAR_ALONE: Code =
    Code { name: "sidecar-alone", severity: Severity::Warning, summary: "a sidecar beside no seed" };
pub static NO_SUCH_CUT: Code = Code {
    name: "no-such-cut",
    severity: Severity::Error,
    summary: "`begin` or `end` quotes words that the source does not hold",
};

/// A thing that a message speaks of: what it is called, and where it is declared.
#[derive(Clone, Debug)]
pub struct Named {
    /// "the topic `trade`"
    pub what: String,
    pub place: Option<Place>,
}

pub fn unknown_name(path: &InputPath, name: &Spanned<String>, nearest: &[String]) -> Diagnostic {
    let message = format!("nothing in this dossier is called `{}`", name.value);
    suggest(
        Diagnostic::new(&UNKNOWN_NAME, path, name.span, message),
        name,
        nearest,
        "write the id, title or alias of a source, topic, claim or page",
    )
}

/// A link to a file; `nearest` are ids of things whose names are like the file's.
pub fn unknown_file(path: &InputPath, file: &Spanned<String>, nearest: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_NAME,
        path,
        file.span,
        format!("there is no file `{}` in this dossier", file.value),
    );
    let links: Vec<String> = nearest.iter().map(|id| format!("[[{id}]]")).collect();
    match links.as_slice() {
        [] => diagnostic
            .help("write the file's path as seen from this file, or the id of what you mean, as in `[[id]]`"),
        links => diagnostic.help(format!("did you mean {}?", listed(links))),
    }
}

pub fn unknown_note(
    path: &InputPath,
    fragment: &Spanned<String>,
    thing: &str,
    nearest: &[String],
) -> Diagnostic {
    let message = format!("{thing} has no note or heading `{}`", fragment.value);
    suggest(
        Diagnostic::new(&UNKNOWN_NOTE, path, fragment.span, message),
        fragment,
        nearest,
        "write the id of a note or the words of a heading",
    )
}

pub fn unknown_source(path: &InputPath, name: &Spanned<String>, nearest: &[String]) -> Diagnostic {
    let message = format!("no source is called `{}`", name.value);
    suggest(
        Diagnostic::new(&UNKNOWN_SOURCE, path, name.span, message),
        name,
        nearest,
        "put the source's file under `seeds`, or write its id",
    )
}

pub fn unknown_claim(path: &InputPath, name: &Spanned<String>, nearest: &[String]) -> Diagnostic {
    let message = format!("no claim is called `{}`", name.value);
    let help = match Slug::of(&name.value) {
        Some(id) => {
            format!(
                "to declare it, run `casebook new claim --id {id} \"THE STATEMENT\"`: it makes a file under \
                    `annotations/claims`"
            )
        }
        None => "declare it in a file under `annotations/claims`".to_string(),
    };
    suggest(Diagnostic::new(&UNKNOWN_CLAIM, path, name.span, message), name, nearest, &help)
}

pub fn unknown_picture(path: &InputPath, name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_PICTURE,
        path,
        name.span,
        format!("there is no picture `{}` in the dossier", name.value),
    )
    .help("put a png, jpg, gif, webp or avif file there; until then the page shows the picture's description")
}

pub fn no_source(path: &InputPath, tried: &str, nearest: &[String]) -> Diagnostic {
    let message = format!("which source is this file about? No source is called `{tried}`");
    let diagnostic = Diagnostic::new(&NO_SOURCE, path, Span::default(), message);
    let diagnostic = match nearest {
        [] => diagnostic,
        nearest => diagnostic.help(format!("did you mean {}?", listed(nearest))),
    };
    diagnostic.help(
        "say it in the first lines: `---`, then `source: ID`, then `---`; or name the file after the source",
    )
}

/// `more`: how many things share the name beside those that are listed.
pub fn ambiguous_name(path: &InputPath, name: &Spanned<String>, things: &[Named], more: usize) -> Diagnostic {
    let mut whats: Vec<String> = things.iter().map(|thing| thing.what.clone()).collect();
    whats.extend((more > 0).then(|| format!("one of {more} others")));
    let diagnostic = Diagnostic::new(
        &AMBIGUOUS_NAME,
        path,
        name.span,
        format!("`{}` may mean {}", name.value, whats.join(" or ")),
    );
    shown(diagnostic, things)
        .help("write the id of the one you mean, or give one of them another title or alias")
}

pub fn wrong_kind(path: &InputPath, name: &Spanned<String>, needed: &str, found: Named) -> Diagnostic {
    let message = format!("`{}` is {}, and {needed} is needed here", name.value, found.what);
    shown(Diagnostic::new(&WRONG_KIND, path, name.span, message), &[found])
        .help(format!("write the id of {needed}"))
}

pub fn link_to_unpublished(path: &InputPath, name: &Spanned<String>, found: Named) -> Diagnostic {
    let message = format!("`{}` leads to {}, which is not published", name.value, found.what);
    shown(Diagnostic::new(&LINK_TO_UNPUBLISHED, path, name.span, message), &[found])
        .help("take the link out, or publish what it leads to")
}

pub fn duplicate_id(id: &str, place: &Place, what: &str, other: Named) -> Diagnostic {
    let message = format!("{what} and {} have one id, `{id}`", other.what);
    let help = match what.starts_with("the source") || other.what.starts_with("the source") {
        true => "rename one of the files, or give the source an `id` of its own",
        false => "rename one of the files: their addresses come from their names",
    };
    shown(Diagnostic::new(&DUPLICATE_ID, &place.path, place.span, message), &[other]).help(help)
}

pub fn former_id_in_use(id: &str, place: &Place, other: Named) -> Diagnostic {
    let message = format!("the former id `{id}` belongs to {}", other.what);
    shown(Diagnostic::new(&DUPLICATE_ID, &place.path, place.span, message), &[other])
        .help("take it out of `former-ids`: its address belongs to another page now")
}

pub fn former_id_twice(id: &str, place: &Place, other: &Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_ID, &place.path, place.span, format!("`{id}` is the former id of two things"))
        .also(&other.path, other.span, "the other")
        .help("take it out of the `former-ids` of one of them: an address can lead on to one page only")
}

pub fn duplicate_note(path: &InputPath, id: &Spanned<String>, source: &str, other: &Place) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_NOTE,
        path,
        id.span,
        format!("two notes on `{source}` have the id `{}`", id.value),
    )
    .label("this one")
    .also(&other.path, other.span, "and this one")
    .help("end one of the titles with an id of its own, such as `{#another-id}`")
}

pub fn duplicate_siglum(path: &InputPath, siglum: &Spanned<String>, other: Named) -> Diagnostic {
    let message = format!("the siglum `{}` already stands for {}", siglum.value, other.what);
    shown(Diagnostic::new(&DUPLICATE_SIGLUM, path, siglum.span, message), &[other])
        .help("give one of the two other letters")
}

pub fn no_siglum(path: &InputPath, siglum: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_SIGLUM, path, siglum.span, format!("`{}` is no siglum", siglum.value))
        .help("write one to three letters")
}

/// `source`: whether it is a source's, which alone may have an `id` that is not its file's name.
pub fn reserved_id(place: &Place, id: &str, source: bool) -> Diagnostic {
    let help =
        if source { "rename the file, or give the source an `id` of its own" } else { "rename the file" };
    Diagnostic::new(
        &RESERVED_ID,
        &place.path,
        place.span,
        format!("the id `{id}` is taken by the site itself"),
    )
    .help(help)
}

pub fn no_id(place: &Place, name: &str) -> Diagnostic {
    Diagnostic::new(&NO_ID, &place.path, place.span, format!("no address can be made from `{name}`"))
        .help("use at least one letter or digit")
}

pub fn undeclared_topic(path: &InputPath, name: &Spanned<String>, uses: usize) -> Diagnostic {
    let times = if uses == 1 { "one note names it".to_string() } else { format!("{uses} notes name it") };
    Diagnostic::new(
        &UNDECLARED_TOPIC,
        path,
        name.span,
        format!("the topic `{}` is declared nowhere; {times}", name.value),
    )
    .help("to give it a title, a kind and a lead, add a file under `annotations/topics`")
}

pub fn unused_topic(path: &InputPath, title: &str) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_TOPIC,
        path,
        Span::default(),
        format!("no published note is on the topic `{title}`, and nothing links to it"),
    )
    .help("name it in the `topics` of a note, or remove the file")
}

/// `through`: the `broader` entries that make the loop, from the first topic round to it again; never empty.
pub fn topic_loop(titles: &[String], through: &[Place]) -> Option<Diagnostic> {
    let (first, rest) = through.split_first()?;
    let message = match titles {
        [one] => format!("the topic `{one}` is broader than itself"),
        several => format!(
            "the topics {} lead round in a circle by `broader`",
            listed(several).replace(" or ", " and ")
        ),
    };
    let diagnostic = Diagnostic::new(&TOPIC_LOOP, &first.path, first.span, message)
        .help("remove one of these `broader` entries");
    Some(
        rest.iter().fold(diagnostic, |diagnostic, place| {
            diagnostic.also(&place.path, place.span, "and on from here")
        }),
    )
}

pub fn self_reference(path: &InputPath, name: &Spanned<String>, key: &str) -> Diagnostic {
    Diagnostic::new(
        &SELF_REFERENCE,
        path,
        name.span,
        format!("`{key}` names the very thing that this file is about"),
    )
    .help("name another, or take the entry out")
}

pub fn source_still_published(path: &InputPath, span: Span, seed: &InputPath) -> Diagnostic {
    let message =
        format!("this holds back your notes; the source `{seed}` itself is published, without them");
    Diagnostic::new(&SOURCE_STILL_PUBLISHED, path, span, message)
        .help(format!("to hold the source back too, write `draft = true` into a file `{seed}.toml`"))
        .help(format!(
            "if it shall be published, write `draft = false` into `{seed}.toml`, and this warning ends"
        ))
}

pub fn sidecar_alone(path: &InputPath) -> Diagnostic {
    let seed = path.without_extension();
    Diagnostic::new(
        &SIDECAR_ALONE,
        path,
        Span::default(),
        format!("this file tells facts about `{seed}`, which is not there"),
    )
    .help("put the seed beside it, or remove the file")
}

pub fn no_such_cut(path: &InputPath, words: &Spanned<String>, key: &str, seed: &InputPath) -> Diagnostic {
    let message = format!("the words of `{key}` do not stand in `{seed}`");
    Diagnostic::new(&NO_SUCH_CUT, path, words.span, message)
        .help("copy a few words from the source itself; the whole text is shown until then")
}

/// Adds the nearest names, or says what would be right where none is near; one plain nearest name becomes a
/// fix.
fn suggest(
    diagnostic: Diagnostic,
    name: &Spanned<String>,
    nearest: &[String],
    otherwise: &str,
) -> Diagnostic {
    match nearest {
        [] => diagnostic.help(otherwise),
        [one] => diagnostic.help(format!("did you mean `{one}`?")).fix(
            format!("write `{one}`"),
            name.span,
            one.clone(),
            false,
        ),
        several => diagnostic.help(format!("did you mean {}?", listed(several))),
    }
}

fn shown(diagnostic: Diagnostic, things: &[Named]) -> Diagnostic {
    things
        .iter()
        .fold(diagnostic, |diagnostic, thing| match &thing.place {
            Some(place) => diagnostic.also(&place.path, place.span, thing.what.clone()),
            None => diagnostic,
        })
}

/// "`a`, `b` or `c`"
fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
