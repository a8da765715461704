//! The rules of what a quotation owes, each as a small case: source, quotation, what comes of
//! it.

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
    format!("{}{altered}{miscounted} {}", found.verdict.name(), anchors.join(" and "))
        .trim_end()
        .to_string()
}

#[track_caller]
fn check(source: &str, typed: &str, expected: &str) {
    check_wanted(source, Wanted::new(&quote(typed), None), expected);
}

#[track_caller]
fn check_wanted(source: &str, wanted: Wanted, expected: &str) {
    assert_eq!(shown(&find(&wanted, &Haystack::new(source, &Roles::default())), source), expected);
}

const TRADE: &str = "The goods trade deficit with Vietnam in 2024 was $123.5 billion,\nup 18% from 2023. Its \
    officials called it “unsustainable”.";

#[test]
fn the_same_words_are_exact_whatever_the_white_space() {
    check(TRADE, "goods trade deficit with Vietnam", "exact <goods trade deficit with Vietnam>");
    check(
        TRADE,
        "was $123.5  billion,\n> up 18%".replace("> ", "").as_str(),
        "exact <was $123.5 billion,\nup 18%>",
    );
    check("北京市\n政府宣布", "市政府", "exact <市\n政府>");
    check("Hue\u{301} and Hanoi", "Hué and", "exact <Hue\u{301} and>");
}

/// Parts that agree word for word, in marks that are not the same: the words are shown all the same.
#[test]
fn what_drifts_shows_a_difference_even_where_no_word_does() {
    let source = "The council \u{201c}thanked\u{201d} the clerk\u{2014}and, at length, the ferrymen. Mayor \
        Berg refused to sign the order.";
    let quote = quote("The council thanked the clerk - and [...] the ferrymen. Mayor Berg refused to sign");
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
    check("They met — at last — in May", "They met —", "exact <They met —>");
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
    check("In 2023–2026", "2026", "absent");
    check("In 2023–2026", "In 2023", "absent");
    check("In 2023–2026", "In 2023-2026", "typographic <In 2023–2026>");
    check("It stood at 10:30 then", "It stood at 10", "absent");
    check("grew by 30 % a year", "grew by 30", "absent");
    check("government officials", "govern", "absent");
    check("a loan of A$5 million", "$5 million", "absent");
    check("The board met.", "he board", "absent");
}

#[test]
fn numbers_group_by_threes_or_not() {
    check("a length of 1,650 km", "1650 km", "typographic <1,650 km>");
    check("a length of 1650 km", "1,650 km", "typographic <1650 km>");
    check("a length of 1\u{202F}650 km", "1 650 km", "exact <1\u{202F}650 km>"); // white space alone differs
    check("He had 40 000 yen.", "He had 40,000 yen.", "typographic <He had 40 000 yen.>");
    check("He had 40 000 yen.", "He had 40000 yen.", "typographic <He had 40 000 yen.>");
    check("paid £12 000 then", "£12,000", "typographic <£12 000>");
    check("in 2019 650 ships", "in 2019,650 ships", "absent");
    check("Total: 7\n\n500 boats", "Total: 7 500 boats", "absent");
    check("rund 1.234,50 Euro", "1234,50 Euro", "typographic <1.234,50 Euro>");
    check("rund 1 234,50 Euro", "1.234,50 Euro", "typographic <1 234,50 Euro>");
    check("rund 1.234,50 Euro", "1,234.50 Euro", "absent");
    check("a length of 1,650 km", "1,651 km", "absent");
}

