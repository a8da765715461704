//! Plain text becomes a body by the rules for paragraphs. No sign in it means anything: `*`, `_`, `#`
//! and `>` stay as they are. But which of them are layout (`layout`) is told, since a passage may leave these
//! out.
//!
//! A block is what stands between blank lines. Either it was wrapped by hand or by a program, and is one
//! paragraph; or its line ends are meant, and every line is one. The reading text is the same either way,
//! white space aside, so that a wrong guess can spoil a page's look and never a quotation.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::layout;
use super::lines::{Line, lines};
use crate::model::body::{Block, Body, Inline, Text};
use crate::model::span::Span;

/// How long the longest line of a wrapped block is, in columns: shorter, and it is a list or an address;
/// longer, and the program that wrote it does not wrap.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=120;

/// The body of a plain text, decoded.
pub fn text(text: &str) -> Body {
    if text
        .bytes()
        .filter(|byte| matches!(byte, b'\n' | b'\r' | b'\x0B' | b'\x0C'))
        .nth(MOST_LINES)
        .is_some()
    {
        return as_typed(text);
    }
    let mut writer = Writer { body: Body::default(), signs: layout::signs(text), next: 0 };
    let mut block: Vec<Line> = Vec::new();
    for line in lines(text, 0).flat_map(at_page_breaks) {
        if line.text.is_empty() {
            writer.block(text, &block);
            block.clear();
        } else {
            block.push(line);
        }
    }
    writer.block(text, &block);
    writer.body
}

/// A text of more lines is a list made by a machine: it is kept as it is typed, and its blocks and lines are
/// not told apart.
const MOST_LINES: usize = 400_000;

/// The whole text as one block, letter for letter.
pub fn as_typed(text: &str) -> Body {
    let whole = Span::new(0..text.len());
    let blocks = vec![Block::Code(vec![Text { reading: whole, file: Some(whole) }])];
    Body { reading: text.to_string(), blocks, ..Body::default() }
}

/// Form feeds and vertical tabs end a line too; a page that begins within a paragraph does not end it. Lines
/// come trimmed.
fn at_page_breaks(line: Line) -> impl Iterator<Item = Line> {
    let whole_is_blank = line.is_blank();
    let mut at = line.start;
    line.text.split(['\u{B}', '\u{C}']).filter_map(move |piece| {
        let start = at + piece.len() - piece.trim_start().len();
        at += piece.len() + 1;
        let text = piece.trim();
        (whole_is_blank || !text.is_empty()).then_some(Line { text, start, next: at })
    })
}

/// Whether the lines of a block were broken to fit a width: all but the last come near the longest.
fn is_wrapped(block: &[Line]) -> bool {
    let columns: Vec<usize> = block.iter().map(|line| columns(line.text)).collect();
    let Some((_, all_but_last)) = columns.split_last() else { return false };
    let longest = columns.iter().copied().max().unwrap_or(0);
    WRAPPED.contains(&longest) && all_but_last.iter().all(|&columns| columns * 4 >= longest * 3)
}

/// Whether the next line goes on with what a line begins, in a block whose line ends are meant: it hangs
/// below it, as in a transcript or a list, and the line is as long as a wrapped one.
fn goes_on(text: &str, line: &Line, next: &Line) -> bool {
    let deep = indent(text, next);
    let hangs = deep >= HANGING && deep >= indent(text, line);
    let is_full = WRAPPED.contains(&(indent(text, line) + columns(line.text)));
    hangs && is_full && !begins_anew(next.text)
}

/// How far a line that goes on is indented at least.
const HANGING: usize = 2;

