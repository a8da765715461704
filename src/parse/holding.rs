//! Lines that hold something back, as people read them: `private`, `draft` and `rights`, however they are
//! typed and wherever they stand.
//!
//! A person who wrote `“рrivate”： true` believes that the note stays at home. So a line is read by what a
//! person sees in it (`look`), not by its bytes, and of two readings the stricter one wins. A sentence that
//! merely begins with such a word hides too much once and is then reworded; the other mistake could not be
//! undone.
//!
//! Front matter, sidecars and notes have readers of their own for what is typed as it should be. This is the
//! net below them: every line passes it, and what it finds and they did not take is obeyed and told.

mod held;
mod instruction;
mod pair;
mod region;
mod stamp;
mod stated;
mod statement;
mod titled;
mod words;

use std::ops::Range;

use super::keys::{Match, folded, is_nearly_truth, known, truth};
use super::look::{Look, is_invisible, looks};
use crate::model::rights::Rights;

use held::strict_rights;
pub use held::{Ground, Held};
use stamp::Kind;
use stated::{key_of, stated};
pub use statement::Key;
use statement::{BRACKETS, Reading, Statement, readings, tail};
use words::{ARTICLES, Meaning, STATES, TAGS, without_version};

/// Whether a line of a note or of prose means to hide what it stands in: where its word stands in the line.
pub fn hides(line: &str, ground: Ground) -> Option<Range<usize>> {
    // Where fields stand an indented line is no code.
    let indent = if ground == Ground::Fields { line.len() - line.trim_start().len() } else { 0 };
    hides_at_margin(&line[indent..], ground).map(|place| place.start + indent..place.end + indent)
}

/// The lines between which a line stands; blank ones where it is the first or the last.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub above: &'a str,
    pub below: &'a str,
}

/// Whether a paragraph has a stamp before or behind its text: `[PRIVATE] The source …`, `… (private)`.
pub fn is_stamped(line: &str, around: Around, ground: Ground) -> Option<Range<usize>> {
    if is_quoted_line(line) {
        return None;
    }
    let is_apart = |other: &str| other.trim().is_empty() || begins_a_block(other);
    let begins = ground == Ground::Fields || is_apart(around.above) || begins_a_block(line);
    let ends = is_apart(around.below);
    let whole: Vec<Reading> = readings(line).collect();
    let alone = || whole.iter().find_map(stamp::alone);
    let before = || whole.iter().find_map(|reading| stamp::before(reading, Kind::Text));
    let behind = |reading: &Reading| stamp::behind(reading, ends, Kind::Text);
    (begins && ends)
        .then(alone)
        .flatten()
        .or_else(|| begins.then(before).flatten())
        .or_else(|| whole.iter().find_map(behind))
        .or_else(|| tail(line).as_ref().and_then(behind))
}

/// Whether a line begins an item of a list, a heading or a quotation.
fn begins_a_block(line: &str) -> bool {
    let words = line.trim_start();
    let is_item = words.starts_with(['-', '*', '+']) && words[1..].starts_with([' ', '\t']);
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && (words[digits..].starts_with(". ") || words[digits..].starts_with(") "));
    is_item || is_numbered || words.starts_with(['#', '>', '|', '`', '~'])
}

