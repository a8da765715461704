//! A key and its value where neither is one of ours: `privateUntil: trial`, `publish: no (source at risk)`,
//! `accessLevel: private`, `notes: do not publish`, `withheld = "yes"`.
//!
//! A key that holds back by itself (`private until`) does so with every value but a no. A key that asks
//! whether something is shown does with a refusal. Of other keys the value decides: an instruction, or a word
//! of the table alone; what a title, a name or a date says is no answer to anybody.

use super::held::Held;
use super::instruction::{apart, instruction, is_later, waits};
use super::stated::key_of;
use super::statement::{Key, Reading};
use super::words::{self, Meaning, STATES, TAGS};
use crate::parse::keys::{Match, folded, known};
use crate::parse::look::Look;

/// Keys whose values are words of the world: titles, names, days, addresses. A soldier's rank is private.
const CONTENT: &[&str] = &[
    "title",
    "subtitle",
    "headline",
    "name",
    "alias",
    "aliases",
    "id",
    "former-ids",
    "author",
    "authors",
    "by",
    "publisher",
    "source",
    "date",
    "made",
    "said",
    "published",
    "captured",
    "language",
    "lang",
    "url",
    "archive",
    "ref",
    "page",
    "figure",
    "topics",
    "broader",
    "disputes",
    "supports",
    "against",
    "translator",
    "quote",
    "same-as",
    "siglum",
    "derives-from",
    "order",
    "rank",
    "grade",
];
/// Keys that ask whether somebody agreed.
const CONSENT: &[&str] = &["consent", "approval", "clearance", "cleared", "einwilligung", "consentement"];
/// Keys that say that something is kept in confidence, and how strictly.
const CONFIDENCE: &[&str] = &[
    "confidentiality",
    "secrecy",
    "vertraulichkeit",
    "geheimhaltung",
    "confidentialité",
    "confidencialidad",
];

/// What the first pair of a line holds back; `in_text`: where fields stand, and not in a head.
pub fn holds(reading: &Reading, in_text: bool) -> Option<Held> {
    let (head, value) = pair(reading)?;
    let (key, typed) = (apart(reading.typed(&head)), reading.rest(value));
    let is_sentence = in_text && key.starts_with(char::is_uppercase) && typed.trim_end().ends_with('.');
    let is_quote = |c: char| c.is_whitespace() || "\"'“”„«»".contains(c);
    let held = of(&key, typed.trim_matches(is_quote), in_text, is_sentence)?;
    Some(Held { key: held, place: reading.place(&head) })
}

/// Whether a text is such a pair.
pub fn says_so(typed: &str) -> bool {
    let parts = typed.split_once([':', '=']);
    parts.is_some_and(|(key, value)| {
        of(&apart(key.trim()), value.trim(), false, false).is_some_and(|key| key != Key::Rights)
    })
}

/// The words before the first colon or equals sign, and where its value begins.
fn pair(reading: &Reading) -> Option<(std::ops::Range<usize>, usize)> {
    const LONGEST: usize = 40;
    let start = reading.first_letter(0);
    let reach = reading.glyphs.len().min(start + LONGEST);
    let sign = (start..reach).find(|&at| matches!(reading.glyphs[at].look, Look::Colon | Look::Equals))?;
    (start < sign).then_some((start..sign, sign + 1))
}

