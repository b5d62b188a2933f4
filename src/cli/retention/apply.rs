//! `space retention apply`: removes what has been held for longer than the settings allow.

use schemars::JsonSchema;
use serde::Serialize;

use super::show;
use crate::{
    app::{carry_out, measurements, view::OverdueView},
    cli::{
        CliError, Context, advice,
        input::prompt,
        output::{Listing, table},
        write::{self, WriteArgs},
    },
    domain::{model::CommitId, ops::retention},
    store::journal::expire,
};

/// What was removed.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Applied {
    /// Whether it was only shown.
    dry_run: bool,
    /// The commit, if records were changed.
    commit: Option<CommitId>,
    /// What was held for longer than the settings allow.
    held: Vec<OverdueView>,
    /// What stays all the same, and why.
    stays: Vec<String>,
    /// How many letters were removed.
    letters_removed: usize,
    /// How many months of the journal were removed.
    months_removed: usize,
    /// How many months of the journal are in use, and stay.
    months_in_use: usize,
    /// How many months of measurements were removed.
    measured_months_removed: usize,
}

/// The arguments of `space retention apply`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Removes records in one change, then letters and months of the journals.
///
/// # Errors
/// Fails if nobody confirms, if checks find errors, or if a letter or journal cannot be removed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let found = show::find(ctx, &space)?;
    if found.rows.is_empty() && !ctx.json {
        return ctx.list(Listing::default(), &found.rows);
    }
    if !ctx.json {
        ctx.list(Listing::default(), &found.rows)?;
    }
    if !args.write.dry_run && !args.yes {
        prompt::require_confirmation("Remove all of this", "removes", "removed")?;
    }
    let plan = retention::apply(&found.review);
    let mut commit = None;
    if !ctx.json && !plan.change.edits.is_empty() {
        write::carry_out(ctx, &space, plan, &args.write)?;
    } else if !plan.change.edits.is_empty() && !args.write.dry_run {
        commit = Some(carry_out::carry_out(&space.head, &plan, ctx.now)?.commit);
    }
    let (mut gone, mut busy) = (0, 0);
    if !args.write.dry_run {
        space.store.remove_snapshots()?;
        for letter in &found.letters {
            let path = letter.path.display();
            letter
                .remove()
                .map_err(|error| CliError::internal(format!("cannot remove {path}: {error}")))?;
        }
        for month in &found.measurements {
            measurements::remove(&space.head, month)?;
        }
        for month in &found.months {
            if expire::remove(month)? { gone += 1 } else { busy += 1 }
        }
    }
    let letters = if args.write.dry_run { 0 } else { found.letters.len() };
    let word = |count| if count == 1 { "month" } else { "months" };
    let measured = if args.write.dry_run { 0 } else { found.measurements.len() };
    if ctx.json {
        let mut out = ctx.out();
        let answer = Applied {
            dry_run: args.write.dry_run,
            commit,
            held: found.rows,
            stays: advice::notes(&found.review.stays),
            letters_removed: letters,
            months_removed: gone,
            months_in_use: busy,
            measured_months_removed: measured,
        };
        table::write_json(&mut out, &answer)?;
        return Ok(std::io::Write::flush(&mut out)?);
    }
    if letters > 0 {
        let word = if letters == 1 { "letter" } else { "letters" };
        ctx.say(format!("removed {letters} {word}"))?;
    }
    if measured > 0 {
        ctx.say(format!("removed {measured} {} of measurements", word(measured)))?;
    }
    if gone > 0 {
        ctx.say(format!("removed {gone} {} of the journals", word(gone)))?;
    }
    if busy > 0 {
        ctx.warn(format!("kept {busy} {} of the journals, because a process is writing to them; run this again later", word(busy)))?;
    }
    ctx.say(
        "the git history and every clone still have the records: `space retention history` shows what, \
         and how it would be removed",
    )
}
