//! What numbers a line or refers to a note: list marks, paragraph numbers, references, in the forms that
//! sources and writers give them.

use super::fold::is_dash;

/// A mark at the head of a line.
pub enum Mark<'a> {
    /// `12.`, `(iii)`, `a)`, without what surrounds it.
    Number(&'a str),
    /// `-`, `•`, `+`
    Sign(char),
}

impl<'a> Mark<'a> {
    /// What a text is, if it is a mark and nothing else.
    pub fn of(text: &'a str) -> Option<Mark<'a>> {
        let text = text.trim();
        let mut chars = text.chars();
        if let (Some(sign), None) = (chars.next(), chars.next())
            && is_sign(sign)
        {
            return Some(Mark::Sign(if is_dash(sign) { '-' } else { sign }));
        }
        let closed = text.ends_with(['.', ')', ']'])
            || text.starts_with('§')
            || text.chars().all(super::figures::is_raised);
        let number = core(text);
        let short = !number.is_empty()
            && number.chars().count() <= LONGEST
            && number.chars().all(|c| c.is_alphanumeric() || c == '.');
        (closed && short).then_some(Mark::Number(number))
    }
}

/// A number at the head of a line is no longer than this: `xxxviii`.
const LONGEST: usize = 9;

fn is_sign(c: char) -> bool {
    is_dash(c) || matches!(c, '*' | '+' | '±' | '•' | '◦' | '▪' | '‣' | '·')
}

/// A number without what surrounds it.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| {
        matches!(c, '(' | ')' | '[' | ']' | '.' | '^' | ':' | '§') || c.is_whitespace()
    })
}

/// Whether a number is one of digits.
fn is_figure(number: &str) -> bool {
    number
        .chars()
        .next()
        .is_some_and(|c| super::figures::digit(c).is_some())
}

/// How the head of a quoted line compares with what the source has there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compared {
    Same,
    Other,
    /// The source has nothing there.
    Missing,
}

/// `behind` is what follows in the source: a sign before a digit may be its sign.
pub fn compared(head: &str, there: Option<&str>, behind: &str) -> Compared {
    let there = there.and_then(Mark::of);
    let before_digit = behind.starts_with(|c: char| c.is_numeric());
    let numbers: Vec<&str> = head
        .split_whitespace()
        .filter_map(Mark::of)
        .filter_map(number_of)
        .filter(|number| is_figure(number))
        .collect();
    let sign = head
        .split_whitespace()
        .filter_map(Mark::of)
        .filter_map(sign_of)
        .next_back()
        .filter(|&sign| before_digit && is_telling(sign));
    match (numbers.last(), sign, there) {
        (Some(number), _, Some(Mark::Number(other))) => same_or_other(is_same(number, other)),
        (Some(_), _, Some(Mark::Sign(_)) | None) => Compared::Missing,
        (None, Some(sign), Some(Mark::Sign(other))) => same_or_other(sign == other || !is_telling(other)),
        (None, Some(_), Some(Mark::Number(_)) | None) => Compared::Missing,
        (None, None, Some(Mark::Sign(other))) if before_digit && matches!(other, '+' | '±') => {
            Compared::Other
        }
        (None, None, _) => Compared::Same,
    }
}

fn same_or_other(same: bool) -> Compared {
    if same { Compared::Same } else { Compared::Other }
}

fn number_of(mark: Mark<'_>) -> Option<&str> {
    match mark {
        Mark::Number(number) => Some(number),
        Mark::Sign(_) => None,
    }
}

fn sign_of(mark: Mark) -> Option<char> {
    match mark {
        Mark::Sign(sign) => Some(sign),
        Mark::Number(_) => None,
    }
}

/// Whether a sign may be that of a number.
fn is_telling(sign: char) -> bool {
    matches!(sign, '-' | '+' | '±')
}

/// The same number, raised or not.
fn is_same(number: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .map(|c| {
                super::figures::digit(c)
                    .map_or(c, |digit| super::figures::PLAIN[digit].chars().next().unwrap_or(c))
            })
            .collect::<String>()
    };
    plain(number) == plain(other)
}

