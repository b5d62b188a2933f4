//! `space induction revoke`: revokes an induction.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space induction revoke`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Revokes an induction.
///
/// # Errors
/// Fails if there is none.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let (facility, _) = look_up::facility(&space.head, &args.facility)?;
    let plan = ops::induction::revoke(&space.head, id, &facility)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
