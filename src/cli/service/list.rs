//! `space service list`: lists the services of this machine.

use crate::{
    app::{chat, service},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::Listing,
    },
};

/// The arguments of `space service list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    services: ServicesArgs,

    #[command(flatten)]
    form: Listing,
}

/// Lists the services.
///
/// # Errors
/// Fails if the configuration or the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let space = ctx.open()?;
    let mut rows = service::overview(&config, &space.head, &space.zone_or_utc())?;
    rows.extend(chat::overview(&config, &space.head, &space.zone_or_utc())?);
    ctx.list(args.form, &rows)
}
