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
    let words = |inlines: &[Inline]| {
        inlines
            .iter()
            .map(|inline| inline_shown(body, inline))
            .collect::<String>()
    };
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
        Block::Code(leaves) => lines.push(format!(
            "{margin}code {:?}",
            leaves.iter().map(|leaf| body.text(*leaf)).collect::<String>()
        )),
        Block::Table(table) => {
            lines.push(format!("{margin}table {}", words(&table.caption)));
            let row = |kind: &str, row: &Row| {
                let cells = row.cells.iter().map(|cell| {
                    let head = if cell.header { "#" } else { "" };
                    let span = if (cell.columns, cell.rows) == (1, 1) {
                        String::new()
                    } else {
                        format!("{}x{} ", cell.columns, cell.rows)
                    };
                    format!("{head}{span}{}", words(&cell.content))
                });
                format!("{margin}{kind} {}", cells.collect::<Vec<_>>().join(" | "))
            };
            lines.extend(table.head.iter().map(|head| row("head", head)));
            lines.extend(table.rows.iter().map(|body| row("row", body)));
        }
        Block::Rule => lines.push(format!("{margin}rule")),
        Block::Quotation(_) | Block::Unattributed { .. } | Block::Footnote { .. } => {
            panic!("a page has neither")
        }
    }
}

fn inline_shown(body: &Body, inline: &Inline) -> String {
    let all = |form: &str, inlines: &[Inline]| {
        format!(
            "{form}[{}]",
            inlines
                .iter()
                .map(|inline| inline_shown(body, inline))
                .collect::<String>()
        )
    };
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
            "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav><a \
                href='/'>Home</a></nav>\n\
             <main><h1>Trade</h1><p>One <em>two</em>\n  \
             three.</p><hr><blockquote><p>Words</p></blockquote><script>x</script></main><footer>End</footer>\
             </body></html>"
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
    assert_eq!(
        check("<table><tr><td><p>a</p><p>b</p><ul><li>c<li>d</ul></td></tr></table>"),
        "table \nrow a/b/c/d"
    );
}

#[test]
fn lists_keep_their_kind_and_numbers() {
    assert_eq!(
        check("<ul><li>a<li><p>b</p><ol start=3><li>c</ol></ul>"),
        "list\n- item\n  p a\n- item\n  p b\n  list\n  - 3.\n    p c"
    );
    assert_eq!(check("<dl><dt>Term</dt><dd>What it is</dd></dl>"), "p b[Term]\np What it is");
    assert_eq!(check("<ul>a<li>b</ul>"), "list\n- item\n  p a\n- item\n  p b");
}

