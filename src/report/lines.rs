//! Lines and columns, worked out from spans when a person is to read them.

use std::ops::Range;

use crate::model::span::Span;

/// A place as people count: line and column from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// The line starts of one text, so that many places in it cost one scan. CRLF, LF and a lone CR end a line.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
        Lines { text, starts: std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect() }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Where a byte of the text stands; bytes past the end stand at the end.
    pub fn at(&self, byte: usize) -> LineColumn {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= byte);
        let start = self.starts[line - 1];
        LineColumn { line, column: self.text[start..self.text.floor_char_boundary(byte)].chars().count() + 1 }
    }

    pub fn span(&self, span: Span) -> (LineColumn, LineColumn) {
        (self.at(span.start as usize), self.at(span.end as usize))
    }

    /// A line's text by its number from 1, without its end; empty where there is no such line.
    pub fn line(&self, number: usize) -> &'a str {
        self.text[self.range(number)].trim_end_matches(['\n', '\r'])
    }

    /// The bytes of a line by its number from 1, with its end; empty at the end of the text where there is no
    /// such line.
    pub fn range(&self, number: usize) -> Range<usize> {
        let length = self.text.len();
        let start = number
            .checked_sub(1)
            .and_then(|i| self.starts.get(i))
            .copied()
            .unwrap_or(length);
        start..self.starts.get(number).copied().unwrap_or(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let lines = Lines::new("a\r\nbé\rc\n");
        assert_eq!(lines.at(0), LineColumn { line: 1, column: 1 });
        assert_eq!(lines.at(3), LineColumn { line: 2, column: 1 });
        assert_eq!(lines.at(6), LineColumn { line: 2, column: 3 });
        assert_eq!(lines.at(7), LineColumn { line: 3, column: 1 });
        assert_eq!(lines.at(99), LineColumn { line: 4, column: 1 });
        assert_eq!(
            [lines.line(1), lines.line(2), lines.line(3), lines.line(4), lines.line(5)],
            ["a", "bé", "c", "", ""]
        );
    }
}
