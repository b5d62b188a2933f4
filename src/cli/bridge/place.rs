//! The configuration of the bridge, its space and its journals.

use std::path::PathBuf;

use crate::{
    app::journals,
    cli::{CliError, Context},
    config::BridgeConfig,
    store::Store,
};

/// The options of every verb that concerns a running bridge.
#[derive(clap::Args, Debug, Clone)]
pub(super) struct PlaceArgs {
    /// The configuration of the bridge [default: /etc/space/bridge.toml, if it exists]
    #[arg(long, value_name = "FILE", env = "SPACE_BRIDGE_CONFIG")]
    config: Option<PathBuf>,
}

impl PlaceArgs {
    /// Reads the configuration; without one, messages go through folders.
    ///
    /// # Errors
    /// Fails if it cannot be read or used, naming everything that is wrong.
    pub(super) fn config(&self) -> Result<BridgeConfig, CliError> {
        Ok(self.config.as_deref().map_or_else(BridgeConfig::of_machine, BridgeConfig::read)?)
    }
}

/// Returns the space: from the command line, the configuration, or the current folder.
pub(super) fn space(ctx: &Context, config: &BridgeConfig) -> Context {
    let repo = ctx.repo.clone().or_else(|| config.space.clone());
    Context::new(repo, ctx.json, ctx.now)
}

/// Returns the folder of the journals.
///
/// # Errors
/// Fails if it follows from the configuration of the doors, and that cannot be used.
pub(super) fn journal(config: &BridgeConfig, store: &Store) -> Result<PathBuf, CliError> {
    match &config.journal {
        Some(path) => Ok(path.clone()),
        None => Ok(journals::folder(store)?),
    }
}
