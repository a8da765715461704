//! The counters of a page, as CSS has them: made by an element for itself, its later siblings and what is in
//! these.

use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Counters {
    /// By name: how deep the elements lie that it is for, and its value; the innermost last.
    open: BTreeMap<String, Vec<(usize, i64)>>,
    /// The counters in the order in which they were made.
    made: Vec<(usize, String)>,
}

impl Counters {
    /// Begins a counter for an element at a depth and for its siblings.
    pub fn reset(&mut self, name: &str, value: i64, depth: usize) {
        let counters = self.open.entry(name.to_string()).or_default();
        match counters.last_mut() {
            Some(last) if last.0 == depth => last.1 = value,
            _ => {
                counters.push((depth, value));
                self.made.push((depth, name.to_string()));
            }
        }
    }

    pub fn add(&mut self, name: &str, by: i64, depth: usize) {
        let value = self.value(name).saturating_add(by);
        self.set(name, value, depth);
    }

    pub fn set(&mut self, name: &str, value: i64, depth: usize) {
        match self.open.get_mut(name).and_then(|counters| counters.last_mut()) {
            Some(last) => last.1 = value,
            None => self.reset(name, value, depth),
        }
    }

    /// Ends the counters that were made within an element at a depth.
    pub fn leave(&mut self, depth: usize) {
        while let Some((_, name)) = self.made.pop_if(|(made, _)| *made > depth) {
            self.open.get_mut(&name).and_then(Vec::pop);
        }
    }

    pub fn value(&self, name: &str) -> i64 {
        self.all(name).last().copied().unwrap_or(0)
    }

    /// The values of all levels, the outermost first.
    pub fn all(&self, name: &str) -> Vec<i64> {
        self.open
            .get(name)
            .into_iter()
            .flatten()
            .map(|(_, value)| *value)
            .collect()
    }
}
