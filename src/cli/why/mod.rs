//! `space why`: explains who may open what, by the rules and commits that led to it.

mod answer;
mod everybody;
mod one;
mod steps;

use jiff::{Timestamp, tz::TimeZone};

use super::{CliError, Context, output::Listing};
use crate::{
    app::look_up,
    domain::model::Slug,
    store::{Revision, Store},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space why ada frontdoor
  space why ada frontdoor --at \"2026-03-02 19:30\"
  space why --facility laser --all";

/// The arguments of `space why`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The member: a number, a name, or the beginning of a name [default: everybody]
    #[arg(add = super::input::completion::members())]
    member: Option<String>,

    /// The facility [default: all]
    #[arg(add = super::input::completion::facilities())]
    facility: Option<String>,

    /// The facility, to ask about everybody: `space why --facility frontdoor`
    #[arg(long = "facility", short = 'f', value_name = "FACILITY", conflicts_with = "facility",
          add = super::input::completion::facilities())]
    at_facility: Option<String>,

    /// Explain it for this moment, by the records of that moment
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "now")]
    at: String,

    /// Explain it by the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    /// When asking about everybody, include those who may not
    #[arg(long, short)]
    all: bool,

    /// When asking about everybody, print comma-separated values, for a spreadsheet
    #[arg(long, conflicts_with = "member")]
    csv: bool,
}

/// The question: facilities, by the records of a commit, at a moment.
struct Question<'s> {
    store: &'s Store,
    revision: Revision<'s>,
    zone: TimeZone,
    at: Timestamp,
    facilities: Vec<Slug>,
}

/// Answers for one member or for everybody.
///
/// # Errors
/// Fails if no member or facility matches, or if the space cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let at = space.moment(&args.at)?;
    let commit = match &args.commit {
        Some(spec) => space.store.resolve(spec)?,
        None if args.at == "now" => space.head.id(),
        None => space.store.commit_at(at)?.unwrap_or_else(|| space.head.id()),
    };
    let then = space.at(commit)?;
    let facilities = match args.facility.as_ref().or(args.at_facility.as_ref()) {
        Some(name) => vec![look_up::facility(&then.head, name)?.0],
        None => then.head.basis().0.facilities.into_keys().collect(),
    };
    let (store, zone, revision) = (then.store, then.zone()?, then.head);
    let question = Question { store, revision, zone, at, facilities };
    match &args.member {
        Some(text) => question.one(ctx, text),
        None => question.everybody(ctx, args.all, Listing { csv: args.csv }),
    }
}
