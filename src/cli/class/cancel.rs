//! `space class cancel`: ends a class, and everybody's leave to come to it.

use super::named;
use crate::{
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space class cancel`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The class
    #[arg(value_name = "CLASS")]
    class: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Cancels a class.
///
/// # Errors
/// Fails if there is no such class.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let plan = ops::class::cancel(&space.head, &named::name(&args.class)?)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
