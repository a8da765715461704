//! What Markdown becomes, shown as a line a block; and the laws that hold for any text.

use proptest::prelude::*;

use super::{Flavour, markdown};
use crate::model::body::{Block, Body, Inline, Target, Text};
use crate::model::path::InputPath;
use crate::model::quote::Quotation;
use crate::report::lines::Lines;

fn path() -> InputPath {
    InputPath::new("annotations/a.md").expect("a path of the dossier")
}

/// The body in a notation of one line a block, then the mistakes.
fn check(text: &str, flavour: Flavour) -> String {
    let parsed = markdown(&path(), text, 0..text.len(), flavour);
    let body = &parsed.value;
    laws(body, text);
    let mut shown = String::new();
    body.blocks.iter().for_each(|block| show(body, block, 0, &mut shown));
    for mistake in parsed.mistakes {
        let place = mistake
            .place
            .map_or(0, |label| Lines::new(text).at(label.place.span.start as usize).line);
        shown.push_str(&format!("{place}: {}: {}\n", mistake.code.name, mistake.message));
    }
    shown
}

fn source(text: &str) -> String {
    check(text, Flavour::Source)
}

fn note(text: &str) -> String {
    check(text, Flavour::Note)
}

fn show(body: &Body, block: &Block, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let mut nested = |head: &str, blocks: &[Block]| {
        out.push_str(&format!("{indent}{head}\n"));
        blocks.iter().for_each(|block| show(body, block, depth + 1, out));
    };
    match block {
        Block::Paragraph(content) => out.push_str(&format!("{indent}p {}\n", inlines(body, content))),
        Block::Heading { level, content } => {
            out.push_str(&format!("{indent}h{level} {}\n", inlines(body, content)))
        }
        Block::List { tight, items } => {
            let kind = if items.iter().any(|item| item.label.is_some()) { "ol" } else { "ul" };
            nested(&format!("{kind}{}", if *tight { "" } else { " loose" }), &[]);
            for item in items {
                let task = item.task.map_or("", |done| if done { " [x]" } else { " [ ]" });
                let label = item.label.as_ref().map_or(String::new(), |label| format!(" {label}"));
                out.push_str(&format!("{indent} li{label}{task}\n"));
                item.blocks.iter().for_each(|block| show(body, block, depth + 1, out));
            }
        }
        Block::Quote(blocks) => nested("quote", blocks),
        Block::Unattributed { quotation, blocks } => {
            let Quotation { quote, nested: inner, .. } = &body.quotations[*quotation];
            nested(
                &format!("{}unattributed {:?}", if *inner { "nested " } else { "" }, quote.read.text),
                blocks,
            );
        }
        Block::Quotation(number) => {
            let quotation = &body.quotations[*number];
            let attribution = quotation
                .attribution
                .as_ref()
                .expect("a quotation of prose is attributed");
            out.push_str(&format!(
                "{indent}quotation {:?} from {} ({:?}, {:?}, {:?})\n",
                quotation.quote.read.text,
                attribution.source.value,
                attribution.before,
                attribution.label,
                attribution.after
            ));
        }
        Block::Code(leaves) => {
            let words: Vec<&str> = leaves.iter().map(|&leaf| body.text(leaf)).collect();
            out.push_str(&format!("{indent}code {:?}\n", words.concat()));
        }
        Block::Table(table) => {
            for (kind, rows) in [("head", &table.head), ("row", &table.rows)] {
                for row in rows {
                    let cells: Vec<String> =
                        row.cells.iter().map(|cell| inlines(body, &cell.content)).collect();
                    out.push_str(&format!("{indent}{kind} {}\n", cells.join(" | ")));
                }
            }
        }
        Block::Rule => nested("rule", &[]),
        Block::Footnote { number, blocks } => nested(&format!("footnote {number}"), blocks),
    }
}

