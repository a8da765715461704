//! Writes words into a body as CSS lays them out: white space collapses, lines begin and end, forms go on
//! over the borders of blocks.

use std::ops::Range;

use super::arena::Words;
use crate::model::body::{Name, Target};
use crate::parse::tree::{Node, Tree};

/// Formatting of words. It goes on over the borders of blocks: `<a><div>..</div></a>`.
#[derive(Clone, Debug)]
pub enum Format {
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Code,
    Ruby,
    Link(Target),
    /// A link to a name that is not yet among the body's: without words there is no link.
    LinkTo(Name),
}

impl Format {
    fn kind(&self) -> usize {
        match self {
            Format::Emphasis => 0,
            Format::Strong => 1,
            Format::Strike => 2,
            // What is raised is not lowered as well
            Format::Superscript | Format::Subscript => 3,
            Format::Code => 5,
            Format::Link(_) | Format::LinkTo(_) => 6,
            Format::Ruby => 7,
        }
    }
}

/// What the words that are read now stand in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Container {
    /// Holds blocks: the page, a quotation, an item.
    Blocks,
    /// Holds words only: a heading, a cell, a caption. Lines in it are parted by breaks.
    Words,
    /// Preformatted: white space stays.
    Code,
    /// A list, a table, a row: white space between its parts is nothing.
    Parts,
}

/// A space that is written if words follow on its line, and where it was typed.
struct Space {
    file: Range<usize>,
    exact: bool,
}

pub struct Flow {
    pub tree: Tree,
    containers: Vec<Container>,
    /// The formats of the words to come, at most one of a kind, and how many of them are open in the tree.
    formats: Vec<Format>,
    opened: usize,
    space: Option<Space>,
    /// Line ends that become something if words follow.
    breaks: usize,
    /// Whether words stand on this line.
    on_line: bool,
    /// Where in the file the last words ended.
    at: usize,
    /// The last letter that was written on this line, whether a sentence's mark stands behind it, and whether
    /// an element has begun or ended since.
    last: Option<char>,
    is_ended: bool,
    border: bool,
    /// Whether line ends in the file are line ends of the page.
    pub keeps_lines: bool,
    /// Whether the open ruby has had its reading: signs to come begin another one.
    ruby_is_read: bool,
}

impl Flow {
    pub fn new() -> Flow {
        Flow {
            tree: Tree::new(),
            containers: vec![Container::Blocks],
            formats: Vec::new(),
            opened: 0,
            space: None,
            breaks: 0,
            on_line: false,
            at: 0,
            last: None,
            is_ended: false,
            border: false,
            keeps_lines: false,
            ruby_is_read: false,
        }
    }

    pub fn finish(mut self) -> Tree {
        self.close_formats();
        self.tree
    }

    pub fn container(&self) -> Container {
        self.containers.last().copied().unwrap_or(Container::Blocks)
    }

    /// Whether blocks may stand here.
    pub fn takes_blocks(&self) -> bool {
        !matches!(self.container(), Container::Words | Container::Code)
    }

    pub fn begin(&mut self, node: Node, container: Container) {
        self.close_formats();
        self.tree.open(node);
        self.containers.push(container);
        self.fresh();
    }

    pub fn close(&mut self) {
        self.close_formats();
        self.tree.close();
        self.containers.pop();
        self.fresh();
    }

    /// Nothing of what was written before concerns what follows.
    pub fn fresh(&mut self) {
        (self.space, self.breaks, self.on_line, self.last) = (None, 0, false, None);
    }

    /// What follows begins a line.
    pub fn line(&mut self) {
        self.space = None;
        match self.container() {
            Container::Blocks => {
                self.close_formats();
                self.tree.end_line();
                self.breaks = 0;
            }
            Container::Words | Container::Code => self.breaks = self.breaks.max(usize::from(self.on_line)),
            Container::Parts => {}
        }
        (self.on_line, self.last) = (false, None);
    }

