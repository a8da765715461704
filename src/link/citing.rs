//! What the words round a quotation in running text say of its source: whether a link behind it cites,
//! whether what stands before it introduces it, and whether they say that it is nobody's word for word. All
//! by the text alone, in the languages that anchoring knows.

use std::ops::Range;

use crate::parse::markdown::outside::is_locator;

/// Fewer words than these are words that are spoken of.
pub(super) const TELLING: usize = 4;

pub(super) const MOST_PARTS: usize = 6;

pub(super) const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// What stands behind a quotation in brackets, or behind a dash up to the end.
pub(super) fn named_behind(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['.', ',', ' ', '\n', '\u{A0}']);
    if let Some(inner) = rest.strip_prefix(OPENING) {
        return inner.split(CLOSING).next();
    }
    let behind = rest.trim_start_matches(DASHES);
    (behind.len() < rest.len() && behind.len() <= LONGEST).then_some(behind)
}

/// A line that names a source is no longer.
const LONGEST: usize = 160;

pub(super) const OPENING: [char; 5] = ['(', '[', '（', '［', '【'];
const CLOSING: [char; 5] = [')', ']', '）', '］', '】'];

/// Words that may stand between a quotation and the source that it is from.
pub(super) const CITING: &str = "\
    see says said say writes wrote write reads read states stated notes noted reports \
    reported records quoted cited \
    source as in according to \
    siehe so laut nach heißt es steht schreibt schrieb sagt sagte zitiert quelle berichtet in \
    voir dit écrit écrivait selon d'après lit source dans ver dice escribe según fuente vedi scrive \
    secondo fonte diz escreve segundo \
    se säger skriver enligt källa sier siger skriver ifølge kilde zegt schrijft volgens zie bron см пишет \
    говорит согласно источник \
    theo viết nói xem nguồn";

/// Words by which a source is said to say something else, or the words are not its own.
const NOT_CITING: &str = "not no never nowhere nothing neither unlike contrary against instead but cf \
    compare which whom \
    denies denied deny disagrees contradicts contradicted disputes refutes refuted translation translated \
    translates trans transl tr english paraphrase paraphrased summarised summarized abridged adapted freely \
    roughly gloss reading effect my mine own reply replies replying response responds answer answers \
    answering \
    comment comments commenting critics criticism asked absent missing also if had does did should could \
    would \
    might hardly scarcely barely rarely nobody none called \
    nicht kein keine nie anders gegen sondern vgl vergleiche übersetzung übersetzt übers sinngemäß frei \
    eigene welche welches niemand keineswegs mitnichten kaum \
    pas non jamais contre contrairement mais comparer traduction traduit trad rien personne tout sauf no \
    nunca tampoco nadie contra pero traducción \
    traducido propia \
    mai contro ma traduzione não tradução inte aldrig mot men översättning ikke aldri oversettelse \
    oversættelse niet nooit maar vertaling \
    не нет но перевод không chẳng chưa đâu nhưng dịch";

/// Words by which a writer says that words are a translation.
pub(super) const TRANSLATING: &str = "\
    translation translated translates translations trans transl tr übersetzung \
    übersetzt \
    übers traduction traduit traduite trad traducción traducido traduzione tradotto tradução översättning \
    oversettelse oversættelse vertaling vertaald перевод пер dịch";

/// Words right before the name of a source that make it what is spoken of, and not who speaks.
const SPOKEN_OF: &str = "after before on about of over regarding concerning against to zu über nach zum zur \
    sur de d' à propos après sobre acerca tras su dopo om over o об về";

pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
}

pub(super) fn is_listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

pub(super) fn is_no_citation(text: &str) -> bool {
    words(text).any(|word| is_listed(NOT_CITING, &word))
}

/// Whether words only say where something stands: `see`, `p. 3 of`.
pub(super) fn is_citing(text: &str) -> bool {
    words(text).all(|word| is_listed(CITING, &word) || is_locator(&word))
}

