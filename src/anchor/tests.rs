//! The rules of format.md, "What a quotation owes", each as a small case: source, quotation, what comes of it.

use super::*;
use crate::model::roles::Roles;

/// A quotation as typed, `==marks==` and all; it reads as it is typed.
fn quote(typed: &str) -> Quote {
    let mut words = Words::default();
    for (i, piece) in typed.split("==").enumerate() {
        let start = words.text.len();
        words.text.push_str(piece);
        if i % 2 == 1 {
            words.marks.push(start..words.text.len());
        }
    }
    Quote { read: words.clone(), typed: words }
}

fn shown(found: &Found, source: &str) -> String {
    let piece = |range: &Range<usize>| format!("<{}>", &source[range.clone()]);
    let anchors = found.anchors.iter().map(|anchor| {
        let parts: String = anchor.parts.iter().map(piece).collect();
        let targets: String = anchor.targets.iter().map(piece).collect();
        if anchor.parts == anchor.targets { parts } else { format!("{parts} marks {targets}") }
    });
    let anchors: Vec<_> = anchors.collect();
    let altered = if found.altered { " altered" } else { "" };
    let miscounted = if found.miscounted { " miscounted" } else { "" };
    format!("{}{altered}{miscounted} {}", found.verdict.name(), anchors.join(" and ")).trim_end().to_string()
}

#[track_caller]
fn check(source: &str, typed: &str, expected: &str) {
    check_wanted(source, Wanted::new(&quote(typed), None), expected);
}

#[track_caller]
fn check_wanted(source: &str, wanted: Wanted, expected: &str) {
    assert_eq!(shown(&find(&wanted, &Haystack::new(source, &Roles::default())), source), expected);
}

const TRADE: &str =
    "The goods trade deficit with Vietnam in 2024 was $123.5 billion,\nup 18% from 2023. Its officials called it “unsustainable”.";

#[test]
fn the_same_words_are_exact_whatever_the_white_space() {
    check(TRADE, "goods trade deficit with Vietnam", "exact <goods trade deficit with Vietnam>");
    check(TRADE, "was $123.5  billion,\n> up 18%".replace("> ", "").as_str(), "exact <was $123.5 billion,\nup 18%>");
    check("北京市\n政府宣布", "市政府", "exact <市\n政府>");
    check("Hue\u{301} and Hanoi", "Hué and", "exact <Hue\u{301} and>");
}

/// Parts that agree word for word, in marks that are not the same: the words are shown all the same.
#[test]
fn what_drifts_shows_a_difference_even_where_no_word_does() {
    let source = "The council \u{201c}thanked\u{201d} the clerk\u{2014}and, at length, the ferrymen. Mayor Berg refused to sign the order.";
    let quote = quote("The council 'thanked' the clerk - and [...] the ferrymen. Mayor Berg refused to sign");
    let found = find(&Wanted::new(&quote, None), &Haystack::new(source, &Roles::default()));
    assert_eq!(found.verdict.name(), "drifted");
    assert!(!found.differences.is_empty());
}

#[test]
fn other_marks_dashes_and_letterforms_are_typographic() {
    check(TRADE, "called it \"unsustainable\".", "typographic <called it “unsustainable”.>");
    check("the ﬁrst oﬃce — in 1994", "the first office", "typographic <the ﬁrst oﬃce>");
    check("it was — so to say — late", "it was--so to say--late", "typographic <it was — so to say — late>");
    check("« Non », dit-il", "\"Non\", dit-il", "typographic <« Non », dit-il>");
}

#[test]
fn the_first_letter_and_the_final_mark_are_the_writers() {
    check(TRADE, "its officials called it", "typographic <Its officials called it>");
    check(TRADE, "Officials called it.", "typographic <officials called it>");
    check(TRADE, "up 18% from 2023;", "typographic <up 18% from 2023>");
    check("They met — at last — in May", "They met —", "typographic <They met>");
    check("from 5–7 of them", "from 5 –", "absent");
    check(TRADE, "up 18% From 2023", "drifted <up 18% from 2023>");
    check("He met her. Then he met her.", "he met her", "exact <he met her>");
}

