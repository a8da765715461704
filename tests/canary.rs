//! What is not published appears in no byte of the output: not as it was written, not in lower case, not as
//! an address.
//!
//! Every case hides the same word in one place of a small dossier that is otherwise published. The site is
//! rendered whole even where the case is also a mistake, since a mistake must not be what keeps a secret. The
//! word is Latin letters alone, so that slugs and percent-encoding leave it as it is.

mod support;

use casebook::model::path::InputPath;
use casebook::model::rights::Rights;
use casebook::parse::annotation::{AnnotationFile, annotation};
use casebook::parse::prose::topic;
use casebook::parse::source::{sidecar_facts, source};
use casebook::report::diagnostic::Severity;
use support::dossier::{Built, build, build_hidden};

const CANARY: &str = "Zyxwvutzq";

/// The published dossier that each case is added to.
const GROUND: &[(&str, &str)] = &[
    ("casebook.toml", "[dossier]\ntitle = \"Ground\"\nbase_url = \"https://example.org/\"\n"),
    ("seeds/report.txt", "The gate was open. The dogs were asleep. A visit is planned. Nobody was named.\n"),
    ("seeds/other.txt", "The gate was shut. The cat was awake.\n"),
    (
        "annotations/report.md",
        "---\nsource: report\npublished: 2024-06\n---\n\n## Gate\n\n> The gate was open\n\ntopics: gate, watchman\nsupports: unsafe-yard\nfigure: gates, 2024 = 1\ndate: 2024-05-01\nsaid: 2024-05-03\n\nPublished.\n",
    ),
    ("annotations/topics/gate.md", "---\ntitle: The gate\n---\n"),
    ("annotations/topics/watchman.md", "---\ntitle: The watchman\nkind: person\n---\n"),
    (
        "annotations/topics/visit.md",
        "---\ntitle: The visit\nkind: event\ndate: 2024-05-02\n---\n\n> A visit is planned.\n> — [[report]]\n",
    ),
    ("annotations/claims/unsafe-yard.md", "---\ntitle: The yard was unsafe\n---\n"),
    ("annotations/pages/home.md", "---\ntitle: The yard\n---\n\nSee [[report]].\n"),
];

type Files = Vec<(String, Vec<u8>)>;

struct Case {
    name: String,
    files: Files,
}

fn case(name: impl Into<String>, files: &[(&str, String)]) -> Case {
    let named = |(path, text): &(&str, String)| {
        (path.replace("CANARY", CANARY), text.replace("CANARY", CANARY).into_bytes())
    };
    Case { name: name.into(), files: files.iter().map(named).collect() }
}

/// The whole site as one haystack.
fn leaks(built: &Built) -> Vec<String> {
    let needle = CANARY.to_lowercase();
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&needle);
    let pages = built
        .files
        .iter()
        .filter(|(path, bytes)| holds(path.as_bytes()) || holds(bytes));
    pages
        .map(|(path, bytes)| format!("{path}: {}", around(bytes, &needle)))
        .collect()
}

fn around(bytes: &[u8], needle: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let at = text.to_lowercase().find(needle).unwrap_or(0);
    let words = |range: std::ops::Range<usize>| {
        text.get(text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end))
            .unwrap_or("")
            .to_string()
    };
    words(at.saturating_sub(60)..(at + 60).min(text.len()))
}

fn with_ground(case: &Case) -> Files {
    let mut files: Files = GROUND
        .iter()
        .map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()))
        .collect();
    for (path, bytes) in &case.files {
        files.retain(|(known, _)| known != path);
        files.push((path.clone(), bytes.clone()));
    }
    files
}

/// Builds every case and says all that leaked, so that one run shows the whole damage.
fn hold_back(cases: &[Case]) {
    let mut found = Vec::new();
    for case in cases {
        let built = build(&with_ground(case));
        assert!(built.files.contains_key("index.html"), "{}: no front page", case.name);
        found.extend(
            leaks(&built)
                .into_iter()
                .map(|leak| format!("{}\n    {leak}", case.name)),
        );
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

/// The same, for what the writer's own view shows: so that a case that hides nothing is noticed.
fn check(cases: Vec<Case>) {
    hold_back(&cases);
    let shown = cases
        .iter()
        .filter(|case| !leaks(&build_hidden(&with_ground(case))).is_empty())
        .count();
    assert!(
        shown * 2 > cases.len(),
        "the view with everything shows the word in {shown} of {} cases: the cases hide nothing",
        cases.len()
    );
}

/// A note that holds the word in every part, with one more line in its field place.
fn note(line: &str) -> String {
    format!(
        "---\nsource: report\n---\n\n## Before\n\n> The dogs were asleep\n\nPublished.\n\n## CANARY title {{#CANARY-id}}\n\n> A visit is planned\n\n\
         {line}\ntopics: CANARY topic, gate, visit, watchman\nfigure: CANARY measure, 2024 = 3 CANARY units\nfigure: gates, 2024 = 2 CANARY units\n\
         date: 2024-05-02\nsaid: 2024-05-04\ndisputes: unsafe-yard\nby: CANARY\npage: CANARY\n\
         ref: CANARY\n\nCANARY comment with [[other|CANARY label]] and [an address](https://example.org/CANARY).\n\n> The cat was awake.\n> — CANARY of \
         [[other]]\n\n## After\n\n> Nobody was named\n\nPublished too.\n"
    )
}

#[test]
fn private_notes_however_the_line_is_spelt() {
    let lines = [
        "private: true",
        "private: yes",
        "private: True",
        "private: TRUE",
        "private: on",
        "private: 1",
        "private: y",
        "Private: true",
        "PRIVATE: TRUE",
        "private:true",
        "private : true",
        "private:   true   ",
        "private： true",
        "- private: true",
        "* private: true",
        "+ private: true",
        "**private**: true",
        "**private:** true",
        "*private*: true",
        "_private_: true",
        "__Private:__ yes",
        "- **private**: true",
        "`private`: true",
        "privat: true",
        "privte: true",
        "prvate: true",
        "pivate: true",
        "privatee: true",
        "privater: true",
        "pirvate: true",
        "priavte: true",
        "privte: yes",
        "Privat: ja",
        "private: ture",
        "private: treu",
        "private: \"true\"",
        "private: 'true'",
        "private: true.",
        "private: true # not yet",
        "private: please",
        "private:",
        "private: until June",
    ];
    check(
        lines
            .iter()
            .map(|line| case(format!("line {line:?}"), &[("annotations/second.md", note(line))]))
            .collect(),
    );
}

#[test]
fn private_notes_wherever_the_line_stands() {
    let head = "---\nsource: report\n---\n\n## CANARY title {#CANARY}\n\n";
    let places = [
        ("before the passage", "private: true\n\n> A visit is planned\n\nCANARY comment.\n"),
        ("right under the passage", "> A visit is planned\nprivate: true\n\nCANARY comment.\n"),
        (
            "between two passages",
            "> A visit is planned\n\nprivate: true\n\n> Nobody was named\n\nCANARY comment.\n",
        ),
        ("as the last field", "> A visit is planned\n\ntopics: gate\nprivate: true\nCANARY comment.\n"),
        ("in the comment", "> A visit is planned\n\nCANARY comment.\n\nprivate: true\n"),
        (
            "in the middle of the comment",
            "> A visit is planned\n\nCANARY comment.\n\nprivate: true\n\nCANARY again.\n",
        ),
        (
            "at a line's start in a paragraph",
            "> A visit is planned\n\nCANARY comment\nprivate: true\nand on.\n",
        ),
        ("misspelt in the comment", "> A visit is planned\n\nCANARY comment.\n\nprivat: true\n"),
        ("in a list of the comment", "> A visit is planned\n\nCANARY comment.\n\n- one\n- private: true\n"),
        ("emphasised in the comment", "> A visit is planned\n\nCANARY comment.\n\n**Private:** true\n"),
        ("indented in the comment", "> A visit is planned\n\nCANARY comment.\n\n  private: true\n"),
        (
            "as the continuation of a value",
            "> A visit is planned\n\ntopics: gate\n  private: true\n\nCANARY comment.\n",
        ),
        ("in a note without a passage", "private: true\n\nCANARY remark.\n"),
        ("without any comment", "> A visit is planned\n\nprivate: true\n"),
        ("after a heading in the comment", "> A visit is planned\n\nCANARY\n\n### More\n\nprivate: true\n"),
        ("in a passage that is not found", "> CANARY words that stand nowhere\n\nprivate: true\n"),
        (
            "beside broken fields",
            "> A visit is planned\n\ntopics:\nfigure: CANARY nonsense\nprivate: true\ndate: CANARY\n",
        ),
        (
            "twice, the first one refusing",
            "> A visit is planned\n\nprivate: false\nprivate: true\n\nCANARY\n",
        ),
        ("in the note's quotation", "> A visit is planned\n\nCANARY comment.\n\n> private: true\n"),
        ("on a CRLF line", "> A visit is planned\r\n\r\nprivate: true\r\n\r\nCANARY comment.\r\n"),
    ];
    let cases = places.iter().map(|(place, text)| {
        case(format!("line {place}"), &[("annotations/second.md", format!("{head}{text}"))])
    });
    check(cases.collect());
}

#[test]
fn front_matter_that_holds_a_file_back_however_it_is_spelt() {
    let lines = [
        "draft: true",
        "draft: yes",
        "Draft: true",
        "DRAFT: TRUE",
        "draft: True",
        "draft: on",
        "draft: 1",
        "draft:true",
        "draft : true",
        "draft: \"true\"",
        "draft: 'yes'",
        "drafts: true",
        "darft: true",
        "dratf: true",
        "draf: true",
        "drft: true",
        "drafft: true",
        "draft: ture",
        "draft: [true]",
        "\"draft\": true",
        "private: true",
        "private: yes",
        "Private: true",
        "privat: true",
        "privte: true",
        "private:true",
        "pirvate: true",
        "private: ture",
        "private: \"true\"",
        "  private: true",
        "private: true # until June",
    ];
    let mut cases = Vec::new();
    for line in lines {
        let file = |more: &str| {
            format!(
                "---\n{more}{line}\n---\n\nCANARY prose with [[report]].\n\n> The cat was awake.\n> — CANARY in [[other]]\n"
            )
        };
        let notes = "\n## CANARY\n\n> A visit is planned\n\ntopics: CANARY\n\nCANARY\n";
        cases.push(case(
            format!("notes, {line:?}"),
            &[("annotations/second.md", file("source: report\nby: CANARY\ntopics: [CANARY]\n") + notes)],
        ));
        cases.push(case(
            format!("topic, {line:?}"),
            &[(
                "annotations/topics/CANARY.md",
                file("title: CANARY\naliases: [CANARY alias]\nbroader: gate\n"),
            )],
        ));
        let named = "title: CANARY\nkind: person\naliases: [The gate keeper, CANARY]\nbroader: gate\n";
        cases.push(case(format!("name, {line:?}"), &[("annotations/topics/CANARY.md", file(named))]));
        let event = "title: CANARY\nkind: event\ndate: 2024-05-02\n";
        cases.push(case(format!("event, {line:?}"), &[("annotations/topics/CANARY.md", file(event))]));
        cases.push(case(
            format!("claim, {line:?}"),
            &[("annotations/claims/CANARY.md", file("title: CANARY\nagainst: [unsafe-yard]\n"))],
        ));
        cases.push(case(
            format!("page, {line:?}"),
            &[("annotations/pages/CANARY.md", file("title: CANARY\nformer-ids: [CANARY-once]\n"))],
        ));
    }
    check(cases);
}

#[test]
fn sources_that_are_drafts() {
    let seed = |line: &str| format!("---\ntitle: CANARY\nauthor: CANARY\n{line}\n---\n\nCANARY words.\n");
    let notes =
        "---\nsource: CANARY\n---\n\nCANARY remark.\n\n## CANARY\n\n> CANARY words\n\ntopics: CANARY\n"
            .to_string();
    let mut cases = Vec::new();
    for line in [
        "draft: true",
        "draft: yes",
        "Draft: true",
        "drafts: true",
        "darft: true",
        "draft:true",
        "private: true",
        "privat: true",
        "draft: ture",
    ] {
        let files = [("seeds/CANARY.md", seed(line)), ("annotations/CANARY.md", notes.clone())];
        cases.push(case(format!("seed, {line:?}"), &files));
    }
    for line in [
        "draft = true",
        "draft = \"true\"",
        "draft = \"yes\"",
        "Draft = true",
        "darft = true",
        "draft = 1",
        "private = true",
    ] {
        let files = [
            ("seeds/CANARY.txt", "CANARY words.\n".to_string()),
            ("seeds/CANARY.txt.toml", format!("title = \"CANARY\"\nauthor = \"CANARY\"\n{line}\n")),
            ("annotations/CANARY.md", notes.clone()),
        ];
        cases.push(case(format!("sidecar, {line:?}"), &files));
    }
    cases.push(case(
        "sidecar that does not parse",
        &[
            ("seeds/CANARY.txt", "CANARY words.\n".to_string()),
            ("seeds/CANARY.txt.toml", "draft = true\ntitle = \"unclosed\n".to_string()),
        ],
    ));
    cases.push(case(
        "HTML with a sidecar",
        &[
            (
                "seeds/CANARY.html",
                "<title>CANARY</title><meta name=author content=CANARY><p>CANARY words.".to_string(),
            ),
            ("seeds/CANARY.html.toml", "draft = true\n".to_string()),
        ],
    ));
    check(cases);
}

#[test]
fn comments_of_writers() {
    hold_back(&everywhere(&[
        ("in a line", "Published. <!-- CANARY --> Published.\n"),
        ("percent signs in a line", "Published. %% CANARY %% Published.\n"),
        ("percent signs without spaces", "Published.%%CANARY%%Published.\n"),
        ("percent signs over lines", "Published. %% CANARY\nCANARY\nCANARY %% Published.\n"),
        ("percent signs over paragraphs", "%%\nCANARY\n\nCANARY\n%%\n\nPublished.\n"),
        ("a block", "<!--\nCANARY\n\nCANARY\n-->\n\nPublished.\n"),
        ("in a list", "- one\n- <!-- CANARY --> two\n- three %% CANARY %%\n"),
        ("in a table", "| a | b |\n| - | - |\n| <!-- CANARY --> | %% CANARY %% |\n"),
        ("in emphasis", "*Published <!-- CANARY --> words*, **bold %% CANARY %%**.\n"),
        (
            "in a link",
            "[label <!-- CANARY -->](https://example.org) and [other %% CANARY %%](https://example.org).\n",
        ),
        ("in a heading", "### Heading <!-- CANARY --> %% CANARY %%\n\nPublished.\n"),
        ("in an aside", "> Aside <!-- CANARY -->\n> %% CANARY %%\n"),
        ("with a fence in it", "<!--\n```\nCANARY\n```\n-->\nPublished.\n"),
        ("with a link in it", "%% [[report|CANARY]] %% Published.\n"),
        ("behind an ended one", "<!-- one --> Published. <!-- CANARY -->\n"),
        ("two in a line", "%% CANARY %% Published. %% CANARY %%\n"),
        ("dashes in it", "<!-- CANARY -- > -> CANARY --> Published.\n"),
    ]));
}

/// Each text as a comment, a remark, a topic and a page.
fn everywhere(texts: &[(&str, &str)]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in texts {
        let notes = |text: &str| {
            format!("---\nsource: report\n---\n\nRemark.\n\n## Second\n\n> A visit is planned\n\n{text}")
        };
        cases.push(case(format!("{name}, in a comment"), &[("annotations/second.md", notes(text))]));
        cases.push(case(
            format!("{name}, in a remark"),
            &[("annotations/second.md", format!("---\nsource: report\n---\n\n{text}"))],
        ));
        cases.push(case(
            format!("{name}, in a topic"),
            &[("annotations/topics/gate.md", format!("---\ntitle: The gate\n---\n\n{text}"))],
        ));
        cases.push(case(
            format!("{name}, in a page"),
            &[("annotations/pages/page.md", format!("---\ntitle: Page\n---\n\n{text}"))],
        ));
    }
    cases
}

/// Where nothing closes a comment its writer is asked, and nothing is published until then.
#[test]
fn a_comment_that_never_ends_is_an_error() {
    for sign in ["<!--", "%%"] {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nPublished.\n\n{sign} CANARY\n\nCANARY\n"
        );
        let built = build(&with_ground(&case(sign, &[("annotations/second.md", notes)])));
        assert!(built.report.count(Severity::Error) > 0, "{sign}");
    }
}

#[test]
fn comments_round_fields_titles_and_passages() {
    let notes = [
        ("in a title", "## Second <!-- CANARY --> %% CANARY %%\n\n> A visit is planned\n"),
        ("in a passage", "## Second\n\n> A visit %% CANARY %% is planned\n"),
        ("before the fields", "## Second\n\n%% CANARY %%\n\n> A visit is planned\n\ntopics: gate\n"),
        ("round a whole note", "%%\n## CANARY\n\n> A visit is planned\n\nCANARY\n%%\n\n## Third\n"),
        (
            "a comment round a whole note",
            "<!--\n## CANARY\n\n> A visit is planned\n\nCANARY\n-->\n\n## Third\n",
        ),
    ];
    hold_back(&notes.map(|(name, text)| {
        case(name, &[("annotations/second.md", format!("---\nsource: report\n---\n\n{text}"))])
    }));
}

#[test]
fn what_only_hidden_things_mention() {
    let picture = |text: &str| {
        format!("---\nsource: report\n---\n\n## CANARY\n\n> A visit is planned\n\nprivate: true\n\n{text}\n")
    };
    let cases = [
        case(
            "a picture of a private note",
            &[("annotations/second.md", picture("![CANARY](CANARY.png)")), ("annotations/CANARY.png", "\u{89}PNG CANARY".to_string())],
        ),
        case(
            "a picture of a draft source",
            &[
                ("seeds/CANARY.md", "---\ndraft: true\n---\n\n![CANARY](CANARY.png)\n".to_string()),
                ("seeds/CANARY.png", "\u{89}PNG CANARY".to_string()),
            ],
        ),
        case(
            "a person of a private note",
            &[("annotations/second.md", picture("by [[CANARY]]").replace("private", "by: CANARY\nprivate"))],
        ),
        case(
            "facts told by a private file",
            &[("annotations/second.md", "---\nsource: report\nprivate: true\n---\n\nCANARY\n\n## CANARY\n".to_string())],
        ),
        case(
            "a draft derived from a published source",
            &[("seeds/CANARY.md", "---\ntitle: CANARY\ndraft: true\nderives-from: [report]\n---\n\nCANARY\n".to_string())],
        ),
        case(
            "a draft claim against a published one",
            &[("annotations/claims/CANARY.md", "---\ntitle: CANARY\ndraft: true\nagainst: [unsafe-yard]\n---\n".to_string())],
        ),
        case(
            "a private topic under a published one",
            &[(
                "annotations/topics/CANARY.md",
                "---\ntitle: CANARY\nprivate: true\nbroader: [gate]\nsame-as: [\"https://example.org/CANARY\"]\n---\n".to_string(),
            )],
        ),
        case("a draft home page", &[("annotations/pages/home.md", "---\ntitle: CANARY\ndraft: true\n---\n\nCANARY\n".to_string())]),
    ];
    check(cases.into());
}

#[test]
fn words_that_rights_hold_back() {
    let filler = "Some words that nobody quotes and that make this sentence so long that two hundred characters reach neither of its two ends, ";
    let long = format!("CANARY {filler}{filler}the quoted core, {filler}{filler}CANARY.");
    let excerpts = |text: &str, quote: &str| {
        [
            ("seeds/held.txt", text.to_string()),
            (
                "annotations/held.md",
                format!(
                    "---\nsource: held\ntitle: Held\nrights: excerpts\n---\n\n## One\n\n> {quote}\n\ntopics: gate\n"
                ),
            ),
        ]
    };
    let none = |more: &str, notes: &str| {
        [
            ("seeds/held.txt", "Before it. CANARY words of CANARY. After it.\n".to_string()),
            (
                "annotations/held.md",
                format!("---\nsource: held\ntitle: Held\nrights: none\n{more}---\n\n{notes}"),
            ),
        ]
    };
    let quote = "## One\n\n> CANARY words of CANARY\n\ntopics: gate\nsupports: unsafe-yard\n\nComment.\n";
    let elsewhere = [
        ("seeds/held.txt", "Before it. CANARY words of CANARY. After it.\n".to_string()),
        ("seeds/held.txt.toml", "title = \"Held\"\nrights = \"none\"\n".to_string()),
        (
            "annotations/second.md",
            "---\nsource: report\n---\n\n## Second\n\n> CANARY words\n> — [[held]]\n\nComment.\n\n> CANARY words of\n> — [[held]]\n"
                .to_string(),
        ),
        ("annotations/topics/gate.md", "---\ntitle: The gate\n---\n\n> CANARY words\n> — [[held]]\n".to_string()),
        ("annotations/claims/unsafe-yard.md", "---\ntitle: The yard was unsafe\n---\n\n> CANARY words\n> — [[held]]\n".to_string()),
        ("annotations/pages/home.md", "---\ntitle: The yard\n---\n\n> CANARY words\n> — p. 3 of [[held]]\n".to_string()),
    ];
    let cases = [
        case("the next sentence", &excerpts("CANARY one. The quoted words are here. CANARY two.", "quoted words")),
        case("the next paragraph", &excerpts("CANARY one.\n\nThe quoted words are here.\n\nCANARY two.", "quoted words")),
        case("the same sentence, far away", &excerpts(&long, "the quoted core")),
        case("between the parts of an elision", &excerpts("The first words. CANARY CANARY. The last words.", "The first words [...] The last words")),
        case("a heading nobody quotes", &[
            ("seeds/held.md", "---\nrights: excerpts\ntitle: Held\n---\n\n# CANARY\n\nThe quoted words are here.\n\n![CANARY](https://example.org/CANARY.png)\n".to_string()),
            ("annotations/held.md", "---\nsource: held\n---\n\n## One\n\n> quoted words\n".to_string()),
        ]),
        case("a link's address in an excerpt's sentence is not its words", &[
            ("seeds/held.md", "---\nrights: none\ntitle: Held\n---\n\n# CANARY\n\n[CANARY](https://example.org/CANARY) words.\n".to_string()),
        ]),
        case("rights none, in a note", &none("", quote)),
        case("rights none, cut by its own words", &none("begin: CANARY words\nend: After it.\n", quote)),
        case("rights none, misspelt", &[
            ("seeds/held.txt", "CANARY words.\n".to_string()),
            ("annotations/held.md", "---\nsource: held\ntitle: Held\nright: none\n---\n\n## One\n\n> CANARY words\n".to_string()),
        ]),
        case("rights none, in capitals", &[
            ("seeds/held.txt", "CANARY words.\n".to_string()),
            ("annotations/held.md", "---\nsource: held\ntitle: Held\nRights: None\n---\n\n## One\n\n> CANARY words\n".to_string()),
        ]),
        case("rights of a kind that does not exist", &[
            ("seeds/held.txt", "CANARY words.\n".to_string()),
            ("annotations/held.md", "---\nsource: held\ntitle: Held\nrights: nothing\n---\n\n## One\n\nRemark.\n".to_string()),
        ]),
        case("rights none, quoted elsewhere", &elsewhere),
        case("rights none, with an alteration and a target", &none("", "## One\n\n> [CANARY] ==words of CANARY==\n\nComment.\n")),
        case("what begin and end cut off", &[
            ("seeds/held.txt", "CANARY navigation. The text begins. The text ends. CANARY related.\n".to_string()),
            ("annotations/held.md", "---\nsource: held\ntitle: Held\nbegin: The text begins\nend: The text ends.\n---\n".to_string()),
        ]),
    ];
    hold_back(&cases);
}

#[test]
fn what_no_page_has_a_place_for() {
    let cases = [
        case("an unknown key of a seed", &[("seeds/known.md", "---\ntitle: Known\npassword: CANARY\nuser: CANARY\n---\n\nWords.\n".to_string())]),
        case("an unknown key of a topic", &[("annotations/topics/gate.md", "---\ntitle: The gate\nsecret: CANARY\n---\n".to_string())]),
        case("an unknown key of the settings", &[("casebook.toml", "[dossier]\ntitle = \"Ground\"\n[deploy]\ntoken = \"CANARY\"\n".to_string())]),
        case("a comment of a Markdown source", &[("seeds/known.md", "Words <!-- CANARY --> and words.\n\n<!--\nCANARY\n-->\n".to_string())]),
        case("a comment of an HTML source", &[(
            "seeds/known.html",
            "<!-- CANARY --><title>Known</title><meta name=generator content=CANARY><p data-x=CANARY class=CANARY id=CANARY>Words<!-- CANARY -->.<script>CANARY</script><style>CANARY</style>".to_string(),
        )]),
        case("a file beside the dossier's", &[("CANARY.md", "CANARY".to_string()), ("notes/CANARY.md", "CANARY".to_string())]),
        case("a picture that nobody shows", &[("seeds/CANARY.png", "\u{89}PNG CANARY".to_string())]),
    ];
    hold_back(&cases);
}

// ── However it is typed
// ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What nobody sees: Unicode's Cc and Cf, and the rest of Default_Ignorable_Code_Point. Line ends part lines,
/// and a tab is white space.
fn invisible() -> Vec<char> {
    const FORMATS: &[std::ops::RangeInclusive<u32>] = &[
        0xad..=0xad,
        0x34f..=0x34f,
        0x600..=0x605,
        0x61c..=0x61c,
        0x6dd..=0x6dd,
        0x70f..=0x70f,
        0x890..=0x891,
        0x8e2..=0x8e2,
        0x115f..=0x1160,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x200b..=0x200f,
        0x202a..=0x202d,
        0x2060..=0x206f,
        0x3164..=0x3164,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffb,
        0x110bd..=0x110bd,
        0x110cd..=0x110cd,
        0x13430..=0x1343f,
        0x1bca0..=0x1bca3,
        0x1d173..=0x1d17a,
        0xe0001..=0xe0001,
        0xe0020..=0xe007f,
        0xe0100..=0xe01ef,
    ];
    let controls = (0..0xa0)
        .filter_map(char::from_u32)
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}'));
    controls
        .chain(FORMATS.iter().cloned().flatten().filter_map(char::from_u32))
        .collect()
}

