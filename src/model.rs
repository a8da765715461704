//! What everyone may speak of: the nouns of the program, without behaviour that needs a file,
//! a clock or a setting. Every other room may use this one; this one uses nobody.
//!
//! The words are those of the glossary in `ARCHITECTURE.md`: *seed*, *source*, *note*, *passage*,
//! *anchor*, *mark*, *verdict*, *topic*, *claim*, *figure*, *event*, *dossier*.

pub mod body;
pub mod date;
pub mod dossier;
pub mod figure;
pub mod known_by;
pub mod leaf;
pub mod limit;
pub mod path;
pub mod quote;
pub mod rights;
pub mod roles;
pub mod sentence;
pub mod shared_vec;
pub mod slug;
pub mod span;
