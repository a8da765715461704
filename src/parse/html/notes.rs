//! Finds the references to notes in a page, and the links at the notes that lead back: see `parse::notes`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::arena::{Arena, Data, Id};
use super::declared::{Declared, Raised};
use crate::parse::elements::{Element, element};
use crate::parse::notes::{Behind, Evidence, LONGEST, Sign, behind, leads_back, refers, sign};

/// By element: what it shows as a reference, and whether that is raised.
pub type References = BTreeMap<Id, (String, bool)>;

/// Something raised whose number decides only together with the others of the page.
struct Doubtful {
    id: Id,
    label: String,
    number: u32,
    behind: Behind,
    /// How many lines of the page stand before it.
    line: usize,
}

/// What is found on the way through a page.
#[derive(Default)]
struct Search {
    references: References,
    doubtful: Vec<Doubtful>,
    /// The raised numbers that do refer, each with its place among the doubtful.
    sure: Vec<(usize, u32)>,
    letters: Vec<(Id, String)>,
    /// The numbers and letters that notes begin with.
    noted: BTreeSet<String>,
    /// The numbers that lines begin with, each with the last such line.
    lines: BTreeMap<u32, usize>,
    line: usize,
    /// Whether what follows are notes: behind such a heading, or in an element that says so.
    in_notes: bool,
    /// The end of what stands before, on this line.
    before: String,
}

/// The references of a page. `looks`: what is declared for its elements.
pub fn references(arena: &Arena, looks: &BTreeMap<Id, Rc<Declared>>) -> References {
    let mut search = Search::default();
    let mut skipped: BTreeSet<Id> = BTreeSet::new();
    for id in arena.all() {
        if arena.parent(id).is_some_and(|parent| skipped.contains(&parent)) {
            skipped.insert(id);
            continue;
        }
        match &arena.nodes[id].data {
            Data::Text(words) => search.text(&words.text),
            Data::Element { name, .. } => {
                let element = element(&name.local);
                if element == Some(Element::Unread) || is_mathematics(&name.ns) {
                    skipped.insert(id);
                } else if element.is_some_and(Element::has_lines) {
                    search.begin_line(arena, id);
                } else if search.is_reference(arena, looks, id) {
                    skipped.insert(id);
                }
            }
            Data::Document | Data::Silent => {}
        }
    }
    search.decide()
}

fn is_mathematics(namespace: &str) -> bool {
    namespace == "http://www.w3.org/1998/Math/MathML"
}

impl Search {
    fn begin_line(&mut self, arena: &Arena, id: Id) {
        self.before.clear();
        self.line += 1;
        let node = &arena.nodes[id];
        let names = |key: &str| node.attribute(key).unwrap_or_default().to_ascii_lowercase();
        let says = |names: String| names.split_ascii_whitespace().any(is_of_notes);
        self.in_notes |= says(names("class"))
            || says(names("id"))
            || names("role").contains("doc-endnotes")
            || arena.is_html(id, "hr");
        let is_heading = matches!(element_of(arena, id), Some(Element::Heading(_)));
        if is_heading {
            self.in_notes = text_within(arena, id).is_some_and(|text| is_heading_of_notes(&text));
        }
        if self.in_notes && arena.is_html(id, "li") {
            let before = std::iter::successors(arena.before(id), |&item| arena.before(item))
                .take(300)
                .count();
            self.noted.insert((before + 1).to_string());
        }
    }

    fn text(&mut self, text: &str) {
        if self.before.is_empty() {
            self.begins_with_number(text.trim_start());
        }
        let words = text.trim_start();
        if words.is_empty() && self.before.is_empty() {
            return;
        }
        self.before.push_str(text);
        let excess = self.before.len().saturating_sub(64);
        let cut = self.before.ceil_char_boundary(excess);
        self.before.drain(..cut);
    }

    /// `1. Harbour book`, `[1] …`, `1 …`: a line that may be a note.
    fn begins_with_number(&mut self, text: &str) {
        let inner = text.trim_start_matches(['[', '(']);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let parted =
            inner[digits..].starts_with(['.', ')', ']', ' ', ':', '\u{A0}']) || inner.len() == digits;
        if let Ok(number) = inner[..digits.min(4)].parse::<u32>()
            && parted
            && digits <= 3
        {
            self.lines.insert(number, self.line);
            if self.in_notes {
                self.noted.insert(number.to_string());
            }
        }
    }

