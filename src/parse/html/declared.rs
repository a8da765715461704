//! What is declared for an element, as far as it matters to a reader: one declaration after the other, the
//! strongest last. What a browser drops is dropped (`values`). Whether words are seen where they stand, and
//! whether they stand on their line, follows from all of it.

use super::motion::Motion;
use super::tokens::{self, Piece, pixels};
use super::values;
use crate::parse::numbering::Marker;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    None,
    Contents,
    Inline,
    InlineBlock,
    /// A block of any kind; `flex` where what is in it stands apart.
    Block {
        flex: bool,
    },
    InlineFlex,
    ListItem,
    Cell,
}

/// What is declared for an element, as far as it matters to a reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    pub display: Option<Display>,
    pub visible: Option<bool>,
    /// Of the letters: false where they have no size, or no colour.
    pub sized: Option<bool>,
    pub coloured: Option<bool>,
    /// Whether what fills them, where that is not their colour, can be seen; whether they have an outline;
    /// whether they are cut out of what is behind them.
    pub filled: Option<bool>,
    pub stroked: Option<bool>,
    pub cut_out: Option<bool>,
    /// Whether signs stand for them, or they stand in one place.
    pub masked: Option<bool>,
    pub squeezed: Option<bool>,
    /// Whether they are smaller than those around.
    pub small: Option<bool>,
    /// Of a drawing, and in it outside of what it shows.
    pub drawn: bool,
    pub outside: Option<bool>,
    pub motion: Motion,
    /// The colour of the letters and that of what is behind them, as they are declared.
    ink: Vec<Piece>,
    ground: Vec<Piece>,
    pub opaque: Option<bool>,
    /// Made faint by a filter.
    faded: Option<bool>,
    /// Whether words are shown at all: `content-visibility`.
    skipped: Option<bool>,
    /// Taken out of the line: `absolute`, `fixed`.
    pub placed: Option<bool>,
    relative: Option<bool>,
    pub floats: Option<bool>,
    /// Whether its words run from right to left, and whether they do whatever their letters are.
    pub from_right: Option<bool>,
    pub turned: Option<bool>,
    /// Top, right, bottom, left.
    inset: [Option<f32>; 4],
    margin_left: Option<f32>,
    padding_left: Option<f32>,
    /// At the top and the bottom: there words show even where the box has no height.
    padding: [Option<f32>; 2],
    /// Whether the first line begins far outside.
    pub indented_away: Option<bool>,
    width: [Option<f32>; 2],
    height: [Option<f32>; 2],
    clips: Option<bool>,
    clipped: Option<bool>,
    clipped_by_path: Option<bool>,
    /// No wider and no higher than is declared, whatever is in it.
    contained: Option<bool>,
    /// By `transform`, `translate` and `scale`: whether it is out of sight, and how far it is moved down.
    moved_away: [Option<bool>; 3],
    moved_down: [Option<f32>; 2],
    /// Above the line or below it; at the upper or the lower edge of the line; set as figures are that stand
    /// above it or below.
    pub raised: Option<Raised>,
    at_edge: Option<Raised>,
    set: Option<Raised>,
    pub struck: Option<bool>,
    pub marker: Option<Marker>,
    pub resets: Vec<(String, i64)>,
    pub increments: Vec<(String, i64)>,
    pub sets: Vec<(String, i64)>,
    /// What is generated; an empty list is nothing.
    pub content: Option<Vec<Content>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raised {
    Above,
    On,
    Below,
}

/// A part of what a browser generates.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(String),
    Counter {
        name: String,
        /// Of `counters()`: what stands between the numbers of all levels.
        between: Option<String>,
        marker: Marker,
    },
    /// Something that a person sees and that is no number: a picture, an attribute.
    Other,
}

/// What is less opaque than this is seen by nobody.
const FAINT: f32 = 0.05;

/// So far up no page goes whose parts are placed by their lower edge.
const FAR_UP: f32 = 5000.0;

