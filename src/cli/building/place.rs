//! The configuration of the building.

use std::path::PathBuf;

use crate::{cli::CliError, config::BuildingConfig};

/// The options of every verb.
#[derive(clap::Args, Debug, Clone)]
pub(super) struct PlaceArgs {
    /// The configuration of the building [default: /etc/space/building.toml, if it exists]
    #[arg(long, value_name = "FILE", env = "SPACE_BUILDING_CONFIG")]
    config: Option<PathBuf>,
}

impl PlaceArgs {
    /// Reads the configuration; without one, nothing is connected.
    ///
    /// # Errors
    /// Fails if it cannot be read or used, naming everything that is wrong.
    pub(super) fn config(&self) -> Result<BuildingConfig, CliError> {
        Ok(self.config.as_deref().map_or_else(BuildingConfig::of_machine, BuildingConfig::read)?)
    }
}
