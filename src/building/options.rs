//! How the building was told to run.

use std::path::PathBuf;

use crate::{config::BuildingConfig, service::Show};

/// How the building was told to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The space's folder, or a folder inside it.
    pub space: PathBuf,
    /// What is connected.
    pub config: BuildingConfig,
    /// The folder of the doors' journals.
    pub journal: PathBuf,
    /// The folder of the measurements.
    pub measurements: PathBuf,
    /// The file that remembers alarms.
    pub memory: PathBuf,
    /// How to show what happens.
    pub show: Show,
}
