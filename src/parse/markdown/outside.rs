//! Attributions that do not stand in a last line of their own: in brackets behind the words, or outside of
//! the quotation, right behind it.
//!
//! * `> words ([[source]])`: brackets at the very end of a quotation that hold exactly one `[[link]]`.
//! * A paragraph right behind a quotation that is only a dash and a link, also where its dash makes it a
//!   list, or where it has a `>` of its own. A page, line or time may stand before or behind the link (`— p.
//!   4 of [[source]]`), and nothing else: other words are the writer's.
//!
//! A quotation that names its source in its last line needs neither, and is not asked.

use std::ops::Range;

use super::attribution::{Parts, parts, split_dash, without_emphasis};
use crate::model::body::{Name, NameKind};
use crate::model::quote::Attribution;
use crate::model::span::Span;
use crate::parse::lines::{Line, lines};

/// Brackets that are longer than this say more than where words are from.
const LONGEST: usize = 120;

/// An attribution in brackets at the end of a quotation.
pub struct Bracketed {
    /// The words before it, line by line.
    pub words: Vec<Range<usize>>,
    pub attribution: Attribution,
}

/// Reads the brackets in which the lines of a quotation end.
pub fn in_brackets(text: &str, lines: &[Range<usize>]) -> Option<Bracketed> {
    let last = lines.iter().rposition(|line| !text[line.clone()].trim().is_empty())?;
    let line = lines[last].clone();
    let typed = text[line.clone()].trim_end();
    let typed = typed.strip_suffix(['.', '。']).unwrap_or(typed).trim_end();
    let (open, inner) = brackets(typed)?;
    let start = line.start + inner.start;
    let attribution = attribution(
        parts(&typed[inner.clone()], start),
        Span::new(line.start + open..line.start + typed.len()),
    )?;
    let mut words = lines[..last].to_vec();
    words.push(line.start..line.start + typed[..open].trim_end().len());
    let said = words.iter().any(|line| !text[line.clone()].trim().is_empty());
    (said && attribution.1 == NameKind::Wiki).then_some(Bracketed { words, attribution: attribution.0 })
}

