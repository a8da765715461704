//! The loops in a hierarchy: things that lie, through others, above themselves.
//!
//! What has nothing above it that may lie on a loop, or nothing below it, lies on none. Such things are put
//! aside first, and again after each cut, so that a hierarchy without loops is walked along once, however
//! deep it is.

use std::collections::HashSet;

/// A hierarchy, while its loops are cut.
pub struct Loops {
    /// By thing: what lies right above it, and right below it. Some of that may be put aside.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// How many of these are not put aside.
    held_above: Vec<usize>,
    held_below: Vec<usize>,
    aside: Vec<bool>,
    /// The things before it lie on no loop any more.
    next: usize,
}

impl Loops {
    /// `above`: by thing, what lies right above it, each once.
    pub fn of(above: Vec<Vec<usize>>) -> Loops {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); above.len()];
        for (thing, all) in above.iter().enumerate() {
            all.iter().for_each(|&upper| below[upper].push(thing));
        }
        let counts = |lists: &[Vec<usize>]| lists.iter().map(Vec::len).collect();
        let (held_above, held_below, aside) = (counts(&above), counts(&below), vec![false; above.len()]);
        let mut loops = Loops { above, below, held_above, held_below, aside, next: 0 };
        loops.put_aside((0..loops.above.len()).collect());
        loops
    }

    /// The next loop, from the first of its things upwards; it is cut between its last thing and its first.
    pub fn cut_next(&mut self) -> Option<Vec<usize>> {
        while self.next < self.above.len() {
            match self.way_round(self.next) {
                Some(way) => {
                    self.cut(way[way.len() - 1], way[0]);
                    return Some(way);
                }
                None => self.next += 1,
            }
        }
        None
    }

    fn cut(&mut self, thing: usize, upper: usize) {
        self.above[thing].retain(|&other| other != upper);
        self.below[upper].retain(|&other| other != thing);
        self.held_above[thing] -= 1;
        self.held_below[upper] -= 1;
        self.put_aside(vec![thing, upper]);
    }

    /// Puts aside those of the things that lie on no loop, and then what lies on none without them.
    fn put_aside(&mut self, mut open: Vec<usize>) {
        while let Some(thing) = open.pop() {
            if self.aside[thing] || (self.held_above[thing] > 0 && self.held_below[thing] > 0) {
                continue;
            }
            self.aside[thing] = true;
            for &upper in &self.above[thing] {
                self.held_below[upper] -= 1;
            }
            for &lower in &self.below[thing] {
                self.held_above[lower] -= 1;
            }
            open.extend(
                self.above[thing]
                    .iter()
                    .chain(&self.below[thing])
                    .filter(|&&other| !self.aside[other]),
            );
        }
    }

    /// The way from a thing upwards and back to itself, if there is one. Walks along nothing twice.
    fn way_round(&self, start: usize) -> Option<Vec<usize>> {
        if self.aside[start] {
            return None;
        }
        let mut way = vec![start];
        let mut seen = HashSet::from([start]);
        let mut next = vec![self.above[start].iter()];
        while let Some(above) = next.last_mut() {
            match above.next() {
                Some(&upper) if upper == start => return Some(way),
                Some(&upper) if !self.aside[upper] && seen.insert(upper) => {
                    way.push(upper);
                    next.push(self.above[upper].iter());
                }
                Some(_) => {}
                None => {
                    next.pop();
                    way.pop();
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Loops;

    /// Every loop of a hierarchy, which is written as the things above each thing.
    fn loops(above: &[&[usize]]) -> Vec<Vec<usize>> {
        let mut loops = Loops::of(above.iter().map(|above| above.to_vec()).collect());
        std::iter::from_fn(|| loops.cut_next()).collect()
    }

    #[test]
    fn every_loop_is_cut_once_from_its_first_thing() {
        assert_eq!(loops(&[&[1], &[2], &[]]), Vec::<Vec<usize>>::new());
        assert_eq!(loops(&[&[1], &[2], &[0]]), [[0, 1, 2]]);
        assert_eq!(loops(&[&[2], &[2], &[1], &[0]]), [[1, 2]]);
        assert_eq!(loops(&[&[1], &[0], &[3], &[2]]), [[0, 1], [2, 3]]);
        assert_eq!(loops(&[&[1], &[0, 2], &[1]]), [[0, 1], [1, 2]]);
    }

    #[test]
    fn a_long_line_and_a_long_ring_are_walked_along_once() {
        let line: Vec<Vec<usize>> = (0..100_000)
            .map(|thing| if thing < 99_999 { vec![thing + 1] } else { Vec::new() })
            .collect();
        assert_eq!(Loops::of(line.clone()).cut_next(), None);
        let mut ring = line;
        ring[99_999].push(0);
        let mut ring = Loops::of(ring);
        assert_eq!(ring.cut_next().map(|way| way.len()), Some(100_000));
        assert_eq!(ring.cut_next(), None);
    }
}
