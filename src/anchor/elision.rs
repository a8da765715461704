//! What `[...]` leaves out within a sentence: a negation, a condition, a reversal would turn what is quoted
//! round.
//!
//! Between two parts of a passage only the rest of the sentence that the first part breaks off, and the
//! beginning of the one that the next part goes on with, are looked through: whole sentences between them are
//! the writer's to leave out, but not where the first of them takes back what was quoted (`However, …`, `This
//! does not apply …`). What stands before the passage and behind it is context and no elision.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::fold::{fold, is_unspaced};
use super::found::LeftOut;
use super::{denial, retraction, words};
use crate::model::quote::Anchor;

/// The first word that an elision hides, if any does.
pub fn hidden(reading: &str, anchor: &Anchor) -> Option<LeftOut> {
    anchor.parts.windows(2).find_map(|pair| {
        let between = pair[0].end..pair[1].start;
        let ends = sentence_ends(reading, between.clone());
        let of_pieces = broken_off(&ends, between).into_iter().find_map(|piece| {
            let word = turning_word(&reading[piece.clone()], &reading[anchor.extent()])?;
            Some(LeftOut { word, sentence: sentence(reading, piece) })
        });
        of_pieces.or_else(|| {
            let first = first_whole(reading, &ends)?;
            Some(LeftOut { word: taking_back(&reading[first.clone()])?, sentence: first })
        })
    })
}

/// The same for a passage that is quoted with `[...]` before or behind it: what its own sentence has there.
pub fn hidden_beside(reading: &str, typed: &str, anchor: &Anchor) -> Option<LeftOut> {
    const MARKS: [&str; 4] = ["[...]", "[…]", "(...)", "(…)"];
    let typed = typed.trim().trim_matches(['"', '“', '”', '.']).trim();
    let extent = anchor.extent();
    let within = |range: Range<usize>| {
        let word = turning_word(reading.get(range.clone())?, &reading[extent.clone()])?;
        Some(LeftOut { word, sentence: sentence(reading, range) })
    };
    let before = || {
        let from = reading.floor_char_boundary(extent.start.saturating_sub(REACH));
        let start = sentence_ends(reading, from..extent.start)
            .last()
            .copied()
            .unwrap_or(from);
        within(start..extent.start)
    };
    let behind = || {
        let to = reading.ceil_char_boundary(extent.end.saturating_add(REACH).min(reading.len()));
        let end = sentence_ends(reading, extent.end..to).first().copied().unwrap_or(to);
        within(extent.end..end)
    };
    let found = MARKS
        .iter()
        .any(|mark| typed.starts_with(mark))
        .then(before)
        .flatten();
    found.or_else(|| MARKS.iter().any(|mark| typed.ends_with(mark)).then(behind).flatten())
}

/// What denies a passage that begins right behind it, or ends right before it: `not | in force`, `he paid |
/// not a penny`. Only words that touch the passage count, since a clause of its own may be denied further
/// off.
pub fn denied_beside(reading: &str, extent: Range<usize>) -> Option<LeftOut> {
    let from = reading.floor_char_boundary(extent.start.saturating_sub(REACH));
    let to = reading.ceil_char_boundary(extent.end.saturating_add(REACH).min(reading.len()));
    if let Some(left) = denied_by_phrase(reading, &extent, from..to) {
        return Some(left);
    }
    // Few passages have such a word beside them. Only for these it is found out where sentences end.
    let turns = |near: Range<usize>| turning_word(&reading[near], &reading[extent.clone()]).is_some();
    let last = |near: &Range<usize>| {
        let typed = reading[near.clone()].trim_end();
        let word = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
        near.start + typed.len() - word.len()..near.end
    };
    let before = last_words(reading, from..extent.start);
    let is_suspect = before.is_some_and(|near| turns(last(&near)) || turns(near))
        || first_word(reading, extent.end..to).is_some_and(|near| words::is_negation(&reading[near]));
    if !is_suspect {
        return None;
    }
    let start = sentence_ends(reading, from..extent.start)
        .last()
        .copied()
        .unwrap_or(from);
    let before = last_words(reading, start..extent.start)
        .filter(|near| denies(&reading[near.clone()], &reading[extent.clone()]))
        .filter(|near| !is_denied(reading, start, near.start));
    let behind = || {
        let end = sentence_ends(reading, extent.end..to).first().copied().unwrap_or(to);
        let near = first_word(reading, extent.end..end)?;
        let word = &reading[near.clone()];
        (words::is_negation(word) && !Doubtful::is_one(word)).then_some(near)
    };
    let near = before.or_else(behind)?;
    let word = turning_word(&reading[near.clone()], &reading[extent])?;
    Some(LeftOut { word, sentence: sentence(reading, near) })
}

