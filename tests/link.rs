//! Names become things: what small dossiers are linked to, and what their writers are told. Every case is a
//! dossier of a few lines.
//!
//! `told` gives the report; `linked` the dossier too, one line a thing.

use casebook::config::{Config, Drifted};
use casebook::inputs::Inputs;
use casebook::model::dossier::{Dossier, Hidden, Origin, Passage, Prose, Thing};
use casebook::model::path::InputPath;
use casebook::{Compiled, View, compile};

type Files<'a> = &'a [(&'a str, &'a str)];

const TEXT: (&str, &str) = ("seeds/text.txt", "The gate was open in May. The yard was empty.");

fn with<T>(files: Files, config: &Config, view: View, look: impl FnOnce(&Compiled, &Inputs) -> T) -> T {
    let inputs: Inputs = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let compiled = compile(&inputs, config, view, &mut Default::default());
    look(&compiled, &inputs)
}

fn report(compiled: &Compiled, inputs: &Inputs) -> String {
    let text_of = |path: &InputPath| {
        inputs
            .get(path)
            .map(|file| String::from_utf8_lossy(&file.bytes).into())
    };
    casebook::report::short::render(&compiled.report, &text_of)
}

/// What the writer is told: `file:line:column: severity[code]: message`.
fn told(files: Files) -> String {
    with(files, &Config::default(), View::Published, report)
}

/// The dossier, then what the writer is told.
fn linked(files: Files) -> String {
    with(files, &Config::default(), View::Published, |compiled, inputs| {
        overview(&compiled.dossier) + &report(compiled, inputs)
    })
}

#[track_caller]
fn check(found: String, expected: &[&str]) {
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "\n{found}");
}

fn overview(dossier: &Dossier) -> String {
    let mut out = String::new();
    let mut line = |words: Vec<String>| {
        out.push_str(
            &(words
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                + "\n"),
        )
    };
    let names = |origins: &[Origin]| listed("from", origins.iter().map(|origin| who(dossier, origin)));
    for source in &dossier.sources {
        let quoted = source.quoted_in.iter().map(|citation| who(dossier, &citation.origin));
        let remarks: Vec<String> = source.remarks.iter().map(|remark| prose(dossier, remark)).collect();
        let derives = listed(
            "derives-from",
            source
                .derives_from
                .iter()
                .map(|ix| dossier.source(*ix).id.to_string()),
        );
        line(vec![
            format!("source {} {:?} ({})", source.id, source.facts.title, source.siglum),
            hidden(source.hidden),
            remarks.join(""),
            derives,
            listed("quoted-in", quoted),
            names(&source.backlinks),
        ]);
    }
    for note in &dossier.notes {
        line(vec![
            format!("note {}#{} [{}]", dossier.source(note.source).id, note.id, note.kind.word()),
            hidden(note.hidden),
            note.passages
                .iter()
                .map(|found| passage(dossier, found))
                .collect::<Vec<_>>()
                .join(" "),
            listed("topics", note.topics.iter().map(|ix| dossier.topic(*ix).id.to_string())),
            listed(
                "claims",
                note.claims
                    .iter()
                    .map(|(relation, ix)| format!("{} {}", relation.word(), dossier.claim(*ix).id)),
            ),
            listed("by", note.by.iter().cloned()),
            listed("made", note.made.iter().map(|made| made.to_string())),
            prose(dossier, &note.comment),
            names(&note.backlinks),
        ]);
    }
    for topic in &dossier.topics {
        let notes = listed("notes", topic.notes.iter().map(|ix| dossier.note(*ix).id.clone()));
        let broader = listed("broader", topic.broader.iter().map(|ix| dossier.topic(*ix).id.to_string()));
        let narrower = listed("narrower", topic.narrower.iter().map(|ix| dossier.topic(*ix).id.to_string()));
        let head = format!(
            "topic {} {:?}{}",
            topic.id,
            topic.title,
            if topic.declared.is_some() { "" } else { " undeclared" }
        );
        line(vec![
            head,
            hidden(topic.hidden),
            broader,
            narrower,
            notes,
            prose(dossier, &topic.lead),
            names(&topic.backlinks),
        ]);
    }
    for claim in &dossier.claims {
        let notes = listed(
            "notes",
            claim
                .notes
                .iter()
                .map(|(relation, ix)| format!("{} {}", relation.word(), dossier.note(*ix).id)),
        );
        let against = listed("against", claim.against.iter().map(|ix| dossier.claim(*ix).id.to_string()));
        line(vec![
            format!("claim {} {:?}", claim.id, claim.title),
            hidden(claim.hidden),
            against,
            notes,
            prose(dossier, &claim.text),
            names(&claim.backlinks),
        ]);
    }
    for page in dossier.home.iter().chain(&dossier.pages) {
        line(vec![
            format!("page {}", page.id),
            hidden(page.hidden),
            prose(dossier, &page.text),
            names(&page.backlinks),
        ]);
    }
    out
}

fn hidden(hidden: Option<Hidden>) -> String {
    hidden
        .map(|hidden| format!("HIDDEN {hidden:?}").to_lowercase())
        .unwrap_or_default()
}