#[test]
fn a_number_is_not_cut_from_what_makes_it_another() {
    let cut = |source: &str, typed: &str| {
        let found = find(&Wanted::new(&quote(typed), None), &Haystack::new(source, &Roles::default()));
        assert!(!found.verdict.holds(), "{typed}: {found:?}");
    };
    cut("It cost USD 3 million.", "It cost USD 3");
    cut("there were thirty-five men", "five men");
    cut("and 三千五百人来了", "五百人来了");
    cut("We saw 10^-3 cells", "We saw 10");
    cut("Under-18 players may join", "18 players may join");
    cut("Press Shift-Control-2.", "Shift-Control-.");
    cut("gave ≥8 mg daily", "8 mg daily");
    cut("ran 12 km/h then", "ran 12 km");
    cut("of 5...7 mm", "7 mm");
    cut("- 7 boats\n- 8 carts", "-7 boats");
    check("- 7 boats\n- 8 carts", "7 boats", "exact <7 boats>");
    check("- 7 boats\n- 8 carts", "- 7 boats", "exact <- 7 boats>");
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
    check("He said ... nothing.", "said… nothing", "typographic <said ... nothing>");
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
    check(
        "and established its capital at",
        "established [its] capital",
        "typographic altered <established its capital>",
    );
    check("and one of the most important men there said that", "and [Mr Trump] said that", "absent");
    check("and he did not say that", "and [Mr Trump] say that", "absent");
    check("and 5 men said that", "and [Mr Trump] said that", "absent");
}

#[test]
fn a_bracket_says_and_hides_no_number_negation_quantifier_or_day() {
    let source = "Nobody saw Mr. Berg leave on Monday. He paid only 500 crowns and did not pay the fine; he \
        never came.";
    fails_in(
        source,
        &[
            "[Everybody] saw Mr. Berg leave",
            "[They] saw Mr. Berg leave",
            "500 [million] crowns",
            "pay [half] the fine",
            "did no[w] pay the fine",
            "he n[ow] came",
            "He paid [just] 500",
            "Berg leave on [Tuesday].",
            "Berg leave on [that day].",
            "[...] [everybody] saw Mr. Berg",
        ],
    );
    stands_in(
        source,
        &[
            "[N]obody saw Mr. Berg leave",
            "[The mayor] paid only 500 crowns",
            "He paid only 500 crowns [of silver] and did not",
        ],
    );
    fails_in("the treated wood lay there", &["the [un]treated wood lay"]);
}

#[test]
fn a_word_that_the_writer_struck_is_struck_in_the_source_at_the_ends_too() {
    let holds = |text: &str, source: &str| {
        let start = text.find("thousand").expect("it is there");
        let words = Words {
            text: text.to_string(),
            struck: std::iter::once(start..start + "thousand".len()).collect(),
            ..Words::default()
        };
        let quote =
            Quote { read: words, typed: Words { text: "typed otherwise".into(), ..Words::default() } };
        let (text, roles) = set(source);
        find(&Wanted::new(&quote, None), &Haystack::new(text.as_str(), &roles))
            .verdict
            .holds()
    };
    let struck = "The mayor paid 500 {s:thousand} crowns. It rained.";
    assert!(!holds("The mayor paid 500 thousand", "The mayor paid 500 crowns. It rained."));
    assert!(!holds("thousand The mayor paid 500", "The mayor paid 500 crowns. It rained."));
    assert!(!holds("The mayor paid thousand [...] It rained.", "The mayor paid 500 crowns. It rained."));
    assert!(!holds("crowns. It rained thousand.", "The mayor paid 500 crowns. It rained."));
    assert!(holds("The mayor paid 500 thousand", struck));
    assert!(holds("thousand crowns. It", struck));
    assert!(holds("paid 500 thousand crowns", struck));
}

#[test]
fn no_number_is_made_of_the_digits_of_two_blocks() {
    for source in ["Total: 7\n\n500 boats", "Total: 7\t500 boats", "Total: 7\n500 boats"] {
        fails_in(source, &["Total: 7 500 boats", "7 500"]);
        stands_in(source, &["Total: 7\n500 boats"]);
    }
    stands_in("Total: 7 500 boats", &["Total: 7 500 boats"]);
    stands_in("Total: 7\n\n50 boats", &["Total: 7 50 boats"]);
}

#[test]
fn a_lowered_or_raised_digit_before_a_digit_is_none_of_its_number() {
    for source in ["so log₂8 = 3 and C₆12 or B²4", "so log{l:2}8 = 3 and C{l:6}12 or B{r:2}4"] {
        fails_in(source, &["so log28 = 3", "C612", "B24"]);
        stands_in(source, &["so log₂8 = 3", "C₆12", "B²4"]);
    }
    stands_in("of H{l:2}O and m{r:2}", &["of H2O and m2"]);
}

