//! `space door reload`: makes the running door look at its repository.

use super::manual;
use crate::{
    cli::{CliError, Context, input::machine::MachineArgs, output::table},
    control::Request,
};

/// The arguments of `space door reload`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    machine: MachineArgs,
}

/// Makes the running door look at its repository now. It also does so at each change and every
/// minute.
///
/// # Errors
/// Fails if no door is listening.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let answer = manual::ask(ctx, &args.machine, &Request::Reload {})?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say("the door is looking at its repository; `space door status` shows what is in force")
}
