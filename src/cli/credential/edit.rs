//! `space credential edit`: changes the priority or the window of grants.

use super::{
    held::HeldArgs,
    many::{self, ManyArgs, Words},
    window::WindowArgs,
};
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::Priority,
        ops::{self, Field},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential edit ada --facility workshop --priority 3
  space credential edit 6b307925 --until 2026-12-31
  space credential edit 6b307925 --no-expiration
  space credential edit --all --tier guest --facility workshop --until 2026-12-31";

/// What it comes to for many.
const WORDS: Words = Words {
    outcomes: ["gets these values", "has these values already", "has no grant for it"],
    question: "Change the grants of",
    done: ["changes them", "changed"],
};

/// The arguments of `space credential edit`. What is not given stays as it is.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    which: HeldArgs,

    #[command(flatten)]
    many: ManyArgs,

    /// Only its grants for this facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// The priority of its grants
    #[arg(long, short, allow_negative_numbers = true)]
    priority: Option<Priority>,

    #[command(flatten)]
    window: WindowArgs,

    /// Let it be valid without end
    #[arg(long, conflicts_with_all = ["expiration", "lasts"])]
    no_expiration: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes grants.
///
/// # Errors
/// Fails if there is no such grant, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let facility = args.facility.as_deref().map(|name| look_up::facility(&space.head, name));
    let effective = args.window.effective(ctx, &zone)?;
    let expiration = args.window.expiration(ctx, &zone, effective.unwrap_or(ctx.now))?;
    let request = ops::credential::Edit {
        facility: facility.transpose()?.map(|(name, _)| name),
        priority: args.priority,
        effective,
        expiration: Field::of(expiration, args.no_expiration),
    };
    if let Some(members) = args.many.members(&space)? {
        let many = ops::credential::edit_many(&space.head, &members, &request)?;
        return many::carry_out(ctx, &space, many, (&WORDS, args.many.yes), &args.write);
    }
    let held = args.which.held(&space.head)?;
    let plan = ops::credential::edit(&space.head, &held, &request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