fn listed(what: &str, things: impl Iterator<Item = String>) -> String {
    let things: Vec<String> = things.collect();
    if things.is_empty() { String::new() } else { format!("{what}: {};", things.join(", ")) }
}

fn prose(dossier: &Dossier, prose: &Prose) -> String {
    let leads = prose.names.iter().map(|thing| {
        thing
            .as_ref()
            .map_or("nothing".to_string(), |thing| what(dossier, thing))
    });
    let quotes = prose.quotations.iter().map(|found| {
        found
            .as_ref()
            .map_or("unknown".to_string(), |found| passage(dossier, found))
    });
    let parts = [listed("links", leads), listed("quotes", quotes)];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn passage(dossier: &Dossier, passage: &Passage) -> String {
    let source = dossier.source(passage.source);
    let words: Vec<String> = passage
        .anchors
        .iter()
        .map(|anchor| {
            source
                .evidence()
                .reading
                .get(anchor.extent())
                .unwrap_or("torn")
                .to_string()
        })
        .collect();
    format!("{}@{} {words:?}", passage.verdict.name(), source.id)
}

fn who(dossier: &Dossier, origin: &Origin) -> String {
    match origin {
        Origin::Home => "home".to_string(),
        Origin::Page(ix) => what(dossier, &Thing::Page(*ix)),
        Origin::Claim(ix) => what(dossier, &Thing::Claim(*ix)),
        Origin::Topic(ix) => what(dossier, &Thing::Topic(*ix)),
        Origin::Source(ix) => what(dossier, &Thing::Source(*ix)),
        Origin::Note(ix) => what(dossier, &Thing::Note(*ix)),
    }
}

fn what(dossier: &Dossier, thing: &Thing) -> String {
    match thing {
        Thing::Source(ix) => format!("source {}", dossier.source(*ix).id),
        Thing::Note(ix) => format!("note {}", dossier.note(*ix).id),
        Thing::Topic(ix) => format!("topic {}", dossier.topic(*ix).id),
        Thing::Claim(ix) => format!("claim {}", dossier.claim(*ix).id),
        Thing::Page(ix) => format!("page {}", dossier.page(*ix).id),
        Thing::Home => "home".to_string(),
        Thing::Heading(thing, id) => format!("{} at {id}", what(dossier, thing)),
        Thing::Picture(path) => format!("picture {path}"),
    }
}

// Which source a file of notes is about

#[test]
fn a_file_of_notes_finds_its_source_by_every_name_that_the_source_has() {
    let seed = ("seeds/2026/report.md", "---\nid: rep\ntitle: The Report\naliases: [Bericht]\n---\nWords.");
    for source in [
        "rep",
        "Rep",
        "the report",
        "Bericht",
        "report",
        "report.md",
        "2026/report",
        "2026/report.md",
        "seeds/2026/report.md",
        "../seeds/2026/report.md",
        "\"[[rep]]\"",
        "\"[[The Report]]\"",
    ] {
        let notes = format!("---\nsource: {source}\n---\n## A\n\n> Words.\n");
        check(
            linked(&[seed, ("annotations/x.md", &notes)]),
            &["source rep \"The Report\" (R)", "note rep#a [comment] exact@rep [\"Words.\"]"],
        );
    }
}

#[test]
fn without_a_word_on_it_a_file_of_notes_is_about_the_source_of_its_name() {
    check(
        linked(&[TEXT, ("annotations/deep/Text.md", "## A\n\nWords.\n")]),
        &["source text \"text.txt\" (TT)", "note text#a [comment]"],
    );
    check(
        told(&[TEXT, ("annotations/texts.md", "## A\n\nWords.\n"), ("annotations/README.md", "")]),
        &[
            "annotations/texts.md:1:1: error[no-source]: which source is this file about? No source is called `texts`",
        ],
    );
    check(
        told(&[TEXT, ("annotations/x.md", "---\nsource: texxt\n---\n")]),
        &["annotations/x.md:2:9: error[unknown-source]: no source is called `texxt`"],
    );
    check(
        told(&[
            TEXT,
            ("annotations/topics/yard.md", ""),
            ("annotations/x.md", "---\nsource: yard\n---\n## A\n\ntopics: yard\n"),
        ]),
        &[
            "annotations/topics/yard.md:1:1: warning[unused-topic]: no published note is on the topic `yard`, and nothing links to it",
            "annotations/x.md:2:9: error[unknown-source]: no source is called `yard`",
        ],
    );
}

#[test]
fn what_one_file_of_notes_calls_its_source_holds_for_others() {
    let first = ("annotations/a.md", "---\nsource: text.txt\nid: minutes\ntitle: Minutes of May\n---\n");
    let second =
        ("annotations/b.md", "---\nsource: minutes\n---\n## B\n\nSee [[Minutes of May]], [[text]].\n");
    let third = ("annotations/minutes of may.md", "## C\n\nWords.\n");
    check(
        linked(&[TEXT, first, second, third]),
        &[
            "source minutes \"Minutes of May\" (MM) from: note b;",
            "note minutes#b [comment] links: source minutes, source minutes;",
            "note minutes#c [comment]",
        ],
    );
}

#[test]
fn facts_stand_in_three_places_and_two_files_of_notes_must_agree() {
    let seed = ("seeds/a.md", "---\ntitle: Own\nauthor: Own\n---\nWords.");
    let sidecar = ("seeds/a.md.toml", "title = \"Beside\"\nsiglum = \"Q\"\n");
    let notes = ("annotations/a.md", "---\ntitle: Notes\n---\n");
    check(linked(&[seed]), &["source a \"Own\" (O)"]);
    check(linked(&[seed, sidecar]), &["source a \"Beside\" (Q)"]);
    check(linked(&[seed, sidecar, notes]), &["source a \"Notes\" (Q)"]);
    check(
        told(&[seed, notes, ("annotations/b.md", "---\nsource: a\ntitle: Others\n---\n")]),
        &[
            "annotations/b.md:3:8: error[conflicting-facts]: two annotation files give different values for `title`",
        ],
    );
    check(
        told(&[TEXT, ("seeds/gone.txt.toml", "title = \"x\"\n")]),
        &[
            "seeds/gone.txt.toml:1:1: warning[sidecar-alone]: this file tells facts about `seeds/gone.txt`, which is not there",
        ],
    );
}

// Names

#[test]
fn links_lead_to_things_by_id_title_alias_path_and_note() {
    let page = "[[text]] [[TEXT.txt]] [[Yárd]] [[hof|the court]] [[It was open]] [[essay]] [[home]] [[text#a]] [[text#the-a]] [[#words here]]\n\n\
                [s](../../seeds/text.txt) [t](../topics/yard.md) [n](../../seeds/text.txt#a) [h](essay.md#words-here)\n\n## Words here\n";
    let found = linked(&[
        TEXT,
        (
            "annotations/text.md",
            "## The A {#a}\n\n> The gate\n\ntopics: yard\n\n[[#b]] [[#a]]\n\n## The B {#b}\n\nWords.\n",
        ),
        ("annotations/topics/yard.md", "---\ntitle: The Yard\naliases: [Hof, Yard]\n---\n"),
        ("annotations/claims/open.md", "---\ntitle: It was open\n---\n"),
        ("annotations/pages/essay.md", page),
        ("annotations/pages/home.md", ""),
    ]);
    check(
        found,
        &[
            "source text \"text.txt\" (TT) from: page essay;",
            "note text#b [comment] from: note a;",
            "note text#a [comment] exact@text [\"The gate\"] topics: yard; links: note b, note a; from: page essay;",
            "topic yard \"The Yard\" notes: a; from: page essay;",
            "claim open \"It was open\" from: page essay;",
            "page home",
            "page essay links: source text, source text, topic yard, topic yard, claim open, page essay, home, note a, nothing, page essay at h-words-here, source text, topic yard, note a, page essay at h-words-here;",
            "annotations/pages/essay.md:1:103: error[unknown-note]: the source `text` has no note or heading `the-a`",
        ],
    );
}

#[test]
fn what_means_nothing_is_told_with_what_is_near() {
    check(
        told(&[
            TEXT,
            (
                "annotations/text.md",
                "## A\n\nsupports: opne\n\n[[yrad]] ![p](no.png) [f](../seeds/txet.txt) [[#c]]\n\n> The gate\n>\n> — [[txt]]\n",
            ),
            ("annotations/claims/open.md", "---\nagainst: nothing\n---\n"),
        ]),
        &[
            "annotations/claims/open.md:2:10: error[unknown-claim]: no claim is called `nothing`",
            "annotations/text.md:3:11: error[unknown-claim]: no claim is called `opne`",
            "annotations/text.md:5:3: error[unknown-name]: nothing in this dossier is called `yrad`",
            "annotations/text.md:5:15: warning[unknown-picture]: there is no picture `no.png` in the dossier",
            "annotations/text.md:5:27: error[unknown-name]: there is no file `../seeds/txet.txt` in this dossier",
            "annotations/text.md:5:49: error[unknown-note]: the source `text` has no note or heading `c`",
            "annotations/text.md:9:7: error[unknown-source]: no source is called `txt`",
        ],
    );
}

#[test]
fn what_means_two_things_names_both_but_an_id_is_its_own_thing_s() {
    let files = [
        TEXT,
        ("annotations/topics/yard.md", "---\naliases: [court]\n---\n"),
        ("annotations/topics/gate.md", "---\naliases: [court, yard]\n---\n"),
        ("annotations/text.md", "## A\n\ntopics: yard, court\n\n[[court]]\n"),
    ];
    check(
        told(&files),
        &[
            "annotations/text.md:3:15: error[ambiguous-name]: `court` may mean the topic `gate` or the topic `yard`",
            "annotations/text.md:5:3: error[ambiguous-name]: `court` may mean the topic `gate` or the topic `yard`",
            "annotations/topics/gate.md:1:1: warning[unused-topic]: no published note is on the topic `gate`, and nothing links to it",
        ],
    );
}

#[test]
fn a_name_of_another_kind_is_not_what_is_needed() {
    check(
        told(&[
            TEXT,
            ("annotations/topics/yard.md", "---\nbroader: text\n---\n"),
            (
                "annotations/text.md",
                "---\nderives-from: [yard, text]\n---\n## A\n\ntopics: text, yard\nsupports: yard\n",
            ),
        ]),
        &[
            "annotations/text.md:2:16: error[wrong-kind]: `yard` is the topic `yard`, and a source is needed here",
            "annotations/text.md:2:22: error[self-reference]: `derives-from` names the very thing that this file is about",
            "annotations/text.md:6:9: error[wrong-kind]: `text` is the source `text`, and a topic is needed here",
            "annotations/text.md:7:11: error[wrong-kind]: `yard` is the topic `yard`, and a claim is needed here",
            "annotations/topics/yard.md:2:10: error[wrong-kind]: `text` is the source `text`, and a topic is needed here",
        ],
    );
}

#[test]
fn ids_are_one_thing_s_and_not_the_site_s() {
    check(
        told(&[
            TEXT,
            ("seeds/404.txt", "Words."),
            ("seeds/!.txt", "Words."),
            ("annotations/pages/text.md", ""),
            ("annotations/topics/home.md", ""),
            ("annotations/text.md", "## A\n\ntopics: home, index, ?\n\n## a\n\nWords.\n"),
        ]),
        &[
            "annotations/pages/text.md:1:1: error[duplicate-id]: the page in `annotations/pages/text.md` and the source `text` have one id, `text`",
            "annotations/text.md:3:15: error[reserved-id]: the id `index` is taken by the site itself",
            "annotations/text.md:3:15: hint[undeclared-topic]: the topic `index` is declared nowhere; one note names it",
            "annotations/text.md:3:22: error[no-id]: no address can be made from `?`",
            "annotations/text.md:3:22: error[unknown-name]: nothing in this dossier is called `?`",
            "annotations/text.md:5:4: error[duplicate-note]: two notes on `text` have the id `a`",
            "annotations/topics/home.md:1:1: error[reserved-id]: the id `home` is taken by the site itself",
            "seeds/!.txt:1:1: error[no-id]: no address can be made from `!.txt`",
            "seeds/404.txt:1:1: error[reserved-id]: the id `404` is taken by the site itself",
        ],
    );
}

#[test]
fn former_ids_are_nobody_s_today() {
    check(
        told(&[
            TEXT,
            ("annotations/text.md", "---\nformer-ids: [old, gate, \"!\"]\n---\n"),
            ("seeds/gate.txt", "---\nformer-ids: x\n---\nWords."),
            ("annotations/gate.md", "---\nformer-ids: [old]\n---\n"),
        ]),
        &[
            "annotations/text.md:2:14: error[duplicate-id]: `old` is the former id of two things",
            "annotations/text.md:2:19: error[duplicate-id]: the former id `gate` belongs to the source `gate`",
            "annotations/text.md:2:26: error[no-id]: no address can be made from `!`",
        ],
    );
}

#[test]
fn a_siglum_stands_for_one_source() {
    check(
        told(&[
            ("seeds/a.md", "---\nsiglum: Q\n---\nA."),
            ("seeds/b.md", "---\nsiglum: Q\n---\nB."),
            ("seeds/c.md", "---\nsiglum: long\n---\nC."),
        ]),
        &[
            "seeds/b.md:2:9: error[duplicate-siglum]: the siglum `Q` already stands for the source `a`",
            "seeds/c.md:2:9: error[duplicate-siglum]: `long` is no siglum",
        ],
    );
}

// Topics

#[test]
fn topics_form_a_hierarchy_and_loops_are_cut() {
    let found = linked(&[
        TEXT,
        ("annotations/topics/a.md", "---\nbroader: b\n---\n"),
        ("annotations/topics/b.md", "---\nbroader: c\n---\n"),
        ("annotations/topics/c.md", "---\nbroader: a\n---\n"),
        ("annotations/topics/d.md", "---\nbroader: [d, a]\n---\n"),
        ("annotations/topics/e.md", ""),
        (
            "annotations/text.md",
            "---\ntopics: [d]\nby: Ana\nmade: 2024-05\nkind: fact\n---\n## N\n\ntopics: New topic, new-topic\n\n## M\n\nkind: doubt\nby: Ben\nmade: 2025\n",
        ),
    ]);
    check(
        found,
        &[
            "source text \"text.txt\" (TT)",
            "note text#n [fact] topics: d, new-topic; by: Ana; made: 2024-05;",
            "note text#m [doubt] topics: d; by: Ben; made: 2025;",
            "topic a \"a\" broader: b; narrower: d;",
            "topic b \"b\" broader: c; narrower: a;",
            "topic c \"c\" narrower: b;",
            "topic d \"d\" broader: a; notes: n, m;",
            "topic e \"e\"",
            "topic new-topic \"New topic\" undeclared notes: n;",
            "annotations/text.md:9:9: hint[undeclared-topic]: the topic `New topic` is declared nowhere; one note names it",
            "annotations/topics/a.md:2:10: error[topic-loop]: the topics `a`, `b` and `c` lead round in a circle by `broader`",
            "annotations/topics/d.md:2:11: error[self-reference]: `broader` names the very thing that this file is about",
            "annotations/topics/e.md:1:1: warning[unused-topic]: no published note is on the topic `e`, and nothing links to it",
        ],
    );
}

// Quotations

const OTHER: (&str, &str) =
    ("seeds/other.md", "---\ntitle: The Other\n---\nThe lock had been broken for two weeks by then.");

#[test]
fn a_quotation_stands_in_the_source_that_its_line_names() {
    for line in ["[[other]]", "p. 4 of [[The Other]]", "[the other](../seeds/other.md)"] {
        let notes = format!("## A\n\n> broken for two weeks\n>\n> — {line}\n");
        check(
            linked(&[TEXT, OTHER, ("annotations/text.md", &notes)]),
            &[
                "source other \"The Other\" (O) quoted-in: note a;",
                "source text \"text.txt\" (TT)",
                "note text#a [comment] exact@other [\"broken for two weeks\"]",
            ],
        );
    }
    check(
        linked(&[
            OTHER,
            (
                "annotations/other.md",
                "Before.\n\n> The lock\n>\n> — [[other]]\n\n## A\n\nWords.\n\n> The lock\n>\n> — [[other#b]]\n",
            ),
            ("annotations/pages/essay.md", "> two weeks\n>\n> — [[other]]\n\n> gone\n>\n> — [[nowhere]]\n"),
        ]),
        &[
            "source other \"The Other\" (O) quotes: exact@other [\"The lock\"]; quoted-in: page essay;",
            "note other#a [comment] quotes: exact@other [\"The lock\"];",
            "page essay quotes: exact@other [\"two weeks\"], unknown;",
            "annotations/other.md:13:13: error[unknown-note]: the source `other` has no note or heading `b`",
            "annotations/pages/essay.md:7:7: error[unknown-source]: no source is called `nowhere`",
        ],
    );
}

const MINUTES: (&str, &str) = (
    "seeds/text.txt",
    "The gate was open in May. The yard was empty. The dog barked, and the cat ran away. The bell rang. The bell rang.",
);

/// What becomes of the quotations of a note, and what is told of them: the codes with their lines.
fn quoted(note: &str) -> String {
    let found = linked(&[MINUTES, OTHER, ("annotations/text.md", &format!("## A\n\n{note}\n"))]);
    let note = found
        .lines()
        .find_map(|line| line.strip_prefix("note text#a [comment] "))
        .unwrap_or_default();
    let told = found
        .lines()
        .filter_map(|line| line.strip_prefix("annotations/text.md:")?.split_once("]: "))
        .map(|(place, _)| format!(" {place}]"));
    format!("{note}{}", told.collect::<String>())
}

#[test]
fn a_quotation_without_attribution_is_looked_for_in_the_source_of_its_file() {
    let stands = "exact@text [\"The yard was empty\"]";
    for note in [
        "They say:\n\n> The yard was empty",
        "They say:\n> The yard was empty",
        "- They say:\n  > The yard was empty",
        "1. > The yard was empty",
        "They say[^1].\n\n[^1]: > The yard was empty",
        "They say:\n\n> > The yard was empty",
        "They say:\n\n>The yard was empty",
        "They say:\n\n> [!quote]\n> The yard was empty",
        "### Heading\nThey say:\n\n> The yard was empty",
    ] {
        assert_eq!(quoted(note), format!("{stands} quotes: {stands};"), "{note:?}");
    }
    // Of a note that has a passage it is a quotation; of several the first is the passage of a note that has
    // none.
    let gate = "exact@text [\"The gate was open\"]";
    assert_eq!(
        quoted("> The gate was open\n\nAnd:\n\n> The yard was empty"),
        format!("{gate} quotes: {stands};")
    );
    assert_eq!(
        quoted("And:\n\n> The yard was empty\n\nor\n\n> The gate was open"),
        format!("{stands} quotes: {stands}, {gate};")
    );
    assert_eq!(
        quoted("occurrence: 2\n\nAnd:\n\n> The bell rang"),
        "exact@text [\"The bell rang\"] quotes: exact@text [\"The bell rang\"];"
    );
}

#[test]
fn a_quotation_without_attribution_that_does_not_stand_is_told_and_is_no_source_s() {
    for words in [
        "The yard was full",
        "The yard was not empty",
        "The lock had been broken for two weeks",
        "The bell rang",
        "Nobody has ever said such a thing",
    ] {
        assert_eq!(
            quoted(&format!("They say:\n\n> {words}")),
            "quotes: unknown; 5:1: warning[quote-unattributed]",
            "{words:?}"
        );
    }
    let nested = "> The gate was open in May\n> > The yard was full";
    assert_eq!(
        quoted(&format!("They say:\n\n{nested}")),
        "quotes: unknown, unknown; 5:1: warning[quote-unattributed]"
    );
    for own in [
        "> [!aside] The yard was full",
        "> [!note]\n> The yard was full",
        "> [!ASIDE]- Full\n>\n> > the yard",
    ] {
        assert_eq!(quoted(&format!("They say:\n\n{own}")), "", "{own:?}");
    }
    assert_eq!(
        quoted("They say:\n\n> The yard was empty\nI say so too."),
        "quotes: unknown; 6:1: warning[quote-swallows]"
    );
    assert_eq!(quoted("> The yard was empty\nI say so too."), "absent@text [] 4:1: error[quote-swallows]");
    assert_eq!(
        quoted("> The yard was empty.\nThe dog barked"),
        "exact@text [\"The yard was empty. The dog barked\"]"
    );
    assert_eq!(
        quoted("Text.\n\n> — [[other]]"),
        "links: source other; quotes: unknown; 5:1: warning[quote-unattributed]"
    );
    assert_eq!(quoted("> — [[other]]"), "absent@text [] 3:1: error[quote-unattributed]");
}

#[test]
fn a_quotation_without_attribution_in_prose_is_told_with_the_source_that_has_it() {
    let pages = [
        ("annotations/topics/gate.md", "> The yard was empty\n\n> [!aside] mine\n"),
        (
            "annotations/pages/home.md",
            "> The lock had been broken for two weeks\n\n> The yard\n>\n> — [[text]]\n",
        ),
        ("annotations/claims/open.md", "> The yard was empty\n\n— [[text]]\n\n> all of it\n"),
        ("annotations/text.md", "## A\ntopics: gate\nsupports: open\n"),
    ];
    let found = told(&[&[MINUTES, OTHER], &pages[..]].concat());
    let message =
        "warning[quote-unattributed]: this block quotation names no source: it is shown as your own words";
    check(
        found,
        &[
            &format!("annotations/claims/open.md:5:1: {message}"),
            &format!("annotations/pages/home.md:1:1: {message}"),
            &format!("annotations/topics/gate.md:1:1: {message}"),
        ],
    );
}

#[test]
fn a_page_says_how_many_quotations_were_compared_and_shows_what_is_none() {
    let note = "## A\n\n> The gate was open\n\ntopics: gate\n\nText.\n\n> The yard was empty\n\n> I doubt it\n\n> [!aside] So do I\n\n## B\n\ntopics: gate\n\nOn:\n\n> The dog barked\n";
    let files = [MINUTES, ("annotations/text.md", note), ("annotations/pages/home.md", "> [!aside] mine\n")];
    let pages: Vec<(String, String)> =
        with(&files, &Config::default(), View::Published, |compiled, _| rendered(compiled))
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).replace(['\n', '\u{2019}'], " ")))
            .collect();
    let page = |wanted: &str| {
        pages
            .iter()
            .find(|(path, _)| path == wanted)
            .map(|(_, page)| page.as_str())
            .unwrap_or_default()
    };
    for path in ["sources/text.html", "topics/gate.html"] {
        assert!(page(path).contains("3 quotations compared with their sources"), "{path}: {}", page(path));
        assert!(page(path).contains("; 2 are the writer s own.</p>"), "{path}");
        let own: Vec<&str> = page(path).split("<div class=\"own-words\">").skip(1).collect();
        assert_eq!(own.len(), 2, "{path}");
        assert!(own[0].contains("I doubt it") && own[1].contains("So do I"));
        assert!(
            !page(path).contains("<blockquote><p>I doubt it")
                && page(path).matches("I doubt it").count() == 1
        );
    }
    assert!(
        page("index.html").contains("0 quotations compared with their sources"),
        "{}",
        page("index.html")
    );
    assert!(page("index.html").contains("; 1 is the writer s own.</p>"));
    assert!(page("sources.html").contains("Every quotation on this page was compared"));
}

