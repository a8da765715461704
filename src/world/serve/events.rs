//! The open pages: who listens, and to what. A page that cannot keep up is let go, and comes back by itself.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::View;
use crate::model::path::SitePath;

/// Lines that a page may be behind.
const BEHIND: usize = 16;

/// Pages that may listen. Browsers open six to one server; this is for several browsers.
const MOST: usize = 64;

/// An open page.
#[derive(Clone, Debug)]
pub struct Listener {
    pub view: View,
    /// `None`: an address that can be no file of a site.
    pub page: Option<SitePath>,
    pub version: String,
    /// The address of its stylesheet.
    pub sheet: String,
    sender: Sender<Bytes>,
}

/// All open pages.
#[derive(Debug, Default)]
pub struct Listeners(Mutex<Vec<Listener>>);

impl Listeners {
    /// Somebody begins to listen. `None` where too many do.
    pub fn add(
        &self,
        view: View,
        page: Option<SitePath>,
        version: String,
        sheet: String,
    ) -> Option<(Listener, Stream)> {
        let (sender, receiver) = mpsc::channel(BEHIND);
        let listener = Listener { view, page, version, sheet, sender };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|listener| !listener.sender.is_closed());
        if all.len() >= MOST {
            return None;
        }
        all.push(listener.clone());
        Some((listener, Stream(receiver)))
    }

    /// Those who listen now.
    pub fn all(&self) -> Vec<Listener> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What a page shows now; the last word on it.
    pub fn shows(&self, listener: &Listener, version: &str, sheet: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for known in all
            .iter_mut()
            .filter(|known| known.sender.same_channel(&listener.sender))
        {
            version.clone_into(&mut known.version);
            sheet.clone_into(&mut known.sheet);
        }
    }

    /// Says one thing to everybody.
    pub fn tell_all(&self, line: &Arc<str>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|listener| listener.tell(line));
    }
}

impl Listener {
    /// Whether it could be said.
    pub fn tell(&self, line: &str) -> bool {
        self.sender.try_send(Bytes::copy_from_slice(line.as_bytes())).is_ok()
    }
}

/// An event as the stream spells it. `data` holds no line end: it is JSON.
pub fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// A line that keeps the connection, and shows who has gone.
pub const PULSE: &str = ": still here\n\n";

/// What is said to one listener, as the body of an answer that does not end.
pub struct Stream(Receiver<Bytes>);

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0
            .poll_recv(context)
            .map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(listeners: &Listeners) -> Option<(Listener, Stream)> {
        listeners.add(View::Published, SitePath::new("index.html"), "1".to_owned(), String::new())
    }

    #[test]
    fn whoever_cannot_keep_up_or_has_gone_is_let_go() {
        let listeners = Listeners::default();
        let (_, _slow) = listen(&listeners).expect("there is room");
        drop(listen(&listeners));
        assert_eq!(listeners.all().len(), 2);
        listeners.tell_all(&PULSE.into());
        assert_eq!(listeners.all().len(), 1, "the other has gone");
        for _ in 0..BEHIND {
            listeners.tell_all(&PULSE.into());
        }
        assert_eq!(listeners.all().len(), 0);
    }

    #[test]
    fn there_is_an_end_to_how_many_listen() {
        let listeners = Listeners::default();
        let mut streams: Vec<_> = (0..MOST)
            .map(|_| listen(&listeners).expect("there is room"))
            .collect();
        assert!(listen(&listeners).is_none());
        streams.pop();
        assert!(listen(&listeners).is_some());
    }

    #[test]
    fn what_a_page_shows_is_known() {
        let listeners = Listeners::default();
        let (listener, _stream) = listen(&listeners).expect("there is room");
        listeners.shows(&listener, "2", "/assets/x.css");
        let all = listeners.all();
        assert_eq!((all[0].version.as_str(), all[0].sheet.as_str()), ("2", "/assets/x.css"));
    }
}
