//! `space zone list`: lists the zones, how warm they are and should be.

use super::rows;
use crate::{
    app::heat,
    cli::{CliError, Context, output::Listing},
};

/// The arguments of `space zone list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the zones.
///
/// # Errors
/// Fails if the space or the measurements cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zones = heat::zones(&space.head).into_iter();
    let rows: Result<Vec<_>, CliError> =
        zones.map(|(name, zone)| rows::row(ctx, &space, name, zone)).collect();
    ctx.list_or(args.form, &rows?, "there are no zones; `space zone add NAME` adds one")
}
