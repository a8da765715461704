//! The words of a quotation that was read as Markdown: as they read, with what Markdown takes for syntax and
//! a reader sees.
//!
//! List marks at the heads of lines stay as they are typed (`12. `, `- `), since the source's number is
//! compared with them. Raised and lowered figures become the signs that Unicode has for them. Words that are
//! struck are told.

use std::ops::Range;

use crate::model::body::{Body, Text};
use crate::model::quote::Words;
use crate::model::roles::Role;

/// `lines` are the quotation's lines in the file, `leaves` those of the body; `marks` are ranges of its
/// reading text.
pub fn words(
    body: &Body,
    leaves: &[Text],
    file: &str,
    lines: &[Range<usize>],
    marks: Vec<Range<usize>>,
) -> Words {
    let roles = body.roles();
    let mut edits = heads(leaves, file, lines);
    for inside in &roles.inside {
        match inside.role {
            Role::Raised => edits.extend(moved(body, inside.range.clone(), &RAISED)),
            Role::Lowered => edits.extend(moved(body, inside.range.clone(), &LOWERED)),
            Role::Struck | Role::Optional | Role::Edge => {}
        }
    }
    let struck = roles
        .inside
        .iter()
        .filter(|inside| inside.role == Role::Struck)
        .map(|inside| inside.range.clone())
        .collect();
    if edits.is_empty() {
        return Words { text: body.reading.clone(), marks, struck };
    }
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edited(&body.reading, &edits, marks, struck)
}

/// A stretch of the reading text, and what stands there instead.
struct Edit {
    range: Range<usize>,
    words: String,
}

/// The list marks that Markdown took off the lines.
fn heads(leaves: &[Text], file: &str, lines: &[Range<usize>]) -> Vec<Edit> {
    let mut heads = Vec::new();
    let mut next = 0;
    for line in lines {
        let typed = &file[line.clone()];
        let start = line.end - typed.trim_start().len();
        let begins = |leaf: &Text| leaf.file.is_some_and(|span| span.start as usize >= start);
        next += leaves[next..].iter().position(begins).unwrap_or(leaves.len() - next);
        let Some(leaf) = leaves.get(next) else { break };
        let first = leaf.file.map_or(line.end, |span| span.start as usize);
        let marks = file.get(start..first.min(line.end)).unwrap_or_default();
        let listed =
            !marks.trim().is_empty() && first < line.end && marks.split_whitespace().all(is_list_mark);
        if listed {
            let at = leaf.reading.start as usize;
            heads.push(Edit { range: at..at, words: format!("{} ", marks.trim_end()) });
        }
    }
    heads
}

fn is_list_mark(mark: &str) -> bool {
    let number = mark.strip_suffix(['.', ')']);
    let counts = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    matches!(mark, "-" | "+" | "*") || number.is_some_and(counts)
}

const RAISED: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
const LOWERED: [&str; 10] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"];

fn moved(body: &Body, range: Range<usize>, forms: &[&str; 10]) -> Vec<Edit> {
    let digits = body.reading[range.clone()]
        .char_indices()
        .filter_map(|(at, c)| Some((at, c.to_digit(10)?)));
    let edit = |(at, digit): (usize, u32)| {
        let at = range.start + at;
        Edit { range: at..at + 1, words: forms[digit as usize].to_string() }
    };
    digits.map(edit).collect()
}

fn edited(text: &str, edits: &[Edit], marks: Vec<Range<usize>>, struck: Vec<Range<usize>>) -> Words {
    let mut words = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        words.push_str(&text[at..edit.range.start.max(at)]);
        words.push_str(&edit.words);
        at = edit.range.end;
    }
    words.push_str(&text[at..]);
    let grown = |before: &dyn Fn(&Edit) -> bool| {
        let edits = edits.iter().filter(|edit| before(edit));
        edits.fold((0, 0), |(more, less), edit| (more + edit.words.len(), less + edit.range.len()))
    };
    let moved = |range: &Range<usize>| {
        let (more, less) = grown(&|edit| edit.range.end <= range.start);
        let (more_within, less_within) =
            grown(&|edit| edit.range.end <= range.end && edit.range.start < range.end);
        range.start + more - less..range.end + more_within - less_within
    };
    let moved = |ranges: Vec<Range<usize>>| ranges.iter().map(moved).collect();
    Words { text: words, marks: moved(marks), struck: moved(struck) }
}

#[cfg(test)]
mod tests {
    use super::super::quotation::quotation;
    use crate::model::path::InputPath;

    #[track_caller]
    fn check(block: &str, text: &str, struck: &[&str], marks: &[&str]) {
        let path = InputPath::new("annotations/a.md").expect("a path of the dossier");
        let words = quotation(&path, block, 0..block.len(), 1).quotation.quote.read;
        let said = |ranges: &[std::ops::Range<usize>]| {
            ranges
                .iter()
                .map(|range| words.text[range.clone()].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (words.text.as_str(), said(&words.struck), said(&words.marks)),
            (
                text,
                struck.iter().map(|s| s.to_string()).collect(),
                marks.iter().map(|s| s.to_string()).collect()
            )
        );
    }

    #[test]
    fn list_marks_stay_at_the_heads_of_lines() {
        check("> 14. The panel *met*.\n> 17. It sat.\n", "14. The panel met.\n17. It sat.", &[], &[]);
        check("> - Coal of ==5==\n> - Iron\n", "- Coal of 5\n- Iron", &[], &["5"]);
        check("> + 5 degrees\n", "+ 5 degrees", &[], &[]);
        check("> 1987. A *great* season\n", "1987. A great season", &[], &[]);
        check("> # A title\n> so\n", "A title\nso", &[], &[]);
    }

    #[test]
    fn figures_and_struck_words_are_told() {
        check("> It holds 10<sup>9</sup> ==of H<sub>2</sub>O==\n", "It holds 10⁹ of H₂O", &[], &["of H₂O"]);
        check("> We sold ~~41~~ 52 ==carts==\n", "We sold 41 52 carts", &["41"], &["carts"]);
    }
}
