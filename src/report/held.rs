//! How many mistakes are held: of each kind so many in a file, and the number of the others.
//!
//! A file may hold a mistake in every second byte, and a mistake with its words takes some hundred bytes.
//! Nobody reads the thousand and first of a kind in one file, so it is counted, by the last one before it
//! (`Diagnostic::more`).

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use crate::model::path::InputPath;

/// So many mistakes of one kind in one file are told.
pub const MOST_OF_A_KIND: usize = 1000;

/// Fewer mistakes than this are not looked through.
const FEW: usize = 4096;

/// Keeps a list short to which mistakes are being added: to be called between one and the next. It looks
/// through the list when that has grown to twice what was left of it the last time, so that all calls
/// together take as long as the list is.
pub fn hold(mistakes: &mut Vec<Diagnostic>) {
    if mistakes.len() >= FEW && mistakes.len() * 8 >= mistakes.capacity() * 7 {
        curb(mistakes);
        mistakes.shrink_to(FEW.max(2 * mistakes.len()));
    }
}

/// Keeps the first so many of each kind in each file. The last of these counts the others.
pub fn curb(mistakes: &mut Vec<Diagnostic>) {
    if mistakes.len() <= MOST_OF_A_KIND {
        return;
    }
    let mut kinds: BTreeMap<(&'static str, Option<InputPath>), Kind> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for mistake in mistakes.drain(..) {
        let file = mistake.place.as_ref().map(|label| label.place.path.clone());
        let kind = kinds.entry((mistake.code.name, file)).or_default();
        if kind.count < MOST_OF_A_KIND {
            *kind = Kind { count: kind.count + 1, last: kept.len() };
            kept.push(mistake);
        } else {
            kept[kind.last].more += 1 + mistake.more;
        }
    }
    *mistakes = kept;
}

/// What was kept of one kind in one file.
#[derive(Default)]
struct Kind {
    count: usize,
    /// Where the last one of them stands in the list.
    last: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;
    use crate::report::diagnostic::{Code, Severity};

    static FIRST: Code = Code { name: "first", severity: Severity::Error, summary: "one kind" };
    static SECOND: Code = Code { name: "second", severity: Severity::Hint, summary: "another kind" };

    fn mistake(code: &'static Code, file: &str, number: usize) -> Diagnostic {
        Diagnostic::new(
            code,
            &InputPath::new(file).expect("a test's path"),
            Span::new(number..number),
            "wrong",
        )
    }

    #[test]
    fn the_first_thousand_of_a_kind_in_a_file_are_kept_and_the_others_counted() {
        let mut mistakes: Vec<Diagnostic> = (0..1500)
            .flat_map(|i| [mistake(&FIRST, "a.md", i), mistake(&FIRST, "b.md", i)])
            .collect();
        mistakes.extend((0..3).map(|i| mistake(&SECOND, "a.md", i)));
        curb(&mut mistakes);
        assert_eq!(mistakes.len(), 2003);
        assert_eq!(
            mistakes.iter().map(|mistake| mistake.more).collect::<Vec<_>>()[1996..],
            [0, 0, 500, 500, 0, 0, 0]
        );
        let again = mistakes.clone();
        curb(&mut mistakes);
        assert_eq!(mistakes, again);
    }

    #[test]
    fn a_list_that_is_held_stays_short_and_loses_no_number() {
        let (mut mistakes, mut longest) = (Vec::new(), 0);
        for i in 0..100_000 {
            hold(&mut mistakes);
            mistakes.push(mistake(&FIRST, "a.md", i));
            mistakes.extend((i % 10 == 0).then(|| mistake(&SECOND, "a.md", i)));
            longest = longest.max(mistakes.capacity());
        }
        curb(&mut mistakes);
        assert!(longest <= 2 * FEW, "{longest}");
        assert_eq!(mistakes.iter().map(|mistake| 1 + mistake.more).sum::<usize>(), 110_000);
    }
}
