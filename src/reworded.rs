//! The save that is made most often: a note's comment says in other words what it said. No name, passage,
//! topic, date or figure differs, so what was linked and reasoned of the last state holds, and only the words
//! are put in.
//!
//! The law: what comes out equals a compilation from nothing (`tests/warm.rs`). Wherever that is not plain,
//! None comes out, and the whole is compiled: where a file comes or goes, where a mistake is made or mended
//! or stands in what differs, where a note has anything else that differs.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash as _;
use std::sync::Arc;

use crate::inputs::cache::Cache;
use crate::inputs::sum::sum;
use crate::inputs::{Hash, Inputs};
use crate::link::cited::spoken_at;
use crate::link::spoken::in_marks;
use crate::model::body::Body;
use crate::model::dossier::{Dossier, Note, NoteIx};
use crate::model::path::InputPath;
use crate::model::quote::Quotation;
use crate::model::rights::Rights;
use crate::model::span::{Place, Span};
use crate::parse::annotation::{AnnotationFile, RawNote};
use crate::parse::files::{Files, ParsedFile, Read, notes_again};
use crate::reason::names::unlinked_in;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::mistakes::reason::UNLINKED_NAME;
use crate::state::{Lent, State};

/// A compilation, with all that it followed from.
#[derive(Clone)]
pub struct Last {
    /// Of the settings, as far as the site follows from them.
    settings: Hash,
    inputs: Inputs,
    files: Files,
    state: State,
}

/// A file of notes that differs from what it was.
struct Edit<'a> {
    path: &'a InputPath,
    /// Among the files of notes.
    number: usize,
    new: Read<AnnotationFile>,
    moves: Moves,
}

impl Last {
    pub fn new(settings: Hash, inputs: &Inputs, files: Files, state: State) -> Last {
        Last { settings, inputs: inputs.clone(), files, state }
    }

    /// What its state has made, for one that is compiled anew.
    pub fn lend(&self) -> Option<Lent> {
        self.state.lend()
    }

    /// The state that the inputs make, where it differs from the last one in the words of comments alone, or
    /// in nothing.
    pub fn reworded(
        &mut self,
        settings: Hash,
        inputs: &Inputs,
        annotations: &str,
        whole: Hash,
        known: &mut Cache<ParsedFile>,
    ) -> Option<State> {
        if settings != self.settings || inputs.refused != self.inputs.refused || withholds(&self.files) {
            return None;
        }
        let mut edits = Vec::new();
        for (path, before, now) in inputs.changed_since(&self.inputs)? {
            let number = self.files.notes.binary_search_by(|file| file.path.cmp(path)).ok()?;
            let new = notes_again(path, &before.hash, now, annotations, known)?;
            let moves = Moves::between(&before.bytes, &now.bytes)?;
            edits.push(Edit { path, number, new, moves });
        }
        if self
            .state
            .lost
            .iter()
            .any(|lost| edits.iter().any(|edit| *edit.path == lost.at.path))
        {
            return None;
        }
        for edit in &edits {
            let old = &self.files.notes[edit.number];
            let mistakes: Vec<Diagnostic> = old
                .mistakes
                .iter()
                .map(|mistake| moved(mistake, &edits))
                .collect::<Option<_>>()?;
            if mistakes != edit.new.mistakes
                || !differ_in_words_alone(&old.value, &edit.new.value, &edit.moves)
            {
                return None;
            }
        }
        let mut dossier = Dossier::clone(&self.state.dossier);
        let mut reworded = Vec::new();
        for edit in &edits {
            let notes = self.state.fragments.notes_of(edit.path);
            put(&mut dossier, notes, &self.files.notes[edit.number].value, &edit.new.value);
            reworded.extend(notes);
        }
        let report = report(&self.state.report, &dossier, &edits, &reworded)?;
        self.state = self.state.reworded(dossier, report, reworded, whole);
        for Edit { number, new, .. } in edits {
            self.files.notes[number] = new;
        }
        self.inputs = inputs.clone();
        Some(self.state.clone())
    }
}

/// Whether some text is withheld, so that a comment may not repeat its words.
fn withholds(files: &Files) -> bool {
    let seeds = files.seeds.iter().map(|seed| &seed.value.facts);
    let mut said = seeds
        .chain(files.sidecars.iter().map(|sidecar| &*sidecar.value))
        .chain(files.notes.iter().map(|notes| &notes.value.facts));
    said.any(|facts| {
        facts
            .rights
            .as_ref()
            .is_some_and(|rights| rights.value != Rights::Full)
    })
}

