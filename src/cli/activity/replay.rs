//! `space activity replay`: decides every activity again from the commit that it names.

use std::io::Write as _;

use crate::{
    app::{
        journals,
        replay::{self, Replay},
        when,
    },
    cli::{
        CliError, Context,
        input::filter::FilterArgs,
        output::{Progress, table},
    },
    domain::records,
};

/// Shown below the options.
const EXAMPLES: &str = "\
None may come out differently: what was decided follows from the commit and the moment alone. What depended
on earlier readings, such as a passcode that needs a fob first, and nobody's passcodes, are left out.

Examples:
  space activity replay --since 2026-01-01";

/// The arguments of `space activity replay`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,
}

/// Decides them again.
///
/// # Errors
/// Fails if one came out differently, or if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let progress = Progress::new("deciding");
    let done = replay::replay(space.store, &journals::folder(space.store)?, &filter)?;
    drop(progress);
    let Replay { decided, skipped, unknown_commit, different, findings } = &done;
    for finding in findings {
        ctx.warn(finding)?;
    }
    if ctx.json {
        table::write_json(&mut ctx.out(), &done)?;
    } else {
        let mut out = ctx.out();
        for it in different {
            let activity = &it.activity;
            let who = activity
                .member
                .map_or_else(|| "unknown".to_owned(), |id| records::who(&space.head, id));
            writeln!(
                out,
                "{} {who} at {}: {} ({}) in the journal, {} ({}) by commit {}",
                when::local(activity.time, &zone),
                activity.facility,
                activity.result,
                activity.reason.words(),
                it.result,
                it.reason.words(),
                activity.commit.short()
            )?;
        }
        out.flush()?;
        drop(out);
        ctx.say(format!("{decided} activities decided again, {skipped} cannot be"))?;
    }
    if *unknown_commit > 0 {
        ctx.warn(format!("{unknown_commit} activities name commits that are not here"))?;
    }
    match different.len() {
        0 => Ok(()),
        n => Err(CliError::data(format!("{n} came out differently"))
            .hint("somebody changed a journal or the history; compare with a backup")),
    }
}
