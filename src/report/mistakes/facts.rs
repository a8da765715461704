//! Mistakes in front matter, sidecars and the facts that they give.

use crate::model::path::InputPath;
use crate::model::span::{Place, Span, Spanned};
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
    &MISSPELT_KEY,
    &UNKNOWN_KEY,
    &LOOKS_LIKE_KEY,
    &SAYS_UNPUBLISHED,
    &HELD_BY_PAGE,
    &MARKED_PAGE,
    &NO_RIGHTS,
    &MISPLACED_RIGHTS,
    &EMPTY_VALUE,
    &ONE_VALUE,
    &UNKNOWN_VALUE,
    &NO_TRUTH,
    &PRIVATE_SOURCE,
    &BAD_DATE,
    &BAD_ADDRESS,
    &BAD_LANGUAGE,
    &CONFLICTING_FACTS,
];

pub static FRONT_MATTER_UNCLOSED: Code = Code {
    name: "front-matter-unclosed",
    severity: Severity::Error,
    summary: "a head of a file that begins with `---` and does not end",
};
pub static FRONT_MATTER_FENCE: Code = Code {
    name: "front-matter-fence",
    severity: Severity::Error,
    summary: "a head of a file between lines other than `---`",
};
pub static FRONT_MATTER_NOT_FIRST: Code = Code {
    name: "front-matter-not-first",
    severity: Severity::Warning,
    summary: "a head of a file that does not begin on its first line",
};
pub static FRONT_MATTER_LINE: Code = Code {
    name: "front-matter-line",
    severity: Severity::Error,
    summary: "a line at the head of a file that is not `key: value`",
};
pub static FRONT_MATTER_KEY: Code = Code {
    name: "front-matter-key",
    severity: Severity::Error,
    summary: "a key at the head of a file that is not followed by `: `, or is indented",
};
pub static YAML_VALUE: Code = Code {
    name: "yaml-value",
    severity: Severity::Error,
    summary: "a value at the head of a file that is neither text nor a list of texts",
};
pub static TOML_VALUE: Code = Code {
    name: "toml-value",
    severity: Severity::Error,
    summary: "a value of a TOML file that breaks a rule of TOML",
};
pub static TOML_LINE: Code = Code {
    name: "toml-line",
    severity: Severity::Error,
    summary: "a line of a TOML file that is not `key = value`",
};
pub static COMMENT_IN_VALUE: Code = Code {
    name: "comment-in-value",
    severity: Severity::Warning,
    summary: "part of a value is lost because ` #` begins a comment",
};
pub static SWALLOWED_KEY: Code = Code {
    name: "swallowed-key",
    severity: Severity::Error,
    summary: "a `private` or `draft` that stands within another value",
};
pub static REPEATED_KEY: Code = Code {
    name: "repeated-key",
    severity: Severity::Error,
    summary: "a key that stands twice and can have one value",
};

pub static MISSPELT_KEY: Code = Code {
    name: "misspelt-key",
    severity: Severity::Warning,
    summary: "a key that is nearly one of those that mean something",
};
pub static UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    severity: Severity::Warning,
    summary: "a key at the head of a file that means nothing there",
};
pub static LOOKS_LIKE_KEY: Code = Code {
    name: "looks-like-key",
    severity: Severity::Error,
    summary: "a word that reads as `private`, `draft` or `rights` and is typed otherwise",
};
pub static SAYS_UNPUBLISHED: Code = Code {
    name: "says-unpublished",
    severity: Severity::Error,
    summary: "a line such as `status: draft`, which means nothing here and is obeyed",
};
pub static MARKED_PAGE: Code = Code {
    name: "marked-page",
    severity: Severity::Warning,
    summary: "a page whose head says that it is not for everybody",
};
pub static HELD_BY_PAGE: Code = Code {
    name: "held-by-page",
    severity: Severity::Warning,
    summary: "a web page whose own head holds it back",
};
pub static NO_RIGHTS: Code = Code {
    name: "no-rights",
    severity: Severity::Error,
    summary: "`rights` without a value, which is taken as `none`",
};
pub static MISPLACED_RIGHTS: Code = Code {
    name: "misplaced-rights",
    severity: Severity::Error,
    summary: "a `rights: none` outside the head of the file",
};
pub static EMPTY_VALUE: Code =
    Code { name: "empty-value", severity: Severity::Warning, summary: "a key with nothing behind it" };
