//! Finds what Markdown does not know before Markdown reads the text: comments (`%%…%%`, `<!-- … -->`) and
//! `==` marks.
//!
//! Both count outside code only, and not behind a backslash. Code is found here line by line and in one pass,
//! less exactly than Markdown will: what is no code in truth and was taken for it keeps its `%%`, and whoever
//! reads the tree reports every `%%` that is left in its words. So nothing hidden is ever published.
//!
//! A comment that begins a line may go on over blank lines; one that begins within a line ends in the same
//! paragraph. In a quotation a comment ends there. What is opened and not closed is no comment.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use crate::parse::lines::lines;

/// What was found, in order, as byte ranges and places of the text.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub comments: Vec<Range<usize>>,
    /// Where two `=`, not one and not three, stand outside code and comments.
    pub marks: Vec<usize>,
}

pub fn scan(text: &str) -> Found {
    let anything = ["%%", "<!--", "=="]
        .iter()
        .any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    if !anything {
        return Found::default();
    }
    let lines = read_lines(text);
    let mut scanner = Scanner {
        text,
        lines: &lines,
        found: Found::default(),
        percent: Finder::new(b"%%"),
        html: Finder::new(b"-->"),
    };
    let mut fence: Option<Fence> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let hidden_until = scanner.found.comments.last().map_or(0, |comment| comment.end);
        if fence.as_ref().is_some_and(|open| !open.holds(line)) {
            fence = None;
        }
        if let Some(open) = &fence {
            if open.closed_by(text, line) {
                fence = None;
            }
            at += 1;
        } else if hidden_until > line.end || line.is_blank() {
            at += 1;
        } else if let Some(opened) = Fence::opened_by(text, line).filter(|_| hidden_until <= line.start) {
            fence = Some(opened);
            at += 1;
        } else {
            let more = lines[at + 1..]
                .iter()
                .take_while(|next| line.shares_a_paragraph_with(text, next))
                .count();
            scanner.paragraph(at..at + 1 + more, hidden_until);
            at += 1 + more;
            // A comment that went on over blank lines may end within a line; the rest of that line is read
            // from there.
            let hidden_until = scanner.found.comments.last().map_or(0, |comment| comment.end);
            at = lines.partition_point(|line| line.end < hidden_until).max(at);
        }
    }
    scanner.found
}

/// A line, seen as far as code and comments need it.
struct Line {
    start: usize,
    end: usize,
    /// Behind spaces and the marks of quotations.
    bare: usize,
    /// Behind the marks of list items too.
    words: usize,
    quoted: bool,
    /// How far a comment may reach that begins this line: to the end of the quotation that it stands in, else
    /// of the text.
    limit: usize,
}

fn read_lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = lines(text, 0).map(|line| Line::of(text, line.range())).collect();
    let mut quotation_end = None;
    for line in lines.iter_mut().rev() {
        quotation_end = line.quoted.then(|| quotation_end.unwrap_or(line.end));
        line.limit = quotation_end.unwrap_or(text.len());
    }
    lines
}

impl Line {
    fn of(text: &str, range: Range<usize>) -> Line {
        let typed = &text[range.clone()];
        let bare = typed.trim_start_matches([' ', '\t', '>']);
        let mut words = bare;
        while let Some(behind) = behind_list_mark(words) {
            words = behind.trim_start_matches([' ', '\t', '>']);
        }
        let quoted = typed[..typed.len() - bare.len()].contains('>');
        Line {
            start: range.start,
            end: range.end,
            bare: range.end - bare.len(),
            words: range.end - words.len(),
            quoted,
            limit: range.end,
        }
    }

    fn is_blank(&self) -> bool {
        self.bare == self.end
    }

    fn shares_a_paragraph_with(&self, text: &str, next: &Line) -> bool {
        next.quoted == self.quoted && !next.is_blank() && Fence::opened_by(text, next).is_none()
    }
}