#[test]
fn what_does_not_stand_is_not_shown() {
    let notes = "## A\n\n> The lock had been broken for two weeks\n\n## B\n\n> The yard was full of people and dogs, one said\n\n## C\n\n> The\n\n## D\n\n> The\n\noccurrence: 2\n\n## E\n\n> The\n\noccurrence: 3\n\n## F\n\n> The gate was open in May. The yard was quite empty.\n";
    let found = linked(&[TEXT, OTHER, ("annotations/text.md", notes)]);
    let notes: Vec<&str> = found.lines().filter(|line| line.starts_with("note")).collect();
    assert_eq!(
        notes,
        [
            "note text#a [comment] moved@text []",
            "note text#b [comment] absent@text []",
            "note text#c [comment] ambiguous@text []",
            "note text#e [comment] ambiguous@text []",
            "note text#f [comment] drifted@text []",
            "note text#d [comment] exact@text [\"The\"]",
        ],
        "{found}"
    );
    let codes: Vec<&str> = found
        .lines()
        .filter_map(|line| line.split_once("error[")?.1.split_once(']'))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(
        codes,
        ["quote-moved", "quote-absent", "quote-ambiguous", "wrong-occurrence", "quote-drifted"],
        "{found}"
    );
}

#[test]
fn drift_may_be_a_warning() {
    let config = Config { drifted: Drifted::Warning, ..Config::default() };
    let files = [TEXT, ("annotations/text.md", "## A\n\n> The gate was opened in May.\n")];
    let found = with(&files, &config, View::Published, report);
    assert!(found.starts_with("annotations/text.md:3:1: warning[quote-drifted]"), "{found}");
}

