//! `previews/SOURCE.js`: what a link to a note leads to, in brief, for the theme's `preview.js`.
//!
//! A script and no data file, since a page that is opened from a disk may load a script and nothing else. It
//! holds words of the notes' own pages only, as text: whoever shows them writes them as text.

use serde::Serialize;

use crate::model::dossier::{NoteIx, Prose, SourceIx};
use crate::render::context::{RenderContext, kind_sign};

use super::quoted::words;

/// What the note says, in brief; nobody reads a page in a preview.
#[derive(Serialize)]
struct Preview<'a> {
    id: &'a str,
    siglum: &'a str,
    number: Option<String>,
    kind: &'static str,
    sign: &'static str,
    title: &'a str,
    words: String,
    comment: String,
}

const LONGEST_PASSAGE: usize = 320;
const LONGEST_COMMENT: usize = 220;

pub fn previews(context: &RenderContext<'_>, ix: SourceIx) -> String {
    let source = context.dossier.source(ix);
    let notes: Vec<Preview<'_>> = source.notes.iter().map(|note| preview(context, *note)).collect();
    // Texts and numbers: nothing of that can fail.
    let id = serde_json::to_string(source.id.as_str()).unwrap_or_default();
    format!("casebookPreviews({id}, {});\n", serde_json::to_string(&notes).unwrap_or_default())
}

fn preview<'a>(context: &RenderContext<'a>, ix: NoteIx) -> Preview<'a> {
    let note = context.dossier.note(ix);
    let sign = kind_sign(note.kind);
    Preview {
        id: &note.id,
        siglum: &context.dossier.source(note.source).siglum,
        number: context.number(ix),
        kind: sign.kind,
        sign: sign.sign,
        title: &note.title,
        words: note
            .passages
            .first()
            .map(|passage| cut(&words(context, passage), LONGEST_PASSAGE))
            .unwrap_or_default(),
        comment: cut(&own_words(&note.comment), LONGEST_COMMENT),
    }
}

/// What of a comment is its writer's: words of a source are shown under its rights, or not at all.
fn own_words(comment: &Prose) -> String {
    comment.body.reading_without(&|quotation| comment.stands(quotation))
}

/// The beginning of a text, up to a space.
fn cut(text: &str, longest: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_string() };
    let whole = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..whole].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_between_words() {
        assert_eq!([cut(" a b ", 10), cut("một hai ba", 9), cut("abcdef", 3)], ["a b", "một hai…", "abc…"]);
    }
}