/// `- words`, `3. words` → `words`
fn behind_list_mark(words: &str) -> Option<&str> {
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = match digits {
        0 => words.strip_prefix(['-', '*', '+'])?,
        1..=9 => words[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    behind.starts_with([' ', '\t']).then_some(behind)
}

/// Fenced code that is open.
struct Fence {
    mark: u8,
    length: usize,
    quoted: bool,
    /// It stands in a list item, whose lines are indented.
    in_item: bool,
}

impl Fence {
    fn opened_by(text: &str, line: &Line) -> Option<Fence> {
        let words = &text[line.words..line.end];
        let mark = *words
            .as_bytes()
            .first()
            .filter(|&&mark| mark == b'`' || mark == b'~')?;
        let length = words.bytes().take_while(|&byte| byte == mark).count();
        let opens = length >= 3 && (mark == b'~' || !words[length..].contains('`'));
        let indented = text[line.start..].starts_with([' ', '\t']);
        opens.then_some(Fence {
            mark,
            length,
            quoted: line.quoted,
            in_item: indented || line.words != line.bare,
        })
    }

    fn holds(&self, line: &Line) -> bool {
        self.quoted == line.quoted && (!self.in_item || line.is_blank() || line.bare > line.start)
    }

    fn closed_by(&self, text: &str, line: &Line) -> bool {
        let words = text[line.bare..line.end].trim_end();
        words.len() >= self.length && words.bytes().all(|byte| byte == self.mark)
    }
}

struct Scanner<'a> {
    text: &'a str,
    lines: &'a [Line],
    found: Found,
    percent: Finder,
    html: Finder,
}

impl Scanner<'_> {
    /// Lines that follow each other without a blank one: nothing but a comment that begins a line leads out
    /// of them.
    fn paragraph(&mut self, lines: Range<usize>, from: usize) {
        let (first, last) = (&self.lines[lines.start], &self.lines[lines.end - 1]);
        let end = last.end;
        let mut code = CodeSpans { end, runs: None };
        let mut line = lines.start;
        let mut at = from.max(first.start);
        while let Some(sign) = self.text.as_bytes()[at.min(end)..end]
            .iter()
            .position(|byte| b"\\`%<=".contains(byte))
        {
            at += sign;
            while self.lines[line].end <= at {
                line += 1;
            }
            let begins_line = self.lines[line].words == at;
            at = match self.text.as_bytes()[at] {
                b'\\' => at + 2,
                b'`' => code.skip(self.text, at),
                b'=' => self.mark(at),
                _ => match self.comment(at, if begins_line { self.lines[line].limit } else { end }) {
                    Some(after) => after,
                    None => at + 1,
                },
            };
        }
    }

    fn mark(&mut self, at: usize) -> usize {
        let length = self.text.as_bytes()[at..]
            .iter()
            .take_while(|&&byte| byte == b'=')
            .count();
        if length == 2 {
            self.found.marks.push(at);
        }
        at + length
    }

    /// A comment that begins here and ends before `limit`: gives its end.
    fn comment(&mut self, at: usize, limit: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let end = if rest.starts_with("%%") {
            self.percent.after(self.text, at + 2)? + 2
        } else if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            at + rest.find('>')? + 1
        } else if rest.starts_with("<!--") {
            self.html.after(self.text, at + 4)? + 3
        } else {
            return None;
        };
        if end > limit {
            return None;
        }
        self.found.comments.push(at..end);
        Some(end)
    }
}

/// The code spans of a paragraph: a run of back-ticks up to the next of the same length.
struct CodeSpans {
    end: usize,
    /// Where the runs of each length begin; worked out at the first back-tick, so that a paragraph of many
    /// costs one pass.
    runs: Option<BTreeMap<usize, Vec<usize>>>,
}

