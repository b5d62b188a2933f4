//! `space credential ungrant`: takes some facilities away from a fob that stays with its member.

use super::held::HeldArgs;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential ungrant --member ada --facility laser
  space credential ungrant 6b307925 --facility workshop";

/// The arguments of `space credential ungrant`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    which: HeldArgs,

    /// What it opens no more; can be repeated
    #[arg(long, short, value_name = "FACILITY", required = true, add = crate::cli::input::completion::facilities())]
    facility: Vec<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes grants away.
///
/// # Errors
/// Fails if there is nothing to take away, or if nothing would be left.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let held = args.which.held(&space.head)?;
    let facilities = args.facility.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let facilities = facilities.collect::<Result<_, CliError>>()?;
    let plan = ops::credential::ungrant(&space.head, &held, &facilities)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