/// Lines of a quotation, of a table and of code are somebody's words.
fn is_quoted_line(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t') || line.trim_start().starts_with(['>', '|', '`', '~'])
}

/// `[private]: https://example.org`: the address of a link, which is no value of a key.
fn is_definition(line: &str) -> bool {
    let Some((_, rest)) = line
        .trim_start()
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"))
    else {
        return false;
    };
    let address = rest.split_whitespace().next().unwrap_or_default();
    address.contains(['/', '#', '.', '<']) && !rest.contains(": ")
}

fn hides_at_margin(line: &str, ground: Ground) -> Option<Range<usize>> {
    if is_definition(line) {
        return None;
    }
    if let Some(place) = region::marks(line) {
        return Some(place);
    }
    let heading = line.starts_with('#');
    let whole = readings(line).find_map(|reading| {
        callout(&reading)
            .or_else(|| hides_in_text(&reading, ground))
            .or_else(|| if heading { title_hides(&reading) } else { None })
    });
    whole.or_else(|| tail(line).and_then(|reading| hides_at_end(&reading, ground)))
}

/// What the end of a long line says.
fn hides_at_end(reading: &Reading, ground: Ground) -> Option<Range<usize>> {
    stated(reading, ground)
        .or_else(|| tag(reading))
        .filter(|held| held.key != Key::Rights)
        .map(|held| held.place)
}

/// Whether a line of running text means to narrow the rights of the source: `rights: none`. In a comment
/// "Rights: none." is a sentence.
pub fn narrows(line: &str, ground: Ground) -> Option<(Range<usize>, Rights)> {
    if !has_sign(line) {
        return None;
    }
    readings(line).find_map(|reading| {
        let said = reading
            .statement(0)
            .filter(|said| said.sign && !reading.is_quoted(said))?;
        let (key, exact) = reading.key(&said)?;
        let value = reading.words(said.value.clone());
        let rights = strict_rights(&value)?;
        let plain = exact && rights.word() == value && !line.trim_end().ends_with(['.', '!', '?']);
        (key == Key::Rights && (plain || ground == Ground::Fields))
            .then(|| (reading.place(&said.head), rights))
    })
}

/// Whether a value of `rights` leaves less than the whole text.
pub fn narrows_rights(value: &str) -> bool {
    words::is_none(value) || words::is_denied(value) || strict_rights(&folded(value)).is_some()
}

/// Whether a line begins with our word as a sentence or a list of figures does: "Private: the school is run
/// by nuns.", `Privates: 400`.
pub fn is_prose(line: &str) -> bool {
    readings(line).any(|reading| {
        reading
            .statement(0)
            .is_some_and(|said| said.sign && reads_as_prose(&reading, &said))
    })
}

/// Whether a line says `private: true` or `draft: true` and nothing else: of lines at the head of a text that
/// is evidence.
pub fn says_yes(line: &str) -> Option<Held> {
    let behind_words = || {
        readings(line)
            .find_map(|reading| stated(&reading, Ground::Comment))
            .filter(|held| held.key != Key::Rights)
    };
    let in_our_words = readings(line).find_map(|reading| {
        let said = reading.statement(0).filter(|said| said.sign)?;
        let (key, exact) = reading.key(&said)?;
        // In JSON the next key stands behind a comma
        let json = reading.begins_with('{') || reading.begins_with('"');
        let value = if json { reading.up_to_border(&said) } else { said.value.clone() };
        let meant = exact && key != Key::Rights && truth(&reading.words(value)) == Some(true);
        meant.then(|| Held { key, place: reading.place(&said.head) })
    });
    in_our_words.or_else(behind_words)
}

/// Whether a line says so in the words of other programs: `status: draft`, `published: false`.
pub fn says_so_elsewhere(line: &str) -> Option<Held> {
    readings(line)
        .find_map(|reading| says_so_as_others_do(&reading))
        .map(|place| Held { key: Key::Draft, place })
}

/// What a line between the fences of a head holds back, in our words or in those of other programs.
pub fn in_block(line: &str) -> Option<Held> {
    in_head(line).into_iter().next().or_else(|| says_so_elsewhere(line))
}

/// Whether a line has a sign that may part a key from its value: a colon or an equals sign of any kind.
pub fn has_sign(line: &str) -> bool {
    let parts = |c: char| looks(c).any(|look| matches!(look, Look::Colon | Look::Equals));
    line.contains([':', '=']) || line.chars().any(|c| !c.is_ascii() && parts(c))
}

/// Whether a line may stand above and below a head: three signs alike or more, a dash, the fence of code.
pub fn is_fence(line: &str) -> bool {
    let seen = |c: &char| !is_invisible(*c) && !c.is_whitespace();
    let Some(sign) = line.chars().find(seen).filter(|&c| !c.is_alphanumeric()) else { return false };
    let typed: String = line.chars().filter(|&c| !is_invisible(c)).collect();
    let typed = typed.trim();
    // `- - -` too
    let spaced = typed.replace("- ", "-");
    let typed = if sign == '-' { spaced.as_str() } else { typed };
    let is_rule = "-–—―*_=+~;#".contains(sign)
        && typed.chars().all(|c| c == sign)
        && (typed.chars().count() > 2 || sign == '—');
    is_rule
        || ["---", "+++", "```", "~~~"].iter().any(|fence| {
            typed
                .strip_prefix(fence)
                .is_some_and(|info| info.chars().all(char::is_alphanumeric))
        })
}

/// A table of one column whose head is the key and whose first cell says yes; `below` are the lines below its
/// head.
pub fn heads_a_table<'a>(head: &str, below: impl IntoIterator<Item = &'a str>) -> Option<Range<usize>> {
    let cell = |line: &str| line.trim().trim_matches('|').trim().to_string();
    let is_cell = |line: &str| line.trim().starts_with('|') && !cell(line).contains('|');
    if !is_cell(head) {
        return None;
    }
    let mut below = below.into_iter();
    let is_rule =
        |line: &&str| line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    below.next().filter(is_rule)?;
    let answer = below.next().filter(|line| is_cell(line))?;
    hides(&format!("{}: {}", cell(head), cell(answer)), Ground::Fields)?;
    let start = head.len() - head.trim_start_matches(['|', ' ', '\t']).len();
    Some(start..start + cell(head).len())
}

/// What a pair of a page's head, `<meta name=draft content=true>`, holds back; a near miss and an unclear
/// value do too.
pub fn in_meta(key: &str, value: &str) -> Option<Key> {
    let key = key.rsplit([':', '.']).next().unwrap_or(key);
    let line = format!("{}: {value}", key.strip_prefix("casebook-").unwrap_or(key));
    readings(&line)
        .find_map(|reading| piece_of_head(&reading, 0).or_else(|| rights_elsewhere(&reading)))
        .map(|held| held.key)
}

/// Whether a line gives a day until which something waits: `embargo: 2099-01-01`.
pub fn says_when(line: &str) -> bool {
    line.trim()
        .split_once([':', '='])
        .is_some_and(|(key, value)| words::meaning(key) == Some(Meaning::Until) && is_a_term(value))
}

