//! `private` where it is no field: in a comment, in a quotation, in code, misspelt, or with another sign than a colon.
//!
//! It is obeyed all the same, since a note that should not leave the machine must not leave it for a slip of the pen. A
//! sentence that merely begins with the word hides too much once and is then reworded; the other mistake could not be undone.

use std::ops::Range;

use crate::parse::fields::{self, truth};
use crate::parse::front_matter::folded_key;
use crate::parse::keys::{Match, known};

/// A line that means to hide what it stands in: where its word stands in the line.
pub fn hides(line: &str) -> Option<Range<usize>> {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
    let lead = line.len() - words.len();
    let quoted = line[..lead].contains(['>', '|', '`', '~']) || line.starts_with("    ") || line.starts_with('\t');
    let (name, behind) = fields::name(words)?;
    let word = folded_key(&words[name.clone()]);
    let exact = word == "private";
    if !exact && !is_near(&word) {
        return None;
    }
    let rest = words[behind..].trim_start();
    let place = lead + name.start..lead + name.end;
    let colon = rest.strip_prefix([':', '：', '=']);
    let value = colon.or_else(|| rest.strip_prefix(['-', '–', '—'])).unwrap_or(rest);
    let value = value.trim_start_matches([':', '=', '>']).trim_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
    let clear = truth(value);
    let parted = colon.is_some() || rest.len() < words[behind..].len() || !rest.is_empty();
    let meant = match clear {
        Some(truth) => truth && parted,
        // "private: until the trial" hides; in a quotation or in code these are somebody's words
        None => colon.is_some() && !quoted && (exact || value.split_whitespace().count() <= 3),
    };
    meant.then_some(place)
}

/// Marks of quotations, lists, headings, tables, emphasis, code and comments.
const SIGNS: &[char] = &['>', '-', '*', '+', '•', '#', '|', '_', '`', '~', '%', '<', '!'];

/// With its first letter wrong too: nothing else is spelt like it.
fn is_near(word: &str) -> bool {
    word.chars().count() <= 12 && (known(word, &["private"]) != Match::Unknown || strsim::osa_distance(word, "private") <= 1)
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn a_line_that_means_to_hide() {
        for line in [
            "private: true",
            "Private: yes",
            "privat: yes",
            "rivate: true",
            "- **Private**: true",
            "  private : true",
            "private：true",
            "private = true",
            "Private - true",
            "private — yes.",
            "private true",
            "> private: true",
            "`private: true`",
            "| private: true |",
            "%% private: true %%",
            "<!-- private: true -->",
            "# private: true",
            "    private: true",
            "private: maybe",
            "private: until the trial has ended, then not",
            "private:",
            "privat: ??",
        ] {
            assert!(hides(line).is_some(), "{line}");
        }
    }

    #[test]
    fn a_line_that_does_not() {
        for line in [
            "private",
            "Private schools were closed.",
            "private: false",
            "He was a private. True, but",
            "> Private: John Smith",
            "primate: it is said that they left early",
            "climate: true",
            "the private: true",
            "",
        ] {
            assert!(hides(line).is_none(), "{line}");
        }
    }
}
