//! Bytes become text. What a person says of the encoding decides; then a byte order mark, valid UTF-8, a
//! declaration within the file, then a guess that is said aloud. What cannot be decoded is replaced, counted
//! and reported; what is no text is refused by name.

mod guess;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::Parsed;
use crate::model::path::InputPath;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::files as mistakes;

/// A file's text, without its byte order mark; all spans count its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// The name of the encoding that it was in, as the WHATWG spells it.
    pub encoding: &'static str,
    /// Whether that is a guess.
    pub guessed: bool,
}

/// The text of a file; `None`, with the reason, where it is none.
pub fn decode(path: &InputPath, bytes: &[u8]) -> Parsed<Option<Decoded>> {
    decode_as(path, bytes, None)
}

/// The encoding of a name that people give it: `utf-8`, `latin1`, `windows-1252`.
pub fn encoding_called(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(name.trim().as_bytes())
}

/// The same, of a file of which somebody says how it is encoded.
pub fn decode_as(path: &InputPath, bytes: &[u8], said: Option<&'static Encoding>) -> Parsed<Option<Decoded>> {
    if let Some(kind) = kind(bytes) {
        return refused(mistakes::not_text(path, kind));
    }
    let (choice, bytes) = match said {
        Some(encoding) => (Choice { encoding, reason: Reason::Said }, without_mark(encoding, bytes)),
        None => choose(path, bytes),
    };
    let (text, _) = choice.encoding.decode_without_bom_handling(bytes);
    if text.contains('\0') {
        return refused(mistakes::nul_bytes(path));
    }
    let name = choice.encoding.name();
    let replaced = match choice
        .encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
    {
        Some(_) => 0,
        None => text.matches('\u{FFFD}').count(),
    };
    let mut found = Vec::new();
    match choice.reason {
        Reason::Guess => found.push(mistakes::guessed_encoding(path, name, replaced)),
        Reason::Outgrown(declared) => {
            found.push(mistakes::doubtful_encoding(path, declared.name()));
            found.extend((replaced > 0).then(|| mistakes::replaced_characters(path, name, replaced)));
        }
        _ if replaced > 0 => found.push(mistakes::replaced_characters(path, name, replaced)),
        Reason::Said | Reason::Declared | Reason::Mark | Reason::Valid => {}
    }
    let guessed = matches!(choice.reason, Reason::Guess);
    Parsed { value: Some(Decoded { text: text.into_owned(), encoding: name, guessed }), mistakes: found }
}

fn refused(mistake: Diagnostic) -> Parsed<Option<Decoded>> {
    Parsed { value: None, mistakes: vec![mistake] }
}

/// Files that are no text, by the bytes that they begin with. Only such as no text begins with by chance.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (a Word, Excel, OpenDocument or EPUB file is one)"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word or Excel file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1F\x8B\x08", "a gzip archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7FELF", "a program"),
];

fn kind(bytes: &[u8]) -> Option<&'static str> {
    let known = KINDS
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|&(_, kind)| kind);
    known.or_else(|| {
        (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some("a WebP picture")
    })
}

struct Choice {
    encoding: &'static Encoding,
    reason: Reason,
}

enum Reason {
    /// A person says so.
    Said,
    /// A byte order mark.
    Mark,
    /// The file says so.
    Declared,
    /// It is UTF-8, and says that it is something else: whatever saved it left that line as it was.
    Outgrown(&'static Encoding),
    /// It is valid UTF-8, or nearly so.
    Valid,
    Guess,
}

/// The encoding of a file, and its bytes behind the mark.
fn choose<'a>(path: &InputPath, bytes: &'a [u8]) -> (Choice, &'a [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (Choice { encoding, reason: Reason::Mark }, &bytes[length..]);
    }
    if let Some(encoding) = guess::unmarked_utf_16(bytes) {
        return (Choice { encoding, reason: Reason::Guess }, bytes);
    }
    let choice = match declared(path, bytes) {
        Some(encoding) if encoding != UTF_8 && is_rather_utf_8(encoding, bytes) => {
            Choice { encoding: UTF_8, reason: Reason::Outgrown(encoding) }
        }
        Some(encoding) if encoding != UTF_8 => Choice { encoding, reason: Reason::Declared },
        _ if is_mostly_utf_8(bytes) => Choice { encoding: UTF_8, reason: Reason::Valid },
        _ => Choice { encoding: guess::guess(bytes), reason: Reason::Guess },
    };
    (choice, bytes)
}

