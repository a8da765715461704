//! Numbers that words, or signs with spaces, join into one: a passage neither begins nor ends between them.
//!
//! Ranges and sums (`3 to 5`, `between 3 and 5`, `2 × 3`), odds (`3 in 10`), times and measures of several
//! units (`12 Uhr 30`, `6′ 2″`, `3割5分`), signs and eras in words (`minus 3`, `300 BC`), what a number is a
//! number of (`EUR 3`, `第三`). Each kind is a table; a rule asks only what stands right before a place and
//! right behind it.

use super::fold::is_currency;
use super::spelled::{first_word, is_han_scale, is_numeral, last_word};

/// Whether two texts meet within a number. White space at the place is not theirs; `tight` where there is
/// none.
pub fn is_inside(left: &str, right: &str, tight: bool) -> bool {
    let apart = !tight && (is_within_code(left, right) || is_beside_scale(left, right));
    let behind_dot = right.strip_prefix(". ").map(str::trim_start);
    let units = (!tight)
        .then_some(right)
        .or(behind_dot)
        .is_some_and(|right| is_between_units(left, right));
    let minutes = right.strip_prefix(": ").is_some_and(|right| is_hour(left, right));
    let sign = SIGNS.iter().any(|sign| is_at_joint(left, right, sign));
    apart || units || minutes || sign || is_within_angle(left, right) || is_inside_words(left, right, tight)
}

/// The same where a line ends at the place: only what no new line begins with.
pub fn goes_on(left: &str, right: &str) -> bool {
    is_inside_words(left, right, false) || is_within_angle(left, right) || is_parted_time(left, right)
}

fn is_inside_words(left: &str, right: &str, tight: bool) -> bool {
    let spaced = !tight
        && (is_at_word(left, right)
            || is_between(left, right)
            || is_at_odds(left, right)
            || is_negative(left, right));
    spaced || !tight && is_before_era(left, right) || is_of_han(left, right)
}

/// Whether a text ends with a number, its percent, degree or currency included.
fn ends(text: &str) -> bool {
    text.trim_end_matches(|c| matches!(c, '%' | '‰' | '°') || is_currency(c))
        .trim_end()
        .ends_with(char::is_numeric)
}

/// Whether a text begins with a number, its sign or currency included.
fn begins(text: &str) -> bool {
    text.trim_start_matches(|c| matches!(c, '-' | '+') || is_currency(c))
        .starts_with(char::is_numeric)
}

/// The last number of a text, and what stands before it.
fn before_number(text: &str) -> &str {
    let part = |c: char| c.is_numeric() || matches!(c, '.' | ',' | ':' | '%' | '°') || is_currency(c);
    text.trim_end_matches(part).trim_end()
}

fn without_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_suffix(word)
        .filter(|rest| rest.ends_with(char::is_whitespace))
        .map(str::trim_end)
}

fn behind_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word)
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .map(str::trim_start)
}

const SIGNS: &[&str] = &["×", "÷", "+", "/", "∕", "−", "±"];

/// `2 | + 3`, `3 ÷ | 5`
fn is_at_joint(left: &str, right: &str, sign: &str) -> bool {
    let digits = |text: &str| text.starts_with(char::is_numeric);
    let before = ends(left) && right.strip_prefix(sign).is_some_and(|rest| digits(rest.trim_start()));
    before || digits(right) && left.strip_suffix(sign).is_some_and(|rest| ends(rest.trim_end()))
}

/// Words between the two numbers of a range, a choice or a rate.
const JOINTS: &[&str] = &[
    "to", "bis", "à", "a", "til", "till", "tot", "do", "až", "до", "đến", "or", "oder", "ou", "o", "eller",
    "или", "hoặc", "x", "per", "by", "out of", "pro", "von", "sur", "[sic]", "sampai", "ila",
];

/// Words after which a range changes what it says, but each of its ends stands for itself: `rose from 3 to
/// 5`.
const STARTS: &[&str] = &[
    "from", "von", "vom", "de", "du", "desde", "da", "dal", "från", "fra", "van", "od", "от", "с", "từ",
    "dari",
];

/// Words after which a range is none: `grew by 30 to 50`.
const BY: &[&str] = &["by", "um"];

/// `3 | to 5`, `3 to | 5`
fn is_at_word(left: &str, right: &str) -> bool {
    let opener = |left: &str| last_word(before_number(left)).to_lowercase();
    let ranges = |left: &str, right: &str| {
        ends(left) && begins(right) && are_alike(left, right) && !BY.contains(&opener(left).as_str())
    };
    JOINTS.iter().any(|joint| {
        let before = behind_word(right, joint)
            .is_some_and(|right| ranges(left, right) && !STARTS.contains(&opener(left).as_str()));
        before || without_word(left, joint).is_some_and(|left| ranges(left, right))
    })
}

