//! The plan of the site becomes bytes: any page, on its own, whenever it is wanted.

pub mod body;
pub mod excerpt;
pub mod marks;
