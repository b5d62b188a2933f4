//! `space door hold`: keeps a door unlocked.

use jiff::tz::TimeZone;

use super::manual::{self, ManualArgs};
use crate::{
    app::when,
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door hold`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    manual: ManualArgs,

    /// When to end, like +2h or 2026-01-31 18:00 [default: when it is released]
    #[arg(long, value_name = "T")]
    until: Option<String>,
}

/// Holds a door unlocked.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let until = args.until.as_deref();
    let until = until.map(|text| when::moment(text, &TimeZone::system(), ctx.now)).transpose()?;
    if let Some(past) = until.filter(|until| *until <= ctx.now) {
        let past = when::local(past, &TimeZone::system());
        return Err(CliError::user(format!(
            "{past} has passed: a door is held until a later time"
        )));
    }
    let done = |args: &ManualArgs| format!("held unlocked; `{}` ends it", args.release());
    manual::carry_out(ctx, args.manual, done, |door, by| Request::Hold { door, by, until })
}