/// More words than these between a quotation and the name of a source say something of their own.
const MOST_WORDS: usize = 6;

/// Whether a link behind a quotation says where it is from. `between`: from the quotation to the link;
/// `tail`: what stands behind the link.
pub(super) fn cites(between: &str, tail: &str) -> bool {
    let lead = between.trim_start_matches(['.', ',', ';', ' ', '\n', '\u{A0}']);
    let few = words(lead).count() <= MOST_WORDS && !is_no_citation(lead);
    // `(Moor in [[a]])`, `the clerk said ([[a]])`
    let open = lead.rfind(OPENING).filter(|&at| !lead[at..].contains(CLOSING));
    if let Some(at) = open {
        let (within, behind) = tail.split_once(CLOSING).unwrap_or((tail, ""));
        let second = behind.trim_start().strip_prefix(OPENING);
        let remark = second
            .and_then(|remark| remark.split(CLOSING).next())
            .unwrap_or_default();
        if words(remark).any(|word| is_listed(TRANSLATING, &word)) {
            return false;
        }
        let begins = at == 0 || lead[at..].chars().count() == 1 && !ends_sentence(&lead[..at]);
        return begins && few && !is_spoken_of(&lead[at..]) && !is_no_citation(within);
    }
    let sentence = tail.split(['.', ';', '!', '?', '。']).next().unwrap_or_default();
    let ends = is_citing(sentence) && is_locator(tail.split('\n').next().unwrap_or_default())
        || is_citing(sentence.split(',').next().unwrap_or_default());
    let goes_on = !between.trim_end().ends_with(['.', '!', '?', '。']);
    match lead.starts_with(DASHES) {
        true => few && ends,
        false => is_citing(lead) && ends && (goes_on || tail.trim().trim_matches('.').is_empty()),
    }
}

/// Whether a link in a footnote says where the words are from to which the note belongs. `first`: it cites no
/// other source before. Where a work with a number stands before it, that is cited, and not what is said of
/// the link.
pub(super) fn cites_in_note(before: &str, tail: &str, first: bool) -> bool {
    let clause = from_end(behind_page(before));
    let tail = up_to_page(tail);
    let quotes = words(clause).any(|word| is_listed(QUOTING, &word));
    if is_no_citation(clause) || is_no_citation(up_to_end(tail)) {
        return false;
    }
    let elsewhere = &before[..before.len() - clause.len()];
    let other_work = first && elsewhere.contains(char::is_numeric);
    let few = words(clause).count() <= MOST_WORDS;
    let located = words(clause)
        .last()
        .is_some_and(|word| is_listed("of in from aus von de dans", &word));
    let own = located || !clause.contains(char::is_numeric);
    quotes || !other_work && (is_citing(clause) || elsewhere.trim().is_empty() && few && own)
}

/// Where a page or another number ends a sentence: `folder 3. On the council`.
fn pages(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let ends = |at: usize| {
        let begins = text[at + 1..].trim_start().starts_with(char::is_uppercase);
        begins && text[..at].ends_with(char::is_numeric)
    };
    text.match_indices('.').map(|(at, _)| at).filter(move |at| ends(*at))
}

fn behind_page(text: &str) -> &str {
    &text[pages(text).next_back().map_or(0, |at| at + 1)..]
}

fn up_to_page(text: &str) -> &str {
    &text[..pages(text).next().unwrap_or(text.len())]
}

/// Words by which another work is said to repeat what a source has.
const QUOTING: &str = "quoted cited qtd quoting citing reprinted printed zitiert zit abgedruckt cité \
    citée citado \
    citato citerat citeret sitert geciteerd цит trích";

