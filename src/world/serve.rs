//! The site on loopback, for the browser beside the editor. Every page is made when it is asked for, by its
//! exact path in the plan of the site: no path of a disk is ever made from a request. Nothing can be written
//! through it.
//!
//! `guard` says who is answered, `live` what is added to a page, `events` who listens for changes, `overlay`
//! what they are told of mistakes. The pages themselves come from whoever holds the compiled dossier
//! (`shown`).

pub mod events;
pub mod guard;
pub mod live;
pub mod overlay;
pub mod shown;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Semaphore, oneshot};

use crate::View;
use crate::model::path::SitePath;
use crate::world::stop::{Stop, failed};
use events::{Listener, Listeners, PULSE, event};
use guard::{admit, is_same};
use live::{Told, live, version, waiting};
use shown::{Answer, AnswerKind, Ask};

/// Where the second view begins. No slug holds a `~`, so no page can lie there.
const EVERYTHING: &str = "~everything/";

const SCRIPT: &str = include_str!("serve/watch.js");
const LOOK: &str = include_str!("serve/watch.css");

/// How long a client may take to say what it wants.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// The longest head of a request. Browsers' are a tenth of it.
const HEAD_SIZE: usize = 32 * 1024;

/// Connections at once. A browser opens six.
const CONNECTIONS: usize = 256;

const PULSE_TIME: Duration = Duration::from_secs(15);

/// How many ports behind the default one are tried.
const NEXT_PORTS: u16 = 100;

/// The port to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This one or none; 0 is any free one.
    Asked(u16),
    /// This one or the next that is free.
    From(u16),
}

/// A server that runs until the program ends.
pub struct Server {
    shared: Arc<Shared>,
    runtime: tokio::runtime::Handle,
}

struct Shared {
    port: u16,
    /// The secret of this run: only a page that we served knows it.
    run: String,
    showing: Mutex<Showing>,
    listeners: Listeners,
}

/// What is served now.
struct Showing {
    /// Whoever makes the pages of the last good dossier; nobody before the first.
    press: Option<mpsc::Sender<Ask>>,
    /// What is said of the dossier as it is now, as an event.
    report: Option<Arc<str>>,
}

impl Server {
    /// Listens on loopback, and answers from a thread of its own.
    pub fn start(port: Port) -> Result<Server, Stop> {
        let (listeners, port) = listen(port)?;
        let showing = Mutex::new(Showing { press: None, report: None });
        let shared = Arc::new(Shared { port, run: secret(), showing, listeners: Listeners::default() });
        let place = Path::new("the server");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(failed("start", place))?;
        let handle = runtime.handle().clone();
        let serving = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || runtime.block_on(serve(serving, listeners)))
            .map_err(failed("start", place))?;
        Ok(Server { shared, runtime: handle })
    }

    /// Where the site is, for people.
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.shared.port)
    }

    /// From now on pages come from here. Open pages whose content differs are told.
    pub fn show(&self, press: mpsc::Sender<Ask>) {
        self.shared.showing().press = Some(press);
        let shared = Arc::clone(&self.shared);
        self.runtime.spawn(async move {
            for listener in shared.listeners.all() {
                bring_up_to_date(&shared, &listener).await;
            }
        });
    }

    /// What is said of the dossier as it is now: JSON of `overlay`.
    pub fn report(&self, json: &str) {
        let line: Arc<str> = event("report", json).into();
        let before = self.shared.showing().report.replace(Arc::clone(&line));
        if before != Some(Arc::clone(&line)) {
            self.shared.listeners.tell_all(&line);
        }
    }

    /// Lets go of whoever makes the pages.
    pub fn stop(&self) {
        self.shared.showing().press = None;
    }
}