/// Whether a pair of a page's head says that the page is not for everybody, in words that may only be those
/// of who made it: `classification`, `sensitivity`, `keywords`, `robots`.
pub fn marks_page(key: &str, value: &str) -> bool {
    const ROBOTS: &[&str] = &["noindex", "none", "noarchive", "nosnippet"];
    let key = folded(key.rsplit([':', '.']).next().unwrap_or(key));
    let items = value.split([',', ';']).map(str::trim);
    let is_stamp =
        |word: &str| matches!(words::meaning(word), Some(Meaning::Private | Meaning::Draft | Meaning::State));
    match key.as_str() {
        "robots" | "googlebot" | "bingbot" => items.map(folded).any(|word| ROBOTS.contains(&word.as_str())),
        "keywords" | "subject" | "category" | "description" => items.take(PARTS).any(is_stamp),
        key => {
            let mut items = items.take(PARTS);
            (is_state(key) || TAGS.contains(&key)) && (says_unpublished(key, value) || items.any(is_stamp))
        }
    }
}

/// Whether a line of evidence is a stamp: `PRIVATE`, `# [PRIVATE] Minutes`, `EMBARGOED UNTIL 1 JUNE`.
pub fn is_stamp(line: &str) -> bool {
    let around = Around { above: "", below: "" };
    is_bare_word(line) || is_instruction(line) || is_stamped(line, around, Ground::Comment).is_some()
}

/// All that a line of front matter or of a sidecar holds back. What stands in a comment of the file holds
/// nothing.
pub fn in_head(line: &str) -> Vec<Held> {
    if is_quoted_title(line) {
        return Vec::new();
    }
    readings(line).flat_map(|reading| held_in_head(&reading)).collect()
}

/// `title: "Human rights: none"`: what stands in the quotation marks is a title and no key; what it says
/// itself is read as a title.
fn is_quoted_title(line: &str) -> bool {
    let Some((key, value)) = line.trim().split_once([':', '=']) else { return false };
    let value = value.trim();
    let is_quoted = |quote: char| {
        value.len() > 1 && value.starts_with(quote) && value[1..].find(quote) == Some(value.len() - 2)
    };
    folded(key) == "title" && (is_quoted('"') || is_quoted('\''))
}

/// Whether a title has a word behind it that means to hide what it is the title of: `{private}`, `{draft:
/// true}`, `[private]`, `#private`.
pub fn hides_in_title(title: &str) -> Option<Range<usize>> {
    readings(title).find_map(|reading| title_hides(&reading).or_else(|| title_nearly_hides(&reading)))
}

/// Whether a key that is none of ours says with one of its values that something is not for the public:
/// `status: draft`, `tags: [private]`, `published: false`, `title: Ferry {private}`.
pub fn says_unpublished(key: &str, value: &str) -> bool {
    match key {
        "private" | "draft" => false,
        "tlp" => !matches!(folded(value).as_str(), "clear" | "white" | "green"),
        // What is misspelt within a value is told where heads are read.
        "title" => readings(value).any(|reading| title_hides(&reading).is_some()),
        _ if (is_state(key) || TAGS.contains(&key)) && is_unpublished(key, value) => true,
        // What else a line states is read from the line.
        _ => match words::meaning(key) {
            Some(Meaning::Public) => words::is_no(value) || words::is_nearly_no(value),
            Some(Meaning::State) => words::is_yes(value),
            Some(Meaning::Until) => is_a_term(value),
            Some(Meaning::Private | Meaning::Draft | Meaning::Memo | Meaning::Status) | None => false,
        },
    }
}

/// Whether a value says so: one of the words, or nearly; of a status, within some more words; of tags, as one
/// of them.
fn is_unpublished(key: &str, value: &str) -> bool {
    let is_ours = |word: &str| known(word, &["private", "draft", "unpublished"]) != Match::Unknown;
    let is_tags = TAGS.contains(&key);
    let in_table = |word: &str| match words::meaning(word) {
        Some(Meaning::Private | Meaning::Draft | Meaning::State) => true,
        // A tag may speak of the embargo on a country.
        Some(Meaning::Until) => !is_tags,
        Some(Meaning::Public | Meaning::Memo | Meaning::Status) | None => false,
    };
    let is_word = |word: &str| in_table(word) || is_ours(&folded(word));
    let parts: fn(char) -> bool = match key {
        _ if is_prose_state(key) => |c| !c.is_alphanumeric(),
        _ if TAGS.contains(&key) => |c| c.is_whitespace() || matches!(c, '/' | ',' | ';' | '#'),
        _ => |c| c == '/',
    };
    let is_part = |word: &str, rest: &str| {
        let ours = matches!(folded(word).as_str(), "private" | "draft");
        (is_tags || stands_alone(rest)) && (ours || in_table(word) && is_tags)
    };
    let is_unseen = matches!(key, "visibility" | "privacy")
        && (words::is_no(value) || matches!(folded(value).as_str(), "none" | "hide"));
    let mut end = 0;
    let parts = value.split(parts).take(PARTS).map(|word| {
        end += word.len();
        let rest = &value[end..];
        end += rest.chars().next().map_or(0, char::len_utf8);
        (word, rest)
    });
    is_unseen
        || is_word(value)
        || parts
            .into_iter()
            .any(|(word, rest)| !word.is_empty() && is_part(word, rest))
}

/// A key under which it stands what a text is good for.
fn is_state(key: &str) -> bool {
    STATES.contains(&key) || words::meaning(key) == Some(Meaning::Status)
}

