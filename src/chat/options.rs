//! How the program was told to run.

use std::path::PathBuf;

use crate::{config::ServicesConfig, service::Show};

/// How the program was told to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The space's folder, or a folder inside it.
    pub space: PathBuf,
    /// The chats, and what they are told about.
    pub config: ServicesConfig,
    /// The folder of the doors' journals.
    pub journal: PathBuf,
    /// How to show what happens.
    pub show: Show,
}
