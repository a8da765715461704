//! `docs/commands.md`: every example in it is run, in order, in the dossier that `init` makes, with the two
//! mistakes that it speaks of.

use std::fs;

use crate::folder::Folder;

#[test]
fn the_examples_of_the_document_are_what_the_program_says() {
    let folder = Folder::new();
    folder.run(&["init"]);
    let notes = "annotations/what-a-check-does-not-say.md";
    let text = folder.read(notes);
    let wrong = text
        .replace("topics: limits\nsupports", "topcs: limits\nsupports")
        .replace("it is genuine.", "it is genuinne.");
    assert_eq!(wrong.len(), text.len(), "the dossier has what the mistakes are put into");
    folder.write(notes, &wrong);
    let doc = fs::read_to_string("docs/commands.md").expect("the document is there");
    let blocks: Vec<&str> = doc
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("```\n").next())
        .collect();
    assert!(blocks.len() > 4, "the examples were found");
    for example in blocks.iter().flat_map(|block| block.split("$ casebook ").skip(1)) {
        let (command, expected) = example.split_once('\n').expect("a command and what it says");
        let said = folder.run(&arguments(command).iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(format!("{}{}", said.stdout, said.stderr), expected, "{command}");
    }
}

/// As a shell parts them; the document uses double quotes only.
fn arguments(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = |(number, part): (usize, &str)| match number % 2 {
        0 => part.split_whitespace().map(ToString::to_string).collect(),
        _ => vec![part.to_string()],
    };
    parts.flat_map(words).collect::<Vec<String>>()
}
