//! What a quotation has between its parts, before the first and behind the last: an elision, a bracket, or
//! nothing.

/// What a quotation has where its words pause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gap {
    /// Nothing: before the first part and after the last.
    Edge,
    /// `[...]`: any words of the source, or none.
    Elision,
    /// `[words]`: a few words of the source, or none.
    Alteration {
        brackets: usize,
        /// The bytes of the folded quotation that the brackets take.
        start: usize,
        end: usize,
        /// Whether the word before or after is only a piece of one: `govern[ed]`, `[T]he`.
        glued_left: bool,
        glued_right: bool,
    },
}

impl Gap {
    /// Two pauses side by side.
    pub fn and(self, next: Gap) -> Gap {
        match (self, next) {
            (Gap::Edge, gap) | (gap, Gap::Edge) => gap,
            (Gap::Elision, _) | (_, Gap::Elision) => Gap::Elision,
            (
                Gap::Alteration { brackets: n, start, glued_left, .. },
                Gap::Alteration { brackets: m, end, glued_right, .. },
            ) => Gap::Alteration { brackets: n + m, start, end, glued_left, glued_right },
        }
    }

    pub fn glued_left(self) -> bool {
        matches!(self, Gap::Alteration { glued_left: true, .. })
    }

    pub fn glued_right(self) -> bool {
        matches!(self, Gap::Alteration { glued_right: true, .. })
    }
}
