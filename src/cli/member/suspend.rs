//! `space member suspend`: keeps a member out until resumed, or until a day.

use super::fields;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{model::Suspension, ops},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member suspend ada --reason \"left the laser running\"
  space member suspend ada --until 2026-06-01 --reason \"broke the rules\"
  space member suspend ada --until 2026-07-01     # moves the end";

/// The arguments of `space member suspend`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The reason, in words [default: prompt for it; the one on record if only the end is moved]
    #[arg(long)]
    reason: Option<String>,

    /// The first day of the suspension
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    since: String,

    /// The first day on which the member may come again [default: once resumed]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Suspends a member.
///
/// # Errors
/// Fails if no member matches, or if they are already suspended until that day.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let since = space.past_day(&args.since)?;
    let until = args.until.as_ref().map(|day| space.day(day)).transpose()?;
    let (id, member) = look_up::member(&space.head, &args.member)?;
    let former = member.suspension().filter(|it| !it.is_over(since));
    let reason = match args.reason {
        Some(reason) => Some(reason),
        None if former.is_some() => None,
        None if prompt::is_interactive() => Some(prompt::line("Reason", None)?),
        None => return Err(fields::missing("--reason")),
    };
    let plan = ops::member::suspend(&space.head, id, Suspension { since, until }, reason)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
