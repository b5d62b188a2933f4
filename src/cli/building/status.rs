//! `space building status`: shows meters, zones and alarms as they are now.

use std::{io::Write as _, path::PathBuf};

use jiff::tz::TimeZone;

use super::place::PlaceArgs;
use crate::{
    app::view::building,
    cli::{CliError, Context, output::table},
    config::BuildingState,
};

/// The arguments of `space building status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,

    /// The file with the state [default: the one in the configuration]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Shows the state, and whether the program is alive.
///
/// # Errors
/// Fails if there is no state, or if it cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let path = match &args.state {
        Some(path) => path.clone(),
        None => args.place.config()?.state,
    };
    let state = BuildingState::read(&path)
        .map_err(|error| CliError::data(format!("cannot read {}: {error}", path.display())))?
        .ok_or_else(|| {
            CliError::user(format!("nothing has written {}", path.display()))
                .hint("start it: `systemctl enable --now space-building`")
        })?;
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &state)?;
    } else {
        let lines = building::building(&state, ctx.now, &TimeZone::system());
        table::write_record(&mut out, &lines)?;
    }
    Ok(out.flush()?)
}