fn inlines(body: &Body, inlines: &[Inline]) -> String {
    let within = |tag: &str, content: &[Inline]| format!("<{tag} {}>", self::inlines(body, content));
    let shown = inlines.iter().map(|inline| match inline {
        Inline::Text(text) => body.text(*text).to_string(),
        Inline::Code(text) => format!("<code {}>", body.text(*text)),
        Inline::Emphasis(content) => within("em", content),
        Inline::Strong(content) => within("b", content),
        Inline::Strike(content) => within("s", content),
        Inline::Superscript(content) => within("sup", content),
        Inline::Subscript(content) => within("sub", content),
        Inline::Link { target, content } => within(&self::target(body, target), content),
        Inline::Image { target, alt } => format!("<img {} {alt}>", self::target(body, target)),
        Inline::Break => "<br>".to_string(),
        Inline::FootnoteRef(number) => format!("<{number}>"),
        Inline::Reference { label, .. } => format!("^<{label}>"),
        Inline::Number(label) => format!("#<{label}>"),
        Inline::Ruby { base, reading } => within(&format!("ruby {reading}"), base),
        Inline::Sign(text) => format!("<sign {}>", body.text(*text)),
        Inline::Edge => "|".to_string(),
    });
    shown.collect()
}

fn target(body: &Body, target: &Target) -> String {
    match target {
        Target::Address(address) => address.as_str().to_string(),
        Target::Nowhere => "nowhere".to_string(),
        Target::Name(number) => {
            let name = &body.names[*number];
            let fragment = name
                .fragment
                .as_ref()
                .map_or(String::new(), |fragment| format!("#{}", fragment.value));
            format!("{:?}:{}{fragment}{}", name.kind, name.text.value, if name.labelled { "|" } else { "" })
        }
    }
}

/// Every leaf lies in the reading text and in the file at character borders, in order, and is as long in both
/// iff it is the same.
fn laws(body: &Body, text: &str) {
    let mut leaves = Vec::new();
    super::quotation::leaves_of(body, &mut leaves);
    let mut last = 0;
    for leaf in leaves {
        let Text { reading, file } = leaf;
        let words = body
            .reading
            .get(reading.range())
            .expect("a leaf is a range of the reading text at character borders");
        assert!(reading.start as usize >= last, "leaves follow each other");
        last = reading.end as usize;
        let file = file.expect("Markdown keeps places");
        let typed = text
            .get(file.range())
            .expect("a leaf is a range of the file at character borders");
        assert_eq!(words.len() == typed.len(), words == typed, "{words:?} {typed:?}");
    }
    for quotation in &body.quotations {
        for words in [&quotation.quote.read, &quotation.quote.typed] {
            let mut end = 0;
            for mark in &words.marks {
                assert!(mark.start >= end && mark.start < mark.end, "marks are sorted and hold words");
                assert!(words.text.get(mark.clone()).is_some(), "marks lie at character borders");
                end = mark.end;
            }
        }
        assert!(text.get(quotation.span.range()).is_some());
    }
    for name in &body.names {
        assert!(text.get(name.text.span.range()).is_some());
    }
}

#[test]
fn commonmark_and_four_extensions() {
    assert_eq!(
        source("# T *e*\n\na **b** `c` ~~d~~ ~e~\\\nf"),
        "h1 T <em e>\np a <b b> <code c> <s d> ~e~<br>f\n"
    );
    assert_eq!(
        source("- a\n- [x] b\n  - c\n\n3. d\n\n4. e"),
        "ul\n li\n  p a\n li [x]\n  p b\n  ul\n   li\n    p c\nol loose\n li 3.\n  p d\n li 4.\n  p e\n"
    );
    assert_eq!(
        source("| a | b |\n|---|---|\n| c | *d* |\n|  | e |"),
        "head a | b\nrow c | <em d>\nrow  | e\n"
    );
    assert_eq!(
        source("a[^x] b[^y]\n\n[^y]: Y\n[^x]: X\n[^z]: Z"),
        "p a<1> b<2>\nfootnote 2\n  p Y\nfootnote 1\n  p X\nfootnote 3\n  p Z\n"
    );
    assert_eq!(source("```rust\na\r\n\r\nb\n```"), "code \"a\\n\\nb\"\n");
    assert_eq!(source("a\rb\r\rc"), "p a b\np c\n");
    assert_eq!(source("a\n---\nb\n==="), "h2 a\nh1 b\n");
}

