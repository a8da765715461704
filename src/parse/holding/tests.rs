//! What lines hold back, and what they do not.

use super::statement::Key;
use super::statement::{readings, tail};
use super::{Ground, hides, hides_in_title, in_head, narrows, says_unpublished};

#[test]
fn a_line_that_means_to_hide() {
    for line in [
        "private: true",
        "Private: yes",
        "privat: yes",
        "rivate: true",
        "- **Private**: true",
        "  private : true",
        "private：true",
        "private = true",
        "Private - true",
        "private — yes.",
        "private true",
        "> private: true",
        "`private: true`",
        "| private: true |",
        "%% private: true %%",
        "<!-- private: true -->",
        "# private: true",
        "    private: true",
        "> [!private]",
        "> [!note] private: true",
        "private: maybe",
        "private: until the trial has ended, then not",
        "the private: true",
        "private:",
        "privat: ??",
    ] {
        assert!(hides(line, Ground::Comment).is_some(), "{line}");
    }
}

#[test]
fn a_line_that_does_not() {
    for line in [
        "private",
        "Private schools were closed.",
        "private: false",
        "He was a private. True, but",
        "> Private: John Smith",
        "primate: it is said that they left early",
        "climate: true",
        "",
    ] {
        assert!(hides(line, Ground::Comment).is_none(), "{line}");
    }
}

#[test]
fn a_line_that_means_to_hide_however_it_is_typed() {
    for line in [
        "draft: true",
        "Draft = yes",
        "- [x] private: true",
        "1. private: true",
        "private → true",
        "private => true",
        "private; true",
        "private, true",
        "private (true)",
        "p r i v a t e: true",
        "p-r-i-v-a-t-e: yes",
        "pr1vate: true",
        "priv@te: true",
        "<b>private</b>: true",
        "<private>true</private>",
        "pri&shy;vate: true",
        "private&colon; true",
        "{private: true}",
        "{topics: ferry, private: true}",
        "topics: ferry, private: true",
        "topics: ferry; draft: true",
        "| private | true |",
        "| topics | ferry | private | yes |",
        "#private",
        "Ask her again. #private",
        "private!",
        "[private]",
        "{draft}",
        ":private:",
        "\u{202e}eurt :etavirp\u{202c}",
        "A first line.\u{2028}private: true",
        "ｐｒｉｖａｔｅ：ｔｒｕｅ",
        "“рrivаte”︓ “true”",
        "### More {private}",
        "private:: true",
        "private∶ true",
        "private꞉ true",
        "private ː true",
        "«private» : true",
        "\\private\\: true",
        "🇵🇷🇮🇻🇦🇹🇪: true",
        "🅿🆁🅸🆅🅰🆃🅴: true",
    ] {
        assert!(hides(line, Ground::Comment).is_some(), "{line:?}");
    }
    for line in [
        "draft:",
        "status: draft",
        "Status: Draft.",
        "visibility: private",
        "tags: ferry, private",
        "published: no",
        "embargo: yes",
        "kind: private",
    ] {
        assert!(hides(line, Ground::Fields).is_some(), "{line:?}");
    }
}

#[test]
fn honest_prose_hides_nothing() {
    for line in [
        "Draft: a plan for the ferry",
        "The draft treaty was signed.",
        "Drafts were circulated: none was signed.",
        "draft",
        "Private.",
        "Private, and rightly so.",
        "Private life: a history",
        "In private: he agreed.",
        "The private sector: 12 firms",
        "A draft: true to its word.",
        "status: draft",
        "Rights: none were granted.",
        "> He said: private: true love",
        "> Private: “Yes”, she wrote.",
        "Privately, he agreed.",
        "privé",
        "правда: да",
        "He ranked as private (first class).",
        "The draft (true to form) failed.",
        "Privat 24: the bank that was nationalised in the end",
        "https://example.org/private",
        "See a#private-schools.",
        "Drafton",
        "Is it private? True, it was.",
    ] {
        assert!(hides(line, Ground::Comment).is_none(), "{line:?}");
    }
    for line in [
        "status: confirmed",
        "topics: draft, ferry",
        "kind: fact",
        "topics: private schools",
        "date: 2024",
        "published: 2024",
    ] {
        assert!(hides(line, Ground::Fields).is_none(), "{line:?}");
    }
}