/// `2027-01-01`, `until June`: a day that is to be waited for. No clock is asked whether it has come.
fn is_a_term(value: &str) -> bool {
    const UNTIL: &[&str] = &[
        "until",
        "till",
        "til",
        "bis",
        "jusqu",
        "jusqu'au",
        "jusqu’au",
        "hasta",
        "fino",
        "até",
        "ate",
        "tot",
        "do",
        "до",
        "đến",
        "cho",
        "sampai",
    ];
    const MOST_WORDS: usize = 5;
    let value = value.trim();
    let first = value.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_short = value.split_whitespace().count() <= MOST_WORDS;
    let is_date = value.starts_with(|c: char| c.is_ascii_digit());
    words::is_yes(value) || is_short && (is_date || UNTIL.contains(&first.as_str()))
}

/// Whether people write more than one word under a key of a state.
fn is_prose_state(key: &str) -> bool {
    matches!(key, "status" | "state" | "stage" | "visibility" | "privacy")
        || words::meaning(key) == Some(Meaning::Status)
}

/// Whether a word of a state says so by itself: in `draft law` it is said of the law.
fn stands_alone(rest: &str) -> bool {
    let next = rest.trim_start();
    let parted = next.len() == rest.len() || !next.starts_with(char::is_alphabetic);
    parted || stated::goes_on(next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
}

/// More words are no state and no list of tags.
const PARTS: usize = 40;

fn held_in_head(reading: &Reading) -> Vec<Held> {
    if reading.begins_with('#') {
        return tag(reading).or_else(|| phrase(reading)).into_iter().collect();
    }
    let pieces = reading
        .pieces(",;{}()[]|.<>")
        .into_iter()
        .filter_map(|start| piece_of_head(reading, start));
    let mut held: Vec<Held> = pieces
        .chain(tag(reading))
        .chain(cells(reading))
        .chain(rights_elsewhere(reading))
        .chain(waits(reading))
        .collect();
    if held.is_empty() {
        held.extend(pair::holds(reading, false).or_else(|| phrase(reading)));
    }
    if let Some(within) = stated(reading, Ground::Fields).filter(|within| !held.contains(within)) {
        held.push(within);
    }
    held
}

/// `# do not publish`, `do not publish before June`: of several words, without a key.
fn phrase(reading: &Reading) -> Option<Held> {
    let first = reading.first_letter(0);
    let typed = reading.rest(first);
    let has_sign = reading
        .glyphs
        .iter()
        .any(|glyph| matches!(glyph.look, Look::Colon | Look::Equals));
    let is_loose = !has_sign && typed.trim().contains(' ');
    let key = instruction::instruction(typed).filter(|_| is_loose)?;
    Some(Held { key, place: reading.place(&(first..reading.glyphs.len())) })
}

/// `do not publish before: 2027-01-01`, whose key has more words than those of a head.
fn waits(reading: &Reading) -> Option<Held> {
    const WORDS_OF_A_KEY: usize = 3;
    let said = reading.statement(0).filter(|said| said.sign)?;
    let key = reading.typed(&said.head);
    let is_long = key.split_whitespace().nth(WORDS_OF_A_KEY).is_some();
    let waits = words::meaning(key) == Some(Meaning::Until) && is_a_term(reading.typed(&said.value));
    (is_long && waits).then(|| Held { key: Key::Draft, place: reading.place(&said.head) })
}

/// `rechte: keine`, `license = "none"`: rights in other words.
fn rights_elsewhere(reading: &Reading) -> Option<Held> {
    let said = reading.statement(0).filter(|said| said.sign)?;
    let value = reading.words(said.value.clone());
    let narrows = words::is_none(&value) || strict_rights(&value).is_some();
    (narrows && words::is_rights(reading.typed(&said.head)))
        .then(|| Held { key: Key::Rights, place: reading.place(&said.head) })
}

fn piece_of_head(reading: &Reading, start: usize) -> Option<Held> {
    let said = reading.statement(start)?;
    let (key, exact) = reading.key(&said)?;
    let is_first = reading.first_letter(0) == said.head.start;
    let disguised = !exact || !reading.is_plain(&said, key);
    let value = reading.words(said.value.clone());
    let unclear = said.sign && disguised && is_first;
    let holds = match key {
        Key::Rights if strict_rights(&value).is_some() => said.sign || exact,
        Key::Rights => said.sign && value.is_empty() || unclear && (!exact || Rights::of(&value).is_none()),
        Key::Private | Key::Draft => match truth(&value) {
            Some(truth) => truth,
            None if value.is_empty() => said.sign,
            None => is_nearly_truth(&value) || unclear,
        },
    };
    holds.then(|| Held { key, place: reading.place(&said.head) })
}

fn hides_in_text(reading: &Reading, ground: Ground) -> Option<Range<usize>> {
    let first = reading.statement(0);
    // `> [!private]`: the head of a callout is the writer's own
    let is_callout = reading
        .glyphs
        .windows(2)
        .any(|pair| [pair[0].look, pair[1].look] == [Look::Sign('['), Look::Sign('!')]);
    let quoted = !is_callout && first.as_ref().is_some_and(|said| reading.is_quoted(said));
    if let Some(said) = first.filter(|said| statement_hides(reading, said, quoted, ground)) {
        return Some(reading.place(&said.head));
    }
    let hiding = |held: Held| (held.key != Key::Rights).then_some(held.place);
    let is_question =
        ground == Ground::Comment && reading.statement(0).is_some_and(|said| asks(reading, &said));
    let with_yes = with_yes(reading).filter(|_| !is_question);
    let anywhere = with_yes.or_else(|| cells(reading).and_then(hiding));
    let in_own_words = || {
        stated(reading, ground)
            .and_then(hiding)
            .or_else(|| tag(reading).and_then(hiding))
    };
    let as_others_do = || {
        says_so_as_others_do(reading)
            .or_else(|| bare_word(reading))
            .or_else(|| pair::holds(reading, true).and_then(hiding))
            .or_else(|| instructed(reading))
            .filter(|_| ground == Ground::Fields)
    };
    let is_sentence = ground == Ground::Fields && is_a_denial(reading);
    anywhere.or_else(|| if quoted || is_sentence { None } else { in_own_words().or_else(as_others_do) })
}

/// "Published: never.": a sentence about a book. As a field it has no capital or no full stop.
fn is_a_denial(reading: &Reading) -> bool {
    let Some(said) = reading.statement(0).filter(|said| said.sign) else { return false };
    let typed = reading.typed(&said.head);
    let ends = reading.rest(said.value.start).trim_end().ends_with('.');
    let is_name = typed.starts_with(char::is_uppercase) && typed.chars().skip(1).all(|c| !c.is_uppercase());
    ends && is_name && words::meaning(typed) == Some(Meaning::Public)
}

/// `Do not publish before June`, "Please don't publish this", `🔒`
fn instructed(reading: &Reading) -> Option<Range<usize>> {
    let first = reading.first_letter(0);
    let whole = reading.rest(first);
    let typed = whole
        .strip_prefix(['x', 'X'])
        .and_then(|rest| rest.strip_prefix(']'))
        .unwrap_or(whole);
    let is_heading = reading.begins_with('#');
    let held = instruction::instruction(typed)
        .filter(|_| !is_heading || words::is_loud(typed) || typed.contains(' '))
        .map(|_| reading.place(&(first..reading.glyphs.len())));
    held.or_else(|| stamp::lock(reading))
}

/// Whether a line is an instruction to whoever publishes.
pub fn is_instruction(line: &str) -> bool {
    readings(line).any(|reading| instructed(&reading).is_some())
}

/// Whether the value is a number, or the word begins a sentence: `Private` and then an article in small
/// letters. A year may be a term.
fn reads_as_prose(reading: &Reading, said: &Statement) -> bool {
    let value = reading.words(said.value.clone());
    let mut words = value.split(' ');
    let first = words.next().unwrap_or_default();
    let is_number = first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty();
    let is_count =
        is_number && !matches!(first, "0" | "1") && !(first.len() == 4 && first.starts_with(['1', '2']));
    let is_capital = |c: char| c.is_uppercase();
    let typed = reading.typed(&said.head);
    let begins_sentence =
        typed.starts_with(is_capital) && typed.chars().filter(|&c| is_capital(c)).count() == 1;
    let article = reading
        .typed(&said.value)
        .split_whitespace()
        .next()
        .unwrap_or_default();
    is_count || begins_sentence && ARTICLES.contains(&article) && words.count() >= 2
}

/// Whether the statement that a line of text begins with hides. In a quotation or in code these may be
/// somebody's words.
fn statement_hides(reading: &Reading, said: &Statement, quoted: bool, ground: Ground) -> bool {
    let Some((key, exact)) = reading.key(said) else { return false };
    let value = reading.words(said.value.clone());
    let unclear = truth(&value).is_none();
    if unclear
        && said.sign
        && (reads_as_prose(reading, said) || ground == Ground::Comment && begins_with_no(reading, said))
    {
        return false;
    }
    // "Privat? Ja." asks and answers.
    if ground == Ground::Comment && asks(reading, said) {
        return false;
    }
    // "Draft 1", "Private on."
    if !said.sign && matches!(value.as_str(), "1" | "x" | "y" | "on") {
        return false;
    }
    match (key, truth(&value)) {
        (Key::Rights, _) | (_, Some(false)) => false,
        (Key::Private, Some(true)) => true,
        // "private: until the trial" hides
        (Key::Private, None) => said.sign && !quoted && (exact || value.split_whitespace().count() <= 3),
        (Key::Draft, Some(true)) => exact || said.sign,
        // "Draft: a plan for the ferry" is prose
        (Key::Draft, None) => {
            let empty = value.is_empty() && ground == Ground::Fields;
            said.sign && !quoted && exact && (is_nearly_truth(&value) || empty)
        }
    }
}

/// Whether a question mark stands right behind the word.
fn asks(reading: &Reading, said: &Statement) -> bool {
    let behind = reading.glyphs[said.head.start..]
        .iter()
        .find(|glyph| !glyph.is_letter());
    !said.sign && behind.is_some_and(|glyph| glyph.look == Look::Sign('?'))
}

/// "Private: no. Public: yes."
fn begins_with_no(reading: &Reading, said: &Statement) -> bool {
    truth(&reading.words(reading.up_to_border(said))) == Some(false)
}

/// Whether a line is nothing but the word, with any sign round it.
pub fn is_bare_word(line: &str) -> bool {
    readings(line).any(|reading| bare_word(&reading).is_some())
}

/// `PRIVATE`, `(private)`, `- [x] private`, `Do not publish!`
fn bare_word(reading: &Reading) -> Option<Range<usize>> {
    const LONGEST: usize = 60;
    let all = reading.first_letter(0)..reading.glyphs.len();
    let typed = reading.typed(&all);
    let said = without_version(
        typed
            .strip_prefix(['x', 'X'])
            .and_then(|rest| rest.strip_prefix(']'))
            .unwrap_or(typed)
            .trim(),
    );
    let is_word = typed.len() <= 4 * LONGEST
        && (words::meaning(said).and_then(key_of).is_some() || is_spaced_key(reading, &all));
    is_word.then(|| reading.place(&all))
}

/// `P R I V A T E`
fn is_spaced_key(reading: &Reading, all: &Range<usize>) -> bool {
    let glyphs = &reading.glyphs[all.clone()];
    let is_apart = glyphs
        .windows(2)
        .all(|pair| !(pair[0].is_letter() && pair[1].is_letter()));
    is_apart
        && reading
            .key_of(all)
            .is_some_and(|(key, exact)| exact && key != Key::Rights)
}

/// `> [!private] Hidden`: the word of a callout says what its writer means by it.
fn callout(reading: &Reading) -> Option<Range<usize>> {
    let glyphs = &reading.glyphs;
    let start = reading.first_letter(0);
    let begins =
        start >= 2 && [glyphs[start - 2].look, glyphs[start - 1].look] == [Look::Sign('['), Look::Sign('!')];
    let length = glyphs[start..]
        .iter()
        .position(|glyph| glyph.look == Look::Sign(']'))
        .filter(|_| begins)?;
    let word = start..start + length;
    let holds = |meaning: Option<Meaning>| {
        matches!(meaning, Some(Meaning::Private | Meaning::Draft | Meaning::State | Meaning::Until))
    };
    if holds(words::meaning(reading.typed(&word))) {
        return Some(reading.place(&word));
    }
    callout_title(reading, word.end + 1)
}

/// `> [!note] Private`, `> [!warning]- Do not publish: the source …`
fn callout_title(reading: &Reading, from: usize) -> Option<Range<usize>> {
    let start = reading.first_letter(from);
    let title = reading.rest(start);
    let before_colon = title.split([':', '：']).next().unwrap_or_default();
    let end = start + before_colon.chars().count();
    let meant = instruction::instruction(title).or_else(|| instruction::instruction(before_colon));
    meant.map(|_| reading.place(&(start..end.min(reading.glyphs.len()))))
}

/// `status: draft`, where fields stand.
fn says_so_as_others_do(reading: &Reading) -> Option<Range<usize>> {
    let said = reading.statement(0).filter(|said| said.sign)?;
    let key = reading.words(said.head.clone());
    let is_topic = |value: &str| key == "topics" && value == "private";
    let says_so = |(value, typed): (String, &str)| {
        key != "title"
            && (says_unpublished(&key, &value) || says_unpublished(&key, typed) || is_topic(&value))
    };
    reading
        .items(&said)
        .into_iter()
        .any(says_so)
        .then(|| reading.place(&said.head))
}

fn title_hides(reading: &Reading) -> Option<Range<usize>> {
    let tagged = tag(reading)
        .filter(|held| held.key != Key::Rights)
        .map(|held| held.place);
    let bracketed = || in_last_brackets(reading).or_else(|| in_first_brackets(reading));
    let said =
        || at_start(reading).or_else(|| at_end(reading).filter(|(_, exact)| *exact).map(|(place, _)| place));
    let stamp = || {
        stamp::before(reading, Kind::Title)
            .or_else(|| stamped(reading))
            .or_else(|| stamp::behind(reading, true, Kind::Title))
    };
    tagged
        .or_else(bracketed)
        .or_else(said)
        .or_else(stamp)
        .or_else(|| titled::hides(reading))
}

/// `PRIVATE Ferry`, `DRAFT: Ferry`, `Vertraulich: Ferry`: a stamp in capitals, or a word of the table with a
/// colon.
fn stamped(reading: &Reading) -> Option<Range<usize>> {
    let said = reading.statement(0)?;
    let typed = reading.typed(&said.head);
    let rest = reading.typed(&said.value);
    let is_loud = typed.chars().count() > 1 && !typed.chars().any(char::is_lowercase);
    let is_stamp = is_loud && typed.chars().any(char::is_uppercase) && rest.chars().any(char::is_lowercase);
    let ours = reading
        .key(&said)
        .filter(|(key, exact)| *exact && *key != Key::Rights)
        .map(|(key, _)| key);
    let meant = |key: Key| is_stamp || said.sign && key == Key::Private && !reads_as_prose(reading, &said);
    let key = ours
        .or_else(|| words::meaning(typed).and_then(key_of))
        .filter(|&key| meant(key));
    key.map(|_| reading.place(&said.head))
}

/// The same, misspelt.
fn title_nearly_hides(reading: &Reading) -> Option<Range<usize>> {
    at_end(reading)
        .map(|(place, _)| place)
        .or_else(|| nearly_tagged(reading))
}

/// `draft: true Ferry`
fn at_start(reading: &Reading) -> Option<Range<usize>> {
    let said = reading.statement(0).filter(|said| said.sign)?;
    let (key, exact) = reading.key(&said)?;
    let meant = exact && key != Key::Rights && begins_with_yes(&reading.words(said.value.clone()));
    meant.then(|| reading.place(&said.head))
}

/// `true`, `ture`, `true, please`
fn begins_with_yes(value: &str) -> bool {
    let first = value.split_whitespace().next().unwrap_or_default();
    match truth(value).or_else(|| truth(first)) {
        Some(truth) => truth,
        None => is_nearly_truth(value),
    }
}

/// `Ferry #privat`
fn nearly_tagged(reading: &Reading) -> Option<Range<usize>> {
    let glyphs = &reading.glyphs;
    let hash = glyphs
        .iter()
        .rposition(|glyph| glyph.look == Look::Sign('#'))
        .filter(|&at| at > 0)?;
    let parted = glyphs[hash - 1].look == Look::Space;
    let head = hash + 1..glyphs.len();
    let is_word = glyphs[head.clone()].iter().all(|glyph| glyph.is_letter());
    let (key, _) = reading.key_of(&head).filter(|_| parted && is_word)?;
    (key == Key::Private).then(|| reading.place(&head))
}

/// The words in the brackets that a title ends in, of one pair or of several.
fn in_last_brackets(reading: &Reading) -> Option<Range<usize>> {
    let mut end = reading.glyphs.len();
    loop {
        let is_open = |look: Look| !matches!(look, Look::Space | Look::Sign('#'));
        end = reading.glyphs[..end].iter().rposition(|glyph| is_open(glyph.look))? + 1;
        let Look::Sign(closing) = reading.glyphs[end - 1].look else { return None };
        let (opening, _) = BRACKETS.iter().find(|(_, close)| *close == closing)?;
        let start = reading.glyphs[..end - 1]
            .iter()
            .rposition(|glyph| glyph.look == Look::Sign(*opening))?;
        if let Some(place) = within_brackets(reading, start + 1..end - 1, *opening) {
            return Some(place);
        }
        end = start;
    }
}

/// `[private] Ferry`
fn in_first_brackets(reading: &Reading) -> Option<Range<usize>> {
    let is_open = |look: Look| !matches!(look, Look::Space | Look::Sign('#'));
    let start = reading.glyphs.iter().position(|glyph| is_open(glyph.look))?;
    let Look::Sign(opening) = reading.glyphs[start].look else { return None };
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == opening)?;
    let length = reading.glyphs[start..]
        .iter()
        .position(|glyph| glyph.look == Look::Sign(*closing))?;
    within_brackets(reading, start + 1..start + length, opening)
}

