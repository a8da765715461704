//! `seeds/NAME.EXT.toml`: facts about a seed beside it, so that evidence stays byte for byte as received.

use super::front_matter::{
    Entry, FrontMatter, Value, held_lines, hides, swallowed_lines, unpublished, without_comments,
};
use super::keys::folded;
use super::toml::{Node, Pair, Toml, toml};
use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::facts::{self as mistakes, Trouble};

/// The facts of a sidecar, in the shape of front matter: texts as they are written, dates and numbers as
/// typed.
pub fn sidecar(path: &InputPath, text: &str) -> (FrontMatter, Vec<Diagnostic>) {
    let Toml { pairs, foreign, mistakes: mut found } = toml(path, text);
    let mut read: Vec<Entry> = pairs.into_iter().map(|pair| entry(path, pair, &mut found)).collect();
    read.extend(foreign.into_iter().map(|(key, typed)| {
        let value_span = typed.span;
        Entry { key: key.map(|key| folded(&key)), value: single(typed), value_span }
    }));
    let swallowed = swallowed(path, text, &read, &mut found);
    read.extend(swallowed);
    read.iter_mut()
        .for_each(|entry| without_comments(path, entry, &mut found));
    read.sort_by_key(|entry| entry.key.span);
    let stated: Vec<Entry> = read.iter().filter_map(unpublished).collect();
    found.extend(
        stated
            .iter()
            .map(|entry| mistakes::says_unpublished(path, entry.key.span)),
    );
    let net = held_lines(path, text, 0, &read, &mut found);
    read.extend(stated.into_iter().chain(net));
    read.sort_by_key(|entry| entry.key.span);
    (FrontMatter { entries: read, span: Span::new(0..text.len()) }, found)
}

fn entry(path: &InputPath, pair: Pair, found: &mut Vec<Diagnostic>) -> Entry {
    let key = pair.key.map(|key| folded(&key));
    let value = match pair.value {
        Node::Quoted(words) | Node::Bare(words) => single(words),
        Node::Table(_) => {
            found.push(mistakes::toml_value(path, &key.value, Trouble::Map, pair.span, None));
            Value::Empty
        }
        Node::List(items) => {
            let mut texts = Vec::new();
            for (item, span) in items {
                match item {
                    Node::Quoted(words) | Node::Bare(words) if words.value.is_empty() => {}
                    Node::Quoted(words) | Node::Bare(words) => texts.push(words),
                    Node::List(_) | Node::Table(_) => {
                        found.push(mistakes::toml_value(path, &key.value, Trouble::Nested, span, None))
                    }
                }
            }
            Value::List(texts)
        }
    };
    Entry { key, value, value_span: pair.span }
}

fn single(words: Spanned<String>) -> Value {
    if words.value.is_empty() { Value::Empty } else { Value::Text(words) }
}

