//! Lines that break off behind a small word, so that the next one goes on with them.

/// Whether a line breaks off behind a small word: `paid on the`.
pub fn hangs(line: &str) -> bool {
    let last = line.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    SMALL_WORDS.split_whitespace().any(|word| word == last)
}

/// Words behind which no line ends but one that goes on.
const SMALL_WORDS: &str = "the a an of on at by in to for from with and or until till since before after \
    between am an im vom zum zur den der dem des die das ein eine einen einem ab bis seit mit und oder le \
    la les du de des au aux un une dès et ou el los las del al un una y o desde hasta il lo gli dei della \
    al dal nel e o os as do da dos em no na den det på i til och og fra från van op het een en tot met";
