//! `fix`: what is corrected, what is only shown, and what is never touched.

use std::fs;

use crate::folder::Folder;

const REPORT: &str = "The harbour took 1,200 ships in 2023, more than in any year since the war.\n
Two crews left the pier that night and did not come back before the morning.\n";

/// A misspelt field (safe), words that drifted (with `--drift`), and a figure that differs (never).
const NOTES: &str = "## Crews\n\n> Two crews left the pier that night and did not come back before the mornning.\n\ntopcs: harbour\n
## Ships\n\n> The harbour took 1,300 ships in 2023, more than in any year since the war.\n";

fn dossier() -> Folder {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    folder.write("seeds/report.txt", REPORT);
    folder.write("annotations/report.md", NOTES);
    folder
}

#[test]
fn safe_corrections_are_made_and_the_rest_is_a_diff() {
    let folder = dossier();
    let seeds = folder.tree("seeds");
    let said = folder.run(&["fix"]);
    assert_eq!(said.code, 1, "errors are left: {}", said.stderr);
    assert_eq!(folder.read("annotations/report.md"), NOTES.replace("topcs", "topics"));
    let (made, left) = said
        .stdout
        .split_once("# yours")
        .expect("what was corrected, and what was not");
    assert!(made.starts_with("# what `casebook fix` corrects\n--- a/annotations/report.md\n"), "{made}");
    assert!(made.contains("\n-topcs: harbour\n+topics: harbour\n"), "{made}");
    assert_eq!(
        format!("# yours{left}"),
        "# yours to decide: not applied by `casebook fix`\n--- a/annotations/report.md\n+++ b/annotations/report.md\n@@ -1,6 +1,6 @@\n ## Crews\n \n\
         -> Two crews left the pier that night and did not come back before the mornning.\n\
         +> Two crews left the pier that night and did not come back before the morning.\n \n topics: harbour\n \n"
    );
    assert!(
        said.stderr.contains("error[figure-differs]") && said.stderr.contains("error[quote-drifted]"),
        "{}",
        said.stderr
    );
    assert!(!said.stderr.contains("misspelt"), "{}", said.stderr);
    assert!(
        said.stderr.ends_with(
            "made 1 correction in 1 file; 1 correction left to you, see the diff; 2 errors left\n"
        ),
        "{}",
        said.stderr
    );
    assert_eq!(folder.tree("seeds"), seeds);
    assert_eq!(folder.tree("annotations").len(), 1, "nothing is left beside it");
}

#[test]
fn drift_is_corrected_when_asked_for_and_a_figure_never() {
    let folder = dossier();
    let said = folder.run(&["fix", "--drift"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stdout.starts_with("# what `casebook fix` corrects\n"), "{}", said.stdout);
    assert!(
        said.stdout
            .contains("before the mornning.\n+> Two crews left the pier"),
        "{}",
        said.stdout
    );
    assert_eq!(
        folder.read("annotations/report.md"),
        NOTES.replace("topcs", "topics").replace("mornning", "morning")
    );
    folder.write("annotations/report.md", &folder.read("annotations/report.md").replace("1,300", "1,200"));
    let said = folder.run(&["fix", "--drift"]);
    assert_eq!((said.code, said.stdout.as_str()), (0, ""), "{}", said.stderr);
    assert_eq!(said.stderr, "nothing to correct; no mistakes\n");
}

#[test]
fn drift_never_harms() {
    let report = "At dawn the two boats left the northern pier and sailed for the outer island in the first week of the strike, twelve miles away, \
                  for a fee of forty pounds, and nobody on shore saw them again.\n";
    for (quoted, changed) in [
        // a head and a tail that are not the source's, and words between that are not
        ("Quietly, at dawn the two boats left the northern pier and sailed for the outer island", false),
        ("the two boats left the northern pier and sailed for the outer island with all their crew", false),
        ("the two boats left the northern old pier and sailed for the outer island", false),
        // an ordinal, a number, a unit, a currency, a negation, a name
        ("sailed for the outer island in the second week of the strike", false),
        ("sailed for the outer island in the third week of the strike", false),
        ("the three boats left the northern pier and sailed for the outer island", false),
        ("in the first week of the strike, twelve kilometres away", false),
        ("twelve miles away, for a fee of forty dollars", false),
        ("for a fee of forty pounds, and somebody on shore saw them again", false),
        ("for a fee of forty pounds, and nobody in Harlow saw them again", false),
        ("At dawn the two boats quit the northern pier and sailed for the outer island", false),
        ("At dawn the two boats left the nothern pier and sailed for the outer island", false),
        ("At dawn the two boats left the norrthern pier and sailed for the outer island", true),
    ] {
        let folder = Folder::new();
        folder.write("casebook.toml", "format = 1\n");
        folder.write("seeds/report.txt", report);
        let notes = format!("## A\n\n> {quoted}\n");
        folder.write("annotations/report.md", &notes);
        folder.run(&["fix", "--drift"]);
        assert_eq!(folder.read("annotations/report.md") != notes, changed, "{quoted}");
    }
}

#[test]
fn nothing_is_corrected_by_a_source_whose_encoding_is_a_guess() {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    let latin =
        b"At dawn the two boats left the caf\xe9 on the northern pier and sailed for the outer island.\n";
    fs::create_dir_all(folder.path().join("seeds")).expect("writable");
    fs::write(folder.path().join("seeds/report.txt"), latin).expect("writable");
    let notes = "## A\n\n> At dawn the two boats left the caf\u{e9} on the norrthern pier and sailed for the outer island.\n";
    folder.write("annotations/report.md", notes);
    folder.run(&["fix", "--drift"]);
    assert_eq!(folder.read("annotations/report.md"), notes);
    folder.write("seeds/report.txt.toml", "encoding = \"windows-1252\"\n");
    folder.run(&["fix", "--drift"]);
    assert_eq!(folder.read("annotations/report.md"), notes.replace("norrthern", "northern"));
    assert_eq!(folder.run(&["check", "--strict"]).code, 0, "what a person says is no guess");
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let folder = dossier();
    let said = folder.run(&["fix", "--dry-run"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let (first, second) = said.stdout.split_once("# yours to decide").expect("two parts");
    assert!(first.starts_with("# what `casebook fix` corrects\n--- a/annotations/report.md\n"), "{first}");
    assert!(
        first.contains("\n-topcs: harbour\n+topics: harbour\n") && !first.contains("+> Two crews"),
        "{first}"
    );
    assert!(second.contains("\n+> Two crews left") && second.contains("\n topics: harbour\n"), "{second}");
    assert!(!said.stderr.contains("error["), "the diff only: {}", said.stderr);
    assert_eq!(folder.read("annotations/report.md"), NOTES);
    let json = folder.run(&["fix", "--dry-run", "--drift", "--format", "json"]);
    let lines: Vec<serde_json::Value> = json
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0]["path"].as_str(), lines[0]["applied"].as_bool()),
        (Some("annotations/report.md"), Some(true))
    );
}

