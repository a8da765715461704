//! What earlier runs found out, by the hash of what it follows from. Forgetting it costs time and nothing
//! else.
//!
//! Each stage keeps its own shelves; here they stand together, so that whoever compiles again and again
//! (`watch`) owns one value that lives as long as it does. What a run does not ask for is forgotten with it:
//! no memory grows beyond what one dossier needs.
//!
//! What is dear to find out and small to keep has a form for the disk: where quotations stand. It is another
//! program's, or damaged, and then it is nothing.

use std::sync::Arc;

use crate::inputs::shelf::Shelf;
use crate::inputs::{Hash, Inputs};
use crate::link::memory::Memory;
use crate::link::view::View;
use crate::parse::files::Parcel;
use crate::render::theme::Theme;
use crate::report::diagnostic::Diagnostic;
use crate::reworded::Last;
use crate::state::State;

/// The memory that a run is given and hands on to the next.
#[derive(Clone, Default)]
pub struct Memo {
    /// Files as they were read.
    pub(crate) files: Shelf<Parcel>,
    /// What was linked, by view: the one of a view does not sweep away what the other needs.
    published: Memory,
    everything: Memory,
    /// The last state of each view.
    last_published: Option<Last>,
    last_of_everything: Option<Last>,
    /// The look that was last asked for.
    theme: Option<(Hash, Arc<Theme>, Vec<Diagnostic>)>,
}

impl Memo {
    /// What may be kept for the next run of the same program.
    pub fn to_bytes(&self, program: &Hash) -> Vec<u8> {
        let mut bytes = self.published.to_bytes();
        let check = blake3::keyed_hash(program, &bytes);
        bytes.extend_from_slice(check.as_bytes());
        bytes
    }

    /// What an earlier run of this program kept; `None` where it was another's, or is damaged.
    pub fn from_bytes(bytes: &[u8], program: &Hash) -> Option<Memo> {
        let (kept, check) = bytes.split_last_chunk::<32>()?;
        // Compared as hashes, in constant time; nothing is read that was not written by this program.
        (blake3::keyed_hash(program, kept) == *check).then_some(())?;
        Some(Memo { published: Memory::from_bytes(kept)?, ..Memo::default() })
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

    pub(crate) fn remember(&mut self, view: View, last: Last) {
        match view {
            View::Published => self.last_published = Some(last),
            View::Everything => self.last_of_everything = Some(last),
        }
    }

    pub(crate) fn link(&mut self, view: View) -> &mut Memory {
        match view {
            View::Published => &mut self.published,
            View::Everything => &mut self.everything,
        }
    }
}
