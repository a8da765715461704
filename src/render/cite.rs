//! How a source is cited, as a line that a reader may copy: in the style that the dossier chose, in the words
//! of its language.
//!
//! Three styles, and of each only what a document on the web or in a file needs. Names stay as their writers
//! wrote them: which part of a name comes first in a list is not ours to guess (Tô Lâm, To Lam, Lam). The
//! date of access is the day on which the copy was taken, never today. What is not known is left out, or said
//! to be unknown where the style says so.

use crate::model::body::Address;
use crate::model::dossier::{CiteStyle, Facts};

use super::words::{Words, fill};

pub fn citation(words: &Words, style: CiteStyle, facts: &Facts) -> String {
    match style {
        CiteStyle::Apa => apa(words, facts),
        CiteStyle::Chicago => quoted(words, facts, ". "),
        CiteStyle::Mla => quoted(words, facts, ", "),
    }
}

/// Author (date). Title. Publisher. Retrieved date, from address
fn apa(words: &Words, facts: &Facts) -> String {
    let date = facts
        .published
        .as_ref()
        .map_or_else(|| words.get("cite.no-date").to_string(), |date| words.date(date));
    let mut parts = Vec::new();
    match names(words, facts, words.get("cite.and-apa")).or_else(|| facts.publisher.clone()) {
        Some(who) => parts.extend([format!("{who} ({date})"), facts.title.clone()]),
        None => parts.push(format!("{} ({date})", facts.title)),
    }
    parts.extend(facts.publisher.clone().filter(|_| !facts.author.is_empty()));
    sentence(&parts)
        + &match (address(facts), &facts.captured) {
            (Some(address), Some(captured)) => {
                format!(
                    " {}",
                    fill(
                        words.get("cite.retrieved"),
                        &[("date", &words.date(captured)), ("address", address)]
                    )
                )
            }
            (Some(address), None) => format!(" {address}"),
            (None, _) => String::new(),
        }
}

/// Author. “Title.” Publisher, date. Accessed date. address: Chicago parts its sentences, MLA sets commas
/// where they are.
fn quoted(words: &Words, facts: &Facts, stop: &str) -> String {
    let (open, close) = (words.get("cite.open"), words.get("cite.close"));
    let who = names(words, facts, words.get("cite.and"))
        .map(|who| format!("{}. ", who.trim_end_matches('.')))
        .unwrap_or_default();
    let place = [facts.publisher.clone(), facts.published.as_ref().map(|date| words.date(date))];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = ended(&facts.title);
    let head = format!("{who}{open}{title}{close}");
    let access = facts
        .captured
        .as_ref()
        .map(|date| fill(words.get("cite.accessed"), &[("date", &words.date(date))]));
    let address = address(facts).map(str::to_string);
    let tail: Vec<String> = if stop == ", " {
        // MLA: the address belongs to the place, the day of access comes last
        let at = [Some(place).filter(|place| !place.is_empty()), address]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(stop);
        [Some(at).filter(|at| !at.is_empty()), access]
            .into_iter()
            .flatten()
            .collect()
    } else {
        [Some(place).filter(|place| !place.is_empty()), access, address]
            .into_iter()
            .flatten()
            .collect()
    };
    let tail: String = tail
        .iter()
        .map(|part| format!(" {}", if is_address(part) { part.clone() } else { ended(part) }))
        .collect();
    head + &tail
}

fn is_address(part: &str) -> bool {
    Address::new(part).is_some()
}

fn names(words: &Words, facts: &Facts, and: &str) -> Option<String> {
    let (last, rest) = facts.author.split_last()?;
    match rest {
        [] => Some(last.clone()),
        [one] => Some(format!("{one} {and} {last}")),
        _ => Some(format!("{}{} {and} {last}", rest.join(", "), words.get("cite.serial"))),
    }
}

/// Where it may be read: the copy that stays first.
fn address(facts: &Facts) -> Option<&str> {
    facts.archive.as_deref().or(facts.url.as_deref())
}

fn sentence(parts: &[String]) -> String {
    parts.iter().map(|part| ended(part)).collect::<Vec<_>>().join(" ")
}

