//! Where a pattern stands in a folded text: every place, word for word.

use std::ops::Range;

use super::alteration;
use super::border;
use super::fold::{Folded, is_unspaced};
use super::gap::Gap;
use super::haystack::Haystack;
use super::pattern::Pattern;
use super::seeds;
use super::walk::{Budget, Walk, Walked, widened};
use super::words;
use crate::model::roles::BesideKind;

/// A place where all parts of a pattern stand, in bytes of the folded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// One a part of the pattern.
    pub parts: Vec<Range<usize>>,
    /// From first to last, with the rest of a word that begins or ends in a bracket.
    pub extent: Range<usize>,
}

/// How exactly the words must stand there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Care {
    /// Sign for sign.
    Verbatim,
    /// Letter for letter; what a passage may have or lack is had or lacked.
    Strict,
    /// As that, but the case of a part's first letter and one punctuation mark at its end may differ.
    Lenient,
    /// As that, but another number may stand at the head of a line: it is told.
    Renumbered,
}

impl Care {
    /// Those by which a passage stands, the best first.
    pub const STANDS: [Care; 3] = [Care::Verbatim, Care::Strict, Care::Lenient];

    fn is_lenient(self) -> bool {
        matches!(self, Care::Lenient | Care::Renumbered)
    }
}

/// Every place of the pattern in order; of two places of which one contains the other only the inner.
pub fn places(pattern: &Pattern, hay: &Haystack, care: Care) -> Vec<Place> {
    let mut levels: Vec<Vec<Link>> = Vec::with_capacity(pattern.parts.len());
    for part in 0..pattern.parts.len() {
        let hits = hits(pattern, part, hay, care);
        let mut links = match levels.last() {
            None => hits
                .into_iter()
                .map(|hit| Link { start: hit.start, before: 0, hit })
                .collect(),
            Some(before) => linked(before, hits, pattern.gaps[part], &pattern.folded.text, &hay.folded),
        };
        if links.is_empty() {
            return Vec::new();
        }
        links.sort_by_key(|link: &Link| link.hit.end);
        levels.push(links);
    }
    let last = levels.last().map_or(0, Vec::len);
    let places = (0..last).map(|link| place(pattern, hay, followed_back(&levels, link)));
    innermost(
        places
            .filter(|place| !is_bracketed(pattern, hay, place) && has_honest_edges(pattern, hay, place))
            .collect(),
    )
}

/// A part found after the parts before it.
struct Link {
    hit: Range<usize>,
    /// Which link of the part before.
    before: usize,
    /// Where the first part begins.
    start: usize,
}

/// Each hit goes with the link before it whose first part begins last, since a longer place only contains
/// that one.
fn linked(before: &[Link], hits: Vec<Range<usize>>, gap: Gap, quoted: &str, there: &Folded) -> Vec<Link> {
    let mut links = Vec::new();
    let (mut seen, mut best): (usize, Option<usize>) = (0, None);
    for hit in hits {
        while seen < before.len() && before[seen].hit.end <= hit.start {
            if best.is_none_or(|best| before[best].start <= before[seen].start) {
                best = Some(seen);
            }
            seen += 1;
        }
        let chosen = match gap {
            Gap::Alteration { .. } => altered_before(&before[..seen], &hit, gap, quoted, there),
            Gap::Elision | Gap::Edge => best,
        };
        links.extend(chosen.map(|chosen| Link { start: before[chosen].start, before: chosen, hit }));
    }
    links
}

/// Of the links that end shortly before a hit, the nearest with nothing between that a bracket may not stand
/// for.
fn altered_before(
    before: &[Link],
    hit: &Range<usize>,
    gap: Gap,
    quoted: &str,
    there: &Folded,
) -> Option<usize> {
    let text = &there.text;
    let near = (0..before.len())
        .rev()
        .take_while(|&i| hit.start - before[i].hit.end <= MOST_ALTERED_BYTES);
    let between = |i: usize| before[i].hit.end..hit.start;
    let refers = |i: usize| is_other_reference(there, between(i), gap, quoted);
    near.into_iter().find(|&i| {
        is_short(&text[between(i)], gap)
            && !refers(i)
            && alteration::keeps_sense(quoted, text, between(i), gap)
    })
}

/// Whether a bracket stands where the source refers to a note, and for no words: then it is a reference too,
/// and another one.
fn is_other_reference(there: &Folded, between: Range<usize>, gap: Gap, quoted: &str) -> bool {
    let Gap::Alteration { start, end, .. } = gap else { return false };
    if there.text[between.clone()].contains(char::is_alphanumeric) {
        return false;
    }
    let said = quoted[start..end].trim_matches(['[', ']']);
    let from = there.beside.partition_point(|beside| beside.at < between.start);
    let mut shown = there.beside[from..]
        .iter()
        .take_while(|beside| beside.at <= between.end);
    shown.any(|beside| beside.kind == BesideKind::Reference && alteration::may_refer(said, &beside.text))
}