/// Letters that are taken for a Latin one, by Unicode's own list, and by its compatibility forms.
fn lookalikes(letter: char) -> &'static [char] {
    static ALIKE: std::sync::LazyLock<std::collections::BTreeMap<char, Vec<char>>> =
        std::sync::LazyLock::new(|| {
            let mut alike = std::collections::BTreeMap::<char, Vec<char>>::new();
            for c in (0x80..0x1f200)
                .filter_map(char::from_u32)
                .filter(|c| c.is_alphabetic())
            {
                for letter in latin(c).into_iter().flatten().filter(char::is_ascii_lowercase) {
                    let letters = alike.entry(letter).or_default();
                    if !letters.contains(&c) {
                        letters.push(c);
                    }
                }
            }
            alike
        });
    ALIKE.get(&letter).map_or(&[], Vec::as_slice)
}

/// The Latin letters that a character is, by one rule or the other.
fn latin(c: char) -> [Option<char>; 2] {
    use unicode_normalization::UnicodeNormalization;
    let one = |word: String| word.chars().next().filter(|_| word.chars().count() == 1);
    let confusable = unicode_security::confusable_detection::skeleton(c.encode_utf8(&mut [0; 4])).collect();
    [one(std::iter::once(c).nfkd().collect::<String>().to_lowercase()), one(confusable)]
}

const PAIRS: &[(&str, &str)] = &[
    ("\"", "\""),
    ("'", "'"),
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("‚", "‘"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("「", "」"),
    ("『", "』"),
    ("〝", "〞"),
    ("＂", "＂"),
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("（", "）"),
    ("［", "］"),
    ("【", "】"),
    ("⟨", "⟩"),
    ("*", "*"),
    ("**", "**"),
    ("_", "_"),
    ("__", "__"),
    ("***", "***"),
    ("`", "`"),
    ("~~", "~~"),
    ("==", "=="),
    ("\\", ""),
    ("\\", "\\"),
    ("<b>", "</b>"),
    ("<em>", "</em>"),
    ("$", "$"),
    ("|", "|"),
    ("/", "/"),
    ("@", ""),
    ("#", ""),
    ("!", ""),
    ("- ", ""),
    ("• ", ""),
    ("1. ", ""),
    ("- [x] ", ""),
    ("\u{a0}", "\u{a0}"),
    ("\u{3000}", "\u{2003}"),
    (": ", ""),
    ("%", "%"),
];

const SIGNS: &[&str] = &[
    ": ",
    ":",
    " : ",
    ":: ",
    "：",
    "﹕ ",
    "︓ ",
    "∶ ",
    "꞉ ",
    "ː ",
    "։ ",
    "˸ ",
    "׃ ",
    "፡ ",
    "； ",
    "; ",
    " = ",
    "=",
    "＝",
    " => ",
    " → ",
    " - ",
    " – ",
    " — ",
    "\u{a0}: ",
    "\u{200b}: ",
    ":\u{feff}",
    ":\u{2003}",
    " := ",
    ": = ",
];

/// Every form in which a key and its value are typed so that a person reads them.
fn forms(key: &str, value: &str) -> Vec<String> {
    let alike: Vec<&[char]> = key.chars().map(lookalikes).collect();
    let plain = format!("{key}: {value}");
    let mut forms = Vec::new();
    for c in invisible() {
        let places: Vec<usize> = if c.is_control() || u32::from(c) < 0xfe00 {
            (0..=plain.len()).collect()
        } else {
            vec![0, 3, key.len(), key.len() + 1]
        };
        forms.extend(
            places
                .into_iter()
                .map(|at| format!("{}{c}{}", &plain[..at], &plain[at..])),
        );
    }
    for (open, close) in PAIRS {
        forms.push(format!("{open}{key}{close}: {value}"));
        forms.push(format!("{open}{key}: {value}{close}"));
        if !close.is_empty() {
            forms.push(format!("{open}{key}{close}： {open}{value}{close}"));
        }
    }
    forms.extend(SIGNS.iter().map(|sign| format!("{key}{sign}{value}")));
    for (at, letter) in key.char_indices() {
        let with = |c: &str| format!("{}{c}{}: {value}", &key[..at], &key[at + 1..]);
        forms.extend(alike[at].iter().map(|c| with(&c.to_string())));
        forms.extend(
            (0x300..0x370)
                .filter_map(char::from_u32)
                .map(|mark| with(&format!("{letter}{mark}"))),
        );
    }
    // A whole word of letters of one kind: the tenth lookalike of each, and so on.
    for number in 0..40 {
        let word: String = alike
            .iter()
            .filter_map(|alike| alike.get(number % alike.len().max(1)))
            .collect();
        forms.push(format!("{word}: {value}"));
    }
    for first in [
        0x1d41a, 0x1d44e, 0x1d4ea, 0x1d5ba, 0x1d68a, 0x24d0, 0xff41, 0x249c, 0x1f130, 0x1f150, 0x1f170,
        0x1f1e6,
    ] {
        let styled = |letter: char| char::from_u32(first + u32::from(letter) - u32::from('a'));
        if let Some(word) = key.chars().map(styled).collect::<Option<String>>() {
            forms.push(format!("{word}: {value}"));
        }
    }
    forms.extend([
        format!("{}: {value}", spaced(key)),
        key.to_uppercase() + ": " + &value.to_uppercase(),
        format!("{key}: “{value}”."),
    ]);
    forms
}

fn spaced(word: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// A word of its own for each of many places, so that one site shows which of them leaked.
fn numbered(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).unwrap_or(0));
    format!("{CANARY}{}{}{}", letter(number / 676), letter(number / 26), letter(number))
}

/// Builds dossiers of many files, each with a form, and says which forms leaked.
fn hold_back_all(forms: &[String], files: impl Fn(&str, &str) -> Files) {
    let mut found = Vec::new();
    for chunk in forms.chunks(100) {
        let all = chunk
            .iter()
            .enumerate()
            .flat_map(|(number, form)| files(&numbered(number), form))
            .collect();
        let built = build(&with_ground(&Case { name: String::new(), files: all }));
        assert!(built.files.contains_key("index.html"), "no front page");
        let site: String = built
            .files
            .iter()
            .map(|(path, bytes)| format!("{path} {}", String::from_utf8_lossy(bytes).to_lowercase()))
            .collect();
        let leaked = chunk
            .iter()
            .enumerate()
            .filter(|(number, _)| site.contains(&numbered(*number).to_lowercase()));
        found.extend(leaked.map(|(_, form)| format!("{form:?} {}", codes(form))));
    }
    assert!(found.is_empty(), "{} of {} forms leak:\n{}", found.len(), forms.len(), found.join("\n"));
}

