//! `space tier remove`: removes a tier.

use crate::{
    app::carry_out,
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{model::Slug, ops},
};

/// The arguments of `space tier remove`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tier
    #[arg(add = crate::cli::input::completion::tiers())]
    tier: Slug,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes a tier.
///
/// # Errors
/// Fails if there is none, if members have it, or if there is nobody to ask and `--yes` is not given.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let plan = ops::tier::remove(&space.head, &args.tier)?;
    if !args.yes && !args.write.dry_run {
        write::report(&[], &plan.notes)?;
        let what = carry_out::in_words(&space.head, &plan.change);
        let question = format!("{}?", what.replacen("tier: r", "R", 1));
        prompt::require_confirmation(&question, "removes it", "removed")?;
    }
    write::carry_out(ctx, &space, plan, &args.write)
}
