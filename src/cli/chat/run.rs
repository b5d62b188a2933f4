//! `space chat run`: the program that posts and answers.

use crate::{
    app::journals,
    chat::{self, Options},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
    },
    service::Show,
};

/// The arguments of `space chat run`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    services: ServicesArgs,
}

/// Runs until a signal.
///
/// # Errors
/// Fails if the configuration, the space or a chat's settings cannot be used, or if it is running already.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let store = ctx.store()?;
    let space = store.dir().to_owned();
    let journal = match &config.events.journal {
        Some(path) => path.clone(),
        None => journals::folder(&store)?,
    };
    // Two open handles on a repository would keep its packs in memory for good.
    drop(store);
    let show = Show::on_output(ctx.json, ctx.colour());
    Ok(chat::run(Options { space, config, journal, show }, std::io::stdout())?)
}
