//! What of a page a person sees: elements that are hidden, letters without size or colour, formulas that are
//! written twice.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::arena::{Arena, Data, Id, Node as Element};
use super::declared::{Declared, Display};
use super::style::Styles;
use crate::parse::numbering::Marker;

/// What an element hands on to what is in it.
#[derive(Clone, Debug)]
pub struct Look {
    visible: bool,
    sized: bool,
    coloured: bool,
    /// Whether the letters are filled, where that is not with their colour; have an outline; are cut out of
    /// what is behind them.
    filled: Option<bool>,
    stroked: bool,
    cut_out: bool,
    /// Whether signs stand for letters, letters stand in one place, or outside of a drawing.
    masked: bool,
    squeezed: bool,
    outside: bool,
    indented_away: bool,
    /// Whether what is directly in it stands apart, as in a row of boxes.
    pub flex: bool,
    /// How the items of a list are marked.
    pub marker: Rc<Marker>,
    pub direction: Direction,
}

/// Which way words run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// As their letters ask.
    #[default]
    Own,
    /// From right to left, numbers and Latin words within them aside.
    FromRight,
    /// From right to left, whatever the letters are.
    Turned,
}

impl Direction {
    /// The controls of Unicode that do to a text what the page does, where that moves its digits: what opens
    /// it and what closes it.
    pub fn controls(self, text: &str) -> Option<(&'static str, &'static str)> {
        match self {
            Direction::Own => None,
            Direction::FromRight => moves_digits(text).then_some(("\u{2067}", "\u{2069}")),
            Direction::Turned => text.contains(char::is_numeric).then_some(("\u{202E}", "\u{202C}")),
        }
    }

    /// Of an element with this name, attribute `dir` and style, in a text that runs one way.
    pub fn within(self, name: &str, dir: Option<&str>, declared: &Declared) -> Direction {
        let dir = dir.map(str::to_ascii_lowercase);
        let from_right = declared.from_right.or(dir.as_deref().map(|dir| dir == "rtl"));
        let turned = declared.turned.unwrap_or(name == "bdo" && dir.is_some());
        match (turned, from_right) {
            (true, None) => {
                if self == Direction::Own {
                    Direction::Own
                } else {
                    Direction::Turned
                }
            }
            (true, Some(true)) => Direction::Turned,
            (false, Some(true)) => Direction::FromRight,
            (_, Some(false)) => Direction::Own,
            (false, None) if name == "bdi" => Direction::Own,
            (false, None) => self,
        }
    }
}

/// Whether a text shows its numbers in another order where it runs from right to left: before its first
/// letter there are two, parted by more than a sign within a number. In Hebrew and Arabic that is the order
/// of the language.
fn moves_digits(text: &str) -> bool {
    let of_right =
        |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let before = &text[..text.find(char::is_alphabetic).unwrap_or(text.len())];
    let parted = |c: char| !c.is_numeric() && !matches!(c, '.' | ',' | ':' | '/');
    before
        .split(parted)
        .filter(|piece| piece.contains(char::is_numeric))
        .nth(1)
        .is_some()
        && !text.contains(of_right)
}

impl Look {
    pub fn of_page() -> Look {
        let marker = Rc::new(Marker::Named("disc".to_string()));
        Look {
            visible: true,
            sized: true,
            coloured: true,
            filled: None,
            stroked: false,
            cut_out: false,
            masked: false,
            squeezed: false,
            outside: false,
            indented_away: false,
            flex: false,
            marker,
            direction: Direction::Own,
        }
    }

    /// Whether words are seen that stand directly in it.
    pub fn shows(&self) -> bool {
        let is_inked = self.cut_out || self.stroked || self.filled.unwrap_or(self.coloured);
        let is_away = self.indented_away || self.outside;
        self.visible && self.sized && is_inked && !self.masked && !self.squeezed && !is_away
    }

    /// Whether words that are not seen take room all the same.
    pub fn leaves_room(&self) -> bool {
        self.sized && !self.squeezed && !self.outside && !self.indented_away
    }

    /// The look of an element in this one.
    pub fn within(&self, declared: &Declared, is_block: bool) -> Look {
        let away = declared
            .indented_away
            .filter(|_| is_block || declared.display.is_some());
        Look {
            visible: declared.visible.unwrap_or(self.visible),
            sized: declared.sized.unwrap_or(self.sized),
            coloured: declared.is_coloured().unwrap_or(self.coloured),
            filled: declared.filled.or(self.filled),
            stroked: declared.stroked.unwrap_or(self.stroked),
            cut_out: self.cut_out || declared.cut_out == Some(true),
            masked: declared.masked.unwrap_or(self.masked),
            squeezed: declared.squeezed.unwrap_or(self.squeezed),
            outside: declared.outside.unwrap_or(self.outside),
            indented_away: away.unwrap_or(self.indented_away),
            flex: matches!(declared.display, Some(Display::Block { flex: true } | Display::InlineFlex)),
            marker: declared
                .marker
                .as_ref()
                .map_or_else(|| Rc::clone(&self.marker), |marker| Rc::new(marker.clone())),
            direction: self.direction,
        }
    }

