//! Ctrl-C and the system's request to end: the first is told, the second ends at once. What is being
//! published then is whole files, and the next run completes the move.

use std::path::Path;

use crate::world::stop::{Stop, failed};

/// Calls `tell` when the program is asked to end.
pub fn listen(tell: impl Fn() + Send + 'static) -> Result<(), Stop> {
    let place = Path::new("listening for Ctrl-C");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(failed("start", place))?;
    // Made here, so that no signal is missed while the thread starts
    let mut requests = {
        let _inside = runtime.enter();
        Requests::new().map_err(failed("start", place))?
    };
    let listening = move || {
        runtime.block_on(async {
            requests.next().await;
            tell();
            requests.next().await;
            std::process::exit(0);
        });
    };
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listening)
        .map_err(failed("start", place))
        .map(|_| ())
}

#[cfg(unix)]
struct Requests {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Requests {
    fn new() -> std::io::Result<Requests> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Requests {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            match (self.interrupt.poll_recv(context), self.terminate.poll_recv(context)) {
                (std::task::Poll::Pending, std::task::Poll::Pending) => std::task::Poll::Pending,
                _ => std::task::Poll::Ready(()),
            }
        })
        .await
    }
}

#[cfg(not(unix))]
struct Requests;

#[cfg(not(unix))]
impl Requests {
    fn new() -> std::io::Result<Requests> {
        Ok(Requests)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
