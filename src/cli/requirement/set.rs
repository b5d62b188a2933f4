//! `space requirement set`: changes the requirement with a tag, or adds it.

use super::arm::Arm;
use crate::{
    app::{look_up, reach},
    cli::{
        CliError, Context,
        input::calendar::CalendarArgs,
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

/// The arguments of `space requirement set`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The tag, or the beginning of an existing one
    #[arg(add = crate::cli::input::completion::requirements())]
    tag: String,

    #[command(flatten)]
    calendar: CalendarArgs,

    /// The facility; moving a requirement keeps its tag
    #[arg(long, short, add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// The priority to demand; below zero, the facility is held unlocked
    #[arg(long, short, allow_negative_numbers = true)]
    priority: Option<Priority>,

    /// A description for people
    #[arg(long, conflicts_with = "no_description")]
    description: Option<String>,

    /// Remove the description
    #[arg(long)]
    no_description: bool,

    /// Hold the facility unlocked only once somebody has been granted access within the event
    #[arg(long, value_enum, conflicts_with = "no_arm")]
    arm: Option<Arm>,

    /// Hold the facility unlocked from the beginning of the event
    #[arg(long)]
    no_arm: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a requirement, or adds it.
///
/// # Errors
/// Fails if a new one is incomplete, if the timespec is refused, or if checks find errors.
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
    let mut plan = ops::requirement::set(&space.head, request)?;
    plan.notes.extend(reach::of_change(&space.head, &plan.change, ctx.now));
    write::carry_out(ctx, &space, plan, &args.write)
}
