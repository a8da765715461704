//! The page of a source: its head, its whole text with the notes beside it, and what the dossier does with
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use crate::model::body::Heading;
use crate::model::dossier::{
    ClaimIx, Form, Kind, NoteIx, Origin, Relation, Source, SourceIx, Thing, TopicIx, TopicKind,
};
use crate::model::path::SitePath;
use crate::model::rights::Shown;

use super::body::{LAST_HOOK, Writer};
use super::cite::{citation, text_fragment};
use super::context::{
    Made, RenderContext, Seed, SourceText, cited_id, html, kind_sign, outside, relation_sign, thing_of,
};
use super::excerpt::{Window, windows, write};
use super::marks::{Mark, Reference, Regions};
use super::note::{margin, mark_id};
use super::numbers::marked;
use super::view::{self, Html};
use super::words::fill;

/// For the template `source.html`: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct SourcePage {
    source: view::Source,
    facts: view::Facts,
    /// The how-manieth of all sources it is, by date.
    place: usize,
    of: usize,
    passages: usize,
    /// How many of them no longer stand in their source as quoted.
    reviewed: usize,
    figures: usize,
    topics: Vec<view::Touched>,
    claims: Vec<view::Touched>,
    named: Vec<view::Touched>,
    /// The kinds of its notes.
    kinds: Vec<view::Sign>,
    contents: Vec<view::Entry>,
    remarks: Vec<Html>,
    /// Notes that have no passage in the text shown here.
    general: Vec<view::Note>,
    stretches: Vec<view::Stretch>,
    /// The notes take so much more room than the text that the text should wait for them.
    crowded: bool,
    quoted_in: Vec<view::QuotedIn>,
    backlinks: Vec<view::Link>,
    /// How to cite each passage, in the order of the page.
    citable: Vec<Citable>,
    previous: Option<view::Source>,
    next: Option<view::Source>,
}

/// A passage to be cited: by its number, by its words, and where to find it.
#[derive(Clone, Debug, Serialize)]
struct Citable {
    number: String,
    href: String,
    /// Quotation, source, date: a line to be copied.
    line: String,
    /// Its own full address, where the dossier knows where it is published.
    address: Option<String>,
    /// The words themselves on the original's page, where they stand on one.
    original: Option<String>,
}

