//! What linking remembers from one run to the next. All of it follows from the files alone, so that it may be
//! forgotten at any time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::in_marks::{Cited, OfNote};
use super::tongue::Tongue;
use crate::anchor::vocabulary::Vocabulary;
use crate::anchor::{Found, Near, Remark};
use crate::inputs::Hash;
use crate::inputs::cache::Cache;
use crate::model::body::Body;
use crate::model::quote::{Anchor, Difference, Verdict, Weight};
use crate::report::diagnostic::Diagnostic;

/// By what each follows from.
#[derive(Clone, Debug, Default)]
pub struct LinkCache {
    /// By the hash of a seed's bytes: their SHA-256.
    pub(super) sums: Cache<Arc<str>>,
    /// By the text of a source as it stands and the words that cut it: the part that counts.
    pub(super) cuts: Cache<Cut>,
    /// By the text of a source: its words. Made when a quotation is first sought elsewhere.
    pub(super) vocabularies: Cache<Arc<Vocabulary>>,
    /// By the text of a source: its language, where words in quotation marks do not stand in it.
    pub(super) tongues: Cache<Arc<Tongue>>,
    /// By a file of notes: its words in quotation marks.
    pub(super) in_marks: Cache<Arc<[OfNote]>>,
    /// By a file and all names there are: its words in quotation marks that name their source.
    pub(super) citations: Cache<Arc<[Cited]>>,
    /// By the text of a source and a quotation: what came of looking for it. A cache keeps what was asked of
    /// it last, so that each of those who ask in one run has its own: block quotations, words in quotation
    /// marks, and such words with their source beside them.
    pub(super) found: Cache<Arc<Found>>,
    pub(super) spoken: Cache<Arc<Found>>,
    pub(super) cited: Cache<Arc<Found>>,
}

/// The part of a text that counts.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub body: Arc<Body>,
    pub mistakes: Vec<Diagnostic>,
}

/// The form for the disk. Texts and trees are not in it: to read them would cost what it costs to make them.
#[derive(Serialize, Deserialize)]
struct Kept {
    sums: Vec<(Hash, String)>,
    /// Of `found`, `spoken` and `cited`.
    found: [Vec<(Hash, KeptFound)>; 3],
}

#[derive(Serialize, Deserialize)]
struct KeptFound {
    verdict: u8,
    anchors: Vec<[Vec<(usize, usize)>; 2]>,
    occurrences: usize,
    miscounted: bool,
    altered: bool,
    remarks: Vec<Remark>,
    differences: Vec<(String, String, u8)>,
    nearest: Vec<(usize, usize, i64)>,
    likeness: i64,
}

const VERDICTS: [Verdict; 7] = [
    Verdict::Exact,
    Verdict::Typographic,
    Verdict::Drifted,
    Verdict::FigureDiffers,
    Verdict::Ambiguous,
    Verdict::Moved,
    Verdict::Absent,
];

const WEIGHTS: [Weight; 5] =
    [Weight::Words, Weight::Name, Weight::Negation, Weight::Currency, Weight::Figure];

impl LinkCache {
    pub fn to_bytes(&self) -> Vec<u8> {
        let LinkCache {
            sums,
            cuts: _,
            vocabularies: _,
            tongues: _,
            in_marks: _,
            citations: _,
            found,
            spoken,
            cited,
        } = self;
        let mut kept = Kept {
            sums: sums.entries().map(|(key, sum)| (*key, sum.to_string())).collect(),
            found: [found, spoken, cited].map(kept_of),
        };
        kept.sums.sort();
        serde_json::to_vec(&kept).unwrap_or_default() // texts and numbers are always JSON
    }

    /// `None` where the bytes are no memory.
    pub fn from_bytes(bytes: &[u8]) -> Option<LinkCache> {
        let Kept { sums, found } = serde_json::from_slice(bytes).ok()?;
        let mut cache = LinkCache::default();
        sums.into_iter()
            .for_each(|(key, sum)| cache.sums.put(key, sum.into()));
        let caches = [&mut cache.found, &mut cache.spoken, &mut cache.cited];
        for (cache, found) in caches.into_iter().zip(found) {
            for (key, found) in found {
                cache.put(key, Arc::new(found.found()?));
            }
        }
        Some(cache)
    }
}

