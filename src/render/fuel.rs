//! Templates that go on and on are ended. The template engine knows no limit for loops within loops, for
//! components that call each other twice, nor for texts that grow with each round; so every loop, component
//! and assignment of a dossier's templates is given a meter when it is read.
//!
//! What is used is counted, never measured in time: the same template ends at the same place on every
//! machine. A unit is about a nanosecond.

use std::cell::Cell;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::model::span::Span;

/// What a page may use, besides what its size asks for: hundreds of times what the largest pages of ours do.
const FUEL: u64 = 1_000_000_000;
const FUEL_A_BYTE: u64 = 64;
/// What a round of a loop uses, beside the length of what is in the loop.
const ROUND: u64 = 64;
/// What a call of a component uses.
const CALL: u64 = 1_000;
/// The longest text and the longest list that a name may stand for, besides what the page's size asks for.
const LONGEST_TEXT: u64 = 4 * 1024 * 1024;
const LONGEST_LIST: u64 = 1024 * 1024;

thread_local! {
    /// What is left for the page that this thread makes, and the size that it is expected to have.
    static LEFT: Cell<u64> = const { Cell::new(0) };
    static BULK: Cell<u64> = const { Cell::new(0) };
    /// The component that was called last, by its number among those that have a meter.
    static CALLED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Begins a page that has about so many bytes beside its frame.
pub fn begin(bulk: usize) {
    let bulk = bulk as u64;
    LEFT.set(FUEL.saturating_add(bulk.saturating_mul(FUEL_A_BYTE)));
    BULK.set(bulk);
    CALLED.set(None);
}

/// The component that was called last on this page.
pub fn called_last() -> Option<u64> {
    CALLED.get()
}

/// The meters, as the engine knows them.
pub fn register(tera: &mut Tera) {
    tera.register_filter("__loop", |value: Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let rounds = value.len().unwrap_or_default() as u64;
        burn((rounds + 1).saturating_mul(ROUND + kwargs.must_get::<u64>("body")?))?;
        Ok(value)
    });
    tera.register_filter("__name", |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        let (length, longest) = match value.as_str() {
            Some(text) => (text.len() as u64, LONGEST_TEXT + 4 * BULK.get()),
            None => (value.len().unwrap_or_default() as u64, LONGEST_LIST + BULK.get()),
        };
        burn(length)?;
        if length > longest {
            Err(Error::message("this grows and grows, so it was ended"))
        } else {
            Ok(value)
        }
    });
    tera.register_function("__call", |kwargs: Kwargs, _: &State| -> TeraResult<&'static str> {
        CALLED.set(Some(kwargs.must_get::<u64>("at")?));
        burn(CALL)?;
        Ok("")
    });
}

fn burn(units: u64) -> TeraResult<()> {
    match LEFT.get().checked_sub(units) {
        Some(left) => {
            LEFT.set(left);
            Ok(())
        }
        None => {
            Err(Error::message("this goes on and on, so it was ended: no page needs as many rounds or calls"))
        }
    }
}

/// A template with its meters.
#[derive(Debug, Default)]
pub struct Metered {
    pub text: String,
    /// What was put in: its place in the new text, and its length.
    inserted: Vec<(usize, usize)>,
    /// Where components begin, in the old text.
    pub components: Vec<Span>,
}

impl Metered {
    /// A place of the new text in the old one. What was put in stands for the byte before it.
    pub fn original(&self, span: &std::ops::Range<usize>) -> Span {
        let place = |at: usize| {
            let before = self.inserted.iter().take_while(|(start, _)| *start < at);
            before.fold(at, |place, (start, length)| place - (*length).min(at - start))
        };
        let (start, end) = (place(span.start), place(span.end));
        if start < end { Span::new(start..end) } else { Span::new(end.saturating_sub(1)..end) }
    }
}

/// What is to be put in, at a place of the old text.
struct Insertion {
    at: usize,
    text: String,
}

/// Gives a template its meters. `first` is the number of its first component. What is not understood gets
/// none.
pub fn metered(text: &str, first: usize) -> Metered {
    let mut insertions: Vec<Insertion> = Vec::new();
    let mut components = Vec::new();
    // Loops that are open: which insertion has to know how long they are, and where they begin.
    let mut loops: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        match tag.word(text) {
            "raw" => at = end_of_raw(text, at),
            "for" => {
                if let Some(range) = tag.after(text, |text, at| word_at(text, at, "in")) {
                    insertions.push(Insertion { at: range.start, text: "(".to_owned() });
                    loops.push((insertions.len(), tag.end));
                    insertions.push(Insertion { at: range.end, text: String::new() });
                } else {
                    loops.push((usize::MAX, tag.end));
                }
            }
            "endfor" => {
                if let Some((number, start)) = loops.pop()
                    && let Some(insertion) = insertions.get_mut(number)
                {
                    insertion.text = format!(") | __loop(body={})", tag.start.saturating_sub(start));
                }
            }
            "set" | "set_global" => {
                if let Some(range) = tag.after(text, assignment_at) {
                    insertions.push(Insertion { at: range.start, text: "(".to_owned() });
                    insertions.push(Insertion { at: range.end, text: ") | __name".to_owned() });
                }
            }
            "component" => {
                let end = if tag.trims { "-}}" } else { "}}" };
                insertions.push(Insertion {
                    at: tag.end,
                    text: format!("{{{{ __call(at={}) {end}", first + components.len()),
                });
                components.push(Span::new(tag.start..tag.end));
            }
            _ => {}
        }
    }
    // A loop without an end is a mistake that the engine tells of.
    for (number, _) in loops {
        if let Some(insertion) = insertions.get_mut(number) {
            insertion.text = ")".to_owned();
        }
    }
    put_in(text, &insertions, components)
}

