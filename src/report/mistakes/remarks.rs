//! What is worth saying of quotations that stand: a mark that the source has not, a word that an elision
//! hides, signs that nobody sees.

use super::quotes::{Shown, with_passage};
use crate::model::span::Place;
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] =
    &[&MARK_NOT_IN_SOURCE, &ELISION_HIDES, &QUOTE_STRUCK, &UNSEEN_CHARACTERS, &OLD_LETTERS];

pub static MARK_NOT_IN_SOURCE: Code = Code {
    name: "mark-not-in-source",
    severity: Severity::Warning,
    summary: "a quoted line that begins with a number or sign, where the source has none",
};
pub static ELISION_HIDES: Code = Code {
    name: "elision-hides",
    severity: Severity::Warning,
    summary: "a negation or a condition that `[...]` leaves out of a sentence, a denial beside the \
        passage, or a bound beside its figure",
};
pub static QUOTE_STRUCK: Code = Code {
    name: "quote-struck",
    severity: Severity::Hint,
    summary: "a quotation of words that are struck through in the source",
};
pub static UNSEEN_CHARACTERS: Code = Code {
    name: "unseen-characters",
    severity: Severity::Hint,
    summary: "a passage with characters that nobody sees, or that turn its digits round",
};
pub static OLD_LETTERS: Code = Code {
    name: "old-letters",
    severity: Severity::Hint,
    summary: "a passage that is set in letters of old prints",
};

pub fn mark_not_in_source(at: &Place, mark: &str, passage: &Shown) -> Diagnostic {
    let message = format!("a quoted line begins with `{mark}`, and this line of the source has no such mark");
    let mistake = Diagnostic::new(&MARK_NOT_IN_SOURCE, &at.path, at.span, message).label("quoted here");
    with_passage(mistake, passage, "the source has")
        .help(format!("leave `{mark}` out of the quotation, or look whether another line is meant"))
}

pub fn elision_hides(at: &Place, word: &str, sentence: &Shown) -> Diagnostic {
    let message = format!("`[...]` leaves out `{word}`: the sentence may say something else without it");
    let mistake = Diagnostic::new(&ELISION_HIDES, &at.path, at.span, message).label("left out here");
    with_passage(mistake, sentence, "the whole sentence").help(format!(
        "quote `{word}` too; if the quotation says what the sentence says, write `checked: elision` below it"
    ))
}

pub fn bound_left_out(at: &Place, word: &str, sentence: &Shown) -> Diagnostic {
    let message =
        format!("`{word}` stands right beside the passage: its figure says something else without it");
    let mistake = Diagnostic::new(&ELISION_HIDES, &at.path, at.span, message).label("left out here");
    with_passage(mistake, sentence, "the whole sentence").help(format!(
        "quote `{word}` too; if the note says what the sentence says, write `checked: elision` \
            below the passage"
    ))
}

pub fn denial_beside(at: &Place, word: &str, sentence: &Shown) -> Diagnostic {
    let message =
        format!("`{word}` stands right beside the passage: without it the sentence says something else");
    let mistake = Diagnostic::new(&ELISION_HIDES, &at.path, at.span, message).label("left out here");
    with_passage(mistake, sentence, "the whole sentence").help(format!(
        "quote `{word}` too; if the note says what the sentence says, write `checked: \
            elision` below the passage"
    ))
}

pub fn quote_struck(at: &Place, passage: &Shown) -> Diagnostic {
    let message = "these words are struck through in the source: they do not count any more";
    let mistake = Diagnostic::new(&QUOTE_STRUCK, &at.path, at.span, message);
    with_passage(mistake, passage, "struck here").help("say in the note that the words are struck")
}

pub fn unseen_characters(at: &Place, signs: &[char], passage: &Shown) -> Diagnostic {
    let message = format!("the passage holds what nobody sees: {}", named(signs));
    let mistake = Diagnostic::new(&UNSEEN_CHARACTERS, &at.path, at.span, message);
    with_passage(mistake, passage, "here")
        .help("compare the passage with the original: pages show these characters as marked signs")
}

pub fn digits_turned(at: &Place, signs: &[char], passage: &Shown) -> Diagnostic {
    let message = format!(
        "what is shown of this passage may have its digits in another order: it holds {}",
        named(signs)
    );
    let mistake = Diagnostic::new(&UNSEEN_CHARACTERS, &at.path, at.span, message);
    with_passage(mistake, passage, "here")
        .help("look up the figure in the original, and say in the note which one it has")
}

pub fn old_letters(at: &Place, letters: &[char], passage: &Shown) -> Diagnostic {
    let letters: Vec<String> = letters.iter().map(|letter| format!("`{letter}`")).collect();
    let message =
        format!("the source has the old letter {} here; the quotation has today's", letters.join(", "));
    with_passage(Diagnostic::new(&OLD_LETTERS, &at.path, at.span, message), passage, "the source has")
}

/// `U+202E (right-to-left override)`
fn named(signs: &[char]) -> String {
    let named = signs.iter().map(|&sign| match name(sign) {
        Some(name) => format!("U+{:04X} ({name})", u32::from(sign)),
        None => format!("U+{:04X}", u32::from(sign)),
    });
    named.collect::<Vec<_>>().join(", ")
}

fn name(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{61C}' => "Arabic letter mark",
        '\u{200B}' => "zero-width space",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "end of embedding",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible sign of mathematics",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "end of isolate",
        '\u{FEFF}' => "byte order mark",
        _ => return None,
    })
}
