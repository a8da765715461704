//! Which rules of a page's own style sheets an element obeys, and what they come to.
//!
//! Rules are sorted as in CSS: by `!important`, then the attribute `style`, then the selector's weight, then
//! the order. What a page takes from elsewhere is not known here. Matching is given up when it has taken more
//! steps than any real page needs.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::arena::{Arena, Data, Id};
use super::css::{self, Attribute, Compound, Declaration, Generated, Pseudo, Relation, Rule, Selector};
use super::declared::Declared;
use super::motion::Left;
use super::presentation;
use super::shadow::Scopes;
use super::tokens::{self, Piece};
use super::values;
use crate::parse::numbering::Counting;

/// Every rule of a page, ready to be asked for.
pub struct Styles<'a> {
    arena: &'a Arena,
    scopes: &'a Scopes,
    rules: Vec<Scoped>,
    /// By what the last part of a selector names: the rules and selectors that may match.
    keyed: BTreeMap<String, Vec<(usize, usize)>>,
    pub counting: BTreeMap<String, Counting>,
    /// By name: where animations begin and end.
    frames: BTreeMap<String, css::Frames>,
    generated: [bool; 3],
    /// By element: its place among its siblings, from 1, and how many they are.
    places: Vec<(u32, u32)>,
    /// What is declared under names of the page's own (`--dark`), by element, as far as it was asked for.
    customs: RefCell<BTreeMap<Id, Rc<Customs>>>,
    steps: Cell<usize>,
}

/// Declarations under names of the page's own.
type Customs = BTreeMap<String, Vec<Piece>>;

/// What was declared for the last few elements that differ, so that what is the same is held once: it takes
/// some hundred bytes, and an element of a page may be three.
#[derive(Default)]
struct Shared(VecDeque<Rc<Declared>>);

impl Shared {
    const MOST: usize = 8;