    /// `<br>`: one ends a line, two end a paragraph, as people have long typed it; none begins one.
    pub fn line_break(&mut self) {
        self.space = None;
        if (self.on_line || self.breaks > 0) && self.container() != Container::Parts {
            self.breaks += 1;
        }
        (self.on_line, self.last) = (false, None);
    }

    pub fn rule(&mut self) {
        self.line();
        if self.container() == Container::Blocks {
            self.tree.rule();
        }
    }

    /// What follows does not touch what stands before, though nothing is typed between them.
    pub fn gap(&mut self) {
        if self.on_line && self.space.is_none() && self.container() != Container::Code {
            self.space = Some(Space { file: self.at..self.at, exact: false });
        }
    }

    /// An element begins or ends here.
    pub fn border(&mut self) {
        self.border = true;
    }

    /// Adds a format to the words to come; false where they have one of its kind.
    pub fn format(&mut self, format: Format) -> bool {
        let new = self.formats.iter().all(|known| known.kind() != format.kind());
        if new {
            self.formats.push(format);
        }
        new
    }

    pub fn end_format(&mut self) {
        let last = self.formats.pop();
        if self.opened > self.formats.len() {
            self.tree.close();
            self.opened -= 1;
        }
        if let Some(Format::Ruby) = last {
            self.ruby_is_read = false;
        }
    }

    fn close_formats(&mut self) {
        for _ in 0..self.opened {
            self.tree.close();
        }
        self.opened = 0;
    }

    fn open_formats(&mut self) {
        if self.container() == Container::Code {
            return;
        }
        for format in &mut self.formats[self.opened..] {
            if let Format::LinkTo(name) = format {
                *format = Format::Link(self.tree.name(name.clone()));
            }
            self.tree.open(match format {
                Format::Emphasis => Node::Emphasis,
                Format::Strong => Node::Strong,
                Format::Strike => Node::Strike,
                Format::Superscript => Node::Superscript,
                Format::Subscript => Node::Subscript,
                Format::Code => Node::InlineCode,
                Format::Ruby => Node::Ruby { reading: String::new() },
                Format::Link(target) => Node::Link(target.clone()),
                Format::LinkTo(_) => Node::Link(Target::Nowhere),
            });
        }
        self.opened = self.formats.len();
    }

    /// The reading of the signs before it, if there are any.
    pub fn reading(&mut self, reading: &str) {
        let ruby = self.formats.iter().rposition(|format| matches!(format, Format::Ruby));
        if ruby.is_some_and(|at| at < self.opened) && self.container() != Container::Code {
            self.tree.reading(reading);
            self.ruby_is_read = true;
        }
    }

    /// Signs begin that the reading before does not belong to.
    fn next_ruby(&mut self) {
        if std::mem::take(&mut self.ruby_is_read) {
            let ruby = self
                .formats
                .iter()
                .rposition(|format| matches!(format, Format::Ruby))
                .unwrap_or(self.opened);
            while self.opened > ruby {
                self.tree.close();
                self.opened -= 1;
            }
        }
    }

    /// A reference to a note, which is no part of the words around it.
    pub fn reference(&mut self, label: &str, raised: bool) {
        if self.container() == Container::Code {
            return;
        }
        if !self.on_line {
            self.before_words(None);
        }
        self.tree.reference(label.to_string(), raised);
        self.border = false;
    }

    /// A number that a browser sets before words.
    pub fn number(&mut self, label: String) {
        if self.container() == Container::Code {
            return;
        }
        if !self.on_line {
            self.before_words(None);
        }
        self.tree.number(label);
        self.gap();
    }

    pub fn picture(&mut self, target: Target, alt: String) {
        self.before_words(None);
        self.tree.image(target, alt);
        self.on_line = true;
    }

    /// A sign that stands on the page and not in the file.
    pub fn sign(&mut self, sign: &str) {
        self.before_words(None);
        self.tree.text(sign, self.at..self.at, false);
        self.written(sign);
    }

    pub fn words(&mut self, words: &Words) {
        if self.container() == Container::Code {
            self.typed(words);
        } else {
            self.collapsed(words);
        }
    }

