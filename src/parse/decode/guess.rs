//! Which encoding a text is in that does not say so, and is no UTF-8: guessed with humility.
//!
//! A text that is nearly ASCII, with a few signs or accents, is windows-1252 until words say otherwise, as
//! browsers have it. What a detector proposes instead counts only if it makes words where windows-1252 makes
//! none: letters within Latin words, or words of another script. A lone `§`, `£` or `±` that becomes a letter
//! in another encoding is no evidence at all.

use std::collections::BTreeSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text is looked at up to here; what follows says the same.
const LOOKED_AT: usize = 1 << 20;
/// With so many different words beyond ASCII a detector is believed where windows-1252 reads as well.
const TELLING_WORDS: usize = 5;

pub fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let proposed = detector.guess(None, Utf8Detection::Deny);
    if proposed == WINDOWS_1252 {
        return proposed;
    }
    let (plain, other) = (Weighed::of(WINDOWS_1252, bytes), Weighed::of(proposed, bytes));
    match other.average().cmp(&plain.average()) {
        std::cmp::Ordering::Greater => proposed,
        std::cmp::Ordering::Equal if other.words >= TELLING_WORDS => proposed,
        std::cmp::Ordering::Equal | std::cmp::Ordering::Less => WINDOWS_1252,
    }
}

/// How a text reads in an encoding: of its characters beyond ASCII, how many make sense where they stand.
#[derive(Default)]
struct Weighed {
    sense: i64,
    characters: i64,
    /// Different words with letters beyond ASCII.
    words: usize,
}

impl Weighed {
    fn of(encoding: &'static Encoding, bytes: &[u8]) -> Weighed {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[..bytes.len().min(LOOKED_AT)]);
        let mut weighed = Weighed::default();
        let mut words: BTreeSet<&str> = BTreeSet::new();
        let mut run = Run::default();
        for (at, c) in text.char_indices() {
            if is_letter(c) {
                run.letters.push(c);
                run.end = at + c.len_utf8();
                continue;
            }
            weighed.run(&run, Some(c), &text, &mut words);
            if !c.is_ascii() {
                weighed.sign(c, run.letters.last().copied(), text[at + c.len_utf8()..].chars().next());
            }
            run = Run {
                before: Some(c),
                start: at + c.len_utf8(),
                end: at + c.len_utf8(),
                letters: Vec::new(),
            };
        }
        weighed.run(&run, None, &text, &mut words);
        weighed.words = words.len();
        weighed
    }

    /// In thousandths, so that few and many characters compare.
    fn average(&self) -> i64 {
        self.sense * 1000 / self.characters.max(1)
    }

    fn run<'t>(&mut self, run: &Run, after: Option<char>, text: &'t str, words: &mut BTreeSet<&'t str>) {
        let beyond = run.letters.iter().filter(|c| !c.is_ascii()).count();
        if beyond == 0 {
            return;
        }
        let beyond = i64::try_from(beyond).unwrap_or(i64::MAX);
        self.characters += beyond;
        match run.is_word(after) {
            true => {
                self.sense += beyond;
                words.insert(&text[run.start..run.end]);
            }
            false => self.sense -= beyond,
        }
    }

    /// A sign makes sense except within a word, where only apostrophes and the like stand.
    fn sign(&mut self, c: char, before: Option<char>, after: Option<char>) {
        let within = before.is_some() && after.is_some_and(is_letter);
        let joins = matches!(c, '’' | '‘' | '´' | '·' | '–' | '—' | '\u{ad}' | '\u{a0}' | '…');
        self.characters += 1;
        self.sense += match c {
            _ if is_nonsense(c) => -2,
            _ if within && !joins => -1,
            _ => 1,
        };
    }
}

/// Letters that follow each other, and what stands before them.
#[derive(Default)]
struct Run {
    before: Option<char>,
    start: usize,
    end: usize,
    letters: Vec<char>,
}

