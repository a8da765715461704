//! One note: its title, its passages and fields in any order, and the comment, which begins with the first
//! thing that is neither.

use std::ops::Range;
use std::sync::Arc;

use super::headings::{report_headings, report_untitled};
use super::layout::{Layout, is_marked, part, quotation_end};
use super::raw::{LineRole, RawNote};
use crate::model::body::Body;
use crate::model::path::InputPath;
use crate::model::quote::{Attribution, Quotation};
use crate::model::span::{Span, Spanned};
use crate::parse::fields::{self, Field, Fields, Key};
use crate::parse::holding::{self, Around, Ground};
use crate::parse::lines::Line;
use crate::parse::markdown::attribution::LastLine;
use crate::parse::markdown::outside::behind;
use crate::parse::markdown::quotation::{Read, quotation};
use crate::parse::markdown::{Cuts, Flavour, Shared, markdown_part, report_last_line};
use crate::parse::said::without_comments;
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::fields as mistakes;

/// A note, and what became of its lines.
pub struct ReadNote {
    pub note: RawNote,
    pub roles: Vec<LineRole>,
}

/// Reads the note of these lines, its title first. `private` is what the file says of its notes.
pub fn note(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    private: bool,
    shared: &mut Shared,
    found: &mut Vec<Diagnostic>,
) -> ReadNote {
    let (title, id) = title_and_id(path, layout, &layout.lines[lines.start], found);
    let head = read_head(path, layout, lines.start + 1..lines.end, found);
    let comment = comment(path, layout, head.comment..lines.end, head.after_field, shared, found);
    let above_comment = lines.start..head.comment.max(fields_end(layout, head.comment..lines.end));
    let misplaced = misplaced(path, layout, lines.clone(), &head.private_lines, above_comment, shared, found);
    let occurrence_at = head.fields.place_of(Key::Occurrence);
    let mut roles = vec![LineRole::Title];
    roles.extend(head.roles);
    roles.extend(
        layout.lines[head.comment..lines.end]
            .iter()
            .map(|line| role_of_text(layout, line)),
    );
    let span = trimmed(layout, part(layout, lines));
    let Fields {
        topics,
        kind,
        date,
        said,
        figures,
        supports,
        disputes,
        mentions,
        occurrence,
        checked,
        page,
        by,
        made,
        confidence,
        ..
    } = head.fields;
    let note = RawNote {
        title,
        id,
        span,
        passages: head.passages,
        topics,
        kind,
        date,
        said,
        figures,
        supports,
        disputes,
        mentions,
        occurrence,
        checked,
        page,
        by,
        made,
        confidence,
        language: head.fields.language,
        reference: head.fields.reference,
        private: misplaced || head.fields.private.unwrap_or(private),
        comment: Arc::new(comment),
    };
    let single = note.passages.len() == 1 || note.only_quotation_of_the_comment().is_some();
    if let Some(occurrence) = occurrence_at.filter(|_| !single) {
        let passages: Vec<Span> = note.passages.iter().map(|passage| passage.span).collect();
        found.push(mistakes::occurrence_without_passage(path, occurrence, &passages));
    }
    ReadNote { note, roles }
}

/// A line of running text.
pub fn role_of_text(layout: &Layout<'_>, line: &Line) -> LineRole {
    if line.is_blank() {
        LineRole::Blank
    } else if layout.is_hidden(line) {
        LineRole::Hidden
    } else {
        LineRole::Comment
    }
}

fn trimmed(layout: &Layout<'_>, range: Range<usize>) -> Span {
    Span::new(range.start..range.start + layout.text[range].trim_end().len())
}

/// `## Title {#id}`: the title as it reads, and the id.
fn title_and_id(
    path: &InputPath,
    layout: &Layout<'_>,
    line: &Line,
    found: &mut Vec<Diagnostic>,
) -> (Spanned<String>, Option<Spanned<String>>) {
    let typed = without_hidden_end(layout, line);
    let (heading, id) = match given_id(typed) {
        Some(id) => (&typed[..id.start - 2], Some(Spanned::new(typed[id.clone()].to_string(), at(line, id)))),
        None => (typed, None),
    };
    let title = title(path, layout, line, line.start..line.start + heading.len());
    // Behind a backslash and in code the signs are meant as they stand
    let title = if heading.contains(['`', '\\']) { title } else { without_comments(path, title, found) };
    if title.value.is_empty() {
        found.push(mistakes::untitled_note(path, Span::new(line.start..line.start + typed.len())));
    }
    (title, id)
}

