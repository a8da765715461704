//! What earlier runs found out, by the hash of what it follows from. Forgetting it costs time and nothing else.
//!
//! Each stage keeps its own shelves; here they stand together, so that whoever compiles again and again (`watch`) owns one value that lives as
//! long as it does. What a run does not ask for is forgotten with it: no memory grows beyond what one dossier needs.

use crate::inputs::shelf::Shelf;
use crate::link::memory::Memory;
use crate::link::view::View;
use crate::parse::files::Parcel;

/// The memory that a run is given and hands on to the next.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// Files as they were read.
    pub(crate) files: Shelf<Parcel>,
    /// What was linked, by view: the one of a view does not sweep away what the other needs.
    published: Memory,
    everything: Memory,
}

impl Memo {
    pub(crate) fn link(&mut self, view: View) -> &mut Memory {
        match view {
            View::Published => &mut self.published,
            View::Everything => &mut self.everything,
        }
    }
}
