//! `space zone add`: adds a zone that is heated.

use super::wish::{SetPointArgs, WishArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Decimal, Slug, Zone},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space zone add workshop --temperature 19 --if-used
  space zone add hall --every mon,wed --from 18:00 --to 22:00 --temperature 20 \\
      --topic zigbee2mqtt/hall/set --key occupied_heating_setpoint";

/// The arguments of `space zone add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name for commands and files, like workshop
    zone: Slug,

    #[command(flatten)]
    wish: WishArgs,

    /// The name for people [default: the short name]
    #[arg(long)]
    name: Option<String>,

    /// The temperature below which it never falls
    #[arg(long, value_name = "N", default_value_t = Zone::FROST)]
    frost: Decimal,

    /// The temperature that is never asked for more than
    #[arg(long, value_name = "N", default_value_t = Zone::CEILING)]
    ceiling: Decimal,

    /// Count only people and bookings at this facility; can be repeated
    #[arg(long, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Vec<String>,

    #[command(flatten)]
    set_point: SetPointArgs,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a zone.
///
/// # Errors
/// Fails if the name is taken, if the timespec is refused, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let facilities = args.facility.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let zone = Zone {
        name: args.name.unwrap_or_else(|| args.zone.to_string()),
        frost: args.frost,
        ceiling: args.ceiling,
        facilities: facilities.collect::<Result<_, CliError>>()?,
        wishes: args.wish.wish(ctx, &args.zone, &space.zone()?)?.into_iter().collect(),
        set_point: args.set_point.set_point(),
    };
    let plan = ops::zone::add(&space.head, &args.zone, zone)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