pub fn source_page(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> Made<SourcePage> {
    let source = context.dossier.source(ix);
    let text = annotated(context, here, ix)?;
    let beside = |step: isize| {
        let at = ix
            .at()
            .checked_add_signed(step)
            .filter(|at| *at < context.dossier.sources.len())?;
        Some(context.source(here, SourceIx(u32::try_from(at).ok()?)))
    };
    let notes = || source.notes.iter().map(|note| context.dossier.note(*note));
    Ok(SourcePage {
        source: context.source(here, ix),
        facts: facts(context, here, ix),
        place: ix.at() + 1,
        of: context.dossier.sources.len(),
        passages: notes().map(|note| note.passages.len()).sum(),
        reviewed: notes()
            .flat_map(|note| &note.passages)
            .filter(|passage| !passage.verdict.holds())
            .count(),
        figures: notes().map(|note| note.figures.len()).sum(),
        topics: topics(context, here, source, &[], |kind| !kind.is_name()),
        named: topics(context, here, source, &context.fragments.named[ix.at()], TopicKind::is_name),
        claims: claims(context, here, source),
        kinds: Kind::ALL
            .iter()
            .filter(|kind| notes().any(|note| note.kind == **kind))
            .map(|kind| kind_sign(*kind))
            .collect(),
        contents: text.contents,
        remarks: remarks(context, here, source)?,
        general: text.general,
        crowded: is_crowded(&text.stretches),
        stretches: text.stretches,
        quoted_in: text.quoted_in,
        backlinks: backlinks(context, here, ix),
        citable: citable(context, here, ix),
        previous: beside(-1),
        next: beside(1),
    })
}

/// How many notes a browser can hang from their passages one after the other without being slow at it.
const CROWD: usize = 300;

/// How far below its passage a note may hang, in lines of the text: half a screen. Beyond it the eye no
/// longer finds the one from the other.
const DRIFT: usize = 15;

/// Whether notes that hang one under the other would end up far from their passages. Reckoned in hundredths
/// of a line of text from the number of letters: a line of text holds some 64, one of a margin some 42 and is
/// three quarters as high.
fn is_crowded(stretches: &[view::Stretch]) -> bool {
    let (mut text, mut margin, mut worst) = (0_usize, 0_usize, 0_usize);
    for stretch in stretches {
        let height = 50 + letters_in(&stretch.html).div_ceil(64) * 100;
        for note in &stretch.notes {
            let about = 1 + stretch.notes.len() - note.hook.min(stretch.notes.len());
            let level = text + height / (1 + about);
            worst = worst.max(margin.saturating_sub(level));
            let meta = 30
                + 18 * note.topics.len()
                + 15 * (note.backlinks.len() + note.claims.len())
                + 40 * note.figures.len();
            let quotes: usize = note
                .quotes
                .iter()
                .filter_map(|quote| quote.html.as_ref())
                .map(|html| 120 + letters_in(html))
                .sum();
            let lines = (note.title.chars().count() + letters_in(&note.comment) + quotes).div_ceil(42)
                + meta.div_ceil(50)
                + 1;
            margin = margin.max(level) + lines * 75;
        }
        text += height;
    }
    worst > DRIFT * 100 || stretches.iter().map(|stretch| stretch.notes.len()).sum::<usize>() > CROWD
}

/// About how many letters some HTML shows.
fn letters_in(html: &Html) -> usize {
    let html = html.as_str().unwrap_or_default();
    html.split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).len())
        .sum()
}

fn remarks(context: &RenderContext<'_>, here: &SitePath, source: &Source) -> Made<Vec<Html>> {
    let remarks = source
        .remarks
        .iter()
        .filter(|prose| !prose.body.is_empty())
        .enumerate();
    remarks
        .map(|(number, prose)| context.prose(here, prose, None, &format!("{}.{number}-", source.id)))
        .collect()
}

