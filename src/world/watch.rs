//! What happens in the dossier's folder while somebody writes in it.
//!
//! A scan is the truth (`scan`): what the system says of a change is a hint to look, no more. Systems forget
//! events, editors save by renaming over, folders vanish and come back. `hints` listens where the system can
//! be heard, and says why where it cannot; `pace` decides when to look: at once, unless changes come in a
//! flood. Nothing in here compiles or writes anything.

pub mod hints;
pub mod mounts;
pub mod pace;
pub mod scan;
