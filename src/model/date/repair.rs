//! What a text that is no date may have meant: dates in the order of most of the world and of the United
//! States, month names, "about", "since" and the like in English and Vietnamese, weeks, quarters, and what
//! level 2 of EDTF says in other ways.
//!
//! These are only offered to the writer, best first; nothing is ever read this way. Whatever is proposed here
//! is held against the grammar before it leaves, so each repair is a date.

use unicode_normalization::UnicodeNormalization;

use super::calendar::{civil, day_number, days_in_month, weekday};
use super::grammar;

/// More would not help a person choose.
const MOST: usize = 4;

/// Nobody types a date longer than this; longer texts are not searched for one.
const LONGEST: usize = 60;

pub fn near(text: &str) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let plain = plain(text);
    let interval = of_interval(&plain);
    let read = if interval.is_empty() { of_date(&plain) } else { interval };
    let mut repairs: Vec<String> = Vec::new();
    for repair in as_typed(text).into_iter().chain(read) {
        if repair != text && !repairs.contains(&repair) && grammar::shape(&repair).is_ok() {
            repairs.push(repair);
        }
    }
    if let [only] = &repairs[..]
        && loses(text, only)
    {
        repairs.extend(coarser(text, only));
    }
    repairs.truncate(MOST);
    repairs
}

/// Whether a repair says less than the text, or other than it: a set of dates, a part that is qualified or
/// open by itself, a time of day that is none.
fn loses(text: &str, repair: &str) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        tokens(text)
            .into_iter()
            .filter(|token| token.bytes().all(|b| b.is_ascii_digit()))
            .map(|token| token.trim_start_matches('0').to_string())
            .collect()
    };
    let kept = numbers(repair);
    let dropped = || numbers(text).iter().any(|number| !kept.contains(number));
    let unqualified = text.contains(['?', '~', '%']) && !repair.contains(['?', '~', '%']);
    text.starts_with(['[', '{']) || unqualified || (text.contains(['X', ':']) && dropped())
}

/// The date without its last part; of a set the first; of an interval with an open digit at one end, that end
/// unknown.
fn coarser(text: &str, repair: &str) -> Option<String> {
    let shorter = match repair.split_once('/') {
        Some((from, _)) if text.starts_with(['[', '{']) => from.to_string(),
        Some((from, to)) => {
            let (first, last) = text.split_once('/')?;
            if first.contains('X') {
                format!("/{to}")
            } else {
                last.contains('X').then(|| format!("{from}/"))?
            }
        }
        None => {
            let day = repair.split('T').next()?.trim_end_matches(['?', '~', '%']);
            day.rsplit_once('-')
                .filter(|(shorter, _)| shorter.len() >= 4)?
                .0
                .to_string()
        }
    };
    grammar::shape(&shorter).is_ok().then_some(shorter)
}

/// The text itself, but for its white space and its dashes.
fn as_typed(text: &str) -> Vec<String> {
    let joined: String = text.split_whitespace().collect();
    let dashes: String = joined.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    vec![joined, dashes.replace('\\', "/"), dashes.replace("...", "..").replace('…', "..")]
}

/// Lower case, one space between words, one kind of dash, no quotation marks round it and no full stop behind
/// it.
fn plain(text: &str) -> String {
    let folded: String = text
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| if is_dash(c) { '-' } else { c })
        .collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(|c: char| "\"'“”‘’`()<>,;:".contains(c) || c == ' ')
        .to_string()
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '−' | '－')
}

/// A beginning and an end, parted in one of the ways in which people part them.
fn of_interval(text: &str) -> Vec<String> {
    if let Some(to) = strip_any(text, BEFORE) {
        let itself = of_date(to)
            .into_iter()
            .flat_map(|to| [Some(to.clone()), neighbour(&to, -1)])
            .flatten();
        return itself.map(|to| format!("../{to}")).collect();
    }
    if let Some(from) = strip_any(text, AFTER) {
        let itself = of_date(from)
            .into_iter()
            .flat_map(|from| [Some(from.clone()), neighbour(&from, 1)])
            .flatten();
        return itself.map(|from| format!("{from}/..")).collect();
    }
    if let Some(to) = strip_any(text, UNTIL) {
        return of_date(to).iter().map(|to| format!("../{to}")).collect();
    }
    if let Some(from) = strip_any(text, SINCE).or_else(|| strip_any_end(text, ONWARDS)) {
        let from = from.strip_suffix('-').unwrap_or(from);
        if let Some(interval) = parted(from) {
            return interval;
        }
        return of_date(from).iter().map(|from| format!("{from}/..")).collect();
    }
    if text.starts_with(['[', '{']) {
        return of_set(text);
    }
    parted(text).unwrap_or_default()
}