/// The line up to the comments that it ends in.
fn without_hidden_end<'a>(layout: &Layout<'a>, line: &Line<'a>) -> &'a str {
    let hidden = layout.hidden_in(&line.range());
    hidden.iter().rev().fold(line.text.trim_end(), |typed, hidden| {
        let comment = hidden.start.max(line.start)..hidden.end;
        let ends_in_it = comment.end >= line.start + typed.len();
        if ends_in_it {
            typed[..comment.start.min(line.start + typed.len()) - line.start].trim_end()
        } else {
            typed
        }
    })
}

fn at(line: &Line, range: Range<usize>) -> Span {
    Span::new(line.start + range.start..line.start + range.end)
}

/// Where the id stands in a final `{#id}`, behind which only the closing `##` of a heading may follow.
fn given_id(typed: &str) -> Option<Range<usize>> {
    let closed = typed.trim_end_matches('#');
    let typed = if closed.ends_with([' ', '\t']) { closed.trim_end() } else { typed };
    let inner = typed.strip_suffix('}')?;
    let start = inner.rfind("{#")? + 2;
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (start < inner.len() && inner[start..].chars().all(legal)).then_some(start..inner.len())
}

/// A heading's words as they read. The span is that of the words.
pub fn title(path: &InputPath, layout: &Layout<'_>, line: &Line, heading: Range<usize>) -> Spanned<String> {
    let typed = &layout.text[heading.clone()];
    let words = typed.trim_start_matches('#').trim();
    let start = line.start + (typed.len() - typed.trim_start_matches('#').trim_start().len());
    let span = Span::new(start..start + words.len());
    let plain = |c: char| c.is_alphanumeric() || " ,.-–—’‘“”'\"?:;()/$+=%".contains(c);
    if words.chars().all(plain) && !words.contains("%%") {
        return Spanned::new(words.to_string(), span);
    }
    let cuts = Cuts { hidden: layout.hidden_in(&heading), blank: Vec::new() };
    let body = markdown_part(path, layout.text, heading, Flavour::Note, cuts, &mut Shared::default()).value;
    Spanned::new(body.reading.split_whitespace().collect::<Vec<_>>().join(" "), span)
}

/// What stands between the title and the comment.
struct Head {
    passages: Vec<Quotation>,
    fields: Fields,
    roles: Vec<LineRole>,
    /// The first line of the comment.
    comment: usize,
    /// Whether that line stands right below a field.
    after_field: bool,
    /// The lines on which `private` stands as a field, in order.
    private_lines: Vec<usize>,
}

fn read_head(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    found: &mut Vec<Diagnostic>,
) -> Head {
    let mut head = Head {
        passages: Vec::new(),
        fields: Fields::default(),
        roles: Vec::new(),
        comment: lines.start,
        after_field: false,
        private_lines: Vec::new(),
    };
    while let Some(line) = layout.lines[..lines.end].get(head.comment) {
        held::hold(found);
        let number = head.comment;
        if line.is_blank() || layout.is_hidden(line) {
            head.take(1, role_of_text(layout, line));
            head.after_field = false;
        } else if let Some(field) = Field::of(&layout.visible(line)) {
            head.take_field(path, layout, field, number..lines.end, found);
        } else if let Some((read, end)) = passage(path, layout, number..lines.end) {
            head.take(end - number, LineRole::Passage);
            head.after_field = false;
            found.extend(report_last_line(path, &read.last_line));
            let behind = attribution_behind(layout, &read, end..lines.end);
            head.passages.push(read.quotation);
            if let Some((line, attribution)) = behind {
                head.take_attribution(layout, line, attribution);
            }
        } else {
            break;
        }
    }
    head
}

impl Head {
    fn take(&mut self, lines: usize, role: LineRole) {
        self.roles.extend(std::iter::repeat_n(role, lines));
        self.comment += lines;
    }

    /// The lines down to the one that says where the last passage is from.
    fn take_attribution(&mut self, layout: &Layout<'_>, line: usize, attribution: Attribution) {
        self.take(line - self.comment, LineRole::Blank);
        self.take(1, role_of_text(layout, &layout.lines[line]));
        if let Some(role) = self.roles.last_mut() {
            *role = LineRole::Passage;
        }
        if let Some(passage) = self.passages.last_mut() {
            passage.attribution = Some(attribution);
        }
    }

