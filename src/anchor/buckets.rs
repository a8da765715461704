//! Places by what stands at them: a table of hashes that is made in two passes, and holds a few bytes a
//! place.

/// The places of each hash, in order. Hashes that share a bucket share its places: whoever asks looks at the
/// place itself.
#[derive(Debug, Default)]
pub struct Buckets {
    /// Where the places of a bucket begin; one more than there are buckets.
    heads: Vec<u32>,
    places: Vec<u32>,
    bits: u32,
}

impl Buckets {
    /// Of a sequence of hashes; a place is a number in it.
    pub fn of(hashes: impl Iterator<Item = u64> + Clone) -> Buckets {
        let count = hashes.clone().count();
        let bits = (count / 2).checked_ilog2().unwrap_or(0);
        let mut buckets = Buckets { heads: vec![0; (1 << bits) + 1], places: vec![0; count], bits };
        for hash in hashes.clone() {
            let bucket = buckets.bucket(hash);
            buckets.heads[bucket] += 1;
        }
        let mut end = 0;
        for head in &mut buckets.heads {
            end += *head;
            *head = end - *head;
        }
        // Each head moves on as its bucket fills, to where the next one begins.
        for (hash, place) in hashes.zip(0_u32..) {
            let bucket = buckets.bucket(hash);
            let at = buckets.heads[bucket];
            buckets.places[at as usize] = place;
            buckets.heads[bucket] = at + 1;
        }
        buckets.heads.rotate_right(1);
        buckets.heads[0] = 0;
        buckets
    }

    pub fn places(&self, hash: u64) -> &[u32] {
        let bucket = self.bucket(hash);
        &self.places[self.heads[bucket] as usize..self.heads[bucket + 1] as usize]
    }

    fn bucket(&self, hash: u64) -> usize {
        // The upper bits of a product are the mixed ones; a shift by all of them is none that there is.
        let mixed = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mixed.checked_shr(64 - self.bits).unwrap_or(0)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_hash_is_in_its_bucket_once_and_in_order() {
        for count in [0_u64, 1, 2, 3, 100, 1000] {
            let hashes = || (0..count).map(|number| number * number % 37);
            let buckets = Buckets::of(hashes());
            for hash in 0..40 {
                let places = buckets.places(hash);
                let own = places
                    .iter()
                    .filter(|&&place| hashes().nth(place as usize) == Some(hash))
                    .count();
                assert_eq!(own, hashes().filter(|&other| other == hash).count());
                assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
