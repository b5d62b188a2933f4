//! `space member return` and `resume`: verbs that need to know nothing but who.

use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{model::MemberId, ops::Planned, records::Records},
};

/// Whom a verb is about.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Carries a verb out.
///
/// # Errors
/// That nobody is called so, or what the verb refuses.
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