/// Whether words are the head of a mail: `From: … To: …`. They are put together from several lines.
pub(super) fn is_head_of_mail(text: &str) -> bool {
    let keys = text.match_indices(':').filter(|(at, _)| {
        let key = text[..*at]
            .rsplit(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        is_listed(MAIL_KEYS, &key.to_lowercase())
    });
    let begins = text.split(':').next().unwrap_or_default().trim();
    is_listed(MAIL_KEYS, &begins.to_lowercase()) && keys.take(2).count() == 2
}

const MAIL_KEYS: &str = "from to cc bcc subject date sent re von an betreff gesendet datum de à objet envoyé \
    para asunto enviado da a oggetto inviato van aan onderwerp verzonden från till ämne fra til emne от \
    кому тема";

/// Whether a link before a quotation says that it is from there. `before`: what stands before the link;
/// `between`: from the link to the quotation.
pub(super) fn introduces(before: &str, between: &str) -> bool {
    let last = before.rsplit(['.', '!', '?', '。', '\n']).next().unwrap_or_default();
    if ends_sentence(between) || is_no_citation(between) || is_no_citation(last) {
        return false;
    }
    let said: Vec<String> = words(between).collect();
    let named: Vec<String> = words(last).collect();
    let has = said
        .last()
        .is_some_and(|last| is_listed("has hat a ha har heeft tiene tem có", last));
    let told = |words: &[String]| has || words.iter().any(|word| is_listed(TELLING_WORDS, word));
    let ends = between.trim_end().ends_with([':', '：']);
    let led = named.iter().rev().take(2).any(|word| is_listed(ACCORDING, word));
    if !led && is_spoken_of(last) {
        return false;
    }
    ends && said.len() <= 2 * MOST_WORDS
        || said.len() <= MOST_WORDS && told(&said)
        || led && said.iter().all(|word| is_locator(word))
}

/// Whether a sentence, or what is parted from another by a semicolon, ends within some words. `Mr.` does not
/// end one.
pub(super) fn ends_sentence(text: &str) -> bool {
    ends(text).next().is_some()
}

/// Where they end, with the sign that ends them.
fn ends(text: &str) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
    let long = |before: &str| {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
        word.is_some_and(|word| word.chars().count() > 2)
    };
    let signs = text.match_indices(['!', '?', '。', '\n', ';', '；', '.']);
    signs
        .filter(move |(at, sign)| *sign != "." || long(&text[..*at]))
        .map(|(at, sign)| at..at + sign.len())
}

/// What stands before the first sentence's end.
pub(super) fn up_to_end(text: &str) -> &str {
    &text[..ends(text).next().map_or(text.len(), |end| end.start)]
}

/// What stands behind the last sentence's end.
pub(super) fn from_end(text: &str) -> &str {
    &text[ends(text).next_back().map_or(0, |end| end.end)..]
}

/// Whether what is named behind some words is what they speak of: `commenting on [[a]]`.
fn is_spoken_of(before: &str) -> bool {
    let said: Vec<String> = words(before).collect();
    let Some((last, others)) = said.split_last() else { return false };
    // `p. 4 of [[a]]`
    let locates = others.last().is_some_and(|word| is_locator(word));
    is_listed(SPOKEN_OF, last) && !locates
}

/// Whether two quotations are parted by "and", or by who says them: `“…” and “…”`, `“…,” he said, “…”`.
pub(super) fn is_joining(between: &str) -> bool {
    let said: Vec<String> = words(between).collect();
    let joins = |word: &String| is_listed(JOINING, word);
    let tells = |word: &String| is_listed(TELLING_WORDS, word);
    let few = said.iter().all(joins) || said.len() < TELLING && said.iter().any(tells);
    few && !ends_sentence(between.trim_start_matches(['.', '!', '?'])) && !is_no_citation(between)
}

const JOINING: &str =
    "and or then und oder et ou puis y e o och eller og en of и или và hay that daß dass que che";