impl Shared {
    fn showing(&self) -> std::sync::MutexGuard<'_, Showing> {
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// On both loopback addresses where there are two: browsers take either for `localhost`.
fn listen(port: Port) -> Result<(Vec<TcpListener>, u16), Stop> {
    let (first, last) = match port {
        Port::Asked(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(NEXT_PORTS)),
    };
    let mut taken = None;
    for port in first..=last {
        match bind(port) {
            Ok(found) => return Ok(found),
            Err(cause) if matches!(cause.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {
                taken = Some(cause)
            }
            Err(cause) => return Err(failed("listen on", Path::new(&format!("port {port}")))(cause)),
        }
    }
    let cause = taken.unwrap_or_else(|| io::Error::from(ErrorKind::AddrInUse));
    Err(failed("listen on", Path::new(&format!("port {first}")))(cause))
}

fn bind(port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let four = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let port = four.local_addr()?.port();
    let six = match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        // Somebody else's: then `localhost` would be theirs in half of all browsers
        Err(cause) if cause.kind() == ErrorKind::AddrInUse => return Err(cause),
        six => six.ok(),
    };
    Ok((std::iter::once(four).chain(six).collect(), port))
}

/// 128 bits that nobody can guess: the keys of the standard library's hashes come from the system's source of
/// randomness.
fn secret() -> String {
    (0..2)
        .map(|_| format!("{:016x}", RandomState::new().build_hasher().finish()))
        .collect()
}

async fn serve(shared: Arc<Shared>, listeners: Vec<TcpListener>) {
    let router = Router::new()
        .route("/~casebook/watch.js", get(|| async { answer(StatusCode::OK, "text/javascript", SCRIPT) }))
        .route("/~casebook/watch.css", get(|| async { answer(StatusCode::OK, "text/css", LOOK) }))
        .route("/~casebook/events", get(listen_to))
        .fallback(page)
        .layer(from_fn_with_state(Arc::clone(&shared), guarded))
        .with_state(Arc::clone(&shared));
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    for listener in listeners {
        let (router, connections) = (router.clone(), Arc::clone(&connections));
        tokio::spawn(accept(listener, router, connections));
    }
    loop {
        tokio::time::sleep(PULSE_TIME).await;
        shared.listeners.tell_all(&PULSE.into());
    }
}

async fn accept(listener: TcpListener, router: Router, connections: Arc<Semaphore>) {
    let listener = listener
        .set_nonblocking(true)
        .and_then(|()| tokio::net::TcpListener::from_std(listener));
    let Ok(listener) = listener else { return };
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most likely: those that are open now must end first
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let _permit = permit;
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_SIZE);
            // A client that goes away or speaks badly is its own affair
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// Every request passes here first, and every answer gets here what keeps it from other sites and from
/// caches.
async fn guarded(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let admitted = admit(request.method(), request.uri(), request.headers(), shared.port);
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(refusal) => answer(refusal.status, "text/plain", format!("{}\n", refusal.reason)),
    };
    let headers: [(HeaderName, &'static str); 7] = [
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        // Adds to the policy that stands in the page
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

async fn page(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let (view, path) = place(uri.path());
    let shown = path.as_ref().map_or("", SitePath::as_str);
    let Some(found) = ask(&shared, view, path.clone()).await else {
        let told =
            Told { run: &shared.run, view: name(view), page: shown, version: "", sheet: "", other: None };
        let words = "There is no page yet: the first build is not done, or has mistakes.";
        return answer(StatusCode::SERVICE_UNAVAILABLE, "text/html", waiting(words, &told));
    };
    let status = match found.kind {
        AnswerKind::Found => StatusCode::OK,
        AnswerKind::NotFound => StatusCode::NOT_FOUND,
        AnswerKind::Failed => return answer(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", found.bytes),
    };
    let kind = if found.kind == AnswerKind::Found { content_type(shown) } else { "text/html" };
    if kind != "text/html" {
        return answer(status, kind, found.bytes);
    }
    let sheet = sheet(&found, view);
    let other = found.other.as_ref().map(|path| address(other_view(view), path));
    let version = version(&found.bytes, file_name(&sheet));
    let told = Told {
        run: &shared.run,
        view: name(view),
        page: shown,
        version: &version,
        sheet: &sheet,
        other: other.as_deref(),
    };
    answer(status, kind, live(&found.bytes, &told))
}

/// Somebody listens: an open page that says what it shows.
async fn listen_to(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    let field = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .and_then(decoded)
            .unwrap_or_default()
    };
    if !is_same(&shared.run, &field("run")) {
        return answer(StatusCode::FORBIDDEN, "text/plain", "this page is of another run: load it again\n");
    }
    let view = if field("view") == name(View::Everything) { View::Everything } else { View::Published };
    let Some((listener, stream)) =
        shared
            .listeners
            .add(view, SitePath::new(&field("page")), field("version"), field("sheet"))
    else {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "too many pages are open\n");
    };
    let report = shared.showing().report.clone();
    if let Some(report) = report {
        listener.tell(&report);
    }
    bring_up_to_date(&shared, &listener).await;
    answer(StatusCode::OK, "text/event-stream", Body::new(stream))
}

/// Tells an open page what differs from what it shows: all of it, its stylesheet, or nothing.
async fn bring_up_to_date(shared: &Shared, listener: &Listener) {
    let Some(found) = ask(shared, listener.view, listener.page.clone()).await else { return };
    let sheet = sheet(&found, listener.view);
    let version = version(&found.bytes, file_name(&sheet));
    if version != listener.version {
        listener.tell(&event("page", "{\"do\":\"reload\"}"));
    } else if sheet != listener.sheet {
        listener.tell(&event("page", &serde_json::json!({ "do": "sheet", "sheet": sheet }).to_string()));
    }
    shared.listeners.shows(listener, &version, &sheet);
}

/// Asks whoever makes the pages now. One that has just been replaced does not answer: then its successor is
/// asked.
async fn ask(shared: &Shared, view: View, path: Option<SitePath>) -> Option<Answer> {
    // What can be no file of a site is answered as one that there is not.
    let path = path.or_else(|| SitePath::new("~"))?;
    for _ in 0..3 {
        let press = shared.showing().press.clone()?;
        let (answer, answered) = oneshot::channel();
        if press.send(Ask { view, path: path.clone(), answer }).is_ok()
            && let Ok(answer) = answered.await
        {
            return Some(answer);
        }
    }
    None
}

/// The view and the file that the path of a request names. `None`: it can be no file.
fn place(path: &str) -> (View, Option<SitePath>) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (view, path) = match path.strip_prefix(EVERYTHING) {
        Some(rest) => (View::Everything, rest),
        None => (View::Published, path),
    };
    (
        view,
        if path.is_empty() {
            SitePath::new("index.html")
        } else {
            decoded(path).and_then(|path| SitePath::new(&path))
        },
    )
}

/// The address of a file in a view, from the top of the server.
fn address(view: View, path: &SitePath) -> String {
    let prefix = if view == View::Everything { EVERYTHING } else { "" };
    format!("/{prefix}{}", path.url_path())
}

fn sheet(answer: &Answer, view: View) -> String {
    answer
        .sheet
        .as_ref()
        .map(|path| address(view, path))
        .unwrap_or_default()
}

fn file_name(address: &str) -> Option<&str> {
    address.rsplit('/').next().filter(|name| !name.is_empty())
}

fn name(view: View) -> &'static str {
    match view {
        View::Published => "published",
        View::Everything => "everything",
    }
}

