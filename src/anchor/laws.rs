//! Laws of anchoring, on texts that no one has seen: whatever is done to a source, no wrong claim is made
//! about a quotation of it.

use proptest::prelude::*;

use super::*;
use crate::model::roles::Roles;

/// Words of a plausible text: common ones often, rare ones seldom, numbers among them.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["the", "of", "and", "to", "in", "was", "that", "for", "on", "with",
            "by", "at"]).prop_map(String::from),
        6 => "[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{1,2}[aeiou]{0,1}[a-z]{0,4}",
        1 => (2_u32..9999).prop_map(|n| n.to_string()),
        1 => prop::sample::select(vec!["Hanoi", "Tô Lâm", "người", "北京", "naïve", "“so”", "it’s"])
            .prop_map(String::from),
    ]
}

/// A sentence, and a rare word in it that no other has: one that is nothing but small words stands in many
/// places.
fn sentence() -> impl Strategy<Value = (String, String)> {
    let rare = "[bcdfg][aeiou][klmnp][aeiou][rstvz][aeiou][bcdfg][a-z]{3}";
    (prop::collection::vec(word(), 9..18), rare).prop_map(|(mut words, rare)| {
        words.insert(words.len() - 1, rare.clone());
        (format!("{}.", words.join(" ")), rare)
    })
}

/// A text of sentences that are all different.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(sentence(), 6..16).prop_map(|sentences| {
        let mut seen = std::collections::BTreeSet::new();
        sentences
            .into_iter()
            .filter(|(_, rare)| seen.insert(rare.clone()))
            .map(|(sentence, _)| sentence)
            .collect()
    })
}

fn quote_of(text: &str) -> Quote {
    let words = Words { text: text.to_string(), ..Words::default() };
    Quote { read: words.clone(), typed: words }
}

fn found(source: &str, quote: &str) -> Found {
    find(&Wanted::new(&quote_of(quote), None), &Haystack::new(source, &Roles::default()))
}

