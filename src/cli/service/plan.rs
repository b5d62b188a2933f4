//! `space service plan`: shows what differs, and changes nothing.

use std::io::Write as _;

use super::{channels, show};
use crate::{
    app::{chat, service},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::table,
    },
    domain::follow::Confirmed,
};

/// The arguments of `space service plan`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The service [default: the only one]
    service: Option<String>,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Shows what differs.
///
/// # Errors
/// Fails if there is no such service, if it does not answer, or if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let space = ctx.open()?;
    if let Some((name, chat)) = chat::choose(&config, args.service.as_deref())? {
        return channels::plan(ctx, &space, (name, chat));
    }
    let mut follower = service::open(&config, args.service.as_deref(), &space.head)?;
    let look = service::look(&space.head, &mut follower, Confirmed::default(), ctx.now)?;
    if ctx.json {
        let mut out = ctx.out();
        table::write_json(&mut out, &show::answer(&space, &follower, &look)?)?;
        return Ok(out.flush()?);
    }
    show::plan(ctx, &space, &look)
}
