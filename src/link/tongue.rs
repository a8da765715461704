//! In which language a text is, as far as its smallest words and its letters tell: what stands in quotation
//! marks in another language than its source has is a translation, and every reader knows it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::anchor::fold::is_unspaced;

/// How often the smallest words, or the letters, of each language stand in a text.
#[derive(Debug)]
pub struct Tongue([usize; LANGUAGES.len() + SCRIPTS.len()]);

/// Some of the smallest words of each language; few are words of two of them.
const LANGUAGES: [&str; 10] = [
    "the of and is was were that with this not they have had by from which their would we our",
    "der das und ist nicht wir ein eine mit auf dem sich auch wurde hat haben sind für im von zum zur",
    "les et dans est pas une nous que qui du au aux pour avec sur avait été sont cette ils",
    "el los las y del con por para fue ha había pero como más su sus muy nosotros",
    "il gli che della delle è sono nel nella alla anche hanno ha abbiamo perché più",
    "os uma não do dos das foi são mas nós pelo pela ao também está",
    "het een van zijn niet wij ook werd aan voor dat heeft hebben deze",
    "och att är det som inte på av har vi den ett till efter",
    "og at er ikke på af med vi blev som den til har",
    "của và là không các những được trong cho với người một đã",
];

/// The languages that each of these words is of.
fn small_words() -> &'static HashMap<&'static str, Vec<usize>> {
    static WORDS: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
        let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (language, list) in LANGUAGES.iter().enumerate() {
            for word in list.split(' ') {
                words.entry(word).or_default().push(language);
            }
        }
        words
    });
    &WORDS
}

/// Letters that one group of languages alone writes with.
const SCRIPTS: [fn(char) -> bool; 6] = [
    is_unspaced,
    |c| within(c, 0x400..0x530),
    |c| within(c, 0x370..0x400),
    |c| within(c, 0x590..0x600),
    |c| within(c, 0x600..0x700),
    |c| within(c, 0x900..0xE00),
];

fn within(c: char, range: Range<u32>) -> bool {
    range.contains(&u32::from(c))
}

/// So much rarer are the words of a language in a text that is in another.
const RARER: usize = 20;

impl Tongue {
    pub fn of(text: &str) -> Tongue {
        let mut counts = [0; LANGUAGES.len() + SCRIPTS.len()];
        for word in text.split(|c: char| !c.is_alphabetic()) {
            let Some(first) = word.chars().next() else { continue };
            if let Some(script) = SCRIPTS.iter().position(|is_of| is_of(first)) {
                counts[LANGUAGES.len() + script] += word.chars().count();
            } else if word.len() <= LONGEST {
                let languages = small_words().get(word.to_lowercase().as_str());
                languages
                    .into_iter()
                    .flatten()
                    .for_each(|&language| counts[language] += 1);
            }
        }
        Tongue(counts)
    }

    /// The language that most tells of, if two of its words do and no other has as many.
    fn most(&self) -> Option<usize> {
        let (most, &count) = self.0.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let alone = self.0.iter().filter(|other| **other == count).count() == 1;
        (count >= 2 && alone).then_some(most)
    }

    /// Whether a text is in a language that another text does not have.
    pub fn is_another_than(&self, other: &Tongue) -> bool {
        let (Some(own), Some(others)) = (self.most(), other.most()) else { return false };
        own != others && other.0[own] * RARER < other.0[others]
    }
}

/// The longest word of the lists in bytes is no longer.
const LONGEST: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_two_languages() {
        let german = Tongue::of("Wir haben das Wehr im Winter geschlossen, und die Leute sind nicht froh.");
        assert!(Tongue::of("We closed the weir in the winter").is_another_than(&german));
        assert!(!Tongue::of("Wir haben das Wehr im Sommer").is_another_than(&german));
        assert!(!Tongue::of("weir winter 1911").is_another_than(&german), "nothing tells");
        let both = Tongue::of("Wir haben das Wehr geschlossen. We have closed the weir.");
        assert!(!Tongue::of("We opened the weir of the mill").is_another_than(&both));
        let chinese = Tongue::of("港口在整个冬天都关闭而且空无一人。");
        assert!(Tongue::of("The port was closed").is_another_than(&chinese));
        assert!(!Tongue::of("港口开放").is_another_than(&chinese));
    }
}
