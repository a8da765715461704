//! A state of a dossier, compiled: all that its pages are made from, and all that is wrong with it. What
//! follows from the same is shared with the state before it, so that the next one may take up what holds.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::inputs::Hash;
use crate::link::lost::Lost;
use crate::model::dossier::{Dossier, NoteIx};
use crate::reason::Reasoned;
use crate::render::context::RenderContext;
use crate::render::fragments::SharedFragments;
use crate::render::keys::PageKeys;
use crate::render::theme::Theme;
use crate::report::diagnostic::Report;
use crate::site::Site;

/// What a compilation makes, but for the inputs, which it borrows.
#[derive(Clone)]
pub struct State {
    pub dossier: Arc<Dossier>,
    pub reasoned: Arc<Reasoned>,
    pub report: Arc<Report>,
    /// The quotations that do not stand: what they need to be told of beside a text that they were checked
    /// against before (`link::since`).
    pub lost: Arc<[Lost]>,
    pub site: Arc<Site>,
    pub theme: Arc<Theme>,
    /// Of all that went into it, and of its templates alone.
    pub whole: Hash,
    pub look: Hash,
    pub keys: Arc<MadeKeys>,
    pub fragments: Arc<SharedFragments>,
    /// The states before it that differ from it in nothing but the words of notes, the last one last.
    pub steps: Vec<Step>,
}

/// From a state to the next.
#[derive(Clone)]
pub struct Step {
    /// The earlier one, by the hash of all that went into it.
    from: Hash,
    /// The notes that say something else in the next.
    reworded: Arc<[NoteIx]>,
}

/// How many steps are kept. The published site is usually one or two steps behind the last state, and more
/// while mistakes hold the dossier back.
const STEPS: usize = 16;

/// The keys of a state's files, made when they are first asked for: who makes every page needs none.
#[derive(Default)]
pub struct MadeKeys {
    made: OnceLock<Arc<PageKeys>>,
    /// Those of the state that this one follows, where they were made, and the notes whose words differ.
    before: Option<(Arc<PageKeys>, Vec<NoteIx>)>,
    /// What an earlier state has made, until it is known which notes show the same.
    lent: Mutex<Option<Lent>>,
}

/// What a state lends to a later one that was compiled anew.
pub struct Lent {
    keys: Arc<PageKeys>,
    fragments: Arc<SharedFragments>,
}

impl MadeKeys {
    /// None are made yet.
    pub fn borrowing(lent: Option<Lent>) -> MadeKeys {
        MadeKeys { lent: Mutex::new(lent), ..MadeKeys::default() }
    }

    fn take_lent(&self) -> Option<Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl State {
    /// The state that follows where nothing but the words of some notes differs.
    pub fn reworded(
        &self,
        dossier: Dossier,
        report: Arc<Report>,
        reworded: Vec<NoteIx>,
        whole: Hash,
    ) -> State {
        let fragments = Arc::new(self.fragments.without(&reworded));
        let mut steps = self.steps[self.steps.len().saturating_sub(STEPS - 1)..].to_vec();
        steps.push(Step { from: self.whole, reworded: reworded.as_slice().into() });
        let before = self.keys.made.get().map(|keys| (Arc::clone(keys), reworded));
        let keys = Arc::new(MadeKeys { before, ..MadeKeys::default() });
        State { dossier: Arc::new(dossier), report, whole, keys, fragments, steps, ..self.clone() }
    }

    /// Whether the state before differs from it in nothing but the words of notes.
    pub fn is_reworded(&self) -> bool {
        !self.steps.is_empty()
    }

    /// The notes whose words may differ from those in an earlier state; None where more may.
    pub fn reworded_since(&self, earlier: &Hash) -> Option<Vec<NoteIx>> {
        let first = self.steps.iter().rposition(|step| step.from == *earlier)?;
        let mut notes: Vec<NoteIx> = self.steps[first..]
            .iter()
            .flat_map(|step| step.reworded.iter().copied())
            .collect();
        notes.sort_unstable();
        notes.dedup();
        Some(notes)
    }

    /// The keys of its files.
    pub fn keys(&self, context: &RenderContext<'_>) -> &PageKeys {
        self.keys.made.get_or_init(|| {
            Arc::new(match &self.keys.before {
                Some((before, reworded)) => before.after(context, self.whole, reworded),
                None => self.made_anew(context),
            })
        })
    }

    fn made_anew(&self, context: &RenderContext<'_>) -> PageKeys {
        let keys = PageKeys::of(context, self.whole, self.look);
        if let Some(lent) = self.keys.take_lent() {
            self.fragments
                .take_over(&lent.fragments, &keys.same_notes(&lent.keys));
        }
        keys
    }

    /// What the next state may borrow: its own, or what it has borrowed and not used.
    pub fn lend(&self) -> Option<Lent> {
        match self.keys.made.get() {
            Some(keys) => Some(Lent { keys: Arc::clone(keys), fragments: Arc::clone(&self.fragments) }),
            None => self.keys.take_lent(),
        }
    }
}