#[test]
fn quotation_marks_round_the_whole_are_left_off_where_the_source_has_none() {
    check(TRADE, "“up 18% from 2023.”", "typographic <up 18% from 2023.>");
    check(TRADE, "“unsustainable”", "exact <“unsustainable”>");
    check(TRADE, "'up 18% from 2023'.", "typographic <up 18% from 2023.>");
}

#[test]
fn marks_at_the_start_of_a_line_are_optional() {
    check(
        "Build a bridge\nOpen a school",
        "- Build a bridge\n- Open a school",
        "typographic <Build a bridge\nOpen a school>",
    );
    check(
        "- Build a bridge\n- Open a school",
        "- Build a bridge\n- Open a school",
        "exact <- Build a bridge\n- Open a school>",
    );
    check("Build a bridge", "## Build a bridge", "typographic <Build a bridge>");
}

/// A source with roles: `{r:…}` is raised, `{l:…}` lowered, `{s:…}` struck, `{o:…}` may be left out; `{n:…}`
/// is the number of a line and `{f:…}` a reference to a note, both shown beside the text.
fn set(source: &str) -> (String, Roles) {
    use crate::model::roles::{Beside, BesideKind, Inside, Role};
    let (mut text, mut roles) = (String::new(), Roles::default());
    for (i, piece) in source.split(['{', '}']).enumerate() {
        let Some((kind, words)) = piece.split_once(':').filter(|_| i % 2 == 1) else {
            text.push_str(piece);
            continue;
        };
        let role = match kind {
            "r" => Role::Raised,
            "l" => Role::Lowered,
            "s" => Role::Struck,
            "o" => Role::Optional,
            _ => {
                let kind = if kind == "n" { BesideKind::Number } else { BesideKind::Reference };
                roles
                    .beside
                    .push(Beside { at: text.len(), text: words.to_string(), kind });
                continue;
            }
        };
        let start = text.len();
        text.push_str(words);
        roles.inside.push(Inside { range: start..text.len(), role });
    }
    (text, roles)
}

#[track_caller]
fn check_set(source: &str, typed: &str, expected: &str) {
    let (text, roles) = set(source);
    let found = find(&Wanted::new(&quote(typed), None), &Haystack::new(text.as_str(), &roles));
    assert_eq!(shown(&found, &text), expected, "{typed}");
}

#[track_caller]
fn stands_in(source: &str, quotes: &[&str]) {
    let (text, roles) = set(source);
    for typed in quotes {
        let found = find(&Wanted::new(&quote(typed), None), &Haystack::new(text.as_str(), &roles));
        assert!(found.verdict.holds(), "{typed}: {}", shown(&found, &text));
    }
}

#[track_caller]
fn fails_in(source: &str, quotes: &[&str]) {
    let (text, roles) = set(source);
    for typed in quotes {
        let found = find(&Wanted::new(&quote(typed), None), &Haystack::new(text.as_str(), &roles));
        assert!(!found.verdict.holds(), "{typed}: {}", shown(&found, &text));
    }
}

#[test]
fn raised_and_lowered_figures_stand_as_people_type_them() {
    let source =
        "It holds 10{r:9} grains of H{l:2}O in 12 m{r:2}, cost $11{r:99} here and 1{r:1}/{l:2} hours.";
    stands_in(
        source,
        &[
            "It holds 10⁹ grains",
            "It holds 10^9 grains",
            "holds 10**9 grains",
            "holds 10<sup>9</sup> grains of H2O",
        ],
    );
    stands_in(
        source,
        &[
            "grains of H₂O in 12 m2",
            "in 12 m² , cost",
            "cost $11⁹⁹ here",
            "cost $11^99 here",
            "cost $11.99 here",
        ],
    );
    stands_in(source, &["here and 1½ hours", "and 1 1/2 hours", "and 1 1⁄2 hours"]);
    fails_in(
        source,
        &[
            "holds 109 grains",
            "It holds 10",
            "It holds 10⁸ grains",
            "cost $1199 here",
            "and 11/2 hours",
            "of H3O in",
            "12 m3",
            "cost $11.98",
        ],
    );
    stands_in("a half ½ of 10⁹ and 3 1/2 cups", &["a half 1/2 of 10^9", "and 3½ cups", "and 3 ½ cups"]);
    fails_in(
        "a half ½ of 10⁹ and 3 1/2 cups",
        &["a half 12 of", "of 109", "and 31/2 cups", "and 3", "1/2 cups"],
    );
}