pub static ONE_VALUE: Code =
    Code { name: "one-value", severity: Severity::Error, summary: "a list where one value belongs" };
pub static UNKNOWN_VALUE: Code = Code {
    name: "unknown-value",
    severity: Severity::Error,
    summary: "a word that is none of those that its key can have",
};
pub static NO_TRUTH: Code = Code {
    name: "no-truth",
    severity: Severity::Error,
    summary: "a `private` or `draft` that is neither `true` nor `false`",
};
pub static PRIVATE_SOURCE: Code = Code {
    name: "private-source",
    severity: Severity::Error,
    summary: "`private` in a source, which knows `draft` only",
};
pub static BAD_DATE: Code =
    Code { name: "bad-date", severity: Severity::Error, summary: "a date that is not written as dates are" };
pub static BAD_ADDRESS: Code = Code {
    name: "bad-address",
    severity: Severity::Error,
    summary: "a `url` or `archive` that is no address of the web",
};
pub static BAD_LANGUAGE: Code =
    Code { name: "bad-language", severity: Severity::Error, summary: "a language that is no language tag" };
pub static CONFLICTING_FACTS: Code = Code {
    name: "conflicting-facts",
    severity: Severity::Error,
    summary: "two annotation files that say different things of one source",
};

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
    Diagnostic::new(&FRONT_MATTER_UNCLOSED, path, fence, "the head of the file has no end")
        .label("begins here")
        .also(path, Span::new(body..body), "seems to end here")
        .help("put a line `---` below the last `key: value` line")
        .fix("close the head of the file", Span::new(body..body), line, true)
}

pub fn front_matter_fence(path: &InputPath, fence: Span, typed: &str) -> Diagnostic {
    Diagnostic::new(
        &FRONT_MATTER_FENCE,
        path,
        fence,
        format!("the head of a file stands between two lines `---`, not `{typed}`"),
    )
    .help("type three hyphens above and below it, and turn smart punctuation off in the editor")
}

pub fn front_matter_not_first(path: &InputPath, fence: Span, blank: Span) -> Diagnostic {
    Diagnostic::new(
        &FRONT_MATTER_NOT_FIRST,
        path,
        fence,
        "the head of the file does not begin on its first line",
    )
    .help("delete the empty lines above it")
    .fix("delete the empty lines", blank, "", true)
}

pub fn front_matter_line(path: &InputPath, line: Span) -> Diagnostic {
    Diagnostic::new(&FRONT_MATTER_LINE, path, line, "this line at the head of the file is not `key: value`")
        .help("give it a key, indent it below the key that it belongs to, or put `# ` in front of it")
}

/// `span` is what has to change: the sign behind the key, or the white space before it.
pub fn front_matter_key(path: &InputPath, key: &Spanned<String>, slip: Slip, span: Span) -> Diagnostic {
    let name = &key.value;
    let (message, help, right) = match slip {
        Slip::NoSpace => {
            (format!("`{name}:` has no space behind the colon"), "put a space behind the colon", ": ")
        }
        Slip::FullWidth => {
            (format!("`{name}` is followed by a full-width colon"), "type a plain colon and a space", ": ")
        }
        Slip::Equals => (format!("`{name}` is followed by an equals sign"), "type a colon and a space", ": "),
        Slip::Indented => (
            format!("`{name}` is indented, as if it belonged to the value above it"),
            "begin the line at the margin",
            "",
        ),
    };
    Diagnostic::new(&FRONT_MATTER_KEY, path, key.span, message)
        .help(help)
        .fix(help, span, right, true)
}

