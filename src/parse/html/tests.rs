//! Pages and what is read in them.

use super::*;
use crate::model::body::{Block, Inline, Item, Name, Row, Target, Text};

fn page(text: &str) -> Page {
    let path = InputPath::new("seeds/a.html").expect("relative");
    let Parsed { value, mistakes } = html(&path, text);
    assert_eq!(mistakes, []);
    value
}

/// The body in a notation of our own: a block a line, forms in brackets.
fn check(text: &str) -> String {
    let body = page(text).body;
    let mut lines = Vec::new();
    body.blocks.iter().for_each(|block| show(&body, block, 0, &mut lines));
    lines.join("\n")
}

fn show(body: &Body, block: &Block, depth: usize, lines: &mut Vec<String>) {
    let margin = "  ".repeat(depth);
    let words = |inlines: &[Inline]| inlines.iter().map(|inline| inline_shown(body, inline)).collect::<String>();
    match block {
        Block::Paragraph(inlines) => lines.push(format!("{margin}p {}", words(inlines))),
        Block::Heading { level, content } => lines.push(format!("{margin}h{level} {}", words(content))),
        Block::List { tight: _, items } => {
            lines.push(format!("{margin}list"));
            for Item { label, task: _, blocks } in items {
                lines.push(format!("{margin}- {}", label.as_deref().unwrap_or("item")));
                blocks.iter().for_each(|block| show(body, block, depth + 1, lines));
            }
        }
        Block::Quote(blocks) => {
            lines.push(format!("{margin}quote"));
            blocks.iter().for_each(|block| show(body, block, depth + 1, lines));
        }
        Block::Code(leaves) => lines.push(format!("{margin}code {:?}", leaves.iter().map(|leaf| body.text(*leaf)).collect::<String>())),
        Block::Table(table) => {
            lines.push(format!("{margin}table {}", words(&table.caption)));
            let row = |kind: &str, row: &Row| {
                let cells = row.cells.iter().map(|cell| {
                    let head = if cell.header { "#" } else { "" };
                    let span = if (cell.columns, cell.rows) == (1, 1) { String::new() } else { format!("{}x{} ", cell.columns, cell.rows) };
                    format!("{head}{span}{}", words(&cell.content))
                });
                format!("{margin}{kind} {}", cells.collect::<Vec<_>>().join(" | "))
            };
            lines.extend(table.head.iter().map(|head| row("head", head)));
            lines.extend(table.rows.iter().map(|body| row("row", body)));
        }
        Block::Rule => lines.push(format!("{margin}rule")),
        Block::Quotation(_) | Block::Unattributed { .. } | Block::Footnote { .. } => panic!("a page has neither"),
    }
}

fn inline_shown(body: &Body, inline: &Inline) -> String {
    let all =
        |form: &str, inlines: &[Inline]| format!("{form}[{}]", inlines.iter().map(|inline| inline_shown(body, inline)).collect::<String>());
    let leads = |target: &Target| match target {
        Target::Address(address) => address.as_str().to_string(),
        Target::Name(at) => format!("{:?} {}", body.names[*at].kind, body.names[*at].text.value),
        Target::Nowhere => "nowhere".to_string(),
    };
    match inline {
        Inline::Text(text) => body.text(*text).to_string(),
        Inline::Code(text) => format!("code[{}]", body.text(*text)),
        Inline::Emphasis(inlines) => all("em", inlines),
        Inline::Strong(inlines) => all("b", inlines),
        Inline::Strike(inlines) => all("s", inlines),
        Inline::Superscript(inlines) => all("sup", inlines),
        Inline::Subscript(inlines) => all("sub", inlines),
        Inline::Link { target, content } => all(&format!("a<{}>", leads(target)), content),
        Inline::Image { target, alt } => format!("img<{}>[{alt}]", leads(target)),
        Inline::Break => "/".to_string(),
        Inline::Reference { label, raised } => format!("{}<{label}>", if *raised { "^" } else { "" }),
        Inline::Number(label) => format!("#<{label}>"),
        Inline::Ruby { base, reading } => all(&format!("ruby<{reading}>"), base),
        Inline::Edge => "|".to_string(),
        Inline::FootnoteRef(_) | Inline::Sign(_) => panic!("a page has none"),
    }
}

