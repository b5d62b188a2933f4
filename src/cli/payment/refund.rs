//! `space payment refund`: writes down that money was given back, all of a payment or a part.

use crate::{
    app::payment::find,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{money::Written, ops},
};

/// The arguments of `space payment refund`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The id of the payment, or the beginning of it
    payment: String,

    /// How much; all of it unless given
    #[arg(long)]
    amount: Option<Written>,

    /// How many months are no longer paid; the same part as of the amount unless given
    #[arg(long, value_name = "NUMBER")]
    months: Option<u16>,

    /// The day it was given back
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// Why, in words
    #[arg(long, default_value = "refunded")]
    reason: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Writes a refund down.
///
/// # Errors
/// That there is no such payment, that it went back already, or that it was less.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let on = space.day(&args.on)?;
    let (member, payment, _) = find::payment(&space.head, &args.payment)?;
    let amount = space.currency()?.maybe(args.amount.as_ref())?;
    let (months, reason) = (args.months, args.reason);
    let back = ops::payment::Back { member, payment, on, amount, months, reason, verb: "refund" };
    write::carry_out(ctx, &space, ops::payment::give_back(&space.head, back)?, &args.write)
}