fn followed_back(levels: &[Vec<Link>], mut link: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(levels.len());
    for level in levels.iter().rev() {
        parts.push(level[link].hit.clone());
        link = level[link].before;
    }
    parts.reverse();
    parts
}

/// A bracket stands for at most five words of the source; which they may be, `alteration` says.
const MOST_ALTERED_WORDS: usize = 5;
/// Two characters of a script without spaces count as a word.
const MOST_ALTERED_BYTES: usize = 200;

fn is_short(source: &str, gap: Gap) -> bool {
    let Gap::Alteration { brackets, .. } = gap else { return false };
    if source.contains('[') {
        return false; // the source has a bracket of its own there, with other words
    }
    let weight = |word: Range<usize>| if source[word].starts_with(is_unspaced) { 1 } else { 2 };
    words::words(source).map(weight).sum::<usize>() <= 2 * MOST_ALTERED_WORDS * brackets
}

fn place(pattern: &Pattern, hay: &Haystack, parts: Vec<Range<usize>>) -> Place {
    let text = &hay.folded.text;
    let first = parts.first().map_or(0, |part| part.start);
    let last = parts.last().map_or(0, |part| part.end);
    let before = pattern.gaps.first().is_some_and(|gap| gap.glued_right());
    let after = pattern.gaps.last().is_some_and(|gap| gap.glued_left());
    let start = if before { border::border_before(text, first) } else { first };
    let end = if after { border::border_after(text, last) } else { last };
    Place { parts, extent: start..end }
}

/// Whether a bracket at the quotation's edge meets one of the source's own, whose words are others.
fn is_bracketed(pattern: &Pattern, hay: &Haystack, place: &Place) -> bool {
    let text = &hay.folded.text;
    let altered = |gap: Option<&Gap>| matches!(gap, Some(Gap::Alteration { .. }));
    let before = altered(pattern.gaps.first()) && text[..place.extent.start].trim_end().ends_with(']');
    let after = altered(pattern.gaps.last()) && text[place.extent.end..].trim_start().starts_with('[');
    let end = place.parts.last().map_or(0, |part| part.end);
    let refers = pattern
        .gaps
        .last()
        .is_some_and(|gap| is_other_reference(&hay.folded, end..end, *gap, &pattern.folded.text));
    before || after || refers
}

/// Whether brackets at the quotation's edges keep the sense of the words that stand there.
fn has_honest_edges(pattern: &Pattern, hay: &Haystack, place: &Place) -> bool {
    let (quoted, text) = (&pattern.folded.text, &hay.folded.text);
    let (first, last) = (pattern.gaps.first(), pattern.gaps.last());
    let start = place.parts.first().map_or(0, |part| part.start);
    let end = place.parts.last().map_or(0, |part| part.end);
    let before = first.is_none_or(|gap| alteration::keeps_sense_before(quoted, text, start, *gap));
    before && last.is_none_or(|gap| alteration::keeps_sense_after(quoted, text, end, *gap))
}

fn innermost(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| (place.extent.end, std::cmp::Reverse(place.extent.start)));
    let mut last_start = None;
    places.retain(|place| {
        let inner = last_start.is_none_or(|last| place.extent.start > last);
        if inner {
            last_start = Some(place.extent.start);
        }
        inner
    });
    places
}

/// Every place of one part, sorted.
fn hits(pattern: &Pattern, part: usize, hay: &Haystack, care: Care) -> Vec<Range<usize>> {
    let words = &pattern.folded.text[pattern.parts[part].clone()];
    let loose_left = pattern.gaps[part].glued_right();
    let loose_right = pattern.gaps[part + 1].glued_left();
    let mut found: Vec<Range<usize>> = Vec::new();
    let budget = Budget::of(words.len(), hay.folded.text.len());
    let walk = |start: usize| walked(pattern, part, hay, care, start, &budget);
    if !care.is_lenient() {
        let plain = hay.found(words).into_iter();
        found.extend(plain.filter(|hit| !is_walked(pattern, part, hay, hit) || walk(hit.start).is_some()));
    }
    if care != Care::Verbatim {
        let starts = seeds::starts(pattern, part, hay).take_while(|_| !budget.is_spent());
        found.extend(starts.filter_map(|start| Some(start..walk(start)?.end)));
    }
    if budget.is_spent() {
        return Vec::new(); // a place that was not looked at may fit as well
    }
    let bordered = |hit: &Range<usize>| {
        let begins = loose_left || border::may_begin(&hay.raw, &hay.folded, hit.start);
        begins && (loose_right || border::may_end(&hay.raw, &hay.folded, hit.end))
    };
    let quoted = &pattern.words.text[pattern.folded.raw(pattern.parts[part].clone())];
    found.retain(|hit| !makes_a_number(quoted, hay, hit));
    let mark = if care.is_lenient() { &words[without_mark(words).len()..] } else { "" };
    let mut hits: Vec<_> = found
        .into_iter()
        .filter(bordered)
        .map(|hit| with_mark(hit, mark, &hay.folded.text))
        .collect();
    hits.sort_by_key(|hit| (hit.start, hit.end));
    hits.dedup();
    hits
}

