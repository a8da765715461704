//! Names made fit for addresses and for comparison.
//!
//! The rule is public (`docs/annotations.md`), since published addresses depend on it: NFC, lower
//! case, Latin letters folded to ASCII, letters of other scripts, digits, `_`, `.` and `-` kept, every other
//! run becomes one `-`, none at the ends, at most 80 characters cut at a `-`, never a name that Windows
//! reserves.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How long a slug may be, in characters: file systems allow 255 bytes, and a letter may take four.
const LIMIT: usize = 80;

/// A name by which things are addressed and compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The slug of any text; `None` where nothing of it can stand in an address (`"?!"`).
    pub fn of(text: &str) -> Option<Slug> {
        let mut slug = String::with_capacity(text.len());
        if text.is_ascii() {
            text.bytes().for_each(|byte| fold_ascii_into(byte, &mut slug));
        } else {
            text.nfc().for_each(|c| fold_into(c, &mut slug));
        }
        let slug = cut(trim(&slug));
        if slug.is_empty() {
            return None;
        }
        Some(Slug(unreserved(slug).into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The same as `fold_into` for ASCII, which most names are: a dossier compares tens of thousands.
fn fold_ascii_into(byte: u8, slug: &mut String) {
    match byte.to_ascii_lowercase() {
        kept @ (b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-') => slug.push(char::from(kept)),
        _ if slug.ends_with('-') => {}
        _ => slug.push('-'),
    }
}

/// One character's part of a slug, appended; a `-` only where the slug does not end in one.
fn fold_into(c: char, slug: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '.' | '-' => slug.push(c),
            // `x̃` has no single character
            c if is_combining_mark(c) && slug.ends_with(|last: char| last.is_ascii_alphabetic()) => {}
            c if fold_latin(c, slug) => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => slug.push(c),
            _ => {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            }
        }
    }
}

/// Appends the ASCII form of a Latin letter; false where the character is none.
fn fold_latin(c: char, slug: &mut String) -> bool {
    let plain = match c {
        'đ' | 'ð' => "d",
        'ø' => "o",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => {
            let mut parts = std::iter::once(c).nfkd();
            let Some(base @ ('a'..='z' | 'A'..='Z')) = parts.next() else { return false };
            slug.push(base.to_ascii_lowercase());
            slug.extend(
                parts
                    .filter(char::is_ascii_alphanumeric)
                    .map(|c| c.to_ascii_lowercase()),
            );
            return true;
        }
    };
    slug.push_str(plain);
    true
}

/// Without `-` at the ends and without `.` there: a name that begins with a dot is hidden, one that ends in
/// it is lost on Windows.
fn trim(slug: &str) -> &str {
    slug.trim_matches(['-', '.'])
}

fn cut(slug: &str) -> &str {
    let Some((end, _)) = slug.char_indices().nth(LIMIT) else { return slug };
    let head = &slug[..end];
    let at_a_hyphen =
        if slug[end..].starts_with('-') { Some(head) } else { head.rsplit_once('-').map(|(head, _)| head) };
    trim(at_a_hyphen.filter(|head| !trim(head).is_empty()).unwrap_or(head))
}

/// Windows refuses `con`, `aux`, `com1` … as file names, with any extension (Naming Files, Paths, and
/// Namespaces): such a name gets a `_` behind its stem.
fn unreserved(slug: &str) -> String {
    let (stem, extension) = slug.split_at(slug.find('.').unwrap_or(slug.len()));
    let numbered = |name: &str| {
        stem.len() == 4 && stem.starts_with(name) && stem.ends_with(|c: char| c.is_ascii_digit())
    };
    let reserved = matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt");
    if reserved { format!("{stem}_{extension}") } else { slug.to_string() }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl std::borrow::Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> String {
        Slug::of(text).map(|slug| slug.to_string()).unwrap_or_default()
    }

    #[test]
    fn names_that_people_write() {
        for (text, expected) in [
            ("Tô Lâm", "to-lam"),
            ("To\u{302} La\u{302}m", "to-lam"),
            ("đồng", "dong"),
            ("Straße", "strasse"),
            ("U.S.–Vietnam relations", "u.s.-vietnam-relations"),
            ("2026-01_report.v2", "2026-01_report.v2"),
            ("历史 文档", "历史-文档"),
            ("Москва", "москва"),
            ("İstanbul", "istanbul"),
            ("ﬁnance", "finance"),
            ("  --what?!--  ", "what"),
            ("...", ""),
            ("?!", ""),
            ("CON", "con_"),
            ("aux.txt", "aux_.txt"),
            ("com1", "com1_"),
            ("console", "console"),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_at_a_hyphen() {
        let text = format!("{} {}", "a".repeat(70), "b".repeat(70));
        assert_eq!(slug(&text), "a".repeat(70));
        assert_eq!(slug(&"x".repeat(200)), "x".repeat(80));
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_safe_name_that_is_its_own_slug(text in "\\PC{0,120}") {
            if let Some(slug) = Slug::of(&text) {
                let name = slug.as_str();
                proptest::prop_assert!(name.chars().count() <= LIMIT + 1);
                proptest::prop_assert!(!name.contains(['/', '\\', ' ', ':', '\0']));
                proptest::prop_assert!(!name.starts_with(['.', '-']) && !name.ends_with(['.', '-']));
                proptest::prop_assert_eq!(Slug::of(name), Some(slug.clone()));
            }
        }
    }
}
