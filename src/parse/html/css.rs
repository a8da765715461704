//! Reads the rules of a page's own style sheets, as far as reading a page needs them: selectors of elements,
//! classes, ids and attributes with the relations between them, and declarations as lists of tokens.
//!
//! What a browser does not know it drops, and so do we: a rule with a wrong selector, a declaration without a
//! value. What depends on what a reader does (`:hover`, `:target`) matches nothing, since nobody touches the
//! page. `@media` is asked for a screen of 1,280 pixels. A rule within a rule is written out with the
//! selectors of the one round it (`nesting`). Blocks nest no deeper than `cssparser` lets them.

use std::rc::Rc;

use super::tokens::{HEIGHT, Piece, WIDTH, listed, pieces, pixels, trimmed};
use super::values;

/// A rule: what it is for, and what it declares.
#[derive(Clone, Debug)]
pub struct Rule {
    pub selectors: Rc<[Selector]>,
    pub declarations: Vec<Declaration>,
    /// Within `@layer`: weaker than what is not.
    pub layered: bool,
}

#[derive(Clone, Debug)]
pub struct Declaration {
    /// In lower case.
    pub name: String,
    /// Without white space at its ends and without `!important`.
    pub value: Vec<Piece>,
    pub important: bool,
}

/// `@counter-style`: its name and its descriptors.
#[derive(Clone, Debug)]
pub struct Counting {
    pub name: String,
    pub descriptors: Vec<Declaration>,
}

/// `@keyframes`: its name, and what it declares for the start and for the end.
#[derive(Clone, Debug)]
pub struct Frames {
    pub name: String,
    pub start: Vec<Declaration>,
    pub end: Vec<Declaration>,
}

#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub rules: Vec<Rule>,
    pub frames: Vec<Frames>,
    pub counting: Vec<Counting>,
    /// How many selectors were written out for rules within rules.
    nested: usize,
}

/// What a rule stands in.
#[derive(Clone, Copy, Default)]
struct Within<'a> {
    /// The selectors of the rule round it.
    rule: Option<&'a [Selector]>,
    /// Where `@scope` ends.
    edge: Option<&'a Pseudo>,
    layered: bool,
    /// Whether it stands in a block.
    in_block: bool,
    /// The element that the sheet's own element stands in.
    owner: Option<usize>,
}

/// Reads a style sheet. `owner`: the element that its own element stands in.
pub fn sheet(css: &str, owner: Option<usize>) -> Sheet {
    let mut sheet = Sheet::default();
    rules(&pieces(css), Within { owner, ..Within::default() }, &mut sheet);
    sheet
}

/// Calls itself as deep as blocks nest, which is capped.
fn rules(pieces: &[Piece], within: Within, sheet: &mut Sheet) {
    let mut from = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let mut prelude = trimmed(&pieces[from..at]);
        while let ([Piece::Wrapper, rest @ ..], false) = (prelude, within.in_block) {
            prelude = trimmed(rest);
        }
        match (piece, prelude) {
            (Piece::Curly(inner), [Piece::At(name), asked @ ..]) => {
                at_rule(name, trimmed(asked), inner, within, sheet)
            }
            (Piece::Curly(inner), prelude) => style_rule(prelude, inner, within, sheet),
            (Piece::Sign(';'), [Piece::At(_), ..]) => {}
            (Piece::Sign(';'), _) if within.rule.is_some() => {} // a declaration
            _ => continue,
        }
        from = at + 1;
    }
}

fn style_rule(prelude: &[Piece], inner: &[Piece], within: Within, sheet: &mut Sheet) {
    let selectors = match within.rule {
        None => selectors(prelude).map(of_page),
        Some(outer) => nesting::selectors(prelude, outer, &mut sheet.nested),
    };
    let Some(mut selectors) = selectors else { return };
    for (_, last) in selectors.iter_mut().filter_map(|selector| selector.parts.last_mut()) {
        last.pseudo.extend(within.edge.cloned());
    }
    let selectors: Rc<[Selector]> = selectors.into();
    sheet.rules.push(Rule {
        selectors: selectors.clone(),
        declarations: declarations(inner),
        layered: within.layered,
    });
    if inner.iter().any(|piece| matches!(piece, Piece::Curly(_))) {
        rules(inner, Within { rule: Some(&selectors), in_block: true, ..within }, sheet);
    }
}

