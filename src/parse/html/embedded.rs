//! Data that a page carries within itself: pictures and fonts as `data:` addresses, in attributes, styles and
//! scripts. Nobody reads them as words. So the parser is not fed them, and they do not count towards the
//! limit: a page that was saved as one file may have many megabytes of them.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::pieces::{Kind, pieces};

/// The longest `image/svg+xml;charset=utf-8;base64` that stands before the comma.
const LONGEST_HEAD: usize = 128;

/// Less data than this is not worth being taken out.
const LEAST: usize = 64;

/// How many bytes of a page are not embedded data.
pub fn text_length(page: &str) -> usize {
    let markup = pieces(page, 0).filter(|piece| matches!(piece.kind, Kind::Tag | Kind::Silent));
    let embedded: usize = markup
        .flat_map(|piece| data(&page[piece.range]).map(|range| range.len()).collect::<Vec<_>>())
        .sum();
    page.len() - embedded
}

/// A tag, a style sheet or a script without its embedded data; of each address what names its kind is left.
pub fn without_data(markup: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut at = 0;
    for range in data(markup) {
        kept.push_str(&markup[at..range.start]);
        at = range.end;
    }
    if at == 0 {
        return Cow::Borrowed(markup);
    }
    kept.push_str(&markup[at..]);
    Cow::Owned(kept)
}

/// Where the data of `data:` addresses stand: behind the comma, up to what no address holds as it is.
fn data(markup: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = markup.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let head = at + memmem::find(bytes.get(at..)?, b"data:")? + "data:".len();
            let length = bytes[head..]
                .iter()
                .take(LONGEST_HEAD)
                .take_while(|byte| is_of_head(**byte))
                .count();
            at = head;
            if bytes.get(head + length) != Some(&b',') {
                continue;
            }
            let start = head + length + 1;
            at = start + bytes[start..].iter().take_while(|byte| is_of_data(**byte)).count();
            if at - start >= LEAST {
                return Some(start..at);
            }
        }
    })
}

fn is_of_head(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'-' | b'.' | b';' | b'=' | b'_')
}

/// Letters, digits and signs of base64 and of percent encoding: nothing that could end a value, a tag or an
/// element.
fn is_of_data(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'+' | b'/' | b'=' | b'%' | b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b':' | b'@' | b'$'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> String {
        format!("data:image/png;base64,{}==", "iVBORw0KGgo".repeat(20))
    }

    #[test]
    fn data_goes_and_what_stands_round_it_stays() {
        for (before, after) in [
            ("<img src=\"", "\" alt='A map'>"),
            ("<img alt='A map' src=", ">"),
            ("<p style='background:url(", ")'>"),
            ("@font-face{src:url(\"", "\") format('woff2')}"),
            ("<a href='", "' download=map.png>"),
        ] {
            let kept = format!("{before}data:image/png;base64,{after}");
            assert_eq!(without_data(&format!("{before}{}{after}", picture())), kept);
        }
        for whole in [
            "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
            "<a href='https://a.example/data:x'>",
            "data: a, b",
            "data:",
        ] {
            assert!(matches!(without_data(whole), Cow::Borrowed(_)), "{whole}");
        }
    }

    #[test]
    fn data_counts_where_it_is_read_and_nowhere_else() {
        let page = format!("<p>How it looks: {}</p><img src='{}'>", picture(), picture());
        let data = picture().len() - "data:image/png;base64,".len();
        assert_eq!(text_length(&page), page.len() - data);
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_is_what_was_there_in_its_order(text in "(data:|image/png|;base64|,|[A-Za-z0-9+/=]\
            {60,90}|'|\"|<|>| |\\)|é){0,30}") {
            let kept = without_data(&text);
            let mut rest = text.chars();
            proptest::prop_assert!(kept.chars().all(|c| rest.any(|other| other == c)));
            let again = without_data(&kept);
            proptest::prop_assert_eq!(again.as_ref(), kept.as_ref());
        }
    }
}