/// From here on a distance leads out of the page.
const AWAY: f32 = -500.0;

impl Declared {
    /// Takes a declaration that is stronger than those before it, as `values::read` gives it.
    pub fn take(&mut self, name: &str, value: &[Piece]) {
        match values::wide(value) {
            Some(wide) => self.take_wide(name, wide),
            None => self.take_valid(name, value),
        }
    }

    /// Takes one of the words that every property takes. What is in an element has most of what is around it
    /// anyway.
    fn take_wide(&mut self, name: &str, wide: &str) {
        let mut fresh = Declared { from_right: self.from_right, turned: self.turned, ..Declared::default() };
        let (drawn, outside) = (self.drawn, self.outside);
        if matches!(wide, "initial" | "unset") {
            fresh.display = Some(Display::Inline);
            fresh.struck = Some(false);
            fresh.raised = Some(Raised::On);
        }
        if wide == "initial" {
            let shown = Some(true);
            (fresh.visible, fresh.sized, fresh.coloured, fresh.filled) = (shown, shown, shown, shown);
            let not = Some(false);
            (fresh.masked, fresh.squeezed, fresh.indented_away, fresh.stroked) = (not, not, not, not);
        }
        match name {
            "all" => *self = Declared { drawn, outside, ..fresh },
            "display" => self.display = fresh.display,
            "visibility" => self.visible = fresh.visible,
            "opacity" => self.opaque = None,
            "filter" => self.faded = None,
            "content-visibility" => self.skipped = None,
            "font-size" | "font" => (self.sized, self.small) = (fresh.sized, None),
            "color" => (self.coloured, self.ink) = (fresh.coloured, Vec::new()),
            "background" | "background-color" => self.ground = Vec::new(),
            "-webkit-text-fill-color" if !self.drawn => self.filled = fresh.filled,
            "fill" if self.drawn => self.filled = fresh.filled,
            "stroke" | "-webkit-text-stroke" => self.stroked = fresh.stroked,
            "-webkit-text-security" => self.masked = fresh.masked,
            "letter-spacing" => self.squeezed = fresh.squeezed,
            "background-clip" | "-webkit-background-clip" => self.cut_out = None,
            "position" => (self.placed, self.relative) = (None, None),
            "direction" => self.from_right = if wide == "initial" { Some(false) } else { None },
            "unicode-bidi" => self.turned = None,
            "float" => self.floats = None,
            "top" | "inset-block-start" => self.inset[0] = None,
            "right" | "inset-inline-end" => self.inset[1] = None,
            "bottom" | "inset-block-end" => self.inset[2] = None,
            "left" | "inset-inline-start" => self.inset[3] = None,
            "inset" => self.inset = [None; 4],
            "margin-left" | "margin-inline-start" | "margin-inline" | "margin" => self.margin_left = None,
            "padding" => (self.padding, self.padding_left) = ([None; 2], None),
            "padding-block" => self.padding = [None; 2],
            "padding-left" => self.padding_left = None,
            "padding-top" => self.padding[0] = None,
            "padding-bottom" => self.padding[1] = None,
            "text-indent" => self.indented_away = fresh.indented_away,
            "width" | "inline-size" => self.width[0] = None,
            "max-width" | "max-inline-size" => self.width[1] = None,
            "height" | "block-size" => self.height[0] = None,
            "max-height" | "max-block-size" => self.height[1] = None,
            "overflow" | "overflow-x" | "overflow-y" => self.clips = None,
            "contain" => self.contained = None,
            "clip" => self.clipped = None,
            "clip-path" | "-webkit-clip-path" => self.clipped_by_path = None,
            "transform" | "-webkit-transform" => (self.moved_away[0], self.moved_down[0]) = (None, None),
            "translate" => (self.moved_away[1], self.moved_down[1]) = (None, None),
            "scale" => self.moved_away[2] = None,
            "vertical-align" | "baseline-shift" => (self.raised, self.at_edge) = (fresh.raised, None),
            "font-variant-position" | "font-variant" | "font-feature-settings" => self.set = None,
            "text-decoration" | "text-decoration-line" => self.struck = fresh.struck,
            "list-style" | "list-style-type" => self.marker = None,
            "counter-reset" => self.resets = Vec::new(),
            "counter-increment" => self.increments = Vec::new(),
            "counter-set" => self.sets = Vec::new(),
            "content" => self.content = None,
            _ if name.starts_with("animation") => self.motion = Motion::default(),
            _ => {}
        }
    }

