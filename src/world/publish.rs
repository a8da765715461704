//! The site is brought to its folder: only what differs is written, nothing foreign is touched, and a run
//! that dies leaves whole files and a move that the next run completes.
//!
//! 1. Take the lock of the output folder (`lock`) and complete what a killed run left (`journal`).
//! 2. Compare every file of the site with what lies there (`compare`). What differs is written into a folder
//!    in the output itself (`staging`): only there a rename is certain to stay on one disk. A full disk shows
//!    here, before anything live was touched.
//! 3. Where the system can, and nothing speaks against it, exchange the whole output for a folder that holds
//!    the new site (`exchange`).
//! 4. Elsewhere try every place (`trial`), keep the old files at hand (`undo`), then write and sync the
//!    journal. Rename into place: assets, pages, indexes; delete what the manifest lists and the new site
//!    lacks; put the new manifest in its place. A step that fails is taken back with those before it; where
//!    that cannot be, or the run dies, the next one finishes the move.
//!
//! Files are not synced one by one: after a power cut a file whose content is not the manifest's is written
//! again.
//!
//! Who publishes again and again may bring a few pages without any of this while others wait (`standing`):
//! each is moved into place by itself, and the whole run that follows brings the rest and the manifest.
//!
//! Which file is ours stands in the manifest (`manifest`), and nothing else decides it. When each was written
//! stands in the dossier's memory (`times`), since the output must be the same on every machine; without it
//! files are compared byte for byte.

pub mod compare;
pub mod exchange;
pub mod file_ops;
pub mod folder;
pub mod holders;
pub mod journal;
pub mod last;
pub mod lock;
pub mod manifest;
pub mod place;
pub mod site;
pub mod staging;
pub mod standing;
pub mod system;
pub mod times;
pub mod trial;
pub mod undo;

use compare::{Comparison, Known, compare};
use file_ops::FileOps;
use folder::OutFolder;
use journal::{Journal, Occasion};
use manifest::Manifest;
use site::{Outcome, Site};
use standing::Standing;
use times::Times;

use crate::model::path::SitePath;
use crate::report::diagnostic::Diagnostic;
use crate::world::cache_dir::CacheDir;
use crate::world::stop::Stop;

/// The folder in the memory where pages lie that somebody edited and that a build replaced.
pub const REPLACED: &str = "replaced";

/// Brings the output folder up to date. `waiting` is called once if another run holds the folder.
pub fn publish(
    site: &dyn Site,
    out: &OutFolder,
    cache_dir: &CacheDir,
    file_ops: &dyn FileOps,
    waiting: &dyn Fn(),
) -> Result<Outcome, Stop> {
    let order = Order { site, out, cache_dir, file_ops };
    Ok(order.locked(waiting, || order.bring_at_one_stroke_or_move())?.0)
}

/// The same for `watch`, which publishes after every save. `standing` says what the last run wrote, and is
/// brought up to date by this one. Files are moved one by one, so that programs that watch the output see
/// which of them changed.
pub fn publish_again(
    site: &dyn Site,
    out: &OutFolder,
    cache_dir: &CacheDir,
    file_ops: &dyn FileOps,
    standing: &mut Option<Standing>,
    waiting: &dyn Fn(),
) -> Result<Outcome, Stop> {
    let order = Order { site, out, cache_dir, file_ops };
    let (outcome, left) = order.locked(waiting, || {
        let known = standing.take().filter(|standing| standing.holds(out));
        order.touch_or_move(known)
    })?;
    *standing = Some(left);
    Ok(outcome)
}

/// What `publish` would do, without doing it.
pub fn rehearse(site: &dyn Site, out: &OutFolder, cache_dir: &CacheDir) -> Result<Outcome, Stop> {
    let manifest = Manifest::read(out)?.unwrap_or_default();
    let times = Times::read(cache_dir, out);
    let known =
        Known { out, manifest: &manifest, times: &times, is_exact: !standing::is_touching(cache_dir) };
    Ok(match compare(site, &known, None)? {
        Ok(comparison) => Outcome::Done(comparison.changes),
        Err(mistakes) => Outcome::Mistakes(mistakes),
    })
}

/// Completes a move that a killed run began. Every command that knows an output folder begins with it.
pub fn recover(
    out: &OutFolder,
    cache_dir: &CacheDir,
    file_ops: &dyn FileOps,
    waiting: &dyn Fn(),
) -> Result<(), Stop> {
    if !staging::is_there(out) && !exchange::is_there(out, cache_dir) {
        return Ok(());
    }
    let lock = lock::take(out, file_ops, waiting)?;
    let done = recover_locked(out, cache_dir, file_ops);
    lock.release(file_ops);
    done
}

fn recover_locked(out: &OutFolder, cache_dir: &CacheDir, file_ops: &dyn FileOps) -> Result<(), Stop> {
    exchange::clear(out, cache_dir, file_ops);
    journal::complete(out, file_ops)
}

/// A site, where it is to be brought, and with what.
#[derive(Clone, Copy)]
struct Order<'a> {
    site: &'a dyn Site,
    out: &'a OutFolder,
    cache_dir: &'a CacheDir,
    file_ops: &'a dyn FileOps,
}

