//! A page as it is served: the published bytes with the script that keeps it up to date, and with a policy
//! that lets the script speak to its server. Never written to a file.

use std::ops::Range;

use memchr::memmem;

/// What the script is told about the page that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// The secret of this run.
    pub run: &'a str,
    /// `published` or `everything`.
    pub view: &'a str,
    /// The page's path in the site, as it stands in an address.
    pub page: &'a str,
    pub version: &'a str,
    pub sheet: &'a str,
    /// The same page in the other view, where there are two.
    pub other: Option<&'a str>,
}

/// The published page with the script in it. What follows from the page alone is the same for every run but
/// for the secret.
pub fn live(html: &[u8], told: &Told<'_>) -> Vec<u8> {
    let script = script(told);
    let end = memmem::rfind(html, b"</body>").unwrap_or(html.len());
    let policy = policy(&html[..end]);
    let mut page = Vec::with_capacity(html.len() + script.len() + 128);
    match policy {
        Some(place) => {
            page.extend_from_slice(&html[..place.start]);
            page.extend_from_slice(widened(&String::from_utf8_lossy(&html[place.clone()])).as_bytes());
            page.extend_from_slice(&html[place.end..end]);
        }
        None => page.extend_from_slice(&html[..end]),
    }
    page.extend_from_slice(script.as_bytes());
    page.extend_from_slice(&html[end..]);
    page
}

/// The tag of the script, with what it is told.
fn script(told: &Told<'_>) -> String {
    let Told { run, view, page, version, sheet, other } = told;
    let attributes = [
        ("run", Some(*run)),
        ("view", Some(*view)),
        ("page", Some(*page)),
        ("version", Some(*version)),
        ("sheet", Some(*sheet)),
        ("other", *other),
    ];
    let attributes: String = attributes
        .iter()
        .filter_map(|(name, value)| value.map(|value| format!(" data-{name}=\"{}\"", escaped(value))))
        .collect();
    format!("<script src=\"/~casebook/watch.js\"{attributes} defer></script>")
}

/// Where the page's policy stands: between the quotation marks of its `content`. Not looked for behind the
/// head, where a text may show one.
fn policy(html: &[u8]) -> Option<Range<usize>> {
    const META: &[u8] = b"<meta http-equiv=\"Content-Security-Policy\" content=\"";
    let head = memmem::find(html, b"</head>")?;
    let start = memmem::find(&html[..head], META)? + META.len();
    let end = start + memchr::memchr(b'"', &html[start..head])?;
    Some(start..end)
}

/// The policy, which is escaped as attributes are, with what the script needs: itself and its stylesheet, and
/// a line to the server. The published one has `script-src` and `style-src` already, all but that of the
/// plain page for addresses that there are not.
fn widened(policy: &str) -> String {
    const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];
    let policy = policy.replace("&#x27;", "'").replace("&#39;", "'");
    let mut parts: Vec<String> = policy
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    for name in NEEDED {
        match parts.iter_mut().find(|part| part.split(' ').next() == Some(name)) {
            Some(part) if part.contains("'self'") => {}
            Some(part) => part.push_str(" 'self'"),
            None => parts.push(format!("{name} 'self'")),
        }
    }
    parts.join("; ")
}

/// For an attribute between double quotation marks.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A short name of a page's content, and not of its stylesheet's: where the name stays and the sheet does
/// not, the sheet alone is changed in the open page. `sheet`: the file's name with the hash in it.
pub fn version(html: &[u8], sheet: Option<&str>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut rest = html;
    if let Some(sheet) = sheet {
        let finder = memmem::Finder::new(sheet);
        while let Some(at) = finder.find(rest) {
            hasher.update(&rest[..at]).update(b"\0");
            rest = &rest[at + sheet.len()..];
        }
    }
    hasher.update(rest);
    hasher.finalize().to_hex()[..16].to_owned()
}

/// The page that stands in where the first build has mistakes, or is not done.
pub fn waiting(words: &str, told: &Told<'_>) -> Vec<u8> {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; \
         style-src 'self'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" \
         content=\"light dark\">\
         <title>casebook</title><link rel=\"stylesheet\" href=\"/~casebook/watch.css\"></head>\
         <body class=\"waiting\"><main><h1>{}</h1></main></body></html>\n",
        escaped(words)
    );
    live(page.as_bytes(), told)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: Told<'_> =
        Told { run: "0f", view: "published", page: "a\"b.html", version: "1", sheet: "", other: None };

    const SCRIPT: &str = r#"<script src="/~casebook/watch.js" data-run="0f" data-view="published" data-page="a&quot;b.html" data-version="1" data-sheet="" defer></script>"#;

    fn check(html: &str) -> String {
        String::from_utf8(live(html.as_bytes(), &TOLD))
            .expect("still UTF-8")
            .replace(SCRIPT, "{script}")
    }

    #[test]
    fn the_script_stands_last_in_the_body_and_may_speak_to_its_server() {
        assert_eq!(
            check(
                "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
                    'self'; script-src 'self'\"></head><body><p>&lt;/body></p></body></html>"
            ),
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
                'self'; script-src 'self'; connect-src 'self'\"></head><body><p>&lt;/body></p>{script}</body\
                ></html>"
        );
    }

    #[test]
    fn a_policy_that_is_escaped_is_understood() {
        for quote in ["&#x27;", "&#39;"] {
            assert_eq!(
                widened(&"default-src 'none'; script-src 'self'; style-src 'self'".replace('\'', quote)),
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
            );
        }
    }

    #[test]
    fn a_narrower_policy_gets_what_the_script_needs_and_no_more() {
        assert_eq!(
            widened("default-src 'none'; style-src 'sha256-x='"),
            "default-src 'none'; style-src 'sha256-x=' 'self'; script-src 'self'; connect-src 'self'"
        );
    }

    #[test]
    fn a_page_of_somebody_elses_making_gets_the_script_alone() {
        assert_eq!(check("plain"), "plain{script}");
        assert_eq!(
            check("<body><meta http-equiv=\"Content-Security-Policy\" content=\"x\"></body>"),
            "<body><meta http-equiv=\"Content-Security-Policy\" content=\"x\">{script}</body>"
        );
        assert_eq!(check(""), "{script}");
    }

    #[test]
    fn the_version_is_that_of_the_page_without_its_sheet() {
        let page = |sheet: &str| format!("<link href=\"../assets/{sheet}\"><p>a</p>");
        assert_eq!(
            version(page("c.1.css").as_bytes(), Some("c.1.css")),
            version(page("c.2.css").as_bytes(), Some("c.2.css"))
        );
        assert_ne!(version(page("c.1.css").as_bytes(), None), version(page("c.2.css").as_bytes(), None));
        assert_ne!(version(b"a", Some("c.1.css")), version(b"b", Some("c.1.css")));
    }

    proptest::proptest! {
        #[test]
        fn all_else_of_a_page_stays(html in "(<head>|</head>|<body>|</body>|<meta \
            http-equiv=\"Content-Security-Policy\" content=\"|script-src 'self'|; |\"|>|é| ){0,12}") {
            let page = check(&html);
            let without = page.replacen("{script}", "", 1);
            if policy(&html.as_bytes()[..html.rfind("</body>").unwrap_or(html.len())]).is_none() {
                proptest::prop_assert_eq!(without, html);
            }
        }
    }
}