/// The same for several words that deny together, within the passage's own sentence.
fn denied_by_phrase(reading: &str, extent: &Range<usize>, near: Range<usize>) -> Option<LeftOut> {
    if let Some(word) = denial::behind(&reading[extent.end..near.end]) {
        let piece = extent.end..extent.end;
        return Some(LeftOut { word: word.to_string(), sentence: sentence(reading, piece) });
    }
    let said = denial::before(&reading[near.start..extent.start])?;
    let said = near.start + said.start..near.start + said.end;
    let start = sentence_ends(reading, near.start..extent.start).last().copied();
    if start.is_some_and(|start| said.start < start) {
        return None;
    }
    Some(LeftOut { word: reading[said.clone()].to_string(), sentence: sentence(reading, said) })
}

/// Whether the words right before others deny these, within their sentence: `nobody | denied that`.
fn is_denied(reading: &str, sentence: usize, near: usize) -> bool {
    let before = reading[sentence.min(near)..near].replace('’', "'");
    let said: Vec<String> = words::words(&before)
        .map(|word| denial::plain(&before[word]))
        .collect();
    denial::is_denied(&said)
}

/// The last two words before a passage, where no sign parts them from it.
fn last_words(reading: &str, range: Range<usize>) -> Option<Range<usize>> {
    let clause = reading[range.clone()]
        .rfind(PARTING)
        .map_or(range.start, |at| range.start + at);
    let start = clause
        + reading[clause..range.end]
            .chars()
            .next()
            .filter(|c| PARTING.contains(c))
            .map_or(0, char::len_utf8);
    let piece = &reading[start..range.end];
    let two: Vec<Range<usize>> = words::words(piece).collect();
    let last = two.last()?;
    let touches = piece[last.end..].chars().all(char::is_whitespace); // `No. | 7` does not
    let first = two.iter().rev().take(2).next_back().filter(|_| touches)?;
    Some(start + first.start..range.end)
}

fn first_word(reading: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &reading[range.clone()];
    let word = words::words(piece).next()?;
    let apart = piece[..word.start].chars().all(|c| c.is_whitespace() && c != '\n');
    apart.then_some(range.start + word.start..range.start + word.end)
}

/// Signs that part a clause from the next.
const PARTING: [char; 16] =
    [',', ';', ':', '(', ')', '–', '—', '"', '“', '”', '«', '»', '，', '；', '：', '、'];

/// Whether words right before a passage deny it. A contrast or an "only" there does not, nor what is joined
/// by "and": that denies something else.
fn denies(near: &str, passage: &str) -> bool {
    let Some(word) = turning_word(near, passage) else { return false };
    let lower = word.to_lowercase();
    let said: Vec<String> = words::words(near).map(|word| near[word].to_lowercase()).collect();
    let joined = said.len() > 1
        && said
            .last()
            .is_some_and(|last| JOINING.split(' ').any(|one| one == last));
    let harmless = words::is_contrast(&lower) || HARMLESS.split(' ').any(|one| one == lower);
    let last = said.last().map_or("", String::as_str);
    let near = near.trim_end();
    let touches = near.ends_with(&word)
        || turning_word(last, passage).is_some()
        || near.ends_with(is_unspaced)
        || LINKING.split_whitespace().any(|one| one == last);
    let unspaced = ["但", "仅", "僅", "只", "だけ", "しかし", "ただし", "แต่"].contains(&lower.as_str());
    touches && !joined && !harmless && !unspaced
}