/// Where no rule is round it, `&` is the page.
fn of_page(mut selectors: Vec<Selector>) -> Vec<Selector> {
    let compounds = selectors
        .iter_mut()
        .flat_map(|selector| &mut selector.parts)
        .map(|(_, compound)| compound);
    compounds
        .filter(|compound| compound.nested)
        .for_each(|compound| compound.pseudo.push(Pseudo::Root));
    selectors
}

fn at_rule(name: &str, asked: &[Piece], inner: &[Piece], within: Within, sheet: &mut Sheet) {
    let within = Within { in_block: true, ..within };
    let inner_rules = |within: Within, sheet: &mut Sheet| {
        // What is declared here is declared for the rule round it.
        let outer = within
            .rule
            .filter(|outer| nesting::may_write(outer.len(), &mut sheet.nested));
        if let Some(outer) = outer {
            sheet.rules.push(Rule {
                selectors: outer.into(),
                declarations: declarations(inner),
                layered: within.layered,
            });
        }
        rules(inner, within, sheet);
    };
    match (name, asked) {
        ("media", asked) if media(asked) => inner_rules(within, sheet),
        ("supports", asked) if supports(asked) => inner_rules(within, sheet),
        ("layer", _) => inner_rules(Within { layered: true, ..within }, sheet),
        ("scope", asked) => {
            let Some((start, edge)) = scoped(asked, within.owner, &mut sheet.nested) else { return };
            inner_rules(Within { rule: Some(&start), edge: edge.as_ref(), ..within }, sheet);
        }
        ("keyframes" | "-webkit-keyframes", [Piece::Ident(name) | Piece::Text(name)]) => {
            sheet.frames.push(frames(name, inner))
        }
        ("counter-style", [Piece::Ident(name)]) => {
            sheet
                .counting
                .push(Counting { name: name.clone(), descriptors: declarations(inner) });
        }
        _ => {}
    }
}

/// The elements that `@scope` is for, and where they end. Its rules are written out like rules within a rule.
fn scoped(
    asked: &[Piece],
    owner: Option<usize>,
    nested: &mut usize,
) -> Option<(Vec<Selector>, Option<Pseudo>)> {
    let words: Vec<&Piece> = asked.iter().filter(|piece| **piece != Piece::Space).collect();
    let (start, end) = match words.as_slice() {
        [] => (None, None),
        [Piece::Round(start)] => (Some(start), None),
        [Piece::Round(start), to, Piece::Round(end)] if to.is_ident("to") => (Some(start), Some(end)),
        [to, Piece::Round(end)] if to.is_ident("to") => (None, Some(end)),
        _ => return None,
    };
    let start = match start {
        Some(start) => selectors(start)?,
        None => {
            let of_owner = Compound { pseudo: vec![Pseudo::Node(owner?)], ..Compound::default() };
            vec![Selector { parts: vec![(Relation::Within, of_owner)], part_of_element: None }]
        }
    };
    let edge = match end {
        Some(end) => Some(Pseudo::Inside(Rc::new(Edge {
            start: start.clone(),
            end: nesting::selectors(end, &start, nested)?,
        }))),
        None => None,
    };
    Some((start, edge))
}

fn frames(name: &str, inner: &[Piece]) -> Frames {
    let mut frames = Frames { name: name.to_string(), start: Vec::new(), end: Vec::new() };
    let mut from = 0;
    for (at, piece) in inner.iter().enumerate() {
        let Piece::Curly(declared) = piece else { continue };
        for place in listed(&inner[from..at]) {
            match place {
                [Piece::Percent(0.0)] => frames.start.extend(declarations(declared)),
                [Piece::Percent(1.0)] => frames.end.extend(declarations(declared)),
                [word] if word.is_ident("from") => frames.start.extend(declarations(declared)),
                [word] if word.is_ident("to") => frames.end.extend(declarations(declared)),
                _ => {}
            }
        }
        from = at + 1;
    }
    frames
}

