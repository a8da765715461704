//! Which source a note speaks for, whether its words were found there, and how many of several sources are independent.

use std::collections::BTreeSet;

use crate::model::dossier::{Dossier, Note, NoteIx, Passage, SourceIx};

/// The sources that notes speak for, each once, and how many of them are independent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub notes: Vec<NoteIx>,
    /// In the order of the dossier.
    pub sources: Vec<SourceIx>,
    /// Sources that repeat each other, or one that they both repeat, counted once.
    pub origins: usize,
}

impl Evidence {
    pub fn of(dossier: &Dossier, notes: Vec<NoteIx>) -> Evidence {
        let sources: BTreeSet<SourceIx> = notes.iter().map(|&note| speaks_for(dossier.note(note))).collect();
        let sources: Vec<SourceIx> = sources.into_iter().collect();
        Evidence { origins: origins(dossier, &sources), notes, sources }
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

/// The source whose words a note quotes: its own, unless all its passages come from one other.
pub fn speaks_for(note: &Note) -> SourceIx {
    let mut quoted = note.passages.iter().map(|passage| passage.source);
    let first = quoted.next().unwrap_or(note.source);
    if quoted.all(|source| source == first) { first } else { note.source }
}

/// Whether words of the passage were found, so that it may be shown.
pub fn stands(passage: &Passage) -> bool {
    passage.verdict.holds() && !passage.anchors.is_empty()
}

pub fn has_passage(note: &Note) -> bool {
    note.passages.iter().any(stands)
}

/// How many of the sources are independent (`derives-from`). One that repeats another of them adds nothing; of those left,
/// all that repeat some third one count once together. A loop of sources that repeat each other is one origin.
pub fn origins(dossier: &Dossier, sources: &[SourceIx]) -> usize {
    let repeated: Vec<BTreeSet<SourceIx>> = sources.iter().map(|&source| repeated_by(dossier, source)).collect();
    let mut groups: Vec<BTreeSet<SourceIx>> = Vec::new();
    for (i, &source) in sources.iter().enumerate() {
        let repeats_another = sources.iter().enumerate().any(|(j, other)| {
            let each_other = repeated[j].contains(&source) && j > i;
            j != i && repeated[i].contains(other) && !each_other
        });
        if repeats_another {
            continue;
        }
        let mut group: BTreeSet<SourceIx> = repeated[i].iter().copied().chain([source]).collect();
        groups.retain(|known| {
            let shared = !known.is_disjoint(&group);
            if shared {
                group.extend(known);
            }
            !shared
        });
        groups.push(group);
    }
    groups.len()
}

/// Every source that one repeats, directly or through others; not itself.
fn repeated_by(dossier: &Dossier, source: SourceIx) -> BTreeSet<SourceIx> {
    let mut found = BTreeSet::new();
    let mut open = vec![source];
    while let Some(next) = open.pop() {
        for &origin in &dossier.source(next).derives_from {
            if origin != source && found.insert(origin) {
                open.push(origin);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::model::dossier::SourceIx;
    use crate::reason::sketch::Sketch;

    /// Sources by letter, each with the letters that it repeats; how many of those behind `:` are independent.
    fn independent(spec: &str) -> usize {
        let (all, asked) = spec.split_once(" : ").expect("sources and a question");
        let names: Vec<&str> = all.split(' ').map(|source| &source[..1]).collect();
        let at = |name: &str| SourceIx(names.iter().position(|known| *known == name).expect("a source") as u32);
        let mut sketch = Sketch::new();
        for source in all.split(' ') {
            sketch.source(&source[..1], "2024", "");
        }
        for source in all.split(' ') {
            let from: Vec<SourceIx> = source[1..].chars().filter(|c| c.is_alphabetic()).map(|c| at(&c.to_string())).collect();
            sketch.dossier.source_mut(at(&source[..1])).derives_from = from;
        }
        let asked: Vec<SourceIx> = asked.chars().map(|c| at(&c.to_string())).collect();
        super::origins(&sketch.dossier, &asked)
    }

    #[test]
    fn reprints_count_once() {
        for (spec, expected) in [
            ("a b c : abc", 3),
            ("a b<a c<a : abc", 1),
            ("a b<a c<a : bc", 1),
            ("a b<a c<b : ac", 1),
            ("a b<a c : bc", 2),
            ("a b c<ab : abc", 2),
            ("a b c<ab : c", 1),
            ("a b<a c<a d e<d : bce", 2),
            ("a<b b<a : ab", 1),
            ("a<b b<a c : abc", 2),
            ("a : ", 0),
        ] {
            assert_eq!(independent(spec), expected, "{spec}");
        }
    }
}
