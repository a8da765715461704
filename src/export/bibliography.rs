//! `data/sources.bib` and `data/sources.csl.json`: the sources for programs that make bibliographies (BibTeX
//! with the dates of BibLaTeX; CSL-JSON).
//!
//! Names are given whole, as their writers wrote them: which part of a name is the family's is not ours to
//! guess.

use serde_json::{Value, json};

use super::pieces;
use crate::model::date::Date;
use crate::model::dossier::Source;
use crate::render::context::RenderContext;

pub fn bibtex(context: &RenderContext<'_>) -> String {
    context
        .dossier
        .sources
        .iter()
        .map(|source| entry(source))
        .collect::<Vec<_>>()
        .join("\n")
}

fn entry(source: &Source) -> String {
    let facts = &source.facts;
    let authors: Vec<String> = facts
        .author
        .iter()
        .map(|name| format!("{{{}}}", escaped(name)))
        .collect();
    let year = facts
        .published
        .as_ref()
        .and_then(parts)
        .and_then(|parts| parts.first().copied());
    let fields = [
        ("title", Some(format!("{{{}}}", escaped(&facts.title)))),
        ("author", Some(authors.join(" and ")).filter(|authors| !authors.is_empty())),
        ("publisher", facts.publisher.as_deref().map(escaped)),
        ("year", year.map(|year| year.to_string())),
        ("date", facts.published.as_ref().map(|date| escaped_date(date.as_str()))),
        ("url", facts.url.as_deref().map(address)),
        ("urldate", facts.captured.as_ref().and_then(Date::machine)),
        (
            "note",
            facts
                .archive
                .as_deref()
                .map(|archive| format!("\\url{{{}}}", address(archive))),
        ),
        ("langid", facts.language.as_deref().map(escaped)),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| format!("  {key} = {{{value}}},\n")));
    format!("@misc{{{},\n{}}}\n", key(source), fields.collect::<String>())
}

/// Keys of BibTeX are plain letters, digits, `-`, `.` and `_`; others are written by their number.
fn key(source: &Source) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') {
            c.to_string()
        } else {
            format!("u{:x}", u32::from(c))
        }
    };
    source.id.as_str().chars().map(letter).collect()
}

/// What TeX reads as a command is written as a sign.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// EDTF of level 1, which BibLaTeX reads; a date holds no sign of TeX but these two.
fn escaped_date(date: &str) -> String {
    date.replace('%', "\\%")
}

/// An address is read as it is; what would end the field is written as a URL writes it.
fn address(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

pub fn csl(context: &RenderContext<'_>) -> String {
    let items: Vec<Value> = context.dossier.sources.iter().map(|source| item(source)).collect();
    pieces::json(&items)
}

fn item(source: &Source) -> Value {
    let facts = &source.facts;
    let mut item = json!({
        "id": source.id.as_str(),
        "type": if facts.url.is_some() { "webpage" } else { "document" },
        "title": facts.title,
    });
    let authors: Vec<Value> = facts.author.iter().map(|name| json!({"literal": name})).collect();
    let known = [
        ("author", Some(json!(authors)).filter(|_| !authors.is_empty())),
        ("publisher", facts.publisher.as_ref().map(|publisher| json!(publisher))),
        ("issued", facts.published.as_ref().map(date)),
        ("accessed", facts.captured.as_ref().map(date)),
        ("URL", facts.url.as_ref().map(|url| json!(url))),
        ("archive_location", facts.archive.as_ref().map(|archive| json!(archive))),
        ("language", facts.language.as_ref().map(|language| json!(language))),
    ];
    for (key, value) in known
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| (key, value)))
    {
        item[key] = value;
    }
    item
}

/// A plain date by its parts, with `circa` where it is not sure; any other as it was typed.
fn date(date: &Date) -> Value {
    match parts(date) {
        Some(parts) if date.qualification().is_sure() => json!({"date-parts": [parts]}),
        Some(parts) => json!({"date-parts": [parts], "circa": true}),
        None => json!({"literal": date.as_str()}),
    }
}

/// Year, month, day, as far as they are given, whatever sign of doubt stands behind them.
fn parts(date: &Date) -> Option<Vec<i64>> {
    let plain = Date::parse(date.as_str().trim_end_matches(['~', '?', '%']))
        .ok()?
        .machine()?;
    let day = plain.split('T').next()?;
    day.split('-').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{address, date, escaped};
    use crate::model::date::Date;

    #[test]
    fn nothing_of_a_source_is_a_command() {
        assert_eq!(
            escaped("a{b}\\input{x} 5% & #1 $x_y^z~"),
            "a\\{b\\}\\textbackslash{}input\\{x\\} 5\\% \\& \\#1 \
                \\$x\\_y\\textasciicircum{}z\\textasciitilde{}"
        );
        assert_eq!(address("https://example.org/a}b_c%20"), "https://example.org/a%7Db_c%20");
    }

    #[test]
    fn dates_by_their_parts() {
        let told = |text: &str| date(&Date::parse(text).expect("the test's own date")).to_string();
        assert_eq!(told("2024-05-01"), r#"{"date-parts":[[2024,5,1]]}"#);
        assert_eq!(told("2024-05~"), r#"{"circa":true,"date-parts":[[2024,5]]}"#);
        assert_eq!(told("1995/2024"), r#"{"literal":"1995/2024"}"#);
    }
}
