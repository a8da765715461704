//! Mistakes in quotations: words that differ from the source, stand in it twice, in another one, or nowhere.

use crate::model::path::InputPath;
use crate::model::quote::{Difference, Occurrence, Weight};
use crate::model::span::{Place, Span};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &QUOTE_DRIFTED,
    &FIGURE_DIFFERS,
    &QUOTE_AMBIGUOUS,
    &QUOTE_MOVED,
    &QUOTE_ABSENT,
    &QUOTE_EMPTY,
    &QUOTE_ALTERED,
    &QUOTE_UNATTRIBUTED,
    &QUOTE_SWALLOWS,
    &QUOTE_IN_TEXT,
    &NO_QUOTATION,
    &WRONG_OCCURRENCE,
    &WITHHELD_WORDS,
];

pub static WITHHELD_WORDS: Code = Code {
    name: "withheld-words",
    severity: Severity::Error,
    summary: "a title, a comment or another text that repeats eight words or more of a text whose rights \
        withhold them",
};
pub static QUOTE_DRIFTED: Code = Code {
    name: "quote-drifted",
    severity: Severity::Error,
    summary: "a quotation whose words differ from its passage",
};
pub static FIGURE_DIFFERS: Code = Code {
    name: "figure-differs",
    severity: Severity::Error,
    summary: "a quotation with a number that its passage does not have",
};
pub static QUOTE_AMBIGUOUS: Code = Code {
    name: "quote-ambiguous",
    severity: Severity::Error,
    summary: "a quotation that fits several places of its source",
};
pub static QUOTE_MOVED: Code = Code {
    name: "quote-moved",
    severity: Severity::Error,
    summary: "a quotation that stands, word for word, in another source",
};
pub static QUOTE_ABSENT: Code = Code {
    name: "quote-absent",
    severity: Severity::Error,
    summary: "a quotation that stands nowhere in its source",
};
pub static QUOTE_EMPTY: Code =
    Code { name: "quote-empty", severity: Severity::Error, summary: "a quotation without words" };
pub static QUOTE_ALTERED: Code = Code {
    name: "quote-altered",
    severity: Severity::Hint,
    summary: "square brackets that stand for words of the source",
};
pub static QUOTE_UNATTRIBUTED: Code = Code {
    name: "quote-unattributed",
    severity: Severity::Warning,
    summary: "a block quotation that names no source, and stands in none that could be meant",
};
pub static QUOTE_SWALLOWS: Code = Code {
    name: "quote-swallows",
    severity: Severity::Error,
    summary: "a quotation with lines below it that have no `>`",
};
pub static QUOTE_IN_TEXT: Code = Code {
    name: "quote-in-text",
    severity: Severity::Warning,
    summary: "words in quotation marks that do not stand in the source that is named beside them",
};
pub static NO_QUOTATION: Code = Code {
    name: "no-quotation",
    severity: Severity::Warning,
    summary: "what looks like a quotation where it is typed, and is none",
};
pub static WRONG_OCCURRENCE: Code = Code {
    name: "wrong-occurrence",
    severity: Severity::Error,
    summary: "an `occurrence` that the source does not have",
};

/// A stretch of a source that a message shows.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The source's file.
    pub path: &'a InputPath,
    /// The bytes there; `None` where the format keeps no offsets.
    pub span: Option<Span>,
    /// The words, as the source has them.
    pub words: &'a str,
}

/// More places than this are counted and not told: a letter stands in a text many thousand times.
const MOST_PLACES: usize = 200;
/// More differences than this are counted and not shown.
const MOST_DIFFERENCES: usize = 8;
/// Words shown in a message are cut at this many characters.
const LONGEST: usize = 160;

