//! Names become things: which source a file of notes is about, where a quotation stands, what a link leads to.

pub mod names;
pub mod sigla;