/// Whether a mark is a sign, and a digit follows whose sign it may be.
pub fn is_sign_of(mark: &str, behind: &str) -> bool {
    match Mark::of(mark) {
        Some(Mark::Sign(sign)) => is_telling(sign) && behind.starts_with(|c: char| c.is_numeric()),
        Some(Mark::Number(_)) | None => false,
    }
}

/// Whether a sentence, or a piece of one, ends there.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '\'', ')', ']']);
    text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', ',', '。', '！', '？', '：', '；', '、', '-'])
}

/// The mark at the end of a text, if it ends with one: what stands right before a passage.
pub fn mark_before(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let from = text
        .char_indices()
        .rev()
        .take(LONGEST + 3)
        .take_while(|(_, c)| !c.is_whitespace())
        .last()?
        .0;
    let token = &text[from..];
    let whole = text[..from].chars().next_back().is_none_or(char::is_whitespace);
    let token = if whole && Mark::of(token).is_some() { token } else { glued(token)? };
    let mark = Mark::of(token)?;
    let telling = match mark {
        Mark::Number(number) => is_figure(number),
        Mark::Sign(_) => true,
    };
    telling.then_some(token)
}

/// Where the number of a line begins, if a text ends with it.
pub fn start_of(text: &str, head: &str) -> Option<usize> {
    let number = head
        .split_whitespace()
        .filter_map(Mark::of)
        .filter_map(number_of)
        .rfind(|number| is_figure(number))?;
    let inner = text.trim_end_matches(['.', ')', ']']).strip_suffix(number)?;
    Some(inner.strip_suffix(['(', '[']).unwrap_or(inner).len())
}

/// A sign that stands right behind another word or sign, as folding leaves it: `Goods:- 5`.
fn glued(token: &str) -> Option<&str> {
    let (at, last) = token.char_indices().next_back()?;
    let before = token[..at].chars().next_back()?;
    (is_sign(last) && !before.is_alphanumeric()).then_some(&token[at..])
}