/// Whether two numbers may be the ends of one range: `rose 3% to 5 million` has none.
fn are_alike(left: &str, right: &str) -> bool {
    let behind = right
        .trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ','))
        .trim_start();
    !left.ends_with('%') || behind.starts_with('%') || behind.starts_with("per")
}

/// Words that open a range, with those that close it.
const BETWEEN: &[(&str, &str)] = &[
    ("between", "and"),
    ("zwischen", "und"),
    ("entre", "et y e"),
    ("tra fra", "e"),
    ("mellan mellem mellom", "och og"),
    ("tussen", "en"),
    ("между", "и"),
    ("giữa", "và"),
    ("między", "a"),
];

/// `between 3 | and 5`, `between 3 and | 5`
fn is_between(left: &str, right: &str) -> bool {
    BETWEEN.iter().any(|(openers, closers)| {
        let opened = |text: &str| {
            let word = last_word(before_number(text)).to_lowercase();
            ends(text) && openers.split(' ').any(|opener| opener == word)
        };
        closers.split(' ').any(|closer| {
            let before = behind_word(right, closer).is_some_and(begins) && opened(left);
            before || begins(right) && without_word(left, closer).is_some_and(opened)
        })
    })
}

/// `3 | in 10`, `3 in | 10`: a round number, and no length of time.
fn is_at_odds(left: &str, right: &str) -> bool {
    let round = |text: &str| {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let word = first_word(text[digits..].trim_start());
        matches!(
            &text[..digits],
            "2" | "3" | "4" | "5" | "6" | "8" | "10" | "20" | "100" | "1000" | "10000" | "100000"
        ) && !is_time(word)
    };
    ends(left) && behind_word(right, "in").is_some_and(round)
        || round(right) && without_word(left, "in").is_some_and(ends)
}

fn is_time(word: &str) -> bool {
    const TIMES: [&str; 9] = ["second", "minute", "hour", "day", "night", "week", "month", "year", "decade"];
    TIMES
        .iter()
        .any(|time| word.strip_prefix(time).is_some_and(|rest| matches!(rest, "" | "s")))
}

/// Words for a sign before a number.
const MINUS: &[&str] = &[
    "minus",
    "moins",
    "meno",
    "menos",
    "минус",
    "mínus",
    "miinus",
    "âm",
    "eksi",
    "マイナス",
    "零下",
    "영하",
];

/// Words for a sign behind its degrees.
const BELOW: &[&str] = &[
    "below zero",
    "below freezing",
    "unter null",
    "unter Null",
    "sous zéro",
    "bajo cero",
    "sotto zero",
    "abaixo de zero",
    "ниже нуля",
];

/// `minus | 3`, `3 °C | below zero`
fn is_negative(left: &str, right: &str) -> bool {
    let sign = |sign: &&str| MINUS.contains(&sign.to_lowercase().as_str());
    // `ten minus 3` and `a un minuto menos 3` are no less than nothing, and no other number than 3 minus
    // something.
    let minus = begins(right)
        && Some(last_word(left))
            .filter(|word| !word.is_empty())
            .as_ref()
            .is_some_and(sign);
    minus || BELOW.iter().any(|below| right.starts_with(below))
}

/// What makes another year or hour of a number.
const ERAS: &[&str] = &[
    "BC",
    "BCE",
    "B.C.",
    "v. Chr.",
    "v.Chr.",
    "v. u. Z.",
    "av. J.-C.",
    "avant J.-C.",
    "avant notre ère",
    "a. C.",
    "a.C.",
    "antes de Cristo",
    "до н. э.",
    "до н.э.",
    "TCN",
    "f.Kr.",
    "f. Kr.",
    "p.m.",
    "pm",
    "PM",
    "P.M.",
    "a.m.",
    "A.M.",
    "AM",
    "p. m.",
    "a. m.",
];