/// The declarations of a block or of an attribute. A rule within the block is left out.
pub fn declarations(pieces: &[Piece]) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    let mut from = 0;
    for at in 0..=pieces.len() {
        match pieces.get(at) {
            Some(Piece::Curly(_)) => {}
            Some(Piece::Sign(';')) | None => declarations.extend(declaration(trimmed(&pieces[from..at]))),
            Some(_) => continue,
        }
        from = at + 1;
    }
    declarations
}

fn declaration(pieces: &[Piece]) -> Option<Declaration> {
    let (Piece::Ident(name), rest) = pieces.split_first()? else { return None };
    let value = trimmed(trimmed(rest).strip_prefix(&[Piece::Sign(':')])?);
    let important = value.last().is_some_and(|last| last.is_ident("important"));
    let before = important
        .then(|| trimmed(&value[..value.len() - 1]).strip_suffix(&[Piece::Sign('!')]))
        .flatten();
    let (value, important) = before.map_or((value, false), |value| (trimmed(value), true));
    let name = name.to_ascii_lowercase();
    (!value.is_empty()).then(|| Declaration { name, value: value.to_vec(), important })
}

/// Whether a list of media queries is true of a screen.
pub fn media(pieces: &[Piece]) -> bool {
    let pieces = trimmed(pieces);
    pieces.is_empty() || listed(pieces).any(query)
}

fn query(pieces: &[Piece]) -> bool {
    let words: Vec<&Piece> = pieces.iter().filter(|piece| **piece != Piece::Space).collect();
    let negated = words.first().is_some_and(|word| word.is_ident("not"));
    let mut holds = true;
    let mut either = false;
    for word in &words {
        match word {
            Piece::Ident(word) => match word.to_ascii_lowercase().as_str() {
                "all" | "screen" | "only" | "and" | "not" => {}
                "or" => (either, holds) = (either || holds, true),
                _ => holds = false,
            },
            Piece::Round(asked) => holds &= feature(asked),
            _ => holds = false,
        }
    }
    (either || holds) != negated
}

/// A condition in parentheses; calls itself as deep as they nest, which is capped.
fn feature(pieces: &[Piece]) -> bool {
    let pieces = trimmed(pieces);
    if pieces.iter().any(|piece| matches!(piece, Piece::Round(_))) {
        return query(pieces);
    }
    let pieces = values::counted(pieces);
    let words: Vec<&Piece> = pieces.iter().filter(|piece| **piece != Piece::Space).collect();
    let (name, value) = match words.as_slice() {
        [Piece::Ident(name)] => (name.to_ascii_lowercase(), None),
        [Piece::Ident(name), Piece::Sign(':'), value] => (name.to_ascii_lowercase(), Some(*value)),
        words => return range(words),
    };
    let known = |values: &[&str]| value.is_none_or(|value| values.iter().any(|known| value.is_ident(known)));
    let pixels = value.and_then(pixels);
    match name.as_str() {
        "min-width" | "min-device-width" => pixels.is_some_and(|asked| WIDTH >= asked),
        "max-width" | "max-device-width" => pixels.is_some_and(|asked| WIDTH <= asked),
        "min-height" | "min-device-height" => pixels.is_some_and(|asked| HEIGHT >= asked),
        "max-height" | "max-device-height" => pixels.is_some_and(|asked| HEIGHT <= asked),
        "orientation" => known(&["landscape"]),
        "hover" | "any-hover" => known(&["hover"]),
        "pointer" | "any-pointer" => known(&["fine"]),
        "prefers-color-scheme" => known(&["light"]),
        "scripting" => known(&["enabled"]),
        "color" | "width" | "height" => value.is_none(),
        "min-resolution" => value.and_then(density).is_some_and(|asked| asked <= 1.0),
        "max-resolution" => value.and_then(density).is_some_and(|asked| asked >= 1.0),
        "resolution" => value.is_none_or(|value| density(value) == Some(1.0)),
        "-webkit-min-device-pixel-ratio" => matches!(value, Some(Piece::Number(asked)) if *asked <= 1.0),
        "-webkit-max-device-pixel-ratio" => matches!(value, Some(Piece::Number(asked)) if *asked >= 1.0),
        "grid" | "monochrome" => matches!(value, Some(Piece::Number(0.0))),
        "min-color" => matches!(value, Some(Piece::Number(asked)) if *asked <= 8.0),
        "color-gamut" => known(&["srgb"]),
        "update" => known(&["fast"]),
        "overflow-block" | "overflow-inline" => known(&["scroll"]),
        "display-mode" => known(&["browser"]),
        "dynamic-range" | "video-dynamic-range" => known(&["standard"]),
        "forced-colors" | "inverted-colors" => value.is_some() && known(&["none"]),
        "prefers-reduced-transparency" | "prefers-reduced-data" => {
            value.is_some() && known(&["no-preference"])
        }
        "prefers-reduced-motion" | "prefers-contrast" => value.is_some() && known(&["no-preference"]),
        _ => false,
    }
}