/// Asks what reads a file whether each form holds back. Of so many forms whole sites are built for one in a
/// hundred only.
fn hold_back_each(forms: &[String], holds: impl Fn(&str) -> bool) {
    let leaked: Vec<String> = forms
        .iter()
        .filter(|form| !holds(form))
        .map(|form| format!("{form:?} {}", codes(form)))
        .collect();
    assert!(
        leaked.is_empty(),
        "{} of {} forms hold nothing back:\n{}",
        leaked.len(),
        forms.len(),
        leaked.join("\n")
    );
}

fn some(forms: &[String]) -> Vec<String> {
    forms.iter().step_by(forms.len() / 20 + 1).cloned().collect()
}

fn codes(form: &str) -> String {
    form.chars()
        .filter(|c| !c.is_ascii())
        .map(|c| format!("U+{:04X} ", u32::from(c)))
        .collect()
}

fn a_note(word: &str, line: &str) -> String {
    format!("## {word} {{#{word}}}\n\n> A visit is planned\n\n{line}\ntopics: {word}\n\n{word} comment.\n\n")
}

fn file(path: String, text: String) -> (String, Vec<u8>) {
    (path, text.into_bytes())
}

fn read_notes(text: &str) -> AnnotationFile {
    annotation(&InputPath::new("annotations/a.md").expect("relative"), text).value
}

#[test]
fn a_note_is_held_back_however_private_is_typed() {
    for forms in [forms("private", "true"), forms("draft", "true")] {
        let notes = |word: &str, form: &str| format!("---\nsource: report\n---\n\n{}", a_note(word, form));
        hold_back_each(&forms, |form| read_notes(&notes("A", form)).notes[0].private);
        let below = |form: &str| format!("## A\n\n> A visit is planned\n\nA comment.\n\n{form}\n\nMore.\n");
        let part: Vec<String> = forms.iter().step_by(3).cloned().collect();
        hold_back_each(&part, |form| read_notes(&below(form)).notes[0].private);
        hold_back_all(&some(&forms), |word, form| {
            vec![file(format!("annotations/{word}.md"), notes(word, form))]
        });
    }
}

#[test]
fn a_file_is_held_back_however_its_head_is_typed() {
    let path = |name: &str| InputPath::new(name).expect("relative");
    // In YAML what stands behind `#` is a comment.
    let is_head = |form: &String| !form.starts_with('#');
    for key in ["private", "draft"] {
        let forms: Vec<String> = forms(key, "true").into_iter().filter(is_head).collect();
        let head = |form: &str| format!("---\ntitle: A\n{form}\n---\n\nWords.\n");
        hold_back_each(&forms, |form| {
            let file = topic(&path("annotations/topics/a.md"), &head(form)).value;
            file.private || file.draft
        });
        // All heads are read by one reader: the other files try a part of the forms.
        let part: Vec<String> = forms.iter().step_by(5).cloned().collect();
        hold_back_each(&part, |form| {
            let file = read_notes(&head(form)).defaults;
            file.private || file.draft
        });
        let is_draft = |name: &str, text: &str| {
            source(&path(name), text)
                .value
                .facts
                .draft
                .is_some_and(|draft| draft.value)
        };
        hold_back_each(&part, |form| is_draft("seeds/a.md", &head(form)));
        hold_back_each(&part, |form| is_draft("seeds/a.md", &format!("---\n{form}\n---\n\nWords.\n")));
        hold_back_all(&some(&forms), |word, form| {
            let seed = file(format!("seeds/{word}.md"), format!("---\n{form}\n---\n\n{word} words.\n"));
            let topic = file(
                format!("annotations/topics/{word}-topic.md"),
                format!("---\ntitle: {word}\n{form}\n---\n\n{word} prose.\n"),
            );
            vec![
                seed,
                topic,
                file(
                    format!("annotations/of-{word}.md"),
                    format!("---\nsource: {word}.md\n{form}\n---\n\n## {word}\n\n{word}\n"),
                ),
            ]
        });
    }
}

#[test]
fn a_source_is_held_back_however_its_sidecar_is_typed() {
    let is_toml = |form: &String| !form.starts_with('#');
    let forms: Vec<String> = forms("draft", "true")
        .into_iter()
        .filter(is_toml)
        .map(|form| form.replacen(": ", " = ", 1))
        .collect();
    let path = InputPath::new("seeds/a.txt.toml").expect("relative");
    hold_back_each(&forms, |form| {
        sidecar_facts(&path, &format!("title = \"A\"\n{form}\n"))
            .value
            .draft
            .is_some_and(|draft| draft.value)
    });
    hold_back_all(&some(&forms), |word, form| {
        let sidecar = format!("title = \"{word}\"\n{form}\n");
        vec![
            file(format!("seeds/{word}.txt"), format!("{word} words.\n")),
            file(format!("seeds/{word}.txt.toml"), sidecar),
        ]
    });
}

#[test]
fn a_text_is_withheld_however_rights_are_typed() {
    let is_head = |form: &String| !form.starts_with('#');
    // A file with a NUL is no text: an error, and nobody knows what it is about.
    let is_text = |form: &String| !form.contains('\0');
    let forms: Vec<String> = forms("rights", "none")
        .into_iter()
        .filter(is_head)
        .filter(is_text)
        .collect();
    let head = |form: &str| format!("---\nsource: held\n{form}\n---\n\nWords.\n");
    hold_back_each(&forms, |form| {
        read_notes(&head(form))
            .facts
            .rights
            .is_some_and(|rights| rights.value == Rights::None)
    });
    hold_back_all(&some(&forms), |word, form| {
        let number = word.trim_start_matches(CANARY);
        let notes =
            format!("---\nsource: held-{number}.txt\ntitle: Held\n{form}\n---\n\n## One\n\n> {word} words\n");
        vec![
            file(format!("seeds/held-{number}.txt"), format!("{word} words.\n")),
            file(format!("annotations/held-{number}.md"), notes),
        ]
    });
}

#[test]
fn rights_that_say_nothing_publish_nothing() {
    let heads = [
        "rights:",
        "rights: ",
        "rights: ~",
        "rights: \"\"",
        "rights: all",
        "rights: ful",
        "rights: nnoe",
        "right: full",
        "rihgts: full",
        "rights: [full, none]",
        "rights: full\nrights: none",
        "rights: none\nrights: full",
        "rights:\n  none",
        "meta:\n  rights: none",
        "meta: {rights: none}",
        "“rights”:",
        "rights = ",
        "rights",
        "Rights : public",
    ];
    let heads: Vec<String> = heads
        .iter()
        .filter(|head| **head != "rights")
        .map(|head| head.to_string())
        .collect();
    hold_back_all(&heads, |word, head| {
        let number = word.trim_start_matches(CANARY);
        let notes =
            format!("---\nsource: held-{number}.txt\ntitle: Held\n{head}\n---\n\n## One\n\n> {word} words\n");
        vec![
            file(format!("seeds/held-{number}.txt"), format!("{word} words.\n")),
            file(format!("annotations/held-{number}.md"), notes),
        ]
    });
    let below = ["rights: none", "Rights: none", "**rights**: none", "rіghts: none"];
    let below: Vec<String> = below.iter().map(|line| line.to_string()).collect();
    hold_back_all(&below, |word, line| {
        let number = word.trim_start_matches(CANARY);
        let notes = format!(
            "---\nsource: held-{number}.txt\ntitle: Held\n---\n\n{line}\n\n## One\n\n> {word} words\n"
        );
        vec![
            file(format!("seeds/held-{number}.txt"), format!("{word} words.\n")),
            file(format!("annotations/held-{number}.md"), notes),
        ]
    });
}

/// Other ways in which people say it: each holds the note back.
#[test]
fn the_stricter_reading_wins_in_a_note() {
    let lines = [
        "draft: true",
        "Draft: yes",
        "draft:",
        "draft = true",
        "draft: ture",
        "status: draft",
        "Status: Draft",
        "status: private",
        "visibility: private",
        "tags: private",
        "tags: ferry, draft",
        "kind: draft",
        "kind: private",
        "published: false",
        "publish: no",
        "public: no",
        "hidden: true",
        "embargo: yes",
        "unpublished: true",
        "topics: gate, private: true",
        "kind: fact; private: true",
        "{private: true}",
        "{private}",
        "{draft}",
        "#private",
        "private!",
        "[private]",
        "| private | true |",
        "private:\n  true",
        "<private>true</private>",
        "private → true",
        "\u{202e}eurt :etavirp",
        "\u{2028}private: true",
        "topics: gate\u{2028}private: true",
        "tags: ferry\nstatus: draft",
        "private&colon; true",
        "<!-- private -->\nprivate: true",
    ];
    let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
    hold_back_all(&lines, |word, line| {
        vec![file(
            format!("annotations/{word}.md"),
            format!("---\nsource: report\n---\n\n{}", a_note(word, line)),
        )]
    });
    let titles = [
        "{private: true}",
        "{private}",
        "{draft}",
        "{draft: true}",
        "{#id .private}",
        "{#id private}",
        "{private} {#id}",
        "[private]",
        "(private)",
        "#private",
        "— private: true",
        "{рrivate}",
        "{priv\u{200b}ate}",
        "{ private }",
        "{status: draft, private}",
    ];
    let titles: Vec<String> = titles.iter().map(|title| title.to_string()).collect();
    hold_back_all(&titles, |word, behind| {
        let notes = format!(
            "---\nsource: report\n---\n\n## {word} {behind}\n\n> A visit is planned\n\n{word} comment.\n"
        );
        let topic = format!("# {word} {behind}\n\n{word} prose.\n");
        vec![
            file(format!("annotations/{word}.md"), notes),
            file(format!("annotations/topics/{word}.md"), topic),
        ]
    });
}

#[test]
fn the_stricter_reading_wins_in_a_head() {
    let heads = [
        "status: draft",
        "Status: Draft",
        "status: [draft]",
        "status:\n  - draft",
        "tags: [private, ferry]",
        "tags:\n  - ferry\n  - private",
        "published: false",
        "publish: no",
        "visibility: private",
        "meta:\n  private: true",
        "meta: {private: true}",
        "meta:\n  - private: true",
        "- private: true",
        "draft:\n  true",
        "draft: [true]",
        "draft: false\ndraft: true",
        "private: false\nprivate: yes",
        "title: ZZ {private}",
        "#private",
        "private",
        "private true",
        "draft",
        "description: |\n  text\n  private: true",
        "hidden: true",
        "?private: true",
        "!private : true",
        "unpublished: yes",
    ];
    let heads: Vec<String> = heads.iter().map(|head| head.to_string()).collect();
    hold_back_all(&heads, |word, head| {
        let named = if head.starts_with("title") {
            head.replace("ZZ", word)
        } else {
            format!("title: {word}\n{head}")
        };
        let topic =
            file(format!("annotations/topics/{word}.md"), format!("---\n{named}\n---\n\n{word} prose.\n"));
        let notes = file(
            format!("annotations/{word}.md"),
            format!("---\nsource: report\nby: {word}\n{head}\n---\n\n## {word}\n\n{word}\n"),
        );
        let page = file(
            format!("annotations/pages/{word}-page.md"),
            format!("---\n{named}\n---\n\n{word} prose.\n"),
        );
        vec![
            topic,
            notes,
            page,
            file(format!("seeds/{word}-seed.md"), format!("---\n{named}\n---\n\n{word} words.\n")),
        ]
    });
    // No fences, fences that are none, a second block.
    let texts = [
        "title: ZZ\nprivate: true\n\nZZ prose.\n",
        "---\ntitle: ZZ\n---\nprivate: true\n\nZZ prose.\n",
        "---\ntitle: ZZ\n---\n---\nprivate: true\n---\n\nZZ prose.\n",
        "\u{200b}---\ntitle: ZZ\ndraft: true\n---\n\nZZ prose.\n",
        "—\ntitle: ZZ\ndraft: true\n—\n\nZZ prose.\n",
        "+++\ntitle = \"ZZ\"\ndraft = true\n+++\n\nZZ prose.\n",
        "---\ntitle: ZZ\n...\ndraft: true\n\nZZ prose.\n",
        "---\n“draft”: true\n---\n\nZZ prose.\n",
        "```\n---\ntitle: ZZ\nprivate: true\n---\n```\n\nZZ prose.\n",
        "draft: true\n\nZZ prose.\n",
        "status: draft\n\nZZ prose.\n",
    ];
    let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
    hold_back_all(&texts, |word, text| {
        let text = text.replace("ZZ", word);
        let mut files = vec![
            file(format!("annotations/topics/{word}.md"), text.clone()),
            file(format!("annotations/pages/{word}-page.md"), text.clone()),
        ];
        // In a source the status is somebody else's word, or a line of the text.
        if !text.starts_with("status") {
            files.push(file(format!("seeds/{word}-seed.md"), text));
        }
        files
    });
    let tables = [
        "[source]\ndraft = true",
        "source.draft = true",
        "meta = { draft = true }",
        "status = \"draft\"",
        "tags = [\"private\"]",
        "draft = \"“true”\"",
        "\"draft\" = true",
        "\"Черновик\" = true",
        "ЛИЧНОЕ = true",
        "draft := true",
        "draft: true",
        "published = false",
        "private = 'yes'",
        "draft =",
        "draft",
    ];
    let tables: Vec<String> = tables
        .iter()
        .filter(|table| **table != "draft")
        .map(|table| table.to_string())
        .collect();
    hold_back_all(&tables, |word, table| {
        vec![
            file(format!("seeds/{word}.txt"), format!("{word} words.\n")),
            file(format!("seeds/{word}.txt.toml"), format!("{table}\n")),
        ]
    });
}

#[test]
fn a_page_that_says_so_in_its_head_is_held_back() {
    let metas = [
        "<meta name=draft content=true>",
        "<meta name=\"private\" content=\"yes\">",
        "<meta property=draft content=1>",
        "<meta name=status content=draft>",
        "<meta name=\"dráft\" content=\"true\">",
    ];
    let metas: Vec<String> = metas.iter().map(|meta| meta.to_string()).collect();
    hold_back_all(&metas, |word, meta| {
        vec![file(format!("seeds/{word}.html"), format!("<title>{word}</title>{meta}<p>{word} words."))]
    });
    let rights = ["<meta name=rights content=none>", "<meta name=\"Rights\" content=\"None\">"];
    let rights: Vec<String> = rights.iter().map(|meta| meta.to_string()).collect();
    hold_back_all(&rights, |word, meta| {
        let number = word.trim_start_matches(CANARY);
        vec![file(format!("seeds/held-{number}.html"), format!("<title>Held</title>{meta}<p>{word} words."))]
    });
}

#[test]
fn lines_and_titles_that_mean_to_hide_and_stand_within_others() {
    let fields = [
        "topics: ferry private: true",
        "page: 12 / private: true",
        "by: Me — private: true",
        "Note: private: true",
        "PRIVATE",
        "- [x] private",
        "**private**",
        "Do not publish!",
        "topics: private",
        "status: privat",
        "status: DRAFT — do not publish",
        "iraft: true",
    ];
    let fields: Vec<String> = fields.iter().map(|line| line.to_string()).collect();
    hold_back_each(&fields, |line| read_notes(&a_note("A", line)).notes[0].private);
    let titles = ["[private] A", "{draft} A", "A {privat}", "A [privat]"];
    let titles: Vec<String> = titles.iter().map(|title| title.to_string()).collect();
    hold_back_each(&titles, |title| {
        read_notes(&format!("## {title}\n\n> A visit is planned\n\nWords.\n")).notes[0].private
    });
}

