//! `space tier edit`: changes a kind of membership.

use crate::{
    app::{dues::preview, look_up},
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        money::WrittenAmount,
        ops::{self, Field},
    },
};

/// The arguments of `space tier edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tier
    #[arg(add = crate::cli::input::completion::tiers())]
    tier: String,

    /// The name for people
    #[arg(long)]
    name: Option<String>,

    /// The dues per month
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, conflicts_with = "no_price")]
    price: Option<WrittenAmount>,

    /// Let members of this tier owe nothing
    #[arg(long)]
    no_price: bool,

    /// The price of a year paid at once
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true, conflicts_with = "no_year")]
    year: Option<WrittenAmount>,

    /// Remove the price of a year
    #[arg(long)]
    no_year: bool,

    /// Whether a concession halves the dues
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    concessions: Option<bool>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a tier.
///
/// # Errors
/// Fails if there is none, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::tier(&space.head, &args.tier)?;
    let currency = space.currency()?;
    let request = ops::tier::Edit {
        name: args.name,
        price: Field::of(currency.optional_minor(args.price.as_ref())?, args.no_price),
        year: Field::of(currency.optional_minor(args.year.as_ref())?, args.no_year),
        concessions: args.concessions,
    };
    let plan = ops::tier::edit(&space.head, &name, request)?;
    let plan = preview::add(&space.head, plan, args.write.dry_run, ctx.now)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