    fn one(&mut self, declared: Declared) -> Rc<Declared> {
        if let Some(known) = self.0.iter().find(|known| ***known == declared) {
            return known.clone();
        }
        if self.0.len() == Shared::MOST {
            self.0.pop_front();
        }
        let one = Rc::new(declared);
        self.0.push_back(one.clone());
        one
    }
}

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
            frames: BTreeMap::new(),
            generated: [false; 3],
            places: Styles::places(arena),
            customs: RefCell::default(),
            steps,
        };
        for id in arena.all() {
            let node = &arena.nodes[id];
            let is_read = arena.is_named(id, "style")
                && node
                    .attribute("media")
                    .is_none_or(|media| css::media(&tokens::pieces(media)));
            if is_read {
                let text = arena.children(id).filter_map(|child| arena.text(child));
                styles.add(css::sheet(&text.collect::<String>(), arena.parent(id)), scopes.of(id));
            }
        }
        styles
    }

    fn add(&mut self, sheet: css::Sheet, scope: Id) {
        for css::Counting { name, descriptors } in sheet.counting {
            self.counting.insert(name, Counting::declared(&descriptors));
        }
        for css::Frames { name, start, end } in sheet.frames {
            let frames = css::Frames { name: name.clone(), start: self.taken(start), end: self.taken(end) };
            self.frames.insert(name, frames);
        }
        for mut rule in sheet.rules {
            rule.declarations = self.taken(rule.declarations);
            for (number, selector) in rule.selectors.iter().enumerate() {
                if let Some(part) = selector.part_of_element.filter(|part| *part != Generated::Nothing) {
                    self.generated[part as usize] = true;
                }
                let Some((_, last)) = selector.parts.last() else { continue };
                let key = self.folded(&key(last)).into_owned();
                self.keyed.entry(key).or_default().push((self.rules.len(), number));
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
            arena
                .children(parent)
                .filter(is_element)
                .zip(1..)
                .for_each(|(child, place)| places[child] = (place, all));
        }
        places
    }

    /// Whether a rule of the page speaks of a class.
    pub fn knows_class(&self, class: &str) -> bool {
        self.keyed.contains_key(&*self.folded(&format!(".{class}")))
    }

    /// A class or an id, as it is compared: without a doctype case is nothing.
    fn folded<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.arena.quirks { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) }
    }

    /// What is declared for every element for which something is. Neighbours for which the same is declared
    /// share it.
    pub fn all(&self) -> BTreeMap<Id, Rc<Declared>> {
        let elements = self
            .arena
            .all()
            .filter(|&id| matches!(self.arena.nodes[id].data, Data::Element { .. }));
        let declared = elements.map(|id| (id, self.own(id)));
        let mut shared = Shared::default();
        declared
            .filter(|(_, declared)| *declared != Declared::default())
            .map(|(id, declared)| (id, shared.one(declared)))
            .collect()
    }

    /// The declarations that a browser takes. Those with variables are read where these are known.
    fn taken(&self, declarations: Vec<Declaration>) -> Vec<Declaration> {
        let read = |declaration: Declaration| {
            if declaration.name.starts_with("--") || has_variable(&declaration.value) {
                return Some(declaration);
            }
            let value = values::read(&declaration.name, &declaration.value, self.arena.quirks)?;
            Some(Declaration { value, ..declaration })
        };
        declarations.into_iter().filter_map(read).collect()
    }

    /// What is declared for an element.
    fn own(&self, id: Id) -> Declared {
        let node = &self.arena.nodes[id];
        let inline = node
            .attribute("style")
            .map(|style| css::declarations(&tokens::pieces(style)))
            .unwrap_or_default();
        let inline = self.taken(inline);
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
        declared.drawn = presentation::is_drawn(self.arena, id);
        if part.is_none() {
            let drawn = presentation::of(self.arena, id);
            self.taken(drawn)
                .iter()
                .for_each(|declaration| self.take(id, declaration, &mut declared));
            declared.outside = presentation::is_outside(self.arena, id);
            let small = matches!(&self.arena.nodes[id].data,
                Data::Element { name, .. } if matches!(&*name.local, "small" | "sup" | "sub"));
            declared.small = small.then_some(true);
        }
        let obeyed = self.obeyed(id, part, inline);
        let (important, plain): (Vec<&Declaration>, Vec<&Declaration>) =
            obeyed.iter().partition(|declaration| declaration.important);
        plain
            .iter()
            .for_each(|declaration| self.take(id, declaration, &mut declared));
        self.run(id, &mut declared);
        important
            .iter()
            .for_each(|declaration| self.take(id, declaration, &mut declared));
        declared
    }

    fn take(&self, id: Id, declaration: &Declaration, declared: &mut Declared) {
        if !has_variable(&declaration.value) {
            return declared.take(&declaration.name, &declaration.value);
        }
        let resolved = self.resolved(id, &declaration.value, DEPTH, &mut { ROOM });
        match resolved.and_then(|value| values::read(&declaration.name, &value, self.arena.quirks)) {
            Some(value) => declared.take(&declaration.name, &value),
            // As if nothing had been declared: what browsers do.
            None => declared.take(&declaration.name, &[Piece::Ident("unset".to_string())]),
        }
    }

    /// Brings the animations of an element to their end. What never ends shows what it shows for a while.
    fn run(&self, id: Id, declared: &mut Declared) {
        let motion = std::mem::take(&mut declared.motion);
        for (name, left) in motion.left() {
            let Some(frames) = self.frames.get(name) else { continue };
            let play = |frame: &[Declaration], declared: &mut Declared| {
                let frame = frame.iter().filter(|declaration| !declaration.important);
                frame
                    .take_while(|_| self.step())
                    .for_each(|one| self.take(id, one, declared));
            };
            match left {
                Left::AtStart => play(&frames.start, declared),
                Left::AtEnd => play(&frames.end, declared),
                Left::Nowhere => {
                    for frame in [&frames.end, &frames.start]
                        .into_iter()
                        .filter(|frame| !frame.is_empty())
                    {
                        if declared.hides(true) {
                            play(frame, declared);
                        }
                    }
                }
            }
        }
    }

    /// The declarations that an element obeys, the strongest last.
    fn obeyed<'b>(
        &'b self,
        id: Id,
        part: Option<Generated>,
        inline: &'b [Declaration],
    ) -> Vec<&'b Declaration> {
        let mut found: Vec<(bool, u32, usize)> = Vec::new();
        let mut look = |key: &str| {
            for &(rule, number) in self
                .keyed
                .get(&*self.folded(key))
                .map(Vec::as_slice)
                .unwrap_or_default()
            {
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
            let mut classes: Vec<&str> = node
                .attribute("class")
                .unwrap_or_default()
                .split_ascii_whitespace()
                .collect();
            classes.sort_unstable_by_key(|class| self.folded(class));
            classes.dedup_by_key(|class| self.folded(class));
            classes.iter().for_each(|class| look(&format!(".{class}")));
        }
        found.sort_unstable();
        let declared = |found: &[(bool, u32, usize)], important: bool| -> Vec<&'b Declaration> {
            let of_rules = found
                .iter()
                .flat_map(|(_, _, rule)| &self.rules[*rule].rule.declarations);
            of_rules
                .chain(inline)
                .filter(|declaration| declaration.important == important)
                .collect()
        };
        let mut all = declared(&found, false);
        // What is important is the stronger within a layer.
        found.sort_unstable_by_key(|(is_open, weight, rule)| (!is_open, *weight, *rule));
        all.extend(declared(&found, true));
        all
    }

    /// A value with what its variables stand for at an element; `None` where one stands for nothing. Calls
    /// itself as deep as blocks nest, and `depth` times for variables within variables.
    fn resolved(&self, id: Id, value: &[Piece], depth: usize, room: &mut usize) -> Option<Vec<Piece>> {
        let mut resolved = Vec::new();
        for piece in value {
            *room = room.checked_sub(1)?;
            match piece {
                Piece::Function(name, inner) if name == "var" => {
                    let mut parts = inner.splitn(2, |piece| *piece == Piece::Sign(','));
                    let [Piece::Ident(name)] = tokens::trimmed(parts.next()?) else { return None };
                    let known = depth.checked_sub(1).and_then(|depth| {
                        let (of, value) = self.custom(id, &name.to_ascii_lowercase())?;
                        self.resolved(of, &value, depth, room)
                    });
                    resolved.extend(match (known, parts.next()) {
                        (Some(value), _) => value,
                        (None, fallback) => self.resolved(id, tokens::trimmed(fallback?), depth, room)?,
                    });
                }
                Piece::Function(name, inner) => {
                    resolved.push(Piece::Function(name.clone(), self.resolved(id, inner, depth, room)?))
                }
                piece => resolved.push(piece.clone()),
            }
        }
        Some(tokens::trimmed(&resolved).to_vec())
    }

    /// What is declared under a name of the page's own for an element or, above it, for the nearest for which
    /// something is.
    fn custom(&self, id: Id, name: &str) -> Option<(Id, Vec<Piece>)> {
        let up = std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
        up.into_iter()
            .find_map(|id| Some((id, self.customs_of(id).get(name)?.clone())))
    }

    fn customs_of(&self, id: Id) -> Rc<Customs> {
        if let Some(known) = self.customs.borrow().get(&id) {
            return Rc::clone(known);
        }
        let inline = self.arena.nodes[id]
            .attribute("style")
            .filter(|style| style.contains("--"));
        let inline = inline
            .map(|style| css::declarations(&tokens::pieces(style)))
            .unwrap_or_default();
        let mut customs = Customs::new();
        for declaration in self.obeyed(id, None, &inline) {
            if declaration.name.starts_with("--") {
                customs.insert(declaration.name.clone(), declaration.value.clone());
            }
        }
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
        (here || (is_host && self.scopes.host(scope) == Some(id)))
            && self.from(selector, selector.parts.len(), id)
    }

    /// Whether the first parts of a selector match an element and what stands around it. Calls itself once a
    /// part, of which there are few.
    fn from(&self, selector: &Selector, parts: usize, id: Id) -> bool {
        let Some((relation, last)) = parts.checked_sub(1).and_then(|at| selector.parts.get(at)) else {
            return true;
        };
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
            Relation::Later => {
                std::iter::successors(self.arena.before(id), |&id| self.arena.before(id)).any(matches)
            }
        }
    }

    fn is_same(&self, one: &str, other: &str) -> bool {
        one == other || (self.arena.quirks && one.eq_ignore_ascii_case(other))
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.arena
            .parent(id)
            .filter(|&parent| matches!(self.arena.nodes[parent].data, Data::Element { .. }))
    }

    fn fits(&self, compound: &Compound, id: Id) -> bool {
        let node = &self.arena.nodes[id];
        let Data::Element { name, .. } = &node.data else { return false };
        let Compound { element, ids, classes, attributes, pseudo, nested: _ } = compound;
        let has_class = |class: &String| {
            node.attribute("class")
                .is_some_and(|all| all.split_ascii_whitespace().any(|one| self.is_same(one, class)))
        };
        element
            .as_ref()
            .is_none_or(|element| (*name.local).eq_ignore_ascii_case(element))
            && ids
                .iter()
                .all(|id| node.attribute("id").is_some_and(|own| self.is_same(own, id)))
            && classes.iter().all(has_class)
            && attributes
                .iter()
                .all(|attribute| attribute.fits(node.attribute(&attribute.name), &*name.ns == HTML))
            && pseudo.iter().all(|pseudo| self.fits_pseudo(pseudo, id))
    }

    /// Calls itself as deep as blocks nest, which is capped.
    fn fits_pseudo(&self, pseudo: &Pseudo, id: Id) -> bool {
        let any = |selectors: &[Selector]| {
            selectors
                .iter()
                .any(|selector| self.from(selector, selector.parts.len(), id))
        };
        match pseudo {
            Pseudo::Never => false,
            Pseudo::Not(selectors) => !any(selectors),
            Pseudo::Is(selectors) => any(selectors),
            Pseudo::Has(selectors) => selectors
                .iter()
                .any(|(relation, selector)| self.has(id, *relation, selector)),
            Pseudo::Lang(language) => {
                let mut up =
                    std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
                let own = up
                    .find_map(|id| self.arena.nodes[id].attribute("lang"))
                    .map(str::to_ascii_lowercase);
                own.and_then(|own| {
                    own.strip_prefix(language.as_str())
                        .map(|rest| rest.is_empty() || rest.starts_with('-'))
                })
                .unwrap_or(false)
            }
            Pseudo::Stated(attribute) => self.arena.nodes[id].attribute(attribute).is_some(),
            Pseudo::Only { of_type } => [false, true]
                .iter()
                .all(|from_last| self.is_nth(id, (0, 1), *from_last, *of_type, &[])),
            Pseudo::Root => self.parent(id).is_none(),
            Pseudo::Host => true,
            Pseudo::Link => self.arena.nodes[id].attribute("href").is_some(),
            Pseudo::Empty => self.arena.children(id).next().is_none(),
            Pseudo::Nth { step, offset, from_last, of_type, of } => {
                self.is_nth(id, (*step, *offset), *from_last, *of_type, of)
            }
            Pseudo::Dir { from_right } => {
                let mut up =
                    std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
                let own = up
                    .find_map(|id| self.arena.nodes[id].attribute("dir"))
                    .unwrap_or("ltr");
                own.eq_ignore_ascii_case("rtl") == *from_right
            }
            Pseudo::Node(node) => id == *node,
            Pseudo::Inside(edge) => {
                let mut up =
                    std::iter::successors(Some(id), |&id| self.parent(id)).take_while(|_| self.step());
                let inside = up.find_map(|id| {
                    let fits = |all: &[Selector]| {
                        all.iter()
                            .any(|selector| self.from(selector, selector.parts.len(), id))
                    };
                    if fits(&edge.end) { Some(false) } else { fits(&edge.start).then_some(true) }
                });
                inside == Some(true)
            }
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
            Relation::Later => std::iter::successors(self.arena.behind(id), |&id| self.arena.behind(id))
                .take_while(|_| self.step())
                .any(fits),
        }
    }

    fn is_nth(
        &self,
        id: Id,
        (step, offset): (i32, i32),
        from_last: bool,
        of_type: bool,
        of: &[Selector],
    ) -> bool {
        if !of_type && of.is_empty() {
            let (place, all) = self.places[id];
            let place = i64::from(if from_last { all + 1 - place } else { place }) - i64::from(offset);
            return match i64::from(step) {
                0 => place == 0,
                step => place % step == 0 && place / step >= 0,
            };
        }
        let name = |id: Id| {
            if let Data::Element { name, .. } = &self.arena.nodes[id].data { Some(&name.local) } else { None }
        };
        let beside = |&id: &Id| if from_last { self.arena.behind(id) } else { self.arena.before(id) };
        let others = std::iter::successors(beside(&id), beside).take_while(|_| self.step());
        let is_of = |id: Id| {
            of.is_empty()
                || of
                    .iter()
                    .any(|selector| self.from(selector, selector.parts.len(), id))
        };
        if !is_of(id) {
            return false;
        }
        let before = others
            .filter(|&other| (!of_type || name(other) == name(id)) && is_of(other))
            .count();
        let place = i64::try_from(before).unwrap_or(i64::MAX - 1) + 1 - i64::from(offset);
        match i64::from(step) {
            0 => place == 0,
            step => place % step == 0 && place / step >= 0,
        }
    }
}

