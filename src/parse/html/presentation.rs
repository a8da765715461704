//! Drawings (SVG): the attributes that are styles, weaker than every rule, and what lies outside of what a
//! drawing shows.

use super::arena::{Arena, Data, Id};
use super::css::Declaration;
use super::tokens::{self, Piece};

const ATTRIBUTES: [&str; 18] = [
    "display",
    "visibility",
    "opacity",
    "font-size",
    "fill",
    "fill-opacity",
    "stroke",
    "color",
    "clip-path",
    "transform",
    "overflow",
    "direction",
    "unicode-bidi",
    "letter-spacing",
    "text-decoration",
    "baseline-shift",
    "filter",
    "font-variant",
];

/// The styles that the attributes of an element of a drawing are.
pub fn of(arena: &Arena, id: Id) -> Vec<Declaration> {
    if !is_drawn(arena, id) {
        return Vec::new();
    }
    let declared =
        |name: &str, value: Vec<Piece>| Declaration { name: name.to_string(), value, important: false };
    let node = &arena.nodes[id];
    let mut all = Vec::new();
    let is_whole = !arena.parent(id).is_some_and(|parent| is_drawn(arena, parent));
    let sizes: &[&str] = if is_box(arena, id) { &["width", "height"] } else { &[] };
    if is_whole {
        // Its letters have a colour of their own.
        all.push(declared("fill", tokens::pieces("black")));
    }
    if is_box(arena, id) {
        all.push(declared("overflow", tokens::pieces("hidden")));
    }
    for name in ATTRIBUTES.iter().chain(sizes) {
        let Some(value) = node.attribute(name) else { continue };
        let is_amount = matches!(*name, "opacity" | "fill-opacity");
        let pieces = tokens::pieces(value);
        let pieces = tokens::trimmed(&pieces).iter().cloned();
        all.push(declared(name, if is_amount { pieces.collect() } else { pieces.map(in_pixels).collect() }));
    }
    all
}

/// Whether an element is one of a drawing.
pub fn is_drawn(arena: &Arena, id: Id) -> bool {
    matches!(&arena.nodes[id].data, Data::Element { name, .. } if &*name.ns == "http://www.w3.org/2000/svg")
}

/// Whether it has a box, with all that is outside of it cut off.
pub fn is_box(arena: &Arena, id: Id) -> bool {
    is_drawn(arena, id) && (arena.is_named(id, "svg") || arena.is_named(id, "foreignObject"))
}

/// A number without a unit is one of pixels, also where something is moved by it.
fn in_pixels(piece: Piece) -> Piece {
    let pixels = |piece: Piece| match piece {
        Piece::Number(number) => Piece::Length(number, "px".to_string()),
        piece => piece,
    };
    match piece {
        Piece::Function(name, inner) if name == "translate" => {
            Piece::Function(name, inner.into_iter().map(pixels).collect())
        }
        Piece::Function(..) => piece,
        piece => pixels(piece),
    }
}

/// Farther than this from the edge of a drawing no letters reach into it.
const BEYOND: f32 = 500.0;

/// Whether the letters of an element begin far outside of their drawing. `None` where it does not say where,
/// or something moves them.
pub fn is_outside(arena: &Arena, id: Id) -> Option<bool> {
    if !is_drawn(arena, id) || !(arena.is_named(id, "text") || arena.is_named(id, "tspan")) {
        return None;
    }
    const AROUND: usize = 64;
    let mut up = std::iter::successors(Some(id), |&id| arena.parent(id)).take(AROUND);
    let whole =
        up.find(|&id| arena.is_named(id, "svg") || arena.nodes[id].attribute("transform").is_some())?;
    if arena.nodes[whole].attribute("transform").is_some() {
        return None;
    }
    let shown = numbers(arena.nodes[whole].attribute("viewBox").unwrap_or_default());
    let before = |name: &str, edge: usize| {
        let place = numbers(arena.nodes[id].attribute(name)?).first().copied()?;
        let edge_at = shown.get(edge).copied().unwrap_or(0.0);
        let far = shown.get(edge + 2).map(|size| edge_at + size);
        Some(place < edge_at - BEYOND || far.is_some_and(|far| place > far + BEYOND))
    };
    let (across, down) = (before("x", 0), before("y", 1));
    (across.is_some() || down.is_some()).then_some(across == Some(true) || down == Some(true))
}

/// The numbers of an attribute, with or without a unit.
fn numbers(text: &str) -> Vec<f32> {
    let number = |piece: Piece| match piece {
        Piece::Number(number) => Some(number),
        piece => tokens::pixels(&piece),
    };
    const LONGEST: usize = 200;
    let text: String = text.chars().take(LONGEST).collect();
    tokens::pieces(&text).into_iter().filter_map(number).collect()
}
