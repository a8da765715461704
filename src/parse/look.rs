//! How a word looks to a person, whatever characters it is typed with.
//!
//! A key such as `private` must mean what people read. So characters that nobody sees are passed over,
//! full-width, styled and circled letters are plain ones, a letter of another alphabet is the Latin letter
//! that it is taken for (UTS #39), and accents do not count. This is the one place that says so; keys, known
//! values and `holding` all ask here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// What a person sees in a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A Latin letter, lower case.
    Letter(char),
    Digit(char),
    /// A letter or figure that is taken for no Latin letter.
    Other(char),
    /// White space and dashes that part words within a key: `-`, `_` and the like are `Dash`.
    Space,
    Dash,
    /// `:` of every kind.
    Colon,
    Equals,
    /// Quotation marks, brackets, emphasis and all else.
    Sign(char),
}

/// The word as a person reads it, in the spelling in which keys and known values are compared: lower case,
/// `-` for `_`, without what stands round it.
pub fn folded(typed: &str) -> String {
    let plain = typed.trim().to_lowercase().replace('_', "-");
    if plain.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return plain;
    }
    let mut seen = String::with_capacity(plain.len());
    for look in plain.chars().flat_map(looks) {
        match look {
            Look::Letter(c) | Look::Digit(c) | Look::Other(c) => seen.push(c),
            Look::Space => seen.push(' '),
            Look::Dash => seen.push('-'),
            Look::Equals => seen.push('='),
            Look::Colon => seen.push(':'),
            Look::Sign(c) if is_round_a_word(c) => {}
            Look::Sign(c) => seen.push(c),
        }
    }
    let seen = seen
        .trim_matches(|c: char| matches!(c, ' ' | '-' | ':' | '='))
        .to_string();
    // What is no Latin word stays as it was typed: messages show it.
    if seen.is_ascii() && !seen.is_empty() { seen } else { plain }
}

/// What a person sees in a character: nothing, one thing, or two (`æ`).
pub fn looks(c: char) -> impl Iterator<Item = Look> {
    let (one, several) = if c.is_ascii() { (plain(c), None) } else { (None, Some(remembered(c))) };
    let several = several
        .into_iter()
        .flat_map(|all| (0..all.len()).map(move |at| all[at]));
    one.into_iter().chain(several)
}

/// A text has few letters of other alphabets, each many times, and it takes long to find out how one looks.
fn remembered(c: char) -> Rc<[Look]> {
    const MOST: usize = 4096;
    thread_local!(static SEEN: RefCell<HashMap<char, Rc<[Look]>>> = RefCell::default());
    SEEN.with_borrow_mut(|seen| {
        if seen.len() > MOST {
            seen.clear();
        }
        Rc::clone(seen.entry(c).or_insert_with(|| foreign(c).into()))
    })
}

/// The same for a character of ASCII.
pub fn plain(c: char) -> Option<Look> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(Look::Letter(c.to_ascii_lowercase())),
        '0'..='9' => Some(Look::Digit(c)),
        ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' => Some(Look::Space),
        '-' | '_' => Some(Look::Dash),
        ':' => Some(Look::Colon),
        '=' => Some(Look::Equals),
        c if c.is_control() => None,
        c => Some(Look::Sign(c)),
    }
}

fn foreign(c: char) -> Vec<Look> {
    if is_invisible(c) || is_combining_mark(c) {
        return Vec::new();
    }
    if let Some(look) = styled(c) {
        return vec![look];
    }
    // Of `Р` and of `м` both the small letter and the capital may have a Latin twin. Either is asked for
    // both, so that a word looks the same in capitals.
    let mut found = Vec::new();
    for part in std::iter::once(c)
        .nfkd()
        .filter(|&part| !is_combining_mark(part) && !is_invisible(part))
    {
        let small: String = part.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c }).collect();
        let twin = |form: &str| skeleton(form).collect::<String>().to_lowercase();
        let forms = [small.clone(), twin(&small), twin(&small.to_uppercase())];
        let latin = forms.iter().find_map(|form| latin(form));
        found.extend(latin.unwrap_or_else(|| small.chars().map(unlike).collect()));
    }
    found
}

/// The Latin letters and signs of ASCII that a form consists of, accents aside.
fn latin(form: &str) -> Option<Vec<Look>> {
    let bare = form.chars().filter(|&c| !is_combining_mark(c) && !is_invisible(c));
    let found: Vec<Look> = bare
        .map(|c| if c.is_ascii() { plain(c) } else { styled(c) })
        .collect::<Option<_>>()?;
    (!found.is_empty()).then_some(found)
}

fn unlike(c: char) -> Look {
    match c {
        c if c.is_alphanumeric() => Look::Other(c),
        c if c.is_whitespace() => Look::Space,
        c => Look::Sign(c),
    }
}

