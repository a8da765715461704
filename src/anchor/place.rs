//! Where a pattern stands in a folded text: every place, word for word.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;

use super::border;
use super::fold::{Folded, fold, is_unspaced};
use super::index::Index;
use super::pattern::{Gap, Pattern};
use super::words;
use crate::model::roles::Roles;

/// A text made ready once for any number of quotations.
#[derive(Debug)]
pub struct Haystack<'a> {
    /// The reading text as it stands.
    pub raw: Cow<'a, str>,
    pub folded: Folded,
    unhyphenated: OnceLock<Unhyphenated>,
    index: OnceLock<Index>,
    blocks: OnceLock<Vec<usize>>,
    letters: OnceLock<Vec<char>>,
}

impl<'a> Haystack<'a> {
    pub fn new(raw: impl Into<Cow<'a, str>>, _roles: &Roles) -> Haystack<'a> {
        let raw = raw.into();
        Haystack {
            folded: fold(&raw),
            raw,
            unhyphenated: OnceLock::new(),
            index: OnceLock::new(),
            blocks: OnceLock::new(),
            letters: OnceLock::new(),
        }
    }

    /// The words of the folded text. Made when first asked for: most texts hold all that is quoted from them.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.folded.text))
    }

    /// The characters of the folded text, in lower case.
    pub fn letters(&self) -> &[char] {
        self.letters.get_or_init(|| self.folded.text.chars().map(lower).collect())
    }

    /// How many blocks (paragraphs, cells, lines of a list) begin after the word `from` and not after the word `to`.
    pub fn blocks_between(&self, from: usize, to: usize) -> usize {
        let blocks = self.blocks.get_or_init(|| block_starts(&self.raw, &self.folded, self.index()));
        blocks.partition_point(|&start| start <= to).saturating_sub(blocks.partition_point(|&start| start <= from))
    }

    fn unhyphenated(&self) -> &Unhyphenated {
        self.unhyphenated.get_or_init(|| Unhyphenated::of(&self.folded.text))
    }
}

/// A character in lower case; the first one, where that takes several.
pub fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// The words that begin a block. A line feed parts blocks, unless the text has empty lines for that.
fn block_starts(raw: &str, folded: &Folded, index: &Index) -> Vec<usize> {
    let border = if raw.contains("\n\n") { "\n\n" } else { "\n" };
    let borders = raw.match_indices(border).map(|(at, _)| folded.folded(at));
    let mut starts: Vec<usize> = borders.map(|at| index.words.partition_point(|word| word.range.start < at)).collect();
    starts.dedup();
    starts
}

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
    /// Letter for letter.
    Strict,
    /// The case of a part's first letter and one punctuation mark at its end may differ.
    Lenient,
}

/// Every place of the pattern in order; of two places of which one contains the other only the inner.
pub fn places(pattern: &Pattern, hay: &Haystack, care: Care) -> Vec<Place> {
    let mut levels: Vec<Vec<Link>> = Vec::with_capacity(pattern.parts.len());
    for part in 0..pattern.parts.len() {
        let hits = hits(pattern, part, hay, care);
        let mut links = match levels.last() {
            None => hits.into_iter().map(|hit| Link { start: hit.start, before: 0, hit }).collect(),
            Some(before) => linked(before, hits, pattern.gaps[part], &hay.folded.text),
        };
        if links.is_empty() {
            return Vec::new();
        }
        links.sort_by_key(|link: &Link| link.hit.end);
        levels.push(links);
    }
    let last = levels.last().map_or(0, Vec::len);
    let places = (0..last).map(|link| place(pattern, hay, followed_back(&levels, link)));
    innermost(places.filter(|place| !is_bracketed(pattern, hay, place)).collect())
}

/// A part found after the parts before it.
struct Link {
    hit: Range<usize>,
    /// Which link of the part before.
    before: usize,
    /// Where the first part begins.
    start: usize,
}

/// Each hit goes with the link before it whose first part begins last, since a longer place only contains that one.
fn linked(before: &[Link], hits: Vec<Range<usize>>, gap: Gap, text: &str) -> Vec<Link> {
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
            Gap::Alteration { .. } => altered_before(&before[..seen], &hit, gap, text),
            Gap::Elision | Gap::Edge => best,
        };
        links.extend(chosen.map(|chosen| Link { start: before[chosen].start, before: chosen, hit }));
    }
    links
}