#[test]
fn a_text_may_begin_and_end_with_its_own_words() {
    let seed = (
        "seeds/page.txt",
        "Menu: news, sport.\n\nThe gate was open. Nobody came.\n\nRelated news: the gate.",
    );
    let note = |head: &str| format!("---\n{head}\n---\n## A\n\n> the gate\n");
    let cut = note("begin: The gate was\nend: Nobody came");
    check(
        linked(&[seed, ("annotations/page.md", &cut)]),
        &["source page \"page.txt\" (PT)", "note page#a [comment] typographic@page [\"The gate\"]"],
    );
    let wrong = note("begin: Not there at all\nend: Nobody came");
    let found = told(&[seed, ("annotations/page.md", &wrong)]);
    assert!(
        found.contains("2:8: error[no-such-cut]: the words of `begin` do not stand in `seeds/page.txt`"),
        "{found}"
    );
}

// What is not published

/// A dossier, and the same with things beside it that are not published.
const OPEN: Files = &[
    TEXT,
    OTHER,
    (
        "annotations/text.md",
        "---\ntopics: [yard]\n---\nA remark.\n\n## A\n\n> The gate was open\n\ntopics: gate\nsupports: open\n\nSee [[other]].\n",
    ),
    ("annotations/claims/open.md", "---\ntitle: It was open\n---\n"),
    ("annotations/topics/gate.md", "---\ntitle: The gate\n---\n"),
    ("annotations/pages/essay.md", "See [[gate]] and [[text#a]].\n"),
];