#[test]
fn references_to_notes_are_no_part_of_the_words() {
    let source =
        "The ferry carried 41,200{f:1} passengers, said the clerk.{f:[2]} The council{f:a} took note of it.";
    stands_in(
        source,
        &[
            "carried 41,200 passengers, said",
            "carried 41,200¹ passengers",
            "carried 41,200[1] passengers",
            "carried 41,200^1 passengers",
        ],
    );
    stands_in(
        source,
        &[
            "said the clerk.[2] The council took note",
            "said the clerk. The council[a] took",
            "41,200¹ passengers, said the clerk. The",
        ],
    );
    stands_in(source, &["passengers, said the clerk.[2]", "passengers, said the clerk.²"]);
    fails_in(
        source,
        &[
            "carried 41,2001 passengers",
            "carried 41,200² passengers",
            "said the clerk.[3] The council",
            "the clerk.2 The council",
            "41,200 1 passengers",
        ],
    );
    let typed = "this decision.{o:1} The appeal of 2023.4 says infusion {o:[53]} gave the best \
        accuracy.{o:[12]} The port";
    stands_in(
        typed,
        &[
            "this decision. The appeal",
            "this decision.1 The appeal",
            "this decision",
            "infusion gave the best accuracy.[12] The port",
            "The appeal of 2023.4",
        ],
    );
    fails_in(
        typed,
        &[
            "this decision.2 The appeal",
            "The appeal of 2023 says",
            "infusion [54] gave",
            "best accuracy.[13] The",
        ],
    );
}

#[test]
fn struck_words_are_gone_unless_they_are_quoted_alone() {
    let source = "We sold {s:41} 52 carts; the law is {s:not} in force, {s:the old words of it}.";
    stands_in(source, &["We sold 52 carts", "the law is in force", "the old words of it", "old words"]);
    fails_in(
        source,
        &[
            "We sold 4152 carts",
            "We sold 41 52 carts",
            "We sold 41 carts",
            "the law is not in force",
            "force, the old words",
        ],
    );
    let (text, roles) = set(source);
    let found =
        find(&Wanted::new(&quote("the old words of it"), None), &Haystack::new(text.as_str(), &roles));
    assert_eq!(found.remarks, [Remark::Struck]);
    let struck = |text: &str, struck: Range<usize>| {
        let words = Words { text: text.to_string(), struck: vec![struck], ..Words::default() };
        Quote { read: words, typed: Words { text: "typed otherwise".into(), ..Words::default() } }
    };
    let holds = |quote: &Quote, source: &str| {
        let (text, roles) = set(source);
        find(&Wanted::new(quote, None), &Haystack::new(text.as_str(), &roles))
            .verdict
            .holds()
    };
    assert!(holds(&struck("We sold 41 52 carts", 8..10), source));
    assert!(!holds(&struck("We sold 42 52 carts", 8..10), source));
    assert!(!holds(&struck("the law is not in force", 11..14), "the law is not in force"));
    assert!(!holds(&struck("the law is not in force", 11..14), "the law is in force"));
    assert!(holds(&struck("the law is not in force", 11..14), source));
}