/// One passage is meant and its words differ. `severity` is what `[quotes] drifted` asks for. `fixed` is the
/// quotation as it should stand, with the bytes that it replaces, where only the words differ.
pub fn quote_drifted(
    at: &Place,
    passage: &Shown,
    differences: &[Difference],
    severity: Severity,
    fixed: Option<(Span, String)>,
) -> Diagnostic {
    let gravest = differences
        .iter()
        .map(|difference| difference.weight)
        .max()
        .unwrap_or(Weight::Words);
    let message = match gravest {
        Weight::Words => "the words differ from the passage in the source",
        Weight::Name => "the passage in the source has another name",
        Weight::Negation => {
            "quotation and source differ in a negation: one may say the opposite of the other"
        }
        Weight::Currency => "quotation and source differ in a currency or unit",
        Weight::Figure => "quotation and source differ in a figure",
    };
    let mistake = Diagnostic { severity, ..Diagnostic::new(&QUOTE_DRIFTED, &at.path, at.span, message) };
    let mistake =
        with_passage(mistake.label("quoted here"), passage, "the source has").help(listed(differences));
    match fixed.filter(|_| gravest == Weight::Words) {
        Some((span, words)) => mistake.fix("quote the source's own words", span, words, false),
        None => mistake.help("compare the passage, then quote the source's own words"),
    }
}

/// As `quote_drifted`, but a number changed.
pub fn figure_differs(at: &Place, passage: &Shown, differences: &[Difference]) -> Diagnostic {
    let figures: Vec<_> = differences
        .iter()
        .filter(|difference| difference.weight == Weight::Figure)
        .collect();
    if let [Difference { quoted, source, .. }, ..] = figures.as_slice()
        && is_number_of_a_line(source)
        && (quoted.is_empty() || is_number_of_a_line(quoted))
    {
        return other_number(at, passage, quoted, source, differences);
    }
    let message = match figures.as_slice() {
        [Difference { quoted, source, .. }] if !quoted.is_empty() && !source.is_empty() => {
            format!("the quotation says `{}`, the source says `{}`", cut(quoted), cut(source))
        }
        [Difference { quoted, source, .. }] if source.is_empty() => {
            format!("the source does not have the figure `{}`", cut(quoted))
        }
        [Difference { source, .. }] => format!("the quotation leaves out the figure `{}`", cut(source)),
        _ => format!("{} figures differ from the source", figures.len()),
    };
    let mistake = Diagnostic::new(&FIGURE_DIFFERS, &at.path, at.span, message).label("quoted here");
    with_passage(mistake, passage, "the source has")
        .help(listed(differences))
        .help(
            "find out which figure is right, then quote the source's own words; if the source was \
            corrected, say so in the note",
        )
}

/// `12.`, `(iii)`, `[54]`
fn is_number_of_a_line(figure: &str) -> bool {
    let number = figure.trim_matches(['.', '(', ')', '[', ']']);
    figure.ends_with(['.', ')', ']']) && !number.is_empty() && number.chars().all(char::is_alphanumeric)
}

/// A line is numbered otherwise in the source, by its list or as it is typed.
fn other_number(
    at: &Place,
    passage: &Shown,
    quoted: &str,
    source: &str,
    differences: &[Difference],
) -> Diagnostic {
    let message = match quoted {
        "" => {
            format!("the quotation leaves out the number of a line, which is `{}` in the source", cut(source))
        }
        quoted => format!(
            "a quoted line has the number `{}`, and this line of the source has `{}`",
            cut(quoted),
            cut(source)
        ),
    };
    let mistake = Diagnostic::new(&FIGURE_DIFFERS, &at.path, at.span, message).label("quoted here");
    let others = if differences.len() > 1 { mistake.help(listed(differences)) } else { mistake };
    with_passage(others, passage, "the source has")
        .help(format!("begin the line with `{}`, as the source does", cut(source)))
        .help("the numbers of a list are those that a page shows; in Markdown, those that are typed")
}

/// Several places fit. `count` is their number; `places` holds the first of them; `countable`: whether an
/// `occurrence` may choose.
pub fn quote_ambiguous(at: &Place, places: &[Shown], count: usize, countable: bool) -> Diagnostic {
    let message = format!("these words stand in {count} places of the source");
    let mistake = Diagnostic::new(&QUOTE_AMBIGUOUS, &at.path, at.span, message).label("which one is meant");
    let mistake = with_places(mistake, places, count).help(
        "quote a few words more, and mark those that you mean: `some words ==before the passage== and after`",
    );
    match countable {
        true => mistake.help(format!("or say which: `occurrence: 1 of {count}`, or `occurrence: all`")),
        false => mistake,
    }
}

