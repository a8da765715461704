//! What a writer's bracket may say and stand for: `[he]` for a name, never another number, negation,
//! quantifier, day or month.
//!
//! The page shows the source's own words, and the reader of a message trusts the writer's. So whatever
//! decides who, how many, when or whether must be on both sides or on neither; and of words that exclude each
//! other (`opposites`) no two may stand in each other's place. Letters in a bracket are read
//! together with the piece of a word beside them: `no[w]` for `not` is a word for a negation. At the edge of
//! a passage a bracket stands for as many words as it has, up to the next comma or dot.

use std::ops::Range;

use super::gap::Gap;
use super::{elision, opposites, words};

/// Whether what a bracket says keeps the sense of the words between two parts of a passage.
pub fn keeps_sense(quoted: &str, text: &str, between: Range<usize>, gap: Gap) -> bool {
    let Gap::Alteration { start, end, glued_left, glued_right, .. } = gap else { return true };
    let said = whole_words(quoted, start..end, glued_left, glued_right);
    let stands = whole_words(text, between, glued_left, glued_right);
    let counted = is_counted(&text[..stands.start]);
    !is_another_unit(&without_brackets(&quoted[said.clone()]), &text[stands.clone()], counted)
        && same_sense(&without_brackets(&quoted[said]), &text[stands])
}

/// The same for a bracket before a passage that begins at a place of the text.
pub fn keeps_sense_before(quoted: &str, text: &str, at: usize, gap: Gap) -> bool {
    let Gap::Alteration { start, end, glued_right, .. } = gap else { return true };
    let said = without_brackets(&quoted[whole_words(quoted, start..end, false, glued_right)]);
    if is_remark(&said) {
        return true;
    }
    let near = if glued_right {
        text[..at].trim_end_matches(char::is_alphanumeric).len()
    } else {
        clause_before(text, at, count(&said))
    };
    let stands = whole_words(text, near..at, false, glued_right);
    same_sense(&said, &text[stands])
}

/// The same for a bracket behind a passage that ends at a place of the text.
pub fn keeps_sense_after(quoted: &str, text: &str, at: usize, gap: Gap) -> bool {
    let Gap::Alteration { start, end, glued_left, .. } = gap else { return true };
    let said = without_brackets(&quoted[whole_words(quoted, start..end, glued_left, false)]);
    if is_remark(&said) {
        return true;
    }
    let near = if glued_left { at } else { clause_after(text, at, count(&said)) };
    let stands = whole_words(text, at..near, glued_left, false);
    !is_another_unit(&said, &text[stands.clone()], is_counted(&text[..at]))
        && same_sense(&said, &text[stands])
}

/// Whether a bracket says what only the source may say.
pub fn says_what_is_the_sources(bracket: &str) -> bool {
    decisive(&without_brackets(bracket)).next().is_some()
}

/// A range with the rest of the words that it breaks on the sides that are glued.
fn whole_words(text: &str, range: Range<usize>, left: bool, right: bool) -> Range<usize> {
    let wordy = |c: char| c.is_alphanumeric() || c == '\'';
    let start = if left { text[..range.start].trim_end_matches(wordy).len() } else { range.start };
    let rest = &text[range.end..];
    let end = if right { range.end + rest.len() - rest.trim_start_matches(wordy).len() } else { range.end };
    start..end
}

fn without_brackets(text: &str) -> String {
    text.replace(['[', ']'], "")
}

/// Whether a bracket may refer to a note where the source shows a reference. A remark in words may stand
/// beside a number.
pub fn may_refer(said: &str, shown: &str) -> bool {
    let short = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() <= 3;
    let worded = shown.trim_matches(['[', ']', '(', ')']).contains(char::is_whitespace);
    !is_remark(said) && (short(said) || said.starts_with('^') || worded || said.starts_with("note "))
}

/// How a figure stands before a bracket.
#[derive(Clone, Copy, PartialEq)]
enum Counted {
    No,
    /// `500 [dollars]`
    Figure,
    /// `500 crowns [a day]`
    Unit,
}

fn is_counted(before: &str) -> Counted {
    let before = before.trim_end();
    if before.ends_with(|c: char| c.is_numeric() || c == '%' || super::fold::is_currency(c)) {
        return Counted::Figure;
    }
    let unit = before.trim_end_matches(char::is_alphabetic);
    if unit.len() < before.len() && unit.trim_end().ends_with(char::is_numeric) {
        Counted::Unit
    } else {
        Counted::No
    }
}

/// Words that measure what a figure counts, and more of those than any list has: only the first letters tell.
const UNITS: &str = "dollar euro pound crown franc mark rouble ruble yen yuan dong cent penn shilling \
    guilder florin peso lira rupee krone krona metre meter kilomet centimet millimet mile yard feet foot \
    inch acre hectare litre liter gallon barrel pint gram kilo ton ounce stone second minute hour day week \
    month year decade centur degree per million thousand hundred billion volt watt knot tag woche monat \
    jahr stunde prozent pfund krone taler gulden jour semaine mois heure livre couronne día semana mes año \
    hora libra corona đồng ngày tháng năm giờ рубл доллар день дней";

/// Words before a time or a thing that make a rate of a figure: `a day`.
const RATES: &str = "a an per each every pro je par por al mỗi в";

