//! `space facility remove`: removes a facility.

use crate::{
    app::carry_out,
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{model::Slug, ops},
};

/// The arguments of `space facility remove`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: Slug,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes a facility.
///
/// # Errors
/// Fails if there is none, if checks find errors, or if there is nobody to ask and `--yes` is not given.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let plan = ops::facility::remove(&space.head, &args.facility)?;
    if !args.yes && !args.write.dry_run {
        write::report(&[], &plan.notes)?;
        let what = carry_out::in_words(&space.head, &plan.change);
        let question = format!("{}?", what.replacen("facility: r", "R", 1));
        prompt::require_confirmation(&question, "removes it", "removed")?;
    }
    write::carry_out(ctx, &space, plan, &args.write)
}
