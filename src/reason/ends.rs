//! Which end of an event a note tells of: that it began, or that it ended. Two such notes give two dates, and
//! contradict each other only where the end comes first.

use crate::model::dossier::{Dossier, Note};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Beginning,
    End,
}

/// What people say of a beginning, in languages whose dossiers we know of; words that stand for other things
/// as often ("open") are not among them.
const BEGINNINGS: &[&str] = &[
    "began",
    "begin",
    "begins",
    "beginning",
    "begun",
    "start",
    "started",
    "starts",
    "opening",
    "launch",
    "launched",
    "onset",
    "outbreak",
    "broke out",
    "bắt đầu",
    "khởi đầu",
    "khởi công",
    "khai mạc",
    "bùng nổ",
    "beginn",
    "begann",
    "beginnt",
    "ausbruch",
    "début",
    "débute",
    "commence",
    "commencé",
];

const ENDS: &[&str] = &[
    "end",
    "ended",
    "ends",
    "ending",
    "finish",
    "finished",
    "closing",
    "conclude",
    "concluded",
    "concludes",
    "called off",
    "over",
    "kết thúc",
    "bế mạc",
    "chấm dứt",
    "hoàn thành",
    "ende",
    "endet",
    "endete",
    "fin",
    "terminé",
    "achève",
];

impl End {
    /// What a note says in its title, else in its passage; nothing where it tells of both.
    pub fn of(dossier: &Dossier, note: &Note) -> Option<End> {
        let says = |text: &str| {
            let text = spaced(text);
            let one_of = |words: &[&str]| words.iter().any(|word| text.contains(&format!(" {word} ")));
            match (one_of(BEGINNINGS), one_of(ENDS)) {
                (true, false) => Some(Some(End::Beginning)),
                (false, true) => Some(Some(End::End)),
                (true, true) => Some(None),
                (false, false) => None,
            }
        };
        says(&note.title).or_else(|| says(&passages(dossier, note))).flatten()
    }
}

/// Words in lower case, each between spaces.
fn spaced(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}

fn passages(dossier: &Dossier, note: &Note) -> String {
    let parts = note.passages.iter().flat_map(|passage| {
        let reading = &dossier.source(passage.source).evidence().reading;
        passage
            .anchors
            .iter()
            .flat_map(|anchor| &anchor.parts)
            .filter_map(|part| reading.get(part.clone()))
    });
    parts.collect::<Vec<_>>().join(" ")
}