/// How far into a file a declaration may stand. Browsers look at 1,024 bytes; saved pages put comments before
/// it.
const HEAD: usize = 4096;

/// What an HTML file says of its encoding: `<meta charset>`, `<meta http-equiv … charset=>` or an XML
/// declaration.
fn declared(path: &InputPath, bytes: &[u8]) -> Option<&'static Encoding> {
    if !["html", "htm", "xhtml", "xht"]
        .iter()
        .any(|extension| path.extension().eq_ignore_ascii_case(extension))
    {
        return None;
    }
    let head: String = bytes
        .iter()
        .take(HEAD)
        .map(|&byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let xml = head
        .strip_prefix("<?xml")
        .and_then(|rest| label(rest.split("?>").next()?, "encoding"));
    let meta = || {
        head.split("<meta")
            .skip(1)
            .find_map(|rest| label(rest.split('>').next()?, "charset"))
    };
    let encoding = Encoding::for_label(xml.or_else(meta)?.as_bytes())?;
    // as the HTML standard has it: the declaration was read as ASCII, so UTF-16 cannot be true
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}

/// `charset = "utf-8"` → `utf-8`
fn label<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(key)?;
    let value = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    value
        .split(['"', '\'', ';', ' ', '\t', '\n', '\r', '/'])
        .next()
        .filter(|label| !label.is_empty())
}

/// Valid UTF-8; or a text that a few broken bytes are no reason to take for anything else: more characters
/// beyond ASCII are right than wrong.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong || wrong == 0
}

/// Whether a file that declares another encoding is UTF-8 all the same. Letters beyond ASCII are valid UTF-8
/// by design, hardly ever by chance.
fn is_rather_utf_8(declared: &'static Encoding, bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        return false;
    }
    let is_broken = || {
        declared
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_none()
    };
    std::str::from_utf8(bytes).is_ok() || is_broken() && is_mostly_utf_8(bytes)
}

