//! The option of commands that read: by the records of a past moment or commit.

use crate::{
    app::past,
    cli::{CliError, Context, Opened},
};

/// The option `--at`.
#[derive(clap::Args, Debug, Clone, Default)]
pub(in crate::cli) struct PastArgs {
    /// By the records of this past moment or commit, like 2026-01-31 or 1a4b0f8
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    at: Option<String>,
}

impl PastArgs {
    /// Opens the space as it was then; by default as it is.
    ///
    /// # Errors
    /// Fails if there is no such commit, if the history begins later, or if it cannot be read.
    pub(in crate::cli) fn open<'c>(&self, ctx: &'c Context) -> Result<Opened<'c>, CliError> {
        let space = ctx.open()?;
        let Some(text) = &self.at else { return Ok(space) };
        let zone = space.zone_or_utc();
        space.at(past::commit(space.store, text, &zone, ctx.now)?)
    }
}
