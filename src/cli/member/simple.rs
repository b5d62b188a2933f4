//! `space member return` and `resume`: verbs that need only the member.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{model::MemberId, ops::Planned, records::Records},
};

/// The arguments of these verbs.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Carries out a verb.
///
/// # Errors
/// Fails if no member matches, or if the verb refuses.
pub(crate) fn run(
    ctx: &Context,
    args: Args,
    verb: fn(&dyn Records, MemberId) -> Planned,
) -> Result<(), CliError> {
    let space = ctx.open()?;
    let id = look_up::member_id(&space.head, &args.member)?;
    let plan = verb(&space.head, id)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
