//! `space requirement add`: adds a requirement to a facility.

use super::arm::Arm;
use crate::{
    app::{look_up, reach},
    cli::{
        CliError, Context,
        input::calendar::CalendarArgs,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Priority, Requirement, Tag},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space requirement add workshop always --priority 2
  space requirement add frontdoor --every wed --from 19:00 --to 21:00 --priority -1 \\
      --arm first-grant --description \"Open evening\"
  space requirement add laser class.ics --priority 3";

/// The arguments of `space requirement add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    #[command(flatten)]
    calendar: CalendarArgs,

    /// The priority to demand; below zero, the facility is held unlocked
    #[arg(long, short, default_value_t = 1, allow_negative_numbers = true)]
    priority: Priority,

    /// A description for people
    #[arg(long)]
    description: Option<String>,

    /// Hold the facility unlocked only once somebody has been granted access within the event
    #[arg(long, value_enum)]
    arm: Option<Arm>,

    /// The tag to change and revoke it by [default: a new one]
    #[arg(long)]
    tag: Option<Tag>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a requirement.
///
/// # Errors
/// Fails if there is no such facility, if the timespec is refused, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let (facility, _) = look_up::facility(&space.head, &args.facility)?;
    let tag = args.tag.unwrap_or_else(Tag::random);
    let timespec = args.calendar.text(ctx, &zone, &tag)?.ok_or_else(|| {
        CliError::user("no timespec was given")
            .hint("give `always`, a calendar file, or --every wed --from 19:00 --to 21:00")
    })?;
    let requirement = Requirement {
        priority: args.priority,
        description: args.description,
        arm: args.arm.map(Into::into),
        timespec,
    };
    let mut plan = ops::requirement::add(&space.head, &facility, tag, requirement)?;
    plan.notes.extend(reach::of_change(&space.head, &plan.change, ctx.now));
    write::carry_out(ctx, &space, plan, &args.write)
}
