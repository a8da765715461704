//! What earlier runs found out, by the hash of what it follows from. Forgetting it costs time and nothing
//! else.
//!
//! Each stage has its own caches. They stand together here, so that `watch`, which compiles again and again,
//! owns one value. A run forgets what it did not ask for: the caches never hold more than one dossier needs.
//!
//! Where quotations stand takes long to find out and little room to keep: this part is also kept on disk. A
//! file that another version of the program wrote, or that is damaged, is read as an empty cache.

use std::sync::Arc;

use crate::inputs::cache::Cache;
use crate::inputs::{Hash, Inputs};
use crate::link::cache::LinkCache;
use crate::link::view::View;
use crate::parse::files::ParsedFile;
use crate::render::theme::Theme;
use crate::report::diagnostic::Diagnostic;
use crate::reworded::Last;
use crate::state::{Lent, State};

/// What a run is given by the one before it, and gives to the next.
#[derive(Clone, Default)]
pub struct CompileCache {
    /// Files as they were read.
    pub(crate) files: Cache<ParsedFile>,
    /// What was linked, by view: the one of a view does not sweep away what the other needs.
    published: LinkCache,
    everything: LinkCache,
    /// The last state of each view.
    last_published: Option<Last>,
    last_of_everything: Option<Last>,
    /// The look that was last asked for.
    theme: Option<(Hash, Arc<Theme>, Vec<Diagnostic>)>,
}

impl CompileCache {
    /// What may be kept for the next run of the same program.
    pub fn to_bytes(&self, program: &Hash) -> Vec<u8> {
        let mut bytes = self.published.to_bytes();
        let check = blake3::keyed_hash(program, &bytes);
        bytes.extend_from_slice(check.as_bytes());
        bytes
    }

    /// What an earlier run of this program kept; `None` where it was another's, or is damaged.
    pub fn from_bytes(bytes: &[u8], program: &Hash) -> Option<CompileCache> {
        let (kept, check) = bytes.split_last_chunk::<32>()?;
        // Compared as hashes, in constant time; nothing is read that was not written by this program.
        (blake3::keyed_hash(program, kept) == *check).then_some(())?;
        Some(CompileCache { published: LinkCache::from_bytes(kept)?, ..CompileCache::default() })
    }

    /// The theme of a look, made anew where it is another than the last one.
    pub(crate) fn theme(
        &mut self,
        look: Hash,
        make: impl FnOnce() -> (Theme, Vec<Diagnostic>),
    ) -> (Arc<Theme>, Vec<Diagnostic>) {
        let known = self.theme.take().filter(|(known, ..)| *known == look);
        let (_, theme, slips) = self.theme.insert(known.unwrap_or_else(|| {
            let (theme, slips) = make();
            (look, Arc::new(theme), slips)
        }));
        (theme.clone(), slips.clone())
    }

    /// The state that these inputs make, where it follows from the last one without linking.
    pub(crate) fn reworded(
        &mut self,
        view: View,
        settings: Hash,
        inputs: &Inputs,
        annotations: &str,
        whole: Hash,
    ) -> Option<State> {
        let last = match view {
            View::Published => &mut self.last_published,
            View::Everything => &mut self.last_of_everything,
        };
        last.as_mut()?
            .reworded(settings, inputs, annotations, whole, &mut self.files)
    }

    /// What the last state of a view has made.
    pub(crate) fn lend(&self, view: View) -> Option<Lent> {
        let last = match view {
            View::Published => &self.last_published,
            View::Everything => &self.last_of_everything,
        };
        last.as_ref()?.lend()
    }

    pub(crate) fn remember(&mut self, view: View, last: Last) {
        match view {
            View::Published => self.last_published = Some(last),
            View::Everything => self.last_of_everything = Some(last),
        }
    }

    pub(crate) fn link(&mut self, view: View) -> &mut LinkCache {
        match view {
            View::Published => &mut self.published,
            View::Everything => &mut self.everything,
        }
    }
}