    /// Whether an element within a line is a reference, or may turn out to be one.
    fn is_reference(&mut self, arena: &Arena, looks: &BTreeMap<Id, Rc<Declared>>, id: Id) -> bool {
        let Some(label) = text_within(arena, id) else { return false };
        let names = Names::of(arena, id);
        let raised = is_raised(arena, looks, id);
        if names.leads_back(&label) || names.is_editorial() || (raised && names.is_note && is_place(&label)) {
            self.references.insert(id, (label, raised));
            return true;
        }
        let Some(sign) = sign(&label) else { return false };
        let linked = raised && (names.to_fragment || holds_link(arena, id) || within_link(arena, id));
        let bracketed = names.to_fragment && label.starts_with(['[', '［', '〔']);
        if names.is_note || linked || bracketed {
            if let Sign::Number(number) = sign {
                self.sure.push((self.doubtful.len(), number));
            }
            self.references.insert(id, (label, raised));
            return true;
        }
        if !raised || is_fraction(arena, id) || self.is_of_next_word(arena, id) {
            return false;
        }
        let begins = self.before.trim().is_empty();
        if begins {
            self.noted
                .insert(label.trim_matches(['[', ']', '(', ')', '.', ' ']).to_string());
        }
        match (&sign, behind(&self.before)) {
            (Sign::Letter(letter), behind) if behind != Behind::Start => {
                self.letters.push((id, letter.clone()))
            }
            (sign, behind) if refers(sign, behind, Evidence::Nothing) => {
                if let (Sign::Number(number), false) = (sign, begins) {
                    self.sure.push((self.doubtful.len(), *number));
                }
                self.references.insert(id, (label, true));
            }
            (Sign::Number(number), behind) => {
                self.doubtful
                    .push(Doubtful { id, label, number: *number, behind, line: self.line });
            }
            _ => return false,
        }
        true
    }

    /// Whether what is raised belongs to the letters behind it, as in the name of an isotope.
    fn is_of_next_word(&self, arena: &Arena, id: Id) -> bool {
        let mut next = text_behind(arena, id).unwrap_or_default().chars();
        let begins = next.next().is_some_and(char::is_alphabetic);
        let alone = next.next().is_none_or(|c| !c.is_lowercase());
        let after_space = self.before.ends_with(char::is_whitespace) && !self.before.trim().is_empty();
        begins && (after_space || (self.before.trim().is_empty() && alone))
    }

    fn decide(mut self) -> References {
        for (id, letter) in std::mem::take(&mut self.letters) {
            if self.noted.contains(&letter) {
                self.references.insert(id, (letter, true));
            }
        }
        let all_run = self.all_run_on();
        let taken: BTreeSet<u32> = self.sure.iter().map(|(_, number)| *number).collect();
        let mut last = 0;
        let mut sure = self.sure.iter().peekable();
        for (place, doubtful) in self.doubtful.iter().enumerate() {
            while let Some((_, number)) = sure.next_if(|(at, _)| *at <= place) {
                last = *number;
            }
            let next = sure.peek().map(|(_, number)| *number);
            let fills = !taken.is_empty()
                && doubtful.number == last + 1
                && !taken.contains(&doubtful.number)
                && next.is_none_or(|next| next > doubtful.number);
            let has_line = self
                .lines
                .get(&doubtful.number)
                .is_some_and(|line| *line > doubtful.line);
            let all_before = (1..=doubtful.number.min(1000)).all(|number| self.lines.contains_key(&number));
            let evidence = match () {
                () if self.noted.contains(&doubtful.number.to_string()) => Evidence::Strong,
                () if fills || all_run || (has_line && all_before) => Evidence::Weak,
                () => Evidence::Nothing,
            };
            if refers(&Sign::Number(doubtful.number), doubtful.behind, evidence) {
                last = doubtful.number;
                self.references.insert(doubtful.id, (doubtful.label.clone(), true));
            }
        }
        self.references
    }

    /// Whether all raised numbers that are in doubt run from 1 on, one after the other, and lines of the page
    /// begin with them.
    fn all_run_on(&self) -> bool {
        let numbers = self.doubtful.iter().map(|doubtful| doubtful.number);
        self.doubtful.len() > 1
            && numbers.eq(1..=self.doubtful.len() as u32)
            && self.sure.is_empty()
            && self.lines.contains_key(&1)
    }
}

fn element_of(arena: &Arena, id: Id) -> Option<Element> {
    if let Data::Element { name, .. } = &arena.nodes[id].data { element(&name.local) } else { None }
}

