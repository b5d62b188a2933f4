//! `space payment settle`: works out again until when a member has paid.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space payment settle`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Corrects the paid time after records were merged or changed by hand.
///
/// # Errors
/// Fails if no member matches, or if nothing would change.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let id = look_up::member_id(&space.head, &args.member)?;
    write::carry_out(ctx, &space, ops::payment::settle(&space.head, id)?, &args.write)
}
