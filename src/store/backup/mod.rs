//! What a backup takes from a repository, and how a repository comes back from it.

mod records;
mod settings;
mod state;

pub use state::StateFile;