#[test]
fn files_of_facts_that_miss_their_source_are_obeyed_or_refused() {
    for (seed, beside) in [
        ("seeds/zan.txt", "seeds/Zan.txt.toml"),
        ("seeds/zan.txt", "seeds/zan.TXT.toml"),
        ("seeds/t\u{f4}.txt", "seeds/to\u{302}.txt.toml"),
        ("seeds/to\u{302}.txt", "seeds/t\u{f4}.txt.toml"),
    ] {
        let case =
            case(beside, &[(seed, "CANARY words.\n".to_string()), (beside, "draft = true\n".to_string())]);
        assert_eq!(leaks(&build(&with_ground(&case))), Vec::<String>::new(), "{beside}");
    }
    for (beside, text) in [
        ("seeds/zan.md.toml", "draft = true\n"),
        ("seeds/zan.toml", "draft = true\n"),
        ("seeds/zan.txt.yaml", "draft: true\n"),
        ("seeds/zan.txt.json", "{\"private\": true}\n"),
        ("annotations/zan.txt.toml", "rights = \"none\"\n"),
    ] {
        let case =
            case(beside, &[("seeds/zan.txt", "CANARY words.\n".to_string()), (beside, text.to_string())]);
        assert!(build(&with_ground(&case)).report.count(Severity::Error) > 0, "{beside}");
    }
}

#[test]
fn heads_of_sources_in_other_forms_and_unclear_metas_hold_back() {
    let metas = [
        "draft content=ture",
        "draft content=\"\"",
        "privat content=true",
        "drfat content=true",
        "published content=false",
    ];
    let more = ["casebook:draft content=true", "rights content=non", "dc.rights content=none"];
    for meta in metas.iter().chain(&more) {
        let page = format!("<title>Held</title><meta name={meta}><p>CANARY words.");
        let case = case(*meta, &[("seeds/held.html", page)]);
        assert_eq!(leaks(&build(&with_ground(&case))), Vec::<String>::new(), "{meta}");
    }
    for head in [
        "{\"private\": true, \"title\": \"x\"}\n",
        "{\n\"draft\": true\n}\n",
        "---toml\ndraft = true\n---\n",
        "\u{200b}\n---\ndraft: true\n---\n",
    ] {
        for name in ["seeds/held.md", "seeds/held.txt"] {
            let case = case(head, &[(name, format!("{head}\nCANARY words.\n"))]);
            assert_eq!(leaks(&build(&with_ground(&case))), Vec::<String>::new(), "{name} {head:?}");
        }
    }
}

/// What people write about private matters is published.
#[test]
fn honest_words_are_published() {
    let comments = [
        "Private schools were closed.",
        "Draft: a plan for the ferry",
        "The draft treaty was signed.",
        "In private: he agreed.",
        "Status: draft of 5 May",
        "Rights: none were granted.",
        "> Private: John Smith",
        "The private sector: 12 firms",
        "A draft: true to its word.",
        "privé",
        "Drafton",
    ];
    for comment in comments {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords first.\n\n{comment}\n\nCANARY\n"
        );
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", notes)])));
        assert!(!leaks(&built).is_empty(), "{comment:?} hides its note");
        assert_eq!(built.report.count(Severity::Error), 0, "{comment:?}");
    }
}

/// `rights: none` means no word: not in a title, an author's name, an id of a heading, a siglum or an
/// address.
#[test]
fn facts_that_a_withheld_text_tells_of_itself() {
    let texts = [
        (
            "html",
            "<title>ZZ</title><meta name=author content=ZZ><meta property=og:site_name content=ZZ><link rel=canonical href=https://example.org/ZZ><h1>ZZ</h1><p>Words.",
        ),
        ("html", "<h1>ZZ</h1><p>Words."),
        (
            "html",
            "<script type=application/ld+json>{\"headline\": \"ZZ\", \"author\": {\"name\": \"ZZ\"}, \"url\": \"https://example.org/ZZ\"}</script><p>Words.",
        ),
        ("md", "# ZZ\n\nWords.\n"),
        (
            "md",
            "---\ntitle: ZZ\nauthor: ZZ\npublisher: ZZ\naliases: [ZZ]\nurl: https://example.org/ZZ\n---\n\nWords.\n",
        ),
        ("txt", "ZZ\n\nWords.\n"),
    ];
    let forms: Vec<String> = texts
        .iter()
        .map(|(ending, text)| format!("{ending}|{text}"))
        .collect();
    for line in ["rights: none", "rights:", "rіghts: none"] {
        hold_back_all(&forms, |word, form| {
            let (ending, text) = form.split_once('|').expect("an ending and a text");
            let name = format!("held-{}", word.trim_start_matches(CANARY));
            let seed = file(format!("seeds/{name}.{ending}"), text.replace("ZZ", word));
            let notes =
                format!("---\nsource: {name}\n{line}\n---\n\n## One\n\n> Words\n\nSee [[{name}#{word}]].\n");
            vec![
                seed,
                file(
                    format!("annotations/{name}.md"),
                    notes.replace(&format!("See [[{name}#{word}]]."), "Remark."),
                ),
            ]
        });
    }
    let excerpts: Vec<String> = forms
        .iter()
        .filter(|form| form.contains("h1>") || form.contains("# "))
        .cloned()
        .collect();
    hold_back_all(&excerpts, |word, form| {
        let (ending, text) = form.split_once('|').expect("an ending and a text");
        let name = format!("held-{}", word.trim_start_matches(CANARY));
        let text = text.replace(
            "<meta name=author content=ZZ><meta property=og:site_name content=ZZ><link rel=canonical href=https://example.org/ZZ>",
            "",
        );
        let notes = format!("---\nsource: {name}\nrights: excerpts\n---\n\n## One\n\n> Words\n");
        vec![
            file(format!("seeds/{name}.{ending}"), text.replace("ZZ", word)),
            file(format!("annotations/{name}.md"), notes),
        ]
    });
}

/// Words that rights withhold are an error wherever people repeat them.
#[test]
fn words_that_are_withheld_are_not_repeated() {
    let words = "the keeper of the gate saw two strangers at noon and told nobody";
    let held = |rights: &str| {
        [
            (
                "seeds/held.txt".to_string(),
                format!("A first sentence stands here.\n\nOn Monday {words}.\n").into_bytes(),
            ),
            file(
                "annotations/held.md".into(),
                format!(
                    "---\nsource: held\ntitle: Held\nrights: {rights}\n---\n\n## One\n\n> A first sentence\n\nOwn words.\n"
                ),
            ),
        ]
    };
    let note = |title: &str, rest: &str| {
        format!("---\nsource: report\n---\n\n## {title}\n\n> A visit is planned\n\n{rest}\n")
    };
    let places = [
        ("annotations/second.md", note(words, "")),
        ("annotations/second.md", note("Second", &format!("It says that {}!", words.to_uppercase()))),
        (
            "annotations/second.md",
            note(
                "Second",
                "Of *the keeper* of the “gate”: saw two [strangers](https://example.org) at noon.",
            ),
        ),
        (
            "annotations/second.md",
            note("Second", "Own words.\n\n> the keeper of the gate saw two strangers at noon"),
        ),
        ("annotations/second.md", note("Second", &format!("figure: {words}, 2024 = 2"))),
        ("annotations/second.md", format!("---\nsource: report\n---\n\nA remark: {words}\n")),
        ("annotations/topics/gate.md", format!("---\ntitle: The gate\n---\n\n{words}\n")),
        ("annotations/topics/gate.md", format!("---\ntitle: \"{words}\"\n---\n")),
        ("annotations/claims/unsafe-yard.md", format!("---\ntitle: {words}\n---\n")),
        ("annotations/pages/essay.md", format!("---\ntitle: Essay\n---\n\n- {words}\n")),
    ];
    let slug = words.replace(' ', "-");
    let head = |line: &str| {
        format!("---\nsource: report\n{line}\n---\n\n## Second\n\n> A visit is planned\n\nWords.\n")
    };
    let said_elsewhere = [
        ("annotations/second.md", head(&format!("title: {words}"))),
        ("annotations/second.md", head(&format!("author: {words}"))),
        ("annotations/second.md", head(&format!("publisher: {words}"))),
        ("annotations/second.md", head(&format!("by: {words}"))),
        ("annotations/second.md", head(&format!("topics: {words}"))),
        ("annotations/second.md", note("Second", &format!("topics: {words}"))),
        ("annotations/second.md", note("Second", &format!("page: {words}"))),
        ("annotations/second.md", note("Second", &format!("by: {words}"))),
        ("annotations/second.md", note(&format!("Second {{#{slug}}}"), "Words.")),
        ("annotations/second.md", note("Second", &format!("![{words}](https://example.org/x.png)"))),
        ("annotations/second.md", note("Second", &format!("[Here](https://example.org/{slug})"))),
        ("annotations/second.md", note("Second", &format!("It: {}", words.replace(' ', ".")))),
        ("annotations/second.md", note("Second", &format!("It: {}", words.replace(' ', "\u{200d}")))),
        (
            "annotations/second.md",
            note("Second", &format!("It: {}", words.replace("ee", "e\u{3164}e\u{200b}"))),
        ),
        (
            "annotations/second.md",
            note("Second", &format!("It: {}", words.replace('a', "а").replace('e', "е"))),
        ),
        (
            "annotations/second.md",
            note("Second", &format!("It: {}", words.replace(" the", " [t]he").replace("k", "[k]"))),
        ),
        ("annotations/second.md", note("Second", &format!("It: {}", words.replace(" gate", " ~~xy~~ gate")))),
        ("annotations/topics/gate.md", format!("---\ntitle: The gate\naliases: [\"{words}\"]\n---\n")),
        ("annotations/pages/the-keeper-of-the-gate-saw-two-strangers.md", "Words.\n".to_string()),
    ];
    let codes = |rights: &str, path: &str, text: &str| {
        let mut files = with_ground(&Case { name: String::new(), files: held(rights).to_vec() });
        files.retain(|(known, _)| known != path);
        files.push(file(path.to_string(), text.to_string()));
        let report = build(&files).report.diagnostics.clone();
        report
            .iter()
            .filter(|mistake| mistake.code.name == "withheld-words")
            .count()
    };
    for (path, text) in &places {
        assert_eq!(codes("none", path, text), 1, "{text}");
        assert_eq!(codes("excerpts", path, text), 1, "{text}");
        assert_eq!(codes("full", path, text), 0, "{text}");
    }
    for (path, text) in &said_elsewhere {
        assert!(codes("none", path, text) > 0, "{path} {text}");
        assert!(codes("excerpts", path, text) > 0, "{path} {text}");
        assert_eq!(codes("full", path, text), 0, "{path} {text}");
    }
    let honest = [
        note("Second", "Seven words: keeper of the gate saw two strangers."),
        note("Second", "Two strangers at noon saw the keeper of the gate and told nobody."),
    ];
    honest
        .iter()
        .for_each(|text| assert_eq!(codes("none", "annotations/second.md", text), 0, "{text}"));
    let quoted = format!("> {words}\n> — [[held]]");
    assert_eq!(
        codes("excerpts", "annotations/second.md", &note("Second", &format!("{quoted}\n\nSo {words}."))),
        0,
        "what is quoted is published"
    );
    assert_eq!(
        codes("none", "annotations/second.md", &note("Second", &quoted)),
        0,
        "a quotation keeps its source's rights"
    );
}

/// With `excerpts` the sentence of a passage is published, not its neighbour on the same line; and no private
/// note frees a word.
#[test]
fn what_is_not_shown_of_an_excerpt_is_withheld() {
    let secret = "The keeper of the gate saw two strangers at noon and told nobody";
    let codes = |private: &str, comment: &str| {
        let seed = (
            "seeds/held.txt".to_string(),
            format!("{secret}. The council took note of it then.").into_bytes(),
        );
        let notes = format!(
            "---\nsource: held\nrights: excerpts\n---\n\n## One\n\n> took note of it\n\n{comment}\n\n## Two\n\n> {secret}\n\n{private}\n"
        );
        let files = vec![seed, file("annotations/held.md".into(), notes)];
        let report = build(&with_ground(&Case { name: String::new(), files }))
            .report
            .diagnostics
            .clone();
        report
            .iter()
            .filter(|mistake| mistake.code.name == "withheld-words")
            .count()
    };
    assert_eq!(codes("private: true", &format!("So {secret}.")), 1);
    assert_eq!(codes("", &format!("So {secret}.")), 0);
    assert_eq!(codes("private: true", "So the council took note of it then, it says."), 0);
}

// ── Whatever stands before the colon
// ─────────────────────────────────────────────────────────────────────────────────────────────────

/// What people put before a key: words, numbers, signs, marks of lists and quotations, pictures.
const BEFORE: &[&str] = &[
    "",
    "NB ",
    "NB: ",
    "N.B. ",
    "note: ",
    "Note to self: ",
    "keep ",
    "mark ",
    "TODO: ",
    "is ",
    "this is ",
    "still ",
    "2024-01-01 ",
    "10:30 ",
    "7. ",
    "a) ",
    "- ",
    "* ",
    "+ ",
    "• ",
    "– ",
    "→ ",
    "- [ ] ",
    "- [x] ",
    "☐ ",
    "☑ ",
    "🔒 ",
    "⚠️ ",
    "🚫🚫 ",
    "> ",
    "“",
    "(",
    "[",
    "{",
    "«",
    "!",
    "/",
    "@",
    "** ",
    "__",
    "  ",
    "\t",
    "\u{3000}",
    "… ",
    "· ",
    "§ ",
    "¶ ",
    "<br>",
    "He said so. ",
];

/// Keys that a person reads as `private` or `draft`, spelt, joined and translated.
const KEYS: &[&str] = &[
    "private",
    "Private",
    "PRIVATE",
    "privat",
    "pirvate",
    "rpivae",
    "privé",
    "draft",
    "Draft",
    "drfta",
    "rdat",
    "is_private",
    "isPrivate",
    "is-draft",
    "isDraft",
    "private-note",
    "private_note",
    "draft/private",
    "priv",
    "pvt",
    "confidential",
    "Entwurf",
    "vertraulich",
    "intern",
    "nicht veröffentlichen",
    "brouillon",
    "confidentiel",
    "borrador",
    "privado",
    "confidencial",
    "bozza",
    "privato",
    "riservato",
    "rascunho",
    "nháp",
    "riêng tư",
    "mật",
    "черновик",
    "личное",
    "草稿",
    "私密",
    "非公開",
    "下書き",
];

const COLONS: &[&str] = &[": ", ":", " : ", "： ", "︓", "﹕ ", "∶ ", "꞉ ", " = ", "＝"];

const YES: &[&str] = &["true", "yes", "True", "YES", "“true”", "ja", "oui", "sí", "✓", "true.", "**yes**"];

/// The words of two misspelt keys are read as such where they stand alone.
fn is_jumbled(key: &str) -> bool {
    matches!(key, "drfta" | "rdat" | "rpivae" | "privat" | "pirvate" | "privé")
}

/// Every line of the family, or each so many-th of it.
fn stated(step: usize, fits: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for before in BEFORE {
        for key in KEYS.iter().filter(|key| fits(before, key)) {
            for colon in COLONS {
                lines.extend(YES.iter().map(|yes| format!("{before}{key}{colon}{yes}")));
            }
        }
    }
    lines.into_iter().step_by(step).collect()
}

/// Signs before a key change nothing; words before it do where the key is misspelt, and where a quotation may
/// be somebody's words.
fn is_read(before: &str, key: &str) -> bool {
    let has_words = before.chars().any(|c| c.is_alphabetic()) && before != "a) " && before != "<br>";
    let is_plain = matches!(key, "private" | "Private" | "PRIVATE" | "draft" | "Draft");
    !(has_words && is_jumbled(key)) && (before != "> " || is_plain)
}

#[test]
fn whatever_stands_before_the_colon_a_note_is_held_back() {
    let in_fields = |line: &str| read_notes(&a_note("A", line)).notes.iter().all(|note| note.private);
    let lines = stated(37, is_read);
    assert!(lines.len() > 2000, "{}", lines.len());
    hold_back_each(&lines, in_fields);
    // In a comment the same, behind a paragraph. Code is somebody's words.
    let below = |line: &str| format!("## A\n\n> A visit is planned\n\nA comment.\n\n{line}\n");
    let in_comment = |before: &str, key: &str| {
        is_read(before, key) && !matches!(before, "\t" | "this is " | "Note to self: ")
    };
    hold_back_each(&stated(53, in_comment), |line| read_notes(&below(line)).notes[0].private);
    hold_back_all(&some(&lines), |word, line| {
        vec![file(
            format!("annotations/{word}.md"),
            format!("---\nsource: report\n---\n\n{}", a_note(word, line)),
        )]
    });
}