    /// Whether the words in it are hidden, where nothing in it shows them again. `is_box`: as for
    /// `is_unseen`.
    pub fn hides(&self, is_box: bool) -> bool {
        let is_inked = self.cut_out == Some(true)
            || self.stroked == Some(true)
            || self.filled.or(self.is_coloured()) != Some(false);
        let is_read = self.masked != Some(true) && self.squeezed != Some(true);
        let letters = self.visible != Some(false) && self.sized != Some(false);
        !(letters && is_inked && is_read) || self.is_unseen(is_box)
    }

    fn take_valid(&mut self, name: &str, value: &[Piece]) {
        let word = if let [Piece::Ident(word)] = value { word.to_ascii_lowercase() } else { String::new() };
        let length = || value.first().and_then(length);
        match name {
            "display" => self.display = display(value).or(self.display),
            "visibility" => self.visible = Some(!matches!(word.as_str(), "hidden" | "collapse")),
            "opacity" => self.opaque = Some(!is_faint(value)),
            "filter" => {
                let fades = |piece: &Piece| {
                    matches!(piece, Piece::Function(name, inner) if name == "opacity"
                    && is_faint(inner))
                };
                self.faded = Some(value.iter().any(fades));
            }
            "content-visibility" => self.skipped = Some(word == "hidden"),
            "font-size" => {
                self.sized = Some(!is_nothing(value.first()));
                self.small = value.first().map(is_smaller);
            }
            "font" => {
                self.small = value.iter().find(|piece| is_some_length(piece)).map(is_smaller);
                self.sized = Some(!value.iter().any(is_zero_length) || value.iter().any(is_some_length));
            }
            "color" => {
                self.coloured = Some(!is_transparent(value));
                self.ink = value.to_vec();
            }
            "background" => {
                self.cut_out = Some(value.iter().any(|piece| piece.is_ident("text")));
                self.ground = value.to_vec();
            }
            "background-color" => self.ground = value.to_vec(),
            "-webkit-text-fill-color" if !self.drawn => self.filled = Some(!is_transparent(value)),
            "fill" if self.drawn => self.filled = Some(!is_transparent(value) && word != "none"),
            "fill-opacity" if self.drawn && is_faint(value) => self.filled = Some(false),
            "stroke" if self.drawn => self.stroked = Some(!is_transparent(value) && word != "none"),
            "-webkit-text-stroke" | "-webkit-text-stroke-width" => {
                self.stroked = Some(value.iter().any(is_some_length))
            }
            "background-clip" | "-webkit-background-clip" => self.cut_out = Some(word == "text"),
            "-webkit-text-security" => self.masked = Some(word != "none"),
            "letter-spacing" => self.squeezed = Some(length().is_some_and(|length| length <= -100.0)),
            _ if name.starts_with("animation") => self.motion.take(&name["animation".len()..], value),
            _ if name.starts_with("-webkit-animation") => {
                self.motion.take(&name["-webkit-animation".len()..], value)
            }
            "position" => {
                self.placed = Some(matches!(word.as_str(), "absolute" | "fixed"));
                self.relative = Some(word == "relative");
            }
            "direction" => self.from_right = Some(word == "rtl"),
            "unicode-bidi" => {
                self.turned = Some(matches!(word.as_str(), "bidi-override" | "isolate-override"))
            }
            "float" => self.floats = Some(!matches!(word.as_str(), "none" | "initial" | "unset")),
            "top" | "inset-block-start" => self.inset[0] = length(),
            "right" | "inset-inline-end" => self.inset[1] = length(),
            "bottom" | "inset-block-end" => self.inset[2] = length(),
            "left" | "inset-inline-start" => self.inset[3] = length(),
            "inset" => self.inset = sides(value),
            "inset-inline" => [self.inset[1], self.inset[3]] = [sides(value)[1], sides(value)[0]],
            "inset-block" => [self.inset[0], self.inset[2]] = [sides(value)[0], sides(value)[1]],
            "margin-inline" => self.margin_left = length(),
            "margin-left" | "margin-inline-start" => self.margin_left = length(),
            "margin" => self.margin_left = sides(value)[3],
            "padding-left" => self.padding_left = length(),
            "padding-top" => self.padding[0] = length(),
            "padding-bottom" => self.padding[1] = length(),
            "padding-block" => self.padding = [length(), length()],
            "padding" => {
                let [top, _, bottom, left] = sides(value);
                (self.padding, self.padding_left) = ([top, bottom], left);
            }
            "text-indent" => {
                self.indented_away =
                    Some(length().is_some_and(|length| length <= AWAY || length == -2.0 * tokens::WIDTH))
            }
            "width" | "inline-size" => self.width[0] = length(),
            "max-width" | "max-inline-size" => self.width[1] = length(),
            "height" | "block-size" => self.height[0] = length(),
            "max-height" | "max-block-size" => self.height[1] = length(),
            "overflow" | "overflow-x" | "overflow-y" => {
                self.clips = Some(
                    value
                        .iter()
                        .any(|piece| *piece != Piece::Space && !piece.is_ident("visible")),
                );
            }
            "clip" => {
                self.clipped =
                    Some(matches!(value, [Piece::Function(name, inner)] if name == "rect" && is_small(inner)))
            }
            "clip-path" | "-webkit-clip-path" => self.clipped_by_path = Some(value.iter().any(clips_all)),
            "contain" => self.contained = Some(value.iter().any(|piece| piece.is_ident("strict"))),
            "transform" | "-webkit-transform" => {
                self.moved_away[0] = Some(value.iter().any(moves_away));
                self.moved_down[0] = Some(value.iter().filter_map(down_by).sum());
            }
            "translate" => {
                let mut ways = value.iter().filter(|piece| **piece != Piece::Space).map(pixels);
                self.moved_away[1] = Some(value.iter().filter_map(pixels).any(|way| way <= AWAY));
                self.moved_down[1] = ways.nth(1).flatten();
            }
            "scale" => {
                self.moved_away[2] = Some(
                    value
                        .iter()
                        .any(|piece| matches!(piece, Piece::Number(0.0) | Piece::Percent(0.0))),
                )
            }
            "vertical-align" | "baseline-shift" => {
                self.at_edge = match word.as_str() {
                    "top" => Some(Raised::Above),
                    "bottom" => Some(Raised::Below),
                    _ => None,
                };
                self.raised =
                    if self.at_edge.is_some() { Some(Raised::On) } else { raised(value).or(self.raised) };
            }
            "font-variant-position" => self.set = raised(value),
            "font-variant" => {
                let of = |word: &str| value.iter().any(|piece| piece.is_ident(word));
                self.set = if of("super") { Some(Raised::Above) } else { of("sub").then_some(Raised::Below) };
            }
            "font-feature-settings" => self.set = tokens::listed(value).find_map(feature),
            "text-decoration" | "text-decoration-line" => {
                self.struck = Some(value.iter().any(|piece| piece.is_ident("line-through")))
            }
            "list-style" | "list-style-type" => self.marker = Marker::declared(value).or(self.marker.take()),
            "list-style-image" if word != "none" => self.marker = Some(Marker::None),
            "counter-reset" => self.resets = counters(value, 0),
            "counter-increment" => self.increments = counters(value, 1),
            "counter-set" => self.sets = counters(value, 0),
            "content" if word == "normal" => self.content = None,
            "content" => self.content = Some(content(value)),
            _ => {}
        }
    }

