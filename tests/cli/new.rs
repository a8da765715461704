//! `new`: what is appended or made, what is refused, and that nothing is overwritten.

use std::fs;

use crate::folder::Folder;

const REPORT: &str = "The harbour took 1,200 ships in 2023, more than in any year since the war.\n
The mayor opened the pier. The mayor opened the bridge.\n
Two crews left the pier that night and did not come back before the morning.\n";

fn dossier() -> Folder {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    folder.write("seeds/report.txt", REPORT);
    folder.write("seeds/report.txt.toml", "title = \"Report on the harbour\"\n");
    folder
}

#[test]
fn a_note_is_appended_by_every_name_of_its_source() {
    let folder = dossier();
    let first = folder.run(&["new", "note", "report", "Two crews left the pier"]);
    assert_eq!(
        (first.code, first.stdout.as_str(), first.stderr.as_str()),
        (0, "annotations/report.md:5\n", "")
    );
    let second = folder.run(&["new", "note", "Report on the Harbour", "the ==pier== that night"]);
    assert_eq!((second.code, second.stdout.as_str()), (0, "annotations/report.md:9\n"), "{}", second.stderr);
    let third = folder.run(&["new", "note", "seeds/report.txt", "Two", "crews", "left", "the", "pier"]);
    assert_eq!((third.code, third.stdout.as_str()), (0, "annotations/report.md:13\n"), "{}", third.stderr);
    assert_eq!(
        folder.read("annotations/report.md"),
        "---\nsource: report\n---\n\n## Two crews left the pier\n\n> Two crews left the pier\n\n\
         ## the pier that night\n\n> the ==pier== that night\n\n## Two crews left the pier (2)\n\n> Two crews left the pier\n"
    );
    assert_eq!(folder.run(&["check", "--strict"]).code, 0);
}

#[test]
fn a_note_goes_into_the_file_about_its_source_and_all_else_in_it_stays() {
    let folder = dossier();
    let file = "\u{feff}---\r\nsource: report\r\n---\r\n\r\nA remark.";
    folder.write("annotations/by-anna.md", file);
    let said = folder.run(&["new", "note", "report.txt", "took 1200 ships"]);
    assert_eq!((said.code, said.stdout.as_str()), (0, "annotations/by-anna.md:7\n"), "{}", said.stderr);
    assert_eq!(
        folder.read("annotations/by-anna.md"),
        format!("{file}\r\n\r\n## took 1200 ships\r\n\r\n> took 1200 ships\r\n")
    );
    assert_eq!(folder.tree("annotations").len(), 1, "nothing is left beside it");
}

#[test]
fn words_that_do_not_stand_are_told_of_as_a_build_does_and_not_written() {
    let folder = dossier();
    folder.write("casebook.toml", "[quotes]\ndrifted = \"warning\"\n");
    for (words, code) in [
        ("The mayor opened", "quote-ambiguous"),
        ("The harbour took 1,300 ships in 2023, more than in any year since the war.", "figure-differs"),
        ("Two crews quit the pier that night and did not come back before the morning.", "quote-drifted"),
        ("It rained all week in the hills.", "quote-absent"),
    ] {
        let said = folder.run(&["new", "note", "report", words, "--format", "short"]);
        assert_eq!(said.code, 1, "{words}: {}", said.stderr);
        assert!(
            said.stdout
                .contains(&format!("annotations/report.md:7:1: error[{code}]")),
            "{words}: {}",
            said.stdout
        );
        assert!(said.stderr.ends_with("nothing was written\n"), "{}", said.stderr);
    }
    assert_eq!(folder.run(&["new", "note", "report", " "]).code, 2);
    assert!(!folder.path().join("annotations").exists());
}

#[test]
fn a_source_that_is_not_there_is_wrong_usage() {
    let folder = dossier();
    let said = folder.run(&["new", "note", "reprot", "Two crews"]);
    assert_eq!(
        (said.code, said.stderr.as_str()),
        (2, "error: no source is called `reprot`\n  = help: did you mean `report`?\n")
    );
}

#[test]
fn a_file_that_a_note_cannot_be_added_to_stays_as_it_is() {
    let folder = dossier();
    folder.write("annotations/report.md", "## A\n\nWords.\n\n```\ncode\n");
    let said = folder.run(&["new", "note", "report", "Two crews"]);
    assert_eq!(said.code, 1);
    assert!(
        said.stderr
            .starts_with("error: a note at the end of `annotations/report.md` would not be read as one"),
        "{}",
        said.stderr
    );
    assert_eq!(folder.read("annotations/report.md"), "## A\n\nWords.\n\n```\ncode\n");
    let latin = b"## Caf\xe9\n\nWords.\n";
    fs::write(folder.path().join("annotations/report.md"), latin).expect("writable");
    let said = folder.run(&["new", "note", "report", "Two crews"]);
    assert_eq!(said.code, 1);
    assert!(
        said.stderr
            .starts_with("error: nothing can be added to `annotations/report.md`: it is no UTF-8 text"),
        "{}",
        said.stderr
    );
    assert_eq!(fs::read(folder.path().join("annotations/report.md")).expect("there"), latin);
}

