//! Where a sentence begins and ends: as much of a text as is shown round a passage.
//!
//! Sentences are those of UAX #29, except that none ends behind an initial or a title ("U.S.", "Mr."), and
//! that one ends too where a capital follows its stop without a space.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Where the sentence begins that a byte stands in, at most `limit` characters before it; and whether it
/// began earlier.
pub fn sentence_start(text: &str, line: &Range<usize>, at: usize, limit: usize) -> (usize, bool) {
    if at <= line.start {
        return (at, false);
    }
    // Most sentences are short: a near start is looked for first, since finding sentences is the dearest part
    // of an excerpt.
    for reach in [limit.min(120), limit] {
        let floor = text[line.start..at]
            .char_indices()
            .rev()
            .nth(reach)
            .map_or(line.start, |(i, _)| line.start + i);
        let before = &text[floor..text.ceil_char_boundary((at + 1).min(line.end).max(at))];
        let begun = sentence_borders(before)
            .take_while(|&border| floor + border <= at)
            .last();
        match begun {
            Some(border) => return (floor + border, false),
            None if floor == line.start => return (floor, false),
            None if reach == limit => return (word_border_after(text, floor, at), true),
            None => {}
        }
    }
    (at, true)
}

/// Where the sentence ends that goes on at a byte, at most `limit` characters behind it; and whether it went
/// on.
pub fn sentence_end(text: &str, line: &Range<usize>, at: usize, limit: usize) -> (usize, bool) {
    if at >= line.end {
        return (at, false);
    }
    // Most sentences are short: a near end is looked for first. It counts where a letter follows it, since no
    // rule of UAX #29 looks further.
    let near = ceiling(text, line, at, limit.min(120));
    if let Some(border) = sentence_end_before(text, line, at, near)
        && text[border..near].contains(char::is_alphabetic)
    {
        return (trimmed_end(text, at, border), false);
    }
    let ceiling = ceiling(text, line, at, limit);
    match sentence_end_before(text, line, at, ceiling) {
        Some(border) => (trimmed_end(text, at, border), false),
        None if ceiling == line.end => (ceiling, false),
        None => (word_border_before(text, at, ceiling), true),
    }
}

/// So many characters behind a byte, or the end of the line.
fn ceiling(text: &str, line: &Range<usize>, at: usize, limit: usize) -> usize {
    text[at..line.end]
        .char_indices()
        .nth(limit)
        .map_or(line.end, |(i, _)| at + i)
}

/// Where the sentence ends that goes on at a byte, if it does before a ceiling.
fn sentence_end_before(text: &str, line: &Range<usize>, at: usize, ceiling: usize) -> Option<usize> {
    // One character of the passage is read along: a passage that ends in a full stop has ended its sentence.
    let from = text[line.start..at]
        .char_indices()
        .rev()
        .nth(3)
        .map_or(line.start, |(i, _)| line.start + i);
    sentence_borders(&text[from..ceiling])
        .map(|border| from + border)
        .find(|&border| border >= at)
}

/// Where sentences begin within a text, its own beginning aside.
fn sentence_borders(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut borders: Vec<usize> = text
        .split_sentence_bound_indices()
        .map(|(at, _)| at)
        .chain(run_together(text))
        .collect();
    borders.sort_unstable();
    borders.dedup();
    borders
        .into_iter()
        .filter(move |&at| at > 0 && !ends_in_abbreviation(text[..at].trim_end()))
}

/// Sentences that begin where UAX #29 sees none: a capital right behind the stop of a word, or behind `…`.
fn run_together(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices()
        .filter(|&(_, c)| c.is_uppercase())
        .map(|(at, _)| at)
        .filter(|&at| {
            let before = &text[..at];
            if before.trim_end().ends_with(['…', '⋯']) {
                return true;
            }
            let word = before.trim_end_matches(['.', '!', '?', '…', '”', '’', '"', ')', '»']);
            let letters = word
                .chars()
                .rev()
                .take(2)
                .filter(|c| c.is_lowercase() || c.is_numeric())
                .count();
            before[word.len()..].contains(['.', '!', '?', '…']) && letters == 2
        })
}

/// Titles and the like before which UAX #29 sees the end of a sentence, since a capital follows.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Adm", "Sen", "Rep", "Gov",
    "Amb", "Sec", "Hon", "St", "Jr", "Sr", "No", "Nos", "Art", "Fig", "vs", "cf", "Co", "Corp", "Inc", "Ltd",
    "approx", "ca", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec",
];

fn ends_in_abbreviation(text: &str) -> bool {
    let Some(word) = text.strip_suffix('.') else { return false };
    let last = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&last)
}

fn word_border_after(text: &str, from: usize, at: usize) -> usize {
    text[from..at].find(char::is_whitespace).map_or(from, |space| {
        let rest = &text[from + space..at];
        from + space + (rest.len() - rest.trim_start().len())
    })
}

fn word_border_before(text: &str, at: usize, to: usize) -> usize {
    text[at..to]
        .rfind(char::is_whitespace)
        .map_or(to, |space| trimmed_end(text, at, at + space))
}

fn trimmed_end(text: &str, at: usize, to: usize) -> usize {
    at + text[at..to].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_without_a_space_too() {
        let text = "One met.Then it was sold!Two left… Three stayed in the U.S. Army.";
        let around = |word: &str| {
            let at = text.find(word).expect("the word stands there");
            let line = 0..text.len();
            &text[sentence_start(text, &line, at, 200).0..sentence_end(text, &line, at + word.len(), 200).0]
        };
        assert_eq!(around("it"), "Then it was sold!");
        assert_eq!(around("Two"), "Two left…");
        assert_eq!(around("stayed"), "Three stayed in the U.S. Army.");
    }
}
