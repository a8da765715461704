//! The values of CSS: what its sums come to, and what a browser takes for a property. What it does not take
//! it drops, so that what was declared before holds on. Of properties that hide, move or raise nothing, every
//! value is taken.

use super::tokens::{Piece, WIDTH, listed, pixels};

/// A value as browsers take it for a property; `None` where they drop it. `of_old`: in a page without a
/// doctype.
pub fn read(name: &str, value: &[Piece], of_old: bool) -> Option<Vec<Piece>> {
    let value = if of_old { with_units(name, value) } else { value.to_vec() };
    let value = counted(&value);
    is_valid(name, &value).then_some(value)
}

/// A value with its sums worked out, where they can be without laying out the page: `calc(2 * 1px)`,
/// `min(1em, 2px)`. Calls itself as deep as blocks nest, which is capped.
pub fn counted(value: &[Piece]) -> Vec<Piece> {
    let count = |piece: &Piece| match piece {
        Piece::Function(name, inner) => {
            let inner = counted(inner);
            worked_out(name, &inner).map_or_else(|| Piece::Function(name.clone(), inner), Amount::piece)
        }
        Piece::Round(inner) => Piece::Round(counted(inner)),
        piece => piece.clone(),
    };
    value.iter().map(count).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    One,
    Share,
    Pixels,
}

#[derive(Clone, Copy)]
struct Amount(f32, Unit);

impl Amount {
    fn of(piece: &Piece) -> Option<Amount> {
        Some(match piece {
            Piece::Number(number) => Amount(*number, Unit::One),
            Piece::Percent(share) => Amount(*share, Unit::Share),
            Piece::Ident(word) if word.eq_ignore_ascii_case("infinity") => Amount(1e9, Unit::One),
            Piece::Ident(word) if word.eq_ignore_ascii_case("-infinity") => Amount(-1e9, Unit::One),
            Piece::Round(inner) => sum(inner)?,
            piece => Amount(pixels(piece)?, Unit::Pixels),
        })
    }

    fn piece(self) -> Piece {
        match self {
            Amount(number, Unit::One) => Piece::Number(number),
            Amount(share, Unit::Share) => Piece::Percent(share),
            Amount(pixels, Unit::Pixels) => Piece::Length(pixels, "px".to_string()),
        }
    }

    fn times(self, other: Amount) -> Option<Amount> {
        match (self, other) {
            (Amount(value, unit), Amount(by, Unit::One)) | (Amount(by, Unit::One), Amount(value, unit)) => {
                Some(Amount(value * by, unit))
            }
            _ => None,
        }
    }

    fn over(self, other: Amount) -> Option<Amount> {
        match other {
            Amount(by, Unit::One) if by != 0.0 => Some(Amount(self.0 / by, self.1)),
            _ => None,
        }
    }

    /// Both in one unit; a share is taken of the screen.
    fn alike(self, other: Amount) -> Option<(f32, f32, Unit)> {
        let screen = |share: f32| share * WIDTH;
        match (self, other) {
            (Amount(one, unit), Amount(two, same)) if unit == same => Some((one, two, unit)),
            (Amount(one, Unit::Share), Amount(two, Unit::Pixels)) => Some((screen(one), two, Unit::Pixels)),
            (Amount(one, Unit::Pixels), Amount(two, Unit::Share)) => Some((one, screen(two), Unit::Pixels)),
            _ => None,
        }
    }

    fn plus(self, other: Amount) -> Option<Amount> {
        self.alike(other).map(|(one, two, unit)| Amount(one + two, unit))
    }

    fn least(self, other: Amount) -> Option<Amount> {
        self.alike(other).map(|(one, two, unit)| Amount(one.min(two), unit))
    }

    fn most(self, other: Amount) -> Option<Amount> {
        self.alike(other).map(|(one, two, unit)| Amount(one.max(two), unit))
    }
}

fn worked_out(name: &str, inner: &[Piece]) -> Option<Amount> {
    let mut parts = listed(inner).map(sum);
    match name {
        "calc" | "-webkit-calc" => parts.next()?.filter(|_| parts.next().is_none()),
        "min" => parts.reduce(|one, two| one?.least(two?))?,
        "max" => parts.reduce(|one, two| one?.most(two?))?,
        "clamp" => {
            let (low, wanted, high) = (parts.next()??, parts.next()??, parts.next()??);
            low.most(wanted.least(high)?)
        }
        "abs" => parts.next()?.map(|Amount(value, unit)| Amount(value.abs(), unit)),
        // A screen without notches.
        "env" => matches!(inner, [Piece::Ident(word), ..] if word.starts_with("safe-area-"))
            .then_some(Amount(0.0, Unit::Pixels)),
        _ => None,
    }
}