/// The columns before the first letter of a line.
fn indent(text: &str, line: &Line) -> usize {
    let before = text[..line.start]
        .chars()
        .rev()
        .take_while(|&c| c != '\n' && c != '\r' && c.is_whitespace());
    before.map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// Whether a line begins as an item, a question or an answer does: `-`, `12.`, `Q.`, `MR. KELLY:`.
fn begins_anew(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = core.chars().all(char::is_numeric) || core.chars().count() == 1 || word.ends_with(')');
    let is_label = word.ends_with(['.', ')', ':']) && core.len() <= 4 && is_number;
    let is_speaker = line
        .split_once(':')
        .is_some_and(|(name, _)| name.chars().any(char::is_alphabetic) && !name.contains(char::is_lowercase));
    core.is_empty() || is_label || is_speaker
}

struct Writer {
    body: Body,
    /// Signs of layout, as bytes of the file, and the next of them.
    signs: Vec<Range<usize>>,
    next: usize,
}

impl Writer {
    fn block(&mut self, text: &str, block: &[Line]) {
        if is_wrapped(block) {
            return self.paragraph(block);
        }
        block
            .chunk_by(|line, next| goes_on(text, line, next))
            .for_each(|lines| self.paragraph(lines));
    }

    fn paragraph(&mut self, lines: &[Line]) {
        if !self.body.reading.is_empty() {
            self.body.reading.push('\n');
        }
        let mut words = Vec::with_capacity(2 * lines.len());
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                self.line_end(&lines[i - 1], line, &mut words);
            }
            self.line(line, &mut words);
        }
        self.body.blocks.push(Block::Paragraph(words));
    }

    /// A space, where the file has a line end. A passage may begin or end there even between two numbers.
    fn line_end(&mut self, before: &Line, after: &Line, words: &mut Vec<Inline>) {
        let end = before.end();
        let counts = |c: char| c.is_numeric() || !c.is_alphanumeric();
        if before.text.ends_with(counts) && after.text.starts_with(counts) {
            words.push(Inline::Edge);
        }
        let space = self.leaf(" ", Span::new(end..end)); // an empty span: another byte stands there than here
        let hyphen = self
            .signs
            .get(self.next)
            .is_some_and(|sign| sign.start <= end && end < sign.end);
        words.push(if hyphen { Inline::Sign(space) } else { Inline::Text(space) });
    }

    fn line(&mut self, line: &Line, words: &mut Vec<Inline>) {
        let mut at = line.start;
        while let Some(sign) = self
            .signs
            .get(self.next)
            .cloned()
            .filter(|sign| sign.start < line.end())
        {
            let (start, end) = (sign.start.max(at), sign.end.min(line.end()));
            if start > at {
                self.plain(line, at..start, words);
            }
            if end > start {
                words.push(Inline::Sign(self.piece(line, start..end)));
                at = end;
            }
            if sign.end > line.end() {
                break; // it goes on behind the line's end
            }
            self.next += 1;
        }
        if at < line.end() {
            self.plain(line, at..line.end(), words);
        }
    }

    /// Words, of which some may be struck letter by letter, as chats and phones do it.
    fn plain(&mut self, line: &Line, range: Range<usize>, words: &mut Vec<Inline>) {
        let typed = &line.text[range.start - line.start..range.end - line.start];
        let mut at = range.start;
        for struck in struck(typed) {
            let (start, end) = (range.start + struck.start, range.start + struck.end);
            if start > at {
                words.push(Inline::Text(self.piece(line, at..start)));
            }
            words.push(Inline::Strike(vec![Inline::Text(self.piece(line, start..end))]));
            at = end;
        }
        if at < range.end {
            words.push(Inline::Text(self.piece(line, at..range.end)));
        }
    }

    fn piece(&mut self, line: &Line, range: Range<usize>) -> Text {
        self.leaf(&line.text[range.start - line.start..range.end - line.start], Span::new(range))
    }

    fn leaf(&mut self, words: &str, file: Span) -> Text {
        let start = self.body.reading.len();
        self.body.reading.push_str(words);
        Text { reading: Span::new(start..self.body.reading.len()), file: Some(file) }
    }
}