/// How many dots of a screen a pixel has.
fn density(piece: &Piece) -> Option<f32> {
    let Piece::Length(value, unit) = piece else { return None };
    match unit.as_str() {
        "dppx" | "x" => Some(*value),
        "dpi" => Some(value / 96.0),
        "dpcm" => Some(value * 2.54 / 96.0),
        _ => None,
    }
}

/// `width >= 600px`, `600px <= width`, `400px < width < 700px`.
fn range(words: &[&Piece]) -> bool {
    let mut amounts: Vec<f32> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    for word in words {
        match word {
            Piece::Ident(name) if name.eq_ignore_ascii_case("width") => amounts.push(WIDTH),
            Piece::Ident(name) if name.eq_ignore_ascii_case("height") => amounts.push(HEIGHT),
            Piece::Sign(sign @ ('<' | '>')) => signs.push(*sign),
            Piece::Sign('=') if signs.len() == amounts.len() => {}
            word => match pixels(word) {
                Some(pixels) => amounts.push(pixels),
                None => return false,
            },
        }
    }
    let holds =
        |(sign, pair): (&char, &[f32])| if *sign == '<' { pair[0] <= pair[1] } else { pair[0] >= pair[1] };
    signs.len() + 1 == amounts.len() && signs.iter().zip(amounts.windows(2)).all(holds)
}

/// Whether a browser of today supports what `@supports` asks for: it knows the property and takes the value.
/// Calls itself as deep as blocks nest, which is capped.
fn supports(pieces: &[Piece]) -> bool {
    let mut holds: Option<bool> = None;
    let (mut negated, mut either) = (false, false);
    for piece in pieces {
        let found = match piece {
            Piece::Space => continue,
            Piece::Ident(word) => {
                match word.to_ascii_lowercase().as_str() {
                    "not" => negated = true,
                    "and" => either = false,
                    "or" => either = true,
                    _ => return false,
                }
                continue;
            }
            Piece::Round(inner) => {
                declaration(trimmed(inner)).map_or_else(|| supports(inner), |asked| is_supported(&asked))
            }
            Piece::Function(name, inner) if name == "selector" => selectors(inner).is_some(),
            Piece::Function(name, _) => name == "font-tech" || name == "font-format",
            _ => return false,
        };
        let found = found != std::mem::take(&mut negated);
        holds = Some(holds.map_or(found, |before| if either { before || found } else { before && found }));
    }
    holds == Some(true)
}

fn is_supported(asked: &Declaration) -> bool {
    values::is_known(&asked.name) && values::is_valid(&asked.name, &values::counted(&asked.value))
}

