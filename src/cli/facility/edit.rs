//! `space facility edit`: changes a door or a tool.

use std::net::IpAddr;

use super::{controller_key, kind::Kind, stale::StaleArgs};
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

/// The arguments of `space facility edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    /// The name for people
    #[arg(long)]
    name: Option<String>,

    /// A door or a tool
    #[arg(long, value_enum)]
    kind: Option<Kind>,

    /// Whether to demand an induction to it
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    induction: Option<bool>,

    /// Demand inductions to these facilities first; replaces the list; can be repeated
    #[arg(long, value_name = "FACILITY", conflicts_with = "no_first", add = crate::cli::input::completion::facilities())]
    first: Vec<String>,

    /// Demand no induction to another facility
    #[arg(long)]
    no_first: bool,

    /// Whether to accept a passcode only right after a fob of the same member
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    fob_first: Option<bool>,

    /// The address that its controller asks from; replaces the list; can be repeated
    #[arg(long, value_name = "ADDRESS", conflicts_with = "no_controller")]
    controller: Vec<IpAddr>,

    /// Take the addresses of controllers away
    #[arg(long)]
    no_controller: bool,

    /// Have its controllers sign with a new key; the old one no longer counts
    #[arg(long, conflicts_with = "no_controller_key")]
    new_controller_key: bool,

    /// Let its controllers ask without signing
    #[arg(long)]
    no_controller_key: bool,

    /// The priority that an induction to it gives the fobs of the member
    #[arg(long, value_name = "PRIORITY", conflicts_with = "no_grant_on_induction")]
    grant_on_induction: Option<Priority>,

    /// Let an induction grant nothing by itself
    #[arg(long)]
    no_grant_on_induction: bool,

    #[command(flatten)]
    stale: StaleArgs,

    /// Let all that was known last stay in force, however old it is
    #[arg(long, conflicts_with = "stale_after")]
    no_stale: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a facility.
///
/// # Errors
/// Fails if there is none, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::facility(&space.head, &args.facility)?;
    let first = args.first.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let first = first.collect::<Result<Vec<_>, CliError>>()?;
    let request = ops::facility::Edit {
        name: args.name,
        kind: args.kind.map(Into::into),
        induction: args.induction,
        inductions_first: (args.no_first || !first.is_empty()).then_some(first),
        fob_first: args.fob_first,
        controllers: (args.no_controller || !args.controller.is_empty())
            .then(|| args.controller.into_iter().collect()),
        controller_key: Field::of(
            args.new_controller_key.then(controller_key::random_number),
            args.no_controller_key,
        ),
        grant_on_induction: Field::of(args.grant_on_induction, args.no_grant_on_induction),
        stale: args.stale.change(args.no_stale),
    };
    let plan = ops::facility::edit(&space.head, &name, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