#[test]
fn whatever_stands_before_the_colon_a_head_holds_back() {
    let path = |name: &str| InputPath::new(name).expect("relative");
    let plain = |before: &str, key: &str| {
        is_read(before, key) && !matches!(before, "> " | "{" | "[" | "\t" | "  ") && !before.starts_with('<')
    };
    let lines = stated(41, plain);
    let head = |line: &str| format!("---\ntitle: A\n{line}\n---\n\nWords.\n");
    hold_back_each(&lines, |line| {
        let file = topic(&path("annotations/topics/a.md"), &head(line)).value;
        file.private || file.draft
    });
    let is_draft = |name: &str, text: &str| {
        source(&path(name), text)
            .value
            .facts
            .draft
            .is_some_and(|draft| draft.value)
    };
    let part: Vec<String> = lines.iter().step_by(3).cloned().collect();
    hold_back_each(&part, |line| is_draft("seeds/a.md", &head(line)));
    hold_back_each(&part, |line| is_draft("seeds/a.txt", &head(line)));
    let sidecar = path("seeds/a.txt.toml");
    hold_back_each(&part, |line| {
        sidecar_facts(&sidecar, &format!("title = \"A\"\n{line}\n"))
            .value
            .draft
            .is_some_and(|draft| draft.value)
    });
    hold_back_all(&some(&lines), |word, line| {
        vec![
            file(format!("seeds/{word}.md"), format!("---\ntitle: {word}\n{line}\n---\n\n{word} words.\n")),
            file(
                format!("annotations/pages/{word}-page.md"),
                format!("---\ntitle: {word}\n{line}\n---\n\n{word} words.\n"),
            ),
        ]
    });
}

/// `publish: no`, `status: Entwurf`, `tags: ferry private`: what other programs and other languages say.
#[test]
fn states_that_say_so_hold_back() {
    let noes = [
        "share",
        "publish",
        "published",
        "public",
        "dg-publish",
        "is_public",
        "isPublished",
        "öffentlich",
        "công khai",
        "公開",
    ];
    let no = ["no", "false", "never", "nein", "✗"];
    let mut lines: Vec<String> = noes
        .iter()
        .flat_map(|key| no.iter().map(move |no| format!("{key}: {no}")))
        .collect();
    let words = KEYS.iter().filter(|key| {
        !is_jumbled(key) && !key.contains(['_', '/']) && !key.starts_with("is") && !key.contains("note")
    });
    for word in words {
        lines.extend(["status", "Visibility", "stage"].map(|key| format!("{key}: {word}")));
        lines.push(format!("tags: [ferry, {word}]"));
        if !word.contains(' ') {
            lines.push(format!("tags: ferry {word}"));
            lines.push(format!("tags: [status/{word}]"));
        }
    }
    hold_back_each(&lines, |line| read_notes(&a_note("A", line)).notes[0].private);
    let path = InputPath::new("annotations/topics/a.md").expect("relative");
    hold_back_each(&lines, |line| {
        let file = topic(&path, &format!("---\ntitle: A\n{line}\n---\n\nWords.\n")).value;
        file.private || file.draft
    });
    hold_back_all(&some(&lines), |word, line| {
        vec![
            file(
                format!("annotations/{word}.md"),
                format!("---\nsource: report\n---\n\n{}", a_note(word, line)),
            ),
            file(
                format!("annotations/pages/{word}.md"),
                format!("---\ntitle: {word}\n{line}\n---\n\n{word} words.\n"),
            ),
            file(format!("seeds/{word}-seed.txt"), format!("---\n{line}\n---\n\n{word} words.\n")),
        ]
    });
    let bare = [
        "Vertraulich!",
        "nicht veröffentlichen",
        "Ne pas publier",
        "- [x] brouillon",
        "NHÁP",
        "（非公開）",
        "Entwurf.",
        "#entwurf",
        "черновик",
        "ЧЕРНОВИК",
        "Черновик: да",
        "Личное: ДА",
        "НЕ ПУБЛИКОВАТЬ",
        "status: Черновик",
        "ΠΡΟΧΕΙΡΟ",
        "Πρόχειρο: ναι",
        "RIÊNG TƯ",
    ];
    let bare: Vec<String> = bare.iter().map(|line| line.to_string()).collect();
    hold_back_each(&bare, |line| read_notes(&a_note("A", line)).notes[0].private);
    let titles = [
        "[Entwurf] A",
        "A (vertraulich)",
        "{nháp} A",
        "A [riservato]",
        "PRIVATE Act A1b",
        "DRAFT: Act",
        "A — private: ture",
        "A #brouillon",
        "A （機密）",
        "[Черновик] A",
        "ЧЕРНОВИК: Act",
    ];
    let titles: Vec<String> = titles.iter().map(|title| title.to_string()).collect();
    hold_back_each(&titles, |title| {
        read_notes(&format!("## {title}\n\n> A visit is planned\n\nWords.\n")).notes[0].private
    });
    let tables = ["| private |\n|---|\n| true |", "| Draft |\n| :-- |\n| yes |"];
    let tables: Vec<String> = tables.iter().map(|table| table.to_string()).collect();
    hold_back_each(&tables, |table| read_notes(&a_note("A", table)).notes[0].private);
}

/// A head below a title, between other fences, or in a page.
#[test]
fn a_head_that_is_not_where_it_should_be_holds_back() {
    let fences = ["---", "***", "===", "+++", "~~~", "—", "  ---", "----", ";;;", "```yaml", "\u{feff}---"];
    let above = ["", "\n\n", "# T\n", "# T\n\n", "\u{feff}", "\u{200b}\n"];
    let lines = [
        "private: true",
        "draft: yes",
        "Entwurf: ja",
        "tags: [private]",
        "published: false",
        "status: draft",
        "{\"draft\": true}",
    ];
    let mut heads = Vec::new();
    for fence in fences {
        let end = if fence.starts_with('`') { "```" } else { fence.trim_start_matches('\u{feff}') };
        for above in above {
            heads.extend(
                lines
                    .iter()
                    .map(|line| format!("{above}{fence}\nauthor: B\n{line}\n{end}\n\n")),
            );
        }
    }
    let is_draft = |name: &str, text: &str| {
        let path = InputPath::new(name).expect("relative");
        source(&path, text).value.facts.draft.is_some_and(|draft| draft.value)
    };
    hold_back_each(&heads, |head| is_draft("seeds/a.txt", &format!("{head}Words.\n")));
    hold_back_each(&heads, |head| is_draft("seeds/a.md", &format!("{head}Words.\n")));
    let bare: Vec<String> = heads.iter().filter(|head| !head.contains('"')).cloned().collect();
    hold_back_each(&bare, |head| is_draft("seeds/a.html", &format!("{head}<html><p>Words.")));
    let pages = ["<!-- private: true -->", "<!-- draft -->", "<!--\nEntwurf: ja\n-->"].map(str::to_string);
    hold_back_each(&pages, |page| is_draft("seeds/a.html", &format!("<title>T</title>{page}<p>Words.")));
    let narrow = source(&InputPath::new("seeds/a.html").expect("relative"), "<!-- rights: none --><p>Words.")
        .value
        .facts
        .rights;
    assert_eq!(narrow.map(|given| given.value), Some(Rights::None));
    // A rule, a table and a list of figures are no heads.
    let honest = [
        "A text.\n\n---\n\nStatus: draft\n\nMore.\n",
        "Private: 40\nPublic: 60\n",
        "***\n\nDraft: a plan\n\n***\n",
    ];
    honest
        .iter()
        .for_each(|text| assert!(!is_draft("seeds/a.txt", text), "{text}"));
}

/// What the head of a page says is told, until somebody says beside it what he wants.
#[test]
fn evidence_that_holds_itself_back_is_told_and_decided_beside_it() {
    let codes = |seed: (&str, &str), beside: &str| {
        let case =
            case("", &[("seeds/zan.html", seed.1.to_string()), ("seeds/zan.html.toml", beside.to_string())]);
        let built = build(&with_ground(&case));
        let of_seed = built.report.diagnostics.iter().filter(|mistake| {
            mistake
                .place
                .as_ref()
                .is_some_and(|label| label.place.path.as_str() == seed.0)
        });
        let codes: Vec<&str> = of_seed.map(|mistake| mistake.code.name).collect();
        (codes.join(" "), leaks(&built).is_empty())
    };
    let page = ("seeds/zan.html", "<title>Zan</title><meta name=draft content=true><p>CANARY words.");
    assert_eq!(codes(page, ""), ("held-by-page".to_string(), true));
    assert_eq!(codes(page, "draft = true\n"), (String::new(), true));
    assert_eq!(codes(page, "draft = false\n"), (String::new(), false));
}

/// People expect of a title what they know of a text: that its comments stay at home.
#[test]
fn comments_in_values_are_not_published() {
    let comments = [
        "%% ZZ %%",
        "<!-- ZZ -->",
        "%%ZZ",
        "<!— ZZ —>",
        "<!–– ZZ ––>",
        "％％ ZZ ％％",
        "<!- ZZ ->",
        "%% a %% b %% ZZ %%",
    ];
    let comments: Vec<String> = comments.iter().map(|comment| comment.to_string()).collect();
    hold_back_all(&comments, |word, comment| {
        let comment = comment.replace("ZZ", word);
        let number = word.trim_start_matches(CANARY);
        vec![
            file(
                format!("seeds/seed-{number}.md"),
                format!("---\ntitle: A {comment}\nauthor: \"B {comment}\"\n---\n\nWords {number}.\n"),
            ),
            file(format!("seeds/beside-{number}.txt"), format!("Words {number}.\n")),
            file(
                format!("seeds/beside-{number}.txt.toml"),
                format!("title = \"A {comment}\"\npublisher = \"B {comment}\"\n"),
            ),
            file(
                format!("annotations/seed-{number}.md"),
                format!(
                    "---\nby: A {comment}\npublisher: C {comment}\n---\n\n## One\n\n> Words {number}\n\nWords.\n"
                ),
            ),
            file(
                format!("annotations/pages/page-{number}.md"),
                format!(
                    "---\ntitle: A {number} {comment}\naliases: [\"C {number} {comment}\"]\n---\n\nWords.\n"
                ),
            ),
        ]
    });
    let settings =
        "[dossier]\ntitle = \"Ground %% CANARY %%\"\ndescription = \"D <!-- CANARY -->\"\n".to_string();
    hold_back(&[case("settings", &[("casebook.toml", settings)])]);
    // In running text what only looks like a comment is refused.
    for comment in ["<!— CANARY —>", "％％ CANARY ％％", "<!- CANARY ->"] {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords {comment} more.\n"
        );
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", notes)])));
        assert!(built.report.count(Severity::Error) > 0, "{comment}");
    }
}

/// The name of something held back is not published by a title that links to it.
#[test]
fn titles_do_not_link_to_what_is_held_back() {
    let hidden = [
        ("annotations/topics/secret.md", "---\ntitle: Secret\nprivate: true\n---\n".to_string()),
        ("annotations/claims/hush.md", "---\ntitle: Hush\ndraft: true\n---\n".to_string()),
        ("seeds/dark.md", "---\ndraft: true\n---\n\nWords.\n".to_string()),
        (
            "annotations/third.md",
            "---\nsource: report\n---\n\n## Mine {#mine}\n\n> Nobody was named\n\nprivate: true\n"
                .to_string(),
        ),
    ];
    for link in ["[[secret]]", "![[secret]]", "[[Secret|it]]", "[[hush]]", "[[dark]]", "[[report#mine]]"] {
        let titles = [
            (
                "annotations/second.md",
                format!("---\nsource: report\n---\n\n## On {link}\n\n> A visit is planned\n\nWords.\n"),
            ),
            ("annotations/pages/essay.md", format!("---\ntitle: \"On {link}\"\n---\n\nWords.\n")),
            ("annotations/pages/essay.md", format!("# On {link}\n\nWords.\n")),
            ("annotations/claims/unsafe-yard.md", format!("---\ntitle: \"It {link} was\"\n---\n")),
            ("annotations/topics/gate.md", format!("---\ntitle: \"The {link} gate\"\n---\n")),
            ("seeds/other.txt.toml", format!("title = \"Of {link}\"\n")),
        ];
        for title in titles {
            let case = case(link, &[hidden.as_slice(), std::slice::from_ref(&title)].concat());
            let report = build(&with_ground(&case)).report;
            let told = report.diagnostics.iter().any(|mistake| {
                mistake.code.name == "link-to-unpublished" && mistake.severity == Severity::Error
            });
            assert!(told, "{link} {title:?}");
        }
    }
}

/// The words of a source that is not published are no more published than those of one without rights.
#[test]
fn the_words_of_a_draft_are_not_repeated() {
    let words = "the keeper of the gate saw two strangers at noon and told nobody";
    let codes = |path: &str, text: &str| {
        let seed =
            ("seeds/dark.md", format!("---\ndraft: true\ntitle: {words}\n---\n\nOn Monday {words}.\n"));
        let own = (
            "annotations/dark.md",
            format!("---\nsource: dark\n---\n\n## Own\n\n> {words}\n\nAnd {words}.\n"),
        );
        let case = case(path, &[seed, own, (path, text.to_string())]);
        let report = build(&with_ground(&case)).report;
        report
            .diagnostics
            .iter()
            .filter(|mistake| mistake.code.name == "withheld-words")
            .count()
    };
    let note = |title: &str, rest: &str| {
        format!("---\nsource: report\n---\n\n## {title}\n\n> A visit is planned\n\n{rest}\n")
    };
    assert_eq!(codes("annotations/second.md", &note("Second", &format!("So {words}."))), 1);
    assert_eq!(codes("annotations/second.md", &note(words, "Words.")), 1);
    assert_eq!(codes("annotations/pages/essay.md", &format!("---\ntitle: {words}\n---\n\nWords.\n")), 1);
    assert_eq!(codes("annotations/pages/essay.md", &format!("---\ntitle: Essay\n---\n\n> {words}\n")), 1);
    assert_eq!(
        codes("annotations/second.md", &note("Second", &format!("So {words}.\n\nprivate: true"))),
        0,
        "a private note is shown to nobody"
    );
    assert_eq!(codes("annotations/second.md", &note("Second", "Words of its own.")), 0);
}

/// A file's name, an id and an address are published too.
#[test]
fn withheld_words_in_names_and_addresses_are_told() {
    let words = "the keeper of the gate saw two strangers at noon";
    let slug = words.replace(' ', "-");
    let coded: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let places = [
        (format!("seeds/{slug}.txt"), "Other words.\n".to_string()),
        (format!("seeds/{slug}/a.txt"), "Other words.\n".to_string()),
        ("annotations/pages/essay.md".to_string(), format!("[Here](https://example.org/{coded})\n")),
        (
            "annotations/pages/essay.md".to_string(),
            format!("![Here](https://example.org/{}.png)\n", words.replace(' ', "%20")),
        ),
        (
            "annotations/topics/gate.md".to_string(),
            format!("---\ntitle: The gate\nsame-as: https://example.org/{slug}\n---\n"),
        ),
    ];
    for (path, text) in places {
        for (facts, withheld) in
            [("rights = \"none\"\n", true), ("draft = true\n", true), ("rights = \"full\"\n", false)]
        {
            let seed = ("seeds/held.txt", format!("On Monday {words}.\n"));
            let beside = ("seeds/held.txt.toml", format!("title = \"Held\"\n{facts}"));
            let case = case(path.as_str(), &[seed, beside, (path.as_str(), text.clone())]);
            let report = build(&with_ground(&case)).report;
            let told = report
                .diagnostics
                .iter()
                .any(|mistake| mistake.code.name == "withheld-words");
            assert_eq!(told, withheld, "{path} {facts}");
        }
    }
    let seed = "The words begin. ![CANARY](https://example.org/CANARY.png) and [a link](https://example.org/CANARY) go on here.\n";
    let notes =
        "---\nsource: held\ntitle: Held\nrights: excerpts\n---\n\n## One\n\n> and a link go on\n\nWords.\n";
    hold_back(&[case(
        "an excerpt's picture and link",
        &[("seeds/held.md", seed.to_string()), ("annotations/held.md", notes.to_string())],
    )]);
}

/// A file of notes that is no text may have said `rights: none`.
#[test]
fn notes_that_cannot_be_read_withhold_their_source() {
    let seed = ("seeds/held.txt", "CANARY words.\n".to_string());
    for notes in ["---\nsource: held\nrights: none\n---\n\n\0CANARY\n", "\0CANARY"] {
        hold_back(&[case(notes, &[seed.clone(), ("annotations/held.md", notes.to_string())])]);
    }
}

