//! Laws of anchoring over sources as people have them: what is copied as it is seen stands, and what is
//! changed does not pass in silence.
//!
//! A document is made of units (paragraphs, lists, dialogue, tables, notes, hyphens, signs of Han), each
//! typed as plain text, Markdown or a page, and parsed as every source is. What a person sees of it is known,
//! line by line.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::parse;

/// How many documents a law is tried with.
fn cases(few: u32) -> ProptestConfig {
    let slow = std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty());
    ProptestConfig::with_cases(if slow { few * 40 } else { few })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Text,
    Markdown,
    Page,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Paragraph,
    Signs,
    Numbers,
    Dialogue,
    Table,
    Notes,
    Hyphens,
    Han,
    Mail,
    Amounts,
}

const KINDS: [Kind; 10] = [
    Kind::Paragraph,
    Kind::Signs,
    Kind::Numbers,
    Kind::Dialogue,
    Kind::Table,
    Kind::Notes,
    Kind::Hyphens,
    Kind::Han,
    Kind::Mail,
    Kind::Amounts,
];

#[derive(Clone, Debug)]
struct Unit {
    kind: Kind,
    /// The first number of a list, and which of its styles it has.
    start: u32,
    style: usize,
    lines: Vec<Vec<String>>,
}

/// A line as a person sees it, and what parts it from the one before.
#[derive(Clone, Debug)]
struct Seen {
    glue: &'static str,
    text: String,
}

struct Document {
    source: String,
    seen: Vec<Seen>,
}

fn word() -> impl Strategy<Value = String> {
    let name = |word: &str| word.to_string();
    prop_oneof![
        6 => prop::sample::select(vec!["the", "of", "and", "to", "in", "was", "not", "for", "on", "with"])
            .prop_map(name),
        6 => "[bdfgklmnprst][aeiou][bdfgklmnprst][aeiou][bdfgklmnprst]{1,2}",
        2 => (2_u32..9_999).prop_map(|number| number.to_string()),
        1 => prop::sample::select(vec!["1,500", "41,200", "3.5", "10:30", "1914–18", "17-1234", "“so”",
            "it’s", "naïve", "12/05/2021"])
            .prop_map(name),
    ]
}

/// Lines begin and end with words of their own, so that each stands once and no number is cut where one ends.
fn line() -> impl Strategy<Value = Vec<String>> {
    let rare = || "[bcdfg][aeiou][klmnp][aeiou][rstvz][aeiou][bcdfg][a-z]{4}";
    (rare(), prop::collection::vec(word(), 3..9), rare()).prop_map(|(first, words, last)| {
        // Two numbers side by side may read as one.
        let mut line = vec![first];
        for word in words {
            let digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
            if digit(&word) && line.last().is_some_and(|last| digit(last)) {
                line.push("boats".to_string());
            }
            line.push(word);
        }
        line.push(last);
        line
    })
}

fn unit() -> impl Strategy<Value = Unit> {
    (prop::sample::select(KINDS.to_vec()), 1_u32..30, 0_usize..4, prop::collection::vec(line(), 1..5))
        .prop_map(|(kind, start, style, lines)| Unit { kind, start, style, lines })
}

fn units() -> impl Strategy<Value = Vec<Unit>> {
    prop::collection::vec(unit(), 1..6)
}

fn form() -> impl Strategy<Value = Form> {
    prop::sample::select(vec![Form::Text, Form::Markdown, Form::Page])
}

fn document(form: Form, units: &[Unit]) -> Document {
    let mut document = Document { source: String::new(), seen: Vec::new() };
    for unit in units {
        let (source, mut seen) = match form {
            Form::Text => unit.text(),
            Form::Markdown => unit.markdown(),
            Form::Page => unit.page(),
        };
        seen.iter_mut().take(1).for_each(|first| first.glue = "\n");
        document.source += &source;
        document.source += "\n\n";
        document.seen.extend(seen);
    }
    document
}

const SIGNS: [&str; 4] = ["-", "–", "•", "*"];

impl Unit {
    fn words(&self) -> Vec<String> {
        self.lines.iter().map(|words| words.join(" ")).collect()
    }

