//! How other programs begin a quotation: `:::quote`, `{% quote %}`, `[quote]`, `\\begin{quote}`, `bq.`,
//! `#+BEGIN_QUOTE`, `.. epigraph::`, a fence of code that is called so. Here these are words, or code.

use super::attribution::names_a_quotation;

/// How long such a beginning is at the head of a line, if there is one.
pub fn fence(words: &str) -> Option<usize> {
    if words.starts_with("bq. ") {
        return Some("bq.".len());
    }
    fence_called(words, names_a_quotation, true)
}

/// The same of what is not to be shown: `::: comment`, `#+BEGIN_COMMENT`, `.. comment::`, `~~~ private`.
pub fn hiding_fence(words: &str) -> Option<usize> {
    const NAMES: &[&str] =
        &["comment", "comments", "hidden", "hide", "private", "draft", "secret", "confidential"];
    if words.starts_with('[') || words.starts_with("{{") {
        return None;
    }
    fence_called(words, |name| NAMES.contains(&name.to_ascii_lowercase().as_str()), false)
}

fn fence_called(words: &str, is_name: impl Fn(&str) -> bool, is_quotation: bool) -> Option<usize> {
    let lead = LEADS.iter().find(|lead| starts_with(words, lead.opens))?;
    let rest = &words[lead.opens.len()..];
    let name = rest.trim_start_matches([':', '`', '~', ' ', '{', '.', '!', '<', '%', '+', '-']);
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let length = name.find(|c| !is_part(c)).unwrap_or(name.len());
    let behind = &name[length..];
    let is_one = is_name(&name[..length]) || is_quotation && lead.more.contains(&&name[..length]);
    let ends = match lead.behind {
        [] => !behind.starts_with(is_part),
        signs => behind.starts_with(signs),
    };
    let closes = lead.closes.is_empty() || behind.contains(lead.closes);
    let links = behind.starts_with("](") || behind.starts_with("][") || behind.starts_with("]:");
    (is_one && ends && closes && !links).then_some(words.len() - behind.len())
}

/// How a program has it.
struct Lead {
    opens: &'static str,
    /// What may stand right behind the name: nothing in particular where the list is empty.
    behind: &'static [char],
    /// What must follow in the same line.
    closes: &'static str,
    /// Names that mean a quotation here alone.
    more: &'static [&'static str],
}

const LEADS: &[Lead] = &[
    Lead { opens: ":::", behind: &[], closes: "", more: &[] },
    Lead { opens: "```", behind: &[], closes: "", more: &[] },
    Lead { opens: "~~~", behind: &[], closes: "", more: &[] },
    Lead { opens: "{%", behind: &[], closes: "%}", more: &[] },
    Lead { opens: "{{", behind: &[], closes: "", more: &["cquote", "quotebox"] },
    Lead { opens: "[", behind: &[']', '=', ',', ' ', '|'], closes: "]", more: &[] },
    Lead { opens: "\\begin{", behind: &['}'], closes: "", more: &["displayquote", "quoting", "verse"] },
    Lead { opens: "\\", behind: &['{'], closes: "", more: &["enquote", "textquote"] },
    Lead { opens: "#+begin_", behind: &[], closes: "", more: &["verse"] },
    Lead { opens: ".. ", behind: &[':'], closes: "::", more: &["highlights"] },
];

fn starts_with(words: &str, opens: &str) -> bool {
    words
        .get(..opens.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(opens))
}

#[cfg(test)]
mod tests {
    use super::fence;

    #[test]
    fn beginnings_of_many_programs() {
        for words in [
            ":::quote",
            "::: {.blockquote}",
            "::: quote \"Moor\"",
            "```quote",
            "~~~ {.quote}",
            "```ad-quote",
            "{% quote %}",
            "{%- blockquote Moor -%}",
            "{{< quote >}}",
            "{{quote|words}}",
            "{{Zitat|Worte}}",
            "[quote]words[/quote]",
            "[QUOTE=Moor]",
            "[quote, Moor]",
            "[!quote] words",
            "\\begin{quote}",
            "\\blockquote{words}",
            "#+BEGIN_QUOTE",
            ".. epigraph::",
            "bq. words",
        ] {
            assert!(fence(words).is_some(), "{words}");
        }
    }

    #[test]
    fn what_begins_none() {
        for words in [
            ":::note",
            "```rust",
            "```quoted-printable",
            "{{ferry}}",
            "[quote](a.md)",
            "[quoted]",
            "[[quote]]",
            "\\begin{itemize}",
            "Quote. It is late.",
            "quote",
            "bq",
            "bq.de is a site",
            "",
        ] {
            assert!(fence(words).is_none(), "{words}");
        }
    }
}
