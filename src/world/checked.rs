//! The texts that notes were last checked against, in the dossier's memory: when a source is revised, they
//! tell what became of a passage.
//!
//! `checked` lists by source the text that it has when all its notes stand; the text itself lies beside, in a
//! file named after its hash. While a note does not stand the older text is kept, so that every run until it
//! is mended can tell. Never needed: without it messages say less, and verdicts are the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::inputs::{Hash, hex};
use crate::model::body::Body;
use crate::model::roles::Legible;
use crate::model::slug::Slug;
use crate::world::cache_dir::CacheDir;

const NAME: &str = "checked";
const PREFIX: &str = "text-";

/// By source: a hash of all that its text follows from, and of the text.
type Listed = BTreeMap<String, (String, String)>;

/// A source as it is now.
pub struct Current<'a> {
    pub id: &'a Slug,
    /// Of all that the text follows from.
    pub text: &'a Hash,
    pub body: &'a Body,
    /// Whether some quotation of it does not stand.
    pub has_lost: bool,
}

/// The text that the notes on a source were last checked against, where it was another one than `text`.
pub fn before(cache_dir: &CacheDir, sources: &[(&Slug, &Hash)]) -> BTreeMap<Slug, Legible> {
    // Most often there is none, and the list is long: it is searched before it is read.
    let bytes = cache_dir
        .read(NAME)
        .filter(|_| !sources.is_empty())
        .unwrap_or_default();
    let has_other = |(id, text): &&(&Slug, &Hash)| {
        let entry = format!("\"{}\":[\"", id.as_str());
        let at = memchr::memmem::find(&bytes, entry.as_bytes()).map(|at| at + entry.len());
        at.is_some_and(|at| !bytes[at..].starts_with(hex(text).as_bytes()))
    };
    if !sources.iter().any(|source| has_other(&source)) {
        return BTreeMap::new();
    }
    let listed = listed(cache_dir);
    let old = |(id, text): &(&Slug, &Hash)| {
        let (_, reading) = listed.get(id.as_str()).filter(|(was, _)| *was != hex(text))?;
        let bytes = cache_dir
            .read(&format!("{PREFIX}{reading}"))
            .filter(|bytes| hex(blake3::hash(bytes).as_bytes()) == *reading)?;
        Some(((*id).clone(), serde_json::from_slice(&bytes).ok()?))
    };
    sources.iter().filter_map(old).collect()
}

/// Keeps the text of each source whose notes all stand, and forgets what no note needs.
pub fn remember<'a>(cache_dir: &CacheDir, sources: impl Iterator<Item = Current<'a>>) {
    let old = listed(cache_dir);
    let mut new = Listed::new();
    for Current { id, text, body, has_lost } in sources {
        let known = old.get(id.as_str());
        let state = hex(text);
        match known {
            Some(known) if has_lost || known.0 == state => {
                new.insert(id.as_str().to_owned(), known.clone());
            }
            _ if has_lost => {}
            _ => {
                // texts and numbers are always JSON
                let bytes = serde_json::to_vec(&body.legible()).unwrap_or_default();
                let hash = hex(blake3::hash(&bytes).as_bytes());
                cache_dir.write(&format!("{PREFIX}{hash}"), &bytes);
                new.insert(id.as_str().to_owned(), (state, hash));
            }
        }
    }
    if new == old {
        return;
    }
    cache_dir.write(NAME, &serde_json::to_vec(&new).unwrap_or_default()); // names and hashes are always JSON
    let needed: BTreeSet<&String> = new.values().map(|(_, hash)| hash).collect();
    for hash in old
        .values()
        .map(|(_, hash)| hash)
        .filter(|hash| !needed.contains(hash))
    {
        cache_dir.forget(&format!("{PREFIX}{hash}"));
    }
}

/// What was listed; nothing where that is damaged.
fn listed(cache_dir: &CacheDir) -> Listed {
    let listed: Listed = cache_dir
        .read(NAME)
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if listed.values().all(|(state, hash)| is_hash(state) && is_hash(hash)) { listed } else { Listed::new() }
}
