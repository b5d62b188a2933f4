//! `space guard status`: shows what the guard says about itself.

use std::{io::Write as _, path::PathBuf};

use jiff::tz::TimeZone;

use super::place::PlaceArgs;
use crate::{
    app::when::local,
    cli::{CliError, Context, output::table},
    config::GuardConfig,
    guard::GuardState,
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
                .hint("start it: systemctl enable --now space-guard")
        })?;
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &state)?;
    } else {
        table::write_record(&mut out, &lines(ctx, &state))?;
    }
    Ok(out.flush()?)
}

fn lines(ctx: &Context, state: &GuardState) -> Vec<(&'static str, String)> {
    let moment = |at| local(at, &TimeZone::system());
    let (relay, since) = (&state.relay, moment(state.since));
    let guard = if state.is_alive(ctx.now) {
        "running".to_owned()
    } else {
        format!("no sign of life since {}", moment(state.updated))
    };
    let words = match (state.state.as_str(), &state.reason) {
        (_, Some(reason)) => format!("cut since {since}: {reason}"),
        (word, None) => format!("{word} since {since}"),
    };
    let asked = if state.asked { "heat is asked for" } else { "no heat is asked for" };
    let mut lines = vec![
        ("guard", guard),
        ("heat", words),
        ("relay", format!("{relay}; {asked}")),
        ("limit", format!("{} °C", state.limit)),
    ];
    for it in &state.thermometers {
        let degrees = it.temperature.map(|degrees| format!(", {degrees:.1} °C"));
        let why = it.why.as_ref().map(|why| format!(" ({why})"));
        let (degrees, why) = (degrees.unwrap_or_default(), why.unwrap_or_default());
        lines.push(("thermometer", format!("{}: {}{degrees}{why}", it.name, it.verdict)));
    }
    lines
}