/// A sentence with a subject and a verb, a list of figures, a rank, a heading: no reader takes them for a
/// key.
#[test]
fn sentences_and_figures_are_published() {
    let comments = [
        "Privates: 400",
        "- private: 40\n- public: 60",
        "Private: 40 %",
        "Draft 1",
        "The answer was clear.\nRights: none.\nSo it was.",
        "Rights: none.",
        "Private: the school is run by nuns.",
        "**Private:** the school is run by nuns.",
        "Private: no. Public: yes.",
        "Privé: les écoles sont fermées.",
        "Privacy: yes, a concern.",
        "The hashtag #private was used 41,200 times.",
        "| private | 1 |\n|---|---|\n| public | 2 |",
        "Rank: private",
        "Is it public: no.",
        "Intern: the young man who fetched coffee.",
    ];
    for comment in comments {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords first.\n\n{comment}\n\nCANARY\n"
        );
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", notes)])));
        assert!(!leaks(&built).is_empty(), "{comment:?} hides its note");
        assert_eq!(built.report.count(Severity::Error), 0, "{comment:?}");
    }
    for title in
        ["Draft 1", "Private schools", "PRIVATE EYE", "Vote (secret)", "Private: the sector that grew most"]
    {
        assert!(
            !read_notes(&format!("## {title}\n\n> A visit is planned\n\nWords.\n")).notes[0].private,
            "{title}"
        );
    }
    let first = "Private: the school is run by nuns.";
    assert!(!read_notes(&format!("## A\n\n> A visit is planned\n\n{first}\n")).notes[0].private, "{first}");
}

/// Words in capitals, stamps, callouts and what other programs say, where fields stand.
#[test]
fn stamps_and_callouts_hold_a_note_back() {
    let lines = [
        "Private & Confidential",
        "Don't publish",
        "Don’t publish!",
        "Do not publish yet",
        "NOT PUBLIC",
        "Keep private",
        "PRIVATE NOTES",
        "EMBARGOED",
        "UNPUBLISHED",
        "FOR INTERNAL USE ONLY",
        "P R I V A T E",
        "DRAFT v2",
        "DRAFT 2",
        "> [!private] Hidden",
        "> [!private]- Hidden",
        "> [!hidden]",
        "> [!secret] Mine",
        "> [!Черновик] Mine",
        "visibility: none",
        "visibility: hide",
        "visibility: false",
        "hide: true",
        "noPublish: true",
        "publish: flase",
        "export: false",
    ];
    let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
    hold_back_each(&lines, |line| read_notes(&a_note("A", line)).notes[0].private);
    for line in [
        "Draft 2 was better.",
        "Draft 1",
        "> [!note] Words",
        "visibility: all",
        "export: true",
        "Secret",
        "publish: true",
    ] {
        let file = read_notes(&format!("## A\n\n> A visit is planned\n\n{line}\n\nWords.\n"));
        assert!(!file.notes[0].private, "{line}");
    }
}

/// A comment of several lines at the head of a source, YAML with lists and blocks, a head without fences.
#[test]
fn heads_of_several_lines_hold_a_source_back() {
    let says = ["draft: true", "private: true", "status: draft", "tags: [private]", "published: false"];
    let mut heads = Vec::new();
    for line in says {
        heads.push(format!("<!--\n{line}\n-->\n\n"));
        heads.push(format!("<!-- \ntitle: X\n{line}\n\n-->\n"));
        heads.push(format!("/*\n{line}\n*/\n\n"));
        heads.push(format!("Title: X\n\n{line}\n\n"));
        heads.push(format!("Title: X\n{line}\n\n"));
        heads.push(format!("---\ntitle: >\n  x\n{line}\n---\n"));
        heads.push(format!("---\ntitle: |\n  x and y\n  z\n{line}\n---\n"));
        heads.push(format!("---\n{line}\n...\n"));
        heads.push(format!("{line}\n\n"));
    }
    heads.push("---\ntags:\n  - private\n---\n".to_string());
    heads.push("---\ntags:\n- ferry\n- private\n---\n".to_string());
    heads.push("---\nstatus:\n  draft\n---\n".to_string());
    heads.push("<!--\ndraft\n-->\n\n".to_string());
    let facts = |name: &str, text: &str| source(&InputPath::new(name).expect("relative"), text).value.facts;
    for name in ["seeds/a.md", "seeds/a.txt"] {
        hold_back_each(&heads, |head| {
            facts(name, &format!("{head}Words.\n"))
                .draft
                .is_some_and(|draft| draft.value)
        });
        let narrowed = facts(name, "<!--\nrights: none\n-->\n\nWords.\n").rights;
        assert_eq!(narrowed.map(|given| given.value), Some(Rights::None), "{name}");
        for text in [
            "<!--\nA draft of it\n-->\n\nWords.\n",
            "Dear Sir:\n\nI write.\n\ndraft: true\n",
            "A text.\n\n<!--\ndraft: true\n-->\n",
        ] {
            assert!(facts(name, text).draft.is_none(), "{name} {text}");
        }
    }
}

/// What stands beside the link to a source is published.
#[test]
fn withheld_words_beside_a_link_are_told() {
    let words = "secret zanary clause says the ferry shall be sold to Omega";
    for (facts, withheld) in [
        ("rights = \"none\"\n", true),
        ("rights = \"excerpts\"\n", true),
        ("draft = true\n", true),
        ("", false),
    ] {
        let zan = [
            ("seeds/zan.txt", format!("The council met on Monday. The {words}.\n")),
            ("seeds/zan.txt.toml", format!("title = \"Zan\"\n{facts}")),
        ];
        for link in [format!("{words} of [[zan]]"), format!("[[zan]], {words}"), format!("[[zan|{words}]]")] {
            let quoted = format!("> The council met on Monday\n> — {link}\n");
            for (path, text) in [
                (
                    "annotations/second.md",
                    format!("---\nsource: report\n---\n\n## Second\n\n{quoted}\nWords.\n"),
                ),
                (
                    "annotations/second.md",
                    format!(
                        "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords.\n\n{quoted}"
                    ),
                ),
                ("annotations/pages/essay.md", format!("---\ntitle: Essay\n---\n\n{quoted}")),
            ] {
                let case = case(path, &[zan[0].clone(), zan[1].clone(), (path, text.clone())]);
                let report = build(&with_ground(&case)).report;
                let told = report
                    .diagnostics
                    .iter()
                    .any(|mistake| mistake.code.name == "withheld-words");
                assert_eq!(told, withheld, "{path} {facts} {text}");
            }
        }
    }
}

/// A comment that is broken is an error in a title and in a field, as it is in running text.
#[test]
fn broken_comments_are_published_nowhere() {
    let comments = [
        "<!— CANARY —>",
        "%% CANARY",
        "<!- CANARY ->",
        "<!-- CANARY --!>",
        "<!– CANARY –>",
        "<! CANARY >",
        "< !-- CANARY -->",
        "&lt;!-- CANARY --&gt;",
        "＜!-- CANARY --＞",
        "％% CANARY %％",
    ];
    for comment in comments {
        let note = |title: &str, line: &str| {
            format!(
                "---\nsource: report\n---\n\n## Second{title}\n\n> A visit is planned\n\n{line}\n\nWords.\n"
            )
        };
        let fields = ["page: 3", "ref: R 3", "by: Me", "topics: gate", "figure: gates, 2024 = 2"];
        let mut texts = vec![note(&format!(" {comment}"), "")];
        texts.extend(fields.iter().map(|field| note("", &format!("{field} {comment}"))));
        for text in &texts {
            let built = build(&with_ground(&case(comment, &[("annotations/second.md", text.clone())])));
            assert_eq!(leaks(&built), Vec::<String>::new(), "{text}");
            assert!(built.report.count(Severity::Error) > 0, "{text}");
        }
        let text = note("", &format!("Words {comment} more."));
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", text.clone())])));
        assert!(built.report.count(Severity::Error) > 0, "{text}");
    }
}

/// A file that is not read for its ending, and that would hold something back.
#[test]
fn files_that_miss_their_ending_are_refused() {
    let facts = [
        "seeds/zan.txt.tolm",
        "seeds/zan.txt.tml",
        "seeds/zan.txt.ini",
        "seeds/zan.txt.conf",
        "seeds/zan.txt.meta",
        "seeds/zan.txt.toml~",
        "seeds/zan.txt.toml ",
    ];
    let mut files: Vec<(&str, &str)> = facts.iter().map(|path| (*path, "draft = true\n")).collect();
    files.extend(facts.iter().map(|path| (*path, "rights = \"none\"\n")));
    let notes = ["annotations/zan.mdx", "annotations/zan.markdown", "annotations/zan.md.txt"];
    files.extend(
        notes
            .iter()
            .map(|path| (*path, "---\nsource: zan\nrights: none\n---\n")),
    );
    for (beside, text) in files {
        let held = case(beside, &[("seeds/zan.txt", "Words.\n".to_string()), (beside, text.to_string())]);
        assert!(build(&with_ground(&held)).report.count(Severity::Error) > 0, "{beside} {text}");
        let open = case(
            beside,
            &[("seeds/zan.txt", "Words.\n".to_string()), (beside, "title = \"Zan\"\n".to_string())],
        );
        assert_eq!(build(&with_ground(&open)).report.count(Severity::Error), 0, "{beside}");
    }
}

/// A quoted title is no key, and a word of another meaning is no misspelt one.
#[test]
fn titles_and_other_words_are_no_keys() {
    for title in [
        "Human rights: none",
        "Rights of way: none",
        "Public: no, said the clerk.",
        "Embargo: yes, since 1962.",
    ] {
        for path in ["annotations/topics/x.md", "annotations/pages/x.md"] {
            let text = format!("---\ntitle: \"{title}\"\n---\n\nCANARY\n");
            let built = build(&with_ground(&case(title, &[(path, text)])));
            assert!(!leaks(&built).is_empty(), "{path} {title}");
            assert_eq!(built.report.count(Severity::Error), 0, "{path} {title}");
        }
    }
    for line in [
        "Draft beer: yes",
        "Primate: yes",
        "Pirate: true",
        "Raft: true",
        "Prorate: yes",
        "Private eye: yes",
        "Private Haushalte: ja",
    ] {
        assert!(!read_notes(&a_note("A", line)).notes[0].private, "{line}");
        let file = topic(
            &InputPath::new("annotations/topics/a.md").expect("relative"),
            &format!("---\ntitle: A\n{line}\n---\n"),
        )
        .value;
        assert!(!file.private && !file.draft, "{line}");
    }
}

// ── Stamps
// ─────────────────────────────────────────────────────────────────────────────────────────────────

/// What people stamp on a text, in small letters.
const STAMPS: &[&str] = &[
    "private",
    "confidential",
    "do not publish",
    "not for publication",
    "off the record",
    "draft",
    "vertraulich",
    "Entwurf",
    "brouillon",
    "confidentiel",
    "borrador",
    "riservato",
    "rascunho",
    "nháp",
    "riêng tư",
    "черновик",
    "конфиденциально",
    "非公開",
    "草稿",
    "비공개",
];

/// Every stamp in brackets and in capitals, before and behind a sentence and a title.
fn stamped(sentence: &str, in_title: bool) -> Vec<String> {
    let mut forms = Vec::new();
    for stamp in STAMPS {
        let loud = stamp.to_uppercase();
        let is_cased = loud != *stamp;
        for typed in [stamp.to_string(), loud.clone()] {
            for (open, close) in [("[", "]"), ("(", ")"), ("{", "}"), ("【", "】"), ("**[", "]**")] {
                forms.push(format!("{open}{typed}{close} {sentence}"));
                forms.push(format!("{sentence} {open}{typed}{close}"));
            }
            forms.push(format!("[{typed} – not yet] {sentence}"));
        }
        if is_cased {
            for sign in [":", " –", " -", " —", "!", "."] {
                forms.push(format!("{loud}{sign} {sentence}"));
            }
        }
        forms.push(format!("{stamp}: {sentence}"));
        if in_title {
            forms.push(format!("{stamp} - {sentence}"));
            forms.push(format!("{sentence} – {stamp}"));
        }
    }
    forms
}

/// A stamp at the edge of a paragraph holds a note, a topic and a page back, wherever the paragraph stands.
#[test]
fn a_stamp_before_or_behind_a_text_holds_it_back() {
    let forms = stamped("Source CANARY is my neighbour.", false);
    let note = |text: &str| read_notes(&a_note("A", &format!("topics: gate\n\n{text}"))).notes[0].private;
    hold_back_each(&forms, note);
    hold_back_each(&forms, |form| note(&format!("First words.\n\n{form}\n\nMore.")));
    hold_back_each(&forms, |form| note(&format!("First words.\n\n- {form}\n- More.")));
    hold_back_each(&forms, |form| {
        read_notes(&format!("---\nsource: report\n---\n\n{form}\n\n## A\n"))
            .defaults
            .private
    });
    hold_back_each(&forms, |form| {
        let text = format!("---\ntitle: A\n---\n\nWords.\n\n{form}\n");
        topic(&InputPath::new("annotations/topics/a.md").expect("relative"), &text)
            .value
            .private
    });
}

/// The same of titles: of notes, of what has a head, and of sources that give one of their own.
#[test]
fn a_stamp_before_or_behind_a_title_holds_back() {
    let forms = stamped("Ferry", true);
    hold_back_each(&forms, |form| {
        read_notes(&format!("## {form}\n\n> A visit is planned\n\nWords.\n")).notes[0].private
    });
    let plain: Vec<String> = forms.into_iter().filter(|form| !form.contains(['{', '*'])).collect();
    hold_back_each(&plain, |form| {
        let text = format!("---\ntitle: \"{form}\"\n---\n\nWords.\n");
        let file = topic(&InputPath::new("annotations/topics/a.md").expect("relative"), &text).value;
        file.private || file.draft
    });
    hold_back_each(&plain, |form| {
        let path = InputPath::new("seeds/a.html").expect("relative");
        let page = source(&path, &format!("<title>{form}</title><p>Words."));
        page.value.facts.draft.is_some_and(|draft| draft.value) && !page.mistakes.is_empty()
    });
}

/// What only has such a word in it, and what leads somewhere, is published.
#[test]
fn words_within_a_sentence_and_links_are_no_stamps() {
    let comments = [
        "[private](https://example.org/x) The source.",
        "[private][x] The source.\n\n[x]: https://example.org/x",
        "[private] The source.\n\n[private]: https://example.org/x",
        "See [private].\n\n[private]: https://example.org/x",
        "[private]\n\n[private]: <https://example.org/x> \"Title\"",
        "(Private) schools were closed.",
        "The school (private) was closed.",
        "Private schools were closed.",
        "Draft laws were read: none passed.",
        "PRIVATE schools were closed.",
        "He works in the private\n(private) sector of the town.",
        "The ballot was open. Secret: yes",
        "First words.\n\nSecret: yes",
        "Privat? Ja.",
        "Is it private? Yes.",
        "The list: public – private – mixed.",
        "Status: draft law",
        "Status: private company",
        "Kind: private railway",
        "Embargo: the EU banned arms.",
        "Unpublished letters: forty of them.",
        "It was confidential. The clerk said so.",
        "> [private] he said",
        "`[private]` is how they stamped it.",
    ];
    for comment in comments {
        let notes =
            format!("---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\n{comment}\n\nCANARY\n");
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", notes)])));
        assert!(!leaks(&built).is_empty(), "{comment:?} hides its note");
        let page = format!("---\ntitle: Page\n---\n\n{comment}\n\nCANARY\n");
        let built = build(&with_ground(&case(comment, &[("annotations/pages/page.md", page)])));
        assert!(!leaks(&built).is_empty(), "{comment:?} hides its page");
    }
    for title in
        ["Private schools", "Vote (secret)", "Public – private partnership", "Draft: a plan", "Draft laws"]
    {
        assert!(!read_notes(&format!("## {title}\n\n> A visit is planned\n")).notes[0].private, "{title}");
        let path = InputPath::new("seeds/a.html").expect("relative");
        let page = source(&path, &format!("<title>{title}</title><p>Words.")).value;
        assert_eq!(page.facts.draft, None, "{title}");
    }
}

