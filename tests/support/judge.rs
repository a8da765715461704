//! What every page of every site owes its reader, whatever stood in the dossier.
//!
//! A judge takes the site as a map from paths to bytes and returns its complaints, one sentence each. Pages
//! are judged as browsers parse them. Nothing here knows a dossier: what may stand in a page is the same for
//! all.

use std::collections::{BTreeMap, BTreeSet};

use super::dom::{Data, Document, NodeId};

pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that a page of ours is made of. What is missing here has no place in a page: no form, no frame,
/// no plug-in.
const ELEMENTS: &str = "\
    html head meta title link script body header footer main nav section article aside div h1 h2 h3 h4 h5 h6 hgroup p ul ol li dl \
    dt dd blockquote pre hr figure figcaption details summary table caption colgroup col thead tbody tfoot tr th td a mark em \
    strong i b s del ins u small sup sub code kbd samp q cite span bdi bdo abbr time data br wbr img search input button label \
    output noscript template fieldset legend select option dialog";

/// The same for drawings: lines and letters, nothing foreign in them.
const DRAWN: &str = "\
    svg g path circle rect line polyline polygon text tspan title desc use a";

/// Attributes that do nothing but describe. `href` and `src` are looked at on their own.
const ATTRIBUTES: &str = "\
    id class lang dir role title hidden tabindex translate href src alt width height loading decoding rel hreflang type charset \
    name content http-equiv property media color sizes cite datetime value start reversed colspan rowspan scope headers span open \
    for defer async autocomplete placeholder spellcheck checked disabled selected popover popovertarget download inert autofocus \
    viewBox xmlns d x y x1 x2 y1 y2 cx cy r rx ry points transform fill stroke stroke-width text-anchor preserveAspectRatio \
    focusable dx dy";

/// Every complaint about the safety of one page: elements, attributes, addresses, scripts, styles, policy.
pub fn unsafe_parts(path: &str, page: &[u8]) -> Vec<String> {
    let document = Document::parse(page);
    let mut complaints = Vec::new();
    let policy = policy(&document);
    let mut complain = |words: String| complaints.push(format!("{path}: {words}"));
    if policy.is_none() && path.ends_with(".html") {
        complain("has no content security policy".to_string());
    }
    let policy = policy.unwrap_or_default();
    if policy.contains("unsafe")
        || policy.contains("http:")
        || policy.contains("https:")
        || policy.contains('*')
    {
        complain(format!("its policy allows too much: {policy}"));
    }
    for node in document.elements() {
        let name = document.name(node);
        let hashed_style = name == "style" && style_is_hashed(&document, node, &policy);
        let known = match name.split_once(' ') {
            Some((space, name)) => space == "svg" && one_of(DRAWN, name),
            None => one_of(ELEMENTS, name),
        };
        if !known && !hashed_style {
            complain(format!("holds <{name}>"));
        }
        if name == "script"
            && document.attribute(node, "src").is_none()
            && document.attribute(node, "type") != Some("application/ld+json")
        {
            complain("holds an inline script".to_string());
        }
        for (key, value) in document.attributes(node) {
            let known = one_of(ATTRIBUTES, key) || key.starts_with("data-") || key.starts_with("aria-");
            if !known || key.starts_with("on") || key == "style" {
                complain(format!("<{name}> has the attribute {key}={value:?}"));
            }
            let canonical = name == "link" && document.attribute(node, "rel") == Some("canonical");
            if let Some(words) = bad_address(name, key, value).filter(|_| !canonical) {
                complain(words);
            }
        }
    }
    complaints
}

fn one_of(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

fn policy(document: &Document) -> Option<String> {
    let metas = document.elements().filter(|&node| document.name(node) == "meta");
    let policies = metas.filter(|&node| {
        document
            .attribute(node, "http-equiv")
            .is_some_and(|value| value.eq_ignore_ascii_case("content-security-policy"))
    });
    policies
        .filter_map(|node| document.attribute(node, "content").map(str::to_string))
        .next()
}

/// `404.html` alone has a style of its own, named by its hash in its policy.
fn style_is_hashed(document: &Document, node: NodeId, policy: &str) -> bool {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(document.text(node).as_bytes());
    policy.contains(&format!("'sha256-{}'", base64(&hash)))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let number =
            group.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Addresses are relative, or lead out by http, https or mailto; and only a reader who clicks follows those.
fn bad_address(element: &str, key: &str, value: &str) -> Option<String> {
    let attribute = key.rsplit(':').next().unwrap_or(key);
    if !matches!(
        attribute,
        "href" | "src" | "srcset" | "action" | "formaction" | "poster" | "data" | "cite" | "background"
    ) {
        return (attribute == "ping").then(|| format!("<{element}> pings"));
    }
    let seen: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect::<String>()
        .to_ascii_lowercase();
    let Some((scheme, _)) = scheme(&seen) else {
        return seen
            .starts_with('/')
            .then(|| format!("<{element}> has the absolute address {value:?}"));
    };
    let followed = element == "a" || attribute == "cite";
    match scheme {
        "http" | "https" if followed => None,
        "mailto" if element == "a" => None,
        _ => Some(format!("<{element}> has {key}={value:?}")),
    }
}

fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some((scheme, rest))
}

/// Every complaint about how the pages of a site hang together.
pub fn loose_ends(files: &Files) -> Vec<String> {
    let pages: BTreeMap<&str, Document> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), Document::parse(bytes)))
        .collect();
    let ids: BTreeMap<&str, Vec<&str>> =
        pages.iter().map(|(path, document)| (*path, ids(document))).collect();
    let mut complaints = Vec::new();
    let mut links: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, document) in &pages {
        let mut seen = BTreeSet::new();
        complaints.extend(
            ids[path]
                .iter()
                .filter(|id| !seen.insert(**id))
                .map(|id| format!("{path}: two elements have the id {id:?}")),
        );
        complaints.extend(outline(document).into_iter().map(|words| format!("{path}: {words}")));
        for node in document.elements() {
            for address in ["href", "src"].iter().filter_map(|key| document.attribute(node, key)) {
                if scheme(address).is_some() {
                    continue;
                }
                match target(path, address) {
                    None => complaints.push(format!("{path}: {address:?} leads out of the site")),
                    Some((file, _)) if !files.contains_key(&file) => {
                        complaints.push(format!("{path}: {address:?} leads to no file"))
                    }
                    Some((file, fragment)) => {
                        let found = fragment.as_ref().is_none_or(|id| {
                            ids.get(file.as_str()).is_some_and(|ids| ids.contains(&id.as_str()))
                        });
                        if !found {
                            complaints.push(format!("{path}: {address:?} leads to no id"));
                        }
                        if document.name(node) == "a" {
                            links.entry(path).or_default().insert(file);
                        }
                    }
                }
            }
            complaints.extend(
                spoken_of_nothing(document, node, &ids[path]).map(|words| format!("{path}: {words}")),
            );
        }
    }
    complaints.extend(unreachable(&pages, &links));
    complaints
}