    /// Whether nobody sees anything of the element. `is_box`: it has width and height where no style says
    /// otherwise.
    pub fn is_unseen(&self, is_box: bool) -> bool {
        let placed = self.placed == Some(true);
        let far = |side: Option<f32>| side.is_some_and(|side| side <= AWAY);
        // What is pushed from the right or from below leaves the screen on the other side.
        let beyond = |side: Option<f32>, most: f32| side.is_some_and(|side| side >= most);
        let [_, right, bottom, left] = self.inset;
        let is_beyond = (left.is_none() && beyond(right, 2.0 * tokens::WIDTH))
            || (self.inset[0].is_none() && beyond(bottom, FAR_UP));
        let is_out = placed && (is_beyond || self.inset.iter().any(|side| far(*side)))
            || self.relative == Some(true)
                && (far(left) || (left.is_none() && beyond(right, 2.0 * tokens::WIDTH)));
        let is_pushed = far(self.margin_left) && self.padding_left.is_none_or(|padding| padding < -AWAY);
        let at_most = |sizes: &[Option<f32>; 2], limit: f32| {
            sizes.iter().flatten().any(|size| (0.0..=limit).contains(size))
        };
        let has_box = placed
            || self.floats == Some(true)
            || match self.display {
                None => is_box,
                Some(Display::Inline | Display::Contents) => false,
                Some(_) => true,
            };
        let both_small = at_most(&self.width, 1.0) && at_most(&self.height, 1.0);
        let is_padded = self.padding.iter().flatten().any(|padding| *padding >= 2.0);
        let one_nothing = at_most(&self.width, 0.0) || (at_most(&self.height, 0.0) && !is_padded);
        let is_flat =
            self.contained == Some(true) && self.height.iter().all(Option::is_none) && !is_padded && has_box;
        let shrunk = is_flat || self.clips == Some(true) && (both_small || one_nothing) && has_box;
        self.display == Some(Display::None)
            || self.opaque == Some(false)
            || self.faded == Some(true)
            || (has_box && self.skipped == Some(true))
            || is_out
            || is_pushed
            || shrunk
            || (placed && self.clipped == Some(true))
            || self.clipped_by_path == Some(true)
            || ((has_box || self.drawn) && self.moved_away.contains(&Some(true)))
    }

