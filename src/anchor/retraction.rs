//! Sentences that take back the one before them: `That was a lie.`, `He later withdrew the statement.`, `If
//! he wins.`
//!
//! `elision` asks after a contrast, a negation and what points at a statement; here are the words that take
//! back by themselves.

use std::ops::Range;

/// The words by which a sentence takes back the one before it, given all its words in lower case.
pub fn found(said: &[String], sentence: &str) -> Option<Range<usize>> {
    let first = said.first()?.as_str();
    let comma = sentence.contains([',', ';', ':']);
    let short = said.len() <= MOST_OF_A_FRAGMENT;
    match () {
        () if DENIALS.contains(&first) && short && answers(said, sentence) => Some(0..1),
        () if CONDITIONS.contains(&first) && short && !comma => Some(0..1),
        () if matches!(first, "so" | "this" | "that") && says(said) => Some(0..said.len().min(3)),
        () => phrase(said).or_else(|| named(said)),
    }
}

/// Whether a sentence only looks as if it took back the one before: `That is not all.`, `It is not known
/// why.`, `However hard it blew, …`.
pub fn only_goes_on(said: &[String], sentence: &str) -> bool {
    const FURTHER: [&str; 10] =
        ["all", "known", "clear", "recorded", "surprising", "alone", "new", "alles", "bekannt", "tout"];
    let Some(first) = said.first() else { return false };
    let typed = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let goes_straight_on = typed
        .get(first.len()..)
        .is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let however = first == "however"
        && goes_straight_on
        && said
            .get(1)
            .is_some_and(|second| DEGREES.split_whitespace().any(|one| one == second));
    let further = said.windows(2).take(MOST_OF_A_FRAGMENT).any(|pair| {
        matches!(pair[0].as_str(), "not" | "nicht" | "pas") && FURTHER.contains(&pair[1].as_str())
    });
    let points = matches!(
        first.as_str(),
        "that" | "this" | "it" | "das" | "dies" | "es" | "ce" | "cela" | "which" | "these" | "those"
    );
    let claims = said
        .iter()
        .any(|word| matches!(word.as_str(), "true" | "wahr" | "vrai" | "false" | "whether"));
    however || points && further && !claims
}

/// Words behind "however" with which it says how far.
const DEGREES: &str = "hard much many little few long far often old late early small large big great \
    good bad fast \
    slow high low strong weak loud poor rich deep near brief well badly hardly";

/// More words than this are a sentence of their own.
const MOST_OF_A_FRAGMENT: usize = 6;

const DENIALS: &[&str] = &["no", "nope", "nein", "non", "nej", "nei", "nee", "нет", "ні", "ne", "không"];

/// Whether a denial answers what was said, as `No.`, `No, he did not.` and `No he did not.` do, and
/// `No bell rang.` does not.
fn answers(said: &[String], sentence: &str) -> bool {
    const WHO: &[&str] =
        &["he", "she", "it", "they", "we", "i", "that", "er", "sie", "es", "das", "il", "elle", "él", "ella"];
    let behind = said.first().and_then(|first| {
        let typed = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
        typed.get(first.len()..)?.chars().next()
    });
    behind.is_none_or(|c| !c.is_whitespace()) || said.get(1).is_some_and(|word| WHO.contains(&word.as_str()))
}

/// Words that begin a condition, or half a sentence.
const CONDITIONS: &[&str] = &[
    "if", "unless", "provided", "falls", "sofern", "wenn", "если", "nếu", "pourvu", "indien", "mits", "hvis",
];

/// `So he claimed.`, and not `So he claimed the money.`
fn says(said: &[String]) -> bool {
    let verbs = [
        "claimed",
        "claims",
        "said",
        "says",
        "thought",
        "believed",
        "alleged",
        "pretended",
        "boasted",
        "told",
    ];
    let verb = said
        .iter()
        .skip(1)
        .take(3)
        .position(|word| verbs.contains(&word.as_str()));
    verb.is_some_and(|at| {
        let behind = said.get(at + 2..).unwrap_or_default();
        behind.is_empty()
            || matches!(behind, [word] if matches!(word.as_str(), "us" | "later" | "afterwards" | "then"))
    })
}

