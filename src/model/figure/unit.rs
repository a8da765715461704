//! Units: money, percent, ranks, measures that convert, and whatever else people count.
//!
//! Two units convert only where that is exact and certain: kilometres and miles, never dollars and euros,
//! never "tons" (which are three different things). Everything else is compared as the words it is.

use std::fmt;

use super::decimal::Decimal;
use crate::model::slug::Slug;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A number alone.
    Bare,
    /// Percent, and what follows ("of exports").
    Percent(String),
    /// Percentage points, which are not percent.
    Points,
    /// `8th`: a place in an order.
    Rank,
    /// Money, and what follows ("a year", "per tonne").
    Money(Currency, String),
    /// A unit of a table of measures, by its symbol, and what follows ("of rice").
    Measured(&'static str, String),
    /// Any other words.
    Things(String),
}

/// A currency by its ISO 4217 code; `$` where a dollar is written and not said which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

/// What `$` is where no setting says otherwise.
impl Default for Currency {
    fn default() -> Currency {
        Currency::USD
    }
}

impl Currency {
    /// `$` alone: `[numbers] dollar` says which is meant.
    pub const DOLLAR: Currency = Currency("$");
    pub const USD: Currency = Currency("USD");

    /// The currency of an ISO code, in capitals.
    pub fn of(code: &str) -> Option<Currency> {
        CODES.iter().find(|known| **known == code).copied().map(Currency)
    }

    pub fn code(self) -> &'static str {
        self.0
    }

    /// Whether `$` may mean it.
    pub fn is_dollar(self) -> bool {
        self == Currency::DOLLAR || DOLLARS.contains(&self.0)
    }

    /// The same with `$` read as a certain dollar.
    pub fn resolved(self, dollar: Currency) -> Currency {
        if self == Currency::DOLLAR { dollar } else { self }
    }
}

/// A unit that converts: its symbol, other ways of writing it, and what it is of the base unit of its
/// dimension.
struct Measure {
    symbol: &'static str,
    /// Words, compared without case; the symbol itself is compared with it (`MW` is no `mW`).
    names: &'static [&'static str],
    dimension: Dimension,
    factor: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Energy,
    Power,
    Time,
    /// Months and years, which no number of days makes.
    Calendar,
    Speed,
    Data,
}

const fn measure(
    symbol: &'static str,
    names: &'static [&'static str],
    dimension: Dimension,
    mantissa: i128,
    exponent: i32,
) -> Measure {
    Measure { symbol, names, dimension, factor: Decimal::new(mantissa, exponent) }
}

