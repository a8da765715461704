//! What is told to people: mistakes of the writer, each with a place and a remedy.
//!
//! A stage never prints and never fails on what a person wrote: it returns its value and adds to a `Report`.
//! Here are the words (`mistakes`), the value (`diagnostic`) and one renderer a format (`human`, `short`,
//! `json`, `sarif`).

pub mod diagnostic;
pub mod excerpt;
pub mod explain;
pub mod held;
pub mod human;
pub mod json;
pub mod kept;
pub mod lines;
pub mod mistakes;
pub mod sarif;
pub mod short;
pub mod texts;
pub mod visible;