/// The words stand in other sources; `there` shows where, each with the source's name.
pub fn quote_moved(at: &Place, source: &str, there: &[(&str, Shown)]) -> Diagnostic {
    let names: Vec<String> = there.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("these words do not stand in `{source}`, but word for word in {}", and(&names));
    let mistake = Diagnostic::new(&QUOTE_MOVED, &at.path, at.span, message).label("quoted here");
    let shown = there
        .iter()
        .fold(mistake, |mistake, (name, shown)| with_passage(mistake, shown, &format!("in `{name}`")));
    match there.first() {
        Some((name, _)) => shown
            .help(format!("say where the words come from: end the quotation with the line `> — [[{name}]]`")),
        None => shown,
    }
}

/// Nothing is near. `nearest` holds what comes nearest, with a share of likeness in percent.
pub fn quote_absent(at: &Place, source: &str, nearest: &[(Shown, u32)]) -> Diagnostic {
    let message = format!("these words do not stand in `{source}`");
    let mistake = Diagnostic::new(&QUOTE_ABSENT, &at.path, at.span, message).label("quoted here");
    let mistake = nearest.iter().fold(mistake, |mistake, (shown, percent)| {
        with_passage(mistake, shown, &format!("{percent} % alike"))
    });
    mistake
        .help("quote the source's own words; copy them from the source rather than from memory")
        .help("if they are your own words, put them into the comment without `>`")
}

/// What a page put between the words, and the quotation without it: said before all other help, since it
/// mostly is what happened.
pub fn with_furniture(mut mistake: Diagnostic, between: &[&str], elided: &str) -> Diagnostic {
    let stands = if between.len() == 1 { "stands" } else { "stand" };
    let between: Vec<String> = between.iter().map(|words| format!("`{}`", cut(words))).collect();
    let elided = elided.split_whitespace().collect::<Vec<_>>().join(" ");
    let between = between.join(" and ");
    mistake.help.insert(
        0,
        format!(
            "only {between} {stands} between the quoted words; if that is no part of the \
            text, leave it out: `> {elided}`"
        ),
    );
    mistake
}

/// Whether a code tells of words that do not stand in one place of the source that they name.
pub fn is_of_a_lost_quotation(code: &Code) -> bool {
    [&QUOTE_DRIFTED, &FIGURE_DIFFERS, &QUOTE_AMBIGUOUS, &QUOTE_MOVED, &QUOTE_ABSENT].contains(&code)
}

/// Such a mistake, where the source was revised since its notes were last checked. `before`: the passage as
/// it was; `now`: what stands in its place, which is shown before all others; `fixed`: as in `quote_drifted`.
pub fn since(
    mistake: Diagnostic,
    before: &str,
    now: Option<&Shown>,
    fixed: Option<(Span, String)>,
) -> Diagnostic {
    let had = cut(before);
    let Some(now) = now else {
        return mistake.help(format!(
            "the source was changed since this was last checked: it had `{had}`, and has nothing like it now"
        ));
    };
    let has = cut(now.words);
    let mut mistake = match now.span {
        Some(span) => {
            let known = mistake
                .related
                .iter()
                .position(|label| label.place.path == *now.path && label.place.span == span);
            let mut mistake = mistake;
            if let Some(known) = known {
                mistake.related.remove(known);
            }
            mistake.also(now.path, span, "where it stood when it was last checked, the source has")
        }
        None => with_passage(mistake, now, "where it stood when it was last checked, the source has"),
    };
    if now.span.is_some()
        && let Some(place) = mistake.related.pop()
    {
        mistake.related.insert(0, place);
    }
    if let Some((span, words)) = fixed {
        mistake = mistake.fix("quote the source's own words", span, words, false);
    }
    match had == has {
        true => mistake
            .help("the source was changed since this was last checked; these words stand there as they did"),
        false => mistake.help(format!(
            "the source was changed since this was last checked: it had `{had}`, and now has `{has}`"
        )),
    }
}