/// Factors are exact by definition (SI Brochure; international yard and pound agreement of 1959; US barrel of
/// 42 gallons).
static MEASURES: &[Measure] = {
    use Dimension::*;
    &[
        measure("mm", &["millimetre", "millimetres", "millimeter", "millimeters"], Length, 1, -3),
        measure("cm", &["centimetre", "centimetres", "centimeter", "centimeters"], Length, 1, -2),
        measure("m", &["metre", "metres", "meter", "meters", "mét"], Length, 1, 0),
        measure(
            "km",
            &["kilometre", "kilometres", "kilometer", "kilometers", "kms", "ki-lô-mét"],
            Length,
            1,
            3,
        ),
        measure("in", &["inch", "inches"], Length, 254, -4),
        measure("ft", &["foot", "feet"], Length, 3048, -4),
        measure("yd", &["yard", "yards"], Length, 9144, -4),
        measure("mi", &["mile", "miles"], Length, 1_609_344, -3),
        measure("nmi", &["nautical mile", "nautical miles", "hải lý"], Length, 1852, 0),
        measure(
            "m²",
            &["m2", "sq m", "square metre", "square metres", "square meter", "square meters", "mét vuông"],
            Area,
            1,
            0,
        ),
        measure("ha", &["hectare", "hectares", "héc-ta", "hecta", "héc ta"], Area, 1, 4),
        measure(
            "km²",
            &[
                "km2",
                "sq km",
                "square kilometre",
                "square kilometres",
                "square kilometer",
                "square kilometers",
            ],
            Area,
            1,
            6,
        ),
        measure("sq ft", &["square foot", "square feet"], Area, 9_290_304, -8),
        measure("acre", &["acres"], Area, 40_468_564_224, -7),
        measure("sq mi", &["square mile", "square miles"], Area, 2_589_988_110_336, -6),
        measure("ml", &["mL", "millilitre", "millilitres", "milliliter", "milliliters"], Volume, 1, -3),
        measure("L", &["litre", "litres", "liter", "liters", "lít"], Volume, 1, 0),
        measure(
            "m³",
            &["m3", "cubic metre", "cubic metres", "cubic meter", "cubic meters", "mét khối"],
            Volume,
            1,
            3,
        ),
        measure("bbl", &["barrel", "barrels", "thùng"], Volume, 158_987_294_928, -9),
        measure("mg", &["milligram", "milligrams"], Mass, 1, -6),
        measure("g", &["gram", "grams", "gramme", "grammes"], Mass, 1, -3),
        measure(
            "kg",
            &["kilogram", "kilograms", "kilo", "kilos", "kilogramme", "kilogrammes", "ki-lô-gam"],
            Mass,
            1,
            0,
        ),
        measure("t", &["tonne", "tonnes", "metric ton", "metric tons", "tấn"], Mass, 1, 3),
        measure("kt", &["kilotonne", "kilotonnes"], Mass, 1, 6),
        measure("Mt", &["megatonne", "megatonnes"], Mass, 1, 9),
        measure("lb", &["lbs"], Mass, 45_359_237, -8),
        measure("J", &["joule", "joules"], Energy, 1, 0),
        measure("MJ", &["megajoule", "megajoules"], Energy, 1, 6),
        measure("GJ", &["gigajoule", "gigajoules"], Energy, 1, 9),
        measure("Wh", &["watt-hour", "watt-hours", "watt hours"], Energy, 36, 2),
        measure("kWh", &["kilowatt-hour", "kilowatt-hours", "kilowatt hours"], Energy, 36, 5),
        measure("MWh", &["megawatt-hour", "megawatt-hours", "megawatt hours"], Energy, 36, 8),
        measure("GWh", &["gigawatt-hour", "gigawatt-hours", "gigawatt hours"], Energy, 36, 11),
        measure("TWh", &["terawatt-hour", "terawatt-hours", "terawatt hours"], Energy, 36, 14),
        measure("W", &["watt", "watts"], Power, 1, 0),
        measure("kW", &["kilowatt", "kilowatts"], Power, 1, 3),
        measure("MW", &["megawatt", "megawatts"], Power, 1, 6),
        measure("GW", &["gigawatt", "gigawatts"], Power, 1, 9),
        measure("TW", &["terawatt", "terawatts"], Power, 1, 12),
        measure("s", &["second", "seconds", "sec", "giây"], Time, 1, 0),
        measure("min", &["minute", "minutes", "phút"], Time, 60, 0),
        measure("h", &["hour", "hours", "hr", "hrs", "giờ"], Time, 3600, 0),
        measure("day", &["days", "ngày"], Time, 86_400, 0),
        measure("week", &["weeks", "tuần"], Time, 604_800, 0),
        measure("month", &["months", "tháng"], Calendar, 1, 0),
        measure("year", &["years", "yr", "yrs", "năm"], Calendar, 12, 0),
        measure("decade", &["decades", "thập kỷ"], Calendar, 120, 0),
        measure("century", &["centuries", "thế kỷ"], Calendar, 1200, 0),
        measure("km/h", &["kph", "kmh", "kilometres per hour", "kilometers per hour"], Speed, 1, 0),
        measure("mph", &["miles per hour"], Speed, 1_609_344, -6),
        measure("kn", &["knot", "knots"], Speed, 1852, -3),
        measure("m/s", &["metres per second", "meters per second"], Speed, 36, -1),
        measure("B", &["byte", "bytes"], Data, 1, 0),
        measure("kB", &["KB", "kilobyte", "kilobytes"], Data, 1, 3),
        measure("MB", &["megabyte", "megabytes"], Data, 1, 6),
        measure("GB", &["gigabyte", "gigabytes"], Data, 1, 9),
        measure("TB", &["terabyte", "terabytes"], Data, 1, 12),
    ]
};

