//! Files for programs: the feed, the map of the site, and the data, as they are for one small dossier with
//! one of everything.

mod support;

use support::dossier::{Built, build, publish, shipped};

const SETTINGS: &str = "[dossier]\ntitle = \"Yards & dogs\"\ndescription = \"Who let them out?\"\nbase_url = \"https://example.org/a/\"\n";

/// Two sources, one of them undated, with what a feed must not trip over in their titles.
fn ground(settings: &str) -> Built {
    let files = [
        ("casebook.toml", settings),
        ("seeds/report.txt", "The gate was open. The dogs were asleep.\n"),
        ("seeds/nguồn.txt", "The gate was shut.\n"),
        ("seeds/undated.txt", "Nobody was named.\n"),
        (
            "annotations/report.md",
            "---\nsource: report\ntitle: Report <of> the \"gate\"\nauthor: A. Person\npublished: 2024-05\ncaptured: 2024-06-01\n---\n\n\
             ## The gate & the dogs\n\n> The gate was open\n\ntopics: gate\nmade: 2024-07-02\n\nPublished.\n",
        ),
        (
            "annotations/nguồn.md",
            "---\nsource: nguồn\ntitle: Nguồn\npublisher: Báo\npublished: 2024-05-03\n---\n",
        ),
    ];
    build(&files.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())))
}

fn text(built: &Built, path: &str) -> String {
    built
        .files
        .get(path)
        .map(|bytes| String::from_utf8(bytes.clone()).expect("exports are UTF-8"))
        .unwrap_or_default()
}

#[test]
fn the_feed_tells_the_newest_first_and_no_date_of_today() {
    assert_eq!(
        text(&ground(SETTINGS), "feed.xml"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Yards &amp; dogs</title>
<subtitle>Who let them out?</subtitle>
<id>https://example.org/a/</id>
<link rel="alternate" type="text/html" href="https://example.org/a/"/>
<link rel="self" type="application/atom+xml" href="https://example.org/a/feed.xml"/>
<updated>2024-07-02T00:00:00Z</updated>
<author><name>Yards &amp; dogs</name></author>
<entry>
<title>Report &lt;of&gt; the &quot;gate&quot;</title>
<id>https://example.org/a/sources/report.html</id>
<link rel="alternate" type="text/html" href="https://example.org/a/sources/report.html"/>
<published>2024-05-01T00:00:00Z</published>
<updated>2024-07-02T00:00:00Z</updated>
<author><name>A. Person</name></author>
<summary>May 2024 · 1 note</summary>
<content type="html">&lt;ul&gt;&lt;li&gt;&lt;a href=&quot;https://example.org/a/sources/report.html#n-the-gate-the-dogs&quot;&gt;The gate &amp;amp; the dogs&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt;</content>
</entry>
<entry>
<title>Nguồn</title>
<id>https://example.org/a/sources/nguon.html</id>
<link rel="alternate" type="text/html" href="https://example.org/a/sources/nguon.html"/>
<published>2024-05-03T00:00:00Z</published>
<updated>2024-05-03T00:00:00Z</updated>
<summary>Báo · 3 May 2024 · 0 notes</summary>
</entry>
</feed>
"#
    );
}

/// Every page but the one for what is not there.
#[test]
fn the_map_names_every_page_that_is_meant_to_be_found() {
    let built = ground(SETTINGS);
    let map = text(&built, "sitemap.xml");
    let named: Vec<&str> = map
        .lines()
        .filter_map(|line| {
            line.strip_prefix("<url><loc>https://example.org/a/")?
                .strip_suffix("</loc></url>")
        })
        .collect();
    let pages = built
        .files
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".html") && *path != "404.html");
    let mut pages: Vec<&str> = pages
        .map(|path| if path == "index.html" { "" } else { path })
        .collect();
    pages.sort_unstable();
    let mut sorted = named.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, pages);
    assert_eq!(map.lines().count(), named.len() + 3, "{map}");
}

#[test]
fn without_a_base_url_there_is_neither() {
    let built = ground("[dossier]\ntitle = \"Yards\"\n");
    assert_eq!([text(&built, "feed.xml"), text(&built, "sitemap.xml")], ["", ""]);
}

