//! The command line's contract with the real program: what is said where, and how each command ends.

mod build;
mod document;
mod fix;
mod folder;
mod killed;
mod locate;
mod new;
mod reference;
mod since;
