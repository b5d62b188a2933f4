//! `space payment same`: settles an unmatched transaction whose money is known already.

use crate::{
    app::payment::find,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment same 3f2a
  space payment same 3f2a 5e98";

/// The arguments of `space payment same`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The id of the unmatched transaction, or its beginning
    transaction: String,

    /// The id of the payment or transaction of the same money, or its beginning [default: the one
    /// of that amount, about that day]
    other: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Settles a transaction. It stays on file, so that it is known when it is imported again.
///
/// # Errors
/// Fails if there is none, or if nothing on record can be of the same money.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (year, id) = find::unmatched(&space.head, &args.transaction)?;
    let other = args.other.as_deref();
    let other = other.map(|text| find::recorded(&space.head, text)).transpose()?;
    let plan = ops::payment::same(&space.head, ops::payment::Same { year, id, other })?;
    write::carry_out(ctx, &space, plan, &args.write)
}
