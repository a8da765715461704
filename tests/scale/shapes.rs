//! Texts and dossiers that are made to keep a reader busy, each in any size.
//!
//! A shape is a way to grow: of `size` bytes it makes a dossier of about so many. What grows is one thing
//! only (a bracket again and again, the topics of one note), so that the time it takes tells how the work on
//! that thing grows.

use std::fmt::Write;

pub type Files = Vec<(String, String)>;

/// A name, and what makes so many bytes.
type Named<T> = (&'static str, fn(usize) -> T);

pub struct Shape {
    pub name: String,
    make: Box<dyn Fn(usize) -> Files + Send + Sync>,
}

impl Shape {
    fn new(name: impl Into<String>, make: impl Fn(usize) -> Files + Send + Sync + 'static) -> Shape {
        Shape { name: name.into(), make: Box::new(make) }
    }

    /// The dossier of about `size` bytes.
    pub fn files(&self, size: usize) -> Files {
        (self.make)(size)
    }
}

/// Every shape there is.
pub fn shapes() -> Vec<Shape> {
    [
        markdown(),
        nested_markdown(),
        html(),
        plain(),
        heads(),
        notes(),
        facts(),
        many(),
        quotations(),
        further(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn file(path: &str, text: impl Into<String>) -> (String, String) {
    (path.to_string(), text.into())
}

/// As many pieces as fill `size` bytes; each knows its number.
fn fill(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 64);
    let mut number = 0;
    while text.len() < size {
        text.push_str(&piece(number));
        number += 1;
    }
    text
}

fn repeat(piece: &str, size: usize) -> String {
    piece.repeat((size / piece.len()).max(1))
}

/// Signs of Markdown, again and again, in a source, a page, a comment and a passage.
fn markdown() -> Vec<Shape> {
    let pieces = [
        "[",
        "]",
        "![",
        "](",
        "[](",
        "[a](b) ",
        "[a][b] ",
        "[a]: b\n",
        "*a ",
        "**a ",
        "_a_",
        "*_",
        "***a*** ",
        "`",
        "` `` ",
        "> ",
        ">\n",
        "> a\n\n",
        "- ",
        "1. ",
        "- a\n",
        "- [ ] a\n\n",
        "| a ",
        "|a|b|\n",
        "| a | b |\n| - | - |\n\n",
        "[^a] ",
        "[^a]: b\n\n",
        "<!-- ",
        "-->",
        "<!-- a -->",
        "<a ",
        "<b>",
        "<div>\n",
        "<p>",
        "</p>",
        "&amp;",
        "&",
        "\\",
        "==a== ",
        "==",
        "%%a%% ",
        "%%",
        "%%\n\n",
        "~~a ",
        "~",
        "# a\n",
        "## a\n",
        "a\n===\n",
        "```\n",
        "    a\n\n",
        "https://a.example ",
        "<https://a.example> ",
        "[[a]] ",
        "[[",
        "[[a|",
        "a\n\n",
        "a\n",
        "\t",
        "<!D",
        "<?",
        "<![CDATA[",
        "a ",
        "a",
        "1,",
        "$",
        "…",
        "é",
        "漢",
        "- - ",
        "* * *\n",
        "![a](b.png) ",
        "a  \n",
        "[a]() ",
        "[a](javascript:b) ",
        "> — a\n",
        "\u{200b}",
        "\u{202e}a",
        "a-",
        "\"a\" ",
        "'",
        "\r",
    ];
    let mut shapes = Vec::new();
    for piece in pieces {
        let shown = piece.escape_debug();
        shapes.push(Shape::new(format!("md source {shown}"), move |size| {
            vec![file("seeds/a.md", format!("x {}", repeat(piece, size)))]
        }));
        shapes.push(Shape::new(format!("md page {shown}"), move |size| {
            vec![
                file("seeds/a.md", "Word."),
                file("annotations/pages/p.md", format!("---\ntitle: P\n---\n\nx {}", repeat(piece, size))),
            ]
        }));
        shapes.push(Shape::new(format!("md comment {shown}"), move |size| {
            vec![
                file("seeds/a.md", "Word."),
                file("annotations/a.md", format!("## T\n\n> Word.\n\nx {}", repeat(piece, size))),
            ]
        }));
        shapes.push(Shape::new(format!("md passage {shown}"), move |size| {
            vec![
                file("seeds/a.md", "Word."),
                file(
                    "annotations/a.md",
                    format!("## T\n\n> x {}", repeat(piece, size).replace('\n', "\n> ")),
                ),
            ]
        }));
    }
    shapes
}

/// Structures of Markdown that count: labels, depths, lengths that all differ.
fn nested_markdown() -> Vec<Shape> {
    let made: Vec<Named<String>> = vec![
        ("definitions", |size| fill(size, |i| format!("[a{i}]: b{i}\n"))),
        ("definitions used", |size| {
            fill(size / 2, |i| format!("[a{i}]: b{i}\n")) + "\n" + &fill(size / 2, |i| format!("[a{i}] "))
        }),
        ("footnotes", |size| fill(size, |i| format!("a[^{i}] b\n\n[^{i}]: c\n\n"))),
        ("footnotes within footnotes", |size| fill(size, |i| format!("[^{i}]: a[^{}]\n\n", i + 1))),
        ("undefined footnotes", |size| fill(size, |i| format!("a[^{i}] "))),
        ("headings", |size| fill(size, |i| format!("### Heading {i}\n\na\n\n"))),
        ("headings and links to them", |size| {
            fill(size, |i| format!("### Heading {i}\n\n[[#heading-{i}]]\n\n"))
        }),
        ("headings alike", |size| fill(size, |_| "### Heading\n\na\n\n".to_string())),
        ("nested lists", |size| nested(size, |depth| format!("{}- a\n", "  ".repeat(depth)))),
        ("nested quotes", |size| nested(size, |depth| format!("{} a\n", ">".repeat(depth + 1)))),
        ("wide table", |size| {
            format!("|{}\n|{}\n|{}", repeat("a|", size / 3), repeat("-|", size / 3), repeat("b|", size / 3))
        }),
        ("wide table, narrow rows", |size| {
            format!(
                "|{}\n|{}\n{}",
                repeat("a|", size / 60),
                repeat("-|", size / 60),
                repeat("|b|\n", size / 2)
            )
        }),
        ("long table", |size| format!("|a|b|\n|-|-|\n{}", repeat("|c|d|\n", size))),
        ("fences of every length", |size| nested(size, |depth| format!("{}\n", "`".repeat(depth + 3)))),
        ("back-ticks of every length", |size| nested(size, |depth| format!("{} a ", "`".repeat(depth + 1)))),
        ("wikilinks that differ", |size| fill(size, |i| format!("[[name {i}]] "))),
        ("links into files", |size| fill(size, |i| format!("[a](../seeds/b{i}.md) "))),
        ("addresses", |size| fill(size, |i| format!("[a](https://a.example/{i}) "))),
        ("long word", |size| "a".repeat(size)),
        ("html tags that differ", |size| fill(size, |i| format!("<x{i}>"))),
        ("html tags nested", |size| repeat("<i><b>", size / 2) + &repeat("</i></b>", size / 2)),
        ("html entities", |size| fill(size, |i| format!("&#{};", 32 + i % 5000))),
        ("emphasis opened and closed", |size| repeat("*a **b ", size / 2) + &repeat("c** d*", size / 2)),
        ("comment after comment", |size| fill(size, |i| format!("a %%{i}%% <!-- {i} --> "))),
    ];
    let mut shapes = Vec::new();
    for (name, make) in made {
        shapes
            .push(Shape::new(format!("md source {name}"), move |size| vec![file("seeds/a.md", make(size))]));
        shapes.push(Shape::new(format!("md comment {name}"), move |size| {
            vec![
                file("seeds/a.md", "Word."),
                file("annotations/a.md", format!("## T\n\n> Word.\n\nx\n\n{}", make(size))),
            ]
        }));
    }
    shapes
}

/// Lines of rising depth: as many as fill the size, so that their number is the root of it.
fn nested(size: usize, line: impl Fn(usize) -> String) -> String {
    fill(size, |i| line(i % 200))
}

fn html() -> Vec<Shape> {
    let pieces = [
        "<div>",
        "<span>",
        "<b>",
        "<i><b>",
        "<b><p>",
        "<a href=x>",
        "<a href=x><p>",
        "<nobr>",
        "<font><p>x</p>",
        "<ul><li>",
        "<ol><li>x",
        "<table><tr><td>",
        "<table>",
        "<td>",
        "<tr>",
        "<table><tr><td>x</table>",
        "<caption>",
        "<blockquote>",
        "<p>",
        "</p>",
        "</div>",
        "<br>",
        "<!-- ",
        "<!--x-->",
        "&amp;&amp",
        "&",
        "&#",
        "&#x4e00;",
        "<svg><g>",
        "<svg>",
        "<math><mi>",
        "<select><option>",
        "<template>",
        "<template>x</template>",
        "<ruby>a<rt>",
        "<script>",
        "<style>x{}</style>",
        "<noscript>",
        "<pre>x",
        "<dl><dt>x<dd>y",
        "<details><summary>",
        "<h1>x</h1>",
        "<form>",
        "<button>",
        "<iframe>",
        "<textarea>",
        "<title>",
        "<head>",
        "<body>",
        "<html a=b>",
        "<meta name=author content=x>",
        "<frameset>",
        "<q>",
        "<sup>1</sup>",
        "<del>x</del>",
        "<ins>x",
        "<img alt=x src=y>",
        "<input>",
        "<style>.a{display:none}</style><p class=a>x</p>",
        "<",
        "</",
        "<a ",
        "<a b='",
        "x ",
        "x",
        "x\n",
        "<p style='display:none'>x</p>",
        "<p class='a b c'>x</p>",
        "<ol start=5><li value=9>x</ol>",
        "<wbr>",
        "\u{ad}",
        "<span>x</span>",
        "<td rowspan=1000 colspan=1000>x",
        "<li>x",
        "<a name=x></a>",
        "<section><article>",
        "<object>",
        "<marquee>x",
        "<applet>",
        "<p><table><p>",
    ];
    let mut shapes: Vec<Shape> = pieces
        .iter()
        .map(|&piece| {
            Shape::new(format!("html {}", piece.escape_debug()), move |size| {
                vec![file("seeds/a.html", repeat(piece, size) + "last")]
            })
        })
        .collect();
    let made: Vec<Named<String>> = vec![
        ("fonts that differ", |size| fill(size, |i| format!("<font a={i}>"))),
        ("fonts, then paragraphs", |size| {
            fill(size / 2, |i| format!("<font a={i}>")) + &repeat("<p>x", size / 2)
        }),
        ("attributes", |size| format!("<a {}>x", fill(size, |i| format!("a{i} ")))),
        ("attributes on html", |size| fill(size, |i| format!("<html a{i}=b>"))),
        ("attributes on body", |size| fill(size, |i| format!("<body a{i}=b>"))),
        ("classes", |size| format!("<p class='{}'>x", fill(size, |i| format!("c{i} ")))),
        ("rules", |size| {
            format!("<style>{}</style><p class=c1>x", fill(size, |i| format!(".c{i}{{display:none}}\n")))
        }),
        ("rules and their like", |size| {
            format!(
                "<style>{}</style>{}",
                fill(size / 2, |i| format!(".c{i}{{display:none}}\n")),
                fill(size / 2, |i| format!("<p class='c{i} c{}'>x", i + 1))
            )
        }),
        ("selectors", |size| format!("<style>{} p{{display:none}}</style><p>x", repeat("p,", size))),
        ("nested rules", |size| format!("<style>{}</style><p>x", repeat("@media all{", size))),
        ("open value", |size| format!("last<a b=\"{}", repeat("<p>", size))),
        ("unknown ends", |size| repeat("<div>", size / 20) + &repeat("</x>", size)),
        ("unknown elements", |size| fill(size, |i| format!("<x{i}>"))),
        ("tables with spans", |size| {
            format!("<table>{}", repeat("<tr><td rowspan=1000>x<td colspan=1000>x", size))
        }),
        ("spans that hang over", |size| {
            format!("<table>{}", fill(size, |i| format!("<tr><td rowspan={}>x", 1 + i % 1000)))
        }),
        ("wide row", |size| format!("<table><tr>{}", repeat("<td>x", size))),
        ("nested tables", |size| repeat("<table><tr><td>", size / 10) + &repeat("x</td></tr></table>", size)),
        ("misnested", |size| repeat("<b><i>", size / 2) + &repeat("</b></i>", size / 2)),
        ("lists with values", |size| format!("<ol>{}", fill(size, |i| format!("<li value={i}>x")))),
        ("reversed lists", |size| fill(size, |i| format!("<ol reversed start={i}><li>x<li>y</ol>"))),
        ("linked data", |size| {
            format!(
                "<script type='application/ld+json'>{}{}</script>x",
                "[".repeat(size / 2),
                "]".repeat(size / 2)
            )
        }),
        ("linked data, wide", |size| {
            format!(
                "<script type='application/ld+json'>[{}1]</script>x",
                fill(size, |i| format!("{{\"author\":\"a{i}\"}},"))
            )
        }),
        ("ids", |size| fill(size, |i| format!("<p id=a{i}><a href='#a{i}'>x</a>"))),
        ("line of a megabyte", |size| format!("<p>{}", "word ".repeat(size / 5))),
        ("hidden within hidden", |size| repeat("<div hidden>", size) + "x"),
    ];
    shapes.extend(made.into_iter().map(|(name, make)| {
        Shape::new(format!("html {name}"), move |size| vec![file("seeds/a.html", make(size) + "last")])
    }));
    shapes
}

fn plain() -> Vec<Shape> {
    let pieces = [
        "a", "a ", "a\n", "\n", "\u{c}", "\r", "\t", "a-\n", "-", "1 ", "1\n", "12. a\n", "a.1 ", "Word ",
        "$1,000 ", "\u{301}", "漢", "é", "> a\n", "a\n\n", "\u{202e}", "ſ", "[1] ", "a,\n", "¹",
    ];
    let mut shapes: Vec<Shape> = pieces
        .iter()
        .map(|&piece| {
            Shape::new(format!("txt {}", piece.escape_debug()), move |size| {
                vec![file("seeds/a.txt", repeat(piece, size))]
            })
        })
        .collect();
    shapes.push(Shape::new("txt names", |size| {
        vec![file("seeds/a.txt", fill(size, |i| format!("Mayor Berg{i} and Anna Lind{i} met. ")))]
    }));
    shapes.push(Shape::new("txt figures", |size| {
        vec![file("seeds/a.txt", fill(size, |i| format!("In {} it was {i} ships. ", 1000 + i % 1000)))]
    }));
    shapes
}

/// Heads of files: YAML, TOML beside a source, settings.
fn heads() -> Vec<Shape> {
    let inner: Vec<Named<String>> = vec![
        ("open lists", |size| format!("a: {}", "[".repeat(size))),
        ("list", |size| format!("topics: [{}c]", repeat("b, ", size))),
        ("topics that differ", |size| format!("topics: [{}c]", fill(size, |i| format!("{i}, ")))),
        ("aliases", |size| format!("aliases:\n{}", fill(size, |i| format!("  - Name {i}\n")))),
        ("open quotation mark", |size| format!("a: \"\n{}", repeat("b\n", size))),
        ("items of maps", |size| format!("a:\n{}", repeat("- b: c\n", size))),
        ("one key", |size| repeat("title: b\n", size)),
        ("keys that differ", |size| fill(size, |i| format!("key{i}: b\n"))),
        ("two colons", |size| repeat("a: é: b\n", size)),
        ("empty lines", |size| "\n".repeat(size)),
        ("dashes", |size| repeat("- ", size)),
        ("open maps", |size| format!("a: {}", repeat("{b: ", size))),
        ("private within", |size| format!("a:\n{}", repeat(" private: b\n", size))),
        ("private", |size| repeat("private: maybe\n", size)),
        ("long key", |size| "a".repeat(size)),
        ("colons", |size| ":".repeat(size)),
        ("words", |size| repeat("private ", size)),
        ("anchors", |size| fill(size, |i| format!("a{i}: &x{i} *x{}\n", i / 2))),
        ("deep", |size| fill(size, |i| format!("{}a:\n", " ".repeat(i % 150)))),
        ("comments", |size| repeat("# a\n", size)),
        ("derives", |size| format!("derives-from: [{}c]", fill(size, |i| format!("b{i}, ")))),
        ("former ids", |size| format!("former-ids: [{}c]", fill(size, |i| format!("b{i}, ")))),
        ("figures", |size| fill(size, |i| format!("figure: a{i} = {i}\n"))),
    ];
    let mut shapes = Vec::new();
    for (name, make) in inner {
        shapes.push(Shape::new(format!("head of a source: {name}"), move |size| {
            vec![file("seeds/a.md", format!("---\n{}\n---\n\nWord.\n", make(size)))]
        }));
        shapes.push(Shape::new(format!("head of notes: {name}"), move |size| {
            vec![
                file("seeds/a.md", "Word.\n"),
                file("annotations/a.md", format!("---\nsource: a\n{}\n---\n\n## T\n\n> Word.\n", make(size))),
            ]
        }));
        shapes.push(Shape::new(format!("head of a topic: {name}"), move |size| {
            vec![
                file("seeds/a.md", "Word.\n"),
                file("annotations/topics/t.md", format!("---\ntitle: T\n{}\n---\n\nx\n", make(size))),
            ]
        }));
    }
    let toml: Vec<Named<String>> = vec![
        ("keys", |size| fill(size, |i| format!("key{i} = \"b\"\n"))),
        ("one key", |size| repeat("title = \"b\"\n", size)),
        ("list", |size| format!("author = [{}]", repeat("\"b\", ", size))),
        ("open lists", |size| format!("a = {}", "[".repeat(size))),
        ("broken", |size| repeat("a b\n", size)),
        ("dots", |size| format!("{}b = 1", repeat("a.", size))),
        ("open text", |size| format!("a = \"\"\"{}", repeat("b\n", size))),
        ("tables", |size| fill(size, |i| format!("[a{i}]\n"))),
    ];
    for (name, make) in toml {
        shapes.push(Shape::new(format!("toml beside a source: {name}"), move |size| {
            vec![file("seeds/a.txt", "Word.\n"), file("seeds/a.txt.toml", make(size))]
        }));
        shapes.push(Shape::new(format!("settings: {name}"), move |size| {
            vec![file("seeds/a.txt", "Word.\n"), file("casebook.toml", make(size))]
        }));
    }
    shapes
}

const SENTENCE: &str = "The ferry carried many passengers over the sound that winter.";

/// What grows in a file of notes.
fn notes() -> Vec<Shape> {
    let on_a_sentence = |notes: String| {
        vec![file("seeds/a.txt", format!("Before. {SENTENCE} After.")), file("annotations/a.md", notes)]
    };
    let one = |name: &str, field: fn(usize) -> String| {
        Shape::new(format!("one note, {name}"), move |size| {
            on_a_sentence(format!("## T\n\n> {SENTENCE}\n\n{}\nA comment.\n", field(size)))
        })
    };
    let each = |name: &str, note: fn(usize) -> String| {
        Shape::new(format!("notes, {name}"), move |size| on_a_sentence(fill(size, note)))
    };
    vec![
        one("topics", |size| format!("topics: {}\n", fill(size, |i| format!("topic {i}, ")))),
        one("topic fields", |size| fill(size, |i| format!("topics: topic {i}\n"))),
        one("one topic", |size| format!("topics: {}\n", repeat("ferry, ", size))),
        one("figures", |size| fill(size, |i| format!("figure: ships {i} = {i}\n"))),
        one("figures of one thing", |size| fill(size, |i| format!("figure: ships, 2020 = {i}\n"))),
        one("figures that say nothing", |size| repeat("figure: x\n", size)),
        one("supports", |size| fill(size, |i| format!("supports: claim-{i}\n"))),
        one("by", |size| fill(size, |i| format!("by: Anna {i}\n"))),
        one("dates", |size| repeat("date: 2020\n", size)),
        one("private", |size| repeat("private: maybe\n", size)),
        one("keys like others", |size| repeat("topcis: a\n", size)),
        one("passages", |size| fill(size, |_| format!("> {SENTENCE}\n\n"))),
        one("passages that do not stand", |size| {
            fill(size, |i| format!("> Ferry {i} never carried anyone over the sound.\n\n"))
        }),
        one("long title", |size| format!("\n## {}\n", repeat("a ", size))),
        each("no passage", |i| format!("## T{i}\n\nComment.\n\n")),
        each("on one passage", |i| format!("## T{i}\n\n> {SENTENCE}\n\nComment.\n\n")),
        each("on words of it", |i| {
            format!(
                "## T{i}\n\n> {}\n\n",
                &["The ferry carried", "ferry carried many", "carried many passengers", "over the sound"]
                    [i % 4]
            )
        }),
        each("of one name", |_| "## T\n\nComment.\n\n".to_string()),
        each("without a title", |_| "## \n\nComment.\n\n".to_string()),
        each("with a mark", |i| format!("## T{i}\n\n> The ferry ==carried many== passengers\n\n")),
        each("that do not stand", |i| {
            format!("## T{i}\n\n> The boat {i} carried some people over a lake.\n\n")
        }),
        each("nearly standing", |i| {
            format!("## T{i}\n\n> The ferry carried {i} passengers over the sound that winter.\n\n")
        }),
        each("with brackets", |i| format!("## T{i}\n\n> [T]he ferry [...] over the [wide] sound\n\n")),
        each("of one topic", |i| format!("## T{i}\n\n> {SENTENCE}\n\ntopics: ferry\n\n")),
        each("of a topic each", |i| format!("## T{i}\n\n> {SENTENCE}\n\ntopics: topic {i}\n\n")),
        each("with a figure of one thing", |i| {
            format!("## T{i}\n\n> {SENTENCE}\n\nfigure: ships, 2020 = {i}\n\n")
        }),
        each("with a figure each", |i| {
            format!("## T{i}\n\n> {SENTENCE}\n\nfigure: ships {i}, 2020 = {i}\n\n")
        }),
        each("with a date", |i| format!("## T{i}\n\n> {SENTENCE}\n\ndate: {}\n\n", 1000 + i % 1000)),
        each("with one date", |i| format!("## T{i}\n\n> {SENTENCE}\n\ndate: 2020-01-01\n\n")),
        each("with a bad date", |i| format!("## T{i}\n\n> {SENTENCE}\n\ndate: sometime {i}\n\n")),
        each("that link to the next", |i| format!("## T{i}\n\nSee [[a#t{}]].\n\n", i + 1)),
        each("that link to one", |i| format!("## T{i}\n\nSee [[a#t0]].\n\n")),
        each("with a wrong occurrence", |i| format!("## T{i}\n\n> {SENTENCE}\n\noccurrence: {}\n\n", i + 2)),
        each("that are questions", |i| format!("## Why {i}?\n\nkind: question\n\nWhy?\n\n")),
        each("deep headings", |i| format!("### T{i}\n\n> {SENTENCE}\n\n")),
        each("that support one claim", |i| format!("## T{i}\n\n> {SENTENCE}\n\nsupports: pays\n\n")),
        each("with remarks that quote", |i| format!("## T{i}\n\nComment.\n\n> {SENTENCE}\n> — [[a]]\n\n")),
        each("with asides", |i| format!("## T{i}\n\nComment.\n\n> some words {i}\n\nMore.\n\n")),
    ]
}

/// What grows in the things that notes speak of.
fn facts() -> Vec<Shape> {
    let base = || {
        vec![
            file("seeds/a.txt", format!("Before. {SENTENCE} After.")),
            file("annotations/a.md", format!("## T\n\n> {SENTENCE}\n")),
        ]
    };
    let made: Vec<Named<Files>> = vec![
        ("a topic with many aliases", |size| {
            vec![file(
                "annotations/topics/t.md",
                format!(
                    "---\ntitle: T\nkind: person\naliases:\n{}---\n\nx\n",
                    fill(size, |i| format!("  - Anna Berg {i}\n"))
                ),
            )]
        }),
        ("a claim against many", |size| {
            vec![file(
                "annotations/claims/c.md",
                format!("---\ntitle: C\nagainst: [{}c]\n---\n\nx\n", fill(size, |i| format!("d{i}, "))),
            )]
        }),
        ("claims against each other", |size| {
            let claims = (size / 1500).max(2);
            (0..claims)
                .map(|i| {
                    let against: Vec<String> = (0..claims.min(150))
                        .filter(|&j| j != i)
                        .map(|j| format!("c{j}"))
                        .collect();
                    file(
                        &format!("annotations/claims/c{i}.md"),
                        format!(
                            "---\ntitle: C{i}\nstatus: confirmed\nagainst: [{}]\n---\n\nx\n",
                            against.join(", ")
                        ),
                    )
                })
                .collect()
        }),
        ("topics in a line", |size| {
            (0..size / 60)
                .map(|i| {
                    file(
                        &format!("annotations/topics/t{i}.md"),
                        format!("---\ntitle: Topic {i}\nbroader: t{}\n---\n\nx\n", i + 1),
                    )
                })
                .collect()
        }),
        ("topics under one", |size| {
            (0..size / 60)
                .map(|i| {
                    file(
                        &format!("annotations/topics/t{i}.md"),
                        format!("---\ntitle: Topic {i}\nbroader: t0\n---\n\nx\n"),
                    )
                })
                .collect()
        }),
        ("sources that share a name", |size| {
            (0..size / 60)
                .map(|i| file(&format!("seeds/s{i}.md"), "---\ntitle: One name\n---\n\nWord.\n"))
                .collect()
        }),
        ("sources derived in a line", |size| {
            (0..size / 60)
                .map(|i| {
                    file(
                        &format!("seeds/s{i}.md"),
                        format!("---\ntitle: S{i}\nderives-from: s{}\n---\n\nWord.\n", i + 1),
                    )
                })
                .collect()
        }),
        ("events of one day", |size| {
            (0..size / 90)
                .map(|i| {
                    file(
                        &format!("annotations/topics/e{i}.md"),
                        format!("---\ntitle: Event {i}\nkind: event\ndate: 2020-01-01\n---\n\nx\n"),
                    )
                })
                .collect()
        }),
        ("persons with one name", |size| {
            (0..size / 90)
                .map(|i| {
                    file(
                        &format!("annotations/topics/p{i}.md"),
                        format!("---\ntitle: Anna Berg {i}\nkind: person\naliases: [Anna Berg]\n---\n\nx\n"),
                    )
                })
                .collect()
        }),
        ("pages", |size| {
            (0..size / 60)
                .map(|i| {
                    file(
                        &format!("annotations/pages/p{i}.md"),
                        format!("---\ntitle: Page {i}\n---\n\n[[p{}]]\n", i + 1),
                    )
                })
                .collect()
        }),
    ];
    let mut shapes: Vec<Shape> = made
        .into_iter()
        .map(|(name, make)| Shape::new(name, move |size| base().into_iter().chain(make(size)).collect()))
        .collect();
    shapes.push(Shape::new("names in a long text", |size| {
        let persons = (0..40).map(|i| {
            file(
                &format!("annotations/topics/p{i}.md"),
                format!("---\ntitle: Anna Berg{i}\nkind: person\n---\n\nx\n"),
            )
        });
        let text = fill(size, |i| format!("Then Anna Berg{} met Olaf Lind{i}. ", i % 40));
        persons.chain([file("seeds/a.txt", text)]).collect()
    }));
    shapes.push(Shape::new("persons in a text", |size| {
        let persons = (0..size / 120).map(|i| {
            file(
                &format!("annotations/topics/p{i}.md"),
                format!("---\ntitle: Anna Berg{i}\nkind: person\n---\n\nx\n"),
            )
        });
        persons
            .chain([file("seeds/a.txt", fill(size / 3, |i| format!("Then Anna Berg{i} met Olaf. ")))])
            .collect()
    }));
    shapes
}

/// A prose of words that stand in no order that repeats, the same on every machine.
pub fn prose(size: usize) -> String {
    let mut state = 1_u64;
    let mut next = move |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let mut text = String::with_capacity(size + 16);
    let mut words = 0;
    while text.len() < size {
        // Rare words are many, frequent ones few, as in any language.
        let most = 1 << next(12);
        let rank = next(most);
        let _ = write!(text, "{}{rank}", ["ka", "lo", "mi", "ter", "von"][(rank % 5) as usize]);
        words += 1;
        text.push_str(if words % 11 == 0 { ". " } else { " " });
    }
    text
}

/// Many sources, notes and passages, each of its own.
fn many() -> Vec<Shape> {
    vec![
        Shape::new("sources", |size| {
            (0..size / 60)
                .map(|i| file(&format!("seeds/s{i}.txt"), format!("Text {i} of many. {SENTENCE}\n")))
                .collect()
        }),
        Shape::new("sources with notes", |size| {
            let pair = |i: usize| {
                [
                    file(&format!("seeds/s{i}.txt"), format!("Text {i} of many. {SENTENCE}\n")),
                    file(&format!("annotations/s{i}.md"), format!("## T\n\n> {SENTENCE}\n\ntopics: ferry\n")),
                ]
            };
            (0..size / 150).flat_map(pair).collect()
        }),
        Shape::new("a book with notes all over it", |size| {
            let text = prose(size / 2);
            let sentences: Vec<&str> = text
                .split(". ")
                .filter(|sentence| sentence.len() > 30)
                .step_by(2)
                .collect();
            let notes = sentences
                .iter()
                .enumerate()
                .map(|(i, sentence)| format!("## T{i}\n\n> {sentence}\n\n"))
                .collect::<String>();
            vec![file("seeds/a.txt", text), file("annotations/a.md", notes)]
        }),
        Shape::new("a book, and notes that overlap", |size| {
            let text = prose(size / 8);
            let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
            let notes = words
                .windows(12)
                .enumerate()
                .map(|(i, window)| format!("## T{i}\n\n> {}\n\n", window.join(" ")))
                .collect::<String>();
            vec![file("seeds/a.txt", text.clone()), file("annotations/a.md", notes)]
        }),
        Shape::new("quotations of another source", |size| {
            let text = prose(size / 2);
            let sentences: Vec<&str> = text
                .split(". ")
                .filter(|sentence| sentence.len() > 30)
                .step_by(4)
                .collect();
            let notes = sentences
                .iter()
                .enumerate()
                .map(|(i, sentence)| format!("## T{i}\n\n> {sentence}\n\n"))
                .collect::<String>();
            vec![file("seeds/a.txt", text), file("seeds/b.txt", "Little."), file("annotations/b.md", notes)]
        }),
    ]
}

/// What a quotation that does not stand costs.
fn quotations() -> Vec<Shape> {
    let against = |name: &str, text: fn(usize) -> String, quotation: fn(usize, &str) -> String| {
        Shape::new(format!("quotation, {name}"), move |size| {
            let text = text(size);
            let quotation = quotation(size, &text);
            vec![file("seeds/a.txt", text), file("annotations/a.md", format!("## T\n\n> {quotation}\n"))]
        })
    };
    fn altered(text: &str, every: usize) -> String {
        let word = |(i, word): (usize, &str)| {
            if i % every == every / 2 { format!("new{i}") } else { word.to_string() }
        };
        text.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
    }
    vec![
        against("long, few words changed", |size| prose(size / 2), |_, text| altered(text, 40)),
        against("long, half of it changed", |size| prose(size / 2), |_, text| altered(text, 2)),
        against("long, all of it changed", |size| prose(size / 2), |_, text| altered(text, 1)),
        against(
            "long, in another order",
            |size| prose(size / 2),
            |_, text| {
                text.split(". ")
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect::<Vec<_>>()
                    .join(". ")
            },
        ),
        against("long in a short text", |_| prose(2_000), |size, _| prose(size).replace("ka", "ke")),
        against("short in a long text", prose, |_, _| {
            "The boat carried some people over a lake.".to_string()
        }),
        against(
            "one word again and again",
            |size| repeat("ja ", size / 2),
            |size, _| repeat("ja ", size / 3) + "nein",
        ),
        against(
            "two words again and again",
            |size| repeat("ja nein ", size / 2),
            |size, _| repeat("nein ja ", size / 3) + "doch",
        ),
        against(
            "one letter again and again",
            |size| "a".repeat(size / 2),
            |size, _| "a".repeat(size / 3) + "b",
        ),
        against("elisions", prose, |size, _| repeat("ka1 [...] ", size.min(2_000))),
        against("many elisions", |_| prose(20_000), |size, _| repeat("ka1 [...] ", size)),
        against("many brackets", |_| prose(20_000), |size, _| repeat("ka1 [lo2] ", size)),
        against("dots", |_| prose(20_000), |size, _| repeat("ka1 ... ", size)),
        against(
            "numbers",
            |size| fill(size / 2, |i| format!("{i} ")),
            |size, _| fill(size / 2, |i| format!("{} ", i + i % 7)),
        ),
        against(
            "lines",
            |size| fill(size / 2, |i| format!("line {i}\n\n")),
            |size, _| fill(size / 2, |i| format!("line {i}a\n> \n> ")),
        ),
        against("hyphens", |size| repeat("a-\nb ", size / 2), |size, _| repeat("a-b ", size / 2) + "c"),
        against(
            "passages that are alike",
            |size| fill(size, |i| format!("The ferry of {i} carried many passengers over the sound. ")),
            |_, _| "The ferry of then carried many passengers over the sound".to_string(),
        ),
        against(
            "passages that are equal",
            |size| repeat("The ferry carried many passengers. ", size),
            |_, _| "The ferry carried many passengers.".to_string(),
        ),
        against(
            "long words misspelt",
            |size| fill(size / 2, |i| format!("{}{i} ", "abcdefgh".repeat(8))),
            |size, _| fill(size / 2, |i| format!("{}{i} ", "abcdefhg".repeat(8))),
        ),
        against("one long word", |size| "abcdefgh".repeat(size / 16), |size, _| "abcdefhg".repeat(size / 16)),
        Shape::new("quotations of 4,800 letters that do not stand", |size| {
            let text = prose(200_000);
            let notes = fill(size, |i| {
                format!("## T{i}\n\n> {}\n\n", altered(&text[i % 50 * 1000..i % 50 * 1000 + 4_800], 5))
            });
            vec![file("seeds/a.txt", text.clone()), file("annotations/a.md", notes)]
        }),
    ]
}

/// Kinds that came later: what is long, wide, alike or far apart, and what two things that grow do to each
/// other.
fn further() -> Vec<Shape> {
    let sentence_and = |notes: String| {
        vec![file("seeds/a.txt", format!("Before. {SENTENCE} After.")), file("annotations/a.md", notes)]
    };
    let page = |name: &str, make: fn(usize) -> String| {
        Shape::new(format!("html {name}"), move |size| vec![file("seeds/a.html", make(size) + "<p>last")])
    };
    let text = |name: &str, make: fn(usize) -> String| {
        Shape::new(format!("txt {name}"), move |size| {
            vec![file("seeds/a.txt", make(size)), file("annotations/a.md", "## T\n\nComment.\n")]
        })
    };
    let prose_of = |folder: &str, name: &str, make: fn(usize) -> String| {
        let path = format!("annotations/{folder}/p.md");
        Shape::new(format!("{folder}, {name}"), move |size| {
            vec![file("seeds/a.txt", SENTENCE), file(&path, format!("---\ntitle: P\n---\n\n{}", make(size)))]
        })
    };
    let mut shapes = vec![
        page("a picture of its own", |size| {
            format!("<p><img src='data:image/png;base64,{}'>", repeat("iVBORw0K", size))
        }),
        page("pictures of its own", |size| {
            fill(size, |i| format!("<p>x{i}<img src='data:image/png;base64,{}'>", repeat("iVBORw0K", 400)))
        }),
        page("a font in its style", |size| {
            format!(
                "<style>@font-face{{src:url(data:font/woff2;base64,{})}}</style>",
                repeat("d09GMgAB", size)
            )
        }),
        page("rules and elements", |size| {
            let rules = fill(size / 2, |i| format!(".c{i} p{{display:none}}\n"));
            format!("<style>{rules}</style>{}", repeat("<div class=c1><p>x</div>", size / 2))
        }),
        page("rules that look far up", |size| {
            format!(
                "<style>{}</style>{}",
                repeat("div div div p{display:none}", size / 2),
                repeat("<div>", size / 4) + &repeat("<p>x", size / 4)
            )
        }),
        page("rules that look at siblings", |size| {
            format!(
                "<style>{}</style>{}",
                repeat("p~p~b{display:none}", size / 2),
                repeat("<p>x</p>", size / 2)
            )
        }),
        page("counters", |size| {
            format!(
                "<style>p{{counter-increment:c}}p::before{{content:counter(c)}}</style>{}",
                repeat("<p>x", size)
            )
        }),
        page("attributes, thousands of tags", |size| {
            fill(size, |i| format!("<p id=i{i} class='a b c' title='t{i}' lang=en dir=ltr data-x={i}>x"))
        }),
        page("notes at the foot", |size| {
            fill(size / 2, |i| format!("<p>x<sup><a href='#n{i}' id=r{i}>{i}</a></sup>"))
                + &fill(size / 2, |i| format!("<p id=n{i}><a href='#r{i}'>{i}</a> y"))
        }),
        page("raised words", |size| repeat("word<sup>a</sup>", size)),
        page("empty cells", |size| format!("<table>{}", repeat("<tr><td><td>", size))),
        page("small paragraphs", |size| repeat("<p>a", size)),
        page("small items", |size| format!("<ul>{}", repeat("<li>a", size))),
        page("a wide table", |size| {
            format!("<table><tr>{}<tr>{}</table>", repeat("<th>x", size / 2), repeat("<td>y", size / 2))
        }),
        text("long words", |size| fill(size, |i| format!("{}{i} ", "abcdefghij".repeat(200)))),
        text("one long line", |size| repeat("word ", size)),
        text("emoji", |size| repeat("👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", size)),
        text("combining marks", |size| repeat("a\u{301}\u{302}\u{303}", size)),
        text("many marks on one letter", |size| format!("a{}", "\u{301}".repeat(size / 2))),
        text("figures with groups", |size| repeat("1,000,000 ", size)),
        text("sentences nearly alike", |size| {
            fill(size, |i| format!("The ferry of {} carried many passengers. ", i % 7))
        }),
        prose_of("pages", "links to nothing", |size| fill(size, |i| format!("[[nothing {i}]] "))),
        prose_of("pages", "links to files that are not there", |size| {
            fill(size, |i| format!("[a](../../seeds/b{i}.txt) "))
        }),
        prose_of("pages", "quotations of a source", |size| {
            fill(size, |i| format!("Word {i}.\n\n> {SENTENCE}\n> — [[a]]\n\n"))
        }),
        prose_of("pages", "quotations that do not stand", |size| {
            fill(size, |i| format!("Word.\n\n> The boat {i} carried nobody at all.\n> — [[a]]\n\n"))
        }),
        prose_of("claims", "links to a source", |size| repeat("[[a]] ", size)),
        prose_of("topics", "a long lead", |size| repeat("Word and word. ", size)),
    ];
    let notes = |name: &str, note: fn(usize) -> String| {
        Shape::new(format!("notes, {name}"), move |size| sentence_and(fill(size, note)))
    };
    shapes.extend([
        notes("misspelt links", |i| format!("## Heading number {i}\n\nSee [[a#heading numbr {i}]].\n\n")),
        notes("private", |i| format!("## T{i}\n\nprivate: yes\ntopcis: x\n\nComment.\n\n")),
        notes("of long titles", |i| format!("## {} {i}\n\nComment.\n\n", "long title".repeat(50))),
        notes("of a letter", |_| "## a\n".to_string()),
        notes("of a number", |i| format!("## {i}\n")),
        notes("of a number, and a passage", |i| format!("## {i}\n> sound\n\n")),
        notes("of a number, and a topic", |i| format!("## {i}\ntopics: t{i}\n\n")),
        notes("with a list of topics", |i| format!("## {i}\ntopics: a, b, c, d{i}\n\nx\n\n")),
        notes("with an empty table", |i| format!("## {i}\n\n|||\n|-|-|\n|||\n\n")),
        notes("with a small list", |i| format!("## {i}\n\n- \n- a\n\n")),
        notes("that dispute one claim", |i| {
            format!("## T{i}\n\n> {SENTENCE}\n\n{}: pays\n\n", ["supports", "disputes"][i % 2])
        }),
        notes("with figures of many years", |i| {
            format!("## T{i}\n\n> {SENTENCE}\n\nfigure: ships, {} = {i}\n\n", 1000 + i)
        }),
        notes("with figures of long times", |i| {
            format!("## T{i}\n\n> {SENTENCE}\n\nfigure: ships, {}/{} = {i}\n\n", 1000 + i, 3000 + i)
        }),
    ]);
    shapes.extend(that_meet());
    shapes
}

/// Two kinds of things that grow together: each may be looked for among all of the other.
fn that_meet() -> Vec<Shape> {
    let claim =
        |i: usize| file(&format!("annotations/claims/c{i}.md"), format!("---\ntitle: Claim {i}\n---\n\nx\n"));
    let source = |i: usize| file(&format!("seeds/s{i}.txt"), format!("Text {i}. {SENTENCE}\n"));
    vec![
        Shape::new("a book, and its words in quotation marks", |size| {
            let text = prose(size / 2);
            let notes = text
                .split(". ")
                .enumerate()
                .map(|(i, sentence)| format!("## T{i}\n\n“{sentence}.”\n\n"))
                .collect::<String>();
            vec![file("seeds/a.txt", text), file("annotations/a.md", notes)]
        }),
        Shape::new("a book, and asides in quotation form", |size| {
            let notes =
                fill(size / 2, |i| format!("## T{i}\n\nComment.\n\n> some words {i} of mine\n\nMore.\n\n"));
            vec![file("seeds/a.txt", prose(size / 2)), file("annotations/a.md", notes)]
        }),
        Shape::new("a book, and quotations with a dash", |size| {
            let text = prose(size / 2);
            let note = |(i, sentence): (usize, &str)| format!("## T{i}\n\n> {sentence}\n> — Anna Berg\n\n");
            let notes = text.split(". ").step_by(2).enumerate().map(note).collect::<String>();
            vec![file("seeds/a.txt", text), file("annotations/a.md", notes)]
        }),
        Shape::new("sources, and quotations that stand in another", |size| {
            let text = |i: usize| format!("Text {i} of many is here. {SENTENCE}\n");
            let pair = |i: usize| {
                let notes = format!("## T\n\n> Text {} of many is here.\n\nComment.\n", i + 1);
                [file(&format!("seeds/s{i}.txt"), text(i)), file(&format!("annotations/s{i}.md"), notes)]
            };
            (0..size / 150).flat_map(pair).collect()
        }),
        Shape::new("sources, and a quotation of each with a digit wrong", |size| {
            let sentence = |i: usize, men: usize| {
                format!("In {} the ferry {i} carried {men} men over the sound.", 1000 + i)
            };
            let pair = |i: usize| {
                let text = format!("{} {}\n", sentence(i, 10_000 + i), [SENTENCE; 4].join(" "));
                let notes = format!("## T\n\n> {}\n\nComment.\n", sentence(i, 60_000 + i));
                [file(&format!("seeds/s{i}.txt"), text), file(&format!("annotations/s{i}.md"), notes)]
            };
            (0..size / 450).flat_map(pair).collect()
        }),
        Shape::new("sources, and a quotation of each with a word wrong", |size| {
            let pair = |i: usize| {
                let notes = format!(
                    "## T\n\n> The ferry carried {i} passengers over that sound in winter.\n\nComment.\n"
                );
                [
                    file(&format!("seeds/s{i}.txt"), format!("Text {i}. {SENTENCE}\n")),
                    file(&format!("annotations/s{i}.md"), notes),
                ]
            };
            (0..size / 220).flat_map(pair).collect()
        }),
        Shape::new("topics, and sources that are silent", move |size| {
            let topics = (0..size / 120).map(|i| format!("topic {i}, ")).collect::<String>();
            let notes = file("annotations/s0.md", format!("## T\n\n> {SENTENCE}\n\ntopics: {topics}\n"));
            (0..size / 120).map(source).chain([notes]).collect()
        }),
        Shape::new("a claim, and evidence from many sources", move |size| {
            let sources = (0..size / 200).map(source);
            let notes = (0..size / 200).map(|i| {
                file(&format!("annotations/s{i}.md"), format!("## T\n\n> {SENTENCE}\n\nsupports: c0\n"))
            });
            sources.chain(notes).chain([claim(0)]).collect()
        }),
        Shape::new("topics, and claims in dispute", move |size| {
            let claims = (0..size / 200).map(claim);
            let notes = fill(size / 2, |i| {
                format!(
                    "## T{i}\n\n> {SENTENCE}\n\ntopics: topic {i}\n{}: c{}\n\n",
                    ["supports", "disputes"][i % 2],
                    i / 2
                )
            });
            claims
                .chain([file("seeds/a.txt", SENTENCE), file("annotations/a.md", notes)])
                .collect()
        }),
        Shape::new("topics, and names that are misspelt", |size| {
            let topics = (0..size / 120).map(|i| {
                file(&format!("annotations/topics/anna-berg-{i}.md"), "---\nkind: concept\n---\n\nx\n")
            });
            let links = fill(size / 2, |i| format!("[[ana brg {i}]] "));
            topics
                .chain([file("annotations/pages/p.md", links), file("seeds/a.txt", SENTENCE)])
                .collect()
        }),
        Shape::new("topics in a ring", |size| {
            let count = size / 60;
            let topic = |i: usize| {
                file(
                    &format!("annotations/topics/t{i}.md"),
                    format!("---\ntitle: Topic {i}\nbroader: t{}\n---\n\nx\n", (i + 1) % count),
                )
            };
            (0..count).map(topic).chain([file("seeds/a.txt", SENTENCE)]).collect()
        }),
        Shape::new("sources of one name, and links to it", |size| {
            let sources = (0..size / 200)
                .map(|i| file(&format!("seeds/s{i}.md"), "---\ntitle: One name\n---\n\nWord.\n"));
            sources
                .chain([file("annotations/pages/p.md", repeat("[[One name]] ", size / 2))])
                .collect()
        }),
    ]
}
