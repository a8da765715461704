//! A change as a unified diff, as `diff -u` writes and `patch -p1` reads it.
//!
//! Lines are compared by Myers' greedy method ("An O(ND) Difference Algorithm and Its Variations", 1986).
//! Corrections touch few lines; where two texts differ in very many, the whole stretch between their common
//! ends is shown as replaced.

/// Lines that are shown around a change.
const CONTEXT: usize = 3;

/// More lines than this are not compared one by one: the memory that it takes grows with the square.
const MOST_CHANGES: usize = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep,
    Delete,
    Insert,
}

/// The change of one file; empty where there is none.
pub fn patch(path: &str, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let steps = steps(&old, &new);
    let hunks = hunks(&steps);
    if hunks.is_empty() {
        return String::new();
    }
    let mut text = format!("--- a/{path}\n+++ b/{path}\n");
    let (mut from, mut at, mut to) = (0, 0, 0);
    for hunk in hunks {
        let skipped = hunk.start - at;
        (from, to) = (from + skipped, to + skipped);
        let inside = &steps[hunk.clone()];
        let count = |other: Step| inside.iter().filter(|&&step| step != other).count();
        let (gone, come) = (count(Step::Insert), count(Step::Delete));
        text.push_str(&format!("@@ -{} +{} @@\n", range(from, gone), range(to, come)));
        for step in inside {
            match step {
                Step::Keep => text.push_str(&line(' ', old[from])),
                Step::Delete => text.push_str(&line('-', old[from])),
                Step::Insert => text.push_str(&line('+', new[to])),
            }
            from += usize::from(*step != Step::Insert);
            to += usize::from(*step != Step::Delete);
        }
        at = hunk.end;
    }
    text
}

/// "3,2"; a stretch of no lines is named by the line before it.
fn range(start: usize, count: usize) -> String {
    let start = if count == 0 { start } else { start + 1 };
    if count == 1 { start.to_string() } else { format!("{start},{count}") }
}

fn line(sign: char, line: &str) -> String {
    match line.ends_with('\n') {
        true => format!("{sign}{line}"),
        false => format!("{sign}{line}\n\\ No newline at end of file\n"),
    }
}

/// Stretches of steps with changes and the context around them; those that touch are one.
fn hunks(steps: &[Step]) -> Vec<std::ops::Range<usize>> {
    let mut hunks: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in steps.iter().enumerate().filter(|(_, step)| **step != Step::Keep) {
        let around = at.saturating_sub(CONTEXT)..(at + 1 + CONTEXT).min(steps.len());
        match hunks.last_mut() {
            Some(last) if last.end >= around.start => last.end = around.end,
            _ => hunks.push(around),
        }
    }
    hunks
}

/// The way from the old lines to the new ones, what goes before what comes.
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..], &new[head..]);
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let replaced = || [vec![Step::Delete; old.len()], vec![Step::Insert; new.len()]].concat();
    [vec![Step::Keep; head], shortest(old, new).unwrap_or_else(replaced), vec![Step::Keep; tail]].concat()
}

/// A shortest way, if it has at most `MOST_CHANGES` changes.
fn shortest(old: &[&str], new: &[&str]) -> Option<Vec<Step>> {
    let most = (old.len() + new.len()).min(MOST_CHANGES);
    let middle = most + 1;
    // reached[middle + k]: how many old lines are behind when old minus new lines is k
    let mut reached = vec![0_usize; 2 * most + 3];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for changes in 0..=most {
        rounds.push(reached.clone());
        for diagonal in (middle - changes..=middle + changes).step_by(2) {
            let mut behind = came_from(&reached, diagonal, middle, changes).1;
            let mut ahead = (behind + middle).wrapping_sub(diagonal);
            while behind < old.len() && ahead < new.len() && old[behind] == new[ahead] {
                behind += 1;
                ahead += 1;
            }
            reached[diagonal] = behind;
            if behind >= old.len() && ahead >= new.len() {
                return Some(way_back(&rounds, middle, old.len(), new.len()));
            }
        }
    }
    None
}

/// Whether the last change was an insertion, and how many old lines are behind after it.
fn came_from(reached: &[usize], diagonal: usize, middle: usize, changes: usize) -> (bool, usize) {
    let inserts = diagonal == middle - changes
        || (diagonal != middle + changes && reached[diagonal - 1] < reached[diagonal + 1]);
    let behind = match (changes, inserts) {
        (0, _) => 0,
        (_, true) => reached[diagonal + 1],
        (_, false) => reached[diagonal - 1] + 1,
    };
    (inserts, behind)
}

fn way_back(rounds: &[Vec<usize>], middle: usize, old: usize, new: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut behind, mut diagonal) = (old, middle + old - new.min(middle + old));
    for (changes, reached) in rounds.iter().enumerate().rev() {
        let (inserts, after) = came_from(reached, diagonal, middle, changes);
        steps.extend(std::iter::repeat_n(Step::Keep, behind - after));
        if changes > 0 {
            steps.push(if inserts { Step::Insert } else { Step::Delete });
            behind = if inserts { after } else { after - 1 };
            diagonal = if inserts { diagonal + 1 } else { diagonal - 1 };
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_as_patch_reads_it() {
        assert_eq!(patch("a", "x\n", "x\n"), "");
        assert_eq!(patch("a", "", "x\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
        assert_eq!(
            patch("a", "x", "y\n"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n"
        );
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        let new = old.replace("2\n3\n", "2\nthree\n").replace("11\n", "");
        assert_eq!(
            patch("a", old, &new),
            "--- a/a\n+++ b/a\n@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n@@ -8,5 +8,4 @@\n 8\n 9\n \
                10\n-11\n 12\n"
        );
    }

    proptest! {
        #[test]
        fn the_steps_lead_from_the_old_lines_to_the_new(old in lines(), new in lines()) {
            let (a, b): (Vec<&str>, Vec<&str>) =
                (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let (mut from, mut to) = (0, 0);
            for step in steps(&a, &b) {
                if step == Step::Keep {
                    prop_assert_eq!(a[from], b[to]);
                }
                from += usize::from(step != Step::Insert);
                to += usize::from(step != Step::Delete);
            }
            prop_assert_eq!((from, to), (a.len(), b.len()));
        }
    }

    fn lines() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[abc]", 0..12)
    }
}
