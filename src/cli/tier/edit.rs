//! `space tier edit`: the name or the price of a kind of membership.

use crate::{
    app::{dues::preview, look_up},
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        money::Written,
        ops::{self, Field},
    },
};

/// The arguments of `space tier edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Which tier
    #[arg(add = crate::cli::input::completion::tiers())]
    tier: String,

    /// What people call it
    #[arg(long)]
    name: Option<String>,

    /// The dues of a month
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, conflicts_with = "no_price")]
    price: Option<Written>,

    /// Members of this tier owe nothing
    #[arg(long)]
    no_price: bool,

    /// The price of a whole year at once
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, conflicts_with = "no_year")]
    year: Option<Written>,

    /// A year has no price of its own
    #[arg(long)]
    no_year: bool,

    /// Whether a concession halves the dues
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    concessions: Option<bool>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a tier.
///
/// # Errors
/// That there is none, that everything is already so, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::tier(&space.head, &args.tier)?;
    let currency = space.currency()?;
    let request = ops::tier::Edit {
        name: args.name,
        price: Field::of(currency.maybe(args.price.as_ref())?, args.no_price),
        year: Field::of(currency.maybe(args.year.as_ref())?, args.no_year),
        concessions: args.concessions,
    };
    let plan = ops::tier::edit(&space.head, &name, request)?;
    let plan = preview::add(&space.head, plan, args.write.dry_run, ctx.now)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
