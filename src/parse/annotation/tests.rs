//! What an annotation file is read as, shown note by note; the mistakes as people see them.

use super::{LineRole, annotation};
use crate::model::path::InputPath;
use crate::model::quote::Occurrence;
use crate::model::span::Spanned;
use crate::report::diagnostic::Severity;
use crate::report::lines::Lines;

fn path() -> InputPath {
    InputPath::new("annotations/a.md").expect("a path of the dossier")
}

/// The file in a notation of one line a thing, then the mistakes: `line:column: severity[code]: message`.
fn check(text: &str) -> String {
    let parsed = annotation(&path(), text);
    let file = &parsed.value;
    let mut out = String::new();
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("{label} {value}\n"));
        }
    };
    line(
        "source",
        file.source
            .as_ref()
            .map_or(String::new(), |source| source.value.clone()),
    );
    line(
        "title",
        file.facts
            .title
            .as_ref()
            .map_or(String::new(), |title| title.value.clone()),
    );
    line("file", file.title.as_ref().map_or(String::new(), |title| title.value.clone()));
    line("remark", shown(&file.remark.reading));
    for note in &file.notes {
        let id = note
            .id
            .as_ref()
            .map_or(String::new(), |id| format!(" {{#{}}}", id.value));
        line("note", format!("{:?}{id}{}", note.title.value, if note.private { " private" } else { "" }));
        for passage in &note.passages {
            let marks: Vec<&str> = passage
                .quote
                .read
                .marks
                .iter()
                .map(|mark| &passage.quote.read.text[mark.clone()])
                .collect();
            let marks = if marks.is_empty() { String::new() } else { format!(" marked {marks:?}") };
            let from = passage
                .attribution
                .as_ref()
                .map_or(String::new(), |attribution| format!(" from {}", attribution.source.value));
            line("  passage", format!("{:?}{marks}{from}", passage.quote.read.text));
        }
        let names = |names: &[Spanned<String>]| {
            names
                .iter()
                .map(|name| name.value.as_str())
                .collect::<Vec<_>>()
                .join(" | ")
        };
        line("  topics", names(&note.topics));
        line(
            "  kind",
            note.kind
                .as_ref()
                .map_or(String::new(), |kind| kind.value.word().to_string()),
        );
        line(
            "  date",
            note.date
                .as_ref()
                .map_or(String::new(), |date| date.value.to_string()),
        );
        line(
            "  said",
            note.said
                .as_ref()
                .map_or(String::new(), |date| date.value.to_string()),
        );
        for figure in &note.figures {
            line("  figure", format!("{} = {}", figure.value.measure, figure.value.shown));
        }
        line("  supports", names(&note.supports));
        line("  disputes", names(&note.disputes));
        line("  mentions", names(&note.mentions));
        let occurrence =
            note.occurrence
                .as_ref()
                .map_or(String::new(), |occurrence| match occurrence.value {
                    Occurrence::All => "all".to_string(),
                    Occurrence::Nth { nth, of } => format!("{nth} of {of:?}"),
                });
        line("  occurrence", occurrence);
        line("  page", note.page.as_ref().map_or(String::new(), |page| page.value.clone()));
        line("  by", names(&note.by));
        line(
            "  confidence",
            note.confidence
                .as_ref()
                .map_or(String::new(), |confidence| confidence.value.word().to_string()),
        );
        line(
            "  language",
            note.language
                .as_ref()
                .map_or(String::new(), |language| language.value.clone()),
        );
        line(
            "  ref",
            note.reference
                .as_ref()
                .map_or(String::new(), |reference| reference.value.clone()),
        );
        line("  comment", shown(&note.comment.reading));
        let quoted = note
            .comment
            .quotations
            .iter()
            .filter_map(|quotation| Some((quotation, quotation.attribution.as_ref()?)));
        quoted.for_each(|(quotation, from)| {
            line("  quoted", format!("{:?} from {}", quotation.quote.read.text, from.source.value))
        });
    }
    let lines = Lines::new(text);
    for mistake in parsed.mistakes {
        let at = mistake
            .place
            .map_or(lines.at(0), |label| lines.at(label.place.span.start as usize));
        let severity = match mistake.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        out.push_str(&format!(
            "{}:{}: {severity}[{}]: {}\n",
            at.line, at.column, mistake.code.name, mistake.message
        ));
    }
    out
}

