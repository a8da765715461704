//! How the items of lists are numbered: the numbers of CSS and of HTML, from a count to what stands on the
//! page.

use super::html::css::Declaration;
use super::html::tokens::{self, Piece};

/// What stands before an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Marker {
    None,
    /// A text that is the same before every item.
    Text(String),
    /// A way of counting, by its name in CSS.
    Named(String),
    /// `symbols(…)`: given where it is used.
    Given(Box<Counting>),
}

impl Marker {
    /// Of `list-style` and `list-style-type`.
    pub fn declared(value: &[Piece]) -> Option<Marker> {
        let mut marker = None;
        for piece in value {
            match piece {
                Piece::Ident(word) if matches!(word.as_str(), "inside" | "outside") => {}
                Piece::Ident(word) if matches!(word.as_str(), "inherit" | "unset" | "revert") => return None,
                Piece::Ident(word) if word == "none" => marker = marker.or(Some(Marker::None)),
                Piece::Ident(word) => marker = Some(Marker::Named(word.clone())),
                Piece::Text(text) => marker = Some(Marker::Text(text.clone())),
                Piece::Function(name, inner) if name == "symbols" => {
                    marker = Some(Marker::Given(Box::new(Counting::symbols(inner))))
                }
                _ => {}
            }
        }
        marker
    }

    /// Of the attribute `type` of a list.
    pub fn of_type(typed: &str) -> Option<Marker> {
        let name = match typed.trim() {
            "1" => "decimal",
            "a" => "lower-alpha",
            "A" => "upper-alpha",
            "i" => "lower-roman",
            "I" => "upper-roman",
            _ => return None,
        };
        Some(Marker::Named(name.to_string()))
    }
}

/// A way of counting.
#[derive(Clone, Debug, PartialEq)]
pub struct Counting {
    system: System,
    symbols: Vec<String>,
    /// Of `additive`: what each symbol is worth, the largest first.
    worth: Vec<i64>,
    negative: String,
    prefix: String,
    suffix: String,
    /// How long a number is at least, and what it is filled with.
    pad: (usize, String),
    range: Option<(i64, i64)>,
    /// Whether it says nothing: a dot, a square.
    is_mark: bool,
    /// Of `extends`: the way of counting that the rest is taken from.
    extends: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Cyclic,
    Numeric,
    Alphabetic,
    Symbolic,
    Additive,
    Fixed(i64),
    /// Numbers as Chinese and Japanese write them.
    Ideographic,
}

/// Longer than this is no number that a page sets before its items.
const LONGEST: usize = 60;

impl Counting {
    fn of(system: System, symbols: impl IntoIterator<Item = String>) -> Counting {
        Counting {
            system,
            symbols: symbols.into_iter().collect(),
            worth: Vec::new(),
            negative: "-".to_string(),
            prefix: String::new(),
            suffix: ". ".to_string(),
            pad: (0, String::new()),
            range: None,
            is_mark: false,
            extends: None,
        }
    }

    fn additive(symbols: &[(i64, &str)], most: i64) -> Counting {
        let worth = symbols.iter().map(|(worth, _)| *worth).collect();
        let of = Counting::of(System::Additive, symbols.iter().map(|(_, symbol)| (*symbol).to_string()));
        Counting { worth, range: Some((1, most)), ..of }
    }

    /// `symbols(cyclic "*" "†")`
    fn symbols(inner: &[Piece]) -> Counting {
        let system = inner.iter().find_map(system_of).unwrap_or(System::Symbolic);
        Counting { suffix: " ".to_string(), ..Counting::of(system, inner.iter().filter_map(symbol)) }
    }

    /// Of `@counter-style`.
    pub fn declared(descriptors: &[Declaration]) -> Counting {
        let mut counting = Counting::of(System::Symbolic, []);
        for Declaration { name, value, .. } in descriptors {
            let text = || value.iter().find_map(symbol).unwrap_or_default();
            match name.as_str() {
                "system" => match value.as_slice() {
                    [word, Piece::Space, Piece::Ident(other)] if word.is_ident("extends") => {
                        counting.extends = Some(other.clone())
                    }
                    [word, Piece::Space, Piece::Number(first)] if word.is_ident("fixed") => {
                        counting.system = System::Fixed(*first as i64)
                    }
                    value => counting.system = value.iter().find_map(system_of).unwrap_or(counting.system),
                },
                "symbols" => counting.symbols = value.iter().filter_map(symbol).collect(),
                "additive-symbols" => {
                    let pairs = tokens::listed(value).filter_map(|pair| {
                        let worth = pair.iter().find_map(|piece| {
                            if let Piece::Number(n) = piece { Some(*n as i64) } else { None }
                        });
                        Some((worth?, pair.iter().find_map(symbol)?))
                    });
                    (counting.worth, counting.symbols) = pairs.unzip();
                }
                "negative" => counting.negative = text(),
                "prefix" => counting.prefix = text(),
                "suffix" => counting.suffix = text(),
                "pad" => {
                    let length = value.iter().find_map(|piece| {
                        if let Piece::Number(n) = piece { Some(*n as usize) } else { None }
                    });
                    counting.pad = (length.unwrap_or(0).min(LONGEST), text());
                }
                "range" => {
                    let ends: Vec<i64> = value
                        .iter()
                        .filter_map(|piece| if let Piece::Number(n) = piece { Some(*n as i64) } else { None })
                        .collect();
                    counting.range = if let [from, to] = ends.as_slice() { Some((*from, *to)) } else { None };
                }
                _ => {}
            }
        }
        counting
    }