#[test]
fn numbers_at_the_heads_of_lines_are_the_sources() {
    let typed = "They sold all. 1986. A great season, they said.\n{o:12. }The panel met in May.\n{o:13. }It \
            sat twice."
        .replace("\\n", "\n");
    let list = "{n:12.}The panel met in May.\n{n:13.}It sat twice.".replace("\\n", "\n");
    stands_in(
        &typed,
        &[
            "12. The panel met in May.",
            "The panel met in May.",
            "12) The panel met",
            "12. The panel met in May.\n13. It sat twice.",
        ],
    );
    stands_in(
        &list,
        &[
            "12. The panel met in May.",
            "12. The panel met in May.\n13. It sat twice.",
            "(12) The panel",
            "The panel met in May. It sat twice.",
        ],
    );
    stands_in(&list, &["- The panel met in May.\n- It sat twice."]);
    for source in [&typed, &list] {
        fails_in(
            source,
            &[
                "14. The panel met in May.",
                "1. The panel met",
                "1850) The panel met",
                "12. The panel met in May.\n17. It sat twice.",
            ],
        );
    }
    fails_in(&typed, &["1987. A great season, they said."]);
    check_set(&list, "14. The panel met in May.", "figure-differs <The panel met in May.>");
    check_set(&typed, "1987. A great season", "figure-differs <A great season>");
    fails_in("It fell to\n- 5 degrees", &["+ 5 degrees"]);
    fails_in("On 12. May 1921 the war", &["13. May 1921 the war"]);
    fails_in("[53] The court held\n{f:¹} See minutes", &["[54] The court held"]);
    let found = find(
        &Wanted::new(&quote("3. The panel met"), None),
        &Haystack::new("So the panel met. The panel met once.", &Roles::default()),
    );
    assert_eq!(
        (found.verdict, found.remarks),
        (Verdict::Typographic, vec![Remark::NotNumbered("3.".into())])
    );
}

#[test]
fn a_number_within_a_sentence_is_not_left_out() {
    let source = "The guess lies between 0 and {n:1.}Great job! said the clerk.";
    stands_in(source, &["lies between 0 and 1. Great job! said the clerk.", "between 0 and\nGreat job!"]);
    fails_in(source, &["lies between 0 and Great job! said the clerk."]);
    let typed = "The guess lies between 0 and\n1. Great job! On\n12. Mai 1921 it fell from 5\n- 7 men";
    fails_in(typed, &["between 0 and Great job!", "On Mai 1921", "fell from 5 7 men"]);
    stands_in(typed, &["between 0 and 1. Great job!", "On 12. Mai 1921", "from 5 - 7 men"]);
    stands_in(
        "Stock\n1. Salt\n2. Tar\n\n• rope\n• sail",
        &["Salt Tar", "rope sail", "1. Salt\n2. Tar", "- rope\n- sail"],
    );
    fails_in("Stock\n1. Salt\n2. Tar", &["1. Salt\n3. Tar", "2. Salt"]);
}

#[test]
fn signs_of_layout_may_be_left_out() {
    let mail = "{o:> }We carried 41,200 people in {o:> }2023, fewer than {o:> }ever.\n{o:> }{o:> }The board \
        asked {o:> }{o:> }for a count."
        .replace("\\n", "\n");
    stands_in(
        &mail,
        &[
            "We carried 41,200 people in 2023, fewer than ever.",
            "The board asked for a count.",
            "> We carried 41,200 people in > 2023",
        ],
    );
    fails_in(&mail, &["We carried 41,300 people in 2023", "We carried 41,200 people in 2024, fewer"]);
    stands_in(
        "said the clerk.{r:2} The council",
        &["clerk. The council", "clerk.2 The council", "clerk.² The council"],
    );
    fails_in("said the clerk.{r:2} The council", &["clerk.3 The council"]);
    stands_in(
        "– Holz aus Memel\n– Teer aus Wiborg\n– Pech",
        &["Holz aus Memel\nTeer aus Wiborg", "– Teer aus Wiborg"],
    );
    let book =
        "{o:_}The ship{o:_} left on a {o:=}cold{o:=} morning. It cost 10{o:_}s.{o:_} 6{o:_}d.{o:_} a ton";
    stands_in(
        book,
        &["The ship left on a cold morning.", "It cost 10s. 6d. a ton", "_The ship_ left", "The ship"],
    );
    fails_in(book, &["s. 6d. a ton", "It cost 10", "10 s. 6d."]);
}