/// `1px + 2 * 3px`.
fn sum(pieces: &[Piece]) -> Option<Amount> {
    let mut words = pieces.iter().filter(|piece| **piece != Piece::Space);
    let mut product = Amount::of(words.next()?)?;
    let mut total: Option<Amount> = None;
    let mut sign = 1.0;
    let added = |total: Option<Amount>, sign: f32, product: Amount| {
        let product = Amount(sign * product.0, product.1);
        total.map_or(Some(product), |total| total.plus(product))
    };
    while let Some(operator) = words.next() {
        let next = Amount::of(words.next()?)?;
        match operator {
            Piece::Sign('*') => product = product.times(next)?,
            Piece::Sign('/') => product = product.over(next)?,
            Piece::Sign(typed @ ('+' | '-')) => {
                total = Some(added(total, sign, product)?);
                (sign, product) = (if *typed == '-' { -1.0 } else { 1.0 }, next);
            }
            _ => return None,
        }
    }
    added(total, sign, product)
}

/// A value as it is read in a page without a doctype: lengths need no unit, colours no sign.
fn with_units(name: &str, value: &[Piece]) -> Vec<Piece> {
    let is_colour_of_old =
        |word: &str| matches!(word.len(), 3 | 6) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let takes_length =
        has_word(OF_OLD, name) || ["margin", "padding"].iter().any(|side| name.starts_with(side));
    let takes_colour = matches!(name, "color" | "background-color") && value.len() == 1;
    let read = |piece: &Piece| match piece {
        Piece::Number(number) if takes_length => Piece::Length(*number, "px".to_string()),
        Piece::Ident(word) if takes_colour && !has_word(COLOURS, word) && is_colour_of_old(word) => {
            Piece::Hash(word.clone())
        }
        Piece::Number(_) | Piece::Length(..) if takes_colour => Piece::Hash("000000".to_string()),
        piece => piece.clone(),
    };
    value.iter().map(read).collect()
}

const OF_OLD: &str = "top right bottom left width height min-width max-width min-height max-height \
    font-size text-indent letter-spacing word-spacing vertical-align";

/// A word that every property takes.
pub fn wide(value: &[Piece]) -> Option<&'static str> {
    let [Piece::Ident(word)] = value else { return None };
    ["inherit", "initial", "unset", "revert", "revert-layer"]
        .into_iter()
        .find(|wide| word.eq_ignore_ascii_case(wide))
}

/// Whether a browser takes a value for a property. The sums in it are worked out.
pub fn is_valid(name: &str, value: &[Piece]) -> bool {
    if name.starts_with("--") || wide(value).is_some() || value.iter().any(|piece| is_function(piece, "var"))
    {
        return true;
    }
    let words: Vec<&Piece> = value.iter().filter(|piece| **piece != Piece::Space).collect();
    let one = |fits: &dyn Fn(&Piece) -> bool| matches!(words.as_slice(), [word] if fits(word));
    let few = |most: usize, fits: &dyn Fn(&Piece) -> bool| {
        (1..=most).contains(&words.len()) && words.iter().all(|word| fits(word))
    };
    match name {
        "display" => is_display(&words),
        "visibility" => one(&|word| is_one_of(word, "visible hidden collapse")),
        "opacity" | "fill-opacity" | "stroke-opacity" => one(&is_number),
        "content-visibility" => one(&|word| is_one_of(word, "visible hidden auto")),
        "font-size" => one(&|word| is_size(word) || is_one_of(word, FONT_SIZES)),
        "font" => {
            words.len() > 1
                || one(&|word| is_one_of(word, "caption icon menu message-box small-caption status-bar"))
        }
        "color" | "background-color" | "-webkit-text-fill-color" => one(&is_colour),
        "fill" | "stroke" => words.first().is_some_and(|word| is_paint(word)),
        "position" => one(&|word| is_one_of(word, "static relative absolute fixed sticky -webkit-sticky")),
        "direction" => one(&|word| is_one_of(word, "ltr rtl")),
        "unicode-bidi" => {
            one(&|word| is_one_of(word, "normal embed isolate bidi-override isolate-override plaintext"))
        }
        "float" => one(&|word| is_one_of(word, "none left right inline-start inline-end")),
        "inset" | "margin" => few(4, &is_side),
        "inset-inline" | "inset-block" | "margin-inline" => few(2, &is_side),
        "padding" => few(4, &is_size),
        "padding-block" => few(2, &is_size),
        "padding-left" | "padding-top" | "padding-bottom" => one(&is_size),
        "text-indent" => few(3, &|word| is_length(word) || is_one_of(word, "hanging each-line")),
        "letter-spacing" => one(&|word| is_length(word) || is_one_of(word, "normal")),
        "width" | "inline-size" | "max-width" | "max-inline-size" | "height" | "block-size"
        | "max-height" | "max-block-size" => one(&|word| is_size(word) || is_one_of(word, SIZES)),
        "overflow" => few(2, &is_overflow),
        "overflow-x" | "overflow-y" => one(&is_overflow),
        "clip" => one(&|word| is_one_of(word, "auto") || is_function(word, "rect")),
        "clip-path" | "-webkit-clip-path" => few(2, &is_clip),
        "transform" | "-webkit-transform" => {
            one(&|word| is_one_of(word, "none")) || few(99, &|word| is_function(word, TRANSFORMS))
        }
        "translate" => few(3, &|word| is_length(word) || is_one_of(word, "none")),
        "scale" => few(3, &|word| is_number(word) || is_one_of(word, "none")),
        "vertical-align" | "baseline-shift" => one(&|word| is_length(word) || is_one_of(word, ALIGNMENTS)),
        "font-variant-position" => one(&|word| is_one_of(word, "normal sub super")),
        "text-decoration" | "text-decoration-line" => few(9, &is_decoration),
        "-webkit-text-security" => one(&|word| is_one_of(word, "none disc circle square")),
        _ if SIDES.contains(&name) => one(&is_side),
        _ => true,
    }
}