fn without_mark<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> &'a [u8] {
    match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => &bytes[length..],
        Some(_) | None => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8]) -> String {
        let path = InputPath::new(name).expect("relative");
        let Parsed { value, mistakes } = decode(&path, bytes);
        let text =
            value.map_or("refused".to_string(), |decoded| format!("{:?} {}", decoded.text, decoded.encoding));
        mistakes
            .iter()
            .fold(text, |shown, mistake| format!("{shown}\n{}: {}", mistake.code.name, mistake.message))
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_dropped() {
        assert_eq!(check("a.txt", b"\xEF\xBB\xBFT\xC3\xB4"), "\"Tô\" UTF-8");
        assert_eq!(check("a.txt", b"\xFF\xFET\0\xF4\0"), "\"Tô\" UTF-16LE");
        assert_eq!(check("a.txt", b"\xFE\xFF\0T\0\xF4"), "\"Tô\" UTF-16BE");
        assert_eq!(
            check("a.html", b"\xEF\xBB\xBF<meta charset=gbk>\xC3\xB4"),
            "\"<meta charset=gbk>ô\" UTF-8"
        );
    }

    #[test]
    fn a_declaration_decides_in_html_and_nowhere_else() {
        assert_eq!(
            check("a.html", b"<META Charset='iso-8859-1'>T\xF4"),
            "\"<META Charset='iso-8859-1'>Tô\" windows-1252"
        );
        assert_eq!(
            check(
                "a.htm",
                b"<meta http-equiv=Content-Type content=\"text/html; charset=GB2312\">\xD6\xD0\xCE\xC4"
            ),
            "\"<meta http-equiv=Content-Type content=\\\"text/html; charset=GB2312\\\">中文\" GBK"
        );
        assert_eq!(
            check("a.xhtml", b"<?xml version='1.0' encoding='koi8-r'?>\xED"),
            "\"<?xml version='1.0' encoding='koi8-r'?>М\" KOI8-R"
        );
        assert_eq!(check("a.html", b"<meta charset=utf-16>\xC3\xB4"), "\"<meta charset=utf-16>ô\" UTF-8");
        assert_eq!(check("a.txt", b"<meta charset=gbk>\xC3\xB4"), "\"<meta charset=gbk>ô\" UTF-8");
    }

    #[test]
    fn a_declaration_that_the_file_outgrew_is_doubted_aloud() {
        assert_eq!(
            check("a.html", "<meta charset=iso-8859-1>Tô".as_bytes()),
            "\"<meta charset=iso-8859-1>Tô\" UTF-8\n\
             doubtful-encoding: `a.html` says that it is windows-1252, and is UTF-8: it is read as UTF-8"
        );
        for declared in ["gb2312", "big5", "shift_jis", "windows-1251", "iso-2022-jp"] {
            let page = format!("<meta charset={declared}>他说我们共有一百人，来自河内。");
            assert!(
                check("a.html", page.as_bytes()).starts_with(&format!("{page:?} UTF-8\ndoubtful-encoding: ")),
                "{declared}"
            );
        }
        assert_eq!(check("a.html", b"<meta charset=gbk>plain"), "\"<meta charset=gbk>plain\" GBK");
    }

    #[test]
    fn what_a_person_says_of_a_file_decides() {
        let path = InputPath::new("a.html").expect("relative");
        let check = |bytes: &[u8], name: &str| {
            let Parsed { value, mistakes } = decode_as(&path, bytes, encoding_called(name));
            let decoded = value.expect("a text");
            (decoded.text, decoded.encoding, decoded.guessed, mistakes.len())
        };
        assert_eq!(
            check(b"<meta charset=gbk>\xE9", "latin1"),
            ("<meta charset=gbk>é".into(), "windows-1252", false, 0)
        );
        assert_eq!(check(b"\xED", " KOI8-R "), ("М".into(), "KOI8-R", false, 0));
        assert_eq!(check(b"\xEF\xBB\xBFa", "utf-8"), ("a".into(), "UTF-8", false, 0));
        assert_eq!(check(b"\xFF", "utf8"), ("\u{FFFD}".into(), "UTF-8", false, 1));
        assert_eq!(encoding_called("latin-nonsense"), None);
    }

    #[test]
    fn what_is_not_utf_8_is_guessed_aloud() {
        assert_eq!(
            check("a.txt", b"Le pr\xE9sident a \xE9t\xE9 re\xE7u \xE0 Hano\xEF."),
            "\"Le président a été reçu à Hanoï.\" windows-1252\n\
             guessed-encoding: `a.txt` does not say how its letters are encoded; it is read as windows-1252"
        );
        assert_eq!(
            check("a.txt", b"T\0o\0 \0L\0a\0m\0"),
            "\"To Lam\" UTF-16LE\nguessed-encoding: `a.txt` does not say how its letters are encoded; it is \
                read as UTF-16LE"
        );
    }

    #[test]
    fn what_cannot_be_decoded_is_counted() {
        assert_eq!(
            check(
                "a.txt",
                "Tô Lâm thăm \u{1}"
                    .replace('\u{1}', "x")
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain([0xFF])
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            "\"Tô Lâm thăm x\u{FFFD}\" UTF-8\nreplaced-characters: 1 character of `a.txt` is not valid UTF-8 \
                and is read as `\u{FFFD}`"
        );
        assert_eq!(
            check("a.html", b"<meta charset=gbk>\xFF\xFF"),
            "\"<meta charset=gbk>\u{FFFD}\u{FFFD}\" GBK\n\
             replaced-characters: 2 characters of `a.html` are not valid GBK and are read as `\u{FFFD}`"
        );
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert_eq!(check("a.txt", b"%PDF-1.7\n"), "refused\nnot-text: `a.txt` is a PDF, not text");
        assert_eq!(
            check("a.html", b"RIFF\x10\x00\x00\x00WEBPVP8 "),
            "refused\nnot-text: `a.html` is a WebP picture, not text"
        );
        assert_eq!(check("a.md", b"text\0"), "refused\nnot-text: `a.md` holds NUL bytes, which no text does");
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        assert_eq!(check("a.txt", b""), "\"\" UTF-8");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused_and_never_lossy_in_silence(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            let path = InputPath::new("a.html").expect("relative");
            let parsed = decode(&path, &bytes);
            match parsed.value {
                Some(decoded) => {
                    let had_one = String::from_utf8_lossy(&bytes) == decoded.text
                        && std::str::from_utf8(&bytes).is_ok();
                    let loses = decoded.text.contains('\u{FFFD}') && !had_one;
                    proptest::prop_assert!(!loses || !parsed.mistakes.is_empty());
                }
                None => proptest::prop_assert_eq!(parsed.mistakes.len(), 1),
            }
        }
    }
}