#[test]
fn a_page_is_its_blocks_in_order_navigation_and_all() {
    assert_eq!(
        check(
            "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav><a href='/'>Home</a></nav>\n\
             <main><h1>Trade</h1><p>One <em>two</em>\n  three.</p><hr><blockquote><p>Words</p></blockquote><script>x</script></main><footer>End</footer></body></html>"
        ),
        "p a<nowhere>[Home]\nh1 Trade\np One em[two] three.\nrule\nquote\n  p Words\np End"
    );
}

#[test]
fn white_space_collapses_as_in_css() {
    assert_eq!(check("<p>  a  <b> b </b> c\n\n d\u{A0} e </p>"), "p a b[b] c d\u{A0} e");
    assert_eq!(check("<p>a<b> b</b></p><p><b>c </b>d</p>"), "p a b[b]\np b[c] d");
    assert_eq!(check("<p>a <i></i> b</p>"), "p a b");
    assert_eq!(check("<div> a <div> b </div> c </div>"), "p a\np b\np c");
    assert_eq!(check(" \n "), "");
}

#[test]
fn breaks_end_lines_and_two_end_a_paragraph() {
    assert_eq!(check("<p><br>a<br>b <br> c<br></p>"), "p a/b/c");
    assert_eq!(check("a<br><br>b<br>\n<br>\n<br>c"), "p a\np b\np c");
    assert_eq!(check("<p><b>a<br><br>b</b></p>"), "p b[a]\np b[b]");
}

#[test]
fn inline_words_beside_blocks_are_paragraphs_and_formats_go_on_over_their_borders() {
    assert_eq!(check("<div>a<p>b</p>c</div>"), "p a\np b\np c");
    assert_eq!(
        check("<a href='https://x.org'><div><h3>Title</h3><p>Text</p></div></a>"),
        "h3 a<https://x.org>[Title]\np a<https://x.org>[Text]"
    );
    assert_eq!(check("<p><b>a<i>b</b>c</i></p>"), "p b[aem[b]]em[c]");
    assert_eq!(
        check("<p>H<sub>2</sub>O x<sup>2</sup> <del>y</del> <code>z</code> <u>u</u> <mark>m</mark></p>"),
        "p Hsub[2]O xsup[2] s[y] code[z] u m"
    );
}

#[test]
fn headings_and_cells_hold_words_and_their_lines_are_parted_by_breaks() {
    assert_eq!(check("<h2><span>a</span><div>b</div><p>c</p></h2>"), "h2 a/b/c");
    assert_eq!(check("<table><tr><td><p>a</p><p>b</p><ul><li>c<li>d</ul></td></tr></table>"), "table \nrow a/b/c/d");
}

#[test]
fn lists_keep_their_kind_and_numbers() {
    assert_eq!(check("<ul><li>a<li><p>b</p><ol start=3><li>c</ol></ul>"), "list\n- item\n  p a\n- item\n  p b\n  list\n  - 3.\n    p c");
    assert_eq!(check("<dl><dt>Term</dt><dd>What it is</dd></dl>"), "p b[Term]\np What it is");
    assert_eq!(check("<ul>a<li>b</ul>"), "list\n- item\n  p a\n- item\n  p b");
}

#[test]
fn tables_keep_captions_heads_and_spans() {
    assert_eq!(
        check(
            "<table><caption>Goods</caption><thead><tr><th>Year<th>Value</thead><tr><td>2024<td rowspan=2>123<tr><td colspan=0>2025</table>"
        ),
        "table Goods\nhead #Year | #Value\nrow 2024 | 1x2 123\nrow 2025"
    );
    assert_eq!(check("<table><tr><th>A<th>B<tr><th>C<th>D</table>"), "table \nhead #A | #B\nrow #C | #D");
    assert_eq!(
        check("<table><tfoot><tr><td>foot</tfoot><tr><td>body<caption>late</caption><thead><tr><td>head</thead></table>"),
        "table late\nhead head\nrow body\nrow foot"
    );
    assert_eq!(page("<table><tr><td>a<td><td>c<tr><td>d</table>").body.reading, "a\t\tc\nd");
    assert_eq!(check("<table>stray<tr><td>a</table>"), "p stray\ntable \nrow a");
}