#[test]
fn the_reading_text_is_what_a_person_reads() {
    let text = "# A\n\nb &amp; c\\*\nd  \ne\n\n- f\n- g\n\n| h | i |\n|---|---|\n|  | k \
        |\n\n```\nl\nm\n```\n![n](o.png) p";
    let body = markdown(&path(), text, 0..text.len(), Flavour::Source).value;
    assert_eq!(body.reading, "A\nb & c* d\ne\nf\ng\nh\ti\n\tk\nl\nm\n p");
}

#[test]
fn names_are_links_where_people_write() {
    assert_eq!(
        note("[[a]] [[a#b]] [[#c]] [[a|x *y*]] [z](../s/t%20u.md#v) ![[p.png]] ![q](r.png)"),
        "p <Wiki:a a> <Wiki:a#b a#b> <Wiki:#c #c> <Wiki:a| x <em y>> <File:../s/t u.md#v| z> <img \
            Picture:p.png p.png> <img Picture:r.png| q>\n"
    );
    assert_eq!(note("| a |\n|---|\n| [[b\\|c]] |"), "head a\nrow <Wiki:b| c>\n");
    assert_eq!(source("[[a]] [b](c.md)"), "p [[a]] <File:c.md| b>\n");
    assert_eq!(note("[[a\n\nb]]"), "p [[a\np b]]\n1: broken-link: `[[` begins no link\n");
}

#[test]
fn addresses_are_three_schemes_and_the_dossier() {
    assert_eq!(
        note("<https://a.b> <c@d.e> [f](HTTP://g)"),
        "p <https://a.b https://a.b> <mailto:c@d.e c@d.e> <HTTP://g f>\n"
    );
    assert_eq!(
        note("[x](java&#x73;cript:y)"),
        "p <nowhere x>\n1: unsafe-address: no page may lead to `javascript:y`\n"
    );
    assert_eq!(
        source("[x](javascript:y)\n\n[x](ftp://y) [z](#a)"),
        "p <nowhere x>\np <nowhere x> <nowhere z>\n1: lost-address: 2 links of this source lose their \
            address on the page\n"
    );
    assert_eq!(note("[x]()"), "p <nowhere x>\n1: empty-link: this link has no address\n");
    assert_eq!(
        note("[x][a]\n\n[a]: https://b\n[c]: d"),
        "p <https://b x>\n4: unused-definition: no link uses `[c]:`, so this line is on no page\n"
    );
}

#[test]
fn raw_html_takes_its_place_or_is_text() {
    assert_eq!(note("H<sub>2</sub>O <b>x</b><br>y <u>z</u> </i>"), "p H<sub 2>O <b x><br>y <u>z</u> </i>\n");
    assert_eq!(note("<div onclick=x>\na &amp; b\n</div>"), "p <div onclick=x> a & b </div>\n");
    assert_eq!(note("<script>x</script>"), "p <script>x</script>\n");
    assert_eq!(source("<div class=x>\na &amp; b\n</div>\n<p>c<p>d"), "p a & b\np c\np d\n");
    assert_eq!(source("x <span>y</span> vector<T> <!-- z -->"), "p x y vector<T> \n");
    assert_eq!(source("<script>\nx < y\n</script>\n\nz"), "p z\n");
    assert_eq!(source("a <script>x</script>"), "p a <script>x</script>\n");
    assert_eq!(
        source("<table><tr><th>a<th>b</tr>\n<tr><td>c<br>d<td colspan=2><p>e<p>f</table>\n\ng"),
        "row a | b\nrow c<br>d | e<br>f\np g\n"
    );
    assert_eq!(source("<table>\n<tr>\n<td>\n\n**a**\n\n</td>\n</tr>\n</table>\n"), "row <b a>\n");
    assert_eq!(
        source("<ul><li>a<li>b</ul>\n<a href=\"javascript:x\">c</a><img src=d.png alt=e>"),
        "ul\n li\n  p a\n li\n  p b\np <nowhere c><img Picture:d.png| e>\n2: lost-address: a link of this \
            source loses its address on the page\n"
    );
    assert_eq!(source("<pre>a\n b</pre>"), "code \"a\\n b\"\n");
    assert_eq!(source("a <b>c *d</b> e*"), "p a <b c <em d e>>\n");
}

