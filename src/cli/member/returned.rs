//! `space member return`: takes a member back who had left.

use crate::{
    cli::{
        CliError, Context, fetch,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space member return`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::complete::members())]
    member: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Carries it out.
///
/// # Errors
/// That nobody is called so, or that they have not left.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let id = fetch::member_id(&head, &args.member)?;
    let plan = ops::member::rejoin(&head, id)?;
    write::carry_out(ctx, &store, plan, &args.write)
}
