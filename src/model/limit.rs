//! How large a file may be that is read.

/// The largest file that is read, in bytes. Larger ones are a mistake with a place, not a crash.
pub const FILE_LIMIT: u64 = 16 * 1024 * 1024;
/// The largest page that is read, together with the pictures and fonts that it carries within itself; without
/// them it is held to `FILE_LIMIT`.
pub const PAGE_LIMIT: u64 = 64 * 1024 * 1024;

/// What a file is larger than. A page has two limits: of all its bytes, and of those that are no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    File,
    Page,
    PageWithoutPictures,
}

impl Limit {
    pub fn bytes(self) -> u64 {
        match self {
            Limit::File | Limit::PageWithoutPictures => FILE_LIMIT,
            Limit::Page => PAGE_LIMIT,
        }
    }
}
