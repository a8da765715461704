//! What a page says, without how it looks: headings, text, links, marks, tables; no class, no wrapper, no
//! theme.
//!
//! Goldens hold this and not the page's bytes, so that a change of the theme leaves them alone and a change
//! of what is published does not. The notation is close to Markdown: `## heading {#id}`, `[words](address)`,
//! `⟦#n-id words⟧` for a mark (`⟦words⟧` for its later pieces), `| cells |`. What only a screen reader or a
//! tool reads is kept too.

use super::dom::{Data, Document, NodeId};

/// The page's own part, without the header and footer that every page has.
pub fn overview(page: &[u8]) -> String {
    let document = Document::parse(page);
    let title = document
        .first("title")
        .map(|node| squeezed(&document.text(node)))
        .unwrap_or_default();
    let root = document.first("main").or_else(|| document.first("body")).unwrap_or(0);
    let mut writer = Writer {
        document: &document,
        out: format!("title: {title}\n"),
        line: String::new(),
        indent: 0,
        lead: String::new(),
    };
    writer.children(root);
    writer.flush();
    writer.out
}

/// The frame of a page: what stands in `head` and outside `main`.
pub fn frame(page: &[u8]) -> String {
    let document = Document::parse(page);
    let mut out = String::new();
    for node in document.elements() {
        match document.name(node) {
            name @ ("meta" | "link" | "script" | "base") => {
                let attributes: Vec<String> = document
                    .attributes(node)
                    .iter()
                    .map(|(key, value)| format!("{key}={:?}", unhashed(value)))
                    .collect();
                out.push_str(&format!("{name} {}\n", attributes.join(" ")));
            }
            "html" => out
                .push_str(&format!("html lang={:?}\n", document.attribute(node, "lang").unwrap_or_default())),
            _ => {}
        }
    }
    let body = document.first("body").unwrap_or(0);
    let mut writer = Writer { document: &document, out, line: String::new(), indent: 0, lead: String::new() };
    for &child in document.children(body) {
        if document.name(child) == "main" {
            writer.flush();
            writer.out.push_str("main …\n");
        } else {
            writer.node(child);
        }
    }
    writer.flush();
    writer.out
}

/// `assets/casebook.1f2e3d4c.css` → `assets/casebook.HASH.css`: which bytes the theme has is not the
/// dossier's business.
pub fn unhashed(path: &str) -> String {
    let is_hash = |part: &&str| part.len() >= 8 && part.chars().all(|c| c.is_ascii_hexdigit());
    let parts: Vec<&str> = path
        .split('.')
        .map(|part| if is_hash(&part) { "HASH" } else { part })
        .collect();
    parts.join(".")
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
    /// The run of inline content that has not been written yet.
    line: String,
    indent: usize,
    /// What the next line begins with: a list's mark.
    lead: String,
}