/// Of the links that end shortly before a hit, the nearest with nothing between that a bracket may not stand for.
fn altered_before(before: &[Link], hit: &Range<usize>, gap: Gap, text: &str) -> Option<usize> {
    let near = (0..before.len()).rev().take_while(|&i| hit.start - before[i].hit.end <= MOST_ALTERED_BYTES);
    near.into_iter().find(|&i| may_be_altered(&text[before[i].hit.end..hit.start], gap))
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

/// A bracket stands for at most five words of the source, none a number or a negation (format.md).
const MOST_ALTERED_WORDS: usize = 5;
/// Two characters of a script without spaces count as a word.
const MOST_ALTERED_BYTES: usize = 200;

fn may_be_altered(source: &str, gap: Gap) -> bool {
    let Gap::Alteration { brackets, .. } = gap else { return false };
    if source.contains('[') {
        return false; // the source has a bracket of its own there, with other words
    }
    let mut weight = 0;
    for word in words::words(source) {
        let word = &source[word];
        if words::is_number(word) || words::is_negation(word) {
            return false;
        }
        weight += if word.starts_with(is_unspaced) { 1 } else { 2 };
    }
    weight <= 2 * MOST_ALTERED_WORDS * brackets
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
    before || after
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
    let range = pattern.parts[part].clone();
    let words = &pattern.folded.text[range.clone()];
    let loose_left = pattern.gaps[part].glued_right();
    let loose_right = pattern.gaps[part + 1].glued_left();
    let breaks: Vec<usize> = pattern.folded.breaks.iter().filter(|at| range.contains(at)).map(|at| at - range.start).collect();
    let mut hits = Vec::new();
    for form in forms(words, care) {
        let form = Form { breaks: &breaks, ..form };
        let found = if breaks.is_empty() && hay.folded.breaks.is_empty() { form.verbatim(hay) } else { form.hyphenated(hay) };
        let bordered = |hit: &Range<usize>| {
            (loose_left || border::may_begin(&hay.raw, &hay.folded, hit.start)) && (loose_right || border::may_end(&hay.folded, hit.end))
        };
        hits.extend(found.into_iter().filter(bordered).map(|hit| form.with_mark(hit, &hay.folded.text)));
    }
    hits.sort_by_key(|hit| (hit.start, hit.end));
    hits.dedup();
    hits
}

/// One spelling of a part.
struct Form<'a> {
    text: Cow<'a, str>,
    /// The punctuation that was left off at its end, to be taken along where the source has it too.
    mark: &'a str,
    breaks: &'a [usize],
}

fn forms(words: &str, care: Care) -> Vec<Form<'_>> {
    let strict = |text, mark| Form { text, mark, breaks: &[] };
    if care == Care::Strict {
        return vec![strict(words.into(), "")];
    }
    let core = without_mark(words);
    let mark = &words[core.len()..];
    let toggled = with_first_toggled(core).map(|toggled| strict(toggled.into(), mark));
    std::iter::once(strict(core.into(), mark)).chain(toggled).collect()
}

/// Words without one final punctuation mark; dots of an ellipsis are one.
pub fn without_mark(words: &str) -> &str {
    let core = match words.char_indices().next_back() {
        Some((at, '.')) if !words.ends_with("..") => &words[..at],
        Some((_, '.')) => words.trim_end_matches('.'),
        Some((at, ',' | ';' | ':' | '!' | '?' | '。' | '、')) => &words[..at],
        // A dash where a writer stopped quoting (folding has made one sign of them all); after a figure it may be half of a span.
        Some((at, '-')) if !words[..at].trim_end().ends_with(|c: char| c.is_numeric()) => &words[..at],
        _ => words,
    };
    let core = core.trim_end();
    if core.is_empty() { words } else { core }
}

/// The words with their first letter in the other case; `None` where they begin with no letter that has one.
fn with_first_toggled(words: &str) -> Option<String> {
    let (at, first) = words.char_indices().find(|(_, c)| c.is_alphanumeric())?;
    let toggled = if first.is_lowercase() { only(first.to_uppercase())? } else { only(first.to_lowercase())? };
    let same_size = toggled != first && toggled.len_utf8() == first.len_utf8();
    same_size.then(|| format!("{}{toggled}{}", &words[..at], &words[at + first.len_utf8()..]))
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next();
    if chars.next().is_some() { None } else { first }
}

