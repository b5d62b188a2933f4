//! `space tier add`: adds a kind of membership.

use crate::{
    cli::{
        CliError, Context,
        input::short_name,
        write::{self, WriteArgs},
    },
    domain::{model::Tier, money::WrittenAmount, ops},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space tier add student --name Student --price 12.50 --concessions";

/// The arguments of `space tier add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name for commands and files, like standard; or the name for people, which makes one
    tier: String,

    /// The name for people [default: the short name]
    #[arg(long)]
    name: Option<String>,

    /// The dues per month [default: none]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    price: Option<WrittenAmount>,

    /// The price of a year paid at once
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, requires = "price")]
    year: Option<WrittenAmount>,

    /// Let a concession halve the dues
    #[arg(long)]
    concessions: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a tier.
///
/// # Errors
/// Fails if the name is taken, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (short, name) = short_name::read(&args.tier)?;
    let currency = space.currency()?;
    let tier = Tier {
        name: args.name.or(name).unwrap_or_else(|| short.to_string()),
        price: currency.optional_minor(args.price.as_ref())?,
        year: currency.optional_minor(args.year.as_ref())?,
        concessions: args.concessions,
    };
    let plan = ops::tier::add(&space.head, &short, tier)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