fn is_before_era(left: &str, right: &str) -> bool {
    let whole = |era: &&&str| right[era.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    left.ends_with(char::is_numeric)
        && ERAS
            .iter()
            .filter(|era| right.starts_with(**era))
            .any(|era| whole(&era))
}

/// Codes of currencies.
const CODES: &str =
    "EUR USD GBP CHF JPY CNY RUB VND INR KRW AUD CAD SEK NOK DKK PLN CZK HUF TRY BRL MXN ZAR DM FF Rs Fr";

fn is_within_code(left: &str, right: &str) -> bool {
    let code = |word: &str| !word.is_empty() && CODES.split(' ').any(|code| code == word);
    begins(right) && code(last_word(left)) || left.ends_with(char::is_numeric) && code(first_word(right))
}

/// Short scales, and those of scripts that set no space behind them.
fn is_beside_scale(left: &str, right: &str) -> bool {
    let word = first_word(right);
    let unspaced = ["ล้าน", "แสน", "หมื่น", "พันล้าน", "만", "억", "조"];
    let scale = matches!(word, "M" | "k" | "cr" | "Cr" | "bln" | "mil")
        || unspaced.iter().any(|scale| word.starts_with(scale));
    let half = [
        "and a half",
        "and a quarter",
        "and three quarters",
        "et demi",
        "y medio",
        "y media",
        "und eine halbe",
        "und ein halb",
    ];
    left.ends_with(char::is_numeric) && (scale || half.iter().any(|half| right.starts_with(half)))
}

/// Each unit of an hour or a measure with those that go on with what is left of it; `.` where a number alone
/// goes on.
const UNITS: &[(&str, &str)] = &[
    ("Uhr", "."),
    ("h", ". m min mn"),
    ("hod", "."),
    ("heures", ". minutes"),
    ("heure", ". minutes"),
    ("horas", ". minutos"),
    ("ore", ". minuti"),
    ("uur", "."),
    ("giờ", ". phút"),
    ("phút", "giây"),
    ("час", "минут мин"),
    ("часа", "минут мин"),
    ("часов", "минут мин"),
    ("Stunden", "Minuten"),
    ("Stunde", "Minuten"),
    ("s", "d"),
    ("pfund", "schilling"),
    ("metres", "centimetres"),
    ("metre", "centimetres"),
    ("m", "cm"),
    ("km", "m"),
    ("kg", "g"),
    ("yards", "feet"),
    ("miles", "yards"),
    ("years", "months"),
    ("euros", "cents"),
    ("dollars", "cents"),
];

/// `12 Uhr | 30`, `£3 4s. | 6d.`
fn is_between_units(left: &str, right: &str) -> bool {
    let left = left.strip_suffix('.').unwrap_or(left);
    let unit = last_word(left);
    let digits = right.len() - right.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if unit.is_empty()
        || digits == 0
        || digits > 3
        || !left[..left.len() - unit.len()].trim_end().ends_with(char::is_numeric)
    {
        return false;
    }
    let smaller = first_word(right[digits..].trim_start());
    let minutes = digits == 2 && right.as_bytes()[0] < b'6' && !right[digits..].starts_with([',', '.', ':'])
        || digits == 2 && right[digits..].trim_end() == ".";
    let follows = |one: &str| if one == "." { minutes && smaller != "Uhr" } else { one == smaller };
    UNITS
        .iter()
        .any(|(larger, ones)| *larger == unit && ones.split(' ').any(follows))
}

/// `6' | 2"`, `52° | 31'`, `31' | 12"`
fn is_within_angle(left: &str, right: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let digits = right.len() - right.trim_start_matches(number).len();
    let closes = |signs: &[char]| digits > 0 && right[digits..].starts_with(signs);
    let sign = left.chars().next_back();
    let counted = sign.is_some_and(|sign| left[..left.len() - sign.len_utf8()].ends_with(char::is_numeric));
    counted && (sign == Some('°') && closes(&['\'']) || sign == Some('\'') && closes(&['"']))
}

/// Words before an hour.
const HOURS: &[&str] = &[
    "at", "by", "from", "until", "till", "to", "before", "after", "um", "ab", "bis", "gegen", "à", "vers",
    "las", "alle", "kl",
];

/// An hour or a fraction that a line's end parts: `at 10: | 30`, `1/ | 2 cup`.
fn is_parted_time(left: &str, right: &str) -> bool {
    let fraction = left
        .strip_suffix('/')
        .is_some_and(|left| left.ends_with(char::is_numeric));
    let digits = right.starts_with(|c: char| c.is_ascii_digit());
    fraction && digits || left.strip_suffix(':').is_some_and(|hour| is_hour(hour, right))
}

/// Whether a text ends with an hour and the next begins with minutes: `at 10`, `30 sharp`.
fn is_hour(left: &str, right: &str) -> bool {
    let number = &left[left.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let digits = right.len() - right.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 2 && (1..=2).contains(&number.len()) && HOURS.contains(&last_word(before_number(left)))
}

/// Units of Han, Kana and Hangul with the smaller one that goes on.
const HAN_UNITS: &[(&str, &str)] = &[
    ("時", "分"),
    ("时", "分"),
    ("点", "分"),
    ("點", "分"),
    ("시", "분"),
    ("분", "초"),
    ("分", "秒厘"),
    ("割", "分"),
    ("尺", "寸"),
    ("斤", "两兩"),
    ("円", "銭"),
    ("元", "角"),
    ("角", "分"),
];

/// `12時 | 30分`, `三分 | の一`, `第 | 三`, `数 | 十万`
fn is_of_han(left: &str, right: &str) -> bool {
    let numeral = |c: char| c.is_numeric() || is_numeral(c);
    let (Some(a), Some(b)) = (left.chars().next_back(), right.chars().next()) else { return false };
    let part = ["分の", "分之"];
    let counts = |text: &str| text.starts_with(numeral);
    match () {
        () if numeral(b) && matches!(a, '第' | '负' | '負') => true,
        () if is_han_scale(b) && matches!(a, '数' | '數') => true,
        () if numeral(a) && part.iter().any(|part| right.strip_prefix(part).is_some_and(counts)) => true,
        () if numeral(b)
            && part
                .iter()
                .any(|part| left.strip_suffix(part).is_some_and(|rest| rest.ends_with(numeral))) =>
        {
            true
        }
        () if a == '分' && matches!(b, 'の' | '之') => {
            left[..left.len() - a.len_utf8()].ends_with(numeral) && counts(&right[b.len_utf8()..])
        }
        () => {
            let smaller = right.trim_start_matches(numeral);
            let counted = smaller.len() < right.len()
                && left[..left.len() - a.len_utf8()].trim_end().ends_with(numeral);
            let unit = smaller.trim_start().chars().next();
            counted
                && HAN_UNITS.iter().any(|(larger, ones)| {
                    larger.starts_with(a) && unit.is_some_and(|unit| ones.contains(unit))
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the place that is asked about.
    #[track_caller]
    fn check(inside: bool, texts: &[&str]) {
        for text in texts {
            let (left, right) = text.split_once('|').expect("the place is marked");
            let tight = !left.ends_with(' ') && !right.starts_with(' ');
            assert_eq!(is_inside(left.trim_end(), right.trim_start(), tight), inside, "{text}");
        }
    }

    #[test]
    fn ranges_choices_and_sums() {
        check(
            true,
            &[
                "of 3| to 5 men",
                "of 3 to |5 men",
                "3| bis 5",
                "3 à| 5",
                "between 3| and 5",
                "between 3 and |5",
                "3 |or 4",
                "3 or| 4",
            ],
        );
        check(
            true,
            &[
                "2 x| 3 m",
                "2| x 3 m",
                "3 ×| 10",
                "2 +| 3 boats",
                "3| ÷5",
                "3 / |5",
                "3| per 1000",
                "3| in 10",
                "3 in |10",
                "3| out of 10",
            ],
        );
        check(
            true,
            &["3% to |5%", "from 3 to |5 men", "8| [sic] 9", "3| and a half", "3| M", "3| k.", "3| ล้านบาท"],
        );
        check(
            false,
            &[
                "rose from 3| to 5",
                "rose by 3 to |5",
                "rose 3% to |5 boats",
                "gave 3| to the 5 men",
                "3| and 5 men",
                "of 3| in 10 days",
                "3| in 1914",
                "3| men",
                "to |5 men",
                "a | 5",
            ],
        );
    }

    #[test]
    fn signs_eras_and_codes() {
        check(
            true,
            &[
                "minus| 3 degrees",
                "3 °C| below zero",
                "in 300| BC",
                "300| v. Chr.",
                "3| p.m.",
                "EUR| 3",
                "3| CHF",
            ],
        );
        check(false, &["in 300| BCs", "the EUR| men", "minus| three", "3| Mayors", "below| 3"]);
    }

    #[test]
    fn times_and_measures() {
        check(
            true,
            &[
                "12 Uhr| 30",
                "12 h| 30",
                "12 giờ| 30 phút",
                "6'| 2\" tall",
                "52°| 31' 12\"",
                "31'| 12\" N",
                "£3 4s.| 6d.",
                "4s|. 6d.",
            ],
        );
        check(
            true,
            &[
                "12時|30分に",
                "12시| 30분",
                "3割|5分",
                "3|分の1",
                "3分|の1",
                "3分の|1",
                "百分の|五",
                "数|十万人",
                "五分|五厘",
                "第|三",
                "第|3条",
            ],
        );
        check(false, &["12 Uhr| 300 Mann", "12 h| then", "12時|に", "of 6'| tall", "三人|五人", "5月|3日"]);
        check(true, &["It began at 10|: 30 sharp."]);
        assert!(goes_on("at 10:", "30 sharp") && goes_on("1/", "2 cup") && goes_on("of 3 to", "5 men"));
        assert!(!goes_on("Lot 10:", "30 chairs") && !goes_on("2", "+ 3 boats"));
    }
}