/// Who links here, the source's own remarks and notes aside.
fn backlinks(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> Vec<view::Link> {
    let own = |origin: &&Origin| match origin {
        Origin::Source(source) => *source == ix,
        Origin::Note(note) => context.dossier.note(*note).source == ix,
        Origin::Home | Origin::Page(_) | Origin::Claim(_) | Origin::Topic(_) => false,
    };
    context.origins(
        here,
        context
            .dossier
            .source(ix)
            .backlinks
            .iter()
            .filter(|origin| !own(origin)),
    )
}

/// So many letters of a passage stand in a line to be copied.
const COPIED: usize = 240;

fn citable(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> Vec<Citable> {
    let source = context.dossier.source(ix);
    let words = &context.theme.words;
    let whole = citation(words, context.dossier.about.cite, &source.facts);
    let mut numbered: Vec<(usize, NoteIx)> = source
        .notes
        .iter()
        .filter_map(|note| Some((context.number(*note)?.parse().ok()?, *note)))
        .collect();
    numbered.sort_unstable();
    let each = numbered.into_iter().filter_map(|(number, note)| {
        let anchor = marked(context.dossier, ix, note).into_iter().next()?;
        let reading = &source.shown().quotable()?.reading;
        let parts = anchor.parts.iter().filter_map(|part| reading.get(part.clone()));
        let quote = parts
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join(" […] ");
        let fragment = mark_id(context.dossier.note(note));
        let address = context
            .dossier
            .about
            .base_url
            .as_ref()
            .map(|base| format!("{base}{}{}", here.url_path(), here.link_to(here, Some(&fragment))));
        // A text fragment finds words that stand together, in the document itself and not in someone's
        // summary of it.
        let together = anchor.parts.len() == 1 && source.facts.form != Form::Digest;
        let original = source
            .facts
            .url
            .as_deref()
            .filter(|_| together)
            .and_then(|url| text_fragment(url, &quote));
        let line = fill(words.get("cite.passage"), &[("quote", &shortened(&quote)), ("citation", &whole)]);
        Some(Citable { number: number.to_string(), href: format!("#{fragment}"), line, address, original })
    });
    each.collect()
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(COPIED) {
        Some((at, _)) => {
            format!("{} …", quote[..at].rsplit_once(' ').map_or(&quote[..at], |(words, _)| words))
        }
        None => quote.to_string(),
    }
}

// The head

fn facts(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> view::Facts {
    let source = context.dossier.source(ix);
    let facts = &source.facts;
    view::Facts {
        captured: facts.captured.as_ref().map(|date| context.date(date)),
        url: facts.url.as_deref().map(outside),
        archive: facts.archive.as_deref().map(outside),
        sha256: source.sha256.clone(),
        size: context.theme.words.count("byte", source.size),
        cite: citation(&context.theme.words, context.dossier.about.cite, &source.facts),
        derives_from: source
            .derives_from
            .iter()
            .map(|other| context.source(here, *other))
            .collect(),
        repeated_in: context.fragments.repeated_in[ix.at()]
            .iter()
            .map(|other| context.source(here, *other))
            .collect(),
    }
}

// What the notes bear on

/// The topics of some kinds that the notes name, and those that the text itself names.
fn topics(
    context: &RenderContext<'_>,
    here: &SitePath,
    source: &Source,
    named: &[TopicIx],
    wanted: fn(TopicKind) -> bool,
) -> Vec<view::Touched> {
    let mut by_topic: BTreeMap<TopicIx, Vec<NoteIx>> =
        named.iter().map(|topic| (*topic, Vec::new())).collect();
    for &note in &source.notes {
        for &topic in &context.dossier.note(note).topics {
            by_topic.entry(topic).or_default().push(note);
        }
    }
    let chosen = by_topic
        .into_iter()
        .filter(|(topic, _)| wanted(context.dossier.topic(*topic).kind));
    chosen
        .map(|(topic, notes)| touched(context, here, Thing::Topic(topic), None, &notes))
        .collect()
}

fn claims(context: &RenderContext<'_>, here: &SitePath, source: &Source) -> Vec<view::Touched> {
    let mut by_claim: BTreeMap<(ClaimIx, Relation), Vec<NoteIx>> = BTreeMap::new();
    for &note in &source.notes {
        for &(relation, claim) in &context.dossier.note(note).claims {
            by_claim.entry((claim, relation)).or_default().push(note);
        }
    }
    let each = by_claim.into_iter();
    each.map(|((claim, relation), notes)| {
        touched(context, here, Thing::Claim(claim), Some(relation_sign(relation)), &notes)
    })
    .collect()
}

fn touched(
    context: &RenderContext<'_>,
    here: &SitePath,
    thing: Thing,
    sign: Option<view::Sign>,
    notes: &[NoteIx],
) -> view::Touched {
    let mut each: Vec<NoteIx> = notes.to_vec();
    each.sort_by_key(|note| (context.place(*note).is_none(), context.place(*note), *note));
    each.dedup();
    view::Touched {
        thing: context.link(here, &thing),
        sign,
        notes: each
            .into_iter()
            .map(|note| context.link(here, &Thing::Note(note)))
            .collect(),
    }
}

// The text

struct Annotated {
    contents: Vec<view::Entry>,
    general: Vec<view::Note>,
    stretches: Vec<view::Stretch>,
    quoted_in: Vec<view::QuotedIn>,
}

/// A mark of this page and what it stands for.
enum Behind {
    Note(NoteIx),
    Elsewhere,
}

fn annotated(context: &RenderContext<'_>, here: &SitePath, ix: SourceIx) -> Made<Annotated> {
    let source = context.dossier.source(ix);
    let (mut marks, mut behind) = note_marks(context, ix);
    let quoted_in = quoted_in(context, here, ix);
    for (quoted, extent) in &quoted_in {
        marks.push(Mark {
            class: "quoted",
            id: Some(cited_id(extent)),
            reference: Some(Reference { label: quoted.letter.clone(), href: format!("#{}", quoted.id) }),
            passages: vec![vec![extent.clone()]],
        });
        behind.push(Behind::Elsewhere);
    }
    let (stretches, contents) = match (source.shown(), context.text(ix)) {
        (Shown::Whole(_), Some(text)) => whole(context, here, ix, text, &marks, &behind)?,
        (_, Some(text)) => (excerpts(context, here, ix, text, &marks, &behind)?, Vec::new()),
        (_, None) => (Vec::new(), Vec::new()),
    };
    // A note whose mark found no letter to stand on is shown all the same.
    let placed: BTreeSet<&str> = stretches
        .iter()
        .flat_map(|stretch| &stretch.notes)
        .map(|note| note.id.as_str())
        .collect();
    let left = source
        .notes
        .iter()
        .filter(|note| !placed.contains(context.dossier.note(**note).id.as_str()));
    let general = left
        .map(|note| margin(context, here, *note, 0))
        .collect::<Made<Vec<_>>>()?;
    let shown = |extent: &Range<usize>| !source.shown().is_nothing() && !extent.is_empty();
    let quoted_in = quoted_in.into_iter().map(|(mut quoted, extent)| {
        if !shown(&extent) {
            quoted.href = String::new();
        }
        quoted
    });
    Ok(Annotated { contents, general, quoted_in: quoted_in.collect(), stretches })
}

fn note_marks(context: &RenderContext<'_>, ix: SourceIx) -> (Vec<Mark>, Vec<Behind>) {
    let mut marks = Vec::new();
    let mut behind = Vec::new();
    for &note in &context.dossier.source(ix).notes {
        let Some(label) = context.number(note) else { continue };
        let view = context.dossier.note(note);
        marks.push(Mark {
            class: view.kind.word(),
            id: Some(mark_id(view)),
            reference: Some(Reference { label, href: format!("#n-{}", view.id) }),
            passages: marked(context.dossier, ix, note)
                .iter()
                .map(|anchor| anchor.targets.clone())
                .collect(),
        });
        behind.push(Behind::Note(note));
    }
    (marks, behind)
}

/// Passages that are quoted elsewhere, each once, with letters, in the order of the text.
fn quoted_in(
    context: &RenderContext<'_>,
    here: &SitePath,
    ix: SourceIx,
) -> Vec<(view::QuotedIn, Range<usize>)> {
    let mut by_extent: BTreeMap<(usize, usize), BTreeSet<Origin>> = BTreeMap::new();
    for citation in &context.dossier.source(ix).quoted_in {
        by_extent
            .entry((citation.extent.start, citation.extent.end))
            .or_default()
            .insert(citation.origin);
    }
    let each = by_extent
        .into_iter()
        .enumerate()
        .map(|(number, ((start, end), origins))| {
            let extent = start..end;
            let letter = letters(number);
            let origins = origins
                .into_iter()
                .map(|origin| context.link(here, &thing_of(origin)))
                .collect();
            (
                view::QuotedIn {
                    id: format!("e-{letter}"),
                    href: format!("#{}", cited_id(&extent)),
                    letter,
                    origins,
                },
                extent,
            )
        });
    each.collect()
}

/// a, b … z, aa, ab …
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + u8::try_from(number % 26).unwrap_or(0));
        number = match (number / 26).checked_sub(1) {
            Some(rest) => rest,
            None => break,
        };
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// The whole text. Blocks without notes are gathered; a block with notes ends its stretch.
fn whole(
    context: &RenderContext<'_>,
    here: &SitePath,
    ix: SourceIx,
    text: &SourceText<'_>,
    marks: &[Mark],
    behind: &[Behind],
) -> Made<(Vec<view::Stretch>, Vec<view::Entry>)> {
    let regions = Regions::over(&text.body.reading, &text.leaves, marks);
    let setting = Seed { context, here, source: ix };
    let manner = text.manner(&context.labels, Some(2), "s");
    let mut writer = Writer::new(text.body, &setting, manner, marks, &regions);
    let mut stretches: Vec<view::Stretch> = Vec::new();
    let mut contents: Vec<view::Entry> = Vec::new();
    for block in &text.body.blocks {
        let started = writer.out.len();
        writer.block(block);
        let due = std::mem::take(&mut writer.due);
        let notes = notes_of(context, here, &due, behind)?;
        contents.extend(writer.passed.drain(..).map(|(depth, heading)| entry(depth, heading)));
        if let Some(entry) = contents.last_mut() {
            entry.signs.extend(notes.iter().map(|note| view::Sign {
                kind: note.kind,
                sign: note.sign,
                class: note.kind,
            }));
        }
        if notes.is_empty() {
            continue;
        }
        let own = writer.out.split_off(started);
        push(&mut stretches, std::mem::take(&mut writer.out), Vec::new());
        push(&mut stretches, own, notes);
    }
    push(&mut stretches, std::mem::take(&mut writer.out), Vec::new());
    Ok((stretches, contents))
}

fn entry(depth: usize, heading: Heading) -> view::Entry {
    view::Entry { href: format!("#{}", heading.id), title: heading.words, depth, signs: Vec::new() }
}

fn push(stretches: &mut Vec<view::Stretch>, text: String, notes: Vec<view::Note>) {
    if !text.is_empty() {
        stretches.push(view::Stretch { html: html(&text), notes });
    }
}

/// Only what is quoted, with its surroundings, one stretch a line of the text.
fn excerpts(
    context: &RenderContext<'_>,
    here: &SitePath,
    ix: SourceIx,
    text: &SourceText<'_>,
    marks: &[Mark],
    behind: &[Behind],
) -> Made<Vec<view::Stretch>> {
    let shown = windows(text.body, &text.lines, &context.dossier.quoted(ix), text.surroundings);
    let regions = Regions::over(&text.body.reading, &text.leaves, marks);
    let setting = Seed { context, here, source: ix };
    let manner = text.manner(&context.labels, None, "s");
    let mut writer = Writer::new(text.body, &setting, manner, marks, &regions);
    let mut stretches = Vec::new();
    let mut rest = shown.as_slice();
    while let Some(first) = rest.first() {
        let line = line_of(text, first);
        let (same, after) = rest.split_at(
            rest.iter()
                .take_while(|window| line_of(text, window) == line)
                .count()
                .max(1),
        );
        write(
            &mut writer,
            &text.lines,
            same,
            if text.both_ways { "<p class=\"excerpt\" dir=\"auto\">" } else { "<p class=\"excerpt\">" },
        );
        let due = std::mem::take(&mut writer.due);
        push(&mut stretches, std::mem::take(&mut writer.out), notes_of(context, here, &due, behind)?);
        rest = after;
    }
    Ok(stretches)
}

fn line_of(text: &SourceText<'_>, window: &Window) -> usize {
    text.lines
        .partition_point(|line| line.extent.end <= window.range.start)
}

/// The notes whose first number was written in a block, each with the hook that it hangs from.
fn notes_of(
    context: &RenderContext<'_>,
    here: &SitePath,
    due: &[usize],
    behind: &[Behind],
) -> Made<Vec<view::Note>> {
    let notes = due
        .iter()
        .enumerate()
        .filter_map(|(place, &mark)| match behind.get(mark)? {
            Behind::Note(note) => Some((place + 1, *note)),
            Behind::Elsewhere => None,
        });
    notes
        .map(|(hook, note)| margin(context, here, note, hook.min(LAST_HOOK)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
