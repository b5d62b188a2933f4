//! `space payment add`: a payment that no bank tells of.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{model::Tag, money::Written, ops},
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
    /// Who paid: number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// How much; 0 for months that are given, with --months
    #[arg(allow_hyphen_values = true)]
    amount: Written,

    /// The day it was paid
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    date: String,

    /// How many months it buys; worked out from the dues unless given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(0..=1200))]
    months: Option<u16>,

    /// What was said about it
    #[arg(long, default_value = "")]
    text: String,

    /// How it came
    #[arg(long, default_value = "cash")]
    source: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a payment.
///
/// # Errors
/// That nobody is called so, that it buys no whole number of months, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let date = space.day(&args.date)?;
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