/// `mended` is the value as it should stand, where there is no doubt of it.
pub fn yaml_value(
    path: &InputPath,
    key: &str,
    trouble: Trouble,
    span: Span,
    mended: Option<String>,
) -> Diagnostic {
    value(&YAML_VALUE, path, key, trouble, span, mended)
}

/// The same for TOML.
pub fn toml_value(
    path: &InputPath,
    key: &str,
    trouble: Trouble,
    span: Span,
    mended: Option<String>,
) -> Diagnostic {
    value(&TOML_VALUE, path, key, trouble, span, mended)
}

fn value(
    code: &'static Code,
    path: &InputPath,
    key: &str,
    trouble: Trouble,
    span: Span,
    mended: Option<String>,
) -> Diagnostic {
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
        Trouble::Sign(sign) => {
            format!("begins with `{sign}`, which means something else at the start of a value")
        }
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

fn value_at(
    code: &'static Code,
    path: &InputPath,
    message: String,
    trouble: Trouble,
    span: Span,
    mended: Option<String>,
) -> Diagnostic {
    let help = match trouble {
        Trouble::Tab => "indent with spaces",
        Trouble::Map => "write each as a line of its own at the margin, or put the value in quotes",
        Trouble::Nested => "write one list, `[a, b]`, or put each item in quotes",
        Trouble::Unclosed('[') => "close the bracket",
        Trouble::Escape => "put the value in single quotes",
        Trouble::Unclosed(_)
        | Trouble::BehindQuote(_)
        | Trouble::Sign(_)
        | Trouble::Colon
        | Trouble::Unquoted
        | Trouble::Unread => "put the value in quotes",
    };
    let diagnostic = Diagnostic::new(code, path, span, message).help(help);
    match mended {
        Some(mended) => diagnostic.fix(help, span, mended, true),
        None => diagnostic,
    }
}

/// A list between brackets that are not those of lists. `plain`: the names without them.
pub fn lone_brackets(path: &InputPath, key: &str, round: bool, span: Span, plain: &str) -> Diagnostic {
    let message = match round {
        true => format!("round brackets make no list: those of `{key}` are read as part of the names"),
        false => format!("the value of `{key}` ends with a bracket (`]`) that is not opened"),
    };
    let help = format!("write the names with commas between them: `{key}: {plain}`");
    Diagnostic::new(&YAML_VALUE, path, span, message).help(help).fix(
        "leave the brackets out",
        span,
        plain,
        false,
    )
}

pub fn toml_empty(path: &InputPath, key: &str, line: Span) -> Diagnostic {
    Diagnostic::new(&TOML_VALUE, path, line, format!("the value of `{key}` is missing"))
        .help("give it one, or delete the line")
}

pub fn toml_line(path: &InputPath, line: Span) -> Diagnostic {
    Diagnostic::new(&TOML_LINE, path, line, "this line is not `key = value`")
        .help("give it a key, or put `# ` in front of it")
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
    Diagnostic::new(
        &COMMENT_IN_VALUE,
        path,
        lost,
        format!("` #` begins a comment, so the value of `{key}` ends before it"),
    )
    .label("left out")
    .help("put the value in quotes, or a space behind `#` if it is a comment")
    .fix("put the value in quotes", value, quoted, false)
}

pub fn swallowed_key(path: &InputPath, key: &str, span: Span, above: &str) -> Diagnostic {
    Diagnostic::new(
        &SWALLOWED_KEY,
        path,
        span,
        format!("`{key}` stands within the value of `{above}`, and is obeyed to be safe"),
    )
    .help("begin the line at the margin; if it is part of the text, reword it")
}

pub fn repeated_key(path: &InputPath, key: &Spanned<String>, earlier: Span) -> Diagnostic {
    Diagnostic::new(&REPEATED_KEY, path, key.span, format!("`{}` stands twice", key.value))
        .label("and here")
        .also(path, earlier, "here")
        .help("keep one of the two lines")
}

/// `right` is the key that it is read as.
pub fn misspelt_key(path: &InputPath, key: &Spanned<String>, right: &str) -> Diagnostic {
    let help = format!("write `{right}`");
    Diagnostic::new(&MISSPELT_KEY, path, key.span, format!("`{}` is read as `{right}`", key.value))
        .help(help.clone())
        .fix(help, key.span, right, true)
}

/// A key by a name that it has in other programs. `of`: "a file of notes".
pub fn key_of_elsewhere(path: &InputPath, key: &Spanned<String>, of: &str, right: &str) -> Diagnostic {
    let message =
        format!("`{}` means nothing at the head of {of}: it may be `{right}` that is meant", key.value);
    let help = format!("write `{right}`");
    Diagnostic::new(&UNKNOWN_KEY, path, key.span, message)
        .help(help.clone())
        .fix(help, key.span, right, false)
}

/// `supports: a` in the head of a file of notes.
pub fn field_in_head(path: &InputPath, key: &Spanned<String>, of: &str) -> Diagnostic {
    let message = format!("`{}` means nothing at the head of {of}: it belongs to one note", key.value);
    let diagnostic = Diagnostic::new(&UNKNOWN_KEY, path, key.span, message)
        .help("put the line below the title of the note");
    match key.value.as_str() {
        "date" => diagnostic.help("if it is the day when the source appeared, write `published`"),
        _ => diagnostic,
    }
}

/// A key that is like none of ours: other programs may read it.
pub fn unknown_key(path: &InputPath, key: &Spanned<String>, of: &str) -> Diagnostic {
    let message = format!("`{}` means nothing at the head of {of}: the line is passed over", key.value);
    let hint = Diagnostic::new(&UNKNOWN_KEY, path, key.span, message);
    Diagnostic { severity: Severity::Hint, ..hint }
        .help("if a reader is to see it, write it below the head; if another program needs it, leave it")
}

/// `typed` reads as the key `right`, and is obeyed.
pub fn looks_like_key(path: &InputPath, typed: &Spanned<String>, right: &str) -> Diagnostic {
    let obeyed =
        if right == "rights" { "is taken as `rights: none`" } else { "holds back what it stands in" };
    let message = match typed.value.eq_ignore_ascii_case(right) {
        true => format!("`{right}` stands where it is no key, and {obeyed}, to be safe"),
        false => format!("`{}` reads as `{right}` and {obeyed}, to be safe", typed.value),
    };
    let help = format!(
        "type `{right}` anew, in plain letters, as a line of its own at the margin; if another word is \
            meant, reword it"
    );
    let diagnostic = Diagnostic::new(&LOOKS_LIKE_KEY, path, typed.span, message).help(help);
    if typed.value == right {
        diagnostic
    } else {
        diagnostic.fix(format!("write `{right}`"), typed.span, right, true)
    }
}

/// A file that is read for no source says that one is held back.
pub fn holds_nothing_back(path: &InputPath, said: Span) -> Diagnostic {
    Diagnostic::new(
        &SAYS_UNPUBLISHED,
        path,
        said,
        "this is meant to hold a source back, and no source is \
        read with this file",
    )
    .help(
        "name it as its source, with `.toml` behind it: `letter.txt.toml` beside `letter.txt`; a file \
            of notes ends in `.md`",
    )
}

/// The same, of a file whose name begins with a sign by which files are passed over.
pub fn passed_over(path: &InputPath, said: Span) -> Diagnostic {
    let message =
        "this is meant to hold a source back, and files whose names begin with `_` or `.` are not read";
    Diagnostic::new(&SAYS_UNPUBLISHED, path, said, message)
        .help("take the sign off the name of the file; or delete the line")
}

/// A link that is named as a file beside a source, or as notes.
pub fn link_may_hold_back(path: &InputPath) -> Diagnostic {
    let message = format!(
        "`{path}` is not read: it is a symbolic link. Nobody knows whether it holds a source back, so \
            nothing is published"
    );
    Diagnostic::new(&SAYS_UNPUBLISHED, path, Span::default(), message)
        .help("put the file itself in its place")
}

/// A key of other programs says that something is not for the public.
pub fn says_unpublished(path: &InputPath, key: Span) -> Diagnostic {
    Diagnostic::new(
        &SAYS_UNPUBLISHED,
        path,
        key,
        "this line says that the text is not for the public; it is held back as a draft, to be safe",
    )
    .help("write `draft: true` in the head of the file to hold it back, or delete the line")
}

/// `key` is what the page's head speaks of: `draft` or `rights`.
pub fn held_by_page(path: &InputPath, tag: Span, key: &str) -> Diagnostic {
    let what = if key == "rights" {
        "no more of its text is published than this says"
    } else {
        "it is not published"
    };
    Diagnostic::new(&HELD_BY_PAGE, path, tag, format!("the head of this page holds it back: {what}")).help(
        format!(
            "say in `{path}.toml` what you want: `draft = true`, `draft = false`, or `rights` with its value"
        ),
    )
}

/// The head of a page says of itself that it is confidential, or not to be found: nothing is held back by it.
pub fn marked_page(path: &InputPath, tag: Span, key: &str, value: &str) -> Diagnostic {
    let shown: String = value.chars().take(60).collect();
    let message = format!("the head of this page says `{key}: {shown}`; nothing is held back by that");
    Diagnostic::new(&MARKED_PAGE, path, tag, message).help(format!(
        "say in `{path}.toml` what you want: `draft = true` or `rights = \"none\"` to hold it back, `draft \
            = false` to publish it"
    ))
}

/// The first line of a text says so: it may be evidence, or meant for us.
pub fn marked_text(path: &InputPath, line: Span, typed: &str) -> Diagnostic {
    let shown: String = typed.trim().chars().take(60).collect();
    let message = format!("this text begins with `{shown}`; nothing is held back by that");
    Diagnostic::new(&MARKED_PAGE, path, line, message).help(format!(
        "say in `{path}.toml` what you want: `draft = true` or `rights = \"none\"` to hold it back, `draft \
            = false` to publish it"
    ))
}

pub fn no_rights(path: &InputPath, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &NO_RIGHTS,
        path,
        key.span,
        "`rights` has no value, and is taken as `none` to be safe: no word of the text is published",
    )
    .help("write `full`, `excerpts` or `none`, or delete the line")
}

