//! `space processor link`: prints the address of the page on which a member says by what to pay.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, service},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::table,
    },
    domain::model::{MemberId, Slug},
};

/// Shown below the options.
const EXAMPLES: &str = "\
The page is the processor's: no card and no account of a bank is ever typed here. Whoever pays already
gets the page for changing the card. Addresses are good for a day; give each to its member only.

Example:
  space processor link ada";

/// Where a member says by what to pay.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Link {
    /// The member.
    member: MemberId,
    /// The processor.
    service: Slug,
    /// The page.
    url: String,
}

/// The arguments of `space processor link`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Prints the address.
///
/// # Errors
/// Fails if no member matches, if the member does not pay by a processor of this machine or has no
/// account there yet, or if the processor does not answer.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let space = ctx.open()?;
    let (id, _) = look_up::member(&space.head, &args.member)?;
    let page = service::link(&config, &space.head, id, None, ctx.now)
        .map_err(|why| why.error(&space.head, id))?;
    if ctx.json {
        let mut out = ctx.out();
        table::write_json(&mut out, &Link { member: id, service: page.service, url: page.url })?;
        return Ok(std::io::Write::flush(&mut out)?);
    }
    ctx.say(page.url)
}
