//! `space why`: explains who may open what, by the rules and commits that led to it.

mod answer;
mod everybody;
mod one;
mod steps;

use jiff::{Timestamp, tz::TimeZone};

use super::{CliError, Context, output::Listing};
use crate::{
    app::{
        in_force::{self, Evidence},
        journals, look_up,
        when::local,
    },
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

    /// Explain it for this moment, by the records that were in force at the door then
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
    /// How it is known that this commit was in force then, if the moment is in the past.
    evidence: Option<Evidence>,
}

impl Question<'_> {
    /// Describes which commit was in force then, and how that is known.
    fn source(&self) -> Option<String> {
        let commit = self.revision.id().short();
        Some(match self.evidence? {
            Evidence::Activity(when) => {
                let when = local(when, &self.zone);
                format!("commit {commit} was in force: the door decided by it at {when}")
            }
            Evidence::Log => {
                format!("commit {commit} was in force, according to the log of the branch")
            }
            Evidence::Dates => format!(
                "commit {commit} was the newest by commit date; it is not known here when it came \
                 into force at the door"
            ),
        })
    }
}

/// Answers for one member or for everybody.
///
/// # Errors
/// Fails if no member or facility matches, or if the space cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let at = space.moment(&args.at)?;
    let (commit, evidence) = match &args.commit {
        Some(spec) => (space.store.resolve(spec)?, None),
        None if at >= ctx.now => (space.head.id(), None),
        None => match in_force::at(space.store, &journals::folder(space.store)?, at)? {
            Some((commit, evidence)) => (commit, Some(evidence)),
            None => (space.head.id(), None),
        },
    };
    let then = space.at(commit)?;
    let facilities = match args.facility.as_ref().or(args.at_facility.as_ref()) {
        Some(name) => vec![look_up::facility(&then.head, name)?.0],
        None => then.head.basis().0.facilities.into_keys().collect(),
    };
    let (store, zone, revision) = (then.store, then.zone()?, then.head);
    let question = Question { store, revision, zone, at, facilities, evidence };
    match &args.member {
        Some(text) => question.one(ctx, text),
        None => question.everybody(ctx, args.all, Listing { csv: args.csv }),
    }
}
