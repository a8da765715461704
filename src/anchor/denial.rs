//! Words that deny what stands right behind or before them and are more than one: `no evidence that | …`,
//! `bestritt, dass | …`, `… | ではない`. A denial that is itself denied (`nobody denied that | …`) is none.

use std::ops::Range;

use super::words::{is_negation, words};

/// Where such words stand that end right before a passage, in the text up to it.
pub fn before(text: &str) -> Option<Range<usize>> {
    let from = text.floor_char_boundary(text.len().saturating_sub(REACH));
    let piece = &text[from..];
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in words(piece) {
        match ranges.last_mut() {
            Some(last) if &piece[last.end..word.start] == "’" => last.end = word.end,
            _ => ranges.push(word),
        }
    }
    let touches = piece[ranges.last()?.end..]
        .chars()
        .all(|c| c.is_whitespace() || c == ',');
    let said: Vec<String> = ranges.iter().map(|range| plain(&piece[range.clone()])).collect();
    let first = phrase(&said).or_else(|| clause(&said)).filter(|_| touches)?;
    (!is_denied(&said[..first])).then(|| from + ranges[first].start..from + ranges[ranges.len() - 1].end)
}

/// The denial that follows a passage right behind it.
pub fn behind(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(['」', '』', ' ']);
    BEHIND.iter().copied().find(|denial| text.starts_with(denial))
}

/// Whether words take back the denial that follows them: `nobody |`, `did not |`.
pub fn is_denied(before: &[String]) -> bool {
    before
        .iter()
        .rev()
        .take(3)
        .any(|word| is_negation(word) || is_listed("hardly few kaum personne niemand", word))
}

/// A word in small letters, its apostrophe straight.
pub fn plain(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Further off no word is looked at.
const REACH: usize = 160;

fn is_listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// Where a phrase begins that ends some words.
fn phrase(said: &[String]) -> Option<usize> {
    let ends_with = |phrase: &str| {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let start = said.len().checked_sub(wanted.len())?;
        said[start..]
            .iter()
            .zip(wanted)
            .all(|(said, wanted)| said == wanted)
            .then_some(start)
    };
    PHRASES.iter().find_map(|phrase| ends_with(phrase))
}

/// Where words begin that deny a clause, if a word like "that" leads to it.
fn clause(said: &[String]) -> Option<usize> {
    let (last, before) = said.split_last()?;
    if !is_listed(LEADING, last) {
        return None;
    }
    let near = before.len().saturating_sub(4)..before.len();
    let denying = near.clone().rev().take(3).find(|&at| is_listed(DENYING, &before[at]));
    denying.or_else(|| {
        let noun = near
            .clone()
            .rev()
            .take(3)
            .find(|&at| is_listed(GROUNDS, &before[at]))?;
        near.rev().find(|&at| at < noun && is_negation(&before[at]))
    })
}

/// Words that lead to a clause.
const LEADING: &str = "that dass daß que che att at что rằng";

/// Words that deny what follows behind "that". Those of "doubt" are none where they are negated.
const DENYING: &str = "deny denies denied denying dispute disputes disputed doubts doubted untrue false \
    incorrect \
    disproved refuted refutes rejected rejects lie myth \
    bestreitet bestritt bestritten bestreiten leugnet leugnete verneint verneinte dementiert \
    dementierte unwahr \
    falsch widerlegt bezweifelt bezweifelte \
    nie nia nié niait nient dément démenti démentit faux conteste contesta contesté \
    niega negó negaron niegan desmiente desmintió falso nega negò negou smentisce smentì smentito desmentiu \
    förnekade förnekar nægter nægtede nekter nektet ontkent ontkende onwaar \
    отрицает отрицал отрицала отрицали опроверг неверно неправда";

/// What is said to be missing where a clause is not shown to be true: `no evidence that`.
const GROUNDS: &str = "evidence proof sign signs indication indications reason grounds truth true case \
    correct right \
    suggestion claim \
    beweis beweise beweisen anzeichen hinweis hinweise beleg belege wahr grund richtig stimmt \
    preuve preuves signe indice vrai exact prueba pruebas indicios cierto verdad prova prove vero \
    verdade provas \
    bevis bewijs waar доказательств правда";

const PHRASES: &[&str] = &[
    "by no means",
    "in no way",
    "under no circumstances",
    "on no account",
    "at no time",
    "in no case",
    "in no sense",
    "no intention of",
    "no intention to",
    "not in the least",
    "not at all",
    "anything but",
    "nothing like",
    "no longer",
    "auf keinen fall",
    "in keiner weise",
    "in keinem fall",
    "keineswegs",
    "mitnichten",
    "nicht mehr",
    "n'est plus",
    "n'était plus",
    "n'a plus",
    "n'est pas",
    "n'a pas",
    "n'ont pas",
    "n'était pas",
    "ne sont plus",
    "ne sont pas",
    "en aucun cas",
    "en aucune façon",
    "en ningún caso",
    "de ninguna manera",
    "ya no",
    "in nessun caso",
    "in nessun modo",
    "de modo nenhum",
    "geenszins",
    "ingalunda",
    "ни в коем случае",
    "отнюдь не",
];

/// Denials that stand behind what they deny, in languages whose verbs end the sentence.
const BEHIND: &[&str] = &[
    "ではない",
    "ではなかった",
    "じゃない",
    "でない",
    "ではありません",
    "ではなく",
    "とは言えない",
    "とはいえない",
    "とは限らない",
    "わけではない",
    "わけがない",
    "はずがない",
    "というのは嘘",
    "という事実はない",
    "という証拠はない",
    "とは考えていない",
    "是假的",
    "是谣言",
    "是謠言",
    "是不实",
    "并非事实",
    "並非事實",
    "不是事实",
    "不是真的",
    "不属实",
    "纯属谣言",
    "가 아니다",
    "이 아니다",
    "은 아니다",
    "는 아니다",
    "가 아니",
    "이 아니",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_denies_what_follows() {
        for text in [
            "There is no evidence that ",
            "He was by no means ",
            "It is untrue that ",
            "The mayor disputes that ",
            "Er bestritt, dass ",
            "Es gibt keine Beweise, dass ",
            "Il n’est plus ",
            "Il est faux que ",
            "No es cierto que ",
            "It is not true that ",
            "Негативно. Он отрицал, что ",
        ] {
            assert!(before(text).is_some(), "{text}");
        }
        assert_eq!(behind("ではない。"), Some("ではない"));
        assert_eq!(behind("である。"), None);
    }

    #[test]
    fn what_does_not() {
        for text in [
            "Nobody denied that ",
            "He did not deny that ",
            "Niemand bestritt, dass ",
            "There is evidence that ",
            "No doubt that ",
            "It is false, he said, that the mayor ",
            "He said that ",
            "There was no rain on that day, and ",
            "Personne ne nie que ",
        ] {
            assert!(before(text).is_none(), "{text}");
        }
    }
}