impl CodeSpans {
    /// The place behind the code span that begins here, or behind the run where it begins none.
    fn skip(&mut self, text: &str, at: usize) -> usize {
        let bytes = &text.as_bytes()[..self.end];
        let length = run_length(bytes, at);
        let runs = self.runs.get_or_insert_with(|| {
            let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut from = at;
            while let Some(next) = memchr::memchr(b'`', &bytes[from..]) {
                let length = run_length(bytes, from + next);
                runs.entry(length).or_default().push(from + next);
                from += next + length;
            }
            runs
        });
        let same = runs.get(&length).map_or(&[][..], Vec::as_slice);
        let close = same.get(same.partition_point(|&run| run < at + length));
        close.copied().unwrap_or(at) + length
    }
}

fn run_length(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&byte| byte == b'`').count()
}

/// Finds a sign from ever later places, and reads no byte twice, however often it is asked.
pub struct Finder {
    sign: &'static [u8],
    /// The last answer; `None` before the first.
    next: Option<Option<usize>>,
}

impl Finder {
    pub fn new(sign: &'static [u8]) -> Finder {
        Finder { sign, next: None }
    }

    pub fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        match self.next {
            Some(None) => None,
            Some(Some(at)) if at >= from => Some(at),
            _ => {
                let found = text
                    .as_bytes()
                    .get(from..)
                    .and_then(|rest| memmem::find(rest, self.sign))
                    .map(|at| from + at);
                self.next = Some(found);
                found
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its comments shown as `·`, and `==` marks as `^`.
    fn check(text: &str) -> String {
        let found = scan(text);
        let mut shown = text.to_string();
        for at in found.marks.iter().rev() {
            shown.replace_range(*at..*at + 2, "^");
        }
        // marks stand outside comments, so the comments' places are found again by their words
        for comment in found.comments.iter().rev() {
            shown = shown.replacen(&text[comment.clone()], "·", 1);
        }
        shown
    }

    #[test]
    fn comments_outside_code() {
        assert_eq!(check("a %%b%% c <!-- d --> e"), "a · c · e");
        assert_eq!(check("`%%b%%` `` ` <!-- d --> ``"), "`%%b%%` `` ` <!-- d --> ``");
        assert_eq!(check("```\n%%b%%\n```\n%%c%%"), "```\n%%b%%\n```\n·");
        assert_eq!(check("- ```\n  %%b%%\n%%c%%"), "- ```\n  %%b%%\n·");
        assert_eq!(check("\\%%b%% c"), "\\%%b%% c");
        assert_eq!(check("` %%b%%"), "` ·");
    }

    #[test]
    fn a_comment_over_blank_lines_begins_a_line() {
        assert_eq!(check("%%\na\n\nb\n%% c"), "· c");
        assert_eq!(check("<!--\n\n> a\n\n-->\nb"), "·\nb");
        assert_eq!(check("5%% a\n\n6%% b"), "5%% a\n\n6%% b");
        assert_eq!(check("> 5%% a\n\n6%% b"), "> 5%% a\n\n6%% b");
        assert_eq!(check("> %% a\n> b %% c\n%%d%%"), "> · c\n·");
        assert_eq!(check("%%a\n\nb%% c %%d%% `e %%f\n\n%%g%%"), "· c · `e %%f\n\n·");
    }

    #[test]
    fn what_is_not_closed_is_no_comment() {
        assert_eq!(check("%% a"), "%% a");
        assert_eq!(check("<!-- a --"), "<!-- a --");
        assert_eq!(check("<!--> a"), "· a");
    }

    #[test]
    fn marks_are_two_signs_outside_code() {
        assert_eq!(check("==a== === `==` \\== %%==%% =="), "^a^ === `==` \\== · ^");
    }

    #[test]
    fn hostile_repetition_takes_linear_time() {
        for piece in ["<!-- ", "%%", "`", "` `` ", "%%\n\n", "> %%\n", "<!--\n\n", "- ", "a %%b%% ", "=="] {
            scan(&piece.repeat(200_000));
        }
    }
}