/// Words that may or may not count the date itself: both ways are offered.
const BEFORE: &[&str] = &["before ", "pre-", "trước "];
const AFTER: &[&str] = &["after ", "post-", "sau "];
const UNTIL: &[&str] = &["until ", "till ", "up to ", "by ", "đến ", "cho đến ", "tới "];
const SINCE: &[&str] = &["since ", "from ", "between ", "starting ", "kể từ ", "từ ", "trong khoảng từ "];
const ONWARDS: &[&str] = &[" onwards", " onward", " and after", " and later", " trở đi", "+"];
const PARTS: &[&str] =
    &["/", "..", " - ", " to ", " until ", " till ", " through ", " and ", " đến ", " tới ", "-"];
const OPEN: &[&str] = &["", "..", "...", "present", "now", "today", "open", "nay", "ongoing"];
const UNKNOWN: &[&str] = &["unknown", "none", "?", "không rõ"];

/// The year, month or day before or after one.
fn neighbour(date: &str, step: i64) -> Option<String> {
    let part = |range: std::ops::Range<usize>| date.get(range).and_then(|part| part.parse::<i64>().ok());
    let year = part(0..4)?;
    match date.len() {
        4 => Some(format!("{:04}", year + step)),
        7 => {
            let months = year * 12 + part(5..7)? - 1 + step;
            Some(format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1))
        }
        10 => Some(day_text(
            day_number(year, u8::try_from(part(5..7)?).ok()?, u8::try_from(part(8..10)?).ok()?) + step,
        )),
        _ => None,
    }
}

/// The first way of parting the text that gives two ends.
fn parted(text: &str) -> Option<Vec<String>> {
    // else it belongs to a year, or within one
    let hyphen_parts = !text.starts_with('-') && !text.contains('/');
    PARTS
        .iter()
        .filter(|part| **part != "-" || hyphen_parts)
        .find_map(|part| {
            let (from, to) = split_middle(text, part)?;
            let from_nothing =
                if *part == ".." { Some("..".to_string()) } else { (*part == "/").then(String::new) };
            let starts = if from.trim().is_empty() {
                from_nothing.into_iter().collect()
            } else {
                start_of(from.trim(), to.trim())
            };
            let whole: Vec<String> = starts
                .iter()
                .zip(end_of(to.trim()))
                .flat_map(|(from, to)| both_ways(from, &to))
                .collect();
            (!whole.is_empty()).then_some(whole)
        })
}

/// Parted at the one occurrence, or at the middle one of three (`2024-01 - 2024-05`, `2010-11-2010-12` has
/// none).
fn split_middle<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let places: Vec<usize> = text.match_indices(part).map(|(i, _)| i).collect();
    let &middle = places.get(places.len() / 2).filter(|_| places.len() % 2 == 1)?;
    Some((&text[..middle], &text[middle + part.len()..]))
}

/// What may stand at the beginning. A day or month without a year ("11–13 November 2024") takes that of the
/// end.
fn start_of(text: &str, other: &str) -> Vec<String> {
    if UNKNOWN.contains(&text) {
        return vec![String::new()];
    }
    let borrowed =
        if has_year(text) || !has_year(other) || other.len() == 4 { Vec::new() } else { borrow(text, other) };
    if borrowed.is_empty() { own(text, true) } else { borrowed }
}

fn end_of(text: &str) -> Vec<String> {
    match text {
        _ if OPEN.contains(&text) => vec!["..".to_string()],
        _ if UNKNOWN.contains(&text) => vec![String::new()],
        _ => own(text, false),
    }
}

