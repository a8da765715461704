//! CSS as pieces: tokens, and blocks with what is in them; and the screen that lengths are measured for.

use cssparser::{ParseError, Parser, Token};

/// A piece of a style sheet: a token, or a block with what is in it. Names are in lower case where CSS does
/// not care.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Space,
    /// Case as typed: classes and counters care.
    Ident(String),
    Hash(String),
    Text(String),
    Number(f32),
    /// 1 is 100 %.
    Percent(f32),
    Length(f32, String),
    At(String),
    Function(String, Vec<Piece>),
    Round(Vec<Piece>),
    Square(Vec<Piece>),
    Curly(Vec<Piece>),
    Sign(char),
    /// `~=` and its kin: the sign before `=`.
    Match(char),
    /// `<!--` and `-->`, which style sheets were once wrapped in.
    Wrapper,
    Other,
}

impl Piece {
    pub fn is_ident(&self, name: &str) -> bool {
        matches!(self, Piece::Ident(ident) if ident.eq_ignore_ascii_case(name))
    }
}

/// The pieces of a text of CSS.
pub fn pieces(css: &str) -> Vec<Piece> {
    pieces_of(&mut Parser::new(css))
}

/// Calls itself as deep as blocks nest, which the parser caps.
fn pieces_of(input: &mut Parser) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Ok(token) = input.next_including_whitespace() {
        let piece = match token {
            Token::WhiteSpace(_) => Piece::Space,
            Token::Ident(name) => Piece::Ident(name.to_string()),
            Token::AtKeyword(name) => Piece::At(name.to_ascii_lowercase()),
            Token::Hash(name) | Token::IDHash(name) => Piece::Hash(name.to_string()),
            Token::QuotedString(text) => Piece::Text(text.to_string()),
            Token::Number { value, .. } => Piece::Number(*value),
            Token::Percentage { unit_value, .. } => Piece::Percent(*unit_value),
            Token::Dimension { value, unit, .. } => Piece::Length(*value, unit.to_ascii_lowercase()),
            Token::Delim(sign) => Piece::Sign(*sign),
            Token::Colon => Piece::Sign(':'),
            Token::Semicolon => Piece::Sign(';'),
            Token::Comma => Piece::Sign(','),
            Token::CDO | Token::CDC => Piece::Wrapper,
            Token::IncludeMatch => Piece::Match('~'),
            Token::DashMatch => Piece::Match('|'),
            Token::PrefixMatch => Piece::Match('^'),
            Token::SuffixMatch => Piece::Match('$'),
            Token::SubstringMatch => Piece::Match('*'),
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                Piece::Function(name, block(input))
            }
            Token::ParenthesisBlock => Piece::Round(block(input)),
            Token::SquareBracketBlock => Piece::Square(block(input)),
            Token::CurlyBracketBlock => Piece::Curly(block(input)),
            _ => Piece::Other,
        };
        pieces.push(piece);
    }
    pieces
}

fn block(input: &mut Parser) -> Vec<Piece> {
    let inner = input.parse_nested_block(|input| Ok::<_, ParseError<()>>(pieces_of(input)));
    inner.unwrap_or_default() // nested too deep: nothing that a page needs
}

/// Without white space at the ends.
pub fn trimmed(mut pieces: &[Piece]) -> &[Piece] {
    while let [Piece::Space, rest @ ..] | [rest @ .., Piece::Space] = pieces {
        pieces = rest;
    }
    pieces
}

/// The parts between commas.
pub fn listed(pieces: &[Piece]) -> impl Iterator<Item = &[Piece]> {
    pieces.split(|piece| *piece == Piece::Sign(',')).map(trimmed)
}

/// How wide and high the screen is that pages are read for, in pixels.
pub const WIDTH: f32 = 1280.0;

pub const HEIGHT: f32 = 900.0;

/// A length in pixels, where that can be told without laying out the page.
pub fn pixels(piece: &Piece) -> Option<f32> {
    Some(match piece {
        Piece::Number(0.0) => 0.0,
        Piece::Length(value, unit) => {
            value
                * match unit.as_str() {
                    "px" => 1.0,
                    "em" | "rem" | "ic" | "lh" | "rlh" => 16.0,
                    "ex" | "ch" => 8.0,
                    "pt" => 4.0 / 3.0,
                    "pc" => 16.0,
                    "in" => 96.0,
                    "cm" => 96.0 / 2.54,
                    "mm" => 96.0 / 25.4,
                    "vw" | "svw" | "lvw" | "dvw" | "vmax" => WIDTH / 100.0,
                    "vh" | "svh" | "lvh" | "dvh" | "vmin" => HEIGHT / 100.0,
                    _ => return None,
                }
        }
        _ => return None,
    })
}
