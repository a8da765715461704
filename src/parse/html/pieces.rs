//! Parts an HTML file into pieces that the tokenizer is fed one by one, so that we know where in the file it
//! is when it speaks: html5ever itself counts lines only.
//!
//! A piece is a tag, a comment, a character reference, the raw content of a script, or the text between them.
//! Where this parting errs, a place is less exact and nothing else: the tokenizer gets every byte in its
//! order.

use std::ops::Range;

use memchr::memmem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// `&amp;`: other bytes in the file than in the text.
    Reference,
    Tag,
    /// A comment, a declaration, an instruction; the content of a script.
    Silent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// Elements whose content is no markup up to their closing tag.
const RAW: &[&str] =
    &["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title"];

/// The pieces of a file from a byte on; together they are the file.
pub fn pieces(text: &str, from: usize) -> impl Iterator<Item = Piece> {
    let mut at = from;
    let mut raw: Option<&'static str> = None;
    let mut ends = Ends::default();
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (kind, length) = match raw.take() {
            Some(name) => match raw_length(rest, name) {
                0 => markup(text, at, &mut ends),
                length if matches!(name, "title" | "textarea" | "xmp") => (Kind::Text, length),
                length => (Kind::Silent, length),
            },
            None => markup(text, at, &mut ends),
        };
        let piece = Piece { kind, range: at..at + length };
        if kind == Kind::Tag {
            raw = RAW
                .iter()
                .copied()
                .find(|name| opens(&text[piece.range.clone()], name));
        }
        at = piece.range.end;
        Some(piece)
    })
}

/// Where the next comment's end and the next `>` stand, remembered so that many comments without an end cost
/// one search.
#[derive(Default)]
struct Ends {
    no_comment_ends_from: Option<usize>,
}

fn markup(text: &str, at: usize, ends: &mut Ends) -> (Kind, usize) {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    match bytes {
        [b'&', ..] => reference_length(bytes).map_or((Kind::Text, 1), |length| (Kind::Reference, length)),
        [b'<', b'!', b'-', b'-', ..] => (Kind::Silent, comment_length(text, at, ends)),
        [b'<', b'!' | b'?', ..] => {
            (Kind::Silent, memchr::memchr(b'>', bytes).map_or(bytes.len(), |end| end + 1))
        }
        [b'<', letter, ..] if letter.is_ascii_alphabetic() => (Kind::Tag, tag_length(bytes)),
        [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => (Kind::Tag, tag_length(bytes)),
        [b'<', ..] => (Kind::Text, 1),
        _ => (Kind::Text, memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len())),
    }
}

fn comment_length(text: &str, at: usize, ends: &mut Ends) -> usize {
    let rest = &text.as_bytes()[at..];
    if ends.no_comment_ends_from.is_some_and(|from| at >= from) {
        return rest.len();
    }
    match memmem::find(&rest[2..], b"-->") {
        Some(end) => end + 5,
        None => {
            ends.no_comment_ends_from = Some(at);
            rest.len()
        }
    }
}

/// `&amp;`, `&#8212;`, `&nbsp`: the name and its semicolon, if it has one. Names are shorter than this.
const LONGEST_REFERENCE: usize = 40;

fn reference_length(bytes: &[u8]) -> Option<usize> {
    let name = bytes[1..]
        .iter()
        .take(LONGEST_REFERENCE)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
        .count();
    let semicolon = usize::from(bytes.get(1 + name) == Some(&b';'));
    (name > 0).then_some(1 + name + semicolon)
}

/// A tag's length up to its `>`, which may also stand in a quoted value.
fn tag_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = memchr::memchr2(b'>', b'=', &bytes[at..]) {
        at += found + 1;
        if bytes[at - 1] == b'>' {
            return at;
        }
        at += bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
            match memchr::memchr(quote, &bytes[at + 1..]) {
                Some(end) => at += end + 2,
                None => return bytes.len(),
            }
        }
    }
    bytes.len()
}

fn opens(tag: &str, name: &str) -> bool {
    let rest = tag.get(1..).unwrap_or_default();
    let after = rest.as_bytes().get(name.len());
    let named = rest
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    named && after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

/// How long the raw content of an element is: up to its closing tag.
fn raw_length(rest: &str, name: &str) -> usize {
    let closes = |&at: &usize| {
        let tail = rest.get(at + 2..).unwrap_or_default();
        let named = tail
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        named
            && tail
                .as_bytes()
                .get(name.len())
                .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    };
    memmem::find_iter(rest.as_bytes(), b"</")
        .find(closes)
        .unwrap_or(rest.len())
}

/// More attributes than this has no tag that a person or a program writes for people. The tokenizer compares
/// each with all others.
const ATTRIBUTES: usize = 256;

/// Whether a tag has so many attributes that only its name is worth reading.
pub fn is_overloaded(tag: &str) -> bool {
    if tag.len() < ATTRIBUTES {
        return false;
    }
    let bytes = tag.as_bytes();
    let (mut at, mut parts) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let quoted = match byte {
            b'"' | b'\'' => memchr::memchr(byte, &bytes[at + 1..]).map(|end| end + 1),
            _ => None,
        };
        parts += usize::from(byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\''));
        at += 1 + quoted.unwrap_or(0);
    }
    parts > ATTRIBUTES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        pieces(text, 0)
            .map(|piece| format!("{:?} {}", piece.kind, &text[piece.range]))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn tags_references_comments_and_scripts_are_pieces() {
        assert_eq!(
            check("a <b x=\"1>2\">c&amp;d&e</b><!-- <p> -->"),
            "Text a \nTag <b x=\"1>2\">\nText c\nReference &amp;\nText d\nReference &e\nTag </b>\nSilent \
                <!-- <p> -->"
        );
        assert_eq!(
            check("<script>if (a<b && c=='x') '</p>'</SCRIPT >d"),
            "Tag <script>\nSilent if (a<b && c=='x') '</p>'\nTag </SCRIPT >\nText d"
        );
        assert_eq!(check("1 < 2 <"), "Text 1 \nText <\nText  2 \nText <");
        assert_eq!(
            check("<!doctype html><?xml?>& <title>a<b></title>"),
            "Silent <!doctype html>\nSilent <?xml?>\nText &\nText  \nTag <title>\nText a<b>\nTag </title>"
        );
        assert_eq!(check("<script></script>"), "Tag <script>\nTag </script>");
        assert_eq!(check("<a b='"), "Tag <a b='");
    }

    #[test]
    fn a_tag_of_hundreds_of_attributes_is_overloaded_and_a_long_value_is_not() {
        assert!(is_overloaded(&format!("<a {}>", "b=c ".repeat(300))));
        assert!(is_overloaded(&format!("<a {}>", "b=''".repeat(300))));
        assert!(!is_overloaded(&format!("<img src=\"data:image/png;base64,{}\">", "a/b ".repeat(300))));
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_file(text in "(<|>|</|<!--|-->|&|;|#|amp|script|title|=|\"|'| \
            |a|é|/|!|\\?){0,60}") {
            let whole: String = pieces(&text, 0).map(|piece| text[piece.range].to_string()).collect();
            proptest::prop_assert_eq!(whole, text);
        }
    }
}
