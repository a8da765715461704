//! The inverse of reading: a note as a person would type it, such that reading it gives the same note.
//!
//! Words of a source are typed so that they read as they stand there, whatever signs they hold. A comment is
//! Markdown and goes in as it is, unless it would then be taken for something else: a field, a passage, the
//! next note.

use std::ops::Range;

use super::annotation;
use crate::model::path::InputPath;
use crate::parse::fields::{self, Key};
use crate::parse::said::comment_at;

/// A note that is to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewNote {
    /// As it should read.
    pub title: String,
    pub id: Option<String>,
    pub passages: Vec<NewPassage>,
    /// In the order in which they are typed; of a key that takes several, each value of its own.
    pub fields: Vec<(Key, Vec<String>)>,
    /// Markdown.
    pub comment: String,
}

/// Words of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewPassage {
    /// As they read; a line feed parts paragraphs.
    pub words: String,
    /// The target, where the words hold more: sorted byte ranges at character borders.
    pub marks: Vec<Range<usize>>,
    /// The name of their source, where that is not the one that the file is about.
    pub source: Option<String>,
}

/// The note as text, with a final line feed. Put an empty line before it.
pub fn write_note(note: &NewNote) -> String {
    let written = written(note, &comment(&note.comment));
    if stands_alone(&written, note) { written } else { written_plain(note) }
}

fn written(note: &NewNote, comment: &str) -> String {
    let mut text = format!("## {}", title(&note.title));
    if let Some(id) = note.id.as_deref().filter(|id| is_id(id)) {
        text.push_str(&format!(" {{#{id}}}"));
    }
    text.push('\n');
    for passage in &note.passages {
        text.push('\n');
        text.push_str(&quotation(passage));
    }
    let fields: String = note
        .fields
        .iter()
        .filter_map(|(key, values)| field(*key, values))
        .collect();
    let parts = [fields, comment.to_string()];
    for part in parts.iter().filter(|part| !part.trim().is_empty()) {
        text.push('\n');
        text.push_str(part.trim_end());
        text.push('\n');
    }
    text
}

/// The note with its comment as plain words: for Markdown that would not end where the note does (code that
/// is never closed).
fn written_plain(note: &NewNote) -> String {
    let lines: Vec<String> = note.comment.lines().map(|line| escaped(line.trim(), true)).collect();
    written(note, &comment(&lines.join("\n")))
}

/// Whether the note ends where its text does, and nothing of the comment is taken for more.
fn stands_alone(written: &str, note: &NewNote) -> bool {
    // The path stands in no result: only the shape is looked at
    let Some(path) = InputPath::new("note") else { return true };
    let file = annotation(&path, &format!("{written}\n## x\n")).value;
    let shape = file.notes.iter().map(|note| note.passages.len()).collect::<Vec<_>>();
    shape == [note.passages.len(), 0]
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A title on one line, whose braces and final `#` are its own.
fn title(words: &str) -> String {
    let line = escaped(&one_line(words), false).replace("{#", "{\\#");
    // Words of a source that another program would take for a comment. A title with an escape is taken as it
    // is typed.
    let sign = comment_at(&line).filter(|&at| !line.contains('\\') && line.as_bytes()[at].is_ascii());
    let line = match sign {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line,
    };
    match line.strip_suffix('#') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
        _ => line,
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field(key: Key, values: &[String]) -> Option<String> {
    let values: Vec<String> = values
        .iter()
        .map(|value| one_line(value))
        .filter(|value| !value.is_empty())
        .collect();
    let name = key.name();
    match (values.is_empty(), key) {
        (true, _) => None,
        (false, Key::Figure) => Some(values.iter().map(|value| format!("{name}: {value}\n")).collect()),
        (false, _) => {
            let several = values.len() > 1;
            let typed = values.iter().map(|value| {
                if several && value.contains(',') { format!("\"{value}\"") } else { value.clone() }
            });
            Some(format!("{name}: {}\n", typed.collect::<Vec<_>>().join(", ")))
        }
    }
}

/// A block quotation: each paragraph on one line, an empty mark between two.
fn quotation(passage: &NewPassage) -> String {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in passage.words.split('\n') {
        let typed = marked(line, start, &passage.marks, !paragraphs.is_empty());
        if !typed.is_empty() {
            paragraphs.push(format!("> {typed}\n"));
        }
        start += line.len() + 1;
    }
    let mut text = paragraphs.join(">\n");
    if let Some(source) = &passage.source {
        text.push_str(&format!("> — [[{}]]\n", one_line(source)));
    }
    text
}

/// A paragraph of a passage with its marks. Marks stand at words: white space at their ends is left outside.
fn marked(line: &str, start: usize, marks: &[Range<usize>], follows: bool) -> String {
    let mut borders: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let mark = mark.start.clamp(start, start + line.len()) - start
            ..mark.end.clamp(start, start + line.len()) - start;
        let Some(words) = line.get(mark.clone()) else { continue };
        let lead = words.len() - words.trim_start().len();
        let mark = mark.start + lead..mark.start + lead + words.trim().len();
        match borders.last_mut() {
            _ if mark.is_empty() => {}
            Some(last) if last.end >= mark.start => last.end = last.end.max(mark.end),
            _ => borders.push(mark),
        }
    }
    let mut text = String::new();
    let mut from = 0;
    for mark in borders {
        text.push_str(&between(line, from..mark.start));
        text.push_str("==");
        text.push_str(&between(line, mark.clone()));
        text.push_str("==");
        from = mark.end;
    }
    text.push_str(&between(line, from..line.len()));
    let text = text.trim();
    let first = line_start(text, follows);
    first.unwrap_or_else(|| text.to_string())
}

/// A stretch of a line, white space as single spaces; signs are escaped by what stands beside them in the
/// whole line.
fn between(line: &str, range: Range<usize>) -> String {
    let mut text = String::new();
    let mut blank = false;
    for (at, c) in line[range.clone()]
        .char_indices()
        .map(|(at, c)| (range.start + at, c))
    {
        if c.is_whitespace() || c.is_control() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            text.push(' ');
        }
        // Beside a mark these would become part of it, or lose the letters on their other side
        let at_a_border = matches!(c, '=' | '_') && (at == range.start || at + c.len_utf8() == range.end);
        if at_a_border || means_something(line, at, c) {
            text.push('\\');
        }
        text.push(c);
    }
    if blank {
        text.push(' ');
    }
    text
}

