//! The law of annotation files: every line that is not blank ends in a title, a passage, a field, a comment,
//! a hidden comment or a mistake that is told. Nothing that a person wrote is dropped in silence.
//!
//! Documents are made of nasty pieces, and each piece holds a word that stands nowhere else. The law then
//! says: every such word is found in what the file was read as, in the part of it that its line's role names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use casebook::model::body::{Block, Body, Inline, Target};
use casebook::model::path::InputPath;
use casebook::parse::annotation::{AnnotationFile, LineRole, annotation};
use casebook::report::diagnostic::Diagnostic;
use proptest::prelude::*;

fn path() -> InputPath {
    InputPath::new("annotations/a.md").expect("a path of the dossier")
}

/// Fails with a sentence where a line of the file was lost.
fn law(text: &str) {
    let parsed = annotation(&path(), text);
    let file = &parsed.value;
    let lines: Vec<(usize, &str)> = lines(text);
    assert_eq!(file.lines.len(), lines.len(), "every line has a role");
    let told = told(&parsed.mistakes);
    let written = Written::of(file, text);
    let mut field_told = false;
    for (&role, &(start, line)) in file.lines.iter().zip(&lines) {
        let here = told
            .iter()
            .any(|&(from, to)| from < start + line.len().max(1) && start < to.max(from + 1));
        // What is said of a field is said of the lines that continue it
        field_told = role == LineRole::Field && (here || field_told && line.starts_with([' ', '\t']));
        let reported = here || field_told;
        let words = marked_words(line);
        match role {
            LineRole::Blank => assert!(line.trim().is_empty(), "{line:?} is called blank"),
            LineRole::FrontMatter => {}
            LineRole::Unread => panic!("{line:?} is left unread in a short file"),
            LineRole::Hidden => {
                assert!(!written.published(&words), "{line:?} is hidden and is published all the same")
            }
            LineRole::FileTitle | LineRole::Title => {
                assert!(
                    reported || written.titles.is_superset(&words),
                    "{line:?} is called a title and is none"
                )
            }
            LineRole::Passage => {
                assert!(
                    reported || written.passages.is_superset(&words),
                    "{line:?} is called a passage and is in none"
                )
            }
            LineRole::Field => assert!(
                reported || written.fields.is_superset(&words),
                "{line:?} is called a field and is lost"
            ),
            LineRole::Comment => assert!(
                reported
                    || words
                        .iter()
                        .all(|word| [&written.comments, &written.quoted, &written.hidden]
                            .iter()
                            .any(|part| part.contains(word))),
                "{line:?} is called a comment and is in none"
            ),
        }
    }
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        let ends = bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            lines.push((start, text[start..at].trim_end_matches('\r')));
            start = at + 1;
        }
    }
    if start < text.len() {
        lines.push((start, &text[start..]));
    }
    lines
}

/// Words that a generator made unique: `q` and three digits. One may follow another at once, where a reader
/// sets no space.
fn marked_words(text: &str) -> BTreeSet<String> {
    let is_mark = |bytes: &[u8]| bytes[0] == b'q' && bytes[1..].iter().all(u8::is_ascii_digit);
    text.as_bytes()
        .windows(4)
        .filter(|bytes| is_mark(bytes))
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect()
}

fn told(mistakes: &[Diagnostic]) -> Vec<(usize, usize)> {
    let labels = mistakes
        .iter()
        .flat_map(|mistake| mistake.place.iter().chain(&mistake.related));
    labels
        .map(|label| (label.place.span.start as usize, label.place.span.end as usize))
        .collect()
}