const HELD: Files = &[
    (
        "annotations/second.md",
        "---\nsource: text\nprivate: true\nauthor: Zyxw Author\npublisher: Zyxwpub\naliases: [zyxwalias]\n---\nZyxw remark.\n\n## Zyxw\n\n> The yard\n\ntopics: zyxwtopic, gate\nsupports: open\nfigure: zyxw, 2024 = 3 zyxw\ndate: 2031-01-01\n\n[[other]] [[gate]] ![zyxw](zyxw.png)\n",
    ),
    (
        "annotations/third.md",
        "---\nsource: other\ndraft: true\nrights: full\n---\n## Zyxw\n\n> The yard\n>\n> — [[text]]\n",
    ),
    (
        "annotations/other.md",
        "## Zyxw\n\n> The lock\n\nprivate: true\ntopics: zyxwtwo\n\n[[text#a]] [[zyxwnowhere]]\n",
    ),
    (
        "seeds/zyxwseed.md",
        "---\ntitle: Text\ndraft: true\npublished: 1990\n---\nZyxwwords, told by the gate.\n",
    ),
    (
        "annotations/zyxwseed.md",
        "---\nproducer: x\n---\nZyxw remark.\n\n> Zyxwwords\n>\n> — [[zyxwseed]]\n\n## Zyxw\n\n> gone astray\n\ntopics: gate\ndisputes: open\n",
    ),
    ("annotations/topics/zyxwdeclared.md", "---\ndraft: true\nbroader: gate\n---\n[[essay]]\n"),
    ("annotations/claims/zyxwclaim.md", "---\nprivate: true\nagainst: open\n---\n[[gate]]\n"),
    (
        "annotations/pages/zyxwpage.md",
        "---\ndraft: true\n---\n[[gate]] [[text#a]]\n\n> The yard\n>\n> — [[text]]\n",
    ),
    ("annotations/zyxw.png", "not really"),
];

