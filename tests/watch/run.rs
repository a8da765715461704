//! A dossier that is watched by the real program, and what is known of it from outside: its files, its words,
//! its port.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A slow machine may take this long; one that takes longer has failed.
const DEADLINE: Duration = Duration::from_secs(60);

/// The files of a folder by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Native,
    Poll,
}

/// A dossier, and the program that watches it.
pub struct Watched {
    folder: Arc<TempDir>,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
}

/// A dossier that nobody watches yet.
pub struct Dossier {
    folder: Arc<TempDir>,
}

/// Whether the slow trials are asked for.
pub fn slow() -> bool {
    std::env::var_os("CASEBOOK_SLOW").is_some_and(|value| !value.is_empty())
}

/// The program, with an environment of which it knows nothing.
pub fn program(current: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command
        .args(arguments)
        .current_dir(current)
        .env_clear()
        .stdin(Stdio::null());
    command
}

impl Dossier {
    /// The dossier that `init` makes, with something that is not published.
    pub fn new() -> Dossier {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(
            program(folder.path(), &["init", "d", "-q"])
                .output()
                .expect("the program starts")
                .status
                .success()
        );
        let dossier = Dossier { folder: Arc::new(folder) };
        let notes = dossier.read("annotations/how-a-quotation-is-checked.md");
        dossier.write(
            "annotations/how-a-quotation-is-checked.md",
            &(notes + "\n## Mine alone\n\nprivate: true\n\nA word for me: xyzzy.\n"),
        );
        dossier
    }

    /// A dossier of these files.
    pub fn of(files: &[(&str, &str)]) -> Dossier {
        let dossier = Dossier { folder: Arc::new(tempfile::tempdir().expect("a temporary folder")) };
        files.iter().for_each(|(path, text)| dossier.write(path, text));
        dossier
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("d")
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file is there")
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.path().join(path), text);
    }

    /// Watched from now on; returns when the first build is over and the site is served.
    pub fn watch(self, mode: Mode) -> Watched {
        self.watch_with(mode, &["--port", "0", "--no-open"])
    }

    pub fn watch_with(self, mode: Mode, options: &[&str]) -> Watched {
        let polls: &[&str] = if mode == Mode::Poll { &["--poll"] } else { &[] };
        let arguments = [&["watch", "d"], options, polls].concat();
        let command = program(self.folder.path(), &arguments);
        self.start(command, !options.contains(&"--no-serve"))
    }

    /// Watched by a program that a shell starts after some commands, which set limits: `ulimit -n 64`.
    pub fn watch_after(self, shell: &[&str], setup: &str) -> Watched {
        let (name, rest) = shell.split_first().expect("a program");
        let mut command = Command::new(name);
        command
            .args(rest)
            .args(["sh", "-c", &format!("{setup} && exec \"$0\" watch d --port 0 --no-open")]);
        command
            .arg(env!("CARGO_BIN_EXE_casebook"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        self.start(command, true)
    }

    fn start(self, mut command: Command, serves: bool) -> Watched {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let heard = Arc::clone(&said);
        thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| heard.lock().expect("no other thread fails").push(line))
        });
        let watched = Watched { folder: self.folder, child, said };
        let (what, words) = if serves { ("the server", "serving ") } else { ("the first build", "built ") };
        watched.until(what, |watched| watched.said().contains(words));
        watched
    }
}