fn shown(reading: &str) -> String {
    reading.replace('\n', " / ")
}

#[test]
fn the_example_of_the_format() {
    let text = "\
---
source: 2026-01-us-vietnam-relations
title: U.S.–Vietnam relations
published: 2026-01-29
topics: [us-vietnam]              # a default for every note of this file
---

Anything before the first note is a remark on the source as a whole.

## Deficit in goods, 2024 {#deficit}

> goods trade deficit with Vietnam in 2024 ==($123 billion)==

topics: trade-deficit, tariffs
figure: US goods deficit with Vietnam, 2024 = 123 billion USD
supports: deficit-drives-tariffs

The third-largest deficit that year. Compare [[2025-01-rubio-call#deficit]],
which counts eleven months only.
";
    assert_eq!(
        check(text),
        "\
source 2026-01-us-vietnam-relations
title U.S.–Vietnam relations
remark Anything before the first note is a remark on the source as a whole.
note \"Deficit in goods, 2024\" {#deficit}
  passage \"goods trade deficit with Vietnam in 2024 ($123 billion)\" marked [\"($123 billion)\"]
  topics trade-deficit | tariffs
  figure US goods deficit with Vietnam = 123 billion USD
  supports deficit-drives-tariffs
  comment The third-largest deficit that year. Compare 2025-01-rubio-call#deficit, which counts eleven \
  months only.
"
    );
}

#[test]
fn a_note_begins_at_the_margin() {
    assert_eq!(
        check(
            "# File\n## A\na\n> ## not\n- b\n  ## not\n\n    ## not\n## B ##\n## C {x} {#c.d-e_1} ##\n## \
                {#d}\n## 1. *E* {#f g}"
        ),
        "file File\nnote \"A\"\n  comment a / not / b / not / not\nnote \"B\"\nnote \"C {x}\" \
            {#c.d-e_1}\nnote \"\" {#d}\nnote \"1. E {#f g}\"\n\
         11:1: error[untitled-note]: this note has no title\n"
    );
    assert_eq!(check("## A\nB\n---\nC\n===\n"), "note \"A\"\n  comment B / C ===\n");
    assert_eq!(
        check("## A\n ## B\n# C\n"),
        "note \"A\"\n  comment B / C\n\
         2:5: warning[heading-in-comment]: this looks like a note's title and is none, since it is indented\n\
         3:3: warning[heading-in-comment]: `#` is the title of the whole file, and stands once, before \
         the notes\n"
    );
}

#[test]
fn comments_in_a_title_are_hidden() {
    assert_eq!(check("## A %%b%% c {#d} %%e%% <!-- f -->\n"), "note \"A c\" {#d}\n");
    assert_eq!(check("## <!-- a -->\n"), "note \"\"\n1:1: error[untitled-note]: this note has no title\n");
}

#[test]
fn what_swallows_a_title_is_told() {
    let swallowed =
        |by: &str| format!("3:1: warning[swallowed-title]: no note begins here: the line is part of {by}\n");
    assert_eq!(
        check("## A\n```\n## B\n```\n## C"),
        format!("note \"A\"\n  comment ## B\nnote \"C\"\n{}", swallowed("a code block"))
    );
    assert_eq!(
        check("## A\n<div>\n## B\n\n## C"),
        format!("note \"A\"\n  comment <div> ## B\nnote \"C\"\n{}", swallowed("an HTML block"))
    );
    assert_eq!(
        check("## A\n<!--\n## B\n-->\n## C"),
        format!("note \"A\"\nnote \"C\"\n{}", swallowed("a comment"))
    );
    assert_eq!(
        check("## A\n%%\n## B\n%%\n## C"),
        format!("note \"A\"\nnote \"C\"\n{}", swallowed("a comment"))
    );
    assert_eq!(check("## A\n- b\n\n  ```\n  c\n## C"), "note \"A\"\n  comment b / c\nnote \"C\"\n");
}

#[test]
fn passages_and_fields_come_in_any_order() {
    assert_eq!(
        check(
            "## A\ntopics: t\n> p\n> q\nkind: fact\n\n> r\n>\n> s\n> — [[o#n]]\n\n%%hidden%%\ndate: \
                2024\nThe comment.\n\n> aside"
        ),
        "note \"A\"\n  passage \"p q\"\n  passage \"r\\ns\" from o\n  topics t\n  kind fact\n  date 2024\n  \
            comment The comment. / aside\n"
    );
    assert_eq!(
        check("## A\n> p\nlazy\n> q\nlazy\ntopics: t\n"),
        "note \"A\"\n  passage \"p lazy q lazy\"\n  topics t\n"
    );
    assert_eq!(
        check("## A\n> - p\nlazy\n# not\n"),
        "note \"A\"\n  passage \"- p lazy\"\n  comment not\n4:3: warning[heading-in-comment]: `#` is the \
            title of the whole file, and stands once, before the notes\n"
    );
    assert_eq!(check("## A\n> # p\nnot lazy\n"), "note \"A\"\n  passage \"p\"\n  comment not lazy\n");
    assert_eq!(
        check("## A\n> [!quote] p\n> q\n\n> [!note] r\n\ntopics: t"),
        "note \"A\"\n  passage \"p q\"\n  comment r / topics: t\n7:1: warning[stray-field]: `topics` stands \
            in the comment, so it is text and no field\n"
    );
    assert_eq!(check("## A\n> p\n> — Mark Twain"), "note \"A\"\n  passage \"p — Mark Twain\"\n");
}

#[test]
fn marks_and_projections_of_a_passage() {
    assert_eq!(
        check("## A\n> a ==b **c== d** `==e==` ==f"),
        "note \"A\"\n  passage \"a b c d ==e== ==f\" marked [\"b c\"]\n"
    );
    assert_eq!(
        check("## A\n> a == b == c\n> ==d\n> e==\n>\n> f[^1] \\==g\\=="),
        "note \"A\"\n  passage \"a == b == c d e\\nf ==g==\" marked [\"d e\"]\n"
    );
    assert_eq!(
        check("## A\n> a %%b%% [c](d) H<sub>2</sub>O &amp; [[e]]"),
        "note \"A\"\n  passage \"a c H₂O & [[e]]\"\n"
    );
    let typed = |text: &str| {
        annotation(&path(), text).value.notes[0].passages[0]
            .quote
            .typed
            .clone()
    };
    let words = typed("## A\n> a ==*b*== %%c%%\nd\n>\n> e");
    assert_eq!(words.text, "a *b* %%c%%\nd\n\ne");
    assert_eq!(
        words
            .marks
            .iter()
            .map(|mark| &words.text[mark.clone()])
            .collect::<Vec<_>>(),
        ["*b*"]
    );
}

#[test]
fn a_field_is_known_however_it_is_typed() {
    assert_eq!(
        check(
            "## A\n- **Topics:** a, [[b|B]], \"c, d\"\n* *KIND*: Fact\n__Ref__：x\n  y\nsupports:\n  - s\n  - \
                t\nPage\u{202f}: 4\nby:: M, N\n**mentions: u, v**\n*said*: 2024*"
        ),
        "note \"A\"\n  topics a | b | c, d\n  kind fact\n  supports s | t\n  mentions u | v\n  page 4\n  by \
            M | N\n  ref x y\n\
         12:9: error[bad-date]: the value of `said` is no date: `2024*` is not written as dates are here: \
         year, month and day, as in `2024-01-05`\n"
    );
    assert_eq!(
        check("## A\ntopcis: a\nOccurence: 2 of 3\n> p\n\ntags: x\nkind: fact"),
        "note \"A\"\n  passage \"p\"\n  topics a\n  occurrence 2 of Some(3)\n  comment tags: x kind: fact\n\
         2:1: warning[misspelt-key]: `topcis` is read as `topics`\n\
         3:1: warning[misspelt-key]: `Occurence` is read as `occurrence`\n\
         6:1: warning[unknown-field]: `tags` is no field, so the comment begins here: it may be `topics` \
         that is meant\n\
         7:1: warning[stray-field]: `kind` stands in the comment, so it is text and no field\n"
    );
    assert_eq!(
        check("## A\ntopics: a\ntags: b"),
        "note \"A\"\n  topics a\n  comment tags: b\n3:1: warning[unknown-field]: `tags` is no field, so the \
            comment begins here: it may be `topics` that is meant\n"
    );
    assert_eq!(
        check("## A\ntopics: a\n  kind: fact\n\n  date: 2024"),
        "note \"A\"\n  topics a\n  kind fact\n  date 2024\n"
    );
    assert_eq!(check("## A\ntopics: a <!-- b --> c %%d%%, e"), "note \"A\"\n  topics a  c | e\n");
}

#[test]
fn values_are_held_to_their_kind() {
    assert_eq!(
        check(
            "## A\nkind: fakt\ndate: 2024-13\nsaid:\noccurrence: 0\nconfidence: sure\nlanguage: \
                x!\nfigure: none"
        ),
        "note \"A\"\n  kind fact\n\
         2:7: error[unknown-value]: `kind` cannot be `fakt`\n\
         3:7: error[bad-date]: the value of `date` is no date: `2024-13` has no month 13\n\
         4:1: warning[empty-value]: `said` has no value\n\
         5:13: error[bad-occurrence]: `occurrence` cannot be `0`\n\
         6:13: error[unknown-value]: `confidence` cannot be `sure`\n\
         7:11: error[bad-language]: `x!` is no language tag\n\
         8:9: error[bad-figure]: there is no `=` between what is measured and its value\n\
         5:1: error[occurrence-without-passage]: `occurrence` chooses between the places of a passage, and \
         this note has none\n"
    );
    assert_eq!(
        check("## A\nkind: fact\ntopics: a\nkind: doubt\ntopics: b"),
        "note \"A\"\n  topics a | b\n  kind fact\n4:1: error[repeated-key]: `kind` stands twice\n"
    );
}

#[test]
fn private_hides_wherever_it_stands() {
    let hidden = |text: &str| {
        let parsed = annotation(&path(), text);
        (
            parsed.value.notes[0].private,
            parsed
                .mistakes
                .iter()
                .map(|mistake| mistake.code.name)
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    assert_eq!(hidden("## A\nprivate: true"), (true, String::new()));
    assert_eq!(hidden("## A\nprivate: false"), (false, String::new()));
    assert_eq!(hidden("## A\nprivat: yes"), (true, "looks-like-key".into()));
    assert_eq!(hidden("## A\nprivate: perhaps"), (true, "no-truth".into()));
    assert_eq!(hidden("## A\nprivate:"), (true, "no-truth".into()));
    assert_eq!(hidden("## A\nprivate: false\nprivate: true"), (true, "repeated-key".into()));
    assert_eq!(hidden("## A\nprivate: true\nprivate: false"), (true, "repeated-key".into()));
    assert_eq!(hidden("## A\ntext\n\nprivate: true"), (true, "misplaced-private".into()));
    assert_eq!(hidden("## A\ntext\n\nPrivate - true"), (true, "misplaced-private".into()));
    assert_eq!(hidden("## A\n> p\n> private: true"), (true, "misplaced-private".into()));
    assert_eq!(hidden("## A\n```\nprivate: true\n```"), (true, "misplaced-private".into()));
    assert_eq!(hidden("## A\n%% private: true %%"), (true, "misplaced-private".into()));
    assert_eq!(hidden("## A\ntopics: a\n  private: true"), (true, String::new()));
    assert_eq!(hidden("## A\ntext private: true"), (true, "misplaced-private".into()));
    assert_eq!(hidden("---\nprivate: true\n---\n## A"), (true, String::new()));
    assert_eq!(hidden("---\nprivat: yes\n---\n## A"), (true, "looks-like-key".into()));
    assert_eq!(hidden("---\nprivate: perhaps\n---\n## A"), (true, "no-truth".into()));
    assert_eq!(hidden("---\nprivate: true\n---\n## A\nprivate: false"), (false, String::new()));
    assert_eq!(hidden("private: true\n\n## A"), (true, "misplaced-private".into()));
}

#[test]
fn prose_is_no_field() {
    assert_eq!(
        check("## A\nText.\nDate: unknown\nBy: the end of the year, all of it had gone.\nTopics: many"),
        "note \"A\"\n  comment Text. Date: unknown By: the end of the year, all of it had gone. Topics: \
            many\n5:1: warning[stray-field]: `Topics` stands in the comment, so it is text and no field\n"
    );
    assert_eq!(
        check("## A\nText.\n```\ntopics: a\n```\n> kind: fact\n> — [[s]]"),
        "note \"A\"\n  comment Text. / topics: a\n  quoted \"kind: fact\" from s\n"
    );
}

#[test]
fn front_matter_gives_defaults() {
    let file = annotation(
        &path(),
        "---\nsource: \"[[s|S]]\"\ntopics: a, [[b]]\nby: [M, N]\nmade: \
        2024\nkind: fact\ndraft: true\nauthor: X\n---\n## A\ntopics: c\n## B\nkind: doubt\nby: O",
    )
    .value;
    let [a, b] = file.notes.as_slice() else { panic!("two notes") };
    assert_eq!(file.source.as_ref().map(|source| source.value.as_str()), Some("s"));
    let topics = |note| {
        file.topics(note)
            .map(|topic| topic.value.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((topics(a), topics(b)), (vec!["a", "b", "c"], vec!["a", "b"]));
    assert_eq!((file.kind(a).word(), file.kind(b).word()), ("fact", "doubt"));
    assert_eq!((file.by(a).len(), file.by(b).len()), (2, 1));
    assert!(file.defaults.draft);
    assert_eq!(file.made(a).map(|made| made.value.to_string()).as_deref(), Some("2024"));
}

#[test]
fn links_may_be_defined_anywhere_in_the_file() {
    assert_eq!(
        check("[a][x]\n\n## A\n[b][y] [c]\n\n## B\ntext\n\n[X]: https://x\n[y]: https://y\n[z]: https://z"),
        "remark a\nnote \"A\"\n  comment b [c]\nnote \"B\"\n  comment text\n11:1: \
            warning[unused-definition]: no link uses `[z]:`, so this line is on no page\n"
    );
}

#[test]
fn line_ends_do_not_matter() {
    let unix = "---\nsource: s\n---\n\nremark\n\n## A {#a}\n\n> p\n> q\n\ntopics: t\n  \
        u\n\ncomment\n\n```\ncode\n```\n";
    let expected = check(unix);
    assert!(
        expected.contains("passage \"p q\"")
            && expected.contains("topics t u")
            && expected.contains("comment / code")
    );
    assert_eq!(check(&unix.replace('\n', "\r\n")), expected);
    assert_eq!(check(&unix.replace('\n', "\r")), expected);
}

#[test]
fn every_line_has_its_role() {
    use LineRole::*;
    let text = "---\nsource: s\n---\n# F\nremark\n%%h%%\n\n## A\n> p\nlazy\ntopics: t\n  u\n<!-- x\n\ny \
        -->\ncomment\n## B\n";
    let roles = annotation(&path(), text).value.lines;
    let expected = [
        FrontMatter,
        FrontMatter,
        FrontMatter,
        FileTitle,
        Comment,
        Hidden,
        Blank,
        Title,
        Passage,
        Passage,
        Field,
        Field,
        Hidden,
        Blank,
        Hidden,
        Comment,
        Title,
    ];
    assert_eq!(roles, expected);
}

#[test]
fn an_attribution_may_stand_behind_its_passage() {
    let from_s = "note \"A\"\n  passage \"a b\" from s\n";
    for behind in [
        "> a b\n\n— [[s]]\n",
        "> a b\n\n\n-- [[s]]\n",
        "> a b\n\n- [[s]]\n",
        "> a b\n- [[s]]\n",
        "> a b\n\n*— [[s]]*\n",
        "> a b\n\n> – [[s]]\n",
        "> a b\n> — [[s]]\n",
        "> a b ([[s]])\n",
        "> a b ([[s]]).\n",
        "> a\n> b （[[s]]）\n",
        "> a b\n> ([[s#n]])\n",
    ] {
        assert_eq!(check(&format!("## A\n\n{behind}")), from_s, "{behind:?}");
    }
    assert_eq!(
        check("## A\n> a b\n\n— [[s]]\npage: 4\n\nText."),
        format!("{from_s}  page 4\n  comment Text.\n")
    );
    assert_eq!(check("## A\n> a b (p. 4 of [[s]])\n\n> c"), format!("{from_s}  passage \"c\"\n"));
    // More than a dash and a link is a comment, and one link stands for one quotation.
    for comment in [
        "— [[s]] denies it.",
        "— see [[s]]",
        "- [[s]]\n- [[t]]",
        "[[s]]",
        "([[s]])",
        "— [[s]] and [[t]]",
        "— [[s]]\nand so on",
    ] {
        let shown = check(&format!("## A\n> a b\n\n{comment}\n"));
        assert!(shown.starts_with("note \"A\"\n  passage \"a b\"\n  comment"), "{comment:?}: {shown}");
    }
    for words in ["> a b (c)", "> a b ([[s]]) c", "> a b ([c](d.md))", "> ([[s]])", "> a b ([[s]] or [[t]])"]
    {
        assert!(!check(&format!("## A\n{words}\n")).contains(" from "), "{words:?}");
    }
}

#[test]
fn lines_without_a_mark_are_known() {
    let lazy = |text: &str| {
        let file = annotation(&path(), text).value;
        let lazy = file.notes[0].passages[0].lazy.as_ref();
        lazy.map(|lazy| (text[lazy.line.range()].to_string(), lazy.before.read.text.clone()))
    };
    assert_eq!(lazy("## A\n> a\n> b\nc\nd"), Some(("c".into(), "a b".into())));
    assert_eq!(lazy("## A\n> a\n  c\n> — [[s]]"), Some(("c".into(), "a".into())));
    for text in
        ["## A\n> a\n>b\n   > c", "## A\n> a\n>\n> b\n\nc", "## A\n> a\n— [[s]]", "## A\n> a\n> ([[s]])\n\nb"]
    {
        assert_eq!(lazy(text), None, "{text:?}");
    }
}

#[test]
fn where_a_note_is_expected_and_none_begins() {
    let at = |text: &str| {
        let told = check(text);
        let line = told
            .lines()
            .find(|line| line.contains("no-note-begins"))
            .map(str::to_string);
        line.map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(" "))
    };
    let told = |place: &str| Some(format!("{place} warning[no-note-begins]"));
    assert_eq!(at("# Ferry\n\n> a\n\ndate: 2023\n"), told("1:1"));
    assert_eq!(at("> a\n\nText."), told("1:1"));
    assert_eq!(at("Text.\n\n> a\n> — [[s]]"), told("3:1"));
    assert_eq!(at("### Ferry\n> a"), told("1:1"));
    assert_eq!(at("- > a"), told("1:3"));
    assert_eq!(at("# Ferry\n\n> a\n\n## B\n\n> b"), told("1:1"));
    assert_eq!(at("## A\n\n### B\n\n> b"), told("3:1"));
    assert_eq!(at("## A\n> a\n\nText.\n\n#### B\n> b"), told("6:1"));
    for text in [
        "# Ferry\n\nText.",
        "# Ferry\n\nText.\n\n> a\n\n## B",
        "## A\n\n> a",
        "> [!aside] a",
        "## A\n### B\ntext\n\n> b",
        "## A\n### B\n> b\n> — [[s]]",
        "```\n### B\n> b\n```",
        "",
    ] {
        assert_eq!(at(text), None, "{text:?}");
    }
    assert!(check("date: 2023\n\n## A").contains("1:1: warning[stray-field]"));
}

#[test]
fn fields_by_other_names_and_with_other_signs_are_told() {
    let told = |text: &str| {
        let said = check(text);
        said.lines()
            .find(|line| line.contains("[unknown-field]"))
            .map_or(String::new(), |line| line.split("]: ").next().unwrap_or_default().to_string())
    };
    for line in [
        "Tags: a, b",
        "tags: a",
        "**Keywords:** a",
        "- Tags: a",
        "Author: M",
        "topics = a",
        "Topics=a",
        "date = 2024",
        "figure = x = 5",
    ] {
        assert!(
            told(&format!("## A\n{line}\n")).ends_with("warning[unknown-field"),
            "{line}: {}",
            check(&format!("## A\n{line}\n"))
        );
        assert!(told(&format!("## A\n> p\n\n{line}\n")).starts_with("4:"), "{line}");
    }
    assert!(told("## A\nkind: fact\ncolour: red\n").ends_with("hint[unknown-field"));
    for line in ["Tags", "Tags: ", "Text: so", "Tags are few", "A = b", "When = then", "Note: this"] {
        assert_eq!(told(&format!("## A\n\n{line}\n")), "", "{line}");
    }
    assert_eq!(told("## A\nText.\n\nTags: a\n"), "", "the comment has begun");
}

#[test]
fn a_key_in_the_head_that_means_nothing_there_is_told() {
    let told = |line: &str| {
        let said = check(&format!("---\n{line}\n---\n\n## A\n"));
        said.lines()
            .find(|line| line.contains("unknown-key"))
            .map(|line| line.split_once(": ").map_or("", |(_, said)| said).to_string())
    };
    for (line, right) in [
        ("Tags: a", "`topics`"),
        ("keywords: [a, b]", "`topics`"),
        ("Category: a", "`topics`"),
        ("Creator: Jane", "`author`"),
        ("Link: https://example.org", "`url`"),
        ("date_published: 2024", "`published`"),
        ("accessed: 2024", "`captured`"),
        ("newspaper: The Courier", "`publisher`"),
        ("Document: a", "`source`"),
        ("lang: en", "`language`"),
        ("Date: 2024", "belongs to one note"),
        ("supports: a-claim", "belongs to one note"),
        ("figure: a = 5", "belongs to one note"),
        ("page: 4", "belongs to one note"),
    ] {
        let said = told(line).unwrap_or_default();
        assert!(said.starts_with("warning[") && said.contains(right), "{line}: {said}");
    }
    assert!(
        told("cssclass: wide").is_some_and(|said| said.starts_with("hint[") && said.contains("passed over"))
    );
    for line in [
        "topics: a",
        "Title: b",
        "published: 2024",
        "status: draft",
        "private: true",
        "topcis: a",
        "derives_from: a",
    ] {
        assert_eq!(told(line), None, "{line}");
    }
}

#[test]
fn brackets_that_make_no_list_are_told() {
    for (line, is_told) in [
        ("topics: (a, b)", true),
        ("topics: a, b]", true),
        ("aliases: (a, b)", true),
        ("topics: [a, b]", false),
        ("topics: [[a]], [[b]]", false),
        ("topics: a (of b)", false),
        ("topics: (a)", false),
        ("title: (a, b)", false),
    ] {
        assert_eq!(
            check(&format!("---\n{line}\n---\n\n## A\n")).contains("error[yaml-value]"),
            is_told,
            "{line}"
        );
    }
}
