//! How many of several sources are independent, by what they say that they derive from.
//!
//! What sources repeat, directly or through others, is a net. Sources that repeat each other in a circle are
//! one; so the net is first made one without circles. Each tie is walked along a fixed number of times,
//! however many sources are asked about.

use std::collections::BTreeMap;

use crate::model::dossier::{Dossier, SourceIx};

/// How many of the sources are independent (`derives-from`). One that repeats another of them adds nothing;
/// of those left, all that repeat some third one count once together. A loop of sources that repeat each
/// other is one origin.
pub fn origins(dossier: &Dossier, sources: &[SourceIx]) -> usize {
    let repeats = net(dossier, sources);
    let circles = circles(&repeats);
    let count = circles.iter().max().map_or(0, |last| last + 1);
    let mut repeated: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (source, all) in repeats.iter().enumerate() {
        let others = all
            .iter()
            .map(|&other| circles[other])
            .filter(|&other| other != circles[source]);
        repeated[circles[source]].extend(others);
    }
    let mut is_asked = vec![false; count];
    (0..sources.len()).for_each(|source| is_asked[circles[source]] = true);
    groups(&repeated, &first_hand(&repeated, &is_asked))
}

/// The sources that are asked about, in their order, then all that they repeat: each with those that it
/// repeats directly.
fn net(dossier: &Dossier, sources: &[SourceIx]) -> Vec<Vec<usize>> {
    let mut all: Vec<SourceIx> = sources.to_vec();
    let mut places: BTreeMap<SourceIx, usize> = sources.iter().copied().zip(0..).collect();
    let mut repeats = Vec::new();
    while let Some(&next) = all.get(repeats.len()) {
        let of_next = dossier.source(next).derives_from.iter().map(|&origin| {
            *places.entry(origin).or_insert_with(|| {
                all.push(origin);
                all.len() - 1
            })
        });
        repeats.push(of_next.collect());
    }
    repeats
}

/// By source: the circle that it is of, mostly alone. What a circle repeats has a lower number (Tarjan, 1972;
/// without recursion).
fn circles(repeats: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let (mut circles, mut count) = (vec![NONE; repeats.len()], 0);
    let (mut numbers, mut lowest, mut seen) = (vec![NONE; repeats.len()], vec![NONE; repeats.len()], 0);
    let mut waiting: Vec<usize> = Vec::new();
    for start in 0..repeats.len() {
        let mut way: Vec<(usize, usize)> = Vec::new();
        let mut next = Some(start).filter(|&start| numbers[start] == NONE);
        while next.is_some() || !way.is_empty() {
            if let Some(source) = next.take() {
                (numbers[source], lowest[source]) = (seen, seen);
                seen += 1;
                waiting.push(source);
                way.push((source, 0));
            }
            let Some((source, at)) = way.last_mut() else { break };
            let source = *source;
            if let Some(&other) = repeats[source].get(*at) {
                *at += 1;
                match numbers[other] {
                    NONE => next = Some(other),
                    number if circles[other] == NONE => lowest[source] = lowest[source].min(number),
                    _ => {}
                }
                continue;
            }
            way.pop();
            if let Some(&(before, _)) = way.last() {
                lowest[before] = lowest[before].min(lowest[source]);
            }
            if lowest[source] == numbers[source] {
                while let Some(member) = waiting.pop() {
                    circles[member] = count;
                    if member == source {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    circles
}

/// The circles that are asked about and repeat no other that is.
fn first_hand(repeated: &[Vec<usize>], is_asked: &[bool]) -> Vec<usize> {
    let mut repeats_asked = vec![false; repeated.len()];
    for (circle, others) in repeated.iter().enumerate() {
        repeats_asked[circle] = others.iter().any(|&other| is_asked[other] || repeats_asked[other]);
    }
    (0..repeated.len())
        .filter(|&circle| is_asked[circle] && !repeats_asked[circle])
        .collect()
}

/// Into how many groups circles fall, of which those are together that repeat some third one.
fn groups(repeated: &[Vec<usize>], circles: &[usize]) -> usize {
    let mut is_reached = vec![false; repeated.len()];
    let mut open = circles.to_vec();
    let mut ties: Vec<Vec<usize>> = vec![Vec::new(); repeated.len()];
    while let Some(circle) = open.pop() {
        if std::mem::replace(&mut is_reached[circle], true) {
            continue;
        }
        for &other in &repeated[circle] {
            ties[circle].push(other);
            ties[other].push(circle);
            open.push(other);
        }
    }
    let mut is_counted = vec![false; repeated.len()];
    let mut count = 0;
    for &circle in circles {
        count += usize::from(!is_counted[circle]);
        open.push(circle);
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut is_counted[next], true) {
                open.extend(&ties[next]);
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use crate::model::dossier::SourceIx;
    use crate::reason::sketch::Sketch;

    /// Sources by letter, each with the letters that it repeats; how many of those behind `:` are
    /// independent.
    fn independent(spec: &str) -> usize {
        let (all, asked) = spec.split_once(" : ").expect("sources and a question");
        let names: Vec<&str> = all.split(' ').map(|source| &source[..1]).collect();
        let at =
            |name: &str| SourceIx(names.iter().position(|known| *known == name).expect("a source") as u32);
        let mut sketch = Sketch::new();
        for source in all.split(' ') {
            sketch.source(&source[..1], "2024", "");
        }
        for source in all.split(' ') {
            let from: Vec<SourceIx> = source[1..]
                .chars()
                .filter(|c| c.is_alphabetic())
                .map(|c| at(&c.to_string()))
                .collect();
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
            ("a<bc b<c c<b : abc", 1),
            ("a<b b<a c<a d<c e : acde", 2),
            ("a<x b<y c<xy x y : ab", 2),
            ("a<x b<y c<xy x y : abc", 1),
            ("a : ", 0),
        ] {
            assert_eq!(independent(spec), expected, "{spec}");
        }
    }
}
