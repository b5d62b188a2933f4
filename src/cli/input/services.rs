//! The configuration of outside services, and its space.

use std::path::PathBuf;

use crate::{
    cli::{CliError, Context},
    config::ServicesConfig,
};

/// The option of every verb that concerns outside services.
#[derive(clap::Args, Debug, Clone)]
pub(in crate::cli) struct ServicesArgs {
    /// The configuration of the services [default: /etc/space/services.toml, if it exists]
    #[arg(long, value_name = "FILE", env = "SPACE_SERVICES_CONFIG")]
    config: Option<PathBuf>,
}

impl ServicesArgs {
    /// Reads the configuration; without one there are no services.
    ///
    /// # Errors
    /// Fails if it cannot be read or used, naming everything that is wrong.
    pub(in crate::cli) fn config(&self) -> Result<ServicesConfig, CliError> {
        Ok(self.config.as_deref().map_or_else(ServicesConfig::of_machine, ServicesConfig::read)?)
    }
}

/// Returns the space: from the command line, the configuration, or the current folder.
pub(in crate::cli) fn space(ctx: &Context, config: &ServicesConfig) -> Context {
    let repo = ctx.repo.clone().or_else(|| config.space.clone());
    Context::new(repo, ctx.json, ctx.now)
}