/// Where the brackets open in which a line ends, and what they hold.
fn brackets(typed: &str) -> Option<(usize, Range<usize>)> {
    let close = typed.chars().next_back().filter(|c| matches!(c, ')' | '）'))?;
    let end = typed.len() - close.len_utf8();
    let mut depth = 0;
    for (at, c) in typed[..end].char_indices().rev().take(LONGEST) {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return Some((at, at + c.len_utf8()..end)),
            '(' | '（' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Words with exactly one link to something of the dossier.
fn attribution(parts: Parts, span: Span) -> Option<(Attribution, NameKind)> {
    let [name] = parts.names.as_slice() else { return None };
    let Name { kind, text, fragment, labelled } = name;
    let attribution = Attribution {
        span,
        source: text.clone(),
        is_path: *kind == NameKind::File,
        note: fragment.clone(),
        before: parts.before.trim().to_string(),
        label: labelled.then(|| parts.label.trim().to_string()),
        after: parts.after.trim().to_string(),
    };
    Some((attribution, *kind))
}

/// An attribution that stands behind its quotation.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Its line.
    pub line: Range<usize>,
    pub attribution: Attribution,
}

/// The line behind a quotation that is only a dash and a link: the first one from `from` on that is not
/// blank. `depth`: how many marks the lines of the quotation begin with; `may_follow`: what may stand right
/// below the line, beside nothing.
pub fn behind(text: &str, from: usize, depth: usize, may_follow: impl Fn(&Line) -> bool) -> Option<Behind> {
    let bare = |line: &Line| within(line.text, depth - 1);
    let mut rest = lines(text, from).skip_while(|line| line.text[bare(line)..].trim().is_empty());
    let line = rest.next()?;
    let start = within(line.text, depth);
    let typed = line.text[start..].trim();
    let dash = split_dash(without_emphasis(typed).map_or(typed, |(inner, _)| inner))?.0;
    let attribution = only_a_link(typed, line.start + start)?;
    let ends = match rest.next() {
        Some(next) if !next.text[bare(&next)..].trim().is_empty() => may_follow(&next),
        // A list goes on behind blank lines.
        Some(_) => {
            dash != "-"
                || !rest
                    .find(|line| !line.is_blank())
                    .is_some_and(|line| line.text.trim_start().starts_with('-'))
        }
        None => true,
    };
    ends.then_some(Behind { line: line.range(), attribution })
}

/// How long the marks of so many quotations are at the start of a line, with the white space around them.
fn within(line: &str, depth: usize) -> usize {
    let mut rest = line.trim_start();
    for _ in 0..depth {
        rest = rest.strip_prefix('>').map_or(rest, str::trim_start);
    }
    line.len() - rest.len()
}

/// The attribution that a quotation of a single line is, and no words: `> — [[source]]`.
pub fn only_a_link(typed: &str, start: usize) -> Option<Attribution> {
    let span = Span::new(start..start + typed.len());
    let (inner, marks) = without_emphasis(typed).unwrap_or((typed, 0));
    let (dash, rest) = split_dash(inner)?;
    let (attribution, _) = attribution(parts(rest, start + marks + dash.len()), span)?;
    let bare = is_locator(&attribution.before) && is_locator(&attribution.after);
    bare.then_some(attribution)
}

/// Words that say where in a source something stands, in the languages that people cite in.
const LOCATORS: &str = "\
    p pp pg page pages s seite seiten f ff folio fol page pages página páginas pagina pagine str strana стр \
    с \
    l ll line lines zeile zeilen ligne lignes línea líneas riga v vv verse verses \
    para paras paragraph paragraphs abs absatz rn rz art article articles artikel section sections sec § §§ \
    ¶ ¶¶ clause cl \
    ch chap chapter chapters kap kapitel chapitre cap capítulo no nr № num number vol volume bd band tome \
    col column columns sp spalte exhibit annex appendix schedule table tab fig figure at min minute minutes \
    h m \
    of in from the and to von aus im in der des und de du dans en del della dal da do";

/// Whether a text is nothing but a locator: such words, numbers, signs. Nothing at all is one. A single
/// letter is part of a number: `14(b)`.
pub fn is_locator(words: &str) -> bool {
    let is_word_part = |c: char| c.is_alphanumeric() || matches!(c, '§' | '¶' | '№');
    let parts: Vec<&str> = words
        .split(|c| !is_word_part(c))
        .filter(|part| !part.is_empty())
        .collect();
    let has_digits = words.contains(char::is_numeric);
    let is_number = |part: &str| {
        let is_letter = has_digits && part.chars().count() == 1;
        is_letter || part.contains(char::is_numeric) || part.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
    };
    parts
        .iter()
        .all(|part| is_number(part) || LOCATORS.split_whitespace().any(|word| word == part.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one(typed: &str) -> bool {
        only_a_link(typed, 0).is_some()
    }

    #[test]
    fn a_dash_a_link_and_where_it_stands() {
        for typed in [
            "— [[a]]",
            "— p. 4 of [[a]]",
            "– [[a]], p. 4",
            "-- pp. 12–13, [[a]]",
            "— [[a]], §§ 14(b)(2), 15",
            "— at 00:12:30 in [[a]]",
            "— [[a]], Zeile 3",
            "— Kap. IV, S. 17 in [[a]]",
            "— page xiv of [[a|the letter]]",
            "— from [[a]]",
            "*— p. 4 of [[a]]*",
        ] {
            assert!(is_one(typed), "{typed}");
        }
    }

    #[test]
    fn other_words_are_the_writers() {
        for typed in [
            "— but compare [[a]]",
            "— see [[a]]",
            "— [[a]] says otherwise",
            "— as on p. 4 of [[a]], he lied",
            "[[a]]",
            "— p. 4",
        ] {
            assert!(!is_one(typed), "{typed}");
        }
    }
}
