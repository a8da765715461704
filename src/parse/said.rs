//! What a title or a name says, without the comments that its writer put into it.
//!
//! In running text `%% … %%` and `<!-- … -->` are never published, so people expect the same of a title. What
//! looks like such a comment and is none (`<!— … —>`, as editors with typography of their own make it;
//! full-width `％％`) is left out as well, and told.

use crate::model::path::InputPath;
use crate::model::span::Spanned;
use crate::report::diagnostic::Diagnostic;
use crate::report::mistakes::markdown::comment_in_text;

/// A value without its comments.
pub struct Said {
    pub words: String,
    /// The sign that begins a comment which nothing closes, or that only looks like one.
    pub open: Option<&'static str>,
}

/// How a comment begins and ends, and whether it is one in running text too. Comments of other tools are none
/// here: CriticMarkup, Jinja, Liquid, Handlebars, Hugo, kramdown, MDX, JSP, TeX, BBCode and C.
const COMMENTS: &[(&str, &str, bool)] = &[
    ("%%", "%%", true),
    ("<!--", "-->", true),
    ("％％", "％％", false),
    ("<!—", "—>", false),
    ("<!–", "–>", false),
    ("<!-", "->", false),
    ("<! --", "-->", false),
    ("< !--", "-->", false),
    ("<! ", ">", false),
    ("‹!--", "--›", false),
    ("＜!--", "--＞", false),
    ("＜！--", "--＞", false),
    ("&lt;!--", "--&gt;", false),
    ("％%", "%％", false),
    ("%％", "％%", false),
    ("{>>", "<<}", false),
    ("{--", "--}", false),
    ("{~~", "~~}", false),
    ("{#", "#}", false),
    ("{% comment", "endcomment %}", false),
    ("{%- comment", "endcomment %}", false),
    ("{%comment", "endcomment%}", false),
    ("{{!--", "--}}", false),
    ("{{!", "}}", false),
    ("{{< comment", "/comment", false),
    ("{{% comment", "/comment", false),
    ("\\begin{comment}", "\\end{comment}", false),
    ("\\iffalse", "\\fi", false),
    ("[comment]", "[/comment]", false),
    ("/* ", "*/", false),
    ("{{/*", "*/}}", false),
    ("{{- /*", "*/ -}}", false),
    ("{::comment", "{:/", false),
    ("{/*", "*/}", false),
    ("<%--", "--%>", false),
    ("<%#", "%>", false),
];

/// Signs that begin other things as well, `{#passengers}`: a comment only where its end closes it, within so
/// many bytes.
const UNCLEAR: &[&str] = &["{#", "[comment]", "/* "];
const REACH: usize = 500;

/// The comment that a text begins with.
fn begins(text: &str) -> Option<(&'static str, &'static str, bool)> {
    let (sign, end, is_one) = *COMMENTS.iter().find(|(sign, ..)| text.starts_with(sign))?;
    let reach = text.floor_char_boundary(text.len().min(REACH));
    let is_name = UNCLEAR.contains(&sign) && !text[..reach].contains(end);
    (!is_name).then_some((sign, end, is_one))
}

/// What the signs begin with.
pub const SIGNS: [char; 10] = ['%', '<', '％', '‹', '＜', '&', '{', '\\', '[', '/'];

/// The value without its comments; `None` where it has none.
pub fn said(value: &str) -> Option<Said> {
    let mut words = String::new();
    let mut open = None;
    let mut rest = value;
    while let Some((at, (sign, end, is_one))) = first(rest) {
        words.push_str(&rest[..at]);
        let inner = &rest[at + sign.len()..];
        let closed = inner.find(end).map(|close| &inner[close + end.len()..]);
        if !is_one || closed.is_none() {
            open = open.or(Some(sign));
        }
        rest = closed.unwrap_or_default();
    }
    words.push_str(rest);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (rest.len() < value.len()).then_some(Said { words, open })
}

/// The sign of the first comment of a text, and where it stands. Every character is looked at once.
fn first(text: &str) -> Option<(usize, (&'static str, &'static str, bool))> {
    text.match_indices(SIGNS)
        .find_map(|(at, _)| Some((at, begins(&text[at..])?)))
}

/// Where a text has a sign by which a comment begins.
pub fn comment_at(text: &str) -> Option<usize> {
    first(text).map(|(at, _)| at)
}

/// The words of a text whose comments were taken out before. What is left and looks like one was typed in
/// another way (`&lt;!--`): it is told.
pub fn without_comments(
    path: &InputPath,
    words: Spanned<String>,
    found: &mut Vec<Diagnostic>,
) -> Spanned<String> {
    let Some(Said { words: rest, open }) = said(&words.value) else { return words };
    found.push(comment_in_text(path, words.span, open.unwrap_or("<!--")));
    Spanned::new(rest, words.span)
}

/// Signs in running text that only look as if they began a comment.
pub fn look_alike(words: &str) -> Option<&'static str> {
    begins(words).filter(|(.., is_one)| !is_one).map(|(sign, ..)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_part_of_what_is_said() {
        let check = |value: &str| said(value).map(|said| (said.words, said.open));
        assert_eq!(check("A title, 50 % of it"), None);
        assert_eq!(check("A title {#id}, {braces} and {% other %}"), None);
        for (value, words, open) in [
            ("T %% x %%", "T", None),
            ("T <!-- x --> and more", "T and more", None),
            ("%%a%% T %%b%%", "T", None),
            ("T %% x", "T", Some("%%")),
            ("T <!— x —> U", "T U", Some("<!—")),
            ("T ％％ x ％％", "T", Some("％％")),
            ("T ％% x %％ U", "T U", Some("％%")),
            ("T <! x > U", "T U", Some("<! ")),
            ("T < !-- x --> U", "T U", Some("< !--")),
            ("T ＜!-- x --＞ U", "T U", Some("＜!--")),
            ("T &lt;!-- x --&gt; U", "T U", Some("&lt;!--")),
            ("T <!-- x --!> U", "T", Some("<!--")),
            ("T {>>x<<} U", "T U", Some("{>>")),
            ("T {# x #} U", "T U", Some("{#")),
            ("T {% comment %}x{% endcomment %} U", "T U", Some("{% comment")),
            ("T {{!-- x --}} U", "T U", Some("{{!--")),
            ("T {/* x */} U", "T U", Some("{/*")),
            ("T {% comment %} x", "T", Some("{% comment")),
        ] {
            assert_eq!(check(value), Some((words.to_string(), open)), "{value}");
        }
        // What is twice as long costs twice as much: every sign is passed once.
        assert_eq!(said(&"%%".repeat(1 << 18)).map(|said| said.words.len()), Some(0));
    }
}
