//! The records of one commit, or of what is not committed yet.

mod as_of;
mod basis;
mod census;
pub(in crate::store) mod changes;
mod draft;
mod everybody;
pub(in crate::store) mod files;
mod find;
mod forget;
mod gather;
mod last_good;
mod members;
mod outdated;
pub(in crate::store) mod past;
mod range;
mod records;
pub(in crate::store) mod revision;
mod sound;
mod text;
mod verdict;
mod working;

pub use census::Census;
pub use changes::Delta;
pub use draft::Draft;
pub use revision::Revision;
pub use text::StoredText;