    /// Whether its letters have a colour that is not that of what is behind them.
    pub fn is_coloured(&self) -> Option<bool> {
        let is_colour = match self.ink.as_slice() {
            [Piece::Ident(word)] => !["inherit", "initial", "unset", "revert", "transparent", "none", "auto"]
                .contains(&word.to_ascii_lowercase().as_str()),
            [Piece::Hash(_) | Piece::Function(..)] => true,
            _ => false,
        };
        if is_colour && self.ink == self.ground { Some(false) } else { self.coloured }
    }

    /// Whether it takes room on the page where its words would stand, though nobody sees them.
    pub fn leaves_room(&self) -> bool {
        self.opaque == Some(false) && self.display != Some(Display::None) && self.placed != Some(true)
    }

    /// Whether the page sets on the line what browsers would raise or lower.
    pub fn is_on_line(&self) -> bool {
        self.raised == Some(Raised::On) && self.shift().is_none()
    }

    /// Above or below the line, also where it was moved there.
    pub fn shift(&self) -> Option<Raised> {
        let is_box = matches!(self.display, Some(Display::InlineBlock | Display::InlineFlex));
        let inset = if self.relative == Some(true) {
            self.inset[0].unwrap_or_else(|| -self.inset[2].unwrap_or(0.0))
        } else {
            0.0
        };
        let down = if is_box { self.moved_down.iter().flatten().sum() } else { 0.0 };
        let moved = match inset + down {
            shift if shift <= -2.0 => Some(Raised::Above),
            shift if shift >= 2.0 => Some(Raised::Below),
            _ => None,
        };
        let at_edge = self.at_edge.filter(|_| self.small == Some(true));
        self.raised
            .filter(|raised| *raised != Raised::On)
            .or(at_edge)
            .or(self.set.filter(|set| *set != Raised::On))
            .or(moved)
    }
}