/// The marked words of a file by where they were read.
#[derive(Default)]
struct Written {
    titles: BTreeSet<String>,
    passages: BTreeSet<String>,
    fields: BTreeSet<String>,
    comments: BTreeSet<String>,
    /// Of the quotations in comments: looked for in a source, and shown as the source has them.
    quoted: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

impl Written {
    fn of(file: &AnnotationFile, text: &str) -> Written {
        let mut written = Written::default();
        written
            .titles
            .extend(file.title.iter().flat_map(|title| marked_words(&title.value)));
        written.body(&file.remark);
        for note in &file.notes {
            written.titles.extend(marked_words(&note.title.value));
            written
                .titles
                .extend(note.id.iter().flat_map(|id| marked_words(&id.value)));
            for passage in &note.passages {
                written.passages.extend(marked_words(&passage.quote.typed.text));
                written.passages.extend(
                    passage
                        .attribution
                        .iter()
                        .flat_map(|line| marked_words(&text[line.span.range()])),
                );
            }
            let lists = [&note.topics, &note.supports, &note.disputes, &note.mentions, &note.by];
            written
                .fields
                .extend(lists.into_iter().flatten().flat_map(|name| marked_words(&name.value)));
            let singles = [&note.page, &note.language, &note.reference];
            written.fields.extend(
                singles
                    .into_iter()
                    .flatten()
                    .flat_map(|value| marked_words(&value.value)),
            );
            written.fields.extend(
                note.figures
                    .iter()
                    .flat_map(|figure| marked_words(&text[figure.span.range()])),
            );
            written.body(&note.comment);
        }
        written.hidden = hidden_words(text);
        written
    }

    fn body(&mut self, body: &Body) {
        self.comments.extend(marked_words(&body.reading));
        self.comments
            .extend(body.names.iter().flat_map(|name| marked_words(&name.text.value)));
        self.comments.extend(
            body.names
                .iter()
                .filter_map(|name| name.fragment.as_ref())
                .flat_map(|fragment| marked_words(&fragment.value)),
        );
        for quotation in &body.quotations {
            self.quoted.extend(marked_words(&quotation.quote.typed.text));
            if let Some(attribution) = &quotation.attribution {
                let words = [&attribution.source.value, &attribution.before, &attribution.after];
                self.comments.extend(
                    words
                        .into_iter()
                        .chain(&attribution.label)
                        .flat_map(|words| marked_words(words)),
                );
            }
        }
        body.blocks.iter().for_each(|block| self.block(block));
    }

    /// What is neither reading text nor a name: addresses and the descriptions of pictures.
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
            Block::List { items, .. } => items
                .iter()
                .flat_map(|item| &item.blocks)
                .for_each(|block| self.block(block)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                blocks.iter().for_each(|block| self.block(block));
            }
            Block::Table(table) => {
                let cells = table.head.iter().chain(&table.rows).flat_map(|row| &row.cells);
                cells.for_each(|cell| self.inlines(&cell.content));
            }
            Block::Quotation(_) | Block::Code(_) | Block::Rule => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Image { alt, .. } => self.comments.extend(marked_words(alt)),
                Inline::Link { target, content } => {
                    if let Target::Address(address) = target {
                        self.comments.extend(marked_words(address.as_str()));
                    }
                    self.inlines(content);
                }
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => {
                    self.inlines(content)
                }
                Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Ruby { base: content, .. } => self.inlines(content),
                Inline::Text(_) | Inline::Code(_) | Inline::Sign(_) | Inline::Break | Inline::Edge => {}
                Inline::FootnoteRef(_) | Inline::Reference { .. } | Inline::Number(_) => {}
            }
        }
    }

    fn published(&self, words: &BTreeSet<String>) -> bool {
        words.iter().any(|word| {
            [&self.titles, &self.fields, &self.comments]
                .iter()
                .any(|part| part.contains(word))
        })
    }
}

/// The marked words that stand between the signs of a comment, found without any regard to lines.
fn hidden_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (open, close) in [("%%", "%%"), ("<!--", "-->")] {
        for (at, _) in text.match_indices(open) {
            let behind = &text[at + open.len()..];
            words.extend(
                behind
                    .find(close)
                    .map(|end| marked_words(&behind[..end]))
                    .into_iter()
                    .flatten(),
            );
        }
    }
    words
}