/// Words that may stand between what denies and what is denied: `refused to |`, `nicht mehr |`. Behind others
/// a "no" belongs to them: `no rain | fell`.
const LINKING: &str = "that to from one longer yet ever even been be being a an the any of more mehr dass \
    daß zu que de d di da che plus à a om at att \
    att han hon være vara что có";

const JOINING: &str = "and or nor but und oder et ou y e o och eller og en и или và";

/// Words that turn a sentence where they are left out of it, and before a passage only lead to it.
const HARMLESS: &str = "only nur seulement sólo solamente soltanto slechts alleen endast kun somente but \
    if wenn falls si se om als если nếu \
    until till almost nearly fast presque casi instead may might could would should chỉ";

/// The pieces of sentences between two parts.
fn broken_off(ends: &[usize], between: Range<usize>) -> Vec<Range<usize>> {
    match (ends.first(), ends.last()) {
        (Some(&first), Some(&last)) => vec![between.start..first, last..between.end],
        _ => vec![between],
    }
}

/// The first sentence that is left out as a whole.
fn first_whole(reading: &str, ends: &[usize]) -> Option<Range<usize>> {
    let sentences = ends.windows(2).map(|pair| pair[0]..pair[1]);
    let trimmed = |sentence: Range<usize>| {
        let words = &reading[sentence.clone()];
        let start = sentence.start + (words.len() - words.trim_start().len());
        start..start + words.trim().len()
    };
    sentences.map(trimmed).find(|sentence| !sentence.is_empty())
}

/// The word by which a sentence takes back the one before it, or sets it a condition.
fn taking_back(sentence: &str) -> Option<String> {
    let folded = fold(sentence);
    let listed: Vec<Range<usize>> = words::words(&folded.text).take(MOST_LOOKED_AT).collect();
    let shown = |range: &Range<usize>| sentence[folded.raw(range.clone())].to_string();
    let said: Vec<String> = listed
        .iter()
        .map(|range| folded.text[range.clone()].to_lowercase())
        .collect();
    let first = said.first()?;
    if retraction::only_goes_on(&said, &folded.text) {
        return None;
    }
    if let Some(taken) = retraction::found(&said, &folded.text) {
        return Some(shown(&(listed[taken.start].start..listed[taken.end - 1].end)));
    }
    let near = || {
        listed
            .iter()
            .zip(&said)
            .skip(1)
            .take(NEAR)
            .find(|(_, word)| turns(word) || is_wrong(word))
    };
    let anywhere = || listed.iter().zip(&said).skip(1).find(|(_, word)| turns(word));
    let is_any = |words: &str| words.split(' ').any(|word| word == first);
    let denied = said.iter().take(NEAR).any(|word| {
        matches!(word.as_str(), "false" | "untrue" | "true" | "wrong" | "falsch" | "wahr" | "faux")
    });
    match () {
        () if words::is_contrast(first) || is_any(EXCEPTIONS) || is_wrong(first) => Some(shown(&listed[0])),
        () if matches!(first.as_str(), "or" | "not")
            && said
                .get(1)
                .is_some_and(|second| matches!(second.as_str(), "so" | "quite" | "really")) =>
        {
            Some(shown(&listed[0]))
        }
        () if is_any(POINTING) => near().map(|(range, _)| shown(range)),
        () if is_any("it he she es er sie il elle") && denied => near().map(|(range, _)| shown(range)),
        () if is_any(CONDITIONS) => anywhere().map(|(range, _)| shown(range)),
        () => UNSPACED_CONTRASTS
            .iter()
            .find(|word| folded.text.starts_with(**word))
            .map(|word| (*word).to_string()),
    }
}

/// Of a sentence no more words are looked at.
const MOST_LOOKED_AT: usize = 60;
/// So many words behind the first one belong to what it points at.
const NEAR: usize = 7;

/// First words of sentences that take something out of what was said.
const EXCEPTIONS: &str = "unless except excepting excluding only provided ausgenommen außer nur sofern \
    soweit sauf excepté hormis salvo excepto sólo tranne salvo exceto behalve tenzij utom undantaget \
    undtagen unntatt кроме trừ";

