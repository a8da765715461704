//! What the target of a link says: an address of the web, a file or name of the dossier, or nothing that may
//! be followed.

use std::ops::Range;

use crate::model::body::{Address, Name, NameKind};
use crate::model::span::{Span, Spanned};

/// Where an ordinary link leads (`[text](destination)`).
#[derive(Debug, PartialEq)]
pub enum Lead {
    Address(Address),
    /// A relative path, percent-decoded, and what stands behind `#`.
    File {
        path: String,
        fragment: Option<String>,
    },
    /// An address that no page may lead to: of another scheme, or one that borrows the scheme of the page
    /// (`//host`).
    Unsafe,
    /// Nothing at all: `[text]()`.
    Empty,
}

/// Reads a destination as browsers would: without the white space and control characters that they drop.
pub fn lead(destination: &str) -> Lead {
    let clean: String = destination.trim().chars().filter(|c| !c.is_control()).collect();
    if clean.is_empty() {
        Lead::Empty
    } else if has_scheme(&clean) {
        Address::new(&clean).map_or(Lead::Unsafe, Lead::Address)
    } else if clean.replace('\\', "/").starts_with("//") {
        Lead::Unsafe
    } else {
        let (path, fragment) = match clean.split_once('#') {
            Some((path, fragment)) => (path, Some(percent_decoded(fragment))),
            None => (clean.as_str(), None),
        };
        Lead::File { path: percent_decoded(path), fragment }
    }
}

/// RFC 3986: a letter, then letters, digits, `+`, `-`, `.`, then a colon.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// `%20` → a space; as typed where the bytes are no UTF-8.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |byte: Option<&u8>| byte.and_then(|&byte| (byte as char).to_digit(16));
        match (first, hex(tail.first()), hex(tail.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}

/// Takes `[[name#fragment|label]]` apart, with or without a `!` before it. `offset` is the place of `typed`
/// in the file. In a table's cell the bar is typed `\|`; the backslash belongs to it.
pub fn wiki(typed: &str, offset: usize, kind: NameKind) -> Name {
    let start = typed.find("[[").map_or(0, |at| at + 2);
    let end = typed.rfind("]]").map_or(typed.len(), |at| at.max(start));
    let (before, labelled) = match typed[start..end].find('|') {
        Some(bar) => (start..start + bar, true),
        None => (start..end, false),
    };
    let before =
        if labelled && typed[before.clone()].ends_with('\\') { before.start..before.end - 1 } else { before };
    let (text, fragment) = match typed[before.clone()].find('#') {
        Some(hash) => (before.start..before.start + hash, Some(before.start + hash + 1..before.end)),
        None => (before, None),
    };
    let spanned = |range: Range<usize>| {
        let words = typed[range.clone()].trim();
        let start = range.start + (typed[range.clone()].len() - typed[range].trim_start().len());
        Spanned::new(words.to_string(), Span::new(offset + start..offset + start + words.len()))
    };
    Name { kind, text: spanned(text), fragment: fragment.map(spanned), labelled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_links_lead() {
        assert!(matches!(lead("https://example.org/a b"), Lead::Address(_)));
        assert_eq!(
            lead("../a%20b.md#c%C3%A9"),
            Lead::File { path: "../a b.md".into(), fragment: Some("cé".into()) }
        );
        assert_eq!(lead("a%ff"), Lead::File { path: "a%ff".into(), fragment: None });
        for address in [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "//host/a",
            "/\\host",
            "data:text/html,x",
            "C:\\x",
            "vbscript:x",
        ] {
            assert_eq!(lead(address), Lead::Unsafe, "{address}");
        }
        assert_eq!(lead(" "), Lead::Empty);
    }

    #[test]
    fn wikilinks_come_apart() {
        let check = |typed: &str| {
            let name = wiki(typed, 0, NameKind::Wiki);
            assert_eq!(name.text.value, typed[name.text.span.range()]);
            format!(
                "{} {:?} {}",
                name.text.value,
                name.fragment.map(|fragment| fragment.value),
                name.labelled
            )
        };
        assert_eq!(check("[[a]]"), "a None false");
        assert_eq!(check("[[ To Lam #n|the man]]"), r#"To Lam Some("n") true"#);
        assert_eq!(check("![[a.png\\|x]]"), "a.png None true");
        assert_eq!(check("[[#n]]"), r#" Some("n") false"#);
        assert_eq!(check("[["), " None false");
    }
}
