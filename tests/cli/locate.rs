//! `locate`: where words stand, what is answered where they do not, and how it ends.

use crate::folder::Folder;

fn dossier() -> Folder {
    let folder = Folder::new();
    folder.write("casebook.toml", "format = 1\n");
    folder.write(
        "seeds/report.md",
        "# Report\n\nThe mayor opened the pier in spring. The mayor opened the bridge.\n\nTwo “crews” *left* the pier that night and did not come back before the morning, said the clerk.\n",
    );
    folder.write("seeds/letter.txt", "He writes that the mayor opened the bridge.\n");
    folder
}

#[test]
fn words_are_found_with_place_verdict_and_context() {
    let folder = dossier();
    let exact = folder.run(&["locate", "the pier that night"]);
    assert_eq!(
        (exact.code, exact.stdout.as_str(), exact.stderr.as_str()),
        (
            0,
            "seeds/report.md:5:20 exact \"… opened the bridge. Two “crews” left [the pier that night] and did not come back before the …\"\n",
            ""
        )
    );
    let typographic = folder.run(&["locate", "Two \"crews\" left"]);
    assert_eq!(typographic.code, 0);
    assert!(typographic.stdout.starts_with("seeds/report.md:5:1 typographic \"… "), "{}", typographic.stdout);
    let json = folder.run(&["locate", "Two \"crews\" left", "--format", "json"]);
    let place: serde_json::Value = serde_json::from_str(&json.stdout).expect("one line of JSON");
    assert_eq!(
        (place["source"].as_str(), place["line"].as_u64(), place["words"].as_str()),
        (Some("report"), Some(5), Some("Two “crews” left"))
    );
}

#[test]
fn several_places_are_all_listed_and_end_with_1() {
    let folder = dossier();
    let said = folder.run(&["locate", "The mayor opened"]);
    assert_eq!(said.code, 1);
    let places: Vec<&str> = said
        .stdout
        .lines()
        .filter_map(|line| line.split(" \"").next())
        .collect();
    assert_eq!(
        places,
        [
            "seeds/letter.txt:1:16 typographic",
            "seeds/report.md:3:1 ambiguous",
            "seeds/report.md:3:38 ambiguous"
        ]
    );
    assert_eq!(
        said.stderr,
        "these words stand in 3 places; look for a few words more, or with `--in SOURCE`\n"
    );
    let one = folder.run(&["locate", "the mayor opened", "--in", "Letter"]);
    assert_eq!(one.code, 0, "{}{}", one.stdout, one.stderr);
    assert!(one.stdout.starts_with("seeds/letter.txt:1:16 exact"), "{}", one.stdout);
}

#[test]
fn words_that_differ_are_no_find() {
    let folder = dossier();
    let said = folder.run(&[
        "locate",
        "crews left the pier that night and did not return before the morning, said the clerk",
    ]);
    assert_eq!(said.code, 1, "{}", said.stdout);
    assert!(
        said.stdout.starts_with("seeds/report.md:5:") && said.stdout.contains(" drifted ("),
        "{}",
        said.stdout
    );
    assert_eq!(said.stderr, "these words do not stand in the dossier; a passage that differs is shown\n");
    let said = folder.run(&["locate", "zinc quotas for walnut importers"]);
    assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{}", said.stderr);
    assert_eq!(said.stderr, "these words do not stand in the dossier\n");
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = dossier();
    for (arguments, words) in [
        (
            vec!["locate", "the pier", "--in", "leter"],
            "no source is called `leter`\n  = help: did you mean `letter`?",
        ),
        (vec!["locate", " "], "there are no words to look for"),
        (vec!["locate"], "required arguments were not provided"),
        (vec!["locate", "a", "-C", "seeds"], "`seeds` is no dossier"),
    ] {
        let said = folder.run(&arguments);
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{arguments:?}: {}", said.stderr);
        assert!(said.stderr.contains(words), "{arguments:?}: {}", said.stderr);
    }
}

#[test]
fn requests_are_answered_line_by_line_outside_a_dossier() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = Folder::new();
    folder.write("a.txt", "Không có gì. The pier was opened by the mayor in spring.");
    let mut child = folder
        .command(&["locate", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let requests: &[&[u8]] = &[
        b"{\"id\": 1, \"text\": \"a.txt\", \"quote\": \"the mayor\"}\n",
        b"nonsense\n",
        b"\xff\n",
        b"{\"id\": \"x\", \"text\": \"b.txt\", \"quote\": \"the mayor\"}\n",
        b"{\"id\": 2, \"text\": \"a.txt\", \"quote\": \"zinc quotas for walnut importers\"}",
    ];
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(&requests.concat())
        .expect("it reads");
    let said = crate::folder::said(child.wait_with_output().expect("it ends"));
    assert_eq!(said.code, 0);
    let answers: Vec<serde_json::Value> = said
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 5, "{}", said.stdout);
    assert_eq!((answers[0]["id"].as_u64(), answers[0]["verdict"].as_str()), (Some(1), Some("exact")));
    assert_eq!(
        (answers[0]["spans"][0]["start"].as_u64(), answers[0]["spans"][0]["end"].as_u64()),
        (Some(36), Some(45))
    );
    assert!(
        answers[1]["error"].is_string() && answers[2]["error"].is_string() && answers[3]["error"].is_string(),
        "{}",
        said.stdout
    );
    assert_eq!(answers[4]["verdict"].as_str(), Some("absent"));
}

/// Numbers that lists and lines begin with are figures like others.
#[test]
fn numbers_at_the_heads_of_lines_are_among_the_figures() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = Folder::new();
    folder.write("a.txt", "1. Flour is sold by weight.\n2. Copper is sold by the bar.\n\n§ 14 Rope is free of any duty whatever it is made of.\n\n[54] Tar is dear.\n");
    let asked = [
        ("1. Flour is sold by weight.", None),
        ("3. Flour is sold by weight.", Some(("3.", "1."))),
        ("2) Copper is sold by the bar.", None),
        ("12. Copper is sold by the bar.", Some(("12.", "2."))),
        ("§ 15 Rope is free of any duty whatever it is made of.", Some(("15", "14"))),
        ("[45] Tar is dear.", Some(("[45]", "[54]"))),
        ("Tar is dear.", None),
    ];
    let lines: String = asked
        .iter()
        .map(|(quote, _)| format!("{}\n", serde_json::json!({ "text": "a.txt", "quote": quote })))
        .collect();
    let mut child = folder
        .command(&["locate", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(lines.as_bytes())
        .expect("it reads");
    let said = crate::folder::said(child.wait_with_output().expect("it ends"));
    for ((quote, owed), line) in asked.iter().zip(said.stdout.lines()) {
        let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let figure = &answer["figures"][0];
        let there = figure["quoted"].as_str().zip(figure["source"].as_str());
        assert_eq!(there, *owed, "{quote}: {line}");
        assert_eq!(answer["verdict"] == "figure-differs", owed.is_some(), "{quote}: {line}");
    }
}
