//! `watch` with the real program, real files and the real watcher, native and polling: what editors, sync
//! tools and git do to a folder, and after each, once it is quiet, `public` holds byte for byte what a clean
//! `build` makes.
//!
//! Nothing here waits for a time and hopes: every step waits for a condition, and fails with what the program
//! said when it does not come.

mod edits;
mod property;
mod run;
mod serving;
mod start;
mod system;