#[test]
fn a_table_that_only_places_things_is_not_one() {
    assert_eq!(check("<table><tr><td><h1>T</h1><p>a</p><td><p>b</p></table>"), "h1 T\np a\np b");
    assert_eq!(check("<table><tr><td>x<table><tr><td>1<td>2</table></table>"), "p x\ntable \nrow 1 | 2");
    assert_eq!(check("<table role=presentation><tr><td>a<td>b</table>"), "p a\np b");
}

#[test]
fn preformatted_text_keeps_its_lines() {
    assert_eq!(check("<pre>\na  b\r\n <b>c</b>\n</pre>d"), "code \"a  b\\n c\"\np d");
    assert_eq!(check("<pre><div>a</div><div>b</div>c<br>d</pre>"), "code \"a\\nb\\nc\\nd\"");
}

#[test]
fn links_and_pictures_lead_where_they_may() {
    assert_eq!(
        check(
            "<p><a href='HTTPS://x.org/a b'>a</a> <a href='javascript:x'>b</a> <a href='other%20page.html#n'>c</a> <a href='#n'>d</a> <a href='/r'>e</a> \
             <a href='//h/r'>f</a> <a name=g>g</a> <a href='x.html'></a></p>"
        ),
        "p a<HTTPS://x.org/a b>[a] a<nowhere>[b] a<File other page.html>[c] a<nowhere>[d] a<nowhere>[e] a<nowhere>[f] g"
    );
    assert_eq!(
        check(
            "<p><img src=p.png alt='A\n map'><img src='data:image/png;base64,x'><img src='https://t.org/1.gif' width=1><img alt='words'></p>"
        ),
        "p img<Picture p.png>[A map]img<nowhere>[words]"
    );
    assert_eq!(check("<base href='https://x.org/'><a href='b.html'>a</a>"), "p a<nowhere>[a]");
    let names: Vec<Name> = page("<a href='x.html'></a><a href='y.html'><b></b></a>").body.names;
    assert_eq!(names, [], "a link without words is none");
}

#[test]
fn what_is_not_seen_is_not_read() {
    for unseen in [
        "<p hidden>x</p>",
        "<p style='color:red; Display : none'>x</p>",
        "<template><p>x</p></template>",
        "<noscript>x</noscript>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<iframe>x</iframe>",
        "<video>x</video>",
        "<dialog>x</dialog>",
        "<!-- x -->",
        "<svg><title>x</title><style>x</style></svg>",
    ] {
        assert_eq!(check(&format!("<p>a</p>{unseen}<p>b</p>")), "p a\np b", "{unseen}");
    }
    assert_eq!(check("<details><summary>More</summary>a</details><dialog open>b</dialog><button>c</button>"), "p More\np a\np b\np c");
    assert_eq!(check("<option>stray"), "p stray");
    assert_eq!(check("<svg><g><text>1990</text><text>2000</text></g></svg>"), "p 1990\np 2000");
    assert_eq!(check("<p><math><mi>x</mi><annotation>tex</annotation></math></p>"), "p x");
}

#[test]
fn what_only_a_browser_shows_is_read() {
    assert_eq!(check("<p><ruby>漢<rp>[</rp><rt>かん</rt><rp>]</rp></ruby>字 <q>so</q></p>"), "p 漢(かん)字 “so”");
}

