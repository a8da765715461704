//! Which requests are answered: those of this machine's own browser, from a page of this server or typed by a
//! person.
//!
//! A server on loopback is reached by every page that the browser has open, and by every name whose owner
//! points it at 127.0.0.1 (DNS rebinding). So the Host must be one of ours, word for word; a page of another
//! origin is told by `Origin` or `Sec-Fetch-Site` and refused, navigation included, since what is private is
//! shown here. There is no header that loosens any of this.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    pub reason: &'static str,
}

const NOT_HERE: Refusal =
    Refusal { status: StatusCode::MISDIRECTED_REQUEST, reason: "this address is not served here" };
const FOREIGN: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    reason: "another site led here, and is not shown what is served: type the address, or open it in \
        a new tab",
};
const READ_ONLY: Refusal =
    Refusal { status: StatusCode::METHOD_NOT_ALLOWED, reason: "this server is only read from" };

/// Whether a request is answered by the server that listens on `port`.
pub fn admit(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<(), Refusal> {
    let hosts = names(port);
    let is_ours = |host: &str| hosts.iter().any(|name| name == host);
    let host = only(headers, header::HOST).ok_or(NOT_HERE)?;
    if !is_ours(host) || uri.authority().is_some_and(|authority| !is_ours(authority.as_str())) {
        return Err(NOT_HERE);
    }
    if headers.contains_key(header::ORIGIN) {
        let origin = only(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        if origin != Some(host) {
            return Err(FOREIGN);
        }
    }
    if headers.contains_key("sec-fetch-site")
        && !matches!(only(headers, "sec-fetch-site"), Some("same-origin" | "none"))
    {
        return Err(FOREIGN);
    }
    match *method {
        Method::GET | Method::HEAD => Ok(()),
        _ => Err(READ_ONLY),
    }
}

/// The names that a browser may call this server by.
fn names(port: u16) -> Vec<String> {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    let plain = hosts.iter().filter(|_| port == 80).map(|host| (*host).to_owned());
    hosts
        .iter()
        .map(|host| format!("{host}:{port}"))
        .chain(plain)
        .collect()
}

/// A header that stands there once and is text.
fn only(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Whether two secrets are one, in a time that does not tell how much of them is.
pub fn is_same(secret: &str, told: &str) -> bool {
    secret.len() == told.len()
        && secret
            .bytes()
            .zip(told.bytes())
            .fold(0, |differences, (a, b)| differences | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    /// The status of a GET with the given headers, one a line; 200 where it is answered.
    fn check(target: &str, headers: &str) -> u16 {
        status(&Method::GET, target, headers)
    }

    fn status(method: &Method, target: &str, headers: &str) -> u16 {
        let mut map = HeaderMap::new();
        for line in headers.lines() {
            let (name, value) = line.split_once(": ").expect("`name: value`");
            let name: header::HeaderName = name.parse().expect("a header's name");
            map.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header's value"));
        }
        admit(method, &target.parse().expect("an address"), &map, 4321)
            .map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn our_three_names_are_answered() {
        for host in ["localhost:4321", "127.0.0.1:4321", "[::1]:4321"] {
            assert_eq!(check("/", &format!("host: {host}")), 200, "{host}");
            assert_eq!(check(&format!("http://{host}/"), &format!("host: {host}")), 200, "{host}");
        }
    }

    #[test]
    fn every_other_host_is_somebody_elses() {
        let hosts = [
            "localhost",
            "127.0.0.1",
            "localhost:80",
            "localhost:43210",
            "LOCALHOST:4321",
            "localhost.:4321",
            "evil.example:4321",
            "localhost:4321.evil.example",
            "127.0.0.1:4321@evil.example",
            "evil.example@localhost:4321",
            "127.0.0.2:4321",
            "127.1:4321",
            "0.0.0.0:4321",
            "0x7f.1:4321",
            "2130706433:4321",
            "[::]:4321",
            "[0:0:0:0:0:0:0:1]:4321",
            "[::ffff:127.0.0.1]:4321",
            "localhost:04321",
            " ",
            "localhost:4321, evil.example",
            "l\u{f6}calhost:4321",
        ];
        for host in hosts {
            assert_eq!(check("/", &format!("host: {host}")), 421, "{host}");
        }
        assert_eq!(check("/", "accept: */*"), 421, "no host");
        assert_eq!(check("/", "host: localhost:4321\nhost: localhost:4321"), 421, "two hosts");
        assert_eq!(check("/", "host: evil.example\nx-forwarded-host: localhost:4321"), 421);
        assert_eq!(check("http://evil.example/", "host: localhost:4321"), 421, "the target's own host");
    }

    #[test]
    fn other_origins_are_refused() {
        assert_eq!(check("/", "host: localhost:4321\norigin: http://localhost:4321"), 200);
        for origin in [
            "null",
            "http://evil.example",
            "https://localhost:4321",
            "http://localhost:3000",
            "http://127.0.0.1:4321",
            "file://",
            "",
        ] {
            assert_eq!(check("/", &format!("host: localhost:4321\norigin: {origin}")), 403, "{origin}");
        }
        assert_eq!(
            check("/", "host: localhost:4321\norigin: http://localhost:4321\norigin: http://evil.example"),
            403
        );
    }

    #[test]
    fn what_another_site_began_is_refused() {
        for (site, expected) in [
            ("same-origin", 200),
            ("none", 200),
            ("same-site", 403),
            ("cross-site", 403),
            ("", 403),
            ("x", 403),
        ] {
            assert_eq!(
                check("/", &format!("host: localhost:4321\nsec-fetch-site: {site}")),
                expected,
                "{site}"
            );
        }
    }

    #[test]
    fn nothing_is_written() {
        assert_eq!(status(&Method::HEAD, "/", "host: localhost:4321"), 200);
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            assert_eq!(status(&method, "/", "host: localhost:4321"), 405, "{method}");
        }
    }

    #[test]
    fn a_secret_is_the_same_or_not() {
        assert!(is_same("abc", "abc"));
        for told in ["", "ab", "abd", "abcd", "Abc"] {
            assert!(!is_same("abc", told), "{told}");
        }
    }
}
