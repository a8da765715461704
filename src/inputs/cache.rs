//! Results by the hash of what they follow from, from one run to the next.
//!
//! A run asks for all that it needs at once. What is in the cache is taken out of it, the rest is made by
//! all threads, and only what this run asked for is put back: no entry has to be marked as outdated, and the
//! cache holds no more than a run needs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::Hash;

/// What one stage remembers.
#[derive(Clone, Debug)]
pub struct Cache<V> {
    known: Known<V>,
}

/// In no order: whoever needs one sorts.
type Known<V> = HashMap<Hash, V, BuildHasherDefault<FirstBytes>>;

/// A key is a hash already: its first bytes will do.
#[derive(Clone, Copy, Debug, Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn write(&mut self, bytes: &[u8]) {
        // The length of a key comes as eight bytes too; it is the same for all.
        if let (0, Some(first)) =
            (self.0, bytes.first_chunk::<8>().filter(|_| bytes.len() == size_of::<Hash>()))
        {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl<V> Default for Cache<V> {
    fn default() -> Cache<V> {
        Cache { known: Known::default() }
    }
}

impl<V: Clone + Send + Sync> Cache<V> {
    /// The result for each thing, in their order. `key` must cover all that `make` looks at.
    pub fn all<T: Sync>(
        &mut self,
        things: &[T],
        key: impl Fn(&T) -> Hash + Sync,
        make: impl Fn(&T) -> V + Sync,
    ) -> Vec<V> {
        let keys: Vec<Hash> = things.par_iter().map(&key).collect();
        let missing = |(thing, key): (&T, &Hash)| (!self.known.contains_key(key)).then(|| make(thing));
        let made: Vec<Option<V>> = things.par_iter().zip(&keys).map(missing).collect();
        let mut before = std::mem::take(&mut self.known);
        let mut results = Vec::with_capacity(things.len());
        for (key, made) in keys.into_iter().zip(made) {
            // Two things with one key have one result; the second finds what the first has put back.
            let known = made
                .or_else(|| before.remove(&key))
                .or_else(|| self.known.get(&key).cloned());
            let result = known.unwrap_or_else(|| unreachable!("what was not in the cache was made"));
            self.known.insert(key, result.clone());
            results.push(result);
        }
        results
    }
}

impl<V> Cache<V> {
    /// Takes what is known for these keys and forgets the rest; what a run then finds out is put back with
    /// `put`.
    pub fn take(&mut self, keys: &[Hash]) -> Vec<Option<V>>
    where
        V: Clone,
    {
        let mut before = std::mem::take(&mut self.known);
        for key in keys {
            if let Some(known) = before.remove(key) {
                self.known.insert(*key, known);
            }
        }
        keys.iter().map(|key| self.known.get(key).cloned()).collect()
    }

    /// The result for one thing that takes the place of another, which is forgotten.
    pub fn exchange(&mut self, old: &Hash, new: Hash, make: impl FnOnce() -> V) -> V
    where
        V: Clone,
    {
        if *old != new {
            self.known.remove(old);
        }
        self.known.entry(new).or_insert_with(make).clone()
    }

    pub fn put(&mut self, key: Hash, value: V) {
        self.known.insert(key, value);
    }

    pub fn entries(&self) -> impl Iterator<Item = (&Hash, &V)> {
        self.known.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn key(n: &u8) -> Hash {
        [*n; 32]
    }

    #[test]
    fn what_is_known_is_not_made_again_and_what_is_not_asked_for_is_forgotten() {
        let mut cache = Cache::default();
        let made = AtomicUsize::new(0);
        let mut run = |things: &[u8]| {
            made.store(0, Ordering::Relaxed);
            let results = cache.all(things, key, |n| {
                made.fetch_add(1, Ordering::Relaxed);
                n * 2
            });
            (results, made.load(Ordering::Relaxed))
        };
        assert_eq!(run(&[1, 2, 3]), (vec![2, 4, 6], 3));
        assert_eq!(run(&[3, 1, 3, 4]), (vec![6, 2, 6, 8], 1));
        assert_eq!(run(&[2, 3]), (vec![4, 6], 1));
    }
}
