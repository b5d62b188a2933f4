//! `space induction add`: records that a member was shown how to use a facility.

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
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    /// The inductor who gave it
    #[arg(long, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    by: Option<String>,

    /// When it was given
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// Let the member induct others from now on
    #[arg(long)]
    inductor: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Records an induction.
///
/// # Errors
/// Fails if another induction must come first, if `by` is not an inductor, or if checks find
/// errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let request = ops::induction::Add {
        member: look_up::member_id(&space.head, &args.member)?,
        facility: look_up::facility(&space.head, &args.facility)?.0,
        on: space.past_day(&args.on)?,
        by: args.by.as_deref().map(|text| look_up::member_id(&space.head, text)).transpose()?,
        inductor: args.inductor,
    };
    let plan = ops::induction::add(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
