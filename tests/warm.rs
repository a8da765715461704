//! What is remembered changes nothing: a compilation with a memory of other states, or of another dossier, or
//! from the disk, equals one without. And a page whose key is the same is the same.
//!
//! A dossier is a handful of files, each with several texts that it may have; an edit gives one file another
//! of them, or takes it away.

use std::collections::BTreeMap;

use casebook::cache::CompileCache;
use casebook::config::{Config, config};
use casebook::inputs::{Hash, Inputs};
use casebook::model::path::{InputPath, SitePath};
use casebook::report::diagnostic::Report;
use casebook::{View, compile};
use proptest::prelude::*;

/// Files with the texts that they may have. They name each other, quote each other, and make mistakes.
const FILES: &[(&str, &[&str])] = &[
    (
        "seeds/report.md",
        &[
            "---\ntitle: Report\npublished: 2024-01-02\npublisher: Ministry\n---\n\n# Report\n\nThe dam held for 40 days. Tô Lâm spoke of it twice, and [the wire](wire.txt) did not.\n\nNobody asked why the dam held.\n",
            "---\ntitle: Report\npublished: 2024-01-02\npublisher: Ministry\n---\n\n# Report\n\nThe dam held for 41 days. Tô Lâm spoke of it twice.\n\nNobody asked why the dam held. Nobody asked why the dam held.\n",
            "---\ntitle: The Report\npublished: 2023\nrights: excerpts\n---\n\n## Water\n\nBefore. The dam held for 40 days. Tô Lâm spoke of it twice.\n\nNobody asked why the dam held.\n",
            "---\ntitle: Report\ndraft: true\n---\n\nThe dam held for 40 days.\n",
            "---\ntitle: Report\nrights: none\nsiglum: W\n---\n\nThe dam held for 40 days. Nobody asked why the dam held.\n",
        ],
    ),
    (
        "seeds/wire.txt",
        &[
            "The wire said that the dam held for a month.\n\nOfficials in Hanoi were silent on the matter.\n",
            "Navigation\n\nThe wire said that the dam held for a month.\n\nOfficials in Hanoi were silent on the matter.\n\nRelated news\n",
            "Officials in Hanoi were not silent on the matter.\n",
        ],
    ),
    (
        "seeds/wire.txt.toml",
        &[
            "title = \"Wire\"\npublished = \"2024-01-03\"\n",
            "title = \"Wire\"\nderives-from = \"report\"\nbegin = \"The wire said\"\nend = \"on the matter\"\n",
        ],
    ),
    (
        "annotations/report.md",
        &[
            "---\nsource: report\n---\n\nA remark that links to [[dam]].\n\n## Days {#days}\n\n> The dam held for 40 days\n\ntopics: dam, Water\nfigure: days, 2024 = 40\nsupports: it-held\n\nSee [[wire#month]] and [[#why]].\n\n## Why {#why}\n\n> Nobody asked\n\nTô Lâm was asked.\n",
            "---\nsource: report\n---\n\n## Days {#days}\n\n> The dam held for 40 days\n\ntopics: dam\nfigure: days, 2024 = 41\nsupports: it-held\n\n## Before {#before}\n\n> spoke of it ==twice==\n\nkind: doubt\ntopics: to-lam, Rain\n\n## Why {#why}\n\n> Nobody asked\n\noccurrence: 2\n",
            "---\nsource: report\n---\n\n## Days {#days}\n\n> Officials in Hanoi were silent on the matter\n\nprivate: true\ntopics: secret\n\n## Why {#why}\n\n> Nobody asked why the dyke held\n\nsee [[nowhere]]\n",
            "---\nsource: report\ntitle: Named by a note\nbegin: Nobody asked\n---\n\n## Why {#why}\n\n> Nobody asked why\n\ntopics: dam\ndisputes: it-held\n\n> “The wire said that the dam held”\n>\n> — a line of [[wire]]\n",
        ],
    ),
    (
        "annotations/wire.md",
        &[
            "---\nsource: wire\n---\n\n## A month {#month}\n\n> the dam held for a month\n\ntopics: dam\nfigure: days, 2024 = 30\ndisputes: it-held\ndate: 2024-01\n\nUnlike [[report#days]].\n",
            "---\nsource: wire\ndraft: true\n---\n\n## A month {#month}\n\n> the dam held for a month\n\ntopics: dam\n",
            "---\nsource: wire\n---\n\n## Silence {#silence}\n\n> Officials in Hanoi were silent\n\nmentions: it-held\ntopics: Hanoi\nby: A. B.\n",
        ],
    ),
    (
        "annotations/topics/dam.md",
        &[
            "---\ntitle: The dam\n---\n\nWhat is said of it. See [[it-held]].\n",
            "---\ntitle: Dam\naliases: [Water]\nbroader: to-lam\nformer-ids: [dyke]\n---\n",
            "---\ntitle: The dam\ndraft: true\n---\n",
        ],
    ),
    (
        "annotations/topics/to-lam.md",
        &[
            "---\ntitle: Tô Lâm\nkind: person\naliases: [Tô]\n---\n",
            "---\ntitle: Tô Lâm\nkind: person\nbroader: dam\n---\n\nHe spoke.\n",
        ],
    ),
    ("annotations/topics/hanoi.md", &["---\ntitle: Hanoi\nkind: place\n---\n"]),
    (
        "annotations/claims/it-held.md",
        &[
            "---\ntitle: It held\nstatus: disputed\n---\n\n> Nobody asked\n>\n> — [[report]]\n",
            "---\ntitle: The dam held\nagainst: it-broke\n---\n\nBy [[report#days]].\n",
        ],
    ),
    ("annotations/claims/it-broke.md", &["---\ntitle: It broke\nstatus: confirmed\n---\n"]),
    (
        "annotations/pages/home.md",
        &[
            "# Dams\n\nWhy did the [[dam]] hold? See [[report#days]].\n\n> The dam held for 40 days\n>\n> — the [[report]]\n",
            "# Dykes\n\nAnother question.\n\n## Method\n\nNone.\n",
        ],
    ),
    (
        "annotations/pages/essay.md",
        &[
            "---\ntitle: Essay\norder: 2\n---\n\nOn [[home#method]] and [[wire]].\n",
            "---\ntitle: An essay\n---\n\n![dam](../../seeds/dam.png)\n",
        ],
    ),
    ("seeds/dam.png", &["no picture at all", "nor this"]),
    (
        "templates/components/quotation.html",
        &["{% component quotation(quote) %}<q>{{ quote.state }}</q>{% endcomponent %}", "{{ broken"],
    ),
    ("templates/assets/extra.css", &["p { color: red }", "p { color: blue }"]),
];

