//! The inverse of reading: a note as its writer would type it.