/// How much of a text is the number of a line, in one of the forms that a writer gives it: `12.`, `12)`,
/// `(12)`.
pub fn number(text: &str, shown: &str) -> Option<usize> {
    let shown = shown.trim();
    if let Some(rest) = text.strip_prefix(shown) {
        let apart = shown.ends_with(|c: char| !c.is_alphanumeric())
            || !rest.starts_with(|c: char| c.is_alphanumeric());
        return (apart && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(shown.len());
    }
    let number = core(shown);
    let open = text.len() - text.trim_start_matches(['(', '[']).len();
    let rest = text
        .get(open..)?
        .strip_prefix(number)
        .filter(|_| open <= 1 && !number.is_empty())?;
    let behind = rest.trim_start_matches(['.', ')', ']']);
    let closed = behind.len() < rest.len() && (behind.is_empty() || behind.starts_with(char::is_whitespace));
    closed.then_some(text.len() - behind.len())
}

/// How much of a text is a reference to a note, as a page shows it or in brackets. `glued` is the character
/// right before it: behind a digit a plain number would be digits of it, behind a letter a letter would be
/// one of the word.
pub fn reference(text: &str, shown: &str, glued: Option<char>) -> Option<usize> {
    let number = core(shown);
    let forms = [format!("[{number}]"), format!("[^{number}]"), format!("({number})")];
    let bracketed = || {
        forms
            .iter()
            .take(if shown.starts_with('(') { 3 } else { 2 })
            .find(|form| text.starts_with(form.as_str()))
            .map(String::len)
    };
    let raised = || {
        let raised: String = number
            .chars()
            .map(|c| {
                super::figures::digit(c)
                    .map_or(c.to_string(), |digit| super::figures::RAISED[digit].to_string())
            })
            .collect();
        (raised != number && text.starts_with(&raised) && !continues(&text[raised.len()..]))
            .then_some(raised.len())
    };
    let plain = || {
        let behind = glued?;
        let figure = is_figure(number);
        let joins = if figure {
            behind.is_numeric()
        } else {
            behind.is_alphanumeric() && number.starts_with(char::is_alphanumeric)
        };
        let rest = text.strip_prefix(shown)?;
        let apart = !shown.ends_with(|c: char| c.is_alphanumeric())
            || !rest.starts_with(|c: char| c.is_alphanumeric());
        (!joins && apart && !shown.is_empty()).then_some(shown.len())
    };
    if number.is_empty() {
        return text
            .strip_prefix(shown.trim())
            .filter(|_| !shown.trim().is_empty())
            .map(|_| shown.trim().len());
    }
    bracketed().or_else(raised).or_else(plain)
}

/// Whether raised digits go on.
fn continues(text: &str) -> bool {
    text.starts_with(super::figures::is_raised)
}

/// How much of a text is the reading above signs, in brackets or not.
pub fn ruby(text: &str, shown: &str) -> Option<usize> {
    let shown = shown.trim();
    let forms = [shown.to_string(), format!("({shown})")];
    forms
        .iter()
        .find(|form| !shown.is_empty() && text.starts_with(form.as_str()))
        .map(String::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_lines_are_compared() {
        let compare = |head, there| compared(head, there, "The panel");
        assert_eq!(compare("12. ", Some("12.")), Compared::Same);
        assert_eq!(compare("12) ", Some("12.")), Compared::Same);
        assert_eq!(compare("² ", Some("¹")), Compared::Other);
        assert_eq!(compare("14. ", Some("12.")), Compared::Other);
        assert_eq!(compare("[54] ", Some("[53]")), Compared::Other);
        assert_eq!(compare("14. ", None), Compared::Missing);
        assert_eq!(compare("- ", None), Compared::Same);
        assert_eq!(compare("- ", Some("12.")), Compared::Same);
        assert_eq!(compared("+ ", Some("-"), "5 degrees"), Compared::Other);
        assert_eq!(compared("+ ", None, "5 degrees"), Compared::Missing);
        assert_eq!(compared("- ", Some("•"), "5 degrees"), Compared::Same);
        assert_eq!(compared("— ", Some("-"), "5 degrees"), Compared::Same);
        assert_eq!(compared("— ", Some("+"), "5 degrees"), Compared::Other);
        assert_eq!(compared("— ", None, "5 degrees"), Compared::Missing);
        assert_eq!(compared("– ", None, "Teer"), Compared::Same);
    }

    #[test]
    fn what_stands_before_a_passage_may_be_a_mark() {
        for (text, mark) in [
            ("all. 1986. ", "1986."),
            ("12) ", "12)"),
            ("see [53] ", "[53]"),
            ("note ¹ ", "¹"),
            ("so: - ", "-"),
            ("(4) ", "(4)"),
        ] {
            assert_eq!(mark_before(text), Some(mark));
        }
        for text in ["in 1986 ", "in May. ", "v2.1. ", "well-", "(so) ", ""] {
            assert_eq!(mark_before(text), None, "{text}");
        }
    }

    #[test]
    fn references_as_shown_or_in_brackets() {
        assert_eq!(reference("[2] so", "[2]", Some('.')), Some(3));
        assert_eq!(reference("2 so", "[2]", Some('.')), None);
        assert_eq!(reference("1 so", "1", Some('.')), Some(1));
        assert_eq!(reference("1 so", "1", Some('0')), None);
        assert_eq!(reference("1 so", "1", None), None);
        assert_eq!(reference("¹ so", "1", Some('0')), Some(2));
        assert_eq!(reference("[1]", "1", Some('0')), Some(3));
        assert_eq!(reference("12 so", "1", Some('.')), None);
        assert_eq!(reference("[3]", "[2]", Some('.')), None);
        assert_eq!(reference("a so", "a", Some('s')), None);
        assert_eq!(reference("* so", "*", Some('s')), Some(1));
    }

    #[test]
    fn numbers_of_lines_in_the_forms_that_writers_give_them() {
        assert_eq!(number("12. The", "12."), Some(3));
        assert_eq!(number("12) The", "12."), Some(3));
        assert_eq!(number("(iii) the", "iii."), Some(5));
        assert_eq!(number("12 The", "12."), None);
        assert_eq!(number("1. The", "12."), None);
    }
}
