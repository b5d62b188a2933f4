//! `space building run`: the program that measures the building.

use super::place::PlaceArgs;
use crate::{
    app::journals,
    building::{self, Options},
    cli::{CliError, Context},
    service::Show,
    store::measurements,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space building run
  space building run --config /etc/space/building.toml";

/// The arguments of `space building run`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,
}

/// Runs until a signal.
///
/// # Errors
/// Fails if the configuration, the space or the broker's settings cannot be used, or if it is running
/// already.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.place.config()?;
    let repo = ctx.repo.clone().or_else(|| config.space.clone());
    let ctx = &Context::new(repo, ctx.json, ctx.now);
    let store = ctx.store()?;
    let space = store.dir().to_owned();
    let journal = match &config.journal {
        Some(path) => path.clone(),
        None => journals::folder(&store)?,
    };
    let folder = config.measurements.clone();
    let measurements = folder.unwrap_or_else(|| measurements::folder(store.dir()));
    let memory = config.memory.clone();
    let memory = memory.unwrap_or_else(|| space.join("building-alarms.json"));
    // Two open handles on a repository would keep its packs in memory for good.
    drop(store);
    let show = Show::on_output(ctx.json, ctx.colour());
    let options = Options { space, config, journal, measurements, memory, show };
    Ok(building::run(options, std::io::stdout())?)
}
