//! What a generation is made from, and what generations share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::cache::CompileCache;
use crate::cli::build::{Dossier, waiting};
use crate::inputs::Inputs;
use crate::link::lost::Lost;
use crate::model::roles::Legible;
use crate::model::slug::Slug;
use crate::world::cache_dir::CacheDir;
use crate::world::publish::file_ops::Disk;
use crate::world::publish::folder::OutFolder;
use crate::world::publish::publish_again;
use crate::world::publish::site::{Outcome, Site};
use crate::world::publish::standing::Standing;
use crate::world::stop::Stop;
use crate::world::terminal::Terminal;

/// What generations share.
#[derive(Default)]
pub struct Shared {
    /// What one remembers for the next.
    pub cache: Mutex<CompileCache>,
    /// One at a time writes to the output, and knows how the last one left it.
    turn: Mutex<Option<Standing>>,
    /// The texts that lost quotations were checked against before: while the same are lost, until texts are
    /// kept anew.
    pub before: Mutex<Option<(Arc<[Lost]>, Before)>>,
}

/// By source of a lost quotation: the text that it was checked against before, where that was another one.
pub type Before = Arc<BTreeMap<Slug, Legible>>;

impl Shared {
    pub fn new(cache: CompileCache) -> Shared {
        Shared { cache: Mutex::new(cache), ..Shared::default() }
    }
}

/// What a generation is made from.
pub struct Order<'a> {
    pub dossier: Arc<Dossier>,
    pub inputs: Arc<Inputs>,
    pub out: OutFolder,
    pub shared: &'a Shared,
    pub terminal: &'a Terminal,
}

impl Order<'_> {
    /// Publishes when it is its turn, unless that is called off by then.
    pub fn publish(&self, site: &dyn Site, is_off: &dyn Fn() -> bool) -> Option<Result<Outcome, Stop>> {
        let mut standing = self.shared.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if is_off() {
            return None;
        }
        let cache_dir = CacheDir::of(&self.dossier.root);
        Some(publish_again(site, &self.out, &cache_dir, &Disk, &mut standing, &|| {
            waiting(&self.out, self.terminal)
        }))
    }
}