#[test]
fn tables_keep_captions_heads_and_spans() {
    assert_eq!(
        check(
            "<table><caption>Goods</caption><thead><tr><th>Year<th>Value</thead><tr><td>2024<td \
                rowspan=2>123<tr><td colspan=0>2025</table>"
        ),
        "table Goods\nhead #Year | #Value\nrow 2024 | 1x2 123\nrow 2025"
    );
    assert_eq!(check("<table><tr><th>A<th>B<tr><th>C<th>D</table>"), "table \nhead #A | #B\nrow #C | #D");
    assert_eq!(
        check(
            "<table><tfoot><tr><td>foot</tfoot><tr><td>body<caption>late</caption><thead><tr><td>head</thead>\
                </table>"
        ),
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
            "<p><a href='HTTPS://x.org/a b'>a</a> <a href='javascript:x'>b</a> <a \
                href='other%20page.html#n'>c</a> <a href='#n'>d</a> <a href='/r'>e</a> \
             <a href='//h/r'>f</a> <a name=g>g</a> <a href='x.html'></a></p>"
        ),
        "p a<HTTPS://x.org/a b>[a] a<nowhere>[b] a<File other page.html>[c] a<nowhere>[d] a<nowhere>[e] \
            a<nowhere>[f] g"
    );
    assert_eq!(
        check(
            "<p><img src=p.png alt='A\n map'><img src='data:image/png;base64,x'><img \
                src='https://t.org/1.gif' width=1><img alt='words'></p>"
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
        "<datalist><option>x</datalist>",
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
    assert_eq!(
        check("<details><summary>More</summary>a</details><dialog open>b</dialog><button>c</button>"),
        "p More\np a\np b\np c"
    );
    assert_eq!(check("<option>stray"), "p stray");
    assert_eq!(check("<svg><g><text>1990</text><text>2000</text></g></svg>"), "p 1990\np 2000");
    assert_eq!(check("<p><math><mi>x</mi><annotation>tex</annotation></math></p>"), "p x");
}

#[test]
fn what_only_a_browser_shows_is_read() {
    assert_eq!(
        check("<p><ruby>漢<rp>[</rp><rt>かん</rt><rp>]</rp></ruby>字 <q>so</q></p>"),
        "p ruby<かん>[漢]字 “so”"
    );
    assert_eq!(
        check("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>は"),
        "p ruby<とう>[東]ruby<きょう>[京]は"
    );
    assert_eq!(check("<ruby>東京</ruby>は<ruby><rt>x</rt></ruby>"), "p 東京は");
}

#[test]
fn every_word_knows_its_place_in_the_file() {
    let text = "<p>Fish &amp; chips,\r\n  <b>two</b> &notit; x</p><table>a &lt;<tr><td>é \
        &#233;</table><pre>l1\r\nl2\r</pre>";
    let body = page(text).body;
    let mut shown = Vec::new();
    leaves(&body.blocks, &mut |leaf| {
        let file = leaf.file.expect("every leaf of a page has a place");
        shown.push(format!("{:?} {:?}", body.text(leaf), &text[file.range()]));
    });
    assert_eq!(
        shown.join("\n"),
        "\"Fish \" \"Fish \"\n\"&\" \"&amp;\"\n\" chips,\" \" chips,\"\n\" \" \"\"\n\"two\" \"two\"\n\" \" \
            \" \"\n\"¬\" \"&notit;\"\n\"it\" \"\"\n\";\" \"\"\n\" x\" \" x\"\n\
         \"a \" \"a \"\n\"<\" \"&lt;\"\n\"é \" \"é \"\n\"é\" \"&#233;\"\n\"l1\" \"l1\"\n\"\\nl2\" \"\\nl2\""
    );
}

fn leaves(blocks: &[Block], each: &mut impl FnMut(Text)) {
    for block in blocks {
        match block {
            Block::Paragraph(words) | Block::Heading { content: words, .. } => leaves_of(words, each),
            Block::List { items, .. } => items.iter().for_each(|item| leaves(&item.blocks, each)),
            Block::Quote(blocks) | Block::Unattributed { blocks, .. } | Block::Footnote { blocks, .. } => {
                leaves(blocks, each)
            }
            Block::Code(texts) => texts.iter().for_each(|text| each(*text)),
            Block::Table(table) => {
                leaves_of(&table.caption, each);
                table
                    .head
                    .iter()
                    .chain(&table.rows)
                    .flat_map(|row| &row.cells)
                    .for_each(|cell| leaves_of(&cell.content, each));
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
            Inline::Image { .. }
            | Inline::Break
            | Inline::Edge
            | Inline::FootnoteRef(_)
            | Inline::Reference { .. }
            | Inline::Number(_) => {}
        }
    }
}

#[test]
fn what_is_raised_or_lowered_is_so_by_element_by_style_and_in_formulas() {
    assert_eq!(
        check("<p>10<sup>9</sup> H<sub>2</sub>O $11<sup>99</sup></p>"),
        "p 10sup[9] Hsub[2]O $11sup[99]"
    );
    for style in [
        "vertical-align:super",
        "position:relative;top:-.5em",
        "vertical-align: 40%",
        "font-variant-position:super",
    ] {
        assert_eq!(check(&format!("<p>10<span style='{style}'>9</span> x</p>")), "p 10sup[9] x", "{style}");
    }
    assert_eq!(check("<style>.e{vertical-align:sub}</style><p>H<span class=e>2</span>O"), "p Hsub[2]O");
    assert_eq!(
        check("<p>half <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of"),
        "p half sup[1]⁄sub[2] of"
    );
    assert_eq!(
        check("<math><msup><mn>10</mn><mn>9</mn></msup><msub><mi>H</mi><mn>2</mn></msub></math>"),
        "p 10sup[9]Hsub[2]"
    );
    assert_eq!(
        check("<p>1<sup>1</sup>/<sub>2</sub> n<sup>o</sup> 1<sup>er</sup> 12 m<sup>2</sup></p>"),
        "p 1sup[1]/sub[2] nsup[o] 1sup[er] 12 msup[2]"
    );
    assert_eq!(check("<pre>10<sup>9</sup>\nb</pre>"), "p 10sup[9]/b");
}

#[test]
fn references_to_notes_are_no_words() {
    for (typed, shown) in [
        ("41,200<sup><a href='#n1'>1</a></sup> people", "41,200^<1> people"),
        ("41,200<a href='#n1'><sup>1</sup></a> people", "41,200^<1> people"),
        ("clerk.<sup class=reference><a href='#n2'>[2]</a></sup> The", "clerk.^<[2]> The"),
        ("clerk.<sup>2</sup> The", "clerk.^<2> The"),
        ("41,200<a href='#fn3' role='doc-noteref'>3</a> people", "41,200<3> people"),
        ("41,200 <a href='#x'>[3]</a> people", "41,200 <[3]>people"),
        ("total<sup>*</sup> of", "total^<*> of"),
        ("41,200<span class=MsoFootnoteReference>[1]</span> people", "41,200<[1]> people"),
        (
            "41,200<a style='mso-footnote-id:ftn1' href='#_ftn1' \
                name='_ftnref1'><span><sup>[1]</sup></span></a> people",
            "41,200^<[1]> people",
        ),
        (
            "clerk.<sup class='noprint Inline-Template'>[<i><a href='/w'>citation needed</a></i>]</sup> The",
            "clerk.^<[citation needed]> The",
        ),
    ] {
        let read = check(&format!("<p>{typed}</p>"));
        let tight = |text: &str| text.replace("> ", ">").replace(" <", "<");
        assert_eq!(tight(&read), tight(&format!("p {shown}")), "{typed}");
    }
    assert_eq!(
        check("<p>41,200<sup>1</sup> and 10<sup>9</sup></p><p><sup>1</sup> Harbour book.</p>"),
        "p 41,200^<1> and 10sup[9]\np ^<1>Harbour book."
    );
    assert_eq!(
        check("<p>41,200<sup>1</sup> and 52<sup>2</sup></p><h2>Notes</h2><ol><li>A.<li>B.</ol>"),
        "p 41,200^<1> and 52^<2>\nh2 Notes\nlist\n- 1.\n  p A.\n- 2.\n  p B."
    );
    assert_eq!(
        check("<p>first.<sup>1</sup> 41,200<sup>2</sup> last.<sup>3</sup></p>"),
        "p first.^<1> 41,200^<2> last.^<3>"
    );
    assert_eq!(check("<ol><li id=fn1>Book. <a href='#fnref1'>↩</a></ol>"), "list\n- 1.\n  p Book.<↩>");
    assert_eq!(
        check("<p><a href='#a'>1</a> and <a href='#b'>Part 2</a>"),
        "p a<nowhere>[1] and a<nowhere>[Part 2]"
    );
}

#[test]
fn struck_words_are_struck_by_element_and_by_style() {
    assert_eq!(
        check("<p><del>41</del>52 carts <s>a</s> <strike>b</strike> <ins>c</ins>"),
        "p s[41]52 carts s[a] s[b] c"
    );
    assert_eq!(check("<p><span style='text-decoration: line-through red'>41</span> 52"), "p s[41] 52");
    assert_eq!(
        check("<style>.old{text-decoration-line:line-through}</style><p><b class=old>41</b> 52"),
        "p b[s[41]] 52"
    );
}

#[test]
fn lists_have_the_numbers_that_a_browser_shows() {
    let items = |list: &str| {
        let shown = check(list);
        shown
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("- ").map(str::to_string))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(items("<ol start=12><li>a<li>b<li value=20>c<li>d</ol>"), "12. 13. 20. 21.");
    assert_eq!(
        items("<ol type=a><li>a<li>b</ol><ol type=I start=4><li>a</ol><ol type=i start=9><li>a</ol>"),
        "a. b. IV. ix."
    );
    assert_eq!(items("<ol reversed><li>a<li>b<li>c</ol>"), "3. 2. 1.");
    assert_eq!(items("<ol start=-1><li>a<li>b</ol>"), "-1. 0.");
    assert_eq!(items("<ol style='list-style:none'><li>a</ol><ul><li>b</ul>"), "item item");
    assert_eq!(items("<style>ol{list-style-type:lower-roman}</style><ol><li>a<li>b</ol>"), "i. ii.");
    assert_eq!(items("<ol><li>a<li style='display:none'>x<li>b</ol>"), "1. 2.");
    assert_eq!(
        items(
            "<style>ol{counter-reset:c;list-style:none}ol>li::before{counter-increment:c;content:'(' \
                counter(c,lower-roman) ') '}</style><ol><li>a<li>b</ol>"
        ),
        "(i) (ii)"
    );
    assert_eq!(
        items(
            "<style>ol{counter-reset:s}li{display:block}li:before\
                {content:counters(s,'.') ' ';counter-increment:s}</style><ol><li>a<ol><li>b<li>c</ol><l\
                i>d</ol>"
        ),
        "1 1.1 1.2 2"
    );
    assert_eq!(
        items(
            "<style>@counter-style p{system:extends decimal;prefix:'(';suffix:') '}ol{list-style:p}</style><o\
                l start=3><li>a</ol>"
        ),
        "(3)"
    );
    assert_eq!(
        items("<style>li::marker{content:counter(list-item) ') '}</style><ol start=3><li>a<li>b</ol>"),
        "3) 4)"
    );
    assert_eq!(
        check(
            "<style>body{counter-reset:h}h2::before{counter-increment:h;content:'§ ' counter(h) ' '}</style><\
                h2>One</h2><h2>Two</h2>"
        ),
        "h2 #<§ 1>One\nh2 #<§ 2>Two"
    );
    assert_eq!(
        check("<table><tr><td><ol type=a><li>x<li>y</ol></td></tr></table>"),
        "table \nrow #<a.>x/#<b.>y"
    );
}

#[test]
fn what_style_hides_is_not_read() {
    let sheet = "<style>.a{display:none!important} #b{visibility:hidden} .c{position:absolute;clip:rect(0 0 \
        0 0);width:1px;height:1px;overflow:hidden}\
        .d:not(:focus){position:absolute;left:-10000px} p.e>i{opacity:0} @media print{.f{display:none}} \
        @media screen{.g{display:none}}\
        @media (max-width:600px){.h{display:none}} .k{display:none} .j .k{display:inline}</style>";
    for hidden in [
        "<i class=a>x</i>",
        "<i id=b>x</i>",
        "<i class=c>x</i>",
        "<i class=d>x</i>",
        "<i class=g>x</i>",
        "<i class=k>x</i>",
        "<i class=sf-hidden>x</i>",
        "<i class=sr-only>x</i>",
        "<i style='font-size:0'>x</i>",
        "<i style='font:0/0 a'>x</i>",
        "<i style='opacity:0'>x</i>",
        "<i style='display:inline-block;width:0;overflow:hidden'>x</i>",
        "<i style='position:absolute;clip-path:inset(50%)'>x</i>",
        "<i style='display:block;text-indent:-9999px'>x</i>",
        "<i style='display:inline-block;transform:scale(0)'>x</i>",
        "<div style='height:0;overflow:hidden'>x</div>",
        "<div style='max-height:0;overflow:hidden'>x</div>",
        "<div style='content-visibility:hidden'>x</div>",
        "<i style='clip-path:inset(100%)'>x</i>",
        "<i style='color:transparent'>x</i>",
        "<i popover>x</i>",
        "<i style='visibility:collapse'>x</i>",
    ] {
        let read = check(&format!("{sheet}<p>one {hidden} two</p>"));
        assert_eq!(
            read.replace('\n', " ").replace("p two", "two").replace("  ", " "),
            "p one two",
            "{hidden}"
        );
    }
    for seen in [
        "<i class=f>x</i>",
        "<i class=h>x</i>",
        "<i class=j><i class=k>x</i></i>",
        "<i style='visibility:hidden'><b style='visibility:visible'>x</b></i>",
        // What has no box of its own has no height that could be nothing, and cannot be moved
        "<i style='height:0;overflow:hidden'>x</i>",
        "<i style='transform:scale(0)'>x</i>",
        "<i style='content-visibility:hidden'>x</i>",
        "<div style='height:0;overflow:hidden;padding-bottom:56%'>x</div>",
        "<i style='color:white'>x</i>",
        "<i inert>x</i>",
    ] {
        assert!(check(&format!("{sheet}<p>one {seen} two</p>")).contains('x'), "{seen}");
    }
    assert_eq!(check("<p>Growth was <span style='font-size:0'>8</span>12 points"), "p Growth was 12 points");
    assert_eq!(check("<p>12<span style='visibility:hidden'>8</span>5"), "p 12 5");
}

#[test]
fn shadow_trees_are_read_in_place_with_their_slots_filled() {
    assert_eq!(
        check(
            "<story-card><template shadowrootmode=open><style>p{display:none}.s{color:red}</style><h2>Ferry \
                <slot name=n></slot> report</h2><div>It sank.</div><slot></slot></template>\
             <span slot=n>annual</span><p>The clerk agreed.</p></story-card><template><p>Never</p></template>"
        ),
        "h2 Ferry annual report\np It sank.\np The clerk agreed."
    );
    assert_eq!(check("<x-a><template shadowroot=open><slot>fallback</slot></template></x-a>"), "p fallback");
    assert_eq!(
        check("<x-a><template shadowrootmode=open>a <slot name=n>b</slot></template>lost</x-a>"),
        "p a b"
    );
}

#[test]
fn what_style_sets_on_the_line_is_not_raised_and_what_it_does_not_strike_stands() {
    let sheet = "<style>.n{vertical-align:baseline;font-size:100%} \
        .l{position:relative;top:-.5em;vertical-align:baseline} s,del{text-decoration:none}</style>";
    let read = |html: &str| check(&format!("{sheet}<p>{html}"));
    assert_eq!(read("10<sup class=n>9</sup>"), "p 109");
    assert_eq!(read("10<sup class=l>9</sup>"), read("10<sup>9</sup>"));
    assert_eq!(read("a <s>b</s>"), "p a b");
    assert_ne!(read("a <del>b</del>"), "p a b");
}

#[test]
fn a_formula_that_is_there_twice_is_read_once() {
    assert_eq!(
        check(
            "<p>Of <span class=katex><span \
                class=katex-mathml><math><semantics><mrow><mn>1</mn><mo>,</mo><mn>200</mn></mrow><annotation>\
                1{,}200</annotation></semantics></math></span>\
             <span class=katex-html aria-hidden=true><span>1</span><span>,</span><span>200</span></span></spa\
             n> men, <span class=MathJax_Preview>8</span><span class=MathJax>\
             <span class=math aria-hidden=true>8</span><span \
             class=MJX_Assistive_MathML><math><mn>8</mn></math></span></span> stood.</p>"
        ),
        "p Of 1,200 men, 8 stood."
    );
    assert_eq!(
        check(
            "<p><span><span style='display:none'><math><msup><mn>10</mn><mn>9</mn></msup></math></span><img \
                src=x.svg aria-hidden=true alt='10^9'></span> grains"
        ),
        "p 10sup[9] grains"
    );
}

#[test]
fn words_do_not_touch_where_style_parts_them() {
    let sheet = "<style>.k,.h{display:block}.f{display:flex}.l{float:left}.s::after{content:'·'}.b::after\
        {content:'';display:block}</style>";
    for parted in [
        "<a><span class=k>a</span><span class=h>B</span></a>",
        "<div class=f><span>a</span><span>B</span></div>",
        "<span style='display:table-cell'>a</span><span style='display:table-cell'>B</span>",
        "<span style='position:absolute'>a</span>B",
        "<span class=b>a</span>B",
        "<div>a<br>B</div>",
    ] {
        let read = check(&format!("{sheet}{parted}"));
        assert!(matches!(read.as_str(), "p a\np B" | "p a/B"), "{parted}: {read}");
    }
    assert_eq!(check(&format!("{sheet}<p><span class=s>a</span><span>b</span>")), "p a b");
    assert_eq!(check(&format!("{sheet}<p><span class=l>T</span>he ferry")), "p The ferry", "an initial");
    assert_eq!(
        check("<p><span>Photo</span><span>A patient</span> <b>un</b>lawful"),
        "p Photo|A patient b[un]lawful"
    );
    assert_eq!(check("<p>a<button>b</button>c"), "p a b c");
    assert_eq!(check("<p>in<select><option>Ulm<option selected>Bonn</select>now"), "p in now");
    assert_eq!(
        check(
            "<svg><text><tspan x=0>The ferry</tspan><tspan x=0 dy=12>sank</tspan></text><text>10<tspan \
                dy=-5>9</tspan></text></svg>"
        ),
        "p The ferry sank\np 10sup[9]"
    );
}

#[test]
fn hostile_styles_take_linear_time() {
    let n = 20_000;
    let path = InputPath::new("seeds/a.html").expect("relative");
    for (name, text) in [
        (
            "rules",
            format!("<style>{}</style>{}last", ".a{color:red}".repeat(n), "<i class=a>x</i>".repeat(n)),
        ),
        (
            "descendants",
            format!(
                "<style>{}</style>{}last",
                "i i i i i b{display:none}".repeat(n / 10),
                "<i>".repeat(400) + &"<b>x</b>".repeat(n)
            ),
        ),
        ("siblings", format!("<style>b~b~b~i{{display:none}}</style>{}last", "<b>x</b>".repeat(n))),
        ("nesting", format!("<style>{}", "a{".repeat(n)) + "</style>last"),
        ("functions", format!("<style>a{{width:{}", "calc(".repeat(n)) + "</style>last"),
        (
            "counters",
            format!(
                "<style>i{{counter-reset:a;content:counters(a,'.')}}</style>{}last",
                "<i>".repeat(n / 10)
            ),
        ),
        (
            "animations",
            format!(
                "<style>i{{animation:{}}}@keyframes a{{to{{{}}}}}</style>",
                "a 1s both,".repeat(n),
                "color:red;".repeat(n)
            ) + &"<i>x</i>".repeat(n / 10)
                + "last",
        ),
        (
            "scopes",
            format!(
                "<style>@scope (p) to ({}b){{{}}}</style>",
                "b,".repeat(n / 2),
                ".a{color:red}".repeat(n)
            ) + &"<i class=a>x</i>".repeat(n / 10)
                + "last",
        ),
        (
            "places of some",
            format!(
                "<style>i:nth-last-child(2 of .a){{color:red}}</style>{}last",
                "<i class=a>x</i>".repeat(n)
            ),
        ),
        ("sums", format!("<style>a{{width:{}", "calc((min(".repeat(n)) + "</style>last"),
        (
            "drawings",
            format!("<svg viewBox='{}'>{}</svg>last", "1 ".repeat(n), "<text x=1>x</text>".repeat(n / 10)),
        ),
        ("raised", "x.<sup>1</sup>".repeat(n) + "last"),
        ("attributes", format!("<p style='{}'>last", "color:red;".repeat(n))),
        (
            "shadows",
            "<x-a><template shadowrootmode=open><slot></slot>".repeat(200)
                + &"</template>y</x-a>".repeat(200)
                + "last",
        ),
    ] {
        let start = std::time::Instant::now();
        let Parsed { value, .. } = html(&path, &text);
        assert!(start.elapsed().as_secs() < 20, "{name}: {:?}", start.elapsed());
        assert!(value.body.reading.contains("last"), "{name}");
    }
}

/// The facts of a head, a line each.
fn facts(head: &str) -> String {
    let facts = page(&format!("<head>{head}</head><p>x")).facts;
    let mut lines = Vec::new();
    let mut say =
        |key: &str, value: Option<String>| lines.extend(value.map(|value| format!("{key}: {value}")));
    say("title", facts.title.map(|given| given.value));
    facts
        .author
        .into_iter()
        .for_each(|author| say("author", Some(author.value)));
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
            "<title>Trade | News</title><meta property='og:title' content='Trade &amp; deficit'><meta \
                name=author content='A. Writer'><meta name=author content='https://x.org/w'>\
             <meta property='og:site_name' content=News><meta property='article:published_time' \
             content='2026-01-29T10:00:00+07:00'><link rel='canonical' href='https://x.org/trade'>"
        ),
        "title: Trade & deficit\nauthor: A. Writer\npublisher: News\npublished: 2026-01-29\nurl: \
            https://x.org/trade"
    );
    assert_eq!(
        facts(
            "<title>x</title><script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \
                \"url\": \"https://x.org\"}, {\"headline\": \"Trade\", \"author\": [{\"name\": \"A\"}, \
                \"B\"], \
             \"datePublished\": \"2026-01-29\", \"publisher\": {\"name\": \"News\"}}]}</script>"
        ),
        "title: Trade\nauthor: A\nauthor: B\npublisher: News\npublished: 2026-01-29"
    );
    assert_eq!(
        facts(
            "<title> Only \n a title </title><meta name=date content='last week'><link rel=canonical \
                href='javascript:x'>"
        ),
        "title: Only a title"
    );
    assert_eq!(
        page("<html lang=vi><p>x")
            .facts
            .language
            .map(|given| given.value)
            .as_deref(),
        Some("vi")
    );
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
        (
            "fonts and paragraphs",
            (0..n / 20).map(|i| format!("<font a={i}>")).collect::<String>()
                + &"<p>x".repeat(n / 20)
                + "last",
        ),
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
        ("ruby", "<ruby>a<rt>b</rt></ruby>".repeat(n / 4) + "last"),
        ("ruby in ruby", "<ruby>last<rt>".repeat(n / 4) + "b"),
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
        text in "(<p>|</p>|<b>|</b>|<i>|<a href=x>|</a>|<div>|</div>|<ul>|<li>|</ul>|<table>|<tr>|<td>|<th>|<\
            caption>|</table>|<pre>|</pre>|<br>|<h2>|</h2>|<blockquote>|<q>|<rt>|<svg>|<text>|<template>|</te\
            mplate>|<!--|-->|<script>|</script>|&amp;|&lt|&|<|>|word| |  |\n|\r\n|\r|é|漢){0,60}"
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