fn own(text: &str, is_start: bool) -> Vec<String> {
    if is_short(text) {
        Vec::new()
    } else {
        of_date(text)
            .iter()
            .filter_map(|date| end(date, is_start))
            .filter(|end| grammar::shape(end).is_ok())
            .collect()
    }
}

fn has_year(text: &str) -> bool {
    tokens(text)
        .iter()
        .any(|token| token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit()))
}

/// A day or month by number alone, which is no end of anything.
fn is_short(text: &str) -> bool {
    let digits = text.trim_matches(['?', '~', '%', ' ']);
    digits.len() < 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// "11" of "11 to 13 November 2024"; "March" of "March to May 2024".
fn borrow(text: &str, other: &str) -> Vec<String> {
    if !text.contains(char::is_alphabetic) && !other.contains(char::is_alphabetic) {
        return Vec::new();
    }
    let (_, after_number) =
        other.split_at(other.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(0));
    let after_name = other.rsplit(' ').next().unwrap_or_default();
    let rest = if text.contains(char::is_alphabetic) { after_name } else { after_number };
    of_date(&format!("{text} {rest}"))
        .iter()
        .filter_map(|date| end(date, true))
        .collect()
}

/// A date as the end of an interval: without its time of day, open digits filled with the first or last that
/// fit.
fn end(date: &str, is_start: bool) -> Option<String> {
    let date = date.split_once('T').map_or(date, |(day, _)| day);
    if date.contains('/') {
        let (from, to) = date.split_once('/')?;
        return Some(if is_start { from } else { to }.to_string());
    }
    let year = date.split_once("-X").map_or(date, |(known, _)| known);
    Some(if year.contains('X') {
        year.replace('X', if is_start { "0" } else { "9" })
    } else {
        year.to_string()
    })
}

/// An interval, and where its ends are in the wrong order, the other way round and with the end at its last
/// day.
fn both_ways(from: &str, to: &str) -> Vec<String> {
    let mut ways = vec![format!("{from}/{to}")];
    if let Some(last) = last_day_within(from, to) {
        ways.push(format!("{from}/{last}"));
    }
    if from.len() >= 4 && to.len() >= 4 {
        ways.push(format!("{to}/{from}"));
    }
    ways
}

/// `2024-03-15/2024` means the rest of the year: to its last month or day, as finely as its beginning is
/// given.
fn last_day_within(from: &str, to: &str) -> Option<String> {
    if !from.starts_with(to) || from.len() <= to.len() {
        return None;
    }
    match (from.len() - to.len(), to.len()) {
        (3, 4) => Some(format!("{to}-12")),
        (6, 4) => Some(format!("{to}-12-31")),
        (3, 7) => {
            Some(format!("{to}-{:02}", days_in_month(to.get(..4)?.parse().ok()?, to.get(5..)?.parse().ok()?)))
        }
        _ => None,
    }
}

/// `[..1984]`, `{1760-12..}`, `[1667,1668]`: from the first to the last of them.
fn of_set(text: &str) -> Vec<String> {
    let inside = text.trim_matches(['[', ']', '{', '}', ' ']);
    let first = inside.split([',', ' ']).next().unwrap_or_default();
    let last = inside.rsplit([',', ' ']).next().unwrap_or_default();
    let from = first.split("..").next().unwrap_or_default();
    let to = last.rsplit("..").next().unwrap_or_default();
    let or_open = |end: &str| if end.is_empty() { "..".to_string() } else { end.to_string() };
    vec![format!("{}/{}", or_open(from), or_open(to))]
}

/// One date, with whatever says how sure it is.
fn of_date(text: &str) -> Vec<String> {
    if let Some(whole) = strip_any(text, PARTLY) {
        return exact(whole)
            .into_iter()
            .flat_map(|whole| [format!("{whole}~"), whole])
            .collect();
    }
    let (text, uncertain) = without(text, UNCERTAIN, '?');
    let (text, approximate) = without(&text, APPROXIMATE, '~');
    let both = text.contains('%');
    let text = text.replace('%', "");
    let mark = match (uncertain || both, approximate || both) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    let marked = |date: String| {
        Some(format!("{date}{mark}"))
            .filter(|marked| grammar::shape(marked).is_ok())
            .unwrap_or(date)
    };
    exact(text.trim()).into_iter().map(marked).collect()
}

const UNCERTAIN: &[&str] =
    &["maybe ", "perhaps ", "possibly ", "probably ", "likely ", "có lẽ ", "có thể ", "uncertain "];
const APPROXIMATE: &[&str] = &[
    "circa ",
    "about ",
    "around ",
    "approximately ",
    "approx. ",
    "approx ",
    "roughly ",
    "ca. ",
    "ca ",
    "c. ",
    "c ",
    "c.",
    "khoảng ",
];

/// Parts of a year or month without borders: about that time, or all of it.
const PARTLY: &[&str] = &["early ", "mid-", "mid ", "late ", "đầu ", "giữa ", "cuối "];

/// The text without its mark and without such a word before it, and whether there was one.
fn without(text: &str, words: &[&str], mark: char) -> (String, bool) {
    let (rest, word) = match strip_any(text, words) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    (rest.replace(mark, "").trim().to_string(), word || rest.contains(mark))
}

fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word)).map(str::trim)
}

