//! `space meter edit`: changes a meter.

use super::{price, source::SourceArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Decimal, MeterAlarm, Price, Unit},
        ops::{self, Field},
    },
};

/// The arguments of `space meter edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The meter
    #[arg(add = crate::cli::input::completion::meters())]
    meter: String,

    /// The name for people
    #[arg(long)]
    name: Option<String>,

    /// The unit of its numbers from now on
    #[arg(long)]
    unit: Option<Unit>,

    /// The zone that it belongs to
    #[arg(long, add = crate::cli::input::completion::zones(), conflicts_with = "no_zone")]
    zone: Option<String>,

    /// Let it belong to no zone
    #[arg(long)]
    no_zone: bool,

    /// The facility that it belongs to
    #[arg(long, add = crate::cli::input::completion::facilities(), conflicts_with = "no_facility")]
    facility: Option<String>,

    /// Let it belong to no facility
    #[arg(long)]
    no_facility: bool,

    /// Whether it hangs outside
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    outside: Option<bool>,

    /// Add a price, or replace the one from the same day; can be repeated
    #[arg(long, value_name = "[DAY=]PRICE", value_parser = price::price, allow_hyphen_values = true)]
    price: Vec<Price>,

    /// Remove the prices so far
    #[arg(long)]
    no_prices: bool,

    /// How many kilowatt-hours are in a cubic metre of gas
    #[arg(long, value_name = "N", conflicts_with = "no_calorific")]
    calorific: Option<Decimal>,

    /// Let gas be paid for by the cubic metre
    #[arg(long)]
    no_calorific: bool,

    /// The number at which the counter begins again with zero
    #[arg(long, value_name = "N", conflicts_with = "no_wraps_at")]
    wraps_at: Option<Decimal>,

    /// Let the counter go on for ever
    #[arg(long)]
    no_wraps_at: bool,

    /// Whether everybody may see what it says, in the SpaceAPI
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    published: Option<bool>,

    /// Tell somebody when it says more than this
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    above: Option<Decimal>,

    /// Tell somebody when it says less than this
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    below: Option<Decimal>,

    /// Tell somebody when it has said nothing for this many minutes
    #[arg(long, value_name = "N")]
    silent_minutes: Option<u32>,

    /// Tell nobody about it any more, except for what is given here
    #[arg(long)]
    no_alarm: bool,

    /// Let somebody read it from now on
    #[arg(long, conflicts_with_all = ["topic", "url", "guard", "w1"])]
    by_hand: bool,

    #[command(flatten)]
    write: WriteArgs,

    #[command(flatten)]
    source: SourceArgs,
}

/// Changes a meter.
///
/// # Errors
/// Fails if there is none, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, meter) = look_up::meter(&space.head, &args.meter)?;
    let zone = args.zone.as_deref().map(|name| look_up::zone(&space.head, name)).transpose()?;
    let facility = args.facility.as_deref().map(|name| look_up::facility(&space.head, name));
    let former = meter.alarm.filter(|_| !args.no_alarm).unwrap_or_default();
    let alarm = MeterAlarm {
        above: args.above.or(former.above),
        below: args.below.or(former.below),
        silent_minutes: args.silent_minutes.or(former.silent_minutes),
    };
    let request = ops::meter::Edit {
        name: args.name,
        unit: args.unit,
        source: Field::of(args.source.source()?, args.by_hand),
        zone: Field::of(zone.map(|(name, _)| name), args.no_zone),
        facility: Field::of(facility.transpose()?.map(|(name, _)| name), args.no_facility),
        outside: args.outside,
        prices: args.price,
        no_prices: args.no_prices,
        calorific: Field::of(args.calorific, args.no_calorific),
        wraps_at: Field::of(args.wraps_at, args.no_wraps_at),
        published: args.published,
        alarm: Some(alarm),
    };
    let plan = ops::meter::edit(&space.head, &name, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
