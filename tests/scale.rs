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

#[path = "scale/shapes.rs"]
mod shapes;

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use shapes::{Files, Shape, shapes};
use wait4::Wait4;

/// Twice the size may take so many times as long: 2 to the power of 1.3.
const MOST_TIMES: f64 = 2.462;

/// Bytes of memory for a byte of the dossier, and what any run may take.
const MOST_BYTES_A_BYTE: u64 = 60;
const ANY_RUN: u64 = 100 << 20;

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

/// What a run took.
#[derive(Clone, Copy, Debug)]
struct Cost {
    time: Duration,
    memory: u64,
    bytes: u64,
}

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

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { time, memory, bytes } = self;
        write!(f, "{:>9} B {:>6} ms {:>5} MiB", bytes, time.as_millis(), memory >> 20)
    }
}

fn run(files: &Files) -> Cost {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut bytes = 0;
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("a temporary folder is writable");
        bytes += text.len() as u64;
        std::fs::write(path, text).expect("a temporary folder is writable");
    }
    let (time, memory) = built(folder.path());
    Cost { time, memory, bytes }
}

/// Builds the site of a folder, and tells what the kernel counted.
fn built(folder: &Path) -> (Duration, u64) {
    let program =
        std::env::var_os("CASEBOOK_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_casebook").into());
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .arg("build")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let usage = command
        .spawn()
        .expect("the program starts")
        .wait4()
        .expect("the program ends");
    assert!(matches!(usage.status.code(), Some(0..=2)), "it ended with {:?}", usage.status);
    (usage.rusage.utime, usage.rusage.maxrss)
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

/// Whether the slow trials run: `./test --all`. All shapes take many minutes.
fn is_slow() -> bool {
    std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty())
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

/// Files as large as any that is read: what they take is bound, whatever they hold. `./test --all` tries it;
/// it takes minutes.
#[test]
fn a_file_at_the_limit_takes_no_more_memory_than_it_may() {
    if !is_slow() {
        return;
    }
    let limit = usize::try_from(casebook::model::limit::FILE_LIMIT).expect("the limit is a size");
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
    let mut files: Vec<Files> = sources
        .into_iter()
        .map(|(form, piece)| {
            vec![(format!("seeds/a.{form}"), format!("last {}", piece.repeat((limit - 5) / piece.len())))]
        })
        .collect();
    // A page that was saved as one file, with all its pictures.
    let most = usize::try_from(casebook::model::limit::PAGE_LIMIT).expect("the limit is a size");
    let pictures = "iVBORw0K".repeat(most / 3 / 8);
    files.push(vec![(
        "seeds/a.html".into(),
        format!("<style>p{{background:url(data:image/png;base64,{pictures})}}</style><p>last<img src='data:image/png;base64,{pictures}'>"),
    )]);
    let comment = format!("## T\n\n> Word.\n\nx {}", "[".repeat(limit - 100));
    files.push(vec![("seeds/a.md".into(), "Word.".into()), ("annotations/a.md".into(), comment)]);
    for files in files {
        let cost = run(&files);
        let shown = files
            .last()
            .map_or(String::new(), |(path, text)| format!("{path} {:?}", &text[..20]));
        println!("{shown}: {cost}");
        assert!(cost.memory <= ANY_RUN + MOST_BYTES_A_BYTE * cost.bytes, "{shown}: {cost}");
    }
}
