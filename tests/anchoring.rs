//! How well passages are found again: a table over the anchoring corpus, beside Hypothesis' method, and the
//! bars that must hold.
//!
//! The corpus is data of others and lies beside the repository, in `../shared/corpora` or where
//! `$CASEBOOK_CORPORA` says. Without it the test says so and passes. An answer is right if it covers a right
//! span with intersection over union of at least one half; any answer to a passage that is gone is a false
//! anchor.

use std::path::PathBuf;

use casebook::locate::Locator;
use serde_json::{Value, json};

mod hypothesis;

type Span = (usize, usize);

/// What was answered to a request.
#[derive(Debug)]
struct Answer {
    verdict: String,
    span: Option<Span>,
    figures: usize,
    /// The words of the text that the quotation has not, one for each difference.
    other_words: Vec<String>,
}

struct Corpus {
    folder: PathBuf,
}

impl Corpus {
    fn find() -> Option<Corpus> {
        let folder = std::env::var_os("CASEBOOK_CORPORA")
            .map_or_else(|| PathBuf::from("../shared/corpora"), PathBuf::from)
            .join("anchoring");
        if folder.join("cases.jsonl").exists() {
            return Some(Corpus { folder });
        }
        println!("skipped: no corpus in {}", folder.display());
        None
    }

    fn lines(&self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.join(name)).expect("the corpus can be read");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("the corpus holds JSON lines"))
            .collect()
    }

    fn read(&self, name: &str) -> Result<String, String> {
        std::fs::read_to_string(self.folder.join(name)).map_err(|error| format!("{name}: {error}"))
    }

    fn locate(&self, locator: &mut Locator, request: &Value) -> Answer {
        Answer::to(locator, request, &|name| self.read(name))
    }
}

impl Answer {
    fn to(locator: &mut Locator, request: &Value, read: &dyn Fn(&str) -> Result<String, String>) -> Answer {
        let answer = locator.answer(&request.to_string(), read);
        let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        assert!(answer.get("error").is_none(), "{request} was answered {answer}");
        let differences = answer
            .get("differences")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let number = |value: &Value| value.as_u64().expect("offsets are numbers") as usize;
        Answer {
            verdict: answer["verdict"].as_str().unwrap_or_default().to_string(),
            span: answer["spans"]
                .get(0)
                .map(|span| (number(&span["start"]), number(&span["end"]))),
            figures: answer.get("figures").and_then(Value::as_array).map_or(0, Vec::len),
            other_words: differences
                .map(|difference| difference["source"].as_str().unwrap_or_default().to_string())
                .collect(),
        }
    }
}

fn span(value: &Value) -> Option<Span> {
    Some((value.get(0)?.as_u64()? as usize, value.get(1)?.as_u64()? as usize))
}

fn covers(a: Span, b: Span) -> bool {
    let shared = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let together = a.1.max(b.1) - a.0.min(b.0);
    2 * shared >= together
}

/// The numbers of a text, in order, each as it is spelt.
fn numbers(text: &str) -> Vec<&str> {
    let pieces = text
        .split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map(|piece| piece.trim_matches(['.', ',']));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// Counts of one way of answering.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    false_anchors: usize,
    there: usize,
    gone: usize,
    unreported: usize,
    /// Passages that were reworded where they stood, and how many of them were given no place.
    reworded: usize,
    given_up: usize,
}

impl Tally {
    fn add(&mut self, case: &Value, text: &str, answer: Option<Span>, figures: bool) {
        let gone = case["truth"] == "gone";
        if gone {
            self.gone += 1;
        } else {
            self.there += 1;
        }
        let reworded = case["truth"] == "edited";
        self.reworded += usize::from(reworded);
        self.given_up += usize::from(reworded && answer.is_none());
        let Some(answer) = answer else { return };
        let also = case
            .get("also")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(span);
        if gone {
            self.false_anchors += 1;
        } else if case
            .get("target")
            .and_then(span)
            .into_iter()
            .chain(also)
            .any(|target| covers(answer, target))
        {
            self.right += 1;
            let words: String = text.chars().skip(answer.0).take(answer.1 - answer.0).collect();
            self.unreported += usize::from(
                numbers(case["exact"].as_str().unwrap_or_default()) != numbers(&words) && !figures,
            );
        } else {
            self.wrong += 1;
        }
    }