fn other_view(view: View) -> View {
    match view {
        View::Published => View::Everything,
        View::Everything => View::Published,
    }
}

/// Percent-decoded, once. `None` where that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits)
                    .ok()
                    .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
                u8::from_str_radix(digits, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// By the endings that a site has. What is not among them is never shown as a page.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        _ => "application/octet-stream",
    }
}

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let kind = match kind {
        "text/event-stream" => HeaderValue::from_static(kind),
        kind if kind.starts_with("text/") => {
            HeaderValue::from_str(&format!("{kind}; charset=utf-8")).unwrap_or(HeaderValue::from_static(kind))
        }
        kind => HeaderValue::from_static(kind),
    };
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str) -> String {
        match place(path) {
            (view, Some(path)) => format!("{} {path}", name(view)),
            (_, None) => "none".to_owned(),
        }
    }

    #[test]
    fn a_request_names_a_file_of_a_view_or_nothing() {
        assert_eq!(check("/"), "published index.html");
        assert_eq!(check("/sources/a.html"), "published sources/a.html");
        assert_eq!(check("/sources/%E5%8E%86%E5%8F%B2.html"), "published sources/历史.html");
        assert_eq!(check("/~everything/"), "everything index.html");
        assert_eq!(check("/~everything/sources/a.html"), "everything sources/a.html");
    }

    #[test]
    fn no_spelling_leads_out() {
        for path in [
            "/../a",
            "/%2e%2e/a",
            "/a/..%2fb",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a%5C..%5Cb",
            "/a%00",
            "/%",
            "/%zz",
            "/%+1",
            "/%ff",
            "/.",
            "/a/",
        ] {
            assert_eq!(check(path), "none", "{path}");
        }
        assert_eq!(check("/%252e%252e/a"), "published %2e%2e/a", "decoded once; the plan has no such file");
    }

    #[test]
    fn secrets_differ() {
        let secrets: std::collections::BTreeSet<String> = (0..100).map(|_| secret()).collect();
        assert_eq!(secrets.len(), 100);
        assert!(secrets.iter().all(|secret| secret.len() == 32));
    }
}