/// First words that set a condition.
const CONDITIONS: &str = "if when where wenn falls bei si lorsque quand se quando als om hvis если когда nếu";

/// First words that point at what was said.
const POINTING: &str = "this that these those such which both neither dies das dieser diese dieses solche \
    cela ceci ce ces cette tel esto eso ese este estos ciò questo questa ciò isso isto esta dit dat deze \
    detta denna dette denne это этот эти điều việc";

/// How a sentence begins that sets itself against the one before, in scripts that set no spaces.
const UNSPACED_CONTRASTS: &[&str] = &[
    "但",
    "然而",
    "不过",
    "不過",
    "可是",
    "しかし",
    "ただし",
    "だが",
    "แต่",
    "อย่างไรก็ตาม",
    "하지만",
    "그러나",
];

fn is_wrong(word: &str) -> bool {
    matches!(
        word,
        "false"
            | "untrue"
            | "wrong"
            | "falsch"
            | "unwahr"
            | "faux"
            | "falso"
            | "falsa"
            | "неверно"
            | "неправда"
    )
}

/// Whether a word may turn a statement round, in any language.
pub fn turns(word: &str) -> bool {
    let word = word.to_lowercase();
    words::is_negation(&word) || is_listed(&word)
}

/// Where sentences end within a range, one that ends right before it included.
fn sentence_ends(reading: &str, range: Range<usize>) -> Vec<usize> {
    let mut ends = Vec::new();
    if ends_at(reading, range.start) && reading[range.clone()].starts_with(char::is_whitespace) {
        ends.push(range.start);
    }
    for (at, c) in reading[range.clone()].char_indices() {
        let end = range.start + at + c.len_utf8();
        let ideographic = matches!(c, '。' | '！' | '？');
        let goes_on = || {
            reading[end..]
                .chars()
                .take(NEAR_LINE)
                .find(|c| !c.is_whitespace())
                .is_some_and(char::is_lowercase)
        };
        let blank_line = reading[..end].ends_with("\n\n");
        let line_ends = || c == '\n' && (blank_line || !goes_on());
        if ideographic || line_ends() || c.is_whitespace() && ends_at(reading, end - c.len_utf8()) {
            ends.push(end);
        }
    }
    ends
}

/// So far behind a line's end the next words are looked for.
const NEAR_LINE: usize = 32;

/// Whether the words before a place end a sentence. `Mr.` and `e.g.` do not.
fn ends_at(reading: &str, at: usize) -> bool {
    let before = without_references(reading[..at].trim_end_matches(QUOTING)).trim_end_matches(CLOSING);
    let Some(mark) = before.chars().next_back() else { return true };
    let word = before.trim_end_matches(['.', '…']);
    let initials = is_initials(word);
    let word = without_references(word.trim_end_matches(QUOTING))
        .trim_end_matches(CLOSING)
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let letters = word.chars().count();
    let long = letters > 3 || word.ends_with(|c: char| c.is_numeric());
    let next = reading[at..].trim_start().chars().find(|c| !OPENING.contains(c));
    let goes_on = next.is_some_and(char::is_lowercase);
    let begins = next.is_some_and(char::is_uppercase);
    match mark {
        '!' | '?' | '。' | '！' | '？' => true,
        '.' if initials => begins && is_beginning(&reading[at..]),
        '.' => long || !goes_on && letters > 2 || begins && letters == 2 && is_short_word(word),
        '…' => begins,
        _ => false,
    }
}

/// A text without the references to notes at its end: `now.[2]`.
fn without_references(text: &str) -> &str {
    let mut text = text;
    while let Some(inner) = text.strip_suffix(']') {
        let Some(at) = inner.rfind('[') else { return text };
        let number = &inner[at + 1..];
        if number.is_empty() || number.len() > 4 || !number.chars().all(|c| c.is_ascii_alphanumeric()) {
            return text;
        }
        text = &inner[..at];
    }
    text
}

