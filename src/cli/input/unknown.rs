//! The unknown fob that was just held to a reader.

use std::{io::Write as _, path::PathBuf};

use jiff::SignedDuration;

use super::prompt;
use crate::{
    app::{journals, look_up, unknown_fob::RECENT, when},
    cli::{CliError, Context, Opened},
    domain::model::{Activity, Code, Slug},
    store::journal,
};

/// The options that take a fob from the journal.
#[derive(clap::Args, Debug, Clone)]
pub(in crate::cli) struct UnknownArgs {
    /// Take the unknown fob that was denied at this facility in the last ten minutes
    #[arg(long, value_name = "FACILITY", conflicts_with_all = ["fob", "passcode"],
          add = crate::cli::input::completion::facilities())]
    pub last_unknown: Option<String>,

    /// Take it even if it was denied longer ago
    #[arg(long, requires = "last_unknown")]
    any_age: bool,

    /// The door's journal: a folder copied from its machine [default: the journal of this machine]
    #[arg(long, value_name = "DIR", requires = "last_unknown")]
    journal: Option<PathBuf>,

    /// Take it without asking
    #[arg(long, short, requires = "last_unknown")]
    yes: bool,
}

impl UnknownArgs {
    /// Finds the fob, shows it, and asks whether it is the right one.
    ///
    /// # Errors
    /// Fails if there is none, if the reading is too old, or if nobody confirms it.
    pub(in crate::cli) fn fob(
        &self,
        ctx: &Context,
        space: &Opened<'_>,
        facility: &str,
    ) -> Result<Code, CliError> {
        let (facility, _) = look_up::facility(&space.head, facility)?;
        let folder = self.journal.clone().map_or_else(|| journals::folder(space.store), Ok)?;
        let last = journal::last_unknown(&folder, &facility)?;
        let last = last.ok_or_else(|| none(&facility))?;
        let number = last.fob.as_deref().unwrap_or_default();
        let ago = ctx.now.duration_since(last.time);
        let zone = space.zone()?;
        let seen = format!(
            "fob {number}, denied at {} on {}",
            last.reader.as_deref().unwrap_or(facility.as_str()),
            when::local(last.time, &zone)
        );
        if ago > RECENT && !self.any_age {
            return Err(CliError::user(format!(
                "the last unknown fob is {seen}, which is too old"
            ))
            .hint("hold the new fob to the reader again; --any-age takes this one all the same"));
        }
        if !self.yes {
            writeln!(anstream::stderr().lock(), "{seen} ({})", age(&last, ago))?;
            prompt::require_confirmation("Take this fob", "takes it", "written")?;
        }
        Ok(Code::fob(number)?)
    }
}

fn none(facility: &Slug) -> CliError {
    CliError::user(format!("no unknown fob has been denied at {facility} yet")).hint(
        "hold the fob to the reader, then run this again on the door's machine; elsewhere, name a \
         copy of its journal with --journal, or give the number that the door shows with --fob",
    )
}

fn age(last: &Activity, ago: SignedDuration) -> String {
    if last.doubted {
        return "the clock of the door was in doubt".to_owned();
    }
    when::ago(ago)
}