fn strip_any_end<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_suffix(word)).map(str::trim)
}

fn exact(text: &str) -> Vec<String> {
    if let Some(moment) = of_moment(text) {
        return moment;
    }
    let typed = text.to_uppercase();
    if grammar::shape(&typed).is_ok() {
        return vec![typed];
    }
    let named = [of_level_2(text), of_bc(text), of_named_years(text), of_week(text), of_quarter(text)];
    let named: Vec<String> = named
        .into_iter()
        .flatten()
        .filter(|date| grammar::shape(date).is_ok())
        .collect();
    let may_be_years = named.is_empty() || text.len() == "2024-25".len();
    if may_be_years { [named, of_words(text)].concat() } else { named }
}

/// A date and a time in other writing; then the date alone.
fn of_moment(text: &str) -> Option<Vec<String>> {
    let colon = text.find(':')?;
    let begin = text[..colon].rfind(|c: char| !c.is_ascii_digit())?;
    let (date, time) =
        (text[..begin].trim_end_matches([' ', ',', 't']), text[begin..].trim_start_matches(['t', ' ', ',']));
    let day: Vec<String> = exact_day(date).into_iter().filter(|day| day.len() >= 10).collect();
    let time = clock(time);
    let moments = day
        .iter()
        .filter_map(|day| time.as_ref().map(|time| format!("{day}T{time}")));
    Some(moments.chain(day.clone()).collect())
}

/// As `exact`, where no time is left to find: it keeps the search from going round.
fn exact_day(text: &str) -> Vec<String> {
    std::iter::once(text.to_string())
        .filter(|date| grammar::shape(date).is_ok())
        .chain(of_words(text))
        .collect()
}

/// `1:10`, `10:1:10`, `10:10 pm`, `10:10z`: in two digits each, with seconds.
fn clock(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let parts: Vec<u32> = digits.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (&hour, &minute) = (parts.first()?, parts.get(1)?);
    let rest = rest.trim();
    let (hour, zone) = match rest {
        "pm" | "p.m." if hour < 12 => (hour + 12, ""),
        "am" | "a.m." if hour == 12 => (0, ""),
        "pm" | "p.m." | "am" | "a.m." => (hour, ""),
        "utc" | "gmt" => (hour, "Z"),
        _ => (hour, rest),
    };
    let time = format!("{hour:02}:{minute:02}:{:02}", parts.get(2).copied().unwrap_or(0));
    [format!("{time}{}", zone.to_uppercase()), time]
        .into_iter()
        .find(|time| grammar::time(time).is_some())
}

