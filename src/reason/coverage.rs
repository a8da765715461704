//! What the notes cover: how much of each source they speak of, which sources are silent on a topic, what
//! nobody uses.

use std::collections::BTreeSet;

use crate::model::dossier::{ClaimIx, Dossier, SourceIx, TopicIx};
use crate::model::span::union;
use crate::reason::names::Register;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// One a source, in the order of the dossier.
    pub sources: Vec<Covered>,
    /// One a topic, in the order of the dossier.
    pub voices: Vec<Voices>,
    pub unused: Unused,
}

/// The sources that speak of a topic: a note of the topic quotes or annotates them, or their text names it.
/// The others are silent on it, and where topics and sources are many, these are too many to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// In the order of the dossier.
    speaking: Vec<SourceIx>,
    /// How many sources there are.
    of: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    pub source: SourceIx,
    pub notes: usize,
    /// Places in the text that notes on any source, topics, claims and pages quote.
    pub passages: usize,
    /// Bytes of the reading text that stand in a passage, and all of them.
    pub quoted: usize,
    pub length: usize,
}

/// What is in the dossier and nothing speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// Sources without a note or a quotation.
    pub sources: Vec<SourceIx>,
    /// Topics without a note.
    pub topics: Vec<TopicIx>,
    /// Claims without a note that bears on them.
    pub claims: Vec<ClaimIx>,
}

impl Voices {
    pub fn speaking(&self) -> &[SourceIx] {
        &self.speaking
    }

    pub fn count_silent(&self) -> usize {
        self.of - self.speaking.len()
    }

    pub fn is_silent(&self, source: SourceIx) -> bool {
        self.speaking.binary_search(&source).is_err()
    }

    /// The sources that are silent, where they are no more than so many; else none.
    pub fn silent(&self, most: usize) -> Vec<SourceIx> {
        let all = (0..)
            .map(SourceIx)
            .take(if self.count_silent() > most { 0 } else { self.of });
        all.filter(|source| self.is_silent(*source)).collect()
    }
}

impl Covered {
    /// The share that is quoted, in whole percent rounded down: 100 means all of it.
    pub fn percent(&self) -> usize {
        (self.quoted * 100).checked_div(self.length).unwrap_or(0)
    }
}

pub fn coverage(dossier: &Dossier, names: &Register) -> Coverage {
    let sources: Vec<Covered> = (0..dossier.sources.len())
        .map(|i| covered(dossier, SourceIx(i as u32)))
        .collect();
    let mut speaking: Vec<BTreeSet<SourceIx>> = (0..dossier.topics.len())
        .map(|i| spoken_of(dossier, TopicIx(i as u32)))
        .collect();
    for named in &names.names {
        speaking[named.topic.0 as usize].extend(named.sources()); // a name is a topic of this dossier
    }
    let voices = speaking
        .into_iter()
        .map(|speaking| Voices { speaking: speaking.into_iter().collect(), of: dossier.sources.len() });
    let voices = voices.collect();
    let unused = Unused {
        sources: sources
            .iter()
            .filter(|covered| covered.notes == 0 && covered.passages == 0)
            .map(|covered| covered.source)
            .collect(),
        topics: dossier
            .topics
            .iter()
            .enumerate()
            .filter(|(_, topic)| topic.notes.is_empty())
            .map(|(i, _)| TopicIx(i as u32))
            .collect(),
        claims: dossier
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.notes.is_empty())
            .map(|(i, _)| ClaimIx(i as u32))
            .collect(),
    };
    Coverage { sources, voices, unused }
}

fn covered(dossier: &Dossier, ix: SourceIx) -> Covered {
    let source = dossier.source(ix);
    let quoted = dossier.quoted(ix);
    let passages = quoted.len();
    let length = source.evidence().reading.len();
    let quoted = union(quoted).into_iter().map(|range| range.len()).sum();
    Covered { source: ix, notes: source.notes.len(), passages, quoted, length }
}

/// The sources that the notes of a topic quote or are about.
fn spoken_of(dossier: &Dossier, topic: TopicIx) -> BTreeSet<SourceIx> {
    let notes = dossier.topic(topic).notes.iter().map(|&note| dossier.note(note));
    notes
        .flat_map(|note| {
            note.passages
                .iter()
                .map(|passage| passage.source)
                .chain([note.source])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::coverage;
    use crate::model::dossier::{Citation, Origin, SourceIx, TopicKind};
    use crate::reason::names::{Mention, Named, Register};
    use crate::reason::sketch::Sketch;

    #[test]
    fn how_much_is_spoken_of() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "one two three four ");
        let b = sketch.source("b", "2024", "five");
        let c = sketch.source("c", "2024", "");
        let [trade, empty] =
            [sketch.topic("trade", TopicKind::Concept), sketch.topic("empty", TopicKind::Concept)];
        let claim = sketch.claim("claim");
        sketch.note(a, "n").passage("one two").topic(trade);
        sketch
            .note(a, "m")
            .passage("two three")
            .passage_of(b, "five")
            .topic(trade);
        sketch.dossier.source_mut(a).quoted_in =
            vec![Citation { origin: Origin::Home, number: 0, extent: 14..18 }];
        let found = coverage(&sketch.dossier, &Register::default());
        let first = &found.sources[a.at()];
        assert_eq!(
            (first.notes, first.passages, first.quoted, first.length, first.percent()),
            (2, 3, 17, 19, 89)
        );
        assert_eq!(found.sources[c.at()].percent(), 0);
        assert_eq!(
            found.voices.iter().map(|voices| voices.silent(3)).collect::<Vec<_>>(),
            [vec![c], vec![a, b, c]]
        );
        assert_eq!((found.voices[1].silent(2), found.voices[1].count_silent()), (Vec::new(), 3));
        assert_eq!(
            (found.unused.sources, found.unused.topics, found.unused.claims),
            (vec![b, c], vec![empty], vec![claim])
        );
        assert_eq!(SourceIx(1), b);
    }

    #[test]
    fn a_source_whose_text_names_the_topic_is_not_silent() {
        let mut sketch = Sketch::new();
        let a = sketch.source("a", "2024", "Edda Brun spoke.");
        let b = sketch.source("b", "2024", "Nobody spoke.");
        let edda = sketch.topic("edda", TopicKind::Person);
        let named =
            Named { topic: edda, mentions: vec![Mention { source: a, range: 0..9 }], together: Vec::new() };
        let names = Register { names: vec![named], see: Vec::new() };
        assert_eq!(coverage(&sketch.dossier, &names).voices[0].silent(9), [b]);
    }
}
