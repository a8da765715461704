//! Mistakes in what the notes say of the world: figures and dates that no passage bears out, orders that
//! cannot be.

use crate::model::date::Date;
use crate::model::dossier::{Claim, Note, Source, Topic};
use crate::model::figure::Figure;
use crate::model::path::InputPath;
use crate::model::span::{Place, Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &FIGURE_NOT_IN_PASSAGE,
    &EVENT_WITHOUT_PASSAGE,
    &EVENT_IN_HEAD,
    &DATE_WITHOUT_PASSAGE,
    &SAID_AFTER_PUBLISHED,
    &CAPTURED_BEFORE_PUBLISHED,
    &BOTH_CONFIRMED,
    &UNLINKED_NAME,
];

pub static FIGURE_NOT_IN_PASSAGE: Code = Code {
    name: "figure-not-in-passage",
    severity: Severity::Warning,
    summary: "a figure whose number does not stand in the note's passage",
};
pub static EVENT_WITHOUT_PASSAGE: Code = Code {
    name: "event-without-passage",
    severity: Severity::Warning,
    summary: "an event with a date that no passage bears out",
};
pub static EVENT_IN_HEAD: Code = Code {
    name: "event-in-head",
    severity: Severity::Warning,
    summary: "an event that the head of a file gives to all its notes",
};
pub static DATE_WITHOUT_PASSAGE: Code = Code {
    name: "date-without-passage",
    severity: Severity::Hint,
    summary: "a note with a date and without a passage",
};
pub static SAID_AFTER_PUBLISHED: Code = Code {
    name: "said-after-published",
    severity: Severity::Warning,
    summary: "words that were said after their source was published",
};
pub static CAPTURED_BEFORE_PUBLISHED: Code = Code {
    name: "captured-before-published",
    severity: Severity::Warning,
    summary: "a source that was captured before it was published",
};
pub static BOTH_CONFIRMED: Code = Code {
    name: "both-confirmed",
    severity: Severity::Warning,
    summary: "two claims that exclude each other, and both are confirmed",
};
pub static UNLINKED_NAME: Code = Code {
    name: "unlinked-name",
    severity: Severity::Hint,
    summary: "a person, organisation or place that is named and not linked",
};

/// `passages` are the block quotations that were searched.
pub fn figure_not_in_passage(
    path: &InputPath,
    figure: &Spanned<Figure>,
    passages: impl IntoIterator<Item = Span>,
) -> Diagnostic {
    let message = format!("`{}` stands in no passage of this note", figure.value.figure_shown());
    let mistake = Diagnostic::new(&FIGURE_NOT_IN_PASSAGE, path, figure.span, message).label("this figure");
    let shown = passages
        .into_iter()
        .fold(mistake, |mistake, span| mistake.also(path, span, "searched here"));
    shown.help(
        "quote the words that give the figure, or correct it; other scales and units are understood \
        (0.5 billion is 500 million)",
    )
}

/// `None` where the topic stands in no file, and so has no date.
pub fn event_without_passage(topic: &Topic, date: &Date) -> Option<Diagnostic> {
    let place = topic.declared.as_ref()?;
    let message = format!("the event `{}` has the date `{date}` and no passage that says so", topic.title);
    let mistake = Diagnostic::new(&EVENT_WITHOUT_PASSAGE, &place.path, place.span, message)
        .label("not shown on the timeline");
    let named = "name the event in the `topics` of a note that quotes a source on it, or quote one here with \
        a last line `> — [[source]]`";
    Some(mistake.help(named))
}

/// `notes`: how many have the event from the head alone.
pub fn event_in_head(path: &InputPath, name: &Spanned<String>, notes: usize) -> Diagnostic {
    let message = match notes {
        1 => format!(
            "the event `{}` stands in the head of the file, and so on a note that does not name it",
            name.value
        ),
        _ => format!(
            "the event `{}` stands in the head of the file, and so on {notes} notes that do not name it",
            name.value
        ),
    };
    Diagnostic::new(&EVENT_IN_HEAD, path, name.span, message)
        .label("not shown on the timeline through these notes")
        .help("name the event in the `topics` of each note that tells of it, and take it out of the head")
}

pub fn date_without_passage(note: &Note) -> Diagnostic {
    let message = format!("the note `{}` has a date and no passage that says so", note.title);
    let mistake = Diagnostic::new(&DATE_WITHOUT_PASSAGE, &note.place.path, note.place.span, message)
        .label("not shown on the timeline");
    mistake.help("quote the words of the source that give the date")
}

pub fn said_after_published(note: &Note, source: &Source) -> Diagnostic {
    let (said, published) = (said(note.said.as_ref()), said(source.facts.published.as_ref()));
    let message =
        format!("these words were said on `{said}`, after `{}` was published (`{published}`)", source.id);
    let mistake = Diagnostic::new(&SAID_AFTER_PUBLISHED, &note.place.path, note.place.span, message)
        .label("in this note");
    mistake.help("correct `said`, or `published` of the source; what happened later belongs into `date`")
}

pub fn captured_before_published(source: &Source) -> Diagnostic {
    let (captured, published) = (said(source.facts.captured.as_ref()), said(source.facts.published.as_ref()));
    let message =
        format!("`{}` was captured on `{captured}`, before it was published (`{published}`)", source.id);
    let mistake = Diagnostic::new(&CAPTURED_BEFORE_PUBLISHED, &source.seed, Span::default(), message);
    mistake.help("correct `captured` or `published` in the source, in its sidecar or in the annotation file")
}

fn said(date: Option<&Date>) -> &str {
    date.map_or("?", Date::as_str)
}

pub fn both_confirmed(one: &Claim, other: &Claim) -> Diagnostic {
    let message = format!("`{}` and `{}` exclude each other, and both are confirmed", one.title, other.title);
    Diagnostic::new(&BOTH_CONFIRMED, &one.declared.path, one.declared.span, message)
        .label("confirmed here")
        .also(&other.declared.path, other.declared.span, "and here")
        .help("change the `status` of one of them, or take the other out of its `against`")
}

pub fn unlinked_name(place: &Place, topic: &Topic) -> Diagnostic {
    let message = format!("`{}` is named here and not linked", topic.title);
    Diagnostic::new(&UNLINKED_NAME, &place.path, place.span, message)
        .help(format!("link it with `[[{}]]`, or name it in `topics`", topic.title))
}