/// In braces one word of several is enough (`{#id .private}`); in other brackets the word stands alone, or
/// says yes. "(draft)" may be part of a title.
fn within_brackets(reading: &Reading, inner: Range<usize>, opening: char) -> Option<Range<usize>> {
    let whole = words::meaning(reading.typed(&inner));
    let is_stamp = match whole {
        Some(Meaning::Private) => true,
        Some(Meaning::Draft) => true,
        Some(Meaning::State) => opening != '(',
        Some(Meaning::Public | Meaning::Memo | Meaning::Status | Meaning::Until) | None => false,
    };
    let looks = |at: usize| reading.glyphs.get(at).map(|glyph| glyph.look);
    let before = inner.start.checked_sub(2).and_then(looks);
    // `[[secret]]` and `[secret](…)` are links
    let leads = matches!(looks(inner.end + 1), Some(Look::Sign('(' | '[') | Look::Colon));
    if opening == '[' && (before == Some(Look::Sign('[')) || leads) {
        return None;
    }
    let is_stamp = is_stamp || instruction::instruction(reading.typed(&inner)).is_some();
    if is_stamp && looks(inner.start) != Some(Look::Sign('[')) {
        return Some(reading.place(&inner));
    }
    let inside = reading.cut(inner.end);
    let braces = opening == '{';
    let starts = if braces { inside.pieces_from(inner.start, ",;. #") } else { vec![inner.start] };
    starts.into_iter().find_map(|start| {
        let said = inside.statement(start)?;
        let (key, exact) = inside.key(&said).filter(|(key, _)| *key != Key::Rights)?;
        let value = inside.words(said.value.clone());
        let is_word = inside
            .glyphs
            .get(said.head.end)
            .is_none_or(|glyph| glyph.look == Look::Space || !glyph.is_letter() && glyph.look != Look::Dash);
        let said_so = match truth(&value) {
            Some(truth) => truth,
            None => (braces || value.is_empty()) && (key == Key::Private || opening != '('),
        };
        // `{privat}` too; an id such as `{#drift}` is a word of its own
        let is_id = said.head.start > 0 && inside.glyphs[said.head.start - 1].look == Look::Sign('#');
        let meant = exact || matches!(opening, '{' | '[') && !is_id;
        (meant && said_so && is_word).then(|| inside.place(&said.head))
    })
}