impl Run {
    /// Whether the letters are a word that people write.
    fn is_word(&self, after: Option<char>) -> bool {
        let beside_digit = [self.before, after].into_iter().flatten().any(|c| c.is_ascii_digit());
        let scripts: BTreeSet<Script> = self.letters.iter().map(|&c| script(c)).collect();
        match scripts.iter().collect::<Vec<_>>().as_slice() {
            [Script::Latin] => self.is_latin() && !beside_digit,
            [Script::Other] => self.is_long(3) && !beside_digit,
            // In Chinese and Japanese digits stand beside words, and one sentence is one run.
            [Script::Ideographic] => self.is_long(2),
            _ => false,
        }
    }

    /// A few letters alone are words; others stand among letters of ASCII, never three in a row.
    fn is_latin(&self) -> bool {
        if let [only] = self.letters.as_slice() {
            return "àáâãäåæèéêíîïñóôõöøúûüýÀÁÂÅÄÆÈÉÊÍÓÔÖØÚÜ".contains(*only);
        }
        let has_ascii = self.letters.iter().any(char::is_ascii);
        let crowded = self
            .letters
            .windows(3)
            .any(|three| three.iter().all(|c| !c.is_ascii()));
        has_ascii && !crowded
    }

    fn is_long(&self, letters: usize) -> bool {
        let different: BTreeSet<&char> = self.letters.iter().collect();
        self.letters.len() >= letters && different.len() >= 2
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    Latin,
    Ideographic,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}' => Script::Ideographic,
        _ => Script::Other,
    }
}

/// Letters, and the marks that some scripts write over and under them. Signs that count as letters are signs
/// here: `ª º µ`.
fn is_letter(c: char) -> bool {
    let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{e31}'..='\u{e4e}');
    mark || c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'µ')
}

/// What no text has: bytes that mean nothing in the encoding, frames and blocks, accents that stand alone.
fn is_nonsense(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{2500}'..='\u{25a1}' | '\u{e000}'..='\u{f8ff}' | 'ˇ'
        | '˘' | '˙' | '˛' | '˝')
}

/// UTF-16 without a mark: no other text holds NULs, and read from the right end it holds letters, spaces and
/// the signs of every day.
pub fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    if bytes.len() < 2 || !bytes.len().is_multiple_of(2) || !looked_at.contains(&0) {
        return None;
    }
    let zeros = |side: usize| {
        looked_at
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let read = |encoding: &'static Encoding| {
        // The higher halves of everyday characters are zero; the lower halves hardly ever are.
        let high = usize::from(encoding == UTF_16LE);
        if zeros(high) <= zeros(1 - high) {
            return None;
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(looked_at)?;
        let everyday = text
            .chars()
            .filter(|c| matches!(c, ' ' | '\n' | '\r' | '\t' | '!'..='~'))
            .count();
        let strange = text.chars().filter(|&c| is_strange(c)).count();
        (everyday > 0 && strange * 50 <= text.chars().count()).then_some((everyday, encoding))
    };
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .filter_map(read)
        .max_by_key(|(everyday, _)| *everyday)
        .map(|(_, encoding)| encoding)
}

/// Characters that running text has few of.
fn is_strange(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let everyday = c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation() || is_letter(c);
    control || !(everyday || is_sign(c))
}

