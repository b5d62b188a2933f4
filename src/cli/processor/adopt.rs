//! `space processor adopt`: finds out which accounts at a processor are whose, and records that.

use std::io::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::service::{self, AdoptionView},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::table,
        write::{self, WriteArgs},
    },
    domain::model::{CommitId, Subject},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Accounts are matched by the reference, then by the e-mail address, then by the name. Those that only have
the name in common, or that may be of several members, are shown and not recorded: say whose they are with
`space member edit 0042 --account stripe=cus_1 --pays-by stripe`. Nothing is changed at the processor.

Example:
  space processor adopt stripe --dry-run";

/// Which accounts are whose.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Adopted {
    /// The accounts.
    accounts: Vec<AdoptionView>,
    /// What would be committed, if it is only shown.
    would_commit: Option<Subject>,
    /// The commit, if something was recorded.
    commit: Option<CommitId>,
}

/// The arguments of `space processor adopt`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The processor [default: the only one]
    processor: Option<String>,

    #[command(flatten)]
    services: ServicesArgs,

    #[command(flatten)]
    write: WriteArgs,
}

/// Records which accounts are whose.
///
/// # Errors
/// Fails if there is no such processor, if it does not answer, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let space = ctx.open()?;
    let mut follower = service::open(&config, args.processor.as_deref(), &space.head)?;
    let (rows, plan) = service::adopt(&space.head, &mut follower, ctx.now)?;
    if !ctx.json {
        use crate::app::view::View as _;
        ctx.table(&rows, AdoptionView::COLUMNS, AdoptionView::EMPTY)?;
    }
    match plan {
        Some(plan) if ctx.json && args.write.dry_run => {
            let mut out = ctx.out();
            let would_commit = Some(plan.change.subject);
            let answer = Adopted { accounts: rows, would_commit, commit: None };
            table::write_json(&mut out, &answer)?;
            Ok(out.flush()?)
        }
        Some(plan) => write::carry_out(ctx, &space, plan, &args.write),
        None if ctx.json => {
            let mut out = ctx.out();
            let answer = Adopted { accounts: rows, would_commit: None, commit: None };
            table::write_json(&mut out, &answer)?;
            Ok(out.flush()?)
        }
        None => ctx.say("nothing to record"),
    }
}