    /// A way of counting that browsers know.
    pub fn known(name: &str) -> Option<Counting> {
        let between = |first: char, last: char| (first..=last).map(String::from);
        let digits = |zero: char| {
            let from = u32::from(zero);
            Counting::of(System::Numeric, (from..from + 10).filter_map(char::from_u32).map(String::from))
        };
        let letters = |first, last| Counting::of(System::Alphabetic, between(first, last));
        let listed = |system, all: &str| Counting::of(system, all.chars().map(String::from));
        let eastern = |counting: Counting| Counting { suffix: "、".to_string(), ..counting };
        Some(match name {
            "decimal" => digits('0'),
            "decimal-leading-zero" => Counting { pad: (2, "0".to_string()), ..digits('0') },
            "lower-alpha" | "lower-latin" => letters('a', 'z'),
            "upper-alpha" | "upper-latin" => letters('A', 'Z'),
            "lower-greek" => listed(System::Alphabetic, "αβγδεζηθικλμνξοπρστυφχψω"),
            "lower-roman" => Counting::additive(&ROMAN.map(|(worth, small, _)| (worth, small)), 3999),
            "upper-roman" => Counting::additive(&ROMAN.map(|(worth, _, large)| (worth, large)), 3999),
            "hebrew" => Counting::additive(&HEBREW, 999),
            "armenian" | "upper-armenian" => armenian('Ա'),
            "lower-armenian" => armenian('ա'),
            "arabic-indic" => digits('٠'),
            "persian" | "urdu" => digits('۰'),
            "devanagari" => digits('०'),
            "bengali" => digits('০'),
            "gurmukhi" => digits('੦'),
            "gujarati" => digits('૦'),
            "oriya" => digits('୦'),
            "tamil" => digits('௦'),
            "telugu" => digits('౦'),
            "kannada" => digits('೦'),
            "malayalam" => digits('൦'),
            "thai" => digits('๐'),
            "lao" => digits('໐'),
            "tibetan" => digits('༠'),
            "myanmar" => digits('၀'),
            "khmer" | "cambodian" => digits('០'),
            "mongolian" => digits('᠐'),
            "cjk-decimal" => eastern(listed(System::Numeric, "〇一二三四五六七八九")),
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" | "japanese-informal" => {
                eastern(Counting::of(System::Ideographic, []))
            }
            "cjk-earthly-branch" => eastern(listed(System::Fixed(1), "子丑寅卯辰巳午未申酉戌亥")),
            "cjk-heavenly-stem" => eastern(listed(System::Fixed(1), "甲乙丙丁戊己庚辛壬癸")),
            "hiragana" => eastern(listed(
                System::Alphabetic,
                "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん",
            )),
            "katakana" => eastern(listed(
                System::Alphabetic,
                "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
            )),
            "disc" | "circle" | "square" | "disclosure-open" | "disclosure-closed" => {
                Counting { is_mark: true, suffix: " ".to_string(), ..listed(System::Cyclic, "•") }
            }
            _ => return None,
        })
    }

    /// The number alone; `None` where this way of counting has none for it.
    fn number(&self, value: i64) -> Option<String> {
        if self.range.is_some_and(|(from, to)| value < from || value > to) {
            return None;
        }
        let signed = self.system == System::Numeric;
        let amount = if signed { i64::try_from(value.unsigned_abs()).ok()? } else { value };
        let words = self.amount(amount)?;
        let minus = if value < 0 && signed { self.negative.as_str() } else { "" };
        let missing = self
            .pad
            .0
            .saturating_sub(words.chars().count() + minus.chars().count());
        Some(format!("{minus}{}{words}", self.pad.1.repeat(missing)))
    }

    fn amount(&self, amount: i64) -> Option<String> {
        let count = i64::try_from(self.symbols.len()).ok()?;
        let symbol = |at: i64| usize::try_from(at).ok().and_then(|at| self.symbols.get(at));
        match self.system {
            System::Cyclic if count > 0 => symbol((amount - 1).rem_euclid(count)).cloned(),
            System::Fixed(first) => symbol(amount.checked_sub(first)?).cloned(),
            System::Symbolic if count > 0 && amount > 0 => {
                let times = usize::try_from((amount - 1) / count + 1)
                    .ok()
                    .filter(|times| *times <= LONGEST)?;
                Some(symbol((amount - 1) % count)?.repeat(times))
            }
            System::Numeric if count > 1 => Some(self.places(amount, count, 0)),
            System::Alphabetic if count > 1 && amount > 0 => Some(self.places(amount, count, 1)),
            System::Additive if amount >= 0 => self.sum(amount),
            System::Ideographic => ideographic(amount),
            _ => None,
        }
    }

    fn places(&self, mut amount: i64, count: i64, least: i64) -> String {
        let mut places = Vec::new();
        loop {
            amount -= least;
            places.push(usize::try_from(amount % count).unwrap_or(0));
            amount /= count;
            if amount == 0 {
                break;
            }
        }
        places.into_iter().rev().map(|at| self.symbols[at].as_str()).collect()
    }

    fn sum(&self, mut amount: i64) -> Option<String> {
        let mut words = String::new();
        for (worth, symbol) in self.worth.iter().zip(&self.symbols) {
            if *worth == 0 && amount == 0 && words.is_empty() {
                return Some(symbol.clone());
            }
            if *worth > 0 {
                let times = usize::try_from(amount / worth)
                    .ok()
                    .filter(|times| *times <= LONGEST)?;
                words.push_str(&symbol.repeat(times));
                amount %= worth;
            }
        }
        (amount == 0 && !words.is_empty() && words.len() <= 4 * LONGEST).then_some(words)
    }
}

