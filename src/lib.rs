//! Casebook turns a folder of sources and annotations into a cross-linked site, and checks every quotation on the way.

pub mod anchor;
pub mod inputs;
pub mod link;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod site;
pub mod world;
