//! `space web run`: the program that serves pages and answers.

use std::path::PathBuf;

use crate::{
    app::journals,
    cli::{CliError, Context, advice},
    config::WebConfig,
    service::Show,
    web::{self, Options},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space web run
  space web run --config /etc/space/web.toml";

/// The arguments of `space web run`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The configuration of the web [default: /etc/space/web.toml, if it exists]
    #[arg(long, value_name = "FILE", env = "SPACE_WEB_CONFIG")]
    config: Option<PathBuf>,
}

/// Serves until a signal.
///
/// # Errors
/// Fails if the configuration, the space or an address cannot be used, or if it is running already.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let config_file = args.config.or_else(WebConfig::path);
    let config = config_file.as_deref().map(WebConfig::read).transpose()?.unwrap_or_default();
    let repo = ctx.repo.clone().or_else(|| config.space.clone());
    let ctx = &Context::new(repo, ctx.json, ctx.now);
    let store = ctx.store()?;
    let space = store.dir().to_owned();
    let journal = match &config.journal {
        Some(path) => path.clone(),
        None => journals::folder(&store)?,
    };
    let doors = match config.doors.is_empty() {
        true => vec![space.join("door.sock")],
        false => config.doors.clone(),
    };
    // Two open handles on a repository would keep its packs in memory for good.
    drop(store);
    let show = Show::on_output(ctx.json, ctx.colour());
    let words = advice::words;
    let options = Options { space, config, config_file, journal, doors, show, words };
    Ok(web::run(options, std::io::stdout())?)
}