    /// A field and the indented lines that continue it.
    fn take_field(
        &mut self,
        path: &InputPath,
        layout: &Layout<'_>,
        mut field: Field,
        lines: Range<usize>,
        found: &mut Vec<Diagnostic>,
    ) {
        let continues = |line: &&Line| {
            let indented = line.text.starts_with("  ") || line.text.starts_with('\t');
            let other = line.is_blank() || layout.is_hidden(line) || is_marked(line.text);
            indented && !other && fields::head(line.text.trim_start()).is_none_or(|head| head.near)
        };
        let below: Vec<&Line> = layout.lines[lines.start + 1..lines.end]
            .iter()
            .take_while(continues)
            .collect();
        below.iter().for_each(|line| field.go_on(&layout.visible(line)));
        if field.key == Key::Private {
            self.private_lines.extend(lines.start..=lines.start + below.len());
        }
        self.fields.take(path, &field, found);
        self.take(1 + below.len(), LineRole::Field);
        self.after_field = true;
    }
}

/// The block quotation that begins with a line, unless it is a remark of the writer's own (`[!note]`).
fn passage(path: &InputPath, layout: &Layout<'_>, lines: Range<usize>) -> Option<(Read, usize)> {
    let line = &layout.lines[lines.start];
    if !is_marked(line.text) {
        return None;
    }
    let is_field = |line: &Line| Field::of(&layout.visible(line)).is_some();
    let end = quotation_end(layout, lines.start, lines.end, is_field);
    let start = line.start + line.indent();
    let read = quotation(path, layout.text, start..layout.start(end), 1);
    (!read.remark).then_some((read, end))
}

/// Where the attribution stands behind a passage that has none of its own, and what it says.
fn attribution_behind(layout: &Layout<'_>, read: &Read, lines: Range<usize>) -> Option<(usize, Attribution)> {
    if read.last_line != LastLine::Words {
        return None;
    }
    let text = &layout.text[..layout.start(lines.end)];
    let behind =
        behind(text, layout.start(lines.start), 1, |line| Field::of(&layout.visible(line)).is_some())?;
    let number = layout.lines[lines.clone()]
        .iter()
        .position(|line| line.start == behind.line.start)?;
    Some((lines.start + number, behind.attribution))
}

fn comment(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    after_field: bool,
    shared: &mut Shared,
    found: &mut Vec<Diagnostic>,
) -> Body {
    if lines.is_empty() {
        return Body::default();
    }
    report_unknown_field(path, &layout.lines[lines.start], after_field, found);
    report_stray_fields(path, layout, lines.clone(), found);
    let part = part(layout, lines.clone());
    let cuts = Cuts { hidden: layout.hidden_in(&part), blank: Vec::new() };
    let parsed = markdown_part(path, layout.text, part, Flavour::Note, cuts, shared);
    found.extend(parsed.mistakes);
    report_headings(path, &parsed.value, found);
    report_untitled(path, layout, lines, &parsed.value, found);
    parsed.value
}

/// What people call fields that have another name here.
const OTHER_NAMES: &[(&str, Key)] = &[
    ("tag", Key::Topics),
    ("tags", Key::Topics),
    ("keyword", Key::Topics),
    ("keywords", Key::Topics),
    ("subject", Key::Topics),
    ("subjects", Key::Topics),
    ("category", Key::Topics),
    ("categories", Key::Topics),
    ("author", Key::By),
    ("type", Key::Kind),
    ("pages", Key::Page),
    ("pp", Key::Page),
    ("figures", Key::Figure),
    ("number", Key::Figure),
    ("claim", Key::Supports),
    ("claims", Key::Supports),
    ("confirms", Key::Supports),
    ("contradicts", Key::Disputes),
    ("refutes", Key::Disputes),
    ("lang", Key::Language),
    ("when", Key::Date),
];

/// The comment's first line, where it was meant as a field: `Tags: a` by a name that people give it
/// elsewhere, `topics = a` with another sign, `colour: red` right below a field.
fn report_unknown_field(path: &InputPath, line: &Line, after_field: bool, found: &mut Vec<Diagnostic>) {
    let Some((name, behind)) = fields::name(line.text) else { return };
    let (word, rest) = (&line.text[name.clone()], line.text[behind..].trim_start());
    let lower = word.to_lowercase();
    let has_value = |sign: [char; 2]| rest.strip_prefix(sign).is_some_and(|value| !value.trim().is_empty());
    let key = Key::ALL.iter().find(|key| key.name() == lower).copied();
    if let Some(key) = key.filter(|_| has_value(['=', '＝'])) {
        let sign = line.text.len() - rest.len();
        found.push(mistakes::field_with_equals(path, at(line, name.start..sign + 1), key.name()));
        return;
    }
    let other = OTHER_NAMES
        .iter()
        .find(|(other, _)| *other == lower)
        .map(|(_, key)| *key);
    if let Some(key) = other.filter(|_| has_value([':', '：']) && lower.len() > 1) {
        found.push(mistakes::field_of_another_name(
            path,
            &Spanned::new(word.to_string(), at(line, name)),
            key.name(),
        ));
        return;
    }
    if after_field {
        report_key_like(path, line, name, behind, found);
    }
}

