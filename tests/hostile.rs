//! Whatever stands in a dossier, pages hold what we wrote and words: no element, attribute or address of its
//! author's choice.
//!
//! The payloads are those of sanitisers' own tests (`../shared/corpora`, or `$CASEBOOK_CORPORA`), put into
//! every place that takes text: title, note title, quotation, comment, field, topic, file name, front matter,
//! address. Pages are judged as a browser parses them. Mistakes in such dossiers are welcome, a panic is not;
//! the site is rendered all the same.

mod support;

use std::collections::BTreeMap;

use support::dossier::{build, corpus};
use support::judge;

/// How many payloads share a dossier: enough to be quick, few enough that a failure points somewhere.
const BATCH: usize = 24;

fn payloads(file: &str, key: &str) -> Option<Vec<(String, String)>> {
    let text = corpus(file)?;
    let of = |line: &str| -> Option<(String, String)> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        Some((value.get("id")?.as_str()?.to_string(), value.get(key)?.as_str()?.to_string()))
    };
    Some(
        text.lines()
            .map(|line| of(line).unwrap_or_else(|| panic!("{file}: a line without `id` and `{key}`: {line}")))
            .collect(),
    )
}

#[test]
fn markup_of_attackers() {
    for file in
        ["hostile/dompurify.jsonl", "hostile/owasp-filter-evasion.jsonl", "hostile/markdown-it-xss.jsonl"]
    {
        judge_all(file, "payload");
    }
}

#[test]
fn naughty_strings() {
    judge_all("hostile/blns.jsonl", "payload");
}

#[test]
fn every_example_of_markdown() {
    for file in ["markdown/commonmark-spec.jsonl", "markdown/gfm-spec.jsonl"] {
        judge_all(file, "markdown");
    }
}

/// A trial of all payloads takes minutes: `./test --all`. Every run takes one of four.
fn pace() -> usize {
    if std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty()) { 1 } else { 4 }
}

fn judge_all(file: &str, key: &str) {
    let Some(payloads) = payloads(file, key) else { return };
    assert!(payloads.len() > 10, "{file} holds almost nothing");
    let mut complaints: BTreeMap<String, String> = BTreeMap::new();
    let some: Vec<(String, String)> = payloads.into_iter().step_by(pace()).collect();
    for batch in some.chunks(BATCH) {
        let first = &batch[0].0;
        let built = build(&dossier(batch));
        assert!(built.files.len() > batch.len(), "{first} and on: hardly a page was made");
        for (path, page) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            for complaint in judge::unsafe_parts(path, page)
                .into_iter()
                .chain(judge::comments(path, page))
            {
                complaints
                    .entry(
                        complaint
                            .split_once(": ")
                            .map_or(complaint.clone(), |(_, words)| words.to_string()),
                    )
                    .or_insert(format!("{path}, of {first} and on"));
            }
        }
    }
    let told: Vec<String> = complaints
        .iter()
        .take(60)
        .map(|(words, place)| format!("  {words}   ({place})"))
        .collect();
    assert!(complaints.is_empty(), "{file}: {} complaints\n{}", complaints.len(), told.join("\n"));
}

/// A dossier with each payload in every place.
fn dossier(batch: &[(String, String)]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("annotations/pages/home.md".to_string(), home(batch))];
    for (number, (_, payload)) in batch.iter().enumerate() {
        let line = one_line(payload);
        let quoted = yaml(payload);
        let facts = format!(
            "title: {quoted}\nauthor: [{quoted}]\npublisher: {quoted}\nurl: {quoted}\narchive: {quoted}\nlanguage: {quoted}\naliases: [{quoted}]\n"
        );
        let mut add = |path: String, text: String| files.push((path, text.into_bytes()));
        add(format!("seeds/text-{number}.txt"), format!("Before. {payload}\n\nAfter."));
        add(
            format!("seeds/mark-{number}.md"),
            format!("---\n{facts}---\n\n{payload}\n\nAfter {line} here.\n"),
        );
        add(
            format!("seeds/page-{number}.html"),
            format!(
                "<title>{payload}</title><meta name=author content=\"{payload}\"><p>Before.</p>{payload}<p>After."
            ),
        );
        add(format!("seeds/bare-{number}.html"), payload.clone());
        add(format!("seeds/{} {number}.txt", file_name(payload)), format!("Named. {payload}"));
        add(
            format!("seeds/text-{number}.txt.toml"),
            format!("title = {}\nurl = {}\n", toml_text(payload), toml_text(payload)),
        );
        add(format!("annotations/text-{number}.md"), notes(&format!("text-{number}"), payload));
        add(format!("annotations/mark-{number}.md"), notes(&format!("mark-{number}"), payload));
        add(format!("annotations/page-{number}.md"), notes(&format!("page-{number}"), payload));
        add(
            format!("annotations/topics/{} topic {number}.md", file_name(payload)),
            format!(
                "---\ntitle: {quoted}\naliases: [{quoted}]\nkind: person\nsame-as: [{quoted}]\n---\n\n{payload}\n"
            ),
        );
        add(
            format!("annotations/claims/claim-{number}.md"),
            format!("---\ntitle: {quoted}\nstatus: open\n---\n\n{payload}\n"),
        );
        add(
            format!("annotations/pages/essay-{number}.md"),
            format!("---\ntitle: {quoted}\nformer-ids: [{quoted}]\n---\n\n{payload}\n\n[{line}]({line})\n"),
        );
    }
    files
}

