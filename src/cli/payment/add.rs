//! `space payment add`: records a payment that is on no bank statement.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{model::Tag, money::WrittenAmount, ops},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment add ada 25
  space payment add ada 0 --months 1 --text \"thanks for the new floor\"";

/// The arguments of `space payment add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Who paid: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The amount; use 0 with --months to give months away
    #[arg(allow_hyphen_values = true)]
    amount: WrittenAmount,

    /// The day it was paid
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    date: String,

    /// How many months it buys [default: the amount divided by the dues]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(0..=1200))]
    months: Option<u16>,

    /// A text about it
    #[arg(long, default_value = "")]
    text: String,

    /// Where it came from
    #[arg(long, default_value = "cash")]
    source: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a payment.
///
/// # Errors
/// Fails if no member matches, if it buys no whole number of months, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let date = space.past_day(&args.date)?;
    let request = ops::payment::Add {
        member: look_up::member_id(&space.head, &args.member)?,
        id: Tag::random().short().parse()?,
        date,
        amount: space.currency()?.minor(&args.amount)?,
        months: args.months,
        text: args.text,
        source: Some(args.source),
    };
    let plan = ops::payment::add(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
