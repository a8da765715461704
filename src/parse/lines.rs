//! The lines of a text, each with its place. CRLF, LF and a lone CR end a line, as in `report::lines`.

use std::ops::Range;

/// A line of a text; the numbers are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Without its end.
    pub text: &'a str,
    pub start: usize,
    /// Where the next line begins: behind this one's end.
    pub next: usize,
}

impl Line<'_> {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Behind the last character, before the line end.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where its text stands without the white space at its ends.
    pub fn words(&self) -> Range<usize> {
        let start = self.start + self.indent();
        start..start + self.text.trim().len()
    }

    /// How many bytes of white space the line begins with.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// Every line from the byte `from` on; a text that ends in a line end has no empty line behind it.
pub fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    std::iter::from_fn(move || {
        // `from` and every `next` stand behind a line end or at an end of the text, so at a character border
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let end = match &rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        let line = Line { text: &rest[..length], start, next: start + length + end };
        start = line.next;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_parts_lines_once() {
        let shown: Vec<(&str, usize, usize)> = lines("a\r\nbé\rc\n\nd", 0)
            .map(|line| (line.text, line.start, line.next))
            .collect();
        assert_eq!(shown, [("a", 0, 3), ("bé", 3, 7), ("c", 7, 9), ("", 9, 10), ("d", 10, 11)]);
        assert_eq!(lines("", 0).count(), 0);
        assert_eq!(lines("a\n", 0).count(), 1);
    }
}