fn notes(source: &str, payload: &str) -> String {
    let line = one_line(payload);
    let quoted: String = payload.lines().map(|line| format!("> {line}\n")).collect();
    format!(
        "---\nsource: {source}\nby: {}\n---\n\n{payload}\n\n## {line}\n\n{quoted}\nkind: doubt\npage: {line}\nref: {line}\nlanguage: {line}\nby: {line}\n\
         figure: {line}, 2024 = 5 {line}\nconfidence: high\n\n{payload}\n\n[[{source}|{line}]] [{line}]({line}) ![{line}]({line})\n\n\
         ## Second {{#{line}}}\n\n> After\n> — {line} [[text-0]] {line}\n\ntopics: {line}\n\n<{line}>\n",
        yaml(payload)
    )
}

fn home(batch: &[(String, String)]) -> Vec<u8> {
    let mut text = "---\ntitle: Home\n---\n\n".to_string();
    for (_, payload) in batch {
        let line = one_line(payload);
        text.push_str(&format!("{payload}\n\n| {line} | b |\n| - | - |\n| `{line}` | [x]({line}) |\n\n```{line}\n{payload}\n```\n\n"));
    }
    text.into_bytes()
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

/// A YAML scalar in double quotes.
fn yaml(text: &str) -> String {
    serde_json::Value::String(one_line(text)).to_string()
}

fn toml_text(text: &str) -> String {
    let mut out = "\"".to_string();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// As much of a payload as a file's name may hold.
fn file_name(text: &str) -> String {
    let name: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\'))
        .take(60)
        .collect();
    format!("x{}", name.trim_end_matches('.'))
}

/// Our own payloads, where the corpora are not: the positions are the same.
#[test]
fn a_handful_of_our_own() {
    let own = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "</title></head></body></html>",
        "{{ 1234 * 1001 }}{% include \"base.html\" %}{# x #}",
        "<svg/onload=alert(1)>",
        "<!-- --!> <img src=x onerror=alert(1)> -->",
        "]]><script>alert(1)</script>",
        "[x](javascript:alert(1)) ![x](data:text/html,x)",
        "\u{202e}drowssap\u{202c}",
        "../../../../etc/passwd",
        "CON",
        "a:b",
        "<style>*{display:none}</style>",
        "<base href=//example.org>",
        "\u{0}\u{1}\u{7f}\u{85}\u{2028}",
    ];
    let batch: Vec<(String, String)> = own
        .iter()
        .map(|payload| ("own".to_string(), payload.to_string()))
        .collect();
    let built = build(&dossier(&batch));
    let pages = built.files.iter().filter(|(path, _)| path.ends_with(".html"));
    let complaints: Vec<String> = pages
        .flat_map(|(path, page)| [judge::unsafe_parts(path, page), judge::comments(path, page)].concat())
        .collect();
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
    for page in built.files.values() {
        assert!(!String::from_utf8_lossy(page).contains("1235234"), "a template in a text was run");
    }
}

/// The judge itself: it must see what it is there to see.
#[test]
fn the_judge_sees() {
    let policy =
        "<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";
    let bad = [
        "<script>1</script>",
        "<style>p{}</style>",
        "<p style='x'>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<a href=' JAVA\tSCRIPT:x'>",
        "<img src=https://x>",
        "<iframe></iframe>",
        "<form></form>",
        "<svg><script></script></svg>",
        "<math></math>",
        "<a href=/x>",
        "<a href=//x>",
        "<base href=x>",
        "<a href=data:x>",
        "<link rel=stylesheet href=https://x>",
        "<object></object>",
        "<svg><a xlink:href='javascript:x'>",
    ];
    for page in bad {
        assert!(!judge::unsafe_parts("x.html", format!("{policy}<p>{page}").as_bytes()).is_empty(), "{page}");
    }
    let good = format!(
        "{policy}<a href=x.html>x</a> <a href=https://x rel=noopener>x</a> <a href=mailto:x>x</a><script src=a.js></script><mark id=x>x</mark>"
    );
    assert_eq!(judge::unsafe_parts("x.html", good.as_bytes()), Vec::<String>::new());
    assert!(!judge::unsafe_parts("x.html", b"<p>no policy").is_empty());
}