impl Watched {
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("d")
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.file(path), text);
    }

    /// Changes a file in place.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.file(from), self.file(to)).expect("renaming is possible");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.file(path)).expect("removing is possible");
    }

    /// Removes a folder, though something may be written to it meanwhile.
    pub fn remove_all(&self, path: &str) {
        self.until("its removal", |watched| fs::remove_dir_all(watched.file(path)).is_ok());
    }

    /// All that it said so far.
    pub fn said(&self) -> String {
        self.said.lock().expect("no other thread fails").join("\n")
    }

    /// How many builds it told of.
    pub fn builds(&self) -> usize {
        let lines = self.said.lock().expect("no other thread fails");
        lines
            .iter()
            .filter(|line| {
                line.contains(" changed in ")
                    || line.contains("stays as it was")
                    || line.starts_with("built ")
            })
            .count()
    }

    /// What it said after a number of lines.
    pub fn lines(&self) -> usize {
        self.said.lock().expect("no other thread fails").len()
    }

    pub fn said_since(&self, lines: usize) -> String {
        self.said.lock().expect("no other thread fails")[lines..].join("\n")
    }

    /// Waits for a condition.
    pub fn until(&self, what: &str, holds: impl Fn(&Watched) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !holds(self) {
            assert!(Instant::now() < deadline, "{what} did not come; it said:\n{}", self.said());
            thread::sleep(Duration::from_millis(3));
        }
    }

    /// Waits until it says something after a number of lines.
    pub fn until_said(&self, lines: usize, words: &str) {
        self.until(words, |watched| watched.said_since(lines).contains(words));
    }

    /// The output as it lies there.
    pub fn public(&self) -> Files {
        files(&self.file("public"))
    }

    /// What a clean build of the dossier as it is now writes; `None` where it writes nothing.
    pub fn clean(&self) -> Option<Files> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let copy = folder.path().join("d");
        for (path, bytes) in files(&self.path())
            .iter()
            .filter(|(path, _)| !path.starts_with("public/") && !path.starts_with(".casebook/"))
        {
            write(&copy.join(path), bytes);
        }
        let out = program(folder.path(), &["build", "d", "-q"])
            .output()
            .expect("the program starts");
        out.status.success().then(|| files(&copy.join("public")))
    }

    /// Waits until the output is what a clean build writes.
    pub fn until_clean(&self) {
        let clean = self
            .clean()
            .unwrap_or_else(|| panic!("the dossier has errors; it said:\n{}", self.said()));
        let deadline = Instant::now() + DEADLINE;
        loop {
            let public = self.public();
            if public == clean {
                return;
            }
            if Instant::now() >= deadline {
                let differs = |path: &&String| public.get(*path) != clean.get(*path);
                let all: Vec<&String> = clean.keys().chain(public.keys()).filter(differs).collect();
                panic!("`public` is not what a clean build writes: {all:?}; it said:\n{}", self.said());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends it, and watches the same folder anew.
    pub fn again(self, mode: Mode) -> Watched {
        let dossier = Dossier { folder: Arc::clone(&self.folder) };
        let (status, said) = self.end("-TERM");
        assert_eq!(status.code(), Some(0), "{said}");
        dossier.watch(mode)
    }

    /// Ends it as a terminal does, and waits.
    pub fn end(mut self, signal: &str) -> (ExitStatus, String) {
        self.signal(signal);
        let status = self.child.wait().expect("it was started");
        (status, self.said())
    }

    /// Ends it, waits, and leaves its dossier to be looked at.
    pub fn stop(&mut self, signal: &str) {
        self.signal(signal);
        self.child.wait().expect("it was started");
    }

    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .expect("`kill` is there");
        assert!(sent.success());
    }

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("it was started").is_none()
    }

    /// Lowers or lifts one of the system's limits for the program while it runs; whether that can be done
    /// here.
    pub fn limit(&self, limit: &str) -> bool {
        let prlimit = Command::new("prlimit")
            .args(["--pid", &self.child.id().to_string(), limit])
            .status();
        prlimit.is_ok_and(|status| status.success())
    }

    /// Resident memory in KiB, where the system tells.
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    }

    /// Processor time in ticks, where the system tells.
    pub fn ticks(&self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    }

    pub fn port(&self) -> u16 {
        let said = self.said();
        let rest = said.split("http://localhost:").nth(1).expect("the address was told");
        rest.split('/')
            .next()
            .and_then(|port| port.parse().ok())
            .expect("the address has a port")
    }

    /// Sends bytes, and reads what comes until the server ends it. An answer that does not end is cut off.
    pub fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(request); // it may be answered before it is read whole
        let mut answer = Vec::new();
        let mut piece = [0; 16 * 1024];
        let deadline = Instant::now() + DEADLINE;
        while let Ok(length @ 1..) = stream.read(&mut piece)
            && Instant::now() < deadline
        {
            answer.extend_from_slice(&piece[..length]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port())).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a time can be set");
        stream
    }

    /// A well-meant request for a path: the head and the body of the answer.
    pub fn get(&self, path: &str) -> (String, String) {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port());
        let answer = self.raw(request.as_bytes());
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no answer to {path}: {answer:?}"));
        (head.to_owned(), body.to_owned())
    }

    /// Begins to listen as a page does: what the page is told, line by line.
    pub fn listen(&self, page: &str) -> Listening {
        let (_, html) = self.get(page);
        let field = |name: &str| {
            let rest = html
                .split(&format!(" data-{name}=\""))
                .nth(1)
                .unwrap_or_else(|| panic!("{page} is told its {name}"));
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let query = ["run", "view", "page", "version", "sheet"]
            .map(|name| format!("{name}={}", field(name)))
            .join("&");
        let mut stream = self.connect();
        let request =
            format!("GET /~casebook/events?{query} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port());
        stream.write_all(request.as_bytes()).expect("it listens");
        let told = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&told);
        thread::spawn(move || {
            let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
            lines.by_ref().for_each(|line| {
                let mut told = heard.lock().expect("no other thread fails");
                told.push_str(&line);
                told.push('\n');
            });
        });
        Listening { told }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an open page is told.
pub struct Listening {
    told: Arc<Mutex<String>>,
}

impl Listening {
    pub fn told(&self) -> String {
        self.told.lock().expect("no other thread fails").clone()
    }
}

/// Every file under a folder. One that goes away in the meantime is none.
pub fn files(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let named = walk.filter_map(|entry| {
        let parts: Vec<_> = entry
            .path()
            .strip_prefix(folder)
            .ok()?
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        Some((parts.join("/"), fs::read(entry.path()).ok()?))
    });
    named.collect()
}

pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("writable");
    fs::write(path, bytes).expect("writable");
}
