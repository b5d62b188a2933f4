//! `space service receive`: records what a processor took from members since the last time.

use std::io::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::each;
use crate::{
    app::service,
    cli::{
        CliError, Context, advice,
        input::services::{self, ServicesArgs},
        output::table,
        write,
    },
    config::ServicesConfig,
    domain::model::{CommitId, Slug},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Payments are credited as those of a bank statement are; refunds and disputes take back what they bought.
What is recorded already is recognised, so it may be run at any time, best before `service apply`.

Example:
  space service receive && space service apply --yes
  space service receive --all";

/// What was fetched from a processor.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Received {
    /// The processor.
    service: Slug,
    /// How many payments were credited.
    credited: usize,
    /// How many wait to be assigned.
    unmatched: usize,
    /// What was not taken over, and why.
    held: Vec<String>,
    /// The commits.
    commits: Vec<CommitId>,
    /// What somebody should know.
    notes: Vec<String>,
}

/// The arguments of `space service receive`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service [default: the only one]
    service: Option<String>,

    /// Do it with every payment processor of this machine
    #[arg(long, conflicts_with = "service")]
    all: bool,

    /// Confirm that so many members lose access, by refunds and disputes
    #[arg(long, value_name = "MEMBERS", conflicts_with = "all")]
    confirm: Option<usize>,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Records what a processor took.
///
/// # Errors
/// Fails if there is no such service, if it does not answer, if nothing can be committed, or if it takes
/// access from many and nobody has confirmed that.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    if args.all {
        let names = config.processors.keys().collect();
        return each::service(ctx, &config, names, |name| one(ctx, &config, Some(name), None));
    }
    one(ctx, &config, args.service.as_deref(), args.confirm)
}

fn one(
    ctx: &Context,
    config: &ServicesConfig,
    name: Option<&str>,
    confirm: Option<usize>,
) -> Result<(), CliError> {
    let space = ctx.open()?;
    let mut follower = service::open(config, name, &space.head)?;
    let done = service::receive(space.store, &mut follower, confirm, ctx.now)?;
    if ctx.json {
        let answer = Received {
            service: follower.name.clone(),
            credited: done.credited,
            unmatched: done.waiting,
            held: done.held.clone(),
            commits: done.commits.clone(),
            notes: advice::notes(&done.notes),
        };
        let mut out = ctx.out();
        table::write_json(&mut out, &answer)?;
        return Ok(out.flush()?);
    }
    write::report(&[], &done.notes)?;
    for it in &done.held {
        ctx.warn(it)?;
    }
    match done.commits.last() {
        None => ctx.say("nothing to record"),
        Some(commit) => {
            let green = anstyle::AnsiColor::Green.on_default();
            let (credited, waiting) = (done.credited, done.waiting);
            ctx.say(format!(
                "{green}done{green:#}: {credited} payments credited, {waiting} to be assigned (commit {})",
                commit.short()
            ))
        }
    }
}