#[test]
fn every_word_knows_its_place_in_the_file() {
    let text = "<p>Fish &amp; chips,\r\n  <b>two</b> &notit; x</p><table>a &lt;<tr><td>é &#233;</table><pre>l1\r\nl2\r</pre>";
    let body = page(text).body;
    let mut shown = Vec::new();
    leaves(&body.blocks, &mut |leaf| {
        let file = leaf.file.expect("every leaf of a page has a place");
        shown.push(format!("{:?} {:?}", body.text(leaf), &text[file.range()]));
    });
    assert_eq!(
        shown.join("\n"),
        "\"Fish \" \"Fish \"\n\"&\" \"&amp;\"\n\" chips,\" \" chips,\"\n\" \" \"\"\n\"two\" \"two\"\n\" \" \" \"\n\"¬\" \"&notit;\"\n\"it\" \"\"\n\";\" \"\"\n\" x\" \" x\"\n\
         \"a \" \"a \"\n\"<\" \"&lt;\"\n\"é \" \"é \"\n\"é\" \"&#233;\"\n\"l1\" \"l1\"\n\"\\nl2\" \"\\nl2\""
    );
}

fn leaves(blocks: &[Block], each: &mut impl FnMut(Text)) {
    for block in blocks {
        match block {
            Block::Paragraph(words) | Block::Heading { content: words, .. } => leaves_of(words, each),
            Block::List { items, .. } => items.iter().for_each(|item| leaves(&item.blocks, each)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => leaves(blocks, each),
            Block::Code(texts) => texts.iter().for_each(|text| each(*text)),
            Block::Table(table) => {
                leaves_of(&table.caption, each);
                table.head.iter().chain(&table.rows).flat_map(|row| &row.cells).for_each(|cell| leaves_of(&cell.content, each));
            }
            Block::Quotation(_) | Block::Rule => {}
        }
    }
}

fn leaves_of(inlines: &[Inline], each: &mut impl FnMut(Text)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => each(*text),
            Inline::Emphasis(words)
            | Inline::Strong(words)
            | Inline::Strike(words)
            | Inline::Superscript(words)
            | Inline::Subscript(words)
            | Inline::Link { content: words, .. }
            | Inline::Ruby { base: words, .. } => leaves_of(words, each),
            Inline::Image { .. } | Inline::Break | Inline::Edge | Inline::FootnoteRef(_) | Inline::Reference { .. } | Inline::Number(_) => {
            }
        }
    }
}

/// The facts of a head, a line each.
fn facts(head: &str) -> String {
    let facts = page(&format!("<head>{head}</head><p>x")).facts;
    let mut lines = Vec::new();
    let mut say = |key: &str, value: Option<String>| lines.extend(value.map(|value| format!("{key}: {value}")));
    say("title", facts.title.map(|given| given.value));
    facts.author.into_iter().for_each(|author| say("author", Some(author.value)));
    say("publisher", facts.publisher.map(|given| given.value));
    say("published", facts.published.map(|given| given.value.to_string()));
    say("url", facts.url.map(|given| given.value));
    say("language", facts.language.map(|given| given.value));
    lines.join("\n")
}

#[test]
fn a_page_gives_facts_about_itself() {
    assert_eq!(
        facts(
            "<title>Trade | News</title><meta property='og:title' content='Trade &amp; deficit'><meta name=author content='A. Writer'><meta name=author content='https://x.org/w'>\
             <meta property='og:site_name' content=News><meta property='article:published_time' content='2026-01-29T10:00:00+07:00'><link rel='canonical' href='https://x.org/trade'>"
        ),
        "title: Trade & deficit\nauthor: A. Writer\npublisher: News\npublished: 2026-01-29\nurl: https://x.org/trade"
    );
    assert_eq!(
        facts(
            "<title>x</title><script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \"url\": \"https://x.org\"}, {\"headline\": \"Trade\", \"author\": [{\"name\": \"A\"}, \"B\"], \
             \"datePublished\": \"2026-01-29\", \"publisher\": {\"name\": \"News\"}}]}</script>"
        ),
        "title: Trade\nauthor: A\nauthor: B\npublisher: News\npublished: 2026-01-29"
    );
    assert_eq!(
        facts("<title> Only \n a title </title><meta name=date content='last week'><link rel=canonical href='javascript:x'>"),
        "title: Only a title"
    );
    assert_eq!(page("<html lang=vi><p>x").facts.language.map(|given| given.value).as_deref(), Some("vi"));
    assert_eq!(page("<html lang='x\" y'><p>x").facts.language, None);
}

