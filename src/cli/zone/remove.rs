//! `space zone remove`: removes a zone.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space zone remove`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The zone
    #[arg(add = crate::cli::input::completion::zones())]
    zone: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes a zone.
///
/// # Errors
/// Fails if there is none, or if a meter belongs to it.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::zone(&space.head, &args.zone)?;
    let plan = ops::zone::remove(&space.head, &name)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
