//! What lies in the output, as the run that published it last still knows: so that `watch`, between two
//! keystrokes, brings the few pages that differ and looks at no other file.
//!
//! A touch is for pages only, and only while other files of the site wait for a whole run, which follows it:
//! that run looks at every file, and brings the manifest and the times. A touch that dies in the middle
//! leaves whole pages, some old and some new, and a manifest by which the next run sees which.

use std::fs::{self, Metadata};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::inputs::Hash;
use crate::model::path::SitePath;
use crate::world::cache_dir::CacheDir;
use crate::world::publish::file_ops::FileOps;
use crate::world::publish::folder::{OutFolder, Record};
use crate::world::publish::journal::{put, rank};
use crate::world::publish::manifest::{self, Manifest, Written};
use crate::world::publish::site::{Changes, Outcome, Site, each_once};
use crate::world::publish::staging;
use crate::world::publish::times::{Seen, Times, is_told_finely, stamp};
use crate::world::publish::trial::no_link_leads_out;
use crate::world::stop::{Stop, failed};

/// The mark in the dossier's memory that pages are moved without the manifest.
const TOUCHING: &str = "touching";

/// Whether pages may lie in the output of which the manifest knows nothing yet: a run that brings some of
/// them went before, or died.
pub fn is_touching(cache_dir: &CacheDir) -> bool {
    cache_dir.read(TOUCHING).is_some()
}

/// The manifest knows of every page again.
pub fn end_of_touching(cache_dir: &CacheDir) {
    if is_touching(cache_dir) {
        cache_dir.forget(TOUCHING);
    }
}

/// More pages are brought by a whole run.
const FEW: usize = 512;

/// An output as it was left.
pub struct Standing {
    out: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) times: Times,
    /// The state of the site that lies there, but for what waits; none where that is not known.
    state: Option<Hash>,
    /// Whether the manifest on the disk says so too.
    pub(super) is_recorded: bool,
    /// Size and time of the manifest on the disk: another run that publishes writes it anew.
    record: Option<Record>,
}

/// A page that differs, made.
struct Page<'s> {
    path: &'s SitePath,
    bytes: Vec<u8>,
    written: Written,
    fingerprint: Option<Hash>,
}

impl Standing {
    /// The output as a whole run left it.
    pub(super) fn of(out: &OutFolder, manifest: Manifest, times: Times, state: Option<Hash>) -> Standing {
        Standing {
            out: out.path().to_owned(),
            manifest,
            times,
            state,
            is_recorded: true,
            record: manifest::record(out),
        }
    }

    /// Whether nobody else has published there since.
    pub(super) fn holds(&self, out: &OutFolder) -> bool {
        self.out == out.path()
            && self.record.is_some()
            && self.record == manifest::record(out)
            && !staging::is_there(out)
    }

    /// Brings the pages that differ, and leaves what may wait. None where that takes a whole run: files come
    /// or go, none waits, many differ, or somebody touched one of them.
    pub(super) fn touch(
        &mut self,
        site: &dyn Site,
        out: &OutFolder,
        cache_dir: &CacheDir,
        file_ops: &dyn FileOps,
    ) -> Result<Option<Outcome>, Stop> {
        let Some(suspects) = self.suspects(site) else { return Ok(None) };
        let differs = |path: &SitePath| {
            self.times
                .fingerprint(path)
                .is_none_or(|known| site.fingerprint(path) != Some(known))
        };
        let differing = suspects.into_iter().filter(differs);
        let (waiting, due): (Vec<SitePath>, Vec<SitePath>) = differing.partition(|path| site.may_wait(path));
        if waiting.is_empty() || due.len() > FEW || !due.iter().all(|path| self.is_untouched(out, path)) {
            return Ok(None);
        }
        let made = due.par_iter().map(|path| {
            let bytes = site.render(path)?;
            let written = Written { size: bytes.len() as u64, hash: *blake3::hash(&bytes).as_bytes() };
            Ok(Page { path, bytes, written, fingerprint: site.fingerprint(path) })
        });
        let (pages, mistakes): (Vec<_>, Vec<_>) =
            made.collect::<Vec<_>>().into_iter().partition(Result::is_ok);
        let mistakes: Vec<_> = mistakes.into_iter().filter_map(Result::err).collect();
        if !mistakes.is_empty() {
            return Ok(Some(Outcome::Mistakes(each_once(mistakes))));
        }
        if self.is_recorded {
            cache_dir.write(TOUCHING, b"");
        }
        let mut changed = self.put(pages.into_iter().flatten().collect(), out, file_ops)?;
        changed.sort();
        self.state = site
            .state()
            .filter(|_| changed.iter().all(|path| self.times.fingerprint(path).is_some()));
        Ok(Some(Outcome::Done(Changes { waiting, changed, ..Changes::default() })))
    }

    /// The files that may differ from those that lie there: those that the site knows of, else all, where
    /// they are the same files.
    fn suspects(&self, site: &dyn Site) -> Option<Vec<SitePath>> {
        if let Some(files) = self.state.and_then(|state| site.since(&state)) {
            return Some(files);
        }
        let files = site.files();
        let is_listed = |path: &SitePath| self.manifest.0.contains_key(path);
        (files.len() == self.manifest.0.len() && files.iter().all(is_listed)).then_some(files)
    }

    fn is_untouched(&self, out: &OutFolder, path: &SitePath) -> bool {
        let found = fs::symlink_metadata(out.path().join(path.as_str()));
        let is_same = |found: &Metadata| {
            found.is_file() && is_told_finely(found) && self.times.untouched(path, found).is_some()
        };
        found.is_ok_and(|found| is_same(&found)) && no_link_leads_out(out, path).is_ok()
    }

    /// Moves the pages into place that are not there already: which.
    fn put(
        &mut self,
        mut pages: Vec<Page<'_>>,
        out: &OutFolder,
        file_ops: &dyn FileOps,
    ) -> Result<Vec<SitePath>, Stop> {
        pages.sort_by_key(|page| (rank(page.path), page.path));
        let (same, new): (Vec<Page>, Vec<Page>) = pages
            .into_iter()
            .partition(|page| self.manifest.0.get(page.path) == Some(&page.written));
        for page in same {
            self.times.follow(page.path, page.fingerprint);
        }
        for (number, page) in new.iter().enumerate() {
            let staged = staging::stage(out, number, &page.bytes, file_ops)
                .inspect_err(|_| staging::discard(out, file_ops));
            staged.map_err(|stop| stop.leaving(out.as_it_was()))?;
        }
        for (number, Page { path, written, fingerprint, .. }) in new.iter().enumerate() {
            put(out, &staging::file(out, number), path, file_ops)
                .map_err(|stop| stop.leaving(out.half_way()))?;
            self.is_recorded = false;
            self.manifest.0.insert((*path).clone(), *written);
            match fs::symlink_metadata(out.path().join(path.as_str()))
                .ok()
                .as_ref()
                .and_then(stamp)
            {
                Some((size, time)) => self
                    .times
                    .set(path, Seen { hash: written.hash, size, time, fingerprint: *fingerprint }),
                None => self.times.forget(path),
            }
        }
        if !new.is_empty() {
            let folder = staging::folder(out);
            file_ops
                .remove_folder(&folder)
                .map_err(failed("remove", &folder))
                .map_err(|stop| stop.leaving(out.half_way()))?;
        }
        Ok(new.into_iter().map(|page| page.path.clone()).collect())
    }
}
