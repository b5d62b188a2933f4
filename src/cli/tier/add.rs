//! `space tier add`: one more kind of membership.

use crate::{
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Slug, Tier},
        money::Written,
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space tier add student --name Student --price 12.50 --concessions";

/// The arguments of `space tier add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name by which it is addressed, like standard
    tier: Slug,

    /// What people call it; the short name unless given
    #[arg(long)]
    name: Option<String>,

    /// The dues of a month; none unless given
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    price: Option<Written>,

    /// The price of a whole year at once
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, requires = "price")]
    year: Option<Written>,

    /// Let a concession halve the dues
    #[arg(long)]
    concessions: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a tier.
///
/// # Errors
/// That the name is taken, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let currency = space.currency()?;
    let tier = Tier {
        name: args.name.unwrap_or_else(|| args.tier.to_string()),
        price: currency.maybe(args.price.as_ref())?,
        year: currency.maybe(args.year.as_ref())?,
        concessions: args.concessions,
    };
    let plan = ops::tier::add(&space.head, &args.tier, tier)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
