//! A hash of values: of all that they say, by `std::hash::Hash`, which leaves out where in its file a thing
//! stands.

use std::hash::Hasher;

use super::Hash;

/// Gathers what a hash is of.
#[derive(Default)]
pub struct Sum(Vec<u8>);

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Never asked for: the hash is made of all that was gathered.
    fn finish(&self) -> u64 {
        0
    }
}

/// The hash of all that `of` gathers.
pub fn sum(of: impl FnOnce(&mut Sum)) -> Hash {
    let mut sum = Sum::default();
    of(&mut sum);
    *blake3::hash(&sum.0).as_bytes()
}
