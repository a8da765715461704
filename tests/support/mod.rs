//! What tests of whole dossiers share: dossiers from disk and from memory, pages as browsers read them, and
//! what every page owes.
#![allow(dead_code, reason = "every test file is a program of its own and uses its part of this")]

pub mod dom;
pub mod dossier;
pub mod judge;
pub mod overview;