/// Other keys, other languages, a day to wait for.
#[test]
fn states_and_rights_in_other_words_hold_back() {
    let states = [
        "sichtbarkeit: privat",
        "statut: brouillon",
        "état: brouillon",
        "visibilité: privée",
        "estado: borrador",
        "stato: bozza",
        "situação: rascunho",
        "trạng thái: nháp",
        "статус: черновик",
        "стан: чернетка",
        "状態: 下書き",
        "状态: 草稿",
        "상태: 초안",
        "classification: confidential",
        "sensitivity: internal",
        "confidentiality: secret",
        "tlp: red",
        "tlp: amber",
        "security: restricted",
        "visibility: hidden",
        "visibility: private",
        "visibility: internal",
        "publish: false",
        "embargo: 2099-01-01",
        "embargo: 1.1.2099",
        "embargo: until June",
        "embargo: true",
        "Sperrfrist: 2099-01-01",
        "hold until: 2099-01-01",
        "do not publish before: 2099-01-01",
        "эмбарго: до июня",
        "status: private and draft",
        "status: draft v2",
        "status: private until June",
        "status: draft, law of 1962",
    ];
    let states: Vec<String> = states.iter().map(|line| line.to_string()).collect();
    hold_back_each(&states, |line| read_notes(&a_note("A", line)).notes[0].private);
    hold_back_each(&states, |line| {
        let text = format!("---\ntitle: A\n{line}\n---\n\nWords.\n");
        let file = topic(&InputPath::new("annotations/topics/a.md").expect("relative"), &text).value;
        file.private || file.draft
    });
    hold_back_each(&states, |line| {
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let (key, value) = line.split_once(": ").expect("a key and a value");
        let facts = sidecar_facts(&path, &format!("\"{key}\" = \"{value}\"\n")).value;
        facts.draft.is_some_and(|draft| draft.value)
    });
    let mut rights = Vec::new();
    for key in [
        "rechte",
        "lizenz",
        "license",
        "licence",
        "droits",
        "derechos",
        "licencia",
        "diritti",
        "direitos",
        "rechten",
        "quyền",
        "права",
        "лицензия",
        "δικαιώματα",
        "权利",
        "権利",
        "권리",
    ] {
        for value in [
            "none", "keine", "aucun", "ninguno", "nessuno", "nenhum", "không", "нет", "无", "なし",
            "excerpts",
        ] {
            rights.push(format!("{key}: {value}"));
        }
    }
    hold_back_each(&rights, |line| {
        let (key, value) = line.split_once(": ").expect("a key and a value");
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let beside = sidecar_facts(&path, &format!("\"{key}\" = \"{value}\"\n"));
        let head = read_notes(&format!("---\nsource: report\n{line}\n---\n\n## A\n"));
        let is_none = |facts: &casebook::parse::facts::SourceFacts| {
            facts.rights.as_ref().is_some_and(|given| given.value == Rights::None)
        };
        is_none(&beside.value) && is_none(&head.facts) && !beside.mistakes.is_empty()
    });
    for line in [
        "license: CC BY 4.0",
        "licence: MIT",
        "droits: réservés",
        "copyright: none",
        "embargo: no",
        "tlp: clear",
    ] {
        let file = read_notes(&format!("---\nsource: report\n{line}\n---\n\n## A\n"));
        assert!(!file.defaults.draft && file.facts.rights.is_none(), "{line}");
    }
}

/// Comments as other tools write them are none here: nothing is published until they are.
#[test]
fn comments_of_other_tools_are_errors_and_not_shown_in_titles() {
    let comments = [
        "{>>CANARY<<}",
        "{>> CANARY <<}",
        "{--CANARY--}",
        "{~~CANARY~>other~~}",
        "{# CANARY #}",
        "{#CANARY#}",
        "{% comment %}CANARY{% endcomment %}",
        "{%- comment -%} CANARY {%- endcomment %}",
        "{{! CANARY }}",
        "{{!-- CANARY --}}",
        "{{/* CANARY */}}",
        "{::comment}CANARY{:/comment}",
        "{/* CANARY */}",
        "<%-- CANARY --%>",
        "<%# CANARY %>",
    ];
    let texts: Vec<(&str, String)> = comments
        .iter()
        .flat_map(|comment| {
            [(*comment, format!("Words {comment} more.\n")), (*comment, format!("{comment}\n"))]
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    for case in everywhere(&texts) {
        assert!(build(&with_ground(&case)).report.count(Severity::Error) > 0, "{}", case.name);
    }
    for comment in comments {
        let note = |title: &str, line: &str| {
            format!(
                "---\nsource: report\n---\n\n## Second{title}\n\n> A visit is planned\n\n{line}\n\nWords.\n"
            )
        };
        for text in [note(&format!(" {comment}"), ""), note("", &format!("ref: R 3 {comment}"))] {
            let built = build(&with_ground(&case(comment, &[("annotations/second.md", text.clone())])));
            assert_eq!(leaks(&built), Vec::<String>::new(), "{text}");
            assert!(built.report.count(Severity::Error) > 0, "{text}");
        }
    }
    for honest in
        ["Words {#id} and {braces}.", "`{# x #}` and `{>>x<<}` in code.", "A set {1, 2} of {{two}}."]
    {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second {{#second}}\n\n> A visit is planned\n\n{honest}\n"
        );
        let built = build(&with_ground(&case(honest, &[("annotations/second.md", notes)])));
        assert_eq!(built.report.count(Severity::Error), 0, "{honest}");
    }
}

/// What the head of a page says of itself is told, and stands on no page.
#[test]
fn marks_in_the_head_of_a_page_are_told_and_not_shown() {
    let metas = [
        ("sensitivity", "CANARY, internal"),
        ("classification", "confidential"),
        ("robots", "noindex, nofollow"),
        ("keywords", "CANARY, confidential"),
        ("robots", "noarchive"),
        ("confidentiality", "secret"),
        ("dc.classification", "Vertraulich"),
        ("handling", "restricted"),
    ];
    for (name, content) in metas {
        let seed =
            format!("<title>Held</title><meta name=\"{name}\" content=\"{content}\"><p>Words stand here.");
        for beside in ["rights = \"excerpts\"\n", "title = \"Held\"\n"] {
            let files = [
                ("seeds/held.html", seed.clone()),
                ("seeds/held.html.toml", beside.to_string()),
                ("annotations/held.md", "---\nsource: held\n---\n\n## One\n\n> Words stand\n".to_string()),
            ];
            let built = build(&with_ground(&case(name, &files)));
            assert_eq!(leaks(&built), Vec::<String>::new(), "{name}");
            let codes: Vec<&str> = built
                .report
                .diagnostics
                .iter()
                .map(|mistake| mistake.code.name)
                .collect();
            let told = codes
                .iter()
                .any(|code| matches!(*code, "marked-page" | "held-by-page"));
            assert_eq!(told, beside.starts_with("title"), "{name}: {codes:?}");
        }
    }
    for (name, content) in
        [("robots", "index, follow"), ("keywords", "ferry, council"), ("classification", "news")]
    {
        let seed = format!("<title>A</title><meta name=\"{name}\" content=\"{content}\"><p>Words.");
        let page = source(&InputPath::new("seeds/a.html").expect("relative"), &seed);
        assert!(page.mistakes.is_empty(), "{name}");
    }
}

/// Withheld words are withheld whatever stands between them, and wherever an address holds them.
#[test]
fn a_run_of_withheld_words_stays_one_whatever_breaks_it() {
    let words = "the keeper of the gate saw two strangers at noon and told nobody";
    let breaks = [
        " (1) ",
        " 12 ",
        "¹ ",
        "[^1] ",
        " *so* ".trim_end_matches("so* "),
        "** **",
        " %% x %% ",
        " <!-- x --> ",
        "%20",
        "_",
        " 2024-01-01 ",
        " ③ ",
        " 4,100 ",
        " ~~x~~ ",
    ];
    let mut texts: Vec<String> = Vec::new();
    for sign in breaks {
        texts.push(words.split(' ').collect::<Vec<_>>().join(sign));
        let every_third = words
            .split(' ')
            .enumerate()
            .map(|(number, word)| if number % 3 == 2 { format!("{word}{sign}") } else { format!("{word} ") });
        texts.push(every_third.collect::<String>().trim().to_string());
    }
    let linked: Vec<String> = words
        .split(' ')
        .map(|word| format!("[{word}](https://example.org)"))
        .collect();
    texts.push(linked.join(" "));
    let told = |path: &str, text: String, facts: &str| {
        let files = [
            ("seeds/held.txt", format!("On Monday {words}.\n")),
            ("seeds/held.txt.toml", format!("title = \"Held\"\n{facts}")),
            (path, text),
        ];
        let report = build(&with_ground(&case("held", &files))).report;
        report
            .diagnostics
            .iter()
            .filter(|mistake| mistake.code.name == "withheld-words")
            .cloned()
            .collect::<Vec<_>>()
    };
    for text in &texts {
        let note = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nIt says {text}.\n\n[^1]: A note.\n"
        );
        assert!(!told("annotations/second.md", note.clone(), "rights = \"none\"\n").is_empty(), "{text}");
        assert!(!told("annotations/second.md", note.clone(), "draft = true\n").is_empty(), "{text}");
        assert!(told("annotations/second.md", note, "").is_empty(), "{text}");
    }
    let (slug, coded) = (words.replace(' ', "-"), words.replace(' ', "%20"));
    for line in [
        format!("base-url = \"https://example.org/{slug}/\""),
        format!("base-url = \"https://example.org/{coded}/\""),
        format!("title = \"{words}\""),
        format!("authors = [\"A\", \"{words}\"]"),
    ] {
        let found =
            told("casebook.toml", format!("[dossier]\nlanguage = \"en\"\n{line}\n"), "rights = \"none\"\n");
        let place = found
            .first()
            .and_then(|mistake| mistake.place.as_ref())
            .map(|label| label.place.span.start);
        assert!(place.is_some_and(|start| start > 20), "{line}: told at its line");
    }
    let head = format!(
        "---\nsource: report\nurl: https://example.org/{coded}\n---\n\n## Second\n\n> A visit is planned\n"
    );
    assert!(!told("annotations/second.md", head, "rights = \"none\"\n").is_empty());
}

/// The name of an institution is no quotation, once a topic says that it is one; a sentence never is.
#[test]
fn declared_names_may_be_repeated() {
    let name = "Ministry of Works and Ports of the Republic of Merrow";
    let sentence = "sold two boats to nobody at noon on a Monday";
    let told = |topic: &str, words: &str| {
        let files = [
            ("seeds/held.txt", format!("{name}\n\nThe clerk {sentence} in May.\n")),
            ("seeds/held.txt.toml", "title = \"Held\"\nrights = \"none\"\n".to_string()),
            ("annotations/topics/body.md", topic.to_string()),
            (
                "annotations/pages/essay.md",
                format!("---\ntitle: Essay\n---\n\nA letter of the {words} came.\n"),
            ),
        ];
        let report = build(&with_ground(&case("held", &files))).report;
        let is_told = |code: &str| code == "withheld-words";
        report
            .diagnostics
            .iter()
            .filter(|mistake| is_told(mistake.code.name))
            .count()
    };
    let declared = format!("---\ntitle: {name}\nkind: organisation\n---\n");
    assert_eq!(told(&declared, name), 0);
    assert_eq!(told(&declared, &name.to_uppercase()), 0);
    assert_eq!(told(&format!("---\ntitle: {name}\n---\n"), name), 2);
    assert_eq!(told("---\ntitle: Body\n---\n", name), 1);
    assert_eq!(told(&declared, sentence), 1);
}

/// A field that names what is held back publishes its name.
#[test]
fn fields_do_not_name_what_is_held_back() {
    let draft = ("annotations/topics/CANARY.md", "---\ntitle: CANARY\ndraft: true\n---\n".to_string());
    let lines = [
        "ref: [[CANARY]]",
        "by: [[CANARY]]",
        "page: [[CANARY]]",
        "by: Me, [[CANARY]]",
        "ref: p. 3 of [[CANARY|it]]",
        "by: [[CANARY#part]]",
        "figure: gates, 2024 = 2 [[CANARY]]",
    ];
    for line in lines {
        let notes =
            format!("---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\n{line}\n\nWords.\n");
        let built = build(&with_ground(&case(line, &[draft.clone(), ("annotations/second.md", notes)])));
        assert!(built.report.count(Severity::Error) > 0, "{line}");
    }
    let head = "---\nsource: report\nby: [[CANARY]]\n---\n\n## Second\n\n> A visit is planned\n";
    let built = build(&with_ground(&case("head", &[draft, ("annotations/second.md", head.to_string())])));
    assert!(built.report.count(Severity::Error) > 0);
    let honest = "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nref: [[gate]]\nby: Me\n";
    let built = build(&with_ground(&case("honest", &[("annotations/second.md", honest.to_string())])));
    assert_eq!(built.report.count(Severity::Error), 0);
}

/// What people write to whoever publishes, where fields stand: with a courtesy, a term or a reason.
fn instructions() -> Vec<String> {
    let phrases = [
        "do not publish",
        "Do not publish",
        "DO NOT PUBLISH",
        "Don't publish",
        "not for publication",
        "Keep private",
        "Nicht veröffentlichen",
        "Ne pas publier",
        "No publicar",
        "Não publicar",
        "không công bố",
        "Не публиковать",
    ];
    let tails = [
        "",
        " (source at risk)",
        ", source at risk",
        " until 2027-01-01",
        " before trial",
        " until after the trial",
        " yet",
        " – source at risk",
        "!",
        " [see below]",
    ];
    let mut lines: Vec<String> = phrases
        .iter()
        .flat_map(|phrase| tails.iter().map(move |tail| format!("{phrase}{tail}")))
        .collect();
    let whole = [
        "Please don't publish",
        "Do not publish this",
        "Private, do not publish",
        "private/do not publish",
        "private for now",
        "Keep this private",
        "This note is private.",
        "Legal: do not publish",
        "embargoed until 2027-01-01",
        "EMBARGOED UNTIL 00:01 GMT 1 JUNE",
        "Embargo 1.6.2027",
        "Sperrfrist 1.1.2027",
        "Sperrfrist bis 1.1.2027",
        "PRIVATE UNTIL TRIAL",
        "private until 2027-01-01",
        "Not before 2027-01-01",
        "EMBARGO",
        "SPERRFRIST",
        "EMBARGO: Friday 9am",
        "Ne pas publier avant le 1er juin",
        "No publicar antes del 1 de junio",
        "không công bố trước 01/06/2027",
        "Не публиковать до 1 июня",
        "Bitte nicht veröffentlichen",
        "[X] Private",
        "🔒",
        "🔒 mine",
        "nopublish",
        "doNotPublish: true",
    ];
    let languages = [
        "Nicht zur Veröffentlichung",
        "unveröffentlicht",
        "Nur intern",
        "Verschlusssache",
        "À ne pas publier",
        "Strictement confidentiel",
        "Sous embargo",
        "bajo embargo",
        "Da non pubblicare",
        "LƯU HÀNH NỘI BỘ",
        "BÍ MẬT",
        "chưa công bố",
        "đừng đăng",
        "Не для печати",
        "СОВЕРШЕННО СЕКРЕТНО",
        "ДСП",
        "请勿公开",
        "禁止公开",
        "内部资料",
        "绝密",
        "公開不可",
        "秘密",
        "オフレコ",
        "대외비",
        "سري للغاية",
        "ليس للنشر",
        "niet voor publicatie",
        "NIE DO PUBLIKACJI",
    ];
    lines.extend(whole.iter().chain(&languages).map(|line| line.to_string()));
    lines
}

#[test]
fn an_instruction_where_fields_stand_holds_back() {
    let lines = instructions();
    let note = |text: &str| read_notes(&a_note("A", text)).notes[0].private;
    hold_back_each(&lines, note);
    hold_back_each(&lines, |line| note(&format!("topics: gate\n{line}")));
    hold_back_all(&some(&lines), |word, line| {
        vec![file(
            format!("annotations/{word}.md"),
            format!("---\nsource: report\n---\n\n{}", a_note(word, line)),
        )]
    });
}

/// `privateUntil: trial`, `publish: no (source at risk)`, `accessLevel: private`, `notes: do not publish`.
#[test]
fn keys_of_other_people_hold_back() {
    let mut lines = Vec::new();
    let keys = [
        "private_until",
        "private until",
        "privateUntil",
        "draft_until",
        "embargoUntil",
        "embargoDate",
        "embargo-until",
    ];
    for key in keys {
        lines.extend(["2099-01-01", "trial", "the trial is over"].map(|value| format!("{key}: {value}")));
    }
    for key in
        ["publish", "published", "publishable", "publication", "veröffentlichung", "публикация", "publsih"]
    {
        let values =
            ["no (source at risk)", "no - source at risk", "false; ask me", "after trial", "forbidden"];
        lines.extend(values.map(|value| format!("{key}: {value}")));
    }
    for key in ["accessLevel", "access level", "level", "clearance", "status", "visibility"] {
        let values = [
            "private",
            "confidential",
            "secret",
            "private (source)",
            "off-record",
            "embargoed until 2027-01-01",
        ];
        lines.extend(values.map(|value| format!("{key}: {value}")));
    }
    for key in ["copyright", "comment", "notes", "warning", "instructions", "casebook", "options"] {
        lines.extend(
            ["do not publish", "Do not publish this", "private"].map(|value| format!("{key}: {value}")),
        );
    }
    let more = [
        "embargoed: 2099-01-01",
        "status: draft v3",
        "status: NOT FOR PUBLICATION (source)",
        "visibility: only me",
        "visibility: editors only",
        "consent: withheld",
        "consent: no",
        "for publication: no",
        "confidentiality: yes",
        "confidentiality: strict",
        "Freigabe: nein",
        "tình trạng: chưa công bố",
        "prvt: true",
        "nonpublic: true",
    ];
    lines.extend(more.map(str::to_string));
    hold_back_each(&lines, |line| read_notes(&a_note("A", line)).notes[0].private);
    hold_back_each(&lines, |line| {
        let text = format!("---\ntitle: A\n{line}\n---\n\nWords.\n");
        let file = topic(&InputPath::new("annotations/topics/a.md").expect("relative"), &text).value;
        file.private || file.draft
    });
    hold_back_each(&lines, |line| {
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let (key, value) = line.split_once(": ").expect("a key and a value");
        let facts = sidecar_facts(&path, &format!("\"{key}\" = \"{value}\"\n")).value;
        facts.draft.is_some_and(|draft| draft.value)
    });
}

/// What a file beside a source says of rights in other words; and `rights` where no source is.
#[test]
fn rights_in_other_words_are_obeyed_wherever_they_stand() {
    let lines = [
        "withheld = \"yes\"",
        "withhold = \"true\"",
        "withheld = true",
        "text = \"none\"",
        "text = \"withheld\"",
        "excerpts = \"true\"",
        "excerpts = \"only\"",
        "fulltext = \"false\"",
        "rightsStatus = \"none\"",
        "permission = \"denied\"",
        "reuse = \"forbidden\"",
        "# do not publish",
        "copyright = \"do not publish\"",
    ];
    let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
    hold_back_each(&lines, |line| {
        let path = InputPath::new("seeds/a.txt.toml").expect("relative");
        let read = sidecar_facts(&path, &format!("{line}\n"));
        let is_none = read.value.rights.is_some_and(|given| given.value == Rights::None);
        let is_draft = read.value.draft.is_some_and(|draft| draft.value);
        (is_none || is_draft) && !read.mistakes.is_empty()
    });
    for line in
        ["rights: none", "rights: excerpts", "rights: keine", "rigths: none", "rechte: keine", "rights:"]
    {
        for folder in ["topics", "claims", "pages"] {
            let text = format!("---\ntitle: CANARY\n{line}\n---\n\nCANARY words.\n");
            let built = build(&with_ground(&case(line, &[(&format!("annotations/{folder}/one.md"), text)])));
            assert_eq!(leaks(&built), Vec::<String>::new(), "{folder}: {line}");
            assert!(built.report.count(Severity::Error) > 0, "{folder}: {line}");
        }
    }
    let file = read_notes("---\nsource: report\n---\n\n## Rights: none\n\n> A visit is planned\n");
    assert!(file.facts.rights.is_none(), "a title holds back no source");
    let path = InputPath::new("annotations/a.md").expect("relative");
    let told = annotation(&path, "## Rights: none\n\n> A visit is planned\n").mistakes;
    assert!(told.iter().any(|mistake| mistake.code.name == "misplaced-rights"));
}

#[test]
fn what_stands_within_a_title_holds_back() {
    let titles = [
        "Held %% private %%",
        "Held %% do not publish %% within",
        "Held <!-- draft -->",
        "Held PRIVATE",
        "Held DO NOT PUBLISH",
        "Held CONFIDENTIAL",
        "Held DRAFT",
        "Held {#i} private",
        "Held {publish: no}",
        "Held {publish=false}",
        "Held {visibility=private}",
        "[x] private Held",
        "☐ private Held",
        "EMBARGO: Held",
        "Held (embargoed until 2027-01-01)",
        "Held (private until trial)",
        "Held (private, draft)",
        "Held (private; do not publish)",
        "PRIVATE/Held",
        "**private** Held",
        "🔒 Held",
        "P R I V A T E Held",
    ];
    let titles: Vec<String> = titles.iter().map(|title| title.to_string()).collect();
    hold_back_each(&titles, |title| {
        read_notes(&format!("## {title}\n\n> A visit is planned\n\nWords.\n")).notes[0].private
    });
}

/// Stamps in a paragraph of the comment, the heads of callouts, and what begins and ends a part.
#[test]
fn stamps_callouts_and_regions_in_a_comment_hold_back() {
    let texts = [
        "PRIVATE The source is CANARY",
        "DO NOT PUBLISH the source is CANARY",
        "[PRIVATE The source is CANARY]",
        "Do not publish this: the source is CANARY",
        "Not for publication, CANARY is the source",
        "EMBARGO: CANARY",
        "Embargoed until 2027-01-01: CANARY",
        "The source is CANARY (private until June)",
        "The source is CANARY (do not publish before June)",
        "The source is CANARY. Private.",
        "Private! The source is CANARY",
        "The source is CANARY – private",
        "Private – CANARY is the source",
        "🔒The source is CANARY🔒",
        "> [!note] Private\n> CANARY",
        "> [!note] Private: CANARY",
        "> [!warning] Do not publish\n> CANARY",
        "> [!info]- Confidential\n> CANARY",
        "> [!aside] private\n> CANARY",
        "<!-- begin private -->\n\nCANARY\n\n<!-- end private -->",
        "%% begin private %%\n\nCANARY\n\n%% end private %%",
        "[BEGIN PRIVATE]\n\nCANARY\n\n[END PRIVATE]",
        "<private>CANARY</private>",
        "```private\nCANARY\n```",
        "~~~ private\nCANARY\n~~~",
        "``` {.private}\nCANARY\n```",
        "<div class=\"private\">\n\nCANARY\n\n</div>",
        "::: private\nCANARY\n:::",
    ];
    for text in texts {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords first.\n\n{text}\n\nMore.\n"
        );
        let built = build(&with_ground(&case(text, &[("annotations/second.md", notes)])));
        assert_eq!(leaks(&built), Vec::<String>::new(), "{text}");
        assert!(built.report.count(Severity::Error) > 0, "{text}");
    }
}

/// What begins a comment elsewhere is an error here; and so is the rest of a comment within a comment.
#[test]
fn more_comments_of_other_tools_are_errors() {
    let comments = [
        "text\n[//]: # (CANARY)",
        "- a\n  [//]: # (CANARY)",
        "[//]: # (CANARY",
        "[//]: # CANARY",
        "text\n[comment]: # (CANARY)",
        "{# CANARY",
        "{{< comment >}}CANARY{{< /comment >}}",
        "#+BEGIN_COMMENT\nCANARY\n#+END_COMMENT",
        "////\nCANARY\n////",
        ".. comment::\n\n   CANARY",
        "::: comment\nCANARY\n:::",
        "::: hidden\nCANARY\n:::",
        "\\begin{comment}\nCANARY\n\\end{comment}",
        "\\iffalse CANARY \\fi",
        "[comment]CANARY[/comment]",
        "// CANARY",
        "/* CANARY */",
        "/*CANARY*/",
        "text /* CANARY */ more",
        "<!-- a <!-- b --> CANARY -->",
    ];
    for comment in comments {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords first.\n\n{comment}\n\nMore.\n"
        );
        let built = build(&with_ground(&case(comment, &[("annotations/second.md", notes)])));
        assert!(built.report.count(Severity::Error) > 0, "{comment}");
    }
    let honest = [
        "[//]: # (hidden)",
        "The gate --> the yard.",
        "See `// x` and `/* y */`.",
        "src/*/a and lib/*/b",
        "He wrote [comment] there.",
        "It cost 3 // 4.",
        "A name {#id} here.",
        "```rust\n// code\n/* code */\n```",
        "<!-- a --> and --> an arrow",
    ];
    for honest in honest {
        let notes = format!(
            "---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nWords.\n\n{honest}\n\nCANARY\n"
        );
        let built = build(&with_ground(&case(honest, &[("annotations/second.md", notes)])));
        assert_eq!(built.report.count(Severity::Error), 0, "{honest}");
        assert!(!leaks(&built).is_empty(), "{honest}");
    }
}

