//! `space requirement set`: the requirement with a tag as it shall be.

use super::{arm::Arm, calendar::CalendarArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::Priority,
        ops::{self, Field},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space requirement set frontdoor-always --priority 2
  space requirement set frontdoor-always --every mon,tue --from 09:00 --to 22:00";

/// The arguments of `space requirement set`. What is not given stays as it is.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The tag, or the beginning of one that is in use
    #[arg(add = crate::cli::input::completion::requirements())]
    tag: String,

    #[command(flatten)]
    calendar: CalendarArgs,

    /// The facility; a requirement that is moved keeps its tag
    #[arg(long, short, add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// The priority required; below zero the facility is held unlocked
    #[arg(long, short, allow_negative_numbers = true)]
    priority: Option<Priority>,

    /// What it is for
    #[arg(long, conflicts_with = "no_description")]
    description: Option<String>,

    /// Drop the description
    #[arg(long)]
    no_description: bool,

    /// Hold the facility unlocked only once somebody has been granted within the event
    #[arg(long, value_enum, conflicts_with = "no_arm")]
    arm: Option<Arm>,

    /// Hold the facility from the beginning of the event on
    #[arg(long)]
    no_arm: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a requirement, or adds it.
///
/// # Errors
/// That something is missing about a new one, that the timespec is refused, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let tag = match look_up::requirement_tag(&space.head, &args.tag)? {
        Some((_, tag)) => tag,
        None => args.tag.parse()?,
    };
    let facility =
        args.facility.as_deref().map(|name| look_up::facility(&space.head, name)).transpose()?;
    let request = ops::requirement::Set {
        facility: facility.map(|(name, _)| name),
        priority: args.priority,
        timespec: args.calendar.text(ctx, &zone, &tag)?,
        description: Field::of(args.description, args.no_description),
        arm: Field::of(args.arm.map(Into::into), args.no_arm),
        tag,
    };
    let plan = ops::requirement::set(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