    fn label(&self, at: usize) -> String {
        let number = self.start + at as u32;
        match self.style {
            0 => format!("{number}."),
            1 => format!("{number})"),
            2 => format!("({number})"),
            _ => format!("[{number}]"),
        }
    }

    /// As a plain text: the file is what is seen, line by line.
    fn text(&self) -> (String, Vec<Seen>) {
        let words = self.words();
        let line = |(at, words): (usize, &String)| match self.kind {
            Kind::Paragraph | Kind::Han | Kind::Hyphens => words.clone(),
            Kind::Signs => format!("{} {words}", SIGNS[self.style]),
            Kind::Numbers => format!("{} {words}", self.label(at)),
            Kind::Dialogue => format!("— {words}, dit-il."),
            Kind::Table => words.replace(" and ", "\t"),
            Kind::Notes => format!("{words}.[{}]", self.start as usize + at),
            Kind::Mail => format!("> {words}"),
            Kind::Amounts => amount(words, self.style),
        };
        let mut lines: Vec<String> = words.iter().enumerate().map(line).collect();
        if self.kind == Kind::Han {
            lines.iter_mut().for_each(|line| *line = han(line));
        }
        if self.kind == Kind::Hyphens {
            lines = hyphenated(&lines);
        }
        let seen = lines
            .iter()
            .map(|text| Seen { glue: "\n", text: text.clone() })
            .collect();
        (lines.join("\n"), seen)
    }

    fn markdown(&self) -> (String, Vec<Seen>) {
        let words = self.words();
        let numbered = || {
            words
                .iter()
                .enumerate()
                .map(|(at, words)| format!("{}. {words}", self.start as usize + at))
        };
        match self.kind {
            Kind::Signs => (words.iter().map(|words| format!("- {words}\n")).collect(), lined(words)),
            Kind::Numbers => (numbered().map(|line| line + "\n").collect(), lined(numbered().collect())),
            Kind::Dialogue => (
                words.iter().map(|words| format!("— {words}.\n\n")).collect(),
                lined(words.iter().map(|words| format!("— {words}.")).collect()),
            ),
            Kind::Table => (table(&words), lined(words)),
            Kind::Mail => (words.iter().map(|words| format!("> {words}\n")).collect(), spaced(words)),
            Kind::Paragraph | Kind::Notes | Kind::Hyphens | Kind::Han | Kind::Amounts => {
                (words.join("\n"), spaced(words))
            }
        }
    }

    fn page(&self) -> (String, Vec<Seen>) {
        let words = self.words();
        let each = |open: &str, close: &str| {
            words
                .iter()
                .map(|words| format!("{open}{words}{close}"))
                .collect::<String>()
        };
        let number = |at: usize| self.start as usize + at;
        match self.kind {
            Kind::Signs => (format!("<ul>{}</ul>", each("<li>", "</li>")), lined(words)),
            Kind::Numbers => {
                let seen = words
                    .iter()
                    .enumerate()
                    .map(|(at, words)| format!("{}. {words}", number(at)))
                    .collect();
                (format!("<ol start={}>{}</ol>", self.start, each("<li>", "</li>")), lined(seen))
            }
            Kind::Dialogue => {
                (each("<p>— ", "</p>"), lined(words.iter().map(|words| format!("— {words}")).collect()))
            }
            Kind::Table => {
                let rows = words
                    .iter()
                    .map(|words| format!("<tr><td>{}</td></tr>", words.replacen(' ', "</td><td>", 1)));
                (
                    format!("<table>{}</table>", rows.collect::<String>()),
                    lined(words.iter().map(|words| words.replacen(' ', "\t", 1)).collect()),
                )
            }
            Kind::Notes => {
                let note = |(at, words): (usize, &String)| {
                    format!("<p>{words}<sup><a href=\"#n{0}\">[{0}]</a></sup></p>", number(at))
                };
                let seen = words
                    .iter()
                    .enumerate()
                    .map(|(at, words)| format!("{words}[{}]", number(at)))
                    .collect();
                (words.iter().enumerate().map(note).collect(), lined(seen))
            }
            Kind::Hyphens => {
                (format!("<p>{}</p>", words.join("\n").replace("oat", "o&shy;at")), spaced(words))
            }
            Kind::Han => {
                let lines: Vec<String> = words.iter().map(|words| han(words)).collect();
                (format!("<p>{}</p>", lines.join("<br>")), lined(lines))
            }
            Kind::Mail => (format!("<blockquote>{}</blockquote>", each("<p>", "</p>")), lined(words)),
            Kind::Paragraph | Kind::Amounts => (format!("<p>{}</p>", words.join("\n")), spaced(words)),
        }
    }
}

