//! What the server asks of whoever holds the compiled dossier, and what it gets: one file of one view, by its
//! exact path in the plan.

use tokio::sync::oneshot;

use crate::View;
use crate::model::path::SitePath;

/// A question for a file.
#[derive(Debug)]
pub struct Ask {
    pub view: View,
    pub path: SitePath,
    /// Whoever asked may be gone by the time of the answer.
    pub answer: oneshot::Sender<Answer>,
}

/// A file of the site, or the page that stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub bytes: Vec<u8>,
    pub kind: AnswerKind,
    /// The stylesheet's path in the site, with the hash of its content in it.
    pub sheet: Option<SitePath>,
    /// The page of the other view that is nearest to this one, where the two views differ.
    pub other: Option<SitePath>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    Found,
    /// The plan has no such file; this is the page that says so.
    NotFound,
    /// A template failed; what is said is plain text.
    Failed,
}