#[test]
fn topics_and_claims_are_files_named_by_their_slug() {
    let folder = dossier();
    let topic = folder.run(&["new", "topic", "Tô Lâm: a life"]);
    assert_eq!(
        (topic.code, topic.stdout.as_str()),
        (0, "annotations/topics/to-lam-a-life.md:4\n"),
        "{}",
        topic.stderr
    );
    assert_eq!(folder.read("annotations/topics/to-lam-a-life.md"), "---\ntitle: \"Tô Lâm: a life\"\n---\n\n");
    let claim = folder.run(&["new", "claim", "The harbour grew", "-C", "."]);
    assert_eq!(
        (claim.code, claim.stdout.as_str()),
        (0, "annotations/claims/the-harbour-grew.md:4\n"),
        "{}",
        claim.stderr
    );
    let again = folder.run(&["new", "claim", "The  harbour grew!"]);
    assert_eq!((again.code, again.stdout.as_str()), (1, ""));
    assert!(
        again
            .stderr
            .starts_with("error: `annotations/claims/the-harbour-grew.md` exists already"),
        "{}",
        again.stderr
    );
    let clash = folder.run(&["new", "topic", "Report", "--format", "short"]);
    assert_eq!(clash.code, 1);
    assert!(clash.stdout.contains("error[duplicate-id]"), "{}", clash.stdout);
    let taken = folder.run(&["new", "topic", "Index", "--format", "short"]);
    assert!(taken.code == 1 && taken.stdout.contains("error[reserved-id]"), "{}", taken.stdout);
    assert_eq!(folder.run(&["new", "topic", "?!"]).code, 1);
    assert_eq!(folder.tree("annotations").len(), 2);
    assert_eq!(folder.run(&["check"]).code, 0);
}

#[test]
fn a_claim_may_be_declared_that_notes_name_already() {
    let folder = dossier();
    folder.write("annotations/report.md", "## A\n\n> Two crews left the pier\n\nsupports: harbour-grew\n");
    assert_eq!(folder.run(&["check"]).code, 1, "nothing declares it");
    let other = folder.run(&["new", "claim", "The harbour grew"]);
    assert_eq!(
        (other.code, other.stdout.as_str()),
        (0, "annotations/claims/the-harbour-grew.md:4\n"),
        "{}",
        other.stderr
    );
    let named = folder.run(&["new", "claim", "--id", "Harbour grew", "In 2023 the harbour grew"]);
    assert_eq!(
        (named.code, named.stdout.as_str()),
        (0, "annotations/claims/harbour-grew.md:4\n"),
        "{}",
        named.stderr
    );
    assert_eq!(
        folder.read("annotations/claims/harbour-grew.md"),
        "---\ntitle: In 2023 the harbour grew\n---\n\n"
    );
    assert_eq!(folder.run(&["check"]).code, 0);
    assert_eq!(folder.run(&["new", "claim", "--id", "??", "A"]).code, 1);
}

/// Whoever holds back a text does not publish it by the title of a note.
#[test]
fn the_title_of_a_note_says_no_word_of_a_withheld_source() {
    let held_back = [
        ("seeds/report.txt.toml", "rights = \"none\"\n"),
        ("seeds/report.txt.toml", "rights = \"excerpts\"\n"),
        ("seeds/report.txt.toml", "rights = \"nonne\"\n"),
        ("seeds/report.txt.toml", "rights = \"\"\n"),
        ("annotations/report.md", "---\nsource: report\nrights: none\n---\n"),
        ("annotations/other.md", "---\nsource: report\nrights: excerpts\n---\n"),
    ];
    for (path, text) in held_back {
        let folder = dossier();
        folder.write(path, text);
        let said = folder.run(&["new", "note", "report", "Two crews left the pier that night"]);
        let file = said.stdout.split(':').next().unwrap_or_default();
        assert!(!file.is_empty(), "{path} {text}: {}", said.stderr);
        let notes = folder.read(file);
        assert!(notes.contains("## Note\n\n> Two crews left"), "{path} {text}: {notes}");
    }
    let folder = dossier();
    folder.write("seeds/report.txt.toml", "rights = \"full\"\n");
    folder.run(&["new", "note", "report", "Two crews left the pier that night"]);
    assert!(
        folder
            .read("annotations/report.md")
            .contains("## Two crews left the pier that night")
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let folder = dossier();
    fs::create_dir(folder.path().join("elsewhere")).expect("writable");
    std::os::unix::fs::symlink("elsewhere", folder.path().join("annotations")).expect("links are possible");
    let said = folder.run(&["new", "topic", "Trade"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(folder.tree("elsewhere").is_empty());
}