/// Signs of running text, and the blocks of Indian scripts, whose vowels are no letters to Unicode.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{205f}' | '\u{20a0}'..='\u{20bf}'
        | '\u{2100}'..='\u{214f}')
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '×' | '÷' | '\u{900}'..='\u{109f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(bytes: &[u8]) -> &'static str {
        guess(bytes).name()
    }

    #[test]
    fn a_few_signs_in_ascii_are_windows_1252() {
        for sign in [
            &b"\xA7\xA7 1155"[..],
            b"\xA7\xA0 12",
            b"\xA3500 and \xA31,200",
            b"\xB6 4",
            b"2\xBD miles",
            b"\xB1 5 \xD7 3 \xB5m",
            b"\xA5 100, 5 \xA2",
            b"\x93so\x94 he said, it\x92s \x96 \x97",
            b"\x80 40",
            b"20 \xB0C",
            b"\xA9 2024, \xAE",
            b"1\xBA and 2\xAA",
            b"\xAB so \xBB",
            b"\x85 \x95 \x99",
            b"\xA7\xA7\xA7 1, 2 and 3",
        ] {
            let once = [b"The board met and read the law. See ", sign, b" of the rule.\n"].concat();
            for text in [once.clone(), once.repeat(40)] {
                assert_eq!(
                    guessed(&text),
                    "windows-1252",
                    "{:?}",
                    String::from_utf8_lossy(&text[..80.min(text.len())])
                );
            }
        }
    }

    #[test]
    fn accents_in_few_words_are_windows_1252() {
        for words in [
            "the café",
            "Zürich",
            "Señor Peña",
            "a naïve rôle",
            "Ångström",
            "à la carte",
            "Malmö and Tromsø",
            "Košice",
        ] {
            let (bytes, _, lossy) = WINDOWS_1252.encode(words);
            assert!(!lossy || words == "Košice");
            let text =
                [b"They met at ", &bytes[..], b" in the spring of that year, and nobody wrote it down.\n"]
                    .concat();
            assert_eq!(guessed(&text), "windows-1252", "{words}");
        }
    }

    #[test]
    fn words_of_another_encoding_are_evidence() {
        for (encoding, words) in [
            (
                encoding_rs::WINDOWS_1251,
                "Председатель правления сказал, что паром больше не пойдёт через реку.",
            ),
            (encoding_rs::KOI8_U, "Председатель правления сказал, что паром больше не пойдёт через реку."),
            (
                encoding_rs::WINDOWS_1250,
                "Wałęsa powiedział, że w tym roku prom nie popłynie przez rzekę, bo jest źle. Zażółć \
                    gęślą jaźń.",
            ),
            (encoding_rs::WINDOWS_1253, "Ο πρόεδρος είπε ότι το πλοίο δεν θα ταξιδέψει φέτος στο νησί."),
            (encoding_rs::GBK, "主席说，今年渡船不再过河。议会同意了这个决定，并且通知了所有的居民。"),
            (
                encoding_rs::SHIFT_JIS,
                "会長は、今年は渡し船がもう川を渡らないと言った。議会はこの決定に同意した。",
            ),
            (encoding_rs::EUC_KR, "의장은 올해 나룻배가 더 이상 강을 건너지 않을 것이라고 말했다."),
            (encoding_rs::BIG5, "主席說，今年渡船不再過河。議會同意了這個決定，並且通知了所有的居民。"),
        ] {
            let (bytes, _, lossy) = encoding.encode(words);
            assert!(!lossy, "{words}");
            for text in [
                bytes.to_vec(),
                [b"The clerk wrote: ", &bytes[..], b" and that was all that he wrote.\n"].concat(),
            ] {
                assert_eq!(guessed(&text), encoding.name(), "{words}");
            }
        }
    }

    #[test]
    fn utf_16_needs_no_mark() {
        for words in ["Tô Lâm thăm Hà Nội.\n", "The ferry", "Паром не пойдёт.\n", "主席说，今年。\n渡船", "a"]
        {
            let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(unmarked_utf_16(&little).map(Encoding::name), Some("UTF-16LE"), "{words}");
            assert_eq!(unmarked_utf_16(&big).map(Encoding::name), Some("UTF-16BE"), "{words}");
        }
        for bytes in [&b"text\0"[..], b"text", b"", b"a\0\0b", b"\0\0\0\0", b"te\0\x01xt\0\x02"] {
            assert_eq!(unmarked_utf_16(bytes).map(Encoding::name), None, "{bytes:?}");
        }
    }
}
