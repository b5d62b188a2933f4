//! `space class add`: begins a class.

use super::named;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        input::calendar::CalendarArgs,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Priority, Requirement},
        ops::{self, class::Class},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space class add laser-intro workshop --every tue --from 19:00 --to 21:00 --until 2026-12-15
  space class add first-aid workshop --on 2026-11-07 --from 10:00 --to 16:00";

/// The arguments of `space class add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The name of the class, like laser-intro
    name: String,

    /// Where it takes place
    #[arg(value_name = "FACILITY", required_unless_present = "facility",
          add = crate::cli::input::completion::facilities())]
    place: Option<String>,

    /// The same, as an option
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    #[command(flatten)]
    calendar: CalendarArgs,

    /// The priority to demand during its sessions, and to give to whoever is enrolled
    #[arg(long, short, default_value_t = 2)]
    priority: Priority,

    /// A description for people
    #[arg(long)]
    description: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    /// Tells the facility from the calendar file: where the facility is an option, the word behind
    /// the name is the file.
    fn place_and_calendar(&self) -> Result<(String, CalendarArgs), CliError> {
        let mut calendar = self.calendar.clone();
        let place = match (&self.facility, &self.place) {
            (Some(facility), Some(word))
                if calendar.timespec.is_none() && !calendar.is_composed() =>
            {
                calendar.timespec = Some(word.clone());
                facility
            }
            (Some(facility), Some(word)) if facility != word => {
                return Err(CliError::user(format!(
                    "the class is either at {word} or at {facility}"
                ))
                .hint("name one facility"));
            }
            (Some(facility), _) => facility,
            (None, word) => word.as_ref().unwrap_or(&self.name),
        };
        Ok((place.clone(), calendar))
    }
}

/// Begins a class.
///
/// # Errors
/// Fails if there is one of that name, if it has no last day, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let name = named::name(&args.name)?;
    let (place, calendar) = args.place_and_calendar()?;
    let (facility, _) = look_up::facility(&space.head, &place)?;
    let tag = Class::tag(&name)?;
    let timespec = calendar.text(ctx, &zone, &tag)?.ok_or_else(|| {
        CliError::user("it is not said when the class takes place").hint(
            "give --every tue --from 19:00 --to 21:00 --until DAY, --on DAY, or a calendar file",
        )
    })?;
    let requirement =
        Requirement { priority: args.priority, description: args.description, arm: None, timespec };
    let plan = ops::class::add(&space.head, &name, &facility, requirement)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
