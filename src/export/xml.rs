//! XML, as far as a feed and a map need it.

/// A text inside an element or attribute. What XML 1.0 has no place for (most control characters, U+FFFE,
/// U+FFFF) is left out.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// An element with a text; nothing where the text is empty.
pub fn element(name: &str, content: &str) -> String {
    if content.is_empty() { String::new() } else { format!("<{name}>{}</{name}>\n", text(content)) }
}

#[cfg(test)]
mod tests {
    use super::{element, text};

    #[test]
    fn what_a_person_wrote_is_text() {
        assert_eq!(text("a<b> & \"c\"\u{b}\u{1b}\u{ffff}d"), "a&lt;b&gt; &amp; &quot;c&quot;d");
        assert_eq!([element("a", ""), element("a", "b")], ["", "<a>b</a>\n"]);
    }
}