/// Whether a bracket beside a figure gives it a unit or a rate that the source does not.
fn is_another_unit(said: &str, stands: &str, counted: Counted) -> bool {
    let lower =
        |text: &str| -> Vec<String> { words::words(text).map(|word| text[word].to_lowercase()).collect() };
    let (said, stands) = (lower(said), lower(stands));
    let Some(first) = said.first().filter(|first| !stands.contains(first)) else { return false };
    let unit = |word: &String| UNITS.split_whitespace().any(|unit| word.starts_with(unit));
    let rate = RATES.split(' ').any(|rate| rate == first) && said.get(1).is_some_and(unit) || first == "per";
    match counted {
        Counted::No => false,
        Counted::Figure => unit(first) || rate,
        Counted::Unit => rate,
    }
}

fn count(said: &str) -> usize {
    words::words(said).count().clamp(1, MOST)
}

/// A bracket at an edge stands for at most so many words.
const MOST: usize = 5;

/// `[sic]`, `[emphasis added]`, `[!]` stand for nothing.
fn is_remark(said: &str) -> bool {
    let said = said.trim().to_lowercase();
    said.starts_with("sic") || said.contains("emphasis") || !said.contains(char::is_alphanumeric)
}

/// More bytes than this are not looked through for a few words.
const REACH: usize = 200;

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '。' | '、')
}

/// Where the last few words before a place begin, within its clause.
fn clause_before(text: &str, at: usize, most: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let near = without_stop(&text[from..at]);
    let from = near
        .rfind(|c| ends_clause(c) || c == '\n')
        .map_or(from, |mark| from + mark);
    let starts: Vec<usize> = words::words(&text[from..at]).map(|word| from + word.start).collect();
    starts
        .iter()
        .rev()
        .nth(most - 1)
        .or(starts.first())
        .copied()
        .unwrap_or(at)
}

/// A text without the full stop of an abbreviation at its end: `Mr. |`
fn without_stop(text: &str) -> &str {
    let Some(word) = text.trim_end().strip_suffix('.') else { return text };
    let last = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if (1..=3).contains(&last.chars().count()) { word } else { text }
}

/// Where the next few words behind a place end, within its clause.
fn clause_after(text: &str, at: usize, most: usize) -> usize {
    let to = text.ceil_char_boundary(at.saturating_add(REACH).min(text.len()));
    let to = text[at..to].find(ends_clause).map_or(to, |mark| at + mark);
    words::words(&text[at..to])
        .take(most)
        .last()
        .map_or(at, |word| at + word.end)
}

/// Whether both say the same of what decides a sense. A word of contrast (`but`) may be left out with what it
/// joins, but is never put in.
fn same_sense(said: &str, stands: &str) -> bool {
    let (mut here, mut there): (Vec<String>, Vec<String>) =
        (decisive(said).collect(), decisive(stands).collect());
    here.sort_unstable();
    there.sort_unstable();
    let contrasts = |text: &str| words::words(text).any(|word| words::is_contrast(&text[word]));
    let lower =
        |text: &str| -> Vec<String> { words::words(text).map(|word| text[word].to_lowercase()).collect() };
    here == there
        && (!contrasts(said) || contrasts(stands))
        && !turns_by_a_syllable(said, stands)
        && !opposites::exclude(&lower(said), &lower(stands))
}

/// The words that decide a sense: what counts or denies, and what sets a condition, an exception or a doubt.
fn decisive(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = words::words(text).map(|word| &text[word]);
    let turns = |word: &str| !words::is_contrast(word) && (elision::turns(word) || words::is_shade(word));
    words
        .filter(move |word| words::is_decisive(word) || turns(word))
        .map(str::to_lowercase)
}

/// `[un]treated` for `treated`, `harm[ful]` for `harmless`.
fn turns_by_a_syllable(said: &str, stands: &str) -> bool {
    let lower =
        |text: &str| -> Vec<String> { words::words(text).map(|word| text[word].to_lowercase()).collect() };
    let (said, stands) = (lower(said), lower(stands));
    let negated = |one: &String, other: &String| {
        let before = one
            .strip_suffix(other.as_str())
            .is_some_and(|syllable| TURNING_SYLLABLES.contains(&syllable));
        let stem = one.strip_suffix("less").filter(|stem| stem.len() > 2);
        before || stem.is_some_and(|stem| other.starts_with(stem) && !other.ends_with("less"))
    };
    said.iter()
        .any(|one| stands.iter().any(|other| negated(one, other) || negated(other, one)))
}

const TURNING_SYLLABLES: &[&str] = &[
    "un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "a", "anti", "miss", "re", "over", "under",
    "pre", "ex", "semi", "half",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_is_on_both_sides_or_on_neither() {
        for (said, stands) in [
            ("Berg", "but he"),
            ("he", "Berg"),
            ("the five", "these five"),
            ("Nobody", "nobody"),
            ("now", "then"),
            ("", "old"),
        ] {
            assert!(same_sense(said, stands), "{said} for {stands}");
        }
        for (said, stands) in [
            ("Everybody", "Nobody"),
            ("million", ""),
            ("half", ""),
            ("now", "not"),
            ("just", "only"),
            ("Tuesday", "Monday"),
            ("that day", "Monday"),
            ("May", "June"),
            ("jeder", "keiner"),
            ("untreated", "treated"),
            ("harmful", "harmless"),
            ("the", "two"),
            ("partly", ""),
            ("allegedly", ""),
            ("probably", ""),
            ("falsely", ""),
            ("except in winter", ""),
            ("unless it rains", ""),
            ("but was sold", ""),
            ("denied and", ""),
            ("repaid", "paid"),
            ("angeblich", ""),
            ("probablement", ""),
        ] {
            assert!(!same_sense(said, stands), "{said} for {stands}");
        }
        assert!(same_sense("may", "can"), "a verb is no month");
    }
}