/// What a rule is for: parts from left to right, each with its relation to the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    pub parts: Vec<(Relation, Compound)>,
    pub part_of_element: Option<Generated>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Within,
    Child,
    Next,
    Later,
}

/// What a browser makes before, behind and at the mark of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generated {
    Before,
    After,
    Marker,
    /// Of no use to a reader: `::selection`.
    Nothing,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compound {
    /// In lower case.
    pub element: Option<String>,
    pub ids: Vec<String>,
    pub classes: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub pseudo: Vec<Pseudo>,
    /// Whether `&` stands in it: the rule round this one.
    pub nested: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// In lower case.
    pub name: String,
    /// The sign before `=`, or `=` itself, and the value.
    pub test: Option<(char, String)>,
    /// Whether case matters, where the selector says so.
    pub case: Option<bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pseudo {
    /// Of a state that a page at rest is not in, or that we do not know.
    Never,
    Not(Vec<Selector>),
    Is(Vec<Selector>),
    /// What stands in the element, or behind it, by the sign before the selector.
    Has(Vec<(Relation, Selector)>),
    /// The language of the element, in lower case.
    Lang(String),
    /// An attribute says so when the page is opened: `:checked`.
    Stated(&'static str),
    /// The only one, of all or of those with its name.
    Only {
        of_type: bool,
    },
    Root,
    Host,
    Link,
    /// `an + b`, from the first or from the last, among all siblings or those of its name.
    Nth {
        step: i32,
        offset: i32,
        from_last: bool,
        of_type: bool,
        /// Only those that these match count.
        of: Vec<Selector>,
    },
    /// From right to left, or the other way.
    Dir {
        from_right: bool,
    },
    /// The element of this number.
    Node(usize),
    /// Between a start of `@scope` and its ends.
    Inside(Rc<Edge>),
    Empty,
}

/// Where `@scope` starts and ends.
#[derive(Debug, PartialEq)]
pub struct Edge {
    pub start: Vec<Selector>,
    pub end: Vec<Selector>,
}

/// More parts than this has no selector that a person or a program writes for people.
const PARTS: usize = 24;

/// `None` where a browser drops the rule.
fn selectors(pieces: &[Piece]) -> Option<Vec<Selector>> {
    listed(pieces).map(selector).collect()
}

fn selector(pieces: &[Piece]) -> Option<Selector> {
    let mut parts: Vec<(Relation, Compound)> = Vec::new();
    let mut part_of_element = None;
    let mut relation = Relation::Within;
    let mut rest = pieces;
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|piece| matches!(piece, Piece::Space | Piece::Sign('>' | '+' | '~')))
            .unwrap_or(rest.len());
        let (compound, generated) = compound(&rest[..end])?;
        parts.push((relation, compound));
        part_of_element = part_of_element.or(generated);
        let signs = rest[end..]
            .iter()
            .take_while(|piece| matches!(piece, Piece::Space | Piece::Sign('>' | '+' | '~')));
        let (length, sign) = signs.fold((0, None), |(length, sign), piece| match piece {
            Piece::Sign(new) => (length + 1, Some(*new)),
            _ => (length + 1, sign),
        });
        relation = match sign {
            None => Relation::Within,
            Some('>') => Relation::Child,
            Some('+') => Relation::Next,
            Some(_) => Relation::Later,
        };
        rest = &rest[end + length..];
    }
    parts.shrink_to_fit(); // mostly one, of which a sheet may hold very many
    (!parts.is_empty() && parts.len() <= PARTS).then_some(Selector { parts, part_of_element })
}

