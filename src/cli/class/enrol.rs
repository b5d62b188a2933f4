//! `space class enrol`: lets members into the sessions of a class.

use std::path::PathBuf;

use super::named;
use crate::{
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space class enrol laser-intro ada bob
  space class enrol laser-intro --file participants.csv";

/// The arguments of `space class enrol`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The class
    #[arg(value_name = "CLASS")]
    class: String,

    /// The members: numbers, names, or the beginnings of names
    #[arg(value_name = "MEMBER", add = crate::cli::input::completion::members())]
    members: Vec<String>,

    /// A list of members, one a line or in the first column of a table; `-` for standard input
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Enrols members.
///
/// # Errors
/// Fails if there is no such class or member, or if nobody is newly enrolled.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, members) =
        named::class_and_members(&space.head, &args.class, &args.members, args.file.as_deref())?;
    let plan = ops::class::enrol(&space.head, &name, &members, ctx.now)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
