//! A text as the row of its letters, so that words are found again whatever stands between or within them.
//!
//! Blanks, signs, brackets, marks of emphasis and characters that nobody sees are no letters; a letter is
//! what it looks like. So `the.zanary`, `z-anary` and a Cyrillic `а` hide nothing. Eight words in a row are
//! found by the hash of their first letters, then of all.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::body::{Block, Body, Inline, Item, Row, each_leaf_of_blocks};
use crate::parse::look::{Look, looks};

/// So many words in a row are a quotation.
pub const WINDOW: usize = 8;

/// So many letters are looked up first: eight words have no fewer.
const FIRST: usize = 8;

/// No text has more lengths of eight words that begin alike, unless someone made it so.
const LENGTHS: usize = 64;

/// Whether figures are letters of a row, or stand between its words as signs do: `the keeper (1) of the gate
/// (2)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    #[default]
    Count,
    Skipped,
}

/// The letters of a text, and where each came from.
#[derive(Default)]
pub struct Letters {
    figures: Figures,
    /// The hash of the first n letters, from none to all.
    hashes: Vec<u64>,
    places: Vec<Range<usize>>,
}

/// A factor of the hash of a row; any odd number that is large will do.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Letters {
    pub fn of(text: &str, figures: Figures) -> Letters {
        let mut letters = Letters { figures, ..Letters::default() };
        letters.add(text, 0);
        letters
    }

    /// The letters of a text in a row, as they look.
    pub fn spelled(text: &str) -> String {
        let looks = text.chars().flat_map(char::to_lowercase).flat_map(looks);
        looks
            .filter_map(|look| match look {
                Look::Letter(letter) | Look::Digit(letter) | Look::Other(letter) => Some(letter),
                Look::Space | Look::Dash | Look::Colon | Look::Equals | Look::Sign(_) => None,
            })
            .collect()
    }

    /// The letters of what is seen of a body: without what is struck and what stands in `<…>`, with what
    /// pictures say.
    pub fn woven(body: &Body, figures: Figures) -> Letters {
        let mut letters = Letters { figures, ..Letters::default() };
        letters.blocks(body, &body.blocks);
        letters
    }

    fn add(&mut self, text: &str, from: usize) {
        for (at, c) in text.char_indices() {
            self.add_char(c, from + at..from + at + c.len_utf8());
        }
    }

    fn add_char(&mut self, c: char, place: Range<usize>) {
        for look in c.to_lowercase().flat_map(looks) {
            let (Look::Letter(letter) | Look::Digit(letter) | Look::Other(letter)) = look else { continue };
            if self.figures == Figures::Skipped && letter.is_numeric() {
                continue;
            }
            let last = self.hashes.last().copied().unwrap_or_default();
            if self.hashes.is_empty() {
                self.hashes.push(0);
            }
            let letter = u64::from(u32::from(letter))
                .wrapping_add(1)
                .wrapping_mul(0x0000_0100_0000_01b3);
            self.hashes
                .push(last.wrapping_mul(FACTOR).wrapping_add(letter ^ (letter >> 29)));
            self.places.push(place.clone());
        }
    }

    fn blocks(&mut self, body: &Body, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(body, content),
                Block::List { items, .. } => {
                    items.iter().for_each(|Item { blocks, .. }| self.blocks(body, blocks))
                }
                Block::Quote(blocks)
                | Block::Unattributed { blocks, .. }
                | Block::Footnote { blocks, .. } => self.blocks(body, blocks),
                Block::Table(table) => {
                    self.inlines(body, &table.caption);
                    let rows = table.head.iter().chain(&table.rows);
                    rows.flat_map(|Row { cells }| cells)
                        .for_each(|cell| self.inlines(body, &cell.content));
                }
                Block::Code(_) => each_leaf_of_blocks(std::slice::from_ref(block), &mut |leaf| {
                    self.add(body.text(leaf), leaf.reading.start as usize);
                }),
                Block::Quotation(_) | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, body: &Body, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => {
                    self.without_tags(body.text(*text), text.reading.start as usize)
                }
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content) => {
                    self.inlines(body, content);
                }
                Inline::Link { content, .. } | Inline::Ruby { base: content, .. } => {
                    self.inlines(body, content)
                }
                Inline::Image { alt, .. } => {
                    let at = self.places.last().map_or(0, |place| place.end);
                    alt.chars().for_each(|c| self.add_char(c, at..at));
                }
                Inline::Strike(_)
                | Inline::Break
                | Inline::FootnoteRef(_)
                | Inline::Reference { .. }
                | Inline::Number(_)
                | Inline::Edge => {}
            }
        }
    }

    fn without_tags(&mut self, text: &str, from: usize) {
        let mut at = 0;
        while let Some(open) = text[at..].find('<').map(|open| at + open) {
            self.add(&text[at..open], from + at);
            at = tag_end(text, open).unwrap_or(open + 1);
        }
        self.add(&text[at..], from + at);
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    /// The hash of a row of letters, wherever it stands.
    fn hash(&self, row: Range<usize>) -> u64 {
        let power = u32::try_from(row.len()).unwrap_or(u32::MAX);
        self.hashes[row.end].wrapping_sub(self.hashes[row.start].wrapping_mul(FACTOR.wrapping_pow(power)))
    }
}

/// `<wbr>`, `</b>`: where it ends.
fn tag_end(text: &str, open: usize) -> Option<usize> {
    const LONGEST: usize = 200;
    let rest = &text[open + 1..];
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    rest.starts_with(|c: char| c.is_alphabetic() || c == '/')
        .then_some(open + 1 + end + 1)
}

/// Eight words in a row: what they hash to, the first letters and all, how many letters, and the range that
/// they take up.
pub struct Eight {
    first: u64,
    pub whole: u64,
    length: usize,
    pub range: Range<usize>,
}

