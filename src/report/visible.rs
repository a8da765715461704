//! What a hostile text may do to a terminal or to a reader's eye, made harmless: controls are shown, never
//! sent.
//!
//! Escape sequences could move the cursor or retitle a window; bidirectional controls could make a line read
//! as another (CVE-2021-42574). Every renderer passes what people wrote through here.

use std::borrow::Cow;

/// The text with every control and invisible character replaced by a sign for it. Tabs and line feeds stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if !is_hidden(c) => shown.push(c),
            '\0'..='\x1f' => shown.push(control_picture(c)),
            '\x7f' => shown.push('␡'),
            c => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
        }
    }
    Cow::Owned(shown)
}

/// The text on one line: line ends are white space to whoever reads lines.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if shown.contains(['\n', '\t']) => Cow::Owned(shown.replace(['\n', '\t'], " ")),
        shown => shown,
    }
}

/// JSON with the same characters as `\u` escapes: the value is unchanged, the terminal safe. In JSON such
/// characters can only stand inside strings.
pub fn escaped_in_json(json: String) -> String {
    if !json.contains(is_hidden) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Controls, bidirectional and invisible formatting characters. The joiners U+200C and U+200D stay: Persian,
/// Hindi and many emoji are spelt with them.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        c if c.is_control() => true,
        '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// U+2400 and on: ␀ ␁ … ␛ … ␟, one for each control of ASCII.
fn control_picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(visible("\x1b[31mred\x07 \u{9b}2J"), "␛[31mred␇ <U+009B>2J");
        assert_eq!(visible("a\u{202e}b\u{2066}c\u{200b}"), "a<U+202E>b<U+2066>c<U+200B>");
        assert_eq!(visible("Tô Lâm\n\tहिन्दी می‌خواهم 👩‍💻"), "Tô Lâm\n\tहिन्दी می‌خواهم 👩‍💻");
        assert_eq!(on_one_line("a\nb\tc"), "a b c");
    }

    #[test]
    fn json_keeps_its_value_and_sends_no_control() {
        let json = escaped_in_json("\"a\u{202e}\u{9b}\u{e0041}\"".to_owned());
        assert_eq!(json, "\"a\\u202e\\u009b\\udb40\\udc41\"");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some("a\u{202e}\u{9b}\u{e0041}"));
    }
}
