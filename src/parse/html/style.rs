//! Which rules of a page's own style sheets an element obeys, and what they come to.
//!
//! Rules are sorted as in CSS: by `!important`, then the attribute `style`, then the selector's weight, then the order. What a page takes
//! from elsewhere is not known here. Matching is given up when it has taken more steps than any real page needs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::arena::{Arena, Data, Id};
use super::css::{self, Attribute, Compound, Declaration, Generated, Piece, Pseudo, Relation, Rule, Selector, pixels};
use super::shadow::Scopes;
use crate::parse::numbering::{Counting, Marker};

/// Every rule of a page, ready to be asked for.
pub struct Styles<'a> {
    arena: &'a Arena,
    scopes: &'a Scopes,
    rules: Vec<Scoped>,
    /// By what the last part of a selector names: the rules and selectors that may match.
    keyed: BTreeMap<String, Vec<(usize, usize)>>,
    pub counting: BTreeMap<String, Counting>,
    generated: [bool; 3],
    /// By element: its place among its siblings, from 1, and how many they are.
    places: Vec<(u32, u32)>,
    /// What is declared under names of the page's own (`--dark`), by element, as far as it was asked for.
    customs: RefCell<BTreeMap<Id, Rc<Customs>>>,
    steps: Cell<usize>,
}

/// Declarations under names of the page's own.
type Customs = BTreeMap<String, Vec<Piece>>;

struct Scoped {
    rule: Rule,
    /// The shadow tree that the rule is of; 0 is the page.
    scope: Id,
}

const STEPS: usize = 1_000_000;
const STEPS_A_BYTE: usize = 8;
/// What it costs to obey a rule.
const OBEYED: usize = 4;