/// `rights: none` in a note or a remark.
pub fn misplaced_rights(path: &InputPath, span: Span, rights: &str) -> Diagnostic {
    let message =
        format!("this is only text here, but the rights of the source are taken as `{rights}`, to be safe");
    Diagnostic::new(&MISPLACED_RIGHTS, path, span, message).help(
        "write it between the two lines `---` at the head of the file; if the words are meant as text, \
            reword the line",
    )
}

/// The same in the head of a topic, a claim or a page; `what`: "the page".
pub fn rights_in_prose(path: &InputPath, key: Span, what: &str) -> Diagnostic {
    let message = format!("`rights` is about sources; {what} is hidden, to be safe");
    Diagnostic::new(&MISPLACED_RIGHTS, path, key, message)
        .help("write `private: true` to hide it, or delete the line")
}

/// A title that reads as `rights: none`.
pub fn rights_in_title(path: &InputPath, span: Span) -> Diagnostic {
    let message = "this is the title of a note, and it narrows no rights";
    Diagnostic::new(&MISPLACED_RIGHTS, path, span, message).help(
        "write the line between the two lines `---` at the head of the file, without `##`; if it is \
            meant as a title, reword it: `What the rights are`",
    )
}

pub fn empty_value(path: &InputPath, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&EMPTY_VALUE, path, key.span, format!("`{}` has no value", key.value))
        .help("give it one, or delete the line")
}

