//! `space migrate`: brings data of an older format up to this program's, as one commit.

use super::{
    CliError, Context,
    write::{self, WriteArgs},
};
use crate::domain::ops;

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space migrate --dry-run
  space migrate";

/// The arguments of `space migrate`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    write: WriteArgs,
}

/// Migrates the data.
///
/// # Errors
/// Fails if there is nothing to migrate, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let plan = ops::space::migrate(&space.head)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