const SIDES: [&str; 12] = [
    "top",
    "right",
    "bottom",
    "left",
    "inset-inline-start",
    "inset-inline-end",
    "inset-block-start",
    "inset-block-end",
    "margin-left",
    "margin-right",
    "margin-inline-start",
    "margin-inline-end",
];
const FONT_SIZES: &str = "xx-small x-small small medium large x-large xx-large xxx-large smaller larger math";
const SIZES: &str = "auto none min-content max-content fit-content stretch contain -webkit-fill-available \
    -webkit-min-content -webkit-max-content -webkit-fit-content intrinsic min-intrinsic";
const ALIGNMENTS: &str = "baseline sub super top text-top middle bottom text-bottom -webkit-baseline-middle";
const TRANSFORMS: &str = "matrix matrix3d perspective rotate rotate3d rotatex rotatey rotatez scale \
    scale3d scalex scaley scalez skew skewx skewy translate translate3d translatex translatey translatez";
const SUMS: &str = "calc -webkit-calc min max clamp abs sign round mod rem hypot env attr anchor \
    anchor-size calc-size if sin cos tan asin acos atan atan2 pow sqrt log exp sibling-index sibling-count \
    progress random inherit";
const UNITS: &str = "px em rem ex ch ic lh rlh cap rcap rex rch ric pt pc in cm mm q vw vh vi vb vmin vmax \
    svw svh svi svb svmin svmax lvw lvh lvi lvb lvmin lvmax dvw dvh dvi dvb dvmin dvmax cqw cqh cqi cqb \
    cqmin cqmax";
const DECORATIONS: &str = "none underline overline line-through blink spelling-error grammar-error solid \
    double dotted dashed wavy auto from-font";

fn has_word(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace()
        .any(|known| known.eq_ignore_ascii_case(word))
}

fn is_one_of(piece: &Piece, list: &str) -> bool {
    matches!(piece, Piece::Ident(word) if has_word(list, word))
}

fn is_function(piece: &Piece, list: &str) -> bool {
    matches!(piece, Piece::Function(name, _) if has_word(list, name))
}

/// A number, a share or a sum that only a page laid out has.
fn is_number(piece: &Piece) -> bool {
    matches!(piece, Piece::Number(_) | Piece::Percent(_)) || is_function(piece, SUMS)
}

fn is_length(piece: &Piece) -> bool {
    match piece {
        Piece::Number(number) => *number == 0.0,
        Piece::Length(_, unit) => has_word(UNITS, unit),
        Piece::Percent(_) => true,
        piece => is_function(piece, SUMS),
    }
}

/// A length that is not negative.
fn is_size(piece: &Piece) -> bool {
    let negative = matches!(piece, Piece::Length(amount, _) | Piece::Percent(amount) if *amount < 0.0);
    (is_length(piece) && !negative) || is_function(piece, "fit-content")
}

fn is_side(piece: &Piece) -> bool {
    is_length(piece) || is_one_of(piece, "auto")
}

fn is_overflow(piece: &Piece) -> bool {
    is_one_of(piece, "visible hidden clip scroll auto overlay")
}

