//! `space payment settle`: works out anew until when a member has paid.

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
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Settles an account, where records were merged or changed by hand.
///
/// # Errors
/// That nobody is called so, or that everything is so already.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let id = look_up::member_id(&space.head, &args.member)?;
    write::carry_out(ctx, &space, ops::payment::settle(&space.head, id)?, &args.write)
}