/// `Ferry — private: true`, `Ferry, private true`; and whether the word is spelt right.
fn at_end(reading: &Reading) -> Option<(Range<usize>, bool)> {
    let glyphs = &reading.glyphs;
    let all = 0..glyphs.len();
    let words = reading.words(all.clone());
    if ["private true", "draft true"].iter().any(|end| {
        words
            .strip_suffix(end)
            .is_some_and(|before| before.ends_with([' ', ',', '-']))
    }) {
        return Some((reading.place(&all), true));
    }
    let sign = glyphs
        .iter()
        .rposition(|glyph| matches!(glyph.look, Look::Colon | Look::Equals))?;
    let end = glyphs[..sign].iter().rposition(|glyph| glyph.look != Look::Space)? + 1;
    let start = glyphs[..end]
        .iter()
        .rposition(|glyph| glyph.look == Look::Space)
        .map_or(0, |space| space + 1);
    let said = Statement { head: start..end, value: sign + 1..glyphs.len(), sign: true };
    let (key, exact) = reading.key(&said)?;
    let meant = (exact || key == Key::Private) && key != Key::Rights;
    (meant && begins_with_yes(&reading.words(said.value.clone()))).then(|| (reading.place(&said.head), exact))
}

/// `#private`, `{private}`, `[draft]`, `private!`: the word alone, with a sign that makes a tag of it.
fn tag(reading: &Reading) -> Option<Held> {
    let glyphs = &reading.glyphs;
    let begins = |at: usize| {
        glyphs[at].look == Look::Sign('#')
            && (at == 0 || matches!(glyphs[at - 1].look, Look::Space | Look::Sign('(' | '[' | '{')))
    };
    let ends = |at: usize| {
        glyphs.get(at).is_none_or(|glyph| {
            !matches!(glyph.look, Look::Colon | Look::Equals | Look::Dash) && !glyph.is_letter()
        })
    };
    let hashed = (0..glyphs.len()).filter(|&at| begins(at)).find_map(|at| {
        let length = glyphs[at + 1..]
            .iter()
            .position(|glyph| !glyph.is_letter())
            .unwrap_or(glyphs.len() - at - 1);
        let head = at + 1..at + 1 + length;
        let ours = reading
            .key_of(&head)
            .filter(|(key, exact)| *exact && *key != Key::Rights)
            .map(|(key, _)| key);
        let key = ours.or_else(|| words::meaning(reading.typed(&head)).and_then(key_of))?;
        let is_tag =
            ends(head.end) && (reading.first_letter(0) == head.start || only_tags(reading, head.end));
        is_tag.then(|| Held { key, place: reading.place(&head) })
    });
    hashed.or_else(|| word_alone(reading))
}

