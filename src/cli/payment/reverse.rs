//! `space payment reverse`: records that a payment bounced, and takes back what it bought.

use crate::{
    app::payment::find,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space payment reverse`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The id of the payment, or its beginning
    payment: String,

    /// The day it bounced
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// The reason, in words
    #[arg(long, default_value = "bounced")]
    reason: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Reverses a payment. It stays on record, so that importing its statement again changes nothing.
///
/// # Errors
/// Fails if there is none, or if it was already returned.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let on = space.past_day(&args.on)?;
    let (member, payment, _) = find::payment(&space.head, &args.payment)?;
    let (amount, months, reason) = (None, None, args.reason);
    let verb = ops::payment::REVERSE;
    let back = ops::payment::Refund { member, payment, on, amount, months, reason, verb };
    write::carry_out(ctx, &space, ops::payment::give_back(&space.head, back)?, &args.write)
}