fn put_in(text: &str, insertions: &[Insertion], components: Vec<Span>) -> Metered {
    let mut metered = Metered { components, ..Metered::default() };
    let mut done = 0;
    for Insertion { at, text: new } in insertions {
        metered.text.push_str(&text[done..*at]);
        metered.inserted.push((metered.text.len(), new.len()));
        metered.text.push_str(new);
        done = *at;
    }
    metered.text.push_str(&text[done..]);
    metered
}

/// `{% … %}`, by its borders; `inner` is what stands between them.
struct Tag {
    start: usize,
    end: usize,
    inner: std::ops::Range<usize>,
    trims: bool,
}

impl Tag {
    fn word<'t>(&self, text: &'t str) -> &'t str {
        let inner = text[self.inner.clone()].trim_start();
        &inner[..inner.find(|sign: char| !is_of_word(sign)).unwrap_or(inner.len())]
    }

    /// The expression behind a sign that `is_sign` finds first, with its length; none where a component is
    /// called in it.
    fn after(
        &self,
        text: &str,
        is_sign: impl Fn(&str, usize) -> Option<usize>,
    ) -> Option<std::ops::Range<usize>> {
        let signs = Signs { text, at: self.inner.start, end: self.inner.end };
        let start = signs.filter_map(|at| is_sign(text, at)).next()?;
        let expression = &text[start..self.inner.end];
        (!expression.trim_start().starts_with('<') && !expression.trim().is_empty())
            .then_some(start..self.inner.end)
    }
}

fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// Where a word ends, if it stands at a place.
fn word_at(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    let stands = text[at..].starts_with(word)
        && !text[end..].starts_with(is_of_word)
        && !text[..at].ends_with(is_of_word);
    stands.then_some(end)
}

fn assignment_at(text: &str, at: usize) -> Option<usize> {
    (text[at..].starts_with('=') && !text[at..].starts_with("==")).then_some(at + 1)
}

/// The places of a text in tags that are in no quotation marks.
struct Signs<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Iterator for Signs<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let rest = self.text.get(self.at..self.end)?;
        let sign = rest.chars().next()?;
        let here = self.at;
        self.at += match sign {
            '"' | '\'' | '`' => rest[1..].find(sign).map_or(rest.len(), |length| length + 2),
            _ => sign.len_utf8(),
        };
        Some(here)
    }
}

/// The next tag behind a place; comments and expressions are passed over.
fn next_tag(text: &str, mut at: usize) -> Option<Tag> {
    loop {
        let start = at + text.get(at..)?.find('{')?;
        let rest = &text[start..];
        if rest.starts_with("{#") {
            at = start + rest.find("#}")? + 2;
        } else if rest.starts_with("{{") {
            at = end_of(text, start + 2, "}}")? + 2;
        } else if rest.starts_with("{%") {
            let end = end_of(text, start + 2, "%}")?;
            let trims = text[..end].ends_with('-') && end > start + 2;
            let from = start + 2 + usize::from(text[start + 2..].starts_with('-'));
            let to = (end - usize::from(trims)).max(from);
            return Some(Tag { start, end: end + 2, inner: from..to, trims });
        } else {
            at = start + 1;
        }
    }
}

/// Where a tag's closing sign stands, outside quotation marks and braces of its own.
fn end_of(text: &str, start: usize, sign: &str) -> Option<usize> {
    let mut open = 0usize;
    for at in (Signs { text, at: start, end: text.len() }) {
        let rest = &text[at..];
        if open == 0 && rest.starts_with(sign) {
            return Some(at);
        }
        match rest.as_bytes().first() {
            Some(b'{') => open += 1,
            Some(b'}') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn end_of_raw(text: &str, mut at: usize) -> usize {
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find("{%"))
        .map(|found| at + found)
    {
        let inner = text[start + 2..].trim_start_matches('-').trim_start();
        if inner.starts_with("endraw") {
            return start + 2;
        }
        at = start + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_components_and_names_get_meters_and_nothing_else() {
        let text = "{# {% for a in b %} #}{% raw %}{% for a in b %}{% endraw %}{{ \"{% set x = 1 %}\" }}\
                    {%- for a in b | sort(attribute=\"in\") -%}ab{% endfor %}{% set x = a == 1 %}\
                    {% component c(of) -%}{% endcomponent c %}";
        let expected = "{# {% for a in b %} #}{% raw %}{% for a in b %}{% endraw %}{{ \"{% set x = 1 %}\" }}\
                        {%- for a in( b | sort(attribute=\"in\") ) | \
                        __loop(body=2)-%}ab{% endfor %}{% set x =( a == 1 ) | __name%}\
                        {% component c(of) -%}{{ __call(at=7) -}}{% endcomponent c %}";
        let metered = metered(text, 7);
        assert_eq!(metered.text, expected);
        for word in ["raw", "sort", "ab", "a == 1", "endcomponent"] {
            let (old, new) = (text.find(word).expect("there"), metered.text.find(word).expect("there"));
            assert_eq!(
                metered.original(&(new..new + word.len())),
                Span::new(old..old + word.len()),
                "{word}"
            );
        }
    }

    #[test]
    fn what_is_no_template_is_left_as_it_is() {
        for text in [
            "",
            "{",
            "{%",
            "{%%}",
            "{% -%}",
            "{%-%}",
            "{%-%}{% endfor %}",
            "{{",
            "{#",
            "{% raw %}",
            "{% for %}",
            "{% for a in %}",
            "{% endfor %}",
            "{% set x %}",
            "ä{ö",
        ] {
            assert_eq!(metered(text, 0).text, text);
        }
    }
}
