//! Instructions: what people write to whoever publishes, where fields stand or as a value. "Please don't
//! publish this", `do not publish before June`, `EMBARGO: Friday 9am`, `private (source at risk)`, "This note
//! is private."
//!
//! An instruction is a courtesy, a word or phrase of the table, and a tail: an object ("this"), a term
//! ("until the trial"), or a reason apart from it (in brackets, behind a comma or a dash). With another tail
//! the words begin a sentence: "Private schools were closed." A term that ended before this program was made
//! is history: "Private until 1923."

use std::ops::Range;

use super::stated::key_of;
use super::statement::Key;
use super::words::{self, Meaning, is_loud, without_version};

/// An instruction has no more words, with its reason; one that begins with a single word has fewer.
const MOST: usize = 16;
const FEW: usize = 8;

/// What stands before an instruction and says nothing.
const COURTESY: &[&str] = &[
    "please",
    "pls",
    "plz",
    "kindly",
    "bitte",
    "prego",
    "xin",
    "vui",
    "lòng",
    "пожалуйста",
    "por",
    "favor",
    "this",
    "these",
    "note",
    "notes",
    "is",
    "are",
    "file",
    "page",
    "source",
    "text",
    "keep",
    "still",
    "strictly",
    "very",
    "diese",
    "dieser",
    "dies",
    "notiz",
    "ist",
    "cette",
    "est",
    "esta",
    "nota",
    "es",
    "é",
    "begin",
    "beginning",
    "start",
    "end",
    "of",
];
/// What a phrase goes on with, or a word: a term.
const TERMS: &[&str] = &[
    "until", "till", "til", "before", "unless", "bis", "vor", "jusqu", "avant", "hasta", "antes", "fino",
    "prima", "até", "tot", "voor", "do", "przed", "до", "trước", "đến", "cho", "sampai", "yet", "pending",
];
/// What a phrase goes on with: an object, or how.
const OBJECTS: &[&str] = &[
    "this", "it", "that", "these", "them", "any", "anything", "anywhere", "here", "the", "his", "her",
    "their", "our", "my", "name", "names", "without", "online", "please", "under", "bitte", "for", "to",
    "because", "as", "since", "while", "only", "now", "outside", "diese", "dies",
];
/// Phrases that a sentence may begin with: "Not before noon did he come." A day, or a word or two, follow.
const DEADLINES: &[&str] = &["not before", "hold until", "held until", "nicht vor"];
/// Words that make a sentence of what stands before them.
pub const VERBS: &[&str] = &[
    "was", "is", "were", "are", "had", "has", "said", "says", "wrote", "read", "reads", "stood", "stands",
    "appears", "appeared", "became", "means", "meant", "told", "added", "replied", "asked", "stamped",
];

/// What an instruction holds back, if a text is one.
pub fn instruction(typed: &str) -> Option<Key> {
    Words::of(typed)?.instruction(0)
}

/// Whether a key waits for a day: `private until`, `embargoDate`, `draft_until`.
pub fn waits(key: &str) -> bool {
    const ENDS: &[&str] =
        &["lifts", "until", "till", "til", "date", "day", "ends", "end", "before", "bis", "time", "to"];
    let key = apart(key);
    let Some(words) = Words::of(&key) else { return false };
    words.core(0).is_some_and(|core| {
        let rest = words.from(core.end);
        let is_term = |word: &Range<usize>| ENDS.contains(&words.typed[word.clone()].to_lowercase().as_str());
        core.meaning == Meaning::Until && rest.is_empty() || !rest.is_empty() && rest.iter().all(is_term)
    })
}

/// Whether a value puts something off: `after trial`, `when he is dead`.
pub fn is_later(value: &str) -> bool {
    const LATER: &[&str] =
        &["after", "when", "once", "later", "nach", "après", "después", "dopo", "sau", "после"];
    let first = value.split_whitespace().next().unwrap_or_default().to_lowercase();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    LATER.contains(&first) || TERMS.contains(&first) && !value.trim().ends_with('.')
}

/// `privateUntil` → `private Until`, and `_` parts words.
pub fn apart(key: &str) -> String {
    let mut apart = String::with_capacity(key.len() + 4);
    let mut above = ' ';
    for c in key.chars() {
        if above.is_lowercase() && c.is_uppercase() {
            apart.push(' ');
        }
        apart.push(if c == '_' { ' ' } else { c });
        above = c;
    }
    apart
}

/// A short text in words.
struct Words<'a> {
    typed: &'a str,
    words: Vec<Range<usize>>,
}

/// The word or phrase of the table.
struct Core {
    meaning: Meaning,
    start: usize,
    end: usize,
    /// How many words it has.
    count: usize,
}

impl<'a> Words<'a> {
    fn of(typed: &'a str) -> Option<Words<'a>> {
        const LONGEST: usize = 240;
        if typed.len() > LONGEST {
            return None;
        }
        let mut words: Vec<Range<usize>> = Vec::new();
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}');
        for (at, c) in typed.char_indices().filter(|(_, c)| joins(*c)) {
            let end = at + c.len_utf8();
            match words.last_mut() {
                Some(word) if word.end == at => word.end = end,
                _ if c.is_alphanumeric() => words.push(at..end),
                _ => {}
            }
        }
        (!words.is_empty() && words.len() <= MOST).then_some(Words { typed, words })
    }