/// What lies ready, or pages that could not be made.
enum Prepared {
    Ready(Comparison),
    Mistakes(Vec<Diagnostic>),
}

impl Order<'_> {
    fn locked<T>(self, waiting: &dyn Fn(), work: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
        let lock = lock::take(self.out, self.file_ops, waiting)?;
        let done = work();
        lock.release(self.file_ops);
        done
    }

    fn touch_or_move(self, mut standing: Option<Standing>) -> Result<(Outcome, Standing), Stop> {
        if let Some(known) = &mut standing
            && let Some(outcome) = known.touch(self.site, self.out, self.cache_dir, self.file_ops)?
            && let Some(left) = standing.take()
        {
            return Ok((outcome, left));
        }
        recover_locked(self.out, self.cache_dir, self.file_ops)?;
        let before = standing.map_or_else(|| self.look(), Ok)?;
        self.bring(before, |comparison, new| self.move_files(comparison, new))
    }

    fn bring_at_one_stroke_or_move(self) -> Result<(Outcome, Standing), Stop> {
        recover_locked(self.out, self.cache_dir, self.file_ops)?;
        self.bring(self.look()?, |comparison, new| {
            match exchange::bring(comparison, new, self.out, self.cache_dir, self.file_ops) {
                true => Ok(()),
                false => self.move_files(comparison, new),
            }
        })
    }

    fn look(self) -> Result<Standing, Stop> {
        let manifest = Manifest::read(self.out)?.unwrap_or_default();
        Ok(Standing::of(self.out, manifest, Times::read(self.cache_dir, self.out), None))
    }

    /// Lays ready what differs, and has it brought if there is anything.
    fn bring(
        self,
        before: Standing,
        bring: impl FnOnce(&Comparison, &Manifest) -> Result<(), Stop>,
    ) -> Result<(Outcome, Standing), Stop> {
        let is_exact = !standing::is_touching(self.cache_dir);
        let known = Known { out: self.out, manifest: &before.manifest, times: &before.times, is_exact };
        let comparison = match self
            .prepare(&known)
            .map_err(|stop| stop.leaving(self.out.as_it_was()))?
        {
            Prepared::Ready(comparison) => comparison,
            Prepared::Mistakes(mistakes) => return Ok((Outcome::Mistakes(mistakes), before)),
        };
        let new = comparison.manifest();
        self.set_aside(&comparison.changes.replaced);
        self.keep(&comparison.changes.left)
            .inspect_err(|_| staging::discard(self.out, self.file_ops))?;
        if comparison.changes.count() > 0 || new != before.manifest || !before.is_recorded {
            bring(&comparison, &new)?;
        }
        let times = comparison.times(self.out);
        times.write(self.cache_dir);
        standing::end_of_touching(self.cache_dir);
        let left = Standing::of(self.out, new, times, self.site.state());
        Ok((Outcome::Done(comparison.changes), left))
    }

    /// What differs is written beside: a full disk shows here, and does no harm.
    fn prepare(self, known: &Known<'_>) -> Result<Prepared, Stop> {
        let compared = compare(self.site, known, Some(self.file_ops))
            .inspect_err(|_| staging::discard(self.out, self.file_ops))?;
        Ok(match compared {
            Ok(comparison) => Prepared::Ready(comparison),
            Err(mistakes) => {
                staging::discard(self.out, self.file_ops);
                Prepared::Mistakes(mistakes)
            }
        })
    }

    /// Keeps a copy of every page that somebody edited and that goes now. Where none can be kept, the page
    /// goes all the same: it is told.
    fn set_aside(self, replaced: &[SitePath]) {
        for path in replaced {
            if let Ok(bytes) = std::fs::read(self.out.path().join(path.as_str())) {
                self.cache_dir.write_inside(REPLACED, path.as_str(), &bytes);
            }
        }
    }

    /// The same for pages whose source is gone or held back: they must go, since they may hold what is
    /// private, and go only where what somebody wrote into them is kept.
    fn keep(self, left: &[SitePath]) -> Result<(), Stop> {
        self.set_aside(left);
        let is_kept = |path: &&SitePath| {
            let there = std::fs::read(self.out.path().join(path.as_str())).ok();
            there.is_none() || there == self.cache_dir.read_inside(REPLACED, path.as_str())
        };
        let Some(lost) = left.iter().find(|path| !is_kept(path)) else { return Ok(()) };
        let message = format!(
            "`{}` is no page of the site any more, but it was changed since the last build, and no copy of \
                it can be kept",
            self.out.shown(lost)
        );
        Err(Stop::refused(message, "move it out of the folder, and build again"))
    }

    fn move_files(self, comparison: &Comparison, new: &Manifest) -> Result<(), Stop> {
        let journal = Journal::of(comparison);
        let written = journal
            .write(self.out, new, self.file_ops)
            .inspect_err(|_| staging::discard(self.out, self.file_ops));
        let before = written.map_err(|stop| stop.leaving(self.out.as_it_was()))?;
        journal.carry_out(self.out, &Occasion::FirstTime(before), self.file_ops)
    }
}
