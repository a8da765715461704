//! What lines hold back, and what they do not.

use super::statement::Key;
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
        "the private: true",
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
    for line in ["status: confirmed", "topics: draft, ferry", "kind: fact", "topics: private schools", "date: 2024", "published: 2024"] {
        assert!(hides(line, Ground::Fields).is_none(), "{line:?}");
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
        "Letter (draft)",
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
    assert!(says_unpublished("status", "Draft") && says_unpublished("title", "Ferry {private}") && !says_unpublished("status", "open"));
}

#[test]
fn rights_in_running_text() {
    assert!(narrows("rights: none").is_some() && narrows("**Rіghts**： excerpts").is_some());
    for line in ["rights: full", "Rights: none were granted.", "> rights: none", "The rights: none"] {
        assert!(narrows(line).is_none(), "{line}");
    }
}
