//! Mistakes in front matter, sidecars and the facts that they give.

use crate::model::path::InputPath;
use crate::model::span::{Span, Spanned};
use crate::report::diagnostic::{Code, Diagnostic, Severity};

pub static CODES: &[&Code] = &[
    &FRONT_MATTER_UNCLOSED,
    &FRONT_MATTER_FENCE,
    &FRONT_MATTER_NOT_FIRST,
    &FRONT_MATTER_LINE,
    &FRONT_MATTER_KEY,
    &YAML_VALUE,
    &TOML_VALUE,
    &TOML_LINE,
    &COMMENT_IN_VALUE,
    &SWALLOWED_KEY,
    &REPEATED_KEY,
];

pub static FRONT_MATTER_UNCLOSED: Code =
    Code { name: "front-matter-unclosed", severity: Severity::Error, summary: "front matter that begins with `---` and does not end" };
pub static FRONT_MATTER_FENCE: Code =
    Code { name: "front-matter-fence", severity: Severity::Error, summary: "front matter between lines other than `---`" };
pub static FRONT_MATTER_NOT_FIRST: Code =
    Code { name: "front-matter-not-first", severity: Severity::Warning, summary: "front matter that does not begin on the first line" };
pub static FRONT_MATTER_LINE: Code =
    Code { name: "front-matter-line", severity: Severity::Error, summary: "a line of front matter that is not `key: value`" };
pub static FRONT_MATTER_KEY: Code = Code {
    name: "front-matter-key",
    severity: Severity::Error,
    summary: "a key of front matter that is not followed by `: `, or is indented",
};
pub static YAML_VALUE: Code =
    Code { name: "yaml-value", severity: Severity::Error, summary: "a value of front matter that is neither text nor a list of texts" };
pub static TOML_VALUE: Code =
    Code { name: "toml-value", severity: Severity::Error, summary: "a value of a TOML file that breaks a rule of TOML" };
pub static TOML_LINE: Code =
    Code { name: "toml-line", severity: Severity::Error, summary: "a line of a TOML file that is not `key = value`" };
pub static COMMENT_IN_VALUE: Code =
    Code { name: "comment-in-value", severity: Severity::Warning, summary: "part of a value is lost because ` #` begins a comment" };
pub static SWALLOWED_KEY: Code =
    Code { name: "swallowed-key", severity: Severity::Error, summary: "a `private` or `draft` that stands within another value" };
pub static REPEATED_KEY: Code =
    Code { name: "repeated-key", severity: Severity::Error, summary: "a key that stands twice and can have one value" };

/// How the head of an entry is typed wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// `private:true`
    NoSpace,
    /// `private：true`, as Chinese and Japanese keyboards give it.
    FullWidth,
    /// `private = true`, as in TOML.
    Equals,
    Indented,
}

/// What keeps a value from being read as YAML or TOML has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It begins with a quotation mark that is never closed.
    Unclosed(char),
    /// Words stand behind the closing quotation mark.
    BehindQuote(char),
    /// It begins with a character that means something to YAML.
    Sign(char),
    /// It holds `: `.
    Colon,
    Tab,
    Map,
    Nested,
    /// TOML wants text in quotation marks.
    Unquoted,
    /// A backslash begins nothing that TOML knows.
    Escape,
    Unread,
}

/// `body` is where the closing fence belongs; `at_line` whether that is the start of a line.
pub fn front_matter_unclosed(path: &InputPath, fence: Span, body: usize, at_line: bool) -> Diagnostic {
    let line = if at_line { "---\n" } else { "\n---\n" };
    Diagnostic::new(&FRONT_MATTER_UNCLOSED, path, fence, "the front matter has no end")
        .label("begins here")
        .also(path, Span::new(body..body), "seems to end here")
        .help("put a line `---` below the last `key: value` line")
        .fix("close the front matter", Span::new(body..body), line, true)
}

pub fn front_matter_fence(path: &InputPath, fence: Span, typed: &str) -> Diagnostic {
    Diagnostic::new(&FRONT_MATTER_FENCE, path, fence, format!("front matter stands between two lines `---`, not `{typed}`"))
        .help("type three hyphens above and below it, and turn smart punctuation off in the editor")
}

pub fn front_matter_not_first(path: &InputPath, fence: Span, blank: Span) -> Diagnostic {
    Diagnostic::new(&FRONT_MATTER_NOT_FIRST, path, fence, "the front matter does not begin on the first line")
        .help("delete the empty lines above it")
        .fix("delete the empty lines", blank, "", true)
}

pub fn front_matter_line(path: &InputPath, line: Span) -> Diagnostic {
    Diagnostic::new(&FRONT_MATTER_LINE, path, line, "this line of the front matter is not `key: value`")
        .help("give it a key, indent it below the key that it belongs to, or put `# ` in front of it")
}

