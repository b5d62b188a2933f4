//! `space payment refund`: records that all or part of a payment was given back.

use crate::{
    app::payment::find,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{money::WrittenAmount, ops},
};

/// The arguments of `space payment refund`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The id of the payment, or its beginning
    payment: String,

    /// The amount, for each of several refunds [default: all of it]
    #[arg(long)]
    amount: Option<WrittenAmount>,

    /// How many months are no longer paid [default: in proportion to the amount]
    #[arg(long, value_name = "NUMBER")]
    months: Option<u16>,

    /// The day it was given back
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// The reason, in words
    #[arg(long, default_value = "refunded")]
    reason: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Records a refund.
///
/// # Errors
/// Fails if there is no such payment, if it was already returned, or if it was less.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let on = space.past_day(&args.on)?;
    let (member, payment, _) = find::payment(&space.head, &args.payment)?;
    let amount = space.currency()?.optional_minor(args.amount.as_ref())?;
    let (months, reason) = (args.months, args.reason);
    let back = ops::payment::Refund {
        member,
        payment,
        on,
        amount,
        months,
        reason,
        verb: ops::payment::REFUND,
    };
    write::carry_out(ctx, &space, ops::payment::give_back(&space.head, back)?, &args.write)
}
