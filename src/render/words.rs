//! The words of the interface: what pages say that nobody wrote in the dossier.
//!
//! One table a language, `templates/words/LANGUAGE.toml`; a dossier may bring its own, whole or in part.
//! Templates read them as `words.key`, count with `count(of="note", n=3)` and fill places with
//! `fill(text=words.key, name="x")`.

use tera::Value;
use toml::Table;

use crate::model::date::Date;
use crate::model::date::words::Words as DateWords;

/// The languages that the program speaks, the first being the one that stands in for others.
pub const BUILT_IN: [(&str, &str); 2] = [
    ("en", include_str!("../../templates/words/en.toml")),
    ("vi", include_str!("../../templates/words/vi.toml")),
];

/// The words of one language, complete.
#[derive(Clone, Debug)]
pub struct Words {
    /// The BCP 47 tag of the language that the words are in.
    pub language: String,
    table: Table,
}

impl Words {
    /// The built-in words of a language; English where there are none.
    pub fn of(language: &str) -> Words {
        let primary = primary(language);
        let (tag, text) = BUILT_IN
            .iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(primary))
            .unwrap_or(&BUILT_IN[0]);
        // The texts are part of the program, and a test reads them; were one broken, pages would say nothing
        // rather than fail.
        let table = text.parse().unwrap_or_default();
        Words { language: (*tag).to_string(), table }
    }

    /// Puts a dossier's words over these. Gives back the keys that no page uses.
    pub fn overlay(&mut self, language: &str, table: Table) -> Vec<String> {
        self.language = language.to_string();
        let mut unknown = Vec::new();
        overlay(&mut self.table, table, "", &mut unknown);
        unknown
    }

    /// For templates: `words`.
    pub fn value(&self) -> Value {
        Value::try_from_serializable(&self.table).unwrap_or_else(|_| Value::none())
    }

    /// A word by its path: `kind.fact`. Empty where there is none.
    pub fn get(&self, path: &str) -> &str {
        let mut table = &self.table;
        let mut keys = path.split('.').peekable();
        while let Some(key) = keys.next() {
            match table.get(key) {
                Some(toml::Value::String(word)) if keys.peek().is_none() => return word,
                Some(toml::Value::Table(inner)) => table = inner,
                _ => return "",
            }
        }
        ""
    }

    /// `count("note", 3)` → "3 notes". The forms of a word are one for every number, or one for 1 and one for
    /// all others.
    pub fn count(&self, of: &str, n: u64) -> String {
        let forms = self
            .table
            .get("count")
            .and_then(|counts| counts.get(of))
            .and_then(toml::Value::as_array);
        let form = forms
            .and_then(|forms| if n == 1 { forms.first() } else { forms.last() })
            .and_then(toml::Value::as_str);
        fill(form.unwrap_or("{n}"), &[("n", &self.number(n))])
    }

    /// A whole number with its thousands grouped as the language has it.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut grouped = String::with_capacity(digits.len() + 4);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
                grouped.push_str(self.get("thousands"));
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A date as the language says it.
    pub fn date(&self, date: &Date) -> String {
        date.in_words(DateWords::of(&self.language))
    }
}

/// `en-GB` → `en`
pub fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// Puts values into a text with places: `{name}`. A place without a value stays as it is.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, place)) = rest.split_once('{') {
        filled.push_str(before);
        let value = place.split_once('}').and_then(|(name, after)| {
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (value, after))
        });
        rest = match value {
            Some((value, after)) => {
                filled.push_str(value);
                after
            }
            None => {
                filled.push('{');
                place
            }
        };
    }
    filled + rest
}

fn overlay(under: &mut Table, over: Table, path: &str, unknown: &mut Vec<String>) {
    for (key, value) in over {
        let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => {
                overlay(under, over, &here, unknown)
            }
            (Some(slot @ toml::Value::String(_)), value @ toml::Value::String(_))
            | (Some(slot @ toml::Value::Array(_)), value @ toml::Value::Array(_)) => {
                *slot = value;
            }
            _ => unknown.push(here),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every path of a table, with the places that its text has.
    fn paths(table: &Table, above: &str) -> Vec<String> {
        let mut paths = Vec::new();
        for (key, value) in table {
            match value {
                toml::Value::Table(inner) => paths.extend(paths_under(inner, above, key)),
                toml::Value::String(text) => paths.push(format!("{above}{key} {:?}", places(text))),
                toml::Value::Array(forms) => {
                    let places: Vec<_> = forms
                        .last()
                        .and_then(toml::Value::as_str)
                        .map(places)
                        .unwrap_or_default();
                    assert!((1..=2).contains(&forms.len()), "`{above}{key}` has one form or two");
                    paths.push(format!("{above}{key} {places:?}"));
                }
                other => panic!("`{above}{key}` is no text: {other:?}"),
            }
        }
        paths
    }

    fn paths_under(inner: &Table, above: &str, key: &str) -> Vec<String> {
        paths(inner, &format!("{above}{key}."))
    }

    fn places(text: &str) -> Vec<String> {
        let mut places: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.to_string())
            .collect();
        places.sort();
        places
    }

    #[test]
    fn every_language_has_every_key_and_its_places() {
        let table = |text: &str| text.parse::<Table>().expect("the built-in words are TOML");
        let english = paths(&table(BUILT_IN[0].1), "");
        for (language, text) in &BUILT_IN[1..] {
            assert_eq!(paths(&table(text), ""), english, "{language}");
        }
    }

    #[test]
    fn counting() {
        let words = Words::of("en-GB");
        assert_eq!(
            [words.count("note", 0), words.count("note", 1), words.count("note", 12_345)],
            ["0 notes", "1 note", "12,345 notes"]
        );
        assert_eq!(Words::of("vi").count("note", 12_345), "12.345 ghi chú");
    }

    #[test]
    fn filling() {
        assert_eq!(fill("{a} of {b}, {c}", &[("a", "1"), ("b", "{a}")]), "1 of {a}, {c}");
        assert_eq!(fill("{", &[]), "{");
    }

    #[test]
    fn a_dossier_may_bring_some_words() {
        let mut words = Words::of("fr");
        assert_eq!(words.language, "en");
        let unknown = words.overlay(
            "fr",
            "sources = \"Sources (fr)\"\nsorces = \"\"\nkind = \"x\""
                .parse()
                .expect("TOML"),
        );
        assert_eq!(
            [words.get("sources"), words.get("topics")],
            ["Sources (fr)", Words::of("en").get("topics")]
        );
        assert_eq!(unknown, ["kind", "sorces"]);
    }
}