#[test]
fn a_source_has_the_numbers_and_the_references_that_are_typed_in_it() {
    assert_eq!(source("3. a\n5. b\n"), "ol\n li 3.\n  p a\n li 5.\n  p b\n");
    assert_eq!(source("1. a\n1. b\n1. c\n"), "ol\n li 1.\n  p a\n li 2.\n  p b\n li 3.\n  p c\n");
    assert_eq!(source("7) a\n8) b\n"), "ol\n li 7)\n  p a\n li 8)\n  p b\n");
    assert_eq!(note("3. a\n5. b\n"), "ol\n li 3.\n  p a\n li 4.\n  p b\n");
    assert_eq!(source("between 0 and\n1. Great job!"), "p between 0 and\nol\n li 1.\n  p Great job!\n");
    assert_eq!(source("<ol start=4 type=a><li>a<li>b</ol>"), "ol\n li d.\n  p a\n li e.\n  p b\n");
    assert_eq!(
        source("41,200<sup>[1](#n1)</sup> 10<sup>9</sup> end.<sup>2</sup>"),
        "p 41,200^<1> 10<sup 9> end.^<2>\n"
    );
    assert_eq!(
        source("41,200<a href=\"#fn1\"><sup>1</sup></a> a[[2]](#n2) b"),
        "p 41,200<nowhere ^<1>> a^<[2]> b\n"
    );
    assert_eq!(source("41,200<sup>1</sup>\n\n<sup>1</sup> Book."), "p 41,200^<1>\np ^<1> Book.\n");
    assert_eq!(
        source("a <span style=\"display:none\">b <span>c</span></span>d <i hidden>e</i>f"),
        "p a d f\n"
    );
    assert_eq!(source("It holds 10<sup>9</sup> $10^9$ ~~41~~52"), "p It holds 10<sup 9> $10^9$ <s 41>52\n");
}

#[test]
fn comments_are_not_published() {
    assert_eq!(note("a %%b%% c <!-- d --> e"), "p a c e\n");
    assert_eq!(note("%% a\n\n> b\n\n%%\nc"), "p c\n");
    assert_eq!(note("a\n<!-- b -->\nc"), "p a c\n");
    assert_eq!(note("`%%a%%`"), "p <code %%a%%>\n");
    assert_eq!(note("[x %%y%%](z.md) ![p %%q%%](r.png)"), "p <File:z.md| x > <img Picture:r.png| p >\n");
    assert_eq!(
        note("50%% a\n\nb <!-- c"),
        "p 50%% a\np b <!-- c\n1: open-comment: `%%` begins a comment that nothing closes; is the rest to be \
            published?\n3: open-comment: `<!--` begins a comment that nothing closes; is the rest to be \
            published?\n"
    );
    assert_eq!(note("\\%% a \\<!-- b"), "p %% a <!-- b\n");
    assert_eq!(source("a %%b%% c"), "p a %%b%% c\n");
}

#[test]
fn a_line_under_text_is_no_heading_in_a_note() {
    assert_eq!(note("a\n---\nb\n===\nc\n-\nd"), "p a\nrule\np b === c - d\n");
    assert_eq!(note("- a\n-\n- b"), "ul\n li\n  p a\n li\n li\n  p b\n");
    assert_eq!(check("a\n---", Flavour::Prose), "h2 a\n");
}

#[test]
fn an_attributed_quotation_is_one() {
    assert_eq!(
        note("> a *b*\n> — p. 4 of [[s#n|the *S*]], yes"),
        "quotation \"a b\" from s (\"p. 4 of\", Some(\"the S\"), \", yes\")\n"
    );
    assert_eq!(
        note("> a\n>\n> b\n>\n> -- [t](../seeds/t%20.md)"),
        "quotation \"a\\nb\" from ../seeds/t .md (\"\", Some(\"t\"), \"\")\n"
    );
    assert_eq!(
        note("- x\n  > a\n  > - [[s]]"),
        "ul\n li\n  p x\n  quotation \"a\" from s (\"\", None, \"\")\n"
    );
    assert_eq!(note("> > a\n> > — [[s]]\n\nb"), "quotation \"a\" from s (\"\", None, \"\")\np b\n");
    assert_eq!(note("> a\nlazy\n> — [[s]] %%check%%"), "quotation \"a lazy\" from s (\"\", None, \"\")\n");
    assert_eq!(note("> [!quote] a\n> b\n> — [[s]]"), "quotation \"a b\" from s (\"\", None, \"\")\n");
}