/// A document of nasty lines; `Q` in a piece becomes a word that stands nowhere else.
fn document() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "",
        "",
        "",
        "Q",
        "Q Q",
        "## Q",
        "## Q {#Q}",
        "## Q {Q}",
        "##",
        " ## Q",
        "# Q",
        "### Q",
        "> Q",
        "> Q ==Q== Q",
        ">",
        "> > Q",
        ">Q",
        "   > Q",
        "    > Q",
        "> — p. Q of [[Q]]",
        "> — Q",
        "> - Q",
        "> -- [Q](Q.md)",
        "— Q",
        "> [!quote] Q",
        "> [!note] Q",
        "> ```",
        "> - Q",
        "> # Q",
        "topics: Q, Q",
        "- **Topics**: [[Q]]",
        "topcis: Q",
        "  Q",
        "\tQ",
        "figure: Q, 2024 = 3 Q",
        "kind: Q",
        "kind: fact",
        "date: 2024",
        "page: Q",
        "page：Q",
        "by:: Q",
        "tags: Q",
        "supports:",
        "  - Q",
        "ref: Q",
        "private: true",
        "privat: Q",
        "occurrence: 2",
        "```",
        "~~~",
        "````",
        "    Q",
        "- Q",
        "  - Q",
        "1. Q",
        "- ```",
        "- > Q",
        "<div>",
        "</div>",
        "<div> Q",
        "<span>Q</span>",
        "<!--",
        "-->",
        "<!-- Q -->",
        "Q <!-- Q",
        "%%",
        "%% Q %% Q",
        "Q %%Q%%",
        "Q %% Q",
        "---",
        "===",
        "-",
        "***",
        "| Q | Q |",
        "|---|---|",
        "| [[Q\\|Q]] | Q |",
        "[[Q]] [[Q#Q|Q]]",
        "![Q](Q.png)",
        "[Q](https://Q)",
        "[^a]: Q",
        "Q[^a]",
        "Q[^b]",
        "[Q]: Q",
        "`Q",
        "`Q`",
        "**Q",
        "Q\\",
        "Q  ",
        "&amp;Q",
        "<Q>",
        "\u{a0}Q",
        "…Q",
        "漢字Q",
        "\u{feff}Q",
        "Q\u{0}",
        "[Q",
        "[[Q",
        "Q]]",
        "$Q$",
        "~Q~",
        "<b>Q",
        "</b>",
        "<script>Q",
        "</script>",
        "<?Q",
        "<![CDATA[Q",
        "<pre>Q",
        "Q<br>Q",
        "\\> Q",
        "\\## Q",
        "##Q",
        "#Q",
        "-Q",
        "Q: Q",
        "Date: Q",
    ]);
    let end = prop::sample::select(vec!["\n", "\n", "\n", "\n", "\r\n", "\r"]);
    let front = prop::sample::select(vec![
        "",
        "",
        "---\nsource: s\n---\n",
        "---\nsource: s\ntopics: [a]\n---\r\n",
        "---\n",
    ]);
    (front, prop::collection::vec((line, end), 0..24)).prop_map(|(front, lines)| {
        let mut number = 100;
        let mut text = front.to_string();
        for (line, end) in lines {
            for piece in line.split_inclusive('Q') {
                match piece.strip_suffix('Q') {
                    Some(before) => {
                        text.push_str(&format!("{before}q{number}"));
                        number += 1;
                    }
                    None => text.push_str(piece),
                }
            }
            text.push_str(end);
        }
        text
    })
}

/// A comment opened in one paragraph and closed in another is none, also where Markdown takes all of it for
/// one HTML block: nothing between may vanish.
#[test]
fn an_html_block_swallows_no_line() {
    law("</b>\nq100\nq101 <!-- q102\n> q103\n<!-- q104 -->\nq105\n-->\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_lost(text in document()) {
        law(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|[ -~\r\n]{0,200}") {
        let parsed = annotation(&path(), &text);
        prop_assert_eq!(parsed.value.lines.len(), lines(&text).len());
        for mistake in parsed.mistakes {
            for label in mistake.place.iter().chain(&mistake.related) {
                prop_assert!(text.get(label.place.span.range()).is_some(), "{} points into the middle of a character", mistake.code.name);
            }
        }
    }
}

/// Every annotation file of the repository obeys the law too.
#[test]
fn the_files_of_the_repository() {
    let mut folders = vec![Path::new("tests/golden").to_path_buf(), Path::new("annotations").to_path_buf()];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md")
                && let Ok(text) = fs::read_to_string(&path)
            {
                law(text.trim_start_matches('\u{feff}'));
                read += 1;
            }
        }
    }
    assert!(read > 20, "the golden dossiers hold annotation files");
}
