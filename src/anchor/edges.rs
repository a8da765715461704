//! What stands right beside a passage and belongs to its figure: `less than | 3 were lost`, `in all 3 | or
//! more`, `§ | 3 applies`.
//!
//! The words stand as quoted, so this is no error: the writer is told, and says `checked: elision` where the
//! note keeps the sense.

use super::elision::sentence;
use super::found::LeftOut;
use super::spelled;
use std::ops::Range;

/// Words right before a number that make it a bound, or less than it is.
const BEFORE: &[&str] = &[
    "less than",
    "fewer than",
    "more than",
    "at least",
    "at most",
    "up to",
    "no fewer than",
    "no less than",
    "no more than",
    "over",
    "under",
    "above",
    "below",
    "almost",
    "about",
    "nearly",
    "around",
    "roughly",
    "approximately",
    "some",
    "not",
    "half of",
    "only half of",
    "minus",
    "hardly",
    "barely",
    "an estimated",
    "as many as",
    "as few as",
    "weniger als",
    "mehr als",
    "mindestens",
    "höchstens",
    "fast",
    "etwa",
    "rund",
    "ungefähr",
    "knapp",
    "bis zu",
    "beinahe",
    "nicht",
    "moins de",
    "plus de",
    "au moins",
    "au plus",
    "environ",
    "presque",
    "près de",
    "jusqu'à",
    "menos de",
    "más de",
    "al menos",
    "casi",
    "unos",
    "hasta",
    "cerca de",
    "meno di",
    "più di",
    "almeno",
    "quasi",
    "circa",
    "mais de",
    "menos de",
    "quase",
    "minder dan",
    "meer dan",
    "bijna",
    "mindre än",
    "mer än",
    "minst",
    "cirka",
    "mindre end",
    "mere end",
    "менее",
    "более",
    "около",
    "почти",
    "не менее",
    "не более",
    "hơn",
    "dưới",
    "gần",
    "khoảng",
    "ít nhất",
    "nhiều nhất",
    "tối đa",
    "chưa đến",
    "§",
    "§§",
    "№",
    "#",
    "不到",
    "超过",
    "超過",
    "近",
    "约",
    "約",
    "至少",
    "最多",
    "不足",
    "少なくとも",
    "最大",
];

/// Words right behind a number that do the same.
const BEHIND: &[&str] = &[
    "or more",
    "or less",
    "or fewer",
    "or so",
    "at most",
    "at least",
    "and more",
    "and over",
    "or over",
    "or under",
    "oder mehr",
    "oder weniger",
    "ou plus",
    "ou moins",
    "au plus",
    "au moins",
    "o más",
    "o menos",
    "como máximo",
    "o più",
    "o meno",
    "ou mais",
    "of meer",
    "eller fler",
    "eller mer",
    "и более",
    "или более",
    "hoặc hơn",
    "trở lên",
    "trở xuống",
    "以上",
    "以下",
    "以内",
    "未満",
    "未满",
    "多",
    "余",
    "이상",
    "이하",
    "미만",
];

/// More bytes than this are not looked at.
const REACH: usize = 48;

/// The bound of a passage's first or last number, if it was left out.
pub fn bound(reading: &str, passage: Range<usize>) -> Option<LeftOut> {
    let quoted = reading.get(passage.clone())?;
    let from = reading.floor_char_boundary(passage.start.saturating_sub(REACH));
    let to = reading.ceil_char_boundary((passage.end + REACH).min(reading.len()));
    let (before, behind) = (reading[from..passage.start].trim_end(), reading[passage.end..to].trim_start());
    let first = begins_number(quoted)
        .then(|| longest(BEFORE, |word| stands_before(before, word)).or_else(|| minus(before, quoted)))
        .flatten();
    let word = first.or_else(|| {
        quoted
            .ends_with(char::is_numeric)
            .then(|| longest(BEHIND, |word| stands_behind(behind, word)))
            .flatten()
    })?;
    let piece = if first.is_some() { passage.start..passage.start } else { passage.end..passage.end };
    Some(LeftOut { word: word.to_string(), sentence: sentence(reading, piece) })
}

/// A dash with a space behind it, before so many degrees or percent: most likely they are less than nothing.
fn minus(before: &str, quoted: &str) -> Option<&'static str> {
    let behind = quoted.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | ' '));
    let measured =
        ["°", "%", "‰", "degree", "percent", "per cent", "Grad", "Prozent", "degré", "grados", "gradi"]
            .iter()
            .any(|unit| behind.starts_with(unit));
    let after_words = before
        .strip_suffix(['-', '–', '−'])
        .is_some_and(|words| words.ends_with([' ', '\u{A0}', '(', ':']));
    (measured && after_words).then_some("-")
}

fn longest(words: &[&'static str], stands: impl Fn(&str) -> bool) -> Option<&'static str> {
    words
        .iter()
        .copied()
        .filter(|word| stands(word))
        .max_by_key(|word| word.len())
}

fn begins_number(quoted: &str) -> bool {
    let number = quoted.trim_start_matches(super::fold::is_currency);
    number.starts_with(char::is_numeric) || spelled::begins_number(&number.to_lowercase())
}

fn stands_before(before: &str, word: &str) -> bool {
    let Some(at) = before
        .len()
        .checked_sub(word.len())
        .filter(|&at| before.is_char_boundary(at))
    else {
        return false;
    };
    let apart = word.starts_with(super::fold::is_unspaced) || !before[..at].ends_with(char::is_alphanumeric);
    apart && before[at..].to_lowercase() == word
}

fn stands_behind(behind: &str, word: &str) -> bool {
    let rest = behind
        .get(..word.len())
        .filter(|said| said.to_lowercase() == word)
        .map(|_| &behind[word.len()..]);
    rest.is_some_and(|rest| {
        word.starts_with(super::fold::is_unspaced) || !rest.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passage stands between bars.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let start = text.find('|').expect("the passage is marked");
        let end = text.rfind('|').expect("the passage is marked") - 1;
        let found = bound(&text.replace('|', ""), start..end);
        assert_eq!(found.as_ref().map(|hidden| hidden.word.as_str()), expected, "{text}");
    }

    #[test]
    fn bounds_in_words() {
        check("So less than |3 were lost|.", Some("less than"));
        check("No fewer than |three men| came.", Some("no fewer than"));
        check("|They lost 3| or more.", Some("or more"));
        check("Under § |3 applies| it.", Some("§"));
        check("共有|3|人以上", None);
        check("不到|3人|。", Some("不到"));
        check("Nearly |$500| was paid.", Some("nearly"));
    }

    #[test]
    fn other_words() {
        check("In |3 years| it fell.", None);
        check("No. |3| won.", None);
        check("He came, not |the mayor|.", None);
        check("|They lost 3| oars.", None);
        check("The cover |3 men| held.", None);
    }
}