/// `>` and nothing to look for.
pub fn quote_empty(at: &Place) -> Diagnostic {
    Diagnostic::new(&QUOTE_EMPTY, &at.path, at.span, "the quotation has no words")
        .help("quote the words of the source, or delete the line")
}

/// Brackets stand for words of the source.
pub fn quote_altered(at: &Place, passage: &Shown) -> Diagnostic {
    let message =
        "what stands in square brackets is not in the source: the page shows the source's own words";
    with_passage(Diagnostic::new(&QUOTE_ALTERED, &at.path, at.span, message), passage, "the source has")
}

/// A block quotation that names no source. `own`: the source that its file is about, in which it does not
/// stand. `near`: the passage of that source that differs from it a little, and how. `there`: the sources in
/// which it stands word for word.
pub fn quote_unattributed(
    at: &Place,
    own: Option<&str>,
    near: Option<(Shown, &[Difference])>,
    there: &[(&str, Shown)],
) -> Diagnostic {
    let message = match own {
        Some(own) => format!(
            "these words do not stand in `{own}`, and name no other source: they are shown as your own"
        ),
        None => "this block quotation names no source: it is shown as your own words".to_string(),
    };
    let mistake = Diagnostic::new(&QUOTE_UNATTRIBUTED, &at.path, at.span, message);
    let mistake = match near {
        Some((passage, differences)) => {
            with_passage(mistake, &passage, "the source has").help(listed(differences))
        }
        None => mistake,
    };
    let mistake = there.iter().fold(mistake, |mistake, (name, shown)| {
        with_passage(mistake, shown, &format!("it stands in `{name}`"))
    });
    let name = there.first().map_or("source", |(name, _)| name);
    mistake
        .help(format!(
            "if they are words of a source, say which: end the quotation with the line `> — [[{name}]]`"
        ))
        .help("if they are your own, begin it with `> [!aside]`, or leave out the `>`")
}

/// A line that would say where words are from, and above it there are none.
pub fn attribution_without_words(at: &Place) -> Diagnostic {
    Diagnostic::new(
        &QUOTE_UNATTRIBUTED,
        &at.path,
        at.span,
        "this line says where words are from, and no words stand above it",
    )
    .help("write it right below the words that it is about, as the last line of their quotation")
}

/// The words of an unattributed quotation stand in several places of the source that its file is about.
/// `countable`: whether `occurrence` may choose, since it is the note's only quotation.
pub fn unattributed_ambiguous(
    at: &Place,
    source: &str,
    places: &[Shown],
    count: usize,
    countable: bool,
) -> Diagnostic {
    let message = format!(
        "these words stand in {count} places of `{source}`, so no passage can be shown: they are shown as \
            your own"
    );
    let mistake =
        Diagnostic::new(&QUOTE_UNATTRIBUTED, &at.path, at.span, message).label("which one is meant");
    with_places(mistake, places, count)
        .help(match countable {
            true => {
                "quote a few words more, or write `occurrence: 1` below the title of the note for the \
                first place"
            }
            false => {
                "quote a few words more, and mark those that you mean: `some words ==before the \
                passage== and after`"
            }
        })
        .help("if they are your own, begin with `> [!aside]`, or leave out the `>`")
}

/// The comment that a quotation has swallowed, since no blank line parts them. `lazy`: its first line.
pub fn swallowed_by_quotation(at: &Place, lazy: Span, source: &str) -> Diagnostic {
    let message =
        format!("the lines that begin with `>` stand in `{source}`, and what follows them does not");
    Diagnostic::new(&QUOTE_SWALLOWS, &at.path, lazy, message)
        .label("part of the quotation above, since no blank line stands before it")
        .also(&at.path, at.span, "the quotation")
        .help("put a blank line before your own words; if they are the source's, begin the line with `>`")
}

