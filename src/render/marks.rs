//! Which notes lie over which letters of a text, worked out once a page before anything is written.
//!
//! All borders of all marks are swept into disjoint regions, each with its set of notes: overlap is gone.
//! Ends snap outward to grapheme clusters, so that no letter is torn from its accent, and inward from what no
//! leaf of the text shows (the line feed between two paragraphs). `body` writes the regions as nested
//! `<mark>`s; this file knows no HTML.

use std::cmp::Reverse;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::model::body::{Body, each_leaf_of_blocks};
use crate::model::span::union;

/// A highlight that a page draws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The kind of the note, a class of the stylesheet.
    pub class: &'static str,
    /// The id of the first piece, where the page has one note a mark.
    pub id: Option<String>,
    pub reference: Option<Reference>,
    /// Byte ranges of the reading text, at character borders: for each passage what is marked of it.
    pub passages: Vec<Vec<Range<usize>>>,
}

/// The number behind the last piece of a passage, and the note that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// A number; a letter for quotations from elsewhere.
    pub label: String,
    pub href: String,
}

/// More marks than this over one letter are not drawn there (their numbers still are): nobody can tell them
/// apart, and ten thousand staggered notes would otherwise make a page of their square.
pub const DEEPEST: usize = 24;

/// One drawn range of one mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub start: usize,
    pub end: usize,
    /// Its place in the list of marks.
    pub mark: usize,
    /// From 0: the lowest line under the text that was free where the range begins; it keeps it to its end.
    pub level: usize,
}

/// A stretch of text over which the same notes lie.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Region {
    start: usize,
    end: usize,
    set: Range<usize>,
}

/// The marks of a page, swept.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// By start, the longer first: what begins later lies inside.
    pub extents: Vec<Extent>,
    /// Sorted and disjoint; where no note lies there is none.
    regions: Vec<Region>,
    /// The sets of the regions, one after the other: places in `extents`, rising.
    sets: Vec<usize>,
    /// Behind which byte the number of which mark stands, in that order.
    pub references: Vec<(usize, usize)>,
}

impl Regions {
    #[cfg(test)]
    pub fn of(body: &Body, marks: &[Mark]) -> Regions {
        Regions::over(&body.reading, &leaves(body), marks)
    }

    /// `leaves`: those of the body that `reading` is of, sought once for many excerpts of one text.
    pub fn over(reading: &str, leaves: &[Range<usize>], marks: &[Mark]) -> Regions {
        let mut regions = Regions::default();
        for (number, mark) in marks.iter().enumerate() {
            let passages = mark.passages.iter().map(|ranges| shown(reading, leaves, ranges));
            let passages: Vec<Vec<Range<usize>>> = passages.filter(|ranges| !ranges.is_empty()).collect();
            if mark.reference.is_some() {
                regions.references.extend(
                    passages
                        .iter()
                        .filter_map(|ranges| Some((ranges.last()?.end, number))),
                );
            }
            let drawn = union(passages.concat());
            regions.extents.extend(drawn.into_iter().map(|range| Extent {
                start: range.start,
                end: range.end,
                mark: number,
                level: 0,
            }));
        }
        regions.references.sort_unstable();
        regions
            .extents
            .sort_unstable_by_key(|extent| (extent.start, Reverse(extent.end), extent.mark));
        regions.find_levels();
        regions.sweep();
        regions
    }

    /// The notes over a byte, and where the next border is.
    pub fn at(&self, byte: usize) -> (&[usize], usize) {
        let next = self.regions.partition_point(|region| region.end <= byte);
        match self.regions.get(next) {
            Some(region) if region.start <= byte => (&self.sets[region.set.clone()], region.end),
            Some(region) => (&[], region.start),
            None => (&[], usize::MAX),
        }
    }

    /// Gives every extent the lowest level that is free at its start; those that find none are not drawn.
    fn find_levels(&mut self) {
        let mut ends = [0; DEEPEST];
        self.extents
            .retain_mut(|extent| match ends.iter().position(|&end| end <= extent.start) {
                Some(level) => {
                    ends[level] = extent.end;
                    extent.level = level;
                    true
                }
                None => false,
            });
    }

    /// Walks over all borders once. At most `DEEPEST` extents are open at a time, so this costs what the
    /// borders cost.
    fn sweep(&mut self) {
        let mut borders: Vec<usize> = self
            .extents
            .iter()
            .flat_map(|extent| [extent.start, extent.end])
            .collect();
        borders.sort_unstable();
        borders.dedup();
        let mut open: Vec<usize> = Vec::new();
        let mut next = 0;
        for pair in borders.windows(2) {
            let [start, end] = [pair[0], pair[1]];
            open.retain(|&extent| self.extents[extent].end > start);
            while self.extents.get(next).is_some_and(|extent| extent.start == start) {
                open.push(next);
                next += 1;
            }
            if !open.is_empty() {
                let first = self.sets.len();
                self.sets.extend(&open);
                self.regions.push(Region { start, end, set: first..self.sets.len() });
            }
        }
    }
}

