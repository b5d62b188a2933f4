//! `space member leave`: a member goes; the record stays, the credentials stop working.

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
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The first day on which they are no member any more
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    /// Also revoke their credentials, so that a fob can be given to somebody else
    #[arg(long)]
    revoke: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Writes down that a member left.
///
/// # Errors
/// That nobody is called so, or that they left already.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let on = space.day(&args.on)?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let credentials = if args.revoke { Credentials::Revoke } else { Credentials::Keep };
    let plan = ops::member::leave(&space.head, id, on, credentials)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