fn is_clip(piece: &Piece) -> bool {
    match piece {
        Piece::Function(name, _) => has_word("inset circle ellipse polygon rect xywh path shape url", name),
        Piece::Ident(word) => {
            has_word("none border-box padding-box content-box margin-box fill-box stroke-box view-box", word)
        }
        piece => *piece == Piece::Other,
    }
}

fn is_paint(piece: &Piece) -> bool {
    let is_server = *piece == Piece::Other || is_function(piece, "url");
    is_colour(piece) || is_server || is_one_of(piece, "none context-fill context-stroke")
}

fn is_decoration(piece: &Piece) -> bool {
    is_one_of(piece, DECORATIONS) || is_length(piece) || is_colour(piece)
}

fn is_colour(piece: &Piece) -> bool {
    match piece {
        Piece::Ident(word) => has_word(COLOURS, word),
        Piece::Hash(digits) => {
            matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        piece => is_function(
            piece,
            "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark contrast-color",
        ),
    }
}

fn is_display(words: &[&Piece]) -> bool {
    match words {
        [word] => is_one_of(word, DISPLAYS) || is_one_of(word, PARTS_OF_DISPLAYS),
        words => {
            (2..=3).contains(&words.len()) && words.iter().all(|word| is_one_of(word, PARTS_OF_DISPLAYS))
        }
    }
}

const DISPLAYS: &str = "none contents inline-block inline-flex inline-grid inline-table table-row \
    table-row-group table-header-group table-footer-group table-column table-column-group table-cell \
    table-caption ruby-text ruby-base -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex";
const PARTS_OF_DISPLAYS: &str = "block inline flow flow-root table flex grid ruby math list-item";

const COLOURS: &str = "currentcolor transparent aliceblue antiquewhite aqua aquamarine azure beige bisque \
    black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral \
    cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey \
    darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen \
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray \
    dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray \
    green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen \
    lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey \
    lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue \
    lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple \
    mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue \
    mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid \
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue \
    purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna \
    silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato \
    turquoise violet wheat white whitesmoke yellow yellowgreen accentcolor accentcolortext activetext \
    buttonborder buttonface buttontext canvas canvastext field fieldtext graytext highlight highlighttext \
    linktext mark marktext selecteditem selecteditemtext visitedtext activeborder activecaption \
    appworkspace background buttonhighlight buttonshadow captiontext inactiveborder inactivecaption \
    inactivecaptiontext infobackground infotext menu menutext scrollbar threeddarkshadow threedface \
    threedhighlight threedlightshadow threedshadow window windowframe windowtext -webkit-link \
    -webkit-activelink -webkit-focus-ring-color";

/// Whether a browser of today knows a property: by its name, or by that of the family that it belongs to.
pub fn is_known(name: &str) -> bool {
    let plain = name
        .strip_prefix("-webkit-")
        .filter(|rest| has_word(OF_WEBKIT, rest))
        .unwrap_or(name);
    let is_of = |family: &str| {
        plain
            .strip_prefix(family)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    name.starts_with("--") || (!plain.starts_with('-') && FAMILIES.split_ascii_whitespace().any(is_of))
}

const FAMILIES: &str = "accent-color align alignment-baseline all anchor-name anchor-scope animation \
    app-region appearance aspect-ratio backdrop-filter backface-visibility background baseline-shift \
    baseline-source block-size border bottom box-decoration-break box-shadow box-sizing break caption-side \
    caret clear clip color column columns contain container content corner counter cursor direction \
    display dominant-baseline empty-cells field-sizing fill filter flex float flood font \
    forced-color-adjust gap grid height hyphenate hyphens image inline-size inset interactivity \
    interpolate-size isolation justify left letter-spacing lighting-color line list-style margin marker \
    mask math max-block-size max-height max-inline-size max-width min-block-size min-height \
    min-inline-size min-width mix-blend-mode object offset opacity order orphans outline overflow overlay \
    overscroll padding page paint-order perspective place pointer-events position print-color-adjust \
    quotes resize right rotate row-gap ruby scale scroll scrollbar shape speak stop stroke tab-size \
    table-layout text timeline-scope top touch-action transform transition translate unicode-bidi \
    user-select vector-effect vertical-align view-timeline view-transition visibility white-space widows \
    width will-change word-break word-spacing word-wrap writing-mode x y z-index zoom";
const OF_WEBKIT: &str = "appearance background-clip box-reflect box-orient line-clamp text-fill-color \
    text-stroke text-stroke-color text-stroke-width text-security mask mask-image mask-clip \
    backdrop-filter filter transform transition animation user-select font-smoothing tap-highlight-color \
    clip-path box-shadow hyphens border-radius flex align-items justify-content box-decoration-break";
