//! Whether two texts say the same but for a slip of the pen: what `fix --drift` may mend unasked.
//!
//! It is a list of what is harmless, since no list of what is harmful ends: other signs and spaces, an
//! article that is missing, a letter that is wrong, missing or doubled within a long word. `treated` for
//! `untreated`, `all` for `most`, `Mrs.` for `Mr.` are for a person.

/// Whether a quotation says what the passage says.
pub fn keeps_sense(quoted: &str, passage: &str) -> bool {
    let (here, there) = (words(quoted), words(passage));
    let (mut i, mut j) = (0, 0);
    while i < here.len() || j < there.len() {
        match (here.get(i), there.get(j)) {
            (Some(a), Some(b)) if is_same(a, b) => (i, j) = (i + 1, j + 1),
            (_, Some(b)) if is_article(b) => j += 1,
            (Some(a), _) if is_article(a) => i += 1,
            _ => return false,
        }
    }
    true
}

/// The words with their signs, but for those that only punctuate.
fn words(text: &str) -> Vec<&str> {
    let mark = |c: char| {
        matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„')
    };
    text.split_whitespace()
        .map(|word| word.trim_matches(mark))
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_same(a: &str, b: &str) -> bool {
    let same = a == b || !a.contains(char::is_numeric) && a.to_lowercase() == b.to_lowercase();
    same || is_article(a) && is_article(b) || is_slip(a, b)
}

const ARTICLES: &str = "the a an der die das den dem des la le el los las il lo gli o os het";

fn is_article(word: &str) -> bool {
    ARTICLES.split(' ').any(|article| article == word)
}

/// Shorter words than this turn into others by one letter. A letter that is doubled makes no other word in
/// somewhat shorter ones.
const LONG: usize = 8;
const LONG_ENOUGH: usize = 7;

/// Whether one letter is wrong, too many or out of place. What begins and ends a word carries sense: `un-`,
/// `-s`, `-ed`, `-er`, `-ee`. So do names.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let letters = |word: &[char]| word.iter().all(|c| c.is_lowercase());
    let shorter = a.len().min(b.len());
    if !letters(&a) || !letters(&b) || shorter < LONG_ENOUGH || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let end = tail.min(shorter - start);
    let (one, other) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let doubled =
        |extra: &[char], word: &[char]| extra.len() == 1 && start > 0 && word[start - 1] == extra[0];
    let is_doubled = other.is_empty() && doubled(one, &a) || one.is_empty() && doubled(other, &b);
    let swapped = one.len() == 2 && other.len() == 2 && one[0] == other[1] && one[1] == other[0];
    let wrong = one.len() <= 1 && other.len() <= 1 || swapped;
    start >= 2 && tail >= 2 && (is_doubled || wrong && shorter >= LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        for (quoted, passage) in [
            ("in the mornning, they sailed", "in the morning they sailed"),
            ("the comitttee met", "the committtee met"),
            ("before afternon came", "before afternoon came"),
            ("a seperate order", "a separate order"),
            ("ferry sank", "the ferry sank"),
            ("a ferry sank", "the ferry sank"),
            ("“The ferry” sank.", "The ferry sank"),
        ] {
            assert!(keeps_sense(quoted, passage), "{quoted} for {passage}");
        }
    }

    #[test]
    fn what_may_change_the_sense() {
        for (quoted, passage) in [
            ("treated wood", "untreated wood"),
            ("at most six", "at least six"),
            ("less than 300", "more than 300"),
            ("sold 300", "sold more than 300"),
            ("it fell", "it rose"),
            ("all men", "most men"),
            ("after noon", "before noon"),
            ("the Colonel came", "the General came"),
            ("Mrs. Berg", "Mr. Berg"),
            ("autumn of 1998", "spring of 1998"),
            ("in the morning", "in the evening"),
            ("3 per cent", "3 percentage points"),
            ("met on Monday. (a)", "met on Monday. It"),
            ("the employer", "the employee"),
            ("they attend", "they attended"),
            ("the harbours", "the harbour"),
            ("in 1998", "in 1999"),
            ("the united men", "the untied men"),
            ("Halberstadt fell", "Halberstedt fell"),
        ] {
            assert!(!keeps_sense(quoted, passage), "{quoted} for {passage}");
        }
    }
}