/// Words that take back wherever they stand in the sentence.
const PHRASES: &[&str] = &[
    "was mistaken",
    "were mistaken",
    "is mistaken",
    "was wrong",
    "were wrong",
    "is wrong",
    "was lying",
    "were lying",
    "had lied",
    "was debunked",
    "were debunked",
    "been debunked",
    "was retracted",
    "been retracted",
    "was withdrawn",
    "been withdrawn",
    "withdrew the statement",
    "withdrew this",
    "withdrew that",
    "withdrew it",
    "withdrew the claim",
    "withdrew the charge",
    "withdrew his",
    "withdrew her",
    "later withdrew",
    "later retracted",
    "later recanted",
    "is repealed",
    "was repealed",
    "are repealed",
    "were repealed",
    "been repealed",
    "was overturned",
    "was quashed",
    "was reversed",
    "was refuted",
    "was disproved",
    "is revoked",
    "was revoked",
    "just kidding",
    "only kidding",
    "was joking",
    "were joking",
    "none of",
    "nothing of",
    "found otherwise",
    "held otherwise",
    "ruled otherwise",
    "decided otherwise",
    "proved otherwise",
    "turned out otherwise",
    "irrte sich",
    "hat gelogen",
    "war gelogen",
    "wurde widerlegt",
    "widerrief",
    "zog die aussage",
    "ist aufgehoben",
    "wurde aufgehoben",
    "nahm das zurück",
    "s'est trompé",
    "avait menti",
    "a menti",
    "est abrogé",
    "se retractó",
    "mintió",
    "se equivocó",
    "queda derogado",
    "si sbagliava",
    "ha mentito",
    "è abrogato",
    "đã rút lại",
    "nói dối",
];

fn phrase(said: &[String]) -> Option<Range<usize>> {
    let starts = 0..said.len();
    starts.into_iter().find_map(|at| {
        let stands = |phrase: &&&str| {
            let mut words = phrase.split(' ').enumerate();
            words.all(|(i, word)| said.get(at + i).is_some_and(|said| said == word))
        };
        PHRASES
            .iter()
            .find(stands)
            .map(|phrase| at..at + phrase.split(' ').count())
    })
}

/// What a statement is called that is none.
const NAMES: &[&str] = &[
    "lie",
    "lies",
    "joke",
    "hoax",
    "fake",
    "myth",
    "mistake",
    "error",
    "invention",
    "forgery",
    "fabrication",
    "fiction",
    "rumour",
    "rumor",
    "dream",
    "lüge",
    "scherz",
    "witz",
    "irrtum",
    "fehler",
    "erfindung",
    "mensonge",
    "blague",
    "erreur",
    "mentira",
    "broma",
    "bulo",
    "bugia",
    "menzogna",
    "scherzo",
    "errore",
    "leugen",
    "grap",
    "lögn",
    "løgn",
    "skämt",
    "ложь",
    "шутка",
    "ошибка",
];

/// `It was a joke`: no more than an article and a word stand between.
fn named(said: &[String]) -> Option<Range<usize>> {
    const BE: &[&str] = &[
        "was", "is", "were", "are", "war", "ist", "était", "est", "fue", "era", "es", "è", "foi", "var",
        "это", "was",
    ];
    let name = said.iter().take(8).position(|word| NAMES.contains(&word.as_str()))?;
    let be = said[name.saturating_sub(3)..name]
        .iter()
        .any(|word| BE.contains(&word.as_str()));
    be.then_some(name..name + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes_back(sentence: &str) -> bool {
        let said: Vec<String> = sentence
            .trim_end_matches('.')
            .to_lowercase()
            .replace(',', "")
            .split(' ')
            .map(str::to_string)
            .collect();
        found(&said, sentence).is_some()
    }

    #[test]
    fn what_takes_back() {
        for sentence in [
            "That was a lie.",
            "He later withdrew the statement.",
            "So he claimed.",
            "No, he did not.",
            "He was mistaken.",
            "None of it is true.",
            "The court found otherwise.",
            "It was a joke.",
            "The claim was debunked.",
            "The above is repealed.",
            "Just kidding.",
            "If he wins.",
            "Das war eine Lüge.",
        ] {
            assert!(takes_back(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_looks_as_if_it_took_back() {
        let goes_on = |sentence: &str| {
            let said: Vec<String> = super::super::words::words(sentence)
                .map(|word| sentence[word].to_lowercase())
                .collect();
            only_goes_on(&said, sentence)
        };
        for sentence in [
            "That is not all.",
            "It is not known why.",
            "However hard it blew, he came.",
            "Das ist nicht alles.",
        ] {
            assert!(goes_on(sentence), "{sentence}");
        }
        for sentence in [
            "That is not so.",
            "However, he came.",
            "However the court found otherwise.",
            "It is not known whether it is true.",
            "That is not true at all.",
        ] {
            assert!(!goes_on(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_only_goes_on() {
        for sentence in [
            "The bells rang.",
            "If you come by train, get off here.",
            "So the town grew.",
            "He withdrew to the inn.",
            "No boat came that day from the sea at all.",
            "The town lies by the sea.",
            "He told a joke.",
        ] {
            assert!(!takes_back(sentence), "{sentence}");
        }
    }
}