fn lined(lines: Vec<String>) -> Vec<Seen> {
    lines.into_iter().map(|text| Seen { glue: "\n", text }).collect()
}

fn spaced(lines: Vec<String>) -> Vec<Seen> {
    lines.into_iter().map(|text| Seen { glue: " ", text }).collect()
}

fn table(lines: &[String]) -> String {
    let row = |words: &String| format!("| {} |\n", words.replacen(' ', " | ", 1));
    lines
        .iter()
        .enumerate()
        .map(|(at, words)| if at == 0 { row(words) + "| --- | --- |\n" } else { row(words) })
        .collect()
}

/// Each word as a sign of Han, numbers between them as they are.
fn han(words: &str) -> String {
    let sign = |word: &str| -> String {
        let sign = |c: char| char::from_u32(0x6C10 + (u32::from(c) * 37) % 0x500).unwrap_or('字');
        word.chars().map(sign).collect()
    };
    let piece = |word: &str| {
        if word.bytes().all(|byte| byte.is_ascii_digit()) { word.to_string() } else { sign(word) }
    };
    words.split(' ').map(piece).collect::<Vec<_>>().concat()
}

/// The last word of each line goes on in the next one.
fn hyphenated(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = String::new();
    for (at, line) in lines.iter().enumerate() {
        let line = format!("{rest}{line}");
        rest = String::new();
        let cut = line.len() - 4;
        if at + 1 < lines.len() {
            rest = format!("{} ", &line[cut..]);
            out.push(format!("{}-", &line[..cut]));
        } else {
            out.push(line);
        }
    }
    out
}

/// A line with a sum, a degree, a paragraph in front of its last word.
fn amount(words: &str, style: usize) -> String {
    let amount = ["for $ 1,500 by", "at -3 °C by", "under § 65.10 (1) by", "at > 5 mg by"][style];
    words
        .rsplit_once(' ')
        .map_or(words.to_string(), |(before, last)| format!("{before} {amount} {last}"))
}

fn parsed(form: Form, source: &str) -> Arc<Body> {
    let name = match form {
        Form::Text => "seeds/a.txt",
        Form::Markdown => "seeds/a.md",
        Form::Page => "seeds/a.html",
    };
    let path = InputPath::new(name).expect("the path is sound");
    parse::source::source(&path, source).value.body
}

fn sought(body: &Body, quote: &str) -> Found {
    let words = Words { text: quote.to_string(), ..Words::default() };
    let quote = Quote { read: words.clone(), typed: words };
    find(&Wanted::new(&quote, None), &Haystack::new(&*body.reading, &body.roles()))
}

fn is_silent(found: &Found, body: &Body) -> bool {
    let hides = || {
        found
            .anchors
            .iter()
            .any(|anchor| elision::hidden(&body.reading, anchor).is_some())
    };
    found.verdict.holds() && found.remarks.is_empty() && !hides()
}

fn stretch(seen: &[Seen], from: usize, length: usize) -> String {
    let from = from % seen.len();
    let to = (from + 1 + length).min(seen.len());
    let text: String = seen[from..to]
        .iter()
        .map(|line| format!("{}{}", line.glue, line.text))
        .collect();
    text[seen[from].glue.len()..].to_string()
}