/// `tint: a` right below a field: a word that looks like a key, and is none.
fn report_key_like(
    path: &InputPath,
    line: &Line,
    name: Range<usize>,
    behind: usize,
    found: &mut Vec<Diagnostic>,
) {
    let value = line.text[behind..].trim_start().strip_prefix([':', '：']);
    let word = &line.text[name.clone()];
    let key_like = word.len() <= 20 && word.chars().all(|c| !c.is_uppercase());
    if key_like && value.is_some_and(|value| !value.trim().is_empty() && !value.starts_with("//")) {
        let known: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
        found.push(mistakes::unknown_field(path, &Spanned::new(word.to_string(), at(line, name)), &known));
    }
}

/// Lines of the comment that would be fields if they stood above it. Code and quotations are somebody's text.
pub fn report_stray_fields(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    found: &mut Vec<Diagnostic>,
) {
    let mut fence: Option<&str> = None;
    for line in &layout.lines[lines] {
        let words = line.text.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| words.starts_with(sign));
        match (fence, sign) {
            (Some(open), Some(sign)) if open == sign => fence = None,
            (Some(_), _) => {}
            (None, Some(sign)) => fence = Some(sign),
            (None, None) => {
                let field = Field::of(&layout.visible(line))
                    .filter(|field| field.key != Key::Private && field.is_plausible());
                found.extend(field.map(|field| mistakes::stray_field(path, &field.name)));
            }
        }
    }
}

/// Where the lines end that follow the fields and look like more of them: `status: draft` below `tags:
/// ferry`.
fn fields_end(layout: &Layout<'_>, comment: Range<usize>) -> usize {
    let is_meant =
        |line: &str| holding::has_sign(line) || holding::is_bare_word(line) || holding::is_instruction(line);
    let is_like_one = |line: &&Line| !line.is_blank() && is_meant(line.text);
    comment.start + layout.lines[comment].iter().take_while(is_like_one).count()
}

/// Whether a line outside the fields means to hide the note; each is told.
fn misplaced(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    private_fields: &[usize],
    above_comment: Range<usize>,
    shared: &Shared,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let mut hides = false;
    for (number, line) in lines.clone().zip(&layout.lines[lines.clone()]) {
        let is_field = private_fields.binary_search(&number).is_ok();
        let ground = if above_comment.contains(&number) { Ground::Fields } else { Ground::Comment };
        let below = layout.lines[number..lines.end].iter().skip(1).map(|line| line.text);
        let ground_of_stamp = if number == above_comment.end { Ground::Fields } else { ground };
        let stamp = || holding::is_stamped(line.text, around(layout, number, &lines), ground_of_stamp);
        let in_text = || {
            holding::hides(line.text, ground)
                .or_else(|| holding::heads_a_table(line.text, below))
                .or_else(stamp)
        };
        let place = if number == lines.start { title_hides(line) } else { in_text() };
        let place = place.filter(|word| !is_field && !shared.is_link(line.text, word));
        if let Some(word) = place {
            found.push(mistakes::misplaced_private(path, at(line, word), "the note"));
            hides = true;
        }
    }
    hides
}

/// What stands above and below a line, within its part of the file. What is hidden there is not read.
pub fn around<'a>(layout: &Layout<'a>, number: usize, lines: &Range<usize>) -> Around<'a> {
    let text = |number: Option<usize>| {
        let line = number
            .filter(|number| lines.contains(number))
            .map(|number| &layout.lines[number]);
        line.filter(|line| !layout.is_hidden(line))
            .map_or("", |line| line.text)
    };
    Around { above: text(number.checked_sub(1)), below: text(Some(number + 1)) }
}

fn title_hides(line: &Line) -> Option<Range<usize>> {
    holding::hides(line.text, Ground::Comment).or_else(|| holding::hides_in_title(line.text))
}
