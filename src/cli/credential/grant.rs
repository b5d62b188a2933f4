//! `space credential grant`: lets a fob that is already held open more.

use super::{
    held::HeldArgs,
    many::{self, ManyArgs, Words},
    window::WindowArgs,
};
use crate::{
    app::look_up,
    cli::{
        CliError, Context, Opened,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Grant, Priority},
        ops,
        schedule::Timespec,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential grant ada --facility laser
  space credential grant ada --facility workshop --priority 2 --until 2026-12-31
  space credential grant ada --requirement class-tuesday
  space credential grant --all --tier standard --facility workshop
  space credential grant --file inducted.csv --facility laser";

/// What a grant to many comes to.
const WORDS: Words = Words {
    outcomes: ["gets it", "has it already", "has no fob for it"],
    question: "Grant it to",
    done: ["grants it", "granted"],
};

/// The arguments of `space credential grant`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["facility", "requirement"]))]
pub(crate) struct Args {
    #[command(flatten)]
    which: HeldArgs,

    #[command(flatten)]
    many: ManyArgs,

    /// What it opens from now on, too; can be repeated
    #[arg(long, short, value_name = "FACILITY", conflicts_with = "requirement", add = crate::cli::input::completion::facilities())]
    facility: Vec<String>,

    /// The facility, priority and last moment of this requirement, by its tag
    #[arg(long, value_name = "TAG", add = crate::cli::input::completion::requirements())]
    requirement: Option<String>,

    /// The priority of the grant [default: 1, or that of the requirement]
    #[arg(long, short, allow_negative_numbers = true)]
    priority: Option<Priority>,

    #[command(flatten)]
    window: WindowArgs,

    #[command(flatten)]
    write: WriteArgs,
}

/// Grants more to credentials that are held.
///
/// # Errors
/// Fails if none is meant, if they have the grants already, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let grants = grants(ctx, &space, args)?;
    let Some(members) = args.many.members(&space)? else {
        let held = args.which.held(&space.head)?;
        let plan = ops::credential::grant(&space.head, &held, &grants)?;
        return write::carry_out(ctx, &space, plan, &args.write);
    };
    let many = ops::credential::grant_many(&space.head, &members, &grants)?;
    many::carry_out(ctx, &space, many, (&WORDS, args.many.yes), &args.write)
}

fn grants(ctx: &Context, space: &Opened<'_>, args: &Args) -> Result<Vec<Grant>, CliError> {
    let zone = space.zone()?;
    let effective = args.window.effective(ctx, &zone)?.unwrap_or(ctx.now);
    let expiration = args.window.expiration(ctx, &zone, effective)?;
    if let Some(text) = &args.requirement {
        let (facility, tag, requirement) = look_up::requirement(&space.head, text)?;
        let timespec = Timespec::parse(&requirement.timespec, &zone);
        let ends = timespec.ok().and_then(|timespec| timespec.ends());
        if ends.is_some_and(|end| end <= effective) {
            return Err(CliError::user(format!("the requirement {tag} is over")));
        }
        return Ok(vec![Grant {
            facility,
            priority: args.priority.unwrap_or(requirement.priority),
            effective,
            expiration: expiration.or(ends),
        }]);
    }
    let names = args.facility.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let priority = args.priority.unwrap_or(1);
    names
        .map(|facility| {
            facility.map(|facility| Grant { facility, priority, effective, expiration })
        })
        .collect()
}
