//! The report for people: each mistake with its source lines, the other places it speaks of, what to do, and
//! the fix as a diff.
//!
//! Drawn by annotate-snippets, which draws rustc's messages. It is given excerpts that are already cut and
//! made visible; as it would count columns from the cut, it is given a sign for each place, and the sign is
//! exchanged for the place afterwards.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Fix, Label, Report, Severity};
use super::excerpt::{Excerpt, belong_together, excerpt};
use super::lines::LineColumn;
use super::texts::{Located, Texts};
use super::visible::{on_one_line, visible};
use crate::model::path::InputPath;
use crate::model::span::Span;

/// How the report is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Every mistake, however many there are of a kind.
    pub all: bool,
}

/// More mistakes of one code than this are counted and not shown: the first ones say what is wrong, the rest
/// would push them off the screen.
const MOST_OF_A_KIND: usize = 25;

/// More places of one mistake than this are counted and not shown, for the same reason.
const MOST_PLACES: usize = 6;

/// Lines narrower than this show too little to be of use, whatever the terminal says.
const NARROWEST: usize = 40;

/// Every mistake, parted by blank lines, in the order of the report.
pub fn render(report: &Report, text_of: &dyn Fn(&InputPath) -> Option<Arc<str>>, look: Look) -> String {
    let texts = Texts::of(report, text_of);
    let located = texts.located();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut untold: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let count = seen.entry(diagnostic.code.name).or_default();
        *count += 1;
        let shown = look.all || *count <= MOST_OF_A_KIND;
        if shown {
            out.push_str(&one(diagnostic, &located, look));
            out.push_str("\n\n");
        }
        *untold.entry(diagnostic.code.name).or_default() += diagnostic.more + usize::from(!shown);
    }
    let is_whole = report.diagnostics.iter().all(|diagnostic| diagnostic.more == 0);
    let remedy = if look.all {
        "mend these first"
    } else if is_whole {
        "`-v` shows them all"
    } else {
        "`-v` shows more of them"
    };
    for (code, more) in untold.into_iter().filter(|(_, more)| *more > 0) {
        out.push_str(&format!("and {more} more of the kind `{code}`: {remedy}\n\n"));
    }
    out
}

/// One mistake, without a line feed at its end.
fn one(diagnostic: &Diagnostic, located: &Located<'_>, look: Look) -> String {
    let Diagnostic { code, severity, message, place, related, help, fix, more: _ } = diagnostic;
    let room = room(look.width, located, diagnostic);
    let (near, mut far) = split(place.as_ref(), related, located, room);
    let unseen = if look.all { 0 } else { far.len().saturating_sub(MOST_PLACES) };
    far.truncate(far.len() - unseen);
    let unseen = (unseen > 0).then(|| match unseen {
        1 => "and one more place: `-v` shows it".to_owned(),
        _ => format!("and {unseen} more places: `-v` shows them all"),
    });
    let mut signs = Signs::default();
    let title = level(*severity).primary_title(on_one_line(message)).id(code.name);
    // A remedy that the diff below shows under the same words, or as the answer to a question, is said there.
    let is_fixed = |help: &&String| fix.as_ref().is_some_and(|fix| fix.title == **help);
    let told = help.iter().filter(|help| !is_fixed(help)).chain(&unseen);
    let main = title
        .elements(shown(&near, located, room, &mut signs))
        .elements(told.map(|help| Level::HELP.message(visible(help))));
    let mut groups = vec![main];
    for label in far {
        let title = if label.text.is_empty() { "see also".into() } else { on_one_line(&label.text) };
        let unlabelled = Label { place: label.place.clone(), text: String::new() };
        groups.push(Level::NOTE.secondary_title(title).elements(shown(
            &[&unlabelled],
            located,
            room,
            &mut signs,
        )));
    }
    groups.extend(fix.iter().map(|fix| fix_group(fix, located, room)));
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    // The lines are cut already, with double width counted; the renderer's own cut would only break up places
    // that fit.
    signs.exchanged(renderer.term_width(look.width.max(NARROWEST) * 2).render(&groups))
}

/// Places as they are to be printed, each behind a sign that no shown text can hold: `visible` takes it out.
#[derive(Default)]
struct Signs(Vec<String>);

const SIGN: char = '\u{fff9}';

impl Signs {
    fn sign(&mut self, place: String) -> String {
        self.0.push(place);
        SIGN.to_string()
    }

    /// The renderer writes `SIGN:line:column`, in the order in which the signs were given.
    fn exchanged(self, drawn: String) -> String {
        let mut parts = drawn.split(SIGN);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (part, place) in parts.zip(self.0) {
            out.push_str(&place);
            out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
        }
        out
    }
}

/// Columns for source text: what the gutter with the line numbers leaves.
fn room(width: usize, located: &Located<'_>, diagnostic: &Diagnostic) -> usize {
    let places = diagnostic
        .place
        .iter()
        .chain(&diagnostic.related)
        .map(|label| &label.place);
    let last_line = places
        .map(|place| located.position(place).end.line)
        .max()
        .unwrap_or(1);
    width.max(NARROWEST) - last_line.to_string().len() - " | ".len()
}