/// `span` is what has to change: the sign behind the key, or the white space before it.
pub fn front_matter_key(path: &InputPath, key: &Spanned<String>, slip: Slip, span: Span) -> Diagnostic {
    let name = &key.value;
    let (message, help, right) = match slip {
        Slip::NoSpace => (format!("`{name}:` has no space behind the colon"), "put a space behind the colon", ": "),
        Slip::FullWidth => (format!("`{name}` is followed by a full-width colon"), "type a plain colon and a space", ": "),
        Slip::Equals => (format!("`{name}` is followed by an equals sign"), "type a colon and a space", ": "),
        Slip::Indented => (format!("`{name}` is indented, as if it belonged to the value above it"), "begin the line at the margin", ""),
    };
    Diagnostic::new(&FRONT_MATTER_KEY, path, key.span, message).help(help).fix(help, span, right, true)
}

/// `mended` is the value as it should stand, where there is no doubt of it.
pub fn yaml_value(path: &InputPath, key: &str, trouble: Trouble, span: Span, mended: Option<String>) -> Diagnostic {
    value(&YAML_VALUE, path, key, trouble, span, mended)
}

/// The same for TOML.
pub fn toml_value(path: &InputPath, key: &str, trouble: Trouble, span: Span, mended: Option<String>) -> Diagnostic {
    value(&TOML_VALUE, path, key, trouble, span, mended)
}

fn value(code: &'static Code, path: &InputPath, key: &str, trouble: Trouble, span: Span, mended: Option<String>) -> Diagnostic {
    let what = match trouble {
        Trouble::Unclosed(mark) => format!("begins with {} that is not closed", named(mark)),
        Trouble::BehindQuote(mark) => {
            return value_at(
                code,
                path,
                format!("words of the value of `{key}` stand outside its quotation marks (`{mark}`)"),
                trouble,
                span,
                mended,
            );
        }
        Trouble::Sign(sign) => format!("begins with `{sign}`, which is a sign of YAML's own"),
        Trouble::Colon => "holds a colon and a space, which would begin another key".to_string(),
        Trouble::Tab => "is indented with a tab".to_string(),
        Trouble::Map => "has keys of its own".to_string(),
        Trouble::Nested => "is a list that holds another list or keys".to_string(),
        Trouble::Unquoted => "is not in quotes".to_string(),
        Trouble::Escape => "holds a backslash, which means something within double quotes".to_string(),
        Trouble::Unread => "cannot be read".to_string(),
    };
    value_at(code, path, format!("the value of `{key}` {what}"), trouble, span, mended)
}

fn value_at(code: &'static Code, path: &InputPath, message: String, trouble: Trouble, span: Span, mended: Option<String>) -> Diagnostic {
    let help = match trouble {
        Trouble::Tab => "indent with spaces",
        Trouble::Map => "write each as a line of its own at the margin, or put the value in quotes",
        Trouble::Nested => "write one list, `[a, b]`, or put each item in quotes",
        Trouble::Unclosed('[') => "close the bracket",
        Trouble::Escape => "put the value in single quotes",
        Trouble::Unclosed(_) | Trouble::BehindQuote(_) | Trouble::Sign(_) | Trouble::Colon | Trouble::Unquoted | Trouble::Unread => {
            "put the value in quotes"
        }
    };
    let diagnostic = Diagnostic::new(code, path, span, message).help(help);
    match mended {
        Some(mended) => diagnostic.fix(help, span, mended, true),
        None => diagnostic,
    }
}

pub fn toml_empty(path: &InputPath, key: &str, line: Span) -> Diagnostic {
    Diagnostic::new(&TOML_VALUE, path, line, format!("the value of `{key}` is missing")).help("give it one, or delete the line")
}

pub fn toml_line(path: &InputPath, line: Span) -> Diagnostic {
    Diagnostic::new(&TOML_LINE, path, line, "this line is not `key = value`").help("give it a key, or put `# ` in front of it")
}

/// `mended` is the whole line as it should stand.
pub fn toml_colon(path: &InputPath, key: &Spanned<String>, line: Span, mended: &str) -> Diagnostic {
    Diagnostic::new(&TOML_LINE, path, key.span, format!("`{}` is followed by a colon, as in YAML", key.value))
        .help("type an equals sign, and put text in quotes")
        .fix("type an equals sign, and put text in quotes", line, mended, true)
}

fn named(mark: char) -> String {
    let name = if mark == '[' { "bracket" } else { "quotation mark" };
    format!("a {name} (`{mark}`)")
}

/// `quoted` is the whole value with what is lost.
pub fn comment_in_value(path: &InputPath, key: &str, lost: Span, quoted: &str, value: Span) -> Diagnostic {
    Diagnostic::new(&COMMENT_IN_VALUE, path, lost, format!("` #` begins a comment, so the value of `{key}` ends before it"))
        .label("left out")
        .help("put the value in quotes, or a space behind `#` if it is a comment")
        .fix("put the value in quotes", value, quoted, false)
}

pub fn swallowed_key(path: &InputPath, key: &str, span: Span, above: &str) -> Diagnostic {
    Diagnostic::new(&SWALLOWED_KEY, path, span, format!("`{key}` stands within the value of `{above}`, and is obeyed to be safe"))
        .help("begin the line at the margin; if it is part of the text, reword it")
}

pub fn repeated_key(path: &InputPath, key: &Spanned<String>, earlier: Span) -> Diagnostic {
    Diagnostic::new(&REPEATED_KEY, path, key.span, format!("`{}` stands twice", key.value))
        .label("and here")
        .also(path, earlier, "here")
        .help("keep one of the two lines")
}