/// Words in quotation marks that stand in the source, in a note without a passage.
pub fn unmarked_quotation(at: &Place, source: &str) -> Diagnostic {
    let message =
        format!("these words stand in `{source}`, and nothing says that they are quoted: `>` is missing");
    let mistake = Diagnostic::new(&NO_QUOTATION, &at.path, at.span, message);
    Diagnostic { severity: Severity::Hint, ..mistake }
        .help("begin the line with `>`, without the quotation marks: then it is the passage of the note")
}

/// Words in quotation marks within a comment that stand in the source of the note.
pub fn in_quotation_marks(at: &Place, source: &str) -> Diagnostic {
    let message =
        format!("these words stand in `{source}`, but a build does not compare words in quotation marks");
    let mistake = Diagnostic::new(&NO_QUOTATION, &at.path, at.span, message);
    Diagnostic { severity: Severity::Hint, ..mistake }
        .help("to have them compared on every build, quote them in lines of their own that begin with `>`")
}

/// Words in quotation marks that do not stand in the source that is named beside them. `near`: the passage
/// that differs from them a little, and how.
pub fn quote_in_text(at: &Place, source: &str, near: Option<(Shown, &[Difference])>) -> Diagnostic {
    let message =
        format!("these words in quotation marks do not stand in `{source}`, which is named beside them");
    let mistake = Diagnostic::new(&QUOTE_IN_TEXT, &at.path, at.span, message);
    let mistake = match near {
        Some((passage, differences)) => {
            with_passage(mistake, &passage, "the source has").help(listed(differences))
        }
        None => mistake,
    };
    mistake.help(
        "copy the words from the source; if they are your own or somebody else's, say so or take the \
            quotation marks away",
    )
}

/// HTML where people write is text. `tag`: its name.
pub fn quotation_tag(path: &InputPath, span: Span, tag: &str) -> Diagnostic {
    let message =
        format!("`<{tag}>` is shown as it is typed, and what stands in it is compared with nothing");
    Diagnostic::new(&NO_QUOTATION, path, span, message)
        .help("begin each line of the quotation with `>` instead")
}

/// A line that begins with another sign than `>`. `sign`: as it is typed.
pub fn other_sign(path: &InputPath, span: Span, sign: &str) -> Diagnostic {
    Diagnostic::new(
        &NO_QUOTATION,
        path,
        span,
        format!("`{sign}` begins no quotation: the line is shown as text, and compared with nothing"),
    )
    .help("if it is a quotation, begin its lines with `>`")
}

/// `>` behind a blank that is no space, or behind a character that nobody sees. `lead`: these and the sign.
pub fn behind_a_blank(path: &InputPath, lead: Span, sign: Span) -> Diagnostic {
    let message = "a character that is no plain space stands before this `>`: it begins no quotation, and is \
        compared with nothing";
    Diagnostic::new(&NO_QUOTATION, path, sign, message)
        .help("if it is a quotation, delete what stands before its `>`")
        .fix("begin the line with `>`", lead, ">", true)
}

/// `>` behind the box of a task.
pub fn behind_a_box(path: &InputPath, sign: Span) -> Diagnostic {
    let message =
        "a quotation cannot stand behind the box of a task: it is shown as text, and compared with nothing";
    Diagnostic::new(&NO_QUOTATION, path, sign, message)
        .help("if it is a quotation, take the box away, or begin a line below it with `>`")
}

/// `>` at the head of a cell, or behind the `:` of a definition. `place`: "a table".
pub fn quotation_within(path: &InputPath, sign: Span, place: &str) -> Diagnostic {
    let message =
        format!("a quotation cannot stand in {place}: it is shown as text, and compared with nothing");
    Diagnostic::new(&NO_QUOTATION, path, sign, message)
        .help(format!("if it is a quotation, write it outside of {place}, in lines that begin with `>`"))
}

/// `>` so far from the margin that it is code.
pub fn indented_quotation(path: &InputPath, span: Span) -> Diagnostic {
    let message =
        "this line is indented so far that it is code: it begins no quotation, and is compared with nothing";
    Diagnostic::new(&NO_QUOTATION, path, span, message)
        .help("if it is a quotation, put its `>` at the margin")
}