fn compound(pieces: &[Piece]) -> Option<(Compound, Option<Generated>)> {
    let mut compound = Compound::default();
    let mut generated = None;
    let mut rest = pieces;
    if rest.is_empty() {
        return None;
    }
    loop {
        rest = match rest {
            [] => return Some((compound, generated)),
            [Piece::Ident(name), rest @ ..] if compound == Compound::default() => {
                compound.element = Some(name.to_ascii_lowercase());
                rest
            }
            [Piece::Sign('*'), rest @ ..] => rest,
            [Piece::Sign('&'), rest @ ..] => {
                compound.nested = true;
                rest
            }
            [Piece::Hash(id), rest @ ..] => {
                compound.ids.push(id.clone());
                rest
            }
            [Piece::Sign('.'), Piece::Ident(class), rest @ ..] => {
                compound.classes.push(class.clone());
                rest
            }
            [Piece::Square(inner), rest @ ..] => {
                compound.attributes.push(attribute(trimmed(inner))?);
                rest
            }
            [Piece::Sign(':'), Piece::Sign(':'), Piece::Ident(name), rest @ ..] => {
                generated = Some(generated_by(name)?);
                rest
            }
            [Piece::Sign(':'), Piece::Sign(':'), Piece::Function(_, _), rest @ ..] => {
                generated = Some(Generated::Nothing);
                rest
            }
            [Piece::Sign(':'), Piece::Ident(name), rest @ ..] => {
                match name.to_ascii_lowercase().as_str() {
                    name @ ("before" | "after" | "first-line" | "first-letter") => {
                        generated = generated_by(name)
                    }
                    "scope" => compound.nested = true,
                    name => compound.pseudo.push(pseudo(name)?),
                }
                rest
            }
            [Piece::Sign(':'), Piece::Function(name, inner), rest @ ..] => {
                compound.pseudo.push(function(name, trimmed(inner))?);
                rest
            }
            _ => return None,
        };
    }
}

fn generated_by(name: &str) -> Option<Generated> {
    Some(match name.to_ascii_lowercase().as_str() {
        "before" => Generated::Before,
        "after" => Generated::After,
        "marker" => Generated::Marker,
        "first-line"
        | "first-letter"
        | "selection"
        | "placeholder"
        | "backdrop"
        | "file-selector-button"
        | "details-content" => Generated::Nothing,
        name if name.starts_with("-webkit-") => Generated::Nothing,
        _ => return None,
    })
}

fn attribute(pieces: &[Piece]) -> Option<Attribute> {
    let (Piece::Ident(name), rest) = pieces.split_first()? else { return None };
    let name = name.to_ascii_lowercase();
    let value = |piece: &Piece| match piece {
        Piece::Text(value) | Piece::Ident(value) => Some(value.clone()),
        _ => None,
    };
    // A letter behind the value says whether case matters.
    let words: Vec<&Piece> = rest.iter().filter(|piece| **piece != Piece::Space).collect();
    let case = match words.as_slice() {
        [_, _, letter] if letter.is_ident("i") => Some(false),
        [_, _, letter] if letter.is_ident("s") => Some(true),
        [_, _, _] => return None,
        _ => None,
    };
    let test = match words.as_slice() {
        [] => None,
        [Piece::Sign('='), typed, ..] => Some(('=', value(typed)?)),
        [Piece::Match(sign), typed, ..] => Some((*sign, value(typed)?)),
        _ => return None,
    };
    (words.len() <= 3).then_some(Attribute { name, test, case })
}

fn pseudo(name: &str) -> Option<Pseudo> {
    let nth =
        |offset, from_last, of_type| Pseudo::Nth { step: 0, offset, from_last, of_type, of: Vec::new() };
    Some(match name {
        "root" => Pseudo::Root,
        "host" => Pseudo::Host,
        "link" | "any-link" => Pseudo::Link,
        "first-child" => nth(1, false, false),
        "last-child" => nth(1, true, false),
        "first-of-type" => nth(1, false, true),
        "last-of-type" => nth(1, true, true),
        "empty" => Pseudo::Empty,
        "only-child" => Pseudo::Only { of_type: false },
        "only-of-type" => Pseudo::Only { of_type: true },
        "checked" => Pseudo::Stated("checked"),
        "disabled" => Pseudo::Stated("disabled"),
        "required" => Pseudo::Stated("required"),
        "open" => Pseudo::Stated("open"),
        "hover" | "focus" | "focus-within" | "focus-visible" | "active" | "target" | "target-within"
        | "visited" | "enabled" | "read-only" | "read-write" | "optional" | "valid" | "invalid"
        | "indeterminate" | "default" | "placeholder-shown" | "fullscreen" | "modal" | "popover-open"
        | "autofill" | "in-range" | "out-of-range" | "defined" | "user-invalid" | "user-valid"
        | "playing" | "paused" | "picture-in-picture" => Pseudo::Never,
        name if name.starts_with("-webkit-") => Pseudo::Never,
        _ => return None,
    })
}