fn of(key: &str, value: &str, in_text: bool, is_sentence: bool) -> Option<Key> {
    const MOST_WORDS: usize = 3;
    let name = folded(key).replace(' ', "-");
    let answer = first_answer(value);
    let has_words = value.contains(char::is_alphanumeric);
    if key.split_whitespace().nth(MOST_WORDS).is_some() || words::is_no(answer) && waits(key) {
        return None;
    }
    if waits(key) && has_words && !words::is_no(answer) && !is_sentence_of_words(key, value) {
        return Some(Key::Draft);
    }
    let is_ours = words::meaning(key).and_then(key_of);
    let is_date = || answer.chars().filter(char::is_ascii_digit).count() > 4;
    let is_due = || is_date() || is_later(value);
    if let Some(held) = is_ours
        .filter(|_| !matches!(name.as_str(), "private" | "draft"))
        .filter(|_| words::is_yes(answer) || is_due())
    {
        return Some(held);
    }
    let asked = key.strip_prefix("is ").unwrap_or(key);
    let asks = words::meaning(asked) == Some(Meaning::Public) || is_nearly_publish(&name);
    // "Published: after the war" is told of a book.
    let is_put_off = || is_later(value) && !(in_text && key.starts_with(char::is_uppercase));
    let is_never = || answer.starts_with("never ") || answer.starts_with("not ");
    let is_hidden = || words::is_denied(answer) || is_never() || is_put_off() || is_state_word(answer);
    if asks && !is_sentence && is_hidden() {
        return Some(Key::Draft);
    }
    if CONSENT.contains(&name.as_str()) && !is_sentence && words::is_denied(answer) {
        return Some(Key::Draft);
    }
    let is_strict = || words::is_yes(answer) || matches!(folded(answer).as_str(), "strict" | "high" | "full");
    if CONFIDENCE.contains(&folded(key).as_str()) && is_strict() {
        return Some(Key::Draft);
    }
    if is_about_rights(&name, key, answer) {
        return Some(Key::Rights);
    }
    if is_of_state(key) && is_state_word(answer) {
        return Some(Key::Draft);
    }
    if CONTENT.contains(&name.as_str()) || TAGS.contains(&name.as_str()) || is_sentence {
        return None;
    }
    match words::meaning(value) {
        Some(meaning) => key_of(meaning).filter(|_| key.split_whitespace().count() <= 2),
        None => instruction(value).filter(|_| has_two_words(value)),
    }
}

/// "Embargo: the EU banned arms." `EMBARGO: Friday 9am`, `embargo: 1.6.2027` and `private until: trial` wait.
fn is_sentence_of_words(key: &str, value: &str) -> bool {
    const SHORT: usize = 6;
    let is_long = value.split_whitespace().count() > SHORT;
    let is_word = words::meaning(key) == Some(Meaning::Until) && !key.contains([' ', '-']);
    let is_loud = key.len() > 1 && !key.contains(char::is_lowercase);
    let is_term = value.starts_with(|c: char| c.is_ascii_digit()) || is_later(value) || words::is_yes(value);
    is_long || is_word && !is_loud && !is_term
}

/// `no (source at risk)` → `no`
fn first_answer(value: &str) -> &str {
    let end = [" (", " [", ", ", "; ", ". ", " - ", " – ", " — ", " #", "\" #"]
        .iter()
        .filter_map(|sign| value.find(sign))
        .min()
        .unwrap_or(value.len());
    value[..end].trim_end_matches('.').trim()
}

fn has_two_words(value: &str) -> bool {
    value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .nth(1)
        .is_some()
}

/// `publsih`, `pubish`
fn is_nearly_publish(name: &str) -> bool {
    name.len() > 4 && matches!(known(name, &["publish", "published", "public"]), Match::Near(_))
}

/// A key one of whose words asks what state a text is in: `accessLevel`, `release status`.
fn is_of_state(key: &str) -> bool {
    let is_state =
        |word: &str| STATES.contains(&folded(word).as_str()) || words::meaning(word) == Some(Meaning::Status);
    is_state(key) || key.split_whitespace().any(is_state)
}

fn is_state_word(answer: &str) -> bool {
    let means = |typed: &str| {
        matches!(
            words::meaning(typed),
            Some(Meaning::Private | Meaning::Draft | Meaning::State | Meaning::Until)
        )
    };
    means(words::without_version(answer)) || means(answer) || instruction(answer).is_some()
}

/// `withheld = "yes"`, `fulltext = "false"`, `permission = "denied"`
fn is_about_rights(name: &str, key: &str, answer: &str) -> bool {
    let is_withheld = matches!(name, "withheld" | "withhold" | "withhold-text" | "text-withheld");
    let is_excerpts = matches!(name, "excerpts" | "excerpt" | "excerpts-only" | "only-excerpts");
    let says_yes =
        || words::is_yes(answer) || matches!(folded(answer).as_str(), "only" | "all" | "text" | "full");
    let narrows = || words::is_denied(answer) || words::is_none(answer);
    (is_withheld || is_excerpts) && says_yes() || words::is_rights(key) && narrows()
}
