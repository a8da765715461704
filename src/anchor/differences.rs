//! Where the words of a quotation and of the passage that is meant part, and how grave that is.
//!
//! A changed number, currency, negation or name is never "the same": whoever mends quotations must be able to
//! tell these from a dropped article.

use std::collections::BTreeSet;
use std::ops::Range;

use super::align::Pair;
use super::haystack::Haystack;
use super::measure::Candidate;
use super::query::Query;
use super::words;
use crate::model::quote::{Difference, Weight};

/// The differences in the order of the quotation; at least one, since a candidate that does not differ stands
/// word for word.
pub fn differences(query: &Query, candidate: &Candidate, hay: &Haystack) -> Vec<Difference> {
    let found = differences_of_a_part(query, candidate, hay);
    if !found.is_empty() {
        return found;
    }
    let whole = Difference {
        quoted: query.raw(query.quote.clone()).to_string(),
        source: hay.raw[hay.folded.raw(candidate.range.clone())].to_string(),
        weight: Weight::Words,
    };
    vec![whole]
}

/// The same for a part of an elided quotation, which may have none: another part differs then.
pub fn differences_of_a_part(query: &Query, candidate: &Candidate, hay: &Haystack) -> Vec<Difference> {
    let mut sides = Sides { query, hay, found: Vec::new() };
    sides.cut(candidate);
    // the first word of either side that is not accounted for
    let (mut quoted, mut next) = (0, candidate.words.start);
    for (i, (_, pair)) in candidate.pairs.iter().enumerate() {
        if let Some((at, Pair::Same)) = pair {
            let unlike = quoted < i || next < *at;
            if unlike {
                sides.part(&words_between(candidate, quoted..i), next..*at);
            } else if i > 0 {
                sides.punctuation(&candidate.pairs[i - 1].0, &candidate.pairs[i].0, *at);
            }
            (quoted, next) = (i + 1, at + 1);
        }
    }
    if quoted < candidate.pairs.len() || next < candidate.words.end {
        sides.part(&words_between(candidate, quoted..candidate.pairs.len()), next..candidate.words.end);
    }
    sides.found
}

fn words_between(candidate: &Candidate, words: Range<usize>) -> Vec<Range<usize>> {
    candidate.pairs[words]
        .iter()
        .map(|(range, _)| range.clone())
        .collect()
}

struct Sides<'a> {
    query: &'a Query,
    hay: &'a Haystack<'a>,
    found: Vec<Difference>,
}

impl Sides<'_> {
    /// A word or number that the quotation begins or ends in the middle of.
    fn cut(&mut self, candidate: &Candidate) {
        let quote = self.query.quote.clone();
        for (word, laid) in &candidate.pairs {
            let inside = word.start.max(quote.start)..word.end.min(quote.end);
            if let Some((at, Pair::Same)) = laid.filter(|_| inside != *word) {
                let there = self.hay.index().words[at].range.clone();
                let number = words::has_digit(&self.hay.folded.text[there.clone()]);
                self.found.push(Difference {
                    quoted: self.query.raw(inside).to_string(),
                    source: self.hay.raw[self.hay.folded.raw(there)].to_string(),
                    weight: if number { Weight::Figure } else { Weight::Words },
                });
            }
        }
    }

    /// Words of the quotation and words of the text that stand in each other's place.
    fn part(&mut self, quoted: &[Range<usize>], source: Range<usize>) {
        let index = self.hay.index();
        let there: Vec<Range<usize>> = index.words[source].iter().map(|word| word.range.clone()).collect();
        let span = |words: &[Range<usize>]| Some(words.first()?.start..words.last()?.end);
        let (here_text, there_text) = (&self.query.folded.text, &self.hay.folded.text);
        let weight = weight(&terms(here_text, quoted), &terms(there_text, &there));
        self.found.push(Difference {
            quoted: span(quoted).map_or(String::new(), |span| self.query.raw(span).to_string()),
            source: span(&there)
                .map_or(String::new(), |span| self.hay.raw[self.hay.folded.raw(span)].to_string()),
            weight,
        });
    }

    /// What stands between two words that agree on both sides.
    fn punctuation(&mut self, before: &Range<usize>, word: &Range<usize>, at: usize) {
        let index = self.hay.index();
        let Some(before_there) = at.checked_sub(1).map(|at| index.words[at].range.clone()) else { return };
        let there = index.words[at].range.clone();
        let (mut here_mark, mut there_mark) = (
            &self.query.folded.text[before.end..word.start],
            &self.hay.folded.text[before_there.end..there.start],
        );
        if here_mark.trim() == there_mark.trim() {
            return;
        }
        (here_mark, there_mark) = (here_mark.trim(), there_mark.trim());
        let signs = |marks: &str| marks.chars().filter(|c| SIGNS.contains(c)).collect::<String>();
        let numbers = [before, word]
            .iter()
            .any(|word| words::has_digit(&self.query.folded.text[(*word).clone()]));
        let figure = numbers && signs(here_mark) != signs(there_mark);
        self.found.push(Difference {
            quoted: self.query.raw(before.start..word.end).to_string(),
            source: self.hay.raw[self.hay.folded.raw(before_there.start..there.end)].to_string(),
            weight: if figure { Weight::Figure } else { Weight::Words },
        });
    }
}