#[test]
fn a_passage_begins_and_ends_at_a_word_border_and_never_inside_a_number() {
    check("Sold 1,110 of 123.5 at -5", "110", "absent");
    check("Sold 1,110 of 123.5 at -5", "123", "absent");
    check("Sold 1,110 of 123.5 at -5", "5", "absent");
    check("Sold 1,110 of 123.5 at -5", "1110", "typographic <1,110>");
    check("Sold 1,110 of 123.5 at -5", "-5", "exact <-5>");
    check("In 2023–2026", "2026", "exact <2026>");
    check("In 2023–2026", "2023", "exact <2023>");
    check("government officials", "govern", "absent");
    check("a loan of A$5 million", "$5 million", "absent");
    check("The board met.", "he board", "absent");
}

#[test]
fn numbers_group_by_threes_or_not() {
    check("a length of 1,650 km", "1650 km", "typographic <1,650 km>");
    check("a length of 1650 km", "1,650 km", "typographic <1650 km>");
    check("a length of 1\u{202F}650 km", "1 650 km", "typographic <1\u{202F}650 km>");
    check("a length of 1,650 km", "1,651 km", "absent");
}

#[test]
fn hyphens_at_line_ends_fit_with_and_without() {
    check("of many countries there", "coun-\ntries", "typographic <countries>");
    check("of many coun-\ntries there", "many countries there", "typographic <many coun-\ntries there>");
    check("a well-\nknown coun-\ntry", "well-known country", "typographic <well-\nknown coun-\ntry>");
    check("a well-known country", "wellknown country", "absent");
    check("in 2023-\n2026 and", "2023-2026", "typographic <2023-\n2026>");
    check("in 2023-\n2026 and", "20232026", "absent");
}

#[test]
fn elisions_skip_text() {
    check(TRADE, "The goods [...] with Vietnam […] up 18%", "exact <The goods><with Vietnam><up 18%>");
    check(TRADE, "[...] up 18% (…)", "exact <up 18%>");
    check(TRADE, "deficit ... was $123.5 billion", "exact <deficit><was $123.5 billion>");
    check("He said ... nothing.", "said ... nothing", "exact <said ... nothing>");
    check("He said ... nothing.", "said… nothing", "exact <said><nothing>");
    check(TRADE, "with Vietnam [...] goods", "absent");
    check(TRADE, "with Viet[...] up 18%", "drifted <with Vietnam><up 18%>");
}

#[test]
fn of_places_that_contain_each_other_the_inner_counts() {
    check("the north, the south and the west", "the [...] west", "exact <the><west>");
    check("a one b. a two b.", "a [...] b", "ambiguous <a><b> and <a><b>");
}

#[test]
fn brackets_are_the_sources_or_the_writers() {
    check("only [sic] the first", "only [sic] the first", "exact <only [sic] the first>");
    check("only the first", "only [sic] the first", "typographic altered <only the first>");
    check("The council met", "[T]he council", "typographic altered <The council>");
    check("when the council met", "[T]he council met", "typographic altered <the council met>");
    check("Today the council met", "Today [T]he council met", "typographic altered <Today the council met>");
    check("they governed the city", "govern[ing] the city", "typographic altered <governed the city>");
    check("and he said that", "and [Mr Trump] said that", "typographic altered <and he said that>");
    check("and established its capital at", "established [its] capital", "typographic altered <established its capital>");
    check("and one of the most important men there said that", "and [Mr Trump] said that", "absent");
    check("and he did not say that", "and [Mr Trump] say that", "absent");
    check("and 5 men said that", "and [Mr Trump] said that", "absent");
}