#[test]
fn a_page_made_to_keep_a_parser_busy_keeps_its_words() {
    let n = 40_000;
    let path = InputPath::new("seeds/a.html").expect("relative");
    for (name, text) in [
        ("div", "<div>".repeat(n) + "last"),
        ("span", "<span>".repeat(n) + "last"),
        ("b", "<b>".repeat(n) + "last"),
        ("font", (0..n / 5).map(|i| format!("<font a={i}>")).collect::<String>() + "last"),
        ("fonts and paragraphs", (0..n / 20).map(|i| format!("<font a={i}>")).collect::<String>() + &"<p>x".repeat(n / 20) + "last"),
        ("lists", "<ul><li>".repeat(n / 2) + "last"),
        ("tables", "<table><tr><td>".repeat(n / 4) + "last"),
        ("quotes", "<blockquote>".repeat(n / 2) + "last"),
        ("attributes", format!("<a {}>last", (0..n).map(|i| format!("a{i} ")).collect::<String>())),
        ("end tags", "</p>".repeat(n) + "last"),
        ("unknown ends", "<div>".repeat(n / 10) + &"</x>".repeat(n / 10) + "last"),
        ("a and p", "<a href=x><p>".repeat(n / 5) + "last"),
        ("comments", "<!-- ".repeat(n) + "--> last"),
        ("references", "&amp;&amp".repeat(n / 2) + "last"),
        ("svg", "<svg><g>".repeat(n / 4) + "<text>last"),
        ("select", "<select><option>".repeat(n / 4) + &"</select>".repeat(n / 4) + "last"),
        ("template", "<template>".repeat(n / 4) + &"</template>".repeat(n / 4) + "last"),
        ("ruby", "<ruby>a<rt>".repeat(n / 4) + "last"),
        ("lines", format!("<p>{}last", "a\n".repeat(n * 5))),
        ("open value", format!("last<a b=\"{}", "<p>".repeat(n))),
    ] {
        let Parsed { value, mistakes } = html(&path, &text);
        assert!(value.body.reading.contains("last"), "{name} {mistakes:?}");
    }
}

#[test]
fn a_page_that_is_given_up_is_read_as_words() {
    let path = InputPath::new("seeds/a.html").expect("relative");
    let text = "<div>".repeat(40_000) + "One &amp; two<p>three <script>x</script>four</p>";
    let Parsed { value, mistakes } = html(&path, &text);
    assert!(value.body.reading.ends_with("One & two\nthree four"), "{}", value.body.reading);
    assert_eq!(mistakes[0].code.name, "tangled-page");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_leaves_cover_what_is_read(
        text in "(<p>|</p>|<b>|</b>|<i>|<a href=x>|</a>|<div>|</div>|<ul>|<li>|</ul>|<table>|<tr>|<td>|<th>|<caption>|</table>|<pre>|</pre>|<br>|<h2>|</h2>|<blockquote>|<q>|<rt>|<svg>|<text>|<template>|</template>|<!--|-->|<script>|</script>|&amp;|&lt|&|<|>|word| |  |\n|\r\n|\r|é|漢){0,60}"
    ) {
        let path = InputPath::new("seeds/a.html").expect("relative");
        let Page { body, facts: _ } = html(&path, &text).value;
        let mut at = 0;
        let mut wrong = None;
        leaves(&body.blocks, &mut |leaf| {
            let range = leaf.reading.range();
            let between = body.reading.get(at..range.start);
            let separators = between.is_some_and(|between| between.chars().all(|c| c == '\n' || c == '\t'));
            let file = leaf.file.and_then(|file| text.get(file.range()));
            let exact = file.is_some_and(|file| file.len() != range.len() || file == body.text(leaf));
            if !separators || !exact || range.is_empty() {
                wrong.get_or_insert_with(|| format!("{:?} {leaf:?} {file:?} {}", between, body.reading));
            }
            at = range.end;
        });
        proptest::prop_assert!(wrong.is_none(), "{:?}", wrong);
        proptest::prop_assert!(body.reading[at..].chars().all(|c| c == '\n' || c == '\t'));
    }
}
