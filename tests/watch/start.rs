//! How `watch` begins and ends: ports, a broken first build, wrong settings, signals.

use std::net::TcpListener;

use super::run::{Dossier, Mode, program};

#[cfg(unix)]
#[test]
fn ctrl_c_and_a_request_to_end_are_no_failure() {
    for signal in ["-INT", "-TERM"] {
        let (status, said) = Dossier::new().watch(Mode::Native).end(signal);
        assert_eq!(status.code(), Some(0), "{signal}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn what_was_put_off_until_the_saves_pause_is_there_when_it_ends() {
    let mut watched = Dossier::new().watch(Mode::Native);
    watched.replace("annotations/how-a-quotation-is-checked.md", "Change a word", "Change one word");
    let page = "public/sources/how-a-quotation-is-checked.html";
    watched.until("the page", |watched| watched.read(page).contains("Change one word"));
    watched.stop("-INT");
    assert!(
        watched.public() == watched.clean().expect("the dossier is sound"),
        "it said:\n{}",
        watched.said()
    );
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_a_failure() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("it listens").port();
    let dossier = Dossier::new();
    let run = |arguments: &[&str]| {
        let output = program(&dossier.path(), arguments)
            .output()
            .expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["watch", "--no-open", "--port", &port.to_string()]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains(&format!("cannot listen on `port {port}`")), "{said}");
    dossier.write("casebook.toml", &format!("[watch]\nport = {port}\n"));
    let (code, said) = run(&["watch", "--no-open"]);
    assert_eq!(code, Some(4), "{said}");
}

#[test]
fn two_watch_beside_each_other_by_default() {
    let first = Dossier::new().watch_with(Mode::Native, &["--no-open"]);
    let second = Dossier::new().watch_with(Mode::Native, &["--no-open"]);
    assert_ne!(first.port(), second.port());
    assert!(first.get("/").0.starts_with("HTTP/1.1 200"));
    assert!(second.get("/").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn wrong_usage_ends_with_2() {
    let dossier = Dossier::new();
    let code = |arguments: &[&str]| {
        program(&dossier.path(), arguments)
            .output()
            .expect("the program starts")
            .status
            .code()
    };
    assert_eq!(code(&["watch", "nowhere"]), Some(2));
    assert_eq!(code(&["watch", "--no-open", "-o", "seeds"]), Some(2));
    assert_eq!(code(&["watch", "--open", "--no-serve"]), Some(2));
    assert_eq!(code(&["watch", "--port", "70000"]), Some(2));
    assert_eq!(code(&["watch", "--format", "sarif"]), Some(2));
    dossier.write("casebook.toml", "format = 99\n");
    assert_eq!(code(&["watch", "--no-open"]), Some(2), "settings that are wrong at the start");
}

#[test]
fn a_broken_first_build_is_waited_out() {
    for mode in [Mode::Native, Mode::Poll] {
        let dossier = Dossier::new();
        dossier.write(
            "annotations/bad.md",
            "---\nsource: what-a-check-does-not-say\n---\n\n## Bad\n\n> These words stand nowhere at all.\n",
        );
        let watched = dossier.watch(mode);
        assert!(watched.said().contains("error[quote-absent]"), "{}", watched.said());
        assert!(!watched.file("public").exists());
        let (head, body) = watched.get("/sources/anything.html");
        assert!(head.starts_with("HTTP/1.1 503"), "{head}");
        assert!(body.contains("There is no page yet") && body.contains("/~casebook/watch.js"), "{body}");
        let listening = watched.listen("/");
        watched.until("the mistake", |_| listening.told().contains("quote-absent"));
        watched.remove("annotations/bad.md");
        watched.until_clean();
        watched.until("the page", |_| listening.told().contains("reload"));
        assert!(watched.get("/").0.starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn without_a_server_it_builds_all_the_same() {
    let watched = Dossier::new().watch_with(Mode::Native, &["--no-serve"]);
    watched.write("seeds/new.txt", "A new source.\n");
    watched.until_clean();
    assert!(!watched.said().contains("http://"), "{}", watched.said());
}

#[test]
fn the_output_may_lie_elsewhere() {
    let watched = Dossier::new().watch_with(Mode::Native, &["--no-open", "--port", "0", "-o", "site"]);
    let lines = watched.lines();
    watched.write("seeds/new.txt", "A new source.\n");
    watched.until_said(lines, " changed in ");
    let site = watched.path().with_file_name("site");
    watched.until("the page", |_| site.join("sources/new.html").exists());
    assert!(!watched.file("public").exists());
    std::fs::remove_dir_all(&site).expect("removable");
    watched.until("the output", |_| site.join("sources/new.html").exists());
}

/// The text of a document between two lines.
fn block<'a>(document: &'a str, before: &str) -> &'a str {
    document
        .split_once(before)
        .and_then(|(_, rest)| rest.split_once("\n```"))
        .expect("the document shows it")
        .0
}

/// Times and ports are of the day.
fn without_numbers(said: &str) -> String {
    let words = said.split(' ').collect::<Vec<_>>();
    let is_time = |i: usize| i > 0 && words[i - 1] == "in" && words[i].parse::<f64>().is_ok();
    let mask = |i: usize| match i {
        i if is_time(i) => "N",
        i if i > 0 && is_time(i - 1) => words[i].trim_start_matches('m'),
        i => words[i],
    };
    let masked = (0..words.len()).map(mask).collect::<Vec<_>>().join(" ");
    match masked
        .split_once("http://localhost:")
        .and_then(|(before, rest)| Some((before, rest.split_once('/')?.1)))
    {
        Some((before, after)) => format!("{before}http://localhost:N/{after}"),
        None => masked,
    }
}

#[test]
fn it_says_what_the_documents_show() {
    let readme = std::fs::read_to_string("README.md").expect("README is there");
    let commands = std::fs::read_to_string("docs/commands.md").expect("the document is there");
    let (text, note) = (block(&readme, "\n```text\n"), block(&readme, "\n```markdown\n"));
    let dossier = Dossier::of(&[
        ("seeds/minutes.txt", &format!("{text}\n")),
        ("annotations/minutes.md", &format!("{note}\n")),
    ]);
    assert!(
        program(&dossier.path(), &["build", "-q"])
            .output()
            .expect("the program starts")
            .status
            .success()
    );
    let watched = dossier.watch_with(Mode::Native, &["--no-open"]);
    let lines = watched.lines();
    watched.replace("annotations/minutes.md", "The clerk does not say", "The clerk did not say");
    watched.until_said(lines, " changed in ");
    for document in [readme, commands] {
        let shown = block(&document, "\n$ casebook watch my-dossier\n").replace("my-dossier", "d");
        assert_eq!(without_numbers(&watched.said()), without_numbers(&shown));
    }
}

#[test]
fn it_says_what_caused_a_build_and_what_came_of_it() {
    let watched = Dossier::new().watch(Mode::Poll);
    let said = watched.said();
    assert!(
        said.starts_with(
            "watching `d`\nlooking for changes several times a second: as you asked\nbuilt 2 sources, "
        ),
        "{said}"
    );
    let lines = watched.lines();
    watched.replace("annotations/pages/home.md", "\n\n", "\n\nMore. ");
    watched.until_said(lines, " changed in ");
    let said = watched.said_since(lines);
    assert!(said.starts_with("`annotations/pages/home.md`: ") && said.contains("index.html"), "{said}");
}
