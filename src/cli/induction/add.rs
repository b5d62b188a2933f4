//! `space induction add`: a member was shown how to use a facility.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space induction add ada laser --by bob
  space induction add ada laser --inductor";

/// The arguments of `space induction add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Who: number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// What
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    /// The inductor who gave it
    #[arg(long, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    by: Option<String>,

    /// The day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// They may induct others from now on
    #[arg(long)]
    inductor: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Writes an induction down.
///
/// # Errors
/// That another induction must come first, that `by` is no inductor, or what checks find.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let request = ops::induction::Add {
        member: look_up::member_id(&space.head, &args.member)?,
        facility: look_up::facility(&space.head, &args.facility)?.0,
        on: space.day(&args.on)?,
        by: args.by.as_deref().map(|text| look_up::member_id(&space.head, text)).transpose()?,
        inductor: args.inductor,
    };
    let plan = ops::induction::add(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