/// Verbs of saying right before a quotation.
pub(super) const TELLING_WORDS: &str = "says said writes wrote reads states stated reports reported records \
    recorded claims \
    claimed confirms confirmed notes noted adds added tells told declares declared explains explained \
    insists \
    insisted argues argued warns warned admits admitted asserts asserted maintains maintained announces \
    announced \
    observes observed mentions mentioned puts recalls recalled concludes concluded finds found \
    testifies testified \
    affirms affirmed stresses stressed swears swore \
    schreibt schrieb sagt sagte heißt berichtet berichtete behauptet behauptete bestätigt bestätigte erklärt \
    erklärte meldet meldete erwähnt erwähnte notiert notierte betont betonte \
    dit écrit écrivait lit affirme affirma confirme déclare déclara rapporte note ajoute précise \
    dice escribe afirma afirmó confirma declara declaró señala añade \
    scrive conferma dichiara dichiarò riferisce aggiunge diz escreve confirma declara \
    säger skriver hävdar bekräftar uppger sier siger hevder hævder bekrefter bekræfter zegt schrijft meldt \
    beweert bevestigt пишет говорит утверждает сообщает подтверждает viết nói khẳng định xác nhận ghi";

/// Words before the name of a source that is said to say something.
const ACCORDING: &str = "according to laut nach gemäß zufolge selon d'après según secondo segundo enligt \
    ifølge volgens согласно theo";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_say_where_words_are_from() {
        for (between, tail) in [
            (" (", ")."),
            (" — ", ""),
            (", ", ", p. 4"),
            (" (see ", ", p. 4)"),
            (" — Moor, p. 3 of ", ""),
            (", says ", "."),
            (", ", " says."),
            (" ", ""),
            (". (Moor in ", ", 4 May)"),
            ("（", "）。"),
            (" – laut ", ", S. 3."),
            (" the clerk said (", ")."),
            (" schrieb Vogt (", ", S. 4)"),
            (" (p. 4 of ", ")"),
        ] {
            assert!(cites(between, tail), "“…”{between}[[a]]{tail}");
        }
    }

    #[test]
    fn links_that_stand_beside_them() {
        for (between, tail) in [
            (", which ", " does not say."),
            (". It was late. See ", "."),
            (" is what he said, see ", "."),
            (" (not in ", ")"),
            (" (", ", my translation)"),
            (" (cf. ", ")"),
            (". ", " disagrees."),
            (" – ", " denies it."),
            (" (Gazette on ", ")"),
            (" (Gazette; see also ", ")"),
            (" (Dahl answering ", ")"),
            (" (absent from ", ")"),
            (" (two days after ", ")"),
            (" (tr. mine, from ", ")"),
            (" (", ", eigene Übers.)"),
            (" he said. It rained (", ")"),
        ] {
            assert!(!cites(between, tail), "“…”{between}[[a]]{tail}");
        }
    }

    #[test]
    fn sources_that_are_said_to_say_so() {
        for (before, between) in [
            ("", " says: "),
            ("According to ", ", "),
            ("It rained. Laut ", ", S. 3, "),
            ("", " writes that "),
            ("In ", ", p. 3: "),
        ] {
            assert!(introduces(before, between), "{before}[[a]]{between}“…”");
        }
        for (before, between) in [
            ("Unlike ", ", he spoke of "),
            ("", " is old. He said: "),
            ("See ", ", where he read of "),
            ("After ", ", the Gazette wrote: "),
            ("Critics of ", " say: "),
            ("Über ", " sagte er: "),
            ("Sobre ", " dice el diario: "),
            ("Về ", ", báo viết: "),
            ("", " says 41,200; Dahl says "),
            ("Does ", " say: "),
            ("", " hardly says "),
            ("If ", " said: "),
        ] {
            assert!(!introduces(before, between), "{before}[[a]]{between}“…”");
        }
    }

    #[test]
    fn names_in_brackets_and_behind_a_dash() {
        assert_eq!(named_behind(" (Report, p. 3)."), Some("Report, p. 3"));
        assert_eq!(named_behind(". — Report, 2023"), Some(" Report, 2023"));
        assert_eq!(named_behind(" and more."), None);
    }
}