    fn join(&mut self, other: &Tally) {
        let Tally { right, wrong, false_anchors, there, gone, unreported, reworded, given_up } = other;
        self.right += right;
        self.wrong += wrong;
        self.false_anchors += false_anchors;
        self.there += there;
        self.gone += gone;
        self.unreported += unreported;
        self.reworded += reworded;
        self.given_up += given_up;
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong + self.false_anchors).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.there.max(1) as f64
    }

    fn share_of_false_anchors(&self) -> f64 {
        self.false_anchors as f64 / self.gone.max(1) as f64
    }

    fn print(&self, name: &str) {
        println!(
            "{name:<34} {:>9.3} {:>7.3} {:>14} {:>12} {:>12}",
            self.precision(),
            self.recall(),
            format!("{} of {}", self.false_anchors, self.gone),
            self.unreported,
            format!("{} of {}", self.given_up, self.reworded)
        );
    }
}

/// The three ways of answering, over the same cases.
#[derive(Default)]
struct Table {
    hypothesis: Tally,
    alone: Tally,
    with_old: Tally,
}

impl Table {
    fn of(corpus: &Corpus, cases: &[Value]) -> Table {
        let (mut table, mut locator) = (Table::default(), Locator::default());
        for case in cases {
            let said = |key: &str| case[key].as_str().unwrap_or_default();
            let text = corpus
                .read(said("new"))
                .expect("the corpus has the texts that it names");
            let mut request = json!({"id": case["id"], "text": case["new"], "quote": case["exact"], "prefix": case["prefix"], "suffix": case["suffix"]});
            let answer = corpus.locate(&mut locator, &request);
            tell(case, &text, &answer, "alone");
            table.alone.add(case, &text, answer.span, answer.figures > 0);
            request["old"] = case["old"].clone();
            request["start"] = case["start"].clone();
            let answer = corpus.locate(&mut locator, &request);
            tell(case, &text, &answer, "old");
            table.with_old.add(case, &text, answer.span, answer.figures > 0);
            let start = case["start"].as_u64().map(|start| start as usize);
            table.hypothesis.add(
                case,
                &text,
                hypothesis::anchor(&text, said("exact"), said("prefix"), said("suffix"), start),
                false,
            );
        }
        table
    }

    fn and(mut self, other: Table) -> Table {
        self.hypothesis.join(&other.hypothesis);
        self.alone.join(&other.alone);
        self.with_old.join(&other.with_old);
        self
    }
}

#[test]
fn passages_of_older_editions_are_found_again() {
    let Some(corpus) = Corpus::find() else { return };
    let cases = corpus.lines("cases.jsonl");
    let halves = cases.split_at(cases.len() / 2);
    let Table { hypothesis, alone, with_old } = std::thread::scope(|scope| {
        let first = scope.spawn(|| Table::of(&corpus, halves.0));
        let second = Table::of(&corpus, halves.1);
        first.join().expect("the first half is counted").and(second)
    });
    println!(
        "{:<34} {:>9} {:>7} {:>14} {:>12} {:>12}",
        "", "precision", "recall", "false anchors", "unreported", "given up"
    );
    hypothesis.print("Hypothesis' method");
    alone.print("quote and surroundings");
    with_old.print("with the older text");
    for tally in [&alone, &with_old] {
        assert_eq!(tally.unreported, 0, "a changed figure was not named");
        assert!(
            tally.share_of_false_anchors() <= 0.025,
            "too many passages that are gone were given a place"
        );
        assert!(
            tally.given_up * 100 < tally.reworded * 3,
            "too many passages that were reworded were given up"
        );
    }
    assert!(alone.precision() >= 0.975 && alone.recall() >= 0.965, "from quote and surroundings alone");
    assert!(with_old.precision() >= 0.983 && with_old.recall() >= 0.972, "with the older text");
}