/// Slips of the pen: an edit may put one for the other, whichever stands in a file.
const SLIPS: &[(&str, &str)] = &[
    ("> The dam held for", "> dam held for"),
    ("> Nobody asked", "> asked"),
    ("twice", "once"),
    ("Unlike", "As in"),
    ("topics: dam", "topics: Hanoi"),
    ("= 40", "= 44"),
    ("40 days", "41 days"),
    ("status: disputed", "status: open"),
    ("## Why {", "## Whence {"),
    ("2024-01-02", "2022-01-02"),
    ("title: Report", "title: A report"),
    ("kind: place", "kind: concept"),
    ("Ministry", "Bureau"),
    ("silent on", "mute on"),
    ("title: Tô Lâm", "title: Tô"),
    ("a line of", "words of"),
    ("supports:", "mentions:"),
    ("rights: excerpts", "rights: full"),
    ("broader: dam", "broader: hanoi"),
    ("A remark", "One remark"),
    ("kind: doubt", "kind: fact"),
    ("See [[wire#month]]", "See [[wire]]"),
    ("the wire](", "a wire]("),
    ("Tô Lâm was asked", "Tô Lâm was not asked"),
    ("date: 2024-01", "date: 2024-02"),
    ("by: A. B.", "by: C. D."),
    ("derives-from", "author"),
    ("What is said", "All that is said"),
    ("`[[nobody]] and", "`[[nobody]]` [[nobody]] and"),
];

/// What somebody adds to a comment: most of it is words, some is more.
const WORDS: &[&str] = &[
    "\nMore words.\n",
    "\nHanoi was not asked, and Tô Lâm was.\n",
    "\n*Emphasis* and [an address](https://example.org/).\n",
    "\nA name: [[dam]].\n",
    "\nSee [[#why]].\n",
    "\n> The dam held\n>\n> — [[report]]\n",
    "\n> Nobody asked how the dam held\n>\n> — [[report]]\n",
    "\n%% between us %%\n",
    "\n`[[nobody]] and\n",
    "\n`[[nobody]]` [[nobody]] and\n",
    "\ntopics: Rain\n",
    "\n[[\n",
];

