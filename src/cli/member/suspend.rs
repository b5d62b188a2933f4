//! `space member suspend`: keeps a member out until resumed.

use super::fields;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member suspend ada --reason \"left the laser running\"";

/// The arguments of `space member suspend`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The reason, in words [default: prompt for it]
    #[arg(long)]
    reason: Option<String>,

    /// The first day of the suspension
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    since: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Suspends a member.
///
/// # Errors
/// Fails if no member matches, or if they are already suspended.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let since = space.day(&args.since)?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let reason = match args.reason {
        Some(reason) => reason,
        None if prompt::is_interactive() => prompt::line("Reason", None)?,
        None => return Err(fields::missing("--reason")),
    };
    let plan = ops::member::suspend(&space.head, id, since, reason)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
