//! Files for programs: the feed, the map of the site, and the data, as they are for one small dossier with one of everything.

mod support;

use support::dossier::{Built, build};

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
        ("annotations/nguồn.md", "---\nsource: nguồn\ntitle: Nguồn\npublisher: Báo\npublished: 2024-05-03\n---\n"),
    ];
    build(&files.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())))
}

fn text(built: &Built, path: &str) -> String {
    built.files.get(path).map(|bytes| String::from_utf8(bytes.clone()).expect("exports are UTF-8")).unwrap_or_default()
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
    let named: Vec<&str> =
        map.lines().filter_map(|line| line.strip_prefix("<url><loc>https://example.org/a/")?.strip_suffix("</loc></url>")).collect();
    let pages = built.files.keys().map(String::as_str).filter(|path| path.ends_with(".html") && *path != "404.html");
    let mut pages: Vec<&str> = pages.map(|path| if path == "index.html" { "" } else { path }).collect();
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
