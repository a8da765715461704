//! Characters of a source that nobody sees and that change what is seen: they are shown as signs, and act no
//! more.
//!
//! A control can turn the digits of a number round, or hide that two words are one. So a page never passes it
//! on: an empty element with its name stands in its place, drawn by the stylesheet and read aloud. The text
//! of a page is what a person reads; the source's own characters are in the data.

use crate::parse::look;

/// Text that is shown as it is, or a sign for what is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Text(&'a str),
    Sign(String),
}

/// The parts of a source's text, with signs for what turns text round. `quoted` text, which people vouch for,
/// and what stands at a digit shows all else that is unseen too. Elsewhere marks of direction and of word
/// borders are how Arabic and Khmer are written.
pub fn parts(text: &str, quoted: bool) -> Vec<Part<'_>> {
    if text.is_ascii() {
        return vec![Part::Text(text)];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    let mut flag = false;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let before = last.replace(c);
        flag = c == BLACK_FLAG || flag && look::is_tag(c);
        let at_digit = || {
            let behind = text[end..].chars().next();
            before.into_iter().chain(behind).any(char::is_numeric)
        };
        if turns(c) || is_unseen(c) && !flag && (quoted || at_digit()) {
            parts.extend([Part::Text(&text[from..at]), Part::Sign(name(c))]);
            from = end;
        }
    }
    parts.push(Part::Text(&text[from..]));
    parts
}

/// Embeddings, overrides and isolates of the bidirectional algorithm.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What changes nothing in how words are spelt: see `look`. Controls of the machine stand for no sign, and no
/// page has them.
fn is_unseen(c: char) -> bool {
    look::is_no_word(c) && !look::is_of_setting(c) && !c.is_control()
}

/// The flag of Scotland is a black flag and tags.
const BLACK_FLAG: char = '\u{1f3f4}';

/// As the Unicode Standard abbreviates it.
fn name(c: char) -> String {
    let short = match c {
        '\u{61c}' => "ALM",
        '\u{200b}' => "ZWSP",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{feff}' => "ZWNBSP",
        c => return format!("U+{:04X}", u32::from(c)),
    };
    short.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_as(text: &str, quoted: bool) -> String {
        let shown = |part: Part| match part {
            Part::Text(text) => text.to_string(),
            Part::Sign(sign) => format!("[{sign}]"),
        };
        parts(text, quoted).into_iter().map(shown).collect()
    }

    #[test]
    fn what_turns_text_round_is_a_sign_everywhere() {
        for (c, sign) in [('\u{202a}', "LRE"), ('\u{202e}', "RLO"), ('\u{2067}', "RLI"), ('\u{2069}', "PDI")]
        {
            for quoted in [true, false] {
                assert_eq!(shown_as(&format!("a {c}b<"), quoted), format!("a [{sign}]b<"));
            }
        }
    }

    #[test]
    fn other_unseen_characters_are_signs_where_people_vouch_for_the_words_and_at_digits() {
        assert_eq!(shown_as("may\u{200b}or", true), "may[ZWSP]or");
        assert_eq!(shown_as("may\u{200b}or", false), "may\u{200b}or");
        assert_eq!(shown_as("1\u{200f}23", false), "1[RLM]23");
        assert_eq!(shown_as("x\u{e0041}", true), "x[U+E0041]");
    }

    #[test]
    fn what_words_are_spelt_with_stays() {
        for text in [
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "co\u{ad}operate",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "❤\u{fe0f}",
            "plain",
        ] {
            assert_eq!(shown_as(text, true), text);
        }
    }
}