/// Signs before or behind a number. The longer ones first, since `US$` ends in `$`. `¥` is the yen; the yuan
/// has its code.
static SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("NZ$", "NZD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "$"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₫", "VND"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("฿", "THB"),
    ("₽", "RUB"),
    ("₱", "PHP"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₦", "NGN"),
    ("₪", "ILS"),
];

/// Names in words, lower case. Those that several countries share and no setting decides (peso, rupee, pound)
/// are left words.
static MONEY_NAMES: &[(&str, &str)] = &[
    ("us dollars", "USD"),
    ("us dollar", "USD"),
    ("u.s. dollars", "USD"),
    ("u.s. dollar", "USD"),
    ("american dollars", "USD"),
    ("đô la mỹ", "USD"),
    ("đô-la mỹ", "USD"),
    ("đôla mỹ", "USD"),
    ("dollars", "$"),
    ("dollar", "$"),
    ("đô la", "$"),
    ("đô-la", "$"),
    ("đôla", "$"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds sterling", "GBP"),
    ("vietnamese dong", "VND"),
    ("vietnamese đồng", "VND"),
    ("dong", "VND"),
    ("đồng", "VND"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("nhân dân tệ", "CNY"),
    ("rmb", "CNY"),
    ("yen", "JPY"),
    ("japanese yen", "JPY"),
    ("baht", "THB"),
    ("south korean won", "KRW"),
    ("swiss francs", "CHF"),
    ("roubles", "RUB"),
    ("rubles", "RUB"),
];

/// Codes of ISO 4217 that name money in use.
static CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK",
    "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWG",
];

/// Those of them that are dollars.
static DOLLARS: &[&str] = &[
    "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "NAD", "NZD",
    "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "XCD",
];

impl Unit {
    /// A unit as people write it behind a number, and the part of a unit that the number counts in (`basis
    /// points` are hundredths).
    pub fn of(words: &str) -> (Unit, Decimal) {
        let words = words.trim();
        let one = Decimal::new(1, 0);
        if words.is_empty() {
            return (Unit::Bare, one);
        }
        let (known, length) = Unit::at(words);
        match known {
            Some((Unit::Money(currency, _), factor)) => (Unit::Money(currency, rest(words, length)), factor),
            Some((Unit::Measured(symbol, _), factor)) => {
                (Unit::Measured(symbol, rest(words, length)), factor)
            }
            Some((Unit::Percent(_), factor)) => (Unit::Percent(rest(words, length)), factor),
            Some((unit, factor)) if length == words.len() => (unit, factor),
            _ => (Unit::Things(words.split_whitespace().collect::<Vec<_>>().join(" ")), one),
        }
    }

    /// The longest known unit that a text begins with, up to a word's end, and its length in bytes.
    pub(super) fn at(text: &str) -> (Option<(Unit, Decimal)>, usize) {
        let mut found = (None, 0);
        for end in word_ends(text) {
            if let Some(unit) = text.get(..end).and_then(known) {
                found = (Some(unit), end);
            }
        }
        found
    }

    /// Its value in the base unit of its dimension, and whether two units speak of the same.
    pub(super) fn factor(&self) -> Decimal {
        match self {
            Unit::Measured(symbol, _) => MEASURES
                .iter()
                .find(|measure| measure.symbol == *symbol)
                .map_or(Decimal::new(1, 0), |measure| measure.factor),
            Unit::Bare | Unit::Percent(_) | Unit::Points | Unit::Rank | Unit::Money(..) | Unit::Things(_) => {
                Decimal::new(1, 0)
            }
        }
    }

    /// Whether numbers of both can be held against each other. A bare number counts whatever the other
    /// counts, be it things or places in an order, but never money, percent or a measure. What follows a unit
    /// ("of rice") differs only where both say it.
    pub fn converts(&self, other: &Unit) -> bool {
        let of_one = |a: &str, b: &str| a.is_empty() || b.is_empty() || alike(a, b);
        match (self, other) {
            (Unit::Money(a, of_a), Unit::Money(b, of_b)) => {
                a.resolved(Currency::USD) == b.resolved(Currency::USD) && of_one(of_a, of_b)
            }
            (Unit::Measured(a, of_a), Unit::Measured(b, of_b)) => {
                dimension(a) == dimension(b) && of_one(of_a, of_b)
            }
            (Unit::Percent(of_a), Unit::Percent(of_b)) => of_one(of_a, of_b),
            (Unit::Things(a), Unit::Things(b)) => alike(a, b),
            (Unit::Bare, Unit::Things(_) | Unit::Rank | Unit::Bare)
            | (Unit::Things(_) | Unit::Rank, Unit::Bare) => true,
            (Unit::Points, Unit::Points) | (Unit::Rank, Unit::Rank) => true,
            _ => false,
        }
    }

    /// The unit in which a difference between two such numbers is told; the same for both orders of the two.
    pub(super) fn of_difference(&self, other: &Unit) -> Unit {
        match (self, other) {
            (Unit::Percent(_), _) => Unit::Points,
            (Unit::Rank, _) | (_, Unit::Rank) => Unit::Things("places".to_string()),
            (Unit::Measured(a, _), Unit::Measured(b, _)) if a != b => Unit::Measured(base(a), String::new()),
            (Unit::Money(currency, _), _) => Unit::Money(currency.resolved(Currency::USD), String::new()),
            (Unit::Measured(a, _), _) => Unit::Measured(a, String::new()),
            (Unit::Bare, other) | (other, Unit::Bare) => other.clone(),
            (Unit::Things(a), Unit::Things(b)) => Unit::Things(a.min(b).clone()),
            (Unit::Things(_) | Unit::Points, _) => self.clone(),
        }
    }
}

fn rest(words: &str, length: usize) -> String {
    words
        .get(length..)
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// No known unit is longer, in bytes; it bounds the search at every number of a long text.
const LONGEST: usize = 48;

/// The ends of the first four words: no known unit has more.
fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    let part_of_word = |c: char| {
        c.is_alphanumeric()
            || "²³/.-'$%‰€£¥₫₩₹฿₽₱₺₴₦₪\u{300}\u{301}\u{303}\u{309}\u{323}\u{302}\u{306}\u{31b}".contains(c)
    };
    let near = text.char_indices().take_while(|(i, _)| *i < LONGEST);
    let ends =
        near.filter(move |&(i, c)| part_of_word(c) && !text[i + c.len_utf8()..].starts_with(part_of_word));
    ends.map(|(i, c)| i + c.len_utf8()).take(4)
}

/// A whole text that is a known unit.
fn known(text: &str) -> Option<(Unit, Decimal)> {
    let one = Decimal::new(1, 0);
    let lower = text.to_lowercase();
    match lower.as_str() {
        "%" | "percent" | "per cent" | "pct" | "phần trăm" => {
            return Some((Unit::Percent(String::new()), one));
        }
        "‰" | "per mille" => return Some((Unit::Percent(String::new()), Decimal::new(1, -1))),
        "pp" | "percentage points" | "percentage point" | "điểm phần trăm" => {
            return Some((Unit::Points, one));
        }
        "bp" | "bps" | "basis points" | "basis point" | "điểm cơ bản" => {
            return Some((Unit::Points, Decimal::new(1, -2)));
        }
        _ => {}
    }
    let money = Currency::of(text)
        .or_else(|| lookup(SIGNS, text))
        .or_else(|| lookup(MONEY_NAMES, &lower));
    if let Some(currency) = money {
        return Some((Unit::Money(currency, String::new()), one));
    }
    let measure = MEASURES.iter().find(|measure| {
        measure.symbol == text || measure.names.contains(&text) || measure.names.contains(&&*lower)
    })?;
    Some((Unit::Measured(measure.symbol, String::new()), one))
}

fn lookup(table: &'static [(&str, &str)], text: &str) -> Option<Currency> {
    table
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, code)| Currency(code))
}