#[test]
fn white_space_beside_signs_does_not_count() {
    let table =
        "Cash\t$\t1,500\t(\t204\t)\nAt 20\u{A0}°C under § 65.10 (1) it grew by 30\u{A0}% to 1–2, № 5.";
    check(table, "Cash $1,500 (204)", "typographic <Cash\t$\t1,500\t(\t204\t)>");
    stands_in(table, &["At 20°C under §65.10(1) it grew by 30% to 1 – 2", "At 20 ° C", "1 – 2, №5."]);
    fails_in(table, &["1500 204", "under § 65.101", "65.10 (2)"]);
    fails_in("it fell to 1 -2 of 5 kg", &["fell to 1-2 of", "of 5kg"]);
    stands_in("在2023\n年 GDP\n增长", &["在2023年GDP增长", "2023年"]);
}

#[test]
fn a_copy_of_a_list_stands() {
    let source = "Goods:\n\n- Coal of 5\n- Iron of 6\n- Tin of 7\n\nThe name -- When I Was 17 -- was new. \
        5\n- 7 ships";
    stands_in(
        source,
        &[
            "- Coal of 5\n- Iron of 6",
            "- Iron of 6\n\n- Tin of 7",
            "-- When I Was 17 -- was new.",
            "- 7 ships",
            "Goods:\n\n- Coal of 5",
        ],
    );
    fails_in(source, &["- Coal of 5\n- Iron of 7", "+ 7 ships"]);
}

#[test]
fn what_nobody_sees_is_told() {
    let found = found_in("on \u{202E}12\u{202C} May he came", "on 12 May he");
    assert_eq!(
        (found.verdict, found.remarks),
        (Verdict::Typographic, vec![Remark::Turned(vec!['\u{202E}'])])
    );
    let found = found_in("the laſt word", "the last word");
    assert_eq!((found.verdict, found.remarks), (Verdict::Typographic, vec![Remark::OldLetters(vec!['ſ'])]));
    let found = found_in("a\u{200B}b word", "a\u{200B}b word");
    assert_eq!(found.verdict, Verdict::Typographic);
}

fn found_in(source: &str, typed: &str) -> Found {
    find(&Wanted::new(&quote(typed), None), &Haystack::new(source, &Roles::default()))
}

#[test]
fn marks_choose_the_target() {
    check(TRADE, "deficit with Vietnam ==in 2024==", "exact <deficit with Vietnam in 2024> marks <in 2024>");
    check(
        TRADE,
        "==deficit== with ==Vietnam== in",
        "exact <deficit with Vietnam in> marks <deficit><Vietnam>",
    );
    check(TRADE, "The ==goods [...] with== Vietnam", "exact <The goods><with Vietnam> marks <goods><with>");
    check(
        "and he said that",
        "and ==[Trump] said== that",
        "typographic altered <and he said that> marks <said>",
    );
    check(
        "many coun-\ntries there",
        "many ==countries== there",
        "typographic <many coun-\ntries there> marks <coun-\ntries>",
    );
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
        read: Words { text: read.into(), ..Words::default() },
        typed: Words { text: typed.into(), ..Words::default() },
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

/// A short quotation in a short text: one digit that slipped is told as that, and not as words that stand
/// nowhere.
#[test]
fn a_digit_that_slipped_in_a_short_quotation() {
    let source = "The clerk reported on the ferry. In 2023 it carried 41,200 passengers, fewer than in any \
        year since the war. The council took note.";
    check(
        source,
        "In 2023 it carried 41,300 passengers",
        "figure-differs <In 2023 it carried 41,200 passengers>",
    );
    let since = "it carried 41,200 passengers, fewer than in any year since";
    check(source, &format!("{since} 1945"), &format!("figure-differs <{since}>"));
    check(source, "The mayor spoke of the ferry", "absent");
    check(source, "In 1987 it carried 300 passengers", "absent");
}

/// Words that repeat, with signs that may be left out between them: every place nearly fits. Twice the text
/// takes twice the time.
#[test]
fn a_text_made_to_mislead_is_searched_in_time() {
    let fails = |n: usize| {
        let source = "{o:*}so{o:*} ".repeat(n);
        let quotation = "so ".repeat(n / 2) + "5";
        fails_in(&source, &[quotation.as_str()]);
    };
    fails(200);
    fails(2_000);
}