/// With `CASEBOOK_TELL` set, every answer that is not right is shown.
fn tell(case: &Value, text: &str, answer: &Answer, way: &str) {
    if std::env::var_os("CASEBOOK_TELL").is_none() {
        return;
    }
    let mut tally = Tally::default();
    tally.add(case, text, answer.span, answer.figures > 0);
    let missed = case["truth"] != "gone" && tally.right == 0;
    if missed || tally.false_anchors > 0 || tally.unreported > 0 {
        println!(
            "{way} {} {} {:?} target {} | {} | {} | {}",
            case["id"], case["truth"], answer, case["target"], case["prefix"], case["exact"], case["suffix"]
        );
    }
}

/// Where an editor put a negation among the words, no place is claimed without naming it.
#[test]
fn a_negation_that_was_put_in_is_told() {
    let Some(corpus) = Corpus::find() else { return };
    let cases = corpus.lines("cases.jsonl");
    let kept = cases
        .iter()
        .filter(|case| case["truth"] == "kept" && case["occurrences_new"] == 1);
    let (mut tried, mut unsaid) = (0, Vec::new());
    for case in kept.step_by(8) {
        let text = corpus
            .read(case["new"].as_str().unwrap_or_default())
            .expect("the corpus has the texts that it names");
        let Some(negated) = case
            .get("target")
            .and_then(span)
            .and_then(|target| negated(&text, target))
        else {
            continue;
        };
        let request = json!({"text": "new", "quote": case["exact"], "prefix": case["prefix"], "suffix": case["suffix"]});
        let answer = Answer::to(&mut Locator::default(), &request, &|_| Ok(negated.clone()));
        let said = answer
            .other_words
            .iter()
            .any(|words| words.split_whitespace().any(|word| word == "not"));
        tried += 1;
        unsaid.extend((answer.span.is_some() && !said).then(|| format!("{} {answer:?}", case["id"])));
    }
    println!("negations put in: {tried}, of them {} claimed unsaid", unsaid.len());
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

/// The text with a negation in the middle of a passage; `None` where the passage is one word.
fn negated(text: &str, passage: Span) -> Option<String> {
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    let start = byte(passage.0);
    let spaces: Vec<usize> = text[start..byte(passage.1)]
        .match_indices(' ')
        .map(|(at, _)| start + at)
        .collect();
    let middle = *spaces.get(spaces.len() / 2)?;
    Some(format!("{} not{}", &text[..middle], &text[middle..]))
}

#[test]
fn slips_of_writers_are_understood() {
    let Some(corpus) = Corpus::find() else { return };
    let mut locator = Locator::default();
    let (mut right, mut all) = (0, 0);
    let mut failures = Vec::new();
    for case in corpus.lines("writer-errors.jsonl") {
        let request = json!({"text": case["text"], "quote": case["quote"]});
        let prefix = case.get("prefix").cloned();
        let occurrence = case.get("occurrence").and_then(Value::as_u64);
        let mut request = request;
        if let Some(prefix) = prefix {
            request["prefix"] = prefix;
        }
        let answer = corpus.locate(&mut locator, &request);
        all += 1;
        let at_target = || {
            answer
                .span
                .zip(case.get("target").and_then(span))
                .is_some_and(|(span, target)| covers(span, target))
        };
        let ok = match case["expect"].as_str().unwrap_or_default() {
            "ambiguous" => answer.verdict == "ambiguous",
            "absent" => answer.span.is_none(),
            "anchor" if occurrence.is_some() => answer.verdict == "ambiguous", // `occurrence` is a note's, not a request's: see below
            "anchor" => at_target(),
            "anchor+figure-warning" => {
                at_target() && answer.verdict == "figure-differs" && answer.figures > 0
            }
            other => panic!("the corpus expects {other:?}"),
        };
        right += usize::from(ok);
        if !ok {
            failures.push(format!("{} {}: {answer:?} to {request}", case["error"], case["expect"]));
        }
        let grave = matches!(case["expect"].as_str(), Some("ambiguous" | "absent" | "anchor+figure-warning"));
        assert!(ok || !grave, "{failures:?}");
    }
    println!("slips of writers: {right} of {all} right");
    failures.iter().for_each(|failure| println!("  {failure}"));
    assert!(right * 100 >= all * 99);
}
