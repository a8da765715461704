//! Numbers that count the lines of a transcript or an edition, at the heads of its lines: a passage may leave
//! them out.
//!
//! They run on by one from line to line, stand in a column of their own, and words go on over them. A table
//! whose rows are numbered has no sentence that does.

use std::ops::Range;

use super::hanging::hangs;
use super::lines::Line;

/// So many lines at least are counted.
const FEWEST: usize = 3;

/// A line that begins with a number and more than one space.
struct Numbered<'t> {
    range: Range<usize>,
    value: u32,
    words: &'t str,
}

/// The numbers with the white space behind them, as bytes of the text.
pub fn ranges(lines: &[Line]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut run: Vec<Numbered> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let next = numbered(line);
        let goes_on = next
            .as_ref()
            .zip(run.last())
            .is_some_and(|(next, last)| Some(next.value) == last.value.checked_add(1));
        if !goes_on {
            finish(&mut run, &mut found);
        }
        run.extend(next);
    }
    finish(&mut run, &mut found);
    found
}

fn finish(run: &mut Vec<Numbered>, found: &mut Vec<Range<usize>>) {
    let over = |pair: &[Numbered]| goes_on(pair[0].words, pair[1].words);
    let counts = run.len() >= FEWEST && run.windows(2).any(over);
    let ranges = run.drain(..).map(|line| line.range);
    found.extend(ranges.filter(|_| counts));
}

fn numbered<'t>(line: &Line<'t>) -> Option<Numbered<'t>> {
    let start = line.indent();
    let rest = &line.text[start..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &rest[digits..];
    let words = behind.trim_start_matches([' ', '\t']);
    let column = behind.len() - words.len();
    let apart = column > 1 || behind.starts_with('\t');
    let value = rest[..digits].parse().ok().filter(|_| (1..=4).contains(&digits))?;
    let is_one = apart && words.starts_with(|c: char| !c.is_numeric());
    is_one.then(|| Numbered { range: line.start + start..line.start + start + digits + column, value, words })
}

/// Whether a sentence goes on from one line to the next: the line breaks off behind a comma or a small word,
/// or the next begins with one, which no row of a table does.
fn goes_on(line: &str, next: &str) -> bool {
    let line = line.trim_end();
    let comma = line.ends_with(',') && next.starts_with(char::is_lowercase);
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let small = hangs(line) || VERBS.split_whitespace().any(|word| word == last);
    let begun = next.split_whitespace().next().is_some_and(hangs); // `on Monday`
    let open = line.ends_with(char::is_alphanumeric);
    begun && open
        || next.starts_with(char::is_alphabetic) && (comma || small && line.contains(char::is_whitespace))
}

/// More small words behind which a line goes on.
const VERBS: &str = "your my his her their our its this these those was were is are be been had have has \
    did do not that which who if when est était sont que qui son sa ses leur ist war sind dass sein ihr \
    ihre seine nicht wurde hat era es que su sus";

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let all: Vec<Line> = lines(text, 0).collect();
        let found: Vec<&str> = ranges(&all).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lines_of_a_transcript_are_counted() {
        check(
            " 1  Q.  Did you see the ferry\n 2  on Monday, Mr. Berg?\n 3  A.  I did not.",
            &["1", "2", "3"],
        );
        check(
            "24  I left the quay and\n\n25  went home to bed,\n26  where I slept.\n 1  Q.  So.",
            &["24", "25", "26"],
        );
    }

    #[test]
    fn rows_and_lists_are_not() {
        check("1  Berlin has boats\n2  Paris has carts\n3  Rome has oxen", &[]);
        check("12  boats of the king\n13  carts of the mayor\n14  oxen of the abbot", &[]);
        check("1 He saw the\n2 old mill and\n3 left it", &[]);
        check("1  He saw the\n3  old mill and\n5  left it", &[]);
        check("12  He saw the\n13  old mill.", &[]);
    }
}
