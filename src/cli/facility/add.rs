//! `space facility add`: adds a door or tool.

use std::net::IpAddr;

use super::{kind::Kind, stale::StaleArgs};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        input::short_name,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Facility, Priority},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space facility add \"Wood workshop\"
  space facility add workshop --name \"Wood workshop\"
  space facility add lathe --kind tool --induction --first health-and-safety";

/// The arguments of `space facility add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name for commands and files, like frontdoor; or the name for people, which makes one
    facility: String,

    /// The name for people [default: the short name]
    #[arg(long)]
    name: Option<String>,

    /// A door or a tool
    #[arg(long, value_enum, default_value = "door")]
    kind: Kind,

    /// Demand an induction to it
    #[arg(long)]
    induction: bool,

    /// Demand an induction to this other facility first; can be repeated
    #[arg(long, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    first: Vec<String>,

    /// Accept a passcode only right after a fob of the same member
    #[arg(long)]
    fob_first: bool,

    /// The address that its controller asks from; can be repeated
    #[arg(long, value_name = "ADDRESS")]
    controller: Vec<IpAddr>,

    /// The priority that an induction to it gives the fobs of the member
    #[arg(long, value_name = "PRIORITY")]
    grant_on_induction: Option<Priority>,

    #[command(flatten)]
    stale: StaleArgs,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a facility.
///
/// # Errors
/// Fails if the name is taken, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (short, name) = short_name::read(&args.facility)?;
    let first = args.first.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let facility = Facility {
        name: args.name.or(name).unwrap_or_else(|| short.to_string()),
        kind: args.kind.into(),
        induction: args.induction,
        inductions_first: first.collect::<Result<_, CliError>>()?,
        fob_first: args.fob_first,
        controllers: args.controller.into_iter().collect(),
        controller_key: None,
        grant_on_induction: args.grant_on_induction,
        stale: args.stale.rule(),
    };
    let plan = ops::facility::add(&space.head, short, facility)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