impl Form<'_> {
    /// Where the form stands byte for byte.
    fn verbatim(&self, hay: &Haystack) -> Vec<Range<usize>> {
        found(&hay.folded.text, &self.text)
    }

    /// Where it stands when hyphens at line ends, here or there, may be left out: found without any hyphen between letters, then compared
    /// hyphen by hyphen.
    fn hyphenated(&self, hay: &Haystack) -> Vec<Range<usize>> {
        let there = hay.unhyphenated();
        let here = Unhyphenated::of(&self.text);
        let hits = found(&there.text, &here.text).into_iter().map(|hit| there.folded(hit));
        hits.filter(|hit| self.agrees(&hay.folded, hit.clone())).collect()
    }

    fn agrees(&self, folded: &Folded, hit: Range<usize>) -> bool {
        let (here, there) = (self.text.as_bytes(), &folded.text.as_bytes()[hit.clone()]);
        let (mut i, mut j) = (0, 0);
        while i < here.len() || j < there.len() {
            let same = i < here.len() && j < there.len() && here[i] == there[j];
            if same {
                (i, j) = (i + 1, j + 1);
            } else if here.get(i) == Some(&b'-') && self.breaks.binary_search(&i).is_ok() {
                i += 1;
            } else if there.get(j) == Some(&b'-') && folded.breaks.binary_search(&(hit.start + j)).is_ok() {
                j += 1;
            } else {
                return false;
            }
        }
        true
    }

    fn with_mark(&self, hit: Range<usize>, text: &str) -> Range<usize> {
        let marked = !self.mark.is_empty() && text[hit.end..].starts_with(self.mark);
        if marked { hit.start..hit.end + self.mark.len() } else { hit }
    }
}

/// Where in a part's place a byte of the part has come to stand. Both differ only by hyphens at line ends and by the mark at the end.
pub fn aligned(pattern: &Pattern, part: usize, place: &Place, hay: &Haystack, at: usize) -> usize {
    let (range, hit) = (&pattern.parts[part], &place.parts[part]);
    let (here, there) = (pattern.folded.text.as_bytes(), hay.folded.text.as_bytes());
    let (mut i, mut j) = (range.start, hit.start);
    if pattern.folded.breaks.is_empty() && hay.folded.breaks.is_empty() {
        return (j + (at - i)).min(hit.end);
    }
    while i < at && j < hit.end {
        match (here[i] == b'-', there[j] == b'-') {
            (true, false) => i += 1,
            (false, true) => j += 1,
            (true, true) | (false, false) => (i, j) = (i + 1, j + 1),
        }
    }
    j
}

/// More hits than this are told apart no more: past it, hits may not overlap, so that `aaaa…` stays linear.
const OVERLAPPING: usize = 1000;

/// Every occurrence, overlapping ones too.
fn found(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let finder = memmem::Finder::new(words);
    let step = text_step(words);
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(hit) = text.as_bytes().get(at..).and_then(|rest| finder.find(rest)) {
        let start = at + hit;
        hits.push(start..start + words.len());
        at = start + if hits.len() < OVERLAPPING { step } else { words.len() };
    }
    hits
}

fn text_step(words: &str) -> usize {
    words.chars().next().map_or(1, char::len_utf8)
}

/// A folded text without the hyphens between its letters, and where they stood.
#[derive(Debug)]
struct Unhyphenated {
    text: String,
    /// For each hyphen, how far into `text` it stood. Sorted.
    hyphens: Vec<usize>,
}

impl Unhyphenated {
    fn of(folded: &str) -> Unhyphenated {
        let mut bare = Unhyphenated { text: String::with_capacity(folded.len()), hyphens: Vec::new() };
        let mut at = 0;
        for (i, _) in folded.match_indices('-') {
            let letters = folded[..i].ends_with(char::is_alphabetic) && folded[i + 1..].starts_with(char::is_alphabetic);
            if letters {
                bare.text.push_str(&folded[at..i]);
                bare.hyphens.push(bare.text.len());
                at = i + 1;
            }
        }
        bare.text.push_str(&folded[at..]);
        bare
    }

    /// The range of the folded text, without hyphens at its ends.
    fn folded(&self, bare: Range<usize>) -> Range<usize> {
        let start = bare.start + self.hyphens.partition_point(|&at| at <= bare.start);
        let end = bare.end + self.hyphens.partition_point(|&at| at < bare.end);
        start..end.max(start)
    }
}
