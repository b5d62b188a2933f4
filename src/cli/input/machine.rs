//! Which machine's doors are meant: its configuration, its space, its socket.

use std::path::PathBuf;

use crate::{
    cli::{CliError, Context},
    config::Config,
};

/// What every verb that is about a running door understands.
#[derive(clap::Args, Debug, Clone)]
pub(in crate::cli) struct MachineArgs {
    /// What hangs on this machine; /etc/space/door.toml where that is there
    #[arg(long, value_name = "FILE", env = "SPACE_CONFIG")]
    config: Option<PathBuf>,

    /// The socket by which the door is operated; beside the key unless given
    #[arg(long, value_name = "PATH")]
    socket: Option<PathBuf>,
}

impl MachineArgs {
    /// Reads the configuration; an empty one where there is none.
    ///
    /// # Errors
    /// That it cannot be read or used, with all that is wrong.
    pub(in crate::cli) fn config(&self) -> Result<Config, CliError> {
        Ok(self.config.as_deref().map_or_else(Config::of_machine, Config::read)?)
    }

    /// Returns the space: the one of the command line, of the configuration, or of this folder.
    pub(in crate::cli) fn space(ctx: &Context, config: &Config) -> Context {
        let repo = ctx.repo.clone().or_else(|| config.space.clone());
        Context::new(repo, ctx.json, ctx.now)
    }

    /// Returns the socket.
    ///
    /// # Errors
    /// That the space whose socket it would be cannot be opened.
    pub(in crate::cli) fn socket(
        &self,
        ctx: &Context,
        config: &Config,
    ) -> Result<PathBuf, CliError> {
        match self.socket.as_ref().or(config.socket.as_ref()) {
            Some(path) => Ok(path.clone()),
            None => Ok(Self::space(ctx, config).store()?.dir().join("door.sock")),
        }
    }
}
