//! What the thread that decides hears of.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::world::publish::site::Outcome;
use crate::world::stop::Stop;
use crate::world::watch::hints::Heard;

/// What the thread that decides hears of.
pub enum News {
    Folder(Heard),
    /// What became of the part of the site that may wait.
    Rest(Arc<AtomicBool>, Rest),
    End,
}

/// What came of bringing the part of the site that may wait.
pub enum Rest {
    Brought(Outcome),
    CalledOff,
    Stopped(Stop),
}