fn rendered(compiled: &Compiled) -> Vec<(String, Vec<u8>)> {
    let edition = compiled.edition();
    compiled
        .files()
        .map(|path| (path.as_str().to_string(), edition.render(path).unwrap_or_default()))
        .collect()
}

#[test]
fn nothing_that_is_held_back_changes_a_byte_of_what_is_published() {
    let both = [OPEN, HELD].concat();
    let (alone, said) = with(OPEN, &Config::default(), View::Published, |compiled, inputs| {
        (rendered(compiled), report(compiled, inputs))
    });
    check(
        said,
        &[
            "annotations/text.md:2:10: hint[undeclared-topic]: the topic `yard` is declared nowhere; one note names it",
        ],
    );
    let (beside, said) = with(&both, &Config::default(), View::Published, |compiled, inputs| {
        (rendered(compiled), report(compiled, inputs))
    });
    for line in said.lines() {
        assert!(line.contains(": hint["), "{line}");
    }
    for (path, bytes) in &beside {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("zyxw"), "{path}:\n{text}");
        let same = alone
            .iter()
            .find(|(other, _)| other == path)
            .is_some_and(|(_, other)| other == bytes);
        assert!(same, "{path} differs");
    }
    assert_eq!(alone.len(), beside.len());
}

#[test]
fn the_writer_sees_all_of_it_marked() {
    let both = [OPEN, HELD].concat();
    let found = with(&both, &Config::default(), View::Everything, |compiled, _| {
        rendered(compiled);
        overview(&compiled.dossier)
    });
    let hidden: Vec<String> = found
        .lines()
        .filter_map(|line| {
            Some(format!("{} {}", line.split(' ').nth(1)?, line.split_once("hidden ")?.1.split(' ').next()?))
        })
        .collect();
    let expected = [
        "zyxwseed draft",
        "text#zyxw private",
        "other#zyxw private",
        "other#zyxw draft",
        "zyxwseed#zyxw draft",
        "zyxwdeclared draft",
        "zyxwclaim private",
        "zyxwpage draft",
    ];
    for thing in expected {
        assert!(hidden.iter().any(|line| line == thing), "{thing} in {hidden:?}\n{found}");
    }
}

