//! Which texts of the dossier have words in quotation marks that tell something. Most have none, and which do
//! follows from each file alone: it is found out once for a file, and the others are not looked through again.

use std::collections::HashSet;
use std::sync::Arc;

use super::cache::LinkCache;
use super::cited::spoken_at;
use super::spoken::in_marks;
use crate::inputs::Hash;
use crate::model::body::Body;
use crate::parse::files::{Files, Read};

/// The texts that have such words, by their addresses: while the files are held.
pub struct Speaking(HashSet<*const Body>);

/// The texts of a file, and the hash that they follow from.
struct Texts<'a> {
    key: Hash,
    bodies: Vec<&'a Body>,
}

impl Speaking {
    pub fn of(files: &Files, cache: &mut LinkCache) -> Speaking {
        let Files { seeds: _, sidecars: _, notes, topics, claims, pages, mistakes: _ } = files;
        let of_notes = notes.iter().map(|file| {
            let comments = file.value.notes.iter().map(|note| &*note.comment);
            Texts::of(b"notes", file, std::iter::once(&*file.value.remark).chain(comments).collect())
        });
        let of_topics = topics
            .iter()
            .map(|file| Texts::of(b"topic", file, vec![&file.value.body]));
        let of_claims = claims
            .iter()
            .map(|file| Texts::of(b"claim", file, vec![&file.value.body]));
        let of_pages = pages
            .iter()
            .map(|file| Texts::of(b"page", file, vec![&file.value.body]));
        let texts: Vec<Texts> = of_notes.chain(of_topics).chain(of_claims).chain(of_pages).collect();
        let speaking = cache.speaking.all(&texts, |texts| texts.key, Texts::speaking);
        let all = texts.iter().zip(&speaking);
        let bodies = all.flat_map(|(texts, places)| places.iter().map(|&place| texts.bodies[place]));
        Speaking(bodies.map(std::ptr::from_ref).collect())
    }

    pub fn holds(&self, body: &Body) -> bool {
        self.0.contains(&std::ptr::from_ref(body))
    }
}

impl<'a> Texts<'a> {
    /// The same bytes are read in one way in each folder.
    fn of<T>(folder: &[u8], file: &Read<T>, bodies: Vec<&'a Body>) -> Texts<'a> {
        let mut key = blake3::Hasher::new();
        key.update(&file.content).update(folder);
        Texts { key: *key.finalize().as_bytes(), bodies }
    }

    /// The places of those that have such words.
    fn speaking(&self) -> Arc<[usize]> {
        let speaks = |body: &Body| !spoken_at(body).is_empty() || !in_marks(body).is_empty();
        let bodies = self.bodies.iter().enumerate();
        bodies
            .filter(|(_, body)| speaks(body))
            .map(|(place, _)| place)
            .collect()
    }
}