fn display(value: &[Piece]) -> Option<Display> {
    let words: Vec<String> = value
        .iter()
        .filter_map(
            |piece| if let Piece::Ident(word) = piece { Some(word.to_ascii_lowercase()) } else { None },
        )
        .collect();
    let is_inline = words.iter().any(|word| word == "inline") && words.len() > 1;
    words.iter().find_map(|word| {
        Some(match word.as_str() {
            "none" => Display::None,
            "contents" => Display::Contents,
            "inline" if is_inline => return None,
            "flex" | "grid" if is_inline => Display::InlineFlex,
            "flow-root" | "table" if is_inline => Display::InlineBlock,
            "inline" | "initial" | "ruby" | "ruby-text" | "ruby-base" | "math" => Display::Inline,
            "inline-block" | "inline-table" => Display::InlineBlock,
            "inline-flex" | "inline-grid" | "-webkit-inline-box" | "-webkit-inline-flex" => {
                Display::InlineFlex
            }
            "flex" | "grid" | "-webkit-flex" => Display::Block { flex: true },
            "block" | "flow-root" | "table" | "table-row" | "table-row-group" | "table-header-group"
            | "table-footer-group" | "table-caption" | "table-column" | "-webkit-box" => {
                Display::Block { flex: false }
            }
            "list-item" => Display::ListItem,
            "table-cell" => Display::Cell,
            _ => return None,
        })
    })
}

/// A length in pixels; a share is taken of the screen.
fn length(piece: &Piece) -> Option<f32> {
    match piece {
        Piece::Percent(share) => Some(share * tokens::WIDTH * if *share <= -1.0 { 2.0 } else { 1.0 }),
        piece => pixels(piece),
    }
}

fn is_nothing(piece: Option<&Piece>) -> bool {
    piece.and_then(length).is_some_and(|size| size <= 1.0)
}

fn is_faint(value: &[Piece]) -> bool {
    matches!(value, [Piece::Number(n) | Piece::Percent(n)] if *n < FAINT)
}

/// Whether a size of letters is less than that around, or one of its own, which someone gave to what stands
/// within a line.
fn is_smaller(size: &Piece) -> bool {
    match size {
        Piece::Percent(share) => *share < 1.0,
        Piece::Length(size, unit) => unit != "em" || *size < 1.0,
        Piece::Ident(word) => {
            matches!(word.to_ascii_lowercase().as_str(), "smaller" | "small" | "x-small" | "xx-small")
        }
        _ => false,
    }
}

/// What a feature of a font does with figures: `"sups" 1`.
fn feature(value: &[Piece]) -> Option<Raised> {
    let words: Vec<&Piece> = value.iter().filter(|piece| **piece != Piece::Space).collect();
    let (Piece::Text(name), rest) = words.split_first()? else { return None };
    let is_off =
        matches!(rest, [Piece::Number(0.0)]) || rest.first().is_some_and(|word| word.is_ident("off"));
    match name.as_str() {
        _ if is_off => None,
        "sups" => Some(Raised::Above),
        "subs" | "sinf" => Some(Raised::Below),
        _ => None,
    }
}

/// How far one function of `transform` moves a box down.
fn down_by(piece: &Piece) -> Option<f32> {
    let Piece::Function(name, inner) = piece else { return None };
    let mut ways = tokens::listed(inner).map(|way| way.first().and_then(pixels));
    match name.as_str() {
        "translatey" => ways.next().flatten(),
        "translate" | "translate3d" => ways.nth(1).flatten(),
        _ => None,
    }
}