pub fn one_value(path: &InputPath, key: &Spanned<String>, second: Span) -> Diagnostic {
    Diagnostic::new(&ONE_VALUE, path, key.span, format!("`{}` takes one value", key.value))
        .also(path, second, "a second one")
        .help("keep one of them")
}

/// `near` is the word that it is taken for.
pub fn unknown_value(
    path: &InputPath,
    key: &str,
    value: &Spanned<String>,
    words: &[&str],
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&UNKNOWN_VALUE, path, value.span, format!("`{key}` cannot be `{}`", value.value));
    let diagnostic = match near {
        Some(near) => {
            diagnostic
                .help(format!("write `{near}`"))
                .fix(format!("write `{near}`"), value.span, near, true)
        }
        None => diagnostic,
    };
    diagnostic.help(format!("`{key}` is {}", alternatives(words)))
}

/// "`a`, `b` or `c`"
fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

pub fn no_truth(path: &InputPath, key: &Spanned<String>, value: Span) -> Diagnostic {
    let message = format!("`{}` is neither `true` nor `false`, and is taken as `true` to be safe", key.value);
    let span = if value.is_empty() { key.span } else { value };
    Diagnostic::new(&NO_TRUTH, path, span, message).help("write `true` or `false`")
}

pub fn private_source(path: &InputPath, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &PRIVATE_SOURCE,
        path,
        key.span,
        "`private` is about notes; this source is held back as a draft to be safe",
    )
    .help("write `draft: true` to hold a source back")
}

