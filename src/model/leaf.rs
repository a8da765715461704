//! A leaf of a body: a range of the reading text, and where it stands in the file.

use std::hash::{Hash, Hasher};

use super::span::Span;

/// A range of the reading text, and where it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Bytes of `Body::reading`.
    pub reading: Span,
    /// Bytes of the file's decoded text. As long as `reading` where both are the same bytes; otherwise (an
    /// entity, an escape, a folded line end) the map is no finer than the whole leaf. `None` where the format
    /// keeps no offsets.
    pub file: Option<Span>,
}

/// By what it says, as `Spanned` is.
impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Text { reading, file: _ } = self;
        reading.hash(state);
    }
}

/// Where in the file a byte of a leaf stands.
pub fn file_position(leaf: Text, reading_offset: usize) -> Option<usize> {
    let file = leaf.file?;
    let inside = reading_offset.checked_sub(leaf.reading.start as usize)?;
    let exact = file.len() == leaf.reading.len();
    Some(if exact {
        file.start as usize + inside
    } else if inside >= leaf.reading.len() {
        file.end as usize
    } else {
        file.start as usize
    })
}
