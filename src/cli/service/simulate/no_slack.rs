//! Replaces `space service simulate slack` in a program that was built without services.

use crate::{
    app::chat,
    cli::{CliError, Context},
    integrations::chat::none,
};

/// The arguments of `space service simulate slack`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Whatever it would have been
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    rest: Vec<String>,
}

/// Says how to get it.
///
/// # Errors
/// Always: this program has no stand-in for Slack.
pub(super) fn run(_: &Context, args: &Args) -> Result<(), CliError> {
    let _ = &args.rest;
    Err(chat::trouble(none()).into())
}
