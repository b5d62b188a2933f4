//! `space settings edit`: the numbers and names that everything else refers to.

use std::collections::BTreeMap;

use crate::{
    cli::{
        CliError, Context,
        dues::preview,
        member::fields,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Money, Priority},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space settings edit --grace-days 7
  space settings edit --zone Europe/London --level \"3=Managers\"";

/// The arguments of `space settings edit`. Settings that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What people call the space
    #[arg(long)]
    name: Option<String>,

    /// The time zone in which dates and calendars are meant, like Europe/London
    #[arg(long)]
    zone: Option<String>,

    /// The currency of its amounts, like GBP
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// What stands before a member's number in a bank reference
    #[arg(long, value_name = "LETTERS")]
    prefix: Option<String>,

    /// The least that a member pays a month
    #[arg(long, value_name = "AMOUNT", value_parser = fields::money, allow_hyphen_values = true)]
    minimum: Option<Money>,

    /// How many children the price includes
    #[arg(long, value_name = "NUMBER")]
    included_children: Option<u16>,

    /// The surcharge a month for each further child
    #[arg(long, value_name = "AMOUNT", value_parser = fields::money, allow_hyphen_values = true)]
    per_further_child: Option<Money>,

    /// The age in years from which dues are reduced
    #[arg(long, value_name = "YEARS")]
    concession_age: Option<u16>,

    /// How many days a member is still covered after the paid time ended
    #[arg(long, value_name = "DAYS")]
    grace_days: Option<u16>,

    /// What a priority is called, like 2=Classes; `2=` takes the name away
    #[arg(long = "level", value_name = "PRIORITY=NAME", value_parser = level, allow_hyphen_values = true)]
    levels: Vec<(Priority, Option<String>)>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes settings.
///
/// # Errors
/// That everything is already so, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let request = ops::space::Edit {
        name: args.name,
        time_zone: args.zone,
        currency: args.currency.map(|code| code.to_uppercase()),
        reference_prefix: args.prefix.map(|prefix| prefix.to_uppercase()),
        minimum: args.minimum,
        included_children: args.included_children,
        per_further_child: args.per_further_child,
        concession_age: args.concession_age,
        grace_days: args.grace_days,
        levels: args.levels.into_iter().collect::<BTreeMap<_, _>>(),
    };
    let plan = ops::space::edit(&head, request)?;
    let plan = preview::add(ctx, &head, plan, args.write.dry_run)?;
    write::carry_out(ctx, &store, plan, &args.write)
}

fn level(text: &str) -> Result<(Priority, Option<String>), String> {
    let wrong = || "write it like 2=Classes".to_owned();
    let (priority, name) = text.split_once('=').ok_or_else(wrong)?;
    let priority = priority.trim().parse().map_err(|_| wrong())?;
    let name = name.trim();
    Ok((priority, (!name.is_empty()).then(|| name.to_owned())))
}
