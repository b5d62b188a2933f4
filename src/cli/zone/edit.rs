//! `space zone edit`: changes a zone, or adds a wish for heat.

use super::wish::{SetPointArgs, WishArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::Decimal,
        ops::{self, Field},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space zone edit workshop --temperature 21 --every sat --from 09:00 --to 13:00
  space zone edit workshop --no-wishes --temperature 18 --if-used";

/// The arguments of `space zone edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The zone
    #[arg(add = crate::cli::input::completion::zones())]
    zone: String,

    #[command(flatten)]
    wish: WishArgs,

    /// Remove the wishes so far
    #[arg(long)]
    no_wishes: bool,

    /// The name for people
    #[arg(long)]
    name: Option<String>,

    /// The temperature below which it never falls
    #[arg(long, value_name = "N")]
    frost: Option<Decimal>,

    /// The temperature that is never asked for more than
    #[arg(long, value_name = "N")]
    ceiling: Option<Decimal>,

    /// Count only people and bookings at this facility; can be repeated
    #[arg(long, value_name = "FACILITY", add = crate::cli::input::completion::facilities(),
          conflicts_with = "no_facilities")]
    facility: Vec<String>,

    /// Count people and bookings at all facilities
    #[arg(long)]
    no_facilities: bool,

    #[command(flatten)]
    set_point: SetPointArgs,

    /// Send the wanted temperature nowhere
    #[arg(long, conflicts_with = "topic")]
    no_topic: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a zone.
///
/// # Errors
/// Fails if there is none, if the timespec is refused, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::zone(&space.head, &args.zone)?;
    let facilities = args.facility.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let facilities = facilities.collect::<Result<Vec<_>, CliError>>()?;
    let request = ops::zone::Edit {
        name: args.name,
        frost: args.frost,
        ceiling: args.ceiling,
        facilities: Some(facilities).filter(|it| args.no_facilities || !it.is_empty()),
        wish: args.wish.wish(ctx, &name, &space.zone()?)?,
        no_wishes: args.no_wishes,
        set_point: Field::of(args.set_point.set_point(), args.no_topic),
    };
    let plan = ops::zone::edit(&space.head, &name, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