/// Lines that hide something and that TOML made part of another value, a bracket that is not closed for
/// instance.
fn swallowed(path: &InputPath, text: &str, read: &[Entry], found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let seen: Vec<Span> = read
        .iter()
        .filter(|entry| hides(&entry.key.value))
        .map(|entry| entry.key.span)
        .collect();
    let mut lost = Vec::new();
    for entry in swallowed_lines(text, 0..text.len()).filter(|entry| !seen.contains(&entry.key.span)) {
        let above = read
            .iter()
            .rev()
            .find(|above| above.key.span < entry.key.span)
            .map_or("", |above| above.key.value.as_str());
        found.push(mistakes::swallowed_key(path, &entry.key.value, entry.key.span, above));
        lost.push(entry);
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lines::Lines;

    fn check(text: &str) -> String {
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let (facts, found) = sidecar(&path, text);
        let mut shown = Vec::new();
        for entry in &facts.entries {
            shown.push(match &entry.value {
                Value::Empty => format!("{} =", entry.key.value),
                Value::Text(text) => format!("{} = {}", entry.key.value, text.value),
                Value::List(texts) => format!(
                    "{} = {:?}",
                    entry.key.value,
                    texts.iter().map(|text| &text.value).collect::<Vec<_>>()
                ),
            });
        }
        for mistake in found {
            let place = &mistake.place.as_ref().expect("in a file").place;
            let at = Lines::new(text).at(place.span.start as usize);
            shown.push(format!("{}:{} {}: {}", at.line, at.column, mistake.code.name, mistake.message));
            if let Some(fix) = &mistake.fix {
                let edit = &fix.edits[0];
                let mended = format!(
                    "{}{}{}",
                    &text[..edit.place.span.range().start],
                    edit.replacement,
                    &text[edit.place.span.range().end..]
                );
                shown.push(format!("  → {}", Lines::new(&mended).line(at.line)));
            }
        }
        shown.join("\n")
    }

    #[test]
    fn values_are_taken_as_typed() {
        assert_eq!(
            check(
                "Title = \"It's\"\nderives_from = ['a', \"b\"]\npublished = 2026-01-29\nid = 1984\ndraft = \
                    true\nauthor = \"\"\nlong = '''\na\nb'''\n"
            ),
            "title = It's\nderives-from = [\"a\", \"b\"]\npublished = 2026-01-29\nid = 1984\ndraft = \
                true\nauthor =\nlong = a\nb"
        );
        assert_eq!(check(""), "");
    }

    #[test]
    fn every_mistake_is_told_in_our_words_and_the_value_read_as_typed() {
        assert_eq!(
            check("title = Trade: the deficit\npublished = 2024-01\nid = 003\ndraft = true"),
            "title = Trade: the deficit\npublished = 2024-01\nid = 003\ndraft = true\n\
             1:9 toml-value: the value of `title` is not in quotes\n  → title = \"Trade: the deficit\"\n\
             2:13 toml-value: the value of `published` is not in quotes\n  → published = \"2024-01\"\n\
             3:6 toml-value: the value of `id` is not in quotes\n  → id = \"003\""
        );
        assert_eq!(
            check("title = \"Trade\nauthor = [Smith, \"Lee\"]\naliases = 'it's'"),
            "title = Trade\nauthor = [\"Smith\", \"Lee\"]\naliases = it\n\
             1:9 toml-value: the value of `title` begins with a quotation mark (`\"`) that is not closed\n  \
             → title = \"Trade\"\n\
             2:11 toml-value: the value of `author` is not in quotes\n  → author = [\"Smith\", \"Lee\"]\n\
             3:11 toml-value: words of the value of `aliases` stand outside its quotation marks (`'`)\n  → \
             aliases = \"it's\""
        );
        assert_eq!(
            check("title: Trade\ndraft: true\nwords\nid =\n"),
            "title = Trade\ndraft = true\nid =\n\
             1:1 toml-line: `title` is followed by a colon, as in YAML\n  → title = \"Trade\"\n\
             2:1 toml-line: `draft` is followed by a colon, as in YAML\n  → draft = true\n\
             3:1 toml-line: this line is not `key = value`\n\
             4:1 toml-value: the value of `id` is missing"
        );
        assert_eq!(check("id = 'a'\nid = 'b'"), "id = a\n2:1 repeated-key: `id` stands twice");
        assert_eq!(
            check("[source]\nid = 'a'\n"),
            "source =\n1:1 toml-value: the value of `source` has keys of its own"
        );
    }

    #[test]
    fn a_line_that_hides_something_is_not_lost_in_another_value() {
        assert_eq!(
            check("aliases = ['a'\ndraft = true\n"),
            "aliases = [\"a\", \"draft\", \"true\"]\ndraft = true\n\
             1:11 toml-value: the value of `aliases` begins with a bracket (`[`) that is not closed\n\
             2:1 swallowed-key: `draft` stands within the value of `aliases`, and is obeyed to be safe"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_every_span_lies_in_it(text in "([a-z]{1,3}|draft|=|: | |\n|\r\n|\r|\"|'|\"\"\
            \"|#|\\[|\\]|\\{|\\}|,|\\.|1|-|é|漢|\\\\|“){0,40}") {
            let path = InputPath::new("seeds/a.txt.toml").expect("relative");
            let (facts, found) = sidecar(&path, &text);
            for entry in &facts.entries {
                let spans = entry.value.texts().iter().map(|text| text.span)
                    .chain([entry.key.span, entry.value_span]);
                for span in spans {
                    proptest::prop_assert!(text.get(span.range()).is_some(), "{:?} {:?}", entry, text);
                }
            }
            for mistake in found {
                let spans = mistake.place.iter().chain(&mistake.related).map(|label| label.place.span);
                for span in spans.chain(mistake.fix.iter()
                    .flat_map(|fix| fix.edits.iter().map(|edit| edit.place.span))) {
                    proptest::prop_assert!(text.get(span.range()).is_some(), "{:?}", mistake);
                }
            }
        }
    }
}