/// Words so that Markdown reads them as they are. `begins` says that they begin a line.
fn escaped(words: &str, begins: bool) -> String {
    let text = between(words, 0..words.len()).trim().to_string();
    if begins { line_start(&text, false).unwrap_or(text) } else { text }
}

/// Whether a character of a line would be taken for a sign of Markdown, of comments or of marks.
fn means_something(line: &str, at: usize, c: char) -> bool {
    let before = line[..at].chars().next_back();
    let after = line[at + c.len_utf8()..].chars().next();
    let beside = |like: char| before == Some(like) || after == Some(like);
    match c {
        '`' | '*' | '[' | '\\' => true,
        '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
        '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
        '~' | '=' | '%' => beside(c),
        ']' => beside(']'),
        _ => false,
    }
}

/// The line with its first sign escaped, where that would begin a list, a heading, a rule, or (in a line that
/// `follows` others of a passage) an attribution.
fn line_start(text: &str, follows: bool) -> Option<String> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    match first {
        '#' | '>' | '-' | '+' => Some(format!("\\{text}")),
        '—' if follows => Some(format!("&mdash;{rest}")),
        '–' if follows => Some(format!("&ndash;{rest}")),
        '―' if follows => Some(format!("&horbar;{rest}")),
        '0'..='9' => {
            let digits = text.find(|c: char| !c.is_ascii_digit())?;
            let numbers = text[digits..].starts_with(['.', ')']);
            numbers.then(|| format!("{}\\{}", &text[..digits], &text[digits..]))
        }
        _ => None,
    }
}

/// A comment that begins as one, and holds no title of a note.
fn comment(markdown: &str) -> String {
    let markdown = markdown.replace("\r\n", "\n").replace('\r', "\n");
    let lines = markdown.trim_matches('\n').lines().map(|line| {
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        let title = (1..=2).contains(&level) && (words.is_empty() || words.starts_with([' ', '\t']));
        if title { format!("###{words}") } else { line.to_string() }
    });
    let mut lines: Vec<String> = lines.collect();
    if let Some(first) = lines.first_mut() {
        *first = beginning(first);
    }
    lines.join("\n")
}

