//! Figures as people write them: what is read, what is refused and with which words, what agrees with what.

use proptest::prelude::*;

use super::compare::{Comparison, compare};
use super::mentions::{numbers_in, stands_among};
use super::unit::Currency;
use super::{Amount, Figure};

/// Holds every line of a table to what a function makes of its text, and shows all that differ.
fn check(table: &[(&str, &str)], made: impl Fn(&str) -> String) {
    let wrong = |(text, expected): &&(&str, &str)| made(text) != *expected;
    let told =
        |(text, expected): &(&str, &str)| format!("{text}\n     is {}\n    not {expected}", made(text));
    let wrong: Vec<String> = table.iter().filter(wrong).map(told).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn amount(text: &str) -> Amount {
    Figure::parse(&format!("x = {text}"))
        .unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
        .amount
}

/// A line in its plain form, or why it is no figure.
fn read(text: &str) -> String {
    match Figure::parse(text) {
        Ok(figure) => figure.to_string(),
        Err(wrong) if wrong.repairs.is_empty() => wrong.reason,
        Err(wrong) => format!("{} → {}", wrong.reason, wrong.repairs.join(" or ")),
    }
}

/// What a right-hand side is worth, as `comparator value | unit`.
fn value(text: &str) -> String {
    match Figure::parse(&format!("x = {text}")) {
        Ok(figure) => format!("{} | {:?}", figure.amount, figure.amount.unit),
        Err(wrong) => wrong.reason,
    }
}

fn compared(pair: &str) -> String {
    let (a, b) = pair.split_once(" : ").expect("a pair");
    let (a, b) = (amount(a), amount(b));
    assert_eq!(compare(&a, &b), compare(&b, &a), "the order of the two matters for {pair}");
    match compare(&a, &b) {
        Comparison::Same => "same".to_string(),
        Comparison::Rounding => "agree".to_string(),
        Comparison::Bounds => "within".to_string(),
        Comparison::Incomparable => "incomparable".to_string(),
        Comparison::Conflict(difference) => {
            let percent = difference
                .percent
                .map_or(String::new(), |percent| format!(", {percent}%"));
            format!(
                "differ by {}{percent}{}",
                difference.amount,
                if difference.at_least { " or more" } else { "" }
            )
        }
    }
}

fn stands_in(amount: &Amount, text: &str, dollar: Currency) -> bool {
    stands_among(amount, &numbers_in(text), dollar)
}

#[test]
fn measure_and_period() {
    check(
        &[
            (
                "US goods deficit with Vietnam, 2024 = 123 billion USD",
                "US goods deficit with Vietnam, 2024 = 123 billion USD",
            ),
            ("ministries = 14", "ministries = 14"),
            (
                "trade, both ways, 2024-01/2024-10 = ~111 billion USD",
                "trade, both ways, 2024-01/2024-10 = ~111 billion USD",
            ),
            ("exports, goods = 5", "exports, goods = 5"),
            ("  tariff ,2025-10=20%", "tariff, 2025-10 = 20%"),
            ("rank,2024~ = 8th", "rank, 2024~ = 8th"),
        ],
        read,
    );
}

#[test]
fn values_and_units() {
    check(
        &[
            ("1,650", "1,650 | Bare"),
            ("1\u{2009}650\u{202f}000", "1,650,000 | Bare"),
            ("123.50", "123.50 | Bare"),
            ("-2.5%", "-2.5% | Percent(\"\")"),
            ("−2.5 percent", "-2.5% | Percent(\"\")"),
            ("29% of exports", "29% of exports | Percent(\"of exports\")"),
            ("5 percentage points", "5 percentage points | Points"),
            ("25 basis points", "0.25 percentage points | Points"),
            ("123 USD", "123 USD | Money(Currency(\"USD\"), \"\")"),
            ("123 billion USD", "123 billion USD | Money(Currency(\"USD\"), \"\")"),
            ("$123 billion", "123 billion dollars | Money(Currency(\"$\"), \"\")"),
            ("US$123bn", "123 billion USD | Money(Currency(\"USD\"), \"\")"),
            ("$123bn", "123 billion dollars | Money(Currency(\"$\"), \"\")"),
            ("$5m", "5 million dollars | Money(Currency(\"$\"), \"\")"),
            ("5m USD", "5 million USD | Money(Currency(\"USD\"), \"\")"),
            ("5 m people", "5 million people | Things(\"people\")"),
            ("5 m", "5 m | Measured(\"m\", \"\")"),
            ("5m", "5 m | Measured(\"m\", \"\")"),
            ("5k", "5 thousand | Bare"),
            ("5 tn VND", "5 trillion VND | Money(Currency(\"VND\"), \"\")"),
            ("5 nghìn tỷ đồng", "5 trillion VND | Money(Currency(\"VND\"), \"\")"),
            ("€5.2 million", "5.2 million EUR | Money(Currency(\"EUR\"), \"\")"),
            ("5 €", "5 EUR | Money(Currency(\"EUR\"), \"\")"),
            ("USD 5 million a year", "5 million USD a year | Money(Currency(\"USD\"), \"a year\")"),
            ("-$5 billion", "-5 billion dollars | Money(Currency(\"$\"), \"\")"),
            ("3 tonnes of rice", "3 t of rice | Measured(\"t\", \"of rice\")"),
            ("150MW", "150 MW | Measured(\"MW\", \"\")"),
            ("12 km²", "12 km² | Measured(\"km²\", \"\")"),
            ("110 ships", "110 ships | Things(\"ships\")"),
            ("100 million people", "100 million people | Things(\"people\")"),
            ("5 <b>units</b>", "5 <b>units</b> | Things(\"<b>units</b>\")"),
            ("8th", "8th | Rank"),
            ("eighth", "8th | Rank"),
            ("22nd", "22nd | Rank"),
            ("113th", "113th | Rank"),
            ("~150", "~150 | Bare"),
            ("< 0.5 billion USD", "<0.5 billion USD | Money(Currency(\"USD\"), \"\")"),
            (">= 5", "≥5 | Bare"),
            ("≤5", "≤5 | Bare"),
            ("20–30", "20–30 | Bare"),
            ("20-30%", "20–30% | Percent(\"\")"),
            ("20%–30%", "20–30% | Percent(\"\")"),
            ("$5–7 billion", "5–7 billion dollars | Money(Currency(\"$\"), \"\")"),
            ("500 million – 1 billion USD", "500 million–1 billion USD | Money(Currency(\"USD\"), \"\")"),
            ("~5–7", "~5–7 | Bare"),
            ("-5–-3", "-5–-3 | Bare"),
            ("2 lakh tonnes", "2 lakh t | Measured(\"t\", \"\")"),
            ("£340 3s. 6d.", "340.175 GBP | Money(Currency(\"GBP\"), \"\")"),
            ("£5 19s.", "5.95 GBP | Money(Currency(\"GBP\"), \"\")"),
            ("£1, 0s. 1d.", "1.004167 GBP | Money(Currency(\"GBP\"), \"\")"),
            ("£1,200 10s 6d a year", "1,200.525 GBP a year | Money(Currency(\"GBP\"), \"a year\")"),
            ("£2 6d.", "2.025 GBP | Money(Currency(\"GBP\"), \"\")"),
            ("1º", "1st | Rank"),
            ("2ª", "2nd | Rank"),
            ("20 °C", "20 °C | Things(\"°C\")"),
            ("45°", "45 ° | Things(\"°\")"),
            ("twenty ships", "20 ships | Things(\"ships\")"),
            ("forty-one", "41 | Bare"),
            ("ninety nine miles", "99 mi | Measured(\"mi\", \"\")"),
            ("forty-one thousand", "41 thousand | Bare"),
            ("one hundred", "1 hundred | Bare"),
            ("a hundred ships", "1 hundred ships | Things(\"ships\")"),
            ("~twelve", "~12 | Bare"),
            ("hai mươi lăm tàu", "25 tàu | Things(\"tàu\")"),
            ("mười một", "11 | Bare"),
            ("ba mươi tư", "34 | Bare"),
            ("chín mươi mốt", "91 | Bare"),
            ("năm", "5 | Bare"),
            ("một trăm", "1 hundred | Bare"),
        ],
        value,
    );
}

#[test]
fn what_is_no_figure_and_what_was_meant() {
    check(
        &[
            ("deficit, 2024", "there is no `=` between what is measured and its value"),
            (
                "deficit, 2024: 123 billion USD",
                "there is no `=` between what is measured and its value → deficit, 2024 = 123 billion USD",
            ),
            ("deficit, 2024 =", "there is no value behind `=`"),
            ("= 5", "there is nothing before `=` that says what is measured"),
            (
                "deficit, 2024 >= 5",
                "`=` comes first, then `~`, `<`, `>`, `≤` or `≥`, then the value → deficit, 2024 = ≥5",
            ),
            ("x = y = 5", "`y = 5` has another `=`"),
            (
                "deficit, Jan 2024 = 5",
                "`Jan 2024` is not written as dates are here: year, month and day, as in `2024-01-05`: the \
                    last comma before `=` stands before the period → deficit, 2024-01 = 5",
            ),
            (
                "x = about 150 billion USD",
                "`about 150 billion USD` has no number where the value belongs → x = ~150 billion USD",
            ),
            ("x = more than 110", "`more than 110` has no number where the value belongs → x = >110"),
            (
                "x = nearly half a billion dollars",
                "`nearly half a billion dollars` has no number where the value belongs → x = ~0.5 \
                    billion dollars",
            ),
            (
                "x = 12.05.2024",
                "`12.05.2024` groups its digits in no way that is read: by threes with commas, one \
                    decimal point",
            ),
            ("x = 3 4 5", "`3 4 5` has a space inside its number"),
            ("x = £340 23s.", "`£340 23s.` has a space inside its number"),
            ("x = năm 2023", "`năm 2023` has no number where the value belongs"),
            ("x = 1 650 000", "`1 650 000` has a space inside its number → x = 1,650,000"),
            (
                "x = 1.650.000",
                "`1.650.000` groups its digits in no way that is read: by threes with commas, one decimal \
                    point → x = 1,650,000",
            ),
            (
                "x = 1,5 billion USD",
                "`1,5` groups its digits in no way that is read: by threes with commas, one decimal point → \
                    x = 1.5 billion USD",
            ),
            (
                "x = 12,34,567",
                "`12,34,567` groups its digits in no way that is read: by threes with commas, one decimal \
                    point → x = 1,234,567",
            ),
            ("x = .5", "`.5` begins with a decimal point: write `0.5` → x = 0.5"),
            ("x = 20 to 30%", "`20 to 30%` is a number with another behind it → x = 20–30%"),
            ("x = 30–20", "`30–20` is a range that begins above its end"),
            ("x = >20–30", "`>20–30` is a range with `>`, which says two things at once"),
            ("x = 5/8", "`5/8` has `/8` behind its number, which is no unit"),
            ("x = $5 EUR", "`$5 EUR` is both $ and EUR"),
            ("x = unknown, perhaps 5", "`unknown, perhaps 5` has no number where the value belongs"),
            ("x = unknown", "`unknown` has no number where the value belongs"),
        ],
        read,
    );
}

#[test]
fn figures_against_each_other() {
    check(
        &[
            ("150 billion USD : 150 billion USD", "same"),
            ("0.5 billion USD : 500 million USD", "same"),
            ("$150 billion : 150 billion USD", "same"),
            ("~150 billion USD : 150 billion USD", "agree"),
            ("~150 : 149.6", "agree"),
            ("~150 : 145", "agree"),
            ("~150 : 144", "differ by 6, 4%"),
            ("~100 : 94", "differ by 6, 6%"),
            ("124 billion USD : 124.3 billion USD", "agree"),
            ("124 billion USD : 124,300,000,000 USD", "agree"),
            ("123 : 124", "differ by 1, 0.8%"),
            ("1.2 : 1.25", "agree"),
            ("1.20 : 1.25", "differ by 0.05, 4%"),
            ("150,000 : 149,600", "agree"),
            ("2,000 : 2,400", "differ by 400, 16.7%"),
            ("123 billion USD : 159 billion USD", "differ by 36 billion USD, 22.6%"),
            ("500 million USD : 1.2 billion USD", "differ by 0.7 billion USD, 58.3%"),
            (">110 : 123", "within"),
            (">110 : 100", "differ by 10, 9.1% or more"),
            (">11.8 billion USD : 4.4 billion USD", "differ by 7.4 billion USD, 62.7% or more"),
            (">110 : >120", "within"),
            (">110 : >110", "same"),
            (">110 : ≥110", "within"),
            (">110 : <100", "differ by 10, 9.1% or more"),
            ("≥5 : ≤5", "within"),
            (">5 : <5", "differ by 0, 0% or more"),
            ("20–30 : 25", "within"),
            ("20–30 : 20–30", "same"),
            ("20–30 : 35", "differ by 5, 14.3% or more"),
            ("20% : 22%", "differ by 2 percentage points"),
            ("20% of workers : 20%", "same"),
            ("5% of exports : 5% of imports", "incomparable"),
            ("5% : 5 percentage points", "incomparable"),
            ("8th : 8", "same"),
            ("8th : 10th", "differ by 2 places"),
            ("14 : 14 ministries", "same"),
            ("1 ship : 2 ships", "differ by 1 ship, 50%"),
            ("5 ships : 5 planes", "incomparable"),
            ("10 km : 6.2 miles", "agree"),
            ("10 km : 5 miles", "differ by 1,953.28 m, 19.5%"),
            ("10 km : 8 km", "differ by 2 km, 20%"),
            ("1 tonne : 1000 kg", "same"),
            ("2 years : 24 months", "same"),
            ("5 USD : 5 EUR", "incomparable"),
            ("5 USD : 5 km", "incomparable"),
            ("3 : 3 USD", "incomparable"),
            ("-5 : 5", "differ by 10, 200%"),
            ("0 : 0", "same"),
        ],
        compared,
    );
}

/// Each number of a text between brackets, with what it is read as.
fn found(text: &str) -> String {
    numbers_in(text)
        .iter()
        .map(|mention| format!("[{}]={}", &text[mention.range.clone()], mention.amount))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn numbers_of_a_passage() {
    check(
        &[
            (
                "goods trade deficit with Vietnam in 2024 ($123 billion)",
                "[2024]=2,024 [$123 billion]=123 billion dollars",
            ),
            ("soared to 124 billion USD in 2023.", "[124 billion USD]=124 billion USD [2023]=2,023"),
            ("nearly US$111 billion, according", "[US$111 billion]=111 billion USD"),
            ("an 8% increase from 2023.", "[8%]=8% [2023]=2,023"),
            ("over 1,300 valid", "[1,300]=1,300"),
            ("ranking it 11th, the third-largest", "[11th]=11th [third]=3rd"),
            ("over 100 million people", "[100 million]=100 million"),
            ("a 1.7-billion-dollar surplus", "[1.7-billion-dollar]=1.7 billion dollars"),
            ("nearly half a billion dollars", "[half a billion dollars]=0.5 billion dollars"),
            ("twenty-five ships and a dozen planes", "[twenty-five]=25 [dozen]=12"),
            ("a million people", "[a million]=1 million"),
            ("20–30 million USD", "[20]=20 million USD [30 million USD]=30 million USD"),
            ("between 5 and 7 percent", "[5]=5% [7 percent]=7%"),
            ("the G7 and Covid19 and F-16", "[16]=16"),
            ("123,5 tỷ USD", "[123,5 tỷ USD]=123.5 billion USD"),
            ("1.650 tên lửa", "[1.650]=1.650 [1.650]=1,650"),
            ("1.234.567,8 đồng", "[1.234.567,8 đồng]=1,234,567.8 VND"),
            ("from −5 to 5 °C", "[−5]=-5 [5]=5"),
            ("an astonishing 300-fold increase", "[300]=300"),
            ("", ""),
            ("none at all.", ""),
        ],
        found,
    );
}

#[test]
fn a_figure_stands_in_its_passage_in_any_scale() {
    let dollar = Currency::USD;
    for (figure, passage, stands) in [
        ("123 billion USD", "deficit with Vietnam in 2024 ($123 billion)", true),
        ("500 million USD", "half a billion dollars", true),
        ("0.5 billion USD", "at below 500 million USD", true),
        ("<500 million USD", "at below 500 million USD", true),
        ("124 billion USD", "in 2024 ($123 billion)", false),
        ("~124 billion USD", "reached 124.3 billion", true),
        ("124 billion USD", "reached 124.3 billion", false),
        ("123 billion EUR", "deficit of $123 billion", false),
        ("8th", "the eighth-largest partner", true),
        ("8", "the 8th largest", true),
        ("20–30%", "between 20 and 30 percent", true),
        ("20–40%", "between 20 and 30 percent", false),
        ("14", "cutting ministries from 22 to 14", true),
        ("14 ministries", "cutting ministries from 22 to 14", true),
        ("10 km", "some 10 kilometres away", true),
        ("123.5 billion USD", "đạt 123,5 tỷ USD", true),
        ("1,650 missiles", "1.650 tên lửa", true),
        ("20%", "cutting a fifth", false),
    ] {
        assert_eq!(stands_in(&amount(figure), passage, dollar), stands, "{figure} in {passage}");
    }
}

#[test]
fn a_dollar_is_what_the_dossier_says() {
    let australian = Currency::of("AUD").expect("a code");
    assert_eq!(amount("$5").with_dollar(australian), amount("5 AUD"));
    assert!(!stands_in(&amount("5 USD"), "it cost $5", australian));
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for text in [
        "1,".repeat(200_000),
        "$".repeat(200_000),
        "1.".repeat(200_000),
        "(".repeat(200_000),
        "twenty-".repeat(50_000),
        "million ".repeat(50_000),
    ] {
        let _ = numbers_in(&text);
        assert!(Figure::parse(&text).is_err());
    }
}

fn any_amount() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        "[1-9][0-9]{0,2}",
        "[1-9][0-9]{0,2},[0-9]{3}",
        "[0-9]{1,6}\\.[0-9]{1,4}",
        "-[1-9][0-9]{0,5}"
    ];
    let scale = prop_oneof![
        Just(""),
        Just(" thousand"),
        Just(" million"),
        Just(" billion"),
        Just(" hundred million"),
        Just(" thousand billion")
    ];
    let unit = prop_oneof![
        Just(""),
        Just("%"),
        Just(" USD"),
        Just(" dollars"),
        Just(" ships"),
        Just(" km"),
        Just(" miles"),
        Just(" tonnes of rice"),
        Just(" VND a year"),
        Just(" percentage points"),
        Just(" m"),
        Just(" basis points")
    ];
    let comparator = prop_oneof![Just(""), Just("~"), Just("<"), Just(">"), Just("≤"), Just("≥")];
    (comparator, number, scale, unit)
        .prop_map(|(comparator, number, scale, unit)| format!("{comparator}{number}{scale}{unit}"))
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,60}") {
        let _ = (Figure::parse(&text), numbers_in(&text));
        let _ = Figure::parse(&format!("x = {text}"));
    }

    #[test]
    fn what_looks_like_a_figure_is_one_or_is_refused_with_figures(text in "[-–0-9,. $€%~<>=a-z]{0,30}") {
        match Figure::parse(&format!("x = {text}")) {
            Ok(figure) => {
                let again = Figure::parse(&figure.to_string());
                prop_assert_eq!(again.map(|again| again.to_string()), Ok(figure.to_string()), "{}", text);
            }
            Err(wrong) => for repair in &wrong.repairs {
                prop_assert!(Figure::parse(repair).is_ok(), "{} → {}", text, repair);
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(text in any_amount()) {
        let figure = Figure::parse(&format!("x, 2024 = {text}"))
            .map_err(|wrong| TestCaseError::fail(format!("{text}: {wrong:?}")))?;
        let again = Figure::parse(&figure.to_string())
            .map_err(|wrong| TestCaseError::fail(format!("{figure}: {wrong:?}")))?;
        prop_assert_eq!(&again.amount, &figure.amount);
        prop_assert_eq!(compare(&again.amount, &figure.amount), Comparison::Same);
    }

    #[test]
    fn comparison_does_not_depend_on_order(a in any_amount(), b in any_amount()) {
        let (a, b) = (amount(&a), amount(&b));
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn a_scale_changes_nothing(number in 1..100_000_i64,
        unit in prop_oneof![Just("USD"), Just("km"), Just("ships")]) {
        let (a, b) = (amount(&format!("{number} million {unit}")),
            amount(&format!("{number}000 thousand {unit}")));
        prop_assert_eq!(compare(&a, &b), Comparison::Same);
    }

    #[test]
    fn a_measure_converts_both_ways(number in 1..100_000_i64) {
        let (km, m) = (amount(&format!("{number} km")), amount(&format!("{number}000 m")));
        prop_assert_eq!(compare(&km, &m), Comparison::Same);
        prop_assert_eq!(compare(&m, &km), Comparison::Same);
    }

    #[test]
    fn every_amount_stands_in_itself(text in any_amount()) {
        let amount = amount(&text);
        prop_assert!(stands_in(&amount, &text.replace('-', "−"), Currency::USD), "{}: {:?}", text,
            numbers_in(&text));
    }

    #[test]
    fn mentions_lie_in_order_at_character_borders(text in "[0-9a-zđ$%,. –\u{300}-]{0,60}") {
        let mut last = 0;
        for mention in numbers_in(&text) {
            prop_assert!(text.get(mention.range.clone()).is_some()
                && mention.range.start >= last.min(mention.range.start));
            last = mention.range.start;
        }
    }
}