/// What level 2 says of a part is said of the whole, or of the part that level 1 can leave open.
fn of_level_2(text: &str) -> Option<String> {
    if let Some((base, exponent)) = text.strip_prefix('y').and_then(|year| year.split_once('e')) {
        let zeros: usize = exponent
            .split('s')
            .next()?
            .parse()
            .ok()
            .filter(|&zeros| zeros <= 12)?;
        return Some(format!("Y{base}{}", "0".repeat(zeros)));
    }
    if let Some((year, digits)) = text.split_once('s')
        && year.len() >= 4
    {
        let known: usize = digits.parse().ok().filter(|&known| known < year.len())?;
        let open = if year.len() == 4 && known >= 2 {
            "X".repeat(4 - known)
        } else {
            return Some(format!("{}~", year.to_uppercase()));
        };
        return Some(format!("{}{open}", year.get(..known)?));
    }
    if let Some((year, part)) = text.rsplit_once('-')
        && year.trim_start_matches('-').len() == 4
        && part.len() == 2
        && let Ok(part @ 25..=41) = part.parse::<u8>()
    {
        return part_of_year(year, part);
    }
    let mut parts = text.split('-').map(str::to_uppercase);
    let year = parts.next().filter(|year| year.len() == 4)?;
    if year.contains('X') {
        return Some(year); // with an open year, nothing finer can be said
    }
    let mut date = year;
    let mut open = false;
    for part in parts {
        open = open || part.contains('X');
        date.push_str(&if open { "-XX".to_string() } else { format!("-{part}") });
    }
    open.then_some(date)
}

/// Seasons of either hemisphere, quarters, thirds and halves of a year (ISO 8601-2, 4.8.1).
fn part_of_year(year: &str, part: u8) -> Option<String> {
    let (from, to) = match part {
        25..=28 => return Some(format!("{year}-{}", part - 4)),
        // southern: spring is the northern autumn
        29..=32 => return Some(format!("{year}-{}", 21 + (part - 29 + 2) % 4)),
        33..=36 => ((part - 33) * 3 + 1, (part - 33) * 3 + 3),
        37..=39 => ((part - 37) * 4 + 1, (part - 37) * 4 + 4),
        40 | 41 => ((part - 40) * 6 + 1, (part - 40) * 6 + 6),
        _ => return None,
    };
    Some(format!("{year}-{from:02}/{year}-{to:02}"))
}

/// "44 BC" is the year −43; "AD 79" is 0079.
fn of_bc(text: &str) -> Option<String> {
    let before = strip_any_end(text, &[" bce", " bc", " b.c.e.", " b.c.", " trước công nguyên", " tcn"]);
    if let Some(year) = before {
        let year: i64 = year.parse().ok().filter(|year| (1..=9_999).contains(year))?;
        return Some(if year == 1 { "0000".to_string() } else { format!("-{:04}", year - 1) });
    }
    let after = strip_any_end(text, &[" ad", " ce", " a.d.", " c.e."])
        .or_else(|| strip_any(text, &["ad ", "a.d. "]))?;
    let year: i64 = after.parse().ok().filter(|year| (1..=9_999).contains(year))?;
    Some(format!("{year:04}"))
}

/// "1990s", "the 20th century", "thập niên 1990", "thế kỷ 20".
fn of_named_years(text: &str) -> Option<String> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let decade = text
        .strip_suffix("'s")
        .or(text.strip_suffix("’s"))
        .or(text.strip_suffix('s'));
    if let Some(decade) = decade.or_else(|| strip_any(text, &["thập niên ", "thập kỷ ", "những năm "]))
        && decade.len() == 4
    {
        return decade.strip_suffix('0').map(|known| format!("{known}X"));
    }
    let ordinal = strip_any_end(text, &[" century"])
        .map(|text| text.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
    let century: i64 = ordinal
        .or_else(|| strip_any(text, &["thế kỷ ", "thế kỉ "]))?
        .trim()
        .parse()
        .ok()?;
    (1..=99).contains(&century).then(|| format!("{:02}XX", century - 1))
}

