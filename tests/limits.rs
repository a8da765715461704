//! The limits that the documents state are those of the program: a file at the limit is read as it should be,
//! and one that is a little larger is told of. (`world/disk.rs` tries how large a file may be.)

#[path = "scale/cost.rs"]
mod cost;
#[allow(dead_code)]
#[path = "scale/shapes.rs"]
mod shapes;

use std::fs;

use casebook::model::body::Block;
use casebook::model::limit::{FILE_LIMIT, PAGE_LIMIT};
use casebook::model::path::InputPath;
use casebook::parse::annotation::{MOST_NOTES, annotation};
use casebook::parse::markdown::{Flavour, markdown};
use casebook::parse::source::source;
use casebook::report::held::{MOST_OF_A_KIND, curb};
use cost::{ANY_RUN, MOST_BYTES_A_BYTE, is_slow, run};
use shapes::Files;

fn path(name: &str) -> InputPath {
    InputPath::new(name).expect("a path of the dossier")
}

/// The codes of the mistakes in a source.
fn in_source(name: &str, text: &str) -> Vec<&'static str> {
    let parsed = source(&path(name), text);
    parsed.mistakes.iter().map(|mistake| mistake.code.name).collect()
}

fn in_notes(text: &str) -> Vec<&'static str> {
    let parsed = annotation(&path("annotations/a.md"), text);
    parsed.mistakes.iter().map(|mistake| mistake.code.name).collect()
}

#[test]
fn a_markdown_source_keeps_its_form_up_to_250_000_signs() {
    let of = |signs: usize| format!("a {}", "[".repeat(signs));
    assert_eq!(in_source("seeds/a.md", &of(250_000)), Vec::<&str>::new());
    assert_eq!(in_source("seeds/a.md", &of(250_001)), ["tangled-page"]);
}

#[test]
fn a_page_keeps_its_form_up_to_350_000_elements() {
    // The page itself has a few.
    let of = |elements: usize| format!("a{}", "<br>".repeat(elements));
    assert_eq!(in_source("seeds/a.html", &of(349_990)), Vec::<&str>::new());
    assert_eq!(in_source("seeds/a.html", &of(350_100)), ["tangled-page"]);
}

#[test]
fn a_file_holds_10_000_notes_and_250_000_signs() {
    assert_eq!(MOST_NOTES, 10_000);
    let of = |notes: usize| (0..notes).map(|i| format!("## T{i}\n\nx\n\n")).collect::<String>();
    assert_eq!(in_notes(&of(10_000)), Vec::<&str>::new());
    assert_eq!(in_notes(&of(10_001)), ["too-many-notes"]);
    let of = |signs: usize| format!("## A\n\nx {}\n\n## B\n\nx\n", "-".repeat(signs));
    assert_eq!(in_notes(&of(250_000 - 11)), Vec::<&str>::new());
    let parsed = annotation(&path("annotations/a.md"), &of(250_000 - 10));
    let told: Vec<_> = parsed
        .mistakes
        .iter()
        .map(|mistake| (mistake.code.name, mistake.place.as_ref().map(|label| label.place.span.len())))
        .collect();
    assert_eq!(told, [("too-many-signs", Some("## B".len()))]);
    assert_eq!(parsed.value.notes.len(), 1);
}

#[test]
fn quotations_within_each_other_keep_100_levels() {
    let text = format!("{} a", ">".repeat(300));
    let body = markdown(&path("seeds/a.md"), &text, 0..text.len(), Flavour::Source).value;
    let mut depth = 0;
    let mut blocks = &body.blocks;
    while let Some(Block::Quote(inner)) = blocks.first() {
        depth += 1;
        blocks = inner;
    }
    assert!((97..=100).contains(&depth), "{depth}");
}

#[test]
fn of_a_kind_of_mistake_1_000_are_told_a_file() {
    assert_eq!(MOST_OF_A_KIND, 1_000);
    let mut mistakes = annotation(&path("annotations/a.md"), &"## \n\nx\n\n".repeat(1_500)).mistakes;
    curb(&mut mistakes);
    let untitled = mistakes.iter().filter(|mistake| mistake.code.name == "untitled-note");
    assert_eq!(
        untitled
            .map(|mistake| (1, mistake.more))
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
        (1_000, 500)
    );
}

#[test]
fn the_documents_state_these_limits() {
    let readme = fs::read_to_string("README.md").expect("the document is there");
    let stated = [
        "16 MiB",
        "64 MiB",
        "100 levels deep",
        "350,000 elements",
        "400,000 lines",
        "250,000 signs",
        "may hold 10,000",
        "1,000 are told a file",
        "80 characters at most",
    ];
    let words = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    for limit in stated {
        assert!(words.contains(limit), "README.md does not say {limit}");
    }
}

/// Files as large as any that is read: what they take is bound, whatever they hold. `./test --all` tries it;
/// it takes minutes.
#[test]
fn a_file_at_the_limit_takes_no_more_memory_than_it_may() {
    if !is_slow() {
        return;
    }
    let limit = usize::try_from(FILE_LIMIT).expect("the limit is a size");
    let sources = [
        ("md", "["),
        ("md", "*a "),
        ("md", "a\n\n"),
        ("txt", "a\n"),
        ("txt", "a "),
        ("html", "<p>"),
        ("html", "x<br>"),
        ("html", "&amp;"),
    ];
    let of_pieces = |(form, piece): (&str, &str)| -> Files {
        vec![(format!("seeds/a.{form}"), format!("last {}", piece.repeat((limit - 5) / piece.len())))]
    };
    // A page that was saved as one file, with all its pictures.
    let most = usize::try_from(PAGE_LIMIT).expect("the limit is a size");
    let of_pictures = || -> Files {
        let pictures = "iVBORw0K".repeat(most / 3 / 8);
        let page = format!(
            "<style>p{{background:url(data:image/png;base64,{pictures})}}</style>\
             <p>last<img src='data:image/png;base64,{pictures}'>"
        );
        vec![("seeds/a.html".into(), page)]
    };
    let of_comment = || -> Files {
        let comment = format!("## T\n\n> Word.\n\nx {}", "[".repeat(limit - 100));
        vec![("seeds/a.md".into(), "Word.".into()), ("annotations/a.md".into(), comment)]
    };
    let files = sources
        .into_iter()
        .map(of_pieces)
        .chain(std::iter::once_with(of_pictures))
        .chain(std::iter::once_with(of_comment));
    for files in files {
        let cost = run(&files);
        let shown = files
            .last()
            .map_or(String::new(), |(path, text)| format!("{path} {:?}", &text[..20]));
        println!("{shown}: {cost}");
        assert!(cost.memory <= ANY_RUN + MOST_BYTES_A_BYTE * cost.bytes, "{shown}: {cost}");
    }
}
