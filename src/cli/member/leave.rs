//! `space member leave`: records that a member leaves; the credentials stop working.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops::{self, member::Credentials},
};

/// The arguments of `space member leave`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The first day on which they are no longer a member
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// Also revoke their credentials, so that somebody else can be given a fob
    #[arg(long)]
    revoke: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Records that a member leaves.
///
/// # Errors
/// Fails if no member matches, or if they have already left.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let on = space.day(&args.on)?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let credentials = if args.revoke { Credentials::Revoke } else { Credentials::Keep };
    let plan = ops::member::leave(&space.head, id, on, credentials)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