    fn typed(&mut self, words: &Words) {
        self.before_words(None);
        self.tree.text(&words.text, words.file.range(), words.exact);
        self.at = words.file.range().end;
        self.on_line = !words.text.ends_with('\n');
    }

    /// Words as CSS shows them: a run of white space is one space, at the ends of a line it is none.
    fn collapsed(&mut self, words: &Words) {
        let text = &*words.text;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            if spaces > 0 {
                if self.keeps_lines {
                    rest[..spaces].matches('\n').for_each(|_| self.line_break());
                }
                if self.on_line && self.space.is_none() {
                    let one = spaces == 1 && rest.starts_with(' ');
                    let (file, exact) = words.part(at..at + spaces);
                    self.space = Some(if one {
                        Space { file, exact }
                    } else {
                        Space { file: file.start..file.start, exact: false }
                    });
                }
                at += spaces;
                continue;
            }
            let length = run(rest);
            let (file, exact) = words.part(at..at + length);
            self.before_words(Some(&rest[..length]));
            self.at = file.end;
            self.tree.text(&rest[..length], file, exact);
            self.written(&rest[..length]);
            at += length;
        }
    }

    /// Notes how words end that were written on this line.
    fn written(&mut self, words: &str) {
        let letters = words.trim_end_matches(is_final);
        self.is_ended = letters.len() < words.len();
        (self.on_line, self.last) = (true, letters.chars().next_back().or(self.last));
    }

    /// Writes what waited for words to follow: breaks, a space, the formats that begin here.
    fn before_words(&mut self, words: Option<&str>) {
        let breaks = std::mem::take(&mut self.breaks);
        match self.container() {
            Container::Blocks if breaks > 1 => {
                self.close_formats();
                self.tree.end_line();
            }
            Container::Code => (0..breaks).for_each(|_| self.tree.text("\n", self.at..self.at, false)),
            Container::Blocks | Container::Words if breaks > 0 => self.tree.hard_break(),
            Container::Blocks | Container::Words | Container::Parts => {}
        }
        self.next_ruby();
        let is_border =
            std::mem::take(&mut self.border) && self.on_line && self.container() != Container::Code;
        if let Some(Space { file, exact }) = self.space.take().filter(|_| self.on_line) {
            self.tree.text(" ", file, exact);
        } else if is_border && words.is_some_and(|words| self.begins_words(words)) {
            self.tree.edge();
        }
        self.open_formats();
    }

    /// Whether words that touch those before them are most likely others: a capital behind a small letter or
    /// behind the end of a sentence, as where a style sheet that is not in the file parts a caption from its
    /// credit.
    fn begins_words(&self, words: &str) -> bool {
        let mut letters = words.chars();
        let (Some(last), Some(first)) = (self.last, letters.next()) else { return false };
        if self.is_ended {
            return first.is_uppercase() && (last.is_lowercase() || last.is_numeric())
                || first.is_numeric() && last.is_lowercase();
        }
        let goes_on_small = letters.next().is_none_or(|next| !next.is_uppercase());
        first.is_uppercase() && (last.is_lowercase() || (last.is_uppercase() && goes_on_small))
    }
}

/// What ends a sentence, and what closes behind its end.
fn is_final(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '»' | ')' | ']')
}

/// The white space that collapses; a no-break space is none of it.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// How long the text is that stands in the file as it reads: words with single spaces between them.
fn run(text: &str) -> usize {
    let mut at = 0;
    loop {
        at += text[at..].find(is_space).unwrap_or(text.len() - at);
        let goes_on = text[at..]
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(|c| !is_space(c)));
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

impl Words {
    /// Where a part of the text stands; of a text that is other bytes in the file, only that it is there.
    fn part(&self, part: Range<usize>) -> (Range<usize>, bool) {
        let file = self.file.range();
        if self.exact {
            (file.start + part.start..file.start + part.end, true)
        } else if part.len() == self.text.len() {
            (file, false)
        } else {
            (file.start..file.start, false)
        }
    }
}