#[test]
fn what_is_published_leads_to_nothing_that_is_not() {
    let leads = (
        "annotations/x.md",
        "---\nsource: text\nderives-from: zyxwseed\n---\n## X\n\n> Zyxwwords\n>\n> — [[zyxwseed]]\n\ntopics: zyxwdeclared\nsupports: zyxwclaim\n\n[[other#zyxw]] [p](pages/zyxwpage.md) [[zyxwseed]]\n\n> The yard\n>\n> — [s](../seeds/zyxwseed.md)\n",
    );
    let found = told(&[OPEN, HELD, &[leads]].concat());
    let codes: Vec<&str> = found
        .lines()
        .filter(|line| !line.contains(": hint["))
        .filter_map(|line| line.split(": error[").nth(1))
        .collect();
    assert_eq!(codes.len(), 8, "{found}");
    assert!(codes.iter().all(|code| code.starts_with("link-to-unpublished]")), "{found}");
}

#[test]
fn a_slip_in_hiding_is_loud_and_hides() {
    for slip in ["privat: true", "private: maybe", "Words.\n\nprivate: true"] {
        let notes = format!("## A\n\n{slip}\n\n> Not there at all\n");
        let found = told(&[TEXT, ("annotations/text.md", &notes)]);
        let loud = found.lines().filter(|line| !line.contains(": hint[")).count();
        assert_eq!(loud, 1, "{slip}: {found}");
        let dossier = linked(&[TEXT, ("annotations/text.md", &notes)]);
        assert!(!dossier.contains("note text#a"), "{slip}: {dossier}");
    }
}