/// A dossier of which each source may be shown to another degree.
fn rights() -> Built {
    let long = format!(
        "{0} {0} Before it stands this. The quoted core of it, said twice. After it stands that. {0}",
        "Words that nobody quotes."
    );
    let notes = |source: &str, rights: &str| {
        format!(
            "---\nsource: {source}\nrights: {rights}\n---\n\n## =Core {{#core}}\n\n> The ==quoted core== of it\n\nsupports: said\n\
             figure: cores, 2024 = 2\ndate: 2024\nby: A. Person\n\nA *comment*, with [[said]].\n"
        )
    };
    let files = [
        ("seeds/full.txt", long.clone()),
        ("seeds/some.txt", long.clone()),
        ("seeds/none.txt", long),
        ("annotations/full.md", notes("full", "full")),
        ("annotations/some.md", notes("some", "excerpts")),
        ("annotations/none.md", notes("none", "none")),
        ("annotations/claims/said.md", "---\ntitle: It was said\n---\n".to_string()),
    ];
    build(&files.map(|(path, text)| (path.to_string(), text.into_bytes())))
}

#[test]
fn annotations_hold_what_the_pages_show_and_no_more() {
    let built = rights();
    let collection: serde_json::Value =
        serde_json::from_str(&text(&built, "data/annotations.jsonld")).expect("it is JSON");
    let items = collection["first"]["items"].as_array().expect("a page of items");
    let quoted = items.iter().map(|item| {
        let selector = &item["target"][0]["selector"][0];
        format!(
            "{} {} {} {}",
            item["target"][0]["source"], selector["prefix"], selector["exact"], selector["suffix"]
        )
    });
    assert_eq!(
        quoted.collect::<Vec<_>>().join("\n"),
        r#""../sources/full.html" "tes. Before it stands this. The " "quoted core" " of it, said twice. After it sta"
"../sources/none.html" null null null
"../sources/some.html" "The " "quoted core" " of it, said twice.""#
    );
    assert_eq!(items[0]["id"], "../sources/full.html#n-core");
    assert_eq!(
        items[0]["body"][0]["value"],
        "<p>A <em>comment</em>, with <a href=\"../claims/said.html\">It was said</a>.</p>\n"
    );
    assert_eq!(items[0]["cito:supports"][0]["id"], "../claims/said.html");
    assert_eq!(
        (&items[0]["dc:title"], &items[0]["creator"][0]["name"]),
        (&"=Core".into(), &"A. Person".into())
    );
}

#[test]
fn tables_are_safe_in_a_spreadsheet() {
    let built = rights();
    assert_eq!(
        text(&built, "data/notes.csv").replace('\r', ""),
        "\
\u{feff}source,id,number,title,kind,quotation,quoted_source,topics,supports,disputes,mentions,date,said,by,made,confidence,page,address
full,core,1,\"'=Core\",comment,The quoted core of it,full,,said,,,2024,,A. Person,,,,../sources/full.html#n-core
none,core,,\"'=Core\",comment,,none,,said,,,2024,,A. Person,,,,../sources/none.html#n-core
some,core,1,\"'=Core\",comment,The quoted core of it,some,,said,,,2024,,A. Person,,,,../sources/some.html#n-core
"
    );
    assert_eq!(
        text(&built, "data/figures.csv").replace('\r', ""),
        "\
\u{feff}measure,period,source,note,value,agreement
cores,2024,full,core,2,same
cores,2024,none,core,2,same
cores,2024,some,core,2,same
"
    );
}

#[test]
fn every_file_of_data_is_what_its_name_says() {
    let built = rights();
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.starts_with("data/")) {
        let text = String::from_utf8(bytes.clone()).expect("data are UTF-8");
        match path.rsplit('.').next() {
            Some("json" | "jsonld") => drop(
                serde_json::from_str::<serde_json::Value>(&text)
                    .unwrap_or_else(|error| panic!("{path}: {error}")),
            ),
            Some("csv") => assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{path}"),
            _ => assert_eq!(text.matches("@misc{").count(), 3, "{path}"),
        }
    }
    assert_eq!(built.files.keys().filter(|path| path.starts_with("data/")).count(), 10);
}

/// Each of them was gone through by hand: two sources say what cannot both be so.
#[test]
fn the_shipped_dossier_contradicts_itself_in_four_places_and_says_so_first() {
    let site = publish(&shipped(), &[]);
    let data: serde_json::Value =
        serde_json::from_slice(&site.files["data/dossier.json"]).expect("it is JSON");
    let found = data["contradictions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|found| found["between_sources"] == true);
    let claims: Vec<&str> = found.filter_map(|found| found["claim"].as_str()).collect();
    assert_eq!(
        claims,
        ["one-agreement", "partnership-aimed-at-china", "trong-led-the-restructuring", "viet-nam-balances"]
    );
    let front = String::from_utf8_lossy(&site.files["index.html"]).into_owned();
    let first = front
        .split("class=\"found\"")
        .nth(1)
        .expect("what was found stands on the front page");
    for claim in claims {
        assert!(first.contains(&format!("href=\"claims/{claim}.html\"")), "{claim} is not told of");
    }
}
