//! The server, tried from outside: what it serves, whom it answers, what an open page is told, and that
//! nothing that is sent to it does harm.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::run::{Dossier, Mode, Watched};

const HOME: &str = "annotations/pages/home.md";

/// The page as it was published: without the script and what it needs of the policy.
fn as_published(page: &str) -> String {
    let (before, rest) = page
        .rsplit_once("<script src=\"/~casebook/watch.js\"")
        .expect("the script is there");
    let (_, after) = rest.split_once("</script>").expect("the script ends");
    format!("{before}{after}")
}

/// A page without its policy, and the policy, unescaped.
fn parted(page: &str) -> (String, String) {
    let (before, rest) = page
        .split_once("Content-Security-Policy\" content=\"")
        .expect("a policy");
    let (policy, after) = rest.split_once('"').expect("the policy ends");
    (format!("{before}{after}"), policy.replace("&#39;", "'").replace("&#x27;", "'"))
}

#[test]
fn what_is_served_is_what_is_published_but_for_the_script_and_its_policy() {
    same_as_published(&Dossier::new().watch(Mode::Native));
}

pub fn same_as_published(watched: &Watched) {
    let mut pages = 0;
    for (path, bytes) in watched.public().iter().filter(|(path, _)| !path.starts_with('.')) {
        let (head, body) = watched.get(&format!("/{path}"));
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        let published = String::from_utf8_lossy(bytes);
        if !path.ends_with(".html") {
            assert_eq!(body, published, "{path}");
            continue;
        }
        pages += 1;
        let (served, policy) = parted(&as_published(&body));
        let (text, own) = parted(&published);
        assert_eq!(served, text, "{path}");
        match path.as_str() {
            "404.html" => assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}"),
            _ => assert_eq!(policy, format!("{own}; connect-src 'self'"), "{path}"),
        }
    }
    assert!(pages > 8);
    let (head, body) = watched.get("/nowhere.html");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    assert_eq!(parted(&as_published(&body)).0, parted(&watched.read("public/404.html")).0);
}

#[test]
fn every_answer_keeps_to_itself() {
    let watched = Dossier::new().watch(Mode::Native);
    for path in
        ["/", "/nowhere", "/~casebook/watch.js", "/~casebook/watch.css", "/~casebook/events", "/~everything/"]
    {
        let (head, _) = watched.get(path);
        for line in [
            "cache-control: no-store",
            "cross-origin-resource-policy: same-origin",
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
        ] {
            assert!(head.contains(line), "{path}: {head}");
        }
        assert!(!head.contains("access-control"), "{path}: {head}");
    }
}

#[test]
fn our_own_names_are_answered_and_heads_have_no_body() {
    let watched = Dossier::new().watch(Mode::Native);
    let port = watched.port();
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let more =
            format!("Origin: http://{host}:{port}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors");
        for request in ["GET", "HEAD"] {
            let answer = watched
                .raw(format!("{request} /index.html HTTP/1.1\r\nHost: {host}:{port}\r\n{more}\r\nConnection: close\r\n\r\n").as_bytes());
            assert!(answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
            assert_eq!(answer.contains("<html"), request == "GET", "{host}: {answer}");
        }
    }
}

/// Not even the port is open to anybody but this machine.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_loopback_alone() {
    let watched = Dossier::new().watch(Mode::Native);
    let port = format!(":{:04X}", watched.port());
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"]
        .map(|table| std::fs::read_to_string(table).unwrap_or_default())
        .concat();
    // The second field is the address, the fourth the state: 0A listens
    let fields = tables
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|fields| fields.get(3) == Some(&"0A"));
    let open: Vec<&str> = fields.filter_map(|fields| fields[1].strip_suffix(&*port)).collect();
    assert!(!open.is_empty());
    for address in open {
        assert!(["0100007F", "00000000000000000000000001000000"].contains(&address), "{address}");
    }
}