/// Variables within variables go no deeper, and a value with all that its variables stand for has no more
/// pieces.
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

const HTML: &str = "http://www.w3.org/1999/xhtml";

/// The attributes of HTML whose values selectors compare without regard to case.
const ANY_CASE: &str = " accept accept-charset align alink axis bgcolor charset checked clear codetype \
    color compact declare defer dir direction disabled enctype face frame hreflang http-equiv lang \
    language link media method multiple nohref noresize noshade nowrap readonly rel rev rules scope \
    scrolling selected shape target text type valign valuetype vlink ";

impl Attribute {
    fn fits(&self, value: Option<&str>, is_html: bool) -> bool {
        let (Some(value), Some((sign, asked))) = (value, &self.test) else {
            return value.is_some() && self.test.is_none();
        };
        let minds_case = self
            .case
            .unwrap_or_else(|| !(is_html && ANY_CASE.contains(&format!(" {} ", self.name))));
        if minds_case {
            return fits_value(*sign, value, asked);
        }
        fits_value(*sign, &value.to_ascii_lowercase(), &asked.to_ascii_lowercase())
    }
}

fn fits_value(sign: char, value: &str, asked: &str) -> bool {
    match sign {
        '=' => value == asked,
        '~' => value.split_ascii_whitespace().any(|word| word == asked),
        '|' => value
            .strip_prefix(asked)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        '^' => !asked.is_empty() && value.starts_with(asked),
        '$' => !asked.is_empty() && value.ends_with(asked),
        _ => !asked.is_empty() && value.contains(asked),
    }
}
