//! `space join list`: lists who has applied.

use crate::{
    app::{joining, view::ApplicationView},
    cli::{CliError, Context, output::Listing},
};

/// The arguments of `space join list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists the applications, the oldest first.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone_or_utc();
    let all = joining::applications(space.store).all(ctx.now);
    let rows: Vec<_> = all.iter().map(|it| ApplicationView::new(it, &zone)).collect();
    ctx.list(args.form, &rows)
}