#[test]
fn a_quotation_may_name_its_source_outside_of_its_last_line() {
    let from_s = "quotation \"a\" from s (\"\", None, \"\")\n";
    for text in [
        "> a\n\n— [[s]]",
        "> a\n\n- [[s]]\n",
        "> a\n- [[s]]",
        "> a\n\n> — [[s]]",
        "> a\n\n\n**-- [[s]]**",
        "> a ([[s]])",
        "> > a\n> >\n> > — [[s]]",
    ] {
        assert_eq!(note(text), from_s, "{text:?}");
        assert_eq!(note(&format!("{text}\n\nb")), format!("{from_s}p b\n"), "{text:?}");
    }
    assert_eq!(note("- x\n\n  > a\n\n  — [[s]]\n\n  y"), format!("ul loose\n li\n  p x\n  {from_s}  p y\n"));
    assert_eq!(note("> x\n> > a\n>\n> — [[t]]"), "quotation \"x\\na\" from t (\"\", None, \"\")\n");
    assert_eq!(note("[^1]\n\n[^1]: > a\n\n    — [[s]]"), format!("p <1>\nfootnote 1\n  {from_s}"));
    assert_eq!(
        note("> a\n\n- [[s]]\n- [[t]]"),
        "unattributed \"a\"\n  p a\nul\n li\n  p <Wiki:s s>\n li\n  p <Wiki:t t>\n"
    );
    assert_eq!(note("> a\n\n— see [[s]]"), "unattributed \"a\"\n  p a\np — see <Wiki:s s>\n");
    assert_eq!(note("> [!aside] a\n\n— [[s]]"), "quote\n  p a\np — <Wiki:s s>\n");
    assert_eq!(source("> a ([[s]])"), "quote\n  p a ([[s]])\n");
}

#[test]
fn any_other_quotation_is_looked_for_unless_it_is_an_aside() {
    assert_eq!(note("> a"), "unattributed \"a\"\n  p a\n");
    assert_eq!(note(">a"), "unattributed \"a\"\n  p a\n");
    assert_eq!(note("   > a"), "unattributed \"a\"\n  p a\n");
    assert_eq!(note("- b\n  > a"), "ul\n li\n  p b\n  unattributed \"a\"\n    p a\n");
    assert_eq!(note("[^1]\n\n[^1]: > a"), "p <1>\nfootnote 1\n  unattributed \"a\"\n    p a\n");
    assert_eq!(note("> [!note] a\n> b"), "quote\n  p a b\n");
    assert_eq!(note("> [!aside] a\n> > b"), "quote\n  p a\n  quote\n    p b\n");
    assert_eq!(note("> [!quote] a"), "unattributed \"a\"\n  p a\n");
    assert_eq!(note("> [!note] a\n> — me"), "quote\n  p a — me\n");
    assert_eq!(note("> a\n> > b"), "unattributed \"a\\nb\"\n  p a\n  nested unattributed \"b\"\n    p b\n");
    assert_eq!(note("> > a"), "unattributed \"a\"\n  p a\n");
    assert_eq!(note("> — [[s]]"), "unattributed \"— [[s]]\"\n  p — <Wiki:s s>\n");
    assert_eq!(note("> a\n> — Mark Twain"), "unattributed \"a — Mark Twain\"\n  p a — Mark Twain\n");
    assert_eq!(note("> a\n> - b"), "unattributed \"a\\n- b\"\n  p a\n  ul\n   li\n    p b\n");
    assert_eq!(note("> a:\n> - b"), "unattributed \"a:\\n- b\"\n  p a:\n  ul\n   li\n    p b\n");
    assert_eq!(note("> - a\n> - b"), "unattributed \"- a\\n- b\"\n  ul\n   li\n    p a\n   li\n    p b\n");
    assert!(!note("> - a\n>   1. b\n> - c").contains("attribution-"));
    assert_eq!(note("> a\n> -5"), "unattributed \"a -5\"\n  p a -5\n");
    assert!(
        note("> a\n> — [[b]] in [[c]]")
            .contains("2: attribution-unclear: which of these is the source of the words above?")
    );
    assert_eq!(source("> a\n> — Mark Twain"), "quote\n  p a — Mark Twain\n");
}

