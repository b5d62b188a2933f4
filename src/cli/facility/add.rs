//! `space facility add`: one more door or tool.

use super::kind::Kind;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Facility, Slug},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space facility add workshop --name \"Wood workshop\"
  space facility add lathe --kind tool --induction --first health-and-safety";

/// The arguments of `space facility add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name by which it is addressed, like frontdoor
    facility: Slug,

    /// What people call it; the short name unless given
    #[arg(long)]
    name: Option<String>,

    /// A door or a tool
    #[arg(long, value_enum, default_value = "door")]
    kind: Kind,

    /// Let nobody open it without an induction to it
    #[arg(long)]
    induction: bool,

    /// A facility to which an induction must come first; may be given several times
    #[arg(long, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    first: Vec<String>,

    /// Let a passcode count only just after a fob of the same member
    #[arg(long)]
    fob_first: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a facility.
///
/// # Errors
/// That the name is taken, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let first = args.first.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let facility = Facility {
        name: args.name.unwrap_or_else(|| args.facility.to_string()),
        kind: args.kind.into(),
        induction: args.induction,
        inductions_first: first.collect::<Result<_, CliError>>()?,
        fob_first: args.fob_first,
    };
    let plan = ops::facility::add(&space.head, args.facility, facility)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