impl<'a> Styles<'a> {
    pub fn of(arena: &'a Arena, scopes: &'a Scopes, length: usize) -> Styles<'a> {
        let steps = Cell::new(STEPS + STEPS_A_BYTE * length);
        let mut styles = Styles {
            arena,
            scopes,
            rules: Vec::new(),
            keyed: BTreeMap::new(),
            counting: BTreeMap::new(),
            generated: [false; 3],
            places: Styles::places(arena),
            customs: RefCell::default(),
            steps,
        };
        for id in arena.all() {
            let node = &arena.nodes[id];
            let is_read = arena.is_named(id, "style") && node.attribute("media").is_none_or(|media| css::media(&css::pieces(media)));
            if is_read {
                let text = arena.children(id).filter_map(|child| arena.text(child));
                styles.add(css::sheet(&text.collect::<String>()), scopes.of(id));
            }
        }
        styles
    }

    fn add(&mut self, sheet: css::Sheet, scope: Id) {
        for css::Counting { name, descriptors } in sheet.counting {
            self.counting.insert(name, Counting::declared(&descriptors));
        }
        for rule in sheet.rules {
            for (number, selector) in rule.selectors.iter().enumerate() {
                if let Some(part) = selector.part_of_element.filter(|part| *part != Generated::Nothing) {
                    self.generated[part as usize] = true;
                }
                let Some((_, last)) = selector.parts.last() else { continue };
                self.keyed.entry(key(last)).or_default().push((self.rules.len(), number));
            }
            self.rules.push(Scoped { rule, scope });
        }
    }

    /// Counts the siblings of all elements, so that `:nth-child` costs no walk.
    fn places(arena: &Arena) -> Vec<(u32, u32)> {
        let mut places = vec![(0, 0); arena.nodes.len()];
        let is_element = |id: &Id| matches!(arena.nodes[*id].data, Data::Element { .. });
        for parent in arena.all() {
            let all = arena.children(parent).filter(is_element).count() as u32;
            arena.children(parent).filter(is_element).zip(1..).for_each(|(child, place)| places[child] = (place, all));
        }
        places
    }

    /// Whether a rule of the page speaks of a class.
    pub fn knows_class(&self, class: &str) -> bool {
        self.keyed.contains_key(&format!(".{class}"))
    }

    /// What is declared for every element for which something is.
    pub fn all(&self) -> BTreeMap<Id, Declared> {
        let elements = self.arena.all().filter(|&id| matches!(self.arena.nodes[id].data, Data::Element { .. }));
        let declared = elements.map(|id| (id, self.own(id)));
        declared.filter(|(_, declared)| *declared != Declared::default()).collect()
    }

    /// What is declared for an element.
    fn own(&self, id: Id) -> Declared {
        let node = &self.arena.nodes[id];
        let inline = node.attribute("style").map(|style| css::declarations(&css::pieces(style))).unwrap_or_default();
        self.declared(id, None, &inline)
    }

    /// What is declared for what a browser makes in an element; `None` where it makes nothing.
    pub fn generated(&self, id: Id, part: Generated) -> Option<Declared> {
        if !self.generated.get(part as usize).is_some_and(|any| *any) {
            return None;
        }
        let declared = self.declared(id, Some(part), &[]);
        declared.content.is_some().then_some(declared)
    }

    fn declared(&self, id: Id, part: Option<Generated>, inline: &[Declaration]) -> Declared {
        let mut declared = Declared::default();
        self.each(id, part, inline, &mut |declaration| {
            if !has_variable(&declaration.value) {
                return declared.take(&declaration.name, &declaration.value);
            }
            match self.resolved(id, &declaration.value, DEPTH, &mut { ROOM }) {
                Some(value) => declared.take(&declaration.name, &value),
                // As if nothing had been declared: what browsers do.
                None => {
                    let word = if declaration.name == "display" { "initial" } else { "unset" };
                    declared.take(&declaration.name, &[Piece::Ident(word.to_string())]);
                }
            }
        });
        declared
    }

    /// The declarations that an element obeys, the strongest last.
    fn each(&self, id: Id, part: Option<Generated>, inline: &[Declaration], then: &mut dyn FnMut(&Declaration)) {
        let mut found: Vec<(bool, u32, usize)> = Vec::new();
        let mut look = |key: &str| {
            for &(rule, number) in self.keyed.get(key).map(Vec::as_slice).unwrap_or_default() {
                if self.steps.get() == 0 {
                    return;
                }
                let selector = &self.rules[rule].rule.selectors[number];
                if selector.part_of_element == part && self.matches(selector, id, self.rules[rule].scope) {
                    self.steps.set(self.steps.get().saturating_sub(OBEYED));
                    found.push((!self.rules[rule].rule.layered, selector.weight(), rule));
                }
            }
        };
        if let Data::Element { name, .. } = &self.arena.nodes[id].data {
            let node = &self.arena.nodes[id];
            look("*");
            look(&name.local.to_ascii_lowercase());
            node.attribute("id").iter().for_each(|id| look(&format!("#{id}")));
            let mut classes: Vec<&str> = node.attribute("class").unwrap_or_default().split_ascii_whitespace().collect();
            classes.sort_unstable();
            classes.dedup();
            classes.iter().for_each(|class| look(&format!(".{class}")));
        }
        found.sort_unstable();
        for important in [false, true] {
            let of_rules = found.iter().flat_map(|(_, _, rule)| &self.rules[*rule].rule.declarations);
            of_rules.chain(inline).filter(|declaration| declaration.important == important).for_each(&mut *then);
        }
    }

    /// A value with what its variables stand for at an element; `None` where one stands for nothing. Calls itself as deep as blocks nest, and
    /// `depth` times for variables within variables.
    fn resolved(&self, id: Id, value: &[Piece], depth: usize, room: &mut usize) -> Option<Vec<Piece>> {
        let mut resolved = Vec::new();
        for piece in value {
            *room = room.checked_sub(1)?;
            match piece {
                Piece::Function(name, inner) if name == "var" => {
                    let mut parts = inner.splitn(2, |piece| *piece == Piece::Sign(','));
                    let [Piece::Ident(name)] = css::trimmed(parts.next()?) else { return None };
                    let known = depth.checked_sub(1).and_then(|depth| {
                        let (of, value) = self.custom(id, &name.to_ascii_lowercase())?;
                        self.resolved(of, &value, depth, room)
                    });
                    resolved.extend(match (known, parts.next()) {
                        (Some(value), _) => value,
                        (None, fallback) => self.resolved(id, css::trimmed(fallback?), depth, room)?,
                    });
                }
                Piece::Function(name, inner) => resolved.push(Piece::Function(name.clone(), self.resolved(id, inner, depth, room)?)),
                piece => resolved.push(piece.clone()),
            }
        }
        Some(css::trimmed(&resolved).to_vec())
    }

    /// What is declared under a name of the page's own for an element or, above it, for the nearest for which something is.
    fn custom(&self, id: Id, name: &str) -> Option<(Id, Vec<Piece>)> {
        let up = std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
        up.into_iter().find_map(|id| Some((id, self.customs_of(id).get(name)?.clone())))
    }

    fn customs_of(&self, id: Id) -> Rc<Customs> {
        if let Some(known) = self.customs.borrow().get(&id) {
            return Rc::clone(known);
        }
        let inline = self.arena.nodes[id].attribute("style").filter(|style| style.contains("--"));
        let inline = inline.map(|style| css::declarations(&css::pieces(style))).unwrap_or_default();
        let mut customs = Customs::new();
        self.each(id, None, &inline, &mut |declaration| {
            if declaration.name.starts_with("--") {
                customs.insert(declaration.name.clone(), declaration.value.clone());
            }
        });
        let customs = Rc::new(customs);
        self.customs.borrow_mut().insert(id, Rc::clone(&customs));
        customs
    }

    fn step(&self) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(1));
        left > 0
    }

    fn matches(&self, selector: &Selector, id: Id, scope: Id) -> bool {
        let here = self.scopes.of(id) == scope;
        let is_host = matches!(selector.parts.last(), Some((_, last)) if last.pseudo.contains(&Pseudo::Host));
        (here || (is_host && self.scopes.host(scope) == Some(id))) && self.from(selector, selector.parts.len(), id)
    }

    /// Whether the first parts of a selector match an element and what stands around it. Calls itself once a part, of which there are few.
    fn from(&self, selector: &Selector, parts: usize, id: Id) -> bool {
        let Some((relation, last)) = parts.checked_sub(1).and_then(|at| selector.parts.get(at)) else { return true };
        if !self.step() || !self.fits(last, id) {
            return false;
        }
        if parts == 1 {
            return true;
        }
        let matches = |id: Id| self.from(selector, parts - 1, id);
        match relation {
            Relation::Child => self.parent(id).is_some_and(matches),
            Relation::Within => std::iter::successors(self.parent(id), |&id| self.parent(id)).any(matches),
            Relation::Next => self.arena.before(id).is_some_and(matches),
            Relation::Later => std::iter::successors(self.arena.before(id), |&id| self.arena.before(id)).any(matches),
        }
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.arena.parent(id).filter(|&parent| matches!(self.arena.nodes[parent].data, Data::Element { .. }))
    }

    fn fits(&self, compound: &Compound, id: Id) -> bool {
        let node = &self.arena.nodes[id];
        let Data::Element { name, .. } = &node.data else { return false };
        let Compound { element, ids, classes, attributes, pseudo, nested: _ } = compound;
        let has_class = |class: &String| node.attribute("class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class));
        element.as_ref().is_none_or(|element| (*name.local).eq_ignore_ascii_case(element))
            && ids.iter().all(|id| node.attribute("id") == Some(id))
            && classes.iter().all(has_class)
            && attributes.iter().all(|attribute| attribute.fits(node.attribute(&attribute.name)))
            && pseudo.iter().all(|pseudo| self.fits_pseudo(pseudo, id))
    }

    /// Calls itself as deep as blocks nest, which is capped.
    fn fits_pseudo(&self, pseudo: &Pseudo, id: Id) -> bool {
        let any = |selectors: &[Selector]| selectors.iter().any(|selector| self.from(selector, selector.parts.len(), id));
        match pseudo {
            Pseudo::Never => false,
            Pseudo::Not(selectors) => !any(selectors),
            Pseudo::Is(selectors) => any(selectors),
            Pseudo::Has(selectors) => selectors.iter().any(|(relation, selector)| self.has(id, *relation, selector)),
            Pseudo::Lang(language) => {
                let mut up = std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
                let own = up.find_map(|id| self.arena.nodes[id].attribute("lang")).map(str::to_ascii_lowercase);
                own.and_then(|own| own.strip_prefix(language.as_str()).map(|rest| rest.is_empty() || rest.starts_with('-')))
                    .unwrap_or(false)
            }
            Pseudo::Stated(attribute) => self.arena.nodes[id].attribute(attribute).is_some(),
            Pseudo::Only { of_type } => [false, true].iter().all(|from_last| self.is_nth(id, 0, 1, *from_last, *of_type)),
            Pseudo::Root => self.parent(id).is_none(),
            Pseudo::Host => true,
            Pseudo::Link => self.arena.nodes[id].attribute("href").is_some(),
            Pseudo::Empty => self.arena.children(id).next().is_none(),
            Pseudo::Nth { step, offset, from_last, of_type } => self.is_nth(id, *step, *offset, *from_last, *of_type),
        }
    }

    /// Whether something that a selector matches stands in an element, or behind it.
    fn has(&self, id: Id, relation: Relation, selector: &Selector) -> bool {
        let fits = |other: Id| self.from(selector, selector.parts.len(), other);
        let one = selector.parts.len() == 1;
        match relation {
            Relation::Child if one => self.arena.children(id).take_while(|_| self.step()).any(fits),
            Relation::Within | Relation::Child => self.arena.below(id).take_while(|_| self.step()).any(fits),
            Relation::Next => self.arena.behind(id).is_some_and(fits),
            Relation::Later => {
                std::iter::successors(self.arena.behind(id), |&id| self.arena.behind(id)).take_while(|_| self.step()).any(fits)
            }
        }
    }

    fn is_nth(&self, id: Id, step: i32, offset: i32, from_last: bool, of_type: bool) -> bool {
        if !of_type {
            let (place, all) = self.places[id];
            let place = i64::from(if from_last { all + 1 - place } else { place }) - i64::from(offset);
            return match i64::from(step) {
                0 => place == 0,
                step => place % step == 0 && place / step >= 0,
            };
        }
        let name = |id: Id| if let Data::Element { name, .. } = &self.arena.nodes[id].data { Some(&name.local) } else { None };
        let beside = |&id: &Id| if from_last { self.arena.behind(id) } else { self.arena.before(id) };
        let others = std::iter::successors(beside(&id), beside).take_while(|_| self.step());
        let before = others.filter(|&other| name(other) == name(id)).count();
        let place = i64::try_from(before).unwrap_or(i64::MAX - 1) + 1 - i64::from(offset);
        match i64::from(step) {
            0 => place == 0,
            step => place % step == 0 && place / step >= 0,
        }
    }
}