/// A currency before a number: its sign or code, and how long that is.
pub(super) fn money_before(text: &str) -> Option<(Currency, usize)> {
    let sign = SIGNS
        .iter()
        .find(|(sign, _)| text.starts_with(sign))
        .map(|(sign, code)| (Currency(code), sign.len()));
    sign.or_else(|| {
        let code = text.get(..3).and_then(Currency::of)?;
        let follows = text
            .get(3..)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        follows.then_some((code, 3))
    })
}

fn dimension(symbol: &str) -> Option<Dimension> {
    MEASURES
        .iter()
        .find(|measure| measure.symbol == symbol)
        .map(|measure| measure.dimension)
}

/// The symbol of a dimension's base unit, which is the first with the factor 1.
fn base(symbol: &'static str) -> &'static str {
    let of = dimension(symbol);
    let base = MEASURES
        .iter()
        .find(|measure| Some(measure.dimension) == of && measure.factor == Decimal::new(1, 0));
    base.map_or(symbol, |measure| measure.symbol)
}

/// Words as slugs, and "missile" as "missiles".
fn alike(a: &str, b: &str) -> bool {
    let stem = |text: &str| -> Vec<String> {
        let slug = Slug::of(text)
            .map(|slug| slug.as_str().to_string())
            .unwrap_or_default();
        slug.split('-')
            .map(|word| {
                word.strip_suffix('s')
                    .filter(|stem| stem.len() > 2 && !stem.ends_with('s'))
                    .unwrap_or(word)
                    .to_string()
            })
            .collect()
    };
    stem(a) == stem(b)
}

/// As it stands behind a number, with a space before it where one belongs.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spaced = |of: &str| if of.is_empty() { String::new() } else { format!(" {of}") };
        match self {
            Unit::Bare | Unit::Rank => Ok(()),
            Unit::Percent(of) => write!(f, "%{}", spaced(of)),
            Unit::Points => f.write_str(" percentage points"),
            Unit::Money(Currency::DOLLAR, of) => write!(f, " dollars{}", spaced(of)),
            Unit::Money(currency, of) => write!(f, " {}{}", currency.code(), spaced(of)),
            Unit::Measured(symbol, of) => write!(f, " {symbol}{}", spaced(of)),
            Unit::Things(words) => write!(f, " {words}"),
        }
    }
}
