//! Which known key a writer meant: of front matter, of a note's fields, of casebook.toml.

use strsim::osa_distance;

pub use super::look::folded;

/// What a key is among those that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'a> {
    Exact,
    /// It is read as this one, with a warning.
    Near(&'a str),
    Unknown,
}

/// Keys at least this long may differ in two letters.
const LONG: usize = 6;

/// Words of another meaning that are spelt nearly like a key.
const OTHER_WORDS: &[&str] = &[
    "pirate", "pirates", "primate", "primates", "prorate", "prelate", "privet", "raft", "craft", "graft",
    "drift",
];

/// Looks a folded key up: the same first letter and one letter wrong (or two swapped), two in keys of six
/// letters or more.
pub fn known<'a>(key: &str, known: &[&'a str]) -> Match<'a> {
    if known.contains(&key) {
        return Match::Exact;
    }
    if OTHER_WORDS.contains(&key) {
        return Match::Unknown;
    }
    let near = known
        .iter()
        .filter_map(|candidate| Some((slips(key, candidate)?, *candidate)));
    near.min_by_key(|&(slips, _)| slips)
        .map_or(Match::Unknown, |(_, candidate)| Match::Near(candidate))
}

/// How many letters are wrong, where few enough are.
fn slips(key: &str, candidate: &str) -> Option<usize> {
    let length = candidate.chars().count();
    let allowed = if length >= LONG { 2 } else { 1 };
    let comparable = key.chars().next() == candidate.chars().next()
        && key.chars().take(length + 3).count().abs_diff(length) <= allowed;
    Some(comparable.then(|| osa_distance(key, candidate))?).filter(|&slips| slips <= allowed)
}

/// What people call keys elsewhere, and those of ours that say it, the likeliest first.
const ELSEWHERE: &[(&str, &[&str])] = &[
    (
        "tag tags keyword keywords category categories subject subjects theme themes label labels",
        &["topics", "broader"],
    ),
    ("creator writer byline", &["author"]),
    ("annotator commentator", &["by"]),
    ("date-created created modified updated written", &["made"]),
    ("accessed retrieved saved access-date date-accessed downloaded", &["captured"]),
    (
        "issued date-published publication-date publish-date pubdate published-at published-on dated year",
        &["published"],
    ),
    ("when", &["date", "published"]),
    ("link href web website address uri source-url original", &["url", "same-as"]),
    ("lang locale", &["language"]),
    ("type", &["kind", "form", "status"]),
    ("name heading headline statement", &["title"]),
    ("aka also-known-as other-names synonyms", &["aliases"]),
    ("slug", &["id"]),
    ("document doc about file seed on article", &["source"]),
    ("newspaper outlet journal site site-name agency press", &["publisher"]),
    ("parent parents part-of", &["broader"]),
    ("wikidata wikipedia viaf see-also", &["same-as"]),
    ("weight position rank", &["order"]),
    ("excludes rivals contradicts versus", &["against"]),
    ("state verdict rating", &["status"]),
    ("copy archived archive-url wayback mirror", &["archive"]),
    ("wire reprint-of based-on copied-from", &["derives-from"]),
    ("short abbreviation sigil", &["siglum"]),
    ("redirect-from redirects old-ids formerly", &["former-ids"]),
];

/// The key, of those that are known, that people call so elsewhere.
pub fn called_elsewhere<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let key = key.replace(' ', "-");
    let (_, ours) = ELSEWHERE
        .iter()
        .find(|(words, _)| words.split(' ').any(|word| word == key))?;
    ours.iter()
        .find_map(|ours| known.iter().find(|known| *known == ours).copied())
}

/// What `private: …` or `draft: …` says; `None` where that is unclear.
pub fn truth(value: &str) -> Option<bool> {
    match folded(value).as_str() {
        "true" | "yes" | "y" | "on" | "1" | "ja" | "oui" | "si" | "sim" | "x" | "✓" | "✔" | "☑" | "✅" => {
            Some(true)
        }
        "false" | "no" | "n" | "off" | "0" | "nein" | "non" | "nej" => Some(false),
        _ => None,
    }
}

/// Whether a value is meant as a truth, misspelt or not.
pub fn is_nearly_truth(value: &str) -> bool {
    known(&folded(value), &["true", "false", "yes", "no", "on", "off", "1", "0"]) != Match::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truth_is_read_as_people_read_it() {
        for (value, expected) in [
            ("true", Some(true)),
            ("“True”.", Some(true)),
            ("{yes}", Some(true)),
            ("ｔｒｕｅ", Some(true)),
            ("tr\u{200b}ue", Some(true)),
            ("sí", Some(true)),
            ("✓", Some(true)),
            ("No!", Some(false)),
            ("fаlse", Some(false)),
            ("flase", None),
            ("", None),
            ("until June", None),
        ] {
            assert_eq!(truth(value), expected, "{value:?}");
        }
    }

    #[test]
    fn a_near_miss_has_the_same_first_letter_and_one_letter_wrong_or_two_in_a_long_key() {
        let keys = ["private", "draft", "date", "said", "by", "topics"];
        for (key, expected) in [
            ("private", Match::Exact),
            ("privat", Match::Near("private")),
            ("privaet", Match::Near("private")),
            ("pirvaet", Match::Near("private")),
            ("privacy", Match::Near("private")),
            ("provide", Match::Unknown),
            ("rivate", Match::Unknown),
            ("primate", Match::Unknown),
            ("prorate", Match::Unknown),
            ("darft", Match::Near("draft")),
            ("dratf", Match::Near("draft")),
            ("graft", Match::Unknown),
            ("draughts", Match::Unknown),
            ("data", Match::Near("date")),
            ("topic", Match::Near("topics")),
            ("note", Match::Unknown),
            ("", Match::Unknown),
        ] {
            assert_eq!(known(key, &keys), expected, "{key}");
        }
    }
}
