//! One state of the dossier: compiled, published if it is sound, and kept so that its pages can be made when
//! they are asked for.
//!
//! A generation lives in a thread of its own until the next sound one takes its place: while that one is
//! compiled, the last good pages are still served. The second view, with what is held back, is compiled when
//! somebody first asks for a page of it.
//!
//! It is published in two steps. The pages that somebody looks at beside their editor come at once; lists and
//! data, which gather from the whole dossier and are the dearest of all to make, when the saves pause
//! (`rest`).

mod order;
pub mod rest;

use std::cell::OnceCell;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::build::{Dossier, Pages, text_of, verdict};
use crate::model::dossier::{Note, Thing};
use crate::model::path::SitePath;
use crate::model::span::Place;
use crate::report::diagnostic::Report;
use crate::site::Site as Plan;
use crate::world::publish::site::{Changes, Outcome, Site};
use crate::world::serve::overlay::{Editor, overlay};
use crate::world::serve::shown::{Answer, AnswerKind, Ask};
use crate::world::stop::Stop;
use crate::{Compiled, Edition, Summary, View, compile};
use order::Before;
pub use order::{Order, Shared};

/// What came of it.
pub struct Built {
    pub report: Report,
    /// The same for open pages.
    pub overlay: String,
    pub summary: Summary,
    /// Which files it has.
    pub site: Arc<Plan>,
    pub end: End,
    /// What compiling and publishing took.
    pub took: (Duration, Duration),
}

/// How a generation ended, as far as its files go.
pub enum End {
    Published(Changes),
    /// By mistakes, or by warnings where they fail a build: the output is that of the last sound one.
    Held,
    /// The machine failed, or the output was refused.
    Stopped(Stop),
}

/// Compiles and publishes, tells what came of it, and answers for pages as long as anybody may ask; brings
/// the rest of the site when it is told to.
pub fn run(order: &Order<'_>, built: &Sender<Built>, asks: &Receiver<Ask>, calls: Receiver<rest::Call>) {
    let began = Instant::now();
    let compiled = view(order, View::Published);
    let compiling = began.elapsed();
    let pages = Pages::of(&compiled, order.terminal);
    let mut report = order.dossier.report_with(&compiled, &before(order, &compiled));
    let end = match verdict(&report, order.dossier.config.build.strict) {
        Some(_) => End::Held,
        None => end(order, &rest::AtOnce(&pages), &mut report),
    };
    let told = overlay(
        &report,
        matches!(end, End::Held),
        Editor { address: &order.dossier.config.watch.editor, root: &absolute(&order.dossier) },
        &|path| text_of(&order.inputs, path),
        &|place| shown_at(&compiled, place),
    );
    let took = (compiling, began.elapsed().saturating_sub(compiling));
    let is_sound = !matches!(end, End::Held);
    // Before it is told: who hears of a build finds the folder at rest. Where no source can differ they were
    // kept with the state before.
    if !compiled.is_reworded() {
        order.dossier.keep_texts(&compiled);
        *order.shared.before.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
    let heard = built.send(Built {
        report,
        overlay: told,
        summary: compiled.summary(),
        site: Arc::clone(&compiled.site),
        end,
        took,
    });
    if is_sound && heard.is_ok() {
        thread::scope(|scope| {
            let pages = &pages;
            scope.spawn(move || calls.iter().for_each(|call| rest::bring(order, pages, &call)));
            answer(order, asks, &compiled, &pages.edition);
        });
    }
}

/// Publishes once more a state that could be published before.
pub fn again(order: &Order<'_>) -> End {
    let compiled = view(order, View::Published);
    let pages = Pages::of(&compiled, order.terminal);
    order.dossier.keep_texts(&compiled);
    end(order, &pages, &mut Report::default())
}

fn view<'a>(order: &'a Order<'_>, view: View) -> Compiled<'a> {
    // What a thread that failed left in it is only ever taken where the hash of what it follows from is the
    // same.
    let mut cache = order.shared.cache.lock().unwrap_or_else(PoisonError::into_inner);
    compile(&order.inputs, &order.dossier.config, view, &mut cache)
}

fn before(order: &Order<'_>, compiled: &Compiled<'_>) -> Before {
    let mut known = order.shared.before.lock().unwrap_or_else(PoisonError::into_inner);
    let same = known.take().filter(|(lost, _)| Arc::ptr_eq(lost, &compiled.lost));
    let (_, before) = known.insert(
        same.unwrap_or_else(|| (Arc::clone(&compiled.lost), Arc::new(order.dossier.before(compiled)))),
    );
    Arc::clone(before)
}

fn end(order: &Order<'_>, site: &dyn Site, report: &mut Report) -> End {
    match order.publish(site, &|| false) {
        Some(Ok(Outcome::Done(changes))) => End::Published(changes),
        Some(Ok(Outcome::Mistakes(mistakes))) => {
            report.extend(mistakes);
            report.sort();
            End::Held
        }
        Some(Err(stop)) => End::Stopped(stop),
        None => End::Held, // nobody calls it off
    }
}

fn absolute(dossier: &Dossier) -> std::path::PathBuf {
    std::path::absolute(&dossier.root).unwrap_or_else(|_| dossier.root.clone())
}

/// The address of the note that a place lies in. A note begins at its title and ends where the next one
/// begins.
fn shown_at(compiled: &Compiled<'_>, place: &Place) -> Option<String> {
    let begins_before = |note: &Note| note.place.span.start <= place.span.start;
    let notes = compiled
        .fragments
        .notes_of(&place.path)
        .iter()
        .map(|ix| (*ix, compiled.dossier.note(*ix)));
    let (ix, _) = notes
        .filter(|(_, note)| begins_before(note))
        .max_by_key(|(_, note)| note.place.span.start)?;
    let address = compiled.site().address(&Thing::Note(ix), &compiled.dossier);
    Some(format!("{}#{}", address.path.url_path(), address.fragment.unwrap_or_default()))
}

/// Answers until nobody can ask any more.
fn answer(order: &Order<'_>, asks: &Receiver<Ask>, published: &Compiled<'_>, edition: &Edition<'_>) {
    let compiled = OnceCell::new();
    let everything = OnceCell::new();
    for Ask { view: wanted, path, answer } in asks {
        let found = match wanted {
            View::Everything if published.dossier.holds_back => {
                let compiled = compiled.get_or_init(|| view(order, View::Everything));
                let edition = everything.get_or_init(|| compiled.edition());
                let home = SitePath::new("index.html");
                let other = if published.site().kind(&path).is_some() { Some(path.clone()) } else { home };
                file(compiled, edition, &path, other)
            }
            View::Published | View::Everything => {
                file(published, edition, &path, published.dossier.holds_back.then(|| path.clone()))
            }
        };
        let _ = answer.send(found); // whoever asked has gone
    }
}

fn file(compiled: &Compiled<'_>, edition: &Edition<'_>, path: &SitePath, other: Option<SitePath>) -> Answer {
    let sheet = compiled.site().asset("casebook.css").cloned();
    let (kind, path) = match compiled.site().kind(path) {
        Some(_) => (AnswerKind::Found, Some(path.clone())),
        None => (AnswerKind::NotFound, SitePath::new("404.html")),
    };
    match path.map(|path| edition.render(&path)) {
        Some(Ok(bytes)) => Answer { bytes, kind, sheet, other },
        Some(Err(mistake)) => {
            Answer { bytes: mistake.message.into_bytes(), kind: AnswerKind::Failed, sheet, other }
        }
        None => Answer { bytes: Vec::new(), kind: AnswerKind::NotFound, sheet, other },
    }
}
