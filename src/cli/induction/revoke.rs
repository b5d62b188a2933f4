//! `space induction revoke`: an induction no longer counts.

use crate::{
    cli::{
        CliError, Context, fetch,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space induction revoke`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Whose: number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// To which facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes an induction away.
///
/// # Errors
/// That there is none.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let id = fetch::member_id(&head, &args.member)?;
    let (facility, _) = fetch::facility(&head, &args.facility)?;
    let plan = ops::induction::revoke(&head, id, &facility)?;
    write::carry_out(ctx, &head, plan, &args.write)
}
