//! `space join decline`: declines an application.

use super::find;
use crate::{
    app::joining::decline,
    cli::{CliError, Context},
};

/// The arguments of `space join decline`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application: its id, or the beginning of the name
    application: String,

    /// The reason, as a sentence in the mail
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Send no mail
    #[arg(long, conflicts_with = "reason")]
    silently: bool,
}

/// Declines an application; what was filled in is removed.
///
/// # Errors
/// Fails if there is no such application, or if the mail cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let it = find::one(ctx, space.store, &args.application)?;
    let is_told = !args.silently;
    decline::decline(space.store, &it, args.reason.as_deref(), is_told, ctx.now)?;
    let told = if is_told { "with a mail" } else { "without a mail" };
    ctx.say(format!("declined {told}: {}", it.content.name))
}
