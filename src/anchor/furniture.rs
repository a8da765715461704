//! Words that stand in a source but for something that the page put between them: a line number, a running
//! head, a cue, a note.
//!
//! Where a quotation does not stand, its words are laid along the passage that comes nearest, one after the
//! other. If nothing is missing and all that comes between is numbers, or lines of their own, it is told, and
//! the quotation is offered with `[...]`.

use std::ops::Range;

use super::fold::fold;
use super::haystack::Haystack;
use super::words;
use crate::model::quote::Quote;

/// What stands between the words of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// As bytes of the reading text, in order.
    pub between: Vec<Range<usize>>,
    /// The quotation as it is typed, with `[...]`.
    pub elided: String,
}

/// No more words than this come between two words that are quoted.
const MOST_BETWEEN: usize = 30;
/// So many words after a gap must be the next ones.
const ENOUGH: usize = 2;
/// A line of furniture has no more characters.
const LONGEST_LINE: usize = 80;

/// `near` is the passage that comes nearest, as bytes of the reading text.
pub fn furniture(quote: &Quote, near: Range<usize>, hay: &Haystack) -> Option<Furniture> {
    let typed = fold(&quote.typed.text);
    let here: Vec<Range<usize>> = words::words(&typed.text).collect();
    let there = &hay.index().words;
    let said = |i: usize| typed.text.get(here.get(i)?.clone());
    let stands = |j: usize| hay.folded.text.get(there.get(j)?.range.clone());
    let start = hay.folded.folded(near.start);
    let from = there.partition_point(|word| word.range.end <= start);
    let begins =
        |&j: &usize| (0..ENOUGH.min(here.len())).all(|k| said(k).is_some() && said(k) == stands(j + k));
    let mut at = (from.saturating_sub(MOST_BETWEEN)..from + MOST_BETWEEN).find(begins)?;
    let (mut between, mut cuts) = (Vec::new(), Vec::new());
    for i in 0..here.len() {
        if said(i) != stands(at) {
            let follows = |&j: &usize| (0..ENOUGH.min(here.len() - i)).all(|k| said(i + k) == stands(j + k));
            let next = (at + 1..=at + MOST_BETWEEN).find(follows)?;
            between.push(at..next);
            cuts.push(i);
            at = next;
        }
        at += 1;
    }
    let raw = |words: &Range<usize>| {
        hay.folded
            .raw(there[words.start].range.start..there[words.end - 1].range.end)
    };
    let all_furniture = !between.is_empty() && between.iter().all(|words| is_furniture(hay, &raw(words)));
    all_furniture.then(|| Furniture {
        elided: elided(&quote.typed.text, cuts.iter().map(|&i| typed.raw(here[i].clone()).start)),
        between: between.iter().map(raw).collect(),
    })
}

/// A number, or short lines of their own.
fn is_furniture(hay: &Haystack, range: &Range<usize>) -> bool {
    let words = &hay.raw[range.clone()];
    let number = words.chars().all(|c| !c.is_alphabetic());
    let open = |c: char| c != '\n' && !c.is_alphanumeric();
    let begins = hay.raw[..range.start].trim_end_matches(open).ends_with('\n');
    let ends = hay.raw[range.end..].trim_start_matches(open).starts_with('\n');
    let short = words.lines().all(|line| line.chars().count() <= LONGEST_LINE);
    number && (begins || ends || is_alone(hay, range)) || begins && ends && short
}

/// Whether a number stands where lines were put together: white space parts it on both sides.
fn is_alone(hay: &Haystack, range: &Range<usize>) -> bool {
    let before = hay.raw[..range.start].ends_with(char::is_whitespace);
    before && hay.raw[range.end..].starts_with(char::is_whitespace)
}

fn elided(typed: &str, cuts: impl Iterator<Item = usize>) -> String {
    let mut text = String::new();
    let mut at = 0;
    for cut in cuts {
        text.push_str(typed[at..cut].trim_end());
        text.push_str(" [...] ");
        at = cut;
    }
    text + &typed[at..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quote::Words;
    use crate::model::roles::Roles;

    #[track_caller]
    fn check(source: &str, typed: &str, expected: Option<(&[&str], &str)>) {
        let words = Words { text: typed.to_string(), ..Words::default() };
        let hay = Haystack::new(source, &Roles::default());
        let found = furniture(&Quote { read: words.clone(), typed: words }, 0..source.len(), &hay);
        let shown = found.as_ref().map(|found| {
            (
                found
                    .between
                    .iter()
                    .map(|range| &source[range.clone()])
                    .collect::<Vec<_>>(),
                found.elided.as_str(),
            )
        });
        assert_eq!(shown, expected.map(|(between, elided)| (between.to_vec(), elided)));
    }

    #[test]
    fn line_numbers_heads_and_cues() {
        let transcript = "12   I left the quay at dawn and\n13   went to the inn, where the smith was\n14   \
            already drunk.";
        let typed = "I left the quay at dawn and went to the inn, where the smith was already drunk.";
        let elided =
            "I left the quay at dawn and [...] went to the inn, where the smith was [...] already drunk.";
        check(transcript, typed, Some((&["13", "14"], elided)));
        let pages = "They carried the oar up to the\n– 14 –\nTHE PORT OF DEAL\nold mill and left it.";
        check(
            pages,
            "carried the oar up to the old mill",
            Some((&["14 –\nTHE PORT OF DEAL"], "carried the oar up to the [...] old mill")),
        );
    }

    #[test]
    fn words_of_the_text_are_none() {
        check("The clerk did not see the mayor.", "The clerk did see the mayor.", None);
        check("The clerk saw the mayor.", "The clerk saw the old mayor.", None);
    }
}