/// The number of a text that is asked for, as a range.
fn number(text: &str, which: usize) -> Option<Range<usize>> {
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(|c: char| c.is_ascii_digit()))
        .map(|(at, _)| at)
        .collect();
    let start = *starts.get(which % starts.len().max(1))?;
    Some(start..start + text[start..].bytes().take_while(u8::is_ascii_digit).count())
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_is_copied_as_it_is_seen_stands(form in form(), units in units(), from in 0_usize..99,
        length in 0_usize..5) {
        let document = document(form, &units);
        let body = parsed(form, &document.source);
        let quote = stretch(&document.seen, from, length);
        let found = sought(&body, &quote);
        prop_assert!(is_silent(&found, &body), "{form:?} {quote:?}\nof {}\nread \
            {:?}\n{found:?}", document.source, body.reading);
    }

    #[test]
    fn a_text_in_which_words_stand_has_each_word_and_number_that_they_need(form in form(), units in units(),
        from in 0_usize..99, length in 0_usize..5) {
        let document = document(form, &units);
        let body = parsed(form, &document.source);
        let words = Words { text: stretch(&document.seen, from, length), ..Words::default() };
        let quote = Quote { read: words.clone(), typed: words };
        let stands = stands(&quote, &Haystack::new(&body.reading, &body.roles())).is_some();
        let known = vocabulary::Vocabulary::of(&body.reading, &body.roles());
        let needed = vocabulary::Needed::by(&quote);
        prop_assert!(!stands || known.may_hold(&needed), "{form:?} {quote:?}\nof {}\nread \
            {:?}\n{needed:?}", document.source, body.reading);
    }

    #[test]
    fn a_number_that_is_changed_is_refused_or_told(
        form in form(), units in units(), from in 0_usize..99, length in 0_usize..5, which in 0_usize..20,
            how in 0_usize..3, by in 1_u8..9,
    ) {
        let document = document(form, &units);
        let body = parsed(form, &document.source);
        let mut quote = stretch(&document.seen, from, length);
        let Some(range) = number(&quote, which) else { return Ok(()) };
        let mut digits = quote[range.clone()].to_string();
        let digit = (digits.as_bytes()[0] - b'0' + by) % 10;
        let begins_line = range.start == 0 || quote[..range.start].ends_with('\n');
        match how {
            0 => digits.replace_range(0..1, &digit.to_string()),
            1 => digits.push_str(&digit.to_string()),
            // The number of a line may be left out as a whole.
            _ if digits.len() == 1 && begins_line => return Ok(()),
            _ => { digits.pop(); }
        }
        quote.replace_range(range, &digits);
        let found = sought(&body, &quote);
        prop_assert!(!is_silent(&found, &body), "{form:?} {quote:?}\nof {}\n{found:?}", document.source);
    }

    #[test]
    fn a_negation_that_is_put_in_or_left_out_is_refused_or_told(
        form in form(), units in units(), from in 0_usize..99, length in 0_usize..5, which in 0_usize..20,
            out in any::<bool>(), gap in any::<bool>(),
    ) {
        let document = document(form, &units);
        let body = parsed(form, &document.source);
        let quote = stretch(&document.seen, from, length);
        let with = if gap { " [...] " } else { " " };
        let places: Vec<usize> = quote.match_indices(if out { " not " } else { " " }).map(|(at, _)| at)
            .collect();
        let Some(&at) = places.get(which % places.len().max(1)) else { return Ok(()) };
        let changed = match out {
            true => format!("{}{with}{}", &quote[..at], &quote[at + " not ".len()..]),
            false => format!("{} not {}", &quote[..at], &quote[at + 1..]),
        };
        let found = sought(&body, &changed);
        prop_assert!(!is_silent(&found, &body), "{form:?} {changed:?}\nof {}\n{found:?}", document.source);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn no_role_lets_another_number_pass(n in 12_u32..90, m in 2_u32..9, hidden in 0_usize..HIDING.len()) {
        let hide = |words: &str| HIDING[hidden].replace('@', words);
        let (o, next) = (n + 1, m + 1);
        let notes = format!("<ol><li id=f{m}>One.</li><li id=f{next}>Two.</li></ol>");
        let page = format!(
            "<p>The yard held {n}<sup>{m}</sup> grains at dusk.</p><p>The pier took {n},200<sup><a \
                href=\"#f{m}\">{m}</a></sup> casks of it.</p>\
             <p>They sold <del>{n}</del> {m} carts then.</p><p>The order is <s>not</s> in force by now.</p>\
             <p>The gate is {}locked at night.</p><p>The mill has 4{}1 wheels here.</p><p>So \
             log<sub>2</sub>{n} is small.</p>\
             <p>It lost {n}<sup>1</sup>/<sub>2</sub> tons of tar.</p><p>The guard is never paid in gold.</p>\
             <ol start={n}><li>Ropes are wet</li><li>Sails are dry</li></ol>{notes}",
            hide("never "), hide("0"),
        );
        let body = parsed(Form::Page, &page);
        for stands in [
            format!("The yard held {n}^{m} grains"), format!("The pier took {n},200 casks"),
                format!("The pier took {n},200[{m}] casks"),
            format!("They sold {m} carts"), "The order is in force".to_string(),
                "The gate is locked".to_string(),
            format!("log<sub>2</sub>{n} is small"), format!("It lost {n} 1/2 tons"), format!("{n}. Ropes are \
                wet\n{o}. Sails are dry"),
            "Ropes are wet\nSails are dry".to_string(),
        ] {
            prop_assert!(is_silent(&sought(&body, &stands), &body), "{stands} {:?} {page}",
                sought(&body, &stands));
        }
        for fails in [
            format!("The yard held {n}{m} grains"), format!("The yard held {n} grains"),
                format!("The yard held {n}^{next} grains"),
            format!("The pier took {n},200\
                {m} casks"), format!("The pier took {n},200[\
                    {next}] casks"), format!("They sold {n}{m} carts"),
            format!("They sold {n} {m} carts"), format!("They sold {n} carts"),
                "The order is not in force".to_string(),
            "The gate is never locked".to_string(), "The mill has 401 wheels".to_string(),
                format!("log2{n} is small"),
            format!("It lost {n}1/2 tons"), format!("It lost {n} tons"), format!("{o}. Ropes are wet"),
                format!("Ropes are wet\n{n}. Sails are dry"),
            "The guard is [...] pai\
                d in gold".to_string(), "The guard is paid in gold".to_string(), "The guard is [always] pai\
                    d in gold".to_string(),
        ] {
            prop_assert!(!is_silent(&sought(&body, &fails), &body), "{fails} {page}");
        }
    }
}

