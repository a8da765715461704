//! Animations of a page: where they leave what they move, when they have run. What a page fades in is seen,
//! though its style begins with nothing.

use super::tokens::{self, Piece};

/// What is declared of the animations of an element, each list as in CSS: one thing for each animation, and
/// again from the start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Motion {
    names: Vec<String>,
    stays: Vec<bool>,
    counts: Vec<f32>,
    directions: Vec<Direction>,
    paused: Vec<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Normal,
    Reverse,
    Alternate,
    AlternateReverse,
}

/// Where an animation leaves its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    AtStart,
    AtEnd,
    /// It never ends: now it is here, now there.
    Nowhere,
}

/// More animations than these has no element.
const MOST: usize = 16;

impl Motion {
    /// Takes a declaration of a property of animations, by its name without `animation`.
    pub fn take(&mut self, part: &str, value: &[Piece]) {
        let listed = || tokens::listed(value).take(MOST);
        let words = || listed().map(word);
        match part {
            "" => {
                *self = Motion::default();
                listed().for_each(|one| self.add(one));
            }
            "-name" => self.names = listed().map(name).collect(),
            "-fill-mode" => self.stays = words().map(|word| stays(&word)).collect(),
            "-direction" => self.directions = words().filter_map(|word| direction(&word)).collect(),
            "-play-state" => self.paused = words().map(|word| word == "paused").collect(),
            "-iteration-count" => {
                self.counts = listed().filter_map(|one| one.first().and_then(count)).collect()
            }
            _ => {}
        }
    }

    /// One animation of the short form.
    fn add(&mut self, value: &[Piece]) {
        let (mut name, mut fill, mut times, mut way, mut paused) =
            (String::new(), false, 1.0, Direction::Normal, false);
        for piece in value {
            if let Some(count) = count(piece) {
                times = count;
                continue;
            }
            let typed = match piece {
                Piece::Ident(word) | Piece::Text(word) => word,
                _ => continue,
            };
            let word = typed.to_ascii_lowercase();
            match word.as_str() {
                "forwards" | "backwards" | "both" => fill = stays(&word),
                "paused" => paused = true,
                "none" | "running" | "linear" | "ease" | "ease-in" | "ease-out" | "ease-in-out"
                | "step-start" | "step-end" => {}
                other => match direction(other) {
                    Some(direction) => way = direction,
                    None => name = typed.clone(),
                },
            }
        }
        self.names.push(name);
        self.stays.push(fill);
        self.counts.push(times);
        self.directions.push(way);
        self.paused.push(paused);
    }

    /// The animations that have a say when all have run, and where each leaves the element.
    pub fn left(&self) -> impl Iterator<Item = (&str, Left)> {
        self.names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((name.as_str(), self.left_by(at)?)))
    }

    fn left_by(&self, at: usize) -> Option<Left> {
        let count = of(&self.counts, at).unwrap_or(1.0);
        let stays = of(&self.stays, at).unwrap_or(false);
        let is_back = match of(&self.directions, at).unwrap_or(Direction::Normal) {
            Direction::Normal => false,
            Direction::Reverse => true,
            Direction::Alternate => count % 2.0 == 0.0,
            Direction::AlternateReverse => count % 2.0 != 0.0,
        };
        match () {
            () if of(&self.paused, at) == Some(true) => Some(Left::AtStart),
            () if count.is_infinite() => Some(Left::Nowhere),
            () if !stays => None,
            () if is_back || count == 0.0 => Some(Left::AtStart),
            () => Some(Left::AtEnd),
        }
    }
}

fn of<T: Copy>(list: &[T], at: usize) -> Option<T> {
    list.get(at.checked_rem(list.len())?).copied()
}

fn word(value: &[Piece]) -> String {
    if let [Piece::Ident(word)] = value { word.to_ascii_lowercase() } else { String::new() }
}

fn name(value: &[Piece]) -> String {
    if let [Piece::Ident(name) | Piece::Text(name)] = value { name.clone() } else { String::new() }
}

fn stays(word: &str) -> bool {
    matches!(word, "forwards" | "both")
}

fn direction(word: &str) -> Option<Direction> {
    Some(match word {
        "normal" => Direction::Normal,
        "reverse" => Direction::Reverse,
        "alternate" => Direction::Alternate,
        "alternate-reverse" => Direction::AlternateReverse,
        _ => return None,
    })
}

fn count(piece: &Piece) -> Option<f32> {
    match piece {
        Piece::Number(count) => Some(*count),
        piece => piece.is_ident("infinite").then_some(f32::INFINITY),
    }
}