/// Where things stand now that stood before or behind what differs in a text.
struct Moves {
    /// How far both texts are the same, and where in the old one they begin to be the same again.
    same_until: u32,
    same_from: u32,
    by: i64,
}

impl Moves {
    /// None for what is no UTF-8, or has a mark before it: places are those of the decoded text.
    fn between(before: &[u8], now: &[u8]) -> Option<Moves> {
        let is_plain =
            |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|text| !text.starts_with('\u{feff}'));
        if !is_plain(before) || !is_plain(now) {
            return None;
        }
        let same = before
            .iter()
            .zip(now)
            .take_while(|(before, now)| before == now)
            .count();
        let rest = before[same..]
            .iter()
            .rev()
            .zip(now[same..].iter().rev())
            .take_while(|(before, now)| before == now)
            .count();
        let by = i64::try_from(now.len()).ok()? - i64::try_from(before.len()).ok()?;
        Some(Moves {
            same_until: u32::try_from(same).ok()?,
            same_from: u32::try_from(before.len() - rest).ok()?,
            by,
        })
    }

    /// Whether things that stood in some places stand where these are now. Of what lay within what differs
    /// that cannot be said, nor is it needed: a mistake there is not taken over.
    fn lead(&self, old: &[Span], new: &[Span]) -> bool {
        old.len() == new.len()
            && old
                .iter()
                .zip(new)
                .all(|(old, new)| self.of(*old).is_none_or(|moved| moved == *new))
    }

    /// None for what lies within what differs.
    fn of(&self, span: Span) -> Option<Span> {
        let moved = |at: u32| u32::try_from(i64::from(at) + self.by).ok();
        match span {
            before if before.end <= self.same_until => Some(before),
            behind if behind.start >= self.same_from => {
                Some(Span { start: moved(behind.start)?, end: moved(behind.end)? })
            }
            _ => None,
        }
    }
}

/// The mistake with its places in edited files as they are now; None where one lies within what differs.
fn moved(mistake: &Diagnostic, edits: &[Edit<'_>]) -> Option<Diagnostic> {
    let mut mistake = mistake.clone();
    let labels = mistake
        .place
        .iter_mut()
        .chain(&mut mistake.related)
        .map(|label| &mut label.place);
    for place in labels.chain(
        mistake
            .fix
            .iter_mut()
            .flat_map(|fix| &mut fix.edits)
            .map(|edit| &mut edit.place),
    ) {
        if let Some(edit) = edits.iter().find(|edit| *edit.path == place.path) {
            place.span = edit.moves.of(place.span)?;
        }
    }
    Some(mistake)
}

/// Whether two readings of a file differ in nothing but the words of comments, and where in the file things
/// stand. What stands before the first note has no place that could move.
fn differ_in_words_alone(old: &AnnotationFile, new: &AnnotationFile, moves: &Moves) -> bool {
    let AnnotationFile { front, source, facts, defaults, title, remark, notes, lines: _ } = old;
    let same_head = (front, source, facts, defaults) == (&new.front, &new.source, &new.facts, &new.defaults);
    let is_same = |(old, new): (&RawNote, &RawNote)| {
        let ((old, stood), (new, stands)) = (all_but_words(old), all_but_words(new));
        old == new && moves.lead(&stood, &stands)
    };
    let same_notes = || notes.len() == new.notes.len() && notes.iter().zip(&new.notes).all(is_same);
    same_head && (title, remark) == (&new.title, &new.remark) && same_notes()
}

/// Everything of a note but the words of its comment, as a hash; and where each part stands, since a message
/// may name the place.
fn all_but_words(note: &RawNote) -> (Hash, Vec<Span>) {
    let RawNote {
        title,
        id,
        span: _,
        passages,
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
        language,
        reference,
        private,
        comment,
    } = note;
    let Body { reading: _, blocks: _, names, quotations, known_by: _ } = &**comment;
    // Words of the comment in quotation marks are looked for in the source.
    let in_marks = in_marks(comment);
    // Where they name their source, all that stands round them counts.
    let cited = spoken_at(comment);
    let said_of_it = sum(|sum| {
        (!cited.is_empty()).then_some(&comment.reading).hash(sum);
        (title, id, passages, topics, kind, date, said).hash(sum);
        figures
            .iter()
            .for_each(|figure| format!("{:?}", figure.value).hash(sum));
        (supports, disputes, mentions).hash(sum);
        format!("{:?}", occurrence.as_ref().map(|occurrence| occurrence.value)).hash(sum);
        checked.as_ref().map(|checked| checked.value).hash(sum);
        (figures.len(), page, by, made, confidence, language, reference, private).hash(sum);
        (names, quotations).hash(sum);
        in_marks
            .iter()
            .for_each(|spoken| (&spoken.words, spoken.alone).hash(sum));
    });
    let mut places = vec![title.span];
    places.extend(in_marks.iter().map(|spoken| spoken.place));
    places.extend(cited);
    let texts = [topics, supports, disputes, mentions, by]
        .into_iter()
        .flatten()
        .chain(id)
        .chain(page)
        .chain(language)
        .chain(reference);
    places.extend(texts.map(|text| text.span));
    places.extend([date, said, made].into_iter().flatten().map(|date| date.span));
    places.extend(figures.iter().map(|figure| figure.span));
    places.extend(kind.iter().map(|kind| kind.span));
    places.extend(confidence.iter().map(|confidence| confidence.span));
    places.extend(occurrence.iter().map(|occurrence| occurrence.span));
    places.extend(checked.iter().map(|checked| checked.span));
    for Quotation { span, quote: _, attribution, nested: _, lazy: _ } in passages.iter().chain(quotations) {
        places.push(*span);
        if let Some(line) = attribution {
            places.extend(
                [line.span, line.source.span]
                    .into_iter()
                    .chain(line.note.as_ref().map(|note| note.span)),
            );
        }
    }
    places.extend(
        names
            .iter()
            .flat_map(|name| std::iter::once(&name.text).chain(&name.fragment))
            .map(|text| text.span),
    );
    (said_of_it, places)
}

fn speaks_of(mistake: &Diagnostic, path: &InputPath) -> bool {
    let labels = mistake.place.iter().chain(&mistake.related).map(|label| &label.place);
    let mut places = labels.chain(mistake.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.place));
    places.any(|place| place.path == *path)
}