/// ISO weeks (`2024-W05`, `2024-W05-1`) and days of the year (`2024-029`).
fn of_week(text: &str) -> Option<String> {
    let (year, rest) = text.get(..4).zip(text.get(4..))?;
    let year: i64 = year.parse().ok()?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(week) = rest.strip_prefix('w') {
        let (week, day) = week
            .split_once('-')
            .map_or((week, None), |(week, day)| (week, Some(day)));
        let week: i64 = week.parse().ok().filter(|week| (1..=53).contains(week))?;
        let fourth = day_number(year, 1, 4); // always in the first week
        let monday = fourth - (weekday(fourth) - 1) + 7 * (week - 1);
        return match day {
            None => Some(format!("{}/{}", day_text(monday), day_text(monday + 6))),
            Some(day) => day
                .parse()
                .ok()
                .filter(|day| (1..=7).contains(day))
                .map(|day: i64| day_text(monday + day - 1)),
        };
    }
    let day: i64 = rest
        .parse()
        .ok()
        .filter(|day| rest.len() == 3 && (1..=366).contains(day))?;
    Some(day_text(day_number(year, 1, 1) + day - 1)).filter(|date| date.starts_with(&format!("{year:04}")))
}

fn day_text(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// "Q1 2024", "2024-Q1", "first quarter of 2024" is left alone; "quý 1 năm 2024"; "H2 2024".
fn of_quarter(text: &str) -> Option<String> {
    let text = text.replace("quý ", "q").replace("năm ", "");
    let mut parts = text.split(['-', ' ', '/']).filter(|part| !part.is_empty());
    let (a, b) = (parts.next()?, parts.next()?);
    let (year, part) = if a.starts_with(['q', 'h']) { (b, a) } else { (a, b) };
    let number: u8 = part.get(1..)?.parse().ok()?;
    match (part.get(..1)?, number) {
        ("q", 1..=4) => part_of_year(year, 32 + number),
        ("h", 1..=2) => part_of_year(year, 39 + number),
        _ => None,
    }
}

const MONTHS: [(&str, usize); 12] = [
    ("january", 3),
    ("february", 3),
    ("march", 3),
    ("april", 3),
    ("may", 3),
    ("june", 3),
    ("july", 3),
    ("august", 3),
    ("september", 3),
    ("october", 3),
    ("november", 3),
    ("december", 3),
];

const SEASONS: [(&str, u8); 9] = [
    ("spring", 21),
    ("summer", 22),
    ("autumn", 23),
    ("fall", 23),
    ("winter", 24),
    ("xuân", 21),
    ("hè", 22),
    ("hạ", 22),
    ("thu", 23),
];

/// Words that stand beside a date and say nothing that its numbers do not.
const FILLERS: &[&str] = &[
    "st",
    "nd",
    "rd",
    "th",
    "of",
    "the",
    "on",
    "in",
    "at",
    "ngày",
    "tháng",
    "năm",
    "mùa",
    "mồng",
    "mùng",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "year",
    "month",
    "date",
    "y",
];

/// Numbers and the names of months and seasons, in any order and with anything between them.
fn of_words(text: &str) -> Vec<String> {
    let mut numbers: Vec<&str> = Vec::new();
    let (mut month, mut season) = (None, None);
    for token in tokens(text) {
        let is_number = token.starts_with(|c: char| c.is_ascii_digit());
        if is_number {
            numbers.push(token);
        } else if let Some(named) = month_of(token) {
            month = Some(named);
        } else if let Some(named) = SEASONS
            .iter()
            .find(|(name, _)| *name == token)
            .map(|(_, season)| *season)
            .or((token == "đông").then_some(24))
        {
            season = Some(named);
        } else if !FILLERS.contains(&token) {
            return Vec::new();
        }
    }
    match (month, season, &numbers[..]) {
        (Some(month), None, &[year]) => vec![format!("{year}-{month:02}")],
        (Some(month), None, &[a, b]) => named_month(month, a, b),
        (None, Some(season), &[year]) => vec![format!("{year}-{season}")],
        (None, None, numbers) => of_numbers(
            numbers,
            text.starts_with("tháng") || text.starts_with("ngày") || text.contains(" tháng "),
        ),
        _ => Vec::new(),
    }
}

/// Runs of digits and runs of letters.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut tokens = Vec::new();
    let mut begin = 0;
    let mut last = 0;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = if i == text.len() { 0 } else { kind(c) };
        if now != last {
            if last != 0 {
                tokens.push(&text[begin..i]);
            }
            (begin, last) = (i, now);
        }
    }
    tokens
}