/// The claim that would be published: the words of the source at the anchor.
fn claimed(found: &Found, source: &str) -> Option<String> {
    found.verdict.holds().then(|| {
        found
            .anchors
            .iter()
            .map(|anchor| source[anchor.extent()].to_string())
            .collect()
    })
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pick(sentences: &[String], at: usize) -> usize {
    at % sentences.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_stands_is_found_where_it_stands(sentences in sentences(), at in 0_usize..99) {
        let source = sentences.join(" ");
        let quote = &sentences[pick(&sentences, at)];
        let found = found(&source, quote);
        prop_assert_eq!(found.verdict, Verdict::Exact);
        prop_assert_eq!(claimed(&found, &source), Some(quote.clone()));
    }

    #[test]
    fn a_passage_that_is_deleted_is_nowhere(sentences in sentences(), at in 0_usize..99) {
        let at = pick(&sentences, at);
        let rest: Vec<_> = sentences.iter().enumerate().filter(|(i, _)| *i != at)
            .map(|(_, sentence)| sentence.as_str()).collect();
        let found = found(&rest.join(" "), &sentences[at]);
        prop_assert_eq!(found.verdict, Verdict::Absent);
    }

    #[test]
    fn a_near_twin_is_not_taken_for_it(sentences in sentences(), at in 0_usize..99, other in word(),
        which in 1_usize..8) {
        let at = pick(&sentences, at);
        let mut words: Vec<&str> = sentences[at].split(' ').collect();
        prop_assume!(words[which] != other && !words[which].eq_ignore_ascii_case(&other));
        words[which] = &other;
        let twin = words.join(" ");
        prop_assume!(!sentences.contains(&twin));
        let both = format!("{} {twin}", sentences.join(" "));
        let there = found(&both, &sentences[at]);
        prop_assert_eq!(claimed(&there, &both), Some(sentences[at].clone()));
        prop_assert_eq!(there.anchors[0].extent().start, both.find(&sentences[at]).unwrap_or_default());
        // Alone, the twin is never published for it.
        let alone = found(&both.replacen(&sentences[at], "", 1), &sentences[at]);
        prop_assert!(!alone.verdict.holds());
    }

    #[test]
    fn a_changed_digit_is_always_named(sentences in sentences(), at in 0_usize..99, old in 10_u32..99_999,
        digit in 0_u32..5) {
        let at = pick(&sentences, at);
        let changed = old ^ (1 << digit);
        prop_assume!(changed > 9 && changed != old);
        let number = |n: u32| sentences[at].replacen(' ', &format!(" {n} "), 1);
        let mut source = sentences.clone();
        source[at] = number(changed);
        let found = found(&source.join(" "), &number(old));
        prop_assert!(matches!(found.verdict, Verdict::FigureDiffers | Verdict::Absent), "{found:?}");
        if found.verdict == Verdict::FigureDiffers {
            prop_assert!(found.differences.iter()
                .any(|d| d.weight == Weight::Figure && d.quoted == old.to_string()));
        }
    }

    #[test]
    fn a_negation_is_always_named(sentences in sentences(), at in 0_usize..99, which in 2_usize..7) {
        let at = pick(&sentences, at);
        let mut words: Vec<&str> = sentences[at].split(' ').collect();
        words.insert(which, "not");
        let mut source = sentences.clone();
        source[at] = words.join(" ");
        let found = found(&source.join(" "), &sentences[at]);
        prop_assert_eq!(found.verdict, Verdict::Drifted);
        prop_assert!(found.differences.iter().any(|difference| difference.weight == Weight::Negation));
    }

    #[test]
    fn another_setting_changes_nothing(sentences in sentences(), at in 0_usize..99, width in 20_usize..60) {
        let source = sentences.join(" ");
        let quote = &sentences[pick(&sentences, at)];
        let mut wrapped = String::new();
        let mut column = 0;
        let mut before = "";
        for word in source.split(' ') {
            // Numbers on two lines are two numbers, on one line they are one: `556 242`
            let within_number = word.starts_with(char::is_numeric) && before.ends_with(char::is_numeric);
            let break_line = column + word.len() > width && !within_number;
            before = word;
            wrapped += if break_line { "\n" } else if wrapped.is_empty() { "" } else { " " };
            column = if break_line { 0 } else { column + word.len() };
            wrapped += word;
        }
        let found_wrapped = found(&wrapped, quote);
        prop_assert_eq!(found_wrapped.verdict, Verdict::Exact);
        prop_assert_eq!(claimed(&found_wrapped, &wrapped).map(|words| spaced(&words)), Some(quote.clone()));
        let typeset = quote.replace(['“', '”'], "\"").replace('’', "'").replace(" and ", "\u{A0}and ");
        let found_typeset = found(&source, &typeset);
        prop_assert!(found_typeset.verdict.holds());
        prop_assert_eq!(claimed(&found_typeset, &source), Some(quote.clone()));
    }

    #[test]
    fn a_passage_is_found_wherever_its_section_moves(sentences in sentences(), at in 0_usize..99,
        turn in 0_usize..99) {
        let quote = sentences[pick(&sentences, at)].clone();
        let mut moved = sentences.clone();
        moved.rotate_left(turn % sentences.len());
        let old = Haystack::new(sentences.join("\n\n"), &Roles::default());
        let new = Haystack::new(moved.join("\n\n"), &Roles::default());
        let start = old.raw.find(&quote).unwrap_or_default();
        let revision = Revision::between(&old, &new);
        let around = Around { old: Some(Old { text: &old, revision: &revision, start,
            end: start + quote.len() }), ..Around::default() };
        let quoted = quote_of(&quote);
        let found = find(&Wanted { quote: &quoted, occurrence: None, around: Some(around) }, &new);
        // What an older text says of the place may leave it open, but never lead to other words.
        let claim = claimed(&found, &new.raw);
        prop_assert!(claim.is_none() || claim.as_ref() == Some(&quote), "{claim:?}");
        let found = find(&Wanted::new(&quoted, None), &new);
        prop_assert_eq!(claimed(&found, &new.raw), Some(quote));
    }

    #[test]
    fn a_text_is_never_said_to_lack_the_words_of_what_stands_in_it(
        source in "([a-z]{2,6}[ ,.’-]{1,2}|[A-Z][a-z]{3,6} |[a-z]{3}-\n[a-z]{2,4} |\u{AD}|ﬁnd \
            |naïve ){4,30}", from in 0_usize..80, to in 0_usize..120, sign in 0_usize..6,
    ) {
        let from = source.floor_char_boundary(from);
        let to = source.floor_char_boundary(to.max(from));
        let quote = match sign {
            0 => source[from..to].replace("-\n", ""),
            1 => format!("“{}”", &source[from..to]),
            2 => source[from..to].replacen(' ', " [...] ", 1),
            3 => format!("- {}.", &source[from..to]),
            _ => source[from..to].to_string(),
        };
        let quote = quote_of(&quote);
        let stands = stands(&quote, &Haystack::new(&*source, &Roles::default())).is_some();
        prop_assert!(!stands || vocabulary::Vocabulary::of(&source, &Roles::default())
            .may_hold(&vocabulary::Needed::by(&quote)), "{quote:?}");
    }

    #[test]
    fn a_text_without_a_word_of_a_quotation_is_passed_over(sentences in sentences(), at in 0_usize..99) {
        let text = vocabulary::Vocabulary::of(&sentences.join(" "), &Roles::default());
        let quote = format!("{} unheardof {}", sentences[pick(&sentences, at)], sentences[0]);
        prop_assert!(!text.may_hold(&vocabulary::Needed::by(&quote_of(&quote))));
    }

    #[test]
    fn nothing_panics_and_no_offset_is_wrong(
        source in "(?s)[ab.,'\"“»«()\\[\\]…0-9 \n\u{AD}\u{301}\u{200B}—-]{0,120}|.{0,80}|[\u{4E00}-\u{4E20}a \
            \n]{0,40}",
        quote in "(?s)[ab.,'\"“»«()\\[\\]…0-9 \n\u{AD}\u{301}=-]{0,60}|.{0,40}|[\u{4E00}-\u{4E20}a \n]{0,20}",
        before in ".{0,12}", after in ".{0,12}", start in 0_usize..200, mark in 0_usize..30, of in 0_usize..4,
    ) {
        let mut quote = quote_of(&quote);
        let border = quote.read.text.floor_char_boundary(mark);
        if border > 0 {
            quote.read.marks.push(0..border);
        }
        let hay = Haystack::new(&*source, &Roles::default());
        let occurrence = [None, Some(Occurrence::All), Some(Occurrence::Nth { nth: 1, of: Some(2) })][of % 3];
        let around = (of == 3).then_some(Around { before: &before, after: &after, start: Some(start),
            old: None });
        let found = find(&Wanted { quote: &quote, occurrence, around }, &hay);
        let ranges = found.anchors.iter().flat_map(|anchor| anchor.parts.iter().chain(&anchor.targets))
            .cloned();
        for range in ranges.chain(found.nearest.iter().map(|near| near.range.clone())) {
            prop_assert!(range.start < range.end
                && source.get(range.clone()).is_some(), "{range:?} {found:?}");
        }
        for anchor in &found.anchors {
            prop_assert!(anchor.parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
        if found.verdict.holds() {
            prop_assert!(!found.anchors.is_empty());
        }
    }
}
