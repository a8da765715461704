//! The words of a page without their form: what is left to read where the parser was stopped (see
//! `arena::Work`).

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::pieces::{Kind, pieces};
use crate::parse::elements::{Element, element};
use crate::parse::tree::Tree;

/// So many lines are told apart; what stands behind them is one.
const MOST_LINES: usize = 100_000;

/// Adds the words of a file from a byte on, each line of the page a paragraph.
pub fn flat(text: &str, from: usize, tree: &mut Tree) {
    tree.end_line();
    let mut lines = 0;
    let tokenizer = Tokenizer::new(Characters::default(), TokenizerOpts::default());
    for piece in pieces(text, from) {
        let typed = &text[piece.range.clone()];
        match piece.kind {
            Kind::Silent => {}
            Kind::Tag => {
                if begins_line(typed) {
                    lines += 1;
                    if lines > MOST_LINES {
                        add(tree, " ", piece.range.start, false)
                    } else {
                        tree.end_line()
                    }
                }
            }
            Kind::Text | Kind::Reference => {
                let input = BufferQueue::default();
                input.push_back(StrTendril::from(typed));
                let _ = tokenizer.feed(&input); // it stops for scripts only, and gets none
                let words = tokenizer.sink.0.take();
                add(tree, &words, piece.range.start, words == typed);
            }
        }
    }
}

/// What the tokenizer reads, which is characters only: it is given no tags.
#[derive(Default)]
struct Characters(RefCell<String>);

impl TokenSink for Characters {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::CharacterTokens(text) = token {
            self.0.borrow_mut().push_str(&text);
        }
        TokenSinkResult::Continue
    }
}

fn begins_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name =
        name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
    element(&name).is_some_and(Element::has_lines)
}

fn add(tree: &mut Tree, words: &str, start: usize, exact: bool) {
    let mut at = 0;
    for piece in words.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let place = if exact { start + at..start + at + word.len() } else { start..start };
        tree.text(word, place.clone(), exact);
        if word.len() < piece.len() {
            tree.soft_break(place.end);
        }
        at += piece.len();
    }
}