/// "september", "sept", "sep": the name or as much of it as tells it from the others.
fn month_of(word: &str) -> Option<u8> {
    let at = MONTHS
        .iter()
        .position(|(name, least)| word.len() >= *least && name.starts_with(word))?;
    Some(at as u8 + 1)
}

fn named_month(month: u8, a: &str, b: &str) -> Vec<String> {
    let (year, day) = if a.len() == 4 { (a, b) } else { (b, a) };
    let Some((year, day)) = year.parse().ok().zip(day.parse().ok()) else { return Vec::new() };
    day_or_near(year, month.into(), day)
}

/// Two or three numbers in the orders that people use; a Vietnamese date has one order only.
fn of_numbers(numbers: &[&str], day_first: bool) -> Vec<String> {
    let value = |text: &str| text.parse::<i64>().ok();
    match *numbers {
        [digits] => of_digits(digits),
        [a, b] if a.len() == 4 && b.len() == 4 => vec![format!("{a}/{b}")],
        [year, month] if year.len() == 4 => value(month)
            .zip(value(year))
            .map_or(Vec::new(), |(month, year)| month_or_near(year, month)),
        [month, year] if year.len() == 4 => value(month)
            .zip(value(year))
            .map_or(Vec::new(), |(month, year)| month_or_near(year, month)),
        [year, a, b] if year.len() == 4 => {
            let (Some(year), Some(a), Some(b)) = (value(year), value(a), value(b)) else { return Vec::new() };
            if a > 12 && b <= 12 { day_or_near(year, b, a) } else { day_or_near(year, a, b) }
        }
        [a, b, year] if year.len() == 4 => {
            let (Some(a), Some(b), Some(year)) = (value(a), value(b), value(year)) else { return Vec::new() };
            match (a <= 12, b <= 12) {
                (true, true) if a != b && !day_first => {
                    [day_or_near(year, b, a), day_or_near(year, a, b)].concat()
                }
                (true, false) => day_or_near(year, a, b),
                _ => day_or_near(year, b, a),
            }
        }
        _ => Vec::new(),
    }
}

/// One number: a day without hyphens, an early or a late year, a decade, a century.
fn of_digits(digits: &str) -> Vec<String> {
    match digits.len() {
        2 => vec![format!("{digits}XX"), format!("00{digits}")],
        5 => vec![format!("Y{digits}"), digits.get(..4).unwrap_or_default().to_string()],
        3 => vec![format!("{digits}X"), format!("0{digits}")],
        4 => vec![digits.to_string()],
        8 => {
            let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
            vec![format!("{}-{}-{}", part(0..4), part(4..6), part(6..8)), format!("Y{digits}")]
        }
        _ => vec![format!("Y{}", digits.trim_start_matches('0')), digits.trim_start_matches('0').to_string()],
    }
}

/// A month; where it does not exist, a span of years (`2012-13`), the last month, the year.
fn month_or_near(year: i64, month: i64) -> Vec<String> {
    if (1..=12).contains(&month) {
        return vec![format!("{year:04}-{month:02}")];
    }
    let span = (month > year % 100).then(|| format!("{year:04}/{:02}{month:02}", year / 100));
    let last = (month < 21).then(|| format!("{year:04}-12"));
    span.into_iter().chain(last).chain([format!("{year:04}")]).collect()
}

/// A day; where it does not exist, the last of its month, the month; where the month does not exist, the
/// year.
fn day_or_near(year: i64, month: i64, day: i64) -> Vec<String> {
    let Some(of_year) = u8::try_from(month).ok().filter(|month| (1..=12).contains(month)) else {
        return vec![format!("{year:04}-12-{day:02}"), format!("{year:04}")];
    };
    let last = days_in_month(year, of_year);
    if (1..=i64::from(last)).contains(&day) {
        return vec![format!("{year:04}-{month:02}-{day:02}")];
    }
    let near = if day < 1 { 1 } else { last };
    vec![format!("{year:04}-{month:02}-{near:02}"), format!("{year:04}-{month:02}")]
}
