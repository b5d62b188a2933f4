//! `space payment profile list`: lists the profiles of the space and of the program.

use crate::{
    app::payment::profile,
    cli::{CliError, Context, output::Listing},
};

/// The arguments of `space payment profile list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists the profiles.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    ctx.list(args.form, &profile::all(&ctx.open()?.head))
}