/// Letters with a stroke through each of them (U+0335 to U+0338), two and more in a row, with the spaces
/// between them. A single one is a letter or a sign of its own (`≠`).
fn struck(typed: &str) -> Vec<Range<usize>> {
    let is_stroke = |c: char| ('\u{335}'..='\u{338}').contains(&c);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    if !typed.contains(is_stroke) {
        return Vec::new();
    }
    let mut letters = typed.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        let (mut end, mut stroke) = (start + c.len_utf8(), false);
        while let Some((at, mark)) = letters.next_if(|(_, mark)| is_combining_mark(*mark)) {
            (end, stroke) = (at + mark.len_utf8(), stroke || is_stroke(mark));
        }
        if !stroke {
            continue;
        }
        let goes_on = |last: &&mut (Range<usize>, usize)| {
            typed[last.0.end..start].chars().all(|c| c == ' ' || c == '\u{A0}')
        };
        match found.last_mut().filter(goes_on) {
            Some((run, count)) => (run.end, *count) = (end, *count + 1),
            None => found.push((start..end, 1)),
        }
    }
    let several = found.into_iter().filter(|(_, count)| *count > 1);
    several.map(|(run, _)| run).collect()
}

/// How wide a line is on a screen of fixed letters: what Han, Kana, Hangul and their kin write takes two
/// columns, an accent none.
fn columns(line: &str) -> usize {
    line.chars()
        .map(|c| if is_combining_mark(c) { 0 } else { 1 + usize::from(is_wide(c)) })
        .sum()
}

