//! `space payment split`: credits several members with parts of one transfer.

use crate::{
    app::payment::{WrittenShare, find},
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops::payment::{self, Share, Split},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment split 3f2a --to 0013=25 --to 0015=25
  space payment split 3f2a --to ada=25 --to bob=10:0";

/// The arguments of `space payment split`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The id of an unmatched transaction or of a payment, or its beginning
    transfer: String,

    /// A member and the amount to credit; `:MONTHS` after it says how many months it buys, 0 for a
    /// donation; give it for each part
    #[arg(long = "to", required = true, value_name = "MEMBER=AMOUNT")]
    parts: Vec<WrittenShare>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Splits a transfer.
///
/// # Errors
/// Fails if there is none, if no member matches, or if the parts do not add up to it.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let transfer = find::transfer(&space.head, &args.transfer)?;
    let shares: Vec<Share> =
        args.parts.iter().map(|part| part.share(&space.head)).collect::<Result<_, _>>()?;
    let plan = payment::split(&space.head, Split { transfer, shares })?;
    write::carry_out(ctx, &space, plan, &args.write)
}