/// The text of an element, where it is as short as a reference is. Looks at few nodes, however many there
/// are.
fn text_within(arena: &Arena, id: Id) -> Option<String> {
    let mut text = String::new();
    for (count, below) in arena.below(id).enumerate() {
        if let Some(words) = arena.text(below) {
            text.push_str(words);
        }
        if count > 40 || text.len() > 4 * LONGEST {
            return None;
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

fn is_raised(arena: &Arena, looks: &BTreeMap<Id, Rc<Declared>>, id: Id) -> bool {
    let by_style = |id: Id| looks.get(&id).and_then(|look| look.shift()) == Some(Raised::Above);
    let by_name = |id: Id| arena.is_html(id, "sup") && !looks.get(&id).is_some_and(|look| look.is_on_line());
    // What a link or a span has in it alone is as raised as its like.
    let alone = |&id: &Id| {
        let mut children = arena
            .children(id)
            .filter(|&child| arena.text(child).is_none_or(|text| !text.trim().is_empty()));
        let first = children.next();
        first.filter(|_| children.next().is_none())
    };
    std::iter::successors(Some(id), alone)
        .take(8)
        .any(|id| by_name(id) || by_style(id))
}

/// `: 23`, `: 117–118`: the page of the work that the reference before it names.
fn is_place(label: &str) -> bool {
    label
        .strip_prefix(':')
        .is_some_and(|place| place.contains(|c: char| c.is_ascii_digit()))
}

/// `1/2` with the figures above and below: no note has such a number.
fn is_fraction(arena: &Arena, id: Id) -> bool {
    text_behind(arena, id).is_some_and(|text| text.trim_start().starts_with(['/', '⁄', '∕']))
}

/// The text that follows an element directly.
fn text_behind(arena: &Arena, id: Id) -> Option<&str> {
    std::iter::successors(arena.nodes[id].next(), |&id| arena.nodes[id].first_child())
        .take(8)
        .find_map(|id| arena.text(id))
}

fn holds_link(arena: &Arena, id: Id) -> bool {
    arena
        .below(id)
        .take(20)
        .any(|below| Names::of(arena, below).to_fragment)
}

fn within_link(arena: &Arena, id: Id) -> bool {
    let around = std::iter::successors(arena.parent(id), |&id| arena.parent(id)).take(3);
    around
        .take_while(|&id| element_of(arena, id).is_some_and(|element| !element.has_lines()))
        .any(|id| Names::of(arena, id).to_fragment)
}

/// What an element says of itself.
struct Names {
    /// The class, the role and the type, in lower case.
    said: String,
    /// The fragment that it leads to, in lower case.
    fragment: String,
    to_fragment: bool,
    is_note: bool,
}

impl Names {
    fn of(arena: &Arena, id: Id) -> Names {
        let node = &arena.nodes[id];
        let attribute = |key: &str| node.attribute(key).unwrap_or_default().to_ascii_lowercase();
        let said = format!("{} {} {}", attribute("class"), attribute("role"), attribute("epub:type"));
        let address = if arena.is_html(id, "a") { attribute("href") } else { String::new() };
        let fragment = address
            .split_once('#')
            .map(|(_, fragment)| fragment.to_string())
            .unwrap_or_default();
        let to_fragment = !fragment.is_empty();
        let by_name = said.split_ascii_whitespace().any(|name| {
            matches!(
                name,
                "doc-noteref"
                    | "noteref"
                    | "reference"
                    | "fnref"
                    | "fn-ref"
                    | "footnote-ref"
                    | "footnoteref"
                    | "footnote-reference"
                    | "footnotereference"
                    | "footnote-anchor"
                    | "footnote-link"
                    | "endnote-ref"
                    | "endnote-reference"
                    | "msofootnotereference"
                    | "msoendnotereference"
                    | "sdfootnoteanc"
                    | "sdendnoteanc"
                    | "sdfootnotesym"
                    | "sdendnotesym"
                    | "fussnote"
                    | "note-ref"
                    | "footnote__citation"
            )
        });
        let by_address = [
            "_ftn",
            "_edn",
            "fn",
            "ftn",
            "footnote",
            "endnote",
            "cite_note",
            "cite-note",
            "sdfootnote",
            "sdendnote",
            "note-",
        ]
        .iter()
        .any(|start| fragment.starts_with(start));
        Names { said, fragment, to_fragment, is_note: by_name || by_address }
    }

    fn leads_back(&self, label: &str) -> bool {
        let by_name = [
            "doc-backlink",
            "mw-cite-backlink",
            "footnote-back",
            "footnote-backref",
            "reversefootnote",
            "data-footnote-backref",
        ]
        .iter()
        .any(|name| self.said.split_ascii_whitespace().any(|said| said == *name));
        let by_address = ["_ftnref", "_ednref", "fnref", "cite_ref", "cite-ref", "ref-", "back"]
            .iter()
            .any(|start| self.fragment.starts_with(start));
        by_name || (self.to_fragment && leads_back(label)) || (by_address && sign(label).is_some())
    }

    /// `[citation needed]`: an editor's mark, raised and in brackets, that no one quotes.
    fn is_editorial(&self) -> bool {
        self.said
            .split_ascii_whitespace()
            .any(|name| name == "inline-template")
    }
}

/// Whether a class or an id is one of a place for notes.
fn is_of_notes(name: &str) -> bool {
    [
        "footnotes",
        "endnotes",
        "footnote",
        "endnote",
        "notes",
        "reflist",
        "references",
        "fussnoten",
        "fn-list",
        "footnote-list",
    ]
    .contains(&name)
}

fn is_heading_of_notes(text: &str) -> bool {
    let text = text.trim_end_matches(':').to_lowercase();
    [
        "notes",
        "footnotes",
        "endnotes",
        "references",
        "note",
        "anmerkungen",
        "fußnoten",
        "fussnoten",
        "einzelnachweise",
        "notes de bas de page",
        "notas",
        "notas al pie",
        "referencias",
        "referências",
        "note a piè di pagina",
        "note",
        "voetnoten",
        "noten",
        "przypisy",
        "примечания",
        "сноски",
        "注",
        "注释",
        "註",
        "註釋",
        "脚注",
        "각주",
        "chú thích",
        "catatan kaki",
        "fotnoter",
        "noter",
    ]
    .contains(&text.as_str())
}