/// `reason` is what `Date::parse` says; `repairs` what may be meant, best first.
pub fn bad_date(path: &InputPath, key: &str, span: Span, reason: &str, repairs: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&BAD_DATE, path, span, format!("the value of `{key}` is no date: {reason}"));
    match repairs {
        [] => diagnostic
            .help("write it as `2024-11-11`, `2024-11` or `2024`, with `~` behind it if it is about then"),
        [repair] => diagnostic.help(format!("write `{repair}`")).fix(
            format!("write `{repair}`"),
            span,
            repair.clone(),
            true,
        ),
        [best, ..] => {
            let words: Vec<&str> = repairs.iter().map(String::as_str).collect();
            diagnostic.help(format!("write {}", alternatives(&words))).fix(
                format!("write `{best}`"),
                span,
                best.clone(),
                false,
            )
        }
    }
}

pub fn bad_address(path: &InputPath, key: &str, value: &Spanned<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &BAD_ADDRESS,
        path,
        value.span,
        format!("the value of `{key}` is no address of the web"),
    )
    .help("write it in full, with `https://`");
    let host = value.value.split('/').next().unwrap_or_default();
    let looks_like_one = host.contains('.')
        && !value.value.contains([':', ' '])
        && !host.starts_with('.')
        && !host.ends_with('.');
    match looks_like_one {
        true => diagnostic.fix(
            "write `https://` before it",
            value.span,
            format!("https://{}", value.value),
            false,
        ),
        false => diagnostic,
    }
}

pub fn bad_language(path: &InputPath, value: &Spanned<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&BAD_LANGUAGE, path, value.span, format!("`{}` is no language tag", value.value))
            .help("write a tag such as `en`, `vi` or `pt-BR`");
    let name = value.value.to_lowercase();
    match LANGUAGES.iter().find(|(language, _)| *language == name) {
        Some((_, tag)) => diagnostic.fix(format!("write `{tag}`"), value.span, *tag, true),
        None => diagnostic,
    }
}

/// Names that people write for tags, to offer the tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("hindi", "hi"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("khmer", "km"),
    ("korean", "ko"),
    ("lao", "lo"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("thai", "th"),
    ("tiếng việt", "vi"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

pub fn conflicting_facts(key: &str, place: &Place, earlier: &Place) -> Diagnostic {
    let message = format!("two annotation files give different values for `{key}`");
    Diagnostic::new(&CONFLICTING_FACTS, &place.path, place.span, message)
        .label("and here")
        .also(&earlier.path, earlier.span, "here")
        .help("keep one of them, or make them the same")
}
