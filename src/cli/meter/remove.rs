//! `space meter remove`: removes a meter.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space meter remove`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The meter
    #[arg(add = crate::cli::input::completion::meters())]
    meter: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes a meter; its measurements stay.
///
/// # Errors
/// Fails if there is none.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::meter(&space.head, &args.meter)?;
    let plan = ops::meter::remove(&space.head, &name)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