#[test]
fn a_private_file_may_narrow_rights_and_not_widen_them() {
    let notes = ("annotations/text.md", "## A\n\n> The gate was open\n\nA comment.\n");
    for (own, private, words) in [
        ("none", "full", false),
        ("none", "excerpts", false),
        ("excerpts", "none", false),
        ("full", "full", true),
    ] {
        let sidecar = format!("rights = \"{own}\"\n");
        let second = format!("---\nsource: text\nprivate: true\nrights: {private}\n---\n");
        let files = [TEXT, ("seeds/text.txt.toml", &sidecar), notes, ("annotations/second.md", &second)];
        let shown = with(&files, &Config::default(), View::Published, |compiled, _| {
            rendered(compiled)
                .iter()
                .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("gate was open"))
        });
        assert_eq!(shown, words, "{own}, privately {private}");
    }
}

// No dossier is too wrong to be compiled and shown

const PIECES: &[&str] = &[
    "---\n",
    "source: a\n",
    "source: b\n",
    "title: \"\"\n",
    "id: a\n",
    "id: \"[[\"\n",
    "draft: true\n",
    "private: yes\n",
    "rights: none\n",
    "rights: excerpts\n",
    "topics: [t, a, \"\"]\n",
    "broader: [t, u, é]\n",
    "aliases: [a, b, t]\n",
    "former-ids: [a, t, home]\n",
    "begin: words\n",
    "end: é\n",
    "derives-from: [a, b]\n",
    "\n",
    "## N\n",
    "## N {#n}\n",
    "## é\n",
    "# T\n",
    "### H\n",
    "> words é\n",
    "> words [...] end\n",
    "> ==words== é\n",
    ">\n> — [[a]]\n",
    ">\n> — [[b#n]]\n",
    ">\n> — [x](../seeds/a.txt)\n",
    ">\n",
    "topics: t, u, ?\n",
    "supports: c\n",
    "figure: m, 2024 = 3\n",
    "occurrence: all\n",
    "occurrence: 9\n",
    "date: 2024?\n",
    "kind: doubt\n",
    "[[a]] [[t#x]] [[#n]] [[]] [[|]] [[c]]\n",
    "![p](p.png) [x](../topics/t.md#h) [y](#n)\n",
    "| a | [[b\\|c]] |\n|---|---|\n",
    "words é. words é\u{301} end\n",
    "\u{202e}<script>\n",
    "[^1]\n\n[^1]: x\n",
    "- - - - x\n",
    "```\n",
    "%%",
    "<!--",
    "\u{feff}",
    "\r",
    "&amp;",
];

const PLACES: &[&str] = &[
    "seeds/a.txt",
    "seeds/b.md",
    "seeds/c.html",
    "seeds/a.txt.toml",
    "seeds/x/a.md",
    "annotations/a.md",
    "annotations/b.md",
    "annotations/notes.md",
    "annotations/topics/t.md",
    "annotations/topics/u.md",
    "annotations/topics/home.md",
    "annotations/claims/c.md",
    "annotations/claims/x/c.md",
    "annotations/pages/home.md",
    "annotations/pages/e.md",
    "annotations/pages/x/home.md",
    "annotations/p.png",
    "seeds/p.png",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_dossier_is_compiled_and_shown(
        files in proptest::collection::vec((proptest::sample::select(PLACES), proptest::collection::vec(proptest::sample::select(PIECES), 0..14)), 0..9),
        lenient: bool,
    ) {
        let files: Vec<(&str, String)> = files.into_iter().map(|(path, pieces)| (path, pieces.concat())).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let config = Config { drifted: if lenient { Drifted::Warning } else { Drifted::Error }, ..Config::default() };
        for view in [View::Published, View::Everything] {
            with(&files, &config, view, |compiled, inputs| {
                overview(&compiled.dossier);
                report(compiled, inputs);
                let edition = compiled.edition();
                for path in compiled.files() {
                    assert!(edition.render(path).is_ok(), "{path}");
                }
            });
        }
    }
}
