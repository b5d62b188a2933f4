//! `space meter add`: adds a meter.

use super::{price, source::SourceArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Decimal, Meter, MeterAlarm, Price, Quantity, Slug, Unit},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Measured can be: power, energy, gas, heat, water, temperature, humidity, co2, switch, window.
Units are: W, kW, Wh, kWh, MWh, Wmin, J, kJ, MJ, m3, l, ft3, C, F, K, %, ppm, on-off.

Examples:
  space meter add gas gas --calorific 11.2 --price 0.07
  space meter add main energy --topic shellies/main --device shelly-1 --price 2026-01-01=0.245
  space meter add laser power --facility laser --topic tele/laser/SENSOR --pointer /ENERGY/Power
  space meter add garden temperature --w1 28-0123456789ab --outside --published
  space meter add freezer temperature --topic freezer/temperature --above -15";

/// The arguments of `space meter add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name for commands and files, like gas
    meter: Slug,

    /// What it measures
    measures: Quantity,

    /// The name for people [default: the short name]
    #[arg(long)]
    name: Option<String>,

    /// The unit of its numbers [default: the usual one, like kWh]
    #[arg(long)]
    unit: Option<Unit>,

    /// The zone that it belongs to
    #[arg(long, add = crate::cli::input::completion::zones())]
    zone: Option<String>,

    /// The facility that it belongs to, like a machine with a meter of its own
    #[arg(long, add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// It hangs outside: degree days are counted by it
    #[arg(long)]
    outside: bool,

    /// What a kilowatt-hour or a cubic metre costs, and from which day on; can be repeated
    #[arg(long, value_name = "[DAY=]PRICE", value_parser = price::price, allow_hyphen_values = true)]
    price: Vec<Price>,

    /// How many kilowatt-hours are in a cubic metre of gas
    #[arg(long, value_name = "N")]
    calorific: Option<Decimal>,

    /// The number at which the counter begins again with zero, like 100000
    #[arg(long, value_name = "N")]
    wraps_at: Option<Decimal>,

    /// Let everybody see what it says, in the SpaceAPI
    #[arg(long)]
    published: bool,

    /// Tell somebody when it says more than this
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    above: Option<Decimal>,

    /// Tell somebody when it says less than this
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    below: Option<Decimal>,

    /// Tell somebody when it has said nothing for this many minutes
    #[arg(long, value_name = "N")]
    silent_minutes: Option<u32>,

    #[command(flatten)]
    write: WriteArgs,

    #[command(flatten)]
    source: SourceArgs,
}

/// Adds a meter.
///
/// # Errors
/// Fails if the name is taken, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = args.zone.as_deref().map(|name| look_up::zone(&space.head, name)).transpose()?;
    let facility = args.facility.as_deref().map(|name| look_up::facility(&space.head, name));
    let alarm =
        MeterAlarm { above: args.above, below: args.below, silent_minutes: args.silent_minutes };
    let mut prices = args.price;
    prices.sort_by_key(|price| price.from);
    let meter = Meter {
        name: args.name.unwrap_or_else(|| args.meter.to_string()),
        measures: args.measures,
        unit: args.unit.unwrap_or_else(|| args.measures.usual_unit()),
        source: args.source.source()?,
        zone: zone.map(|(name, _)| name),
        facility: facility.transpose()?.map(|(name, _)| name),
        outside: args.outside,
        prices,
        calorific: args.calorific,
        wraps_at: args.wraps_at,
        published: args.published,
        alarm: Some(alarm).filter(|it| *it != MeterAlarm::default()),
    };
    let plan = ops::meter::add(&space.head, &args.meter, meter)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
