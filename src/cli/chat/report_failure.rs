//! `space chat report-failure`: lets the running program post that something failed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    chat,
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
It is posted in the channels whose records have the kind `failure`, at once if the program runs, and else as
soon as it does. A unit of systemd reports by OnFailure= what failed.

Examples:
  space chat report-failure The backup of last night failed.
  space backup bundle /mnt/stick || space chat report-failure The backup failed.";

/// That a failure was noted.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Reported {
    /// Always true.
    reported: bool,
}

/// The arguments of `space chat report-failure`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What failed, in words; everybody in the channel reads them
    #[arg(required = true)]
    words: Vec<String>,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Reports it.
///
/// # Errors
/// Fails if the space cannot be written, or if too many reports wait.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    chat::report_failure(&ctx.store()?, &args.words.join(" "))?;
    if ctx.json {
        let answer = Reported { reported: true };
        return Ok(crate::cli::output::table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say("it will be posted")
}
