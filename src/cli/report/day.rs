//! The day of a report, and the records that it uses.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    app::{report, view::counted},
    cli::{CliError, Context},
    domain::model::CommitId,
    store::{Census, Store},
};

/// The records that a report uses.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Recorded {
    /// Use the records as they were at the end of that day, instead of today's
    #[arg(long)]
    pub(super) as_recorded: bool,
}

impl Recorded {
    /// Returns the commit whose records are used to report a day.
    ///
    /// # Errors
    /// Fails if nothing was recorded yet, or if the history cannot be read.
    pub(super) fn commit(
        &self,
        store: &Store,
        day: Date,
        zone: &TimeZone,
    ) -> Result<CommitId, CliError> {
        Ok(report::day::commit(store, day, zone, self.as_recorded)?)
    }
}

/// Warns about what a report leaves out.
///
/// # Errors
/// Fails if standard error cannot be written.
pub(super) fn warn(ctx: &Context, census: &Census, unclear: u64) -> Result<(), CliError> {
    unreadable(ctx, census.unreadable() as u64, "record")?;
    if unclear > 0 {
        ctx.warn(format!(
            "no dues are expected of {}, because the tier cannot be read; `space check` shows why",
            counted(unclear, "member")
        ))?;
    }
    Ok(())
}

/// Warns that things cannot be read, with their number.
///
/// # Errors
/// Fails if standard error cannot be written.
pub(super) fn unreadable(ctx: &Context, count: u64, what: &str) -> Result<(), CliError> {
    if count == 0 {
        return Ok(());
    }
    ctx.warn(format!("{} cannot be read; `space check` shows why", counted(count, what)))
}