/// Whether a text ends with letters that dots part: `U.S`.
fn is_initials(text: &str) -> bool {
    let mut letters = text.chars().rev();
    let letter = |c: Option<char>| c.is_some_and(char::is_uppercase);
    letter(letters.next()) && letters.next() == Some('.') && letter(letters.next())
}

/// Whether a text begins with a word that is no name: behind `U.S.` a sentence begins with it.
fn is_beginning(text: &str) -> bool {
    let first = words::words(text).next().map(|word| text[word].to_lowercase());
    let known = |word: String| BEGINNING.split_whitespace().any(|one| one == word);
    first.is_some_and(known)
}

const BEGINNING: &str = "the a an he she it they we i you this that these those there here his her \
    their its my our \
    in on at by for from to with as if when while after before since but and or so yet however no not \
    nobody none \
    all some many most what who why how der die das ein eine er sie es wir ich im am le la les un une \
    il elle ils \
    nous el los las una lo gli";

const QUOTING: [char; 7] = ['"', '\'', '”', '’', '»', ')', '*'];
const CLOSING: [char; 8] = ['"', '\'', '”', '’', '»', ')', ']', '*'];
const OPENING: [char; 6] = ['"', '\'', '“', '‘', '«', '('];

/// Whether two letters are a word (`us`, `Li`, `Hà`) and no abbreviation: it has a vowel, and is none of the
/// abbreviations that have one too.
fn is_short_word(word: &str) -> bool {
    const SHORTENED: [&str; 14] =
        ["co", "ca", "ed", "al", "op", "ep", "ib", "id", "ie", "eg", "ex", "ab", "ad", "ob"];
    let lower = word.to_lowercase();
    let vowel =
        |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii() && c.is_alphabetic();
    lower.nfd().any(vowel) && !SHORTENED.contains(&lower.as_str())
}