/// The text of each file that is there.
#[derive(Clone, Debug)]
struct State(BTreeMap<&'static str, String>);

impl State {
    /// Every file with its first text, but no templates.
    fn first() -> State {
        let files = FILES.iter().filter(|(path, _)| !path.starts_with("templates"));
        State(files.map(|(path, texts)| (*path, texts[0].to_string())).collect())
    }

    fn last() -> State {
        State(
            FILES
                .iter()
                .map(|(path, texts)| (*path, texts[texts.len() - 1].to_string()))
                .collect(),
        )
    }

    fn edit(&mut self, edit: &Edit) {
        match *edit {
            Edit::Text(file, text) => {
                let (path, texts) = FILES[file % FILES.len()];
                match texts.get(text % (texts.len() + 1)) {
                    Some(text) => self.0.insert(path, text.to_string()),
                    None => self.0.remove(path),
                };
            }
            Edit::Words(file, words) => {
                let path = FILES[file % FILES.len()].0;
                if let Some(text) = self.0.get_mut(path).filter(|_| path.ends_with(".md")) {
                    // Before the last note, where there are several, so that what follows moves
                    let at = text.rfind("\n## ").unwrap_or(text.len());
                    text.insert_str(at, WORDS[words % WORDS.len()]);
                }
            }
            Edit::Slip(slip) => {
                let (one, other) = SLIPS[slip % SLIPS.len()];
                for text in self.0.values_mut() {
                    *text = if text.contains(one) {
                        text.replacen(one, other, 1)
                    } else {
                        text.replacen(other, one, 1)
                    };
                }
            }
        }
    }

    fn inputs(&self) -> Inputs {
        self.0.iter().map(|(path, text)| (*path, text.as_bytes())).collect()
    }
}

#[derive(Clone, Debug)]
enum Edit {
    /// Gives a file another of its texts, or takes it away.
    Text(usize, usize),
    Slip(usize),
    /// Adds words to a text.
    Words(usize, usize),
}

/// Slow trials: `./test --all`.
fn is_slow() -> bool {
    std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty())
}

fn settings() -> Config {
    let text = "[dossier]\ntitle = \"Dams\"\nbase_url = \"https://example.org/d/\"\n";
    config(&InputPath::new("casebook.toml").expect("relative"), Some(text)).0
}

/// All that comes of a dossier: every file (or why it could not be made), and every mistake.
#[derive(Debug, PartialEq)]
struct Made {
    files: BTreeMap<SitePath, Result<Vec<u8>, String>>,
    report: Report,
    keys: BTreeMap<SitePath, Option<Hash>>,
}

fn made(inputs: &Inputs, view: View, cache: &mut CompileCache) -> Made {
    let compiled = compile(inputs, &settings(), view, cache);
    let edition = compiled.edition();
    // First, as `watch` asks: by its keys a state finds what an earlier one has made of the same notes.
    let keys = compiled
        .files()
        .map(|path| (path.clone(), edition.key(path)))
        .collect();
    let files = compiled
        .files()
        .map(|path| (path.clone(), edition.render(path).map_err(|mistake| mistake.message)))
        .collect();
    drop(edition);
    Made { files, report: Report::clone(&compiled.report), keys }
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let text = (0..FILES.len(), 0_usize..60).prop_map(|(file, text)| Edit::Text(file, text));
    let words = (0..FILES.len(), 0..WORDS.len()).prop_map(|(file, words)| Edit::Words(file, words));
    prop::collection::vec(
        prop_oneof![1 => text, 3 => (0..SLIPS.len()).prop_map(Edit::Slip), 3 => words],
        1..10,
    )
}

const PROGRAM: Hash = [7; 32];

/// The pages that are not what they were though their keys are.
fn stale(before: &Made, now: &Made) -> Vec<SitePath> {
    let same_key = |path: &&SitePath| before.keys.get(*path) == now.keys.get(*path);
    let of_both = before.files.keys().filter(|path| now.files.contains_key(*path));
    of_both
        .filter(same_key)
        .filter(|path| before.files[*path] != now.files[*path])
        .cloned()
        .collect()
}