fn ids(document: &Document) -> Vec<&str> {
    document
        .elements()
        .filter_map(|node| document.attribute(node, "id"))
        .collect()
}

/// A page has a title, one first heading and no gap in its outline.
fn outline(document: &Document) -> Vec<String> {
    let mut complaints = Vec::new();
    if document
        .first("title")
        .is_none_or(|node| document.text(node).trim().is_empty())
    {
        complaints.push("has no title".to_string());
    }
    let levels = document
        .elements()
        .filter_map(|node| match document.name(node).as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some((level - b'0', document.text(node))),
            _ => None,
        });
    let levels: Vec<(u8, String)> = levels.collect();
    let first = levels.iter().filter(|(level, _)| *level == 1).count();
    if first != 1 {
        complaints.push(format!("has {first} headings of the first level"));
    }
    for pair in levels.windows(2) {
        if pair[1].0 > pair[0].0 + 1 {
            complaints.push(format!("its outline skips a level at {:?}", pair[1].1.trim()));
        }
    }
    for (_, words) in levels.iter().filter(|(_, words)| words.trim().is_empty()) {
        complaints.push(format!("has an empty heading {words:?}"));
    }
    complaints
}

/// `aria-labelledby`, `aria-describedby`, `for` … name ids of the page.
fn spoken_of_nothing<'a>(
    document: &'a Document,
    node: NodeId,
    ids: &'a [&str],
) -> impl Iterator<Item = String> + 'a {
    let keys = [
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-details",
        "for",
        "headers",
        "popovertarget",
    ];
    let named = keys.into_iter().flat_map(move |key| {
        document
            .attribute(node, key)
            .into_iter()
            .flat_map(str::split_whitespace)
    });
    named
        .filter(|id| !ids.contains(id))
        .map(|id| format!("an attribute names the id {id:?}, which is not there"))
}

/// Where a relative address leads: the file and the decoded fragment. `None` where it leaves the site.
fn target(page: &str, address: &str) -> Option<(String, Option<String>)> {
    let (path, fragment) = address
        .split_once('#')
        .map_or((address, None), |(path, fragment)| (path, Some(decoded(fragment))));
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return Some((page.to_string(), fragment));
    }
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let path = decoded(path);
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), fragment))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let number = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match number.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(number) => {
                bytes.push(number);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every page is a walk away from the front page, save those that only a host or an old link shows.
fn unreachable(pages: &BTreeMap<&str, Document>, links: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let mut seen = BTreeSet::from(["index.html"]);
    let mut next = vec!["index.html"];
    while let Some(page) = next.pop() {
        for target in links.get(page).into_iter().flatten() {
            if let Some((path, _)) = pages.get_key_value(target.as_str())
                && seen.insert(path)
            {
                next.push(path);
            }
        }
    }
    let lost = pages
        .iter()
        .filter(|(path, document)| **path != "404.html" && !leads_on(document) && !seen.contains(**path));
    lost.map(|(path, _)| format!("{path}: no path of links leads here from the front page"))
        .collect()
}

/// Whether a page only leads on to another: what a former id leaves behind.
pub fn leads_on(document: &Document) -> bool {
    document.elements().any(|node| {
        document.name(node) == "meta"
            && document
                .attribute(node, "http-equiv")
                .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
    })
}

/// Stylesheets and scripts ask no other site for anything.
pub fn outside_requests(files: &Files) -> Vec<String> {
    let asking = ["http:", "https:", "url(//", "url(\"//", "url('//", "@import", "javascript:"];
    let sheets = files.iter().filter(|(path, _)| path.ends_with(".css"));
    let mut complaints = Vec::new();
    for (path, bytes) in sheets {
        let text = String::from_utf8_lossy(bytes);
        complaints.extend(
            asking
                .iter()
                .filter(|words| text.contains(**words))
                .map(|words| format!("{path}: holds {words:?}")),
        );
    }
    complaints
}

/// Comments are for the theme's authors; none reaches a reader.
pub fn comments(path: &str, page: &[u8]) -> Vec<String> {
    let document = Document::parse(page);
    let found = document
        .walk()
        .into_iter()
        .filter(|&node| matches!(document.data(node), Data::Comment(_)));
    found
        .map(|node| format!("{path}: holds a comment: {:?}", document.data(node)))
        .collect()
}