/// Variables within variables go no deeper, and a value with all that its variables stand for has no more pieces.
const DEPTH: usize = 8;
const ROOM: usize = 400;

fn has_variable(value: &[Piece]) -> bool {
    let is_variable = |piece: &Piece| match piece {
        Piece::Function(name, inner) => name == "var" || has_variable(inner),
        _ => false,
    };
    value.iter().any(is_variable)
}

/// The name by which a selector's last part is found: the rarest that it has.
fn key(compound: &Compound) -> String {
    match (compound.ids.first(), compound.classes.first(), &compound.element) {
        (Some(id), _, _) => format!("#{id}"),
        (None, Some(class), _) => format!(".{class}"),
        (None, None, Some(element)) => element.clone(),
        (None, None, None) => "*".to_string(),
    }
}

impl Attribute {
    fn fits(&self, value: Option<&str>) -> bool {
        let (Some(value), Some((sign, asked))) = (value, &self.test) else { return value.is_some() && self.test.is_none() };
        match sign {
            '=' => value == asked,
            '~' => value.split_ascii_whitespace().any(|word| word == asked),
            '|' => value.strip_prefix(asked.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            '^' => !asked.is_empty() && value.starts_with(asked.as_str()),
            '$' => !asked.is_empty() && value.ends_with(asked.as_str()),
            _ => !asked.is_empty() && value.contains(asked.as_str()),
        }
    }
}

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
    /// The colour of the letters and that of what is behind them, as they are declared.
    ink: Vec<Piece>,
    ground: Vec<Piece>,
    pub opaque: Option<bool>,
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
    moved_away: Option<bool>,
    /// Above the line or below it.
    pub raised: Option<Raised>,
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

/// From here on a distance leads out of the page.
const AWAY: f32 = -500.0;

impl Declared {
    /// Takes a declaration that is stronger than those before it.
    pub fn take(&mut self, name: &str, value: &[Piece]) {
        let word = if let [Piece::Ident(word)] = value { word.to_ascii_lowercase() } else { String::new() };
        let length = || value.first().and_then(length);
        match name {
            "display" => self.display = display(value).or(self.display),
            "visibility" => self.visible = Some(!matches!(word.as_str(), "hidden" | "collapse")),
            "opacity" => self.opaque = Some(!matches!(value, [Piece::Number(n) | Piece::Percent(n)] if *n < FAINT)),
            "filter" => {
                if let [Piece::Function(name, inner)] = value
                    && name == "opacity"
                {
                    self.opaque = Some(!matches!(inner.as_slice(), [Piece::Number(n) | Piece::Percent(n)] if *n < FAINT));
                }
            }
            "content-visibility" => self.skipped = Some(word == "hidden"),
            "font-size" => self.sized = Some(!is_nothing(value.first())),
            "font" => self.sized = Some(!value.iter().any(is_zero_length) || value.iter().any(is_some_length)),
            "color" => {
                self.coloured = Some(!is_transparent(value));
                self.ink = value.to_vec();
            }
            "background" | "background-color" => self.ground = value.to_vec(),
            "-webkit-text-fill-color" if !is_transparent(value) => self.coloured = Some(true),
            "background-clip" | "-webkit-background-clip" if word == "text" => self.coloured = Some(true),
            "position" => {
                self.placed = Some(matches!(word.as_str(), "absolute" | "fixed"));
                self.relative = Some(word == "relative");
            }
            "direction" => self.from_right = Some(word == "rtl"),
            "unicode-bidi" => self.turned = Some(matches!(word.as_str(), "bidi-override" | "isolate-override")),
            "float" => self.floats = Some(!matches!(word.as_str(), "none" | "initial" | "unset")),
            "top" => self.inset[0] = length(),
            "right" => self.inset[1] = length(),
            "bottom" => self.inset[2] = length(),
            "left" => self.inset[3] = length(),
            "inset" => self.inset = sides(value),
            "margin-left" => self.margin_left = length(),
            "margin" => self.margin_left = sides(value)[3],
            "padding-left" => self.padding_left = length(),
            "padding-top" => self.padding[0] = length(),
            "padding-bottom" => self.padding[1] = length(),
            "padding-block" => self.padding = [length(), length()],
            "padding" => {
                let [top, _, bottom, left] = sides(value);
                (self.padding, self.padding_left) = ([top, bottom], left);
            }
            "text-indent" => self.indented_away = Some(length().is_some_and(|length| length <= AWAY || length == -2.0 * css::WIDTH)),
            "width" | "inline-size" => self.width[0] = length(),
            "max-width" | "max-inline-size" => self.width[1] = length(),
            "height" | "block-size" => self.height[0] = length(),
            "max-height" | "max-block-size" => self.height[1] = length(),
            "overflow" | "overflow-x" | "overflow-y" => {
                let hides = |piece: &Piece| piece.is_ident("hidden") || piece.is_ident("clip");
                self.clips = Some(value.iter().any(hides));
            }
            "clip" => self.clipped = Some(matches!(value, [Piece::Function(name, inner)] if name == "rect" && is_small(inner))),
            "clip-path" | "-webkit-clip-path" => self.clipped_by_path = Some(value.iter().any(clips_all)),
            "transform" => self.moved_away = Some(value.iter().any(moves_away)),
            "scale" => self.moved_away = Some(matches!(value, [Piece::Number(0.0), ..])),
            "vertical-align" | "baseline-shift" => self.raised = raised(value).or(self.raised),
            "font-variant-position" => self.raised = raised(value).or(self.raised),
            "text-decoration" | "text-decoration-line" => self.struck = Some(value.iter().any(|piece| piece.is_ident("line-through"))),
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

    /// Whether nobody sees anything of the element. `is_box`: it has width and height where no style says otherwise.
    pub fn is_unseen(&self, is_box: bool) -> bool {
        let placed = self.placed == Some(true);
        let far = |side: Option<f32>| side.is_some_and(|side| side <= AWAY);
        let is_out = placed && self.inset.iter().any(|side| far(*side)) || self.relative == Some(true) && far(self.inset[3]);
        let is_pushed = far(self.margin_left) && self.padding_left.is_none_or(|padding| padding < -AWAY);
        let at_most = |sizes: &[Option<f32>; 2], limit: f32| sizes.iter().flatten().any(|size| (0.0..=limit).contains(size));
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
        let shrunk = self.clips == Some(true) && (both_small || one_nothing) && has_box;
        self.display == Some(Display::None)
            || self.opaque == Some(false)
            || (has_box && self.skipped == Some(true))
            || is_out
            || is_pushed
            || shrunk
            || (placed && self.clipped == Some(true))
            || self.clipped_by_path == Some(true)
            || (has_box && self.moved_away == Some(true))
    }

    /// Whether its letters have a colour that is not that of what is behind them.
    pub fn is_coloured(&self) -> Option<bool> {
        let is_colour = match self.ink.as_slice() {
            [Piece::Ident(word)] => {
                !["inherit", "initial", "unset", "revert", "transparent", "none", "auto"].contains(&word.to_ascii_lowercase().as_str())
            }
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
        let moved = || {
            let (top, bottom) = (self.inset[0].unwrap_or(0.0), self.inset[2].unwrap_or(0.0));
            match top - bottom {
                _ if self.relative != Some(true) => None,
                shift if shift <= -2.0 => Some(Raised::Above),
                shift if shift >= 2.0 => Some(Raised::Below),
                _ => None,
            }
        };
        self.raised.filter(|raised| *raised != Raised::On).or_else(moved)
    }
}

fn display(value: &[Piece]) -> Option<Display> {
    let words: Vec<String> =
        value.iter().filter_map(|piece| if let Piece::Ident(word) = piece { Some(word.to_ascii_lowercase()) } else { None }).collect();
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
            "inline-flex" | "inline-grid" | "-webkit-inline-box" | "-webkit-inline-flex" => Display::InlineFlex,
            "flex" | "grid" | "-webkit-flex" => Display::Block { flex: true },
            "block" | "flow-root" | "table" | "table-row" | "table-row-group" | "table-header-group" | "table-footer-group"
            | "table-caption" | "table-column" | "-webkit-box" => Display::Block { flex: false },
            "list-item" => Display::ListItem,
            "table-cell" => Display::Cell,
            _ => return None,
        })
    })
}

