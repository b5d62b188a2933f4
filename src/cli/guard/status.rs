//! `space guard status`: shows what the guard says about itself.

use std::{io::Write as _, path::PathBuf};

use jiff::tz::TimeZone;

use super::place::PlaceArgs;
use crate::{
    app::view::building,
    cli::{CliError, Context, output::table},
    config::{GuardConfig, GuardState},
};

/// The arguments of `space guard status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,

    /// The file with the state [default: the one in the configuration]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Shows the state, and whether the guard is alive.
///
/// # Errors
/// Fails if there is no state, or if it cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let path = match &args.state {
        Some(path) => path.clone(),
        None => GuardConfig::read(&args.place.config, args.place.trust())?.state,
    };
    let state = GuardState::read(&path)
        .map_err(|error| CliError::data(format!("cannot read {}: {error}", path.display())))?
        .ok_or_else(|| {
            CliError::user(format!("no guard has written {}", path.display()))
                .hint("start it: `systemctl enable --now space-guard`")
        })?;
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &state)?;
    } else {
        let lines = building::guard(&state, ctx.now, &TimeZone::system());
        table::write_record(&mut out, &lines)?;
    }
    Ok(out.flush()?)
}