/// With a full stop, unless it ends in a mark of its own.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '…', '。', '？', '！']) {
        text.to_string()
    } else {
        format!("{text}.")
    }
}

/// An address that leads a browser to the quoted words on the original's page (the WICG's text fragments):
/// all of them where they are few, else the first and the last. None where the source has no page, or where
/// the quotation is of someone's summary and stands on no page.
pub fn text_fragment(url: &str, quote: &str) -> Option<String> {
    /// Up to so many words are spelt out; of more than those, so many at either end.
    const WHOLE: usize = 10;
    const ENDS: usize = 5;
    let address =
        Address::new(url).filter(|address| address.as_str().to_ascii_lowercase().starts_with("http"))?;
    let words: Vec<&str> = quote.split_whitespace().collect();
    let directive = match words.len() {
        0 => return None,
        1..=WHOLE => encoded(&words.join(" ")),
        // `n` is more than `WHOLE`, which is twice `ENDS`
        n => format!("{},{}", encoded(&words[..ENDS].join(" ")), encoded(&words[n - ENDS..].join(" "))),
    };
    let hash = if address.as_str().contains('#') { "" } else { "#" };
    Some(format!("{}{hash}:~:text={directive}", address.as_str()))
}

/// Letters and digits stay; `-` and `,` mean something in a text fragment and are written like all else.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{citation, text_fragment};
    use crate::model::date::Date;
    use crate::model::dossier::{CiteStyle, Facts};
    use crate::render::words::Words;

    fn facts() -> Facts {
        Facts {
            title: "Who counted them?".to_string(),
            author: vec!["Tô Lâm".to_string(), "A. Person".to_string()],
            publisher: Some("The Gazette".to_string()),
            published: Date::parse("2024-05").ok(),
            captured: Date::parse("2024-06-01").ok(),
            url: Some("https://example.org/a".to_string()),
            ..Facts::default()
        }
    }

    fn cited(language: &str, facts: &Facts) -> String {
        let words = Words::of(language);
        [CiteStyle::Apa, CiteStyle::Chicago, CiteStyle::Mla]
            .map(|style| citation(&words, style, facts))
            .join("\n")
    }

    #[test]
    fn three_styles() {
        assert_eq!(
            cited("en", &facts()),
            "\
Tô Lâm & A. Person (May 2024). Who counted them? The Gazette. Retrieved 1 June 2024, from \
https://example.org/a
Tô Lâm and A. Person. “Who counted them?” The Gazette, May 2024. Accessed 1 June 2024. https://example.org/a
Tô Lâm and A. Person. “Who counted them?” The Gazette, May 2024, https://example.org/a. Accessed 1 June 2024."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let bare = Facts { title: "Minutes".to_string(), ..Facts::default() };
        assert_eq!(cited("en", &bare), "Minutes (n.d.).\n“Minutes.”\n“Minutes.”");
        let published = Facts {
            publisher: Some("Town Council".to_string()),
            published: Date::parse("2024~").ok(),
            ..bare
        };
        assert_eq!(
            cited("en", &published),
            "Town Council (about 2024). Minutes.\n“Minutes.” Town Council, about 2024.\n“Minutes.” Town \
                Council, about 2024."
        );
    }

    #[test]
    fn in_the_language_of_the_dossier() {
        assert!(
            cited("vi", &facts())
                .contains("Tô Lâm và A. Person. “Who counted them?” The Gazette, tháng 5 năm 2024."),
            "{}",
            cited("vi", &facts())
        );
    }

    #[test]
    fn a_link_to_the_words_themselves() {
        let link = |url: &str, quote: &str| text_fragment(url, quote).unwrap_or_default();
        assert_eq!(
            link("https://example.org/a", "a well-known, 5 %"),
            "https://example.org/a#:~:text=a%20well%2Dknown%2C%205%20%25"
        );
        assert_eq!(link("https://example.org/a#b", "một"), "https://example.org/a#b:~:text=m%E1%BB%99t");
        assert_eq!(
            link("https://example.org/", "one two three four five six seven eight nine ten eleven"),
            "https://example.org/#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"
        );
        assert_eq!(
            [link("javascript:alert(1)", "x"), link("mailto:a@b.c", "x"), link("https://example.org", "")],
            ["", "", ""]
        );
    }
}