fn is_zero_length(piece: &Piece) -> bool {
    matches!(piece, Piece::Number(0.0)) || matches!(piece, Piece::Length(size, _) if *size == 0.0)
}

fn is_some_length(piece: &Piece) -> bool {
    matches!(piece, Piece::Length(size, _) | Piece::Percent(size) if *size > 0.0)
}

fn is_transparent(value: &[Piece]) -> bool {
    match value {
        [word] if word.is_ident("transparent") => true,
        [Piece::Hash(digits)] => {
            (digits.len() == 8 && digits.ends_with("00")) || (digits.len() == 4 && digits.ends_with('0'))
        }
        [Piece::Function(name, inner)]
            if matches!(name.as_str(), "rgba" | "hsla" | "rgb" | "hsl")
                && !inner.contains(&Piece::Sign('/')) =>
        {
            let amounts: Vec<f32> = inner.iter().filter_map(amount).collect();
            amounts.len() == 4 && amounts[3] <= 0.0
        }
        // `rgb(0 0 0 / 0)`
        [Piece::Function(_, inner)] => {
            let mut parts = inner.split(|piece| *piece == Piece::Sign('/'));
            let behind = parts
                .nth(1)
                .and_then(|part| tokens::trimmed(part).first().and_then(amount));
            behind.is_some_and(|share| share <= 0.0)
        }
        _ => false,
    }
}

fn amount(piece: &Piece) -> Option<f32> {
    if let Piece::Number(amount) | Piece::Percent(amount) = piece { Some(*amount) } else { None }
}

/// Top, right, bottom and left of one to four lengths.
fn sides(value: &[Piece]) -> [Option<f32>; 4] {
    let all: Vec<Option<f32>> = value
        .iter()
        .filter(|piece| **piece != Piece::Space)
        .map(length)
        .collect();
    match all.as_slice() {
        [all] => [*all; 4],
        [y, x] => [*y, *x, *y, *x],
        [top, x, bottom] => [*top, *x, *bottom, *x],
        [top, right, bottom, left, ..] => [*top, *right, *bottom, *left],
        [] => [None; 4],
    }
}

/// Whether `rect(top, right, bottom, left)` shows no more than a dot.
fn is_small(inner: &[Piece]) -> bool {
    let all: Vec<f32> = inner.iter().filter_map(pixels).collect();
    matches!(all.as_slice(), [top, right, bottom, left] if bottom - top <= 1.0 || right - left <= 1.0)
}

fn clips_all(piece: &Piece) -> bool {
    let Piece::Function(name, inner) = piece else { return false };
    let shares: Vec<f32> = inner
        .iter()
        .take_while(|piece| !piece.is_ident("round") && !piece.is_ident("at"))
        .filter_map(|piece| match piece {
            Piece::Percent(share) => Some(*share),
            piece => pixels(piece).map(|pixels| if pixels == 0.0 { 0.0 } else { pixels / 1e6 }),
        })
        .collect();
    match (name.as_str(), shares.as_slice()) {
        ("inset", [all]) => *all >= 0.5,
        ("inset", [y, x]) => *y >= 0.5 || *x >= 0.5,
        ("inset", [top, x, bottom]) => top + bottom >= 1.0 || *x >= 0.5,
        ("inset", [top, right, bottom, left]) => top + bottom >= 1.0 || left + right >= 1.0,
        ("circle", [radius]) => *radius == 0.0,
        ("ellipse", [x, y]) => *x == 0.0 || *y == 0.0,
        ("polygon", points) => !points.is_empty() && points.iter().all(|point| *point == points[0]),
        ("rect", _) => is_small(inner),
        _ => false,
    }
}