/// The first line, so that it is neither a field nor a passage.
fn beginning(line: &str) -> String {
    if line.trim_start().starts_with('>') {
        return format!("> [!note]\n{line}");
    }
    match fields::head(line) {
        Some(head) => {
            let colon = line[head.name.end..]
                .find([':', '：'])
                .map_or(head.name.end, |at| head.name.end + at);
            match line[colon..].strip_prefix('：') {
                Some(rest) => format!("{}&#xFF1A;{rest}", &line[..colon]),
                None => format!("{}\\{}", &line[..colon], &line[colon..]),
            }
        }
        None => line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::AnnotationFile;
    use super::*;

    fn read(text: &str) -> AnnotationFile {
        annotation(&InputPath::new("annotations/a.md").expect("a path of the dossier"), text).value
    }

    fn passage(words: &str) -> NewNote {
        let passages = vec![NewPassage { words: words.to_string(), ..NewPassage::default() }];
        NewNote { title: "T".to_string(), passages, ..NewNote::default() }
    }

    #[test]
    fn a_note_as_a_person_types_it() {
        let words = "trade was 5 * 3, the _old_ snake_case rule\n- held";
        let note = NewNote {
            title: "Trade {#5} [sic] #".to_string(),
            id: Some("trade".to_string()),
            passages: vec![
                NewPassage {
                    words: words.to_string(),
                    marks: std::iter::once(10..16).collect(),
                    source: None,
                },
                NewPassage { words: "b".to_string(), marks: Vec::new(), source: Some("other".to_string()) },
            ],
            fields: vec![
                (Key::Topics, vec!["a".to_string(), "b, c".to_string()]),
                (Key::Figure, vec!["x, 2024 = 1 %".to_string(), "y = 2".to_string()]),
                (Key::Page, vec![]),
            ],
            comment: "Date: 2024\n\n## Why\n\n`so`".to_string(),
        };
        let text = write_note(&note);
        assert_eq!(
            text,
            "\
## Trade {\\#5} \\[sic] \\# {#trade}

> trade was ==5 \\* 3,== the \\_old\\_ snake_case rule
>
> \\- held

> b
> — [[other]]

topics: a, \"b, c\"
figure: x, 2024 = 1 %
figure: y = 2

Date\\: 2024

### Why

`so`
"
        );
        let file = read(&text);
        let [read] = file.notes.as_slice() else { panic!("one note") };
        assert_eq!(read.title.value, note.title);
        assert_eq!(read.passages[0].quote.read.text, words);
        assert_eq!(read.passages[0].quote.read.marks.first(), Some(&(10..16)));
        assert_eq!(
            read.topics
                .iter()
                .map(|topic| topic.value.as_str())
                .collect::<Vec<_>>(),
            ["a", "b, c"]
        );
        assert_eq!(read.figures.len(), 2);
        assert_eq!(read.comment.reading, "Date: 2024\nWhy\nso");
    }

    #[test]
    fn a_comment_stays_one() {
        for (comment, reading) in [
            ("> [!quote] a\n\nb", "[!quote] a\nb"),
            ("> a", "a"),
            ("topics: a", "topics: a"),
            ("```\n## a", "``` ## a"),
            ("<!-- a\n\nb", "<!-- a\nb"),
            ("private： a", "private： a"),
        ] {
            let note = NewNote { title: "T".to_string(), comment: comment.to_string(), ..NewNote::default() };
            let file = read(&format!("{}\n## U\n", write_note(&note)));
            assert_eq!(file.notes.len(), 2, "{comment:?}");
            assert_eq!(file.notes[0].comment.reading, reading, "{comment:?}");
        }
    }

    fn words() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "b c",
            " ",
            "\n",
            "*",
            "**",
            "_",
            "__",
            "`",
            "```",
            "~~",
            "~~~",
            "~",
            "==",
            "=",
            "===",
            "%%",
            "%",
            "<!--",
            "-->",
            "<b>",
            "<",
            ">",
            "&amp;",
            "&",
            "[x](y)",
            "[[z]]",
            "[^1]",
            "[a]: b",
            "[!quote]",
            "\\",
            "\\*",
            "#",
            "## ",
            "- ",
            "-",
            "--",
            "---",
            "— ",
            "– x",
            "―",
            "+ ",
            "1. ",
            "12) ",
            "|",
            "|---|",
            "{#id}",
            "!",
            "[",
            "]",
            "]]",
            "...",
            "[...]",
            "é",
            "漢字",
            "\u{300}",
            "$5",
            "topics: a",
            "private: true",
            "https://x.y/z_a",
            "\t",
            "<%--",
            "{{!",
            "{% comment",
            "/* ",
            "*/",
            "{>>",
        ]);
        prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
    }

    fn plain(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None,
            ..ProptestConfig::default() })]

        #[test]
        fn words_come_back_as_they_were(words in words(), title in words(),
            mark in any::<(prop::sample::Index, prop::sample::Index)>()) {
            prop_assume!(!words.trim().is_empty() && !title.trim().is_empty());
            let mut borders: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
            borders.push(words.len());
            let (a, b) = (*mark.0.get(&borders), *mark.1.get(&borders));
            let mut note = passage(&words);
            note.passages[0].marks.push(a.min(b)..a.max(b));
            note.title = title.clone();
            let text = write_note(&note);
            let file = read(&text);
            prop_assert_eq!(file.notes.len(), 1, "{}", &text);
            let read = &file.notes[0];
            prop_assert_eq!(plain(&read.title.value), plain(&title), "{}", &text);
            prop_assert_eq!(read.passages.len(), 1, "{}", &text);
            let quote = &read.passages[0].quote.read;
            prop_assert_eq!(plain(&quote.text), plain(&words), "{}", &text);
            prop_assert!(read.passages[0].attribution.is_none(), "{}", &text);
            let marked: String = quote.marks.iter().map(|mark| &quote.text[mark.clone()]).collect();
            let meant = &words[a.min(b)..a.max(b)];
            prop_assert_eq!(marked.split_whitespace().collect::<String>(), meant.split_whitespace()
                .collect::<String>(), "{}", &text);
        }

        #[test]
        fn a_note_ends_where_its_text_does(comment in words(), words in words()) {
            prop_assume!(!words.trim().is_empty());
            let note = NewNote { comment, ..passage(&words) };
            let file = read(&format!("{}\n## U\n", write_note(&note)));
            prop_assert_eq!(file.notes.len(), 2);
            prop_assert_eq!(file.notes[0].passages.len(), 1);
        }
    }
}