fn system_of(piece: &Piece) -> Option<System> {
    let Piece::Ident(word) = piece else { return None };
    Some(match word.as_str() {
        "cyclic" => System::Cyclic,
        "numeric" => System::Numeric,
        "alphabetic" => System::Alphabetic,
        "symbolic" => System::Symbolic,
        "additive" => System::Additive,
        "fixed" => System::Fixed(1),
        _ => return None,
    })
}

fn symbol(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Text(text) => Some(text.clone()),
        Piece::Ident(word) if system_of(piece).is_none() => Some(word.clone()),
        _ => None,
    }
}

const ROMAN: [(i64, &str, &str); 13] = [
    (1000, "m", "M"),
    (900, "cm", "CM"),
    (500, "d", "D"),
    (400, "cd", "CD"),
    (100, "c", "C"),
    (90, "xc", "XC"),
    (50, "l", "L"),
    (40, "xl", "XL"),
    (10, "x", "X"),
    (9, "ix", "IX"),
    (5, "v", "V"),
    (4, "iv", "IV"),
    (1, "i", "I"),
];

/// 15 and 16 are not written as a name of God.
const HEBREW: [(i64, &str); 27] = [
    (400, "ת"),
    (300, "ש"),
    (200, "ר"),
    (100, "ק"),
    (90, "צ"),
    (80, "פ"),
    (70, "ע"),
    (60, "ס"),
    (50, "נ"),
    (40, "מ"),
    (30, "ל"),
    (20, "כ"),
    (19, "יט"),
    (18, "יח"),
    (17, "יז"),
    (16, "טז"),
    (15, "טו"),
    (10, "י"),
    (9, "ט"),
    (8, "ח"),
    (7, "ז"),
    (6, "ו"),
    (5, "ה"),
    (4, "ד"),
    (3, "ג"),
    (2, "ב"),
    (1, "א"),
];

/// Its letters are ones, tens, hundreds and thousands in the order of the alphabet.
fn armenian(first: char) -> Counting {
    let letter = |at: u32| {
        char::from_u32(u32::from(first) + at)
            .map(String::from)
            .unwrap_or_default()
    };
    let (worth, symbols): (Vec<i64>, Vec<String>) = (0..36)
        .rev()
        .map(|at: u32| ((i64::from(at) % 9 + 1) * 10_i64.pow(at / 9), letter(at)))
        .unzip();
    Counting { worth, range: Some((1, 9999)), ..Counting::of(System::Additive, symbols) }
}