#[test]
fn words_before_and_round_the_key_change_nothing() {
    for line in [
        "NB private: true",
        "NB: private: true",
        "2024-01-01 private: true",
        "10:30 private: true",
        "note to self: private",
        "N.B.: private",
        "TODO: private!",
        "keep private: yes",
        "isPrivate: true",
        "is_draft: yes",
        "isDraft = yes",
        "private and draft: true",
        "draft/private: yes",
        "Private / draft: yes",
        "private-note: yes",
        "drfta: true",
        "rdat: true",
        "rpivae: true",
        "Entwurf: ja",
        "privat: ja",
        "vertraulich: ja",
        "nicht veröffentlichen: ja",
        "Brouillon : oui",
        "borrador: sí",
        "bozza: sì",
        "rascunho: sim",
        "nháp: có",
        "riêng tư: true",
        "черновик: да",
        "личное: да",
        "草稿: 是",
        "私密：是",
        "非公開: はい",
        "下書き: true",
        "priv: true",
        "pvt: true",
        "confidential: yes",
        "hidden: true",
    ] {
        assert!(hides(line, Ground::Comment).is_some(), "{line:?}");
        assert!(in_head(line).iter().any(|held| held.key != Key::Rights), "{line:?}");
    }
    for line in [
        "share: false",
        "dg-publish: false",
        "publish: no",
        "public: false",
        "published: never",
        "isPublic: no",
        "öffentlich: nein",
        "công khai: không",
        "tags: ferry private",
        "tags: [status/draft]",
        "tags: #ferry #entwurf",
        "status: Entwurf",
        "status: vertraulich",
        "visibility: riêng tư",
        "status: 草稿",
        "Vertraulich!",
        "nicht veröffentlichen",
        "- [x] brouillon",
        "#entwurf",
    ] {
        assert!(hides(line, Ground::Fields).is_some(), "{line:?}");
    }
    let long = format!("{}private: true", "Many words of a paragraph that is typed on one line. ".repeat(40));
    assert!(hides(&long, Ground::Comment).is_some());
    for title in [
        "Ferry (vertraulich)",
        "[Entwurf] Ferry",
        "{nháp} Ferry",
        "Ferry [intern]",
        "PRIVATE Ferry",
        "DRAFT: Ferry",
        "Vertraulich: Ferry",
        "Ferry #entwurf",
    ] {
        assert!(hides_in_title(title).is_some(), "{title}");
    }
}

#[test]
fn sentences_and_figures_hide_nothing() {
    for line in [
        "Privates: 400",
        "Privates: 400; officers: 20",
        "- private: 40",
        "- private 1",
        "Private: 40 %",
        "Draft 1",
        "Private on.",
        "Private: the school is run by nuns.",
        "**Private:** the school is run by nuns.",
        "Privé: les écoles sont fermées.",
        "Private: no. Public: yes.",
        "Privacy: yes, a concern.",
        "The hashtag #private was used 41,200 times.",
        "| private | 1 |",
        "Public: no.",
        "Rank: private",
        "Sector: private",
        "Is the old school on the hill private: yes.",
        "Intern: the young man who fetched coffee.",
        "Mat: yes",
        "Craft: yes",
        "Dart: yes",
    ] {
        assert!(hides(line, Ground::Comment).is_none(), "{line:?}");
    }
    for title in [
        "Draft 1",
        "Private schools",
        "PRIVATE EYE",
        "On [[secret]]",
        "[[hush|secret]] and more",
        "[Intern](https://example.org)",
        "Vote (secret)",
        "Private: the sector that grew",
        "Intern (Monica)",
        "Draft: a plan",
    ] {
        assert!(hides_in_title(title).is_none(), "{title}");
    }
}

