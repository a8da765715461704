//! What is not published appears in no byte of the output: not as it was written, not in lower case, not as an address.
//!
//! Every case hides the same word in one place of a small dossier that is otherwise published. The site is rendered whole
//! even where the case is also a mistake, since a mistake must not be what keeps a secret. The word is Latin letters alone,
//! so that slugs and percent-encoding leave it as it is.

mod support;

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
    ("annotations/topics/visit.md", "---\ntitle: The visit\nkind: event\ndate: 2024-05-02\n---\n\n> A visit is planned.\n> — [[report]]\n"),
    ("annotations/claims/unsafe-yard.md", "---\ntitle: The yard was unsafe\n---\n"),
    ("annotations/pages/home.md", "---\ntitle: The yard\n---\n\nSee [[report]].\n"),
];

type Files = Vec<(String, Vec<u8>)>;

struct Case {
    name: String,
    files: Files,
}

fn case(name: impl Into<String>, files: &[(&str, String)]) -> Case {
    let named = |(path, text): &(&str, String)| (path.replace("CANARY", CANARY), text.replace("CANARY", CANARY).into_bytes());
    Case { name: name.into(), files: files.iter().map(named).collect() }
}

/// The whole site as one haystack.
fn leaks(built: &Built) -> Vec<String> {
    let needle = CANARY.to_lowercase();
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&needle);
    let pages = built.files.iter().filter(|(path, bytes)| holds(path.as_bytes()) || holds(bytes));
    pages.map(|(path, bytes)| format!("{path}: {}", around(bytes, &needle))).collect()
}

fn around(bytes: &[u8], needle: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let at = text.to_lowercase().find(needle).unwrap_or(0);
    let words = |range: std::ops::Range<usize>| {
        text.get(text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end)).unwrap_or("").to_string()
    };
    words(at.saturating_sub(60)..(at + 60).min(text.len()))
}

fn with_ground(case: &Case) -> Files {
    let mut files: Files = GROUND.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
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
        found.extend(leaks(&built).into_iter().map(|leak| format!("{}\n    {leak}", case.name)));
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

/// The same, for what the writer's own view shows: so that a case that hides nothing is noticed.
fn check(cases: Vec<Case>) {
    hold_back(&cases);
    let shown = cases.iter().filter(|case| !leaks(&build_hidden(&with_ground(case))).is_empty()).count();
    assert!(shown * 2 > cases.len(), "the view with everything shows the word in {shown} of {} cases: the cases hide nothing", cases.len());
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
    check(lines.iter().map(|line| case(format!("line {line:?}"), &[("annotations/second.md", note(line))])).collect());
}

#[test]
fn private_notes_wherever_the_line_stands() {
    let head = "---\nsource: report\n---\n\n## CANARY title {#CANARY}\n\n";
    let places = [
        ("before the passage", "private: true\n\n> A visit is planned\n\nCANARY comment.\n"),
        ("right under the passage", "> A visit is planned\nprivate: true\n\nCANARY comment.\n"),
        ("between two passages", "> A visit is planned\n\nprivate: true\n\n> Nobody was named\n\nCANARY comment.\n"),
        ("as the last field", "> A visit is planned\n\ntopics: gate\nprivate: true\nCANARY comment.\n"),
        ("in the comment", "> A visit is planned\n\nCANARY comment.\n\nprivate: true\n"),
        ("in the middle of the comment", "> A visit is planned\n\nCANARY comment.\n\nprivate: true\n\nCANARY again.\n"),
        ("at a line's start in a paragraph", "> A visit is planned\n\nCANARY comment\nprivate: true\nand on.\n"),
        ("misspelt in the comment", "> A visit is planned\n\nCANARY comment.\n\nprivat: true\n"),
        ("in a list of the comment", "> A visit is planned\n\nCANARY comment.\n\n- one\n- private: true\n"),
        ("emphasised in the comment", "> A visit is planned\n\nCANARY comment.\n\n**Private:** true\n"),
        ("indented in the comment", "> A visit is planned\n\nCANARY comment.\n\n  private: true\n"),
        ("as the continuation of a value", "> A visit is planned\n\ntopics: gate\n  private: true\n\nCANARY comment.\n"),
        ("in a note without a passage", "private: true\n\nCANARY remark.\n"),
        ("without any comment", "> A visit is planned\n\nprivate: true\n"),
        ("after a heading in the comment", "> A visit is planned\n\nCANARY\n\n### More\n\nprivate: true\n"),
        ("in a passage that is not found", "> CANARY words that stand nowhere\n\nprivate: true\n"),
        ("beside broken fields", "> A visit is planned\n\ntopics:\nfigure: CANARY nonsense\nprivate: true\ndate: CANARY\n"),
        ("twice, the first one refusing", "> A visit is planned\n\nprivate: false\nprivate: true\n\nCANARY\n"),
        ("in the note's quotation", "> A visit is planned\n\nCANARY comment.\n\n> private: true\n"),
        ("on a CRLF line", "> A visit is planned\r\n\r\nprivate: true\r\n\r\nCANARY comment.\r\n"),
    ];
    let cases = places.iter().map(|(place, text)| case(format!("line {place}"), &[("annotations/second.md", format!("{head}{text}"))]));
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
            format!("---\n{more}{line}\n---\n\nCANARY prose with [[report]].\n\n> The cat was awake.\n> — CANARY in [[other]]\n")
        };
        let notes = "\n## CANARY\n\n> A visit is planned\n\ntopics: CANARY\n\nCANARY\n";
        cases.push(case(
            format!("notes, {line:?}"),
            &[("annotations/second.md", file("source: report\nby: CANARY\ntopics: [CANARY]\n") + notes)],
        ));
        cases.push(case(
            format!("topic, {line:?}"),
            &[("annotations/topics/CANARY.md", file("title: CANARY\naliases: [CANARY alias]\nbroader: gate\n"))],
        ));
        let named = "title: CANARY\nkind: person\naliases: [The gate keeper, CANARY]\nbroader: gate\n";
        cases.push(case(format!("name, {line:?}"), &[("annotations/topics/CANARY.md", file(named))]));
        let event = "title: CANARY\nkind: event\ndate: 2024-05-02\n";
        cases.push(case(format!("event, {line:?}"), &[("annotations/topics/CANARY.md", file(event))]));
        cases.push(case(format!("claim, {line:?}"), &[("annotations/claims/CANARY.md", file("title: CANARY\nagainst: [unsafe-yard]\n"))]));
        cases.push(case(format!("page, {line:?}"), &[("annotations/pages/CANARY.md", file("title: CANARY\nformer-ids: [CANARY-once]\n"))]));
    }
    check(cases);
}