/// Up to 9,999; above that the page has digits.
fn ideographic(amount: i64) -> Option<String> {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    if !(0..=9999).contains(&amount) {
        return None;
    }
    if amount == 0 {
        return Some("〇".to_string());
    }
    let mut words = String::new();
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::try_from(amount / unit % 10).unwrap_or(0);
        if digit == 0 {
            skipped = !words.is_empty();
            continue;
        }
        if skipped {
            words.push('〇');
            skipped = false;
        }
        if !(unit == 10 && digit == 1 && words.is_empty()) {
            words.push(digits[digit]);
        }
        words.push_str(name);
    }
    Some(words)
}

/// The ways of counting of a page: its own, and those that browsers know.
pub trait Ways {
    fn own(&self, name: &str) -> Option<&Counting>;
}

/// A page without ways of its own.
pub struct NoWays;

impl Ways for NoWays {
    fn own(&self, _: &str) -> Option<&Counting> {
        None
    }
}

impl Ways for std::collections::BTreeMap<String, Counting> {
    fn own(&self, name: &str) -> Option<&Counting> {
        self.get(name)
    }
}

fn way(marker: &Marker, ways: &dyn Ways) -> Option<Counting> {
    match marker {
        Marker::None | Marker::Text(_) => None,
        Marker::Given(counting) => Some((**counting).clone()),
        Marker::Named(name) => {
            let Some(own) = ways.own(name) else {
                return Counting::known(&name.to_ascii_lowercase()).or_else(|| Counting::known("decimal"));
            };
            let Some(base) = &own.extends else { return Some(own.clone()) };
            let base = ways
                .own(base)
                .filter(|base| base.extends.is_none())
                .cloned()
                .or_else(|| Counting::known(base))?;
            let Counting { system, symbols, worth, range, .. } = base;
            Some(Counting { system, symbols, worth, range: own.range.or(range), ..own.clone() })
        }
    }
}

/// A number as `counter()` shows it.
pub fn number(marker: &Marker, value: i64, ways: &dyn Ways) -> String {
    match marker {
        Marker::None => String::new(),
        Marker::Text(text) => text.clone(),
        marker => way(marker, ways)
            .and_then(|way| way.number(value))
            .unwrap_or_else(|| value.to_string()),
    }
}

/// What stands before an item; `None` where that says nothing.
pub fn label(marker: &Marker, value: i64, ways: &dyn Ways) -> Option<String> {
    let label = match marker {
        Marker::None => return None,
        Marker::Text(text) => text.clone(),
        marker => match way(marker, ways) {
            Some(way) if way.is_mark => return None,
            Some(way) => match way.number(value) {
                Some(number) => format!("{}{number}{}", way.prefix, way.suffix),
                None => format!("{value}. "),
            },
            None => return None,
        },
    };
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    says_something(&label).then_some(label)
}

/// Whether a mark has a letter or a digit, or is a sign that counts (`*`, `†`).
pub fn says_something(label: &str) -> bool {
    label.contains(|c: char| c.is_alphanumeric() || matches!(c, '*' | '†' | '‡' | '§' | '¶'))
        && label.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, numbers: &[i64], expected: &str) {
        let marker = Marker::Named(name.to_string());
        let labels = numbers
            .iter()
            .map(|value| label(&marker, *value, &NoWays).unwrap_or_default());
        assert_eq!(labels.collect::<Vec<_>>().join(" | "), expected, "{name}");
    }

    #[test]
    fn numbers_are_what_browsers_show() {
        check("decimal", &[1, 10, -3, 0], "1. | 10. | -3. | 0.");
        check("decimal-leading-zero", &[1, 10, -3], "01. | 10. | -3.");
        check("lower-alpha", &[1, 26, 27, 52, 53, 703, 0, -1], "a. | z. | aa. | az. | ba. | aaa. | 0. | -1.");
        check(
            "upper-roman",
            &[1, 4, 9, 14, 40, 1994, 3999, 4000, 0],
            "I. | IV. | IX. | XIV. | XL. | MCMXCIV. | MMMCMXCIX. | 4000. | 0.",
        );
        check("lower-greek", &[1, 24, 25], "α. | ω. | αα.");
        check("hebrew", &[1, 15, 16, 17, 27], "א. | טו. | טז. | יז. | כז.");
        check("armenian", &[1, 10, 1924], "Ա. | Ժ. | ՌՋԻԴ.");
        check("cjk-decimal", &[10], "一〇、");
        check(
            "cjk-ideographic",
            &[1, 10, 12, 20, 101, 110, 1001, 9999, 10000],
            "一、 | 十、 | 十二、 | 二十、 | 一百〇一、 | 一百一十、 | 一千〇一、 | 九千九百九十九、 | 10000.",
        );
        check("arabic-indic", &[12], "١٢.");
        check("disc", &[1], "");
        check("no-such-style", &[7], "7.");
    }
}