/// Whether nothing but more tags follows: "The tag #private was used" is a sentence.
fn only_tags(reading: &Reading, from: usize) -> bool {
    let glyphs = &reading.glyphs;
    let begins = |at: usize| {
        glyphs[at].is_letter() && !glyphs[at - 1].is_letter() && glyphs[at - 1].look != Look::Dash
    };
    (from.max(1)..glyphs.len())
        .filter(|&at| begins(at))
        .all(|at| glyphs[at - 1].look == Look::Sign('#'))
}

fn word_alone(reading: &Reading) -> Option<Held> {
    let glyphs = &reading.glyphs;
    let start = reading.first_letter(0);
    let end = glyphs.iter().rposition(|glyph| glyph.is_letter())? + 1;
    let (key, exact) = reading.key_of(&(start..end))?;
    let is_mark = |look: Look| {
        matches!(look, Look::Sign('{' | '[' | '!' | '@' | '%' | '<' | '\\' | '【' | '「') | Look::Equals)
    };
    let before = glyphs[..start].iter().any(|glyph| is_mark(glyph.look));
    let behind = glyphs.get(end).is_some_and(|glyph| is_mark(glyph.look));
    let named = glyphs[..start].last().is_some_and(|glyph| glyph.look == Look::Colon)
        && glyphs.get(end).is_some_and(|glyph| glyph.look == Look::Colon);
    let is_link = glyphs[..start]
        .windows(2)
        .any(|pair| pair.iter().all(|glyph| glyph.look == Look::Sign('[')));
    (exact && key != Key::Rights && !is_link && (before || behind || named))
        .then(|| Held { key, place: reading.place(&(start..end)) })
}