/// Every file of the dossier but those of `.casebook`, which are still being written when the site is served
/// already.
fn all_but_memory(watched: &Watched) -> super::run::Files {
    super::run::files(&watched.path())
        .into_iter()
        .filter(|(path, _)| !path.starts_with(".casebook/"))
        .collect()
}

#[test]
fn nobody_else_is_answered() {
    let mut watched = Dossier::new().watch(Mode::Native);
    let port = watched.port();
    let before = all_but_memory(&watched);
    let ours = format!("Host: localhost:{port}");
    let check = |request: String, expected: &[&str]| {
        let answer = watched.raw(request.as_bytes());
        let status = answer.split(' ').nth(1).unwrap_or("closed").to_owned();
        assert!(expected.contains(&status.as_str()), "{request:?}: {answer}");
        assert!(!answer.contains("<html") && !answer.contains("xyzzy"), "{request:?}: {answer}");
    };
    for host in [
        "evil.example",
        "localhost",
        "127.0.0.2",
        "evil.localhost",
        "localhost.evil.example",
        "[::2]",
        "0.0.0.0",
    ] {
        for target in ["/", "/sources.html", "/~everything/", "/~casebook/watch.js", "/~casebook/events"] {
            check(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), &["421"]);
            check(
                format!("GET {target} HTTP/1.1\r\nHost: {host}:{port}1\r\nConnection: close\r\n\r\n"),
                &["421"],
            );
        }
    }
    check("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(), &["400", "421"]);
    check("GET / HTTP/1.0\r\n\r\n".to_owned(), &["421"]);
    check(
        format!("GET / HTTP/1.1\r\n{ours}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        &["400", "421"],
    );
    check(format!("GET http://evil.example/ HTTP/1.1\r\n{ours}\r\nConnection: close\r\n\r\n"), &["421"]);
    for origin in [
        "null",
        "http://evil.example",
        &format!("https://localhost:{port}"),
        "http://localhost:1",
        "http://localhost",
    ] {
        for target in ["/", "/~everything/", "/~casebook/events"] {
            check(
                format!("GET {target} HTTP/1.1\r\n{ours}\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n"),
                &["403"],
            );
        }
    }
    for (site, mode) in [
        ("cross-site", "no-cors"),
        ("same-site", "cors"),
        ("cross-site", "navigate"),
        ("cross-site", "websocket"),
    ] {
        for target in ["/", "/~casebook/watch.js", "/~casebook/events"] {
            check(
                format!(
                    "GET {target} HTTP/1.1\r\n{ours}\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nConnection: close\r\n\r\n"
                ),
                &["403"],
            );
        }
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW"] {
        check(
            format!(
                "{method} /index.html HTTP/1.1\r\n{ours}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
            ),
            &["400", "405", "421"],
        );
    }
    for target in [
        "/../casebook.toml",
        "/..%2fcasebook.toml",
        "/%2e%2e/casebook.toml",
        "/..%5ccasebook.toml",
        "/....//casebook.toml",
        "//casebook.toml",
        "/sources/../casebook.toml",
        "/sources/..%2f..%2fcasebook.toml",
        "/%252e%252e/casebook.toml",
        "/casebook.toml",
        "/.casebook/published",
        "/seeds/what-a-check-does-not-say.txt",
        "/annotations/pages/home.md",
        "/index.html%00.css",
        "/index.html/",
        "/index.html::$DATA",
        "/INDEX.HTML",
        "/index.html.",
        "/.casebook.json",
        "/%c0%ae%c0%ae/casebook.toml",
        "/file:///etc/passwd",
        "/~everything/../casebook.toml",
        "/~casebook/../casebook.toml",
        "/~casebook/",
        "/~casebook/nothing",
        "/@fs/etc/passwd",
        "/index.html?raw",
        "/C:/Windows/win.ini",
    ] {
        let answer =
            watched.raw(format!("GET {target} HTTP/1.1\r\n{ours}\r\nConnection: close\r\n\r\n").as_bytes());
        let status = answer.split(' ').nth(1).unwrap_or("closed");
        let expected = if target == "/index.html?raw" { "200" } else { "404" };
        assert_eq!(status, expected, "{target}: {answer}");
        assert!(
            !answer.contains("[dossier]") && !answer.contains("root:") && !answer.contains("xyzzy"),
            "{target}: {answer}"
        );
    }
    assert!(watched.is_alive());
    assert!(all_but_memory(&watched) == before, "nothing was written");
    assert!(watched.get("/").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn what_is_no_request_does_no_harm() {
    let mut watched = Dossier::new().watch(Mode::Native);
    let port = watched.port();
    let long = "x".repeat(100_000);
    let many: String = (0..1000).map(|i| format!("X-{i}: y\r\n")).collect();
    let requests = [
        "\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: -1\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
        ),
        format!("GET / HTTP/1.1\r\nHost : localhost:{port}\r\n\r\n"),
        format!("GET /\u{1} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET * HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"),
    ];
    for request in &requests {
        let mut stream = watched.connect();
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert!(watched.is_alive());
    assert!(watched.get("/").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn slow_clients_hold_up_nobody() {
    let watched = Dossier::new().watch(Mode::Native);
    // More than are let in at once, none of which says what it wants
    let silent: Vec<_> = (0..300)
        .filter_map(|_| std::net::TcpStream::connect(("127.0.0.1", watched.port())).ok())
        .collect();
    let began = Instant::now();
    assert!(watched.get("/").0.starts_with("HTTP/1.1 200"));
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    // One that says what it wants letter by letter, and one that never reads what it is told
    let mut letters = watched.connect();
    let mut deaf = watched.connect();
    let request = format!("GET /data/dossier.json HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", watched.port());
    let _ = deaf.write_all(request.repeat(200).as_bytes());
    let began = Instant::now();
    while letters.write_all(b"x").and_then(|()| letters.flush()).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(30), "it is listened to for ever");
        assert!(watched.get("/").0.starts_with("HTTP/1.1 200"));
        // Time is what this is about
        std::thread::sleep(Duration::from_millis(100));
    }
    // The first of the silent were shown the door
    for mut stream in silent.into_iter().take(3) {
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a time can be set");
        let mut rest = Vec::new();
        assert!(stream.read_to_end(&mut rest).is_ok(), "closed by the server");
    }
}

#[test]
fn listening_needs_this_runs_secret() {
    let watched = Dossier::new().watch(Mode::Native);
    for query in ["", "?run=", "?run=00000000000000000000000000000000", "?run[]=1", "?page=index.html"] {
        let (head, _) = watched.get(&format!("/~casebook/events{query}"));
        assert!(head.starts_with("HTTP/1.1 403"), "{query}: {head}");
    }
}

#[test]
fn an_open_page_is_told_of_its_own_changes_alone() {
    let watched = Dossier::new().watch(Mode::Native);
    let home = watched.listen("/index.html");
    let source = watched.listen("/sources/what-a-check-does-not-say.html");
    watched.until("the report", |_| {
        home.told().contains("event: report") && source.told().contains("event: report")
    });
    watched.replace(HOME, "\n\n", "\n\nMore. ");
    watched.until("the change", |_| home.told().contains("{\"do\":\"reload\"}"));
    watched.until_clean();
    // Both are told in one go, so what the other will not be told now it is never told
    watched.replace("annotations/what-a-check-does-not-say.md", "kind: doubt", "kind: question");
    watched.until("the other change", |_| source.told().contains("reload"));
    assert_eq!(source.told().matches("reload").count(), 1, "{}", source.told());
    assert_eq!(home.told().matches("reload").count(), 1, "{}", home.told());
}

#[test]
fn a_stylesheet_is_changed_without_a_reload() {
    let watched = Dossier::new().watch(Mode::Native);
    let page = watched.listen("/index.html");
    watched.write("templates/assets/casebook.css", "body { color: teal }\n");
    watched.until("the sheet", |_| page.told().contains("\"do\":\"sheet\""));
    assert!(!page.told().contains("reload"), "{}", page.told());
    let told = page.told();
    let sheet = told
        .split("\"sheet\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("its address");
    assert_eq!(watched.get(sheet).1, "body { color: teal }\n");
}

#[test]
fn mistakes_come_and_go_with_links_into_the_editor() {
    let watched = Dossier::new().watch(Mode::Native);
    let page = watched.listen("/index.html");
    watched.until("the report", |_| page.told().contains("\"mistakes\":[]"));
    let good = watched.get("/sources/what-a-check-does-not-say.html").1;
    watched.replace(
        "annotations/what-a-check-does-not-say.md",
        "a choice can mislead",
        "a choice may mislead",
    );
    watched.until("the mistake", |_| page.told().contains("quote-drifted"));
    let told = page.told();
    assert!(told.contains("\"held\":true"), "{told}");
    assert!(
        told.contains("vscode://file/") && told.contains("/d/annotations/what-a-check-does-not-say.md:"),
        "{told}"
    );
    assert!(told.contains("\"page\":\"sources/what-a-check-does-not-say.html#n-choice\""), "{told}");
    assert_eq!(
        watched.get("/sources/what-a-check-does-not-say.html").1,
        good,
        "the last good page is served"
    );
    watched.replace(
        "annotations/what-a-check-does-not-say.md",
        "a choice may mislead",
        "a choice can mislead",
    );
    watched.until("the mistake to go", |_| page.told().matches("\"mistakes\":[]").count() == 2);
}

#[test]
fn the_second_view_shows_what_is_held_back_and_the_published_one_never() {
    let watched = Dossier::new().watch(Mode::Native);
    watched.write("annotations/pages/plan.md", "---\ntitle: My plan\ndraft: true\n---\n\nNot yet: plugh.\n");
    watched.until("the draft", |watched| {
        watched
            .get("/~everything/pages/plan.html")
            .0
            .starts_with("HTTP/1.1 200")
    });
    let (_, plan) = watched.get("/~everything/pages/plan.html");
    assert!(plan.contains("plugh") && plan.contains("class=\"badge\""), "{plan}");
    let source = "sources/how-a-quotation-is-checked.html";
    let (_, mine) = watched.get(&format!("/~everything/{source}"));
    assert!(mine.contains("xyzzy") && mine.contains(&format!("data-other=\"/{source}\"")), "{mine}");
    assert!(mine.to_lowercase().contains("private"), "it is marked");
    for (path, bytes) in watched.public() {
        let published = String::from_utf8_lossy(&bytes);
        assert!(!published.contains("xyzzy") && !published.contains("plugh"), "{path}");
        if path.ends_with(".html") && !path.starts_with('.') {
            let (_, served) = watched.get(&format!("/{path}"));
            assert!(!served.contains("xyzzy") && !served.contains("plugh"), "{path}");
            assert!(served.contains(&format!("data-other=\"/~everything/{path}\"")), "{path}");
        }
    }
    assert!(watched.get("/pages/plan.html").0.starts_with("HTTP/1.1 404"));
    // An open page of the second view is told of its changes too
    let page = watched.listen(&format!("/~everything/{source}"));
    watched.until("the report", |_| page.told().contains("event: report"));
    watched.replace("annotations/how-a-quotation-is-checked.md", "xyzzy", "xyzzy again");
    watched.until("the change", |_| page.told().contains("reload"));
}

#[test]
fn where_nothing_is_held_back_there_is_one_view() {
    let dossier = Dossier::new();
    let notes = dossier.read("annotations/how-a-quotation-is-checked.md");
    dossier.write(
        "annotations/how-a-quotation-is-checked.md",
        notes.split("## Mine alone").next().expect("the notes before it"),
    );
    let watched: Watched = dossier.watch(Mode::Native);
    assert!(!watched.get("/").1.contains("data-other"));
}