/// In the order of the keys.
fn kept_of(found: &Cache<Arc<Found>>) -> Vec<(Hash, KeptFound)> {
    let mut kept: Vec<(Hash, KeptFound)> = found
        .entries()
        .filter_map(|(key, found)| Some((*key, KeptFound::of(found)?)))
        .collect();
    kept.sort_by_key(|(key, _)| *key);
    kept
}

impl KeptFound {
    fn of(found: &Found) -> Option<KeptFound> {
        let Found {
            verdict,
            anchors,
            occurrences,
            miscounted,
            altered,
            remarks,
            differences,
            nearest,
            likeness,
        } = found;
        let ranges =
            |ranges: &[std::ops::Range<usize>]| ranges.iter().map(|range| (range.start, range.end)).collect();
        let difference = |Difference { quoted, source, weight }: &Difference| {
            Some((quoted.clone(), source.clone(), place(&WEIGHTS, weight)?))
        };
        Some(KeptFound {
            verdict: place(&VERDICTS, verdict)?,
            anchors: anchors
                .iter()
                .map(|Anchor { parts, targets }| [ranges(parts), ranges(targets)])
                .collect(),
            occurrences: *occurrences,
            miscounted: *miscounted,
            altered: *altered,
            remarks: remarks.clone(),
            differences: differences.iter().map(difference).collect::<Option<_>>()?,
            nearest: nearest
                .iter()
                .map(|Near { range, likeness }| (range.start, range.end, *likeness))
                .collect(),
            likeness: *likeness,
        })
    }

    fn found(self) -> Option<Found> {
        let KeptFound {
            verdict,
            anchors,
            occurrences,
            miscounted,
            altered,
            remarks,
            differences,
            nearest,
            likeness,
        } = self;
        let ranges =
            |ranges: Vec<(usize, usize)>| ranges.into_iter().map(|(start, end)| start..end).collect();
        let difference = |(quoted, source, weight)| {
            Some(Difference { quoted, source, weight: *WEIGHTS.get(usize::from(weight))? })
        };
        Some(Found {
            verdict: *VERDICTS.get(usize::from(verdict))?,
            anchors: anchors
                .into_iter()
                .map(|[parts, targets]| Anchor { parts: ranges(parts), targets: ranges(targets) })
                .collect(),
            occurrences,
            miscounted,
            altered,
            remarks,
            differences: differences.into_iter().map(difference).collect::<Option<_>>()?,
            nearest: nearest
                .into_iter()
                .map(|(start, end, likeness)| Near { range: start..end, likeness })
                .collect(),
            likeness,
        })
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> Option<u8> {
    all.iter()
        .position(|other| other == one)
        .and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::CompileCache;
    use crate::inputs::Inputs;
    use crate::link::view::View;
    use crate::model::path::InputPath;

    #[test]
    fn who_looks_for_words_finds_again_what_it_found_in_the_run_before() {
        let note = "---\nsource: a\n---\n\n## One\n\n> The ferry sank.\n\n“It sank in the bay” ([[a]]).\n\n\
                    ## Two\n\n> Nobody was hurt.\n\nThe mate said “nobody was hurt at all” that day.\n";
        let files = [
            ("seeds/a.txt", "The ferry sank. It sank in the bay. Nobody was hurt."),
            ("annotations/a.md", note),
        ];
        let inputs: Inputs = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        let settings = InputPath::new("casebook.toml").expect("a plain name is a path");
        let (config, _, _) = crate::config::config(&settings, None);
        let mut cache = CompileCache::default();
        crate::compile(&inputs, &config, View::Published, &mut cache);
        let known = |cache: &mut CompileCache| {
            let LinkCache { found, spoken: _, cited, .. } = cache.link(View::Published);
            [found.entries().count(), cited.entries().count()]
        };
        assert_eq!(known(&mut cache), [2, 1]);
    }
}
