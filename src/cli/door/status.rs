//! `space door status`: shows the state of the running door.

use std::io::Write as _;

use jiff::tz::TimeZone;

use super::manual;
use crate::{
    app::view::door_status::{self, StatusRow},
    cli::{CliError, Context, advice, input::machine::MachineArgs, output::table},
    control::Request,
};

/// The arguments of `space door status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    machine: MachineArgs,
}

/// Shows doors, devices, what is in force, the clock and the journal.
///
/// # Errors
/// Fails if no door is listening.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let status = manual::ask(ctx, &args.machine, &Request::Status {})?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &status)?);
    }
    let (mut out, zone) = (ctx.out(), TimeZone::system());
    let rows = |kind| StatusRow::all(&status, kind, &zone);
    table::write(&mut out, &rows("doors"), door_status::DOORS, None, ctx.colour())?;
    let devices = rows("devices");
    if !devices.is_empty() {
        writeln!(out)?;
        table::write(&mut out, &devices, door_status::DEVICES, None, ctx.colour())?;
    }
    writeln!(out)?;
    table::write_record(&mut out, &door_status::lines(&status, &zone, advice::words))?;
    Ok(out.flush()?)
}
