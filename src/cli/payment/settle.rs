//! `space payment settle`: works out anew until when a member has paid.

use crate::{
    cli::{
        CliError, Context, fetch,
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
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let id = fetch::member_id(&head, &args.member)?;
    write::carry_out(ctx, &head, ops::payment::settle(&head, id)?, &args.write)
}