/// The main place with those that are shown in the same excerpt, and those that get one of their own.
fn split<'d>(
    main: Option<&'d Label>,
    related: &'d [Label],
    located: &Located<'_>,
    room: usize,
) -> (Vec<&'d Label>, Vec<&'d Label>) {
    let mut near: Vec<&Label> = main.into_iter().collect();
    let mut far = Vec::new();
    for label in related {
        let mut together: Vec<Span> = near.iter().map(|label| label.place.span).collect();
        together.push(label.place.span);
        let same_file = near.first().is_some_and(|main| main.place.path == label.place.path);
        let lines = located.lines(&label.place.path).filter(|_| same_file);
        if lines.is_some_and(|lines| belong_together(lines, &together, room)) {
            near.push(label);
        } else {
            far.push(label);
        }
    }
    (near, far)
}

/// Places of one file with their lines; the name of the file alone where its text is not known.
fn shown<'d>(labels: &[&Label], located: &Located<'_>, room: usize, signs: &mut Signs) -> Vec<Element<'d>> {
    let Some(main) = labels.first() else { return Vec::new() };
    let path = visible(main.place.path.as_str());
    let Some(lines) = located.lines(&main.place.path) else {
        return vec![Origin::path(path.into_owned()).into()];
    };
    let spans: Vec<Span> = labels.iter().map(|label| label.place.span).collect();
    let Excerpt { origin: LineColumn { line, column }, first_line, text, marks, whole: _ } =
        excerpt(lines, &spans, room);
    let kinds = std::iter::once(AnnotationKind::Primary).chain(std::iter::repeat(AnnotationKind::Context));
    let annotations =
        marks
            .into_iter()
            .zip(kinds)
            .zip(labels)
            .map(|((mark, kind), label)| match &label.text {
                text if text.is_empty() => kind.span(mark),
                text => kind.span(mark).label(on_one_line(text).into_owned()),
            });
    let snippet = Snippet::source(text).line_start(first_line).annotations(annotations);
    vec![snippet.path(signs.sign(format!("{path}:{line}:{column}"))).into()]
}

