//! `space credential ungrant`: takes some facilities away from fobs that stay with their members.

use super::{
    held::HeldArgs,
    many::{self, ManyArgs, Words},
};
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
  space credential ungrant ada --facility laser
  space credential ungrant 6b307925 --facility workshop
  space credential ungrant --all --tier guest --facility workshop
  space credential ungrant --file lapsed.csv --facility laser";

/// What it comes to for many.
const WORDS: Words = Words {
    outcomes: ["loses it", "has no grant for it", "keeps it, since their fob opens nothing else"],
    question: "Take it from",
    done: ["takes it away", "taken away"],
};

/// The arguments of `space credential ungrant`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    which: HeldArgs,

    #[command(flatten)]
    many: ManyArgs,

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
    let facilities = args.facility.iter().map(|name| Ok(look_up::facility(&space.head, name)?.0));
    let facilities = facilities.collect::<Result<_, CliError>>()?;
    if let Some(members) = args.many.members(&space)? {
        let many = ops::credential::ungrant_many(&space.head, &members, &facilities)?;
        return many::carry_out(ctx, &space, many, (&WORDS, args.many.yes), &args.write);
    }
    let held = args.which.held(&space.head)?;
    let plan = ops::credential::ungrant(&space.head, &held, &facilities)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