#[test]
fn sources_that_are_drafts() {
    let seed = |line: &str| format!("---\ntitle: CANARY\nauthor: CANARY\n{line}\n---\n\nCANARY words.\n");
    let notes = "---\nsource: CANARY\n---\n\nCANARY remark.\n\n## CANARY\n\n> CANARY words\n\ntopics: CANARY\n".to_string();
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
    for line in ["draft = true", "draft = \"true\"", "draft = \"yes\"", "Draft = true", "darft = true", "draft = 1", "private = true"] {
        let files = [
            ("seeds/CANARY.txt", "CANARY words.\n".to_string()),
            ("seeds/CANARY.txt.toml", format!("title = \"CANARY\"\nauthor = \"CANARY\"\n{line}\n")),
            ("annotations/CANARY.md", notes.clone()),
        ];
        cases.push(case(format!("sidecar, {line:?}"), &files));
    }
    cases.push(case(
        "sidecar that does not parse",
        &[("seeds/CANARY.txt", "CANARY words.\n".to_string()), ("seeds/CANARY.txt.toml", "draft = true\ntitle = \"unclosed\n".to_string())],
    ));
    cases.push(case(
        "HTML with a sidecar",
        &[
            ("seeds/CANARY.html", "<title>CANARY</title><meta name=author content=CANARY><p>CANARY words.".to_string()),
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
        ("in a link", "[label <!-- CANARY -->](https://example.org) and [other %% CANARY %%](https://example.org).\n"),
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
        let notes = |text: &str| format!("---\nsource: report\n---\n\nRemark.\n\n## Second\n\n> A visit is planned\n\n{text}");
        cases.push(case(format!("{name}, in a comment"), &[("annotations/second.md", notes(text))]));
        cases.push(case(format!("{name}, in a remark"), &[("annotations/second.md", format!("---\nsource: report\n---\n\n{text}"))]));
        cases.push(case(format!("{name}, in a topic"), &[("annotations/topics/gate.md", format!("---\ntitle: The gate\n---\n\n{text}"))]));
        cases.push(case(format!("{name}, in a page"), &[("annotations/pages/page.md", format!("---\ntitle: Page\n---\n\n{text}"))]));
    }
    cases
}

/// Where nothing closes a comment its writer is asked, and nothing is published until then.
#[test]
fn a_comment_that_never_ends_is_an_error() {
    for sign in ["<!--", "%%"] {
        let notes = format!("---\nsource: report\n---\n\n## Second\n\n> A visit is planned\n\nPublished.\n\n{sign} CANARY\n\nCANARY\n");
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
        ("a comment round a whole note", "<!--\n## CANARY\n\n> A visit is planned\n\nCANARY\n-->\n\n## Third\n"),
    ];
    hold_back(&notes.map(|(name, text)| case(name, &[("annotations/second.md", format!("---\nsource: report\n---\n\n{text}"))])));
}

#[test]
fn what_only_hidden_things_mention() {
    let picture = |text: &str| format!("---\nsource: report\n---\n\n## CANARY\n\n> A visit is planned\n\nprivate: true\n\n{text}\n");
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
    let filler =
        "Some words that nobody quotes and that make this sentence so long that two hundred characters reach neither of its two ends, ";
    let long = format!("CANARY {filler}{filler}the quoted core, {filler}{filler}CANARY.");
    let excerpts = |text: &str, quote: &str| {
        [
            ("seeds/held.txt", text.to_string()),
            (
                "annotations/held.md",
                format!("---\nsource: held\ntitle: Held\nrights: excerpts\n---\n\n## One\n\n> {quote}\n\ntopics: gate\n"),
            ),
        ]
    };
    let none = |more: &str, notes: &str| {
        [
            ("seeds/held.txt", "Before it. CANARY words of CANARY. After it.\n".to_string()),
            ("annotations/held.md", format!("---\nsource: held\ntitle: Held\nrights: none\n{more}---\n\n{notes}")),
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
