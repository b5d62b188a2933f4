//! `space bridge status`: shows whether the bridge works, and what waits.

use std::io::Write as _;

use jiff::{Timestamp, tz::TimeZone};

use super::place::{self, PlaceArgs};
use crate::{
    app::when::local,
    bridge::{self, Direction, Inspection},
    cli::{CliError, Context, output::table},
};

/// The arguments of `space bridge status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,
}

/// Shows the state of the bridge, running or not.
///
/// # Errors
/// Fails if the configuration, the space or the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.place.config()?;
    let ctx = &place::space(ctx, &config);
    let store = ctx.store()?;
    let look = bridge::inspect(&store, &config, &place::journal(&config, &store)?)?;
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &look)?;
    } else {
        table::write_record(&mut out, &lines(&look))?;
    }
    Ok(out.flush()?)
}

fn lines(look: &Inspection) -> Vec<(&'static str, String)> {
    let process = match (&look.process, &look.status) {
        (Some(process), _) => format!("running: {process}"),
        (None, Some(status)) => format!("not running; last started {}", moment(status.started)),
        (None, None) => "not running, and never did".to_owned(),
    };
    let reached = match (&look.process, &look.unreachable) {
        (Some(_), _) => String::new(),
        (None, None) => ", which can be reached".to_owned(),
        (None, Some(why)) => format!(", which cannot be reached: {why}"),
    };
    let mut lines = vec![("bridge", process), ("queue", format!("{}{reached}", look.place))];
    if let Some(status) = &look.status {
        let (incoming, outgoing) = (&status.incoming, &status.outgoing);
        lines.push(("receiving", direction(&incoming.direction)));
        lines.push((
            "messages",
            format!(
                "{} received: {} applied, {} without effect, {} not valid, {} left to others, {} \
                 not yet",
                incoming.received,
                incoming.applied,
                incoming.unchanged,
                incoming.invalid,
                incoming.left,
                incoming.waiting
            ),
        ));
        lines.push(("sending", direction(&outgoing.direction)));
        let refused = match outgoing.refused {
            0 => String::new(),
            refused => format!(", {refused} refused by the queue"),
        };
        lines.push(("activities", format!("{} sent{refused}", outgoing.sent)));
    }
    if let Some(waiting) = look.waiting {
        let oldest = waiting.oldest.map(|at| format!(", the oldest from {}", moment(at)));
        lines.push(("waiting", format!("{}{}", waiting.number, oldest.unwrap_or_default())));
    }
    if let Some(since) = look.since {
        lines.push(("sent from", moment(since)));
    }
    lines
}

fn direction(direction: &Direction) -> String {
    let polled = direction.last_poll.map(|at| format!("last poll {}", moment(at)));
    match (direction.on, &direction.trouble) {
        (false, _) => "switched off in the configuration".to_owned(),
        (true, Some(why)) => {
            let since = direction.since.map(moment).unwrap_or_default();
            format!("does not work since {since}: {why}")
        }
        (true, None) => polled.unwrap_or_else(|| "not yet".to_owned()),
    }
}

fn moment(at: Timestamp) -> String {
    local(at, &TimeZone::system())
}