/// The ranges as they can be drawn: snapped, cut to what the leaves show, sorted, joined where they touch.
fn shown(reading: &str, leaves: &[Range<usize>], ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let snapped = ranges
        .iter()
        .map(|range| grapheme_border(reading, range.start, false)..grapheme_border(reading, range.end, true));
    union(snapped.filter_map(|range| cut_to_leaves(leaves, range)).collect())
}

fn cut_to_leaves(leaves: &[Range<usize>], range: Range<usize>) -> Option<Range<usize>> {
    let first = leaves.get(leaves.partition_point(|leaf| leaf.end <= range.start))?;
    let last = leaves.get(leaves.partition_point(|leaf| leaf.start < range.end).checked_sub(1)?)?;
    let range = range.start.max(first.start)..range.end.min(last.end);
    (range.start < range.end).then_some(range)
}

/// The nearest border of a grapheme cluster at or before a byte, or at or after it.
fn grapheme_border(text: &str, byte: usize, forward: bool) -> usize {
    // A cluster is looked for in a window: a megabyte of flags in a row would otherwise be read again for
    // every mark.
    const WINDOW: usize = 256;
    let byte = text.floor_char_boundary(byte);
    let start = text.floor_char_boundary(byte.saturating_sub(WINDOW));
    let end = text.ceil_char_boundary(byte.saturating_add(WINDOW).min(text.len()));
    let window = &text[start..end];
    let mut cursor = GraphemeCursor::new(byte - start, window.len(), true);
    if cursor.is_boundary(window, 0) != Ok(false) {
        return byte;
    }
    let border = if forward { cursor.next_boundary(window, 0) } else { cursor.prev_boundary(window, 0) };
    border.ok().flatten().map_or(byte, |border| border + start)
}

/// Every leaf that shows text, by its range of the reading text, in order.
pub fn leaves(body: &Body) -> Vec<Range<usize>> {
    let mut leaves = Vec::new();
    each_leaf_of_blocks(&body.blocks, &mut |text| {
        if !text.reading.is_empty() {
            leaves.push(text.reading.range());
        }
    });
    if !leaves.is_sorted_by_key(|leaf| leaf.start) {
        leaves.sort_unstable_by_key(|leaf| leaf.start);
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::body::{Block, Inline, Text};
    use crate::model::span::Span;

    fn body(paragraphs: &[&str]) -> Body {
        let mut body = Body::default();
        for text in paragraphs {
            let start = body.reading.len();
            body.reading.push_str(text);
            let leaf = Text { reading: Span::new(start..body.reading.len()), file: None };
            body.reading.push('\n');
            body.blocks.push(Block::Paragraph(vec![Inline::Text(leaf)]));
        }
        body
    }

    /// Shows the regions as `text{marks}`, text without marks bare.
    fn check<const N: usize>(paragraphs: &[&str], ranges: [(usize, usize); N]) -> String {
        let body = body(paragraphs);
        let marks = ranges
            .map(|(start, end)| Mark { passages: [vec![Range { start, end }]].into(), ..Mark::default() });
        let regions = Regions::of(&body, &marks);
        let mut shown = String::new();
        let mut at = 0;
        while at < body.reading.len() {
            let (set, until) = regions.at(at);
            let until = until.min(body.reading.len());
            shown.push_str(&body.reading[at..until]);
            if !set.is_empty() {
                let names: Vec<String> = set
                    .iter()
                    .map(|&i| format!("{}@{}", regions.extents[i].mark, regions.extents[i].level))
                    .collect();
                shown.push_str(&format!("{{{}}}", names.join(" ")));
            }
            at = until;
        }
        shown
    }

    #[test]
    fn overlapping_ranges_become_disjoint_regions() {
        assert_eq!(check(&["abcdefghij"], [(1, 6), (4, 9)]), "abcd{0@0}ef{0@0 1@1}ghi{1@1}j\n");
        assert_eq!(check(&["abcdefghij"], [(4, 6), (1, 9), (6, 9)]), "abcd{1@0}ef{1@0 0@1}ghi{1@0 2@1}j\n");
        assert_eq!(check(&["abc"], [(0, 3), (0, 3)]), "abc{0@0 1@1}\n");
        assert_eq!(check(&["abc"], []), "abc\n");
    }

    #[test]
    fn ends_snap_outward_to_clusters_and_inward_to_leaves() {
        assert_eq!(check(&["xe\u{301}y"], [(0, 2)]), "xe\u{301}{0@0}y\n");
        assert_eq!(check(&["xe\u{301}y"], [(2, 5)]), "xe\u{301}y{0@0}\n");
        assert_eq!(check(&["one", "two"], [(0, 4)]), "one{0@0}\ntwo\n");
        assert_eq!(
            check(&["one", "two"], [(3, 4)]),
            "one\ntwo\n",
            "the line feed between two paragraphs is no text"
        );
    }

    #[test]
    fn a_thousand_staggered_marks_stay_small() {
        let text = "word ".repeat(400);
        let body = body(&[&text]);
        let marks: Vec<Mark> = (0..1000)
            .map(|i| Mark { passages: [vec![Range { start: i, end: text.len() }]].into(), ..Mark::default() })
            .collect();
        let regions = Regions::of(&body, &marks);
        assert_eq!(regions.extents.len(), DEEPEST);
        assert!(regions.sets.len() <= DEEPEST * DEEPEST);
    }
}