/// `occurrence` names a place that there is not, or counts the places wrongly. `at` is the field's place.
pub fn wrong_occurrence(at: &Place, occurrence: Occurrence, places: &[Shown], count: usize) -> Diagnostic {
    let places_of = match count {
        1 => "one place".to_string(),
        _ => format!("{count} places"),
    };
    let message = match occurrence {
        Occurrence::Nth { of: Some(of), .. } if of != count => {
            format!("the words stand in {places_of} of the source, not in {of}")
        }
        Occurrence::Nth { nth: 0, .. } => "places are counted from 1".to_string(),
        Occurrence::Nth { nth, .. } => {
            format!("the words stand in {places_of} of the source: there is no place {nth}")
        }
        Occurrence::All => format!("the words stand in {places_of} of the source"),
    };
    let mistake = Diagnostic::new(&WRONG_OCCURRENCE, &at.path, at.span, message);
    let remedy = match count {
        1 => "leave `occurrence` out".to_string(),
        _ => format!("look at the places again and write the right one: `occurrence: 1 of {count}`"),
    };
    with_places(mistake, places, count).help(remedy)
}

fn with_places(mistake: Diagnostic, places: &[Shown], count: usize) -> Diagnostic {
    let shown = places.iter().take(MOST_PLACES).enumerate();
    let mistake =
        shown.fold(mistake, |mistake, (i, place)| with_passage(mistake, place, &format!("place {}", i + 1)));
    match count.checked_sub(MOST_PLACES) {
        Some(more) if more > 0 => mistake.help(format!("{more} more places are not shown")),
        _ => mistake,
    }
}

/// Shows a stretch of a source: its lines, or its words where it has no lines to show.
pub fn with_passage(mistake: Diagnostic, shown: &Shown, text: &str) -> Diagnostic {
    match shown.span {
        Some(span) => mistake.also(shown.path, span, text),
        None => mistake.help(format!("{text} in `{}`: {}", shown.path, cut(shown.words))),
    }
}

/// The word diff.
fn listed(differences: &[Difference]) -> String {
    let mut lines = vec!["`-` is quoted, `+` is in the source".to_string()];
    for difference in differences.iter().take(MOST_DIFFERENCES) {
        let sides = [("-", &difference.quoted), ("+", &difference.source)];
        lines.extend(
            sides
                .into_iter()
                .filter(|(_, words)| !words.is_empty())
                .map(|(sign, words)| format!("{sign} {}", cut(words))),
        );
    }
    if let Some(more) = differences
        .len()
        .checked_sub(MOST_DIFFERENCES)
        .filter(|&more| more > 0)
    {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

/// Words on one line, cut in the middle where they are long.
fn cut(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= LONGEST {
        return line;
    }
    let head: String = line.chars().take(LONGEST / 2).collect();
    let tail: String = line.chars().skip(count - LONGEST / 2).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

fn and(names: &[String]) -> String {
    match names {
        [] => "another source".to_string(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `there`: where they stand in the seed, if that is known.
pub fn withheld_words(
    path: &InputPath,
    span: Span,
    words: &str,
    rights: Option<&str>,
    seed: &InputPath,
    there: Option<Span>,
) -> Diagnostic {
    let shown: Vec<&str> = words.split_whitespace().collect();
    let why = match rights {
        Some(rights) => format!("whose words `rights: {rights}` withholds"),
        None => "which is not published".to_string(),
    };
    let message = format!("“{}” stands in `{seed}`, {why}", shown.join(" "));
    let diagnostic = Diagnostic::new(&WITHHELD_WORDS, path, span, message)
        .help(
            "say it in your own words; or quote it with `>` and the source in the last line, so that its \
            rights are kept",
        )
        .help(
            "a name may be repeated: make it the title of a topic of `kind: organisation`, `place` or \
        `person`",
        );
    match there {
        Some(there) => diagnostic.also(seed, there, "here"),
        None => diagnostic,
    }
}
