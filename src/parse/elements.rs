//! The elements of HTML: what each is to a reader, wherever it is typed, in a page or in Markdown.

/// What an element is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Nobody reads what is in it.
    Unread,
    /// It begins and ends a line.
    Line,
    Heading(u8),
    List {
        numbered: bool,
    },
    Item,
    Quote,
    /// Preformatted.
    Code,
    Table,
    TableHead,
    Row,
    Cell {
        header: bool,
    },
    Caption,
    /// A term that is defined.
    Term,
    Break,
    /// Where a long word may be broken.
    SoftBreak,
    Rule,
    Picture,
    Link,
    Emphasis,
    Strong,
    Struck,
    Raised,
    Lowered,
    InlineCode,
    /// A quotation within a line, which a browser puts in quotation marks.
    Quoted,
    Ruby,
    /// The reading of ruby, and the parentheses for browsers that know none.
    Reading,
    Parenthesis,
    /// A button and its like: a thing of its own within a line.
    Control,
    /// A list to choose from.
    Choice,
    Slot,
    /// Words within a line, of no form of their own.
    Within,
}

/// `None` for what is no element of HTML. The name is in lower case.
pub fn element(name: &str) -> Option<Element> {
    Some(match name {
        "applet" | "area" | "audio" | "base" | "basefont" | "bgsound" | "canvas" | "col" | "colgroup"
        | "datalist" | "embed" | "frame" | "frameset" | "head" | "iframe" | "input" | "link" | "map"
        | "meta" | "meter" | "noembed" | "noframes" | "noscript" | "object" | "param" | "progress"
        | "script" | "source" | "style" | "template" | "textarea" | "title" | "track" | "video" => {
            Element::Unread
        }
        "address" | "article" | "aside" | "body" | "center" | "dd" | "details" | "dialog" | "div" | "dl"
        | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup" | "html"
        | "legend" | "main" | "nav" | "optgroup" | "option" | "p" | "search" | "section" | "summary"
        | "tbody" | "tfoot" => Element::Line,
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "ul" | "menu" | "dir" => Element::List { numbered: false },
        "ol" => Element::List { numbered: true },
        "li" => Element::Item,
        "blockquote" => Element::Quote,
        "pre" | "listing" | "xmp" | "plaintext" => Element::Code,
        "table" => Element::Table,
        "thead" => Element::TableHead,
        "tr" => Element::Row,
        "td" => Element::Cell { header: false },
        "th" => Element::Cell { header: true },
        "caption" => Element::Caption,
        "dt" => Element::Term,
        "br" => Element::Break,
        "wbr" => Element::SoftBreak,
        "hr" => Element::Rule,
        "img" => Element::Picture,
        "a" => Element::Link,
        "em" | "i" | "cite" | "dfn" | "var" => Element::Emphasis,
        "strong" | "b" => Element::Strong,
        "del" | "s" | "strike" => Element::Struck,
        "sup" => Element::Raised,
        "sub" => Element::Lowered,
        "code" | "kbd" | "samp" | "tt" => Element::InlineCode,
        "q" => Element::Quoted,
        "ruby" => Element::Ruby,
        "rt" | "rtc" => Element::Reading,
        "rp" => Element::Parenthesis,
        "button" => Element::Control,
        "select" => Element::Choice,
        "slot" => Element::Slot,
        "abbr" | "acronym" | "bdi" | "bdo" | "big" | "blink" | "data" | "font" | "ins" | "label" | "mark"
        | "marquee" | "nobr" | "output" | "picture" | "rb" | "small" | "span" | "time" | "u" => {
            Element::Within
        }
        _ => return None,
    })
}

impl Element {
    /// Whether a browser gives it lines of its own, where no style says otherwise.
    pub fn has_lines(self) -> bool {
        match self {
            Element::Line
            | Element::Heading(_)
            | Element::List { .. }
            | Element::Item
            | Element::Quote
            | Element::Code
            | Element::Table
            | Element::TableHead
            | Element::Row
            | Element::Cell { .. }
            | Element::Caption
            | Element::Term
            | Element::Break
            | Element::Rule => true,
            Element::Unread
            | Element::SoftBreak
            | Element::Picture
            | Element::Link
            | Element::Emphasis
            | Element::Strong
            | Element::Struck
            | Element::Raised
            | Element::Lowered
            | Element::InlineCode
            | Element::Quoted
            | Element::Ruby
            | Element::Reading
            | Element::Parenthesis
            | Element::Control
            | Element::Choice
            | Element::Slot
            | Element::Within => false,
        }
    }
}