fn function(name: &str, inner: &[Piece]) -> Option<Pseudo> {
    let forgiving = || listed(inner).filter_map(selector).collect();
    Some(match name {
        "not" => Pseudo::Not(selectors(inner)?),
        "is" | "where" | "-webkit-any" | "matches" => Pseudo::Is(forgiving()),
        "nth-child" | "nth-last-child" => {
            let place = inner
                .iter()
                .position(|piece| piece.is_ident("of"))
                .unwrap_or(inner.len());
            let of = inner
                .get(place + 1..)
                .map_or(Some(Vec::new()), |of| selectors(trimmed(of)))?;
            nth(&inner[..place], name == "nth-last-child", false, of)
        }
        "nth-of-type" => nth(inner, false, true, Vec::new()),
        "nth-last-of-type" => nth(inner, true, true, Vec::new()),
        "has" => Pseudo::Has(listed(inner).map(relative).collect::<Option<_>>()?),
        "lang" => match inner {
            [Piece::Ident(language) | Piece::Text(language)] => Pseudo::Lang(language.to_ascii_lowercase()),
            _ => Pseudo::Never,
        },
        "dir" => match inner {
            [side] if side.is_ident("rtl") => Pseudo::Dir { from_right: true },
            [side] if side.is_ident("ltr") => Pseudo::Dir { from_right: false },
            _ => Pseudo::Never,
        },
        "host" | "host-context" | "state" => Pseudo::Never,
        _ => return None,
    })
}

/// A selector that begins with its relation to something else: `> .note`.
fn relative(pieces: &[Piece]) -> Option<(Relation, Selector)> {
    let relation = match pieces.first() {
        Some(Piece::Sign('>')) => Relation::Child,
        Some(Piece::Sign('+')) => Relation::Next,
        Some(Piece::Sign('~')) => Relation::Later,
        _ => return Some((Relation::Within, selector(pieces)?)),
    };
    Some((relation, selector(trimmed(&pieces[1..]))?))
}

/// `2n+1`, `odd`, `3`: CSS has several ways to cut this into tokens, so its text is read.
fn nth(pieces: &[Piece], from_last: bool, of_type: bool, of: Vec<Selector>) -> Pseudo {
    let mut typed = String::new();
    for piece in pieces {
        match piece {
            Piece::Ident(name) => typed.push_str(name),
            Piece::Number(number) if *number >= 0.0 && typed.ends_with('n') => {
                typed.push_str(&format!("+{number}"))
            }
            Piece::Number(number) => typed.push_str(&number.to_string()),
            Piece::Length(number, unit) => typed.push_str(&format!("{number}{unit}")),
            Piece::Sign(sign) => typed.push(*sign),
            Piece::Space => {}
            _ => return Pseudo::Never,
        }
    }
    let typed = typed.to_ascii_lowercase();
    let parsed = match (typed.as_str(), typed.split_once('n')) {
        ("odd", _) => Some((2, 1)),
        ("even", _) => Some((2, 0)),
        (_, Some((step, offset))) => {
            let step = match step {
                "" | "+" => Some(1),
                "-" => Some(-1),
                step => step.parse().ok(),
            };
            let offset = if offset.is_empty() { Some(0) } else { offset.parse().ok() };
            step.zip(offset)
        }
        (number, None) => number.parse().ok().map(|offset| (0, offset)),
    };
    parsed.map_or(Pseudo::Never, |(step, offset)| Pseudo::Nth { step, offset, from_last, of_type, of })
}