/// The fix as a diff where it can be shown as one, else its title alone.
fn fix_group<'d>(fix: &'d Fix, located: &Located<'_>, room: usize) -> Group<'d> {
    let Fix { title, edits, safe: _, keeps_sense: _ } = fix;
    let group = Group::with_title(Level::HELP.secondary_title(on_one_line(title)));
    let Some(first) = edits.first() else { return group };
    let Some(lines) = located.lines(&first.place.path) else { return group };
    let in_first = edits.iter().filter(|edit| edit.place.path == first.place.path);
    let spans: Vec<Span> = in_first.clone().map(|edit| edit.place.span).collect();
    let excerpt = excerpt(lines, &spans, room);
    if !excerpt.whole {
        return group;
    }
    let patches = excerpt
        .marks
        .iter()
        .zip(in_first)
        .map(|(mark, edit)| Patch::new(mark.clone(), visible(&edit.replacement)));
    group.element(
        Snippet::source(excerpt.text.clone())
            .line_start(excerpt.first_line)
            .patches(patches),
    )
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::diagnostic::Code;

    static DRIFTED: Code = Code { name: "drifted", severity: Severity::Error, summary: "the words differ" };

    const NOTES: &str = "---\nsource: b\n---\n\n## Title\n\n> some words that\n> go on here\n";

    fn path(path: &str) -> InputPath {
        InputPath::new(path).expect("a test's path stays inside")
    }

    fn place(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words stand in the test's text");
        Span::new(start..start + words.len())
    }

    /// What is shown of a mistake in `a.md`, whose text is given; `b.txt` is a source of three lines.
    fn check(text: &str, diagnostic: Diagnostic) -> String {
        let texts = |path: &InputPath| match path.as_str() {
            "a.md" => Some(text.into()),
            "b.txt" => Some("one\ntwo 越南的贸易顺差\nthree\n".into()),
            _ => None,
        };
        let report = Report { diagnostics: vec![diagnostic] };
        let drawn = render(&report, &texts, Look { colour: false, width: 60, all: false });
        format!("\n{}\n", drawn.trim_end())
    }

    fn drifted(text: &str, words: &str) -> Diagnostic {
        Diagnostic::new(&DRIFTED, &path("a.md"), place(text, words), "the source says it in other words")
    }

    #[test]
    fn places_near_each_other_share_an_excerpt_and_the_fix_is_a_diff() {
        let diagnostic = drifted(NOTES, "some words that\n> go on here")
            .label("quoted here")
            .also(&path("a.md"), place(NOTES, "source: b"), "from this source")
            .help("take the words as the source has them")
            .fix("take the source's words", place(NOTES, "some words"), "other words", true);
        let expected = "
error[drifted]: the source says it in other words
 --> a.md:7:3
  |
2 |   source: b
  |   --------- from this source
...
7 |   > some words that
  |  ___^
8 | | > go on here
  | |____________^ quoted here
  |
  = help: take the words as the source has them
help: take the source's words
  |
7 - > some words that
7 + > other words that
  |
";
        assert_eq!(check(NOTES, diagnostic), expected);
    }

    #[test]
    fn a_place_in_another_file_has_its_own_excerpt_with_the_true_column() {
        let diagnostic =
            drifted(NOTES, "words").also(&path("b.txt"), Span::new(8..20), "the source has this");
        let expected = "
error[drifted]: the source says it in other words
 --> a.md:7:8
  |
7 | > some words that
  |        ^^^^^
  |
note: the source has this
 --> b.txt:2:5
  |
2 | two 越南的贸易顺差
  |     ^^^^^^^^
";
        assert_eq!(check(NOTES, diagnostic), expected);
    }

    #[test]
    fn a_long_line_is_cut_round_the_place_and_counted_from_its_start() {
        let text = format!("{}goods trade{}\n", "and so on ".repeat(40), " and so on".repeat(40));
        let expected = "
error[drifted]: the source says it in other words
 --> a.md:1:401
  |
1 | …on and so on goods trade and so on and so on and so on…
  |               ^^^^^^^^^^^
";
        assert_eq!(check(&text, drifted(&text, "goods trade")), expected);
    }

    #[test]
    fn nothing_of_a_hostile_text_reaches_the_terminal_as_such() {
        let text = "a \x1b]0;title\x07 \u{202e}b\n";
        let expected = "
error[drifted]: ␛[2J
 --> a.md:1:3
  |
1 | a ␛]0;title␇ <U+202E>b
  |   ^^^^^^^^^^
  |
  = help: ␛[2J
";
        let mut diagnostic = drifted(text, "\x1b]0;title\x07").help("\x1b[2J");
        diagnostic.message = "\x1b[2J".to_owned();
        assert_eq!(check(text, diagnostic), expected);
    }

    #[test]
    fn a_mistake_without_lines_names_its_file_and_one_without_file_just_speaks() {
        let unread = Diagnostic::new(&DRIFTED, &path("seeds/x"), Span::default(), "`seeds/x` is not read")
            .help("remove it");
        assert_eq!(
            check("", unread),
            "\nerror[drifted]: `seeds/x` is not read\n--> seeds/x\n = help: remove it\n"
        );
        assert_eq!(
            check("", Diagnostic::nowhere(&DRIFTED, "nothing is here")),
            "\nerror[drifted]: nothing is here\n"
        );
    }

    #[test]
    fn a_hint_is_called_so_and_colour_is_only_for_those_who_want_it() {
        let report = Report { diagnostics: vec![Diagnostic::nowhere(&DRIFTED, "nothing is here").as_hint()] };
        let drawn = |colour: bool| render(&report, &|_| None, Look { colour, width: 80, all: false });
        assert_eq!(drawn(false), "hint[drifted]: nothing is here\n\n");
        assert!(drawn(true).contains("\x1b["));
    }

    #[test]
    fn many_of_a_kind_are_counted() {
        let texts = |_: &InputPath| None;
        let many = (0..30).map(|number| Diagnostic::nowhere(&DRIFTED, format!("number {number}")));
        let report = Report { diagnostics: many.collect() };
        let few = render(&report, &texts, Look { colour: false, width: 80, all: false });
        let all = render(&report, &texts, Look { colour: false, width: 80, all: true });
        assert!(
            few.ends_with("number 24\n\nand 5 more of the kind `drifted`: `-v` shows them all\n\n"),
            "{few}"
        );
        assert!(all.ends_with("number 29\n\n"), "{all}");
    }

    proptest! {
        /// Whatever the text and wherever the places: no panic, no control, and the place is named as it is.
        #[test]
        fn any_place_in_any_text_can_be_shown(
            text in "([a-z \t\r\n\u{1b}\u{202e}é越\u{200d}👩]|[a-z]{50}){0,60}",
            ends in prop::collection::vec(0usize..2000, 6),
            replacement in "[a-z\n\u{1b}]{0,5}",
        ) {
            let border = |at: usize| text.floor_char_boundary(at.min(text.len()));
            let span = |a: usize, b: usize| Span::new(border(a.min(b))..border(a.max(b)));
            let (main, also, fix) = (span(ends[0], ends[1]), span(ends[2], ends[3]), span(ends[4], ends[5]));
            let diagnostic = Diagnostic::new(&DRIFTED, &path("a.md"), main, "words")
                .also(&path("a.md"), also, "more").fix("do", fix, replacement, true);
            let at = crate::report::lines::Lines::new(&text).at(main.start as usize);
            let shown = check(&text, diagnostic);
            prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
            let named = format!("a.md:{}:{}\n", at.line, at.column);
            prop_assert!(shown.contains(&named), "{shown}");
        }
    }
}
