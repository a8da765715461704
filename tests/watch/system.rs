//! Where the system cannot be heard, or does not let us work: it is said, with the remedy, and all is done as
//! soon as it can be.

use std::fs;
use std::process::{Command, Stdio};

use super::run::{Dossier, Mode};

const HOME: &str = "annotations/pages/home.md";

/// A shell of its own, in which the system's limits can be lowered for whatever it starts. `None`, and said
/// so, where there is none.
fn limits() -> Option<&'static [&'static str]> {
    let shell = ["unshare", "--user", "--map-root-user"];
    let tried = Command::new(shell[0])
        .args(&shell[1..])
        .args(["test", "-w", "/proc/sys/user/max_inotify_watches"])
        .stderr(Stdio::null())
        .status();
    if tried.is_ok_and(|status| status.success()) {
        return Some(&["unshare", "--user", "--map-root-user"]);
    }
    eprintln!("skipped: limits cannot be lowered here for one program alone");
    None
}

#[test]
fn without_watchers_it_looks_by_itself_and_says_what_to_raise() {
    for (limit, remedy) in
        [("instances", "fs.inotify.max_user_instances"), ("watches", "fs.inotify.max_user_watches")]
    {
        let Some(shell) = limits() else { return };
        let watched =
            Dossier::new().watch_after(shell, &format!("echo 0 > /proc/sys/user/max_inotify_{limit}"));
        let said = watched.said();
        assert!(
            said.starts_with(
                "watching `d`\nlooking for changes several times a second: the system's limit of watche"
            ),
            "{said}"
        );
        assert!(said.contains(&format!("(raise `{remedy}`)")), "{said}");
        watched.replace(HOME, "\n\n", "\n\nFound. ");
        watched.until_clean();
    }
}

#[test]
fn a_limit_that_is_reached_later_ends_hearing_and_nothing_else() {
    let Some(shell) = limits() else { return };
    let watched = Dossier::new().watch_after(shell, "echo 20 > /proc/sys/user/max_inotify_watches");
    assert!(!watched.said().contains("several times a second"), "{}", watched.said());
    for i in 0..40 {
        watched.write(&format!("seeds/f{i}/s.txt"), &format!("Source number {i} says so.\n"));
    }
    watched.until_clean();
    watched.until("the reason", |watched| {
        watched
            .said()
            .contains("looking for changes several times a second: the system")
    });
    watched.write("seeds/f39/s.txt", "Another text.\n");
    watched.until_clean();
}

/// Written by another name of the file, outside of what is listened to: no system tells of it.
#[test]
fn a_change_that_is_not_announced_is_found() {
    let watched = Dossier::new().watch(Mode::Native);
    watched.write("seeds/twice.txt", "A text.\n");
    watched.write(".elsewhere/folder", "");
    fs::hard_link(watched.file("seeds/twice.txt"), watched.file(".elsewhere/twice.txt"))
        .expect("a file may have two names");
    // That it has another name was announced, and is looked at before this
    watched.replace(HOME, "\n\n", "\n\nHeard. ");
    watched.until_clean();
    watched.write(".elsewhere/twice.txt", "Another text.\n");
    watched.until_clean();
    watched.until("the reason", |watched| {
        watched
            .said()
            .contains("looking for changes several times a second: the system did not announce a change")
    });
    watched.write(".elsewhere/twice.txt", "A third text.\n");
    watched.until_clean();
}

/// Somebody holds every file open that the program may open. It comes to itself when they let go.
#[test]
fn too_many_open_files_pass() {
    let watched = Dossier::new().watch_after(&["env"], "ulimit -n 48");
    let silent: Vec<_> = (0..100)
        .filter_map(|_| std::net::TcpStream::connect(("127.0.0.1", watched.port())).ok())
        .collect();
    watched.replace(HOME, "\n\n", "\n\nAll the same. ");
    watched.until_clean();
    drop(silent);
    assert!(watched.get("/").1.contains("All the same."));
}

/// As a full disk: nothing can be written, and later it can.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said_once_and_tried_again() {
    let watched = Dossier::new().watch_after(&["env"], "trap '' XFSZ");
    let good = watched.public();
    if !watched.limit("--fsize=0:unlimited") {
        eprintln!("skipped: limits of a running program cannot be set here");
        return;
    }
    let lines = watched.lines();
    watched.replace(HOME, "\n\n", "\n\nFirst. ");
    watched.until_said(lines, "cannot write");
    for words in ["Second.", "Third."] {
        let before = watched.ticks().expect("Linux tells");
        watched.replace(HOME, "\n\n", &format!("\n\n{words} "));
        watched.until("another try", |watched| watched.ticks().is_some_and(|ticks| ticks > before + 3));
    }
    let said = watched.said_since(lines);
    assert_eq!(said.matches("error").count(), 1, "{said}");
    assert!(said.contains("`d/public` is as it was"), "{said}");
    // What begins with a dot may be the next try, on its way
    let public = watched.public();
    assert!(
        good.keys()
            .filter(|path| !path.starts_with('.'))
            .all(|path| public.get(path) == good.get(path)),
        "{said}"
    );
    assert!(watched.limit("--fsize=unlimited:unlimited"));
    watched.until_said(lines, "it works again");
    watched.until_clean();
}

/// A laptop that is closed, a terminal that is stopped.
#[cfg(unix)]
#[test]
fn what_happened_while_it_slept_is_found() {
    let watched = Dossier::new().watch(Mode::Native);
    watched.signal("-STOP");
    watched.replace(HOME, "\n\n", "\n\nAt night. ");
    watched.write("seeds/deep/deeper/deepest/new.txt", "A new source.\n");
    watched.remove("annotations/topics/limits.md");
    watched.signal("-CONT");
    watched.until_clean();
}

/// The dossier is named by a link to it: what is written there is known as our own.
#[cfg(unix)]
#[test]
fn a_dossier_behind_a_link_is_heard_and_at_rest() {
    for mode in [Mode::Native, Mode::Poll] {
        let dossier = Dossier::new();
        let (path, other) = (dossier.path(), dossier.path().with_file_name("elsewhere"));
        fs::rename(&path, &other)
            .and_then(|()| std::os::unix::fs::symlink(&other, &path))
            .expect("links can be made");
        let watched = dossier.watch(mode);
        for words in ["Once.", "Twice."] {
            let lines = watched.lines();
            watched.replace(HOME, "\n\n", &format!("\n\n{words} "));
            watched.until_clean();
            watched.until_said(lines, "changed in");
            assert_eq!(
                watched.said_since(lines).matches(" changed in ").count(),
                1,
                "{}",
                watched.said_since(lines)
            );
        }
    }
}
