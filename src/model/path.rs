//! Paths that carry proof: an `InputPath` names a file of the dossier, a `SitePath` a file of the site.
//!
//! Both are relative, use `/`, and hold no `.`, `..`, empty or absolute part, so that nothing built from them
//! leaves its folder. A path becomes a URL in exactly one function: `SitePath::link_to`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A file that was read: relative to the dossier's folder, `/` between parts, as the disk spells it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InputPath(Arc<str>);

/// A file of the site: relative to the output folder, `/` between parts, NFC, safe on every file system.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl TryFrom<String> for InputPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<InputPath, &'static str> {
        InputPath::new(&path).ok_or("a path that leaves the dossier")
    }
}

impl From<InputPath> for String {
    fn from(path: InputPath) -> String {
        path.as_str().to_owned()
    }
}

impl InputPath {
    /// `None` where the path is empty, absolute, or has a part that is empty, `.` or `..`.
    pub fn new(path: &str) -> Option<InputPath> {
        stays_inside(path).then(|| InputPath(path.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `seeds/a/b.txt` → `b.txt`
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// `seeds/a/b.tar.gz` → `gz`; empty where there is none.
    pub fn extension(&self) -> &str {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// The path without its last extension: `seeds/a/b.txt` → `seeds/a/b`.
    pub fn without_extension(&self) -> &str {
        match self.extension() {
            "" => &self.0,
            extension => &self.0[..self.0.len() - extension.len() - 1],
        }
    }

    /// The folder that holds the file; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What a relative address written in this file points at, if it stays in the dossier.
    /// Takes `.` and `..` as a browser would; `None` where they lead out.
    pub fn join(&self, relative: &str) -> Option<InputPath> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        InputPath::new(&parts.join("/"))
    }
}

impl SitePath {
    /// `None` where the path could leave the output folder or names nothing.
    pub fn new(path: &str) -> Option<SitePath> {
        stays_inside(path).then(|| SitePath(path.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `sources/a.html` → 1: how many folders deep the file lies.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The relative URL that leads from this page to another file of the site, percent-encoded where a URL
    /// needs it. The one place where a path becomes a URL.
    pub fn link_to(&self, target: &SitePath, fragment: Option<&str>) -> String {
        let mut url = String::with_capacity(target.0.len() + 3 * self.depth());
        if *self == *target && fragment.is_some() {
            // a link within the page: the fragment alone, which no host rewrites
        } else {
            let shared = self
                .0
                .split('/')
                .zip(target.0.split('/'))
                .take_while(|(a, b)| a == b)
                .count();
            let shared = shared.min(self.depth()).min(target.depth());
            for _ in shared..self.depth() {
                url.push_str("../");
            }
            let rest: Vec<&str> = target.0.split('/').skip(shared).collect();
            percent_encode(&rest.join("/"), &mut url);
        }
        if let Some(fragment) = fragment {
            url.push('#');
            percent_encode(fragment, &mut url);
        }
        url
    }

    /// The path as it stands in an absolute address, behind a base URL that ends in `/`.
    pub fn url_path(&self) -> String {
        let mut url = String::new();
        percent_encode(&self.0, &mut url);
        url
    }
}

/// Unreserved characters of RFC 3986 and `/` stay; letters of every script stay too, since browsers show and
/// send them right (RFC 3987) and a reader can read them.
fn percent_encode(text: &str, url: &mut String) {
    for c in text.chars() {
        if c.is_alphanumeric() || "-._~/".contains(c) {
            url.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                url.push_str(&format!("%{byte:02X}"));
            }
        }
    }
}

fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\0', '\\'])
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

impl fmt::Display for InputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str) -> SitePath {
        SitePath::new(path).expect("a path of the site")
    }

    #[test]
    fn a_path_that_leaves_its_folder_is_no_path() {
        for path in ["", "/etc/passwd", "a//b", "../a", "a/../b", "a/.", "a\\b", "a\0"] {
            assert_eq!(InputPath::new(path), None, "{path:?}");
            assert_eq!(SitePath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn links_are_relative_and_end_in_a_file() {
        assert_eq!(site("index.html").link_to(&site("sources/a.html"), None), "sources/a.html");
        assert_eq!(site("sources/a.html").link_to(&site("index.html"), None), "../index.html");
        assert_eq!(site("sources/a.html").link_to(&site("sources/b.html"), Some("n-x")), "b.html#n-x");
        assert_eq!(site("sources/a.html").link_to(&site("topics/t.html"), None), "../topics/t.html");
        assert_eq!(site("sources/a.html").link_to(&site("sources/a.html"), Some("n-x")), "#n-x");
        assert_eq!(site("a/b/c.html").link_to(&site("a/d.html"), None), "../d.html");
    }

    #[test]
    fn what_a_browser_would_misread_is_encoded_and_letters_stay() {
        assert_eq!(
            site("index.html").link_to(&site("sources/历史 100%.html"), None),
            "sources/历史%20100%25.html"
        );
    }

    #[test]
    fn a_relative_address_is_joined_as_a_browser_would_and_never_leaves() {
        let file = InputPath::new("annotations/topics/a.md").expect("relative");
        assert_eq!(file.join("../b.md"), InputPath::new("annotations/b.md"));
        assert_eq!(file.join("../../seeds/x.txt"), InputPath::new("seeds/x.txt"));
        assert_eq!(file.join("../../../etc/passwd"), None);
    }
}