/// Whether a number that spaces group in the quotation is two in the source: a border of blocks, cells or
/// lines parts its groups.
fn makes_a_number(quoted: &str, hay: &Haystack, hit: &Range<usize>) -> bool {
    if !quoted
        .as_bytes()
        .windows(3)
        .any(|three| three[1] == b' ' && three[0].is_ascii_digit() && three[2].is_ascii_digit())
    {
        return false;
    }
    let text = &hay.folded.text;
    let parted = |space: usize| {
        let Some((start, end)) = group(text, space) else { return false };
        let between = hay.folded.raw(space - 1..space).end..hay.folded.raw(space + 1..space + 2).start;
        let border = hay
            .raw
            .get(between)
            .is_some_and(|between| between.contains(['\n', '\r', '\t']));
        border && quoted.contains(&text[start..end])
    };
    text[hit.clone()]
        .match_indices(' ')
        .any(|(at, _)| parted(hit.start + at))
}

/// The digits on either side of a space that could be one number by threes.
fn group(text: &str, space: usize) -> Option<(usize, usize)> {
    let before = text.as_bytes()[..space]
        .iter()
        .rev()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let behind = text.as_bytes()[space + 1..]
        .iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    ((1..=3).contains(&before) && behind == 3).then_some((space - before, space + 1 + behind))
}

/// Whether words that stand there sign for sign must be walked along all the same: a page shows numbers
/// between them, or some are struck.
fn is_walked(pattern: &Pattern, part: usize, hay: &Haystack, hit: &Range<usize>) -> bool {
    let range = &pattern.parts[part];
    let beside = hay.folded.beside.partition_point(|beside| beside.at <= hit.start);
    let shown = hay
        .folded
        .beside
        .get(beside)
        .is_some_and(|beside| beside.at < hit.end);
    let (from, to) = widened(&pattern.folded.text, range);
    shown
        || pattern
            .folded
            .struck
            .iter()
            .any(|struck| (from..=to).contains(&struck.at))
}

fn walked(
    pattern: &Pattern,
    part: usize,
    hay: &Haystack,
    care: Care,
    start: usize,
    budget: &Budget,
) -> Option<Walked> {
    let walk = Walk::new(pattern, part, hay);
    let range = &pattern.parts[part];
    let core = || range.start + without_mark(&pattern.folded.text[range.clone()]).len();
    match care {
        Care::Verbatim | Care::Strict => walk.from(start, budget),
        Care::Lenient => walk.leniently(core()).from(start, budget),
        Care::Renumbered => walk.leniently(core()).diagnosing().from(start, budget),
    }
}

/// How each part of a place was walked to.
pub fn ways(pattern: &Pattern, place: &Place, hay: &Haystack, care: Care) -> Vec<Walked> {
    let budget = |part: usize| Budget::of(pattern.parts[part].len(), hay.folded.text.len());
    let way = |part: usize| {
        walked(pattern, part, hay, care, place.parts[part].start, &budget(part)).unwrap_or_default()
    };
    (0..place.parts.len()).map(way).collect()
}

/// With the punctuation that was left off at the end, where the source has it too.
fn with_mark(hit: Range<usize>, mark: &str, text: &str) -> Range<usize> {
    let marked = !mark.is_empty() && text[hit.end..].starts_with(mark);
    if marked { hit.start..hit.end + mark.len() } else { hit }
}

/// Words without one final punctuation mark; dots of an ellipsis are one.
fn without_mark(words: &str) -> &str {
    let core = match words.char_indices().next_back() {
        Some((at, '.')) if !words.ends_with("..") => &words[..at],
        Some((_, '.')) => words.trim_end_matches('.'),
        Some((at, ',' | ';' | ':' | '!' | '?' | '。' | '、')) => &words[..at],
        // A dash where a writer stopped quoting (folding has made one sign of them all); after a figure it
        // may be half of a span.
        Some((at, '-')) if !words[..at].trim_end().ends_with(|c: char| c.is_numeric()) => &words[..at],
        _ => words,
    };
    let core = core.trim_end();
    if core.is_empty() { words } else { core }
}
