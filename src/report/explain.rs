//! The longer story of each code, as `casebook explain` tells it: the sections of `docs/diagnostics.d`, part
//! of the program.

use super::diagnostic::Code;
use super::mistakes::codes;

/// Every file of `docs/diagnostics.d`.
const DOCS: &[&str] = &[
    include_str!("../../docs/diagnostics.d/config.md"),
    include_str!("../../docs/diagnostics.d/facts.md"),
    include_str!("../../docs/diagnostics.d/fields.md"),
    include_str!("../../docs/diagnostics.d/files.md"),
    include_str!("../../docs/diagnostics.d/markdown.md"),
    include_str!("../../docs/diagnostics.d/names.md"),
    include_str!("../../docs/diagnostics.d/quotes.md"),
    include_str!("../../docs/diagnostics.d/reason.md"),
    include_str!("../../docs/diagnostics.d/templates.md"),
    include_str!("../../docs/diagnostics.d/world.md"),
];

/// What a code means, why it matters and how to mend it: its section, under a line with its name, weight and
/// summary. `None` where there is no such code.
pub fn explain(name: &str) -> Option<String> {
    let code = codes().into_iter().find(|code| code.name == name)?;
    let story = section(name).unwrap_or_default();
    Some(format!("{} ({}): {}\n\n{story}\n", code.name, code.severity.word(), code.summary))
}

/// Every code with its weight and summary, a line each, in the order of the subjects.
pub fn list() -> String {
    let codes = codes();
    let widest = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let line =
        |code: &&Code| format!("{:widest$}  {:7}  {}\n", code.name, code.severity.word(), code.summary);
    codes.iter().map(line).collect()
}

/// The text under `## name`.
fn section(name: &str) -> Option<&'static str> {
    DOCS.iter().find_map(|docs| {
        let mut sections = docs.split("\n## ").skip(1);
        sections.find_map(|section| {
            section
                .split_once('\n')
                .filter(|(title, _)| title.trim().trim_matches('`') == name)
                .map(|(_, story)| story.trim())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_story() {
        for code in codes() {
            assert!(
                section(code.name).is_some(),
                "`{}` is not explained: list its file of docs/diagnostics.d in `DOCS`",
                code.name
            );
        }
    }

    #[test]
    fn a_story_begins_with_the_code_in_one_line() {
        let story = explain("file-too-large").expect("a code of ours");
        assert!(
            story.starts_with("file-too-large (error): a file that is larger than what is read\n\n"),
            "{story}"
        );
        assert_eq!(explain("no-such-code"), None);
    }
}
