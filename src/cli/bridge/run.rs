//! `space bridge run`: the program that exchanges messages.

use super::place::{self, PlaceArgs};
use crate::{
    bridge::{self, Options},
    cli::{CliError, Context, advice},
    service::Show,
};

/// The arguments of `space bridge run`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,

    /// Receive and send what is there, and stop
    #[arg(long)]
    once: bool,
}

/// Runs until a signal.
///
/// # Errors
/// Fails if the configuration, the space or the queue cannot be used, or if a bridge runs already.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.place.config()?;
    let ctx = &place::space(ctx, &config);
    let store = ctx.store()?;
    let (space, journal) = (store.dir().to_owned(), place::journal(&config, &store)?);
    // Two open handles on a repository would keep its packs in memory for good.
    drop(store);
    let show = Show::on_output(ctx.json, ctx.colour());
    let once = args.once;
    let options = Options { space, config, journal, once, show, words: advice::words };
    Ok(bridge::run(options, std::io::stdout())?)
}
