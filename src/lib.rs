//! Casebook turns a folder of sources and annotations into a cross-linked site, and checks every quotation on the way.

// Values in, values out: only `world` and `cli` may touch the world, and nobody prints past a closed pipe. See clippy.toml.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, clippy::print_stderr))]

pub mod anchor;
pub mod cli;
pub mod config;
pub mod inputs;
pub mod link;
pub mod model;
pub mod parse;
pub mod reason;
pub mod render;
pub mod report;
pub mod site;
pub mod world;
