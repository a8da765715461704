//! The site is brought to its folder: only what differs is written, nothing foreign is touched, and a run that dies leaves whole
//! files and a move that the next run completes.
//!
//! 1. Take the lock of the output folder (`lock`) and complete what a killed run left (`journal`).
//! 2. Compare every file of the site with what lies there (`compare`). What differs is written into a folder in the
//!    output itself (`staging`): only there a rename is certain to stay on one disk. A full disk shows here, before anything live was touched.
//! 3. Write and sync the journal. Until now a failure leaves the old site; from now on the move is finished, never undone.
//! 4. Rename into place: assets, pages, indexes; delete what the manifest lists and the new site lacks; put the new manifest in
//!    its place. Files are not synced one by one: after a power cut a file whose content is not the manifest's is written again.
//!
//! Who publishes again and again may bring a few pages without any of this while others wait (`standing`): each is moved into place by itself,
//! and the whole run that follows brings the rest and the manifest.
//!
//! Which file is ours stands in the manifest (`manifest`), and nothing else decides it. When each was written stands in the dossier's
//! memory (`times`), since the output must be the same on every machine; without it files are compared byte for byte.

pub mod compare;
pub mod folder;
pub mod hands;
pub mod journal;
pub mod last;
pub mod lock;
pub mod manifest;
pub mod place;
pub mod site;
pub mod staging;
pub mod standing;
pub mod times;

use compare::{Comparison, Known, compare};
use folder::OutFolder;
use hands::Hands;
use journal::{Journal, Occasion};
use manifest::Manifest;
use site::{Outcome, Site};
use standing::Standing;
use times::Times;

use crate::report::diagnostic::Diagnostic;
use crate::world::memory::Memory;
use crate::world::stop::Stop;

/// Brings the output folder up to date. `waiting` is called once if another run holds the folder.
pub fn publish(site: &dyn Site, out: &OutFolder, memory: &Memory, hands: &dyn Hands, waiting: &dyn Fn()) -> Result<Outcome, Stop> {
    publish_again(site, out, memory, hands, &mut None, waiting)
}

/// The same, for who publishes again and again: `standing` is what the last time left, and what this time leaves.
pub fn publish_again(
    site: &dyn Site,
    out: &OutFolder,
    memory: &Memory,
    hands: &dyn Hands,
    standing: &mut Option<Standing>,
    waiting: &dyn Fn(),
) -> Result<Outcome, Stop> {
    let lock = lock::take(out, hands, waiting)?;
    let known = standing.take().filter(|standing| standing.holds(out));
    let done = publish_locked(site, out, memory, hands, known);
    lock.release(hands);
    done.map(|(outcome, left)| {
        *standing = Some(left);
        outcome
    })
}

/// What `publish` would do, without doing it.
pub fn rehearse(site: &dyn Site, out: &OutFolder, memory: &Memory) -> Result<Outcome, Stop> {
    let manifest = Manifest::read(out)?.unwrap_or_default();
    let times = Times::read(memory, out);
    Ok(match compare(site, &Known { out, manifest: &manifest, times: &times }, None)? {
        Ok(comparison) => Outcome::Done(comparison.changes),
        Err(mistakes) => Outcome::Mistakes(mistakes),
    })
}

/// Completes a move that a killed run began. Every command that knows an output folder begins with it.
pub fn recover(out: &OutFolder, hands: &dyn Hands, waiting: &dyn Fn()) -> Result<(), Stop> {
    if !staging::is_there(out) {
        return Ok(());
    }
    let lock = lock::take(out, hands, waiting)?;
    let done = recover_locked(out, hands);
    lock.release(hands);
    done
}

fn publish_locked(
    site: &dyn Site,
    out: &OutFolder,
    memory: &Memory,
    hands: &dyn Hands,
    mut standing: Option<Standing>,
) -> Result<(Outcome, Standing), Stop> {
    if let Some(known) = &mut standing
        && let Some(outcome) = known.touch(site, out, hands)?
        && let Some(left) = standing.take()
    {
        return Ok((outcome, left));
    }
    recover_locked(out, hands)?;
    let before = match standing {
        Some(standing) => standing,
        None => Standing::of(out, Manifest::read(out)?.unwrap_or_default(), Times::read(memory, out), None),
    };
    let known = Known { out, manifest: &before.manifest, times: &before.times };
    let prepared = prepare(site, &known, before.is_recorded, hands).inspect_err(|_| staging::discard(out, hands));
    match prepared.map_err(|stop| stop.leaving(as_it_was(out)))? {
        Prepared::Mistakes(mistakes) => {
            staging::discard(out, hands);
            Ok((Outcome::Mistakes(mistakes), before))
        }
        Prepared::Ready(comparison, journal) => {
            if let Some(journal) = journal {
                journal.carry_out(out, Occasion::FirstTime, hands).map_err(|stop| stop.leaving(half_way(out)))?;
            }
            let times = comparison.times(out);
            times.write(memory);
            let left = Standing::of(out, comparison.manifest(), times, site.state());
            Ok((Outcome::Done(comparison.changes), left))
        }
    }
}

fn recover_locked(out: &OutFolder, hands: &dyn Hands) -> Result<(), Stop> {
    journal::complete(out, hands).map_err(|stop| stop.leaving(half_way(out)))
}

fn as_it_was(out: &OutFolder) -> String {
    format!("`{}` is as it was", out.name())
}

fn half_way(out: &OutFolder) -> String {
    format!("`{}` holds whole files, some old and some new: the next run completes the move", out.name())
}

enum Prepared {
    /// What is to be done, and the journal that says so; none where nothing is to be done.
    Ready(Comparison, Option<Journal>),
    Mistakes(Vec<Diagnostic>),
}

/// Everything that can fail without harm: what differs is written beside, and the journal says what is to be done with it.
fn prepare(site: &dyn Site, known: &Known<'_>, is_recorded: bool, hands: &dyn Hands) -> Result<Prepared, Stop> {
    let comparison = match compare(site, known, Some(hands))? {
        Ok(comparison) => comparison,
        Err(mistakes) => return Ok(Prepared::Mistakes(mistakes)),
    };
    let new = comparison.manifest();
    if comparison.changes.count() == 0 && new == *known.manifest && is_recorded {
        return Ok(Prepared::Ready(comparison, None));
    }
    let journal = Journal::of(&comparison);
    journal.write(known.out, &new, hands)?;
    Ok(Prepared::Ready(comparison, Some(journal)))
}
