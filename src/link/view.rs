//! What a run compiles: the published dossier, or everything that its writer has.

use crate::model::dossier::Hidden;

/// Which things are in the dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What `build` writes: nothing private, no draft.
    #[default]
    Published,
    /// What the writer sees while writing: all of it, marked.
    Everything,
}

impl View {
    pub fn shows(self, hidden: Option<Hidden>) -> bool {
        hidden.is_none() || self == View::Everything
    }
}

/// Why a thing is hidden, by what its file says of it; `private` weighs more.
pub fn hidden(private: bool, draft: bool) -> Option<Hidden> {
    match (private, draft) {
        (true, _) => Some(Hidden::Private),
        (false, true) => Some(Hidden::Draft),
        (false, false) => None,
    }
}