/// Signs and letters that neither Unicode's compatibility forms nor its list of confusable letters give.
fn styled(c: char) -> Option<Look> {
    let after = |first: u32| char::from_u32(u32::from('a') + u32::from(c) - first).map(Look::Letter);
    match c {
        '\u{1f150}'..='\u{1f169}' => after(0x1f150),
        '\u{1f170}'..='\u{1f189}' => after(0x1f170),
        '\u{1f1e6}'..='\u{1f1ff}' => after(0x1f1e6),
        c if COLONS.contains(c) => Some(Look::Colon),
        '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '－' | '⁃' | '＿' | '‗' => Some(Look::Dash),
        '＝' | '꞊' | '᐀' | '゠' | '⹀' | '≔' | '⩴' | '≡' | '→' | '⇒' | '➔' | '⟶' | '⟹' => {
            Some(Look::Equals)
        }
        c => CAPITALS
            .iter()
            .find(|(_, letters)| letters.contains(c))
            .map(|&(letter, _)| Look::Letter(letter)),
    }
}

const COLONS: &str = "：﹕︓︰∶ː˸։׃܃܄፡፣፥᛬᠃᠄⁚⁝⸬꛴꞉ઃः∷⦂⁏؛；;꛶𐩖︔﹔";

/// Small capitals and rounded letters; `skeleton` leaves them, since they are letters of their own.
const CAPITALS: &[(char, &str)] = &[
    ('a', "ᴀɐɑ"),
    ('b', "ʙ"),
    ('c', "ᴄ"),
    ('d', "ᴅ"),
    ('e', "ᴇɛεꞓєəǝɘ"),
    ('f', "ꜰ"),
    ('g', "ɢ"),
    ('h', "ʜ"),
    ('i', "ɪı"),
    ('k', "ᴋ"),
    ('l', "ʟ"),
    ('m', "ᴍ"),
    ('n', "ɴ"),
    ('o', "ᴏ"),
    ('p', "ᴘ"),
    ('r', "ʀɹяᴙʁ"),
    ('s', "ꜱ"),
    ('t', "ᴛʇτт"),
    ('u', "ᴜ"),
    ('v', "ᴠʌ"),
    ('w', "ᴡ"),
    ('y', "ʏ"),
    ('z', "ᴢ"),
];

/// Quotation marks, brackets, emphasis, code, headings, escapes: what may stand round a word without being
/// part of it.
fn is_round_a_word(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '*'
            | '~'
            | '\\'
            | '/'
            | '|'
            | '#'
            | '!'
            | '.'
            | ','
            | '^'
            | '@'
            | '$'
            | '%'
            | '&'
            | '+'
            | '?'
    ) || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>')
        || !c.is_ascii() && !c.is_alphanumeric()
}

/// What nobody sees: controls, formats, fillers, joiners, selectors and tags (Unicode's Cc, Cf and
/// Default_Ignorable_Code_Point), and blanks that are called letters. White space that parts words is no part
/// of it.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{2800}' => {
            true
        }
        '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' => true,
        c => is_no_word(c),
    }
}

/// Of what nobody sees, what is no sign of any script either: a text is the same with it and without it.
pub fn is_no_word(c: char) -> bool {
    match c {
        ' '..='~' => false,
        c if c.is_whitespace() => matches!(c, '\u{85}'),
        c if c.is_control() => true,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' => true,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Of that, what sets words or spells them: soft hyphens, joiners of Persian and Hindi, selectors of a
/// letter's form.
pub fn is_of_setting(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Tags, of which the flag of Scotland is made.
pub fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_a_person_reads() {
        for typed in [
            "private",
            " Private ",
            "PRIVATE",
            "ｐｒｉｖａｔｅ",
            "рrіvаtе",
            "ρriνate",
            "𝐩𝐫𝐢𝐯𝐚𝐭𝐞",
            "𝓹𝓻𝓲𝓿𝓪𝓽𝓮",
            "ᴘʀɪᴠᴀᴛᴇ",
            "ⓟⓡⓘⓥⓐⓣⓔ",
            "🅿🆁🅸🆅🅰🆃🅴",
            "pri\u{200b}vate",
            "\u{feff}private",
            "pri\u{ad}vate\u{2060}",
            "\u{202e}private\u{202c}",
            "p\u{301}r\u{336}ivate",
            "priva\u{e0041}te\u{fe0f}",
            "“private”",
            "«private»",
            "{[(private)]}",
            "\\private",
            "**private**",
            "ᵖʳⁱᵛᵃᵗᵉ",
            "РRIVАТЕ",
        ] {
            assert_eq!(folded(typed), "private", "{typed:?}");
        }
    }

    #[test]
    fn a_word_in_capitals_looks_as_in_small_letters() {
        let seen = |word: &str| word.chars().flat_map(looks).collect::<Vec<_>>();
        for word in [
            "черновик",
            "личное",
            "не публиковать",
            "ΐπρόχειρος",
            "riêng tư",
            "đăng",
            "ьъыжщюяґєїў",
            "конфіденційно",
        ] {
            assert_eq!(seen(&word.to_uppercase()), seen(word), "{word}");
        }
    }

    #[test]
    fn other_words_stay_what_they_are() {
        for (typed, read) in [
            ("derives_from", "derives-from"),
            ("former-ids", "former-ids"),
            ("правда", "правда"),
            ("", ""),
            ("source ", "source"),
        ] {
            assert_eq!(folded(typed), read, "{typed:?}");
        }
    }
}