#[test]
fn an_edit_of_a_comment_leaves_the_keys_of_pages_that_do_not_show_it() {
    let state = State::first();
    let before = made(&state.inputs(), View::Published, &mut CompileCache::default());
    let mut inputs = state.inputs();
    let path = InputPath::new("annotations/wire.md").expect("relative");
    let text = String::from_utf8(inputs.get(&path).expect("it is there").bytes.to_vec()).expect("text");
    inputs.insert(path, text.replace("Unlike", "As in").into_bytes());
    let now = made(&inputs, View::Published, &mut CompileCache::default());
    let kept = |path: &str| {
        let path = SitePath::new(path).expect("a path");
        before.keys[&path] == now.keys[&path]
    };
    assert!(kept("sources/report.html") && kept("topics/hanoi.html"));
    assert!(!kept("sources/wire.html") && !kept("topics/dam.html") && !kept("index.html"));
}

#[test]
fn other_words_in_a_comment_leave_what_was_linked_and_reasoned() {
    let mut state = State::first();
    let inputs = state.inputs();
    let mut cache = CompileCache::default();
    let compiled = compile(&inputs, &settings(), View::Published, &mut cache);
    let mut is_taken_up = |file: &'static str, from: &str, to: &str| {
        let text = state.0[file].replace(from, to);
        assert_ne!(text, state.0[file]);
        state.0.insert(file, text);
        let inputs = state.inputs();
        let next = compile(&inputs, &settings(), View::Published, &mut cache);
        let cold = compile(&inputs, &settings(), View::Published, &mut CompileCache::default());
        assert_eq!((&next.dossier, &next.report), (&cold.dossier, &cold.report));
        std::sync::Arc::ptr_eq(&next.reasoned, &compiled.reasoned)
    };
    let (report, wire) = ("annotations/report.md", "annotations/wire.md");
    assert!(is_taken_up(wire, "Unlike", "Quite *unlike*"));
    assert!(is_taken_up(report, "See [[wire#month]]", "As in [[wire#month]]"), "what follows it moves");
    assert!(
        is_taken_up(report, "was asked", "was asked, as Hanoi was"),
        "a name that is not linked is told of"
    );
    assert!(is_taken_up(report, "as Hanoi", "as anybody"));
    assert!(!is_taken_up(wire, "[[report#days]]", "[[report#why]]"), "a name");
}

#[test]
fn a_mistake_is_told_where_it_stands_now_although_the_bytes_around_it_are_the_same() {
    let with = |comment: &str| {
        let mut state = State::first();
        state
            .0
            .insert("annotations/wire.md", state.0["annotations/wire.md"].replace("Unlike", comment));
        state.inputs()
    };
    let mut cache = CompileCache::default();
    for comment in ["`[[nobody]] and", "`[[nobody]]` [[nobody]] and", "`[[nobody]]` `[[nobody]] and"] {
        let report = |cache: &mut CompileCache| {
            Report::clone(&compile(&with(comment), &settings(), View::Published, cache).report)
        };
        assert_eq!(report(&mut cache), report(&mut CompileCache::default()), "{comment}");
    }
}

#[test]
fn a_link_shows_a_title_as_the_language_of_its_note_sets_it() {
    let made_with = |language: &str| {
        let mut state = State::first();
        let text = state.0["annotations/report.md"].replace("## Days {#days}", "## \"Days\" {#days}");
        state.0.insert(
            "annotations/report.md",
            text.replace("supports: it-held", &format!("supports: it-held\n{language}")),
        );
        made(&state.inputs(), View::Published, &mut CompileCache::default())
    };
    let (english, german) = (made_with("language: en"), made_with("language: de"));
    let wire = SitePath::new("sources/wire.html").expect("a path");
    assert_ne!(english.files[&wire], german.files[&wire], "the title is shown there");
    assert_eq!(stale(&english, &german), Vec::new());
}