impl Writer<'_> {
    fn children(&mut self, node: NodeId) {
        for &child in self.document.children(node) {
            self.node(child);
        }
    }

    fn node(&mut self, node: NodeId) {
        match self.document.data(node) {
            Data::Document => self.children(node),
            Data::Text(words) => self.line.push_str(words),
            Data::Comment(words) => self.line.push_str(&format!("<!--{words}-->")),
            Data::Element { name, .. } => self.element(node, name),
        }
    }

    fn element(&mut self, node: NodeId, name: &str) {
        match name {
            "script" | "style" | "link" | "meta" | "title" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name[1..].parse().unwrap_or(1);
                self.block(node, &format!("{} ", "#".repeat(level)));
            }
            "p" | "dt" | "summary" | "caption" | "figcaption" | "legend" | "label" => self.block(node, ""),
            "li" => self.nested(node, "- "),
            "dd" => self.nested(node, ": "),
            "blockquote" => self.nested(node, "> "),
            "tr" => self.row(node),
            "pre" => self.preformatted(node),
            "hr" => self.whole("---"),
            "br" => self.line.push('⏎'),
            "wbr" => {}
            "img" => {
                let of = |key| self.document.attribute(node, key).unwrap_or_default();
                let picture = format!("![{}]({})", of("alt"), of("src"));
                self.line.push_str(&picture);
            }
            "input" | "button" | "select" | "textarea" => self.control(node, name),
            "a" => {
                let target = self
                    .document
                    .attribute(node, "href")
                    .map_or(String::new(), |href| format!("({href})"));
                let id = self.id(node);
                self.inline(node, "[", &format!("]{target}{id}"));
            }
            "mark" => {
                let open = self
                    .document
                    .attribute(node, "id")
                    .map_or("⟦".to_string(), |id| format!("⟦#{id} "));
                self.inline(node, &open, "⟧");
            }
            "em" | "i" => self.inline(node, "*", "*"),
            "strong" | "b" => self.inline(node, "**", "**"),
            "code" => self.inline(node, "`", "`"),
            "s" | "del" => self.inline(node, "~~", "~~"),
            "sup" => self.inline(node, "^(", ")"),
            "sub" => self.inline(node, "_(", ")"),
            "q" => self.inline(node, "“", "”"),
            "span" | "small" | "cite" | "bdi" | "bdo" | "abbr" | "time" | "data" | "u" => {
                let (open, close) = self.spoken(node);
                self.inline(node, &open, &close);
            }
            _ => self.container(node, name),
        }
    }

    /// Language, direction and name of a piece of text, where it has any.
    fn spoken(&self, node: NodeId) -> (String, String) {
        let said: Vec<String> = ["lang", "dir", "aria-label", "title", "datetime", "id"]
            .iter()
            .filter_map(|key| Some(format!("{key}={}", self.document.attribute(node, key)?)))
            .collect();
        if said.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("‹{}: ", said.join(" ")), "›".to_string())
        }
    }

    fn id(&self, node: NodeId) -> String {
        self.document
            .attribute(node, "id")
            .map_or(String::new(), |id| format!(" {{#{id}}}"))
    }

    fn inline(&mut self, node: NodeId, open: &str, close: &str) {
        self.line.push_str(open);
        self.children(node);
        self.line.push_str(close);
    }

    fn block(&mut self, node: NodeId, lead: &str) {
        self.flush();
        self.line.push_str(lead);
        self.children(node);
        self.line.push_str(&self.marks_of(node));
        self.flush();
    }

    /// A block of blocks, indented under its mark.
    fn nested(&mut self, node: NodeId, lead: &str) {
        self.flush();
        self.lead.push_str(lead);
        self.line.push_str(&self.marks_of(node));
        self.indent += lead.len();
        self.children(node);
        self.flush();
        self.indent -= lead.len();
        self.lead.clear();
    }

    /// A wrapper is shown only where it says something: a name, an id, a role.
    fn container(&mut self, node: NodeId, name: &str) {
        self.flush();
        let marks = self.marks_of(node);
        let says = !marks.is_empty()
            || matches!(name, "details" | "dialog" | "form" | "iframe" | "object")
            || name.contains(' ');
        if says {
            self.whole(&format!("<{name}{marks}>"));
            self.indent += 2;
        }
        self.children(node);
        self.flush();
        if says {
            self.indent -= 2;
        }
    }

    fn marks_of(&self, node: NodeId) -> String {
        let of = |key: &str| self.document.attribute(node, key);
        let mut marks = self.id(node);
        for key in ["role", "aria-label", "lang", "dir", "hidden", "data-state"] {
            if let Some(value) = of(key) {
                marks.push_str(&format!(" {key}={value}"));
            }
        }
        marks
    }

    fn row(&mut self, row: NodeId) {
        self.flush();
        let mut cells = Vec::new();
        for &cell in self.document.children(row) {
            if !self.document.name(cell).is_empty() {
                let (lead, indent, out) = (
                    std::mem::take(&mut self.lead),
                    std::mem::take(&mut self.indent),
                    std::mem::take(&mut self.out),
                );
                self.children(cell);
                self.flush();
                let text = std::mem::replace(&mut self.out, out);
                (self.lead, self.indent) = (lead, indent);
                cells.push(text.trim().replace('\n', " ⏎ "));
            }
        }
        self.whole(&format!("| {} |", cells.join(" | ")));
    }

    fn preformatted(&mut self, node: NodeId) {
        self.flush();
        let outer = std::mem::take(&mut self.out);
        self.children(node);
        let text = std::mem::take(&mut self.line);
        self.out = outer;
        self.whole("```");
        for line in text.trim_matches('`').trim_end_matches('\n').split('\n') {
            self.whole(line);
        }
        self.whole("```");
    }

    fn control(&mut self, node: NodeId, name: &str) {
        let attributes: Vec<String> = self
            .document
            .attributes(node)
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        self.line.push_str(&format!("<{name} {}>", attributes.join(" ")));
        self.children(node);
    }

    fn flush(&mut self) {
        let line = squeezed(&self.line);
        self.line.clear();
        if !line.is_empty() {
            self.whole(&line);
        }
    }

    fn whole(&mut self, line: &str) {
        let lead = std::mem::take(&mut self.lead);
        let indent = self.indent.saturating_sub(lead.len());
        let line = format!("{}{lead}{line}", " ".repeat(indent));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// Runs of white space that a browser shows as one space; hard spaces stay and are shown, and so is what
/// nobody sees.
fn squeezed(text: &str) -> String {
    let words: Vec<&str> = text
        .split([' ', '\n', '\t', '\r', '\x0c'])
        .filter(|word| !word.is_empty())
        .collect();
    words
        .join(" ")
        .chars()
        .map(|c| if unseen(c) { format!("⟨{:04X}⟩", u32::from(c)) } else { c.to_string() })
        .collect()
}

/// Soft hyphens, hard and odd spaces, zero-width and bidirectional controls: named, so that a snapshot shows
/// what it holds.
fn unseen(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
