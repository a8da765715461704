//! References to notes: which raised figures, letters and signs are no words of a text but lead to a note of
//! it.
//!
//! A raised figure may as well be an exponent, an ordinal or the cents of a price. What stands before it
//! tells most of the time; where that does not decide, only evidence makes it a reference: a link, or a note
//! that has its number.

/// A text that may be the reference to a note: what it says without its brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A number, or the first of several.
    Number(u32),
    /// A letter, or a small Roman number.
    Letter(String),
    /// An asterisk, a dagger and the like.
    Mark,
    /// `note 2`, `lower-alpha 3`.
    Named,
}

/// Longer than this is no reference.
pub const LONGEST: usize = 24;

/// What a text says as the reference to a note; `None` where it is none. In brackets or not.
pub fn sign(text: &str) -> Option<Sign> {
    let text = text.trim();
    if text.is_empty() || text.starts_with(['-', '−', '+']) || text.chars().count() > LONGEST {
        return None;
    }
    let open = |c: char| matches!(c, '[' | '(' | '［' | '（' | '〔');
    let close = |c: char| matches!(c, ']' | ')' | '］' | '）' | '〕' | '.');
    let inner = text
        .trim_matches(|c: char| open(c) || close(c) || c.is_whitespace() || matches!(c, '\u{200A}' | ','));
    if is_marks(inner) {
        return Some(Sign::Mark);
    }
    let parts: Vec<&str> = inner
        .split([',', ';', '–', '-', ' ', '\u{A0}'])
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &&str| {
        part.parse::<u32>()
            .ok()
            .filter(|_| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match parts.as_slice() {
        [one] if number(one).is_some() => number(one).map(Sign::Number),
        [one] if is_letter(one) => Some(Sign::Letter((*one).to_string())),
        [name, last] if is_name(name) && last.len() < 4 && (number(last).is_some() || is_letter(last)) => {
            Some(Sign::Named)
        }
        [first, "alpha" | "roman" | "greek", last] if first.len() > 1 && number(last).is_some() => {
            Some(Sign::Named)
        }
        many if many.len() > 1 && many.iter().all(|part| number(part).is_some()) => {
            number(&many[0]).map(Sign::Number)
        }
        many if many.len() > 1 && many.iter().all(|part| is_letter(part)) => {
            Some(Sign::Letter(many[0].to_string()))
        }
        _ => None,
    }
}

/// `note`, `nb`, `Anm.`: a short word for a note.
fn is_name(text: &str) -> bool {
    let letters = text.trim_end_matches('.');
    let is_plain = letters
        .chars()
        .skip(1)
        .all(|c| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase());
    is_plain && letters.chars().all(char::is_alphabetic) && (2..=5).contains(&letters.chars().count())
}

fn is_marks(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 4
        && text
            .chars()
            .all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖' | '⁂' | '∗' | '＊'))
}

fn is_letter(text: &str) -> bool {
    let one = text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
    one || (text.len() <= 5 && text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')))
}

/// A text that leads back from a note to its reference.
pub fn leads_back(text: &str) -> bool {
    let text = text.trim();
    let arrow = |c: char| {
        matches!(
            c,
            '^' | '↑'
                | '↩'
                | '↵'
                | '⬆'
                | '⏎'
                | '⤴'
                | '←'
                | '⇑'
                | '\u{FE0E}'
                | '\u{FE0F}'
                | ' '
                | '['
                | ']'
        )
    };
    !text.is_empty() && text.chars().all(arrow)
}

/// What a raised text stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Nothing: it begins its line.
    Start,
    Figure {
        /// Ten and two are what powers are made of.
        is_base: bool,
    },
    /// The sign of a measure, of an element or of a quantity.
    Unit,
    Word,
    /// A stop, a comma, a quotation mark.
    Stop,
    Bracket,
}

const UNITS: [&str; 36] = [
    "sin", "cos", "tan", "cot", "log", "exp", "mol", "kWh", "MPa", "kPa", "GHz", "rad", "deg", "bar", "m",
    "km", "cm", "mm", "dm", "hm", "ft", "in", "yd", "mi", "s", "sec", "min", "nm", "µm", "metres", "meters",
    "feet", "inches", "miles", "м", "км",
];

/// What the end of a text is to what is raised behind it.
pub fn behind(before: &str) -> Behind {
    let before = before.trim_end_matches(|c: char| c.is_whitespace());
    let Some(last) = before.chars().next_back() else { return Behind::Start };
    let word = |inside: fn(char) -> bool| before.rsplit(|c: char| !inside(c)).next().unwrap_or_default();
    match last {
        c if c.is_numeric() => {
            let figure = word(|c| c.is_numeric() || matches!(c, ',' | '.'));
            Behind::Figure { is_base: matches!(figure, "10" | "2") }
        }
        c if c.is_alphabetic() => {
            let word = word(char::is_alphabetic);
            let is_latin = word.chars().all(|c| c.is_ascii() || ('α'..='ω').contains(&c));
            let is_sign = is_latin && word.chars().count() <= 2;
            if is_sign || UNITS.contains(&word) { Behind::Unit } else { Behind::Word }
        }
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '”' | '“' | '"' | '’' | '»' | '«' | '。' | '，' | '、'
        | '」' | '』' => Behind::Stop,
        ')' | ']' | '}' => Behind::Bracket,
        '%' | '$' | '€' | '£' | '¥' | '=' | '+' | '−' | '-' | '×' | '/' | '√' => {
            Behind::Figure { is_base: false }
        }
        _ => Behind::Word,
    }
}

/// What speaks for a raised text being a reference, beyond what it stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    Nothing,
    /// A line that begins with this number, or numbers that run on.
    Weak,
    /// A note that is one, with this number.
    Strong,
    /// A link within the page, or what the page calls it.
    Certain,
}

/// Whether what is raised refers to a note.
pub fn refers(sign: &Sign, behind: Behind, evidence: Evidence) -> bool {
    let known = evidence >= Evidence::Strong;
    match (sign, behind) {
        _ if evidence == Evidence::Certain => true,
        (Sign::Mark | Sign::Named, _) => true,
        (_, Behind::Start) => true,
        (Sign::Letter(_), _) => known,
        (Sign::Number(_), Behind::Stop | Behind::Word) => true,
        (Sign::Number(2 | 3), Behind::Unit) => false,
        (Sign::Number(_), Behind::Figure { is_base: true } | Behind::Unit | Behind::Bracket) => known,
        (Sign::Number(_), Behind::Figure { is_base: false }) => evidence >= Evidence::Weak,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_letters_and_marks_may_refer() {
        for (text, expected) in [
            ("1", Some(Sign::Number(1))),
            ("[12]", Some(Sign::Number(12))),
            ("(3)", Some(Sign::Number(3))),
            ("1, 2", Some(Sign::Number(1))),
            ("4–6", Some(Sign::Number(4))),
            ("a", Some(Sign::Letter("a".to_string()))),
            ("[iv]", Some(Sign::Letter("iv".to_string()))),
            ("**", Some(Sign::Mark)),
            ("†", Some(Sign::Mark)),
            ("[note 2]", Some(Sign::Named)),
            ("[lower-alpha 1]", Some(Sign::Named)),
            ("12345", None),
            ("th", None),
            ("-1", None),
            ("Smith 2001", None),
            ("TM", None),
            ("(in millions)", None),
            ("", None),
        ] {
            assert_eq!(sign(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_before_decides() {
        let decide = |before: &str, raised: &str, evidence| {
            refers(&sign(raised).expect("a sign"), behind(before), evidence)
        };
        use Evidence::{Nothing, Strong, Weak};
        assert!(decide("said the clerk.", "1", Nothing));
        assert!(decide("passengers", "1", Nothing));
        assert!(decide("the total", "*", Nothing));
        assert!(!decide("41,200", "1", Nothing));
        assert!(decide("41,200", "1", Weak));
        assert!(!decide("10", "9", Weak));
        assert!(decide("10", "9", Strong));
        for unit in ["5 m", "12 km", "x", "CO", "E"] {
            assert!(!decide(unit, "2", Strong), "{unit}");
        }
        assert!(!decide("$11", "99", Nothing));
        assert!(!decide("n", "o", Nothing));
        assert!(decide("", "3", Nothing));
    }
}
