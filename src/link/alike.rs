//! Names that may be like one that was mistyped, out of any number of them.
//!
//! A few names are all compared. Of many, those are that stand beside the mistyped one in the order of
//! letters, from the front or from behind, and those that hold its rarest three letters: a slip of the finger
//! leaves one of these as it was. So what a slip costs does not grow with the dossier.

use std::collections::{BTreeMap, BTreeSet};

/// So many names are compared one by one.
const FEW: usize = 256;

/// Names that are compared of those that stand beside the mistyped one, on either side.
const BESIDE: usize = 24;

/// Names that are compared of those that hold the same three letters.
const HOLDING: usize = 48;

/// Names, made ready for any number of slips.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// In the order of their letters.
    names: Vec<String>,
    /// Their letters from behind, in order, each with its place in `names`.
    backwards: Vec<(String, usize)>,
    /// By three letters: the first names that hold them, and how many do.
    holding: BTreeMap<[char; 3], (Vec<usize>, usize)>,
}

impl Alike {
    /// `names` in the order of their letters, each once.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Alike {
        let names: Vec<String> = names.map(str::to_string).collect();
        if names.len() <= FEW {
            return Alike { names, ..Alike::default() };
        }
        let turned = |(place, name): (usize, &String)| (name.chars().rev().collect(), place);
        let mut backwards: Vec<(String, usize)> = names.iter().enumerate().map(turned).collect();
        backwards.sort_unstable();
        let mut holding: BTreeMap<[char; 3], (Vec<usize>, usize)> = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            for three in threes(name) {
                let (first, count) = holding.entry(three).or_default();
                *count += 1;
                if first.len() < HOLDING {
                    first.push(place);
                }
            }
        }
        Alike { names, backwards, holding }
    }

    /// The names that are worth comparing with a mistyped one, in the order of their letters.
    pub fn candidates(&self, mistyped: &str) -> impl Iterator<Item = &str> {
        let places: BTreeSet<usize> =
            if self.names.len() <= FEW { (0..self.names.len()).collect() } else { self.near(mistyped) };
        places
            .into_iter()
            .filter_map(|place| self.names.get(place))
            .map(String::as_str)
    }

    fn near(&self, mistyped: &str) -> BTreeSet<usize> {
        let beside = |at: usize, all: usize| at.saturating_sub(BESIDE)..(at + BESIDE).min(all);
        let at = self.names.partition_point(|name| name.as_str() < mistyped);
        let mut near: BTreeSet<usize> = beside(at, self.names.len()).collect();
        let turned: String = mistyped.chars().rev().collect();
        let at = self.backwards.partition_point(|(name, _)| *name < turned);
        near.extend(
            self.backwards[beside(at, self.backwards.len())]
                .iter()
                .map(|(_, place)| *place),
        );
        let mut rarest: Vec<&(Vec<usize>, usize)> = threes(mistyped)
            .iter()
            .filter_map(|three| self.holding.get(three))
            .collect();
        rarest.sort_by_key(|(_, count)| *count);
        near.extend(rarest.into_iter().take(2).flat_map(|(first, _)| first));
        near
    }
}

/// Every three letters that follow each other in a name, once.
fn threes(name: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<char> = name.chars().collect();
    letters
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of one kind, as many as are never all compared, and one that is like none of them.
    fn many() -> Alike {
        let mut names: Vec<String> = (0..5000).map(|i| format!("person-{i:04}-of-the-ministry")).collect();
        names.push("gerhard-schroeder".to_string());
        names.sort();
        Alike::of(names.iter().map(String::as_str))
    }

    #[test]
    fn a_slip_at_any_place_of_a_name_is_among_what_is_compared() {
        let names = many();
        for slip in [
            "gerhard-schroder",
            "erhard-schroeder",
            "gerhard-shcroeder",
            "schroeder",
            "gehrard-schroedr",
            "xgerhard-schroeder",
        ] {
            assert!(names.candidates(slip).any(|name| name == "gerhard-schroeder"), "{slip}");
        }
        for slip in ["person-4711-of-the-minstry", "persn-4711-of-the-ministry"] {
            assert!(
                names
                    .candidates(slip)
                    .any(|name| name == "person-4711-of-the-ministry"),
                "{slip}"
            );
        }
    }

    #[test]
    fn of_many_names_few_are_compared_and_of_few_all() {
        assert!(many().candidates("person-x").count() <= 4 * BESIDE + 2 * HOLDING);
        assert_eq!(Alike::of(["a", "b"].into_iter()).candidates("zzz").count(), 2);
    }
}