/// `![[private note]]` is no picture, and a topic is no link.
#[test]
fn embeds_and_names_do_not_tell_what_is_held_back() {
    let hidden = [
        ("annotations/topics/CANARY.md", "---\ntitle: CANARY\nprivate: true\n---\n".to_string()),
        ("seeds/CANARY-source.txt", "Held words.\n".to_string()),
        ("seeds/CANARY-source.txt.toml", "draft = true\n".to_string()),
        (
            "annotations/hidden.md",
            "---\nsource: other\n---\n\n## CANARY note\n\n> The cat was awake\n\nprivate: true\n".to_string(),
        ),
    ];
    let texts = [
        "See ![[CANARY]].",
        "See ![[CANARY-source]].",
        "See ![[CANARY-source.txt|the source]].",
        "See ![[other#CANARY-note]].",
        "See ![x](topics/CANARY.md).",
    ];
    let fields = [
        "topics: [x](topics/CANARY.md)",
        "topics: “a” ([[CANARY]])",
        "topics: gate, a [[CANARY]]",
        "mentions: a [[CANARY]]",
    ];
    for text in texts.iter().chain(&fields) {
        let notes =
            format!("---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\n{text}\n\nWords.\n");
        let mut files = hidden.to_vec();
        files.push(("annotations/second.md", notes));
        let built = build(&with_ground(&case(*text, &files)));
        let told = |mistake: &&casebook::report::diagnostic::Diagnostic| {
            matches!(mistake.code.name, "link-to-unpublished" | "broken-link")
        };
        assert!(built.report.diagnostics.iter().any(|mistake| told(&mistake)), "{text}");
    }
}

/// Sentences, lists and titles with such words in them, and history.
#[test]
fn honest_lines_with_words_of_stamps_are_published() {
    let lines = [
        "Private until 1923, the park was opened by the city.",
        "Not before 1923 did the ferry run.",
        "Do not publish was the rule of the censor.",
        "Private, public and mixed schools took part.",
        "Private (later public) schools were closed.",
        "Embargoed goods were burnt.",
        "Published: never.",
        "Permission: refused by the mayor in 1931, granted in 1932.",
        "Level: 3 metres",
        "Access: by boat only",
        "Consent: the father signed.",
        "He asked: do not publish my name.",
        "The stamp read: Not for publication",
        "“Do not publish”, he wrote.",
        "Not for publication, he said.",
        "Release: June 1923",
        "Text: the second edition",
        "This note is about private schools.",
        "Note the private bank on the left.",
        "The road was private until 1971.",
        "It has a garden (private until 1923).",
        "They met at the club – a private one.",
        "Was it public? No. Private.",
        "Embargo of 1990",
        "EMBARGO was the word of the day.",
        "Show: no seats were left.",
        "Sealed with red wax.",
        "Publication: Berlin 1923",
        "Rank: private",
        "Draft: 40 pages",
        "Warning: steep slope",
        "Embargo was lifted.",
    ];
    for line in lines {
        let notes =
            format!("---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\n{line}\n\nCANARY\n");
        let built = build(&with_ground(&case(line, &[("annotations/second.md", notes)])));
        assert!(!leaks(&built).is_empty(), "{line:?} hides its note");
        assert_eq!(built.report.count(Severity::Error), 0, "{line:?}");
    }
    for title in [
        "Embargo",
        "The embargo of 1990",
        "Public/private partnership",
        "The word DRAFT explained",
        "Private until 1923",
        "Held (until 1923)",
        "The meeting (in private)",
        "Held {#private-school}",
        "*Private Eye* and others",
        "The UN and the EU",
        "Bill (first draft of 1923)",
    ] {
        assert!(!read_notes(&format!("## {title}\n\n> A visit is planned\n")).notes[0].private, "{title}");
    }
    for title in ["Draft - Wikipedia", "Privat - Wiktionary", "Confidential | Merriam-Webster"] {
        let path = InputPath::new("seeds/a.html").expect("relative");
        let page = source(&path, &format!("<title>{title}</title><p>Words.")).value;
        assert_eq!(page.facts.draft, None, "{title}");
    }
    for line in
        ["author: Private", "publisher: Confidential Press", "comment: on private schools", "embargo: no"]
    {
        let file = read_notes(&format!("---\nsource: report\n{line}\n---\n\n## A\n"));
        assert!(!file.defaults.draft && !file.defaults.private && file.facts.rights.is_none(), "{line}");
    }
}

/// The head of a page: a program's name behind its title, a day to wait for.
#[test]
fn heads_of_pages_that_wait_or_are_drafts_hold_back() {
    let heads = [
        "<title>T (Draft) - Google Docs</title>",
        "<title>PRIVATE Minutes of May</title>",
        "<title>T</title><meta name=\"embargo\" content=\"2099-01-01\">",
        "<title>T</title><meta name=\"casebook-draft\" content=\"true\">",
        "<title>T</title><!-- embargo: 2099 -->",
    ];
    let heads: Vec<String> = heads.iter().map(|head| head.to_string()).collect();
    hold_back_each(&heads, |head| {
        let page = source(&InputPath::new("seeds/a.html").expect("relative"), &format!("{head}<p>Words."));
        page.value.facts.draft.is_some_and(|draft| draft.value) && !page.mistakes.is_empty()
    });
}

/// No setting keeps a dossier at home, and whoever writes one believes it.
#[test]
fn settings_that_are_meant_to_hold_all_back_are_errors() {
    let path = InputPath::new("casebook.toml").expect("relative");
    let fatal = |text: &str| casebook::config::config(&path, Some(text)).2.len();
    for line in
        ["private = true", "draft = true", "publish = false", "status = \"draft\"", "title = \"D (private)\""]
    {
        let top = if line.starts_with("title") { 0 } else { fatal(&format!("{line}\n[dossier]\n")) };
        assert!(top + fatal(&format!("[dossier]\n{line}\n")) > 0, "{line}");
    }
    assert_eq!(fatal("[dossier]\ntitle = \"Private schools\"\nrights = \"none reserved\"\n"), 0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, max_shrink_iters: 64, failure_persistence: None, ..Default::default() })]

    /// Whatever stands between a line's start and its colon: if a person would read `private`, the note's
    /// words are in no byte.
    #[test]
    fn what_reads_as_private_is_private(seeds in proptest::collection::vec(proptest::collection::vec(0usize..10_000, 30), 20)) {
        let unseen = invisible();
        let forms: Vec<String> = seeds.iter().map(|seed| {
            let mut at = seed.iter().copied().cycle();
            let mut next = |below: usize| at.next().unwrap_or(0) % below;
            let (open, close) = PAIRS[next(PAIRS.len())];
            let mut line = String::new();
            (0..next(3)).for_each(|_| line.push(unseen[next(unseen.len())]));
            line.push_str(open);
            for letter in "private".chars() {
                let like = lookalikes(letter);
                line.push(if next(3) == 0 { letter } else { like[next(like.len())] });
                if next(3) == 0 { line.push(unseen[next(unseen.len())]) }
                if next(5) == 0 { line.extend(char::from_u32(0x300 + next(0x70) as u32)) }
            }
            line.push_str(close);
            let signs = [":", " :", "：", "﹕", "︓", "∶", "꞉", "ː", "։", "="];
            line.push_str(signs[next(signs.len())]);
            line.push_str([" true", " yes", "", " “true”", " until June"][next(5)]);
            line
        }).collect();
        hold_back_each(&forms, |form| read_notes(&a_note("A", form)).notes[0].private);
    }
}