/// A length in pixels; a share is taken of the screen.
fn length(piece: &Piece) -> Option<f32> {
    match piece {
        Piece::Percent(share) => Some(share * css::WIDTH * if *share <= -1.0 { 2.0 } else { 1.0 }),
        piece => pixels(piece),
    }
}

fn is_nothing(piece: Option<&Piece>) -> bool {
    piece.and_then(length).is_some_and(|size| size < 1.0)
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
        [Piece::Hash(digits)] => (digits.len() == 8 && digits.ends_with("00")) || (digits.len() == 4 && digits.ends_with('0')),
        [Piece::Function(name, inner)] if matches!(name.as_str(), "rgba" | "hsla" | "rgb" | "hsl") => {
            let amounts: Vec<f32> =
                inner.iter().filter_map(|piece| if let Piece::Number(n) | Piece::Percent(n) = piece { Some(*n) } else { None }).collect();
            amounts.len() == 4 && amounts[3] <= 0.0
        }
        _ => false,
    }
}

/// Top, right, bottom and left of one to four lengths.
fn sides(value: &[Piece]) -> [Option<f32>; 4] {
    let all: Vec<Option<f32>> = value.iter().filter(|piece| **piece != Piece::Space).map(length).collect();
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
    let amounts: Vec<f32> = inner.iter().filter_map(|piece| if let Piece::Number(n) = piece { Some(*n) } else { None }).collect();
    let mut lengths = inner.iter().filter_map(pixels);
    match name.as_str() {
        "scale" | "scalex" | "scaley" | "scale3d" => amounts.contains(&0.0),
        "translate" | "translatex" | "translatey" | "translate3d" => lengths.any(|length| length <= AWAY),
        _ => false,
    }
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

/// More counters than these in one declaration are no numbering, and each costs something at every element: the others are not kept.
const MOST_COUNTERS: usize = 32;

/// `a 2 b reversed(c)`: names, each with its number or the one that is meant without.
fn counters(value: &[Piece], without: i64) -> Vec<(String, i64)> {
    let mut counters: Vec<(String, i64)> = Vec::new();
    for piece in value {
        match piece {
            Piece::Ident(_) if counters.len() == MOST_COUNTERS => break,
            Piece::Ident(name) if name != "none" => counters.push((name.clone(), without)),
            Piece::Number(number) => counters.last_mut().into_iter().for_each(|last| last.1 = *number as i64),
            _ => {}
        }
    }
    counters
}

fn content(value: &[Piece]) -> Vec<Content> {
    // What stands behind a slash is read aloud only.
    let seen = value.split(|piece| *piece == Piece::Sign('/')).next().unwrap_or_default();
    seen.iter().filter_map(part_of_content).collect()
}

fn part_of_content(piece: &Piece) -> Option<Content> {
    match piece {
        Piece::Text(text) => Some(Content::Text(text.clone())),
        Piece::Ident(word) if matches!(word.as_str(), "open-quote" | "close-quote") => Some(Content::Text("\"".to_string())),
        Piece::Function(name, inner) if name == "counter" || name == "counters" => {
            let mut parts = css::listed(inner);
            let name = if let Some([Piece::Ident(name)]) = parts.next() { name.clone() } else { return None };
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
