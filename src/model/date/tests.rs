//! What dates are, what they mean, and what is said about texts that are none.

use super::words::{ENGLISH, VIETNAMESE, Words};
use super::{Date, Day};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
}

/// First and last day, as `2024-02-01..2024-02-29`.
fn days(text: &str) -> String {
    let day = |day: Option<Day>| {
        day.map_or("∞".to_string(), |day| {
            let (year, month, day) = day.civil();
            format!("{year}-{month}-{day}")
        })
    };
    let date = date(text);
    format!("{} … {}", day(date.earliest()), day(date.latest()))
}

/// The reason, and the repairs if any.
fn refused(text: &str) -> String {
    match Date::parse(text) {
        Ok(_) => format!("{text} is a date"),
        Err(wrong) if wrong.repairs.is_empty() => wrong.reason,
        Err(wrong) => format!("{} → {}", wrong.reason, wrong.repairs.join(" or ")),
    }
}

/// Holds every line of a table to what a function makes of its text, and shows all that differ.
fn check(table: &[(&str, &str)], made: impl Fn(&str) -> String) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| made(text) != *expected)
        .map(|(text, expected)| format!("{text}\n     is {}\n    not {expected}", made(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn repairs(text: &str) -> String {
    Date::parse(text).map_or_else(|wrong| wrong.repairs.join(" "), |_| "a date".to_string())
}

#[test]
fn the_days_that_a_date_may_mean() {
    check(
        &[
            ("2024", "2024-1-1 … 2024-12-31"),
            ("0000", "0-1-1 … 0-12-31"),
            ("-0001", "-1-1-1 … -1-12-31"),
            ("2024-02", "2024-2-1 … 2024-2-29"),
            ("2023-02", "2023-2-1 … 2023-2-28"),
            ("2026-01-29", "2026-1-29 … 2026-1-29"),
            ("1985-04-12T23:20:30+04:30", "1985-4-12 … 1985-4-12"),
            ("201X", "2010-1-1 … 2019-12-31"),
            ("19XX", "1900-1-1 … 1999-12-31"),
            ("-20XX", "-2099-1-1 … -2000-12-31"),
            ("2004-XX", "2004-1-1 … 2004-12-31"),
            ("1985-04-XX", "1985-4-1 … 1985-4-30"),
            ("1985-XX-XX", "1985-1-1 … 1985-12-31"),
            ("2024-21", "2024-3-1 … 2024-5-31"),
            ("2023-24", "2023-12-1 … 2024-2-29"),
            ("2024~", "2024-1-1 … 2024-12-31"),
            ("Y17000", "17000-1-1 … 17000-12-31"),
            ("1995/2024", "1995-1-1 … 2024-12-31"),
            ("2004-02-01/2005", "2004-2-1 … 2005-12-31"),
            ("../2019", "∞ … 2019-12-31"),
            ("/2019", "∞ … 2019-12-31"),
            ("2019/..", "2019-1-1 … ∞"),
            ("2019/", "2019-1-1 … ∞"),
            ("../..", "∞ … ∞"),
        ],
        days,
    );
}

#[test]
fn dates_in_words() {
    for (text, english, vietnamese) in [
        ("2026-01-29", "29 January 2026", "ngày 29 tháng 1 năm 2026"),
        ("2023-09", "September 2023", "tháng 9 năm 2023"),
        ("2024", "2024", "năm 2024"),
        ("2024-03~", "about March 2024", "khoảng tháng 3 năm 2024"),
        ("1984?", "perhaps 1984", "có lẽ năm 1984"),
        ("1984%", "perhaps about 1984", "có lẽ khoảng năm 1984"),
        ("2024-21", "spring 2024", "mùa xuân năm 2024"),
        ("2024-24", "winter 2024", "mùa đông năm 2024"),
        ("1995/2024", "1995 to 2024", "từ năm 1995 đến năm 2024"),
        ("2024-11-11/2024-11-13", "11 to 13 November 2024", "từ ngày 11 đến ngày 13 tháng 11 năm 2024"),
        ("2024-03/2024-05", "March to May 2024", "từ tháng 3 đến tháng 5 năm 2024"),
        (
            "2024-01-29/2024-03-02",
            "29 January to 2 March 2024",
            "từ ngày 29 tháng 1 đến ngày 2 tháng 3 năm 2024",
        ),
        (
            "2024-12-29/2025-01-02",
            "29 December 2024 to 2 January 2025",
            "từ ngày 29 tháng 12 năm 2024 đến ngày 2 tháng 1 năm 2025",
        ),
        ("1984~/2004-06", "about 1984 to June 2004", "từ khoảng năm 1984 đến tháng 6 năm 2004"),
        ("../2019", "in or before 2019", "trong hoặc trước năm 2019"),
        ("../2019-05-01", "on or before 1 May 2019", "vào hoặc trước ngày 1 tháng 5 năm 2019"),
        ("2019/..", "since 2019", "kể từ năm 2019"),
        ("/2019", "until 2019, beginning unknown", "đến năm 2019, không rõ bắt đầu khi nào"),
        ("2019-05/", "from May 2019, end unknown", "từ tháng 5 năm 2019, không rõ kết thúc khi nào"),
        ("../..", "date unknown", "không rõ ngày"),
        ("201X", "the 2010s", "thập niên 2010"),
        ("200X", "between 2000 and 2009", "từ năm 2000 đến năm 2009"),
        ("19XX", "between 1900 and 1999", "từ năm 1900 đến năm 1999"),
        ("2004-XX", "a month in 2004", "một tháng trong năm 2004"),
        ("1985-04-XX", "a day in April 1985", "một ngày trong tháng 4 năm 1985"),
        ("1985-XX-XX", "a day in 1985", "một ngày trong năm 1985"),
        ("-0043", "44 BC", "năm 44 trước Công nguyên"),
        ("0000-03", "March 1 BC", "tháng 3 năm 1 trước Công nguyên"),
        ("Y17000", "17000", "năm 17000"),
        ("1985-04-12T23:20:30", "12 April 1985, 23:20:30", "23:20:30 ngày 12 tháng 4 năm 1985"),
        ("1985-04-12T23:20:00Z", "12 April 1985, 23:20 UTC", "23:20 UTC ngày 12 tháng 4 năm 1985"),
        ("1985-04-12T23:20:00-04", "12 April 1985, 23:20 UTC−4", "23:20 UTC−4 ngày 12 tháng 4 năm 1985"),
        (
            "2024-01-05T08:00:00.000+05:30",
            "5 January 2024, 08:00 UTC+5:30",
            "08:00 UTC+5:30 ngày 5 tháng 1 năm 2024",
        ),
    ] {
        assert_eq!(date(text).in_words(&ENGLISH), english, "{text}");
        assert_eq!(date(text).in_words(&VIETNAMESE), vietnamese, "{text}");
    }
}

#[test]
fn the_words_of_a_language_that_has_none_are_english() {
    assert_eq!(*Words::of("vi-VN"), VIETNAMESE);
    assert_eq!(*Words::of("VI"), VIETNAMESE);
    assert_eq!(*Words::of("fr"), ENGLISH);
    assert_eq!(*Words::of(""), ENGLISH);
}

#[test]
fn for_machines_where_html_can_say_it() {
    check(
        &[
            ("2026-01-29", "2026-01-29"),
            ("2023-09", "2023-09"),
            ("2024", "2024"),
            ("Y12024", "12024"),
            ("0079", "0079"),
            ("1985-04-12T23:20:30", "1985-04-12T23:20:30"),
            ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z"),
            ("1985-04-12T23:20:30-04", "1985-04-12T23:20:30-04:00"),
            ("1985-04-12T23:20:30.0421+0430", "1985-04-12T23:20:30.042+04:30"),
            ("2024-12-31T24:00:00", "2025-01-01T00:00:00"),
            ("0000", "-"),
            ("-0001-01", "-"),
            ("2024~", "-"),
            ("201X", "-"),
            ("2024-XX", "-"),
            ("2024-21", "-"),
            ("2024/2025", "-"),
        ],
        |text| date(text).machine().unwrap_or("-".to_string()),
    );
}

#[test]
fn dates_sort_by_their_first_day_and_the_longer_first() {
    let mut dates: Vec<Date> = [
        "2025",
        "../..",
        "2024-01-01T09:00:00",
        "2024-01",
        "-0044",
        "../2024",
        "2024-01-01",
        "2024",
        "2024/..",
        "2023-24",
        "2024-01-01T08:00:00",
        "2024~",
        "2024-21",
        "/2024",
    ]
    .map(date)
    .to_vec();
    dates.sort();
    let sorted: Vec<&str> = dates.iter().map(Date::as_str).collect();
    assert_eq!(
        sorted.join(" "),
        "-0044 2023-24 ../2024 /2024 2024/.. 2024 2024~ 2024-01 2024-01-01 2024-01-01T08:00:00 \
            2024-01-01T09:00:00 2024-21 2025 ../.."
    );
}

#[test]
fn overlaps_and_contains() {
    for (a, b, overlaps, contains) in [
        ("2024", "2024-05", true, true),
        ("2024-05", "2024", true, false),
        ("2024", "2025", false, false),
        ("2024-21", "2024-05-31", true, true),
        ("2024-21", "2024-06-01", false, false),
        ("../2019", "2018", true, true),
        ("../2019", "2019/2020", true, false),
        ("2019/..", "../2018", false, false),
        ("../..", "1/1".replace("1/1", "-5000").as_str(), true, true),
        ("2024", "2024-01/2024-12", true, true),
        ("2024-01/2024-12", "2024", true, true),
    ] {
        let (a_date, b_date) = (date(a), date(b));
        assert_eq!((a_date.overlaps(&b_date), a_date.contains(&b_date)), (overlaps, contains), "{a} {b}");
    }
    assert_eq!(date("2024").extent(), date("2024-01/2024-12").extent());
}

#[test]
fn what_is_wrong_with_a_text() {
    check(
        &[
            ("2023-13", "`2023-13` has no month 13 → 2023-12 or 2023"),
            ("2024-02-30", "`2024-02-30` has no day 30: that month has 29 → 2024-02-29 or 2024-02"),
            ("2012-13", "`2012-13` has no month 13 → 2012/2013 or 2012-12 or 2012"),
            (
                "10/9/2023",
                "`10/9/2023` is not written as dates are here: year, month and day, as in `2024-01-05` → \
                    2023-09-10 or 2023-10-09",
            ),
            (
                "2024-25",
                "`2024-25` is a part of a year by number, which is not read here → 2024-21 or \
                    2024/2025 or 2024",
            ),
            (
                "2024-~05",
                "`2024-~05` qualifies a part of a date, not the whole, which is not read here → 2024-05~",
            ),
            ("[1667,1668]", "`[1667,1668]` is a set of dates, which is not read here → 1667/1668 or 1667"),
            (
                "156X-12-25",
                "`156X-12-25` leaves other digits open than the last ones of the year, the month or the day, \
                    which is not read here → 156X",
            ),
            (
                "198X/1999",
                "`198X` leaves digits open inside an interval, which is not read here → 1980/1999 or /1999",
            ),
            ("2024/2023", "`2024/2023` ends before it begins → 2023/2024"),
            (
                "2024-03-15/2024",
                "`2024-03-15/2024` ends before it begins → 2024-03-15/2024-12-31 or 2024/2024-03-15",
            ),
            ("193", "`193` is not a year of four digits → 193X or 0193"),
            ("-0000", "`-0000` has a year `-0000`, which does not exist → 0000"),
            (
                "Y2024",
                "`Y2024` begins with `Y`, which stands before years of more than four digits only → 2024",
            ),
            (" 2024", "` 2024` has white space, which no date has → 2024"),
            (
                "2024-01-05 10:00",
                "`2024-01-05 10:00` is not written as dates are here: year, month and day, as in \
                    `2024-01-05` → 2024-01-05T10:00:00 or 2024-01-05",
            ),
            (
                "2005-07-25T10:10:10Z/2006",
                "`2005-07-25T10:10:10Z` has a time of day, and the ends of an interval have none → \
                    2005-07-25/2006",
            ),
            ("2011-23~", "`2011-23~` qualifies a season, which is not read here → 2011-23 or 2011"),
            ("", "a date is missing"),
            ("soon", "`soon` is not written as dates are here: year, month and day, as in `2024-01-05`"),
        ],
        refused,
    );
}

#[test]
fn what_may_have_been_meant() {
    check(
        &[
            ("29/01/2026", "2026-01-29"),
            ("01/29/2026", "2026-01-29"),
            ("5/5/2024", "2024-05-05"),
            ("29.1.2026", "2026-01-29"),
            ("2024-1-5", "2024-01-05"),
            ("2024/1/5", "2024-01-05"),
            ("2024-29-01", "2024-01-29"),
            ("20240129", "2024-01-29 Y20240129"),
            ("2024-1", "2024-01"),
            ("1/2024", "2024-01"),
            ("Jan 2024", "2024-01"),
            ("January 2024", "2024-01"),
            ("Sept. 2024", "2024-09"),
            ("5 January 2024", "2024-01-05"),
            ("January 5th, 2024", "2024-01-05"),
            ("Monday, 5 Jan. 2024", "2024-01-05"),
            ("30 February 2024", "2024-02-29 2024-02"),
            ("tháng 9 năm 2023", "2023-09"),
            ("tháng 9/2023", "2023-09"),
            ("ngày 10 tháng 9 năm 2023", "2023-09-10"),
            ("ngày 10/9/2023", "2023-09-10"),
            ("năm 2023", "2023"),
            ("c. 2024", "2024~"),
            ("circa 2024", "2024~"),
            ("about March 2024", "2024-03~"),
            ("khoảng tháng 3 năm 2024", "2024-03~"),
            ("maybe 2024", "2024?"),
            ("~2024", "2024~"),
            ("2024 ?", "2024?"),
            ("2024?~", "2024%"),
            ("since 2019", "2019/.."),
            ("2019 onwards", "2019/.."),
            ("2019–present", "2019/.."),
            ("2019 to present", "2019/.."),
            ("2019-", "2019/.."),
            ("before 2019", "../2019 ../2018"),
            ("before 2019-01-01", "../2019-01-01 ../2018-12-31"),
            ("after January 2019", "2019-01/.. 2019-02/.."),
            ("until 2019", "../2019"),
            ("early 2024", "2024~ 2024"),
            ("2024-01-05T25:00:00", "2024-01-05 2024-01"),
            ("1560-XX-25", "1560-XX-XX 1560-XX"),
            ("trước năm 2019", "../2019 ../2018"),
            ("từ năm 1995 đến năm 2024", "1995/2024"),
            ("1995-2024", "1995/2024"),
            ("1995–2024", "1995/2024"),
            ("from 1995 to 2024", "1995/2024"),
            ("between 1995 and 2024", "1995/2024"),
            ("11–13 November 2024", "2024-11-11/2024-11-13"),
            ("March to May 2024", "2024-03/2024-05"),
            ("2012\\2013", "2012/2013"),
            ("NONE/2013", "/2013"),
            ("spring 2024", "2024-21"),
            ("mùa đông năm 2024", "2024-24"),
            ("the 1990s", "199X"),
            ("20th century", "19XX"),
            ("44 BC", "-0043"),
            ("AD 79", "0079"),
            ("2024-W05", "2024-01-29/2024-02-04"),
            ("2024-W05-4", "2024-02-01"),
            ("2024-029", "2024-01-29"),
            ("Q1 2024", "2024-01/2024-03"),
            ("quý 1 năm 2024", "2024-01/2024-03"),
            ("1950S2", "19XX"),
            ("Y17E8", "Y1700000000"),
            ("12345", "Y12345 1234"),
            ("2024-01-05t10:00:00z", "2024-01-05T10:00:00Z 2024-01-05"),
            ("29/01/2026 9:30 pm", "2026-01-29T21:30:00 2026-01-29"),
            ("“2024-05”", "2024-05"),
            ("next week", ""),
            ("13/13/2024", "2024-12-13 2024"),
            ("99", "99XX 0099"),
        ],
        repairs,
    );
}

#[test]
fn a_long_text_is_refused_at_once() {
    let long = "2024-".repeat(100_000);
    let wrong = Date::parse(&long).expect_err("no date is that long");
    assert!(wrong.reason.len() < 100, "{}", wrong.reason);
    assert!(wrong.repairs.is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,40}") {
        let _ = Date::parse(&text);
    }

    #[test]
    fn what_looks_like_a_date_is_one_or_is_refused_with_dates(text in "[-0-9XYTZ?~%/.: a-z]{0,24}") {
        match Date::parse(&text) {
            Ok(date) => {
                proptest::prop_assert!(date.earliest().zip(date.latest())
                    .is_none_or(|(first, last)| first <= last));
                proptest::prop_assert!(!date.in_words(&ENGLISH).is_empty());
                proptest::prop_assert!(date.overlaps(&date) && date.contains(&date));
            }
            Err(wrong) => {
                for repair in &wrong.repairs {
                    proptest::prop_assert!(Date::parse(repair).is_ok(), "{} → {}", text, repair);
                }
            }
        }
    }

    #[test]
    fn every_day_can_be_written_and_read(number in -3_000_000_i64..3_000_000) {
        let (year, month, day) = Day(number).civil();
        let sign = if year < 0 { "-" } else { "" };
        let text = format!("{sign}{:04}-{month:02}-{day:02}", year.abs());
        let read = date(&text);
        proptest::prop_assert_eq!(read.earliest(), Some(Day(number)));
        proptest::prop_assert_eq!(read.latest(), Some(Day(number)));
        proptest::prop_assert_eq!(Day::of(year, month, day), Day(number));
    }

    #[test]
    fn order_agrees_with_equality(a in 0..9_usize, b in 0..9_usize) {
        let texts = ["2024", "2024~", "2024-01", "../2024", "/2024", "2024/..", "2024-01-01", "../..", "/"];
        let (a, b) = (date(texts[a]), date(texts[b]));
        proptest::prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        proptest::prop_assert_eq!(a == b, a.cmp(&b).is_eq());
    }
}
