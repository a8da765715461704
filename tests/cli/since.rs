//! A source is revised under its notes: what is told with the text that they were last checked against, and
//! what without it.

use std::fs;

use crate::folder::{Folder, Said};

const BEFORE: &str = "The harbour took 1,200 ships in 2023, more than in any year since the war.\n
Two crews left the pier that night and did not come back before the morning.\n";

fn dossier(note: &str) -> Folder {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    folder.write("seeds/report.txt", BEFORE);
    folder.write("annotations/report.md", &format!("## A note\n\n> {note}\n"));
    let built = folder.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    folder
}

/// What `check` says once the source reads otherwise: with what was kept, and without it.
fn revised(folder: &Folder, text: &str) -> (Said, Said) {
    folder.write("seeds/report.txt", text);
    let with = folder.run(&["check"]);
    fs::rename(folder.path().join(".casebook"), folder.path().join("elsewhere")).expect("it was kept");
    let without = folder.run(&["check"]);
    fs::rename(folder.path().join("elsewhere"), folder.path().join(".casebook")).expect("and comes back");
    assert_eq!(with.code, without.code, "the verdict does not depend on it");
    let codes = |said: &Said| {
        said.stderr
            .lines()
            .filter(|line| line.contains("]: "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&with), codes(&without), "nor does what is wrong");
    assert!(!without.stderr.contains("last checked"), "{}", without.stderr);
    (with, without)
}

#[test]
fn words_that_the_source_has_changed() {
    let folder = dossier("Two crews left the pier that night");
    let (with, _) = revised(&folder, &BEFORE.replace("Two crews left", "Both crews quit"));
    assert_eq!(with.code, 1);
    assert!(
        with.stderr.contains(
            "the source was changed since this was last checked: it had `Two crews left the pier that night`, and now has `Both crews quit the pier that night`"
        ),
        "{}",
        with.stderr
    );
}

#[test]
fn a_figure_that_the_source_has_corrected() {
    let folder = dossier("The harbour took 1,200 ships in 2023");
    let (with, _) = revised(&folder, &BEFORE.replace("1,200", "1,300"));
    assert!(with.stderr.contains("error[figure-differs]"), "{}", with.stderr);
    assert!(with.stderr.contains(
        "it had `The harbour took 1,200 ships in 2023`, and now has `The harbour took 1,300 ships in 2023`"
    ));
}

#[test]
fn a_passage_that_is_gone() {
    let folder = dossier("Two crews left the pier that night and did not come back before the morning.");
    let (with, _) =
        revised(&folder, "The harbour took 1,200 ships in 2023, more than in any year since the war.\n");
    assert!(with.stderr.contains("error[quote-absent]"), "{}", with.stderr);
    assert!(
        with.stderr
            .contains("it had `Two crews left the pier that night and did not come back before the morning.`, and has nothing like it now")
    );
}

#[test]
fn which_of_two_places_is_the_old_one() {
    let folder = dossier("Two crews left the pier that night");
    let (with, _) =
        revised(&folder, &format!("Two crews left the pier that night, it was said elsewhere.\n\n{BEFORE}"));
    assert!(with.stderr.contains("error[quote-ambiguous]"), "{}", with.stderr);
    let told = with
        .stderr
        .find("where it stood when it was last checked")
        .expect("the old place is told");
    let other = with.stderr.find("note: place").expect("the other place is told");
    assert!(told < other, "the old place stands first:\n{}", with.stderr);
    assert!(
        with.stderr[told..].starts_with(
            "where it stood when it was last checked, the source has\n --> seeds/report.txt:5:1"
        ),
        "{}",
        with.stderr
    );
}

#[test]
fn what_was_kept_stays_until_the_note_is_mended() {
    let folder = dossier("Two crews left the pier that night");
    folder.write("seeds/report.txt", &BEFORE.replace("Two crews left", "Both crews quit"));
    for _ in 0..2 {
        let built = folder.run(&["build"]);
        assert_eq!(built.code, 1);
        assert!(built.stderr.contains("since this was last checked"), "{}", built.stderr);
    }
    folder.write("annotations/report.md", "## A note\n\n> Both crews quit the pier that night\n");
    assert_eq!(folder.run(&["build"]).code, 0);
    folder.write("seeds/report.txt", &BEFORE.replace("Two crews left", "Both crews fled"));
    let built = folder.run(&["build"]);
    assert!(
        built
            .stderr
            .contains("it had `Both crews quit the pier that night`, and now has `Both crews fled"),
        "{}",
        built.stderr
    );
    let texts = fs::read_dir(folder.path().join(".casebook"))
        .expect("it is there")
        .flatten();
    let texts = texts
        .filter(|file| file.file_name().to_string_lossy().starts_with("text-"))
        .count();
    assert_eq!(texts, 1, "what no note needs is forgotten");
}

#[test]
fn a_slip_of_the_writer_is_no_revision() {
    let folder = dossier("Two crews left the pier that night");
    folder.write("annotations/report.md", "## A note\n\n> Two crews quit the pier that night\n");
    folder.write("seeds/report.txt", &BEFORE.replace("the war", "the wars"));
    let said = folder.run(&["check"]);
    assert!(
        said.stderr.contains("error[quote-drifted]") && !said.stderr.contains("last checked"),
        "{}",
        said.stderr
    );
}

#[test]
fn damaged_memory_is_none() {
    let folder = dossier("Two crews left the pier that night");
    for file in fs::read_dir(folder.path().join(".casebook"))
        .expect("it is there")
        .flatten()
    {
        fs::write(file.path(), "{\"report\":[\"../../x\",\"../../x\"]}").expect("writable");
    }
    folder.write("seeds/report.txt", &BEFORE.replace("Two crews left", "Both crews quit"));
    let said = folder.run(&["build"]);
    assert_eq!(said.code, 1);
    assert!(!said.stderr.contains("last checked"), "{}", said.stderr);
}

#[test]
fn a_revision_can_be_followed_by_fix() {
    let folder = dossier("crews left the pier that night and did not come back");
    folder.write("seeds/report.txt", &BEFORE.replace("crews left the pier", "teams abandoned the quay"));
    let said = folder.run(&["check"]);
    assert!(said.stderr.contains("since this was last checked"), "{}", said.stderr);
    folder.run(&["fix", "--drift"]);
    let note = folder.read("annotations/report.md");
    assert!(note.contains("> teams abandoned the quay that night and did not come back\n"), "{note}");
    assert_eq!(folder.run(&["check"]).code, 0);
}
