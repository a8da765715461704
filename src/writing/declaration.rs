//! The file that declares a topic or a claim: its title, and room for what is to be said of it.

use crate::model::path::InputPath;
use crate::parse::front_matter::front_matter;
use crate::parse::said::said;

/// The first lines of a file with a title, which reads back as it was given, on one line and without comments
/// (`%% … %%`). A comment that nothing closes stays: checking tells its place.
pub fn declaration(path: &InputPath, title: &str) -> String {
    let words: Vec<&str> = title
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let title = plain(words.join(" "));
    let typed = [title.clone(), format!("\"{title}\""), format!("'{}'", title.replace('\'', "''"))];
    let files = typed.map(|typed| format!("---\ntitle: {typed}\n---\n\n"));
    let [_, _, quoted] = &files;
    files
        .iter()
        .find(|file| reads_as(path, file, &title))
        .unwrap_or(quoted)
        .clone()
}

/// A title without the comments that no title shows.
fn plain(title: String) -> String {
    match said(&title) {
        Some(said) if said.open.is_none() && !said.words.is_empty() => said.words,
        _ => title,
    }
}

fn reads_as(path: &InputPath, file: &str, title: &str) -> bool {
    let (front, _, mistakes) = front_matter(path, file);
    let read: Vec<&str> = front
        .all("title")
        .flat_map(|entry| entry.value.texts())
        .map(|text| text.value.as_str())
        .collect();
    mistakes.is_empty() && read == [title] && front.entries.len() == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(title: &str) -> String {
        let path = InputPath::new("annotations/topics/a.md").expect("a path");
        let file = declaration(&path, title);
        assert!(
            reads_as(&path, &file, &plain(title.split_whitespace().collect::<Vec<_>>().join(" "))),
            "{file}"
        );
        file.lines().nth(1).unwrap_or_default().to_string()
    }

    #[test]
    fn a_title_is_put_in_quotes_where_yaml_needs_them() {
        for (title, line) in [
            ("Tô Lâm", "title: Tô Lâm"),
            ("  Trade,\n 2024 ", "title: Trade, 2024"),
            ("Trade: a history", "title: \"Trade: a history\""),
            ("# 1", "title: \"# 1\""),
            ("\"Free\" trade", "title: '\"Free\" trade'"),
            ("no", "title: no"),
            ("Trade %%ask Anna%% in 2024", "title: Trade in 2024"),
        ] {
            assert_eq!(check(title), line, "{title:?}");
        }
    }

    proptest! {
        #[test]
        fn any_title_reads_back(title in "[a-z :#\"'\\\\\\[\\]{}&*!|>%@`,?\\-]{1,20}") {
            prop_assume!(!title.trim().is_empty());
            prop_assume!(said(&title).is_none_or(|said| said.open.is_none() && !said.words.is_empty()));
            check(&title);
        }
    }
}