    fn from(&self, at: usize) -> &[Range<usize>] {
        &self.words[self.words.partition_point(|word| word.start < at)..]
    }

    fn lower(&self, word: usize) -> String {
        self.typed[self.words[word].clone()].to_lowercase()
    }

    /// The longest phrase of the table that begins with a word.
    fn core(&self, first: usize) -> Option<Core> {
        let most = words::LONGEST.min(self.words.len() - first);
        let start = self.words.get(first)?.start;
        (1..=most).rev().find_map(|count| {
            let end = self.words[first + count - 1].end;
            let typed = &self.typed[start..end];
            // A full stop and the like part phrases.
            let meaning = words::meaning(without_version(typed)).or_else(|| words::meaning(typed))?;
            let holds = key_of(meaning).is_some() || meaning == Meaning::Until;
            (holds && !typed.contains(". ")).then_some(Core { meaning, start, end, count })
        })
    }

    fn instruction(&self, first: usize) -> Option<Key> {
        let courtesy = (first..self.words.len())
            .take_while(|&word| self.core(word).is_none() && COURTESY.contains(&self.lower(word).as_str()))
            .count();
        let core = self.core((first + courtesy).min(self.words.len() - 1))?;
        let before = self.words[first].start;
        // Courtesies stand in one line with what they are said of.
        let is_one = !self.typed[before..core.start].contains(['.', '?', ';']);
        (is_one && self.is_tail(&core)).then(|| key_of(core.meaning).unwrap_or(Key::Draft))
    }

    /// Whether what stands behind the phrase leaves it an instruction.
    fn is_tail(&self, core: &Core) -> bool {
        let typed = &self.typed[core.start..core.end];
        let is_phrase = core.count > 1 && core.meaning != Meaning::Until;
        let is_loud = is_loud(typed);
        let rest = self.from(core.end);
        let Some(next) = rest.first() else { return true };
        if (self.words.len() > FEW && !is_phrase) || is_history(&self.typed[core.end..]) {
            return false;
        }
        let word = self.typed[next.clone()].to_lowercase();
        let between = self.typed[core.end..next.start].trim();
        let said = rest
            .iter()
            .take(4)
            .any(|word| VERBS.contains(&self.typed[word.clone()].to_lowercase().as_str()));
        let last = typed
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match between.chars().next() {
            None if core.count > 1 && DEADLINES.contains(&typed.to_lowercase().as_str()) => {
                rest.len() <= if word.starts_with(|c: char| c.is_ascii_digit()) { 4 } else { 2 }
            }
            None if core.count > 1 && (is_term(&last) || last == "after") => !said,
            None if is_term(&word) => self.is_short_term(core),
            None if core.meaning == Meaning::Until => {
                word.starts_with(|c: char| c.is_ascii_digit()) || is_loud && !said
            }
            None if is_phrase => OBJECTS.contains(&word.as_str()) && !said,
            None => word == "for" && self.is_for_now(rest),
            Some('(' | '[') => {
                let behind = self.typed[next.start..]
                    .split_once([')', ']'])
                    .map_or("", |(_, behind)| behind);
                !behind.contains(char::is_alphanumeric)
                    && (core.meaning != Meaning::Draft || is_loud || self.goes_on(next))
            }
            Some(':') if core.meaning == Meaning::Until => is_loud && !said,
            Some(',' | ';' | '/' | '–' | '—' | '-' | '.' | '!' | '&' | '+' | '|' | ':' | '…') => {
                (is_phrase || is_loud) && !said || self.goes_on(next) || self.is_for_now(rest)
            }
            Some(_) => false,
        }
    }

    /// Whether another instruction stands there: "Private, do not publish".
    fn goes_on(&self, next: &Range<usize>) -> bool {
        let at = self.words.partition_point(|word| word.start < next.start);
        let term = is_term(&self.lower(at));
        term || self.core(at).is_some_and(|core| self.from(core.end).is_empty())
            || self.core(at).is_some_and(|core| core.count > 1)
    }

    /// Behind a single word a term ends the text: "Private until 3 May, the beach was crowded." goes on.
    fn is_short_term(&self, core: &Core) -> bool {
        core.count > 1 || !self.typed[core.end..].contains([',', ';'])
    }

    fn is_for_now(&self, rest: &[Range<usize>]) -> bool {
        let words: Vec<String> = rest
            .iter()
            .map(|word| self.typed[word.clone()].to_lowercase())
            .collect();
        matches!(words.join(" ").as_str(), "for now" | "for the moment" | "for the time being")
    }
}

/// Whether a word begins a term: `until`, `jusqu'au`.
fn is_term(word: &str) -> bool {
    let first = word.split(['\'', '’']).next().unwrap_or_default();
    TERMS.contains(&word) || TERMS.contains(&first)
}

/// Whether the last year of a text lies before this program was made.
fn is_history(typed: &str) -> bool {
    let numbers = typed.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse::<u32>().ok());
    years.next_back().is_some_and(|year| (1000..2020).contains(&year))
}
