//! `space member suspend`: a member is kept out until resumed.

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
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// What for, in words; asked for at a terminal
    #[arg(long)]
    reason: Option<String>,

    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    since: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Suspends a member.
///
/// # Errors
/// That nobody is called so, or that they are suspended already.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let since = space.day(&args.since)?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let reason = match args.reason {
        Some(reason) => reason,
        None if prompt::possible() => prompt::line("What for", None)?,
        None => return Err(fields::missing("--reason")),
    };
    let plan = ops::member::suspend(&space.head, id, since, reason)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
