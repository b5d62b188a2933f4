//! `space requirement revoke`: revokes a requirement.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space requirement revoke`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tag, or its beginning
    #[arg(add = crate::cli::input::completion::requirements())]
    tag: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Revokes a requirement.
///
/// # Errors
/// Fails if no requirement has the tag.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (_, tag) = look_up::requirement_place(&space.head, &args.tag)?;
    let plan = ops::requirement::revoke(&space.head, &tag)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