    /// The look of what is read although it is hidden.
    pub fn forced(self) -> Look {
        let Look { flex, marker, direction, .. } = self;
        Look { flex, marker, direction, ..Look::of_page() }
    }
}

/// Classes that hide words from the eye, on most sites that have them. They count where the page's own style
/// sheets do not know them.
const FOR_SCREEN_READERS: [&str; 14] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
    "screen-reader",
    "screenreader",
    "a-offscreen",
    "cdk-visually-hidden",
    "element-invisible",
    "u-visually-hidden",
    "hidden-visually",
    "assistive-text",
];

/// Whether nobody sees an element, nor anything in it. `is_box`: it has width and height where no style says
/// otherwise.
pub fn is_unseen(node: &Element, is_box: bool, declared: &Declared, styles: &Styles) -> bool {
    let is_shut =
        node.attribute("hidden").is_some() || node.attribute("popover").is_some() || is_shut_dialog(node);
    let mut classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    let by_class = classes.any(|class| {
        class == "sf-hidden" || (FOR_SCREEN_READERS.contains(&class) && !styles.knows_class(class))
    });
    declared.is_unseen(is_box) || by_class || (is_shut && declared.display.is_none())
}

fn is_shut_dialog(node: &Element) -> bool {
    matches!(&node.data, Data::Element { name, .. } if &*name.local == "dialog")
        && node.attribute("open").is_none()
}

/// Formulas that are in the file twice, once for the eye and once for those who hear it: one is read.
#[derive(Default)]
pub struct Formulas {
    /// The other ones.
    pub dropped: BTreeSet<Id>,
    /// What is read, hidden or not, with what is around it.
    pub read: BTreeSet<Id>,
}

/// How far above a formula its other form hangs.
const LEVELS: usize = 5;

pub fn formulas(arena: &Arena) -> Formulas {
    let mut formulas = Formulas::default();
    for id in arena.all().filter(|&id| arena.is_named(id, "math")) {
        let mut path = vec![id];
        for _ in 0..LEVELS {
            let Some((parent, &last)) = path.last().and_then(|&last| arena.parent(last)).zip(path.last())
            else {
                break;
            };
            let others = |id: &Id| *id != last && is_something(arena, *id);
            let beside: Vec<Id> = arena.children(parent).filter(others).take(8).collect();
            let twins: Vec<Id> = beside
                .iter()
                .copied()
                .filter(|&id| is_twin(arena, id) && says_the_same(arena, id, last))
                .collect();
            let alone = beside
                .iter()
                .all(|id| twins.contains(id) || is_preview(arena, *id) || is_program(arena, *id));
            if !twins.is_empty() && alone && arena.nodes[last].attribute("aria-hidden").is_none() {
                formulas.dropped.extend(twins);
                formulas.read.extend(&path);
                formulas
                    .dropped
                    .extend(arena.before(parent).filter(|&id| is_preview(arena, id)));
                break;
            }
            if !beside.is_empty() {
                break;
            }
            path.push(parent);
        }
    }
    formulas
}

fn is_something(arena: &Arena, id: Id) -> bool {
    match &arena.nodes[id].data {
        Data::Element { .. } => true,
        Data::Text(words) => !words.text.trim().is_empty(),
        Data::Document | Data::Silent => false,
    }
}

fn is_twin(arena: &Arena, id: Id) -> bool {
    let node = &arena.nodes[id];
    node.attribute("aria-hidden").is_some_and(|hidden| hidden == "true")
        || node
            .attribute("class")
            .is_some_and(|class| class.contains("mwe-math-fallback"))
}

/// Whether an element that is there for the eye is a form of the formula: a program for formulas made it, or
/// it has the same letters or none, as a picture.
fn says_the_same(arena: &Arena, twin: Id, formula: Id) -> bool {
    let is_made = |id: Id| {
        let node = &arena.nodes[id];
        let Data::Element { name, .. } = &node.data else { return false };
        let names =
            format!("{} {}", name.local, node.attribute("class").unwrap_or_default()).to_ascii_lowercase();
        ["katex", "mathjax", "mjx", "mwe-math"]
            .iter()
            .any(|program| names.contains(program))
    };
    let around = std::iter::successors(Some(twin), |&id| arena.parent(id)).take(2);
    let typed = letters(arena, twin);
    around.into_iter().any(is_made) || typed.is_empty() || typed == letters(arena, formula)
}

/// The letters and digits of an element, sorted, since parts of a formula may stand in another order. Notes
/// on a formula are none of it.
fn letters(arena: &Arena, id: Id) -> Vec<char> {
    const MOST: usize = 2000;
    let is_note = |id: Id| {
        arena
            .parent(id)
            .is_some_and(|parent| arena.is_named(parent, "annotation"))
    };
    let texts = arena
        .below(id)
        .take(MOST)
        .filter(|&id| !is_note(id))
        .filter_map(|id| arena.text(id));
    let mut letters: Vec<char> = texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// A formula as it was typed, which a program kept.
fn is_program(arena: &Arena, id: Id) -> bool {
    arena.is_html(id, "script")
}

/// What is shown until a formula is ready.
fn is_preview(arena: &Arena, id: Id) -> bool {
    arena.nodes[id]
        .attribute("class")
        .is_some_and(|class| class.to_ascii_lowercase().contains("mathjax_preview"))
}
