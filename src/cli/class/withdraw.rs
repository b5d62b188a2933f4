//! `space class withdraw`: takes members out of a class.

use super::named;
use crate::{
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// The arguments of `space class withdraw`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The class
    #[arg(value_name = "CLASS")]
    class: String,

    /// The members: numbers, names, or the beginnings of names
    #[arg(value_name = "MEMBER", required = true, add = crate::cli::input::completion::members())]
    members: Vec<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes members out of a class.
///
/// # Errors
/// Fails if there is no such class, or if none of them is enrolled.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, members) = named::class_and_members(&space.head, &args.class, &args.members, None)?;
    let plan = ops::class::withdraw(&space.head, &name, &members)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