#[test]
fn what_only_looks_like_a_quotation_is_told() {
    let told = |text: &str| {
        note(text)
            .lines()
            .filter(|line| line.contains("no-quotation"))
            .map(|line| line[..1].to_string())
            .collect::<String>()
    };
    for text in [
        "＞ a",
        "b\n\n&gt; a",
        "- ＞ a",
        "    > a",
        "\t> a",
        "<blockquote>a</blockquote>",
        "<blockquote>\na\n</blockquote>",
        "x <blockquote>a",
        "\u{a0}> a",
        "\u{200b}> a",
        "b\n\n\u{feff} > a",
        "\u{3000}> a",
        "- \u{a0}> a",
        "- [ ] > a",
        "&#x3e; a",
        "﹥ a",
    ] {
        assert_eq!(told(text).len(), 1, "{text:?}: {}", note(text));
    }
    assert_eq!(told("＞ a\n＞ b\n\n    > c\n    > d"), "14");
    for text in [
        "> a",
        "a > b",
        "\\> a",
        "`&gt; a`",
        "```\n&gt; a\n    > b\n＞ c\n```",
        "- b\n\n    > a",
        "- > a",
        "[x] > a",
        "\u{a0}a > b",
        "%%\n＞ a\n%%",
        "    a > b",
        "a\n    > b",
    ] {
        assert_eq!(told(text), "", "{text:?}");
    }
    assert!(!source("＞ a\n\n    > b\n\n<blockquote>c").contains("no-quotation"));
}

#[test]
fn footnotes_without_a_footnote_are_told() {
    assert_eq!(
        note("a[^b] \\[^c] `[^d]`"),
        "p a[^b] [^c] <code [^d]>\n1: undefined-footnote: `[^b]` has no footnote here\n"
    );
}

#[test]
fn nesting_is_capped_and_no_word_is_lost() {
    for text in [
        ">".repeat(5000) + " deep",
        "- ".repeat(5000) + "deep",
        "*a ".repeat(5000) + "deep" + &"*".repeat(5000),
        "<b>".repeat(5000) + "deep",
    ] {
        for flavour in [Flavour::Source, Flavour::Note] {
            let body = markdown(&path(), &text, 0..text.len(), flavour).value;
            laws(&body, &text);
            assert!(body.reading.contains("deep"));
        }
    }
}

/// Pieces that mean something somewhere, in any order.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "  ",
        "    ",
        "> ",
        ">",
        "- ",
        "1. ",
        "# ",
        "## ",
        "---",
        "===",
        "==",
        "`",
        "```\n",
        "~~~",
        "~",
        "~~",
        "*",
        "**",
        "_",
        "[",
        "]",
        "[[",
        "]]",
        "|",
        "\\",
        "(",
        ")",
        "](",
        "[^a]",
        "[^a]: ",
        "[x]: y\n",
        "<",
        ">",
        "<b>",
        "</b>",
        "<br>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<div>",
        "<pre>",
        "<script>",
        "</script>",
        "<ul>",
        "<li>",
        "<a href=x>",
        "</a>",
        "<img src=y>",
        "<p>",
        "<!--",
        "-->",
        "%%",
        "&amp;",
        "&ngE;",
        "&#0;",
        "\u{0}",
        "— [[s]]",
        "- [[t|u]]",
        "[!quote]",
        "[!note]+",
        "\n> — p. 3 of [[s]]\n",
        "| a | b |\n|---|---|\n",
        "é",
        "漢字",
        "\u{300}",
        "🙂",
        "word",
        "words here",
        "- [ ] ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None,
        ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_a_body_whose_leaves_have_places(text in anything()) {
        for flavour in [Flavour::Source, Flavour::Note, Flavour::Prose] {
            let body = markdown(&path(), &text, 0..text.len(), flavour).value;
            laws(&body, &text);
        }
    }

    #[test]
    fn a_part_is_read_as_if_it_stood_alone(before in "[a-z\n>]{0,9}", text in anything()) {
        let whole = format!("{before}{text}");
        let part = markdown(&path(), &whole, before.len()..whole.len(), Flavour::Note).value;
        let alone = markdown(&path(), &text, 0..text.len(), Flavour::Note).value;
        laws(&part, &whole);
        prop_assert_eq!(part.reading, alone.reading);
    }
}
