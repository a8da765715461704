//! The program's door: see `cli`.

fn main() {}