/// Of a line as long as a file no more is read than of one half as long: what is looked at is counted.
#[test]
fn what_is_read_of_a_line_has_a_bound() {
    let looked_at = |line: &str| -> usize {
        readings(line)
            .chain(tail(line))
            .map(|reading| reading.glyphs.len())
            .sum()
    };
    for unit in ["private:", "private: true ", "(", "[ ", ": ", "| private ", "#private ", "é: ", "\u{2028}x"]
    {
        let many_lines = unit.starts_with('\u{2028}');
        let length = if many_lines { 1 << 13 } else { 1 << 19 };
        let (once, twice) = (unit.repeat(length / unit.len()), unit.repeat(2 * length / unit.len()));
        let bound = if many_lines { 2 * looked_at(&once) + 8 } else { looked_at(&once) };
        assert!(looked_at(&twice) <= bound, "{unit:?}");
        hides(&twice, Ground::Fields);
        in_head(&twice);
        hides_in_title(&twice);
    }
}

#[test]
fn titles() {
    for title in [
        "Ferry {private}",
        "Ferry {draft}",
        "Ferry {private: true}",
        "Ferry {draft: true} ##",
        "Ferry {#ferry .private}",
        "Ferry {#ferry private}",
        "Ferry {private} {#ferry}",
        "Ferry [private]",
        "Ferry (private)",
        "Ferry ｛private｝",
        "Ferry {рrivate}",
        "Ferry {priv\u{200b}ate}",
        "Ferry #private",
        "Ferry — private: true",
        "Ferry {private=true}",
        "Ferry (draft: yes)",
        "Letter (draft)",
    ] {
        assert!(hides_in_title(title).is_some(), "{title}");
    }
    for title in [
        "Ferry — private: ture",
        "Ferry privat: true",
        "Ferry, private: true, please",
        "Ferry, private true",
        "Ferry - draft true",
        "Ferry #privat",
        "draft: true Ferry",
    ] {
        assert!(hides_in_title(title).is_some(), "{title}");
    }
    for title in [
        "Draft: a plan for the ferry",
        "The private, true to his word",
        "Talks with #private-sector groups",
        "Section #",
        "Ferry {private: false}",
        "Private schools",
        "The private (first class)",
        "Ferry {#private-schools}",
        "C# draft",
        "Ferry [sic]",
    ] {
        assert!(hides_in_title(title).is_none(), "{title}");
    }
}

#[test]
fn heads() {
    for (line, key) in [
        ("“draft”: true", Key::Draft),
        ("  private: true", Key::Private),
        ("meta: {private: true}", Key::Private),
        ("source.draft = true", Key::Draft),
        ("meta = { draft = true }", Key::Draft),
        ("- private: true", Key::Private),
        ("rіghts: none", Key::Rights),
        ("“rights”：", Key::Rights),
        ("  rights: excerpts", Key::Rights),
        ("{rights: none}", Key::Rights),
        ("rihgts：full", Key::Rights),
        ("#private", Key::Private),
        ("р\u{200d}rivate ＝ until June", Key::Private),
    ] {
        assert_eq!(in_head(line).first().map(|held| held.key), Some(key), "{line:?}");
    }
    for line in [
        "# private: true",
        "title: Draft: a plan",
        "title: Private schools",
        "topics: [draft, ferry]",
        "private: false",
        "«draft»: no",
        "rights: full",
        "“rights”: full",
        "url: https://example.org/private",
    ] {
        assert_eq!(in_head(line), [], "{line:?}");
    }
    assert!(
        says_unpublished("status", "Draft")
            && says_unpublished("title", "Ferry {private}")
            && !says_unpublished("status", "open")
    );
}

#[test]
fn rights_in_running_text() {
    assert!(narrows("rights: none", Ground::Comment).is_some());
    assert!(
        narrows("**Rіghts**： excerpts", Ground::Comment).is_some()
            && narrows("Rights: non", Ground::Fields).is_some()
    );
    for line in [
        "rights: full",
        "Rights: none were granted.",
        "Rights: none.",
        "Riots: none",
        "> rights: none",
        "The rights: none",
    ] {
        assert!(narrows(line, Ground::Comment).is_none(), "{line}");
    }
}
