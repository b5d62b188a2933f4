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
    domain::{
        follow::Confirmed,
        model::{MemberId, Slug},
        records,
    },
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
    let who = records::who(&space.head, id);
    let Some(name) = look_up::contact(&space.head, id)?.pays_by else {
        return Err(CliError::user(format!("{who} does not pay by a processor"))
            .hint(format!("`space member edit {id} --pays-by stripe` changes that")));
    };
    let mut follower = service::open(&config, Some(name.as_str()), &space.head)?;
    let back = config.return_url.clone().ok_or_else(|| {
        CliError::user("the configuration does not say where members come back to")
            .hint("add return_url = \"https://…\" to services.toml")
    })?;
    let look = service::look(&space.head, &mut follower, Confirmed::default(), ctx.now)?;
    let visit = service::visit(&look.wanted, id, &back, ctx.now)
        .map_err(|why| CliError::user(format!("nothing is taken from {who}: {why}")))?;
    let Some(account) = look.wanted.known.get(&id) else {
        return Err(CliError::user(format!("{who} has no account at {name} yet"))
            .hint(format!("`space service apply {name}` opens one")));
    };
    let page = follower.processor.link(account, &visit).map_err(service::trouble)?;
    if ctx.json {
        let mut out = ctx.out();
        table::write_json(&mut out, &Link { member: id, service: name, url: page })?;
        return Ok(std::io::Write::flush(&mut out)?);
    }
    ctx.say(page)
}
