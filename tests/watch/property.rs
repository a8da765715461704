//! Edits at random: whatever is done to the files, in whatever order, the output of a long run is that of a
//! clean build. Memory does not grow.

use std::fs;

use super::run::{Dossier, Mode, Watched, slow};

/// A source of numbers that is the same in every run (Steele, Lea and Flood, SplitMix64, 2014), told with a
/// failure so that it can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const WORDS: [&str; 6] = [
    "The ferry carried 41,200 passengers.",
    "The clerk said so.",
    "Nobody counted them.",
    "It rained.",
    "The council took note.",
    "Fares rose.",
];

/// Does one thing at random; what it did. Never leaves a mistake behind: a note quotes a sentence that every
/// text of ours holds.
fn edit(watched: &Watched, dice: &mut Dice, number: usize) -> String {
    let n = dice.below(6);
    let (seed, note) = (format!("seeds/r{n}.txt"), format!("annotations/r{n}.md"));
    let text = |dice: &mut Dice| {
        format!("{} {} {}\n", dice.one(&WORDS), "Every text holds this sentence.", dice.one(&WORDS))
    };
    let notes = |dice: &mut Dice| {
        let hidden = *dice.one(&["", "", "private: true\n"]);
        format!(
            "## Note\n\n> Every text holds this sentence.\n\ntopics: topic {}\n{hidden}\nEdit {number}. {}\n",
            dice.below(4),
            dice.one(&WORDS)
        )
    };
    match dice.below(8) {
        0 | 1 => {
            watched.write(&seed, &text(dice));
            format!("wrote {seed}")
        }
        2 | 3 if watched.file(&seed).exists() => {
            watched.write(&note, &notes(dice));
            format!("wrote {note}")
        }
        4 if watched.file(&note).exists() => {
            watched.remove(&note);
            format!("removed {note}")
        }
        5 => {
            // a source goes with the notes on it
            let _ = fs::remove_file(watched.file(&note));
            let _ = fs::remove_file(watched.file(&seed));
            format!("removed {seed} and {note}")
        }
        6 => {
            let new = format!("annotations/.new{n}");
            let home = watched.read("annotations/pages/home.md");
            watched.write(&new, &format!("{home}\nEdit {number}.\n"));
            watched.rename(&new, "annotations/pages/home.md");
            "saved the front page".to_owned()
        }
        _ => {
            watched.write("casebook.toml", &format!("[dossier]\ntitle = \"Edit {number}\"\n"));
            "changed the title".to_owned()
        }
    }
}

/// A mistake that the next thing done mends.
const BROKEN: &str = "annotations/broken.md";

fn break_it(watched: &Watched, dice: &mut Dice) -> String {
    let (path, text) = *dice.one(&[
        (
            BROKEN,
            "---\nsource: what-a-check-does-not-say\n---\n\n## Broken\n\n> These words stand nowhere.\n",
        ),
        (BROKEN, "---\nsource: nowhere\n---\n\n## Broken\n\nSee [[nothing]].\n"),
        ("templates/sources.html", "{% if %}"),
        ("casebook.toml", "[dossier\n"),
    ]);
    watched.write(path, text);
    format!("broke {path}")
}

fn mend_it(watched: &Watched) {
    for path in [BROKEN, "templates/sources.html"] {
        let _ = fs::remove_file(watched.file(path));
    }
    watched.write("casebook.toml", "[dossier]\ntitle = \"Mended\"\n");
}

#[test]
fn after_random_edits_the_output_is_that_of_a_clean_build() {
    let rounds = if slow() { 250 } else { 12 };
    for (mode, seed) in [(Mode::Native, 1), (Mode::Poll, 2)] {
        let mut watched = Dossier::new().watch(mode);
        let mut dice = Dice(seed);
        let mut done = Vec::new();
        for round in 0..rounds {
            if dice.below(4) == 0 {
                let (good, lines) = (watched.public(), watched.lines());
                done.push(break_it(&watched, &mut dice));
                // Mended at once, or after it was told
                if dice.below(2) == 0 {
                    watched.until("the mistake", |watched| watched.said_since(lines).contains("error"));
                    assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
                }
                mend_it(&watched);
            }
            for _ in 0..=dice.below(4) {
                done.push(edit(&watched, &mut dice, round));
            }
            let last = done
                .iter()
                .rev()
                .take(8)
                .rev()
                .cloned()
                .collect::<Vec<_>>()
                .join(", ");
            eprintln!("round {round}: {last}"); // shown where it fails
            watched.until_clean();
            // What is remembered on the disk is taken up by the next run
            if round % 5 == 4 {
                watched = watched.again(mode);
                watched.until_clean();
            }
        }
        super::serving::same_as_published(&watched);
    }
}

/// Ten thousand edits, as in months of use: neither memory nor what is kept on the disk grows.
fn keeps_its_size(mode: Mode) {
    if !slow() {
        eprintln!("skipped: set CASEBOOK_SLOW=1 for the long run");
        return;
    }
    let watched = Dossier::new().watch(mode);
    let mut dice = Dice(3);
    let mut early = None;
    let kept = |watched: &Watched| {
        super::run::files(&watched.file(".casebook"))
            .values()
            .map(Vec::len)
            .sum::<usize>()
    };
    let began = std::time::Instant::now();
    for number in 0..10_000 {
        let lines = watched.lines();
        edit(&watched, &mut dice, number);
        // Every tenth edit is waited for, the others come in bursts
        if number % 10 == 9 {
            watched
                .write("annotations/pages/home.md", &format!("---\ntitle: Home\n---\n\nAfter {number}.\n"));
            let is_told = |said: String| said.contains("home.md") || said.contains("more:");
            watched.until("the edit", |watched| is_told(watched.said_since(lines)));
        }
        if number == 2000 {
            early = Some((watched.memory(), kept(&watched)));
        }
    }
    watched.until_clean();
    let (late, late_kept) = (watched.memory(), kept(&watched));
    eprintln!(
        "{mode:?}: {early:?} after 2,000 edits, {late:?} KiB and {late_kept} bytes after 10,000, in {:?}",
        began.elapsed()
    );
    let (early, early_kept) = early.expect("it was measured");
    assert!(
        late_kept <= early_kept * 2,
        "{early_kept} bytes kept after 2,000 edits, {late_kept} after 10,000"
    );
    if let (Some(early), Some(late)) = (early, late) {
        assert!(late * 10 <= early * 11, "{early} KiB after 2,000 edits, {late} KiB after 10,000");
    }
}

#[test]
fn a_long_run_keeps_its_size() {
    keeps_its_size(Mode::Native);
}

#[test]
fn a_long_run_that_looks_by_itself_keeps_its_size() {
    keeps_its_size(Mode::Poll);
}
