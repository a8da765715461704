//! Time and memory follow size: whatever a dossier holds, twice as much of it takes about twice as long, and
//! no more memory than it deserves.
//!
//! Each shape (`scale/shapes.rs`) is built by the real program at one size and at twice that size, and the
//! processor time that the program took is compared: time that passes says nothing on a machine that does
//! other things as well, nor does the kernel's own time, which is that of the disk. The least of a few runs
//! counts, since whatever disturbs a run only adds to it.
//!
//! `./test` tries a few shapes, each of which once bent. `./test --all` tries every one, with an optimised
//! program that `CASEBOOK_PROGRAM` names. `CASEBOOK_SHAPES=words` tries the shapes whose names hold the words
//! (or others behind a `+`), `CASEBOOK_TELL=1` shows a row for each.

#[path = "scale/cost.rs"]
mod cost;
#[path = "scale/shapes.rs"]
mod shapes;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cost::{ANY_RUN, Cost, MOST_BYTES_A_BYTE, is_slow, run};
use shapes::{Shape, shapes};

/// Twice the size may take so many times as long: 2 to the power of 1.3.
const MOST_TIMES: f64 = 2.462;

/// The size that is tried first; where that takes too little time to be compared, a greater one is.
const SMALLEST: usize = 24 << 10;
const GREATEST: usize = 1536 << 10;

/// In `./test` a few shapes are tried at these sizes: the program is not optimised there, and a minute is
/// long.
const SAMPLE: usize = 24 << 10;

/// Less time than this, in excess of what an empty dossier takes, is not compared.
const TELLING: Duration = Duration::from_millis(120);

/// How often a shape that seems to bend is measured again.
const TRIES: usize = 4;

/// A shape at two sizes.
struct Measured {
    once: Cost,
    twice: Cost,
}

impl Measured {
    fn of(shape: &Shape, size: usize) -> Measured {
        Measured { once: run(&shape.files(size)), twice: run(&shape.files(2 * size)) }
    }

    fn times(&self, idle: Duration) -> f64 {
        let excess = |cost: &Cost| cost.time.saturating_sub(idle).as_secs_f64();
        excess(&self.twice) / excess(&self.once).max(0.001)
    }

    /// The exponent where the time is a power of the size, by what the sizes really were.
    fn exponent(&self, idle: Duration) -> f64 {
        self.times(idle).log2() / (self.twice.bytes as f64 / self.once.bytes as f64).log2()
    }

    fn is_telling(&self, idle: Duration) -> bool {
        self.once.time.saturating_sub(idle) >= TELLING
    }
}

/// Measures a shape at the first size at which it takes long enough.
fn measure(shape: &Shape, idle: Duration) -> Measured {
    let mut size = SMALLEST;
    loop {
        let measured = Measured::of(shape, size);
        if measured.is_telling(idle) || 2 * size >= GREATEST {
            return again(shape, size, measured, idle);
        }
        size *= 4;
    }
}

/// Measures once more as long as the shape seems to bend, and keeps the least of all.
fn again(shape: &Shape, size: usize, mut measured: Measured, idle: Duration) -> Measured {
    for _ in 0..TRIES {
        if !measured.is_telling(idle) || measured.times(idle) <= MOST_TIMES * 0.95 {
            break;
        }
        let least = |before: Cost, now: Cost| Cost {
            time: before.time.min(now.time),
            memory: before.memory.min(now.memory),
            ..now
        };
        measured.once = least(measured.once, run(&shape.files(size)));
        measured.twice = least(measured.twice, run(&shape.files(2 * size)));
    }
    measured
}

/// What is wrong with a shape.
fn complaint(shape: &Shape, idle: Duration) -> Option<String> {
    judged(shape, &measure(shape, idle), idle)
}

/// What is wrong with a shape that was measured.
fn judged(shape: &Shape, measured: &Measured, idle: Duration) -> Option<String> {
    let bends = measured.is_telling(idle) && measured.times(idle) > MOST_TIMES;
    let swells = [measured.once, measured.twice]
        .iter()
        .any(|cost| cost.memory > ANY_RUN + MOST_BYTES_A_BYTE * cost.bytes);
    let a_byte = measured.twice.memory.saturating_sub(measured.once.memory)
        / (measured.twice.bytes - measured.once.bytes).max(1);
    let exponent =
        if measured.is_telling(idle) { format!("{:.2}", measured.exponent(idle)) } else { "-".to_string() };
    let row = format!(
        "{:<60} {} | {} | {exponent:>5} | {a_byte:>4} B/B",
        shape.name, measured.once, measured.twice
    );
    if std::env::var_os("CASEBOOK_TELL").is_some() {
        println!("{}{}{row}", if bends { "BENDS " } else { "" }, if swells { "SWELLS " } else { "" });
    }
    (bends || swells).then_some(row)
}

/// The shapes that are tried: all of them, or those that `CASEBOOK_SHAPES` names.
fn chosen() -> Vec<Shape> {
    let words = std::env::var("CASEBOOK_SHAPES").unwrap_or_default();
    let wanted = |shape: &Shape| words.split('+').any(|words| shape.name.contains(words));
    let tried = is_slow() || !words.is_empty();
    shapes().into_iter().filter(|shape| tried && wanted(shape)).collect()
}

/// What an empty dossier takes.
fn idle() -> Duration {
    let files = vec![("seeds/a.md".to_string(), "Word.".to_string())];
    (0..3).map(|_| run(&files).time).min().expect("three runs")
}

/// Shapes that bent once, one of each kind: a few seconds of `./test` tell whether one does so again.
const SAMPLES: &[&str] = &[
    "md source [a](b) ",
    "md page [[a]] ",
    "one note, topic fields",
    "notes, with asides",
    "notes, misspelt links",
    "a topic with many aliases",
    "topics in a line",
    "persons in a text",
    "html a picture of its own",
];

#[test]
fn a_few_shapes_that_once_bent_do_not_bend_again() {
    if is_slow() {
        return; // all of them are tried
    }
    let idle = idle();
    let all = shapes();
    let sampled = SAMPLES.iter().map(|name| {
        all.iter()
            .find(|shape| shape.name == *name)
            .expect("a sample is one of the shapes")
    });
    let measured =
        |shape: &Shape| judged(shape, &again(shape, SAMPLE, Measured::of(shape, SAMPLE), idle), idle);
    let complaints: Vec<String> = sampled.filter_map(measured).collect();
    assert!(complaints.is_empty(), "they bend or swell\n{}", complaints.join("\n"));
}

#[test]
fn twice_the_size_takes_twice_the_time() {
    let shapes = chosen();
    if shapes.is_empty() {
        return;
    }
    let idle = idle();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut complaints = Vec::new();
        while let Some(shape) = shapes.get(next.fetch_add(1, Ordering::Relaxed)) {
            complaints.extend(complaint(shape, idle));
        }
        complaints
    };
    let complaints = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mine = work();
        [mine, other.join().expect("the other half is measured")].concat()
    });
    assert!(
        complaints.is_empty(),
        "{} of {} shapes bend or swell\n{}",
        complaints.len(),
        shapes.len(),
        complaints.join("\n")
    );
}