/// East Asian Width `W` and `F` (UAX #11), by blocks.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
            | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One paragraph a line, its leaves parted by `|`.
    fn check(input: &str) -> String {
        let body = text(input);
        let shown: Vec<String> = body
            .blocks
            .iter()
            .map(|block| {
                leaves(block)
                    .iter()
                    .map(|&leaf| body.text(leaf))
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect();
        shown.join("\n")
    }

    fn leaves(block: &Block) -> Vec<Text> {
        let Block::Paragraph(words) = block else { panic!("plain text holds paragraphs only") };
        let leaf = |inline: &Inline| match inline {
            Inline::Text(leaf) | Inline::Sign(leaf) => Some(*leaf),
            Inline::Edge => None,
            _ => panic!("plain text holds text only"),
        };
        words.iter().filter_map(leaf).collect()
    }

    const SIXTY: &str = "The United States trade deficit in goods with Viet Nam grew.";

    #[test]
    fn a_block_of_lines_of_one_length_is_one_paragraph() {
        assert_eq!(check(&format!("{SIXTY}\n{SIXTY}\nIt fell.\n")), format!("{SIXTY}| |{SIXTY}| |It fell."));
        let three_quarters = &SIXTY[..45];
        assert_eq!(check(&format!("{three_quarters}\n{SIXTY}\n")), format!("{three_quarters}| |{SIXTY}"));
        assert_eq!(check(&format!("{}\n{SIXTY}\n", &SIXTY[..44])), format!("{}\n{SIXTY}", &SIXTY[..44]));
    }

    #[test]
    fn a_list_an_address_and_long_lines_keep_their_line_ends() {
        assert_eq!(check("Ha Noi\n1 Trang Tien\n\nDear Sir,\n"), "Ha Noi\n1 Trang Tien\nDear Sir,");
        let long = "word ".repeat(30);
        assert_eq!(check(&format!("{long}\n{long}")), format!("{}\n{}", long.trim(), long.trim()));
    }

    #[test]
    fn a_line_that_hangs_below_a_full_one_goes_on_with_it() {
        let question = format!("Q.  {}", &SIXTY[..54]);
        let joined = |next: &str| check(&format!("Title of it\n{question}\n{next}\n")).lines().count() == 2;
        for next in [
            "    and so on",
            "      Mr. Kelly agreed",
            "\tand so on",
            "    (he laughs) and so on",
            "    I own it",
        ] {
            assert!(joined(next), "{next:?}");
        }
        for next in [
            "and so on",
            " and so on",
            "    A.  No.",
            "    - an item",
            "    12. an item",
            "    (b) an item",
            "    MR. KELLY: No.",
            "    * * *",
        ] {
            assert!(!joined(next), "{next:?}");
        }
        // Short lines are set so: an address, a verse, the head of a letter.
        assert_eq!(check("THE STATE,\n      Plaintiff,\n  vs.\n"), "THE STATE,\nPlaintiff,\nvs.");
    }

    #[test]
    fn a_han_character_takes_two_columns_and_an_accent_none() {
        assert_eq!(columns("中文 a"), 6);
        assert_eq!(columns("To\u{302}"), 2);
        let thirty = "越南社会主义共和国是东南亚的一个国家首都河内面积约三十三万平方";
        assert_eq!(check(&format!("{thirty}\n{thirty}\n公里")), format!("{thirty}| |{thirty}| |公里"));
    }

    #[test]
    fn every_line_end_and_a_page_break_are_white_space() {
        for end in ["\n", "\r\n", "\r", " \t\n  ", "\n\u{C}", "\u{C}"] {
            assert_eq!(check(&format!("{SIXTY}{end}{SIXTY}")), format!("{SIXTY}| |{SIXTY}"), "{end:?}");
        }
        for blank in ["\n\n", "\r\n\r\n", "\r\r", "\n \t \n", "\n\u{C}\n"] {
            assert_eq!(check(&format!("{SIXTY}{blank}{SIXTY}")), format!("{SIXTY}\n{SIXTY}"), "{blank:?}");
        }
    }

    #[test]
    fn no_sign_means_anything() {
        assert_eq!(
            check("# a* b_ ==c\n[d](e) `f` &amp; <g>\n\n---\n"),
            "# a* b_ ==c\n[d](e) `f` &amp; <g>\n---"
        );
        assert_eq!(check("a\tb  c"), "a\tb  c");
        assert_eq!(check(""), "");
        assert_eq!(check(" \n\t\n"), "");
    }

    #[test]
    fn a_text_of_very_many_lines_is_kept_as_it_is_typed() {
        let lines = "one\ntwo  \r\n".repeat(MOST_LINES);
        let body = text(&lines);
        assert_eq!(body.reading, lines);
        assert!(matches!(body.blocks.as_slice(), [Block::Code(whole)] if body.text(whole[0]) == lines));
        assert_eq!(text(&"one\n".repeat(1000)).blocks.len(), 1000);
    }

    #[test]
    fn signs_of_layout_stay_and_are_told() {
        let signs = |input: &str| {
            let body = text(input);
            let inside = body.roles().inside;
            inside
                .iter()
                .filter(|inside| inside.role == crate::model::roles::Role::Optional)
                .map(|inside| body.reading[inside.range.clone()].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(signs("> We had *no* boat.[3]\n- one\n"), ["> ", "*", "*", "[3]", "- "]);
        assert_eq!(
            signs(&format!(
                "{SIXTY} It is an evalu -\nation of it, and of many others too, as far as I know."
            )),
            [" - "]
        );
        assert_eq!(check("> a *b*"), "> |a |*|b|*");
    }

    proptest::proptest! {
        #[test]
        fn leaves_are_the_words_of_the_file_and_cover_the_reading_text(input in "(\\PC{0,30}|[a-z ]{40,70}|\n\
            |\r\n|\r|\t|\u{C}|\u{B}|é|中|\n\n){0,30}") {
            let body = text(&input);
            let mut at = 0;
            for (i, block) in body.blocks.iter().enumerate() {
                if i > 0 {
                    proptest::prop_assert_eq!(&body.reading[at..=at], "\n");
                    at += 1;
                }
                for leaf in leaves(block) {
                    proptest::prop_assert_eq!(leaf.reading.range().start, at);
                    at = leaf.reading.range().end;
                    let file = leaf.file.expect("plain text knows its bytes");
                    let typed = input.get(file.range()).expect("a span lies in the file at characte\
                        r borders");
                    if file.len() == leaf.reading.len() {
                        proptest::prop_assert_eq!(typed, body.text(leaf));
                    }
                }
            }
            proptest::prop_assert_eq!(at, body.reading.len());
            let words = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
            proptest::prop_assert_eq!(words(&body.reading), words(&input));
        }
    }
}
