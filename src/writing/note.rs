//! A note made from words of a source: what it is called, and where in a file of notes it goes.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::path::InputPath;
use crate::model::slug::Slug;
use crate::parse::annotation::annotation;
use crate::parse::annotation::write::{NewNote, NewPassage, write_note};
use crate::report::lines::Lines;

/// A title made from a passage has at most so many words, and so many characters where words are long or not
/// parted.
const TITLE_WORDS: usize = 8;
const TITLE_LETTERS: usize = 60;

/// The title of a note whose words give none.
const NO_TITLE: &str = "Note";

/// A file of notes with one note more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    pub text: String,
    /// The byte at which the note begins.
    pub start: usize,
    /// Its line, from 1.
    pub line: usize,
}

/// A note with the words as its passage. `==words==` are its target; an empty line parts paragraphs. Its
/// title is the passage's first words, numbered where a note on the source has their id already; where the
/// source's rights withhold its words (`shown`), a title that says none.
pub fn note(typed: &str, taken: &BTreeSet<String>, shown: bool) -> NewNote {
    let (words, marks) = marked(&paragraphs(typed));
    let first = if shown { title(&words) } else { NO_TITLE.to_string() };
    let id = |title: &str| Slug::of(title).map_or_else(|| "note".to_string(), |slug| slug.to_string());
    let numbered = (2..).map(|number| format!("{first} ({number})"));
    let title = std::iter::once(first.clone())
        .chain(numbered)
        .find(|title| !taken.contains(&id(title)))
        .unwrap_or(first);
    NewNote { title, passages: vec![NewPassage { words, marks, source: None }], ..NewNote::default() }
}

/// Lines as a terminal or a page broke them are joined.
fn paragraphs(typed: &str) -> String {
    let mut paragraphs = vec![Vec::new()];
    for line in typed.lines() {
        match (line.trim(), paragraphs.last_mut()) {
            ("", _) => paragraphs.push(Vec::new()),
            (_, Some(words)) => words.extend(line.split_whitespace()),
            (_, None) => {}
        }
    }
    paragraphs
        .iter()
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The words without their marks, and what was marked. A mark that is not closed is a sign like any other.
fn marked(typed: &str) -> (String, Vec<Range<usize>>) {
    let pieces: Vec<&str> = typed.split("==").collect();
    if pieces.len().is_multiple_of(2) {
        return (typed.to_string(), Vec::new());
    }
    let mut words = String::new();
    let mut marks = Vec::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        let start = words.len();
        words.push_str(piece);
        if number % 2 == 1 {
            marks.push(start..words.len());
        }
    }
    (words, marks)
}

fn title(words: &str) -> String {
    let mut title = String::new();
    let all: Vec<&str> = words.split_whitespace().collect();
    for word in all.iter().take(TITLE_WORDS) {
        let fits = title.chars().count() + word.chars().count() < TITLE_LETTERS;
        match (title.is_empty(), fits) {
            (true, _) => title.extend(word.chars().take(TITLE_LETTERS)),
            (false, true) => title = format!("{title} {word}"),
            (false, false) => break,
        }
    }
    let whole = title.chars().filter(|c| !c.is_whitespace()).count()
        == all.iter().map(|word| word.chars().count()).sum::<usize>();
    let title = title.trim_end_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, ')' | ']' | '%' | '"' | '\'' | '”' | '’' | '»')
    });
    match (title, whole) {
        ("", _) => NO_TITLE.to_string(),
        (title, true) => title.to_string(),
        (title, false) => format!("{title} …"),
    }
}

/// The first lines of a file of notes about a source.
pub fn begun(source: &Slug) -> String {
    format!("---\nsource: {source}\n---\n")
}

/// The file with the note at its end, parted by an empty line, with the file's own line ends.
pub fn appended(file: &str, note: &NewNote) -> Appended {
    let end = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = file.to_string();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    let last = text.trim_end_matches('\n').trim_end_matches('\r').len();
    let is_parted = text[last..].matches('\n').count() > 1;
    if !text.is_empty() && !is_parted {
        text.push_str(end);
    }
    let start = text.len();
    text.push_str(&write_note(note).replace('\n', end));
    let line = Lines::new(&text).at(start).line;
    Appended { text, start, line }
}

/// Whether the file reads as before, with the note behind: code or a comment that is not closed would swallow
/// it.
pub fn stands(path: &InputPath, before: &str, after: &Appended) -> bool {
    let (before, now) = (annotation(path, before).value, annotation(path, &after.text).value);
    let passages = |note: &crate::parse::annotation::RawNote| note.passages.len();
    let others = now.notes.len().checked_sub(1);
    others == Some(before.notes.len())
        && now
            .notes
            .last()
            .is_some_and(|note| note.passages.len() == 1 && note.span.start as usize == after.start)
        && before
            .notes
            .iter()
            .map(passages)
            .eq(now.notes.iter().take(before.notes.len()).map(passages))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, words: &str) -> String {
        let path = InputPath::new("annotations/a.md").expect("a path");
        let after = appended(file, &note(words, &BTreeSet::new(), true));
        assert!(stands(&path, file, &after), "{:?}", after.text);
        assert!(after.text.starts_with(file), "what was there stays");
        format!("{}: {}", after.line, &after.text[file.len()..])
    }

    #[test]
    fn a_note_goes_behind_what_is_there() {
        assert_eq!(check("---\nsource: a\n---\n", "One two."), "5: \n## One two\n\n> One two.\n");
        assert_eq!(check("## A\n\n> b\n\n", "One two."), "5: ## One two\n\n> One two.\n");
        assert_eq!(check("## A\n\n> b", "One two."), "5: \n\n## One two\n\n> One two.\n");
        assert_eq!(check("## A\r\n\r\n> b\r\n", "One two."), "5: \r\n## One two\r\n\r\n> One two.\r\n");
        assert_eq!(check("", "One\ntwo\n\nthree"), "1: ## One two three\n\n> One two\n>\n> three\n");
        assert_eq!(check("", "one ==two== three"), "1: ## one two three\n\n> one ==two== three\n");
        assert_eq!(check("", "one == two"), "1: ## one \\=\\= two\n\n> one \\=\\= two\n");
    }

    #[test]
    fn a_title_is_the_first_words_and_an_id_of_its_own() {
        let titles = |words: &str, taken: &[&str]| {
            note(words, &taken.iter().map(ToString::to_string).collect(), true).title
        };
        assert_eq!(titles("a b, c d e f g h i j", &[]), "a b, c d e f g h …");
        assert_eq!(titles("A b.", &["a-b", "a-b-2"]), "A b (3)");
        assert_eq!(titles(&"漢".repeat(70), &[]), format!("{} …", "漢".repeat(60)));
        assert_eq!(titles("?!", &["note"]), "Note (2)");
    }

    #[test]
    fn a_file_that_would_swallow_the_note_is_told_apart() {
        let path = InputPath::new("annotations/a.md").expect("a path");
        for file in ["## A\n\n```\n", "## A\n\n<!-- b\n"] {
            assert!(
                !stands(&path, file, &appended(file, &note("One two.", &BTreeSet::new(), true))),
                "{file:?}"
            );
        }
    }

    #[test]
    fn a_title_says_no_word_that_is_withheld() {
        let taken = BTreeSet::from(["note".to_string()]);
        assert_eq!(note("The mayor was not there.", &BTreeSet::new(), false).title, "Note");
        assert_eq!(note("The mayor was not there.", &taken, false).title, "Note (2)");
    }
}
