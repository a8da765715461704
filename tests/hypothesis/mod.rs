//! Hypothesis' way of anchoring a quotation, written anew from its description: the yardstick.
//!
//! The stored position is taken if the words stand there. Else every exact occurrence is a candidate; where
//! there is none, the approximate ones with the fewest errors, and only these (what the search library
//! returns). A candidate is scored by quote, prefix, suffix and position, 50 : 20 : 20 : 2; the best is
//! taken, however bad it is.

/// Where the quotation is anchored, in characters.
pub fn anchor(
    text: &str,
    quote: &str,
    prefix: &str,
    suffix: &str,
    start: Option<usize>,
) -> Option<(usize, usize)> {
    let chars = |text: &str| text.chars().collect::<Vec<char>>();
    let (text, quote, prefix, suffix) = (chars(text), chars(quote), chars(prefix), chars(suffix));
    if let Some(start) = start.filter(|&start| text.get(start..start + quote.len()) == Some(&quote[..])) {
        return Some((start, start + quote.len()));
    }
    let score = |(from, to, errors): (usize, usize, usize)| {
        let quoted = 1.0 - errors as f64 / quote.len() as f64;
        let before = likeness(&text[from.saturating_sub(prefix.len())..from], &prefix);
        let after = likeness(&text[to..(to + suffix.len()).min(text.len())], &suffix);
        let position = start.map_or(1.0, |start| 1.0 - from.abs_diff(start) as f64 / text.len() as f64);
        (50.0 * quoted + 20.0 * before + 20.0 * after + 2.0 * position) / 92.0
    };
    let candidates = search(&text, &quote, quote.len().div_euclid(2).min(256));
    let best = candidates
        .into_iter()
        .map(|found| (score(found), found))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(_, (from, to, _))| (from, to))
}

fn likeness(text: &[char], context: &[char]) -> f64 {
    if context.is_empty() {
        return 1.0;
    }
    let errors = search(text, context, context.len())
        .first()
        .map_or(context.len(), |found| found.2);
    1.0 - errors as f64 / context.len() as f64
}

/// The stretches with the fewest edits, at most `most`: from, to, edits.
fn search(text: &[char], wanted: &[char], most: usize) -> Vec<(usize, usize, usize)> {
    let exact: Vec<_> = text
        .windows(wanted.len())
        .enumerate()
        .filter(|(_, window)| *window == wanted)
        .map(|(at, _)| (at, at + wanted.len(), 0))
        .collect();
    if !exact.is_empty() || most == 0 {
        return exact;
    }
    let ends = ends(text, wanted, most);
    let fewest = ends.iter().map(|end| end.1).min().unwrap_or(0);
    let ends = ends.into_iter().filter(|end| end.1 == fewest);
    ends.map(|(end, edits)| (begin(text, wanted, end, edits), end, edits))
        .collect()
}

/// Where a stretch with at most `most` edits ends, by Myers' columns of 64 rows.
fn ends(text: &[char], wanted: &[char], most: usize) -> Vec<(usize, usize)> {
    let blocks = wanted.len().div_ceil(64);
    let (mut plus, mut minus) = (vec![u64::MAX; blocks], vec![0_u64; blocks]);
    let last = 1_u64 << ((wanted.len() - 1) % 64);
    let mut rows: std::collections::HashMap<char, Vec<u64>> = std::collections::HashMap::new();
    for (row, c) in wanted.iter().enumerate() {
        rows.entry(*c).or_insert_with(|| vec![0; blocks])[row / 64] |= 1 << (row % 64);
    }
    let none = vec![0; blocks];
    let (mut edits, mut found) = (wanted.len(), Vec::new());
    for (at, c) in text.iter().enumerate() {
        let equal = rows.get(c).unwrap_or(&none);
        let mut carry = 0_i32;
        for block in 0..blocks {
            let high = if block + 1 == blocks { last } else { 1 << 63 };
            let (p, m) = (plus[block], minus[block]);
            let across = equal[block] | m;
            let eq = equal[block] | u64::from(carry < 0);
            let down = (((eq & p).wrapping_add(p)) ^ p) | eq;
            let (mut up_plus, mut up_minus) = (m | !(down | p), p & down);
            let out = i32::from(up_plus & high != 0) - i32::from(up_minus & high != 0);
            (up_plus, up_minus) =
                ((up_plus << 1) | u64::from(carry > 0), (up_minus << 1) | u64::from(carry < 0));
            (plus[block], minus[block]) = (up_minus | !(across | up_plus), up_plus & across);
            carry = out;
        }
        edits = edits.saturating_add_signed(carry as isize);
        if edits <= most {
            found.push((at + 1, edits));
        }
    }
    found
}

/// Where the stretch that ends there with so many edits begins: the same search backwards, over as much text
/// as it can span.
fn begin(text: &[char], wanted: &[char], end: usize, edits: usize) -> usize {
    let from = end.saturating_sub(wanted.len() + edits);
    let backwards: Vec<char> = text[from..end].iter().rev().copied().collect();
    let mut column: Vec<usize> = (0..=wanted.len()).collect();
    let mut best = 0;
    for (i, c) in backwards.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = i + 1;
        for row in 0..wanted.len() {
            let cost = diagonal + usize::from(wanted[wanted.len() - 1 - row] != *c);
            diagonal = column[row + 1];
            column[row + 1] = cost.min(diagonal + 1).min(column[row] + 1);
        }
        if column[wanted.len()] == edits {
            best = i + 1;
            break;
        }
    }
    end - best
}