#[test]
fn what_is_damaged_or_another_programs_is_no_memory() {
    let mut cache = CompileCache::default();
    made(&State::first().inputs(), View::Published, &mut cache);
    let kept = cache.to_bytes(&PROGRAM);
    assert!(CompileCache::from_bytes(&kept, &PROGRAM).is_some());
    assert!(CompileCache::from_bytes(&kept, &[8; 32]).is_none());
    for at in [0, 1, kept.len() / 2, kept.len() - 1] {
        let mut damaged = kept.clone();
        damaged[at] ^= 1;
        assert!(CompileCache::from_bytes(&damaged, &PROGRAM).is_none());
        assert!(CompileCache::from_bytes(&kept[..at], &PROGRAM).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if is_slow() { 2_000 } else { 16 }))]

    #[test]
    fn warm_equals_cold(edits in edits(), everything: bool) {
        let view = if everything { View::Everything } else { View::Published };
        let mut cache = CompileCache::default();
        let mut state = State::first();
        // a memory of another dossier, in which the same paths hold other texts
        let mut other = State::last();
        made(&other.inputs(), view, &mut cache);
        made(&state.inputs(), View::Published, &mut cache);
        for edit in edits {
            state.edit(&edit);
            other.edit(&edit);
            let inputs = state.inputs();
            let (warm, cold) = (made(&inputs, view, &mut cache), made(&inputs, view, &mut CompileCache::default()));
            prop_assert_eq!(&warm.report, &cold.report);
            prop_assert!(warm == cold, "{:?}", state);
            let kept = cache.to_bytes(&PROGRAM);
            let mut from_disk = CompileCache::from_bytes(&kept, &PROGRAM).expect("it was just written");
            prop_assert!(made(&inputs, view, &mut from_disk) == cold, "{:?}", state);
        }
        made(&other.inputs(), view, &mut cache);
        prop_assert!(made(&state.inputs(), view, &mut cache) == made(&state.inputs(), view, &mut CompileCache::default()));
    }

    #[test]
    fn the_same_key_means_the_same_bytes(edits in edits(), everything: bool) {
        let view = if everything { View::Everything } else { View::Published };
        let mut cache = CompileCache::default();
        let mut state = State::first();
        let mut before = made(&state.inputs(), view, &mut cache);
        for edit in edits {
            state.edit(&edit);
            let now = made(&state.inputs(), view, &mut cache);
            prop_assert_eq!(stale(&before, &now), Vec::new(), "{:?}", edit);
            before = now;
        }
    }

    #[test]
    fn what_differs_from_an_earlier_state_is_among_what_is_said_to(edits in edits(), everything: bool) {
        let view = if everything { View::Everything } else { View::Published };
        let mut cache = CompileCache::default();
        let mut state = State::first();
        let mut earlier: Vec<(Hash, Made)> = Vec::new();
        for edit in edits {
            let inputs = state.inputs();
            let now = made(&inputs, view, &mut cache);
            let compiled = compile(&inputs, &settings(), view, &mut cache);
            let edition = compiled.edition();
            for (whole, before) in &earlier {
                let Some(reached) = edition.since(whole) else { continue };
                prop_assert!(before.files.keys().eq(now.files.keys()));
                let differs = |path: &&SitePath| before.files[*path] != now.files[*path] || before.keys[*path] != now.keys[*path];
                let missed: Vec<&SitePath> = now.files.keys().filter(differs).filter(|path| !reached.contains(path)).collect();
                prop_assert!(missed.is_empty(), "{:?} after {:?}", missed, state);
            }
            earlier.push((edition.whole(), now));
            state.edit(&edit);
        }
    }
}

#[test]
fn other_words_in_a_comment_reach_the_pages_that_show_it_and_lists() {
    let mut cache = CompileCache::default();
    let mut state = State::first();
    let first = compile(&state.inputs(), &settings(), View::Published, &mut cache)
        .edition()
        .whole();
    let wire = "annotations/wire.md";
    state.0.insert(wire, state.0[wire].replace("Unlike", "As in"));
    let inputs = state.inputs();
    let compiled = compile(&inputs, &settings(), View::Published, &mut cache);
    let reached = compiled.edition().since(&first).expect("nothing but words differs");
    let is_reached = |path: &str| reached.contains(&SitePath::new(path).expect("a path"));
    for path in [
        "sources/wire.html",
        "previews/wire.js",
        "topics/dam.html",
        "claims/it-held.html",
        "index.html",
        "data/notes.csv",
        "sitemap.xml",
    ] {
        assert!(is_reached(path), "{path}");
    }
    for path in
        ["sources/report.html", "topics/hanoi.html", "claims/it-broke.html", "pages/essay.html", "404.html"]
    {
        assert!(!is_reached(path), "{path}");
    }
    assert_eq!(compiled.edition().since(&[0; 32]), None);
}
