//! The configuration of the guard, and who may have written it.

use std::path::PathBuf;

use crate::config::{GUARD_PATH, Trust};

/// The options of every verb that needs the configuration.
#[derive(clap::Args, Debug, Clone)]
pub(super) struct PlaceArgs {
    /// The configuration of the guard
    #[arg(long, value_name = "FILE", default_value = GUARD_PATH)]
    pub(super) config: PathBuf,

    /// Rehearse: without a furnace, with a configuration that anybody may write
    #[arg(long)]
    pub(super) rehearsal: bool,
}

impl PlaceArgs {
    /// Returns who may be the author of the configuration.
    pub(super) const fn trust(&self) -> Trust {
        if self.rehearsal { Trust::Anybody } else { Trust::Root }
    }
}
