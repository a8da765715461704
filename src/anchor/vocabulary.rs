//! Which words a text has, so that a quotation need not be looked for where a word of it is missing.
//!
//! Only words are asked after that a quotation keeps however it is read: plain letters between spaces. A vocabulary may say that a text could
//! hold a quotation that it does not hold, never the reverse.

use super::fold::fold;
use crate::model::quote::Quote;

/// The words of a text, as sorted hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary(Vec<u32>);

/// The words of a quotation that a text must have, the longest first: it is the rarest as a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needed(Vec<u32>);

/// Shorter words are in every text.
const LONG_ENOUGH: usize = 4;
/// A word that is parted by hyphens may be whole in the quotation; so many parts are put together.
const PARTS: usize = 4;

impl Vocabulary {
    pub fn of(reading: &str) -> Vocabulary {
        let folded = fold(reading).text;
        let mut words = Vec::new();
        for chain in folded.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            let parts: Vec<&str> = chain.split('-').collect();
            for from in 0..parts.len() {
                let mut word = String::new();
                for part in parts.iter().skip(from).take(PARTS) {
                    word.push_str(part);
                    words.extend(is_plain(&word).then(|| hash(&word)));
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        Vocabulary(words)
    }

    /// Whether a quotation may stand in the text.
    pub fn may_hold(&self, needed: &Needed) -> bool {
        needed.0.iter().all(|word| self.0.binary_search(word).is_ok())
    }
}

impl Needed {
    pub fn by(quote: &Quote) -> Needed {
        // Between brackets stand the writer's own words, and what goes round them may be a piece of a word.
        let text = fold(&quote.read.text).text;
        if text.contains(['[', ']', '(', ')']) {
            return Needed::default();
        }
        let typed = fold(&quote.typed.text).text;
        let inner = text.split(' ').skip(1).map(|word| word.trim_end_matches([',', ';', ':', '!', '?']));
        let mut words: Vec<&str> = inner.filter(|word| is_plain(word) && typed.contains(word)).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Needed(words.into_iter().map(hash).collect())
    }
}

fn is_plain(word: &str) -> bool {
    word.len() >= LONG_ENOUGH && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// FNV-1a of the letters, case aside. Two words that share a hash only cost a look more.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}