/// The sentence round a piece of it, at most a few hundred bytes to either side.
pub(super) fn sentence(reading: &str, piece: Range<usize>) -> Range<usize> {
    let from = reading.floor_char_boundary(piece.start.saturating_sub(REACH));
    let to = reading.ceil_char_boundary(piece.end.saturating_add(REACH).min(reading.len()));
    let start = sentence_ends(reading, from..piece.start)
        .last()
        .copied()
        .unwrap_or(from);
    let end = sentence_ends(reading, piece.end..to).first().copied().unwrap_or(to);
    let words = &reading[start..end.max(start)];
    let start = start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

const REACH: usize = 400;

/// The first word of a piece that may turn a statement round. `passage` tells the language where a word is
/// another in another language.
fn turning_word(piece: &str, passage: &str) -> Option<String> {
    if piece.trim().is_empty() {
        return None;
    }
    let folded = fold(piece);
    let listed: Vec<Range<usize>> = words::words(&folded.text).collect();
    let said = |range: &Range<usize>| folded.text[range.clone()].to_lowercase();
    let doubtful = Doubtful::of(passage);
    for (i, range) in listed.iter().enumerate() {
        let word = said(range);
        let two = listed.get(i + 1).map(|next| format!("{word} {}", said(next)));
        let next = listed.get(i + 1).map(&said);
        let ended = matches!(word.as_str(), "stopped" | "stops" | "quit")
            && next.is_none_or(|next| next.ends_with("ing"));
        let turkish = TURKISH_ENDS.iter().any(|end| word.ends_with(end));
        let turns =
            words::is_negation(&word) || is_listed(&word) || doubtful.holds(&word) || ended || turkish;
        let turns = turns || i == 0 && word == "save"; // `to save` is another word
        let clitic = word.strip_prefix("n'").is_some_and(|rest| !rest.is_empty());
        if turns || clitic {
            return Some(piece[folded.raw(range.clone())].to_string());
        }
        if two.as_deref().is_some_and(|two| TWO_WORDS.contains(&two)) {
            let whole = range.start..listed[i + 1].end;
            return Some(piece[folded.raw(whole)].to_string());
        }
    }
    let unspaced = UNSPACED
        .iter()
        .find(|word| folded.text.contains(**word))
        .map(|word| (*word).to_string());
    unspaced.or_else(|| modal(&folded.text, &listed))
}

/// A verb at the end of a piece that makes a possibility of what follows. `May` is a month.
fn modal(text: &str, listed: &[Range<usize>]) -> Option<String> {
    let last = listed.iter().rev().take(NEAR_END).map(|range| &text[range.clone()]);
    last.into_iter()
        .find(|word| MODALS.split(' ').any(|modal| modal == *word))
        .map(str::to_string)
}

fn is_listed(word: &str) -> bool {
    TURNING
        .iter()
        .any(|list| list.split(' ').any(|listed| listed == word))
}

/// Words of condition, exception, denial and doubt that are hardly anything else in another language.
const TURNING: &[&str] = &[
    "unless except excepting excluding only but if deny denies denied denying refuse refuses refused \
        refusing reject rejects rejected allege alleges alleged allegedly fail fails failed false falsely \
        untrue hardly scarcely barely rarely seldom otherwise supposedly purportedly nearly almost until \
        till lacks lack lacked lacking impossible acquitted prevented prevents annulled ceased ceases \
        declined declines unable barred avoided avoids innocent dismissed dismisses rebutted rebuts \
        doubtful unlikely myth wrongly pretended pretends instead reportedly didnt doesnt dont wasnt isnt \
        cant wont couldnt wouldnt disproved refuted debunked withdrew retracted exonerated exempt exempted \
        neglected omitted forbid forbidden forbade prohibited prohibits",
    "fast beinahe außer ausser nur aber wenn falls sofern soweit solange bestritt bestreitet bestritten \
        leugnet leugnete geleugnet verweigert verweigerte weigert weigerte angeblich vermeintlich kaum \
        selten trotz jedoch sondern verboten verbot ausgenommen abgelehnt lehnte nirgends keines unmöglich \
        bezweifelte bezweifelt bestritten dementierte dementiert freigesprochen mitnichten hätte wäre \
        würde angeblichen vergaß unterließ verhinderte verhindert",
    "presque sauf seulement mais hormis excepté nia nie nié nient refusa refuse refusé refusent prétendu \
        prétendue prétendument guère pourvu interdit interdite démenti démentit dément impossible annulé \
        annulée acquitté acquittée cessa cessé douta aurait auraient serait seraient nullement",
    "casi salvo excepto sólo solamente pero negó niega negaron rehusó rechazó presunto presunta \
        presuntamente apenas tampoco nadie ningun",
    "tranne soltanto negò nega rifiutò rifiuta presunto presunta neppure neanche nemmeno nessuno nessuna \
        niente senza purché però smentito smentita smentì avrebbe avrebbero sarebbe sarebbero",
    "exceto somente mas negou recusou alegado alegada alegadamente nunca ninguém nenhum nenhuma sem apenas \
        tampouco",
    "behalve slechts alleen maar indien mits tenzij ontkende ontkent weigerde weigert vermeend zonder nooit \
        niets niemand nauwelijks",
    "utom endast såvida förnekade förnekar vägrade påstådd utan aldrig ingenting ej knappast",
    "undtagen unntatt kun hvis benægtede benægter nektet nektede nægtede påstået påstått uden uten aldri \
        ingenting næppe neppe medmindre",
    "trừ chỉ nhưng nếu không chưa",
    "кроме только но если лишь отрицал отрицала отрицает отказался отказалась отказал якобы без ни никто \
        ничего нельзя едва хотя",
    "إلا فقط نفى ينفي רק אלא הכחיש μόνο εκτός αρνήθηκε केवल सिर्फ लेकिन hanya kecuali membantah ama ancak \
        sadece yalnızca pouze pokud kromě popřel tylko jeśli zaprzeczył тільки лише якщо крім заперечив \
        ainoastaan paitsi ellei kiisti csak kivéve tagadta هرگز نہیں না নয় নেই नही nije nisu nikad \
        hakuwahi hakuna haku nunca",
];

/// Two words that turn a statement round together.
const TWO_WORDS: &[&str] = &[
    "phủ nhận",
    "từ chối",
    "ngoại trừ",
    "à moins",
    "a menos",
    "a meno",
    "es sei",
    "no longer",
    "provided that",
    "far from",
    "as long",
    "so long",
    "disputed that",
    "disputes that",
    "doubted that",
    "doubts that",
    "failed to",
    "fails to",
    "à condition",
    "a condición",
    "cleared of",
    "innocent of",
    "little evidence",
    "zero evidence",
    "scant evidence",
    "short of",
    "too early",
    "too soon",
    "contrary to",
    "save for",
    "apart from",
    "would have",
    "could have",
    "might have",
    "may have",
    "should have",
    "used to",
    "aside from",
    "other than",
    "rather than",
    "yet to",
    "about to",
    "neglected to",
    "forgot to",
    "as if",
    "as though",
];

/// Verbs that make a statement a possibility where the next part goes on with what they govern: `may | sink`,
/// `might well | sink`.
const MODALS: &str = "may might could would should";

/// So many words from its end a piece may have such a verb.
const NEAR_END: usize = 3;

/// How verbs end in Turkish that say what is not.
const TURKISH_ENDS: &[&str] = &[
    "mıyor", "miyor", "muyor", "müyor", "madı", "etmedi", "vermedi", "gelmedi", "mamış", "memiş", "mayacak",
    "meyecek",
];

/// In scripts that set no spaces, and Korean, whose verbs take the negation in.
const UNSPACED: &[&str] = &[
    "不",
    "没",
    "沒",
    "無",
    "无",
    "未",
    "否",
    "拒",
    "除",
    "仅",
    "僅",
    "只",
    "但",
    "若",
    "如果",
    "涉嫌",
    "않",
    "없",
    "아니",
    "못",
    "ない",
    "なかった",
    "ません",
    "以外",
    "だけ",
    "しかし",
    "もし",
    "ただし",
    "ไม่",
    "ยกเว้น",
    "เว้นแต่",
    "แต่",
    "ถ้า",
    "หาก",
    "เท่านั้น",
    "ปฏิเสธ",
];

/// Words that are something else in other languages: they count where the passage has small words of their
/// own language.
struct Doubtful(Vec<&'static str>);

/// The words, and the small words that tell their language.
const DOUBTFUL: &[(&str, &str)] = &[
    ("si", "le les des est une et du dans que"),
    ("si solo sin ni", "el los las una del y que"),
    ("se ma solo", "il che di della una gli è per"),
    ("se só", "o os que uma do da não em"),
    ("men om", "och att är det som en"),
    ("men om", "og at er det som en"),
    ("ei en et vain jos", "ja on oli että hän se"),
    ("als", "de het een van en dat"),
    ("denn ohne", "der die das und ist den"),
    ("nu", "și de la că pe un o este"),
    ("mai", "el la els les que i del amb"),
    ("mai", "il che di della una gli è per la"),
    ("hindi", "ang ng mga sa na si"),
    ("ni", "je i u na se da"),
];

impl Doubtful {
    fn of(passage: &str) -> Doubtful {
        let said = passage.to_lowercase();
        let small: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
        let speaks = |marks: &str| marks.split(' ').filter(|mark| small.contains(mark)).count() >= 2;
        Doubtful(
            DOUBTFUL
                .iter()
                .filter(|(_, marks)| speaks(marks))
                .flat_map(|(words, _)| words.split(' '))
                .collect(),
        )
    }

    /// Whether a word is one of them in some language.
    fn is_one(word: &str) -> bool {
        DOUBTFUL
            .iter()
            .any(|(words, _)| words.split(' ').any(|one| one == word))
    }

    fn holds(&self, word: &str) -> bool {
        self.0.contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a passage stand between bars; what is hidden, and its sentence.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let pieces: Vec<&str> = text.split('|').collect();
        let (mut reading, mut parts) = (String::new(), Vec::new());
        for (i, piece) in pieces.iter().enumerate() {
            let start = reading.len();
            reading.push_str(piece);
            if i % 2 == 1 {
                parts.push(start..reading.len());
            }
        }
        let found = hidden(&reading, &Anchor { targets: parts.clone(), parts });
        assert_eq!(found.as_ref().map(|hidden| hidden.word.as_str()), expected, "{text}");
    }

    #[test]
    fn what_turns_a_sentence_round_is_found() {
        check("|The landlord is| not |permitted to end this lease|. So.", Some("not"));
        check("|The bank| never |lent 5 million|", Some("never"));
        check("|may be opened| only |by the warden|", Some("only"));
        check("|The bridge is safe| unless the river rises, |wrote the mason|", Some("unless"));
        check("|The witness| denied that she |took the purse|", Some("denied"));
        check("|Le maire| ne |peut vendre|", Some("ne"));
        check("|Le juge| n’a jamais |refusé|", Some("n’a"));
        check("|Ông ta| phủ nhận đã |lấy tiền|", Some("phủ nhận"));
        check("|政府|没有|批准|", Some("没"));
        check("|Tom| didn’t |see him|", Some("didn’t"));
        check("|may sell it|, unless he is ill. He agreed. |Then he left|", Some("unless"));
        check("|He came.| It is not true that |he paid|", Some("not"));
        check("|He| ceased to |pay|", Some("ceased"));
        check("|He| stopped |paying|", Some("stopped"));
        check("|The plan is| far from |complete|", Some("far from"));
        check("|Er hat| keineswegs |bezahlt|", Some("keineswegs"));
        check("|Il a| démenti avoir |payé|", Some("démenti"));
        check("|He| doubted that |it sank|", Some("doubted that"));
        check("|הוא| לא |שילם|", Some("לא"));
        check("|Αυτός| δεν |πλήρωσε|", Some("δεν"));
        check("|उसने पैसा| नहीं |दिया|", Some("नहीं"));
        check("|Dia| tidak |membayar|", Some("tidak"));
        check("|그는| 돈을 내지 않았다 |어제|", Some("않"));
        check("|O| bunu |yaptı| değil |dedi|", Some("değil"));
        check("|Rada| nikdy |nezaplatila|", Some("nikdy"));
        check("|هو| لم |يدفع|", Some("لم"));
        check("|He| nearly |died|", Some("nearly"));
        check("|The train| stopped at noon and |left|", None);
        check("|The flat may be let.| However, only with leave. |He pays|", Some("However"));
        check("|The drug is safe|. But it kills the ill. |It is sold|", Some("But"));
        check("|He may sell it.| This does not apply on Sundays. |He left|", Some("not"));
        check("|He paid.| Or so he said. |The court rose|", Some("Or"));
        check("|He paid.| “That is false,” she said. |The court rose|", Some("false"));
        check("|He paid.| It is not true. |The court rose|", Some("not"));
        check("|He may leave.| If it rains, he may not. |The court rose|", Some("not"));
        check("|Er darf gehen.| Dies gilt nicht für Kinder. |Er blieb|", Some("nicht"));
        check("|Il peut partir.| Cependant, il doit payer. |Il resta|", Some("Cependant"));
        check("|他可以走。|但他要付钱。|他走了|", Some("但"));
        check("|La città| è sicura se piove, disse |il sindaco della città che|", Some("se"));
    }

    #[test]
    fn what_is_whole_or_harmless_is_left_alone() {
        check("|The yard was swept.| Nobody came that day. |The lamps were lit|", None);
        check("|The yard was swept|. Nobody came that day. |The lamps were lit|", None);
        check("|The old ferry|, which the town had bought, |sank at noon|", None);
        check("It is not so. |He came| in May |and left|. Never again.", None);
        check("|Elle se| leva si tard |hier|", None);
        check("|He paid.| It did not rain. |The court rose|", None);
        check("|He paid.| If you come by train, get off here. |The court rose|", None);
        check("|He paid.| This was in May. |The court rose|", None);
    }

    #[test]
    fn the_sentence_is_shown() {
        let reading = "One. The bank never lent 5 million to him. Two.";
        let parts = vec![5..13, 20..34];
        let found = hidden(reading, &Anchor { targets: parts.clone(), parts }).expect("a negation is hidden");
        assert_eq!(&reading[found.sentence], "The bank never lent 5 million to him.");
    }
}
