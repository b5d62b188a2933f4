//! `space door reload`: look at the repository now.

use super::hand;
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

/// Has the running door look at its repository now. It does so at each change and every minute.
///
/// # Errors
/// That no door listens.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let answer = hand::ask(ctx, &args.machine, &Request::Reload {})?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say("the door looks at its repository; `space door status` shows what is in force")
}