#[test]
fn a_file_keeps_its_mark_and_its_line_ends() {
    let folder = dossier();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    folder.write("annotations/report.md", &windows(NOTES));
    folder.run(&["fix", "--drift"]);
    assert_eq!(
        folder.read("annotations/report.md"),
        windows(&NOTES.replace("topcs", "topics").replace("mornning", "morning"))
    );
}

#[test]
fn a_file_in_another_encoding_is_named_and_skipped() {
    let folder = dossier();
    let latin = b"## Caf\xe9 au bord de la mer, \xe0 c\xf4t\xe9\n\nd\xe9j\xe0 vu\n\n## B\n\ntopcs: harbour\n";
    fs::write(folder.path().join("annotations/report.md"), latin).expect("writable");
    let said = folder.run(&["fix"]);
    assert!(
        said.stderr
            .contains("skipped annotations/report.md: it is no UTF-8 text"),
        "{}",
        said.stderr
    );
    assert_eq!(fs::read(folder.path().join("annotations/report.md")).expect("there"), latin);
}

#[test]
fn settings_that_cannot_be_read_are_mended_first_and_facts_beside_seeds_are_only_shown() {
    let folder = dossier();
    folder.write("annotations/report.md", "A remark.\n");
    folder.write("casebook.toml", "[dossier]\ntitle = Ships\n");
    folder.write("seeds/report.txt.toml", "titel = \"Report\"\n");
    assert_eq!(folder.run(&["check"]).code, 2);
    let said = folder.run(&["fix"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(folder.read("casebook.toml"), "[dossier]\ntitle = \"Ships\"\n");
    assert_eq!(folder.read("seeds/report.txt.toml"), "titel = \"Report\"\n");
    assert!(said.stdout.contains("-titel = \"Report\"\n+title = \"Report\"\n"), "{}", said.stdout);
}

#[test]
fn what_says_where_words_are_from_is_told_and_never_written_into_them() {
    for end in ["(report)", "– [[report]]", "— report"] {
        let folder = dossier();
        let notes = format!(
            "## Ships\n\n> The harbour took 1,200 ships in 2023, more than in any year since the war. {end}\n"
        );
        folder.write("annotations/report.md", &notes);
        let said = folder.run(&["fix", "--drift"]);
        assert_eq!(folder.read("annotations/report.md"), notes, "{end}");
        assert!(
            said.stderr.contains("attribution-without-source") && said.stderr.contains("([[its-id]])"),
            "{end}: {}",
            said.stderr
        );
        assert!(!said.stdout.contains("Two"), "{end}: {}", said.stdout);
    }
}

/// A file that somebody keeps as it is stays so, and its corrections are left to the person.
#[cfg(unix)]
#[test]
fn a_file_that_is_kept_as_it_is_stays_so_and_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = dossier();
    let file = folder.path().join("annotations/report.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("ours");
    let said = folder.run(&["fix"]);
    let reason = "skipped annotations/report.md: it is read-only; allow writing to it first and run `casebook fix` again\n";
    assert!(said.stderr.contains(reason) && said.stderr.contains("nothing to correct"), "{}", said.stderr);
    assert_eq!((said.code, folder.read("annotations/report.md").as_str()), (1, NOTES));
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o444);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("ours");
    fs::hard_link(&file, folder.path().join("copy.md")).expect("this disk has links");
    let said = folder.run(&["fix"]);
    assert!(
        said.stderr
            .contains("skipped annotations/report.md: it has a second name on this disk"),
        "{}",
        said.stderr
    );
    assert_eq!(folder.read("copy.md"), NOTES);
    assert_eq!(fs::metadata(&file).expect("there").nlink(), 2);

    fs::remove_file(folder.path().join("copy.md")).expect("there");
    assert!(folder.run(&["fix"]).stderr.contains("made 1 correction in 1 file"));
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.tree("annotations").len(), 1, "nothing is left beside it");
}

/// The settings are a file like any other.
#[cfg(unix)]
#[test]
fn settings_that_are_read_only_stay_as_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = dossier();
    folder.write("casebook.toml", "[dossier]\ntitle = Ships\n");
    fs::set_permissions(folder.path().join("casebook.toml"), fs::Permissions::from_mode(0o400))
        .expect("ours");
    let said = folder.run(&["fix"]);
    assert!(said.stderr.contains("skipped casebook.toml: it is read-only"), "{}", said.stderr);
    assert_eq!((said.code, folder.read("casebook.toml").as_str()), (2, "[dossier]\ntitle = Ships\n"));
}