/// `| private | true |`: a cell with the word, and the answer in the next one.
fn cells(reading: &Reading) -> Option<Held> {
    let bars: Vec<usize> = (0..reading.glyphs.len())
        .filter(|&at| reading.glyphs[at].look == Look::Sign('|'))
        .collect();
    let starts = std::iter::once(0).chain(bars.iter().map(|bar| bar + 1));
    let ends = bars.iter().copied().chain([reading.glyphs.len()]);
    let all: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    all.windows(2).find_map(|pair| {
        let (key, exact) = reading.key_of(&pair[0])?;
        let value = reading.words(pair[1].clone());
        let meant = if key == Key::Rights {
            strict_rights(&value).is_some()
        } else {
            truth(&value) == Some(true) && value != "1"
        };
        (exact && meant).then(|| Held { key, place: reading.place(&pair[0]) })
    })
}

/// A line that is nothing but a key and a yes, whatever stands between them: `private → true`, `p r i v a t
/// e: true`.
fn with_yes(reading: &Reading) -> Option<Range<usize>> {
    const LONGEST: usize = 16;
    let letters: Vec<usize> = (0..reading.glyphs.len())
        .filter(|&at| reading.glyphs[at].is_letter())
        .take(LONGEST + 1)
        .collect();
    if letters.len() > LONGEST {
        return None;
    }
    ["true", "yes"].iter().find_map(|yes| {
        let cut = letters.len().checked_sub(yes.len()).filter(|&cut| cut > 0)?;
        let mut ends = letters[cut..].iter().zip(yes.chars());
        let says_yes = ends.all(|(&at, c)| reading.glyphs[at].look == Look::Letter(c));
        let head = letters[0]..letters[cut - 1] + 1;
        let (key, exact) = reading.key_of(&head).filter(|_| says_yes)?;
        (key == Key::Private || key == Key::Draft && exact).then(|| reading.place(&head))
    })
}

#[cfg(test)]
mod tests;