/// Means by which a page shows nobody its words.
const HIDING: [&str; 8] = [
    "<span hidden>@</span>",
    "<span style=\"display:none\">@</span>",
    "<span style=\"visibility:hidden\">@</span>",
    "<span style=\"font-size:0\">@</span>",
    "<span style=\"opacity:0\">@</span>",
    "<style>.a { .b { display: none } }</style><span class=a><span class=b>@</span></span>",
    "<style>:root { --x: none } .v { display: var(--x) }</style><span class=v>@</span>",
    "<style>span:has(.c) { display: none }</style><span>@<i class=c></i></span>",
];

/// A text made to mislead takes no more steps than its length.
#[test]
fn a_search_takes_steps_as_a_text_is_long() {
    let steps = |source: &str, quote: &str| {
        let body = parsed(Form::Text, source);
        let words = Words { text: quote.to_string(), ..Words::default() };
        walk::STEPS.set(0);
        stands(&Quote { read: words.clone(), typed: words }, &Haystack::new(&*body.reading, &body.roles()));
        walk::STEPS.get()
    };
    let many =
        if std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty()) { 2_000 } else { 150 };
    let pieces = [
        "a ", "a", "1. a\n", "[1] a ", "a.1 ", "> 5 a\n", "_a_ ", "a-\n", "not a ", "人1", "a|b ", "1 234 ",
        "- a\n", "a¹ ", "(i) a\n",
    ];
    for piece in pieces {
        for quoted in [
            format!("{}b", piece.repeat(12)),
            format!("{}b", piece.replace(['1', '>', '-', '_'], "").repeat(12)),
            piece.repeat(12),
        ] {
            let (once, twice) =
                (steps(&piece.repeat(many), &quoted), steps(&piece.repeat(2 * many), &quoted));
            assert!(twice <= 2 * once + once / 4 + 1_000, "{piece:?} {quoted:.20?}: {once}, then {twice}");
        }
    }
}
