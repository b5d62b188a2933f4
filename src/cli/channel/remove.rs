//! `space channel remove`: removes the record of a channel.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space channel remove`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The channel
    #[arg(add = crate::cli::input::completion::channels())]
    channel: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes a channel.
///
/// # Errors
/// Fails if there is none.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::channel(&space.head, &args.channel)?;
    let plan = ops::channel::remove(&space.head, &name)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
