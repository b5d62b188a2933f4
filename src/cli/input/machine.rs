//! The configuration, space and socket of the doors of this machine.

use std::path::{Path, PathBuf};

use crate::{
    cli::{CliError, Context, output::command::word},
    config::Config,
    store::Store,
};

/// Tells whether the door of this machine goes by this repository.
pub(in crate::cli) fn is_of_door(store: &Store) -> bool {
    let space = Config::load().ok().and_then(|config| config.space);
    let same = |space: PathBuf| {
        let place = |store: &Store| store.dir().canonicalize().ok();
        Some(place(&Store::open(&space).ok()?)? == place(store)?)
    };
    space.and_then(same).unwrap_or(false)
}

/// The options of every verb that concerns a running door.
#[derive(clap::Args, Debug, Clone)]
pub(in crate::cli) struct MachineArgs {
    /// The configuration of this machine [default: /etc/space/door.toml, if it exists]
    #[arg(long, value_name = "FILE", env = "SPACE_CONFIG")]
    config: Option<PathBuf>,

    /// The socket of the running door [default: door.sock beside the key]
    #[arg(long, value_name = "PATH")]
    socket: Option<PathBuf>,
}

impl MachineArgs {
    /// Reads the configuration; it is empty if there is none.
    ///
    /// # Errors
    /// Fails if it cannot be read or used, naming everything that is wrong.
    pub(in crate::cli) fn config(&self) -> Result<Config, CliError> {
        Ok(self.config.as_deref().map_or_else(Config::load, Config::read)?)
    }

    /// Returns the options as they were given, to be put behind another command.
    pub(in crate::cli) fn given(&self) -> String {
        let option = |name: &str, value: &Option<PathBuf>| {
            let value = value.as_ref()?.display().to_string();
            Some(format!(" --{name} {}", word(&value)))
        };
        let given = [option("config", &self.config), option("socket", &self.socket)];
        given.into_iter().flatten().collect()
    }

    /// Returns the space: from the command line, the configuration, or the current folder.
    pub(in crate::cli) fn space(ctx: &Context, config: &Config) -> Context {
        let repo = ctx.repo.clone().or_else(|| config.space.clone());
        Context::new(repo, ctx.json, ctx.now)
    }

    /// Returns the socket.
    ///
    /// # Errors
    /// Fails if the socket follows from the space and the space cannot be opened.
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

    /// Returns the socket for a door that runs although its space cannot be opened: beside where its
    /// key belongs, or in the folder itself.
    pub(in crate::cli) fn socket_without_space(&self, folder: &Path, config: &Config) -> PathBuf {
        let given = self.socket.as_ref().or(config.socket.as_ref());
        let usual = [folder.join(".git/space"), folder.join("space")];
        let beside = || usual.into_iter().find(|it| it.is_dir());
        given
            .cloned()
            .unwrap_or_else(|| beside().unwrap_or_else(|| folder.to_owned()).join("door.sock"))
    }
}
