//! `space retention apply`: removes what is held longer than the settings allow.

use super::show;
use crate::{
    cli::{
        CliError, Context, prompt,
        write::{self, WriteArgs},
    },
    domain::ops::retention,
    store::journal::expire,
};

/// The arguments of `space retention apply`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes records in one change, then months of the journals.
///
/// # Errors
/// That nobody says yes, what checks find, or that a journal cannot be removed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let found = show::find(ctx, &store, &head)?;
    if found.rows.is_empty() {
        return ctx.rows(&found.rows, show::COLUMNS, show::NOTHING);
    }
    if !ctx.json {
        ctx.rows(&found.rows, show::COLUMNS, show::NOTHING)?;
    }
    if !args.write.dry_run && !args.yes {
        if !prompt::possible() {
            return Err(CliError::user("nobody is there to say yes, so nothing was removed")
                .hint("--yes removes without asking, --dry-run only shows"));
        }
        if !prompt::yes("Remove all this?")? {
            return Err(CliError::user("nothing was removed"));
        }
    }
    if !found.review.overdue.is_empty() {
        write::carry_out(ctx, &store, retention::apply(&found.review), &args.write)?;
    }
    let mut busy = 0;
    if !args.write.dry_run {
        for month in &found.months {
            busy += usize::from(!expire::remove(month)?);
        }
        if !found.months.is_empty() {
            let removed = found.months.len() - busy;
            ctx.say(format!("{removed} months of the journals were removed"))?;
        }
    }
    if busy > 0 {
        ctx.warn(format!("{busy} months are being written to, and stay for now"))?;
    }
    ctx.say("the git history and every clone still have the records: see `space retention --help`")
}