/// Puts the words of a file's notes into the dossier.
fn put(dossier: &mut Dossier, notes: &[NoteIx], old: &AnnotationFile, new: &AnnotationFile) {
    let by_place: BTreeMap<Span, (&RawNote, &RawNote)> = old
        .notes
        .iter()
        .zip(&new.notes)
        .map(|(old, new)| (old.title.span, (old, new)))
        .collect();
    for &ix in notes {
        let note = dossier.note_mut(ix);
        if let Some((old, new)) = by_place.get(&note.place.span) {
            reword(note, old, new);
        }
    }
}

fn reword(note: &mut Note, old: &RawNote, new: &RawNote) {
    let moved = |old: &[Quotation], new: &[Quotation], span: Span| {
        let number = old.iter().position(|quotation| quotation.span == span);
        number
            .and_then(|number| new.get(number))
            .map_or(span, |quotation| quotation.span)
    };
    note.place = Place { path: note.place.path.clone(), span: new.title.span };
    note.figures.clone_from(&new.figures);
    for passage in &mut note.passages {
        // A passage may stand in the comment.
        let span = moved(&old.passages, &new.passages, passage.span);
        passage.span = if span == passage.span {
            moved(&old.comment.quotations, &new.comment.quotations, span)
        } else {
            span
        };
    }
    for passage in note.comment.quotations.iter_mut().flatten() {
        passage.span = moved(&old.comment.quotations, &new.comment.quotations, passage.span);
    }
    note.comment.body = new.comment.clone();
}

/// What was told still holds, but for the names that the words of edited files mention and do not link to.
/// None where a mistake stands within what differs.
fn report(
    last: &Arc<Report>,
    dossier: &Dossier,
    edits: &[Edit<'_>],
    reworded: &[NoteIx],
) -> Option<Arc<Report>> {
    let is_of_edit = |mistake: &Diagnostic| edits.iter().any(|edit| speaks_of(mistake, edit.path));
    let paths: BTreeSet<&InputPath> = edits.iter().map(|edit| edit.path).collect();
    let mut diagnostics = unlinked_in(dossier, &paths, reworded);
    if diagnostics.is_empty() && !last.diagnostics.iter().any(is_of_edit) {
        return Some(Arc::clone(last));
    }
    let is_of_words = |mistake: &Diagnostic| mistake.code == &UNLINKED_NAME && is_of_edit(mistake);
    for mistake in last.diagnostics.iter().filter(|mistake| !is_of_words(mistake)) {
        diagnostics.push(moved(mistake, edits)?);
    }
    let mut report = Report { diagnostics };
    report.sort();
    Some(Arc::new(report))
}