/// What makes another number of a number when it stands before or between its digits.
const SIGNS: [char; 10] = ['-', '+', '±', '~', '<', '>', '≤', '≥', '/', ':'];

/// A word, and whether it begins a sentence.
struct Term<'a> {
    word: &'a str,
    opens: bool,
    /// Whether it is a number in letters: `(iii)`, `b)`.
    lettered: bool,
}

fn terms<'a>(text: &'a str, ranges: &[Range<usize>]) -> Vec<Term<'a>> {
    let term = |range: &Range<usize>| {
        let before = text[..range.start].trim_end_matches([' ', '"', '\'', '(', '[']);
        Term {
            word: &text[range.clone()],
            opens: before.is_empty() || before.ends_with(['.', '!', '?', ':', ';']),
            lettered: is_lettered(&text[range.clone()], &text[range.end..]),
        }
    };
    ranges.iter().map(term).collect()
}

/// Whether a word numbers a line, seen from what follows it: a letter or a Roman number, and a bracket that
/// closes; a Roman number of several letters, and a full stop.
fn is_lettered(word: &str, behind: &str) -> bool {
    let roman = word.chars().all(|c| "ivxlcIVXLC".contains(c));
    let letter = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    (roman || letter) && behind.starts_with(')') || roman && word.len() > 1 && behind.starts_with(". ")
}

fn weight(quoted: &[Term], source: &[Term]) -> Weight {
    let changed = |of: &dyn Fn(&Term) -> bool| {
        let lower = |terms: &[Term]| {
            let mut words: Vec<String> = terms
                .iter()
                .filter(|term| of(term))
                .map(|term| term.word.to_lowercase())
                .collect();
            words.sort();
            words
        };
        lower(quoted) != lower(source)
    };
    let symbol =
        |term: &Term| term.word.chars().all(|c| !c.is_alphanumeric()) || CURRENCIES.contains(&term.word);
    match () {
        () if changed(&|term| words::is_number(term.word)) || is_recounted(quoted, source) => Weight::Figure,
        () if changed(&|term| term.lettered) => Weight::Figure,
        () if changed(&symbol) => Weight::Currency,
        () if changed(&|term| words::is_negation(term.word)) => Weight::Negation,
        () if is_renamed(quoted, source) || is_renamed(source, quoted) => Weight::Name,
        () => Weight::Words,
    }
}

/// Whether both sides count in words, and count otherwise: `first` for `second`.
fn is_recounted(here: &[Term], there: &[Term]) -> bool {
    let counts = |terms: &[Term]| -> Vec<String> {
        let counting = terms.iter().filter(|term| words::may_count(term.word));
        counting.map(|term| term.word.to_lowercase()).collect()
    };
    let (here, there) = (counts(here), counts(there));
    !here.is_empty() && !there.is_empty() && here != there
}

/// Whether a name on one side is not on the other, in whatever case.
fn is_renamed(here: &[Term], there: &[Term]) -> bool {
    let words: BTreeSet<String> = there.iter().map(|term| term.word.to_lowercase()).collect();
    here.iter()
        .filter(|term| is_name(term))
        .any(|name| !words.contains(&name.word.to_lowercase()))
}

/// Currencies by their code or word; signs of currency and percent are words of their own.
const CURRENCIES: [&str; 17] = [
    "USD", "EUR", "GBP", "VND", "CNY", "JPY", "dollars", "dollar", "euros", "euro", "pounds", "dong", "đồng",
    "yuan", "yen", "percent", "US",
];

/// A capital within a sentence makes a name.
fn is_name(term: &Term) -> bool {
    !term.opens && term.word.chars().next().is_some_and(char::is_uppercase) && term.word.chars().count() > 1
}
