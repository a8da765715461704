//! The documents for writers say what the program does: their tables and examples are tried.

use std::fs;

use casebook::model::date::Date;
use casebook::model::date::words::ENGLISH;
use casebook::model::figure::compare::{Comparison, compare};
use casebook::model::figure::{Amount, Figure};
use casebook::model::path::InputPath;
use casebook::parse::annotation::annotation;
use casebook::parse::fields::Key;

/// The document on dates and figures.
fn doc() -> String {
    fs::read_to_string("docs/dates-and-figures.md").expect("the document is there")
}

/// The rows of all tables under one kind of head, cells trimmed.
fn rows(doc: &str, head: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in doc.lines() {
        inside = line == head || (inside && line.starts_with('|'));
        if inside && line != head && !line.starts_with("| ---") {
            rows.push(
                line.trim_matches('|')
                    .split('|')
                    .map(|cell| cell.trim().to_string())
                    .collect(),
            );
        }
    }
    rows
}

fn code(cell: &str) -> &str {
    cell.trim_matches('`')
}

fn amount(text: &str) -> Amount {
    Figure::parse(&format!("measure, 2024 = {text}"))
        .unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
        .amount
}

/// The blocks between fences of one kind.
fn examples<'a>(doc: &'a str, fence: &str) -> Vec<&'a str> {
    doc.split(fence)
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

#[test]
fn the_first_example_is_a_note() {
    let doc = fs::read_to_string("docs/annotations.md").expect("the document is there");
    let example = *examples(&doc, "```markdown\n")
        .first()
        .expect("the document begins with an example");
    let parsed = annotation(&InputPath::new("annotations/minutes.md").expect("a path"), example);
    assert_eq!(parsed.mistakes, []);
    let [note] = &parsed.value.notes[..] else { panic!("one note, not {}", parsed.value.notes.len()) };
    assert_eq!(note.id.as_ref().map(|id| id.value.as_str()), Some("passengers"));
    assert_eq!((note.passages.len(), note.figures.len(), note.supports.len()), (1, 1, 1));
    assert!(note.date.is_some());
}

#[test]
fn every_field_is_told_of() {
    let doc = fs::read_to_string("docs/annotations.md").expect("the document is there");
    let told: Vec<String> = rows(&doc, "| field | what it says |")
        .into_iter()
        .map(|row| row[0].replace('`', ""))
        .collect();
    let told: Vec<&str> = told.iter().flat_map(|keys| keys.split(", ")).collect();
    let keys: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    assert_eq!(told, keys);
}

#[test]
fn dates_read_as_the_document_says() {
    let rows = rows(&doc(), "| you write | it reads |");
    assert!(rows.len() > 25, "the tables of dates were found");
    for row in rows {
        let date = Date::parse(code(&row[0])).unwrap_or_else(|wrong| panic!("{row:?}: {wrong:?}"));
        assert_eq!(date.in_words(&ENGLISH), row[1], "{row:?}");
    }
}

#[test]
fn figures_are_read_as_the_document_says() {
    let doc = doc();
    let rows = rows(&doc, "| you write | it is read as |");
    assert!(rows.len() > 5, "the table of figures was found");
    for row in rows {
        assert_eq!(amount(code(&row[0])).to_string(), code(&row[1]), "{row:?}");
    }
    let lines: Vec<&str> = doc.lines().filter_map(|line| line.strip_prefix("figure: ")).collect();
    assert!(lines.len() > 5, "the examples of figures were found");
    for line in lines {
        assert!(Figure::parse(line).is_ok(), "{line}");
    }
    for row in self::rows(&doc, "| you write | it means |") {
        for sign in row[0].split(" or ") {
            amount(code(sign));
        }
    }
}

#[test]
fn figures_agree_as_the_document_says() {
    let rows = rows(&doc(), "| one source | another | they |");
    assert!(rows.len() > 8, "the table of comparisons was found");
    for row in rows {
        let says = &row[2];
        match compare(&amount(code(&row[0])), &amount(code(&row[1]))) {
            Comparison::Same => assert_eq!(says, "say the same", "{row:?}"),
            Comparison::Rounding => {
                assert!(
                    ["rounded", "about", "conversion"]
                        .iter()
                        .any(|word| says.ends_with(word)),
                    "{row:?}"
                )
            }
            Comparison::Bounds => assert!(says.ends_with("kept") || says.ends_with("range"), "{row:?}"),
            Comparison::Incomparable => assert!(says.starts_with("cannot be compared"), "{row:?}"),
            Comparison::Conflict(difference) => {
                assert!(
                    says.starts_with(&format!("differ by {}", difference.amount)),
                    "{row:?}: {}",
                    difference.amount
                );
                assert_eq!(says.contains("or more"), difference.at_least, "{row:?}");
                assert!(
                    difference
                        .percent
                        .is_none_or(|percent| says.contains(&format!("{percent}%"))),
                    "{row:?}"
                );
            }
        }
    }
}
