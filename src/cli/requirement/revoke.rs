//! `space requirement revoke`: a requirement is no more.

use crate::{
    cli::{
        CliError, Context, fetch,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space requirement revoke`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tag, or the beginning of it
    #[arg(add = crate::cli::input::completion::requirements())]
    tag: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes a requirement away.
///
/// # Errors
/// That no requirement has the tag.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let (_, tag) = fetch::some_requirement(&head, &args.tag)?;
    let plan = ops::requirement::revoke(&head, &tag)?;
    write::carry_out(ctx, &head, plan, &args.write)
}