/// Every eight words in a row; with figures among them, those without them too.
pub fn eights(text: &str) -> Vec<Eight> {
    let mut all = eights_with(text, Figures::Count);
    if text.contains(char::is_numeric) {
        all.extend(eights_with(text, Figures::Skipped));
    }
    all
}

fn eights_with(text: &str, figures: Figures) -> Vec<Eight> {
    let mut letters = Letters { figures, ..Letters::default() };
    let mut words: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (at, word) in text.unicode_word_indices() {
        let from = letters.len();
        letters.add(word, at);
        if letters.len() > from {
            words.push((from..letters.len(), at..at + word.len()));
        }
    }
    let eight = |words: &[(Range<usize>, Range<usize>)]| {
        let row = words[0].0.start..words[WINDOW - 1].0.end;
        Eight {
            first: letters.hash(row.start..row.start + FIRST),
            whole: letters.hash(row.clone()),
            length: row.len(),
            range: words[0].1.start..words[WINDOW - 1].1.end,
        }
    };
    words.windows(WINDOW).map(eight).collect()
}

/// Rows of eight words that are looked for, and what each is known by.
pub struct Wanted<T> {
    lengths: HashMap<u64, Vec<usize>>,
    known: HashMap<u64, T>,
}

impl<T> Default for Wanted<T> {
    fn default() -> Wanted<T> {
        Wanted { lengths: HashMap::new(), known: HashMap::new() }
    }
}

impl<T> Wanted<T> {
    pub fn add(&mut self, eight: &Eight, known: T) {
        let lengths = self.lengths.entry(eight.first).or_default();
        if !lengths.contains(&eight.length) {
            if lengths.len() == LENGTHS {
                return;
            }
            lengths.push(eight.length);
        }
        self.known.entry(eight.whole).or_insert(known);
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub fn retain(&mut self, keeps: impl Fn(u64) -> bool) {
        self.known.retain(|&whole, _| keeps(whole));
    }

    /// Every row of a text that is wanted; those that overlap are one.
    pub fn runs(&self, letters: &Letters) -> Vec<(Range<usize>, &T)> {
        let mut runs: Vec<(Range<usize>, &T)> = Vec::new();
        for start in 0..(letters.len() + 1).saturating_sub(FIRST) {
            let Some(lengths) = self.lengths.get(&letters.hash(start..start + FIRST)) else { continue };
            let fits = |length: usize| {
                (start + length <= letters.len())
                    .then(|| self.known.get(&letters.hash(start..start + length)))?
            };
            let Some((length, known)) = lengths
                .iter()
                .filter_map(|&length| Some((length, fits(length)?)))
                .max_by_key(|&(length, _)| length)
            else {
                continue;
            };
            let range = letters.places[start].start..letters.places[start + length - 1].end;
            match runs.last_mut() {
                Some((run, _)) if range.start < run.end => run.end = run.end.max(range.end),
                _ => runs.push((range, known)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(source: &str, written: &str) -> bool {
        let mut wanted = Wanted::default();
        eights(source).iter().for_each(|eight| wanted.add(eight, ()));
        [Figures::Count, Figures::Skipped]
            .iter()
            .any(|&figures| !wanted.runs(&Letters::of(written, figures)).is_empty())
    }

    #[test]
    fn words_are_found_whatever_stands_between_and_within_them() {
        let source = "the mayor of port merrow was not there then";
        for written in [
            "The Mayor — of “Pórt Mérrow”, was NOT\nthere; then!",
            "the.mayor.of.port.merrow.was.not.there.then",
            "the_mayor_of_port_merrow_was_not_there_then",
            "the-mayor-of-port-merrow-was-not-there-then",
            "the m\u{200b}ayor\u{2060}of\u{ad}port mer\u{3164}row was not there",
            "[t]he m[a]yor of port merrow was not there",
            "thе mаyor оf pоrt merrоw wаs nоt thеre",
            "See: the m-a-y-o-r of port merrow was not there, it says",
            "The mayor (1) of port (2) merrow 3 was not 4 there",
            "the mayor¹ of port² merrow was ③ not there",
            "the%20mayor%20of%20port%20merrow%20was%20not%20there",
        ] {
            assert!(finds(source, written), "{written:?}");
        }
        for written in ["the mayor of port merrow was there then too", "mayor of port merrow was not", ""] {
            assert!(!finds(source, written), "{written:?}");
        }
        assert!(eights("seven words in a row are none").is_empty());
        assert!(finds("a b c d e f g h", "A. B. C. D. E. F. G. H."));
        assert!(finds(
            "on 3 may the 12 boats of port merrow were sold",
            "on may the boats of port merrow were"
        ));
        assert!(!finds("1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 9"));
    }

    /// What is looked at grows with the text: of twice the words twice the rows are made, and a letter of
    /// what is written is looked up in no more than a bounded number of lengths.
    #[test]
    fn twice_the_words_cost_twice_the_work() {
        let words = |count: usize| (0..count).map(|n| format!("w{}x ", n % 97)).collect::<String>();
        let rows = |count: usize| eights(&words(count)).len();
        let (once, twice) = (rows(4_000), rows(8_000));
        assert!(twice <= 2 * once + 64, "{once} {twice}");
        for source in [words(8_000), "a ".repeat(8_000), "ab ".repeat(8_000), "a1 ".repeat(8_000)] {
            let mut wanted = Wanted::default();
            eights(&source).iter().for_each(|eight| wanted.add(eight, ()));
            let most = wanted.lengths.values().map(Vec::len).max().unwrap_or_default();
            assert!(most <= LENGTHS, "{most}");
            assert!(wanted.runs(&Letters::of(&source, Figures::Count)).len() <= 1);
        }
    }
}