fn moves_away(piece: &Piece) -> bool {
    let Piece::Function(name, inner) = piece else { return false };
    let amounts: Vec<f32> = inner
        .iter()
        .filter_map(|piece| if let Piece::Number(n) = piece { Some(*n) } else { None })
        .collect();
    let mut lengths = inner.iter().filter_map(pixels);
    match name.as_str() {
        "matrix" => {
            matches!(amounts.as_slice(), [a, b, c, d, ..] if a * d == b * c)
                || amounts.iter().skip(4).any(|moved| *moved <= AWAY)
        }
        "rotatex" | "rotatey" => inner.iter().any(is_edge_on),
        "scale" | "scalex" | "scaley" | "scale3d" => amounts.iter().any(|scale| scale.abs() < 0.02),
        "translate" | "translatex" | "translatey" | "translate3d" => lengths.any(|length| length <= AWAY),
        _ => false,
    }
}

/// Whether an angle turns a box so that only its edge is seen.
fn is_edge_on(angle: &Piece) -> bool {
    let Piece::Length(angle, unit) = angle else { return false };
    let quarters = match unit.as_str() {
        "deg" => angle / 90.0,
        "turn" => angle * 4.0,
        "grad" => angle / 100.0,
        "rad" => angle / std::f32::consts::FRAC_PI_2,
        _ => return false,
    };
    (quarters.abs() % 2.0 - 1.0).abs() < 0.001
}

fn raised(value: &[Piece]) -> Option<Raised> {
    let of = |amount: f32| match amount {
        amount if amount > 0.0 => Raised::Above,
        amount if amount < 0.0 => Raised::Below,
        _ => Raised::On,
    };
    match value {
        [Piece::Ident(word)] => match word.to_ascii_lowercase().as_str() {
            "super" | "text-top" => Some(Raised::Above),
            "sub" | "text-bottom" => Some(Raised::Below),
            "baseline" | "middle" | "normal" | "initial" | "unset" => Some(Raised::On),
            _ => None,
        },
        [Piece::Percent(share)] => Some(of(*share)),
        [piece] => pixels(piece).map(of),
        _ => None,
    }
}

/// More counters than these in one declaration are no numbering, and each costs something at every element:
/// the others are not kept.
const MOST_COUNTERS: usize = 32;

/// `a 2 b reversed(c)`: names, each with its number or the one that is meant without.
fn counters(value: &[Piece], without: i64) -> Vec<(String, i64)> {
    let mut counters: Vec<(String, i64)> = Vec::new();
    for piece in value {
        match piece {
            Piece::Ident(_) if counters.len() == MOST_COUNTERS => break,
            Piece::Ident(name) if name != "none" => counters.push((name.clone(), without)),
            Piece::Number(number) => counters
                .last_mut()
                .into_iter()
                .for_each(|last| last.1 = *number as i64),
            _ => {}
        }
    }
    counters
}

fn content(value: &[Piece]) -> Vec<Content> {
    // What stands behind a slash is read aloud only.
    let seen = value
        .split(|piece| *piece == Piece::Sign('/'))
        .next()
        .unwrap_or_default();
    seen.iter().filter_map(part_of_content).collect()
}

fn part_of_content(piece: &Piece) -> Option<Content> {
    match piece {
        Piece::Text(text) => Some(Content::Text(text.clone())),
        Piece::Ident(word) if matches!(word.as_str(), "open-quote" | "close-quote") => {
            Some(Content::Text("\"".to_string()))
        }
        Piece::Function(name, inner) if name == "counter" || name == "counters" => {
            let mut parts = tokens::listed(inner);
            let name =
                if let Some([Piece::Ident(name)]) = parts.next() { name.clone() } else { return None };
            let mut between = None;
            let mut marker = Marker::Named("decimal".to_string());
            for part in parts {
                match part {
                    [Piece::Text(text)] => between = Some(text.clone()),
                    part => marker = Marker::declared(part).unwrap_or(marker),
                }
            }
            Some(Content::Counter { name, between, marker })
        }
        Piece::Function(..) | Piece::Other => Some(Content::Other),
        _ => None,
    }
}