#[test]
fn quotation_marks_round_the_whole_are_left_off_where_the_source_has_none() {
    check(TRADE, "“up 18% from 2023.”", "typographic <up 18% from 2023.>");
    check(TRADE, "“unsustainable”", "exact <“unsustainable”>");
    check(TRADE, "'up 18% from 2023'.", "typographic <up 18% from 2023.>");
}

#[test]
fn marks_at_the_start_of_a_line_are_optional() {
    check("Build a bridge\nOpen a school", "- Build a bridge\n- Open a school", "typographic <Build a bridge\nOpen a school>");
    check("- Build a bridge\n- Open a school", "- Build a bridge\n- Open a school", "exact <- Build a bridge\n- Open a school>");
    check("Build a bridge", "## Build a bridge", "typographic <Build a bridge>");
}

#[test]
fn marks_choose_the_target() {
    check(TRADE, "deficit with Vietnam ==in 2024==", "exact <deficit with Vietnam in 2024> marks <in 2024>");
    check(TRADE, "==deficit== with ==Vietnam== in", "exact <deficit with Vietnam in> marks <deficit><Vietnam>");
    check(TRADE, "The ==goods [...] with== Vietnam", "exact <The goods><with Vietnam> marks <goods><with>");
    check("and he said that", "and ==[Trump] said== that", "typographic altered <and he said that> marks <said>");
    check("many coun-\ntries there", "many ==countries== there", "typographic <many coun-\ntries there> marks <coun-\ntries>");
}

#[test]
fn several_places_are_ambiguous_until_a_number_chooses() {
    let source = "Rice, rice and rice again.";
    check(source, "rice", "ambiguous <rice> and <rice>");
    check(source, "Rice", "exact <Rice>");
    let quote = quote("rice");
    let nth = |nth, of| Wanted::new(&quote, Some(Occurrence::Nth { nth, of }));
    check_wanted(source, nth(2, None), "exact <rice>");
    check_wanted(source, nth(2, Some(2)), "exact <rice>");
    check_wanted(source, nth(2, Some(3)), "ambiguous miscounted <rice> and <rice>");
    check_wanted(source, nth(3, None), "ambiguous miscounted <rice> and <rice>");
    check_wanted(source, nth(0, None), "ambiguous miscounted <rice> and <rice>");
    check_wanted(source, Wanted::new(&quote, Some(Occurrence::All)), "exact <rice> and <rice>");
    check("had had had", "had had", "ambiguous <had had> and <had had>");
}

#[test]
fn words_are_compared_as_they_read_and_as_they_are_typed() {
    let both = |read: &str, typed: &str| Quote {
        read: Words { text: read.into(), marks: Vec::new() },
        typed: Words { text: typed.into(), marks: Vec::new() },
    };
    let emphatic = both("a very good year", "a *very* good year");
    check_wanted("It was a very good year.", Wanted::new(&emphatic, None), "exact <a very good year>");
    check_wanted("It was a *very* good year.", Wanted::new(&emphatic, None), "exact <a *very* good year>");
}

#[test]
fn nothing_is_nowhere() {
    check("", "words", "absent");
    check("words", "", "absent");
    check("words", "[...]", "absent");
    check("words", "  ", "absent");
}

/// A short quotation in a short text: one digit that slipped is told as that, and not as words that stand nowhere.
#[test]
fn a_digit_that_slipped_in_a_short_quotation() {
    let source = "The clerk reported on the ferry. In 2023 it carried 41,200 passengers, fewer than in any year since the war. The council took note.";
    check(source, "In 2023 it carried 41,300 passengers", "figure-differs <In 2023 it carried 41,200 passengers>");
    let since = "it carried 41,200 passengers, fewer than in any year since";
    check(source, &format!("{since} 1945"), &format!("figure-differs <{since}>"));
    check(source, "The mayor spoke of the ferry", "absent");
    check(source, "In 1987 it carried 300 passengers", "absent");
}