impl Selector {
    /// How narrow it is: ids, then classes and their like, then elements.
    pub fn weight(&self) -> u32 {
        self.parts.iter().map(|(_, compound)| compound.weight()).sum::<u32>()
            + u32::from(self.part_of_element.is_some())
    }
}

impl Compound {
    fn weight(&self) -> u32 {
        let count = |length: usize| u32::try_from(length.min(99)).unwrap_or(99);
        let within: u32 = self.pseudo.iter().map(Pseudo::weight).sum();
        let ids = 10_000 * count(self.ids.len());
        let classes = 100 * count(self.classes.len() + self.attributes.len());
        ids + classes + u32::from(self.element.is_some()) + within
    }
}

impl Pseudo {
    /// Calls itself as deep as blocks nest, which is capped.
    fn weight(&self) -> u32 {
        match self {
            Pseudo::Not(inner) | Pseudo::Is(inner) => inner.iter().map(Selector::weight).max().unwrap_or(0),
            Pseudo::Inside(_) | Pseudo::Node(_) => 0,
            Pseudo::Nth { of, .. } => 100 + of.iter().map(Selector::weight).max().unwrap_or(0),
            Pseudo::Has(inner) => inner.iter().map(|(_, selector)| selector.weight()).max().unwrap_or(0),
            _ => 100,
        }
    }
}

/// Rules within rules, as style sheets are typed today: `.box { .note { … } &.open { … } }`.
mod nesting {
    use super::{Compound, Piece, Relation, Selector, listed, relative};

    /// More selectors than this are not written out for one sheet.
    const MOST: usize = 20_000;

    /// Whether so many more may be written out.
    pub fn may_write(more: usize, written: &mut usize) -> bool {
        *written += more;
        *written <= MOST
    }

    /// The selectors of a rule within another, with those of the other one.
    pub fn selectors(prelude: &[Piece], outer: &[Selector], written: &mut usize) -> Option<Vec<Selector>> {
        let own: Vec<(Relation, Selector)> = listed(prelude).map(relative).collect::<Option<_>>()?;
        if !may_write(own.len() * outer.len(), written) {
            return None;
        }
        let written = |(relation, own): &(Relation, Selector)| {
            outer
                .iter()
                .filter_map(|outer| written_out(outer, *relation, own))
                .collect()
        };
        Some(own.iter().flat_map(|own| -> Vec<Selector> { written(own) }).collect())
    }

    fn written_out(outer: &Selector, relation: Relation, own: &Selector) -> Option<Selector> {
        let mut parts: Vec<(Relation, Compound)> = Vec::new();
        if !own.parts.iter().any(|(_, compound)| compound.nested) {
            parts.extend(outer.parts.iter().cloned());
        }
        for (at, (before, compound)) in own.parts.iter().enumerate() {
            let before = if at == 0 { relation } else { *before };
            if !compound.nested {
                parts.push((before, compound.clone()));
                continue;
            }
            let (last, others) = outer.parts.split_last()?;
            let first = parts.len();
            parts.extend(others.iter().cloned());
            parts.push((last.0, last.1.and(compound)));
            parts[first].0 = before;
        }
        (parts.len() <= super::PARTS).then_some(Selector { parts, part_of_element: own.part_of_element })
    }

    impl Compound {
        /// Both of the same element.
        fn and(&self, other: &Compound) -> Compound {
            let Compound { element, ids, classes, attributes, pseudo, nested: _ } = self.clone();
            Compound {
                element: element.or_else(|| other.element.clone()),
                ids: [ids, other.ids.clone()].concat(),
                classes: [classes, other.classes.clone()].concat(),
                attributes: [attributes, other.attributes.clone()].concat(),
                pseudo: [pseudo, other.pseudo.clone()].concat(),
                nested: false,
            }
        }
    }
}
